"""Arabic pronouns that stand for a place: «سقطت في محيطه», «فوجدت فيها منصة», «انطلق منه»."""

from __future__ import annotations

from itertools import pairwise

from extraction.page import Page
from extraction.places.found import FoundPlace, rank
from extraction.text.words import arabic_forms

# what is written before the pronoun, and the preposition that it is
_STANDS_FOR = {
    "في": "in",
    "داخل": "in",
    "بداخل": "in",
    "وسط": "in",
    "علي": "on",
    "قرب": "near",
    "بقرب": "near",
    "محيط": "near",
    "بمحيط": "near",
    "جوار": "near",
    "بجوار": "near",
    "من": "from",
}
# names that are masculine by their generic word; «المنطقة», «القاعدة» and bare cities are not
_MASCULINE = frozenset(
    "مطار معسكر مخيم حي سوق فندق مستشفي جسر شارع مبني قصر مجمع سجن قضاء حقل مصفي مركز بستان "
    "جامع مسجد مرقد ملعب معبر منفذ طريق وادي جبل".split()
)
TOO_WIDE = frozenset(("baghdad", "baghdad-governorate", "iraq"))
_BESIDE = ("القريب", "المجاور", "المحاذي", "الملاصق", "المتاخم", "المطل", "المقابل")
_WAYS = frozenset("north south east west northeast northwest southeast southwest".split())
_LOOKS_BACK = 4


def place_pronoun(word: str) -> tuple[str, bool] | None:
    """The preposition in a word like «داخلها», and whether its pronoun is feminine."""
    bare = word.removeprefix("و").removeprefix("ف") if len(word) > 4 else word
    for ending, feminine in (("ها", True), ("ه", False)):
        if bare.endswith(ending):
            stem = bare.removesuffix(ending)
            if stem in _STANDS_FOR:
                return _STANDS_FOR[stem], feminine
    return None


def place_meant(page: Page, token: int, *, feminine: bool | None) -> FoundPlace | None:
    """The place named last before a token that a pronoun of that gender agrees with.

    It stands in the same sentence or in the one before. ``feminine`` is None for «هناك», which
    agrees with any.
    """
    sentence = page.sentence_at(token)
    floor = page.bounds[max(0, sentence - 1)][0]
    meant: FoundPlace | None = None
    for place in reversed(page.places_before(token, _LOOKS_BACK)):
        if place.first < floor or (meant and page.sentence_at(place.first) != sentence):
            break
        if is_bearing(page, place):
            continue
        if feminine is None or _agrees(page, place, feminine):
            if meant is not None and rank(place.level) >= rank(meant.level):
                break
            meant = place  # of «الدوجمة … ضمن محافظة ديالى» the narrower one
    return meant


def is_bearing(page: Page, place: FoundPlace) -> bool:
    """«القريبة من التاجي», «على الجانب الآخر من نهر دجلة»: it only says where another one lies."""
    if place.place is not None and (place.place.id in TOO_WIDE or place.place.kind == "river"):
        return True
    before = page.texts[max(0, place.first - 3) : place.first]
    if any(a in _WAYS and b in ("from", "of") for a, b in pairwise(before)):
        return True  # "a strip of towers running north from the Green Zone"
    return any(
        token.text.startswith(_BESIDE)
        for token in page.tokens[max(0, place.first - 2) : place.first + 1]
    )


def _agrees(page: Page, place: FoundPlace, feminine: bool) -> bool:
    """Whether «فيه» or «فيها» fits the name, or the spot in it: «بستان في الدوجمة»."""
    if feminine != _is_masculine(page, place.first):
        return True
    spot = place.first - 2
    return spot >= 0 and page.tokens[spot + 1].text in ("في", "ضمن") and not feminine


def _is_masculine(page: Page, token: int) -> bool:
    word = page.tokens[token].text
    return any(form.text.removeprefix("ال") in _MASCULINE for form in arabic_forms(word))
