"""The Atom feed: what changed last, with its place, readable by any reader and only text."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import pytest
from django.test import Client

from incidents import editing, feed_views
from incidents.models import DataVersion, Incident, Site, Status
from tests.incidents import factories

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
POINT = "{http://www.georss.org/georss}point"


def feed(client: Client, query: str = "", language: str = "en") -> ElementTree.Element:
    response = client.get(f"/feed/?{query}", headers={"Accept-Language": language})
    assert response.status_code == 200
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(response.content)  # noqa: S314


def ids(root: ElementTree.Element) -> list[str]:
    return [str(entry.findtext(f"{ATOM}id")) for entry in root.iter(f"{ATOM}entry")]


@pytest.fixture
def seed() -> Incident:
    incident = factories.incident(
        weapon="grad", grade="contested", lat=33.3076, lon=44.3903, place_en="Green Zone"
    )
    factories.site(incident, count=4)
    changed = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
    Incident.objects.update(updated_at=changed, published_at=changed)
    return incident


def test_an_entry_tells_what_where_and_when(client: Client, seed: Incident) -> None:
    root = feed(client)
    (entry,) = root.iter(f"{ATOM}entry")
    address = f"http://testserver/incidents/{seed.public_id}/"
    assert entry.findtext(f"{ATOM}id") == address
    link = entry.find(f"{ATOM}link")
    assert link is not None
    assert link.attrib == {"href": address, "rel": "alternate"}
    assert entry.findtext(f"{ATOM}title") == "Rocket attack, Green Zone, 17 November 2020"
    assert entry.findtext(POINT) == "33.3076 44.3903"
    assert entry.findtext(f"{ATOM}updated") == "2026-11-24T09:30:00+00:00"
    assert entry.findtext(f"{ATOM}published")
    summary = str(entry.findtext(f"{ATOM}summary"))
    assert "17 November 2020" in summary
    assert "Green Zone" in summary
    assert [c.get("term") for c in entry.iter(f"{ATOM}category")] == ["rocket", "grad", "contested"]
    assert root.findtext(f"{ATOM}updated") == "2026-11-24T09:30:00+00:00"


def test_it_speaks_both_languages_under_the_same_ids(client: Client, seed: Incident) -> None:
    english, arabic = feed(client), feed(client, "lang=ar")
    lang = "{http://www.w3.org/XML/1998/namespace}lang"
    assert (english.get(lang), arabic.get(lang)) == ("en", "ar")
    assert "17 تشرين الثاني 2020" in str(arabic.findtext(f"{ATOM}entry/{ATOM}title"))
    assert ids(english) == ids(arabic)


def test_it_has_an_address_of_its_own_and_one_for_people(client: Client, seed: Incident) -> None:
    root = feed(client, "event_type=rocket&event_type=mortar&lang=en")
    links = {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")}
    assert links == {
        "self": "http://testserver/feed/?event_type=mortar%2Crocket&lang=en",
        "alternate": "http://testserver/incidents/?event_type=mortar%2Crocket",
    }
    assert "Rocket attack" in str(root.findtext(f"{ATOM}title"))


def test_the_filter_is_the_same_as_everywhere(client: Client, seed: Incident) -> None:
    other = factories.incident(event_type="ied")
    assert len(ids(feed(client))) == 2
    assert ids(feed(client, "event_type=ied")) == [f"http://testserver{other.get_absolute_url()}"]


def test_only_published_incidents_are_in_it(client: Client) -> None:
    for status in Status:
        factories.incident(status=status, place_en=f"Secret {status}")
    assert len(ids(feed(client))) == 1
    assert b"Secret draft" not in client.get("/feed/").content


def test_the_last_changed_come_first_and_not_too_many(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feed_views, "ENTRIES", 3)
    rows = [factories.incident() for _ in range(5)]
    for number, row in enumerate(rows):
        moment = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=number)
        Incident.objects.filter(pk=row.pk).update(updated_at=moment)
    editing.set_status([rows[4]], Status.DRAFT)
    expected = [f"http://testserver{rows[n].get_absolute_url()}" for n in (3, 2, 1)]
    assert ids(feed(client)) == expected


def test_hostile_text_stays_text(client: Client, seed: Incident) -> None:
    hostile = "<script>alert(1)</script>&\x0b]]>"
    Incident.objects.update(place_en=hostile)
    Site.objects.update(name_en=hostile)
    (entry,) = feed(client).iter(f"{ATOM}entry")
    assert "<script>alert(1)</script>&\ufffd]]>" in str(entry.findtext(f"{ATOM}title"))
    summary = entry.find(f"{ATOM}summary")
    assert summary is not None
    assert summary.get("type") == "html"
    assert "&lt;script&gt;" in str(summary.text)
    assert "<script>" not in str(summary.text)


def test_an_incident_without_a_place_has_no_point(client: Client) -> None:
    factories.incident()
    assert feed(client).find(f"{ATOM}entry/{POINT}") is None


def test_an_unchanged_feed_is_not_sent_again(client: Client, seed: Incident) -> None:
    etag = client.get("/feed/")["ETag"]
    assert client.get("/feed/", headers={"If-None-Match": etag}).status_code == 304
    other = client.get("/feed/?lang=ar", headers={"If-None-Match": etag})
    assert other.status_code == 200
    DataVersion.bump()
    assert client.get("/feed/", headers={"If-None-Match": etag}).status_code == 200


def test_a_feed_of_nothing_is_a_feed(client: Client) -> None:
    assert ids(feed(client)) == []


@pytest.mark.parametrize("query", ["event=rocket", "bbox=1,2,3", "lang=fr", "page=2", "limit=9"])
def test_a_bad_address_is_a_400_that_names_what_is_wrong(client: Client, query: str) -> None:
    response = client.get(f"/feed/?{query}")
    assert response.status_code == 400
    assert response["Content-Type"].startswith("text/plain")
    assert query.split("=")[0] in response.content.decode()


def test_pages_name_the_feed_of_their_filter(client: Client) -> None:
    page = client.get("/incidents/?event_type=rocket").content.decode()
    assert 'type="application/atom+xml"' in page
    assert 'href="/feed/?event_type=rocket"' in page


def test_the_number_of_queries_is_constant(
    client: Client,
    django_assert_max_num_queries: pytest.FixtureRequest,
) -> None:
    for _ in range(9):
        factories.site(factories.incident())
    with django_assert_max_num_queries(6):  # type: ignore[operator]
        assert len(ids(feed(client))) == 9
