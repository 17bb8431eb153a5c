"""The codebook: what every field, value and column means, from where the code itself has it.

Fields come from the layers, values from the models, the lexicon and the gazetteer, columns of
other projects from their profiles, figures from the last evaluation. What is written here is only
what a value means; a test finds a value without a meaning.
"""

from __future__ import annotations

import json
import statistics
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import override

import gazetteer
from extraction.dates import DAYPART_HOURS
from extraction.text import lexicon
from incidents import demo, filterbar, presentation
from incidents.fields import INCIDENT_FIELDS, Field, Text
from incidents.layers import LAYERS, Layer
from incidents.models import (
    Act,
    Actor,
    ActorRole,
    CasualtyStatus,
    DatePrecision,
    Daypart,
    EventType,
    Grade,
    Language,
    PlaceLevel,
    Relation,
    SiteRole,
    Status,
    VictimGroup,
    localised,
)
from incidents.profiles import PROFILES

LANGUAGES = ("en", "ar")


@dataclass(frozen=True, slots=True)
class Named:
    """A name in both languages; as a text it is the one of the active language."""

    en: str
    ar: str

    def __str__(self) -> str:
        return localised(self.en, self.ar)


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a list; ``more`` are the cells of the list's own columns."""

    value: str
    label: Text | Named
    meaning: Text = ""
    more: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class ValueList:
    """What a field may hold. ``columns`` head the cells that its values have besides."""

    name: str
    title: Text
    values: tuple[Value, ...]
    about: Text = ""
    columns: tuple[Text, ...] = ()

    @property
    def rows(self) -> list[tuple[Value, list[tuple[Text, Text]]]]:
        """Each value with its own cells under their headings."""
        return [(value, list(zip(self.columns, value.more, strict=True))) for value in self.values]


KINDS: dict[str, Text] = {
    "text": lazy("a text"),
    "list": lazy("list, with “; ” between"),
    "integer": lazy("whole number"),
    "number": lazy("decimal number"),
    "boolean": lazy("true or false"),
    "date": lazy("date, 2020-11-17"),
    "time": lazy("time, 21:30"),
    "instant": lazy("moment, 2026-11-24T12:30:00+03:00"),
}

LAYER_TEXTS: dict[str, tuple[Text, Text]] = {
    "incidents": (
        lazy("Incidents"),
        lazy("One feature for each attack, at its representative point."),
    ),
    "sites": (
        lazy("Sites"),
        lazy(
            "One feature for each place of an attack. A filter by role, place or area leaves "
            "only the sites that it means."
        ),
    ),
    "trajectories": (
        lazy("Trajectories"),
        lazy(
            "A straight line from each launch to each impact of an attack where both are placed "
            "and differ: what was said, no flight path."
        ),
    ),
}

_MEANINGS: dict[type[TextChoices], dict[str, Text]] = {
    EventType: {
        EventType.ROCKET: lazy("Unguided rockets."),
        EventType.MORTAR: lazy("Mortar shells."),
        EventType.DRONE: lazy("Unmanned aircraft that explode or drop explosives."),
        EventType.MISSILE: lazy("Ballistic or cruise missiles."),
        EventType.AIRSTRIKE: lazy("Bombs or missiles from a state's aircraft, manned or not."),
        EventType.IED: lazy("Explosive devices and car bombs, suicide attacks included."),
        EventType.SHOOTING: lazy("Shots from light weapons."),
        EventType.OTHER: lazy("Another kind, or one that no article names."),
    },
    DatePrecision: {
        DatePrecision.DAY: lazy("A day, or the few days from the first to the last."),
        DatePrecision.MONTH: lazy("Only the month."),
        DatePrecision.YEAR: lazy("Only the year."),
        DatePrecision.UNKNOWN: lazy("Nothing; both dates are null."),
    },
    CasualtyStatus: {
        CasualtyStatus.STATED: lazy("A figure is stated."),
        CasualtyStatus.NONE_STATED: lazy("Somebody says that there were none: the figure is 0."),
        CasualtyStatus.DENIED: lazy(
            "Somebody denies losses of their own, which is no figure for the incident."
        ),
        CasualtyStatus.UNKNOWN: lazy("Nothing is said: the figure is null."),
    },
    SiteRole: {
        SiteRole.LAUNCH: lazy(
            "From where munitions were fired, or where their launcher was found."
        ),
        SiteRole.IMPACT: lazy("Where something came down or blew up."),
        SiteRole.INTERCEPT: lazy(
            "Where something was shot down or burst in the air; often without a place."
        ),
        SiteRole.TARGET: lazy("What was aimed at and is not said to have been hit."),
    },
    Relation: {
        Relation.AT: lazy("At the place, or no word tells more."),
        Relation.NEAR: lazy("Near it, beside it, around it."),
        Relation.BETWEEN: lazy("Between this place and another."),
        Relation.INSIDE: lazy("Inside it."),
        Relation.DIRECTION: lazy("In its direction, or at a distance from it."),
    },
    PlaceLevel: {
        PlaceLevel.LANDMARK: lazy("A building, base, bridge, market, square."),
        PlaceLevel.STREET: lazy("A street."),
        PlaceLevel.NEIGHBOURHOOD: lazy("A neighbourhood of a city."),
        PlaceLevel.DISTRICT: lazy("A district or subdistrict (qadaa, nahiya)."),
        PlaceLevel.CITY: lazy("A city, town or village as a whole."),
        PlaceLevel.GOVERNORATE: lazy("A governorate."),
        PlaceLevel.COUNTRY: lazy("Iraq as a whole."),
    },
    Grade: {
        Grade.CONFIRMED: lazy("A group has claimed the attack, and nobody contradicts it."),
        Grade.FAIR: lazy("Two publishers or more report it."),
        Grade.WEAK: lazy("A single publisher reports it."),
        Grade.CONTESTED: lazy(
            "Somebody claims it or is blamed and somebody denies, or two groups compete for it."
        ),
        Grade.DISCOUNTED: lazy(
            "It happened otherwise, or those hit were combatants. Only an editor gives it."
        ),
    },
    Status: {
        Status.DRAFT: lazy("Made by the machine, seen by nobody."),
        Status.REVIEWED: lazy("Checked by an editor."),
        Status.PUBLISHED: lazy("May leave the house: the only one in these data."),
        Status.REJECTED: lazy("No incident, or merged into another."),
    },
    Act: {
        Act.REPORTS: lazy("Says that it is so."),
        Act.CLAIMS: lazy("Says “we did it”."),
        Act.ATTRIBUTES: lazy("Says who did it: somebody else."),
        Act.DENIES: lazy("Says that it is not so, or “it was not us”."),
        Act.DISOWNS: lazy("Says that those who did it are none of theirs."),
        Act.CONDEMNS: lazy("Judges it. Condemning is not blaming."),
    },
    ActorRole: {
        ActorRole.CLAIMED_BY: lazy("Says that it did it, or is said to have claimed it."),
        ActorRole.ATTRIBUTED_TO: lazy("Is said by others to have done it."),
        ActorRole.DENIED_BY: lazy("Says that it did not, or disowns those who did."),
    },
}

# UCDP's codes, as ``fields.date_prec`` gives them.
_DATE_PRECS: dict[int, Text] = {
    1: lazy("the day"),
    2: lazy("two to six days"),
    3: lazy("a week"),
    4: lazy("up to a month"),
    5: lazy("up to a year, or more"),
}

LIMITS: tuple[Text, ...] = (
    lazy(
        "Everything here is what articles say. A claim, an attribution and a denial are three "
        "different things, and none is a finding of ours."
    ),
    lazy(
        "Articles are read by rules and word lists. What they do not know is missed or, less "
        "often, misread; editors check before they publish."
    ),
    lazy(
        "The gazetteer is dense in Baghdad and thin elsewhere in Iraq. More than half of its "
        "points are estimates: use geo_prec_m, not the point alone."
    ),
    lazy("“Near a place” does not widen geo_prec_m; the relation of the site says it."),
    lazy(
        "Reports of one attack are joined by evidence. In doubt they stay apart, so an attack may "
        "stand twice until an editor merges it."
    ),
    lazy(
        "The counts of sites cannot be added up: an area may contain other sites of the same "
        "incident."
    ),
    lazy(
        "Victims are those of one article and never a sum over articles. Attackers are not among "
        "them."
    ),
    lazy("Whom an attack was meant for is recorded only where an article names the target."),
    lazy("What editors did not publish is not here: this is no complete record of attacks."),
)

# Figures of the extractor: name in the evaluation → what it counts. Shares, but for ``_COUNTS``.
FIGURES: dict[str, Text] = {
    "mention_f1": lazy("Names of places found (F1)"),
    "traps_hit": lazy("Words that look like places, taken for one"),
    "resolution_acc": lazy("Names placed within tolerance"),
    "incident_f1": lazy("Incidents found (F1)"),
    "false_incidents_on_none": lazy("Incidents read where there is none"),
    "background_recall": lazy("Recalled incidents found"),
    "date_acc": lazy("Date right"),
    "daypart_acc": lazy("Time of day right"),
    "event_acc": lazy("Kind of attack right"),
    "weapon_acc": lazy("Weapon right"),
    "munitions_acc": lazy("Munitions right"),
    "killed_acc": lazy("Killed right"),
    "wounded_acc": lazy("Wounded right"),
    "launch_f1": lazy("Launch sites (F1)"),
    "impact_f1": lazy("Impact sites (F1)"),
    "site_count_acc": lazy("Munitions at a site right"),
    "claimed_f1": lazy("Claimed by (F1)"),
    "attributed_f1": lazy("Attributed to (F1)"),
    "denied_f1": lazy("Denied by (F1)"),
}


def _choices(
    name: str,
    title: Text,
    choices: type[TextChoices],
    about: Text = "",
    *,
    columns: tuple[Text, ...] = (),
    more: Callable[[str], tuple[Text, ...]] = lambda _value: (),
) -> ValueList:
    meanings = _MEANINGS.get(choices, {})
    values = (
        Value(value, choices(value).label, meanings.get(value, ""), more(value))
        for value in choices.values
    )
    return ValueList(name, title, tuple(values), about, columns)


def _hours(daypart: str) -> tuple[Text, ...]:
    """From when to when a clock time is called so; what is left of the day belongs to the night."""
    ends = [until for until, _name in DAYPART_HOURS]
    starts = [0, *ends]
    for start, (until, name) in zip(starts, DAYPART_HOURS, strict=False):
        if name == daypart and daypart != "night":
            return (f"{start:02}:00–{until:02}:00",)
    return (f"{ends[-1]:02}:00–{ends[0]:02}:00",)


@lru_cache(maxsize=1)
def _radii() -> dict[str, list[float]]:
    found: dict[str, list[float]] = defaultdict(list)
    for place in gazetteer.load().places.values():
        found[place.level].append(place.radius_m)
    return found


def _radius(level: str) -> tuple[Text, ...]:
    """Number of places, and the median, smallest and largest of their radii in metres."""
    radii = _radii().get(level, [])
    if not radii:
        return ("0", "–", "–")
    span = f"{min(radii):,.0f}–{max(radii):,.0f}"
    return (f"{len(radii):,}", f"{statistics.median(radii):,.0f}", span)


def _weapons() -> ValueList:
    values = (
        Value(
            weapon.id,
            Named(weapon.en, weapon.ar),
            "",
            (
                EventType(weapon.event).label,
                ", ".join(map(str, weapon.calibre_mm)) or "–",
                _reach(weapon),
                weapon.source,
            ),
        )
        for weapon in lexicon.weapons().values()
    )
    return ValueList(
        "weapon",
        lazy("Weapons"),
        tuple(values),
        lazy("The lexicon. A range is that of the type and no finding about an attack."),
        (lazy("Kind of attack"), lazy("Calibre, mm"), lazy("Range, km"), lazy("Source")),
    )


def _reach(weapon: lexicon.Weapon) -> str:
    if weapon.max_range_km is None:
        return "–"
    return f"{weapon.min_range_km or 0:g}–{weapon.max_range_km:g}"


@lru_cache(maxsize=1)
def value_lists() -> dict[str, ValueList]:
    """All lists by name, each in the order of its source."""
    lists = (
        _choices("event_type", lazy("Kinds of attack"), EventType),
        _weapons(),
        _choices("role", lazy("Roles of sites"), SiteRole),
        _choices("relation", lazy("Relations to a place"), Relation),
        _choices(
            "place_level",
            lazy("Kinds of place"),
            PlaceLevel,
            lazy("Radii are those of the gazetteer, in metres."),
            columns=(lazy("Places"), lazy("Median radius"), lazy("Radii")),
            more=_radius,
        ),
        _choices("date_precision", lazy("Precision of dates"), DatePrecision),
        ValueList(
            "date_prec",
            lazy("Precision of dates, UCDP's codes"),
            tuple(Value(str(code), label) for code, label in _DATE_PRECS.items()),
            lazy("How long the interval from date_start to date_end is."),
        ),
        _choices(
            "daypart",
            lazy("Times of day"),
            Daypart,
            lazy("The article's own word comes first; the hours hold for a clock time alone."),
            columns=(lazy("Hours"),),
            more=_hours,
        ),
        _choices("casualty_status", lazy("What is known of casualties"), CasualtyStatus),
        _choices(
            "grade",
            lazy("Grades of evidence"),
            Grade,
            lazy("Airwars' grades, suggested by the rules below and decided by an editor."),
        ),
        _choices(
            "actor_role",
            lazy("Roles of groups"),
            ActorRole,
            lazy("The fields claimed_by, attributed_to and denied_by."),
        ),
        _choices(
            "act",
            lazy("Speech acts"),
            Act,
            lazy("What a statement does; in the JSON of an incident, field “act”."),
        ),
        _choices(
            "victim_group",
            lazy("Groups of victims"),
            VictimGroup,
            lazy("In the JSON of an incident and in the death columns of UCDP."),
        ),
        _choices("status", lazy("Status"), Status),
        _choices("language", lazy("Languages"), Language),
    )
    return {each.name: each for each in lists}


@dataclass(frozen=True, slots=True)
class Entry:
    """A field as a layer's part of the codebook shows it, under its anchor."""

    field: Field
    anchor: str
    repeated: bool  # explained in full among the incidents

    @property
    def kind(self) -> Text:
        return KINDS[self.field.kind]

    @property
    def elsewhere(self) -> list[tuple[str, str]]:
        named = (("ACLED", self.field.acled), ("UCDP", self.field.ucdp), ("", self.field.other))
        return [(who, column) for who, column in named if column]


@dataclass(frozen=True, slots=True)
class Part:
    """A layer in the codebook."""

    name: str
    title: Text
    about: Text
    geometry: str
    entries: list[Entry] = field(default_factory=list)


def parts() -> list[Part]:
    return [_part(layer) for layer in LAYERS.values()]


def _part(layer: Layer) -> Part:
    title, about = LAYER_TEXTS[layer.name]
    entries = [
        Entry(
            each,
            f"{layer.name}-{each.name}",
            layer.name != "incidents" and any(each is known for known in INCIDENT_FIELDS),
        )
        for each in (*layer.fields, *layer.geometry)
    ]
    geometry = "Point" if len(layer.geometry) == 2 else "LineString"
    return Part(layer.name, title, about, geometry, entries)


def groups() -> list[Actor]:
    """Groups that published incidents name, whom the filter ``actor`` knows by their key."""
    keys = [key for key, _name in filterbar.occurring()[1]]
    return list(Actor.objects.filter(slug__in=keys).order_by("slug"))


@dataclass(frozen=True, slots=True)
class Evaluation:
    """How well the extractor reads the bundled articles: headings, and rows of cells under them."""

    measured: str
    extractor: str
    articles: int
    columns: list[Text]
    rows: list[tuple[Text, list[tuple[Text, str]]]]


def evaluation() -> Evaluation:
    kept = stored_figures()
    figures: dict[str, Mapping[str, Any]] = kept["figures"]
    headings = {"all": lazy("All"), **{each.value: each.label for each in Language}}
    columns = {headings[name]: column for name, column in figures.items()}
    return Evaluation(
        presentation.day(date.fromisoformat(kept["measured"])),
        kept["extractor"],
        figures["all"]["articles"],
        list(columns),
        [
            (text, [(heading, _figure(column[name])) for heading, column in columns.items()])
            for name, text in FIGURES.items()
        ],
    )


def stored_figures() -> dict[str, Any]:
    """What ``manage.py evaluate --write`` kept."""
    figures: dict[str, Any] = json.loads(demo.FIGURES.read_text(encoding="utf-8"))
    return figures


def _figure(value: float | int | None) -> str:
    """A share in per cent, a count as it is."""
    if value is None:
        return "–"
    return f"{value:.1%}" if isinstance(value, float) else str(value)


# As JSON, every text in both languages


def as_json() -> dict[str, Any]:
    """The whole codebook for programs."""
    return {
        "layers": [
            {
                "name": part.name,
                "title": both(part.title),
                "description": both(part.about),
                "geometry": part.geometry,
                "fields": [_field_json(entry.field) for entry in part.entries],
            }
            for part in parts()
        ],
        "values": {each.name: list(_values_json(each)) for each in value_lists().values()},
        "groups": [
            {"value": actor.slug, "label": {"en": actor.name_en, "ar": actor.name_ar}}
            for actor in groups()
        ],
        "profiles": {
            profile.name: {
                "title": profile.title,
                "columns": [
                    {"name": column.name, "type": column.kind, "filled_with": both(column.meaning)}
                    for column in profile.columns
                ],
                "lost": [both(limit) for limit in profile.limits],
            }
            for profile in PROFILES.values()
        },
        "limits": [both(limit) for limit in LIMITS],
        "extractor": stored_figures(),
    }


def both(text: Text | Named) -> dict[str, str]:
    """A text in both languages."""
    spoken = {}
    for language in LANGUAGES:
        with override(language):
            spoken[language] = str(text)
    return spoken


def _field_json(each: Field) -> dict[str, Any]:
    return {
        "name": each.name,
        "type": each.kind,
        "unit": str(each.unit) or None,
        "nullable": not each.filled,
        "description": both(each.meaning),
        "derived": both(each.derived) if each.derived else None,
        "values": each.values or None,
        "acled": each.acled or None,
        "ucdp": each.ucdp or None,
        "elsewhere": each.other or None,
    }


def _values_json(each: ValueList) -> Iterator[dict[str, Any]]:
    for value in each.values:
        yield {
            "value": value.value,
            "label": both(value.label),
            "description": both(value.meaning) if value.meaning else None,
            **_more_json(each.columns, value.more),
        }


def _more_json(columns: Iterable[Text], cells: Iterable[Text]) -> dict[str, Any]:
    with override("en"):
        return {str(column): str(cell) for column, cell in zip(columns, cells, strict=True)}
