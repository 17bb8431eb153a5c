"""Overview, incident, article and list in a real browser: by mouse, by keyboard, on paper."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.test_desk import AXE, AXE_RUN, Desk, desk, query_of, ready, spot
from tests.conftest import OpenPage
from tests.incidents.factories import incident
from tests.incidents.test_pages import say, tell

__all__ = ["desk"]  # the fixture

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


# ---- overview ----


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_overview_with_its_tables_open_is_accessible(
    open_page: OpenPage, desk: Desk, language: str
) -> None:
    page = open_page("/overview/", language=language, viewport={"width": 390, "height": 844})
    for table in page.locator(".chart-table summary").all():
        table.click()
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    page.evaluate(AXE.read_text(encoding="utf-8"))
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        page.wait_for_timeout(200)
        found = page.evaluate(AXE_RUN)
        assert found == [], (scheme, found)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_time_runs_from_left_to_right(open_page: OpenPage, desk: Desk, language: str) -> None:
    page = open_page("/overview/", language=language)
    bars = page.locator("#time .column-bar").all()
    lefts = [box["x"] for bar in bars if (box := bar.bounding_box())]
    assert len(lefts) == 7
    assert lefts == sorted(lefts)


@pytest.mark.parametrize(("language", "edge"), [("en", "left"), ("ar", "right")])
def test_bars_grow_from_where_reading_begins(
    open_page: OpenPage, desk: Desk, language: str, edge: str
) -> None:
    page = open_page("/overview/", language=language)
    boxes = [
        box for bar in page.locator("#events .bar-line rect").all() if (box := bar.bounding_box())
    ]
    ends = [box["x"] if edge == "left" else box["x"] + box["width"] for box in boxes]
    assert len(ends) > 1
    assert max(ends) - min(ends) < 1


def test_a_bar_leads_to_its_incidents_and_a_filter_to_new_charts(
    open_page: OpenPage, desk: Desk
) -> None:
    page = open_page("/overview/")
    page.locator("#events").get_by_role("link", name="Drone attack").first.click()
    expect(page.locator("tbody tr")).to_have_count(1)
    assert query_of(page) == {"event_type": ["drone"]}
    page.locator(".nav").get_by_role("link", name="Overview").click()
    expect(page.locator(".totals dd").first).to_contain_text("1")
    expect(page.locator(".chip")).to_have_count(1)
    page.locator(".chip").click()
    expect(page.locator(".totals dd").first).to_contain_text("7")
    with page.expect_download() as download:
        page.locator("#events .chart-csv").click()
    assert "athar-overview-events" in download.value.suggested_filename


# ---- incident ----


def test_folded_statements_open_all_at_once_and_on_paper(open_page: OpenPage, desk: Desk) -> None:
    told = desk.rockets.articles.get()
    for field, value, words in (
        ("weapon", "grad", "Grad"),
        ("date", "2020-11-17", "Tuesday"),
        ("killed", 1, "girl"),
    ):
        say(desk.rockets, told, field, value, words)
    page = open_page(desk.rockets.get_absolute_url())
    matters = page.locator(".matter")
    expect(page.locator(".matter[open]")).to_have_count(2)
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    expect(page.locator(".matter[open]")).to_have_count(matters.count())
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    expect(page.locator(".matter[open]")).to_have_count(2)
    page.get_by_role("button", name="Open all").click()
    expect(page.locator(".matter[open]")).to_have_count(matters.count())
    page.get_by_role("button", name="Fold all").click()
    expect(page.locator(".matter[open]")).to_have_count(0)


def test_a_citation_is_copied_without_its_button(open_page: OpenPage, desk: Desk) -> None:
    page = open_page(
        desk.rockets.get_absolute_url(), permissions=["clipboard-read", "clipboard-write"]
    )
    page.get_by_role("button", name="Copy the citation").click()
    copied = str(page.evaluate("navigator.clipboard.readText()"))
    assert copied.startswith(f"Athar, incident {desk.rockets.public_id}: Rocket attack")
    assert copied.endswith(").")


# ---- article ----


def test_marks_are_walked_by_arrow_keys_and_switched_by_kind(
    open_page: OpenPage, desk: Desk
) -> None:
    told = desk.rockets.articles.get()
    say(desk.rockets, told, "weapon", "grad", "Grad rockets")
    say(desk.rockets, told, "killed", 1, "girl")
    page = open_page(told.get_absolute_url())
    stops = page.locator(".report-body mark[tabindex='0']")
    expect(stops).to_have_count(1)
    stops.focus()
    box = page.locator("#read-here li")
    expect(box).to_have_text(re.compile(r"^weapon: Grad .*90%"))
    page.keyboard.press("ArrowRight")
    expect(box).to_have_text(re.compile(r"^impact: US Embassy"))
    page.keyboard.press("End")
    expect(box).to_have_text(re.compile(r"^killed: 1"))
    page.keyboard.press("Home")
    expect(box).to_have_text(re.compile(r"^weapon: Grad"))
    expect(stops).to_have_count(1)
    mark = page.locator(".report-body mark", has_text="Grad rockets")
    expect(mark).to_have_class(re.compile("read-weapon"))
    page.get_by_label("kind of attack, weapon").uncheck()
    expect(mark).not_to_have_class(re.compile("read"))
    expect(stops).to_have_text("Baghdad")
    page.get_by_label("kind of attack, weapon").check()
    expect(mark).to_have_class(re.compile("read-weapon"))


# ---- list ----


def test_hidden_columns_stay_hidden(open_page: OpenPage, desk: Desk) -> None:
    page = open_page("/incidents/")
    page.locator(".columns-menu summary").click()
    page.get_by_label("Weapon").last.uncheck()
    expect(page.locator("th[data-col=weapon]")).to_be_hidden()
    page.reload()
    expect(page.locator("th[data-col=weapon]")).to_be_hidden()
    expect(page.locator("td[data-col=weapon]").first).to_be_hidden()
    page.locator(".columns-menu summary").click()
    page.locator(".columns-menu input[value=weapon]").check()
    expect(page.locator("th[data-col=weapon]")).to_be_visible()


def test_from_a_row_to_its_sign_and_back(open_page: OpenPage, desk: Desk) -> None:
    page = open_page("/incidents/?event_type=rocket")
    row = page.locator("tbody tr", has_text="US Embassy")
    row.get_by_role("link", name="Show on the map").click()
    ready(page)
    expect(page.locator(".sight h2")).to_have_text("Rocket attack, US Embassy")
    assert query_of(page) == {"event_type": ["rocket"]}
    assert spot(page, "Impact, US Embassy").count() == 1
    page.locator(".sight").get_by_role("link", name="In the list").click()
    page.wait_for_url(re.compile(r"/incidents/\?event_type=rocket&at=BGD-"))
    expect(page.locator("tbody tr:target")).to_contain_text("US Embassy")


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_list_on_a_telephone_is_still_a_table(
    open_page: OpenPage, desk: Desk, language: str
) -> None:
    page = open_page("/incidents/", language=language, viewport={"width": 360, "height": 780})
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    expect(page.get_by_role("table")).to_have_count(1)
    expect(page.get_by_role("row")).to_have_count(8)
    expect(page.get_by_role("columnheader")).to_have_count(12)
    frame: Any = page.locator(".table-frame").bounding_box()
    for row in page.locator("tbody tr").all():
        box: Any = row.bounding_box()
        assert box["x"] >= frame["x"] - 1
        assert box["x"] + box["width"] <= frame["x"] + frame["width"] + 1
    page.evaluate(AXE.read_text(encoding="utf-8"))
    assert page.evaluate(AXE_RUN) == []


def test_pages_leaf_on_with_the_filter(open_page: OpenPage, db: Any) -> None:
    shown = [incident() for _number in range(3)]
    tell(shown[1])
    page = open_page(f"{shown[2].get_absolute_url()}?event_type=rocket")
    page.locator("[rel=next]").click()
    page.wait_for_url(re.compile(f"{shown[1].public_id}/\\?event_type=rocket$"))
    page.locator("[rel=next]").click()
    page.wait_for_url(re.compile(f"{shown[0].public_id}/\\?event_type=rocket$"))
    expect(page.locator("[rel=next]")).to_have_count(0)
    page.locator(".crumbs a").click()
    assert query_of(page) == {"event_type": ["rocket"]}
