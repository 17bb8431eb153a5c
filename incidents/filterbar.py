"""What the filter bar offers and what it says is chosen. The filter itself is in ``filters``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

import gazetteer
from incidents import presentation, snapshot
from incidents.filters import IncidentFilter
from incidents.models import (
    Actor,
    DataVersion,
    Daypart,
    EventType,
    Grade,
    SiteRole,
    localised,
)

Choices = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Chip:
    """One thing that is filtered by, and the address of the page without it."""

    text: str
    href: str


@dataclass(frozen=True, slots=True)
class Group:
    """A parameter with several choices; ``chosen`` are those that are on."""

    name: str
    title: str
    choices: Choices
    chosen: tuple[str, ...]


def bar(request: HttpRequest, wanted: IncidentFilter) -> dict[str, Any]:
    """The template context of ``incidents/_filters.html``."""
    places, actors = occurring()
    return {
        "filter": wanted,
        "query": wanted.to_query(),
        "chips": chips(wanted, request.path),
        "periods": periods(timezone.localdate()),
        "events": Group("event_type", _("Event"), _labels(EventType), wanted.event_type),
        "weapons": Group("weapon", _("Weapon"), presentation.weapons(), wanted.weapon),
        "roles": Group(
            "role",
            _("Role of the site"),
            [(role.value, presentation.role_name(role)) for role in presentation.ROLE_ORDER],
            wanted.role,
        ),
        "grades": Group("grade", _("Grade of evidence"), _labels(Grade), wanted.grade),
        "dayparts": Group(
            "daypart",
            _("Time of day"),
            [(value, presentation.daypart_name(value)) for value in Daypart.values],
            wanted.daypart,
        ),
        "places": Group("place", _("Place"), _with(places, wanted.place, place_name), wanted.place),
        "actors": Group(
            "actor", _("Group or force"), _with(actors, wanted.actor, actor_name), wanted.actor
        ),
        "exports": exports(),
    }


def _labels(choices: Any) -> Choices:
    return [(value, capfirst(str(label))) for value, label in choices.choices]


def _with(offered: Choices, chosen: Iterable[str], name: Any) -> Choices:
    """The choices, and what is chosen without being offered."""
    known = {value for value, _label in offered}
    return offered + [(value, name(value)) for value in chosen if value not in known]


def occurring() -> tuple[Choices, Choices]:
    """Places and actors that published incidents name: a choice that finds something."""
    key = f"occurring:{DataVersion.current()}:{get_language()}"
    found: Any = cache.get_or_set(key, _occurring)
    return found[0], found[1]


def _occurring() -> tuple[Choices, Choices]:
    published = snapshot.current()
    book = gazetteer.load()
    named: dict[str, str] = {}
    for place_id in published.occurring("place_id"):
        if place := book.places.get(place_id):
            for each in (place, *book.parents(place)):
                if each.level != "country":
                    named.setdefault(each.id, localised(each.name_en, each.name_ar))
    actors = Actor.objects.filter(slug__in=published.occurring("actor__slug"))
    return _by_name(named.items()), _by_name((actor.slug, str(actor)) for actor in actors)


def _by_name(pairs: Iterable[tuple[str, str]]) -> Choices:
    return sorted(pairs, key=lambda pair: pair[1].casefold())


def place_name(place_id: str) -> str:
    place = gazetteer.load().places.get(place_id)
    return localised(place.name_en, place.name_ar) if place else place_id


def actor_name(slug: str) -> str:
    """The actor's name; those of published incidents without asking the database again."""
    for known, name in occurring()[1]:
        if known == slug:
            return name
    return str(Actor.objects.filter(slug=slug).first() or slug)


def exports() -> list[dict[str, str]]:
    """Where the same set of incidents can be fetched as a file; ``extra`` goes into the query."""
    return [
        {"name": name, "format": form, "url": reverse(route), "extra": extra}
        for name, form, route, extra in (
            (_("Incidents"), "GeoJSON", "incidents-geojson", ""),
            (_("Sites"), "GeoJSON", "sites-geojson", ""),
            (_("Trajectories"), "GeoJSON", "trajectories-geojson", ""),
            (_("Table"), "CSV", "incidents-csv", ""),
            (_("Table for Excel"), "CSV", "incidents-csv", "excel=1"),
            (_("Table in other columns"), "CSV, ACLED", "incidents-csv", "profile=acled"),
            (_("Table in other columns"), "CSV, UCDP", "incidents-csv", "profile=ucdp"),
            (_("For Google Earth"), "KML", "incidents-kml", ""),
        )
    ]


def periods(today: date) -> list[dict[str, str]]:
    """Quick ranges, ending today or at the end of a year."""

    def back(days: int) -> str:
        return (today - timedelta(days=days - 1)).isoformat()

    return [
        {"name": _("All of the time"), "start": "", "end": ""},
        {"name": _("Last 7 days"), "start": back(7), "end": today.isoformat()},
        {"name": _("Last 30 days"), "start": back(30), "end": today.isoformat()},
        {"name": _("This year"), "start": f"{today.year}-01-01", "end": today.isoformat()},
        {
            "name": _("Last year"),
            "start": f"{today.year - 1}-01-01",
            "end": f"{today.year - 1}-12-31",
        },
    ]


def chips(wanted: IncidentFilter, path: str) -> list[Chip]:
    """A chip for each value that is filtered by."""
    found = []
    for item in fields(wanted):
        value = getattr(wanted, item.name)
        if value == item.default:
            continue
        several = value if isinstance(value, tuple) else (value,)
        for single in several:
            rest: Any = item.default
            if len(several) > 1:
                rest = tuple(other for other in several if other != single)
            query = replace(wanted, **{item.name: rest}).to_query()
            text = _chip_text(item.name, single)
            found.append(Chip(text, f"{path}?{query}" if query else path))
    return found


def _chip_text(field: str, value: Any) -> str:
    match field:
        case "date_from":
            return _("from %(day)s") % {"day": presentation.day(value)}
        case "date_to":
            return _("until %(day)s") % {"day": presentation.day(value)}
        case "event_type":
            return capfirst(str(EventType(value).label))
        case "weapon":
            return presentation.weapon_name(value)
        case "role":
            return _("Role: %(role)s") % {"role": SiteRole(value).label}
        case "actor":
            return actor_name(value)
        case "place":
            return place_name(value)
        case "min_killed":
            return _("killed: %(number)s or more") % {"number": value}
        case "min_wounded":
            return _("wounded: %(number)s or more") % {"number": value}
        case "grade":
            return _("Grade: %(grade)s") % {"grade": Grade(value).label}
        case "daypart":
            return presentation.daypart_name(value)
        case "bbox":
            return _("Only this area of the map")
        case "updated_since":
            return _("changed since %(moment)s") % {"moment": presentation.moment(value)}
        case _:
            return _("“%(words)s”") % {"words": value}
