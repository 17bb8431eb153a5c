"""Drawings: lengths that fit, lines at round figures, nothing drawn for nothing."""

from __future__ import annotations

import pytest

from incidents.charts import FLOOR, HEAD, Point, plot, share, stride


@pytest.mark.parametrize(
    ("top", "step"),
    [(1, 1), (4, 1), (5, 2), (8, 2), (20, 5), (21, 10), (41, 20), (391_832, 100_000)],
)
def test_lines_stand_at_round_figures(top: int, step: int) -> None:
    assert stride(top) == step
    assert -(-top // step) <= 4


def test_bars_stand_side_by_side_and_reach_their_figure() -> None:
    drawn = plot(
        [Point("a", 4), Point("b", 0), Point("c", 2), Point("d", None)], ["a", "b", "c", "d"], 9
    )
    assert drawn is not None
    first, third = drawn.columns
    assert (first.x, first.width) == ("3%", "19%")
    assert (third.x, third.slot_x, third.slot_width) == ("53%", "50%", "25%")
    assert float(first.y) == HEAD
    assert float(third.y) == (HEAD + FLOOR) / 2
    assert [line.text for line in drawn.lines] == ["1", "2", "3", "4"]
    assert [tick.text for tick in drawn.ticks] == ["a", "b", "c", "d"]


def test_a_range_is_a_whisker_even_above_nothing() -> None:
    drawn = plot([Point("a", 0, 0, 10), Point("b", 5, 5, 5)], ["a", "b"], 9)
    assert drawn is not None
    ranged, exact = drawn.columns
    assert (ranged.middle, float(ranged.low), float(ranged.height)) == ("25%", FLOOR, 0)
    assert float(ranged.high) < float(exact.y)
    assert exact.middle == ""


def test_only_zero_and_unknown_make_no_drawing() -> None:
    assert plot([], [], 9) is None
    assert plot([Point("a", 0), Point("b", None)], ["a", "b"], 9) is None


def test_labels_are_no_more_than_there_is_room_for() -> None:
    points = [Point(str(number), 1) for number in range(240)]
    labels = [str(2000 + number // 12) if number % 12 == 0 else "" for number in range(240)]
    drawn = plot(points, labels, 9)
    assert drawn is not None
    assert [tick.text for tick in drawn.ticks] == [
        "2000",
        "2003",
        "2006",
        "2009",
        "2012",
        "2015",
        "2018",
    ]
    assert sum(not tick.minor for tick in drawn.ticks) <= 4


def test_a_length_is_a_share_of_the_longest() -> None:
    assert share(1, 4) == "25%"
    assert share(1, 3) == "33.333%"
    assert share(0, 0) == "0%"
