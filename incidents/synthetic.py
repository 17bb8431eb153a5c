"""Made-up incidents in any number, spread like real ones: to measure and to try things out.

They are marked as demo and are no record of anything.
"""

from __future__ import annotations

import math
import random
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from itertools import accumulate
from typing import Any

from django.db import transaction
from django.utils import timezone

from extraction.document import DAYPARTS
from gazetteer import Gazetteer, Place, fold
from incidents.actors import actor_for
from incidents.models import (
    ActorRole,
    DataVersion,
    Grade,
    Incident,
    IncidentActor,
    PublicId,
    Site,
    SiteRole,
    Status,
)
from incidents.tiles import tiles_of

BATCH = 2_000

# Kinds, how often they occur (out of 100), their weapons, and how far they reach, in km.
KINDS: tuple[tuple[str, int, tuple[str, ...], tuple[float, float]], ...] = (
    ("mortar", 36, ("mortar", ""), (0.5, 6.0)),
    ("rocket", 34, ("katyusha", "katyusha", "grad", ""), (2.0, 20.0)),
    ("ied", 22, ("ied", "car_bomb", "suicide"), (0.0, 0.0)),
    ("drone", 4, ("drone",), (5.0, 40.0)),
    ("shooting", 3, ("",), (0.0, 0.5)),
    ("missile", 1, ("missile",), (10.0, 60.0)),
)
# Attacks by year, in hundredths: the war's years are crowded, later ones are not.
YEARS = {
    2003: 2,
    2004: 10,
    2005: 13,
    2006: 20,
    2007: 24,
    2008: 13,
    2009: 7,
    2010: 3,
    **dict.fromkeys(range(2011, 2014), 1),
    **dict.fromkeys(range(2014, 2017), 1),
    2020: 1,
    2021: 1,
}
GROUPS = ("Mahdi Army", "Islamic State", "Kataib Hezbollah", "Ahl al-Kahf", "Asaib Ahl al-Haq")
CENTRE = "green-zone"


def make(count: int, *, seed: int, gazetteer: Gazetteer) -> Iterator[int]:
    """Store ``count`` published incidents with a launch and an impact site each.

    Yields how many are stored after each batch. The same seed gives the same incidents.
    """
    rng = random.Random(seed)  # noqa: S311
    world = _World(gazetteer, rng)
    groups = [actor_for(name) for name in GROUPS]
    # Day by day, so that the numbers of a day are reserved once.
    days = sorted(_day(rng) for _ in range(count))
    for start in range(0, count, BATCH):
        with transaction.atomic():
            DataVersion.lock()
            _store([world.attack(day) for day in days[start : start + BATCH]], groups, rng)
            DataVersion.bump()
        yield min(start + BATCH, count)


class _World:
    """Where and when attacks happen."""

    def __init__(self, gazetteer: Gazetteer, rng: random.Random) -> None:
        self.rng = rng
        self.places = [
            place
            for place in gazetteer.places.values()
            if place.level in ("landmark", "street", "neighbourhood")
            and gazetteer.is_within(place, "baghdad-governorate")
        ]
        centre = gazetteer.places[CENTRE]
        # Targets crowd in the centre; one in ten kilometres is as likely as ten at its edge.
        self.weights = list(accumulate(1 / (1.0 + _km(place, centre)) for place in self.places))
        self._near: dict[tuple[str, str], list[Place]] = {}

    def attack(self, day: date) -> tuple[Incident, list[Site]]:
        rng = self.rng
        kind, _, weapons, reach = rng.choices(KINDS, [kind[1] for kind in KINDS])[0]
        impact = rng.choices(self.places, cum_weights=self.weights)[0]
        launch = rng.choice(self._in_reach(impact, kind, reach))
        munitions = None if rng.random() < 0.2 else min(40, int(rng.expovariate(0.4)) + 1)
        killed, wounded = self._toll(kind)
        incident = Incident(
            status=Status.PUBLISHED,
            published_at=timezone.now(),
            grade=rng.choices(Grade.values, (5, 25, 55, 12, 3))[0],
            event_type=kind,
            date_start=day,
            date_end=day,
            date_precision="day",
            daypart=rng.choice((*DAYPARTS, "")),
            weapon=rng.choice(weapons),
            is_demo=True,
            **_figure("munitions", munitions, rng),
            **_toll_columns("killed", killed, rng),
            **_toll_columns("wounded", wounded, rng),
        )
        sites = [
            self._site(SiteRole.LAUNCH, launch, None),
            self._site(SiteRole.IMPACT, impact, munitions),
        ]
        _take_point(incident, sites[1])
        names = (launch.name_en, launch.name_ar, impact.name_en, impact.name_ar, incident.weapon)
        incident.search_text = "\n".join(_folded(name) for name in names if name)
        return incident, sites

    def _in_reach(self, impact: Place, kind: str, reach: tuple[float, float]) -> list[Place]:
        known = self._near.get((impact.id, kind))
        if known is None:
            low, high = reach
            known = [place for place in self.places if low <= _km(place, impact) <= high]
            known = known or [impact]
            self._near[impact.id, kind] = known
        return known

    def _toll(self, kind: str) -> tuple[int | None, int | None]:
        rng = self.rng
        if rng.random() < 0.15:
            return None, None
        scale = 0.4 if kind == "ied" else 1.2
        return int(rng.expovariate(scale)), int(rng.expovariate(scale / 2))

    def _site(self, role: SiteRole, place: Place, count: int | None) -> Site:
        """At the place's own point, as the gazetteer gives it, or somewhere within its extent."""
        rng = self.rng
        lat, lon = place.lat, place.lon
        if rng.random() < 0.4:
            away, angle = place.radius_m * math.sqrt(rng.random()), rng.random() * 2 * math.pi
            lat += away * math.cos(angle) / 111_320
            lon += away * math.sin(angle) / (111_320 * math.cos(math.radians(lat)))
        tile_x, tile_y = tiles_of(lat, lon)
        return Site(
            role=role,
            place_id=place.id,
            name_en=place.name_en,
            name_ar=place.name_ar,
            surface=place.name_ar,
            lat=round(lat, 6),
            lon=round(lon, 6),
            level=place.level,
            radius_m=place.radius_m,
            relation=rng.choice(("at", "near", "inside")),
            count=count,
            confidence=round(rng.uniform(0.5, 1.0), 2),
            tile_x=tile_x,
            tile_y=tile_y,
        )


def _day(rng: random.Random) -> date:
    year = rng.choices(list(YEARS), list(YEARS.values()))[0]
    return date(year, 1, 1) + timedelta(days=rng.randrange(365))


def _store(
    attacks: list[tuple[Incident, list[Site]]], groups: list[Any], rng: random.Random
) -> None:
    by_prefix: dict[str, list[Incident]] = defaultdict(list)
    for incident, _ in attacks:
        by_prefix[PublicId.prefix_of(incident)].append(incident)
    for prefix, incidents in by_prefix.items():
        numbers = PublicId.reserve(prefix, len(incidents))
        for incident, public_id in zip(incidents, numbers, strict=True):
            incident.public_id = public_id
    Incident.objects.bulk_create([incident for incident, _ in attacks], batch_size=500)
    sites = []
    parties = []
    for incident, own in attacks:
        for number, site in enumerate(own, 1):
            site.incident = incident
            site.number = number
            sites.append(site)
        if rng.random() < 0.2:
            role = rng.choice((ActorRole.CLAIMED_BY, ActorRole.ATTRIBUTED_TO))
            parties.append(IncidentActor(incident=incident, actor=rng.choice(groups), role=role))
    Site.objects.bulk_create(sites, batch_size=500)
    IncidentActor.objects.bulk_create(parties, batch_size=500)


_folded = lru_cache(maxsize=4096)(fold)


def _take_point(incident: Incident, site: Site) -> None:
    incident.lat, incident.lon, incident.radius_m = site.lat, site.lon, site.radius_m
    incident.place_level = site.level
    incident.place_en, incident.place_ar = site.name_en, site.name_ar
    incident.tile_x, incident.tile_y = site.tile_x, site.tile_y


def _figure(name: str, best: int | None, rng: random.Random) -> dict[str, int | None]:
    """low, best and high; reports differ over one in four figures."""
    if best is None:
        return {f"{name}_{part}": None for part in ("low", "best", "high")}
    spread = best if rng.random() < 0.25 else 0
    low, high = best - rng.randint(0, spread), best + rng.randint(0, spread)
    return {f"{name}_low": low, f"{name}_best": best, f"{name}_high": high}


def _toll_columns(name: str, best: int | None, rng: random.Random) -> dict[str, Any]:
    status = "unknown" if best is None else "stated" if best else "none_stated"
    return {**_figure(name, best, rng), f"{name}_status": status}


def _km(a: Place, b: Place) -> float:
    """Flat-earth distance: within a city it is off by metres, and a hundred times faster."""
    north = (a.lat - b.lat) * 111.32
    east = (a.lon - b.lon) * 111.32 * math.cos(math.radians(a.lat))
    return math.hypot(north, east)
