"""Records → KML: a folder for each role, one for trajectories, one for what has no place."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any
from xml.sax.saxutils import XMLGenerator
from xml.sax.xmlreader import AttributesImpl

from django.utils.translation import gettext as _

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


def document(wanted: IncidentFilter) -> Iterator[str]:
    """The text of a KML document with all layers of a filter, piece by piece."""
    xml = _Writer()
    yield xml.start()
    seen_roles = wanted.role or tuple(SiteRole.values)
    for role in SiteRole:
        if role in seen_roles:
            of_role = replace(wanted, role=(role.value,))
            yield from _folder(xml, str(role.label), records("sites", of_role), f"#{role.value}")
    yield from _folder(xml, _("trajectory"), records("trajectories", wanted), "#trajectory")
    if not wanted.about_sites:
        placeless = (
            record for record in records("incidents", wanted) if not record.values["sites"]
        )
        yield from _folder(xml, _("no place"), placeless, "")
    yield xml.finish()


def _folder(xml: _Writer, name: str, found: Iterable[Record], style: str) -> Iterator[str]:
    with xml.element("Folder"):
        xml.leaf("name", name)
        for record in found:
            _placemark(xml, record, style)
            yield xml.taken()
    yield xml.taken()


def _placemark(xml: _Writer, record: Record, style: str) -> None:
    values = record.values
    with xml.element("Placemark", id=_xml_id(record.id)):
        xml.leaf("name", _title(record))
        if values["date_start"]:
            with xml.element("TimeSpan"):
                xml.leaf("begin", values["date_start"])
                xml.leaf("end", values["date_end"])
        if style:
            xml.leaf("styleUrl", style)
        with xml.element("ExtendedData"):
            for column, value in values.items():
                if value is not None:
                    with xml.element("Data", name=column):
                        xml.leaf("value", value)
        if len(record.positions) == 1:
            with xml.element("Point"):
                xml.leaf("coordinates", _coordinates(record))
        elif record.positions:
            with xml.element("LineString"):
                xml.leaf("tessellate", 1)
                xml.leaf("coordinates", _coordinates(record))


def _title(record: Record) -> str:
    values = record.values
    if "launch_en" in values:
        launch = localised(values["launch_en"] or "", values["launch_ar"] or "")
        impact = localised(values["impact_en"] or "", values["impact_ar"] or "")
        return f"{launch} → {impact}"
    name = localised(values.get("name_en") or "", values.get("name_ar") or "")
    return name or values.get("surface") or record.id


def _coordinates(record: Record) -> str:
    return " ".join(
        f"{round(lon, DECIMALS)},{round(lat, DECIMALS)}" for lon, lat in record.positions
    )


def _xml_id(public_id: str) -> str:
    """An XML id may not hold a slash."""
    return public_id.replace("/", ".")


class _Writer:
    """Writes XML into a buffer that is emptied piece by piece."""

    def __init__(self) -> None:
        self._buffer = io.StringIO()
        self._xml = XMLGenerator(self._buffer, encoding="utf-8", short_empty_elements=True)

    def start(self) -> str:
        self._xml.startDocument()
        self._xml.startElement("kml", AttributesImpl({"xmlns": "http://www.opengis.net/kml/2.2"}))
        self._xml.startElement("Document", AttributesImpl({}))
        self.leaf("name", "Athar")
        for role, colour in _COLOURS.items():
            with self.element("Style", id=role.value), self.element("IconStyle"):
                self.leaf("color", colour)
        with self.element("Style", id="trajectory"), self.element("LineStyle"):
            self.leaf("color", _LINE_COLOUR)
            self.leaf("width", 2)
        return self.taken()

    def finish(self) -> str:
        self._xml.endElement("Document")
        self._xml.endElement("kml")
        self._xml.endDocument()
        return self.taken()

    @contextmanager
    def element(self, _name: str, **attributes: str) -> Iterator[None]:
        cleaned = {key: _clean(value) for key, value in attributes.items()}
        self._xml.startElement(_name, AttributesImpl(cleaned))
        yield
        self._xml.endElement(_name)

    def leaf(self, name: str, value: Any) -> None:
        with self.element(name):
            self._xml.characters(_clean(value))

    def taken(self) -> str:
        """What was written since the last time."""
        text = self._buffer.getvalue()
        self._buffer.seek(0)
        self._buffer.truncate()
        return text


def _clean(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return _NOT_XML.sub("\ufffd", str(value))
