"""The map's tools in a real browser: by mouse, by keyboard, in both languages.

`open_page` fails a test on any script error, breach of the Content-Security-Policy or request to
another host.
"""

from __future__ import annotations

import base64
import gzip
import re
import struct
from collections.abc import Callable
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit
from xml.etree import ElementTree

import pytest
from geopy.distance import geodesic
from playwright.sync_api import Locator, Page, expect

from gazetteer import format_mgrs
from incidents.nearness import leg
from tests.browser.test_desk import AXE, AXE_RUN, placed, ready, spot
from tests.conftest import OpenPage, until
from tests.incidents.factories import site

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SVG = "{http://www.w3.org/2000/svg}"
CALM = {"reduced_motion": "reduce"}


@pytest.fixture(autouse=True)
def attacks(db: Any) -> None:
    """Seven in seven months; the first with a launch, the last three at one coordinate."""
    values = {"weapon": "grad", "public_id": "BGD-2020-01-15-01"}
    first = placed("us-embassy", day=date(2020, 1, 15), **values)
    site(first, "launch", "al-amin-al-thaniya", number=2)
    for month in (2, 3, 4):
        placed("baghdad-airport", day=date(2020, month, 15), event_type="drone")
    for month in (5, 6, 7):
        placed("green-zone", day=date(2020, month, 15))


def query_of(page: Page) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(page.url).query).items()}


def counted(page: Page) -> Locator:
    return page.locator('[data-count="incidents"]')


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def at(page: Page, lat: float, lon: float) -> tuple[float, float]:
    """Where on the screen a position of the map is."""
    x, y = page.evaluate(
        """([lat, lon]) => {
            const { x, y } = window.athar.map.latLngToContainerPoint([lat, lon]);
            const { left, top } = window.athar.map.getContainer().getBoundingClientRect();
            return [left + x, top + y];
        }""",
        [lat, lon],
    )
    return x, y


# ---- playing the time line ----


def test_playing_moves_the_window_to_the_end_of_time(open_page: OpenPage) -> None:
    page = ready(open_page("/"))
    page.get_by_label("Speed").select_option("fast")
    page.get_by_role("button", name="Play").click()
    page.wait_for_url(re.compile(r"to=2020-01-31"))
    expect(page.locator(".timeline-window")).to_have_text("2020-01")
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    # It stops by itself, with the last window in the address, and says what it shows.
    expect(page.get_by_role("button", name="Play", exact=False).first).to_be_visible(timeout=15000)
    expect(page.get_by_role("button", name="Pause")).to_have_count(0, timeout=15000)
    assert query_of(page) == {"from": "2020-07-01"}
    expect(counted(page)).to_have_text("1")
    expect(page.locator(".card")).to_have_count(1)
    expect(page.locator(".spot")).to_have_count(1)
    expect(page.locator(".timeline [role=status]")).to_have_text("2020-07: incidents 1")
    # The whole walk is one step of the history.
    page.go_back()
    expect(counted(page)).to_have_text("7")
    assert query_of(page) == {}


def test_a_brushed_window_keeps_its_width(open_page: OpenPage) -> None:
    page = ready(open_page("/?from=2020-02-01&to=2020-03-31"))
    expect(counted(page)).to_have_text("2")
    seen = []
    for _ in range(4):
        page.get_by_role("button", name="One step on").click()
        expect(page.locator(".timeline-window")).not_to_have_text("".join(seen[-1:]) or "x")
        page.wait_for_load_state("networkidle")
        seen.append(page.locator(".timeline-window").inner_text())
    assert seen[:3] == ["2020-03 – 2020-04", "2020-04 – 2020-05", "2020-05 – 2020-06"]
    page.get_by_role("button", name="One step back").click()
    expect(page.locator(".timeline-window")).to_have_text("2020-05 – 2020-06")
    assert query_of(page) == {"from": "2020-05-01", "to": "2020-06-30"}
    expect(counted(page)).to_have_text("2")


def test_the_next_step_waits_for_the_answer_to_the_last(open_page: OpenPage) -> None:
    page = ready(open_page("/"))
    page.get_by_label("Speed").select_option("fast")
    held: list[Any] = []
    holding = [True]
    page.route("**/map/data*", lambda r: held.append(r) if any(holding) else r.continue_())
    page.get_by_role("button", name="Play").click()
    until(page, 'location.search === "?to=2020-01-31"')
    page.wait_for_timeout(600)  # far longer than the pause between two steps
    assert query_of(page) == {"to": "2020-01-31"}
    holding.clear()
    held[-1].continue_()
    until(page, 'location.search.includes("from=2020-02-01")')
    page.get_by_role("button", name="Pause").click()


def test_space_plays_and_pauses_only_where_it_means_nothing_else(open_page: OpenPage) -> None:
    page = ready(open_page("/"))
    page.locator(".leaflet-container").focus()
    press(page, " ")
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    press(page, " ")
    expect(page.get_by_role("button", name="Pause")).to_have_count(0)
    page.get_by_role("slider", name="Start of the period").focus()
    press(page, " ")
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    press(page, " ")
    page.get_by_label("Search").focus()
    press(page, " ")
    expect(page.get_by_role("button", name="Pause")).to_have_count(0)


def test_another_filter_or_the_brush_ends_the_walk(open_page: OpenPage) -> None:
    page = ready(open_page("/"))
    page.get_by_role("button", name="Play").click()
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    box = page.locator(".timeline-plot").bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] * 0.5, box["y"] + 20)
    expect(page.get_by_role("button", name="Pause")).to_have_count(0)
    expect(page.locator(".timeline-window")).to_have_text("2020-04")


def test_who_wants_no_movement_steps(open_page: OpenPage) -> None:
    page = ready(open_page("/", **CALM))
    expect(page.get_by_role("button", name="Play")).to_have_count(0)
    expect(page.get_by_label("Speed")).to_be_hidden()
    page.locator(".leaflet-container").focus()
    press(page, " ")
    expect(page.locator(".timeline-window")).to_have_text("2020-01")
    page.wait_for_timeout(900)  # longer than the usual pause between two steps
    expect(page.locator(".timeline-window")).to_have_text("2020-01")
    press(page, " ")
    expect(page.locator(".timeline-window")).to_have_text("2020-02")


def test_without_incidents_there_is_nothing_to_play(open_page: OpenPage) -> None:
    page = ready(open_page("/?event_type=mortar"))
    expect(counted(page)).to_have_text("0")
    for name in ("Play (space bar)", "One step on", "One step back"):
        expect(page.get_by_role("button", name=name)).to_be_disabled()
    page.locator(".chip").click()
    expect(page.get_by_role("button", name="Play (space bar)")).to_be_enabled()


# ---- density ----

PAINTED = """() => {
    const { width, height } = document.querySelector("canvas.density");
    const copy = Object.assign(document.createElement("canvas"), { width, height });
    const pen = copy.getContext("2d", { willReadFrequently: true });
    pen.drawImage(document.querySelector("canvas.density"), 0, 0);
    const { data } = pen.getImageData(0, 0, width, height);
    let painted = 0;
    let strongest = [0, 0, 0, 0];
    for (let i = 0; i < data.length; i += 4) {
        if (data[i + 3] > 20) painted++;
        if (data[i + 3] >= strongest[3]) strongest = [...data.slice(i, i + 4)];
    }
    return [painted / (data.length / 4), strongest.slice(0, 3)];
}"""


def test_the_density_layer_is_drawn_explained_and_kept_in_the_address(open_page: OpenPage) -> None:
    page = ready(open_page("/", color_scheme="light"))
    expect(page.locator("canvas.density")).to_have_count(0)
    page.get_by_label("Density of sites").check()
    expect(page.locator("canvas.density")).to_be_attached()
    share, light = page.evaluate(PAINTED)
    assert 0.01 < share < 0.6
    scale = page.locator(".heat-scale")
    expect(scale).to_be_visible()
    label = str(scale.get_attribute("aria-label"))
    assert re.search(r"from none to [\d.]+ sites per square kilometre", label)
    assert urlsplit(page.url).fragment.endswith("//density")
    page.emulate_media(color_scheme="dark")
    until(page, f"String(({PAINTED})()[1]) !== '{','.join(map(str, light))}'")
    page.reload()
    ready(page)
    expect(page.locator("canvas.density")).to_be_attached()
    expect(page.get_by_label("Density of sites")).to_be_checked()
    page.get_by_label("Density of sites").uncheck()
    expect(page.locator("canvas.density")).to_have_count(0)
    assert "density" not in page.url


def test_the_density_counts_what_is_shown(open_page: OpenPage) -> None:
    page = ready(open_page("/#11/33.3/44.38//density"))
    expect(page.locator("canvas.density")).to_be_attached()
    share, _colour = page.evaluate(PAINTED)
    page.locator(".leaflet-control-layers label", has_text="Impact").first.click()
    until(page, f"({PAINTED})()[0] < {share}")
    assert urlsplit(page.url).fragment.endswith("//-impact,density")


def test_the_density_takes_the_place_of_the_rings(open_page: OpenPage) -> None:
    from tests.incidents.test_maps import crowd

    crowd()
    page = ready(open_page("/"))
    expect(page.locator(".cell").first).to_be_visible()
    page.get_by_label("Density of sites").check()
    expect(page.locator(".cell")).to_have_count(0)
    assert page.evaluate(PAINTED)[0] > 0.01
    page.get_by_label("Density of sites").uncheck()
    expect(page.locator(".cell").first).to_be_visible()


# ---- lines ----


@pytest.mark.parametrize(
    ("language", "title", "distance", "verdict"),
    [
        (
            "en",
            "From Al-Amin al-Thaniya to US Embassy",
            "10.1 km towards the west",
            "Fits the weapon: within the range of Grad (122 mm), 1.5 km to 20.4 km.",
        ),
        (
            "ar",
            "من حي الأمين الثانية إلى السفارة الأمريكية",
            "10.1 كم باتجاه الغرب",
            "يلائم السلاح: ضمن مدى غراد (122 ملم)، من 1.5 كم إلى 20.4 كم.",
        ),
    ],
)
def test_a_line_says_its_length_and_whether_the_weapon_fits(
    open_page: OpenPage, language: str, title: str, distance: str, verdict: str
) -> None:
    page = ready(open_page("/", language=language))
    line = page.locator(".flight-target")
    line.focus()
    press(page, "Enter")
    popup = page.locator(".sight")
    expect(popup.locator("h2")).to_have_text(title)
    expect(popup).to_be_focused()
    expect(popup).to_contain_text(distance)
    expect(popup.locator(".verdict-fits")).to_have_text(verdict)
    expect(popup.locator(".legs a")).to_have_attribute("href", "/incidents/BGD-2020-01-15-01/")
    expect(line).to_have_class(re.compile(r"\bfollowed\b"))
    press(page, "Escape")
    expect(popup).to_have_count(0)
    expect(page.locator(".flight-target")).to_be_focused()
    expect(page.locator(".followed")).to_have_count(0)


def test_a_line_is_easy_to_hit(open_page: OpenPage) -> None:
    page = ready(open_page("/#12/33.31/44.45"))
    (start, end) = ((33.3095, 44.5040), (33.2990, 44.3960))
    line = page.locator(".flight-target")
    label = str(line.get_attribute("aria-label"))
    km, bearing = leg(*start, *end)
    assert f"{km:.3g} km" in label
    assert f"{round(bearing):03d}°" in label
    # The middle of the arc, ten pixels off.
    x, y = page.evaluate(
        """() => {
            const path = document.querySelector(".flight-target");
            const { x, y } = path.getPointAtLength(path.getTotalLength() / 2);
            const at = new DOMPoint(x, y).matrixTransform(path.getScreenCTM());
            return [at.x, at.y];
        }"""
    )
    page.mouse.click(x, y + 10)
    expect(page.locator(".sight h2")).to_have_text("From Al-Amin al-Thaniya to US Embassy")


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_line_too_long_for_its_weapon_warns_at_sight(open_page: OpenPage, language: str) -> None:
    page = ready(open_page("/", language=language))
    notes = {"en": "The distance does not fit the weapon", "ar": "المسافة لا تلائم السلاح"}
    note = page.locator(".legend-note", has_text=notes[language])
    expect(page.locator(".flight")).to_have_count(1)
    expect(page.locator(".flight-warns")).to_have_count(0)
    expect(note).to_be_hidden()
    # 23 km with a 107 mm rocket, whose ends are known to 3.7 km together.
    far = placed("baghdad-airport", day=date(2020, 8, 1), weapon="rocket_107")
    site(far, "launch", "al-amin-al-thaniya", number=2)
    page.reload()
    ready(page)
    expect(page.locator(".flight")).to_have_count(2)
    expect(page.locator(".flight-warns")).to_have_count(1)
    expect(note).to_be_visible()
    line = page.locator(f'.flight-target[aria-label*="{notes[language]}"]')
    line.focus()
    press(page, "Enter")
    expect(page.locator(".sight .verdict-too_far")).to_be_visible()


# ---- measuring ----


def test_measuring_by_mouse(open_page: OpenPage) -> None:
    page = ready(open_page("/#12/33.31/44.40"))
    page.get_by_role("button", name="Measure a distance").click()
    card = page.locator(".measure-card")
    expect(card).to_be_visible()
    points = [(33.33, 44.42), (33.29, 44.42), (33.29, 44.46)]
    for point in points:
        page.mouse.click(*at(page, *point))
    expect(page.locator("path.measure-point")).to_have_count(3)
    legs = [geodesic(*pair).km for pair in pairwise(points)]
    said = [text.rstrip(" km") for text in card.locator("dd").all_inner_texts()]
    assert float(said[0]) == pytest.approx(sum(legs), rel=0.01)
    assert float(said[1]) == pytest.approx(legs[1], rel=0.01)
    assert int(said[2].strip("\u2066\u2069°")) in (89, 90, 91)
    expect(page.locator(".measure-label")).to_have_count(2)
    card.get_by_role("button", name="Undo").click()
    expect(page.locator("path.measure-point")).to_have_count(2)
    # A sign is a point as well, and opens no popup.
    spot(page, "Impact, Green Zone").click()
    expect(page.locator("path.measure-point")).to_have_count(3)
    expect(page.locator(".sight")).to_have_count(0)
    card.get_by_role("button", name="Clear").click()
    expect(page.locator("path.measure-point")).to_have_count(0)
    press(page, "Escape")
    expect(card).to_have_count(0)
    spot(page, "Impact, Green Zone").click()
    expect(page.locator(".sight")).to_be_visible()


def test_measuring_by_keyboard(open_page: OpenPage) -> None:
    page = ready(open_page("/#12/33.31/44.40", **CALM))
    button = page.get_by_role("button", name="Measure a distance")
    button.focus()
    press(page, "Enter")
    expect(button).to_have_attribute("aria-pressed", "true")
    page.locator(".leaflet-container").focus()
    expect(page.locator(".crosshair")).to_be_visible()
    start = page.evaluate("window.athar.map.getCenter()")
    press(page, "Enter", "ArrowRight")
    until(page, f"window.athar.map.getCenter().lng > {start['lng']}")
    page.wait_for_timeout(400)
    press(page, "Enter")
    end = page.evaluate("window.athar.map.getCenter()")
    expect(page.locator("path.measure-point")).to_have_count(2)
    km = geodesic((start["lat"], start["lng"]), (end["lat"], end["lng"])).km
    expect(page.locator(".measure-card [role=status]")).to_contain_text(f"Total {km:.3g} km")
    page.get_by_role("button", name="Add the middle of the map").click()
    expect(page.locator("path.measure-point")).to_have_count(3)
    press(page, "Escape")
    expect(page.locator(".measure-card")).to_have_count(0)
    expect(button).to_have_attribute("aria-pressed", "false")


def test_lengths_bearings_and_grids_are_those_of_the_server(open_page: OpenPage) -> None:
    page = ready(open_page("/"))
    pairs = [
        ((33.3095, 44.5040), (33.2990, 44.3960)),
        ((33.3, 44.4), (33.3, 44.4)),
        ((33.3, 44.4), (33.3001, 44.4)),
        ((29.1, 47.9), (37.2, 42.4)),
        ((33.3, 44.4), (35.69, 51.39)),
        ((-33.9, 151.2), (51.5, -0.1)),
        ((0.0, 10.0), (0.0, 11.0)),
    ]
    found = page.evaluate(
        """async (pairs) => {
            const { geodesic } = await import("/static/js/geo.js");
            return pairs.map(([a, b]) => geodesic(a, b));
        }""",
        pairs,
    )
    for (start, end), measured in zip(pairs, found, strict=True):
        km, bearing = leg(*start, *end)
        assert measured["metres"] == pytest.approx(km * 1000, abs=0.001)
        if km:
            assert measured["bearing"] == pytest.approx(bearing % 360, abs=1e-6)
    places = [(33.3152, 44.3661), (29.05, 47.95), (37.3, 42.35), (33.0, 41.9), (31.99999, 48.00001)]
    grids = page.evaluate(
        """async (places) => {
            const { mgrs } = await import("/static/js/geo.js");
            return Promise.all(places.map(([lat, lng]) => mgrs({ lat, lng })));
        }""",
        places,
    )
    for place, grid in zip(places, grids, strict=True):
        *square, east, north = grid.split(" ")
        *same, east_here, north_here = format_mgrs(*place).split(" ")
        assert square == same
        assert abs(int(east) - int(east_here)) <= 1
        assert abs(int(north) - int(north_here)) <= 1


# ---- a place by its name ----


@pytest.mark.parametrize(
    ("language", "typed", "name", "said"),
    [
        ("en", "karrada", "Karrada", "within about 2 km"),
        ("en", "الكراده", "Karrada", "within about 2 km"),
        ("ar", "الكراده", "الكرادة", "في حدود 2 كم تقريبًا"),
        ("ar", "Karrada", "الكرادة", "في حدود 2 كم تقريبًا"),
    ],
)
def test_a_place_is_found_in_either_language(
    open_page: OpenPage, language: str, typed: str, name: str, said: str
) -> None:
    page = ready(open_page("/", language=language, **CALM))
    field = page.locator("#locate")
    expect(field).to_have_attribute("aria-expanded", "false")
    field.fill(typed)
    options = page.locator("#locate-list [role=option]")
    expect(options.first).to_contain_text(name)
    expect(field).to_have_attribute("aria-expanded", "true")
    press(page, "ArrowDown")
    expect(field).to_have_attribute("aria-activedescendant", "place-0")
    expect(options.first).to_have_attribute("aria-selected", "true")
    press(page, "Enter")
    expect(page.locator("#locate-list")).to_be_hidden()
    expect(field).to_have_value(name)
    expect(page.locator(".locate-note")).to_contain_text(said)
    expect(page.locator("path.found-circle")).to_have_count(1)
    # The circle fills a good part of the map and lies inside.
    circle = page.locator("path.found-circle").bounding_box()
    frame = page.locator(".folium-map").bounding_box()
    assert circle
    assert frame
    assert frame["height"] / 3 < circle["height"] < frame["height"]
    press(page, "Escape")
    expect(page.locator("path.found-circle")).to_have_count(0)
    expect(field).to_have_value("")


def test_an_unknown_name_is_said_to_be_unknown(open_page: OpenPage) -> None:
    page = ready(open_page("/"))
    before = page.url
    page.locator("#locate").fill("Qwertyville")
    expect(page.locator(".locate-note")).to_have_text("The gazetteer has no “Qwertyville”.")
    expect(page.locator("#locate-list")).to_be_hidden()
    press(page, "Enter")
    page.wait_for_timeout(300)
    assert page.url == before
    expect(page.locator("path.found-circle")).to_have_count(0)


def test_coordinates_can_be_typed_and_a_list_is_left_by_escape(open_page: OpenPage) -> None:
    page = ready(open_page("/", **CALM))
    field = page.locator("#locate")
    field.fill("38S MB 43258 85550")
    expect(page.locator("#locate-list [role=option]")).to_have_count(1)
    press(page, "Escape")
    expect(page.locator("#locate-list")).to_be_hidden()
    expect(field).to_have_value("38S MB 43258 85550")
    press(page, "ArrowDown", "Enter")
    until(page, "window.athar.map.getZoom() === 16")
    middle = page.evaluate("window.athar.map.getCenter()")
    assert (middle["lat"], middle["lng"]) == pytest.approx((33.3076, 44.3903), abs=1e-3)
    page.get_by_role("button", name="Clear the place").click()
    expect(page.locator("path.found-circle")).to_have_count(0)
    expect(field).to_be_focused()


# ---- coordinates ----


def test_the_pointer_tells_where_it_is(open_page: OpenPage) -> None:
    page = ready(open_page("/#12/33.31/44.40"))
    readout = page.locator(".readout")
    expect(readout).to_contain_text(re.compile(r"33\.3(10|09)\d\d, 44\.(400|399)\d\d"))
    page.mouse.move(*at(page, 33.32, 44.42))
    expect(readout).to_contain_text(re.compile(r"33\.3[12]\d{3}, 44\.4[12]\d{3}"))
    expect(readout).to_contain_text(re.compile(r"38S MB \d{5} \d{5}"))


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_right_click_copies_coordinates(open_page: OpenPage, language: str) -> None:
    allowed = ["clipboard-read", "clipboard-write"]
    page = ready(open_page("/#12/33.31/44.40", language=language, permissions=allowed))
    page.mouse.click(*at(page, 33.33, 44.43), button="right")
    popup = page.locator(".coordinates")
    shown = popup.locator("dd bdi").all_inner_texts()
    expect(popup.locator("dd")).to_have_count(2)
    shown = popup.locator("dd bdi").all_inner_texts()
    assert re.fullmatch(r"33\.3[23]\d{3}, 44\.4[23]\d{3}", shown[0])
    assert re.fullmatch(r"38S MB \d{5} \d{5}", shown[1])
    for index, text in enumerate(shown):
        popup.locator(".copy").nth(index).click()
        expect(popup.locator("[role=status]").nth(index)).not_to_be_empty()
        assert page.evaluate("navigator.clipboard.readText()") == text
    # A sign gives its own position, whatever part of it is hit.
    x, y = at(page, 33.3076, 44.3903)
    page.mouse.click(x - 5, y + 4, button="right")
    expect(popup.locator("dd bdi").first).to_have_text("33.30760, 44.39030")
    # The next click moves it.
    page.mouse.click(*at(page, 33.30, 44.38))
    expect(popup.locator("dd bdi").first).to_have_text(re.compile(r"33\.(30|29)\d{3}, 44\.3[78]"))
    press(page, "Escape")
    expect(popup).to_have_count(0)


def test_coordinates_by_keyboard_are_those_of_the_middle(open_page: OpenPage) -> None:
    page = ready(open_page("/#12/33.31/44.40"))
    button = page.get_by_role("button", name="Coordinates")
    button.focus()
    press(page, "Enter")
    popup = page.locator(".coordinates")
    expect(popup).to_be_focused()
    # As near to what the address asks for as whole pixels allow.
    expect(popup.locator("dd bdi").first).to_have_text(
        re.compile(r"33\.3(10|09)\d\d, 44\.(400|399)\d\d")
    )
    press(page, "Tab")
    expect(popup.locator(".copy").first).to_be_focused()
    press(page, "Escape")
    expect(popup).to_have_count(0)
    expect(button).to_be_focused()


# ---- full screen ----


def test_map_and_time_line_fill_the_screen(open_page: OpenPage) -> None:
    page = ready(open_page("/"))
    button = page.get_by_role("button", name="Full screen")
    button.click()
    until(page, "document.fullscreenElement?.classList.contains('workbench') === true")
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".panel")).to_be_hidden()
    expect(page.locator(".timeline")).to_be_visible()
    button.click()
    until(page, "document.fullscreenElement === null")
    expect(button).to_have_attribute("aria-pressed", "false")
    expect(page.locator(".panel")).to_be_visible()


def test_without_the_browsers_leave_they_fill_the_window(open_page: OpenPage) -> None:
    page = ready(open_page("/"))
    page.evaluate("() => { Element.prototype.requestFullscreen = () => Promise.reject(Error()); }")
    button = page.get_by_role("button", name="Full screen")
    button.click()
    expect(page.locator(".panel")).to_be_hidden()
    box = page.locator(".workbench").bounding_box()
    assert box
    assert (box["x"], box["y"]) == (0, 0)
    expect(button).to_have_attribute("aria-pressed", "true")
    press(page, "Escape")
    expect(page.locator(".panel")).to_be_visible()
    expect(button).to_have_attribute("aria-pressed", "false")


# ---- pictures and paper ----


def saved(page: Page, name: str, folder: Path) -> bytes:
    page.locator(".tool-menu summary").click()
    with page.expect_download() as download:
        page.locator(".tool-menu .entry", has_text=name).click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    assert re.fullmatch(rf"athar-\d{{4}}-\d\d-\d\d\.{name.lower()}", path.name)
    return path.read_bytes()


@pytest.mark.parametrize(
    ("language", "texts"),
    [
        (
            "en",
            {"Athar · Map of incidents", "from 1 January 2020 · Drone attack", "Baghdad"}
            | {"Incidents: 3 · Killed: unknown · Wounded: unknown", "Impact", "Density of sites"},
        ),
        ("ar", {"أثر · خريطة الحوادث", "بغداد", "موقع السقوط", "كثافة المواقع"}),
    ],
)
def test_the_svg_stands_for_itself(
    open_page: OpenPage, tmp_path: Path, language: str, texts: set[str]
) -> None:
    address = "/?from=2020-01-01&event_type=drone#11/33.3/44.38//density"
    page = ready(open_page(address, language=language))
    expect(page.locator(".name-capital span")).to_be_visible()
    expect(counted(page)).to_have_text("3")
    drawing = ElementTree.fromstring(saved(page, "SVG", tmp_path))  # noqa: S314
    found = {"".join(text.itertext()) for text in drawing.iter(f"{SVG}text")}
    assert texts <= {re.sub("[\u2066-\u2069]", "", text) for text in found}
    assert any("OpenStreetMap" in text for text in found)
    assert any(f"{page.url.split('#')[0]}" in unquote(text) for text in found)
    # Nothing is asked for elsewhere: shapes, faces and the density are in the file.
    links = [
        value
        for node in drawing.iter()
        for name, value in node.attrib.items()
        if name.endswith(("href", "src"))
    ]
    assert [link[:22] for link in links] == ["data:image/png;base64,"]
    assert not [node for node in drawing.iter() if "class" in node.attrib or "style" in node.attrib]
    (style,) = [str(node.text) for node in drawing.iter(f"{SVG}style")]
    assert re.findall(r"url\(\"([^,]+),", style)
    assert {"data:font/woff2;base64"} == set(re.findall(r"url\(\"([^,]+),", style))
    assert ("Arabic" in style) == (language == "ar")
    assert len(list(drawing.iter(f"{SVG}path"))) > 25
    box = page.locator(".folium-map").bounding_box()
    assert box
    assert float(drawing.attrib["width"]) == round(box["width"])
    assert float(drawing.attrib["height"]) > box["height"]


def test_the_png_is_painted_letters_and_all(
    open_page: OpenPage, tmp_path: Path, browser: Any
) -> None:
    page = ready(open_page("/#11/33.3/44.38", language="ar", color_scheme="light"))
    expect(page.locator(".name-capital span")).to_be_visible()
    picture = saved(page, "PNG", tmp_path)
    assert picture[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", picture[16:24])
    box = page.locator(".folium-map").bounding_box()
    assert box
    assert width == 2 * round(box["width"])
    assert height > 2 * box["height"]
    # The heading is at the right, in ink; the far side of its line is blank.
    dark = page.evaluate(
        """async (data) => {
            const image = new Image();
            image.src = data;
            await image.decode();
            const canvas = document.createElement("canvas");
            Object.assign(canvas, { width: image.width, height: 60 });
            const pen = canvas.getContext("2d", { willReadFrequently: true });
            pen.drawImage(image, 0, 0);
            const count = (x) => pen.getImageData(x, 0, 300, 60).data
                .filter((value, index) => index % 4 === 0 && value < 100).length;
            return [count(0), count(image.width - 332)];
        }""",
        _data_url(picture),
    )
    assert dark[0] == 0
    assert dark[1] > 200


def _data_url(picture: bytes) -> str:
    return f"data:image/png;base64,{base64.b64encode(picture).decode()}"


def test_with_a_tile_server_pictures_show_the_built_in_ground(
    open_page: OpenPage, tmp_path: Path, settings: Any, live_server: Any
) -> None:
    settings.TILE_URL = live_server.url + "/static/vendor/leaflet/images/layers.png?{z}.{x}.{y}"
    settings.TILE_ATTRIBUTION = "© the map makers"
    page = ready(open_page("/"))
    expect(page.locator("img.leaflet-tile").first).to_be_attached()
    page.locator(".tool-menu summary").click()
    expect(page.locator(".tool-menu")).to_contain_text("instead of map tiles")
    page.locator(".tool-menu summary").click()
    text = saved(page, "SVG", tmp_path).decode()
    assert "Baghdad" in text
    assert "layers.png" not in text
    assert text.count("<path") > 25
    expect(page.locator(".name-capital span")).to_be_hidden()


@pytest.mark.parametrize(
    ("language", "viewport"),
    [("en", (1440, 900)), ("ar", (1440, 900)), ("en", (2560, 1440)), ("ar", (390, 844))],
)
def test_paper_has_one_page_with_filter_counts_and_sources(
    open_page: OpenPage, language: str, viewport: tuple[int, int]
) -> None:
    width, height = viewport
    page = open_page(
        "/?event_type=drone", language=language, viewport={"width": width, "height": height}
    )
    page.wait_for_selector('.workbench[data-ready="yes"]')
    expect(counted(page)).to_have_text("3")
    paper = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) == 1
    (box,) = re.findall(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", paper)
    assert [round(float(side) / 72 * 25.4) for side in box] == [297, 210]
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    head = page.locator(".print-head")
    expect(head).to_be_visible()
    said = {"en": ("Map of incidents", "Drone attack", "Incidents: 3"), "ar": ("خريطة", "3")}
    for text in (*said[language], "event_type=drone", str(date.today().year)):  # noqa: DTZ011
        expect(head).to_contain_text(text)
    expect(page.locator(".leaflet-control-layers-list")).to_be_visible()
    expect(page.locator(".credits")).to_contain_text("OpenStreetMap")
    for hidden in (".topbar", ".filters", ".panel", ".tool-bar", ".player", ".locate"):
        expect(page.locator(hidden)).to_be_hidden()


# ---- many signs ----


def test_the_tools_come_before_the_signs_and_the_signs_can_be_skipped(open_page: OpenPage) -> None:
    page = ready(open_page("/"))
    page.locator(".leaflet-container").focus()
    press(page, "Tab")
    expect(page.locator("#locate")).to_be_focused()
    page.locator(".leaflet-control-layers-selector").last.focus()
    press(page, "Tab", "Tab")
    skip = page.get_by_role("button", name="Skip the signs of the map")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    press(page, "Tab")
    assert page.evaluate("document.activeElement.matches('.spot')")
    skip.focus()
    press(page, "Enter")
    expect(page.get_by_role("button", name="One step back")).to_be_focused()


def test_the_legend_explains_the_rings_while_there_are_some(open_page: OpenPage) -> None:
    from tests.incidents.test_maps import crowd

    page = ready(open_page("/"))
    expect(page.locator(".legend-note .ring")).to_be_hidden()
    crowd()
    page.reload()
    ready(page)
    expect(page.locator(".legend-note", has_text="Many sites, by role")).to_be_visible()


# ---- many sites on one coordinate ----


@pytest.mark.parametrize("language", ["en", "ar"])
def test_stacked_sites_are_reached_one_by_one_by_keyboard(
    open_page: OpenPage, language: str
) -> None:
    page = ready(open_page("/", language=language))
    stack = page.locator('[data-spot$=".impact"]', has_text="3").last
    stack.focus()
    press(page, "Enter")
    popup = page.locator(".sight")
    expect(popup).to_be_focused()
    seen = []
    for number in range(3):
        expect(popup.locator(".pager span")).to_contain_text(str(number + 1))
        link = str(popup.locator("h2 a").get_attribute("href"))
        seen.append(link)
        chosen = page.locator(".card.chosen .card-open")
        expect(chosen).to_have_attribute("href", link)
        if number < 2:
            popup.locator(".pager button").last.focus()
            press(page, "Enter")
            expect(popup.locator("h2 a")).not_to_have_attribute("href", link)
            expect(popup).to_be_focused()
    assert len(set(seen)) == 3
    press(page, "Escape")
    expect(popup).to_have_count(0)
    # And from the list to each of them.
    page.locator(".card", has=page.locator(f'a[href="{seen[1]}"]')).locator(".card-title").click()
    expect(popup.locator("h2 a")).to_have_attribute("href", seen[1])


# ---- all together ----

STATES: dict[str, Callable[[Page], None]] = {
    "measuring": lambda page: page.locator(".tool-bar .map-tool").nth(1).click(),
    "coordinates": lambda page: page.locator(".tool-bar .map-tool").nth(2).click(),
    "pictures": lambda page: page.locator(".tool-menu summary").click(),
    "places": lambda page: (page.locator("#locate").fill("karrada"), page.wait_for_timeout(600))[1],
    "density": lambda page: page.locator(".leaflet-control-layers label").last.click(),
    "line": lambda page: (page.locator(".flight-target").focus(), press(page, "Enter"))[1],
    "playing": lambda page: page.locator(".player-button").nth(1).click(),
}


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing_while_a_tool_is_in_use(
    open_page: OpenPage, state: str, language: str
) -> None:
    page = ready(open_page("/", language=language))
    STATES[state](page)
    page.wait_for_load_state("networkidle")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        page.wait_for_timeout(250)  # colours fade over
        assert page.evaluate(AXE_RUN) == [], scheme


def test_the_first_page_is_light(open_page: OpenPage) -> None:
    """All that the first view transfers, compressed as a running site sends it: 400 kB at most."""
    page = open_page("about:blank")
    answers: list[Any] = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto("/")
    ready(page)
    page.wait_for_load_state("networkidle")
    sizes = {
        answer.url: len(answer.body() if ".woff2" in answer.url else gzip.compress(answer.body()))
        for answer in answers
    }
    assert len(sizes) > 30
    largest = sorted(sizes.items(), key=lambda pair: -pair[1])
    assert sum(sizes.values()) <= 400_000, largest[:12]
