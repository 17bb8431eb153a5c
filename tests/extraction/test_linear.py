"""Reading costs in proportion to length, whatever the text: an article is hostile until read.

Nothing is timed. What is counted is calls, of Python's functions and of C's: four times the text
may take four times the calls and a little more, where quadratic work takes sixteen.
"""

from __future__ import annotations

import cProfile
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import islice

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import extraction
from extraction import Article
from gazetteer import Gazetteer, load
from tests.extraction.vocabulary import GLUE, SCALARS, lexicon_phrases, place_names, sentences

PUBLISHED = datetime(2020, 11, 18, 9, 30, tzinfo=UTC)
SHORT = 3_000
TIMES = 4
# Linear work gives 4; an article's fixed share pushes it down, lists that double push it up.
MOST = TIMES * 1.3

# Each is repeated until the text is long: one endless sentence, unless it ends one itself.
ARABIC = (
    "و", "و ", "ال", "ل", "7 ", "خمسة وعشرين ", "الكرادة ", "في الأمين ",
    "الكرادة والجادرية وزيونة ", "شارع الضغط في حي الأمين الثانية ", "منطقة ", "منطقة الفلفولة ",
    "الصدر ", "في الصدر ", "المخيم ", "صاروخ ", "كاتيوشا ", "سقط صاروخ في الكرادة ",
    "سقطت ثلاثة صواريخ في الكرادة و", "قتيل ", "قتل 3 وجرح 4 ", "35 قتيلا و12 جريحا، ",
    "دون خسائر ", "لم ", "قال المتحدث ", 'وأضاف "سقط صاروخ" ', "بينما سقط صاروخ في الكرادة ",
    "كما سقط صاروخ في وقت سابق ", "17 تشرين الثاني ", "أمس ", "فجر ", "الثلاثاء الماضي ",
    "الأول ", "أحدها ", "اثنان منها ", "وثلاثة أخرى ", "نحو ", "5 إلى 7 ", "عشرات ",
    "أدان المتحدث الهجوم ", "أعلنت كتائب حزب الله مسؤوليتها ",
    "نفت كتائب حزب الله مسؤوليتها عن الهجوم ", "كتائب حزب الله ", "مجموعة مسلحة ",
    "أطلقت من الدورة ", "عثر على منصة إطلاق في الدورة ", "في ", "على بعد 3 كم شمال بغداد ",
    "بين الكرادة وزيونة ", "اعترضت ", "في الجو ", "من الدورة باتجاه ", "سقط صاروخ في الكرادة. ",
    "- سقط صاروخ في الكرادة وقتل 3\n", "السبت: سقط صاروخ في الكرادة\n",
    "في 17 تشرين الثاني سقط صاروخ على الكرادة. سقط صاروخان في 16 تشرين الثاني على زيونة وقتل 3. ",
    "أعلنت كتائب حزب الله مسؤوليتها عن الهجوم. نفت عصائب أهل الحق ذلك. ", "هداف المنتخب ", "#و ",
    "اتهم الوزير تنظيم داعش بالوقوف وراء تفجيرات أمس في مدينة الصدر والشعب التي قتلت 69 شخصاً. ",
)  # fmt: skip
ENGLISH = (
    "a", "A ", "a-", "a'", "7 ", "12 345 ", "twenty five ", "Karrada ", "in Sadr ",
    "Foo District ", "Al-Foo ", "Green Zone ", "the camp ", "there ", "rocket ",
    "a rocket hit Karrada and ", "katyusha ", "killed ", "killed 3 wounded 4 ", "no casualties ",
    "he said ", 'he said "a rocket fell" ', "of them ", "while a rocket hit Karrada ",
    "earlier attack rocket fell after ", "November 17 ", "17/11/2020 ", "yesterday ", "10:30 ",
    "on November 17 a rocket fell, on November 18 a rocket fell, ", "the first ", "one of them ",
    "another ", "Kataib Hezbollah claimed responsibility ", "it was intercepted ",
    "Kataib Hezbollah denied involvement ", "officials blamed Kataib Hezbollah ",
    "3 km north of ", "33.3152, 44.3661 ", "38SMB4060085100 ", "launched from Dora ",
    "a gunman and a gunman killed ", "a child ", "and ", "al ", "u.s. ", "p.m. ", "5. ", "5.\n",
    "A rocket hit Karrada. ", "1. rocket\n",
    "On November 17 a rocket hit Karrada killing 3. On November 16 two rockets hit Zayouna. ",
    "- a rocket hit Karrada killing 3\n", "Sat 12 November: rocket hit Karrada killed 3\n",
    "threatened ", "since January 14 attacks ", "Kataib Hezbollah claimed it. Police denied it. ",
)  # fmt: skip
MARKS = (
    ".", ". ", ",", "، ", '"', '"و" ', "«", "» ", "(", ": ", "/", "!", "…", "_", "-", "- ", "\n",
    " ", "•", "🔹", "\u200f", "\u064e", "\u0640", "\u0654", "\x00", "1,", "1.", "1:", "1/", "1-",
    "5% ", "ﷺ", "a.",
)  # fmt: skip


def calls(work: Callable[[], object]) -> int:
    """How many functions are called in ``work``, ours and C's."""
    profile = cProfile.Profile()
    profile.runcall(work)
    return sum(entry.callcount for entry in profile.getstats())


def reading_calls(unit: str, chars: int, gazetteer: Gazetteer, lang: str) -> int:
    """How many calls it takes to read ``unit``, repeated to so many characters."""
    text = (unit * (chars // len(unit) + 1))[:chars]
    article = Article(text, published=PUBLISHED, lang=lang)
    return calls(lambda: extraction.extract(article, gazetteer))


def growth(unit: str, gazetteer: Gazetteer, lang: str) -> float:
    """How many times the calls four times the text takes."""
    gazetteer.lookup("Baghdad")  # its index is built once, on the first question
    reading_calls(unit, 2 * len(unit), gazetteer, lang)  # what is remembered of words is known now
    short = reading_calls(unit, SHORT, gazetteer, lang)
    return reading_calls(unit, TIMES * SHORT, gazetteer, lang) / short


@pytest.mark.parametrize("unit", [*ARABIC, *MARKS])
def test_arabic_text_costs_in_proportion_to_its_length(unit: str, gazetteer: Gazetteer) -> None:
    assert growth(unit, gazetteer, "ar") <= MOST


@pytest.mark.parametrize("unit", [*ENGLISH, *MARKS])
def test_english_text_costs_in_proportion_to_its_length(unit: str, gazetteer: Gazetteer) -> None:
    assert growth(unit, gazetteer, "en") <= MOST


def units(lang: str) -> st.SearchStrategy[str]:
    """A few of the reader's words, or one of its sentences."""
    word = st.one_of(
        st.sampled_from(lexicon_phrases(lang)),
        st.sampled_from(place_names(lang)),
        st.sampled_from(SCALARS),
    )
    words = st.lists(st.tuples(word, st.sampled_from(GLUE)), min_size=1, max_size=4)
    spliced = words.map(lambda pairs: "".join(a + b for a, b in pairs) + " ")
    return st.one_of(spliced, st.sampled_from(sentences(lang)).map(lambda text: text + " "))


@pytest.mark.parametrize("lang", ["ar", "en"])
@settings(max_examples=25)
@given(data=st.data())
def test_whatever_is_repeated_costs_in_proportion(data: st.DataObject, lang: str) -> None:
    assert growth(data.draw(units(lang)), load(), lang) <= MOST


@pytest.mark.parametrize(
    ("front", "body", "unit"),
    [
        ("rocket\n", " ", "5. "),  # an indented line of figures with full stops
        ("rocket ", "(", "p.m. "),
        ("سقط صاروخ في الكرادة\n", "\t", "أولا: "),
        ("سقط صاروخ في الكرادة ", "، ", "وفي الدورة "),
        ("A rocket hit Karrada.\n", "- ", "Dora. "),
    ],
)
def test_a_hostile_line_costs_in_proportion(
    front: str, body: str, unit: str, gazetteer: Gazetteer
) -> None:
    def read(times: int) -> int:
        article = Article(front + body * (times * 500) + unit * (times * 250), published=PUBLISHED)
        return calls(lambda: extraction.extract(article, gazetteer))

    read(1)
    assert read(TIMES) / read(1) <= MOST


def test_many_different_unknown_places_cost_in_proportion(gazetteer: Gazetteer) -> None:
    """Names that the gazetteer lacks are looked for under other spellings, which is dear."""
    letters = "بتثجحخدرزسشصضطعغفقكلمن"
    names = (f"منطقة ال{a}{b}{c}ور، " for a in letters for b in letters for c in letters)
    text = "".join(islice(names, 400))
    short, long = (
        calls(lambda size=size: extraction.extract(Article(text[:size], lang="ar"), gazetteer))
        for size in (len(text) // TIMES, len(text))
    )
    assert long / short <= MOST
