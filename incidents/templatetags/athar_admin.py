"""Template helpers of the editing pages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template

from incidents.models import Article, Incident

register = template.Library()


@register.inclusion_tag("admin/incidents/article/_losing_evidence.html")
def losing_evidence(articles: Article | Iterable[Article]) -> dict[str, Any]:
    """The incidents told by ``articles``, and how many other articles each keeps."""
    going = [articles] if isinstance(articles, Article) else list(articles)
    rows = Incident.objects.filter(sources__article__in=going).distinct().order_by("public_id")
    return {
        "losing": [(row, row.sources.exclude(article__in=going).count()) for row in rows],
    }
