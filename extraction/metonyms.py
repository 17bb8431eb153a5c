"""Baghdad the government: where a capital's name stands for those who rule there.

"Baghdad called it an escalation", «ودعت السفارة بغداد إلى حماية البعثات» and «بين بغداد وواشنطن»
name nobody's address, while "an adviser in Baghdad said" and «إن بغداد تعرضت لقصف» do.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import lru_cache

from extraction.text.lexicon import word_list
from extraction.text.words import Token, arabic_forms

_REACH = 8  # how far a verb of address may stand before the name
_AR_OPENERS = frozenset("ان وان بان لان فان لكن ولكن".split())
_AR_NEGATIONS = frozenset("لن لم لا ليست".split())
_AR_WHAT_IS_ASKED = ("ب", "ان", "الي", "علي", "لل", "مسؤوليه")
# «القرية الواقعة بين ناحية برطلة وأربيل»
_AR_LIES = frozenset("الواقع الواقعه الممتد الممتده الرابط ناحيه قضاء مدينه بلده قريه".split())
_EN_OPENERS = frozenset(
    ", ; : . \" ' ( - and but that while as because when if since so whether though although "
    "yet third second first finally".split()
)
_EN_HELPERS = frozenset(
    "has have had is was were are be been will would not also now still".split()
)


@dataclass(frozen=True, slots=True)
class _Lists:
    before: frozenset[str]
    after: frozenset[str]
    acts: frozenset[str]
    happens: frozenset[str]
    address: frozenset[str]
    burdens: frozenset[str]
    partners: frozenset[str]
    located: frozenset[str]
    travel: frozenset[str]


@lru_cache(maxsize=2)
def _lists(lang: str) -> _Lists:
    return _Lists(*(word_list(lang, "places.toml", "metonym", f.name) for f in fields(_Lists)))


def stands_for_government(
    tokens: Sequence[Token],
    first: int,
    last: int,
    prefix: str,
    sentence: tuple[int, int],
    lang: str,
) -> bool:
    """Whether the capital named at tokens ``[first, last)`` acts or is spoken to there.

    ``prefix`` is what is written onto the name, ``sentence`` the tokens of its sentence.
    """
    name = _Name(tokens, first, last, prefix, sentence, _lists(lang))
    return name.in_arabic() if lang == "ar" else name.in_english()


@dataclass(frozen=True, slots=True)
class _Name:
    tokens: Sequence[Token]
    first: int
    last: int
    prefix: str
    sentence: tuple[int, int]
    lists: _Lists

    def in_arabic(self) -> bool:
        if self._ends_with(self.lists.before) or self._paired():
            return True
        if self._located():
            return False
        return self._starts_with(self.lists.after) or self._acts_in_arabic() or self._addressed()

    def in_english(self) -> bool:
        if self._ends_with(self.lists.before) or self._paired():
            return True
        if self._located():
            return False
        return self._starts_with(self.lists.after) or self._acts_in_english()

    def _word(self, at: int) -> str:
        first, last = self.sentence
        return self.tokens[at].text if first <= at < last else ""

    def _ends_with(self, phrases: frozenset[str]) -> bool:
        """Whether one of ``phrases`` ends right before the name, with what is written onto it."""
        rest = ""
        for at in range(self.first - 1, self.first - 4, -1):
            word = self._word(at)
            if not word:
                return False
            readings = _readings(word)
            if any(reading + rest in phrases for reading in readings):
                return True
            rest = f" {word}{rest}"
        return False

    def _starts_with(self, phrases: frozenset[str]) -> bool:
        words: list[str] = []
        for at in range(self.last, self.last + 3):
            words.append(self._word(at))
            if " ".join(words) in phrases:
                return True
        return False

    def _located(self) -> bool:
        """«في بغداد», "near Baghdad": then what follows is said of somebody else."""
        if "ب" in self.prefix:
            return True
        before = self._word(self.first - 1)
        if before == "the":  # "the directorate of the Kurdistan Region said"
            before = self._word(self.first - 2)
        return not self.lists.located.isdisjoint(_readings(before or "."))

    def _paired(self) -> bool:
        """«بين بغداد وواشنطن», "Washington and Baghdad" — but not "flights between" them."""
        lists = self.lists
        before, after = self._word(self.first - 1), self._word(self.last)
        start = self.first
        if "و" in self.prefix and before.lstrip("و") in lists.partners:
            start -= 1
        elif before == "and" and self._partner_before(self.first - 1):
            start -= 2
        elif not (
            (after.startswith("و") and after[1:] in lists.partners)
            or (after == "and" and self._word(self.last + 1) in lists.partners)
        ):
            return False
        near = [self._word(at) for at in range(start - 4, start)]
        placed = near[-1:] and (near[-1] in lists.located or not _AR_LIES.isdisjoint(near))
        return not placed and lists.travel.isdisjoint(
            reading for word in near if word for reading in _readings(word)
        )

    def _partner_before(self, at: int) -> bool:
        one, two = self._word(at - 1), f"{self._word(at - 2)} {self._word(at - 1)}"
        return one in self.lists.partners or two in self.lists.partners

    def _acts_in_arabic(self) -> bool:
        """«إن أربيل لن تكون صندوق بريد», «لم تعلق بغداد», but not «إن بغداد تتعرض لقصف»."""
        told = self._word(self.first - 1)
        if self._word(self.first - 2).lstrip("و") in _AR_NEGATIONS and told.startswith("ت"):
            return told not in self.lists.happens
        if self._word(self.first - 1) not in _AR_OPENERS:
            return False
        verb = self._word(self.last)
        if verb in _AR_NEGATIONS:
            verb = self._word(self.last + 1)
            return verb not in self.lists.happens
        return len(verb) > 3 and verb[0] == "ت" and verb not in self.lists.happens

    def _addressed(self) -> bool:
        """«يطالب نواب كتلة شيعية بغداد بجدول زمني»: the object of a demand."""
        asked = self._word(self.last)
        onto = "علي" in _readings(self._word(self.first - 1) or ".")
        if onto and self._verb_before(self.lists.burdens):
            return True
        before = self._word(self.first - 1)
        if not asked.startswith(_AR_WHAT_IS_ASKED) or "ل" in self.prefix:
            return False
        if before == "من":
            return self._asks_of()
        if onto and asked in ("ان", "بان"):
            return True  # «وعلى بغداد أن تحمي البعثات»
        if "و" in self.prefix or not before.isalpha() or len(before) < 3:
            return False
        return self._verb_before(self.lists.address)

    def _asks_of(self) -> bool:
        """«طلبت السفارة من بغداد أن تحمي …»."""
        return self._word(self.last) in ("ان", "بان") and self._verb_before(self.lists.address)

    def _verb_before(self, verbs: frozenset[str]) -> bool:
        for at in range(self.first - 1, self.first - 1 - _REACH, -1):
            word = self._word(at)
            if not word or not word[0].isalpha():
                return False
            if not verbs.isdisjoint(_readings(word)):
                return True
        return False

    def _acts_in_english(self) -> bool:
        """ "Baghdad called it …", "Third, Baghdad is not consulted"."""
        before = self._word(self.first - 1)
        if before and before not in _EN_OPENERS:
            return False
        at = self.last
        while at - self.last < 4 and (
            self._word(at) in _EN_HELPERS or self._word(at).endswith("ly")
        ):
            at += 1
        return self._word(at) in self.lists.acts


def _readings(word: str) -> tuple[str, ...]:
    """The word, and what it is without the letters written onto it."""
    return tuple(form.text for form in arabic_forms(word) if not form.suffix)
