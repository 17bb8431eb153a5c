"""Positions that an article writes out in figures: degrees, degrees and minutes, MGRS."""

from __future__ import annotations

import re

from extraction.page import Page
from extraction.places.found import FoundPlace
from gazetteer.coordinates import find_coordinates

# All begin with a digit, so that the search skips from digit to digit.
_LIKE_COORDINATES = re.compile(r"\d(?:\d[.,٫]\d{2}| ?°|(?<=\b3)[789] ?[rs] ?[a-z]{2})")
_NEAR_IRAQ = (28.0, 39.0, 38.0, 50.0)  # south, north, west, east in degrees
_LEAST_SPREAD_M = 10.0


def with_coordinates(page: Page, places: list[FoundPlace]) -> list[FoundPlace]:
    """The places, and the positions that the article writes out in figures."""
    if _LIKE_COORDINATES.search(page.folded.text) is None:
        return places
    written = [
        FoundPlace(
            first := page.token_at(c.start),
            last := page.token_at(c.end - 1) + 1,
            page.tokens[first].start,
            page.tokens[last - 1].end,
            None,
            0.95,
            "coordinates written in the article",
            point=(c.lat, c.lon),
            spread_m=max(c.precision_m, _LEAST_SPREAD_M),
        )
        for c in find_coordinates(page.folded.text)
        if _NEAR_IRAQ[0] <= c.lat <= _NEAR_IRAQ[1] and _NEAR_IRAQ[2] <= c.lon <= _NEAR_IRAQ[3]
    ]
    if not written:
        return places
    taken = {token for w in written for token in range(w.first, w.last)}
    free = [p for p in places if taken.isdisjoint(range(p.first, p.last))]
    return sorted([*free, *written], key=lambda p: p.start)
