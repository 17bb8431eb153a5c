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


def _bump(raw: bool = False, **kwargs: Any) -> None:
    """Bulk operations send no signal; whoever uses one calls ``DataVersion.bump`` as well."""
    if not raw:
        DataVersion.bump()
