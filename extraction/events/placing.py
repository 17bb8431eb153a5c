"""Where an event is put whose own words say no place: where the news is, or what it names."""

from __future__ import annotations

from extraction.blows.blow import Blow, SiteUse
from extraction.blows.pointing import TOO_WIDE, is_bearing
from extraction.events.dating import Dating
from extraction.events.event import IN_A_CITY, Event
from extraction.events.stretches import NEARBY_TOKENS
from extraction.page import Page
from extraction.places.found import FoundPlace, rank

_SCENE = 14  # tokens of a sentence that only says where
_REACH = 4  # tokens between those who gathered and the place
_GATHERING = 4  # stretches after the attack's first in which a crowd's place is named
_GATHERED = frozenset("gathered assembled crowded queued queuing waiting lined congregated".split())
_NOT_THERE = frozenset(("from", "toward", "between", "outside"))


class Placing:
    """Places events of one page whose own sentences name no place."""

    def __init__(self, page: Page, dating: Dating) -> None:
        self.page = page
        self.dating = dating

    def place_loosely(self, event: Event) -> None:
        """An attack told without a site of its own is put where its sentences play."""
        if any(s.role == "intercept" for s in event.sites):
            if not any(s.place is not None for s in event.sites):
                self._place_defended(event)
            return
        hit = [s.place for s in event.sites if s.place is not None and not s.found]
        if hit:
            if all(p.place is not None and p.place.id in TOO_WIDE for p in hit):
                self._where_they_gathered(event)
            return  # a launcher that was found leaves open where it hit
        for fits in (self._fine, self._coarse):
            if fits == self._coarse and self._where_they_gathered(event):
                return
            for blow in event.blows:
                triggers = [
                    t
                    for t in blow.triggers
                    if t.sub != "come_from" and not self._pointed_back(t.first)
                ]
                telling = [*triggers, *(t for t in blow.tolls if t.value)]
                places = [p for p, preps in blow.loose if fits(p, preps, blow)]
                if telling and places:
                    best = min(places, key=lambda p: (rank(p.level), p.first))
                    self.infer(event, blow, best)
                    return
            if fits == self._fine and self._as_told_before(event):
                return

    def _as_told_before(self, event: Event) -> bool:
        """ "Lorries had been arriving at the Jamila market …. At 6 a.m. one of them blew up"."""
        opening = next((b for b in event.blows if b.strong or b.tolls), None)
        before = self._told_before(opening) if opening is not None else None
        if opening is None or before is None or any(s.place is not None for s in event.sites):
            return False
        self.infer(event, opening, before)
        return True

    def _place_defended(self, event: Event) -> None:
        """«اعترضت منظومة الدفاع في السفارة طائرة مسيّرة»: what they were flying at."""
        for blow in event.blows:
            if not any(s.role == "intercept" for s in blow.sites):
                continue
            for place, prepositions in blow.loose:
                if prepositions & IN_A_CITY and rank(place.level) < rank("city"):
                    site = SiteUse("target", place, place.first, place.last, "meant", inferred=True)
                    blow.sites.append(site)
                    return

    def _where_they_gathered(self, event: Event) -> bool:
        """ "supporters had gathered at the stadium", "the van drew up in Oruba Square"."""
        for blow in event.blows[1:_GATHERING]:
            for place, prepositions in blow.loose:
                fine = rank(place.level) <= 3 and bool(prepositions & IN_A_CITY)
                if fine and (self._gathered(place, blow) or self._drew_up(place, blow)):
                    self.infer(event, blow, place)
                    return True
        return False

    def _gathered(self, place: FoundPlace, blow: Blow) -> bool:
        words = self.page.texts[max(blow.first, place.first - _REACH) : place.first]
        return not _GATHERED.isdisjoint(words)

    def _drew_up(self, place: FoundPlace, blow: Blow) -> bool:
        """Whether a vehicle already spoken of is told to have come or stood there."""
        page = self.page
        if blow.triggers or blow.munitions or blow.tolls:
            return False
        return any(
            vehicle.form.article or page.texts[vehicle.first - 1] == "the"
            for vehicle in page.signals.between(blow.first, place.first, "vehicle")
        )

    def _pointed_back(self, i: int) -> bool:
        """ "deplored these cowardly blasts": spoken of, not told."""
        before = self.page.tokens[max(0, i - 2) : i]
        return any(t.text in ("these", "those", "such") for t in before)

    def _fine(self, place: FoundPlace, prepositions: frozenset[str], blow: Blow) -> bool:
        """Whether an attack may be put at a place that its sentence only names."""
        return (
            not prepositions & _NOT_THERE
            and rank(place.level) <= 4
            and not (place.anchor is not None and place.anchor.id == "baghdad")
            and not self._dateline(place, blow)
        )

    def _coarse(self, place: FoundPlace, prepositions: frozenset[str], blow: Blow) -> bool:
        """«شرق بغداد», «عند حدود محافظة بابل»: better than nowhere."""
        return bool(
            prepositions & IN_A_CITY
            and not prepositions & _NOT_THERE
            and place.anchor is not None
            and place.level in ("city", "governorate")
            and not self._dateline(place, blow)
        )

    @staticmethod
    def infer(event: Event, blow: Blow, place: FoundPlace) -> None:
        """Puts the event at a place that is only named beside it."""
        capital = place.place is not None and place.place.id == "baghdad"
        event.placed = event.placed or (rank(place.level) < 5 and not capital)
        blow.sites.append(SiteUse("impact", place, place.first, place.last, "aimed", inferred=True))

    def _told_before(self, blow: Blow) -> FoundPlace | None:
        """The last quarter or spot named in the same paragraph right before."""
        page = self.page
        before = [p for p in page.places_before(blow.first, 3) if not is_bearing(page, p)]
        places = [
            p
            for p in before
            if blow.first - p.last <= NEARBY_TOKENS
            and rank(p.level) <= 3
            and blow.line - page.sentences[page.sentence_at(p.first)].line <= 1
        ]
        towns = [
            p
            for p in before
            # "Twenty miles away, at Taji, the war had come earlier. Two rockets exploded …"
            if p.level == "city"
            and page.sentence_at(p.first) == blow.sentence - 1
            and page.sentences[blow.sentence - 1].line == blow.line
            and blow.first - page.bounds[blow.sentence - 1][0] <= _SCENE
            and not (p.anchor is not None and p.anchor.id == "baghdad")
        ]
        return next(reversed(towns or places), None)

    def _dateline(self, place: FoundPlace, blow: Blow) -> bool:
        return place.start == self.page.sentences[blow.sentence].start and (
            self.page.tokens[min(place.last, len(self.page.tokens) - 1)].text in "-/:(,،"
        )

    def such_attack(self, blow: Blow) -> bool:
        """ "In the first such attack, on Feb. 9, eight people were killed"."""
        return (
            self.page.lang == "en"
            and any(t.value for t in blow.tolls)
            and self.dating.attack_date(blow) is not None
            and self.page.signals.any(blow.first, blow.last, "trigger", "attack")
        )
