"""How the site reads: the extractor alone, and with a model's second opinion where asked."""

from __future__ import annotations

from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command

import extraction
from extraction import Article, ner
from extraction.ner import Entity
from gazetteer import Gazetteer
from incidents import reader
from incidents.ingest import ingest, reread
from tests.incidents.factories import upload

TEXT = "سقط صاروخ في الكرادة قرب حي الفلفولة، وقال مصدر في تلعدس إن الجيش انتشر."


class Tagger:
    def entities(self, text: str) -> list[Entity]:
        at = text.find("تلعدس")
        return [Entity(at, at + 5, "LOC")] if at >= 0 else []


@pytest.fixture
def model(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """NER_MODEL names a folder; the folders that were loaded are told."""
    loaded: list[str] = []

    def load(folder: str) -> Tagger:
        loaded.append(folder)
        return Tagger()

    monkeypatch.setattr(ner, "load_ner", load)
    settings.NER_MODEL = "/models/arabert"
    reader._tagger.cache_clear()
    yield loaded
    reader._tagger.cache_clear()


def test_without_the_setting_the_extractor_reads_alone(
    gazetteer: Gazetteer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ner, "load_ner", lambda _: pytest.fail("a model is loaded"))
    assert reader.read(Article(TEXT), gazetteer) == extraction.extract(Article(TEXT), gazetteer)
    assert reader.version() == extraction.EXTRACTOR_VERSION


def test_the_model_adds_unresolved_places_and_nothing_else(
    gazetteer: Gazetteer, model: list[str]
) -> None:
    alone = extraction.extract(Article(TEXT), gazetteer)
    both = reader.read(Article(TEXT), gazetteer)
    assert (both.mentions, both.drafts) == (alone.mentions, alone.drafts)
    assert [u.surface for u in both.unresolved] == ["حي الفلفولة", "تلعدس"]
    assert both.unresolved[1].why == ner.WHY


def test_the_model_is_loaded_once(gazetteer: Gazetteer, model: list[str]) -> None:
    for _ in range(3):
        reader.read(Article(TEXT), gazetteer)
    assert model == ["/models/arabert"]


@pytest.mark.django_db
def test_switching_the_model_on_makes_a_new_reading(
    gazetteer: Gazetteer, model: list[str], settings: Any
) -> None:
    settings.NER_MODEL = ""
    plain = ingest(upload(TEXT), gazetteer=gazetteer).reading
    assert plain.extractor == extraction.EXTRACTOR_VERSION
    settings.NER_MODEL = "/models/arabert"
    wider = ingest(upload(TEXT), gazetteer=gazetteer).reading
    assert wider.extractor == f"{extraction.EXTRACTOR_VERSION}+ner"
    assert ingest(upload(TEXT), gazetteer=gazetteer).reading == wider


@pytest.mark.django_db
def test_a_stored_article_is_read_with_the_model(gazetteer: Gazetteer, model: list[str]) -> None:
    stored = ingest(upload(TEXT), gazetteer=gazetteer)
    assert stored.reading.extractor == f"{extraction.EXTRACTOR_VERSION}+ner"
    assert "تلعدس" in [u["surface"] for u in stored.reading.data["unresolved"]]
    assert reread(stored.article, gazetteer=gazetteer).reading == stored.reading


def test_a_model_that_cannot_be_used_stops_with_a_sentence(
    gazetteer: Gazetteer, settings: Any, tmp_path: Path
) -> None:
    settings.NER_MODEL = str(tmp_path)
    with pytest.raises(ImproperlyConfigured, match=r"NER_MODEL cannot be used: .*camel_data"):
        reader.read(Article(TEXT), gazetteer)
    file = tmp_path / "article.txt"
    file.write_text(TEXT, encoding="utf-8")
    with pytest.raises(CommandError, match="NER_MODEL cannot be used"):
        call_command("extract", str(file), stdout=StringIO(), stderr=StringIO())
