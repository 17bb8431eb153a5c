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
    ActorRole,
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


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows of a layer by column, and the positions of each. Whoever can goes column by column:
    an export has millions of values."""

    columns: dict[str, list[Any]]
    positions: list[tuple[Position, ...]]

    @classmethod
    def of(cls, rows: list[Row], positions: list[tuple[Position, ...]]) -> Batch:
        return cls(
            {name: [row[name] for row in rows] for name in rows[0]} if rows else {}, positions
        )

    @property
    def rows(self) -> list[Row]:
        return _rows(self.columns)


class Reader(Protocol):
    """The rows of a filter, a batch at a time; or of the incidents with these keys only, in that
    order."""

    def __call__(
        self, wanted: IncidentFilter, ids: Sequence[int] | None = None
    ) -> Iterator[Batch]: ...


@dataclass(frozen=True, slots=True)
class Layer:
    """A layer, the fields of its records and their geometry, and how to get its rows."""

    name: str
    fields: tuple[Field, ...]
    geometry: tuple[Field, ...]
    columns: Columns
    batches: Reader

    def read(self, wanted: IncidentFilter, ids: Sequence[int] | None = None) -> Iterator[Record]:
        """The records of a filter; or of the incidents with these keys only, in that order."""
        for batch in self.batches(wanted, ids):
            for row, positions in zip(batch.rows, batch.positions, strict=True):
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
    return map(_rows, _incident_columns(wanted, ids))


def _incident_columns(
    wanted: IncidentFilter, ids: Sequence[int] | None
) -> Iterator[dict[str, list[Any]]]:
    """The same by column."""
    if ids is None:
        ids = _incident_ids(wanted)
    for start in range(0, len(ids), BATCH):
        batch = ids[start : start + BATCH]
        rows = Incident.objects.filter(pk__in=among(batch)).order_by().values_list(*_READ)
        # One may have been withdrawn while the export runs. Asked in SQL, this would make SQLite
        # walk through all published incidents for every batch.
        found = {row[_PK]: row for row in rows if row[_STATUS] == Status.PUBLISHED}
        columns = [*zip(*(found[pk] for pk in batch if pk in found), strict=True)]
        if not columns:
            continue
        yield dict(zip(_NAMES, map(list, columns), strict=True)) | {
            name: [None if text is None else read(text) for text in column]
            for (name, read), column in zip(_FROM_TEXT.items(), columns, strict=False)
        }


def _rows(columns: dict[str, list[Any]]) -> list[Row]:
    return [
        dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)
    ]


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
_PK, _STATUS = _NAMES.index("pk"), _NAMES.index("status")
_READ: tuple[Any, ...] = (*(Cast(name, CharField()) for name in _FROM_TEXT), *_INCIDENT_FIELDS)


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


def _points(columns: dict[str, list[Any]]) -> list[tuple[Position, ...]]:
    pairs = zip(columns["lon"], columns["lat"], strict=True)
    return [() if lat is None else ((lon, lat),) for lon, lat in pairs]


def _incidents(wanted: IncidentFilter, ids: Sequence[int] | None = None) -> Iterator[Batch]:
    for columns in _incident_columns(wanted, ids):
        columns |= _related(columns["pk"])
        yield Batch(columns, _points(columns))


def _sites(wanted: IncidentFilter, ids: Sequence[int] | None = None) -> Iterator[Batch]:
    """Sites of the incidents; where the filter speaks of sites, only those that it means."""
    for about in _incident_columns(wanted, ids):
        found = _site_rows(about["pk"], wanted.site_condition())
        owners = {pk: at for at, pk in enumerate(about["pk"])}
        # In the order of the incidents; those of one are in order already.
        sites = sorted(found, key=lambda site: owners[site[0]])
        if not sites:
            continue
        at = [owners[site[0]] for site in sites]
        own = dict(zip(_SITE_FIELDS, map(list, zip(*sites, strict=True)), strict=True))
        repeated = {
            name: [column[row] for row in at] for name, column in about.items() if name not in own
        }
        yield Batch(repeated | own, _points(own))


def _trajectories(wanted: IncidentFilter, ids: Sequence[int] | None = None) -> Iterator[Batch]:
    """Launch → impact lines of the incidents, where both ends are known and differ."""
    ends = Q(role__in=[SiteRole.LAUNCH, SiteRole.IMPACT], lat__isnull=False)
    for batch in batches(wanted, ids):
        sites = sites_of(batch, ends)
        lines = [line for row in batch for line in _lines(row, sites.get(row["pk"], []))]
        yield Batch.of([row for row, _line in lines], [line for _row, line in lines])


def _lines(incident: Row, sites: list[Row]) -> Iterator[tuple[Row, tuple[Position, ...]]]:
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
    for site in _site_rows([row["pk"] for row in batch], condition):
        row = dict(zip(_SITE_FIELDS, site, strict=True))
        found[row["incident_id"]].append(row)
    return found


def _site_rows(incidents: list[int], condition: Q) -> Iterable[tuple[Any, ...]]:
    rows = Site.objects.filter(condition, incident__in=among(incidents))
    return rows.order_by("incident_id", "number").values_list(*_SITE_FIELDS)


# Figures that other tables give, with what they are where there is nothing.
_FIGURES: dict[str, int | None] = {"intercepted": None, "site_total": 0, "source_count": 0}
_LISTS = (*ActorRole, *SiteRole, "publishers", "urls", "languages", "aliases")


def add_related(batch: list[Row]) -> None:
    """Put what other tables say about the incidents into their rows.

    Lists are put where there is something in them.
    """
    for name, values in _related([row["pk"] for row in batch]).items():
        for row, value in zip(batch, values, strict=True):
            if value is not None or name in _FIGURES:
                row[name] = value


def _related(incidents: list[int]) -> dict[str, list[Any]]:
    """What other tables say about the incidents, by column, with one query a table."""
    size = len(incidents)
    at = {pk: place for place, pk in enumerate(incidents)}
    figures = {name: [value] * size for name, value in _FIGURES.items()}
    lists: dict[str, list[list[str] | None]] = {str(name): [None] * size for name in _LISTS}
    ids = among(incidents)

    def add(incident: int, name: str, value: str) -> None:
        if value:
            column, place = lists[name], at[incident]
            if (held := column[place]) is None:
                column[place] = [value]
            else:
                held.append(value)

    for pk, role, name_en, name_ar in (
        IncidentActor.objects.filter(incident__in=ids)
        .order_by("role", "pk")
        .values_list("incident_id", "role", "actor__name_en", "actor__name_ar")
    ):
        add(pk, role, name_en or name_ar)
    totals, intercepted = figures["site_total"], figures["intercepted"]
    for pk, role, count, name_en, name_ar, surface in (
        Site.objects.filter(incident__in=ids)
        .order_by("incident_id", "number")
        .values_list("incident_id", "role", "count", "name_en", "name_ar", "surface")
    ):
        add(pk, role, name_en or name_ar or surface)
        place = at[pk]
        totals[place] = (totals[place] or 0) + 1
        if role == SiteRole.INTERCEPT and count is not None:
            intercepted[place] = (intercepted[place] or 0) + count
    sources = figures["source_count"]
    for pk, publisher, url, language in (
        IncidentArticle.objects.filter(incident__in=ids)
        .order_by("article__published_at", "article_id")
        .values_list("incident_id", "article__publisher", "article__url", "article__language")
    ):
        sources[at[pk]] = (sources[at[pk]] or 0) + 1
        add(pk, "publishers", publisher)
        add(pk, "urls", url)
        add(pk, "languages", language)
    for into, public_id in (
        Incident.objects.filter(merged_into__in=ids)
        .order_by("public_id")
        .values_list("merged_into_id", "public_id")
    ):
        add(into, "aliases", public_id)
    for name in ("publishers", "languages"):
        lists[name] = [held and list(dict.fromkeys(held)) for held in lists[name]]
    return figures | lists


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
