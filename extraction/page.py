"""One article on the desk: its folded text, tokens, sentences and everything found in it.

Built once by the pipeline; the steps that read statements out of it only look things up here.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from extraction.dates import DateMention
from extraction.document import Span
from extraction.places.found import FoundPlace
from extraction.text.marks import marks_of
from extraction.text.numbers import Number
from extraction.text.sentences import Sentence
from extraction.text.signals import Signal, Signals
from extraction.text.words import Token
from gazetteer import Folded

_INVOCATIONS = ("بسم الله", "بسمه تعالي", "باسم الله", "in the name of god", "in the name of allah")


class SignalAt(Protocol):
    """``signal(token, kind, *subs)``: the signal of a kind that starts at a token."""

    def __call__(self, token: int, kind: str, *subs: str) -> Signal | None: ...


@dataclass(slots=True)
class Page:
    """Everything found in one article. Positions are tokens unless named otherwise.

    ``signal``, ``place`` and ``any_number`` tell the signal of a kind, the place and the number
    (whatever it counts) that start at a token, ``in_place`` and ``in_date`` whether a token is
    part of a place name or of a date; ``first`` has the signals by kind and first token, ``texts``
    the tokens' words.
    """

    text: str
    lang: str
    published: datetime | None
    folded: Folded
    tokens: Sequence[Token]
    sentences: Sequence[Sentence]
    signals: Signals
    numbers: Sequence[Number]
    dates: Sequence[DateMention]
    places: Sequence[FoundPlace] = ()
    title: str = ""  # folded
    title_dates: Sequence[DateMention] = ()
    texts: list[str] = field(default_factory=list)
    _marked: list[tuple[int, int]] = field(default_factory=list)
    _starts: list[int] = field(default_factory=list)
    _number_at: dict[int, Number] = field(default_factory=dict)
    _number_last: dict[int, int] = field(default_factory=dict)
    _opens: list[int] = field(default_factory=list)  # where sentences begin
    _place_ends: list[int] = field(default_factory=list)
    _place_at: dict[int, FoundPlace] = field(default_factory=dict)
    _inside_place: set[int] = field(default_factory=set)
    _inside_date: set[int] = field(default_factory=set)
    bounds: list[tuple[int, int]] = field(default_factory=list)
    # Asked of every word again and again: looked up without a call in between.
    signal: SignalAt = field(init=False)
    first: Mapping[str, Mapping[int, Signal]] = field(init=False)
    place: Callable[[int], FoundPlace | None] = field(init=False)
    any_number: Callable[[int], Number | None] = field(init=False)
    in_place: Callable[[int], bool] = field(init=False)
    in_date: Callable[[int], bool] = field(init=False)

    def __post_init__(self) -> None:
        self.signal = self.signals.at
        self.first = self.signals.first
        self.place = self._place_at.get
        self.any_number = self._number_at.get
        self.in_place = self._inside_place.__contains__
        self.in_date = self._inside_date.__contains__
        self._starts = [t.start for t in self.tokens]
        self.texts = [t.text for t in self.tokens]
        marks = map(marks_of(self.lang), self.texts)
        self._marked = [(i, bits) for i, bits in enumerate(marks) if bits]
        for number in self.numbers:
            first = self.token_at(number.start)
            self._number_at[first] = number
            self._number_last[first] = self.token_at(number.end - 1) + 1
        for mention in self.dates:
            self._inside_date.update(
                range(self.token_at(mention.start), self.token_at(mention.end - 1) + 1)
            )
        self.bounds = [
            (bisect_left(self._starts, s.start), bisect_left(self._starts, s.end))
            for s in self.sentences
        ]
        self._opens = [first for first, _ in self.bounds]

    def put_places(self, places: Sequence[FoundPlace]) -> None:
        """Add the settled places; done once, after the signals are known."""
        self.places = places
        self._place_ends = [place.last for place in places]
        for place in places:
            self._place_at[place.first] = place
            self._inside_place.update(range(place.first, place.last))

    def where(self, mark: int) -> list[int]:
        """The tokens whose word has a mark, in order."""
        return [i for i, marks in self._marked if marks & mark]

    def all_in_date(self, first: int, last: int) -> bool:
        """Whether nothing but dates stands at tokens ``[first, last)``."""
        return self._inside_date.issuperset(range(first, last))

    def token_at(self, position: int) -> int:
        """The token that holds a character of the folded text (or the one before a gap)."""
        return max(0, bisect_right(self._starts, position) - 1)

    def number(self, token: int) -> Number | None:
        """The number that starts at a token, if it counts things and is no date or place."""
        if token in self._inside_place or token in self._inside_date:
            return None
        number = self._number_at.get(token)
        return number if number is not None and number.counts else None

    @property
    def number_tokens(self) -> Iterable[int]:
        """The tokens at which numbers start."""
        return self._number_at.keys()

    def after_number(self, token: int) -> int:
        """The token after the number that starts at ``token``."""
        return self._number_last[token]

    def places_before(self, token: int, count: int) -> Sequence[FoundPlace]:
        """The last places that end before a token, in order."""
        stop = bisect_right(self._place_ends, token)
        return self.places[max(0, stop - count) : stop]

    @property
    def statement(self) -> bool:
        """Whether it is an armed group's own statement: it opens with God's name or His word."""
        opening = self.words(0, min(len(self.tokens), 12)) if self.tokens else ""
        return opening.startswith(_INVOCATIONS) or "﴿" in self.text[:40]

    def sentence_at(self, token: int) -> int:
        """The number of the sentence that holds a token."""
        return max(0, bisect_right(self._opens, token) - 1)

    @property
    def date_tokens(self) -> frozenset[int]:
        """The tokens that are part of dates."""
        return frozenset(self._inside_date)

    def span(self, first: int, last: int) -> Span:
        """Tokens ``[first, last)`` as a span of the original text."""
        return self.char_span(self.tokens[first].start, self.tokens[last - 1].end)

    def char_span(self, start: int, end: int) -> Span:
        """Folded characters as a span of the original text."""
        return Span(*self.folded.span(start, end))

    def words(self, first: int, last: int) -> str:
        """The folded words of tokens ``[first, last)``."""
        tokens = self.tokens[first:last]
        return self.folded.text[tokens[0].start : tokens[-1].end] if tokens else ""

    def original(self, first: int, last: int) -> str:
        """The very words of tokens ``[first, last)``."""
        return self.span(first, last).of(self.text)
