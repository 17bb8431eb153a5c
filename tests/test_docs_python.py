"""What docs/python.md tells a reader to type works."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from incidents import editing
from incidents.models import Incident, Status
from tests.incidents import factories
from tests.project import ROOT

PAGE = (ROOT / "docs" / "python.md").read_text(encoding="utf-8")
SITE = "http://127.0.0.1:8000"


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)


def python(imported: str) -> str:
    (found,) = (block for block in blocks("python") if block.startswith(f"import {imported}"))
    return found


@pytest.mark.django_db
@pytest.mark.parametrize("address", sorted(set(re.findall(rf'{SITE}(/[^"\s`]*)', PAGE))))
def test_addresses_answer(client: Client, address: str) -> None:
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("block", blocks("python"))
def test_code_is_python(block: str) -> None:
    compile(block, "docs/python.md", "exec")


@pytest.mark.django_db(transaction=True)
class TestOverTheNetwork:
    def run(self, block: str, live_server: Any) -> dict[str, Any]:
        names: dict[str, Any] = {}
        exec(block.replace(SITE, live_server.url), names)  # noqa: S102
        return names

    def test_the_standard_library_reads_the_table(self, live_server: Any, capsys: Any) -> None:
        for killed in (0, 2, 1):
            figures = {f"killed_{part}": killed for part in ("low", "best", "high")}
            factories.incident(place_en=f"Place {killed}", **figures)
        names = self.run(python("csv, io"), live_server)
        assert len(names["incidents"]) == 2
        assert capsys.readouterr().out == "BGD-2020-11-17-02 Place 2\n"

    def test_a_copy_stays_in_step(self, live_server: Any) -> None:
        kept, gone, changed = (factories.incident() for _ in range(3))
        names = self.run(python("json, urllib"), live_server)
        copy, follow = names["copy"], names["follow"]
        assert set(copy) == {kept.public_id, gone.public_id, changed.public_id}
        Incident.objects.update(updated_at=datetime(2020, 1, 1, tzinfo=UTC))
        editing.set_status([gone], Status.REJECTED)
        changed.weapon = "grad"
        changed.save()
        copy[kept.public_id] = "not asked for again"
        follow(copy, names["since"])
        assert set(copy) == {kept.public_id, changed.public_id}
        assert copy[kept.public_id] == "not asked for again"
        assert copy[changed.public_id]["properties"]["weapon"] == "grad"


def test_articles_are_read_without_django() -> None:
    script = (
        "import doctest, sys\n"
        "text = open('docs/python.md', encoding='utf-8').read()\n"
        "parser = doctest.DocTestParser()\n"
        "test = parser.get_doctest(text, {}, 'docs/python.md', 'docs/python.md', 0)\n"
        "done = doctest.DocTestRunner().run(test)\n"
        "assert 'django' not in sys.modules\n"
        "print(done.attempted)\n"
        "sys.exit(done.failed > 0)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert int(done.stdout) >= len(blocks("pycon")) > 0
