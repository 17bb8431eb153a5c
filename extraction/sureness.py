"""How sure a value is: the share of such values that are right in articles not seen before.

A value is right only where its event is, so its confidence is the product of two shares: that of
events told so fully, and that of such values in events that were read right. Both were counted
on annotated articles that the reader had not been developed on; ``manage.py evaluate`` counts
them anew. Nothing here is a feeling: change a share when the count changes.
"""

from __future__ import annotations

from extraction.blows.blow import SiteUse
from extraction.events.choosing import Chosen
from extraction.events.event import Event

# Events: told as news with kind, day and place; or with one of them missing; and looked back at.
_ALONE, _AMONG_OTHERS, _INCOMPLETE = 0.90, 0.88, 0.65
_RECALLED, _RECALLED_INCOMPLETE = 0.82, 0.6

# Values in events that were read right.
_FIGURE = {"munitions": 0.92, "killed": 0.95, "wounded": 0.92}
_DISPUTED = 0.85
_OTHER_FIGURE = 0.2  # one of several, and not the one that was chosen
_WORD = {"date": 0.99, "event": 0.98, "weapon": 0.98}
_SITE = {"impact": 0.93, "launch": 0.93, "intercept": 0.9, "target": 0.75}
_AIMED = 0.85
_INFERRED = 0.55
_ACT = {"claims": 0.85, "attributes": 0.8, "denies": 0.85, "disowns": 0.85}


def of_event(event: Event, *, alone: bool) -> float:
    """The share of events told like this that are events, with their day and place right.

    ``alone``: the article tells no other attack as news.
    """
    dated = event.date is not None and len(event.date) == 10
    placed = any(
        s.role == "impact" and not s.inferred and s.place is not None and s.place.position
        for s in event.sites
    )
    full = event.named and dated and placed
    if not event.focus:
        return _RECALLED if full else _RECALLED_INCOMPLETE
    if not full:
        return _INCOMPLETE
    return _ALONE if alone else _AMONG_OTHERS


def of_word(field: str) -> float:
    """The share of right dates, kinds and weapons in events that are right."""
    return _WORD[field]


def of_figure(field: str, value: int, chosen: Chosen) -> float:
    """The share of right figures: the one chosen, told alike by all or disputed, or another."""
    if value != chosen.best:
        return _OTHER_FIGURE
    return _FIGURE[field] if chosen.low == chosen.high else _DISPUTED


def of_site(use: SiteUse) -> float:
    """The share of right places in that role."""
    if use.inferred:
        return _INFERRED
    return _AIMED if use.role == "impact" and use.certainty != "fell" else _SITE[use.role]


def of_act(act: str) -> float:
    """The share of right claims, attributions and denials."""
    return _ACT[act]
