"""The overview in words: charts of the ``figures`` with titles, tables, links and files.

``charts`` makes all of them in the active language; ``table`` makes a chart's CSV.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

import gazetteer
from incidents import charts as drawings
from incidents import presentation
from incidents.figures import Figures, Toll
from incidents.filters import IncidentFilter
from incidents.merging import interval
from incidents.models import ActorRole, Daypart, EventType, Grade, SiteRole, localised

# Bars and table rows of a chart of places, groups or weapons; its CSV has all.
BARS, ROWS = 12, 60


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

    ``figures`` are said beside it, ``share`` the part of all incidents where that has a meaning.
    """

    row: Row
    lengths: list[tuple[str, str]]
    figures: list[str]
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
            row.cells,
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
    areas = found.areas["neighbourhood"].numbers
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
        notes=[*_more(rows), *_loosely(found.areas["neighbourhood"].loose.get(role, 0))],
        bars=[
            Bar(row, [(role.value, drawings.share(row.values[0] or 0, most))], row.cells)
            for row in rows[:BARS]
        ],
    )


def _districts(found: Figures, wanted: IncidentFilter) -> Chart:
    areas = found.areas["district"].numbers
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
            [presentation.grouped(areas[row.key].get(role, 0)) for role in drawn],
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
            [presentation.grouped(party.roles[role]) for role in drawn],
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
