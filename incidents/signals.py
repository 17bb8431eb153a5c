"""Every change of what is shown moves the data version, whoever makes it."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_delete, post_save

from incidents.models import (
    Actor,
    Article,
    DataVersion,
    Incident,
    IncidentActor,
    IncidentArticle,
    Site,
    Statement,
    Victim,
)

SHOWN = (Actor, Article, Incident, IncidentActor, IncidentArticle, Site, Statement, Victim)


def connect() -> None:
    for model in SHOWN:
        for signal in (post_save, post_delete):
            signal.connect(_bump, sender=model, dispatch_uid="incidents.data_version")


def _bump(instance: Any, raw: bool = False, created: bool = False, **kwargs: Any) -> None:
    """Bulk operations send no signal; whoever uses one calls ``DataVersion.bump`` as well, with no
    incidents where what is written in bulk are statements, sources or victims only."""
    if not raw:
        DataVersion.bump(_touched(instance, created))


def _touched(instance: Any, created: bool) -> list[int] | None:
    """The incidents whose columns (``snapshot``) change with a row; None where it may be any."""
    match instance:
        case Incident():
            return [instance.pk]
        case Site() | IncidentActor():
            return [instance.incident_id]
        case Actor() if not created:
            return None
    return []
