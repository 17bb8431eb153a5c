"""The answers of the API: a question is read, a document made, and given as JSON or as a page.

Whatever the path, the same rules hold: GET and HEAD only, no parameter that is not declared, the
format by ``f`` or by the Accept header. A refusal says what is wrong as ``{code, description}``,
or as a page to those who asked for one.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.gzip import gzip_page

from incidents import geojson
from incidents.export_views import challenge
from incidents.filters import FilterError
from incidents.layers import Record
from incidents.models import DataVersion, DatePrecision
from incidents.ogc import openapi, pages, parameters
from incidents.ogc.collections import COLLECTIONS, Collection
from incidents.ogc.openapi import CRS84, GEOJSON, HTML, JSON, OPENAPI, REVISION, STATUS

CONFORMS_TO = [
    f"http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/{part}"
    for part in ("core", "oas30", "html", "geojson")
]

Document = dict[str, Any]
Make = Callable[..., Document]
View = Callable[..., HttpResponseBase]


class RefusalError(Exception):
    """What is asked for is not given. ``code`` is a key of ``STATUS``."""

    def __init__(self, code: str, description: str = "") -> None:
        super().__init__(code, description)
        self.code = code
        self.description = description or openapi.refusals()[code]


def resource(
    template: str,
    context: Callable[..., dict[str, Any]],
    *,
    type_: str = JSON,
    formats: tuple[str, ...] = parameters.FORMATS,
) -> Callable[[Make], View]:
    """A view that answers with the document that the decorated function makes of a request.

    ``type_`` is the media type of its JSON; ``context`` makes what the template needs of it. The
    function checks the parameters and raises FilterError or RefusalError.
    """

    def decorate(make: Make) -> View:
        # Whoever asks comes here, to be refused in the API's own words.
        @csrf_exempt
        @login_not_required
        @gzip_page
        @wraps(make)
        def view(request: HttpRequest, **named: str) -> HttpResponseBase:
            try:
                response = _answer(request, named)
            except FilterError as error:
                response = _refused(request, RefusalError("InvalidParameter", str(error)))
            except RefusalError as refusal:
                response = _refused(request, refusal)
            if settings.PUBLIC_MAP:
                # The same for everybody, so that other sites' pages may read it. Where a login is
                # asked for they may not: they would read it with the visitor's account.
                response["Access-Control-Allow-Origin"] = "*"
            patch_cache_control(response, private=True, no_cache=True)
            patch_vary_headers(response, ["Accept", "Accept-Language", "Cookie"])
            return response

        def _answer(request: HttpRequest, named: dict[str, str]) -> HttpResponseBase:
            if request.method not in ("GET", "HEAD"):
                raise RefusalError("MethodNotAllowed")
            if not (settings.PUBLIC_MAP or request.user.is_authenticated):
                raise RefusalError("LoginRequired")
            if _format(request, type_, formats) == "html":
                if any("" in values for _name, values in request.GET.lists()):
                    # An empty field of the form on the page asks for nothing.
                    return HttpResponseRedirect(_address(request, without_empty=True))
                return render(request, template, context(request, make(request, **named)))
            etag = _etag(request)
            response: HttpResponseBase | None = None
            # An ETag was given by an answer; "*" may come with what is to be refused.
            if request.headers.get("If-None-Match") != "*":
                response = get_conditional_response(request, etag=etag)
            if response is None:
                response = HttpResponse(_dumps(make(request, **named)), content_type=type_)
            response["ETag"] = etag
            return response

        return view

    return decorate


def _format(request: HttpRequest, type_: str, formats: tuple[str, ...]) -> str:
    """``json`` or ``html``."""
    if asked := parameters.format_of(request.GET):
        return asked
    kinds = {"json": [type_, type_.partition(";")[0], JSON], "html": [HTML]}
    offered = [(kind, name) for name in formats for kind in kinds[name]]
    preferred = request.get_preferred_type([kind for kind, _name in offered])
    if preferred is None:
        raise RefusalError("NotAcceptable")
    return dict(offered)[preferred]


def _refused(request: HttpRequest, refusal: RefusalError) -> HttpResponseBase:
    wants_page = (
        request.GET.get("f") == "html"
        if "f" in request.GET
        else request.get_preferred_type([JSON, HTML]) == HTML
    )
    status = STATUS[refusal.code]
    response: HttpResponse
    if wants_page and refusal.code == "LoginRequired":
        return redirect_to_login(request.get_full_path())
    if wants_page:
        context = {"refusal": refusal, "status": status}
        response = render(request, "ogc/refusal.html", context, status=status)
    else:
        document = {"code": refusal.code, "description": refusal.description}
        response = HttpResponse(_dumps(document), content_type=JSON, status=status)
    if refusal.code == "MethodNotAllowed":
        response["Allow"] = "GET, HEAD"
    if refusal.code == "LoginRequired":
        response["WWW-Authenticate"] = challenge()
    return response


def _etag(request: HttpRequest) -> str:
    """Weak, for the time of the answer is in it. It belongs to this address in this language."""
    stamp = repr((REVISION, DataVersion.current(), get_language(), request.build_absolute_uri()))
    return f'W/"{hashlib.sha256(stamp.encode()).hexdigest()[:32]}"'


def _dumps(document: Document) -> str:
    return json.dumps(document, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


# Addresses and links


def _absolute(request: HttpRequest, view: str, /, **named: str) -> str:
    return request.build_absolute_uri(reverse(f"ogc:{view}", kwargs=named))


def _address(request: HttpRequest, *, without_empty: bool = False, **changes: str | None) -> str:
    """This very address, with parameters set or (None) taken away."""
    query = request.GET.copy()
    for name, value in changes.items():
        query.pop(name, None)
        if value is not None:
            query[name] = value
    if without_empty:
        for name, values in list(query.lists()):
            query.setlist(name, [value for value in values if value])
    written = query.urlencode(safe="/:,")
    path = request.build_absolute_uri(request.path)
    return f"{path}?{written}" if written else path


def _link(href: str, rel: str, type_: str, title: str) -> dict[str, str]:
    return {"href": href, "rel": rel, "type": type_, "title": str(title)}


def _representations(request: HttpRequest, type_: str = JSON) -> list[dict[str, str]]:
    """Links to this document and to the page that says the same."""
    return [
        _link(_address(request), "self", type_, _("This document")),
        _link(_address(request, f="html"), "alternate", HTML, _("This document as a page")),
    ]


# Resources


def _only_format(request: HttpRequest) -> None:
    parameters.check(request.GET, [parameters.FORMAT.name])


def _collection(name: str) -> Collection:
    if name not in COLLECTIONS:
        raise RefusalError(
            "NotFound",
            _("There is no such collection. There are: %(names)s.")
            % {"names": ", ".join(COLLECTIONS)},
        )
    return COLLECTIONS[name]


@resource("ogc/landing.html", pages.landing)
def landing(request: HttpRequest) -> Document:
    _only_format(request)
    api, docs = _absolute(request, "api"), _absolute(request, "docs")
    return {
        "title": openapi.title(),
        "description": openapi.description(),
        "links": [
            *_representations(request),
            _link(api, "service-desc", OPENAPI, _("Definition of the API (OpenAPI 3.0)")),
            _link(docs, "service-doc", HTML, _("Documentation of the API")),
            _link(
                _absolute(request, "conformance"),
                "conformance",
                JSON,
                _("The parts of the standard that are kept"),
            ),
            _link(_absolute(request, "collections"), "data", JSON, _("Collections")),
        ],
    }


@resource("ogc/conformance.html", pages.document)
def conformance(request: HttpRequest) -> Document:
    _only_format(request)
    return {"conformsTo": CONFORMS_TO, "links": _representations(request)}


@resource("ogc/collections.html", pages.document)
def collections(request: HttpRequest) -> Document:
    _only_format(request)
    return {
        "links": _representations(request),
        "collections": [_about(request, collection, []) for collection in COLLECTIONS.values()],
    }


@resource("ogc/collection.html", pages.collection)
def collection(request: HttpRequest, name: str) -> Document:
    _only_format(request)
    return _about(request, _collection(name), _representations(request))


def _about(request: HttpRequest, collection: Collection, links: list[dict[str, str]]) -> Document:
    title = str(collection.title)
    own = _absolute(request, "collection", name=collection.name)
    items = _absolute(request, "items", name=collection.name)
    links = links or [
        _link(own, "self", JSON, title),
        _link(f"{own}?f=html", "alternate", HTML, title),
    ]
    return {
        "id": collection.name,
        "title": title,
        "description": str(collection.description),
        "itemType": "feature",
        "crs": [CRS84],
        "extent": _extent(collection),
        "links": [
            *links,
            _link(items, "items", GEOJSON, _("Features of “%(title)s”") % {"title": title}),
            _link(
                f"{items}?f=html", "items", HTML, _("Features of “%(title)s”") % {"title": title}
            ),
            _link(
                request.build_absolute_uri(reverse("codebook")),
                "describedby",
                HTML,
                _("Codebook"),
            ),
        ],
    }


def _extent(collection: Collection) -> Document:
    """An empty collection is nowhere, and its time is open at both ends."""
    extent = collection.extent()
    interval = [moment and moment.isoformat() for moment in extent.interval or (None, None)]
    found: Document = {"temporal": {"interval": [interval]}}
    if extent.box:
        box = [round(edge, geojson.DECIMALS) for edge in extent.box]
        found["spatial"] = {"bbox": [box], "crs": CRS84}
    return found


@resource("ogc/items.html", pages.items, type_=GEOJSON)
def items(request: HttpRequest, name: str) -> Document:
    collection = _collection(name)
    asked = parameters.read_items(request.GET, collection)
    page = collection.page(asked.selection, asked.after, asked.limit)
    links = _representations(request, GEOJSON)
    if page.last:
        following = _address(request, after=collection.write_key(page.last))
        links.append(_link(following, "next", GEOJSON, _("Next page")))
    own = _absolute(request, "collection", name=name)
    links.append(_link(own, "collection", JSON, str(collection.title)))
    return {
        "type": "FeatureCollection",
        "numberMatched": collection.count(asked.selection),
        "numberReturned": len(page.records),
        "timeStamp": timezone.now().strftime("%Y-%m-%dT%H:%M:%SZ"),
        "links": links,
        "features": [_feature(record) for record in page.records],
    }


@resource("ogc/item.html", pages.item, type_=GEOJSON)
def item(request: HttpRequest, name: str, feature_id: str) -> Document:
    collection = _collection(name)
    _only_format(request)
    record = collection.one(feature_id)
    if record is None:
        raise RefusalError("NotFound", _("There is no feature of that id, or it is not published."))
    own = _absolute(request, "collection", name=name)
    links = [
        *_representations(request, GEOJSON),
        _link(own, "collection", JSON, str(collection.title)),
    ]
    return _feature(record) | {"links": links}


def _feature(record: Record) -> Document:
    """A feature with its time as JSON-FG has it."""
    return geojson.feature(record) | {"time": _time(record.values)}


def _time(values: Document) -> Document | None:
    first, last = values["date_start"], values["date_end"]
    if first is None:
        return None
    if values["date_precision"] == DatePrecision.DAY and first == last:
        return {"date": first}
    return {"interval": [first, last]}


@resource("ogc/docs.html", pages.docs, type_=OPENAPI)
def api(request: HttpRequest) -> Document:
    _only_format(request)
    return openapi.definition(_absolute(request, "landing").removesuffix("/"))


@resource("ogc/docs.html", pages.docs, formats=("html",))
def docs(request: HttpRequest) -> Document:
    parameters.check(request.GET, [])
    return openapi.definition(_absolute(request, "landing").removesuffix("/"))


@resource("ogc/refusal.html", pages.document)
def nothing(request: HttpRequest, rest: str) -> Document:
    raise RefusalError("NotFound", _("There is no such thing here. Begin at /ogc/."))
