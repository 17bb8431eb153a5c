"""``manage.py extract [PATH…|-]``: what is read in articles, as JSON lines or for the eye."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

import gazetteer
from extraction import Draft, Reading
from incidents import reader
from incidents.management.base import STDIN, ArticleCommand
from incidents.uploads import Upload


class Command(ArticleCommand):
    help = (
        "Read articles and print what they say, one JSON object a line: places, incidents, sites, "
        "casualties, who claims and who denies, each with the words that say it. Nothing is "
        "stored and no database is needed. Example: extract article.txt --published 2020-11-18"
    )
    requires_system_checks: tuple[str, ...] = ()

    def add_arguments(self, parser: CommandParser) -> None:
        self.add_article_arguments(parser, paths="*")
        parser.add_argument(
            "--format",
            choices=("jsonl", "pretty"),
            default="jsonl",
            help="jsonl: one object a line, for programs; pretty: for the eye (jsonl)",
        )

    def handle(self, *args: Any, paths: list[str], **options: Any) -> None:
        places = gazetteer.load()
        for upload in self.articles(
            paths or [STDIN],
            published=options["published"],
            publisher=options["publisher"],
            progress=options["progress"],
        ):
            article = upload.as_article()
            if not article.id:
                article = replace(article, id=Path(upload.filename).stem)
            reading = reader.read(article, places)
            if options["format"] == "jsonl":
                self.stdout.write(json.dumps(reading.to_dict(), ensure_ascii=False))
            else:
                self.stdout.write("\n".join(self._pretty(upload, reading)) + "\n")
        self.finish()

    def _pretty(self, upload: Upload, reading: Reading) -> Iterator[str]:
        heading = upload.title or upload.text.strip().splitlines()[0][:80]
        yield self.style.MIGRATE_HEADING(f"{reading.article_id}  {heading}")
        if not reading.drafts:
            yield "  no incident"
        for draft in reading.drafts:
            yield from self._incident(draft)
        for unresolved in reading.unresolved:
            yield f"  not placed: {unresolved.surface} ({unresolved.why})"

    def _incident(self, draft: Draft) -> Iterator[str]:
        kind = "incident" if draft.focus else "recalled"
        when = " ".join(filter(None, (draft.date or "no date", draft.daypart, draft.time_local)))
        yield self.style.SUCCESS(f"  {kind}: {draft.event}, {when}")
        for name, value in (
            ("weapon", draft.weapon),
            ("munitions", _figure(draft.munitions)),
            ("killed", _figure(draft.killed)),
            ("wounded", _figure(draft.wounded)),
            ("claimed by", "; ".join(draft.claimed_by)),
            ("attributed to", "; ".join(draft.attributed_to)),
            ("denied by", "; ".join(draft.denied_by)),
        ):
            if value:
                yield f"    {name:<14}{value}"
        for site in draft.sites:
            count = "" if site.count is None else f" ×{site.count}"
            where = site.name_en or site.name_ar or site.surface
            point = "no place" if site.lat is None else f"{site.lat:.4f}, {site.lon:.4f}"
            yield f"    {site.role:<14}{where}{count} ({site.relation}; {point})"
        for said in draft.statements:
            speaker = said.speaker or "the article"
            yield f"      {said.field}={said.value} · {speaker} {said.act} · “{said.quote}”"


def _figure(figure: Any) -> str:
    if figure.best is None and figure.low is None:
        return "denied" if figure.status == "denied" else ""
    best = "?" if figure.best is None else str(figure.best)
    return best if figure.low == figure.high else f"{best} ({figure.low}–{figure.high})"
