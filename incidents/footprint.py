"""The shape of the city, drawn from the points and extents of its quarters.

Every quarter is a soft hill around its point; where the hills together are higher than ``LEVEL``
is built-up land. Its outline is traced by marching squares, in plain Python and once per process.
It is a picture of what the gazetteer knows and no survey.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

Position = tuple[float, float]  # latitude, longitude
Hill = tuple[float, float, float]  # latitude, longitude, radius in metres

CELL_M = 300
LEVEL = 0.42
# A hill is as good as flat at this many radii.
REACH = 2.2
_DEGREE_M = 111_195.0


def outlines(hills: Iterable[Hill]) -> list[list[Position]]:
    """Closed rings around built-up land; a ring inside another is a gap in it."""
    hills = list(hills)
    if not hills:
        return []
    grid = _Grid(hills)
    return [[grid.position(*point) for point in ring] for ring in _rings(grid.segments())]


class _Grid:
    """Heights at the corners of square cells that cover all hills."""

    def __init__(self, hills: list[Hill]) -> None:
        middle = sum(lat for lat, _lon, _radius in hills) / len(hills)
        self.lat_step = CELL_M / _DEGREE_M
        self.lon_step = CELL_M / (_DEGREE_M * math.cos(math.radians(middle)))
        margin = math.ceil(max(radius for *_point, radius in hills) * REACH / CELL_M) + 1
        self.south = min(lat for lat, _lon, _radius in hills) - margin * self.lat_step
        self.west = min(lon for _lat, lon, _radius in hills) - margin * self.lon_step
        north, east = (max(hill[axis] for hill in hills) for axis in (0, 1))
        self.rows = math.ceil((north - self.south) / self.lat_step) + margin
        self.columns = math.ceil((east - self.west) / self.lon_step) + margin
        self.heights = [[0.0] * self.columns for _row in range(self.rows)]
        for hill in hills:
            self._raise(*hill)

    def _raise(self, lat: float, lon: float, radius: float) -> None:
        row, column = (lat - self.south) / self.lat_step, (lon - self.west) / self.lon_step
        cells = radius / CELL_M
        reach = cells * REACH
        for r in range(max(0, math.ceil(row - reach)), min(self.rows, math.floor(row + reach) + 1)):
            heights = self.heights[r]
            first = max(0, math.ceil(column - reach))
            for c in range(first, min(self.columns, math.floor(column + reach) + 1)):
                heights[c] += math.exp(-((r - row) ** 2 + (c - column) ** 2) / cells**2)

    def position(self, row: float, column: float) -> Position:
        lat = self.south + row * self.lat_step
        lon = self.west + column * self.lon_step
        return round(lat, 5), round(lon, 5)

    def segments(self) -> Iterable[tuple[Position, Position]]:
        """Pieces of outline through each cell, the higher ground on their left."""
        for r in range(self.rows - 1):
            for c in range(self.columns - 1):
                corners = ((r, c), (r, c + 1), (r + 1, c + 1), (r + 1, c))
                high = [self.heights[row][column] >= LEVEL for row, column in corners]
                if all(high) or not any(high):
                    continue
                ins: list[Position] = []
                outs: list[Position] = []
                for index in range(4):
                    after = (index + 1) % 4
                    if high[index] == high[after]:
                        continue
                    point = self._crossing(corners[index], corners[after])
                    (outs if high[index] else ins).append(point)
                # Two crossings each way make a saddle; joined in turn they part the two hills.
                yield from zip(outs, ins, strict=True)

    def _crossing(self, a: tuple[int, int], b: tuple[int, int]) -> Position:
        low, high = self.heights[a[0]][a[1]], self.heights[b[0]][b[1]]
        share = (LEVEL - low) / (high - low)
        return round(a[0] + share * (b[0] - a[0]), 4), round(a[1] + share * (b[1] - a[1]), 4)


def _rings(segments: Iterable[tuple[Position, Position]]) -> list[list[Position]]:
    """Pieces that end where another begins, strung together."""
    following = dict(segments)
    rings = []
    while following:
        start, point = following.popitem()
        ring = [start]
        while point != start:
            ring.append(point)
            point = following.pop(point)
        rings.append(ring)
    return rings
