"""What is found: places, and names that are no place here with the reason."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import NamedTuple

from gazetteer import Level, Place

_RANK: dict[Level, int] = {
    "landmark": 0,
    "street": 1,
    "neighbourhood": 2,
    "district": 3,
    "city": 4,
    "governorate": 5,
    "country": 6,
}


class FoundPlace(NamedTuple):
    """A place name at tokens ``[first, last)``; ``place`` is None where it is not in the gazetteer.

    ``near`` is then the known place that gives it an approximate position.
    """

    first: int
    last: int
    start: int
    end: int
    place: Place | None
    confidence: float
    why: str
    near: Place | None = None
    bare: bool = False
    point: tuple[float, float] | None = None
    spread_m: float | None = None

    @property
    def anchor(self) -> Place | None:
        """The gazetteer entry that gives the position."""
        return self.place or self.near

    @property
    def position(self) -> tuple[float, float] | None:
        """Latitude and longitude in degrees, None where unplaced."""
        if self.point is not None:
            return self.point
        anchor = self.anchor
        return None if anchor is None else (anchor.lat, anchor.lon)

    @property
    def level(self) -> Level | None:
        if self.place is not None:
            return self.place.level
        return "landmark" if self.near is not None or self.point is not None else None

    @property
    def radius_m(self) -> float | None:
        if self.spread_m is not None:
            return self.spread_m
        if self.place is not None:
            return float(self.place.radius_m)
        return None if self.near is None else float(self.near.radius_m)


class Refused(NamedTuple):
    """A name that is no place here, with the reason."""

    first: int
    last: int
    start: int
    end: int
    why: str


@dataclass(slots=True)
class PlaceFindings:
    """What ``PlaceFinder.run`` returns: the places in order, and the names that were refused."""

    places: list[FoundPlace] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)


def distance_km(a: Place, b: Place) -> float:
    """A quick distance in km, good to a percent at city scale; for choosing, not for output."""
    shrink = math.cos(math.radians((a.lat + b.lat) / 2))
    return 111.2 * math.hypot(a.lat - b.lat, (a.lon - b.lon) * shrink)


def rank(level: Level | None) -> int:
    """How wide a level is: 0 landmark … 6 country; unknown counts as a landmark."""
    return 0 if level is None else _RANK[level]
