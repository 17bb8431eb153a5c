"""What is answered from columns in memory is what the database would have answered."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import hypothesis.strategies as st
import numpy as np
import pytest
from django.db import OperationalError
from django.db.models import F, Q
from django.test import Client
from hypothesis import given

from gazetteer import Gazetteer
from incidents import editing, mapdata, readiness, snapshot, synthetic
from incidents.actors import actor_for
from incidents.columns import Names, Numbers, Table, Texts, UnansweredError, Words
from incidents.filters import IncidentFilter
from incidents.ingest import ingest, merge_incidents
from incidents.mapdata import View
from incidents.models import (
    Actor,
    DataVersion,
    Incident,
    IncidentActor,
    Site,
    Status,
    Touched,
)
from incidents.tiles import tile_of
from tests.incidents import factories
from tests.incidents.factories import Reads, draft, draft_site, upload

NEWEST = (F("date_start").desc(nulls_last=True), "-public_id")
CITY = View(44.0, 33.0, 45.0, 34.0, 11)


@pytest.fixture
def world(db: None, gazetteer: Gazetteer) -> None:
    """Incidents of all sorts: made-up ones in numbers, and those that are easily got wrong."""
    for _stored in synthetic.make(300, seed=7, gazetteer=gazetteer):
        pass
    month = {"date_start": date(2006, 3, 1), "date_end": date(2006, 3, 31)}
    loose = factories.incident(day=None, date_precision="month", **month)
    factories.site(loose, "intercept", None, surface="in the air")
    factories.site(loose, "intercept", "green-zone")
    undated = factories.incident(day=None, search_text="صاروخ 100% green_zone")
    factories.site(undated, "impact", "us-embassy")
    factories.site(undated, "impact", "green-zone")
    factories.site(undated, "launch", "al-amin-al-thaniya")
    for role in ("claimed_by", "denied_by"):
        IncidentActor.objects.create(incident=undated, actor=actor_for("Mahdi Army"), role=role)
    factories.incident(killed_low=0, killed_best=0, killed_high=0, killed_status="none_stated")
    for status in (Status.DRAFT, Status.REVIEWED, Status.REJECTED):
        factories.site(factories.incident(status=status), "impact", "green-zone")


def filters(number: int, seed: int) -> Iterator[IncidentFilter]:
    """Random filters, most of them of several parameters."""
    rng = random.Random(seed)
    choices: dict[str, Callable[[], str]] = {
        "from": lambda: f"{rng.randint(2003, 2012)}-0{rng.randint(1, 9)}-11",
        "to": lambda: f"{rng.randint(2004, 2021)}-0{rng.randint(1, 9)}-28",
        "event_type": lambda: rng.choice(["rocket", "mortar,ied", "drone", "other"]),
        "weapon": lambda: rng.choice(["katyusha", "grad,mortar", "rocket_240"]),
        "role": lambda: rng.choice(["launch", "impact", "intercept,target"]),
        "actor": lambda: rng.choice(["mahdi-army", "Ahl al-Kahf,Islamic State"]),
        "place": lambda: rng.choice(["green-zone", "baghdad", "sadr-city,karrada", "iraq"]),
        "min_killed": lambda: str(rng.randint(0, 4)),
        "min_wounded": lambda: str(rng.randint(0, 4)),
        "grade": lambda: rng.choice(["weak", "fair,confirmed", "discounted"]),
        "daypart": lambda: rng.choice(["dawn", "evening,night"]),
        "bbox": lambda: rng.choice(["44.3,33.2,44.45,33.35", "44.4,33.3,44.6,33.5"]),
        "q": lambda: rng.choice(["المنصور", "مطار", "mortar a", "zone", "%", "ة", "no such word"]),
        "updated_since": lambda: rng.choice(["2020-01-01", "2999-01-01"]),
    }
    while number:
        names = rng.sample(list(choices), rng.choice((0, 1, 1, 2, 2, 3)))
        asked = {name: choices[name]() for name in names}
        if asked.get("from", "") <= asked.get("to", "9"):
            number -= 1
            yield IncidentFilter.from_query(asked)


def asked(wanted: IncidentFilter) -> Any:
    """The plain question to the database."""
    return Incident.objects.published().filtered(wanted)


@pytest.mark.usefixtures("world")
class TestAnswers:
    def test_the_same_incidents_in_the_same_order(self) -> None:
        held = snapshot.current()
        sizes = []
        for wanted in filters(80, seed=1):
            expected = list(asked(wanted).order_by(*NEWEST).values_list("pk", flat=True))
            chosen = held.select(wanted)
            assert chosen.keys().tolist() == expected, wanted
            assert chosen.count == len(expected)
            sizes.append(len(expected))
        assert sum(0 < size < 200 for size in sizes) > 20

    @pytest.mark.parametrize("sort", ["date_start", "event_type", "killed_best", "wounded_best"])
    @pytest.mark.parametrize("falling", [False, True])
    def test_the_same_order_by_any_column(self, sort: str, falling: bool) -> None:
        column = F(sort)
        first = column.desc(nulls_last=True) if falling else column.asc(nulls_last=True)
        for wanted in filters(10, seed=2):
            rows = asked(wanted).order_by(first, *NEWEST)
            keys = snapshot.current().select(wanted).keys(sort=f"{'-' * falling}{sort}")
            assert keys.tolist() == list(rows.values_list("pk", flat=True))

    def test_by_place_the_names_of_the_readers_language_count(self) -> None:
        keys = snapshot.current().select(IncidentFilter()).keys(sort="place")
        names = [row.place_name for row in snapshot.Fetched(Incident.objects.all(), keys)[:]]
        assert names == sorted(filter(None, names)) + [""] * names.count("")

    def test_the_same_counts(self) -> None:
        for wanted in filters(40, seed=3):
            rows = list(asked(wanted))
            found = mapdata.summary(snapshot.current().select(wanted))
            assert found["incidents"] == len(rows)
            assert found["unplaced"] == sum(row.lat is None for row in rows)
            for figure in ("killed", "wounded"):
                for edge in ("low", "best", "high"):
                    values = [getattr(row, f"{figure}_{edge}") for row in rows]
                    known = [value for value in values if value is not None]
                    assert found[figure][edge] == (sum(known) if known else None)
                unknown = [row for row in rows if getattr(row, f"{figure}_best") is None]
                assert found[figure]["unknown"] == len(unknown)

    def test_the_same_time_line(self) -> None:
        exact = {"day": ["day"], "month": ["day", "month"], "year": ["day", "month", "year"]}
        units = set()
        for wanted in filters(40, seed=4):
            rows = list(asked(wanted))
            found = mapdata.histogram(snapshot.current().select(wanted))
            unit, cut = found["unit"], {"day": 10, "month": 7, "year": 4}[found["unit"]]
            counted = Counter(
                row.date_start.isoformat()[:cut]
                for row in rows
                if row.date_start and row.date_precision in exact[unit]
            )
            assert found["bars"] == [list(bar) for bar in sorted(counted.items())]
            assert found["vague"] == len(rows) - counted.total()
            units.add(unit)
        assert units >= {"day", "month"}

    @pytest.mark.parametrize("zoom", [7, 11, 15])
    def test_the_same_sites_on_the_map(self, zoom: int) -> None:
        kinds = Counter[str]()
        for wanted in filters(30, seed=zoom):
            view = View(44.3, 33.25, 44.5, 33.4, zoom)
            sites = list(
                Site.objects.filter(
                    view.holds(), wanted.site_condition(), incident__in=asked(wanted)
                )
            )
            data = mapdata.map_data(snapshot.current().select(wanted), view)
            points = {(site.tile_x, site.tile_y) for site in sites}
            if len(points) > mapdata.SPOTS_AT_MOST:
                kinds["cells"] += 1
                assert data["spots"] == data["lines"] == []
                assert _cells(data) == _cells_plainly(sites, zoom)
            else:
                kinds["spots"] += 1
                assert data["cells"] == []
                assert _spots(data) == _spots_plainly(sites)
                assert _lines(data) == _lines_plainly(wanted, view)
        assert kinds["cells"]
        assert kinds["spots"]

    def test_the_map_shows_what_the_list_and_the_exports_hold(self, client: Client) -> None:
        query = {"event_type": "mortar", "min_killed": "1"}
        total = client.get("/map/summary", query).json()["incidents"]
        panel = {"view": "-180,-85,180,85", "zoom": "9", "placed": "yes", "page": "1"}
        inside = client.get("/map/list", query | panel).json()["count"]
        outside = client.get("/map/list", query | panel | {"placed": "no"}).json()["count"]
        features = client.get("/incidents.geojson", query).getvalue().count(b'"Feature"')
        assert total == inside + outside == features > 10
        assert f"{total} incidents" in client.get("/incidents/", query).content.decode()

    def test_no_answer_has_more_cells_than_a_screen(self) -> None:
        chosen = snapshot.current().select(IncidentFilter())
        world = View(-180, -85, 180, 85, 22)
        assert len(mapdata.map_data(chosen, world)["cells"]) <= mapdata.CELLS_AT_MOST

    def test_a_page_holds_no_incident_that_was_withdrawn_meanwhile(self) -> None:
        keys = snapshot.current().select(IncidentFilter()).keys()
        Incident.objects.filter(pk=keys[0]).update(status=Status.REJECTED)
        Incident.objects.filter(pk=keys[1]).delete()
        rows = snapshot.Fetched(Incident.objects.all(), keys)[:4]
        assert [row.pk for row in rows] == keys[2:4].tolist()


def _cells(data: dict[str, Any]) -> dict[Any, Any]:
    return {tuple(cell["box"]): (cell["roles"], cell["lat"], cell["lon"]) for cell in data["cells"]}


def _cells_plainly(sites: list[Site], zoom: int) -> dict[Any, Any]:
    gathered: dict[tuple[int, int], list[Any]] = defaultdict(list)
    shift = 20 - zoom
    for site in sites:
        assert site.tile_x is not None
        assert site.tile_y is not None
        gathered[site.tile_x >> shift, site.tile_y >> shift].append(site)
    found = {}
    for own in gathered.values():
        lats, lons = [site.lat for site in own], [site.lon for site in own]
        found[min(lons), min(lats), max(lons), max(lats)] = (
            dict(Counter(site.role for site in own)),
            pytest.approx(sum(lats) / len(own), abs=1e-5),
            pytest.approx(sum(lons) / len(own), abs=1e-5),
        )
    return found


def _spots(data: dict[str, Any]) -> dict[str, Any]:
    return {spot["key"]: (spot["n"], spot["incident"], spot["radius_m"]) for spot in data["spots"]}


def _spots_plainly(sites: list[Site]) -> dict[str, Any]:
    gathered: dict[str, list[Site]] = defaultdict(list)
    for site in sites:
        gathered[f"{site.tile_x}.{site.tile_y}.{site.role}"].append(site)
    return {
        key: (
            len({site.incident_id for site in own}),
            own[0].incident.public_id if len({site.incident_id for site in own}) == 1 else None,
            max(site.radius_m or 0 for site in own) or None,
        )
        for key, own in gathered.items()
    }


def _lines(data: dict[str, Any]) -> Any:
    return {
        (tile_of(*line["from"]), tile_of(*line["to"])): (line["n"], line["incident"])
        for line in data["lines"]
    }


def _lines_plainly(wanted: IncidentFilter, view: View) -> Any:
    found: dict[Any, set[str]] = defaultdict(set)
    seen = set(Site.objects.filter(view.holds(), role="launch").values_list("pk", flat=True))
    for incident in asked(wanted).prefetch_related("sites"):
        sites: list[Any] = list(incident.sites.all())
        for launch in (site for site in sites if site.pk in seen):
            for impact in sites:
                if impact.role == "impact" and impact.lat is not None:
                    ends = tile_of(launch.lat, launch.lon), tile_of(impact.lat, impact.lon)
                    found[ends].add(incident.public_id)
    most = sorted(found.values(), key=len, reverse=True)[: mapdata.LINES_AT_MOST]
    assert len(most) == len(found), "the test compares all of them"
    return {ends: (len(ids), min(ids) if len(ids) == 1 else None) for ends, ids in found.items()}


# ---- keeping in step ----


def plain(held: snapshot.Snapshot) -> dict[str, Any]:
    """Everything that is held, as values."""
    order = dict(enumerate(held.incidents["pk"].values.tolist()))
    return {
        "incidents": _decoded(held.incidents),
        "sites": sorted(_decoded(held.sites)),
        "parties": sorted(_decoded(held.parties)),
        "owners": sorted(order[row] for row in held.site_row.tolist()),
    }


def _decoded(table: Table) -> list[tuple[str, ...]]:
    columns = []
    for column in table.columns.values():
        match column:
            case Texts():
                columns.append(column.decoded(np.arange(table.size)))
            case Words():
                words = [column.names.values[code] for code in column.codes.tolist()]
                ends = np.cumsum(column.counts).tolist()
                starts = [0, *ends[:-1]]
                columns.append([sorted(words[a:b]) for a, b in zip(starts, ends, strict=True)])
            case _:
                columns.append(column.values.tolist())
    return [tuple(map(repr, row)) for row in zip(*columns, strict=True)]


def assert_in_step() -> snapshot.Snapshot:
    held = snapshot.current()
    assert plain(held) == plain(snapshot._build(held.version))
    return held


@pytest.mark.django_db
class TestKeepingInStep:
    def test_with_every_act(self, gazetteer: Gazetteer) -> None:
        snapshot.current()
        sizes = []
        for act in _acts(gazetteer):
            before = snapshot.current()
            act()
            held = assert_in_step()
            assert held.version > before.version
            sizes.append(held.incidents.size)
        assert max(sizes) >= 5

    def test_only_what_changed_is_read_again(self, monkeypatch: pytest.MonkeyPatch) -> None:
        rows = [factories.incident() for _ in range(5)]
        held = snapshot.current()
        rows[2].save()
        factories.site(rows[3])
        read: list[Any] = []
        original = snapshot._read
        monkeypatch.setattr(
            snapshot,
            "_read",
            lambda kind, names, only=None: read.append(only) or original(kind, names, only),
        )
        assert snapshot.current() is not held
        assert [sorted(only) for only in read] == [[rows[2].pk, rows[3].pk]] * 3

    def test_an_unchanged_database_is_not_read_again(self, django_assert_num_queries: Any) -> None:
        factories.incident()
        held = snapshot.current()
        with django_assert_num_queries(1):
            assert snapshot.current() is held

    def test_who_writes_in_bulk_and_says_so_is_seen(self) -> None:
        row = factories.incident()
        snapshot.current()
        Incident.objects.update(killed_low=3, killed_best=3, killed_high=3)
        Site.objects.bulk_create([Site(incident=row, number=1, role="impact", lat=33, lon=44)])
        DataVersion.bump()
        assert_in_step()
        assert not Touched.objects.exists()

    def test_a_renamed_key_of_an_actor_is_found(self) -> None:
        party = IncidentActor.objects.create(
            incident=factories.incident(), actor=actor_for("Mahdi Army"), role="claimed_by"
        )
        snapshot.current()
        party.actor.slug = "jaish-al-mahdi"
        party.actor.save()
        wanted = IncidentFilter.from_query("actor=jaish-al-mahdi")
        assert snapshot.current().select(wanted).count == 1

    def test_an_older_database_put_back_is_read(self) -> None:
        factories.incident()
        held = snapshot.current()
        DataVersion.objects.update(number=held.version - 1)
        assert snapshot.current().version == held.version - 1

    def test_a_server_reads_before_its_first_visitor(
        self, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any
    ) -> None:
        monkeypatch.setattr(readiness.connections, "close_all", lambda: None)
        factories.site(factories.incident())
        assert readiness.prepare() == ""
        with django_assert_num_queries(1):
            assert snapshot.current().incidents.size == 1

    def test_a_server_without_its_tables_says_what_to_do(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fail() -> None:
            raise OperationalError("no such table")

        monkeypatch.setattr(readiness.connections, "close_all", lambda: None)
        monkeypatch.setattr(snapshot, "current", fail)
        assert "no such table); run `manage.py migrate`" in readiness.prepare()

    def test_an_empty_database_has_an_answer(self) -> None:
        chosen = snapshot.current().select(IncidentFilter.from_query("q=a&role=launch"))
        assert chosen.count == 0
        assert mapdata.map_data(chosen, CITY) == {"spots": [], "cells": [], "lines": []}
        assert mapdata.histogram(chosen) == {"unit": "month", "bars": [], "vague": 0}


def _acts(gazetteer: Gazetteer) -> Iterator[Callable[[], Any]]:
    """What changes the published data, one thing after the other."""
    told = [
        draft(claimed_by=("Ahl al-Kahf",), sites=(draft_site("impact", place),))
        for place in ("green-zone", "us-embassy")
    ]
    first: Any = None

    def tell(index: int, day: str) -> None:
        ingest(
            upload(),
            gazetteer=gazetteer,
            publish=True,
            read=Reads(draft(date=day, sites=told[index].sites, claimed_by=("Mahdi Army",))),
        )

    for index, day in ((0, "2020-11-17"), (0, "2020-11-17"), (1, "2021-02-03"), (1, "2021-05-06")):
        yield lambda index=index, day=day: tell(index, day)  # type: ignore[misc]
    rows = list(Incident.objects.order_by("pk"))
    first, second, third = rows[0], rows[1], rows[2]

    def edit() -> None:
        first.refresh_from_db()
        first.date_start = first.date_end = date(2019, 1, 1)
        first.killed_low = first.killed_best = first.killed_high = 7
        first.save()

    yield edit
    yield lambda: editing.add_site(first, role="launch", place=gazetteer.places["sadr-city"])  # type: ignore[arg-type]
    yield lambda: first.sites.first().delete()
    yield lambda: IncidentActor.objects.create(
        incident=second, actor=Actor.objects.first(), role="denied_by"
    )
    yield lambda: merge_incidents(third, second, gazetteer=gazetteer)
    yield lambda: editing.split_off(second.sources.last(), gazetteer=gazetteer, into=third)
    yield lambda: editing.set_status([third], Status.PUBLISHED)
    yield lambda: editing.set_status([first], Status.REJECTED)
    yield lambda: editing.set_status([first], Status.PUBLISHED)
    yield lambda: editing.delete_articles([second.sources.first().article], gazetteer=gazetteer)
    yield lambda: [factories.site(factories.incident(day=day)) for day in (None, date(2020, 1, 1))]
    yield lambda: first.delete()
    yield lambda: Incident.objects.filter(pk=second.pk).delete()
    yield lambda: list(synthetic.make(3, seed=1, gazetteer=gazetteer))


# ---- columns ----

TEXTS = st.lists(st.text(alphabet="ab cة\n", max_size=12), max_size=6)


@given(TEXTS, st.text(alphabet="abcة", min_size=1, max_size=3))
def test_a_word_is_found_where_the_text_contains_it(texts: list[str], piece: str) -> None:
    column = Words.of(Names(), texts)
    assert column.matches("contains", piece).tolist() == [piece in text for text in texts]
    turned = column.take(np.arange(len(texts))[::-1]).joined(column)
    expected = [piece in text for text in (*texts[::-1], *texts)]
    assert turned.matches("contains", piece).tolist() == expected


def test_null_fulfils_nothing() -> None:
    table = Table({"n": Numbers.whole([None, 0, 5])}, size=3)
    for condition, expected in (
        (Q(n__gte=0), [False, True, True]),
        (Q(n__lte=9), [False, True, True]),
        (Q(n__range=(0, 4)), [False, True, False]),
        (Q(n=0), [False, True, False]),
        (Q(n__isnull=True), [True, False, False]),
        (Q(n__isnull=False) & (Q(n=5) | Q(n=0)), [False, True, True]),
        (Q(), [True, True, True]),
    ):
        assert table.matching(condition).tolist() == expected


@pytest.mark.parametrize(
    "condition", [~Q(n=0), Q(m=0), Q(n__lt=3), Q(n__gte="1"), Q(n__gte=F("n"))]
)
def test_what_no_column_tells_is_left_to_the_database(condition: Q) -> None:
    with pytest.raises(UnansweredError):
        Table({"n": Numbers.whole([1])}, size=1).matching(condition)
