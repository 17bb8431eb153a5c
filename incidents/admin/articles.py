"""Adding articles and reviewing what was read in them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.contrib.admin import helpers
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

import gazetteer
from incidents import editing, ingest, presentation, review, uploads
from incidents.admin.counting import counted
from incidents.admin.history import HistoryAdmin
from incidents.admin.incidents import change_url
from incidents.forms import ArticleForm, PlacingForm, UploadForm
from incidents.models import Article, Incident, IncidentArticle, Site, SiteRole

# How many publishers are offered while one is typed.
PUBLISHERS = 200


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one article handed in; ``error`` says why nothing was stored."""

    where: str
    upload: uploads.Upload | None = None
    result: ingest.Ingested | None = None
    error: uploads.UploadError | None = None

    @property
    def notes(self) -> list[str]:
        """What an editor should know about an article that was stored."""
        if self.upload is None or self.result is None:
            return []
        notes = []
        if self.upload.encoding:
            encoding = {"utf-8": "UTF-8", "windows-1256": "Windows-1256"}.get(
                self.upload.encoding, self.upload.encoding
            )
            notes.append(_("The file was read as %(encoding)s.") % {"encoding": encoding})
        if self.upload.filename.lower().endswith((".html", ".htm")):
            notes.append(_("Of the page only its text was kept: no scripts, styles or menus."))
        return notes

    @property
    def caution(self) -> str:
        """What keeps the reading from being complete; "" where nothing does."""
        if self.result is None or self.result.article.published_at is not None:
            return ""
        return _(
            "No date of publication is known, so “yesterday” has no date. "
            "Give one under “Details of the article”."
        )

    @property
    def summary(self) -> str:
        """``3 places, 1 of them unresolved; 2 incidents, 1 of them known before``."""
        assert self.result is not None
        data = self.result.reading.data
        unresolved, incidents = len(data.get("unresolved", ())), len(self.result.incidents)
        places = len(data.get("mentions", ())) + unresolved
        parts = [
            ngettext("%(count)d incident", "%(count)d incidents", incidents) % {"count": incidents},
            ngettext("%(count)d place name", "%(count)d place names", places) % {"count": places},
        ]
        if unresolved:
            parts.append(
                ngettext("%(count)d unresolved", "%(count)d unresolved", unresolved)
                % {"count": unresolved}
            )
        return _(", ").join(parts)


def take_in(form: UploadForm, user: Any) -> list[Taken]:
    """Store every article of a valid form, each on its own: one that is bad spoils no other."""
    taken = []
    for upload in form.uploads():
        if isinstance(upload, uploads.UploadError):
            taken.append(Taken(str(upload.name), error=upload))
            continue
        result = ingest.ingest(upload, gazetteer=gazetteer.load(), user=user)
        taken.append(Taken(upload.where, upload=upload, result=result))
    return taken


@admin.register(Article)
class ArticleAdmin(HistoryAdmin):
    form = ArticleForm
    list_display = ("headline", "publisher", "published", "language", "told", "is_demo")
    list_filter = (
        "language",
        "is_demo",
        ("incidents", admin.EmptyFieldListFilter),
        "published_at",
        "publisher",
    )
    search_fields = ("title", "body", "publisher", "url")
    search_help_text = lazy("Title, text, publisher or address.")
    date_hierarchy = "published_at"
    list_per_page = 50
    show_full_result_count = False
    fields = (
        "title",
        "publisher",
        "url",
        "published_at",
        "language",
        "original_filename",
        "encoding",
        "sha256",
        "uploader",
        "created_at",
        "is_demo",
    )
    readonly_fields = (
        "original_filename",
        "encoding",
        "sha256",
        "uploader",
        "created_at",
        "is_demo",
    )
    formfield_overrides: ClassVar = {models.URLField: {"assume_scheme": "https"}}
    change_form_template = "admin/incidents/article/review.html"
    delete_confirmation_template = "admin/incidents/article/delete_confirmation.html"
    delete_selected_confirmation_template = (
        "admin/incidents/article/delete_selected_confirmation.html"
    )
    actions = ("read_again",)

    # The list

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        return (
            super()
            .get_queryset(request)
            .annotate(incident_count=counted(IncidentArticle, "article"))
        )

    @admin.display(description=lazy("article"), ordering="title")
    def headline(self, article: Article) -> SafeString:
        return format_html('<span dir="auto">{}</span>', str(article))

    @admin.display(description=lazy("published"), ordering="published_at", empty_value="—")
    def published(self, article: Article) -> str | None:
        return presentation.moment(article.published_at) or None

    @admin.display(description=lazy("incidents"), ordering="incident_count")
    def told(self, article: Any) -> int:
        return int(article.incident_count)

    @admin.display(description=lazy("uploaded by"))
    def uploader(self, article: Article) -> str:
        """The name alone: editors may not look at accounts."""
        return article.uploaded_by.get_username() if article.uploaded_by else "—"

    # Adding

    def get_urls(self) -> list[URLPattern]:
        return [
            path(
                "<int:pk>/place/",
                self.admin_site.admin_view(require_POST(self.place_view)),
                name="incidents_article_place",
            ),
            *super().get_urls(),
        ]

    def add_view(
        self,
        request: HttpRequest,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = UploadForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            taken = take_in(form, request.user)
            for one in taken:
                if one.result is not None and one.result.created:
                    self.log_addition(request, one.result.article, [{"added": {}}])
            if len(taken) == 1 and taken[0].result is not None:
                self._tell(request, taken[0])
                return HttpResponseRedirect(review_url(taken[0].result.article))
            if len(taken) > 1:
                return self._report(request, taken)
            for one in taken:
                field = "documents" if form.cleaned_data["documents"] else "text"
                form.add_error(field, str(one.error))
            if not taken:
                form.add_error("documents", _("There is no article in it."))
        return TemplateResponse(
            request,
            "admin/incidents/article/add.html",
            {
                **self.admin_site.each_context(request),
                "opts": self.opts,
                "title": _("Add an article"),
                "has_view_permission": self.has_view_permission(request),
                "adminform": helpers.AdminForm(form, _upload_fieldsets(), {}),  # type: ignore[arg-type]  # any form
                "errors": form.errors,
                "media": self.media + form.media,
                "publishers": Article.objects.exclude(publisher="")
                .order_by("publisher")
                .values_list("publisher", flat=True)
                .distinct()[:PUBLISHERS],
                **(extra_context or {}),
            },
        )

    def _tell(self, request: HttpRequest, taken: Taken) -> None:
        result = taken.result
        assert result is not None
        if result.created:
            summary = _("The article is stored. Read in it: %(summary)s.")
            messages.success(request, summary % {"summary": taken.summary})
        else:
            messages.warning(
                request,
                _(
                    "This article was already here; nothing was doubled. "
                    "You are looking at the stored one."
                ),
            )
        if not result.incidents:
            messages.warning(request, _("No attack was read in this article."))
        for note in taken.notes:
            messages.info(request, note)
        if taken.caution:
            messages.warning(request, taken.caution)

    def _report(self, request: HttpRequest, taken: list[Taken]) -> HttpResponse:
        """What became of each of several articles. Sending the page again doubles nothing."""
        return TemplateResponse(
            request,
            "admin/incidents/article/upload_report.html",
            {
                **self.admin_site.each_context(request),
                "opts": self.opts,
                "title": _("What became of the upload"),
                "taken": taken,
                "added": sum(bool(t.result and t.result.created) for t in taken),
                "known": sum(bool(t.result and not t.result.created) for t in taken),
                "refused": sum(t.error is not None for t in taken),
            },
        )

    # Reviewing

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        article = self.get_object(request, unquote(object_id))
        if article is None or not self.has_view_or_change_permission(request, article):
            return super().change_view(request, object_id, form_url, extra_context)
        context = self._review(request, article)
        return super().change_view(
            request, object_id, form_url, {**context, **(extra_context or {})}
        )

    def _review(
        self, request: HttpRequest, article: Article, placing: PlacingForm | None = None
    ) -> dict[str, Any]:
        reading = article.current_reading
        rows = article.statements.select_related("incident")
        statements = [review.said(row) for row in rows]
        order = request.GET.get("sort", "")
        order = order if order in review.ORDERS else next(iter(review.ORDERS))
        earlier = article.readings.filter(is_current=False)
        data = reading.data if reading else {}
        return {
            "title": _("Review of an article"),
            "subtitle": None,
            "article": article,
            "published": presentation.moment(article.published_at),
            "reading": reading,
            "segments": review.segments(article, reading, statements),
            "kinds": review.KINDS,
            "statements": review.ordered(statements, order),
            "order": order,
            "orders": review.ORDERS,
            "incidents": _incidents(article),
            "unresolved": self._unresolved(request, article, data, placing),
            "earlier": [
                (old, review.differences(old.data, data) if reading else []) for old in earlier
            ],
            "may_publish": request.user.has_perm("incidents.publish_incident"),
        }

    def _unresolved(
        self,
        request: HttpRequest,
        article: Article,
        data: dict[str, Any],
        failed: PlacingForm | None,
    ) -> list[dict[str, Any]]:
        """Each unresolved place with the form that places it, where the editor may."""
        incidents = Incident.objects.filter(sources__article=article)
        may_place = request.user.has_perm("incidents.add_site") and incidents.exists()
        found = []
        for number, item in enumerate(data.get("unresolved", ())):
            form = None
            if may_place:
                span = {"start": item["start"], "end": item["end"]}
                form = PlacingForm(
                    initial=span,
                    incidents=incidents,
                    length=len(article.body),
                    auto_id=f"id_u{number}_%s",
                )
                if failed is not None and failed.data.get("start") == str(item["start"]):
                    failed.auto_id = form.auto_id
                    form = failed
            placed = Site.objects.filter(
                article=article, start=item["start"], end=item["end"]
            ).first()
            found.append(
                {
                    "surface": item["surface"],
                    "why": review.reason(item["why"]),
                    "anchor": f"u{number}",
                    "form": form,
                    "site": placed,
                }
            )
        return found

    def place_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        article = self.get_object(request, str(pk))
        if article is None:
            raise Http404
        if not request.user.has_perms(("incidents.add_site", "incidents.change_incident")):
            raise PermissionDenied
        incidents = Incident.objects.filter(sources__article=article)
        form = PlacingForm(request.POST, incidents=incidents, length=len(article.body))
        if not form.is_valid():
            return self.changeform_view(
                request=_as_get(request),
                object_id=str(pk),
                extra_context=self._review(request, article, placing=form),
            )
        values = form.cleaned_data
        site = editing.add_site(
            values["incident"],
            role=SiteRole(values["role"]),
            place=form.chosen,
            point=form.point,
            radius_m=values["radius_m"],
            article=article,
            span=(values["start"], values["end"]),
            user=request.user,
        )
        messages.success(
            request,
            _("%(site)s is now a site of %(incident)s; its sites are locked.")
            % {"site": site, "incident": values["incident"]},
        )
        return HttpResponseRedirect(review_url(article))

    def save_model(self, request: HttpRequest, obj: Article, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if {"published_at", "title", "publisher", "language"} & set(form.changed_data):
            result = ingest.reread(obj, gazetteer=gazetteer.load(), user=request.user)
            self._tell_reread(request, [result])

    @admin.action(description=lazy("Read again with today’s extractor"), permissions=["change"])
    def read_again(self, request: HttpRequest, queryset: QuerySet[Article]) -> None:
        known = gazetteer.load()
        results = [ingest.reread(a, gazetteer=known, user=request.user) for a in queryset]
        self._tell_reread(request, results)

    def _tell_reread(self, request: HttpRequest, results: list[ingest.Ingested]) -> None:
        changes = [change for result in results for change in result.changes]
        touched = sorted({change.incident for change in changes})
        told = ngettext(
            "%(count)d article was read again.", "%(count)d articles were read again.", len(results)
        ) % {"count": len(results)}
        if touched:
            told = f"{told} {_('Changed: %(incidents)s.')}" % {"incidents": ", ".join(touched)}
        else:
            told = f"{told} {_('Nothing changed in the incidents.')}"
        messages.success(request, told)
        if dropped := sorted({i.public_id for result in results for i in result.dropped if i.pk}):
            messages.warning(
                request,
                _("No article tells these incidents any more; decide on them: %(incidents)s.")
                % {"incidents": ", ".join(dropped)},
            )

    # Deleting

    def delete_model(self, request: HttpRequest, obj: Article) -> None:
        self._delete(request, [obj])

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Article]) -> None:
        self._delete(request, list(queryset))

    def _delete(self, request: HttpRequest, articles: Iterable[Article]) -> None:
        bare = editing.delete_articles(articles, gazetteer=gazetteer.load(), user=request.user)
        if bare:
            links = format_html_join(
                ", ",
                '<a href="{}">{}</a>',
                ((change_url(incident), incident.public_id) for incident in bare),
            )
            messages.warning(
                request,
                format_html(
                    _("These incidents have no article left and are drafts now: {}."), links
                ),
            )


def _upload_fieldsets() -> list[tuple[Any, dict[str, Any]]]:
    return [
        (None, {"fields": ("text", "documents")}),
        (
            _("Where it is from"),
            {
                "fields": ("publisher", ("date", "time"), "url", "title"),
                "description": _(
                    "Used where a file says nothing about itself. Date and time of publication are "
                    "Baghdad time; “yesterday” in the article is counted from them. "
                    "Without a time, noon is taken."
                ),
            },
        ),
    ]


def _incidents(article: Article) -> QuerySet[Incident]:
    return (
        Incident.objects.filter(sources__article=article)
        .order_by("sources__draft_index", "public_id")
        .prefetch_related("sites", "parties__actor", "victims", "sources")
    )


def review_url(article: Article) -> str:
    return reverse("admin:incidents_article_change", args=[article.pk])


def _as_get(request: HttpRequest) -> HttpRequest:
    """The page to show again after a form on it was wrong."""
    request.method = "GET"
    return request
