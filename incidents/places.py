"""Choosing a place of the gazetteer by typing its name, in either language."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse_lazy
from django.utils.translation import gettext as _

import gazetteer
from gazetteer import Place, fold
from incidents.models import PlaceLevel, localised

_WITH_ID = re.compile(r"\[([a-z0-9-]+)\]\s*$")
_LONGEST = 120
# Below this a lookup is a guess: fit to be offered, not to be taken.
_SURE = 0.9
# Its places come before those of the other governorates.
_HOME = "baghdad-governorate"


def label(place: Place) -> str:
    """``Green Zone [green-zone]``: readable, and never ambiguous."""
    return f"{localised(place.name_en, place.name_ar)} [{place.id}]"


def describe(place: Place) -> str:
    """What tells namesakes apart: the other language's name, the level, what it lies in."""
    places = gazetteer.load()
    other = {place.name_en, place.name_ar} - {localised(place.name_en, place.name_ar)}
    parents = [localised(p.name_en, p.name_ar) for p in places.parents(place)[:1]]
    return " · ".join([*other, str(PlaceLevel(place.level).label), *parents])


def suggest(text: str, limit: int = 10, *, guesses: bool = True) -> list[Place]:
    """Places to offer while ``text`` is being typed, the likeliest first.

    ``guesses`` are names one slip of the pen away from it.
    """
    query = fold(text).strip()
    if not query or len(query) > _LONGEST:
        return []
    found: dict[str, Place] = {}
    for place in _suggestions(text, query, guesses):
        found.setdefault(place.id, place)
        if len(found) == limit:
            break
    return list(found.values())


def _suggestions(text: str, query: str, guesses: bool) -> Iterator[Place]:
    known = gazetteer.load()
    if match := _WITH_ID.search(text):
        if place := known.places.get(match[1]):
            yield place
    found = known.lookup(text, limit=10)
    if not guesses:
        found = [candidate for candidate in found if candidate.why != "fuzzy"]
    yield from (candidate.place for candidate in found if candidate.score >= _SURE)
    whole, started, inside = _written_so(query)
    yield from whole
    yield from started
    yield from (candidate.place for candidate in found)
    yield from inside


def _written_so(query: str) -> tuple[list[Place], list[Place], list[Place]]:
    """Places with a word spelled as ``query``, with one that starts so, and the rest that have it.

    The best known come first, whatever their names begin with: who types "الخضرا" means the Green
    Zone, "المنطقة الخضراء", more often than a village in Diyala that begins so.
    """
    known = gazetteer.load()
    at_word = re.compile(rf"(?:^|[ -])(?:ال)?{re.escape(query)}(ء?(?:$|[ -]))?")
    ranks: dict[str, int] = {}
    usual: set[str] = set()
    for name in known.names:
        if query not in name.folded:
            continue
        match = at_word.search(name.folded)
        rank = 2 if match is None else 1 if match[1] is None else 0
        place = known.places[name.place_id]
        ranks[place.id] = min(rank, ranks.get(place.id, rank))
        if match and name.text in (place.name_ar, place.name_en):
            usual.add(place.id)
    spellings = _spellings()
    by_fame = sorted(
        ranks,
        key=lambda key: (
            not known.is_within(known.places[key], _HOME),
            key not in usual,
            -spellings[key],
            key,
        ),
    )
    whole, started, inside = (
        [known.places[key] for key in by_fame if ranks[key] == rank] for rank in range(3)
    )
    return whole, started, inside


@lru_cache(maxsize=1)
def _spellings() -> Counter[str]:
    """How many names each place has: the more is written about it, the more spellings it has."""
    return Counter(name.place_id for name in gazetteer.load().names)


def resolve(text: str) -> Place:
    """The one place ``text`` means: a label, a key or a name. Raises ValidationError."""
    known = gazetteer.load()
    match = _WITH_ID.search(text)
    key = match[1] if match else text.strip()
    if place := known.places.get(key):
        return place
    candidates = known.lookup(text, limit=5)
    if candidates and candidates[0].score >= _SURE:
        best = candidates[0].score
        alike = [candidate.place for candidate in candidates if best - candidate.score < 0.02]
        if len(alike) == 1:
            return alike[0]
        raise ValidationError(
            _("Several places are called so. Choose one: %(places)s"),
            params={"places": "; ".join(map(label, alike))},
        )
    offered = "; ".join(label(place) for place in suggest(text, 3))
    if offered:
        raise ValidationError(
            _("The gazetteer has no “%(name)s”. Did you mean %(places)s?"),
            params={"name": text, "places": offered},
        )
    raise ValidationError(
        _("The gazetteer has no “%(name)s”. Give latitude and longitude instead."),
        params={"name": text},
    )


class PlaceInput(forms.TextInput):
    """A text field with suggestions; static/admin_athar/places.js brings them to life."""

    class Media:
        js = (forms.Script("admin_athar/places.js", defer=True),)

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(
            {
                "class": "vTextField place-input",
                "dir": "auto",
                "autocomplete": "off",
                "maxlength": _LONGEST,
                "data-places": reverse_lazy("admin:incidents_places"),
                **(attrs or {}),
            }
        )

    def format_value(self, value: Any) -> str | None:
        place = gazetteer.load().places.get(str(value)) if value else None
        return label(place) if place else super().format_value(value)


class PlaceField(forms.CharField):
    """Takes a name, a label or a key of the gazetteer; gives the key, "" for none."""

    widget = PlaceInput

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        return resolve(text).id if text else ""

    def has_changed(self, initial: Any, data: Any) -> bool:
        """The label shown for a key is that key unchanged, whatever the language of the page."""
        try:
            return (initial or "") != self.clean(data)
        except ValidationError:
            return True
