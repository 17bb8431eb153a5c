"""A query string becomes a filter, or an error that names the parameter."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.paginator import Paginator
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from incidents.actors import actor_for
from incidents.filters import PARAMETERS, BBox, FilterError, IncidentFilter, numbered
from incidents.models import Incident, IncidentActor
from tests.incidents import factories

UPDATED = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
BAGHDAD = "44.2,33.2,44.6,33.5"


def ids(query: str) -> set[str]:
    wanted = IncidentFilter.from_query(query)
    return set(Incident.objects.filtered(wanted).values_list("public_id", flat=True))


def test_the_names_are_those_that_other_programs_know() -> None:
    assert list(PARAMETERS) == [
        "from",
        "to",
        "event_type",
        "weapon",
        "role",
        "actor",
        "place",
        "min_killed",
        "min_wounded",
        "grade",
        "daypart",
        "bbox",
        "q",
        "updated_since",
    ]


@pytest.mark.parametrize(
    ("query", "attribute", "value"),
    [
        ("from=2020-01-01", "date_from", date(2020, 1, 1)),
        ("to=2020-02-29", "date_to", date(2020, 2, 29)),
        ("event_type=rocket,mortar", "event_type", ("mortar", "rocket")),
        ("event_type=rocket&event_type=mortar", "event_type", ("mortar", "rocket")),
        ("weapon=grad", "weapon", ("grad",)),
        ("role=launch", "role", ("launch",)),
        ("place=green-zone", "place", ("green-zone",)),
        ("min_killed=0", "min_killed", 0),
        ("min_wounded=12", "min_wounded", 12),
        ("grade=contested,fair", "grade", ("contested", "fair")),
        (f"bbox={BAGHDAD}", "bbox", BBox(44.2, 33.2, 44.6, 33.5)),
        ("q=%20%D8%B5%D9%88%D8%A7%D8%B1%D9%8A%D8%AE%20", "q", "صواريخ"),
        ("from=&event_type=&bbox=&q=", "event_type", ()),
        ("updated_since=2026-11-24T09:30:00Z", "updated_since", UPDATED),
        ("updated_since=2026-11-24t12:30:00.000%2b03:00", "updated_since", UPDATED),
        ("updated_since=2026-11-24T12:30:00+03:00", "updated_since", UPDATED),
        # A date begins in Baghdad.
        ("updated_since=2026-11-24", "updated_since", datetime(2026, 11, 23, 21, tzinfo=UTC)),
        ("?from=2020-01-01", "date_from", date(2020, 1, 1)),
    ],
)
def test_well_formed_parameters_become_typed_values(query: str, attribute: str, value: Any) -> None:
    assert getattr(IncidentFilter.from_query(query), attribute) == value


@pytest.mark.parametrize(
    ("query", "parameter", "hint"),
    [
        ("frm=2020-01-01", "frm", "no such filter"),
        ("from=2020-02-30", "from", "no date"),
        ("from=20200101", "from", "no date"),
        ("from=yesterday", "from", "no date"),
        ("from=2020-01-01&from=2020-01-02", "from", "once"),
        ("from=2021-01-01&to=2020-01-01", "from", "after the last day"),
        ("event_type=rockets", "event_type", "rocket, mortar"),
        ("role=start", "role", "launch, impact"),
        ("grade=good", "grade", "confirmed"),
        ("place=atlantis", "place", "gazetteer"),
        ("min_killed=-1", "min_killed", "whole number"),
        ("min_killed=1.5", "min_killed", "whole number"),
        ("min_killed=%D9%A1", "min_killed", "whole number"),
        ("min_wounded=9999999999", "min_wounded", "whole number"),
        ("bbox=44.2,33.2,44.6", "bbox", "four numbers"),
        ("bbox=44.2,33.2,44.6,33.5,9", "bbox", "four numbers"),
        ("bbox=a,b,c,d", "bbox", "four numbers"),
        ("bbox=4_4,33.2,44.6,33.5", "bbox", "four numbers"),
        ("bbox=٤٤,33.2,44.6,33.5", "bbox", "four numbers"),
        ("bbox=nan,33.2,44.6,33.5", "bbox", "four numbers"),
        ("bbox=inf,33.2,44.6,33.5", "bbox", "four numbers"),
        ("bbox=44.6,33.2,44.2,33.5", "bbox", "West"),
        ("bbox=44.2,33.5,44.6,33.2", "bbox", "south"),
        ("bbox=33.2,44.2,33.5,44.6", "bbox", "swapped"),
        ("bbox=33.2,144.2,33.5,144.6", "bbox", "swapped"),
        ("bbox=-181,33.2,44.6,33.5", "bbox", "between -180 and 180"),
        (f"q={'x' * 201}", "q", "at most 200"),
        ("q=a%00b", "q", "no text"),
        ("actor=%00", "actor", "no text"),
        ("updated_since=yesterday", "updated_since", "no moment"),
        ("updated_since=2026-11-24T09:30:00", "updated_since", "no moment"),
        ("updated_since=2026-02-30", "updated_since", "no moment"),
        ("updated_since=2026-11-24T25:00:00Z", "updated_since", "no moment"),
        ("updated_since=0001-01-01T00:00:00%2b14:00", "updated_since", "no moment"),
        ("updated_since=1600000000", "updated_since", "no moment"),
    ],
)
def test_what_is_wrong_is_named_with_the_way_out(query: str, parameter: str, hint: str) -> None:
    with pytest.raises(FilterError, match=hint) as caught:
        IncidentFilter.from_query(query)
    assert caught.value.parameter == parameter


@pytest.mark.django_db
@pytest.mark.parametrize("value", ["catapult", "Katyusha!"])
def test_an_unknown_weapon_is_an_error_that_names_the_known_ones(value: str) -> None:
    with pytest.raises(FilterError, match="katyusha, grad") as caught:
        IncidentFilter.from_query(f"weapon=grad,{value}")
    assert caught.value.parameter == "weapon"
    assert value in str(caught.value)


@pytest.mark.django_db
def test_a_weapon_of_an_older_lexicon_is_found_where_incidents_keep_it() -> None:
    incident = factories.incident(weapon="al_hussein")
    factories.incident(weapon="v2", status="draft")
    assert ids("weapon=al_hussein") == {incident.public_id}
    with pytest.raises(FilterError):
        IncidentFilter.from_query("weapon=v2")


def test_a_place_by_its_name_is_told_its_key() -> None:
    with pytest.raises(FilterError, match="Did you mean green-zone"):
        IncidentFilter.from_query("place=Green Zone")


@pytest.mark.django_db
def test_a_group_that_only_a_draft_names_is_unknown() -> None:
    draft = factories.incident(status="draft")
    party = IncidentActor.objects.create(
        incident=draft, actor=actor_for("Ahl al-Kahf"), role="claimed_by"
    )
    with pytest.raises(FilterError, match="No incident names"):
        IncidentFilter.from_query("actor=ahl-al-kahf")
    draft.publish()
    assert IncidentFilter.from_query("actor=ahl-al-kahf").actor == (party.actor.slug,)


@pytest.mark.django_db
def test_an_actor_that_nobody_names_is_an_error_not_an_empty_map() -> None:
    with pytest.raises(FilterError) as caught:
        IncidentFilter.from_query("actor=nobody")
    assert caught.value.parameter == "actor"


@pytest.mark.parametrize("page", ["0", "4", "1000000", "last", "-1"])
def test_there_is_no_page_beyond_the_last(page: str) -> None:
    pages = Paginator(range(5), 2)
    assert list(numbered(pages, [])) == list(numbered(pages, ["1"])) == [0, 1]
    assert list(numbered(pages, ["3"])) == [4]
    with pytest.raises(FilterError) as caught:
        numbered(pages, [page])
    assert caught.value.parameter == "page"


def test_a_page_may_have_parameters_of_its_own() -> None:
    assert IncidentFilter.from_query("page=2&q=x", allowed=("page",)).q == "x"


def test_the_canonical_query_string_is_one_for_equal_filters() -> None:
    one = IncidentFilter.from_query(
        "q=fire&event_type=rocket&event_type=mortar&bbox=44.20,33.2,45,34"
    )
    other = IncidentFilter.from_query("bbox=44.2,33.2,45,34&event_type=mortar,rocket,&q=fire&from=")
    assert one == other
    assert one.to_query() == "event_type=mortar,rocket&bbox=44.2,33.2,45,34&q=fire"
    assert IncidentFilter.from_query(one.to_query()) == one


def test_a_moment_is_written_in_utc_and_read_again() -> None:
    moment = IncidentFilter.from_query("updated_since=2026-11-24T12:30:00%2B03:00")
    assert moment.to_query() == "updated_since=2026-11-24T09:30:00Z"
    assert IncidentFilter.from_query(moment.to_query()) == moment


def test_a_filter_loses_one_parameter_at_a_time() -> None:
    both = IncidentFilter.from_query("from=2020-01-01&event_type=rocket")
    assert both.without("from").to_query() == "event_type=rocket"


def test_an_empty_filter_is_false_and_asking_for_zero_killed_is_not() -> None:
    assert not IncidentFilter.from_query("")
    assert IncidentFilter.from_query("min_killed=0")


def test_messages_follow_the_language() -> None:
    with pytest.raises(FilterError) as caught:
        IncidentFilter.from_query("from=x")
    with translation.override("en"):
        english = str(caught.value)
    assert english == "from: “x” is no date. Write it as 2020-11-17."


@pytest.mark.django_db
@given(
    name=st.sampled_from(list(PARAMETERS)),
    value=st.text(max_size=60) | st.from_regex(r"-?[0-9.,-]{1,30}", fullmatch=True),
)
def test_any_value_is_read_or_refused_and_read_the_same_again(name: str, value: str) -> None:
    try:
        wanted = IncidentFilter.from_query({name: value})
    except FilterError:
        return
    assert IncidentFilter.from_query(wanted.to_query()) == wanted


@pytest.mark.django_db
class TestWhatAFilterLeaves:
    def test_dates_are_inclusive_and_intervals_overlap(self) -> None:
        day = factories.incident(day=date(2020, 9, 28))
        month = factories.incident(
            day=None,
            date_start=date(2020, 9, 1),
            date_end=date(2020, 9, 30),
            date_precision="month",
        )
        undated = factories.incident(day=None)
        assert ids("from=2020-09-28&to=2020-09-28") == {day.public_id, month.public_id}
        assert ids("from=2020-09-29") == {month.public_id}
        assert ids("to=2020-09-27") == {month.public_id}
        assert ids("to=2020-08-31") == set()
        assert undated.public_id in ids("")

    def test_unknown_casualties_are_not_zero(self) -> None:
        factories.incident()
        none = factories.incident(killed_low=0, killed_best=0, killed_high=0)
        one = factories.incident(killed_low=1, killed_best=1, killed_high=3)
        assert ids("min_killed=0") == {none.public_id, one.public_id}
        assert ids("min_killed=1") == {one.public_id}
        assert ids("min_killed=2") == set()

    def test_a_place_holds_what_lies_in_it(self) -> None:
        embassy = factories.incident()
        factories.site(embassy, place="us-embassy")
        airport = factories.incident()
        factories.site(airport, place="baghdad-airport")
        assert ids("place=green-zone") == {embassy.public_id}
        assert ids("place=us-embassy") == {embassy.public_id}
        assert ids("place=baghdad-governorate") == {embassy.public_id, airport.public_id}

    def test_role_place_and_box_speak_of_one_site(self) -> None:
        incident = factories.incident()
        factories.site(incident, role="launch", place="al-amin-al-thaniya")
        factories.site(incident, role="impact", place="green-zone")
        factories.site(incident, role="intercept", place=None)
        assert ids("role=launch&place=al-amin-al-thaniya") == {incident.public_id}
        assert ids("role=impact&place=al-amin-al-thaniya") == set()
        assert ids("role=launch&bbox=44.49,33.30,44.52,33.32") == {incident.public_id}
        assert ids("role=impact&bbox=44.49,33.30,44.52,33.32") == set()

    def test_the_edges_of_a_box_belong_to_it(self) -> None:
        incident = factories.incident()
        factories.site(incident, place=None, lat=33.5, lon=44.5)
        assert ids("bbox=44.5,33.5,44.5,33.5") == {incident.public_id}
        assert ids("bbox=44.51,33.5,45,34") == set()

    @pytest.mark.parametrize("spelling", ["ahl-al-kahf", "أهل الكهف", "اهل الكهف", "Ahl al-Kahf"])
    def test_an_actor_is_found_by_any_spelling(self, spelling: str) -> None:
        incident = factories.incident()
        factories.incident()
        IncidentActor.objects.create(
            incident=incident, actor=actor_for("أهل الكهف"), role="claimed_by"
        )
        wanted = IncidentFilter.from_query({"actor": spelling})
        assert list(Incident.objects.filtered(wanted)) == [incident]
        assert wanted.to_query() == "actor=ahl-al-kahf"

    @pytest.mark.parametrize("text", ["الأمين", "الامين", "أمِين", "AMIN", "amin thaniya"])
    def test_free_text_ignores_spelling(self, text: str, gazetteer: Any) -> None:
        from incidents.ingest import refresh_derived

        incident = factories.incident()
        factories.site(incident, place="al-amin-al-thaniya")
        refresh_derived(incident)
        factories.incident()
        wanted = IncidentFilter.from_query({"q": text})
        assert list(Incident.objects.filtered(wanted)) == [incident]

    def test_signs_of_the_database_are_plain_text(self) -> None:
        factories.incident(search_text="hundred rockets")
        assert ids("q=%25") == set()
        assert ids("q=_") == set()

    def test_other_fields(self) -> None:
        grad = factories.incident(weapon="grad", grade="contested")
        ied = factories.incident(event_type="ied", weapon="car_bomb", grade="weak")
        assert ids("event_type=ied") == {ied.public_id}
        assert ids("weapon=grad,car_bomb") == {grad.public_id, ied.public_id}
        assert ids("grade=contested") == {grad.public_id}
