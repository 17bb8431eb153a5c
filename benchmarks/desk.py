"""``make bench-desk``: how long an analyst waits, with 391,832 incidents on SQLite.

    python -m benchmarks.desk [--incidents N] [--requests N] [--runs N] [--seed N] [--no-browser]

A server as ``make run`` starts it answers on this machine; times are from the request to the last
byte of the answer, or in headless Chromium until signs are on the map. Beside it stands what plain
folium would need: one marker with a popup an incident, for 1,000 and 10,000 of them.
"""

from __future__ import annotations

import http.client
import http.server
import json
import math
import os
import random
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlencode

from benchmarks.stage import ROOT, Measure, Server, arguments, database, environment, server, table

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from gazetteer import Place

SCREEN = (1440, 900)
BAGHDAD = (33.3152, 44.3661)
SORTS = ("date", "event", "place", "killed", "wounded")
GROUPS = ("Mahdi Army", "Islamic State", "Kataib Hezbollah", "Ahl al-Kahf", "Asaib Ahl al-Haq")
PATIENCE, QUIET = 120_000, 700  # ms
SIGNS = ".leaflet-marker-icon"
PLAIN_MARKERS = (1_000, 10_000)


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--requests", type=int, default=200, help="random requests of a kind")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--no-browser", action="store_true", help="leave Chromium out")
    options = parser.parse_args()
    path = database(options.incidents)
    os.environ.update(environment(path))
    # Playwright keeps an event loop in this thread; Django would refuse the database beside it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    import django

    django.setup()
    rng = random.Random(options.seed)  # noqa: S311
    with server(path) as athar:
        print(f"{options.incidents:,} incidents; ready after {athar.start:.1f} s")
        print(table([*requests(athar, rng, options.requests, options.runs)]), flush=True)
        print(f"memory of the server: {athar.memory_mb:.0f} MB\n")
        if options.no_browser:
            return
        with chromium() as browser:
            ours = [*in_browser(athar, browser, rng, options.runs)]
            print(table(ours), end="\n\n", flush=True)
            plain = [*plain_folium(browser, options.runs)]
    print(table(plain), end="\n\n")
    print(*ratios([*ours, *plain]), sep="\n")


# ---- requests ----


def requests(athar: Server, rng: random.Random, number: int, runs: int) -> Iterator[Measure]:
    from incidents.views import ROWS_A_PAGE

    get = Client(athar)
    whole = {**view(7, BAGHDAD), "zoom": "7"}
    for address in ("/", "/incidents/", "/map/summary"):
        get(address)

    cold, again, unchanged = [], [], []
    for _ in range(runs):
        touch()
        cold.append(get("/map/data", whole))
        again += [get("/map/data", whole) for _ in range(5)]
        unchanged += [get("/map/data", whole, etag=get.etag) for _ in range(5)]
    yield _measure("whole extent, unfiltered, after an edit", cold, 400)
    yield _measure("whole extent, again, another visitor", again, 20)
    yield _measure("whole extent, again, the same visitor", unchanged, 20)

    def randomly(path: str, *, looking: bool = False, **own: str) -> Iterator[Taken]:
        for _ in range(number):
            seen = random_view(rng) if looking else {}
            yield get(path, random_filter(rng) | seen | own)

    yield _measure("map data, random view and filter", randomly("/map/data", looking=True), 100)
    yield _measure("counts and histogram, random filter", randomly("/map/summary"), 150)
    panel = randomly("/map/list", looking=True, placed="yes", page="1")
    yield _measure("list beside the map, random view", panel, 150)

    pages = []
    count = Client(athar, encoding="identity")
    for _ in range(number // 2):
        wanted = random_filter(rng) if rng.random() < 0.5 else {}
        sort = rng.choice(("", "-")) + rng.choice(SORTS)
        count("/map/summary", wanted)
        last = max(1, math.ceil(json.loads(count.body)["incidents"] / ROWS_A_PAGE))
        page = str(rng.randint(1, last))
        pages.append(get("/incidents/", {**wanted, "sort": sort, "page": page}))
    yield _measure("list page, any sort, depth and filter", pages, 150)


class Taken(NamedTuple):
    """Milliseconds until an answer was there, and those of the server's processor in it."""

    time: float
    processor: float


def _measure(name: str, taken: Iterable[Taken], bar: float) -> Measure:
    times, processor = zip(*taken, strict=True)
    return Measure(name, times, bar, processor=processor)


class Client:
    """Asks over one connection, as browsers do."""

    def __init__(self, athar: Server, *, encoding: str = "gzip") -> None:
        self.encoding = encoding
        self.athar, self.worker = athar, athar.worker
        self.connection = http.client.HTTPConnection("127.0.0.1", athar.port)
        self.etag = ""
        self.body = b""

    def __call__(self, path: str, query: dict[str, str] | None = None, *, etag: str = "") -> Taken:
        address = f"{path}?{urlencode(query)}" if query else path
        headers = {"Accept-Encoding": self.encoding, "Accept-Language": "en"}
        if etag:
            headers["If-None-Match"] = etag
        before = self.athar.processor_ms(self.worker)
        start = time.perf_counter()
        self.connection.request("GET", address, headers=headers)
        answer = self.connection.getresponse()
        self.body = answer.read()
        taken = (time.perf_counter() - start) * 1000
        spent = self.athar.processor_ms(self.worker) - before
        if answer.status != (304 if etag else 200):
            raise RuntimeError(f"{answer.status} for {address}: {self.body[:300]!r}")
        self.etag = answer.headers.get("ETag", "")
        return Taken(taken, spent)


def touch() -> None:
    """Edit an incident, as an editor does: all that is kept is out of date from here."""
    from incidents.models import Incident

    incident = Incident.objects.order_by("?").first()
    assert incident is not None
    incident.save()


def view(zoom: int, centre: tuple[float, float]) -> dict[str, str]:
    """What a screen of ``SCREEN`` pixels shows around a point."""
    lat, lon = centre
    degrees = 360 / (256 * 2**zoom)
    across, down = SCREEN[0] * degrees / 2, SCREEN[1] * degrees / 2 * math.cos(math.radians(lat))
    edges = (lon - across, lat - down, lon + across, lat + down)
    return {"view": ",".join(f"{edge:.5f}" for edge in edges)}


def random_view(rng: random.Random) -> dict[str, str]:
    zoom = rng.randint(8, 16)
    centre = BAGHDAD[0] + rng.gauss(0, 0.08), BAGHDAD[1] + rng.gauss(0, 0.1)
    return {**view(zoom, centre), "zoom": str(zoom)}


def random_filter(rng: random.Random) -> dict[str, str]:
    """One to three parameters with any of their values, the broad as likely as the narrow."""
    from incidents.filters import CHOICES

    names = rng.sample(
        (
            "dates",
            "event_type",
            "weapon",
            "role",
            "actor",
            "place",
            "min_killed",
            "min_wounded",
            "grade",
            "bbox",
            "q",
        ),
        rng.choice((1, 1, 2, 2, 3)),
    )
    wanted: dict[str, str] = {}
    for name in names:
        match name:
            case "dates":
                years = sorted((rng.randint(2003, 2021), rng.randint(2003, 2021)))
                wanted |= {"from": f"{years[0]}-0{rng.randint(1, 9)}-01", "to": f"{years[1]}-12-31"}
            case "weapon":
                wanted[name] = rng.choice(("katyusha", "grad", "mortar", "car_bomb", "drone"))
            case "role":
                wanted[name] = rng.choice(("launch", "impact"))
            case "actor":
                wanted[name] = rng.choice(GROUPS)
            case "place":
                wanted[name] = rng.choice(_places()).id
            case "min_killed" | "min_wounded":
                wanted[name] = str(rng.randint(1, 5))
            case "bbox":
                south, west = rng.uniform(33.1, 33.3), rng.uniform(44.2, 44.4)
                size = rng.uniform(0.02, 0.3)
                wanted[name] = f"{west:.4f},{south:.4f},{west + size:.4f},{south + size:.4f}"
            case "q":
                place = rng.choice(_places())
                words = (rng.choice((place.name_en, place.name_ar)) or "a").split()
                wanted[name] = rng.choice((words[-1], words[-1][:3], " ".join(words)))
            case _:
                wanted[name] = rng.choice(CHOICES[name])
    return wanted


def _places() -> list[Place]:
    import gazetteer

    return [place for place in gazetteer.load().places.values() if place.level != "country"]


# ---- the browser ----


@contextmanager
def chromium() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    from tests.conftest import CHROMIUM, CHROMIUM_FLAGS

    program = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if program is None:
        sys.exit("There is no Chromium on this machine: install it, or give --no-browser.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=CHROMIUM_FLAGS)
        yield browser
        browser.close()


def in_browser(athar: Server, browser: Browser, rng: random.Random, runs: int) -> Iterator[Measure]:
    visits = [visit(browser, f"{athar.url}/", SIGNS) for _ in range(runs + 1)][1:]
    shown = [seconds for seconds, _ in visits]
    yield Measure("first page until signs are visible", shown, 1.5, "s")
    yield Measure("first page, transferred", [size for _, size in visits], 400, "kB")
    context = browser.new_context(viewport={"width": SCREEN[0], "height": SCREEN[1]})
    page = context.new_page()
    page.goto(f"{athar.url}/")
    page.wait_for_selector(SIGNS)
    page.wait_for_timeout(1_000)
    changes = [change_filter(page, rng) for _ in range(4 * runs)]
    context.close()
    yield Measure("filter change until the map shows it", changes, 400)


def visit(browser: Browser, url: str, sign: str) -> tuple[float, float]:
    """A first visit with nothing kept: seconds until a sign is visible, and kB that came."""
    context = browser.new_context(viewport={"width": SCREEN[0], "height": SCREEN[1]})
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    sizes: list[float] = []
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    start = time.perf_counter()
    page.goto(url, wait_until="commit")
    page.wait_for_selector(sign, state="visible")
    taken = time.perf_counter() - start
    come = -1
    while come < len(sizes):  # until nothing more comes
        come = len(sizes)
        page.wait_for_timeout(QUIET)
    context.close()
    return taken, sum(sizes) / 1000


def change_filter(page: Page, rng: random.Random) -> float:
    """Tick a box of the filter bar; milliseconds until the map has drawn what is left."""
    taken = page.evaluate(
        """(at) => new Promise((done) => {
            const boxes = document.querySelectorAll('.filters input[type="checkbox"]');
            const box = boxes[at % boxes.length];
            const start = performance.now();
            window.athar.map.once("sitesdrawn", () =>
                requestAnimationFrame(() => done(performance.now() - start)));
            box.checked = !box.checked;
            box.dispatchEvent(new Event("change", { bubbles: true }));
        })""",
        rng.randrange(1_000),
    )
    page.wait_for_timeout(QUIET)  # the list and the counts come after it
    return float(taken)


# ---- plain folium ----


def plain_folium(browser: Browser, runs: int) -> Iterator[Measure]:
    """A page that folium makes of the same incidents, a marker with its popup each."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(ROOT / "static" / "vendor" / "leaflet", Path(folder) / "leaflet")
        with files(folder) as url:
            for number in PLAIN_MARKERS:
                times = []
                for _ in range(runs):
                    start = time.perf_counter()
                    html = folium_page(number)
                    times.append((time.perf_counter() - start) * 1000)
                Path(folder, "index.html").write_text(html, encoding="utf-8")
                visits = [visit(browser, url, SIGNS) for _ in range(runs)]
                name = f"plain folium, {number:,} markers"
                yield Measure(f"{name}: making the page", times)
                yield Measure(f"{name}: transferred", [size for _, size in visits], unit="kB")
                shown = [seconds for seconds, _ in visits]
                yield Measure(f"{name}: until they are visible", shown, unit="s")


def folium_page(number: int) -> str:
    import folium

    from incidents.models import Incident

    folium.Map.default_js = [("leaflet", "leaflet/leaflet.js")]
    folium.Map.default_css = [("leaflet_css", "leaflet/leaflet.css")]
    drawn = folium.Map(location=BAGHDAD, zoom_start=11, tiles=None)
    rows = Incident.objects.published().filter(lat__isnull=False)
    for lat, lon, *said in rows.values_list("lat", "lon", "public_id", "date_start")[:number]:
        popup = folium.Popup(", ".join(map(str, said)))
        folium.Marker((lat or 0, lon or 0), popup=popup).add_to(drawn)
    html: str = drawn.get_root().render()
    return html


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *args: Any) -> None:
        """Say nothing."""


@contextmanager
def files(folder: str) -> Iterator[str]:
    """A folder served to this machine."""
    handler: Callable[..., Any] = partial(_Quiet, directory=folder)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}/"
        running.shutdown()


def ratios(measures: Sequence[Measure]) -> Iterator[str]:
    """How many times plain folium takes of what the desk takes for all incidents."""
    medians = {measure.name: measure.median for measure in measures}
    size, shown = medians["first page, transferred"], medians["first page until signs are visible"]
    for number in PLAIN_MARKERS:
        name = f"plain folium, {number:,} markers"
        waited = medians[f"{name}: making the page"] / 1000
        waited += medians[f"{name}: until they are visible"]
        yield (
            f"{name}: {waited / shown:.1f} times the wait for the first page, "
            f"{medians[f'{name}: transferred'] / size:.1f} times its bytes"
        )


if __name__ == "__main__":
    main()
