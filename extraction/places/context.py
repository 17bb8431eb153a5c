"""The word lists that tell a place from a word, a person or an institution of the same name."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from extraction.text.lexicon import word_list
from extraction.text.words import Form, arabic_forms, is_arabic

ARTICLES = frozenset("al el ul il".split())
INSTITUTION_KINDS = frozenset(("government", "embassy", "university", "hospital"))
SURE_MATCH = 0.78
DETERMINERS = frozenset("the a an old former new".split())
SCHOOLS = frozenset("جامعه كليه مستشفي اكاديميه مدرسه مركز".split())
AREA_HEADS = frozenset("قضاء ناحيه مدينه بلده منطقه حي محافظه district town city".split())
GOVERNMENT = "the government, not the place"
REAL_PREPOSITIONS = frozenset(
    "in at near to from on around outside inside across towards toward through between off "
    "في من الي قرب علي".split()
)


@dataclass(slots=True)
class ContextWords:
    """The context lists of one language."""

    organisation: frozenset[str]
    person: frozenset[str]
    roles: frozenset[str]
    clubs: frozenset[str]
    against: frozenset[str]
    bodies: frozenset[str]
    members: frozenset[str]
    wishes: frozenset[str]
    after: frozenset[str]
    after_word: frozenset[str]
    done_to: frozenset[str]
    prepositions: frozenset[str]
    seat: frozenset[str]
    speaking: frozenset[str]
    undergoes: frozenset[str]
    deeds: frozenset[str]
    plain: frozenset[str]
    sure: frozenset[str]
    heads: frozenset[str]
    common_nouns: frozenset[str]
    open_heads: frozenset[str]
    never_bare: frozenset[str]
    institution: frozenset[str]
    land: frozenset[str]
    foreign: frozenset[str]


@lru_cache(maxsize=2)
def context_words(lang: str) -> ContextWords:
    file = "places.toml"
    return ContextWords(
        word_list(lang, file, "not_place_before", "organisation"),
        word_list(lang, file, "not_place_before", "person"),
        word_list(lang, file, "not_place_before", "roles"),
        word_list(lang, file, "not_place_before", "clubs"),
        word_list(lang, file, "not_place_after", "against"),
        word_list(lang, file, "not_place_before", "bodies"),
        word_list(lang, file, "not_place_before", "members"),
        word_list(lang, file, "not_place_before", "wishes"),
        word_list(lang, file, "not_place_after", "words"),
        word_list(lang, file, "not_place_after", "ordinary"),
        word_list(lang, file, "not_place_before", "done_to"),
        word_list(lang, file, "place_before", "prepositions"),
        word_list(lang, file, "seat", "words"),
        word_list(lang, file, "seat", "speaking"),
        word_list(lang, file, "seat", "undergoes"),
        word_list(lang, file, "not_place_before", "deeds"),
        word_list(lang, file, "place_before", "plain"),
        word_list(lang, file, "place_before", "sure"),
        word_list(lang, file, "heads", "words"),
        word_list(lang, file, "heads", "common_nouns"),
        word_list(lang, file, "heads", "open_heads"),
        word_list(lang, file, "heads", "never_bare"),
        word_list(lang, file, "heads", "institution"),
        word_list(lang, file, "heads", "land"),
        word_list(lang, file, "heads", "foreign"),
    )


@lru_cache(maxsize=100_000)
def readings(word: str) -> tuple[str, ...]:
    """What a word may stand for in a context list: itself, and itself without what leads it."""
    if not is_arabic(word):
        return (word,)
    return tuple(form.text for form in arabic_forms(word) if not form.suffix)


def locates(word: str, prepositions: frozenset[str], prefix: str) -> bool:
    """Whether a word puts a name somewhere: «التابعة للدورة», but not «التفجيرات الشعب»."""
    if not is_arabic(word):
        return word in prepositions
    return any(
        form.text in prepositions
        for form in arabic_forms(word)
        if not form.suffix and (prefix or not form.article)
    )


@lru_cache(maxsize=100_000)
def bare_head_of(word: str, lang: str) -> Form | None:
    """The head word in an Arabic word without the article."""
    heads = context_words(lang).heads
    return next((f for f in arabic_forms(word) if f.text in heads and not f.article), None)


@lru_cache(maxsize=100_000)
def dual_head_of(word: str) -> Form | None:
    """The head word of which an Arabic word tells two: «فندقي», «منطقتا»."""
    heads = context_words("ar").heads
    for form in arabic_forms(word):
        if form.article or form.suffix or not form.text.endswith(("ي", "ا")):
            continue
        stem = form.text[:-1]
        single = stem[:-1] + "ه" if stem.endswith("ت") and stem not in heads else stem
        if single in heads:
            return Form(single, form.prefix)
    return None


@lru_cache(maxsize=100_000)
def head_of(word: str, lang: str) -> Form | None:
    """The head word («منطقة») in an Arabic word."""
    heads = context_words(lang).heads
    return next((f for f in arabic_forms(word) if f.text in heads and not f.suffix), None)


@lru_cache(maxsize=100_000)
def land_of(word: str, lang: str) -> Form | None:
    """The lie of the land («بساتين», «وادي») in an Arabic word."""
    land = context_words(lang).land
    return next((f for f in arabic_forms(word) if f.text in land and not f.suffix), None)
