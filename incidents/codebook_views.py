"""The codebook as a page and for programs."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response, patch_cache_control
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from incidents import codebook
from incidents.export_views import etag_of, refusal
from incidents.filters import FilterError, only
from incidents.profiles import PROFILES


@require_safe
@gzip_page
def page(request: HttpRequest) -> HttpResponse:
    """``/codebook/``: every field under an anchor of its own, ``#incidents-killed_best``."""
    return render(
        request,
        "codebook.html",
        {
            "section": "codebook",
            "parts": codebook.parts(),
            "lists": codebook.value_lists().values(),
            "groups": codebook.groups(),
            "profiles": PROFILES.values(),
            "limits": codebook.LIMITS,
            "evaluation": codebook.evaluation(),
        },
    )


@require_safe
@gzip_page
def as_json(request: HttpRequest) -> HttpResponse:
    """``/codebook.json``: the same, every text in both languages."""
    try:
        only(request.GET, ())
    except FilterError as error:
        return refusal(error, "json")
    etag = etag_of("codebook")
    response = get_conditional_response(request, etag=etag)
    if response is None:
        response = JsonResponse(
            codebook.as_json(), json_dumps_params={"ensure_ascii": False, "indent": 1}
        )
    response["ETag"] = etag
    patch_cache_control(response, private=True, no_cache=True)
    return response
