"""Incidents of every sort, and questions to the API about them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from incidents.ingest import refresh_derived
from incidents.models import Incident, Status
from tests.incidents import factories

Ask = Callable[..., dict[str, Any]]


@pytest.fixture
def many(db: None) -> list[Incident]:
    """Two dozen incidents: placed and not, exactly dated and not, with lines, published and not."""
    places = ["green-zone", "us-embassy", "baghdad-airport", None]
    made = []
    for number in range(24):
        how: dict[str, Any] = {"day": date(2020, 1 + number % 12, 1 + number % 28)}
        if number % 8 == 5:
            how = {
                "day": None,
                "date_start": date(2020, 9, 1),
                "date_end": date(2020, 9, 30),
                "date_precision": "month",
            }
        if number % 8 == 6:
            how = {"day": None}
        incident = factories.incident(
            event_type=("rocket", "ied", "drone")[number % 3],
            killed_low=number % 3,
            killed_best=number % 3,
            killed_high=number % 3,
            grade=("fair", "weak", "contested")[number % 3],
            status=list(Status)[number // 2 % 4] if number % 2 else Status.PUBLISHED,
            **how,
        )
        if number % 5:
            factories.site(incident, "impact", places[number % 4])
        if number % 3:
            factories.site(incident, "launch", "daght-street-amin")
        if number % 7 == 0:
            factories.site(incident, "intercept", None, count=2)
        refresh_derived(incident)
        made.append(incident)
    assert {incident.status for incident in made} == set(Status.values)
    return made


@pytest.fixture
def ask(client: Client) -> Ask:
    """The document at a path below /ogc/: ``ask("collections/sites/items", bbox="…")``."""

    def ask(path: str = "", **parameters: Any) -> dict[str, Any]:
        address = path if path.startswith("http") else f"/ogc/{path}"
        response = client.get(address, parameters, headers={"Accept-Language": "en"})
        assert response.status_code == 200, response.content.decode()
        document: dict[str, Any] = response.json()
        return document

    return ask


@pytest.fixture
def pages(ask: Ask) -> Callable[..., list[dict[str, Any]]]:
    """All pages of a collection's items, following the links ``next``."""

    def pages(name: str, **parameters: Any) -> list[dict[str, Any]]:
        found = [ask(f"collections/{name}/items", **parameters)]
        while following := link(found[-1], "next"):
            assert len(found) < 1000
            found.append(ask(following))
        return found

    return pages


@pytest.fixture
def ids(pages: Callable[..., list[dict[str, Any]]]) -> Callable[..., list[str]]:
    """The ids of all features of a collection, page after page."""

    def ids(name: str, **parameters: Any) -> list[str]:
        return [feature["id"] for page in pages(name, **parameters) for feature in page["features"]]

    return ids


def link(document: dict[str, Any], rel: str) -> str | None:
    """The address of the first link of a kind."""
    return next((link["href"] for link in document["links"] if link["rel"] == rel), None)
