"""``manage.py geocode``: names in, places out, and a plain word where a name cannot be read."""

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from gazetteer import GazetteerDataError, load
from incidents.management.commands import geocode

KEYS = ["place_id", "name_en", "name_ar", "lat", "lon", "level", "radius_m", "score", "why"]


def run(*args: str) -> str:
    out = io.StringIO()
    call_command("geocode", *args, stdout=out, no_color=True)
    return out.getvalue()


def run_json(*args: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in run(*args, "--json").splitlines()]


@pytest.fixture
def stdin(monkeypatch: pytest.MonkeyPatch) -> io.BytesIO:
    pipe = io.BytesIO()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(pipe, encoding="utf-8"))
    return pipe


def test_json_is_one_object_a_name() -> None:
    answers = run_json("حي الأمين الثانية", "al-Ameen", "Green Zone", "المنطقه الخضرا", "xyzzy")
    assert [a["query"] for a in answers] == [
        "حي الأمين الثانية",
        "al-Ameen",
        "Green Zone",
        "المنطقه الخضرا",
        "xyzzy",
    ]
    best = [a["candidates"][0]["place_id"] if a["candidates"] else None for a in answers]
    assert best == ["al-amin-al-thaniya", "al-amin", "green-zone", "green-zone", None]
    assert list(answers[0]["candidates"][0]) == KEYS


def test_table_shows_place_position_and_reason() -> None:
    out = run("المنطقه الخضرا")
    assert "Green Zone [green-zone]  المنطقة الخضراء" in out
    assert "33.3076   44.3903    2000 m  neighbourhood" in out
    assert "folded" in out


def test_table_says_when_nothing_fits() -> None:
    assert "nothing in the gazetteer fits" in run("xyzzy")


def test_limit() -> None:
    assert [len(a["candidates"]) for a in run_json("al-Ameen", "--limit", "2")] == [2]


@pytest.mark.parametrize("limit", ["0", "-1", "many"])
def test_a_wrong_limit_is_refused(limit: str) -> None:
    with pytest.raises(CommandError, match="no whole number above 0"):
        run("Karrada", f"--limit={limit}")


def test_no_name_is_refused() -> None:
    with pytest.raises(CommandError, match="NAME"):
        run()


def test_reads_a_name_a_line(stdin: io.BytesIO) -> None:
    stdin.write("\ufeffKarrada\r\n\n  حي الجهاد  \n".encode())
    stdin.seek(0)
    assert [a["query"] for a in run_json("-")] == ["Karrada", "حي الجهاد"]


def test_a_bad_line_is_named_and_the_rest_goes_on(
    stdin: io.BytesIO, capsys: pytest.CaptureFixture[str]
) -> None:
    stdin.write(b"Karrada\n\xc8\xdb\xcf\xc7\xcf\n" + b"x" * 300 + b"\nDora\n")
    stdin.seek(0)
    out, err = io.StringIO(), io.StringIO()
    with pytest.raises(CommandError, match=r"2 name\(s\) could not be read") as caught:
        call_command("geocode", "-", "--json", stdout=out, stderr=err)
    assert caught.value.returncode == 1
    assert [json.loads(line)["query"] for line in out.getvalue().splitlines()] == [
        "Karrada",
        "Dora",
    ]
    assert "stdin:2: not UTF-8: save the list as UTF-8" in err.getvalue()
    assert "stdin:3: 300 characters are no place name" in err.getvalue()


def test_an_empty_name_is_named() -> None:
    err = io.StringIO()
    with pytest.raises(CommandError):
        call_command("geocode", "Karrada", " ", stdout=io.StringIO(), stderr=err)
    assert "name 2: the name is empty" in err.getvalue()


def test_broken_data_is_told_without_a_traceback(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(geocode.gazetteer, "load", lambda: load(tmp_path))
    with pytest.raises(CommandError, match=r"places\.csv:1: the file is missing"):
        run("Karrada")
    with pytest.raises(GazetteerDataError):
        load(tmp_path)
