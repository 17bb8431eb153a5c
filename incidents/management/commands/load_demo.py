"""``manage.py load_demo``: the bundled articles through the real ingest path."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management.base import CommandParser

import gazetteer
from incidents.demo import ACCOUNTS, ARTICLES
from incidents.ingest import ingest
from incidents.management.base import ArticleCommand
from incidents.models import Article, Incident


class Command(ArticleCommand):
    help = (
        "Load the 96 demo articles, written for this project, through the same path as any "
        "article, and publish what they tell. They retell real reports in other words and are no "
        "record of events; pages that show them say so. Safe to repeat. Where DEMO or DEBUG is "
        "on, the demo accounts are made too."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--if-empty",
            action="store_true",
            help="load articles only where DEMO is on and there is none yet (for `make run`)",
        )
        self.add_progress_argument(parser)

    def handle(self, *args: Any, if_empty: bool, progress: bool, **options: Any) -> None:
        if not if_empty or (settings.DEMO and not Article.objects.exists()):
            self._load(progress)
        if settings.DEMO or settings.DEBUG:
            self._accounts()
        self.finish()

    def _load(self, progress: bool) -> None:
        places = gazetteer.load()
        created = 0
        for upload in self.articles(
            [str(ARTICLES)], published=None, publisher="", progress=progress
        ):
            result = ingest(upload, gazetteer=places, publish=True, is_demo=True)
            created += result.created
        shown = Incident.objects.published().filter(is_demo=True).count()
        self.stdout.write(
            f"{created} demo article(s) loaded, {shown} demo incident(s) published. "
            "They retell real reports in other words and are no record of events."
        )

    def _accounts(self) -> None:
        users = get_user_model().objects
        for name, password, group in ACCOUNTS:
            user, created = users.get_or_create(username=name, defaults={"is_staff": True})
            if created:
                user.set_password(password)
                user.save()
                user.groups.add(Group.objects.get(name=group))
            if user.check_password(password):
                self.stdout.write(f"demo account: {name} / {password} ({group})")
