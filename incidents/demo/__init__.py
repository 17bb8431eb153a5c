"""The demo: articles written for this project, their annotations, and accounts to try it with."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_HERE = Path(__file__).parent
ARTICLES = _HERE / "articles.jsonl"
# What a careful reader finds in each article, by its id.
GOLD = _HERE / "gold.jsonl"
# How well the extractor reads them; `manage.py evaluate --write` writes it.
FIGURES = _HERE / "figures.json"

# Name, password, group. Anybody can read them, so they exist only where DEMO or DEBUG is on.
ACCOUNTS = (
    ("editor", "athar-editor", "Editors"),
    ("analyst", "athar-analyst", "Analysts"),
)


def annotated() -> Iterator[dict[str, Any]]:
    """The articles with their annotations under ``gold``."""
    gold = {line["id"]: line["gold"] for line in _lines(GOLD)}
    for article in _lines(ARTICLES):
        yield {**article, "gold": gold[article["id"]]}


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        yield from map(json.loads, file)
