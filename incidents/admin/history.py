"""The history of edits, in words."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from simple_history.admin import SimpleHistoryAdmin
from simple_history.template_utils import HistoricalRecordContextHelper

from incidents import edits


class Changes(HistoricalRecordContextHelper):
    def prepare_delta_change_value(self, change: Any, value: Any) -> str:
        return edits.shown(self.model, change.field, value)


class HistoryAdmin(SimpleHistoryAdmin):
    """An admin whose history says what changed in the reader's words."""

    def get_historical_record_context_helper(
        self, request: HttpRequest, historical_record: Any
    ) -> Changes:
        return Changes(self.model, historical_record)
