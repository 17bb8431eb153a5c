"""Sentence → blows: what was fired, how many, from where, at what, where it fell.

A blow is one event as one stretch of a sentence tells it. The scanner walks the signals from
left to right with the trigger that governs (سقط، أطلقت من، hit) and the figure that is waiting
for a place, because a place gets its role from the trigger and the preposition before it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import compress, pairwise
from typing import Literal

from extraction.actors import Responsibility
from extraction.bearings import offset_place
from extraction.casualties import Toll
from extraction.dates import DateMention
from extraction.document import Relation, Role
from extraction.lexicon import anaphora
from extraction.numbers import Number
from extraction.origins import (
    is_denied,
    is_figurative,
    left_there,
    named_as_base,
    overtakes,
    says_origin,
    used_to_fire,
    was_searched,
)
from extraction.page import Page
from extraction.places import FoundPlace, distance_km, rank
from extraction.pointing import place_meant, place_pronoun
from extraction.signals import Signal
from extraction.voices import NARRATOR, OFFICIAL, Voice, Voices
from extraction.words import arabic_forms
from gazetteer import Gazetteer, Place

Certainty = Literal["fell", "aimed", "toward", "meant"]

_IMPACT = frozenset(("fall", "hit", "explode", "target", "undergo", "attack", "airstrike", "shoot"))
_FALLS = frozenset(("fall", "hit", "explode"))
_AR_PART_OF = frozenset("منها منهما منهم".split())
RELATIVE = frozenset("التي الذي اللذين الذين حيث which where whose who that".split())
_COMMAS = frozenset("،,;؛")
_DEFINITE = frozenset("the that same their".split())
_TELLING_IN_ENGLISH = _COMMAS | RELATIVE | {"there", "it", "its"}
_AT_ITS = frozenset("at on in near inside outside by against into along over".split())
_EN_GROUNDS = frozenset(
    "fence perimeter wall walls gate gates runway runways grounds edge outskirts apron hangar "
    "hangars terminal courtyard yard roof".split()
)
_AIRBORNE = ("في الجو", "في السماء", "in the air", "in mid air", "mid air")
_NESTING = frozenset(("in", "of", "direction", "near", "at", "to"))


@dataclass(frozen=True, slots=True)
class Quantity:
    """How many of what. ``part`` is a share of a number told elsewhere, ``other`` comes on top.

    ``whole`` is the number that a share is told of: "one of the three"; ``early`` is overtaken;
    ``another`` is one more than the single one before it; ``rank`` is that of who gives it.
    """

    value: int | None
    what: str
    first: int
    last: int
    part: bool = False
    other: bool = False
    ordinal: int | None = None
    vague: bool = False
    share: bool = False
    whole: bool = False
    early: bool = False
    another: bool = False
    rank: int = NARRATOR.rank


@dataclass(slots=True)
class SiteUse:
    """A place with the role that this stretch gives it.

    ``inferred``: the text only names it in the same breath and does not say that it was hit;
    ``rank`` is that of the voice that tells it.
    """

    role: Role
    place: FoundPlace | None
    first: int
    last: int
    certainty: Certainty
    count: int | None = None
    relation: Relation = "at"
    early: bool = False
    part: bool = False
    found: bool = False
    heard: bool = False
    inferred: bool = False
    rank: int = OFFICIAL


@dataclass(slots=True)
class Blow:
    """One event as one stretch of a sentence tells it."""

    sentence: int
    first: int
    last: int
    voice: Voice
    munitions: list[str] = field(default_factory=list)
    weapons: list[Signal] = field(default_factory=list)
    triggers: list[Signal] = field(default_factory=list)
    quantities: list[Quantity] = field(default_factory=list)
    sites: list[SiteUse] = field(default_factory=list)
    tolls: list[Toll] = field(default_factory=list)
    dates: list[tuple[DateMention, bool]] = field(default_factory=list)
    acts: list[Responsibility] = field(default_factory=list)
    recall: bool = False
    fresh: bool = False
    early: bool = False
    corrects: bool = False
    unfired: bool = False
    item: bool = False
    line: int = 0
    loose: list[tuple[FoundPlace, frozenset[str]]] = field(default_factory=list)

    @property
    def strong(self) -> bool:
        """Whether it tells an attack by itself: something fired or set off that did something."""
        if self.munitions and any(t.value for t in self.tolls):
            return True
        onto = any(s.role == "impact" and s.relation != "inside" for s in self.sites)
        if self.item and self.munitions and onto:
            return True  # «🔴 صاروخا كاتيوشا على المنطقة الخضراء»
        harmed = any(s.role == "impact" for s in self.sites) and any(t.value for t in self.tolls)
        if harmed and any(t.sub == "target" for t in self.triggers):
            return True  # «قصفت المدفعية قرى في …، ما تسبب بمقتل راعٍ»
        return bool(self.triggers) and bool(self.munitions or self.weapons or self.attack_words)

    @property
    def attack_words(self) -> bool:
        return any(t.sub in ("attack", "airstrike", "shoot", "explode") for t in self.triggers)


@lru_cache(maxsize=100_000)
def _pointed_at(word: str) -> frozenset[str] | None:
    """The kinds of place that an Arabic noun with its article points back to."""
    form = next((f for f in arabic_forms(word) if f.article), None)
    return anaphora("ar").get(form.text) if form is not None else None


@lru_cache(maxsize=100_000)
def _tells_in_arabic(word: str) -> bool:
    """Whether a word without a signal may change what is read."""
    return (
        word in _COMMAS
        or word.lstrip("وف") in RELATIVE
        or word.lstrip("و") in _THEIR_NUMBER
        or _pointed_at(word) is not None
        or place_pronoun(word) is not None
        or word.lstrip("وف") in _THERE
        or word in _AS_BASE
        or word in _IS
        or left_there(word)
        or _posted(word)
    )


class Scanner:
    """Scans the sentences of one page for blows."""

    def __init__(self, page: Page, gazetteer: Gazetteer, voices: Voices) -> None:
        self.page = page
        self.gazetteer = gazetteer
        self._voices = voices
        self._arabic = page.lang == "ar"
        self._taken: set[int] = set()
        self._fired_from: set[int] = set()  # the first tokens of the places of launches
        self._communique = _is_communique(page)
        self._pointers = anaphora(page.lang)
        # where the author writes «صاروخاً», «صاروخا كاتيوشا» are two
        self._marks_accusative = any(mark in page.text for mark in _TANWIN)
        self._busy = self._telling_tokens()
        # those of them that may point back to a place
        self._pointing = frozenset(
            i
            for i in compress(range(len(page.tokens)), self._busy)
            if not self._arabic or _pointed_at(page.tokens[i].text) is not None
        )
        # where a figure may stand, in a number or in a noun
        self._figures = {
            *(page.token_at(n.start) for n in page.numbers),
            *(i for kind in ("part", "munition", "vehicle", "weapon") for i in page.first[kind]),
        }

    def scan(self, sentence: int, first: int, last: int, voice: Voice, tolls: list[Toll]) -> Blow:
        """The blow at tokens ``[first, last)`` of one sentence, whose ``tolls`` are read."""
        page = self.page
        blow = Blow(sentence, first, last, voice, tolls=tolls)
        self._taken = {i for t in tolls for i in range(t.first, t.last)}
        blow.line = page.sentences[sentence].line
        blow.item = page.sentences[sentence].item
        state = _State()
        i = first
        busy = self._busy
        while (i := busy.find(1, i, last)) >= 0:
            place = page.place(i)
            if place is None and i in self._pointing:
                place = self._anaphor(i, state)
                if place is not None and not self._points(place, first):
                    place = None
            if place is not None:
                if self._measured_off(place, state):
                    i = max(place.last, i + 1)
                    continue
                place = self._offset(place, first) or place
                self._place(blow, state, place, first)
                i = max(place.last, i + 1)
                state.previous_place = place
                continue
            i = self._word(blow, state, i, first, last)
        self._late_counts(blow)
        self._from_to(blow, state)
        self._fronted(blow, state)
        self._searched(blow, state)
        blow.unfired = state.unfired
        blow.loose = state.loose
        if page.signals.any(first, last, "direct_hit"):
            for site in blow.sites:
                site.certainty = "fell" if site.certainty == "aimed" else site.certainty
        return blow

    def _telling_tokens(self) -> bytearray:
        """The tokens that may change what is read; the scanner steps over all others."""
        page = self.page
        busy = bytearray(len(page.tokens))
        for kind in _SCANNED:
            for i in page.first[kind]:
                busy[i] = 1
        for number in page.numbers:
            busy[page.token_at(number.start)] = 1
        for place in page.places:
            busy[place.first] = 1
        if self._arabic:
            for i, token in enumerate(page.tokens):
                if _tells_in_arabic(token.text):
                    busy[i] = 1
            return busy
        before = ""
        for i, token in enumerate(page.tokens):
            text = token.text
            if text in _TELLING_IN_ENGLISH or left_there(text) or before in _DEFINITE:
                busy[i] = 1
            before = text
        return busy

    def _measured_off(self, place: FoundPlace, state: _State) -> bool:
        """«بردرش على مسافة سبعين كيلومترا من المدينة»: the city only says where Bardarash is."""
        previous = state.previous_place
        if previous is None or place.first - previous.last > 12:
            return False
        for i in range(previous.last, min(place.first, previous.last + 5)):
            number = self.page.any_number(i)
            if number is not None and number.unit in ("km", "m", "mile"):
                return not self.page.signals.any(previous.last, i, "trigger")
        return False

    def _offset(self, place: FoundPlace, first: int) -> FoundPlace | None:
        """The place so many kilometres off, where a distance and a direction stand before it."""
        for i in range(place.first - 1, max(first, place.first - 9) - 1, -1):
            number = self.page.any_number(i)
            if number is not None and number.unit is not None:
                return offset_place(self.page, i, place)
            if self.page.tokens[i].text in _COMMAS:
                return None
        return None

    def _points(self, place: FoundPlace, first: int) -> bool:
        """Whether the noun stands where a site would: after a preposition or as the object."""
        page = self.page
        text = page.tokens[place.first].text
        if text in ("there", "it", "its") or _clitic(text):
            return True
        before = place.first - (1 if self._arabic else 2)
        if not self._arabic and page.tokens[before + 1].text in ("same", "very"):
            before -= 1  # "struck the same zone"
        if before < first:  # "The base had last been attacked on …"
            struck = page.signals.any(place.last, place.last + 6, "trigger", "target", "hit")
            return self._arabic or struck
        if self._arabic and before > first and page.tokens[before].text in _GROUNDS:
            before -= 1  # «داخل أسوار القاعدة»
        if page.tokens[before].text.lstrip("و") in ("كان", "كانت", "ان", "بان", "فان", "لان"):
            return True
        prep = self._prep_over(before, max(first, before - 3), place.first)
        if prep is not None:
            return prep.sub in ("in", "on", "at", "near", "toward", "from", "outside")
        if page.tokens[before].text in _ONTO_IT:  # «قصف تعرض له المخيم»
            before -= 1
        return page.signals.any(before, before + 1, "trigger")

    def _anaphor(self, i: int, state: _State) -> FoundPlace | None:
        """«سقطت على المخيم», "landed inside the camp": the last place of that kind."""
        page = self.page
        token = page.tokens[i]
        kinds: frozenset[str] | None = None
        if self._arabic:
            kinds = _pointed_at(token.text)
        elif token.text == "there":
            if i + 1 < len(page.tokens) and page.tokens[i + 1].text in (
                "was",
                "were",
                "is",
                "are",
                "has",
                "had",
            ):
                return None
            kinds = _ANY_KIND
        elif token.text == "its":
            # "they came down at its outer fence"
            onto = i and page.tokens[i - 1].text in _AT_ITS
            behind = {t.text for t in page.tokens[i + 1 : i + 4]}
            if not onto or _EN_GROUNDS.isdisjoint(behind):
                return None
            kinds = _ANY_KIND
        elif token.text == "it":
            if not i or page.tokens[i - 1].text not in ("inside", "into"):
                return None
            kinds = _ANY_KIND
        elif i and (
            page.tokens[i - 1].text in ("the", "that", "same", "their")
            or (i > 1 and page.tokens[i - 2].text == "same")  # "the same diplomatic compound"
        ):
            kinds = self._pointers.get(token.text)
        if kinds is None or page.in_place(i) or page.place(i + 1) is not None:
            return None
        after = page.tokens[i + 1].text if i + 1 < len(page.tokens) else ""
        if self._arabic and after.startswith("ال") and len(after) > 4:
            if not after.startswith(_LIES):
                return None  # «الحي التجاري» is another one; «المخيم الملاصق للمطار» is not
        alike = [
            place
            for place in reversed(page.places_before(i, 8))
            if (known := place.place) is not None
            and known.id not in _TOO_WIDE
            and (
                kinds is _ANY_KIND
                or known.kind in kinds
                or any(k[1:] in known.name_en.lower() for k in kinds if k.startswith("~"))
            )
        ]
        hit = state.governor is not None and state.governor.sub in _IMPACT
        if hit and kinds is not _ANY_KIND:
            # «يطال المنطقة»: the one that was hit, not the one they were fired from
            alike.sort(key=lambda place: place.first in self._fired_from)
        if not alike:
            return None
        return replace(alike[0], first=i, last=i + 1, start=token.start, end=token.end)

    # ── words ────────────────────────────────────────────────────────────────────────────────

    def _word(self, blow: Blow, state: _State, i: int, first: int, last: int) -> int:
        page = self.page
        text = page.tokens[i].text
        if text in _COMMAS:
            if state.aside is not None:
                state.governor, state.aside = state.aside, None
            # «استهدف، فجر السبت، مخيم ليبرتي»: a date between commas parts nothing
            dated = state.comma > 0 and all(page.in_date(k) for k in range(state.comma + 1, i))
            state.soft = state.was_soft if dated else True
            state.comma, state.was_soft = i, dated and state.was_soft
            state.relative = False
            return i + 1
        if self._arabic and self._pointed_site(blow, state, i, first, last):
            return i + 1
        if text in RELATIVE or (self._arabic and text.lstrip("وف") in RELATIVE):
            state.relative = True
        vehicle = page.first["vehicle"].get(i)
        if vehicle is not None and used_to_fire(page, vehicle, last):
            state.launcher = state.vehicle = True
        elif state.vehicle and left_there(text):
            state.found, state.soft, state.relative = True, False, False
            state.governor = self._word_signal(i, "find")
        told = i in page.signals.by_first
        if not told and page.any_number(i) is None and text.lstrip("و") not in _THEIR_NUMBER:
            return i + 1
        if i in page.first["idiom"]:
            return page.first["idiom"][i].last
        compound = self._compound(i) if i in page.first["munition"] else None
        if compound is not None:
            blow.munitions.append(page.first["munition"][i].sub)
            self._govern(blow, state, compound, first, last)
            return compound.last
        quantity = self._quantity(i, first, last)
        if quantity is not None and quantity.ordinal and self._talked_of(i, first):
            return max(quantity.last, i + 1)  # «نافياً ما تردد عن طائرة ثالثة»
        if quantity is not None:
            if not self._unfired(quantity, first, last):
                if state.disarmed and not blow.quantities and self._left_it(quantity):
                    quantity = replace(quantity, part=False, share=False, other=False)
                if state.disarmed and not blow.quantities and quantity.ordinal:
                    # "defused two bombs, hours after a third exploded"
                    quantity = replace(quantity, ordinal=None, part=False, share=False)
                whole = self._whole_of(state.waiting, quantity)
                if whole:
                    quantity = replace(quantity, part=False, whole=True)
                if self._overtaken(quantity, first):
                    quantity = replace(quantity, early=True)
                rank = self._voices.at(blow.sentence, i).rank
                if rank != quantity.rank:
                    quantity = replace(quantity, rank=rank)
                blow.quantities.append(quantity)
                if quantity.what:
                    blow.munitions.append(quantity.what)
                if not whole:
                    state.waiting = quantity
                state.soft = False
                state.relative = False
            else:
                state.unfired = True
                state.disarmed = True
            for weapon in page.signals.between(quantity.first, quantity.last + 3, "weapon"):
                if not self._only_kind(weapon):
                    blow.weapons.append(weapon)
            return max(quantity.last, i + 1)
        if not told:
            return i + 1
        named = page.first["weapon"].get(i)
        if named is not None and named not in blow.weapons and not self._only_kind(named):
            blow.weapons.append(named)  # but not «خلايا الكاتيوشا»
        if i in page.first["launcher"]:
            state.launcher = True
            return page.first["launcher"][i].last
        governing = "" if state.governor is None else state.governor.sub
        idle = governing in ("", "setup", "find") or (
            state.relative and governing in ("launch", "attack", "explode")
        )
        hurt = i in page.first["casualty"]
        if hurt and not self._arabic and governing in ("aim", "target"):
            # "a car bomb targeting a convoy wounded eight people in Mansour"
            meant = page.words(state.governor.first, state.governor.last)  # type: ignore[union-attr]
            idle = meant in _MEANT and page.tokens[i].text in _HURTING
            site = state.last_site
            if (
                idle
                and site is not None
                and site.role == "target"
                and _PLANTED & set(blow.munitions)
            ):
                site.role, site.certainty = "impact", "fell"  # it went off beside the convoy
        if hurt and idle and self._has_weapon(blow):
            deadly = self._deadly(i)
            if deadly is not None:
                blow.triggers.append(deadly)
                state.governor = deadly
                state.soft = False
        if hurt and not blow.munitions and self._gunned_down(i, first):
            shot = page.signal(i, "casualty", "killed")
            if shot is not None:
                blow.triggers.append(shot._replace(kind="trigger", sub="shoot", verb=True))
                state.governor = blow.triggers[-1]
                state.soft = False
        if hurt and state.governor is not None:
            state.relative = False
        trigger = self._trigger(i, first) if i in page.first["trigger"] else None
        if trigger is not None:
            self._govern(blow, state, trigger, first, last)
            # «إطلاق الصواريخ»: what it fired is still to be read
            within = range(i + 1, trigger.last if trigger.sub == "launch" else i + 1)
            return next((k for k in within if k in page.first["munition"]), trigger.last)
        speaks = i in page.first["speech"]
        according = speaks and page.signal(i, "speech", "according") is not None
        if (
            speaks
            and page.signal(i, "speech", "verb") is not None
            and not according
            # «مكان انطلاقهما حُدّد في منطقة الحبيبية», «ونُصبت المنصة، على ما أفاد …، في»
            and governing not in ("launch_place", "setup")
            and not self._inserted(i)
        ):
            state.governor = None if state.governor is None or not state.soft else state.governor
            if state.soft or self._arabic:
                state.governor = None
                state.waiting = None
        aside = page.tokens[i - 1].text in _COMMAS if i else False
        # «ونُصبت القاعدة بحسب المصدر في بستان»
        if according and state.governor is not None and (aside or governing not in _PLACING):
            # what stands from here to the comma belongs to the source
            state.aside, state.governor = state.governor, None
        if i in page.first["neutral"] and not self._after_in(i):
            if governing != "launch_place":  # «نقطة الإطلاق تقع في ذراع دجلة»
                state.governor = None
            state.waiting = None
        following = self._following(i)
        if following is not None:
            self._govern(blow, state, following, first, last)
            return following.last
        return i + 1

    def _talked_of(self, i: int, first: int) -> bool:
        """Whether a denial stands right before."""
        return self.page.signals.any(max(first, i - _DENIED), i, "deny", "any")

    def _inserted(self, i: int) -> bool:
        """ "were fired, police said, from waste ground": the verb goes on behind the source."""
        after = [t.text for t in self.page.tokens[i + 1 : i + 3]]
        return not self._arabic and after == [",", "from"]

    def _after_in(self, i: int) -> bool:
        """«في قطعة أرض»: the noun, which is written like the verb «قطع»."""
        return self._arabic and i > 0 and self.page.tokens[i - 1].text in _BEFORE_NOUNS

    def _following(self, i: int) -> Signal | None:
        """«تلتها صباح اليوم عبوة ثانية قرب …»: another went off."""
        after = self.page.signal(i, "newevent", "any")
        if after is None or not self._arabic or not after.form.text.startswith(FOLLOWS):
            return None
        if not self.page.signals.any(after.last, after.last + 5, "munition"):
            return None
        return after._replace(kind="trigger", sub="explode")

    def _overtaken(self, quantity: Quantity, first: int) -> bool:
        """«أفادت أنباء أولية بسقوط صاروخ واحد …، ثم أوضحت»: said of this clause's figure only."""
        start = quantity.first
        while start > max(first, quantity.first - 12) and (
            self.page.tokens[start - 1].text not in _COMMAS
        ):
            start -= 1
        return self.page.signals.any(start, quantity.first, "hedge", "early")

    def _whole_of(self, share: Quantity | None, quantity: Quantity) -> bool:
        """ "one of the three rockets", «أحد الصواريخ الثلاثة»: it is the one that fell there."""
        if share is None or not share.part or not share.value or not quantity.value:
            return False
        between = {t.text for t in self.page.tokens[share.last : quantity.first]}
        return share.value < quantity.value and between <= {"of", "the", "those", "من"}

    def _only_kind(self, weapon: Signal) -> bool:
        """«خلايا الكاتيوشا», «أبعد من مدى الكاتيوشا»: the kind is named, none of them was fired."""
        if self._names_group(weapon.first):
            return True
        page = self.page
        if not self._arabic or not weapon.form.article or "ب" in weapon.form.prefix:
            return False
        before = page.tokens[weapon.first - 1].text if weapon.first else ""
        fired = page.signals.any(weapon.first - 1, weapon.first, "munition")
        return before.isalpha() and not fired and before not in ("نوع", "طراز", "من")

    def _names_group(self, i: int) -> bool:
        page = self.page
        before = i - 1
        while before > 0 and page.tokens[before].text == "_":
            before -= 1
        return before >= 0 and page.signal(before, "group_head") is not None

    def _compound(self, i: int) -> Signal | None:
        """ "rocket attack": a trigger of several words that begins with a munition."""
        trigger = self.page.signal(i, "trigger")
        munition = self.page.signal(i, "munition")
        if trigger is None or munition is None or trigger.last <= munition.last:
            return None
        return None if self.page.in_place(i) else trigger

    def _gunned_down(self, i: int, first: int) -> bool:
        """«مسلحون يرتدون زياً عسكرياً قد قتلوا», "gunmen killed": armed men before the verb."""
        page = self.page
        if page.signal(i, "casualty", "killed") is None:
            return False
        if i + 1 < len(page.tokens) and page.tokens[i + 1].text.startswith(_SNIPER):
            return True
        for at in range(i - 1, max(first, i - _SUBJECT), -1):
            if page.tokens[at].text in ".;؛":
                return False
            if page.signal(at, "attacker") is not None:
                return page.tokens[at].text.rstrip("ينو").startswith(_ARMED)
        return False

    def _has_weapon(self, blow: Blow) -> bool:
        """Whether something exploded here: "a bomb", or "another in Ameen", "the deadliest"."""
        return bool(blow.munitions) or (
            not self._arabic and any(self._one_more(q) for q in blow.quantities)
        )

    def _one_more(self, quantity: Quantity) -> bool:
        """ "another", "two others", "the second", but not "one of them", which is a victim."""
        words = self.page.words(quantity.first, quantity.last)
        return (quantity.part or quantity.other) and words != "one" and " of" not in words

    def _deadly(self, i: int) -> Signal | None:
        """ "a bomb killed five in Taji": the killing itself governs the place."""
        casualty = self.page.signal(i, "casualty", "killed", "wounded")
        if casualty is None or not (casualty.verb or self.page.lang == "en"):
            return None
        return Signal(
            "trigger",
            "explode",
            i,
            casualty.last,
            casualty.start,
            casualty.end,
            "",
            True,
            casualty.form,
        )

    def _trigger(self, i: int, first: int) -> Signal | None:
        page = self.page
        found = [s for s in page.signals.by_first.get(i, ()) if s.kind == "trigger"]
        if not found or page.in_place(i) or page.in_date(i):
            return None
        if i in page.first["naming"]:
            return None  # «تطلق على نفسها»
        if self._in_quotes(i):
            return None  # «قال إن الزحام "انفجر"»
        other = page.first["neutral"].get(i)
        if other is not None and other.last > max(s.last for s in found):
            return None  # «أطلق سراحهم»
        found = [
            s
            for s in found
            if not (s.form.article and (s.verb or s.form.text in ("واقعه", "حادثه")))
            and not (s.verb and self._is_article(s))
        ]
        if any(s.sub == "attack" and (s.form.article or self._noun(i, first)) for s in found):
            found = [s for s in found if s.sub != "target"]  # «القصف»: the noun, not the verb
        if not found:
            return None
        found.sort(key=lambda s: (-(s.last - s.first), _PRECEDENCE.get(s.sub, 5)))
        trigger = found[0]
        if trigger.sub == "hit" and i in page.first["casualty"]:
            return None
        if trigger.sub == "hit" and page.tokens[i].text == "took" and not self._takes_one(i):
            return None
        if self._arabic and trigger.sub == "launch" and self._opens_fire(trigger):
            trigger = trigger._replace(sub="shoot")
        elif trigger.sub == "launch" and self._sets_out(trigger, first):
            return None
        if self._negated(trigger, first) or self._is_count_of_attacks(trigger):
            return None
        if trigger.sub == "explode" and (self._forestalled(trigger) or self._is_dawn(trigger)):
            return None
        if self._arabic and page_text(page, trigger).lstrip("وف").startswith(_MAY_FALL):
            return trigger if self._befalls(trigger) else None
        return trigger

    def _in_quotes(self, i: int) -> bool:
        """Whether one word stands alone between quotation marks: it is not meant as it says."""
        tokens = self.page.tokens
        return (
            0 < i < len(tokens) - 1
            and tokens[i - 1].text in _OPENING_MARKS
            and tokens[i + 1].text in _CLOSING_MARKS
        )

    def _takes_one(self, took: int) -> bool:
        """ "The bakery took a direct hit", "took one"; but "they took him to hospital"."""
        after = self.page.tokens[took + 1].text if took + 1 < len(self.page.tokens) else ""
        counted = self.page.any_number(took + 1) is not None or after in ("a", "an", "several")
        return counted and not self.page.signals.any(took + 1, took + 5, "victim")

    def _forestalled(self, trigger: Signal) -> bool:
        """«فُككت قبل انفجارها», "defused before it could explode"."""
        words = [t.text for t in self.page.tokens[max(0, trigger.first - 4) : trigger.first]]
        if self._arabic:
            return words[-1:] == ["قبل"] or words[-2:] == ["قبل", "ان"]
        return "before" in words and ("could" in words or "it" in words)

    def _is_dawn(self, trigger: Signal) -> bool:
        """«كل فجر»: the time of day, which is written like "blew up"."""
        tokens = self.page.tokens
        return (
            tokens[trigger.first].text == "فجر"
            and trigger.first > 0
            and tokens[trigger.first - 1].text in ("كل", "قبل", "قبيل", "منذ", "مع", "عند", "بعد")
        )

    def _befalls(self, verb: Signal) -> bool:
        """«وقع» falls or happens only beside what falls or happens; else it signs or lies."""
        near = range(max(0, verb.first - 4), verb.last + 4)
        signals = self.page.signals
        return any(
            signals.any(i, i + 1, "munition")
            or signals.any(i, i + 1, "trigger", "attack", "explode", "airstrike")
            or ((n := self.page.any_number(i)) is not None and (n.ordinal or n.kind == "one_of"))
            for i in near
            if not verb.first <= i < verb.last
        )

    def _opens_fire(self, launch: Signal) -> bool:
        """«أطلق مجهولون كانوا يستقلون سيارة النار على خباز»."""
        ahead = self.page.tokens[launch.last : launch.last + 10]
        return any(t.text in ("النار", "الرصاص") for t in ahead)

    def _sets_out(self, launch: Signal, first: int) -> bool:
        """«تظاهرة … تنطلق من سوق مريدي»: people march from there, nothing is fired."""
        before = self.page.tokens[max(first, launch.first - 6) : launch.first]
        return any(t.text.removeprefix("ال").startswith(_MARCHES) for t in before)

    def _noun(self, i: int, first: int) -> bool:
        """«يقف وراء قصف مخيم …»: after a preposition or a blame it is the deed, not the doing."""
        if not self._arabic or i <= first:
            return False
        before = self.page.tokens[i - 1].text
        return before in ("وراء", "خلف", "عن", "في", "من", "بعد", "علي", "اثر", "جراء", "خلال")

    def _is_count_of_attacks(self, trigger: Signal) -> bool:
        """«أول استهداف للمنطقة منذ …»: a remark on the series, not another blow."""
        if trigger.verb or trigger.sub not in ("attack", "target") or trigger.first == 0:
            return False
        at = trigger.first - 1
        if self.page.tokens[at].text == "such" and at:
            at -= 1
        before = self.page.any_number(at)
        return before is not None and before.ordinal

    def _is_article(self, verb: Signal) -> bool:
        """«الحق» is the noun; the verb «ألحق» is written with its hamza."""
        text = self.page.tokens[verb.first].text.lstrip("وف")
        if not self._arabic or not text.startswith("ال"):
            return False
        written = self.page.original(verb.first, verb.first + 1)
        return "أل" not in written

    def _negated(self, trigger: Signal, first: int) -> bool:
        """«لم تسقط» — but «دون أن تسفر» two words off negates only what follows it."""
        page = self.page
        if trigger.sub in ("defuse", "find", "launch_place"):
            return False
        start = max(first, trigger.first - 2)
        return any(
            page.tokens[i].text.lstrip("وف") in ("لم", "لا", "ما", "not", "never", "no", "didn't")
            and not page.signals.any(i + 1, trigger.first, "trigger")  # «لم تنفجر سقطت في»
            for i in range(start, trigger.first)
        )

    def _govern(self, blow: Blow, state: _State, trigger: Signal, first: int, last: int) -> None:
        page = self.page
        if trigger.sub == "defuse":
            state.unfired = True
            return
        if trigger.sub in ("find", "setup"):
            known = state.governor is not None and state.governor.sub == "launch_place"
            if known and page.words(trigger.last, trigger.last + 2) == "to be":
                return  # "the point of origin was found to be a schoolyard in Sadr City"
            state.found = True
            fired = state.governor is not None and state.governor.sub == "launch"
            if fired and page.signals.any(trigger.first - 3, trigger.first, "vehicle"):
                state.launcher = True  # «أُطلقت من شاحنة تُركت في»
            state.governor = trigger
            state.soft = False
            # «القوة التي خرجت … عثرت على راجمة في»: the main verb is back
            before = page.tokens[trigger.first - 1].text if trigger.first else ""
            state.relative = state.relative and before in RELATIVE
            return
        airborne = page.words(trigger.first, trigger.last) in _AIRBORNE
        if trigger.sub == "intercept" and not airborne and not self._stops_munition(trigger, first):
            if self._arabic:
                return
            trigger = trigger._replace(sub="hit")
        if trigger.sub == "intercept" and not airborne:
            blow.triggers.append(trigger)
            self._intercept(blow, state, trigger, first, last)
            return
        if airborne:
            governor = state.governor
            if governor is not None and governor.sub in ("explode", "fall", "hit", "intercept"):
                near = trigger.first - governor.last <= 2
                start = governor.first if near else trigger.first
                whole = trigger._replace(first=start, start=page.tokens[start].start)
                self._intercept(blow, state, whole, first, last)
            return
        if trigger.sub == "launch" and page.signals.any(trigger.last, trigger.last + 3, "neutral"):
            return
        if trigger.sub == "aim" and page.words(trigger.first, trigger.last).startswith("قبل "):
            if page.words(trigger.first, trigger.last).endswith(("ه", "ها", "هما")):
                return  # «سقطا قبل بلوغها في …» points back at the target
        if (
            self._arabic
            and trigger.sub == "come_from"
            and not page.signals.any(trigger.last, trigger.last + 5, "prep", "from")
        ):
            if not (state.relative and (blow.munitions or blow.attack_words)):
                return
            trigger = trigger._replace(sub="explode")  # «التفجير الذي نُفذ في الكرادة»
        if trigger.sub == "come_from" and page_text(page, trigger).startswith(_FLIES):
            subject = {t.text for t in page.tokens[max(0, trigger.first - 2) : trigger.first]}
            close = page.signals.any(trigger.first - 6, trigger.first, "munition")
            armed = close or "drone" in blow.munitions
            if not armed and subject.isdisjoint(("it", "they", "pair", "both")):
                return  # "ministers flew from Baghdad", but "it had flown from Bashiqa"
        if self._arabic and trigger.sub == "come_from" and self._no_fire_comes(blow, trigger):
            coming = page_text(page, trigger).lstrip("وف").removeprefix("ال").startswith("قادم")
            if coming or self._tidings_after(trigger):
                state.governor = None  # «استهدفت رتلاً قادماً من الدورة»
            return
        if trigger.sub == "launch_place" and is_figurative(page, trigger):
            return
        blow.triggers.append(trigger)
        if trigger.sub in ("launch", "launch_place") and self._as_launch_place(
            blow, state, trigger, first
        ):
            return
        if trigger.sub == "launch_place":  # «مصدر القذائف التي سقطت على الشعلة هو …»
            inside = page.signals.between(trigger.first, trigger.last, "munition")
            blow.munitions += [munition.sub for munition in inside]
            state.source = trigger
        keep = (
            trigger.sub in ("attack", "explode")
            and not trigger.verb
            and not self._goes_off(trigger)
            and state.governor is not None
            and not state.soft
            and state.governor.sub in ("target", "undergo", "launch", "aim", "come_from")
        )
        if not keep:
            state.governor = trigger
        state.soft = False
        state.relative = False
        if page.tokens[trigger.first].text == "took" and state.loose:
            place = state.loose[-1][0]
            if trigger.first - place.last <= 3:
                after = self._next_quantity(trigger.last, last, first)
                count = after.value if after is not None else None
                blow.sites.append(SiteUse("impact", place, place.first, place.last, "fell", count))
        if trigger.sub != "attack" and state.waiting is not None and state.waiting.last < first:
            state.waiting = None

    def _no_fire_comes(self, blow: Blow, trigger: Signal) -> bool:
        """«جاء من مستشفى اليرموك خبر»; but «رجّح أنها خرجت من بساتين الراشدية»."""
        page = self.page
        words = page_text(page, trigger).lstrip("وف")
        if words.removeprefix("ال").startswith("قادم"):  # «صاروخ قادم من», not «رتل قادم من بيجي»
            near = trigger.first - 2, trigger.first
            return not page.signals.any(*near, "munition") and (
                page.tokens[trigger.first - 1].text not in _SAID_OF_THEM
            )
        if not words.startswith(_COMES):
            return False
        if self._tidings_after(trigger):
            return True
        pronoun = trigger.first > 0 and page.tokens[trigger.first - 1].text in _SAID_OF_THEM
        return not blow.munitions and not pronoun

    def _tidings_after(self, trigger: Signal) -> bool:
        return any(t.text in _TIDINGS for t in self.page.tokens[trigger.last : trigger.last + 7])

    # ── places that are only pointed at ──────────────────────────────────────────────────────

    def _pointed_site(self, blow: Blow, state: _State, i: int, first: int, last: int) -> bool:
        """A site told by a pronoun («انطلق منه», «سقطت داخلها») or a word about a place."""
        page = self.page
        text = page.tokens[i].text
        if text in _AS_BASE:
            return self._as_base(blow, state, i)
        before = page.tokens[i - 1].text if i else ""
        if text in _IS and state.source is None and says_origin(before):
            fired = any(t.sub == "launch" for t in blow.triggers)
            state.source = self._word_signal(i - 1, "launch_place") if fired else None
            state.governor = state.source or state.governor
            return fired
        if text in _IS and state.source is not None and not _has_launch(blow):
            state.governor, state.relative, state.soft = state.source, False, False
            return True
        if _posted(text) and self._shooters_before(i, first):
            if state.governor is not None and state.governor.sub == "target":
                state.after_source = state.governor  # «قصف مسلحون متمركزون في … المنطقة الخضراء»
            state.governor = self._word_signal(i, "launch_place")
            state.soft = state.relative = False
            return True
        pronoun = ("in", None) if text.lstrip("وف") in _THERE else place_pronoun(text)
        if pronoun is None:
            return False
        role = self._pointed_role(state, i, last, pronoun[0])
        place = None if role is None else place_meant(page, i, feminine=pronoun[1])
        if role is None or place is None:
            return False
        if any(s.role == role and _same_anchor(s.place, place) for s in blow.sites):
            return False
        token = page.tokens[i]
        here = replace(place, first=i, last=i + 1, start=token.start, end=token.end)
        site = SiteUse(role, here, i, i + 1, "fell")
        site.relation = "near" if pronoun[0] == "near" else "inside"
        waiting = state.waiting
        if waiting is not None and i - waiting.last <= 4:
            site.count, site.part = waiting.value, waiting.part
            state.waiting = None if role == "impact" else waiting
        blow.sites.append(site)
        return True

    def _word_signal(self, i: int, sub: str) -> Signal:
        """A word that acts as a trigger here and is none elsewhere."""
        token = self.page.tokens[i]
        form = arabic_forms(token.text)[0]
        return Signal("trigger", sub, i, i + 1, token.start, token.end, "", True, form)

    def _pointed_role(self, state: _State, i: int, last: int, preposition: str) -> Role | None:
        """The role of the place that a pronoun at token ``i`` stands for."""
        page, governor = self.page, state.governor
        past = 99 if governor is None else i - governor.last
        near = 0 <= past <= 2
        launcher = page.signals.any(i, min(last, i + 11), "launcher")
        if page.tokens[i].text.lstrip("وف") in _THERE:
            if i and page.tokens[i - 1].text == "من":  # «أن الإطلاق جرى من هناك»
                fired = governor is not None and governor.sub == "launch"
                return "launch" if fired and governor and i - governor.last <= 4 else None
            finds = page.signals.any(i, min(last, i + 4), "trigger", "find") or (
                governor is not None and governor.sub == "find"
            )
            return "launch" if finds and launcher else None
        if governor is None or not near:
            return None
        if preposition == "from":
            relative = self._relative_before(i)
            partitive = page.any_number(i + 1) is not None  # «أُطلقت منها خمسة»
            if relative and page.in_place(relative - 1):
                return "launch" if governor.sub == "launch" else None
            if governor.sub != "launch" or partitive:
                return None
            if not relative:
                return "launch"
            state.from_it = True  # «القاعدة التي انطلقا منها في الزعفرانية», «… هي الدوجمة»
            state.source = governor._replace(sub="launch_place")
            return None
        if governor.sub == "find":
            return "launch" if launcher else None
        return "impact" if governor.sub in ("fall", "explode") and governor.verb else None

    def _relative_before(self, i: int) -> int:
        """The relative word a few tokens before ``i``, 0 where there is none."""
        tokens = self.page.tokens
        return next((k for k in range(i - 1, max(0, i - 5), -1) if tokens[k].text in RELATIVE), 0)

    def _as_launch_place(self, blow: Blow, state: _State, trigger: Signal, first: int) -> bool:
        """«البلديات كانت نقطة الإطلاق»: the place was named just before."""
        place = state.previous_place
        if place is None or not named_as_base(self.page, place, trigger):
            return False
        if trigger.sub == "launch" and "ل" not in trigger.form.prefix:
            return False  # «مكاناً للإطلاق»
        if not is_denied(self.page, place, trigger, first):
            self._launched_from(blow, place, first)
        return True

    def _launched_from(self, blow: Blow, place: FoundPlace, first: int) -> None:
        site = SiteUse("launch", place, place.first, place.last, "fell")
        self._grade_launch(blow, site, place, first)
        blow.sites.append(site)

    def _grade_launch(self, blow: Blow, site: SiteUse, place: FoundPlace, first: int) -> None:
        """Whether a place of launch is hearsay or was overtaken, or overtakes another."""
        page = self.page
        rank = self._voices.at(blow.sentence, place.first).rank
        told = [s.last for s in blow.sites if s.role == "launch" and s.first < place.first]
        start = max([first, place.first - 14, *told])
        site.early = (
            rank == 0
            or page.signals.any(start, place.first, "hedge", "early")
            or page.signals.any(max(start, place.first - 12), place.first, "hedge", "unconfirmed")
        )
        self._fired_from.add(place.first)
        for other in blow.sites:
            if other.role == "launch" and other.first < place.first:
                if overtakes(page, other.last, place):
                    lesser = rank < self._voices.at(blow.sentence, other.first).rank
                    (site if lesser else other).early = True

    def _searched(self, blow: Blow, state: _State) -> None:
        """«فتشت قوة منطقة الزعفرانية فعثرت على منصة»: it was found where they searched."""
        if not (state.found and state.launcher) or _has_launch(blow):
            return
        for place, _ in state.loose:
            if was_searched(self.page, place):
                self._launched_from(blow, place, blow.first)
                return

    def _as_base(self, blow: Blow, state: _State, i: int) -> bool:
        """«اختاروا أرضاً زراعية في اللطيفية منطلقاً لها»."""
        place = state.previous_place
        if place is None or not 0 <= i - place.last <= 3:
            return False
        blow.sites.append(SiteUse("launch", place, place.first, place.last, "fell"))
        return True

    def _shooters_before(self, i: int, first: int) -> bool:
        """«الجهة التي أطلقته تمركزت في», «الرامي وقف في»."""
        page = self.page
        start = max(first, i - 7)
        return page.signals.any(start, i, "trigger", "launch") or any(
            form.text.removeprefix("ال") in _SHOOTERS
            for token in page.tokens[start : i + 2]
            for form in arabic_forms(token.text)
        )

    def _intercept(self, blow: Blow, state: _State, trigger: Signal, first: int, last: int) -> None:
        if any(s.role == "intercept" and abs(s.first - trigger.first) < 8 for s in blow.sites):
            state.governor = trigger
            return
        count: int | None = None
        start = trigger.first
        end = trigger.last
        after = self._next_quantity(trigger.last, last, first)
        which = next(
            (
                i
                for i in range(trigger.last, min(last, trigger.last + 8))
                if (n := self.page.any_number(i)) is not None and n.ordinal
            ),
            None,
        )
        if after is not None:
            count, end = after.value, after.last
        elif which is not None and not any(
            self.page.tokens[i].text in _COMMAS for i in range(trigger.last, which)
        ):
            count, end = 1, self.page.after_number(which)  # «أسقطت منظومة … الأولى»
        elif state.waiting is not None and trigger.first - state.waiting.last <= 12:
            count, start = state.waiting.value, state.waiting.first
        elif trigger.form.text.endswith("تا") or self._dual_verb(trigger):
            count = 2
        blow.sites.append(SiteUse("intercept", None, start, end, "fell", count))
        state.governor = trigger
        state.waiting = None

    def _stops_munition(self, trigger: Signal, first: int) -> bool:
        """ "brought down two of them", not "brought down a building"."""
        page = self.page
        if self._arabic:
            return self._stops_in_arabic(trigger, first)
        ahead = range(trigger.last, trigger.last + 6)
        if any(
            page.any_number(i) or page.signal(i, "munition") for i in ahead if i < len(page.tokens)
        ):
            return True
        before = range(max(first, trigger.first - 4), trigger.first)
        return any(
            page.tokens[i].text in ("was", "were", "been", "being", "both", "and") for i in before
        )

    def _stops_in_arabic(self, trigger: Signal, first: int) -> bool:
        """«أسقطت اللجنة فقرات» stops nothing that flies."""
        page = self.page
        if page.words(trigger.first, trigger.last).endswith(("ها", "هما", "هم", "تا")):
            return True
        if page.signals.any(trigger.last, trigger.last + 2, "attacker"):
            return False  # «اعترض مسلحون حافلة»
        near = range(max(0, first - 30), trigger.last + 9)
        return page.signals.any(near.start, near.stop, "munition") or any(
            page.any_number(i) is not None for i in range(trigger.last, trigger.last + 7)
        )

    def _dual_verb(self, trigger: Signal) -> bool:
        text = self.page.tokens[trigger.first].text
        return self._arabic and trigger.verb and text.endswith("ا") and not text.endswith("وا")

    def _next_quantity(self, i: int, last: int, first: int) -> Quantity | None:
        for at in range(i, min(last, i + 4)):
            quantity = self._quantity(at, first, last)
            if quantity is not None:
                return quantity
            if self.page.tokens[at].text in _COMMAS or self.page.place(at):
                return None
        return None

    # ── figures ──────────────────────────────────────────────────────────────────────────────

    def _quantity(self, i: int, first: int, last: int) -> Quantity | None:
        """A figure with its munition, a munition that carries its own figure, or a share."""
        page = self.page
        if i not in self._figures and page.tokens[i].text.lstrip("و") not in _THEIR_NUMBER:
            return None
        if page.in_place(i) or page.in_date(i) or self._describes(i):
            return None
        number = page.any_number(i)
        munition_here = not self._arabic and i in page.first["munition"]  # "a one-way drone"
        if number is not None and number.counts and not munition_here:
            counted = self._counted(i, last)
            if counted is not None or number.kind != "one_of":
                return counted
        if number is not None and number.ordinal:
            return self._ordinal(i, last, first)
        if page.tokens[i].text.lstrip("و") in _THEIR_NUMBER:
            return self._their_number(i, last)
        part = page.first["part"].get(i)
        if part is not None and part.sub in ("one", "first") and not munition_here:
            return self._share(part, last)
        munition = page.first["munition"].get(i) or self._exploding(i)
        if munition is None and self._arabic and (named := page.signal(i, "weapon")) is not None:
            one = page.any_number(named.last)  # «بكاتيوشا واحد»
            if one is not None and one.kind == "cardinal" and one.value in (1, 2):
                return Quantity(one.value, "rocket", i, page.after_number(named.last))
        if munition is not None and self._arabic and "ك" in munition.form.prefix:
            return None  # «نزل القرار كالصاروخ»
        return None if munition is None else self._bare(munition)

    def _their_number(self, i: int, last: int) -> Quantity | None:
        """«أن عددها ستة»: how many of what was told before."""
        page = self.page
        at = i + 1
        if at < last and page.tokens[at].text in _COUNT_VERBS:
            at += 1
        number = page.any_number(at) if at < last else None
        if number is None or not number.counts or page.signal(page.after_number(at), "munition"):
            return None
        return Quantity(number.value, "", i, page.after_number(at))

    def _exploding(self, i: int, start: int | None = None) -> Signal | None:
        """«انفجرت شاحنة», "the first car blew up": then the vehicle is a car bomb.

        ``start`` is where the figure before it stands.
        """
        signals = self.page.signals
        vehicle = signals.first["vehicle"].get(i)
        if vehicle is None:
            return None
        opens = i if start is None else start
        before = signals.between(opens - 2, opens, "trigger", "explode")
        after = signals.any(vehicle.last, vehicle.last + 2, "trigger", "explode")
        verb = any(s.verb or self._goes_up(s) for s in before) if self._arabic else after
        relative = signals.any(vehicle.last + 1, vehicle.last + 2, "trigger", "explode")
        if self._arabic and vehicle.form.article and relative:
            verb = verb or self.page.tokens[vehicle.last].text in RELATIVE
        verb = verb or (self._parked(vehicle) if self._arabic else self._left_to_explode(vehicle))
        return vehicle._replace(kind="munition", sub="car_bomb") if verb else None

    def _left_to_explode(self, vehicle: Signal) -> bool:
        """ "A car parked outside a restaurant in Karrada exploded"."""
        page = self.page
        tokens = page.tokens[vehicle.last : vehicle.last + 1]
        if not tokens or tokens[0].text not in ("parked", "left", "abandoned"):
            return False
        for i in range(vehicle.last + 1, min(len(page.tokens), vehicle.last + _SUBJECT + 2)):
            if page.tokens[i].text in ",.;" or page.signals.any(i, i + 1, "munition"):
                return False
            blast = page.signal(i, "trigger", "explode")
            if blast is not None:
                return self._goes_off(blast)
        return False

    def _parked(self, vehicle: Signal) -> bool:
        """«سيارة من نوع أوبل انفجرت», «شاحنة متوقفة انفجرت»."""
        page = self.page
        for i in range(vehicle.last, min(len(page.tokens), vehicle.last + 5)):
            blast = page.signal(i, "trigger", "explode")
            if blast is not None:
                return blast.verb and page.tokens[i].text.startswith("انفجر")
            if not page.tokens[i].is_word or page.signals.any(i, i + 1, "munition"):
                return False
        return False

    def _goes_up(self, blast: Signal) -> bool:
        """«انفجار السيارة» is of the car, «استهدف انفجار سيارة ضابط» is aimed at one."""
        signals = self.page.signals
        return not signals.any(blast.first - 2, blast.first, "trigger", "target", "hit")

    def _bare(self, munition: Signal) -> Quantity | None:
        page = self.page
        value = {"singular": 1, "dual": 2}.get(munition.number)
        if value == 2 and self._qualifies(munition):
            value = None
        if self._dual_construct(munition):
            value = 2
        end = munition.last
        what = munition.sub
        nxt = page.any_number(end)
        definite = munition.form.article or page.tokens[munition.first].text == "the"
        previous = page.tokens[munition.first - 1].text if munition.first else ""
        if not self._arabic:
            if value == 1 and previous not in _EN_ONE and not self._near_one(munition.first):
                dated = previous.endswith("'s") and what in _PLANTED  # "Sunday's car bomb"
                value = 1 if previous == "the" or dated or self._headline(munition) else None
            definite = previous in ("the", "that", "this")
        if nxt is not None and nxt.ordinal and self._arabic:
            return Quantity(
                1, what, munition.first, page.after_number(end), part=True, ordinal=nxt.value
            )
        if nxt is not None and nxt.kind == "cardinal" and nxt.value in (1, 2) and self._arabic:
            return Quantity(nxt.value, what, munition.first, page.after_number(end))
        other = page.signals.any(end, end + 2, "other") and self._arabic
        numbered = definite or page.words(max(0, munition.first - 2), munition.first) == "number of"
        told = self._counted_after(munition) if munition.number == "plural" and numbered else None
        if what == "suicide" and munition.number == "plural":
            value = self._wearing(munition.first)
        if told is not None:
            return told
        planted = what in ("ied", "car_bomb", "suicide") and not self._arabic
        return Quantity(
            value,
            what,
            munition.first,
            end,
            part=definite and value == 1 and not planted,
            other=other and bool(value),
        )

    def _wearing(self, belts: int) -> int | None:
        """ "two men wearing explosive belts": one each."""
        tokens = self.page.tokens
        for i in range(belts - 1, max(-1, belts - 6), -1):
            if tokens[i].text in ("wearing", "with", "in"):
                figures = (self.page.number(k) for k in range(i - 1, max(-1, i - 4), -1))
                return next((n.value for n in figures if n is not None), None)
        return None

    def _qualifies(self, munition: Signal) -> bool:
        """«هجوم صاروخي»: an adjective that is written like the dual."""
        page = self.page
        adjective = page.tokens[munition.first].text.endswith("ي") and not munition.form.prefix
        if not adjective or munition.first == 0 or page.signal(munition.last, "weapon"):
            return False
        before = page.signals.between(munition.first - 1, munition.first, "trigger")
        return any(not s.verb and s.sub in ("attack", "target") for s in before)

    def _dual_construct(self, munition: Signal) -> bool:
        """«صاروخا كاتيوشا», without the mark of the accusative: two of them."""
        page = self.page
        if not self._arabic or munition.last >= len(page.tokens):
            return False
        written = page.original(munition.first, munition.first + 1)
        if not written.endswith("ا") or page.signal(munition.first + 1, "weapon") is None:
            return False
        before = munition.first - 1
        subject = before < 0 or not page.tokens[before].is_word
        fallen = subject or page.signal(before, "trigger", "fall", "launch") is not None
        return fallen or any(
            self._dual_verb(s)
            for s in page.signals.between(munition.last, munition.last + 4, "trigger")
        )

    def _counted_after(self, munition: Signal) -> Quantity | None:
        """«القذائف كانت اثنتي عشرة», «عدد الصواريخ خمسة»: the figure follows its noun."""
        page = self.page
        at = munition.last
        if at + 1 >= len(page.tokens):
            return None
        if page.tokens[munition.first - 1].text in ("عدد", "of", "the"):
            far = self._number_reached(munition)
            if far is not None or not self._arabic:
                return far
        elif not self._arabic:
            return None
        copula = page.tokens[at].text in _COUNT_VERBS
        headed = munition.first > 0 and page.tokens[munition.first - 1].text.endswith("عدد")
        if copula:
            at += 1
        if not (copula or headed):
            return None
        number = page.any_number(at)
        if number is None or not number.counts:
            return None
        after = page.after_number(at)
        if after < len(page.tokens) and (
            page.signal(after, "munition") or page.signal(after, "victim")
        ):
            return None
        return Quantity(number.value, munition.sub, munition.first, after)

    def _number_reached(self, munition: Signal) -> Quantity | None:
        """«عدد الصواريخ التي سقطت على القاعدة بلغ تسعة», "the number of rockets was nine"."""
        page = self.page
        before = page.words(max(0, munition.first - 3), munition.first)
        if not before.endswith(("عدد", "number of", "number of the")):
            return None
        for i in range(munition.last, min(len(page.tokens) - 1, munition.last + 12)):
            text = page.tokens[i].text
            if text in ".;؛،," or page.signals.any(i, i + 1, "munition"):
                return None
            number = page.any_number(i + 1)
            if text in _REACHED and number is not None and number.counts:
                return Quantity(number.value, munition.sub, munition.first, munition.last)
        return None

    def _headline(self, munition: Signal) -> bool:
        """ "Rocket lands in Mansour", "hurt by mortar shell": headlines drop the article."""
        page = self.page
        tokens = page.tokens
        before = tokens[munition.first - 1].text if munition.first else "."
        after = tokens[munition.last].text if munition.last < len(tokens) else "."
        opens = munition.start == page.sentences[page.sentence_at(munition.first)].start
        acts = after in _HEADLINE_VERBS
        governed = before == "by" and (
            after in ".,;" or page.signal(munition.last, "prep") is not None
        )
        listed = before in ":-" and (after == "," or page.signal(munition.last, "prep") is not None)
        return governed or listed or (acts and (opens or before in _HEADLINE_LINKS))

    def _near_one(self, i: int) -> bool:
        start = i - 3
        for k in range(max(0, i - 3), i):  # "a 107-mm Katyusha rocket"
            number = self.page.any_number(k)
            if number is not None and number.unit == "mm":
                start = min(start, k - 2)
        return any(self.page.tokens[k].text in _EN_ONE for k in range(max(0, start), i))

    def _counted(self, i: int, last: int) -> Quantity | None:
        page = self.page
        number = page.any_number(i)
        assert number is not None
        after = page.after_number(i)
        if i in self._taken and not page.signal(after, "munition"):
            return None
        all_of_them = self._all_of(number, i, after)
        if all_of_them is not None:
            return all_of_them
        for reach in range(5):
            at = after + reach
            if at >= last:
                break
            text = page.tokens[at].text
            munition = page.signal(at, "munition") or self._exploding(at, i)
            weapon = page.signal(at, "weapon")
            if munition is not None or weapon is not None:
                source = munition or weapon
                assert source is not None
                if "ب" in source.form.prefix:
                    break
                what = munition.sub if munition is not None else "rocket"
                other = (
                    (number.another and (number.value or 0) > 1)
                    or page.signals.any(source.last, source.last + 3, "other")
                    or page.signals.any(after, at, "other")
                )
                return Quantity(
                    number.value,
                    what,
                    i,
                    source.last,
                    part=number.kind == "one_of" or (number.definite and number.value == 1),
                    other=other and number.kind != "one_of",
                    vague=number.value is None,
                )
            if (
                page.signal(at, "victim")
                or page.signal(at, "casualty")
                or page.signal(at, "attacker")
                or page.signal(at, "trigger")
                or page.signal(at, "launcher")
                or text in _COMMAS
                or text in ".:"
                or page.number(at) is not None
                or page.place(at) is not None
            ):
                break
            if self._arabic and reach and text not in ("نوع", "طراز", "من"):
                break
            if not self._arabic and text in _ELSE:
                break  # "put the dead at 18 after a car bomb"
        nxt = page.tokens[after].text if after < last else ""
        before = page.tokens[i - 1].text.lstrip("و") if i else ""
        if before in _AR_PART_OF and number.value is not None:
            return Quantity(number.value, "", i, after, part=True, share=True)  # «منها ستة في …»
        if nxt in _AR_PART_OF or (
            nxt == "of"
            and after + 1 < last
            and page.tokens[after + 1].text in ("them", "the", "those", "these", "which")
        ):
            end = after + 1
            while end < min(last, after + 4) and (
                page.tokens[end].text in ("of", "the", "them") or page.any_number(end) is not None
            ):
                end += 1
            return Quantity(number.value, "", i, end, part=True, share=True)
        if before == "other" and page.tokens[i - 2].text == "the":
            return Quantity(number.value, "", i, after, part=True, share=True)
        if number.another and (number.value or 0) > 1:
            end = after + 1 if page.signals.any(after, after + 1, "other") else after
            return Quantity(number.value, "", i, end, part=False, other=True)
        return self._elliptic(number, i, after, last)

    def _all_of(self, number: Number, i: int, after: int) -> Quantity | None:
        """«القذائف الخمس»: all that were fired."""
        page = self.page
        before = page.signals.between(i - 2, i, "munition")
        if not (number.definite and before and before[-1].last == i and number.value):
            return None
        if before[-1].number != "plural" or number.value < 3 or not before[-1].form.article:
            return None
        if page.signals.any(after, after + 1, "other"):
            return None
        return Quantity(number.value, before[-1].sub, i, after)

    def _elliptic(self, number: Number, i: int, after: int, last: int) -> Quantity | None:
        """«و14 في أحياء أخرى», "three hit the hotel": a figure whose noun was said before."""
        page = self.page
        single = number.kind in ("one_of", "another", "both")
        if number.value is None:
            return None
        if after >= last:
            return Quantity(number.value, "", i, after, part=True, share=True) if single else None
        follows = (
            (single and page.tokens[after].text in _AFTER_ANOTHER)
            or page.signal(after, "prep") is not None
            or page.signals.any(
                after,
                after + 1,
                "trigger",
                "fall",
                "hit",
                "explode",
                "intercept",
                "launch",
                "target",
            )
            or page.signals.any(after, after + 2, "other")
        )
        harmed = page.signal(after, "casualty", "killed", "wounded")
        if number.kind == "another" and harmed is not None and not self._arabic:
            if page.number(harmed.last) is not None:  # "and another killed two"
                return Quantity(1, "", i, after, part=True, share=True, another=True)
        if not follows or page.signals.any(after, after + 2, "casualty"):
            return None
        if not self._arabic and self._adjective(after):
            return None
        when = single and page.tokens[after].text in _WHEN  # "and then another as people gathered"
        if not when and (
            page.signals.any(after, after + 3, "victim")
            or page.signals.any(after, after + 3, "attacker")
        ):
            return None
        if page.tokens[after].text == "من" and page.signals.any(after, after + 4, "casualty"):
            return None  # «وأربعة من الجيران جُرحوا»
        return Quantity(
            number.value,
            "",
            i,
            after,
            part=True,
            other=not single and page.signals.any(after, after + 2, "other"),
            share=single or number.value == 1,
            another=number.kind == "another",
        )

    def _adjective(self, i: int) -> bool:
        """ "two damaged hangars": what the participle describes follows it."""
        tokens = self.page.tokens
        if tokens[i].text not in ("damaged", "destroyed", "wrecked", "exploding"):
            return False
        after = tokens[i + 1].text if i + 1 < len(tokens) else "."
        return (
            after.isalpha()
            and after not in _EN_ONE
            and after not in ("the", "his", "its", "their", "by", "several", "many")
            and self.page.signal(i + 1, "prep") is None
            and self.page.any_number(i + 1) is None
            and self.page.place(i + 1) is None
        )

    def _describes(self, i: int) -> bool:
        """«ضابط آخر»: an adjective of the noun before it, where «وسقط آخر» is one more."""
        page = self.page
        if i == 0 or page.tokens[i].text not in ("اخر", "اخري"):
            return False
        before = page.tokens[i - 1].text.lstrip("وف")
        return before.isalpha() and not (
            before in _BEFORE_ANOTHER or page.signals.any(i - 1, i, "trigger")
        )

    def _ordinal(self, i: int, last: int, first: int) -> Quantity | None:
        """الأول، الثالث · the third: one of those that were counted before."""
        page = self.page
        number = page.any_number(i)
        assert number is not None
        after = page.after_number(i)
        text = page.tokens[i].text
        if self._arabic:
            munition_before = i > first and page.signals.any(i - 1, i, "munition")
            if page.signals.any(i - 1, i, "trigger", "attack", "airstrike"):
                return None  # «الغارة الأولى من نوعها»
            if any(t.text in _HOURS for t in page.tokens[max(first, i - 2) : after + 2]):
                return None  # «بين السابعة والنصف والثامنة إلا ثلثاً»
            joined = text[0] in "وف"
            listed = joined and page.signal(after, "prep", "on", "in", "at", "near") is not None
            fell = i > first and page.signals.any(i - 1, i, "trigger", *_FALLS)
            if not (text.lstrip("وف").startswith("ال") or munition_before or listed or fell):
                return None
            if (
                i > first
                and not joined
                and not munition_before
                and page.tokens[i - 1].text.isalpha()
                and not (
                    page.tokens[i - 1].text in ("اما", "فيما", "بينما", "سقط", "انفجر", "و", "ان")
                    or page.signals.any(i - 1, i, "trigger")
                    or page.signals.any(i - 1, i, "speech", "that")
                )
            ):
                return None
            return Quantity(1, "", i, after, part=True, ordinal=number.value)
        munition = page.signal(after, "munition")
        if munition is not None:
            return Quantity(1, munition.sub, i, munition.last, part=True, ordinal=number.value)
        if (
            page.signal(after, "trigger") is None
            and page.signal(after, "prep") is None
            and (after >= last or page.tokens[after].text not in (",", "of", "which", "blew"))
        ):
            return None
        return Quantity(1, "", i, after, part=True, ordinal=number.value)

    def _share(self, part: Signal, last: int) -> Quantity | None:
        page = self.page
        end = part.last
        munition = page.signal(end, "munition")
        what = ""
        if munition is not None and munition.number != "dual":
            what, end = munition.sub, munition.last
        if munition is None and page.signals.any(end, end + 2, "victim"):
            return None
        if (
            munition is None
            and not self._arabic
            and not (
                page.signal(end, "prep")
                or page.signal(end, "trigger")
                or end >= last
                or page.tokens[end].text in (",", "of")
                or self._kills_too(part, last)
                or (page.words(part.first, end).startswith("the ") and page.signal(end, "casualty"))
            )
        ):
            return None
        words = page.words(part.first, part.last)
        ordinal = {"a second": 2, "a third": 3, "a fourth": 4}.get(words)
        more = words.lstrip("و") in _ONE_MORE
        return Quantity(
            1, what, part.first, end, part=True, share=True, ordinal=ordinal, another=more
        )

    def _kills_too(self, part: Signal, last: int) -> bool:
        """ "a fourth left seven dead", "one that fell short killed two"."""
        page, end = self.page, part.last
        if page.tokens[end].text == "left" and end + 1 < last:
            return page.number(end + 1) is not None
        return page.tokens[end].text in ("that", "which") and page.signals.any(
            end + 1, end + 2, "trigger", "fall", "hit", "explode"
        )

    def _unfired(self, quantity: Quantity, first: int, last: int) -> bool:
        """Rockets that were found, defused or never left are not counted."""
        page = self.page
        stop = quantity.last
        while (
            stop < min(last, quantity.last + 9)
            and page.tokens[stop].text not in "،,.;؛"
            and not self._new_clause(stop)
        ):
            stop += 1
        if page.signals.any(quantity.last, stop, "trigger", "defuse"):
            return True
        start = quantity.first
        while (
            start > max(first, quantity.first - 9)
            and page.tokens[start - 1].text not in "،,.;؛"
            and not self._new_clause(start)
        ):
            start -= 1
        if page.signals.any(start, quantity.first, "trigger", "defuse"):
            return True
        if self._loaded(quantity, first):
            return True
        finds = page.signals.between(start, quantity.first, "trigger", "find")
        if not self._arabic:
            finds += page.signals.between(quantity.last, stop, "trigger", "find")
        if quantity.what == "drone":  # one that is spotted in the air is on its way
            finds = [f for f in finds if not page.words(f.first, f.last).startswith(_SPOTS)]
        found = bool(finds)
        return found and not page.signals.any(start, stop, "trigger", "launch", "fall", "hit")

    def _left_it(self, share: Quantity) -> bool:
        """«كانت تضم أربعين، انطلقت منها 29», "of seven set up, four were fired"."""
        near = (share.first - 3, share.last + 3)
        plain = share.part and share.ordinal is None and share.value is not None
        return plain and self.page.signals.any(*near, "trigger", "launch", "fall")

    def _loaded(self, quantity: Quantity, first: int) -> bool:
        """«القاذفة كانت تضم أربعين قذيفة»: what the launcher holds has not left it."""
        page = self.page
        holds = page.tokens[max(first, quantity.first - 2) : quantity.first]
        return any(t.text.lstrip("و") in _HOLDS for t in holds) and page.signals.any(
            max(first, quantity.first - 20), quantity.first, "launcher"
        )

    def _new_clause(self, i: int) -> bool:
        """«وعُثر على أربعة», "and troops found three": another verb begins its clause here."""
        page = self.page
        if self._arabic:
            joined = page.tokens[i].text[0] in "وف"
            return joined and page.signal(i, "trigger", *_CLAUSES) is not None
        return page.tokens[i].text in _ANDS and page.signals.any(i + 1, i + 5, "trigger", *_CLAUSES)

    # ── places ───────────────────────────────────────────────────────────────────────────────

    def _place(self, blow: Blow, state: _State, place: FoundPlace, first: int) -> None:
        prepositions, joined = self._prepositions(place, first, state)
        if _is_river(place) and "in" not in prepositions:
            return  # «الضفة الأخرى من دجلة» is a bearing
        if self._nested(state, place, prepositions, joined):
            return
        if self._other_deed(state, place):
            state.governor = None  # "were behind the blasts and were avenging defeats in Anbar"
        owner = self._owner(place, state)
        if owner is not None:  # "in central Baghdad's Tahrir Square"
            prepositions = self._prepositions(owner, first, state)[0] - {"direction"}
        governor = state.governor
        role, certainty = self._role(blow, state, place, prepositions, joined)
        if role == "launch" and (
            self._nothing_found(place.last, blow.last)
            or (governor is not None and is_denied(self.page, place, governor, first))
        ):
            role = None
        if role == "target" and state.unfired and not blow.quantities:
            role = None  # one that was found was meant for it
        if role is None:
            state.loose.append((place, prepositions))
            return
        around = range(place.last, min(len(self.page.tokens), place.last + 3))
        if role == "impact" and any(self.page.tokens[i].text.startswith("ومحيط") for i in around):
            certainty = "fell"
        relation: Relation = "at"
        if "near" in prepositions or (role == "impact" and "from" in prepositions):
            relation = "near"
        elif "in" in prepositions:
            relation = "inside"
        elif "between" in prepositions:
            relation = "between"
        count: int | None = None
        part = False
        waiting = state.waiting
        reach = 14 if role == "launch" else 18
        if waiting is not None and place.first - waiting.last <= reach:
            count, part = waiting.value, waiting.part
            aimed = role == "target" and certainty in ("meant", "toward")
            if role != "launch" and not aimed:
                state.waiting = None
            if aimed or (role == "launch" and any(s.role == "launch" for s in blow.sites)):
                count = None  # it is told where they fell
            if role == "launch" and state.governor is not None and state.governor.sub == "find":
                count = None  # and not that all came from the launcher that was found
        start = place.first
        if role == "impact" and self._boasted(blow, place, first):
            role, certainty = "target", "meant"
        site = SiteUse(role, place, start, place.last, certainty, count, relation, part=part)
        if role == "launch":
            self._grade_launch(blow, site, place, first)
        else:
            site.early = self.page.signals.any(
                max(first, place.first - 14), place.first, "hedge", "early"
            )
        site.found = state.governor is not None and state.governor.sub == "find"
        site.heard = state.governor is not None and self._only_heard(state.governor)
        blow.sites.append(site)
        state.last_site = site

    def _other_deed(self, state: _State, place: FoundPlace) -> bool:
        """Whether a second verb of the sentence stands between a noun and the place."""
        governor = state.governor
        if self._arabic or governor is None or governor.sub not in ("explode", "attack"):
            return False
        if not page_text(self.page, governor).endswith("s"):
            return False
        words = [t.text for t in self.page.tokens[governor.last : place.first]]
        return any(a == "and" and b in _AUXILIARIES for a, b in pairwise(words))

    def _owner(self, place: FoundPlace, state: _State) -> FoundPlace | None:
        """The place whose part this one is: "in Baghdad's Tahrir Square"."""
        previous = state.previous_place
        if self._arabic or previous is None or previous.last != place.first:
            return None
        return previous if self.page.tokens[previous.last - 1].text.endswith("'s") else None

    def _nothing_found(self, first: int, last: int) -> bool:
        """ "told the fire had come from there; they found nothing"."""
        words = self.page.words(first, last)
        return any(phrase in words for phrase in _FOUND_NOTHING)

    def _only_heard(self, governor: Signal) -> bool:
        """«سُمعت الانفجارات في الصالحية»: where a blast was heard is not where it was."""
        tokens = self.page.tokens
        if governor.sub == "hit":  # «هز دوي الانفجارات أحياء الدورة»
            return governor.last < len(tokens) and tokens[governor.last].text == "دوي"
        around = tokens[max(0, governor.first - 2) : governor.last]
        return governor.sub == "explode" and any(
            t.text.lstrip("وف").startswith(_HEARD) for t in around
        )

    def _boasted(self, blow: Blow, place: FoundPlace, first: int) -> bool:
        """Whether only the attackers' own channels, or rumours, say that it was hit there."""
        voice = self._voices.at(blow.sentence, place.first)
        return (
            voice.rank == 0
            or self._communique
            or self.page.signals.any(
                max(first, place.first - 16), place.first, "hedge", "unconfirmed"
            )
        )

    def _prepositions(
        self, place: FoundPlace, first: int, state: _State
    ) -> tuple[frozenset[str], bool]:
        """The prepositions before the place, and whether «و» joins it to another."""
        page = self.page
        found: set[str] = set()
        token = page.tokens[place.first]
        written_on = page.folded.text[token.start : place.start]
        clitic = (written_on or _clitic(token.text)) if self._arabic else ""
        joined = False
        if self._arabic and page.folded.text[place.start] != page.tokens[place.first].text[0]:
            joined = page.tokens[place.first].text.startswith("و")
        if "ب" in clitic:
            found.add("in")
        if "ل" in clitic:
            found.add("to")
        launched = state.governor is not None and state.governor.sub in ("launch", "come_from")
        floor = max(first, place.first - 9)
        i = place.first - 1
        nearest = place.first
        while i >= floor:
            if page.in_place(i) or page.tokens[i].text in ".;؛:":
                break
            if page.tokens[i].text in _COMMAS:
                if not self._arabic and i == place.first - 1 and self._list_ahead(place):
                    joined = True
                break
            told = i in page.first["munition"] or i in page.first["trigger"]
            if told and i not in page.first["prep"]:
                break
            if not self._arabic and page.tokens[i].text == "and" and i == place.first - 1:
                joined = True
            covering = self._prep_over(i, floor, place.first)
            if covering is not None and covering.sub == "from" and self._part_of(covering.first):
                found.add("in")  # «داخل الجانب العسكري من المطار»
                break
            if covering is not None:
                far = bool(found) and covering.last < nearest
                if (
                    not far
                    or covering.sub not in ("from", "toward", "between")
                    or (launched and covering.sub == "from")
                ):
                    found.add(covering.sub)
                i = nearest = covering.first
            i -= 1
        return frozenset(found), joined

    def _part_of(self, preposition: int) -> bool:
        """Whether «من» follows a noun for a part: «الجانب العسكري من», «جزء من»."""
        tokens = self.page.tokens
        return self._arabic and any(
            tokens[i].text.lstrip("بو").removeprefix("ال") in _PARTS
            for i in range(max(0, preposition - 2), preposition)
        )

    def _list_ahead(self, place: FoundPlace) -> bool:
        """ "in Karrada, Zayouna and Jadriya": more places follow, joined by "and" or a comma."""
        after = place.last
        if after + 1 >= len(self.page.tokens):
            return False
        if self.page.tokens[after].text not in ("and", ","):
            return False
        at = after + 1 + (self.page.tokens[after + 1].text == "and")
        return self.page.place(at) is not None

    def _prep_over(self, i: int, floor: int, stop: int) -> Signal | None:
        """The longest preposition that covers a token."""
        best: Signal | None = None
        for signal in self.page.signals.between(max(floor, i - 3), i + 1, "prep"):
            if i < signal.last <= stop:
                if best is None or signal.last - signal.first > best.last - best.first:
                    best = signal
        return best

    def _nested(
        self,
        state: _State,
        place: FoundPlace,
        prepositions: frozenset[str],
        joined: bool,
    ) -> bool:
        """«شارع الضغط في حي الأمين»: the second name only says where the first one is."""
        previous = state.previous_place
        if previous is None or joined:
            return False
        if _is_river(previous) and "in" in prepositions:
            return False  # "from across the Tigris in Sinak"
        page = self.page
        if "in" in prepositions and self._only_points_to(previous, state):
            return False
        gap = range(previous.last, place.first)
        if len(gap) > 10:
            return False
        for i in gap:
            text = page.tokens[i].text
            number = page.any_number(i)
            if number is not None and (number.counts or number.ordinal) and not page.in_date(i):
                return False
            if page.signals.any(i, i + 1, "munition"):
                return False
            if page.signals.any(i, i + 1, "trigger") or page.signals.any(i, i + 1, "part"):
                return False
            if text in ".;؛:" or (self._arabic and text.startswith("و") and page.signal(i, "prep")):
                return False
            if text in ("and", "و") or (text in _IS and state.governor is state.source):
                return False
        launched = state.governor is not None and state.governor.sub == "launch"
        if launched and prepositions & frozenset(("at", "on")) and "in" not in prepositions:
            return False
        if page.signals.any(previous.last, place.first, "prep", "direction"):
            return True  # «قرية … الواقعة إلى الشمال من بلدة …»
        if "toward" in prepositions or ("from" in prepositions and (launched or len(gap) > 2)):
            return False
        if self._shelled_from(state, place, prepositions) or self._then_object(state, place, gap):
            return False
        site = state.last_site
        if site is None or site.place is None or site.place is not previous:
            if self._owner(place, state) is not None and rank(place.level) < rank(previous.level):
                return False
            return (
                bool(prepositions & _NESTING)
                or not gap
                or all(page.tokens[i].text in _COMMAS for i in gap)
            )
        finer = rank(place.level) < rank(previous.level)
        if (place.radius_m or 0) > (previous.radius_m or math.inf):
            finer = False  # «برطلة في سهل نينوى»
        contained = self._contains(previous, place)
        if (finer and contained and site.count is None) or (
            finer and contained and "in" not in prepositions
        ):
            site.place = place
            site.last = place.last
            if "near" in prepositions:
                site.relation = "near"
            return True
        return not finer or not (prepositions & frozenset(("on",)))

    def _only_points_to(self, previous: FoundPlace, state: _State) -> bool:
        """ "Just north of Baghdad, in Taji": the first place only says where the second one is."""
        return not self._arabic and any(
            p is previous and preps == {"direction"} for p, preps in state.loose[-1:]
        )

    def _shelled_from(self, state: _State, place: FoundPlace, prepositions: frozenset[str]) -> bool:
        """«قُصف مخيم ليبرتي من منطقة البكرية», but not «قُصف حي المفرق من مدينة بعقوبة»."""
        governor, previous = state.governor, state.previous_place
        return (
            "from" in prepositions
            and self._arabic
            and governor is not None
            and previous is not None
            and governor.sub in ("target", "undergo", "attack")
            and not self._contains(place, previous)
        )

    def _then_object(self, state: _State, place: FoundPlace, gap: range) -> bool:
        """«قصف التنظيم من قرية البشير ناحية تازة»: from where, and then what."""
        site, governor = state.last_site, state.governor
        return (
            not gap
            and site is not None
            and site.role == "launch"
            and site.place is state.previous_place
            and governor is not None
            and governor.sub == "target"
            and site.place is not None
            and not self._contains(place, site.place)
        )

    def _contains(self, outer: FoundPlace, inner: FoundPlace) -> bool:
        a, b = outer.anchor, inner.anchor
        if a is None or b is None:
            return True
        return self.gazetteer.is_within(b, a.id) or _close(a, b)

    def _role(
        self,
        blow: Blow,
        state: _State,
        place: FoundPlace,
        prepositions: frozenset[str],
        joined: bool,
    ) -> tuple[Role | None, Certainty]:
        governor = state.governor
        if joined and state.last_site is not None and state.last_site.place is state.previous_place:
            site = state.last_site
            if site.relation == "between":
                return None, "fell"
            if site.place is not None and place.first - site.place.last <= 2:
                return site.role, site.certainty
        if self._far_away(place) or self._ruled_out(place):
            return None, "fell"
        if self.page.signals.any(max(0, place.first - _REMEMBERED), place.first, "anniversary"):
            return None, "fell"  # "on the anniversary of the bombing of the Askari shrine"
        if "between" in prepositions:
            source = governor is not None and governor.sub == "launch_place"
            state.governor = None if source else governor
            return ("launch" if source else None), "fell"
        if governor is None and prepositions & _STANDING and self._attackers_fire(place):
            return "launch", "fell"
        if governor is None and self._verbless(blow, prepositions):
            return "impact", "fell"
        if governor is None:
            return None, "fell"
        if governor.sub == "launch_place":
            titled = self.page.tokens[place.first - 1].text.lstrip("و") in _TITLES
            state.governor = governor if titled else state.after_source
            state.after_source = None if not titled else state.after_source
            return (None if titled else "launch"), "fell"
        if state.relative and governor.sub != "launch":
            held = state.waiting is not None and prepositions & frozenset(("in", "on", "at"))
            if not held or governor.sub not in _FALLS:
                return None, "fell"
        if state.soft and not governor.verb and self._refers(governor):
            return None, "fell"
        if state.soft and not prepositions & frozenset(
            ("in", "on", "at", "near", "toward", "from")
        ):
            return None, "fell"
        sub = governor.sub
        if place.point is not None and sub in (
            "launch",
            "launch_place",
            "come_from",
            "find",
            "setup",
        ):
            return "launch", "fell"
        if sub in ("find", "setup"):
            ahead = self.page.signals.any(place.last, min(blow.last, place.last + 12), "launcher")
            if sub == "setup" and set(blow.munitions) & _PLANTED:
                return "impact", "aimed"  # «العبوة … وُضعت أمام المصرف»
            pronoun = page_text(self.page, governor).endswith(("ه", "ها", "هما"))
            if (
                state.launcher or ahead or (sub == "setup" and (blow.munitions or pronoun))
            ) and prepositions & frozenset(("in", "at", "near", "on", "from", "of")):
                return "launch", "fell"
            return None, "fell"
        if state.launcher and state.found and sub == "launch" and not prepositions & _ONTO:
            return "launch", "fell"
        if "toward" in prepositions:
            return "target", "toward"
        if sub == "aim" and self._walks_up(blow, governor):
            return "impact", "aimed"
        if sub == "aim":
            return "target", "meant"
        if sub in _FALLS and self._close_by(place):
            return "impact", "fell"
        if "from" in prepositions and "at" in prepositions and self._from_abroad(place):
            prepositions -= {"from"}
        if "from" in prepositions and "near" not in prepositions:
            if sub in ("launch", "come_from", "attack", "target", "undergo", "airstrike"):
                return "launch", "fell"
            return None, "fell"
        if "from" in prepositions and sub in ("launch", "come_from"):
            return "launch", "fell"
        if sub == "come_from":
            there = self.page.tokens[place.first].text == "there"
            near = bool(prepositions & _STANDING) or there  # "the shot originated there"
            return ("launch" if near and self._originates(governor) else None), "fell"
        if sub == "launch" and self._fired_there(state, prepositions):
            return "launch", "fell"
        if sub == "launch" and self._named_as_place(governor, place):
            return "launch", "fell"
        if sub == "launch" and prepositions & _STANDING and self._attackers_in(place):
            return "launch", "fell"
        if sub == "launch" and not prepositions & _GOALS and self._from_before(governor, place):
            return "launch", "fell"
        if sub == "launch":
            if prepositions & frozenset(("on", "at", "to")) or self._into(place):
                return "impact", "aimed"
            if self._arabic and "in" in prepositions and state.launcher:
                return "launch", "fell"
            if not self._arabic and prepositions & frozenset(("in", "near")) and state.launcher:
                return "launch", "fell"
            if not self._arabic and "on" in prepositions:
                return "launch", "fell"
            return None, "fell"
        if sub == "intercept":
            return None, "fell"
        if sub in _IMPACT:
            if prepositions == frozenset(("direction",)) or (
                "direction" in prepositions and place.level in ("city", "governorate")
            ):
                return None, "fell"
            return "impact", "fell" if sub in _FALLS else "aimed"
        return None, "fell"

    def _from_abroad(self, place: FoundPlace) -> bool:
        """ "fired from Iran at the Ain al-Asad base": not from the base."""
        near = range(max(0, place.first - 8), place.first - 1)
        return any(
            self.page.tokens[i].text == "from" and self.page.signals.any(i + 1, i + 3, "foreign")
            for i in near
        )

    def _goes_off(self, trigger: Signal) -> bool:
        """ "A car bomb targeting the convoy exploded in Mosul": English verbs are not marked."""
        words = page_text(self.page, trigger)
        return not self._arabic and trigger.sub == "explode" and words.endswith(("ed", "up", "off"))

    def _walks_up(self, blow: Blow, governor: Signal) -> bool:
        """ "a bomber approached a checkpoint in Taji and blew himself up": he got there."""
        came = page_text(self.page, governor).startswith("approach")
        return came and self.page.signals.any(governor.last, blow.last, "trigger", "explode")

    def _into(self, place: FoundPlace) -> bool:
        """ "fired a rocket into the Green Zone": where it was sent, not from where."""
        before = self.page.tokens[max(0, place.first - 3) : place.first]
        return any(t.text == "into" for t in before)

    def _close_by(self, place: FoundPlace) -> bool:
        """ "landed 200 yards from the embassy", «على مسافة مئة متر من سور السفارة»."""
        page = self.page
        if rank(place.level) > 0:
            return False
        for i in range(place.first - 1, max(0, place.first - _PACES), -1):
            number = page.any_number(i)
            if number is not None and number.unit is not None:
                metres = _METRES.get(number.unit, 0) * (number.value or 0)
                return 0 < metres <= _CLOSE_M
            if page.tokens[i].text in _COMMAS:
                return False
        return False

    def _fired_there(self, state: _State, prepositions: frozenset[str]) -> bool:
        """«القاعدة التي انطلقا منها في الزعفرانية», «وميض الإطلاق في بساتين الحضرة»."""
        governor = state.governor
        if governor is None or not prepositions & frozenset(("in", "at", "near", "on")):
            return False
        flash = not governor.verb and governor.form.article
        return self._arabic and "on" not in prepositions and (state.from_it or flash)

    def _named_as_place(self, governor: Signal, place: FoundPlace) -> bool:
        """ "the place from which they were launched as Sadr City"."""
        page = self.page
        before = page.words(max(0, governor.first - 8), governor.first)
        named = page.tokens[place.first - 1].text in ("as", "was", "is")
        return named and ("from which" in before or "where" in before)

    def _from_before(self, governor: Signal, place: FoundPlace) -> bool:
        """ "launched from a site eight kilometres away, near the town of Baghdadi"."""
        page = self.page
        return (
            place.first - governor.last <= _REMEMBERED
            and page.signals.any(governor.last, place.first, "prep", "from")
            and not page.signals.any(governor.last, place.first, "munition")
            and all(
                _is_river(p) or p.first < governor.last for p in page.places_before(place.first, 2)
            )
        )

    def _originates(self, governor: Signal) -> bool:
        return page_text(self.page, governor) == "originated"

    def _attackers_in(self, place: FoundPlace) -> bool:
        """«أطلق مسلحون في الشعلة أربع قذائف»: where those stand who fire."""
        page = self.page
        return page.signals.any(place.first - 2, place.first, "attacker") and not (
            page.tokens[place.first - 1].text.endswith("ly")
        )

    def _attackers_fire(self, place: FoundPlace) -> bool:
        """ "Militants in Shula fired four mortar rounds at …"."""
        page = self.page
        return self._attackers_in(place) and page.signals.any(
            place.last, place.last + 2, "trigger", "launch"
        )

    def _ruled_out(self, place: FoundPlace) -> bool:
        """«لا من أبو غريب كما ورد», «رجل من سكنة حي العامل»: nothing came from there."""
        words = [
            t.text.lstrip("و") for t in self.page.tokens[max(0, place.first - 2) : place.first]
        ]
        if not self._arabic or len(words) < 2:
            return False
        denied = words[0] in ("لا", "ليس", "ليست") and words[1] in ("من", "في", "علي")
        return denied or words[1] in _DWELLERS

    def _far_away(self, place: FoundPlace) -> bool:
        """ "rattled windows as far away as Adhamiyah": it was only heard there."""
        before = self.page.words(max(0, place.first - 4), place.first)
        return before.endswith(("as far as", "far away as", "as far off as"))

    def _fronted(self, blow: Blow, state: _State) -> None:
        """«وفي قضاء أبو غريب قتل شخصان بقذائف هاون»: the place comes before what happened."""
        if not state.loose or any(s.role in ("impact", "target") for s in blow.sites):
            return
        struck = any(
            t.sub in ("fall", "hit", "explode", "shoot", "airstrike", "target")
            and not (not t.verb and self._refers(t))
            and (t.sub != "fall" or blow.munitions or blow.quantities or blow.weapons)
            for t in blow.triggers
        )
        if not struck and not (blow.munitions and any(t.value for t in blow.tolls)):
            return
        if any(s.role == "intercept" for s in blow.sites):
            return
        fronted = [
            p
            for p, prepositions in state.loose
            if self._may_front(blow, p, prepositions)
            and p.first < min((t.first for t in blow.triggers), default=p.first + 1)
            and (rank(p.level) <= 4 or self._opens_with(blow, p))
            and not (p.place is not None and p.place.id == "baghdad")
        ]
        if fronted:
            place = min(fronted, key=lambda p: rank(p.level))
            total = next((q.value for q in blow.quantities if q.value and not q.part), None)
            claimed = self._boasted(blow, place, blow.first)
            role: Role = "target" if claimed else "impact"
            suffered = any(t.sub in ("undergo", "target") for t in blow.triggers)
            sure: Certainty = "aimed" if suffered else "fell"
            site = SiteUse(role, place, place.first, place.last, sure, total)
            words = self.page.tokens[blow.first : place.last + 4]
            site.heard = any(t.text.lstrip("وف").startswith(_HEARD) for t in words)
            blow.sites.append(site)

    def _opens_with(self, blow: Blow, place: FoundPlace) -> bool:
        """ "In Diyala province, gunmen killed ten": as near as the text tells."""
        return not self._arabic and place.first - blow.first <= 1 and place.level == "governorate"

    def _may_front(self, blow: Blow, place: FoundPlace, prepositions: frozenset[str]) -> bool:
        """Whether a place before the verb may be where it happened."""
        page = self.page
        if prepositions & frozenset(("toward", "between", "outside")):
            return False
        sentence = page.sentences[blow.sentence]
        if self._opens_script(blow, place):
            return True
        if self._arabic and _WITNESSES & {
            t.text for t in page.tokens[place.first - 3 : place.first]
        }:
            return False  # «وقال شاهد في الكرادة إنه سمع انفجارين»
        if place.first and page.tokens[place.first - 1].text.lstrip("و") in _TITLES:
            return False  # «وقال مدير ناحية قادر كرم إن …»
        if (
            place.start == sentence.start
            and page.tokens[min(place.last, len(page.tokens) - 1)].text in "-/:(,،"
        ):
            return False  # the dateline
        if "to" in prepositions:
            return any(t.sub == "undergo" for t in blow.triggers)
        if "from" in prepositions:  # «من سكان مخيم ليبرتي»
            return page.signals.any(place.first - 2, place.first, "victim")
        return True

    def _opens_script(self, blow: Blow, place: FoundPlace) -> bool:
        """«البداية من حي العامل، حيث …», «ومن سبع البور: …»: a reporter's round of places."""
        page = self.page
        if not self._arabic or place.first - blow.first > 3:
            return False
        return any(
            t.text in (":", "حيث") for t in page.tokens[place.last : min(blow.last, place.last + 3)]
        )

    @staticmethod
    def _from_to(blow: Blow, state: _State) -> None:
        """«من الدورة باتجاه المنطقة الخضراء»: a headline without a verb."""
        if not state.loose:
            return
        opening = min((t.first for t in blow.triggers), default=blow.last)
        ahead = [(p, preps) for p, preps in state.loose if p.first < opening]
        start = next((p for p, preps in ahead if "from" in preps), None)
        goal = next((p for p, preps in ahead if "toward" in preps), None)
        if start is not None and goal is None and blow.triggers:
            trigger = min(blow.triggers, key=lambda t: t.first)
            if trigger.sub == "launch" and trigger.first - start.last <= 1:
                # «من حي الجهاد أُطلق صاروخ»
                blow.sites.append(SiteUse("launch", start, start.first, start.last, "fell"))
        if start is not None and goal is not None:
            blow.sites.append(SiteUse("launch", start, start.first, start.last, "fell"))
            blow.sites.append(SiteUse("target", goal, goal.first, goal.last, "toward"))

    @staticmethod
    def _verbless(blow: Blow, prepositions: frozenset[str]) -> bool:
        """«عبوة ناسفة قرب سوق …: استشهاد شخص»: a list line needs no verb."""
        return (
            bool(blow.munitions)
            and (blow.item or any(t.value or t.none for t in blow.tolls))
            and bool(prepositions & frozenset(("in", "on", "at", "near")))
            and not prepositions & frozenset(("from", "between"))
        )

    def _refers(self, governor: Signal) -> bool:
        """«القصف», "the attack": a word for the event as known, which places nothing new."""
        if governor.sub == "explode" and not self._arabic:
            before = self.page.tokens[max(0, governor.first - 2) : governor.first]
            return any(t.text in ("these", "those", "such") for t in before)
        if governor.sub not in ("attack", "target"):
            return False
        if self._arabic:
            return governor.form.article
        return governor.first > 0 and self.page.tokens[governor.first - 1].text == "the"

    def _late_counts(self, blow: Blow) -> None:
        """A figure that follows its only site: «تعرضت منطقة الجادرية إلى صاروخي كاتيوشا»."""
        if not blow.sites:
            return
        claimed = "target" if self._communique else "impact"
        impacts = [s for s in blow.sites if s.role in ("impact", claimed)]
        totals = [q for q in blow.quantities if q.value and not q.part and q.what]
        if len(impacts) == 1 and impacts[0].count is None and len(totals) == 1:
            site, quantity = impacts[0], totals[0]
            if 0 < quantity.first - site.last <= 8 and not any(
                s.first > quantity.first and s.role in ("impact", claimed) for s in blow.sites
            ):
                site.count = quantity.value


@dataclass(slots=True)
class _State:
    governor: Signal | None = None
    aside: Signal | None = None
    waiting: Quantity | None = None
    soft: bool = False
    relative: bool = False
    launcher: bool = False
    vehicle: bool = False
    found: bool = False
    unfired: bool = False
    disarmed: bool = False
    comma: int = 0
    was_soft: bool = False
    from_it: bool = False
    source: Signal | None = None
    after_source: Signal | None = None
    previous_place: FoundPlace | None = None
    last_site: SiteUse | None = None
    loose: list[tuple[FoundPlace, frozenset[str]]] = field(default_factory=list)


# the signals that change what is read; what stands beside them is looked up when they are met
_SCANNED = frozenset(
    "idiom munition trigger part vehicle weapon launcher casualty speech neutral newevent".split()
)
_PRECEDENCE = {
    "launch_place": 0,
    "aim": 1,
    "airstrike": 1,
    "shoot": 1,
    "intercept": 2,
    "defuse": 2,
    "fall": 3,
    "launch": 3,
    "target": 3,
    "undergo": 3,
    "come_from": 4,
    "hit": 4,
    "explode": 4,
    "find": 4,
    "attack": 5,
}
_REMEMBERED = 14
_BEFORE_NOUNS = frozenset("في من علي الي عند داخل قرب وسط".split())
_METRES = {"m": 1, "yard": 0.9, "km": 1000}
_CLOSE_M = 1500
_PACES = 8
_COMMUNIQUE_SENTENCES = 12
_GOALS = frozenset(("on", "at", "to", "toward"))
_FLIES = ("fl", "took off", "lifted off")
_STANDING = frozenset(("in", "at", "near", "from"))
_PLACING = ("launch_place", "setup")
_ANY_KIND: frozenset[str] = frozenset()
_MARCHES = ("تظاهر", "مظاهر", "مسير", "موكب", "سباق", "حمل", "رحل", "march", "protest", "rall")
# verbs that tell of a fall beside something that falls; else they settle, come down, sign
_MAY_FALL = ("قع", "نزل", "حط", "استقر", "هوت", "هوي")
_SNIPER = "قناص"
_ARMED = ("مسلح", "gunm", _SNIPER)
_SUBJECT = 12
_OPENING_MARKS = frozenset("\"«“'")
_CLOSING_MARKS = frozenset("\"»”'")
_DENIED = 6
_TANWIN = ("اً", "ًا")
FOLLOWS = ("تلت", "تلا", "اعقب", "تبع")
_GROUNDS = frozenset("اسوار سور حرم ارض باحه مدرج ساحه مباني مراب سياج بوابه مدخل قاطع".split())
_TIDINGS = frozenset("خبر نبا انباء بيان رساله".split())
_SAID_OF_THEM = frozenset("انها انهما انه بانها بانهما بانه كونها".split())
_THERE = frozenset(("هناك", "هنالك"))
_ONTO = frozenset(("from", "on"))
_IS = frozenset(("هو", "هي", "وهو", "وهي"))
_AS_BASE = frozenset(("منطلقا", "كمنطلق"))
_POSTED = (*"تمركز وقف كمن تموضع تحصن اختبا اتخذ اختار".split(),)
_SHOOTERS = frozenset(
    "رامي رماه مطلق مطلقي مطلقو منفذون منفذين منفذ مهاجمون مهاجمين مسلحون مسلحين".split()
)
_DWELLERS = frozenset("سكنه سكان اهالي ابناء مواليد اهل ساكني".split())
_WITNESSES = frozenset("شاهد شهود شاهده مراسلنا مراسل".split())
_LIES = (*"الملاصق المجاور القريب الواقع المحاذي المتاخم المذكور المستهدف الكاين".split(),)
_COMES = ("جاء", "اتي", "اتت", "خرج")
_SPOTS = ("رصد", "spotted", "detected", "located")
_THEIR_NUMBER = frozenset(("عددها", "عددهما"))
_TITLES = frozenset("مدير قائممقام محافظ رئيس قائد مختار نائب شرطه صحه دائره ضابط عضو".split())
_HEARD = ("سمع", "يسمع", "تسمع", "دوي", "heard", "echoed")
_PLANTED = frozenset(("ied", "car_bomb"))
_HOURS = frozenset(
    "والنصف والربع الا دقيقه دقائق صباحا مساء ليلا عصرا ظهرا فجرا ساعه الساعه".split()
)
_ONTO_IT = frozenset("له لها به بها اليه اليها عليه عليها".split())
_PARTS = frozenset("جانب جزء قسم طرف ركن شطر زاويه جهه قاطع".split())
_BEFORE_ANOTHER = frozenset(
    "ان بان كان فيما بينما ثم ثمه لكن اما تلتها تلاها تلته اعقبتها اعقبها تبعتها تبعها".split()
)
_COUNT_VERBS = frozenset("كانت كان بلغ بلغت عددها".split())
_ONE_MORE = frozenset(("another", "the other", "اخر", "اخري", "صاروخ اخر", "صاروخا اخر"))
_HEADLINE_LINKS = frozenset(("as", "when", "after", ":", "-"))
_HEADLINE_VERBS = frozenset(
    "lands hits kills explodes wounds injures falls slams struck hit killed exploded landed fell "
    "wounded damages rips tears goes detonates targets crashes leaves blasts".split()
)
_REACHED = frozenset("was were reached is بلغ بلغت كان كانت هو الي".split())
_WHEN = frozenset("as when after بعد لدي عند".split())
_AFTER_ANOTHER = frozenset((",", "،", ".", "of")) | _WHEN
_HOLDS = frozenset("تضم يضم تحمل يحمل تتسع تحوي يحوي holding held carrying carried".split())
_MEANT = frozenset(("targeting", "aimed at", "meant for", "intended for"))
_HURTING = frozenset(("killed", "wounded", "injured"))
_AUXILIARIES = frozenset("was were is are had has have would will could".split())
_ANDS = frozenset("and while but whereas".split())
_CLAUSES = ("find", "fall", "launch", "hit")
_ELSE = frozenset("after when while as in by and from before but or since until than".split())
_FOUND_NOTHING = ("found nothing", "لم تعثر على شي", "لم يعثر على شي", "لم تجد شي", "دون العثور")
_TOO_WIDE = frozenset(("baghdad", "baghdad-governorate", "iraq"))
_EN_ONE = frozenset("a an one single another lone".split())


def _is_communique(page: Page) -> bool:
    """«بسم الله … هاجم مجاهدونا»: the attackers' own words, which nobody confirms."""
    marks = {s.form.text for s in page.signals.of_kind("communique")}
    return len(marks) > 1 and len(page.sentences) <= _COMMUNIQUE_SENTENCES


def page_text(page: Page, signal: Signal) -> str:
    """The folded words of a signal."""
    return page.words(signal.first, signal.last)


def _clitic(text: str) -> str:
    """The letters written onto an Arabic word that may be prepositions."""
    body = text.lstrip("وف") if len(text) > 3 else text
    if body.startswith("لل"):
        return "ل"
    if body.startswith("بال") or (body.startswith("ب") and len(body) > 4):
        return "ب" if body.startswith("بال") else ""
    return ""


def _posted(text: str) -> bool:
    """«تمركزت», «وقفوا»: somebody took his stand, or chose his ground."""
    return text.startswith(_POSTED) or text[1:].startswith(_POSTED)


def _has_launch(blow: Blow) -> bool:
    return any(site.role == "launch" for site in blow.sites)


def _same_anchor(one: FoundPlace | None, two: FoundPlace) -> bool:
    return one is not None and one.anchor is not None and one.anchor is two.anchor


def _is_river(place: FoundPlace) -> bool:
    return place.place is not None and place.place.kind == "river"


def _close(a: Place, b: Place) -> bool:
    return distance_km(a, b) * 1000 <= max(a.radius_m, b.radius_m) + 500
