"""The values that flow through a reading: spans, mentions, statements, drafts.

Every offset is a half-open index, in Python characters, into the article body as given.
All values are frozen; nothing here knows Django, the network or the clock.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

Act = Literal["reports", "claims", "attributes", "denies", "disowns", "condemns"]
EventType = Literal["rocket", "mortar", "drone", "missile", "airstrike", "ied", "shooting", "other"]
Role = Literal["launch", "impact", "intercept", "target"]
Relation = Literal["at", "near", "between", "inside", "direction"]
Daypart = Literal["dawn", "morning", "noon", "afternoon", "evening", "night"]
Level = Literal["landmark", "street", "neighbourhood", "district", "city", "governorate", "country"]
CasualtyStatus = Literal["stated", "none_stated", "denied", "unknown"]
DatePrecision = Literal["day", "month", "year", "unknown"]

ACTS: tuple[Act, ...] = ("reports", "claims", "attributes", "denies", "disowns", "condemns")
EVENT_TYPES: tuple[EventType, ...] = (
    "rocket",
    "mortar",
    "drone",
    "missile",
    "airstrike",
    "ied",
    "shooting",
    "other",
)
ROLES: tuple[Role, ...] = ("launch", "impact", "intercept", "target")
DAYPARTS: tuple[Daypart, ...] = ("dawn", "morning", "noon", "afternoon", "evening", "night")


@dataclass(frozen=True, slots=True)
class Article:
    """One news report as handed in. ``published`` is timezone-aware, or None when unknown."""

    text: str
    id: str = ""
    title: str = ""
    publisher: str = ""
    published: datetime | None = None
    lang: str | None = None


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open ``[start, end)`` into ``Article.text``."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"a span runs forwards from 0: got [{self.start}, {self.end})")

    def of(self, text: str) -> str:
        """The very words the span covers."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end

    def covers(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place name in the article. ``lat``/``lon`` are WGS 84 degrees, None when unplaced."""

    span: Span
    surface: str
    place_id: str | None
    name_en: str | None
    name_ar: str | None
    lat: float | None
    lon: float | None
    level: Level | None
    radius_m: float | None
    confidence: float
    why: str = ""


@dataclass(frozen=True, slots=True)
class Unresolved:
    """Something that reads like a place and is not placed, with the reason."""

    span: Span
    surface: str
    why: str


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing somebody says about an event.

    ``value`` is what is stated for ``field`` (an int for counts, an ISO date for ``date``,
    a place id for sites, a group name for ``claimed_by`` …); ``speaker`` is "" for the narrator.
    """

    speaker: str
    act: Act
    field: str
    value: Any
    span: Span
    quote: str
    confidence: float


@dataclass(frozen=True, slots=True)
class DraftSite:
    """A place of the event with its role. No coordinates where the text gives no place."""

    role: Role
    span: Span
    surface: str
    place_id: str | None = None
    name_en: str | None = None
    name_ar: str | None = None
    lat: float | None = None
    lon: float | None = None
    level: Level | None = None
    radius_m: float | None = None
    relation: Relation = "at"
    count: int | None = None
    confidence: float = 0.5


@dataclass(frozen=True, slots=True)
class Casualties:
    """low ≤ best ≤ high, all None while nothing is said. Unknown is not zero."""

    best: int | None = None
    low: int | None = None
    high: int | None = None
    status: CasualtyStatus = "unknown"


@dataclass(frozen=True, slots=True)
class Victim:
    """A group of victims: ``group`` child|adult|civilian|soldier|police|…, ``sex`` or None."""

    group: str
    status: Literal["killed", "wounded"]
    count: int | None
    sex: Literal["female", "male"] | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """One event as one article tells it."""

    focus: bool
    event: EventType
    date: str | None = None
    date_precision: DatePrecision = "unknown"
    daypart: Daypart | None = None
    time_local: str | None = None
    weapon: str | None = None
    munitions: Casualties = field(default_factory=Casualties)
    sites: tuple[DraftSite, ...] = ()
    killed: Casualties = field(default_factory=Casualties)
    wounded: Casualties = field(default_factory=Casualties)
    victims: tuple[Victim, ...] = ()
    claimed_by: tuple[str, ...] = ()
    attributed_to: tuple[str, ...] = ()
    denied_by: tuple[str, ...] = ()
    statements: tuple[Statement, ...] = ()
    confidence: float = 0.5

    def to_dict(self) -> dict[str, Any]:
        """The incident object of DESIGN.md 3."""

        def pair(c: Casualties) -> list[int] | None:
            return None if c.low is None or c.high is None else [c.low, c.high]

        return {
            "focus": self.focus,
            "event": self.event,
            "date": self.date,
            "date_precision": self.date_precision,
            "daypart": self.daypart,
            "time_local": self.time_local,
            "weapon": self.weapon,
            "munitions": self.munitions.best,
            "munitions_range": pair(self.munitions),
            "sites": [
                {
                    "role": s.role,
                    "place_id": s.place_id,
                    "name_en": s.name_en,
                    "name_ar": s.name_ar,
                    "surface": s.surface,
                    "start": s.span.start,
                    "end": s.span.end,
                    "lat": s.lat,
                    "lon": s.lon,
                    "level": s.level,
                    "radius_m": s.radius_m,
                    "relation": s.relation,
                    "count": s.count,
                    "confidence": s.confidence,
                }
                for s in self.sites
            ],
            "killed": self.killed.best,
            "killed_range": pair(self.killed),
            "killed_status": self.killed.status,
            "wounded": self.wounded.best,
            "wounded_range": pair(self.wounded),
            "wounded_status": self.wounded.status,
            "victims": [
                {"group": v.group, "sex": v.sex, "status": v.status, "count": v.count}
                for v in self.victims
            ],
            "claimed_by": list(self.claimed_by),
            "attributed_to": list(self.attributed_to),
            "denied_by": list(self.denied_by),
            "statements": [
                {
                    "speaker": s.speaker,
                    "act": s.act,
                    "field": s.field,
                    "value": s.value.isoformat() if isinstance(s.value, date) else s.value,
                    "start": s.span.start,
                    "end": s.span.end,
                    "quote": s.quote,
                    "confidence": s.confidence,
                }
                for s in self.statements
            ],
            "confidence": self.confidence,
        }


@dataclass(frozen=True, slots=True)
class Reading:
    """What one version of the extractor read in one article."""

    article_id: str
    lang: str
    extractor: str
    mentions: tuple[PlaceMention, ...] = ()
    unresolved: tuple[Unresolved, ...] = ()
    drafts: tuple[Draft, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The JSON object that ``manage.py extract`` prints (DESIGN.md 3)."""
        return {
            "id": self.article_id,
            "lang": self.lang,
            "extractor": self.extractor,
            "mentions": [
                {
                    "start": m.span.start,
                    "end": m.span.end,
                    "surface": m.surface,
                    "place_id": m.place_id,
                    "name_en": m.name_en,
                    "name_ar": m.name_ar,
                    "lat": m.lat,
                    "lon": m.lon,
                    "level": m.level,
                    "radius_m": m.radius_m,
                    "confidence": m.confidence,
                    "why": m.why,
                }
                for m in self.mentions
            ],
            "unresolved": [
                {"start": u.span.start, "end": u.span.end, "surface": u.surface, "why": u.why}
                for u in self.unresolved
            ],
            "incidents": [d.to_dict() for d in self.drafts],
        }
