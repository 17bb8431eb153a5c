"""Names → places: a bundled gazetteer of Baghdad and Iraq, in Arabic and English.

Pure Python: no Django, no network, no clock, no database.
"""

from gazetteer.folding import Folded, fold, fold_with_offsets
from gazetteer.index import Candidate, Gazetteer, Near, Why, load
from gazetteer.place import (
    LEVEL_OF_KIND,
    LEVELS,
    GazetteerError,
    Lang,
    Level,
    Name,
    Place,
    PlaceError,
    Point,
)
from gazetteer.store import GazetteerDataError, Source

__all__ = [
    "LEVELS",
    "LEVEL_OF_KIND",
    "Candidate",
    "Folded",
    "Gazetteer",
    "GazetteerDataError",
    "GazetteerError",
    "Lang",
    "Level",
    "Name",
    "Near",
    "Place",
    "PlaceError",
    "Point",
    "Source",
    "Why",
    "fold",
    "fold_with_offsets",
    "load",
]
