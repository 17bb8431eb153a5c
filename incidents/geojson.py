"""Records → GeoJSON (RFC 7946): flat properties, at most seven decimals, null where unknown."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from incidents.layers import Position, Record

DECIMALS = 7  # a centimetre; more only pretends


def feature_collection(name: str, records: Iterable[Record]) -> Iterator[str]:
    """The text of a FeatureCollection, piece by piece. ``name`` is what GDAL calls the layer."""
    yield f'{{"type":"FeatureCollection","name":{_dumps(name)},"features":['
    separator = "\n"
    for record in records:
        yield separator + _dumps(feature(record))
        separator = ",\n"
    yield "\n]}\n"


def feature(record: Record) -> dict[str, Any]:
    return {
        "type": "Feature",
        "id": record.id,
        "geometry": _geometry(record.positions),
        "properties": record.values,
    }


def _geometry(positions: tuple[Position, ...]) -> dict[str, Any] | None:
    rounded = [[round(lon, DECIMALS), round(lat, DECIMALS)] for lon, lat in positions]
    if not rounded:
        return None
    if len(rounded) == 1:
        return {"type": "Point", "coordinates": rounded[0]}
    return {"type": "LineString", "coordinates": rounded}


def _dumps(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
