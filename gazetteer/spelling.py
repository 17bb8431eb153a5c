"""Keys under which different spellings of one name meet.

``analyse`` takes a folded name apart: the words that carry it, its numbers, and the generic
words (حي, Street) around them. ``arabic_key`` and ``english_sound`` then reduce the words to
what survives sloppy typing and the many ways of writing Arabic in Latin letters.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import product

from rapidfuzz.distance import OSA

from gazetteer.place import Lang
from gazetteer.store import GenericWord, Words

_TOKEN = re.compile(r"[^\W_]+(?:['\-.][^\W_]+)*'?")
_BRACKETS = re.compile(r"\s*\([^)]*\)")


@dataclass(frozen=True, slots=True)
class Analysis:
    """A folded name taken apart. ``numbers`` are sorted, ordinals written as digits."""

    words: tuple[str, ...]
    numbers: tuple[str, ...]
    generic: tuple[GenericWord, ...]

    @property
    def kinds(self) -> frozenset[str] | None:
        """The kinds that all its generic words allow; None where there is none."""
        if not self.generic:
            return None
        return frozenset.intersection(*(word.kinds for word in self.generic))


def without_brackets(text: str) -> str:
    """'Asia (Dora)' → 'Asia': what stands in brackets only tells namesakes apart."""
    return _BRACKETS.sub("", text).strip()


def analyse(folded: str, words: Words, kind: str | None = None) -> Analysis:
    """Take a folded name apart.

    With ``kind`` (the kind of the place the name belongs to) only generic words that suit it
    are taken off: the مدينة of مدينة الطب, a hospital, is part of the name.
    """
    found = _TOKEN.findall(folded)
    tokens = [t for t in found[:-1] if t not in words.fillers] + found[-1:]
    generic: list[GenericWord] = []

    def generic_at(start: int, stop: int) -> GenericWord | None:
        word = words.generic.get(" ".join(tokens[start:stop]))
        return word if word and (kind is None or kind in word.kinds) else None

    def take() -> bool:
        for length in (2, 1):
            if len(tokens) <= length:
                continue
            for start in (0, len(tokens) - length):
                if word := generic_at(start, start + length):
                    generic.append(word)
                    del tokens[start : start + length]
                    return True
        return False

    taken: list[list[str]] = []
    before = list(tokens)
    while take():
        taken.append(before)
        before = list(tokens)
    plain, numbers = _split_numbers(tokens, words)
    while not plain and taken:
        # A bare number names nothing: "محلة 733", "Street 60" keep their generic word.
        tokens = taken.pop()
        generic.pop()
        plain, numbers = _split_numbers(tokens, words)
    if not plain:
        # "Rabia" is a town before it is the word for fourth.
        plain, numbers = tokens, []
    return Analysis(
        tuple(t for t in plain if t not in words.articles) or tuple(plain),
        tuple(sorted(numbers)),
        tuple(generic),
    )


def _split_numbers(tokens: list[str], words: Words) -> tuple[list[str], list[str]]:
    plain = []
    numbers = []
    for token in tokens:
        number = token if token.isdigit() else words.ordinals.get(token)
        if number:
            numbers.append(number)
        else:
            plain.append(token)
    return plain, numbers


# ── Arabic ───────────────────────────────────────────────────────────────────────────────────

# Confused all the time in Iraqi text: a dropped hamza, the two emphatic d's, Persian letters.
_ARABIC_LOOSE = str.maketrans(
    {"ء": "", "ؤ": "و", "ئ": "ي", "ض": "ظ", "چ": "ج", "گ": "ك", "پ": "ب", "ڤ": "ف", "'": ""}
)
_ARABIC_WORDS = {"ابي": "ابو", "ابا": "ابو", "بن": "ابن"}


def arabic_loose(folded: str) -> str:
    """A folded Arabic name without the letters that are dropped or confused most."""
    return folded.translate(_ARABIC_LOOSE)


def arabic_words(analysis: Analysis) -> tuple[str, ...]:
    """The words without their articles, loosely spelled."""
    loose = (arabic_loose(_ARABIC_WORDS.get(word, word)) for word in analysis.words)
    return tuple(w[2:] if w.startswith("ال") and len(w) > 3 else w for w in loose)


def arabic_key(analysis: Analysis) -> str:
    """Those words run together: "باب المعظم" → "بابمعظم"."""
    return "".join(arabic_words(analysis))


# ── English ──────────────────────────────────────────────────────────────────────────────────

# Applied in order to lower-case Latin; capitals in the results stand for one sound each:
# X kh, S sh, G gh, C ch, and D (dh), T (th), Q (q), which are each written in two ways.
_SOUND_RULES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"['\-.]", ""),
        (r"(?:ee?|i|a|e?y)?yy?[ae]h?$|i(?:yy?)?[ae]h?$|ie[h]?$", "Y"),  # -iya -iyah -iyya -ia
        (r"tch|tsh|ch", "C"),
        (r"kh", "X"),
        (r"sh", "S"),
        (r"gh", "G"),
        (r"dh", "D"),
        (r"^th", "t"),  # in front it is ث; behind, it may be ظ as well
        (r"th", "T"),
        (r"ph", "f"),
        (r"ck|c", "k"),
        (r"q", "Q"),
        (r"v", "f"),
        (r"p", "b"),
        (r"(.)\1+", r"\1"),
        (r"(?<=[^aeiouy])eh?$|(?<=a)h$", "a"),  # -a -ah -eh
        (r"(?:aw|au|ou|ow|oo|uo|o|u)(?![aeiouy]|w)", "u"),
        (r"(?:ay|ai|ey|ei|ie|ee|y)(?![aeiou])", "i"),
        (r"e", "i"),
        (r"o", "u"),
        (r"([aiu])\1+", r"\1"),
    )
)
_EITHER = {"D": "dz", "T": "tz", "Q": "kg", "G": "g"}
_ENGLISH_WORDS = {"bin": "ibn", "bn": "ibn", "abi": "abu", "abo": "abu", "boo": "bu", "bo": "bu"}
_CONSONANT = re.compile(r"[^aiu]")
_INNER_VOWELS = re.compile(r"(?<!^)[aiu](?!$)")


def english_sound(words: tuple[str, ...]) -> frozenset[str]:
    """How the words sound, however they were spelled: Karradah, Karada → {'karada'}.

    More than one where a spelling has two readings: dh is ذ or ض, q is also said g.
    """
    sounds = []
    for word in words:
        sound = _ENGLISH_WORDS.get(word, word)
        for pattern, replacement in _SOUND_RULES:
            sound = pattern.sub(replacement, sound)
        sounds.append(sound)
    options = [_EITHER.get(char, char) for char in "".join(sounds)]
    if sum(len(option) > 1 for option in options) > 5:
        options = [option[0] for option in options]
    return frozenset("".join(chars) for chars in product(*options))


def skeleton(sound: str) -> str:
    """A sound without its inner vowels, which are guessed most freely: Sulaikh, Sleikh → slX."""
    return _INNER_VOWELS.sub("", sound)


def sounds_alike(sound: str, other: str) -> bool:
    """Whether two sounds of one skeleton differ by vowels that are often left out or confused.

    Sulaikh, Sleikh; Takrit, Tikrit. But Sharja is not Shurja, and short names must agree.
    """
    consonants = len(_CONSONANT.findall(sound))
    if consonants < 3:
        return False
    apart = [
        {one, two}
        for one, two in zip(_CONSONANT.split(sound), _CONSONANT.split(other), strict=True)
        if one != two
    ]
    length = min(len(sound), len(other))
    return len(apart) <= (1 if consonants == 3 else 2) and all(
        "" in pair or (length >= 6 and "i" in pair) or (length >= 7 and len(apart) == 1)
        for pair in apart
    )


# ── slips of the pen ─────────────────────────────────────────────────────────────────────────

# Letters of one shape, told apart by dots.
_SHAPES = {
    letter: shape
    for shape in ("بتثني", "جحخ", "دذ", "رز", "سش", "صض", "طظ", "عغ", "فق", "كل", "هة")
    for letter in shape
}


def one_slip(words: tuple[str, ...], others: tuple[str, ...], lang: Lang) -> bool:
    """Whether exactly one word differs, by one letter too many, too few, swapped or look-alike.

    Short words must agree, and so must first letters: الصناعة is no misspelled الزراعة, and
    Ankara no misspelled Ankawa. Latin letters write the vowels too, so they must be more.
    """
    if len(words) != len(others):
        return False
    apart = [(one, two) for one, two in zip(words, others, strict=True) if one != two]
    if len(apart) != 1:
        return False
    ((one, two),) = apart
    if min(len(one), len(two)) < (6 if lang == "ar" else 7) or one[0] != two[0]:
        return False
    if OSA.distance(one, two, score_cutoff=1) != 1:
        return False
    changed = [(a, b) for a, b in zip(one, two, strict=False) if a != b]
    swapped = len(one) == len(two) and len(changed) == 2
    if len(one) != len(two) or swapped:
        return True
    ((a, b),) = changed
    return lang == "ar" and _SHAPES.get(a, a) == _SHAPES.get(b, b)


def lang_of(folded: str) -> Lang:
    """The language whose letters the name is written in."""
    return "ar" if re.search(r"[\u0621-\u06d3]", folded) else "en"
