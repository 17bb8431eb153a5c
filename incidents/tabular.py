"""Records → CSV with our columns; safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any

from incidents.geojson import DECIMALS
from incidents.layers import Layer, Record

# A cell that begins with one of these is run as a formula by spreadsheets, in full width as well.
_FORMULA = tuple("=+-@\t\r\n＝＋－＠")
BYTE_ORDER_MARK = "\ufeff"


def table(layer: Layer, records: Iterable[Record], *, excel: bool = False) -> Iterator[str]:
    """Lines of CSV, the header first. ``excel`` puts a byte order mark before it.

    Points end with columns ``lat, lon``, lines with ``launch_lat, launch_lon, impact_lat,
    impact_lon``; all empty where the place is not known.
    """
    return lines(_rows(layer, records), excel=excel)


def _rows(layer: Layer, records: Iterable[Record]) -> Iterator[list[Any]]:
    yield [field.name for field in (*layer.fields, *layer.geometry)]
    for record in records:
        places = [round(value, DECIMALS) for lon, lat in record.positions for value in (lat, lon)]
        blanks = [""] * (len(layer.geometry) - len(places))
        yield [*record.values.values(), *places, *blanks]


def lines(rows: Iterable[list[Any]], *, excel: bool = False) -> Iterator[str]:
    """Lines of CSV for rows of any cells, as safe as those of a layer."""
    buffer = io.StringIO()
    if excel:
        buffer.write(BYTE_ORDER_MARK)
    writer = csv.writer(buffer)
    for row in rows:
        writer.writerow(map(_cell, row))
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return value
