"""How the API answers: links, formats, refusals, caches, who may read."""

from __future__ import annotations

import gzip
import json
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from incidents.ingest import refresh_derived
from incidents.models import Incident
from tests.incidents import factories
from tests.ogc.conftest import Ask, link

pytestmark = pytest.mark.django_db

LAYERS = ("incidents", "sites", "trajectories")
RESOURCES = (
    "",
    "conformance",
    "api",
    "collections",
    *(f"collections/{name}" for name in LAYERS),
    *(f"collections/{name}/items" for name in LAYERS),
    "collections/incidents/items/BGD-2020-11-17-01",
    "collections/sites/items/BGD-2020-11-17-01/s2",
    "collections/trajectories/items/BGD-2020-11-17-01/s1-s2",
)


@pytest.fixture
def attack(db: None) -> Incident:
    incident = factories.incident()
    factories.site(incident, "launch", "al-amin-al-thaniya")
    factories.site(incident, "impact", "green-zone")
    refresh_derived(incident)
    return incident


def refusal(client: Client, path: str, status: int = 400, **headers: str) -> dict[str, str]:
    response = client.get(f"/ogc/{path}", headers={"Accept-Language": "en", **headers})
    assert response.status_code == status, response.content.decode()
    assert response["Content-Type"] == "application/json"
    document: dict[str, str] = response.json()
    assert set(document) == {"code", "description"}
    return document


class TestDocuments:
    def test_the_entrance_links_to_everything(self, ask: Ask) -> None:
        document = ask()
        rels = [each["rel"] for each in document["links"]]
        assert rels == [
            "self",
            "alternate",
            "service-desc",
            "service-doc",
            "conformance",
            "data",
        ]
        assert link(document, "data") == "http://testserver/ogc/collections"

    def test_it_says_what_it_conforms_to(self, ask: Ask) -> None:
        base = "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/"
        expected = [base + part for part in ("core", "oas30", "html", "geojson")]
        assert ask("conformance")["conformsTo"] == expected

    def test_collections_tell_where_and_when(self, attack: Incident, ask: Ask) -> None:
        found = {each["id"]: each for each in ask("collections")["collections"]}
        assert list(found) == list(LAYERS)
        point, both = [44.3903, 33.3076, 44.3903, 33.3076], [44.3903, 33.3076, 44.504, 33.3095]
        boxes = [found[name]["extent"]["spatial"]["bbox"] for name in LAYERS]
        assert boxes == [[point], [both], [both]]
        for name in LAYERS:
            # Midnight to midnight in Baghdad.
            assert found[name]["extent"]["temporal"]["interval"] == [
                ["2020-11-17T00:00:00+03:00", "2020-11-17T23:59:59+03:00"]
            ]
            alone = ask(f"collections/{name}")
            for key in ("id", "title", "description", "extent", "crs", "itemType"):
                assert alone[key] == found[name][key]
            assert link(alone, "items") == f"http://testserver/ogc/collections/{name}/items"

    def test_an_empty_collection_has_an_open_extent(self, ask: Ask) -> None:
        for each in ask("collections")["collections"]:
            assert each["extent"] == {"temporal": {"interval": [[None, None]]}}

    @pytest.mark.parametrize("path", RESOURCES)
    def test_every_link_leads_somewhere_of_the_type_it_says(
        self, path: str, attack: Incident, client: Client
    ) -> None:
        response = client.get(f"/ogc/{path}")
        links = response.json().get("links", [])
        assert links or path == "api"
        for each in links:
            assert each["href"].startswith("http://testserver/")
            there = client.get(each["href"], headers={"Accept": each["type"]})
            assert there.status_code == 200
            assert there["Content-Type"].replace("; charset=utf-8", "") == each["type"]

    def test_addresses_are_those_the_caller_used(self, attack: Incident, client: Client) -> None:
        document = client.get("/ogc/", SERVER_NAME="localhost", SERVER_PORT="8443").json()
        assert {each["href"].partition("/ogc")[0] for each in document["links"]} == {
            "http://localhost:8443"
        }

    def test_addresses_are_those_behind_a_proxy_that_speaks_tls(
        self, attack: Incident, client: Client, settings: Any
    ) -> None:
        settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
        response = client.get(
            "/ogc/collections/sites/items?limit=1",
            headers={"X-Forwarded-Proto": "https", "Host": "testserver"},
        )
        links = response.json()["links"]
        assert all(each["href"].startswith("https://testserver/ogc/") for each in links)


class TestFormats:
    @pytest.mark.parametrize(
        ("accept", "kind"),
        [
            ("", "application/geo+json"),
            ("*/*", "application/geo+json"),
            ("application/json", "application/geo+json"),
            ("application/geo+json, application/json", "application/geo+json"),
            ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "text/html"),
            ("text/html;q=0.5,application/json", "application/geo+json"),
        ],
    )
    def test_the_format_follows_the_accept_header(
        self, accept: str, kind: str, client: Client
    ) -> None:
        headers = {"Accept": accept} if accept else {}
        response = client.get("/ogc/collections/incidents/items", headers=headers)
        assert response["Content-Type"].partition(";")[0] == kind
        assert "Accept" in response["Vary"]

    def test_f_has_the_last_word(self, client: Client) -> None:
        page = client.get("/ogc/?f=html", headers={"Accept": "application/json"})
        assert page["Content-Type"] == "text/html; charset=utf-8"
        document = client.get("/ogc/?f=json", headers={"Accept": "text/html"})
        assert document["Content-Type"] == "application/json"

    def test_a_format_there_is_not_is_refused(self, client: Client) -> None:
        assert "json, html" in refusal(client, "?f=xml")["description"]
        told = refusal(client, "", 406, Accept="application/xml")
        assert told["code"] == "NotAcceptable"
        assert (
            refusal(client, "api.html", 406, Accept="application/json")["code"] == "NotAcceptable"
        )
        assert refusal(client, "api.html?f=json")["description"].startswith("f:")

    @pytest.mark.parametrize("path", RESOURCES)
    def test_head_is_get_without_a_body(self, path: str, attack: Incident, client: Client) -> None:
        got, head = client.get(f"/ogc/{path}"), client.head(f"/ogc/{path}")
        assert head.status_code == 200
        assert head.content == b""
        for name in ("Content-Type", "ETag"):
            assert head[name] == got[name]

    @pytest.mark.parametrize("language", ["en", "ar"])
    @pytest.mark.parametrize("path", [*RESOURCES, "api.html"])
    def test_every_resource_is_a_page_too(
        self, path: str, language: str, attack: Incident, client: Client
    ) -> None:
        response = client.get(
            f"/ogc/{path}", headers={"Accept": "text/html", "Accept-Language": language}
        )
        assert response.status_code == 200
        soup = BeautifulSoup(response.content, "html.parser")
        assert soup.html is not None
        assert soup.html["lang"] == language
        assert soup.select_one("h1")
        for each in soup.select("main a[href]"):
            href = str(each["href"])
            if href.startswith("?"):
                href = f"/ogc/{path}{href}"
            if not href.startswith("#"):
                assert client.get(href).status_code == 200, href

    def test_the_documentation_is_where_programs_expect_it(self, client: Client) -> None:
        page = client.get("/api/docs", headers={"Accept": "text/html", "Accept-Language": "en"})
        text = BeautifulSoup(page.content, "html.parser").get_text(" ", strip=True)
        for told in ("/collections/incidents/items", "bbox", "updated_since", "munitions_total"):
            assert told in text

    def test_pages_name_demo_data_as_such(self, attack: Incident, client: Client) -> None:
        Incident.objects.update(is_demo=True)
        for path in RESOURCES[7:]:
            page = client.get(f"/ogc/{path}?f=html")
            assert b'id="demo-notice"' in page.content

    def test_hostile_text_stays_text(self, attack: Incident, client: Client) -> None:
        attack.sites.update(name_en="<script>alert(1)</script>", surface="</script><b>")
        for path in RESOURCES[7:]:
            page = client.get(f"/ogc/{path}?f=html").content
            assert b"<script>alert" not in page
            assert b"</script><b>" not in page

    def test_a_form_sent_with_empty_fields_asks_for_the_others(self, client: Client) -> None:
        path = "/ogc/collections/incidents/items"
        response = client.get(
            f"{path}?bbox=&event_type=ied&limit=", headers={"Accept": "text/html"}
        )
        assert response.status_code == 302
        assert response["Location"] == f"http://testserver{path}?event_type=ied"
        assert refusal(client, "collections/incidents/items?bbox=")["description"] == (
            "bbox: Give a value, or leave the parameter away."
        )


class TestRefusals:
    @pytest.mark.parametrize(
        ("query", "hint"),
        [
            ("bbox=1,2,3,4,5", "bbox: Write four numbers"),
            ("bbox=1,2,3", "bbox: Write four numbers"),
            ("bbox=a,b,c,d", "bbox: Write four numbers"),
            ("bbox=nan,33,45,34", "bbox: Write four numbers"),
            ("bbox=44,33,inf,34", "bbox: Write four numbers"),
            ("bbox=44,33,4_5,34", "bbox: Write four numbers"),
            ("bbox=٤٤,33,45,34", "bbox: Write four numbers"),
            ("bbox=44,33,45,34&bbox=44,33,45,34", "bbox: Give this"),
            ("bbox=33,144,34,145", "bbox: Longitude comes before latitude"),
            ("bbox=33.2,44.2,33.5,44.6", "bbox: Longitude comes before latitude"),
            ("bbox=144,33,145,91", "bbox: Longitudes lie between"),
            ("bbox=-181,33,45,34", "bbox: Longitudes lie between"),
            ("bbox=45,33,44,34", "bbox: West must not exceed east"),
            ("bbox=44,34,45,33", "bbox: West must not exceed east"),
            ("bbox=170,34,-170,33", "bbox: West must not exceed east"),
            ("bbox=44,33,9,45,34,1", "bbox: The lowest height"),
            ("datetime=yesterday", "datetime: “yesterday” is no moment"),
            ("datetime=2020-02-30", "datetime: “2020-02-30” is no moment"),
            ("datetime=2021-02-29/..", "datetime: “2021-02-29” is no moment"),
            ("datetime=2020-11-17T25:00:00Z", "datetime: “2020-11-17T25"),
            ("datetime=2020-11-17T12:00:00", "datetime: “2020-11-17T12"),
            ("datetime=9999-12-31T23:00:00Z", "datetime: “9999-12-31T23"),
            ("datetime=2020-11-18/2020-11-17", "datetime: The interval ends before"),
            ("datetime=../..", "datetime: Give at least one end"),
            ("datetime=/", "datetime: Give at least one end"),
            ("datetime=..", "datetime: “..” is no moment"),
            ("datetime=2020-11-17/2020-11-18/2020-11-19", "datetime: “2020-11-18/2020-11-19"),
            ("limit=0", "limit: Write a whole number from 1 to 10000"),
            ("limit=10001", "limit: Write a whole number from 1 to 10000"),
            ("limit=1000000", "limit: Write a whole number from 1 to 10000"),
            ("limit=-1", "limit: “-1” is no number"),
            ("limit=ten", "limit: “ten” is no number"),
            ("limit=1.5", "limit: “1.5” is no number"),
            ("after=nonsense", "after: This is from no link"),
            ("after=00000000000000010001", "after: This is from no link"),
            ("placed=maybe", "placed: “maybe” is not among"),
            ("event_type=rockets", "event_type: “rockets” is not among"),
            ("from=2020-13-01", "from: “2020-13-01” is no date"),
            ("min_killed=many", "min_killed: “many” is no number"),
            ("updated_since=long-ago", "updated_since: “long-ago” is no moment"),
            ("nope=1", "nope: There is no such"),
            ("offset=100000", "offset: There is no such"),
        ],
    )
    def test_what_is_wrong_is_said(self, query: str, hint: str, client: Client) -> None:
        told = refusal(client, f"collections/incidents/items?{query}")
        assert told["code"] == "InvalidParameter"
        assert told["description"].startswith(hint)

    @pytest.mark.parametrize("path", RESOURCES)
    def test_no_path_takes_an_unknown_parameter(
        self, path: str, attack: Incident, client: Client
    ) -> None:
        assert "nope" in refusal(client, f"{path}?nope=1")["description"]

    @pytest.mark.parametrize(
        "path",
        [
            "nothing",
            "collections/",
            "collections/attacks",
            "collections/attacks/items",
            "collections/attacks/items/1",
            "collections/incidents/items/",
            "collections/incidents/items/BGD-2020-11-17-99",
            "collections/incidents/items/BGD-2020-11-17-01/s1",
            "collections/incidents/items/%00",
            "collections/sites/items/BGD-2020-11-17-01",
            "collections/sites/items/BGD-2020-11-17-01/s9",
            "collections/sites/items/BGD-2020-11-17-01/s1-s2",
            "collections/trajectories/items/BGD-2020-11-17-01/s2-s1",
        ],
    )
    def test_what_there_is_not_is_a_404(self, path: str, attack: Incident, client: Client) -> None:
        assert refusal(client, path, 404)["code"] == "NotFound"

    def test_people_are_told_on_a_page(self, client: Client) -> None:
        headers = {"Accept": "text/html", "Accept-Language": "en"}
        for path, status in (("nothing", 404), ("collections/incidents/items?limit=0", 400)):
            page = client.get(f"/ogc/{path}", headers=headers)
            assert page.status_code == status
            assert page["Content-Type"] == "text/html; charset=utf-8"
        assert "limit: Write a whole number" in page.content.decode()

    def test_it_is_told_in_the_callers_language(self, client: Client) -> None:
        headers = {"Accept-Language": "ar"}
        response = client.get("/ogc/collections/incidents/items?datetime=../..", headers=headers)
        assert "المدة" in response.json()["description"]

    @pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options", "trace"])
    @pytest.mark.parametrize("path", ["", "collections/incidents/items", "nothing"])
    def test_nothing_can_be_changed(self, method: str, path: str) -> None:
        client = Client(enforce_csrf_checks=True)
        response = getattr(client, method)(f"/ogc/{path}")
        assert response.status_code == 405
        assert response["Allow"] == "GET, HEAD"
        assert response.json()["code"] == "MethodNotAllowed"


class TestCaches:
    @pytest.mark.parametrize("path", RESOURCES)
    def test_a_copy_that_is_still_good_is_not_sent_again(
        self, path: str, attack: Incident, client: Client
    ) -> None:
        etag = client.get(f"/ogc/{path}")["ETag"]
        again = client.get(f"/ogc/{path}", headers={"If-None-Match": etag})
        assert (again.status_code, again.content, again["ETag"]) == (304, b"", etag)
        attack.weapon = "grad"
        attack.save()
        changed = client.get(f"/ogc/{path}", headers={"If-None-Match": etag})
        assert changed.status_code == 200

    def test_a_copy_belongs_to_one_address_and_language(
        self, attack: Incident, client: Client
    ) -> None:
        path = "/ogc/collections/incidents/items"
        etag = client.get(path)["ETag"]
        for other, language in ((f"{path}?limit=1", "en"), (path, "ar")):
            headers = {"If-None-Match": etag, "Accept-Language": language}
            assert client.get(other, headers=headers).status_code == 200

    def test_no_copy_hides_a_refusal(self, client: Client) -> None:
        for path, status in (("collections/incidents/items?limit=0", 400), ("nothing", 404)):
            refusal(client, path, status, **{"If-None-Match": "*"})

    def test_it_is_packed_when_asked(self, many: list[Incident], client: Client) -> None:
        response = client.get(
            "/ogc/collections/incidents/items", headers={"Accept-Encoding": "gzip"}
        )
        assert response["Content-Encoding"] == "gzip"
        assert json.loads(gzip.decompress(response.content))["type"] == "FeatureCollection"


class TestAccess:
    def test_other_sites_may_read_what_is_public(self, attack: Incident, client: Client) -> None:
        for path in (*RESOURCES, "nothing", "collections/incidents/items?limit=0"):
            assert client.get(f"/ogc/{path}")["Access-Control-Allow-Origin"] == "*"

    @pytest.mark.parametrize("path", [*RESOURCES, "api.html", "nothing"])
    def test_a_private_site_asks_for_a_login(
        self, path: str, attack: Incident, client: Client, admin_client: Client, settings: Any
    ) -> None:
        settings.PUBLIC_MAP = False
        told = client.get(f"/ogc/{path}")
        assert told.status_code == 401
        assert told.json()["code"] == "LoginRequired"
        assert told["WWW-Authenticate"]
        page = client.get(f"/ogc/{path}", headers={"Accept": "text/html"})
        assert page.status_code == 302
        assert page["Location"] == f"/accounts/login/?next=/ogc/{path}"
        for response in (told, page):
            assert "BGD" not in response.content.decode()
            assert "Access-Control-Allow-Origin" not in response
        inside = admin_client.get(f"/ogc/{path}", headers={"Accept": "*/*"})
        assert inside.status_code in (200, 404)
        assert "Access-Control-Allow-Origin" not in inside

    def test_the_documentation_of_a_private_site_too(self, client: Client, settings: Any) -> None:
        settings.PUBLIC_MAP = False
        assert client.get("/api/docs").status_code == 401
