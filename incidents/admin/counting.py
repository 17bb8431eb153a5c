"""Counts beside the rows of a list."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce


def counted(model: Any, of: str) -> Coalesce:
    """How many rows of ``model`` point at a row with their field ``of``.

    A subquery, because it is worked out for the rows of one page only; joining and grouping
    would count for every row of the table first.
    """
    rows = model.objects.filter(**{of: OuterRef("pk")}).order_by().values(of)
    return Coalesce(Subquery(rows.annotate(number=Count("pk")).values("number")), 0)
