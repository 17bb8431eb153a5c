"""Which language an article is in, and whether it only plays with the words of war."""

from __future__ import annotations

import re

from extraction.page import Page

_ARABIC = re.compile(r"[\u0621-\u064a]")
_LATIN = re.compile(r"[A-Za-z]")
_SAMPLE = 4000


def detect_language(text: str) -> str:
    """``ar`` or ``en`` by the letters that prevail; ``other`` where neither letters appear."""
    sample = text[:_SAMPLE]
    arabic, latin = len(_ARABIC.findall(sample)), len(_LATIN.findall(sample))
    if arabic == latin == 0:
        return "other"
    return "ar" if arabic >= latin else "en"


def is_play(page: Page) -> bool:
    """Sport, business and letters borrow words of war: many such words, no sober witness."""
    metaphors = sum(1 for s in page.signals.all if s.is_("nonevent", "metaphor"))
    if metaphors < 3:
        return False
    sober = sum(
        1
        for s in page.signals.all
        if (s.kind == "speaker" and s.sub in ("5", "4"))
        or s.kind == "launcher"
        or (s.kind == "weapon")
        or (s.is_("casualty", "killed") and not s.verb)
    )
    return metaphors > 2 * sober
