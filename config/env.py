"""Every setting an operator may change: its name, type and default, in one table.

Values come from the environment, then from the `.env` file. `.env.example` and
docs/settings.md describe the same names; a test compares the three.
"""

import os
from pathlib import Path
from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent

_TRUE = frozenset({"true", "yes", "on", "1"})
_FALSE = frozenset({"false", "no", "off", "0", ""})


def switch(value: Any) -> bool:
    """Read a yes/no value strictly, so that a typing slip is not taken for "no"."""
    text = str(value).strip().lower()
    if text in _TRUE or text in _FALSE:
        return text in _TRUE
    raise ValueError(f"{value!r} is neither true nor false")


# name: (type, default). No default: the setting must be given.
SETTINGS: dict[str, tuple[Any, ...]] = {
    "SECRET_KEY": (str,),
    "DEBUG": (switch, False),
    "DEMO": (switch, False),
    "ALLOWED_HOSTS": (list, ["localhost", "127.0.0.1", "[::1]"]),
    "CSRF_TRUSTED_ORIGINS": (list, []),
    "HTTPS": (switch, False),
    "DATABASE_URL": (str, "sqlite:///athar.sqlite3"),
    "PUBLIC_MAP": (switch, True),
    "TILE_URL": (str, ""),
    "TILE_ATTRIBUTION": (str, ""),
    "LANGUAGE_CODE": (str, "en"),
    "TIME_ZONE": (str, "Asia/Baghdad"),
    "MAX_UPLOAD_BYTES": (int, 2_000_000),
    "LOG_LEVEL": (str, "INFO"),
}

_reader = environ.Env()


def load(path: Path) -> None:
    """Put the values of a `.env` file into the environment, where they are not set already."""
    if path.is_file():
        environ.Env.read_env(path, encoding="utf-8")


def get(name: str) -> Any:
    """Return the setting `name`, or stop with a message that says which value is wrong."""
    kind, *default = SETTINGS[name]
    if name not in os.environ:
        if default:
            return default[0]
        raise ImproperlyConfigured(
            f"{name} is not set. `make install` writes a .env file that sets it; "
            "or copy .env.example to .env and fill it in."
        )
    try:
        return _reader(name, cast=kind)
    except (ValueError, TypeError) as error:
        raise ImproperlyConfigured(
            f"{name}={os.environ[name]!r} cannot be read: {error}. "
            "See .env.example for what the setting means."
        ) from error
