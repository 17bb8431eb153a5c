"""Template helpers of the editing pages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.translation import gettext as _

from incidents.models import Article, Incident, Status

register = template.Library()


@register.inclusion_tag("admin/incidents/article/_losing_evidence.html")
def losing_evidence(articles: Article | Iterable[Article]) -> dict[str, Any]:
    """The incidents told by ``articles``, and how many other articles each keeps."""
    going = [articles] if isinstance(articles, Article) else list(articles)
    rows = Incident.objects.filter(sources__article__in=going).distinct().order_by("public_id")
    return {
        "losing": [(row, row.sources.exclude(article__in=going).count()) for row in rows],
    }


@register.inclusion_tag("admin/incidents/_desk.html")
def desk(user: Any) -> dict[str, Any]:
    """What waits for an editor: the list's own filters, with their numbers."""
    if not user.has_perm("incidents.view_incident"):
        return {"show": False}
    rows = Incident.objects.filter(merged_into__isnull=True)
    drafts = rows.filter(status=Status.DRAFT)
    published = rows.filter(status=Status.PUBLISHED)
    return {
        "show": True,
        "may_add": user.has_perm("incidents.add_article"),
        "waiting": [
            ("status__exact=draft", _("drafts"), drafts.count()),
            ("status__exact=reviewed", _("reviewed"), rows.filter(status=Status.REVIEWED).count()),
            ("status__exact=published", _("published"), published.count()),
            ("check=no_place", _("without a place"), rows.filter(lat__isnull=True).count()),
            ("check=no_date", _("without a date"), rows.filter(date_start__isnull=True).count()),
        ],
    }
