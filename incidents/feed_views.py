"""For those who follow the data: an Atom feed of what is published, a list of what no longer is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from incidents import cards, changes, filterbar, presentation, prose
from incidents.export_views import asked_language, etag_of, refusal
from incidents.filters import FilterError, IncidentFilter, instant, only, whole
from incidents.geojson import DECIMALS
from incidents.kml import fit_for_xml
from incidents.models import Incident

ENTRIES = 100
GONE_A_PAGE = 1_000
MOST_A_PAGE = 10_000

# Whoever stores something may need a while from its stamp to its commit.
SETTLING = timedelta(minutes=1)


@require_safe
@gzip_page
def changes_json(request: HttpRequest) -> HttpResponse:
    """``/changes.json?updated_since=…``: what was published and is no longer, oldest first.

    ``complete_until`` is the moment up to which the answer holds everything: the next
    ``updated_since``. ``next`` is the address of the rest, null at the end.
    """
    try:
        query = request.GET
        only(query, ("updated_since", "limit", "after"), also=("lang",))
        since = instant("updated_since", query.getlist("updated_since"))
        limit = whole("limit", query.getlist("limit"), low=1, high=MOST_A_PAGE)
        after = whole("after", query.getlist("after"), low=0)
    except FilterError as error:
        return refusal(error, "json")
    until = timezone.now() - SETTLING
    size = limit or GONE_A_PAGE
    found = changes.gone(since, after=after or 0, limit=size + 1)
    page, more = found[:size], len(found) > size
    following = None
    if more:
        asked = {"updated_since": query.get("updated_since"), "limit": limit, "after": page[-1].key}
        following = request.build_absolute_uri(
            f"{request.path}?{urlencode({name: v for name, v in asked.items() if v})}"
        )
    return JsonResponse(
        {
            "withdrawn": [
                {
                    "id": gone.id,
                    "what": gone.what,
                    "at": timezone.localtime(gone.at).isoformat(timespec="seconds"),
                    "merged_into": gone.merged_into,
                }
                for gone in page
            ],
            "complete_until": timezone.localtime(until).isoformat(timespec="seconds"),
            "next": following,
        },
        headers={"Cache-Control": "private, no-cache"},
    )


@dataclass(frozen=True, slots=True)
class Asked:
    """What a feed is of: the filter, and the language where the address names one."""

    wanted: IncidentFilter
    lang: str

    def address(self, route: str) -> str:
        """The address of a page of the same incidents."""
        said = self.wanted.items() + ([("lang", self.lang)] if self.lang else [])
        query = urlencode(said)
        return f"{reverse(route)}?{query}" if query else reverse(route)


class AtomWithPoints(Atom1Feed):
    """Atom 1.0 with the place of each entry as a GeoRSS simple point."""

    def root_attributes(self) -> dict[str, str]:
        return {**super().root_attributes(), "xmlns:georss": "http://www.georss.org/georss"}

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        if item["point"] is not None:
            lat, lon = item["point"]
            handler.addQuickElement(
                "georss:point", f"{round(lat, DECIMALS)} {round(lon, DECIMALS)}"
            )


class IncidentFeed(Feed):
    """The incidents of a filter that changed last. An entry's id is the incident's address."""

    feed_type = AtomWithPoints
    author_name = "Athar"

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Asked:
        wanted = IncidentFilter.from_query(request.GET, allowed=("lang",))
        return Asked(wanted, request.GET.get("lang", ""))

    def title(self, asked: Asked) -> str:
        chips = [chip.text for chip in filterbar.chips(asked.wanted, "")]
        return fit_for_xml(" · ".join([_("Athar"), _("Published incidents"), *chips]))

    def subtitle(self) -> str:
        return _("What news reports say, with the sentence behind every fact; newest change first.")

    def link(self, asked: Asked) -> str:
        return Asked(asked.wanted, "").address("incident-list")

    def feed_url(self, asked: Asked) -> str:
        return asked.address("feed")

    def items(self, asked: Asked) -> Iterable[Incident]:
        found = Incident.objects.published().filtered(asked.wanted)
        return cards.with_parts(found.order_by("-updated_at", "-pk"))[:ENTRIES]

    def item_title(self, item: Incident) -> str:
        said = {"title": presentation.title(item), "date": presentation.dates(item)}
        return fit_for_xml(_("%(title)s, %(date)s") % said)

    def item_description(self, item: Incident) -> str:
        told = prose.told(item)
        if item.is_demo:
            told += " " + _("Demo data: no record of events.")
        return escape(fit_for_xml(told))  # Django calls summaries HTML

    def item_pubdate(self, item: Incident) -> datetime | None:
        return item.published_at

    def item_updateddate(self, item: Incident) -> datetime:
        return item.updated_at

    def item_categories(self, item: Incident) -> list[str]:
        return [value for value in (item.event_type, item.weapon, item.grade) if value]

    def item_extra_kwargs(self, item: Incident) -> dict[str, Any]:
        return {"point": None if item.lat is None else (item.lat, item.lon)}


@require_safe
@gzip_page
def feed(request: HttpRequest) -> HttpResponse:
    """``/feed/?event_type=rocket``: the same filter, in Atom; ``lang`` chooses the language."""
    try:
        language = asked_language(request)
        wanted = IncidentFilter.from_query(request.GET, allowed=("lang",))
    except FilterError as error:
        return refusal(error, "atom")
    etag = etag_of("feed", request.get_host(), request.is_secure(), wanted.to_query(), language)
    response = get_conditional_response(request, etag=etag)
    if response is None:
        with override(language):
            response = IncidentFeed()(request)
        response["Content-Language"] = language
    response["ETag"] = etag
    patch_cache_control(response, private=True, no_cache=True)
    patch_vary_headers(response, ["Accept-Language", "Cookie"])
    return response
