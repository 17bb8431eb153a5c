"""Drafts back from the JSON of a stored reading (docs/data.md, the inverse of ``to_dict``)."""

from __future__ import annotations

from typing import Any

from extraction.document import Casualties, Draft, DraftSite, Span, Statement, Victim


def drafts_of(reading: dict[str, Any]) -> tuple[Draft, ...]:
    """All drafts of a reading, in the order in which ``draft_index`` counts them."""
    return tuple(draft_from(data) for data in reading.get("incidents", ()))


def draft_from(data: dict[str, Any]) -> Draft:
    """One incident object of the JSON that ``extract`` prints."""
    return Draft(
        focus=data["focus"],
        event=data["event"],
        date=data["date"],
        date_precision=data["date_precision"],
        daypart=data["daypart"],
        time_local=data["time_local"],
        weapon=data["weapon"],
        munitions=_figure(data, "munitions"),
        sites=tuple(
            DraftSite(
                span=Span(site["start"], site["end"]),
                **{name: site[name] for name in _SITE_FIELDS},
            )
            for site in data["sites"]
        ),
        killed=_figure(data, "killed"),
        wounded=_figure(data, "wounded"),
        victims=tuple(Victim(**victim) for victim in data["victims"]),
        claimed_by=tuple(data["claimed_by"]),
        attributed_to=tuple(data["attributed_to"]),
        denied_by=tuple(data["denied_by"]),
        statements=tuple(
            Statement(
                span=Span(statement["start"], statement["end"]),
                **{name: statement[name] for name in _STATEMENT_FIELDS},
            )
            for statement in data["statements"]
        ),
        confidence=data["confidence"],
    )


_SITE_FIELDS = (
    "role",
    "surface",
    "place_id",
    "name_en",
    "name_ar",
    "lat",
    "lon",
    "level",
    "radius_m",
    "relation",
    "count",
    "confidence",
)
_STATEMENT_FIELDS = ("speaker", "act", "field", "value", "quote", "confidence")


def _figure(data: dict[str, Any], name: str) -> Casualties:
    best, span = data[name], data[f"{name}_range"]
    low, high = span or (best, best)
    # Munitions carry no status: a number was stated or it was not.
    status = data.get(f"{name}_status", "unknown" if best is None else "stated")
    return Casualties(best=best, low=low, high=high, status=status)
