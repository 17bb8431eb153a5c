"""What the database refuses, and what rows know about themselves."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import IntegrityError, transaction
from django.utils import translation

from incidents.models import (
    Actor,
    ActorName,
    DataVersion,
    Incident,
    PublicId,
    Site,
    Statement,
    Status,
    Victim,
)
from incidents.models import Reading as StoredReading
from incidents.tiles import TILE_ZOOM, tile_of
from tests.incidents import factories

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "values",
    [
        {"killed_low": 3, "killed_best": 2},
        {"killed_best": 3, "killed_high": 2},
        {"wounded_low": 3, "wounded_high": 2},
        {"munitions_low": 8, "munitions_best": 7, "munitions_high": 9},
        {"lat": 91.0, "lon": 44.0},
        {"lat": 33.0, "lon": 181.0},
        {"lat": 33.0},
        {"date_start": date(2020, 1, 2), "date_end": date(2020, 1, 1)},
        {"date_start": date(2020, 1, 2), "date_end": None},
        {"killed_best": -1},
    ],
)
def test_an_impossible_incident_is_refused(values: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.incident(**values)


@pytest.mark.parametrize(
    "values",
    [
        {"killed_low": 1, "killed_best": None, "killed_high": 2},
        {"killed_low": None, "killed_best": 2},
        {"lat": -90.0, "lon": 180.0},
        {"day": None},
    ],
)
def test_the_unknown_is_allowed(values: dict[str, Any]) -> None:
    assert factories.incident(**values).pk


@pytest.mark.parametrize(
    "values",
    [
        {"lat": 95.0, "lon": 1.0},
        {"lat": 33.0, "lon": None},
        {"radius_m": -1.0},
        {"confidence": 1.5},
    ],
)
def test_an_impossible_site_is_refused(values: dict[str, Any]) -> None:
    incident = factories.incident()
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.site(incident, **values)


@pytest.mark.parametrize("values", [{"start": 9, "end": 3}, {"confidence": 1.5}])
def test_an_impossible_statement_is_refused(values: dict[str, Any]) -> None:
    article = factories.article()
    reading = StoredReading.objects.create(article=article, extractor="1")
    given = {"start": 0, "end": 5, "confidence": 0.5, **values}
    with pytest.raises(IntegrityError), transaction.atomic():
        Statement.objects.create(
            reading=reading, article=article, draft_index=0, act="reports", field="killed", **given
        )


def test_an_article_has_one_current_reading() -> None:
    article = factories.article()
    current = StoredReading.objects.create(article=article, extractor="1")
    with pytest.raises(IntegrityError), transaction.atomic():
        StoredReading.objects.create(article=article, extractor="2")
    assert article.current_reading == current


def test_numbers_count_up_by_date_and_are_never_given_again() -> None:
    first, second = factories.incident(), factories.incident()
    assert [first.public_id, second.public_id] == ["BGD-2020-11-17-01", "BGD-2020-11-17-02"]
    second.delete()
    assert factories.incident().public_id == "BGD-2020-11-17-03"
    assert factories.incident(day=date(2020, 11, 18)).public_id == "BGD-2020-11-18-01"


def test_a_number_stays_when_the_date_is_corrected() -> None:
    incident = factories.incident()
    incident.date_start = incident.date_end = date(2020, 11, 18)
    incident.save()
    assert incident.public_id == "BGD-2020-11-17-01"


def test_a_day_may_have_more_than_ninety_nine() -> None:
    assert PublicId.reserve("BGD-2007-01-01", 100)[-1] == "BGD-2007-01-01-100"


def test_a_deleted_site_leaves_its_number_unused() -> None:
    incident = factories.incident()
    first, second = factories.site(incident), factories.site(incident)
    second.delete()
    third = factories.site(incident)
    assert (first.number, third.number) == (1, 3)
    assert third.public_id == "BGD-2020-11-17-01/s3"


def test_tiles_follow_the_point() -> None:
    incident = factories.incident()
    site = factories.site(incident)
    assert (site.tile_x, site.tile_y) == tile_of(33.3076, 44.3903)
    site.lat = site.lon = None
    site.save()
    assert (site.tile_x, site.tile_y) == (None, None)


@pytest.mark.parametrize(
    ("lat", "lon", "x", "y"),
    [
        (0.0, 0.0, 1 << 21, 1 << 21),
        (90.0, -180.0, 0, 0),
        (-90.0, 180.0, (1 << TILE_ZOOM) - 1, (1 << TILE_ZOOM) - 1),
    ],
)
def test_tiles_cover_the_globe(lat: float, lon: float, x: int, y: int) -> None:
    assert tile_of(lat, lon) == (x, y)


def test_a_tile_of_a_smaller_zoom_is_a_shift_away() -> None:
    # Green Zone on a standard zoom-12 web map
    x, y = tile_of(33.3076, 44.3903)
    assert (x >> (TILE_ZOOM - 12), y >> (TILE_ZOOM - 12)) == (2553, 1645)


def test_locks_take_columns_with_their_group() -> None:
    incident = Incident()
    incident.lock("killed_high", "sites", "public_id", "nonsense")
    assert incident.locked_fields == ["killed", "sites"]
    assert incident.is_locked("killed")
    assert not incident.is_locked("date")


def test_every_lock_has_a_label_and_real_columns() -> None:
    assert set(Incident.LOCKS) == set(Incident.LOCK_LABELS)
    columns = {column.name for column in Incident._meta.concrete_fields}
    assert {name for names in Incident.LOCKS.values() for name in names} <= columns


def test_publishing_keeps_the_first_time() -> None:
    incident = factories.incident(status=Status.DRAFT)
    assert incident.published_at is None
    incident.publish(reason="Checked")
    first = incident.published_at
    assert first is not None
    incident.status = Status.DRAFT
    incident.save()
    incident.publish()
    assert incident.published_at == first
    assert "Checked" in set(incident.history.values_list("history_change_reason", flat=True))


class TestVisibility:
    @pytest.fixture
    def all_(self) -> dict[str, Incident]:
        found = {status.value: factories.incident(status=status) for status in Status}
        found["merged"] = factories.incident(status=Status.REJECTED, merged_into=found["published"])
        return found

    def test_visitors_and_analysts_see_what_is_published(
        self, all_: dict[str, Incident], django_user_model: Any
    ) -> None:
        analyst = django_user_model.objects.create_user("a")
        analyst.groups.add(Group.objects.get(name="Analysts"))
        for user in (None, analyst):
            assert list(Incident.objects.visible_to(user)) == [all_["published"]]

    def test_editors_see_drafts_too(
        self, all_: dict[str, Incident], django_user_model: Any
    ) -> None:
        editor = django_user_model.objects.create_user("e")
        editor.groups.add(Group.objects.get(name="Editors"))
        seen = set(Incident.objects.visible_to(editor))
        assert seen == set(all_.values()) - {all_["merged"]}
        editor.is_active = False
        assert list(Incident.objects.visible_to(editor)) == [all_["published"]]


def test_editors_do_not_delete_incidents() -> None:
    granted = set(Group.objects.get(name="Editors").permissions.values_list("codename", flat=True))
    assert {"publish_incident", "change_incident", "add_article"} <= granted
    assert not {"delete_incident", "delete_article"} & granted


def test_spellings_are_unique_when_folded() -> None:
    actor = Actor.objects.create(slug="a", name_ar="أهل الكهف")
    ActorName.objects.create(actor=actor, name="أهل الكهف")
    with pytest.raises(IntegrityError), transaction.atomic():
        ActorName.objects.create(actor=actor, name="اهل الكهف")


def test_an_actor_needs_a_name() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Actor.objects.create(slug="nobody")


def test_names_come_in_the_reader_s_language_or_the_other() -> None:
    actor = Actor(name_en="Ahl al-Kahf", name_ar="أهل الكهف")
    with translation.override("ar"):
        assert str(actor) == "أهل الكهف"
        assert str(Actor(name_en="x")) == "x"
    with translation.override("en"):
        assert str(actor) == "Ahl al-Kahf"
        assert str(Actor(name_ar="س")) == "س"


def test_victims_of_a_group_that_no_list_knows_are_shown_as_they_stand() -> None:
    with translation.override("en"):
        assert Victim(group="child").get_group_display() == "children"
        assert Victim(group="pilgrim").get_group_display() == "pilgrim"


def test_the_data_version_comes_back_when_its_row_is_lost() -> None:
    DataVersion.objects.all().delete()
    assert DataVersion.current() == 0
    DataVersion.bump()
    assert DataVersion.current() > 0


def test_history_has_reasons_and_leaves_out_the_bulk() -> None:
    article = factories.article()
    assert not hasattr(article.history.get(), "body")
    site = factories.site(factories.incident())
    assert isinstance(site, Site)
    assert not hasattr(site.history.get(), "tile_x")
