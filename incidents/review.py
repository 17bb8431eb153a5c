"""What the review page of an article shows: the marked text, what was said, what changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

import gazetteer
from incidents import presentation
from incidents.highlight import Mark, Segment, highlight
from incidents.models import (
    Act,
    ActorRole,
    Article,
    CasualtyStatus,
    DatePrecision,
    Daypart,
    EventType,
    Incident,
    Reading,
    SiteRole,
    Statement,
    localised,
)

# Below this an editor should look first.
LOW_CONFIDENCE = 0.7

# Kinds of marks in the order of the legend.
KINDS: dict[str, str | Promise] = {
    "place": lazy("place"),
    "date": lazy("date and time"),
    "weapon": lazy("kind of attack, weapon"),
    "count": lazy("figure"),
    "actor": lazy("armed group"),
    "statement": lazy("other statement"),
    "unresolved": lazy("unresolved place"),
}

# The lock (a key of ``Incident.LOCKS``) that a statement's field belongs to, its kind of mark,
# and the field in words.
_FIELDS: dict[str, tuple[str, str, str | Promise]] = {
    "event": ("event_type", "weapon", lazy("kind of attack")),
    "date": ("date", "date", lazy("date")),
    "time_local": ("time", "date", lazy("local time")),
    "daypart": ("time", "date", lazy("time of day")),
    "weapon": ("weapon", "weapon", lazy("weapon")),
    "munitions": ("munitions", "count", lazy("munitions")),
    "killed": ("killed", "count", lazy("killed")),
    "wounded": ("wounded", "count", lazy("wounded")),
    "victims": ("victims", "count", lazy("victims")),
    "losses": ("", "statement", lazy("losses")),
    **{role.value: ("sites", "place", role.label) for role in SiteRole},
    **{role.value: ("actors", "actor", role.label) for role in ActorRole},
}


def lock_of(field: str) -> str:
    """The lock that goes with a statement's field; "" for one that fills no column."""
    return _FIELDS.get(field, ("", "", ""))[0]


def kind_of(field: str) -> str:
    return _FIELDS.get(field, ("", "statement", ""))[1]


def field_name(field: str) -> str:
    """The field in the reader's language; one that is not known here stands for itself."""
    known = _FIELDS.get(field)
    return str(known[2]) if known else field.replace("_", " ")


def value_text(field: str, value: Any) -> str:
    """A stated value in words: names instead of keys, lists joined, "—" for none."""
    if value is None or value in ("", [], {}):
        return presentation.nowhere_in_the_air() if field == SiteRole.INTERCEPT else "—"
    if isinstance(value, list | tuple):
        return _(", ").join(value_text(field, item) for item in value)
    if isinstance(value, dict):
        return _(", ").join(value_text(field, item) for item in value.values() if item is not None)
    choices = {
        "event": EventType,
        "daypart": Daypart,
        "date_precision": DatePrecision,
        "killed_status": CasualtyStatus,
        "wounded_status": CasualtyStatus,
    }.get(field)
    if choices is not None and value in choices.values:
        return str(choices(value).label)
    if field == "losses" and value == 0:
        return _("none")
    if field == "weapon":
        return presentation.weapon_name(str(value))
    if field == "date":
        return presentation.stated_date(str(value))
    if lock_of(field) == "sites" and (place := gazetteer.load().places.get(str(value))):
        return localised(place.name_en, place.name_ar)
    return str(value)


_REASONS: dict[str, str | Promise] = {"not in the gazetteer": lazy("not in the gazetteer")}


def reason(why: str) -> str:
    """Why a place is not resolved, in the reader's language. What follows a ";" is detail."""
    head = why.partition(";")[0]
    return str(_REASONS.get(head, head))


@dataclass(frozen=True, slots=True)
class Said:
    """A statement, ready to be shown. ``anchor`` is that of its mark in the text."""

    statement: Statement
    anchor: str
    field: str
    value: str
    speaker: str
    act: str

    @property
    def kind(self) -> str:
        return kind_of(self.statement.field)

    @property
    def percent(self) -> int:
        return round(self.statement.confidence * 100)

    @property
    def is_weak(self) -> bool:
        return self.statement.confidence < LOW_CONFIDENCE


def said(statement: Statement) -> Said:
    return Said(
        statement=statement,
        anchor=f"s{statement.pk}",
        field=field_name(statement.field),
        value=value_text(statement.field, statement.value),
        speaker=presentation.speaker(statement),
        act=str(Act(statement.act).label) if statement.act in Act.values else statement.act,
    )


ORDERS: dict[str, str | Promise] = {
    "confidence": lazy("least certain first"),
    "field": lazy("by field"),
    "text": lazy("as in the text"),
}


def ordered(statements: Iterable[Said], order: str) -> list[Said]:
    """Sorted by one of ``ORDERS``; the first for any other."""
    fields = list(_FIELDS)

    def key(row: Said) -> tuple[Any, ...]:
        statement = row.statement
        place = (statement.start, statement.pk)
        if order == "text":
            return place
        if order == "field":
            known = statement.field in _FIELDS
            rank = fields.index(statement.field) if known else len(fields)
            return (statement.draft_index, rank, statement.field, *place)
        return (statement.confidence, *place)

    return sorted(statements, key=key)


def segments(
    article: Article, reading: Reading | None, statements: Iterable[Said]
) -> list[Segment]:
    """The article's text cut at everything that was read in it."""
    return highlight(article.body, marks(reading, statements))


def marks(reading: Reading | None, statements: Iterable[Said]) -> Iterator[Mark]:
    """A mark for everything that was read: places, what was not placed, statements."""
    data = reading.data if reading else {}
    for mention in data.get("mentions", ()):
        name = localised(mention["name_en"] or "", mention["name_ar"] or "")
        told = _("place: %(name)s") % {"name": name or mention["surface"]}
        if "confidence" in mention:
            told = f"{told} ({percent(mention['confidence'])})"
        yield Mark(mention["start"], mention["end"], "place", told)
    for number, unresolved in enumerate(data.get("unresolved", ())):
        yield Mark(
            unresolved["start"],
            unresolved["end"],
            "unresolved",
            _("unresolved: %(why)s") % {"why": reason(unresolved["why"])},
            f"u{number}",
        )
    for row in statements:
        statement = row.statement
        yield Mark(
            statement.start,
            statement.end,
            kind_of(statement.field),
            _("%(field)s: %(value)s (%(speaker)s · %(act)s · %(confidence)s)")
            % {
                "field": row.field,
                "value": row.value,
                "speaker": row.speaker,
                "act": row.act,
                "confidence": percent(statement.confidence),
            },
            row.anchor,
        )


def percent(confidence: float) -> str:
    """``92%``, the same way round in every text."""
    return f"\u2066{round(100 * confidence)}%\u2069"


@dataclass(frozen=True, slots=True)
class Difference:
    """A fact of a reading that another reading of the same article gives otherwise."""

    what: str
    before: str
    after: str


def differences(before: dict[str, Any], after: dict[str, Any]) -> list[Difference]:
    """What the reading ``after`` says otherwise than ``before`` (both as stored JSON)."""
    old, new = _facts(before), _facts(after)
    return [
        Difference(what, old.get(what, "—"), new.get(what, "—"))
        for what in dict.fromkeys([*old, *new])
        if old.get(what, "—") != new.get(what, "—")
    ]


def _facts(data: dict[str, Any]) -> dict[str, str]:
    facts = {
        _("places"): _names(data.get("mentions", ())),
        _("unresolved places"): _names(data.get("unresolved", ())),
    }
    drafts = data.get("incidents", ())
    facts[_("incidents")] = str(len(drafts))
    for number, draft in enumerate(drafts, 1):
        for field in ("event", "date", "daypart", "time_local", "weapon"):
            facts[_of(number, field)] = value_text(field, draft[field])
        for field in ("munitions", "killed", "wounded"):
            facts[_of(number, field)] = _figure(draft, field)
        for role in SiteRole.values:
            facts[_of(number, role)] = _names(s for s in draft["sites"] if s["role"] == role)
        for role in ActorRole.values:
            facts[_of(number, role)] = value_text(role, draft[role])
    return facts


def _of(number: int, field: str) -> str:
    return _("incident %(number)s: %(field)s") % {"number": number, "field": field_name(field)}


def _figure(draft: dict[str, Any], field: str) -> str:
    best, spread = draft[field], draft.get(f"{field}_range")
    if best is None:
        return "—"
    span = presentation.span(*spread) if spread else ""
    return f"{best} ({span})" if span else str(best)


def _names(items: Iterable[dict[str, Any]]) -> str:
    """The names once each, in the order of the text."""
    named = (
        localised(item.get("name_en") or "", item.get("name_ar") or "") or item["surface"]
        for item in items
    )
    return _(", ").join(dict.fromkeys(named)) or "—"


def evidence(incident: Incident) -> dict[str, list[Said]]:
    """The statements about an incident by the lock that they support, the surest first."""
    found: dict[str, list[Said]] = {}
    rows = incident.statements.select_related("article").order_by("-confidence", "pk")
    for statement in rows:
        found.setdefault(lock_of(statement.field), []).append(said(statement))
    return found
