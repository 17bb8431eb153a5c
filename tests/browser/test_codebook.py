"""The codebook in a browser: no wider than the screen, read by everybody, linked to the row."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from incidents.actors import actor_for
from incidents.models import IncidentActor
from tests.conftest import OpenPage
from tests.incidents import factories
from tests.project import ROOT

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
WIDE = {"width": 1440, "height": 900}
NARROW = {"width": 390, "height": 844}


@pytest.mark.parametrize(
    ("language", "scheme", "size"),
    [
        ("ar", "light", "wide"),
        ("ar", "dark", "narrow"),
        ("en", "dark", "wide"),
        ("en", "light", "narrow"),
    ],
)
def test_it_fits_and_is_accessible(
    open_page: OpenPage,
    screenshot: Callable[[Page, str], Path],
    language: str,
    scheme: str,
    size: str,
) -> None:
    IncidentActor.objects.create(
        incident=factories.incident(), actor=actor_for("Ahl al-Kahf"), role="claimed_by"
    )
    viewport = WIDE if size == "wide" else NARROW
    page = open_page("/codebook/", language=language, viewport=viewport, color_scheme=scheme)
    page.evaluate("document.fonts.ready")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document)")["violations"]
    assert [(each["id"], [node["html"] for node in each["nodes"]]) for each in found] == []
    screenshot(page, f"codebook-{language}-{size}-{scheme}")


def test_a_field_can_be_linked_to(open_page: OpenPage) -> None:
    page = open_page("/codebook/#incidents-killed_min", language="en", viewport=WIDE)
    row = page.locator("#incidents-killed_min")
    expect(row).to_be_in_viewport()
    row.locator("a", has_text="Values").or_(row.locator("th a")).first.click()
    assert page.url.endswith("#incidents-killed_min")
    page.get_by_role("navigation", name="Contents").get_by_text("Grades of evidence").click()
    expect(page.locator("#values-grade")).to_be_in_viewport()
