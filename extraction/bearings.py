"""Places told by distance and direction: «على بعد 3 كم شمال …», "10 miles north of the city"."""

from __future__ import annotations

import re

from geopy.distance import geodesic

from extraction.page import Page
from extraction.places.found import FoundPlace

# Share of the distance that "about 8 km west" leaves open, and the least uncertainty, in metres.
_LOOSE = 0.25
_LEAST_M = 1_000.0
_MILE_KM = 1.609344
_NORTH, _SOUTH = ("شمال", "north"), ("جنوب", "south")
_EAST, _WEST = ("شرق", "east"), ("غرب", "west")
_DEGREES = {
    (1, 0): 0.0,
    (1, 1): 45.0,
    (0, 1): 90.0,
    (-1, 1): 135.0,
    (-1, 0): 180.0,
    (-1, -1): 225.0,
    (0, -1): 270.0,
    (1, -1): 315.0,
}
_WORDS_BETWEEN = 6


def offset_place(page: Page, number_at: int, target: FoundPlace) -> FoundPlace | None:
    """The point that lies so far and in that direction from ``target``; None where neither is told.

    ``number_at`` is the token of the distance. The uncertainty is a quarter of the distance and
    the target's own extent.
    """
    number = page.any_number(number_at)
    if number is None or number.value is None or target.place is None:
        return None
    km = _kilometres(number.value, number.unit)
    if km is None:
        return None
    after = page.after_number(number_at)
    between = page.words(after, target.first)
    degrees = _bearing(between)
    if degrees is None or target.first - after > _WORDS_BETWEEN:
        return None
    there = geodesic(kilometers=km).destination((target.place.lat, target.place.lon), degrees)
    return target._replace(
        first=number_at,
        start=page.tokens[number_at].start,
        place=None,
        near=target.place,
        confidence=0.7,
        why=f"{number.value} {number.unit} from {target.place.name_en}, as the text has it",
        point=(round(there.latitude, 5), round(there.longitude, 5)),
        spread_m=max(_LEAST_M, _LOOSE * km * 1000),
    )


def _kilometres(value: int, unit: str | None) -> float | None:
    if unit == "km":
        return float(value)
    if unit == "m":
        return value / 1000
    return value * _MILE_KM if unit in ("mi", "mile") else None


def _bearing(words: str) -> float | None:
    """Degrees from north for «شمال شرقي» or "south-west of"; None where no direction is told."""
    text = " " + re.sub(r"[-]", " ", words) + " "
    vertical = any(w in text for w in _NORTH) - any(w in text for w in _SOUTH)
    horizontal = any(w in text for w in _EAST) - any(w in text for w in _WEST)
    return _DEGREES.get((int(vertical), int(horizontal)))
