"""A toll: how many people an attack killed or wounded, as one voice tells it."""

from __future__ import annotations

from typing import Literal, NamedTuple

from extraction.document import Victim

What = Literal["killed", "wounded"]


class Toll(NamedTuple):
    """One count. ``value`` None where the text gives no figure; 0 where it says none.

    ``party`` marks a statement about one party only, ``early`` an overtaken figure,
    ``doubted`` one that the text itself does not vouch for, ``rise`` the latest of several;
    ``moved`` counts wounded of this event who died since; ``nth`` is the blow of several it is
    told of: "the first killed ten, the second five"; ``rank`` is that of the speaker, None for
    the narrator.
    """

    what: What
    value: int | None
    first: int
    last: int
    victims: tuple[Victim, ...] = ()
    none: bool = False
    party: bool = False
    early: bool = False
    doubted: bool = False
    rise: bool = False
    more: bool = False
    moved: bool = False
    nth: int = 0
    rank: int | None = None


class Count(NamedTuple):
    value: int | None
    first: int
    last: int
    victims: tuple[tuple[str, str | None, int | None], ...]
    attackers: bool = False
