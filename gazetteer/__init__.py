"""Names → places: a bundled gazetteer of Baghdad and Iraq, in Arabic and English.

Pure Python: no Django, no network, no clock, no database.
"""

from gazetteer.coordinates import Coordinates, find_coordinates, format_mgrs
from gazetteer.folding import Folded, fold, fold_with_offsets
from gazetteer.geocoder import GazetteerGeocoder
from gazetteer.index import LONGEST_NAME, Candidate, Gazetteer, Near, Why, load
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
    "LONGEST_NAME",
    "Candidate",
    "Coordinates",
    "Folded",
    "Gazetteer",
    "GazetteerDataError",
    "GazetteerError",
    "GazetteerGeocoder",
    "Lang",
    "Level",
    "Name",
    "Near",
    "Place",
    "PlaceError",
    "Point",
    "Source",
    "Why",
    "find_coordinates",
    "fold",
    "fold_with_offsets",
    "format_mgrs",
    "load",
]
