"""Event → Draft: the best value of every field, each with the statements that support it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extraction import sureness
from extraction.blows.blow import Blow, SiteUse
from extraction.document import (
    Casualties,
    DatePrecision,
    Draft,
    DraftSite,
    EventType,
    Span,
    Statement,
    Victim,
)
from extraction.events.assemble import Assembler
from extraction.events.choosing import Chosen, choose_munitions, choose_toll, settle_sites
from extraction.events.event import Event
from extraction.page import Page
from extraction.text.signals import Signal
from extraction.tolls.toll import Toll
from extraction.who.responsibility import Responsibility
from extraction.who.voices import Voice
from gazetteer import Gazetteer

_BY_FIELD = {
    "claims": "claimed_by",
    "attributes": "attributed_to",
    "denies": "denied_by",
    "disowns": "denied_by",
}
_STRIKES = ("airstrike", "attack")
_EVENT: dict[str, EventType] = {
    "rocket": "rocket",
    "mortar": "mortar",
    "missile": "missile",
    "drone": "drone",
    "airstrike": "airstrike",
    "ied": "ied",
    "car_bomb": "ied",
    "suicide": "ied",
    "shooting": "shooting",
}


class Drafter:
    """Turns the events of one page into drafts."""

    def __init__(self, page: Page, assembler: Assembler, gazetteer: Gazetteer) -> None:
        self.page = page
        self._assembler = assembler
        self._gazetteer = gazetteer
        self._news = 0
        self._sure = 1.0

    def drafts(self, events: Sequence[Event]) -> list[Draft]:
        """The drafts of the events of the page, in order."""
        self._news = sum(event.focus for event in events)
        return [self._draft(event) for event in events]

    def _draft(self, event: Event) -> Draft:
        munitions = choose_munitions(event)
        killed, killed_denied = choose_toll(event, "killed")
        wounded, wounded_denied = choose_toll(event, "wounded")
        sites = settle_sites(event, munitions, self._gazetteer)
        daypart, clock = self._assembler.dating.daypart(event)
        acts = self._acts(event)
        self._sure = sureness.of_event(event, alone=event.focus and self._news <= 1)
        statements = [
            *self._event_statements(event),
            *self._figures(munitions, "munitions"),
            *self._site_statements(event, sites),
            *self._figures(killed, "killed"),
            *self._figures(wounded, "wounded"),
            *self._act_statements(acts),
            *self._denials_of_losses(event),
            *self._condemnations(event),
        ]
        statements.sort(key=lambda s: (s.span.start, s.field))
        return Draft(
            focus=event.focus,
            event=_EVENT.get(event.kind, "other"),
            date=event.date,
            date_precision=_precision(event.date),
            daypart=daypart,
            time_local=clock,
            weapon=self._weapon(event),
            munitions=_casualties(munitions, denied=False),
            sites=tuple(self._site(s) for s in sites),
            killed=_casualties(killed, denied=killed_denied),
            wounded=_casualties(wounded, denied=wounded_denied),
            victims=self._victims(event),
            claimed_by=self._names(acts, "claims"),
            attributed_to=self._names(acts, "attributes"),
            denied_by=self._names(acts, "denies", "disowns"),
            statements=tuple(statements),
            confidence=round(self._sure, 2),
        )

    # ── fields ───────────────────────────────────────────────────────────────────────────────

    def _weapon(self, event: Event) -> str | None:
        if event.kind in ("mortar", "ied", "car_bomb", "suicide", "missile", "drone"):
            explicit = any(q.what or True for b in event.blows for q in b.quantities) or any(
                b.munitions for b in event.blows
            )
            if not explicit and event.kind in ("ied", "car_bomb", "suicide"):
                return None
            kinds = [m for b in event.blows for m in b.munitions]
            if event.kind == "ied" and "ied" not in kinds and not event.item:
                return None
            return event.kind
        if any(map(self._assembler.kinds.mixed, event.blows)):
            return None  # of rockets and mortar bombs in one salvo
        if event.kind == "airstrike":
            struck = [t for b in event.blows for t in b.triggers if t.sub in _STRIKES]
            unmanned = any(map(self._unmanned, struck))
            return "drone" if unmanned else None
        named = [w.sub for b in event.blows for w in b.weapons]
        if not named:
            return None
        return "grad" if "grad" in named else named[0]

    def _unmanned(self, trigger: Signal) -> bool:
        """Whether a drone stands right beside the word for the strike."""
        page = self.page
        words = page.words(trigger.first, trigger.last)
        return (
            "drone" in words
            or "مسير" in words
            or page.signals.any(trigger.first - 3, trigger.last + 3, "munition", "drone")
        )

    def _acts(self, event: Event) -> list[Responsibility]:
        kept: list[Responsibility] = []
        for act in event.acts:
            if any(k.act == act.act and _same_actor(k, act) for k in kept):
                continue
            kept.append(act)
        denials = {a.who.name for a in kept if a.act in ("denies", "disowns")}
        named = [a for a in kept if not a.who.vague]
        return [
            a
            for a in kept
            if not (a.who.vague and a.act == "attributes" and named)
            or a.act in ("denies", "disowns")
            or a.who.name in denials
        ]

    @staticmethod
    def _names(acts: list[Responsibility], *wanted: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(a.who.name for a in acts if a.act in wanted))

    @staticmethod
    def _victims(event: Event) -> tuple[Victim, ...]:
        found: dict[tuple[str, str, str | None], Victim] = {}
        for toll, _ in event.tolls:
            if toll.doubted or toll.early:
                continue
            for victim in toll.victims:
                key = (victim.group, victim.status, victim.sex)
                known = found.get(key)
                if known is None or (known.count is None and victim.count is not None):
                    found[key] = victim
        return tuple(found.values())

    def _site(self, use: SiteUse) -> DraftSite:
        page = self.page
        span = self._site_span(use)
        surface = span.of(page.text)
        place = use.place
        if place is None:
            sure = self._share(sureness.of_site(use))
            return DraftSite(use.role, span, surface, count=use.count, confidence=sure)
        position = place.position
        return DraftSite(
            use.role,
            span,
            surface,
            place.place.id if place.place else None,
            place.place.name_en if place.place else None,
            place.place.name_ar if place.place else None,
            position[0] if position else None,
            position[1] if position else None,
            place.level,
            place.radius_m,
            "direction" if place.point else use.relation,
            use.count,
            min(place.confidence, self._share(sureness.of_site(use))),
        )

    def _site_span(self, use: SiteUse) -> Span:
        if use.place is not None:
            return self.page.char_span(use.place.start, use.place.end)
        return self.page.span(use.first, use.last)

    def _share(self, of_value: float) -> float:
        """The confidence of a value of the event at hand."""
        return round(self._sure * of_value, 2)

    # ── statements ───────────────────────────────────────────────────────────────────────────

    def _event_statements(self, event: Event) -> Iterator[Statement]:
        page = self.page
        mention = self._assembler.dating.date_mention(event)
        if mention is not None and event.date is not None:
            blow = next(b for b in event.blows if any(m is mention for m, _ in b.dates))
            span = page.char_span(mention.start, mention.end)
            yield self._statement(blow, "date", event.date, span, sureness.of_word("date"))
        for blow in event.blows:
            for weapon in blow.weapons:
                span = page.char_span(weapon.start, weapon.end)
                yield self._statement(blow, "weapon", weapon.sub, span, sureness.of_word("weapon"))
            for trigger in blow.triggers[:1]:
                span = page.char_span(trigger.start, trigger.end)
                kind = _EVENT.get(event.kind, "other")
                yield self._statement(blow, "event", kind, span, sureness.of_word("event"))

    def _figures(self, chosen: Chosen, field: str) -> Iterator[Statement]:
        for value, blow, first, last in chosen.evidence:
            if value is None:
                continue
            sure = sureness.of_figure(field, value, chosen)
            yield self._statement(blow, field, value, self.page.span(first, last), sure)

    def _site_statements(self, event: Event, sites: list[SiteUse]) -> Iterator[Statement]:
        told = [s for s in event.sites if s.place is not None and not _is_capital(s)]
        for use in (*told, *(s for s in sites if s.place is None)):
            blow = next((b for b in event.blows if b.first <= use.first < b.last), event.blows[0])
            place = use.place
            value = (
                None
                if place is None
                else (place.place.id if place.place else self._site_span(use).of(self.page.text))
            )
            sure = sureness.of_site(use)
            yield self._statement(blow, use.role, value, self._site_span(use), sure)

    def _act_statements(self, acts: list[Responsibility]) -> Iterator[Statement]:
        for act in acts:
            span = self.page.span(min(act.first, act.who.first), max(act.last, act.who.last))
            blame = self.page.signal(act.first, "blame") or self.page.signal(act.first, "suspicion")
            voices = self._assembler.voices
            voice = (
                voices.of_verb(blame, act.sentence)
                if blame is not None
                else voices.at(act.sentence, act.first)
            )
            speaker = act.who.name if act.act in ("claims", "denies", "disowns") else voice.name
            yield Statement(
                speaker,
                act.act,
                _BY_FIELD[act.act],
                act.who.name,
                span,
                span.of(self.page.text),
                self._share(sureness.of_act(act.act)),
            )

    def _denials_of_losses(self, event: Event) -> Iterator[Statement]:
        """«لم يسفر عن أي خسائر ضمن صفوف قوات التحالف»: said of one party, no zero for the event."""
        for toll, blow in event.tolls:
            if toll.none and toll.party and toll.what == "wounded":
                span = self.page.span(toll.first, toll.last)
                voice = self._denier(toll, blow)
                yield Statement(
                    voice.name,
                    "denies",
                    "losses",
                    0,
                    span,
                    span.of(self.page.text),
                    self._share(sureness.of_act("denies")),
                )

    def _denier(self, toll: Toll, blow: Blow) -> Voice:
        """«نفى التحالف وقوع إصابات»: the subject of the verb of denial, else who speaks there."""
        denials = list(self.page.signals.between(blow.first, toll.last, "deny"))
        if not denials:
            return self._assembler.voices.at(blow.sentence, toll.first)
        return self._assembler.voices.of_verb(denials[-1], blow.sentence)

    def _condemnations(self, event: Event) -> Iterator[Statement]:
        """Condemning is not blaming; it is kept as what somebody said."""
        page = self.page
        for blow in event.blows:
            for signal in page.signals.between(blow.first, blow.last, "condemn"):
                voice = self._assembler.voices.of_verb(signal, blow.sentence)
                span = page.span(signal.first, signal.last)
                kind = _EVENT.get(event.kind, "other")
                yield Statement(
                    voice.name,
                    "condemns",
                    "event",
                    kind,
                    span,
                    span.of(page.text),
                    self._share(0.9),
                )

    def _statement(
        self, blow: Blow, field: str, value: object, span: Span, share: float
    ) -> Statement:
        voice = self._assembler.voices.at(blow.sentence, self._token(span))
        sure = self._share(share)
        return Statement(voice.name, "reports", field, value, span, span.of(self.page.text), sure)

    def _token(self, span: Span) -> int:
        return self.page.token_at(self.page.folded.folded(span.start))


def _is_capital(use: SiteUse) -> bool:
    """The city as a whole is no site."""
    return use.place is not None and use.place.place is not None and use.place.place.id == "baghdad"


def _same_actor(a: Responsibility, b: Responsibility) -> bool:
    if a.who.group is not None and b.who.group is not None:
        return a.who.group == b.who.group
    return a.who.name in b.who.name or b.who.name in a.who.name


def _precision(date: str | None) -> DatePrecision:
    if date is None:
        return "unknown"
    return {10: "day", 7: "month", 4: "year"}.get(len(date), "unknown")  # type: ignore[return-value]


def _casualties(chosen: Chosen, *, denied: bool) -> Casualties:
    status = "unknown"
    if chosen.best is not None:
        status = "none_stated" if chosen.best == 0 else "stated"
    elif denied:
        status = "denied"
    return Casualties(chosen.best, chosen.low, chosen.high, status)  # type: ignore[arg-type]
