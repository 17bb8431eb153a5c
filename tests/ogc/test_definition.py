"""The served definition says what the API does: checked by hand, and by schemathesis."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest
from django.test import Client

from incidents.actors import actor_for
from incidents.filters import PARAMETERS
from incidents.layers import LAYERS
from incidents.models import Incident, IncidentActor
from incidents.ogc import parameters
from incidents.ogc.collections import COLLECTIONS
from tests.incidents import factories
from tests.ogc import hooks
from tests.ogc.conftest import Ask
from tests.project import ROOT

pytestmark = pytest.mark.django_db


@pytest.fixture
def definition(client: Client) -> dict[str, Any]:
    response = client.get("/ogc/api", headers={"Accept-Language": "en"})
    assert response["Content-Type"] == "application/vnd.oai.openapi+json;version=3.0"
    document: dict[str, Any] = response.json()
    return document


def test_it_names_the_address_it_was_asked_at(definition: dict[str, Any]) -> None:
    assert definition["openapi"].startswith("3.0.")
    assert definition["servers"] == [{"url": "http://testserver/ogc"}]


def test_every_filter_is_a_parameter_of_every_collection(definition: dict[str, Any]) -> None:
    for name in LAYERS:
        given = definition["paths"][f"/collections/{name}/items"]["get"]["parameters"]
        keys = [each["$ref"].rpartition("/")[2] for each in given]
        names = {definition["components"]["parameters"][key]["name"] for key in keys}
        assert names == {*PARAMETERS, "datetime", "limit", "placed", "after", "f"}


def test_every_parameter_is_explained(definition: dict[str, Any]) -> None:
    for parameter in definition["components"]["parameters"].values():
        assert len(parameter["description"]) > 10, parameter["name"]


def test_limits_are_those_that_are_kept(definition: dict[str, Any], client: Client) -> None:
    limit = definition["components"]["parameters"]["limit"]["schema"]
    assert limit == {"type": "integer", "minimum": 1, "maximum": 10_000, "default": 100}
    for value, status in ((limit["minimum"] - 1, 400), (limit["minimum"], 200)):
        response = client.get(f"/ogc/collections/sites/items?limit={value}")
        assert response.status_code == status
    for value, status in ((limit["maximum"] + 1, 400), (limit["maximum"], 200)):
        response = client.get(f"/ogc/collections/sites/items?limit={value}")
        assert response.status_code == status


def test_the_parameters_of_the_standard_are_defined_as_it_wants_them(
    definition: dict[str, Any],
) -> None:
    bbox = definition["components"]["parameters"]["bbox"]
    assert (bbox["in"], bbox["required"], bbox["style"], bbox["explode"]) == (
        "query",
        False,
        "form",
        False,
    )
    assert bbox["schema"]["type"] == "array"
    assert bbox["schema"]["items"] == {"type": "number"}
    assert definition["components"]["parameters"]["datetime"]["schema"] == {"type": "string"}


def test_properties_are_the_fields_of_the_layer(
    definition: dict[str, Any], many: list[Incident], ask: Ask
) -> None:
    kinds = {"string": str, "integer": int, "number": (int, float), "boolean": bool}
    for name, layer in LAYERS.items():
        schema = definition["components"]["schemas"][f"{name}Properties"]
        assert list(schema["properties"]) == [field.name for field in layer.fields]
        for feature in ask(f"collections/{name}/items", limit=1000)["features"]:
            for key, value in feature["properties"].items():
                told = schema["properties"][key]
                assert told["description"]
                if value is None:
                    assert told["nullable"], key
                else:
                    assert isinstance(value, kinds[told["type"]]), key  # type: ignore[arg-type]


def test_references_lead_somewhere(definition: dict[str, Any]) -> None:
    found = 0

    def walk(part: Any) -> None:
        nonlocal found
        if isinstance(part, dict):
            if "$ref" in part:
                found += 1
                there = definition
                for step in part["$ref"].removeprefix("#/").split("/"):
                    there = there[step]
            for each in part.values():
                walk(each)
        elif isinstance(part, list):
            for each in part:
                walk(each)

    walk(definition)
    assert found > 100


def test_it_comes_in_the_readers_language(client: Client) -> None:
    arabic = client.get("/ogc/api", headers={"Accept-Language": "ar"}).json()
    assert arabic["info"]["title"] == "أثر: الهجمات المذكورة في بغداد"
    assert "المستطيل" in arabic["components"]["parameters"]["bbox"]["description"]


def test_a_new_filter_without_a_description_is_noticed() -> None:
    described = {
        each.name for each in parameters.item_parameters(COLLECTIONS["sites"]) if each.description
    }
    assert described >= set(PARAMETERS)


def test_schemathesis_finds_no_failure(live_server: Any, many: list[Incident]) -> None:
    """It makes up questions that the definition allows, which must be answered as defined, and
    others, which must be refused."""
    # What the examples and the hooks speak of.
    attack = factories.incident()
    factories.site(attack, "launch", "daght-street-amin")
    factories.site(attack, "impact", "green-zone")
    IncidentActor.objects.create(incident=attack, actor=actor_for(hooks.ACTOR), role="claimed_by")
    done = subprocess.run(
        [
            *(sys.executable, "-m", "schemathesis.cli", "run", f"{live_server.url}/ogc/api"),
            *("--phases", "examples,coverage,fuzzing", "--max-examples", "20"),
            *("--generation-deterministic", "--no-color"),
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    told = done.stdout + done.stderr
    assert done.returncode == 0, told
    assert "13 selected / 13 total" in told
    assert "WARNINGS" not in told, told
