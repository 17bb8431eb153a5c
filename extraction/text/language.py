"""Which language an article is in, and whether it only plays with the words of war."""

from __future__ import annotations

import re
from string import ascii_letters
from typing import Literal

from extraction.page import Page
from extraction.text.signals import Signals

_ARABIC = re.compile(r"[\u0621-\u064a]+")
_LETTER = re.compile(r"[\u0621-\u064aA-Za-z]")
_SAMPLE = 4000
_ENOUGH = 3


def detect_language(text: str) -> Literal["ar", "en", "other"]:
    """``ar`` or ``en`` by the letters that prevail; ``other`` where neither letters appear."""
    first = _LETTER.search(text)
    if first is None:
        return "other"
    sample = text[first.start() : first.start() + _SAMPLE]
    latin = sum(map(sample.count, ascii_letters))
    arabic = 0
    for word in _ARABIC.finditer(sample):
        arabic += len(word[0])
        if arabic >= latin:
            return "ar"
    return "en"


def is_play(page: Page) -> bool:
    """Sport, business and letters borrow words of war: many such words, no sober witness."""
    metaphors = len(page.signals.of_kind("nonevent", "metaphor", "sport"))
    return metaphors >= _ENOUGH and metaphors > 2 * _sober(page.signals)


def is_sport(page: Page) -> bool:
    """Whether clubs named after places are the likelier reading of a place name."""
    sport = len(page.signals.of_kind("nonevent", "sport"))
    return sport >= _ENOUGH and sport > 2 * _sober(page.signals)


def _sober(signals: Signals) -> int:
    """Officials who speak, launchers, weapons by name, the dead counted."""
    return (
        len(signals.of_kind("speaker", "5", "4"))
        + len(signals.of_kind("launcher"))
        + len(signals.of_kind("weapon"))
        + sum(1 for s in signals.of_kind("casualty", "killed") if not s.verb)
    )
