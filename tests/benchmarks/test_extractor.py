"""The benchmark measures what it says; how fast anything is, no test asks."""

from __future__ import annotations

import sys

import pytest

from benchmarks import extractor
from benchmarks.extractor import REST, STAGES, Timing
from extraction import extract, pipeline
from gazetteer import Gazetteer


@pytest.mark.parametrize("chars", [1, 1_000, 100_000])
@pytest.mark.parametrize("lang", ["ar", "en"])
def test_an_article_has_the_length_asked_for(chars: int, lang: str) -> None:
    article = extractor.article(chars, lang)
    assert len(article.text) == chars
    assert article.lang == lang


def test_a_benchmark_article_is_worth_reading(gazetteer: Gazetteer) -> None:
    reading = extract(extractor.article(3_400), gazetteer)
    assert reading.mentions
    assert reading.drafts


def test_every_stage_is_seen_and_the_pipeline_is_left_as_it_was(gazetteer: Gazetteer) -> None:
    before = {name: getattr(pipeline, name) for names in STAGES.values() for name in names}
    spent = extractor.stages(extractor.article(10_000), gazetteer, 2)
    assert list(spent) == [*STAGES, REST]
    assert all(taken > 0 for taken in spent.values())
    assert {name: getattr(pipeline, name) for name in before} == before


def test_timing_changes_no_reading(gazetteer: Gazetteer) -> None:
    article = extractor.article(10_000)
    with extractor.staged():
        timed = extract(article, gazetteer)
    assert timed == extract(article, gazetteer)


def test_the_median_warms_up_first() -> None:
    calls: list[int] = []
    assert extractor.median_ms(lambda: calls.append(1), 4) >= 0
    assert len(calls) == 5


def test_a_bare_pass_finds_names(gazetteer: Gazetteer) -> None:
    pytest.importorskip("ahocorasick", reason="needs requirements-bench.txt")
    find = extractor.name_pass(gazetteer)
    assert find is not None
    assert find("سقط صاروخ في الكَرّادة") >= 1
    assert find("") == 0


def test_what_is_not_installed_is_left_out(
    gazetteer: Gazetteer, monkeypatch: pytest.MonkeyPatch
) -> None:
    for package in ("ahocorasick", "torch", "transformers"):
        monkeypatch.setitem(sys.modules, package, None)
    [row] = extractor.measure(gazetteer, (500,), "ar", 1)
    assert (row.chars, row.names, row.bert) == (500, None, None)
    assert row.reader > 0
    assert list(extractor.table([row]))[1].count("—") == 4


def test_the_table_states_ratios() -> None:
    row = Timing(10_000, reader=5.0, names=0.05, bert=1_500.0)
    assert row.per_megabyte == 500
    assert list(extractor.table([row]))[1].split() == [
        "10,000", "5.00", "500", "0.050", "×100", "1,500", "×300",
    ]  # fmt: skip


def test_a_bert_costs_by_the_window() -> None:
    window = extractor.BERT_WINDOW * extractor.BERT_CHARS
    assert extractor.bert_ms(int(10 * window), 50.0) == 500
