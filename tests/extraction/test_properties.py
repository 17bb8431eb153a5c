"""What holds for any text whatever: no crash, and nothing said without the words that say it."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import extraction
from extraction import Article, Reading, Span
from gazetteer import Gazetteer, fold, fold_with_offsets, load
from tests.extraction.promises import check
from tests.extraction.vocabulary import (
    GLUE,
    MARKS,
    SCALARS,
    lexicon_phrases,
    place_names,
    sentences,
)
from tests.project import ROOT, environment

PUBLISHED = datetime(2020, 11, 18, 9, 30, tzinfo=UTC)


def spliced(lang: str) -> st.SearchStrategy[str]:
    """Text made of what the rules look for, in any order."""
    piece = st.one_of(
        st.sampled_from(lexicon_phrases(lang)),
        st.sampled_from(lexicon_phrases(lang)),
        st.sampled_from(place_names(lang)),
        st.sampled_from(SCALARS),
        st.sampled_from(MARKS),
    )
    pieces = st.lists(st.tuples(piece, st.sampled_from(GLUE)), min_size=1, max_size=30)
    return pieces.map(lambda pairs: "".join(a + b for a, b in pairs))


def reworked(lang: str) -> st.SearchStrategy[str]:
    """Sentences that tell attacks, cut anywhere and pushed into each other."""
    sentence = st.sampled_from(sentences(lang))
    cut = st.builds(lambda text, a, b: text[a : len(text) - b], sentence, *[st.integers(0, 40)] * 2)
    between = st.one_of(
        st.sampled_from(GLUE), st.sampled_from(MARKS), st.sampled_from(lexicon_phrases(lang))
    )
    pieces = st.lists(st.tuples(st.one_of(sentence, cut), between), min_size=1, max_size=6)
    return pieces.map(lambda pairs: "".join(a + b for a, b in pairs))


WIRED = st.one_of(spliced("ar"), spliced("en"), reworked("ar"), reworked("en"))
TEXTS = st.one_of(
    WIRED,
    WIRED,
    WIRED,
    st.tuples(WIRED, st.text(max_size=20), WIRED).map("".join),
    st.text(max_size=200),
    st.lists(st.sampled_from([*MARKS, *SCALARS]), max_size=60).map("".join),
)
MOMENTS = st.one_of(
    st.none(),
    st.just(PUBLISHED),
    st.datetimes(timezones=st.sampled_from((UTC, timezone(timedelta(hours=-11, minutes=-30))))),
)
LANGS = st.sampled_from((None, None, None, "ar", "en", "other", "fr", ""))
ARTICLES = st.builds(
    Article, text=TEXTS, title=st.one_of(st.just(""), WIRED), published=MOMENTS, lang=LANGS
)


def read(article: Article) -> Reading:
    return extraction.extract(article, load())


@given(ARTICLES)
@settings(max_examples=300)
@example(Article(""))
@example(Article("7"))
@example(Article("."))
@example(Article("\n\n\x00\u200f"))
@example(Article("🔹\ufe0f\u20e3"))
@example(Article("سقط صاروخ في الكرادة", lang="en"))
@example(Article("A rocket hit Karrada", lang="ar"))
@example(Article("\ud800 سقط صاروخ في الكرادة \udfff"))
@example(Article("Shuhada Bridge وMunadhama Street.", lang="en"))
def test_any_article_is_read_and_every_value_stands_in_it(article: Article) -> None:
    check(article, read(article))


@given(ARTICLES)
def test_a_reading_is_json_and_comes_out_the_same_again(article: Article) -> None:
    reading = read(article)
    written = json.dumps(reading.to_dict(), ensure_ascii=False, allow_nan=False)
    assert json.loads(written) == reading.to_dict()
    assert read(article) == reading


@given(WIRED, WIRED)
def test_the_title_moves_no_span(text: str, title: str) -> None:
    """Offsets count in the body; a title may help to tell the day, and so what is news."""
    plain = read(Article(text, published=PUBLISHED))
    titled = read(Article(text, title=title, published=PUBLISHED))
    assert titled.mentions == plain.mentions
    assert titled.unresolved == plain.unresolved
    for site in (s for draft in titled.drafts for s in draft.sites):
        assert site.span.of(text) == site.surface


@given(WIRED)
def test_lines_in_front_only_move_the_places(text: str) -> None:
    reading = read(Article(text, lang="ar"))
    moved = read(Article("\n\n\n" + text, lang="ar"))
    assert [replace(m, span=Span(m.span.start + 3, m.span.end + 3)) for m in reading.mentions] == [
        *moved.mentions
    ]


@given(TEXTS)
def test_folding_keeps_the_way_back(text: str) -> None:
    folded = fold_with_offsets(text)
    assert folded.text == fold(text)
    assert folded.original(len(folded.text)) == len(text)
    places = [folded.original(i) for i in range(len(folded.text))]
    assert places == sorted(places)
    for i, char in enumerate(folded.text):
        start, end = folded.span(i, i + 1)
        assert start == places[i] < end <= len(text)
        assert char in fold(text[start:end]) or char == " "


PROGRAM = """
import hashlib, json
from extraction import Article, extract
from gazetteer import load
from tests.extraction.vocabulary import place_names, sentences

digest = hashlib.sha256()
for lang in ("ar", "en"):
    names = place_names(lang)
    lists = ["، ".join(names[i : i + 40]) for i in range(0, len(names), 120)]
    for text in (*sentences(lang), *lists):
        reading = extract(Article(text, lang=lang), load())
        digest.update(json.dumps(reading.to_dict()).encode())
print(digest.hexdigest())
"""


def test_a_reading_is_the_same_in_every_process() -> None:
    """Sets are walked in another order in every process; no answer may hang on that."""
    digests = set()
    for seed in range(3):
        done = subprocess.run(
            [sys.executable, "-c", PROGRAM],
            cwd=ROOT,
            env=environment(PYTHONHASHSEED=str(seed)),
            capture_output=True,
            text=True,
            check=True,
        )
        digests.add(done.stdout)
    assert len(digests) == 1


RUNS = (
    *"و ا ال a A 7 ٧ . , ، \" « ( - ' _ 🔹 \u200f \u064e \u0640 \u0654 \x00 ﷺ İ a. ﷲ".split(" "),
    *("\n", " ", "7 ", ". ", "- ", "5. ", "p.m. ", "صاروخ ", "قتيل ", "أمس ", "الكرادة "),
    *("rocket ", "killed ", "Karrada ", "yesterday ", "he said "),
)


@pytest.mark.parametrize("unit", RUNS)
@pytest.mark.parametrize("lang", ["ar", "en"])
def test_a_long_run_of_one_thing_is_read(unit: str, lang: str, gazetteer: Gazetteer) -> None:
    article = Article((unit * 20_000)[:20_000], published=PUBLISHED, lang=lang)
    check(article, extraction.extract(article, gazetteer))
