"""Whole reports in the manner of the article the project started from, about another event.

A salvo on the Green Zone told through the statements of an embassy, the security forces, a group
that claims it, one that denies it and a coalition that has no losses; and an older event that the
report only recalls. No rule may know a single article, so places, people and figures differ.
"""

from __future__ import annotations

import json
from typing import Any

import pytest

from extraction import Reading
from tests.extraction.test_cases import FOLDER, described, differences, read

REPORTS = json.loads((FOLDER / "seed_like.json").read_text(encoding="utf-8"))


@pytest.fixture(params=REPORTS, ids=lambda report: report["name"])
def report(request: pytest.FixtureRequest) -> dict[str, Any]:
    return request.param


@pytest.fixture
def reading(report: dict[str, Any]) -> Reading:
    return read(report)


def test_every_value_of_the_report_is_read(report: dict[str, Any], reading: Reading) -> None:
    wrong = differences(report, reading)

    assert not wrong, "\n".join(["", *wrong, "", described(reading)])


def test_the_air_burst_has_no_coordinates(reading: Reading) -> None:
    burst = next(s for s in reading.drafts[0].sites if s.role == "intercept")

    assert (burst.lat, burst.lon, burst.count) == (None, None, 1)


def test_losses_denied_for_one_party_leave_the_toll_stated(reading: Reading) -> None:
    focus = reading.drafts[0]

    assert focus.killed.status == focus.wounded.status == "stated"


def test_the_victims_are_a_child_and_civilians(reading: Reading) -> None:
    victims = {(v.group, v.status, v.count) for v in reading.drafts[0].victims}

    assert ("child", "killed", 1) in victims


def test_every_figure_has_its_words(reading: Reading) -> None:
    focus = reading.drafts[0]

    stated = {(s.field, s.value) for s in focus.statements}

    assert {
        ("date", focus.date),
        ("weapon", "katyusha"),
        ("munitions", 5),
        ("killed", 1),
        ("wounded", 4),
    } <= stated


def test_who_says_what_of_whom(reading: Reading) -> None:
    acts = {(s.act, s.field) for s in reading.drafts[0].statements}

    assert {
        ("claims", "claimed_by"),
        ("attributes", "attributed_to"),
        ("denies", "denied_by"),
    } <= acts


def test_the_older_event_is_no_focus(reading: Reading) -> None:
    assert [d.focus for d in reading.drafts] == [True, False]
