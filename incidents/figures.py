"""What a filter leaves, counted: over time, by kind, weapon, place and group.

Counted in the columns of the ``snapshot``, in a few milliseconds for every filter, and without a
word in it: ``overview`` tells the figures in the reader's language.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

import gazetteer
from gazetteer import Place
from incidents import periods
from incidents.columns import NULL, Rows, Texts
from incidents.models import Actor, ActorRole
from incidents.snapshot import Selection


@dataclass(frozen=True, slots=True)
class Toll:
    """Casualties added up over the incidents of which they are known; ``unknown`` of which not."""

    low: int = 0
    best: int = 0
    high: int = 0
    known: int = 0
    unknown: int = 0


@dataclass(frozen=True, slots=True)
class Period:
    """A day, month or year, as an ISO date cut to it."""

    key: str
    incidents: int
    killed: Toll
    wounded: Toll


@dataclass(frozen=True, slots=True)
class Party:
    """How many incidents name a group at all, and in which role."""

    slug: str
    name_en: str
    name_ar: str
    incidents: int
    roles: dict[str, int]


@dataclass(frozen=True, slots=True)
class Areas:
    """Incidents by area and role. ``loose`` are those, by role, whose site is named no closer."""

    numbers: dict[str, dict[str, int]] = field(default_factory=dict)
    loose: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Figures:
    """All counts of an overview, in incidents unless said otherwise.

    ``periods`` runs without a gap from the first to the last; ``vague`` incidents are not dated
    exactly enough to be in one. In ``by`` the key "" stands for what is not told. ``areas`` is by
    grain, see ``GRAINS``; ``parties`` are the most often named first.
    """

    incidents: int
    placed: int
    has_demo: bool
    unit: str
    periods: list[Period]
    vague: int
    killed: Toll
    wounded: Toll
    by: dict[str, dict[str, int]]
    areas: dict[str, Areas]
    parties: list[Party]


KINDS = ("event_type", "weapon", "daypart", "grade")


# Kept as long as the selections that they count.
_counted: WeakKeyDictionary[Selection, Figures] = WeakKeyDictionary()


def count(chosen: Selection) -> Figures:
    """The counts of a selection."""
    known = _counted.get(chosen)
    if known is None:
        known = _counted[chosen] = _count(chosen)
    return known


def _count(chosen: Selection) -> Figures:
    cut = periods.cut(chosen)
    rows = np.flatnonzero(chosen.mask)
    whole = np.zeros(rows.size, dtype=np.intp)
    return Figures(
        incidents=chosen.count,
        placed=int(np.count_nonzero(~np.isnan(chosen.column("lat")))),
        has_demo=bool(chosen.column("is_demo").any()),
        unit=cut.unit,
        periods=_periods(chosen, cut),
        vague=chosen.count - cut.rows.size,
        killed=_tolls(chosen, "killed", rows, whole, 1)[0],
        wounded=_tolls(chosen, "wounded", rows, whole, 1)[0],
        by={kind: _by(chosen.snapshot.incidents[kind], rows) for kind in KINDS},
        areas=_areas(chosen),
        parties=_parties(chosen),
    )


def _periods(chosen: Selection, cut: periods.Cut) -> list[Period]:
    incidents = np.bincount(cut.numbers)
    killed, wounded = (
        _tolls(chosen, name, cut.rows, cut.numbers, incidents.size)
        for name in ("killed", "wounded")
    )
    return [
        Period(cut.key(number), int(incidents[number]), killed[number], wounded[number])
        for number in range(incidents.size)
    ]


def _tolls(
    chosen: Selection, name: str, rows: Rows, groups: NDArray[np.intp], size: int
) -> list[Toll]:
    """The casualties of these incidents, added up in ``size`` groups."""
    table = chosen.snapshot.incidents
    best = table[f"{name}_best"].values[rows]
    known = best != NULL

    def added(values: NDArray[Any]) -> list[int]:
        sums = np.bincount(groups, weights=np.where(known, values, 0), minlength=size)
        return [int(value) for value in sums]

    # An editor may give one figure without a range.
    edges = [table[f"{name}_{edge}"].values[rows] for edge in ("low", "high")]
    low, high = (np.where(edge == NULL, best, edge) for edge in edges)
    return [
        Toll(*figures)
        for figures in zip(
            added(low),
            added(best),
            added(high),
            added(known),
            _counts(groups[~known], size),
            strict=True,
        )
    ]


def _counts(groups: NDArray[Any], size: int) -> list[int]:
    return [int(number) for number in np.bincount(groups, minlength=size)]


def _by(column: Texts, rows: Rows) -> dict[str, int]:
    """How often each text of a column occurs among the rows."""
    numbers = _counts(column.codes[rows], len(column.names.values))
    return {
        value: number for value, number in zip(column.names.values, numbers, strict=False) if number
    }


# ---- places ----

# Places are gathered into areas: neighbourhoods, with the landmarks and streets outside of any; and
# districts, with the towns outside of any.
_SMALL = ("landmark", "street", "neighbourhood")
GRAINS: dict[str, Callable[[Place], bool]] = {
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
    found: dict[str, dict[str, str]] = {grain: {} for grain in GRAINS}
    for place in book.places.values():
        around = (place, *book.parents(place))
        for grain, fits in GRAINS.items():
            if widest := [each.id for each in around if fits(each)]:
                found[grain][place.id] = widest[-1]
    return found


def _areas(chosen: Selection) -> dict[str, Areas]:
    """Incidents by area and role; an incident counts once however many sites it has there.

    All sites of the incidents count, also where the filter asks for certain ones: who filters by
    where it was launched wants to see where it came down.
    """
    snapshot = chosen.snapshot
    mine = chosen.mask[snapshot.site_row]
    place, role = snapshot.sites["place_id"], snapshot.sites["role"]
    incident, roles, places = snapshot.site_row[mine], role.codes[mine], place.codes[mine]
    # Most incidents have one site of a role: only the others are looked at one by one.
    owner = incident.astype(np.int64) * len(role.names.values) + roles
    several = np.bincount(owner)[owner] > 1
    found = {}
    for grain, area_of in _area_of().items():
        keys = ["", *sorted(set(area_of.values()))]
        numbers = {key: number for number, key in enumerate(keys)}
        area_by_code = np.array(
            [numbers[area_of.get(value, "")] for value in place.names.values], dtype=np.int64
        )
        area = area_by_code[places] if places.size else places
        once = np.unique(owner[several] * len(keys) + area[several])
        cells = np.concatenate(
            (
                roles[~several] * len(keys) + area[~several],
                (once // len(keys)) % max(1, len(role.names.values)) * len(keys) + once % len(keys),
            )
        )
        counted = np.bincount(cells)
        areas = Areas()
        for at in np.flatnonzero(counted).tolist():
            name, key = role.names.values[at // len(keys)], keys[at % len(keys)]
            if key:
                areas.numbers.setdefault(key, {})[name] = int(counted[at])
            else:
                areas.loose[name] = int(counted[at])
        found[grain] = areas
    return found


# ---- groups ----


def _parties(chosen: Selection) -> list[Party]:
    snapshot = chosen.snapshot
    mine = chosen.mask[snapshot.party_row]
    actor, role = snapshot.parties["actor__slug"], snapshot.parties["role"]
    codes, roles = actor.codes[mine], role.codes[mine]
    # An incident may name a group in several roles.
    size = len(actor.names.values)
    once = np.unique(snapshot.party_row[mine].astype(np.int64) * max(1, size) + codes)
    incidents = np.bincount(once % max(1, size), minlength=size)
    in_role = {
        name: np.bincount(codes[roles == code], minlength=size)
        for code, name in enumerate(role.names.values)
    }
    nobody = np.zeros(size, dtype=np.intp)
    named = {
        slug: (
            int(incidents[code]),
            {name: int(in_role.get(name, nobody)[code]) for name in ActorRole.values},
        )
        for slug, code in actor.names.codes.items()
        if incidents[code]
    }
    found = [
        Party(slug, name_en, name_ar, *named[slug])
        for slug, name_en, name_ar in Actor.objects.values_list("slug", "name_en", "name_ar")
        if slug in named
    ]
    return sorted(found, key=lambda party: (-party.incidents, party.slug))
