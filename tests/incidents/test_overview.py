"""The overview: its figures are those of the database, its links find them, its files are safe."""

from __future__ import annotations

import csv
import io
import random
from datetime import date
from typing import Any
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup
from django.core.management import call_command
from django.db import connection
from django.db.models import Q, QuerySet, Sum
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

import gazetteer
from incidents import figures, overview, snapshot
from incidents.filters import IncidentFilter
from incidents.models import Actor, ActorRole, Incident, IncidentActor, Status
from tests.incidents.factories import incident, site
from tests.incidents.test_pages import HOSTILE, soup_of, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def many() -> None:
    """Made-up incidents, some of them with further sites, without a figure, not published."""
    call_command("make_synthetic", "--incidents", "150", "--seed", "7", verbosity=0)
    rng = random.Random(7)
    for each in Incident.objects.order_by("pk")[:60]:
        for _n in range(rng.randint(1, 3)):
            site(
                each,
                rng.choice(["impact", "launch", "target"]),
                rng.choice(["green-zone", "us-embassy", "baghdad"]),
            )
    Incident.objects.filter(pk__in=list(Incident.objects.values_list("pk", flat=True)[:20])).update(
        status=Status.DRAFT
    )
    incident(day=date(2006, 1, 1), date_end=date(2006, 12, 31), date_precision="year")
    incident(day=None)


def count(wanted: IncidentFilter) -> figures.Figures:
    return figures.count(snapshot.current().select(wanted))


def found(query: str = "") -> tuple[QuerySet[Incident], figures.Figures]:
    wanted = IncidentFilter.from_query(query)
    return Incident.objects.published().filtered(wanted), count(wanted)


FILTERS = [
    "",
    "event_type=rocket",
    "from=2006-02-01&to=2006-04-15",
    "place=karkh&role=impact",
    "min_killed=2&grade=weak,fair",
    "daypart=evening",
]


@pytest.mark.parametrize("query", FILTERS)
def test_the_figures_are_those_of_the_database(many: None, query: str) -> None:
    incidents, counted = found(query)
    assert counted.incidents == incidents.count() > 0
    assert counted.placed == incidents.filter(lat__isnull=False).count()
    for kind, numbers in counted.by.items():
        assert sum(numbers.values()) == counted.incidents
        for key, number in numbers.items():
            assert number == incidents.filter(**{kind: key}).count(), (kind, key)
    for name in ("killed", "wounded"):
        toll = getattr(counted, name)
        sums = incidents.aggregate(**{e: Sum(f"{name}_{e}") for e in ("low", "best", "high")})
        assert (toll.low, toll.best, toll.high) == (sums["low"], sums["best"], sums["high"])
        assert toll.unknown == incidents.filter(**{f"{name}_best__isnull": True}).count()


@pytest.mark.parametrize("query", FILTERS)
def test_every_period_holds_its_incidents(many: None, query: str) -> None:
    incidents, counted = found(query)
    dated = incidents.filter(date_precision="day")
    for period in counted.periods:
        inside = dated.filter(date_start__startswith=period.key)
        assert period.incidents == inside.count()
        assert period.killed.best == (inside.aggregate(n=Sum("killed_best"))["n"] or 0)
    assert counted.vague == incidents.exclude(date_precision="day").count()
    keys = [period.key for period in counted.periods]
    assert keys == sorted(set(keys))


@pytest.mark.parametrize("query", FILTERS)
def test_an_area_holds_what_a_filter_by_it_finds(many: None, query: str) -> None:
    incidents, counted = found(query)
    for areas in counted.areas.values():
        assert areas.numbers
        for area, roles in areas.numbers.items():
            inside = IncidentFilter.from_query(f"place={area}").site_condition()
            ids = {place for _name, places in inside.children for place in places}
            for role, number in roles.items():
                here = incidents.filter(sites__in=_sites(ids, role)).distinct()
                assert number == here.count(), (area, role)


def _sites(ids: set[str], role: str) -> Any:
    from incidents.models import Site

    return Site.objects.filter(place_id__in=ids, role=role)


def test_a_street_counts_into_its_neighbourhood_once() -> None:
    each = incident()
    site(each, "impact", "us-embassy")
    site(each, "impact", "green-zone")
    site(incident(), "impact", "us-embassy")
    site(incident(), "impact", "baghdad")
    _incidents, counted = found()
    book = gazetteer.load()
    assert book.is_within(book.places["us-embassy"], "green-zone")
    assert counted.areas["neighbourhood"].numbers == {"green-zone": {"impact": 2}}
    assert counted.areas["district"].numbers == {"karkh": {"impact": 2}}
    assert counted.areas["neighbourhood"].loose == {"impact": 1}


def test_groups_are_counted_by_what_they_have_to_do_with_it(many: None) -> None:
    both = incident()
    group = Actor.objects.create(slug="both", name_en="Both")
    for role in (ActorRole.CLAIMED_BY, ActorRole.DENIED_BY):
        IncidentActor.objects.create(incident=both, actor=group, role=role)
    incidents, counted = found()
    assert {party.slug for party in counted.parties} == set(
        Actor.objects.filter(incidents__in=incidents).values_list("slug", flat=True)
    )
    for party in counted.parties:
        parties = IncidentActor.objects.filter(incident__in=incidents, actor__slug=party.slug)
        assert party.incidents == parties.values("incident").distinct().count()
        for role in ActorRole.values:
            assert party.roles[role] == parties.filter(role=role).count()


@pytest.mark.parametrize(
    ("first", "last", "unit", "number"),
    [
        (date(2020, 1, 30), date(2020, 2, 2), "day", 4),
        (date(2019, 12, 1), date(2020, 4, 30), "month", 5),
        (date(1990, 5, 1), date(2020, 4, 30), "year", 31),
    ],
)
def test_the_unit_follows_the_length_of_the_time(
    first: date, last: date, unit: str, number: int
) -> None:
    incident(day=first)
    incident(day=last)
    _incidents, counted = found()
    assert (counted.unit, len(counted.periods)) == (unit, number)
    assert [period.incidents for period in counted.periods].count(1) == 2


def test_unknown_casualties_are_no_zero(client: Client) -> None:
    incident()
    incident(killed_low=2, killed_best=3, killed_high=3, killed_status="stated")
    killed = text_of(soup_of(client, "/overview/"), "#killed")
    assert "3 (\u20662–3\u2069) in all" in killed
    assert "For 1 incident no figure is known. Unknown is not zero" in killed
    wounded = soup_of(client, "/overview/").select_one("#wounded")
    assert wounded is not None
    assert wounded.select_one("svg.plot, .plot svg") is None
    assert "No report gives a figure." in wounded.get_text()
    cells = [cell.get_text() for cell in wounded.select("tbody td.figure")]
    assert cells == ["—", "—", "—", "0", "2"]


# ---- the page ----


@pytest.mark.parametrize("language", ["en", "ar"])
def test_each_chart_has_title_words_table_and_file(
    client: Client, many: None, language: str
) -> None:
    soup = soup_of(client, "/overview/?event_type=rocket,mortar", language=language)
    charts = soup.select("figure.chart")
    assert [chart["id"] for chart in charts] == list(overview.NAMES)
    for chart in charts:
        assert chart.select_one("figcaption h2")
        assert chart.select_one(".chart-about")
        rows = chart.select("details tbody tr")
        assert rows
        link = chart.select_one("a.chart-csv")
        assert link is not None
        assert link["href"] == f"/overview/{chart['id']}.csv?event_type=mortar,rocket"
        assert client.get(str(link["href"])).status_code == 200
        drawing = chart.select_one("svg[role=group]")
        if drawing is not None:
            assert drawing.title is not None
            assert drawing.title["id"] in str(drawing["aria-labelledby"])
        else:
            assert chart.select(".bars li rect")
    assert soup.find_all(style=True) == []
    assert [tag for tag in soup.find_all(True) if any(a.startswith("on") for a in tag.attrs)] == []


def test_links_find_what_was_counted(client: Client, many: None) -> None:
    soup = soup_of(client, "/overview/?from=2006-01-01")
    checked = 0
    for chart in soup.select("figure.chart"):
        if chart["id"] in ("killed", "wounded", "districts", "time"):
            continue  # sums, several roles at once, and dates that are not exact
        for row in chart.select("tbody tr")[:6]:
            link = row.select_one("a")
            if link is None:
                continue
            listed = text_of(soup_of(client, str(link["href"])), ".page-head .muted")
            number = row.select_one(".figure")
            assert number is not None
            assert listed.split()[0] == number.get_text(), (chart["id"], row.get_text())
            checked += 1
    assert checked > 20


def test_a_period_links_to_its_dates_within_those_of_the_filter(client: Client) -> None:
    incident(day=date(2020, 3, 20))
    incident(day=date(2020, 11, 17))
    soup = soup_of(client, "/overview/?from=2020-03-15")
    bar = soup.select_one("#time .column")
    assert bar is not None
    assert urlsplit(str(bar["href"])).query == "from=2020-03-15&to=2020-03-31"


def test_a_filter_by_place_cannot_ask_for_a_second_one(client: Client) -> None:
    each = incident()
    site(each, "impact", "green-zone")
    site(each, "launch", "al-amin-al-thaniya")
    soup = soup_of(client, "/overview/?place=green-zone&role=impact")
    assert soup.select_one("#impact-areas .bar-label a") is not None
    launch = soup.select_one("#launch-areas .bar-label")
    assert launch is not None
    assert launch.get_text(strip=True)
    assert launch.a is None


def test_nothing_left_says_what_to_do(client: Client) -> None:
    incident()
    soup = soup_of(client, "/overview/?event_type=drone")
    assert "Loosen it, or clear it" in text_of(soup)
    assert soup.select("figure") == []
    for name in overview.NAMES:
        rows = client.get(f"/overview/{name}.csv?event_type=drone").content.decode().splitlines()
        assert len(rows) == 1


def test_a_wrong_filter_or_chart_is_refused(client: Client) -> None:
    assert "The filter colour is wrong" in text_of(soup_of(client, "/overview/?colour=red", 400))
    assert client.get("/overview/time.csv?colour=red").status_code == 400
    assert client.get("/overview/nothing.csv").status_code == 404


def test_hostile_names_stay_text_and_cells_no_formula(client: Client) -> None:
    each = incident(weapon="x")
    formula = "=HYPERLINK(1)"
    for slug, name in (("evil", HOSTILE), ("sum", formula)):
        actor = Actor.objects.create(slug=slug, name_en=name)
        IncidentActor.objects.create(incident=each, actor=actor, role="claimed_by")
    soup = soup_of(client, "/overview/")
    assert HOSTILE in soup.get_text()
    assert [tag for tag in soup.find_all("script") if "alert" in tag.get_text()] == []
    assert soup.find_all("img", attrs={"onerror": True}) == []
    rows = list(csv.reader(io.StringIO(client.get("/overview/actors.csv").content.decode())))
    assert [row[1] for row in rows[1:]] == [HOSTILE, f"'{formula}"]


def test_a_file_is_the_same_in_every_language(client: Client, many: None) -> None:
    for name in overview.NAMES:
        files = {
            client.get(f"/overview/{name}.csv", headers={"Accept-Language": language}).content
            for language in ("ar", "en")
        }
        assert len(files) == 1
    header, *rows = csv.reader(io.StringIO(client.get("/overview/events.csv").content.decode()))
    assert header == ["key", "name_en", "name_ar", "incidents"]
    incidents, _counted = found()
    assert {row[0]: int(row[3]) for row in rows} == {
        kind: incidents.filter(event_type=kind).count()
        for kind in incidents.order_by().values_list("event_type", flat=True).distinct()
    }
    header, *rows = csv.reader(io.StringIO(client.get("/overview/killed.csv").content.decode()))
    assert header[0] == "month"
    assert (
        sum(int(row[2] or 0) for row in rows)
        == (incidents.filter(~Q(date_precision="year")).aggregate(n=Sum("killed_best"))["n"])
    )


def test_the_number_of_queries_is_constant(client: Client) -> None:
    def more(number: int) -> None:
        for _n in range(number):
            each = incident(day=date(2010 + Incident.objects.count() % 10, 1, 1))
            site(each, "impact", "green-zone")
            site(each, "launch", "al-amin-al-thaniya")
            slug = f"g{Actor.objects.count()}"
            actor = Actor.objects.create(slug=slug, name_en=slug)
            IncidentActor.objects.create(incident=each, actor=actor, role="claimed_by")

    more(1)
    client.get("/overview/")  # the first after a change reads it
    with CaptureQueriesContext(connection) as few:
        assert client.get("/overview/").status_code == 200
    more(20)
    client.get("/overview/")
    with CaptureQueriesContext(connection) as many_:
        assert client.get("/overview/").status_code == 200
    assert 0 < len(many_) <= len(few)


def test_a_change_is_seen_at_once(client: Client) -> None:
    each = incident()
    assert text_of(soup_of(client, "/overview/"), ".totals").startswith("Incidents 1")
    incident()
    assert text_of(soup_of(client, "/overview/"), ".totals").startswith("Incidents 2")
    each.status = Status.REJECTED
    each.save()
    assert text_of(soup_of(client, "/overview/"), ".totals").startswith("Incidents 1")


def test_the_same_figures_are_told_in_either_language() -> None:
    incident(daypart="evening")
    wanted = IncidentFilter()
    counted = count(wanted)
    told = {}
    for language in ("en", "ar"):
        with override(language):
            told[language] = [
                [row.label for row in chart.rows] for chart in overview.charts(counted, wanted)
            ]
    assert told["en"][NAMED] == ["Evening"]
    assert told["ar"][NAMED] == ["المساء"]


NAMED = overview.NAMES.index("dayparts")


def test_the_page_is_in_the_navigation_and_keeps_the_filter(client: Client) -> None:
    soup: BeautifulSoup = soup_of(client, "/incidents/?event_type=rocket")
    link = soup.select_one('.nav a[href^="/overview/"]')
    assert link is not None
    assert link["href"] == "/overview/?event_type=rocket"
