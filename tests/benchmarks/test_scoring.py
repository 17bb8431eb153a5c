"""The figures of ``evaluate`` on a sample small enough to be worked out by hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks import scoring
from benchmarks.scoring import Report, score

SAMPLE = json.loads((Path(__file__).parent / "sample.json").read_text(encoding="utf-8"))
GOLD = {article["id"]: article for article in SAMPLE["gold"]}
PREDICTED = {article["id"]: article for article in SAMPLE["predicted"]}

OVERALL = {
    "articles": 3,
    "mention_p": 4 / 7,
    "mention_r": 1.0,
    "mention_f1": 8 / 11,
    "mentions_gold": 4,
    "mentions_pred": 7,
    "trap_errors": 2,
    "traps": 3,
    "traps_hit": 2,
    "resolution_acc": 0.5,
    "resolution_median_km": 0.0,
    "resolution_without_coords": 1,
    "incident_p": 0.5,
    "incident_r": 2 / 3,
    "incident_f1": 4 / 7,
    "incidents_gold": 3,
    "incidents_pred": 4,
    "missed_only_by_date": 1,
    "missed_only_by_place": 0,
    "missed_only_by_event": 0,
    "date_acc": 0.5,
    "daypart_acc": 1.0,
    "weapon_acc": 0.5,
    "munitions_acc": 1.0,
    "killed_acc": 0.5,
    "wounded_acc": 1.0,
    "event_acc": 0.0,
    "launch_p": 1.0,
    "launch_r": 1.0,
    "launch_f1": 1.0,
    "impact_p": 2 / 3,
    "impact_r": 1.0,
    "impact_f1": 0.8,
    "claimed_p": 2 / 3,
    "claimed_r": 1.0,
    "claimed_f1": 0.8,
    "attributed_p": 0.0,
    "attributed_r": 0.0,
    "attributed_f1": 0.0,
    "denied_p": 0.5,
    "denied_r": 1.0,
    "denied_f1": 2 / 3,
    "site_count_acc": 0.75,
    "false_incidents_on_none": 1,
    "articles_with_none": 1,
    "background_gold": 1,
    "background_recall": 1.0,
    "analyst_score": 0.7398701298701298,
}


@pytest.fixture(scope="module")
def report() -> Report:
    return score(GOLD, PREDICTED)


def test_every_figure_is_as_worked_out(report: Report) -> None:
    assert report.overall == pytest.approx(OVERALL)


def test_languages_are_counted_apart(report: Report) -> None:
    assert list(report.by_language) == ["ar", "en"]
    english = report.by_language["en"]
    assert english["articles"] == 2
    assert english["mention_f1"] == 0.5
    assert english["claimed_f1"] == pytest.approx(2 / 3)
    assert english["background_recall"] is None
    assert english["analyst_score"] == pytest.approx(0.7566666666666667)


def test_errors_name_the_article_and_both_values(report: Report) -> None:
    assert (
        "a1  weapon: rocket 2020-11-17 [launch, impact, intercept] annotated grad, read None"
        in (report.errors)
    )
    assert "a1  trap: xxxx [61:65]" in report.errors
    assert len(report.errors) == 18


def test_a_perfect_reading_scores_one() -> None:
    perfect = {key: article["gold"] for key, article in GOLD.items()}
    report = score(GOLD, perfect)
    assert report.overall["analyst_score"] == 1.0
    assert report.errors == []


def test_the_annotation_is_never_taken_from_the_prediction() -> None:
    assert score(GOLD, GOLD).overall["incidents_pred"] == 0


def test_without_any_reading_nothing_is_right() -> None:
    figures = score(GOLD, {}).overall
    assert figures["mention_f1"] == 0.0
    assert figures["date_acc"] == 0.0
    assert figures["launch_f1"] == 0.0
    assert figures["incident_f1"] == 0.0


@pytest.mark.parametrize(
    ("gold", "read", "same"),
    [
        (None, None, True),
        (None, 0, False),
        (0, None, False),
        (3, 3, True),
        (3, 4, False),
        (3, {"min": 2, "max": 4}, True),
        (3, {"min": 4, "max": 6}, False),
        (3, {"min": 0, "max": 9}, False),
        (40, {"min": 30, "max": 50}, True),
        (3, {"min": 3}, True),
        (3, {}, False),
        (True, 1, False),
    ],
)
def test_numbers_and_ranges(gold: Any, read: Any, same: bool) -> None:
    assert scoring.same_number(gold, read) is same


@pytest.mark.parametrize(
    ("gold", "read", "same"),
    [
        ("2020-11-17", "2020-11-17", True),
        ("2020-11-17", "2020-11", True),
        ("2020", "2020-11", True),
        ("2020-11-17", None, True),
        ("2020-11-17", "2020-11-18", False),
    ],
)
def test_dates_agree_as_far_as_both_go(gold: Any, read: Any, same: bool) -> None:
    assert scoring.dates_agree(gold, read) is same


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("أهل الكهف", "حركة اهل الكهف", True),
        ("Kataib Hezbollah", "kata'ib hezbollah", False),
        ("IS", "ISIS", False),
        ("المقاومة", "المقاومه", True),
        ("", "x", False),
    ],
)
def test_names(a: str, b: str, same: bool) -> None:
    assert scoring.same_name(a, b) is same


@pytest.mark.parametrize(
    ("event", "gold", "read", "same"),
    [
        ("mortar", "mortar", None, True),
        ("mortar", None, "mortar", True),
        ("rocket", "grad", "Grad", True),
        ("rocket", "grad", None, False),
        ("rocket", None, "katyusha", False),
    ],
)
def test_a_weapon_that_repeats_the_event_says_nothing(
    event: str, gold: Any, read: Any, same: bool
) -> None:
    assert scoring.same_weapon({"event": event, "weapon": gold}, {"weapon": read}) is same
