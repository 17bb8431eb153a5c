"""The popup of a line on the map: the way from launch to impact, and the incidents that went it."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext as _

from gazetteer import PlaceError, Point
from incidents import cards, presentation, ranges, snapshot
from incidents.filters import FilterError, IncidentFilter
from incidents.map_views import json_answer
from incidents.models import Incident, Site, SiteRole
from incidents.snapshot import Fetched
from incidents.tiles import tile_of

A_PAGE = 3


@json_answer("launch", "impact", "page")
def answer(request: HttpRequest, wanted: IncidentFilter) -> dict[str, Any]:
    """The line from ``launch=lat,lon`` to ``impact=lat,lon`` and ``A_PAGE`` of its incidents.

    ``leg`` is None where the filter leaves no incident with sites at both ends.
    """
    ends = {role: _at(request, role) for role in (SiteRole.LAUNCH, SiteRole.IMPACT)}
    if len(set(ends.values())) == 1:
        raise FilterError("impact", _("A line needs two different ends."))
    chosen = snapshot.current().select(wanted)
    sites, having = chosen.snapshot.sites, chosen.snapshot.having
    launched, hit = (having(sites.matching(_here(role, point))) for role, point in ends.items())
    rows = cards.with_parts(Incident.objects.all())
    pages = Paginator(Fetched(rows, chosen.keys(launched & hit)), A_PAGE)
    shown = pages.get_page(request.GET.get("page"))
    items = [_item(incident, ends) for incident in shown]
    return {
        "leg": {key: items[0][key] for key in ("launch", "impact", "distance", "spread")}
        if items
        else None,
        "items": items,
        "page": shown.number,
        "pages": pages.num_pages,
        "count": pages.count,
    }


def _item(incident: Incident, ends: dict[SiteRole, Point]) -> dict[str, Any]:
    launch, impact = (_site(incident, role, point) for role, point in ends.items())
    checked = ranges.check(launch, impact, ranges.weapon_of(incident))
    assert checked is not None  # the two ends differ
    return {
        "id": incident.public_id,
        "url": incident.get_absolute_url(),
        "title": presentation.title(incident),
        "when": presentation.when(incident),
        "launch": presentation.site_name(launch),
        "impact": presentation.site_name(impact),
        **ranges.told(checked),
    }


def _here(role: SiteRole, point: Point) -> Q:
    x, y = tile_of(point.lat, point.lon)
    return Q(tile_x=x, tile_y=y, role=role)


def _site(incident: Incident, role: SiteRole, point: Point) -> Site:
    """The site of the incident at this end; it was asked for by it, so there is one."""
    tile = tile_of(point.lat, point.lon)
    return next(
        site
        for site in incident.sites.all()
        if site.role == role and (site.tile_x, site.tile_y) == tile
    )


def _at(request: HttpRequest, name: str) -> Point:
    try:
        lat, lon = (float(part) for part in request.GET.get(name, "").split(","))
        return Point(lat, lon)
    except (ValueError, PlaceError):
        message = _("Write latitude and longitude, such as 33.3076,44.3903.")
        raise FilterError(name, message) from None
