"""Two articles about one invented attack, with a reading made by hand: spans as an extractor's."""

from __future__ import annotations

from extraction.document import (
    Article,
    Casualties,
    Draft,
    DraftSite,
    PlaceMention,
    Reading,
    Span,
    Statement,
    Unresolved,
    Victim,
)
from gazetteer import Gazetteer

ARABIC = (
    "قالت خلية الإعلام الأمني إن ثلاثة صواريخ كاتيوشا سقطت مساء الثلاثاء على المنطقة الخضراء، "
    "ما أدى إلى مقتل مدني وإصابة خمسة آخرين.\n"
    "وأطلقت الصواريخ من البلديات شرقي العاصمة، وسقط أحدها قرب معمل الطابوق القديم.\n"
    "وتبنت جماعة أهل الكهف الهجوم، لكن مصدراً طبياً تحدث عن إصابة ثلاثة فقط.\n"
)
ENGLISH = (
    "Three Katyusha rockets hit the Green Zone in Baghdad on Tuesday evening, killing a civilian "
    "and wounding five others, the security media cell said.\n"
    "They were fired from Baladiyat in the east of the capital; one came down near the old brick "
    "works.\nA group called Ahl al-Kahf claimed the attack, but a medic spoke of three wounded.\n"
)

# The words of each value, in either text: (field, value, words, who, act, confidence).
_SAID = {
    "ar": (
        ("event", "rocket", "صواريخ", 0, "reports", 0.96),
        ("munitions", 3, "ثلاثة صواريخ", 0, "reports", 0.95),
        ("weapon", "katyusha", "كاتيوشا", 0, "reports", 0.97),
        ("date", "2020-11-17", "مساء الثلاثاء", 0, "reports", 0.93),
        ("daypart", "evening", "مساء", 0, "reports", 0.9),
        ("impact", "green-zone", "سقطت مساء الثلاثاء على المنطقة الخضراء", 0, "reports", 0.94),
        ("launch", "baladiyat", "وأطلقت الصواريخ من البلديات", 0, "reports", 0.9),
        ("killed", 1, "مقتل مدني", 0, "reports", 0.92),
        ("wounded", 5, "إصابة خمسة آخرين", 0, "reports", 0.91),
        ("wounded", 3, "إصابة ثلاثة فقط", 1, "claims", 0.55),
        ("claimed_by", "أهل الكهف", "وتبنت جماعة أهل الكهف الهجوم", 2, "claims", 0.88),
    ),
    "en": (
        ("event", "rocket", "rockets", 0, "reports", 0.96),
        ("munitions", 3, "Three Katyusha rockets", 0, "reports", 0.95),
        ("weapon", "katyusha", "Katyusha", 0, "reports", 0.97),
        ("date", "2020-11-17", "Tuesday evening", 0, "reports", 0.93),
        ("daypart", "evening", "evening", 0, "reports", 0.9),
        ("impact", "green-zone", "hit the Green Zone", 0, "reports", 0.94),
        ("launch", "baladiyat", "fired from Baladiyat", 0, "reports", 0.9),
        ("killed", 1, "killing a civilian", 0, "reports", 0.92),
        ("wounded", 5, "wounding five others", 0, "reports", 0.91),
        ("wounded", 3, "three wounded", 1, "claims", 0.55),
        ("claimed_by", "Ahl al-Kahf", "Ahl al-Kahf claimed the attack", 2, "claims", 0.88),
    ),
}
_SPEAKERS = {
    "ar": ("خلية الإعلام الأمني", "مصدر طبي", "أهل الكهف"),
    "en": ("the security media cell", "a medic", "Ahl al-Kahf"),
}
_PLACES = {
    "ar": (("المنطقة الخضراء", "green-zone"), ("البلديات", "baladiyat")),
    "en": (("Green Zone", "green-zone"), ("Baghdad", "baghdad"), ("Baladiyat", "baladiyat")),
}
_UNRESOLVED = {"ar": "معمل الطابوق القديم", "en": "old brick works"}


def read(article: Article, gazetteer: Gazetteer, *, extractor: str = "test 1") -> Reading:
    """The reading of ``ARABIC`` and ``ENGLISH``; in any other text nothing is read."""
    lang = article.lang or "en"
    body = article.text
    if body.strip() not in (ARABIC.strip(), ENGLISH.strip()):
        return Reading(article.id, lang, extractor)

    def span(words: str) -> Span:
        start = body.index(words)
        return Span(start, start + len(words))

    mentions = []
    for words, key in _PLACES[lang]:
        place = gazetteer.places[key]
        mentions.append(
            PlaceMention(
                span=span(words),
                surface=words,
                place_id=key,
                name_en=place.name_en,
                name_ar=place.name_ar,
                lat=place.lat,
                lon=place.lon,
                level=place.level,
                radius_m=place.radius_m,
                confidence=0.95,
            )
        )
    placed = {mention.place_id: mention for mention in mentions}

    def site(role: str, key: str, count: int | None = None) -> DraftSite:
        found = placed[key]
        return DraftSite(
            role=role,  # type: ignore[arg-type]
            span=found.span,
            surface=found.surface,
            place_id=key,
            name_en=found.name_en,
            name_ar=found.name_ar,
            lat=found.lat,
            lon=found.lon,
            level=found.level,
            radius_m=found.radius_m,
            count=count,
            confidence=0.9,
        )

    speakers = _SPEAKERS[lang]
    draft = Draft(
        focus=True,
        event="rocket",
        date="2020-11-17",
        date_precision="day",
        daypart="evening",
        weapon="katyusha",
        munitions=Casualties(3, 3, 3, "stated"),
        sites=(site("launch", "baladiyat"), site("impact", "green-zone", 3)),
        killed=Casualties(1, 1, 1, "stated"),
        wounded=Casualties(5, 3, 5, "stated"),
        victims=(Victim("civilian", "killed", 1),),
        claimed_by=(speakers[2],),
        statements=tuple(
            Statement(
                speaker=speakers[who],
                act=act,  # type: ignore[arg-type]
                field=field,
                value=value,
                span=span(words),
                quote=words,
                confidence=confidence,
            )
            for field, value, words, who, act, confidence in _SAID[lang]
        ),
        confidence=0.9,
    )
    unresolved = Unresolved(span(_UNRESOLVED[lang]), _UNRESOLVED[lang], "not in the gazetteer")
    return Reading(article.id, lang, extractor, tuple(mentions), (unresolved,), (draft,))
