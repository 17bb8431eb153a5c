"""The API's pages in a browser: they fit, everybody can read them, the map shows the features."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from incidents.ingest import refresh_derived
from incidents.models import Incident
from tests.conftest import OpenPage
from tests.incidents import factories
from tests.project import ROOT

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
WIDE = {"width": 1440, "height": 900}
NARROW = {"width": 390, "height": 844}
READY = "#ogc-map[data-ready='yes']"


@pytest.fixture
def attack(transactional_db: None) -> Incident:
    incident = factories.incident()
    factories.site(incident, "launch", "daght-street-amin")
    factories.site(incident, "impact", "green-zone", count=4)
    factories.site(incident, "intercept", None)
    refresh_derived(incident)
    factories.incident()
    return incident


@pytest.mark.parametrize(
    ("language", "scheme", "viewport"),
    [("ar", "dark", NARROW), ("en", "light", WIDE)],
)
def test_they_fit_and_are_accessible(
    open_page: OpenPage,
    screenshot: Callable[[Page, str], Path],
    attack: Incident,
    language: str,
    scheme: str,
    viewport: dict[str, int],
) -> None:
    for name, path in {
        "landing": "/ogc/",
        "conformance": "/ogc/conformance",
        "collections": "/ogc/collections",
        "collection": "/ogc/collections/incidents",
        "items": "/ogc/collections/sites/items?role=launch,impact",
        "item": "/ogc/collections/trajectories/items/BGD-2020-11-17-01/s1-s2",
        "docs": "/api/docs",
    }.items():
        page = open_page(path, language=language, viewport=viewport, color_scheme=scheme)
        if name in ("items", "item"):
            page.wait_for_selector(READY)
        page.evaluate("document.fonts.ready")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
        page.evaluate(AXE.read_text(encoding="utf-8"))
        found = page.evaluate("axe.run(document)")["violations"]
        wrong = [(each["id"], [node["html"] for node in each["nodes"]]) for each in found]
        assert wrong == [], name
        screenshot(page, f"ogc-{name}-{language}-{viewport['width']}-{scheme}")


def test_a_sign_on_the_map_leads_to_its_feature(open_page: OpenPage, attack: Incident) -> None:
    page = open_page("/ogc/collections/sites/items", language="en", viewport=WIDE)
    page.wait_for_selector(READY)
    expect(page.locator(".spot")).to_have_count(2)
    page.locator(".spot-impact").click()
    page.locator(".leaflet-popup a", has_text="BGD-2020-11-17-01/s2").click()
    expect(page.locator("h1")).to_have_text("BGD-2020-11-17-01/s2")
    expect(page.locator(READY)).to_be_visible()


def test_the_form_asks_for_what_is_filled_in(open_page: OpenPage, attack: Incident) -> None:
    page = open_page("/ogc/collections/sites/items", language="en", viewport=WIDE)
    page.wait_for_selector(READY)
    page.get_by_text("Ask for fewer").click()
    page.locator("select[name=role]").select_option("launch")
    page.get_by_role("button", name="bbox from the map").click()
    assert len(page.locator("input[name=bbox]").input_value().split(",")) == 4
    page.get_by_role("button", name="Ask", exact=True).click()
    page.wait_for_selector(READY)
    query = page.url.partition("?")[2]
    assert [part.partition("=")[0] for part in query.split("&")] == ["bbox", "role"]
    expect(page.locator("tbody tr")).to_have_count(1)
    expect(page.locator(".asked")).to_contain_text("role=launch")


def test_pages_follow_each_other(open_page: OpenPage, attack: Incident) -> None:
    page = open_page("/ogc/collections/sites/items?limit=2", language="en", viewport=WIDE)
    expect(page.locator("tbody th")).to_have_text(["BGD-2020-11-17-01/s1", "BGD-2020-11-17-01/s2"])
    page.get_by_role("link", name="Next").click()
    expect(page.locator("tbody th")).to_have_text(["BGD-2020-11-17-01/s3"])
    page.get_by_role("link", name="First page").click()
    expect(page.locator("tbody th")).to_have_count(2)
