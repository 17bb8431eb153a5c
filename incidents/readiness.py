"""What a server reads before its first visitor comes, so that nobody waits for it."""

from __future__ import annotations

from django.conf import settings
from django.db import DatabaseError, connections
from django.utils.translation import override

from incidents import filterbar, maps, snapshot
from incidents.backdrop import backdrop


def prepare() -> str:
    """Read incidents, word lists and the map's shell. What went wrong, or ""."""
    backdrop()
    try:
        snapshot.current()
        for language, _name in settings.LANGUAGES:
            with override(language):
                maps.shell()
                filterbar.occurring()
    except DatabaseError as error:
        return f"the database cannot be read ({error}); run `manage.py migrate`"
    finally:
        connections.close_all()
    return ""
