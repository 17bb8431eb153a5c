"""How this site reads an article: the extractor, and the second opinion that NER_MODEL asks for."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

import extraction
from extraction import ner
from gazetteer import Gazetteer


def version() -> str:
    """What a reading made now is signed with; it changes with whatever may change a reading."""
    return extraction.EXTRACTOR_VERSION + ("+ner" if settings.NER_MODEL else "")


def read(article: extraction.Article, gazetteer: Gazetteer) -> extraction.Reading:
    """Read an article. Raises ImproperlyConfigured where NER_MODEL cannot be used."""
    reading = extraction.extract(article, gazetteer)
    if not settings.NER_MODEL:
        return reading
    more = ner.second_opinion(article, reading, _tagger(settings.NER_MODEL))
    unresolved = sorted((*reading.unresolved, *more), key=lambda found: found.span)
    return replace(reading, extractor=version(), unresolved=tuple(unresolved))


@lru_cache(maxsize=1)
def _tagger(folder: str) -> ner.NerTagger:
    try:
        return ner.load_ner(folder)
    except ner.NerError as error:
        raise ImproperlyConfigured(f"NER_MODEL cannot be used: {error}.") from error
