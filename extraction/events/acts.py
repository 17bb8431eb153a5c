"""Which event a claim, a charge or a denial speaks of."""

from __future__ import annotations

from collections.abc import Sequence

from extraction.blows.blow import Blow, SiteUse
from extraction.events.aims import Aim, Aims, key
from extraction.events.dating import Dating
from extraction.events.event import FAMILY, Event
from extraction.events.joining import Joining
from extraction.page import Page
from extraction.places.found import FoundPlace
from extraction.who.responsibility import Responsibility
from extraction.who.sayings import BOMBERS
from gazetteer import Gazetteer

_PARAGRAPH = 2000  # letters, at most, between an attack and who is blamed for it
_AROUND = 12  # events told before and after, to which an act may belong
_SHARED = 2  # nouns that tell an event without the name of its deed
_CAPITAL = frozenset(("عاصمه", "capital"))


class Acts:
    """Gives the claims, charges and denials of one page to their events."""

    def __init__(self, page: Page, gazetteer: Gazetteer, dating: Dating, joining: Joining) -> None:
        self.page = page
        self.gazetteer = gazetteer
        self.dating = dating
        self._joining = joining
        self._aims = Aims(page)
        self._nouns: dict[int, set[str]] = {}  # of each event that an act was compared with

    def blame_for_all(self, header: Sequence[Blow], items: Sequence[Event]) -> None:
        """Who is blamed before or after the list is blamed for its items, or for those named."""
        for blow in header:
            if not blow.acts or blow.recall or self.dating.attack_date(blow):
                continue
            ours = [s for s in blow.sites if s.place is not None and s.role != "launch"]
            at = [e for e in items if any(self._joining.near(a, b) for a in ours for b in e.sites)]
            for event in at or items:
                event.acts.extend(blow.acts)

    def acts_to_their_events(self, events: Sequence[Event]) -> None:
        """«تبنت … هجوم عين الأسد», "claimed both attacks": an act goes where its words send it."""
        if len(events) < 2:
            return
        told = sorted((a for e in events for a in e.acts), key=lambda a: a.first)
        beside = {id(a): told[max(0, k - 2) : k + 3] for k, a in enumerate(told)}
        kept: list[dict[int, Responsibility]] = [{} for _ in events]
        before: Responsibility | None = None
        sent: list[Event] = []
        charged: dict[str, list[Event]] = {}  # who denies speaks of what he is charged with
        for k, event in enumerate(events):
            around = range(max(0, k - _AROUND), min(len(events), k + _AROUND))
            near = [events[n] for n in around]
            for act in event.acts:
                aim = self._aims.read(act, beside[id(act)])
                there = self._meant(act, aim, event, near)
                if not there and self._of_none(act, aim, event, near):
                    continue
                if act.act == "claims" and self.page.statement:
                    there = [e for e in near if e.focus]  # it tells of its own attacks only
                if act.act == "attributes":
                    charged[act.who.name] = there or [event]
                elif act.act == "denies" and aim == Aim():
                    there = there or charged.get(act.who.name, [])
                    if not there and before is not None and act.sentence - before.sentence <= 1:
                        there = sent
                before, sent = act, there
                if there and all(e is not event for e in there):
                    self._withdraw(event, aim.places)
                for n, other in zip(around, near, strict=True):
                    if any(other is e for e in there or [event]):
                        kept[n][id(act)] = act
        for event, acts in zip(events, kept, strict=True):
            event.acts = list(acts.values())

    @staticmethod
    def _withdraw(event: Event, places: Sequence[FoundPlace]) -> None:
        """The places an act of another event names were not hit in this one."""
        for blow in event.blows[1:]:
            blow.sites = [s for s in blow.sites if all(s.place is not p for p in places)]

    def _meant(
        self, act: Responsibility, aim: Aim, event: Event, events: Sequence[Event]
    ) -> list[Event]:
        """The events an act is about by its own words; none where they do not tell."""
        focus = [e for e in events if e.focus]
        if aim.some:
            return []  # «تبنت معظمها»: those that its own words name elsewhere
        if aim.those and (before := self._told_last(act, events)) is not None:
            return [before]
        if aim == Aim() and self._of_bomber(act):
            sent = [e for e in focus if any("suicide" in b.munitions for b in e.blows)]
            if len(sent) == 1:
                return sent
        if aim.but is not None and (out := self._meant(act, aim.but, event, events)):
            return [e for e in focus if all(e is not o for o in out)]
        if aim.parts:
            found = [e for p in aim.parts for e in self._meant(act, p, event, events) or [event]]
            return [e for e in events if any(e is f for f in found)]
        if aim.places:
            said = self.page.bounds[act.sentence]
            there = [e for e in events if any(self._hit_at(e, p, said) for p in aim.places)]
            families = {FAMILY.get(k, "") for k in aim.kinds}
            if len(there) > 1 and not aim.several and len(aim.places) == 1:
                there = [e for e in there if e.family in families] or there
            if len(there) == 1 or (there and (aim.several or len(aim.places) > 1)):
                return there
            if any(e is event for e in there):
                return []
        if aim.words and not act.narrated:
            worded = [e for e in events if not aim.words.isdisjoint(self._words(e))]
            if len(worded) == 1 and (worded[0].focus or worded[0] is event):
                return worded
        if aim.nouns:
            shared = [(len(aim.nouns & self._words(e)), e) for e in events]
            shared = [(n, e) for n, e in shared if n]
            if len(shared) == 1 and shared[0][0] >= _SHARED and shared[0][1].focus:
                return [shared[0][1]]
        if aim.order is not None and len(focus) > max(1, aim.order):
            return [focus[aim.order]]
        if aim.days and self.dating.event_date(event) not in aim.days | {None}:
            there = [e for e in events if self.dating.event_date(e) in aim.days]
            if len(there) == 1:
                return there
        if aim == Aim() and event.kind == "airstrike" and not act.who.state:
            aim.kinds.extend(("rocket", "drone", "ied"))  # no militia flies air raids
        if aim.kinds:
            return self._of_kinds({FAMILY.get(k, "") for k in aim.kinds}, aim, event, events)
        if aim.sites:
            there = [e for e in events if self._site_called(e, aim.sites)]
            there = there or [e for e in events if aim.sites & self._words(e)]
            if len(there) == 1:
                return there
        charge = aim == Aim() and event.focus and act.act == "attributes"
        if charge and self._stands_apart(act, focus):
            return focus
        if aim.several and not event.focus:
            return self._last_two(act, event, events)
        if not aim.several or len(focus) < 2:
            return []
        told = [e for e in focus if e.blows[0].first < act.first]
        return told if len(told) > 1 else focus

    @staticmethod
    def _last_two(act: Responsibility, event: Event, events: Sequence[Event]) -> list[Event]:
        """«وتبنت العمليتين» of a look back: the event it stands with, and the one told before."""
        told = [
            (max(b.first for b in e.blows if b.first <= act.first), e)
            for e in events
            if e.blows[0].first <= act.first and not e.focus
        ]
        told.sort(key=lambda t: t[0])
        two = [e for _, e in told[-2:]]
        return two if any(e is event for e in two) else []

    @staticmethod
    def _told_last(act: Responsibility, events: Sequence[Event]) -> Event | None:
        """The event recalled right before "claimed those bombings", if one was."""
        told = [
            (b.first, e)
            for e in events
            for b in e.blows
            if b.first < act.first and b.triggers and b.sentence < act.sentence
        ]
        last = max(told, key=lambda t: t[0], default=None)
        return None if last is None or last[1].focus else last[1]

    def _of_bomber(self, act: Responsibility) -> bool:
        """ "a knight had entered the den": of the attack that a man died in."""
        return act.act == "claims" and self.page.tokens[act.first].text in BOMBERS

    def _of_none(
        self, act: Responsibility, aim: Aim, event: Event, events: Sequence[Event]
    ) -> bool:
        """Whether an act is about none of the events: of an attack elsewhere, of some of many."""
        if act.act not in ("claims", "attributes"):
            return False
        raid = any(a.act == "claims" and a.who.state for a in event.acts)
        if raid and event.kind == "airstrike" and not act.who.state and not act.narrated:
            return True  # no militia flies air raids
        others = (a for e in events for a in e.acts if a is not act)
        if aim.some:
            return any(a.who.party == act.who.party for a in others)
        focus = [e for e in events if e.focus]
        if not aim.places or len(focus) < 2 or act.narrated:
            return False
        said = self.page.bounds[act.sentence]
        placed = all(any(s.place is not None for s in e.sites) for e in focus)
        return placed and not any(self._hit_at(e, p, said) for e in events for p in aim.places)

    def _words(self, event: Event) -> set[str]:
        """The nouns of the stretches that tell an event, and not who did it."""
        found = self._nouns.get(id(event))
        if found is None:
            spans = (slice(b.first, b.last) for b in event.blows if not b.acts)
            found = {key(word) for span in spans for word in self.page.texts[span]}
            self._nouns[id(event)] = found
        return found

    def _stands_apart(self, act: Responsibility, focus: Sequence[Event]) -> bool:
        """A charge in a paragraph of its own, behind all attacks of one day, is about them all."""
        if len(focus) < 2 or len({self.dating.event_date(e) for e in focus}) > 1:
            return False
        told = [b.first for e in focus for b in e.blows[-8:] if b.triggers and b.first < act.first]
        if not told or any(e.blows[0].first > act.first for e in focus):
            return False
        tokens, text = self.page.tokens, self.page.folded.text
        start, stop = tokens[max(told)].start, tokens[act.first].start
        return "\n" in text[max(start, stop - _PARAGRAPH) : stop]

    def _of_kinds(
        self, families: set[str], aim: Aim, event: Event, events: Sequence[Event]
    ) -> list[Event]:
        """Those of the kinds an act names: "the drone attack", «التفجيرات»."""
        raids = "airstrike" in aim.kinds
        focus = [e for e in events if e.focus and e.family in families]
        focus = [e for e in focus if raids or e.kind != "airstrike"]
        if aim.several and len(focus) > 1:
            return focus
        if len(families) > 1 and len({e.family for e in focus}) > 1:
            return focus  # «تبنت قصف المنطقة وتفجير المدرعة»
        raid = event.kind == "airstrike" and aim.kinds[0] == "rocket"
        if event.family in families and not raid:
            return []
        if not focus:
            focus = [e for e in events if e.family in families]
        return focus if len(focus) == 1 else []

    def _site_called(self, event: Event, words: set[str]) -> bool:
        """Whether a site of the event bears such a word: «صاروخ المطار»."""
        return any(
            self.page.tokens[i].text.lstrip("لب").removeprefix("ال") in words
            for s in event.sites
            if s.place is not None and s.role != "launch"
            for i in range(s.place.first, s.place.last)
        ) or (bool(words & _CAPITAL) and any(self._in_capital(s) for s in event.sites))

    def _in_capital(self, site: SiteUse) -> bool:
        anchor = site.place.anchor if site.place is not None else None
        return anchor is not None and self.gazetteer.is_within(anchor, "baghdad")

    def _hit_at(self, event: Event, place: FoundPlace, said: tuple[int, int]) -> bool:
        """Whether the event is at a place, told outside the sentence of the act if anywhere."""
        told = [s for s in event.sites if not said[0] <= s.first < said[1]]
        here = SiteUse("impact", place, place.first, place.last, "fell")
        return any(
            s.place is not None and s.role != "launch" and self._joining.near(s, here)
            for s in told or event.sites
        )
