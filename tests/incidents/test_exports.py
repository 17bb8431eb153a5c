"""What leaves the house: the same published incidents in every format, opened without a warning."""

from __future__ import annotations

import csv
import gzip
import io
import json
import subprocess
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client
from geopy.distance import geodesic

from incidents import layers
from incidents.actors import actor_for
from incidents.exports import export, filename
from incidents.filters import IncidentFilter
from incidents.models import DataVersion, Incident, IncidentActor, IncidentArticle, Site, Status
from tests.conftest import require_tool
from tests.incidents import factories

pytestmark = pytest.mark.django_db

KML = "{http://www.opengis.net/kml/2.2}"


def text(layer: str = "incidents", format_: str = "geojson", query: str = "", **how: Any) -> str:
    return "".join(export(layer, format_, IncidentFilter.from_query(query), **how))


def features(layer: str = "incidents", query: str = "") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(text(layer, query=query))["features"]
    return found


def rows(layer: str = "incidents", query: str = "") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text(layer, "csv", query))))


def kml(query: str = "") -> ElementTree.Element:
    return ElementTree.fromstring(text(format_="kml", query=query))  # noqa: S314


@pytest.fixture
def seed() -> Incident:
    """The attack of 2020-11-17, with an air burst that has no place."""
    incident = factories.incident(
        weapon="grad",
        daypart="evening",
        munitions_low=4,
        munitions_best=7,
        munitions_high=7,
        killed_low=1,
        killed_best=1,
        killed_high=1,
        killed_status="stated",
        grade="contested",
        lat=33.3076,
        lon=44.3903,
        place_en="Green Zone",
        place_ar="المنطقة الخضراء",
        place_level="neighbourhood",
        radius_m=2000,
    )
    factories.site(incident, "launch", "daght-street-amin")
    factories.site(incident, "impact", "green-zone", count=4)
    factories.site(incident, "impact", "us-embassy", lat=33.29900000049, lon=44.396)
    factories.site(incident, "intercept", None, count=1)
    for number, publisher in enumerate(("Agency", "=HYPERLINK(1)", "Agency")):
        article = factories.article(
            publisher=publisher,
            url=f"https://example.org/{number}",
            published_at=factories.noon(2020, 11, 18 + number),
        )
        IncidentArticle.objects.create(incident=incident, article=article)
    for role, name in (("claimed_by", "أهل الكهف"), ("denied_by", "=1+1"), ("denied_by", "الجيش")):
        IncidentActor.objects.create(incident=incident, role=role, actor=actor_for(name))
    return incident


class TestGeoJson:
    def test_an_incident_is_one_flat_feature(self, seed: Incident) -> None:
        (feature,) = features()
        assert feature["id"] == feature["properties"]["id"] == "BGD-2020-11-17-01"
        assert feature["geometry"] == {"type": "Point", "coordinates": [44.3903, 33.3076]}
        properties = feature["properties"]
        assert properties | {"updated_at": ""} == {
            "id": "BGD-2020-11-17-01",
            "aliases": None,
            "event_type": "rocket",
            "date_start": "2020-11-17",
            "date_end": "2020-11-17",
            "date_precision": "day",
            "date_prec": 1,
            "time_local": None,
            "daypart": "evening",
            "weapon": "grad",
            "munitions_total": 7,
            "munitions_min": 4,
            "munitions_max": 7,
            "munitions_impacted": 6,
            "munitions_intercepted": 1,
            "killed_min": 1,
            "killed_best": 1,
            "killed_max": 1,
            "killed_status": "stated",
            "wounded_min": None,
            "wounded_best": None,
            "wounded_max": None,
            "wounded_status": "unknown",
            "claimed_by": "Ahl al-Kahf",
            "attributed_to": None,
            "denied_by": "=1+1; الجيش",
            "grade": "contested",
            "place_en": "Green Zone",
            "place_ar": "المنطقة الخضراء",
            "place_level": "neighbourhood",
            "geo_prec_m": 2000.0,
            "sites": 4,
            "launch_sites": "Daght Street",
            "impact_sites": "Green Zone; US Embassy",
            "target_sites": None,
            "sources": "Agency; =HYPERLINK(1)",
            "source_count": 3,
            "source_urls": "https://example.org/0; https://example.org/1; https://example.org/2",
            "languages": "en",
            "recalled_only": False,
            "is_demo": False,
            "status": "published",
            "updated_at": "",
        }
        assert properties["updated_at"].endswith("+03:00")

    def test_a_site_without_a_place_has_no_geometry(self, seed: Incident) -> None:
        found = features("sites")
        assert [f["id"] for f in found] == [f"BGD-2020-11-17-01/s{n}" for n in (1, 2, 3, 4)]
        assert [f["properties"]["site_role"] for f in found] == [
            "launch",
            "impact",
            "impact",
            "intercept",
        ]
        assert found[3]["geometry"] is None
        assert found[3]["properties"]["site_count"] == 1

    def test_coordinates_have_seven_decimals_at_most(self, seed: Incident) -> None:
        assert features("sites")[2]["geometry"]["coordinates"] == [44.396, 33.299]

    def test_trajectories_join_launch_and_impacts(self, seed: Incident) -> None:
        first, second = features("trajectories")
        assert first["id"] == "BGD-2020-11-17-01/s1-s2"
        assert first["geometry"] == {
            "type": "LineString",
            "coordinates": [[44.506, 33.308], [44.3903, 33.3076]],
        }
        expected = geodesic((33.308, 44.506), (33.3076, 44.3903)).km
        assert first["properties"]["distance_km"] == pytest.approx(expected, abs=0.001)
        assert first["properties"]["bearing_deg"] == pytest.approx(269.8, abs=0.2)
        assert second["properties"]["impact_en"] == "US Embassy"

    def test_a_line_without_length_is_none(self) -> None:
        incident = factories.incident()
        factories.site(incident, "launch", "green-zone")
        factories.site(incident, "impact", "green-zone")
        assert features("trajectories") == []

    def test_no_incident_is_an_empty_collection(self) -> None:
        assert json.loads(text()) == {
            "type": "FeatureCollection",
            "name": "incidents",
            "features": [],
        }

    def test_inexact_dates_say_so(self) -> None:
        factories.incident(
            day=None,
            date_start=date(2020, 9, 1),
            date_end=date(2020, 9, 30),
            date_precision="month",
        )
        factories.incident(day=None)
        first, second = (feature["properties"] for feature in features())
        assert (first["date_start"], first["date_end"], first["date_prec"]) == (
            "2020-09-01",
            "2020-09-30",
            4,
        )
        assert (second["date_start"], second["date_prec"]) == (None, None)

    def test_merged_numbers_are_aliases(self, seed: Incident) -> None:
        factories.incident(status=Status.REJECTED, merged_into=seed)
        assert features()[0]["properties"]["aliases"] == "BGD-2020-11-17-02"

    @pytest.mark.parametrize("layer", layers.LAYERS)
    @pytest.mark.parametrize("filled", [True, False], ids=["filled", "empty"])
    def test_gdal_opens_it_without_a_warning(
        self, layer: str, filled: bool, tmp_path: Path, request: pytest.FixtureRequest
    ) -> None:
        ogrinfo = require_tool("ogrinfo")
        if filled:
            request.getfixturevalue("seed")
            factories.incident(day=None)  # neither date nor place
        path = tmp_path / f"{layer}.geojson"
        path.write_text(text(layer), encoding="utf-8")
        done = subprocess.run(
            [ogrinfo, "-ro", "-al", "-so", str(path)], capture_output=True, text=True, check=False
        )
        told = done.stdout + done.stderr
        assert done.returncode == 0, told
        assert "warning" not in told.lower(), told
        assert "error" not in told.lower(), told
        assert f"Layer name: {layer}" in done.stdout
        expected = len(features(layer))
        assert f"Feature Count: {expected}" in done.stdout
        if filled:
            assert 'ID["EPSG",4326]' in done.stdout
            assert "id: String" in done.stdout


class TestCsv:
    def test_columns_are_those_of_the_layer_and_the_point(self, seed: Incident) -> None:
        (row,) = rows()
        assert list(row) == [*layers.INCIDENT_COLUMNS, "lat", "lon"]
        assert (row["killed_best"], row["wounded_best"]) == ("1", "")
        assert (row["lat"], row["lon"]) == ("33.3076", "44.3903")

    def test_cells_that_spreadsheets_would_run_are_defused(self, seed: Incident) -> None:
        assert rows()[0]["denied_by"] == "'=1+1; الجيش"
        Site.objects.filter(number=4).update(surface="\t=cmd")
        assert [row["surface"] for row in rows("sites")][3] == "'\t=cmd"
        Site.objects.filter(number=4).update(surface="\n=cmd")
        assert [row["surface"] for row in rows("sites")][3] == "'\n=cmd"

    def test_negative_numbers_stay_numbers(self) -> None:
        factories.site(factories.incident(), place=None, lat=-33.5, lon=-70.25)
        assert (rows("sites")[0]["lat"], rows("sites")[0]["lon"]) == ("-33.5", "-70.25")

    def test_lines_have_both_ends(self, seed: Incident) -> None:
        row = rows("trajectories")[0]
        assert (row["launch_lat"], row["launch_lon"]) == ("33.308", "44.506")
        assert (row["impact_lat"], row["impact_lon"]) == ("33.3076", "44.3903")

    def test_excel_gets_its_mark_once_and_first(self, seed: Incident) -> None:
        data = text(format_="csv", excel=True)
        assert data.startswith("\ufeffid,")
        assert data.count("\ufeff") == 1
        assert not text(format_="csv").startswith("\ufeff")

    def test_an_unplaced_record_has_empty_coordinates(self) -> None:
        factories.incident()
        assert (rows()[0]["lat"], rows()[0]["lon"]) == ("", "")


class TestKml:
    def names(self, query: str = "") -> dict[str, list[str]]:
        root = kml(query)
        return {
            str(folder.findtext(f"{KML}name")): [
                str(mark.findtext(f"{KML}name")) for mark in folder.iter(f"{KML}Placemark")
            ]
            for folder in root.iter(f"{KML}Folder")
        }

    def test_sites_lie_in_folders_by_role(self, seed: Incident) -> None:
        placeless = factories.incident()
        assert self.names() == {
            "launch": ["Daght Street"],
            "impact": ["Green Zone", "US Embassy"],
            "interception": ["in the air, place not told"],
            "target": [],
            "trajectory": ["Daght Street → Green Zone", "Daght Street → US Embassy"],
            "no place": [placeless.public_id],
        }

    def test_a_filter_by_role_leaves_only_that_folder(self, seed: Incident) -> None:
        assert list(self.names("role=impact")) == ["impact", "trajectory"]

    def test_points_times_and_values(self, seed: Incident) -> None:
        root = kml()
        impact = next(
            mark
            for mark in root.iter(f"{KML}Placemark")
            if mark.findtext(f"{KML}name") == "Green Zone"
        )
        assert impact.findtext(f"{KML}Point/{KML}coordinates") == "44.3903,33.3076"
        assert impact.findtext(f"{KML}TimeSpan/{KML}begin") == "2020-11-17"
        values = {
            data.get("name"): data.findtext(f"{KML}value") for data in impact.iter(f"{KML}Data")
        }
        assert values["incident"] == "BGD-2020-11-17-01"
        assert values["name_ar"] == "المنطقة الخضراء"

    def test_hostile_text_is_text(self, seed: Incident) -> None:
        Site.objects.filter(number=2).update(name_en="<script>&\x0b]]>")
        assert "<script>&\ufffd]]>" in self.names()["impact"]

    def test_gdal_reads_every_folder_without_a_warning(
        self, seed: Incident, tmp_path: Path
    ) -> None:
        ogrinfo = require_tool("ogrinfo")
        factories.incident()
        path = tmp_path / "incidents.kml"
        path.write_text(text(format_="kml"), encoding="utf-8")
        done = subprocess.run(
            [ogrinfo, "-ro", "-al", "-so", str(path)], capture_output=True, text=True, check=False
        )
        told = done.stdout + done.stderr
        assert done.returncode == 0, told
        assert "warning" not in told.lower(), told
        assert "error" not in told.lower(), told
        for name, marks in self.names().items():
            layer = done.stdout.split(f"Layer name: {name}\n")[1].split("Layer name:")[0]
            assert f"Feature Count: {len(marks)}\n" in layer

    def test_it_has_no_layers(self) -> None:
        with pytest.raises(ValueError, match="all layers"):
            export("sites", "kml", IncidentFilter())


class TestEveryFormat:
    @pytest.fixture
    def mixed(self) -> dict[str, Incident]:
        found = {}
        for status in Status:
            incident = factories.incident(status=status)
            factories.site(incident)
            found[status.value] = incident
        return found

    @pytest.mark.parametrize("format_", ["geojson", "csv", "kml"])
    def test_only_published_incidents_leave(self, format_: str, mixed: dict[str, Incident]) -> None:
        exported = text(format_=format_)
        for status, incident in mixed.items():
            assert (incident.public_id in exported) == (status == "published")

    @pytest.mark.parametrize("layer", ["sites", "trajectories"])
    def test_of_the_other_layers_too(self, layer: str, mixed: dict[str, Incident]) -> None:
        assert {f["properties"]["incident"] for f in features(layer)} <= {
            mixed["published"].public_id
        }

    @pytest.mark.parametrize(
        "query",
        [
            "",
            "event_type=rocket",
            "from=2020-06-01&to=2021-01-01",
            "role=launch",
            "place=green-zone",
            "min_killed=1",
            "bbox=44.35,33.28,44.42,33.35",
            "q=green",
            "role=impact&place=us-embassy&from=2020-01-01",
        ],
    )
    def test_formats_hold_the_same_incidents(self, query: str) -> None:
        from incidents.ingest import refresh_derived

        places = ["green-zone", "us-embassy", "baghdad-airport", None]
        for number in range(24):
            incident = factories.incident(
                day=date(2020, 1 + number % 12, 1 + number),
                event_type=("rocket", "ied")[number % 2],
                killed_low=number % 3,
                killed_best=number % 3,
                killed_high=number % 3,
                status=Status.PUBLISHED if number % 5 else Status.DRAFT,
            )
            if number % 7:
                factories.site(incident, "impact", places[number % 4])
            if number % 2:
                factories.site(incident, "launch", "daght-street-amin")
            refresh_derived(incident)
        wanted = Incident.objects.published().filtered(IncidentFilter.from_query(query))
        expected = set(wanted.values_list("public_id", flat=True))
        assert expected
        assert {f["id"] for f in features(query=query)} == expected
        assert {row["id"] for row in rows(query=query)} == expected
        root = kml(query)
        marks = {
            data.findtext(f"{KML}value")
            for mark in root.iter(f"{KML}Placemark")
            for data in mark.iter(f"{KML}Data")
            if data.get("name") in ("incident", "id")
        }
        assert {str(mark).partition("/")[0] for mark in marks} == expected

    def test_the_order_is_that_of_dates_undated_last(self) -> None:
        factories.incident(day=None)
        for day in (date(2021, 1, 1), date(2019, 1, 1)):
            factories.incident(day=day)
        assert [f["properties"]["date_start"] for f in features()] == [
            "2019-01-01",
            "2021-01-01",
            None,
        ]

    def test_it_streams_in_batches_with_a_constant_number_of_queries(
        self, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any
    ) -> None:
        for _ in range(9):
            factories.site(factories.incident())
        monkeypatch.setattr(layers, "BATCH", 5)
        with django_assert_num_queries(1 + 2 * 5):
            assert len(features()) == 9
        with django_assert_num_queries(1 + 2 * 2):
            assert len(features("sites")) == 9


class TestDownloads:
    @pytest.mark.parametrize(
        ("path", "kind"),
        [
            ("/incidents.geojson", "application/geo+json"),
            ("/sites.geojson", "application/geo+json"),
            ("/trajectories.geojson", "application/geo+json"),
            ("/incidents.csv", "text/csv; charset=utf-8"),
            ("/sites.csv", "text/csv; charset=utf-8"),
            ("/trajectories.csv", "text/csv; charset=utf-8"),
            ("/incidents.kml", "application/vnd.google-earth.kml+xml"),
        ],
    )
    def test_each_has_its_type_and_a_name(
        self, client: Client, seed: Incident, path: str, kind: str
    ) -> None:
        response = client.get(path, {"event_type": "rocket"})
        assert response.status_code == 200
        assert response["Content-Type"] == kind
        assert "event_type-rocket" in response["Content-Disposition"]
        assert b"BGD-2020-11-17-01" in b"".join(response.streaming_content)  # type: ignore[attr-defined]

    def test_a_copy_that_is_still_good_is_not_sent_again(
        self, client: Client, seed: Incident
    ) -> None:
        first = client.get("/incidents.geojson")
        etag = first["ETag"]
        again = client.get("/incidents.geojson", headers={"If-None-Match": etag})
        assert (again.status_code, again.content, again["ETag"]) == (304, b"", etag)
        other = client.get("/incidents.geojson?q=x", headers={"If-None-Match": etag})
        assert other.status_code == 200
        seed.weapon = "katyusha"
        seed.save()
        changed = client.get("/incidents.geojson", headers={"If-None-Match": etag})
        assert changed.status_code == 200
        assert b"katyusha" in b"".join(changed.streaming_content)  # type: ignore[attr-defined]

    def test_it_is_packed_when_asked(self, client: Client, seed: Incident) -> None:
        response = client.get("/incidents.geojson", headers={"Accept-Encoding": "gzip"})
        assert response["Content-Encoding"] == "gzip"
        packed = b"".join(response.streaming_content)  # type: ignore[attr-defined]
        assert json.loads(gzip.decompress(packed))["features"][0]["id"] == seed.public_id
        again = client.get(
            "/incidents.geojson",
            headers={"Accept-Encoding": "gzip", "If-None-Match": response["ETag"]},
        )
        assert again.status_code == 304

    @pytest.mark.parametrize("path", ["/incidents.geojson", "/incidents.csv", "/incidents.kml"])
    def test_a_bad_filter_is_a_400_that_names_it(self, client: Client, path: str) -> None:
        response = client.get(path, {"bbox": "1,2,3"}, headers={"Accept-Language": "en"})
        assert response.status_code == 400
        assert b"bbox" in response.content
        assert b"west,south,east,north" in response.content

    def test_a_bad_filter_comes_as_json_to_programs(self, client: Client) -> None:
        error = client.get("/incidents.geojson", {"nope": "1"}).json()["error"]
        assert error["parameter"] == "nope"

    def test_excel_is_asked_for_with_one(self, client: Client, seed: Incident) -> None:
        response = client.get("/incidents.csv", {"excel": "1"})
        assert b"".join(response.streaming_content).startswith(b"\xef\xbb\xbfid,")  # type: ignore[attr-defined]
        assert client.get("/incidents.csv", {"excel": "yes"}).status_code == 400
        assert client.get("/sites.csv", {"excel": "1"}).status_code == 200
        assert client.get("/incidents.geojson", {"excel": "1"}).status_code == 400

    def test_names_in_kml_are_in_the_language_asked_for(
        self, client: Client, seed: Incident
    ) -> None:
        def folders(query: str) -> list[str | None]:
            response = client.get(f"/incidents.kml{query}", headers={"Accept-Language": "en"})
            root = ElementTree.fromstring(b"".join(response.streaming_content))  # type: ignore[attr-defined]  # noqa: S314
            return [folder.findtext(f"{KML}name") for folder in root.iter(f"{KML}Folder")]

        assert folders("")[1] == folders("?lang=en")[1] == "impact"
        assert folders("?lang=ar")[1] == "موقع السقوط"
        refused = client.get("/incidents.kml?lang=fr")
        assert refused.status_code == 400
        assert b"ar, en" in refused.content

    def test_nothing_can_be_posted(self, client: Client) -> None:
        assert client.post("/incidents.csv").status_code == 405


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("", "athar-sites-2026-11-24.geojson"),
        ("event_type=rocket", "athar-sites-2026-11-24-event_type-rocket.geojson"),
        ("q=../../etc/%22%0d%0a", "athar-sites-2026-11-24-q-_etc.geojson"),
        ("q=صواريخ", "athar-sites-2026-11-24-q.geojson"),
    ],
)
def test_names_of_files_are_plain(query: str, name: str) -> None:
    wanted = IncidentFilter.from_query(query)
    assert filename("sites", "geojson", wanted, date(2026, 11, 24)) == name


class TestCommand:
    def test_it_writes_what_the_address_sends(
        self, client: Client, seed: Incident, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        query = "event_type=rocket&from=2020-01-01"
        for path, arguments in {
            "/incidents.csv": ["--format", "csv"],
            "/sites.geojson": ["--format", "geojson", "--layer", "sites"],
            "/incidents.kml": ["--format", "kml"],
            "/trajectories.csv": ["--format", "csv", "--layer", "trajectories"],
        }.items():
            target = tmp_path / "export"
            call_command("export", *arguments, "--filter", query, "-o", str(target))
            response = client.get(f"{path}?{query}", headers={"Accept-Language": "en"})
            assert target.read_bytes() == b"".join(response.streaming_content)  # type: ignore[attr-defined]
        target = tmp_path / "acled.csv"
        arguments = ["--format", "csv", "--profile", "acled", "--excel", "--filter", query]
        call_command("export", *arguments, "-o", str(target))
        response = client.get(f"/incidents.csv?profile=acled&excel=1&{query}")
        assert target.read_bytes() == b"".join(response.streaming_content)  # type: ignore[attr-defined]
        call_command("export", "--format", "geojson")
        assert json.loads(capsys.readouterr().out)["features"][0]["id"] == seed.public_id

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            (["--format", "csv", "--filter", "from=x"], "from: “x” is no date"),
            (["--format", "kml", "--layer", "sites"], "all layers"),
            (["--format", "kml", "--excel"], "csv only"),
            (["--format", "csv", "--layer", "sites", "--profile", "acled"], "of the incidents"),
            (["--format", "csv", "--profile", "gtd"], "invalid choice"),
            (["--format", "kml", "--lang", "fr"], "invalid choice"),
            (["--format", "csv", "-o", "/nowhere/at/all.csv"], "cannot be written"),
        ],
    )
    def test_it_says_what_is_wrong(self, arguments: list[str], message: str) -> None:
        with pytest.raises(CommandError, match=message):
            call_command("export", *arguments)

    def test_a_file_that_was_there_survives_a_failure(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def broken(*args: Any, **kwargs: Any) -> Iterator[str]:
            yield "half"
            raise RuntimeError("the database went away")

        monkeypatch.setattr("incidents.management.commands.export.export", broken)
        target = tmp_path / "out.csv"
        target.write_text("yesterday's")
        with pytest.raises(RuntimeError):
            call_command("export", "--format", "csv", "-o", str(target))
        assert target.read_text() == "yesterday's"
        assert list(tmp_path.iterdir()) == [target]


def test_every_change_that_is_shown_moves_the_data_version() -> None:
    incident = factories.incident()
    version = DataVersion.current()
    site = factories.site(incident)
    assert DataVersion.current() > version
    version = DataVersion.current()
    site.delete()
    assert DataVersion.current() > version
