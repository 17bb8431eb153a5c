"""The sentence behind a statement. A statement's span covers the very words that were read; a
reader wants the sentence they stand in."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import get_language

from extraction.text.sentences import Sentence, split_sentences
from incidents.highlight import Mark, Segment, highlight

if TYPE_CHECKING:
    from incidents.models import Article, Incident, Site, Statement


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


def rank(statement: Statement) -> tuple[bool, bool, float, int]:
    """Sorts statements as a reader wants to meet them; their articles are at hand.

    In the reader's own language first, then of articles about the event, then the surest.
    """
    foreign = statement.article.language != (get_language() or "")[:2]
    return foreign, not statement.focus, -statement.confidence, statement.pk


def best(incident: Incident, site: Site) -> Statement | None:
    """The sentence to quote for a site: one that places it there, else the surest about the event.

    Of several the one in the reader's language, if there is one.
    """
    said = list(incident.statements.select_related("article"))
    placing = [one for one in said if (one.field, one.value) == (site.role, site.place_id)]
    own = [one for one in said if one.pk == site.statement_id]
    return min(placing or own or said, key=rank, default=None)


def quote(statement: Statement, body: str) -> Quote:
    """The statement's words in their sentence of ``body``, the text of its article."""
    start, end = around(statement.start, statement.end, sentences(body))
    return Quote(
        body[start : statement.start],
        body[statement.start : statement.end],
        body[statement.end : end],
    )


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of an article's text as its page shows it.

    ``kinds`` are those of everything that was read here, the narrowest first; the first colours it.
    ``ids`` are link targets that begin here, ``anchors``
    those whose sentence this is part of, ``read`` what was read here, a line each. ``begins``:
    something that was read begins here, so the keyboard stops once for it.
    """

    text: str
    kinds: tuple[str, ...]
    ids: tuple[str, ...]
    anchors: str
    read: str
    begins: bool


def pieces(article: Article, read: Iterable[Mark], statements: Iterable[Statement]) -> list[Piece]:
    """The article's text cut at what was read and at the sentences of the statements.

    A link to a statement lights up its whole sentence: that is what the sentences are for.
    """
    found = sentences(article.body)
    whole = [
        Mark(*around(said.start, said.end, found), _SENTENCE, anchor=f"s{said.pk}")
        for said in statements
    ]
    return [_piece(segment) for segment in highlight(article.body, [*read, *whole])]


_SENTENCE = "sentence"


def _piece(segment: Segment) -> Piece:
    marks = [mark for mark in segment.marks if mark.kind != _SENTENCE]
    opening = [mark for mark in segment.opening if mark.kind != _SENTENCE]
    return Piece(
        text=segment.text,
        kinds=tuple(dict.fromkeys(mark.kind for mark in reversed(marks))),
        ids=tuple(mark.anchor for mark in opening if mark.anchor),
        anchors=" ".join(dict.fromkeys(segment.anchors)),
        read="\n".join(segment.labels),
        begins=bool(opening),
    )
