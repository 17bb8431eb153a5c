"""Place mentions: find every name, then settle which are places and which place each one is.

A wrong marker is worse than a missing one. Many names here are ordinary words, people, clubs or
institutions too, so a name counts as a place only where its surroundings do not speak against
it, and an ambiguous bare name only where they speak for it. Every refusal carries its reason.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, partial
from itertools import accumulate
from typing import NamedTuple

from extraction.metonyms import stands_for_government
from extraction.text.lexicon import word_list
from extraction.text.sentences import Sentence
from extraction.text.words import Form, Token, arabic_forms, is_arabic
from gazetteer import Gazetteer, Level, Name, Place
from gazetteer.spelling import arabic_loose, english_sound, without_brackets

_ARTICLES = frozenset("al el ul il".split())
_SILENT = _ARTICLES | {"'"}
_INSTITUTIONS = frozenset(("government", "embassy", "university", "hospital"))
_LETTER_NUMBER = re.compile(r"\b([a-z]) (\d+)\b")
_ORDINAL = re.compile(r"\b(\d+)(st|nd|rd|th)\b")  # as the tokens are: "14 th of July"
# too wide for a point to mean anything
_NO_POINT = frozenset(("country",))
_MAX_HEADS = 2
_LIST_REACH = 14
_SURE = 0.78
_WIDEST_AREA_M = 12_000
_AREAS: frozenset[Level] = frozenset(("neighbourhood", "district", "city", "governorate"))
_SPOTS: frozenset[Level] = frozenset(("street", "landmark"))
_LIES_AT = frozenset("في قرب عند خلف مقابل on in near at off behind".split())
_RANK: dict[Level, int] = {
    "landmark": 0,
    "street": 1,
    "neighbourhood": 2,
    "district": 3,
    "city": 4,
    "governorate": 5,
    "country": 6,
}


# How often such a mention was right in articles not seen before: the name of an institution is
# as often its speaker, that of a region its government; an estimated position may lie too far.
_AT_MOST = {"government": 0.7, "embassy": 0.88, "governorate": 0.88, "hospital": 0.89}
_ESTIMATED = 0.7


class FoundPlace(NamedTuple):
    """A place name at tokens ``[first, last)``; ``place`` is None where it is not in the gazetteer.

    ``near`` is then the known place that gives it an approximate position.
    """

    first: int
    last: int
    start: int
    end: int
    place: Place | None
    confidence: float
    why: str
    near: Place | None = None
    bare: bool = False
    point: tuple[float, float] | None = None
    spread_m: float | None = None

    @property
    def anchor(self) -> Place | None:
        """The gazetteer entry that gives the position."""
        return self.place or self.near

    @property
    def position(self) -> tuple[float, float] | None:
        """Latitude and longitude in degrees, None where unplaced."""
        if self.point is not None:
            return self.point
        anchor = self.anchor
        return None if anchor is None else (anchor.lat, anchor.lon)

    @property
    def level(self) -> Level | None:
        if self.place is not None:
            return self.place.level
        return "landmark" if self.near is not None or self.point is not None else None

    @property
    def radius_m(self) -> float | None:
        if self.spread_m is not None:
            return self.spread_m
        if self.place is not None:
            return float(self.place.radius_m)
        return None if self.near is None else float(self.near.radius_m)


class Refused(NamedTuple):
    """A name that is no place here, with the reason."""

    first: int
    last: int
    start: int
    end: int
    why: str


@dataclass(slots=True)
class PlaceFindings:
    """What ``find_places`` returns: the places in order, and the names that were refused."""

    places: list[FoundPlace] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Known:
    keys: tuple[frozenset[str], ...]
    places: tuple[Place, ...]
    name: Name


class _Match(NamedTuple):
    first: int
    last: int
    known: _Known
    prefix: str
    exact: bool


# what is written onto a word, the names it is alone, and those of several words by the second
_Opening = tuple[str, list[_Known], dict[str, list[_Known]]]


@lru_cache(maxsize=100_000)
def _sounds(word: str) -> frozenset[str]:
    bare = word.replace("'", "")
    if len(bare) < 4 or not bare.isalpha():
        return frozenset((bare,))
    return english_sound((bare,)) | {bare}


@lru_cache(maxsize=100_000)
def _ranked_sounds(word: str) -> tuple[str, ...]:
    """The keys of a word, the word itself first: the same in every process."""
    return tuple(sorted(_sounds(word), key=lambda key: (key != word, key)))


def _name_words(folded: str, lang: str) -> list[str]:
    words = _LETTER_NUMBER.sub(
        r"\1\2", without_brackets(folded).replace("'", "").replace("-", " ")
    ).split()
    if lang == "en":
        words = _ORDINAL.sub(r"\1 \2", " ".join(words)).split()
        return [w for w in words if w not in _ARTICLES] or words
    return words


class PlaceIndex:
    """The gazetteer's names by their first word."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        # by the language of the article
        self.opens = {
            lang: lru_cache(maxsize=100_000)(partial(self._opens, lang=lang))
            for lang in ("ar", "en")
        }
        self._openings = lru_cache(maxsize=100_000)(self._names_from)
        self._sounding = lru_cache(maxsize=100_000)(self._names_like)
        self._first: dict[str, list[_Known]] = defaultdict(list)
        grouped: dict[tuple[str, tuple[str, ...]], list[Name]] = defaultdict(list)
        for name in gazetteer.names:
            if gazetteer.places[name.place_id].kind in _NO_POINT:
                continue
            grouped[name.lang, tuple(_name_words(name.folded, name.lang))].append(name)
        for (lang, words), names in grouped.items():
            places = tuple(dict.fromkeys(gazetteer.places[n.place_id] for n in names))
            if lang == "ar":
                keys = tuple(frozenset((_arabic_key(w),)) for w in words)
            else:
                keys = tuple(_sounds(w) for w in words)
            known = _Known(keys, places, names[0])
            for key in keys[0]:
                self._first[key].append(known)
        for entries in self._first.values():
            entries.sort(key=lambda k: -len(k.keys))

    def _opens(self, word: str, lang: str) -> bool:
        """Whether a name may begin with a word, written small, or is announced by it."""
        if not (word[0].isalpha() or word[0].isdigit()):
            return False
        if is_arabic(word):
            named = bool(self._openings(word))
        else:
            named = word in _ARTICLES or bool(self._sounding(word.removesuffix("'s")))
        return named or _head_of(word, lang) is not None or _land_of(word, lang) is not None

    def at(self, tokens: Sequence[Token], index: int, original: str) -> _Match | None:
        """The longest name that starts at a token, or None."""
        word = tokens[index].text
        if is_arabic(word):
            return self._arabic_at(tokens, index)
        return self._english_at(tokens, index, original)

    def _arabic_at(self, tokens: Sequence[Token], index: int) -> _Match | None:
        best: _Match | None = None
        for prefix, alone, longer in self._openings(tokens[index].text):
            entries = alone
            if longer and index + 1 < len(tokens):
                follows = _loose_forms(tokens[index + 1].text)
                fitting = [known for form in follows for known in longer.get(form, ())]
                if len(fitting) > 1:
                    fitting.sort(key=lambda known: -len(known.keys))
                entries = fitting + alone if fitting else alone
            for known in entries:
                if best is not None and len(known.keys) <= best.last - best.first:
                    break
                last = index + len(known.keys)
                if last <= len(tokens) and all(
                    _same_arabic(tokens[index + k].text, known.keys[k])
                    for k in range(2, len(known.keys))
                ):
                    best = _Match(index, last, known, prefix, not prefix)
                    break
        return best

    def _names_from(self, word: str) -> tuple[_Opening, ...]:
        """The names that an Arabic word may open, by what is written onto it."""
        found = []
        for form in arabic_forms(word):
            entries = self._first.get(_arabic_key(form.text))
            if form.article or form.suffix or not entries:
                continue
            longer: dict[str, list[_Known]] = defaultdict(list)
            for known in entries:
                for key in known.keys[1] if len(known.keys) > 1 else ():
                    longer[key].append(known)
            alone = [known for known in entries if len(known.keys) == 1]
            found.append((form.prefix, alone, longer))
        return tuple(found)

    def _english_at(self, tokens: Sequence[Token], index: int, original: str) -> _Match | None:
        start = index
        if tokens[index].text in _ARTICLES and index + 1 < len(tokens):
            if tokens[index + 1].text in _ARTICLES:
                return None
            start = index + 1
        word, start = self._opening_word(tokens, start)
        bare = word.removesuffix("'s")
        sounding = self._sounding(bare)
        if not sounding:
            return None
        best: _Match | None = None
        second = self._next_word(tokens, start)
        follows = _sounds(tokens[second].text.removesuffix("'s")) if second else frozenset()
        for entries in sounding:
            for known in entries:
                if best is not None and len(known.keys) <= best.last - best.first:
                    break
                if len(known.keys) > 1 and follows.isdisjoint(known.keys[1]):
                    continue
                last = self._follow(tokens, start, known)
                if last and self._spelled(tokens, start, last, known, original):
                    best = _Match(index, last, known, "", bare in known.name.folded)
                    break
        return best

    @staticmethod
    def _opening_word(tokens: Sequence[Token], at: int) -> tuple[str, int]:
        """The first word of a name and its last token: "K-1" is one word of three tokens."""
        word = tokens[at].text
        if len(word) == 1 and at + 2 < len(tokens) and tokens[at + 1].text == "-":
            number = tokens[at + 2].text
            if number.isdigit() and tokens[at + 2].start - tokens[at].end == 1:
                return word + number, at + 2
        return word, at

    def _names_like(self, word: str) -> tuple[list[_Known], ...]:
        """The names that an English word may open, by how it sounds."""
        return tuple(self._first[key] for key in _ranked_sounds(word) if key in self._first)

    @staticmethod
    def _follow(tokens: Sequence[Token], start: int, known: _Known) -> int:
        """The token after the name if its words follow one another, else 0."""
        position = start
        for key in known.keys[1:]:
            position = PlaceIndex._next_word(tokens, position)
            if not position or _sounds(tokens[position].text.removesuffix("'s")).isdisjoint(key):
                return 0
        return position + 1

    @staticmethod
    def _next_word(tokens: Sequence[Token], index: int) -> int:
        """The token with which a name goes on after the one at ``index``; 0 where none can."""
        position = index + 1
        while position < len(tokens) and tokens[position].text in _SILENT:
            position += 1
        # "Baghdad's Green Zone" is two names
        if position == len(tokens) or tokens[position - 1].text.endswith("'s"):
            return 0
        return position

    @staticmethod
    def _spelled(
        tokens: Sequence[Token], start: int, last: int, known: _Known, original: str
    ) -> bool:
        """Whether it is written as a name: with a capital, unless several exact words agree."""
        initial = original[tokens[start].start]
        if initial.isupper() or initial.isdigit():
            return True
        return len(known.keys) > 1 and all(
            tokens[i].text in known.name.folded for i in range(start, last)
        )


_SAME_WORD = {"ابي": "ابو", "ابا": "ابو", "بن": "ابن"}


@lru_cache(maxsize=100_000)
def _arabic_key(word: str) -> str:
    return arabic_loose(_SAME_WORD.get(word, word))


@lru_cache(maxsize=100_000)
def _loose_forms(word: str) -> frozenset[str]:
    loose = _arabic_key(word)
    found = {loose}
    if loose.startswith("لل"):
        found.add("ال" + loose[2:])
    return frozenset(found)


def _same_arabic(word: str, key: frozenset[str]) -> bool:
    return not _loose_forms(word).isdisjoint(key)


@dataclass(slots=True)
class _Words:
    """The context lists of one language."""

    organisation: frozenset[str]
    person: frozenset[str]
    roles: frozenset[str]
    clubs: frozenset[str]
    against: frozenset[str]
    bodies: frozenset[str]
    members: frozenset[str]
    wishes: frozenset[str]
    after: frozenset[str]
    after_word: frozenset[str]
    done_to: frozenset[str]
    prepositions: frozenset[str]
    seat: frozenset[str]
    speaking: frozenset[str]
    undergoes: frozenset[str]
    deeds: frozenset[str]
    plain: frozenset[str]
    sure: frozenset[str]
    heads: frozenset[str]
    common_nouns: frozenset[str]
    open_heads: frozenset[str]
    never_bare: frozenset[str]
    institution: frozenset[str]
    land: frozenset[str]
    foreign: frozenset[str]


@lru_cache(maxsize=2)
def _context_words(lang: str) -> _Words:
    file = "places.toml"
    return _Words(
        word_list(lang, file, "not_place_before", "organisation"),
        word_list(lang, file, "not_place_before", "person"),
        word_list(lang, file, "not_place_before", "roles"),
        word_list(lang, file, "not_place_before", "clubs"),
        word_list(lang, file, "not_place_after", "against"),
        word_list(lang, file, "not_place_before", "bodies"),
        word_list(lang, file, "not_place_before", "members"),
        word_list(lang, file, "not_place_before", "wishes"),
        word_list(lang, file, "not_place_after", "words"),
        word_list(lang, file, "not_place_after", "ordinary"),
        word_list(lang, file, "not_place_before", "done_to"),
        word_list(lang, file, "place_before", "prepositions"),
        word_list(lang, file, "seat", "words"),
        word_list(lang, file, "seat", "speaking"),
        word_list(lang, file, "seat", "undergoes"),
        word_list(lang, file, "not_place_before", "deeds"),
        word_list(lang, file, "place_before", "plain"),
        word_list(lang, file, "place_before", "sure"),
        word_list(lang, file, "heads", "words"),
        word_list(lang, file, "heads", "common_nouns"),
        word_list(lang, file, "heads", "open_heads"),
        word_list(lang, file, "heads", "never_bare"),
        word_list(lang, file, "heads", "institution"),
        word_list(lang, file, "heads", "land"),
        word_list(lang, file, "heads", "foreign"),
    )


@lru_cache(maxsize=100_000)
def _readings(word: str) -> tuple[str, ...]:
    """What a word may stand for in a context list: itself, and itself without what leads it."""
    if not is_arabic(word):
        return (word,)
    return tuple(form.text for form in arabic_forms(word) if not form.suffix)


def _locates(word: str, prepositions: frozenset[str], prefix: str) -> bool:
    """Whether a word puts a name somewhere: «التابعة للدورة», but not «التفجيرات الشعب»."""
    if not is_arabic(word):
        return word in prepositions
    return any(
        form.text in prepositions
        for form in arabic_forms(word)
        if not form.suffix and (prefix or not form.article)
    )


@lru_cache(maxsize=100_000)
def _bare_head_of(word: str, lang: str) -> Form | None:
    """The head word in an Arabic word without the article."""
    heads = _context_words(lang).heads
    return next((f for f in arabic_forms(word) if f.text in heads and not f.article), None)


@lru_cache(maxsize=100_000)
def _dual_head_of(word: str) -> Form | None:
    """The head word of which an Arabic word tells two: «فندقي», «منطقتا»."""
    heads = _context_words("ar").heads
    for form in arabic_forms(word):
        if form.article or form.suffix or not form.text.endswith(("ي", "ا")):
            continue
        stem = form.text[:-1]
        single = stem[:-1] + "ه" if stem.endswith("ت") and stem not in heads else stem
        if single in heads:
            return Form(single, form.prefix)
    return None


@lru_cache(maxsize=100_000)
def _head_of(word: str, lang: str) -> Form | None:
    """The head word («منطقة») in an Arabic word."""
    heads = _context_words(lang).heads
    return next((f for f in arabic_forms(word) if f.text in heads and not f.suffix), None)


@lru_cache(maxsize=100_000)
def _land_of(word: str, lang: str) -> Form | None:
    """The lie of the land («بساتين», «وادي») in an Arabic word."""
    land = _context_words(lang).land
    return next((f for f in arabic_forms(word) if f.text in land and not f.suffix), None)


class PlaceFinder:
    """Finds and settles the place names of one article."""

    def __init__(
        self,
        index: PlaceIndex,
        tokens: Sequence[Token],
        sentences: Sequence[Sentence],
        folded: str,
        original: str,
        *,
        lang: str,
        attack_tokens: frozenset[int],
        date_tokens: frozenset[int],
        sport_tokens: frozenset[int],
        play: bool,
    ) -> None:
        """``original`` is as long as ``folded`` (case kept); ``attack_tokens`` are the tokens of
        attack words, ``date_tokens`` those of dates, ``sport_tokens`` those of words of sport;
        ``play`` says that the text is about sport or the like."""
        self.gazetteer = index.gazetteer
        self._index = index
        self._tokens = tokens
        self._texts = [token.text for token in tokens]
        self._folded = folded
        self._original = original
        self._lang = lang
        self._words = _context_words(lang)
        self._attack = attack_tokens
        self._dates = date_tokens
        self._play = play
        self._sentence_of: list[int] = []
        self._sentence_tokens: list[tuple[int, int]] = []
        starts = [token.start for token in tokens]
        first = 0
        for number, sentence in enumerate(sentences):
            last = bisect_left(starts, sentence.end, first)
            self._sentence_of += [number] * (last - first)
            self._sentence_tokens.append((first, last))
            first = last
        self._sentence_of += [-1] * (len(tokens) - first)
        self._sentence_tokens.append((first, len(tokens)))  # behind the last sentence
        self._sentences = sentences
        self._sentence_starts = frozenset(s.start for s in sentences)
        self._sentence_attack: dict[int, bool] = defaultdict(bool)
        for i in attack_tokens:
            self._sentence_attack[self._sentence_of[i]] = True
        self._sporting = self._club_sentences(sport_tokens)
        self.findings = PlaceFindings()
        self._accepted: set[str] = set()
        self._regions: Counter[str] = Counter()  # how often the article was in each province
        self._done = 0
        self._two = (-1, "")  # where the second of two names begins, and the head word of both
        # by token, once asked for: the phrases that end right before it, by their reach, and those
        # that begin with it
        self._endings: dict[tuple[int, int], list[str]] = {}
        self._beginnings: dict[int, list[str]] = {}
        # by sentence, once asked for
        self._named: dict[int, list[_Match]] = {}
        self._certain: dict[int, list[int]] = {}

    def _club_sentences(self, sport_tokens: Iterable[int]) -> frozenset[int]:
        """Where clubs are spoken of: two words of sport there or next door, not one "corner"."""
        counts = Counter(self._sentence_of[i] for i in sport_tokens)
        around = {s + step for s in counts for step in (-1, 0, 1)}
        return frozenset(s for s in around if counts[s - 1] + counts[s] + counts[s + 1] > 1)

    # ── the pass ─────────────────────────────────────────────────────────────────────────────

    def run(self) -> PlaceFindings:
        """One pass from left to right; the longest name at each token wins."""
        pending: list[FoundPlace] = []
        opens, english = self._index.opens[self._lang], self._lang == "en"
        openings = [
            (i, token)
            for i, token in enumerate(self._tokens)
            if opens(token.text) or (english and self._capital(i))
        ]
        for i, token in openings:
            if i < self._done:
                continue
            match = self._index.at(self._tokens, i, self._original)
            if (
                match is not None
                and match.first + 1 == match.last
                and (self._is_head(i) or token.text in _EN_PREFIXES)
            ):
                match = None if self._headed_name(i) is not None else match
            if match is None:
                unknown = self._unknown_at(i)
                if unknown is not None:
                    pending.append(unknown)
                    self._done = unknown.last
                continue
            settled = self._settle(match)
            if isinstance(settled, FoundPlace):
                pending.append(settled)
            else:
                self.findings.refused.append(settled)
            self._done = max(match.last, settled.last)
            self._opens_two(match)
            if self._two[0] == self._done and (second := self._second_of_two()) is not None:
                pending.append(second)
                self._done = second.last
        self.findings.places = self._resolve(pending)
        return self.findings

    def _is_head(self, i: int) -> bool:
        return any(f.text in self._words.heads for f in arabic_forms(self._tokens[i].text))

    def _headed_name(self, i: int) -> _Match | None:
        """The name right after a head word that is itself a (poor) match, if there is one."""
        if i + 1 >= len(self._tokens):
            return None
        return self._index.at(self._tokens, i + 1, self._original)

    # ── settle one match ─────────────────────────────────────────────────────────────────────

    def _settle(self, match: _Match) -> FoundPlace | Refused:
        place = match.known.places[0]
        head_first, heads = self._heads_before(match.first, match.last)
        tail_last, tails = self._tails_after(match.last)
        if not heads and self._two[0] == match.first:
            heads = [self._two[1]]
        kinds = [self.gazetteer.generic_words.get(h) for h in (*heads, *tails)]
        seated = any(h in self._words.seat for h in heads)
        institution = place.kind in _INSTITUTIONS
        first, last = head_first, tail_last
        why = self._against(match, place, heads, tails)
        if not heads and not tails and self._dates.issuperset(range(match.first, match.last)):
            why = "a date"  # «صباح الاثنين 17 تموز»
        if why:
            return self._refuse(match.first, match.last, why)
        fitting = [
            p
            for p in match.known.places
            if all(k is None or p.kind in k.kinds or (seated and institution) for k in kinds)
            and not self._other_thing(p, (*heads, *tails))
        ]
        if heads and not fitting and self._headed(match) and not _PARTS_OF.isdisjoint(heads):
            first, fitting = match.first, list(match.known.places)  # «حديقة فندق الحمراء»
        if heads and not fitting and match.last in (self._two[0], self._two[0] + 1):
            named = self._under_head(heads[-1], head_first, match.first, match.last, match.prefix)
            if named is not None:
                return named
        if (heads or tails) and not fitting:
            if heads[:1] == ["طريق"] and self._bare_word(match.first) in self._words.plain:
                return self._refuse(match.first, match.last, "an ordinary word")  # «طريق الحرية»
            if not _BODIES.isdisjoint(heads) and self._body_speaks(head_first, tail_last):
                return self._refuse(match.first, match.last, "the institution, not its building")
            landmark = self._derived(head_first, tail_last, place)
            if landmark is not None:
                return landmark
            first, last = match.first, match.last
            fitting = list(match.known.places)
        place = self._choose(fitting or list(match.known.places), match)
        if self._lang == "ar" and self._before(first, 1) == ["محافظ"]:
            place = self._governed(place)  # «محافظ النجف» governs more than the city
        sure = len(match.known.keys) > 1 or bool(heads or tails)
        confidence = 0.97 if sure and match.exact else 0.95 if sure else 0.93
        if not sure and place.level in ("city", "governorate"):
            confidence = 0.88  # the government sits there too
        if not sure and place.common_word:
            confidence = 0.85
        confidence = min(confidence, _AT_MOST.get(place.kind, 1.0))
        if place.confidence == "low":
            confidence = min(confidence, _ESTIMATED)
        return self._found(
            first, last, place, confidence, "in the gazetteer", bare=not heads and not tails
        )

    def _governed(self, place: Place) -> Place:
        regions = (place, *self.gazetteer.parents(place))
        return next((p for p in regions if p.level == "governorate"), place)

    @staticmethod
    def _other_thing(place: Place, heads: Iterable[str]) -> bool:
        """«مرآب العلاوي» is a garage in Allawi, not Allawi itself."""
        return place.level in _AREAS and not _BUILT.isdisjoint(heads)

    def _heads_before(self, first: int, last: int) -> tuple[int, list[str]]:
        """Head words in front («منطقة حي …») that belong to the name at ``[first, last)``."""
        heads: list[str] = []
        i = first
        if self._lang != "ar" and not is_arabic(self._tokens[first].text):
            while i > self._done and len(heads) < 1:
                word = self._tokens[i - 1].text
                if word in ("camp", "hay", "fob", "hayy") and self._same_sentence(i - 1, first):
                    heads.append(word)
                    i -= 1
                    continue
                break
            return i, heads
        if self._attached(first):
            return i, heads
        while i > self._done and len(heads) < _MAX_HEADS:
            if not self._same_sentence(i - 1, first):
                break
            word = self._tokens[i - 1].text
            head = _bare_head_of(word, self._lang)
            if head is None and not heads and self._another_after(last):
                head = _dual_head_of(word)
                self._two = (last, head.text) if head is not None else self._two
            if head is None:
                break
            heads.append(head.text)
            i -= 1
            if head.prefix:
                break
        return i, heads

    def _another_after(self, last: int) -> bool:
        """«فندقي شيراتون وفلسطين»: a second name follows."""
        follows = self._tokens[last].text if last < len(self._tokens) else ""
        return follows.startswith("و") and len(follows) > 3 and self._same_sentence(last, last - 1)

    def _attached(self, first: int) -> bool:
        """Whether a preposition or «و» is written onto the name, so that no head belongs to it."""
        word = self._tokens[first].text
        return word.startswith(("بال", "وال", "فال", "لل", "وبال", "كال"))

    def _tails_after(self, last: int) -> tuple[int, list[str]]:
        """Generic words behind an English name that belong to it: Karrada district."""
        tails: list[str] = []
        i = last
        if self._lang == "ar":
            return i, tails
        if self._tokens[last - 1].text.endswith("'s"):
            return i, tails
        while i < len(self._tokens) and len(tails) < 2 and self._same_sentence(i, last - 1):
            two = (
                f"{self._tokens[i].text} {self._tokens[i + 1].text}"
                if i + 1 < len(self._tokens)
                else ""
            )
            if two in self._words.heads:
                tails.append(two)
                i += 2
            elif self._tokens[i].text in self._words.heads:
                tails.append(self._tokens[i].text)
                i += 1
            else:
                break
        return i, tails

    def _same_sentence(self, a: int, b: int) -> bool:
        return self._sentence_of[a] == self._sentence_of[b]

    # ── evidence against ─────────────────────────────────────────────────────────────────────

    def _before(self, first: int, count: int) -> list[str]:
        """The words in front, nearest first, within the sentence and up to a full stop."""
        opens, _ = self._sentence_tokens[self._sentence_of[first]]
        return self._texts[max(opens, first - count) : first][::-1]

    def _forms_in(self, word: str, words: frozenset[str]) -> bool:
        return not words.isdisjoint(_readings(word))

    def _phrase_before(self, first: int, words: frozenset[str], reach: int = 3) -> bool:
        """Whether one of ``words`` (also phrases of two or three) ends right before ``first``."""
        if (first, reach) not in self._endings:
            found: list[str] = []
            rest = ""
            for word in self._before(first, reach):
                found += [reading + rest for reading in _readings(word)]
                rest = f" {word}{rest}"
            self._endings[first, reach] = found
        return not words.isdisjoint(self._endings[first, reach])

    def _phrase_after(self, last: int, words: frozenset[str]) -> bool:
        """Whether one of ``words`` (also phrases of two or three) begins at ``last``."""
        if last not in self._beginnings:
            _, ends = self._sentence_tokens[self._sentence_of[last - 1]]
            following = self._texts[last : min(last + 3, ends)]
            self._beginnings[last] = list(accumulate(following, "{} {}".format))
        return not words.isdisjoint(self._beginnings[last])

    def _against(
        self, match: _Match, place: Place, heads: Sequence[str], tails: Sequence[str]
    ) -> str:
        """Why the name is no place here; empty where nothing speaks against it."""
        words = self._words
        first, last = match.first, match.last
        before = self._before(first, 3)
        opening = next(iter(arabic_forms(self._tokens[first].text))).text
        institution = (
            place.kind in _INSTITUTIONS
            or place.kind == "government"
            or (len(match.known.keys) > 1 and self._forms_in(opening, words.institution))
        )
        seated = self._forms_in(self._tokens[first].text, words.seat)
        if institution and not seated and not (place.kind == "hospital" and heads):
            return self._institution(first, last, place)
        single = len(match.known.keys) == 1 and not heads and not tails
        if match.known.name.kind == "short" and not (heads or tails):
            return "" if self._short_for(match, place) else "an ordinary word"
        if heads and self._phrase_before(first, words.organisation, reach=1):
            heads = []
        if (
            len(match.known.keys) == 1
            and self._bare_word(first) in words.never_bare
            and _AREA_HEADS.isdisjoint((*heads[:1], *tails[:1]))
            and not (self._lang == "en" and before and before[0] in _TOWARDS)
            and not self._announced(first)
            and not self._told_where(match)
        ):
            return "an ordinary word"
        if len(before) > 1 and single and self._inside_title(before):
            return "part of an institution's or a person's name"
        if not heads and before and self._organisation_before(match):
            return "part of an organisation's name"
        located = bool(before) and before[0] in _REAL_PREPOSITIONS and self._lang == "en"
        # "the mayor of Tal Afar said"
        owned = next((w for w in before if w not in _DETERMINERS), "") == "of"
        located = located or (owned and self._phrase_after(last, words.person))
        if (
            self._phrase_after(last, words.after)
            and not located
            and (single or place.kind != "landmark")
        ):
            return "followed by words that make it something else"
        if single and before and (self._is_person(first) or self._plays_a_role(match, before)):
            return "a person's name"
        named = not heads and not single and not self._headed(match)
        if named and self._phrase_before(first, words.roles, reach=1):
            return "a person's name"  # «الفنان صلاح الدين»
        if self._surname_after(last) or (not heads and self._sheikh(match, before)):
            return "a person's name"
        if single and before and self._plays(last, before):
            return "a club"
        if self._outlet(last):
            return "part of an organisation's name"
        if place.level in ("city", "governorate") and self._metonym(match):
            return _GOVERNMENT
        if place.level == "city" and self._seat_of_mission(first):
            return "part of an institution's name"
        sure = self._bare_word(first) in words.sure
        ambiguous = not sure and any(p.common_word for p in match.known.places)
        if self._announced(first):
            return ""
        if single and ambiguous and self._means_word(last, before, match.known.places):
            return "an ordinary word"
        club = self._play or self._sentence_of[first] in self._sporting
        if single and (ambiguous or club) and not self._placed(match, before):
            return "also an ordinary word or name, and nothing here makes it a place"
        return ""

    def _announced(self, first: int) -> bool:
        """ "the town of Hit", "in the village of Sharabot"."""
        before = self._before(first, 2)
        return self._lang == "en" and before[:1] == ["of"] and not _SETTLED.isdisjoint(before[1:])

    def _short_for(self, match: _Match, place: Place) -> bool:
        """ "landed inside Victory", "outside the Hamra": where something falls, or known by now."""
        first, last = match.first, match.last
        article = first > 0 and self._tokens[first - 1].text == "the"
        if article != (place.kind == "hotel"):
            return False  # "the Palestine" is the hotel, "at Liberty" the base
        if last < len(self._tokens) and self._capital(last):
            if self._tokens[last].start - self._tokens[last - 1].end == 1:
                return False  # "Victory Street"
        before = self._before(first - article, 1)
        if not before or before[0] not in _SHORT_AFTER:
            return False
        if self._play:
            return False
        told = before[0] in _HITS or self._sentence_attack[self._sentence_of[first]]
        return told or place.id in self._accepted

    def _after_article(self, first: int) -> bool:
        """«زار قائد التحالف بغداد»: a noun with its article governs no name."""
        before = self._before(first, 1)
        word = before[0].removeprefix("و") if before else ""
        return word.startswith("ال") and word not in self._words.organisation

    def _headed(self, match: _Match) -> bool:
        """«فندق فلسطين», «إقليم كردستان»: the name itself says what sort of place it is."""
        word = self._tokens[match.first].text
        return len(match.known.keys) > 1 and (
            _head_of(word, self._lang) is not None
            or not self.gazetteer.generic_words.keys().isdisjoint(_readings(word))
        )

    def _told_where(self, match: _Match) -> bool:
        """«في بلد شمالي بغداد», «في العلم شرقي تكريت»: it is told where it lies."""
        last = match.last
        before = self._before(match.first, 1)
        placed = "ب" in match.prefix or (before and before[0] in ("في", "من", "الي", "قرب"))
        return bool(
            placed
            and self._lang == "ar"
            and last + 1 < len(self._tokens)
            and self._directed(last)
            and self._index.at(self._tokens, last + 1, self._original) is not None
        )

    def _organisation_before(self, match: _Match) -> bool:
        """«مصرف الرشيد», «معركة القادسية» — but «مدير فندق فلسطين», «معركة الموصل»."""
        words, first = self._words, match.first
        if self._headed(match) and not self._phrase_before(first, _OFFICES, reach=1):
            return False
        if self._phrase_before(first, words.organisation) and not self._after_article(first):
            return True
        if self._tokens[first - 1].text in _QUOTES and first > 1:  # «فيلم "الموصل"»
            return self._phrase_before(first - 1, words.organisation, reach=1)
        ambiguous = self._play or any(p.common_word for p in match.known.places)
        return ambiguous and self._phrase_before(first, words.deeds, reach=1)

    def _means_word(self, last: int, before: Sequence[str], places: Sequence[Place]) -> bool:
        """«الدورة المقبلة», «يعتدي على الشعب»: what stands around it fits the word, not a place."""
        words = self._words
        if self._phrase_after(last, words.after_word):
            itself = self._tokens[last].text in _ITSELF
            return not (itself and self._accepted & {p.id for p in places})
        if self._qualified(last):
            return True
        if len(before) > 1 and before[0] == "في" and self._bare_word(last - 1) in words.bodies:
            return self._forms_in(before[1], words.members)  # «طالب في الجامعة»
        if len(before) > 1 and before[0] == "علي" and self._forms_in(before[1], words.done_to):
            return True
        wished = before and self._tokens[last - 1].text.startswith("ب")
        if wished and self._bare_word(last - 1) in words.plain:
            if any(self._forms_in(word, words.wishes) for word in before):
                return True
        # «دعا الخطيب إلى السلام»
        called = before and before[0] == "الي" and self._bare_word(last - 1) in words.plain
        return bool(called) and any(self._forms_in(word, _CALLS) for word in before[1:])

    def _qualified(self, last: int) -> bool:
        """«النضال السلمي», «الدورة الانتخابية»: an adjective that no quarter is given."""
        if last == len(self._tokens) or not self._same_sentence(last, last - 1):
            return False
        word = self._tokens[last].text
        return (
            word.startswith("ال")
            and word.endswith(("ي", "يه"))
            and len(word) > 5
            and self._bare_word(last - 1) in self._words.plain
            and word not in _OF_QUARTERS
            and not self._index.opens["ar"](word)
        )

    def _plays_a_role(self, match: _Match, before: Sequence[str]) -> bool:
        """«الناشطة زينة البياع»: what a person is, a first name and a name that is also a word."""
        if len(before) < 2 or match.prefix or not any(p.common_word for p in match.known.places):
            return False
        name = before[0]
        return (
            self._forms_in(before[1], self._words.roles)
            and name.isalpha()
            and not name.startswith("ال")
            and not self._forms_in(name, self._words.prepositions)
            and name not in _BETWEEN
        )

    def _sheikh(self, match: _Match, before: Sequence[str]) -> bool:
        """«الشيخ حمد المنصور»: a village called after a sheikh, or another sheikh."""
        opening, last = self._bare_word(match.first), match.last
        if opening not in _SHEIKHS or len(match.known.keys) < 2 or last == len(self._tokens):
            return False
        located = before and self._forms_in(before[0], self._words.prepositions)
        word = self._tokens[last].text
        named = word.startswith("ال") or word in _ARTICLES or self._surname_after(last)
        return named and not located and self._same_sentence(last, match.first)

    def _plays(self, last: int, before: Sequence[str]) -> bool:
        """«خسر أربيل أمام النجف»: a verb of the pitch, and whom it was against."""
        words = self._words
        return self._forms_in(before[0], words.clubs) and self._phrase_after(last, words.against)

    def _outlet(self, last: int) -> bool:
        """ "Baghdad Today reported": a capital that no "today" has within a sentence."""
        return (
            self._lang == "en"
            and last < len(self._tokens)
            and self._tokens[last].text in _OUTLETS
            and self._capital(last)
            and self._tokens[last].start - self._tokens[last - 1].end == 1
            and not self._original[self._tokens[last - 1].start : self._tokens[last].end].isupper()
        )

    def _inside_title(self, before: Sequence[str]) -> bool:
        """«محكمة جنايات الرصافة», «أبو عبيدة بغداد»: one word stands between."""
        if before[1].lstrip("و") in _KUNYA:
            return before[0].isalpha()
        return (
            before[1].removeprefix("و") in _COURTS
            and not before[0].startswith("ال")  # «زار قائد التحالف بغداد»
            and not self._forms_in(before[0], self._words.prepositions)
        )

    def _bare_word(self, first: int) -> str:
        """The matched word of a one-word name, without what is written onto it."""
        text = self._tokens[first].text
        for form in arabic_forms(text):
            if (
                not form.article
                and not form.suffix
                and _arabic_key(form.text) in self._index._first
            ):
                return form.text
        return text

    def _is_person(self, first: int) -> bool:
        if self._lang == "ar":
            if self._tokens[first].text[0] in "وفبل" and not self._tokens[first].text.startswith(
                "ال"
            ):
                attached = arabic_forms(self._tokens[first].text)[0].text
                if attached not in self._index._first:
                    return False
            previous = self._tokens[first - 1]
            if self._original[previous.start : previous.end].endswith("على"):
                return False  # the preposition «على», not the man «علي»
            return self._phrase_before(first, self._words.person, reach=2)
        previous = self._tokens[first - 1]
        if previous.text in _ARTICLES and first > 1:
            previous = self._tokens[first - 2]
        if previous.end < self._tokens[first].start - 1:
            return False
        initial = self._original[previous.start]
        return (
            initial.isupper()
            and previous.text.isalpha()
            and previous.text not in self._words.prepositions
            and not self._starts_sentence(previous)
        )

    def _surname_after(self, last: int) -> bool:
        """ "Our correspondent, Furat Jihad, said": another name follows that is no place's."""
        if self._lang != "en" or last + 1 >= len(self._tokens) or not self._capital(last):
            return False
        between = self._tokens[last].start - self._tokens[last - 1].end
        word = self._tokens[last].text
        return between == 1 and word.isalpha() and word in _GIVEN_NAMES

    def _starts_sentence(self, token: Token) -> bool:
        return token.start in self._sentence_starts

    def _institution(self, first: int, last: int, place: Place) -> str:
        words = self._words
        start = first
        named = self._tokens[last - 1].text in _BUILDINGS  # "the US embassy compound"
        if (
            named
            or self._phrase_after(last, _BUILDINGS)
            or self._phrase_after(last, words.undergoes)
        ):
            return ""
        if self._phrase_after(last, words.speaking):
            return "the institution, not its building"
        near = self._before(first, 2)
        if place.kind == "university" and near[:1] == ["في"] and len(near) > 1:
            if self._forms_in(near[1], words.members):  # «أستاذ في جامعة الموصل»
                return "the institution, not its building"
        if self._spoke_before(last) or self._owes(near):
            return "the institution, not its building"
        if self._in_list_of_hits(first):
            return ""
        if self._lang == "ar" and self._tokens[first].text.startswith(("لل", "ول", "لو", "لمجلس")):
            near = self._before(first, 2)
            if not any(self._forms_in(w, words.seat) for w in near):
                return "the institution, not its building"
        bare = first
        while bare and self._tokens[bare - 1].text in _DETERMINERS:
            bare -= 1
        if self._phrase_before(bare, words.seat - _WEAK_SEATS):
            return ""
        if self._lang == "ar" and self._phrase_before(first, _SPOKESMEN):
            return "the institution, not its building"
        if place.kind == "hospital" and not self._phrase_before(bare, words.speaking - _ACCORDING):
            return ""
        for reach, written in enumerate(self._before(first, 3)):
            word = written if written in words.speaking else written.removeprefix("و")
            if self._forms_in(word, words.seat) and not (
                reach and place.kind in ("government", "university") and word in ("في", "in", "of")
            ):
                shot_at = word == "at" and any(
                    i in self._attack for i in range(max(0, first - 8), first)
                )
                if shot_at and not self._phrase_before(first - reach - 1, words.speaking, reach=2):
                    return ""
                if word in ("في", "من", "in", "of", "to", "by", "for", "from", "at") and (
                    self._phrase_before(first - reach - 1, words.speaking, reach=2)
                    or place.kind == "government"
                    or not any(i in self._attack for i in range(max(0, first - 8), first))
                ):
                    return "the institution, not its building"
                return ""
            if self._forms_in(word, words.speaking):
                return "the institution, not its building"
        if self._phrase_before(start, words.speaking):
            return "the institution, not its building"
        if self._phrase_after(last, words.speaking):
            return "the institution, not its building"
        if place.kind == "hospital":
            return ""
        if place.kind == "embassy" and self._sentence_attack[self._sentence_of[first]]:
            return "" if not self._is_subject(first) else "the institution, not its building"
        return "the institution, not its building"

    def _owes(self, before: Sequence[str]) -> bool:
        """«وإن على وزارة الداخلية إعلان النتائج», «من يعتدي على الوقف»."""
        if before[:1] != ["علي"]:
            return False
        return before[1:] in (["ان"], ["وان"]) or any(
            self._forms_in(word, self._words.done_to) for word in before[1:]
        )

    def _in_list_of_hits(self, first: int) -> bool:
        """«أصابت فندق الرشيد ووزارة النفط», "hit the Sheraton and the oil ministry"."""
        previous = self.findings_before(first)
        if previous is None or previous.level != "landmark" or first - previous.last > 2:
            return False
        between = [t.text for t in self._tokens[previous.last : first]]
        if self._lang == "ar":
            joined = not between and self._tokens[first].text.startswith("و")
        else:
            joined = between in (["and"], ["and", "the"], [",", "the"])
        start = max(0, previous.first - _LIST_REACH)
        return joined and any(i in self._attack for i in range(start, previous.first))

    def _spoke_before(self, last: int) -> bool:
        """«وكان جهاز مكافحة الإرهاب في الإقليم قد أعلن»: a verb of speech after «قد»."""
        after = [t.text for t in self._tokens[last : last + 6]]
        if self._lang != "ar":
            return False
        if after[:1] == ["في"] and any(word in self._words.speaking for word in after[2:4]):
            return True  # «السفارة الألمانية في بغداد أعلنت»
        if "قد" not in after[:-1]:
            return False
        return after[after.index("قد") + 1] in self._words.speaking

    def _is_subject(self, first: int) -> bool:
        """An English name that opens its sentence and is followed by an active verb."""
        return self._lang == "en" and len(self._before(first, 3)) <= 1

    def _seat_of_mission(self, first: int) -> bool:
        """ "services move to the Embassy in Baghdad": the mission is named, unless it is hit."""
        before = self._before(first, 3)
        if self._lang != "en" or before[:1] != ["in"] or _MISSIONS.isdisjoint(before[1:]):
            return False
        return before[1] in _MISSIONS and not self._sentence_attack[self._sentence_of[first]]

    def _metonym(self, match: _Match) -> bool:
        if self._headed(match):
            # «سلطات إقليم كردستان» names the territory
            return self._phrase_before(match.first, _GOVERNMENTS, reach=1)
        refused = self.findings.refused[-1:]
        before = match.first - (0 if "و" in match.prefix else 1)
        joined = "و" in match.prefix or self._tokens[before].text == "and"
        if joined and refused and refused[0].last == before and refused[0].why == _GOVERNMENT:
            return True  # «اختلفت بغداد وأربيل على»
        sentence = self._sentence_tokens[self._sentence_of[match.first]]
        return stands_for_government(
            self._tokens, match.first, match.last, match.prefix, sentence, self._lang
        )

    def _placed(self, match: _Match, before: Sequence[str]) -> bool:
        """Whether the surroundings make a bare ambiguous name a place."""
        first, last = match.first, match.last
        sentence = self._sentence_of[first]
        strong = self._sentence_attack[sentence] and not self._play
        if "ب" in match.prefix:
            return strong or not self._play
        opens = first == self._sentence_tokens[sentence][0] or (
            self._sentences[sentence].item and not any(w.isalpha() for w in before)
        )
        if (
            opens
            and last < len(self._tokens)
            and self._tokens[last].text in (":", "/", "-", "،", ",")
            and not (last + 1 < len(self._tokens) and self._tokens[last + 1].text in _APPOSITIONS)
        ):
            return True
        if self._lang == "en" and self._phrase_after(last, _QUARTERS):
            return True
        located = bool(before) and _locates(before[0], self._words.prepositions, match.prefix)
        if self._lang == "en" and before and before[0] in _ARTICLES and len(before) > 1:
            located = before[1] in self._words.prepositions
        if before[:1] == ["for"] and not _BOUND.isdisjoint(before[1:2]):
            return True  # "was heading for Taji"
        if located and "of" in before[:2] and not _FOLLOWERS.isdisjoint(before[1:]):
            return False  # "supporters of Sadr"
        known = any(p.id in self._accepted for p in match.known.places)
        if known and (located or (first - 1) in self._attack):
            return True
        if located and self._play:
            return before[0] in _REAL_PREPOSITIONS
        if located and (strong or self._other_place_near(first, last)):
            return True
        visited = bool(before) and self._forms_in(before[0], _VISITS)
        if (located or visited) and self._surely_located(match, before[0]):
            return True
        previous = self.findings_before(first)
        if before and before[0] == "(" and previous is not None and first - previous.last <= 1:
            return True
        conjoined = match.prefix.startswith("و") or (before and before[0] in ("and", "،", ","))
        if conjoined and previous is not None and first - previous.last <= 1:
            return first == previous.last or self._tokens[previous.last].text not in _STOPS
        return self._directed(last) or self._made_a_base(last)

    def _made_a_base(self, last: int) -> bool:
        """«رجّح الحسينية مكاناً للإطلاق», «أن البلديات كانت نقطة الإطلاق»."""
        after = [t.text for t in self._tokens[last : last + 2]]
        if after and after[0] == "مصدر":
            return after[-1] not in _SOURCED  # «الشعب مصدر السلطات»
        return bool(after) and (
            after[0] in _BASES or (after[0] in ("كانت", "هي") and after[-1] in _BASES)
        )

    def _surely_located(self, match: _Match, before: str) -> bool:
        """«نقل المخازن إلى جميلة», "around Hurriyah": no ordinary word would stand there."""
        if not is_arabic(before):
            return before in _REAL_PREPOSITIONS
        town = any(place.kind in _TOWNS for place in match.known.places)
        if town and self._bare_word(match.first)[:2] != "ال" and self._forms_in(before, _VISITS):
            return True  # «زار حديثة»
        came = before == "من" and self._before(match.first, 2)[1:]
        if came and not _ARRIVES.isdisjoint(_readings(came[0])):  # «وصل من المشتل مشياً»
            return self._bare_word(match.first) not in self._words.plain
        if self._forms_in(before, _PEOPLED):
            return True
        place = self._forms_in(before, _LOCATING)
        return place and self._bare_word(match.first) not in self._words.plain

    def _other_place_near(self, first: int, last: int) -> bool:
        """Whether a name that can only be a place stands elsewhere in the sentence."""
        sentence = self._sentence_of[first]
        if sentence not in self._certain:
            self._certain[sentence] = [
                match.first
                for match in self._names_in(sentence)
                if (
                    match.known.name.kind != "short"
                    and not any(place.common_word for place in match.known.places)
                )
                or (match.first and self._headed_by(match))
            ]
        return any(i < first or i >= last for i in self._certain[sentence])

    def _headed_by(self, match: _Match) -> bool:
        """«حي العامل»: a head word makes it a place."""
        head = _bare_head_of(self._tokens[match.first - 1].text, self._lang)
        return head is not None and head.text in _AREA_HEADS

    def _names_in(self, sentence: int) -> list[_Match]:
        """The names at every token of a sentence, whatever they mean there."""
        if sentence not in self._named:
            self._named[sentence] = [
                match
                for i in range(*self._sentence_tokens[sentence])
                if self._index.opens[self._lang](self._tokens[i].text)
                and (match := self._index.at(self._tokens, i, self._original)) is not None
            ]
        return self._named[sentence]

    def findings_before(self, first: int) -> FoundPlace | None:
        """The last accepted place that ends at or before a token."""
        return self._last_found if self._last_found and self._last_found.last <= first else None

    _last_found: FoundPlace | None = None

    def _directed(self, last: int) -> bool:
        """«المنصور غربي بغداد»: a direction or a containing place follows."""
        after = [t.text for t in self._tokens[last : last + 3]]
        directions = ("شرقي", "غربي", "شمالي", "جنوبي", "شمال", "جنوب", "شرق", "غرب", "وسط")
        return bool(after) and (
            any(f.text in directions for f in arabic_forms(after[0]))
            if is_arabic(after[0])
            else False
        )

    # ── names the gazetteer does not have ────────────────────────────────────────────────────

    def _derived(self, first: int, last: int, place: Place) -> FoundPlace | None:
        """«مرآب العلاوي»: a thing named after a known place, put there with its radius."""
        if place.level in ("city", "governorate") and place.radius_m > 12_000:
            return None
        name = self._original[self._tokens[first].start : self._tokens[last - 1].end]
        known = next(iter(self.gazetteer.lookup(name, limit=1)), None)
        if known is not None and known.score >= _SURE and known.place.id != place.id:
            return self._found(first, last, known.place, 0.92, f"in the gazetteer ({known.reason})")
        return self._found(
            first,
            last,
            None,
            0.7,
            f"not in the gazetteer; put at {place.name_en}, after which it is named",
            near=place,
        )

    def _opens_two(self, match: _Match) -> None:
        """Where the name itself begins with the head word of two: «فندقي شيراتون وفلسطين»."""
        if len(match.known.keys) > 1 and self._lang == "ar" and self._another_after(match.last):
            head = _dual_head_of(self._tokens[match.first].text)
            self._two = (match.last, head.text) if head is not None else self._two

    def _second_of_two(self) -> FoundPlace | None:
        """«فندقي شيراتون وفلسطين»: a second name that is none without its head word."""
        at, head = self._two
        if self._index.at(self._tokens, at, self._original) is not None:
            return None
        found = self._under_head(head, at, at, at + 1, "و")
        return found and found._replace(start=self._tokens[at].start + 1)

    def _under_head(
        self, head: str, head_first: int, first: int, last: int, prefix: str
    ) -> FoundPlace | None:
        """«جسري الصرافية والأعظمية»: each of them is looked up with the head word of both."""
        start = self._tokens[first].start + len(prefix)
        name = self._folded[start : self._tokens[last - 1].end]
        best = next(iter(self.gazetteer.lookup(f"{head} {name}", limit=1)), None)
        kinds = self.gazetteer.generic_words.get(head)
        if (
            best is None
            or best.score < _SURE
            or kinds is None
            or best.place.kind not in kinds.kinds
        ):
            return None
        why = f"in the gazetteer ({best.reason})"
        return self._found(head_first, last, best.place, 0.9, why)

    def _body_speaks(self, first: int, last: int) -> bool:
        """«أعلنت جامعة القادسية», «جامعة القادسية أجلت امتحاناتها»."""
        words = self._words
        return self._phrase_after(last, words.speaking) or self._phrase_before(
            first, words.speaking - words.seat, reach=2
        )

    def _unknown_at(self, i: int) -> FoundPlace | None:
        """A head word with a proper name that the gazetteer lacks."""
        if self._lang == "ar" or is_arabic(self._tokens[i].text):
            return self._unknown_arabic(i)
        return self._unknown_english(i)

    def _unknown_arabic(self, i: int) -> FoundPlace | None:
        words = self._words
        head = _head_of(self._tokens[i].text, self._lang) or self._land_named(i)
        if head is None or head.article or i + 1 >= len(self._tokens):
            return None
        if self._numbered(head, i):
            last = i + 2 + (self._tokens[i + 2].text in _METRES)
            return self._found(i, last, None, 0.5, "not in the gazetteer")
        if not self._same_sentence(i, i + 1) or not self._tokens[i + 1].is_word:
            return None
        first = i
        word = self._tokens[i + 1].text
        if word in words.foreign:
            return None  # «مدينة حلب»
        if self._index.at(self._tokens, i + 1, self._original) is not None:
            return None
        if word in words.heads and i + 2 < len(self._tokens):
            i += 1
            word = self._tokens[i + 1].text
        if self._index.at(self._tokens, i + 1, self._original) is not None:
            return None
        last = i + 2
        if self._compound_name(head.text, i + 1):
            last += 1
        elif not word.startswith("ال") and self._open_name(head.text, i + 1):
            while (
                last < len(self._tokens)
                and last - i < 4
                and self._tokens[last].text in ("سيتي", "سنتر", "شام", "مول")
            ):
                last += 1
        elif _speaks_of(word):
            return None  # «طريق يستخدمه المزارعون»
        elif not word.startswith("ال"):
            if last >= len(self._tokens) or not self._tokens[last].text.startswith("ال"):
                return None
            if (word[0] in "لب" and len(word) > 3) or any(
                f.text in words.prepositions or f.text in words.common_nouns
                for f in arabic_forms(word)
            ):
                return None
            if self._tokens[last].text in words.common_nouns:
                return None
            last += 1
        elif word in words.common_nouns:
            return None
        while (
            last < len(self._tokens)
            and last - i < 4
            and self._tokens[last].text.startswith("ال")
            and self._tokens[last].text not in words.common_nouns
            and self._tokens[last].text.endswith(("يه", "ي", "ري"))
            and self._same_sentence(last, first)
        ):
            last += 1
        if self._phrase_before(first, words.organisation, reach=1):
            return None
        if self._phrase_after(last, _EXCHANGE):
            return None  # «سوق العراق للأوراق المالية»
        if head.text in _BODIES and self._body_speaks(first, last):
            return None
        return self._looked_up(first, last)

    def _land_named(self, i: int) -> Form | None:
        """«من بساتين الحضرة», «في وادي ترجلة»: where the text says that something was there."""
        land = _land_of(self._tokens[i].text, self._lang)
        if land is None or not self._sentence_attack[self._sentence_of[i]]:
            return None
        before = self._before(i, 1)
        placed = land.prefix or (before and self._forms_in(before[0], self._words.prepositions))
        return land if placed else None

    def _numbered(self, head: Form, i: int) -> bool:
        """«حي 40 متري», «شارع ستين»: a number is the name."""
        if head.text not in _NUMBERED or i + 2 >= len(self._tokens):
            return False
        word = self._tokens[i + 1].text
        return self._same_sentence(i, i + 1) and (word.isdigit() or word in _ROUND_NUMBERS)

    def _compound_name(self, head: str, i: int) -> bool:
        """«منطقة ملا عمر», «قرية أبو حشمة»: a place called after a person or a clan."""
        return (
            (head in self._words.open_heads or head in self._words.land)
            and self._tokens[i].text in _NAME_OPENERS
            and i + 1 < len(self._tokens)
            and self._tokens[i + 1].is_word
            and self._same_sentence(i, i + 1)
        )

    def _open_name(self, head: str, i: int) -> bool:
        """«قرية سيدان القريبة», «منطقة حيطان غربي هيت»: a name without «ال»."""
        words = self._words
        word = self._tokens[i].text
        if head not in words.open_heads or len(word) < 3 or word.endswith(("ه", "ي", "ا", "ين")):
            return False
        if any(
            f.text in words.common_nouns or f.text in words.prepositions for f in arabic_forms(word)
        ):
            return False
        if word[0] in "لبوف" and len(word) < 5:
            return False
        after = self._tokens[i + 1].text if i + 1 < len(self._tokens) else "."
        if after in _UPON_IT:
            return False  # «قرية يسيطر عليها المسلحون»
        return (
            after in ("،", ".", "(", ":", "سيتي", "سنتر", "شام")
            or after.startswith(("القريب", "الواقع", "التابع", "المجاور"))
            or any(
                f.text in words.prepositions or f.text in words.heads for f in arabic_forms(after)
            )
        )

    def _unknown_english(self, i: int) -> FoundPlace | None:
        tokens = self._tokens
        if not self._capital(i) or tokens[i].text in _CALENDAR:
            return None
        if (
            i
            and self._capital(i - 1)
            and tokens[i].start - tokens[i - 1].end <= 1
            and (tokens[i - 1].text not in _OPENERS and tokens[i - 1].text not in _ARTICLES)
        ):
            return None  # the middle of a longer name
        last = i
        while (
            last < len(tokens)
            and last - i < 5
            and (self._capital(last) or tokens[last].text in _ARTICLES)
            and self._same_sentence(last, i)
            and (last == i or tokens[last].start - tokens[last - 1].end <= 1)
        ):
            last += 1
        while i < last and (tokens[i].text in _OPENERS or tokens[i].text in _ARTICLES):
            i += 1
        if i >= last or tokens[i].text in _DEMONYMS:
            return None
        tail, tails = self._tails_after(last)
        if not tails and self._announced(i - (i > 0 and tokens[i - 1].text in _ARTICLES)):
            if tokens[i].text in self._words.foreign:
                return None
            tail = last
        elif not tails:
            inner = next(
                (k for k in range(last - 1, i, -1) if tokens[k].text in self._words.heads), 0
            )
            if not inner:
                return None
            tail = last
        if any(self._index.at(tokens, k, self._original) for k in range(i, last)):
            return None
        if self._phrase_after(tail, self._words.after) or (
            tails and tails[-1] in ("ministry", "embassy", "consulate")
        ):
            return None
        return self._looked_up(i, tail)

    def _looked_up(self, first: int, last: int) -> FoundPlace:
        """The name under another spelling, if the gazetteer knows one; else unknown."""
        name = self._original[self._tokens[first].start : self._tokens[last - 1].end]
        best = next(iter(self.gazetteer.lookup(name, limit=1)), None)
        if best is not None and best.score >= _SURE:
            return self._found(first, last, best.place, 0.75, f"in the gazetteer ({best.reason})")
        return self._found(first, last, None, 0.5, "not in the gazetteer")

    def _capital(self, i: int) -> bool:
        char = self._original[self._tokens[i].start]
        return char.isupper() or (char.isdigit() and self._tokens[i].text.isdigit())

    # ── which one, and where ─────────────────────────────────────────────────────────────────

    def _found(
        self,
        first: int,
        last: int,
        place: Place | None,
        confidence: float,
        why: str,
        near: Place | None = None,
        *,
        bare: bool = False,
    ) -> FoundPlace:
        start = self._tokens[first].start
        text = self._tokens[first].text
        if is_arabic(text):
            start += _prefix_length(text, self._words.heads, self._index)
        end = self._tokens[last - 1].end
        if self._tokens[last - 1].text.endswith("'s"):
            end -= 2
        found = FoundPlace(first, last, start, end, place, round(confidence, 2), why, near, bare)
        self._last_found = found
        if place is not None:
            self._accepted.add(place.id)
            for region in (place, *self.gazetteer.parents(place)):
                if region.level in ("city", "governorate"):
                    self._regions[region.id] += 1
        return found

    def _refuse(self, first: int, last: int, why: str) -> Refused:
        return Refused(first, last, self._tokens[first].start, self._tokens[last - 1].end, why)

    def _choose(self, places: Sequence[Place], match: _Match) -> Place:
        """Among namesakes: the one in a place that the article names nearby, else the likeliest."""
        if len(places) == 1:
            return places[0]
        context = {
            other.known.places[0].id
            for other in self._names_in(self._sentence_of[match.first])
            if len(other.known.places) == 1
            and other.known.name.kind != "short"
            and not match.first <= other.first < match.last
        }

        def rank(place: Place) -> tuple[int, int, int, int, int]:
            parents = {p.id for p in self.gazetteer.parents(place)}
            named = len(parents & context)
            around = sum(self._regions[region] for region in parents)
            local = self.gazetteer.is_within(place, "baghdad-governorate")
            sure = {"high": 2, "medium": 1, "low": 0}[place.confidence]
            return (named, around, local, sure, place.radius_m)

        return max(places, key=rank)

    def _resolve(self, found: list[FoundPlace]) -> list[FoundPlace]:
        """Give unknown names the position of the area they are said to lie in."""
        resolved: list[FoundPlace] = []
        areas: dict[str, Place] = {}  # a name lies where it lay when it was first told
        for i, item in enumerate(found):
            if item.place is None and item.near is None:
                name = self._folded[item.start : item.end]
                area = areas.get(name) or self._area_of(item, found[i + 1 :], resolved)
                if area is not None:
                    areas[name] = area
                    item = FoundPlace(
                        item.first,
                        item.last,
                        item.start,
                        item.end,
                        None,
                        0.6,
                        f"not in the gazetteer; put in {area.name_en}, where the text has it",
                        area,
                    )
            resolved.append(item)
        return resolved

    def _area_of(
        self, item: FoundPlace, later: Sequence[FoundPlace], earlier: Sequence[FoundPlace]
    ) -> Place | None:
        for other in later:
            if not self._same_sentence(other.first, item.first) or other.first - item.last > 6:
                break
            located = self._before(other.first, 1)[0] in _LIES_AT
            if other.place is not None and located and other.place.level in _SPOTS:
                return other.place  # «مقر … في شارع فلسطين»
            if other.place is not None and other.place.level in _AREAS:
                return other.place if other.place.radius_m <= 12_000 else None
        for other in reversed(earlier):
            if self._sentence_of[item.first] - self._sentence_of[other.first] > 1:
                break
            if other.place is None:
                continue
            lies_in = (other.place, *self.gazetteer.parents(other.place))
            for area in lies_in[:3]:
                if area.level in ("neighbourhood", "district", "city") and area.id != "baghdad":
                    return area if area.radius_m <= _WIDEST_AREA_M else None
        return None


_EN_PREFIXES = frozenset("hay hayy camp fob".split())
_CALENDAR = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april "
    "may june "
    "july august september october november december".split()
)
_OPENERS = frozenset(
    "the a an two three four five six seven eight nine ten one in on at no".split()
)


_BUILT = frozenset(
    "مراب كراج بوابه بنايه محطه اكاديميه مدرسه سيطره نفق مفرق سطح ملعب مول garage gate "
    "station institute school flats apartments gas-station".split()
)
_PARTS_OF = frozenset("حديقه حدايق باحه مراب كراج بوابه مدخل سطح سياج موقف".split())
# who runs a place: «إدارة مطار بغداد» announces, while «مدير فندق فلسطين» only names it
_OFFICES = frozenset("اداره هيئه شركه سلطه بلديه شرطه صحه تربيه نادي فريق مجلس".split())
_DETERMINERS = frozenset("the a an old former new".split())
_ACCORDING = frozenset("بحسب وفق حسب".split())
_MISSIONS = frozenset("embassy consulate general mission".split())
_UPON_IT = frozenset("عليها عليه فيها فيه بها به منها منه لها له".split())
_BODIES = frozenset("جامعه كليه مستشفي اكاديميه مدرسه مركز".split())
_SETTLED = frozenset(
    "village villages town township hamlet city district subdistrict neighbourhood neighborhood "
    "suburb quarter settlement".split()
)
_TOWARDS = frozenset("in near from outside".split())
_EXCHANGE = frozenset(("للاوراق", "للاوراق الماليه"))
_SPOKESMEN = frozenset(("ناطق باسم", "الناطق باسم", "متحدث باسم", "المتحدث باسم"))
_BUILDINGS = frozenset(("building", "compound", "complex", "grounds", "gate"))
_WEAK_SEATS = frozenset("في من الي علي كان وسط ضمن بين in of to by at on for from".split())
_AREA_HEADS = frozenset("قضاء ناحيه مدينه بلده منطقه حي محافظه district town city".split())
_ITSELF = frozenset("نفسه نفسها ذاته ذاتها المذكور المذكوره".split())
_QUOTES = frozenset('« " “ ”'.split())
_SHEIKHS = frozenset("الشيخ شيخ السيد سيد الحاج حاج sheikh shaikh sayyid".split())
# what may stand between a person's role and a place: «النائب عن البصرة»
_BETWEEN = frozenset(
    "عن مع ان قد كان لم لن لا ما هو هي امس اليوم غداه ظهر مساء صباح فجر عصر زار تفقد غادر دخل وصل "
    "ترك سكن يسكن تسكن يقطن تقطن".split()
)
_OUTLETS = frozenset("today news times post tv fm media press radio herald".split())
_STOPS = frozenset("؛ ; . : - !".split())
_BOUND = frozenset("bound headed heading leaving left leave making departing destined".split())
_APPOSITIONS = frozenset("the a an who whose himself herself".split())
_FOLLOWERS = frozenset(
    "supporters followers loyalists supporter follower aide aides ally allies son brother wife "
    "portrait portraits picture pictures poster posters office house home arrest speech statement "
    "remarks militia party bloc movement loyal critics critic rival rivals death".split()
)
# adjectives that a quarter takes too: «الدورة الشرقية»
_OF_QUARTERS = frozenset(
    "الشرقي الشرقيه الغربي الغربيه الشمالي الشماليه الجنوبي الجنوبيه السكني السكنيه الشعبيه "
    "الراقيه الشيعيه السنيه الصناعيه الخلفي الخلفيه".split()
)
_SOURCED = frozenset("السلطات السلطه الشرعيه القوه قوتنا الهام".split())
_KUNYA = frozenset("ابو ابي ام".split())
_NAME_OPENERS = frozenset("ابو ام البو بني بنت ملا شيخ حاج سيد عبد علي كرد تل خان عين".split())
_NUMBERED = frozenset("شارع حي".split())
_ROUND_NUMBERS = frozenset("عشرين ثلاثين اربعين خمسين ستين سبعين ثمانين تسعين مئه مائه".split())
_METRES = frozenset("متري متر م".split())
_GOVERNMENT = "the government, not the place"
_ARRIVES = frozenset("وصل وصلت قدم قدمت عاد عادت خرج خرجت نقل نقلت".split())
_TOWNS = frozenset(("city", "town"))
_VISITS = frozenset(
    "زار زارت يزور تزور زياره تفقد تفقدت غادر غادرت دخل دخلت بلغ بلغت اقتحم اقتحمت حاصر حاصرت طوق "
    "طوقت حرر حررت استعاد استعادت مشط مشطت داهم داهمت هاجم هاجمت قصف قصفت تحرير".split()
)
_BASES = frozenset("مكانا موقعا منطلقا نقطه مكان موقع مصدر".split())
_CALLS = frozenset("دعا دعت يدعو تدعو داعيا داعيه دعوه الدعوه سعي يسعي حاجه الحاجه توق".split())
_GOVERNMENTS = frozenset("حكومه برلمان رئاسه رئيس".split())
_COURTS = frozenset("محكمه مديريه قياده رئاسه قائد مدير نقابه غرفه لجنه مجلس دائره".split())
_REAL_PREPOSITIONS = frozenset(
    "in at near to from on around outside inside across towards toward through between off "
    "في من الي قرب علي".split()
)
_LOCATING = frozenset(
    "في الي قرب شرقي غربي شمالي جنوبي شرق غرب شمال جنوب وسط داخل اطراف محيط ضواحي سكان اهالي "
    "احياء شوارع مداخل مدخل جهه نحو صوب باتجاه بساتين مزارع خارج حتي".split()
)
# what stands before a place that is named shortly: "landed inside Victory"
_HITS = frozenset("hit struck targeted".split())
_SHORT_AFTER = _HITS | frozenset(
    "at inside outside near into onto beside behind towards toward opposite around and of "
    "from".split()
)
# nothing but a place has them: «أهالي الدورة»
_PEOPLED = frozenset("سكان اهالي احياء شوارع مداخل مدخل ضواحي ازقه قاطني".split())
_QUARTERS = frozenset(("quarter", "suburb", "suburbs", "region"))  # after a name, not part of it
_GIVEN_NAMES = frozenset(
    "jihad ali hassan hussein ahmed mohammed muhammad karim kareem jassim salman saleh abbas "
    "hamid hameed khalid khaled nasser jabbar sattar majid mahdi yousif omar othman".split()
)
_DEMONYMS = frozenset(
    "iraqi iraqis us american iranian sunni shiite shi'ite shia christian british coalition "
    "un turkish french anglican catholic chaldean orthodox syriac armenian protestant "
    "kurdish kurdistan international italian german russian chinese iraq united arab palestinian "
    "minister ministry interior prime their his its new old this that".split()
)


def _speaks_of(word: str) -> bool:
    """«يسلكه», «تستخدمها»: a verb that says something about the noun before it."""
    return len(word) > 4 and word[0] in "يت" and word.endswith(("ه", "ها")) and word[-2:] != "يه"


def _prefix_length(text: str, heads: frozenset[str], index: PlaceIndex) -> int:
    """How many letters written onto the first word are no part of the name; «لل» is."""
    for form in arabic_forms(text):
        if form.suffix or form.article:
            continue
        if form.text in heads or _arabic_key(form.text) in index._first:
            return 0 if "لل" in text[: len(form.prefix) + 1] else len(form.prefix)
    return 0


def distance_km(a: Place, b: Place) -> float:
    """A quick distance in km, good to a percent at city scale; for choosing, not for output."""
    shrink = math.cos(math.radians((a.lat + b.lat) / 2))
    return 111.2 * math.hypot(a.lat - b.lat, (a.lon - b.lon) * shrink)


def rank(level: Level | None) -> int:
    """How wide a level is: 0 landmark … 6 country; unknown counts as a landmark."""
    return 0 if level is None else _RANK[level]
