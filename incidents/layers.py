"""What leaves the house: records of the three layers, with their columns, in steady memory.

Every format writes the same records, of the fields in ``fields``. Names of places and groups come
in English, or in Arabic where there is no English one, so that a file does not depend on who asked
for it.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from django.db.models import F, Q

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

BATCH = 1_000

Position = tuple[float, float]  # longitude, latitude


class Record(NamedTuple):
    """One feature. ``positions``: none (no place known), one (a point) or two (a line)."""

    id: str
    positions: tuple[Position, ...]
    values: Row


class Reader(Protocol):
    """The records of a filter; or of the incidents with these keys only, in that order."""

    def __call__(
        self, wanted: IncidentFilter, ids: Sequence[int] | None = None
    ) -> Iterator[Record]: ...


@dataclass(frozen=True, slots=True)
class Layer:
    """A layer, the fields of its records and their geometry, and how to get them for a filter."""

    name: str
    fields: tuple[Field, ...]
    geometry: tuple[Field, ...]
    columns: Columns
    read: Reader


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
        rows = Incident.objects.filter(pk__in=batch).order_by().values(*_INCIDENT_FIELDS)
        # One may have been withdrawn while the export runs. Asked in SQL, this would make SQLite
        # walk through all published incidents for every batch.
        by_id = {row["pk"]: row for row in rows if row["status"] == Status.PUBLISHED}
        yield [by_id[pk] for pk in batch if pk in by_id]


_INCIDENT_FIELDS = (
    "pk",
    "public_id",
    "event_type",
    "date_start",
    "date_end",
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
    "is_demo",
    "recalled_only",
    "updated_at",
)


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


def _incidents(wanted: IncidentFilter, ids: Sequence[int] | None = None) -> Iterator[Record]:
    for batch in batches(wanted, ids):
        add_related(batch)
        for row in batch:
            yield _record(INCIDENT_COLUMNS, row, _point(row))


def _sites(wanted: IncidentFilter, ids: Sequence[int] | None = None) -> Iterator[Record]:
    """Sites of the incidents; where the filter speaks of sites, only those that it means."""
    for batch in batches(wanted, ids):
        sites = sites_of(batch, wanted.site_condition())
        for incident in batch:
            for site in sites[incident["pk"]]:
                yield _record(SITE_COLUMNS, {**incident, **site}, _point(site))


def _trajectories(wanted: IncidentFilter, ids: Sequence[int] | None = None) -> Iterator[Record]:
    """Launch → impact lines of the incidents, where both ends are known and differ."""
    ends = Q(role__in=[SiteRole.LAUNCH, SiteRole.IMPACT], lat__isnull=False)
    for batch in batches(wanted, ids):
        sites = sites_of(batch, ends)
        for incident in batch:
            own = sites[incident["pk"]]
            for launch in own:
                if launch["role"] != SiteRole.LAUNCH:
                    continue
                for impact in own:
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
                    yield _record(TRAJECTORY_COLUMNS, row, line)


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
    rows = Site.objects.filter(condition, incident__in=[row["pk"] for row in batch])
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
    ids = list(by_id)

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
        add(pk, role, name_en or name_ar or surface)
        row = by_id[pk]
        row["site_total"] += 1
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
    for merged in Incident.objects.filter(merged_into__in=ids).order_by("public_id"):
        if merged.merged_into_id is not None:
            add(merged.merged_into_id, "aliases", merged.public_id)
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
