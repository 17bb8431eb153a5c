"""Confidence and truth of values, on readings made by hand."""

from __future__ import annotations

from typing import Any

import pytest

from benchmarks.calibration import Bucket, calibration

POINT = {"lat": 33.3, "lon": 44.4}
SITE = {"role": "impact", "place_id": "green-zone", "surface": "Green Zone", **POINT}


def said(field: str, value: object, confidence: float, act: str = "reports") -> dict[str, Any]:
    return {"field": field, "value": value, "confidence": confidence, "act": act}


def incident(*statements: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return {
        "focus": True,
        "event": "rocket",
        "date": "2020-11-17",
        "munitions": 7,
        "killed": 1,
        "wounded": 5,
        "weapon": "grad",
        "sites": [SITE],
        "claimed_by": ["Ahl al-Kahf"],
        "attributed_to": [],
        "denied_by": [],
        "statements": list(statements),
        **fields,
    }


def annotated(*incidents: dict[str, Any], mentions: Any = ()) -> dict[str, Any]:
    sites = [{**SITE, "tol_km": 1}]
    return {
        "incidents": [{**each, "sites": sites} for each in incidents],
        "mentions": list(mentions),
    }


@pytest.mark.parametrize(
    ("field", "value", "right"),
    [
        ("munitions", 7, True),
        ("munitions", 4, False),
        ("date", "2020-11-17", True),
        ("date", "2020-11", False),
        ("event", "mortar", False),
        ("weapon", "grad", True),
        ("impact", "green-zone", True),
        ("claimed_by", "Ahl al-Kahf", True),
        ("claimed_by", "nobody", False),
    ],
)
def test_a_statement_is_right_where_the_annotation_has_it(
    field: str, value: object, right: bool
) -> None:
    act = "claims" if field == "claimed_by" else "reports"
    read = {"a": {"incidents": [incident(said(field, value, 0.84, act))]}}
    assert calibration({"a": annotated(incident())}, read) == [Bucket(0.8, 0.9, 1, right, 0.84)]


def test_what_an_incident_says_that_is_not_there_is_wrong() -> None:
    read = {"a": {"incidents": [incident(said("killed", 1, 0.95), said("date", "2020", 0.95))]}}
    assert calibration({"a": annotated()}, read) == [Bucket(0.9, 1.0, 2, 0, 0.95)]


def test_mentions_count_where_annotated_and_near() -> None:
    gold = [{"start": 0, "end": 10, "surface": "Green Zone", **POINT, "tol_km": 1}]
    here = {"start": 0, "end": 10, **POINT, "confidence": 0.97}
    away = {**here, "lat": 34.3, "confidence": 0.55}
    none = {**here, "start": 40, "end": 50, "confidence": 0.55}
    found = calibration(
        {"a": annotated(mentions=gold), "b": annotated(mentions=gold)},
        {"a": {"mentions": [here, none]}, "b": {"mentions": [away]}},
    )
    assert [(b.low, b.values, b.right) for b in found] == [(0.5, 2, 0), (0.9, 1, 1)]


def test_what_the_annotation_does_not_speak_of_is_not_judged() -> None:
    elsewhere = said("impact", "karrada", 0.9)
    condemned = said("event", "rocket", 0.9, act="condemns")
    read = {"a": {"incidents": [incident(elsewhere, condemned)]}}
    assert calibration({"a": annotated(incident())}, read) == []
