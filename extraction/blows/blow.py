"""A blow: one event as one stretch of a sentence tells it, with its figures and its sites."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from extraction.dates import DateMention
from extraction.document import Relation, Role
from extraction.page import Page
from extraction.places.found import FoundPlace
from extraction.text.signals import Signal
from extraction.tolls.toll import Toll
from extraction.who.responsibility import Responsibility
from extraction.who.voices import NARRATOR, OFFICIAL, Voice

Certainty = Literal["fell", "aimed", "toward", "meant"]
RELATIVE = frozenset("التي الذي اللذين الذين حيث which where whose who that".split())


class Quantity(NamedTuple):
    """How many of what. ``part`` is a share of a number told elsewhere, ``other`` comes on top.

    ``whole`` is the number that a share is told of: "one of the three"; ``early`` is overtaken;
    ``another`` is one more than the single one before it; ``rank`` is that of who gives it;
    ``bombers`` are persons, whose belts nobody has counted.
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
    bombers: bool = False
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
    opened: bool = False  # by a sentence that only says when
    early: bool = False
    corrects: bool = False
    unfired: bool = False
    verbless: bool = False  # a flash: "Two rockets on the Green Zone"
    item: bool = False
    line: int = 0
    loose: list[tuple[FoundPlace, frozenset[str]]] = field(default_factory=list)

    @property
    def strong(self) -> bool:
        """Whether it tells an attack by itself: something fired or set off that did something."""
        armed = self.munitions or self.weapons
        if self.triggers and (armed or self.attack_words or self.raid):
            return True
        harm = any(t.value for t in self.tolls)
        hit = [s for s in self.sites if s.role == "impact"]
        if self.munitions:
            # «🔴 صاروخا كاتيوشا على المنطقة الخضراء»
            onto = self.item and any(s.relation != "inside" for s in hit)
            return harm or self.verbless or onto
        # «قصفت المدفعية قرى في …، ما تسبب بمقتل راعٍ»
        return harm and bool(hit) and any(t.sub == "target" for t in self.triggers)

    @property
    def raid(self) -> bool:
        """Whether a state did it: "the Pentagon said it had struck two sites"."""
        return any(a.act == "claims" and a.who.state for a in self.acts)

    @property
    def attack_words(self) -> bool:
        return any(t.sub in ("attack", "airstrike", "shoot", "explode") for t in self.triggers)


@dataclass(slots=True)
class State:
    """What a scan has met so far in its stretch.

    ``sensed`` is a launch that somebody saw or heard, ``traced`` the word for following fire back,
    ``launcher_at`` the end of the word for what it was fired from, ``whence`` that of "the point
    from which they were fired". ``listed`` is where a list of the places hit begins, ``outer`` the
    verb around «صاروخ أُطلق من …», to which what follows belongs.
    """

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
    sensed: Signal | None = None
    traced: int | None = None
    launcher_at: int | None = None
    whence: int | None = None
    listed: int | None = None
    outer: Signal | None = None
    source: Signal | None = None
    after_source: Signal | None = None
    previous_place: FoundPlace | None = None
    last_site: SiteUse | None = None
    loose: list[tuple[FoundPlace, frozenset[str]]] = field(default_factory=list)


def page_text(page: Page, signal: Signal) -> str:
    """The folded words of a signal."""
    return page.words(signal.first, signal.last)
