"""Names that reports on attacks use, beyond Baghdad's best-known quarters; and names kept out."""

import pytest

from gazetteer import fold, load
from gazetteer.spelling import english_sound, without_brackets

REPORTED = [
    # name, place
    ("مجمع قصور تكريت الرئاسية", "fob-danger"),
    ("سيطرة عباس بن فرناس", "airport-checkpoint"),
    ("أبو منيصير", "abu-munaysir"),
    ("أبو عظام", "abu-idham"),
    ("هور الباشا", "hor-al-basha"),
    ("الزنبرانية", "zanbaraniya"),
    ("العبد ويس", "abd-ways"),
    ("تل محمد", "tal-muhammad"),
    ("كمب الأرمن", "camp-arman"),
    ("سوق البالة", "bala-market"),
    ("علوة الرشيد", "rashid-wholesale-market"),
    ("مرآب السنك", "sinak-garage"),
    ("معمل غاز التاجي", "taji-gas-plant"),
    ("البو ذياب", "albu-dhiyab"),
    ("الفرحاتية", "farhatiya"),
    ("حقول علاس", "allas-field"),
    ("وادي الشاي", "wadi-al-shay"),
    ("رحيم آوه", "rahimawa"),
    ("كوكجلي", "gogjali"),
    ("حي الزنجيلي", "zanjili"),
    ("الساحل الأيمن", "right-bank-mosul"),
    ("خانه سور", "khanasor"),
    ("جبل قره جوغ", "qarachogh"),
    ("مصفى لاناز", "kar-refinery"),
    ("حقل خورمالا", "hawler-field"),
    ("مصيف برخ", "parakh-resort"),
    ("نهر الإمام", "nahr-al-imam"),
    ("منفذ الشلامجة", "shalamcheh"),
    ("مطار كربلاء الدولي", "karbala-airport"),
    ("ساحة الحبوبي", "haboubi-square"),
    ("قاعدة كي وان", "k1-base"),
    ("قاعدة الحرية", "kirkuk-airport"),
    ("Camp Cooke", "camp-taji"),
    ("Camp Slayer", "camp-slayer"),
    ("FOB Prosperity", "salam-palace"),
    ("LSA Anaconda", "balad-airbase"),
    ("FOB Warrior", "kirkuk-airport"),
    ("Camp Adder", "tallil"),
    ("Camp Ramadi", "camp-ramadi"),
    ("FOB Sykes", "tal-afar-airport"),
    ("Gogjali", "gogjali"),
    ("Haji Omran", "haji-omran"),
    ("Khurmala", "hawler-field"),
]


@pytest.mark.parametrize(("name", "place_id"), REPORTED)
def test_a_reported_name_is_known(name: str, place_id: str) -> None:
    best = load().lookup(name, limit=1)[0]
    assert (best.place.id, best.score > 0.9) == (place_id, True)


# In the town that is named, the quarter of that town.
NAMESAKES = [
    ("حي السلام، الموصل", "salam-mosul"),
    ("حي السلام، بغداد", "salam-tobchi"),
    ("حي الأندلس، الفلوجة", "andalus-fallujah"),
    ("باب القبلة، كربلاء", "bab-al-qibla-karbala"),
    ("حي النصر، كركوك", "nasr-kirkuk"),
]


@pytest.mark.parametrize(("name", "place_id"), NAMESAKES)
def test_the_town_decides_between_namesakes(name: str, place_id: str) -> None:
    assert load().lookup(name, limit=1)[0].place.id == place_id


# Words that open English sentences, so written with a capital like a name.
SENTENCE_OPENERS = (
    "about above after again all allows also another around away before below both commit early "
    "either every face fake few first great here however in later less many more most never no "
    "none now once only other over same ship since some such than that their then there these "
    "they this those three two under until very was were what when where which while who why"
)


def test_no_bare_english_name_sounds_like_a_sentence_opener() -> None:
    gazetteer = load()
    openers = {s for word in SENTENCE_OPENERS.split() for s in english_sound((word,))}
    caught = [
        name.text
        for name in gazetteer.names
        if name.lang == "en" and not gazetteer.places[name.place_id].common_word
        for words in [[w for w in without_brackets(name.folded).split() if w not in ("al", "el")]]
        if len(words) == 1
        and len(words[0]) > 3
        and not openers.isdisjoint(english_sound((words[0],)))
    ]
    assert caught == []


@pytest.mark.parametrize(
    "word", ["الرمانة", "الصوفية", "السكران", "نفر", "السنية", "قسري", "متينة"]
)
def test_an_ordinary_word_is_no_name(word: str) -> None:
    gazetteer = load()
    named = [n.place_id for n in gazetteer.names if n.folded == fold(word)]
    assert [p for p in named if not gazetteer.places[p].common_word] == []
