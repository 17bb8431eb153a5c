"""Does the weapon reach? A verdict only where it holds wherever in their circles both ends lie."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from django.utils.translation import override
from geopy.distance import geodesic

from incidents import ranges
from incidents.presentation import distance
from tests.incidents.factories import incident, site

LAUNCH = (33.3095, 44.5040)


def end(lat: float | None, lon: float | None, radius_m: float | None = 0, level: str = "") -> Any:
    return SimpleNamespace(place_id=None, lat=lat, lon=lon, radius_m=radius_m, level=level)


def away(km: float, radius_m: float | None = 0, bearing: float = 270) -> Any:
    point = geodesic(kilometers=km).destination(LAUNCH, bearing)
    return end(point.latitude, point.longitude, radius_m)


def check(km: float, weapon: str, radius_m: float = 0, **other: Any) -> ranges.Check:
    checked = ranges.check(end(*LAUNCH, radius_m), away(km, radius_m, **other), weapon)
    assert checked is not None
    return checked


@pytest.mark.parametrize(
    ("km", "weapon", "radius_m", "fit"),
    [
        (11.2, "grad", 0, "fits"),
        (11.2, "grad", 2_000, "fits"),  # 7.2 to 15.2 of 1.5 to 20.4
        (19.0, "grad", 1_000, "open"),  # 17 to 21
        (21.0, "grad", 1_000, "open"),  # the points are too far apart, the places need not be
        (25.0, "grad", 2_000, "too_far"),
        (25.0, "rocket_240", 2_000, "fits"),
        (11.2, "rocket_107", 0, "too_far"),
        (1.0, "grad", 0, "too_near"),
        (1.0, "grad", 300, "open"),  # 0.4 to 1.6
        (0.05, "mortar", 0, "too_near"),
        (3.0, "mortar", 500, "fits"),
        (400.0, "missile", 0, "no_range"),
        (30.0, "drone", 0, "no_range"),
        (11.2, "", 0, "no_weapon"),
        (11.2, "trebuchet", 0, "no_weapon"),
    ],
)
def test_the_verdict_holds_for_the_whole_of_both_circles(
    km: float, weapon: str, radius_m: float, fit: str
) -> None:
    checked = check(km, weapon, radius_m)
    assert checked.fit == fit
    assert checked.warns == (fit in ("too_far", "too_near"))


def test_the_distance_is_the_geodesic_and_the_spread_adds_both_circles() -> None:
    checked = check(11.2, "grad", 1_500, bearing=312)
    assert checked.km == pytest.approx(11.2, abs=1e-6)
    assert checked.bearing == pytest.approx(312, abs=1e-6)
    assert (checked.low_km, checked.high_km) == pytest.approx((8.2, 14.2))
    assert check(1.0, "grad", 1_500).low_km == 0


def test_an_unknown_radius_is_that_of_the_level() -> None:
    launch = end(*LAUNCH, None, "city")
    checked = ranges.check(launch, away(12.0), "grad")
    assert checked is not None
    assert (checked.low_km, checked.high_km) == pytest.approx((2.0, 22.0))
    assert checked.fit == "open"


def test_no_line_without_two_different_points() -> None:
    assert ranges.check(end(None, None), away(3), "grad") is None
    assert ranges.check(away(3), end(None, None), "grad") is None
    assert ranges.check(end(*LAUNCH), end(*LAUNCH), "grad") is None


@pytest.mark.parametrize(
    ("language", "km", "weapon", "radius_m", "said"),
    [
        (
            "en",
            11.2,
            "grad",
            0,
            "Fits the weapon: within the range of Grad (122 mm), 1.5 km to 20.4 km.",
        ),
        (
            "en",
            25,
            "katyusha",
            500,
            "Does not fit the weapon: even at the least it is farther than Katyusha (107 or "
            "122 mm) reaches, 20.4 km.",
        ),
        (
            "en",
            1,
            "grad",
            100,
            "Does not fit the weapon: even at the most it is nearer than Grad (122 mm) can be "
            "fired, 1.5 km.",
        ),
        (
            "en",
            9,
            "rocket_107",
            600,
            "Whether the weapon fits cannot be told: the range of 107 mm rocket, 1 km to 8.5 km, "
            "covers only a part of what the distance may be.",
        ),
        ("en", 30, "drone", 0, "No single range is known for this weapon: drone."),
        ("en", 30, "", 0, "No weapon is named whose range could be checked."),
        (
            "ar",
            11.2,
            "grad",
            0,
            "يلائم السلاح: ضمن مدى غراد (122 ملم)، من 1.5 كم إلى 20.4 كم.",
        ),
    ],
)
def test_the_verdict_in_words(
    language: str, km: float, weapon: str, radius_m: float, said: str
) -> None:
    with override(language):
        assert ranges.verdict(check(km, weapon, radius_m)) == said


@pytest.mark.parametrize(
    ("bearing", "english", "arabic"),
    [
        (0, "towards the north (\u2066000°\u2069)", "باتجاه الشمال (\u2066000°\u2069)"),
        (
            44,
            "towards the north-east (\u2066044°\u2069)",
            "باتجاه الشمال الشرقي (\u2066044°\u2069)",
        ),
        (272, "towards the west (\u2066272°\u2069)", "باتجاه الغرب (\u2066272°\u2069)"),
        (359.8, "towards the north (\u2066000°\u2069)", "باتجاه الشمال (\u2066000°\u2069)"),
    ],
)
def test_the_way_in_words(bearing: float, english: str, arabic: str) -> None:
    checked = check(11.2, "grad", bearing=bearing)
    assert ranges.way(checked) == f"11.2 km {english}"
    with override("ar"):
        assert ranges.way(checked) == f"11.2 كم {arabic}"


@pytest.mark.django_db
def test_every_launch_is_held_against_every_impact() -> None:
    attack = incident(weapon="grad")
    site(attack, "impact", "green-zone", number=1)
    site(attack, "impact", "us-embassy", number=2)
    site(attack, "launch", "al-amin-al-thaniya", number=3)
    site(attack, "target", "baghdad-airport", number=4)
    lines = ranges.rows(attack)
    assert [(line["launch"], line["impact"], line["fit"]) for line in lines] == [
        ("Al-Amin al-Thaniya", "Green Zone", "fits"),
        ("Al-Amin al-Thaniya", "US Embassy", "fits"),
    ]
    assert lines[0]["distance"] == "10.6 km towards the west (\u2066269°\u2069)"
    assert lines[0]["spread"] == (
        "between 7.39 km and 13.8 km, as exactly as the two places are known"
    )
    assert "OPFOR" in lines[0]["source"]


@pytest.mark.django_db
def test_a_mortar_attack_needs_no_word_for_its_weapon() -> None:
    attack = incident(event_type="mortar")
    site(attack, "impact", "green-zone", number=1)
    site(attack, "launch", "al-amin-al-thaniya", number=2)
    (line,) = ranges.rows(attack)
    assert line["fit"] == "too_far"
    assert "mortar (60, 82 or 120 mm) reaches, 7.2 km" in line["verdict"]


@pytest.mark.parametrize(
    ("metres", "said"),
    [
        (0.4, "0 m"),
        (999, "999 m"),
        (1000, "1 km"),
        (11_234, "11.2 km"),
        (999_600, "1000 km"),
        (1_234_000, "1230 km"),
    ],
)
def test_a_distance_has_three_figures_however_long(metres: float, said: str) -> None:
    assert distance(metres) == said
