"""Dependencies point one way: config → incidents → extraction → gazetteer."""

import ast
import subprocess
import sys

import pytest

from tests.project import ROOT, imports

# A package may import itself and what stands after it.
LAYERS = ("config", "incidents", "extraction", "gazetteer")
PURE = ("extraction", "gazetteer")
# What the pure packages must not load, not even through somebody else. (geopy loads an HTTP client
# for its online geocoders; so the network is looked for in our own imports only.)
IMPURE = ("django", "sqlite3", "psycopg")
NETWORK = frozenset({"aiohttp", "http", "httpx", "requests", "socket", "urllib", "urllib3"})


@pytest.mark.parametrize("package", LAYERS)
def test_imports_point_one_way(package: str) -> None:
    above = set(LAYERS[: LAYERS.index(package)])
    files = sorted((ROOT / package).rglob("*.py"))
    assert files
    wrong = {str(file.relative_to(ROOT)): imports(file) & above for file in files}
    assert {file: names for file, names in wrong.items() if names} == {}


@pytest.mark.parametrize("package", PURE)
def test_pure_package_loads_neither_django_nor_a_database(package: str) -> None:
    program = f"import sys, {package}\nprint(*sorted(set(sys.modules) & set({IMPURE!r})))\n"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr, done.stdout.split()) == (0, "", [])


@pytest.mark.parametrize("package", PURE)
def test_pure_package_imports_no_network(package: str) -> None:
    found = {
        str(file.relative_to(ROOT)): imports(file) & NETWORK
        for file in (ROOT / package).rglob("*.py")
    }
    assert {file: names for file, names in found.items() if names} == {}


@pytest.mark.parametrize("package", PURE)
def test_pure_package_asks_no_clock(package: str) -> None:
    """The time a text was published is passed in: reading it again gives the same result."""
    asked = [
        f"{file.relative_to(ROOT)}:{node.lineno}"
        for file in sorted((ROOT / package).rglob("*.py"))
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in ("now", "today", "utcnow", "localtime")
    ]
    assert asked == []
