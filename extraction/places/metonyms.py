"""Baghdad the government: where a capital's name stands for those who rule there.

"Baghdad called it an escalation", «ودعت السفارة بغداد إلى حماية البعثات» and «بين بغداد وواشنطن»
name nobody's address, while "an adviser in Baghdad said" and «إن بغداد تعرضت لقصف» do.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import lru_cache

from extraction.text.lexicon import word_list
from extraction.text.words import Token, arabic_forms

_REACH = 8  # how far a verb of address may stand before the name
_AR_OPENERS = frozenset(
    "اما واما ان وان بان لان فان لكن ولكن حيث بينما فيما كما اذ حين عندما لو".split()
)
_AR_QUOTES = frozenset(('"', "«", "“"))
_AR_THAT = frozenset("ان وان بان فان".split())
_AR_NEGATIONS = frozenset("لن لم لا ليست".split())
_AR_BEFORE_VERBS = frozenset("ان بان كي لكي سوف حتي".split())
_AR_ASKS = frozenset("طلب طلبت يطلب تطلب طالبا طالبه".split())
_AR_GETS = frozenset("انتظر انتظرت ينتظر تنتظر توقع توقعت يتوقع تتوقع نال نالت تريد يريد".split())
# «إن بغداد باتت محرجة»: what it is said to be follows
_AR_COPULAS = frozenset(
    "باتت اصبحت صارت غدت كانت ظلت ليست تبقي تظل تبدو تزال زالت بقيت امست تكون".split()
)
# «عادت بغداد لتؤكد», «بغداد أوعزت»
_AR_PAST = re.compile(r"[وف]?[ء-ي]{3,}(?<!ا)ت")
_EN_PAST = re.compile(r"[a-z]{2,}ed")
_EN_OBJECTS = frozenset("its the a an that whether how itself no".split())
_EN_CAN = frozenset("has had would could can cannot will did does".split())
_EN_PREPOSITIONS = frozenset(
    "to from for on against of toward towards by between with off about and or hit hits struck "
    "into the rocked rock shook targeting shelled bombed attacked targeted".split()
)
# "left for Baghdad", "a plan for Baghdad"
_EN_BOUND = frozenset(
    "left leave leaving bound headed heading departed departing set out made making bus "
    "convoy truck plan day night week forecast responsible commander spokesman weather water power "
    "defence defenses defences aimed meant intended destined target figure toll".split()
)
_EN_STATES = frozenset("is was been remains remained seems seemed appears".split())
_AR_WHAT_IS_ASKED = ("ب", "ان", "الي", "علي", "لل", "مسؤوليه")
# «القرية الواقعة بين ناحية برطلة وأربيل»
_AR_LIES = frozenset("الواقع الواقعه الممتد الممتده الرابط ناحيه قضاء مدينه بلده قريه".split())
_EN_OPENERS = frozenset(
    ", ; : . \" ' ( - and but that while as because when if since so whether though although "
    "yet third second first finally said says say believe believes argued argues insisted insists "
    "think thinks knew hoped hope complained warned claimed after before until unless once where "
    "how why what which doubt doubts".split()
)
_EN_HELPERS = frozenset(
    "has have had is was were are be been will would not also now still yet too".split()
)
_EN_PLACING = frozenset("put puts putting place places placed placing".split())
_EN_HOLDING = frozenset("hold holds held holding make makes making".split())
_EN_QUARTERS = frozenset("quarter district building buildings offices compound".split())
_PAIR_REACH = 4  # words between what two governments have with one another and their names
_ASIDE = 8  # words of an aside: "Baghdad, for its part, ordered"


@dataclass(frozen=True, slots=True)
class _Lists:
    before: frozenset[str]
    after: frozenset[str]
    acts: frozenset[str]
    happens: frozenset[str]
    address: frozenset[str]
    burdens: frozenset[str]
    befalls: frozenset[str]
    quiet: frozenset[str]
    owns: frozenset[str]
    dealings: frozenset[str]
    partners: frozenset[str]
    capitals: frozenset[str]
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
        if self._ends_with(self.lists.before):
            return True
        if self._is_capital() and (self._paired() or self._deals()):
            return True
        if self._located():
            return False
        return (
            self._starts_with(self.lists.after)
            or self._told_of_it()
            or self._acts_in_arabic()
            or self._addressed()
        )

    def in_english(self) -> bool:
        # "officials in Baghdad" may be its government, "officials in Kut" are where they are
        of_a_town = self._word(self.first - 1) == "in" and not self._is_capital()
        if self._ends_with(self.lists.before) and not of_a_town:
            return True
        if self._is_capital() and (self._paired() or self._deals()):
            return True
        if self._owns():
            return True
        if self._located():
            return False
        return self._starts_with(self.lists.after) or self._acts_in_english() or self._put_or_held()

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
        return self._phrase_at(self.last, phrases)

    def _phrase_at(self, start: int, phrases: frozenset[str]) -> bool:
        words: list[str] = []
        for at in range(start, start + 3):
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
        if before in lists.partners and not self.prefix:
            # «سلمت واشنطن بغداد قائمة»
            return not self._word(self.first - 2) or self._word(self.first - 2) not in lists.located
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

    def _deals(self) -> bool:
        """«العلاقة بين أربيل وبغداد», "Baghdad-Erbil talks": what only governments have."""
        lists, capitals = self.lists, self.lists.capitals
        before, after = self._word(self.first - 1), self._word(self.last)
        start, end = self.first, self.last
        if "و" in self.prefix and before.lstrip("و") in capitals:
            start -= 1
        elif after.startswith("و") and after[1:] in capitals:
            end += 1
        elif before in ("and", "-", "–") and self._word(self.first - 2) in capitals:
            start -= 2
        elif after in ("and", "-", "–") and self._word(self.last + 1) in capitals:
            end += 2
        elif before in capitals:
            start -= 1
        elif after in capitals:
            end += 1
        else:
            return False
        if self._word(end) in lists.dealings:
            return True
        near = [self._word(at) for at in range(start - _PAIR_REACH, start)]
        return (
            not lists.dealings.isdisjoint(
                reading for word in near if word for reading in _readings(word)
            )
            and near[-1] not in lists.located
        )

    def _partner_before(self, at: int) -> bool:
        one, two = self._word(at - 1), f"{self._word(at - 2)} {self._word(at - 1)}"
        return one in self.lists.partners or two in self.lists.partners

    def _acts_in_arabic(self) -> bool:
        """«إن أربيل لن تكون صندوق بريد», «لم تعلق بغداد», but not «إن بغداد تتعرض لقصف»."""
        told = self._word(self.first - 1)
        leads = self._word(self.first - 2).lstrip("و")
        asked = leads in _AR_BEFORE_VERBS and self._is_capital() and told not in _AR_COPULAS
        if told.startswith("ت") and (leads in _AR_NEGATIONS or asked):
            return told not in self.lists.happens
        if self._word(self.first - 1) not in _AR_OPENERS:
            return False
        at = self.last + (self._word(self.last) in _AR_QUOTES)  # «بأن بغداد "لا تفاوض"»
        verb = self._word(at)
        if verb in _AR_NEGATIONS:
            return self._word(at + 1) not in self.lists.happens
        if self._word(self.first - 1) in _AR_THAT and self._is_capital():
            return self._speaks_of_rulers(verb)
        return len(verb) > 3 and verb[0] == "ت" and verb not in self.lists.happens

    def _speaks_of_rulers(self, word: str) -> bool:
        """«إن بغداد على علم»: whoever says so means them, unless it is told how the city is."""
        bare = word[1:] if word.startswith("ست") else word
        return (
            word[:1].isalpha()
            and not word.startswith("و")
            and bare not in self.lists.happens
            and bare not in self.lists.befalls
            and bare not in self.lists.quiet
            and bare not in _AR_COPULAS
        )

    def _told_of_it(self) -> bool:
        """«قدمت بغداد شكوى», «بغداد قدمت», «كانت بغداد قد قدمت», «باتت محرجة»."""
        before = self._word(self.first - 1)
        if not self.prefix and self._is_act(before):
            return True
        if before.lstrip("و") == "لا" and self._is_capital():
            return True  # «لا بغداد ولا أربيل قادرة»
        at = self.last
        if self._word(at) == ":" and self._word(at + 1) in _AR_NEGATIONS:
            return self._word(at + 2).startswith("ن")  # «بغداد: لن نسمح»
        if self._word(at) in _AR_NEGATIONS or self._word(at) == "قد":
            at += 1
        verb = self._word(at)
        if verb in _AR_COPULAS:
            return self._phrase_at(at + 1, self.lists.after)
        opens = not before.isalpha() or before.lstrip("و") in _AR_OPENERS
        return (opens or at > self.last) and self._is_act(verb)

    def _is_act(self, word: str) -> bool:
        """Whether a verb tells what a government does, the future («ستقدم») too.

        Of a capital every verb does that is not among those that tell of a city.
        """
        bare = word.lstrip("وف")
        bare = bare[1:] if bare.startswith("ست") and len(bare) > 4 else bare
        if word in self.lists.acts or bare in self.lists.acts:
            return True
        if not self._is_capital() or not _AR_PAST.fullmatch(word):
            return False
        city = self.lists.happens | self.lists.befalls
        return word not in city and bare not in city and bare not in _AR_COPULAS

    def _is_capital(self) -> bool:
        word = self.tokens[self.first].text.removeprefix(self.prefix).removesuffix("'s")
        return word in self.lists.capitals

    def _addressed(self) -> bool:
        """«يطالب نواب كتلة شيعية بغداد بجدول زمني»: the object of a demand."""
        asked = self._word(self.last)
        onto = "علي" in _readings(self._word(self.first - 1) or ".")
        if onto and self._verb_before(self.lists.burdens):
            return True
        before = self._word(self.first - 1)
        if self.prefix == "ل" and asked == "ان" and self._is_capital():
            return True  # «لا يمكن لبغداد أن تقف …»
        if before == "من":
            return self._asks_of()
        if not asked.startswith(_AR_WHAT_IS_ASKED) or "ل" in self.prefix:
            return False
        if onto and asked in ("ان", "بان"):
            return True  # «وعلى بغداد أن تحمي البعثات»
        if "و" in self.prefix or not before.isalpha() or len(before) < 3:
            return False
        return self._verb_before(self.lists.address)

    def _asks_of(self) -> bool:
        """«طلبت السفارة من بغداد أن تحمي …», «تنتظر أربيل من بغداد إرسال الرواتب»."""
        asked = self._word(self.last)
        if asked in ("ان", "بان"):
            return self._verb_before(self.lists.address | _AR_GETS)
        noun = len(asked) > 3 and asked.isalpha() and not asked.startswith(("ال", "وال"))
        return noun and self._is_capital() and self._verb_before(_AR_ASKS | _AR_GETS)

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
            return self._said_of_it(before)
        at = self.last
        if self._word(at) == "and" and self._word(at + 1) in self.lists.capitals:
            at += 2  # "Erbil and Baghdad blamed each other"
        elif self._word(at) == ",":
            aside = (k + 1 for k in range(at + 1, at + _ASIDE) if self._word(k) == ",")
            at = next(aside, at)
        end = at + 4
        while at < end and (self._word(at) in _EN_HELPERS or self._word(at).endswith("ly")):
            at += 1
        verb = self._word(at)
        if verb in self.lists.acts:
            return True
        if not self._is_capital() or (
            before in ("and", "but") and self._word(self.first - 2) != ","
        ):
            return False
        if self._word(at - 1) in _EN_STATES:  # "was quick to condemn"
            return self._word(at + 1) == "to"
        if verb in self.lists.befalls:
            return False
        present = verb.endswith("s") and self._word(at + 1) in _EN_OBJECTS  # "weighs its options"
        return present or bool(_EN_PAST.fullmatch(verb))

    def _said_of_it(self, before: str) -> bool:
        """ "how little control Baghdad has": a clause without a word that opens it."""
        return (
            self._is_capital()
            and self._word(self.last) in _EN_CAN
            and before.isalpha()
            and before not in _EN_PREPOSITIONS
            and before not in self.lists.located
        )

    def _owns(self) -> bool:
        """ "Baghdad's ambassador", "Baghdad's efforts" — but "Baghdad's Green Zone"."""
        return (
            self.tokens[self.last - 1].text.endswith("'s")
            and self._starts_with(self.lists.owns)
            and self._word(self.last + 1) not in _EN_QUARTERS
        )

    def _put_or_held(self) -> bool:
        """ "put Baghdad in an awkward position", "holds Baghdad responsible"."""
        before, after = self._word(self.first - 1), self._word(self.last)
        if before in _EN_PLACING:
            return after in ("in", "on", "between", "under")
        if before in ("with", "for") and self._is_capital():  # "we work closely with Baghdad"
            near = {self._word(at) for at in range(self.first - 6, self.first - 1)}
            if before == "for" and (after.isalpha() or not near.isdisjoint(_EN_BOUND)):
                return False
            return self.lists.travel.isdisjoint(near)
        return before in _EN_HOLDING and after in ("responsible", "accountable", "to", "look")


def _readings(word: str) -> tuple[str, ...]:
    """The word, and what it is without the letters written onto it."""
    return tuple(form.text for form in arabic_forms(word) if not form.suffix)
