"""Every setting an operator may change: its name, type and default, in one table.

Values come from the environment, then from the `.env` file. `.env.example` and
docs/settings.md describe the same names; tests/test_settings.py compares them.
"""

import logging
import os
import zoneinfo
from collections.abc import Callable
from pathlib import Path
from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured

from config import tiles

BASE_DIR = Path(__file__).resolve().parent.parent

_TRUE = ("true", "yes", "on", "1")
_FALSE = ("false", "no", "off", "0", "")


def switch(value: str) -> bool:
    """Read a yes/no value strictly, so that a typing slip is not taken for "no"."""
    text = value.strip().lower()
    if text not in _TRUE + _FALSE:
        raise ValueError("write True or False")
    return text in _TRUE


def choice(*allowed: str) -> Callable[[str], str]:
    """Return a reader that accepts one of `allowed` and nothing else."""

    def read(value: str) -> str:
        if value not in allowed:
            raise ValueError(f"write one of {', '.join(allowed)}")
        return value

    return read


def positive(value: str) -> int:
    """Read a whole number above zero."""
    if not value.isdecimal() or int(value) == 0:
        raise ValueError("write a whole number above zero, in digits only")
    return int(value)


def model_folder(value: str) -> str:
    """Read the path of a folder with a model; a relative one stands beside the code."""
    if not value:
        return ""
    folder = BASE_DIR / value
    if not (folder / "config.json").is_file():
        raise ValueError("write the path of a folder with a model's config.json (docs/ner.md)")
    return str(folder)


def time_zone(value: str) -> str:
    """Read the name of a time zone this machine knows."""
    try:
        return zoneinfo.ZoneInfo(value).key
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError("write the name of a time zone, such as Asia/Baghdad") from error


def database(url: str) -> dict[str, Any]:
    """Read a database address into Django's settings, with what each engine needs to serve well."""
    if not url.startswith(("sqlite://", "postgres://", "postgresql://")):
        raise ValueError("write sqlite:///athar.sqlite3 or postgres://user:password@host:5432/name")
    config: dict[str, Any] = environ.Env.db_url_config(url)
    if config["ENGINE"] == "django.db.backends.sqlite3":
        if config["NAME"] != ":memory:":
            config["NAME"] = BASE_DIR / config["NAME"]
        config["OPTIONS"] = {
            # Writers queue for the lock at the start instead of failing in the middle.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            # WAL: readers go on while an article is ingested. 8 MB of page cache for each of the
            # server's threads; the system keeps the rest of the file in memory as it can.
            "init_command": (
                "PRAGMA journal_mode=WAL;"
                "PRAGMA synchronous=NORMAL;"
                "PRAGMA temp_store=MEMORY;"
                "PRAGMA cache_size=-8000;"
            ),
        }
    elif not config["NAME"]:
        raise ValueError("the name of the database is missing: postgres://user:password@host/name")
    else:
        config["CONN_MAX_AGE"] = 60
        config["CONN_HEALTH_CHECKS"] = True
    return config


_reader = environ.Env(
    SECRET_KEY=str,
    DEBUG=(switch, False),
    DEMO=(switch, False),
    ALLOWED_HOSTS=(list, ["localhost", "127.0.0.1", "[::1]"]),
    CSRF_TRUSTED_ORIGINS=(list, []),
    HTTPS=(switch, False),
    DATABASE_URL=(database, database("sqlite:///athar.sqlite3")),
    PUBLIC_MAP=(switch, True),
    TILE_URL=(tiles.address, ""),
    TILE_ATTRIBUTION=(str, ""),
    LANGUAGE_CODE=(choice("ar", "en"), "en"),
    TIME_ZONE=(time_zone, "Asia/Baghdad"),
    MAX_UPLOAD_BYTES=(positive, 2_000_000),
    NER_MODEL=(model_folder, ""),
    LOG_LEVEL=(choice(*logging.getLevelNamesMapping()), "INFO"),
)

NAMES: tuple[str, ...] = tuple(_reader.scheme)


def load(path: Path) -> None:
    """Take the values of a `.env` file into the environment, where they are not set already."""
    if path.is_file():
        environ.Env.read_env(path, encoding="utf-8")


def get(name: str) -> Any:
    """Return the setting `name`, or stop with a message that says which value is wrong and why."""
    if name == "SECRET_KEY" and not os.environ.get(name):
        raise ImproperlyConfigured(
            "SECRET_KEY is not set. Run `make install`, which writes a .env file with a fresh one."
        )
    try:
        return _reader(name)
    except (ImproperlyConfigured, ValueError) as error:
        # The value itself stays out: a database address holds a password.
        raise ImproperlyConfigured(
            f"{name} cannot be used: {error}. docs/settings.md says what each setting means."
        ) from error
