"""Numbers: a table of sentences, and properties that hold for any text."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extraction.text.numbers import Number, dual_forms, find_numbers
from extraction.text.phrases import Lang, Phrases, read_table, words_of
from gazetteer.folding import fold

CASES = json.loads((Path(__file__).parent / "cases" / "numbers.json").read_text(encoding="utf-8"))

WORDS = st.sampled_from(
    "و ب ثلاثة وعشرين عشر مئة ألف مليون آلاف أحد واحد نصف بين إلى و7 5-7 2,500 2.5 00:20 17/11 "
    "a one two dozen hundred and million between to half another more at least no . , : % $ km mm "
    "5 7 12 2020 107mm F-16 16th - ( ) أخرى آخر الأحد في الأقل أكثر من نحو يوم May 17".split(" ")
)
TEXTS = st.one_of(st.text(max_size=80), st.lists(WORDS, max_size=25).map(" ".join))
LANGS = st.sampled_from(["ar", "en"])


@pytest.mark.parametrize("case", CASES, ids=[f"{c['lang']}: {c['text'][:50]}" for c in CASES])
def test_numbers_of_a_sentence(case: dict[str, Any]) -> None:
    folded = fold(case["text"])
    found = find_numbers(folded, case["lang"])
    counts = [number for number in found if number.counts]
    wanted = case["counts"]

    assert [(folded[n.start : n.end], n.value) for n in counts] == [(w[0], w[1]) for w in wanted]
    for number, want in zip(counts, wanted, strict=True):
        for name, value in (want[2] if len(want) > 2 else {}).items():
            assert getattr(number, name) == value, name
    if "others" in case:
        others = [(folded[n.start : n.end], n.kind, n.unit) for n in found if not n.counts]
        assert others == [tuple(other) for other in case["others"]]


@given(TEXTS, LANGS)
def test_any_text_gives_ordered_spans_inside_it(text: str, lang: Lang) -> None:
    folded = fold(text)
    at = 0
    for number in find_numbers(folded, lang):
        assert at <= number.lead <= number.start < number.end <= len(folded)
        assert folded[number.start : number.end].strip() == folded[number.start : number.end]
        at = number.end


@given(TEXTS, LANGS)
def test_ranges_run_upwards_from_the_value(text: str, lang: Lang) -> None:
    for number in find_numbers(fold(text), lang):
        if number.low is not None or number.high is not None:
            assert number.low is not None
            assert number.high is not None
            assert number.value == number.low < number.high


@given(st.integers(0, 999_999))
def test_grouped_digits_are_one_number(value: int) -> None:
    for text in (f"{value:,} men", f"{value} men"):
        wanted = Number(0, text.index(" "), value, kind="cardinal")
        if not (1900 <= value < 2100 and "," not in text):
            assert find_numbers(text, "en") == [wanted]


def _arabic(value: int) -> str:
    """A number up to 999 in words, as a newspaper writes it before a masculine noun."""
    units = "واحد اثنان ثلاثة أربعة خمسة ستة سبعة ثمانية تسعة عشرة".split()
    tens = "عشرون ثلاثون أربعون خمسون ستون سبعون ثمانون تسعون".split()
    hundreds = "مئة مئتان ثلاثمئة أربعمئة خمسمئة ستمئة سبعمئة ثمانمئة تسعمئة".split()
    parts = [hundreds[value // 100 - 1]] if value >= 100 else []
    rest = value % 100
    if 11 <= rest <= 19:
        first = {11: "أحد", 12: "اثنا"}.get(rest, units[rest - 11])
        parts.append(f"{first} عشر")
    elif 1 <= rest <= 10:
        parts.append(units[rest - 1])
    elif rest:
        if rest % 10:
            parts.append(units[rest % 10 - 1])
        parts.append(tens[rest // 10 - 2])
    return " و".join(parts)


@pytest.mark.parametrize("value", range(1, 1000))
def test_arabic_words_up_to_a_thousand(value: int) -> None:
    folded = fold(_arabic(value))
    assert [(n.value, n.start, n.end) for n in find_numbers(folded, "ar")] == [
        (value, 0, len(folded))
    ]


@pytest.mark.parametrize("name", ["numbers", "dates"])
def test_both_languages_have_the_same_sections(name: str) -> None:
    assert list(read_table("ar", name)) == list(read_table("en", name))


def test_an_entry_without_a_word_is_refused() -> None:
    with pytest.raises(ValueError, match="no word in it"):
        words_of(" ")


def test_particles_stay_outside_a_phrase() -> None:
    table = Phrases()
    table.add("الثلاثاء", "day", 1)
    table.add("صاروخ", "thing")
    table.close(particles=True, article=True)

    def read(text: str) -> tuple[str, int, bool] | None:
        match = table.match(words_of(text), 0)
        return None if match is None else (match.tag, match.skip, match.definite)

    assert read("والثلاثاء") == ("day", 1, False)
    assert read("للثلاثاء") == ("day", 1, False)
    assert read("وبالصاروخ") == ("thing", 2, True)
    assert read("صاروخان") is None


def test_duals_in_every_case() -> None:
    assert {"صاروخان", "صاروخين", "صاروخا", "صاروخي", "الصاروخين"} <= dual_forms("صاروخ")
    assert {"قذيفتان", "قذيفتين", "قذيفتا", "قذيفتي", "القذيفتان"} <= dual_forms("قذيفه")
    assert dual_forms("الطفله") == dual_forms("طفله")
    assert "الصاروخا" not in dual_forms("صاروخ")  # the bound form takes no article
