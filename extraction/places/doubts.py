"""Whether something speaks against a name's being a place here, in the order of the reasons."""

from __future__ import annotations

from collections.abc import Sequence

from extraction.places.context import (
    AREA_HEADS,
    DETERMINERS,
    GOVERNMENT,
    INSTITUTION_KINDS,
    REAL_PREPOSITIONS,
)
from extraction.places.evidence import Evidence
from extraction.places.institutions import Institutions
from extraction.places.names import Match
from extraction.places.ordinary import OrdinaryWords
from extraction.places.persons import Persons
from extraction.places.surroundings import Surroundings
from extraction.text.words import arabic_forms
from gazetteer import Place

_TOWARDS = frozenset("in near from outside".split())


class Doubts:
    """Asks every room for what speaks against a name."""

    def __init__(
        self,
        text: Surroundings,
        persons: Persons,
        institutions: Institutions,
        evidence: Evidence,
        ordinary: OrdinaryWords,
    ) -> None:
        self._text = text
        self._tokens = text.tokens
        self._words = text.words
        self._lang = text.lang
        self._persons = persons
        self._institutions = institutions
        self._evidence = evidence
        self._ordinary = ordinary

    def against(
        self, match: Match, place: Place, heads: Sequence[str], tails: Sequence[str]
    ) -> str:
        """Why the name is no place here; empty where nothing speaks against it."""
        words = self._words
        first, last = match.first, match.last
        before = self._text.before(first, 3)
        opening = next(iter(arabic_forms(self._tokens[first].text))).text
        institution = (
            place.kind in INSTITUTION_KINDS
            or place.kind == "government"
            or (len(match.known.keys) > 1 and self._text.forms_in(opening, words.institution))
        )
        seated = self._text.forms_in(self._tokens[first].text, words.seat)
        if institution and not seated and not (place.kind == "hospital" and heads):
            return self._institutions.means_itself(first, last, place)
        single = len(match.known.keys) == 1 and not heads and not tails
        if match.known.name.kind == "short" and not (heads or tails):
            return "" if self._evidence.short_for(match, place) else "an ordinary word"
        if heads and self._text.phrase_before(first, words.organisation, reach=1):
            heads = []
        if (
            len(match.known.keys) == 1
            and self._text.bare_word(first) in words.never_bare
            and AREA_HEADS.isdisjoint((*heads[:1], *tails[:1]))
            and not (self._lang == "en" and before and before[0] in _TOWARDS)
            and not self._evidence.announced(first)
            and not self._evidence.told_where(match)
        ):
            return "an ordinary word"
        if len(before) > 1 and single and self._persons.inside_title(before):
            return "part of an institution's or a person's name"
        if not heads and before and self._institutions.organisation_before(match):
            return "part of an organisation's name"
        located = bool(before) and before[0] in REAL_PREPOSITIONS and self._lang == "en"
        # "the mayor of Tal Afar said"
        owned = next((w for w in before if w not in DETERMINERS), "") == "of"
        located = located or (owned and self._text.phrase_after(last, words.person))
        if (
            self._text.phrase_after(last, words.after)
            and not located
            and (single or place.kind != "landmark")
        ):
            return "followed by words that make it something else"
        if (
            single
            and before
            and (self._persons.is_person(first) or self._persons.plays_a_role(match, before))
        ):
            return "a person's name"
        named = not heads and not single and not self._text.headed(match)
        if named and self._text.phrase_before(first, words.roles, reach=1):
            return "a person's name"  # «الفنان صلاح الدين»
        if self._persons.surname_after(last) or (not heads and self._persons.sheikh(match, before)):
            return "a person's name"
        if single and before and self._persons.plays_a_match(last, before):
            return "a club"
        if self._persons.is_outlet(last):
            return "part of an organisation's name"
        if place.level in ("city", "governorate") and self._institutions.metonym(match):
            return GOVERNMENT
        if place.level == "city" and self._institutions.seat_of_mission(first):
            return "part of an institution's name"
        sure = self._text.bare_word(first) in words.sure
        ambiguous = not sure and any(p.common_word for p in match.known.places)
        if self._evidence.announced(first):
            return ""
        if single and ambiguous and self._ordinary.means_word(last, before, match.known.places):
            return "an ordinary word"
        club = self._text.play or self._text.sentence_of[first] in self._text.sporting
        if single and (ambiguous or club) and not self._evidence.makes_place(match, before):
            return "also an ordinary word or name, and nothing here makes it a place"
        return ""
