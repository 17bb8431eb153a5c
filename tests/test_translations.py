"""The Arabic catalogue: complete, compiled, and fit for the texts it stands for."""

from __future__ import annotations

import gettext
import re
import shutil
import subprocess
import sys
from pathlib import Path

from tests.conftest import require_tool
from tests.project import ROOT

CATALOGUE = ROOT / "locale" / "ar" / "LC_MESSAGES" / "django.po"
GAP = re.compile(r"%\(\w+\)[sd]|%\(\w+\)\.\df|\{\w*\}|<[^>]+>")


def entries(text: str) -> dict[str, list[str]]:
    """Each text to translate (context, text, plural) with its translations (six for a plural)."""
    found: dict[str, list[str]] = {}
    for block in text.split("\n\n")[1:]:
        parts = re.findall(r'^(msg\w+)(?:\[\d\])? "(.*)"$', block, re.MULTILINE)
        original = "|".join(value for name, value in parts if name != "msgstr")
        found[original] = [value for name, value in parts if name == "msgstr"]
    return found


def test_nothing_is_untranslated_or_fuzzy() -> None:
    text = CATALOGUE.read_text(encoding="utf-8")
    assert "#, fuzzy" not in text
    translated = entries(text)
    assert len(translated) > 400
    assert [key for key, values in translated.items() if not values or not all(values)] == []


def test_gaps_and_tags_are_those_of_the_original() -> None:
    wrong = []
    for original, translations in entries(CATALOGUE.read_text(encoding="utf-8")).items():
        for translation in translations:
            unknown = set(GAP.findall(translation)) - set(GAP.findall(original))
            lost = set(GAP.findall(original)) - set(GAP.findall(translation))
            # A plural form may say the number in a word.
            if unknown or (lost and len(translations) == 1):
                wrong.append((original, translation))
    assert wrong == []


def test_the_compiled_catalogue_is_in_step(tmp_path: Path) -> None:
    msgfmt = require_tool("msgfmt")
    compiled = tmp_path / "django.mo"
    subprocess.run([msgfmt, "--check-format", "-o", compiled, CATALOGUE], check=True)

    def texts(path: Path) -> dict[object, str]:
        with path.open("rb") as file:
            return gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]

    assert texts(compiled) == texts(CATALOGUE.with_suffix(".mo"))


def test_every_text_of_the_code_is_in_the_catalogue(tmp_path: Path) -> None:
    """What `make messages` would collect is what is there."""
    require_tool("xgettext")
    copy = tmp_path / "athar"
    ignored = shutil.ignore_patterns(
        "__pycache__",
        "vendor",
        ".venv",
        "node_modules",
        "staticfiles",
        ".git",
        "tests",
        "*.sqlite3*",
    )
    shutil.copytree(ROOT, copy, ignore=ignored)
    command = ["manage.py", "makemessages", "--locale", "ar", "--no-location", "--no-wrap"]
    environment = {"PATH": "/usr/bin:/bin", "SECRET_KEY": "x" * 50, "PYTHONPATH": str(copy)}
    subprocess.run(
        [sys.executable, *command, "--no-obsolete"],
        cwd=copy,
        env=environment,
        check=True,
        capture_output=True,
    )
    fresh = (copy / CATALOGUE.relative_to(ROOT)).read_text(encoding="utf-8")
    assert set(entries(fresh)) == set(entries(CATALOGUE.read_text(encoding="utf-8")))


def test_only_letters_of_the_keyboard() -> None:
    """No presentation forms and no Farsi yeh or kaf: ordinary search must find our words."""
    text = CATALOGUE.read_text(encoding="utf-8")
    assert re.findall(r"[\ufb50-\ufdff\ufe70-\ufeff\u06cc\u06a9]", text) == []
