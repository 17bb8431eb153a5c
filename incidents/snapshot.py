"""All published incidents as columns in memory: what the desk asks is answered from here.

A filter may be anything, and an analyst waits for nothing: numpy looks through every incident in
a few milliseconds, whatever is asked, where a database walks an index for one question and all
rows for the next. Texts stay in the database; a page fetches its few rows by their keys.

``current`` is what all of one process share. It is as new as the database at the time of asking:
every change of an incident, its sites or its parties is noted in the transaction that makes it
(``DataVersion.bump``), and only what changed is read again.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from functools import cached_property, reduce
from itertools import islice
from typing import Any, overload

import numpy as np
from django.db.models import CharField, Model, Q, QuerySet
from django.db.models.functions import Cast
from numpy.typing import NDArray

from incidents.columns import (
    NULL,
    Column,
    Days,
    Mask,
    Names,
    Numbers,
    Rows,
    Table,
    Texts,
    UnansweredError,
    Words,
)
from incidents.filters import IncidentFilter
from incidents.models import DataVersion, Incident, IncidentActor, Site, Status, Touched, localised

# Rows read at a time: what a batch needs in Python objects is given back before the next.
BATCH = 2_000
# Of each filter the answer is kept: 400 kB where there are as many incidents.
KEPT_MASKS = 24
# With more changes than this share of all incidents, reading everything anew is quicker.
WORTH_PATCHING = 0.1

FIGURES = tuple(
    f"{figure}_{edge}" for figure in ("killed", "wounded") for edge in ("low", "best", "high")
)
_CHOICES = ("event_type", "weapon", "grade", "daypart", "date_precision")


class Snapshot:
    """Published incidents, newest first, with the sites and parties of each.

    ``sites["incident"]`` and ``parties["incident"]`` are keys; ``site_row`` and ``party_row`` say
    which row of ``incidents`` they belong to.
    """

    def __init__(
        self, version: int, incidents: Table, sites: Table, parties: Table, names: _Names
    ) -> None:
        self.version = version
        self.incidents = incidents
        self.names = names
        keys = incidents["pk"].values
        self._rows = np.full(int(keys.max(initial=0)) + 1, -1, dtype=np.int32)
        self._rows[keys] = np.arange(len(keys), dtype=np.int32)
        self.sites, self.site_row = self._owned(sites)
        self.parties, self.party_row = self._owned(parties)
        # Masks only: a selection refers to its snapshot, and what refers to each other is kept.
        self._masks: OrderedDict[IncidentFilter, Mask] = OrderedDict()
        self._lock = threading.Lock()

    def _owned(self, table: Table) -> tuple[Table, NDArray[np.int32]]:
        """Those rows of another table that belong to incidents of this one, and to which."""
        owners = table["incident"].values
        rows = self._rows_of(owners)
        here = rows >= 0
        return (table, rows) if here.all() else (table.take(here), rows[here])

    def _rows_of(self, keys: NDArray[np.int64]) -> NDArray[np.int32]:
        """Where the incidents with these keys stand; -1 for those that are not here."""
        rows = self._rows[np.minimum(keys, self._rows.size - 1)]
        return np.where(keys < self._rows.size, rows, np.int32(-1))

    def select(self, wanted: IncidentFilter) -> Selection:
        """The incidents that a filter leaves; kept for the next question about the same."""
        with self._lock:
            mask = self._masks.get(wanted)
            if mask is not None:
                self._masks.move_to_end(wanted)
                return Selection(self, wanted, mask)
        mask = self._matching(wanted)
        with self._lock:
            self._masks[wanted] = mask
            while len(self._masks) > KEPT_MASKS:
                self._masks.popitem(last=False)
        return Selection(self, wanted, mask)

    def _matching(self, wanted: IncidentFilter) -> Mask:
        parts = [self._own(condition) for condition in _conjuncts(wanted.own_condition())]
        if wanted.actor:
            parties = self.parties.matching(wanted.party_condition())
            parts.append(self._marked(self.party_row[parties]))
        if wanted.about_sites:
            parts.append(self.having(self.sites.matching(wanted.site_condition())))
        return reduce(np.logical_and, parts, np.ones(self.incidents.size, dtype=np.bool_))

    def _own(self, condition: Q) -> Mask:
        """Which incidents fulfil a condition on themselves; what no column tells SQL does."""
        try:
            return self.incidents.matching(condition)
        except UnansweredError:
            keys = Incident.objects.published().filter(condition).order_by().values_list("pk")
            rows = self._rows_of(np.fromiter((pk for (pk,) in keys.iterator()), dtype=np.int64))
            return self._marked(rows[rows >= 0])

    def having(self, sites: Rows | Mask) -> Mask:
        """Which incidents have one of these sites."""
        return self._marked(self.site_row[sites])

    def _marked(self, rows: NDArray[Any]) -> Mask:
        mask = np.zeros(self.incidents.size, dtype=np.bool_)
        mask[rows] = True
        return mask

    def order(self, field: str, *, falling: bool) -> NDArray[Any]:
        """A number for each incident to sort by; what is unknown comes last both ways."""
        if field == "place":
            ranks, known = self.names.place_ranks(), self.incidents["place"].codes
            keys = ranks[known].astype(np.int32)
        elif field == "event_type":
            column = self.incidents[field]
            keys = _ranks(column.names.values)[column.codes].astype(np.int32)
        else:
            keys = self.incidents[field].values.copy()
        unknown = keys == NULL
        if falling:
            keys = -keys
        keys[unknown] = 0
        # Sorting numbers of 16 bits takes a quarter of the time.
        narrow = np.iinfo(np.int16)
        if keys.size and narrow.min <= keys.min() and keys.max() < narrow.max:
            keys = keys.astype(np.int16)
        keys[unknown] = np.iinfo(keys.dtype).max
        return keys

    @cached_property
    def has_demo(self) -> bool:
        return bool(self.incidents["is_demo"].values.any())

    def occurring(self, name: str) -> list[str]:
        """The different texts of a column of sites or parties."""
        column = (self.sites if name in self.sites.columns else self.parties)[name]
        return [column.names.values[code] for code in np.unique(column.codes).tolist()]

    def number(self, row: int) -> str:
        """The public number of an incident."""
        return str(self.incidents["public_id"].values[row], "ascii")

    @cached_property
    def months(self) -> NDArray[np.int32]:
        """Months since year 0 of each incident, ``NULL`` where the date is unknown."""
        days = self.incidents["date_start"].values
        known = days != NULL
        # Day 1 of Python's calendar is the first of January of year 1, numpy's is day 0 in 1970.
        moments = (days[known].astype(np.int64) - _EPOCH).astype("M8[D]").astype("M8[M]")
        months = np.full(len(days), NULL, dtype=np.int32)
        months[known] = moments.astype(np.int64) + 1970 * 12
        return months

    # -- keeping in step

    def patched(self, version: int, changed: Sequence[int]) -> Snapshot:
        """The same with some incidents read again: new, changed, or published no longer."""
        if not changed:
            return Snapshot(version, self.incidents, self.sites, self.parties, self.names)
        fresh = [_read(kind, self.names, changed) for kind in (Incident, Site, IncidentActor)]
        gone = np.array(changed, dtype=np.int64)
        kept = np.flatnonzero(~np.isin(self.incidents["pk"].values, gone))
        incidents = _in_order(self.incidents, kept, fresh[0])
        sites, parties = (
            table.take(~np.isin(table["incident"].values, gone)).joined(new)
            for table, new in ((self.sites, fresh[1]), (self.parties, fresh[2]))
        )
        return Snapshot(version, incidents, sites, parties, self.names)


class Selection:
    """The incidents that a filter leaves, and which of their sites it speaks of."""

    def __init__(self, snapshot: Snapshot, wanted: IncidentFilter, mask: Mask) -> None:
        self.snapshot = snapshot
        self.wanted = wanted
        self.mask = mask

    @cached_property
    def count(self) -> int:
        return int(np.count_nonzero(self.mask))

    @cached_property
    def sites(self) -> Mask:
        """Where the filter asks for certain sites, those only: who filters by launch sites wants
        to see launch sites."""
        own = self.mask[self.snapshot.site_row]
        if not self.wanted.about_sites:
            return own
        return own & self.snapshot.sites.matching(self.wanted.site_condition())

    def column(self, name: str) -> NDArray[Any]:
        """The selected incidents' values of a column of numbers."""
        values: NDArray[Any] = self.snapshot.incidents[name].values
        return values[self.mask]

    def keys(self, mask: Mask | None = None, *, sort: str = "") -> NDArray[np.int64]:
        """Keys of the incidents, newest first, of those in ``mask`` only.

        ``sort`` is a field, with a minus before it for the largest first.
        """
        rows = np.flatnonzero(self.mask if mask is None else self.mask & mask)
        if sort:
            field = sort.removeprefix("-")
            by = self.snapshot.order(field, falling=sort[0] == "-")[rows]
            rows = rows[np.argsort(by, kind="stable")]
        keys: NDArray[np.int64] = self.snapshot.incidents["pk"].values[rows]
        return keys


class Fetched(Sequence[Incident]):
    """Published incidents by their keys, fetched page by page; a ``Paginator`` takes it for a list.

    ``rows`` says what comes along with each.
    """

    def __init__(self, rows: QuerySet[Incident], keys: NDArray[np.int64]) -> None:
        self.rows = rows
        self.keys = keys

    def __len__(self) -> int:
        return len(self.keys)

    @overload
    def __getitem__(self, at: int) -> Incident: ...
    @overload
    def __getitem__(self, at: slice) -> list[Incident]: ...
    def __getitem__(self, at: int | slice) -> Incident | list[Incident]:
        if isinstance(at, int):
            return self[at : at + 1][0]
        keys = self.keys[at].tolist()
        found = {row.pk: row for row in self.rows.filter(pk__in=keys).order_by()}
        # One may have been withdrawn since the keys were looked up.
        rows = (found[pk] for pk in keys if pk in found)
        return [row for row in rows if row.status == Status.PUBLISHED]


# ---- reading the database ----


class _Names:
    """The codes of texts, shared by a snapshot and those made from it."""

    def __init__(self) -> None:
        self.choices: dict[str, Names[Any]] = {name: Names() for name in _CHOICES}
        self.places: Names[tuple[str, str]] = Names()
        self.place_ids: Names[str] = Names()
        self.roles: Names[str] = Names()
        self.actors: Names[str] = Names()
        self.party_roles: Names[str] = Names()
        self.words: Names[str] = Names()

    def named(self) -> NDArray[np.int32]:
        """By code of a place: the code, or -1 where neither language has a name."""
        codes = [code if any(pair) else -1 for code, pair in enumerate(self.places.values)]
        return np.array(codes, dtype=np.int32)

    def place(self, code: int) -> tuple[str, str]:
        """The English and the Arabic name of a code; "" for -1."""
        return self.places.values[code] if code >= 0 else ("", "")

    def place_ranks(self) -> NDArray[np.int32]:
        """The alphabetical rank of each place's name in the reader's language; none: NULL."""
        return _ranks([localised(*pair) for pair in self.places.values])


def _ranks(names: list[str]) -> NDArray[np.int32]:
    ranks = {name: rank for rank, name in enumerate(sorted(set(names)))}
    return np.array([ranks[name] if name else NULL for name in names], dtype=np.int32)


_TRUE = {"1", "true"}  # as SQLite and as PostgreSQL write it
_EPOCH = 719_163  # date(1970, 1, 1).toordinal()

# The fields of a table, and how a batch of them becomes columns.
_Fields = tuple[Any, ...]
_Encoder = Callable[[list[Sequence[Any]], _Names], dict[str, Column]]

# Dates and switches as texts: Django would make objects of them, one call a value.
_INCIDENT: _Fields = (
    "status",
    "pk",
    "public_id",
    Cast("date_start", CharField()),
    Cast("date_end", CharField()),
    Cast("is_demo", CharField()),
    "lat",
    "place_en",
    "place_ar",
    "search_text",
    *_CHOICES,
    *FIGURES,
)


def _incident_columns(values: list[Sequence[Any]], names: _Names) -> dict[str, Column]:
    _status, pk, public_id, start, end, demo, lat, english, arabic, text, *rest = values
    choices, figures = rest[: len(_CHOICES)], rest[len(_CHOICES) :]
    return {
        "pk": Numbers(np.array(pk, dtype=np.int64)),
        "public_id": Numbers(np.array(public_id, dtype="S")),
        "date_start": Days.read(start),
        "date_end": Days.read(end),
        "is_demo": Numbers(np.array([text in _TRUE for text in demo], dtype=np.bool_)),
        "lat": Numbers.degrees(lat),
        "place": Texts(names.places, names.places.encode([*zip(english, arabic, strict=True)])),
        "search_text": Words.of(names.words, text),
        **{
            name: Texts(names.choices[name], names.choices[name].encode(column))
            for name, column in zip(_CHOICES, choices, strict=True)
        },
        **{name: Numbers.whole(column) for name, column in zip(FIGURES, figures, strict=True)},
    }


_SITE: _Fields = (
    "incident_id",
    "role",
    "place_id",
    "name_en",
    "name_ar",
    "lat",
    "lon",
    "radius_m",
    "tile_x",
    "tile_y",
)


def _site_columns(values: list[Sequence[Any]], names: _Names) -> dict[str, Column]:
    incident, role, place_id, english, arabic, lat, lon, radius, x, y = values
    return {
        "incident": Numbers(np.array(incident, dtype=np.int64)),
        "role": Texts(names.roles, names.roles.encode(role)),
        "place_id": Texts(names.place_ids, names.place_ids.encode(place_id)),
        "place": Texts(names.places, names.places.encode([*zip(english, arabic, strict=True)])),
        "lat": Numbers.degrees(lat),
        "lon": Numbers.degrees(lon),
        "radius_m": Numbers.degrees(radius),
        "tile_x": Numbers.whole(x),
        "tile_y": Numbers.whole(y),
    }


_PARTY: _Fields = ("incident_id", "actor__slug", "role")


def _party_columns(values: list[Sequence[Any]], names: _Names) -> dict[str, Column]:
    incident, slug, role = values
    return {
        "incident": Numbers(np.array(incident, dtype=np.int64)),
        "actor__slug": Texts(names.actors, names.actors.encode(slug)),
        "role": Texts(names.party_roles, names.party_roles.encode(role)),
    }


_READ: dict[type[Model], tuple[str, _Fields, _Encoder]] = {
    Incident: ("pk", _INCIDENT, _incident_columns),
    Site: ("incident", _SITE, _site_columns),
    IncidentActor: ("incident", _PARTY, _party_columns),
}


def _read(kind: type[Model], names: _Names, only: Sequence[int] | None = None) -> Table:
    """The columns of a table, or of the rows that belong to some incidents.

    Published incidents only, newest first; sites and parties of all, in no order.
    """
    key, fields, columns = _READ[kind]
    rows: QuerySet[Any] = kind._default_manager.order_by()
    if only is not None:
        rows = rows.filter(**{f"{key}__in": only})
    stream = rows.values_list(*fields).iterator(chunk_size=BATCH)
    if kind is Incident:
        # Asked in SQL, this would make SQLite walk an index and look up each row by itself.
        stream = (row for row in stream if row[0] == Status.PUBLISHED)
    empty = columns([()] * len(fields), names)
    parts: dict[str, list[Column]] = {name: [] for name in empty}
    size = 0
    while batch := list(islice(stream, BATCH)):
        size += len(batch)
        for name, column in columns([*zip(*batch, strict=True)], names).items():
            parts[name].append(column)
    # One column after the other: the parts of each are given back before the next is joined.
    table = Table({name: empty[name].joined(*parts.pop(name)) for name in empty}, size=size)
    return table.take(_newest_first(table)) if kind is Incident else table


def _newest_first(incidents: Table) -> Rows:
    by_number = np.argsort(incidents["public_id"].values, kind="stable")[::-1]
    days = -incidents["date_start"].values.astype(np.int64)
    rows: Rows = by_number[np.argsort(days[by_number], kind="stable")]
    return rows


def _in_order(stored: Table, kept: Rows, fresh: Table) -> Table:
    """The kept rows of a table of incidents and those of another, both newest first, as one."""
    falling = -stored["date_start"].values[kept].astype(np.int64)
    numbers = stored["public_id"].values[kept]
    places = []
    for day, number in zip(fresh["date_start"].values, fresh["public_id"].values, strict=True):
        first, last = (np.searchsorted(falling, -int(day), side) for side in ("left", "right"))
        places.append(last - np.searchsorted(numbers[first:last][::-1], number))
    order = np.insert(kept, places, stored.size + np.arange(fresh.size))
    return stored.joined(fresh).take(order)


# ---- the snapshot of this process ----

_current: Snapshot | None = None
_building = threading.Lock()


def current() -> Snapshot:
    """The snapshot as the database is now. The first of a process reads all of it.

    Its ``version`` is that of the data: whoever keeps an answer keeps it by this.
    """
    global _current
    # The number is read before the rows: they may be newer than it, and are then read again.
    version, whole = DataVersion.state()
    seen = _current
    if seen is not None and seen.version == version:
        return seen
    with _building:
        held = _current
        if held is not None and held is not seen and held.version >= version:
            return held  # somebody else was waiting for the same
        made = _patch(held, version, whole) or _build(version)
        _current = made
        return made


def _patch(held: Snapshot | None, version: int, whole: int) -> Snapshot | None:
    """What is held, brought up to date; None where it is simpler to read everything."""
    if held is None or not whole <= held.version <= version:
        return None
    changed = Touched.since(held.version)
    if len(changed) > max(BATCH, WORTH_PATCHING * held.incidents.size):
        return None
    return held.patched(version, changed)


def _build(version: int) -> Snapshot:
    names = _Names()
    incidents, sites, parties = (_read(kind, names) for kind in (Incident, Site, IncidentActor))
    return Snapshot(version, incidents, sites, parties, names)


def forget() -> None:
    """Drop what is held. For tests, where a data version comes back with other data."""
    global _current
    _current = None


def _conjuncts(condition: Q) -> list[Q]:
    """The conditions that must all hold, one by one."""
    if condition.negated or condition.connector != Q.AND:
        return [condition]
    return [child if isinstance(child, Q) else Q(child) for child in condition.children]
