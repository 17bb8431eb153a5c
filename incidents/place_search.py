"""Finding a place on the map by its name in either language, or by coordinates."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

import gazetteer
from gazetteer import Coordinates, Place
from incidents import places, presentation
from incidents.models import PlaceLevel, localised

OFFERED = 8
# Closer than this a typed position shows nothing more.
_FINEST_M = 25


@require_safe
def search(request: HttpRequest) -> JsonResponse:
    """``/map/places?q=…``: the places a name may mean, best first; [] where none is called so."""
    asked = request.GET.get("q", "").strip()
    if not asked or len(asked) > gazetteer.LONGEST_NAME:
        message = _("Write a name or coordinates, at most %(most)d characters long.")
        error = message % {"most": gazetteer.LONGEST_NAME}
        return JsonResponse({"error": error, "parameter": "q"}, status=400)
    response = JsonResponse({"places": found(asked)})
    # The gazetteer changes with the program only.
    patch_cache_control(response, private=True, max_age=3600)
    patch_vary_headers(response, ["Accept-Language", "Cookie"])
    return response


def found(asked: str) -> list[dict[str, Any]]:
    """What ``asked`` names: ``id, name, line, lat, lon, radius_m``; degrees and metres.

    Coordinates stand for themselves. Of names only those are found that are spelled so, or begin
    so, or write the same sounds; a misspelled name finds nothing, since a wrong place is worse.
    """
    if positions := gazetteer.find_coordinates(asked, typed=True):
        return [_position(positions[0])]
    return [_place(place) for place in places.suggest(asked, OFFERED, guesses=False)]


def _place(place: Place) -> dict[str, Any]:
    return {
        "id": place.id,
        "name": localised(place.name_en, place.name_ar),
        "line": " · ".join([_kind(place), *_parent(place), _within(place.radius_m)]),
        "other": localised(place.name_ar, place.name_en),
        "lat": place.lat,
        "lon": place.lon,
        "radius_m": place.radius_m,
    }


def _position(position: Coordinates) -> dict[str, Any]:
    radius = max(_FINEST_M, round(position.precision_m))
    return {
        "id": "",
        "name": f"{position.lat:.5f}, {position.lon:.5f}",
        "line": " · ".join([_("Coordinates"), _within(radius)]),
        "other": _mgrs(position),
        "lat": position.lat,
        "lon": position.lon,
        "radius_m": radius,
    }


def _mgrs(position: Coordinates) -> str:
    """The position as MGRS; "" near the poles, where there is none."""
    if not -80 <= position.lat <= 84:
        return ""
    return gazetteer.format_mgrs(position.lat, position.lon)


def _kind(place: Place) -> str:
    return capfirst(str(PlaceLevel(place.level).label))


def _parent(place: Place) -> list[str]:
    """``in Karkh``, as a list of none or one."""
    parents = gazetteer.load().parents(place)[:1]
    return [
        _("in %(place)s") % {"place": presentation.isolated(localised(p.name_en, p.name_ar))}
        for p in parents
    ]


def _within(metres: float) -> str:
    return _("within about %(distance)s") % {"distance": presentation.distance(metres)}
