"""What the map asks for: sites gathered into spots or cells, lines, lists, counts.

Sites at one and the same coordinate are one spot, because a gazetteer gives every attack on a
quarter the same point. While a view holds few spots each is sent with its role; more are gathered
into the cells of a grid by shifting the integer tile columns. All of it is counted in the columns
of the ``snapshot``, which holds the published incidents and no others.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from numpy.typing import NDArray

from incidents import periods, presentation, ranges
from incidents.columns import NULL, Mask, Rows
from incidents.models import SiteRole, localised
from incidents.snapshot import FIGURES, Selection, Snapshot
from incidents.tiles import TILE_ZOOM, tile_of

# More spots than this in one view are gathered into cells.
SPOTS_AT_MOST = 400
LINES_AT_MOST = 300
# A cell is this many halvings of a 256 px tile wide: 2 is 64 px, room for one ring.
CELL_HALVINGS = 2
# No screen has room for more cells; all of the country at street level is sent in larger ones.
CELLS_AT_MOST = 1 << 13


@dataclass(frozen=True, slots=True)
class View:
    """The part of the world the map shows: degrees, and the zoom it shows it at."""

    west: float
    south: float
    east: float
    north: float
    zoom: int

    @property
    def tiles(self) -> tuple[int, int, int, int]:
        """Smallest and largest tile numbers: (left, top, right, bottom)."""
        left, top = tile_of(self.north, self.west)
        right, bottom = tile_of(self.south, self.east)
        return left, top, right, bottom

    def holds(self) -> Q:
        """The condition that a site lies inside."""
        left, top, right, bottom = self.tiles
        return Q(tile_x__range=(left, right), tile_y__range=(top, bottom))


def map_data(chosen: Selection, view: View) -> dict[str, Any]:
    """Spots with lines between them, or cells; see ``spots`` and ``cells``."""
    rows = in_view(chosen, view)
    spotted = coordinates(chosen.snapshot, rows)
    # As soon as some sites are at too many coordinates, all of them are.
    if any(
        np.unique(part).size > SPOTS_AT_MOST for part in (spotted[: 8 * SPOTS_AT_MOST], spotted)
    ):
        return {"spots": [], "cells": cells(chosen.snapshot, rows, view), "lines": []}
    return {"spots": spots(chosen.snapshot, rows), "cells": [], "lines": lines(chosen, view)}


def in_view(chosen: Selection, view: View) -> Rows:
    """Which sites a view shows."""
    return np.flatnonzero(chosen.sites & chosen.snapshot.sites.matching(view.holds()))


def coordinates(snapshot: Snapshot, rows: Rows | Mask) -> NDArray[np.int64]:
    """The tile of each site as one number."""
    x, y = (snapshot.sites[name].values[rows].astype(np.int64) for name in ("tile_x", "tile_y"))
    together: NDArray[np.int64] = x << TILE_ZOOM | y
    return together


def spots(snapshot: Snapshot, rows: Rows) -> list[dict[str, Any]]:
    """One entry a coordinate and role: ``key, role, lat, lon, radius_m, n, incident, label``.

    ``n`` counts incidents; ``incident`` is the public id where there is one only.
    """
    sites = snapshot.sites
    roles = sites["role"].codes[rows]
    place = coordinates(snapshot, rows) << 8 | roles
    incident = snapshot.site_row[rows]
    # The sites of one spot one after the other, and in it those of one incident.
    order = np.lexsort((incident, place))
    rows, place, incident = rows[order], place[order], incident[order]
    starts = _starts(place)
    firsts = rows[starts]
    counts = (
        np.add.reduceat(_is_start(place) | _is_start(incident), starts) if rows.size else starts
    )
    radius = _reduced(np.fmax, sites["radius_m"].values[rows], starts)
    # A name goes before none.
    named = _reduced(np.maximum, snapshot.names.named()[sites["place"].codes[rows]], starts)
    found = [
        {
            "key": f"{x}.{y}.{role}",
            "role": role,
            "lat": lat,
            "lon": lon,
            "radius_m": None if np.isnan(extent) else extent,
            "n": n,
            "incident": snapshot.number(row) if n == 1 else None,
            "label": spot_label(role, localised(*snapshot.names.place(name)), n),
        }
        for x, y, role, lat, lon, extent, n, row, name in zip(
            sites["tile_x"].values[firsts].tolist(),
            sites["tile_y"].values[firsts].tolist(),
            sites["role"].decoded(firsts),
            sites["lat"].values[firsts].tolist(),
            sites["lon"].values[firsts].tolist(),
            radius.tolist(),
            counts.tolist(),
            incident[starts].tolist(),
            named.tolist(),
            strict=True,
        )
    ]
    return sorted(found, key=lambda spot: spot["key"])


def _is_start(values: NDArray[Any]) -> Mask:
    """Where a run of equal values begins."""
    return np.concatenate(([True], values[1:] != values[:-1]))[: values.size]


def _starts(values: NDArray[Any]) -> Rows:
    return np.flatnonzero(_is_start(values))


def _runs(starts: Rows, *values: NDArray[Any]) -> NDArray[np.intp]:
    """How many different ones stand, one after the other, in each run."""
    changes = np.logical_or.reduce([_is_start(each) for each in values])
    return _reduced(np.add, changes.astype(np.intp), starts)


def _reduced(how: np.ufunc, values: NDArray[Any], starts: Rows) -> NDArray[Any]:
    """Each run of values as one."""
    found: NDArray[Any] = how.reduceat(values, starts) if starts.size else values[:0]
    return found


def spot_label(role: str, name: str, number: int) -> str:
    """What a screen reader says for a marker: ``Impact, Green Zone: 12 incidents``."""
    said = {"role": presentation.role_name(role), "place": name or _("unnamed place")}
    if number == 1:
        return _("%(role)s, %(place)s") % said
    counted = ngettext("%(number)d incident", "%(number)d incidents", number) % {"number": number}
    return _("%(role)s, %(place)s: %(counted)s") % {**said, "counted": counted}


def cells(snapshot: Snapshot, rows: Rows, view: View) -> list[dict[str, Any]]:
    """One entry a grid cell: ``lat, lon`` (middle of its sites), ``roles`` {role: sites}, ``box``.

    ``box`` is [west, south, east, north] of the sites inside.
    """
    sites = snapshot.sites
    at, size = _grid(sites["tile_x"].values[rows], sites["tile_y"].values[rows], view.zoom)
    lat, lon = sites["lat"].values[rows], sites["lon"].values[rows]
    numbers = np.bincount(at, minlength=size)
    middles = [np.bincount(at, values, size) / np.maximum(numbers, 1) for values in (lat, lon)]
    kinds = len(SiteRole.values)
    codes = sites["role"].coded_as(SiteRole.values)[rows]
    roles = np.bincount(at * kinds + codes, minlength=size * kinds).reshape(size, kinds)
    box = []
    for values, how, worst in (
        (lon, np.minimum, np.inf),
        (lat, np.minimum, np.inf),
        (lon, np.maximum, -np.inf),
        (lat, np.maximum, -np.inf),
    ):
        edges = np.full(size, worst)
        how.at(edges, at, values)
        box.append(edges)
    return [
        {
            "lat": round(float(middles[0][cell]), 5),
            "lon": round(float(middles[1][cell]), 5),
            "roles": {
                role: number
                for role, number in zip(SiteRole.values, roles[cell].tolist(), strict=True)
                if number
            },
            "label": cell_label(int(numbers[cell])),
            "box": [float(edges[cell]) for edges in box],
        }
        for cell in np.flatnonzero(numbers).tolist()
    ]


def _grid(x: NDArray[np.int32], y: NDArray[np.int32], zoom: int) -> tuple[Rows, int]:
    """The number of the cell that each tile lies in, and how many numbers there are."""
    shift = max(0, TILE_ZOOM - zoom - CELL_HALVINGS)
    while True:
        columns, rows = x >> shift, y >> shift
        columns, rows = columns - columns.min(), rows - rows.min()
        width, height = int(columns.max()) + 1, int(rows.max()) + 1
        if width * height <= CELLS_AT_MOST:
            return (rows * width + columns).astype(np.intp), width * height
        shift += 1


def cell_label(number: int) -> str:
    """What a screen reader says for a ring."""
    return ngettext(
        "%(number)d site; open to see it", "%(number)d sites; open to see them", number
    ) % {"number": number}


def lines(chosen: Selection, view: View) -> list[dict[str, Any]]:
    """Launch to impact, one entry a pair of coordinates: ``from, to`` [lat, lon], ``n``.

    Of a single incident the browser is told what it needs to see whether the weapon reaches:
    ``reach`` of its weapon [least, greatest] in km, ``doubt_m`` of both places together.
    """
    snapshot = chosen.snapshot
    sites, owner = snapshot.sites, snapshot.site_row
    own = chosen.mask[owner]
    launches = np.flatnonzero(
        own & sites.matching(view.holds() & Q(role=SiteRole.LAUNCH, lat__isnull=False))
    )
    impacts = np.flatnonzero(own & sites.matching(Q(role=SiteRole.IMPACT, lat__isnull=False)))
    # Each launch beside each impact of its incident.
    impacts = impacts[np.argsort(owner[impacts], kind="stable")]
    first, last = (
        np.searchsorted(owner[impacts], owner[launches], side) for side in ("left", "right")
    )
    many = last - first
    within = np.arange(many.sum()) - np.repeat(np.cumsum(many) - many, many)
    start, end = np.repeat(launches, many), impacts[np.repeat(first, many) + within]
    # Pairs of coordinates as one number each, and the pairs of one incident counted once.
    places, codes = np.unique(
        np.concatenate([coordinates(snapshot, rows) for rows in (start, end)]), return_inverse=True
    )
    pair = codes[: start.size] * places.size + codes[start.size :]
    order = np.lexsort((owner[start], pair))
    start, end, pair = start[order], end[order], pair[order]
    incident = owner[start]
    starts = _starts(pair)
    counts = _runs(starts, pair, incident)
    lat, lon = sites["lat"].values, sites["lon"].values
    most = np.argsort(-counts, kind="stable")[:LINES_AT_MOST]
    rows = starts[most]
    doubts = sites["radius_m"].values[start[rows]] + sites["radius_m"].values[end[rows]]
    weapons, events = (
        snapshot.incidents[name].decoded(incident[rows]) for name in ("weapon", "event_type")
    )
    found = []
    for row, n, doubt, weapon, event in zip(
        rows.tolist(), counts[most].tolist(), doubts.tolist(), weapons, events, strict=True
    ):
        launch, impact = start[row], end[row]
        single = n == 1
        found.append(
            {
                "from": [float(lat[launch]), float(lon[launch])],
                "to": [float(lat[impact]), float(lon[impact])],
                "n": n,
                "incident": snapshot.number(int(incident[row])) if single else None,
                "reach": ranges.reach(weapon or event) if single else None,
                "doubt_m": None if np.isnan(doubt) else doubt,
            }
        )
    return found


# ---- counts ----


def summary(chosen: Selection) -> dict[str, Any]:
    """How many incidents, how many of them without a place, and the casualties of all.

    A casualty sum adds up what is known, and is None where nothing is: unknown is not zero.
    ``unknown`` says for how many incidents nothing is.
    """
    sums: dict[str, int | None] = {}
    for name in FIGURES:
        values = chosen.column(name)
        known = values[values != NULL]
        sums[name] = int(known.sum(dtype=np.int64)) if known.size else None
    return {
        "incidents": chosen.count,
        "unplaced": int(np.count_nonzero(np.isnan(chosen.column("lat")))),
        **{
            figure: {
                **{edge: sums[f"{figure}_{edge}"] for edge in ("low", "best", "high")},
                "unknown": int(np.count_nonzero(chosen.column(f"{figure}_best") == NULL)),
            }
            for figure in ("killed", "wounded")
        },
    }


def outside(number: int) -> str:
    """``4 incidents lie outside this view``: what its list does not show; "" for none."""
    if not number:
        return ""
    return ngettext(
        "%(number)d incident lies outside this view",
        "%(number)d incidents lie outside this view",
        number,
    ) % {"number": number}


def histogram(chosen: Selection, unit: str = "") -> dict[str, Any]:
    """Incidents over time: ``unit`` and ``bars``, and ``vague`` for those not dated so exactly.

    The unit is a day, a month or a year, by the length of the time. A bar is [the unit as an ISO
    date cut to it, number of incidents]; times without any have no bar.
    """
    cut = periods.cut(chosen, unit)
    numbers = np.bincount(cut.numbers)
    bars = [[cut.key(at), int(numbers[at])] for at in np.flatnonzero(numbers).tolist()]
    return {"unit": cut.unit, "bars": bars, "vague": chosen.count - cut.rows.size}
