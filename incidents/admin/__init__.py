"""The editing pages: the stock admin, and what an editor needs beyond it."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from incidents.admin.actors import ActorAdmin
from incidents.admin.articles import ArticleAdmin
from incidents.admin.incidents import IncidentAdmin

__all__ = ["ActorAdmin", "ArticleAdmin", "IncidentAdmin"]

admin.site.site_header = _("Athar · editing")
admin.site.site_title = _("Athar")
admin.site.index_title = _("Editing")
