"""When an event was: its date, its time of day, and how a clock or a night moves them."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Sequence

from extraction.blows.blow import Blow
from extraction.dates import DAYPART_HOURS, DateMention
from extraction.document import Daypart
from extraction.events.attack_dates import BESIDE, RUNNING
from extraction.events.event import Event, days_apart, shift
from extraction.page import Page

NEWS_DAYS = 60
SAME_NEWS_DAYS = 2
_FRESH_DAYS = 7
# the hour at which a time of day begins; the night may be the one before or the one to come
_BEGINS = {later[1]: until for (until, _), later in itertools.pairwise(DAYPART_HOURS)}


class Dating:
    """Dates the events of one page."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def has_day(self, blow: Blow) -> bool:
        """Whether a date of the stretch names a day or less."""
        return any(attack and m.precision == "day" for m, attack in blow.dates)

    def attack_date(self, blow: Blow) -> str | None:
        """The date on which the stretch says its attack was."""
        dates = [m for m, attack in blow.dates if attack and m.date is not None]
        days = [
            (self._from_trigger(m, blow), m.date)
            for m in dates
            if m.precision == "day" and m.date is not None
        ]
        return _nearest(days) if days else next((m.date for m in dates), None)

    def named_by_day(self, blow: Blow) -> bool:
        """«بعد صواريخ 15 آذار», "the April 14 attack": a noun for the attack with its day."""
        signals = self.page.signals
        for mention, attack in blow.dates:
            if not attack or mention.precision != "day":
                continue
            first = self.page.token_at(mention.start)
            last = self.page.token_at(mention.end - 1) + 1
            beside = (last, last + BESIDE) if self.page.lang == "en" else (first - 2, first)
            named = [
                *signals.between(*beside, "munition"),
                *signals.between(*beside, "trigger", "attack", "airstrike", "explode"),
            ]
            if any(self.page.lang == "en" or s.last == first for s in named):
                return True
        return False

    def attacked_on(self, event: Event) -> str | None:
        """The date the attack itself is given, not that of statements about it."""
        if event.date is not None:
            return event.date
        while event.told_on is None and event.searched < len(event.blows):
            event.told_on = self.attack_date(event.blows[event.searched])
            event.searched += 1
        return event.told_on

    def recalled_on(self, blow: Blow, current: Event, main: Event) -> bool:
        """One more of the attacks that the paragraph looks back on."""
        if current.focus or blow.line != current.line or blow.item:
            return False
        date, known = self.attack_date(blow), self.event_date(main)
        if date is not None:
            return known is not None and date < known
        return not blow.fresh and not any(m.daypart for m, attack in blow.dates if attack)

    def any_date(self, blow: Blow) -> str | None:
        """The first date of the stretch, of an attack or not."""
        return next((m.date for m, _ in blow.dates if m.date is not None), None)

    def day_before_it(self, events: Sequence[Event]) -> str | None:
        """The day named last before an attack that has none: "on Friday …. Before dawn a bomb".

        An attack is first told where something of it is placed: «سمع الجيران الانفجار. كانت الساعة
        الثانية من فجر اليوم. صاروخ سقط على …».
        """
        published = self.page.published
        main = next((e for e in events if e.focus), None)
        if published is None or main is None:
            return None
        told = next((b for b in main.blows if b.sites), main.blows[0])
        start = self.page.tokens[told.first].start
        days = [
            m.date
            for m in self.page.dates
            if m.precision == "day" and m.relation == "on" and m.date and m.start < start
        ]
        near = published.date().isoformat()
        fits = bool(days) and days[-1] <= near and days_apart(days[-1], near) <= SAME_NEWS_DAYS
        return days[-1] if fits else None

    def not_to_come(self, event: Event) -> str | None:
        """Its date, or the day before: "after sunset", in a report of the morning."""
        published = self.page.published
        if published is None or event.date != published.date().isoformat():
            return event.date
        daypart, _ = self.daypart(event)
        if published.hour >= _BEGINS.get(daypart or "night", 0):
            return event.date
        if any(self.attack_date(blow) == event.date for blow in event.blows):
            return event.date
        return shift(event.date, -1)

    def _is_fresh(self, event: Event) -> bool:
        """Whether the attack itself is dated within the days before publication."""
        date = self.attacked_on(event)
        published = self.page.published
        return (
            date is not None
            and published is not None
            and len(date) == 10
            and days_apart(date, published.date().isoformat()) <= _FRESH_DAYS
        )

    def date_by_clock(self, events: Sequence[Event]) -> None:
        """A running report, each line with its time, tells of the day it is published."""
        page = self.page
        if page.published is None:
            return
        opened = {s.start for s in page.sentences}
        times = [m.clock for m in page.dates if m.clock is not None and m.start in opened]
        if len(times) < RUNNING:
            return
        day = page.published.date()
        if times[0] > page.published.strftime("%H:%M"):
            day -= dt.timedelta(days=1)
        for event in events:
            if event.focus and self.event_date(event) is None:
                event.date = day.isoformat()

    def date_by_hour(self, events: Sequence[Event]) -> None:
        """A lead with an hour and no day, where all others have theirs, is of today."""
        published = self.page.published
        if published is None or not events or not events[0].focus:
            return
        today = published.date()
        days = {m.date for m in self.page.dates if m.precision == "day"}
        if days <= {today.isoformat()}:
            for event in events:  # "At 7:45 a.m. a roadside bomb …": an alert of the same day
                told = [
                    m.clock or f"{_BEGINS.get(m.daypart, 0):02}:00"
                    for b in event.blows
                    for m, attack in b.dates
                    if attack and m.daypart
                ]
                if told and event.focus and self.event_date(event) is None:
                    late = min(told) > published.strftime("%H:%M")
                    event.date = (today - dt.timedelta(days=late)).isoformat()
        if not days or self.page.lang != "en":
            return
        if len(events) < 2:
            return
        lead, *others = events
        hour = any(m.daypart for b in lead.blows for m, attack in b.dates if attack)
        if hour and self.event_date(lead) is None and all(self.event_date(e) for e in others):
            lead.date = published.date().isoformat()

    def look_back(self, events: Sequence[Event]) -> None:
        """An anniversary, or what lies months before publication, is no news."""
        page = self.page
        opening = page.bounds[:2]
        anniversary = any(page.signals.any(a, b, "anniversary") for a, b in opening)
        court = anniversary or any(page.signals.any(a, b, "court") for a, b in opening)
        published = page.published
        for event in events:
            date = self.event_date(event)
            old = (
                published is not None
                and date is not None
                and days_apart(date, published.date().isoformat()) > NEWS_DAYS
                and len(date) == 10
            )
            undated = date is None and bool(events) and self._is_fresh(events[0])
            if old or (court and not undated and not self._is_fresh(event)):
                event.focus = False

    def is_ahead(self, event: Event) -> bool:
        """What is announced for a day after publication has not happened."""
        published, date = self.page.published, self.event_date(event)
        return (
            published is not None
            and date is not None
            and len(date) == 10
            and date > published.date().isoformat()
        )

    def event_date(self, event: Event) -> str | None:
        """The day: a date of the attack itself before the date of a statement about it."""
        if event.date is not None:
            return event.date
        if event.dated_to != len(event.blows):
            event.dated, event.dated_to = self._read_date(event), len(event.blows)
        return event.dated

    def _read_date(self, event: Event) -> str | None:
        statement: str | None = None
        coarse: str | None = None
        for blow in event.blows:
            previous = None
            days: list[tuple[int, str]] = []
            for mention, attack in blow.dates:
                value = mention.date
                if value is None and mention.kind == "relative_to_previous" and previous:
                    value = shift(previous, mention.offset)
                if value is None:
                    continue
                previous = value
                if attack and mention.precision == "day":
                    days.append((self._from_trigger(mention, blow), value))
                if attack and coarse is None:
                    coarse = value
                telling = blow.strong or bool(blow.tolls) or not blow.first
                telling = telling or self._only_dates(blow)
                telling = telling and not self.page.signals.any(blow.first, blow.last, "court")
                told = not attack and mention.relation == "on" and mention.precision == "day"
                if told and telling and statement is None:
                    statement = value
            if days:
                return _nearest(days)
        return statement or coarse

    def _only_dates(self, blow: Blow) -> bool:
        """«🗓 ليلة الأحد 2 أيار»: a line of a list that gives nothing but the day."""
        page = self.page
        words = (i for i in range(blow.first, blow.last) if page.tokens[i].is_word)
        return blow.item and all(page.in_date(i) for i in words)

    def _from_trigger(self, mention: DateMention, blow: Blow) -> int:
        """How many tokens lie between a date and the nearest word for the attack."""
        first = self.page.token_at(mention.start)
        last = self.page.token_at(mention.end - 1) + 1
        return min(
            (max(first - t.last, t.first - last, 0) for t in blow.triggers),
            default=0,
        )

    def date_mention(self, event: Event) -> DateMention | None:
        """The words that give the date."""
        return next(
            (m for b in event.blows for m, _ in b.dates if m.date == event.date),
            None,
        )

    def _told_day(self, event: Event) -> bool:
        """Whether the attack itself is given a day, so that a statement's hour is none of it."""
        return any(
            attack and m.precision == "day" and m.date == event.date
            for b in event.blows
            for m, attack in b.dates
        )

    def daypart(self, event: Event) -> tuple[Daypart | None, str | None]:
        """The time of day of the attack and, where told, the clock time."""
        fallback: tuple[Daypart | None, str | None] = (None, None)
        for blow in (*event.blows, *event.heading):
            for mention, attack in blow.dates:
                if mention.daypart is None:
                    continue
                if mention.date is not None and mention.date != event.date:
                    continue
                if attack:
                    return mention.daypart, mention.clock
                if fallback[0] is None and mention.date is not None and not self._told_day(event):
                    fallback = (mention.daypart, mention.clock)
        return fallback


def _nearest(days: Sequence[tuple[int, str]]) -> str:
    """The first of the dates, unless a later one stands right beside the attack's own word."""
    near = min(days)
    return near[1] if near[0] <= BESIDE < days[0][0] else days[0][1]
