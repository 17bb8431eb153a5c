"""Every field that leaves the house: how its value is had from a row, and what it means.

The layers write these fields in this order, and the codebook explains them from the same
declarations: neither knows a field that the other does not.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as lazy

from incidents.models import ActorRole, DatePrecision, SiteRole

Row = dict[str, Any]
# The key of a value in a row, or how to get it. Keys are several times faster, and an export has
# millions of values.
Value = str | Callable[[Row], Any]
Text = str | Promise
Kind = Literal["text", "list", "integer", "number", "boolean", "date", "time", "instant"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A field of a layer.

    ``values`` names the codebook's list of what it may hold, ``derived`` says how it comes about.
    ``acled``, ``ucdp`` and ``other`` are the columns that say the same elsewhere. Only a field
    that is ``filled`` is never null.
    """

    name: str
    value: Value
    kind: Kind = "text"
    meaning: Text
    unit: Text = ""
    values: str = ""
    derived: Text = ""
    acled: str = ""
    ucdp: str = ""
    other: str = ""
    filled: bool = False


@dataclass(frozen=True, slots=True)
class Of:
    """What is made of the one value at ``key``; None of a value that is not there.

    Whoever writes many rows may remember what was made of a value.
    """

    key: str
    make: Callable[[Any], Any]

    def __call__(self, row: Row) -> Any:
        value = row.get(self.key)
        return None if value is None else self.make(value)


@dataclass(frozen=True, slots=True)
class From:
    """What is made of the values at several keys, None among them."""

    keys: tuple[str, ...]
    make: Callable[..., Any]

    def __call__(self, row: Row) -> Any:
        return self.make(*(row[key] for key in self.keys))


def text(name: str) -> Of:
    """A text that is null where it is blank."""
    return Of(name, lambda value: value or None)


def joined(name: str) -> Of:
    """A list as one text; QGIS and spreadsheets show nested values badly."""
    return Of(name, "; ".join)


def day(name: str) -> Of:
    return Of(name, date.isoformat)


def moment(name: str) -> Of:
    local = timezone.get_default_timezone()
    return Of(name, lambda value: value.astimezone(local).isoformat(timespec="seconds"))


def _impacted(total: int | None, intercepted: int | None) -> int | None:
    if total is None or intercepted is None or intercepted > total:
        return None
    return total - intercepted


# What was not shot down. Counts of sites cannot be added up: areas contain spots.
impacted = From(("munitions_best", "intercepted"), _impacted)


def _date_prec(start: date | None, end: date | None, precision: str) -> int | None:
    if start is None or end is None or precision == DatePrecision.UNKNOWN:
        return None
    return _prec((end - start).days + 1)


# UCDP's code for how long the interval is; None where nothing is known of the date.
date_prec = From(("date_start", "date_end", "date_precision"), _date_prec)


def _prec(days: int) -> int:
    longest = {1: 1, 6: 2, 7: 3, 31: 4}
    return next((code for most, code in longest.items() if days <= most), 5)


def _of(end: str, name: str) -> Callable[[Row], Any]:
    """A value of one end of a trajectory."""
    return lambda row: row[end][name]


def _text_of(end: str, name: str) -> Callable[[Row], Any]:
    return lambda row: row[end][name] or None


_FIGURE = lazy("The highest-ranked article decides: one about the event, the latest first.")
_RANGE = lazy("Over all articles.")
_POINT = lazy("The first placed impact, else the interception, the target, the launch.")
_UNKNOWN = lazy("Null while nothing is said: unknown is not zero.")
_CASUALTY = lazy(
    "Says why a figure is what it is. “No losses” said for one side is no figure for the incident."
)
_PARTY = lazy("Groups in English, or in Arabic where there is no English name; of all articles.")
_EXTENT = lazy(
    "The extent of the place in the gazetteer; of a position in figures or by distance, how "
    "exactly it is told."
)
_NAMES = lazy("Names, or the words of the text where the gazetteer knows none.")


def _casualties(name: str, low: Text, best: Text, high: Text, status: Text) -> tuple[Field, ...]:
    fatal = name == "killed"
    injured = "killed" if fatal else "injured"
    return (
        Field(
            name=f"{name}_min",
            value=f"{name}_low",
            kind="integer",
            meaning=low,
            derived=_RANGE,
            acled="fatalities" if fatal else "",
            ucdp="low" if fatal else "",
            other=f"Airwars {injured}_min; IBC Minimum {'deaths' if fatal else 'injuries'}",
        ),
        Field(
            name=f"{name}_best",
            value=f"{name}_best",
            kind="integer",
            meaning=best,
            derived=_FIGURE,
            ucdp="best" if fatal else "",
            other="GTD nkill" if fatal else "GTD nwound",
        ),
        Field(
            name=f"{name}_max",
            value=f"{name}_high",
            kind="integer",
            meaning=high,
            derived=_RANGE,
            ucdp="high" if fatal else "",
            other=f"Airwars {injured}_max; IBC Maximum {'deaths' if fatal else 'injuries'}",
        ),
        Field(
            name=f"{name}_status",
            value=f"{name}_status",
            meaning=status,
            values="casualty_status",
            derived=_CASUALTY,
            filled=True,
        ),
    )


_EVENT = Field(
    name="event_type",
    value="event_type",
    meaning=lazy("Kind of attack."),
    values="event_type",
    derived=lazy("That of most articles."),
    acled="event_type, sub_event_type",
    other="Airwars strike_type; GTD weaptype1",
    filled=True,
)
_DATES = (
    Field(
        name="date_start",
        value=day("date_start"),
        kind="date",
        meaning=lazy("First day of what is known of the date; a local date of Baghdad."),
        derived=lazy("The most exact date wins, among equals that of most articles."),
        acled="event_date",
        ucdp="date_start",
        other="Airwars incident_date; IBC Date",
    ),
    Field(
        name="date_end",
        value=day("date_end"),
        kind="date",
        meaning=lazy("Last day of what is known of the date."),
        ucdp="date_end",
    ),
    Field(
        name="date_precision",
        value="date_precision",
        meaning=lazy("How exactly the date is known."),
        values="date_precision",
        acled="time_precision",
        other="Airwars incident_date_type",
        filled=True,
    ),
)
_DATE_PREC = Field(
    name="date_prec",
    value=date_prec,
    kind="integer",
    meaning=lazy("The length of the interval in UCDP's codes."),
    values="date_prec",
    acled="time_precision",
    ucdp="date_prec",
)
_DAYPART = Field(
    name="daypart",
    value=text("daypart"),
    meaning=lazy("Time of day."),
    values="daypart",
    derived=lazy("That of most articles; what goes with the clock time before others."),
    other="Airwars incident_local_time_of_day; IBC Time",
)
_WEAPON = Field(
    name="weapon",
    value=text("weapon"),
    meaning=lazy("Weapon, as a key of the lexicon."),
    values="weapon",
    derived=lazy("That of most articles."),
    acled="tags",
    other="GTD weapdetail; IBC Weapons",
)
_KILLED = _casualties(
    "killed",
    lazy("Killed, lowest figure."),
    lazy("Killed, best figure."),
    lazy("Killed, highest figure."),
    lazy("What is known of the killed."),
)
_WOUNDED = _casualties(
    "wounded",
    lazy("Wounded, lowest figure."),
    lazy("Wounded, best figure."),
    lazy("Wounded, highest figure."),
    lazy("What is known of the wounded."),
)
_GRADE = Field(
    name="grade",
    value=text("grade"),
    meaning=lazy("How well the incident is supported, in Airwars' grades."),
    values="grade",
    derived=lazy("Suggested by rule, decided by an editor."),
    ucdp="event_clarity",
    other="Airwars civilian_harm_status",
)
_DEMO = Field(
    name="is_demo",
    value="is_demo",
    kind="boolean",
    meaning=lazy("From the demo or made up: no record of events."),
    filled=True,
)

# What every layer says about the incident
_ABOUT = (_EVENT, *_DATES, _DAYPART, _WEAPON, _KILLED[1], _WOUNDED[1], _GRADE, _DEMO)

INCIDENT_FIELDS: tuple[Field, ...] = (
    Field(
        name="id",
        value="public_id",
        meaning=lazy("The incident's number, for ever."),
        derived=lazy(
            "The date as first stored, with zeros for what was not known of it, and a count. "
            "A corrected date leaves it as it is; it is never given out twice."
        ),
        acled="event_id_cnty",
        ucdp="id",
        other="Airwars unique_reference_codes; GTD eventid",
        filled=True,
    ),
    Field(
        name="aliases",
        value=joined("aliases"),
        kind="list",
        meaning=lazy("Numbers of the incidents that were merged into this one."),
        other="Airwars previous_unique_reference_codes",
    ),
    _EVENT,
    *_DATES,
    _DATE_PREC,
    Field(
        name="time_local",
        value=text("time_local"),
        kind="time",
        meaning=lazy("Clock time in Baghdad."),
        derived=lazy("That of most articles."),
        other="Airwars incident_local_time_type; IBC Time",
    ),
    _DAYPART,
    _WEAPON,
    Field(
        name="munitions_total",
        value="munitions_best",
        kind="integer",
        meaning=lazy("Munitions launched or fallen, best figure."),
        derived=_FIGURE,
        acled="tags",
    ),
    Field(
        name="munitions_min",
        value="munitions_low",
        kind="integer",
        meaning=lazy("Munitions, lowest figure."),
        derived=_RANGE,
    ),
    Field(
        name="munitions_max",
        value="munitions_high",
        kind="integer",
        meaning=lazy("Munitions, highest figure."),
        derived=_RANGE,
    ),
    Field(
        name="munitions_impacted",
        value=impacted,
        kind="integer",
        meaning=lazy("Munitions that came down."),
        derived=lazy(
            "The total less the intercepted ones; null unless both are known. The counts of the "
            "sites are not added up, for an area may contain other sites."
        ),
        acled="tags",
    ),
    Field(
        name="munitions_intercepted",
        value="intercepted",
        kind="integer",
        meaning=lazy("Munitions shot down or burst in the air."),
        derived=lazy("The counts of the sites of interception, added up."),
        acled="tags",
    ),
    *_KILLED,
    *_WOUNDED,
    Field(
        name="claimed_by",
        value=joined(ActorRole.CLAIMED_BY),
        kind="list",
        meaning=lazy("Who claims the attack."),
        derived=_PARTY,
        acled="actor1",
        ucdp="side_a",
        other="GTD claimed, gname; IBC Killers",
    ),
    Field(
        name="attributed_to",
        value=joined(ActorRole.ATTRIBUTED_TO),
        kind="list",
        meaning=lazy("Who is blamed for it."),
        derived=_PARTY,
        acled="notes",
        other="GTD guncertain1",
    ),
    Field(
        name="denied_by",
        value=joined(ActorRole.DENIED_BY),
        kind="list",
        meaning=lazy("Who denies it, or disowns those who did it."),
        derived=_PARTY,
        acled="notes",
    ),
    _GRADE,
    Field(
        name="place_en",
        value=text("place_en"),
        meaning=lazy("The representative place, its name in English."),
        derived=_POINT,
        acled="location",
        ucdp="where_coordinates",
        other="Airwars location_name; IBC Place",
    ),
    Field(
        name="place_ar",
        value=text("place_ar"),
        meaning=lazy("The same in Arabic."),
        derived=_POINT,
        other="Airwars location_name_arabic",
    ),
    Field(
        name="place_level",
        value=text("place_level"),
        meaning=lazy("What kind of place it is."),
        values="place_level",
        derived=_POINT,
        acled="geo_precision",
        ucdp="where_prec",
        other="Airwars geolocation_accuracy",
    ),
    Field(
        name="geo_prec_m",
        value="radius_m",
        kind="number",
        unit="m",
        meaning=lazy("Uncertainty: the attack was within this distance of the point."),
        derived=_EXTENT,
        other="Airwars geolocation_accuracy",
    ),
    Field(
        name="sites",
        value="site_total",
        kind="integer",
        meaning=lazy("How many sites the layer of sites has of it."),
        filled=True,
    ),
    Field(
        name="launch_sites",
        value=joined(SiteRole.LAUNCH),
        kind="list",
        meaning=lazy("From where."),
        derived=_NAMES,
        acled="notes",
    ),
    Field(
        name="impact_sites",
        value=joined(SiteRole.IMPACT),
        kind="list",
        meaning=lazy("Where munitions came down."),
        derived=_NAMES,
        acled="notes",
    ),
    Field(
        name="target_sites",
        value=joined(SiteRole.TARGET),
        kind="list",
        meaning=lazy("What was meant, where the text says so and it was not hit."),
        derived=_NAMES,
        acled="notes",
        other="IBC Target",
    ),
    Field(
        name="sources",
        value=joined("publishers"),
        kind="list",
        meaning=lazy("Publishers of the articles."),
        acled="source",
        ucdp="source_office",
        other="IBC Media sources",
    ),
    Field(
        name="source_count",
        value="source_count",
        kind="integer",
        meaning=lazy("Number of articles."),
        ucdp="number_of_sources",
        filled=True,
    ),
    Field(
        name="source_urls",
        value=joined("urls"),
        kind="list",
        meaning=lazy("Addresses of the articles."),
    ),
    Field(
        name="languages",
        value=joined("languages"),
        kind="list",
        meaning=lazy("Languages of the articles."),
        values="language",
    ),
    Field(
        name="recalled_only",
        value="recalled_only",
        kind="boolean",
        meaning=lazy("No article is about it; articles about other events recall it."),
        filled=True,
    ),
    _DEMO,
    Field(
        name="status",
        value="status",
        meaning=lazy("Always “published”: nothing else leaves the house."),
        values="status",
        filled=True,
    ),
    Field(
        name="updated_at",
        value=moment("updated_at"),
        kind="instant",
        meaning=lazy("When anything exported about the incident last changed."),
        acled="timestamp",
        filled=True,
    ),
)

SITE_FIELDS: tuple[Field, ...] = (
    Field(
        name="id",
        value=From(("public_id", "number"), "{}/s{}".format),
        meaning=lazy("The site's number, for ever: the incident's, and one within it."),
        filled=True,
    ),
    Field(
        name="incident",
        value="public_id",
        meaning=lazy("The number of its incident."),
        acled="event_id_cnty",
        ucdp="id",
        filled=True,
    ),
    Field(
        name="site_role",
        value="role",
        meaning=lazy("What the place is to the attack."),
        values="role",
        other="Airwars primary_coordinate",
        filled=True,
    ),
    Field(
        name="site_count",
        value="count",
        kind="integer",
        meaning=lazy("Munitions at this place."),
        derived=_UNKNOWN,
    ),
    Field(
        name="place_id",
        value=text("place_id"),
        meaning=lazy("Key of the gazetteer; null for a position written in figures."),
    ),
    Field(name="name_en", value=text("name_en"), meaning=lazy("The place's name in English.")),
    Field(name="name_ar", value=text("name_ar"), meaning=lazy("The place's name in Arabic.")),
    Field(
        name="surface",
        value=text("surface"),
        meaning=lazy("The words of the article that name it."),
    ),
    Field(
        name="relation",
        value="relation",
        meaning=lazy("What the text says of the attack and the place."),
        values="relation",
        filled=True,
    ),
    Field(
        name="place_level",
        value=text("level"),
        meaning=lazy("What kind of place it is."),
        values="place_level",
        acled="geo_precision",
        ucdp="where_prec",
    ),
    Field(
        name="geo_prec_m",
        value="radius_m",
        kind="number",
        unit="m",
        meaning=lazy("Uncertainty: the attack was within this distance of the point."),
        derived=_EXTENT,
    ),
    Field(
        name="confidence",
        value="confidence",
        kind="number",
        unit="0–1",
        meaning=lazy("How sure the reading is of the place; 1 where an editor set it."),
        filled=True,
    ),
    *_ABOUT,
)

TRAJECTORY_FIELDS: tuple[Field, ...] = (
    Field(
        name="id",
        value=lambda row: (
            f"{row['public_id']}/s{row['launch']['number']}-s{row['impact']['number']}"
        ),
        meaning=lazy("The incident's number and those of its two sites."),
        filled=True,
    ),
    Field(
        name="incident",
        value="public_id",
        meaning=lazy("The number of its incident."),
        filled=True,
    ),
    Field(
        name="launch_en",
        value=_text_of("launch", "name_en"),
        meaning=lazy("The launch place in English."),
    ),
    Field(
        name="launch_ar",
        value=_text_of("launch", "name_ar"),
        meaning=lazy("The launch place in Arabic."),
    ),
    Field(
        name="launch_prec_m",
        value=_of("launch", "radius_m"),
        kind="number",
        unit="m",
        meaning=lazy("Uncertainty of the launch place."),
    ),
    Field(
        name="impact_en",
        value=_text_of("impact", "name_en"),
        meaning=lazy("The impact place in English."),
    ),
    Field(
        name="impact_ar",
        value=_text_of("impact", "name_ar"),
        meaning=lazy("The impact place in Arabic."),
    ),
    Field(
        name="impact_prec_m",
        value=_of("impact", "radius_m"),
        kind="number",
        unit="m",
        meaning=lazy("Uncertainty of the impact place."),
    ),
    Field(
        name="site_count",
        value=_of("impact", "count"),
        kind="integer",
        meaning=lazy("Munitions at the impact place."),
        derived=_UNKNOWN,
    ),
    Field(
        name="distance_km",
        value="distance_km",
        kind="number",
        unit="km",
        meaning=lazy("Length of the line."),
        derived=lazy("The geodesic on the WGS 84 ellipsoid."),
        filled=True,
    ),
    Field(
        name="bearing_deg",
        value="bearing_deg",
        kind="number",
        unit="°",
        meaning=lazy("Direction of the line at the launch, clockwise from north."),
        derived=lazy("The geodesic on the WGS 84 ellipsoid."),
        filled=True,
    ),
    *_ABOUT,
)


def _axis(name: str, meaning: Text) -> Field:
    return Field(
        name=name,
        value=name,
        kind="number",
        unit="°",
        meaning=meaning,
        acled={"lat": "latitude", "lon": "longitude"}.get(name, ""),
        ucdp={"lat": "latitude", "lon": "longitude"}.get(name, ""),
    )


# Where CSV has coordinates, GeoJSON and KML have a geometry.
POINT_FIELDS: tuple[Field, ...] = (
    _axis("lat", lazy("Latitude of the point (WGS 84), null where no place is known.")),
    _axis("lon", lazy("Longitude of the point (WGS 84), null where no place is known.")),
)
LINE_FIELDS: tuple[Field, ...] = (
    _axis("launch_lat", lazy("Latitude of the launch place (WGS 84).")),
    _axis("launch_lon", lazy("Longitude of the launch place (WGS 84).")),
    _axis("impact_lat", lazy("Latitude of the impact place (WGS 84).")),
    _axis("impact_lon", lazy("Longitude of the impact place (WGS 84).")),
)
