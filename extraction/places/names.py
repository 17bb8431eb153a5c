"""The names of the gazetteer, looked up at a word of the article in any usual spelling."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import NamedTuple

from extraction.places.context import ARTICLES, head_of, land_of
from extraction.text.words import Token, arabic_forms, is_arabic
from gazetteer import Gazetteer, Name, Place
from gazetteer.spelling import arabic_loose, english_sound, without_brackets

_SILENT = ARTICLES | {"'"}
_LETTER_NUMBER = re.compile(r"\b([a-z]) (\d+)\b")
_ORDINAL = re.compile(r"\b(\d+)(st|nd|rd|th)\b")  # as the tokens are: "14 th of July"
# too wide for a point to mean anything
_NO_POINT = frozenset(("country",))
_SAME_WORD = {"ابي": "ابو", "ابا": "ابو", "بن": "ابن"}


@dataclass(frozen=True, slots=True)
class Known:
    """A name of the gazetteer: the keys of its words, and the places that bear it."""

    keys: tuple[frozenset[str], ...]
    places: tuple[Place, ...]
    name: Name


class Match(NamedTuple):
    """A name of the gazetteer at tokens ``[first, last)``; ``prefix`` is written onto it."""

    first: int
    last: int
    known: Known
    prefix: str
    exact: bool


# what is written onto a word, the names it is alone, and those of several words by the second
_Opening = tuple[str, list[Known], dict[str, list[Known]]]


@lru_cache(maxsize=100_000)
def _sounds(word: str) -> frozenset[str]:
    bare = word.replace("'", "")
    if len(bare) < 4 or not bare.isalpha():
        return frozenset((bare,))
    return english_sound((bare,)) | {bare}


@lru_cache(maxsize=100_000)
def _ranked_sounds(word: str) -> tuple[str, ...]:
    """The keys of a word, the word itself first: the same in every process."""
    return tuple(sorted(_sounds(word), key=lambda key: (key != word, key)))


def _name_words(folded: str, lang: str) -> list[str]:
    words = _LETTER_NUMBER.sub(
        r"\1\2", without_brackets(folded).replace("'", "").replace("-", " ")
    ).split()
    if lang == "en":
        words = _ORDINAL.sub(r"\1 \2", " ".join(words)).split()
        return [w for w in words if w not in ARTICLES] or words
    return words


class PlaceIndex:
    """The gazetteer's names by their first word."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        # by the language of the article
        self.opens = {
            lang: lru_cache(maxsize=100_000)(partial(self._opens, lang=lang))
            for lang in ("ar", "en")
        }
        self._openings = lru_cache(maxsize=100_000)(self._names_from)
        self._sounding = lru_cache(maxsize=100_000)(self._names_like)
        self.by_first_word: dict[str, list[Known]] = defaultdict(list)
        grouped: dict[tuple[str, tuple[str, ...]], list[Name]] = defaultdict(list)
        for name in gazetteer.names:
            if gazetteer.places[name.place_id].kind in _NO_POINT:
                continue
            grouped[name.lang, tuple(_name_words(name.folded, name.lang))].append(name)
        for (lang, words), names in grouped.items():
            places = tuple(dict.fromkeys(gazetteer.places[n.place_id] for n in names))
            if lang == "ar":
                keys = tuple(frozenset((arabic_key(w),)) for w in words)
            else:
                keys = tuple(_sounds(w) for w in words)
            known = Known(keys, places, names[0])
            for key in keys[0]:
                self.by_first_word[key].append(known)
        for entries in self.by_first_word.values():
            entries.sort(key=lambda k: -len(k.keys))

    def _opens(self, word: str, lang: str) -> bool:
        """Whether a name may begin with a word, written small, or is announced by it."""
        if not (word[0].isalpha() or word[0].isdigit()):
            return False
        if is_arabic(word):
            named = bool(self._openings(word))
        else:
            named = word in ARTICLES or bool(self._sounding(word.removesuffix("'s")))
        return named or head_of(word, lang) is not None or land_of(word, lang) is not None

    def at(self, tokens: Sequence[Token], index: int, original: str) -> Match | None:
        """The longest name that starts at a token, or None."""
        word = tokens[index].text
        if is_arabic(word):
            return self._arabic_at(tokens, index)
        return self._english_at(tokens, index, original)

    def _arabic_at(self, tokens: Sequence[Token], index: int) -> Match | None:
        best: Match | None = None
        for prefix, alone, longer in self._openings(tokens[index].text):
            entries = alone
            if longer and index + 1 < len(tokens):
                follows = _loose_forms(tokens[index + 1].text)
                fitting = [known for form in follows for known in longer.get(form, ())]
                if len(fitting) > 1:
                    fitting.sort(key=lambda known: -len(known.keys))
                entries = fitting + alone if fitting else alone
            for known in entries:
                if best is not None and len(known.keys) <= best.last - best.first:
                    break
                last = index + len(known.keys)
                if last <= len(tokens) and all(
                    _same_arabic(tokens[index + k].text, known.keys[k])
                    for k in range(2, len(known.keys))
                ):
                    best = Match(index, last, known, prefix, not prefix)
                    break
        return best

    def _names_from(self, word: str) -> tuple[_Opening, ...]:
        """The names that an Arabic word may open, by what is written onto it."""
        found = []
        for form in arabic_forms(word):
            entries = self.by_first_word.get(arabic_key(form.text))
            if form.article or form.suffix or not entries:
                continue
            longer: dict[str, list[Known]] = defaultdict(list)
            for known in entries:
                for key in known.keys[1] if len(known.keys) > 1 else ():
                    longer[key].append(known)
            alone = [known for known in entries if len(known.keys) == 1]
            found.append((form.prefix, alone, longer))
        return tuple(found)

    def _english_at(self, tokens: Sequence[Token], index: int, original: str) -> Match | None:
        start = index
        if tokens[index].text in ARTICLES and index + 1 < len(tokens):
            if tokens[index + 1].text in ARTICLES:
                return None
            start = index + 1
        word, start = self._opening_word(tokens, start)
        bare = word.removesuffix("'s")
        sounding = self._sounding(bare)
        if not sounding:
            return None
        best: Match | None = None
        second = self._next_word(tokens, start)
        follows = _sounds(tokens[second].text.removesuffix("'s")) if second else frozenset()
        for entries in sounding:
            for known in entries:
                if best is not None and len(known.keys) <= best.last - best.first:
                    break
                if len(known.keys) > 1 and follows.isdisjoint(known.keys[1]):
                    continue
                last = self._follow(tokens, start, known)
                if last and self._spelled(tokens, start, last, known, original):
                    best = Match(index, last, known, "", bare in known.name.folded)
                    break
        return best

    @staticmethod
    def _opening_word(tokens: Sequence[Token], at: int) -> tuple[str, int]:
        """The first word of a name and its last token: "K-1" is one word of three tokens."""
        word = tokens[at].text
        if len(word) == 1 and at + 2 < len(tokens) and tokens[at + 1].text == "-":
            number = tokens[at + 2].text
            if number.isdigit() and tokens[at + 2].start - tokens[at].end == 1:
                return word + number, at + 2
        return word, at

    def _names_like(self, word: str) -> tuple[list[Known], ...]:
        """The names that an English word may open, by how it sounds."""
        return tuple(
            self.by_first_word[key] for key in _ranked_sounds(word) if key in self.by_first_word
        )

    @staticmethod
    def _follow(tokens: Sequence[Token], start: int, known: Known) -> int:
        """The token after the name if its words follow one another, else 0."""
        position = start
        for key in known.keys[1:]:
            position = PlaceIndex._next_word(tokens, position)
            if not position or _sounds(tokens[position].text.removesuffix("'s")).isdisjoint(key):
                return 0
        return position + 1

    @staticmethod
    def _next_word(tokens: Sequence[Token], index: int) -> int:
        """The token with which a name goes on after the one at ``index``; 0 where none can."""
        position = index + 1
        while position < len(tokens) and tokens[position].text in _SILENT:
            position += 1
        # "Baghdad's Green Zone" is two names
        if position == len(tokens) or tokens[position - 1].text.endswith("'s"):
            return 0
        return position

    @staticmethod
    def _spelled(
        tokens: Sequence[Token], start: int, last: int, known: Known, original: str
    ) -> bool:
        """Whether it is written as a name: with a capital, unless several exact words agree."""
        initial = original[tokens[start].start]
        if initial.isupper() or initial.isdigit():
            return True
        return len(known.keys) > 1 and all(
            tokens[i].text in known.name.folded for i in range(start, last)
        )


@lru_cache(maxsize=100_000)
def arabic_key(word: str) -> str:
    return arabic_loose(_SAME_WORD.get(word, word))


@lru_cache(maxsize=100_000)
def _loose_forms(word: str) -> frozenset[str]:
    loose = arabic_key(word)
    found = {loose}
    if loose.startswith("لل"):
        found.add("ال" + loose[2:])
    return frozenset(found)


def _same_arabic(word: str, key: frozenset[str]) -> bool:
    return not _loose_forms(word).isdisjoint(key)
