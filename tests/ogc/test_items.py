"""The features of a collection: which ones, how many, page after page."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from datetime import date
from itertools import product
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from incidents.exports import export
from incidents.filters import IncidentFilter
from incidents.ingest import refresh_derived
from incidents.layers import records
from incidents.models import Incident, Site, Status
from incidents.ogc.collections import COLLECTIONS, Selection
from tests.incidents import factories
from tests.ogc.conftest import Ask, link

Ids = Callable[..., list[str]]
Pages = Callable[..., list[dict[str, Any]]]

pytestmark = pytest.mark.django_db

LAYERS = ("incidents", "sites", "trajectories")
CENTRE = "44.35,33.28,44.42,33.35"


def exported(layer: str, query: str = "") -> set[str]:
    return {record.id for record in records(layer, IncidentFilter.from_query(query))}


class TestPaging:
    def test_all_pages_hold_what_the_export_holds_each_once(
        self, many: list[Incident], ids: Ids
    ) -> None:
        for name, limit in product(LAYERS, (1, 3, 10_000)):
            found = ids(name, limit=limit)
            assert len(found) == len(set(found))
            assert set(found) == exported(name) != set()

    @pytest.mark.parametrize("name", LAYERS)
    def test_pages_are_full_and_say_how_many_there_are(
        self, name: str, many: list[Incident], pages: Pages
    ) -> None:
        found = pages(name, limit=4)
        total = len(exported(name))
        assert [page["numberMatched"] for page in found] == [total] * len(found)
        sizes = [page["numberReturned"] for page in found]
        assert sizes == [len(page["features"]) for page in found]
        assert sizes == [4] * (total // 4) + [total % 4] * bool(total % 4)

    @pytest.mark.parametrize("name", LAYERS)
    def test_rows_added_or_gone_meanwhile_neither_repeat_nor_skip_one(
        self, name: str, many: list[Incident], ask: Ask
    ) -> None:
        before = exported(name)
        page = ask(f"collections/{name}/items", limit=3)
        found = [feature["id"] for feature in page["features"]]
        withdrawn = Incident.objects.published().filter(sites__role="launch").earliest("pk")
        while following := link(page, "next"):
            # An older and a newer one, and one that was on a page already is withdrawn.
            for day in (date(2019, 1, 1), date(2022, 1, 1)):
                added = factories.incident(day=day)
                factories.site(added, "launch", "daght-street-amin")
                factories.site(added)
            if len(found) > len(before):
                break
            withdrawn.status = Status.DRAFT
            withdrawn.save()
            page = ask(following)
            found += [feature["id"] for feature in page["features"]]
        assert len(found) == len(set(found))
        assert before <= {*found, *(i for i in before if i.startswith(withdrawn.public_id))}

    @pytest.mark.parametrize("name", LAYERS)
    def test_a_page_far_down_costs_what_the_first_does(
        self, name: str, many: list[Incident], ask: Ask
    ) -> None:
        ask(f"collections/{name}/items", limit=2)
        costs = []
        following: str | None = f"http://testserver/ogc/collections/{name}/items?limit=2"
        while following:
            with CaptureQueriesContext(connection) as caught:
                page = ask(following)
            assert not any("OFFSET" in query["sql"] for query in caught)
            costs.append(len(caught))
            following = link(page, "next")
        assert len(costs) > 3
        assert len(set(costs)) == 1

    def test_a_larger_page_asks_the_database_no_more_often(
        self, many: list[Incident], ask: Ask
    ) -> None:
        ask("collections/incidents/items")
        costs = []
        for limit in (1, 30):
            with CaptureQueriesContext(connection) as caught:
                ask("collections/incidents/items", limit=limit)
            costs.append(len(caught))
        assert costs[0] == costs[1]

    def test_the_next_page_asks_the_same_question(self, many: list[Incident], ask: Ask) -> None:
        page = ask(
            "collections/sites/items",
            limit=1,
            bbox=CENTRE,
            datetime="2020-01-01/..",
            event_type="rocket,ied",
        )
        following = link(page, "next")
        assert following
        for part in (
            f"bbox={CENTRE}",
            "datetime=2020-01-01/..",
            "event_type=rocket,ied",
            "limit=1",
        ):
            assert part in following

    @pytest.mark.parametrize("name", LAYERS)
    def test_a_key_is_read_as_it_was_written(self, name: str) -> None:
        collection = COLLECTIONS[name]
        rng = random.Random(7)
        for _ in range(50):
            key = (rng.randrange(2**63), *(rng.randrange(2**15) for _ in collection.keys[1:]))
            assert collection.read_key(collection.write_key(key)) == key


class TestFilter:
    @pytest.mark.parametrize(
        "query",
        [
            "event_type=rocket",
            "event_type=rocket,drone",
            "from=2020-06-01&to=2020-09-15",
            "role=launch",
            "role=impact&place=green-zone",
            "min_killed=1",
            "min_wounded=0",
            "grade=fair",
            "q=green",
            "place=baghdad-airport&from=2020-02-01",
            "place=baghdad&role=launch",
            "place=green-zone,baghdad-airport",
            "updated_since=2000-01-01",
        ],
    )
    def test_a_filter_leaves_what_it_leaves_in_the_exports(
        self, query: str, many: list[Incident], ids: Ids
    ) -> None:
        parameters = dict(part.split("=") for part in query.split("&"))
        for name in LAYERS:
            found = ids(name, limit=7, **parameters)
            assert len(found) == len(set(found))
            assert set(found) == exported(name, query)

    def test_a_box_of_what_is_placed_is_that_of_the_exports(
        self, many: list[Incident], ids: Ids
    ) -> None:
        boxes = (CENTRE, "44.2,33.2,44.3,33.3", "44.5,33.3,44.6,33.4")
        for name, box in product(("incidents", "sites"), boxes):
            assert set(ids(name, bbox=box, placed="true")) == exported(name, f"bbox={box}") != set()
            for key, value in (("event_type", "rocket"), ("role", "launch"), ("place", "baghdad")):
                both = exported(name, f"bbox={box}&{key}={value}")
                assert set(ids(name, bbox=box, placed="true", **{key: value})) == both

    def test_every_box_holds_what_has_no_place(self, many: list[Incident], ids: Ids) -> None:
        unplaced = Incident.objects.published().filter(lat__isnull=True)
        expected = set(unplaced.values_list("public_id", flat=True))
        assert set(ids("incidents", bbox="10,10,11,11")) == expected != set()
        assert set(ids("incidents", placed="false")) == expected
        assert ids("incidents", bbox="10,10,11,11", placed="true") == []
        sites = Site.objects.filter(incident__status="published", lat__isnull=True)
        assert set(ids("sites", bbox="10,10,11,11")) == {site.public_id for site in sites} != set()
        assert ids("trajectories", bbox="10,10,11,11") == []

    def test_role_and_box_speak_of_one_site(self, ids: Ids) -> None:
        incident = factories.incident()
        factories.site(incident, "launch", "al-amin-al-thaniya")
        factories.site(incident, "impact", "green-zone")
        refresh_derived(incident)
        east = "44.49,33.30,44.52,33.32"
        assert ids("incidents", role="launch", bbox=east) == [incident.public_id]
        assert ids("incidents", role="impact", bbox=east) == []
        assert ids("sites", role="launch", bbox=east) == [f"{incident.public_id}/s1"]

    def test_edges_belong_to_a_box_to_the_seventh_decimal(self, ids: Ids) -> None:
        incident = factories.incident()
        factories.site(incident, place=None, lat=33.1234567, lon=44.7654321)
        refresh_derived(incident)
        for name in ("incidents", "sites"):
            at = "44.7654321,33.1234567,44.7654321,33.1234567"
            assert len(ids(name, bbox=at)) == 1
            for beside in (
                "44.7654322,33.1,45,33.2",
                "44.7,33.1,44.7654320,33.2",
                "44.7,33.1234568,44.8,33.2",
                "44.7,33.1,44.8,33.1234566",
            ):
                assert ids(name, bbox=beside) == []

    def test_six_numbers_are_a_box_with_heights(self, many: list[Incident], ids: Ids) -> None:
        assert ids("sites", bbox="44.35,33.28,-10,44.42,33.35,9000") == ids("sites", bbox=CENTRE)

    def test_a_box_may_cross_the_180th_meridian(self, ids: Ids) -> None:
        for lon in (179.5, -179.5, 0.0):
            incident = factories.incident()
            factories.site(incident, place=None, lat=10.0, lon=lon)
            refresh_derived(incident)
        found = ids("incidents", bbox="170,0,-170,20")
        assert found == ["BGD-2020-11-17-01", "BGD-2020-11-17-02"]
        assert ids("sites", bbox="170,0,-170,20") == [f"{one}/s1" for one in found]

    @pytest.mark.parametrize(
        ("box", "inside"),
        [
            # The line runs from 44.40, 33.30 to 44.50, 33.40.
            ("44.39,33.29,44.41,33.31", True),  # its beginning
            ("44.44,33.44,44.46,33.46", False),  # off it
            ("44.44,33.34,44.46,33.36", True),  # only its middle
            ("44.41,33.36,44.44,33.39", False),  # inside its own box, beside it
            ("44.30,33.20,44.60,33.50", True),  # all of it
            ("44.45,33.30,44.50,33.35", True),  # a corner on it
        ],
    )
    def test_a_line_is_in_a_box_that_it_touches(self, box: str, inside: bool, ids: Ids) -> None:
        incident = factories.incident()
        factories.site(incident, "launch", None, lat=33.30, lon=44.40)
        factories.site(incident, "impact", None, lat=33.40, lon=44.50)
        assert bool(ids("trajectories", bbox=box)) is inside

    @pytest.mark.parametrize(
        ("time", "days"),
        [
            ("2020-09-28", ["28", "month"]),
            ("2020-09-28T12:00:00Z", ["28", "month"]),
            # One o'clock in the night of the 29th in Baghdad.
            ("2020-09-28T22:00:00Z", ["29", "month"]),
            ("2020-09-28T23:59:59+03:00", ["28", "month"]),
            ("2020-09-29/2020-10-05", ["29", "month"]),
            ("2020-09-29/..", ["29", "month"]),
            ("2020-09-29/", ["29", "month"]),
            ("../2020-09-28", ["28", "month"]),
            ("/2020-08-31", []),
            ("2020-10-01/2021-01-01", []),
            ("2020-09-28T", ["28", "month"]),  # as GDAL writes a date
        ],
    )
    def test_time_is_an_instant_or_an_interval_of_days_in_baghdad(
        self, time: str, days: list[str], ids: Ids
    ) -> None:
        names = {}
        for day in (28, 29):
            names[factories.incident(day=date(2020, 9, day)).public_id] = str(day)
        month = factories.incident(
            day=None,
            date_start=date(2020, 9, 1),
            date_end=date(2020, 9, 30),
            date_precision="month",
        )
        undated = factories.incident(day=None)
        names |= {month.public_id: "month", undated.public_id: "undated"}
        # As the standard wants it, what has no time is in every time.
        assert [names[one] for one in ids("incidents", datetime=time)] == [*days, "undated"]

    def test_what_has_no_date_is_left_out_by_from_and_to(self, ids: Ids) -> None:
        factories.incident(day=None)
        dated = factories.incident()
        assert len(ids("incidents", datetime="2000-01-01/..")) == 2
        assert ids("incidents", **{"from": "2000-01-01"}) == [dated.public_id]


class TestFeatures:
    def test_a_feature_is_that_of_the_geojson(self, many: list[Incident], ask: Ask) -> None:
        for name in LAYERS:
            text = "".join(export(name, "geojson", IncidentFilter()))
            expected = {feature["id"]: feature for feature in json.loads(text)["features"]}
            found = ask(f"collections/{name}/items", limit=10_000)["features"]
            assert {
                feature["id"]: {key: feature[key] for key in feature if key != "time"}
                for feature in found
            } == expected

    @pytest.mark.parametrize("name", LAYERS)
    def test_one_feature_is_that_of_the_page(
        self, name: str, many: list[Incident], ask: Ask
    ) -> None:
        for feature in ask(f"collections/{name}/items", limit=5)["features"]:
            alone = ask(f"collections/{name}/items/{feature['id']}")
            assert link(alone, "self") == (
                f"http://testserver/ogc/collections/{name}/items/{feature['id']}"
            )
            assert link(alone, "collection") == f"http://testserver/ogc/collections/{name}"
            del alone["links"]
            assert alone == feature

    def test_time_says_how_exactly_it_is_known(self, ask: Ask) -> None:
        exact = factories.incident()
        year = factories.incident(
            day=None,
            date_start=date(2020, 1, 1),
            date_end=date(2020, 12, 31),
            date_precision="year",
        )
        undated = factories.incident(day=None)
        times = {
            feature["id"]: feature["time"]
            for feature in ask("collections/incidents/items")["features"]
        }
        assert times == {
            exact.public_id: {"date": "2020-11-17"},
            year.public_id: {"interval": ["2020-01-01", "2020-12-31"]},
            undated.public_id: None,
        }

    def test_it_is_counted_anew_when_the_data_changed(self, ask: Ask) -> None:
        assert ask("collections/incidents/items")["numberMatched"] == 0
        factories.incident()
        assert ask("collections/incidents/items")["numberMatched"] == 1


class TestUnpublished:
    """Whatever is asked, and by whomever: what is not published is not there."""

    @pytest.fixture
    def hidden(self, many: list[Incident]) -> list[Incident]:
        return [incident for incident in many if incident.status != Status.PUBLISHED]

    @pytest.mark.parametrize("staff", [False, True])
    @pytest.mark.parametrize("format_", ["json", "html"])
    def test_no_answer_names_one(
        self, hidden: list[Incident], staff: bool, format_: str, admin_client: Any, client: Any
    ) -> None:
        asker = admin_client if staff else client
        for path in (
            "",
            "conformance",
            "api",
            "collections",
            *(f"collections/{name}" for name in LAYERS),
            *(f"collections/{name}/items?limit=1000" for name in LAYERS),
            *(f"collections/{name}/items?bbox=40,30,50,40&limit=1000" for name in LAYERS),
        ):
            separator = "&" if "?" in path else "?"
            response = asker.get(f"/ogc/{path}{separator}f={format_}")
            assert response.status_code == 200
            text = response.content.decode()
            assert [one for one in hidden if one.public_id in text] == []

    @pytest.mark.parametrize(
        ("name", "ending"), [("incidents", ""), ("sites", "/s1"), ("trajectories", "/s2-s1")]
    )
    def test_none_can_be_had_by_its_id(
        self, name: str, ending: str, hidden: list[Incident], admin_client: Any
    ) -> None:
        for incident in hidden:
            path = f"/ogc/collections/{name}/items/{incident.public_id}{ending}"
            assert admin_client.get(path).status_code == 404
            incident.publish()
        found = [
            admin_client.get(f"/ogc/collections/{name}/items/{one.public_id}{ending}")
            for one in hidden
        ]
        assert 200 in {response.status_code for response in found}

    def test_none_is_counted_or_stretches_an_extent(self, ask: Ask) -> None:
        shown = factories.incident()
        factories.site(shown, "impact", "green-zone")
        refresh_derived(shown)
        before = ask("collections")["collections"]
        draft = factories.incident(day=date(1999, 1, 1), status=Status.DRAFT)
        factories.site(draft, "launch", "al-amin-al-thaniya")
        factories.site(draft, "impact", "baghdad-airport")
        refresh_derived(draft)
        assert ask("collections")["collections"] == before
        for collection in COLLECTIONS.values():
            assert collection.count(Selection()) == len(exported(collection.name))
