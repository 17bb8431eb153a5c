"""``manage.py ingest PATH…``: articles into the database."""

from __future__ import annotations

import sys
import traceback
from collections import Counter
from typing import Any

from django.core.management.base import CommandError, CommandParser

import gazetteer
from incidents.ingest import ingest
from incidents.management.base import ArticleCommand
from incidents.uploads import Upload


class Command(ArticleCommand):
    help = (
        "Store articles, read them and link what they tell to incidents. Safe to repeat and to "
        "interrupt: an article that is stored already is passed over. A record that cannot be "
        "read is told with file and line and skipped; the exit status is then 1. "
        "Example: ingest reports/ --publish"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        self.add_article_arguments(parser, paths="+")
        parser.add_argument(
            "--publish",
            action="store_true",
            help="publish the incidents that the articles are about; those that an editor has "
            "decided on, and those only recalled, stay as they are",
        )

    def handle(self, *args: Any, paths: list[str], publish: bool, **options: Any) -> None:
        places = gazetteer.load()
        done: Counter[str] = Counter()
        try:
            for upload in self.articles(
                paths,
                published=options["published"],
                publisher=options["publisher"],
                progress=options["progress"],
            ):
                self._store(upload, places, publish, done, options["verbosity"])
        except KeyboardInterrupt:
            self.stdout.write(_summary(done))
            raise CommandError(
                "stopped; give the same command again to go on", returncode=130
            ) from None
        self.stdout.write(_summary(done))
        self.finish()

    def _store(
        self,
        upload: Upload,
        places: gazetteer.Gazetteer,
        publish: bool,
        done: Counter[str],
        verbosity: int,
    ) -> None:
        try:
            result = ingest(upload, gazetteer=places, publish=publish)
        except Exception as error:  # noqa: BLE001
            # One article must not cost the rest of a long run; its transaction is rolled back.
            self.complain(f"{upload.where}: could not be stored ({type(error).__name__}: {error})")
            if verbosity > 1:
                traceback.print_exc(file=sys.stderr)
            return
        done["articles" if result.created else "known"] += 1
        done["incidents"] += len(result.new)
        done["linked"] += len(result.linked)
        if verbosity > 1:
            numbers = ", ".join(incident.public_id for incident in result.incidents) or "–"
            self.stdout.write(f"{upload.where}: {numbers}")


def _summary(done: Counter[str]) -> str:
    return (
        f"{done['articles']} new article(s), {done['known']} already stored; "
        f"{done['incidents']} new incident(s), {done['linked']} linked to known ones"
    )
