"""Several drafts of one event → one set of values. Pure: values in, values out.

The rules (docs/data.md tells them to readers):

- Sources are ranked: an article about the event outranks one that only recalls it; among equals
  the one published later wins. "Best" is what the highest-ranked source states.
- A range holds every figure that any source gives. Unknown is not zero.
- A figure outranks "no losses": a first report of none is often corrected, seldom the reverse.
- Sites of the same role and place are one; a more exact launch place replaces the area around it.
  Articles that only recall the event add no sites: they place it loosely ("near the airport").
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import chain
from typing import Any, TypeVar

from extraction.document import Casualties, CasualtyStatus, Draft, DraftSite, Victim
from gazetteer import Gazetteer, fold
from incidents.nearness import covers, is_coarse, overlap, same_place

_Value = TypeVar("_Value", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Source:
    """A draft, and what its article adds: ``key`` is the article's, ``draft_index`` its own."""

    key: int
    draft_index: int
    draft: Draft
    publisher: str = ""
    published: datetime | None = None

    def rank(self) -> tuple[Any, ...]:
        """Higher is better."""
        known = self.published is not None
        stamp = self.published.timestamp() if self.published else 0.0
        return (self.draft.focus, known, stamp, self.key)


@dataclass(frozen=True, slots=True)
class MergedSite:
    """A site and the source whose words are its evidence."""

    site: DraftSite
    source: Source


@dataclass(frozen=True, slots=True)
class Party:
    """A group in a role (``claimed_by``, ``attributed_to``, ``denied_by``) and who says so."""

    role: str
    name: str
    source: Source


@dataclass(frozen=True, slots=True)
class Merged:
    """What all sources together say about one event."""

    event_type: str
    date_start: date | None
    date_end: date | None
    date_precision: str
    time_local: str
    daypart: str
    weapon: str
    munitions: Casualties
    killed: Casualties
    wounded: Casualties
    sites: tuple[MergedSite, ...]
    parties: tuple[Party, ...]
    victims: tuple[Victim, ...]
    recalled_only: bool


def merge(sources: Iterable[Source], gazetteer: Gazetteer) -> Merged:
    """Merge the drafts that speak of one event. Raises ValueError without any."""
    ranked = sorted(sources, key=Source.rank, reverse=True)
    if not ranked:
        raise ValueError("there is nothing to merge: give at least one source")
    drafts = [source.draft for source in ranked]
    start, end, precision = _date(drafts)
    time_local, daypart = _time(drafts)
    return Merged(
        event_type=_most_said([draft.event for draft in _focused(drafts)]) or drafts[0].event,
        date_start=start,
        date_end=end,
        date_precision=precision,
        time_local=time_local,
        daypart=daypart,
        weapon=_most_said([draft.weapon for draft in drafts]) or "",
        munitions=_figure(draft.munitions for draft in drafts),
        killed=_figure(draft.killed for draft in drafts),
        wounded=_figure(draft.wounded for draft in drafts),
        sites=_sites(ranked, gazetteer),
        parties=_parties(ranked),
        victims=next((draft.victims for draft in drafts if draft.victims), ()),
        recalled_only=not any(draft.focus for draft in drafts),
    )


def suggested_grade(
    parties: Iterable[tuple[str, Hashable]], named: Container[Hashable], publishers: Iterable[str]
) -> str:
    """Airwars' grades by rule, from (role, actor) pairs; "discounted" is for people to give.

    ``named`` holds the actors that are known groups: two descriptions such as "militias" and
    "outlaws" need not compete with each other, two groups do.
    """
    by_role: dict[str, set[Hashable]] = {}
    for role, actor in parties:
        by_role.setdefault(role, set()).add(actor)
    claimed, blamed, denied = (
        by_role.get(role, set()) for role in ("claimed_by", "attributed_to", "denied_by")
    )
    # Who denies for itself contradicts nobody while others are accused. Two answers contradict
    # each other: who did it denies it, or one claims, others are blamed, and somebody denies.
    contradicted = bool(denied & (claimed | blamed)) or bool(
        claimed and blamed - claimed and denied
    )
    competing = sum(actor in named for actor in claimed | blamed) > 1
    if contradicted or competing:
        return "contested"
    if claimed:
        return "confirmed"
    return "fair" if len({fold(name) for name in publishers}) > 1 else "weak"


def interval(text: str | None) -> tuple[date | None, date | None, str]:
    """First day, last day and precision of ``YYYY-MM-DD``, ``YYYY-MM``, ``YYYY`` or None."""
    parts = [int(part) for part in (text or "").split("-") if part]
    match parts:
        case [year, month, day]:
            return date(year, month, day), date(year, month, day), "day"
        case [year, month]:
            following = date(year + month // 12, month % 12 + 1, 1)
            return date(year, month, 1), following - timedelta(days=1), "month"
        case [year]:
            return date(year, 1, 1), date(year, 12, 31), "year"
    return None, None, "unknown"


def representative(sites: Sequence[DraftSite]) -> DraftSite | None:
    """The placed site that stands for the incident where only one point fits."""
    for role in ("impact", "intercept", "target", "launch"):
        for site in sites:
            if site.role == role and site.lat is not None:
                return site
    return None


def _focused(drafts: list[Draft]) -> list[Draft]:
    return [draft for draft in drafts if draft.focus] or drafts


def _most_said(values: Iterable[_Value | None]) -> _Value | None:
    """The value most sources give; the highest-ranked of equals. ``values`` come best first."""
    counts = Counter(value for value in values if value is not None)
    return counts.most_common(1)[0][0] if counts else None


def _date(drafts: list[Draft]) -> tuple[date | None, date | None, str]:
    """The most exact date; among equally exact ones that of most sources."""
    for pool in (_focused(drafts), drafts):
        for length in (10, 7, 4):  # YYYY-MM-DD, YYYY-MM, YYYY
            said = _most_said([d.date for d in pool if d.date and len(d.date) == length])
            if said:
                return interval(said)
    return interval(None)


def _time(drafts: list[Draft]) -> tuple[str, str]:
    """Clock time and daypart; a daypart that goes with the clock time is preferred."""
    clock = _most_said([draft.time_local for draft in drafts])
    daypart = _most_said([draft.daypart for draft in drafts if clock and draft.time_local == clock])
    return clock or "", daypart or _most_said([draft.daypart for draft in drafts]) or ""


_STATUS_RANK: dict[CasualtyStatus, int] = {
    "stated": 3,
    "none_stated": 2,
    "denied": 1,
    "unknown": 0,
}


def _figure(figures: Iterable[Casualties]) -> Casualties:
    """Best of the highest-ranked source with the strongest status; the range of all."""
    figures = list(figures)
    status = max((figure.status for figure in figures), key=lambda name: _STATUS_RANK[name])
    best = next((f.best for f in figures if f.best is not None and f.status == status), None)
    if best is None:
        best = next((f.best for f in figures if f.best is not None), None)
    known = [
        number
        for figure in figures
        for number in (figure.low, figure.best, figure.high)
        if number is not None
    ]
    if not known:
        return Casualties(status=status)
    return Casualties(best=best, low=min(known), high=max(known), status=status)


def _sites(ranked: list[Source], gazetteer: Gazetteer) -> tuple[MergedSite, ...]:
    merged: list[MergedSite] = []
    placing = [source for source in ranked if source.draft.sites]
    if placing and placing[0].draft.focus:
        placing = [source for source in placing if source.draft.focus]
    for source in placing:
        own = list(merged)  # two sites of one article stay two
        for site in source.draft.sites:
            known = next((m for m in own if _same_site(m.site, site)), None)
            if known is None:
                merged.append(MergedSite(site, source))
            else:
                own.remove(known)
                merged[merged.index(known)] = replace(known, site=_completed(known.site, site))
    for redundant in (_is_vague, _is_launch_area, _is_hit_target):
        # From the lowest rank up and one by one, so that no two sites remove each other.
        for one in reversed(merged.copy()):
            if redundant(one, merged, gazetteer):
                merged.remove(one)
    return tuple(merged)


def _same_site(a: DraftSite, b: DraftSite) -> bool:
    if a.role != b.role:
        return False
    if same_place(a, b):
        return True
    # Unplaced on both sides: rockets shot down in the air are one site of the event.
    unplaced = a.lat is None and b.lat is None and not (a.place_id or b.place_id)
    return unplaced and (a.role == "intercept" or fold(a.surface) == fold(b.surface))


def _completed(better: DraftSite, other: DraftSite) -> DraftSite:
    """``better`` with its gaps filled from a lower-ranked source."""
    return replace(
        better,
        count=other.count if better.count is None else better.count,
        name_en=better.name_en or other.name_en,
        name_ar=better.name_ar or other.name_ar,
        confidence=max(better.confidence, other.confidence),
    )


_Redundant = Callable[[MergedSite, list[MergedSite], Gazetteer], bool]


def _is_vague(one: MergedSite, all_: list[MergedSite], gazetteer: Gazetteer) -> bool:
    """A whole city, where another article names the spot in it."""
    return is_coarse(one.site) and any(
        other.source is not one.source
        and other.site.role == one.site.role
        and not is_coarse(other.site)
        and covers(one.site, other.site, gazetteer)
        for other in all_
    )


def _is_launch_area(one: MergedSite, all_: list[MergedSite], gazetteer: Gazetteer) -> bool:
    """The area around a launch place, or one hardly placed, that another article names exactly."""
    return one.site.role == "launch" and any(
        other.source is not one.source
        and other.site.role == "launch"
        and other.site.lat is not None
        and (
            one.site.lat is None
            or covers(one.site, other.site, gazetteer)
            or (not one.site.place_id and overlap(one.site, other.site))
        )
        for other in all_
    )


def _is_hit_target(one: MergedSite, all_: list[MergedSite], gazetteer: Gazetteer) -> bool:
    """A target that another article knows to be hit."""
    return one.site.role == "target" and any(
        other.site.role == "impact" and _same_site(replace(one.site, role="impact"), other.site)
        for other in all_
    )


def _parties(ranked: list[Source]) -> tuple[Party, ...]:
    """Every group in every role, with the highest-ranked source that says so."""
    found: dict[tuple[str, str], Party] = {}
    for source in ranked:
        draft = source.draft
        for role, name in chain(
            (("claimed_by", name) for name in draft.claimed_by),
            (("attributed_to", name) for name in draft.attributed_to),
            (("denied_by", name) for name in draft.denied_by),
        ):
            found.setdefault((role, fold(name)), Party(role, name, source))
    return tuple(found.values())
