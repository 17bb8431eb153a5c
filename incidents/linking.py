"""Do two drafts tell the same event? And which stored incident does a draft belong to?

Evidence is added up in points: the date, the sites role by role, figures, weapon, claimants. Some
things speak against it outright: another kind of event, other days, times of day far apart.
A wrong merge hides an attack, a missed one shows it twice, so doubt keeps drafts apart; an editor
can merge them.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from extraction.document import DAYPARTS, Casualties, Draft, DraftSite, EventType, Span
from gazetteer import Gazetteer, fold
from incidents.merging import interval
from incidents.models import Incident, Site
from incidents.nearness import covers, extent, metres, same_place

# Kinds of event that reports confuse with each other.
FAMILIES: tuple[frozenset[EventType], ...] = (
    frozenset({"rocket", "mortar", "missile"}),
    frozenset({"drone", "airstrike"}),
    frozenset({"ied"}),
    frozenset({"shooting"}),
    frozenset({"other"}),
)

# Points that make two drafts one event. A shared day is worth 3 and a shared exact place 3.
ENOUGH = 5.0
# Without a shared day, from two places that agree, and only if no other incident comes near.
ENOUGH_UNDATED = 4.5
CLEAR_LEAD = 1.0

# An article that is read again stays with its incidents, whatever else fits: an editor may have
# merged or split them. Only one of its own that had no date, and that nobody has seen, gives way
# to a stored incident once the date is known.
FIRM = 100.0
LOOSE = 4.0

# Two articles of one week that recall an undated event in the same places mean the same one.
SAME_NEWS = timedelta(days=7)

# Sites closer than this speak of one attack, in metres, or than the sum of their extents,
# which is capped lest two large areas always be near each other.
NEAR_M = 3_000
NEAR_CAP_M = 6_000

# How far back an article recalls an event without giving its date.
RECALL = timedelta(days=400)
# Half-width of the box in which candidates are looked for, in degrees (about 30 km).
SEARCH_DEGREES = 0.3


@dataclass(frozen=True, slots=True)
class Telling:
    """A draft, or a stored incident in the shape of one, and what is known of its day.

    ``start`` and ``end`` bound the event; for an undated one they are a guess from the date of
    publication, or None where nothing bounds it.
    """

    draft: Draft
    start: date | None
    end: date | None

    @property
    def exact(self) -> bool:
        return self.draft.date_precision == "day" and self.start is not None


@dataclass(frozen=True, slots=True)
class Likeness:
    """How much speaks for two tellings being one event."""

    points: float = 0.0
    places: int = 0
    exact: bool = True

    @property
    def enough(self) -> bool:
        if self.exact:
            return self.points >= ENOUGH
        return self.points >= ENOUGH_UNDATED and self.places >= 2


@dataclass(frozen=True, slots=True)
class Held:
    """What an article told before, and the incident it is linked to.

    ``firm``: other articles tell it too, or people have seen it. ``folded``: an editor merged
    what the draft had been into the incident, which the article tells in another draft as well.
    """

    incident_id: int
    draft: Draft
    firm: bool
    folded: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """A draft (by index) and the incident that it belongs to."""

    draft_index: int
    incident_id: int
    points: float
    held: Held | None = None
    """What the article told before, where that decided."""

    def excludes(self, other: Match) -> bool:
        """May not both be? A draft has one incident, and an incident one draft of an article,
        but for those that an editor found to be the same event.
        """
        if self.draft_index == other.draft_index:
            return True
        if self.incident_id != other.incident_id:
            return False
        folded = any(match.held and match.held.folded for match in (self, other))
        return self.held is other.held or not folded


def telling(draft: Draft, published: datetime | None) -> Telling:
    start, end, precision = interval(draft.date)
    if precision == "unknown" and published is not None:
        day = timezone.localdate(published)  # late in UTC is the next day here
        start, end = day - RECALL, day
    return Telling(draft, start, end)


def likeness(a: Telling, b: Telling, gazetteer: Gazetteer) -> Likeness:
    """The evidence for the two being one event; no points where something rules it out."""
    exact = a.exact and b.exact
    if _ruled_out(a, b):
        return Likeness(exact=exact)
    points, agreeing = _place_points(a.draft.sites, b.draft.sites, gazetteer)
    if not agreeing:
        return Likeness(exact=exact)
    points += _date_points(a, b) + _detail_points(a.draft, b.draft)
    return Likeness(points, agreeing, exact)


def family(event: str) -> frozenset[EventType]:
    return next((kinds for kinds in FAMILIES if event in kinds), FAMILIES[-1])


# Reasons against


def _ruled_out(a: Telling, b: Telling) -> bool:
    return (
        family(a.draft.event) is not family(b.draft.event)
        or _days_apart(a, b) > 1
        or _times_contradict(a, b)
    )


def _days_apart(a: Telling, b: Telling) -> int:
    """0 where the intervals overlap or one is unbounded."""
    if a.start is None or a.end is None or b.start is None or b.end is None:
        return 0
    return max(0, (a.start - b.end).days, (b.start - a.end).days)


def _times_contradict(a: Telling, b: Telling) -> bool:
    if not (a.exact and b.exact):
        return False
    days = _days_apart(a, b)
    if days:
        # Only an attack around midnight falls on two days: late on the first, early on the next.
        first, second = (a, b) if (a.start or date.min) < (b.start or date.min) else (b, a)
        return first.draft.daypart not in (None, "evening", "night") or (
            second.draft.daypart not in (None, "night", "dawn")
        )
    clock_a, clock_b = _minutes(a.draft.time_local), _minutes(b.draft.time_local)
    if clock_a is not None and clock_b is not None:
        return abs(clock_a - clock_b) > 180
    if a.draft.daypart and b.draft.daypart:
        return _dayparts_apart(a.draft.daypart, b.draft.daypart) > 1
    return False


def _dayparts_apart(a: str, b: str) -> int:
    """Steps around the clock: evening and night are one apart, so are night and dawn."""
    names: Sequence[str] = DAYPARTS
    steps = abs(names.index(a) - names.index(b))
    return min(steps, len(names) - steps)


def _minutes(clock: str | None) -> int | None:
    if not clock:
        return None
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes)


# Reasons for


def _date_points(a: Telling, b: Telling) -> float:
    if a.exact and b.exact:
        return 3.0 if a.start == b.start else 1.0
    if a.draft.date and b.draft.date:
        return 0.5
    if a.draft.date or b.draft.date or a.end is None or b.end is None:
        return 0.0
    return 1.0 if abs(a.end - b.end) <= SAME_NEWS else 0.0


def _place_points(
    ours: Sequence[DraftSite], theirs: Sequence[DraftSite], gazetteer: Gazetteer
) -> tuple[float, int]:
    """Points for shared places, and how many of them agree at all."""
    groups = [
        _pairs(
            [site for site in ours if (site.role == "launch") is launch],
            [site for site in theirs if (site.role == "launch") is launch],
            gazetteer,
        )
        for launch in (False, True)
    ]
    down, launch = (group[0] if group else 0.0 for group in groups)
    every = [value for group in groups for value in group]
    points = 3.0 * max(down, launch) + 1.5 * min(down, launch)
    points += min(2.0, sum(groups[0][1:]))
    if _all_elsewhere(ours, theirs, groups[0]):
        points -= 1.0
    return points, len(every)


def _all_elsewhere(
    ours: Sequence[DraftSite], theirs: Sequence[DraftSite], pairs: list[float]
) -> bool:
    """Both say where it came down, and name different places."""
    return not pairs and all(
        any(site.role != "launch" and site.lat is not None for site in sites)
        for sites in (ours, theirs)
    )


def _pairs(
    ours: Iterable[DraftSite], theirs: Sequence[DraftSite], gazetteer: Gazetteer
) -> list[float]:
    """How near the best one-to-one pairs are (0 to 1), best first, without the zeros."""
    every = sorted(
        (
            (_closeness(a, b, gazetteer), i, j)
            for i, a in enumerate(ours)
            for j, b in enumerate(theirs)
        ),
        key=lambda pair: (-pair[0], pair[1], pair[2]),
    )
    taken: set[tuple[str, int]] = set()
    found = []
    for value, i, j in every:
        if value > 0 and not {("a", i), ("b", j)} & taken:
            taken |= {("a", i), ("b", j)}
            found.append(value)
    return found


def _closeness(a: DraftSite, b: DraftSite, gazetteer: Gazetteer) -> float:
    """1 for the same exact place, less for near, nested or large ones, 0 for places apart."""
    if a.lat is None or b.lat is None:
        return 0.0
    if same_place(a, b):
        value = 1.0
    elif covers(a, b, gazetteer) or covers(b, a, gazetteer):
        value = 0.7
    elif metres(a, b) <= min(NEAR_CAP_M, max(NEAR_M, extent(a) + extent(b))):
        value = 0.4
    else:
        return 0.0
    # What was aimed at in one report may be what was hit in another.
    if a.role != b.role:
        value *= 0.9
    return value * _exactness(max(extent(a), extent(b)))


def _exactness(radius_m: float) -> float:
    """Sharing a quarter says much, sharing a city little."""
    for limit, weight in ((3_000, 1.0), (8_000, 0.7), (20_000, 0.2)):
        if radius_m <= limit:
            return weight
    return 0.0


def _detail_points(a: Draft, b: Draft) -> float:
    points = (
        _figure_points(a.killed, b.killed, clash=-1.5)
        + _figure_points(a.wounded, b.wounded, clash=-0.5)
        + _figure_points(a.munitions, b.munitions, clash=-0.5)
    )
    if a.weapon and a.weapon == b.weapon:
        points += 0.5
    if a.daypart and a.daypart == b.daypart:
        points += 0.5
    if {fold(name) for name in a.claimed_by} & {fold(name) for name in b.claimed_by}:
        points += 1.0
    return points


def _figure_points(a: Casualties, b: Casualties, *, clash: float) -> float:
    """Equal figures speak for one event, the more the rarer they are; far apart ones against."""
    if a.low is None or a.high is None or b.low is None or b.high is None:
        return 0.0
    apart = max(0, a.low - b.high, b.low - a.high)
    largest = max(a.high, b.high)
    if apart == 0:
        return 1.0 if largest >= 3 else 0.5 if largest else 0.3
    return 0.3 if apart <= max(2, 0.35 * largest) else clash


# Against what is stored


def match(
    drafts: Sequence[Draft],
    *,
    published: datetime | None,
    gazetteer: Gazetteer,
    held: Sequence[Held] = (),
    barred: Container[int] = (),
) -> list[Match]:
    """The stored incident of each draft that has one, best fits first.

    ``held`` is what the same article told before, ``barred`` are incidents that a person gave it.
    Two drafts of one article are two events, so they share an incident only where an editor
    merged them. Call it while holding ``DataVersion.lock()``.
    """
    own = {before.incident_id for before in held}
    fits: list[Match] = []
    for index, draft in enumerate(drafts):
        told = telling(draft, published)
        fits += _kept(index, told, published, held, gazetteer)
        found = _fits(told, gazetteer)
        found = [fit for fit in found if fit[0].pk not in own and fit[0].pk not in barred]
        if _clear(found):
            fits += [Match(index, incident.pk, alike.points) for incident, alike in found]
    fits.sort(key=lambda fit: (-fit.points, fit.draft_index, fit.incident_id))
    chosen: list[Match] = []
    for fit in fits:
        if not any(fit.excludes(other) for other in chosen):
            chosen.append(fit)
    return chosen


def similar(incident: Incident, gazetteer: Gazetteer) -> list[tuple[Incident, float]]:
    """Other incidents that may be the same event, likeliest first: for an editor to merge."""
    return [
        (other, alike.points)
        for other, alike in _fits(stored_telling(incident), gazetteer)
        if other.pk != incident.pk
    ]


def _kept(
    index: int,
    told: Telling,
    published: datetime | None,
    held: Iterable[Held],
    gazetteer: Gazetteer,
) -> Iterator[Match]:
    """Incidents of the same article that the draft may go on telling, places corrected or not."""
    for before in held:
        old = telling(before.draft, published)
        if not _ruled_out(told, old):
            places, _ = _place_points(told.draft.sites, old.draft.sites, gazetteer)
            points = _date_points(told, old) + places + _detail_points(told.draft, old.draft)
            firm = before.firm or before.draft.date is not None or told.draft.date is None
            # Likelier pairs first, within a range that no other evidence reaches or undercuts.
            share = max(0.0, min(points, 20.0)) / 20.0
            base = FIRM if firm else LOOSE
            yield Match(index, before.incident_id, base + share * 0.9, before)


def _fits(told: Telling, gazetteer: Gazetteer) -> list[tuple[Incident, Likeness]]:
    """Incidents that fit, best first."""
    found = [
        (incident, alike)
        for incident in _candidates(told)
        if (alike := likeness(told, stored_telling(incident), gazetteer)).enough
    ]
    found.sort(key=lambda fit: (-fit[1].points, fit[0].pk))
    return found


def _clear(found: list[tuple[Incident, Likeness]]) -> bool:
    """Without exact dates, one incident must lead the others clearly."""
    if len(found) < 2 or found[0][1].exact:
        return True
    return found[0][1].points - found[1][1].points >= CLEAR_LEAD


def _candidates(told: Telling) -> Iterator[Incident]:
    nearby = Q()
    for site in told.draft.sites:
        if site.lat is not None and site.lon is not None:
            nearby |= Q(
                lat__range=(site.lat - SEARCH_DEGREES, site.lat + SEARCH_DEGREES),
                lon__range=(site.lon - SEARCH_DEGREES, site.lon + SEARCH_DEGREES),
            )
    if not nearby:
        return iter(())
    rows = Incident.objects.filter(
        Exists(Site.objects.filter(nearby, incident=OuterRef("pk"))),
        merged_into__isnull=True,
        event_type__in=family(told.draft.event),
    )
    if told.start is not None and told.end is not None:
        rows = rows.filter(
            Q(date_start__isnull=True)
            | Q(
                date_start__lte=told.end + timedelta(days=1),
                date_end__gte=told.start - timedelta(days=1),
            )
        )
    return iter(rows.prefetch_related("sites", "sources__article", "parties__actor__names"))


def stored_telling(incident: Any) -> Telling:
    """A stored incident in the shape of a draft, so that both are compared by one rule."""
    precision = incident.date_precision
    draft = Draft(
        focus=not incident.recalled_only,
        event=incident.event_type,
        date=_date_text(incident),
        date_precision=precision,
        daypart=incident.daypart or None,
        time_local=incident.time_local or None,
        weapon=incident.weapon or None,
        munitions=_stored_figure(incident, "munitions"),
        killed=_stored_figure(incident, "killed"),
        wounded=_stored_figure(incident, "wounded"),
        sites=tuple(_stored_site(site) for site in incident.sites.all()),
        claimed_by=tuple(
            spelling.name
            for party in incident.parties.all()
            if party.role == "claimed_by"
            for spelling in party.actor.names.all()
        ),
    )
    if incident.date_start is not None:
        return Telling(draft, incident.date_start, incident.date_end)
    published = [
        source.article.published_at
        for source in incident.sources.all()
        if source.article.published_at is not None
    ]
    return telling(draft, min(published, default=None))


def _date_text(incident: Incident) -> str | None:
    if incident.date_start is None:
        return None
    length = {"day": 10, "month": 7, "year": 4}.get(incident.date_precision, 0)
    return incident.date_start.isoformat()[:length] or None


def _stored_figure(incident: Incident, name: str) -> Casualties:
    low, best, high = (getattr(incident, f"{name}_{part}") for part in ("low", "best", "high"))
    return Casualties(best=best, low=low, high=high)


def _stored_site(site: Any) -> DraftSite:
    return DraftSite(
        role=site.role,
        span=Span(0, 0),
        surface=site.surface,
        place_id=site.place_id or None,
        lat=site.lat,
        lon=site.lon,
        level=site.level or None,
        radius_m=site.radius_m,
    )
