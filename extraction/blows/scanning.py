"""Sentence → blows: what was fired, how many, from where, at what, where it fell.

The scanner walks the signals of a stretch from left to right with the trigger that governs (سقط،
أطلقت من، hit) and the figure that is waiting for a place, because a place gets its role from the
trigger and the preposition before it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache

from extraction.bearings import offset_place
from extraction.blows.blow import RELATIVE, Blow, Quantity, SiteUse, State, page_text
from extraction.blows.figures import (
    COMMAS,
    OTHER_TWO,
    PLANTED,
    SUBJECT,
    THEIR_NUMBER,
    Figures,
    in_flight,
)
from extraction.blows.origins import (
    is_figurative,
    left_there,
    perceived,
    seen_off,
    used_to_fire,
    whence,
)
from extraction.blows.pointing import TOO_WIDE
from extraction.blows.roles import IMPACT, MAY_POINT, Roles, clitic, may_point, posted
from extraction.page import Page
from extraction.places.found import FoundPlace, distance_km, rank
from extraction.text.lexicon import anaphora
from extraction.text.marks import mark
from extraction.text.signals import Signal
from extraction.text.words import arabic_forms
from extraction.tolls.toll import Toll
from extraction.who.voices import Voice, Voices
from gazetteer import Gazetteer

_BEFORE_VERBS = frozenset("قد وقد التي الذي".split())  # «قد أصابته», no injury of his
_MARKS = frozenset("هدفا عرضه".split())
_BECAME = frozenset(
    "كان وكان كانت وكانت بات باتت اصبح اصبحت ظل ظلت شكل شكلت صار صارت يكون تكون".split()
)
_DEFINITE = frozenset("the that same their".split())
_MEANWHILE = frozenset("while whereas فيما بينما وفيما وبينما".split())
_TELLING_IN_ENGLISH = COMMAS | RELATIVE | _MEANWHILE | {"there", "it", "its", ":"}
_AT_ITS = frozenset("at on in near inside outside by against into along over".split())
_EN_GROUNDS = frozenset(
    "fence perimeter wall walls gate gates runway runways grounds edge outskirts apron hangar "
    "hangars terminal courtyard yard roof".split()
)
# verbs of other things too, which tell of a blow only beside what flies
_PASSING = ("reached", "missed", "overshot", "تجاوز", "تخطي", "اخطا", "موجه")
_PACES = 6
_DESTROYS = ("destroyed", "دمر", "تدمير")
_DEFENCES = frozenset("defences defenses defence defense battery دفاعات دفاع منظومه".split())
_ALOFT = frozenset("over above فوق اجواء سماء".split())
_FLYING = ("drone", "rocket", "missile", "aircraft", "mortar", "projectile")
_AIRBORNE = ("في الجو", "في السماء", "in the air", "in mid air", "mid air")
# the signals that change what is read; what stands beside them is looked up when they are met
_SCANNED = frozenset(
    "idiom munition trigger part vehicle weapon launcher casualty speech neutral newevent "
    "departure trace".split()
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
_BEFORE_NOUNS = frozenset("في من علي الي عند داخل قرب وسط مقر مبني بنايه مخزن".split())
_ELSEWHERE_KM = 5
_IN_TOWN = frozenset("square market street shrine hospital bridge hotel".split())
_WALLED = frozenset("المحصنه fortified walled protected".split())
_OPENS_LIST = frozenset((":", "هي", "هما"))
_SPOTS = frozenset(
    "places sites locations areas spots targets points neighbourhoods districts "
    "مواقع اماكن مناطق نقاط اهداف مواضع احياء".split()
)
_ATTACK_WORDS = ("trigger", "part", "munition", "casualty", "victim", "damage", "speech")
_DWELLINGS = frozenset("houses shelters".split())
_COMMUNIQUE_SENTENCES = 12
_FLIES = (
    *("fl", "took off", "lifted off", "left", "departed", "passed", "passing", "sailed"),
    *("whistled", "screamed", "roared", "streaked"),
)
_PLACING = ("launch_place", "setup")
_ANY_KIND: frozenset[str] = frozenset()
_GUARDS = frozenset(
    "الحارس الحراس حارس حراس الحرس حرسه حراسه جندي الجندي جنود الجنود الشرطي شرطي الشرطه "
    "guard guards bodyguard bodyguards soldier soldiers policeman policemen police troops".split()
)
_MARCHES = ("تظاهر", "مظاهر", "مسير", "موكب", "سباق", "حمل", "رحل", "march", "protest", "rall")
# verbs that tell of a fall beside something that falls; else they settle, come down, sign
_JETS = frozenset("مقاتلات المقاتلات مقاتلتان مقاتلتين مقاتله".split())
_MAY_FALL = ("قع", "نزل", "حط", "استقر", "هوت", "هوي")
_SNIPER = "قناص"
_ARMED = ("مسلح", "gunm", _SNIPER)
_FLASHED = frozenset(
    "عاجل a an urgent breaking at least about in on the just now نحو حوالي في علي قبل قليل لحظات "
    "دقائق الان".split()
)
_FLASHED_ON = frozenset(("on", "in", "at", "near"))
_NO_PREPOSITION: frozenset[str] = frozenset()
_BESIDE_WEAPON = 4
_AFTER_DEVICE = 12
_OPENS_CLAUSE = frozenset("when as while and حتي فيما بينما عندما حين ثم".split())
_DEVICES = ("ied", "car_bomb", "suicide")
_WAYS = frozenset(("from", "toward", "to", "between"))
_CLAUSE_ENDS = frozenset("،,:.;؛!")
_OPENING_MARKS = frozenset("\"«“'")
_CLOSING_MARKS = frozenset("\"»”'")
_DENIED = 6
_NOT = frozenset("لم لا ما not never no didn't".split())
_CLAUSE = 10
_TOLD_BEFORE = 30
_IT = frozenset("it them عليها عليه عليهما".split())
_CROSSED = 4
_CROSSES = ("يعبر", "تعبر", "عبر", "يمر", "تمر", "مر", "يحلق", "تحلق", "وهو", "وهي", "وهما")
FOLLOWS = ("تلت", "تلا", "اعقب", "تبع")
_GROUNDS = frozenset("اسوار سور حرم ارض باحه مدرج ساحه مباني مراب سياج بوابه مدخل قاطع".split())
_TIDINGS = frozenset("خبر نبا انباء بيان رساله".split())
_SAID_OF_THEM = frozenset("انها انهما انه بانها بانهما بانه كونها".split())
_LIES = (*"الملاصق المجاور القريب الواقع المحاذي المتاخم المذكور المستهدف الكاين".split(),)
_COMES = ("جاء", "اتي", "اتت", "خرج")
_ONTO_IT = frozenset("له لها به بها اليه اليها عليه عليها".split())
_MEANT = frozenset(("targeting", "aimed at", "meant for", "intended for"))
_HURTING = frozenset(("killed", "wounded", "injured"))


@lru_cache(maxsize=100_000)
def _pointed_at(word: str) -> frozenset[str] | None:
    """The kinds of place that an Arabic noun with its article points back to."""
    form = next((f for f in arabic_forms(word) if f.article), None)
    return anaphora("ar").get(form.text) if form is not None else None


def _tells(word: str, lang: str) -> bool:
    """Whether a word without a signal may change what is read."""
    if lang == "en":
        return word in _TELLING_IN_ENGLISH or left_there(word)
    return (
        word in COMMAS
        or word == ":"
        or word in _MEANWHILE
        or _relates(word, lang)
        or word in THEIR_NUMBER
        or word in OTHER_TWO
        or _pointed_at(word) is not None
        or may_point(word, lang)
        or left_there(word)
    )


def _relates(word: str, lang: str) -> bool:
    return word in RELATIVE or (lang == "ar" and word.lstrip("وف") in RELATIVE)


_TELLS = mark(_tells)
_RELATES = mark(_relates)
_WORN = tuple(
    "حزام احزم ستره سترت سترات سيار شاحن مركب عجل صهريج دراج حافل vest belt explosives car cars "
    "truck van vehicle minibus lorry tanker motorcycle motorbike ambulance bus".split()
)
_NEAR_BOMBER = 8
_THEMSELVES = frozenset("نفسه نفسها نفسيهما انفسهم himself herself themselves".split())
_NEAR_SELF = 3
_SETS_OFF = frozenset(
    "detonated detonate detonates detonating فجر ففجر فجرت ففجرت فجرا فجروا".split()
)
_POINTS_BACK = mark(lambda word, lang: lang == "ar" and _pointed_at(word) is not None)
_DEFINES = mark(lambda word, lang: lang == "en" and word in _DEFINITE)


class Scanner:
    """Scans the sentences of one page for blows."""

    def __init__(self, page: Page, gazetteer: Gazetteer, voices: Voices) -> None:
        self.page = page
        self._voices = voices
        self._arabic = page.lang == "ar"
        self._communique = _is_communique(page)
        self._figures = Figures(page)
        self._roles = Roles(page, gazetteer, voices, self._communique)
        self._pointers = anaphora(page.lang)
        # the tokens of pronouns and of words about a place
        self._pronouns = frozenset(page.where(MAY_POINT))
        self._relatives = frozenset(page.where(_RELATES))
        self._busy = self._telling_tokens()
        # those of them that may point back to a place
        self._pointing = frozenset(page.where(_POINTS_BACK) if self._arabic else self._busy)

    def scan(self, sentence: int, first: int, last: int, voice: Voice, tolls: list[Toll]) -> Blow:
        """The blow at tokens ``[first, last)`` of one sentence, whose ``tolls`` are read."""
        page = self.page
        blow = Blow(sentence, first, last, voice, tolls=tolls)
        self._figures.taken = {i for t in tolls for i in range(t.first, t.last)}
        blow.line = page.sentences[sentence].line
        blow.item = page.sentences[sentence].item
        state = State()
        busy = self._busy
        free = first  # the first token that nothing has taken yet
        for i in busy[bisect_left(busy, first) : bisect_left(busy, last)]:
            if i < free:
                continue
            place = page.place(i)
            if place is None and i in self._pointing:
                place = self._anaphor(i, state)
                if place is not None and not self._points(place, first):
                    place = None
            if place is not None:
                if self._measured_off(place, state):
                    free = max(place.last, i + 1)
                    continue
                place = self._offset(place, first) or place
                self._roles.place(blow, state, place, first)
                free = max(place.last, i + 1)
                state.previous_place = place
                continue
            free = self._word(blow, state, i, first, last)
        self._late_counts(blow)
        self._bombers(blow)
        self._roles.from_to(blow, state)
        self._roles.fronted(blow, state)
        self._roles.searched(blow, state)
        self._roles.witnessed(blow, state)
        blow.unfired = state.unfired
        blow.loose = state.loose
        if blow.munitions and not blow.triggers:
            self._flash(blow, state.loose)
        elif not blow.sites:
            self._where_it_went_off(blow, state.loose)
        if page.signals.any(first, last, "direct_hit"):
            for site in blow.sites:
                site.certainty = "fell" if site.certainty == "aimed" else site.certainty
        return blow

    def _telling_tokens(self) -> list[int]:
        """The tokens that may change what is read; the scanner steps over all others."""
        page = self.page
        busy = {*page.where(_TELLS), *(i + 1 for i in page.where(_DEFINES))}
        busy.update(page.number_tokens, (place.first for place in page.places))
        return sorted(busy.union(*(page.first[kind] for kind in _SCANNED)))

    def _bombers(self, blow: Blow) -> None:
        """«فجرت امرأة نفسها», "two bombers": persons, of whom it is not said what they wore."""
        page = self.page
        if "suicide" in blow.munitions:
            blow.quantities = [
                q._replace(bombers=q.what == "suicide" and not self._worn(q, blow))
                for q in blow.quantities
            ]
            return
        for blast in blow.triggers:
            if blast.sub == "explode" and not _THEMSELVES.isdisjoint(
                page.texts[blast.first : min(blow.last, blast.last + _NEAR_SELF)]
            ):
                blow.munitions.append("suicide")
                return
            vehicle = next(iter(page.signals.between(blast.last, blast.last + 2, "vehicle")), None)
            sets_off = page.texts[blast.first].removeprefix("و") in _SETS_OFF
            if vehicle is not None and sets_off and not blow.munitions:
                blow.munitions.append("car_bomb")  # "then detonated the vehicle", «ثم فجّر السيارة»
                return

    def _worn(self, quantity: Quantity, blow: Blow) -> bool:
        """Whether what the bombers wore or drove is named beside them."""
        first = max(blow.first, quantity.first - _NEAR_BOMBER)
        return any(
            word.lstrip("وبل").removeprefix("ال").startswith(_WORN)
            for word in self.page.texts[first : min(blow.last, quantity.last + _NEAR_BOMBER)]
        )

    def _where_it_went_off(
        self, blow: Blow, loose: Sequence[tuple[FoundPlace, frozenset[str]]]
    ) -> None:
        """«دخل رجل مطعماً قرب المقدادية وفجّر نفسه»: the place told before its verb."""
        page = self.page
        blast = next((t for t in blow.triggers if t.sub == "explode" and t.verb), None)
        if blast is None:
            return
        for place, prepositions in reversed(loose):
            near = blow.first <= place.first < blast.first and rank(place.level) <= rank("city")
            near = near and not (place.place is not None and place.place.id in TOO_WIDE)
            if not near or prepositions.isdisjoint(_FLASHED_ON):
                continue
            if not page.signals.any(place.last, blast.first, "speech"):
                site = SiteUse("impact", place, place.first, place.last, "fell")
                blow.sites.append(site)
            return

    def _flash(self, blow: Blow, loose: Sequence[tuple[FoundPlace, frozenset[str]]]) -> None:
        """An attack told without a known verb.

        "7 p.m.: two rockets on the Green Zone", "at 7 a.m. a truck bomb broke the back of …".
        """
        page = self.page
        weapon = next(iter(page.signals.between(blow.first, blow.last, "munition")), None)
        if weapon is None or page.signals.any(blow.first, blow.last, "trigger"):
            return
        site = next((s for s in blow.sites if s.role == "impact" and s.place is not None), None)
        place, prepositions = next(iter(loose), (None, _NO_PREPOSITION))
        if site is not None:
            place, prepositions = site.place, _FLASHED_ON
        headed = next((p for p, _ in loose if self._heads(p, weapon, blow.first)), None)
        if site is None and headed is not None:
            place = headed
        elif place is None or not (
            self._is_flash(blow, weapon, place, prepositions)
            or self._goes_off(blow, weapon, place, prepositions)
        ):
            return
        blow.verbless = True
        if site is None:
            count = blow.quantities[0].value if blow.quantities else None
            blow.sites.append(SiteUse("impact", place, place.first, place.last, "fell", count))

    def _heads(self, place: FoundPlace, weapon: Signal, first: int) -> bool:
        """«أبو دشير، سوق الخضار، العاشرة صباحاً: سيارة مفخخة»: the place a line opens with."""
        texts = self.page.texts
        return place.first - first <= 1 and ":" in texts[place.last : weapon.first]

    def _is_flash(
        self, blow: Blow, weapon: Signal, place: FoundPlace, prepositions: frozenset[str]
    ) -> bool:
        """Whether a clause names nothing but a weapon, a place and a time."""
        page = self.page
        opens = next(
            (i + 1 for i in range(weapon.first - 1, blow.first, -1) if page.tokens[i].text == ":"),
            blow.first,
        )
        return (
            not prepositions.isdisjoint(_FLASHED_ON)
            and 0 < place.first - weapon.last <= _BESIDE_WEAPON
            and not any(self._says_more(i) for i in range(opens, weapon.first))
            and not any(self._says_more(i) for i in self._clause(place, blow))
        )

    def _goes_off(
        self, blow: Blow, weapon: Signal, place: FoundPlace, prepositions: frozenset[str]
    ) -> bool:
        """Whether a bomb not spoken of before is told of with a place, and a time or a toll.

        "a bomber walked into a restaurant outside Nasiriyah" needs neither.
        """
        page = self.page
        device = any(q.value == 1 and q.what in _DEVICES and not q.part for q in blow.quantities)
        timed = any(page.in_date(i) for i in range(blow.first, blow.last))
        return (
            device
            and weapon.sub in _DEVICES
            and (timed or any(t.value for t in blow.tolls) or self._enters(weapon, place))
            and 0 < place.first - weapon.last <= _AFTER_DEVICE
            and (prepositions.isdisjoint(_WAYS) or self._driven(weapon, prepositions))
            and not page.signals.any(blow.first, blow.last, "negation")
            and not page.signals.any(blow.first, blow.last, "nonevent")
            and self._opens_clause(weapon, blow.first)
        )

    def _enters(self, weapon: Signal, place: FoundPlace) -> bool:
        """Whether a bomber goes in somewhere."""
        around = (weapon.first - _BESIDE_WEAPON, place.first)
        return weapon.sub == "suicide" and self.page.signals.any(*around, "enter")

    @staticmethod
    def _driven(weapon: Signal, prepositions: frozenset[str]) -> bool:
        """Whether a bomb that moves is told of with where it went."""
        return weapon.sub != "ied" and prepositions <= {"to", "toward", "near", "at"}

    def _opens_clause(self, weapon: Signal, first: int) -> bool:
        """Whether a weapon is what a clause is about: nothing but figures and dates before it."""
        page = self.page
        for i in range(weapon.first - 1, first - 1, -1):
            text = page.tokens[i].text
            if text in _CLAUSE_ENDS or text in _OPENS_CLAUSE:
                return True
            if self._says_more(i):
                opens = i == first or page.texts[i - 1] in _CLAUSE_ENDS or page.in_date(i - 1)
                opens = opens or page.texts[i - 1] in _OPENS_CLAUSE
                return self._arabic and opens
        return True

    def _clause(self, place: FoundPlace, blow: Blow) -> range:
        """The tokens between a place and the end of its clause."""
        stop = next(
            (
                i
                for i in range(place.last, blow.last)
                if self.page.tokens[i].text in _CLAUSE_ENDS
                or self.page.signal(i, "prep", "near", "in", "at") is not None
            ),
            blow.last,
        )
        return range(place.last, stop)

    def _says_more(self, i: int) -> bool:
        """Whether a token is more than a figure, a date, a place or a word of urgency."""
        page = self.page
        text = page.tokens[i].text
        told = page.in_date(i) or page.in_place(i) or page.number(i) is not None
        return not told and text[0].isalpha() and text not in _FLASHED

    def _measured_off(self, place: FoundPlace, state: State) -> bool:
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
            if self.page.tokens[i].text in COMMAS:
                return None
        return None

    def _points(self, place: FoundPlace, first: int) -> bool:
        """Whether the noun stands where a site would: after a preposition or as the object."""
        page = self.page
        text = page.tokens[place.first].text
        if text in ("there", "it", "its") or clitic(text):
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
        prep = self._roles.prep_over(before, max(first, before - 3), place.first)
        if prep is not None:
            return prep.sub in ("in", "on", "at", "near", "toward", "from", "outside")
        if page.tokens[before].text in _ONTO_IT:  # «قصف تعرض له المخيم»
            before -= 1
        return before in page.first["trigger"]

    def _anaphor(self, i: int, state: State) -> FoundPlace | None:
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
            or (i > 1 and page.tokens[i - 1].text in _WALLED)  # "the fortified zone"
        ):
            kinds = self._pointers.get(token.text)
        if kinds is None or page.in_place(i) or page.place(i + 1) is not None:
            return None
        after = page.tokens[i + 1].text if i + 1 < len(page.tokens) else ""
        if self._arabic and after.startswith("ال") and len(after) > 4:
            if after not in _WALLED and not after.startswith(_LIES):
                return None  # «الحي التجاري» is another one; «المخيم الملاصق للمطار» is not
        alike = [
            place
            for place in reversed(page.places_before(i, 8))
            if (known := place.place) is not None
            and known.id not in TOO_WIDE
            and (
                kinds is _ANY_KIND
                or known.kind in kinds
                or any(k[1:] in known.name_en.lower() for k in kinds if k.startswith("~"))
            )
        ]
        hit = state.governor is not None and state.governor.sub in IMPACT
        if hit and kinds is not _ANY_KIND:
            # «يطال المنطقة»: the one that was hit, not the one they were fired from
            alike.sort(key=lambda place: place.first in self._roles.fired_from)
        if not alike or self._told_elsewhere(alike[0], state):
            return None
        return alike[0]._replace(first=i, last=i + 1, start=token.start, end=token.end)

    def _told_elsewhere(self, meant: FoundPlace, state: State) -> bool:
        """ "entered a village near Taji and shot them dead in the square": that of the village."""
        here, there = state.previous_place, meant.anchor
        if here is None or here.anchor is None or there is None or there.kind not in _IN_TOWN:
            return False
        if rank(here.level) > rank("city") or here.anchor.id in TOO_WIDE:
            return False
        gap = distance_km(here.anchor, there) - (here.anchor.radius_m + there.radius_m) / 1000
        return gap > _ELSEWHERE_KM

    def _word(self, blow: Blow, state: State, i: int, first: int, last: int) -> int:
        page = self.page
        text = page.tokens[i].text
        if text in _MEANWHILE and self._turns_away(state, i, last):
            state.governor = None
            return i + 1
        if text in _OPENS_LIST and page.tokens[i - 1].text in _SPOTS:
            state.listed = i
        if text in COMMAS:
            if state.aside is not None:
                state.governor, state.aside = state.aside, None
            # «استهدف، فجر السبت، مخيم ليبرتي»: a date between commas parts nothing
            dated = state.comma > 0 and page.all_in_date(state.comma + 1, i)
            state.soft = state.was_soft if dated else True
            state.comma, state.was_soft = i, dated and state.was_soft
            state.relative = False
            return i + 1
        if i in self._pronouns and self._roles.pointed_site(blow, state, i, first, last):
            return i + 1
        if i in self._relatives:
            state.relative = True
        vehicle = page.first["vehicle"].get(i)
        if vehicle is not None and used_to_fire(page, vehicle, last):
            state.launcher = state.vehicle = True
        elif (state.vehicle or state.launcher) and left_there(text) and not self._adjective(i):
            state.found, state.soft, state.relative = True, False, False
            state.governor = self._roles.word_signal(i, "find")
        told = i in page.signals.by_first
        counts = i in self._figures.places
        if not told and not counts:
            return i + 1
        if i in page.first["idiom"]:
            return page.first["idiom"][i].last
        if i in page.first["launcher"]:
            state.launcher = True
            state.launcher_at = page.first["launcher"][i].last
            self._roles.stood_there(blow, state, i)
            return state.launcher_at
        compound = self._compound(i) if i in page.first["munition"] else None
        if compound is not None:
            blow.munitions.append(page.first["munition"][i].sub)
            self._govern(blow, state, compound, first, last)
            return compound.last
        quantity = self._figures.quantity(i, first, last) if counts else None
        if quantity is not None and quantity.ordinal and self._talked_of(i, first):
            return max(quantity.last, i + 1)  # «نافياً ما تردد عن طائرة ثالثة»
        if quantity is not None:
            if not self._figures.unfired(quantity, first, last):
                if state.disarmed and not blow.quantities and self._figures.left_it(quantity):
                    quantity = quantity._replace(part=False, share=False, other=False)
                if state.disarmed and not blow.quantities and quantity.ordinal:
                    # "defused two bombs, hours after a third exploded"
                    quantity = quantity._replace(ordinal=None, part=False, share=False)
                whole = self._whole_of(state.waiting, quantity)
                if whole:
                    quantity = quantity._replace(part=False, whole=True)
                if self._overtaken(quantity, first):
                    quantity = quantity._replace(early=True)
                rank = self._voices.at(blow.sentence, i).rank
                if rank != quantity.rank:
                    quantity = quantity._replace(rank=rank)
                blow.quantities.append(quantity)
                if quantity.what:
                    blow.munitions.append(quantity.what)
                if not whole and not self._counts_site(blow, state, quantity):
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
        if i in page.first["trace"]:
            state.traced = i
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
                and PLANTED & set(blow.munitions)
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
        if trigger is None and i in page.first["departure"]:
            trigger = seen_off(page, i, first)
        if trigger is not None:
            if trigger.sub == "launch":
                if perceived(page, i, first):
                    state.sensed = trigger
                if not self._arabic and whence(page, trigger, first):
                    state.whence = trigger.last
                    self._roles.fired_thence(blow, state, trigger)
            self._govern(blow, state, trigger, first, last)
            # «إطلاق الصواريخ», «بلغ أحدها»: what it fired is still to be read
            kind = "munition" if trigger.sub == "launch" else "part"
            fired = page.signals.between(i + 1, trigger.last, kind)
            return fired[0].first if fired else trigger.last
        # «مقر تابع للحشد» is no verb of speech
        speaks = i in page.first["speech"] and page.signal(i, "prep", "of") is None
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
        aside = page.tokens[i - 1].text in COMMAS if i else False
        # «ونُصبت القاعدة بحسب المصدر في بستان»
        if according and state.governor is not None and (aside or governing not in _PLACING):
            # what stands from here to the comma belongs to the source
            state.aside, state.governor = state.governor, None
        if i in page.first["neutral"] and not self._is_noun(i):
            # «نقطة الإطلاق تقع في ذراع دجلة», «عثرت على منصة تضم صاروخين في»
            if governing != "launch_place" and i != state.launcher_at:
                state.governor = None
            state.waiting = None
        following = self._following(i) if self._arabic and i in page.first["newevent"] else None
        if following is not None:
            self._govern(blow, state, following, first, last)
            return following.last
        return i + 1

    def _counts_site(self, blow: Blow, state: State, quantity: Quantity) -> bool:
        """«استُهدفت السفارة بصاروخين ومرآب الوزارة بصاروخ»: each figure follows its place."""
        site = state.last_site
        token = self.page.tokens[quantity.first].text
        if not self._arabic or site is None or site.place is None or not token.startswith("ب"):
            return False
        if quantity.first - site.last > 1 or site.role not in ("impact", "target"):
            return False
        ahead = range(quantity.last, min(len(self.page.tokens), quantity.last + _PACES))
        several = sum(s.role == site.role for s in blow.sites) > 1
        if not several and all(self.page.place(i) is None for i in ahead):
            return False
        if site.count is None:
            site.count = quantity.value
        return True

    def _turns_away(self, state: State, i: int, last: int) -> bool:
        """«فيما أُخليت مدرسة في الشعلة»: a clause with another verb, and nothing of the attack."""
        if state.governor is None or state.governor.sub not in IMPACT:
            return False
        near = i + 1, min(last, i + _PACES)
        return not any(self.page.signals.any(*near, kind) for kind in _ATTACK_WORDS) and not any(
            self.page.any_number(k) for k in range(*near)
        )

    def _talked_of(self, i: int, first: int) -> bool:
        """Whether a denial stands right before."""
        return self.page.signals.any(max(first, i - _DENIED), i, "deny", "any")

    def _inserted(self, i: int) -> bool:
        """ "were fired, police said, from waste ground": the verb goes on behind the source."""
        after = [t.text for t in self.page.tokens[i + 1 : i + 3]]
        return not self._arabic and after == [",", "from"]

    def _is_noun(self, i: int) -> bool:
        """«في قطعة أرض», "struck houses in": the noun, which is written like the verb «قطع»."""
        tokens = self.page.tokens
        if self._arabic:
            return i > 0 and tokens[i - 1].text in _BEFORE_NOUNS
        if tokens[i].text not in _DWELLINGS or i + 1 == len(tokens):
            return False
        return i + 1 in self.page.first["prep"] or not tokens[i + 1].is_word

    def _following(self, i: int) -> Signal | None:
        """«تلتها صباح اليوم عبوة ثانية قرب …»: another went off."""
        after = self.page.signal(i, "newevent", "any")
        if after is None or not after.form.text.startswith(FOLLOWS):
            return None
        if not self.page.signals.any(after.last, after.last + 5, "munition"):
            return None
        return after._replace(kind="trigger", sub="explode")

    def _overtaken(self, quantity: Quantity, first: int) -> bool:
        """«أفادت أنباء أولية بسقوط صاروخ واحد …، ثم أوضحت»: said of this clause's figure only."""
        floor = max(first, quantity.first - 12)
        hedges = self.page.signals.between(floor, quantity.first, "hedge", "early")
        if not hedges:
            return False
        behind = self.page.texts[hedges[-1].first : quantity.first]
        return COMMAS.isdisjoint(behind)

    def _whole_of(self, share: Quantity | None, quantity: Quantity) -> bool:
        """ "one of the three rockets", «أحد الصواريخ الثلاثة»: it is the one that fell there."""
        if share is None or not share.part or not share.value or not quantity.value:
            return False
        page = self.page
        between = {t.text for t in page.tokens[share.last : quantity.first]}
        number = page.any_number(quantity.first)
        if self._arabic and number is not None and number.definite and len(between) == 1:
            # «أول الانفجارات الثلاثة»
            noun = page.signal(share.last, "trigger")
            return noun is not None and noun.form.article
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
        if before == "من":  # «صاروخان من الكاتيوشا», but «الانتقال من الكاتيوشا إلى المسيرات»
            at = weapon.first - 2
            counted = page.signals.any(at, at + 1, "munition") or page.any_number(at) is not None
            return not counted
        return before.isalpha() and not fired and before not in ("نوع", "طراز")

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
        for at in range(i - 1, max(first, i - SUBJECT), -1):
            if page.texts[at] in ".;؛":
                return False
            if at in page.first["attacker"]:
                return page.texts[at].rstrip("ينو").startswith(_ARMED)
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
        if page.in_place(i) or page.in_date(i):
            return None
        found = [s for s in page.signals.by_first[i] if s.kind == "trigger"]
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
        if len(found) > 1:
            if any(s.sub == "attack" and (s.form.article or self._noun(i, first)) for s in found):
                found = [s for s in found if s.sub != "target"]  # «القصف»: the noun, not the verb
            found.sort(key=lambda s: (s.first - s.last, _PRECEDENCE.get(s.sub, 5)))
        if not found:
            return None
        trigger = found[0]
        hurt = trigger.sub == "hit" and i in page.first["casualty"]
        if hurt and not (trigger.verb and page.tokens[i - 1].text in _BEFORE_VERBS):
            return None
        if trigger.sub == "find" and in_flight(page, trigger):
            return None
        if trigger.sub == "hit" and page.tokens[i].text == "took" and not self._takes_one(i):
            return None
        if page_text(page, trigger).lstrip("وف").startswith(_PASSING) and not self._flies(trigger):
            return None
        if self._arabic and trigger.sub == "launch" and self._opens_fire(trigger):
            trigger = trigger._replace(sub="shoot")
        elif trigger.sub == "launch" and self._sets_out(trigger, first):
            return None
        if trigger.sub == "shoot" and self._by_guards(trigger):
            return None
        if trigger.sub == "undergo" and not self._undergone(trigger, first):
            return None
        if self._negated(trigger, first) or self._is_count_of_attacks(trigger):
            return None
        if trigger.sub == "explode" and (self._forestalled(trigger) or self._is_dawn(trigger)):
            return None
        if self._arabic and page_text(page, trigger).lstrip("وف") in _JETS:
            return trigger if self._raids(trigger) else None
        if self._arabic and page_text(page, trigger).lstrip("وف").startswith(_MAY_FALL):
            return trigger if self._befalls(trigger) else None
        return trigger

    def _finds_it(self, find: Signal) -> bool:
        """ "thought the tube had stood in … They found it in", «ثم عثرت عليها في»: the launcher."""
        page = self.page
        if find.last >= len(page.tokens) or page.texts[find.last] not in _IT:
            return False
        told = page.signals.between(find.first - _TOLD_BEFORE, find.first, "launcher")
        return bool(told) and not page.signals.any(told[-1].last, find.first, "munition")

    def _adjective(self, i: int) -> bool:
        """ "a row of abandoned villas": it is said of them and of no launcher."""
        after = self.page.tokens[i + 1].text if i + 1 < len(self.page.tokens) else "."
        if self._arabic or not after.isalpha() or left_there(after):
            return False
        signals = self.page.signals
        return not any(signals.any(i + 1, i + 2, kind) for kind in ("prep", "vehicle", "launcher"))

    def _in_quotes(self, i: int) -> bool:
        """Whether one word stands alone between quotation marks: it is not meant as it says."""
        texts = self.page.texts
        return (
            0 < i < len(texts) - 1
            and texts[i - 1] in _OPENING_MARKS
            and texts[i + 1] in _CLOSING_MARKS
        )

    def _flies(self, verb: Signal) -> bool:
        """ "one of which reached the embassy", «تجاوزت القذائف المعسكر»: of what was fired."""
        signals = self.page.signals
        near = verb.first - _PACES, verb.last + 2
        return signals.any(*near, "munition") or signals.any(*near, "part")

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

    def _raids(self, jets: Signal) -> bool:
        """Whether jets do something beside their being named: «قاعدة تُصان فيها مقاتلات»."""
        signals = self.page.signals
        around = max(0, jets.first - 3), jets.last + 2
        return any(
            s.verb or s.sub in ("airstrike", "attack")
            for s in signals.between(*around, "trigger")
            if s.first != jets.first
        )

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
        if self._rains_down(verb):
            return True
        return any(
            i in self.page.first["munition"]
            or signals.any(i, i + 1, "trigger", "attack", "explode", "airstrike")
            or ((n := self.page.any_number(i)) is not None and (n.ordinal or n.kind == "one_of"))
            for i in near
            if not verb.first <= i < verb.last
        )

    def _rains_down(self, verb: Signal) -> bool:
        """«نزلت على أطراف معسكر التاجي أمس قذيفتان»: the place comes before what fell on it."""
        page = self.page
        for i in range(verb.last, min(len(page.tokens), verb.last + _CLAUSE)):
            if not page.tokens[i].is_word or page.signals.any(i, i + 1, "trigger"):
                return False
            if page.signals.any(i, i + 1, "munition") and not page.tokens[i].text.startswith("ب"):
                return page.signal(verb.last, "prep", "on", "in", "near") is not None
        return False

    def _opens_fire(self, launch: Signal) -> bool:
        """«أطلق مجهولون كانوا يستقلون سيارة النار على خباز»."""
        ahead = self.page.tokens[launch.last : launch.last + 10]
        return any(t.text in ("النار", "الرصاص") for t in ahead)

    def _by_guards(self, shot: Signal) -> bool:
        """«أطلق الحارس النار», "guards opened fire": at the attackers, and no attack."""
        tokens = self.page.tokens
        if page_text(self.page, shot).endswith("bullets"):
            return False  # "sprayed a van of policemen with bullets"
        after = (shot.first + 1, shot.last) if self._arabic else ()
        around = (tokens[k].text for k in (shot.first - 1, *after) if 0 <= k < len(tokens))
        return any(t in _GUARDS for t in around)

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

    def _undergone(self, trigger: Signal, first: int) -> bool:
        """«كان المطار هدفا لثلاثة صواريخ», but «سجل هدفا لفريقه»."""
        tokens = self.page.tokens
        if tokens[trigger.first].text not in _MARKS:
            return True
        if trigger.last >= len(tokens) or not tokens[trigger.last].text.startswith("ل"):
            return False
        return any(t.text in _BECAME for t in tokens[max(first, trigger.first - 6) : trigger.first])

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
        for i in range(start, trigger.first):
            if page.texts[i].lstrip("وف") in _NOT:
                weapon = page.signals.any(i + 1, trigger.first, "munition")
                if page.texts[i] == "no" and i + 1 < trigger.first and not weapon:
                    continue  # "in a car with no plates opened fire"
                if not page.signals.any(i + 1, trigger.first, "trigger"):  # «لم تنفجر سقطت في»
                    return True
        return False

    def _govern(self, blow: Blow, state: State, trigger: Signal, first: int, last: int) -> None:
        page = self.page
        if trigger.sub == "defuse":
            state.unfired = True
            return
        if trigger.sub in ("find", "setup"):
            known = state.governor is not None and state.governor.sub == "launch_place"
            if known and page.words(trigger.last, trigger.last + 2) == "to be":
                return  # "the point of origin was found to be a schoolyard in Sadr City"
            state.found = True
            state.launcher = state.launcher or self._finds_it(trigger)
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
        if trigger.sub == "hit" and self._destroys_aloft(trigger, first):
            trigger = trigger._replace(sub="intercept")
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
        if trigger.sub == "launch" and self._lets_go(trigger):
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
        if trigger.sub in ("launch", "launch_place") and self._roles.as_launch_place(
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
            and not page.signals.any(trigger.first - 1, trigger.first, "newevent")
            and not self._figures.exploded(trigger)
            and state.governor is not None
            and not state.soft
            and state.governor.sub in ("target", "undergo", "launch", "aim", "come_from")
        )
        if trigger.sub == "launch" and self._inside(state.governor, trigger):
            state.outer = state.governor
        if trigger.sub in ("fall", "explode"):
            self._roles.fell_there(state, trigger)
        if not keep:
            state.governor = trigger
        state.soft = False
        state.relative = False
        if page.tokens[trigger.first].text == "took" and state.loose:
            place = state.loose[-1][0]
            if trigger.first - place.last <= 3:
                after = self._figures.next_quantity(trigger.last, last, first)
                count = after.value if after is not None else None
                blow.sites.append(SiteUse("impact", place, place.first, place.last, "fell", count))
        if trigger.sub != "attack" and state.waiting is not None and state.waiting.last < first:
            state.waiting = None

    def _inside(self, outer: Signal | None, launch: Signal) -> bool:
        """«أصاب صاروخ أُطلق من برطلة منزلاً في …»: between a verb and what it hit."""
        return (
            self._arabic
            and outer is not None
            and outer.verb
            and outer.sub in ("hit", "target", "fall", "explode")
            and launch.first - outer.last <= 4
            and self.page.signals.any(outer.last, launch.first, "munition")
            and self.page.tokens[launch.first].text not in ("واطلق", "فاطلق")
        )

    def _no_fire_comes(self, blow: Blow, trigger: Signal) -> bool:
        """«جاء من مستشفى اليرموك خبر»; but «رجّح أنها خرجت من بساتين الراشدية»."""
        page = self.page
        words = page_text(page, trigger).lstrip("وف")
        if words.removeprefix("ال").startswith("قادم"):  # «صاروخ قادم من», not «رتل قادم من بيجي»
            near = trigger.first - 2, trigger.first
            if page.signals.any(trigger.first - _CROSSED, trigger.first, "munition") and any(
                t.text.startswith(_CROSSES) for t in page.tokens[near[0] : near[1]]
            ):
                return False  # «شاهدوا الصاروخ يعبر النهر قادماً من»
            return not page.signals.any(*near, "munition") and (
                page.tokens[trigger.first - 1].text not in _SAID_OF_THEM
            )
        if not words.startswith(_COMES):
            return False
        if self._tidings_after(trigger):
            return True
        before = trigger.first - 1, trigger.first
        pronoun = trigger.first > 0 and page.tokens[trigger.first - 1].text in _SAID_OF_THEM
        salvo = page.signals.any(*before, "trigger", "attack")  # «الرشقة خرجت من …»
        return not (blow.munitions or pronoun or salvo)

    def _tidings_after(self, trigger: Signal) -> bool:
        return any(t.text in _TIDINGS for t in self.page.tokens[trigger.last : trigger.last + 7])

    def _intercept(self, blow: Blow, state: State, trigger: Signal, first: int, last: int) -> None:
        if any(s.role == "intercept" and abs(s.first - trigger.first) < 8 for s in blow.sites):
            state.governor = trigger
            return
        count: int | None = None
        start = trigger.first
        end = trigger.last
        after = self._figures.next_quantity(trigger.last, last, first)
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
            self.page.tokens[i].text in COMMAS for i in range(trigger.last, which)
        ):
            count, end = 1, self.page.after_number(which)  # «أسقطت منظومة … الأولى»
        elif state.waiting is not None and trigger.first - state.waiting.last <= 12:
            count, start = state.waiting.value, state.waiting.first
        elif trigger.form.text.endswith("تا") or self._figures.dual_verb(trigger):
            count = 2
        blow.sites.append(SiteUse("intercept", None, start, end, "fell", count))
        state.governor = trigger
        state.waiting = None

    def _lets_go(self, launch: Signal) -> bool:
        """«أطلق حملة», «أطلق سراح»; but «انطلقت منه دون اعتقال أحد» is of what was fired."""
        signals = self.page.signals
        others = signals.between(launch.last, launch.last + 3, "neutral")
        others = [s for s in others if not posted(self.page.texts[s.first])]  # «مسلحون يتمركزون في»
        return bool(others) and not signals.any(launch.last, others[0].first, "negation")

    def _destroys_aloft(self, trigger: Signal, first: int) -> bool:
        """ "two drones were destroyed over the base", «دُمرت مسيرتان فوق القاعدة»."""
        page = self.page
        ahead = [t.text for t in page.tokens[trigger.last : trigger.last + 4]]
        around = {
            t.text.removeprefix("ال") for t in page.tokens[trigger.first - 6 : trigger.last + 4]
        }
        if not page_text(page, trigger).lstrip("وف").startswith(_DESTROYS):
            return False
        stopped = not _ALOFT.isdisjoint(ahead) or not _DEFENCES.isdisjoint(around)
        return stopped and page.signals.any(
            max(first, trigger.first - 4), trigger.last + 3, "munition", *_FLYING
        )

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
        if page.signals.any(trigger.last, trigger.last + 2, "attacker"):
            return False  # «اعترض مسلحون حافلة»
        after = self.page.tokens[trigger.last].text if trigger.last < len(page.tokens) else ""
        if after.removeprefix("ال") in _TIDINGS:
            return False  # «رواية أسقطها البيان»
        if page.words(trigger.first, trigger.last).endswith(("ها", "هما", "هم", "تا")):
            return True
        near = range(max(0, first - 30), trigger.last + 9)
        return page.signals.any(near.start, near.stop, "munition") or any(
            page.any_number(i) is not None for i in range(trigger.last, trigger.last + 7)
        )

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


def _is_communique(page: Page) -> bool:
    """«بسم الله … هاجم مجاهدونا»: the attackers' own words, which nobody confirms."""
    marks = {s.form.text for s in page.signals.of_kind("communique")}
    return len(marks) > 1 and len(page.sentences) <= _COMMUNIQUE_SENTENCES
