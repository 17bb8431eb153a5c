"""Rows and values for tests, each with the least that makes it valid."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from extraction.document import (
    Article as Reported,
)
from extraction.document import Casualties, Draft, DraftSite, Reading, Span, Statement, Victim
from gazetteer import Gazetteer
from incidents import demo
from incidents.models import Article, Incident, Site, Status
from incidents.uploads import Upload

_numbers = itertools.count(1)

PLACES = {
    "green-zone": ("Green Zone", "المنطقة الخضراء", 33.3076, 44.3903, "neighbourhood", 2000),
    "us-embassy": ("US Embassy", "السفارة الأمريكية", 33.2990, 44.3960, "landmark", 500),
    "baghdad-airport": (
        "Baghdad International Airport",
        "مطار بغداد الدولي",
        33.2625,
        44.2344,
        "landmark",
        2500,
    ),
    "al-amin-al-thaniya": (
        "Al-Amin al-Thaniya",
        "حي الأمين الثانية",
        33.3095,
        44.5040,
        "neighbourhood",
        1200,
    ),
    "daght-street-amin": ("Daght Street", "شارع الضغط", 33.3080, 44.5060, "street", 600),
    "baghdad": ("Baghdad", "بغداد", 33.3325, 44.3836, "city", 15000),
}


def upload(text: str = "", **values: Any) -> Upload:
    """An upload with a text of its own."""
    values.setdefault("language", "en")
    return Upload(text=text or f"The police reported attack number {next(_numbers)}.", **values)


def draft_site(role: str, place: str | None = None, **values: Any) -> DraftSite:
    """A site at one of ``PLACES``, or an unplaced one."""
    if place is not None:
        name_en, name_ar, lat, lon, level, radius_m = PLACES[place]
        values = {
            "place_id": place,
            "surface": name_en,
            "name_en": name_en,
            "name_ar": name_ar,
            "lat": lat,
            "lon": lon,
            "level": level,
            "radius_m": radius_m,
            **values,
        }
    return DraftSite(role=role, **{"span": Span(0, 4), "surface": "in the air", **values})  # type: ignore[arg-type]


def figure(best: int | None, low: int | None = None, high: int | None = None) -> Casualties:
    """A stated figure, a stated none (0) or an unknown one (None)."""
    if best is None:
        return Casualties()
    return Casualties(
        best=best,
        low=best if low is None else low,
        high=best if high is None else high,
        status="stated" if best or high else "none_stated",
    )


def draft(**values: Any) -> Draft:
    """A rocket attack of one day on the Green Zone, unless said otherwise."""
    day = values.get("date", "2020-11-17")
    values = {
        "focus": True,
        "event": "rocket",
        "date": day,
        "date_precision": {10: "day", 7: "month", 4: "year"}.get(len(day or ""), "unknown"),
        "sites": (draft_site("impact", "green-zone"),),
        **values,
    }
    return Draft(**values)


def statement(field: str, value: Any, **values: Any) -> Statement:
    values = {
        "speaker": "police",
        "act": "reports",
        "span": Span(0, 10),
        "quote": "The police",
        "confidence": 0.9,
        **values,
    }
    return Statement(field=field, value=value, **values)


def victim(group: str, status: str, count: int | None, sex: str | None = None) -> Victim:
    return Victim(group=group, status=status, count=count, sex=sex)  # type: ignore[arg-type]


class Reads:
    """A reader that finds the given drafts in every article: ``ingest(…, read=Reads(draft()))``."""

    def __init__(self, *drafts: Draft, extractor: str = "test 1") -> None:
        self.drafts = drafts
        self.extractor = extractor
        self.articles: list[Reported] = []

    def __call__(self, article: Reported, gazetteer: Gazetteer) -> Reading:
        self.articles.append(article)
        return Reading(article.id, article.lang or "en", self.extractor, drafts=self.drafts)


def article(**values: Any) -> Article:
    """A stored article."""
    return Article.objects.create(
        **{"body": f"Stored article number {next(_numbers)}.", "language": "en", **values}
    )


def incident(**values: Any) -> Incident:
    """A stored, published rocket attack of 2020-11-17; ``day`` sets both ends of the interval."""
    if (day := values.pop("day", date(2020, 11, 17))) is not None:
        values = {"date_start": day, "date_end": day, "date_precision": "day", **values}
    return Incident.objects.create(**{"event_type": "rocket", "status": Status.PUBLISHED, **values})


def site(
    of: Incident, role: str = "impact", place: str | None = "green-zone", **values: Any
) -> Site:
    """A stored site; an impact becomes the incident's representative point."""
    if place is not None:
        name_en, name_ar, lat, lon, level, radius_m = PLACES[place]
        values = {
            "place_id": place,
            "name_en": name_en,
            "name_ar": name_ar,
            "lat": lat,
            "lon": lon,
            "level": level,
            "radius_m": radius_m,
            **values,
        }
    return Site.objects.create(incident=of, role=role, **values)


# The annotated events of the demo articles, as readings


def told_events() -> Iterator[tuple[Upload, Reads, list[str | None]]]:
    """For each annotated article: an upload, its reader, and the event of each draft."""
    for record in demo.annotated():
        handed_in = Upload(
            text=f"The article {record['id']} of the annotated set.",
            id=record["id"],
            publisher=record["publisher"],
            published=datetime.fromisoformat(record["published"]),
            language=record["lang"],
        )
        drafts = [_annotated(event) for event in record["gold"]["incidents"]]
        names = [event.get("event_id") for event in record["gold"]["incidents"]]
        yield handed_in, Reads(*drafts), names


_CITIES = {"Baghdad", "Erbil", "Mosul", "Tikrit", "Baquba", "Samarra", "Kirkuk"}


def _annotated(event: dict[str, Any]) -> Draft:
    return draft(
        focus=event["focus"],
        event=event["event"],
        date=event["date"],
        daypart=event["daypart"],
        weapon=event["weapon"],
        munitions=figure(event["munitions"]),
        killed=figure(event["killed"]),
        wounded=figure(event["wounded"]),
        claimed_by=tuple(event["claimed_by"]),
        attributed_to=tuple(event["attributed_to"]),
        denied_by=tuple(event["denied_by"]),
        sites=tuple(_annotated_site(site) for site in event["sites"]),
    )


def _annotated_site(site: dict[str, Any]) -> DraftSite:
    """The annotations have no gazetteer keys and a tolerance in place of an extent."""
    tolerance = site["tol_km"]
    level = None
    if tolerance is not None:
        level = "city" if site["name_en"] in _CITIES else "neighbourhood"
    return DraftSite(
        role=site["role"],
        span=Span(0, 4),
        surface=site["surface"],
        name_en=site["name_en"],
        lat=site["lat"],
        lon=site["lon"],
        level=level,  # type: ignore[arg-type]
        radius_m=None if tolerance is None else tolerance * 1000,
        count=site["count"],
    )


def noon(year: int, month: int, day: int) -> datetime:
    return timezone.make_aware(datetime(year, month, day, 12))  # noqa: DTZ001
