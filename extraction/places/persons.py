"""Names of people, clubs and papers that are spelled like places."""

from __future__ import annotations

from collections.abc import Sequence

from extraction.places.context import ARTICLES
from extraction.places.names import Match
from extraction.places.surroundings import Surroundings
from extraction.text.words import arabic_forms

_SHEIKHS = frozenset("الشيخ شيخ السيد سيد الحاج حاج sheikh shaikh sayyid".split())
# what may stand between a person's role and a place: «النائب عن البصرة»
_BETWEEN = frozenset(
    "عن مع ان قد كان لم لن لا ما هو هي امس اليوم غداه ظهر مساء صباح فجر عصر زار تفقد غادر دخل وصل "
    "ترك سكن يسكن تسكن يقطن تقطن".split()
)
_OUTLETS = frozenset("today news times post tv fm media press radio herald".split())
_KUNYA = frozenset("ابو ابي ام".split())
_COURTS = frozenset("محكمه مديريه قياده رئاسه قائد مدير نقابه غرفه لجنه مجلس دائره".split())
_GIVEN_NAMES = frozenset(
    "jihad ali hassan hussein ahmed mohammed muhammad karim kareem jassim salman saleh abbas "
    "hamid hameed khalid khaled nasser jabbar sattar majid mahdi yousif omar othman".split()
)


class Persons:
    """Tells people, clubs and papers from the places they are called like."""

    def __init__(self, text: Surroundings) -> None:
        self._text = text
        self._tokens = text.tokens
        self._words = text.words
        self._lang = text.lang

    def is_person(self, first: int) -> bool:
        if self._lang == "ar":
            if self._tokens[first].text[0] in "وفبل" and not self._tokens[first].text.startswith(
                "ال"
            ):
                attached = arabic_forms(self._tokens[first].text)[0].text
                if attached not in self._text.index.by_first_word:
                    return False
            previous = self._tokens[first - 1]
            if self._text.original[previous.start : previous.end].endswith("على"):
                return False  # the preposition «على», not the man «علي»
            return self._text.phrase_before(first, self._words.person, reach=2)
        previous = self._tokens[first - 1]
        if previous.text in ARTICLES and first > 1:
            previous = self._tokens[first - 2]
        if previous.end < self._tokens[first].start - 1:
            return False
        initial = self._text.original[previous.start]
        return (
            initial.isupper()
            and previous.text.isalpha()
            and previous.text not in self._words.prepositions
            and not self._text.starts_sentence(previous)
        )

    def plays_a_role(self, match: Match, before: Sequence[str]) -> bool:
        """«الناشطة زينة البياع»: what a person is, a first name and a name that is also a word."""
        if len(before) < 2 or match.prefix or not any(p.common_word for p in match.known.places):
            return False
        name = before[0]
        return (
            self._text.forms_in(before[1], self._words.roles)
            and name.isalpha()
            and not name.startswith("ال")
            and not self._text.forms_in(name, self._words.prepositions)
            and name not in _BETWEEN
        )

    def sheikh(self, match: Match, before: Sequence[str]) -> bool:
        """«الشيخ حمد المنصور»: a village called after a sheikh, or another sheikh."""
        opening, last = self._text.bare_word(match.first), match.last
        if opening not in _SHEIKHS or len(match.known.keys) < 2 or last == len(self._tokens):
            return False
        located = before and self._text.forms_in(before[0], self._words.prepositions)
        word = self._tokens[last].text
        named = word.startswith("ال") or word in ARTICLES or self.surname_after(last)
        return named and not located and self._text.same_sentence(last, match.first)

    def surname_after(self, last: int) -> bool:
        """ "Our correspondent, Furat Jihad, said": another name follows that is no place's."""
        if self._lang != "en" or last + 1 >= len(self._tokens) or not self._text.capital(last):
            return False
        between = self._tokens[last].start - self._tokens[last - 1].end
        word = self._tokens[last].text
        return between == 1 and word.isalpha() and word in _GIVEN_NAMES

    def plays_a_match(self, last: int, before: Sequence[str]) -> bool:
        """«خسر أربيل أمام النجف»: a verb of the pitch, and whom it was against."""
        words = self._words
        return self._text.forms_in(before[0], words.clubs) and self._text.phrase_after(
            last, words.against
        )

    def is_outlet(self, last: int) -> bool:
        """ "Baghdad Today reported": a capital that no "today" has within a sentence."""
        return (
            self._lang == "en"
            and last < len(self._tokens)
            and self._tokens[last].text in _OUTLETS
            and self._text.capital(last)
            and self._tokens[last].start - self._tokens[last - 1].end == 1
            and not self._text.original[
                self._tokens[last - 1].start : self._tokens[last].end
            ].isupper()
        )

    def inside_title(self, before: Sequence[str]) -> bool:
        """«محكمة جنايات الرصافة», «أبو عبيدة بغداد»: one word stands between."""
        if before[1].lstrip("و") in _KUNYA:
            return before[0].isalpha()
        return (
            before[1].removeprefix("و") in _COURTS
            and not before[0].startswith("ال")  # «زار قائد التحالف بغداد»
            and not self._text.forms_in(before[0], self._words.prepositions)
        )
