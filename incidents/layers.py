"""What leaves the house: records of the three layers, with their columns, in steady memory.

Every format writes the same records, of the fields in ``fields``. Names of places and groups come
in English, or in Arabic where there is no English one, so that a file does not depend on who asked
for it.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any, NamedTuple, Protocol

from django.db.models import CharField, F, Q
from django.db.models.functions import Cast

from incidents.fields import (
    INCIDENT_FIELDS,
    LINE_FIELDS,
    POINT_FIELDS,
    SITE_FIELDS,
    TRAJECTORY_FIELDS,
    Field,
    Row,
    Value,
)
from incidents.filters import IncidentFilter
from incidents.models import (
    Incident,
    IncidentActor,
    IncidentArticle,
    Site,
    SiteRole,
    Status,
)
from incidents.nearness import leg
from incidents.querysets import among

BATCH = 1_000

Position = tuple[float, float]  # longitude, latitude


class Record(NamedTuple):
    """One feature. ``positions``: none (no place known), one (a point) or two (a line)."""

    id: str
    positions: tuple[Position, ...]
    values: Row


# A row of a layer with its positions.
Placed = tuple[Row, tuple[Position, ...]]


class Reader(Protocol):
    """The rows of a filter, a batch at a time; or of the incidents with these keys only, in that
    order."""

    def __call__(
        self, wanted: IncidentFilter, ids: Sequence[int] | None = None
    ) -> Iterator[list[Placed]]: ...


@dataclass(frozen=True, slots=True)
class Layer:
    """A layer, the fields of its records and their geometry, and how to get its rows."""

    name: str
    fields: tuple[Field, ...]
    geometry: tuple[Field, ...]
    columns: Columns
    rows: Reader

    def read(self, wanted: IncidentFilter, ids: Sequence[int] | None = None) -> Iterator[Record]:
        """The records of a filter; or of the incidents with these keys only, in that order."""
        for batch in self.rows(wanted, ids):
            for row, positions in batch:
                yield _record(self.columns, row, positions)


def records(name: str, wanted: IncidentFilter) -> Iterator[Record]:
    """The published records of a layer. Raises KeyError for a layer that does not exist."""
    return LAYERS[name].read(wanted)


def _incident_ids(wanted: IncidentFilter) -> array[int]:
    """All incidents of an export, fixed at its start so that edits cannot double or drop rows."""
    found = (
        Incident.objects.published()
        .filtered(wanted)
        .order_by(F("date_start").asc(nulls_last=True), "public_id")
        .values_list("pk", flat=True)
    )
    return array("q", found.iterator(chunk_size=BATCH))


def batches(wanted: IncidentFilter, ids: Sequence[int] | None) -> Iterator[list[Row]]:
    """Incident rows in order, a batch at a time."""
    if ids is None:
        ids = _incident_ids(wanted)
    for start in range(0, len(ids), BATCH):
        batch = ids[start : start + BATCH]
        rows = Incident.objects.filter(pk__in=among(batch)).order_by().values_list(*_READ)
        # One may have been withdrawn while the export runs. Asked in SQL, this would make SQLite
        # walk through all published incidents for every batch.
        by_id = {row["pk"]: row for row in _rows(rows) if row["status"] == Status.PUBLISHED}
        yield [by_id[pk] for pk in batch if pk in by_id]


_INCIDENT_FIELDS = (
    "pk",
    "public_id",
    "event_type",
    "date_precision",
    "time_local",
    "daypart",
    "weapon",
    "munitions_low",
    "munitions_best",
    "munitions_high",
    "killed_low",
    "killed_best",
    "killed_high",
    "killed_status",
    "wounded_low",
    "wounded_best",
    "wounded_high",
    "wounded_status",
    "grade",
    "place_en",
    "place_ar",
    "place_level",
    "radius_m",
    "lat",
    "lon",
    "status",
)
# Read as texts, and made of them here: Django takes three times as long for the same.
_SWITCHES = {"1": True, "true": True, "0": False, "false": False}
_FROM_TEXT: dict[str, Callable[[str], Any]] = {
    "date_start": lru_cache(maxsize=1 << 14)(date.fromisoformat),
    "date_end": lru_cache(maxsize=1 << 14)(date.fromisoformat),
    "is_demo": _SWITCHES.__getitem__,
    "recalled_only": _SWITCHES.__getitem__,
    "updated_at": lambda text: _utc(datetime.fromisoformat(text)),
}
_NAMES = (*_FROM_TEXT, *_INCIDENT_FIELDS)
_READ: tuple[Any, ...] = (*(Cast(name, CharField()) for name in _FROM_TEXT), *_INCIDENT_FIELDS)


def _rows(values: Iterable[tuple[Any, ...]]) -> list[Row]:
    columns = [*zip(*values, strict=True)]
    made = [
        [None if text is None else read(text) for text in column]
        for read, column in zip(_FROM_TEXT.values(), columns, strict=False)
    ]
    together = zip(*made, *columns[len(made) :], strict=True)
    return [dict(zip(_NAMES, row, strict=True)) for row in together]


def _utc(moment: datetime) -> datetime:
    """SQLite keeps instants in UTC without saying so."""
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


# The name of a column → its value in a row, for those who write millions of them.
Columns = dict[str, Value]


def _columns(fields: tuple[Field, ...]) -> Columns:
    return {field.name: field.value for field in fields}


INCIDENT_COLUMNS = _columns(INCIDENT_FIELDS)
SITE_COLUMNS = _columns(SITE_FIELDS)
TRAJECTORY_COLUMNS = _columns(TRAJECTORY_FIELDS)

_SITE_FIELDS = (
    "incident_id",
    "number",
    "role",
    "count",
    "place_id",
    "name_en",
    "name_ar",
    "surface",
    "relation",
    "level",
    "radius_m",
    "confidence",
    "lat",
    "lon",
)


def _record(columns: Columns, row: Row, positions: tuple[Position, ...]) -> Record:
    values = {
        name: row[value] if isinstance(value, str) else value(row)
        for name, value in columns.items()
    }
    return Record(values["id"], positions, values)


def _point(row: Row) -> tuple[Position, ...]:
    return () if row["lat"] is None else ((row["lon"], row["lat"]),)


def _incidents(wanted: IncidentFilter, ids: Sequence[int] | None = None) -> Iterator[list[Placed]]:
    for batch in batches(wanted, ids):
        add_related(batch)
        yield [(row, _point(row)) for row in batch]


def _sites(wanted: IncidentFilter, ids: Sequence[int] | None = None) -> Iterator[list[Placed]]:
    """Sites of the incidents; where the filter speaks of sites, only those that it means."""
    for batch in batches(wanted, ids):
        sites = sites_of(batch, wanted.site_condition())
        yield [
            ({**incident, **site}, _point(site))
            for incident in batch
            for site in sites.get(incident["pk"], ())
        ]


def _trajectories(
    wanted: IncidentFilter, ids: Sequence[int] | None = None
) -> Iterator[list[Placed]]:
    """Launch → impact lines of the incidents, where both ends are known and differ."""
    ends = Q(role__in=[SiteRole.LAUNCH, SiteRole.IMPACT], lat__isnull=False)
    for batch in batches(wanted, ids):
        sites = sites_of(batch, ends)
        yield [line for row in batch for line in _lines(row, sites.get(row["pk"], []))]


def _lines(incident: Row, sites: list[Row]) -> Iterator[Placed]:
    for launch in sites:
        if launch["role"] != SiteRole.LAUNCH:
            continue
        for impact in sites:
            line = (*_point(launch), *_point(impact))
            if impact["role"] != SiteRole.IMPACT or line[0] == line[1]:
                continue
            km, bearing = leg(launch["lat"], launch["lon"], impact["lat"], impact["lon"])
            row = {
                **incident,
                "launch": launch,
                "impact": impact,
                "distance_km": round(km, 3),
                "bearing_deg": round(bearing, 1),
            }
            yield row, line


LAYERS: dict[str, Layer] = {
    layer.name: layer
    for layer in (
        Layer("incidents", INCIDENT_FIELDS, POINT_FIELDS, INCIDENT_COLUMNS, _incidents),
        Layer("sites", SITE_FIELDS, POINT_FIELDS, SITE_COLUMNS, _sites),
        Layer("trajectories", TRAJECTORY_FIELDS, LINE_FIELDS, TRAJECTORY_COLUMNS, _trajectories),
    )
}


def sites_of(batch: list[Row], condition: Q) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = defaultdict(list)
    rows = Site.objects.filter(condition, incident__in=among([row["pk"] for row in batch]))
    for row in rows.order_by("incident_id", "number").values(*_SITE_FIELDS):
        found[row["incident_id"]].append(row)
    return found


def add_related(batch: list[Row]) -> None:
    """Put what other tables say about the incidents into their rows, one query a table.

    Lists are put where there is something in them.
    """
    by_id: dict[int, Row] = {}
    for row in batch:
        row |= {"intercepted": None, "site_total": 0, "source_count": 0}
        by_id[row["pk"]] = row
    ids = among(by_id)

    def add(incident: int, name: str, value: str) -> None:
        if value:
            by_id[incident].setdefault(name, []).append(value)

    for pk, role, name_en, name_ar in (
        IncidentActor.objects.filter(incident__in=ids)
        .order_by("role", "pk")
        .values_list("incident_id", "role", "actor__name_en", "actor__name_ar")
    ):
        add(pk, role, name_en or name_ar)
    for pk, role, count, name_en, name_ar, surface in (
        Site.objects.filter(incident__in=ids)
        .order_by("incident_id", "number")
        .values_list("incident_id", "role", "count", "name_en", "name_ar", "surface")
    ):
        row = by_id[pk]
        row["site_total"] += 1
        if name := name_en or name_ar or surface:
            row.setdefault(role, []).append(name)
        if role == SiteRole.INTERCEPT and count is not None:
            row["intercepted"] = (row["intercepted"] or 0) + count
    for pk, publisher, url, language in (
        IncidentArticle.objects.filter(incident__in=ids)
        .order_by("article__published_at", "article_id")
        .values_list("incident_id", "article__publisher", "article__url", "article__language")
    ):
        by_id[pk]["source_count"] += 1
        add(pk, "publishers", publisher)
        add(pk, "urls", url)
        add(pk, "languages", language)
    for into, public_id in (
        Incident.objects.filter(merged_into__in=ids)
        .order_by("public_id")
        .values_list("merged_into_id", "public_id")
    ):
        add(into, "aliases", public_id)
    for row in batch:
        for name in ("publishers", "languages"):
            if name in row:
                row[name] = list(dict.fromkeys(row[name]))


def texts(chunks: Iterable[str], size: int = 1 << 16) -> Iterator[str]:
    """Small pieces of text joined into larger ones, so that a stream has few steps."""
    held: list[str] = []
    length = 0
    for chunk in chunks:
        held.append(chunk)
        length += len(chunk)
        if length >= size:
            yield "".join(held)
            held, length = [], 0
    yield "".join(held)
