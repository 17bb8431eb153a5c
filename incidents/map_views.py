"""The JSON the map asks for. Everything here follows the one filter and shows what is published.

Beside the filter's parameters each address has a few of its own; they are read as strictly.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Any

import numpy as np
from django.core.cache import cache
from django.core.paginator import Paginator
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.utils.cache import (
    get_conditional_response,
    patch_cache_control,
    patch_vary_headers,
)
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import condition, require_safe
from numpy.typing import NDArray

from incidents import cards, evidence, filterbar, mapdata, periods, snapshot
from incidents.backdrop import backdrop
from incidents.filters import FilterError, IncidentFilter, numbered
from incidents.mapdata import View
from incidents.models import DataVersion, Incident, Site, SiteRole
from incidents.snapshot import Fetched

CARDS_A_PAGE = 50
KEPT_S = 600
# Grows when the shape of an answer changes, so that browsers drop what they keep.
SHAPE = 3

Answer = Callable[[HttpRequest, IncidentFilter], dict[str, Any]]


def _etag(request: HttpRequest) -> str:
    """Changes with the data and the language, and is of this address only.

    So nobody holds one for an address that was refused: those carry none.
    """
    stamp = repr((SHAPE, DataVersion.current(), get_language(), request.get_full_path()))
    return f'"{hashlib.sha256(stamp.encode()).hexdigest()[:32]}"'


def json_answer(*own: str) -> Callable[[Answer], Callable[[HttpRequest], HttpResponseBase]]:
    """A view that reads the filter, answers in JSON, and says 400 to what it cannot read.

    ``own`` names the parameters that belong to the view. The answer is the same for everybody: an
    unchanged one is made once, for the browser that has it and for the next visitor.
    """

    def decorate(answer: Answer) -> Callable[[HttpRequest], HttpResponseBase]:
        @require_safe
        @gzip_page
        @wraps(answer)
        def view(request: HttpRequest) -> HttpResponseBase:
            etag = _etag(request)
            response: HttpResponseBase | None
            try:
                wanted = IncidentFilter.from_query(request.GET, allowed=own)
                response = get_conditional_response(request, etag=etag)
                if response is None:
                    made = cache.get_or_set(etag, lambda: _written(answer(request, wanted)), KEPT_S)
                    response = HttpResponse(made, content_type="application/json")
            except FilterError as error:
                return JsonResponse({"error": str(error), "parameter": error.parameter}, status=400)
            response["ETag"] = etag
            patch_cache_control(response, private=True, no_cache=True)
            patch_vary_headers(response, ["Accept-Language", "Cookie"])
            return response

        return view

    return decorate


def _written(answer: dict[str, Any]) -> bytes:
    text = json.dumps(answer, cls=DjangoJSONEncoder, ensure_ascii=False, separators=(",", ":"))
    return text.encode()


@json_answer("view", "zoom")
def data(request: HttpRequest, wanted: IncidentFilter) -> dict[str, Any]:
    """What to draw in ``view=west,south,east,north`` at ``zoom``."""
    return mapdata.map_data(snapshot.current().select(wanted), _view(request))


@json_answer("time")
def summary(request: HttpRequest, wanted: IncidentFilter) -> dict[str, Any]:
    """Counts, chips and the time line.

    The last is for all of the time, whatever dates are chosen, or with ``time=near`` for the chosen
    dates and some time on both sides of them.
    """
    published = snapshot.current()
    return {
        **mapdata.summary(published.select(wanted)),
        "histogram": _time_line(request, wanted),
        "chips": [[chip.text, chip.href] for chip in filterbar.chips(wanted, "")],
    }


def _time_line(request: HttpRequest, wanted: IncidentFilter) -> dict[str, Any]:
    near = "time" in request.GET and _one_of(request, "time", ("all", "near")) == "near"
    first, last = wanted.date_from, wanted.date_to
    if not (near and first and last):
        whole = replace(wanted, date_from=None, date_to=None)
        return mapdata.histogram(snapshot.current().select(whole))
    start, end = periods.around(first, last)
    chosen = snapshot.current().select(replace(wanted, date_from=start, date_to=end))
    unit = periods.unit_of((end - start).days)
    return {**mapdata.histogram(chosen, unit), "span": [start.isoformat(), end.isoformat()]}


@json_answer("view", "zoom", "placed", "page")
def cards_page(request: HttpRequest, wanted: IncidentFilter) -> dict[str, Any]:
    """The cards beside the map: with ``placed=yes`` those in view, with ``no`` those nowhere."""
    chosen = snapshot.current().select(wanted)
    placed = chosen.snapshot.incidents["lat"].known
    outside = 0
    if _one_of(request, "placed", ("yes", "no")) == "no":
        shown = ~placed
    else:
        shown = chosen.snapshot.having(mapdata.in_view(chosen, _view(request)))
        outside = int(np.count_nonzero(chosen.mask & placed & ~shown))
    pages = Paginator(_cards(chosen.keys(shown)), CARDS_A_PAGE)
    page = numbered(pages, request.GET.getlist("page"))
    return {
        "items": [cards.card(incident, wanted.to_query()) for incident in page],
        "count": pages.count,
        "outside": mapdata.outside(outside),
        "page": page.number,
        "pages": pages.num_pages,
    }


@json_answer("x", "y", "role", "page", "incident")
def spot(request: HttpRequest, wanted: IncidentFilter) -> dict[str, Any]:
    """The popup of one sign: the ``page``-th incident there, or the given ``incident``."""
    place = {name: _number(request, name) for name in ("x", "y")}
    role = _one_of(request, "role", tuple(SiteRole.values))
    here = Q(tile_x=place["x"], tile_y=place["y"], role=role)
    chosen = snapshot.current().select(wanted)
    keys = chosen.keys(chosen.snapshot.having(chosen.snapshot.sites.matching(here)))
    page = _number(request, "page", default=1)
    if asked := request.GET.get("incident"):
        page = _position(keys, asked)
    pages = Paginator(Fetched(cards.with_sources(Incident.objects.all()), keys), 1)
    shown = pages.get_page(page)
    sight = None
    for incident in shown:
        sites = Site.objects.filter(here, incident=incident).order_by("number")
        if site := sites.first():
            sight = cards.sight(incident, site, evidence.best(incident, site))
    return {"sight": sight, "page": shown.number, "pages": pages.count}


def _position(keys: NDArray[np.int64], public_id: str) -> int:
    """The place (from 1) of an incident among ``keys``; 1 where it is not there."""
    asked = Incident.objects.filter(public_id=public_id).values_list("pk", flat=True).first()
    found = np.flatnonzero(keys == (asked or 0))
    return int(found[0]) + 1 if found.size else 1


def _cards(keys: NDArray[np.int64]) -> Fetched:
    return Fetched(cards.with_parts(Incident.objects.all()), keys)


def _ground_etag(request: HttpRequest) -> str:
    return f'"{backdrop()[1]}"'


@require_safe
@gzip_page
@condition(etag_func=_ground_etag)
def ground(request: HttpRequest) -> HttpResponse:
    """The offline map's ground, in both languages; it changes with the bundled data only."""
    response = HttpResponse(backdrop()[0], content_type="application/json")
    patch_cache_control(response, private=True, max_age=3600)
    return response


# ---- the parameters of this module ----


def _view(request: HttpRequest) -> View:
    parts = request.GET.get("view", "").split(",")
    try:
        west, south, east, north = (float(part) for part in parts)
        if not all(map(math.isfinite, (west, south, east, north))):
            raise ValueError
    except ValueError:
        message = _("Write four numbers: west,south,east,north, such as 44.2,33.2,44.6,33.5.")
        raise FilterError("view", message) from None
    zoom = _number(request, "zoom", most=22)
    return View(west=max(-180, west), south=south, east=min(180, east), north=north, zoom=zoom)


def _number(
    request: HttpRequest, name: str, *, default: int | None = None, most: int = 2**31 - 1
) -> int:
    text = request.GET.get(name, "")
    if not text and default is not None:
        return default
    if not (text.isascii() and text.isdigit() and len(text) < 11 and int(text) <= most):
        raise FilterError(name, _("Write a whole number from 0 to %(most)d.") % {"most": most})
    return int(text)


def _one_of(request: HttpRequest, name: str, values: tuple[str, ...]) -> str:
    value = request.GET.get(name, "")
    if value not in values:
        raise FilterError(name, _("Give one of: %(values)s.") % {"values": ", ".join(values)})
    return value
