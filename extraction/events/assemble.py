"""Blows → events: which stretches tell the same attack, and what is true of it.

The first attack an article tells is its focus. A later stretch joins it unless it carries a date,
a place or a toll of its own, or says that it speaks of another event; an event with an earlier
date, or one that the article only recalls, is no focus.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from extraction.blows.blow import Blow, SiteUse
from extraction.events.acts import Acts
from extraction.events.attack_dates import DATELINE, OPENING, AttackDates
from extraction.events.dating import SAME_NEWS_DAYS, Dating
from extraction.events.event import FAMILY, Event, days_apart
from extraction.events.joining import Joining
from extraction.events.kinds import Kinds
from extraction.events.nonevents import NonEvents
from extraction.events.placing import Placing
from extraction.events.stretches import Stretches
from extraction.page import Page
from extraction.places.found import rank
from extraction.who.responsibility import Responsibility
from extraction.who.voices import Voices
from gazetteer import Gazetteer

_JOINED = 2  # tokens from one day to the next in "on 4 and 24 April"
_IN_FULL = 3  # sentences in which an attack beside the news is told, to be news itself
_HEAD = 5  # the first tokens of a line, among which its place stands


class Assembler:
    """Reads one page into events."""

    def __init__(self, page: Page, gazetteer: Gazetteer) -> None:
        self.page = page
        self.voices = Voices(page)
        self._days = AttackDates(page)
        self._stretches = Stretches(page, gazetteer, self.voices, self._days)
        self.dating = Dating(page)
        self.kinds = Kinds(page)
        self._nonevents = NonEvents(page, self.dating)
        self._joining = Joining(page, gazetteer, self._days, self.dating, self.kinds)
        self._placing = Placing(page, self.dating)
        self._acts = Acts(page, gazetteer, self.dating, self._joining)
        today = page.published.date().isoformat() if page.published else "9999"
        titled = (m.date for m in page.title_dates if m.precision == "day" and m.date)
        self._titled = next((d for d in titled if d <= today), None)  # «غدا» is no day of an attack

    def events(self) -> list[Event]:
        """The events of the article, the focus first."""
        blows = self._stretches.blows()
        if self._nonevents.is_drill(blows):
            return []
        past = self._lists_the_past(blows)
        if self._is_digest(blows) and not past:
            return self._digest(blows)
        events: list[Event] = []
        main: Event | None = None
        current: Event | None = None
        pending: list[Blow] = []
        denied = False
        for blow in blows:
            if current is not None and main is not None and current is not main:
                if blow.line != current.line and not current.focus:
                    current = main
            if self.page.signals.any(blow.first, blow.last, "thistime") and not blow.recall:
                current = main or current
            if self._nonevents.no_event(blow, main):
                refuted = self._nonevents.denied(blow) or self.page.signals.any(
                    blow.first, blow.last, "nonevent", "hoax"
                )
                denied = denied or refuted
                if refuted and main is not None and self._hardly_told(main):
                    events, main, current = [], None, None
                    continue
                if (
                    main is not None
                    and not refuted
                    and not self._nonevents.abroad(blow.first, blow.last)
                ):
                    raid = main.kind == "airstrike" and current and current.family == "indirect"
                    here = current and (current.focus or raid or current.line == blow.line)
                    self._side_facts(blow, current if current and here else main)
                elif main is not None and self._nonevents.denied(blow):
                    # "denied that a rocket hit it, as X asserted in claiming the attack"
                    main.acts.extend(a for a in blow.acts if a.act == "claims")
                elif main is None and self._nonevents.only_launched(blow) and not blow.unfired:
                    pending.append(blow)  # the launcher is told before what it fired
                continue
            if (
                main is not None
                and current is not main
                and self._nonevents.speaks_of_news(blow, current)
            ):
                main.acts.extend(blow.acts)
                blow.acts = []
            if not self._nonevents.is_evidence(blow, current):
                if current is not None:
                    self._attach(self._joining.of_its_day(blow, events, current), blow)
                elif not denied:
                    pending.append(blow)
                continue
            if (
                main is None
                and denied
                and not blow.recall
                and self.dating.attack_date(blow) is None
            ):
                continue
            if main is None:
                main = current = self._start(blow, focus=not denied)
                for early in pending:
                    if not (blow.recall and early.sites):
                        self._attach(main, early)
                events.append(main)
                continue
            assert current is not None
            if self._joining.another(blow, current, main):
                same = self._joining.known_again(blow, [e for e in events if e is not current])
                same = same or self._joining.back_to(blow, events, current)
                if same is not None:
                    current = same
                    self._attach(current, blow)
                    continue
                self._leave_acts(blow, current)
                like = current.kind
                fired = any(s.role == "launch" for s in blow.sites)
                if fired and current.family == "ied":
                    like = main.kind if main.family == "indirect" else "rocket"
                self._restart_count(blow)
                beside = self._of_the_recalled(blow, current)
                recalled = (
                    (past and blow.item)
                    or self._joining.recalled(blow, main)
                    or self.dating.recalled_on(blow, current, main)
                    or beside
                )
                before, current = current, self._start(blow, focus=not recalled, like=like)
                if beside or self._at_its_time(blow, before):
                    current.heading = before.blows
                    current.date = self.dating.event_date(before)
                events.append(current)
                if recalled:
                    events.extend(self._on_other_days(current))
                continue
            current = self._joining.belongs(blow, events, current)
            self._attach(current, blow)
        self._nonevents.spare_both(blows, events)
        return self._settled(events)

    def _on_other_days(self, event: Event) -> list[Event]:
        """ "had been hit twice, on 4 and 24 April": each day has its attack."""
        blow = event.blows[0]
        days = [m for m, attack in blow.dates if attack and m.precision == "day"]
        others = [
            later
            for earlier, later in pairwise(days)
            if self.page.token_at(later.start) - self.page.token_at(earlier.end - 1) <= _JOINED
            and later.date != earlier.date
        ]
        events = []
        for day in others:
            told = replace(blow, quantities=[], tolls=[], acts=[], dates=[(day, True)])
            told.sites = [replace(site, count=None) for site in blow.sites]
            again = Event(focus=False, line=event.line, kind=event.kind, named=event.named)
            again.add(told)
            events.append(again)
        return events

    def _at_its_time(self, blow: Blow, before: Event) -> bool:
        """ "at the same time, …", "in the evening a bomb killed two and another in Taji one"."""
        if blow.recall or any(m.date for m, _ in blow.dates):
            return False
        if blow.opened:
            return True  # "The first came in the evening. Five mortar rounds …"
        if blow.dates:
            return False
        goes_on = self.page.lang == "en" and blow.sentence == before.blows[-1].sentence
        return goes_on or self.page.signals.any(blow.first, blow.first + 2, "sametime")

    def _of_the_recalled(self, blow: Blow, before: Event) -> bool:
        """«… وأعقبتها بعد أقل من ساعة عبوة ثانية»: of the earlier day as well."""
        dated = blow.recall or any(m.date for m, _ in blow.dates)
        if before.focus or dated or blow.line != before.line:
            return False
        page = self.page
        opening = range(blow.first, min(blow.last, blow.first + OPENING))
        hours = any(
            (n := page.any_number(i)) is not None and n.unit in ("hour", "minute") for i in opening
        )
        return hours or blow.sentence == before.blows[-1].sentence

    @staticmethod
    def _restart_count(blow: Blow) -> None:
        """ "and a fourth outside a bakery killed two": one bomb, where the others hit elsewhere."""
        if all(q.value == 1 for q in blow.quantities):
            blow.quantities = [q._replace(ordinal=None) for q in blow.quantities]

    @staticmethod
    def _hardly_told(event: Event) -> bool:
        """Blasts that were heard, and nothing counted: a rumour until somebody confirms it."""
        return len(event.blows) <= 3 and not any(
            any(q.value and q.what for q in b.quantities) or any(t.value for t in b.tolls)
            for b in event.blows
        )

    def _leave_acts(self, blow: Blow, current: Event) -> None:
        """Claims told before the new event's date still speak of the one before."""
        dates = [m for m, attack in blow.dates if attack and m.date is not None]
        if not dates or not blow.acts:
            return
        day = self.page.token_at(dates[0].start)
        cut = self._stretches.clause_start(day, blow.first)
        subjects = {n.name for n in self._stretches.actors.names.between(blow.first, day)}
        stay = [
            a
            for a in blow.acts
            # "X, which had sworn revenge for the strike of January 3, said it had not fired"
            if a.last <= cut or (a.act in ("denies", "disowns") and a.who.name in subjects)
        ]
        current.acts.extend(stay)
        blow.acts = [a for a in blow.acts if a not in stay]

    def _start(self, blow: Blow, *, focus: bool, like: str = "") -> Event:
        event = Event(focus=focus, line=blow.line, item=blow.item)
        own = self.kinds.kind(blow)
        event.named = bool(own) and not self.kinds.only_shells(blow)
        if not own and FAMILY.get(like) != "ied" and self.kinds.is_bombing(blow):
            own = "ied"
        if not own and like == "airstrike" and self.kinds.kind_unnamed(blow) == "rocket":
            own = "rocket"  # "bombed the faction after a contractor died in a barrage on the base"
        event.kind = own or like or self.kinds.default or self.kinds.kind_unnamed(blow)
        self._attach(event, blow)
        coarse = all(rank(s.place.level) >= 4 for s in blow.sites if s.place is not None)
        if self._joining.is_heading(event) and coarse:
            event.placed, event.struck = False, {}  # told city by city below
        return event

    def _attach(self, event: Event, blow: Blow) -> None:
        if event.family == "ied" and blow.strong:
            for site in blow.sites:  # «فجّر نفسه داخل خيمة نُصبت في حي الشعب»: nothing was fired
                whence = self.page.signal(site.first - 1, "prep", "from") is not None
                if site.role == "launch" and not site.found and not whence:
                    site.role, site.certainty = "impact", "fell"
        event.add(blow)
        event.acts.extend(blow.acts)
        told = self.kinds.kind(blow)
        ballistic = told == "missile" and event.kind == "rocket" and not blow.recall
        if not event.kind or (ballistic and not any(b.weapons for b in event.blows)):
            event.kind = told
        elif told and not event.named and event.focus and not blow.recall:
            event.kind, event.named = told, not self.kinds.only_shells(blow)
        event.line = blow.line

    def _side_facts(self, blow: Blow, main: Event) -> None:
        """A found launcher belongs to the attack even where the stretch tells no attack."""
        launches = [s for s in blow.sites if s.role == "launch"]
        if launches or blow.acts:
            kept = Blow(blow.sentence, blow.first, blow.last, blow.voice)
            kept.sites = launches
            kept.line = blow.line
            main.add(kept)
            main.acts.extend(blow.acts)

    def _is_digest(self, blows: Sequence[Blow]) -> bool:
        """A list whose lines each have a place and a toll of their own."""
        lines: dict[int, list[Blow]] = {}
        for blow in blows:
            if blow.item:
                lines.setdefault(blow.line, []).append(blow)
        telling = 0
        for of_line in lines.values():
            toll = any(t for b in of_line for t in b.tolls)
            place = any(
                self.page.place(i) is not None for b in of_line for i in range(b.first, b.last)
            )
            old = any(b.recall for b in of_line)
            telling += toll and place and not old
        return telling >= 2

    def _lists_the_past(self, blows: Sequence[Blow]) -> bool:
        """Whether the text above a list tells the news, and the list what was long before it."""
        published = self.page.published
        above = list(itertools.takewhile(lambda blow: not blow.item, blows))
        told = any(b.strong and any(q.value and q.what for q in b.quantities) for b in above)
        if published is None or not told:
            return False
        today = published.date().isoformat()
        dates = [d for b in blows if b.item and (d := self.dating.any_date(b)) is not None]
        return bool(dates) and all(
            d < today and days_apart(d, today) > SAME_NEWS_DAYS for d in dates
        )

    def _digest(self, blows: Sequence[Blow]) -> list[Event]:
        events: list[Event] = []
        header: list[Blow] = []
        by_line: dict[int, Event] = {}
        opening: dict[int, list[Blow]] = {}
        for blow in blows:
            if not blow.item or self._opens_list(blow):
                header += opening.pop(blow.line, [])
                header.append(blow)
                continue
            before = by_line.get(blow.line)
            if before is not None and not (
                self._of_one_day(before) and self._joining.another(blow, before, before)
            ):
                self._attach(before, blow)
                continue
            if not (blow.tolls or blow.triggers or blow.munitions):
                opening.setdefault(blow.line, []).append(blow)
                if not events and self._ends_open(blow):
                    header.append(blow)
                continue
            if self._nonevents.no_event(blow, None) and not any(t.value for t in blow.tolls):
                continue
            if events and self._only_spares(blow):
                self._attach(events[-1], blow)  # «• ولا خسائر بشرية»
                continue
            if events and self._joining.tells_it(blow, events[-1]):
                self._attach(events[-1], blow)
                continue
            if events and not blow.quantities and self._joining.only_found(blow) and blow.sites:
                self._attach(events[-1], blow)  # «- ثبت أن الإطلاق جرى من قضاء الطارمية»
                continue
            event = Event(
                focus=not blow.recall, line=blow.line, item=True, kind=self.kinds.kind(blow)
            )
            if before is not None and not event.kind:
                event.kind = before.kind  # "A third was downed at Harir"
            event.heading = opening.pop(blow.line, [])
            self._attach(event, blow)
            if before is not None and self.dating.event_date(event) is None:
                event.date = self.dating.event_date(before)
            by_line[blow.line] = event
            events.append(event)
        self._nonevents.spare_both(blows, events)
        lead = self._lead(header, events)
        common = next(
            (self.kinds.kind(b) for b in header if self.kinds.kind(b)), self.kinds.default
        )
        date = next((d for b in header if (d := self.dating.any_date(b))), None)
        each = [
            q
            for b in header
            for q in b.quantities
            if q.value == 1 and (not q.what or FAMILY.get(q.what) == FAMILY.get(common))
        ]
        for event in events:
            event.kind = event.kind or common
            if self.dating.event_date(event) is None:
                own = next((d for b in event.heading if (d := self.dating.any_date(b))), None)
                event.date = own or date
            blow = event.blows[0]
            self._headed(event)
            if not any(s.place is not None for b in event.blows for s in b.sites):
                self._place_item(event)
            if each and not any(q.value for b in event.blows for q in b.quantities):
                blow.quantities.append(each[0])
        if lead is not None:
            lead_day = self.dating.event_date(lead)
            for event in events:
                day = self.dating.event_date(event)
                event.focus = day is None or lead_day is None or day >= lead_day
            events = [lead, *events]
        else:
            self._acts.blame_for_all(header, events)
        return self._settled(events)

    def _opens_list(self, blow: Blow) -> bool:
        """ "At least 14 blasts shook Baghdad before noon.", above the list of them."""
        several = any((q.value or 0) > 1 for q in blow.quantities) and not blow.munitions
        placed = [s for s in blow.sites if s.place is not None and s.place.anchor is not None]
        return (
            self.page.lang == "en"
            and blow.line == self.page.sentences[0].line
            and several
            and not blow.tolls
            and all(s.place and s.place.anchor and s.place.anchor.id == "baghdad" for s in placed)
        )

    def _only_spares(self, blow: Blow) -> bool:
        """Whether a line tells nothing but that nobody was hurt."""
        return bool(blow.tolls) and not (
            blow.munitions
            or any(not t.none for t in blow.tolls)
            or any(self.page.place(i) is not None for i in range(blow.first, blow.last))
            or any(t.sub != "attack" for t in blow.triggers)
        )

    def _ends_open(self, blow: Blow) -> bool:
        """«🔴 الإعلام الأمني، الأربعاء 9 حزيران:»: a heading, with a mark of its own."""
        return self.page.tokens[blow.last - 1].text == ":"

    def _of_one_day(self, event: Event) -> bool:
        """ "21 Nov, 01:30 - …": a line of a log, which may tell more than one attack of its day."""
        first = event.heading[0] if event.heading else event.blows[0]
        return any(
            m.precision == "day" and self.page.token_at(m.start) - first.first <= DATELINE
            for m, _ in first.dates[:1]
        )

    def _lead(self, header: Sequence[Blow], items: Sequence[Event]) -> Event | None:
        """The attack that the text before the list tells in full; the list then looks back."""
        first_item = min((e.blows[0].first for e in items), default=0)
        for blow in header:
            placed = any(
                s.place is not None and s.role == "impact" and rank(s.place.level) < 4
                for s in blow.sites
            )
            if blow.first < first_item and blow.strong and placed and self.dating.attack_date(blow):
                return self._start(blow, focus=True)
        return None

    def _headed(self, event: Event) -> None:
        """«4- الحسينية: مفخخة في السوق»: the market is that of the place that heads the line."""
        page = self.page
        first = event.blows[0].first
        head = next((p for i in range(first, first + _HEAD) if (p := page.place(i))), None)
        if head is None or head.last >= len(page.tokens) or page.tokens[head.last].text != ":":
            return
        for site in event.sites:
            pointing = site.place is not None and page.place(site.place.first) is None
            if pointing and site.first != head.first:
                site.place = head

    def _place_item(self, event: Event) -> None:
        """A list line that only names its place: «الزعفرانية: قتيل وسبعة جرحى»."""
        places = [
            p
            for b in event.blows
            for i in range(b.first, b.last)
            if (p := self.page.place(i)) is not None
        ]
        if places:
            best = min(places, key=lambda p: (rank(p.level), p.first))
            site = SiteUse("impact", best, best.first, best.last, "fell")
            if event.family != "ied" and any(s.role == "intercept" for s in event.sites):
                site.role, site.certainty = "target", "meant"
            event.blows[0].sites.append(site)

    def _settled(self, events: list[Event]) -> list[Event]:
        """Drop what is a mere heading for the others, and what says too little."""
        for event in events:
            self._correct(event)
            self._placing.place_loosely(event)
        self._recall_here(events)
        self._leave_sums(events)
        focus = [e for e in events if e.focus]
        loose = focus and (
            not focus[0].placed or self._joining.is_heading(focus[0]) or self._counts_rest(focus)
        )
        if len(focus) >= 3 and loose and not self._tells_one(focus[0]):
            heading = focus[0]
            for event in focus[1:]:
                if self.dating.event_date(event) is None:
                    event.date = self.dating.attacked_on(heading)
                event.heading = [*event.heading, *heading.blows]
            events = [e for e in events if e is not heading]
        self._tell_again(events)
        self.dating.look_back(events)
        self.dating.date_by_clock(events)
        self.dating.date_by_hour(events)
        days = [d for e in events if e.focus and (d := self.dating.event_date(e))]
        main_date = days[0] if days else self._titled
        if main_date is None:
            main_date = self.dating.day_before_it(events)
        for index, event in enumerate(events):
            if event.date is None and (index == 0 or not event.focus or main_date is None):
                event.date = self.dating.event_date(event)
            if event.date is None and event.focus:
                event.date = self.dating.attacked_on(event) or main_date
            if event.focus and event.date is not None and main_date is not None:
                vague = len(event.date) < len(main_date) and not event.date.startswith(
                    main_date[:7]
                )
                if vague:  # "after the March election" dates no mortar fire of this morning
                    event.date = main_date
            event.date = self.dating.not_to_come(event)
        self._acts.acts_to_their_events(events)
        self._claimed_once(events)
        for event in events:
            if self._by_a_state(event) and (event.kind == "drone" or self._only_bombed(event)):
                event.kind = "airstrike"
            if event.kind != "airstrike":  # «… في غزة، حيث قصفت إسرائيل القطاع»
                event.acts = [a for a in event.acts if not self._raids(a)]
        return [e for e in events if self._says_enough(e)]

    def _leave_sums(self, events: Sequence[Event]) -> None:
        """ "At least 29 were killed in four attacks": no toll of the one told right after it."""
        focus = [e for e in events if e.focus]
        if not focus[1:]:
            return
        lead, *others = focus
        self._leave_total(lead, others)
        for blow in lead.blows if len(others) > 1 else ():
            own = {t.what: t.value for t, b in lead.tolls if b is not blow and t.value}
            if self._joining.names_several(blow) and any(
                t.value and t.value > (own.get(t.what) or t.value) for t in blow.tolls
            ):
                blow.tolls = []

    def _tell_again(self, events: Sequence[Event]) -> None:
        """ "hours after a drone hit a base": news as well, where it is told in full further on."""
        main = next((e for e in events if e.focus), None)
        known = self.dating.event_date(main) if main is not None else None
        for event in events:
            date = None if event.focus or event.item else self.dating.event_date(event)
            if date is None or known is None or len(date) < len(known):
                continue
            sentences = {b.sentence for b in event.blows if b.strong or b.tolls or b.sites}
            whole = len(sentences) + any(s.role == "launch" for s in event.sites)
            if days_apart(date, known) <= 1 and whole >= _IN_FULL:
                event.focus = True

    @staticmethod
    def _leave_total(event: Event, others: Sequence[Event]) -> None:
        """31 dead in all, ten by the shells and 21 by the car: the shells killed ten."""
        for what in ("killed", "wounded"):
            own = [t for t, _ in event.tolls if t.what == what and t.value]
            rest = sum(
                next((t.value for t, _ in e.tolls if t.what == what and t.value), 0) for e in others
            )
            for blow in event.blows if rest else ():
                blow.tolls = [
                    t
                    for t in blow.tolls
                    if t.what != what
                    or not any(
                        share.value == (t.value or 0) - rest
                        and share.first > t.first
                        and not (share.early or share.rise)
                        for share in own
                    )
                ]

    def _counts_rest(self, focus: Sequence[Event]) -> bool:
        """«ضربت ثلاثة تفجيرات محيط المنطقة الخضراء»: the number of what is told one by one."""
        lead, rest = focus[0], focus[1:]
        counts = {q.value for q in lead.blows[0].quantities if (q.value or 0) > 1}
        alike = [e for e in rest if e.family == lead.family]
        return not lead.has_toll() and self._joining.is_series(lead) and len(alike) in counts

    @staticmethod
    def _tells_one(event: Event) -> bool:
        """Whether it tells one blow of its own and is no heading for others."""
        return event.item or any(
            q.value == 1 and q.what and not q.ordinal for q in event.blows[0].quantities
        )

    def _only_bombed(self, event: Event) -> bool:
        """«القوات الأمريكية قصفت»: an army's fire that no weapon is named of comes from the air."""
        if event.kind != "rocket" or any(b.munitions or b.weapons for b in event.blows):
            return False
        return not any(
            "مدفع" in self.page.words(b.first, b.last)
            or "artillery" in self.page.words(b.first, b.last)
            for b in event.blows
        )

    @staticmethod
    def _by_a_state(event: Event) -> bool:
        """A state's drone is its air force; a militia's is a weapon thrown at something."""
        return any(
            a.act in ("claims", "attributes") and a.who.group is not None and a.who.group.state
            for a in event.acts
        )

    @staticmethod
    def _raids(act: Responsibility) -> bool:
        return act.act == "claims" and act.narrated and act.who.state

    def _recall_here(self, events: Sequence[Event]) -> None:
        """«وكان صاروخان قد سقطا في المكان عينه يوم …»: recalled without a place, it was here."""
        main = next((e for e in events if e.focus), None)
        hit = [] if main is None else [s for s in main.sites if s.role == "impact" and s.place]
        if not hit or hit[0].place is None:
            return
        for event in events:
            blow = event.blows[0]
            if event.focus or any(s.place is not None for s in event.sites):
                continue
            telling = blow.strong or self._placing.such_attack(blow)
            telling = telling or self.dating.named_by_day(blow)
            if (
                telling
                and self.dating.attack_date(blow)
                and not self._nonevents.abroad(blow.first, blow.last)
            ):
                self._placing.infer(event, blow, hit[0].place)

    @staticmethod
    def _correct(event: Event) -> None:
        """«ورد في خبر سابق … والصحيح …»: what is corrected is no longer told."""
        if not any(b.corrects for b in event.blows):
            return
        for blow in event.blows:
            if blow.early and not blow.corrects:
                blow.sites = []
                blow.quantities = []
        right = [s for b in event.blows if b.corrects for s in b.sites if s.role == "launch"]
        for site in event.sites:
            if right and site.role == "launch" and site not in right:
                site.early = True

    @staticmethod
    def _claimed_once(events: Sequence[Event]) -> None:
        """«الهجوم الذي شنه الحرس الثوري … وتبنى الحرس القصف»: no charge beside its own claim,
        and no claim that its own party takes back."""
        for event in events:
            disowned = {a.who.party: a.first for a in event.acts if a.act == "disowns"}
            event.acts = [
                a
                for a in event.acts
                if a.act != "claims" or a.first > disowned.get(a.who.party, -1)
            ]
            claimed = {a.who.party for a in event.acts if a.act == "claims" and not a.narrated}
            event.acts = [
                a
                for a in event.acts
                if not (a.narrated and a.act in ("attributes", "claims"))
                or a.who.party not in claimed
            ]

    def _says_enough(self, event: Event) -> bool:
        if not event.kind or self.dating.is_ahead(event):
            return False
        if event.focus:
            told_on = any(self.dating.attack_date(b) is not None for b in event.blows)
            return bool(event.sites) or event.has_toll() or told_on
        if not any(
            b.triggers or b.munitions or b.weapons or self._placing.such_attack(b)
            for b in event.blows
        ):
            return False  # "the violence came after troops killed two leaders near Tikrit"
        return any(s.place is not None for s in event.sites) or event.date is not None
