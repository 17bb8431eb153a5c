"""What a single word may be to the rooms of the extractor, asked once of each word that occurs.

A room that looks for words of its own says so with ``mark``. The answers of all of them are kept
together, a bit for each, so that a text is gone through once and not once for every room.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Test = Callable[[str, Any], bool]

_MOST = 100_000  # words remembered
_TESTS: list[Test] = []


class _Marks(dict[str, int]):
    """The bits of each word of one language, found when it is first asked for."""

    def __init__(self, lang: str) -> None:
        self._lang: str = lang

    def __missing__(self, word: str) -> int:
        if len(self) >= _MOST:
            self.clear()
        found = sum(1 << bit for bit, test in enumerate(_TESTS) if test(word, self._lang))
        self[word] = found
        return found


_MARKS = {"ar": _Marks("ar"), "en": _Marks("en")}


def mark(test: Test) -> int:
    """The bit of the words that pass a test, which is told the language of the text."""
    for marks in _MARKS.values():
        marks.clear()
    _TESTS.append(test)
    return 1 << len(_TESTS) - 1


def marks_of(lang: str) -> Callable[[str], int]:
    """Tells the bits of a word in a text of that language."""
    return _MARKS[lang].__getitem__
