"""What makes two tellings one event, and what keeps them apart."""

from __future__ import annotations

from typing import Any

import pytest

from extraction.document import Draft
from gazetteer import Gazetteer
from incidents.linking import likeness, telling
from tests.incidents.factories import draft, draft_site, figure, noon

AIRPORT = (draft_site("impact", "baghdad-airport"),)
EMBASSY = (draft_site("impact", "us-embassy"),)
CITY = (draft_site("impact", "baghdad"),)
LAUNCH_AND_IMPACT = (
    draft_site("launch", "al-amin-al-thaniya"),
    draft_site("impact", "green-zone"),
)
PUBLISHED = noon(2020, 11, 18)


def one_event(a: Draft, b: Draft, gazetteer: Gazetteer) -> bool:
    first, second = telling(a, PUBLISHED), telling(b, PUBLISHED)
    there = likeness(first, second, gazetteer)
    back = likeness(second, first, gazetteer)
    assert there == back, "likeness has no direction"
    return there.enough


@pytest.mark.parametrize(
    ("a", "b"),
    [
        pytest.param({}, {}, id="same kind, day and place"),
        pytest.param({}, {"event": "mortar"}, id="rockets and mortars are confused"),
        pytest.param({"event": "drone"}, {"event": "airstrike"}, id="drones and air strikes too"),
        pytest.param({}, {"sites": EMBASSY}, id="a spot inside the area"),
        pytest.param(
            {}, {"sites": (draft_site("target", "green-zone"),)}, id="aimed at here, hit there"
        ),
        pytest.param({"daypart": "evening"}, {"daypart": "night"}, id="neighbouring dayparts"),
        pytest.param({"daypart": "night"}, {"daypart": "dawn"}, id="night and dawn"),
        pytest.param({"time_local": "21:10"}, {"time_local": "21:45"}, id="clock times together"),
        pytest.param({"munitions": figure(4)}, {"munitions": figure(7)}, id="a corrected count"),
        pytest.param({"killed": figure(23)}, {"killed": figure(26)}, id="a corrected toll"),
        pytest.param(
            {"sites": LAUNCH_AND_IMPACT, "killed": figure(1)},
            {"sites": LAUNCH_AND_IMPACT[:1], "killed": figure(1)},
            id="the same launch place and toll",
        ),
        pytest.param(
            {"daypart": "night", "killed": figure(5), "wounded": figure(13)},
            {"date": "2020-11-18", "killed": figure(5), "wounded": figure(13)},
            id="around midnight, with equal tolls",
        ),
        pytest.param(
            {"sites": CITY, "killed": figure(35), "wounded": figure(60)},
            {"killed": figure(35), "wounded": figure(60)},
            id="only the city, but the same tolls",
        ),
    ],
)
def test_one_event(a: dict[str, Any], b: dict[str, Any], gazetteer: Gazetteer) -> None:
    assert one_event(draft(**a), draft(**b), gazetteer)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        pytest.param({}, {"event": "ied"}, id="another kind of attack"),
        pytest.param({}, {"date": "2020-11-19"}, id="two days apart"),
        pytest.param({}, {"date": "2020-11-18"}, id="the next day, with nothing to support it"),
        pytest.param(
            {"daypart": "morning", "killed": figure(5), "wounded": figure(13)},
            {"date": "2020-11-18", "killed": figure(5), "wounded": figure(13)},
            id="the next day, but not around midnight",
        ),
        pytest.param({}, {"sites": AIRPORT}, id="another place"),
        pytest.param({}, {"sites": ()}, id="no place"),
        pytest.param({"sites": CITY}, {"sites": CITY}, id="only the city in common"),
        pytest.param({"daypart": "morning"}, {"daypart": "evening"}, id="morning and evening"),
        pytest.param({"time_local": "06:00"}, {"time_local": "21:45"}, id="clock times apart"),
        pytest.param(
            {"event": "ied", "killed": figure(3)},
            {"event": "ied", "killed": figure(18)},
            id="tolls that cannot be one",
        ),
        pytest.param({}, {"date": "2020-11"}, id="only the month, and one place"),
        pytest.param({}, {"date": None}, id="no date, and one place"),
        pytest.param({}, {"date": "2020-10"}, id="another month"),
    ],
)
def test_two_events(a: dict[str, Any], b: dict[str, Any], gazetteer: Gazetteer) -> None:
    assert not one_event(draft(**a), draft(**b), gazetteer)


def test_an_undated_event_is_not_in_the_future_of_the_article(gazetteer: Gazetteer) -> None:
    sites = (draft_site("impact", "green-zone"), draft_site("target", "us-embassy"))
    same = {"sites": sites, "weapon": "grad", "killed": figure(5)}
    dated = telling(draft(**same), PUBLISHED)
    before = telling(draft(date=None, **same), noon(2020, 11, 10))
    after = telling(draft(date=None, **same), noon(2020, 12, 10))
    assert not likeness(dated, before, gazetteer).enough
    assert likeness(dated, after, gazetteer).enough
