"""Read and check the data files. Every complaint names file and line and says what to do.

The files (their columns are documented in ``data/README.md``): ``places.csv``, ``names.csv``,
``mahallas.csv``, ``sources.csv``, ``generic_words.toml``. All problems are collected, so an
editor mends a file in one go.
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

from gazetteer.folding import fold, odd_letters
from gazetteer.place import (
    LEVEL_OF_KIND,
    NAME_KINDS,
    Confidence,
    GazetteerError,
    Lang,
    Name,
    NameKind,
    Place,
    check_script,
)

DATA = Path(__file__).parent / "data"

_PLACES = "places.csv"
_NAMES = "names.csv"
_MAHALLAS = "mahallas.csv"
_SOURCES = "sources.csv"
_WORDS = "generic_words.toml"

_COLUMNS: dict[str, tuple[str, ...]] = {
    _PLACES: (
        "id",
        "kind",
        "name_en",
        "name_ar",
        "parent_id",
        "lat",
        "lon",
        "radius_m",
        "common_word",
        "wikidata",
        "geonames",
        "source",
        "confidence",
        "note",
    ),
    _NAMES: ("place_id", "lang", "name", "kind"),
    _MAHALLAS: ("number", "parent_id", "lat", "lon", "radius_m", "confidence", "note"),
    _SOURCES: ("id", "title", "attribution", "licence", "licence_url"),
}


class GazetteerDataError(GazetteerError):
    """The data files cannot be used. ``problems`` lists each as ``file:line: what to do``."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        count = len(self.problems)
        head = "1 problem" if count == 1 else f"{count} problems"
        super().__init__(f"{head} in the gazetteer's data:\n" + "\n".join(self.problems))


@dataclass(frozen=True, slots=True)
class Source:
    """Where rows come from, and on which terms. ``licence_url`` may be empty."""

    id: str
    title: str
    attribution: str
    licence: str
    licence_url: str


@dataclass(frozen=True, slots=True)
class GenericWord:
    """A word that says what sort of place follows (or precedes): حي, Street.

    ``kinds`` are the kinds of places it may stand with; ``text`` is folded; words of one block
    of the file share a ``meaning``, its number.
    """

    text: str
    lang: Lang
    kinds: frozenset[str]
    meaning: int


@dataclass(frozen=True, slots=True)
class Words:
    """The word lists of ``generic_words.toml``, folded."""

    generic: Mapping[str, GenericWord]
    ordinals: Mapping[str, str]
    articles: frozenset[str]
    fillers: frozenset[str]


@dataclass(frozen=True, slots=True)
class Data:
    """Everything that was read, checked."""

    places: Mapping[str, Place]
    names: tuple[Name, ...]
    sources: Mapping[str, Source]
    words: Words


@dataclass(slots=True)
class _Problems:
    found: list[str] = field(default_factory=list)

    def add(self, file: str, line: int, what: object) -> None:
        self.found.append(f"{file}:{line}: {what}")

    def raise_any(self) -> None:
        if self.found:
            raise GazetteerDataError(self.found)


def read(folder: Path = DATA) -> Data:
    """Read and check the data files in ``folder``; raises ``GazetteerDataError``."""
    problems = _Problems()
    sources = _read_sources(folder, problems)
    places, lines = _read_places(folder, sources, problems)
    _check_parents(places, lines, problems)
    names = _read_names(folder, places, lines, problems)
    words = _read_words(folder, problems)
    problems.raise_any()
    return Data(places, names, sources, words)


def _rows(folder: Path, file: str, problems: _Problems) -> Iterator[tuple[int, dict[str, str]]]:
    """Line number and cells of each row that has the right number of them."""
    path = folder / file
    columns = _COLUMNS[file]
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        problems.add(file, 1, f"the file is missing from {folder}: put it there")
        return
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        problems.add(file, line, "not UTF-8: save the file as UTF-8")
        return
    reader = csv.reader(text.splitlines(keepends=True), strict=True)
    start = 1
    try:
        for cells in reader:
            line, start = start, reader.line_num + 1
            if line == 1:
                if tuple(cells) != columns:
                    problems.add(file, 1, f"the header must be {','.join(columns)}")
                    return
            elif cells and len(cells) != len(columns):
                problems.add(
                    file,
                    line,
                    f"{len(cells)} cells instead of {len(columns)}: put a cell that holds a comma "
                    "in double quotes",
                )
            elif cells:
                yield line, dict(zip(columns, cells, strict=True))
    except csv.Error as error:
        problems.add(file, start, f"not valid CSV ({error}): check the double quotes")


def _read_sources(folder: Path, problems: _Problems) -> dict[str, Source]:
    sources: dict[str, Source] = {}
    for line, row in _rows(folder, _SOURCES, problems):
        if not (row["id"] and row["title"] and row["attribution"] and row["licence"]):
            problems.add(_SOURCES, line, "id, title, attribution and licence must be filled in")
        elif row["id"] in sources:
            problems.add(_SOURCES, line, f"source {row['id']!r} is there twice: remove one")
        else:
            sources[row["id"]] = Source(**row)
    return sources


def _number(row: Mapping[str, str], column: str) -> float:
    try:
        return float(row[column])
    except ValueError:
        raise GazetteerError(
            f"{column} {row[column]!r} is no number: use decimal degrees or metres with a point"
        ) from None


def _whole(row: Mapping[str, str], column: str) -> int:
    if not row[column].isascii() or not row[column].isdigit():
        raise GazetteerError(f"{column} {row[column]!r} is no whole number")
    return int(row[column])


def _place(row: Mapping[str, str]) -> Place:
    if row["common_word"] not in ("0", "1"):
        raise GazetteerError(f"common_word {row['common_word']!r} must be 0 or 1")
    return Place(
        id=row["id"],
        kind=row["kind"],
        name_en=row["name_en"],
        name_ar=row["name_ar"],
        parent_id=row["parent_id"] or None,
        lat=_number(row, "lat"),
        lon=_number(row, "lon"),
        radius_m=_whole(row, "radius_m"),
        common_word=row["common_word"] == "1",
        wikidata=row["wikidata"],
        geonames=row["geonames"],
        source=row["source"],
        confidence=cast(Confidence, row["confidence"]),
        note=row["note"],
    )


def _mahalla(row: Mapping[str, str]) -> Place:
    """A numbered quarter. The number alone means nothing, so it is never a common word."""
    number = str(_whole(row, "number"))
    return Place(
        id=f"mahalla-{number}",
        kind="neighbourhood",
        name_en=f"Mahalla {number}",
        name_ar=f"محلة {number}",
        parent_id=row["parent_id"] or None,
        lat=_number(row, "lat"),
        lon=_number(row, "lon"),
        radius_m=_whole(row, "radius_m"),
        common_word=False,
        wikidata="",
        geonames="",
        source="iom-dtm",
        confidence=cast(Confidence, row["confidence"]),
        note=row["note"],
    )


def _read_places(
    folder: Path, sources: Mapping[str, Source], problems: _Problems
) -> tuple[dict[str, Place], dict[str, tuple[str, int]]]:
    places: dict[str, Place] = {}
    lines: dict[str, tuple[str, int]] = {}
    for file, build in ((_PLACES, _place), (_MAHALLAS, _mahalla)):
        for line, row in _rows(folder, file, problems):
            try:
                place = build(row)
            except GazetteerError as error:
                problems.add(file, line, error)
                continue
            if place.id in places:
                where = "{}:{}".format(*lines[place.id])
                problems.add(file, line, f"id {place.id!r} is taken by {where}: choose another")
                continue
            if place.source not in sources:
                problems.add(
                    file, line, f"unknown source {place.source!r}: add it to {_SOURCES} first"
                )
            places[place.id] = place
            lines[place.id] = (file, line)
    return places, lines


def _check_parents(
    places: Mapping[str, Place], lines: Mapping[str, tuple[str, int]], problems: _Problems
) -> None:
    for place in places.values():
        if place.parent_id is None:
            if place.level != "country":
                problems.add(*lines[place.id], f"{place.id!r} has no parent: name the next larger")
        elif place.parent_id not in places:
            problems.add(
                *lines[place.id],
                f"parent {place.parent_id!r} of {place.id!r} does not exist: add it or mend the id",
            )
    sound: set[str] = set()
    for place in places.values():
        chain: list[str] = []
        step: Place | None = place
        while step is not None and step.id not in sound:
            if step.id in chain:
                circle = " → ".join([*chain[chain.index(step.id) :], step.id])
                problems.add(*lines[place.id], f"the parents run in a circle ({circle}): break it")
                break
            chain.append(step.id)
            step = places.get(step.parent_id) if step.parent_id else None
        sound.update(chain)


def _read_names(
    folder: Path,
    places: Mapping[str, Place],
    lines: Mapping[str, tuple[str, int]],
    problems: _Problems,
) -> tuple[Name, ...]:
    names: dict[tuple[str, str], Name] = {}

    def add(file: str, line: int, text: str, lang: Lang, place_id: str, kind: NameKind) -> None:
        if lang == "ar" and (odd := odd_letters(text)):
            problems.add(file, line, f"name {text!r} has a look-alike letter: {odd}")
            return
        name = Name(text, fold(text), lang, place_id, kind)
        first = names.setdefault((place_id, name.folded), name)
        if first is not name:
            problems.add(
                file,
                line,
                f"name {text!r} of {place_id!r} is {first.text!r} once folded: remove it",
            )

    for place in places.values():
        add(*lines[place.id], place.name_en, "en", place.id, "official")
        add(*lines[place.id], place.name_ar, "ar", place.id, "official")
    for line, row in _rows(folder, _NAMES, problems):
        lang, kind = row["lang"], row["kind"]
        if row["place_id"] not in places:
            problems.add(
                _NAMES, line, f"place {row['place_id']!r} does not exist: add it to {_PLACES}"
            )
        elif lang not in ("ar", "en"):
            problems.add(_NAMES, line, f"unknown language {lang!r}: use ar or en")
        elif kind not in NAME_KINDS or kind == "official":
            allowed = ", ".join(NAME_KINDS[1:])
            problems.add(_NAMES, line, f"unknown kind of name {kind!r}: use one of {allowed}")
        else:
            try:
                check_script(row["name"], cast(Lang, lang))
            except GazetteerError as error:
                problems.add(_NAMES, line, error)
                continue
            add(_NAMES, line, row["name"], cast(Lang, lang), row["place_id"], cast(NameKind, kind))
    return tuple(names.values())


def _read_words(folder: Path, problems: _Problems) -> Words:
    nothing = Words({}, {}, frozenset(), frozenset())
    path = folder / _WORDS
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        problems.add(_WORDS, 1, f"the file is missing from {folder}: put it there")
        return nothing
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        problems.add(_WORDS, 1, f"not valid TOML in UTF-8: {error}")
        return nothing
    lines = path.read_text(encoding="utf-8").splitlines()

    def line_of(needle: str) -> int:
        return next((n for n, line in enumerate(lines, 1) if needle in line), 1)

    groups: dict[str, frozenset[str]] = {}
    for group, kinds in raw.get("groups", {}).items():
        unknown = sorted(set(kinds) - LEVEL_OF_KIND.keys())
        if unknown:
            problems.add(_WORDS, line_of(group), f"unknown kind {unknown[0]!r} in group {group!r}")
        groups[group] = frozenset(kinds)

    generic: dict[str, GenericWord] = {}
    for meaning, entry in enumerate(raw.get("word", [])):
        allowed = frozenset[str]()
        for kind in entry.get("kinds", []):
            if kind in groups:
                allowed |= groups[kind]
            elif kind in LEVEL_OF_KIND:
                allowed |= {kind}
            else:
                problems.add(_WORDS, line_of(f'"{kind}"'), f"unknown kind or group {kind!r}")
        langs: tuple[Lang, ...] = ("ar", "en")
        for lang in langs:
            for text in entry.get(lang, []):
                folded = fold(text)
                if folded in generic:
                    problems.add(_WORDS, line_of(f'"{text}"'), f"word {text!r} is there twice")
                generic[folded] = GenericWord(folded, lang, allowed, meaning)
    return Words(
        generic=generic,
        ordinals={
            fold(text): number
            for number, texts in raw.get("ordinals", {}).items()
            for text in texts
        },
        articles=frozenset(fold(text) for text in raw.get("articles", [])),
        fillers=frozenset(fold(text) for text in raw.get("fillers", [])),
    )
