"""What the documents tell a reader to open or type exists."""

import re
from pathlib import Path

import pytest
from django.core.management import get_commands

from config import __version__
from tests.project import ROOT

PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("*/data/README.md")])
# A command stands in a code block or between backticks, perhaps behind a setting or a path.
_CODE = re.compile(r"^```.*?^```|`[^`\n]+`", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")


def name(page: Path) -> str:
    return str(page.relative_to(ROOT))


def code(page: Path) -> str:
    return "\n".join(_CODE.findall(page.read_text("utf-8")))


def anchors(page: Path) -> set[str]:
    """Return what `#…` may point to: headings in lower case with hyphens."""
    headings = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_the_pages_are_found() -> None:
    assert {"README.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs/settings.md"} <= {
        name(page) for page in PAGES
    }


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_links_lead_somewhere(page: Path) -> None:
    broken = []
    for link in _LINK.findall(page.read_text("utf-8")):
        if re.match(r"https?://|mailto:", link):
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path) if path else page
        if not target.exists() or (anchor and anchor not in anchors(target)):
            broken.append(link)
    assert broken == []


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_make_targets_exist(page: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert set(re.findall(r"\bmake ([a-z]+)\b", code(page))) <= targets


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_commands_exist(page: Path) -> None:
    assert set(re.findall(r"\bmanage\.py ([a-z_]+)\b", code(page))) <= get_commands().keys() | {
        "help"
    }


def test_readme_names_both_commands() -> None:
    assert {"make run", "make test"} <= set(
        re.findall(r"make (?:run|test)\b", code(ROOT / "README.md"))
    )


def test_every_make_target_says_what_it_does() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    phony = set(re.findall(r"^\.PHONY: (\w+)$", makefile, re.MULTILINE))
    assert phony == set(re.findall(r"^([a-z]+):.*## \w", makefile, re.MULTILINE))


def test_changelog_begins_with_what_is_not_released_or_with_this_version() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")
    newest, *older = re.findall(r"^## \[([^\]]+)\]", changelog, re.MULTILINE)
    released = older if newest == "Unreleased" else [newest, *older]
    assert not released or released[0] == __version__
