"""Figures → shapes that a template draws as inline SVG; no script, no style attribute.

Lengths across are percentages of the drawing and lengths down are pixels: a drawing then fills any
column while its letters keep their size. Everything is text already, because a template would
write numbers with the decimal comma of the reader's language.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

HEIGHT = 190
# Room above the highest bar for its whisker, and below the floor for the labels of time.
HEAD, FOOT = 10, 22
FLOOR = HEIGHT - FOOT
# A bar for something that is there is never too low to be seen.
LOWEST = 1.5
# So many labels of time stay where the drawing is narrow.
LABELS_NARROW = 4


@dataclass(frozen=True, slots=True)
class Point:
    """A figure at one moment: ``low`` and ``high`` where it has a range; None where unknown."""

    label: str
    value: int | None
    low: int | None = None
    high: int | None = None
    said: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A bar from the floor to ``y``; its whisker, at ``middle``, goes from ``high`` to ``low``."""

    x: str
    width: str
    y: str
    height: str
    slot_x: str
    slot_width: str
    said: str
    href: str
    middle: str = ""
    high: str = ""
    low: str = ""


@dataclass(frozen=True, slots=True)
class Tick:
    """A label below the floor. ``minor`` ones give way where the drawing is narrow."""

    x: str
    text: str
    minor: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A line across with its figure."""

    y: str
    text: str


@dataclass(frozen=True, slots=True)
class Plot:
    """Bars over time, from left to right in every language, as the map's time line."""

    columns: list[Column]
    ticks: list[Tick]
    lines: list[Line]
    height: int = HEIGHT
    floor: int = FLOOR


def plot(points: Sequence[Point], labels: Sequence[str], at_most: int) -> Plot | None:
    """``points`` as bars side by side; ``labels`` has a text for each, "" for none.

    ``at_most`` so many labels are shown. None where there is nothing but zero and unknown.
    """
    top = max((max(p.value or 0, p.high or 0) for p in points), default=0)
    if not top:
        return None
    step = stride(top)
    ceiling = -(-top // step) * step
    slot = 100 / len(points)
    columns = [_column(point, index, slot, ceiling) for index, point in enumerate(points)]
    return Plot(
        columns=[column for column in columns if column is not None],
        ticks=_ticks(labels, slot, at_most),
        lines=[
            Line(_px(_y(value, ceiling)), f"{value:,}") for value in range(step, ceiling + 1, step)
        ],
    )


def stride(top: int, most: int = 4) -> int:
    """The distance between lines: 1, 2 or 5 times a power of ten, at most ``most`` of them."""
    power = 1
    while True:
        for factor in (1, 2, 5):
            if top <= factor * power * most:
                return factor * power
        power *= 10


def share(value: float, most: float) -> str:
    """A length in percent of ``most``, for an attribute."""
    return f"{_percent(100 * value / most)}%" if most else "0%"


def _column(point: Point, index: int, slot: float, ceiling: int) -> Column | None:
    if not point.value and not point.high:
        return None
    value = point.value or 0
    gap = slot * 0.12 if slot > 0.6 else 0
    y = min(_y(value, ceiling), FLOOR - LOWEST) if value else float(FLOOR)
    ranged = point.low is not None and point.high is not None and point.low != point.high
    return Column(
        x=f"{_percent(index * slot + gap)}%",
        width=f"{_percent(slot - 2 * gap)}%",
        y=_px(y),
        height=_px(FLOOR - y),
        slot_x=f"{_percent(index * slot)}%",
        slot_width=f"{_percent(slot)}%",
        said=point.said,
        href=point.href,
        middle=f"{_percent((index + 0.5) * slot)}%" if ranged else "",
        high=_px(_y(point.high or 0, ceiling)) if ranged else "",
        low=_px(_y(point.low or 0, ceiling)) if ranged else "",
    )


def _ticks(labels: Sequence[str], slot: float, at_most: int) -> list[Tick]:
    """As many labels as there is room for, evenly spread."""
    named = [index for index, label in enumerate(labels) if label]
    every = max(1, -(-len(named) // at_most))
    shown = named[::every]
    sparse = max(1, -(-len(shown) // LABELS_NARROW))
    return [
        Tick(f"{_percent((index + 0.5) * slot)}%", labels[index], minor=bool(place % sparse))
        for place, index in enumerate(shown)
    ]


def _y(value: int, ceiling: int) -> float:
    return FLOOR - (FLOOR - HEAD) * value / ceiling


def _px(length: float) -> str:
    return f"{length:.1f}"


def _percent(number: float) -> str:
    return f"{number:.3f}".rstrip("0").rstrip(".")
