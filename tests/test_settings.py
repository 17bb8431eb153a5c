"""Settings: described where an operator looks, refused with a sentence when they cannot work."""

import sys
from typing import Any

import pytest
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError, connection
from django.test import Client

from config import env, tiles
from tests.project import ROOT, manage
from tools import dotenv, settings_doc

EXAMPLE = (ROOT / ".env.example").read_text("utf-8")
DESCRIBED = settings_doc.settings(EXAMPLE)
TILES = "https://{s}.tiles.example.org/{z}/{x}/{y}.png?key=1"


def test_example_file_lists_every_setting_once_and_no_other() -> None:
    assert sorted(setting.name for setting in DESCRIBED) == sorted(env.NAMES)


@pytest.mark.parametrize("setting", DESCRIBED, ids=lambda setting: setting.name)
def test_example_file_explains_each_setting(setting: settings_doc.Setting) -> None:
    assert setting.section
    assert len(setting.text) > 20


@pytest.mark.parametrize(
    "setting", [setting for setting in DESCRIBED if not setting.required], ids=lambda s: s.name
)
def test_example_file_shows_the_default(
    setting: settings_doc.Setting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(setting.name, raising=False)
    default = env.get(setting.name)
    monkeypatch.setenv(setting.name, setting.value)
    assert env.get(setting.name) == default


def test_settings_page_is_in_step_with_the_example_file() -> None:
    page = (ROOT / "docs" / "settings.md").read_text("utf-8")
    assert page == settings_doc.render(EXAMPLE), "run `make docs`"


def test_new_env_file_has_a_key_of_its_own_and_switches_the_demo_on() -> None:
    first, second = dotenv.render(EXAMPLE), dotenv.render(EXAMPLE)
    assert first != second
    values = dict(
        line.split("=", 1) for line in first.splitlines() if line and not line.startswith("#")
    )
    assert values.keys() == {"SECRET_KEY", "DEMO"}
    assert len(values["SECRET_KEY"]) >= 50
    assert values["DEMO"] == "True"


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("SECRET_KEY", "", "make install"),
        ("DEBUG", "ture", "True or False"),
        ("DATABASE_URL", "mysql://user:hidden@host/name", "postgres://"),
        ("DATABASE_URL", "athar.sqlite3", "sqlite:///athar.sqlite3"),
        ("DATABASE_URL", "postgres://user:hidden@host", "postgres://"),
        ("TILE_URL", "https://tiles.example.org/{z}/{x}.png", "{y} is missing"),
        ("TILE_URL", "ftp://tiles.example.org/{z}/{x}/{y}.png", "http://"),
        ("TILE_URL", "https://a.example; script-src */{z}/{x}/{y}.png", "host name"),
        ("LANGUAGE_CODE", "fr", "ar, en"),
        ("TIME_ZONE", "Baghdad", "Asia/Baghdad"),
        ("TIME_ZONE", "../../etc/passwd", "Asia/Baghdad"),
        ("MAX_UPLOAD_BYTES", "2 MB", "whole number"),
        ("MAX_UPLOAD_BYTES", "0", "whole number"),
        ("LOG_LEVEL", "loud", "WARNING"),
        ("NER_MODEL", "docs", "config.json"),
        ("NER_MODEL", "ner-arabert", "docs/ner.md"),
    ],
)
def test_value_that_cannot_work_is_refused_by_name(
    name: str, value: str, says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ImproperlyConfigured) as caught:
        env.get(name)
    message = str(caught.value)
    assert name in message
    assert says in message
    assert "hidden" not in message


def test_shell_shows_the_sentence_instead_of_a_traceback() -> None:
    done = manage("check", DEBUG="ture")
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        "manage.py: DEBUG cannot be used: write True or False. "
        "docs/settings.md says what each setting means."
    ]


def test_relative_sqlite_path_stands_beside_the_code() -> None:
    assert env.database("sqlite:///data/athar.sqlite3")["NAME"] == ROOT / "data/athar.sqlite3"


def test_postgres_address_is_read_with_its_password() -> None:
    read = env.database("postgres://athar:p%40ss@db.example.org:5433/athar?sslmode=require")
    assert read["ENGINE"] == "django.db.backends.postgresql"
    assert (read["USER"], read["PASSWORD"], read["PORT"]) == ("athar", "p@ss", 5433)
    assert read["OPTIONS"] == {"sslmode": "require"}


@pytest.mark.parametrize(
    ("url", "sources"),
    [
        ("", []),
        ("https://tiles.example.org/{z}/{x}/{y}.png", ["https://tiles.example.org"]),
        (TILES, ["https://*.tiles.example.org"]),
        ("https://{a-d}.example.org/{z}/{x}/{y}", ["https://*.example.org"]),
        ("http://localhost:8080/{z}/{x}/{y}.png", ["http://localhost:8080"]),
        ("http://[::1]:8080/{z}/{x}/{y}.png", ["http://[::1]:8080"]),
    ],
)
def test_policy_names_the_tile_host_and_no_other(url: str, sources: list[str]) -> None:
    assert tiles.address(url) == url
    assert tiles.csp_sources(url) == sources


@pytest.mark.parametrize(
    ("changes", "id_"),
    [
        ({"SECRET_KEY": "short"}, "athar.E001"),
        ({"TILE_URL": TILES, "TILE_ATTRIBUTION": " "}, "athar.E002"),
        ({"DEMO": True, "ALLOWED_HOSTS": ["athar.example.org"]}, "athar.W001"),
    ],
)
def test_settings_that_do_not_go_together_are_reported(
    changes: dict[str, Any], id_: str, settings: Any
) -> None:
    assert id_ not in {message.id for message in run_checks()}
    for name, value in changes.items():
        setattr(settings, name, value)
    [message] = [message for message in run_checks() if message.id == id_]
    assert message.hint


def test_deployment_check_is_clean_with_https_on() -> None:
    done = manage("check", "--deploy", "--fail-level", "WARNING", HTTPS="True")
    assert (done.returncode, done.stderr) == (0, "")


def test_health_check_answers_without_login_on_a_private_site(
    client: Client, settings: Any, db: None
) -> None:
    settings.PUBLIC_MAP = False
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert answer.json()["status"] == "ok"


def test_health_check_fails_when_the_database_is_away(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse() -> None:
        raise OperationalError("gone")

    monkeypatch.setattr(connection, "cursor", refuse)
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert answer.json()["database"] == "unreachable"


def test_private_site_asks_for_a_login(client: Client, settings: Any, db: None) -> None:
    settings.PUBLIC_MAP = False
    answer = client.get("/?event_type=rocket")
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/accounts/login/?next=/%3Fevent_type%3Drocket"


def test_policy_allows_no_inline_code_and_no_other_host(client: Client, db: None) -> None:
    policy = client.get("/admin/login/").headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert "frame-ancestors 'none'" in policy


@pytest.mark.skipif(connection.vendor != "sqlite", reason="about SQLite")
def test_sqlite_lets_readers_go_on_while_an_article_is_stored(db: None) -> None:
    with connection.cursor() as cursor:
        assert cursor.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert cursor.execute("PRAGMA foreign_keys").fetchone() == (1,)


def test_a_model_without_its_packages_is_reported(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "torch", None)
    settings.NER_MODEL = "somewhere"
    [message] = [message for message in run_checks() if message.id == "athar.E003"]
    assert "torch" in message.msg
    assert "requirements-ner.txt" in str(message.hint)
