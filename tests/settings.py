"""The settings tests run with: ours, with nothing taken from this machine's .env or environment."""

import os
import tempfile
from pathlib import Path

from config import env

for _name in env.NAMES:
    os.environ.pop(_name, None)
os.environ["ENV_FILE"] = os.devnull
os.environ["SECRET_KEY"] = "the-tests-sign-their-sessions-with-this-key-and-nobody-else-does"
# TEST_DATABASE_URL=postgres://… runs the same tests on another engine.
os.environ["DATABASE_URL"] = os.environ.get("TEST_DATABASE_URL", "sqlite://:memory:")

from config.settings import *  # noqa: E402, F403

if DATABASES["default"]["NAME"] == ":memory:":  # noqa: F405
    # A file: the live server's threads then have a connection each, as in real life; sharing the
    # one in memory crashes. The process number keeps two runs apart.
    _file = Path(tempfile.gettempdir()) / f"athar-test-{os.getpid()}.sqlite3"
    DATABASES["default"] |= {"NAME": _file, "TEST": {"NAME": _file}}  # noqa: F405

# Strong hashing is slow on purpose.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# Static files come straight from the source folders; tests/test_static.py tries the real storage.
MIDDLEWARE = [name for name in MIDDLEWARE if "whitenoise" not in name]  # noqa: F405
STORAGES = {
    **STORAGES,  # noqa: F405
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
