"""Keys of names: what must meet, and what must stay apart."""

import pytest

from gazetteer import fold, load
from gazetteer.spelling import Analysis, analyse, arabic_key, english_sound
from gazetteer.store import read

WORDS = read().words


def analysed(name: str, kind: str | None = None) -> Analysis:
    return analyse(fold(name), WORDS, kind)


def sound(name: str) -> frozenset[str]:
    return english_sound(analysed(name).words)


@pytest.mark.parametrize(
    "spellings",
    [
        "Karrada Karradah Karada Karadah Karadeh Al-Karrada",
        "Adhamiya Adhamiyah Adhamiyya A'dhamiyah Aadhamiya Adhamia",
        "Kadhimiya Kazimiyah Kathimiya Kadhimia",
        "Jadriya Jadriyah Jadria Jadriyya Jadriyyah",
        "Zayouna Zayona Zayoona Zayuna",
        "Dora Doura Dawra Dura Dawrah Doora",
        "Shaab Sha'ab Shaʿab Sha‘b Shab",
        "Amin Ameen Amīn Al-Ameen El-Amin",
        "Mansour Mansur Mansoor Mansūr",
        "Qadisiya Qadisiyah Kadisiya Qadissiya",
        "Mamoun Ma'moun Maamoun Mamun",
        "Hurriya Huriya Hurriyah Houriya",
        "Husseiniya Husayniya Hussainiyah Husayniyya",
        "Uwairij Owaireej Uwayrij",
        "Saydiya Saidiya Saydiyah Saidia",
        "Yusufiya Yousufiyah Yusufia",
    ],
)
def test_spellings_that_sound_alike_meet(spellings: str) -> None:
    first, *others = map(sound, spellings.split())
    assert [bool(first & other) for other in others] == [True] * len(others)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Amin", "Amil"),
        ("Rashid", "Rashad"),
        ("Zawra", "Thawra"),
        ("Shaab", "Shabab"),
        ("Karkh", "Kirkuk"),
        ("Hilla", "Hillat"),
        ("Baghdad", "Baghdadi"),
        ("Sadr", "Sadriya"),
        ("Taji", "Tajiyat"),
        ("Nasr", "Nasiriya"),
        ("Khadra", "Kadhra"),
    ],
)
def test_different_names_stay_apart(one: str, other: str) -> None:
    assert not sound(one) & sound(other)


@pytest.mark.parametrize(
    ("name", "kind", "words", "numbers", "generic"),
    [
        ("حي الأمين الثانية", None, "الامين", "2", "حي"),
        ("منطقة حي الجهاد", None, "الجهاد", "", "منطقه حي"),
        ("مدينة الطب", "hospital", "مدينه الطب", "", ""),
        ("مدينة الصدر", "district", "الصدر", "", "مدينه"),
        ("محلة 733", None, "محله", "733", ""),
        ("Street 60", None, "street", "60", ""),
        ("14 July Bridge", None, "july", "14", "bridge"),
        ("Second Amin", None, "amin", "2", ""),
        ("Rabia", None, "rabia", "", ""),
        ("Balad Air Base", None, "balad", "", "air base"),
        ("the city of Mosul", None, "mosul", "", "city"),
        ("Ur", None, "ur", "", ""),
        ("city", None, "city", "", ""),
        ("", None, "", "", ""),
    ],
)
def test_a_name_is_taken_apart(
    name: str, kind: str | None, words: str, numbers: str, generic: str
) -> None:
    found = analysed(name, kind)
    assert " ".join(found.words) == words
    assert " ".join(found.numbers) == numbers
    assert " ".join(word.text for word in found.generic) == generic


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("الكرادة", "كرادة"),
        ("الباب المعظم", "باب المعظم"),
        ("الأعظمية", "الاعضمية"),
        ("سامراء", "سامرا"),
        ("عباس بن فرناس", "عباس ابن فرناس"),
        ("أبي غريب", "ابو غريب"),
        ("الچبايش", "الجبايش"),
        ("حيدر خانة", "الحيدرخانة"),
        ("الجزائر", "الجزاير"),
    ],
)
def test_arabic_spellings_meet(one: str, other: str) -> None:
    assert arabic_key(analysed(one)) == arabic_key(analysed(other))


def test_generic_words_are_open_to_readers() -> None:
    word = load().generic_words["جسر"]
    assert (word.lang, word.kinds) == ("ar", {"bridge"})
