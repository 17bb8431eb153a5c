"""Collect the texts to translate, those in ``lazy("…")`` as well.

``lazy`` is our short name for ``gettext_lazy`` beside ``_`` for ``gettext``; the stock command
does not know it and would leave its texts untranslated.
"""

from __future__ import annotations

from django.core.management.commands import makemessages


class Command(makemessages.Command):
    xgettext_options = [*makemessages.Command.xgettext_options, "--keyword=lazy"]  # noqa: RUF012
