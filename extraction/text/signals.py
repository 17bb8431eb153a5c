"""Find what the words of an article signal: munitions, triggers, casualties, speech, negation …"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from functools import partial
from typing import Any, NamedTuple

from extraction.text.lexicon import Lexicon
from extraction.text.lexicon import Number as Grammatical
from extraction.text.words import Form, Token


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
        by_first: dict[int, list[Signal]] = defaultdict(list)
        of_kind: dict[str, list[Signal]] = defaultdict(list)
        for signal in found:
            by_first[signal.first].append(signal)
            of_kind[signal.kind].append(signal)
        self.by_first, self._of_kind = by_first, of_kind
        # by kind, the signal that starts at a token; of two the first one counts
        self.first: dict[str, dict[int, Signal]] = defaultdict(dict)
        for kind, of in of_kind.items():
            self.first[kind] = {s.first: s for s in reversed(of)}
        self._positions = {kind: [s.first for s in of] for kind, of in of_kind.items()}

    def at(self, token: int, kind: str, *subs: str) -> Signal | None:
        """The signal of that kind that starts at a token."""
        signal = self.first[kind].get(token)
        if signal is None or not subs or signal.sub in subs:
            return signal
        for other in self.by_first[token]:
            if other.kind == kind and other.sub in subs:
                return other
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


_LOADS = frozenset(("ied", "car_bomb"))
_DESCRIBED = 3  # words that describe a vehicle, before those that say it was loaded
_PARTS = frozenset("in on at near and or by with في علي قرب من عند كانت كان".split())
_HURT = frozenset(("victim", "casualty"))
_FLOODS = frozenset("explosion barrage volley salvo hail bombardment وابل بوابل وابلا".split())
_OF = frozenset(("of", "من"))
_FIRE_WITHIN = 4
_IN_EARNEST = frozenset("munition trigger vehicle rigged accident casualty".split())
_FIRE = frozenset("fire shots ordnance munitions نيران رصاص نار الاطلاقات".split())
_VEILING = frozenset(("group", "figure", "idiom"))
_TELLING = frozenset(("trigger", "casualty", "victim", "munition", "damage"))


def _outside_names(found: list[Signal], veils: list[Signal]) -> list[Signal]:
    """Without what only stands in a group's name: «عصائب أهل الحق» hits nothing."""
    named = [s for s in veils if s.kind == "group" and s.last - s.first > 1]
    inside = {i: g for g in named for i in range(g.first, g.last)}
    if not inside:
        return found
    return [
        s
        for s in found
        if s.kind not in _TELLING or s.first not in inside or s.last > inside[s.first].last
    ]


def _literal(found: list[Signal], veils: list[Signal], tokens: Sequence[Token]) -> list[Signal]:
    """Without weapons and blows that what stands beside them makes a figure of speech."""
    figures = {s.first for s in veils if s.kind == "figure" and s.sub != "before"}
    ahead = {s.last for s in veils if s.kind == "figure" and s.sub == "before"}
    figures |= _floods(found, tokens)
    if not figures and not ahead:
        return found
    return [
        s
        for s in found
        if not (s.kind in ("munition", "trigger") and (s.last in figures or s.first in ahead))
    ]


def _floods(found: list[Signal], tokens: Sequence[Token]) -> set[int]:
    """Where "of discounts" stands in "a barrage of discounts", «وابل من البيانات»."""
    floods = [s for s in found if s.kind == "trigger" and tokens[s.first].text in _FLOODS]
    if not floods:
        return set()
    told = {s.first for s in found if s.kind in _IN_EARNEST}
    of = {s.last for s in floods if s.last < len(tokens) and tokens[s.last].text in _OF}
    return {i for i in of if not _is_fire(tokens, i + 1, told)}


def _is_fire(tokens: Sequence[Token], first: int, told: set[int]) -> bool:
    """Whether what a volley is made of is fire: "of heavy gunfire", «من القذائف»."""
    for i in range(first, min(len(tokens), first + _FIRE_WITHIN)):
        if not tokens[i].text.isalnum():
            return False
        if i in told or tokens[i].text.removeprefix("ال") in _FIRE:
            return True
    return False


def _not_idioms(found: list[Signal], veils: list[Signal]) -> list[Signal]:
    """Without the weapons of "like a rocket" and "a surveillance drone", which hurt nobody.

    Nor does what "went off like a rocket".
    """
    idioms = [s for s in veils if s.kind == "idiom"]
    if not idioms:
        return found
    inside = {i for s in idioms for i in range(s.first, s.last)}
    likened = {s.first for s in idioms if s.form.text.startswith("like ")}
    return [
        s
        for s in found
        if not (s.kind == "munition" and s.first in inside)
        and not (s.kind == "trigger" and s.last in likened)
    ]


def _rigged(found: list[Signal], tokens: Sequence[Token]) -> list[Signal]:
    """«سيارة إسعاف ملغومة», "a fuel tanker packed with explosives": the vehicle was the bomb."""
    loads = {s.first: s for s in found if s.kind == "rigged"}
    loads |= {s.first: s for s in found if s.kind == "munition" and s.sub == "car_bomb"}
    if not loads:
        return found
    worn = {s.last for s in found if s.kind == "munition" and s.sub == "suicide"}
    if worn:  # "a vest packed with explosives"
        found = [
            s
            for s in found
            if not (s.kind == "munition" and s.first in worn and s.sub == "car_bomb")
            or s.number == "plural"
        ]
    bombs: dict[int, Signal] = {}  # by the vehicle's first token
    for vehicle in (s for s in found if s.kind == "vehicle"):
        at = vehicle.last
        while at < len(tokens) and at not in loads and at - vehicle.last < _DESCRIBED:
            if not tokens[at].is_word or tokens[at].text in _PARTS:
                break
            at += 1
        load = loads.get(at)
        if load is not None and load.first > vehicle.first and vehicle.first not in loads:
            bombs[vehicle.first] = vehicle._replace(
                kind="munition", sub="car_bomb", last=load.last, end=load.end
            )
    inside = {i for b in bombs.values() for i in range(b.first, b.last)}
    rigged: list[Signal] = []
    for signal in found:
        if signal.kind == "vehicle" and signal.first in bombs:
            rigged.append(bombs[signal.first])
        if not (signal.kind == "munition" and signal.first in inside):
            rigged.append(signal)
    return rigged


def _laden(found: list[Signal]) -> list[Signal]:
    """Without the bomb of "a bomb-laden drone", «مسيّرة محملة بالمتفجرات»."""
    loaded = {s.first for s in found if s.kind == "munition" and s.sub in _LOADS}
    if not loaded:
        return found
    found = [
        s._replace(sub="drone")
        if s.kind == "munition" and s.sub == "aircraft" and {s.last, s.last + 1} & loaded
        else s
        for s in found
    ]
    drones = [s for s in found if s.kind == "munition" and s.sub == "drone"]
    beside = {i for d in drones for i in (d.first - 1, d.first - 2, d.last, d.last + 1)}
    if not beside:
        return found
    return [
        s
        for s in found
        if not (s.kind == "munition" and s.sub in _LOADS and beside & {s.first, s.last - 1})
    ]


def find_signals(lexicon: Lexicon, tokens: Sequence[Token]) -> Signals:
    """Every signal; of the same kind the longest wins and covers what it spans."""
    found: list[Signal] = []
    veils: list[Signal] = []
    covered: dict[str, int] = {}
    reach = 0  # where the last of what is covered ends
    hurt: set[int] = set()  # the tokens after a word for the hurt
    for i, hits in lexicon.hits(tokens):
        start, alone, _ = tokens[i]
        longest: dict[str, int] | None = None
        for length, kind, sub, number, verb, form, data in hits:
            if i < reach and covered.get(kind, 0) > i:
                continue
            last, end = i + length, alone
            if length > 1:
                end = tokens[last - 1].end
                longest = longest or {}
                longest[kind] = max(last, longest.get(kind, 0))
            if kind == "recall" and form.article:
                continue  # «الحادثة», the event told here; «الواقعة», which lies somewhere
            if kind == "victim" and i not in hurt and tokens[i].text.endswith("يه"):
                continue  # «بزات عسكرية»: an adjective of a thing
            if kind in _HURT:
                hurt.add(last)
            signal = _signal((kind, sub, i, last, start, end, number, verb, form, data))
            found.append(signal)
            if kind in _VEILING:
                veils.append(signal)
        if longest is not None:
            covered |= longest
            reach = max(reach, *longest.values())
    found = _rigged(found, tokens)
    return Signals(
        _laden(_not_idioms(_literal(_outside_names(found, veils), veils, tokens), veils))
    )
