"""Numbers in folded text: digits and words, what they count, and what merely looks like one.

``find_numbers`` returns every figure with its kind. Only some kinds count things
(``Number.counts``); years, clock times, calibres, money and the like are returned too, with
their kind, so that a caller can tell that the figure is taken.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal, NamedTuple

from extraction.text.marks import mark
from extraction.text.phrases import (
    Endings,
    Lang,
    Match,
    Phrases,
    Words,
    entries,
    read_table,
    words_of,
)

Bound = Literal["at_least", "more_than", "at_most"]
Kind = Literal[
    "cardinal",
    "one_of",
    "another",
    "both",
    "vague",
    "ordinal",
    "list",
    "measure",
    "percent",
    "money",
    "year",
    "time",
    "date",
    "day",
    "label",
    "code",
    "fraction",
]

_COUNTING: Final[frozenset[str]] = frozenset({"cardinal", "one_of", "another", "both", "vague"})


class Number(NamedTuple):
    """A figure at ``[start, end)`` of the folded text.

    ``value`` is None where the text says no figure ("dozens"); ``low`` and ``high`` are set for
    ranges and ``value`` is then the low end. ``lead`` is where the words that qualify the figure
    ("at least about") begin; it equals ``start`` when there are none. ``unit`` is set for
    measures: km, mm, %, $, hour, day, year …
    """

    start: int
    end: int
    value: int | None
    low: int | None = None
    high: int | None = None
    approx: bool = False
    bound: Bound | None = None
    ordinal: bool = False
    kind: Kind = "cardinal"
    another: bool = False
    unit: str | None = None
    definite: bool = False
    lead: int = 0

    @property
    def counts(self) -> bool:
        """Whether the figure counts things (as against a year, a calibre, an ordinal)."""
        return self.kind in _COUNTING


# A figure with points or commas between groups of three digits.
_GROUPED: Final = re.compile(r"[1-9][0-9]{0,2}(?:[.,٬،][0-9]{3})+")
_DECIMAL: Final = re.compile(r"[0-9]+[.,٫][0-9]+")
_CLOCK: Final = re.compile(r"[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?")
_SEPARATORS: Final = re.compile("[.,٬،]")
_LARGEST: Final = 10**12
_LONGEST: Final = 6  # digits without separators; longer ones are telephone or serial numbers
_ATTACHED: Final = frozenset(
    ("و", "ف", "ب", "ل", "ك", "وب", "ول", "فب", "ال", "وال", "بال", "لل", "كال", "فال", "وبال")
)
_MONEY: Final = frozenset(("$", "IQD", "EUR", "GBP"))
_SCALES: Final = frozenset((100, 1000, 10**6, 10**9))
_SPELLED: Final[dict[str, tuple[int | None, Kind]]] = {
    "vague": (None, "vague"),
    "both": (2, "both"),
    "one_of_them": (1, "one_of"),
    "others": (None, "vague"),
}
_OTHERS_WITHIN: Final = 3  # words between a number and its "others"
_NOBODY_WITHIN: Final = 3  # words between a negation and the "anyone" it denies
_RISE_WITHIN: Final = 8  # words between "rose" and the two figures


@dataclass(frozen=True, slots=True)
class _Lexicon:
    arabic: bool
    heads: Phrases
    before_ten: Phrases
    multipliers: dict[str, int]
    half: Endings
    before: Endings
    after: Phrases
    units_after: Phrases
    units_before: Endings
    another_before: frozenset[str]
    others_stop: frozenset[str]
    to: frozenset[str]
    rise: frozenset[str]
    nobody: frozenset[str]
    definite_unsure: frozenset[str]
    calibre_after: frozenset[str]
    calibres: frozenset[int]
    months: Phrases
    not_month: frozenset[str]


@cache
def _lexicon(lang: Lang) -> _Lexicon:
    table = read_table(lang, "numbers")
    arabic = lang == "ar"

    def words(section: str, key: str) -> frozenset[str]:
        return frozenset(word for phrase in table[section][key] for word in words_of(phrase))

    heads = Phrases()
    for phrase in table["not_numbers"]["phrases"]:
        heads.add(phrase, "skip")
    for key, phrase in entries(table["kinds"]):
        heads.add(phrase, key)
    for tag in ("ordinal", "cardinal", "ordinals_before_ten"):
        for key, phrase in entries(table[tag if tag.endswith("ten") else f"{tag}s"]):
            heads.add(phrase, tag, int(key))
    for tag in ("multiples", "before_ten", "list"):
        for key, phrase in entries(table[tag]):
            heads.add(phrase, tag.removesuffix("s"), int(key))
    for phrase in table["another"]["one"]:
        heads.add(phrase, "another")
    for phrase in table["another"]["others"]:
        heads.add(phrase, "others")

    before_ten = Phrases()
    for key, phrase in entries(table["before_ten"]):
        before_ten.add(phrase, "before_ten", int(key))

    multipliers = {
        word: int(key)
        for section in ("cardinals", "multiples")
        for key, phrase in entries(table[section])
        if section == "multiples" or int(key) in _SCALES
        for word in words_of(phrase)
    }

    before, half, units_before = Endings(), Endings(), Endings()
    for key, phrase in entries(table["before"]):
        before.add(phrase, key, particles=arabic)
    for phrase in table["another"].get("before", ()):
        before.add(phrase, "another")
    for phrase in table["range"]["between"]:
        before.add(phrase, "between", particles=arabic)
    for phrase in table["half"]["before"]:
        half.add(phrase, "half", particles=arabic)
    for key, phrase in entries(table["units_before"]):
        units_before.add(phrase, key, particles=arabic)

    after, units_after, months = Phrases(), Phrases(), Phrases()
    for key, phrase in entries(table["after"]):
        after.add(phrase, key)
    for phrase in table["another"]["after"]:
        after.add(phrase, "another")
    for key, phrase in entries(table["units_after"]):
        units_after.add(phrase, key)
    dates = read_table(lang, "dates")
    for section in ("months", "months_unsure", "months_short"):
        for _, phrase in entries(dates[section]):
            months.add(phrase, "month_unsure" if section == "months_unsure" else "month")

    return _Lexicon(
        arabic=arabic,
        heads=heads.close(particles=arabic, article=arabic),
        before_ten=before_ten.close(particles=arabic, article=arabic),
        multipliers=multipliers,
        half=half,
        before=before,
        after=after.close(),
        units_after=units_after.close(),
        units_before=units_before,
        another_before=words("another", "another_before"),
        others_stop=words("another", "stop"),
        to=words("range", "to"),
        rise=words("range", "rise"),
        nobody=words("nobody", "words"),
        definite_unsure=words("definite_unsure", "words"),
        calibre_after=words("calibres", "after"),
        calibres=frozenset(table["calibres"]["mm"]),
        months=months.close(),
        not_month=frozenset(dates["months_unsure_not_before"]["words"]),
    )


def _opens(word: str, lang: Lang) -> bool:
    """Whether a number may begin with a word."""
    return word in _lexicon(lang).heads.heads


_OPENS: Final = mark(_opens)


@dataclass(slots=True)
class Figure:
    """A figure as read from its own words, before its surroundings are looked at."""

    first: int  # first word, and one past the last
    stop: int
    start: int  # offset, after an Arabic particle
    value: int | None
    kind: Kind
    high: int | None = None  # the other end of "5-7"
    exact: float | None = None  # a decimal, kept for "2.5 million"
    definite: bool = False
    joined: bool = False  # written onto a conjunction: و
    others: bool = False  # "others" whose number is not said


def find_numbers(folded: str, lang: Lang, *, words: Words | None = None) -> list[Number]:
    """Every number in ``folded``, in order and without overlaps. Never raises.

    ``words`` may be given by a caller that has cut the text already.
    """
    reader = NumberReader(words or Words(folded, lang), lang)
    found: list[Number] = []
    free = 0  # the first word that no number has taken yet
    for i in reader.text.figures_and(_OPENS):  # where one can begin
        if i < free or i == reader.spent:
            continue
        figure, free = reader.figure(i)
        if figure is not None:
            number, free = reader.in_context(figure)
            if found and number.lead < found[-1].end:
                number = number._replace(lead=number.start)  # "another" led the one before
            found.append(number)
    return found


class NumberReader:
    """Reads the numbers of one text."""

    __slots__ = ("lex", "spent", "text", "words")

    def __init__(self, text: Words, lang: Lang) -> None:
        self.lex = _lexicon(lang)
        self.text = text
        self.words = text.words
        self.spent = -1  # an "others" that belongs to the number before it

    # -- the figure itself -------------------------------------------------------------------

    def figure(self, i: int) -> tuple[Figure | None, int]:
        """The figure that begins at word ``i``, or None, and the word to go on with."""
        if i >= len(self.words):
            return None, i + 1
        figure, stop = self._digits(i) if "0" <= self.words[i] < ":" else self._spelled(i)
        return figure, figure.stop if figure else stop

    def _digits(self, i: int) -> tuple[Figure, int]:
        word, words, text = self.words[i], self.words, self.text
        figure = Figure(i, i + 1, text.starts[i], None, "code")
        if text.touches(i):
            before = words[i - 1]
            if before in _ATTACHED:
                figure.joined = before[0] == "و"
                figure.definite = before.endswith("ل") and len(before) > 1
            elif before[0].isalpha() or (
                before == "-" and text.touches(i - 1) and words[i - 2][0].isalpha()
            ):
                return figure, i + 1
        _read_digits(word, figure)
        if text.touches(i + 1):
            suffix = words[i + 1]
            if suffix in ("st", "nd", "rd", "th"):
                if figure.value is not None:
                    figure.kind = "ordinal"
                figure.stop += 1
                return figure, figure.stop
            if suffix == "s" and figure.kind == "year":
                figure.stop += 1
                return figure, figure.stop
            if (
                "a" <= suffix[0] <= "z"
                and suffix not in self.lex.multipliers
                and self.lex.units_after.match(words, i + 1) is None
            ):
                figure.kind, figure.value, figure.high = "code", None, None
                return figure, figure.stop
        self._multiply(figure)
        return figure, figure.stop

    def _multiply(self, figure: Figure) -> None:
        """Take in the multipliers after digits: 5 آلاف, 2.5 million, 5 آلاف و300."""
        scale = self.lex.multipliers.get(self.text.word(figure.stop))
        if scale is None or figure.kind not in ("cardinal", "year", "measure"):
            return
        if figure.exact is not None:
            figure.value, figure.exact = round(figure.exact * scale), None
        elif figure.value is None or figure.value > _LARGEST:
            return
        else:
            figure.value *= scale
            figure.high = figure.high and figure.high * scale
            if self.text.word(figure.stop + 1) == "و" and self.text.touches(figure.stop + 2):
                rest = _plain(self.text.word(figure.stop + 2))
                if rest is not None and rest < scale and figure.high is None:
                    figure.value += rest
                    figure.stop += 2
        figure.kind = "cardinal"
        figure.stop += 1

    def _spelled(self, i: int) -> tuple[Figure | None, int]:
        words, lex = self.words, self.lex
        found = lex.heads.match(words, i)
        if found is None:
            return None, i + 1
        tag, stop = found.tag, i + found.length
        if tag == "cardinal":
            if found.definite and self._is_name(i, found):
                return None, stop
            if found.value == 1 and self._is_ten(stop, joined=False):
                found = lex.before_ten.match(words, i) or found  # "واحد عشر" is و + احد عشر
            return self._compose(i, found), stop
        if tag == "ordinal":
            return self._ordinal(i, found), stop
        if tag == "one_of":
            first = lex.before_ten.match(words, i)
            if first is not None and self._is_ten(stop):
                return self._compose(i, first), stop
            if self._is_one_of(i, found):
                return self._start(i, found, 1, "one_of"), stop
        elif tag in _SPELLED:
            figure = self._start(i, found, *_SPELLED[tag])
            figure.others = tag == "others"
            return figure, stop
        elif tag == "before_ten" and self._is_ten(stop):
            return self._compose(i, found), stop
        elif tag == "ordinals_before_ten" and self._is_ten(stop):
            return self._ordinal(i, found), stop
        elif tag == "multiple" and not lex.arabic:
            return self._compose(i, found), stop
        elif tag == "list":
            mark = self.text.word(stop) in (":", "،", ",", "-", ".") or (
                self.text.word(i - 1) in ("\n", "")
            )
            return self._start(i, found, found.value, "list" if mark else "ordinal"), stop
        elif tag == "another" and self._is_another(found, stop):
            return self._start(i, found, 1, "another"), stop
        return None, stop

    def _start(self, i: int, found: Match, value: int | None, kind: Kind) -> Figure:
        start = self.text.starts[i] + found.skip
        figure = Figure(i, i + found.length, start, value, kind)
        figure.definite = found.definite
        figure.joined = found.particle[:1] == "و"
        return figure

    def _is_name(self, i: int, found: Match) -> bool:
        """Whether a word with the article is a noun rather than a number: الست, السبع."""
        if self.words[i].removeprefix(found.particle) not in self.lex.definite_unsure:
            return False
        return "ال" not in self.text.word(i - 1)[:4]

    def _is_ten(self, i: int, *, joined: bool | None = None) -> bool:
        """Whether عشر, or (joined) وعشرين and its like, stands at word ``i``."""
        found = self.lex.heads.match(self.words, i)
        if found is None or found.tag != "cardinal":
            return False
        joins, value = found.particle[:1] == "و", int(found.value)
        if joined is not None and joins != joined:
            return False
        return 20 <= value <= 90 if joins else value == 10

    def _compose(self, i: int, found: Match) -> Figure:
        """Put a number of several words together."""
        words, lex = self.words, self.lex
        figure = self._start(i, found, None, "cardinal")
        value: int = found.value
        big = value if value >= 1000 else 0  # what the scales have gathered
        small = 0 if big else value  # what is still open to a scale
        room = _room(value)  # the next part must be smaller than this
        limit = value if big else 10**12  # the next scale must be smaller than this
        unit = 0 < value < 10  # whether a single unit stands last
        ten = 20 <= value < 100
        stop = figure.stop
        while stop < len(words):
            scale = lex.multipliers.get(words[stop])
            if scale is not None and small > 0 and (scale > 100 or small < 100) and scale < limit:
                if scale <= 100:
                    small *= scale
                else:
                    big, small, limit = big + small * scale, 0, scale
                room, unit, ten = scale if scale != 12 else 0, False, False
                stop += 1
                continue
            at = stop
            if not lex.arabic and words[at] == "and" and room >= 100:
                at += 1
            part = lex.heads.match(words, at)
            first = lex.before_ten.match(words, at)
            if first is not None and first.particle == "و" and self._is_ten(at + first.length):
                part = first
            if part is None or part.tag not in ("cardinal", "before_ten"):
                break
            value = part.value
            if lex.arabic:
                joined = part.particle[:1] == "و"
                fits = (
                    (unit and 20 <= value < 100) or value < room
                    if joined
                    else unit and value == 10 and part.particle in ("", "ال")
                )
            else:
                fits = (ten and 0 < value < 10 and at == stop) or 0 < value < room
            if not fits:
                break
            if value >= 1000:
                big, limit, room = big + value, value, value
            else:
                small += value
                room = _room(value)
            unit, ten = 0 < value < 10 and not (unit or ten), 20 <= value < 100
            stop = at + part.length
        figure.value = big + small
        figure.stop = stop
        self._article_and_half(figure)
        return figure

    def _article_and_half(self, figure: Figure) -> None:
        """``a dozen`` begins at its article; ``half a million`` is half of it."""
        half = self.lex.half.match(self.words, figure.first - 1)
        if half is not None and figure.value is not None and figure.value % 2 == 0:
            if figure.value in (10, 12, 100) or figure.value >= 1000:
                figure.value //= 2
                figure.first = half[0]
                figure.start = self.text.starts[half[0]]
        elif not self.lex.arabic and self.text.word(figure.first - 1) == "a":
            figure.first -= 1
            figure.start = self.text.starts[figure.first]

    def _ordinal(self, i: int, found: Match) -> Figure:
        figure = self._start(i, found, found.value, "ordinal")
        part = self.lex.heads.match(self.words, figure.stop)
        if part is not None and part.tag == "cardinal" and found.value < 10 and self.lex.arabic:
            joined = part.particle[:1] == "و"
            if (part.value == 10 and not joined) or (20 <= part.value < 100 and joined):
                figure.value = found.value + part.value
                figure.stop += part.length
        return figure

    def _is_one_of(self, i: int, found: Match) -> bool:
        """``احد`` says "one of" before a noun, and "anyone" after a negation or alone."""
        words = self.words
        if found.length > 1 or not self.lex.arabic:
            return not found.definite
        after = self.text.word(i + 1)
        if found.definite or not after[:1].isalpha() or after in self.lex.others_stop:
            return False
        for k in range(i - 1, max(-1, i - 1 - _NOBODY_WITHIN), -1):
            if not words[k][0].isalpha():
                break
            if words[k] in self.lex.nobody:
                return False
        return True

    def _is_another(self, found: Match, stop: int) -> bool:
        if not self.lex.arabic:
            return not self._begins(stop)
        return found.definite or self.text.word(stop) in self.lex.another_before

    # -- what stands around it ---------------------------------------------------------------

    def in_context(self, figure: Figure) -> tuple[Number, int]:
        """The number with its qualifiers, unit and kind, and the word after it."""
        words, text, lex = self.words, self.text, self.lex
        lead = figure.first
        approx = another = between = False
        bound: Bound | None = None
        qualifiable = figure.kind in ("cardinal", "vague", "year", "measure")
        while qualifiable and (found := lex.before.match(words, lead - 1)) is not None:
            lead, tag = found
            if tag == "approx":
                approx = True
            elif tag == "another":
                another = True
            elif tag == "between":
                between = True
            else:
                bound = bound or _bound(tag)

        low: int | None = None
        high = figure.high
        if figure.kind == "year" and (approx or another or bound is not None):
            figure.kind = "cardinal"
        if figure.kind == "cardinal" and figure.value is not None:
            if high is None:
                self._range(figure, between)
                high = figure.high
            low = figure.value if high is not None else None

        kind, unit = figure.kind, None
        stop = free = figure.stop
        if kind in ("cardinal", "year", "ordinal") or figure.exact is not None:
            if self._is_list_mark(figure):
                kind = "list"
            elif self._is_day(figure):
                kind = "day"
            else:
                kind, unit, free = self._measured(figure)
        elif kind == "vague" and lex.units_after.match(words, stop) is not None:
            kind, unit, free = self._measured(figure)

        if kind in ("cardinal", "vague"):
            for at in range(stop, stop + _OTHERS_WITHIN):
                word = text.word(at)
                after = lex.after.match(words, at)
                if after is not None and not self._begins(at + after.length):
                    if after.tag == "another":
                        another = True
                        self.spent = at
                    elif after.tag == "approx":
                        approx = True
                    else:
                        bound = bound or _bound(after.tag)
                    break
                if (
                    not word[:1].isalpha()
                    or word in lex.others_stop
                    or self._begins(at)
                    or word[0] == "و"
                ):
                    break
        start = figure.start
        number = Number(
            start=start,
            end=text.end(stop - 1),
            value=figure.value,
            low=low,
            high=high,
            approx=approx,
            bound=bound,
            ordinal=kind == "ordinal",
            kind=kind,
            another=another or kind == "another" or figure.others,
            unit=unit,
            definite=figure.definite,
            lead=start if lead == figure.first else text.starts[lead],
        )
        return number, free

    def _begins(self, i: int) -> bool:
        """Whether a figure may begin at word ``i``."""
        found = self.lex.heads.match(self.words, i)
        if found is not None:
            return found.tag in ("cardinal", "multiple", "vague", "one_of")
        return "0" <= self.text.word(i) < ":"

    def _range(self, figure: Figure, between: bool) -> None:
        """Take in the second figure of "5 to 7", "between 5 and 7"."""
        words, lex, stop = self.words, self.lex, figure.stop
        word = self.text.word(stop)
        if between:
            at = stop + 1 if word in ("and", "و", "-") or word in lex.to else stop
        elif word in lex.to:
            if word == "-" and not self.text.touches(stop + 1) and self._is_list_mark(figure):
                return  # "1- three rockets on the base"
            at = stop + 1
        else:
            return
        if not self._begins(at):
            return
        second, _ = self.figure(at)
        if second is None or second.kind != "cardinal" or second.high is not None:
            return
        if between and not (second.joined or at > stop):
            return
        if second.value is None or figure.value is None or second.value <= figure.value:
            return
        if not between and any(
            words[k] in lex.rise for k in range(max(0, figure.first - _RISE_WITHIN), figure.first)
        ):
            return
        figure.high, figure.stop = second.value, second.stop

    def _is_list_mark(self, figure: Figure) -> bool:
        """Whether the digits number a point: "1." or "1)" or "1-" at the head of a line."""
        words, first, stop = self.words, figure.first, figure.stop
        if not "0" <= words[first] < ":" or figure.stop - first > 1 or stop >= len(words):
            return False
        if not (self.text.touches(stop) or words[stop] == "-"):
            return False
        if first > 0 and words[first - 1] not in ("\n", "(", "\r"):
            return False
        if words[first - 1] == "(" and first > 1 and words[first - 2] != "\n":
            return False
        return words[stop] in (".", ")", "-", "\ufe0f", "\u20e3", "/") and not self._is_day(figure)

    def _is_day(self, figure: Figure) -> bool:
        """Whether a month stands beside the figure: 17 تشرين الثاني, Nov. 18."""
        words, months, stop = self.words, self.lex.months, figure.stop
        if figure.value is None or not 0 < (figure.high or figure.value) <= 31:
            return False
        after = months.match(words, stop)
        if after is not None:
            unsure = after.tag == "month_unsure"
            return not (unsure and self.text.word(stop + 1) in self.lex.not_month)
        if self.text.word(stop) in ("of", "من") and months.match(words, stop + 1) is not None:
            return True
        if self.lex.arabic or (figure.kind != "ordinal" and not "0" <= words[figure.first] < ":"):
            return False
        before = figure.first - 1
        if self.text.word(before) == ".":
            before -= 1
        if self.text.word(before - 1) == "in" and self.text.word(stop).isalpha():
            return False  # "in June 15 were wounded": dates.py takes no day there
        return self.text.word(before) in months.heads

    def _measured(self, figure: Figure) -> tuple[Kind, str | None, int]:
        """The kind and unit of a figure that may measure rather than count, and the word after."""
        words, lex, stop, kind = self.words, self.lex, figure.stop, figure.kind
        if kind != "ordinal":
            at = stop
            if self.text.word(at) == "-" and self.text.touches(at):
                at += 1
            after = lex.units_after.match(words, at)
            if after is not None:
                unit = None if after.tag == "time" else after.tag
                return _kind_of_unit(after.tag), unit, at + after.length
        digits = "0" <= words[figure.first] < ":"
        before = lex.units_before.match(words, figure.first - 1)
        if before is not None:
            unit = before[1]
            if unit == "label":
                if digits:
                    return "label", None, stop
            elif unit == "year":
                if digits and figure.value is not None and 1900 <= figure.value < 2100:
                    return "year", None, stop
            elif unit == "time":
                return "time", None, stop
            elif unit == "day":
                if digits and figure.value is not None and figure.value <= 31:
                    return "day", None, stop
            else:
                return _kind_of_unit(unit), unit, stop
        if digits and figure.value in lex.calibres and kind == "cardinal":
            if self.text.word(figure.first - 1) in lex.calibre_after:
                return "measure", "mm", stop
        if kind == "cardinal" and digits and self._is_age(figure):
            return "measure", "year", stop
        if kind == "year" and figure.value == 2000 and self.text.word(stop)[:1].isalpha():
            return "cardinal", None, stop
        if figure.exact is not None:
            return "measure", None, stop
        return kind, None, stop

    def _is_age(self, figure: Figure) -> bool:
        """Whether the figure is the age in "Ali Hassan, 12, was killed"."""
        before, stop = figure.first - 1, figure.stop
        return (
            not self.lex.arabic
            and self.text.word(before) == "," == self.text.word(stop)
            and self.text.word(before - 1)[:1].isalpha()
            and self.text.word(stop + 1)[:1].isalpha()
            and not self._begins(stop + 1)
            and figure.value is not None
            and figure.value <= 110
            and figure.high is None
        )


def _bound(tag: str) -> Bound | None:
    if tag == "at_least":
        return "at_least"
    if tag == "more_than":
        return "more_than"
    return "at_most" if tag == "at_most" else None


def _kind_of_unit(unit: str) -> Kind:
    if unit == "%":
        return "percent"
    if unit == "time":
        return "time"
    return "money" if unit in _MONEY else "measure"


def _room(value: int) -> int:
    """What may still be added after ``value``: anything smaller than this."""
    return 100 if 100 <= value < 1000 else value if value >= 1000 else 0


def _plain(word: str) -> int | None:
    """The value of digits with or without grouping, None for anything else."""
    if word.isdigit():
        return int(word) if len(word) <= _LONGEST and (word[0] != "0" or word == "0") else None
    if _GROUPED.fullmatch(word) and len(word) <= 15:
        return int(_SEPARATORS.sub("", word))
    return None


def _read_digits(word: str, figure: Figure) -> None:
    """Fill in the kind and value of ``word``, which is made of digits and separators."""
    value = _plain(word)
    if value is not None:
        figure.value = value
        figure.kind = "year" if len(word) == 4 and 1900 <= value < 2100 else "cardinal"
    elif _CLOCK.fullmatch(word):
        figure.kind = "time"
    elif _DECIMAL.fullmatch(word):
        figure.kind = "measure"
        figure.exact = float(re.sub("[,٫]", ".", word)) if len(word) <= 15 else None
    elif word.count("-") == 1 and ":" not in word:
        low, high = map(_plain, word.split("-"))
        if low is not None and high is not None:
            if 1900 <= low < 2100 and (1900 <= high < 2100 or high < 100):
                figure.kind = "year"
            elif low < high:
                figure.value, figure.high, figure.kind = low, high, "cardinal"
    elif word.count("/") == 1:
        figure.kind = "fraction"
    elif word.count("/") == 2 or word.count("-") == 2 or word.count(".") == 2:
        figure.kind = "date"


def dual_forms(noun: str) -> set[str]:
    """The duals of a folded Arabic noun, all cases, with and without the article.

    صاروخ gives صاروخان, صاروخين and, before a genitive, صاروخا, صاروخي; قذيفه gives قذيفتان,
    قذيفتين, قذيفتا, قذيفتي.
    """
    noun = noun.removeprefix("ال")
    if not noun:
        return set()
    if noun.endswith("اء"):
        stem = noun[:-1] + "و"  # صحراء: صحراوان
        stems = {stem, noun}
    elif noun.endswith("ه"):
        stems = {noun[:-1] + "ت"}
    elif noun.endswith("ا") and len(noun) > 2:
        stems = {noun[:-1] + "و", noun[:-1] + "ي"}  # عصا: عصوان; مستشفي is written with ي
    else:
        stems = {noun}
    free = {stem + ending for stem in stems for ending in ("ان", "ين")}
    bound = {stem + ending for stem in stems for ending in ("ا", "ي")}
    return free | bound | {"ال" + form for form in free}
