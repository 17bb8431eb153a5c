"""What people decided about incidents holds when articles are read again or others decide too."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from gazetteer import Gazetteer
from incidents import linking
from incidents.ingest import ingest
from tests.incidents.factories import Reads, draft, draft_site, figure, statement, upload

pytestmark = pytest.mark.django_db

HERE = draft(statements=(statement("impact", "green-zone"),))
THERE = draft(
    sites=(draft_site("impact", "baghdad-airport"),),
    killed=figure(4),
    statements=(statement("impact", "baghdad-airport"),),
)


def told(gazetteer: Gazetteer, *drafts: Any, **values: Any) -> Any:
    return ingest(upload(), gazetteer=gazetteer, read=Reads(*drafts or (HERE,)), **values)


def test_an_undated_event_is_bounded_by_the_day_in_baghdad() -> None:
    late = datetime(2020, 11, 17, 22, 30, tzinfo=UTC)  # half past one on the 18th in Baghdad
    assert linking.telling(draft(date=None), late).end == date(2020, 11, 18)
