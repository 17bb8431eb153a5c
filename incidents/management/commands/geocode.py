"""``manage.py geocode NAME…|-``: which places a name may mean. No database, no network."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

import gazetteer
from gazetteer import Candidate, GazetteerError

_ROW = "  {:>5}  {:<20}  {:>8}  {:>8}  {:>8}  {:<13}  {}"


class Command(BaseCommand):
    help = (
        "Look names up in the bundled gazetteer, Arabic or English, in any common spelling: "
        'geocode "حي الأمين الثانية" al-Ameen "Karrada, Baghdad". '
        "A name that fits nothing is an answer, not an error; the exit status is 1 only where a "
        "name could not be read."
    )
    requires_system_checks: tuple[str, ...] = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "names",
            nargs="+",
            metavar="NAME",
            help="a place name; what follows a comma narrows it; - reads one a line from stdin",
        )
        parser.add_argument(
            "--json", action="store_true", help="one JSON object a line: query, candidates"
        )
        parser.add_argument(
            "--limit", type=_positive, default=5, metavar="N", help="at most N places each (5)"
        )

    def handle(self, *args: Any, names: list[str], limit: int, **options: Any) -> None:
        try:
            places = gazetteer.load()
        except GazetteerError as error:
            raise CommandError(str(error)) from error
        write = self._write_json if options["json"] else self._write_table
        bad = 0
        for where, name in _read(names):
            if complaint := _complaint(name):
                self.stderr.write(f"{where}: {complaint}")
                bad += 1
            else:
                write(name, places.lookup(name, limit=limit))
        if bad:
            raise CommandError(f"{bad} name(s) could not be read, see above", returncode=1)

    def _write_json(self, query: str, candidates: Iterable[Candidate]) -> None:
        answer = {"query": query, "candidates": [_row(c) for c in candidates]}
        self.stdout.write(json.dumps(answer, ensure_ascii=False))

    def _write_table(self, query: str, candidates: Sequence[Candidate]) -> None:
        self.stdout.write(self.style.MIGRATE_HEADING(query))
        if not candidates:
            self.stdout.write("  nothing in the gazetteer fits\n\n")
            return
        # Arabic stands last, so that no terminal turns the columns round.
        self.stdout.write(_ROW.format("score", "why", "lat", "lon", "radius", "level", "place"))
        for c in candidates:
            place = c.place
            self.stdout.write(
                _ROW.format(
                    f"{c.score:.2f}",
                    c.why,
                    f"{place.lat:.4f}",
                    f"{place.lon:.4f}",
                    f"{place.radius_m} m",
                    place.level,
                    f"{place.name_en} [{place.id}]  {place.name_ar}",
                )
            )
        self.stdout.write("")


def _row(candidate: Candidate) -> dict[str, Any]:
    place = candidate.place
    return {
        "place_id": place.id,
        "name_en": place.name_en,
        "name_ar": place.name_ar,
        "lat": place.lat,
        "lon": place.lon,
        "level": place.level,
        "radius_m": place.radius_m,
        "score": candidate.score,
        "why": candidate.why,
    }


def _positive(text: str) -> int:
    if not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number above 0")
    return int(text)


def _read(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Each name and where it came from; a line that is not UTF-8 keeps its bytes as surrogates."""
    for number, name in enumerate(names, 1):
        if name != "-":
            yield f"name {number}", name
            continue
        for line, raw in enumerate(sys.stdin.buffer, 1):
            text = raw.decode("utf-8-sig" if line == 1 else "utf-8", "surrogateescape").strip()
            if text:
                yield f"stdin:{line}", text


def _complaint(name: str) -> str:
    if not name.strip():
        return "the name is empty: write a place name"
    if not name.isprintable() and any("\ud800" <= char <= "\udfff" for char in name):
        return "not UTF-8: save the list as UTF-8"
    if len(name) > gazetteer.LONGEST_NAME:
        return f"{len(name)} characters are no place name: give one name a line"
    return ""
