"""The values of the gazetteer: Point, Place, Name. Frozen, and checked when made."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from typing import Any, Literal, get_args

Lang = Literal["ar", "en"]
Level = Literal["landmark", "street", "neighbourhood", "district", "city", "governorate", "country"]
Confidence = Literal["high", "medium", "low"]
NameKind = Literal["official", "alias", "former", "code", "short"]

LEVELS: tuple[Level, ...] = get_args(Level)
CONFIDENCES: tuple[Confidence, ...] = get_args(Confidence)
NAME_KINDS: tuple[NameKind, ...] = get_args(NameKind)

LEVEL_OF_KIND: dict[str, Level] = {
    "country": "country",
    "governorate": "governorate",
    "district": "district",
    "subdistrict": "district",
    "city": "city",
    "town": "city",
    "village": "city",
    "neighbourhood": "neighbourhood",
    "street": "street",
    "airport": "landmark",
    "base": "landmark",
    "bridge": "landmark",
    "camp": "landmark",
    "embassy": "landmark",
    "government": "landmark",
    "hospital": "landmark",
    "hotel": "landmark",
    "landmark": "landmark",
    "market": "landmark",
    "park": "landmark",
    "power_station": "landmark",
    "prison": "landmark",
    "refinery": "landmark",
    "river": "landmark",
    "shrine": "landmark",
    "square": "landmark",
    "university": "landmark",
}

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_ARABIC_LETTER = re.compile(r"[\u0621-\u064a\u0671-\u06d3]")
_LATIN_LETTER = re.compile(r"[A-Za-z\u00c0-\u024f]")


class GazetteerError(ValueError):
    """Anything wrong with the gazetteer's data. The message says where and what to do."""


class PlaceError(GazetteerError):
    """A value that no Place, Point or Name can have."""


def check_script(name: str, lang: Lang) -> None:
    """Refuse an empty name and one written in the other language's letters."""
    if not name.strip() or name != name.strip():
        raise PlaceError(f"name {name!r} is empty or has spaces around it: trim it")
    wanted, unwanted = (
        (_ARABIC_LETTER, _LATIN_LETTER) if lang == "ar" else (_LATIN_LETTER, _ARABIC_LETTER)
    )
    if unwanted.search(name):
        raise PlaceError(f"name {name!r} is not written in the letters of {lang!r}")
    if not wanted.search(name) and not any(char.isdigit() for char in name):
        raise PlaceError(f"name {name!r} has no letter of {lang!r}")


@dataclass(frozen=True, slots=True)
class Point:
    """WGS 84 degrees."""

    lat: float
    lon: float

    def __post_init__(self) -> None:
        # NaN fails both comparisons, so it is refused too.
        if not -90 <= self.lat <= 90:
            raise PlaceError(f"latitude {self.lat} is outside -90..90 degrees")
        if not -180 <= self.lon <= 180:
            raise PlaceError(f"longitude {self.lon} is outside -180..180 degrees")


@dataclass(frozen=True, slots=True)
class Place:
    """One entry. ``lat``/``lon`` are WGS 84 degrees, ``radius_m`` its honest extent in metres.

    ``common_word`` says that the bare name is also an ordinary word, a person, a title or an
    institution. ``source`` is a key of ``Gazetteer.sources``.
    """

    id: str
    kind: str
    name_en: str
    name_ar: str
    parent_id: str | None
    lat: float
    lon: float
    radius_m: int
    common_word: bool
    wikidata: str
    geonames: str
    source: str
    confidence: Confidence
    note: str = ""

    def __post_init__(self) -> None:
        if not _SLUG.fullmatch(self.id):
            raise PlaceError(
                f"id {self.id!r} is no slug: use lower-case letters, digits and single hyphens"
            )
        if self.kind not in LEVEL_OF_KIND:
            raise PlaceError(f"unknown kind {self.kind!r}: use one of {', '.join(LEVEL_OF_KIND)}")
        Point(self.lat, self.lon)
        if not 50 <= self.radius_m <= 500_000:
            raise PlaceError(f"radius_m {self.radius_m} is outside 50..500000 metres")
        if self.confidence not in CONFIDENCES:
            raise PlaceError(
                f"unknown confidence {self.confidence!r}: use one of {', '.join(CONFIDENCES)}"
            )
        if self.confidence == "low" and not self.note:
            raise PlaceError("confidence is low and the note is empty: say why in the note")
        check_script(self.name_en, "en")
        check_script(self.name_ar, "ar")

    @property
    def level(self) -> Level:
        """How coarse a place this is, in the words of exports and the map."""
        return LEVEL_OF_KIND[self.kind]

    @property
    def point(self) -> Point:
        return Point(self.lat, self.lon)

    @property
    def numbered(self) -> bool:
        """A mahalla: known by number only, so never the first answer to a question."""
        return self.id.startswith("mahalla-")

    def to_dict(self) -> dict[str, Any]:
        """A plain, JSON-ready dict of every field and the level."""
        return {**asdict(self), "level": self.level}


@dataclass(frozen=True, slots=True)
class Name:
    """One spelling of a place: ``text`` as people write it, ``folded`` as it is compared."""

    text: str
    folded: str
    lang: Lang
    place_id: str
    kind: NameKind
