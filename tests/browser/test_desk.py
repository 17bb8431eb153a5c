"""The desk in a real browser: map, list, time line and popup of one set, by mouse and by keyboard.

`open_page` fails a test on any script error, breach of the Content-Security-Policy or request to
another host.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from playwright.sync_api import Page, expect

from incidents.models import Actor, Incident, IncidentActor, Site
from tests.conftest import OpenPage, until
from tests.incidents.factories import incident, site
from tests.incidents.test_pages import HOSTILE, say, tell

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"


class Desk(NamedTuple):
    rockets: Incident
    drone: Incident
    stacked: list[Incident]
    nowhere: Incident
    hostile: Incident


def placed(place: str = "green-zone", role: str = "impact", **values: Any) -> Incident:
    each = incident(**values)
    where = site(each, role, place)
    Incident.objects.filter(pk=each.pk).update(
        lat=where.lat, lon=where.lon, place_en=where.name_en, place_ar=where.name_ar
    )
    each.refresh_from_db()
    return each


@pytest.fixture
def desk(db: Any) -> Desk:
    rockets = placed(
        "us-embassy",
        daypart="evening",
        weapon="grad",
        munitions_low=4,
        munitions_best=7,
        munitions_high=7,
        killed_low=1,
        killed_best=1,
        killed_high=3,
        killed_status="stated",
        wounded_low=0,
        wounded_best=0,
        wounded_high=0,
        wounded_status="none_stated",
        grade="contested",
    )
    site(rockets, "launch", "al-amin-al-thaniya", count=7)
    kahf = Actor.objects.create(slug="kahf", name_en="Ahl al-Kahf", name_ar="أهل الكهف")
    IncidentActor.objects.create(incident=rockets, actor=kahf, role="claimed_by")
    told = tell(rockets)
    said = say(rockets, told, "impact", "us-embassy", "Baghdad", speaker="Security Media Cell")
    Site.objects.filter(incident=rockets, role="impact").update(statement=said)
    drone = placed("baghdad-airport", day=date(2022, 5, 3), event_type="drone")
    stacked = [placed(day=date(2021, month, 1)) for month in (1, 2, 3)]
    nowhere = incident(day=date(2019, 7, 1))
    hostile = placed("baghdad", day=date(2018, 1, 1), place_en=HOSTILE)
    Site.objects.filter(incident=hostile).update(name_en=HOSTILE, lat=33.24, lon=44.38)
    for each in Site.objects.filter(incident=hostile):
        each.save()  # its tile
    Incident.objects.filter(pk=hostile.pk).update(place_en=HOSTILE, lat=33.24, lon=44.38)
    evil = Actor.objects.create(slug="evil", name_en=HOSTILE)
    IncidentActor.objects.create(incident=hostile, actor=evil, role="claimed_by")
    source = tell(hostile, f"{HOSTILE} Rockets fell. ${{globalThis.HIT=1}}", title=HOSTILE)
    words = say(hostile, source, "impact", "x", HOSTILE, speaker=HOSTILE)
    Site.objects.filter(incident=hostile).update(statement=words)
    return Desk(rockets, drone, stacked, nowhere, hostile)


def ready(page: Page) -> Page:
    page.wait_for_selector('.workbench[data-ready="yes"]')
    page.wait_for_selector(".card, .empty")
    return page


def spot(page: Page, label: str) -> Any:
    return page.locator(f'.spot[aria-label^="{label}"]')


def query_of(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def test_the_map_shows_each_role_at_its_place(open_page: OpenPage, desk: Desk) -> None:
    page = ready(open_page("/"))
    labels = {str(s.get_attribute("aria-label")) for s in page.locator(".spot").all()}
    assert {
        "Impact, US Embassy",
        "Launch, Al-Amin al-Thaniya",
        "Impact, Baghdad International Airport",
        "Impact, Green Zone: 3 incidents",
        f"Impact, {HOSTILE}",
    } == labels
    assert page.locator("path.flight").count() == 1
    assert page.locator("path.halo").count() == 5
    for ground in (".land-urban", ".land-water", ".land-road", ".land-border"):
        expect(page.locator(ground).first).to_be_attached()
    expect(page.locator(".name-capital")).to_have_text("Baghdad")
    expect(page.locator('[data-count="incidents"]')).to_have_text("7")
    expect(page.locator('[data-which="unplaced"] .number')).to_have_text("1")


def test_a_popup_says_everything_in_text(open_page: OpenPage, desk: Desk) -> None:
    page = ready(open_page("/"))
    spot(page, "Impact, US Embassy").click()
    popup = page.locator(".sight")
    expect(popup.locator("h2")).to_have_text("Rocket attack, US Embassy")
    said = popup.inner_text()
    for words in (
        "17 November 2020, evening",
        "Impact: US Embassy, within about 500 m",
        "Grad",
        "none, it is stated",
        "Ahl al-Kahf",
        "contested",
        "Seven Grad rockets fell on Baghdad on Tuesday evening.",
        "Security Media Cell · reports",
        "Rockets on the Green Zone",
    ):
        assert words in said
    assert re.search(r"Munitions\s+7 \(.?4–7.?\)", said)
    assert re.search(r"Killed\s+1 \(.?1–3.?\)", said)
    popup.locator("blockquote a").click()
    page.wait_for_url(re.compile(r"/articles/\d+/#s\d+$"))
    lit = page.locator(".report-body .asked")
    assert "".join(lit.all_inner_texts()) == (
        "Seven Grad rockets fell on Baghdad on Tuesday evening."
    )


def test_hostile_text_is_shown_and_never_run(open_page: OpenPage, desk: Desk) -> None:
    page = ready(open_page("/"))
    spot(page, "Impact, <script>").click()
    popup = page.locator(".sight")
    expect(popup.locator("h2")).to_have_text(f"Rocket attack, {HOSTILE}")
    expect(popup.locator("blockquote mark")).to_have_text(HOSTILE)
    expect(popup.locator(".sight-links")).to_contain_text(HOSTILE)
    page.goto(desk.hostile.get_absolute_url())
    expect(page.locator(".voice mark").first).to_have_text(HOSTILE)
    page.locator(".voice a").first.click()
    expect(page.locator(".report-body")).to_contain_text(HOSTILE)
    assert page.evaluate("globalThis.HIT") is None


def test_stacked_incidents_are_leafed_through(open_page: OpenPage, desk: Desk) -> None:
    page = ready(open_page("/"))
    spot(page, "Impact, Green Zone").click()
    popup = page.locator(".sight")
    seen = []
    for number in (1, 2, 3):
        expect(popup.locator(".pager span")).to_have_text(f"{number} of 3")
        seen.append(str(popup.locator("h2 a").get_attribute("href")))
        if number < 3:
            popup.get_by_label("Next").click()
    assert seen == [each.get_absolute_url() for each in reversed(desk.stacked)]
    expect(popup.get_by_label("Next")).to_be_disabled()


def test_a_card_leads_to_its_sign_and_a_sign_to_its_card(open_page: OpenPage, desk: Desk) -> None:
    page = ready(open_page("/"))
    card = page.locator(".card", has_text="Drone attack")
    card.hover()
    expect(spot(page, "Impact, Baghdad International")).to_have_class(re.compile(r"\blit\b"))
    card.locator(".card-title").click()
    expect(page.locator(".sight h2")).to_have_text("Drone attack, Baghdad International Airport")
    expect(card).to_have_class(re.compile(r"\bchosen\b"))
    expect(spot(page, "Impact, Baghdad International")).to_have_class(re.compile(r"\bchosen\b"))
    page.keyboard.press("Escape")
    expect(page.locator(".sight")).to_have_count(0)
    spot(page, "Launch").hover()
    expect(page.locator(".card.lit", has_text="US Embassy")).to_be_visible()


def test_a_popup_on_a_telephone_lies_above_all_and_keeps_its_sign(
    open_page: OpenPage, desk: Desk
) -> None:
    page = open_page("/", viewport={"width": 390, "height": 844})
    page.wait_for_selector('.workbench[data-ready="yes"]')
    sign = spot(page, "Impact, US Embassy")
    sign.dispatch_event("click")
    expect(page.locator(".sight h2")).to_have_text("Rocket attack, US Embassy")
    expect(page.locator(".leaflet-pan-anim")).to_have_count(0)
    page.wait_for_load_state("networkidle")  # the signs of where the map has moved are drawn
    expect(sign).to_be_visible()
    whole = page.locator(".folium-map").bounding_box()
    popup = page.locator(".leaflet-popup").bounding_box()
    mark = sign.bounding_box()
    close = page.locator(".leaflet-popup-close-button").bounding_box()
    assert whole
    assert popup
    assert mark
    assert close
    assert popup["y"] >= whole["y"]
    assert mark["y"] + mark["height"] <= whole["y"] + whole["height"]
    assert min(close["width"], close["height"]) >= 40
    for control in page.locator(".leaflet-control").all():
        box = control.bounding_box()
        if control.is_visible() and box and box["height"]:
            apart_x = (
                box["x"] >= popup["x"] + popup["width"] or popup["x"] >= box["x"] + box["width"]
            )
            apart_y = (
                box["y"] >= popup["y"] + popup["height"] or popup["y"] >= box["y"] + box["height"]
            )
            assert apart_x or apart_y
    page.locator(".leaflet-popup-close-button").click()
    expect(page.locator(".gives-way")).to_have_count(0)


def test_the_list_says_how_many_lie_outside_the_view(open_page: OpenPage, desk: Desk) -> None:
    page = ready(open_page("/#14/33.2625/44.2346"))
    expect(page.locator('[data-which="placed"] .number')).to_have_text("1")
    expect(page.locator(".panel-note")).to_have_text("5 incidents lie outside this view")


def test_the_incidents_without_a_place_have_a_tab(open_page: OpenPage, desk: Desk) -> None:
    page = ready(open_page("/"))
    page.get_by_role("tab", name="Without a place").click()
    expect(page.locator(".card")).to_have_count(1)
    expect(page.locator(".card-open")).to_have_text(desk.nowhere.public_id)


def test_a_filter_moves_every_face_and_back_undoes_it(open_page: OpenPage, desk: Desk) -> None:
    page = ready(open_page("/"))
    page.locator("summary", has_text="Event").click()
    page.get_by_label("Drone attack").check()
    expect(page.locator('[data-count="incidents"]')).to_have_text("1")
    expect(page.locator(".card")).to_have_count(1)
    expect(page.locator(".spot")).to_have_count(1)
    assert query_of(page) == {"event_type": ["drone"]}
    export = page.locator(".export a").first
    assert str(export.get_attribute("href")).endswith("/incidents.geojson?event_type=drone")
    chip = page.locator(".chip", has_text="Drone attack")
    expect(chip).to_be_visible()
    page.go_back()
    expect(page.locator(".spot")).to_have_count(5)
    expect(chip).to_have_count(0)
    assert not page.get_by_label("Drone attack").is_checked()
    page.go_forward()
    expect(page.locator(".spot")).to_have_count(1)
    chip.click()
    expect(page.locator(".spot")).to_have_count(5)
    assert query_of(page) == {}


def test_typing_searches_and_a_quick_period_sets_dates(open_page: OpenPage, desk: Desk) -> None:
    page = ready(open_page("/"))
    page.get_by_label("Search").fill("nothing at all")
    expect(page.locator(".panel .empty")).to_contain_text("Zoom out, or loosen the filter")
    page.get_by_label("Search").fill("")
    expect(page.locator(".spot")).to_have_count(5)
    page.locator("summary", has_text="Period").click()
    page.get_by_role("button", name="Last 30 days").click()
    page.wait_for_url(re.compile(r"from=\d{4}-\d\d-\d\d"))
    expect(page.locator('[data-count="incidents"]')).to_have_text("0")


def test_the_address_restores_the_desk(open_page: OpenPage, desk: Desk) -> None:
    address = f"/?event_type=rocket#13/33.2990/44.3960/{desk.rockets.public_id}"
    page = ready(open_page(address))
    expect(page.locator(".sight h2")).to_have_text("Rocket attack, US Embassy")
    page.wait_for_timeout(600)  # the map has panned for the popup and says so in the address
    zoom, _lat, _lon, chosen = urlsplit(page.url).fragment.split("/")
    assert (zoom, unquote(chosen)) == ("13", desk.rockets.public_id)
    assert query_of(page) == {"event_type": ["rocket"]}


def place_of(page: Page) -> tuple[float, ...]:
    """Zoom, latitude and longitude in the address; chips that come and go resize the map, which
    moves its middle by a pixel."""
    return tuple(float(part) for part in urlsplit(page.url).fragment.split("/")[:3])


def test_back_restores_the_view_of_its_step(open_page: OpenPage, desk: Desk) -> None:
    page = ready(open_page("/?event_type=rocket#13/33.3000/44.3900//-launch"))
    expect(page.locator(".spot-launch")).to_have_count(0)
    page.locator(".chip", has_text="Rocket").click()
    expect(page.locator('[data-count="incidents"]')).to_have_text("7")
    page.evaluate("window.athar.map.setView([33.2, 44.2], 9, { animate: false })")
    page.locator(".leaflet-control-layers label", has_text="Launch").first.click()
    expect(page.locator(".spot-launch")).to_have_count(1)
    assert place_of(page) == pytest.approx((9, 33.2, 44.2), abs=0.01)
    page.go_back()
    until(page, "window.athar.map.getZoom() === 13")
    expect(page.locator('[data-count="incidents"]')).to_have_text("6")
    expect(page.locator(".spot-launch")).to_have_count(0)
    assert place_of(page) == pytest.approx((13, 33.3, 44.39), abs=0.01)
    assert page.url.endswith("//-launch")
    page.go_forward()
    until(page, "window.athar.map.getZoom() === 9")
    expect(page.locator('[data-count="incidents"]')).to_have_text("7")
    assert place_of(page) == pytest.approx((9, 33.2, 44.2), abs=0.01)
    assert not page.url.endswith("-launch")


def test_a_view_written_into_the_address_is_gone_to(open_page: OpenPage, desk: Desk) -> None:
    page = ready(open_page("/"))
    page.evaluate(f"location.hash = '#14/33.2625/44.2346/{desk.drone.public_id}'")
    until(page, "window.athar.map.getZoom() === 14")
    expect(page.locator(".sight h2")).to_have_text("Drone attack, Baghdad International Airport")
    assert urlsplit(page.url).fragment.endswith(desk.drone.public_id)
    page.evaluate("location.hash = '#12/33.3000/44.3900'")
    until(page, "window.athar.map.getZoom() === 12")
    expect(page.locator(".sight")).to_have_count(0)


def test_moving_one_edge_keeps_the_date_of_the_other(open_page: OpenPage, desk: Desk) -> None:
    page = ready(open_page("/?from=2020-09-15&to=2020-10-10"))
    expect(page.locator(".timeline-window")).to_have_text("2020-09-15 – 2020-10-10")
    page.get_by_role("slider", name="End of the period").press("ArrowRight")
    until(page, "location.search.includes('to=2020-11-30')")
    assert "from=2020-09-15" in page.url
    page.get_by_role("slider", name="Start of the period").press("ArrowRight")
    until(page, "location.search.includes('from=2020-10-01')")
    assert "to=2020-11-30" in page.url


def test_the_time_line_comes_nearer_and_sets_days(open_page: OpenPage, desk: Desk) -> None:
    page = ready(open_page("/?from=2020-11-17&to=2020-11-17"))
    nearer = page.get_by_role("button", name="Only around the period")
    nearer.click()
    expect(page.locator(".timeline-note")).to_contain_text("incidents a day")
    page.get_by_role("slider", name="End of the period").press("ArrowRight")
    until(page, "location.search.includes('to=2020-11-18')")
    assert "from=2020-11-17" in page.url
    nearer.click()
    expect(page.locator(".timeline-note")).to_contain_text("incidents a month")


def test_the_brush_sets_the_dates_by_mouse_and_by_keyboard(open_page: OpenPage, desk: Desk) -> None:
    page = ready(open_page("/"))
    plot = page.locator(".timeline-plot")
    expect(page.locator(".bar")).to_have_count(7)
    box = plot.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] * 0.5, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.9, box["y"] + 20, steps=4)
    page.mouse.up()
    page.wait_for_url(re.compile(r"from=20\d\d-\d\d-01&to=20\d\d-\d\d-\d\d"))
    expect(page.locator('[data-count="incidents"]')).not_to_have_text("7")
    page.locator(".chip-clear").click()
    expect(page.locator('[data-count="incidents"]')).to_have_text("7")
    start = page.get_by_role("slider", name="Start of the period")
    start.focus()
    page.keyboard.press("PageUp")
    page.keyboard.press("PageUp")
    page.wait_for_url(re.compile(r"from=2020-01-01"))
    expect(page.locator('[data-count="incidents"]')).to_have_text("5")
    expect(start).to_be_focused()
    expect(start).to_have_attribute("aria-valuetext", "2020-01")


def test_a_role_can_be_switched_off(open_page: OpenPage, desk: Desk) -> None:
    page = ready(open_page("/"))
    page.locator(".leaflet-control-layers label", has_text="Impact").first.click()
    expect(page.locator(".spot-impact")).to_have_count(0)
    expect(page.locator(".spot-launch")).to_have_count(1)
    expect(page.locator("path.halo")).to_have_count(1)
    page.locator(".leaflet-control-layers label", has_text="Impact").first.click()
    expect(page.locator("path.halo")).to_have_count(5)


def test_the_name_of_a_sign_has_its_number(open_page: OpenPage, desk: Desk) -> None:
    Incident.objects.filter(pk=desk.stacked[0].pk).delete()
    page = ready(open_page("/", language="ar"))
    two = page.locator(".spot", has_text="2")
    expect(two).to_have_attribute("aria-label", re.compile(r"حادثتان.*\(2\)$"))


def test_many_sites_are_rings_that_open(open_page: OpenPage, desk: Desk) -> None:
    from tests.incidents.test_maps import crowd

    crowd()
    page = ready(open_page("/"))
    rings = page.locator(".cell")
    expect(page.locator(".spot")).to_have_count(0)
    before = rings.count()
    assert before > 3
    assert "open to see" in str(rings.first.get_attribute("aria-label"))
    zoom = page.evaluate("window.athar.map.getZoom()")
    rings.first.focus()
    page.keyboard.press("Enter")
    until(page, f"window.athar.map.getZoom() > {zoom}")


def test_the_keyboard_opens_a_sign_and_comes_back_to_it(open_page: OpenPage, desk: Desk) -> None:
    page = ready(open_page("/"))
    sign = spot(page, "Launch")
    sign.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".sight h2")).to_have_text("Rocket attack, US Embassy")
    expect(page.locator(".sight")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".sight")).to_have_count(0)
    expect(spot(page, "Launch")).to_be_focused()


def test_the_language_switch_keeps_filter_and_view(open_page: OpenPage, desk: Desk) -> None:
    page = ready(open_page("/?event_type=rocket#12.5/33.3000/44.4000"))
    page.get_by_role("button", name="العربية").click()
    page.wait_for_selector("html[lang=ar]")
    ready(page)
    assert query_of(page) == {"event_type": ["rocket"]}
    assert urlsplit(page.url).fragment.startswith("12.5/33.3000/44.4000")
    assert page.locator('.spot[aria-label^="موقع السقوط، المنطقة الخضراء"]').count() == 1


def test_the_theme_is_kept(open_page: OpenPage, desk: Desk) -> None:
    page = ready(open_page("/", color_scheme="light"))
    ground = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(ground)
    page.locator("#theme").click()
    page.locator("#theme").click()
    assert page.get_attribute("html", "data-theme") == "dark"
    dark = page.evaluate(ground)
    assert dark != light
    page.goto("/incidents/")
    assert page.get_attribute("html", "data-theme") == "dark"
    assert page.evaluate(ground) == dark


def test_a_server_in_trouble_is_said_on_the_map(
    open_page: OpenPage, desk: Desk, watched: Any
) -> None:
    page = ready(open_page("/"))
    page.route("**/map/data*", lambda route: route.fulfill(status=503, body="{}"))
    page.get_by_label("Zoom in").click()
    expect(page.locator(".map-message.error")).to_contain_text("Check the connection and try again")
    watched.problems.clear()  # the browser logs the 503


def test_the_list_page_filters_without_a_script(open_page: OpenPage, desk: Desk) -> None:
    page = open_page("/incidents/", java_script_enabled=False)
    page.locator("summary", has_text="Event").click()
    page.get_by_label("Drone attack").check()
    page.get_by_role("button", name="Apply").click()
    expect(page.locator("tbody tr")).to_have_count(1)
    assert query_of(page)["event_type"] == ["drone"]


def test_marks_of_an_article_tell_what_was_read(open_page: OpenPage, desk: Desk) -> None:
    told = desk.rockets.articles.get()
    page = open_page(told.get_absolute_url())
    mark = page.locator(".report-body mark", has_text="Baghdad")
    expect(page.locator("#read-here")).to_be_hidden()
    mark.focus()
    expect(page.locator("#read-here li")).to_have_text(
        re.compile(r"^impact: US Embassy \(Security Media Cell")
    )


def address_of(name: str, desk: Desk) -> str:
    if name == "incident":
        return desk.rockets.get_absolute_url()
    if name == "article":
        return desk.rockets.articles.get().get_absolute_url()
    return PAGES[name]


PAGES = {
    "map": "/",
    "list": "/incidents/",
    "overview": "/overview/",
    "incident": "",
    "article": "",
    "about": "/about/",
    "login": "/accounts/login/",
    "missing": "/nowhere/",
}


# Signs lie where the sites lie, however near to each other: the list is their equal.
AXE_RUN = """async () => (await axe.run(document, {
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
})).violations.map((rule) => [rule.id, rule.nodes.map((node) => node.html.slice(0, 160))
    .filter((html) => rule.id !== "target-size" || !html.includes("leaflet-marker-icon"))])
    .filter(([, nodes]) => nodes.length)"""


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(
    open_page: OpenPage, desk: Desk, watched: Any, name: str, language: str
) -> None:
    page = open_page(address_of(name, desk), language=language)
    if name == "map":
        ready(page)
        page.locator(".spot-launch").click()
        page.wait_for_selector(".sight h2")
        page.locator(".filters summary").nth(3).click()
    if name == "missing":
        watched.problems.clear()  # the browser logs the 404
    page.wait_for_load_state("networkidle")
    # Run in the page's own world by the test's debugger, so the policy stays as it is.
    page.evaluate(AXE.read_text(encoding="utf-8"))
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        page.wait_for_timeout(200)  # colours fade over
        found = page.evaluate(AXE_RUN)
        assert found == [], (scheme, found)


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("name", ["map", "list", "overview", "incident", "article", "about"])
def test_no_page_scrolls_sideways(
    open_page: OpenPage, desk: Desk, name: str, language: str
) -> None:
    page = open_page(address_of(name, desk), language=language)
    page.wait_for_load_state("networkidle")
    for width in (360, 390, 768, 1024, 1440, 2560, 3840):
        page.set_viewport_size({"width": width, "height": 800})
        page.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done, 50)))")
        wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert wide <= 0, width
