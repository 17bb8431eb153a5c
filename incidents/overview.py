"""The overview: what a filter leaves, counted over time and by kind, weapon, place and group.

``figures`` counts, in SQL, in a constant number of queries, and knows no words: what it found is
kept by data version and filter, for both languages. ``charts`` makes charts, tables and links of
it in the active language; ``table`` makes a chart's CSV.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from typing import Any

from django.core.cache import cache
from django.db.models import Count, Q, QuerySet, Sum
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

import gazetteer
from gazetteer import Place
from incidents import charts as drawings
from incidents import presentation
from incidents.filters import IncidentFilter
from incidents.merging import interval
from incidents.models import (
    Actor,
    ActorRole,
    DataVersion,
    DatePrecision,
    Daypart,
    EventType,
    Grade,
    Incident,
    IncidentActor,
    SiteRole,
    localised,
)

# Bars and table rows of a chart of places, groups or weapons; its CSV has all.
BARS, ROWS = 12, 60
_KEPT_SECONDS = 3600

# How much of an ISO date names the unit, and which precisions are exact enough to be counted in it.
_UNITS = {
    "year": (4, (DatePrecision.DAY, DatePrecision.MONTH, DatePrecision.YEAR)),
    "month": (7, (DatePrecision.DAY, DatePrecision.MONTH)),
    "day": (10, (DatePrecision.DAY,)),
}


# ---- counting ----


@dataclass(slots=True)
class Toll:
    """Casualties added up over the incidents of which they are known; ``unknown`` of which not."""

    low: int = 0
    best: int = 0
    high: int = 0
    known: int = 0
    unknown: int = 0

    def add(self, other: Toll) -> None:
        for name in ("low", "best", "high", "known", "unknown"):
            setattr(self, name, getattr(self, name) + getattr(other, name))


@dataclass(slots=True)
class Period:
    """A day, month or year, as an ISO date cut to it."""

    key: str
    incidents: int = 0
    killed: Toll = field(default_factory=Toll)
    wounded: Toll = field(default_factory=Toll)


@dataclass(slots=True)
class Party:
    """How many incidents name a group at all, and in which role."""

    slug: str
    name_en: str
    name_ar: str
    incidents: int
    roles: dict[str, int]


# How many incidents have a site of a role in an area: {area: {role: number}}
Areas = dict[str, dict[str, int]]


@dataclass(slots=True)
class Figures:
    """All counts of an overview, in incidents unless said otherwise.

    ``periods`` runs without a gap from the first to the last; ``vague`` incidents are not dated
    exactly enough to be in one. In ``by`` the key "" stands for what is not told. ``loose`` counts,
    by grain and role, sites that are named no closer than a whole city; ``unplaced`` incidents
    without any place of the gazetteer.
    """

    incidents: int
    placed: int
    demo: int
    unit: str
    periods: list[Period]
    vague: int
    killed: Toll
    wounded: Toll
    by: dict[str, dict[str, int]]
    areas: dict[str, Areas]
    loose: dict[str, dict[str, int]]
    parties: list[Party]


def figures(wanted: IncidentFilter) -> Figures:
    """The counts for a filter, published incidents only; kept until the data change."""
    stamp = hashlib.sha256(wanted.to_query().encode()).hexdigest()
    key = f"overview:{DataVersion.current()}:{stamp}"
    found: Any = cache.get_or_set(key, lambda: _count(wanted), _KEPT_SECONDS)
    assert isinstance(found, Figures)
    return found


def _count(wanted: IncidentFilter) -> Figures:
    incidents = Incident.objects.published().filtered(wanted).order_by()
    days = _days(incidents)
    unit, periods = _periods(days)
    total = sum(row["n"] for row in days)
    by = _by_kind(incidents)
    areas, loose = _areas(incidents)
    killed, wounded = Toll(), Toll()
    for row in days:
        killed.add(_toll(row, "killed"))
        wounded.add(_toll(row, "wounded"))
    return Figures(
        incidents=total,
        placed=sum(row["placed"] for row in days),
        demo=sum(row["demo"] for row in days),
        unit=unit,
        periods=periods,
        vague=total - sum(period.incidents for period in periods),
        killed=killed,
        wounded=wounded,
        by=by,
        areas=areas,
        loose=loose,
        parties=_parties(incidents),
    )


def _days(incidents: QuerySet[Incident]) -> list[dict[str, Any]]:
    """Counts and casualties by date: some thousand rows, whatever the number of incidents."""
    sums: dict[str, Any] = {}
    for name in ("killed", "wounded"):
        sums[f"{name}_known"] = Count(f"{name}_best")
        for edge in ("low", "best", "high"):
            sums[f"sum_{name}_{edge}"] = Sum(f"{name}_{edge}")
    rows: Any = incidents.values("date_start", "date_precision").annotate(
        n=Count("pk"), placed=Count("lat"), demo=Count("pk", filter=Q(is_demo=True)), **sums
    )
    return list(rows)


def _toll(row: dict[str, Any], name: str) -> Toll:
    return Toll(
        low=row[f"sum_{name}_low"] or 0,
        best=row[f"sum_{name}_best"] or 0,
        high=row[f"sum_{name}_high"] or 0,
        known=row[f"{name}_known"],
        unknown=row["n"] - row[f"{name}_known"],
    )


def _periods(days: list[dict[str, Any]]) -> tuple[str, list[Period]]:
    dated = [row for row in days if row["date_start"] is not None]
    if not dated:
        return "month", []
    first = min(row["date_start"] for row in dated)
    last = max(row["date_start"] for row in dated)
    span = (last - first).days
    unit = "day" if span <= 120 else "month" if span <= 366 * 25 else "year"
    length, exact = _UNITS[unit]
    periods = {key: Period(key) for key in _keys(first, last, unit)}
    for row in dated:
        if row["date_precision"] in exact:
            period = periods[row["date_start"].isoformat()[:length]]
            period.incidents += row["n"]
            period.killed.add(_toll(row, "killed"))
            period.wounded.add(_toll(row, "wounded"))
    return unit, list(periods.values())


def _keys(first: date, last: date, unit: str) -> list[str]:
    """Every day, month or year from ``first`` to ``last``, as an ISO date cut to it."""
    if unit == "year":
        return [f"{year:04}" for year in range(first.year, last.year + 1)]
    if unit == "month":
        months = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
        return [f"{month // 12:04}-{month % 12 + 1:02}" for month in months]
    ordinals = range(first.toordinal(), last.toordinal() + 1)
    return [date.fromordinal(ordinal).isoformat() for ordinal in ordinals]


_KINDS = ("event_type", "weapon", "daypart", "grade")


def _by_kind(incidents: QuerySet[Incident]) -> dict[str, dict[str, int]]:
    found: dict[str, Counter[str]] = {kind: Counter() for kind in _KINDS}
    for row in incidents.values(*_KINDS).annotate(n=Count("pk")):
        for kind in _KINDS:
            found[kind][row[kind]] += row["n"]
    return {kind: dict(counts) for kind, counts in found.items()}


def _parties(incidents: QuerySet[Incident]) -> list[Party]:
    """Groups, most often named first."""
    rows: Any = (
        IncidentActor.objects.filter(incident__in=incidents)
        .order_by()
        .values("actor")
        .annotate(
            n=Count("incident", distinct=True),
            **{role: Count("pk", filter=Q(role=role)) for role in ActorRole.values},
        )
    )
    counted = {row["actor"]: row for row in rows}
    named = [
        Party(
            actor.slug,
            actor.name_en,
            actor.name_ar,
            counted[actor.pk]["n"],
            {role: counted[actor.pk][role] for role in ActorRole.values},
        )
        for actor in Actor.objects.filter(incidents__in=incidents).distinct()
    ]
    return sorted(named, key=lambda party: (-party.incidents, party.slug))


# Places are gathered into areas of two grains: neighbourhoods, with landmarks and streets outside
# of any, and districts, with towns outside of any.
_SMALL = ("landmark", "street", "neighbourhood")
_GRAINS: dict[str, Callable[[Place], bool]] = {
    "neighbourhood": lambda place: place.level in _SMALL,
    "district": lambda place: (
        place.level == "district" or (place.level == "city" and place.id != "baghdad")
    ),
}


@lru_cache(maxsize=1)
def _area_of() -> dict[str, dict[str, str]]:
    """For each grain, the area a place counts into: the widest around it that fits the grain.

    The widest, so that whoever filters by an area finds just the incidents that were counted.
    """
    book = gazetteer.load()
    found: dict[str, dict[str, str]] = {grain: {} for grain in _GRAINS}
    for place in book.places.values():
        around = (place, *book.parents(place))
        for grain, fits in _GRAINS.items():
            if widest := [each.id for each in around if fits(each)]:
                found[grain][place.id] = widest[-1]
    return found


def _areas(incidents: QuerySet[Incident]) -> tuple[dict[str, Areas], dict[str, dict[str, int]]]:
    """Incidents by area and role; an incident counts once however many sites it has there.

    Sites are read in the order of their incidents and counted here: SQL does not know who lies in
    whom, and would take longer to sort them.
    """
    area_of = _area_of()
    named: Counter[tuple[str, str]] = Counter()
    again: dict[str, Counter[tuple[str, str]]] = {grain: Counter() for grain in area_of}
    current, own = 0, dict[str, list[str]]()
    rows = (
        incidents.filter(sites__isnull=False)
        .order_by("pk")
        .values_list("pk", "sites__role", "sites__place_id")
    )
    for pk, role, place_id in rows.iterator(chunk_size=10_000):
        named[role, place_id] += 1
        if pk != current:
            current, own = pk, {}
        if role not in own:
            own[role] = [place_id]
            continue
        for grain, area in area_of.items():
            if area.get(place_id) in map(area.get, own[role]):
                again[grain][role, area.get(place_id, "")] += 1
        own[role].append(place_id)
    areas: dict[str, Areas] = {grain: {} for grain in area_of}
    loose: dict[str, dict[str, int]] = {grain: {} for grain in area_of}
    for grain, area in area_of.items():
        counts: Counter[tuple[str, str]] = Counter()
        for (role, place_id), number in named.items():
            counts[role, area.get(place_id, "")] += number
        counts.subtract(again[grain])
        for (role, key), number in counts.items():
            if key:
                areas[grain].setdefault(key, {})[role] = number
            else:
                loose[grain][role] = number
    return areas, loose


# ---- charts ----


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a chart's table. ``links`` are the list and the map of just these incidents, ""
    where no filter says that; None among the values is unknown."""

    key: str
    label: str
    values: tuple[int | None, ...]
    list_url: str = ""
    map_url: str = ""

    @property
    def cells(self) -> list[str]:
        return ["—" if value is None else presentation.grouped(value) for value in self.values]


@dataclass(frozen=True, slots=True)
class Bar:
    """A row drawn as one bar for each of the chart's series: (its style, its length).

    ``figure`` is said beside it, ``share`` the part of all incidents where that has a meaning.
    """

    row: Row
    lengths: list[tuple[str, str]]
    figure: str
    share: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing, the table of the same figures, and what must be known to read them.

    ``columns`` names the values of the rows in the CSV, ``headings`` on the page; ``series`` are
    (style, name) of what is drawn, from ``columns``.
    """

    name: str
    title: str
    about: str
    heading: str
    columns: tuple[str, ...]
    headings: tuple[str, ...]
    rows: list[Row]
    notes: list[str]
    plot: drawings.Plot | None = None
    bars: list[Bar] = field(default_factory=list)
    series: tuple[tuple[str, str], ...] = ()

    @property
    def shown(self) -> list[Row]:
        """The rows of the page's table; a long chart of places has more in its CSV."""
        return self.rows if self.plot else self.rows[:ROWS]

    @property
    def size(self) -> str:
        """How much of a row of charts it takes."""
        if self.name == "time":
            return "whole"
        return "half" if self.name in ("killed", "wounded", "districts", "actors") else "third"


def tally(found: Figures) -> list[tuple[str, str, str]]:
    """Label, figure, and what must be said about it: the overview in one line."""
    lines = [(_("Incidents"), presentation.grouped(found.incidents), "")]
    if without := found.incidents - found.placed:
        said = _("%(number)s without a place") % {"number": presentation.grouped(without)}
        lines[0] = (*lines[0][:2], said)
    for toll, label in ((found.killed, _("Killed")), (found.wounded, _("Wounded"))):
        unknown = (
            _("unknown for %(number)s") % {"number": presentation.grouped(toll.unknown)}
            if toll.unknown
            else ""
        )
        figure = presentation.grouped(toll.best) if toll.known else _("unknown")
        spread = presentation.span(toll.low, toll.high) if toll.known else ""
        lines.append((label, figure, _(", ").join(filter(None, (spread, unknown)))))
    return lines


NAMES = (
    "time",
    "killed",
    "wounded",
    "events",
    "weapons",
    "dayparts",
    "grades",
    "impact-areas",
    "launch-areas",
    "districts",
    "actors",
)


def charts(found: Figures, wanted: IncidentFilter) -> list[Chart]:
    """All charts in the active language, in the order of ``NAMES``."""
    return [chart(name, found, wanted) for name in NAMES]


def chart(name: str, found: Figures, wanted: IncidentFilter) -> Chart:
    """The chart of that name. Raises KeyError for one that does not exist."""
    make: Callable[[Figures, IncidentFilter], Chart] = {
        "time": _time,
        "killed": lambda *given: _casualties("killed", *given),
        "wounded": lambda *given: _casualties("wounded", *given),
        "events": _events,
        "weapons": _weapons,
        "dayparts": _dayparts,
        "grades": _grades,
        "impact-areas": lambda *given: _neighbourhoods(SiteRole.IMPACT, *given),
        "launch-areas": lambda *given: _neighbourhoods(SiteRole.LAUNCH, *given),
        "districts": _districts,
        "actors": _actors,
    }[name]
    return make(found, wanted)


def _urls(narrowed: IncidentFilter | None, sort: str = "") -> dict[str, str]:
    """Where the incidents of a row are listed and drawn."""
    if narrowed is None:
        return {}
    query = narrowed.to_query()
    listed = "&".join(filter(None, (query, f"sort={sort}" if sort else "")))
    return {
        "list_url": f"{reverse('incident-list')}?{listed}",
        "map_url": f"{reverse('map')}?{query}",
    }


# Over time


def _within(wanted: IncidentFilter, period: str) -> IncidentFilter:
    start, end, _precision = interval(period)
    assert start is not None
    assert end is not None
    return replace(
        wanted,
        date_from=max(start, wanted.date_from or start),
        date_to=min(end, wanted.date_to or end),
    )


def _vague(found: Figures) -> list[str]:
    if not found.vague:
        return []
    said = ngettext(
        "%(number)s incident is not dated exactly enough to be in a bar.",
        "%(number)s incidents are not dated exactly enough to be in a bar.",
        found.vague,
    )
    return [said % {"number": presentation.grouped(found.vague)}]


def _labels(found: Figures) -> list[str]:
    """Short ISO dates below the bars: years alone where the bars are the months of many."""
    keys = [period.key for period in found.periods]
    if found.unit == "month" and len(keys) > 24:
        return [key[:4] if key.endswith("-01") else "" for key in keys]
    return keys


_LABELS_AT_MOST = {"day": 6, "month": 9, "year": 12}


def _drawn(found: Figures, points: list[drawings.Point]) -> drawings.Plot | None:
    labels = _labels(found)
    return drawings.plot(points, labels, _LABELS_AT_MOST[found.unit])


def _time(found: Figures, wanted: IncidentFilter) -> Chart:
    rows = [
        Row(
            period.key,
            presentation.stated_date(period.key),
            (period.incidents,),
            **(_urls(_within(wanted, period.key)) if period.incidents else {}),
        )
        for period in found.periods
    ]
    points = [
        drawings.Point(
            row.label,
            row.values[0],
            said=_("%(label)s: %(value)s") % {"label": row.label, "value": row.cells[0]},
            href=row.list_url,
        )
        for row in rows
    ]
    return Chart(
        name="time",
        title={
            "day": _("Incidents a day"),
            "month": _("Incidents a month"),
            "year": _("Incidents a year"),
        }[found.unit],
        about=_busiest(rows),
        heading=_("Period"),
        columns=("incidents",),
        headings=(_("Incidents"),),
        rows=rows,
        notes=_vague(found),
        plot=_drawn(found, points),
    )


def _busiest(rows: list[Row]) -> str:
    """The bar that stands out, in words."""
    most = max(rows, key=lambda row: row.values[0] or 0, default=None)
    if most is None or not most.values[0]:
        return _("Nothing is left here under this filter.")
    return _("From %(first)s to %(last)s; the most in %(label)s: %(number)s.") % {
        "first": rows[0].label,
        "last": rows[-1].label,
        "label": most.label,
        "number": most.cells[0],
    }


def _casualties(name: str, found: Figures, wanted: IncidentFilter) -> Chart:
    rows, points = [], []
    for period in found.periods:
        toll: Toll = getattr(period, name)
        known = toll.known > 0
        row = Row(
            period.key,
            presentation.stated_date(period.key),
            (
                toll.low if known else None,
                toll.best if known else None,
                toll.high if known else None,
                toll.known,
                toll.unknown,
            ),
            **(_urls(_within(wanted, period.key), f"-{name}") if period.incidents else {}),
        )
        rows.append(row)
        figure = presentation.ranged(toll.low, toll.best, toll.high)
        points.append(
            drawings.Point(
                row.label,
                row.values[1],
                row.values[0],
                row.values[2],
                said=_("%(label)s: %(value)s") % {"label": row.label, "value": figure},
                href=row.list_url,
            )
        )
    total: Toll = getattr(found, name)
    return Chart(
        name=name,
        title={"killed": _("Killed over time"), "wounded": _("Wounded over time")}[name],
        about=_toll_in_words(total),
        heading=_("Period"),
        columns=("low", "best", "high", "known_in_incidents", "unknown_in_incidents"),
        headings=(
            _("Lowest"),
            _("Best"),
            _("Highest"),
            _("Incidents with a figure"),
            _("Incidents without a figure"),
        ),
        rows=rows,
        notes=[*_unknown(total), *_vague(found)],
        plot=_drawn(found, points),
    )


def _toll_in_words(toll: Toll) -> str:
    if not toll.known:
        return _("No report gives a figure.")
    return _(
        "%(figure)s in all. A bar is the best figure, the line on it goes from lowest to highest."
    ) % {"figure": presentation.ranged(toll.low, toll.best, toll.high)}


def _unknown(toll: Toll) -> list[str]:
    if not toll.unknown:
        return []
    said = ngettext(
        "For %(number)s incident no figure is known. Unknown is not zero: it is in no sum.",
        "For %(number)s incidents no figure is known. Unknown is not zero: they are in no sum.",
        toll.unknown,
    )
    return [said % {"number": presentation.grouped(toll.unknown)}]


# By kind


def _kinds(
    name: str,
    title: str,
    kind: str,
    found: Figures,
    wanted: IncidentFilter,
    order: Iterable[str] | None,
    label: Callable[[str], str],
) -> Chart:
    """Incidents by a column: in the given order, or the most frequent first."""
    counts = found.by[kind]
    rows = [
        Row(key, label(key), (counts[key],), **_urls(_of_kind(wanted, kind, key)))
        for key in order or _by_number(counts)
        if key and counts.get(key)
    ]
    if untold := counts.get(""):
        rows.append(Row("", _("not told"), (untold,)))
    most = max((row.values[0] or 0 for row in rows), default=0)
    bars = [
        Bar(
            row,
            [("one" if row.key else "untold", drawings.share(row.values[0] or 0, most))],
            row.cells[0],
            presentation.percent(row.values[0] or 0, found.incidents),
        )
        for row in rows[:BARS]
    ]
    return Chart(
        name=name,
        title=title,
        about=_most_frequent(rows, found.incidents),
        heading=title,
        columns=("incidents",),
        headings=(_("Incidents"),),
        rows=rows,
        notes=_more(rows),
        bars=bars,
    )


def _of_kind(wanted: IncidentFilter, kind: str, key: str) -> IncidentFilter:
    chosen: dict[str, Any] = {kind: (key,)}
    return replace(wanted, **chosen)


def _by_number(counts: dict[str, int]) -> list[str]:
    return sorted(counts, key=lambda key: (-counts[key], key))


def _most_frequent(rows: list[Row], total: int) -> str:
    told = [row for row in rows if row.key]
    if not told:
        return _("Nothing is left here under this filter.") if not rows else _("Nothing is told.")
    most = max(told, key=lambda row: row.values[0] or 0)
    return _("The most frequent: %(label)s, %(share)s of the incidents.") % {
        "label": presentation.isolated(most.label),
        "share": presentation.percent(most.values[0] or 0, total),
    }


def _more(rows: list[Row]) -> list[str]:
    if len(rows) <= BARS:
        return []
    said = ngettext(
        "%(number)s more is in the table.", "%(number)s more are in the table.", len(rows) - BARS
    )
    notes = [said % {"number": presentation.grouped(len(rows) - BARS)}]
    if len(rows) > ROWS:
        notes.append(
            _("The table ends after %(rows)s; the CSV has all %(number)s.")
            % {"rows": ROWS, "number": presentation.grouped(len(rows))}
        )
    return notes


def _events(found: Figures, wanted: IncidentFilter) -> Chart:
    return _kinds(
        "events",
        _("Kind of attack"),
        "event_type",
        found,
        wanted,
        None,
        lambda key: capfirst(str(EventType(key).label)),
    )


def _weapons(found: Figures, wanted: IncidentFilter) -> Chart:
    return _kinds(
        "weapons",
        _("Weapon"),
        "weapon",
        found,
        wanted,
        None,
        lambda key: capfirst(presentation.weapon_name(key)),
    )


def _dayparts(found: Figures, wanted: IncidentFilter) -> Chart:
    return _kinds(
        "dayparts",
        _("Time of day"),
        "daypart",
        found,
        wanted,
        Daypart.values,
        presentation.daypart_name,
    )


def _grades(found: Figures, wanted: IncidentFilter) -> Chart:
    return _kinds(
        "grades",
        _("Grade of evidence"),
        "grade",
        found,
        wanted,
        Grade.values,
        lambda key: capfirst(str(Grade(key).label)),
    )


def _beside(numbers: Iterable[int]) -> str:
    """``12 / 4``: the figures of a bar with several series, in their order."""
    return " / ".join(map(presentation.grouped, numbers))


# By place


def _area_name(key: str) -> str:
    place = gazetteer.load().places[key]
    return localised(place.name_en, place.name_ar)


def _at(wanted: IncidentFilter, area: str, role: str = "") -> IncidentFilter | None:
    """The filter that leaves just the incidents with a site of the role in the area.

    None where ``wanted`` asks for another place or role already: a filter speaks of one and the
    same site, and cannot ask for two.
    """
    book = gazetteer.load()
    place = book.places[area]
    inside = not wanted.place or any(book.is_within(place, other) for other in wanted.place)
    if wanted.bbox or not inside or (wanted.role and role not in wanted.role):
        return None
    return replace(wanted, place=(area,), role=(role,) if role else ())


def _loosely(number: int) -> list[str]:
    if not number:
        return []
    said = ngettext(
        "%(number)s incident is placed no closer than a district or a city.",
        "%(number)s incidents are placed no closer than a district or a city.",
        number,
    )
    return [said % {"number": presentation.grouped(number)}]


def _neighbourhoods(role: SiteRole, found: Figures, wanted: IncidentFilter) -> Chart:
    areas = found.areas["neighbourhood"]
    counts = {key: roles[role] for key, roles in areas.items() if role in roles}
    rows = [
        Row(key, _area_name(key), (counts[key],), **_urls(_at(wanted, key, role)))
        for key in _by_number(counts)
    ]
    most = max(counts.values(), default=0)
    title = {
        SiteRole.IMPACT: _("Most often hit"),
        SiteRole.LAUNCH: _("Most often launched from"),
    }[role]
    return Chart(
        name=f"{role.value}-areas",
        title=title,
        about=_("Neighbourhoods with their streets and buildings. An incident counts once in each.")
        if rows
        else _("No place is told."),
        heading=_("Neighbourhood"),
        columns=("incidents",),
        headings=(_("Incidents"),),
        rows=rows,
        notes=[*_more(rows), *_loosely(found.loose["neighbourhood"].get(role, 0))],
        bars=[
            Bar(row, [(role.value, drawings.share(row.values[0] or 0, most))], row.cells[0])
            for row in rows[:BARS]
        ],
    )


def _districts(found: Figures, wanted: IncidentFilter) -> Chart:
    areas = found.areas["district"]
    roles = presentation.ROLE_ORDER
    drawn = (SiteRole.IMPACT, SiteRole.LAUNCH)
    totals = {key: sum(own.values()) for key, own in areas.items()}
    rows = [
        Row(
            key,
            _area_name(key),
            tuple(areas[key].get(role, 0) for role in roles),
            **_urls(_at(wanted, key)),
        )
        for key in _by_number(totals)
    ]
    most = max((own.get(role, 0) for own in areas.values() for role in drawn), default=0)
    bars = [
        Bar(
            row,
            [(role.value, drawings.share(areas[row.key].get(role, 0), most)) for role in drawn],
            _beside(areas[row.key].get(role, 0) for role in drawn),
        )
        for row in rows[:BARS]
    ]
    return Chart(
        name="districts",
        title=_("Districts"),
        about=_(
            "Where it came down and where it was launched: districts of Baghdad, towns elsewhere."
        )
        if rows
        else _("No place is told."),
        heading=_("District"),
        columns=tuple(role.value for role in roles),
        headings=tuple(presentation.role_name(role) for role in roles),
        rows=rows,
        notes=_more(rows),
        bars=bars,
        series=tuple((role.value, presentation.role_name(role)) for role in drawn),
    )


# By group


def _actors(found: Figures, wanted: IncidentFilter) -> Chart:
    drawn = (ActorRole.CLAIMED_BY, ActorRole.ATTRIBUTED_TO)
    rows = [
        Row(
            party.slug,
            localised(party.name_en, party.name_ar),
            (party.incidents, *(party.roles[role] for role in ActorRole.values)),
            **_urls(
                replace(wanted, actor=(party.slug,))
                if not wanted.actor or wanted.actor == (party.slug,)
                else None
            ),
        )
        for party in found.parties
    ]
    most = max((party.roles[role] for party in found.parties for role in drawn), default=0)
    bars = [
        Bar(
            row,
            [(role.value, drawings.share(party.roles[role], most)) for role in drawn],
            _beside(party.roles[role] for role in drawn),
        )
        for row, party in zip(rows, found.parties, strict=True)
        if any(party.roles[role] for role in drawn)
    ]
    names = {role: capfirst(str(role.label)) for role in ActorRole}
    return Chart(
        name="actors",
        title=_("Who claims and who is blamed"),
        about=_(
            "A claim is the group's own word, an attribution that of others; neither is a finding."
        )
        if rows
        else _("No group is named."),
        heading=_("Group or force"),
        columns=("incidents", *ActorRole.values),
        headings=(_("Incidents"), *(names[role] for role in ActorRole)),
        rows=rows,
        notes=_more(rows),
        bars=bars[:BARS],
        series=tuple((role.value, names[role]) for role in drawn),
    )


# ---- CSV ----


def table(name: str, found: Figures, wanted: IncidentFilter) -> Iterator[list[Any]]:
    """The rows of a chart's CSV, the header first, the same in every language.

    Charts over time name a row by its ISO date, others by key and both names.
    """
    spoken = {}
    for language in ("en", "ar"):
        with override(language):
            spoken[language] = chart(name, found, wanted)
    english, arabic = spoken["en"], spoken["ar"]
    if english.name in ("time", "killed", "wounded"):
        yield [found.unit, *english.columns]
        for row in english.rows:
            yield [row.key, *("" if value is None else value for value in row.values)]
        return
    yield ["key", "name_en", "name_ar", *english.columns]
    for row, other in zip(english.rows, arabic.rows, strict=True):
        yield [row.key, row.label, other.label, *row.values]
