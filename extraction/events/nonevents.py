"""What is no attack: rumours, drills, what happened elsewhere, what is said not to have been."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extraction.blows.blow import RELATIVE, Blow
from extraction.events.attack_dates import ACT_REACH, OPENING
from extraction.events.dating import SAME_NEWS_DAYS, Dating
from extraction.events.event import Event, days_apart
from extraction.events.stretches import NEARBY_TOKENS
from extraction.page import Page
from extraction.text.signals import Signal

_DRILLS = 2
_HAPPENS = frozenset(("fall", "hit", "explode", "target", "undergo", "shoot", "launch"))
_HERE = frozenset(("العراق", "iraq"))
_INSIDE = frozenset(
    "in across inside western eastern northern southern central في داخل غرب غربي شرق شرقي شمال "
    "شمالي جنوب جنوبي وسط".split()
)
_ALL_THAT = frozenset("ذلك هذا الامر الخبر that this it".split())
_TALK = frozenset("انباء شائعات اشاعات صحه تردد اشيع اخبار rumours rumors reports".split())
_DURING = frozenset("خلال اثناء بعد اثر عقب during after following amid".split())
_BACK_THEN = frozenset(
    "ذلك تلك حينها يومها انذاك وقتها حينذاك ايضا كذلك that then also too earlier previous".split()
)
_BOTH = frozenset(
    "الهجومين الاعتداءين الحادثين الانفجارين التفجيرين القصفين العمليتين الحادثتين الحالتين "
    "كليهما كلتيهما both either neither".split()
)


class NonEvents:
    """Tells the stretches of one page that tell no attack."""

    def __init__(self, page: Page, dating: Dating) -> None:
        self.page = page
        self.dating = dating

    def speaks_of_news(self, blow: Blow, current: Event | None) -> bool:
        """«ونفت كتائب … صلتها به», after a look back: who claims or denies speaks of the news."""
        if current is None or current.focus or not blow.acts:
            return False
        if blow.sites or blow.tolls or any(m.date for m, _ in blow.dates):
            return False
        words = {t.text for t in self.page.tokens[blow.first : blow.last]}
        return not words & _BACK_THEN

    def spare_both(self, blows: Sequence[Blow], events: Sequence[Event]) -> None:
        """«من دون خسائر في الاعتداءين»: said once, true of the last two told before."""
        for blow in blows:
            none = [t for t in blow.tolls if t.none]
            if not none or len(none) < len(blow.tolls):
                continue
            if _BOTH.isdisjoint([t.text for t in self.page.tokens[blow.first : blow.last]]):
                continue
            told = [
                e
                for e in events
                if (e.focus or e.line == blow.line) and e.blows[0].first < blow.first
            ][-2:]
            for event in told:
                if blow not in event.blows and not event.has_toll():
                    spared = Blow(blow.sentence, blow.first, blow.last, blow.voice, tolls=none)
                    spared.line = blow.line
                    event.add(spared)

    def is_drill(self, blows: Sequence[Blow]) -> bool:
        """An article about an exercise, with nobody hurt in earnest and nothing that fell."""
        drills = self.page.signals.of_kind("nonevent", "drill")
        if len(drills) < _DRILLS:
            return False
        return not any(
            b.strong
            and (b.quantities or b.tolls)
            and any(t.sub in ("fall", "hit", "explode", "target") for t in b.triggers)
            and not self.page.signals.any(b.first, b.last, "nonevent")
            for b in blows
        )

    def is_evidence(self, blow: Blow, current: Event | None) -> bool:
        """Whether the stretch tells an attack (rather than adding to one)."""
        if blow.strong and (blow.sites or blow.quantities or blow.tolls or current is None):
            return True
        if blow.strong and blow.recall and self.dating.attack_date(blow) is not None:
            return True
        if current is None:
            return False
        if self._of_an_earlier_day(blow, current):
            return True
        toll = any(t.value for t in blow.tolls)
        return bool(blow.sites) or toll

    def _of_an_earlier_day(self, blow: Blow, current: Event) -> bool:
        """ "On 20 February a salvo hit the same runway", «… بعد صواريخ 15 آذار»."""
        date, known = self.dating.attack_date(blow), self.dating.event_date(current)
        published = self.page.published
        if date is None or known is None or published is None or len(date) < 7 or blow.acts:
            return False
        today = published.date().isoformat()
        if date >= today or min(days_apart(date, d) for d in (known, today)) <= SAME_NEWS_DAYS:
            return False
        happens = any(
            t.sub in _HAPPENS and (t.verb or self.page.lang == "en") for t in blow.triggers
        )
        return (blow.strong and happens) or self.dating.named_by_day(blow)

    def denied(self, blow: Blow) -> bool:
        """Whether somebody denies that anything fell: the article then tells of no attack."""
        page = self.page
        for denial in page.signals.between(blow.first, blow.last, "deny", "any"):
            i = denial.first
            if any(a.first == i and a.act in ("denies", "disowns") for a in blow.acts):
                continue  # read as a denial of responsibility
            falls = page.signals.between(i, min(blow.last, i + 24), "trigger", "fall", "hit")
            reach = min(blow.last, i + 9, falls[0].first if falls else i + 5)
            responsible = page.signals.any(i, reach, "deny", "responsibility")
            falls = [
                f
                for f in falls
                if not page.signals.any(f.last, f.last + 2, "casualty")
                and page.tokens[f.first - 1].text not in RELATIVE
            ]
            losses = page.signals.between(i, min(blow.last, i + 24), "casualty")
            if not responsible and falls and not (losses and losses[0].first < falls[0].first):
                return True
            if not responsible and self._of_rumours(denial, blow.last):
                return True
        return False

    def _rumour_denied(self, blow: Blow) -> bool:
        """«تردد في البداية أن قذائف سقطت …، لكن ضابطاً نفى ذلك»: it did not happen."""
        signals = self.page.signals
        fall = next((t for t in blow.triggers if t.sub in ("fall", "hit", "explode")), None)
        if fall is None or not signals.any(blow.first, fall.first, "hedge", "early", "unconfirmed"):
            return False
        return any(
            d.last < len(self.page.tokens) and self.page.tokens[d.last].text in _ALL_THAT
            for d in signals.between(fall.last, blow.last, "deny", "any")
        )

    def _of_rumours(self, denial: Signal, last: int) -> bool:
        """«كذّب مصدر أمني أنباء عن هجوم»: what was put about did not happen."""
        page = self.page
        for i in range(denial.last, min(last, denial.last + OPENING + 2)):
            if page.tokens[i].text.removeprefix("ال") in _TALK:
                reach = min(last, i + ACT_REACH)
                told = page.signals.between(i, reach, "trigger", "attack", "target")
                if not told or page.signals.any(i, told[0].first, "casualty"):
                    return False
                # «الأنباء عن فرار نزلاء خلال الهجوم»: the escape is denied
                return not any(page.texts[k] in _DURING for k in range(i, told[0].first))
        return False

    def no_event(self, blow: Blow, main: Event | None) -> bool:
        """Drills, threats, denials, foiled attempts, statistics."""
        page = self.page
        first, last = blow.first, blow.last
        nonevents = {s.sub for s in page.signals.between(first, last, "nonevent")}
        if "hoax" in nonevents or self.denied(blow) or self._rumour_denied(blow):
            return True
        told = any(t.sub in ("fall", "hit", "explode") for t in blow.triggers) or any(
            t.value for t in blow.tolls
        )
        if page.first["accident"] and any(
            page.signals.any(t.first - 4, t.last + 6, "accident")
            or (page.lang == "en" and t.sub == "explode" and self._caused_by(t.last, last))
            for t in blow.triggers
        ):
            return True
        if not nonevents.isdisjoint(("any", "drill")) and (not told or main is None):
            return True
        if "threat" in nonevents and not told:
            return True
        happens = told or any(t.verb and t.sub in ("target", "intercept") for t in blow.triggers)
        here = any(s.place is not None for s in blow.sites)
        if happens and not here and self.abroad(first, last):
            return True
        if (
            not self.dating.has_day(blow)
            and page.signals.any(first, last, "statistics")
            and not any(t.none for t in blow.tolls)
            and (main is not None or not told)
        ):
            return True
        if not blow.triggers and not any(t.value for t in blow.tolls):
            return self.only_launched(blow)
        struck = any(t.verb and t.sub in ("target", "undergo", "attack") for t in blow.triggers)
        struck = struck or any(s.role == "impact" for s in blow.sites)
        if blow.unfired and not told and main is None and not (struck and blow.quantities):
            return True
        attacks = [t for t in blow.triggers if t.sub in ("attack", "launch", "undergo", "target")]
        return (
            bool(attacks)
            and not told
            and not blow.tolls
            and len(attacks) == len(blow.triggers)
            and all(self._negated(t.first, first) for t in attacks)
        )

    @staticmethod
    def only_launched(blow: Blow) -> bool:
        """ "The launch pad had been left in Yusufiya": where it came from, and nothing else."""
        nothing = not blow.triggers and not any(t.value for t in blow.tolls)
        return nothing and bool(blow.sites) and all(s.role == "launch" for s in blow.sites)

    def _caused_by(self, first: int, last: int) -> bool:
        """ "An explosion heard in Taji on Sunday was caused by a gas cylinder"."""
        page = self.page
        stop = min(last, first + NEARBY_TOKENS)
        return any(
            page.tokens[i].text in ("caused", "due", "result", "traced")
            and page.signals.any(i, i + 7, "accident")
            for i in range(first, stop)
        )

    def _negated(self, at: int, first: int) -> bool:
        """Whether a negation reaches a trigger; one that a casualty takes first does not."""
        page = self.page
        for i in range(at - 1, max(first, at - 5) - 1, -1):
            if page.tokens[i].text in "،,;؛" or i in page.first["casualty"]:
                return False
            if page.signal(i, "blame") is not None:
                return False  # «جهات لم يسمّها بالوقوف خلف استهداف …»
            if page.signal(i, "negation") is not None:
                return True
        return False

    def abroad(self, first: int, last: int) -> bool:
        """Whether it tells of something in another country: "in Jordan", «في دمشق»."""
        page = self.page
        named = any(
            s.form.prefix.endswith("ب")
            or page.tokens[s.first - 1].text in ("in", "near", "at", "on", "في", "قرب", "علي")
            for s in page.signals.between(first + 1, last, "foreign")
        )
        # «في أقصى غرب العراق وأخرى في سوريا»
        return named and not any(
            b in _HERE and a in _INSIDE for a, b in pairwise(page.texts[first:last])
        )
