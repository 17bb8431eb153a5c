"""Correcting, deciding on, merging and splitting incidents."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.contrib.admin import helpers
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.forms.models import BaseInlineFormSet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

import gazetteer
from gazetteer import fold
from incidents import doubts, editing, ingest, linking, places, presentation, prose, review
from incidents.admin.counting import counted
from incidents.admin.history import HistoryAdmin
from incidents.forms import (
    IncidentForm,
    MergeForm,
    ReasonField,
    SiteForm,
    SplitForm,
    VictimForm,
)
from incidents.models import (
    Incident,
    IncidentActor,
    IncidentArticle,
    Site,
    Statement,
    Status,
    Victim,
)

# More than this is no merge but a misunderstanding.
MOST_MERGED = 10
# How many incidents a confirmation shows by name.
SHOWN = 100


class CheckFilter(admin.SimpleListFilter):
    """What an editor looks for. Merged incidents are shown only when asked for."""

    title = lazy("what needs a look")
    parameter_name = "check"

    _QUESTIONS: ClassVar[dict[str, tuple[str | Promise, Q]]] = {
        "no_place": (lazy("without a place on the map"), Q(lat__isnull=True)),
        "no_date": (lazy("without a date"), Q(date_start__isnull=True)),
        "contested": (lazy("contested"), Q(grade="contested")),
        "unsure": (
            lazy("with an uncertain statement"),
            Q(
                Exists(
                    Statement.objects.filter(
                        incident=OuterRef("pk"), confidence__lt=review.LOW_CONFIDENCE
                    )
                )
            ),
        ),
        "recalled": (lazy("only recalled"), Q(recalled_only=True)),
        "no_article": (lazy("without an article"), Q(sources__isnull=True)),
        "merged": (lazy("merged into another"), Q(merged_into__isnull=False)),
    }

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(key, str(label)) for key, (label, _question) in self._QUESTIONS.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() != "merged":
            queryset = queryset.filter(merged_into__isnull=True)
        asked = self._QUESTIONS.get(self.value() or "")
        return queryset.filter(asked[1]) if asked else queryset


class WeaponFilter(admin.SimpleListFilter):
    """The weapons of the lexicon, by name."""

    title = lazy("weapon")
    parameter_name = "weapon"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return presentation.weapons()

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(weapon=self.value()) if self.value() else queryset


class _Locking:
    """Marks an inline whose rows are locked together, by the key of ``Incident.LOCKS``."""

    lock: ClassVar[str]


class SiteInline(_Locking, admin.StackedInline):
    lock = "sites"
    model = Site
    form = SiteForm
    extra = 0
    fields = (
        ("role", "place_id", "relation", "count"),
        ("lat", "lon", "radius_m", "level"),
        "words",
    )
    readonly_fields = ("words",)

    @admin.display(description=lazy("What was read"))
    def words(self, site: Site) -> str:
        if site.article_id is None:
            return _("Set by an editor.")
        return render_to_string("admin/incidents/incident/_words.html", {"site": site})

    def get_queryset(self, request: HttpRequest) -> QuerySet[Site]:
        return super().get_queryset(request).select_related("article", "statement")


class PartyInline(_Locking, admin.TabularInline):
    lock = "actors"
    model = IncidentActor
    extra = 0
    fields = ("role", "actor", "words")
    readonly_fields = ("words",)
    autocomplete_fields = ("actor",)

    @admin.display(description=lazy("What was read"))
    def words(self, party: IncidentActor) -> str:
        statement = party.statement
        return render_to_string(
            "admin/incidents/incident/_evidence.html",
            {"statements": [review.said(statement)] if statement else []},
        )

    def get_queryset(self, request: HttpRequest) -> QuerySet[IncidentActor]:
        return super().get_queryset(request).select_related("statement__article", "actor")


class VictimInline(_Locking, admin.TabularInline):
    lock = "victims"
    model = Victim
    form = VictimForm
    extra = 0


class SourceFormSet(BaseInlineFormSet):
    """An article whose reading tells the incident is split off, not crossed out."""

    def clean(self) -> None:
        super().clean()
        for form in self.deleted_forms:
            if form.instance.pk and form.instance.draft_index is not None:
                raise ValidationError(
                    _("%(article)s tells this incident. Use “Split off an article” instead."),
                    params={"article": form.instance.article},
                )


class SourceForm(forms.ModelForm):
    """What a row says of its article fits no other one, so that a stored row keeps it."""

    class Meta:
        model = IncidentArticle
        exclude: ClassVar = ()  # the admin names the fields

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "article" in self.fields and self.instance.pk:
            self.fields["article"].disabled = True


class SourceInline(admin.TabularInline):
    model = IncidentArticle
    form = SourceForm
    formset = SourceFormSet
    extra = 0
    fields = ("article", "focus", "source")
    readonly_fields = ("source",)
    autocomplete_fields = ("article",)

    @admin.display(description=lazy("published"))
    def source(self, row: IncidentArticle) -> SafeString | str:
        if not row.pk:
            return "—"
        return format_html(
            '<a href="{}">{}</a>',
            reverse("admin:incidents_article_change", args=[row.article_id]),
            presentation.source_line(row.article),
        )

    def get_queryset(self, request: HttpRequest) -> QuerySet[IncidentArticle]:
        return super().get_queryset(request).select_related("article")


def _evidence_row(lock: str) -> Callable[[Incident], SafeString]:
    """A read-only row: what the machine read for a lock, and the lock itself."""

    @admin.display(description=lazy("What was read"))
    def row(incident: Incident) -> SafeString:
        held = vars(incident)
        if "_evidence" not in held:  # one query for all rows of the form
            held["_evidence"] = review.evidence(incident) if incident.pk else {}
        return render_to_string(
            "admin/incidents/incident/_evidence.html",
            {
                "statements": held["_evidence"].get(lock, []),
                "lock": lock if incident.pk else None,
                "label": Incident.LOCK_LABELS[lock],
                "locked": incident.is_locked(lock),
                "may_edit": held.get("_may_edit", True),
            },
        )

    row.__name__ = f"evidence_{lock}"
    return row


_EVIDENCE = {lock: _evidence_row(lock) for lock in Incident.LOCKS}


def _beside(title: str | Promise, lock: str, *fields: Any) -> tuple[Any, dict[str, Any]]:
    """A part of the form with the machine's evidence beside its fields."""
    return (title, {"classes": ["beside"], "fields": (*fields, _EVIDENCE[lock])})


def _range(name: str, *more: str) -> tuple[str, ...]:
    return (f"{name}_low", f"{name}_best", f"{name}_high", *more)


@admin.register(Incident)
class IncidentAdmin(HistoryAdmin):
    form = IncidentForm
    list_display = (
        "public_id",
        "state",
        "heading",
        "when",
        "killed",
        "wounded",
        "article_count",
        "grade",
    )
    list_filter = (
        CheckFilter,
        "status",
        "event_type",
        "grade",
        WeaponFilter,
        "date_precision",
        "is_demo",
    )
    search_fields = ("search_text",)
    search_help_text = lazy("Number, place, group, title or words of the articles.")
    date_hierarchy = "date_start"
    list_per_page = 50
    show_full_result_count = False
    ordering = ("-date_start", "-public_id")
    readonly_fields = ("standing", "grade_suggested", *_EVIDENCE.values())
    inlines = (SiteInline, PartyInline, VictimInline, SourceInline)
    change_form_template = "admin/incidents/incident/change_form.html"
    actions = ("publish", "mark_reviewed", "back_to_draft", "reject", "merge")
    save_on_top = True
    fieldsets = (
        (None, {"fields": ("standing",)}),
        _beside(lazy("Kind of attack"), "event_type", "event_type"),
        _beside(lazy("Date"), "date", ("date_start", "date_end", "date_precision")),
        _beside(lazy("Time of day"), "time", ("daypart", "time_local")),
        _beside(lazy("Weapon"), "weapon", "weapon"),
        _beside(lazy("Munitions"), "munitions", _range("munitions")),
        _beside(lazy("Killed"), "killed", _range("killed", "killed_status")),
        _beside(lazy("Wounded"), "wounded", _range("wounded", "wounded_status")),
        _beside(lazy("Grade"), "grade", ("grade", "grade_suggested")),
        (
            lazy("Sites, groups and victims"),
            {
                "fields": tuple(_EVIDENCE[lock] for lock in ("sites", "actors", "victims")),
                "description": lazy("The rows themselves are further down."),
            },
        ),
        (lazy("Reason for the change"), {"fields": ("change_reason",)}),
    )

    # The list

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = super().get_queryset(request).annotate(told_by=counted(IncidentArticle, "incident"))
        match = request.resolver_match
        if request.method == "GET" and match and str(match.url_name).endswith("_changelist"):
            return rows.prefetch_related("sites")  # titles name places; forms read sites afresh
        return rows

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        return super().get_search_results(request, queryset, fold(search_term))

    @admin.display(description=lazy("status"), ordering="status")
    def state(self, incident: Incident) -> SafeString:
        return badge(incident)

    @admin.display(description=lazy("incident"), ordering="event_type")
    def heading(self, incident: Incident) -> str:
        return presentation.title(incident)

    @admin.display(description=lazy("date"), ordering="date_start")
    def when(self, incident: Incident) -> str:
        return presentation.when(incident)

    @admin.display(description=lazy("killed"), ordering="killed_best")
    def killed(self, incident: Incident) -> str:
        return presentation.figure(incident, "killed")

    @admin.display(description=lazy("wounded"), ordering="wounded_best")
    def wounded(self, incident: Incident) -> str:
        return presentation.figure(incident, "wounded")

    @admin.display(description=lazy("articles"), ordering="told_by")
    def article_count(self, incident: Any) -> int:
        return int(incident.told_by)

    # One incident

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Incident | None:
        incident = super().get_object(request, object_id, from_field)
        if incident is not None:
            vars(incident)["_may_edit"] = self.has_change_permission(request, incident)
        return incident

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        parts = super().get_fieldsets(request, obj)
        if obj is not None and self.has_change_permission(request, obj):
            # Hidden, so that it takes no room of its own.
            *others, (title, last) = parts
            parts = [*others, (title, {**last, "fields": (*last["fields"], "version")})]
        return parts

    @admin.display(description=lazy("What happened"))
    def standing(self, incident: Incident) -> str:
        if not incident.pk:
            return _("Without an article: say in the reason where this is from.")
        return render_to_string(
            "admin/incidents/incident/_standing.html",
            {
                "incident": incident,
                "what_happened": prose.what_happened(incident),
                "consequences": prose.consequences(incident),
            },
        )

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        incident = self.get_object(request, unquote(object_id))
        context: dict[str, Any] = {}
        if incident is not None:
            context = {
                "title": _("Incident %(number)s") % {"number": incident.public_id},
                "subtitle": None,
                "warnings": warnings(incident),
                "decisions": self._decisions(request, incident),
                "similar": linking.similar(incident, gazetteer.load())[:3],
                "may_split": self.has_change_permission(request, incident)
                and incident.sources.filter(draft_index__isnull=False).exists()
                and incident.sources.count() > 1,
                "may_merge": self.has_publish_permission(request),
            }
        return super().change_view(
            request, object_id, form_url, {**context, **(extra_context or {})}
        )

    def save_model(self, request: HttpRequest, obj: Incident, form: Any, change: bool) -> None:
        """Save; whatever differs from the stored row is locked."""
        columns = {column for columns in Incident.LOCKS.values() for column in columns}
        stored = Incident.objects.filter(pk=obj.pk).first() if change else None
        if stored is None:
            stored = Incident()
        changed = {name for name in columns if getattr(obj, name) != getattr(stored, name)}
        before = set(stored.locked_fields)
        if "locked_fields" not in form.data and not change:
            obj.locked_fields = []
        obj.lock(*changed)
        form.unlocked = before - set(obj.locked_fields)
        if change and not changed and set(obj.locked_fields) == before:
            return
        obj.save_because(form.cleaned_data["change_reason"], request.user)

    def save_related(
        self, request: HttpRequest, form: Any, formsets: Iterable[Any], change: bool
    ) -> None:
        """Save sites, groups and victims, lock what was touched, and let unlocked fields go."""
        super().save_related(request, form, formsets, change)
        incident: Incident = form.instance
        touched = [inline.lock for inline in map(self._inline_of, formsets) if inline is not None]
        reason = form.cleaned_data["change_reason"]
        incident.lock(*touched)
        unlocked = form.unlocked - set(incident.locked_fields)
        ingest.refresh_derived(incident, save=False)
        if unlocked:
            names = ", ".join(sorted(unlocked))
            ingest.rebuild(
                incident, gazetteer.load(), reason=reason or f"Unlocked: {names}", user=request.user
            )
        elif touched or not change:
            incident.save_because(reason, request.user)

    def _inline_of(self, formset: Any) -> Any:
        """The locking inline behind a formset that changed something."""
        if not formset.has_changed():
            return None
        inlines = [inline for inline in self.inlines if issubclass(inline, _Locking)]
        return next((inline for inline in inlines if inline.model is formset.model), None)

    # Deciding

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("incidents.publish_incident")

    def _decisions(self, request: HttpRequest, incident: Incident) -> list[tuple[str, str]]:
        """The actions that make sense for one incident, with their names."""
        if incident.merged_into_id is not None:
            return []
        pointless = {
            Status.PUBLISHED: {"publish", "mark_reviewed"},
            Status.REVIEWED: {"mark_reviewed"},
            Status.DRAFT: {"back_to_draft"},
            Status.REJECTED: {"reject", "mark_reviewed"},
        }[Status(incident.status)]
        return [
            (name, str(label))
            for _action, name, label in self.get_actions(request).values()
            if name in _DECISIONS and name not in pointless
        ]

    @admin.action(description=lazy("Publish"), permissions=["publish"])
    def publish(self, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
        return self._decide(request, queryset, "publish")

    @admin.action(description=lazy("Mark as reviewed"), permissions=["change"])
    def mark_reviewed(self, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
        return self._decide(request, queryset.filter(status=Status.DRAFT), "mark_reviewed")

    @admin.action(description=lazy("Back to draft"), permissions=["publish"])
    def back_to_draft(self, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
        return self._decide(request, queryset, "back_to_draft")

    @admin.action(description=lazy("Reject"), permissions=["publish"])
    def reject(self, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
        return self._decide(request, queryset, "reject")

    def _decide(
        self, request: HttpRequest, queryset: QuerySet[Any], action: str
    ) -> HttpResponse | None:
        """Ask, showing what is concerned; then do it."""
        decision = _DECISIONS[action]
        rows = queryset.exclude(status=decision.status).filter(merged_into__isnull=True)
        incidents = list(rows.order_by("public_id"))
        publishing = decision.status == Status.PUBLISHED
        bare = [one for one in incidents if publishing and is_bare(one)]
        form = DecisionForm(request.POST if "confirmed" in request.POST else None)
        if not incidents:
            messages.warning(request, _("Nothing to do: they have that status already."))
            return self._back(request)
        if form.is_bound and form.is_valid():
            if not form.cleaned_data["also_bare"]:
                incidents = [one for one in incidents if one not in bare]
            count = editing.set_status(
                incidents, decision.status, reason=form.cleaned_data["reason"], user=request.user
            )
            for one in incidents:
                self.log_change(request, one, str(decision.status.label))
            if count:
                messages.success(
                    request,
                    ngettext(
                        "%(count)d incident: %(status)s.", "%(count)d incidents: %(status)s.", count
                    )
                    % {"count": count, "status": decision.status.label},
                )
            if left := [one for one in bare if one not in incidents]:
                messages.warning(
                    request,
                    _("Not published, as neither date nor place is known: %(incidents)s.")
                    % {"incidents": ", ".join(one.public_id for one in left)},
                )
            return self._back(request)
        return TemplateResponse(
            request,
            "admin/incidents/incident/decide.html",
            {
                **self.admin_site.each_context(request),
                "opts": self.opts,
                "title": decision.question,
                "action": action,
                "button": decision.button,
                "explanation": decision.explanation,
                "total": len(incidents),
                "selected": [one.pk for one in incidents],
                "shown": [(one, warnings(one) if publishing else []) for one in incidents[:SHOWN]],
                "more": max(0, len(incidents) - SHOWN),
                "bare": len(bare),
                "form": form,
                "next": request.POST.get("next", ""),
                "action_checkbox_name": helpers.ACTION_CHECKBOX_NAME,
            },
        )

    def _back(self, request: HttpRequest) -> HttpResponse | None:
        """To the page the decision was taken on; None is the list."""
        target = request.POST.get("next", "")
        if target and url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}):
            return HttpResponseRedirect(target)
        return None

    # Merging and splitting

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("places/", wrap(self.places_view), name="incidents_places"),
            path("merge/", wrap(self.merge_view), name="incidents_incident_merge"),
            path("<int:pk>/split/", wrap(self.split_view), name="incidents_incident_split"),
            *super().get_urls(),
        ]

    @admin.action(description=lazy("Merge into one"), permissions=["publish"])
    def merge(self, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
        keys = [str(pk) for pk in queryset.values_list("pk", flat=True)[: MOST_MERGED + 1]]
        if not 2 <= len(keys) <= MOST_MERGED:
            messages.error(
                request,
                _("Choose two to %(most)d incidents that are the same event.")
                % {"most": MOST_MERGED},
            )
            return None
        address = reverse("admin:incidents_incident_merge")
        return HttpResponseRedirect(f"{address}?ids={','.join(keys)}")

    def merge_view(self, request: HttpRequest) -> HttpResponse:
        if not self.has_publish_permission(request):
            raise PermissionDenied
        keys = [key for key in request.GET.get("ids", "").split(",") if key.isdecimal()]
        rows = self.get_queryset(request).filter(pk__in=keys, merged_into__isnull=True)
        incidents = rows.order_by("-told_by", "public_id")[:MOST_MERGED]
        if len(incidents) < 2:
            messages.error(request, _("There are not two incidents left to merge."))
            return HttpResponseRedirect(reverse("admin:incidents_incident_changelist"))
        form = MergeForm(
            request.POST or None,
            incidents=Incident.objects.filter(pk__in=[one.pk for one in incidents]),
            initial={"winner": incidents[0].pk},
        )
        if request.method == "POST" and form.is_valid():
            winner = form.cleaned_data["winner"]
            losers = [one for one in incidents if one.pk != winner.pk]
            for loser in losers:
                ingest.merge_incidents(loser, winner, gazetteer=gazetteer.load(), user=request.user)
                self.log_change(request, loser, f"→ {winner.public_id}")
            messages.success(
                request,
                _("%(losers)s: merged into %(winner)s. Their numbers lead here from now on.")
                % {
                    "losers": ", ".join(one.public_id for one in losers),
                    "winner": winner.public_id,
                },
            )
            return HttpResponseRedirect(change_url(winner))
        return TemplateResponse(
            request,
            "admin/incidents/incident/merge.html",
            {
                **self.admin_site.each_context(request),
                "opts": self.opts,
                "title": _("Merge incidents"),
                "incidents": incidents,
                "form": form,
            },
        )

    def split_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        incident = self.get_object(request, str(pk))
        if incident is None:
            raise Http404
        if not self.has_change_permission(request, incident):
            raise PermissionDenied
        form = SplitForm(request.POST or None, incident=incident)
        if request.method == "POST" and form.is_valid():
            try:
                other = editing.split_off(
                    form.cleaned_data["source"],
                    into=form.cleaned_data["into"],
                    gazetteer=gazetteer.load(),
                    user=request.user,
                )
            except editing.EditError as error:
                form.add_error(None, str(error))
            else:
                self.log_change(request, incident, f"→ {other.public_id}")
                messages.success(
                    request,
                    _("The article tells %(number)s now, a draft to review.")
                    % {"number": other.public_id},
                )
                return HttpResponseRedirect(change_url(other))
        return TemplateResponse(
            request,
            "admin/incidents/incident/split.html",
            {
                **self.admin_site.each_context(request),
                "opts": self.opts,
                "title": _("Split an article off %(number)s") % {"number": incident.public_id},
                "original": incident,
                "form": form,
            },
        )

    # Choosing a place

    def places_view(self, request: HttpRequest) -> JsonResponse:
        """Places of the gazetteer for what was typed so far."""
        found = places.suggest(request.GET.get("q", ""))
        return JsonResponse(
            {
                "places": [
                    {"label": places.label(place), "detail": places.describe(place)}
                    for place in found
                ]
            }
        )


@dataclass(frozen=True, slots=True)
class Decision:
    """A status that an editor gives, and how it is asked for."""

    status: Status
    question: str | Promise
    button: str | Promise
    explanation: str | Promise


_DECISIONS = {
    "publish": Decision(
        Status.PUBLISHED,
        lazy("Publish these incidents?"),
        lazy("Publish"),
        lazy("They appear on the map and in every export, for everybody who may see the map."),
    ),
    "mark_reviewed": Decision(
        Status.REVIEWED,
        lazy("Mark these incidents as reviewed?"),
        lazy("Mark as reviewed"),
        lazy("They stay in the house until somebody publishes them."),
    ),
    "back_to_draft": Decision(
        Status.DRAFT,
        lazy("Take these incidents back to draft?"),
        lazy("Back to draft"),
        lazy("Those that are published leave the map and every export."),
    ),
    "reject": Decision(
        Status.REJECTED,
        lazy("Reject these incidents?"),
        lazy("Reject"),
        lazy("They keep their numbers and evidence, and are shown to nobody outside."),
    ),
}


class DecisionForm(forms.Form):
    """Confirms a decision on incidents."""

    also_bare = forms.BooleanField(
        required=False, label=lazy("Publish also those without date and place")
    )
    reason = ReasonField()


def badge(incident: Incident) -> SafeString:
    return format_html(
        '<span class="badge badge-{}">{}</span>', incident.status, incident.get_status_display()
    )


def warnings(incident: Incident) -> list[str]:
    """What a reader of the map would miss."""
    found = []
    if incident.lat is None:
        found.append(_("It has no place: it will stand in the list beside the map."))
    if incident.date_start is None:
        found.append(_("It has no date: filters by date will not find it."))
    if incident.recalled_only:
        found.append(_("No article is about it; it is only recalled."))
    return [*found, *doubts.site_sums(incident)]


def is_bare(incident: Incident) -> bool:
    """Neither date nor place is known."""
    return incident.lat is None and incident.date_start is None


def change_url(incident: Incident) -> str:
    return reverse("admin:incidents_incident_change", args=[incident.pk])
