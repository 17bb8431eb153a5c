"""Segments of a marked text: nothing lost, nothing added, overlaps told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidents.highlight import Mark, Segment, highlight

BODY = "سقط صاروخ في المنطقة الخضراء مساء الثلاثاء"


def place(start: int, end: int, **extra: str) -> Mark:
    return Mark(start, end, "place", **extra)


def test_text_without_marks_is_one_segment() -> None:
    assert highlight(BODY, []) == [Segment(BODY)]


def test_empty_text_has_no_segments() -> None:
    assert highlight("", [place(0, 3)]) == []


def test_a_mark_cuts_the_text_in_three() -> None:
    start = BODY.index("المنطقة")
    mark = place(start, start + len("المنطقة الخضراء"), label="Green Zone")
    before, inside, after = highlight(BODY, [mark])
    assert (before.text, before.kind) == ("سقط صاروخ في ", "")
    assert (inside.text, inside.kind, inside.labels) == (
        "المنطقة الخضراء",
        "place",
        ("Green Zone",),
    )
    assert (after.text, after.marks) == (" مساء الثلاثاء", ())


def test_the_narrowest_mark_colours_a_nested_segment() -> None:
    sentence = Mark(0, 10, "statement", "killed: 1", "s7")
    number = Mark(3, 5, "count", "1")
    segments = highlight("0123456789", [number, sentence])
    assert [(s.text, s.kind) for s in segments] == [
        ("012", "statement"),
        ("34", "count"),
        ("56789", "statement"),
    ]
    assert segments[1].kinds == ("statement", "count")
    assert segments[1].labels == ("1", "killed: 1")
    assert [s.anchors for s in segments] == [("s7",)] * 3
    assert [s.opening for s in segments] == [(sentence,), (number,), ()]


def test_crossing_marks_share_the_middle() -> None:
    segments = highlight("abcdef", [Mark(0, 4, "place"), Mark(2, 6, "date")])
    assert [(s.text, s.kinds) for s in segments] == [
        ("ab", ("place",)),
        ("cd", ("place", "date")),
        ("ef", ("date",)),
    ]


def test_marks_of_one_span_are_told_together() -> None:
    (segment,) = highlight("خمسة", [Mark(0, 4, "count", "killed"), Mark(0, 4, "count", "wounded")])
    assert segment.labels == ("wounded", "killed")
    assert segment.kinds == ("count",)


@pytest.mark.parametrize(
    ("start", "end", "shown"),
    [(-5, 2, "ab"), (2, 90, "cd"), (-5, 90, "abcd"), (4, 9, ""), (2, 2, ""), (-3, 0, "")],
)
def test_a_mark_of_another_text_is_cut_to_this_one(start: int, end: int, shown: str) -> None:
    segments = highlight("abcd", [place(start, end)])
    assert "".join(s.text for s in segments) == "abcd"
    assert "".join(s.text for s in segments if s.kind) == shown


def test_hostile_text_passes_through_as_text() -> None:
    body = "<script>alert(1)</script> ${7*7} `\\2019"
    segments = highlight(body, [place(3, 9), place(0, 25)])
    assert "".join(s.text for s in segments) == body


@given(
    st.text(max_size=60),
    st.lists(st.tuples(st.integers(-5, 65), st.integers(-5, 65)), max_size=12),
)
def test_segments_rebuild_the_text_and_cover_exactly_the_marked_characters(
    body: str, pairs: list[tuple[int, int]]
) -> None:
    marks = [Mark(a, b, f"k{i}") for i, (a, b) in enumerate(pairs)]
    segments = highlight(body, marks)
    assert "".join(s.text for s in segments) == body
    position = 0
    for segment in segments:
        for offset in range(position, position + len(segment.text)):
            covering = {m.kind for m in marks if m.start <= offset < m.end}
            assert covering == set(segment.kinds)
        position += len(segment.text)
    opened = [mark for segment in segments for mark in segment.opening]
    assert len(opened) == len(set(opened)) == sum(1 for m in marks if _visible(m, body))


def _visible(mark: Mark, body: str) -> bool:
    return max(mark.start, 0) < min(mark.end, len(body))
