"""System checks: settings that are fine one by one and wrong together."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.checks import Warning as Caution

from extraction import ner

_LOOPBACK = frozenset({"localhost", "127.0.0.1", "[::1]", "testserver"})


@register(Tags.security)
def secret_key(**_: Any) -> list[CheckMessage]:
    """Sessions and password links are only as safe as the key that signs them."""
    if settings.DEBUG or len(settings.SECRET_KEY) >= 32:
        return []
    return [
        Error(
            "SECRET_KEY is too short to sign sessions with.",
            hint="Delete its line in .env and run `make install`: it writes a fresh key.",
            id="athar.E001",
        )
    ]


@register()
def tile_attribution(**_: Any) -> list[CheckMessage]:
    """Every tile provider asks to be named on the map."""
    if not settings.TILE_URL or settings.TILE_ATTRIBUTION.strip():
        return []
    return [
        Error(
            "TILE_URL is set and TILE_ATTRIBUTION is empty.",
            hint="Set TILE_ATTRIBUTION to the credit the tile provider asks for.",
            id="athar.E002",
        )
    ]


@register()
def neural_packages(**_: Any) -> list[CheckMessage]:
    """A model is of no use without what runs it, and that is not in the default installation."""
    if not settings.NER_MODEL or not (missing := ner.missing_packages()):
        return []
    return [
        Error(
            f"NER_MODEL is set, and {' and '.join(missing)} cannot be found.",
            hint="Install requirements-ner.txt as docs/ner.md says, or leave NER_MODEL empty.",
            id="athar.E003",
        )
    ]


@register(Tags.security)
def demo_in_the_open(**_: Any) -> list[CheckMessage]:
    """The demo's accounts have passwords that anybody can read."""
    public = sorted(set(settings.ALLOWED_HOSTS) - _LOOPBACK)
    if not settings.DEMO or not public:
        return []
    return [
        Caution(
            f"DEMO is on and ALLOWED_HOSTS lets {', '.join(public)} in: "
            "the demo accounts have well-known passwords.",
            hint="Set DEMO=False and delete the users `editor` and `analyst`.",
            id="athar.W001",
        )
    ]
