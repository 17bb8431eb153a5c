"""What people read: labels, dates, figures, names.

Everything here speaks the active language; whole sentences are in ``prose``. Values come from the
models and are plain text: whoever shows them escapes them.
"""

from __future__ import annotations

import textwrap
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import get_language_bidi, ngettext, npgettext, pgettext
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

import gazetteer
from extraction.text import lexicon
from incidents.models import (
    CasualtyStatus,
    DatePrecision,
    Daypart,
    Language,
    Relation,
    SiteRole,
    VictimStatus,
    localised,
)

if TYPE_CHECKING:
    from incidents.models import Article, Incident, Site, Statement, Victim

# The order in which a reader asks: what fell where, from where, what was meant.
ROLE_ORDER = (SiteRole.IMPACT, SiteRole.INTERCEPT, SiteRole.LAUNCH, SiteRole.TARGET)


# ---- dates ----


def month(number: int) -> str:
    """The month by name; Arabic has the names used in Iraq."""
    return (
        "",
        pgettext("month", "January"),
        pgettext("month", "February"),
        pgettext("month", "March"),
        pgettext("month", "April"),
        pgettext("month", "May"),
        pgettext("month", "June"),
        pgettext("month", "July"),
        pgettext("month", "August"),
        pgettext("month", "September"),
        pgettext("month", "October"),
        pgettext("month", "November"),
        pgettext("month", "December"),
    )[number]


def day(value: date) -> str:
    """``17 November 2020``."""
    return f"{value.day} {month(value.month)} {value.year}"


def moment(value: datetime | None) -> str:
    """``18 November 2020, 12:00`` in the local time of the site; "" for none."""
    if value is None:
        return ""
    local = timezone.localtime(value)
    return _("%(day)s, %(time)s") % {"day": day(local.date()), "time": local.strftime("%H:%M")}


def stated_date(value: str) -> str:
    """A date as statements give it, ``2020-11-17`` or ``2020-11`` or ``2020``, in words."""
    try:
        match [int(part) for part in value.split("-")]:
            case [year, number, of_month]:
                return day(date(year, number, of_month))
            case [year, number]:
                return f"{month(number)} {year}"
    except (ValueError, IndexError):
        pass
    return value


def dates(incident: Incident) -> str:
    """The date as exactly as it is known: a day, an interval, a month, a year."""
    start, end = incident.date_start, incident.date_end
    if start is None or incident.date_precision == DatePrecision.UNKNOWN:
        return _("date unknown")
    if incident.date_precision == DatePrecision.YEAR:
        return str(start.year)
    if incident.date_precision == DatePrecision.MONTH:
        return f"{month(start.month)} {start.year}"
    if end and end != start:
        return _("%(start)s to %(end)s") % {"start": day(start), "end": day(end)}
    return day(start)


def when(incident: Incident) -> str:
    """Date, and time of day where it is known: ``17 November 2020, evening, 21:30``."""
    parts = [dates(incident)]
    if incident.daypart:
        parts.append(str(Daypart(incident.daypart).label))
    if incident.time_local:
        parts.append(incident.time_local)
    return _(", ").join(parts)


def daypart_name(key: str) -> str:
    """``Afternoon``, as a heading or a choice; inside a sentence use ``Daypart``'s label."""
    return {
        Daypart.DAWN: pgettext("time of day", "Dawn"),
        Daypart.MORNING: pgettext("time of day", "Morning"),
        Daypart.NOON: pgettext("time of day", "Noon"),
        Daypart.AFTERNOON: pgettext("time of day", "Afternoon"),
        Daypart.EVENING: pgettext("time of day", "Evening"),
        Daypart.NIGHT: pgettext("time of day", "Night"),
    }[Daypart(key)]


# ---- weapons, figures ----


def weapon_name(key: str) -> str:
    """The weapon's name in the active language; a key the lexicon lacks stands for itself."""
    weapon = lexicon.weapons().get(key)
    return localised(weapon.en, weapon.ar) if weapon else key.replace("_", " ")


def weapons() -> list[tuple[str, str]]:
    """Key and name of every weapon of the lexicon, by name."""
    named = [(key, weapon_name(key)) for key in lexicon.weapons()]
    return sorted(named, key=lambda pair: pair[1])


def span(low: int | None, high: int | None) -> str:
    """``3–7``, or "" where the two do not differ. Isolated: it runs from left to right always."""
    if low is None or high is None or low == high:
        return ""
    return f"\u2066{grouped(low)}–{grouped(high)}\u2069"


def _with_span(said: str, low: int | None, high: int | None) -> str:
    """``5 (3–7)``; the range is left out where there is none."""
    spread = span(low, high)
    return f"{said} ({spread})" if spread else said


def grouped(number: int) -> str:
    """``12,345``: in the figures that both languages of this site use."""
    return f"{number:,}"


def percent(part: int, whole: int) -> str:
    """``34.0%``; below a thousandth ``<0.1%``, so that something is never nothing."""
    if not whole:
        return ""
    value = 100 * part / whole
    return "\u2066<0.1%\u2069" if 0 < value < 0.1 else f"\u2066{value:.1f}%\u2069"


def ranged(low: int, best: int, high: int) -> str:
    """``1,204 (980–1,400)``, without the range where there is none."""
    return _with_span(grouped(best), low, high)


def munitions(incident: Incident) -> str:
    """Number of munitions with its range, or "" while unknown."""
    if incident.munitions_best is None:
        return span(incident.munitions_low, incident.munitions_high)
    return _with_span(str(incident.munitions_best), incident.munitions_low, incident.munitions_high)


def figure(incident: Incident, field: str) -> str:
    """``killed`` or ``wounded`` in words. Unknown, none and denied are three different things."""
    low, best, high = (getattr(incident, f"{field}_{edge}") for edge in ("low", "best", "high"))
    status = getattr(incident, f"{field}_status")
    if status == CasualtyStatus.NONE_STATED:
        return _("none, it is stated")
    if best is None:
        return {CasualtyStatus.DENIED: _("denied")}.get(status, _("unknown"))
    return _with_span(str(best), low, high)


def short_figure(incident: Incident, field: str) -> str:
    """The same for a table: ``0`` where none is stated, while unknown stays a word."""
    if getattr(incident, f"{field}_status") == CasualtyStatus.NONE_STATED:
        return "0"
    return figure(incident, field)


def counted_word(field: str, number: int) -> str:
    """The word that follows a figure: ``wounded``, ``munitions``, in the number it needs."""
    match field:
        case "killed":
            return npgettext("after a figure", "killed", "killed", number)
        case "wounded":
            return npgettext("after a figure", "wounded", "wounded", number)
        case _:
            return npgettext("after a figure", "munition", "munitions", number)


# ---- places ----


def site_name(site: Site) -> str:
    """The place's name, else the words of the text, else a dash.

    The words of an interception without a place tell that it was intercepted: they are evidence
    and no name.
    """
    if site.role == SiteRole.INTERCEPT and not site.name:
        return nowhere_in_the_air()
    return site.name or site.surface or "—"


def nowhere_in_the_air() -> str:
    return _("in the air, place not told")


def incident_place(incident: Incident) -> str:
    """Where a list says that it was; "" where no place is known."""
    if incident.place_name:
        return incident.place_name
    caught = any(site.role == SiteRole.INTERCEPT for site in incident.sites.all())
    return nowhere_in_the_air() if caught else ""


_RELATIONS = {
    Relation.NEAR: lazy("near %(place)s"),
    Relation.BETWEEN: lazy("between, %(place)s"),
    Relation.INSIDE: lazy("inside %(place)s"),
    Relation.DIRECTION: lazy("towards %(place)s"),
}


def site_phrase(site: Site) -> str:
    """``near Medical City``: the place with the relation said in the text."""
    name = isolated(site_name(site))
    relation = _RELATIONS.get(Relation(site.relation))
    return relation % {"place": name} if relation else name


def distance(metres: float) -> str:
    """``600 m`` or ``2.5 km``."""
    if metres < 1000:
        return _("%(number)s m") % {"number": round(metres)}
    # Three figures, and never as 1.2e+03.
    return _("%(number)s km") % {"number": f"{float(f'{metres / 1000:.3g}'):g}"}


def site_count(site: Site) -> str:
    """``4 munitions``; "" where no number is tied to the place."""
    if not site.count:
        return ""
    return ngettext("%(number)s munition", "%(number)s munitions", site.count) % {
        "number": site.count
    }


def uncertainty(site: Site) -> str:
    """``within about 1.5 km``: how far off the point may honestly be."""
    if not site.radius_m:
        return ""
    return _("within about %(distance)s") % {"distance": distance(site.radius_m)}


# Marks that override or embed a direction. In a name they would reach beyond it.
_DIRECTION_MARKS = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])


def isolated(name: str) -> str:
    """A name inside a sentence; one in the other script brings its direction to heel.

    Without the isolating marks, an Arabic name in an English list would turn round the figures
    and brackets that follow it. Marks that came with the name are left out.
    """
    name = name.translate(_DIRECTION_MARKS)
    arabic = any("\u0600" <= letter <= "\u06ff" for letter in name)
    return name if arabic == get_language_bidi() else f"\u2068{name}\u2069"


def role_name(role: str) -> str:
    """``Impact``, as the legend calls it."""
    return capfirst(str(SiteRole(role).label))


# ---- headings ----


def event_name(incident: Incident) -> str:
    return capfirst(str(incident.get_event_type_display()))


def title(incident: Incident) -> str:
    """``Rocket attack, Green Zone``: what a list or a popup is headed with."""
    place = incident_place(incident)
    if not place:
        return event_name(incident)
    return _("%(event)s, %(place)s") % {
        "event": event_name(incident),
        "place": isolated(place),
    }


def citation(incident: Incident, address: str, today: date) -> str:
    """How to quote an incident: ``address`` is its full permalink."""
    return _("Athar, incident %(id)s: %(title)s, %(dates)s. %(address)s (read on %(today)s).") % {
        "id": isolated(incident.public_id),
        "title": title(incident),
        "dates": dates(incident),
        "address": isolated(address),
        "today": day(today),
    }


# ---- statements and articles ----


def speaker(statement: Statement) -> str:
    """Who says it; the article's own voice is the narrator's."""
    return statement.speaker or _("the article itself")


def headline(article: Article) -> str:
    """The article's title; without one, the beginning of its text, cut between two words."""
    if article.title:
        return article.title
    beginning = " ".join(article.body[:200].split())
    return textwrap.shorten(beginning, width=80, placeholder=" …") or _("untitled")


def source_line(article: Article) -> str:
    """``Ultra Iraq, 18 November 2020``; what is unknown is left out."""
    parts = [isolated(article.publisher)] if article.publisher else []
    if article.published_at:
        parts.append(day(timezone.localtime(article.published_at).date()))
    return _(", ").join(parts) or _("source unknown")


def language_tag(article: Article) -> str:
    """The article's language for a ``lang`` attribute."""
    return "und" if article.language == Language.OTHER else article.language


def said_at(statement: Statement) -> str:
    """The address of the statement's highlighted words."""
    return f"{reverse('article', args=[statement.article_id])}#s{statement.pk}"


def victims(incident: Incident) -> str:
    """``children, female: 2 killed; civilians: 5 wounded``; "" where no group is named."""
    return _("; ").join(map(victim, incident.victims.all()))


def victim(group: Victim) -> str:
    """``children, female: 2 killed``."""
    who = _(", ").join(
        filter(None, (group.get_group_display(), str(group.get_sex_display() or "")))
    )
    if group.count is None:
        return _("%(who)s: %(status)s") % {"who": who, "status": group.get_status_display()}
    said = {"number": group.count}
    if group.status == VictimStatus.KILLED:
        counted = ngettext("%(number)s killed", "%(number)s killed", group.count) % said
    else:
        counted = ngettext("%(number)s wounded", "%(number)s wounded", group.count) % said
    return _("%(who)s: %(counted)s") % {"who": who, "counted": counted}


def script_strings() -> dict[str, str]:
    """What the scripts say, by key; gaps are {in braces}. See static/js/strings.js."""
    return {
        "clear_all": _("Clear all"),
        "copied": _("Copied"),
        "close": _("Close"),
        "details": _("Details"),
        "failed": _("This could not be loaded ({why}). Check the connection and try again."),
        "in_article": _("in the article"),
        "in_list": _("In the list"),
        "legend": _("Legend and layers"),
        "loading": _("Loading …"),
        "map": _("Map"),
        "next": _("Next"),
        "not_copied": _("The browser does not let this page copy. Select the text and copy it."),
        "none_in_view": _("No incident in this part of the map. Zoom out, or loosen the filter."),
        "none_unplaced": _("Every incident of this filter has a place."),
        "nothing_here": _("Nothing is left here under this filter."),
        "open_incident": _("Open the incident"),
        "page_of": _("{page} of {pages}"),
        "per_day": _("incidents a day"),
        "per_month": _("incidents a month"),
        "per_year": _("incidents a year"),
        "previous": _("Previous"),
        "near": _("Only around the period"),
        "range_from": _("Start of the period"),
        "range_to": _("End of the period"),
        "remove_filter": _("Remove the filter {filter}"),
        "sources": _("Sources"),
        "timeline_label": _(
            "Incidents over time, from {from} to {to}; at most {most} at a time. "
            "The two sliders set the period."
        ),
        "unknown": _("unknown"),
        "vague": _("{number} not dated so exactly"),
        "zoom_in": _("Zoom in"),
        "zoom_out": _("Zoom out"),
    }


def map_credits() -> list[str]:
    """Whom the map must name: the gazetteer's sources that ask for it, OpenStreetMap first."""
    sources = gazetteer.load().sources.values()
    asking = [source for source in sources if source.licence_url and source.id != "own-estimate"]
    asking.sort(key=lambda source: source.id != "osm")
    return [source.attribution for source in asking]
