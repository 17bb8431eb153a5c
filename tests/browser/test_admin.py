"""An editor at work, from the pasted article to the published incident."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.contrib.auth.models import Permission, User

import gazetteer
from incidents import ingest
from incidents.models import Incident, Status
from incidents.uploads import Upload
from tests.conftest import OpenPage
from tests.incidents import told

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Screenshot = Callable[["Page", str], Path]


@pytest.fixture
def editor() -> User:
    """One who may all but delete. The group itself is gone once a browser test has cleaned up."""
    user = User.objects.create_user("editor", password="editor", is_staff=True)
    user.user_permissions.set(
        Permission.objects.filter(content_type__app_label="incidents").exclude(
            codename__startswith="delete_"
        )
    )
    return user


@pytest.fixture
def incident() -> Incident:
    upload = Upload(text=told.ARABIC, language="ar", title="قصف على المنطقة الخضراء")
    result = ingest.ingest(upload, gazetteer=gazetteer.load(), read=told.read)
    return result.incidents[0]


def test_from_pasted_article_to_published_incident(
    open_page: OpenPage, editor: User, screenshot: Screenshot
) -> None:
    page = open_page("/admin/login/?next=/admin/", language="ar")
    page.fill("#id_username", "editor")
    page.fill("#id_password", "editor")
    page.click("#login-form [type=submit]")

    page.click("#desk .button")
    page.fill("#id_text", told.ARABIC)
    page.fill("#id_publisher", "وكالة")
    page.fill("#id_date", "2020-11-18")
    screenshot(page, "admin-add-ar")
    page.click(".submit-row [type=submit]")

    words = page.locator(".report-body mark.read-place", has_text="المنطقة الخضراء")
    words.first.hover()
    assert page.locator(".tip").is_visible()
    assert "المنطقة الخضراء" in page.locator(".tip").inner_text()
    page.keyboard.press("Escape")
    assert page.locator(".tip").is_hidden()
    row = page.locator("#statements tr[data-anchor]").first
    row.hover()
    assert page.locator(".report-body mark.lit").count() > 0
    row.locator("a[href^='#s']").click()
    page.wait_for_selector(".report-body mark.target")
    screenshot(page, "admin-review-ar")

    page.click(".incident-card button[value=publish]")
    assert Incident.objects.get().status == Status.DRAFT
    page.fill("#id_reason", "راجعته")
    page.click(".submit-row [type=submit]")
    page.wait_for_selector(".messagelist .success")
    incident = Incident.objects.get()
    assert incident.status == Status.PUBLISHED
    assert page.locator(".incident-card .badge-published").count() == 1

    visitor = open_page(incident.get_absolute_url(), language="ar")
    assert incident.public_id in visitor.locator("main").inner_text()
    assert "المنطقة الخضراء" in visitor.locator("main").inner_text()


def test_language_switch_stays_on_the_page(
    open_page: OpenPage, editor: User, incident: Incident, screenshot: Screenshot
) -> None:
    address = f"/admin/incidents/incident/{incident.pk}/change/"
    page = open_page(address, user=editor, language="ar", viewport={"width": 390, "height": 800})
    assert page.get_attribute("html", "dir") == "rtl"
    screenshot(page, "admin-incident-ar-narrow")
    page.click("#header form.language button")
    page.wait_for_selector("html[dir=ltr]")
    assert page.url.endswith(address)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    screenshot(page, "admin-incident-en-narrow")


def test_a_place_is_chosen_by_keyboard_and_saved(
    open_page: OpenPage, editor: User, incident: Incident, screenshot: Screenshot
) -> None:
    page = open_page(f"/admin/incidents/incident/{incident.pk}/change/", user=editor)
    field = page.locator("#id_sites-0-place_id")
    field.fill("")
    field.press_sequentially("karr")
    page.wait_for_selector(".place-options:visible [role=option]")
    field.press("ArrowDown")
    assert field.get_attribute("aria-activedescendant")
    screenshot(page, "admin-place-en")
    field.press("Enter")
    assert field.input_value().startswith("Karrada")
    assert page.locator(".place-options:visible").count() == 0

    # A row that the page adds has suggestions as well.
    page.click("#sites-group .add-row a")
    page.locator("#id_sites-2-place_id").press_sequentially("الخضرا")
    page.locator(".place-options:visible [role=option]").first.click()
    assert "[green-zone]" in page.locator("#id_sites-2-place_id").input_value()
    page.locator("#id_sites-2-role").select_option("target")
    page.fill("#id_change_reason", "by map")
    page.locator("[name=_continue]").last.click()
    page.wait_for_selector(".messagelist .success")

    incident.refresh_from_db()
    assert incident.is_locked("sites")
    sites = {site.role: site.place_id for site in incident.sites.all()}
    assert sites["launch"].startswith("karrada")
    assert sites["target"] == "green-zone"
    assert page.locator("input[name=locked_fields][value=sites]").is_checked()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["ar", "en"])
def test_pages_fit_their_window(
    open_page: OpenPage,
    editor: User,
    incident: Incident,
    screenshot: Screenshot,
    language: str,
    scheme: str,
) -> None:
    article = incident.sources.get().article
    page = open_page(
        f"/admin/incidents/article/{article.pk}/change/",
        user=editor,
        language=language,
        color_scheme=scheme,
    )
    screenshot(page, f"admin-review-{language}-{scheme}")
    for width in (360, 768, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        for path in (
            "/admin/",
            "/admin/incidents/article/add/",
            f"/admin/incidents/article/{article.pk}/change/",
            f"/admin/incidents/incident/{incident.pk}/change/",
        ):
            page.goto(path)
            too_wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            assert too_wide <= 0, f"{path} at {width} px"
