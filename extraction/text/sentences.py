"""Folded text → sentences and list items, as half-open spans into the folded text."""

from __future__ import annotations

import re
from typing import NamedTuple

_ABBREVIATIONS = frozenset(
    "u.s u.k u.n p.m a.m mr mrs ms dr gen col lt maj capt sgt brig st no vs jan feb mar apr jun "
    "jul aug "
    "sept sep oct nov dec mon tue tues wed thu thur thurs fri sat sun fla i.e e.g approx inc "
    "ltd rep sen gov "
    "km al d".split()
)
# "at 9 p.m. Baghdad time", "at 9 p.m. Friday": the time goes on, though a capital follows.
_MORE_TIME = re.compile(
    r"(?:baghdad|iraqi?|local|gmt|utc|ea?st|on|(?:mon|tues|wednes|thurs|fri|satur|sun)day|"
    r"(?:jan|feb|march|apr|may|june|july|aug|sept|oct|nov|dec)[a-z]*)\b",
    re.IGNORECASE,
)
_LONGEST = 1_500  # characters
_WIDEST_INDENT = 40  # characters
_END = re.compile(r"[.!?؟…]+[\"'»”)\]]*(?=\s|$)")
_FULL_STOP = re.compile(r"\.+[\"'»”)\]]*(?=\s|$)")  # soon found
_LAST_WORD = re.compile(r"[^ \"'(«“-]*$")
_BULLET = re.compile(
    r"\s*(?:[-–—•·*»\u2190-\u21ff\u25a0-\u2bff\U0001f000-\U0001faff]+\ufe0f?|\(?\d{1,2}\s?[.):\-](?!\d)|\d\ufe0f?\u20e3|[٠-٩]{1,2}\s?[.)]|"
    r"(?:اولا|ثانيا|ثالثا|رابعا|خامسا|سادسا|سابعا)\s*:|"
    r"\d{1,2}\.\d{1,2}\s|"
    r"\d{1,2}\s+(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
    r"(?:[^:.\n]{0,16}:|[^.\n]{0,24}?\s[-–—]\s)|"
    r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?\s\d{1,2}(?:,\s\d{4})?"
    r"(?:,[^.\n]{0,16})?\s?(?::|[-–—])\s|"
    r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,?\s+\d{1,2}\s+[a-z]{3,9}(?:[^:.\n]|\.m(?=\.)){0,36}(?::|\s[-–—]\s|\.(?=\s)))\s*"
)
# «BAGHDAD - Four mortar bombs hit …»: so many lines that open like this make a list.
_DATELINE = re.compile(r"\s*[*•]?\s*[a-z][a-z' ]{2,24}\s[-–—]\s\S")
_LIST = 3


class Sentence(NamedTuple):
    """``line`` counts the lines of the article; ``item`` marks one line of a list."""

    start: int
    end: int
    line: int
    item: bool = False


def split_sentences(folded: str, letters: str | None = None) -> list[Sentence]:
    """Sentences in order. Cost is linear in the length of the text.

    ``letters``: the same text with its capitals, which tell whether "p.m." ends a sentence.
    """
    found: list[Sentence] = []
    position = 0
    lines = folded.split("\n")
    datelines = [i for i, line in enumerate(lines) if _DATELINE.match(line)]
    listed = frozenset(datelines if len(datelines) >= _LIST else ())
    for number, line in enumerate(lines):
        item = number in listed or bool(_BULLET.match(line))
        start = 0
        written = line if letters is None else letters[position : position + len(line)]
        ends = _END if any(mark in line for mark in "!?؟…") else _FULL_STOP
        for mark in ends.finditer(line):
            if mark.group()[0] == "." and _is_abbreviation(line, written, mark):
                continue
            _add(found, line, start, mark.end(), position, number, item)
            start = mark.end()
        _add(found, line, start, len(line), position, number, item)
        position += len(line) + 1
    return found


def _is_abbreviation(line: str, written: str, mark: re.Match[str]) -> bool:
    """Whether the full stop belongs to the word before it and the sentence goes on."""
    reach = line[max(0, mark.start() - 12) : mark.start()]
    word = _LAST_WORD.findall(reach)[0]
    if not word:
        return False
    if word.isdigit():
        return len(word) <= 2 and _opens(line, mark.start() - len(word))
    if word in ("p.m", "a.m", "fla"):
        after = written[mark.end() : mark.end() + 12].lstrip()
        if not after or after[0] in "\"'":
            return False
        return not after[0].isupper() or _MORE_TIME.match(after) is not None
    return word in _ABBREVIATIONS or (len(word) == 1 and word.isascii())


def _opens(line: str, position: int) -> bool:
    """Whether nothing but a little space stands before a position of the line."""
    return position <= _WIDEST_INDENT and not line[:position].strip()


def _add(
    found: list[Sentence], line: str, start: int, end: int, offset: int, number: int, item: bool
) -> None:
    while end - start > _LONGEST:  # no one writes such a sentence; what is read stays bounded
        cut = line.rfind(" ", start + 1, start + _LONGEST)
        cut = cut if cut > 0 else start + _LONGEST
        _put(found, line[start:cut], offset + start, number, item)
        start = cut
    _put(found, line[start:end], offset + start, number, item)


def _put(found: list[Sentence], piece: str, start: int, number: int, item: bool) -> None:
    stripped = piece.strip()
    if stripped:
        first = start + piece.index(stripped[0])
        found.append(Sentence(first, first + len(stripped), number, item))
