"""What a place is to an attack: fired from, fired at, hit; or only named beside it."""

from __future__ import annotations

import math
from itertools import pairwise

from extraction.blows.blow import RELATIVE, Blow, Certainty, SiteUse, State, page_text
from extraction.blows.figures import COMMAS, FALLS, PLANTED
from extraction.blows.origins import (
    as_launcher,
    instead_from,
    is_denied,
    named_as_base,
    overtakes,
    says_origin,
    seen_from_afar,
    sensed_from,
    sent_from,
    traced_to,
    was_searched,
)
from extraction.blows.pointing import place_meant, place_pronoun
from extraction.document import Relation, Role
from extraction.page import Page
from extraction.places.found import FoundPlace, distance_km, rank
from extraction.text.marks import mark
from extraction.text.signals import Signal
from extraction.text.words import arabic_forms
from extraction.who.voices import Voices
from gazetteer import Gazetteer, Place

IMPACT = frozenset(("fall", "hit", "explode", "target", "undergo", "attack", "airstrike", "shoot"))
_NESTING = frozenset(("in", "of", "direction", "near", "at", "to"))
_REMEMBERED = 14
_METRES = {"m": 1, "yard": 0.9, "km": 1000, "mile": 1609}
_CLOSE_M = 1500
_SHORT_WAYS = frozenset("yards yard metres meters feet امتار الامتار blocks block".split())
_LONG_WAYS = frozenset("mile kilometre kilometer كيلومتر كيلو كم".split())
_FRACTIONS = frozenset("half quarter نصف ربع".split())
_OUTSIDE_M = 2000
_HEADLINE = 4
_ROADS = frozenset("road highway route".split())
_TRAVELLERS = ("سائرين", "متوجهين", "متجهين", "ذاهبين", "عائدين", "قاصدين", "pilgrim", "bound")
_THIS_TIME = 3
_ANSWERED_WITHIN = 10
_PACES = 8
_STOOD = 7
_SEEN = 6
_IS_PLACED = frozenset("was were is lay lies".split())
_GROUNDS = frozenset(
    "مراب كراج منزل منازل دار بيت مدرسه مبني بنايه سوق ساحه حديقه مطعم مقهي مستشفي جامع كنيسه ارض "
    "بستان مزرعه موقف مقر محطه عماره محل".split()
)
_THEY = frozenset("they both these".split())
_PROCEEDING = ("عمليه", "وعمليه")
_WHERE = frozenset("where حيث".split())
_STOOD_THERE = frozenset(
    "stood standing was were sat parked mounted burning smoking smouldering smoldering ablaze hot "
    "hidden concealed lay "
    "كانت كان وقفت منصوبه مثبته مخباه مخبا موضوعه".split()
)
_SAT = frozenset(("sat", "stood", "standing", "hidden", "parked"))
_GOALS = frozenset(("on", "at", "to", "toward"))
_STANDING = frozenset(("in", "at", "near", "from"))
THERE = frozenset(("هناك", "هنالك"))
_ONTO = frozenset(("from", "on", "toward"))
_ABOVE = frozenset(("over", "above"))
_SHARE_REACH = 7
_SAID = frozenset("said says reported told".split())
_SAW = frozenset("saw heard had have".split())
_LOCALS = frozenset("residents resident locals villagers witnesses witness farmers".split())
_SIDES = frozenset(
    "southern northern eastern western central south north east west downtown southeastern "
    "southwestern northeastern northwestern".split()
)
_SPEAKERS = frozenset("police officials authorities sources medics officers residents".split())
_AMBUSHES = frozenset("كمين كمينا حاجز حاجزا".split())
_FIRED_OFF = PLANTED | {"suicide"}
IS = frozenset(("هو", "هي", "وهو", "وهي"))
AS_BASE = frozenset(("منطلقا", "كمنطلق"))
_POSTED = (*"تمركز وقف كمن تموضع تحصن اختبا اتخذ اختار".split(),)
_SHELLS = frozenset(("shelled", "bombarded", "mortared", "rocketed"))
# ("river": "fired by insurgents across the river in Adhamiyah")
_HOLDS = frozenset(
    "hiding hidden holed based positioned entrenched dug concealed stationed operating sheltering "
    "crouching camped lying river يختبئون يتحصنون يتمركزون مختبئون مختبئين متواجدون متواجدين "
    "موجودون موجودين انطلقوا منتشرون منتشرين يتواجدون".split()
)
_SHOOTERS = frozenset(
    "رامي رماه مطلق مطلقي مطلقو منفذون منفذين منفذ مهاجمون مهاجمين مسلحون مسلحين".split()
)
_DWELLERS = frozenset("سكنه سكان اهالي ابناء مواليد اهل ساكني".split())
_WITNESSES = frozenset("شاهد شهود شاهده مراسلنا مراسل".split())
_PASSES = frozenset(
    "تعبر يعبر عبرت عبر تمر يمر مرت مر تسلك سلكت يسلك تجتاز اجتازت يجتاز اجتاز تغادر غادرت غادر "
    "crossing cross crossed crosses passing passed leaving left entering entered".split()
)
_TITLES = frozenset("مدير قائممقام محافظ رئيس قائد مختار نائب شرطه صحه دائره ضابط عضو".split())
_HEARD = (
    *"سمع يسمع تسمع دوي استيقظ افاق صحا فزع ايقظ هلع".split(),
    *"heard echoed woke awoke awaken startled".split(),
)
_PARTS = frozenset("جانب جزء قسم طرف ركن شطر زاويه جهه قاطع".split())
_AUXILIARIES = frozenset("was were is are had has have would will could".split())
_FOUND_NOTHING = (
    "found nothing",
    "لم تعثر علي شيء",
    "لم يعثر علي شيء",
    "لم تجد شيئا",
    "دون العثور",
)


class Roles:
    """Gives the places of one page their role in a blow."""

    def __init__(
        self,
        page: Page,
        gazetteer: Gazetteer,
        voices: Voices,
        communique: bool,
    ) -> None:
        self.page = page
        self.gazetteer = gazetteer
        self._voices = voices
        self._arabic = page.lang == "ar"
        self._communique = communique
        self.fired_from: set[int] = set()  # the first tokens of the places of launches

    def pointed_site(self, blow: Blow, state: State, i: int, first: int, last: int) -> bool:
        """A site told by a pronoun («انطلق منه», «سقطت داخلها») or a word about a place."""
        page = self.page
        text = page.tokens[i].text
        if text in AS_BASE:
            return self._as_base(blow, state, i)
        before = page.tokens[i - 1].text if i else ""
        if text in IS and state.source is None and says_origin(before):
            fired = any(t.sub == "launch" for t in blow.triggers)
            state.source = self.word_signal(i - 1, "launch_place") if fired else None
            state.governor = state.source or state.governor
            return fired
        if text == ":" and i - first <= 1 and says_origin(before) and page.place(i + 1) is not None:
            state.source = state.governor = self.word_signal(i - 1, "launch_place")
            return True
        if text in IS and state.source is not None and not _has_launch(blow):
            state.governor, state.relative, state.soft = state.source, False, False
            return True
        if posted(text) and self._shooters_before(i, first):
            if state.governor is not None and state.governor.sub in ("target", "launch"):
                state.after_source = state.governor  # «قصف مسلحون متمركزون في … المنطقة الخضراء»
            state.governor = self.word_signal(i, "launch_place")
            state.soft = state.relative = False
            return True
        pronoun = ("in", None) if text.lstrip("وف") in THERE else place_pronoun(text)
        if pronoun is None:
            return False
        role = self._pointed_role(state, i, last, pronoun[0])
        place = None if role is None else place_meant(page, i, feminine=pronoun[1])
        if role == "launch" and place is not None:  # «الزعفرانية التي يعتقد أنهما أطلقا منها»
            told = self._relative_before(i)
            place = next((p for p in page.places_before(i, 1) if p.last == told), place)
        if place is None and role == "launch":
            place = self._where_it_stood(state, i)
        if role is None or place is None:
            return False
        if role == "launch" and state.outer is not None:
            state.governor, state.outer = state.outer, None
        if any(s.role == role and _same_anchor(s.place, place) for s in blow.sites):
            return False
        token = page.tokens[i]
        here = place._replace(first=i, last=i + 1, start=token.start, end=token.end)
        site = SiteUse(role, here, i, i + 1, "fell")
        site.relation = "near" if pronoun[0] == "near" else "inside"
        waiting = state.waiting
        if waiting is not None and i - waiting.last <= 4:
            site.count, site.part = waiting.value, waiting.part
            state.waiting = None if role == "impact" else waiting
        blow.sites.append(site)
        return True

    def word_signal(self, i: int, sub: str) -> Signal:
        """A word that acts as a trigger here and is none elsewhere."""
        token = self.page.tokens[i]
        form = arabic_forms(token.text)[0]
        return Signal("trigger", sub, i, i + 1, token.start, token.end, "", True, form)

    def _pointed_role(self, state: State, i: int, last: int, preposition: str) -> Role | None:
        """The role of the place that a pronoun at token ``i`` stands for."""
        page, governor = self.page, state.governor
        past = 99 if governor is None else i - governor.last
        near = 0 <= past <= 2
        launcher = page.signals.any(i, min(last, i + 11), "launcher")
        if page.tokens[i].text.lstrip("وف") in THERE:
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
            # «أُطلقت منها خمسة», but «انطلقت منها ثلاثة صواريخ»
            partitive = page.any_number(i + 1) is not None and not (
                page.signals.any(i + 2, i + 3, "munition")
            )
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

    def _where_it_stood(self, state: State, i: int) -> FoundPlace | None:
        """«توقفت عجلة في حي أور قبل أن تنطلق منها الصواريخ»: the place of the vehicle."""
        start = i - _REMEMBERED
        stands = self.page.signals.between(start, i, "vehicle")
        stands += self.page.signals.between(start, i, "launcher")
        if not stands:
            return None
        after = max(s.last for s in stands)
        place = next((p for p in self.page.places_before(i, 1) if p.first >= after), None)
        state.from_it = place is None  # «أُطلقت منها وهي متوقفة في المعامل»
        return place

    def _relative_before(self, i: int) -> int:
        """The relative word a few tokens before ``i``, 0 where there is none."""
        tokens = self.page.tokens
        return next((k for k in range(i - 1, max(0, i - 5), -1) if tokens[k].text in RELATIVE), 0)

    def as_launch_place(self, blow: Blow, state: State, trigger: Signal, first: int) -> bool:
        """«البلديات كانت نقطة الإطلاق»: the place was named just before."""
        place = state.previous_place
        if place is None or not named_as_base(self.page, place, trigger):
            return False
        if any(s.role == "impact" and s.place is place for s in blow.sites):
            return False  # «الصواريخ التي سقطت على معسكر التاجي كان منطلقها …»
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
        self.fired_from.add(place.first)
        for other in blow.sites:
            if other.role == "launch" and other.first < place.first:
                if overtakes(page, other.last, place):
                    lesser = rank < self._voices.at(blow.sentence, other.first).rank
                    corrected = page.signals.any(other.last, place.first, "hedge", "correct")
                    (site if lesser and not corrected else other).early = True

    def searched(self, blow: Blow, state: State) -> None:
        """«فتشت قوة منطقة الزعفرانية فعثرت على منصة»: it was found where they searched."""
        if not (state.found and state.launcher) or _has_launch(blow):
            return
        for place, _ in state.loose:
            if was_searched(self.page, place):
                self._launched_from(blow, place, blow.first)
                return

    def witnessed(self, blow: Blow, state: State) -> None:
        """«شاهد سكان في البلديات انطلاق صاروخين»: near to where those were who saw it."""
        if state.sensed is None or _has_launch(blow):
            return
        place = sensed_from(self.page, [p for p, _ in state.loose], state.sensed)
        if place is not None and 1 < rank(place.level) <= 4:
            if not seen_from_afar(self.page, state.sensed.last, blow.last):
                self._launched_from(blow, place, blow.first)

    def stood_there(self, blow: Blow, state: State, launcher: int) -> None:
        """«مدرسة في مدينة الصدر حيث كانت المنصة», "the yard in Ur where the tubes stood"."""
        place = state.loose[-1][0] if state.loose else None
        if place is None or not 0 < launcher - place.last <= _STOOD or _has_launch(blow):
            return
        between = [t.text for t in self.page.tokens[place.last : launcher]]
        stood = not _WHERE.isdisjoint(between) or as_launcher(self.page, place, launcher)
        if not stood or self._nothing_found(place.last, blow.last):
            return
        self._launched_from(blow, place, blow.first)

    def fell_there(self, state: State, trigger: Signal) -> None:
        """ "towards the Green Zone, where two of them exploded": the target was hit."""
        site = state.last_site
        if site is None or site.role != "target" or not 0 < trigger.first - site.last <= _STOOD:
            return
        between = [t.text for t in self.page.tokens[site.last : trigger.first]]
        if _WHERE.isdisjoint(between):
            return
        site.role, site.certainty, site.relation = "impact", "fell", "inside"
        share = state.waiting
        if share is not None and share.first >= site.last:
            site.count, site.part = share.value, share.part
            state.waiting = None

    def fired_thence(self, blow: Blow, state: State, trigger: Signal) -> None:
        """ "a field in Taji from which the rockets were fired": the place was named just before."""
        place = state.loose[-1][0] if state.loose else None
        if place is None or trigger.first - place.last > _PACES or _has_launch(blow):
            return
        words = [t.text for t in self.page.tokens[place.last : place.last + 4]]
        if ("from", "which") in pairwise(words) or "where" in words:
            self._launched_from(blow, place, blow.first)

    def _as_base(self, blow: Blow, state: State, i: int) -> bool:
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

    def place(self, blow: Blow, state: State, place: FoundPlace, first: int) -> None:
        """Gives the place its role in the blow, or keeps it as only named."""
        prepositions, joined = self._prepositions(place, first, state)
        if _is_river(place) and "in" not in prepositions:
            return  # «الضفة الأخرى من دجلة» is a bearing
        if self._bound_for(place):
            return
        told = self._is_predicate(blow, state, place, prepositions)
        if told:
            state.governor, state.soft, state.relative = state.source, False, False
        elif self._nested(state, place, prepositions, joined):
            return
        if self._other_deed(state, place) or self._answered(place, first):
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
            if governor is not None and governor.sub == "launch_place":
                state.governor = governor  # «مكان الرمي لم يكن الصالحية بل منطقة الشواكة»
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
            if state.outer is not None:
                state.governor, state.outer = state.outer, None
        else:
            site.early = self.page.signals.any(
                max(first, place.first - 14), place.first, "hedge", "early"
            )
        site.found = state.governor is not None and state.governor.sub == "find"
        site.heard = state.governor is not None and self._only_heard(state.governor)
        blow.sites.append(site)
        state.last_site = site

    def _is_predicate(
        self, blow: Blow, state: State, place: FoundPlace, prepositions: frozenset[str]
    ) -> bool:
        """«مصدر القذائف التي سقطت على حي الجهاد معمل في الرضوانية»: what the source was."""
        previous = state.previous_place
        if state.source is None or previous is None or _has_launch(blow):
            return False
        if not prepositions & (_STANDING | {"direction"}) or place.first - previous.last > 12:
            return False
        after = self.page.tokens[previous.last].text
        noun = self._arabic and not (previous.last in self.page.first["prep"] or after in COMMAS)
        # «مكان إطلاق القذائف التي سقطت على الكرادة في مقبرة بالرستمية»
        noun = noun or (self._arabic and after == "في" and not self._contains(previous, place))
        return (noun or after in _IS_PLACED) and not self._contains(place, previous)

    def _other_deed(self, state: State, place: FoundPlace) -> bool:
        """Whether a second verb of the sentence stands between a noun and the place."""
        governor = state.governor
        if self._arabic or governor is None or governor.sub not in ("explode", "attack"):
            return False
        if not page_text(self.page, governor).endswith("s"):
            return False
        words = [t.text for t in self.page.tokens[governor.last : place.first]]
        return any(a == "and" and b in _AUXILIARIES for a, b in pairwise(words))

    def _answered(self, place: FoundPlace, first: int) -> bool:
        """ "in revenge for the offensive in Tal Afar": where that was which an attack answers."""
        page = self.page
        for i in range(place.first - 1, max(first, place.first - _ANSWERED_WITHIN) - 1, -1):
            if i in page.first["answer"]:
                return True
            if page.texts[i] in COMMAS or i in page.first["trigger"]:
                return False
        return False

    def _owner(self, place: FoundPlace, state: State) -> FoundPlace | None:
        """The place whose part this one is: "in Baghdad's southern Dora district"."""
        previous = state.previous_place
        if self._arabic or previous is None or place.first - previous.last > 2:
            return None
        tokens = self.page.tokens
        between = {t.text for t in tokens[previous.last : place.first]}
        return (
            previous
            if tokens[previous.last - 1].text.endswith("'s") and between <= _SIDES
            else None
        )

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
        self, place: FoundPlace, first: int, state: State
    ) -> tuple[frozenset[str], bool]:
        """The prepositions before the place, and whether «و» joins it to another."""
        page = self.page
        found: set[str] = set()
        token = page.tokens[place.first]
        written_on = page.folded.text[token.start : place.start]
        written = (written_on or clitic(token.text)) if self._arabic else ""
        joined = False
        if self._arabic and place.start > token.start:
            joined = token.text.startswith("و")
        if "ب" in written:
            found.add("in")
        if "ل" in written:
            found.add("to")
        launched = state.governor is not None and state.governor.sub in ("launch", "come_from")
        floor = max(first, place.first - 9)
        i = place.first - 1
        edge = i - (page.tokens[i].text == "the")
        nearest = place.first
        while i >= floor:
            if page.in_place(i) or page.tokens[i].text in ".;؛:":
                break
            if self._arabic and page.in_date(i):
                break
            if page.tokens[i].text in COMMAS:
                if not self._arabic and i == edge and self._list_ahead(place):
                    joined = True
                break
            told = i in page.first["munition"] or i in page.first["trigger"]
            if told and i not in page.first["prep"]:
                break
            if not self._arabic and page.tokens[i].text == "and" and i == edge:
                joined = True
            covering = self.prep_over(i, floor, place.first)
            if covering is not None and covering.sub == "from" and self._part_of(covering.first):
                found.add("in")  # «داخل الجانب العسكري من المطار»
                break
            if covering is not None:
                opens = covering.sub == "from" and covering.first <= first  # "From a roof in Ur, …"
                far = bool(found) and covering.last < nearest and not opens
                if (
                    not far
                    or covering.sub not in ("from", "toward", "between")
                    or (launched and covering.sub == "from")
                ):
                    found.add(covering.sub)
                    if launched and page.tokens[covering.first].text == "من":
                        found.add("from")  # «أطلق مجهولون من داخل مقبرة في أبو غريب»
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
        words = [t.text for t in self.page.tokens[place.last : place.last + 3]]
        if not words or words[0] not in ("and", ","):
            return False
        at = 1 + (words[1:2] == ["and"])
        at += words[at : at + 1] == ["the"]
        return self.page.place(place.last + at) is not None

    def prep_over(self, i: int, floor: int, stop: int) -> Signal | None:
        """The longest preposition that covers a token."""
        best: Signal | None = None
        for signal in self.page.signals.between(max(floor, i - 3), i + 1, "prep"):
            if i < signal.last <= stop:
                if best is None or signal.last - signal.first > best.last - best.first:
                    best = signal
        return best

    def _nested(
        self,
        state: State,
        place: FoundPlace,
        prepositions: frozenset[str],
        joined: bool,
    ) -> bool:
        """«شارع الضغط في حي الأمين»: the second name only says where the first one is."""
        previous = state.previous_place
        if previous is None or joined or self._traced(state, place, prepositions):
            return False
        if state.source is not None and self._turned_out(place):
            return False
        if _is_river(previous) and "in" in prepositions:
            return False  # "from across the Tigris in Sinak"
        page = self.page
        if "in" in prepositions and self._only_points_to(previous, state):
            return False
        gap = range(previous.last, place.first)
        if len(gap) > 10 or (state.governor is not None and state.governor.first in gap):
            return False
        for i in gap:
            text = page.tokens[i].text
            number = page.any_number(i)
            if number is not None and (number.counts or number.ordinal) and not page.in_date(i):
                return False
            if i in page.first["munition"]:
                return False
            if i in page.first["trigger"] or i in page.first["part"]:
                return False
            if text in ".;؛:" or (self._arabic and text.startswith("و") and page.signal(i, "prep")):
                return False
            if text in ("and", "و") or (text in IS and state.governor is state.source):
                return False
            if self._arabic and text[0] == "و" and text[1:] in _GROUNDS:
                return False  # «على فندق الرشيد ومرآب في الصالحية»
        launched = state.governor is not None and state.governor.sub == "launch"
        if launched and prepositions & frozenset(("at", "on")) and "in" not in prepositions:
            return False
        told_off = page.signals.any(previous.last, place.first, "prep", "direction")
        if told_off and self._owner(place, state) is None:
            return True  # «قرية … الواقعة إلى الشمال من بلدة …»
        if "toward" in prepositions or ("from" in prepositions and (launched or len(gap) > 2)):
            return False
        if self._shelled_from(state, place, prepositions) or self._then_object(state, place, gap):
            return False
        site = state.last_site
        if self._of_outer_verb(state, place):
            return False
        if not prepositions and self._enumerated(state, place):
            return False
        if site is None or site.place is None or site.place is not previous:
            if self._owner(place, state) is not None and rank(place.level) < rank(previous.level):
                return False
            return (
                bool(prepositions & _NESTING)
                or not gap
                or all(page.tokens[i].text in COMMAS for i in gap)
            )
        finer = rank(place.level) < rank(previous.level)
        if (place.radius_m or 0) > (previous.radius_m or math.inf):
            finer = False  # «برطلة في سهل نينوى»
        contained = self._contains(previous, place)
        beside = "near" in prepositions and _beside(previous, place)
        if (finer and contained and site.count is None) or (
            finer and (contained or beside) and "in" not in prepositions
        ):
            site.place = place
            site.last = place.last
            if "near" in prepositions:
                site.relation = "near"
            return True
        return not finer or not (prepositions & frozenset(("on",)))

    def _only_points_to(self, previous: FoundPlace, state: State) -> bool:
        """ "Just north of Baghdad, in Taji": the first place only says where the second one is."""
        return not self._arabic and any(
            p is previous and preps == {"direction"} for p, preps in state.loose[-1:]
        )

    def _shelled_from(self, state: State, place: FoundPlace, prepositions: frozenset[str]) -> bool:
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

    def _then_object(self, state: State, place: FoundPlace, gap: range) -> bool:
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

    def _of_outer_verb(self, state: State, place: FoundPlace) -> bool:
        """«أصاب صاروخ أُطلق من برطلة منزلاً في محيط المطار»: what was hit, after from where."""
        site, governor = state.last_site, state.governor
        return (
            site is not None
            and site.role == "launch"
            and site.place is not None
            and governor is not None
            and governor.sub in ("hit", "target", "fall", "explode")
            and governor.first < site.first
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
        state: State,
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
        if self._far_away(place) or self._ruled_out(place) or self._spoken_there(place):
            return None, "fell"
        if self._on_the_way(place):
            return None, "fell"
        if state.source is not None and self._turned_out(place):
            return "launch", "fell"
        if self._traced(state, place, prepositions):
            blow.triggers.append(self.word_signal(state.traced or 0, "launch_place"))
            return "launch", "fell"
        if self._stands_there(state, place, prepositions):
            return "launch", "fell"
        if "from" in prepositions and instead_from(self.page, place, blow.first):
            return "launch", "fell"
        if self.page.signals.any(max(0, place.first - _REMEMBERED), place.first, "anniversary"):
            return None, "fell"  # "on the anniversary of the bombing of the Askari shrine"
        if "between" in prepositions:
            source = governor is not None and governor.sub == "launch_place"
            state.governor = None if source else governor
            return ("launch" if source else None), "fell"
        if governor is None and prepositions & _STANDING and self._attackers_fire(place):
            return "launch", "fell"
        if governor is None and sent_from(self.page, place):
            return "launch", "fell"
        if governor is None and (
            self._verbless(blow, prepositions) or self._shared_out(blow, state, place, prepositions)
        ):
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
            if not held or governor.sub not in FALLS:
                return None, "fell"
        if state.soft and not governor.verb and self._refers(governor):
            return None, "fell"
        if (
            state.soft
            and not prepositions & frozenset(("in", "on", "at", "near", "toward", "from"))
            and not (governor.sub in IMPACT and self._enumerated(state, place))
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
            lurked = self.page.tokens[governor.first - 1].text.removeprefix("ال")
            if governor.first and lurked in _AMBUSHES:
                return "impact", "aimed"  # «كمين نصبه التنظيم في الزوية»
            if sub == "setup" and set(blow.munitions) & PLANTED:
                return "impact", "aimed"  # «العبوة … وُضعت أمام المصرف»
            pronoun = page_text(self.page, governor).endswith(("ه", "ها", "هما", "ين"))
            pronoun = pronoun or self._they(governor)
            if (
                state.launcher or ahead or (sub == "setup" and (blow.munitions or pronoun))
            ) and prepositions & frozenset(("in", "at", "near", "on", "from", "of")):
                return "launch", "fell"
            return None, "fell"
        if state.launcher and state.found and sub == "launch" and not prepositions & _ONTO:
            return "launch", "fell"
        if sub in FALLS and self._close_by(place):
            return "impact", "fell"
        if "toward" in prepositions:
            return "target", "toward"
        if sub == "aim" and self._walks_up(blow, governor):
            return "impact", "aimed"
        if sub == "aim":
            return "target", "meant"
        if sub == "explode" and blow.munitions and self._set_off_from(governor, place):
            return "launch", "fell"
        if "from" in prepositions and "at" in prepositions and self._from_abroad(place):
            prepositions -= {"from"}
        if "from" in prepositions and state.outer is not None and self._from_vehicle(place):
            return "impact", "fell"  # «أصابت صواريخ أُطلقت من عربات فندقي …»
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
        if sub == "launch" and self._beside_launch(state, governor, place, prepositions):
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
            if self._fired_within(blow, governor, prepositions):
                return "launch", "fell"
            return None, "fell"
        if sub == "intercept":
            return None, "fell"
        if sub in IMPACT:
            if prepositions == frozenset(("direction",)) or (
                "direction" in prepositions and place.level in ("city", "governorate")
            ):
                return None, "fell"
            return "impact", "fell" if sub in FALLS else "aimed"
        return None, "fell"

    def _enumerated(self, state: State, place: FoundPlace) -> bool:
        """ "hit three places: the Rasheed Hotel, the parliament building and a car park"."""
        previous = state.last_site
        return (
            state.listed is not None
            and previous is not None
            and previous.first >= state.listed
            and place.first - previous.last <= 2
        )

    def _turned_out(self, place: FoundPlace) -> bool:
        """ "the launch site was given as Dora but turned out to be Arab Jabour"."""
        before = self.page.words(max(0, place.first - 2), place.first)
        return not self._arabic and before == "to be"

    def _traced(self, state: State, place: FoundPlace, prepositions: frozenset[str]) -> bool:
        return (
            state.traced is not None
            and "to" in prepositions
            and traced_to(self.page, state.traced, place)
        )

    def _stands_there(self, state: State, place: FoundPlace, prepositions: frozenset[str]) -> bool:
        """ "smoke rose from where the tubes stood in Ur", «كانت المنصة في بستان بالتاجي»."""
        at = state.launcher_at
        if at is None or not prepositions & _STANDING or place.first - at > 2 * _STOOD:
            return False
        if place.first - at > _STOOD:  # "Its launcher, wired to a battery, sat in a yard in Ur"
            near = self.page.tokens[place.first - _SEEN : place.first]
            return any(t.text in _SAT for t in near)
        around = self.page.tokens[max(0, at - _SEEN) : place.first]
        if any(t.text in ("never", "not", "لم") for t in self.page.tokens[at : place.first]):
            return False
        return not _STOOD_THERE.isdisjoint(t.text.removeprefix("و") for t in around)

    def _they(self, governor: Signal) -> bool:
        """ "Both had been set up in the garden of …": what fell before."""
        before = self.page.tokens[max(0, governor.first - 4) : governor.first]
        return any(t.text in _THEY for t in before)

    def _spoken_there(self, place: FoundPlace) -> bool:
        """ "police in Diyala province said", "locals near Bardarash told": where who says it is."""
        tokens = self.page.tokens
        said = tokens[place.last].text if place.last < len(tokens) else ""
        before = tokens[place.first - 2].text if place.first > 1 else ""
        if said in _SAID and before in _SPEAKERS and tokens[place.first - 1].text == "in":
            return True
        around = {t.text for t in tokens[max(0, place.first - 6) : place.first]}
        return (said in _SAID or said in _SAW) and not _LOCALS.isdisjoint(around)

    def _from_abroad(self, place: FoundPlace) -> bool:
        """ "fired from Iran at the Ain al-Asad base": not from the base."""
        near = range(max(0, place.first - 8), place.first - 1)
        return any(
            self.page.tokens[i].text == "from" and self.page.signals.any(i + 1, i + 3, "foreign")
            for i in near
        )

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
            if page.tokens[i].text in _SHORT_WAYS:  # "a few hundred yards", «بضعة أمتار»
                return True
            if page.tokens[i].text in _LONG_WAYS:  # "half a mile", «نصف كيلومتر»
                return not _FRACTIONS.isdisjoint(t.text for t in page.tokens[max(0, i - 3) : i])
            if page.tokens[i].text in COMMAS:
                return False
        return False

    def _fired_there(self, state: State, prepositions: frozenset[str]) -> bool:
        """«القاعدة التي انطلقا منها في الزعفرانية», «وميض الإطلاق في بساتين الحضرة»."""
        governor = state.governor
        if governor is None or not prepositions & frozenset(("in", "at", "near", "on")):
            return False
        flash = not governor.verb and (
            governor.form.article or page_text(self.page, governor).startswith(_PROCEEDING)
        )
        return self._arabic and "on" not in prepositions and (state.from_it or flash)

    def _fired_within(self, blow: Blow, governor: Signal, prepositions: frozenset[str]) -> bool:
        """ "The drones that hit the base were launched within Kirkuk province"."""
        hit = any(s.role in ("impact", "target") for s in blow.sites)
        before = self.page.tokens[governor.first - 1].text if governor.first else ""
        return not self._arabic and hit and before in ("were", "was") and "in" in prepositions

    def _named_as_place(self, governor: Signal, place: FoundPlace) -> bool:
        """ "the place from which they were launched as Sadr City"."""
        page = self.page
        before = page.words(max(0, governor.first - 8), governor.first)
        named = page.tokens[place.first - 1].text in ("as", "was", "is")
        return named and ("from which" in before or "where" in before)

    def _beside_launch(
        self, state: State, governor: Signal, place: FoundPlace, prepositions: frozenset[str]
    ) -> bool:
        """ "saw rockets go up over Ur", "the point from which they were fired, a yard in Ur"."""
        if place.first - governor.last > _PACES or prepositions & _GOALS - {"at", "on"}:
            return False
        if state.sensed is governor:
            return bool(prepositions & (_STANDING | _ABOVE))
        return state.whence == governor.last and bool(prepositions & _STANDING)

    def _from_vehicle(self, place: FoundPlace) -> bool:
        """Whether what stands behind «من» is a vehicle, and no preposition before the place."""
        page = self.page
        near = max(0, place.first - _PACES), place.first
        return page.signals.any(*near, "vehicle") and not any(
            place.first - s.last <= 1 for s in page.signals.between(*near, "prep")
        )

    def _set_off_from(self, governor: Signal, place: FoundPlace) -> bool:
        """ "had been set off by a timer from a grove in Arab Jabour"."""
        return page_text(self.page, governor) == "set off" and (
            self.page.signals.any(governor.last, place.first, "prep", "from")
        )

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
        return page_text(self.page, governor).startswith("originated")

    def _attackers_in(self, place: FoundPlace) -> bool:
        """«أطلق مسلحون في الشعلة أربع قذائف»: where those stand who fire."""
        page = self.page
        if page.signals.any(place.first - 2, place.first, "attacker"):
            return not page.tokens[place.first - 1].text.endswith("ly")
        near = page.signals.between(place.first - _PACES, place.first, "attacker")
        return bool(near) and any(
            takes_post(t.text) for t in page.tokens[near[-1].last : place.first]
        )

    def _attackers_fire(self, place: FoundPlace) -> bool:
        """ "Militants in Shula fired four mortar rounds at …"."""
        page = self.page
        after = place.last, place.last + 2
        shells = any(t.text in _SHELLS for t in page.tokens[after[0] : after[1]])
        return self._attackers_in(place) and (
            shells or page.signals.any(*after, "trigger", "launch")
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

    def _bound_for(self, place: FoundPlace) -> bool:
        """«زوار سائرين إلى كربلاء»: where those who were hit were going."""
        before = self.page.texts[max(0, place.first - 3) : place.first]
        return any(word.removeprefix("ال").startswith(_TRAVELLERS) for word in before)

    def _on_the_way(self, place: FoundPlace) -> bool:
        """ "on the road from Hilla": better than nowhere, where no other place is told."""
        before = self.page.texts[max(0, place.first - 3) : place.first]
        return bool(before) and before[-1] == "from" and not _ROADS.isdisjoint(before)

    def _far_away(self, place: FoundPlace) -> bool:
        """ "rattled windows as far away as Adhamiyah": it was only heard there."""
        before = self.page.words(max(0, place.first - 5), place.first).removesuffix(" the")
        return before.endswith(("as far as", "far away as", "as far off as"))

    def fronted(self, blow: Blow, state: State) -> None:
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
        before = {
            t.text.removeprefix("و") for t in page.tokens[max(0, place.first - 2) : place.first]
        }
        if not _PASSES.isdisjoint(before):
            return False  # «أظهرت الكاميرات الحافلة وهي تعبر جسر السنك قبل الانفجار»
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

    def from_to(self, blow: Blow, state: State) -> None:
        """«من الدورة باتجاه المنطقة الخضراء»: a headline without a verb."""
        if not state.loose:
            return
        opening = min((t.first for t in blow.triggers), default=blow.last)
        ahead = [(p, preps) for p, preps in state.loose if p.first < opening]
        start = next((p for p, preps in ahead if "from" in preps and not self._ruled_out(p)), None)
        goal = next((p for p, preps in ahead if "toward" in preps), None)
        if start is not None and goal is None and blow.triggers:
            trigger = min(blow.triggers, key=lambda t: t.first)
            told = max((p.last for p, _ in ahead), default=start.last)
            between = [t.text for t in self.page.tokens[start.last : trigger.first]]
            near = trigger.first - told <= _THIS_TIME or "that" in between[:_STOOD]
            if trigger.sub == "launch" and near:
                # «من حي الجهاد أُطلق صاروخ», "it was from Taji that they were fired"
                blow.sites.append(SiteUse("launch", start, start.first, start.last, "fell"))
        headed = start is not None and start.first - blow.first <= _HEADLINE
        if start is not None and goal is not None and (headed or blow.munitions or blow.triggers):
            blow.sites.append(SiteUse("launch", start, start.first, start.last, "fell"))
            site = SiteUse("target", goal, goal.first, goal.last, "toward")
            blow.sites.append(site)
            fell = next((t for t in blow.triggers if t.sub in FALLS and t.first > goal.last), None)
            if fell is not None:
                state.last_site = site
                self.fell_there(state, fell)

    @staticmethod
    def _verbless(blow: Blow, prepositions: frozenset[str]) -> bool:
        """«عبوة ناسفة قرب سوق …: استشهاد شخص»: a list line needs no verb."""
        return (
            bool(blow.munitions)
            and (blow.item or any(t.value or t.none for t in blow.tolls))
            and bool(prepositions & frozenset(("in", "on", "at", "near")))
            and not prepositions & frozenset(("from", "between"))
        )

    def _shared_out(
        self, blow: Blow, state: State, place: FoundPlace, prepositions: frozenset[str]
    ) -> bool:
        """«الصواريخ ستة، ثلاثة منها داخل المنطقة الخضراء»: a share lies where it is told."""
        share = state.waiting
        if share is None or not share.part or not blow.munitions or state.unfired:
            return False
        if _is_river(place) or not _FIRED_OFF.isdisjoint(blow.munitions):
            return False
        between = self.page.tokens[share.last : place.first]
        return (
            len(between) <= _SHARE_REACH
            and not any(t.text in COMMAS for t in between)
            and bool(prepositions & frozenset(("in", "on", "at", "near")))
            and not prepositions & frozenset(("from", "between", "toward"))
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


def clitic(text: str) -> str:
    """The letters written onto an Arabic word that may be prepositions."""
    body = text.lstrip("وف") if len(text) > 3 else text
    if body.startswith("لل"):
        return "ل"
    if body.startswith("بال") or (body.startswith("ب") and len(body) > 4):
        return "ب" if body.startswith("بال") else ""
    return ""


def takes_post(word: str) -> bool:
    """ "gunmen hiding in", «مسلحون متحصنون في»: where those are who fire."""
    return word in _HOLDS or posted(word.removeprefix("ال").removeprefix("م"))


def posted(text: str) -> bool:
    """«تمركزت», «وقفوا»: somebody took his stand, or chose his ground."""
    return text.startswith(_POSTED) or text[1:].startswith(_POSTED)


def may_point(word: str, lang: str) -> bool:
    """Whether a word may stand for a place named elsewhere, or say what such a place was."""
    return lang == "ar" and (
        word in AS_BASE
        or word in IS
        or word == ":"
        or word.lstrip("وف") in THERE
        or place_pronoun(word) is not None
        or posted(word)
    )


MAY_POINT = mark(may_point)


def _has_launch(blow: Blow) -> bool:
    return any(site.role == "launch" for site in blow.sites)


def _same_anchor(one: FoundPlace | None, two: FoundPlace) -> bool:
    return one is not None and one.anchor is not None and one.anchor is two.anchor


def _is_river(place: FoundPlace) -> bool:
    return place.place is not None and place.place.kind == "river"


def _beside(area: FoundPlace, spot: FoundPlace) -> bool:
    """«عند مدخل الكاظمية قرب ساحة عدن»: the spot may lie just outside the area."""
    a, b = area.place, spot.place
    if a is None or b is None:
        return False
    return distance_km(a, b) * 1000 <= a.radius_m + _OUTSIDE_M


def _close(a: Place, b: Place) -> bool:
    return distance_km(a, b) * 1000 <= max(a.radius_m, b.radius_m) + 500
