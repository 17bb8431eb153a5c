"""The commands, as people type them: output, complaints, exit status."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import authenticate, get_user_model
from django.core.management import call_command
from django.core.management.base import CommandError

import extraction
from extraction.document import Article as Reported
from extraction.document import Reading
from gazetteer import Gazetteer
from incidents.models import Article, Incident, IncidentActor, Site, Status
from incidents.models import Reading as StoredReading
from tests.incidents import factories
from tests.incidents.factories import Reads, draft, draft_site, figure

ARABIC = "أعلنت خلية الإعلام الأمني سقوط أربعة صواريخ على المنطقة الخضراء وسط بغداد مساء الثلاثاء."
ENGLISH = "The police said that four rockets had landed in the Green Zone of Baghdad on Tuesday."


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> Reads:
    """An extractor that reads one rocket attack in every article."""
    reader = Reads(draft(munitions=figure(4)), extractor=extraction.EXTRACTOR_VERSION)
    monkeypatch.setattr(extraction, "extract", reader)
    return reader


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    """A folder as people have them: good files, bad records, and files of other kinds."""
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "a.txt").write_text(ARABIC, encoding="windows-1256")
    (folder / "b.html").write_text(f"<title>T</title><p>{ENGLISH}</p>", encoding="utf-8")
    (folder / "empty.txt").write_text("")
    (folder / "notes.docx").write_bytes(b"PK\x03\x04")
    lines = [json.dumps({"id": "1", "text": f"{ENGLISH} Again."}), "{broken", "", '{"id": "2"}']
    (folder / "c.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return folder


def stdin(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), encoding="utf-8"))


class TestExtract:
    def test_it_prints_one_object_a_line_without_a_database(
        self, reads: Reads, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        path = tmp_path / "seed.txt"
        path.write_text(ARABIC, encoding="utf-8")
        call_command("extract", str(path), "--published", "2020-11-18", "--publisher", "وكالة")
        (line,) = capsys.readouterr().out.splitlines()
        found = json.loads(line)
        assert found["id"] == "seed"
        assert found["incidents"][0]["munitions"] == 4
        (article,) = reads.articles
        assert article.text == ARABIC
        assert article.publisher == "وكالة"
        assert article.published is not None
        assert article.published.date().isoformat() == "2020-11-18"

    @pytest.mark.parametrize("arguments", [[], ["-"]])
    def test_it_reads_an_article_from_standard_input(
        self,
        reads: Reads,
        arguments: list[str],
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        stdin(monkeypatch, f"{ARABIC}\n{ARABIC}\n".encode())
        call_command("extract", *arguments)
        assert json.loads(capsys.readouterr().out)["id"] == "stdin"
        assert reads.articles[0].text == f"{ARABIC}\n{ARABIC}\n"

    def test_it_knows_json_lines_on_standard_input(
        self, reads: Reads, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        lines = [json.dumps({"id": str(n), "text": ENGLISH, "gold": {}}) for n in range(3)]
        stdin(monkeypatch, "\n".join(lines).encode())
        call_command("extract", "-")
        out = capsys.readouterr().out.splitlines()
        assert [json.loads(line)["id"] for line in out] == ["0", "1", "2"]
        assert all("gold" not in json.loads(line) for line in out)

    def test_pretty_is_for_the_eye(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        told = draft(
            munitions=figure(7, 4, 7),
            daypart="evening",
            sites=(draft_site("impact", "green-zone", count=4), draft_site("intercept", count=1)),
            claimed_by=("أهل الكهف",),
            statements=(factories.statement("munitions", 7),),
        )
        monkeypatch.setattr(extraction, "extract", Reads(told))
        path = tmp_path / "a.txt"
        path.write_text(ENGLISH)
        call_command("extract", str(path), "--format", "pretty")
        out = capsys.readouterr().out
        assert "incident: rocket, 2020-11-17 evening" in out
        assert "7 (4–7)" in out
        assert "Green Zone ×4" in out
        assert "no place" in out
        assert "munitions=7 · police reports · “The police”" in out

    def test_bad_records_are_told_by_line_and_the_rest_is_read(
        self, reads: Reads, reports: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        with pytest.raises(CommandError, match=r"3 record\(s\) could not be read") as caught:
            call_command("extract", str(reports))
        assert caught.value.returncode == 1
        captured = capsys.readouterr()
        assert len(captured.out.splitlines()) == 3
        assert f"{reports / 'c.jsonl'}, line 2: This line is no JSON" in captured.err
        assert f"{reports / 'c.jsonl'}, line 4: This line is no article" in captured.err
        assert f"{reports / 'empty.txt'}: There is no text in it" in captured.err

    def test_a_bad_date_on_the_command_line_stops_everything(
        self, reads: Reads, reports: Path
    ) -> None:
        with pytest.raises(CommandError, match="--published: “soon” is no date"):
            call_command("extract", str(reports), "--published", "soon")
        assert reads.articles == []

    def test_an_empty_folder_is_no_success(self, tmp_path: Path) -> None:
        with pytest.raises(CommandError, match="could not be read"):
            call_command("extract", str(tmp_path))


@pytest.mark.django_db
class TestIngest:
    def test_it_stores_links_and_tells(
        self, reads: Reads, reports: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        with pytest.raises(CommandError):
            call_command("ingest", str(reports), "--publish")
        out, errors = capsys.readouterr()
        assert "a.txt: read as Windows-1256, for it is no UTF-8" in errors
        assert "3 new article(s), 0 already stored; 1 new incident(s), 2 linked" in out
        assert Incident.objects.get().status == Status.PUBLISHED
        assert set(Article.objects.values_list("original_filename", "encoding")) == {
            ("a.txt", "windows-1256"),
            ("b.html", "utf-8"),
            ("c.jsonl", "utf-8"),
        }

    def test_the_same_again_changes_nothing(
        self, reads: Reads, reports: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (reports / "empty.txt").unlink()
        (reports / "c.jsonl").unlink()
        call_command("ingest", str(reports))
        read = len(reads.articles)
        call_command("ingest", str(reports))
        assert "0 new article(s), 2 already stored; 0 new incident(s)" in capsys.readouterr().out
        assert len(reads.articles) == read
        assert Article.objects.count() == 2

    def test_an_article_that_breaks_the_extractor_costs_only_itself(
        self, reports: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        good = Reads(draft(), extractor=extraction.EXTRACTOR_VERSION)

        def read(article: Reported, places: Gazetteer) -> Reading:
            if article.lang == "ar":
                raise KeyError("boom")
            return good(article, places)

        monkeypatch.setattr(extraction, "extract", read)
        with pytest.raises(CommandError, match="4 record"):
            call_command("ingest", str(reports))
        assert "a.txt: could not be stored (KeyError: 'boom')" in capsys.readouterr().err
        assert Article.objects.count() == 2

    def test_an_interrupted_run_says_how_to_go_on(
        self, reports: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def read(article: Reported, places: Gazetteer) -> Reading:
            raise KeyboardInterrupt

        monkeypatch.setattr(extraction, "extract", read)
        with pytest.raises(CommandError, match="same command again") as caught:
            call_command("ingest", str(reports))
        assert caught.value.returncode == 130
        assert not Article.objects.exists()

    def test_a_path_is_required(self) -> None:
        with pytest.raises(CommandError, match="PATH"):
            call_command("ingest")


@pytest.mark.django_db
class TestReextract:
    def test_it_shows_differences_and_keeps_every_reading(
        self, reads: Reads, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        article = factories.article(title="قصف الخضراء")
        call_command("reextract")
        reads.drafts = (draft(munitions=figure(7), weapon="grad"),)
        monkeypatch.setattr(extraction, "EXTRACTOR_VERSION", "next")
        reads.extractor = "next"
        capsys.readouterr()
        call_command("reextract", "--dry-run")
        out = capsys.readouterr().out
        assert "BGD-2020-11-17-01: munitions_best: 4 → 7" in out
        assert "BGD-2020-11-17-01: weapon: – → grad" in out
        assert "قصف الخضراء" in out
        assert "rehearsal" in out
        assert Incident.objects.get().munitions_best == 4
        assert StoredReading.objects.count() == 1
        call_command("reextract")
        assert Incident.objects.get().munitions_best == 7
        assert article.readings.count() == 2

    def test_what_this_extractor_has_read_is_passed_over(
        self, reads: Reads, capsys: pytest.CaptureFixture[str]
    ) -> None:
        factories.article()
        call_command("reextract")
        call_command("reextract")
        assert len(reads.articles) == 1
        assert "0 article(s) read" in capsys.readouterr().out
        call_command("reextract", "--all")
        assert len(reads.articles) == 2

    def test_a_published_incident_that_is_no_longer_read_needs_a_person(
        self, reads: Reads, capsys: pytest.CaptureFixture[str]
    ) -> None:
        factories.article()
        call_command("reextract")
        Incident.objects.get().publish()
        reads.drafts = ()
        with pytest.raises(CommandError, match="look at them"):
            call_command("reextract", "--all")
        assert "no longer read, kept for an editor" in capsys.readouterr().out
        assert Incident.objects.get().status == Status.PUBLISHED


@pytest.mark.django_db
class TestLoadDemo:
    def test_the_demo_goes_through_ingest_and_is_marked(
        self, reads: Reads, settings: Any, capsys: pytest.CaptureFixture[str]
    ) -> None:
        settings.DEMO = True
        call_command("load_demo")
        call_command("load_demo")
        assert Article.objects.filter(is_demo=True).count() == 96
        assert Incident.objects.get().is_demo
        assert Incident.objects.get().status == Status.PUBLISHED
        out = capsys.readouterr().out
        assert "96 demo article(s) loaded" in out
        assert "0 demo article(s) loaded" in out
        assert "no record of events" in out
        assert "demo account: editor / athar-editor (Editors)" in out

    def test_the_accounts_do_what_their_group_may(self, settings: Any) -> None:
        settings.DEMO = True
        settings.AXES_ENABLED = False
        factories.article()
        call_command("load_demo", "--if-empty")
        editor = authenticate(username="editor", password="athar-editor")
        analyst = authenticate(username="analyst", password="athar-analyst")
        assert editor is not None
        assert analyst is not None
        assert editor.has_perm("incidents.publish_incident")
        assert not analyst.has_perm("incidents.publish_incident")
        assert analyst.has_perm("incidents.view_incident")

    def test_a_serious_site_gets_no_account(self, reads: Reads, settings: Any) -> None:
        settings.DEMO = settings.DEBUG = False
        call_command("load_demo", "--if-empty")
        assert not get_user_model().objects.exists()
        assert not Article.objects.exists()

    def test_a_password_that_was_changed_stays_and_is_not_told(
        self, settings: Any, capsys: pytest.CaptureFixture[str]
    ) -> None:
        settings.DEMO = True
        factories.article()
        call_command("load_demo", "--if-empty")
        editor = get_user_model().objects.get(username="editor")
        editor.set_password("another")
        editor.save()
        capsys.readouterr()
        call_command("load_demo", "--if-empty")
        assert "editor /" not in capsys.readouterr().out
        editor.refresh_from_db()
        assert editor.check_password("another")


@pytest.mark.django_db
class TestMakeSynthetic:
    def stored(self) -> list[Any]:
        columns = ("public_id", "event_type", "date_start", "munitions_best", "killed_best", "lat")
        return list(Incident.objects.order_by("public_id").values_list(*columns))

    def test_incidents_are_whole_and_plausible(self, gazetteer: Gazetteer) -> None:
        call_command("make_synthetic", "--incidents", "300")
        assert Incident.objects.published().filter(is_demo=True).count() == 300
        assert Site.objects.count() == 600
        assert IncidentActor.objects.exists()
        for incident in Incident.objects.prefetch_related("sites"):
            launch, impact = incident.sites.all()
            assert (launch.role, impact.role) == ("launch", "impact")
            assert (incident.lat, incident.tile_x) == (impact.lat, impact.tile_x)
            assert gazetteer.is_within(gazetteer.places[impact.place_id], "baghdad-governorate")
            incident.full_clean()

    def test_one_seed_gives_one_world(self) -> None:
        call_command("make_synthetic", "--incidents", "50", "--seed", "7")
        first = self.stored()
        Incident.objects.all().delete()
        from incidents.models import PublicId

        PublicId.objects.all().delete()
        call_command("make_synthetic", "--incidents", "50", "--seed", "7")
        assert self.stored() == first

    def test_more_can_be_added(self) -> None:
        call_command("make_synthetic", "--incidents", "20")
        call_command("make_synthetic", "--incidents", "20")
        assert Incident.objects.count() == 40

    def test_real_incidents_keep_their_database_to_themselves(self) -> None:
        factories.incident()
        with pytest.raises(CommandError, match="real incidents"):
            call_command("make_synthetic", "--incidents", "5")

    @pytest.mark.parametrize("number", ["0", "-3", "many"])
    def test_a_number_is_asked_for(self, number: str) -> None:
        with pytest.raises(CommandError, match=r"whole number|expected one argument"):
            call_command("make_synthetic", "--incidents", number)


class TestEvaluate:
    @pytest.fixture
    def gold(self, tmp_path: Path) -> Path:
        annotation = draft(munitions=figure(4)).to_dict()
        for site in annotation["sites"]:
            site["tol_km"] = 2.0
        path = tmp_path / "gold.jsonl"
        record = {
            "id": "1",
            "lang": "en",
            "text": ENGLISH,
            "published": "2020-11-18",
            "gold": {"mentions": [], "traps": [], "incidents": [annotation]},
        }
        path.write_text(json.dumps(record), encoding="utf-8")
        return path

    def test_a_table_by_language(
        self, reads: Reads, gold: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        call_command("evaluate", str(gold))
        lines = capsys.readouterr().out.splitlines()
        assert lines[0].split() == ["all", "en"]
        assert lines[-1].split() == ["ANALYST", "SCORE", "1.000", "1.000"]

    def test_errors_are_listed_when_asked(
        self, reads: Reads, gold: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        reads.drafts = (draft(munitions=figure(5)),)
        call_command("evaluate", str(gold))
        assert "annotated 4, read 5" not in capsys.readouterr().out
        call_command("evaluate", str(gold), "--errors")
        assert "annotated 4, read 5" in capsys.readouterr().out

    def test_programs_get_json(
        self, reads: Reads, gold: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        call_command("evaluate", str(gold), "--json")
        assert json.loads(capsys.readouterr().out)["overall"]["munitions_acc"] == 1.0

    @pytest.mark.parametrize(
        ("content", "message"),
        [
            ("{", r"gold.jsonl:1: this line is no JSON"),
            ('{"id": "1", "text": "x"}', "gold missing"),
            ('{"id":"1","text":"x","gold":{},"published":"soon"}', "is no date"),
            ("", "no articles"),
        ],
    )
    def test_bad_annotations_are_told_by_line(
        self, tmp_path: Path, content: str, message: str
    ) -> None:
        path = tmp_path / "gold.jsonl"
        path.write_text(content)
        with pytest.raises(CommandError, match=message):
            call_command("evaluate", str(path))

    def test_an_article_twice_is_told(self, reads: Reads, gold: Path) -> None:
        gold.write_text(gold.read_text() + "\n" + gold.read_text())
        with pytest.raises(CommandError, match="twice"):
            call_command("evaluate", str(gold))


@pytest.mark.parametrize(
    "command",
    ["extract", "ingest", "export", "evaluate", "load_demo", "reextract", "make_synthetic"],
)
def test_help_says_what_it_does(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        call_command(command, "--help")
    assert caught.value.code == 0
    out = capsys.readouterr().out
    assert f"usage: " in out  # noqa: F541
    assert len(out.split("options:")[0].split()) > 40
