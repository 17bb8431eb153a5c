"""One spelling for names and text, with a way back to the original.

News text spells one name in many ways: with and without hamza seats, final dots, vowel signs,
kashida, Persian keyboard letters, Latin accents, curly quotes. ``fold`` removes these
differences. The rules for Arabic are camel-tools' own (alef, alef maksura, teh marbuta,
dediacritisation, compatibility forms); they are run once, at import, over every code point
concerned, because doing so per text would cost the offsets.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from camel_tools.utils.dediac import dediac_ar
from camel_tools.utils.normalize import (
    normalize_alef_ar,
    normalize_alef_maksura_ar,
    normalize_teh_marbuta_ar,
    normalize_unicode,
)

# Blocks whose letters we fold; everything else passes through untouched.
_BLOCKS = (
    (0x0000, 0x024F),  # Latin
    (0x02B0, 0x036F),  # modifier letters (ʿ ʾ), combining accents
    (0x0600, 0x06FF),  # Arabic
    (0x0750, 0x077F),
    (0x0870, 0x08FF),
    (0x1E00, 0x1EFF),  # Latin with accents
    (0x2000, 0x206F),  # spaces, dashes, quotes, marks of direction
    (0xFB00, 0xFDFF),  # ligatures, Arabic presentation forms
    (0xFE70, 0xFEFF),
    (0xFF00, 0xFF5E),  # full-width Latin
)

_TATWEEL = "\u0640"
_HAMZA_ABOVE = "\u0654"

# What camel-tools leaves apart but Iraqi and Persian keyboards mix up.
_KEYBOARD = {
    "\u06cc": "\u064a",  # Farsi yeh
    "\u06a9": "\u0643",  # keheh
    "\u06aa": "\u0643",  # swash kaf
    "\u06c0": "\u0647",  # heh with yeh above
    "\u06c1": "\u0647",  # heh goal
    "\u06be": "\u0647",  # heh doachashmee
    "\u06d5": "\u0647",  # Kurdish ae
    "\u0672": "\u0627",  # alefs with a wavy or high hamza
    "\u0673": "\u0627",
    "\u0675": "\u0627",
}
_APOSTROPHES = "`\u00b4\u02b9\u02bb\u02bc\u02bd\u02be\u02bf\u2018\u2019\u201a\u201b\u2032\u2035"
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
_LATIN_ALONE = {"ı": "i", "ø": "o", "Ø": "o", "đ": "d", "Đ": "d", "ł": "l", "Ł": "l"}


def _fold_char(char: str) -> str:
    category = unicodedata.category(char)
    if char in _APOSTROPHES:
        return "'"
    if char in _DASHES:
        return "-"
    if char == "\t" or category == "Zs":
        return " "
    if char in "\u0085\u2028\u2029":
        return "\n"
    if char == _TATWEEL or category in ("Mn", "Cf"):
        return ""
    if category == "Nd":
        return str(unicodedata.digit(char))
    if not category.startswith("L"):
        return char
    text = normalize_unicode(_LATIN_ALONE.get(char, char))
    text = "".join(_KEYBOARD.get(c, c) for c in text)
    text = dediac_ar(normalize_teh_marbuta_ar(normalize_alef_maksura_ar(normalize_alef_ar(text))))
    if not "\u0600" <= text[:1] <= "\u08ff":
        text = unicodedata.normalize("NFKD", text.lower())
    if text == char:
        return char
    # A ligature may hold letters that fold further; a vowel sign on its own decomposes to a
    # space that carries it, of which nothing is left.
    return "".join(map(_fold_char, text)).strip()


def _build_table() -> dict[str, str]:
    chars = (chr(code) for first, last in _BLOCKS for code in range(first, last + 1))
    table = {char: folded for char in chars if (folded := _fold_char(char)) != char}
    # Decomposed text writes the seated hamza as two characters; camel-tools composes them.
    for seat in ("\u0648", "\u0649", "\u064a"):
        pair = seat + _HAMZA_ABOVE
        table[pair] = normalize_unicode(normalize_alef_maksura_ar(seat) + _HAMZA_ABOVE)
    return table


def _char_class(chars: Iterator[str]) -> str:
    return "[" + "".join(re.escape(char) for char in chars) + "]"


_TABLE = _build_table()
_SINGLE = _char_class(key for key in _TABLE if len(key) == 1)
_PAIR = "|".join(key for key in _TABLE if len(key) == 2)
# An alternation costs every text three times the time; only decomposed text needs it.
_CHANGED = re.compile(_SINGLE)
_CHANGED_DECOMPOSED = re.compile(f"{_PAIR}|{_SINGLE}")
_RESIZING = _char_class(key for key, to in _TABLE.items() if len(key) == 1 != len(to))
_RESIZED = re.compile(_RESIZING)
_RESIZED_DECOMPOSED = re.compile(f"{_PAIR}|{_RESIZING}")
# The hyphen stands first so that the search skips from hyphen to hyphen.
_HYPHEN_IN_WORD = re.compile(r"-(?<=[^\W\d_]-)(?=[^\W\d_])")


def _replacement(match: re.Match[str]) -> str:
    return _TABLE[match[0]]


def odd_letters(text: str) -> str:
    """Look-alike letters that no Arabic keyboard types, with what to type; "" where all is well.

    Presentation forms and Farsi letters look right on the screen, and then do not sort, search
    or copy like the rest: they have no business in data.
    """
    odd = (
        f"U+{ord(char):04X}, type {_TABLE.get(char) or 'nothing'}"
        for char in text
        if char in _KEYBOARD or "\ufb50" <= char <= "\ufeff" or char in (_TATWEEL, _HAMZA_ABOVE)
    )
    return "; ".join(odd)


def fold(text: str) -> str:
    """The text in the one spelling that names are compared in.

    >>> fold("المنطقةُ الخضـراء"), fold("Al-Karrāda")
    ('المنطقه الخضراء', 'al karrada')

    A hyphen between two letters becomes a space; between digits it stays, so dates survive.
    """
    changed = _CHANGED_DECOMPOSED if _HAMZA_ABOVE in text else _CHANGED
    folded = changed.sub(_replacement, text)
    return _HYPHEN_IN_WORD.sub(" ", folded) if "-" in folded else folded


@lru_cache(maxsize=4096)
def _is_mark(char: str) -> bool:
    return char == _TATWEEL or unicodedata.category(char) == "Mn"


class _Runs(NamedTuple):
    """Where each run begins, folded and in the original, and its last original character."""

    folded: list[int]
    source: list[int]
    last: list[int]


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded text that remembers where each character came from.

    ``text`` is the folded text, ``source`` the original. Offsets are Python characters.
    """

    text: str
    source: str = field(repr=False)
    # Runs of characters kept one to one; None where all are. A split ligature is a run too.
    _runs: _Runs | None = field(default=None, repr=False)

    def original(self, index: int) -> int:
        """Index in the original of the folded character ``index`` (its length for the end)."""
        if not 0 <= index <= len(self.text):
            raise IndexError(f"folded text has {len(self.text)} characters, got {index}")
        if self._runs is None:
            return index
        if index == len(self.text):
            return len(self.source)
        folded, source, last = self._runs
        run = bisect_right(folded, index) - 1
        return min(source[run] + index - folded[run], last[run])

    def letters(self) -> str:
        """The original letters at the folded positions: as long as ``text``, its case kept."""
        if self._runs is None:
            return self.source
        starts, sources, lasts = self._runs
        pieces = []
        for k, start in enumerate(starts):
            stop = starts[k + 1] if k + 1 < len(starts) else len(self.text)
            kept = lasts[k] - sources[k] + 1 == stop - start
            first = sources[k]
            pieces.append(
                self.source[first : first + stop - start] if kept else self.text[start:stop]
            )
        return "".join(pieces)

    def folded(self, index: int) -> int:
        """Index of the first folded character that stems from ``index`` or later."""
        if not 0 <= index <= len(self.source):
            raise IndexError(f"the original has {len(self.source)} characters, got {index}")
        if self._runs is None:
            return index
        folded, source, last = self._runs
        run = bisect_left(last, index)
        if run == len(last):
            return len(self.text)
        return folded[run] + max(index - source[run], 0)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The half-open span of the original that folded ``[start, end)`` came from.

        Vowel signs and kashida behind the last character belong to it; what was removed in
        front of the first does not.
        """
        if start > end:
            raise ValueError(f"a span runs forwards: got [{start}, {end})")
        first = self.original(start)
        if start == end:
            return first, first
        stop = self.original(end - 1) + 1
        source = self.source
        while stop < len(source) and _is_mark(source[stop]):
            stop += 1
        return first, stop


def fold_with_offsets(text: str) -> Folded:
    """``fold(text)`` with the map back to ``text``. Linear in its length.

    >>> folded = fold_with_offsets("في بَغْدادَ اليوم")
    >>> start = folded.text.index("بغداد")
    >>> folded.source[slice(*folded.span(start, start + 5))]
    'بَغْدادَ'
    """
    runs = _Runs([], [], [])
    read = written = 0

    def keep(start: int, end: int, length: int) -> None:
        nonlocal written
        if length:
            runs.folded.append(written)
            runs.source.append(start)
            runs.last.append(end - 1)
            written += length

    resized = _RESIZED_DECOMPOSED if _HAMZA_ABOVE in text else _RESIZED
    for match in resized.finditer(text):
        start, end = match.span()
        keep(read, start, start - read)
        keep(start, start + 1, len(_TABLE[match[0]]))
        read = end
    if read == 0:
        return Folded(fold(text), text)
    keep(read, len(text), len(text) - read)
    return Folded(fold(text), text, runs)
