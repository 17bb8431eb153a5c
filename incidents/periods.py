"""Time cut into days, months or years, whichever suits its length."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from django.db.models import Q
from numpy.typing import NDArray

from incidents.columns import Rows
from incidents.models import DatePrecision
from incidents.snapshot import Selection

# Which precisions are exact enough to be counted by a unit, and how many months make it.
_EXACT = {
    "year": (DatePrecision.DAY, DatePrecision.MONTH, DatePrecision.YEAR),
    "month": (DatePrecision.DAY, DatePrecision.MONTH),
    "day": (DatePrecision.DAY,),
}
_MONTHS = {"month": 1, "year": 12}
_MARGIN = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Cut:
    """The incidents that are dated exactly enough for ``unit``: their rows, and for each the
    number of its unit, counted from ``first``."""

    unit: str
    first: int
    rows: Rows
    numbers: NDArray[np.intp]

    def key(self, number: int) -> str:
        """A unit as an ISO date cut to it."""
        value = self.first + number
        match self.unit:
            case "day":
                return date.fromordinal(value).isoformat()
            case "month":
                return f"{value // 12:04}-{value % 12 + 1:02}"
            case _:
                return f"{value:04}"


def around(start: date, end: date) -> tuple[date, date]:
    """A window with its own length before and after it, two weeks at least."""
    margin = max(end - start, _MARGIN)
    return max(start - margin, date(1, 1, 1) + margin), min(end + margin, date(9999, 1, 1))


def unit_of(days: int) -> str:
    """The unit by which so many days are best cut."""
    return "day" if days <= 120 else "month" if days <= 366 * 25 else "year"


def cut(chosen: Selection, unit: str = "") -> Cut:
    """The selection by days, months or years: by ``unit``, or by what its length asks for."""
    snapshot = chosen.snapshot
    dates = snapshot.incidents["date_start"]
    dated = chosen.mask & dates.known
    if dated.any():
        days = dates.values[dated]
        unit = unit or unit_of(int(days.max() - days.min()))
        dated &= snapshot.incidents.matching(Q(date_precision__in=_EXACT[unit]))
    unit = unit or "month"
    rows = np.flatnonzero(dated)
    values = dates.values[rows] if unit == "day" else snapshot.months[rows] // _MONTHS[unit]
    first = int(values.min()) if values.size else 0
    return Cut(unit, first, rows, (values - first).astype(np.intp))
