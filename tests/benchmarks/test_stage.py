"""The benchmarks of the desk and of the exports ask what they say; how fast it is, no test asks."""

from __future__ import annotations

import random
from typing import Any

import pytest

from benchmarks import desk, exports
from benchmarks.stage import Measure, table
from incidents.actors import actor_for
from incidents.filters import IncidentFilter
from incidents.layers import LAYERS
from incidents.map_views import _view
from incidents.models import IncidentActor
from tests.incidents import factories


def test_the_bar_is_held_against_the_slow_ones() -> None:
    values = [*range(1, 101)]
    measure = Measure("answer", values, bar=95)
    assert (measure.median, measure.p95, measure.verdict) == (50.5, 96, "OVER")
    assert Measure("answer", values, bar=96).verdict == "ok"
    assert Measure("answer", values).verdict == ""
    assert Measure("answer", [3, 1, 2]).p95 == 3


def test_the_table_has_a_line_a_measure() -> None:
    plain = [Measure("short", [1.0], 2.0), Measure("longer", [1234.5], unit="kB")]
    lines = table(plain).splitlines()
    assert len(lines) == 4
    assert lines[2].split() == ["short", "≤", "2", "ms", "1", "ms", "1", "ms", "ok", "1"]
    assert lines[3].split() == ["longer", "1,234", "kB", "1,234", "kB", "1"]
    (*_head, line) = table([Measure("short", [1.0], processor=[0.5])]).splitlines()
    assert line.split() == ["short", "1", "ms", "1", "ms", "1", "0.5", "ms", "0.5", "ms"]


@pytest.mark.django_db
def test_random_requests_ask_for_all_sorts_of_things(rf: Any) -> None:
    for name in desk.GROUPS:
        IncidentActor.objects.create(
            incident=factories.incident(), actor=actor_for(name), role="claimed_by"
        )
    rng = random.Random(1)
    seen = set()
    for _ in range(150):
        wanted = IncidentFilter.from_query(desk.random_filter(rng))
        seen |= {name for name, _value in wanted.items()}
        view = _view(rf.get("/map/data", desk.random_view(rng)))
        assert view.west < 44.9
        assert view.east > 43.9
    assert seen >= {"from", "to", "actor", "place", "role", "bbox", "q", "grade", "min_killed"}


@pytest.mark.django_db
@pytest.mark.parametrize("layer", exports.SQL)
def test_gdal_is_asked_for_what_the_layer_holds(layer: str) -> None:
    from django.db import connection

    if connection.vendor != "sqlite":
        pytest.skip("the benchmark compares files of SQLite")
    factories.site(factories.incident())
    with connection.cursor() as cursor:
        (row,) = cursor.execute(exports.SQL[layer]).fetchall()
    # These are made of others; two columns are the point.
    made = {"date_prec", "munitions_impacted", "munitions_intercepted"}
    assert len(row) - 2 == len({field.name for field in LAYERS[layer].fields} - made)
