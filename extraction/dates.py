"""Dates and times of day in folded text, resolved against the day of publication.

A date in news is a string of parts in any order: "مساء الثلاثاء 17 تشرين الثاني/نوفمبر",
"late on Tuesday, September 10, at about 11 p.m.". ``find_dates`` gathers the parts that belong
together into one mention, then works out the day. Days are Baghdad days.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Final, Literal, NamedTuple
from zoneinfo import ZoneInfo

from extraction.document import DatePrecision, Daypart
from extraction.text.marks import mark
from extraction.text.numbers import Figure, NumberReader
from extraction.text.phrases import (
    Lang,
    Match,
    Phrases,
    Words,
    entries,
    read_table,
    words_of,
)

BAGHDAD: Final = ZoneInfo("Asia/Baghdad")
_WINTER: Final = timedelta(hours=3)

DateKind = Literal[
    "absolute",  # a day of a month, a month, a year
    "ordinal_day",  # "the third of this month"
    "weekday",
    "deictic",  # today, yesterday, last night
    "ago",  # three days ago
    "period",  # last month, last year, last week
    "relative_to_previous",  # a day earlier, the same day
    "daypart",  # a time of day and no day
    "clock",  # a clock time and no day
]
Relation = Literal["on", "since", "until", "before", "after"]


class DateMention(NamedTuple):
    """A date, or a time of day, at ``[start, end)`` of the folded text.

    ``date`` is ``YYYY-MM-DD``, ``YYYY-MM`` or ``YYYY`` as ``precision`` says, None where the text
    gives none or it hangs on an unknown publication day. ``clock`` is Baghdad time, ``HH:MM``.
    ``relative``: the words point from another day (yesterday, Tuesday, last month).
    ``needs_published``: the value hangs on the publication day.
    ``offset``: for ``relative_to_previous``, days from the day named before.
    ``relation``: the preposition in front: "since March" is not the time of an event.
    """

    start: int
    end: int
    date: str | None
    precision: DatePrecision = "unknown"
    daypart: Daypart | None = None
    clock: str | None = None
    relative: bool = False
    needs_published: bool = False
    kind: DateKind = "absolute"
    offset: int | None = None
    relation: Relation = "on"


Qualifier = Literal["past", "current", "next", "same"]
Midnight = Literal["after", "before", "at"]
Stretch = Literal["day", "night", "week", "month", "year", "weekend"]


def find_dates(
    folded: str, lang: Lang, published: datetime | None, *, words: Words | None = None
) -> list[DateMention]:
    """Every date and time of day in ``folded``, in order and without overlaps. Never raises.

    ``published`` is timezone-aware. ``words`` may be given by a caller that has cut the text
    already.
    """
    return _Reader(words or Words(folded, lang), lang, _in_baghdad(published)).run()


def _in_baghdad(moment: datetime | None) -> datetime | None:
    """The moment in Baghdad time, which one without a zone is taken to be in already.

    So is one written with its winter offset in a summer that had another: the clock it names is
    the publisher's own.
    """
    if moment is None or moment.tzinfo is None or moment.utcoffset() == _WINTER:
        return moment
    try:
        return moment.astimezone(BAGHDAD)
    except OverflowError:  # the last hours of the year 9999
        return moment


# -- the lexicon -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Lexicon:
    arabic: bool
    heads: Phrases
    qualifiers: dict[str, Qualifier]
    stretches: dict[str, tuple[Stretch, int | None]]
    distance: Phrases
    clock_after: Phrases
    clock_minutes: Phrases
    clock_lead: frozenset[str]
    minute_words: frozenset[str]
    daypart_lead: frozenset[str]
    this: frozenset[str]
    of_it: frozenset[str]
    before_last: Phrases
    month_lead: frozenset[str]
    year_lead: frozenset[str]
    day_lead: frozenset[str]
    of_words: frozenset[str]
    start_of: frozenset[str]
    after_figure: frozenset[str]  # what may follow the figure of a date or time
    not_month: frozenset[str]
    glue: frozenset[str]
    pair: frozenset[str]
    relations: dict[str, Relation]
    never_after: frozenset[str]
    place_before: frozenset[str]
    place_after: frozenset[str]


@cache
def _lexicon(lang: Lang) -> _Lexicon:
    table = read_table(lang, "dates")
    numbers = read_table(lang, "numbers")
    arabic = lang == "ar"

    def words(section: str, key: str = "words") -> frozenset[str]:
        return frozenset(word for phrase in table[section][key] for word in words_of(phrase))

    def leads(section: str, key: str) -> frozenset[str]:
        """Words in front of a date, which in Arabic may carry a conjunction."""
        plain = words(section, key)
        return plain | {c + word for word in plain for c in "وف"} if arabic else plain

    heads = Phrases()
    for phrase in table["not_dates"]["phrases"]:
        heads.add(phrase, "skip")
    for phrase in table["not_dates"]["names"]:
        heads.add(phrase, "name")
    for section, tag in (
        ("days", "day"),
        ("nights", "night"),
        ("from_named", "from_named"),
        ("months", "month"),
        ("months_unsure", "month_unsure"),
        ("months_short", "month_short"),
        ("weekdays", "weekday"),
        ("weekdays_short", "weekday_short"),
        ("clock_hours", "hour_name"),
    ):
        for key, phrase in entries(table[section]):
            heads.add(phrase, tag, int(key))
    for section, offset in (
        ("from_named_dayparts", 0),
        ("from_named_before", -1),
        ("from_named_after", 1),
    ):
        for key, phrase in entries(table[section]):
            heads.add(phrase, "from_named_daypart", (offset, key))
    for phrase in table["overnight"]["words"]:
        heads.add(phrase, "overnight")
    for section, tag in (
        ("this_daypart", "this_daypart"),
        ("dayparts", "daypart"),
        ("dayparts_unsure", "daypart_unsure"),
        ("dayparts_led", "daypart_led"),
        ("late", "late"),
        ("midnight", "midnight"),
        ("periods", "period"),
    ):
        for key, phrase in entries(table[section]):
            heads.add(phrase, tag, key)
    for phrase in table["clock"]["hour"]:
        heads.add(phrase, "hour")
    if arabic:
        for phrase in table["leads"]["year_word"]:
            heads.add(phrase, "year_word")
        for key in ("ago", "since", "after_event", "day_after", "earlier", "later"):
            for phrase in table["distance"][key]:
                heads.add(phrase, "distance", key)
        for section in ("ordinals", "ordinals_before_ten"):
            for _, phrase in entries(numbers[section]):
                heads.add("ال" + phrase, "ordinal")
        for key in ("20", "30"):
            for phrase in numbers["cardinals"][key]:
                heads.add("ال" + phrase, "ordinal")
    else:
        for key, phrase in entries(table["qualifiers"]):
            heads.add(phrase, "qualifier", key)
        for key, phrase in entries(table["stretches"]):
            heads.add(phrase, "stretch", key)
        for _, phrase in entries(numbers["ordinals"]):
            heads.add(phrase, "ordinal")
        for key, phrase in entries(table["clock_minutes"]):
            heads.add(phrase, "minutes_past", int(key))

    distance, clock_after, clock_minutes = Phrases(), Phrases(), Phrases()
    for key, phrase in entries(table["distance"]):
        distance.add(phrase, key)
    for key in ("am", "pm", "gmt", "local", "oclock"):
        for phrase in table["clock"].get(key, ()):
            clock_after.add(phrase, key)
    for key, phrase in entries(table["clock_minutes"]):
        clock_minutes.add(phrase, "minutes", int(key))

    stretches: dict[str, tuple[Stretch, int | None]] = {}
    for key, phrase in entries(table["stretches"]):
        stretches[words_of(phrase)[0]] = (_stretch(key), None)
    for key, phrase in entries(table["stretches_of_two"]):
        stretches[words_of(phrase)[0]] = (_stretch(key), 2)

    qualifiers: dict[str, Qualifier] = {
        word: qualifier for qualifier in _QUALIFIERS for word in words("qualifiers", qualifier)
    }
    months = {
        words_of(phrase)[0]
        for section in ("months", "months_unsure", "months_short")
        for _, phrase in entries(table[section])
    }
    before_last = Phrases()
    for phrase in table["before_last"]["words"]:
        before_last.add(phrase, "before_last")
    clock_after.close()
    relations: dict[str, Relation] = {}
    for relation in _RELATIONS:
        for word in leads("glue", relation):
            relations[word] = relation

    return _Lexicon(
        arabic=arabic,
        heads=heads.close(particles=arabic),
        qualifiers=qualifiers,
        stretches=stretches,
        distance=distance.close(particles=arabic),
        clock_after=clock_after,
        clock_minutes=clock_minutes.close(),
        clock_lead=leads("clock", "lead"),
        minute_words=words("clock", "minutes"),
        daypart_lead=leads("daypart_lead", "words"),
        this=leads("daypart_lead", "this"),
        of_it=words("of_it"),
        before_last=before_last.close(),
        month_lead=leads("leads", "month"),
        year_lead=leads("leads", "year"),
        day_lead=leads("leads", "day"),
        of_words=words("leads", "of"),
        start_of=leads("leads", "start"),
        after_figure=words("of_it")
        | months
        | clock_after.heads.keys()
        | words("leads", "of")
        | qualifiers.keys()
        | {"/", "-", "th", "st", "nd", "rd", "و", "and", "in"},
        not_month=words("months_unsure_not_before"),
        glue=words("glue"),
        pair=words("glue", "pair"),
        relations=relations,
        never_after=words("not_dates", "never_after"),
        place_before=words("not_dates", "place_before"),
        place_after=words("not_dates", "place_after"),
    )


_QUALIFIERS: Final[tuple[Qualifier, ...]] = ("past", "current", "next", "same")
_RELATIONS: Final[tuple[Relation, ...]] = ("since", "until", "before", "after")


def _stretch(key: str) -> Stretch:
    for stretch in _STRETCHES:
        if key == stretch:
            return stretch
    raise ValueError(f"unknown stretch of time in a dates.toml: {key!r}")


_STRETCHES: Final[tuple[Stretch, ...]] = ("day", "night", "week", "month", "year", "weekend")


# -- reading -----------------------------------------------------------------------------------

_QUOTES: Final = frozenset("\"'«»“”()[]")
_NOTHING: Final = 0  # no part of a date stands here
_CLASH: Final = -1  # a part stands here that belongs to another date
_GLUE_LIMIT: Final = 4

_DATE_DIGITS: Final = re.compile(r"([0-9]{1,4})([./-])([0-9]{1,2})\2([0-9]{1,4})")
_CLOCK_DIGITS: Final = re.compile(r"([0-9]{1,2})[:.]([0-9]{2})(?::[0-9]{2})?")
_HHMM: Final = re.compile(r"([0-9]{2})([0-9]{2})")
_FOUR_DIGITS: Final = re.compile(r"[0-9]{4}")


class _Month(NamedTuple):
    stop: int
    month: int
    day: int | None
    year: int | None
    qualifier: Qualifier | None
    year_qualifier: Qualifier | None
    alone: bool  # whether the name may stand without a day


class _Year(NamedTuple):
    stop: int
    year: int | None = None
    qualifier: Qualifier | None = None
    year_qualifier: Qualifier | None = None


class _Clock(NamedTuple):
    stop: int
    hour: int
    minute: int
    exact: bool  # hours and minutes in digits, so perhaps of 24
    half: Literal["am", "pm"] | None = None
    gmt: bool = False


_Times = tuple[Daypart | None, bool, bool, Midnight | None, bool, _Clock | None]


def _opens(word: str, lang: Lang) -> bool:
    """Whether a date may begin with a word."""
    return word in _lexicon(lang).heads.heads


_OPENS: Final = mark(_opens)


@dataclass(slots=True)
class _Found:
    """The parts of one mention as they are gathered."""

    first: int  # first word, and one past the last
    stop: int
    free: int  # the first word that no earlier mention has taken
    skip: int = 0  # letters of an Arabic particle on the first word
    void: bool = False  # a name that looks like a date
    # A calendar date.
    day: int | None = None
    month: int | None = None
    year: int | None = None
    qualifier: Qualifier | None = None
    year_qualifier: Qualifier | None = None
    ordinal: bool = False  # a day of this, the last or the named month
    # A weekday.
    weekday: int | None = None
    weekday_to: int | None = None  # the second day of a night between two
    weekday_qualifier: Qualifier | None = None
    before_last: bool = False
    # A distance.
    offset: int | None = None  # days from publication
    overnight: bool = False
    named: tuple[int, Stretch] | None = None  # from a day named before
    ago: tuple[int | None, Stretch] | None = None
    since: bool = False  # the distance is a stretch up to publication: منذ
    period: tuple[Stretch, Qualifier] | None = None
    # A time of day.
    daypart: Daypart | None = None
    firm: bool = False  # the daypart is said outright
    time_first: bool = False  # the mention begins with it
    needs_day: bool = False  # the word is a time of day only beside a day
    midnight: Midnight | None = None
    midnight_first: bool = False
    clock: _Clock | None = None

    @property
    def dated(self) -> bool:
        """Whether a calendar date, or part of one, is known."""
        return self.day is not None or self.month is not None or self.year is not None

    @property
    def has_day(self) -> bool:
        """Whether anything but a time of day is known."""
        return (
            self.dated
            or self.weekday is not None
            or self.offset is not None
            or self.named is not None
            or self.ago is not None
            or self.period is not None
        )

    @property
    def timed(self) -> bool:
        return self.daypart is not None or self.clock is not None or self.midnight is not None

    @property
    def times(self) -> _Times:
        """The time of day, to be put back where it belongs to another date."""
        return (
            self.daypart,
            self.firm,
            self.needs_day,
            self.midnight,
            self.midnight_first,
            self.clock,
        )

    @times.setter
    def times(self, times: _Times) -> None:
        (
            self.daypart,
            self.firm,
            self.needs_day,
            self.midnight,
            self.midnight_first,
            self.clock,
        ) = times


class _Reader:
    """Reads the dates of one text."""

    __slots__ = (
        "lex",
        "named_day",
        "named_month",
        "numbers",
        "published",
        "small_hours",
        "text",
        "words",
    )

    def __init__(self, text: Words, lang: Lang, published: datetime | None) -> None:
        self.lex = _lexicon(lang)
        self.text = text
        self.words = text.words
        self.numbers = NumberReader(text, lang)
        self.published = None if published is None else published.date()
        self.small_hours = published is not None and published.hour < _SMALL_HOURS
        self.named_day: date | None = None  # the day named last
        self.named_month: tuple[int, int] | None = None  # year and month named last

    def run(self) -> list[DateMention]:
        mentions: list[DateMention] = []
        free = 0  # the first word that no date has taken yet
        for i in self.text.figures_and(_OPENS):
            if i < free:
                continue
            match = self.lex.heads.match(self.words, i)
            if match is None:
                if not ("0" <= self.words[i] < ":" and self._may_begin(i)):
                    continue
            elif match.tag in ("skip", "name"):
                if match.tag == "skip" or self._is_name(i, i + match.length):
                    free = i + match.length
                continue
            found = self._gather(i, match, free)
            if found is not None:
                free = found.stop
                mention = None if found.void else self._resolve(found)
                if mention is not None:
                    mentions.extend(self._each_day(mention, found))
        return mentions

    def _each_day(self, mention: DateMention, found: _Found) -> list[DateMention]:
        """The date, and the other one of "on 4 and 24 April", «في 4 و24 نيسان»."""
        if mention.date is None or mention.precision != "day" or found.month is None:
            return [mention]
        words, text = self.words, self.text
        if found.timed or words[found.first - 1] in _FROM_TO:
            return [mention]  # «ليلة 4 و5 نيسان», "between 4 and 15 March"
        pair = next(
            (
                i
                for i in range(found.first + 1, found.stop - 1)
                if words[i] in ("و", "and") and "0" <= words[i - 1] < ":" and self._other_day(i)
            ),
            None,
        )
        day = None if pair is None else _day_number(self.numbers.figure(pair + 1)[0])
        other = day and _date(int(mention.date[:4]), int(mention.date[5:7]), day)
        if pair is None or not other:
            return [mention]
        first = mention._replace(end=text.end(pair - 1))
        second = mention._replace(start=text.starts[pair + 1], date=other.isoformat())
        return [first, second]

    def _is_name(self, first: int, stop: int) -> bool:
        """Whether "بغداد اليوم" is the agency: quoted or bracketed."""
        return self.text.word(first - 1) in _QUOTES or self.text.word(stop) in _QUOTES

    def _may_begin(self, i: int) -> bool:
        """Whether the digits at word ``i`` may be a date or time; most figures are counts."""
        word, after = self.words[i], self.text.word(i + 1)
        return (
            not word.isdigit()
            or after in self.lex.after_figure
            or self.text.word(i - 1) in self.lex.year_lead
        )

    def _gather(self, i: int, match: Match | None, free: int) -> _Found | None:
        """The mention whose first part stands at word ``i``; None if there is none."""
        found = _Found(i, i, free)
        stop = self._take(found, i, match)
        if stop <= 0:
            return None
        found.stop = stop
        found.void = found.void or self._is_habit(i)
        found.time_first = found.timed and not found.has_day
        if found.void:
            return found
        if match is not None:
            found.skip = match.skip if found.first == i else 0
        before: tuple[int, _Times] | None = None  # the state before a time of day after the day
        while True:
            at = self._past_glue(found.stop)
            if at >= len(self.words):
                break
            digits = "0" <= self.words[at] < ":"
            match = None if digits else self.lex.heads.match(self.words, at)
            # A conjunction begins another date.
            if not digits and (match is None or match.particle[:1] in ("و", "ف")):
                break
            saved = (found.stop, found.times) if found.has_day else None
            stop = self._take(found, at, match)
            if stop <= 0:
                if stop == _CLASH and before is not None:
                    # "on Friday, at noon on Saturday": noon is Saturday's.
                    found.stop, found.times = before
                break
            found.stop = stop
            only_time = saved is not None and found.times != saved[1] and at > saved[0]
            before = saved if only_time else None
        closing = self.words[i : found.stop].count("(") > self.words[i : found.stop].count(")")
        if closing and self.text.word(found.stop) == ")":
            found.stop += 1
        return found

    def _past_glue(self, at: int) -> int:
        """The word after the connecting words at ``at``."""
        words, glue = self.words, self.lex.glue
        last = min(len(words), at + _GLUE_LIMIT)
        while at < last and words[at] in glue:
            at += 1
        return at

    def _take(self, found: _Found, i: int, match: Match | None) -> int:
        """Add the part at word ``i``: the word after it, or _NOTHING, or _CLASH."""
        if match is None:
            return self._digits(found, i)
        read = _PARTS.get(match.tag)
        return _NOTHING if read is None else read(self, found, i, match)

    # -- days ----------------------------------------------------------------------------------

    def _weekday(self, found: _Found, i: int, match: Match) -> int:
        lex = self.lex
        if found.weekday is not None or found.period or found.ago:
            return _CLASH
        stop = self._possessive(i + match.length)
        if match.tag == "weekday_short":
            if self.text.word(stop) in (".", ","):
                stop += 1
            if not ("0" <= self.text.word(stop) < ":") or self._day_of_month(stop) is None:
                return _NOTHING
        found.weekday = match.value
        stop = self._next_weekday(found, stop)
        if lex.arabic:
            last = lex.before_last.match(self.words, stop)
            qualifier = lex.qualifiers.get(self.text.word(stop))
            if last is not None:
                found.weekday_qualifier, found.before_last = "past", True
                stop += last.length
            elif qualifier is not None and qualifier != "same":
                found.weekday_qualifier = qualifier
                stop += 1
        return stop

    def _next_weekday(self, found: _Found, stop: int) -> int:
        """Take in the second day of "ليلة الجمعة - السبت", "Monday night into Tuesday"."""
        words, heads = self.words, self.lex.heads
        at = stop + 1 if self.text.word(stop) in self.lex.pair else stop
        second = heads.match(words, at)
        if (
            found.weekday is None
            or second is None
            or second.tag != "weekday"
            or second.value != (found.weekday + 1) % 7
        ):
            return stop
        after = heads.match(words, at + second.length)
        if found.daypart == "night" or found.midnight is not None or _says_night(after):
            found.weekday_to = second.value
            return at + second.length
        return stop

    def _possessive(self, at: int) -> int:
        """Past the ``'s`` of "Thursday's"."""
        if self.text.word(at) == "'" and self.text.word(at + 1) == "s":
            return at + 2
        return at

    def _day(self, found: _Found, i: int, match: Match) -> int:
        if found.offset is not None or found.named is not None or found.ago or found.period:
            return _CLASH
        found.offset = match.value
        return self._possessive(i + match.length)

    def _night(self, found: _Found, i: int, match: Match) -> int:
        if found.offset is not None or found.named is not None or found.ago or found.period:
            return _CLASH
        if found.daypart not in (None, "night"):
            return _CLASH
        found.offset = match.value
        self._set_daypart(found, "night", firm=True)
        return self._possessive(i + match.length)

    def _overnight(self, found: _Found, i: int, match: Match) -> int:
        if found.daypart is not None:
            return _CLASH
        found.overnight = True
        self._set_daypart(found, "night", firm=False)
        return i + match.length

    def _from_named(self, found: _Found, i: int, match: Match) -> int:
        if found.has_day:
            return _CLASH
        found.named = (match.value, "day")
        return i + match.length

    def _from_named_daypart(self, found: _Found, i: int, match: Match) -> int:
        if found.has_day or found.daypart is not None:
            return _CLASH
        offset, daypart = match.value
        found.named = (offset, "day")
        self._set_daypart(found, daypart, firm=True)
        return i + match.length

    def _this_daypart(self, found: _Found, i: int, match: Match) -> int:
        if found.offset is not None or found.daypart is not None:
            return _CLASH
        found.offset = 0
        self._set_daypart(found, match.value, firm=True)
        return i + match.length

    # -- calendar dates ------------------------------------------------------------------------

    def _month(self, found: _Found, i: int, match: Match) -> int:
        month = self._read_month(i, match, day_before=False)
        if month is None:
            return _NOTHING
        if month.day is None and (found.has_day or not month.alone or found.timed):
            return _CLASH if found.has_day else _NOTHING
        if found.dated:
            return _CLASH
        if self._names_a_place(i, month.stop) and month.year is None:
            found.void = i == found.first
            return month.stop if found.void else _NOTHING
        self._set_date(found, month.day, month)
        return month.stop

    def _set_date(self, found: _Found, day: int | None, month: _Month) -> None:
        found.day, found.month, found.year = day, month.month, month.year
        found.qualifier, found.year_qualifier = month.qualifier, month.year_qualifier

    def _is_habit(self, i: int) -> bool:
        """Whether the date at word ``i`` comes again and again: every Friday."""
        return self.text.word(i - 1) in self.lex.never_after

    def _names_a_place(self, first: int, stop: int) -> bool:
        """Whether the date is part of a name: جسر 14 تموز, 14th of July Bridge."""
        before = self.text.word(first - 1)
        bare = before[1:] if before[:1] in ("و", "ب", "ل", "ف") else before
        if before in self.lex.place_before or bare in self.lex.place_before:
            return True
        return self.text.word(stop) in self.lex.place_after

    def _read_month(self, i: int, match: Match, *, day_before: bool) -> _Month | None:
        """The month named at word ``i`` with the year, and in English the day, after it."""
        words, lex = self.words, self.lex
        day, certain = None, match.tag == "month"
        stop = i + match.length
        if lex.arabic:
            if self.text.word(stop) in ("/", "(", "-"):
                second = lex.heads.match(words, stop + 1)
                if second is not None and second.tag in _MONTH_TAGS:
                    if second.value == match.value:
                        certain = True
                        after = stop + 1 + second.length
                        closes = words[stop] == "(" and self.text.word(after) == ")"
                        stop = after + closes
        else:
            if match.tag == "month_short" and self.text.word(stop) == ".":
                stop += 1
            if not day_before:
                day, stop = self._day_after_month(i, stop)
        year = self._read_year(stop)
        before = self.text.word(i - 1)
        if match.tag == "month_unsure" and not certain:
            led = before in lex.month_lead or day_before or day is not None
            led = led and not match.particle.endswith("ب")  # «في باب المعظم» is no August
            if day_before and self.text.word(stop) in lex.not_month:
                return None
            certain = led or year is not None
        elif match.tag == "month_short":
            certain = day is not None or day_before or (year is not None and year.year is not None)
        if not certain:
            return None
        if year is None:
            return _Month(stop, match.value, day, None, None, None, True)
        return _Month(
            year.stop, match.value, day, year.year, year.qualifier, year.year_qualifier, True
        )

    def _day_after_month(self, i: int, stop: int) -> tuple[int | None, int]:
        at = stop + 1 if self.text.word(stop) == "the" else stop
        if self.text.word(i - 1) == "in" or not ("0" <= self.text.word(at) < ":" or at > stop):
            return None, stop
        figure, after = self.numbers.figure(at)
        day = _day_number(figure)
        if day is None or self.text.word(after) in ("%", "km", "mm"):
            return None, stop
        if self.text.word(after) == ":" and self.text.touches(after + 1):
            return None, stop  # "on May 14:30 local time", but "May 14: two rockets"
        return day, after

    def _read_year(self, at: int) -> _Year | None:
        """A year after a month: 2020, "من العام الماضي", "last year", or "الماضي" alone."""
        lex, word = self.lex, self.text.word(at)
        qualifier = lex.qualifiers.get(word)
        if lex.arabic and qualifier is not None:
            if qualifier == "same":
                return None
            year = self._read_year_word(at + 1)
            return _Year(at + 1, qualifier=qualifier) if year is None else year
        if word in ("،", ",", "من", "of", "-", "/"):
            at += 1
            word = self.text.word(at)
        if lex.arabic:
            return self._plain_year(at) or self._read_year_word(at)
        qualifier = lex.qualifiers.get(word)
        if qualifier is not None and self.text.word(at + 1) == "year":
            return _Year(at + 2, year_qualifier=qualifier)
        return self._plain_year(at)

    def _plain_year(self, at: int) -> _Year | None:
        word = self.text.word(at)
        if _FOUR_DIGITS.fullmatch(word) and word[:2] in ("19", "20"):
            return _Year(at + 1, year=int(word))
        return None

    def _read_year_word(self, at: int) -> _Year | None:
        """عام 2019 or العام الماضي at word ``at``."""
        match = self.lex.heads.match(self.words, at)
        if match is None or match.tag != "year_word":
            return None
        at += match.length
        year = self._plain_year(at)
        if year is not None:
            return year
        qualifier = self.lex.qualifiers.get(self.text.word(at))
        if qualifier in (None, "same") or "ال" not in self.words[at - 1]:
            return None
        return _Year(at + 1, year_qualifier=qualifier)

    def _year_word(self, found: _Found, i: int, match: Match) -> int:
        year = self._read_year_word(i)
        if year is None:
            return _NOTHING
        before = self.text.word(i - 1)
        if year.year is None and not match.particle and before[:2] == "ال" and before != "الي":
            return _NOTHING  # الأمين العام الحالي
        if found.has_day or found.timed:
            return _CLASH
        if year.year is not None:
            found.year = year.year
        elif year.year_qualifier is not None:
            found.period = ("year", year.year_qualifier)
        return year.stop

    def _digits(self, found: _Found, i: int) -> int:
        """A part that begins with digits."""
        numeric, stop = self._numeric(found, i)
        if numeric is not None:
            if found.dated:
                return _CLASH
            found.year, found.month, found.day = numeric
            return stop
        clock = self._read_clock(i, found)
        if clock is None and not self.lex.arabic:
            clock = self._bare_hour(i)
        if clock is not None:
            return self._set_clock(found, clock)
        read_day = self._day_of_month(i)
        if read_day is not None:
            return self._set_day_of_month(found, i, read_day)
        if found.first == i and self.text.word(i - 1) in self.lex.year_lead:
            year = self._plain_year(i)
            counts = self.words[i] == "2000" and self.text.word(i + 1)[:1].isalpha()
            if year is not None and not counts:
                found.year = year.year
                return year.stop
        return _NOTHING

    def _numeric(self, found: _Found, i: int) -> tuple[tuple[int | None, int, int] | None, int]:
        """Year, month, day of "17/11/2020", "17 / 11 / 2020", "Tuesday 17/11"; where it ends."""
        word, stop = self.words[i], i + 1
        if self.words[i + 1 : i + 4 : 2] == ["/", "/"]:
            word, stop = "".join(self.words[i : i + 5]), i + 5
        match = _DATE_DIGITS.fullmatch(word)
        if match is not None:
            return _numeric_date(match), stop
        if found.weekday is not None or self.text.word(i - 1) in self.lex.day_lead:
            day, slash, month = word.partition("/")
            if slash and day.isdigit() and month.isdigit() and len(word) <= 5:
                if _date(2000, int(month), int(day)) is not None:
                    return (None, int(month), int(day)), stop
        return None, stop

    def _ordinal(self, found: _Found, i: int, _match: Match) -> int:
        read = self._day_of_month(i)
        return _NOTHING if read is None else self._set_day_of_month(found, i, read)

    def _set_day_of_month(self, found: _Found, i: int, read: tuple[int, _Month]) -> int:
        day, month = read
        if found.dated or found.period or (found.ago and not found.named):
            return _CLASH
        if self._names_a_place(i, month.stop) and month.year is None:
            found.void = i == found.first
            return month.stop if found.void else _NOTHING
        self._set_date(found, day, month)
        found.ordinal = month.month == 0
        if found.ordinal:
            found.month = None
        return month.stop

    def _day_of_month(self, i: int) -> tuple[int, _Month] | None:
        """ "17 تشرين الثاني", "الثالث من الشهر الجاري", "18th of November" at word ``i``.

        The month is 0 for a day of this, last or the named month.
        """
        words, lex = self.words, self.lex
        figure, at = self.numbers.figure(i)
        day = _day_number(figure)
        if figure is None or day is None:
            return None
        digits = "0" <= words[i] < ":"
        word = self.text.word(at)
        qualifier: Qualifier | None = "same" if word in lex.of_it else lex.qualifiers.get(word)
        if lex.arabic and (digits or figure.kind == "ordinal"):
            if qualifier == "current" or word in lex.of_it:
                return day, _Month(at + 1, 0, None, None, qualifier, None, False)
            teen = at - i > 1 and self.named_month is not None
            if teen and not digits and self.text.word(i - 1) in _ON and not self._counts(at):
                return day, _Month(at, 0, None, None, "same", None, False)  # «وفي الثالث عشر»
        if not lex.arabic and figure.kind == "ordinal" and self._on_the(i, at):
            return day, _Month(at, 0, None, None, "same", None, False)  # "June 22, … on the 24th"
        if self.text.word(at) in ("/", "-") and digits:
            at += 1
        elif digits and (other := self._other_day(at)) is not None:
            at = other
        else:
            while self.text.word(at) in lex.of_words and at - figure.stop < 3:
                at += 1
        month = lex.heads.match(words, at)
        if month is None or month.particle:
            return None
        if month.tag in _MONTH_TAGS:
            read = self._read_month(at, month, day_before=True)
            return None if read is None else (day, read)
        if at == figure.stop:
            return None
        if lex.arabic and month.tag == "period" and month.value == "month":
            at += month.length
            qualifier = lex.qualifiers.get(self.text.word(at))
            if qualifier is not None:
                return day, _Month(at + 1, 0, None, None, qualifier, None, False)
            if self.named_month is not None:  # «ليل العاشر من الشهر»: of the one named before
                return day, _Month(at, 0, None, None, "same", None, False)
        elif month.tag == "qualifier" and self.text.word(at + 1) == "month":
            return day, _Month(at + 2, 0, None, None, month.value, None, False)
        return None

    def _on_the(self, i: int, at: int) -> bool:
        """Whether "on the 24th" is a day of the month named before, and not "on the 24th floor"."""
        on = self.text.word(i - 1) == "the" and self.text.word(i - 2) == "on"
        after = self.text.word(at)
        return on and self.named_month is not None and (not after.isalpha() or after in _GOES_ON)

    def _counts(self, at: int) -> bool:
        """Whether an ordinal before word ``at`` counts something: «في الثالث عشر من العمر»."""
        word = self.text.word(at)
        return word in self.lex.of_words or word.startswith("ال")

    def _other_day(self, at: int) -> int | None:
        """The word of the month in "14 و15 آذار", "14 and 15 March", seen from the 14."""
        if self.text.word(at) not in ("و", "and") or not "0" <= self.text.word(at + 1) < ":":
            return None
        return at + 2

    # -- stretches and periods -----------------------------------------------------------------

    def _qualifier(self, found: _Found, i: int, match: Match) -> int:
        """English: "last Tuesday", "last March", "last month", "this year"."""
        lex = self.lex
        at = i + match.length
        after = lex.heads.match(self.words, at)
        if after is None:
            return _NOTHING
        qualifier: Qualifier = match.value
        if after.tag == "weekday":
            stop = self._weekday(found, at, after)
            if stop > 0:
                found.weekday_qualifier = qualifier
            return stop
        if after.tag in _MONTH_TAGS:
            month = self._read_month(at, after, day_before=False)
            if month is None or found.has_day or found.timed:
                return _NOTHING
            self._set_date(found, month.day, month)
            found.qualifier = qualifier
            return month.stop
        if after.tag in ("period", "stretch") and self.text.word(at + after.length) != "of":
            return self._set_period(found, after.value, qualifier, at + after.length)
        return _NOTHING

    def _period(self, found: _Found, i: int, match: Match) -> int:
        """Arabic: الشهر الماضي, الأسبوع الجاري, مطلع الشهر."""
        if not self.lex.arabic:
            return _NOTHING
        at = i + match.length
        qualifier = self.lex.qualifiers.get(self.text.word(at))
        if qualifier is None and self.text.word(i - 1) in self.lex.start_of:
            return self._set_period(found, match.value, "current", at)
        if qualifier is None or qualifier == "same":
            return _NOTHING
        return self._set_period(found, match.value, qualifier, at + 1)

    def _set_period(self, found: _Found, key: str, qualifier: Qualifier, stop: int) -> int:
        stretch = _stretch(key)
        if found.weekday is not None and stretch == "week" and found.weekday_qualifier is None:
            found.period = (stretch, qualifier)
            return stop
        if found.has_day or found.timed or stretch in ("day", "night"):
            return _CLASH if found.has_day else _NOTHING
        found.period = (stretch, qualifier)
        return stop

    def _distance(self, found: _Found, i: int, match: Match) -> int:
        """Arabic: قبل ثلاثة أيام, منذ أسبوع, بعد يومين, قبل ذلك بيومين."""
        at, way = i + match.length, match.value
        if way == "day_after":
            if found.has_day:
                return _CLASH
            found.named = (-1, "day")
            return at
        from_named = way in ("earlier", "later")
        read = self._read_stretch(at, led=from_named)
        if read is None:
            return _NOTHING
        count, stretch, stop = read
        if way == "since" and stretch == "day" and self._names_day(stop):
            return _NOTHING  # «منذ يوم الجمعة»
        if self.text.word(stop) in _WHOLE:
            stop += 1  # «بعد يوم كامل من»
        link, after = self.text.word(stop), self.text.word(stop + 1)
        of_event = link in ("من", "علي", "الي") and after not in ("ذلك", "هذا")
        if found.has_day:
            return _CLASH
        if way == "ago" or way == "since":
            if of_event:
                return _NOTHING  # "two days before the vote"
            found.ago, found.since = (count, stretch), way == "since"
        elif count is None:
            return _NOTHING
        elif way == "after_event":
            found.named = (-count if of_event else count, stretch)
        else:
            found.named = (-count if way == "earlier" else count, stretch)
        return stop

    def _names_day(self, at: int) -> bool:
        """Whether the name of a weekday stands at a word."""
        match = self.lex.heads.match(self.words, at)
        return match is not None and match.tag == "weekday"

    def _read_stretch(self, at: int, *, led: bool) -> tuple[int | None, Stretch, int] | None:
        """Arabic: "ثلاثة أيام", "يومين", "أيام" at word ``at``: how many, of what, and the end.

        ``led``: the first word carries ب.
        """
        stretches, word = self.lex.stretches, self.text.word(at)
        if led:
            if word[:1] != "ب":
                return None
            if word == "ب":
                at += 1
            word = word[1:]
        count: int | None = None
        found = stretches.get(word)
        if found is None:
            figure, at = self.numbers.figure(at)
            found = stretches.get(self.text.word(at))
            if figure is None or figure.kind not in ("cardinal", "vague") or found is None:
                return None
            count = figure.value
        elif found[1] is not None:
            count = found[1]
        elif not _is_plural(word):
            count = 1
        at += 1
        while self.text.word(at) in _AFTER_STRETCH:
            at += 1
        return count, found[0], at

    def _stretch(self, found: _Found, i: int, match: Match) -> int:
        """English: "two days ago", "a week earlier", "three days after" at its noun."""
        if match.value in ("month", "year") and self._starts(i):
            return self._set_period(found, match.value, "current", i + 1)
        distance = self.lex.distance.match(self.words, i + 1)
        if distance is None or found.has_day or i != found.first:
            return _NOTHING
        first, count = self._count_before(i, found.free)
        if first == i:
            return _NOTHING
        found.first = first
        stretch, stop = _stretch(match.value), i + 1 + distance.length
        if distance.tag == "ago":
            found.ago = (count, stretch)
            return stop
        if count is None:
            return _NOTHING
        if distance.tag == "earlier":
            if self.words[i + 1] == "before" and self._goes_on(stop):
                return _NOTHING  # "two days before the vote"
            found.named = (-count, stretch)
        elif distance.tag == "later":
            found.named = (count, stretch)
        else:
            follows = self._goes_on(stop)
            the = self.words[first] == "the" and not follows
            found.named = (count if the else -count, stretch)
        if stretch == "night":
            self._set_daypart(found, "night", firm=True)
        return stop

    def _starts(self, i: int) -> bool:
        """Whether "the start of the", "earlier in the" stands before word ``i``."""
        before = [self.text.word(k) for k in range(i - 3, i)]
        return before[1:] in (["of", "the"], ["in", "the"]) and before[0] in self.lex.start_of

    def _goes_on(self, i: int) -> bool:
        """Whether the words after a distance name what it is counted from."""
        word = self.text.word(i)
        return word[:1].isalpha() and (word == "the" or word not in self.lex.glue)

    def _count_before(self, i: int, free: int) -> tuple[int, int | None]:
        """Where the number before word ``i`` begins, and its value; ``i`` if there is none."""
        for at in (i - 3, i - 2, i - 1):
            if at < free:
                continue
            figure, stop = self.numbers.figure(at)
            if figure is not None and stop == i and figure.kind in ("cardinal", "vague"):
                return max(free, figure.first), figure.value
        if i - 1 >= free and self.words[i - 1] in ("a", "an", "the", "one"):
            return i - 1, 1
        return i, None

    # -- times of day --------------------------------------------------------------------------

    def _set_daypart(self, found: _Found, daypart: Daypart, *, firm: bool) -> None:
        found.daypart, found.firm = daypart, firm

    def _daypart(self, found: _Found, i: int, match: Match) -> int:
        daypart: Daypart = match.value
        if found.clock is not None and (found.clock.half, daypart) in _NOT_TOGETHER:
            return _CLASH  # "at 10 a.m. In the afternoon another …"
        if found.daypart is not None and found.firm and found.daypart != daypart:
            if (found.daypart, daypart) in _SAME_TIME:
                return i + match.length
            return _CLASH
        self._set_daypart(found, daypart, firm=True)
        return self._next_weekday(found, i + match.length)

    def _daypart_unsure(self, found: _Found, i: int, match: Match) -> int:
        stop = self._daypart(found, i, match)
        if stop > 0 and not found.has_day and found.clock is None:
            found.needs_day = True
        return stop

    def _daypart_led(self, found: _Found, i: int, match: Match) -> int:
        if self.text.word(i - 1) in self.lex.this and not found.has_day:
            found.offset = 0  # «هذا المساء»
            return self._daypart(found, i, match)
        if match.particle in ("ب", "وب") or self.text.word(i - 1) in self.lex.daypart_lead:
            return self._daypart(found, i, match)
        return self._daypart_unsure(found, i, match)

    def _late(self, found: _Found, i: int, match: Match) -> int:
        if found.timed or found.has_day:
            return _CLASH
        self._set_daypart(found, match.value, firm=False)
        found.needs_day = True
        return i + match.length

    def _midnight(self, found: _Found, i: int, match: Match) -> int:
        if found.midnight is not None:
            return _CLASH
        key, _, last = match.value.partition("_")
        if last:
            if found.has_day:
                return _CLASH
            found.offset = -1
        found.midnight = _midnight_of(key)
        found.midnight_first = not found.has_day or bool(last)
        if found.daypart is None:
            self._set_daypart(found, "night", firm=False)
        return i + match.length

    def _hour(self, found: _Found, i: int, match: Match) -> int:
        """Arabic: الساعة and what follows."""
        clock = self._read_clock_ar(i + match.length)
        return _NOTHING if clock is None else self._set_clock(found, clock)

    def _hour_name(self, found: _Found, i: int, _match: Match) -> int:
        """An hour without الساعة or o'clock, where the words around it show that it is one."""
        lex = self.lex
        if not lex.arabic:
            clock = self._read_clock(i, found) or self._bare_hour(i)
            return _NOTHING if clock is None else self._set_clock(found, clock)
        if self.text.word(i - 1) not in lex.clock_lead:
            return _NOTHING
        clock = self._read_clock_ar(i)
        if clock is None:
            return _NOTHING
        if clock.half is None and clock.minute == 0 and not found.firm:
            at = clock.stop
            while self.text.word(at) in ("من", "في"):
                at += 1
            after = lex.heads.match(self.words, at)
            if after is None or after.tag not in _TIME_TAGS:
                return _NOTHING
        return self._set_clock(found, clock)

    def _bare_hour(self, i: int) -> _Clock | None:
        """English: "at six in the evening"."""
        hour, after = self._hour_at(i), self.lex.heads.match(self.words, i + 3)
        if (
            hour is None
            or not 1 <= hour <= 12
            or self.text.word(i - 1) not in self.lex.clock_lead
            or self.words[i + 1 : i + 3] != ["in", "the"]
            or after is None
            or after.tag != "daypart"
        ):
            return None
        return _Clock(i + 1, hour, 0, False)

    def _minutes_past(self, found: _Found, i: int, match: Match) -> int:
        """English: half past six."""
        at = i + match.length
        hour = self._hour_at(at)
        if hour is None or not 1 <= hour <= 12:
            return _NOTHING
        whole, minute = _plus(hour, match.value)
        return self._set_clock(found, self._clock_tail(_Clock(at + 1, whole, minute, False)))

    def _set_clock(self, found: _Found, clock: _Clock) -> int:
        if found.clock is not None:
            if clock.gmt == found.clock.gmt:
                return _CLASH
            # "at 4:30 a.m. (0130 GMT)" says one time twice, perhaps "(2200 GMT Sunday)".
            day = self.lex.heads.match(self.words, clock.stop)
            return clock.stop + (day is not None and day.tag == "weekday")
        found.clock = clock
        return clock.stop

    def _hour_at(self, i: int) -> int | None:
        word = self.text.word(i)
        if word.isdigit() and len(word) <= 2:
            return int(word)
        match = self.lex.heads.match(self.words, i)
        if match is not None and match.tag == "hour_name":
            return int(match.value)
        return None

    def _read_clock_ar(self, i: int) -> _Clock | None:
        """The hour at word ``i`` with its minutes: 00:20, التاسعة والربع, 9 و20 دقيقة."""
        words, lex = self.words, self.lex
        while self.text.word(i) in lex.clock_lead or self.text.word(i) == "(":
            i += 1
        exact = _CLOCK_DIGITS.fullmatch(self.text.word(i)) or _HHMM.fullmatch(self.text.word(i))
        if exact is not None:
            hour, minute = int(exact[1]), int(exact[2])
            stop = i + 2 if self.text.word(i + 1) == ")" else i + 1
            clock = _Clock(stop, hour, minute, True)
            return self._clock_tail(clock) if hour < 24 and minute < 60 else None
        match = lex.heads.match(words, i)
        if match is not None and match.tag == "hour_name":
            hour, stop = int(match.value), i + match.length
        else:
            known = self._hour_at(i)
            if known is None or known > 24:
                return None
            hour, stop = known % 24, i + 1
        minutes = lex.clock_minutes.match(words, stop)
        minute = 0
        if minutes is not None:
            stop += minutes.length
            hour, minute = _plus(hour, minutes.value)
        else:
            at = stop + 1 if self.text.word(stop) == "و" else stop
            figure, after = self.numbers.figure(at) if at < len(words) else (None, at)
            if figure is not None and figure.joined and self.text.word(after) in lex.minute_words:
                if figure.value is not None and figure.value < 60:
                    stop, minute = after + 1, figure.value
        return self._clock_tail(_Clock(stop, hour, minute, False))

    def _read_clock(self, i: int, found: _Found) -> _Clock | None:
        """A clock time at word ``i`` that needs no الساعة: 00:20, 9:30 p.m., 0430 GMT."""
        word, lex = self.words[i], self.lex
        exact = _CLOCK_DIGITS.fullmatch(word)
        tail = lex.clock_after.match(self.words, i + 1)
        if exact is not None:
            hour, minute = int(exact[1]), int(exact[2])
            if hour > 23 or minute > 59:
                return None
            if ":" not in word and (tail is None or tail.tag not in ("am", "pm")):
                return None
            return self._clock_tail(_Clock(i + 1, hour, minute, True))
        if tail is None:
            return None
        exact = _HHMM.fullmatch(word)
        if exact is not None:
            hour, minute = int(exact[1]), int(exact[2])
            if tail.tag in ("gmt", "local") and hour < 24 and minute < 60:
                return self._clock_tail(_Clock(i + 1, hour, minute, True))
            return None
        known = self._hour_at(i)
        if known is None or not 1 <= known <= 12:
            return None
        if tail.tag in ("am", "pm", "oclock") and not (lex.arabic and len(tail.tag) > 2):
            if lex.arabic and tail.tag == "pm" and not found.has_day:
                return None  # "5 م" is five metres
            return self._clock_tail(_Clock(i + 1, known, 0, False))
        return None

    def _clock_tail(self, clock: _Clock) -> _Clock:
        """Take in "p.m.", "o'clock", "بالتوقيت المحلي", "GMT" after the hour."""
        words, stop, half, gmt = self.words, clock.stop, clock.half, clock.gmt
        while True:
            at = stop + 1 if self.text.word(stop) in ("(", ",", "،") else stop
            match = self.lex.clock_after.match(words, at)
            if match is None or (at > stop and match.tag not in ("gmt", "local")):
                return clock._replace(stop=stop, half=half, gmt=gmt)
            if match.tag == "am":
                half = "am"
            elif match.tag == "pm":
                half = "pm"
            elif match.tag == "gmt":
                gmt = True
            stop = at + match.length

    # -- working out the day -------------------------------------------------------------------

    def _resolve(self, found: _Found) -> DateMention | None:
        if not found.has_day:
            if found.overnight:
                found.offset = -1
            elif found.needs_day or not found.timed:
                return None
        daypart, clock, shift = _time(found)
        value, precision, kind = self._day_of(found)
        day = value if isinstance(value, date) else None
        if day is not None:
            day = _shifted(day, shift)
            text = None if day is None else day.isoformat()
        else:
            text = value if isinstance(value, str) else None
        before = found.first - 1
        if self.text.word(before) in self.lex.day_lead | self.lex.start_of:
            before -= 1  # «منذ يوم الجمعة», «منذ بداية الشهر»
        relation = self.lex.relations.get(self.text.word(before), "on")
        if found.since:
            relation = "since"
        elif found.time_first and relation in ("before", "after"):
            if relation == "before" and clock is not None and clock.endswith(":00"):
                if found.daypart is None or not found.firm:  # "shortly before 6 p.m."
                    daypart = _daypart_at((int(clock[:2]) - 1) % 24)
            relation = "on"  # "shortly after 9 p.m. on Tuesday" is still Tuesday
        if day is not None and relation in ("on", "after"):
            self.named_day = day
            self.named_month = (day.year, day.month)
        elif text is not None and precision == "month":
            self.named_month = (int(text[:4]), int(text[5:7]))
        explicit = found.month is not None and (found.year is not None)
        relative = kind in ("weekday", "deictic", "ago", "period", "relative_to_previous")
        relative = relative or found.ordinal
        needs = (relative or found.month is not None) and not explicit and found.has_day
        return DateMention(
            start=self.text.starts[found.first] + found.skip,
            end=self.text.end(found.stop - 1),
            date=text,
            precision=precision if text is not None else "unknown",
            daypart=daypart,
            clock=clock,
            relative=relative,
            needs_published=needs,
            kind=kind,
            offset=_days(*found.named) if found.named and kind == "relative_to_previous" else None,
            relation=relation,
        )

    def _day_of(self, found: _Found) -> tuple[date | str | None, DatePrecision, DateKind]:
        """The day, or ``YYYY-MM`` or ``YYYY``, with its precision and the kind of mention."""
        if found.dated:
            return self._calendar(found)
        if found.weekday is not None:
            if found.named is not None and self.named_day is None:
                found.named = None
            day = self._offset_day(found) if found.offset is not None else None
            day = self._nearest_weekday(found, day)
            kind: DateKind = "weekday" if found.offset is None else "deictic"
            return day, "day", kind
        if found.offset is not None:
            day = self._offset_day(found)
            shift = found.midnight == "after" and found.midnight_first
            return _shifted(day, int(shift)), "day", "deictic"
        if found.named is not None:
            return *_moved(self.named_day or self.published, *found.named), "relative_to_previous"
        if found.ago is not None:
            count, stretch = found.ago
            if count is None:
                return None, "unknown", "ago"
            return *_moved(self.published, -count, stretch), "ago"
        if found.period is not None:
            return self._period_of(*found.period)
        return None, "unknown", "clock" if found.clock is not None else "daypart"

    def _offset_day(self, found: _Found) -> date | None:
        offset = found.offset or 0
        if offset == 0 and self.small_hours and found.daypart in _BY_DAY:
            offset = -1  # published after midnight, "this evening" is the evening just gone
        return _shifted(self.published, offset)

    def _nearest_weekday(self, found: _Found, near: date | None) -> date | None:
        """The day that a weekday means."""
        weekday = found.weekday
        if weekday is None or self.published is None:
            return None
        published, qualifier = self.published, found.weekday_qualifier
        if near is not None:
            # "yesterday, Wednesday": the name of the day is surer than the publication hour.
            off = (weekday - near.weekday() + 3) % 7 - 3
            day = _shifted(near, off)
        elif found.named is not None and self.named_day is not None:
            base = _shifted(self.named_day, _days(*found.named)) or self.named_day
            day = _shifted(base, (weekday - base.weekday() + 3) % 7 - 3)
        else:
            day = _shifted(published, -((published.weekday() - weekday) % 7))
            if qualifier == "past" and day == published:
                day = _shifted(published, -7)
            if found.before_last:
                day = _shifted(day, -7)
            if qualifier == "next":
                day = _shifted(published, (weekday - published.weekday() - 1) % 7 + 1)
            if found.period is not None and found.period[1] == "past" and day is not None:
                sunday = _shifted(published, -((published.weekday() + 1) % 7))
                if sunday is not None and day >= sunday:
                    day = _shifted(day, -7)
        if found.weekday_to is not None:
            return _shifted(day, 1) if found.midnight in ("after", "at") else day
        night = self.lex.arabic or (found.firm and found.daypart == "night")
        if found.midnight == "after" and found.midnight_first and night:
            # "بعد منتصف ليل الأحد", "after midnight on Sunday night" is Monday, if it has come.
            later = _shifted(day, 1)
            if near is not None or (later is not None and later <= published):
                return later
        return day

    def _calendar(self, found: _Found) -> tuple[date | str | None, DatePrecision, DateKind]:
        published, month, year = self.published, found.month, found.year
        if found.ordinal and found.day is not None:
            return self._day_in_month(found.day, found.qualifier), "day", "ordinal_day"
        if month is None:
            return (None if year is None else str(year)), "year", "absolute"
        if year is None and found.year_qualifier is not None and published is not None:
            year = published.year + _STEP[found.year_qualifier]
        if found.day is not None:
            if year is not None:
                return _date(year, month, found.day), "day", "absolute"
            return self._nearest_date(month, found.day, found), "day", "absolute"
        if year is not None:
            return f"{year:04}-{month:02}", "month", "absolute"
        if published is None:
            return None, "month", "absolute"
        year = published.year
        if found.qualifier == "next":
            year += month <= published.month
        elif month > published.month or (month == published.month and found.qualifier == "past"):
            year -= 1
        return f"{year:04}-{month:02}", "month", "absolute"

    def _nearest_date(self, month: int, day: int, found: _Found) -> date | None:
        """The day without a year: the last one up to publication, or the next one."""
        published = self.published
        if published is None:
            return None
        if found.qualifier == "next":
            years = range(published.year, published.year + 5)
            fitting = (_date(year, month, day) for year in years)
            return next((d for d in fitting if d is not None and d > published), None)
        years = range(published.year, published.year - 9, -1)
        days = [_date(year, month, day) for year in years if year > 0]
        past = [d for d in days if d is not None and d <= published]
        if not past:
            return None
        if found.weekday is not None and published - past[0] > _FRESH:
            # An old date whose weekday fits another year is of that year.
            return next((d for d in past if d.weekday() == found.weekday), past[0])
        return past[0]

    def _day_in_month(self, day: int, qualifier: Qualifier | None) -> date | None:
        """A day of the current, last or named month."""
        published = self.published
        if qualifier == "same":
            base = self.named_month
            named = None if base is None else _date(base[0], base[1], day)
            if named is None or published is None or named <= published:
                return named
            month_before = named.replace(day=1) - timedelta(days=1)
            return _date(month_before.year, month_before.month, day)
        if published is None:
            return None
        index = published.year * 12 + published.month - 1 + _STEP[qualifier or "current"]
        return _date(index // 12, index % 12 + 1, day)

    def _period_of(
        self, stretch: Stretch, qualifier: Qualifier
    ) -> tuple[date | str | None, DatePrecision, DateKind]:
        published = self.published
        if published is None:
            return None, "unknown", "period"
        step = _STEP[qualifier]
        if stretch == "month":
            index = published.year * 12 + published.month - 1 + step
            return f"{index // 12:04}-{index % 12 + 1:02}", "month", "period"
        if stretch == "year":
            return f"{published.year + step:04}", "year", "period"
        return None, "unknown", "period"


_MONTH_TAGS: Final = frozenset(("month", "month_unsure", "month_short"))
# "the early hours of Wednesday morning", "before midnight on Monday evening": the first says more.
_SAME_TIME: Final = frozenset((("dawn", "morning"), ("night", "evening")))
_NOT_TOGETHER: Final = frozenset(
    (("am", "noon"), ("am", "afternoon"), ("am", "evening"), ("pm", "dawn"), ("pm", "morning"))
)
_TIME_TAGS: Final = frozenset(("daypart", "daypart_unsure", "daypart_led", "midnight", "night"))
_AFTER_STRETCH: Final = frozenset(("تقريبا", "واحد", "واحده"))
_STEP: Final[dict[Qualifier, int]] = {"past": -1, "current": 0, "next": 1, "same": 0}
_FROM_TO: Final = frozenset("بين between".split())
_GOES_ON: Final = frozenset("a an two three in at by when and killed wounded hit left that".split())
_ON: Final = frozenset(("في", "وفي", "يوم", "ويوم"))
_FRESH: Final = timedelta(days=60)
_GMT_HOURS: Final = 3
_SMALL_HOURS: Final = 4
_BY_DAY: Final[frozenset[Daypart]] = frozenset(("morning", "noon", "afternoon", "evening"))

_Part = Callable[[_Reader, _Found, int, Match], int]
_PARTS: Final[dict[str, _Part]] = {
    "weekday": _Reader._weekday,
    "weekday_short": _Reader._weekday,
    "day": _Reader._day,
    "night": _Reader._night,
    "overnight": _Reader._overnight,
    "from_named": _Reader._from_named,
    "from_named_daypart": _Reader._from_named_daypart,
    "this_daypart": _Reader._this_daypart,
    "month": _Reader._month,
    "month_unsure": _Reader._month,
    "month_short": _Reader._month,
    "year_word": _Reader._year_word,
    "ordinal": _Reader._ordinal,
    "qualifier": _Reader._qualifier,
    "stretch": _Reader._stretch,
    "period": _Reader._period,
    "distance": _Reader._distance,
    "daypart": _Reader._daypart,
    "daypart_unsure": _Reader._daypart_unsure,
    "daypart_led": _Reader._daypart_led,
    "late": _Reader._late,
    "midnight": _Reader._midnight,
    "hour": _Reader._hour,
    "hour_name": _Reader._hour_name,
    "minutes_past": _Reader._minutes_past,
}


_WHOLE = frozenset("كامل كامله كاملين واحد واحده تقريبا فقط".split())


def _day_number(figure: Figure | None) -> int | None:
    """The value of a figure that can be the day of a month."""
    if figure is None or figure.kind not in ("cardinal", "ordinal") or figure.value is None:
        return None
    return figure.value if 1 <= figure.value <= 31 else None


def _says_night(match: Match | None) -> bool:
    return match is not None and match.tag == "daypart" and match.value == "night"


def _midnight_of(key: str) -> Midnight:
    return "after" if key == "after" else "before" if key == "before" else "at"


def _is_plural(word: str) -> bool:
    """Whether an Arabic stretch of time is a plural, so that its number is unknown."""
    return word in ("ايام", "اسابيع", "اشهر", "شهور", "اعوام", "سنوات", "سنين")


def _days(count: int, stretch: Stretch) -> int:
    return count * {"week": 7, "month": 30, "year": 365}.get(stretch, 1)


def _moved(
    base: date | None, count: int, stretch: Stretch
) -> tuple[date | str | None, DatePrecision]:
    """``base`` moved by a count of days or weeks (a day), months or years (a month, a year)."""
    if base is None:
        return None, "unknown"
    if stretch == "month":
        months = base.year * 12 + base.month - 1 + count
        text = f"{months // 12:04}-{months % 12 + 1:02}" if 12 <= months < 120_000 else None
        return text, "month"
    if stretch == "year":
        year = base.year + count
        return (f"{year:04}" if 0 < year < 10_000 else None), "year"
    return _shifted(base, _days(count, stretch)), "day"


def _shifted(day: date | None, days: int) -> date | None:
    """``day`` moved; None where the calendar ends."""
    if day is None:
        return None
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _numeric_date(match: re.Match[str]) -> tuple[int, int, int] | None:
    """Year, month, day of 2020-11-17, 17/11/2020, 17.11.20; day before month unless impossible."""
    a, b, c = int(match[1]), int(match[3]), int(match[4])
    if len(match[1]) == 4:
        year, month, day = a, b, c
    elif len(match[4]) in (2, 4):
        year, month, day = (c if len(match[4]) == 4 else 2000 + c), b, a
        if month > 12 >= day:
            month, day = day, month
    else:
        return None
    if not 1900 <= year < 2100:
        return None
    return None if _date(year, month, day) is None else (year, month, day)


def _plus(hour: int, minutes: int) -> tuple[int, int]:
    """An hour of twelve and minutes past it, or (below zero) to it."""
    if minutes >= 0:
        return hour, minutes
    return (hour - 1 or 12), 60 + minutes


def _time(found: _Found) -> tuple[Daypart | None, str | None, int]:
    """Daypart, Baghdad clock time, and days to add because GMT was converted."""
    clock, daypart = found.clock, found.daypart
    if clock is None:
        return daypart, None, 0
    hour = _hour_of_24(clock, daypart)
    if hour is None:
        return daypart, None, 0
    shift = 0
    if clock.gmt:
        shift, hour = divmod(hour + _GMT_HOURS, 24)
    # A word like "late" gives way to the clock; an outright one wins.
    if daypart is None or not found.firm:
        daypart = _daypart_at(hour)
    return daypart, f"{hour:02}:{clock.minute:02}", shift


def _hour_of_24(clock: _Clock, daypart: Daypart | None) -> int | None:
    hour = clock.hour
    if hour > 12 or hour == 0:
        return hour
    if clock.half is not None:
        return hour % 12 + (12 if clock.half == "pm" else 0)
    if daypart is None:
        return hour if clock.exact else None
    if daypart in ("dawn", "morning"):
        return hour % 12 if daypart == "dawn" else hour
    if daypart == "noon":
        return hour if hour >= 10 else hour + 12
    if daypart == "night":
        return hour % 12 if hour == 12 or hour <= 5 else hour + 12
    return hour % 12 + 12


def _daypart_at(hour: int) -> Daypart:
    """The daypart of a clock time that no word describes."""
    for until, daypart in DAYPART_HOURS:
        if hour < until:
            return daypart
    return "night"


DAYPART_HOURS: Final[tuple[tuple[int, Daypart], ...]] = (
    (4, "night"),
    (7, "dawn"),
    (12, "morning"),
    (14, "noon"),
    (18, "afternoon"),
    (21, "evening"),
)
