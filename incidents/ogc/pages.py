"""What the pages of the API need beside the document that programs get."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from incidents.models import SiteRole
from incidents.ogc import parameters
from incidents.ogc.collections import COLLECTIONS, Collection, Selection
from incidents.presentation import map_credits, script_strings

Context = dict[str, Any]
Document = dict[str, Any]

# What the table of features shows of each; the page of a feature shows everything.
_SHOWN = {
    "incidents": (
        "date_start",
        "event_type",
        "place_en",
        "place_ar",
        "killed_best",
        "wounded_best",
        "grade",
    ),
    "sites": ("site_role", "name_en", "name_ar", "geo_prec_m", "date_start", "event_type"),
    "trajectories": (
        "launch_en",
        "impact_en",
        "distance_km",
        "bearing_deg",
        "date_start",
        "event_type",
    ),
}


def document(request: HttpRequest, made: Document) -> Context:
    """``document``, and the address of its JSON."""
    return {"section": "ogc", "document": made, "as_json": _here(request, f="json")}


def _here(request: HttpRequest, **changes: str) -> str:
    """This page's address with other values of some parameters; "" takes one away."""
    query = request.GET.copy()
    for name, value in changes.items():
        query[name] = value
        if not value:
            del query[name]
    return f"?{query.urlencode(safe='/:,')}"


def landing(request: HttpRequest, made: Document) -> Context:
    return document(request, made) | {
        "address": request.build_absolute_uri(reverse("ogc:landing")),
        "collections": [
            (collection, collection.count(Selection())) for collection in COLLECTIONS.values()
        ],
    }


def collection(request: HttpRequest, made: Document) -> Context:
    found = COLLECTIONS[made["id"]]
    return document(request, made) | {
        "collection": found,
        "number": found.count(Selection()),
        "extent": _extent(made),
    }


def _extent(made: Document) -> list[tuple[str, str]]:
    """What there is of the extent, in words."""
    told = []
    if spatial := made["extent"].get("spatial"):
        told.append((_("Area"), ", ".join(map(str, spatial["bbox"][0]))))
    first, last = made["extent"]["temporal"]["interval"][0]
    if first:
        told.append((_("Time"), f"{first[:10]} – {last[:10]}"))
    return told


def items(request: HttpRequest, made: Document) -> Context:
    found = _collection_of(request)
    columns = _SHOWN[found.name]
    following = [link["href"] for link in made["links"] if link["rel"] == "next"]
    return document(request, made) | {
        "collection": found,
        "columns": columns,
        "rows": [
            (
                _address(found, feature["id"]),
                feature["id"],
                [_written(feature["properties"][name]) for name in columns],
            )
            for feature in made["features"]
        ],
        "next": following[0] if following else "",
        "first": _here(request, after="") if "after" in request.GET else "",
        "fields": [_field(request, one) for one in parameters.item_parameters(found)],
        "asked": [(name, ",".join(values)) for name, values in _asked(request)],
        **_map(found, made["features"]),
    }


def _asked(request: HttpRequest) -> list[tuple[str, list[Any]]]:
    """What the address asks of the features, beside their format and page."""
    return [(name, values) for name, values in request.GET.lists() if name not in ("f", "after")]


def _written(value: Any) -> str | None:
    """A value as JSON has it, without quotation marks."""
    return value if value is None or isinstance(value, str) else json.dumps(value)


def _field(request: HttpRequest, parameter: parameters.Parameter) -> Context:
    """A parameter as a field of the form. A list is written with commas, or one of it chosen."""
    schema = parameter.schema
    example = parameter.example
    return {
        "name": parameter.name,
        "description": parameter.description,
        "value": ",".join(request.GET.getlist(parameter.name)),
        "choices": schema.get("enum") or schema.get("items", {}).get("enum") or (),
        "example": ",".join(map(str, example)) if isinstance(example, list) else example,
        "number": schema["type"] == "integer",
        "hidden": parameter.name in ("f", "after"),
    }


def item(request: HttpRequest, made: Document) -> Context:
    found = _collection_of(request)
    values = made["properties"]
    return document(request, made) | {
        "collection": found,
        "incident": values.get("incident", values["id"]),
        "rows": [(field, _written(values[field.name])) for field in found.layer.fields],
        **_map(found, [made]),
    }


def _collection_of(request: HttpRequest) -> Collection:
    assert request.resolver_match is not None
    return COLLECTIONS[request.resolver_match.kwargs["name"]]


def _address(collection: Collection, feature_id: str) -> str:
    return reverse("ogc:item", kwargs={"name": collection.name, "feature_id": feature_id})


def _map(collection: Collection, features: list[Document]) -> Context:
    """What static/js/ogc.js draws: features with a geometry, each with its role."""
    return {
        "shapes": [
            {
                "id": feature["id"],
                "href": _address(collection, feature["id"]),
                "geometry": feature["geometry"],
                # An incident's place is where it hit, as far as is known.
                "role": feature["properties"].get("site_role", SiteRole.IMPACT),
                "radius_m": feature["properties"].get("geo_prec_m"),
            }
            for feature in features
            if feature["geometry"]
        ],
        "shows_demo": any(feature["properties"]["is_demo"] for feature in features),
        "strings": script_strings(),
        "credits": map_credits(),
        "tile_url": settings.TILE_URL,
        "tile_attribution": settings.TILE_ATTRIBUTION,
    }


def docs(request: HttpRequest, made: Document) -> Context:
    """The definition with what it refers to put in its place."""
    components = made["components"]

    def resolved(part: Document) -> Document:
        if "$ref" not in part:
            return part
        _hash, _components, kind, name = part["$ref"].split("/")
        found: Document = components[kind][name]
        return found

    return document(request, made) | {
        "server": made["servers"][0]["url"],
        "definition_address": reverse("ogc:api") + "?f=json",
        "operations": [
            {
                "path": path,
                "id": operation["operationId"],
                "summary": operation["summary"],
                "parameters": [_told(resolved(parameter)) for parameter in operation["parameters"]],
                "answers": [
                    (status, resolved(answer)["description"], list(resolved(answer)["content"]))
                    for status, answer in operation["responses"].items()
                ],
            }
            for path, methods in made["paths"].items()
            for operation in methods.values()
        ],
        "schemas": [
            (collection, components["schemas"][f"{collection.name}Properties"]["properties"])
            for collection in COLLECTIONS.values()
        ],
    }


def _told(parameter: Document) -> Document:
    """A parameter with its schema in words."""
    schema = parameter["schema"]
    items = schema.get("items", {})
    example = parameter.get("example")
    return {
        "name": parameter["name"],
        "where": parameter["in"],
        "kind": schema["type"],
        "description": parameter["description"],
        "choices": schema.get("enum") or items.get("enum") or (),
        "bounds": (schema["minimum"], schema["maximum"]) if "minimum" in schema else None,
        "default": schema.get("default"),
        "example": ",".join(map(str, example)) if isinstance(example, list) else example,
    }
