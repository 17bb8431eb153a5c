"""Downloads of what a filter leaves, for programs and people: request → filter → stream."""

from __future__ import annotations

import hashlib

from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.translation import get_language
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from incidents.exports import CONTENT_TYPES, REVISION, export, filename
from incidents.filters import FilterError, IncidentFilter
from incidents.models import DataVersion

# Parameters of pages, which links from a page carry along.
PAGE_PARAMETERS = ("lang", "page", "sort", "view")


@require_safe
@gzip_page
def download(request: HttpRequest, layer: str, format_: str) -> HttpResponseBase:
    """Stream a layer. 304 where the caller's copy is still good, 400 for a bad filter."""
    own = ("excel",) if format_ == "csv" else ()
    try:
        wanted = IncidentFilter.from_query(request.GET, allowed=(*PAGE_PARAMETERS, *own))
        excel = _switch(request, "excel") if own else False
    except FilterError as error:
        return refusal(error, format_)
    etag = _etag(layer, format_, wanted.to_query(), excel)
    response: HttpResponseBase | None = get_conditional_response(request, etag=etag)
    if response is None:
        response = StreamingHttpResponse(
            export(layer, format_, wanted, excel=excel), content_type=CONTENT_TYPES[format_]
        )
        name = filename(layer, format_, wanted, timezone.localdate())
        response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["ETag"] = etag
    patch_cache_control(response, private=True, no_cache=True)
    return response


def _switch(request: HttpRequest, name: str) -> bool:
    value = request.GET.get(name, "0")
    if value not in ("0", "1"):
        raise FilterError(name, "0 / 1")
    return value == "1"


def _etag(*parts: object) -> str:
    """Changes with the data, the filter, the language of labels and what exports hold."""
    stamp = repr((DataVersion.current(), REVISION, get_language(), *parts))
    return f'"{hashlib.sha256(stamp.encode()).hexdigest()[:32]}"'


def refusal(error: FilterError, format_: str) -> HttpResponse:
    """What is wrong, in the caller's format where that can say it."""
    if format_ in ("geojson", "json"):
        return JsonResponse(
            {"error": {"parameter": error.parameter, "message": str(error.message)}}, status=400
        )
    return HttpResponse(f"{error}\n", status=400, content_type="text/plain; charset=utf-8")
