"""What the map's tools ask the server for: a place by its name, a line from launch to impact."""

from __future__ import annotations

import re
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from incidents import maps
from incidents.models import Status
from tests.incidents.factories import PLACES, incident, site
from tests.project import ROOT

LAUNCH, IMPACT = (
    f"{PLACES[key][2]},{PLACES[key][3]}" for key in ("al-amin-al-thaniya", "green-zone")
)


def get(client: Client, address: str, language: str = "en", **params: Any) -> Any:
    response = client.get(address, params, headers={"Accept-Language": language})
    assert response.status_code == 200, response.content[:400]
    return response.json()


def found(client: Client, name: str, language: str = "en") -> list[dict[str, Any]]:
    places: list[dict[str, Any]] = get(client, "/map/places", language, q=name)["places"]
    return places


# ---- the shell ----


@pytest.mark.django_db
def test_the_page_names_every_module_that_the_desk_imports(client: Client) -> None:
    page = BeautifulSoup(client.get("/").content, "html.parser")
    named = [str(link["href"]) for link in page.find_all("link", rel="modulepreload")]
    assert named[0] == page.find_all("script", src=True)[-1]["src"] == "/static/js/desk.js"
    sources = {path.name: path for path in (ROOT / "static" / "js").glob("*.js")}
    imported = {"desk.js"}
    for address in named:
        source = sources[address.rpartition("/")[2]].read_text(encoding="utf-8")
        imported |= set(re.findall(r'from "\./(\w+\.js)"', source))
    assert {address.rpartition("/")[2] for address in named} == imported
    assert len(named) == len(set(named)) > 20


def test_the_density_is_a_layer_that_is_off_at_first() -> None:
    script = maps.shell().script
    (layer,) = re.findall(r'"density": (feature_group_\w+)', script)
    assert f"{layer}.addTo" not in script
    (impact,) = re.findall(r'"impact": (feature_group_\w+)', script)
    assert f"{impact}.addTo" in script


# ---- a place by its name ----


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("Green Zone", "green-zone"),
        ("green z", "green-zone"),
        ("المنطقة الخضراء", "green-zone"),
        ("المنطقه الخضرا", "green-zone"),
        ("الكرّادة", "karrada"),
        ("karada", "karrada"),
    ],
)
def test_a_place_is_found_by_its_name_in_either_language(
    client: Client, name: str, place: str
) -> None:
    for language in ("en", "ar"):
        assert place in {each["id"] for each in found(client, name, language)[:3]}


def test_a_place_says_what_it_is_where_it_lies_and_how_exactly(client: Client) -> None:
    place = next(p for p in found(client, "Green Zone") if p["id"] == "green-zone")
    assert place["name"].startswith("Green Zone")
    assert place["other"] == "المنطقة الخضراء"
    kind, parent, within = place["line"].split(" · ")
    assert kind == "Neighbourhood"
    assert parent.startswith("in ")
    assert within.startswith("within about ")
    assert place["radius_m"] >= 1000
    arabic = next(p for p in found(client, "Green Zone", "ar") if p["id"] == "green-zone")
    assert (arabic["name"], arabic["other"]) == (place["other"], place["name"])
    assert arabic["line"].split(" · ")[0] == "حي"


@pytest.mark.parametrize("name", ["Qwertyville", "Karkuda Zone", "صصصصص", "Greem Zone", "؟", "…"])
def test_an_unknown_or_misspelled_name_finds_nothing(client: Client, name: str) -> None:
    assert found(client, name) == []


@pytest.mark.parametrize(
    "written",
    ["33.3076, 44.3903", "33.3076°N 44.3903°E", "38S MB 43258 85550", "٣٣٫٣٠٧٦، ٤٤٫٣٩٠٣"],
)
def test_coordinates_stand_for_themselves(client: Client, written: str) -> None:
    (place,) = found(client, written)
    assert (place["id"], place["radius_m"]) == ("", 25)
    assert place["lat"] == pytest.approx(33.3076, abs=2e-4)
    assert place["lon"] == pytest.approx(44.3903, abs=2e-4)
    assert place["other"].startswith("38S MB 43")


@pytest.mark.parametrize("name", ["", "   ", "x" * 201])
def test_what_is_no_name_is_refused_with_what_to_do(client: Client, name: str) -> None:
    response = client.get("/map/places", {"q": name})
    assert response.status_code == 400
    assert "Write a name or coordinates" in response.json()["error"]


# ---- a line from launch to impact ----


@pytest.fixture
def attacks(db: None) -> None:
    for day, weapon in ((1, "grad"), (2, "rocket_107"), (3, ""), (4, "drone")):
        each = incident(weapon=weapon, public_id=f"BGD-2020-11-0{day}-01")
        site(each, "impact", "green-zone", number=1)
        site(each, "launch", "al-amin-al-thaniya", number=2)
    elsewhere = incident(weapon="grad")
    site(elsewhere, "impact", "us-embassy", number=1)
    site(elsewhere, "launch", "al-amin-al-thaniya", number=2)
    hidden = incident(weapon="grad", status=Status.DRAFT)
    site(hidden, "impact", "green-zone", number=1)
    site(hidden, "launch", "al-amin-al-thaniya", number=2)


def leg(client: Client, **params: Any) -> Any:
    return get(client, "/map/leg", launch=LAUNCH, impact=IMPACT, **params)


def test_a_line_says_how_far_and_which_way(client: Client, attacks: None) -> None:
    answer = leg(client)
    assert answer["leg"] == {
        "launch": "Al-Amin al-Thaniya",
        "impact": "Green Zone",
        "distance": "10.6 km towards the west (\u2066269°\u2069)",
        "spread": "between 7.39 km and 13.8 km, as exactly as the two places are known",
    }
    assert (answer["count"], answer["pages"]) == (4, 2)


def test_each_incident_of_a_line_is_held_against_its_own_weapon(
    client: Client, attacks: None
) -> None:
    items = leg(client)["items"] + leg(client, page=2)["items"]
    assert {item["id"]: item["fit"] for item in items} == {
        "BGD-2020-11-01-01": "fits",
        "BGD-2020-11-02-01": "open",
        "BGD-2020-11-03-01": "no_weapon",
        "BGD-2020-11-04-01": "no_range",
    }
    assert all(item["url"] == f"/incidents/{item['id']}/" for item in items)


def test_a_line_follows_the_filter(client: Client, attacks: None) -> None:
    assert [item["id"] for item in leg(client, weapon="grad")["items"]] == ["BGD-2020-11-01-01"]
    assert leg(client, weapon="katyusha") == {
        "leg": None,
        "items": [],
        "page": 1,
        "pages": 1,
        "count": 0,
    }


def test_the_map_is_told_what_a_line_is_held_against(client: Client, db: None) -> None:
    for place, weapon in (("green-zone", "grad"), ("us-embassy", ""), ("baghdad-airport", "drone")):
        each = incident(weapon=weapon)
        site(each, "impact", place, number=1)
        site(each, "launch", "al-amin-al-thaniya", number=2)
    for _ in range(2):
        twice = incident(weapon="grad")
        site(twice, "impact", "baghdad", number=1, radius_m=None)
        site(twice, "launch", "al-amin-al-thaniya", number=2)
    lines = get(client, "/map/data", view="44.0,33.0,45.0,34.0", zoom=11)["lines"]
    told = {tuple(line["to"]): (line["n"], line["reach"], line["doubt_m"]) for line in lines}
    assert told == {
        PLACES["green-zone"][2:4]: (1, [1.5, 20.4], 3200),
        PLACES["us-embassy"][2:4]: (1, None, 1700),
        PLACES["baghdad-airport"][2:4]: (1, None, 3700),
        # Of two incidents each may have a weapon of its own.
        PLACES["baghdad"][2:4]: (2, None, None),
    }


@pytest.mark.parametrize(
    ("params", "parameter"),
    [
        ({"launch": "somewhere", "impact": IMPACT}, "launch"),
        ({"launch": LAUNCH}, "impact"),
        ({"launch": "91,0", "impact": IMPACT}, "launch"),
        ({"launch": LAUNCH, "impact": LAUNCH}, "impact"),
        ({"launch": LAUNCH, "impact": IMPACT, "colour": "red"}, "colour"),
    ],
)
@pytest.mark.django_db
def test_what_is_no_line_is_refused(client: Client, params: dict[str, str], parameter: str) -> None:
    response = client.get("/map/leg", params)
    assert (response.status_code, response.json()["parameter"]) == (400, parameter)


@pytest.mark.django_db
def test_the_number_of_queries_does_not_grow_with_the_incidents(
    client: Client, attacks: None, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(8):
        leg(client)
