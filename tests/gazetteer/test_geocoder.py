"""The geocoder behaves as geopy's users expect."""

import pytest
from geopy.exc import GeocoderQueryError, GeocoderServiceError
from geopy.extra.rate_limiter import RateLimiter
from geopy.geocoders.base import Geocoder
from geopy.location import Location
from geopy.point import Point

from gazetteer import GazetteerGeocoder, load


@pytest.fixture(scope="module")
def geocoder() -> GazetteerGeocoder:
    return GazetteerGeocoder()


def test_is_one_of_geopys(geocoder: GazetteerGeocoder) -> None:
    assert isinstance(geocoder, Geocoder)
    assert geocoder.gazetteer is load()


@pytest.mark.parametrize(
    ("query", "place_id"),
    [
        ("Green Zone", "green-zone"),
        ("المنطقه الخضرا", "green-zone"),
        ("Karrada, Baghdad, Iraq", "karrada"),
    ],
)
def test_geocode(geocoder: GazetteerGeocoder, query: str, place_id: str) -> None:
    location = geocoder.geocode(query)
    assert isinstance(location, Location)
    place = load().places[place_id]
    assert location.raw["id"] == place_id
    assert (location.latitude, location.longitude) == (place.lat, place.lon)
    assert 0 < location.raw["score"] <= 1
    assert location.raw["name"]


@pytest.mark.parametrize(
    ("language", "address"),
    [
        ("en", "Karrada, Karrada District, Baghdad, Baghdad Governorate, Iraq"),
        ("ar", "الكرادة، قضاء الكرادة، بغداد، محافظة بغداد، العراق"),
        ("ar-IQ", "الكرادة، قضاء الكرادة، بغداد، محافظة بغداد، العراق"),
    ],
)
def test_addresses_in_both_languages(
    geocoder: GazetteerGeocoder, language: str, address: str
) -> None:
    assert geocoder.geocode("Karrada", language=language).address == address
    assert GazetteerGeocoder(language=language).geocode("Karrada").address == address


def test_several_answers(geocoder: GazetteerGeocoder) -> None:
    found = geocoder.geocode("al-Ameen", exactly_one=False)
    assert [x.raw["id"] for x in found] == ["al-amin", "al-amin-al-thaniya", "al-amin-al-ula"]
    assert len(geocoder.geocode("al-Ameen", exactly_one=False, limit=2)) == 2


@pytest.mark.parametrize("exactly_one", [True, False])
def test_no_answer_is_none(geocoder: GazetteerGeocoder, exactly_one: bool) -> None:
    assert geocoder.geocode("Timbuktu", exactly_one=exactly_one) is None
    assert geocoder.reverse((51.5, -0.1), exactly_one=exactly_one) is None


def test_weak_answers_can_be_left_out() -> None:
    assert (
        GazetteerGeocoder(min_score=0.7).geocode("al-Ameen", exactly_one=False)[-1].raw["id"]
        == "al-amin"
    )


@pytest.mark.parametrize("query", ["", "  ", None, 7])
def test_an_empty_query_is_geopys_error(geocoder: GazetteerGeocoder, query: str) -> None:
    with pytest.raises(GeocoderQueryError, match="a name to look up is needed"):
        geocoder.geocode(query)


def test_an_unknown_language_is_geopys_error(geocoder: GazetteerGeocoder) -> None:
    with pytest.raises(GeocoderQueryError, match="use ar or en"):
        geocoder.geocode("Karrada", language="fr")


@pytest.mark.parametrize("query", [(33.3076, 44.3903), "33.3076, 44.3903", Point(33.3076, 44.3903)])
def test_reverse_takes_every_kind_of_point(geocoder: GazetteerGeocoder, query: object) -> None:
    location = geocoder.reverse(query)
    assert "Green Zone" in location.address
    assert location.raw["inside"] is True
    assert location.raw["distance_m"] < 200


def test_reverse_goes_from_the_small_to_the_large(geocoder: GazetteerGeocoder) -> None:
    found = geocoder.reverse((33.301, 44.427), exactly_one=False, limit=50)
    inside = [x.raw for x in found if x.raw["inside"]]
    radii = [raw["radius_m"] for raw in inside if not raw["id"].startswith("mahalla")]
    assert radii == sorted(radii)
    assert {"karrada", "baghdad", "iraq"} <= {raw["id"] for raw in inside}
    assert not any(raw["kind"] in ("river", "street") for raw in inside)


@pytest.mark.parametrize("query", ["nowhere", (200, 10), None, ()])
def test_reverse_of_no_point_is_geopys_error(geocoder: GazetteerGeocoder, query: object) -> None:
    with pytest.raises(GeocoderQueryError, match="no point"):
        geocoder.reverse(query)


def test_works_behind_a_rate_limiter(geocoder: GazetteerGeocoder) -> None:
    geocode = RateLimiter(geocoder.geocode, min_delay_seconds=0)
    assert geocode("Karrada", timeout=1).raw["id"] == "karrada"


def test_never_asks_the_network(geocoder: GazetteerGeocoder) -> None:
    with pytest.raises(GeocoderServiceError, match="never asks the network"):
        geocoder.adapter.get_json("https://example.org", timeout=1, headers={})
