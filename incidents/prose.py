"""What happened, told in two sentences made from the fields, in the active language.

The first says when, what, how many, from where and where; the second who was hurt and who is said
to have done it. What is unknown is left out, and a claim is told as a claim. Arabic inflects verb
and noun by the number, so whole clauses are the units of translation and not words.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext, ngettext_lazy, override, pgettext, pgettext_lazy

from extraction.text import lexicon
from incidents import presentation
from incidents.models import (
    ActorRole,
    CasualtyStatus,
    DatePrecision,
    Daypart,
    EventType,
    Grade,
    PlaceLevel,
    Relation,
    SiteRole,
)

if TYPE_CHECKING:
    from incidents.models import Incident, Site

Text = str | Promise


def told(incident: Incident) -> str:
    """Both sentences."""
    return f"{what_happened(incident)} {consequences(incident)}"


def in_both(incident: Incident) -> dict[str, str]:
    """``{"ar": …, "en": …}``: both sentences in both languages."""
    spoken = {}
    for language in ("ar", "en"):
        with override(language):
            spoken[language] = told(incident)
    return spoken


# ---- the first sentence ----


def what_happened(incident: Incident) -> str:
    """``On the evening of 17 November 2020, 7 Grad rockets were fired from …; …``"""
    sites: dict[str, list[Site]] = {role: [] for role in SiteRole.values}
    for site in incident.sites.all():
        sites[site.role].append(site)
    main, covers_impacts = _attack(incident, sites)
    clauses = [main]
    if not covers_impacts and (
        places := _listed(_where(sites[SiteRole.IMPACT], total=incident.munitions_best))
    ):
        clauses.append(_("impact was reported %(places)s") % {"places": places})
    if weapon := _weapon(incident):
        clauses.append(weapon)
    if caught := sites[SiteRole.INTERCEPT]:
        clauses.append(_caught(caught))
    if targets := _names(sites[SiteRole.TARGET]):
        said = ngettext(
            "the declared target was %(places)s",
            "the declared targets were %(places)s",
            len(targets),
        )
        clauses.append(said % {"places": _listed(targets)})
    low, high = incident.munitions_low, incident.munitions_high
    if low is not None and high is not None and low != high:
        said = _("the reported numbers range from %(low)s to %(high)s")
        clauses.append(said % {"low": low, "high": high})
    return _sentence(_joined(clauses), _when(incident))


def _sentence(clauses: str, when: str = "") -> str:
    if when:
        clauses = _("%(when)s, %(clauses)s") % {"when": when, "clauses": clauses}
    return _("%(clauses)s.") % {"clauses": capfirst(clauses)}


def _joined(clauses: Iterable[str]) -> str:
    """Arabic joins main clauses with "and"; the first stands alone."""
    return pgettext("between main clauses", "; ").join(clauses)


def _listed(items: list[str]) -> str:
    """``A, B and C``; Arabic says "and" before each."""
    *others, last = items or [""]
    if not others:
        return last
    these = pgettext("in a list inside a sentence", ", ").join(others)
    return _("%(these)s and %(last)s") % {"these": these, "last": last}


# When

_ON_DAYPART: dict[str, Text] = {
    Daypart.DAWN: lazy("at dawn on %(date)s"),
    Daypart.MORNING: lazy("on the morning of %(date)s"),
    Daypart.NOON: lazy("around noon on %(date)s"),
    Daypart.AFTERNOON: lazy("on the afternoon of %(date)s"),
    Daypart.EVENING: lazy("on the evening of %(date)s"),
    Daypart.NIGHT: lazy("on the night of %(date)s"),
}


def _when(incident: Incident) -> str:
    """The date as a phrase, as exact as it is known; "" where nothing is."""
    start, end = incident.date_start, incident.date_end
    if start is None or incident.date_precision == DatePrecision.UNKNOWN:
        return ""
    if incident.date_precision == DatePrecision.DAY and end and end != start:
        return _("between %(start)s and %(end)s") % {
            "start": presentation.day(start),
            "end": presentation.day(end),
        }
    said = {"date": presentation.dates(incident)}
    if incident.date_precision != DatePrecision.DAY:
        return _("in %(date)s") % said
    phrase = str(_ON_DAYPART.get(incident.daypart) or _("on %(date)s")) % said
    if not incident.time_local:
        return phrase
    return _("%(when)s at %(time)s") % {"when": phrase, "time": incident.time_local}


# What was fired, or exploded

# Each kind of munition with the two verbs: it was fired, it came down.
_FIRED = {
    EventType.ROCKET: ngettext_lazy(
        "%(number)s %(kind)s rocket was fired", "%(number)s %(kind)s rockets were fired"
    ),
    EventType.MORTAR: ngettext_lazy(
        "%(number)s %(kind)s mortar shell was fired", "%(number)s %(kind)s mortar shells were fired"
    ),
    EventType.MISSILE: ngettext_lazy(
        "%(number)s %(kind)s missile was fired", "%(number)s %(kind)s missiles were fired"
    ),
    EventType.DRONE: ngettext_lazy(
        "%(number)s %(kind)s drone was launched", "%(number)s %(kind)s drones were launched"
    ),
}
_FELL = {
    EventType.ROCKET: ngettext_lazy(
        "%(number)s %(kind)s rocket came down", "%(number)s %(kind)s rockets came down"
    ),
    EventType.MORTAR: ngettext_lazy(
        "%(number)s %(kind)s mortar shell came down", "%(number)s %(kind)s mortar shells came down"
    ),
    EventType.MISSILE: ngettext_lazy(
        "%(number)s %(kind)s missile came down", "%(number)s %(kind)s missiles came down"
    ),
    EventType.DRONE: ngettext_lazy(
        "%(number)s %(kind)s drone came down", "%(number)s %(kind)s drones came down"
    ),
}
# Bombs by the weapon that is named.
_EXPLODED = {
    "ied": ngettext_lazy(
        "%(number)s explosive device went off", "%(number)s explosive devices went off"
    ),
    "car_bomb": ngettext_lazy("%(number)s car bomb went off", "%(number)s car bombs went off"),
    "suicide": ngettext_lazy(
        "%(number)s suicide bomber struck", "%(number)s suicide bombers struck"
    ),
    "": ngettext_lazy("%(number)s bomb went off", "%(number)s bombs went off"),
}
_HAPPENED: dict[str, Text] = {
    EventType.ROCKET: lazy("there was a rocket attack"),
    EventType.MORTAR: lazy("there was a mortar attack"),
    EventType.DRONE: lazy("there was a drone attack"),
    EventType.MISSILE: lazy("there was a missile attack"),
    EventType.AIRSTRIKE: lazy("there was an air strike"),
    EventType.IED: lazy("there was a bombing"),
    EventType.SHOOTING: lazy("there was a shooting"),
    EventType.OTHER: lazy("there was an attack"),
}
# Weapons that are their event's munition itself and add nothing to it.
_PLAIN = {"", "mortar", "drone", "missile", "ied"}


def _attack(incident: Incident, sites: dict[str, list[Site]]) -> tuple[str, bool]:
    """The main clause, and whether it says already where the attack came down."""
    number, event = incident.munitions_best, incident.event_type
    fallen = _listed(_where(sites[SiteRole.IMPACT], total=number))
    launched = _listed(_whence(sites[SiteRole.LAUNCH]))
    if number and event in _FIRED:
        # What was shot down did not come down: only "fired" is true of all.
        comes_down = bool(fallen) and not launched and not sites[SiteRole.INTERCEPT]
        counted = (_FELL if comes_down else _FIRED)[EventType(event)] % number
        said = _counted(str(counted), number, _kind(incident))
        return _with(said, fallen if comes_down else launched), comes_down
    if number and event == EventType.IED:
        counted = _EXPLODED.get(incident.weapon, _EXPLODED[""]) % number
        said = _counted(str(counted), number, "")
        return _with(said, fallen), True
    said = str(_HAPPENED[event])
    if launched:
        return _("%(event)s, launched %(places)s") % {"event": said, "places": launched}, False
    return _with(said, fallen), True


def _counted(clause: str, number: int, kind: str) -> str:
    """The clause with its gaps filled; a kind that is not known leaves no double blank."""
    return " ".join((clause % {"number": number, "kind": kind}).split())


def _kind(incident: Incident) -> str:
    """``Grad`` before the noun in English, "of the type Grad" behind it in Arabic."""
    if incident.weapon in _PLAIN or _calibre(incident):
        return ""
    name = presentation.weapon_name(incident.weapon)
    return pgettext("kind of munition", "%(weapon)s") % {"weapon": presentation.isolated(name)}


def _weapon(incident: Incident) -> str:
    """The weapon, where the main clause does not tell it."""
    if calibre := _calibre(incident):
        return _("the calibre is given as %(mm)s mm") % {"mm": calibre}
    counted = incident.munitions_best and (
        incident.event_type in _FIRED or incident.event_type == EventType.IED
    )
    if not incident.weapon or counted or incident.weapon == incident.event_type:
        return ""
    name = presentation.isolated(presentation.weapon_name(incident.weapon))
    return _("the weapon is given as %(weapon)s") % {"weapon": name}


def _calibre(incident: Incident) -> str:
    """``107`` where that is all the name of the weapon says; "" otherwise."""
    if not incident.weapon.startswith(f"{incident.event_type}_"):
        return ""
    weapon = lexicon.weapons().get(incident.weapon)
    return " / ".join(map(str, weapon.calibre_mm)) if weapon else ""


def _with(clause: str, places: str) -> str:
    return _("%(clause)s %(places)s") % {"clause": clause, "places": places} if places else clause


def _caught(sites: list[Site]) -> str:
    """How many were shot down or burst, where that is told."""
    counts = [site.count for site in sites]
    where = _listed(_where([site for site in sites if site.name]))
    total = sum(count or 0 for count in counts)
    if not total or None in counts:
        return _with(_("interception in the air was reported"), where)
    said = ngettext(
        "%(number)s was intercepted or burst in the air",
        "%(number)s were intercepted or burst in the air",
        total,
    )
    return _with(said % {"number": total}, where)


# Where

_AT: dict[str, Text] = {
    Relation.NEAR: lazy("near %(place)s"),
    Relation.BETWEEN: pgettext_lazy("where", "around %(place)s"),
    Relation.INSIDE: lazy("inside %(place)s"),
    Relation.DIRECTION: pgettext_lazy("where", "in the direction of %(place)s"),
}
_FROM: dict[str, Text] = {
    Relation.AT: lazy("from %(place)s"),
    Relation.NEAR: lazy("from near %(place)s"),
    Relation.BETWEEN: lazy("from around %(place)s"),
    Relation.INSIDE: lazy("from inside %(place)s"),
    Relation.DIRECTION: lazy("from the direction of %(place)s"),
}
_AREAS = {
    PlaceLevel.NEIGHBOURHOOD,
    PlaceLevel.DISTRICT,
    PlaceLevel.CITY,
    PlaceLevel.GOVERNORATE,
    PlaceLevel.COUNTRY,
}


def _where(sites: Iterable[Site], total: int | None = None) -> list[str]:
    """``in Karrada (4)``, ``near Medical City``: each once, with the munitions tied to it.

    The ``total`` that is said already is not repeated at the one place that took it all.
    """
    phrases = []
    named = [site for site in sites if site.name or site.surface]
    for site in named:
        phrase = _AT.get(site.relation)
        if phrase is None:
            if site.level == PlaceLevel.STREET:
                phrase = pgettext("where", "on %(place)s")
            elif site.level in _AREAS:
                phrase = pgettext("where", "in %(place)s")
            else:
                phrase = pgettext("where", "at %(place)s")
        said = str(phrase) % {"place": _place(site)}
        all_here = len(named) == 1 and site.count == total
        phrases.append(f"{said} ({site.count})" if site.count and not all_here else said)
    return list(dict.fromkeys(phrases))


def _whence(sites: Iterable[Site]) -> list[str]:
    phrases = (
        str(_FROM[site.relation]) % {"place": _place(site)}
        for site in sites
        if site.name or site.surface
    )
    return list(dict.fromkeys(phrases))


def _names(sites: Iterable[Site]) -> list[str]:
    return list(dict.fromkeys(_place(site) for site in sites if site.name or site.surface))


def _place(site: Site) -> str:
    name = presentation.isolated(site.name or site.surface)
    return _("the %(place)s") % {"place": name} if name.endswith(_WITH_ARTICLE) else name


# English names that do not stand without their article; Arabic has its own.
_WITH_ARTICLE = ("Zone", "Embassy", "Bridge", "District", "Governorate", "Hotel", "Complex")


# ---- the second sentence ----


def consequences(incident: Incident) -> str:
    """Casualties, and who claims, is blamed, denies; what is unknown is left out."""
    clauses = [*_casualties(incident), *_responsibility(incident)]
    return _sentence(_joined(clauses or [_("the reports give no figure for casualties")]))


def _casualties(incident: Incident) -> list[str]:
    killed, wounded = incident.killed_best, incident.wounded_best
    if killed is None and wounded is None:
        statuses = {incident.killed_status, incident.wounded_status}
        return [_("losses are denied")] if CasualtyStatus.DENIED in statuses else []
    if not killed and not wounded and None not in (killed, wounded):
        return [
            _ranges(_("nobody was killed or wounded, it is stated"), incident, "killed", "wounded")
        ]
    parts = []
    if killed is not None:
        parts.append(_ranges(_killed(killed), incident, "killed"))
    if wounded is not None:
        parts.append(_ranges(_wounded(wounded), incident, "wounded"))
    return [_listed(parts)]


def _killed(number: int) -> str:
    if not number:
        return _("nobody was killed")
    said = ngettext("%(number)s person was killed", "%(number)s people were killed", number)
    return said % {"number": presentation.grouped(number)}


def _wounded(number: int) -> str:
    if not number:
        return _("nobody was wounded")
    said = ngettext("%(number)s person was wounded", "%(number)s people were wounded", number)
    return said % {"number": presentation.grouped(number)}


def _ranges(said: str, incident: Incident, *fields: str) -> str:
    """A clause with the range of the figures behind it, where reports differ."""
    spreads = [
        presentation.span(getattr(incident, f"{field}_low"), getattr(incident, f"{field}_high"))
        for field in fields
    ]
    shown = [spread for spread in spreads if spread]
    return f"{said} ({_(', ').join(shown)})" if shown else said


def _responsibility(incident: Incident) -> list[str]:
    parties: dict[str, list[str]] = {role: [] for role in ActorRole.values}
    for party in incident.parties.all():
        parties[party.role].append(presentation.isolated(str(party.actor)))
    clauses = []
    if claimed := parties[ActorRole.CLAIMED_BY]:
        said = ngettext(
            "%(actors)s claims responsibility", "%(actors)s claim responsibility", len(claimed)
        )
        clauses.append(said % {"actors": _listed(claimed)})
    if blamed := parties[ActorRole.ATTRIBUTED_TO]:
        said = _("the attack is attributed to %(actors)s")
        clauses.append(said % {"actors": _listed(blamed)})
    if denied := parties[ActorRole.DENIED_BY]:
        said = ngettext(
            "%(actors)s denies responsibility", "%(actors)s deny responsibility", len(denied)
        )
        clauses.append(said % {"actors": _listed(denied)})
    if incident.grade == Grade.CONTESTED:
        clauses.append(_("who is responsible is contested"))
    elif incident.grade == Grade.DISCOUNTED:
        clauses.append(_("the incident is discounted"))
    return clauses
