"""Folded text → tokens, and the forms under which an Arabic token may stand in a lexicon.

Arabic writes little words onto the next one: «وبالمنطقة» is «و» + «ب» + «المنطقة». A token is
looked up under every form that is left when such clitics are taken off, most literal first.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, repeat
from typing import NamedTuple

# Plain words come first: they are most of a text, and soonest read; a space is passed at once.
_TOKEN = re.compile(
    r"(?=\S)([a-zء-ي]++(?![\w'.])|(?:(?<![^\W_])[a-z]\.){2,}|[^\W\d_]+\d{0,3}(?:'[^\W\d_]+)*"
    r"|\d+(?:[.,:/]\d+)*|[^\w\s]|_)"
)
_DOTTED = re.compile(r"[a-z]\.[a-z]\.")
_MIN_STEM = 2


class Token(NamedTuple):
    """A word, number or mark at ``[start, end)`` of the folded text."""

    start: int
    end: int
    text: str

    @property
    def is_word(self) -> bool:
        return self.text[0].isalpha()


def tokenize(folded: str) -> list[Token]:
    """Words (with inner apostrophes), numbers and single marks, in order."""
    for spelling, usual in _ONE_SPELLING.items():
        folded = folded.replace(spelling, usual)
    pieces = _TOKEN.split(folded)  # gap, token, gap, token … gap
    bounds = list(accumulate(map(len, pieces)))
    texts = pieces[1::2]
    if _DOTTED.search(folded):
        texts = [_undotted(text) if "." in text else text for text in texts]
    # without a call of Python's for each of an article's hundreds
    tokens = zip(bounds[::2], bounds[1::2], texts, strict=False)
    return list(map(tuple.__new__, repeat(Token), tokens))


def _undotted(text: str) -> str:
    """u.s. → us"""
    return text.replace(".", "") if len(text) > 2 and text[0].isalpha() else text


@dataclass(frozen=True, slots=True)
class Form:
    """One way to read a token: ``text`` is what is left after ``prefix`` came off.

    ``article`` says that a leading «ال» came off as well; ``suffix`` is a pronoun at the end.
    """

    text: str
    prefix: str = ""
    article: bool = False
    suffix: str = ""


# Spellings of one word that newsrooms differ on, as long as each other; the tokens read alike.
_ONE_SPELLING = {"اميرك": "امريك"}
# Nouns of two letters that still take a preposition written onto them: «بحي».
_SHORT_NOUNS = frozenset(("حي",))
_SUFFIXES = ("هما", "هم", "ها", "ه")


@lru_cache(maxsize=100_000)
def arabic_forms(word: str) -> tuple[Form, ...]:
    """The forms of a folded Arabic word, most literal first, each text once."""
    stems: list[tuple[str, str]] = [(word, "")]
    if word[0] in "وف" and len(word) > _MIN_STEM:
        stems.append((word[1:], word[0]))
    for stem, prefix in tuple(stems):
        if stem.startswith("لل") and len(stem) > 3:
            stems.append(("ال" + stem[2:], prefix + "ل"))
        if stem[0] in "بلك" and (len(stem) > 3 or stem[1:] in _SHORT_NOUNS):
            stems.append((stem[1:], prefix + stem[0]))
    forms = [Form(stem, prefix) for stem, prefix in stems]
    forms += [
        Form(stem[2:], prefix, article=True)
        for stem, prefix in stems
        if stem.startswith("ال") and len(stem) > 3
    ]
    for stem, prefix in stems[:2]:
        for suffix in _SUFFIXES:
            if stem.endswith(suffix) and len(stem) - len(suffix) > _MIN_STEM:
                bare = stem[: -len(suffix)]
                forms.append(Form(bare, prefix, suffix=suffix))
                if bare.endswith("ت"):
                    forms.append(Form(bare[:-1] + "ه", prefix, suffix=suffix))
                break
    seen: dict[str, Form] = {}
    for form in forms:
        seen.setdefault(form.text, form)
    return tuple(seen.values())


@lru_cache(maxsize=100_000)
def english_forms(word: str) -> tuple[Form, ...]:
    """The word, and the word without a possessive ending."""
    if word.endswith("'s") and len(word) > 3:
        return (Form(word), Form(word[:-2], suffix="'s"))
    return (Form(word),)


def is_arabic(text: str) -> bool:
    """Whether the first letter is Arabic."""
    return bool(text) and "\u0600" <= text[0] <= "\u08ff"


def forms(word: str) -> tuple[Form, ...]:
    """The forms of one folded word of either language."""
    return arabic_forms(word) if is_arabic(word) else english_forms(word)
