"""The sentence behind a statement. A statement's span covers the very words that were read; a
reader wants the sentence they stand in."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extraction.sentences import Sentence, split_sentences

if TYPE_CHECKING:
    from incidents.models import Statement


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence in three parts; joined they are text of the article. ``words`` were read."""

    before: str
    words: str
    after: str

    def __str__(self) -> str:
        return self.before + self.words + self.after


def sentences(body: str) -> list[Sentence]:
    """The sentences of a text, as half-open spans into it."""
    lowered = body.lower()
    # A few letters grow when lowered; spans must fit the text they are used on.
    return split_sentences(lowered if len(lowered) == len(body) else body)


def around(start: int, end: int, of: Sequence[Sentence]) -> tuple[int, int]:
    """The span of the sentences that ``[start, end)`` touches; itself where there are none."""
    first = max(0, bisect_right(of, start, key=lambda sentence: sentence.start) - 1)
    touched = [s for s in of[first:] if s.start < end and s.end > start]
    if not touched:
        return start, end
    return min(start, touched[0].start), max(end, touched[-1].end)


def quote(statement: Statement, body: str) -> Quote:
    """The statement's words in their sentence of ``body``, the text of its article."""
    start, end = around(statement.start, statement.end, sentences(body))
    return Quote(
        body[start : statement.start],
        body[statement.start : statement.end],
        body[statement.end : end],
    )
