"""Whether confidence is what it says: how many of the values given with one are right.

A value is a place mention, or what a statement of an incident says about kind, day, weapon,
figures, sites and parties. A mention is right where it is annotated and placed within tolerance.
A statement is right where its incident is annotated and has that value; all that an incident
which is not there says is wrong.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from benchmarks.scoring import (
    OVERLAP,
    Json,
    compatible,
    likeness,
    overlap,
    paired,
    same_name,
    same_number,
    same_weapon,
    value,
    within,
)

EDGES = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 1.01)
_PARTIES = ("claimed_by", "attributed_to", "denied_by")
_FIGURES = ("munitions", "killed", "wounded")


@dataclass(frozen=True, slots=True)
class Bucket:
    """The values given with a confidence from ``low`` to below ``high``."""

    low: float
    high: float
    values: int
    right: int
    given: float  # their mean confidence


def calibration(gold: Mapping[str, Json], predicted: Mapping[str, Json]) -> list[Bucket]:
    """Buckets of confidence, lowest first; those without a value are left out."""
    judged = [
        pair
        for key, article in gold.items()
        for pair in _judged(article.get("gold", article), predicted.get(key, {}))
    ]
    found = []
    for low, high in itertools.pairwise(EDGES):
        held = [(sure, right) for sure, right in judged if low <= sure < high]
        if held:
            mean = sum(sure for sure, _ in held) / len(held)
            right = sum(right for _, right in held)
            found.append(Bucket(low, min(high, 1.0), len(held), right, mean))
    return found


def _judged(gold: Json, predicted: Json) -> Iterator[tuple[float, bool]]:
    """Confidence and truth of every value of one article."""
    ours, theirs = gold.get("mentions", []), predicted.get("mentions", [])
    pairs = paired(ours, theirs, lambda g, p: overlap(g, p) >= OVERLAP, overlap)
    meant = {p: ours[g] for g, p in pairs}
    for n, mention in enumerate(theirs):
        yield mention["confidence"], n in meant and within(meant[n], mention)
    for focus in (True, False):
        known = [i for i in gold.get("incidents", []) if i.get("focus", True) is focus]
        read = [i for i in predicted.get("incidents", []) if i.get("focus", True) is focus]
        same = {p: known[g] for g, p in paired(known, read, compatible, likeness)}
        for n, incident in enumerate(read):
            for statement in incident.get("statements", []):
                right = _right(statement, incident, same.get(n))
                if right is not None:
                    yield statement["confidence"], right


def _right(statement: Json, incident: Json, gold: Json | None) -> bool | None:
    """Whether the annotation bears a statement out; None where it does not speak of such."""
    field, said = statement["field"], statement["value"]
    if field in ("launch", "impact", "target", "intercept"):
        sites = [s for s in incident["sites"] if s["role"] == field and _meant(s, said)]
        if not sites and field != "intercept":
            return None  # told, and not among the sites in the end
        known = [s for s in (gold or {}).get("sites", []) if s["role"] == field]
        return any(field == "intercept" or any(within(g, s) for s in sites) for g in known)
    if field in _PARTIES:
        return any(same_name(name, said) for name in (gold or {}).get(field, []))
    if statement["act"] != "reports":
        return None
    if gold is None:
        return False
    if field in _FIGURES:
        return same_number(gold.get(field), said)
    if field == "weapon":
        return same_weapon(gold, {"weapon": said})
    if field in ("date", "event"):
        return bool(value(gold.get(field)) == said)
    return None


def _meant(site: Json, said: Any) -> bool:
    return said is not None and said in (site.get("place_id"), site.get("surface"))
