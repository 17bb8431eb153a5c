"""An incident as the map's list and popup receive it: short texts in the reader's language.

The browser puts them into text nodes, so they are plain text here.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from incidents import evidence, presentation
from incidents.models import (
    Act,
    ActorRole,
    CasualtyStatus,
    Grade,
    Incident,
    IncidentArticle,
    Site,
    SiteRole,
    Statement,
    Status,
)
from incidents.presentation import ROLE_ORDER


def with_parts(incidents: QuerySet[Incident]) -> QuerySet[Incident]:
    """The incidents with all that a card or a popup names, in a fixed number of queries."""
    return incidents.prefetch_related("sites", "parties__actor")


def with_sources(incidents: QuerySet[Incident]) -> QuerySet[Incident]:
    """The same with the articles, texts included: for few incidents."""
    sources = IncidentArticle.objects.select_related("article")
    return with_parts(incidents).prefetch_related(Prefetch("sources", sources))


def card(incident: Incident, query: str = "") -> dict[str, Any]:
    """A row of the list beside the map. ``spots`` are the keys of its signs, the main one first.

    With the ``query`` of a filter its page knows which set to leaf through.
    """
    sites = sorted(incident.sites.all(), key=by_role)
    roles = list(dict.fromkeys(site.role for site in sites))
    return {
        "id": incident.public_id,
        "url": address(incident, query),
        "title": presentation.title(incident),
        "when": presentation.when(incident),
        "roles": roles,
        "roles_text": _(", ").join(presentation.role_name(role) for role in roles),
        "spots": [
            {"key": spot_key(site), "lat": site.lat, "lon": site.lon}
            for site in sites
            if site.lat is not None
        ],
        "figures": _figures(incident),
        "munitions": presentation.munitions(incident),
        "parties": [list(party) for party in parties(incident)],
        "grade": incident.grade,
        "grade_text": str(Grade(incident.grade).label) if incident.grade else "",
        "status": "" if incident.status == Status.PUBLISHED else str(Status(incident.status).label),
    }


def sight(incident: Incident, site: Site, statement: Statement | None) -> dict[str, Any]:
    """All that the popup says about an incident at one of its sites."""
    return {
        "id": incident.public_id,
        "url": incident.get_absolute_url(),
        "list": reverse("incident-list"),
        "title": presentation.title(incident),
        "when": presentation.when(incident),
        "role": site.role,
        "place": _place_line(site),
        "facts": [list(fact) for fact in facts(incident)],
        "evidence": _evidence(statement),
        "articles": [
            {
                "title": presentation.headline(source.article),
                "url": source.article.get_absolute_url(),
                "source": presentation.source_line(source.article),
            }
            for source in incident.sources.all()
        ],
    }


def address(incident: Incident, query: str) -> str:
    """The incident's page within the set that a filter leaves."""
    path = incident.get_absolute_url()
    return f"{path}?{query}" if query else path


def facts(incident: Incident) -> list[tuple[str, str]]:
    """Label and value of what is known; unknown casualties are said to be unknown."""
    found = [
        (_("Event"), presentation.event_name(incident)),
        (_("Weapon"), presentation.weapon_name(incident.weapon) if incident.weapon else ""),
        (_("Munitions"), presentation.munitions(incident)),
        (_("Killed"), presentation.figure(incident, "killed")),
        (_("Wounded"), presentation.figure(incident, "wounded")),
        *parties(incident),
        (_("Grade of evidence"), str(Grade(incident.grade).label) if incident.grade else ""),
    ]
    return [(label, value) for label, value in found if value]


def parties(incident: Incident) -> list[tuple[str, str]]:
    """Who claims, is blamed, denies: label and names, of the roles that somebody has."""
    found = [
        (_("Claimed by"), actors(incident, ActorRole.CLAIMED_BY)),
        (_("Attributed to"), actors(incident, ActorRole.ATTRIBUTED_TO)),
        (_("Denied by"), actors(incident, ActorRole.DENIED_BY)),
    ]
    return [(label, names) for label, names in found if names]


def actors(incident: Incident, role: ActorRole) -> str:
    """The actors of a role, listed; "" for none."""
    named = (
        presentation.isolated(str(party.actor))
        for party in incident.parties.all()
        if party.role == role
    )
    return _(", ").join(dict.fromkeys(named))


def spot_key(site: Site) -> str:
    """The same key as ``mapdata.spots`` gives the sign on the map; "" without a place."""
    return "" if site.tile_x is None else f"{site.tile_x}.{site.tile_y}.{site.role}"


def by_role(site: Site) -> tuple[int, int]:
    """Sorts sites as a reader asks for them, see ``ROLE_ORDER``."""
    return ROLE_ORDER.index(SiteRole(site.role)), site.number


def _figures(incident: Incident) -> list[tuple[str, str]]:
    """Figures worth a place on a card, each with its word; what is unknown is left out."""
    figures = []
    for field in ("killed", "wounded"):
        if getattr(incident, f"{field}_status") == CasualtyStatus.NONE_STATED:
            figures.append(("0", presentation.counted_word(field, 0)))
        elif (best := getattr(incident, f"{field}_best")) is not None:
            word = presentation.counted_word(field, best)
            figures.append((presentation.figure(incident, field), word))
    if number := presentation.munitions(incident):
        word = presentation.counted_word("munitions", incident.munitions_best or 2)
        figures.append((number, word))
    return figures


def _place_line(site: Site) -> str:
    """``Impact: near Medical City, 1 munition, within about 300 m``."""
    said = _("%(role)s: %(place)s") % {
        "role": presentation.role_name(site.role),
        "place": presentation.site_phrase(site),
    }
    parts = [said, presentation.site_count(site), presentation.uncertainty(site)]
    return _(", ").join(filter(None, parts))


def _evidence(statement: Statement | None) -> dict[str, Any] | None:
    """The sentence in three parts, so that the words that were read can stand out."""
    if statement is None:
        return None
    quote = evidence.quote(statement, statement.article.body)
    return {
        "quote": [quote.before, quote.words, quote.after],
        "speaker": presentation.speaker(statement),
        "act": str(Act(statement.act).label),
        "lang": presentation.language_tag(statement.article),
        "url": presentation.said_at(statement),
    }
