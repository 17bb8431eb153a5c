"""``manage.py make_synthetic --incidents N``: a full database to measure with."""

from __future__ import annotations

import argparse
from typing import Any

from django.core.management.base import CommandError, CommandParser

import gazetteer
from incidents import synthetic
from incidents.management.base import AtharCommand
from incidents.models import Incident


class Command(AtharCommand):
    help = (
        "Fill a database with made-up published incidents, a launch and an impact site each, "
        "around the places of Baghdad: to measure speed. 391,832 is the number of reports in the "
        "Iraq War Logs. They are marked as demo; a database with real incidents is refused. "
        "Example: DATABASE_URL=sqlite:///big.sqlite3 manage.py make_synthetic --incidents 391832"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--incidents", type=_positive, required=True, metavar="N")
        parser.add_argument(
            "--seed", type=int, default=1, metavar="S", help="the same seed, the same incidents (1)"
        )
        self.add_progress_argument(parser)

    def handle(self, *args: Any, incidents: int, seed: int, progress: bool, **options: Any) -> None:
        if Incident.objects.filter(is_demo=False).exists():
            raise CommandError(
                "there are real incidents in this database, and made-up ones do not belong "
                "beside them: name another one in DATABASE_URL and run `migrate` first"
            )
        batches = -(-incidents // synthetic.BATCH)
        steps = synthetic.make(incidents, seed=seed, gazetteer=gazetteer.load())
        stored = 0
        for stored in self.progress(steps, total=batches, unit=" batches", forced=progress):  # noqa: B007
            pass
        self.stdout.write(f"{stored} synthetic incident(s) with two sites each")


def _positive(text: str) -> int:
    if not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number above 0")
    return int(text)
