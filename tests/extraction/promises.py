"""What every reading promises, whatever the article: nothing is said without the words for it."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import get_args

from extraction import Article, Draft, Reading, Span
from extraction.document import ACTS, DAYPARTS, EVENT_TYPES, ROLES, Level, Relation

LEVELS = get_args(Level)
RELATIONS = get_args(Relation)
_PRECISION = {0: "unknown", 4: "year", 7: "month", 10: "day"}


def check(article: Article, reading: Reading) -> None:
    """Raise AssertionError where a reading breaks a promise."""
    text = article.text
    for mention in reading.mentions:
        _quoted(mention.span, mention.surface, text)
        _placed(mention.lat, mention.lon)
        assert 0 <= mention.confidence <= 1
        assert mention.level is None or mention.level in LEVELS
        assert (mention.place_id is None) == (mention.name_en is None)
    for mention, following in pairwise(reading.mentions):
        assert mention.span.end <= following.span.start, (mention, following)
    for unresolved in reading.unresolved:
        _quoted(unresolved.span, unresolved.surface, text)
        assert unresolved.why
    for draft in reading.drafts:
        _draft(draft, text)
    json.dumps(reading.to_dict(), allow_nan=False)


def _draft(draft: Draft, text: str) -> None:
    assert draft.event in EVENT_TYPES
    assert draft.daypart is None or draft.daypart in DAYPARTS
    assert draft.date_precision == _PRECISION[len(draft.date or "")]
    for figures in (draft.munitions, draft.killed, draft.wounded):
        best, low, high = figures.best, figures.low, figures.high
        assert (best is None) == (low is None) == (high is None)
        assert best is None or low is None or high is None or 0 <= low <= best <= high
        assert (best is None) == (figures.status in ("unknown", "denied"))
    for site in draft.sites:
        _quoted(site.span, site.surface, text)
        _placed(site.lat, site.lon)
        assert site.role in ROLES
        assert site.relation in RELATIONS
        assert site.count is None or site.count >= 0
    for victim in draft.victims:
        assert victim.count is None or victim.count >= 0
    for statement in draft.statements:
        _quoted(statement.span, statement.quote, text)
        assert statement.act in ACTS
        assert 0 <= statement.confidence <= 1
    for name in (*draft.claimed_by, *draft.attributed_to, *draft.denied_by):
        assert name


def _quoted(span: Span, words: str, text: str) -> None:
    assert 0 <= span.start < span.end <= len(text), span
    assert span.of(text) == words


def _placed(lat: float | None, lon: float | None) -> None:
    assert (lat is None) == (lon is None)
    if lat is not None and lon is not None:
        assert -90 <= lat <= 90
        assert -180 <= lon <= 180
