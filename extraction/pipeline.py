"""The path of an article: fold, find, settle, assemble. Nothing else happens here."""

from __future__ import annotations

from functools import lru_cache

from extraction.dates import find_dates
from extraction.document import Article, Draft, PlaceMention, Reading, Unresolved
from extraction.drafting import Drafter
from extraction.events.assemble import Assembler
from extraction.page import Page
from extraction.places.finder import PlaceFinder
from extraction.places.found import FoundPlace
from extraction.places.names import PlaceIndex
from extraction.places.surroundings import Surroundings
from extraction.positions import with_coordinates
from extraction.text.language import detect_language, is_play, is_sport
from extraction.text.lexicon import load_lexicon
from extraction.text.numbers import find_numbers
from extraction.text.phrases import Lang, Words
from extraction.text.sentences import split_sentences
from extraction.text.signals import find_signals
from extraction.text.words import Token, tokenize
from gazetteer import Gazetteer, fold, fold_with_offsets

EXTRACTOR_VERSION = "1.4"
_ATTACK_KINDS = ("munition", "weapon", "casualty")
_ATTACK_TRIGGERS = ("fall", "launch", "attack", "target", "explode", "intercept")


@lru_cache(maxsize=4)
def _place_index(gazetteer: Gazetteer) -> PlaceIndex:
    return PlaceIndex(gazetteer)


def extract(article: Article, gazetteer: Gazetteer) -> Reading:
    """Read one article: its places and the events it tells, every value with its span."""
    language = detect_language(article.text)
    if language == "other":
        return Reading(article.id, "other", EXTRACTOR_VERSION)  # nothing to read without letters
    page = open_page(article, gazetteer, "ar" if (article.lang or language) == "ar" else "en")
    drafts: list[Draft] = []
    if not is_play(page):
        assembler = Assembler(page, gazetteer)
        drafter = Drafter(page, assembler, gazetteer)
        drafts = drafter.drafts(assembler.events())
    return Reading(
        article.id,
        page.lang,
        EXTRACTOR_VERSION,
        tuple(_mention(page, place) for place in page.places if place.anchor or not place.point),
        tuple(
            _unresolved(page, place)
            for place in page.places
            if place.place is None and place.point is None
        ),
        tuple(drafts),
    )


def open_page(article: Article, gazetteer: Gazetteer, lang: Lang) -> Page:
    """Everything found in the article, before it is put together."""
    folded = fold_with_offsets(article.text)
    readable = folded.text.replace("_", " ")  # #مطار_بغداد
    letters = folded.letters()
    tokens = _by_capitals(tokenize(readable), letters)
    sentences = split_sentences(readable, letters)
    words = Words(readable, lang)
    title = fold(article.title)
    signals = find_signals(load_lexicon(lang), tokens)
    page = Page(
        article.text,
        lang,
        article.published,
        folded,
        tokens,
        sentences,
        signals,
        find_numbers(readable, lang, words=words),
        find_dates(readable, lang, article.published, words=words),
        title=title,
        title_dates=find_dates(title, lang, article.published),
    )
    weapons_and_harm = (s for kind in _ATTACK_KINDS for s in signals.of_kind(kind))
    blows = signals.of_kind("trigger", *_ATTACK_TRIGGERS)
    attack = frozenset(s.first for s in (*weapons_and_harm, *blows))
    around = Surroundings(
        _place_index(gazetteer),
        tokens,
        sentences,
        folded.text,
        letters,
        lang=lang,
        attack_tokens=attack,
        date_tokens=page.date_tokens,
        sport_tokens=frozenset(s.first for s in signals.of_kind("nonevent", "sport")),
        play=is_sport(page),
    )
    page.put_places(with_coordinates(page, PlaceFinder(around).run().places))
    return page


def _by_capitals(tokens: list[Token], letters: str) -> list[Token]:
    """ "IS said it was behind the bombing": written so it is the group, and no verb."""
    if " IS " not in f" {letters} ":
        return tokens
    return [
        token._replace(text="isis")
        if token.text == "is" and letters[token.start : token.end] == "IS"
        else token
        for token in tokens
    ]


def _mention(page: Page, found: FoundPlace) -> PlaceMention:
    span = page.char_span(found.start, found.end)
    surface = span.of(page.text)
    lat, lon = found.position or (None, None)
    return PlaceMention(
        span,
        surface,
        found.place.id if found.place else None,
        found.place.name_en if found.place else None,
        found.place.name_ar if found.place else None,
        lat,
        lon,
        found.level,
        found.radius_m,
        found.confidence,
        found.why,
    )


def _unresolved(page: Page, found: FoundPlace) -> Unresolved:
    span = page.char_span(found.start, found.end)
    return Unresolved(span, span.of(page.text), found.why)
