"""The map's shell and data: nothing from outside, nothing inline without the nonce, one filter."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import folium
import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils.translation import override

from incidents import maps
from incidents.backdrop import backdrop
from incidents.footprint import outlines
from incidents.mapdata import SPOTS_AT_MOST
from incidents.models import Actor, IncidentActor, Site, Status
from incidents.tiles import tile_of
from tests.incidents.factories import PLACES, incident, site

pytestmark = pytest.mark.django_db

VIEW = {"view": "44.0,33.0,45.0,34.0", "zoom": "11"}


def page(client: Client, address: str = "/") -> BeautifulSoup:
    return BeautifulSoup(client.get(address).content, "html.parser")


def get(client: Client, address: str, **params: Any) -> Any:
    response = client.get(address, params)
    assert response.status_code == 200, response.content[:400]
    return response.json()


# ---- the shell ----


def test_folium_loads_leaflet_from_here_and_nothing_else() -> None:
    assert [name for name, _url in folium.Map.default_js] == ["leaflet"]
    assert [name for name, _url in folium.Map.default_css] == ["leaflet_css"]
    links = str(maps.shell().links)
    assert re.findall(r'(?:src|href)="([^"]+)"', links) == [
        "/static/vendor/leaflet/leaflet.js",
        "/static/vendor/leaflet/leaflet.css",
    ]


def test_the_page_loads_nothing_from_outside(client: Client) -> None:
    loaded = [
        tag.get("src") or tag.get("href")
        for tag in page(client).find_all(["script", "link", "img", "use", "iframe", "source"])
    ]
    assert len([url for url in loaded if url]) > 5
    assert [url for url in loaded if url and urlsplit(url).netloc] == []


def test_every_inline_script_carries_the_nonce_and_no_style_is_inline(client: Client) -> None:
    response = client.get("/")
    (nonce,) = re.findall(r"'nonce-([^']+)'", response["Content-Security-Policy"])[:1]
    soup = BeautifulSoup(response.content, "html.parser")
    inline = [tag for tag in soup.find_all("script") if not tag.get("src")]
    run = [tag for tag in inline if tag.get("type") != "application/json"]
    assert len(run) == 2
    assert {tag.get("nonce") for tag in run} == {nonce}
    assert soup.find_all("style") == []
    assert soup.find_all(style=True) == []
    handlers = [
        tag.name for tag in soup.find_all(True) if any(a.startswith("on") for a in tag.attrs)
    ]
    assert handlers == []


def test_the_policy_allows_nothing_unsafe(client: Client) -> None:
    policy = client.get("/")["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'self'" in policy


def test_one_viewport_that_lets_the_reader_zoom(client: Client) -> None:
    (viewport,) = page(client).find_all("meta", attrs={"name": "viewport"})
    assert "user-scalable" not in str(viewport)


def test_the_shell_speaks_the_readers_language() -> None:
    def says(text: str) -> bool:
        return json.dumps(text)[1:-1] in maps.shell().script

    with override("en"):
        assert says("Intercepted in the air")
        assert '"bottomleft"' in maps.shell().script
    with override("ar"):
        assert says("اعتراض في الجو")
        assert '"bottomright"' in maps.shell().script


def test_each_role_has_a_layer() -> None:
    for key in ("impact", "intercept", "launch", "target", "trajectories", "uncertainty"):
        assert f'"{key}": feature_group_' in maps.shell().script


def test_without_a_tile_server_there_is_no_tile_layer() -> None:
    assert "L.tileLayer" not in maps.shell().script


def test_a_tile_server_is_asked_with_a_referrer_and_credited(settings: Any) -> None:
    settings.TILE_URL = "https://tiles.example/{z}/{x}/{y}.png"
    settings.TILE_ATTRIBUTION = "© the map makers"
    script = maps.shell().script
    assert "https://tiles.example/{z}/{x}/{y}.png" in script
    assert '"referrerPolicy": "strict-origin-when-cross-origin"' in script
    assert json.dumps("© the map makers") in script


def test_scripts_never_make_markup_of_text() -> None:
    sources = list(Path(__file__).parents[2].glob("static/js/*.js"))
    assert len(sources) > 10
    unsafe = re.compile(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function"
    )
    assert [s.name for s in sources if unsafe.search(s.read_text(encoding="utf-8"))] == []


# ---- the ground ----


def test_the_ground_is_sent_once(client: Client) -> None:
    response = client.get("/map/backdrop")
    ground = response.json()
    assert {river["id"] for river in ground["rivers"]} == {"tigris", "diyala"}
    assert min(map(len, (ground["urban"], ground["roads"], ground["districts"]))) > 0
    assert ["capital", 7, 33.3325, 44.3836, "Baghdad", "بغداد"] in ground["names"]
    again = client.get("/map/backdrop", headers={"If-None-Match": response["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_names_come_the_important_first() -> None:
    zooms = [name[1] for name in json.loads(backdrop()[0])["names"]]
    assert zooms == sorted(zooms)


def test_the_outline_of_two_far_quarters_is_two_rings_around_them() -> None:
    rings = outlines([(33.3, 44.4, 1000), (33.4, 44.4, 1000)])
    assert len(rings) == 2
    middles = sorted(round(sum(lat for lat, _lon in ring) / len(ring), 2) for ring in rings)
    assert middles == [33.3, 33.4]


def test_the_outline_of_two_near_quarters_is_one_ring() -> None:
    assert len(outlines([(33.3, 44.4, 1000), (33.31, 44.4, 1000)])) == 1


def test_no_quarters_no_outline() -> None:
    assert outlines([]) == []


# ---- spots, cells, lines ----


def test_sites_of_one_role_and_place_are_one_spot(client: Client) -> None:
    first, second = incident(), incident(day=date(2021, 1, 2))
    for each in (first, second):
        site(each, "impact", "green-zone")
    site(first, "launch", "al-amin-al-thaniya", count=7)
    data = get(client, "/map/data", **VIEW)
    found = {(spot["role"], spot["n"], spot["incident"]) for spot in data["spots"]}
    assert found == {("impact", 2, None), ("launch", 1, first.public_id)}
    impact = next(spot for spot in data["spots"] if spot["role"] == "impact")
    x, y = tile_of(*PLACES["green-zone"][2:4])
    assert impact["key"] == f"{x}.{y}.impact"
    assert impact["radius_m"] == 2000
    assert impact["label"] == "Impact, Green Zone: 2 incidents"


def test_spots_are_labelled_in_arabic(client: Client) -> None:
    site(incident(), "impact", "green-zone")
    data = client.get("/map/data", VIEW, headers={"Accept-Language": "ar"}).json()
    assert data["spots"][0]["label"] == "موقع السقوط: المنطقة الخضراء"


def test_a_site_without_coordinates_is_no_spot(client: Client) -> None:
    site(incident(), "intercept", None, surface="in the air")
    assert get(client, "/map/data", **VIEW)["spots"] == []


def test_only_published_incidents_are_shown(client: Client, admin_client: Client) -> None:
    for status in (Status.DRAFT, Status.REVIEWED, Status.REJECTED):
        site(incident(status=status), "impact", "green-zone")
    for visitor in (client, admin_client):
        assert get(visitor, "/map/data", **VIEW)["spots"] == []
        assert get(visitor, "/map/summary")["incidents"] == 0
        assert get(visitor, "/map/list", placed="no")["count"] == 0


def test_only_the_view_is_sent(client: Client) -> None:
    site(incident(), "impact", "green-zone")
    south = {**VIEW, "view": "44.0,32.0,45.0,33.0"}
    assert get(client, "/map/data", **south)["spots"] == []
    assert get(client, "/map/list", placed="yes", **south)["count"] == 0


def test_a_launch_is_joined_to_its_impacts(client: Client) -> None:
    one = incident()
    site(one, "launch", "al-amin-al-thaniya")
    site(one, "impact", "green-zone")
    site(one, "impact", "us-embassy")
    other = incident()
    site(other, "impact", "baghdad-airport")
    lines = get(client, "/map/data", **VIEW)["lines"]
    ends = {(tuple(line["from"]), tuple(line["to"]), line["n"], line["incident"]) for line in lines}
    start = PLACES["al-amin-al-thaniya"][2:4]
    assert ends == {
        (start, PLACES[place][2:4], 1, one.public_id) for place in ("green-zone", "us-embassy")
    }


def test_a_filter_by_sites_shows_those_sites(client: Client) -> None:
    one = incident()
    site(one, "launch", "al-amin-al-thaniya")
    site(one, "impact", "green-zone")
    spots = get(client, "/map/data", role="launch", **VIEW)["spots"]
    assert [spot["role"] for spot in spots] == ["launch"]


def crowd() -> int:
    """More sites at more points than are sent one by one, a quarter of them launches."""
    one = incident()
    number = SPOTS_AT_MOST + 20
    points = [(33.2 + (i % 21) * 0.01, 44.2 + (i // 21) * 0.01) for i in range(number)]
    Site.objects.bulk_create(
        Site(
            incident=one,
            number=i + 1,
            role="impact" if i % 4 else "launch",
            lat=lat,
            lon=lon,
            tile_x=tile_of(lat, lon)[0],
            tile_y=tile_of(lat, lon)[1],
        )
        for i, (lat, lon) in enumerate(points)
    )
    return number


def test_many_spots_are_gathered_into_cells(client: Client) -> None:
    number = crowd()
    data = get(client, "/map/data", **VIEW)
    assert data["spots"] == []
    assert 4 < len(data["cells"]) < SPOTS_AT_MOST
    counted: dict[str, int] = {}
    for cell in data["cells"]:
        west, south, east, north = cell["box"]
        assert west - 1e-4 <= cell["lon"] <= east + 1e-4
        assert south - 1e-4 <= cell["lat"] <= north + 1e-4
        for role, n in cell["roles"].items():
            counted[role] = counted.get(role, 0) + n
    assert counted == {"launch": number / 4, "impact": number * 3 / 4}
    # Twice as close, a cell covers a quarter of the land: there are more of them.
    closer = get(client, "/map/data", **{**VIEW, "zoom": "12"})
    assert len(closer["cells"]) > len(data["cells"])


@pytest.mark.parametrize(
    ("address", "params", "wrong"),
    [
        ("/map/data", {"zoom": "11"}, "view"),
        ("/map/data", {**VIEW, "view": "1,2,3"}, "view"),
        ("/map/data", {**VIEW, "view": "1,2,3,nan"}, "view"),
        ("/map/data", {**VIEW, "zoom": "x"}, "zoom"),
        ("/map/data", {**VIEW, "zoom": "99"}, "zoom"),
        ("/map/data", {**VIEW, "colour": "red"}, "colour"),
        ("/map/data", {**VIEW, "from": "yesterday"}, "from"),
        ("/map/list", {**VIEW}, "placed"),
        ("/map/list", {**VIEW, "placed": "yes", "page": "-1"}, "page"),
        ("/map/spot", {"x": "1", "y": "1", "role": "crater"}, "role"),
        ("/map/spot", {"y": "1", "role": "impact"}, "x"),
        ("/map/summary", {"page": "2"}, "page"),
    ],
)
def test_what_cannot_be_read_is_refused_by_name(
    client: Client, address: str, params: dict[str, str], wrong: str
) -> None:
    response = client.get(address, params)
    assert response.status_code == 400
    answer = response.json()
    assert answer["parameter"] == wrong
    assert answer["error"].startswith(f"{wrong}: ")


def test_an_unchanged_answer_is_not_sent_again(client: Client) -> None:
    from incidents.models import DataVersion

    DataVersion.bump()
    first = client.get("/map/summary")
    again = client.get("/map/summary", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    arabic = client.get(
        "/map/summary", headers={"If-None-Match": first["ETag"], "Accept-Language": "ar"}
    )
    assert arabic.status_code == 200
    DataVersion.bump()
    changed = client.get("/map/summary", headers={"If-None-Match": first["ETag"]})
    assert changed.status_code == 200


@pytest.mark.parametrize(
    "address",
    ["/map/summary?no_such_thing=1", "/map/data?view=nonsense&zoom=9"],
    ids=["filter", "own parameter"],
)
def test_a_refusal_is_never_taken_for_an_unchanged_answer(client: Client, address: str) -> None:
    from incidents.models import DataVersion

    DataVersion.bump()
    good = client.get("/map/summary")["ETag"]
    first = client.get(address)
    assert first.status_code == 400
    assert "ETag" not in first
    assert client.get(address, headers={"If-None-Match": good}).status_code == 400


# ---- counts, list, popup ----


def test_counts_keep_unknown_and_none_apart(client: Client) -> None:
    incident(killed_low=1, killed_best=2, killed_high=4, killed_status="stated")
    incident(killed_low=0, killed_best=0, killed_high=0, killed_status="none_stated")
    incident()
    counts = get(client, "/map/summary")
    assert counts["killed"] == {"low": 1, "best": 2, "high": 4, "unknown": 1}
    assert counts["wounded"] == {"low": None, "best": None, "high": None, "unknown": 3}
    assert (counts["incidents"], counts["unplaced"]) == (3, 3)


@pytest.mark.parametrize(
    ("days", "unit", "bars"),
    [
        (["2020-11-17", "2020-11-17", "2020-11-20"], "day", [["2020-11-17", 2], ["2020-11-20", 1]]),
        (["2020-01-05", "2020-11-17"], "month", [["2020-01", 1], ["2020-11", 1]]),
        (["1991-01-05", "2020-11-17"], "year", [["1991", 1], ["2020", 1]]),
    ],
)
def test_the_time_line_has_a_unit_that_fits(
    client: Client, days: list[str], unit: str, bars: list[list[Any]]
) -> None:
    for day in days:
        incident(day=date.fromisoformat(day))
    histogram = get(client, "/map/summary")["histogram"]
    assert (histogram["unit"], histogram["bars"], histogram["vague"]) == (unit, bars, 0)


def test_dates_that_are_too_vague_for_the_unit_are_counted_beside_it(client: Client) -> None:
    incident(day=date(2020, 3, 1))
    incident(day=date(2020, 4, 1))
    incident(
        day=None,
        date_start=date(2020, 3, 1),
        date_end=date(2020, 3, 31),
        date_precision="month",
    )
    incident(day=None)
    histogram = get(client, "/map/summary")["histogram"]
    assert (histogram["unit"], sum(n for _day, n in histogram["bars"])) == ("day", 2)
    assert histogram["vague"] == 2


def test_the_time_line_stays_whole_while_dates_are_chosen(client: Client) -> None:
    incident(day=date(2020, 1, 1))
    incident(day=date(2021, 1, 1))
    answer = get(client, "/map/summary", **{"from": "2021-01-01"})
    assert answer["incidents"] == 1
    assert len(answer["histogram"]["bars"]) == 2


def test_the_time_line_can_show_the_days_around_the_chosen_ones(client: Client) -> None:
    for day in ("2018-01-01", "2020-03-01", "2020-03-12", "2020-03-20", "2021-01-01"):
        incident(day=date.fromisoformat(day))
    chosen = {"from": "2020-03-10", "to": "2020-03-12"}
    assert get(client, "/map/summary", **chosen)["histogram"]["unit"] == "month"
    near = get(client, "/map/summary", **chosen, time="near")["histogram"]
    assert (near["unit"], near["span"]) == ("day", ["2020-02-25", "2020-03-26"])
    assert near["bars"] == [["2020-03-01", 1], ["2020-03-12", 1], ["2020-03-20", 1]]
    open_end = get(client, "/map/summary", **{"from": "2020-03-10"}, time="near")["histogram"]
    assert "span" not in open_end
    assert client.get("/map/summary?time=soon").status_code == 400


def test_chips_lead_to_the_filter_without_them(client: Client) -> None:
    answer = get(client, "/map/summary", event_type="rocket,drone", q="النجف")
    assert answer["chips"] == [
        ["Drone attack", "?event_type=rocket&q=%D8%A7%D9%84%D9%86%D8%AC%D9%81"],
        ["Rocket attack", "?event_type=drone&q=%D8%A7%D9%84%D9%86%D8%AC%D9%81"],
        ["“النجف”", "?event_type=drone,rocket"],
    ]


def test_a_card_names_the_keys_of_its_signs(client: Client) -> None:
    one = incident(killed_low=1, killed_best=1, killed_high=3, killed_status="stated", lat=1, lon=1)
    site(one, "launch", "al-amin-al-thaniya")
    site(one, "impact", "green-zone")
    answer = get(client, "/map/list", placed="yes", **VIEW)
    spots = {spot["key"] for spot in get(client, "/map/data", **VIEW)["spots"]}
    (card,) = answer["items"]
    assert {spot["key"] for spot in card["spots"]} == spots
    assert card["roles"] == ["impact", "launch"]
    assert card["figures"] == [["1 (\u20661–3\u2069)", "killed"]]


def test_incidents_without_a_place_have_a_list_of_their_own(client: Client) -> None:
    placed = incident(lat=33.3, lon=44.4)
    site(placed, "impact", "green-zone")
    nowhere = incident()
    site(nowhere, "intercept", None, surface="in the air")
    answer = get(client, "/map/list", placed="no")
    assert [card["id"] for card in answer["items"]] == [nowhere.public_id]
    answer = get(client, "/map/list", placed="yes", **VIEW)
    assert [card["id"] for card in answer["items"]] == [placed.public_id]


def test_stacked_sites_are_reachable_one_by_one(client: Client) -> None:
    days = [date(2020, 1, 1), None, date(2022, 1, 1), date(2021, 1, 1)]
    stacked = [incident(day=day) for day in days]
    for each in stacked:
        site(each, "impact", "green-zone")
    x, y = tile_of(*PLACES["green-zone"][2:4])
    where = {"x": x, "y": y, "role": "impact"}
    pages = [get(client, "/map/spot", page=n, **where) for n in (1, 2, 3, 4)]
    order = [stacked[2], stacked[3], stacked[0], stacked[1]]
    assert [p["sight"]["id"] for p in pages] == [each.public_id for each in order]
    assert {p["pages"] for p in pages} == {4}
    for number, each in enumerate(order, 1):
        asked = get(client, "/map/spot", incident=each.public_id, **where)
        assert (asked["page"], asked["sight"]["id"]) == (number, each.public_id)
    filtered = get(client, "/map/spot", **where, **{"from": "2022-01-01"})
    assert (filtered["pages"], filtered["sight"]["id"]) == (1, stacked[2].public_id)


def test_a_spot_that_a_filter_emptied_says_so(client: Client) -> None:
    assert get(client, "/map/spot", x=1, y=1, role="impact")["sight"] is None


def test_the_popup_says_what_is_known_and_what_is_not(client: Client) -> None:
    one = incident(
        weapon="grad",
        munitions_low=4,
        munitions_best=7,
        munitions_high=7,
        killed_low=0,
        killed_best=0,
        killed_high=0,
        killed_status="none_stated",
        daypart="evening",
        grade="contested",
    )
    site(one, "impact", "green-zone", count=4, relation="inside")
    actor = Actor.objects.create(slug="ahl-al-kahf", name_en="Ahl al-Kahf", name_ar="أهل الكهف")
    for role in ("claimed_by", "denied_by"):
        IncidentActor.objects.create(incident=one, actor=actor, role=role)
    x, y = tile_of(*PLACES["green-zone"][2:4])
    sight = get(client, "/map/spot", x=x, y=y, role="impact")["sight"]
    assert dict(sight["facts"]) == {
        "Event": "Rocket attack",
        "Weapon": "Grad",
        "Munitions": "7 (\u20664–7\u2069)",
        "Killed": "none, it is stated",
        "Wounded": "unknown",
        "Claimed by": "Ahl al-Kahf",
        "Denied by": "Ahl al-Kahf",
        "Grade of evidence": "contested",
    }
    assert sight["when"] == "17 November 2020, evening"
    assert sight["place"] == "Impact: inside Green Zone, 4 munitions, within about 2 km"


@pytest.mark.parametrize(
    "address",
    [
        "/map/summary",
        "/map/list?placed=yes&view=44.0,33.0,45.0,34.0&zoom=11",
        "/map/data?view=44.0,33.0,45.0,34.0&zoom=11",
        "/",
    ],
)
def test_the_number_of_queries_does_not_grow(client: Client, address: str) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def more(number: int) -> None:
        for _n in range(number):
            each = incident(lat=33.3, lon=44.4)
            site(each, "impact", "green-zone")
            site(each, "launch", "al-amin-al-thaniya")
            actor = Actor.objects.create(slug=f"a{each.pk}", name_en=f"Group {each.pk}")
            IncidentActor.objects.create(incident=each, actor=actor, role="claimed_by")

    client.get(address)  # the first of a process reads more
    more(1)
    with CaptureQueriesContext(connection) as few:
        assert client.get(address).status_code == 200
    more(12)
    with CaptureQueriesContext(connection) as many:
        assert client.get(address).status_code == 200
    assert 0 < len(many) <= len(few)
