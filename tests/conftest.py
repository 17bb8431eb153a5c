"""What many tests share: the bundled gazetteer, programs outside Python, a browser that tells."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

import hypothesis
import pytest

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from playwright.sync_api import Browser, Page, Route

    from gazetteer import Gazetteer

# A slow machine is no failure.
hypothesis.settings.register_profile(
    "athar", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("athar")

ARTEFACTS = Path(__file__).resolve().parent.parent / "artefacts"

CHROMIUM = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
# Quiet: a browser that looks for updates would ask hosts that tests must not reach.
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def require_tool(*names: str) -> str:
    """Return the path of the first program found. None: skip, or fail where all must be there."""
    for name in names:
        if path := shutil.which(name):
            return path
    reason = f"needs {names[0]}, which is not installed"
    if os.environ.get("ATHAR_REQUIRE_ALL"):
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def gazetteer() -> "Gazetteer":
    """The bundled gazetteer."""
    import gazetteer

    return gazetteer.load()


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    """A test's database goes back to where it was, and with it the data version that kept answers
    are known by."""
    from django.core.cache import cache

    from incidents import snapshot

    cache.clear()
    snapshot.forget()


@pytest.fixture(scope="session")
def browser() -> Iterator["Browser"]:
    """One headless Chromium for the whole run."""
    executable = require_tool(*CHROMIUM)
    from playwright.sync_api import sync_playwright

    # Playwright keeps an event loop in this thread; Django would refuse the database beside it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=executable, args=CHROMIUM_FLAGS)
        yield running
        running.close()


class Watched(NamedTuple):
    """What went wrong in the pages of a test, and where they wanted to go outside the site."""

    problems: list[str]
    outside: list[str]


@pytest.fixture
def watched() -> Watched:
    """Lists that pages opened by `open_page` fill. A test that provokes an entry removes it."""
    return Watched([], [])


OpenPage = Callable[..., "Page"]


@pytest.fixture
def open_page(browser: "Browser", live_server: Any, watched: Watched) -> Iterator[OpenPage]:
    """Open the site in a browser: `open_page("/incidents/", language="ar", user=editor)`.

    Further keywords go to the browser context (`viewport=…`). Script errors, messages on the
    console, breaches of the Content-Security-Policy and requests to another host fail the test.
    """
    home = urlsplit(live_server.url).netloc
    contexts = []

    def guard(route: "Route") -> None:
        target = urlsplit(route.request.url)
        if target.scheme in ("http", "https") and target.netloc != home:
            watched.outside.append(route.request.url)
            route.abort()
        else:
            route.continue_()

    def open_(
        path: str = "/", *, language: str = "en", user: "User | None" = None, **context: Any
    ) -> "Page":
        opened = browser.new_context(base_url=live_server.url, locale=language, **context)
        contexts.append(opened)
        opened.route("**/*", guard)
        if user is not None:
            opened.add_cookies([_session_cookie(user, live_server.url)])
        page = opened.new_page()
        page.on("pageerror", lambda error: watched.problems.append(f"script error: {error}"))
        page.on(
            "console",
            lambda message: (
                watched.problems.append(f"console {message.type}: {message.text}")
                if message.type in ("error", "warning")
                else None
            ),
        )
        page.goto(path)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert watched.problems == []
    assert watched.outside == []


def _session_cookie(user: "User", url: str) -> Any:
    """Return the cookie of a session in which `user` is logged in."""
    from django.conf import settings
    from django.test import Client

    client = Client()
    client.force_login(user)
    name = settings.SESSION_COOKIE_NAME
    return {"name": name, "value": client.cookies[name].value, "url": url}


def until(page: "Page", expression: str) -> None:
    """Wait until a JavaScript expression is true: Playwright's own wait needs the `eval` that our
    Content-Security-Policy forbids."""
    for _ in range(100):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(100)
    pytest.fail(f"never came true: {expression}")


@pytest.fixture
def screenshot() -> Callable[["Page", str], Path]:
    """Keep a picture of a page in artefacts/: `screenshot(page, "map-ar")`."""

    def take(page: "Page", name: str) -> Path:
        ARTEFACTS.mkdir(exist_ok=True)
        path = ARTEFACTS / f"{name}.png"
        page.screenshot(path=path, full_page=True)
        return path

    return take
