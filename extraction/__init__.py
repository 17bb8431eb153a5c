"""Article → Reading: what an article says about attacks, with the words that say it.

Pure Python: no Django, no network, no clock, no database. ``published`` and a gazetteer are
passed in.
"""

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
from extraction.pipeline import EXTRACTOR_VERSION, extract

__all__ = [
    "EXTRACTOR_VERSION",
    "Article",
    "Casualties",
    "Draft",
    "DraftSite",
    "PlaceMention",
    "Reading",
    "Span",
    "Statement",
    "Unresolved",
    "Victim",
    "extract",
]
