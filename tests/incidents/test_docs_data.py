"""docs/data.md and the code say the same."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from incidents.filters import PARAMETERS
from incidents.layers import LAYERS
from incidents.models import Incident

TEXT = (Path(__file__).parents[2] / "docs" / "data.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("layer", LAYERS)
def test_every_column_is_explained_and_no_other(layer: str) -> None:
    section = TEXT.split(f"### {layer}\n")[1].split("\n## ")[0].split("\n### ")[0]
    first_cells = re.findall(r"^\| (`.+?) \|", section, flags=re.MULTILINE)
    explained = [name for cell in first_cells for name in re.findall(r"`(\w+)`", cell)]
    assert sorted(explained) == sorted(LAYERS[layer].columns)


def test_every_filter_and_lock_is_named() -> None:
    filters = TEXT.split("## Filters")[1].split("\n## ")[0]
    assert all(f"`{name}" in filters for name in PARAMETERS)
    locks = TEXT.split("## What an editor locks")[1].split("\n## ")[0]
    assert all(f"`{name}`" in locks for name in Incident.LOCKS)
