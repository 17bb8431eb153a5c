"""Dates: a table of sentences, and properties that hold for any text."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extraction.dates import BAGHDAD, DateMention, find_dates
from extraction.text.phrases import Lang
from gazetteer.folding import fold

CASES = json.loads((Path(__file__).parent / "cases" / "dates.json").read_text(encoding="utf-8"))
PUBLISHED = "2020-11-18T13:10:00+03:00"  # a Wednesday

MONTHS = (
    "كانون الثاني,شباط,آذار,نيسان,أيار,حزيران,تموز,آب,أيلول,تشرين الأول,تشرين الثاني,كانون الأول"
).split(",")
WORDS = st.sampled_from(
    "مساء فجر ليلة بعد منتصف الليل الليلة الماضية أمس اليوم الثلاثاء - الاثنين 17 السابع عشر من "
    "تشرين الثاني / نوفمبر ( ) الشهر الجاري الماضي عام العام 2020 29 شباط آب الساعة التاسعة "
    "والربع 00:20 قبل ثلاثة أيام منذ أسبوع بعد يومين منه غداة "
    "late early on Tuesday night 's Nov . 18 November 18th of May last week two days ago earlier "
    "after before the a midnight at 9:30 p.m. 0430 GMT half past six o'clock 2020-11-17 overnight "
    "to in 31 9999 0000 , :".split(" ")
)
TEXTS = st.one_of(st.text(max_size=80), st.lists(WORDS, max_size=25).map(" ".join))
LANGS = st.sampled_from(["ar", "en"])
MOMENTS = st.none() | st.datetimes(timezones=st.just(UTC))


def _dates(text: str, lang: Lang, published: str | None) -> tuple[str, list[DateMention]]:
    folded = fold(text)
    moment = None if published is None else datetime.fromisoformat(published)
    return folded, find_dates(folded, lang, moment)


@pytest.mark.parametrize("case", CASES, ids=[f"{c['lang']}: {c['text'][:50]}" for c in CASES])
def test_dates_of_a_sentence(case: dict[str, Any]) -> None:
    folded, found = _dates(case["text"], case["lang"], case.get("published", PUBLISHED))

    assert len(found) == len(case["dates"]), found
    for mention, want in zip(found, case["dates"], strict=True):
        for name, value in want.items():
            text = folded[mention.start : mention.end]
            assert (text if name == "text" else getattr(mention, name)) == value, name


@given(TEXTS, LANGS, MOMENTS)
def test_any_text_gives_ordered_spans_and_real_dates(
    text: str, lang: Lang, published: datetime | None
) -> None:
    folded = fold(text)
    at = 0
    for mention in find_dates(folded, lang, published):
        assert at <= mention.start < mention.end <= len(folded)
        at = mention.end
        shape = {"day": "%Y-%m-%d", "month": "%Y-%m", "year": "%Y"}
        if mention.date is None:
            assert mention.precision == "unknown"
        else:
            parsed = datetime.strptime(mention.date, shape[mention.precision])  # noqa: DTZ007
            assert parsed.year > 0
        if mention.clock is not None:
            assert datetime.strptime(mention.clock, "%H:%M")  # noqa: DTZ007


@given(TEXTS, LANGS)
def test_without_publication_only_the_text_dates(text: str, lang: Lang) -> None:
    for mention in find_dates(fold(text), lang, None):
        if mention.needs_published and mention.kind != "relative_to_previous":
            assert mention.date is None


def test_the_end_of_the_calendar_is_no_error() -> None:
    last = datetime.max.replace(tzinfo=UTC)
    assert [m.date for m in find_dates("tomorrow, in two days, today", "en", last)] == [
        None,
        "9999-12-31",
    ]
    first = datetime.min.replace(tzinfo=UTC)
    assert [m.date for m in find_dates("yesterday", "en", first)] == [None]


def test_publication_is_read_in_baghdad() -> None:
    late = datetime(2020, 11, 17, 22, 30, tzinfo=UTC)
    (mention,) = find_dates("today", "en", late)
    assert mention.date == "2020-11-18"
    (mention,) = find_dates("today", "en", late.replace(tzinfo=None))
    assert mention.date == "2020-11-17"


@given(st.dates(date(2000, 1, 1), date(2030, 12, 31)))
def test_a_day_without_its_year_is_the_last_one(day: date) -> None:
    text = f"في {day.day} {MONTHS[day.month - 1]}"
    for later in (0, 1, 200, 360):
        published = datetime(day.year, day.month, day.day, 12, tzinfo=BAGHDAD)
        published += timedelta(days=later)
        (mention,) = find_dates(fold(text), "ar", published)
        assert mention.date == day.isoformat()


@given(st.dates(date(2000, 1, 8), date(2030, 12, 31)), st.integers(0, 6))
def test_a_weekday_is_the_last_one_up_to_publication(published: date, weekday: int) -> None:
    name = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()[weekday]
    moment = datetime(published.year, published.month, published.day, 9, tzinfo=BAGHDAD)
    (mention,) = find_dates(fold(f"on {name}"), "en", moment)
    assert mention.date is not None
    day = date.fromisoformat(mention.date)
    assert day.weekday() == weekday
    assert timedelta(0) <= published - day < timedelta(days=7)
