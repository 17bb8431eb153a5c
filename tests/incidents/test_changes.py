"""A mirror that asks what changed and what is gone ends with what we publish."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.db.models import F
from django.test import Client
from django.utils import timezone

from gazetteer import Gazetteer
from incidents import editing
from incidents.actors import actor_for
from incidents.exports import export
from incidents.filters import IncidentFilter
from incidents.ingest import ingest, merge_incidents, reread
from incidents.models import (
    Article,
    Incident,
    IncidentActor,
    IncidentArticle,
    Site,
    Status,
    Victim,
    Withdrawal,
)
from tests.incidents import factories
from tests.incidents.factories import Reads, draft, draft_site, upload

pytestmark = pytest.mark.django_db

LONG_AGO = datetime(2020, 12, 1, tzinfo=UTC)


def gone(client: Client, query: str = "") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.get(f"/changes.json?{query}").json()["withdrawn"]
    return found


def exported(query: str = "") -> dict[str, dict[str, Any]]:
    written = "".join(export("incidents", "geojson", IncidentFilter.from_query(query)))
    found = {each["id"]: each for each in json.loads(written)["features"]}
    for each in found.values():
        del each["properties"]["updated_at"]
    return found


@pytest.fixture
def told() -> Incident:
    """A published incident with one row of everything, last changed long ago."""
    incident = factories.incident()
    factories.site(incident)
    article = factories.article(publisher="Agency")
    IncidentArticle.objects.create(incident=incident, article=article)
    IncidentActor.objects.create(
        incident=incident, actor=actor_for("Ahl al-Kahf"), role="claimed_by"
    )
    Victim.objects.create(incident=incident, group="child", status="killed", count=1)
    Incident.objects.update(updated_at=LONG_AGO)
    return incident


def moved(incident: Incident) -> bool:
    return bool(Incident.objects.get(pk=incident.pk).updated_at != LONG_AGO)


class TestWhenAnIncidentChanged:
    @pytest.mark.parametrize("model", [Site, IncidentActor, IncidentArticle, Victim])
    def test_a_row_that_goes_moves_it(self, told: Incident, model: Any) -> None:
        model.objects.get().delete()
        assert moved(told)

    @pytest.mark.parametrize(
        ("model", "values"),
        [
            (Site, {"radius_m": 300.0}),
            (Site, {"lat": 33.31}),
            (IncidentActor, {"role": "denied_by"}),
            (Victim, {"count": 2}),
            (Article, {"publisher": "Another agency"}),
            (Article, {"url": "https://example.org/"}),
        ],
    )
    def test_a_row_that_says_something_else_moves_it(
        self, told: Incident, model: Any, values: dict[str, Any]
    ) -> None:
        row = model.objects.get()
        for name, value in values.items():
            setattr(row, name, value)
        row.save()
        assert moved(told)

    def test_a_group_by_another_name_moves_its_incidents_only(self, told: Incident) -> None:
        other = factories.incident()
        Incident.objects.update(updated_at=LONG_AGO)
        actor = actor_for("Ahl al-Kahf")
        actor.name_en = "People of the Cave"
        actor.save()
        assert moved(told)
        assert not moved(other)

    def test_a_new_group_or_article_moves_nothing(self) -> None:
        bare = factories.incident()
        Incident.objects.update(updated_at=LONG_AGO)
        actor_for("Kataib Hezbollah")
        factories.article()
        assert not moved(bare)

    def test_new_rows_move_it(self, told: Incident) -> None:
        makers: list[Callable[[], Any]] = [
            lambda: factories.site(told, "launch"),
            lambda: Victim.objects.create(incident=told, group="police", status="wounded"),
            lambda: IncidentArticle.objects.create(incident=told, article=factories.article()),
        ]
        for make in makers:
            Incident.objects.update(updated_at=LONG_AGO)
            make()
            assert moved(told)

    @pytest.mark.parametrize("model", [Site, IncidentActor, IncidentArticle, Victim, Article])
    def test_a_row_saved_as_it_was_leaves_it(self, told: Incident, model: Any) -> None:
        model.objects.get().save()
        assert not moved(told)

    def test_a_source_taken_elsewhere_moves_both(self, told: Incident) -> None:
        other = factories.incident()
        Incident.objects.update(updated_at=LONG_AGO)
        source = told.sources.get()
        source.incident = other
        source.save()
        assert moved(told)
        assert moved(other)

    def test_a_number_merged_into_it_moves_it(self, told: Incident) -> None:
        factories.incident(status=Status.REJECTED, merged_into=told)
        assert moved(told)

    def test_the_same_reading_again_leaves_it(self, gazetteer: Gazetteer) -> None:
        read = Reads(draft(claimed_by=("Ahl al-Kahf",)))
        result = ingest(upload(), gazetteer=gazetteer, read=read, publish=True)
        (incident,) = result.incidents
        Incident.objects.update(updated_at=LONG_AGO)
        reread(result.article, gazetteer=gazetteer, read=read)
        assert not moved(incident)

    def test_another_article_on_it_moves_it(self, gazetteer: Gazetteer) -> None:
        read = Reads(draft(sites=(draft_site("impact", "green-zone", count=3),)))
        first = ingest(upload(), gazetteer=gazetteer, read=read, publish=True).incidents[0]
        Incident.objects.update(updated_at=LONG_AGO)
        assert ingest(upload(), gazetteer=gazetteer, read=read).incidents == [first]
        assert moved(first)

    def test_a_mirror_is_given_what_moved(self, told: Incident) -> None:
        factories.incident(day=None)
        Incident.objects.exclude(pk=told.pk).update(updated_at=LONG_AGO)
        since = LONG_AGO + timedelta(seconds=1)
        assert exported(f"updated_since={since:%Y-%m-%dT%H:%M:%SZ}") == {}
        Site.objects.get().delete()
        assert set(exported(f"updated_since={since:%Y-%m-%dT%H:%M:%SZ}")) == {told.public_id}


class TestWhatIsGone:
    def test_it_says_what_became_of_each(self, client: Client) -> None:
        back, refused, merged, deleted, winner = (factories.incident() for _ in range(5))
        editing.set_status([back], Status.DRAFT)
        editing.set_status([refused], Status.REJECTED)
        merged.status, merged.merged_into = Status.REJECTED, winner
        merged.save()
        deleted.delete()
        found = gone(client)
        assert [(each["id"], each["what"], each["merged_into"]) for each in found] == [
            (back.public_id, "withdrawn", None),
            (refused.public_id, "rejected", None),
            (merged.public_id, "merged", winner.public_id),
            (deleted.public_id, "deleted", None),
        ]
        assert all(each["at"].endswith("+03:00") for each in found)

    def test_what_was_never_published_is_not_told(self, client: Client) -> None:
        for status in (Status.DRAFT, Status.REVIEWED):
            incident = factories.incident(status=status)
            editing.set_status([incident], Status.REJECTED)
            incident.delete()
        assert gone(client) == []

    def test_a_number_does_not_lead_to_what_was_never_published(
        self, client: Client, gazetteer: Gazetteer
    ) -> None:
        loser, winner = factories.incident(), factories.incident(status=Status.DRAFT)
        editing.set_status([loser], Status.DRAFT)
        merge_incidents(loser, winner, gazetteer=gazetteer)
        (told,) = gone(client)
        assert (told["what"], told["merged_into"]) == ("rejected", None)
        assert winner.public_id not in json.dumps(told)
        winner.refresh_from_db()
        winner.publish()
        assert gone(client)[0]["merged_into"] == winner.public_id

    def test_published_again_it_is_not_gone(self, client: Client) -> None:
        incident = factories.incident()
        editing.set_status([incident], Status.REVIEWED)
        assert len(gone(client)) == 1
        editing.set_status([incident], Status.PUBLISHED)
        assert gone(client) == []

    def test_undoing_a_merge_tells_so(self, client: Client, gazetteer: Gazetteer) -> None:
        first, second = (
            ingest(
                upload(), gazetteer=gazetteer, read=Reads(draft(date=day)), publish=True
            ).incidents[0]
            for day in ("2020-11-01", "2020-11-20")
        )
        merge_incidents(first, second, gazetteer=gazetteer)
        assert gone(client)[0]["what"] == "merged"
        assert exported()[second.public_id]["properties"]["aliases"] == first.public_id
        source = second.sources.order_by("pk").first()
        assert source is not None
        editing.split_off(source, gazetteer=gazetteer, into=first)
        assert gone(client)[0]["what"] == "withdrawn"
        assert exported()[second.public_id]["properties"]["aliases"] is None

    def test_it_comes_in_pages(self, client: Client) -> None:
        rows = [factories.incident() for _ in range(5)]
        editing.set_status(rows, Status.DRAFT)
        address: str | None = "/changes.json?limit=2&updated_since=2020-01-01"
        seen, pages = [], 0
        while address:
            answer = client.get(address).json()
            seen += [each["id"] for each in answer["withdrawn"]]
            address, pages = answer["next"], pages + 1
        assert seen == [row.public_id for row in rows]
        assert pages == 3

    def test_only_what_is_newer_is_told(self, client: Client) -> None:
        editing.set_status([factories.incident(), factories.incident()], Status.DRAFT)
        Withdrawal.objects.filter(pk=Withdrawal.objects.all()[:1].get().pk).update(at=LONG_AGO)
        assert len(gone(client)) == 2
        assert len(gone(client, "updated_since=2021-01-01T00:00:00Z")) == 1
        tomorrow = timezone.localdate() + timedelta(days=1)
        assert gone(client, f"updated_since={tomorrow}") == []

    @pytest.mark.parametrize(
        ("query", "parameter"),
        [
            ("updated_since=now", "updated_since"),
            ("since=2020-01-01", "since"),
            ("event_type=rocket", "event_type"),
            ("limit=0", "limit"),
            ("limit=10001", "limit"),
            ("limit=x", "limit"),
            ("after=-1", "after"),
        ],
    )
    def test_what_is_wrong_is_a_400_in_json(
        self, client: Client, query: str, parameter: str
    ) -> None:
        response = client.get(f"/changes.json?{query}")
        assert response.status_code == 400
        assert response.json()["error"]["parameter"] == parameter

    def test_the_number_of_queries_is_constant(
        self, client: Client, django_assert_max_num_queries: Any
    ) -> None:
        editing.set_status([factories.incident() for _ in range(9)], Status.REJECTED)
        with django_assert_max_num_queries(3):
            assert len(gone(client)) == 9

    def test_a_mirror_ends_with_what_is_published(
        self, client: Client, gazetteer: Gazetteer
    ) -> None:
        """Random acts, and a mirror that only ever asks what changed since it last looked."""
        mirror: dict[str, Any] = {}
        asked = "2020-01-01"
        for act in _acts(gazetteer):
            # A day goes by, so that only what the act moves is new.
            Incident.objects.update(updated_at=F("updated_at") - timedelta(days=1))
            Withdrawal.objects.update(at=F("at") - timedelta(days=1))
            act()
            answer = client.get(f"/changes.json?updated_since={asked}").json()
            mirror.update(exported(f"updated_since={asked}"))
            for each in answer["withdrawn"]:
                mirror.pop(each["id"], None)
            asked = answer["complete_until"]
            assert mirror == exported()
        assert len(mirror) > 2


def _acts(gazetteer: Gazetteer) -> Iterator[Callable[[], Any]]:
    rows = [factories.incident(status=Status.DRAFT) for _ in range(6)]
    a, b, c, d, e, f = rows
    yield lambda: editing.set_status(rows, Status.PUBLISHED)
    yield lambda: factories.site(a)
    yield lambda: editing.set_status([b], Status.REJECTED)
    yield lambda: merge_incidents(c, d, gazetteer=gazetteer)
    yield lambda: editing.set_status([b], Status.PUBLISHED)
    yield lambda: merge_incidents(d, e, gazetteer=gazetteer)
    yield lambda: f.delete()
    yield lambda: IncidentArticle.objects.create(incident=a, article=factories.article())


def test_what_was_gone_before_is_found_by_the_migration() -> None:
    gone_row, back, kept = factories.incident(), factories.incident(), factories.incident()
    secret = factories.incident(status=Status.DRAFT)
    gone_id = gone_row.public_id
    gone_row.delete()
    secret.delete()
    editing.set_status([back], Status.DRAFT)
    Withdrawal.objects.all().delete()
    import_module("incidents.migrations.0004_withdrawals").fill(apps, None)
    assert set(Withdrawal.objects.values_list("public_id", flat=True)) == {gone_id, back.public_id}
    assert kept.public_id in exported()
