"""The word lists of ``lang/`` compiled into one look-up by first word.

The lists are data (TOML, Arabic and English in parallel). Here their spellings are folded and
Arabic verbs and nouns are inflected, so that a speaker lists «سقط» once and the text may say
«وسقطت», «سقطا» or «سقوطها».
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain, product
from operator import itemgetter
from pathlib import Path
from typing import Any, Literal, NamedTuple

from extraction.text.numbers import dual_forms
from extraction.text.words import Form, Token, forms, tokenize
from gazetteer import fold

LANG_DIR = Path(__file__).parent.parent / "lang"
Number = Literal["singular", "dual", "plural", ""]


class Entry(NamedTuple):
    """What a word or phrase signals: ``kind`` (trigger), ``sub`` (fall), grammatical number."""

    kind: str
    sub: str
    number: Number = ""
    verb: bool = False
    data: Any = None


class Hit(NamedTuple):
    """An entry found, as long as so many tokens; ``form`` says which clitics came off."""

    length: int
    kind: str
    sub: str
    number: Number
    verb: bool
    form: Form
    data: Any


def _perfect(base: str) -> set[str]:
    """سقط → سقط سقطت سقطا سقطتا سقطوا; a final weak letter changes."""
    if base.endswith(("ي", "ا")):
        stem = base[:-1]
        middle = stem + "ي"
        return {base, stem + "ت", middle + "ا", stem + "تا", stem + "وا", stem + "ا", stem + "ي"}
    # without the alef before a pronoun: «أطلقوها»
    return {base, base + "ت", base + "ا", base + "تا", base + "وا", base + "و"}


def _imperfect(base: str) -> set[str]:
    """يسقط → يسقط تسقط يسقطان تسقطان يسقطون، and the short forms after لم."""
    stem = base[1:]
    found = {p + stem + s for p in "يت" for s in ("", "ان", "ا", "ون", "وا")}
    if stem.endswith("ي"):
        found |= {p + stem[:-1] for p in "يت"}
    if len(stem) > 2 and stem[-2] in "يو":  # hollow: يصيب → لم يصب
        found |= {p + stem[:-2] + stem[-1] for p in "يت"}
    return found


def composed(words: Iterable[str | list[list[str]]]) -> Iterator[str]:
    """The phrases of a list; lists in lists are those of one word from each in turn."""
    for item in words:
        if isinstance(item, str):
            yield item
        else:
            yield from map(" ".join, product(*item))


def _inflected(
    table: dict[str, Any], arabic: bool, *, dual: bool = True
) -> Iterator[tuple[str, Number, bool]]:
    for word in composed(table.get("exact", ())):
        yield fold(word), "", False
    for word in composed(table.get("words", ())):
        folded = fold(word)
        yield folded, "", False
        if arabic and " " not in folded:
            yield from ((form, "", False) for form in _accusative(folded))
    for word in composed(table.get("verbs", ())):
        base = fold(word)
        for form in _perfect(base):
            if dual or form != base + "ا":  # «تجمعا» is far more often the noun
                yield form, "", True
    for word in composed(table.get("verbs_of_things", ())):  # «خرجوا» did no rockets
        base = fold(word)
        yield from (
            (form, "", True) for form in _perfect(base) if form[-1] != "و" and form[-2:] != "وا"
        )
    for word in composed(table.get("imperfect", ())):
        for form in _imperfect(fold(word)):
            yield form, "", True
    for word in composed(table.get("singular", ())):
        folded = fold(word)
        yield folded, "singular", False
        if arabic:
            yield from ((form, "singular", False) for form in _accusative(folded))
            yield from ((form, "dual", False) for form in _dual_phrases(folded))
    for word in composed(table.get("plural", ())):
        folded = fold(word)
        yield folded, "plural", False


def _accusative(folded: str) -> Iterator[str]:
    """صاروخ → صاروخا; every word of an adjective phrase takes it."""
    words = folded.split()
    if words[0].endswith(("ه", "ا", "ء")):
        return
    yield " ".join([words[0] + "ا", *words[1:]])
    if len(words) > 1:
        yield " ".join(w if w.endswith(("ه", "ا", "ء")) else w + "ا" for w in words)


def _dual_phrases(folded: str) -> Iterator[str]:
    head, *rest = folded.split()
    duals = sorted(dual_forms(head))
    if not rest:
        yield from duals
        return
    for dual in duals:
        yield " ".join([dual, *rest])  # construct: صاروخي كاتيوشا، قذيفتا هاون
        agreeing = [
            next((d for d in sorted(dual_forms(word)) if d[-2:] == dual[-2:]), word)
            for word in rest
        ]
        yield " ".join([dual, *agreeing])  # عبوتين ناسفتين
        yield " ".join([dual, agreeing[0], *rest[1:]])


class Lexicon:
    """Finds the longest entries that start at a token."""

    def __init__(self) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], Entry]]] = {}
        self._openings = lru_cache(maxsize=100_000)(self._opened_by)

    def add(self, phrase: str, entry: Entry) -> None:
        """Index one folded phrase."""
        words = tuple(token.text for token in tokenize(phrase))
        if not words:
            return
        first = words[0].removeprefix("ال") if len(words[0]) > 4 else words[0]
        rest = tuple(w.removeprefix("ال") if len(w) > 4 else w for w in words[1:])
        known = self._by_first.setdefault(first, [])
        if (rest, entry) not in known:
            known.append((rest, entry))

    def hits(self, tokens: Sequence[Token]) -> Iterator[tuple[int, Iterable[Hit]]]:
        """The tokens at which entries start, with those entries, longest first; of one kind only
        one sub where several would contradict each other."""
        texts = [token.text for token in tokens]
        openings = list(map(self._openings, texts))
        openings.append(_OPENS_NOTHING)  # behind the last
        for i, (hits, alone, longer, _) in enumerate(openings):
            if longer:
                second = openings[i + 1][3]
                if not longer.keys().isdisjoint(second):
                    begun = [longer[word] for word in second if word in longer]
                    phrases = _phrases_at(texts, i, begun)
                    if phrases:  # they come before the word alone, and in its stead
                        yield i, {**phrases, **alone, **phrases}.values()
                        continue
            if hits:
                yield i, hits

    def _opened_by(self, word: str) -> _Openings:
        """The entries of one word, and those of several words by the second one."""
        alone: _Hits = {}
        longer: dict[str, list[_Ranked]] = {}
        if word[0].isalpha():
            for rank, (rest, entry, form) in enumerate(self._candidates(word)):
                kind, sub, number, verb, data = entry
                hit = Hit(1 + len(rest), kind, sub, number, verb, form, data)
                key = (entry.kind, "" if entry.kind in _SINGLE else entry.sub)
                if rest:
                    longer.setdefault(rest[0], []).append((rank, rest[1:], key, hit))
                else:
                    alone.setdefault(key, hit)
        return tuple(alone.values()), alone, longer, _bare(word)

    def _candidates(self, word: str) -> tuple[tuple[tuple[str, ...], Entry, Form], ...]:
        found = [
            (rest, entry, form)
            for form in forms(word)
            for rest, entry in self._by_first.get(form.text, ())
            if not (form.suffix and form.suffix != "'s" and not entry.verb and not rest)
            or entry.kind
            in ("munition", "vehicle", "victim", "trigger", "casualty", "deny", "refute")
        ]
        # no pronoun follows an indefinite accusative: «طفلاها» can only be the dual
        found = [
            item
            for item in found
            if not (item[2].suffix and item[1].number == "singular" and item[2].text.endswith("ا"))
        ]
        found.sort(key=lambda item: (-len(item[0]), item[1].number == "dual"))
        return tuple(found)


_Hits = dict[tuple[str, str], Hit]  # the first of each kind and sub, in order
_Ranked = tuple[int, tuple[str, ...], tuple[str, str], Hit]  # with the words after the second
# of a word: its entries alone, also by kind and sub, those of several words by the second one,
# and as what it may itself be the second one
_Openings = tuple[tuple[Hit, ...], _Hits, dict[str, list[_Ranked]], tuple[str, ...]]
_OPENS_NOTHING: _Openings = ((), {}, {}, ())
_rank = itemgetter(0)

# One word may signal several kinds, but only one sub of each of these.
_SINGLE = frozenset(
    "munition casualty victim launcher weapon speaker group prep part damage claim blame "
    "condemn".split()
)


_BEHIND = ("وراء", "خلف")


@lru_cache(maxsize=100_000)
def _bare(word: str) -> tuple[str, ...]:
    bare = word.removeprefix("ال") if len(word) > 4 else word
    found = {word, bare}
    if word.startswith("لل") and len(word) > 4:
        found.add(word[2:])
    if len(word) > 3 and word[0] in "ول":
        found.add(word[1:].removeprefix("ال") if len(word) > 5 else word[1:])
    if word.endswith("'s"):
        found.add(word[:-2])
    found.update(behind for behind in _BEHIND if word.startswith(behind))  # «تقف وراءه»
    return tuple(found)


def _phrases_at(texts: Sequence[str], index: int, begun: list[list[_Ranked]]) -> _Hits:
    """Those of the phrases whose first two words stand at ``index`` that stand there whole."""
    found: _Hits = {}
    # longest first, as they were filed
    for _, rest, key, hit in begun[0] if len(begun) == 1 else sorted(chain(*begun), key=_rank):
        if not rest or (
            index + hit.length <= len(texts)
            and all(want in _bare(texts[index + k]) for k, want in enumerate(rest, 2))
        ):
            found.setdefault(key, hit)
    return found


def _read(lang: str, name: str) -> dict[str, Any]:
    path = LANG_DIR / lang / name if lang else LANG_DIR / name
    with path.open("rb") as file:
        return tomllib.load(file)


@dataclass(frozen=True, slots=True)
class Group:
    """An armed group or force: its canonical names, and whether it is a state's.

    ``described`` parties are a way of speaking ("Iran-backed militias"), not a name: the words
    are read as they stand, and the records join them to one actor. ``blamed_ar`` are everyday
    words («القاعدة», the base) that name the group only where somebody is blamed.
    """

    en: str
    ar: str
    state: bool = False
    generic: bool = False
    side: str = ""
    bombers: bool = False
    also_en: tuple[str, ...] = ()
    also_ar: tuple[str, ...] = ()
    blamed_ar: tuple[str, ...] = ()
    described: bool = False

    @property
    def spellings(self) -> tuple[str, ...]:
        """All of them, the canonical names first; a name that is missing is left out."""
        return tuple(name for name in (self.en, self.ar, *self.also_en, *self.also_ar) if name)


@dataclass(frozen=True, slots=True)
class Weapon:
    """A weapon: calibre in mm, ranges in km (None where the type fixes none), with the source."""

    id: str
    en: str
    ar: str
    event: str
    calibre_mm: tuple[int, ...]
    min_range_km: float | None
    max_range_km: float | None
    source: str


@lru_cache(maxsize=1)
def weapons() -> dict[str, Weapon]:
    """The weapon lexicon by id."""
    return {
        w["id"]: Weapon(
            w["id"],
            w["en"],
            w["ar"],
            w["event"],
            tuple(w["calibre_mm"]),
            w.get("min_range_km"),
            w.get("max_range_km"),
            w["source"],
        )
        for w in _read("", "weapons.toml")["weapon"]
    }


@lru_cache(maxsize=1)
def groups() -> tuple[Group, ...]:
    """The named groups and then the described ones, in file order."""
    table = _read("", "groups.toml")
    return tuple(
        Group(
            g["en"],
            g["ar"],
            g.get("state", False),
            g.get("generic", False),
            g.get("side", ""),
            g.get("bombers", False),
            tuple(g.get("also_en", ())),
            tuple(g.get("also_ar", ())),
            tuple(g.get("blamed_ar", ())),
            kind == "described",
        )
        for kind in ("group", "described")
        for g in table[kind]
    )


def _phrases(lexicon: Lexicon, words: Iterable[str], entry: Entry) -> None:
    for word in words:
        lexicon.add(fold(word), entry)


@lru_cache(maxsize=2)
def load_lexicon(lang: str) -> Lexicon:
    """The compiled lexicon of ``ar`` or ``en``, shared lists included."""
    lexicon = Lexicon()
    arabic = lang == "ar"
    for kind, subs in _read(lang, "signals.toml").items():
        for sub, table in subs.items():
            for phrase, number, verb in _inflected(table, arabic, dual=kind != "neutral"):
                lexicon.add(phrase, Entry(kind, sub, number, verb))
    people = _read(lang, "people.toml")
    for victim in people["victim"]:
        for phrase, number, _ in _inflected(victim, arabic):
            lexicon.add(phrase, Entry("victim", victim["group"], number, data=victim.get("sex")))
    for name in ("party", "attacker"):
        _phrases(lexicon, people[name]["words"], Entry(name, "any"))
    for speaker in people["speaker"]:
        _phrases(lexicon, speaker["words"], Entry("speaker", str(speaker["rank"])))
    head = people["group_head"]
    _phrases(lexicon, head["words"], Entry("group_head", "any"))
    _phrases(lexicon, head["naming"], Entry("naming", "any"))
    _phrases(lexicon, head["nobody"], Entry("nobody", "any"))
    for group in groups():
        if not group.described:
            own = (group.ar, *group.also_ar) if arabic else (group.en, *group.also_en)
            _phrases(lexicon, own, Entry("group", "named", data=group))
            _phrases(lexicon, group.blamed_ar, Entry("blamed_group", "named", data=group))
    for weapon, raw in zip(weapons().values(), _read("", "weapons.toml")["weapon"], strict=True):
        if raw.get("named", True):
            spellings = [raw["ar"], *raw.get("also_ar", ())] if arabic else []
            spellings = spellings or [raw["en"], *raw.get("also_en", ())]
            _phrases(lexicon, spellings, Entry("weapon", weapon.id))
    return lexicon


@lru_cache(maxsize=2)
def anaphora(lang: str) -> dict[str, frozenset[str]]:
    """Nouns that point back to a place («المخيم»), without article, to the kinds they fit."""
    table = _read(lang, "places.toml")["anaphora"]
    return {fold(word).removeprefix("ال"): frozenset(kinds) for word, kinds in table.items()}


@cache
def word_list(lang: str, file: str, *keys: str) -> frozenset[str]:
    """One folded list out of a TOML file, for the few that are used as plain sets."""
    table: Any = _read(lang, file)
    for key in keys:
        table = table[key]
    return frozenset(fold(word) for word in composed(table))
