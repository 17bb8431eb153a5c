"""Articles in, incidents out: once, in one piece, and never over an editor's word."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import connection

import extraction
from extraction.document import Article as Reported
from extraction.document import Casualties, Reading
from gazetteer import Gazetteer
from incidents.ingest import Change, ingest, merge_incidents, rebuild, refresh_derived, reread
from incidents.models import (
    Actor,
    Article,
    DataVersion,
    Incident,
    IncidentActor,
    IncidentArticle,
    Site,
    Statement,
    Status,
)
from incidents.models import Reading as StoredReading
from tests.incidents.factories import (
    Reads,
    draft,
    draft_site,
    figure,
    noon,
    statement,
    upload,
    victim,
)

pytestmark = pytest.mark.django_db

FULL = draft(
    daypart="evening",
    weapon="grad",
    munitions=figure(7),
    killed=figure(1),
    wounded=figure(5),
    sites=(
        draft_site("launch", "daght-street-amin"),
        draft_site("impact", "green-zone", count=4),
        draft_site("intercept", count=1),
    ),
    victims=(victim("child", "killed", 1, "female"), victim("civilian", "wounded", 5)),
    claimed_by=("أهل الكهف",),
    denied_by=("الفصائل",),
    statements=(
        statement("claimed_by", "أهل الكهف", act="claims", speaker="أهل الكهف"),
        statement("impact", "green-zone"),
        statement("killed", 1),
    ),
)


class TestOneArticle:
    def test_everything_that_was_read_is_stored(self, gazetteer: Gazetteer) -> None:
        result = ingest(upload(), gazetteer=gazetteer, read=Reads(FULL))
        (incident,) = result.incidents
        assert result.created
        assert result.new == [incident]
        assert incident.public_id == "BGD-2020-11-17-01"
        assert incident.status == Status.DRAFT
        assert (incident.date_start, incident.date_end) == (date(2020, 11, 17),) * 2
        assert (incident.event_type, incident.weapon) == ("rocket", "grad")
        assert (incident.munitions_best, incident.killed_best, incident.wounded_best) == (7, 1, 5)
        assert incident.killed_status == "stated"
        assert [(s.number, s.role, s.place_id, s.count) for s in incident.sites.all()] == [
            (1, "launch", "daght-street-amin", None),
            (2, "impact", "green-zone", 4),
            (3, "intercept", "", 1),
        ]
        assert incident.sites.get(role="intercept").lat is None
        assert [(v.group, v.sex, v.status, v.count) for v in incident.victims.all()] == [
            ("child", "female", "killed", 1),
            ("civilian", "", "wounded", 5),
        ]
        assert [(p.role, p.actor.name_en) for p in incident.parties.all()] == [
            ("claimed_by", "Ahl al-Kahf"),
            ("denied_by", "the factions"),
        ]
        assert incident.grade == incident.grade_suggested == "confirmed"

    def test_every_value_keeps_its_evidence(self, gazetteer: Gazetteer) -> None:
        result = ingest(upload(), gazetteer=gazetteer, read=Reads(FULL))
        (incident,) = result.incidents
        assert incident.statements.count() == 3
        impact = incident.sites.get(role="impact")
        assert impact.statement is not None
        assert impact.statement.value == "green-zone"
        assert (impact.article, impact.start, impact.end) == (result.article, 0, 4)
        claim = incident.parties.get(role="claimed_by").statement
        assert claim is not None
        assert claim.act == "claims"
        assert result.reading.data["incidents"][0]["killed"] == 1

    def test_the_representative_point_is_the_first_impact(self, gazetteer: Gazetteer) -> None:
        (incident,) = ingest(upload(), gazetteer=gazetteer, read=Reads(FULL)).incidents
        assert (incident.lat, incident.lon) == (33.3076, 44.3903)
        assert (incident.place_en, incident.place_level) == ("Green Zone", "neighbourhood")
        assert incident.tile_x is not None

    def test_free_text_finds_names_quotes_and_titles(self, gazetteer: Gazetteer) -> None:
        handed_in = upload(title="قصف الخضراء", publisher="وكالة")
        (incident,) = ingest(handed_in, gazetteer=gazetteer, read=Reads(FULL)).incidents
        for folded in ("قصف الخضراء", "daght street", "ahl al kahf", "وكاله", "the police"):
            assert folded in incident.search_text

    def test_an_article_without_an_attack_is_kept_and_makes_no_incident(
        self, gazetteer: Gazetteer
    ) -> None:
        result = ingest(upload(), gazetteer=gazetteer, read=Reads())
        assert result.created
        assert result.incidents == []
        assert StoredReading.objects.get().is_current

    def test_several_events_of_one_article_never_become_one(self, gazetteer: Gazetteer) -> None:
        result = ingest(upload(), gazetteer=gazetteer, read=Reads(draft(), draft()))
        assert [incident.public_id for incident in result.incidents] == [
            "BGD-2020-11-17-01",
            "BGD-2020-11-17-02",
        ]

    @pytest.mark.parametrize(
        ("day", "number"),
        [
            ("2020-09", "BGD-2020-09-00-01"),
            ("2020", "BGD-2020-00-00-01"),
            (None, "BGD-0000-00-00-01"),
        ],
    )
    def test_the_number_says_how_exact_the_date_was(
        self, gazetteer: Gazetteer, day: str | None, number: str
    ) -> None:
        (incident,) = ingest(upload(), gazetteer=gazetteer, read=Reads(draft(date=day))).incidents
        assert incident.public_id == number

    def test_what_fails_in_the_middle_leaves_nothing_behind(
        self, gazetteer: Gazetteer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fail(*args: Any, **kwargs: Any) -> None:
            raise RuntimeError("the disk is full")

        monkeypatch.setattr("incidents.ingest.rebuild", fail)
        with pytest.raises(RuntimeError):
            ingest(upload(), gazetteer=gazetteer, read=Reads(FULL))
        assert not Article.objects.exists()
        assert not Incident.objects.exists()

    def test_who_uploaded_and_why_is_in_the_history(self, gazetteer: Gazetteer) -> None:
        user = get_user_model().objects.create_user("editor")
        result = ingest(upload(), gazetteer=gazetteer, read=Reads(FULL), user=user)
        assert result.article.uploaded_by == user
        latest = result.incidents[0].history.first()
        assert latest.history_user == user
        assert (
            latest.history_change_reason == f"Read in article {result.article.pk}, extractor test 1"
        )
        assert Site.history.filter(history_user=user).count() == 3


class TestTheSameArticleAgain:
    def test_nothing_is_doubled(self, gazetteer: Gazetteer) -> None:
        handed_in = upload(title="t", publisher="p", published=noon(2020, 11, 18))
        first = ingest(handed_in, gazetteer=gazetteer, read=Reads(FULL))
        before = [model.objects.count() for model in (Article, Incident, Site, Statement)]
        version = DataVersion.current()
        again = ingest(handed_in, gazetteer=gazetteer, read=Reads(FULL))
        assert not again.created
        assert again.article == first.article
        assert again.incidents == first.incidents
        assert before == [model.objects.count() for model in (Article, Incident, Site, Statement)]
        assert DataVersion.current() == version, "pages in caches stay good"

    @pytest.mark.parametrize(
        "change",
        [lambda t: t.replace("\n", "\r\n"), lambda t: f"\n  {t} \n\n"],
        ids=["crlf", "blanks"],
    )
    def test_line_ends_and_outer_blanks_do_not_make_another_article(
        self, gazetteer: Gazetteer, change: Callable[[str], str]
    ) -> None:
        text = "First line of the article.\nSecond line."
        ingest(upload(text), gazetteer=gazetteer, read=Reads())
        assert not ingest(upload(change(text)), gazetteer=gazetteer, read=Reads()).created
        assert Article.objects.get().body == text

    def test_better_metadata_fills_blanks_only(self, gazetteer: Gazetteer) -> None:
        text = "An article that comes twice."
        ingest(upload(text, title="First"), gazetteer=gazetteer, read=Reads())
        better = upload(
            text,
            title="Second",
            publisher="Agency",
            published=noon(2020, 11, 18),
            url="https://example.org/1",
        )
        reads = Reads(FULL)
        result = ingest(better, gazetteer=gazetteer, read=reads)
        article = Article.objects.get()
        assert (article.title, article.publisher) == ("First", "Agency")
        assert article.published_at == noon(2020, 11, 18)
        assert article.url == "https://example.org/1"
        assert len(result.incidents) == 1, "read again, now that the date is known"
        assert reads.articles[-1].published == noon(2020, 11, 18)
        assert StoredReading.objects.count() == 1

    def test_an_article_already_read_by_this_extractor_is_not_read_again(
        self, gazetteer: Gazetteer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        calls = []

        def read(article: Reported, places: Gazetteer) -> Reading:
            calls.append(article)
            return Reading("", "en", extraction.EXTRACTOR_VERSION)

        monkeypatch.setattr(extraction, "extract", read)
        handed_in = upload()
        ingest(handed_in, gazetteer=gazetteer)
        ingest(handed_in, gazetteer=gazetteer)
        assert len(calls) == 1


class TestPublishing:
    def test_only_what_the_article_is_about_is_published(self, gazetteer: Gazetteer) -> None:
        read = Reads(draft(), draft(focus=False, date="2019-01-01"))
        about, recalled = ingest(upload(), gazetteer=gazetteer, read=read, publish=True).incidents
        assert about.status == Status.PUBLISHED
        assert about.published_at is not None
        assert recalled.status == Status.DRAFT
        assert recalled.recalled_only

    def test_a_recalled_event_comes_into_focus_with_an_article_of_its_own(
        self, gazetteer: Gazetteer
    ) -> None:
        ingest(upload(), gazetteer=gazetteer, read=Reads(draft(focus=False)), publish=True)
        (incident,) = ingest(
            upload(), gazetteer=gazetteer, read=Reads(draft()), publish=True
        ).linked
        assert not incident.recalled_only
        assert incident.status == Status.PUBLISHED

    @pytest.mark.parametrize("status", [Status.REJECTED, Status.REVIEWED, Status.DRAFT])
    def test_what_an_editor_decided_is_not_overturned(
        self, gazetteer: Gazetteer, status: Status
    ) -> None:
        handed_in = upload()
        (incident,) = ingest(
            handed_in, gazetteer=gazetteer, read=Reads(FULL), publish=True
        ).incidents
        incident.status = status
        incident.save()
        ingest(handed_in, gazetteer=gazetteer, read=Reads(FULL), publish=True)
        ingest(upload(), gazetteer=gazetteer, read=Reads(FULL), publish=True)
        incident.refresh_from_db()
        assert incident.status == status
        assert Incident.objects.count() == 1


class TestSeveralArticles:
    def test_an_early_wire_and_the_official_figure_become_one_incident(
        self, gazetteer: Gazetteer
    ) -> None:
        wire = draft(
            munitions=figure(4),
            sites=(draft_site("launch", "al-amin-al-thaniya"), draft_site("impact", "green-zone")),
        )
        ingest(
            upload(published=noon(2020, 11, 17), publisher="A"),
            gazetteer=gazetteer,
            read=Reads(wire),
        )
        result = ingest(
            upload(published=noon(2020, 11, 18), publisher="B"),
            gazetteer=gazetteer,
            read=Reads(FULL),
        )
        (incident,) = result.linked
        assert incident.articles.count() == 2
        low, best, high = (
            incident.munitions_low,
            incident.munitions_best,
            incident.munitions_high,
        )
        assert (low, best, high) == (4, 7, 7)
        assert [(s.number, s.role, s.place_id) for s in incident.sites.all()] == [
            (2, "impact", "green-zone"),
            (3, "launch", "daght-street-amin"),
            (4, "intercept", ""),
        ]
        assert Change(incident.public_id, "munitions_best", 4, 7) in result.changes

    def test_one_group_by_two_names_is_one_actor(self, gazetteer: Gazetteer) -> None:
        for name in ("أهل الكهف", "Ahl al-Kahf", "اهل الكهف"):
            read = Reads(draft(claimed_by=(name,)))
            ingest(upload(), gazetteer=gazetteer, read=read)
        actor = Actor.objects.get()
        assert (actor.slug, actor.name_en, actor.name_ar) == (
            "ahl-al-kahf",
            "Ahl al-Kahf",
            "أهل الكهف",
        )
        assert IncidentActor.objects.count() == 1
        assert Incident.objects.get().grade == "confirmed"

    def test_a_group_that_no_list_knows_is_found_again_by_its_spelling(
        self, gazetteer: Gazetteer
    ) -> None:
        for name in ("لواء النَّار", "لواء النار"):
            ingest(upload(), gazetteer=gazetteer, read=Reads(draft(claimed_by=(name,))))
        assert Actor.objects.get().name_ar == "لواء النَّار"

    def test_an_undated_event_that_fits_two_incidents_joins_neither(
        self, gazetteer: Gazetteer
    ) -> None:
        sites = (draft_site("impact", "green-zone"), draft_site("target", "us-embassy"))
        for day in ("2020-10-01", "2020-11-01"):
            read = Reads(draft(date=day, sites=sites, weapon="grad", munitions=figure(5)))
            ingest(upload(), gazetteer=gazetteer, read=read)
        undated = draft(focus=False, date=None, sites=sites, weapon="grad", munitions=figure(5))
        ingest(upload(published=noon(2020, 12, 1)), gazetteer=gazetteer, read=Reads(undated))
        assert Incident.objects.count() == 3


class TestReadingAgain:
    def test_a_new_extractor_adds_a_reading_and_tells_the_difference(
        self, gazetteer: Gazetteer
    ) -> None:
        article = ingest(upload(), gazetteer=gazetteer, read=Reads(FULL)).article
        better = Reads(draft(munitions=figure(8), sites=FULL.sites), extractor="test 2")
        result = reread(article, gazetteer=gazetteer, read=better)
        assert [reading.extractor for reading in article.readings.filter(is_current=True)] == [
            "test 2"
        ]
        assert article.readings.count() == 2
        (incident,) = result.incidents
        assert incident.public_id == "BGD-2020-11-17-01"
        assert Change(incident.public_id, "munitions_best", 7, 8) in result.changes
        assert Change(incident.public_id, "weapon", "grad", "") in result.changes
        assert not result.new
        assert not result.linked
        assert Incident.objects.count() == 1
        assert not Statement.objects.exists(), "rows belong to the current reading"

    def test_what_an_editor_locked_stays(self, gazetteer: Gazetteer) -> None:
        result = ingest(upload(), gazetteer=gazetteer, read=Reads(FULL))
        (incident,) = result.incidents
        incident.killed_best = incident.killed_high = 3
        incident.grade = "fair"
        incident.lock("killed_best", "sites", "grade", "victims", "actors")
        incident.save()
        other = draft(
            killed=figure(9), weapon="katyusha", sites=(draft_site("impact", "baghdad-airport"),)
        )
        again = reread(result.article, gazetteer=gazetteer, read=Reads(other, extractor="test 2"))
        incident.refresh_from_db()
        assert (incident.killed_low, incident.killed_best, incident.killed_high) == (1, 3, 3)
        assert (incident.grade, incident.weapon) == ("fair", "katyusha")
        assert incident.sites.count() == 3
        assert incident.victims.count() == incident.parties.count() == 2
        assert [change.field for change in again.changes] == [
            "daypart",
            "weapon",
            *(f"munitions_{part}" for part in ("low", "best", "high")),
            *(f"wounded_{part}" for part in ("low", "best", "high", "status")),
        ]

    def test_a_locked_field_stays_while_others_move(self, gazetteer: Gazetteer) -> None:
        result = ingest(upload(), gazetteer=gazetteer, read=Reads(FULL))
        (incident,) = result.incidents
        incident.killed_best = incident.killed_high = 3
        incident.lock("killed_best")
        incident.save()
        reread(
            result.article,
            gazetteer=gazetteer,
            read=Reads(draft(sites=FULL.sites, killed=figure(9), wounded=figure(9)), extractor="2"),
        )
        incident.refresh_from_db()
        assert incident.killed_best == 3
        assert incident.wounded_best == 9

    def test_sites_keep_their_numbers_and_numbers_are_not_reused(
        self, gazetteer: Gazetteer
    ) -> None:
        result = ingest(upload(), gazetteer=gazetteer, read=Reads(FULL))
        fewer = draft(sites=(draft_site("impact", "green-zone", count=4),))
        reread(result.article, gazetteer=gazetteer, read=Reads(fewer, extractor="2"))
        more = draft(sites=(*fewer.sites, draft_site("impact", "us-embassy")))
        reread(result.article, gazetteer=gazetteer, read=Reads(more, extractor="3"))
        assert [(s.number, s.place_id) for s in Site.objects.all()] == [
            (2, "green-zone"),
            (4, "us-embassy"),
        ]

    def test_a_draft_that_nobody_saw_goes_when_it_is_no_longer_read(
        self, gazetteer: Gazetteer
    ) -> None:
        article = ingest(upload(), gazetteer=gazetteer, read=Reads(FULL)).article
        result = reread(article, gazetteer=gazetteer, read=Reads(extractor="test 2"))
        assert [incident.public_id for incident in result.dropped] == ["BGD-2020-11-17-01"]
        assert not Incident.objects.exists()
        (incident,) = ingest(upload(), gazetteer=gazetteer, read=Reads(FULL)).incidents
        assert incident.public_id == "BGD-2020-11-17-02", "a number is never given out twice"

    def test_a_published_incident_stays_for_an_editor_to_decide(self, gazetteer: Gazetteer) -> None:
        result = ingest(upload(), gazetteer=gazetteer, read=Reads(FULL), publish=True)
        again = reread(result.article, gazetteer=gazetteer, read=Reads(extractor="test 2"))
        incident = Incident.objects.get()
        assert again.dropped == [incident]
        assert incident.status == Status.PUBLISHED
        assert incident.munitions_best == 7
        assert incident.sources.get().draft_index is None

    def test_events_that_change_places_in_the_article_keep_their_incidents(
        self, gazetteer: Gazetteer
    ) -> None:
        here, there = draft(), draft(sites=(draft_site("impact", "baghdad-airport"),))
        article = ingest(upload(), gazetteer=gazetteer, read=Reads(here, there)).article
        result = reread(article, gazetteer=gazetteer, read=Reads(there, here, extractor="2"))
        assert [incident.public_id for incident in result.incidents] == [
            "BGD-2020-11-17-02",
            "BGD-2020-11-17-01",
        ]
        assert not result.changes

    def test_an_event_without_a_place_keeps_its_incident(self, gazetteer: Gazetteer) -> None:
        unplaced = draft(focus=False, date=None, sites=())
        article = ingest(upload(), gazetteer=gazetteer, read=Reads(draft(), unplaced)).article
        result = reread(article, gazetteer=gazetteer, read=Reads(draft(), unplaced, extractor="2"))
        assert not result.new
        assert not result.dropped
        assert not result.changes

    def test_a_corrected_place_corrects_the_incident(self, gazetteer: Gazetteer) -> None:
        article = ingest(upload(), gazetteer=gazetteer, read=Reads(draft())).article
        corrected = draft(sites=(draft_site("impact", "baghdad-airport"),))
        result = reread(article, gazetteer=gazetteer, read=Reads(corrected, extractor="2"))
        assert [incident.public_id for incident in result.incidents] == ["BGD-2020-11-17-01"]
        assert Site.objects.get().place_id == "baghdad-airport"

    def test_an_own_incident_that_nobody_saw_goes_over_to_one_that_others_tell(
        self, gazetteer: Gazetteer
    ) -> None:
        ingest(upload(), gazetteer=gazetteer, read=Reads(draft()))
        article = ingest(upload(), gazetteer=gazetteer, read=Reads(draft(date=None))).article
        assert Incident.objects.count() == 2
        result = reread(article, gazetteer=gazetteer, read=Reads(draft(), extractor="2"))
        incident = Incident.objects.get()
        assert result.linked == [incident]
        assert [gone.public_id for gone in result.dropped] == ["BGD-0000-00-00-01"]
        assert incident.sources.count() == 2

    def test_what_an_editor_merged_stays_merged(self, gazetteer: Gazetteer) -> None:
        here = ingest(upload(), gazetteer=gazetteer, read=Reads(draft())).incidents[0]
        airport = draft(sites=(draft_site("impact", "baghdad-airport"),))
        there = ingest(upload(), gazetteer=gazetteer, read=Reads(airport))
        merge_incidents(there.incidents[0], here, gazetteer=gazetteer)
        result = reread(there.article, gazetteer=gazetteer, read=Reads(airport, extractor="2"))
        assert result.incidents == [here]
        assert not result.new

    def test_an_article_leaves_an_incident_that_others_still_tell(
        self, gazetteer: Gazetteer
    ) -> None:
        ingest(upload(), gazetteer=gazetteer, read=Reads(draft(munitions=figure(4))))
        second = ingest(upload(), gazetteer=gazetteer, read=Reads(draft(munitions=figure(7))))
        result = reread(second.article, gazetteer=gazetteer, read=Reads(extractor="2"))
        incident = Incident.objects.get()
        assert (incident.munitions_best, incident.munitions_high) == (4, 4)
        assert incident.sources.count() == 1
        assert not result.dropped

    def test_nothing_new_writes_no_history(self, gazetteer: Gazetteer) -> None:
        result = ingest(upload(), gazetteer=gazetteer, read=Reads(FULL))
        (incident,) = result.incidents
        before = incident.history.count(), Site.history.count()
        rebuild(incident, gazetteer)
        assert (incident.history.count(), Site.history.count()) == before


class TestByHand:
    def test_two_incidents_that_are_one_event_are_merged(self, gazetteer: Gazetteer) -> None:
        here = ingest(upload(), gazetteer=gazetteer, read=Reads(draft(munitions=figure(4))))
        there = ingest(
            upload(),
            gazetteer=gazetteer,
            read=Reads(
                draft(
                    munitions=figure(7),
                    sites=(draft_site("impact", "baghdad-airport"),),
                    statements=(statement("munitions", 7),),
                )
            ),
        )
        winner, loser = here.incidents[0], there.incidents[0]
        merge_incidents(loser, winner, gazetteer=gazetteer)
        winner.refresh_from_db()
        loser.refresh_from_db()
        assert winner.sources.count() == 2
        assert (winner.munitions_low, winner.munitions_high) == (4, 7)
        assert winner.statements.count() == 1
        assert (loser.status, loser.merged_into) == (Status.REJECTED, winner)

        again = ingest(
            upload(),
            gazetteer=gazetteer,
            read=Reads(draft(sites=(draft_site("impact", "baghdad-airport"),))),
        )
        assert again.linked == [winner], "the winner takes what fits the loser"

    def test_an_incident_is_not_merged_into_itself_or_into_a_merged_one(
        self, gazetteer: Gazetteer
    ) -> None:
        (one,) = ingest(upload(), gazetteer=gazetteer, read=Reads(draft())).incidents
        with pytest.raises(ValueError, match="two different"):
            merge_incidents(one, one, gazetteer=gazetteer)

    def test_a_source_added_by_hand_survives_reading_again(self, gazetteer: Gazetteer) -> None:
        (incident,) = ingest(upload(), gazetteer=gazetteer, read=Reads(draft())).incidents
        article = ingest(upload(), gazetteer=gazetteer, read=Reads()).article
        IncidentArticle.objects.create(incident=incident, article=article)
        reread(article, gazetteer=gazetteer, read=Reads(extractor="test 2"))
        assert incident.sources.count() == 2

    def test_a_site_moved_by_an_editor_moves_the_representative_point(
        self, gazetteer: Gazetteer
    ) -> None:
        (incident,) = ingest(upload(), gazetteer=gazetteer, read=Reads(draft())).incidents
        site = incident.sites.get()
        site.lat, site.lon = 33.0, 44.0
        site.save()
        refresh_derived(incident)
        incident.refresh_from_db()
        assert (incident.lat, incident.lon) == (33.0, 44.0)

    def test_the_text_of_an_article_cannot_be_changed(self, gazetteer: Gazetteer) -> None:
        article = ingest(upload(), gazetteer=gazetteer, read=Reads()).article
        article.body += " and more"
        with pytest.raises(Exception, match="evidence"):
            article.save()


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_make_one_incident(gazetteer: Gazetteer) -> None:
    """All start reading before any stores, so each would see an empty database."""
    workers = 4
    together = threading.Barrier(workers, timeout=30)
    failures: list[BaseException] = []

    def read(article: Reported, places: Gazetteer) -> Reading:
        together.wait()
        return Reads(FULL)(article, places)

    def work(text: str) -> None:
        try:
            ingest(upload(text), gazetteer=gazetteer, read=read)
        except BaseException as error:  # noqa: BLE001
            failures.append(error)
        finally:
            connection.close()

    texts = ["The one article.", "The one article.", "Another article.", "A third article."]
    threads = [threading.Thread(target=work, args=(text,)) for text in texts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert Article.objects.count() == 3
    incident = Incident.objects.get()
    assert incident.sources.count() == 3
    assert incident.sites.count() == 3


def test_a_reading_survives_storage(gazetteer: Gazetteer) -> None:
    """What linking and merging see later is what the extractor said."""
    from incidents.stored import drafts_of

    wounded = Casualties(best=5, low=4, high=6, status="stated")
    told = draft(wounded=wounded, killed=Casualties(status="denied"), time_local="21:30")
    reading = ingest(upload(), gazetteer=gazetteer, read=Reads(FULL, told)).reading
    reading.refresh_from_db()
    full, other = drafts_of(reading.data)
    assert full.sites == FULL.sites
    assert full.statements == FULL.statements
    assert full.victims == FULL.victims
    assert (other.wounded, other.killed, other.time_local) == (
        wounded,
        Casualties(status="denied"),
        "21:30",
    )
