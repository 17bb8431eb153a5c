"""The small map on an incident's page: one SVG drawing of its sites on the bundled ground.

Shapes for a template, in pixels of a ``WIDTH`` × ``HEIGHT`` view box; lengths are text already,
because a template would write them with the decimal comma of the reader's language. The drawing
needs no script, so it prints and works everywhere.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from incidents import presentation
from incidents.backdrop import backdrop
from incidents.models import SiteRole

if TYPE_CHECKING:
    from incidents.models import Site

WIDTH, HEIGHT = 640, 380
MARGIN = 70
SIGN = 24
# About the width of a letter of a name.
LETTER = 7.2
# Never closer than this (metres across): a place in the gazetteer is no survey point.
NARROWEST_M = 5_000
_EARTH_M = 40_075_016.7
_NICE_M = (100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000, 200_000)

Line = list[list[float]]


@dataclass(frozen=True, slots=True)
class Circle:
    x: str
    y: str
    radius: str
    role: str = ""


@dataclass(frozen=True, slots=True)
class Sign:
    """The sign of a role with its upper left corner at ``x, y``."""

    role: str
    x: str
    y: str


@dataclass(frozen=True, slots=True)
class Label:
    text: str
    x: str
    y: str


@dataclass(frozen=True, slots=True)
class River:
    """``d`` is SVG path data; ``edge`` and ``width`` are those of the banks and of the water."""

    d: str
    width: str
    edge: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """All shapes, bottom to top."""

    urban: str
    rivers: list[River]
    roads: str
    halos: list[Circle]
    flights: list[str]
    signs: list[Sign]
    labels: list[Label]
    scale: str
    scale_label: Label
    width: int = WIDTH
    height: int = HEIGHT


def drawing(sites: Iterable[Site]) -> Drawing | None:
    """The drawing of the sites that have coordinates; None where none has."""
    placed: list[Any] = [site for site in sites if site.lat is not None]
    if not placed:
        return None
    window = _Window.around([(site.lat, site.lon) for site in placed])
    ground = json.loads(backdrop()[0])
    signs, labels = _signs(placed, window)
    scale, scale_label = _scale(window)
    return Drawing(
        urban=window.path([[*ring, ring[0]] for ring in ground["urban"]], whole=True),
        rivers=[_river(river, window) for river in ground["rivers"]],
        roads=window.path(ground["roads"]),
        halos=[
            window.circle(site.lat, site.lon, site.radius_m, site.role)
            for site in placed
            if site.radius_m
        ],
        flights=_flights(placed, window),
        signs=signs,
        labels=labels,
        scale=scale,
        scale_label=scale_label,
    )


@dataclass(frozen=True, slots=True)
class _Window:
    """``left, top`` in Mercator units (0–1), ``pixels`` a unit, ``metres`` a pixel."""

    left: float
    top: float
    pixels: float
    metres: float

    @classmethod
    def around(cls, points: list[tuple[float, float]]) -> _Window:
        xs, ys = zip(*(_mercator(lat, lon) for lat, lon in points), strict=True)
        latitude = math.radians(sum(lat for lat, _lon in points) / len(points))
        unit_m = _EARTH_M * math.cos(latitude)
        span_x = max(max(xs) - min(xs), NARROWEST_M / unit_m)
        span_y = max(max(ys) - min(ys), NARROWEST_M * HEIGHT / WIDTH / unit_m)
        pixels = min((WIDTH - 2 * MARGIN) / span_x, (HEIGHT - 2 * MARGIN) / span_y)
        centre_x, centre_y = (max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2
        return cls(
            left=centre_x - WIDTH / 2 / pixels,
            top=centre_y - HEIGHT / 2 / pixels,
            pixels=pixels,
            metres=unit_m / pixels,
        )

    def point(self, lat: float, lon: float) -> tuple[float, float]:
        x, y = _mercator(lat, lon)
        return (x - self.left) * self.pixels, (y - self.top) * self.pixels

    def circle(self, lat: float, lon: float, radius_m: float, role: str = "") -> Circle:
        x, y = self.point(lat, lon)
        return Circle(_px(x), _px(y), _px(radius_m / self.metres), role)

    def path(self, lines: Iterable[Line], *, whole: bool = False) -> str:
        """Lines near the window, so that the page carries no whole road network.

        Of a line only the near parts are drawn, unless it is to be filled and stays ``whole``.
        """
        drawn = []
        for line in lines:
            points = [self.point(lat, lon) for lat, lon in line]
            seen = any(map(_near, points))
            pen_down = False
            for start, end in pairwise(points):
                near = seen if whole else _near(start) or _near(end)
                if near:
                    drawn.append(("" if pen_down else f"M{_at(start)}") + f"L{_at(end)}")
                pen_down = near
        return "".join(drawn)


def _px(length: float) -> str:
    return f"{length:.1f}"


def _at(point: tuple[float, float]) -> str:
    return f"{point[0]:.1f} {point[1]:.1f}"


def _mercator(lat: float, lon: float) -> tuple[float, float]:
    return (lon + 180) / 360, (1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2


def _near(point: tuple[float, float]) -> bool:
    return -WIDTH < point[0] < 2 * WIDTH and -HEIGHT < point[1] < 2 * HEIGHT


def _river(river: dict[str, Any], window: _Window) -> River:
    width = min(60.0, max(river["thin"], river["width_m"] / window.metres))
    return River(window.path([river["line"]]), width=_px(width), edge=_px(width + 2))


def _flights(sites: list[Any], window: _Window) -> list[str]:
    """An arc from each launch site to each impact."""
    arcs = []
    for launch in (site for site in sites if site.role == SiteRole.LAUNCH):
        for impact in (site for site in sites if site.role == SiteRole.IMPACT):
            x1, y1 = window.point(launch.lat, launch.lon)
            x2, y2 = window.point(impact.lat, impact.lon)
            bend = 0.15 if x2 < x1 else -0.15
            middle = ((x1 + x2) / 2 - (y2 - y1) * bend, (y1 + y2) / 2 + (x2 - x1) * bend)
            arcs.append(f"M{_at((x1, y1))}Q{_at(middle)} {_at((x2, y2))}")
    return arcs


def _signs(sites: list[Any], window: _Window) -> tuple[list[Sign], list[Label]]:
    """Signs at one coordinate stand side by side and share the name below them.

    A name that would cover another is left out; the list under the drawing has them all.
    """
    together: dict[tuple[float, float], list[Any]] = {}
    for site in sites:
        together.setdefault((site.lat, site.lon), []).append(site)
    signs: list[Sign] = []
    labels: list[Label] = []
    taken: list[tuple[float, float, float]] = []
    for (lat, lon), group in together.items():
        x, y = window.point(lat, lon)
        for index, site in enumerate(group):
            left = x + (index - (len(group) - 1) / 2) * SIGN - SIGN / 2
            signs.append(Sign(site.role, _px(left), _px(y - SIGN / 2)))
        name = presentation.site_name(group[0])
        half = len(name) * LETTER / 2
        # The name stays inside the drawing.
        middle = min(max(x, half + 4), WIDTH - half - 4)
        below = y + SIGN + 4
        if all(abs(middle - x2) > half + h2 or abs(below - y2) > 18 for x2, y2, h2 in taken):
            taken.append((middle, below, half))
            labels.append(Label(name, _px(middle), _px(below)))
    return signs, labels


def _scale(window: _Window) -> tuple[str, Label]:
    metres = max((m for m in _NICE_M if m / window.metres <= 110), default=_NICE_M[0])
    length = metres / window.metres
    text = presentation.distance(metres)
    floor = HEIGHT - 16
    path = f"M16 {floor}v5h{_px(length)}v-5"
    return path, Label(text, _px(16 + length / 2), _px(floor - 4))
