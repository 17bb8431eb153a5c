"""What an editor decides about incidents, each a whole act: safe to call, written to the history.

The machine's own acts are in ``ingest``; what an editor decides here it leaves alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from gazetteer import Gazetteer, Place
from incidents import ingest, merging
from incidents.models import (
    Article,
    DataVersion,
    Incident,
    IncidentArticle,
    Site,
    SiteRole,
    Status,
    explain,
    localised,
)
from incidents.stored import drafts_of


class EditError(ValueError):
    """Something that cannot be done to an incident. The message is for people."""


def set_status(
    incidents: Iterable[Incident], status: Status, *, reason: str = "", user: Any = None
) -> int:
    """Give incidents a status; how many had another before. Those merged away keep theirs."""
    changed = 0
    with transaction.atomic():
        DataVersion.lock()
        for incident in incidents:
            # Fetched before the lock, and the whole row is saved.
            incident.refresh_from_db()
            if incident.status != status and incident.merged_into_id is None:
                incident.status = status
                incident.save_because(reason, user)
                changed += 1
    return changed


def add_site(
    incident: Incident,
    *,
    role: SiteRole,
    place: Place | None = None,
    point: tuple[float, float] | None = None,
    radius_m: float | None = None,
    article: Article | None = None,
    span: tuple[int, int] | None = None,
    user: Any = None,
) -> Site:
    """Put a site of an incident where an editor says it is, with the words that name it.

    ``point`` (latitude, longitude) and ``radius_m`` go before those of ``place``. The incident's
    sites are locked from then on. One that was merged meanwhile leaves the site to the other.
    """
    lat, lon = point or ((place.lat, place.lon) if place else (None, None))
    site = Site(role=role, lat=lat, lon=lon, radius_m=radius_m, article=article)
    if place is not None:
        take_place(site, place)
        if point is not None:
            site.lat, site.lon = point
        if radius_m is not None:
            site.radius_m = radius_m
    if article is not None and span is not None:
        site.start, site.end = span
        site.surface = article.body[slice(*span)][:300]
    named = localised(site.name_en, site.name_ar) or site.surface
    reason = f"Site added: {named}"
    with transaction.atomic():
        DataVersion.lock()
        incident.refresh_from_db()
        incident = incident.merged_into or incident
        site.incident = incident
        explain(site, reason, user)
        site.save()
        incident.lock("sites")
        ingest.refresh_derived(incident, save=False)
        incident.save_because(reason, user)
    return site


def take_place(site: Site, place: Place | None) -> None:
    """Give a site the names, point and extent of a place of the gazetteer.

    Without a place it loses its name; the point stays, for somebody may have typed it.
    """
    if place is None:
        site.place_id = site.name_en = site.name_ar = ""
        return
    site.place_id = place.id
    site.name_en, site.name_ar = place.name_en, place.name_ar
    site.lat, site.lon, site.radius_m = place.lat, place.lon, place.radius_m
    site.level = place.level


def split_off(
    source: IncidentArticle,
    *,
    gazetteer: Gazetteer,
    into: Incident | None = None,
    user: Any = None,
) -> Incident:
    """Take an article away from an incident, into a new one or into one merged here earlier.

    The latter undoes a merge: the old number comes back as a draft. Raises EditError when the
    incident would be left without an article, or the article's current reading lacks the event.
    """
    with transaction.atomic():
        DataVersion.lock()
        # Others may have decided since these were fetched.
        told = IncidentArticle.objects.filter(
            pk=source.pk, incident=source.incident_id, draft_index__isnull=False
        ).first()
        if told is None:
            raise EditError(_("The current reading of this article does not tell the incident."))
        source = told
        incident = source.incident
        if incident.sources.count() < 2:
            raise EditError(_("An incident keeps at least one article."))
        if into is not None:
            into.refresh_from_db()
            if into.merged_into_id != incident.pk:
                raise EditError(_("Choose an incident that was merged into this one."))
        other = into or _incident_for(source)
        reason = f"Article {source.article_id} split off {incident.public_id}"
        other.status, other.merged_into = Status.DRAFT, None
        other.save_because(reason, user)
        source.incident = other
        source.save()
        source.article.statements.filter(incident=incident).update(incident=other)
        ingest.rebuild(other, gazetteer, reason=reason, user=user)
        ingest.rebuild(
            incident,
            gazetteer,
            reason=f"Article {source.article_id} split off into {other.public_id}",
            user=user,
        )
    return other


def _incident_for(source: IncidentArticle) -> Incident:
    """A new incident, unsaved, numbered by the date that the article gives."""
    reading = source.article.current_reading
    assert reading is not None
    draft = drafts_of(reading.data)[source.draft_index or 0]
    start, end, precision = merging.interval(draft.date)
    return Incident(
        event_type=draft.event,
        date_start=start,
        date_end=end,
        date_precision=precision,
        is_demo=source.article.is_demo,
    )


def delete_articles(
    articles: Iterable[Article], *, gazetteer: Gazetteer, user: Any = None
) -> list[Incident]:
    """Delete articles with their readings; the incidents left without any article.

    The other incidents forget what only these articles said. An incident without an article
    stays as it is, as a draft: its number was given out.
    """
    bare = []
    with transaction.atomic():
        DataVersion.lock()
        articles = list(articles)
        touched = list(Incident.objects.filter(sources__article__in=articles).distinct())
        for article in articles:
            article.delete()
        for incident in touched:
            if incident.sources.exists():
                ingest.rebuild(incident, gazetteer, reason="An article was deleted", user=user)
                continue
            bare.append(incident)
            if incident.status == Status.PUBLISHED:
                incident.status = Status.DRAFT
            ingest.refresh_derived(incident, save=False)
            incident.save_because("Its last article was deleted", user)
    return bare
