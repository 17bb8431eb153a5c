"""Our incidents in the columns and codes of ACLED and of UCDP GED.

Both know less than we do, and ask for what we do not record. Each column says how it is filled,
each profile what is lost; the codebook shows both. Texts are English, as those data are.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as lazy

import gazetteer
from gazetteer import Place, fold
from incidents import layers
from incidents.actors import known_groups
from incidents.fields import Field, Kind, Row, Text, date_prec, impacted
from incidents.filters import IncidentFilter
from incidents.geojson import DECIMALS
from incidents.models import (
    ActorRole,
    EventType,
    Grade,
    IncidentArticle,
    PlaceLevel,
    Relation,
    SiteRole,
    Victim,
    VictimGroup,
    VictimStatus,
)

UNKNOWN_GROUP = "Unidentified Armed Group (Iraq)"

CIVILIANS = (VictimGroup.CIVILIAN, VictimGroup.CHILD)
FORCES = (VictimGroup.SOLDIER, VictimGroup.POLICE)

_SHELLING = "Shelling/artillery/missile attack"
_STRIKE = "Air/drone strike"
ACLED_SUB_EVENTS = {
    EventType.ROCKET: _SHELLING,
    EventType.MORTAR: _SHELLING,
    EventType.MISSILE: _SHELLING,
    EventType.DRONE: _STRIKE,
    EventType.AIRSTRIKE: _STRIKE,
    EventType.IED: "Remote explosive/landmine/IED",
}
DISRUPTED = "Disrupted weapons use"
ACLED_TIME_PRECISION = {1: 1, 2: 2, 3: 2, 4: 3}
# Where a place is coded: at it; near it or only in its district; somewhere in its governorate.
_AT = (PlaceLevel.LANDMARK, PlaceLevel.STREET, PlaceLevel.NEIGHBOURHOOD, PlaceLevel.CITY, "")


@dataclass(frozen=True, slots=True)
class Profile:
    """Another project's table: its columns in order, the site that it codes, what it can hold."""

    name: str
    title: str
    columns: tuple[Field, ...]
    site: Callable[[Row], Row | None]
    holds: Callable[[Row], bool]
    limits: tuple[Text, ...]


def rows(profile: Profile, wanted: IncidentFilter) -> Iterator[list[Any]]:
    """The header, then a row for each published incident that the profile can hold."""
    yield [column.name for column in profile.columns]
    values = [column.value for column in profile.columns]
    for batch in layers.batches(wanted, None):
        _add_all(batch, profile)
        for row in batch:
            if profile.holds(row):
                yield [value(row) if callable(value) else row[value] for value in values]


def _add_all(batch: list[Row], profile: Profile) -> None:
    """Put sites, victims and reports into the rows, and the site where the profile codes each."""
    layers.add_related(batch)
    sites = layers.sites_of(batch, Q())
    victims: dict[int, list[tuple[str, str, int | None]]] = defaultdict(list)
    reports: dict[int, list[tuple[str, str, str]]] = defaultdict(list)
    ids = [row["pk"] for row in batch]
    for pk, group, status, count in (
        Victim.objects.filter(incident__in=ids)
        .order_by("pk")
        .values_list("incident_id", "group", "status", "count")
    ):
        victims[pk].append((group, status, count))
    for pk, publisher, published, title in (
        IncidentArticle.objects.filter(incident__in=ids)
        .order_by("article__published_at", "article_id")
        .values_list("incident_id", "article__publisher", "article__published_at", "article__title")
    ):
        day = timezone.localtime(published).date().isoformat() if published else ""
        reports[pk].append((publisher, day, title))
    for row in batch:
        pk = row["pk"]
        row |= {"site_rows": sites.get(pk, []), "victims": victims[pk], "reports": reports[pk]}
        row["disrupted"] = _disrupted(row)
        row["site"] = profile.site(row)
        row["chain"] = _chain(row["site"])


def _sites(row: Row, role: str) -> list[Row]:
    return [site for site in row["site_rows"] if site["role"] == role]


def _disrupted(row: Row) -> bool:
    """Was all that was fired shot down, as far as is told, and nobody killed?"""
    if not _sites(row, SiteRole.INTERCEPT) or row["killed_best"]:
        return False
    if (down := impacted(row)) is not None:
        return down == 0
    return not _sites(row, SiteRole.IMPACT) and row["munitions_best"] in (None, 1)


def _first_placed(row: Row, *roles: str) -> Row | None:
    placed = (site for role in roles for site in _sites(row, role) if site["lat"] is not None)
    return next(placed, None)


def _impact(row: Row) -> Row | None:
    return _first_placed(row, SiteRole.IMPACT)


def _impact_or_shot_down(row: Row) -> Row | None:
    if row["disrupted"]:
        return _first_placed(row, SiteRole.INTERCEPT, SiteRole.TARGET)
    return _impact(row)


def _chain(site: Row | None) -> list[Place]:
    """The site's place and all that it lies in, the smallest first."""
    book = gazetteer.load()
    place = book.places.get(site["place_id"]) if site else None
    return [place, *book.parents(place)] if place else []


def _within(row: Row, level: str) -> str:
    """The name of the smallest area of that level around the site; "" where none is known."""
    names = (place.name_en or place.name_ar for place in row["chain"] if place.level == level)
    return next(names, "")


def _governorate(row: Row) -> str:
    return _within(row, PlaceLevel.GOVERNORATE).removesuffix(" Governorate")


def _district(row: Row) -> str:
    return _within(row, PlaceLevel.DISTRICT).removesuffix(" District")


def _site_name(site: Row) -> str:
    name: str = site["name_en"] or site["name_ar"]
    if not name and site["role"] == SiteRole.INTERCEPT:
        return "in the air"  # the words in the text tell that it was shot down, not where
    return name or site["surface"] or "place not named"


def _acled_location(row: Row) -> str:
    """``Baghdad – Green Zone`` inside a city, else the place's name."""
    name = _site_name(row["site"])
    city = _within(row, PlaceLevel.CITY)
    part = _within(row, PlaceLevel.NEIGHBOURHOOD) or name
    return f"{city} – {part}" if city and row["chain"][0].level != PlaceLevel.CITY else name


def _exactness(row: Row) -> int:
    """1 at the place, 2 near it, 3 somewhere in its district, 4 in its governorate, 6 in Iraq."""
    level, relation = row["site"]["level"], row["site"]["relation"]
    if level in _AT:
        return 1 if relation in (Relation.AT, Relation.INSIDE) else 2
    return {PlaceLevel.DISTRICT: 3, PlaceLevel.GOVERNORATE: 4}.get(level, 6)


def _acled_precision(row: Row) -> int:
    return {1: 1, 2: 2, 3: 2}.get(_exactness(row), 3)


def _mid_day(row: Row) -> Any:
    return row["date_start"] + (row["date_end"] - row["date_start"]) // 2


def _claimants(row: Row) -> list[str]:
    claimants: list[str] = row.get(ActorRole.CLAIMED_BY, [])
    return claimants


def _actor1(row: Row) -> str:
    return next(iter(_claimants(row)), UNKNOWN_GROUP)


def _inter1(row: Row) -> str:
    """The lexicon's states are foreign ones; whoever else fires is a militia until shown not."""
    group = known_groups().get(fold(_actor1(row)))
    return "External/Other forces" if group and group.state else "Political militia"


def _figure(row: Row, name: str) -> tuple[int, int, int] | None:
    """Lowest, best and highest; an end that nobody gave is the best. None: nothing is known."""
    best = row[f"{name}_best"]
    if best is None:
        return None
    low, high = row[f"{name}_low"], row[f"{name}_high"]
    return (best if low is None else low, best, best if high is None else high)


def _span(figure: tuple[int, int, int]) -> str:
    low, best, high = figure
    return f"{best} ({low}–{high})" if low != high else str(best)


def _edge(index: int) -> Callable[[Row], int]:
    """One of the three figures of the killed, 0 where none is known."""
    return lambda row: (_figure(row, "killed") or (0, 0, 0))[index]


def _told(site: Row) -> str:
    words = {
        Relation.NEAR: "near ",
        Relation.BETWEEN: "between ",
        Relation.INSIDE: "inside ",
        Relation.DIRECTION: "towards ",
    }
    count = f" ({site['count']})" if site["count"] else ""
    return f"{words.get(site['relation'], '')}{_site_name(site)}{count}"


def _notes(row: Row) -> str:
    """What the columns cannot hold."""
    parts = ["demo data, no record of events"] if row["is_demo"] else []
    if row["date_start"] != row["date_end"]:
        parts.append(f"date known as {row['date_start']} to {row['date_end']}")
    if clock := " ".join(filter(None, (row["daypart"], row["time_local"]))):
        parts.append(f"time: {clock}")
    for role, words in (
        (SiteRole.LAUNCH, "launched from"),
        (SiteRole.IMPACT, "impact"),
        (SiteRole.INTERCEPT, "intercepted"),
        (SiteRole.TARGET, "declared target"),
    ):
        if sites := _sites(row, role):
            parts.append(f"{words}: {', '.join(map(_told, sites))}")
    killed, wounded = _figure(row, "killed"), _figure(row, "wounded")
    if killed is None:
        parts.append("fatalities unknown")
    elif killed[0] != killed[2]:
        parts.append(f"killed: {_span(killed)}")
    if wounded is not None:
        parts.append(f"wounded: {_span(wounded)}")
    for words, names in (
        ("also claimed by", _claimants(row)[1:]),
        ("attributed to", row.get(ActorRole.ATTRIBUTED_TO)),
        ("denied by", row.get(ActorRole.DENIED_BY)),
    ):
        if names:
            parts.append(f"{words} {', '.join(names)}")
    if row["grade"]:
        parts.append(f"grade: {row['grade']}")
    return "; ".join(parts)


def _tags(row: Row) -> str:
    said = {
        "weapon": row["weapon"],
        "munitions": row["munitions_best"],
        "impacted": impacted(row),
        "intercepted": row["intercepted"],
    }
    return "; ".join(f"{name}={value}" for name, value in said.items() if value not in (None, ""))


def _acled_holds(row: Row) -> bool:
    return (
        row["event_type"] in ACLED_SUB_EVENTS
        and date_prec(row) in ACLED_TIME_PRECISION
        and row["site"] is not None
    )


def _ucdp_holds(row: Row) -> bool:
    return bool(row["killed_best"]) and date_prec(row) is not None and row["site"] is not None


def _dead(row: Row, groups: tuple[str, ...]) -> int:
    """Killed of these groups; never more than are left of the best figure."""
    named = sum(
        count or 0
        for group, status, count in row["victims"]
        if status == VictimStatus.KILLED and group in groups
    )
    return min(named, row["killed_best"])


def _dead_forces(row: Row) -> int:
    return min(_dead(row, FORCES), row["killed_best"] - _dead(row, CIVILIANS))


def _forces_hit(row: Row) -> bool:
    return any(group in FORCES for group, _status, _count in row["victims"])


def priogrid(lat: float, lon: float) -> int:
    """The cell of PRIO-GRID: half degrees, counted from 1 eastwards from 180° W, 90° S."""
    row = min(math.floor((lat + 90) * 2), 359)
    column = min(math.floor((lon + 180) * 2), 719)
    return row * 720 + column + 1


def _area(name: str, kind: str) -> str:
    return f"{name} {kind}" if name else ""


def _report(report: tuple[str, str, str]) -> str:
    return ", ".join(filter(None, report))


def _listed(index: int) -> Callable[[Row], str]:
    """One part of all reports, in their order; a part that is missing keeps its place."""
    return lambda row: "; ".join(report[index] for report in row["reports"])


def _always(value: Any) -> Callable[[Row], Any]:
    return lambda _row: value


def _column(name: str, value: Any, rule: str | Promise, kind: Kind = "text") -> Field:
    return Field(name=name, value=value, kind=kind, meaning=rule)


_BLANK = lazy("Blank: not recorded here.")
_OWN = lazy("Blank: a key that only UCDP gives.")


def _blank(name: str, rule: str | Promise = _BLANK) -> Field:
    return _column(name, _always(""), rule)


_COUNTRY = lazy("Always Iraq.")

ACLED = Profile(
    "acled",
    "ACLED",
    columns=(
        _column("event_id_cnty", "public_id", lazy("Our number.")),
        _column(
            "event_date",
            lambda row: _mid_day(row).isoformat(),
            lazy("The day, or the middle of the interval."),
            "date",
        ),
        _column("year", lambda row: _mid_day(row).year, lazy("Of event_date."), "integer"),
        _column(
            "time_precision",
            lambda row: ACLED_TIME_PRECISION[date_prec(row) or 0],
            lazy("1 where date_prec is 1, 2 where it is 2 or 3, 3 where it is 4."),
            "integer",
        ),
        _column(
            "disorder_type",
            lambda row: "Strategic developments" if row["disrupted"] else "Political violence",
            lazy("Political violence; Strategic developments where all was shot down."),
        ),
        _column(
            "event_type",
            lambda row: (
                "Strategic developments" if row["disrupted"] else "Explosions/Remote violence"
            ),
            lazy("Explosions/Remote violence; Strategic developments where all was shot down."),
        ),
        _column(
            "sub_event_type",
            lambda row: DISRUPTED if row["disrupted"] else ACLED_SUB_EVENTS[row["event_type"]],
            lazy(
                "By the kind of attack; Disrupted weapons use where an interception is told, the "
                "figures leave nothing that came down, and nobody was killed."
            ),
        ),
        _column(
            "actor1",
            _actor1,
            lazy(
                "Who claims it, the first where several do; else Unidentified Armed Group (Iraq)."
            ),
        ),
        _blank("assoc_actor_1"),
        _column(
            "inter1",
            _inter1,
            lazy("External/Other forces for a state's forces, else Political militia."),
        ),
        _blank("actor2", lazy("Blank: who was hit does not tell who was meant.")),
        _blank("assoc_actor_2"),
        _blank("inter2"),
        _column(
            "interaction",
            lambda row: f"{_inter1(row)} only",
            lazy("inter1 alone, for no target is coded."),
        ),
        _blank("civilian_targeting", lazy("Blank: who was hit does not tell who was meant.")),
        _column("iso", _always(368), _COUNTRY, "integer"),
        _column("region", _always("Middle East"), _COUNTRY),
        _column("country", _always("Iraq"), _COUNTRY),
        _column("admin1", _governorate, lazy("The governorate by the gazetteer.")),
        _column(
            "admin2",
            _district,
            lazy("The district by the gazetteer."),
        ),
        _blank("admin3"),
        _column(
            "location",
            _acled_location,
            lazy(
                "The first placed impact; the interception or the declared target where all was "
                "shot down. Inside a city: City – Neighbourhood."
            ),
        ),
        _column(
            "latitude",
            lambda row: round(row["site"]["lat"], 4),
            lazy("Of that site, four decimals."),
            "number",
        ),
        _column(
            "longitude",
            lambda row: round(row["site"]["lon"], 4),
            lazy("Of that site, four decimals."),
            "number",
        ),
        _column(
            "geo_precision",
            _acled_precision,
            lazy(
                "1 at or inside a place up to a city; 2 near or between places, or a district; "
                "3 a governorate."
            ),
            "integer",
        ),
        _column(
            "source", lambda row: "; ".join(row.get("publishers", ())), lazy("The publishers.")
        ),
        _blank("source_scale"),
        _column(
            "notes",
            _notes,
            lazy(
                "What no column holds: times, other sites, ranges, wounded, who else claims, is "
                "blamed or denies, the grade; “fatalities unknown” where no figure is known."
            ),
        ),
        _column(
            "fatalities",
            _edge(0),
            lazy("The lowest figure; 0 also where none is known, which notes tell."),
            "integer",
        ),
        _column(
            "tags",
            _tags,
            lazy("Weapon; munitions, how many came down and how many were intercepted."),
        ),
        _column(
            "timestamp",
            lambda row: int(row["updated_at"].timestamp()),
            lazy("updated_at in Unix seconds."),
            "integer",
        ),
    ),
    site=_impact_or_shot_down,
    holds=_acled_holds,
    limits=(
        lazy("No row without a date, or with one known to the year only."),
        lazy("No row without a place where something came down or was intercepted."),
        lazy("No row for shootings and for kinds of attack that the crosswalk does not know."),
        lazy("An unknown number of killed becomes 0. Only the notes tell it from a stated none."),
        lazy("Best and highest figures, wounded, and all sites but one are in the notes only."),
        lazy(
            "Whom an attack was meant for is not recorded: actor2 and civilian_targeting are blank."
        ),
    ),
)

UCDP = Profile(
    "ucdp",
    "UCDP GED",
    columns=(
        _column("id", "public_id", lazy("Our number.")),
        _column("year", lambda row: row["date_start"].year, lazy("Of date_start."), "integer"),
        _blank("active_year", _OWN),
        _column(
            "code_status",
            lambda row: "demo" if row["is_demo"] else "",
            lazy("Blank; “demo” for what is no record of events."),
        ),
        _column(
            "type_of_violence",
            lambda row: 1 if _forces_hit(row) else "",
            lazy(
                "1 where soldiers or police are among the victims, else blank: whom an attack was "
                "meant for is not recorded."
            ),
            "integer",
        ),
        _blank("conflict_new_id", _OWN),
        _blank("conflict_name", _OWN),
        _blank("dyad_new_id", _OWN),
        _blank("dyad_name", _OWN),
        _blank("side_a_new_id", _OWN),
        _column(
            "side_a",
            lambda row: "; ".join(_claimants(row)),
            lazy("Who claims it; blank where nobody does."),
        ),
        _blank("side_b_new_id", _OWN),
        _blank("side_b"),
        _column("number_of_sources", "source_count", lazy("Number of articles."), "integer"),
        _column(
            "source_article",
            lambda row: "; ".join(map(_report, row["reports"])),
            lazy("Publisher, date and headline of each article."),
        ),
        _column("source_office", _listed(0), lazy("Publisher of each article.")),
        _column("source_date", _listed(1), lazy("Date of each article.")),
        _column("source_headline", _listed(2), lazy("Headline of each article.")),
        _blank("source_original"),
        _column(
            "where_prec",
            _exactness,
            lazy(
                "1 at or inside a place up to a city; 2 near or between places; 3 a district; "
                "4 a governorate; 6 the country."
            ),
            "integer",
        ),
        _column(
            "where_coordinates",
            lambda row: _site_name(row["site"]),
            lazy("Name of the first placed impact."),
        ),
        _column(
            "where_description",
            lambda row: _told(row["site"]),
            lazy("The same with what the text says of it: near, inside, between."),
        ),
        _column(
            "adm_1",
            lambda row: _area(_governorate(row), "governorate"),
            lazy("The governorate by the gazetteer."),
        ),
        _column(
            "adm_2",
            lambda row: _area(_district(row), "district"),
            lazy("The district by the gazetteer."),
        ),
        _column(
            "latitude",
            lambda row: round(row["site"]["lat"], DECIMALS),
            lazy("Of that impact."),
            "number",
        ),
        _column(
            "longitude",
            lambda row: round(row["site"]["lon"], DECIMALS),
            lazy("Of that impact."),
            "number",
        ),
        _column(
            "geom_wkt",
            lambda row: (
                f"POINT ({round(row['site']['lon'], DECIMALS)}"
                f" {round(row['site']['lat'], DECIMALS)})"
            ),
            lazy("The point as text."),
        ),
        _column(
            "priogrid_gid",
            lambda row: priogrid(row["site"]["lat"], row["site"]["lon"]),
            lazy("Its cell of half a degree, computed."),
            "integer",
        ),
        _column("country", _always("Iraq"), _COUNTRY),
        _column("country_id", _always(645), _COUNTRY, "integer"),
        _column("region", _always("Middle East"), _COUNTRY),
        _column(
            "event_clarity",
            lambda row: 1 if row["grade"] in (Grade.CONFIRMED, Grade.FAIR) else 2,
            lazy("1 where the grade is confirmed or fair, else 2."),
            "integer",
        ),
        _column("date_prec", date_prec, lazy("As ours."), "integer"),
        _column("date_start", lambda row: row["date_start"].isoformat(), lazy("As ours."), "date"),
        _column("date_end", lambda row: row["date_end"].isoformat(), lazy("As ours."), "date"),
        _column(
            "deaths_a", _always(0), lazy("0: the dead of the attackers are not told."), "integer"
        ),
        _column("deaths_b", _dead_forces, lazy("Soldiers and police killed."), "integer"),
        _column(
            "deaths_civilians",
            lambda row: _dead(row, CIVILIANS),
            lazy("Civilians and children killed."),
            "integer",
        ),
        _column(
            "deaths_unknown",
            lambda row: row["killed_best"] - _dead(row, CIVILIANS) - _dead_forces(row),
            lazy("The rest of the best figure."),
            "integer",
        ),
        _column("best", _edge(1), lazy("Killed, best figure."), "integer"),
        _column("high", _edge(2), lazy("Killed, highest figure."), "integer"),
        _column("low", _edge(0), lazy("Killed, lowest figure."), "integer"),
    ),
    site=_impact,
    holds=_ucdp_holds,
    limits=(
        lazy("No row without at least one death by the best figure, or without a date."),
        lazy("No row without a placed impact. Launch, interception and target are lost."),
        lazy("Wounded, weapons, munitions, who is blamed and who denies are lost."),
        lazy("Conflict and dyad are UCDP's own coding and blank."),
    ),
)

PROFILES: dict[str, Profile] = {profile.name: profile for profile in (ACLED, UCDP)}
