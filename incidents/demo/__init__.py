"""The demo: articles written for this project, and accounts to try it with."""

from __future__ import annotations

from pathlib import Path

ARTICLES = Path(__file__).parent / "articles.jsonl"

# Name, password, group. Anybody can read them, so they exist only where DEMO or DEBUG is on.
ACCOUNTS = (
    ("editor", "athar-editor", "Editors"),
    ("analyst", "athar-analyst", "Analysts"),
)
