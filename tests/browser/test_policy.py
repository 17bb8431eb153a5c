"""The stock admin in a real browser, under our Content-Security-Policy; and the watch itself."""

from typing import Any

import pytest

from tests.conftest import OpenPage, Watched

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("ar", "rtl")])
def test_admin_works_under_the_policy(
    open_page: OpenPage, admin_user: Any, language: str, direction: str
) -> None:
    page = open_page("/admin/", language=language)
    assert page.get_attribute("html", "dir") == direction
    page.fill("#id_username", "admin")
    page.fill("#id_password", "password")
    page.click("#login-form [type=submit]")
    page.wait_for_selector("#user-tools")
    page.goto(f"/admin/auth/user/{admin_user.pk}/change/")
    # Scripts ran: the calendar stands beside its field, the two lists of permissions are there.
    assert page.locator(".datetimeshortcuts").count() > 0
    assert page.locator(".selector-available").count() == 2
    page.goto("/admin/auth/user/?q=admin")
    assert page.locator("#result_list tbody tr").count() == 1


def test_a_session_can_be_handed_to_the_browser(open_page: OpenPage, admin_user: Any) -> None:
    page = open_page("/admin/", user=admin_user)
    assert page.locator("#user-tools").inner_text().casefold().startswith("welcome, admin")


def test_watch_sees_inline_code_and_requests_to_other_hosts(
    open_page: OpenPage, watched: Watched
) -> None:
    page = open_page("/admin/login/")
    page.evaluate(
        """() => {
            const script = document.createElement("script");
            script.textContent = "globalThis.ran = true";
            document.body.append(script);
            const image = new Image();
            image.src = "https://elsewhere.example/pixel.png";
            document.body.append(image);
        }"""
    )
    page.wait_for_timeout(200)
    assert page.evaluate("globalThis.ran") is None
    assert sum("Content Security Policy" in problem for problem in watched.problems) == 2
    watched.problems.clear()
