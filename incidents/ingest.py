"""The single place where a reading becomes rows: one transaction, safe to repeat.

``ingest`` stores an article, reads it, links its drafts to incidents and merges what all articles
of an incident say. ``reread`` does the same for a stored article with a newer extractor. What an
editor locked is left alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import transaction

from extraction.document import Article as Reported
from extraction.document import Casualties, Draft
from extraction.document import Reading as Read
from gazetteer import Gazetteer, fold
from incidents import linking, merging, reader
from incidents.actors import actor_for, is_known_group
from incidents.models import (
    Article,
    DataVersion,
    Incident,
    IncidentActor,
    IncidentArticle,
    Language,
    Reading,
    Site,
    Statement,
    Status,
    Victim,
    body_hash,
    explain,
)
from incidents.stored import drafts_of
from incidents.uploads import Upload

Reader = Callable[[Reported, Gazetteer], Read]


@dataclass(frozen=True, slots=True)
class Change:
    """A value of an incident that was not what it is now."""

    incident: str
    field: str
    before: Any
    after: Any


@dataclass(slots=True)
class Ingested:
    """What became of an article.

    ``incidents`` are those it speaks of, draft by draft; ``new`` those among them that nobody had
    told before, ``linked`` those that other articles had told; ``dropped`` are those that no
    article speaks of any more. ``created`` is False for an article that was already stored.
    """

    article: Article
    reading: Reading
    created: bool
    incidents: list[Incident] = field(default_factory=list)
    new: list[Incident] = field(default_factory=list)
    linked: list[Incident] = field(default_factory=list)
    dropped: list[Incident] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)


def ingest(
    upload: Upload,
    *,
    gazetteer: Gazetteer,
    publish: bool = False,
    user: Any = None,
    is_demo: bool = False,
    read: Reader | None = None,
) -> Ingested:
    """Store an article and what is read in it. The same text again changes nothing.

    A later upload of the same text fills what was blank (title, publisher, date, address) and is
    read again only if that may change the reading. ``publish`` publishes the incidents that the
    article is about, unless a person has decided on them before.
    """
    article, filled = _known(upload)
    version = reader.version() if read is None else None
    reading = article.current_reading if article is not None else None
    fresh: Read | None = None
    if article is None or reading is None or filled or reading.extractor != version:
        # Reading takes far longer than storing: it is done before anybody is locked out.
        reported = upload.as_article() if article is None else _reported(article)
        fresh = (read or reader.read)(reported, gazetteer)
    with transaction.atomic():
        DataVersion.lock()
        article, filled = _known(upload)  # somebody may have stored it meanwhile
        created = article is None
        if article is None:
            article = _new_article(upload, user, is_demo)
        elif filled:
            explain(article, "Gaps filled by another upload", user)
            article.save()
        if fresh is None or not _is_news(article, fresh, created or filled):
            result = _as_stored(article)
        else:
            result = _store(article, fresh, gazetteer, created=created, user=user)
            DataVersion.bump([])
        if publish:
            _publish_focus(result, user)
    return result


def reread(
    article: Article, *, gazetteer: Gazetteer, user: Any = None, read: Reader | None = None
) -> Ingested:
    """Read a stored article again and bring its incidents up to date."""
    fresh = (read or reader.read)(_reported(article), gazetteer)
    with transaction.atomic():
        DataVersion.lock()
        result = _store(article, fresh, gazetteer, created=False, user=user)
        DataVersion.bump([])
    return result


def merge_incidents(
    loser: Incident, winner: Incident, *, gazetteer: Gazetteer, user: Any = None
) -> None:
    """Make one of two incidents that turned out to be the same event.

    The loser's number, and those merged into it before, keep leading to the winner; it is
    published if the loser is, lest a public address lead nowhere. Where an article tells both,
    the winner keeps its own draft, if that article's reading has one. Both rows are brought up
    to date. Raises ValueError when the two cannot be merged.
    """
    with transaction.atomic():
        DataVersion.lock()
        # Both were fetched before the lock, and whole rows are saved.
        loser.refresh_from_db()
        winner.refresh_from_db()
        if loser.pk == winner.pk or loser.merged_into_id or winner.merged_into_id:
            raise ValueError("choose two different incidents that are not merged into another")
        if loser.status == Status.PUBLISHED != winner.status:
            winner.publish(reason=f"{loser.public_id}, published, merged into this one", user=user)
        held = {source.article_id: source for source in winner.sources.all()}
        for source in loser.sources.all():
            other = held.get(source.article_id)
            if other is None or (other.draft_index is None and source.draft_index is not None):
                if other is not None:
                    other.delete()
                source.incident = winner
                source.save()
            else:
                source.delete()
        loser.statements.update(incident=winner)
        loser.merged_from.update(merged_into=winner)
        loser.status, loser.merged_into = Status.REJECTED, winner
        loser.save_because(f"Merged into {winner.public_id}", user)
        rebuild(winner, gazetteer, reason=f"{loser.public_id} merged into this one", user=user)
        DataVersion.bump([])


# Articles


def _known(upload: Upload) -> tuple[Article | None, bool]:
    """The stored article with this text, and whether the upload fills gaps of it (in memory)."""
    article = Article.objects.filter(sha256=body_hash(upload.text)).first()
    if article is None:
        return None, False
    filled = False
    for name, value in (
        ("title", upload.title),
        ("publisher", upload.publisher),
        ("published_at", upload.published),
        ("url", upload.url),
    ):
        if value and not getattr(article, name):
            setattr(article, name, value)
            filled = True
    return article, filled


def _new_article(upload: Upload, user: Any, is_demo: bool) -> Article:
    article = Article(
        body=upload.text,
        title=upload.title,
        publisher=upload.publisher,
        url=upload.url,
        published_at=upload.published,
        language=upload.language or Language.OTHER,
        original_filename=upload.filename,
        encoding=upload.encoding,
        is_demo=is_demo,
        uploaded_by=user,
    )
    explain(article, "Uploaded", user)
    article.save()
    return article


def _reported(article: Article) -> Reported:
    return Reported(
        text=article.body,
        id=str(article.pk or ""),
        title=article.title,
        publisher=article.publisher,
        published=article.published_at,
        lang=article.language if article.language != Language.OTHER else None,
    )


def _is_news(article: Article, fresh: Read, changed: bool) -> bool:
    """Does the fresh reading say more than the stored one? No, if another worker was quicker."""
    current = article.current_reading
    return changed or current is None or current.extractor != fresh.extractor


def _as_stored(article: Article) -> Ingested:
    reading = article.current_reading
    assert reading is not None
    sources = article.sources.select_related("incident").order_by("draft_index")
    incidents = [source.incident for source in sources]
    return Ingested(article, reading, created=False, incidents=incidents)


# Readings


def _store(
    article: Article, fresh: Read, gazetteer: Gazetteer, *, created: bool, user: Any
) -> Ingested:
    held = _held(article)
    before = {source.incident_id: source for source in article.sources.all()}
    reading = _store_reading(article, fresh)
    result = Ingested(article, reading, created)
    drafts = drafts_of(reading.data)
    matches = linking.match(
        drafts,
        published=article.published_at,
        gazetteer=gazetteer,
        held=held,
        barred={pk for pk, source in before.items() if _is_by_hand(source)},
    )
    rows = Incident.objects.in_bulk([match.incident_id for match in matches])
    found = {match.draft_index: rows[match.incident_id] for match in matches}
    # The incident's own draft is its source rather than one that was merged into it.
    telling: dict[int, int] = {}
    for match in sorted(matches, key=lambda match: bool(match.held and match.held.folded)):
        telling.setdefault(match.incident_id, match.draft_index)
    # Free all indices first: two drafts may have changed places.
    article.sources.filter(draft_index__isnull=False).update(draft_index=None, lapsed=True)
    kept = set()
    for index, draft in enumerate(drafts):
        incident = found.get(index)
        if incident is None:
            incident = _new_incident(article, draft, user)
            result.new.append(incident)
        elif incident.pk not in before and incident not in result.linked:
            result.linked.append(incident)
        if telling.setdefault(incident.pk, index) == index:
            IncidentArticle.objects.update_or_create(
                incident=incident,
                article=article,
                defaults={"draft_index": index, "lapsed": False, "focus": draft.focus},
            )
        kept.add(incident.pk)
        result.incidents.append(incident)
    _store_statements(reading, drafts, result.incidents)
    for incident in dict.fromkeys(result.incidents):
        reason = f"Read in article {article.pk}, extractor {reading.extractor}"
        result.changes += rebuild(incident, gazetteer, reason=reason, user=user)
    for source in before.values():
        if source.incident_id not in kept and source.draft_index is not None:
            _leave(source.incident, article, reading, gazetteer, result, user)
    return result


def _held(article: Article) -> list[linking.Held]:
    """What the article's reading up to now tells, and where that is linked to."""
    reading = article.current_reading
    if reading is None:
        return []
    drafts = drafts_of(reading.data)
    held = {}
    for source in article.sources.select_related("incident"):
        if source.draft_index is not None:
            others = source.incident.sources.exclude(article=article).exists()
            firm = others or _is_seen(source.incident)
            held[source.draft_index] = linking.Held(
                source.incident_id, drafts[source.draft_index], firm
            )
    # A draft without a source of its own was merged away: its statements know where to.
    told = article.statements.filter(incident__isnull=False).exclude(draft_index__in=list(held))
    for index, incident_id in told.order_by().values_list("draft_index", "incident").distinct():
        held[index] = linking.Held(incident_id, drafts[index], firm=True, folded=True)
    return list(held.values())


def _is_seen(incident: Incident) -> bool:
    """Has anybody looked at the incident, or may anybody have?"""
    return bool(
        incident.status != Status.DRAFT
        or incident.published_at
        or incident.locked_fields
        or any(_is_by_hand(source) for source in incident.sources.all())
    )


def _is_by_hand(source: IncidentArticle) -> bool:
    """Did a person say that the article tells the incident, rather than a reading?"""
    return source.draft_index is None and not source.lapsed


def _store_reading(article: Article, fresh: Read) -> Reading:
    data = replace(fresh, article_id=str(article.pk)).to_dict()
    article.readings.update(is_current=False)
    reading, _ = Reading.objects.update_or_create(
        article=article,
        extractor=fresh.extractor,
        defaults={"data": data, "is_current": True},
    )
    if article.language == Language.OTHER and fresh.lang in Language.values:
        article.language = fresh.lang
        article.save(update_fields=["language"])
    return reading


def _new_incident(article: Article, draft: Draft, user: Any) -> Incident:
    start, end, precision = merging.interval(draft.date)
    incident = Incident(
        event_type=draft.event,
        date_start=start,
        date_end=end,
        date_precision=precision,
        recalled_only=not draft.focus,
        is_demo=article.is_demo,
    )
    incident.save_because(f"First read in article {article.pk}", user)
    return incident


def _store_statements(reading: Reading, drafts: Iterable[Draft], incidents: list[Incident]) -> None:
    """Statement rows of the article's current reading; those of older readings stay in ``data``.

    What had an old row for its evidence gets the new one for the same words, for no merging does
    that where an editor locked it.
    """
    supported: list[Site | IncidentActor] = [
        row
        for model in (Site, IncidentActor)
        for row in model._default_manager.filter(statement__article=reading.article).select_related(
            "statement"
        )
    ]
    Statement.objects.filter(article=reading.article).delete()
    Statement.objects.bulk_create(
        Statement(
            reading=reading,
            article=reading.article,
            incident=incidents[index],
            draft_index=index,
            focus=draft.focus,
            speaker=statement.speaker[:300],
            act=statement.act,
            field=statement.field[:40],
            value=statement.value,
            start=statement.span.start,
            end=statement.span.end,
            quote=statement.quote,
            confidence=statement.confidence,
        )
        for index, draft in enumerate(drafts)
        for statement in draft.statements
    )
    if supported:
        fresh = list(reading.statements.all())
        for row in supported:
            type(row)._default_manager.filter(pk=row.pk).update(statement=_renewed(row, fresh))


def _renewed(row: Site | IncidentActor, fresh: list[Statement]) -> Statement | None:
    """The statement on the same matter in the same words as the one that supported a row."""
    old = row.statement
    assert old is not None
    same = [
        new
        for new in fresh
        if (new.incident_id, new.field, new.start, new.end)
        == (row.incident_id, old.field, old.start, old.end)
    ]
    return min(same, key=lambda new: (new.value != old.value, new.act != old.act), default=None)


def _leave(
    incident: Incident,
    article: Article,
    reading: Reading,
    gazetteer: Gazetteer,
    result: Ingested,
    user: Any,
) -> None:
    """The article no longer speaks of the incident."""
    reason = f"No longer read in article {article.pk}, extractor {reading.extractor}"
    if incident.sources.exclude(article=article).filter(draft_index__isnull=False).exists():
        incident.sources.filter(article=article).delete()
        result.changes += rebuild(incident, gazetteer, reason=reason, user=user)
        return
    result.dropped.append(incident)
    # One that somebody has seen stays as it is, and the caller is told.
    if not _is_seen(incident):
        incident.delete()


def _publish_focus(result: Ingested, user: Any) -> None:
    for incident in result.incidents:
        decided = incident.published_at is not None or incident.status not in (
            Status.DRAFT,
            Status.PUBLISHED,
        )
        if not decided and not incident.recalled_only:
            incident.publish(reason="Published on ingest", user=user)


# Incidents


def rebuild(
    incident: Incident, gazetteer: Gazetteer, *, reason: str = "", user: Any = None
) -> list[Change]:
    """Merge what all its articles say into the incident's unlocked fields; what changed."""
    sources = _sources(incident)
    if not sources:
        return []
    before = _values(incident)
    columns_before = _columns(incident)
    merged = merging.merge(sources, gazetteer)
    values: dict[str, dict[str, Any]] = {
        "event_type": {"event_type": merged.event_type},
        "date": {
            "date_start": merged.date_start,
            "date_end": merged.date_end,
            "date_precision": merged.date_precision,
        },
        "time": {"time_local": merged.time_local, "daypart": merged.daypart},
        "weapon": {"weapon": merged.weapon},
        "munitions": _figure("munitions", merged.munitions),
        "killed": {**_figure("killed", merged.killed), "killed_status": merged.killed.status},
        "wounded": {**_figure("wounded", merged.wounded), "wounded_status": merged.wounded.status},
    }
    for lock, columns in values.items():
        if not incident.is_locked(lock):
            for column, value in columns.items():
                setattr(incident, column, value)
    incident.recalled_only = merged.recalled_only
    if not incident.is_locked("sites"):
        _sync_sites(incident, merged, reason, user)
    if not incident.is_locked("actors"):
        _sync_parties(incident, merged)
    if not incident.is_locked("victims"):
        _sync_victims(incident, merged)
    incident.grade_suggested = _suggested_grade(incident, sources)
    if not incident.is_locked("grade"):
        incident.grade = incident.grade_suggested
    refresh_derived(incident, save=False)
    after = _values(incident)
    changes = [
        Change(incident.public_id, name, before[name], after[name])
        for name in after
        if before[name] != after[name]
    ]
    if changes or columns_before != _columns(incident):
        incident.save_because(reason, user)
    return changes


def refresh_derived(incident: Incident, *, save: bool = True) -> None:
    """Set what follows from sites, actors and articles: the representative point, search text."""
    sites: list[Any] = list(incident.sites.all())
    point: Any = merging.representative(sites)
    incident.lat = point.lat if point else None
    incident.lon = point.lon if point else None
    incident.radius_m = point.radius_m if point else None
    named = point or next((site for site in sites if site.name_en or site.name_ar), None)
    incident.place_level = (point.level or "") if point else ""
    incident.place_en = named.name_en if named else ""
    incident.place_ar = named.name_ar if named else ""
    incident.search_text = _search_text(incident, sites)
    if save:
        incident.save()


def _suggested_grade(incident: Incident, sources: list[merging.Source]) -> str:
    rows = incident.parties.prefetch_related("actor__names")
    return merging.suggested_grade(
        [(row.role, row.actor_id) for row in rows],
        {
            row.actor_id
            for row in rows
            if is_known_group(name.folded for name in row.actor.names.all())
        },
        [source.publisher for source in sources],
    )


def _sources(incident: Incident) -> list[merging.Source]:
    rows = list(incident.sources.filter(draft_index__isnull=False).select_related("article"))
    current = {
        reading.article_id: reading
        for reading in Reading.objects.filter(
            article__in=[row.article_id for row in rows], is_current=True
        )
    }
    return [
        merging.Source(
            key=row.article_id,
            draft_index=row.draft_index,
            draft=drafts_of(current[row.article_id].data)[row.draft_index],
            publisher=row.article.publisher,
            published=row.article.published_at,
        )
        for row in rows
        if row.draft_index is not None
    ]


def _figure(name: str, figure: Casualties) -> dict[str, int | None]:
    return {f"{name}_{part}": getattr(figure, part) for part in ("low", "best", "high")}


def _columns(incident: Incident) -> dict[str, Any]:
    return {
        column.attname: getattr(incident, column.attname)
        for column in incident._meta.concrete_fields
    }


def _sync_sites(incident: Incident, merged: merging.Merged, reason: str, user: Any) -> None:
    """Bring the site rows in step; a site that stays keeps its number."""
    rows = list(incident.sites.all())
    statements = list(incident.statements.all())
    for wanted in merged.sites:
        site, source = wanted.site, wanted.source
        row = next((row for row in rows if _is_row_of(row, site)), None)
        if row is None:
            row = Site(incident=incident)
        else:
            rows.remove(row)
        values = {
            "role": site.role,
            "place_id": site.place_id or "",
            "name_en": site.name_en or "",
            "name_ar": site.name_ar or "",
            "surface": site.surface[:300],
            "lat": site.lat,
            "lon": site.lon,
            "level": site.level or "",
            "radius_m": site.radius_m,
            "relation": site.relation,
            "count": site.count,
            "confidence": site.confidence,
            "article_id": source.key,
            "start": site.span.start,
            "end": site.span.end,
            "statement": _statement_of(site, source, statements),
        }
        if row.pk is None or any(getattr(row, name) != value for name, value in values.items()):
            for name, value in values.items():
                setattr(row, name, value)
            explain(row, reason, user)
            row.save()
    for row in rows:
        row.delete()


def _is_row_of(row: Site, site: Any) -> bool:
    if row.role != site.role:
        return False
    if row.place_id or site.place_id:
        return row.place_id == (site.place_id or "")
    return (row.lat, row.lon) == (site.lat, site.lon)


def _statement_of(
    site: Any, source: merging.Source, statements: list[Statement]
) -> Statement | None:
    """The narrowest statement of the same draft around the place's words, best about its role."""
    around = [
        row
        for row in statements
        if row.article_id == source.key
        and row.draft_index == source.draft_index
        and row.start <= site.span.start
        and site.span.end <= row.end
    ]
    return min(
        around,
        key=lambda row: (
            row.value != site.place_id,
            site.role not in row.field,
            row.end - row.start,
        ),
        default=None,
    )


def _sync_parties(incident: Incident, merged: merging.Merged) -> None:
    statements = list(incident.statements.all())
    kept: set[tuple[int, str]] = set()
    for party in merged.parties:
        folded = fold(party.name)
        statement = next(
            (
                row
                for row in statements
                if row.article_id == party.source.key
                and row.draft_index == party.source.draft_index
                and isinstance(row.value, str)
                and fold(row.value) == folded
            ),
            None,
        )
        actor = actor_for(party.name)
        if (actor.pk, party.role) in kept:
            continue  # the same group by another name; the better source came first
        IncidentActor.objects.update_or_create(
            incident=incident, actor=actor, role=party.role, defaults={"statement": statement}
        )
        kept.add((actor.pk, party.role))
    for row in incident.parties.all():
        if (row.actor_id, row.role) not in kept:
            row.delete()


def _sync_victims(incident: Incident, merged: merging.Merged) -> None:
    wanted = [(v.group[:40], v.sex or "", v.status, v.count) for v in merged.victims]
    stored = list(incident.victims.values_list("group", "sex", "status", "count"))
    if stored != wanted:
        incident.victims.all().delete()
        Victim.objects.bulk_create(
            Victim(incident=incident, group=group, sex=sex, status=status, count=count)
            for group, sex, status, count in wanted
        )


def _search_text(incident: Incident, sites: Iterable[Site]) -> str:
    """Folded names, quotes and titles: what free text is looked for in."""
    parts: list[str] = [incident.public_id, incident.weapon]
    for site in sites:
        parts += [site.name_en, site.name_ar, site.surface]
    for party in incident.parties.select_related("actor"):
        parts += [party.actor.name_en, party.actor.name_ar]
    for source in incident.sources.select_related("article"):
        parts += [source.article.title, source.article.publisher]
    parts += incident.statements.values_list("quote", flat=True)
    folded = dict.fromkeys(fold(part) for part in parts if part)
    return "\n".join(folded)


def _values(incident: Incident) -> dict[str, Any]:
    """An incident's values for comparison, rows of other tables as sorted texts."""
    fields = [column for columns in Incident.LOCKS.values() for column in columns]
    values: dict[str, Any] = {name: getattr(incident, name) for name in fields}
    values["sites"] = sorted(
        f"{site.role} {site.place_id or site.surface} ×{site.count or '?'}"
        for site in incident.sites.all()
    )
    values["actors"] = sorted(
        f"{party.role} {party.actor.slug}" for party in incident.parties.select_related("actor")
    )
    values["victims"] = sorted(
        f"{group} {sex} {status} {count}"
        for group, sex, status, count in incident.victims.values_list(
            "group", "sex", "status", "count"
        )
    )
    return values
