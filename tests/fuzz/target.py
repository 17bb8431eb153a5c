"""Bytes → article → reading → promises: what a fuzzer turns, apart from any fuzzer.

Two bytes choose one piece of text. Most pieces are words and names that the reader knows, so that
what the fuzzer learns about the rules is soon about sentences and not about letters.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import extraction
from extraction import Article
from gazetteer import load
from tests.extraction.promises import check
from tests.extraction.vocabulary import (
    GLUE,
    MARKS,
    SCALARS,
    lexicon_phrases,
    place_names,
    sentences,
)

_PUBLISHED = datetime(2020, 11, 18, 9, 30, tzinfo=UTC)
_LANGS = (None, "ar", "en", "other")
_HEADER = 3


def article_of(data: bytes) -> Article:
    """The article that some bytes spell; every string of bytes spells one."""
    head, body = data[:_HEADER].ljust(_HEADER, b"\0"), data[_HEADER:]
    lang = "ar" if head[0] & 1 else "en"
    published = None if head[1] == 0 else _PUBLISHED + timedelta(hours=head[1])
    text = "".join(_piece(lang, body[i], body[i + 1]) for i in range(0, len(body) - 1, 2))
    return Article(text, published=published, lang=_LANGS[head[2] % len(_LANGS)])


def _piece(lang: str, kind: int, which: int) -> str:
    # A byte of kind is 16 ways to go on x 16 kinds; several kinds share a long list.
    glue, kind = GLUE[kind >> 4], kind & 15
    for pieces, share in (
        (lexicon_phrases(lang), 5),
        (place_names(lang), 3),
        (sentences(lang), 3),
        (SCALARS, 1),
        (MARKS, 1),
    ):
        if kind < share:
            # Every piece of a list longer than its share of numbers stays within reach.
            stride = max(1, len(pieces) // (256 * share))
            return pieces[(kind * 256 + which) * stride % len(pieces)] + glue
        kind -= share
    # What is left: one letter, of the Arabic block or of the first 256.
    return chr(which + 0x600 * (kind % 2)) + glue


def run(data: bytes) -> None:
    """Read the article that the bytes spell; AssertionError or a crash is a find."""
    article = article_of(data)
    check(article, extraction.extract(article, load()))
