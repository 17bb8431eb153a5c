"""Everything that is exported, by URL or by command, goes through ``export``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from django.utils.translation import get_language, override

from incidents import geojson, kml, tabular
from incidents.filters import IncidentFilter
from incidents.layers import LAYERS, texts
from incidents.profiles import PROFILES, rows

CONTENT_TYPES = {
    "geojson": "application/geo+json",
    "csv": "text/csv; charset=utf-8",
    "kml": "application/vnd.google-earth.kml+xml",
}
FORMATS = tuple(CONTENT_TYPES)

# Raise it when what an export holds changes: caches keep files by it.
REVISION = 2


def export(
    layer: str,
    format_: str,
    wanted: IncidentFilter,
    *,
    excel: bool = False,
    profile: str = "",
    language: str | None = None,
) -> Iterator[str]:
    """The published part of a layer as text, piece by piece, in steady memory.

    KML holds all layers at once and knows no other; its names are in ``language``. ``profile``
    asks for the incidents in another project's columns, in CSV. Raises ValueError for what does
    not exist.
    """
    if profile:
        if (layer, format_) != ("incidents", "csv") or profile not in PROFILES:
            raise ValueError(
                f"profiles are {' and '.join(PROFILES)}, of the incidents, as CSV: "
                f"there is no export of {layer} as {format_} for {profile}"
            )
        return texts(tabular.lines(rows(PROFILES[profile], wanted), excel=excel))
    if layer not in LAYERS or format_ not in FORMATS:
        raise ValueError(f"there is no export of {layer} as {format_}")
    if format_ == "geojson":
        return texts(geojson.feature_collection(LAYERS[layer], wanted))
    if format_ == "csv":
        return texts(tabular.table(LAYERS[layer], LAYERS[layer].read(wanted), excel=excel))
    if layer != "incidents":
        raise ValueError("KML holds all layers in one file: leave the layer away")
    return texts(_spoken(kml.document(wanted), language or get_language()))


def _spoken(chunks: Iterator[str], language: str | None) -> Iterator[str]:
    """Each piece in that language, whatever is spoken when it is asked for."""
    while True:
        with override(language):
            chunk = next(chunks, None)
        if chunk is None:
            return
        yield chunk


def filename(
    layer: str, format_: str, wanted: IncidentFilter, day: date, *, profile: str = ""
) -> str:
    """A name that says what and when: ``athar-incidents-2026-11-24-event_type-rocket.csv``."""
    parts = ["athar", layer, *filter(None, [profile]), day.isoformat()]
    parts += [f"{name}-{value}" for name, value in wanted.items()]
    safe = re.sub(r"[^A-Za-z0-9_-]+", "_", "-".join(parts)).strip("_-")
    return f"{safe[:120]}.{format_}"
