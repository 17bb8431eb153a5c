"""Everything that is exported, by URL or by command, goes through ``export``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from incidents import geojson, kml, tabular
from incidents.filters import IncidentFilter
from incidents.layers import LAYERS, texts

CONTENT_TYPES = {
    "geojson": "application/geo+json",
    "csv": "text/csv; charset=utf-8",
    "kml": "application/vnd.google-earth.kml+xml",
}
FORMATS = tuple(CONTENT_TYPES)

# Raise it when what an export holds changes: caches keep files by it.
REVISION = 1


def export(
    layer: str, format_: str, wanted: IncidentFilter, *, excel: bool = False
) -> Iterator[str]:
    """The published part of a layer as text, piece by piece, in steady memory.

    KML holds all layers at once and knows no other. Raises ValueError for what does not exist.
    """
    if layer not in LAYERS or format_ not in FORMATS:
        raise ValueError(f"there is no export of {layer} as {format_}")
    if format_ == "geojson":
        return texts(geojson.feature_collection(layer, LAYERS[layer].read(wanted)))
    if format_ == "csv":
        return texts(tabular.table(LAYERS[layer], LAYERS[layer].read(wanted), excel=excel))
    if layer != "incidents":
        raise ValueError("KML holds all layers in one file: leave the layer away")
    return texts(kml.document(wanted))


def filename(layer: str, format_: str, wanted: IncidentFilter, day: date) -> str:
    """A name that says what and when: ``athar-incidents-2026-11-24-event_type-rocket.csv``."""
    parts = ["athar", layer, day.isoformat()]
    parts += [f"{name}-{value}" for name, value in wanted.items()]
    safe = re.sub(r"[^A-Za-z0-9_-]+", "_", "-".join(parts)).strip("_-")
    return f"{safe[:120]}.{format_}"
