"""One filter for every face: a query string → ``IncidentFilter``; nothing is guessed.

Map, list, counts and exports all ask ``Incident.objects.filtered(filter)``, so they always show
the same incidents. An unknown or malformed parameter raises FilterError and never widens or
empties the result.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import UTC, date, datetime, time
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import Q
from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

import gazetteer
from extraction.text import lexicon
from gazetteer import fold
from incidents import actors
from incidents.models import Daypart, EventType, Grade, Incident, IncidentActor, Site, SiteRole

MAX_VALUES = 100
MAX_QUERY = 200
MAX_NUMBER = 999_999_999

CHOICES: dict[str, list[str]] = {
    "event_type": list(EventType.values),
    "role": list(SiteRole.values),
    "grade": list(Grade.values),
    "daypart": list(Daypart.values),
}
_INTEGER = re.compile(r"[0-9]{1,9}")
# RFC 3339. A "+" that nobody escaped arrives as a blank.
_INSTANT = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt ]([0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,6})?)"
    r"([Zz]|[+ -][0-9]{2}:[0-9]{2})"
)

# A number of JSON, and no other: float() also reads "1_000", "nan" and Arabic figures.
DECIMAL = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,20})?([eE][+-]?[0-9]{1,2})?", re.ASCII)


class FilterError(ValueError):
    """A parameter that is unknown or malformed. ``message`` is translated when shown."""

    def __init__(self, parameter: str, message: str | Promise) -> None:
        super().__init__(parameter, message)
        self.parameter = parameter
        self.message = message

    def __str__(self) -> str:
        return f"{self.parameter}: {self.message}"


@dataclass(frozen=True, slots=True)
class BBox:
    """A rectangle in WGS 84 degrees, edges included."""

    west: float
    south: float
    east: float
    north: float

    def __str__(self) -> str:
        return ",".join(f"{value:.7f}".rstrip("0").rstrip(".") for value in self.values)

    @property
    def values(self) -> tuple[float, float, float, float]:
        return (self.west, self.south, self.east, self.north)


@dataclass(frozen=True, slots=True)
class IncidentFilter:
    """What is asked for. Empty fields ask for nothing in particular.

    Several values of one field mean any of them. ``role``, ``place`` and ``bbox`` speak of one
    and the same site: launched from Sadr City, not launched somewhere and something in Sadr City.
    """

    date_from: date | None = field(default=None, metadata={"name": "from"})
    date_to: date | None = field(default=None, metadata={"name": "to"})
    event_type: tuple[str, ...] = ()
    weapon: tuple[str, ...] = ()
    role: tuple[str, ...] = ()
    actor: tuple[str, ...] = ()
    place: tuple[str, ...] = ()
    min_killed: int | None = None
    min_wounded: int | None = None
    grade: tuple[str, ...] = ()
    daypart: tuple[str, ...] = ()
    bbox: BBox | None = None
    q: str = ""
    updated_since: datetime | None = None

    @classmethod
    def from_query(
        cls, query: str | QueryDict | Mapping[str, Any], *, allowed: Iterable[str] = ()
    ) -> IncidentFilter:
        """Read a query string. ``allowed`` names parameters that belong to the caller.

        Raises FilterError for the first thing that is wrong.
        """
        values = query if isinstance(query, QueryDict) else _query_dict(query)
        only(values, PARAMETERS, also=allowed)
        found = {
            attribute: _READERS[attribute](name, values.getlist(name))
            for name, attribute in PARAMETERS.items()
        }
        parsed = cls(**found)
        if parsed.date_from and parsed.date_to and parsed.date_from > parsed.date_to:
            raise FilterError("from", _("The first day lies after the last day (“to”)."))
        return parsed

    def __bool__(self) -> bool:
        return any(getattr(self, item.name) for item in fields(self)) or (
            self.min_killed is not None or self.min_wounded is not None
        )

    def items(self) -> list[tuple[str, str]]:
        """Parameter names and values as text, in a fixed order, without the empty ones."""
        found = []
        for name, attribute in PARAMETERS.items():
            value = getattr(self, attribute)
            if value is None or value in ((), ""):
                continue
            found.append((name, _written(value)))
        return found

    def to_query(self) -> str:
        """The canonical query string: equal filters give equal strings."""
        return urlencode(self.items(), safe=",:")

    def without(self, parameter: str) -> IncidentFilter:
        """The filter with one parameter taken away."""
        kept = [(name, value) for name, value in self.items() if name != parameter]
        return IncidentFilter.from_query(urlencode(kept))

    def condition(self) -> Q:
        """The filter as a condition on incidents."""
        wanted = self.own_condition()
        # Sets of keys: asked row by row whether there is one, SQLite may look up every place that
        # lies in a city for every incident.
        if self.actor:
            parties = IncidentActor.objects.filter(self.party_condition())
            wanted &= Q(pk__in=parties.order_by().values("incident"))
        if self.about_sites:
            sites = Site.objects.filter(self.site_condition())
            wanted &= Q(pk__in=sites.order_by().values("incident"))
        return wanted

    def own_condition(self) -> Q:
        """What the filter asks of an incident's own fields."""
        wanted = Q()
        if self.date_from:
            wanted &= Q(date_end__gte=self.date_from)
        if self.date_to:
            wanted &= Q(date_start__lte=self.date_to)
        for name in ("event_type", "weapon", "grade", "daypart"):
            if values := getattr(self, name):
                wanted &= Q(**{f"{name}__in": values})
        if self.min_killed is not None:
            wanted &= Q(killed_best__gte=self.min_killed)
        if self.min_wounded is not None:
            wanted &= Q(wounded_best__gte=self.min_wounded)
        for word in fold(self.q).split():
            wanted &= Q(search_text__contains=word)
        if self.updated_since:
            wanted &= Q(updated_at__gte=self.updated_since)
        return wanted

    def party_condition(self) -> Q:
        """What the filter asks of a single party."""
        return Q(actor__slug__in=self.actor)

    @property
    def about_sites(self) -> bool:
        return bool(self.role or self.place or self.bbox)

    def site_condition(self) -> Q:
        """What the filter asks of a single site."""
        wanted = Q()
        if self.role:
            wanted &= Q(role__in=self.role)
        if self.place:
            wanted &= Q(place_id__in=places_within(self.place))
        if self.bbox:
            west, south, east, north = self.bbox.values
            wanted &= Q(lon__range=(west, east), lat__range=(south, north))
        return wanted


# Parameter in the query string → field, in the order of the canonical query string.
PARAMETERS: dict[str, str] = {
    item.metadata.get("name", item.name): item.name for item in fields(IncidentFilter)
}


def _written(value: Any) -> str:
    """A value as the canonical query string has it; instants in UTC, where no "+" gets lost."""
    if isinstance(value, tuple):
        return ",".join(value)
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    return str(value)


def _query_dict(query: str | Mapping[str, Any]) -> QueryDict:
    if isinstance(query, str):
        return QueryDict(query.removeprefix("?"))
    made = QueryDict(mutable=True)
    for name, value in query.items():
        made.setlist(name, [str(item) for item in _listed(value)])
    return made


def _listed(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else [value]


# Reading single parameters: (name, all values given) → typed value


def only(values: QueryDict, names: Iterable[str], *, also: Iterable[str] = ()) -> None:
    """Refuse a query that holds anything but ``names`` and ``also``, and say what there is."""
    known = list(dict.fromkeys((*names, *also)))
    for name in values:
        if name not in known:
            raise FilterError(
                name,
                _("There is no such filter. Filters are: %(names)s.") % {"names": ", ".join(known)},
            )
        if any("\x00" in value for value in values.getlist(name)):  # databases refuse it
            raise FilterError(name, _("This is no text."))


def _one(name: str, values: list[str]) -> str:
    """The one value of a parameter that may be given once; "" if it is not."""
    given = {value.strip() for value in values} - {""}
    if len(given) > 1:
        raise FilterError(name, _("Give this filter once."))
    return given.pop() if given else ""


def _many(name: str, values: list[str]) -> tuple[str, ...]:
    """All values, given repeatedly or with commas between them; sorted, each once."""
    parts = {part.strip() for value in values for part in value.split(",")} - {""}
    if len(parts) > MAX_VALUES:
        raise FilterError(name, _("Give at most %(count)d values.") % {"count": MAX_VALUES})
    return tuple(sorted(parts))


def _date(name: str, values: list[str]) -> date | None:
    text = _one(name, values)
    if not text:
        return None
    try:
        if len(text) != 10:
            raise ValueError
        return date.fromisoformat(text)
    except ValueError:
        raise FilterError(
            name, _("“%(value)s” is no date. Write it as 2020-11-17.") % {"value": text[:40]}
        ) from None


def instant(name: str, values: list[str]) -> datetime | None:
    """An instant of RFC 3339; a date alone is its first moment at the site's place."""
    text = _one(name, values)
    if not text:
        return None
    try:
        if len(text) == 10:
            moment = timezone.make_aware(datetime.combine(date.fromisoformat(text), time.min))
        elif parts := _INSTANT.fullmatch(text):
            day, clock, offset = parts.groups()
            moment = datetime.fromisoformat(f"{day}T{clock}{offset.upper().replace(' ', '+')}")
        else:
            raise ValueError
        return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        raise FilterError(
            name,
            _("“%(value)s” is no moment. Write it as 2026-11-24T09:30:00Z or as 2026-11-24.")
            % {"value": text[:40]},
        ) from None


def whole(name: str, values: list[str], *, low: int = 0, high: int = MAX_NUMBER) -> int | None:
    """A whole number within its bounds; None where none is given."""
    number = _number(name, values)
    if number is not None and not low <= number <= high:
        raise FilterError(
            name,
            _("Write a whole number from %(low)d to %(high)d.") % {"low": low, "high": high},
        )
    return number


def numbered(pages: Paginator[Any], values: list[str]) -> Page[Any]:
    """The page that ``page`` names, the first if it names none; none lies beyond the last."""
    number = whole("page", values, low=1, high=pages.num_pages)
    return pages.page(number or 1)


def _number(name: str, values: list[str]) -> int | None:
    text = _one(name, values)
    if not text:
        return None
    if not (text.isascii() and _INTEGER.fullmatch(text)):
        raise FilterError(
            name,
            _("“%(value)s” is no number. Write a whole number, 0 or more.") % {"value": text[:40]},
        )
    return int(text)


def one_choice(name: str, values: list[str], choices: Iterable[str]) -> str:
    """The one value of a parameter, which is among ``choices``; "" if none is given."""
    value = _one(name, values)
    return _chosen(name, [value], choices)[0] if value else ""


def _choice(name: str, values: list[str]) -> tuple[str, ...]:
    return _chosen(name, _many(name, values), CHOICES[name])


def _chosen(name: str, chosen: Iterable[str], choices: Iterable[str]) -> tuple[str, ...]:
    chosen, choices = tuple(chosen), tuple(choices)
    for value in chosen:
        if value not in choices:
            raise FilterError(
                name,
                _("“%(value)s” is not among the values: %(choices)s.")
                % {"value": value[:40], "choices": ", ".join(choices)},
            )
    return chosen


def _weapon(name: str, values: list[str]) -> tuple[str, ...]:
    """Keys of the lexicon, and those that incidents keep from an older one."""
    chosen = _many(name, values)
    unknown = [value for value in chosen if value not in lexicon.weapons()]
    if unknown:
        stored = Incident.objects.published().filter(weapon__in=unknown).values_list("weapon")
        kept = {weapon for (weapon,) in stored.distinct()}
        _chosen(name, unknown, [*lexicon.weapons(), *kept])
    return chosen


def _place(name: str, values: list[str]) -> tuple[str, ...]:
    chosen = _many(name, values)
    book = gazetteer.load()
    for value in chosen:
        if value not in book.places:
            likely = [candidate.place.id for candidate in book.lookup(value)[:3]]
            raise FilterError(
                name,
                _("“%(value)s” is no key of a place. Did you mean %(keys)s?")
                % {"value": value[:60], "keys": ", ".join(likely)}
                if likely
                else _(
                    "“%(value)s” is no place of the gazetteer. Give its key, such as green-zone."
                )
                % {"value": value[:60]},
            )
    return chosen


def _actor(name: str, values: list[str]) -> tuple[str, ...]:
    chosen = []
    published = Incident.objects.published()
    for value in _many(name, values):
        actor = actors.find(value)
        # That a draft names a group is nobody's business outside.
        if actor is None or not published.filter(parties__actor=actor).exists():
            raise FilterError(
                name,
                _("No incident names “%(value)s”. The codebook lists those that can be asked for.")
                % {"value": value[:60]},
            )
        chosen.append(actor.slug)
    return tuple(sorted(set(chosen)))


def _bbox(name: str, values: list[str]) -> BBox | None:
    text = _one(name, values)
    if not text:
        return None
    form = _("Write four numbers: west,south,east,north, such as 44.2,33.2,44.6,33.5.")
    parts = [part.strip() for part in text.split(",")]
    if len(parts) != 4 or not all(map(DECIMAL.fullmatch, parts)):
        raise FilterError(name, form)
    numbers = [float(part) for part in parts]
    west, south, east, north = numbers
    if not (
        -180 <= west <= 180 and -180 <= east <= 180 and -90 <= south <= 90 and -90 <= north <= 90
    ):
        swapped = all(abs(lat) <= 90 for lat in (west, east)) and all(
            abs(lon) <= 180 for lon in (south, north)
        )
        raise FilterError(
            name,
            _("Longitude comes before latitude: they seem to be swapped.")
            if swapped
            else _("Longitudes lie between -180 and 180, latitudes between -90 and 90."),
        )
    if west > east or south > north:
        raise FilterError(name, _("West must not exceed east, nor south exceed north."))
    # A box near the Gulf of Guinea is fine, one that swaps the sides of Baghdad is a slip.
    if _over_iraq(south, west) and not _over_iraq(west, south):
        raise FilterError(name, _("Longitude comes before latitude: they seem to be swapped."))
    return BBox(west, south, east, north)


def _over_iraq(lon: float, lat: float) -> bool:
    return 38 <= lon <= 49 and 29 <= lat <= 38


def _text(name: str, values: list[str]) -> str:
    text = " ".join(_one(name, values).split())
    if len(text) > MAX_QUERY:
        raise FilterError(name, _("Search for at most %(count)d letters.") % {"count": MAX_QUERY})
    return text


_READERS: dict[str, Any] = {
    "date_from": _date,
    "date_to": _date,
    "event_type": _choice,
    "weapon": _weapon,
    "role": _choice,
    "actor": _actor,
    "place": _place,
    "min_killed": _number,
    "min_wounded": _number,
    "grade": _choice,
    "daypart": _choice,
    "bbox": _bbox,
    "q": _text,
    "updated_since": instant,
}


@lru_cache(maxsize=256)
def places_within(chosen: tuple[str, ...]) -> tuple[str, ...]:
    """The places themselves and all inside them."""
    book = gazetteer.load()
    return tuple(
        place.id
        for place in book.places.values()
        if any(place.id == wanted or book.is_within(place, wanted) for wanted in chosen)
    )
