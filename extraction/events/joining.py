"""Whether a stretch tells the event that was told before it, another one, or one recalled."""

from __future__ import annotations

from collections.abc import Sequence

from extraction.blows.blow import Blow, SiteUse
from extraction.events.attack_dates import OPENING, AttackDates
from extraction.events.dating import NEWS_DAYS, SAME_NEWS_DAYS, Dating
from extraction.events.event import FAMILY, IN_A_CITY, Event, agree, days_apart
from extraction.events.kinds import Kinds
from extraction.page import Page
from extraction.places.found import distance_km, rank
from gazetteer import Gazetteer

_FAR_KM = 3.0
_SHARE_KM = 20.0
_DIES_WITHIN_DAYS = 21
_LONG_AGO_DAYS = 7
_KINDS_OF_HARM = 2  # the dead and the wounded
_SAME_SPOT_KM = 0.3
_GENERIC = frozenset(
    "قاعده معسكر مطار مخيم منطقه حي محيط مدينه الجويه الدولي القاعده المعسكر المطار المنطقه "
    "المخيم base camp airport district the al".split()
)
_FINDS = frozenset(("find", "setup", "launch_place", "come_from", "defuse"))
_OTHERS = ("تفجير اخر", "انفجار اخر", "هجوم اخر", "another bomb", "another attack", "a second bomb")
_PASSED = frozenset("مضي مضت مر مرت انقضي انقضت".split())
_THEN = frozenset("then afterwards ثم بعدها عقبها اعقبه اعقبها تلاه تلته".split())
_SERIES = frozenset(("attacks", "bombings", "blasts", "explosions"))
_PLURAL = (
    *("سلسله", "تفجيرات", "هجمات", "اعتداءات", "انفجارات", "عمليات", "ضربات"),
    *("تفجيرين", "هجومين", "انفجارين", "اعتداءين", "عمليتين"),
)


class Joining:
    """Compares the stretches of one page with the events told before."""

    def __init__(
        self, page: Page, gazetteer: Gazetteer, days: AttackDates, dating: Dating, kinds: Kinds
    ) -> None:
        self.page = page
        self.gazetteer = gazetteer
        self._days = days
        self.dating = dating
        self._kinds = kinds
        self._reach_to_place = 1 if page.lang == "en" else 0

    def tells_it(self, blow: Blow, before: Event) -> bool:
        """«- حصيلة تفجير الخيمة 41» and then «- التفجير وقع في منطقة الشعب»: the same."""
        first = self.page.texts[blow.first]
        known = any(
            t.first - blow.first <= 1
            and t.sub in ("attack", "explode")
            and not t.verb
            and (t.form.article or first == "the")
            for t in blow.triggers
        )
        return known and not any(s.place is not None for s in before.sites)

    def belongs(self, blow: Blow, events: Sequence[Event], current: Event) -> Event:
        """The event a stretch adds to: of its kind or at its place, before the one told last."""
        if len(events) < 2:
            return current
        kind = FAMILY.get(self._kinds.kind_named(blow), "")
        ours = [s for s in blow.sites if s.place is not None and s.role != "launch"]
        here = [s for s in current.sites if s.place is not None]
        stays = any(self.near(a, b) for a in ours for b in here)
        of_day = self.of_its_day(blow, events, current)
        if of_day is not current:
            return of_day
        nth = self._nth(blow, events)
        if nth is not None:
            return nth
        for event in events:
            if event is current or not event.focus:
                continue
            theirs = [s for s in event.sites if s.place is not None]
            there = any(self.near(a, b) for a in ours for b in theirs)
            if there and not stays:
                return event
            if stays and blow.acts and not there:
                continue  # «تبنت … هجوم الأنبار»
            if kind and kind == event.family and kind != current.family:
                return event
        return current

    def _nth(self, blow: Blow, events: Sequence[Event]) -> Event | None:
        """«السيارة الأولى أودت …، أما الثانية …», "the first killed": the n-th of those told."""
        page = self.page
        opening = range(blow.first, min(blow.last, blow.first + OPENING))
        number = next(
            (
                n
                for i in opening
                if (n := page.any_number(i)) is not None
                and n.ordinal
                and (n.definite or page.tokens[i - 1].text == "the")
            ),
            None,
        )
        alike = [e for e in events if e.focus and e.family == events[-1].family]
        if number is None or number.value is None or not 1 <= number.value <= len(alike):
            return None
        return alike[number.value - 1] if any(t.value for t in blow.tolls) else None

    def of_its_day(self, blow: Blow, events: Sequence[Event], current: Event) -> Event:
        """The event that is claimed or denied by its day: "rejected the blame for Sunday's"."""
        if not blow.acts:
            return current
        days = {m.date for m, attack in blow.dates if attack and m.precision == "day"}
        if not days or self.dating.event_date(current) in days:
            return current
        of_day = [e for e in events if e.focus and self.dating.event_date(e) in days]
        return of_day[0] if len(of_day) == 1 else current

    def another(self, blow: Blow, current: Event, main: Event) -> bool:
        """Whether the stretch tells another event than the current one."""
        date = self.dating.attack_date(blow)
        known = self.dating.attacked_on(current)
        if known is None and current.focus and self.dating.event_date(current) is None:
            known = self.dating.attacked_on(main)  # told as of the same day
        kind = self._kinds.kind(blow)
        family = FAMILY.get(kind, "")
        told = blow.strong or any(t.value for t in blow.tolls) or bool(blow.triggers and blow.sites)
        told = told or self.dating.named_by_day(blow)
        found = bool(blow.sites) and self.only_found(blow)
        if date is not None and told and not found and not self._only_dies(blow, date, known):
            if known is not None and not agree(date, known):
                return True
            stated = self.dating.event_date(current)
            if stated is None and current.focus:
                stated = self.dating.event_date(main)
            if known is None and blow.recall and not self._is_news(date):
                return True
            if (
                known is None
                and stated is not None
                and date != stated
                and self._pluperfect(blow, current)
            ):
                # «قال ضابط اليوم إن … بلغ 85. وكان ثلاثة قد فجّروا أنفسهم ظهر أمس»: the same
                return self._own_place(blow) or not self._is_news(date)
            if known is None and stated is None:
                if self._dates_itself(blow, current) or self._long_ago(blow, current, date):
                    return True
            if known is None and stated is not None and days_apart(date, stated) > NEWS_DAYS:
                return True
            if known is None and stated is not None and days_apart(date, stated) > 2:
                return self._apart(blow, current) or not self._own_place(blow)
        if told and self._other_hour(blow, current):
            return True
        if not current.focus and blow.strong and self._same_day(blow):
            return self._apart(blow, current)
        listed = blow.item and blow.line != current.line and blow.strong
        listed = listed and not self.tells_it(blow, current)
        if listed and self._own_place(blow) and self._apart(blow, current):
            return True
        harmed = any(t.value for t in blow.tolls)
        counted = self._summed(current) or (self.is_series(current) and current.has_toll())
        if blow.fresh and not self._only_heard(current):
            if blow.strong and (harmed or (blow.sites and not counted)):
                return True
        if blow.fresh and current.has_toll() and not counted and self._another_blast(blow):
            return True
        if (
            family
            and current.family
            and family != current.family
            and (current.named or (current.placed and self._apart(blow, current)))
            and blow.strong
            and (self._own_place(blow) or (harmed and not blow.early) or self._stopped(blow))
            and not (family == "shooting" and self._goes_on(blow))
        ):
            return True
        if harmed and current.family == "ied" and self._next_in_order(blow, current):
            return True
        if self._planted_too(blow, current) or self._next_door(blow, current):
            return True
        if self._one_more(blow, current) or self._stopped_elsewhere(blow, current):
            return True
        if self._elsewhere(blow, current) or self._in_another_city(blow, current):
            return True
        if (
            self._pluperfect(blow, current)
            and told
            and not blow.early
            and self._apart(blow, current)
        ):
            return True
        summed = self.is_series(main) and not main.placed and main.family == "ied"
        if (
            summed
            and self._apart(blow, current)
            and any(t.sub == "explode" and t.verb for t in blow.triggers)
        ):
            return True
        sums = self.is_series(current) or self._summed(current)
        if not current.placed and told and sums and self._own_place(blow):
            if blow.strong and self.is_heading(current):
                return True
            smaller = [
                t
                for t in blow.tolls
                if t.value
                and any((k.value or 0) > t.value for k, _ in current.tolls if k.what == t.what)
            ]
            if smaller:
                return True
        if self.is_heading(current) and blow.strong and harmed and blow.quantities:
            return True
        if blow.recall and blow.strong and date is None and self._told_as_past(blow, current):
            return True
        if blow.recall and blow.strong and date is None and self._recall_opens(blow):
            return self._own_place(blow) or any(t.value for t in blow.tolls)
        if current.has_toll() and any(t.value for t in blow.tolls) and self._own_place(blow):
            parts = all(q.part or q.other for q in blow.quantities if q.value) and bool(
                [q for q in blow.quantities if q.value]
            )
            ours = [s for s in blow.sites if s.place is not None and s.role == "impact"]
            apart = ours and not any(
                self.near(s, t) for s in ours for t in current.sites if t.place is not None
            )
            fits = self._sums(blow, current)
            if apart and current.family == "ied" and not fits and current.placed:
                return True
            return bool(apart) and not parts and not fits and current.placed
        return False

    @staticmethod
    def _only_heard(event: Event) -> bool:
        """Whether nothing is told of it yet but that there was a blast."""
        told = any(q.value and q.what for b in event.blows for q in b.quantities)
        return not (told or event.has_toll() or event.sites)

    def _goes_on(self, blow: Blow) -> bool:
        """ "Gunmen then opened fire", «ثم فتحوا النار»: on those whom the bomb had hit."""
        words = {t.text for t in self.page.tokens[blow.first : blow.last]}
        return not words.isdisjoint(_THEN) and not self._own_place(blow)

    def _another_blast(self, blow: Blow) -> bool:
        """«حتى ضرب تفجير آخر الضفة الثانية»: another one, said before it is told."""
        return any(
            self.page.words(s.first, s.last).endswith(_OTHERS)
            for s in self.page.signals.between(blow.first, blow.last, "newevent", "any")
        )

    def _next_door(self, blow: Blow, current: Event) -> bool:
        """«وبعد دقائق فجّر رجل حزامه قرب ساحة الطلائع، فقُتل خمسة»: a bomb of its own close by."""
        if current.family != "ied" or not any(t.sub == "explode" and t.verb for t in blow.triggers):
            return False
        ours = {(t.what, t.value) for t in blow.tolls if t.value and not t.early}
        theirs = {(t.what, t.value) for t, _ in current.tolls if t.value}
        if len(ours) < _KINDS_OF_HARM or ours & theirs or blow.early or blow.recall:
            return False
        spots = [a for s in blow.sites if s.role == "impact" and s.place and (a := s.place.anchor)]
        known = [b for b in current.struck.values() if rank(b.level) <= 1]
        return bool(spots and known) and all(
            rank(a.level) <= 1
            and not self.gazetteer.is_within(a, b.id)
            and not self.gazetteer.is_within(b, a.id)
            and distance_km(a, b) > _SAME_SPOT_KM
            for a in spots
            for b in known
        )

    def _planted_too(self, blow: Blow, current: Event) -> bool:
        """«كما ألقيت قنبلة صوتية على مقر آخر في حي أور»: after one bomb and its toll, another."""
        device = any(q.value == 1 and q.what and not q.part for q in blow.quantities)
        if not (device and current.family == "ied" == FAMILY.get(self._kinds.kind(blow), "")):
            return False
        told = [q.value for q in current.blows[0].quantities if q.value and q.what]
        return (
            told == [1]
            and any(t.value for t in current.blows[0].tolls)
            and self._own_place(blow)
            and self._apart(blow, current)
        )

    def _one_more(self, blow: Blow, current: Event) -> bool:
        """«وبعد دقائق فجّر انتحاري نفسه …، فقُتل خمسة وجُرح 12»: after a bomb with its own toll."""
        if not (current.family == "ied" == FAMILY.get(self._kinds.kind(blow), "") and blow.strong):
            return False
        if blow.recall or not any(s.place is not None for s in blow.sites):
            return False
        opening = blow.first, min(blow.last, blow.first + OPENING)
        later = self.page.signals.any(*opening, "sametime")
        more = any(q.other and q.value == 1 and q.what for q in blow.quantities)
        exploded = any(t.sub in ("explode", "target") and t.verb for t in blow.triggers)
        ours = {(t.what, t.value) for t in blow.tolls if t.value and not t.early}
        theirs = {(t.what, t.value) for t, _ in current.tolls if t.value}
        counted = bool(ours and theirs) and not ours & theirs
        return counted and exploded and (later or more) and not self._summed(current)

    def _stopped_elsewhere(self, blow: Blow, current: Event) -> bool:
        """ "A third was downed at Harir the same morning": far from where the others flew."""
        if current.family != "air" or not any(s.role == "intercept" for s in blow.sites):
            return False
        known = [a for s in current.sites if s.place is not None and (a := s.place.anchor)]
        named = [s.place for s in blow.sites if s.place is not None]
        named = named or [p for p, preps in blow.loose if preps & IN_A_CITY]
        ours = [a for p in named if rank(p.level) <= rank("city") and (a := p.anchor)]
        return bool(ours and known) and all(
            distance_km(a, b) > _SHARE_KM + b.radius_m / 1000 for a in ours for b in known
        )

    @staticmethod
    def _stopped(blow: Blow) -> bool:
        """Whether so and so many were shot down."""
        counted = any(q.value and q.what and not q.part for q in blow.quantities)
        return counted and any(s.role == "intercept" for s in blow.sites)

    @staticmethod
    def _next_in_order(blow: Blow, current: Event) -> bool:
        """«انفجرت الثانية في … مخلفة ثلاثة قتلى»: another device with a toll of its own."""
        later = any((q.ordinal or 0) > 1 for q in blow.quantities)
        placed = any(s.role == "impact" and s.place is not None for s in blow.sites)
        return later and placed and any(t.value for t in current.blows[-1].tolls)

    @staticmethod
    def _summed(event: Event) -> bool:
        """Whether it was opened with the toll of several blows, which come one by one."""
        opening = event.blows[0]
        several = any((q.value or 0) > 1 and q.what and not q.part for q in opening.quantities)
        return event.family == "ied" and several and any(t.value for t in opening.tolls)

    def _dates_itself(self, blow: Blow, event: Event) -> bool:
        """ "On Tuesday night a rocket fell at the airport", after a lead that gives no day."""
        opens = next((m for m, attack in blow.dates if attack and m.date is not None), None)
        return (
            self.page.lang == "en"
            and opens is not None
            and self.page.token_at(opens.start) - blow.first <= 1
            and blow.strong
            and any(m.daypart for b in event.blows for m, attack in b.dates if attack)
            and self._apart(blow, event)
        )

    def _long_ago(self, blow: Blow, event: Event, date: str) -> bool:
        """«في 20 كانون الثاني سقطت ثلاثة صواريخ …», after news that names no day of its own."""
        published = self.page.published
        if published is None or not (event.focus and event.placed and blow.strong):
            return False
        if days_apart(date, published.date().isoformat()) <= _LONG_AGO_DAYS:
            return False
        ours = {q.value for q in blow.quantities if q.value and q.what and not q.part}
        told = {q.value for b in event.blows for q in b.quantities if q.value and q.what}
        return self._apart(blow, event) or bool(ours and told and ours.isdisjoint(told))

    @staticmethod
    def only_found(blow: Blow) -> bool:
        """«المنصة وُجدت اليوم داخل معسكر الرشيد»: the day of the find, not of an attack."""
        return (
            all(s.role == "launch" for s in blow.sites)
            and not any(t.value for t in blow.tolls)
            and not any(q.value and q.what for q in blow.quantities)
            and all(t.sub in _FINDS or (t.sub == "launch" and not t.verb) for t in blow.triggers)
        )

    def _only_dies(self, blow: Blow, date: str, known: str | None) -> bool:
        """ "five died on the day and one more on Monday": the wounded of the same event."""
        told = blow.munitions or blow.sites or any(t.sub == "shoot" for t in blow.triggers)
        if any(t.rise for t in blow.tolls) and not told:
            return True  # "raised that to 51 at midnight, and on Wednesday to 63"
        return (
            known is not None
            and known < date
            and not (blow.triggers or blow.munitions or blow.sites)
            and (
                all(t.what == "killed" for t in blow.tolls if t.value)
                # «سجل المستشفى الذي راجعناه هذا الصباح يضم ستة شهداء»
                or not any(self.page.place(i) is not None for i in range(blow.first, blow.last))
            )
            and days_apart(known, date) <= _DIES_WITHIN_DAYS
        )

    def _elsewhere(self, blow: Blow, event: Event) -> bool:
        """A salvo of its own, a day's drive from the one told before."""
        whole = any(q.value and q.what and not q.part and not q.other for q in blow.quantities)
        planted = event.family == "ied" and any(t.sub == "explode" for t in blow.triggers)
        if not (blow.strong and (whole or planted) and event.struck):
            return False
        ours = [a for s in blow.sites if s.role == "impact" and s.place and (a := s.place.anchor)]
        gaps = [
            distance_km(a, b) - (a.radius_m + b.radius_m) / 1000
            for a in ours
            for b in event.struck.values()
        ]
        return bool(gaps) and min(gaps) > _SHARE_KM

    @staticmethod
    def _in_another_city(blow: Blow, event: Event) -> bool:
        """A device and a toll of its own, in a city that only says where: «شرق بغداد»."""
        stopped = any(s.role == "intercept" for s in blow.sites)
        if any(s.place is not None for s in blow.sites):
            return False
        if not stopped and not any(t.value for t in blow.tolls):
            return False
        if not (blow.strong and any(q.value and q.what and not q.part for q in blow.quantities)):
            return False
        theirs = [a for s in event.sites if s.place is not None and (a := s.place.anchor)]
        cities = [
            a
            for p, prepositions in blow.loose
            if prepositions & IN_A_CITY and rank(p.level) <= 4 and (a := p.anchor) is not None
        ]
        return bool(cities and theirs) and all(
            distance_km(city, struck) > _SHARE_KM + city.radius_m / 1000
            for city in cities
            for struck in theirs
        )

    def _other_hour(self, blow: Blow, event: Event) -> bool:
        """Another time of day, and another place or kind: another blow."""
        ours = {m.daypart for m, attack in blow.dates if attack and m.daypart}
        theirs = {m.daypart for b in event.blows for m, attack in b.dates if attack and m.daypart}
        if not (ours and theirs) or not ours.isdisjoint(theirs):
            return False
        kind = self._kinds.kind(blow)
        other = bool(kind and event.kind) and kind != event.kind and event.named
        more = any(q.other and q.what for q in blow.quantities)  # «وفي المساء سقط صاروخان آخران»
        return self._apart(blow, event) or ((other or more) and blow.strong)

    def _apart(self, blow: Blow, event: Event) -> bool:
        """Whether the stretch's places are none of the event's."""
        ours = [s for s in blow.sites if s.place is not None and s.role != "launch"]
        theirs = [s for s in event.sites if s.place is not None and s.role != "launch"]
        return bool(ours) and not any(self.near(a, b) for a in ours for b in theirs)

    def is_series(self, event: Event) -> bool:
        """A lead that sums up several attacks: «سلسلة هجمات», "bombs in and near Baghdad"."""
        blow = event.blows[0]
        if self.names_several(blow):
            return True
        counted = any(q.value for q in blow.quantities)
        return (
            event.family == "ied"
            and not counted
            and any(
                s.number == "plural"
                for s in self.page.signals.between(blow.first, blow.last, "munition")
            )
        )

    def names_several(self, blow: Blow) -> bool:
        """Whether a stretch speaks of attacks, not of one: «تفجيرات», "four attacks"."""
        words = {self.page.words(t.first, t.last) for t in blow.triggers}
        return bool(words & _SERIES) or any(w.lstrip("وب").startswith(_PLURAL) for w in words)

    def is_heading(self, event: Event) -> bool:
        """ "A string of bombings struck Baghdad and Kirkuk": no toll, several places."""
        blow = event.blows[0]
        hit = {s.place.anchor for s in blow.sites if s.role == "impact" and s.place is not None}
        return len(hit) > 1 and not event.has_toll() and self.is_series(event)

    def _sums(self, blow: Blow, current: Event) -> bool:
        """Whether the stretch's toll is a share of a total told before."""
        if current.family != "indirect" or len(current.blows) > 2:
            return False
        count = max((q.value for q in blow.quantities if q.value), default=0)
        total = max((q.value for b in current.blows for q in b.quantities if q.value), default=0)
        if count and count >= total:
            return False
        ours = [p for s in blow.sites if s.place and (p := s.place.anchor)]
        theirs = [p for s in current.sites if s.place and (p := s.place.anchor)]
        if ours and theirs and min(distance_km(a, b) for a in ours for b in theirs) > _SHARE_KM:
            return False
        for toll in blow.tolls:
            if not toll.value:
                continue
            known = [t.value for t, _ in current.tolls if t.what == toll.what and t.value]
            if known and toll.value < max(known):
                return True
        return False

    def _told_as_past(self, blow: Blow, current: Event) -> bool:
        """ "A bomb on a bridge outside Baiji earlier this week destroyed a car"."""
        past = self.page.signals.any(blow.first, blow.last, "recall", "when")
        return past and self.dating.attacked_on(current) is not None and self._apart(blow, current)

    def _recall_opens(self, blow: Blow) -> bool:
        return self.page.signals.any(blow.first, min(blow.last, blow.first + 5), "recall")

    def recalled(self, blow: Blow, main: Event) -> bool:
        """Whether the stretch looks back to an attack before the news."""
        date = self.dating.attack_date(blow)
        attacked = self.dating.attacked_on(main)
        known = attacked or self.dating.event_date(main)
        summed = self._summed(main) or not main.placed
        if date is not None and attacked is None and self._is_news(date):
            if blow.fresh or (summed and not blow.recall):
                return False  # the day before it was told of, like the main event perhaps
        if self._days.in_diary(blow) and date is not None:
            return False
        if date is not None and known is not None:
            if not agree(date, known):
                if blow.fresh and days_apart(date, known) <= 1:
                    return False  # "hours earlier", the evening before
                near = days_apart(date, known) <= SAME_NEWS_DAYS
                past = self._pluperfect(blow, main)
                if near and not past and self._apart(blow, main) and self._in_title(blow):
                    return False
                if date > known and near:
                    return False  # the next line of a round-up
                return date < known or not (blow.fresh or self._is_news(date))
            return self._told_aside(blow) and not blow.fresh
        if date is not None and len(date) == 10 and not self._is_news(date):
            return True  # where the news itself gives no date
        if self._pluperfect(blow, main):
            known = self.dating.event_date(main)
            told = next((m.date for m, _ in blow.dates if m.date is not None), None)
            if told is None and not any(m.daypart for m, _ in blow.dates):
                return True
            return known is not None and told is not None and told < known
        if blow.fresh:
            return False
        return self._told_aside(blow)

    def _told_aside(self, blow: Blow) -> bool:
        """«وفي اليوم نفسه …»: looked back on, or told beside the news and in no headline."""
        opening = blow.first, min(blow.last, blow.first + 6)
        sameday = self.page.signals.any(*opening, "sameday")
        return blow.recall or (sameday and not self._in_title(blow))

    def _same_day(self, blow: Blow) -> bool:
        """«وفي الليلة ذاتها …», "minutes later": one more, on the day told before."""
        opening = blow.first, min(blow.last, blow.first + OPENING)
        return any(self.page.signals.any(*opening, kind) for kind in ("sameday", "sametime"))

    def _in_title(self, blow: Blow) -> bool:
        """Whether the headline names where it happened."""
        page = self.page
        places = [s.place for s in blow.sites if s.place is not None and s.role != "launch"]
        return any(
            all(
                page.tokens[i].text.removeprefix("ال") in page.title
                for i in range(p.first, p.last)
                if page.tokens[i].text not in _GENERIC
            )
            for p in places
            if rank(p.level) <= 4 and page.tokens[p.last - 1].text not in _GENERIC
        )

    def _is_news(self, date: str) -> bool:
        """Whether a day lies right before publication."""
        published = self.page.published
        return (
            published is not None
            and len(date) == 10
            and 0 <= days_apart(date, published.date().isoformat()) <= 1
        )

    def _pluperfect(self, blow: Blow, event: Event) -> bool:
        """«وكانت قذيفة قد أصابت …»: told as past at the time of the article's event."""
        page = self.page
        if page.texts[blow.first].lstrip("و") not in ("كان", "كانت", "كانا"):
            return False
        opening = range(blow.first, min(blow.last, blow.first + 12))
        had = next((i for i in opening if page.texts[i] == "قد"), None)
        if had is None:
            return False
        if page.words(had + 1, had + 2) in _PASSED:
            return False  # «كان قد مضى على القذيفة الأخيرة ربع ساعة حين انفجرت …»
        # «وكان مصدر قد قال إن …», of an attack not yet placed: only the statement is earlier
        said = page.signal(had + 1, "speech", "verb") is not None
        placed = any(s.place is not None and s.role != "launch" for s in event.sites)
        return not said or placed or any(attack and m.date for m, attack in blow.dates)

    def known_again(self, blow: Blow, events: Sequence[Event]) -> Event | None:
        """An event told before that the stretch comes back to: same day, same kind."""
        date = self.dating.attack_date(blow)
        if date is None:
            return self._spoken_of(blow, events) if blow.acts else None
        kind = FAMILY.get(self._kinds.kind(blow), "")
        for event in events:
            known = self.dating.event_date(event)
            if known == date and (not kind or kind == event.family) and not blow.fresh:
                ours = [s for s in blow.sites if s.place is not None]
                theirs = [s for s in event.sites if s.place is not None]
                if not ours or not theirs or any(self.near(a, b) for a in ours for b in theirs):
                    return event
            if known is None and kind in ("", event.family) and self._named_by_place(blow):
                if not self._apart(blow, event):
                    return event
        return None

    def _named_by_place(self, blow: Blow) -> bool:
        """«أما هجوم بسماية، الذي وقع …», "the attack on Taji": one told before."""
        opening = min(blow.last, blow.first + OPENING)
        named = self.page.signals.between(blow.first, opening, "trigger", "attack", "explode")
        return any(
            s.place is not None and 0 <= s.first - t.last <= self._reach_to_place
            for t in named
            if not t.verb
            for s in blow.sites
        )

    def _spoken_of(self, blow: Blow, events: Sequence[Event]) -> Event | None:
        """«نفت الكتائب أن تكون أطلقت صواريخ على معسكر التاجي»: the attack there, told before."""
        family = FAMILY.get(self._kinds.kind_named(blow), "")
        if any(t.value for t in blow.tolls) or any(q.value for q in blow.quantities):
            return None
        ours = [s for s in blow.sites if s.place is not None]
        alike = [
            event
            for event in events
            if family in ("", event.family)
            and any(self.near(a, b) for a in ours for b in event.sites if b.place is not None)
        ]
        return alike[-1] if alike else None

    def back_to(self, blow: Blow, events: Sequence[Event], current: Event) -> Event | None:
        """Another news of the same kind that a stretch without day and place comes back to."""
        kind = FAMILY.get(self._kinds.kind(blow), "")
        hit = any(s.place is not None and s.role != "launch" for s in blow.sites)
        if not kind or kind == current.family or hit or blow.fresh or blow.recall:
            return None
        if self.dating.attack_date(blow) is not None:
            return None
        return next((e for e in events if e.focus and e is not current and e.family == kind), None)

    def _own_place(self, blow: Blow) -> bool:
        return any(s.place is not None and rank(s.place.level) < 5 for s in blow.sites)

    def near(self, a: SiteUse, b: SiteUse) -> bool:
        """Whether two sites are one place, one within the other, or hardly apart."""
        p = a.place.anchor if a.place else None
        q = b.place.anchor if b.place else None
        if p is None or q is None:
            return a.place is not None and b.place is not None and p is q is None
        return (
            self.gazetteer.is_within(p, q.id)
            or self.gazetteer.is_within(q, p.id)
            or distance_km(p, q) <= _FAR_KM
            or (self._namesakes(a, b) and distance_km(p, q) <= _SHARE_KM)
        )

    def _namesakes(self, a: SiteUse, b: SiteUse) -> bool:
        """«هجوم بسماية» and «معسكر بسماية»: the camp is called after the town."""
        words = [self.page.texts[s.place.last - 1] for s in (a, b) if s.place is not None]
        return words[0] == words[-1] and words[0] not in _GENERIC
