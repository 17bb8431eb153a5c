"""The gazetteer as a geopy geocoder: offline, and at home in any geopy code.

>>> geocoder = GazetteerGeocoder()
>>> geocoder.geocode("حي الأمين الثانية").raw["id"]
'al-amin-al-thaniya'
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from typing import Any, NoReturn

from geopy.adapters import BaseSyncAdapter
from geopy.exc import GeocoderQueryError, GeocoderServiceError
from geopy.geocoders.base import DEFAULT_SENTINEL, Geocoder
from geopy.location import Location
from geopy.point import Point

from gazetteer.index import Gazetteer, load
from gazetteer.place import Lang, Place

_LIMIT = 5


class _NoNetwork(BaseSyncAdapter):  # type: ignore[misc]  # geopy has no types
    """Geopy gives every geocoder a connection; ours refuses to use one."""

    def get_json(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        raise GeocoderServiceError("the gazetteer never asks the network")

    get_text = get_json


class GazetteerGeocoder(Geocoder):  # type: ignore[misc]  # geopy has no types
    """Geocode names of Baghdad and Iraq from the bundled gazetteer.

    ``language`` ("en" or "ar") is that of the addresses; candidates that score below
    ``min_score`` (0..1) are left out. ``timeout`` is there because geopy's callers pass it.
    """

    def __init__(
        self,
        gazetteer: Gazetteer | None = None,
        *,
        language: str = "en",
        min_score: float = 0.0,
        timeout: Any = DEFAULT_SENTINEL,
    ) -> None:
        super().__init__(timeout=timeout, adapter_factory=_NoNetwork)
        self.gazetteer = gazetteer if gazetteer is not None else load()
        self.language = _language(language)
        self.min_score = min_score

    def geocode(
        self,
        query: str,
        *,
        exactly_one: bool = True,
        timeout: Any = DEFAULT_SENTINEL,  # noqa: ARG002  (geopy's callers pass it)
        limit: int | None = None,
        language: str | None = None,
    ) -> Location | list[Location] | None:
        """The best place for a name, or with ``exactly_one=False`` up to ``limit`` of them.

        ``Location.raw`` is the entry with ``score``, ``why``, ``reason`` and the ``name`` that
        matched. None where nothing fits; ``GeocoderQueryError`` for an empty query.
        """
        if not isinstance(query, str) or not query.strip():
            raise GeocoderQueryError(f"a name to look up is needed, got {query!r}")
        lang = _language(language or self.language)
        return _answer(
            (
                self._location(
                    candidate.place,
                    lang,
                    score=candidate.score,
                    why=candidate.why,
                    reason=candidate.reason,
                    name=candidate.name.text,
                )
                for candidate in self.gazetteer.lookup(query, limit=limit or _LIMIT)
                if candidate.score >= self.min_score
            ),
            exactly_one,
        )

    def reverse(
        self,
        query: Any,
        *,
        exactly_one: bool = True,
        timeout: Any = DEFAULT_SENTINEL,  # noqa: ARG002  (geopy's callers pass it)
        limit: int | None = None,
        language: str | None = None,
    ) -> Location | list[Location] | None:
        """The place at a point: a ``geopy.Point``, a (lat, lon) pair or a string of one.

        Best is the smallest place whose radius covers the point; behind those that do come the
        nearest others. ``Location.raw`` is the entry with ``distance_m`` to its point and
        ``inside``. None where no place of the gazetteer reaches.
        """
        lang = _language(language or self.language)
        lat, lon = _position(query)
        limit = limit or _LIMIT
        covering = self.gazetteer.covering(lat, lon)
        if not covering:
            return None
        covered = {near.place.id for near in covering}
        others = [n for n in self.gazetteer.near(lat, lon, limit) if n.place.id not in covered]
        return _answer(
            (
                self._location(
                    near.place,
                    lang,
                    distance_m=round(near.distance_m, 1),
                    inside=near.place.id in covered,
                )
                for near in [*covering, *others][:limit]
            ),
            exactly_one,
        )

    def _location(self, place: Place, lang: Lang, **more: Any) -> Location:
        chain = (place, *self.gazetteer.parents(place))
        names = [p.name_ar if lang == "ar" else p.name_en for p in chain]
        address = ("، " if lang == "ar" else ", ").join(names)
        return Location(address, Point(place.lat, place.lon), {**place.to_dict(), **more})


def _position(query: Any) -> tuple[float, float]:
    if not query:
        raise GeocoderQueryError(f"no point: {query!r}; give latitude and longitude")
    try:
        with warnings.catch_warnings():
            # Geopy turns a latitude of 200 into another one and only warns.
            warnings.simplefilter("error")
            point = Point(query)
    except (TypeError, ValueError, UserWarning) as error:
        raise GeocoderQueryError(f"no point: {query!r} ({error})") from error
    return point.latitude, point.longitude


def _language(language: str) -> Lang:
    """'ar' of 'ar-IQ' or 'ar,en': geopy's users write all three."""
    primary = language.replace("_", "-").split(",")[0].split("-")[0].strip().lower()
    if primary == "ar":
        return "ar"
    if primary == "en":
        return "en"
    raise GeocoderQueryError(f"unknown language {language!r}: use ar or en")


def _answer(locations: Iterable[Location], exactly_one: bool) -> Location | list[Location] | None:
    found = list(locations)
    if not found:
        return None
    return found[0] if exactly_one else found
