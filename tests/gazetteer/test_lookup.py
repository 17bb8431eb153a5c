"""Lookup: which place a name means, as tables of names that reports really use."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer import Gazetteer, load

ARABIC = [
    # name, best place, why
    ("حي الأمين الثانية", "al-amin-al-thaniya", "exact"),
    ("المنطقة الخضراء", "green-zone", "exact"),
    ("المنطقه الخضراء", "green-zone", "folded"),
    ("المنطقه الخضرا", "green-zone", "folded"),
    ("المِنطقة الخَضراء", "green-zone", "folded"),
    ("المنطقة الخضـراء", "green-zone", "folded"),
    ("الاعظميه", "adhamiyah", "folded"),
    ("الأعضمية", "adhamiyah", "folded"),
    ("كربلا", "karbala", "exact"),
    ("سامرا", "samarra", "folded"),
    ("ابو غريب", "abu-ghraib", "folded"),
    ("أبي غريب", "abu-ghraib", "exact"),
    ("ساحة عباس إبن فرناس", "abbas-ibn-firnas-square", "folded"),
    ("باب المعظم", "bab-al-muadham", "exact"),
    ("الگيارة", "gayara-nb", "exact"),
    ("حي الكرادة", "karrada", "exact"),
    ("منطقة حي الجهاد", "jihad", "without generic word"),
    ("مدينة الفلوجة", "fallujah", "without generic word"),
    ("محافظة نينوى", "nineveh", "exact"),
    ("قضاء المقدادية", "muqdadiyah", "without generic word"),
    ("منطقة العامرية", "amiriya", "without generic word"),
    ("قاعدة بلد", "balad-airbase", "exact"),
    ("قاعدة عين الأسد الجوية", "ain-al-asad", "exact"),
    ("مطار بغداد", "baghdad-airport", "exact"),
    ("مستشفى الكندي", "kindi-hospital", "exact"),
    ("تقاطع أم الطبول", "umm-al-tubul-area", "exact"),
    ("محلة 733", "mahalla-733", "exact"),
    ("محلة ٧٣٣", "mahalla-733", "folded"),
    ("المحلة 733", "mahalla-733", "folded"),
    ("حي ٩ نيسان", "tis-a-nissan-hayy", "folded"),
    ("شارع الضغط", "daght-street-amin", "exact"),
    ("الزعفرنية", "zafaraniya", "fuzzy"),
    ("المحمودبة", "mahmudiyah", "fuzzy"),
    ("الرضوانيه", "radwaniya", "folded"),
    ("المحموديه", "mahmudiyah", "folded"),
]

# Attached prefixes.
PREFIXED = [
    ("للكرادة", "karrada"),
    ("وللكرادة", "karrada"),
    ("بالكرادة", "karrada"),
    ("وبالمنطقة الخضراء", "green-zone"),
    ("فالفلوجة", "fallujah"),
    ("كالموصل", "mosul"),
    ("ببغداد", "baghdad"),
    ("لبغداد", "baghdad"),
    ("وبغداد", "baghdad"),
    ("بحي الجهاد", "jihad"),
    ("لمطار بغداد الدولي", "baghdad-airport"),
    ("وقاعدة التاجي", "camp-taji"),
    ("بكربلاء", "karbala"),
    ("للطيفية", "latifiyah"),
]

# Names that begin with a letter that could be a prefix, and are none.
NOT_PREFIXED = [
    ("بغداد", "baghdad"),
    ("بابل", "babil"),
    ("كركوك", "kirkuk"),
    ("كربلاء", "karbala"),
    ("بلد", "balad"),
    ("واسط", "wasit"),
    ("بيجي", "baiji"),
    ("بسماية", "bismayah"),
    ("كفري", "kifri"),
]

ENGLISH = [
    ("Green Zone", "green-zone", "exact"),
    ("the Green Zone", "green-zone", "folded"),
    ("International Zone", "green-zone", "exact"),
    ("al-Ameen", "al-amin", "folded"),
    ("Al Ameen", "al-amin", "folded"),
    ("AMIN", "al-amin", "folded"),
    ("El-Mansour", "mansour", "folded"),
    ("Almansour", "mansour", "folded"),
    ("Al-Mansūr", "mansour", "folded"),
    ("Karradah neighborhood", "karrada", "without generic word"),
    ("Karrada district", "karrada-district", "folded"),
    ("Hay al Jihad", "jihad", "folded"),
    ("Second Amin", "al-amin-al-thaniya", "exact"),
    ("Amin 2nd", "al-amin-al-thaniya", "folded"),
    ("al-Amin al-Thaniya quarter", "al-amin-al-thaniya", "without generic word"),
    ("Anbar province", "anbar", "folded"),
    ("Basra province", "basra-governorate", "folded"),
    ("14 July Bridge", "bridge-14-july", "folded"),
    ("Taji base", "camp-taji", "exact"),
    ("Dora refinery", "dora-refinery", "folded"),
    ("Mahallah 733", "mahalla-733", "transliteration"),
    ("Ash Sha‘b", "shaab", "folded"),
    ("Baghdaad", "baghdad", "transliteration"),
    ("Fallujash", "fallujah", "fuzzy"),
]

# Spellings no alias lists, each heard as the place it stands for.
TRANSLITERATED = [
    ("Karadeh", "karrada"),
    ("Qarrada", "karrada"),
    ("Jadiriyya", "jadriya"),
    ("al-Jadiria", "jadriya"),
    ("Aadhamiyya", "adhamiyah"),
    ("Azamiyya", "adhamiyah"),
    ("Kazimiyya", "kadhimiyah"),
    ("Kathimiya", "kadhimiyah"),
    ("Zayoona", "zayouna"),
    ("Doora", "dora"),
    ("Falouja", "fallujah"),
    ("Mosoul", "mosul"),
    ("Tikreet", "tikrit"),
    ("Sulaymaniyya", "sulaymaniyah"),
    ("Mahmoodiyya", "mahmudiyah"),
    ("Yousufiyya", "yusufiyah"),
    ("Tallafar", "tal-afar"),
    ("Ba'qoubah", "baqubah"),
    ("Ghazaliyya", "ghazaliya"),
    ("Saydiyya", "saydiya"),
    ("Husayniyya", "husseiniya"),
    ("Radhwaniyya", "radwaniya"),
    ("Zaafaraniyya", "zafaraniya"),
    ("Sulaykh", "sleikh"),
    ("Yarmook hospital", "yarmouk-hospital"),
    ("Ayn al-Assad airbase", "ain-al-asad"),
    ("Jumhouriya bridge", "bridge-jumhuriya"),
    ("Nusoor Square", "nisour-square"),
    ("Zawra", "zawraa-park"),
    ("al-Thawrah", "sadr-city"),
]

# A wrong marker is worse than a missing one.
NOTHING = [
    "",
    "   ",
    ",",
    "()",
    "حي",
    "city",
    "the city",
    "مطار",
    "733",
    "محلة 99999",
    "Paris",
    "باريس",
    "طهران",
    "Tehran",
    "دمشق",
    "Damascus",
    "Beirut",
    "بيروت",
    "London",
    "Washington",
    "New York",
    "Ankara",
    "أنقرة",
    "الصواريخ",
    "rockets",
    "جسر المنصور",
    "شارع المنصور",
    "Karrada hospital",
    "14 August Bridge",
    "xyzzy",
    "🚀",
    "\ud800",
    "ا" * 500,
    "Baghdad " * 60,
]


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load()


@pytest.mark.parametrize(("name", "place_id", "why"), ARABIC + ENGLISH)
def test_best_candidate(gazetteer: Gazetteer, name: str, place_id: str, why: str) -> None:
    best = gazetteer.lookup(name)[0]
    assert (best.place.id, best.why) == (place_id, why)
    assert best.reason


@pytest.mark.parametrize(("name", "place_id"), PREFIXED + NOT_PREFIXED)
def test_attached_prefixes(gazetteer: Gazetteer, name: str, place_id: str) -> None:
    assert gazetteer.lookup(name)[0].place.id == place_id


@pytest.mark.parametrize(("name", "place_id"), NOT_PREFIXED)
def test_no_prefix_is_taken_off_a_name(gazetteer: Gazetteer, name: str, place_id: str) -> None:
    best = gazetteer.lookup(name)[0]
    assert (best.place.id, best.why) == (place_id, "exact")


@pytest.mark.parametrize(("name", "place_id"), TRANSLITERATED)
def test_spellings_in_latin_letters(gazetteer: Gazetteer, name: str, place_id: str) -> None:
    best = gazetteer.lookup(name)[0]
    assert best.place.id == place_id
    assert best.why != "fuzzy"


@pytest.mark.parametrize("name", NOTHING)
def test_nothing_fits(gazetteer: Gazetteer, name: str) -> None:
    assert gazetteer.lookup(name) == []


def test_the_amins_come_best_first(gazetteer: Gazetteer) -> None:
    found = gazetteer.lookup("al-Ameen")
    assert [c.place.id for c in found] == ["al-amin", "al-amin-al-thaniya", "al-amin-al-ula"]
    assert [c.score for c in found] == sorted((c.score for c in found), reverse=True)


def test_namesakes_in_baghdad_come_first(gazetteer: Gazetteer) -> None:
    found = [c.place.id for c in gazetteer.lookup("Al-Muthanna")]
    assert found.index("muthanna-hayy") < found.index("muthanna-governorate")


def test_a_bare_name_that_is_also_a_word_scores_less(gazetteer: Gazetteer) -> None:
    bare, dressed = gazetteer.lookup("الجهاد")[0], gazetteer.lookup("حي الجهاد")[0]
    assert bare.place.id == dressed.place.id == "jihad"
    assert bare.score < dressed.score
    assert "also means something else" in bare.reason


@pytest.mark.parametrize(
    ("name", "place_id"),
    [
        ("Karrada, Baghdad", "karrada"),
        ("الكرادة، بغداد، العراق", "karrada"),
        ("Ubaidi, Anbar", "ubaidi-anbar"),
        ("Ubaidi, Baghdad", "ubaidi"),
        ("Hay al-Shuhada, Fallujah", "shuhada-fallujah"),
        ("US consulate general in Erbil", "us-consulate-erbil"),
        ("مستشفى اليرموك في بغداد", "yarmouk-hospital"),
        ("Karrada, Nowhere", "karrada"),
    ],
)
def test_what_follows_a_comma_narrows(gazetteer: Gazetteer, name: str, place_id: str) -> None:
    assert gazetteer.lookup(name)[0].place.id == place_id


def test_outside_the_named_region_scores_less(gazetteer: Gazetteer) -> None:
    (best, *_) = gazetteer.lookup("Karrada, Basra")
    assert best.score < 0.7
    assert "not in Basra" in best.reason


@pytest.mark.parametrize(("limit", "count"), [(0, 0), (-1, 0), (1, 1), (2, 2)])
def test_limit(gazetteer: Gazetteer, limit: int, count: int) -> None:
    assert len(gazetteer.lookup("al-Ameen", limit=limit)) == count


def test_every_name_finds_its_own_place(gazetteer: Gazetteer) -> None:
    lost = [
        (name.text, name.place_id)
        for name in gazetteer.names
        if name.place_id not in {c.place.id for c in gazetteer.lookup(name.text, limit=20)}
    ]
    assert lost == []


def test_every_score_is_between_0_and_1(gazetteer: Gazetteer) -> None:
    scores = [c.score for name in gazetteer.names for c in gazetteer.lookup(name.text, limit=20)]
    assert 0 < min(scores) <= max(scores) <= 1


def test_parents_children_and_within(gazetteer: Gazetteer) -> None:
    amin = gazetteer.places["al-amin-al-thaniya"]
    assert [p.id for p in gazetteer.parents(amin)] == [
        "al-amin",
        "new-baghdad-district",
        "baghdad",
        "baghdad-governorate",
        "iraq",
    ]
    assert gazetteer.is_within(amin, "baghdad")
    assert gazetteer.is_within(amin, "al-amin-al-thaniya")
    assert not gazetteer.is_within(amin, "anbar")
    assert amin in gazetteer.children(gazetteer.places["al-amin"])
    assert gazetteer.children(amin) == ()


def test_near_measures_in_metres(gazetteer: Gazetteer) -> None:
    green = gazetteer.places["green-zone"]
    found = gazetteer.near(green.lat, green.lon, 3)
    assert found[0].distance_m < 200
    assert [n.distance_m for n in found] == sorted(n.distance_m for n in found)
    assert len(found) == 3
    assert gazetteer.near(green.lat, green.lon, 0) == []


def test_load_gives_the_same_object_again() -> None:
    assert load() is load()


@given(st.text(alphabet="الحيبوفكمنطقةجسر،() abdhkqrstuyz'-1,ـً", max_size=40))
def test_any_text_gets_an_answer_in_order(text: str) -> None:
    scores = [c.score for c in load().lookup(text)]
    assert scores == sorted(scores, reverse=True)
