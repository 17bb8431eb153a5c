"""Downloads of what a filter leaves, for programs and people: request → filter → stream."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import (
    get_conditional_response,
    patch_cache_control,
    patch_vary_headers,
)
from django.utils.translation import get_language
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from incidents.exports import CONTENT_TYPES, REVISION, export, filename
from incidents.filters import FilterError, IncidentFilter, one_choice
from incidents.models import DataVersion
from incidents.profiles import PROFILES


@require_safe
@gzip_page
def download(request: HttpRequest, layer: str, format_: str) -> HttpResponseBase:
    """Stream a layer. 304 where the caller's copy is still good, 400 for a bad filter.

    CSV knows ``excel=1`` and, of incidents, ``profile``; ``lang`` chooses the language of labels.
    """
    own: tuple[str, ...] = ()
    if format_ == "csv":
        own = ("excel", "profile") if layer == "incidents" else ("excel",)
    try:
        wanted = IncidentFilter.from_query(request.GET, allowed=("lang", *own))
        how: dict[str, Any] = {
            "excel": one_of(request, "excel", ("0", "1"), "0") == "1",
            "profile": one_of(request, "profile", PROFILES, ""),
            "language": asked_language(request),
        }
    except FilterError as error:
        return refusal(error, format_)
    etag = etag_of(layer, format_, wanted.to_query(), how)
    response: HttpResponseBase | None = get_conditional_response(request, etag=etag)
    if response is None:
        response = StreamingHttpResponse(
            export(layer, format_, wanted, **how), content_type=CONTENT_TYPES[format_]
        )
        name = filename(layer, format_, wanted, timezone.localdate(), profile=how["profile"])
        response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["ETag"] = etag
    patch_cache_control(response, private=True, no_cache=True)
    patch_vary_headers(response, ["Accept-Language", "Cookie"])
    return response


def asked_language(request: HttpRequest) -> str:
    """The language of ``lang``, else the reader's."""
    return one_of(request, "lang", dict(settings.LANGUAGES), get_language() or "en")


def one_of(request: HttpRequest, name: str, choices: Iterable[str], default: str) -> str:
    """The value of a parameter that is none of the filter's."""
    return one_choice(name, request.GET.getlist(name), choices) or default


def etag_of(*parts: object) -> str:
    """Changes with the data, with what exports hold, and with ``parts``."""
    stamp = repr((DataVersion.current(), REVISION, *parts))
    return f'"{hashlib.sha256(stamp.encode()).hexdigest()[:32]}"'


def refusal(error: FilterError, format_: str) -> HttpResponse:
    """What is wrong, in the caller's format where that can say it."""
    if format_ in ("geojson", "json"):
        return json_refusal(str(error.message), 400, error.parameter)
    return HttpResponse(f"{error}\n", status=400, content_type="text/plain; charset=utf-8")


def json_refusal(message: str, status: int, parameter: str | None = None) -> JsonResponse:
    """Why there is no answer, for programs; 401 says how to log in."""
    body = {"error": {"parameter": parameter, "message": message}}
    response = JsonResponse(body, status=status)
    if status == 401:
        response["WWW-Authenticate"] = challenge()
    return response


def challenge() -> str:
    """What a 401 asks for: the cookie of a login."""
    return f'Cookie realm="Athar", form-action="{settings.LOGIN_URL}"'
