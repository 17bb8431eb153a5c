"""docs/data.md and the code say the same."""

from __future__ import annotations

from pathlib import Path

from django.urls import URLPattern

from incidents.filters import PARAMETERS
from incidents.models import Incident
from incidents.profiles import PROFILES
from incidents.urls import urlpatterns

TEXT = (Path(__file__).parents[2] / "docs" / "data.md").read_text(encoding="utf-8")


def test_every_address_of_an_export_is_named() -> None:
    exports = TEXT.split("## Exports")[1].split("\n## ")[0]
    for path in (pattern.pattern for pattern in urlpatterns if isinstance(pattern, URLPattern)):
        if str(path).endswith((".geojson", ".csv", ".kml")) and "<" not in str(path):
            assert f"`/{path}`" in exports
    assert all(f"profile={name}" in exports for name in PROFILES)


def test_every_filter_and_lock_is_named() -> None:
    filters = TEXT.split("## Filters")[1].split("\n## ")[0]
    assert all(f"`{name}" in filters for name in PARAMETERS)
    locks = TEXT.split("## What an editor locks")[1].split("\n## ")[0]
    assert all(f"`{name}`" in locks for name in Incident.LOCKS)
