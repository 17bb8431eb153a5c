"""An event: the stretches of an article that tell one attack."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Literal

from extraction.blows.blow import Blow, SiteUse
from extraction.places.found import rank
from extraction.tolls.toll import Toll
from extraction.who.responsibility import Responsibility
from gazetteer import Place

Family = Literal["indirect", "air", "ied", "shooting", ""]
FAMILY: dict[str, Family] = {
    "rocket": "indirect",
    "mortar": "indirect",
    "missile": "indirect",
    "projectile": "indirect",
    "drone": "air",
    "aircraft": "air",
    "airstrike": "air",
    "ied": "ied",
    "car_bomb": "ied",
    "suicide": "ied",
    "shooting": "shooting",
}
IN_A_CITY = frozenset(("in", "direction", "near", "at"))


@dataclass(slots=True)
class Event:
    """Stretches of the article that tell one event."""

    blows: list[Blow] = field(default_factory=list)
    acts: list[Responsibility] = field(default_factory=list)
    focus: bool = True
    kind: str = ""
    named: bool = False  # whether its own words name the kind, not the article's habit
    date: str | None = None
    line: int = 0
    item: bool = False
    heading: list[Blow] = field(default_factory=list)
    told_on: str | None = None  # the first date of the attack itself …
    searched: int = 0  # … among so many of its stretches
    struck: dict[str, Place] = field(default_factory=dict)  # where it hit, each place once
    placed: bool = False  # whether some site of it is finer than a whole city
    dated: str | None = None  # the date read from …
    dated_to: int = -1  # … so many of its stretches

    @property
    def family(self) -> Family:
        return FAMILY.get(self.kind, "")

    @property
    def sites(self) -> list[SiteUse]:
        return [s for b in self.blows for s in b.sites]

    @property
    def tolls(self) -> list[tuple[Toll, Blow]]:
        return [(t, b) for b in self.blows for t in b.tolls]

    def add(self, blow: Blow) -> None:
        """One more stretch that tells it."""
        self.blows.append(blow)
        for site in blow.sites:
            if site.place is None:
                continue
            anchor = site.place.anchor
            if site.role == "impact" and anchor is not None:
                self.struck[anchor.id] = anchor
            capital = site.place.place is not None and site.place.place.id == "baghdad"
            self.placed = self.placed or (rank(site.place.level) < 5 and not capital)

    def has_toll(self) -> bool:
        return any(t.value is not None for t, _ in self.tolls)


def agree(a: str, b: str) -> bool:
    """Whether two dates may be the same, one of them perhaps coarser."""
    return a.startswith(b) or b.startswith(a)


def days_apart(a: str, b: str) -> int:
    """How many days lie between two dates; whole months where one names no day."""
    if len(a) == len(b) == 10:
        return abs((dt.date.fromisoformat(a) - dt.date.fromisoformat(b)).days)
    shorter = min(len(a), len(b))
    return 0 if a[:shorter] == b[:shorter] else 31


def shift(day: str, offset: int | None) -> str | None:
    """The day so many days later, where both are known."""
    if offset is None or len(day) != 10:
        return None
    return (dt.date.fromisoformat(day) + dt.timedelta(days=offset)).isoformat()
