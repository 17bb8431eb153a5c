"""Everything about one incident, for its page and as JSON: facts, sites, who says what, edits.

The page folds what is long: what the reports dispute comes first and stands open, the rest says
its values and opens on demand.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

import gazetteer
from incidents import (
    cards,
    doubts,
    edits,
    evidence,
    presentation,
    prose,
    ranges,
    review,
    sitemap,
    snapshot,
)
from incidents.columns import NULL
from incidents.edits import Edit
from incidents.filters import BBox, IncidentFilter
from incidents.models import Act, ActorRole, Incident, Statement

if TYPE_CHECKING:
    from incidents.models import Site

# Incidents with a site within about this many kilometres are near.
NEAR_KM = 1.0
NEAR_SHOWN = 5


def page(
    incident: Incident, wanted: IncidentFilter, permalink: str, *, inside: bool
) -> dict[str, Any]:
    """The template context. ``inside`` is for those who work here: names of editors."""
    statements = spoken(incident)
    sites = sorted(incident.sites.all(), key=cards.by_role)
    history = edits.history(incident, inside=inside)
    own = edits.set_by_editors(history)
    today = timezone.localdate()
    return {
        "incident": incident,
        "told": sorted(prose.in_both(incident).items(), key=lambda told: told[0] != get_language()),
        "facts": facts(incident, own),
        "doubts": doubts.site_sums(incident),
        "sites": [site_row(site, statements) for site in sites],
        "sites_set": setting(own.get("sites")),
        "drawing": sitemap.drawing(sites),
        "lines": ranges.rows(incident),
        "matters": matters(statements, spellings(incident)),
        "sources": [
            {
                "article": source.article,
                "title": presentation.headline(source.article),
                "line": presentation.source_line(source.article),
                "lang": presentation.language_tag(source.article),
                "focus": source.focus,
            }
            for source in incident.sources.all()
        ],
        "history": history,
        "inside": inside,
        "neighbours": neighbours(incident, wanted),
        "near": near(incident),
        "citation": presentation.citation(incident, permalink, today),
        "bibtex": bibtex(incident, permalink, today),
        "permalink": permalink,
        "on_map": on_map(incident, wanted),
        "query": wanted.to_query(),
    }


def spoken(incident: Incident) -> list[Statement]:
    """The incident's statements, each with its article; the incident's sources are at hand."""
    articles = {source.article_id: source.article for source in incident.sources.all()}
    statements = list(incident.statements.order_by("pk"))
    for statement in statements:
        statement.article = articles[statement.article_id]
    return statements


# ---- facts ----


@dataclass(frozen=True, slots=True)
class Fact:
    """A label and its value; ``set_by`` says that, when and why an editor set it, else ""."""

    label: str
    value: str
    set_by: str = ""


def facts(incident: Incident, own: dict[str, Edit]) -> list[Fact]:
    """What is known, in the order in which a reader asks for it. ``own`` is by lock."""

    def fact(label: str, value: str, *locks: str) -> Fact:
        said = (setting(own[lock]) for lock in locks if lock in own)
        return Fact(label, value, next(said, ""))

    found = [
        fact(_("Date"), presentation.when(incident), "date", "time"),
        fact(_("Event"), presentation.event_name(incident), "event_type"),
        fact(
            _("Weapon"),
            presentation.weapon_name(incident.weapon) if incident.weapon else "",
            "weapon",
        ),
        fact(_("Munitions"), presentation.munitions(incident), "munitions"),
        fact(_("Killed"), presentation.figure(incident, "killed"), "killed"),
        fact(_("Wounded"), presentation.figure(incident, "wounded"), "wounded"),
        fact(_("Victims"), presentation.victims(incident), "victims"),
        *(fact(label, names, "actors") for label, names in cards.parties(incident)),
        fact(
            _("Grade of evidence"),
            capfirst(str(incident.get_grade_display())) if incident.grade else "",
            "grade",
        ),
    ]
    # An editor may have set that nothing is known.
    return [each for each in found if each.value or each.set_by]


def setting(edit: Edit | None) -> str:
    """``set by an editor on 24 November 2026: seen the film``; "" for none."""
    if edit is None:
        return ""
    said = _("set by an editor on %(day)s") % {
        "day": presentation.day(timezone.localtime(edit.when).date())
    }
    if not edit.reason:
        return said
    return _("%(label)s: %(value)s") % {
        "label": said,
        "value": presentation.isolated(edit.reason),
    }


def site_row(site: Site, statements: list[Statement]) -> dict[str, Any]:
    """A site as the page lists it; ``evidence`` leads to the words that place it."""
    statement = next((said for said in statements if said.pk == site.statement_id), None)
    return {
        "role": site.role,
        "role_name": presentation.role_name(site.role),
        "phrase": presentation.site_phrase(site),
        "count": presentation.site_count(site),
        "uncertainty": presentation.uncertainty(site),
        "unplaced": site.lat is None,
        "evidence": presentation.said_at(statement) if statement else "",
    }


# ---- who says what ----


@dataclass(frozen=True, slots=True)
class Version:
    """One value of a matter, with everyone who gives it."""

    value: str
    voices: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Matter:
    """All that is said about one matter: its versions side by side, the most told first.

    ``is_open``: it is disputed or among the most telling; others are folded.
    """

    name: str
    versions: list[Version]
    contradicting: bool
    is_open: bool

    @property
    def values(self) -> str:
        """The versions in one line, for the folded matter."""
        return _("; ").join(presentation.isolated(version.value) for version in self.versions)

    @property
    def number(self) -> int:
        """How many statements there are."""
        return sum(len(version.voices) for version in self.versions)


# The most telling first. A field that is not named here comes last.
_MATTERS = (
    "responsibility",
    "killed",
    "wounded",
    "victims",
    "munitions",
    "impact",
    "launch",
    "intercept",
    "target",
    "weapon",
    "date",
    "daypart",
    "time_local",
    "losses",
    "event",
)
# So many of these stand open though nobody disputes them.
_OPEN = 2
# What can have one true value only, so that two values contradict each other.
_SINGLE = {"date", "daypart", "time_local", "munitions", "weapon", "killed", "wounded"}


def spellings(incident: Incident) -> dict[str, str]:
    """The names of the incident's actors by every folded spelling, in either language."""
    return {
        name.folded: str(party.actor)
        for party in incident.parties.all()
        for name in party.actor.names.all()
    }


def matters(statements: list[Statement], actors: dict[str, str]) -> list[Matter]:
    """Statements by what they are about; the same said twice in an article is told once.

    What is disputed comes first. ``actors`` gives one name to a group that the articles spell in
    several ways.
    """
    grouped: dict[str, dict[tuple[Any, ...], Statement]] = {}
    for statement in sorted(statements, key=evidence.rank):
        about = "responsibility" if statement.field in ActorRole.values else statement.field
        same: tuple[Any, ...] = (statement.article_id, str(statement.value))
        if about != "event":  # every verb of an article says that there was an attack
            same += (statement.speaker, statement.act)
        grouped.setdefault(about, {}).setdefault(same, statement)
    found = []
    for place, field in enumerate(sorted(grouped, key=_rank)):
        told = list(grouped[field].values())
        name = _("responsibility") if field == "responsibility" else review.field_name(field)
        disputed = _contradict(field, told)
        found.append(
            Matter(
                capfirst(name),
                _versions(told, actors if field == "responsibility" else {}),
                disputed,
                disputed or place < _OPEN,
            )
        )
    return sorted(found, key=lambda matter: not matter.contradicting)


def _versions(told: list[Statement], names: dict[str, str]) -> list[Version]:
    by_value: dict[str, list[dict[str, Any]]] = {}
    for statement in told:
        voice = _voice(statement)
        value = names.get(gazetteer.fold(voice["value"]), voice["value"])
        by_value.setdefault(value, []).append(voice)
    versions = [Version(value, voices) for value, voices in by_value.items()]
    return sorted(versions, key=lambda version: -len(version.voices))


def _rank(field: str) -> int:
    return _MATTERS.index(field) if field in _MATTERS else len(_MATTERS)


def _contradict(field: str, told: list[Statement]) -> bool:
    """Two values where one can be true; or a claim that somebody denies."""
    if field == "responsibility":
        acts = {statement.act for statement in told}
        return bool(acts & {Act.CLAIMS, Act.ATTRIBUTES}) and bool(acts & {Act.DENIES, Act.DISOWNS})
    values = {str(statement.value) for statement in told if statement.value is not None}
    return field in _SINGLE and len(values) > 1


def _voice(statement: Statement) -> dict[str, Any]:
    said = review.said(statement)
    return {
        "value": said.value,
        "speaker": said.speaker,
        "act": said.act,
        "act_key": statement.act,
        "quote": evidence.quote(statement, statement.article.body),
        "lang": presentation.language_tag(statement.article),
        "source": presentation.source_line(statement.article),
        "url": presentation.said_at(statement),
    }


# ---- around it ----


def on_map(incident: Incident, wanted: IncidentFilter) -> str:
    """The map, looking at the incident with its popup open; "" where it has no place."""
    if incident.lat is None:
        return ""
    query = wanted.to_query()
    view = f"14/{incident.lat:.4f}/{incident.lon:.4f}/{incident.public_id}"
    return f"{reverse('map')}{f'?{query}' if query else ''}#{view}"


def neighbours(incident: Incident, wanted: IncidentFilter) -> dict[str, Any]:
    """The one before and after in the filtered set, newest first, and where it stands in it.

    Empty where the set does not hold the incident, which then is a draft or left out by the filter,
    and where it holds no other.
    """
    chosen = snapshot.current().select(wanted)
    keys = chosen.keys()
    found = np.flatnonzero(keys == incident.pk)
    if not found.size or len(keys) == 1:
        return {}
    at = int(found[0])
    rows = np.flatnonzero(chosen.mask)
    query = wanted.to_query()

    def link(place: int) -> str:
        if not 0 <= place < len(rows):
            return ""
        path = reverse("incident", args=[chosen.snapshot.number(int(rows[place]))])
        return f"{path}?{query}" if query else path

    return {
        "previous": link(at - 1),
        "next": link(at + 1),
        "place": presentation.grouped(at + 1),
        "of": presentation.grouped(len(keys)),
    }


def near(incident: Incident) -> dict[str, Any]:
    """Others with a site within about a kilometre: how many, a link, and the nearest in time."""
    if incident.lat is None or incident.lon is None:
        return {}
    box = _around(incident.lat, incident.lon)
    held = snapshot.current()
    sites = held.sites.matching(IncidentFilter(bbox=box).site_condition())
    keys = held.incidents["pk"].values
    rows = np.flatnonzero(held.having(sites) & (keys != incident.pk))
    if not rows.size:
        return {}
    if incident.date_start is not None:
        days = held.incidents["date_start"].values[rows].astype(np.int64)
        apart = np.abs(days - incident.date_start.toordinal())
        apart[days == NULL] = np.iinfo(np.int64).max
        rows = rows[np.argsort(apart, kind="stable")]
    shown = keys[rows[:NEAR_SHOWN]].tolist()
    found = {
        other.pk: other
        for other in cards.with_parts(Incident.objects.published().filter(Q(pk__in=shown)))
    }
    return {
        "number": int(rows.size),
        "link": f"{reverse('incident-list')}?{IncidentFilter(bbox=box).to_query()}",
        "distance": presentation.distance(NEAR_KM * 1000),
        "nearest": [found[pk] for pk in shown if pk in found],
    }


def _around(lat: float, lon: float) -> BBox:
    """The square of ``NEAR_KM`` to every side, to the fourth decimal as the address has it."""
    north = NEAR_KM / 111.32
    east = north / math.cos(math.radians(lat))
    edges = (lon - east, lat - north, lon + east, lat + north)
    return BBox(*(round(edge, 4) for edge in edges))


# ---- for other programs ----

_BIBTEX_SPECIAL = str.maketrans(dict.fromkeys('{}\\%#$&~^_"\r\n', " "))


def bibtex(incident: Incident, address: str, today: date) -> str:
    """A BibTeX entry. The title is English, as the keys of the format are."""
    with override("en"):
        title = presentation.title(incident)
    year = [] if incident.date_start is None else [("year", str(incident.date_start.year))]
    fields = [
        ("title", " ".join(title.translate(_BIBTEX_SPECIAL).split())),
        ("howpublished", f"Athar, incident {incident.public_id}"),
        *year,
        ("url", address),
        ("urldate", today.isoformat()),
    ]
    lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields)
    return f"@misc{{athar-{incident.public_id},\n{lines}\n}}"


def as_json(incident: Incident, permalink: str) -> dict[str, Any]:
    """The same facts as the page has, in the words of docs/data.md; keys in English."""
    figures = {
        field: {edge: getattr(incident, f"{field}_{edge}") for edge in ("low", "best", "high")}
        for field in ("munitions", "killed", "wounded")
    }
    for field in ("killed", "wounded"):
        figures[field]["status"] = getattr(incident, f"{field}_status")
    with override("en"):
        history = edits.history(incident)
        own = edits.set_by_editors(history)
        sums = doubts.site_sums(incident)
    return {
        "id": incident.public_id,
        "url": permalink,
        "status": incident.status,
        "demo": incident.is_demo,
        "what_happened": prose.in_both(incident),
        "event_type": incident.event_type,
        "date_start": incident.date_start,
        "date_end": incident.date_end,
        "date_precision": incident.date_precision,
        "time_local": incident.time_local or None,
        "daypart": incident.daypart or None,
        "weapon": incident.weapon or None,
        **figures,
        "victims": [
            {
                "group": victim.group,
                "sex": victim.sex or None,
                "status": victim.status,
                "count": victim.count,
            }
            for victim in incident.victims.all()
        ],
        "grade": incident.grade or None,
        "recalled_only": incident.recalled_only,
        "place_en": incident.place_en or None,
        "place_ar": incident.place_ar or None,
        "lat": incident.lat,
        "lon": incident.lon,
        "radius_m": incident.radius_m,
        "sites": [_site_json(site) for site in incident.sites.all()],
        "lines": [
            {
                "launch": launch.number,
                "impact": impact.number,
                "distance_km": round(checked.km, 3),
                "bearing_deg": round(checked.bearing, 1),
                "range": checked.fit,
            }
            for launch, impact, checked in ranges.checks(incident)
        ],
        "warnings": sums,
        **{
            role: [_actor_json(party) for party in incident.parties.all() if party.role == role]
            for role in ActorRole.values
        },
        "set_by_editors": {
            lock: {"at": edit.when, "reason": edit.reason or None} for lock, edit in own.items()
        },
        "statements": [
            {
                "id": said.pk,
                "article": said.article_id,
                "speaker": said.speaker,
                "act": said.act,
                "field": said.field,
                "value": said.value,
                "start": said.start,
                "end": said.end,
                "quote": said.quote,
                "sentence": str(evidence.quote(said, said.article.body)),
                "confidence": said.confidence,
                "url": presentation.said_at(said),
            }
            for said in spoken(incident)
        ],
        "articles": [
            {
                "id": source.article_id,
                "title": source.article.title,
                "publisher": source.article.publisher,
                "url": source.article.url,
                "published": source.article.published_at,
                "language": source.article.language,
                "focus": source.focus,
            }
            for source in incident.sources.all()
        ],
        "history": [
            {
                "at": edit.when,
                "by": "editor" if edit.by_editor else "machine",
                "reason": edit.reason or None,
                "acts": edit.acts,
                "changes": [
                    {"field": change.field, "before": change.before, "after": change.after}
                    for change in edit.changes
                ],
            }
            for edit in history
        ],
        "published_at": incident.published_at,
        "updated_at": incident.updated_at,
    }


def _actor_json(party: Any) -> str:
    """English where there is a name, as in the exports: JSON is the same in every language."""
    return str(party.actor.name_en or party.actor.name_ar)


def _site_json(site: Site) -> dict[str, Any]:
    return {
        "number": site.number,
        "role": site.role,
        "place_id": site.place_id or None,
        "name_en": site.name_en or None,
        "name_ar": site.name_ar or None,
        "surface": site.surface or None,
        "lat": site.lat,
        "lon": site.lon,
        "level": site.level or None,
        "radius_m": site.radius_m,
        "relation": site.relation,
        "count": site.count,
        "statement": site.statement_id,
    }
