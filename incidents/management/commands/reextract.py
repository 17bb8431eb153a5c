"""``manage.py reextract``: stored articles, read again by the extractor of today."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.db import transaction

import gazetteer
from incidents import reader
from incidents.ingest import Ingested, reread
from incidents.management.base import AtharCommand
from incidents.models import Article, Reading


class Command(AtharCommand):
    help = (
        "Read stored articles again and bring their incidents up to date. Every older reading is "
        "kept, fields that an editor locked stay as they are, and each difference is printed. "
        "Articles that the present extractor has read already are passed over."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--dry-run", action="store_true", help="print the differences and change nothing"
        )
        parser.add_argument(
            "--all", action="store_true", help="also articles that this extractor has read already"
        )
        self.add_progress_argument(parser)

    def handle(self, *args: Any, dry_run: bool, progress: bool, **options: Any) -> None:
        articles = Article.objects.order_by("published_at", "pk")
        if not options["all"]:
            done = Reading.objects.filter(is_current=True, extractor=reader.version())
            articles = articles.exclude(pk__in=done.values("article"))
        # Incidents change meanwhile, articles do not: their numbers are enough to walk by.
        numbers = list(articles.values_list("pk", flat=True))
        places = gazetteer.load()
        count: Counter[str] = Counter()
        for number in self.progress(numbers, total=len(numbers), unit=" articles", forced=progress):
            with transaction.atomic():
                article = Article.objects.get(pk=number)
                self._tell(article, reread(article, gazetteer=places), count)
                if dry_run:
                    transaction.set_rollback(True)
        self.stdout.write(
            f"{len(numbers)} article(s) read, {count['changed']} incident value(s) changed, "
            f"{count['new']} incident(s) new, {count['dropped']} no longer read"
            + (" (rehearsal: nothing was stored)" if dry_run else "")
        )
        if count["kept"]:
            raise CommandError(
                f"{count['kept']} incident(s) that people have seen are no longer read; "
                "look at them in the admin",
                returncode=1,
            )

    def _tell(self, article: Article, result: Ingested, count: Counter[str]) -> None:
        new = {incident.public_id for incident in result.new}
        lines = [f"  {number}: new" for number in sorted(new)]
        for change in result.changes:
            if change.incident not in new:
                count["changed"] += 1
                before, after = _shown(change.before), _shown(change.after)
                lines.append(f"  {change.incident}: {change.field}: {before} → {after}")
        for incident in result.dropped:
            kept = incident.pk is not None
            count["kept"] += kept
            fate = "no longer read, kept for an editor" if kept else "no longer read, removed"
            lines.append(f"  {incident.public_id}: {fate}")
        count["new"] += len(new)
        count["dropped"] += len(result.dropped)
        if lines:
            self.stdout.write(f"article {article.pk} {article}")
            for line in lines:
                self.stdout.write(line)


def _shown(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(value) or "–"
    return "–" if value in (None, "") else str(value)
