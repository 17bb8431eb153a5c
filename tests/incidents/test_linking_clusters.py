"""Articles about one event become one incident, in whatever order; others stay apart."""

from __future__ import annotations

import random
from collections import defaultdict

import pytest

from gazetteer import Gazetteer
from incidents.ingest import ingest
from incidents.models import IncidentArticle
from tests.incidents.factories import told_events

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("seed", [None, 1])
def test_annotated_articles_fall_into_exactly_their_events(
    gazetteer: Gazetteer, seed: int | None
) -> None:
    told = list(told_events())
    if seed is not None:
        random.Random(seed).shuffle(told)
    wanted: dict[str, set[str]] = defaultdict(set)
    for handed_in, read, events in told:
        ingest(handed_in, gazetteer=gazetteer, read=read)
        for event in filter(None, events):
            wanted[event].add(handed_in.id)
    found: dict[int, set[str]] = defaultdict(set)
    for source in IncidentArticle.objects.filter(focus=True).select_related("article"):
        found[source.incident_id].add(source.article.body.split()[2])
    assert sorted(map(sorted, found.values())) == sorted(map(sorted, wanted.values()))
