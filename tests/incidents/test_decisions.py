"""What people decided about incidents holds when articles are read again or others decide too."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.test import Client

from gazetteer import Gazetteer
from incidents import editing, linking
from incidents.actors import actor_for
from incidents.ingest import ingest, merge_incidents, reread
from incidents.models import (
    ActorName,
    Incident,
    IncidentActor,
    IncidentArticle,
    SiteRole,
    Status,
)
from tests.incidents import factories
from tests.incidents.factories import Reads, draft, draft_site, figure, statement, upload

pytestmark = pytest.mark.django_db

HERE = draft(statements=(statement("impact", "green-zone"),))
THERE = draft(
    sites=(draft_site("impact", "baghdad-airport"),),
    killed=figure(4),
    statements=(statement("impact", "baghdad-airport"),),
)


def told(gazetteer: Gazetteer, *drafts: Any, **values: Any) -> Any:
    return ingest(upload(), gazetteer=gazetteer, read=Reads(*drafts or (HERE,)), **values)


def test_an_undated_event_is_bounded_by_the_day_in_baghdad() -> None:
    late = datetime(2020, 11, 17, 22, 30, tzinfo=UTC)  # half past one on the 18th in Baghdad
    assert linking.telling(draft(date=None), late).end == date(2020, 11, 18)


class TestMergedNumbers:
    def test_every_number_leads_to_the_last_winner(
        self, gazetteer: Gazetteer, client: Client
    ) -> None:
        first, second, third = (
            told(gazetteer, draft(date=f"2020-11-0{day}"), publish=True).incidents[0]
            for day in (1, 4, 7)
        )
        merge_incidents(first, second, gazetteer=gazetteer)
        merge_incidents(second, third, gazetteer=gazetteer)
        for number in (first, second):
            response = client.get(number.get_absolute_url())
            assert (response.status_code, response["Location"]) == (301, third.get_absolute_url())

    def test_chains_of_earlier_merges_are_shortened(self) -> None:
        last = factories.incident()
        middle = factories.incident(merged_into=last)
        first = factories.incident(merged_into=middle)
        import_module("incidents.migrations.0003_lapsed_sources").shorten(apps, None)
        first.refresh_from_db()
        middle.refresh_from_db()
        assert first.merged_into == middle.merged_into == last

    def test_a_published_number_is_not_lost_in_a_draft(
        self, gazetteer: Gazetteer, client: Client
    ) -> None:
        loser = told(gazetteer, HERE, publish=True).incidents[0]
        winner = told(gazetteer, THERE).incidents[0]
        merge_incidents(loser, winner, gazetteer=gazetteer)
        winner.refresh_from_db()
        assert winner.status == Status.PUBLISHED
        assert client.get(loser.get_absolute_url(), follow=True).status_code == 200

    def test_a_draft_that_takes_in_a_draft_stays_one(self, gazetteer: Gazetteer) -> None:
        loser, winner = told(gazetteer, HERE, THERE).incidents
        merge_incidents(loser, winner, gazetteer=gazetteer)
        winner.refresh_from_db()
        assert winner.status == Status.DRAFT


class TestOneArticleOneEvent:
    """Two drafts of one article that an editor found to be the same event."""

    @pytest.mark.parametrize("drafts", [(HERE, THERE), (THERE, HERE)])
    def test_they_stay_one_when_read_again(self, gazetteer: Gazetteer, drafts: Any) -> None:
        result = told(gazetteer, HERE, THERE)
        winner, loser = result.incidents
        merge_incidents(loser, winner, gazetteer=gazetteer)
        for extractor in ("2", "3"):
            again = reread(
                result.article, gazetteer=gazetteer, read=Reads(*drafts, extractor=extractor)
            )
            assert not again.new
            assert set(again.incidents) == {winner}
        winner.refresh_from_db()
        assert winner.sources.get().draft_index == drafts.index(HERE)
        assert winner.statements.count() == 2
        assert winner.sites.get().place_id == "green-zone"

    def test_the_one_that_is_left_tells_the_incident(self, gazetteer: Gazetteer) -> None:
        result = told(gazetteer, HERE, THERE)
        winner, loser = result.incidents
        merge_incidents(loser, winner, gazetteer=gazetteer)
        again = reread(result.article, gazetteer=gazetteer, read=Reads(THERE, extractor="2"))
        assert again.incidents == [winner]
        assert not again.new
        assert not again.dropped

    def test_both_leave_with_the_article(self, gazetteer: Gazetteer) -> None:
        result = told(gazetteer, HERE, THERE)
        winner, loser = result.incidents
        merge_incidents(loser, winner, gazetteer=gazetteer)
        told(gazetteer, HERE)
        source = winner.sources.get(article=result.article)
        other = editing.split_off(source, gazetteer=gazetteer)
        assert other.statements.count() == 2
        assert not winner.statements.filter(article=result.article).exists()


class TestLettingGo:
    def test_a_published_incident_that_one_reading_missed_is_found_again(
        self, gazetteer: Gazetteer
    ) -> None:
        result = told(gazetteer, HERE, publish=True)
        reread(result.article, gazetteer=gazetteer, read=Reads(extractor="2"))
        again = reread(result.article, gazetteer=gazetteer, read=Reads(HERE, extractor="3"))
        assert again.incidents == result.incidents
        assert Incident.objects.get().sources.get().draft_index == 0

    def test_what_a_person_added_is_not_taken_for_a_reading(self, gazetteer: Gazetteer) -> None:
        (incident,) = told(gazetteer, HERE).incidents
        article = ingest(upload(), gazetteer=gazetteer, read=Reads()).article
        IncidentArticle.objects.create(incident=incident, article=article)
        again = reread(article, gazetteer=gazetteer, read=Reads(HERE, extractor="2"))
        assert again.incidents != [incident]
        assert incident.sources.get(article=article).draft_index is None

    @pytest.mark.parametrize("publish", [True, False])
    def test_an_article_added_by_hand_does_not_tell_the_incident(
        self, gazetteer: Gazetteer, publish: bool
    ) -> None:
        result = told(gazetteer, HERE, publish=publish)
        (incident,) = result.incidents
        IncidentArticle.objects.create(incident=incident, article=factories.article())
        again = reread(result.article, gazetteer=gazetteer, read=Reads(extractor="2"))
        assert again.dropped == [incident]
        assert incident.sources.count() == 2, "a person worked on it, so it stays whole"

    def test_a_merge_prefers_a_reading_to_a_source_added_by_hand(
        self, gazetteer: Gazetteer
    ) -> None:
        winner = told(gazetteer, HERE).incidents[0]
        result = told(gazetteer, THERE)
        IncidentArticle.objects.create(incident=winner, article=result.article)
        merge_incidents(result.incidents[0], winner, gazetteer=gazetteer)
        assert winner.sources.get(article=result.article).draft_index == 0
        winner.refresh_from_db()
        assert winner.killed_best == 4


class TestTwoAtOnce:
    """Rows as a page showed them, while somebody else changed them."""

    def test_a_status_keeps_what_others_changed(self, gazetteer: Gazetteer) -> None:
        (stale,) = told(gazetteer).incidents
        Incident.objects.update(killed_low=2, killed_best=2, killed_high=2)
        assert editing.set_status([stale], Status.REVIEWED) == 1
        stale.refresh_from_db()
        assert (stale.status, stale.killed_best) == (Status.REVIEWED, 2)

    def test_what_was_merged_meanwhile_gets_no_status(self, gazetteer: Gazetteer) -> None:
        loser, winner = told(gazetteer, HERE, THERE).incidents
        stale = Incident.objects.get(pk=loser.pk)
        merge_incidents(loser, winner, gazetteer=gazetteer)
        assert editing.set_status([stale], Status.PUBLISHED) == 0
        loser.refresh_from_db()
        assert loser.status == Status.REJECTED

    def test_a_site_keeps_what_others_changed(self, gazetteer: Gazetteer) -> None:
        (stale,) = told(gazetteer).incidents
        Incident.objects.update(status=Status.PUBLISHED, locked_fields=["killed"])
        editing.add_site(stale, role=SiteRole.LAUNCH, point=(33.3, 44.4))
        stale.refresh_from_db()
        assert stale.status == Status.PUBLISHED
        assert stale.locked_fields == ["killed", "sites"]

    def test_a_site_follows_an_incident_that_was_merged_meanwhile(
        self, gazetteer: Gazetteer
    ) -> None:
        loser, winner = told(gazetteer, HERE, THERE).incidents
        stale = Incident.objects.get(pk=loser.pk)
        merge_incidents(loser, winner, gazetteer=gazetteer)
        site = editing.add_site(stale, role=SiteRole.LAUNCH, point=(33.3, 44.4))
        assert site.incident == winner
        winner.refresh_from_db()
        assert winner.is_locked("sites")

    def test_a_merge_keeps_what_others_changed(self, gazetteer: Gazetteer) -> None:
        loser, winner = told(gazetteer, HERE, THERE).incidents
        Incident.objects.filter(pk=winner.pk).update(
            killed_low=9, killed_best=9, killed_high=9, locked_fields=["killed"]
        )
        merge_incidents(loser, winner, gazetteer=gazetteer)
        winner.refresh_from_db()
        assert winner.killed_best == 9

    def test_an_incident_merged_meanwhile_takes_nothing(self, gazetteer: Gazetteer) -> None:
        loser, winner = told(gazetteer, HERE, THERE).incidents
        other = told(gazetteer, draft(date="2019-05-19")).incidents[0]
        stale = Incident.objects.get(pk=loser.pk)
        merge_incidents(loser, winner, gazetteer=gazetteer)
        with pytest.raises(ValueError, match="two different"):
            merge_incidents(other, stale, gazetteer=gazetteer)

    def test_an_article_is_split_off_once(self, gazetteer: Gazetteer) -> None:
        told(gazetteer)
        told(gazetteer)
        article = told(gazetteer).article
        source, stale = (IncidentArticle.objects.get(article=article) for _ in range(2))
        editing.split_off(source, gazetteer=gazetteer)
        with pytest.raises(editing.EditError):
            editing.split_off(stale, gazetteer=gazetteer)


@pytest.mark.parametrize("name", ["The Battalions of " + "very " * 50 + "long names", "ﷺ" * 250])
def test_a_name_longer_than_its_column_is_one_actor(name: str) -> None:
    assert actor_for(name) == actor_for(name)
    spelling = ActorName.objects.get()
    assert max(len(spelling.name), len(spelling.folded)) <= 200


class TestEvidenceOfLockedRows:
    FULL = replace(
        HERE,
        claimed_by=("أهل الكهف",),
        statements=(
            statement("impact", "green-zone"),
            statement("claimed_by", "القوات", act="claims"),
            statement("claimed_by", "أهل الكهف", act="claims"),
        ),
    )

    def test_the_words_stay_with_what_an_editor_locked(self, gazetteer: Gazetteer) -> None:
        result = told(gazetteer, self.FULL)
        (incident,) = result.incidents
        incident.lock("sites", "actors")
        incident.save()
        reread(result.article, gazetteer=gazetteer, read=Reads(self.FULL, extractor="2"))
        site = incident.sites.get().statement
        assert site is not None
        assert (site.field, site.reading.extractor) == ("impact", "2")
        party = IncidentActor.objects.get(incident=incident).statement
        assert party is not None
        assert party.value == "أهل الكهف"

    def test_words_that_are_no_longer_read_are_no_evidence(self, gazetteer: Gazetteer) -> None:
        result = told(gazetteer, self.FULL)
        (incident,) = result.incidents
        incident.lock("sites")
        incident.save()
        fewer = replace(self.FULL, statements=self.FULL.statements[1:])
        reread(result.article, gazetteer=gazetteer, read=Reads(fewer, extractor="2"))
        assert incident.sites.get().statement is None
