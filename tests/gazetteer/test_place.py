"""Place and Point check themselves once, when they are made."""

from dataclasses import FrozenInstanceError, replace

import pytest

from gazetteer import LEVELS, Place, PlaceError, Point, load
from gazetteer.place import LEVEL_OF_KIND

AMIN = load().places["al-amin"]


@pytest.mark.parametrize(
    ("kind", "level"),
    [
        ("square", "landmark"),
        ("river", "landmark"),
        ("base", "landmark"),
        ("street", "street"),
        ("neighbourhood", "neighbourhood"),
        ("subdistrict", "district"),
        ("village", "city"),
        ("town", "city"),
        ("governorate", "governorate"),
        ("country", "country"),
    ],
)
def test_level_follows_from_kind(kind: str, level: str) -> None:
    assert replace(AMIN, kind=kind).level == level


def test_every_level_is_reached() -> None:
    assert set(LEVEL_OF_KIND.values()) == set(LEVELS)


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"id": "Al Amin"}, "no slug"),
        ({"kind": "castle"}, "unknown kind"),
        ({"lat": 91.0}, "latitude"),
        ({"lon": float("inf")}, "longitude"),
        ({"radius_m": 0}, "radius_m"),
        ({"name_ar": "Amin"}, "letters of 'ar'"),
        ({"name_en": " Amin"}, "spaces around"),
        ({"name_en": "---"}, "no letter of 'en'"),
    ],
)
def test_a_wrong_place_cannot_be_made(change: dict[str, object], complaint: str) -> None:
    with pytest.raises(PlaceError, match=complaint):
        replace(AMIN, **change)


def test_a_place_is_frozen() -> None:
    with pytest.raises(FrozenInstanceError):
        AMIN.lat = 0.0  # type: ignore[misc]


def test_to_dict_is_plain() -> None:
    entry = AMIN.to_dict()
    assert (entry["id"], entry["level"], entry["parent_id"]) == (
        "al-amin",
        "neighbourhood",
        "new-baghdad-district",
    )
    assert set(entry) == {*Place.__slots__, "level"}


@pytest.mark.parametrize("lat", [-90.1, 90.1, float("nan")])
def test_a_point_is_on_earth(lat: float) -> None:
    with pytest.raises(PlaceError, match="latitude"):
        Point(lat, 0)
