"""The ground the offline map is drawn on: land, water, roads, borders and names.

Built once per process from the gazetteer and its ``backdrop.geojson``, in both languages at once.
"""

from __future__ import annotations

import hashlib
import json
import re
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import gazetteer
from gazetteer import Place
from incidents import footprint

Line = list[list[float]]

SHAPES = Path(gazetteer.__file__).parent / "data" / "backdrop.geojson"

# Land is drawn built-up this far around the middle of Baghdad.
CENTRE = (33.315, 44.385)
REACH_DEGREES = 0.65

# Metres from bank to bank, and how thin (in pixels) the line may get on a small map.
RIVERS = {"Tigris": ("tigris", 230, 3.0), "Diyala": ("diyala", 60, 1.6)}

# From which zoom a name is worth its room. Kinds that are not listed wait for the last entry.
NAME_ZOOM = {
    "city": 8,
    "town": 9.5,
    "village": 11,
    "district": 11,
    "subdistrict": 12,
    "airport": 11.5,
    "base": 12.5,
    "river": 11,
    "park": 13.5,
    "bridge": 14,
    "street": 14,
}
NAME_ZOOM_REST = 14.0
MAHALLA_ZOOM = 15.0

# How a name is set. A place of another kind is set like a landmark.
NAME_STYLE = {
    "city": "city",
    "town": "town",
    "village": "town",
    "district": "district",
    "subdistrict": "district",
    "neighbourhood": "quarter",
    "river": "water",
}


@lru_cache(maxsize=1)
def backdrop() -> tuple[str, str]:
    """The ground as JSON text, and a fingerprint of it for the ETag.

    ``urban`` rings, one inside another being a gap · ``rivers`` {id, width_m, thin, line} ·
    ``roads`` and ``districts`` lists of lines · ``names`` [style, zoom, lat, lon, English,
    Arabic], the more important first. Lines are lists of [lat, lon] in WGS 84 degrees.
    """
    text = json.dumps(_ground(), ensure_ascii=False, separators=(",", ":"))
    return text, hashlib.sha256(text.encode()).hexdigest()[:16]


def _ground() -> dict[str, Any]:
    features = json.loads(SHAPES.read_text(encoding="utf-8"))["features"]
    lines: dict[str, list[Line]] = {"road": [], "district": []}
    rivers = []
    for feature in features:
        properties = feature["properties"]
        if properties["kind"] == "river":
            key, width, thin = RIVERS[properties["name_en"]]
            (line,) = _lines(feature)
            rivers.append({"id": key, "width_m": width, "thin": thin, "line": _smooth(line)})
        else:
            lines[properties["kind"]] += _lines(feature)
    places = gazetteer.load().places.values()
    return {
        "urban": footprint.outlines(filter(None, map(_hill, places))),
        "rivers": rivers,
        "roads": lines["road"],
        "districts": lines["district"],
        "names": [_name(place) for place in sorted(places, key=_importance) if _is_named(place)],
    }


def _lines(feature: dict[str, Any]) -> list[Line]:
    """The lines of a feature as [lat, lon]; GeoJSON has longitude first."""
    geometry = feature["geometry"]
    lines = geometry["coordinates"]
    if geometry["type"] == "LineString":
        lines = [lines]
    return [[[round(lat, 5), round(lon, 5)] for lon, lat, *_ in line] for line in lines]


def _smooth(line: Line) -> Line:
    """Round the corners of a simplified river by cutting them twice; its ends stay."""
    for _ in range(2):
        cut = [line[0]]
        for start, end in pairwise(line):
            cut += [_between(start, end, 0.25), _between(start, end, 0.75)]
        line = [*cut, line[-1]]
    return line


def _between(start: list[float], end: list[float], share: float) -> list[float]:
    return [round(a + share * (b - a), 5) for a, b in zip(start, end, strict=True)]


def _hill(place: Place) -> footprint.Hill | None:
    """A quarter or town as the shape of the city counts it; None for all else."""
    if abs(place.lat - CENTRE[0]) > REACH_DEGREES or abs(place.lon - CENTRE[1]) > REACH_DEGREES:
        return None
    if place.level == "neighbourhood":
        return place.lat, place.lon, place.radius_m
    if place.level == "city" and place.id != "baghdad":
        # The extent of a town takes in its fields.
        return place.lat, place.lon, place.radius_m * 0.55
    return None


def _is_named(place: Place) -> bool:
    return place.level not in ("country", "governorate")


def _zoom(place: Place) -> float:
    if place.id == "baghdad":
        return 7
    if place.id.startswith("mahalla-"):
        return MAHALLA_ZOOM
    if place.kind == "neighbourhood":
        return 11.5 if place.radius_m >= 1500 else 12.5 if place.radius_m >= 900 else 13.5
    return NAME_ZOOM.get(place.kind, NAME_ZOOM_REST)


def _importance(place: Place) -> tuple[float, int]:
    return _zoom(place), -place.radius_m


def _name(place: Place) -> list[Any]:
    style = "capital" if place.id == "baghdad" else NAME_STYLE.get(place.kind, "landmark")
    names = (_without_remark(place.name_en), _without_remark(place.name_ar))
    return [style, _zoom(place), round(place.lat, 5), round(place.lon, 5), *names]


def _without_remark(name: str) -> str:
    """``Green Zone (IZ)`` → ``Green Zone``: the map shows where it is without being told."""
    return re.sub(r"\s*\([^)]*\)", "", name)
