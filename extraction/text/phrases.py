"""Words of a folded text, and tables of phrases to look up in them, for numbers and dates.

One pass cuts the text into words; every later question is a dictionary lookup. A phrase table
is a trie over words. Arabic writes short particles onto the next word (و ف ب ل ك and the
article), so a table may hold each entry with every particle in front of it; a match says how
many letters belong to the particle.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple

from extraction.text.marks import mark, marks_of
from gazetteer.folding import fold

Lang = Literal["ar", "en"]

LANG_DIR: Final = Path(__file__).parent.parent / "lang"

_LETTERS: Final = "a-zء-يٮ-ۓ"
# A comma or point inside digits belongs to the number; an Arabic comma does so only where it
# groups thousands, because "3،5" is a list.
_WORD: Final = re.compile(
    rf"([{_LETTERS}]+|[0-9]+(?:[.,:/٫٬-][0-9]+|،[0-9]{{3}}(?![0-9]))*|[^{_LETTERS}0-9 ])"
)

_PARTICLES: Final = ("و", "ف", "ب", "ل", "ك", "وب", "ول", "وك", "فب", "فل", "فك")
_ARTICLES: Final = ("ال", "وال", "فال", "بال", "كال", "وبال", "وكال", "فبال", "لل", "ولل", "فلل")


_FIGURE: Final = mark(lambda word, _: ":" > word >= "0")


class Words:
    """The words of one folded text and where each begins."""

    __slots__ = ("_marks", "starts", "text", "words")

    def __init__(self, folded: str, lang: Lang) -> None:
        self.text = folded
        pieces = _WORD.split(folded)  # gap, word, gap, word … gap
        self.words: list[str] = pieces[1::2]
        self.starts: list[int] = list(accumulate(map(len, pieces)))[::2]
        self._marks = list(map(marks_of(lang), self.words))

    def word(self, i: int) -> str:
        """The word at ``i``, "" outside the text."""
        return self.words[i] if 0 <= i < len(self.words) else ""

    def end(self, i: int) -> int:
        """Where word ``i`` ends in the text."""
        return self.starts[i] + len(self.words[i])

    def figures_and(self, mark: int) -> list[int]:
        """The words that are figures or have a mark, in order."""
        either = _FIGURE | mark
        return [i for i, marks in enumerate(self._marks) if marks & either]

    def touches(self, i: int) -> bool:
        """Whether word ``i`` follows the word before it without a space."""
        return 0 < i < len(self.words) and self.starts[i] == self.end(i - 1)


class Match(NamedTuple):
    """A phrase found: its length in words, its tag and value, what stands in front of it.

    ``skip`` letters of the first word are a particle that the phrase does not include.
    """

    length: int
    tag: str
    value: Any
    skip: int
    definite: bool
    particle: str


class _Node:
    __slots__ = ("children", "found")

    def __init__(self) -> None:
        self.children: dict[str, _Node] = {}
        self.found: tuple[str, Any] | None = None

    def match(self, length: int, particle: str, definite: bool) -> Match | None:
        if self.found is None:
            return None
        tag, value = self.found
        skip = len(particle) - 2 if definite else len(particle)
        return Match(length, tag, value, skip, definite, particle)


class Phrases:
    """A trie over words. The first entry filed for a phrase wins; the longest match wins."""

    __slots__ = ("_deeper", "_root", "heads")

    def __init__(self) -> None:
        self._root = _Node()
        # Surface of a first word -> the match if the phrase is that word alone.
        self.heads: dict[str, Match | None] = {}
        # Surface of a first word -> the readings under which a longer phrase may follow.
        self._deeper: dict[str, list[tuple[str, bool, _Node]]] = {}

    def add(self, phrase: str, tag: str, value: Any = None) -> None:
        """File ``phrase``, written in any spelling."""
        node = self._root
        for word in words_of(phrase):
            node = node.children.setdefault(word, _Node())
        if node.found is None:
            node.found = (tag, value)

    def close(self, *, particles: bool = False, article: bool = False) -> Phrases:
        """Make the table ready, with the Arabic particles and the article where asked."""
        self._file(("",), definite=False)
        if article:
            self._file(_ARTICLES, definite=True)
        if particles:
            self._file(_PARTICLES, definite=False)
        return self

    def _file(self, particles: Iterable[str], *, definite: bool) -> None:
        for word, node in self._root.children.items():
            for particle in particles:
                if particle and not word[0].isalpha():
                    continue
                # The particle ل swallows the alef of an article that the entry itself has.
                swallows = not definite and particle.endswith("ل") and word.startswith("ال")
                surface = particle + (word[1:] if swallows else word)
                if self.heads.get(surface) is None:
                    self.heads[surface] = node.match(1, particle, definite)
                if node.children:
                    self._deeper.setdefault(surface, []).append((particle, definite, node))

    def match(self, words: Sequence[str], i: int) -> Match | None:
        """The longest phrase that begins at word ``i``."""
        if i >= len(words):
            return None
        surface = words[i]
        if surface not in self.heads:
            return None
        best = self.heads[surface]
        for particle, definite, head in self._deeper.get(surface, ()):
            length, node = 1, head
            while i + length < len(words):
                child = node.children.get(words[i + length])
                if child is None:
                    break
                node = child
                length += 1
                if node.found is not None and (best is None or length > best.length):
                    best = node.match(length, particle, definite)
        return best


class Endings:
    """Phrases looked up from their last word backwards. The longest one wins."""

    __slots__ = ("_by_last",)

    def __init__(self) -> None:
        self._by_last: dict[str, list[tuple[tuple[str, ...], str]]] = {}

    def add(self, phrase: str, tag: str, *, particles: bool = False) -> None:
        """File ``phrase``; its first word may carry an Arabic particle where asked."""
        first, *rest = words_of(phrase)
        firsts = [first]
        if particles and first[0].isalpha():
            firsts += [particle + first for particle in _PARTICLES]
        for word in firsts:
            words = (word, *rest)
            bucket = self._by_last.setdefault(words[-1], [])
            bucket.append((words, tag))
            bucket.sort(key=lambda pair: -len(pair[0]))

    def match(self, words: Sequence[str], i: int) -> tuple[int, str] | None:
        """Where the longest phrase that ends with word ``i`` begins, and its tag."""
        if i < 0:
            return None
        for phrase, tag in self._by_last.get(words[i], ()):
            start = i + 1 - len(phrase)
            if start >= 0 and tuple(words[start : i + 1]) == phrase:
                return start, tag
        return None


def words_of(phrase: str) -> list[str]:
    """The words of a table entry, folded and cut as the text is."""
    found: list[str] = _WORD.findall(fold(phrase))
    if not found:
        raise ValueError(f"a lexicon entry has no word in it: {phrase!r}")
    return found


@cache
def read_table(lang: Lang, name: str) -> dict[str, Any]:
    """The lexicon file ``lang/<lang>/<name>.toml``. Raises ValueError naming the file."""
    path = LANG_DIR / lang / f"{name}.toml"
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"{path}: {error}; see the comment at the top of the file") from error


def entries(table: dict[str, list[str]]) -> Iterator[tuple[str, str]]:
    """Pairs of key and phrase from a section ``key = [phrase, …]``."""
    for key, phrases in table.items():
        for phrase in phrases:
            yield key, phrase
