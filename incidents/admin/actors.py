"""Groups and their spellings."""

from __future__ import annotations

from typing import ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as lazy

from gazetteer import fold
from incidents.admin.counting import counted
from incidents.models import Actor, ActorName, IncidentActor


class ActorNameInline(admin.TabularInline):
    model = ActorName
    extra = 1


@admin.register(Actor)
class ActorAdmin(admin.ModelAdmin):
    list_display = ("slug", "name_ar", "name_en", "incident_count")
    search_fields = ("names__folded", "name_en", "name_ar")
    search_help_text = lazy("Any spelling, in Arabic or English.")
    prepopulated_fields: ClassVar = {"slug": ("name_en",)}
    inlines = (ActorNameInline,)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Actor]:
        return super().get_queryset(request).annotate(told=counted(IncidentActor, "actor"))

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Actor], search_term: str
    ) -> tuple[QuerySet[Actor], bool]:
        return super().get_search_results(request, queryset, fold(search_term))

    @admin.display(description=lazy("incidents"), ordering="told")
    def incident_count(self, actor: Actor) -> int:
        return int(actor.told)  # type: ignore[attr-defined]
