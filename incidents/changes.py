"""What a mirror of our data goes by: when an incident last changed, and which ones are gone.

``updated_at`` moves with everything that is exported about an incident, also with what other
tables hold: its sites, parties, victims and sources, the names of groups and publishers, the
numbers merged into it. An incident that was published and is no longer has a ``Withdrawal``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.db.models.signals import post_delete, post_save, pre_save
from django.utils import timezone

from incidents.models import (
    Actor,
    Article,
    Incident,
    IncidentActor,
    IncidentArticle,
    Site,
    Status,
    Victim,
    Withdrawal,
)

# What the rows of other tables tell of an incident. A save that leaves it as it was is no change.
_TOLD: dict[type[Any], tuple[str, ...]] = {
    Site: (
        "incident_id",
        "number",
        "role",
        "place_id",
        "name_en",
        "name_ar",
        "surface",
        "lat",
        "lon",
        "level",
        "radius_m",
        "relation",
        "count",
        "confidence",
    ),
    IncidentActor: ("incident_id", "actor_id", "role"),
    IncidentArticle: ("incident_id", "article_id", "focus"),
    Victim: ("incident_id", "group", "sex", "status", "count"),
    Actor: ("name_en", "name_ar"),
    Article: ("title", "publisher", "url", "published_at", "language"),
    Incident: ("merged_into_id",),
}


def connect() -> None:
    for model in _TOLD:
        pre_save.connect(_saved, sender=model, dispatch_uid="incidents.changes")
        post_delete.connect(_deleted, sender=model, dispatch_uid="incidents.changes")
    post_save.connect(_decided, sender=Incident, dispatch_uid="incidents.withdrawals")
    post_delete.connect(_gone, sender=Incident, dispatch_uid="incidents.withdrawals")


def _saved(sender: type[Any], instance: Any, raw: bool = False, **kwargs: Any) -> None:
    if raw:
        return
    names = _TOLD[sender]
    after = {name: getattr(instance, name) for name in names}
    before = sender._default_manager.filter(pk=instance.pk).values(*names).first()
    if before != after:
        _touch(_incidents_of(sender, instance.pk, filter(None, (before, after))))


def _deleted(sender: type[Any], instance: Any, **kwargs: Any) -> None:
    told = {name: getattr(instance, name) for name in _TOLD[sender]}
    _touch(_incidents_of(sender, instance.pk, [told]))


def _incidents_of(sender: type[Any], pk: Any, told: Iterable[dict[str, Any]]) -> Q:
    """The incidents that a row says something about, or said before."""
    if sender in (Actor, Article):
        through = "parties__actor" if sender is Actor else "sources__article"
        return Q(**{f"{through}__in": [] if pk is None else [pk]})  # a new row: of none yet
    name = "merged_into_id" if sender is Incident else "incident_id"
    return Q(pk__in=[row[name] for row in told if row[name] is not None])


def _touch(which: Q) -> None:
    touched = Incident.objects.filter(which).order_by().values("pk")
    Incident.objects.filter(pk__in=touched).update(updated_at=timezone.now())


def _decided(sender: type[Any], instance: Incident, raw: bool = False, **kwargs: Any) -> None:
    if raw or instance.published_at is None:
        return
    if instance.status == Status.PUBLISHED:
        Withdrawal.objects.filter(public_id=instance.public_id).delete()
    else:
        Withdrawal.objects.get_or_create(public_id=instance.public_id)


def _gone(sender: type[Any], instance: Incident, **kwargs: Any) -> None:
    if instance.published_at is not None:
        Withdrawal.objects.get_or_create(public_id=instance.public_id)


@dataclass(frozen=True, slots=True)
class Gone:
    """A number that no export holds any more, and what became of its incident.

    ``what`` is ``merged`` (with ``merged_into``, which is published), ``rejected``, ``withdrawn``
    (back on the editors' desk) or ``deleted``.
    """

    key: int
    id: str
    what: str
    at: datetime
    merged_into: str | None


def gone(since: datetime | None, *, after: int, limit: int) -> list[Gone]:
    """The first ``limit`` numbers withdrawn at or after ``since``, in order, beyond key ``after``.

    What was never published is in none of them, nor is anything said of it.
    """
    rows = Withdrawal.objects.filter(pk__gt=after).order_by("pk")
    if since is not None:
        rows = rows.filter(at__gte=since)
    page = list(rows[:limit])
    stored = {
        incident.public_id: incident
        for incident in Incident.objects.filter(
            public_id__in=[row.public_id for row in page]
        ).select_related("merged_into")
    }
    return [_told(row, stored.get(row.public_id)) for row in page]


def _told(row: Withdrawal, incident: Incident | None) -> Gone:
    what, winner = "withdrawn", None
    if incident is None:
        what = "deleted"
    elif incident.merged_into and incident.merged_into.status == Status.PUBLISHED:
        what, winner = "merged", incident.merged_into.public_id
    elif incident.status == Status.REJECTED:
        what = "rejected"
    return Gone(row.pk, row.public_id, what, row.at, winner)
