"""Questions that are asked of many incidents at once."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.db import connection, models
from django.db.models.expressions import RawSQL

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


def among(keys: Iterable[int]) -> RawSQL:
    """Many keys for ``pk__in=`` as one parameter: as a thousand, Django looks at each by itself."""
    if connection.vendor == "sqlite":
        return RawSQL("SELECT value FROM json_each(%s)", [json.dumps(list(keys))])
    return RawSQL("SELECT unnest(%s::bigint[])", [list(keys)])
