"""Our incidents in the columns and codes of other projects, by the crosswalk."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client

from incidents.actors import actor_for
from incidents.exports import export
from incidents.filters import IncidentFilter
from incidents.models import Incident, IncidentActor, IncidentArticle, Victim
from incidents.profiles import ACLED, PROFILES, UCDP, UNKNOWN_GROUP, priogrid
from tests.incidents import factories

pytestmark = pytest.mark.django_db

ACLED_COLUMNS = (
    "event_id_cnty, event_date, year, time_precision, disorder_type, event_type, sub_event_type, "
    "actor1, assoc_actor_1, inter1, actor2, assoc_actor_2, inter2, interaction, "
    "civilian_targeting, iso, region, country, admin1, admin2, admin3, location, latitude, "
    "longitude, geo_precision, source, source_scale, notes, fatalities, tags, timestamp"
).split(", ")
UCDP_COLUMNS = (
    "id, year, active_year, code_status, type_of_violence, conflict_new_id, conflict_name, "
    "dyad_new_id, dyad_name, side_a_new_id, side_a, side_b_new_id, side_b, number_of_sources, "
    "source_article, source_office, source_date, source_headline, source_original, where_prec, "
    "where_coordinates, where_description, adm_1, adm_2, latitude, longitude, geom_wkt, "
    "priogrid_gid, country, country_id, region, event_clarity, date_prec, date_start, date_end, "
    "deaths_a, deaths_b, deaths_civilians, deaths_unknown, best, high, low"
).split(", ")


def rows(profile: str, query: str = "") -> list[dict[str, str]]:
    written = export("incidents", "csv", IncidentFilter.from_query(query), profile=profile)
    return list(csv.DictReader(io.StringIO("".join(written))))


def dead(number: int | None, low: int | None = None, high: int | None = None) -> dict[str, Any]:
    return {
        "killed_low": number if low is None else low,
        "killed_best": number,
        "killed_high": number if high is None else high,
        "killed_status": "unknown" if number is None else "stated" if number else "none_stated",
    }


@pytest.fixture
def seed() -> Incident:
    """The attack of 2020-11-17: seven rockets at the Green Zone, a child killed."""
    incident = factories.incident(
        weapon="grad",
        daypart="evening",
        munitions_low=7,
        munitions_best=7,
        munitions_high=7,
        wounded_low=5,
        wounded_best=5,
        wounded_high=5,
        wounded_status="stated",
        grade="contested",
        **dead(1),
    )
    factories.site(incident, "launch", "al-amin-al-thaniya")
    factories.site(incident, "impact", "green-zone", relation="inside", count=4)
    factories.site(incident, "impact", None, name_en="Medical City", lat=33.347, lon=44.379)
    factories.site(incident, "intercept", None, count=1, surface="اعترضت المنظومة")
    for role, name in (
        ("claimed_by", "أهل الكهف"),
        ("attributed_to", "Iran-backed militias"),
        ("denied_by", "أصحاب الكهف"),
    ):
        IncidentActor.objects.create(incident=incident, role=role, actor=actor_for(name))
    Victim.objects.create(incident=incident, group="child", status="killed", count=1)
    for number, title in enumerate(("=cmd", "Rockets"), 1):
        article = factories.article(
            publisher=f"Agency {number}", title=title, published_at=factories.noon(2020, 11, 18)
        )
        IncidentArticle.objects.create(incident=incident, article=article)
    Incident.objects.update(updated_at=datetime(2026, 11, 24, tzinfo=UTC))
    return incident


def test_the_columns_are_exactly_theirs() -> None:
    assert [column.name for column in ACLED.columns] == ACLED_COLUMNS
    assert [column.name for column in UCDP.columns] == UCDP_COLUMNS


def test_the_seed_in_acled(seed: Incident) -> None:
    (row,) = rows("acled")
    assert row == {
        **dict.fromkeys(ACLED_COLUMNS, ""),
        "event_id_cnty": "BGD-2020-11-17-01",
        "event_date": "2020-11-17",
        "year": "2020",
        "time_precision": "1",
        "disorder_type": "Political violence",
        "event_type": "Explosions/Remote violence",
        "sub_event_type": "Shelling/artillery/missile attack",
        "actor1": "Ahl al-Kahf",
        "inter1": "Political militia",
        "interaction": "Political militia only",
        "iso": "368",
        "region": "Middle East",
        "country": "Iraq",
        "admin1": "Baghdad",
        "admin2": "Karkh",
        "location": "Baghdad – Green Zone",
        "latitude": "33.3076",
        "longitude": "44.3903",
        "geo_precision": "1",
        "source": "Agency 1; Agency 2",
        "notes": (
            "time: evening; launched from: Al-Amin al-Thaniya; "
            "impact: inside Green Zone (4), Medical City; intercepted: in the air (1); "
            "wounded: 5; attributed to Iran-backed militias; denied by Ashab al-Kahf; "
            "grade: contested"
        ),
        "fatalities": "1",
        "tags": "weapon=grad; munitions=7; impacted=6; intercepted=1",
        "timestamp": "1795478400",
    }


def test_the_seed_in_ucdp(seed: Incident) -> None:
    (row,) = rows("ucdp")
    assert row == {
        **dict.fromkeys(UCDP_COLUMNS, ""),
        "id": "BGD-2020-11-17-01",
        "year": "2020",
        "side_a": "Ahl al-Kahf",
        "number_of_sources": "2",
        "source_article": "Agency 1, 2020-11-18, =cmd; Agency 2, 2020-11-18, Rockets",
        "source_office": "Agency 1; Agency 2",
        "source_date": "2020-11-18; 2020-11-18",
        "source_headline": "'=cmd; Rockets",
        "where_prec": "1",
        "where_coordinates": "Green Zone",
        "where_description": "inside Green Zone (4)",
        "adm_1": "Baghdad governorate",
        "adm_2": "Karkh district",
        "latitude": "33.3076",
        "longitude": "44.3903",
        "geom_wkt": "POINT (44.3903 33.3076)",
        "priogrid_gid": "177569",
        "country": "Iraq",
        "country_id": "645",
        "region": "Middle East",
        "event_clarity": "2",
        "date_prec": "1",
        "date_start": "2020-11-17",
        "date_end": "2020-11-17",
        "deaths_a": "0",
        "deaths_b": "0",
        "deaths_civilians": "1",
        "deaths_unknown": "0",
        "best": "1",
        "high": "1",
        "low": "1",
    }


@pytest.mark.parametrize(
    ("kind", "sub_event"),
    [
        ("rocket", "Shelling/artillery/missile attack"),
        ("mortar", "Shelling/artillery/missile attack"),
        ("missile", "Shelling/artillery/missile attack"),
        ("drone", "Air/drone strike"),
        ("airstrike", "Air/drone strike"),
        ("ied", "Remote explosive/landmine/IED"),
        ("shooting", None),
        ("other", None),
    ],
)
def test_kinds_become_sub_events(kind: str, sub_event: str | None) -> None:
    factories.site(factories.incident(event_type=kind))
    assert [row["sub_event_type"] for row in rows("acled")] == [sub_event] * (sub_event is not None)


@pytest.mark.parametrize(
    ("munitions", "caught", "impact", "killed", "disrupted"),
    [
        (3, 3, False, 0, True),
        (3, 3, True, 0, True),  # debris came down
        (3, 2, False, 0, False),
        (None, 2, False, None, True),
        (1, None, False, None, True),
        (3, None, False, None, False),
        (None, None, True, None, False),
        (3, 3, False, 1, False),
    ],
)
def test_what_was_all_shot_down_is_disrupted(
    munitions: int | None, caught: int | None, impact: bool, killed: int | None, disrupted: bool
) -> None:
    figures = {f"munitions_{part}": munitions for part in ("low", "best", "high")}
    incident = factories.incident(**figures, **dead(killed))
    factories.site(incident, "intercept", "baghdad-airport", count=caught)
    if impact:
        factories.site(incident, "impact", "green-zone")
    found = rows("acled")
    if not disrupted and not impact:  # some came down, nobody says where
        assert found == []
        return
    (row,) = found
    assert (row["sub_event_type"] == "Disrupted weapons use") is disrupted
    assert (row["event_type"] == "Strategic developments") is disrupted
    assert (row["latitude"] == "33.2625") is disrupted


def test_a_shot_down_attack_without_a_place_lies_at_its_target() -> None:
    incident = factories.incident()
    factories.site(incident, "intercept", None, count=1)
    factories.site(incident, "target", "baghdad-airport")
    (row,) = rows("acled")
    assert row["sub_event_type"] == "Disrupted weapons use"
    assert row["latitude"] == "33.2625"


@pytest.mark.parametrize(
    ("values", "event_date", "precision"),
    [
        ({"day": date(2020, 9, 7)}, "2020-09-07", "1"),
        (
            {
                "day": None,
                "date_start": date(2020, 9, 7),
                "date_end": date(2020, 9, 9),
                "date_precision": "day",
            },
            "2020-09-08",
            "2",
        ),
        (
            {
                "day": None,
                "date_start": date(2020, 9, 7),
                "date_end": date(2020, 9, 13),
                "date_precision": "day",
            },
            "2020-09-10",
            "2",
        ),
        (
            {
                "day": None,
                "date_start": date(2020, 9, 1),
                "date_end": date(2020, 9, 30),
                "date_precision": "month",
            },
            "2020-09-15",
            "3",
        ),
    ],
)
def test_an_interval_is_coded_by_its_middle(
    values: dict[str, Any], event_date: str, precision: str
) -> None:
    factories.site(factories.incident(**values))
    (row,) = rows("acled")
    assert (row["event_date"], row["time_precision"]) == (event_date, precision)


def test_a_year_is_too_little_for_acled_and_enough_for_ucdp() -> None:
    year = {"date_start": date(2020, 1, 1), "date_end": date(2020, 12, 31)}
    factories.site(factories.incident(day=None, date_precision="year", **year, **dead(2)))
    factories.site(factories.incident(day=None, **dead(2)))
    assert rows("acled") == []
    (row,) = rows("ucdp")
    assert (row["date_prec"], row["date_start"], row["date_end"]) == (
        "5",
        "2020-01-01",
        "2020-12-31",
    )


@pytest.mark.parametrize(
    ("level", "relation", "acled", "ucdp"),
    [
        ("landmark", "at", "1", "1"),
        ("street", "inside", "1", "1"),
        ("neighbourhood", "at", "1", "1"),
        ("city", "at", "1", "1"),
        ("neighbourhood", "near", "2", "2"),
        ("landmark", "between", "2", "2"),
        ("district", "at", "2", "3"),
        ("governorate", "at", "3", "4"),
        ("country", "at", "3", "6"),
    ],
)
def test_places_are_as_exact_as_told(level: str, relation: str, acled: str, ucdp: str) -> None:
    factories.site(factories.incident(**dead(1)), level=level, relation=relation)
    assert rows("acled")[0]["geo_precision"] == acled
    assert rows("ucdp")[0]["where_prec"] == ucdp


def test_only_impacts_are_places_of_an_attack() -> None:
    incident = factories.incident(**dead(1))
    factories.site(incident, "launch", "al-amin-al-thaniya")
    factories.site(incident, "target", "green-zone")
    factories.site(incident, "impact", None)
    assert rows("acled") == rows("ucdp") == []


@pytest.mark.parametrize(
    ("figures", "fatalities", "unknown"),
    [
        (dead(None), "0", True),
        (dead(0), "0", False),
        (dead(3, low=2, high=5), "2", False),
    ],
)
def test_the_lowest_figure_counts_and_unknown_is_told(
    figures: dict[str, Any], fatalities: str, unknown: bool
) -> None:
    factories.site(factories.incident(**figures))
    (row,) = rows("acled")
    assert row["fatalities"] == fatalities
    assert ("fatalities unknown" in row["notes"]) is unknown
    assert ("killed: 3 (2–5)" in row["notes"]) is (fatalities == "2")


def test_a_best_figure_alone_is_lowest_and_highest_too() -> None:
    factories.site(factories.incident(killed_best=3, wounded_best=4))
    (acled,), (ucdp,) = rows("acled"), rows("ucdp")
    assert acled["fatalities"] == ucdp["low"] == ucdp["best"] == ucdp["high"] == "3"
    assert "wounded: 4;" in f"{acled['notes']};"
    assert "killed:" not in acled["notes"]


def test_ucdp_has_no_row_without_a_death() -> None:
    for figures in (dead(None), dead(0), dead(2, low=0, high=4)):
        factories.site(factories.incident(**figures))
    (row,) = rows("ucdp")
    assert (row["low"], row["best"], row["high"]) == ("0", "2", "4")


def test_the_dead_are_told_apart_and_never_more_than_the_best_figure() -> None:
    incident = factories.incident(**dead(3))
    factories.site(incident)
    for group, count in (("soldier", 1), ("civilian", 1), ("child", None)):
        Victim.objects.create(incident=incident, group=group, status="killed", count=count)
    Victim.objects.create(incident=incident, group="child", status="wounded", count=9)
    (row,) = rows("ucdp")
    parts = ("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown")
    assert [row[name] for name in parts] == ["0", "1", "1", "1"]
    assert row["type_of_violence"] == "1"
    Victim.objects.create(incident=incident, group="civilian", status="killed", count=9)
    (row,) = rows("ucdp")
    assert [row[name] for name in parts] == ["0", "0", "3", "0"]


def test_who_shoots() -> None:
    nobody, state = factories.incident(), factories.incident()
    for incident in (nobody, state):
        factories.site(incident)
    for name in ("US forces", "Islamic State"):
        IncidentActor.objects.create(incident=state, role="claimed_by", actor=actor_for(name))
    first, second = rows("acled")
    assert (first["actor1"], first["interaction"]) == (UNKNOWN_GROUP, "Political militia only")
    assert (second["actor1"], second["inter1"]) == ("US forces", "External/Other forces")
    assert "also claimed by Islamic State" in second["notes"]


def test_areas_are_named_without_their_kind() -> None:
    factories.site(factories.incident(**dead(1)), place_id="")
    factories.site(factories.incident(**dead(1)), place_id="riyadh-hayy")
    _unknown, known = rows("acled")
    assert (known["admin1"], known["admin2"]) == ("Baghdad", "Karrada")
    assert rows("ucdp")[1]["adm_2"] == "Karrada district"
    assert rows("ucdp")[0]["adm_1"] == ""


@pytest.mark.parametrize("grade", ["confirmed", "fair", "weak", "contested", "discounted"])
def test_clarity_follows_the_grade(grade: str) -> None:
    factories.site(factories.incident(grade=grade, **dead(1)))
    assert rows("ucdp")[0]["event_clarity"] == ("1" if grade in ("confirmed", "fair") else "2")


def test_demo_data_say_so() -> None:
    factories.site(factories.incident(is_demo=True, **dead(1)))
    assert rows("acled")[0]["notes"].startswith("demo data, no record of events")
    assert rows("ucdp")[0]["code_status"] == "demo"


@pytest.mark.parametrize(
    ("lat", "lon", "cell"),
    [(-90, -180, 1), (-90, 179.9, 720), (-89.4, -180, 721), (90, 180, 259_200)],
)
def test_cells_are_counted_from_the_south_west(lat: float, lon: float, cell: int) -> None:
    assert priogrid(lat, lon) == cell


@pytest.mark.parametrize("profile", PROFILES)
def test_only_published_incidents_are_in_them(profile: str, seed: Incident) -> None:
    draft = factories.incident(status="draft", **dead(1))
    factories.site(draft)
    (row,) = rows(profile)
    assert seed.public_id in row.values()
    assert draft.public_id not in row.values()


@pytest.mark.parametrize("profile", PROFILES)
def test_the_number_of_queries_is_constant(
    profile: str, django_assert_num_queries: Any, seed: Incident
) -> None:
    for _ in range(5):
        factories.site(factories.incident(**dead(1)))
    with django_assert_num_queries(9):
        assert len(rows(profile)) == 6


class TestAddress:
    def test_it_is_asked_for_by_name(self, client: Client, seed: Incident) -> None:
        response = client.get("/incidents.csv?profile=acled&excel=1&event_type=rocket")
        written = b"".join(response.streaming_content)  # type: ignore[attr-defined]
        assert written.startswith(b"\xef\xbb\xbfevent_id_cnty,event_date")
        assert "athar-incidents-acled-" in response["Content-Disposition"]
        plain = client.get("/incidents.csv?event_type=rocket")
        assert plain["ETag"] != response["ETag"]

    @pytest.mark.parametrize(
        "address",
        [
            "/incidents.csv?profile=gtd",
            "/incidents.csv?profile=ACLED",
            "/incidents.csv?profile=acled&profile=ucdp",
            "/incidents.geojson?profile=acled",
            "/sites.csv?profile=acled",
            "/incidents.kml?profile=acled",
        ],
    )
    def test_there_is_no_other(self, client: Client, address: str) -> None:
        response = client.get(address, headers={"Accept-Language": "en"})
        assert response.status_code == 400
        assert b"profile" in response.content
