"""Pictures of the demo in artefacts/ for people to look at; and the demo can be shown at all."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect

from incidents.models import Incident
from tests.conftest import OpenPage

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WIDE = {"width": 1440, "height": 900}
NARROW = {"width": 390, "height": 844}


def test_the_demo_in_both_languages_wide_and_narrow_light_and_dark(
    open_page: OpenPage, screenshot: Callable[[Page, str], Path]
) -> None:
    call_command("load_demo", verbosity=0)
    shown = Incident.objects.published().count()
    assert shown > 50
    told = (
        Incident.objects.published()
        .filter(articles__language="ar", lat__isnull=False, sites__role="launch")
        .order_by("-killed_best", "pk")
        .first()
    )
    assert told is not None
    addresses = {
        "map": "/#11.5/33.3150/44.3950",
        "list": "/incidents/",
        "overview": "/overview/",
        "incident": told.get_absolute_url(),
        "article": told.articles.filter(language="ar")[0].get_absolute_url(),
    }
    for language in ("ar", "en"):
        for scheme in ("light", "dark"):
            for size, viewport in (("wide", WIDE), ("narrow", NARROW)):
                page = open_page(
                    addresses["map"], language=language, viewport=viewport, color_scheme=scheme
                )
                _picture(page, screenshot, f"map-{language}-{size}-{scheme}", shown)
        for name in ("list", "overview", "incident", "article"):
            page = open_page(addresses[name], language=language, viewport=WIDE)
            expect(page.locator("#demo-notice")).to_be_visible()
            page.evaluate("document.fonts.ready")
            screenshot(page, f"{name}-{language}")


def _picture(page: Page, screenshot: Callable[..., Any], name: str, shown: int) -> None:
    page.wait_for_selector('.workbench[data-ready="yes"]')
    expect(page.locator('[data-count="incidents"]')).to_have_text(str(shown))
    expect(page.locator(".name span").first).to_be_visible()
    expect(page.locator("#demo-notice")).to_be_visible()
    screenshot(page, name)
