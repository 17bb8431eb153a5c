"""Cut a text at the ends of its marks, so that it can be shown with them and stay plain text.

The segments carry text and no markup: whoever renders them escapes each one, so an article
cannot smuggle anything into a page whatever its words are. Marks may nest or cross; a segment
knows every mark that covers it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Mark:
    """``[start, end)`` of a text with what was read there.

    ``kind`` colours it (place, date, weapon, count, actor, statement, unresolved …), ``label``
    says it in words, ``anchor`` is the id that a link can jump to ("" for none).
    """

    start: int
    end: int
    kind: str
    label: str = ""
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of text under one and the same set of marks.

    ``marks`` goes from the widest to the narrowest; ``opening`` are those of them that begin here.
    """

    text: str
    marks: tuple[Mark, ...] = ()
    opening: tuple[Mark, ...] = ()

    @property
    def kind(self) -> str:
        """The narrowest mark decides how the segment looks; "" where nothing was read."""
        return self.marks[-1].kind if self.marks else ""

    @property
    def kinds(self) -> tuple[str, ...]:
        """Every kind that covers the segment, widest first, each once."""
        return tuple(dict.fromkeys(mark.kind for mark in self.marks))

    @property
    def labels(self) -> tuple[str, ...]:
        """What was read here, narrowest first, each once."""
        return tuple(dict.fromkeys(mark.label for mark in reversed(self.marks) if mark.label))

    @property
    def anchors(self) -> tuple[str, ...]:
        """Anchors of all marks over this segment, so that a script can light up a whole mark."""
        return tuple(mark.anchor for mark in self.marks if mark.anchor)


def highlight(body: str, marks: Iterable[Mark]) -> list[Segment]:
    """The segments of ``body``; joined, their texts are ``body`` again, character by character.

    A mark that lies outside the text, wholly or in part, is cut to the text; an empty one is
    left out. Both come from a reading of another text and must not take the page down.
    """
    inside = sorted(
        (mark for mark in marks if max(mark.start, 0) < min(mark.end, len(body))),
        key=lambda mark: (mark.start, -mark.end, mark.kind),
    )
    if not body:
        return []
    cuts = {0, len(body)}
    for mark in inside:
        cuts.update((max(mark.start, 0), min(mark.end, len(body))))
    edges = sorted(cuts)

    segments: list[Segment] = []
    active: list[Mark] = []
    upcoming = iter(inside)
    following = next(upcoming, None)
    for start, end in pairwise(edges):
        active = [mark for mark in active if mark.end > start]
        opening: list[Mark] = []
        while following is not None and max(following.start, 0) == start:
            opening.append(following)
            following = next(upcoming, None)
        active += opening
        widest_first = sorted(active, key=lambda mark: (mark.start - mark.end, mark.start))
        segments.append(Segment(body[start:end], tuple(widest_first), tuple(opening)))
    return segments
