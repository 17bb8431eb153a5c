"""``manage.py export``: what is published, as a file. The URLs write the same."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser

from incidents.exports import FORMATS, export
from incidents.filters import PARAMETERS, FilterError, IncidentFilter
from incidents.layers import LAYERS
from incidents.management.base import AtharCommand
from incidents.profiles import PROFILES


class Command(AtharCommand):
    # Checks load all pages, and with them twice the memory an export takes.
    requires_system_checks = ()
    help = (
        "Write published incidents to a file or to standard output, exactly as the site's own "
        'downloads. Example: export --format csv --filter "from=2020-01-01&event_type=rocket" '
        "-o rockets.csv"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--format", choices=FORMATS, required=True)
        parser.add_argument(
            "--layer",
            choices=tuple(LAYERS),
            default="incidents",
            help="one feature an incident, one a site, or launch → impact lines (incidents); "
            "KML holds all of them",
        )
        parser.add_argument(
            "--filter",
            default="",
            metavar="QUERY",
            help=f"as in the site's addresses; filters are {', '.join(PARAMETERS)}",
        )
        parser.add_argument(
            "--excel", action="store_true", help="CSV that Excel opens without a question"
        )
        parser.add_argument(
            "--profile",
            choices=tuple(PROFILES),
            default="",
            help="CSV of the incidents in another project's columns; the codebook says how",
        )
        parser.add_argument(
            "--lang",
            choices=tuple(dict(settings.LANGUAGES)),
            default=settings.LANGUAGE_CODE,
            help="language of the names in KML",
        )
        parser.add_argument(
            "-o", "--output", metavar="FILE", help="the file to write (standard output)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["excel"] and options["format"] != "csv":
            raise CommandError("--excel goes with --format csv only")
        try:
            wanted = IncidentFilter.from_query(options["filter"])
            chunks = export(
                options["layer"],
                options["format"],
                wanted,
                excel=options["excel"],
                profile=options["profile"],
                language=options["lang"],
            )
        except FilterError as error:
            raise CommandError(f"--filter: {error}") from error
        except ValueError as error:
            raise CommandError(str(error)) from error
        if options["output"] is None:
            for chunk in chunks:
                self.stdout.write(chunk, ending="")
            return
        path = Path(options["output"])
        unfinished = path.with_name(f".{path.name}.unfinished")
        try:
            # A file that is there is complete: it gets its name when it is.
            with unfinished.open("w", encoding="utf-8", newline="") as file:
                file.writelines(chunks)
            unfinished.replace(path)
        except OSError as error:
            raise CommandError(
                f"{path} cannot be written ({error.strerror}): check the folder and its permissions"
            ) from error
        finally:
            unfinished.unlink(missing_ok=True)
        print(path, file=sys.stderr)  # noqa: T201
