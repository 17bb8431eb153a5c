"""What has been found in the article so far; a name met again leans on it."""

from __future__ import annotations

from collections import Counter

from extraction.places.found import FoundPlace, PlaceFindings, Refused
from extraction.places.names import PlaceIndex, arabic_key
from extraction.places.surroundings import Surroundings
from extraction.text.words import arabic_forms, is_arabic
from gazetteer import Place


class Account:
    """The places and refusals of one article, in the order they are met."""

    def __init__(self, text: Surroundings) -> None:
        self._text = text
        self._tokens = text.tokens
        self._words = text.words
        self.findings = PlaceFindings()
        self.accepted: set[str] = set()
        self.regions: Counter[str] = Counter()  # how often the article was in each province
        self.done = 0
        self.two = (-1, "")  # where the second of two names begins, and the head word of both
        self._last_found: FoundPlace | None = None

    def found(
        self,
        first: int,
        last: int,
        place: Place | None,
        confidence: float,
        why: str,
        near: Place | None = None,
        *,
        bare: bool = False,
    ) -> FoundPlace:
        """Takes the name for a place, without what is written onto it."""
        start = self._tokens[first].start
        text = self._tokens[first].text
        if is_arabic(text):
            start += _prefix_length(text, self._words.heads, self._text.index)
        end = self._tokens[last - 1].end
        if self._tokens[last - 1].text.endswith("'s"):
            end -= 2
        found = FoundPlace(first, last, start, end, place, round(confidence, 2), why, near, bare)
        self._last_found = found
        if place is not None:
            self.accepted.add(place.id)
            for region in (place, *self._text.gazetteer.parents(place)):
                if region.level in ("city", "governorate"):
                    self.regions[region.id] += 1
        return found

    def refuse(self, first: int, last: int, why: str) -> Refused:
        return Refused(first, last, self._tokens[first].start, self._tokens[last - 1].end, why)

    def found_before(self, first: int) -> FoundPlace | None:
        """The last accepted place that ends at or before a token."""
        return self._last_found if self._last_found and self._last_found.last <= first else None


def _prefix_length(text: str, heads: frozenset[str], index: PlaceIndex) -> int:
    """How many letters written onto the first word are no part of the name; «لل» is."""
    for form in arabic_forms(text):
        if form.suffix or form.article:
            continue
        if form.text in heads or arabic_key(form.text) in index.by_first_word:
            return 0 if "لل" in text[: len(form.prefix) + 1] else len(form.prefix)
    return 0


class Room:
    """What asks about the words around a name, and about what was found before it."""

    def __init__(self, text: Surroundings, account: Account) -> None:
        self._text = text
        self._tokens = text.tokens
        self._words = text.words
        self._lang = text.lang
        self._account = account
