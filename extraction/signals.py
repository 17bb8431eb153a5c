"""Find what the words of an article signal: munitions, triggers, casualties, speech, negation …"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import partial
from typing import Any, NamedTuple

from extraction.lexicon import Lexicon
from extraction.lexicon import Number as Grammatical
from extraction.words import Form, Token


class Signal(NamedTuple):
    """A lexicon entry at tokens ``[first, last)``, characters ``[start, end)`` (folded)."""

    kind: str
    sub: str
    first: int
    last: int
    start: int
    end: int
    number: Grammatical
    verb: bool
    form: Form
    data: Any = None

    def is_(self, kind: str, *subs: str) -> bool:
        """Whether it is of that kind and, if any are given, of one of those subs."""
        return self.kind == kind and (not subs or self.sub in subs)


# A signal of ten values in a row; an article has hundreds.
_signal = partial(tuple.__new__, Signal)


class Signals:
    """The signals of one article, in order, by token and by kind."""

    def __init__(self, found: Sequence[Signal]) -> None:
        self.all = tuple(found)
        self.by_first: dict[int, list[Signal]] = {}
        self._of_kind: dict[str, list[Signal]] = {}
        for signal in found:
            self.by_first.setdefault(signal.first, []).append(signal)
            self._of_kind.setdefault(signal.kind, []).append(signal)
        self._positions = {kind: [s.first for s in of] for kind, of in self._of_kind.items()}

    def at(self, token: int, kind: str, *subs: str) -> Signal | None:
        """The signal of that kind that starts at a token."""
        for signal in self.by_first.get(token, ()):
            if signal.kind == kind and (not subs or signal.sub in subs):
                return signal
        return None

    def of_kind(self, kind: str, *subs: str) -> list[Signal]:
        """All signals of a kind."""
        found = self._of_kind.get(kind, [])
        return [s for s in found if s.sub in subs] if subs else found

    def between(self, first: int, last: int, kind: str, *subs: str) -> list[Signal]:
        """Signals of a kind that start at tokens ``[first, last)``."""
        positions = self._positions.get(kind)
        if positions is None:
            return []
        found = self._of_kind[kind][bisect_left(positions, first) : bisect_left(positions, last)]
        return [s for s in found if s.sub in subs] if subs else found

    def any(self, first: int, last: int, kind: str, *subs: str) -> bool:
        """Whether there is one between."""
        positions = self._positions.get(kind)
        if positions is None:
            return False
        i = bisect_left(positions, first)
        if not subs:
            return i < len(positions) and positions[i] < last
        signals = self._of_kind[kind]
        while i < len(positions) and positions[i] < last:
            if signals[i].sub in subs:
                return True
            i += 1
        return False


_TELLING = frozenset(("trigger", "casualty", "victim", "munition", "damage"))


def _outside_names(found: list[Signal]) -> list[Signal]:
    """Without what only stands in a group's name: «عصائب أهل الحق» hits nothing."""
    named = [s for s in found if s.kind == "group" and s.last - s.first > 1]
    inside = {i: g for g in named for i in range(g.first, g.last)}
    if not inside:
        return found
    return [
        s
        for s in found
        if s.kind not in _TELLING or s.first not in inside or s.last > inside[s.first].last
    ]


def _literal(found: list[Signal]) -> list[Signal]:
    """Without weapons and blows that a following adjective makes a figure of speech."""
    figures = {s.first for s in found if s.kind == "figure"}
    if not figures:
        return found
    return [s for s in found if not (s.kind in ("munition", "trigger") and s.last in figures)]


def _not_idioms(found: list[Signal]) -> list[Signal]:
    """Without the weapons of "like a rocket" and "a surveillance drone", which hurt nobody."""
    inside = {i for s in found if s.kind == "idiom" for i in range(s.first, s.last)}
    return [s for s in found if s.kind != "munition" or s.first not in inside] if inside else found


def _people(found: list[Signal]) -> list[Signal]:
    """Without «عسكرية» in «بزات عسكرية»: after a thing it is an adjective, and nobody is hurt."""
    ends = {s.last for s in found if s.kind in ("victim", "casualty")}
    return [
        s for s in found if s.kind != "victim" or not s.form.text.endswith("يه") or s.first in ends
    ]


def _news(found: list[Signal]) -> list[Signal]:
    """Without «الحادثة», the event told here, and «الواقعة», which lies somewhere."""
    return [s for s in found if not (s.kind == "recall" and s.form.article)]


def find_signals(lexicon: Lexicon, tokens: Sequence[Token]) -> Signals:
    """Every signal; of the same kind the longest wins and covers what it spans."""
    found: list[Signal] = []
    covered: dict[str, int] = {}
    for i, hits in lexicon.hits(tokens):
        start = tokens[i].start
        longest: dict[str, int] = {}
        for length, entry, form in hits:
            kind, sub, number, verb, data = entry
            if covered.get(kind, 0) > i:
                continue
            last = i + length
            end = tokens[last - 1].end
            found.append(_signal((kind, sub, i, last, start, end, number, verb, form, data)))
            if length > 1:
                longest[kind] = max(last, longest.get(kind, 0))
        covered |= longest
    return Signals(_people(_news(_not_idioms(_literal(_outside_names(found))))))
