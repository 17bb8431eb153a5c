"""The collections, and how a page of their features is found.

A feature's place in its collection is a key of numbers that never change: the incident's row, then
the numbers of its sites. Pages go by that key, so a page far down costs what the first one does,
and rows that are added or withdrawn meanwhile neither repeat a feature nor skip one.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from functools import reduce
from operator import or_
from typing import Any, cast

from django.core.cache import cache
from django.db.models import (
    CharField,
    Exists,
    ExpressionWrapper,
    F,
    FilteredRelation,
    FloatField,
    Max,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Value,
)
from django.db.models.functions import Concat, Greatest, Least
from django.db.models.lookups import GreaterThanOrEqual, LessThanOrEqual
from django.utils import timezone

from incidents.codebook import LAYER_TEXTS
from incidents.fields import Text
from incidents.filters import BBox, IncidentFilter, places_within
from incidents.layers import LAYERS, Layer, Record
from incidents.models import DataVersion, Incident, Site, SiteRole

Rows = QuerySet[Incident, Any]
Key = tuple[int, ...]

# A key is written as hexadecimal digits of a fixed length: a row, then numbers of sites.
ROW_DIGITS, NUMBER_DIGITS = 16, 4
# How long what was counted is kept; another version of the data has keys of its own.
KEPT_SECONDS = 3600


@dataclass(frozen=True, slots=True)
class Selection:
    """Which features are asked for.

    ``boxes`` holds two for an area across the 180th meridian. As the standard wants it, features
    without a place are in every box and features without a date in every time; ``placed`` tells
    the former apart.
    """

    wanted: IncidentFilter = field(default_factory=IncidentFilter)
    boxes: tuple[BBox, ...] = ()
    first: date | None = None
    last: date | None = None
    placed: bool | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """Features in order, and the key of the last one if others follow."""

    records: list[Record]
    last: Key | None


@dataclass(frozen=True, slots=True)
class Extent:
    """Where and when a collection's features are; None where nothing is known."""

    box: tuple[float, float, float, float] | None
    interval: tuple[datetime, datetime] | None


@dataclass(frozen=True, slots=True)
class Collection:
    """A layer as a collection.

    ``select`` gives a row for each feature. ``keys`` name the numbers that make its key,
    ``suffix`` says how those after the first end the feature's id, and ``points`` are the prefixes
    of its coordinates.
    """

    layer: Layer
    select: Callable[[Selection], Rows]
    keys: tuple[str, ...]
    suffix: str
    points: tuple[str, ...]

    @property
    def name(self) -> str:
        return self.layer.name

    @property
    def title(self) -> Text:
        return LAYER_TEXTS[self.name][0]

    @property
    def description(self) -> Text:
        return LAYER_TEXTS[self.name][1]

    @property
    def key_pattern(self) -> str:
        """What a key looks like when it is written."""
        return f"^[0-7][0-9a-f]{{{ROW_DIGITS - 1 + NUMBER_DIGITS * (len(self.keys) - 1)}}}$"

    @property
    def id_pattern(self) -> str:
        """What the id of a feature looks like."""
        return "^BGD-[0-9-]{1,28}" + self.suffix.replace("{}", "[0-9]{1,5}") + "$"

    def write_key(self, key: Key) -> str:
        row, *numbers = key
        return f"{row:0{ROW_DIGITS}x}" + "".join(f"{n:0{NUMBER_DIGITS}x}" for n in numbers)

    def read_key(self, text: str) -> Key:
        """Raises ValueError for what ``write_key`` never wrote."""
        if not re.fullmatch(self.key_pattern, text):
            raise ValueError(text)
        numbers = text[ROW_DIGITS:]
        starts = range(0, len(numbers), NUMBER_DIGITS)
        return (
            int(text[:ROW_DIGITS], 16),
            *(int(numbers[start : start + NUMBER_DIGITS], 16) for start in starts),
        )

    def page(self, selection: Selection, after: Key | None, limit: int) -> Page:
        """At most ``limit`` features beyond the key ``after``."""
        rows = self.select(selection).order_by(*self.keys)
        if after is not None:
            rows = rows.filter(_beyond(self.keys, after))
        found = list(rows.values_list("public_id", *self.keys)[: limit + 1])
        shown = found[:limit]
        last: Key | None = tuple(shown[-1][1:]) if len(found) > limit else None
        return Page(self._records(selection.wanted, shown), last)

    def one(self, feature_id: str) -> Record | None:
        """The feature of that id, if there is such a one and it is published."""
        if not re.fullmatch(self.id_pattern, feature_id):
            return None
        public_id, _slash, ending = feature_id.partition("/")
        numbers = map(int, re.findall("[0-9]+", ending))
        wanted = dict(zip(self.keys[1:], numbers, strict=True))
        rows = self.select(Selection()).filter(public_id=public_id, **wanted)
        found = list(rows.values_list("public_id", *self.keys))
        return next(iter(self._records(IncidentFilter(), found)), None)

    def _records(self, wanted: IncidentFilter, rows: list[tuple[Any, ...]]) -> list[Record]:
        ids = {public_id + self.suffix.format(*numbers) for public_id, _row, *numbers in rows}
        incidents = list(dict.fromkeys(row[1] for row in rows))
        return [record for record in self.layer.read(wanted, incidents) if record.id in ids]

    def count(self, selection: Selection) -> int:
        """How many features there are, counted once for each version of the data."""
        return int(self._kept("count", selection, lambda: self.select(selection).count()))

    def extent(self) -> Extent:
        found: Extent = self._kept("extent", Selection(), self._extent)
        return found

    def _extent(self) -> Extent:
        edges = {
            f"{end}_{axis}_{point}": function(f"{point}{axis}")
            for point in self.points
            for axis in ("lon", "lat")
            for end, function in (("low", Min), ("high", Max))
        }
        found: dict[str, Any] = self.select(Selection()).aggregate(
            **edges, first=Min("date_start"), last=Max("date_end")
        )

        def edge(end: str, axis: str, choose: Callable[[Sequence[float]], float]) -> float | None:
            values = [found[f"{end}_{axis}_{point}"] for point in self.points]
            known = [value for value in values if value is not None]
            return choose(known) if known else None

        box = (
            edge("low", "lon", min),
            edge("low", "lat", min),
            edge("high", "lon", max),
            edge("high", "lat", max),
        )
        interval = None
        if found["first"] is not None:
            interval = (_midnight(found["first"]), _last_second(found["last"]))
        return Extent(None if None in box else box, interval)  # type: ignore[arg-type]

    def _kept(self, what: str, selection: Selection, make: Callable[[], Any]) -> Any:
        # A database put back from a copy has old versions again, but not of these moments.
        latest = Incident.objects.published().aggregate(moment=Max("updated_at"))["moment"]
        stamp = repr((DataVersion.current(), latest, self.name, what, selection))
        key = "ogc:" + hashlib.sha256(stamp.encode()).hexdigest()
        return cache.get_or_set(key, make, KEPT_SECONDS)


def _beyond(fields: Sequence[str], key: Key) -> Q:
    """The key of a row comes after ``key``."""
    beyond, same = Q(), Q()
    for name, value in zip(fields, key, strict=True):
        beyond |= same & Q(**{f"{name}__gt": value})
        same &= Q(**{name: value})
    # Said once more, and simply: it is what an index can use.
    return Q(**{f"{fields[0]}__gte": key[0]}) & beyond


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _last_second(day: date) -> datetime:
    return _midnight(day) + timedelta(days=1, seconds=-1)


# Selecting: one row for each feature


def _published(selection: Selection) -> Rows:
    """Published incidents of the time, for what the filter asks of them beside their sites."""
    wanted = replace(selection.wanted, role=(), place=())
    rows = Incident.objects.published().filter(wanted.condition())
    if selection.first or selection.last:
        dates = IncidentFilter(date_from=selection.first, date_to=selection.last)
        rows = rows.filter(dates.condition() | Q(date_start__isnull=True))
    return rows


def _meant(selection: Selection) -> Rows:
    """Those of them with such sites as the filter asks for."""
    rows = _published(selection)
    if selection.wanted.about_sites:
        rows = rows.filter(_has_site(selection.wanted.site_condition(), selection.wanted))
    return rows


def _has_site(condition: Q, wanted: IncidentFilter) -> Q:
    """An incident has a site that meets a condition, which ``wanted`` is a part of."""
    sites = Site.objects.filter(condition).order_by()
    if wanted.place:
        # Asked incident by incident, SQLite would look up every place in a city for each.
        return Q(pk__in=sites.values("incident"))
    # And this way a page ends when it is full, however many incidents there are.
    return Q(Exists(sites.filter(incident=OuterRef("pk"))))


def _in_boxes(selection: Selection) -> Q:
    """What the filter and the boxes ask of a single site."""
    inside = (replace(selection.wanted, bbox=box).site_condition() for box in selection.boxes)
    return reduce(or_, inside)


def _placed(rows: Rows, selection: Selection, latitude: str) -> Rows:
    if selection.placed is None:
        return rows
    return rows.filter(**{f"{latitude}__isnull": not selection.placed})


def _incidents(selection: Selection) -> Rows:
    """An incident is in a box if one of its sites is: those that the filter means, if any."""
    rows = _meant(selection)
    if selection.boxes:
        inside = _has_site(_in_boxes(selection), selection.wanted)
        rows = rows.filter(inside | Q(lat__isnull=True))
    return _placed(rows, selection, "lat")


def _sites(selection: Selection) -> Rows:
    wanted = selection.wanted
    meant = replace(wanted, place=()).site_condition()
    if selection.boxes:
        elsewhere = replace(selection, wanted=replace(wanted, place=()))
        meant = _in_boxes(elsewhere) | (meant & Q(lat__isnull=True))
    rows = _with_sites(_published(selection), "site", meant)
    if wanted.place:
        # As an expression: SQLite would look up every place in a city for each incident.
        place = Concat(F("site__place_id"), Value(""), output_field=CharField())
        rows = rows.alias(place=place).filter(place__in=places_within(wanted.place))
    return _placed(rows, selection, "site_lat")


def _trajectories(selection: Selection) -> Rows:
    rows = _meant(selection)
    for end, role in (("launch", SiteRole.LAUNCH), ("impact", SiteRole.IMPACT)):
        rows = _with_sites(rows, end, Q(role=role, lat__isnull=False))
    alike = {f"launch_{axis}": F(f"impact_{axis}") for axis in ("lon", "lat")}
    rows = rows.exclude(**alike)
    if selection.boxes:
        rows = rows.filter(reduce(or_, map(_crosses, selection.boxes)))
    return _placed(rows, selection, "launch_lat")


_SITE_COLUMNS = ("incident", "number", "lon", "lat")


def _with_sites(rows: Rows, name: str, condition: Q) -> Rows:
    """A row for each site that meets the condition: ``name_number``, ``name_lon``, ``name_lat``."""
    rows = rows.alias(**{name: FilteredRelation("sites", condition=_about("sites", condition))})
    # Conditions speak of these: each one on the relation itself would join it once more.
    columns = {f"{name}_{column}": F(f"{name}__{column}") for column in _SITE_COLUMNS}
    return rows.annotate(**columns).filter(**{f"{name}_number__isnull": False})


def _about(relation: str, condition: Q) -> Q:
    """The same condition, seen from the other end of a relation."""
    children: list[Any] = [
        _about(relation, child) if isinstance(child, Q) else (f"{relation}__{child[0]}", child[1])
        for child in cast(list[Any], condition.children)
    ]
    return Q(*children, _connector=condition.connector, _negated=condition.negated)


def _crosses(box: BBox) -> Q:
    """The straight line from launch to impact has a point in the box.

    Its own box overlaps, and not all corners lie on one side of it.
    """
    west, south, east, north = box.values
    (x1, y1), (x2, y2) = ((F(f"{end}_lon"), F(f"{end}_lat")) for end in ("launch", "impact"))
    sides = [
        ExpressionWrapper(
            (x2 - x1) * (Value(lat) - y1) - (y2 - y1) * (Value(lon) - x1),
            output_field=FloatField(),
        )
        for lon in (west, east)
        for lat in (south, north)
    ]
    overlaps = (
        Q(GreaterThanOrEqual(Greatest(x1, x2), west))
        & Q(LessThanOrEqual(Least(x1, x2), east))
        & Q(GreaterThanOrEqual(Greatest(y1, y2), south))
        & Q(LessThanOrEqual(Least(y1, y2), north))
    )
    return (
        overlaps
        & Q(GreaterThanOrEqual(Greatest(*sides), 0.0))
        & Q(LessThanOrEqual(Least(*sides), 0.0))
    )


COLLECTIONS: dict[str, Collection] = {
    collection.name: collection
    for collection in (
        Collection(
            layer=LAYERS["incidents"],
            select=_incidents,
            keys=("pk",),
            suffix="",
            points=("",),
        ),
        Collection(
            layer=LAYERS["sites"],
            select=_sites,
            keys=("pk", "site_number"),
            suffix="/s{}",
            points=("site_",),
        ),
        Collection(
            layer=LAYERS["trajectories"],
            select=_trajectories,
            # The incident as the launch sites have it: an index gives those in this order.
            keys=("launch_incident", "launch_number", "impact_number"),
            suffix="/s{}-s{}",
            points=("launch_", "impact_"),
        ),
    )
}
