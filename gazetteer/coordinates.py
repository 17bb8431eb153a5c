"""Coordinates written in text: decimal degrees, degrees-minutes-seconds, MGRS.

Military and humanitarian reports give them in Arabic or English, with Arabic or Latin digits.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import Literal, NamedTuple

import mgrs

from gazetteer.folding import fold_with_offsets
from gazetteer.place import PlaceError, Point

_METRES_PER_DEGREE = 111_320.0
# Latitudes and longitudes of Iraq, with a little air.
_IRAQ = (28.9, 37.5, 38.6, 48.8)

_SAME_LENGTH = str.maketrans({"٫": ".", "،": ",", "؛": ";", "º": "°", "˚": "°", "″": '"', "”": '"'})

_ANGLE = re.compile(
    r"""
    (?:(?P<label> خط\s+العرض | خط\s+عرض | دائره\s+عرض | latitude | \blat\b
              | خط\s+الطول | خط\s+طول | longitude | \b(?:lon|lng|long)\b )[\s:=]*)?
    (?P<before>\b[nsew]\s?)?
    (?<![\d.]) (?P<sign>-)? (?P<degrees>\d{1,3}) (?:\.(?P<decimals>\d{1,12}))? (?![\d.]*\d)
    (?: \s* (?P<mark>°|degrees?\b|deg\b|درجه)
        (?: [\s,و]* (?P<minutes>\d{1,2}(?:\.\d{1,6})?) \s* (?:'|minutes?\b|min\b|دقيقه|دقايق)
            (?: [\s,و]* (?P<seconds>\d{1,2}(?:\.\d{1,6})?) \s* (?:"|''|seconds?\b|sec\b|ثانيه) )?
        )?
    )?
    (?: \s* (?P<after> شمالا? | جنوبا? | شرقا? | غربا? | (?:north|south|east|west|[nsew])\b ) )?
    """,
    re.VERBOSE,
)
_HEMISPHERES = {"n": "n", "s": "s", "e": "e", "w": "w", "ش": "n", "ج": "s", "غ": "w"}
_COARSE_M = 20_000
_BETWEEN = re.compile(r"[\s,;/|و&()]{0,6}(?:and\s+)?")

_MGRS = re.compile(
    r"(?<![^\W_]) (?P<zone>[1-6]?\d) \s? (?P<band>[c-hj-np-x]) \s? (?P<square>[a-hj-np-z]{2})"
    r"\s? (?: (?P<east>\d{1,5}) \s (?P<north>\d{1,5}) | (?P<both>(?:\d\d){1,5}) ) (?![^\W_])",
    re.VERBOSE,
)


class Coordinates(NamedTuple):
    """A position in a text, half-open ``[start, end)``; degrees, and metres of precision.

    ``precision_m`` is the size on the ground of the last digit that was written.
    """

    start: int
    end: int
    lat: float
    lon: float
    precision_m: float


class _Angle(NamedTuple):
    start: int
    end: int
    value: float
    axis: Literal["lat", "lon"] | None
    fine: bool
    precision_m: float


def find_coordinates(text: str, *, typed: bool = False) -> list[Coordinates]:
    """Every position that is written out in ``text``, in order.

    Read are pairs such as ``33.3076, 44.3903``; ``33.3076°N 44.3903°E``;
    ``33°18′27″ شمالاً 44°23′25″ شرقاً``; ``خط عرض 33.3076 وخط طول 44.3903``; and MGRS such as
    ``38S MB 46 87`` (the middle of that square). Two numbers that neither name their axis nor
    carry a hemisphere are a position only with three decimals or minutes each, and **only inside
    Iraq** (where either order is clear): all else is more likely a pair of prices or percentages.
    ``typed`` says that somebody was asked for a position: one decimal each is then enough.
    """
    folded = fold_with_offsets(text)
    plain = folded.text.translate(_SAME_LENGTH)
    found = []
    for start, end, lat, lon, precision_m in (*_mgrs(plain), *_pairs(plain, typed=typed)):
        first, last = folded.span(start, end)
        found.append(Coordinates(first, last, lat, lon, precision_m))
    return sorted(found)


def format_mgrs(lat: float, lon: float, *, digits: int = 5) -> str:
    """A position as MGRS, ``38S MB 43258 85550``. ``digits`` per axis: 5 is a metre, 3 a hundred.

    Raises ``PlaceError`` outside the range of MGRS (80° south to 84° north).
    """
    Point(lat, lon)
    if not 1 <= digits <= 5:
        raise PlaceError(f"MGRS has 1 to 5 digits per axis, got {digits}")
    if not -80 <= lat <= 84:
        raise PlaceError(f"MGRS runs from 80° south to 84° north, got latitude {lat}")
    code = _converter().toMGRS(lat, lon, MGRSPrecision=digits)
    head, numbers = code[: -2 * digits], code[-2 * digits :]
    return f"{head[:-2]} {head[-2:]} {numbers[:digits]} {numbers[digits:]}"


@cache
def _converter() -> mgrs.MGRS:
    return mgrs.MGRS()


def _pairs(text: str, *, typed: bool) -> Iterator[Coordinates]:
    angles = (angle for match in _ANGLE.finditer(text) if (angle := _angle(match)))
    used = -1
    for first, second in pairwise(angles):
        if first.start < used or not _BETWEEN.fullmatch(text, first.end, second.start):
            continue
        axes = {first.axis, second.axis}
        if axes == {None}:
            if not (first.fine and second.fine) and not (
                typed and max(first.precision_m, second.precision_m) < _COARSE_M
            ):
                continue
            if _in_iraq(second.value, first.value):
                first, second = second, first
            elif not _in_iraq(first.value, second.value):
                continue
        elif len(axes) < 2:
            continue  # Two latitudes are no position.
        turned = first.axis == "lon" or second.axis == "lat"
        lat, lon = (second.value, first.value) if turned else (first.value, second.value)
        try:
            Point(lat, lon)
        except PlaceError:
            continue
        start, used = min(first.start, second.start), max(first.end, second.end)
        yield Coordinates(start, used, lat, lon, max(first.precision_m, second.precision_m))


def _in_iraq(lat: float, lon: float) -> bool:
    south, north, west, east = _IRAQ
    return south <= lat <= north and west <= lon <= east


def _angle(match: re.Match[str]) -> _Angle | None:
    decimals = match["decimals"] or ""
    minutes, seconds = match["minutes"], match["seconds"]
    if minutes and (decimals or float(minutes) >= 60 or float(seconds or 0) >= 60):
        return None
    value = float(f"{match['degrees']}.{decimals or 0}")
    value += float(minutes or 0) / 60 + float(seconds or 0) / 3600

    letter = _HEMISPHERES.get((match["after"] or match["before"] or " ").strip()[:1], "")
    if (match["after"] or "").startswith("شر"):
        letter = "e"
    if match["sign"] or letter in ("s", "w"):
        value = -value
    axis: Literal["lat", "lon"] | None = None
    label = match["label"] or ""
    if letter:
        axis = "lat" if letter in "ns" else "lon"
    elif label:
        axis = "lat" if "عرض" in label or label.startswith("lat") else "lon"
    last_digit = 10.0 ** -len(decimals)
    if minutes:
        last_digit = 10.0 ** -_places(seconds or minutes) / (3600 if seconds else 60)
    return _Angle(
        *match.span(),
        value,
        axis,
        bool(minutes) or len(decimals) >= 3,
        round(last_digit * _METRES_PER_DEGREE, 2),
    )


def _places(number: str) -> int:
    return len(number.partition(".")[2])


def _mgrs(text: str) -> Iterator[Coordinates]:
    for match in _MGRS.finditer(text):
        both = match["both"]
        half = len(both) // 2 if both else 0
        east, north = (both[:half], both[half:]) if both else (match["east"], match["north"])
        if len(east) != len(north):
            continue
        # One digit more, a five, points to the middle of the square instead of its corner.
        middle = "5" if len(east) < 5 else ""
        code = f"{match['zone']}{match['band']}{match['square']}{east}{middle}{north}{middle}"
        try:
            lat, lon = _converter().toLatLon(code.upper())
            Point(lat, lon)
        except (mgrs.core.MGRSError, PlaceError):
            continue
        yield Coordinates(*match.span(), round(lat, 6), round(lon, 6), float(10 ** (5 - len(east))))
