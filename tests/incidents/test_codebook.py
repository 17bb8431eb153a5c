"""The codebook explains everything that leaves the house, in both languages, and nothing else."""

from __future__ import annotations

import csv
import io
import json
import re
from html.parser import HTMLParser
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.utils import translation

from extraction.text import lexicon
from gazetteer import LEVELS
from incidents import codebook, demo
from incidents.actors import actor_for
from incidents.exports import export
from incidents.filters import IncidentFilter
from incidents.layers import LAYERS
from incidents.management.commands.evaluate import figures, measured
from incidents.models import Incident, IncidentActor, Status
from incidents.profiles import PROFILES
from tests.incidents import factories

pytestmark = pytest.mark.django_db


class Page(HTMLParser):
    """The ids of a page, the fragments it links to, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.fragments: set[str] = set()
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        self.ids += [value for value in [named.get("id")] if value]
        if (target := named.get("href") or "").startswith("#"):
            self.fragments.add(target[1:])

    def handle_data(self, data: str) -> None:
        self.text += data


def page(client: Client, language: str = "en") -> Page:
    response = client.get("/codebook/", headers={"Accept-Language": language})
    assert response.status_code == 200
    return Page(response.content.decode())


@pytest.fixture
def told() -> Incident:
    incident = factories.incident(lat=33.3076, lon=44.3903)
    factories.site(incident, "launch", "al-amin-al-thaniya")
    factories.site(incident)
    return incident


def exported(layer: str, format_: str, **how: Any) -> str:
    return "".join(export(layer, format_, IncidentFilter(), **how))


def explained(layer: str) -> set[str]:
    (part,) = (part for part in codebook.parts() if part.name == layer)
    return {entry.field.name for entry in part.entries}


@pytest.mark.parametrize("layer", LAYERS)
def test_every_column_of_csv_and_geojson_is_explained(layer: str, told: Incident) -> None:
    header = next(csv.reader(io.StringIO(exported(layer, "csv"))))
    assert set(header) == explained(layer)
    (feature, *_) = json.loads(exported(layer, "geojson"))["features"]
    geometry = {field.name for field in LAYERS[layer].geometry}
    assert set(feature["properties"]) == explained(layer) - geometry
    (part,) = (part for part in codebook.parts() if part.name == layer)
    assert feature["geometry"]["type"] == part.geometry


def test_every_value_of_kml_is_explained(told: Incident) -> None:
    root = ElementTree.fromstring(exported("incidents", "kml"))  # noqa: S314
    named = {data.get("name") for data in root.iter("{http://www.opengis.net/kml/2.2}Data")}
    assert named
    assert named <= set().union(*map(explained, LAYERS))


@pytest.mark.parametrize("profile", PROFILES)
def test_every_column_of_a_profile_is_explained(profile: str, client: Client) -> None:
    header = next(csv.reader(io.StringIO(exported("incidents", "csv", profile=profile))))
    shown = page(client).ids
    assert all(f"{profile}-{column}" in shown for column in header)


@pytest.mark.parametrize("layer", LAYERS)
def test_values_are_of_the_type_that_is_told(layer: str, told: Incident) -> None:
    types: dict[str, tuple[type, ...]] = {
        "integer": (int,),
        "number": (int, float),
        "boolean": (bool,),
    }
    (feature, *_) = json.loads(exported(layer, "geojson"))["features"]
    for field in LAYERS[layer].fields:
        value = feature["properties"][field.name]
        if value is None:
            assert not field.filled, field.name
            continue
        assert isinstance(value, types.get(field.kind, (str,))), field.name
        patterns = {"date": r"\d{4}-\d\d-\d\d", "instant": r"\d{4}-\d\d-\d\dT[\d:]{8}[+-]\d\d:\d\d"}
        if field.kind in patterns:
            assert re.fullmatch(patterns[field.kind], value)


def test_lists_hold_all_values_each_with_its_meaning() -> None:
    lists = codebook.value_lists()
    named = {field.values for layer in LAYERS.values() for field in layer.fields if field.values}
    assert named <= set(lists)
    assert [value.value for value in lists["weapon"].values] == list(lexicon.weapons())
    assert {value.value for value in lists["place_level"].values} == set(LEVELS)
    for name, values in lists.items():
        for value in values.values:
            assert str(value.label)
            assert len(value.more) == len(values.columns)
            assert value.meaning or name in (
                "weapon",
                "date_prec",
                "daypart",
                "victim_group",
                "language",
            ), f"{name} {value.value}"


def test_hours_go_once_round_the_clock() -> None:
    spans = [str(value.more[0]) for value in codebook.value_lists()["daypart"].values]
    assert spans == [
        "04:00–07:00",
        "07:00–12:00",
        "12:00–14:00",
        "14:00–18:00",
        "18:00–21:00",
        "21:00–04:00",
    ]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_page_has_an_anchor_for_everything_it_links_to(client: Client, language: str) -> None:
    shown = page(client, language)
    assert len(shown.ids) == len(set(shown.ids))
    assert shown.fragments <= set(shown.ids)
    assert "incidents-killed_best" in shown.ids


def test_every_text_speaks_arabic() -> None:
    def texts(value: Any) -> list[dict[str, str]]:
        if isinstance(value, dict):
            if set(value) == {"en", "ar"}:
                return [value]
            return [text for part in value.values() for text in texts(part)]
        if isinstance(value, list):
            return [text for part in value for text in texts(part)]
        return []

    arabic = re.compile(r"[\u0621-\u064a]")
    found = texts(codebook.as_json())
    assert len(found) > 200
    assert [text["en"] for text in found if not arabic.search(text["ar"])] == []


def test_programs_get_the_same(client: Client, told: Incident) -> None:
    IncidentActor.objects.create(incident=told, actor=actor_for("Ahl al-Kahf"), role="claimed_by")
    response = client.get("/codebook.json")
    book = response.json()
    assert [layer["name"] for layer in book["layers"]] == list(LAYERS)
    (killed,) = (f for f in book["layers"][0]["fields"] if f["name"] == "killed_min")
    assert killed["type"] == "integer"
    assert killed["acled"] == "fatalities"
    assert killed["nullable"] is True
    assert {"value": "grad", "label": {"en": "Grad", "ar": "غراد"}}.items() <= next(
        weapon for weapon in book["values"]["weapon"] if weapon["value"] == "grad"
    ).items()
    assert book["groups"] == [
        {"value": "ahl-al-kahf", "label": {"en": "Ahl al-Kahf", "ar": "أهل الكهف"}}
    ]
    again = client.get("/codebook.json", headers={"If-None-Match": response["ETag"]})
    assert again.status_code == 304
    assert client.get("/codebook.json?f=x").json()["error"]["parameter"] == "f"


def test_groups_of_drafts_are_not_told(client: Client) -> None:
    draft = factories.incident(status=Status.DRAFT)
    IncidentActor.objects.create(incident=draft, actor=actor_for("Ahl al-Kahf"), role="claimed_by")
    assert client.get("/codebook.json").json()["groups"] == []
    assert "ahl-al-kahf" not in page(client).text


def test_the_figures_are_those_of_the_extractor() -> None:
    fresh = figures(measured({article["id"]: article for article in demo.annotated()}))
    stored = codebook.stored_figures()
    assert {name: stored[name] for name in fresh} == fresh, "run manage.py evaluate --write"


def test_every_figure_shown_was_measured() -> None:
    with translation.override("en"):
        evaluation = codebook.evaluation()
        assert list(map(str, evaluation.columns)) == ["All", "Arabic", "English"]
    assert evaluation.articles == 96
    assert re.fullmatch(r"\d{1,2} \w+ \d{4}", evaluation.measured)
    cells = [cell for _name, row in evaluation.rows for _heading, cell in row]
    assert all(re.fullmatch(r"\d+\.\d%|\d+|–", cell) for cell in cells)


def test_the_active_language_is_left_as_it_was() -> None:
    with translation.override("ar"):
        codebook.as_json()
        assert translation.get_language() == "ar"


def test_every_page_leads_to_it(client: Client) -> None:
    assert 'href="/codebook/"' in client.get("/incidents/").content.decode()
