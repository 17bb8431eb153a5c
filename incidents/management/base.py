"""What the commands that read articles share: paths, standard input, progress, complaints."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, TypeVar

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from incidents import uploads
from incidents.uploads import Defaults, Upload, UploadError

_Item = TypeVar("_Item")

STDIN = "-"


class AtharCommand(BaseCommand):
    """A command that survives a closed pipe and shows progress only to people."""

    def add_progress_argument(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--progress",
            action="store_true",
            help="show a progress bar even where no terminal is seen (on standard error)",
        )

    def progress(
        self, items: Iterable[_Item], *, total: int | None, unit: str, forced: bool
    ) -> Iterable[_Item]:
        """The items, with a bar on standard error where somebody looks at it."""
        shown = forced or sys.stderr.isatty()
        return tqdm(items, total=total, unit=unit, disable=not shown, file=sys.stderr, leave=False)

    def execute(self, *args: Any, **options: Any) -> Any:
        try:
            return super().execute(*args, **options)
        except ImproperlyConfigured as error:
            raise CommandError(str(error)) from error
        except BrokenPipeError:
            # The reader, such as head, has seen enough. Python would complain once more on exit.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return None


class ArticleCommand(AtharCommand):
    """A command over articles in files. A record that is wrong is told and skipped."""

    refused = 0

    def add_article_arguments(self, parser: CommandParser, *, paths: str) -> None:
        parser.add_argument(
            "paths",
            nargs=paths,
            metavar="PATH",
            help="a .txt, .html or .jsonl file, a folder of them, or - for standard input",
        )
        parser.add_argument(
            "--published",
            metavar="ISO",
            help="when the articles appeared, such as 2020-11-18 or 2020-11-18T12:00:00+03:00, "
            "where they do not say so themselves; “yesterday” is resolved by it",
        )
        parser.add_argument(
            "--publisher", default="", help="who published them, where they do not say so"
        )
        self.add_progress_argument(parser)

    def articles(
        self, paths: list[str], *, published: str | None, publisher: str, progress: bool
    ) -> Iterator[Upload]:
        """Every article that can be read. What cannot goes to standard error and is counted."""
        try:
            moment = uploads.parse_published(published) if published else None
        except UploadError as error:
            raise CommandError(f"--published: {error.message}") from error
        defaults = Defaults(published=moment, publisher=publisher)
        found = (item for path in paths for item in _read(path, defaults))
        told = ""
        for item in self.progress(found, total=None, unit=" articles", forced=progress):
            if isinstance(item, UploadError):
                self.complain(str(item))
            else:
                if item.encoding not in ("", "utf-8") and told != item.filename:
                    told = item.filename
                    self.note(f"{item.where}: read as {item.encoding.title()}, for it is no UTF-8")
                yield item

    def note(self, message: str) -> None:
        tqdm.write(message, file=self.stderr._out)

    def complain(self, message: str) -> None:
        self.refused += 1
        tqdm.write(self.style.ERROR(message), file=self.stderr._out)

    def finish(self) -> None:
        """Make the exit status tell whether something was refused."""
        if self.refused:
            raise CommandError(
                f"{self.refused} record(s) could not be read, see above; the rest is done",
                returncode=1,
            )


def _read(path: str, defaults: Defaults) -> Iterator[Upload | UploadError]:
    if path == STDIN:
        yield from _read_stdin(defaults)
        return
    place = Path(path)
    if not place.is_dir():
        yield from uploads.read_path(place, defaults)
        return
    files = sorted(file for file in place.rglob("*") if file.suffix.lower() in uploads.SUFFIXES)
    if not files:
        kinds = ", ".join(uploads.SUFFIXES)
        yield uploads.FileError(f"there is no file of these kinds in it: {kinds}", name=path)
    for file in files:
        yield from uploads.read_path(file, defaults)


def _read_stdin(defaults: Defaults) -> Iterator[Upload | UploadError]:
    """JSONL if the first line is a JSON object, else the text of one article."""
    stream = sys.stdin.buffer
    first = stream.readline()
    if _is_object(first):
        yield from uploads.read_jsonl(_Rejoined(first, stream), "stdin", defaults)
        return
    try:
        yield uploads.read_bytes("stdin", first + stream.read(), defaults)
    except UploadError as error:
        error.name = "stdin"
        yield error


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


class _Rejoined:
    """A stream whose first line was read already."""

    def __init__(self, first: bytes, stream: Any) -> None:
        self._first = first
        self._stream = stream

    def readline(self, limit: int = -1, /) -> bytes:
        if self._first:
            line, self._first = self._first[:limit], self._first[limit:] if limit >= 0 else b""
            return line
        return bytes(self._stream.readline(limit))
