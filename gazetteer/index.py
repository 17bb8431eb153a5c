"""The gazetteer itself: places, their names, who lies in whom, and which place a name means."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Literal, NamedTuple

from geopy.distance import geodesic
from rapidfuzz import process
from rapidfuzz.distance import OSA

from gazetteer.folding import fold
from gazetteer.place import Lang, Name, Place, Point
from gazetteer.spelling import (
    Analysis,
    analyse,
    arabic_key,
    arabic_loose,
    arabic_words,
    english_sound,
    lang_of,
    one_slip,
    skeleton,
    sounds_alike,
    without_brackets,
)
from gazetteer.store import DATA, Data, GenericWord, Source, read

Why = Literal["exact", "folded", "without generic word", "transliteration", "fuzzy"]

_HOME = "baghdad-governorate"
# More is an article pasted by mistake, and nothing to measure spellings on.
LONGEST_NAME = 200
_COMMA = re.compile("[,،]")
_INSIDE = re.compile(r" (?:in|في) ")
_SPACES = re.compile(r"\s+")
_SECTIONS = frozenset("12345")
_EDGES = " .:;!?\"'«»“”()[]"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place a name may mean. ``score`` 0..1; ``reason`` says in words what ``why`` classes."""

    place: Place
    score: float
    why: Why
    reason: str
    name: Name


class Near(NamedTuple):
    """A place and its distance in metres (geodesic, WGS 84)."""

    place: Place
    distance_m: float


class Gazetteer:
    """Places by name and by position. Build one with ``load()``."""

    def __init__(self, data: Data) -> None:
        self.places: Mapping[str, Place] = data.places
        self.names: Sequence[Name] = data.names
        self.sources: Mapping[str, Source] = data.sources
        self.generic_words: Mapping[str, GenericWord] = data.words.generic
        self._data = data

    def __repr__(self) -> str:
        return f"<Gazetteer of {len(self.places)} places, {len(self.names)} names>"

    # ── who lies in whom ─────────────────────────────────────────────────────────────────────

    def parents(self, place: Place) -> tuple[Place, ...]:
        """The places that contain it, the nearest first, up to the country."""
        found = []
        parent_id = place.parent_id
        while parent_id is not None:
            parent = self.places[parent_id]
            found.append(parent)
            parent_id = parent.parent_id
        return tuple(found)

    def is_within(self, place: Place, ancestor_id: str) -> bool:
        """Whether ``place`` is, or lies in, the place with that id."""
        return place.id == ancestor_id or any(p.id == ancestor_id for p in self.parents(place))

    def children(self, place: Place) -> tuple[Place, ...]:
        """The places directly in it, in the order of the data."""
        return self._children.get(place.id, ())

    @cached_property
    def _children(self) -> dict[str, tuple[Place, ...]]:
        found: dict[str, list[Place]] = defaultdict(list)
        for place in self.places.values():
            if place.parent_id is not None:
                found[place.parent_id].append(place)
        return {parent_id: tuple(places) for parent_id, places in found.items()}

    # ── by position ──────────────────────────────────────────────────────────────────────────

    def near(self, lat: float, lon: float, limit: int = 5) -> list[Near]:
        """The places whose points lie nearest, nearest first. Degrees in, metres out."""
        here = Point(lat, lon)
        if limit < 1:
            return []
        # A plane is good enough to choose by, not to measure with.
        shrink = math.cos(math.radians(here.lat))
        rough = sorted(
            self.places.values(),
            key=lambda p: (p.lat - lat) ** 2 + ((p.lon - lon) * shrink) ** 2,
        )[: limit + 10]
        measured = [Near(p, geodesic((lat, lon), (p.lat, p.lon)).meters) for p in rough]
        return sorted(measured, key=lambda near: near.distance_m)[:limit]

    def covering(self, lat: float, lon: float) -> list[Near]:
        """The places whose radius covers a position, the smallest first, mahallas last.

        Rivers and streets are left out: of them only a mid-point is known.
        """
        here = Point(lat, lon)
        shrink = math.cos(math.radians(here.lat))
        found = []
        for place in self.places.values():
            if place.kind in ("river", "street"):
                continue
            reach = place.radius_m * 1.02 + 50
            if math.hypot(place.lat - lat, (place.lon - lon) * shrink) * 111_320 > reach:
                continue
            distance = geodesic((lat, lon), (place.lat, place.lon)).meters
            if distance <= place.radius_m:
                found.append(Near(place, distance))
        return sorted(found, key=lambda n: (n.place.numbered, n.place.radius_m, n.distance_m))

    # ── by name ──────────────────────────────────────────────────────────────────────────────

    def lookup(self, name: str, *, limit: int = 5) -> list[Candidate]:
        """The places ``name`` may mean, best first; [] where nothing fits.

        Arabic and English, with or without attached prefixes (وب ل ف ك), article and generic
        word, in any common spelling. What follows a comma narrows the choice: "Karrada, Baghdad".
        """
        return self._index.lookup(name)[: max(limit, 0)]

    @cached_property
    def _index(self) -> _NameIndex:
        return _NameIndex(self, self._data)


class _Entry(NamedTuple):
    name: Name
    place: Place
    analysis: Analysis


class _Match(NamedTuple):
    quality: float
    why: Why
    reason: str
    entry: _Entry


class _NameIndex:
    """Names under every key they can be found by. Built on the first lookup."""

    def __init__(self, gazetteer: Gazetteer, data: Data) -> None:
        self._gazetteer = gazetteer
        self._words = data.words
        self._by_folded: dict[str, list[_Entry]] = defaultdict(list)
        self._by_loose: dict[str, list[_Entry]] = defaultdict(list)
        self._by_key: dict[Lang, dict[str, list[_Entry]]] = {
            "ar": defaultdict(list),
            "en": defaultdict(list),
        }
        self._by_letters: dict[Lang, dict[str, list[_Entry]]] = {
            "ar": defaultdict(list),
            "en": defaultdict(list),
        }
        self._near_length: dict[tuple[Lang, int], list[str]] = {}
        self._by_skeleton: dict[str, set[str]] = defaultdict(set)
        for name in data.names:
            self._add(name, data.places[name.place_id])
        self._priors = {p.id: self._prior(p) for p in data.places.values()}

    def _add(self, name: Name, place: Place) -> None:
        entry = _Entry(name, place, analyse(name.folded, self._words, place.kind))
        self._by_folded[name.folded].append(entry)
        short = without_brackets(name.folded)
        if short != name.folded:
            entry = _Entry(name, place, analyse(short, self._words, place.kind))
            self._by_folded[short].append(entry)
        self._by_letters[name.lang]["".join(_words(entry.analysis, name.lang))].append(entry)
        by_key = self._by_key[name.lang]
        for key in _keys(entry.analysis, name.lang):
            by_key[key].append(entry)
            if name.lang == "en":
                self._by_skeleton[skeleton(key)].add(key)
        if name.lang == "ar":
            self._by_loose[arabic_loose(short).replace(" ", "")].append(entry)

    def _prior(self, place: Place) -> float:
        """0..1: which of two namesakes is meant, nothing else being known."""
        home = 0.5 if self._gazetteer.is_within(place, _HOME) else 0.0
        known = {"high": 0.2, "medium": 0.1, "low": 0.0}[place.confidence]
        return home + known + 0.3 * min(1.0, math.log10(place.radius_m / 50) / 4)

    # ── the search ───────────────────────────────────────────────────────────────────────────

    def lookup(self, text: str) -> list[Candidate]:
        if len(text) > LONGEST_NAME:
            return []
        name, *context = (part.strip() for part in _COMMA.split(text))
        query = _SPACES.sub(" ", without_brackets(fold(name))).strip(_EDGES)
        matches = self._search(query, name)
        if not matches and (inside := _INSIDE.search(query)):
            context.append(query[inside.end() :])
            matches = self._search(query[: inside.start()], "")
        best: dict[str, Candidate] = {}
        for match in matches:
            place = match.entry.place
            score = round(match.quality * (0.96 + 0.04 * self._priors[place.id]), 3)
            if place.id not in best or score > best[place.id].score:
                best[place.id] = Candidate(place, score, match.why, match.reason, match.entry.name)
        ranked = self._ranked(best.values())
        for part in context:
            ranked = self._narrowed(ranked, part)
        return ranked

    def _ranked(self, candidates: Iterable[Candidate]) -> list[Candidate]:
        return sorted(candidates, key=lambda c: (-c.score, -self._priors[c.place.id], c.place.id))

    def _narrowed(self, candidates: list[Candidate], context: str) -> list[Candidate]:
        regions = [c.place for c in self.lookup(context) if c.score > 0.8]
        if not regions:
            return candidates
        return self._ranked(
            candidate
            if any(self._gazetteer.is_within(candidate.place, region.id) for region in regions)
            else replace(
                candidate,
                score=round(candidate.score * 0.6, 3),
                reason=f"{candidate.reason}; not in {regions[0].name_en}",
            )
            for candidate in candidates
        )

    def _search(self, query: str, raw: str) -> list[_Match]:
        lang = lang_of(query)
        if found := self._spelled(query, raw, lang):
            return found
        for shorter, prefix in _without_prefix(query, lang):
            found = [
                match._replace(
                    quality=match.quality - 0.03,
                    reason=f"without the attached {prefix}; {match.reason}",
                )
                for match in self._spelled(shorter, "", lang)
            ]
            if found:
                return found
        return list(self._misspelled(query, lang))

    def _spelled(self, query: str, raw: str, lang: Lang) -> list[_Match]:
        """Matches by rule: the same name, spelled or dressed in another way."""
        analysis = analyse(query, self._words)
        found = []
        for entry in self._by_folded.get(query, ()):
            text = entry.name.text
            if text == raw:
                match = _Match(1.0, "exact", "the very name", entry)
            elif entry.name.folded == query:
                match = _Match(0.98, "folded", f"folded, {text}", entry)
            else:
                match = _Match(0.94, "folded", f"but for the brackets, {text}", entry)
            found.append(_judged(match, analysis))
        if query in self._words.generic:
            return found  # "city" alone names no city.
        if lang == "ar":
            for entry in self._by_loose.get(arabic_loose(query).replace(" ", ""), ()):
                if entry.name.folded != query:
                    match = _Match(0.95, "folded", f"loosely spelled {entry.name.text}", entry)
                    found.append(_judged(match, analysis))
        keys = _keys(analysis, lang)
        for key in keys:
            for entry in self._by_key[lang].get(key, ()):
                found.extend(_compared(analysis, entry))
        if lang == "en" and all(match.quality < 0.85 for match in found):
            for key in keys:
                for other in self._by_skeleton.get(skeleton(key), ()):
                    if other != key and sounds_alike(key, other):
                        for entry in self._by_key["en"][other]:
                            found.extend(_compared(analysis, entry, 0.8))
        return found

    def _misspelled(self, query: str, lang: Lang) -> Iterator[_Match]:
        """The last resort: one slip of the pen in a name that is long enough to bear it."""
        analysis = analyse(query, self._words)
        words = _words(analysis, lang)
        asked = "".join(words)
        as_long = self._as_long_as(len(asked), lang)
        close = process.extract(asked, as_long, scorer=OSA.distance, score_cutoff=1)
        for letters, _, _ in close:
            for entry in self._by_letters[lang][letters]:
                if one_slip(words, _words(entry.analysis, lang), lang):
                    for match in _compared(analysis, entry, 0.7):
                        yield match._replace(
                            why="fuzzy", reason=f"one letter off {entry.name.text}"
                        )

    def _as_long_as(self, length: int, lang: Lang) -> list[str]:
        """The names whose letters one slip may make so many; only those are worth comparing."""
        if (lang, length) not in self._near_length:
            self._near_length[lang, length] = [
                letters for letters in self._by_letters[lang] if abs(len(letters) - length) <= 1
            ]
        return self._near_length[lang, length]


# ── judging ──────────────────────────────────────────────────────────────────────────────────


def _compared(analysis: Analysis, entry: _Entry, quality: float | None = None) -> Iterator[_Match]:
    """The match of a query with an entry whose words agree, if all else agrees too."""
    place, other = entry.place, entry.analysis
    if analysis.kinds is not None and place.kind not in analysis.kinds:
        return
    why: Why = "folded"
    reason = f"but for the article, {entry.name.text}"
    if quality is None and analysis.words == other.words:
        quality = 0.95
    elif quality is None and entry.name.lang == "ar":
        quality = 0.92
    else:
        quality = quality or 0.88
        why, reason = "transliteration", f"another spelling of {entry.name.text}"

    asked = {word.text for word in analysis.generic}
    said = {word.text for word in other.generic}
    if {word.meaning for word in analysis.generic} != {word.meaning for word in other.generic}:
        if not asked and place.level in ("landmark", "street"):
            return  # A bridge or a hospital is not called by the bare name alone.
        quality -= 0.02 if asked else 0.12
        if why == "folded":
            why = "without generic word"
            reason = f"without {', '.join(sorted(asked ^ said))}: {entry.name.text}"

    missing = set(analysis.numbers) ^ set(other.numbers)
    if missing:
        # "Amin" may mean its second section; "14 July" never means July.
        nested = set(analysis.numbers) <= set(other.numbers) or not other.numbers
        if not nested or not all(number in _SECTIONS for number in missing):
            return
        quality *= 0.65
        why, reason = "without generic word", f"a section or the whole of it: {entry.name.text}"
    yield _judged(_Match(quality, why, reason, entry), analysis)


def _judged(match: _Match, query: Analysis) -> _Match:
    """Less sure where the bare name is also an ordinary word, a person or an institution."""
    short = match.entry.name.kind == "short"
    if not (short or match.entry.place.common_word) or query.generic:
        return match
    return match._replace(
        quality=match.quality * (0.7 if short else 0.9),
        reason=f"{match.reason}; the bare name also means something else",
    )


def _keys(analysis: Analysis, lang: Lang) -> frozenset[str]:
    return frozenset({arabic_key(analysis)}) if lang == "ar" else english_sound(analysis.words)


def _words(analysis: Analysis, lang: Lang) -> tuple[str, ...]:
    return arabic_words(analysis) if lang == "ar" else analysis.words


def _without_prefix(query: str, lang: Lang) -> Iterator[tuple[str, str]]:
    """The name without what is written onto its front, and what that was.

    للكرادة → الكرادة, ل; alkarrada → karrada, al.
    """
    if lang == "en":
        if query[:2] in ("al", "el") and len(query.split(" ")[0]) > 5:
            yield query[2:], query[:2]
        return
    for conjunction in ("", "و", "ف"):
        if not query.startswith(conjunction):
            continue
        word = query[len(conjunction) :]
        for preposition, instead in (("لل", "ال"), ("ب", ""), ("ل", ""), ("ك", ""), ("", "")):
            rest = instead + word[len(preposition) :]
            if word.startswith(preposition) and rest != query and len(rest) > 2:
                yield rest, conjunction + preposition[:1]


@lru_cache(maxsize=4)
def load(folder: Path = DATA) -> Gazetteer:
    """The bundled gazetteer, read once; or another from ``folder`` with files of the same shape.

    Raises ``GazetteerDataError`` that lists every problem by file and line.
    """
    return Gazetteer(read(folder))
