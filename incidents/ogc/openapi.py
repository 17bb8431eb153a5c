"""The definition of the API in OpenAPI 3.0, made of what the code itself goes by.

Parameters come from ``parameters``, collections from ``collections``, properties of features from
``incidents.fields``: what is added there is described here.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from incidents.codebook import value_lists
from incidents.fields import Field
from incidents.ogc import parameters
from incidents.ogc.collections import COLLECTIONS, Collection
from incidents.ogc.parameters import Parameter

# Raise it when what is answered changes its shape: caches keep answers by it.
REVISION = 1

JSON, GEOJSON, HTML = "application/json", "application/geo+json", "text/html"
OPENAPI = "application/vnd.oai.openapi+json;version=3.0"
CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"

Schema = dict[str, Any]


def title() -> str:
    return _("Athar: reported attacks in Baghdad")


def description() -> str:
    return _(
        "Incidents read from Arabic and English news and published by editors, with the places "
        "where munitions were launched, came down or were shot down. Unknown is null and not zero; "
        "dates are local dates of Baghdad."
    )


def definition(server: str) -> Schema:
    """The whole definition, in the active language, for the API at the address ``server``."""
    return {
        "openapi": "3.0.3",
        "info": {"title": title(), "description": description(), "version": f"1.0.{REVISION}"},
        "servers": [{"url": server}],
        "tags": [
            {"name": "capabilities", "description": _("What there is, and how to ask for it.")},
            {"name": "data", "description": _("The features.")},
        ],
        "paths": _paths(),
        "components": {
            "parameters": {key: _parameter(one) for key, one in _components().items()},
            "responses": {name: _exception(text) for name, text in refusals().items()},
            "schemas": _schemas(),
        },
    }


# Paths


def _paths() -> dict[str, Schema]:
    paths = {
        "/": _get("landing", _("The entrance: links to everything else."), "landingPage"),
        "/conformance": _get(
            "conformance", _("The parts of the standard that are kept."), "conformance"
        ),
        "/collections": _get("collections", _("The collections."), "collections"),
        "/api": _get("api", _("This definition."), "definition", type_=OPENAPI),
        "/api.html": _get("api-html", _("This definition, to be read."), None, format_=False),
    }
    for collection in COLLECTIONS.values():
        name, text = collection.name, str(collection.title)
        path = f"/collections/{name}"
        paths |= {
            path: _get(
                f"{name}", _("About the collection “%(title)s”.") % {"title": text}, "collection"
            ),
            f"{path}/items": _get(
                f"{name}-items",
                _("Features of “%(title)s”") % {"title": text},
                f"{name}Page",
                type_=GEOJSON,
                tag="data",
                parameters=[_reference(collection, one) for one in _own(collection)],
                links={
                    "feature": {
                        "operationId": f"{name}-item",
                        "parameters": {"featureId": "$response.body#/features/0/id"},
                    }
                },
            ),
            f"{path}/items/{{featureId}}": _get(
                f"{name}-item",
                _("One feature of “%(title)s”") % {"title": text},
                f"{name}Feature",
                type_=GEOJSON,
                tag="data",
                parameters=[_feature_id(collection)],
                refusals=("NotFound",),
            ),
        }
    return paths


def _get(
    operation: str,
    summary: str,
    schema: str | None,
    *,
    type_: str = JSON,
    tag: str = "capabilities",
    parameters: list[Schema] | None = None,
    refusals: tuple[str, ...] = (),
    links: Schema | None = None,
    format_: bool = True,
) -> Schema:
    """One path. ``format_`` says that the answer comes in JSON as well as in HTML."""
    content: Schema = {HTML: {"schema": {"type": "string"}}}
    asked = list(parameters or ())
    if format_:
        content = {type_: {"schema": {"$ref": f"#/components/schemas/{schema}"}}} | content
        asked.append({"$ref": "#/components/parameters/f"})
    refused = ("InvalidParameter", "LoginRequired", *refusals, "NotAcceptable", "ServerError")
    return {
        "get": {
            "operationId": operation,
            "tags": [tag],
            "summary": summary,
            "parameters": asked,
            "responses": {
                "200": {"description": summary, "content": content}
                | ({"links": links} if links else {}),
                **{
                    str(STATUS[name]): {"$ref": f"#/components/responses/{name}"}
                    for name in refused
                },
            },
        }
    }


# Parameters


def _own(collection: Collection) -> list[Parameter]:
    return [p for p in parameters.item_parameters(collection) if p is not parameters.FORMAT]


def _components() -> dict[str, Parameter]:
    """Every parameter by its key among the components."""
    found = {parameters.FORMAT.name: parameters.FORMAT}
    for collection in COLLECTIONS.values():
        found |= {_component(collection, one): one for one in _own(collection)}
    return found


def _component(collection: Collection, parameter: Parameter) -> str:
    own = parameter.name == "after"
    return f"{collection.name}-{parameter.name}" if own else parameter.name


def _reference(collection: Collection, parameter: Parameter) -> Schema:
    return {"$ref": f"#/components/parameters/{_component(collection, parameter)}"}


def _parameter(parameter: Parameter) -> Schema:
    made = {
        "name": parameter.name,
        "in": "query",
        "required": False,
        "style": "form",
        "explode": False,
        "description": str(parameter.description),
        "schema": parameter.schema,
    }
    return made if parameter.example is None else made | {"example": parameter.example}


def _feature_id(collection: Collection) -> Schema:
    return {
        "name": "featureId",
        "in": "path",
        "required": True,
        "description": _("The id of the feature."),
        "schema": {"type": "string", "pattern": collection.id_pattern},
        "example": "BGD-2020-11-17-01" + collection.suffix.format(1, 2),
    }


# Refusals

STATUS = {
    "InvalidParameter": 400,
    "LoginRequired": 401,
    "NotFound": 404,
    "MethodNotAllowed": 405,
    "NotAcceptable": 406,
    "ServerError": 500,
}


def refusals() -> dict[str, str]:
    """What each code says, where there is no more to say."""
    return {
        "InvalidParameter": _("A parameter does not exist or has a value that it cannot have."),
        "LoginRequired": _("This site asks for a login."),
        "NotFound": _("There is no such thing here."),
        "MethodNotAllowed": _("Only GET and HEAD are answered."),
        "NotAcceptable": _("The answer does not come in a format that the Accept header allows."),
        "ServerError": _("Something went wrong on the server."),
    }


def _exception(text: str) -> Schema:
    return {
        "description": text,
        "content": {
            JSON: {"schema": {"$ref": "#/components/schemas/exception"}},
            HTML: {"schema": {"type": "string"}},
        },
    }


# Schemas

_TEXT: Schema = {"type": "string"}
_LINKS: Schema = {"type": "array", "items": {"$ref": "#/components/schemas/link"}}
_TYPES: dict[str, Schema] = {
    "text": _TEXT,
    "list": _TEXT,
    "integer": {"type": "integer"},
    "number": {"type": "number"},
    "boolean": {"type": "boolean"},
    "date": {"type": "string", "format": "date"},
    "time": {"type": "string", "pattern": "^[0-2][0-9]:[0-5][0-9]$"},
    "instant": {"type": "string", "format": "date-time"},
}
_POSITION: Schema = {
    "type": "array",
    "items": {"type": "number", "minimum": -180, "maximum": 180},
    "minItems": 2,
    "maxItems": 2,
}
_GEOMETRIES: dict[int, Schema] = {
    1: {
        "type": "object",
        "nullable": True,
        "required": ["type", "coordinates"],
        "properties": {"type": {"type": "string", "enum": ["Point"]}, "coordinates": _POSITION},
    },
    2: {
        "type": "object",
        "required": ["type", "coordinates"],
        "properties": {
            "type": {"type": "string", "enum": ["LineString"]},
            "coordinates": {"type": "array", "items": _POSITION, "minItems": 2, "maxItems": 2},
        },
    },
}
_DATE: Schema = {"type": "string", "format": "date"}


def _object(required: str, **properties: Schema) -> Schema:
    return {"type": "object", "required": required.split(), "properties": properties}


def _schemas() -> dict[str, Schema]:
    schemas = {
        "exception": _object("code description", code=_TEXT, description=_TEXT),
        "link": _object("href rel", href=_TEXT, rel=_TEXT, type=_TEXT, title=_TEXT),
        "landingPage": _object("links", title=_TEXT, description=_TEXT, links=_LINKS),
        "conformance": _object("conformsTo", conformsTo={"type": "array", "items": _TEXT}),
        "definition": _object(
            "openapi info paths", openapi=_TEXT, info={"type": "object"}, paths={"type": "object"}
        ),
        "collections": _object(
            "links collections",
            links=_LINKS,
            collections={"type": "array", "items": {"$ref": "#/components/schemas/collection"}},
        ),
        "collection": _object(
            "id links",
            id=_TEXT,
            title=_TEXT,
            description=_TEXT,
            links=_LINKS,
            extent={"$ref": "#/components/schemas/extent"},
            itemType=_TEXT,
            crs={"type": "array", "items": _TEXT},
        ),
        "extent": _extent(),
        "time": {
            "description": _(
                "When it was, as JSON-FG has it: a date, an interval of days, or null."
            ),
            "type": "object",
            "nullable": True,
            "properties": {
                "date": _DATE,
                "interval": {"type": "array", "items": _DATE, "minItems": 2, "maxItems": 2},
            },
        },
    }
    for collection in COLLECTIONS.values():
        name = collection.name
        schemas |= {
            f"{name}Properties": properties(collection),
            f"{name}Feature": _object(
                "type id geometry properties time",
                type={"type": "string", "enum": ["Feature"]},
                id={"type": "string", "pattern": collection.id_pattern},
                geometry=_GEOMETRIES[len(collection.points)],
                time={"$ref": "#/components/schemas/time"},
                properties={"$ref": f"#/components/schemas/{name}Properties"},
                links=_LINKS,
            ),
            f"{name}Page": _object(
                "type features links timeStamp numberMatched numberReturned",
                type={"type": "string", "enum": ["FeatureCollection"]},
                features={
                    "type": "array",
                    "items": {"$ref": f"#/components/schemas/{name}Feature"},
                    "maxItems": parameters.MOST,
                },
                links=_LINKS,
                timeStamp={"type": "string", "format": "date-time"},
                numberMatched={"type": "integer", "minimum": 0},
                numberReturned={"type": "integer", "minimum": 0},
            ),
        }
    return schemas


def _extent() -> Schema:
    box = {"type": "array", "items": {"type": "number"}, "minItems": 4, "maxItems": 4}
    moments = {
        "type": "array",
        "items": {"type": "string", "format": "date-time", "nullable": True},
        "minItems": 2,
        "maxItems": 2,
    }
    return {
        "type": "object",
        "properties": {
            "spatial": _object(
                "bbox",
                bbox={"type": "array", "items": box, "minItems": 1},
                crs={"type": "string", "enum": [CRS84]},
            ),
            "temporal": _object("interval", interval={"type": "array", "items": moments}),
        },
    }


def properties(collection: Collection) -> Schema:
    """The schema of a feature's properties."""
    return {
        "type": "object",
        "required": [field.name for field in collection.layer.fields],
        "properties": {field.name: _property(field) for field in collection.layer.fields},
    }


def _property(field: Field) -> Schema:
    notes = (field.meaning, field.derived, field.unit)
    schema = _TYPES[field.kind] | {"description": " ".join(str(note) for note in notes if note)}
    values: list[str | int | None] = []
    # Lists are joined into one text, and weapons keep the keys of older lexicons.
    if field.values and field.kind != "list" and field.values != "weapon":
        read = int if field.kind == "integer" else str
        values = [read(each.value) for each in value_lists()[field.values].values]
    if not field.filled:
        schema["nullable"] = True
    if values:
        schema["enum"] = values if field.filled else [*values, None]
    return schema
