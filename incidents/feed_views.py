"""For programs that follow the data: what is no longer published."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from incidents import changes
from incidents.export_views import refusal
from incidents.filters import FilterError, instant, only, whole

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
