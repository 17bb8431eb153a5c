"""The pages: request → filter → rows → page.

The map and the list show what is published. An incident's or an article's own page shows an
editor drafts as well, marked as such; to everybody else they do not exist.
"""

from __future__ import annotations

from collections import Counter

import numpy as np
from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe
from numpy.typing import NDArray

import gazetteer
from incidents import (
    cards,
    dossier,
    evidence,
    figures,
    filterbar,
    maps,
    overview,
    presentation,
    review,
    snapshot,
    tabular,
)
from incidents.export_views import json_refusal, refusal
from incidents.exports import CONTENT_TYPES, filename
from incidents.filters import FilterError, IncidentFilter, numbered, only
from incidents.models import Article, Incident
from incidents.snapshot import Fetched

ROWS_A_PAGE = 50

# Columns of the list that sort it: name in the address → what it sorts by. Unknown values come
# last; among equals the newest come first.
SORTS = {
    "date": "date_start",
    "event": "event_type",
    "place": "place",
    "killed": "killed_best",
    "wounded": "wounded_best",
}


@require_safe
@gzip_page
def map_page(request: HttpRequest) -> HttpResponse:
    """The map at ``/``: the shell by folium, everything on it by static/js."""
    try:
        wanted = IncidentFilter.from_query(request.GET)
    except FilterError as error:
        return bad_filter(request, error)
    return render(
        request,
        "incidents/map.html",
        {
            "section": "map",
            "shell": maps.shell(),
            "modules": maps.modules(),
            "strings": {**presentation.script_strings(), **maps.tool_strings()},
            "credits": presentation.map_credits(),
            "tiles": bool(settings.TILE_URL),
            "shows_demo": snapshot.current().has_demo,
            **filterbar.bar(request, wanted),
        },
    )


@require_safe
@gzip_page
def incident_list(request: HttpRequest) -> HttpResponse:
    """The same set as a table, sorted and paged; it needs no script."""
    try:
        wanted = IncidentFilter.from_query(request.GET, allowed=("sort", "page", "at"))
        sort = _sort(request)
        keys = snapshot.current().select(wanted).keys(sort=_field(sort))
        rows = Fetched(cards.with_parts(Incident.objects.all()), keys)
        pages = Paginator(rows, ROWS_A_PAGE)
        page = numbered(pages, _page_of(request, keys) or request.GET.getlist("page"))
    except FilterError as error:
        return bad_filter(request, error)
    return render(
        request,
        "incidents/list.html",
        {
            "section": "list",
            "page": page,
            "rows": [
                (
                    incident,
                    cards.card(incident, wanted.to_query()),
                    dossier.on_map(incident, wanted),
                )
                for incident in page
            ],
            "columns": _columns(wanted, sort),
            "optional": _optional(),
            "sort": request.GET.get("sort", ""),
            "kept": wanted.items(),
            "page_link": _page_link(wanted, request.GET.get("sort")),
            "strings": presentation.script_strings(),
            "shows_demo": any(incident.is_demo for incident in page),
            **filterbar.bar(request, wanted),
        },
    )


def _page_of(request: HttpRequest, keys: NDArray[np.int64]) -> list[str]:
    """The number of the page that holds the incident ``at``; none where none does."""
    asked = request.GET.get("at", "")
    pk = Incident.objects.filter(public_id=asked).values_list("pk", flat=True).first()
    if pk is None:
        return []
    return [str(int(at) // ROWS_A_PAGE + 1) for at in np.flatnonzero(keys == pk)]


def _optional() -> list[tuple[str, str]]:
    """Columns that a reader may hide, by the name their cells carry."""
    return [
        ("event", _("Event")),
        ("weapon", _("Weapon")),
        ("munitions", _("Munitions")),
        ("sites", _("Sites")),
        ("responsibility", _("Responsibility")),
        ("grade", _("Grade")),
    ]


def _sort(request: HttpRequest) -> str:
    """The key of ``SORTS`` to sort by, with a minus for the largest first."""
    sort = request.GET.get("sort") or "-date"
    if sort.removeprefix("-") not in SORTS:
        raise FilterError("sort", _("Sort by one of: %(names)s.") % {"names": ", ".join(SORTS)})
    return sort


def _field(sort: str) -> str:
    return sort[: sort.startswith("-")] + SORTS[sort.removeprefix("-")]


def _columns(wanted: IncidentFilter, sort: str) -> list[dict[str, str]]:
    """The headings with the address that sorts by them: figures and dates largest first."""
    columns = []
    for name, label in (
        ("date", _("Date")),
        ("event", _("Event")),
        ("place", _("Place")),
        ("killed", _("Killed")),
        ("wounded", _("Wounded")),
    ):
        falling = f"-{name}"
        first, other = (name, falling) if name in ("event", "place") else (falling, name)
        target = other if sort == first else first
        query = "&".join(filter(None, (wanted.to_query(), f"sort={target}")))
        direction = {name: "ascending", falling: "descending"}.get(sort, "")
        columns.append({"name": name, "label": label, "href": f"?{query}", "sorted": direction})
    return columns


def _page_link(wanted: IncidentFilter, sort: str | None) -> str:
    """The start of a link to another page: ``page=…`` goes to its end."""
    query = "&".join(filter(None, (wanted.to_query(), f"sort={sort}" if sort else "")))
    return f"?{query}&" if query else "?"


@require_safe
@gzip_page
def incident_page(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """One incident with the evidence for every fact. One merged away leads on to the other."""
    incident = get_object_or_404(
        cards.with_sources(Incident.objects.select_related("merged_into")).prefetch_related(
            "parties__actor__names", "victims"
        ),
        public_id=public_id,
    )
    visible = Incident.objects.visible_to(request.user)
    if incident.merged_into and visible.filter(pk=incident.merged_into.pk).exists():
        return redirect(incident.merged_into, permanent=True)
    if not visible.filter(pk=incident.pk).exists():
        raise Http404
    try:
        wanted = IncidentFilter.from_query(request.GET)
    except FilterError as error:
        return bad_filter(request, error)
    permalink = request.build_absolute_uri(incident.get_absolute_url())
    return render(
        request,
        "incidents/incident.html",
        {
            "section": "list",
            "strings": presentation.script_strings(),
            "shows_demo": incident.is_demo,
            **dossier.page(incident, wanted, permalink, inside=request.user.is_staff),
        },
    )


@require_safe
@gzip_page
def overview_page(request: HttpRequest) -> HttpResponse:
    """What the filter leaves, counted: charts, each with its table."""
    try:
        wanted = IncidentFilter.from_query(request.GET)
    except FilterError as error:
        return bad_filter(request, error)
    found = figures.count(snapshot.current().select(wanted))
    return render(
        request,
        "incidents/overview.html",
        {
            "section": "overview",
            "found": found,
            "charts": overview.charts(found, wanted),
            "tally": overview.tally(found),
            "strings": presentation.script_strings(),
            "shows_demo": found.has_demo,
            **filterbar.bar(request, wanted),
        },
    )


@require_safe
@gzip_page
def overview_csv(request: HttpRequest, name: str) -> HttpResponse:
    """The figures of one chart of the overview as CSV, with the same filter."""
    if name not in overview.NAMES:
        raise Http404
    try:
        wanted = IncidentFilter.from_query(request.GET)
    except FilterError as error:
        return HttpResponse(f"{error}\n", status=400, content_type="text/plain; charset=utf-8")
    found = figures.count(snapshot.current().select(wanted))
    rows = overview.table(name, found, wanted)
    response = HttpResponse(tabular.lines(rows), content_type=CONTENT_TYPES["csv"])
    file = filename(f"overview-{name}", "csv", wanted, timezone.localdate())
    response["Content-Disposition"] = f'attachment; filename="{file}"'
    patch_cache_control(response, private=True, no_cache=True)
    return response


@require_safe
def incident_json(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """The same facts as on the incident's page, keys in English, for other programs."""
    try:
        only(request.GET, ())
    except FilterError as error:
        return refusal(error, "json")
    visible = Incident.objects.visible_to(request.user)
    asked = cards.with_sources(visible).prefetch_related("victims")
    incident = asked.filter(public_id=public_id).first()
    if incident is None:
        winner = visible.filter(merged_from__public_id=public_id).first()
        if winner is not None:
            return redirect("incident-json", winner.public_id, permanent=True)
        message = _("There is no incident of this number, or it is not published.")
        return json_refusal(message, 404)
    permalink = request.build_absolute_uri(incident.get_absolute_url())
    return JsonResponse(
        dossier.as_json(incident, permalink),
        json_dumps_params={"ensure_ascii": False, "indent": 1},
    )


@require_safe
@gzip_page
def article_page(request: HttpRequest, pk: int) -> HttpResponse:
    """An article with everything that was read in it marked; ``#s<number>`` is a statement.

    An article leaves the house with an incident that does; editors see all.
    """
    visible = Incident.objects.visible_to(request.user)
    article = get_object_or_404(Article, pk=pk)
    incidents = list(
        cards.with_parts(visible.filter(sources__article=article)).order_by("sources__draft_index")
    )
    editor = request.user.has_perm("incidents.view_article")
    if not incidents and not editor:
        raise Http404
    reading = article.current_reading
    statements = article.statements.order_by("start", "pk")
    if not editor:
        statements = statements.filter(incident__in=incidents)
    read = list(review.marks(reading, [review.said(statement) for statement in statements]))
    found = Counter(mark.kind for mark in read)
    return render(
        request,
        "incidents/article.html",
        {
            "section": "list",
            "article": article,
            "headline": presentation.headline(article),
            "lang": presentation.language_tag(article),
            "source": presentation.source_line(article),
            "pieces": evidence.pieces(article, read, statements),
            "kinds": [(kind, label, found[kind]) for kind, label in review.KINDS.items()],
            "reading": reading,
            "unresolved": [
                {"surface": place["surface"], "why": review.reason(place["why"])}
                for place in (reading.data.get("unresolved", ()) if reading else ())
            ],
            "incidents": incidents,
            "shows_demo": article.is_demo,
        },
    )


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """What this is, and where the bundled data come from."""
    return render(
        request,
        "about.html",
        {"section": "about", "sources": gazetteer.load().sources.values()},
    )


def bad_filter(request: HttpRequest, error: FilterError) -> HttpResponse:
    """400 that says which parameter cannot be read, and what would be right."""
    return render(request, "400.html", {"error": error}, status=400)
