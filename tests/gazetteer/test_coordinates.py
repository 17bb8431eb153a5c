"""Coordinates written in text, as reports write them."""

import pytest
from geopy.distance import geodesic
from hypothesis import given
from hypothesis import strategies as st

from gazetteer import PlaceError, find_coordinates, format_mgrs

FOUND = [
    # text, surface, lat, lon, precision in metres
    ("fell at 33.3076, 44.3903 today", "33.3076, 44.3903", 33.3076, 44.3903, 11.13),
    ("33.3076 44.3903", "33.3076 44.3903", 33.3076, 44.3903, 11.13),
    ("at 44.3903, 33.3076", "44.3903, 33.3076", 33.3076, 44.3903, 11.13),
    ("33.3076°N 44.3903°E.", "33.3076°N 44.3903°E", 33.3076, 44.3903, 11.13),
    ("33.3N, 44.4E", "33.3N, 44.4E", 33.3, 44.4, 11132.0),
    ("N33.3076 E44.3903", "N33.3076 E44.3903", 33.3076, 44.3903, 11.13),
    ("44.39 E, 33.30 N", "44.39 E, 33.30 N", 33.30, 44.39, 1113.2),
    ("Lat: 33.3 Lon: 44.4", "Lat: 33.3 Lon: 44.4", 33.3, 44.4, 11132.0),
    ("33 degrees 18 minutes north, 44 degrees 23 minutes east", None, 33.3, 44.38333, 1855.33),
    ("33°18′27″N 44°23′25″E", None, 33.3075, 44.39028, 30.92),
    ("33°18'27.4\" N, 44°23'25.1\" E", None, 33.30761, 44.39031, 3.09),
    ("33°18′ شمالاً 44°23′ شرقاً", None, 33.3, 44.38333, 1855.33),
    ("عند ٣٣٫٣٠٧٦ شمالاً و٤٤٫٣٩٠٣ شرقاً", "٣٣٫٣٠٧٦ شمالاً و٤٤٫٣٩٠٣ شرقاً", 33.3076, 44.3903, 11.13),
    ("خط عرض 33.3076 وخط طول 44.3903", None, 33.3076, 44.3903, 11.13),
    ("الإحداثيات: 33.3076، 44.3903", "33.3076، 44.3903", 33.3076, 44.3903, 11.13),
    ("51.5074 N, 0.1278 W", None, 51.5074, -0.1278, 11.13),
    ("grid 38S MB 46 87", "38S MB 46 87", 33.32577, 44.42571, 1000.0),
    ("38SMB4687286714", None, 33.31825, 44.42923, 1.0),
    ("(38S MB 46872 86714)", "38S MB 46872 86714", 33.31825, 44.42923, 1.0),
    ("38s mb 468 867", None, 33.31862, 44.42903, 100.0),
]

NOT_FOUND = [
    "",
    "prices of 12.345, 67.891",
    "rose from 33.31 to 44.39 percent",
    "51.5074, -0.1278",
    "33.31, 44.39",
    "درجات الحرارة 33° و44°",
    "1.2.33.3076, 44.3903",
    "2020-11-17, 12.30",
    "33.3076 N and later 44.3903 E",
    "33.3076 N, 33.4 N",
    "99.5 N, 44.4 E",
    "33°75′N 44°23′E",
    "38S MB 46 871",
    "38I MB 46 87",
    "38S MB",
    "BGD38SMB4687286714X",
    "7 rockets, 5 wounded, 33 houses, 44 cars",
]


@pytest.mark.parametrize(("text", "surface", "lat", "lon", "precision_m"), FOUND)
def test_found(text: str, surface: str | None, lat: float, lon: float, precision_m: float) -> None:
    (found,) = find_coordinates(text)
    assert text[found.start : found.end] == (surface or text)
    assert (round(found.lat, 5), round(found.lon, 5)) == (lat, lon)
    assert found.precision_m == precision_m


@pytest.mark.parametrize("text", NOT_FOUND)
def test_not_found(text: str) -> None:
    assert find_coordinates(text) == []


def test_whoever_is_asked_for_a_position_need_not_write_three_decimals() -> None:
    (found,) = find_coordinates("33.31, 44.4", typed=True)
    assert (found.lat, found.lon, found.precision_m) == (33.31, 44.4, 11132.0)
    assert find_coordinates("33.31, 44.4") == []
    assert find_coordinates("33, 44", typed=True) == []


def test_several_in_order() -> None:
    text = "من 38S MB 46 87 إلى 33.3076, 44.3903 ثم 33.4000, 44.5000"
    found = find_coordinates(text)
    assert [text[c.start : c.end] for c in found] == [
        "38S MB 46 87",
        "33.3076, 44.3903",
        "33.4000, 44.5000",
    ]


@pytest.mark.parametrize("unit", ["33.3076, ", "3° ", "38S MB ", "خط ", "1" * 100, "1° 1' "])
def test_hostile_repetition_ends(unit: str) -> None:
    for found in find_coordinates(unit * 5000):
        assert found.start < found.end


@given(st.text(alphabet="0123456789.,°'\"NSEWnsew شمالاًجنوب-خط٣٫", max_size=60))
def test_spans_lie_in_the_text(text: str) -> None:
    for found in find_coordinates(text):
        assert 0 <= found.start < found.end <= len(text)
        assert -90 <= found.lat <= 90
        assert -180 <= found.lon <= 180


@pytest.mark.parametrize(
    ("digits", "written"), [(5, "38S MB 43242 85554"), (2, "38S MB 43 85"), (1, "38S MB 4 8")]
)
def test_format_mgrs(digits: int, written: str) -> None:
    assert format_mgrs(33.3076, 44.3903, digits=digits) == written


@given(st.floats(29, 37.5), st.floats(38.7, 48.7))
def test_what_is_written_as_mgrs_is_read_back(lat: float, lon: float) -> None:
    (found,) = find_coordinates(format_mgrs(lat, lon))
    assert geodesic((lat, lon), (found.lat, found.lon)).meters < 2


@pytest.mark.parametrize(
    ("lat", "lon", "digits", "complaint"),
    [(91, 0, 5, "latitude"), (85, 0, 5, "84° north"), (33, 44, 6, "1 to 5 digits")],
)
def test_format_mgrs_refuses(lat: float, lon: float, digits: int, complaint: str) -> None:
    with pytest.raises(PlaceError, match=complaint):
        format_mgrs(lat, lon, digits=digits)
