"""The history of edits, in words."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db.models import Model
from django.http import HttpRequest
from django.utils.translation import gettext as _
from simple_history.admin import SimpleHistoryAdmin
from simple_history.template_utils import HistoricalRecordContextHelper

from incidents import presentation
from incidents.models import Incident


def shown(model: type[Model], name: str, value: Any) -> str:
    """A stored value as a reader knows it: labels for keys, "—" for nothing."""
    if value in (None, "", []):
        return "—"
    if name == "locked_fields":
        return _(", ").join(str(Incident.LOCK_LABELS.get(lock, lock)) for lock in value)
    if name == "weapon":
        return presentation.weapon_name(value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return presentation.moment(value)
    if isinstance(value, date):
        return presentation.day(value)
    choices = dict(getattr(model._meta.get_field(name), "flatchoices", ()))
    return str(choices.get(value, value))


class Changes(HistoricalRecordContextHelper):
    def prepare_delta_change_value(self, change: Any, value: Any) -> str:
        return shown(self.model, change.field, value)


class HistoryAdmin(SimpleHistoryAdmin):
    """An admin whose history says what changed in the reader's words."""

    def get_historical_record_context_helper(
        self, request: HttpRequest, historical_record: Any
    ) -> Changes:
        return Changes(self.model, historical_record)
