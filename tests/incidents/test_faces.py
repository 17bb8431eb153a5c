"""Map, list, files, feed and OGC API show the same incidents, whatever is asked for."""

from __future__ import annotations

import csv
import io
import json
import random
import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode
from xml.etree import ElementTree

import pytest
from django.test import Client

from incidents import feed_views
from incidents.actors import actor_for
from incidents.ingest import refresh_derived
from incidents.models import DataVersion, Incident, IncidentActor, Status
from tests.incidents import factories

pytestmark = pytest.mark.django_db

SEED = 20201117
FILTERS = 20
INCIDENTS = 70
WORLD = "-180,-85,180,85"
NUMBER = re.compile(r"BGD-[0-9-]+")
GROUPS = ("Ahl al-Kahf", "Kataib Hezbollah")


def fill(rng: random.Random) -> None:
    """Incidents of every kind, half of them published."""
    for number in range(INCIDENTS):
        killed = rng.choice([None, 0, 1, 3, 9])
        day = date(2020, 1, 1) + timedelta(days=rng.randrange(700))
        values: dict[str, Any] = {"day": day}
        if number % 9 == 0:
            values = {"day": None}
        elif number % 7 == 0:
            first, last = day.replace(day=1), day.replace(day=28)
            values |= {"day": None, "date_start": first, "date_end": last}
            values["date_precision"] = "month"
        incident = factories.incident(
            **values,
            event_type=rng.choice(["rocket", "mortar", "drone", "ied"]),
            weapon=rng.choice(["", "grad", "katyusha", "drone"]),
            daypart=rng.choice(["", "dawn", "evening"]),
            grade=rng.choice(["", "fair", "weak", "contested"]),
            killed_low=killed,
            killed_best=killed,
            killed_high=killed,
            status=rng.choice([Status.PUBLISHED, Status.PUBLISHED, *Status]),
        )
        for role in rng.sample(["launch", "impact", "target"], rng.randrange(4)):
            factories.site(incident, role, rng.choice(list(factories.PLACES)))
        if rng.random() < 0.5:
            role = rng.choice(["claimed_by", "attributed_to", "denied_by"])
            IncidentActor.objects.create(
                incident=incident, actor=actor_for(rng.choice(GROUPS)), role=role
            )
        refresh_derived(incident)
        changed = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=rng.randrange(300))
        Incident.objects.filter(pk=incident.pk).update(updated_at=changed)
    DataVersion.bump()


def random_filter(rng: random.Random) -> str:
    """A query of one to three parameters."""
    makers: dict[str, Callable[[], str]] = {
        "from": lambda: f"202{rng.choice('01')}-{rng.randrange(1, 13):02}-01",
        "to": lambda: f"202{rng.choice('12')}-{rng.randrange(1, 13):02}-28",
        "event_type": lambda: ",".join(rng.sample(["rocket", "mortar", "drone", "ied"], 2)),
        "weapon": lambda: rng.choice(["grad", "katyusha", "drone,grad"]),
        "role": lambda: rng.choice(["launch", "impact", "impact,target"]),
        "actor": lambda: rng.choice(GROUPS),
        "place": lambda: rng.choice(["green-zone", "baghdad", "baghdad-airport"]),
        "min_killed": lambda: rng.choice(["0", "1", "3"]),
        "grade": lambda: rng.choice(["fair", "weak,contested"]),
        "daypart": lambda: rng.choice(["dawn", "evening"]),
        "bbox": lambda: rng.choice(["44.35,33.28,44.42,33.35", "44.2,33.2,44.3,33.3"]),
        "q": lambda: rng.choice(["green", "المنطقه", "street"]),
        "updated_since": lambda: f"2026-0{rng.randrange(1, 10)}-01T00:00:00Z",
    }
    names = rng.sample(list(makers), rng.choice([1, 1, 2, 3]))
    query = {name: makers[name]() for name in names}
    if query.get("from", "") > query.get("to", "9"):
        del query["to"]
    return urlencode(query)


def get(client: Client, address: str) -> bytes:
    response = client.get(address, headers={"Accept-Language": "en"})
    assert response.status_code == 200, (address, response.getvalue())
    return bytes(response.getvalue())


def pages(client: Client, address: str) -> Iterator[dict[str, Any]]:
    """All pages of the list beside the map."""
    number, last = 1, 1
    while number <= last:
        answer = json.loads(get(client, f"{address}&page={number}"))
        number, last = number + 1, answer["pages"]
        yield answer


def on_map(client: Client, query: str) -> list[str]:
    found = []
    for placed in ("yes", "no"):
        address = f"/map/list?{query}&view={WORLD}&zoom=3&placed={placed}"
        found += [item["id"] for page in pages(client, address) for item in page["items"]]
    counted = json.loads(get(client, f"/map/summary?{query}"))
    assert counted["incidents"] == len(found)
    return found


def in_list(client: Client, query: str) -> list[str]:
    found: list[str] = []
    for number in range(1, 9):
        html = get(client, f"/incidents/?{query}&page={number}").decode()
        rows = re.findall(r'href="/incidents/(BGD-[0-9-]+)/[?"]', html)
        found += dict.fromkeys(rows)
        if f"page={number + 1}" not in html:
            break
    return found


def in_geojson(client: Client, query: str) -> list[str]:
    features = json.loads(get(client, f"/incidents.geojson?{query}"))["features"]
    return [feature["id"] for feature in features]


def in_csv(client: Client, query: str) -> list[str]:
    table = get(client, f"/incidents.csv?{query}").decode()
    return [row["id"] for row in csv.DictReader(io.StringIO(table))]


def in_kml(client: Client, query: str) -> list[str]:
    root = ElementTree.fromstring(get(client, f"/incidents.kml?{query}"))  # noqa: S314
    kml = "{http://www.opengis.net/kml/2.2}"
    marks = [str(mark.get("id")) for mark in root.iter(f"{kml}Placemark")]
    return list(dict.fromkeys(mark.split(".")[0] for mark in marks))


def in_feed(client: Client, query: str) -> list[str]:
    root = ElementTree.fromstring(get(client, f"/feed/?{query}"))  # noqa: S314
    atom = "{http://www.w3.org/2005/Atom}"
    entries = root.findall(f"{atom}entry")
    return [NUMBER.findall(str(entry.findtext(f"{atom}id")))[0] for entry in entries]


def in_ogc(client: Client, query: str) -> list[str]:
    found: list[str] = []
    if "bbox" in query:
        query += "&placed=true"  # the standard's own bbox also takes what has no place
    address: str | None = f"/ogc/collections/incidents/items?f=json&limit=7&{query}"
    while address:
        page = json.loads(get(client, address))
        found += [feature["id"] for feature in page["features"]]
        following = [link["href"] for link in page["links"] if link["rel"] == "next"]
        address = following[0].removeprefix("http://testserver") if following else None
        assert page["numberMatched"] >= len(found)
    return found


FACES = {
    "map": on_map,
    "list": in_list,
    "geojson": in_geojson,
    "csv": in_csv,
    "kml": in_kml,
    "feed": in_feed,
    "ogc": in_ogc,
}


def test_every_face_shows_the_same_incidents(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feed_views, "ENTRIES", INCIDENTS)
    rng = random.Random(SEED)
    fill(rng)
    sizes = set()
    for query in ["", *(random_filter(rng) for _ in range(FILTERS))]:
        shown = {name: face(client, query) for name, face in FACES.items()}
        expected = shown["geojson"]
        for name, ids in shown.items():
            assert len(ids) == len(set(ids)), (name, query)
            assert set(ids) == set(expected), (name, query)
        sizes.add(len(expected))
    assert len(sizes) > 8, "the filters are to differ"
    assert max(sizes) == Incident.objects.published().count() < INCIDENTS


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("/incidents/?page=2", "text/html"),
        ("/incidents/?page=0", "text/html"),
        (f"/map/list?view={WORLD}&zoom=3&placed=yes&page=2", "application/json"),
        ("/changes.json?limit=0", "application/json"),
        ("/changes.json?limit=1000000", "application/json"),
        ("/ogc/collections/incidents/items?limit=0", "application/json"),
        ("/incidents.geojson?limit=10", "application/json"),
        ("/sites.geojson?page=2", "application/json"),
        ("/incidents.geojson?bbox=44.2,33.2,44.6,33.5,1", "application/json"),
        ("/incidents.csv?from=2020-02-30", "text/plain"),
        ("/incidents.kml?bbox=nan,33.2,44.6,33.5", "text/plain"),
        ("/feed/?weapon=catapult", "text/plain"),
    ],
)
def test_what_cannot_be_had_is_refused_in_the_form_that_was_asked_for(
    client: Client, address: str, kind: str
) -> None:
    response = client.get(address, headers={"Accept-Language": "en"})
    assert response.status_code == 400
    assert response["Content-Type"].startswith(kind)
    wrong = address.partition("?")[2].rsplit("&", 1)[-1].partition("=")[0]
    assert wrong in response.content.decode()


@pytest.mark.parametrize("name", FACES)
@pytest.mark.parametrize("status", [status for status in Status if status != Status.PUBLISHED])
def test_unpublished_incidents_are_in_none(client: Client, name: str, status: Status) -> None:
    hidden = factories.incident(status=status, place_en="Hidden")
    factories.site(hidden)
    factories.site(hidden, "launch", "al-amin-al-thaniya")
    refresh_derived(hidden)
    assert FACES[name](client, "") == []


@pytest.mark.parametrize(
    "address",
    [
        "/sites.geojson",
        "/trajectories.geojson",
        "/sites.csv",
        "/trajectories.csv",
        "/incidents.csv?profile=acled",
        "/incidents.csv?profile=ucdp",
        "/changes.json",
        "/codebook.json",
        "/map/data?view=-180,-85,180,85&zoom=12",
        "/ogc/collections/sites/items?f=json",
        "/ogc/collections/trajectories/items?f=json",
    ],
)
def test_nor_in_any_other_file(client: Client, address: str) -> None:
    killed = {f"killed_{part}": 1 for part in ("low", "best", "high")}
    hidden = factories.incident(status=Status.DRAFT, **killed)
    factories.site(hidden)
    factories.site(hidden, "launch", "al-amin-al-thaniya")
    refresh_derived(hidden)
    assert hidden.public_id not in get(client, address).decode()
    hidden.publish()
    shown = address not in ("/changes.json", "/codebook.json")
    assert (hidden.public_id in get(client, address).decode()) is shown


@pytest.mark.parametrize(
    "address",
    ["/incidents.geojson", "/sites.csv", "/incidents.kml", "/feed/", "/changes.json"],
)
def test_a_closed_site_asks_programs_and_people_for_a_login(
    client: Client, settings: Any, address: str
) -> None:
    settings.PUBLIC_MAP = False
    told = client.get(address, headers={"Accept": "*/*"})
    assert told.status_code == 401
    assert "login" in told.json()["error"]["message"]
    assert told["WWW-Authenticate"]
    page = client.get(address, headers={"Accept": "text/html,*/*;q=0.8"})
    assert page.status_code == 302
    assert page["Location"].startswith("/accounts/login/")
