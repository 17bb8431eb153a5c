"""What may be asked: each parameter with its schema, and how a query string is read.

The parameters of the one filter (``incidents.filters``) are taken from there, so that a filter
that is added to the application is a parameter here. ``bbox`` is the standard's, not the filter's.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from extraction.text import lexicon
from incidents.filters import (
    CHOICES,
    DECIMAL,
    MAX_NUMBER,
    MAX_QUERY,
    PARAMETERS,
    BBox,
    FilterError,
    IncidentFilter,
    instant,
    one_choice,
    only,
    whole,
)
from incidents.ogc.collections import Collection, Key, Selection

LIMIT, MOST = 100, 10_000
FORMATS = ("json", "html")
_OPEN = ("", "..")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter in the query string. ``schema`` is one of OpenAPI 3.0."""

    name: str
    schema: dict[str, Any]
    description: str | Promise
    example: Any = None


@dataclass(frozen=True, slots=True)
class Asked:
    """What a query string asks of a collection's items."""

    selection: Selection
    limit: int
    after: Key | None


FORMAT = Parameter(
    "f",
    {"type": "string", "enum": list(FORMATS)},
    _("The format of the answer, whatever the Accept header says."),
)
BBOX = Parameter(
    "bbox",
    {
        "type": "array",
        "items": {"type": "number"},
        "oneOf": [{"minItems": 4, "maxItems": 4}, {"minItems": 6, "maxItems": 6}],
    },
    _(
        "Only features in this box: west,south,east,north in degrees of WGS 84, edges included; of "
        "six numbers the third and the sixth are heights, which no feature has. An incident is in "
        "the box if one of its sites is. Features without a geometry are in every box, as the "
        "standard wants it; leave them out with placed=true. A box across the 180th meridian has a "
        "positive west and a negative east; otherwise west must not exceed east."
    ),
    [44.2, 33.2, 44.6, 33.5],
)
DATETIME = Parameter(
    "datetime",
    {"type": "string"},
    _(
        "Only features of this time: a date or an RFC 3339 date-time, or an interval of two with a "
        "slash between them, of which one may be open (..). Incidents have local dates of Baghdad; "
        "a date-time means the day on which it falls there. An inexact date matches when its "
        "interval overlaps. Features without a date are in every time, as the standard wants it; "
        "leave them out with from and to."
    ),
    "2020-11-01/..",
)
PLACED = Parameter(
    "placed",
    {"type": "string", "enum": ["true", "false"]},
    _("true: only features with a geometry; false: only those without."),
)
PAGE_SIZE = Parameter(
    "limit",
    {"type": "integer", "minimum": 1, "maximum": MOST, "default": LIMIT},
    _("How many features a page holds at most."),
)


def after(collection: Collection) -> Parameter:
    """The parameter that the ``next`` links of a collection have."""
    return Parameter(
        "after",
        {"type": "string", "pattern": collection.key_pattern},
        _("Where the page begins. Take it from the link “next”: what it holds may change."),
    )


def item_parameters(collection: Collection) -> list[Parameter]:
    """All parameters of a collection's items."""
    return [BBOX, DATETIME, PAGE_SIZE, *_FILTERS, PLACED, after(collection), FORMAT]


def read_items(query: QueryDict, collection: Collection) -> Asked:
    """Raises FilterError for the first thing that is wrong."""
    names = [parameter.name for parameter in item_parameters(collection)]
    check(query, names)
    own = set(names) - {parameter.name for parameter in _FILTERS}
    given = query.copy()
    for name in own:
        given.pop(name, None)
    first, last = _time(query)
    placed = one_choice("placed", query.getlist("placed"), PLACED.schema["enum"])
    return Asked(
        Selection(
            wanted=IncidentFilter.from_query(given),
            boxes=_boxes(query),
            first=first,
            last=last,
            placed=placed == "true" if placed else None,
        ),
        limit=whole("limit", query.getlist("limit"), low=1, high=MOST) or LIMIT,
        after=_key(query, collection),
    )


def check(query: QueryDict, names: list[str]) -> None:
    """Refuse parameters that do not exist or hold nothing."""
    only(query, names)
    for name, values in query.lists():
        if not all(value.strip() for value in values):
            raise FilterError(name, _("Give a value, or leave the parameter away."))


def format_of(query: QueryDict) -> str:
    """What ``f`` asks for; "" if it is not there."""
    return one_choice("f", query.getlist("f"), FORMATS)


def _one(query: QueryDict, name: str) -> str | None:
    values = query.getlist(name)
    if len(values) > 1:
        raise FilterError(name, _("Give this filter once."))
    return values[0] if values else None


def _boxes(query: QueryDict) -> tuple[BBox, ...]:
    text = _one(query, "bbox")
    if text is None:
        return ()
    parts = text.split(",")
    if len(parts) not in (4, 6) or not all(map(DECIMAL.fullmatch, parts)):
        raise FilterError(
            "bbox",
            _(
                "Write four numbers: west,south,east,north, such as 44.2,33.2,44.6,33.5; or six, "
                "with the lowest height after south and the highest after north."
            ),
        )
    numbers = [float(part) for part in parts]
    if len(numbers) == 6:
        if numbers[2] > numbers[5]:
            raise FilterError("bbox", _("The lowest height must not exceed the highest."))
        del numbers[5], numbers[2]
    west, south, east, north = numbers
    if east < 0 < west:
        return (_box(west, south, 180, north), _box(-180, south, east, north))
    return (_box(west, south, east, north),)


def _box(*numbers: float) -> BBox:
    box = IncidentFilter.from_query({"bbox": ",".join(map(repr, numbers))}).bbox
    assert box is not None
    return box


def _time(query: QueryDict) -> tuple[date | None, date | None]:
    """The first and the last day; None where that end is open."""
    text = _one(query, "datetime")
    if text is None:
        return None, None
    start, slash, end = text.partition("/")
    if not slash:
        day = _day(start)
        return day, day
    if start in _OPEN and end in _OPEN:
        raise FilterError("datetime", _("Give at least one end of the interval."))
    first = None if start in _OPEN else _day(start)
    last = None if end in _OPEN else _day(end)
    if first and last and first > last:
        raise FilterError("datetime", _("The interval ends before it begins."))
    return first, last


def _day(text: str) -> date:
    """The day in Baghdad on which an instant falls."""
    # GDAL writes a date as 2020-11-17T.
    moment = instant("datetime", [text.removesuffix("T")])
    try:
        if moment is None:
            raise OverflowError
        return timezone.localdate(moment)
    except OverflowError:
        raise FilterError(
            "datetime",
            _("“%(value)s” is no date. Write it as 2020-11-17.") % {"value": text[:40]},
        ) from None


def _key(query: QueryDict, collection: Collection) -> Key | None:
    text = _one(query, "after")
    if text is None:
        return None
    try:
        return collection.read_key(text)
    except ValueError:
        raise FilterError(
            "after", _("This is from no link “next” of this collection. Begin without it.")
        ) from None


# The parameters of the one filter

_DESCRIPTIONS: dict[str, str | Promise] = {
    "from": _("Only incidents on or after this day (local date of Baghdad)."),
    "to": _("Only incidents on or before this day (local date of Baghdad)."),
    "event_type": _("Kinds of event; any of them."),
    "weapon": _("Keys of the weapon lexicon; any of them."),
    "role": _(
        "Only incidents with a site of one of these roles, and of sites only those. role, place "
        "and bbox speak of one and the same site."
    ),
    "actor": _("Groups that claim, are blamed or deny: their key or any spelling; any of them."),
    "place": _("Keys of places in the gazetteer; what lies inside counts; any of them."),
    "min_killed": _("At least this many killed (best figure); unknown does not match."),
    "min_wounded": _("At least this many wounded (best figure); unknown does not match."),
    "grade": _("Grades; any of them."),
    "daypart": _("Times of day; any of them."),
    "q": _("Free text: every word must occur. Arabic and English spelling is evened out."),
    "updated_since": _(
        "Only incidents that changed at or after this moment. What was withdrawn since is listed "
        "at /changes.json."
    ),
}
_EXAMPLES: dict[str, Any] = {
    "from": "2020-01-01",
    "to": "2020-12-31",
    "event_type": ["rocket", "mortar"],
    "weapon": ["katyusha"],
    "role": ["impact"],
    "place": ["green-zone"],
    "min_killed": 1,
    "min_wounded": 1,
    "updated_since": "2026-11-01T00:00:00Z",
}


def _schema(name: str, kind: str) -> dict[str, Any]:
    """The schema of a filter by the type of its field."""
    match kind:
        case "date | None":
            return {"type": "string", "format": "date"}
        case "datetime | None":
            return {"type": "string", "anyOf": [{"format": "date-time"}, {"format": "date"}]}
        case "int | None":
            return {"type": "integer", "minimum": 0, "maximum": MAX_NUMBER}
        case "tuple[str, ...]":
            items: dict[str, Any] = {"type": "string", "pattern": r"^[^\x00,]*[^\x00\s,][^\x00,]*$"}
            if name in CHOICES:
                items = {"type": "string", "enum": CHOICES[name]}
            elif name == "weapon":
                items = {"type": "string", "enum": sorted(lexicon.weapons())}
            return {"type": "array", "items": items, "minItems": 1}
        case "str":
            # Something to look for, and no NUL, which no database stores.
            return {
                "type": "string",
                "maxLength": MAX_QUERY,
                "pattern": r"^[^\x00]*[^\x00\s][^\x00]*$",
            }
    raise TypeError(f"the filter {name} has a type that has no schema: {kind}")


_FILTERS: list[Parameter] = [
    Parameter(
        name,
        _schema(attribute, kind),
        _DESCRIPTIONS.get(name, ""),
        _EXAMPLES.get(name),
    )
    for name, attribute in PARAMETERS.items()
    for kind in [str(next(item.type for item in fields(IncidentFilter) if item.name == attribute))]
    if name != BBOX.name
]
