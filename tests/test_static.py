"""Static files: all there, and every address inside them leads to a file of ours."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.core.management import call_command

from config.settings import STORAGES
from tests.project import ROOT
from tools import assets


@pytest.mark.parametrize("file", assets.files())
def test_browser_file_was_installed(file: str) -> None:
    assert finders.find(f"vendor/{file}"), "run `make install`"


def test_lock_file_pins_by_hash_and_names_no_server() -> None:
    import json

    packages = json.loads((ROOT / "package-lock.json").read_text("utf-8"))["packages"]
    del packages[""]
    assert packages
    for name, package in packages.items():
        assert package["integrity"].startswith("sha512-"), name
        assert "resolved" not in package, name


def test_files_are_collected_with_their_hashes(tmp_path: Path, settings: Any) -> None:
    """The storage of a running site refuses a style sheet that points to a missing file."""
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = STORAGES
    call_command("collectstatic", interactive=False, verbosity=0)
    collected = {path.name for path in (tmp_path / "vendor" / "leaflet").iterdir()}
    assert any(name.startswith("leaflet.") and name.endswith(".js.gz") for name in collected)


def test_modules_import_each_other_by_their_hashed_names(tmp_path: Path, settings: Any) -> None:
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = STORAGES
    call_command("collectstatic", interactive=False, verbosity=0)
    (desk,) = (tmp_path / "js").glob("desk.????????????.js")
    imported = re.findall(r'(?:from |import\()"\./([\w.-]+)"', desk.read_text("utf-8"))
    assert len(imported) > 10
    for name in imported:
        assert re.fullmatch(r"[\w-]+\.[0-9a-f]{12}\.js", name), name
        assert (tmp_path / "js" / name).is_file()
