"""``manage.py evaluate [GOLD.jsonl]``: how well the extractor reads annotated articles."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

import extraction
import gazetteer
from benchmarks.calibration import Bucket, calibration
from benchmarks.scoring import ANALYST, Figures, Report, score
from extraction import Article
from incidents import demo
from incidents.management.base import AtharCommand
from incidents.uploads import UploadError, parse_published

# Rows of the table: heading, name of the figure. None leaves a line free.
ROWS: tuple[tuple[str, str] | None, ...] = (
    ("articles", "articles"),
    None,
    ("place mentions annotated", "mentions_gold"),
    ("  read", "mentions_pred"),
    ("  precision", "mention_p"),
    ("  recall", "mention_r"),
    ("  F1", "mention_f1"),
    ("  traps", "traps"),
    ("  traps fallen into", "traps_hit"),
    ("placed within tolerance", "resolution_acc"),
    ("  median distance, km", "resolution_median_km"),
    ("  not placed at all", "resolution_without_coords"),
    None,
    ("incidents annotated", "incidents_gold"),
    ("  read", "incidents_pred"),
    ("  precision", "incident_p"),
    ("  recall", "incident_r"),
    ("  F1", "incident_f1"),
    ("  missed by date alone", "missed_only_by_date"),
    ("  missed by place alone", "missed_only_by_place"),
    ("  missed by kind alone", "missed_only_by_event"),
    None,
    ("of those found: date", "date_acc"),
    ("  time of day", "daypart_acc"),
    ("  kind of event", "event_acc"),
    ("  weapon", "weapon_acc"),
    ("  munitions", "munitions_acc"),
    ("  killed", "killed_acc"),
    ("  wounded", "wounded_acc"),
    ("  launch sites F1", "launch_f1"),
    ("  impact sites F1", "impact_f1"),
    ("  counts at sites", "site_count_acc"),
    ("  claimed by F1", "claimed_f1"),
    ("  attributed to F1", "attributed_f1"),
    ("  denied by F1", "denied_f1"),
    None,
    ("articles without attack", "articles_with_none"),
    ("  incidents read there", "false_incidents_on_none"),
    ("recalled incidents", "background_gold"),
    ("  recall", "background_recall"),
    None,
    ("ANALYST SCORE", "analyst_score"),
)


class Command(AtharCommand):
    help = (
        "Read annotated articles and tell how well the extractor does: places, incidents and "
        "every field, by language. A line of GOLD.jsonl is an article with its annotation under "
        "“gold” (docs/data.md); without a file, the demo articles are read. The analyst score is "
        "the mean of the starred figures."
    )
    requires_system_checks: tuple[str, ...] = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("paths", nargs="*", metavar="GOLD.jsonl")
        parser.add_argument(
            "--errors", action="store_true", help="list every error after the table"
        )
        parser.add_argument(
            "--calibration",
            action="store_true",
            help="tell how many of the values given with each confidence are right",
        )
        parser.add_argument(
            "--json", action="store_true", help="one JSON object instead of a table"
        )
        parser.add_argument(
            "--write",
            action="store_true",
            help="keep the figures of the demo articles, which the codebook shows",
        )
        self.add_progress_argument(parser)

    def handle(self, *args: Any, paths: list[str], **options: Any) -> None:
        if options["write"] and paths:
            raise CommandError("--write keeps the figures of the demo articles: name no file")
        gold = {} if paths else {article["id"]: article for article in demo.annotated()}
        for path in paths:
            for key, article in _articles(Path(path)):
                if key in gold:
                    raise CommandError(f"{path}: the article {key} is there twice; remove one")
                gold[key] = article
        if not gold:
            raise CommandError(f"{', '.join(paths)}: there are no articles in it")
        shown = self.progress(
            gold.items(), total=len(gold), unit=" articles", forced=options["progress"]
        )
        read = readings(gold, shown)
        report = score(gold, read)
        buckets = calibration(gold, read) if options["calibration"] else []
        if options["write"]:
            demo.FIGURES.write_text(_kept(report, timezone.localdate()), encoding="utf-8")
        if options["json"]:
            found = dataclasses.asdict(report)
            if not options["errors"]:
                del found["errors"]
            if buckets:
                found["calibration"] = [dataclasses.asdict(bucket) for bucket in buckets]
            self.stdout.write(json.dumps(found, ensure_ascii=False, indent=1))
            return
        for line in _table(report):
            self.stdout.write(line)
        for line in _calibrated(buckets):
            self.stdout.write(line)
        for line in report.errors if options["errors"] else ():
            self.stdout.write(line)


def measured(gold: Mapping[str, dict[str, Any]]) -> Report:
    """Read annotated articles (by id) and compare."""
    return score(gold, readings(gold, gold.items()))


def readings(
    gold: Mapping[str, dict[str, Any]], shown: Iterable[tuple[str, dict[str, Any]]]
) -> dict[str, dict[str, Any]]:
    """What is read in annotated articles, by id. ``shown`` tells how far the reading is."""
    places = gazetteer.load()
    return {key: extraction.extract(_reported(article), places).to_dict() for key, article in shown}


def figures(report: Report) -> dict[str, Any]:
    """The figures of a report as they are kept: overall and by language, to four decimals."""
    return {
        "extractor": extraction.EXTRACTOR_VERSION,
        "figures": {
            name: {
                figure: round(value, 4) if isinstance(value, float) else value
                for figure, value in column.items()
            }
            for name, column in {"all": report.overall, **report.by_language}.items()
        },
    }


def _kept(report: Report, day: date) -> str:
    kept = {"measured": day.isoformat(), **figures(report)}
    return json.dumps(kept, ensure_ascii=False, indent=1) + "\n"


def _articles(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except OSError as error:
        raise CommandError(f"{path}: cannot be read ({error.strerror}); check its name") from error
    except UnicodeDecodeError as error:
        raise CommandError(f"{path}: is not UTF-8; save it as UTF-8") from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            article = json.loads(line)
        except ValueError as error:
            raise CommandError(f"{path}:{number}: this line is no JSON ({error})") from error
        lacking = [name for name in ("id", "text", "gold") if name not in article]
        if lacking:
            raise CommandError(
                f"{path}:{number}: {', '.join(lacking)} missing; "
                "an annotated article has id, text and gold"
            )
        try:
            if article.get("published"):
                parse_published(str(article["published"]))
        except UploadError as error:
            raise CommandError(f"{path}:{number}: {error.message}") from error
        yield str(article["id"]), article


def _reported(article: dict[str, Any]) -> Article:
    published = article.get("published")
    return Article(
        text=article["text"],
        id=str(article["id"]),
        title=article.get("title") or "",
        publisher=article.get("publisher") or "",
        published=parse_published(str(published)) if published else None,
        lang=article.get("lang"),
    )


def _table(report: Report) -> Iterator[str]:
    columns = {"all": report.overall, **report.by_language}
    yield f"{'':<28}" + "".join(f"{name:>9}" for name in columns)
    for row in ROWS:
        if row is None:
            yield ""
            continue
        heading, name = row
        star = " *" if name in ANALYST else ""
        figures = "".join(f"{_shown(column, name):>9}" for column in columns.values())
        yield f"{heading + star:<28}{figures}"


def _calibrated(buckets: Iterable[Bucket]) -> Iterator[str]:
    if buckets:
        yield ""
        yield f"{'confidence':<14}{'values':>9}{'given':>9}{'right':>9}"
    for bucket in buckets:
        share = bucket.right / bucket.values
        edges = f"{bucket.low:.1f}–{bucket.high:.1f}"
        yield f"{edges:<14}{bucket.values:>9}{bucket.given:>9.3f}{share:>9.3f}"


def _shown(figures: Figures, name: str) -> str:
    figure = figures[name]
    if figure is None:
        return "–"
    return f"{figure:.3f}" if isinstance(figure, float) else str(figure)
