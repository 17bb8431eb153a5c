"""Short news sentences, one phenomenon each: what is said there is read, and nothing else.

The tables in ``cases/`` hold lists of ``{"name", "lang", "published", "text", "expect"}``.
``expect`` names only what its case is about:

- ``mentions``: every place mention in order, as a surface or ``[surface, place_id, skipped?]``,
  where so many words like it stand before it that are no place;
  ``not_mentions``: words that are no place here; ``unresolved``: places without a gazetteer entry
- ``incidents``: one object an event, each matched with one draft and none left over.
  ``focus`` is true unless said; other fields are compared where given. ``sites`` holds
  ``[role, place_id or surface or null, count?]`` and is complete for the roles it names;
  ``no_sites`` lists roles that must be absent; ``points`` are ``[role, lat, lon, km]``, a site
  of that role within so many kilometres; ``says`` are ``[speaker, act, field, value]``, a
  statement of the event whose speaker bears that name ("" is the narrator)
- ``no_incidents``: true where no attack is told
"""

from __future__ import annotations

import json
import math
from datetime import datetime
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

import gazetteer
from extraction import Article, Draft, DraftSite, Reading, Span, extract
from gazetteer import fold

TABLES = (
    "roles",
    "casualties",
    "events",
    "lookalikes",
    "who",
    "voices",
    "counts",
    "places",
)
FOLDER = Path(__file__).parent / "cases"
_PLAIN = ("focus", "event", "date", "daypart")
_COUNTS = ("munitions", "killed", "wounded")
_NAMES = ("claimed_by", "attributed_to", "denied_by")


def cases() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for table in TABLES:
        path = FOLDER / f"{table}.json"
        if path.exists():
            found += json.loads(path.read_text(encoding="utf-8"))
    return found


def read(case: dict[str, Any]) -> Reading:
    article = Article(
        case["text"],
        id=case["name"],
        published=datetime.fromisoformat(case["published"]) if case.get("published") else None,
        lang=case["lang"],
    )
    return extract(article, gazetteer.load())


def differences(case: dict[str, Any], reading: Reading) -> list[str]:
    """What the reading has otherwise than the case expects; empty when all is right."""
    text, expect = case["text"], case["expect"]
    wrong = [
        f"quote {s.quote!r} is not the text at {s.span}"
        for d in reading.drafts
        for s in d.statements
        if s.quote != s.span.of(text)
    ]
    if "mentions" in expect:
        wrong += _mentions(text, expect["mentions"], reading)
    for words in expect.get("not_mentions", []):
        spans = _occurrences(text, words)
        wrong += [
            f"{m.surface!r} is taken for a place in {words!r}"
            for m in reading.mentions
            if any(m.span.overlaps(s) for s in spans)
        ]
    for surface in expect.get("unresolved", []):
        if not any(_same_span(text, surface, u.span) for u in reading.unresolved):
            wrong.append(f"{surface!r} is not reported as unresolved")
    if expect.get("no_incidents") and reading.drafts:
        wrong.append(f"{len(reading.drafts)} incidents, expected none")
    if "incidents" in expect:
        wrong += _incidents(text, expect["incidents"], reading.drafts)
    return wrong


def described(reading: Reading) -> str:
    """The reading in a few lines, for a failing case."""
    lines = [
        "mentions: " + ", ".join(f"{m.surface}={m.place_id}" for m in reading.mentions),
    ]
    for d in reading.drafts:
        sites = [(s.role, s.place_id or s.surface, s.count) for s in d.sites]
        lines.append(
            f"{'focus' if d.focus else 'recalled'} {d.event}/{d.weapon} {d.date} {d.daypart}"
            f" munitions={d.munitions.best} killed={d.killed.best} wounded={d.wounded.best}"
            f" sites={sites} claimed={d.claimed_by} blamed={d.attributed_to} denied={d.denied_by}"
        )
        lines += [f"  {s.speaker!r} {s.act} {s.field} {s.value}" for s in d.statements]
    return "\n".join(lines)


def _mentions(text: str, wanted: list[Any], reading: Reading) -> list[str]:
    wrong: list[str] = []
    got = list(reading.mentions)
    at = 0
    for want in wanted:
        surface, place_id, *skipped = (want, None) if isinstance(want, str) else want
        for _ in range(*skipped or (0,)):
            at = text.index(surface, at) + len(surface)
        start = text.find(surface, at)
        assert start >= 0, f"{surface!r} does not stand in the text after {at}"
        span = Span(start, start + len(surface))
        at = span.end
        hit = next((m for m in got if _iou(m.span, span) >= 0.5), None)
        if hit is None:
            wrong.append(f"mention {surface!r} is missing")
            continue
        got.remove(hit)
        if place_id is not None and hit.place_id != place_id:
            wrong.append(f"{surface!r} is {hit.place_id}, expected {place_id}")
    return wrong + [f"{m.surface!r} is taken for a place" for m in got]


def _incidents(text: str, wanted: list[dict[str, Any]], drafts: tuple[Draft, ...]) -> list[str]:
    if len(wanted) != len(drafts):
        return [f"{len(drafts)} incidents, expected {len(wanted)}"]
    pairings = permutations(drafts) if len(drafts) <= 5 else [drafts]
    return min(
        (
            [line for pair in zip(wanted, order, strict=True) for line in _draft(text, *pair)]
            for order in pairings
        ),
        key=len,
    )


def _draft(text: str, want: dict[str, Any], draft: Draft) -> list[str]:
    wrong: list[str] = []
    for name in _PLAIN:
        value = want.get(name, True if name == "focus" else ...)
        if value is not ... and value != getattr(draft, name):
            wrong.append(f"{name} {getattr(draft, name)}, expected {value}")
    if "weapon" in want and not _same_weapon(want["weapon"], draft):
        wrong.append(f"weapon {draft.weapon}, expected {want['weapon']}")
    wrong += [
        f"{name} {getattr(draft, name).best}, expected {want[name]}"
        for name in _COUNTS
        if name in want and want[name] != getattr(draft, name).best
    ]
    wrong += [
        f"{name} {getattr(draft, name)}, expected {want[name]}"
        for name in _NAMES
        if name in want and not _same_names(want[name], list(getattr(draft, name)))
    ]
    if "sites" in want:
        wrong += _sites(text, want["sites"], draft.sites)
    wrong += [
        f"no {role} site within {km} km of {lat}, {lon}"
        for role, lat, lon, km in want.get("points", ())
        if not any(s.role == role and _km(s, lat, lon) <= km for s in draft.sites)
    ]
    wrong += [
        f"nobody called {speaker!r} {act} {field} {value}"
        for speaker, act, field, value in want.get("says", ())
        if not any(
            (s.act, s.field, s.value) == (act, field, value) and _is_called(s.speaker, speaker)
            for s in draft.statements
        )
    ]
    wrong += [
        f"a {s.role} site at {s.surface!r}, expected none"
        for s in draft.sites
        if s.role in want.get("no_sites", ())
    ]
    return wrong


def _sites(text: str, wanted: list[list[Any]], sites: tuple[DraftSite, ...]) -> list[str]:
    wrong: list[str] = []
    roles = {want[0] for want in wanted}
    left = [s for s in sites if s.role in roles]
    for role, where, *count in wanted:
        hit = next((s for s in left if s.role == role and _is_there(text, where, s)), None)
        if hit is None:
            wrong.append(f"no {role} site at {where!r}")
            continue
        left.remove(hit)
        if count and hit.count != count[0]:
            wrong.append(f"{role} at {where!r} counts {hit.count}, expected {count[0]}")
    return wrong + [f"a {s.role} site too many: {s.surface!r} ({s.place_id})" for s in left]


def _is_there(text: str, where: str | None, site: DraftSite) -> bool:
    """A null place asks for the role alone: where in the air is rarely said."""
    if where is None:
        return True
    return site.place_id == where or _same_span(text, where, site.span)


def _km(site: DraftSite, lat: float, lon: float) -> float:
    """Good enough within a country: a degree of latitude is 111 km."""
    if site.lat is None or site.lon is None:
        return math.inf
    east = (site.lon - lon) * math.cos(math.radians(lat))
    return 111.2 * math.hypot(site.lat - lat, east)


def _is_called(speaker: str, name: str) -> bool:
    return fold(name) in fold(speaker) if name else not speaker


def _same_weapon(want: str | None, draft: Draft) -> bool:
    """The event's own name says no more than the event does."""
    if want is None or want == draft.event:
        return draft.weapon in (None, draft.event)
    return want == draft.weapon


def _same_names(wanted: list[str], got: list[str]) -> bool:
    left = [fold(name) for name in got]
    for name in map(fold, wanted):
        hit = next((g for g in left if name in g or g in name), None)
        if hit is None:
            return False
        left.remove(hit)
    return not left


def _same_span(text: str, surface: str, span: Span) -> bool:
    return any(_iou(s, span) >= 0.5 for s in _occurrences(text, surface))


def _occurrences(text: str, words: str) -> list[Span]:
    found: list[Span] = []
    start = text.find(words)
    while start >= 0:
        found.append(Span(start, start + len(words)))
        start = text.find(words, start + 1)
    return found


def _iou(a: Span, b: Span) -> float:
    shared = min(a.end, b.end) - max(a.start, b.start)
    return max(shared, 0) / (max(a.end, b.end) - min(a.start, b.start) or 1)


@pytest.mark.parametrize("case", cases(), ids=lambda case: case["name"])
def test_case(case: dict[str, Any]) -> None:
    reading = read(case)

    wrong = differences(case, reading)

    assert not wrong, "\n".join(["", *wrong, "", case["text"], "", described(reading)])


def test_cases_have_names_of_their_own() -> None:
    names = [case["name"] for case in cases()]

    assert len(names) == len(set(names))
