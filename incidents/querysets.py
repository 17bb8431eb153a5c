"""Questions that are asked of many incidents at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.db import models

if TYPE_CHECKING:
    from incidents.filters import IncidentFilter
    from incidents.models import Incident

_Row = TypeVar("_Row", bound="Incident")


class IncidentQuerySet(models.QuerySet[_Row]):
    def filtered(self, wanted: IncidentFilter) -> Self:
        """The incidents that a filter asks for; what every face of the application shows."""
        return self.filter(wanted.condition())

    def published(self) -> Self:
        """Incidents that may leave the house."""
        return self.filter(status="published")

    def visible_to(self, user: Any) -> Self:
        """What ``user`` may see: editors everything but merged-away rows, all others published."""
        if user is not None and user.is_active and user.has_perm("incidents.change_incident"):
            return self.filter(merged_into__isnull=True)
        return self.published()
