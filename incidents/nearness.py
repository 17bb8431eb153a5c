"""How near two sites are, in metres and in meaning. Distances are geopy geodesics."""

from __future__ import annotations

from functools import lru_cache
from typing import Protocol

from geographiclib.geodesic import Geodesic
from geopy.distance import geodesic

from gazetteer import Gazetteer

# Beyond this radius a site says little about where something happened: a large town, a city.
COARSE_M = 8_000

# Two names without a gazetteer entry are one place when their points are this close.
SAME_POINT_M = 250

# When the radius is not known, that of a usual place of the level.
_LEVEL_RADIUS_M = {
    "landmark": 300,
    "street": 1_000,
    "neighbourhood": 1_500,
    "district": 5_000,
    "city": 10_000,
    "governorate": 45_000,
    "country": 450_000,
}


class Placed(Protocol):
    """What this module needs of a site; coordinates are WGS 84 degrees or None."""

    @property
    def place_id(self) -> str | None: ...
    @property
    def lat(self) -> float | None: ...
    @property
    def lon(self) -> float | None: ...
    @property
    def level(self) -> str | None: ...
    @property
    def radius_m(self) -> float | None: ...


def metres(a: Placed, b: Placed) -> float:
    """The distance between two placed sites; infinite when one is not placed."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return float("inf")
    # A geodesic takes 0.2 ms. Half a degree of latitude is 55 km: such sites are never near.
    if abs(a.lat - b.lat) > 0.5:
        return float("inf")
    return float(geodesic((a.lat, a.lon), (b.lat, b.lon)).meters)


def extent(site: Placed) -> float:
    """The uncertainty of a site in metres."""
    if site.radius_m is not None:
        return site.radius_m
    return _LEVEL_RADIUS_M.get(site.level or "", 1_500)


def is_coarse(site: Placed) -> bool:
    return extent(site) > COARSE_M


def same_place(a: Placed, b: Placed) -> bool:
    """The same gazetteer entry, or the same point where one has none."""
    if a.place_id and b.place_id:
        return a.place_id == b.place_id
    return metres(a, b) <= SAME_POINT_M


def overlap(a: Placed, b: Placed) -> bool:
    """May the two be one place, as far as their uncertainty goes?"""
    return metres(a, b) <= extent(a) + extent(b)


def covers(area: Placed, site: Placed, gazetteer: Gazetteer) -> bool:
    """Does ``site`` lie in ``area``, by the gazetteer's tree or by its circle?"""
    if area.place_id and site.place_id:
        place = gazetteer.places.get(site.place_id)
        if place is not None and gazetteer.is_within(place, area.place_id):
            return True
    return metres(area, site) <= extent(area) and extent(site) <= extent(area)


@lru_cache(maxsize=65_536)
def leg(from_lat: float, from_lon: float, to_lat: float, to_lon: float) -> tuple[float, float]:
    """Length in kilometres and initial bearing in degrees (0 to 360) of a geodesic.

    Cached: incidents share the points of the gazetteer, and one calculation takes 0.2 ms.
    """
    # geopy measures with the same library, which gives the bearing in the same calculation.
    line = Geodesic.WGS84.Inverse(from_lat, from_lon, to_lat, to_lon)
    return line["s12"] / 1000, line["azi1"] % 360
