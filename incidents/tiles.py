"""Web-mercator tile numbers as integers, so that the database can cluster points by shifting bits.

A point is kept at ``TILE_ZOOM``; its tile at any smaller zoom ``z`` is ``x >> (TILE_ZOOM - z)``.
"""

from __future__ import annotations

import math

# One cell is 1/64 of a 256 px map tile at zoom 16, and under ten metres wide in Baghdad: fine
# enough for the deepest zoom of the map, and x and y still fit a 32-bit column.
TILE_ZOOM = 22

# Beyond this latitude the projection leaves the square; such points are kept at its edge.
MAX_LATITUDE = 85.0511287798


def tile_of(lat: float, lon: float) -> tuple[int, int]:
    """The ``(x, y)`` tile of a point in WGS 84 degrees; y grows southwards."""
    size = 1 << TILE_ZOOM
    phi = math.radians(max(-MAX_LATITUDE, min(MAX_LATITUDE, lat)))
    x = (lon + 180.0) / 360.0 * size
    y = (1.0 - math.asinh(math.tan(phi)) / math.pi) / 2.0 * size
    return min(size - 1, max(0, int(x))), min(size - 1, max(0, int(y)))


def tiles_of(lat: float | None, lon: float | None) -> tuple[int | None, int | None]:
    """``tile_of`` for a point that may be unplaced."""
    return (None, None) if lat is None or lon is None else tile_of(lat, lon)
