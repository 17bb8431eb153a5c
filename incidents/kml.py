"""Records → KML: a folder for each role, one for trajectories, one for what has no place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from django.utils.translation import gettext as _

from incidents import presentation
from incidents.filters import IncidentFilter
from incidents.geojson import DECIMALS
from incidents.layers import Record, records
from incidents.models import SiteRole, localised

# KML writes colours as alpha, blue, green, red. Safe for colour-blind readers, as on the map.
_COLOURS = {
    SiteRole.LAUNCH: "ff00559e",
    SiteRole.IMPACT: "ff5e00d5",
    SiteRole.INTERCEPT: "ffb27200",
    SiteRole.TARGET: "ff999999",
}
_LINE_COLOUR = "cc00559e"

# Characters that XML 1.0 cannot hold, however they are written.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def fit_for_xml(text: str) -> str:
    """The text with a sign in place of each character that XML cannot hold."""
    return _NOT_XML.sub("\ufffd", text)


def document(wanted: IncidentFilter) -> Iterator[str]:
    """The text of a KML document with all layers of a filter, piece by piece."""
    yield '<?xml version="1.0" encoding="utf-8"?>\n'
    yield '<kml xmlns="http://www.opengis.net/kml/2.2"><Document>' + _leaf("name", "Athar")
    for role, colour in _COLOURS.items():
        icon = f"<IconStyle>{_leaf('color', colour)}</IconStyle>"
        yield f"<Style id={quoteattr(role.value)}>{icon}</Style>"
    line = f"<LineStyle>{_leaf('color', _LINE_COLOUR)}{_leaf('width', 2)}</LineStyle>"
    yield f'<Style id="trajectory">{line}</Style>'
    for role in SiteRole:
        if not wanted.role or role.value in wanted.role:
            of_role = replace(wanted, role=(role.value,))
            yield from _folder(str(role.label), records("sites", of_role), f"#{role.value}")
    yield from _folder(_("trajectory"), records("trajectories", wanted), "#trajectory")
    if not wanted.about_sites:
        found = records("incidents", wanted)
        placeless = (record for record in found if not record.values["sites"])
        yield from _folder(_("no place"), placeless, "")
    yield "</Document></kml>\n"


def _folder(name: str, found: Iterable[Record], style: str) -> Iterator[str]:
    yield "<Folder>" + _leaf("name", name)
    for record in found:
        yield _placemark(record, style)
    yield "</Folder>\n"


def _placemark(record: Record, style: str) -> str:
    values = record.values
    parts = [f"\n<Placemark id={quoteattr(_xml_id(record.id))}>", _leaf("name", _title(record))]
    if values["date_start"]:
        span = _leaf("begin", values["date_start"]) + _leaf("end", values["date_end"])
        parts.append(f"<TimeSpan>{span}</TimeSpan>")
    if style:
        parts.append(_leaf("styleUrl", style))
    parts.append("<ExtendedData>")
    parts += [
        f"<Data name={quoteattr(column)}>{_leaf('value', value)}</Data>"
        for column, value in values.items()
        if value is not None
    ]
    parts.append("</ExtendedData>")
    if record.positions:
        coordinates = _leaf("coordinates", _coordinates(record))
        parts.append(
            f"<Point>{coordinates}</Point>"
            if len(record.positions) == 1
            else f"<LineString><tessellate>1</tessellate>{coordinates}</LineString>"
        )
    parts.append("</Placemark>")
    return "".join(parts)


def _title(record: Record) -> str:
    values = record.values
    if "launch_en" in values:
        launch = localised(values["launch_en"] or "", values["launch_ar"] or "")
        impact = localised(values["impact_en"] or "", values["impact_ar"] or "")
        return f"{launch} → {impact}"
    name = localised(values.get("name_en") or "", values.get("name_ar") or "")
    if not name and values.get("site_role") == SiteRole.INTERCEPT:
        # The words in the text tell that it was shot down, not where.
        return presentation.nowhere_in_the_air()
    return name or values.get("surface") or record.id


def _coordinates(record: Record) -> str:
    return " ".join(
        f"{round(lon, DECIMALS)},{round(lat, DECIMALS)}" for lon, lat in record.positions
    )


def _xml_id(public_id: str) -> str:
    """An XML id may not hold a slash."""
    return public_id.replace("/", ".")


def _leaf(name: str, value: Any) -> str:
    """An element with text in it; whatever the text is, it stays text."""
    if isinstance(value, bool):
        value = "true" if value else "false"
    return f"<{name}>{escape(fit_for_xml(str(value)))}</{name}>"
