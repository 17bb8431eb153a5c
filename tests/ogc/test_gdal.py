"""GDAL's own driver for OGC API – Features reads ours, as QGIS and ogr2ogr would."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from incidents.filters import IncidentFilter
from incidents.ingest import refresh_derived
from incidents.layers import LAYERS, records
from incidents.models import Incident, Status
from tests.conftest import require_tool
from tests.incidents import factories

pytestmark = pytest.mark.django_db(transaction=True)

Ogrinfo = Callable[..., str]


@pytest.fixture
def ogrinfo(live_server: Any, many: list[Incident]) -> Ogrinfo:
    """What ogrinfo prints about the API: ``ogrinfo("sites", "-spat", …)``. Warnings fail."""
    program = require_tool("ogrinfo")

    def ogrinfo(*arguments: str) -> str:
        command = [program, "-ro", *arguments[1:], f"OAPIF:{live_server.url}/ogc/", *arguments[:1]]
        done = subprocess.run(
            command,
            env=os.environ | {"NO_PROXY": "*", "no_proxy": "*"},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert (done.returncode, done.stderr) == (0, ""), done.stdout + done.stderr
        return done.stdout

    return ogrinfo


def ids(printed: str) -> list[str]:
    return re.findall(r"^  id \(String\) = (\S+)$", printed, re.MULTILINE)


def exported(layer: str, query: str = "") -> set[str]:
    return {record.id for record in records(layer, IncidentFilter.from_query(query))}


def test_it_lists_the_layers(ogrinfo: Ogrinfo) -> None:
    printed = ogrinfo()
    assert re.findall(r"^\d: (\w+)", printed, re.MULTILINE) == list(LAYERS)
    assert re.findall(r"\((Point|Line String)\)$", printed, re.MULTILINE) == [
        "Point",
        "Point",
        "Line String",
    ]


@pytest.mark.parametrize("layer", LAYERS)
def test_it_reads_all_features_over_many_pages(layer: str, ogrinfo: Ogrinfo) -> None:
    expected = exported(layer)
    assert len(expected) > 6
    found = ids(ogrinfo(layer, "-oo", "PAGE_SIZE=3"))
    assert len(found) == len(expected)
    assert set(found) == expected
    summary = ogrinfo(layer, "-so")
    assert f"Feature Count: {len(expected)}" in summary
    assert 'ID["EPSG",4326]' in summary
    assert "date_start: Date" in summary
    assert "killed_best: Integer" in summary


@pytest.mark.parametrize("layer", ["incidents", "sites"])
def test_it_filters_by_box(layer: str, ogrinfo: Ogrinfo) -> None:
    box = ("44.35", "33.28", "44.42", "33.35")
    found = ids(ogrinfo(layer, "-spat", *box, "-oo", "PAGE_SIZE=2"))
    inside = {
        record.id
        for record in records(layer, IncidentFilter.from_query(f"bbox={','.join(box)}"))
        for lon, lat in record.positions
        if 44.35 <= lon <= 44.42 and 33.28 <= lat <= 33.35
    }
    assert set(found) == inside != set()
    assert len(found) < len(exported(layer))


def test_it_filters_by_date(ogrinfo: Ogrinfo) -> None:
    # The standard gives what has no date to every time; these have one.
    undated = set(
        Incident.objects.filter(date_start__isnull=True).values_list("public_id", flat=True)
    )
    for condition, query in (
        ("date_start >= '2020-06-01'", "from=2020-06-01"),
        ("date_start = '2020-03-03'", "from=2020-03-03&to=2020-03-03"),
        (
            "date_start >= '2020-03-01' AND date_start <= '2020-05-31'",
            "from=2020-03-01&to=2020-05-31",
        ),
    ):
        found = set(ids(ogrinfo("incidents", "-where", condition, "-oo", "PAGE_SIZE=4")))
        assert found - undated == exported("incidents", query) != set()


def test_it_hands_on_what_the_definition_says_can_be_asked(ogrinfo: Ogrinfo) -> None:
    found = ids(ogrinfo("incidents", "-where", "event_type = 'drone'"))
    assert set(found) == exported("incidents", "event_type=drone") != set()


def test_it_finds_one_feature_by_its_id(ogrinfo: Ogrinfo) -> None:
    wanted = sorted(exported("sites"))[3]
    assert ids(ogrinfo("sites", "-where", f"id = '{wanted}'")) == [wanted]


def test_it_sees_nothing_unpublished(ogrinfo: Ogrinfo) -> None:
    hidden = factories.incident(day=date(2020, 2, 2), status=Status.REVIEWED)
    factories.site(hidden, "launch", "daght-street-amin")
    factories.site(hidden, "impact", "green-zone")
    refresh_derived(hidden)
    for layer in LAYERS:
        printed = ogrinfo(layer)
        assert ids(printed)
        assert hidden.public_id not in printed
