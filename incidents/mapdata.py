"""What the map asks for: sites gathered into spots or cells, lines, lists, counts.

Sites at one and the same coordinate are one spot, because a gazetteer gives every attack on a
quarter the same point. While a view holds few spots each is sent with its role; more are gathered
into the cells of a grid by shifting the integer tile columns, in the database.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import (
    Avg,
    CharField,
    Count,
    F,
    IntegerField,
    Max,
    Min,
    Q,
    QuerySet,
    Sum,
)
from django.db.models.functions import Cast, Substr
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from incidents import presentation
from incidents.filters import IncidentFilter
from incidents.models import DatePrecision, Incident, Site, SiteRole, localised
from incidents.tiles import TILE_ZOOM, tile_of

# More spots than this in one view are gathered into cells.
SPOTS_AT_MOST = 400
LINES_AT_MOST = 300
# A cell is this many halvings of a 256 px tile wide: 2 is 64 px, room for one ring.
CELL_HALVINGS = 2


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


def map_data(incidents: QuerySet[Incident], wanted: IncidentFilter, view: View) -> dict[str, Any]:
    """Spots with lines between them, or cells; see ``spots`` and ``cells``.

    ``incidents`` are those that ``wanted`` leaves. Where it asks for certain sites, only those are
    shown: who filters by launch sites wants to see launch sites.
    """
    sites = Site.objects.filter(view.holds(), wanted.site_condition(), incident__in=incidents)
    coordinates = sites.order_by().values("tile_x", "tile_y").distinct()[: SPOTS_AT_MOST + 1]
    if len(coordinates) > SPOTS_AT_MOST:
        return {"spots": [], "cells": cells(sites, view), "lines": []}
    return {"spots": spots(sites), "cells": [], "lines": lines(incidents, view)}


def spots(sites: QuerySet[Site]) -> list[dict[str, Any]]:
    """One entry a coordinate and role: ``key, role, lat, lon, radius_m, n, incident, label``.

    ``n`` counts incidents; ``incident`` is the public id where there is one only.
    """
    rows = (
        sites.values("tile_x", "tile_y", "role")
        .annotate(
            n=Count("incident", distinct=True),
            latitude=Min("lat"),
            longitude=Min("lon"),
            radius=Max("radius_m"),
            english=Max("name_en"),
            arabic=Max("name_ar"),
            one=Min("incident__public_id"),
        )
        .order_by("tile_x", "tile_y", "role")
    )
    return [
        {
            "key": f"{row['tile_x']}.{row['tile_y']}.{row['role']}",
            "role": row["role"],
            "lat": row["latitude"],
            "lon": row["longitude"],
            "radius_m": row["radius"],
            "n": row["n"],
            "incident": row["one"] if row["n"] == 1 else None,
            "label": spot_label(row["role"], localised(row["english"], row["arabic"]), row["n"]),
        }
        for row in rows
    ]


def spot_label(role: str, name: str, number: int) -> str:
    """What a screen reader says for a marker: ``Impact, Green Zone: 12 incidents``."""
    said = {"role": presentation.role_name(role), "place": name or _("unnamed place")}
    if number == 1:
        return _("%(role)s, %(place)s") % said
    counted = ngettext("%(number)d incident", "%(number)d incidents", number) % {"number": number}
    return _("%(role)s, %(place)s: %(counted)s") % {**said, "counted": counted}


def cells(sites: QuerySet[Site], view: View) -> list[dict[str, Any]]:
    """One entry a grid cell: ``lat, lon`` (middle of its sites), ``roles`` {role: sites}, ``box``.

    ``box`` is [west, south, east, north] of the sites inside.
    """
    shift = max(0, TILE_ZOOM - view.zoom - CELL_HALVINGS)
    rows: Any = (
        sites.annotate(
            cell_x=Cast(F("tile_x").bitrightshift(shift), IntegerField()),
            cell_y=Cast(F("tile_y").bitrightshift(shift), IntegerField()),
        )
        .values("cell_x", "cell_y")
        .annotate(
            latitude=Avg("lat"),
            longitude=Avg("lon"),
            west=Min("lon"),
            south=Min("lat"),
            east=Max("lon"),
            north=Max("lat"),
            **{role: Count("pk", filter=Q(role=role)) for role in SiteRole.values},
        )
        .order_by()
    )
    return [
        {
            "lat": round(row["latitude"], 5),
            "lon": round(row["longitude"], 5),
            "roles": {role: row[role] for role in SiteRole.values if row[role]},
            "label": cell_label(sum(row[role] for role in SiteRole.values)),
            "box": [row["west"], row["south"], row["east"], row["north"]],
        }
        for row in rows
    ]


def cell_label(number: int) -> str:
    """What a screen reader says for a ring."""
    return ngettext(
        "%(number)d site; open to see it", "%(number)d sites; open to see them", number
    ) % {"number": number}


def lines(incidents: QuerySet[Incident], view: View) -> list[dict[str, Any]]:
    """Launch to impact, one entry a pair of coordinates: ``from, to`` [lat, lon], ``n``."""
    pairs = (
        Site.objects.filter(view.holds(), incident__in=incidents, role=SiteRole.LAUNCH)
        .filter(incident__sites__role=SiteRole.IMPACT, incident__sites__lat__isnull=False)
        .values("lat", "lon", "incident__sites__lat", "incident__sites__lon")
        .annotate(n=Count("incident", distinct=True), one=Min("incident__public_id"))
        .order_by("-n")[:LINES_AT_MOST]
    )
    return [
        {
            "from": [pair["lat"], pair["lon"]],
            "to": [pair["incident__sites__lat"], pair["incident__sites__lon"]],
            "n": pair["n"],
            "incident": pair["one"] if pair["n"] == 1 else None,
        }
        for pair in pairs
    ]


# ---- counts ----


def summary(incidents: QuerySet[Incident]) -> dict[str, Any]:
    """How many incidents, how many of them without a place, and the casualties of all.

    A casualty sum adds up what is known, and is None where nothing is: unknown is not zero.
    ``unknown`` says for how many incidents nothing is.
    """
    totals = incidents.aggregate(
        incidents=Count("pk"),
        unplaced=Count("pk", filter=Q(lat__isnull=True)),
        **{
            f"all_{field}_{edge}": Sum(f"{field}_{edge}")
            for field in ("killed", "wounded")
            for edge in ("low", "best", "high")
        },
        all_killed_unknown=Count("pk", filter=Q(killed_best__isnull=True)),
        all_wounded_unknown=Count("pk", filter=Q(wounded_best__isnull=True)),
    )
    return {
        "incidents": totals["incidents"],
        "unplaced": totals["unplaced"],
        **{
            field: {
                edge: totals[f"all_{field}_{edge}"] for edge in ("low", "best", "high", "unknown")
            }
            for field in ("killed", "wounded")
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


# How much of an ISO date names the unit, and which precisions are exact enough to be counted in it.
_UNITS = {
    "year": (4, (DatePrecision.DAY, DatePrecision.MONTH, DatePrecision.YEAR)),
    "month": (7, (DatePrecision.DAY, DatePrecision.MONTH)),
    "day": (10, (DatePrecision.DAY,)),
}


def histogram(incidents: QuerySet[Incident]) -> dict[str, Any]:
    """Incidents over time: ``unit`` and ``bars``, and ``vague`` for those not dated so exactly.

    The unit is a day, a month or a year, by the length of the time. A bar is [the unit as an ISO
    date cut to it, number of incidents]; times without any have no bar.
    """
    edges = incidents.aggregate(first=Min("date_start"), last=Max("date_start"), n=Count("pk"))
    first, last = edges["first"], edges["last"]
    if first is None or last is None:
        return {"unit": "month", "bars": [], "vague": edges["n"]}
    days = (last - first).days
    unit = "day" if days <= 120 else "month" if days <= 366 * 25 else "year"
    length, exact = _UNITS[unit]
    # The text of the date, cut in the database: SQLite has no date type, and Django's own
    # truncation would call Python for every row.
    bars = (
        incidents.filter(date_start__isnull=False, date_precision__in=exact)
        .annotate(unit=Substr(Cast("date_start", CharField()), 1, length))
        .values("unit")
        .annotate(n=Count("pk"))
        .order_by("unit")
    )
    counted = [[bar["unit"], bar["n"]] for bar in bars]
    return {"unit": unit, "bars": counted, "vague": edges["n"] - sum(n for _unit, n in counted)}
