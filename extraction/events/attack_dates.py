"""Which of the dates of an article are days of attacks, and which those of the talk about them."""

from __future__ import annotations

from bisect import bisect_left

from extraction.blows.blow import Blow
from extraction.dates import DateMention
from extraction.events.event import shift
from extraction.page import Page

BESIDE = 2
ACT_REACH = 16
OPENING = 8
_SUBORDINATE = frozenset("after about over into بعد اثر عن بشان حول".split())
_CAME = frozenset("جاء وجاء جاءت وجاءت ياتي وياتي تاتي وتاتي came come comes".split())
_WHICH = frozenset("الذي التي اللذين اللتين that which".split())
_COMMAS = frozenset("،,")
_BREAKS = _COMMAS | frozenset("; ؛ : one that when الذي التي تلك ذاك حين".split())
_CLEFT = frozenset("was is".split())  # "it was on Sunday that"
_WHO = frozenset(("who",))
_WAS = frozenset("was were had took became".split())
_SINCE = frozenset(("منذ", "since"))
_STATEMENTS = ("بيان", "تصريح", "تغريد")
_NEAR_STATEMENT = 4  # tokens between a statement and the day on which it was made
_POSSESSED = 3  # tokens after "Sunday's" among which its attack is named
DATELINE = 6
_DASHES = frozenset("- – — : / ( ) .".split())
_IN_DATELINE = frozenset("iraq العراق - – — , ، / (".split())
RUNNING = 3  # lines that open with a time of day
_ISSUED = frozenset(
    "الصادر الصادره الصادرين المنشور المنشوره صدر صدرت نشر نشرت issued published released".split()
)
_STARTING = frozenset("ابتداء اعتبارا بدءا انطلاقا starting effective as".split())
_DAY_AFTER = frozenset("غداه".split())
_WHEN = frozenset("حين حينما عندما يوم لما when".split())
_NO_BLOWS = ("find", "setup", "defuse")
_NO_DEEDS = frozenset((*_NO_BLOWS, "come_from"))
_TALK = ("condemn", "claim", "deny", "blame", "aftermath", "court", "business")


class AttackDates:
    """The dates of one page, each with whether it is the day of an attack."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.starts = [m.start for m in page.dates]
        # whether a token tells of something that happens in an attack, or of what is said of one
        self._happens = (_deeds(page) - page.date_tokens).__contains__
        self._is_said = _talk(page).__contains__
        self.when = self._dates_from_attacks()
        self._known: dict[tuple[int, int], list[tuple[DateMention, bool]]] = {}  # once asked for
        self._diary = self._diary_lines()

    def dates(self, first: int, last: int) -> list[tuple[DateMention, bool]]:
        """The dates between, each with whether it is the time of an attack (not of a statement)."""
        if (first, last) not in self._known:
            self._known[first, last] = self._read(first, last)
        return self._known[first, last]

    def _read(self, first: int, last: int) -> list[tuple[DateMention, bool]]:
        page = self.page
        start, stop = page.tokens[first].start, page.tokens[last - 1].end
        found = [
            (self._day_before(m, last), self._of_attack(m, first, last))
            for m in self.when[bisect_left(self.starts, start) : bisect_left(self.starts, stop)]
            if m.relation == "on" or self._when_follows(m)
        ]
        found = [
            (m._replace(relation="since"), False)
            if m.relation == "on" and self._since_then(m, first) and not self._when_follows(m)
            else (m, attack)
            for m, attack in found
        ]
        if not found:
            return found
        found = self._without_aside(found, first)
        found = self._after_another(found, first, last)
        named = [m for m, _ in found if self._beside_it(m)]
        if named:
            return [(m, m in named) for m, _ in found]
        if any(attack and m.kind != "relative_to_previous" for m, attack in found):
            # "four days after the curfew was lifted, six shells fell on Wednesday"
            return [(m, attack and m.kind != "relative_to_previous") for m, attack in found]
        return found

    def _since_then(self, mention: DateMention, first: int) -> bool:
        """ "the first since a government was sworn in on May 7": the day of no attack."""
        at = self.page.token_at(mention.start)
        for i in range(at - 1, max(first, at - ACT_REACH) - 1, -1):
            if self.page.texts[i] in _SINCE:
                return True
            if self.page.texts[i] in _BREAKS or self.page.in_date(i) or self._happens(i):
                return False
        return False

    def _day_before(self, mention: DateMention, last: int) -> DateMention:
        """«عاد النواب أمس الجمعة، غداة تفجير …»: the attack was on the day before."""
        page = self.page
        after = page.token_at(mention.end - 1) + 1
        for i in range(after, min(last, after + ACT_REACH)):
            if page.texts[i] in _DAY_AFTER and page.signals.any(i, i + 3, "trigger"):
                day = mention.date if mention.precision == "day" else None
                return mention._replace(date=shift(day, -1) if day else None)
            if i in page.first["trigger"]:
                break
        return mention

    def _diary_lines(self) -> frozenset[int]:
        """The lines of a round-up of a week: "On 14 January a grenade …", one day to each."""
        page = self.page
        days: dict[int, str] = {}
        if len(page.dates) < RUNNING:
            return frozenset()
        for (first, last), sentence in zip(page.bounds, page.sentences, strict=True):
            if first >= last or sentence.line in days:
                continue
            opening = next((m for m, attack in self.dates(first, last) if attack), None)
            if opening is None or opening.date is None or opening.precision != "day":
                continue
            if page.token_at(opening.start) - first <= 1:
                days[sentence.line] = opening.date
        spread = len(set(days.values()))
        return frozenset(days) if spread >= RUNNING else frozenset()

    def in_diary(self, blow: Blow) -> bool:
        """Whether a stretch opens a line of a round-up, and no attack is told before them all."""
        page = self.page
        if blow.line not in self._diary or blow.first != page.bounds[blow.sentence][0]:
            return False
        before = (
            s
            for s in page.signals.of_kind("munition")
            if page.sentences[page.sentence_at(s.first)].line < min(self._diary)
        )
        return next(before, None) is None

    def _dates_from_attacks(self) -> list[DateMention]:
        """The dates of the page, "a day earlier" counted from the attack told last.

        "Bombs went off on Friday, police said on Saturday. A day earlier …" is a Thursday.
        """
        page = self.page
        dates = list(page.dates)
        attacked: str | None = None
        for first, last in page.bounds:
            if first >= last:
                continue
            here: str | None = None
            struck: str | None = None  # the day of an attack told in this sentence
            start, stop = page.tokens[first].start, page.tokens[last - 1].end
            until = bisect_left(self.starts, stop)
            told = attacked
            for k in range(bisect_left(self.starts, start), until):
                mention = dates[k]
                if mention.precision != "day" or mention.relation != "on":
                    continue
                if mention.kind == "relative_to_previous":
                    after = page.tokens[page.token_at(mention.end - 1)].text == "after"
                    base = (struck or told) if after or here is None else here
                    moved = shift(base, mention.offset) if base is not None else None
                    if moved is not None:
                        mention = dates[k] = mention._replace(date=moved)
                here = mention.date
                if self._of_attack(mention, first, last):
                    attacked = struck = mention.date
        return dates

    def _without_aside(
        self, found: list[tuple[DateMention, bool]], first: int
    ) -> list[tuple[DateMention, bool]]:
        """ "Members on Tuesday asked about the blast that killed eight on Sunday": not Tuesday.

        The first of two days is that of something else where no attack is told before it and
        a subordinate clause begins between it and the attack, which has its own day behind it;
        so it is in «فتحت القيادة اليوم تحقيقا في القصف الذي طال القاعدة أمس».
        """
        days = [k for k, (m, attack) in enumerate(found) if attack and m.precision == "day"]
        if len(days) != 2:
            return found
        page = self.page
        (one, _), (two, _) = found[days[0]], found[days[1]]
        start, stop = page.token_at(one.start), page.token_at(one.end - 1) + 1
        until = page.token_at(two.start)
        before = [i for i in range(first, start) if self._happens(i)]
        if one.date == two.date or any(not page.signals.any(i, i + 1, "casualty") for i in before):
            return found
        deed = next((i for i in range(stop, until) if self._happens(i)), None)
        if deed is None:
            return found
        known = any(page.tokens[i].text in _WHICH for i in range(deed + 1, min(until, deed + 3)))
        aside = not before and any(page.tokens[i].text in _SUBORDINATE for i in range(stop, deed))
        if not known and not aside:
            return found  # "a third of the wounded died today …" is of the attack that is named
        found[days[0]] = (one, False)
        return found

    def _after_another(
        self, found: list[tuple[DateMention, bool]], first: int, last: int
    ) -> list[tuple[DateMention, bool]]:
        """«وجاء قصف أمس بعد ثلاثة أيام من انفجار عبوة …»: told of the other, three days before."""
        page = self.page
        came = any(page.texts[i] in _CAME for i in range(first, min(last, first + OPENING)))
        for k, (mention, _) in enumerate(found if came else ()):
            after = page.token_at(mention.end - 1) + 1
            if mention.kind != "relative_to_previous" or not mention.date or found[k + 1 :]:
                continue
            if any(self._happens(i) for i in range(after, min(last, after + BESIDE + 1))):
                return [(m, n == k) for n, (m, _) in enumerate(found)]
        return found

    def _beside_it(self, mention: DateMention) -> bool:
        """ "gave details on Thursday of two attacks the night before"."""
        page = self.page
        at = page.token_at(mention.start)
        if page.lang != "en" or mention.kind != "relative_to_previous" or mention.date is None:
            return False
        at -= at > 1 and page.texts[at - 1] in ("the", "a")
        return page.signals.any(at - 1, at, "trigger", "attack", "airstrike", "explode")

    def _after_something_else(self, mention: DateMention, last: int) -> bool:
        """«بعد يوم كامل من الأرقام المتضاربة»: a day since what was no attack."""
        page = self.page
        if mention.kind != "relative_to_previous" or page.lang != "ar":
            return False
        at = page.token_at(mention.end - 1) + 1
        if at >= last or page.tokens[at].text not in ("من", "علي"):
            return False
        reach = range(at, min(last, at + OPENING))
        clause = next((i for i in reach if page.tokens[i].text in _COMMAS), reach.stop)
        return not any(
            page.signals.any(at, clause, kind) for kind in ("trigger", "casualty", "munition")
        )

    def _when_follows(self, mention: DateMention) -> bool:
        """«منذ ليلة الثامن من آذار، حين انفجرت …»: the day of what is told next."""
        after = self.page.token_at(mention.end - 1) + 1
        tokens = self.page.tokens[after : after + 3]
        far = len(tokens) > 2 and tokens[0].text in ("too", "also", "as")  # "on May 5 too, when"
        return any(t.text in _WHEN for t in tokens[: 3 if far else 2])

    def _of_attack(self, mention: DateMention, first: int, last: int) -> bool:
        page = self.page
        at = page.token_at(mention.start)
        if at > first and page.tokens[at - 1].text in _ISSUED:
            return False
        if at - 1 > first and page.tokens[at - 2].text in _STARTING:
            return False  # «ابتداء من مساء الأحد»: what is asked for
        if self._after_something_else(mention, last) or self._of_statement(at, first):
            return False
        if self._when_follows(mention):
            return True
        after = page.token_at(mention.end - 1) + 1
        if self._in_dateline(at, after):
            return False
        if page.tokens[after - 1].text.endswith("'s"):
            return self._owns_attack(after, last)
        if page.signals.any(after, min(last, after + 3), "aftermath", "of_wounds"):
            return False  # «توفي اليوم متأثرا بجراحه»
        if self._opens_speech(at, after, last) or self._of_somebody(at, first):
            return False
        if self._of_what_it_answers(at, first):
            return False
        if mention.kind == "relative_to_previous" and page.tokens[after - 1].text == "after":
            # "said on Wednesday, a day after a truck bomb killed 20"
            return any(self._happens(i) for i in range(after, min(last, after + OPENING)))
        for i in range(at - 1, first - 1, -1):
            if page.tokens[i].text in "؛;" or (
                page.lang == "ar"
                and i in page.first["speech"]
                and page.signal(i, "speech", "that") is not None
            ):
                break
            if self._happens(i) or self._carried_out(i, first):
                return True
            if self._is_said(i) and page.texts[i - 1] not in _WHICH:
                return False  # but not «الهجوم الذي تبنته الجماعة على الكنيسة يوم …»
            near = BESIDE + 1 if page.lang == "ar" else OPENING
            if at - i <= near and page.signal(i, "trigger", *_NO_BLOWS) is not None:
                return False  # "planted at night", "found on Tuesday"
        for i in range(after, last):
            if self._happens(i):
                return True
            if self._is_said(i):
                return False
        return any(
            self._happens(i) or self.page.signals.any(i, i + 1, "trigger", "come_from")
            for i in range(first, last)
        )

    def _of_statement(self, at: int, first: int) -> bool:
        """«أصرت في بيانها الثاني، فجر اليوم، على أن»: when it was issued."""
        page = self.page
        for i in range(at - 1, max(first, at - _NEAR_STATEMENT) - 1, -1):
            if self._happens(i) or page.texts[i] in _BREAKS - _COMMAS:
                return False
            if page.texts[i].removeprefix("و").startswith(_STATEMENTS):
                return True
        return False

    def _opens_speech(self, at: int, after: int, last: int) -> bool:
        """ "informed on Sunday that …": when it was said."""
        page = self.page
        if after < last and page.tokens[after].text == ",":
            after += 1
        if after + 1 >= last or page.tokens[after].text != "that":
            return False
        cleft = at > 1 and page.tokens[at - 2].text in _CLEFT
        return not cleft and not self._happens(after + 1)  # "the one on May 2 that killed two"

    def _of_somebody(self, at: int, first: int) -> bool:
        """ "the first attack under a premier who was sworn in on 7 May": none of the attack."""
        page = self.page
        for i in range(at - 1, max(first, at - OPENING) - 1, -1):
            if self._happens(i) or page.tokens[i].text in _COMMAS:
                return False
            if page.tokens[i].text in _WHO:
                return page.tokens[i + 1].text in _WAS
        return False

    def _of_what_it_answers(self, at: int, first: int) -> bool:
        """«ضربت … ردا على مقتل جنود يوم الأحد»: the day of what came before the attack told."""
        page = self.page
        for i in range(at - 1, max(first, at - ACT_REACH) - 1, -1):
            if page.texts[i] in _COMMAS:
                return False
            if i in page.first["answer"]:
                if any(word in _CAME for word in page.texts[i - 2 : i]):
                    return False  # «الضربات جاءت ردا على القصف الذي طال المعسكر يوم …»
                return any(self._happens(k) for k in range(i + 1, at)) and any(
                    self._happens(k) for k in range(first, i)
                )
        return False

    def _carried_out(self, i: int, first: int) -> bool:
        """«الغارات التي نفذتها الولايات المتحدة ليل الجمعة»: the night of the raids."""
        page = self.page
        which = i - 1 >= first and page.texts[i - 1] in _WHICH
        raid = i - 1 - which
        return raid >= first and self._happens(raid) and page.signals.any(i, i + 1, "deed", "did")

    def _in_dateline(self, first: int, after: int) -> bool:
        """ "BAGHDAD, Oct 12 - Two soldiers died …": the day of the report."""
        page = self.page
        opens, ends = page.bounds[0]
        if not opens < first < min(ends, opens + DATELINE):
            return False
        closes = after >= ends or page.tokens[after].text in _DASHES
        return closes and all(
            page.in_place(i) or page.tokens[i].text in _IN_DATELINE for i in range(opens, first)
        )

    def _owns_attack(self, after: int, last: int) -> bool:
        """ "Sunday's truck bombing", but not "today's election"."""
        for i in range(after, min(last, after + _POSSESSED)):
            if self.page.tokens[i].text in "،,;":
                return False
            if self._names_attack(i):
                return True
        return False

    def _names_attack(self, i: int) -> bool:
        """Whether a token is a noun for an attack, its weapon or its victims."""
        return self._happens(i) and not self.page.signals.any(
            i, i + 1, "trigger", "launch", "fall", "hit", "target", "intercept"
        )


def _deeds(page: Page) -> frozenset[int]:
    """The tokens that tell of something that happens in an attack."""
    signals = page.signals
    return frozenset(
        (
            *page.first["munition"],
            *page.first["occurs"],
            *(s.first for s in signals.of_kind("casualty") if not s.number),
            *(s.first for s in signals.of_kind("trigger") if s.sub not in _NO_DEEDS),
        )
    )


def _talk(page: Page) -> frozenset[int]:
    """The tokens that tell of something that is said about an attack."""
    signals = page.signals
    return frozenset(
        (
            *(s.first for k in _TALK for s in signals.of_kind(k) if s.sub != "responsibility"),
            *(s.first for s in signals.of_kind("speech", "verb")),
            *(s.first for s in signals.of_kind("hedge", "correct")),
            *(s.first for s in signals.of_kind("nonevent", "threat")),
        )
    )
