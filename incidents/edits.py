"""The history of an incident in words: who did what, when, why, and what became of each value.

Everybody reads what changed and whether a person or the machine did it; names are for those who
work here. What an editor set is locked against the machine, so the locks tell the two apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Model
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from incidents import presentation
from incidents.models import Incident, Relation, Site, SiteRole, Status, localised

# What one person saves at once arrives as several rows: of the incident, of its sites.
_AT_ONCE = timedelta(seconds=5)


@dataclass(frozen=True, slots=True)
class Change:
    """A value before and after; "—" for none. ``lock`` is the key of ``Incident.LOCKS``."""

    lock: str
    field: str
    before: str
    after: str


@dataclass(slots=True)
class Edit:
    """What was done at one time. ``acts`` are whole sentences, ``changes`` single values.

    ``held`` are the locks that an editor set or whose values an editor changed. ``user`` is the
    person's name, "" where the machine did it by itself; show it inside the house only.
    """

    when: datetime
    by_editor: bool
    user: str
    reason: str
    acts: list[str] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    held: set[str] = field(default_factory=set)

    @property
    def who(self) -> str:
        return _("an editor") if self.by_editor else _("the machine")


def history(incident: Incident, *, inside: bool = False) -> list[Edit]:
    """All edits, the latest first. Decisions before publication are told ``inside`` only."""
    found: list[Edit] = []
    for edit in sorted(_all(incident, inside), key=lambda edit: edit.when):
        last = found[-1] if found else None
        if last and (last.by_editor, last.user) == (edit.by_editor, edit.user):
            if edit.when - last.when <= _AT_ONCE:
                _add(last, edit)
                continue
        found.append(edit)
    # What the machine found when it stored the incident is the incident, and no change.
    if found and not found[0].by_editor:
        found[0].changes.clear()
    return [edit for edit in reversed(found) if edit.acts or edit.changes]


def _add(edit: Edit, more: Edit) -> None:
    edit.when = more.when
    edit.reason = edit.reason or more.reason
    edit.acts += [act for act in more.acts if act not in edit.acts]
    for change in more.changes:
        same = [one for one in edit.changes if (one.lock, one.field) == (change.lock, change.field)]
        # Sites may change in several ways at once; a value has one way from before to after.
        if same and change.lock in Incident.LOCKS and Incident.LOCKS[change.lock]:
            edit.changes[edit.changes.index(same[0])] = replace(same[0], after=change.after)
        else:
            edit.changes.append(change)
    edit.held |= more.held


def set_by_editors(edits: Iterable[Edit]) -> dict[str, Edit]:
    """For each lock the latest edit by which an editor set its values. ``edits`` latest first."""
    found: dict[str, Edit] = {}
    for edit in edits:
        for lock in edit.held:
            found.setdefault(lock, edit)
    return found


def _all(incident: Incident, inside: bool) -> Iterator[Edit]:
    rows = incident.history.select_related("history_user")
    previous = None
    for row in rows.order_by("history_date", "history_id"):
        yield _of_incident(previous, row, inside)
        previous = row
    before: dict[int, Any] = {}
    sites = Site.history.filter(incident_id=incident.pk).select_related("history_user")
    for row in sites.order_by("history_date", "history_id"):
        if row.history_user is not None and not _by_machine(row.history_change_reason):
            yield _of_site(before.get(row.id), row)
        before[row.id] = row


def _of_incident(before: Any, after: Any, inside: bool) -> Edit:
    reason = after.history_change_reason or ""
    edit = _edit(after)
    if before is None:
        edit.acts.append(_("First stored"))
    elif before.status != after.status:
        if act := _decision(before.status, after.status, inside):
            edit.acts.append(act)
        edit.by_editor = after.history_user is not None and not _by_machine(reason)
    old_locks = set(before.locked_fields) if before else set()
    locks = set(after.locked_fields)
    for lock, columns in Incident.LOCKS.items():
        changed = before is not None and any(
            getattr(before, column) != getattr(after, column) for column in columns
        )
        label = capfirst(str(Incident.LOCK_LABELS[lock]))
        if changed:
            old, new = _value(before, lock) or "—", _value(after, lock) or "—"
            edit.changes.append(Change(lock, label, old, new))
        if lock in locks and (changed or lock not in old_locks):
            edit.held.add(lock)
            if not changed:
                edit.acts.append(_("%(field)s: set by an editor") % {"field": label})
    for lock in old_locks - locks:
        label = capfirst(str(Incident.LOCK_LABELS.get(lock, lock)))
        edit.acts.append(_("%(field)s: given back to the machine") % {"field": label})
    decided = after.history_user is not None and _DECIDED.fullmatch(reason)
    if edit.held or old_locks - locks or decided:
        edit.by_editor = True
    if not edit.by_editor:
        edit.user = ""
    return edit


def _value(row: Any, lock: str) -> str:
    """What a row of the history holds for a lock, as the incident's page words it."""
    match lock:
        case "date":
            return "" if row.date_start is None else presentation.dates(row)
        case "time":
            parts = [presentation.daypart_name(row.daypart) if row.daypart else "", row.time_local]
            return _(", ").join(filter(None, parts))
        case "munitions":
            return presentation.munitions(row)
        case "killed" | "wounded":
            return presentation.figure(row, lock)
        case _:
            return capfirst(shown(Incident, lock, getattr(row, lock)))


def _decision(before: str, after: str, inside: bool) -> str:
    if after == Status.PUBLISHED:
        return _("Published")
    if before == Status.PUBLISHED:
        return _("Withdrawn")
    return capfirst(str(Status(after).label)) if inside else ""


def _edit(row: Any) -> Edit:
    user = row.history_user
    return Edit(
        when=row.history_date,
        by_editor=False,
        user=user.get_username() if user else "",
        reason=reason_text(row.history_change_reason or ""),
    )


# ---- sites ----

_SITE_FIELDS = ("role", "place", "relation", "count", "radius_m")


def _of_site(before: Any, row: Any) -> Edit:
    edit = _edit(row)
    edit.by_editor = True
    edit.held.add("sites")
    name = _site_value(row, "place")
    said = {"role": presentation.role_name(row.role), "place": presentation.isolated(name)}
    if row.history_type == "-":
        edit.acts.append(_("Site removed: %(role)s, %(place)s") % said)
    elif before is None:
        edit.acts.append(_("Site added: %(role)s, %(place)s") % said)
    else:
        label = _("Site %(number)s") % {"number": row.number}
        edit.changes += [
            Change("sites", label, old, new)
            for attribute in _SITE_FIELDS
            if (old := _site_value(before, attribute)) != (new := _site_value(row, attribute))
        ]
    return edit


def _site_value(row: Any, attribute: str) -> str:
    match attribute:
        case "role":
            return str(SiteRole(row.role).label)
        case "place":
            named = localised(row.name_en, row.name_ar) or row.surface
            if named or row.lat is None:
                return named or "—"
            return f"\u2066{row.lat:.4f}, {row.lon:.4f}\u2069"
        case "relation":
            return str(Relation(row.relation).label)
        case "count":
            return "—" if row.count is None else str(row.count)
        case _:
            return "—" if row.radius_m is None else presentation.distance(row.radius_m)


# ---- reasons ----

# Reasons that the machine writes into the history, and how they are told.
_REASONS: tuple[tuple[re.Pattern[str], str | Promise], ...] = (
    (re.compile(r"First read in article (?P<article>\d+)"), lazy("first read in an article")),
    (
        re.compile(r"Read in article (?P<article>\d+), extractor .*"),
        lazy("an article was read"),
    ),
    (
        re.compile(r"No longer read in article (?P<article>\d+), extractor .*"),
        lazy("an article no longer tells it"),
    ),
    (re.compile(r"Published on ingest"), lazy("published as it came in")),
    (
        re.compile(r"(?P<other>BGD-[\d-]+)(?:, published,)? merged into this one"),
        lazy("%(other)s was merged into this one"),
    ),
    (re.compile(r"Merged into (?P<other>BGD-[\d-]+)"), lazy("merged into %(other)s")),
    (
        re.compile(r"Article (?P<article>\d+) split off (?:into )?(?P<other>BGD-[\d-]+)"),
        lazy("an article was split off: %(other)s"),
    ),
    (re.compile(r"An article was deleted"), lazy("an article was deleted")),
    (re.compile(r"Its last article was deleted"), lazy("its last article was deleted")),
)
# Of these an editor decides and the machine carries them out.
_DECIDED = re.compile(r".*(?:merged into|Merged into|split off|article was deleted).*")
# The words are written for an editor who gave none; what was done is told without them.
_ASSISTED = re.compile(r"Site added: .*|Unlocked: .*")


def _by_machine(reason: str | None) -> bool:
    return any(pattern.fullmatch(reason or "") for pattern, _text in _REASONS)


def reason_text(reason: str) -> str:
    """A reason in the reader's language; what a person wrote stays as it is."""
    for pattern, text in _REASONS:
        if match := pattern.fullmatch(reason):
            gaps = {
                name: presentation.isolated(value or "")
                for name, value in match.groupdict().items()
            }
            return str(text) % gaps
    return "" if _ASSISTED.fullmatch(reason) else reason


def shown(model: type[Model], name: str, value: Any) -> str:
    """A stored value as a reader knows it: labels for keys, "—" for nothing."""
    if value in (None, "", []):
        return "—"
    if name == "locked_fields":
        return _(", ").join(str(Incident.LOCK_LABELS.get(lock, lock)) for lock in value)
    if name == "weapon":
        return presentation.weapon_name(value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return presentation.moment(value)
    if isinstance(value, date):
        return presentation.day(value)
    choices = dict(getattr(model._meta.get_field(name), "flatchoices", ()))
    return str(choices.get(value, value))
