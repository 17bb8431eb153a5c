"""Who is named: armed groups, forces and states, known ones, unknown ones and described ones."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

from extraction.page import Page
from extraction.text.lexicon import Group, word_list
from extraction.text.marks import mark
from extraction.text.signals import Signal
from gazetteer import fold

QUOTES = "\"«»“”„'"
_RECENT = 12
# words that stand for the group named last
_SHORT = frozenset(
    "سرايا عصائب لواء حركه جماعه فصيل تنظيم كتائب اخيره اخير ميليشيا مليشيا group militia "
    "movement faction former latter organisation organization outfit".split()
)
_SHORT_AR = frozenset("حزب حشد تيار منظمه مكتب هيئه فيلق حركه تنظيم جماعه".split())
_NAME_HEADS = frozenset("كتائب لواء الويه سرايا حركه جيش عصبه فيلق كتيبه تشكيل".split())
_GROUP_NOUNS = frozenset(
    "brigade brigades army battalion battalions companies front movement league guardians "
    "revolutionaries saraya liwa kataib harakat jaysh jaish ansar ashab usbat tashkil alwiyat "
    "fasail squad force cell resistance state organisation organization".split()
)
_AND_EN = frozenset("and , or nor".split())
_HIS_OWN_EN = frozenset(
    "the of 's local branch wing cell cells members fighters loyalists remnants followers both "
    "elements supporters".split()
)
_AND_HIS_AR = frozenset("وبقايا وفلول وعناصر ومسلحي ومقاتلي وخلايا وميليشيات وميليشيا".split())
# what a militia takes from whom it obeys: "takes its orders from", «تتلقى أوامرها من»
_TAKES_EN = frozenset(
    "take takes receive receives get gets draw draws answer answers report reports".split()
)
_TAKES_AR = frozenset("تتلقي يتلقي تتلقون تاخذ ياخذ يتلقون تستلم".split())
_OBEYING_AR = frozenset("تاتمر ياتمر بامر باوامر".split())
_TENS_AR = ("الحادي", "الثاني", "العشر", "الثلاث", "الاربع", "الخمس", "الست", "السبع", "الثمان")
_QUOTED = frozenset(QUOTES)
_AMONG_EN = frozenset(", among them including notably chiefly".split())
_AFTER_NAME = frozenset(", that which who".split())
_OPENS_APPOSITION = frozenset("a an the another its their which who whose whom one".split())
_IN_NAME_EN = frozenset("al of - the to for".split())
_ALIAS = ("also known as", "better known as", "known as", "formerly known as", "or")
_BEFORE_VERB = frozenset(", has had have also later then first".split())
_RELATIVE_AR = frozenset("التي الذين الذي".split())
_LED = frozenset("led headed commanded founded run under".split())
_IT = frozenset("it this that them him".split())
# what bodies of soldiers, and movements of traffic, are called by
_CORPS = frozenset(
    "المشاه الهندسه المدفعيه المدرعه المدرعات الدبابات الرد المغاوير الاستطلاع المهمات الجيش "
    "الشرطه الحرس الاحتلال النظام الدفاع السير المرور الملاحه الطيران القطارات النقل الاحتجاج "
    "الاحتجاجات التجاره السوق الحدود الطوارئ القوات الفرقه التغيير الاخوان".split()
)
_PEOPLES = frozenset(
    "iraqi sunni shiite shia arab kurdish islamist american syrian lebanese turkish israeli "
    "iranian british muslim christian islamic us".split()
)
_WINGS = frozenset("جناح الجناح فرع".split())
_LAWLESS = ("خارجه عن القانون", "خارجه علي القانون", "المنفلته")
_MEMBERS = frozenset("من في داخل of from in within the".split())
_ENDS_NAME_AR = frozenset(
    "في عن من علي الي ان انها انه انهم بانها بانه التي الذي عبر لاحقا قد هي هو هم فيه فيها".split()
)
_AR_LINKS = frozenset("من عن مع علي في".split())
_EN_LINKS = frozenset("of and to by with from in within the".split())


def _shortened(word: str, lang: str) -> bool:
    """«الحزب», «وللحشد»: a party may be called by the head of its name."""
    bare = word.removeprefix("و")
    return lang == "ar" and bare[:2] in ("ال", "لل") and bare[2:] in _SHORT_AR


_SHORTENED = mark(_shortened)


class Naming(NamedTuple):
    """A group named at tokens ``[first, last)``: ``name`` as the text has it."""

    name: str
    first: int
    last: int
    group: Group | None = None
    vague: bool = False

    @property
    def state(self) -> bool:
        """Whether it is a state or its forces."""
        return self.group is not None and self.group.state

    @property
    def party(self) -> str:
        """Whom it belongs to: the Pentagon and the US forces are one."""
        return self.name if self.group is None else self.group.side or self.group.en


class Namings:
    """Finds who is named in one page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        lang = page.lang
        self._modifiers = word_list(lang, "people.toml", "group_head", "modifiers")
        anonymous = word_list(lang, "people.toml", "group_head", "anonymous")
        self._nameless = anonymous | _EN_LINKS | _AR_LINKS | {","}
        self._generic = word_list(lang, "people.toml", "group_head", "generic")
        self._arabic = lang == "ar"
        self._named: list[Naming] | None = None
        heads = [s.first for s in page.signals.of_kind("group_head")]
        self._shorts = dict(self._short_names()) if self._arabic else {}
        # where a group may be named, with the quotation marks right before one
        self._marks = sorted(
            {s.first for kind in ("group", "naming") for s in page.signals.of_kind(kind)}
            | {
                *heads,
                *self._shorts,
                *(i - 1 for i in heads if i and page.tokens[i - 1].text in '"«“'),
            }
        )

    def _short_names(self) -> Iterator[tuple[int, Naming]]:
        """«حزب البعث» is «الحزب» from there on, «الحشد الشعبي» «الحشد»: each such token."""
        page = self.page
        shorts = page.where(_SHORTENED)
        groups = page.signals.of_kind("group") if shorts else []
        named: dict[str, Naming] = {}
        at = 0
        for i in shorts:
            while at < len(groups) and groups[at].first < i:
                group = groups[at]
                at += 1
                if group.data.state or group.last - group.first < 2:
                    continue
                who = self.known(group)
                if who.name.startswith("لل"):
                    who = who._replace(name="ال" + who.name[2:])
                named[fold(who.name.split()[0]).removeprefix("ال")] = who
            inside = page.signal(i, "group") is not None or (at and i < groups[at - 1].last)
            found = named.get(page.tokens[i].text.removeprefix("و")[2:])
            goes_on = i + 1 < len(page.tokens) and self.modifies(i + 1)
            if found is not None and not inside and not goes_on:
                yield i, found._replace(first=i, last=i + 1)

    def in_full(self, who: Naming) -> Naming:
        """«اللواء», "the group", «الكتائب»: the name in full that the article gave before."""
        words = self.page.words(who.first, who.last).removeprefix("the ")
        if who.group is not None and not who.group.generic:
            if who.group.state:
                return who
            if who.last - who.first > 1:
                return who
            before = self._before(who)
            stem = words.removeprefix("ال") + " "
            alike = next((n for n in before if n.name.startswith(stem)), None)
            if alike is not None:  # «الكتائب» are those named last
                return who._replace(name=alike.name, group=alike.group)
            full = next((n for n in before if n.group == who.group), None)
            return who._replace(name=max(full.name, who.name, key=len)) if full else who
        if words.removeprefix("ال") not in _SHORT:
            return who
        before = [n for n in self._before(who) if not n.state]
        same = (n for n in before if self.page.words(n.first, n.last).startswith(words[2:]))
        last = next(same, before[0] if before else None)
        return who._replace(name=last.name, group=last.group, vague=False) if last else who

    def _before(self, who: Naming) -> list[Naming]:
        """The last groups named before one, the nearest first."""
        if self._named is None:
            found = self.between(0, len(self.page.tokens))
            self._named = [n for n in found if not n.vague and n.last - n.first > 1]
        stop = bisect_left(self._named, who.first, key=lambda n: n.first)
        return self._named[max(0, stop - _RECENT) : stop][::-1]

    def latest_before(self, token: int) -> Naming | None:
        """Who is meant by a pronoun: the group named last, in this sentence or the one before."""
        start = self.page.bounds[max(0, self.page.sentence_at(token) - 1)][0]
        named = [n for n in self.between(start, token) if not n.vague]
        return named[-1] if named and not named[-1].state else None

    def between(self, first: int, last: int) -> list[Naming]:
        """Every group named between, known ones and such as "a militia backed by Iran"."""
        found: list[Naming] = []
        free = first
        marks = self._marks
        for i in marks[bisect_left(marks, first) : bisect_left(marks, last)]:
            naming = self._naming_at(i, last) if i >= free else None
            if naming is not None and naming.first >= free:  # no "Cave faction" behind a known name
                found.append(naming)
                free = max(naming.last, i + 1)
        return found

    def _naming_at(self, i: int, last: int) -> Naming | None:
        page = self.page
        if i in self._shorts:
            return self._shorts[i]
        group = page.first["group"].get(i)
        head = page.first["group_head"].get(i)
        if (
            page.tokens[i].text in '"«“'
            and i + 1 < last
            and page.signal(i + 1, "group_head") is not None
        ):
            quoted = self.quoted(i, last, reach=1)
            if quoted is not None and quoted.last - quoted.first <= 6 and not self._pair(quoted):
                return quoted
        if head is not None and not (group is not None and group.last > head.last):
            named = self._numbered(head, last) if self._arabic else self._nth_brigade(head)
            named = named or self._called(head, last)
            if named is not None:
                return named
        if group is not None and group.data.state and self._only_describes(group, last):
            group = None
        if group is not None and (both := self._both(group, last)) is not None:
            return both
        if group is not None:
            wider = self._described(head, last) if head is not None and group.data.generic else None
            return wider if wider is not None and wider.last > group.last else self.known(group)
        if page.signal(i, "naming") is not None:
            quoted = self.quoted(i + 1, last, reach=4 if self._arabic else 1)
            if quoted is not None:
                return quoted
        if head is not None and not page.texts[i].endswith("'s"):  # "the group's fighters"
            return self._described(head, last)
        return None

    def _pair(self, quoted: Naming) -> bool:
        """«"تنظيم القاعدة وحزب البعث"»: two groups in one pair of quotation marks."""
        inside = range(quoted.first + 1, quoted.last)
        return self.page.signal(quoted.first, "group") is not None and any(
            self.page.tokens[k].text[0] == "و" and self.page.signal(k, "group") for k in inside
        )

    def _both(self, group: Signal, last: int) -> Naming | None:
        """«"التكفيريين والصداميين"»: two kinds of men that a quotation makes one."""
        page = self.page
        i = group.first
        if not self._arabic or i == 0 or i + 2 >= last or group.last != i + 1:
            return None
        other = page.signal(i + 1, "group")
        if other is None or other.last != i + 2 or page.tokens[i + 1].text[0] != "و":
            return None
        quoted = page.tokens[i - 1].text in QUOTES and page.tokens[i + 2].text in QUOTES
        return Naming(page.original(i, i + 2), i, i + 2) if quoted else None

    def _only_describes(self, group: Signal, last: int) -> bool:
        """Iran in "Iran-backed", "backed by Iran", "Iran's Quds Force" is no actor."""
        page = self.page
        nxt = page.tokens[group.last].text if group.last < last else ""
        before = page.tokens[group.first - 1].text if group.first else ""
        return (
            nxt in self._modifiers
            or before in ("by", "with", "من")
            or (before == "to" and page.tokens[group.first - 2].text in self._modifiers)
            or page.tokens[group.last - 1].text.endswith("'s")
        )

    def known(self, group: Signal) -> Naming:
        start = self.page.tokens[group.first].start + (
            0 if "لل" in self.page.tokens[group.first].text[:3] else len(group.form.prefix)
        )
        owns = self.page.tokens[group.last - 1].text.endswith("'s")
        span = self.page.char_span(start, group.end - 2 if owns else group.end)
        data: Group = group.data
        return Naming(
            span.of(self.page.text).strip(QUOTES), group.first, group.last, data, data.generic
        )

    def _called(self, head: Signal, last: int) -> Naming | None:
        """جماعة تسمي نفسها "أهل الكهف" · a group calling itself the Karbala Brigades."""
        page = self.page
        namings = page.first["naming"]
        for i, text in enumerate(page.texts[head.last : min(last, head.last + 6)], head.last):
            if i in namings:
                after = namings[i].last
                if after < last and page.texts[after] in _IT:
                    return None  # "the group called it "a fairy tale"": no name
                return self.quoted(after, last, reach=2) or self.capitalised(after, last)
            if text in QUOTES:
                return self.quoted(i, last, reach=1)
            if text in "،,.":
                return None
        return None

    def quoted(self, i: int, last: int, *, reach: int) -> Naming | None:
        page = self.page
        for start in range(i, min(last, i + reach)):
            if page.tokens[start].text in '"«“':
                end = start + 1
                while end < last and page.tokens[end].text not in '"»”' and end - start < 12:
                    end += 1
                if end >= last or not 1 <= end - start - 1 <= 9 or self._is_speech(start, end):
                    return None
                known = page.signal(start + 1, "group")
                return Naming(
                    page.original(start + 1, end),
                    start + 1,
                    end,
                    known.data if known is not None else None,
                )
        return None

    def _is_speech(self, start: int, end: int) -> bool:
        """Whether a quotation is what somebody says, and no name: «خمسة صواريخ غراد على …»."""
        page = self.page
        before = page.signal(start - 1, "speech", "that") if start else None
        return (
            before is not None
            or page.any_number(start + 1) is not None
            or page.signals.any(start + 1, end, "munition")
            or page.signals.any(start + 1, end, "trigger")
        )

    def quoted_before(self, i: int, first: int) -> Naming | None:
        """«التحالف البعثي» هو من نفذ الهجمات."""
        page = self.page
        if i <= first or page.tokens[i - 1].text not in '"»”':
            return None
        start = i - 2
        while start > first and i - start < 10 and page.tokens[start].text not in '"«“':
            start -= 1
        if page.tokens[start].text not in '"«“':
            return None
        return Naming(page.original(start + 1, i - 1), start + 1, i - 1)

    def capitalised(self, i: int, last: int) -> Naming | None:
        page = self.page
        while i < last and page.tokens[i].text in ("the", "'"):
            i += 1
        group = page.signal(i, "group")
        if group is not None or self._arabic:
            return self.known(group) if group is not None else None
        end = i
        while end < last and end - i < 6:
            span = page.span(end, end + 1).of(page.text)
            if not (span[:1].isupper() or span in ("al", "of", "-")):
                break
            end += 1
        return Naming(page.original(i, end), i, end) if end > i else None

    def apposed(self, who: Naming, others: list[Naming]) -> bool:
        """ "X, a breakaway group of al-Qaida, said": the second only says who the first is."""
        tokens = self.page.tokens
        for at in range(who.first - 1, max(0, who.first - 8), -1):
            if tokens[at].text == ",":
                opener = tokens[at + 1].text
                end = who.last
                for _ in range(2):  # "an al-Qaida front group,"
                    noun = self.page.signal(end, "group_head") if end < len(tokens) else None
                    end = end if noun is None else noun.last
                closed = end < len(tokens) and tokens[end].text in _AFTER_NAME
                opens = at + 1 < who.first and opener in _OPENS_APPOSITION
                opens = opens and (closed or opener in ("which", "who", "whose", "whom"))
                opens = opens or (closed and opener in _LED and at + 1 < who.first)
                opens = opens or (closed and self.page.words(at + 1, who.first) in _ALIAS)
                first = next((n for n in others if n.last == at), None)
                # "al-Qaeda's front group, the Islamic State of Iraq": the second is the name
                named = first is not None and (first.group is not None or who.group is None)
                return opens and named
        return False

    def joined_before(self, who: Naming, first: int) -> list[Naming]:
        """Those joined to a name by "and" in front of it: "both X and Y denied"."""
        found: list[Naming] = []
        while True:
            before = self.between(max(first, who.first - 8), who.first)
            if not before or before[-1].last > who.first:
                return found  # the name itself, seen again from inside
            if not self.joins(before[-1].last, who.first) or self._introduces(before[-1], who):
                return found
            who = before[-1]
            found.append(who)

    def _introduces(self, what: Naming, who: Naming) -> bool:
        """ "a pro-Iran faction, Ashab al-Kahf, claimed it": the first says what the second is."""
        tokens = self.page.tokens
        said = what.group is None and tokens[what.first - 1].text in ("a", "an", "another")
        his = tokens[what.last - 1].text in ("group", "network")  # "Zarqawi's group, Tawhid"
        return tokens[what.last].text == "," and who.first - what.last <= 2 and (said or his)

    def joins(self, first: int, last: int) -> bool:
        tokens = self.page.tokens
        words = {tokens[i].text for i in range(first, last)}
        if words >= {"among", "them"}:
            return True  # "of such attacks, among them the Promised Day Brigade"
        words -= _QUOTED  # «التكفيريين» و«الصداميين»
        if self._arabic:
            return (first == last and tokens[last].text.startswith("و")) or (
                bool(words) and (words <= {"ثم", "و"} or words <= _AND_HIS_AR)
            )
        return bool(words & _AND_EN) and (
            words <= _AND_EN | _HIS_OWN_EN or words <= _AMONG_EN | _HIS_OWN_EN
        )

    def capitalised_before(self, i: int, first: int) -> Naming | None:
        """ "An obscure group, the Guardians of the Land, admitted": a name nobody knows."""
        page = self.page
        end = i
        while end > first and page.tokens[end - 1].text in _BEFORE_VERB:
            end -= 1
        start = end
        while start > first and end - start < 6:
            span = page.span(start - 1, start).of(page.text)
            if not (span[:1].isupper() or span in _IN_NAME_EN):
                break
            start -= 1
        while start < end and page.tokens[start].text in _IN_NAME_EN:
            start += 1
        if end - start < 1 or not self._like_a_group(start, end, first):
            return None
        return Naming(page.original(start, end), start, end)

    def _like_a_group(self, start: int, end: int, first: int) -> bool:
        page = self.page
        if any(page.tokens[k].text in _GROUP_NOUNS for k in range(start, end)):
            return True
        return page.tokens[start - 1].text in (",", "the") and page.signals.any(
            max(first, start - 6), start, "group_head"
        )

    def _in_name(self, i: int) -> bool:
        page = self.page
        text = page.tokens[i].text
        return (
            text[0].isalpha()
            and text not in _ENDS_NAME_AR
            and not text.startswith("مسؤولي")
            and not any(
                s.kind in ("trigger", "munition", "speech", "claim", "deny", "blame")
                for s in page.signals.by_first.get(i, ())
            )
        )

    def _described(self, head: Signal, last: int) -> Naming | None:
        """ميليشيات تدعمها إيران · armed groups allied with Iran · خلايا تنظيم داعش."""
        first, end, inner = self._extent(head, last)
        if inner is not None and self._belongs_to(head.last, inner.first):
            known = self.known(inner)
            if self.page.tokens[first].text.removeprefix("و") not in _WINGS:
                return known
            return known._replace(name=self._wing(first, inner.last, head, last), first=first)
        page = self.page
        bare = end - first <= head.last - head.first
        if bare and not self._arabic and first and page.tokens[first - 1].text == "the":
            first -= 1  # "the group"
        if not bare and self._nobody(first, end, head):
            return self._of_the_former(end, last)
        words = page.words(first, end)
        if bare and words in ("الجهه", "جهه"):
            return None
        if bare and words not in self._generic:
            named = self._unheard(head, last) if self._arabic else self._headed(head)
            if named is not None:
                return named
            if not self._arabic or not page.tokens[head.first].text.startswith("ال"):
                return None
        start = page.tokens[first].start
        if self._arabic and head.form.prefix and first == head.first:
            start += 0 if "لل" in page.tokens[first].text[:3] else len(head.form.prefix)
        span = page.char_span(start, page.tokens[end - 1].end)
        return Naming(span.of(page.text).strip(QUOTES + " "), first, end, None, bare)

    def _unheard(self, head: Signal, last: int) -> Naming | None:
        """«لواء أسد الله الغالب», «جماعة الرايات البيضاء»: a name that nobody knows."""
        page = self.page
        i, end = head.first, head.last
        bare = page.texts[i].removeprefix("و")
        if bare not in _NAME_HEADS | {"جماعه"} or bare == "تشكيل":
            return None
        while end < last and end - i < 5 and self._in_name(end) and page.texts[end] not in _CORPS:
            end += 1
        proper = any(t.startswith("ال") for t in page.texts[head.last : end])
        if (end < last and page.texts[end] in _CORPS) or not proper:
            return None
        start = page.tokens[i].start + len(head.form.prefix)
        span = page.char_span(start, page.tokens[end - 1].end)
        return Naming(span.of(page.text).strip(QUOTES), i if bare != "جماعه" else head.last, end)

    def _headed(self, head: Signal) -> Naming | None:
        """ "the White Flags group": capitalised words that an English noun for a group ends."""
        page = self.page
        first = head.first
        while first > 1 and head.first - first < 4:
            word = page.span(first - 1, first).of(page.text)
            if not word[:1].isupper() or word.lower() in _PEOPLES or not word.isalpha():
                break
            first -= 1
        opens = first > 0 and page.texts[first - 1] in ("the", "a", "an")
        if first == head.first or not opens or page.texts[first] in self._modifiers:
            return None
        return Naming(page.original(first, head.last), first, head.last)

    def _wing(self, first: int, end: int, head: Signal, last: int) -> str:
        """«جناح البعث في دمشق», "the Anbar branch of X": a part that acts by itself."""
        page = self.page
        foreign = page.signals.any(end + 1, min(last, end + 2), "foreign")
        if end + 1 < last and page.tokens[end].text in _MEMBERS and foreign:
            end += 2
        start = page.tokens[first].start + len(head.form.prefix)
        return page.char_span(start, page.tokens[end - 1].end).of(page.text)

    def pursued(self, who: Naming) -> bool:
        """«محاسبة الجماعات الخارجة عن القانون التي تقف وراءه»: whoever they are."""
        tokens = self.page.tokens
        relative = who.last < len(tokens) and tokens[who.last].text in _RELATIVE_AR
        return relative and self.page.words(who.first, who.last).endswith(_LAWLESS)

    def _of_the_former(self, end: int, last: int) -> Naming | None:
        """ "a rogue cell of that militia": the group named before."""
        tokens = self.page.tokens
        if end + 2 >= last or tokens[end].text != "of" or tokens[end + 1].text != "that":
            return None
        at = end + 2
        if tokens[at].text not in _SHORT:
            return None
        return Naming(self.page.original(at, at + 1), at, at + 1)

    def _nobody(self, first: int, end: int, head: Signal) -> bool:
        """ "armed groups", «مجموعة مسلحة مجهولة»: nobody is named by that."""
        texts = self.page.texts
        around = (*texts[first : head.first], *texts[head.last : end])
        return all(t in self._nameless or t.removeprefix("ال") in self._nameless for t in around)

    def _belongs_to(self, first: int, last: int) -> bool:
        """«عناصر من عصائب أهل الحق», "a cell of the Mahdi Army": the group itself is meant."""
        return all(self.page.tokens[i].text in _MEMBERS for i in range(first, last))

    def _extent(self, head: Signal, last: int) -> tuple[int, int, Signal | None]:
        """How far the words of a description reach, and the armed group named in them."""
        page = self.page
        first, end = head.first, head.last
        inner: Signal | None = None
        groups = page.first["group"]
        while end < last:
            if page.texts[end] == "في" and end + 1 < last and end + 1 in groups:
                end += 1
            group = groups.get(end)
            if group is not None and not group.data.generic and page.texts[end] not in QUOTES:
                inner = inner or (None if group.data.state else group)
                end = min(last, group.last)
            elif self.modifies(end):
                end += 1
            elif (
                not self._arabic
                and page.tokens[end - 1].text not in _EN_LINKS
                and (noun := page.signal(end, "group_head")) is not None
            ):
                end = noun.last  # "a Sunni insurgent group"
            elif not self._arabic and (person := self._loyal_to(end, last)) is not None:
                end = person
            else:
                break
        end = self._obeys(end, last) or end
        trailing = _AR_LINKS | _OBEYING_AR if self._arabic else _EN_LINKS
        while end > head.last and page.tokens[end - 1].text in trailing:
            end -= 1
        if not self._arabic and first and self._owned_by_state(first - 1):
            first -= 1
        while (
            not self._arabic
            and first > 0
            and (page.tokens[first - 1].text in self._modifiers or self._listed(first - 1))
            and page.tokens[first - 1].text not in _EN_LINKS
        ):
            first -= 1
        return first, end, inner

    def _loyal_to(self, i: int, last: int) -> int | None:
        """ "militiamen loyal to Moqtada al-Sadr": where the man's name ends."""
        page = self.page
        if page.words(max(0, i - 2), i) not in ("loyal to", "allied to", "led by"):
            return None
        end = i
        while end < min(last, i + 5):
            word = page.original(end, end + 1)
            if not word[:1].isupper() and word not in ("al", "-"):
                break
            end += 1
        return end if end > i else None

    def _obeys(self, i: int, last: int) -> int | None:
        """ "militias that take their orders from Iran's Quds Force": where the clause ends."""
        page = self.page
        verb = i if self._arabic else i + 1
        if verb >= last or page.tokens[verb].text not in (_TAKES_AR if self._arabic else _TAKES_EN):
            return None
        if not self._arabic and page.tokens[i].text not in ("that", "which", "who"):
            return None
        for k in range(verb + 1, min(last - 1, verb + 7)):
            whom = page.signal(k + 1, "group")
            owner = None if whom is None else page.signal(whom.last, "group")
            if whom is not None and page.tokens[k].text in ("from", "to", "by", "من", "عن"):
                owned = owner if page.tokens[whom.last - 1].text.endswith("'s") else None
                return owned.last if owned is not None else whom.last
        return None

    def _numbered(self, head: Signal, last: int) -> Naming | None:
        """«اللواء 30 في الحشد الشعبي», «اللواء الثلاثون»: a brigade known by its number."""
        page = self.page
        i = head.last
        if i >= last or page.tokens[head.first].text.lstrip("ولب").removeprefix("ال") != "لواء":
            return None
        if page.any_number(i) is None and not page.tokens[i].text.startswith(_TENS_AR):
            return None
        end = i + 1
        group = page.signal(end + 1, "group") if end + 1 < last else None
        if group is not None and page.tokens[end].text in _MEMBERS:
            end = group.last
        start = page.tokens[head.first].start + len(head.form.prefix)
        return Naming(
            page.char_span(start, page.tokens[end - 1].end).of(page.text), head.first, end
        )

    def _nth_brigade(self, head: Signal) -> Naming | None:
        """ "the 30th Brigade": known by its number, as «اللواء 30» is."""
        page = self.page
        at = head.first - 1
        if page.tokens[head.first].text not in ("brigade", "regiment") or at < 1:
            return None
        at -= page.tokens[at].text in ("th", "st", "nd", "rd")
        number = page.any_number(at)
        if number is None or not number.ordinal:
            return None
        return Naming(page.original(at, head.last), at, head.last)

    def _owned_by_state(self, i: int) -> bool:
        """ "Iran's proxies"."""
        group = self.page.signal(i, "group")
        return group is not None and group.data.state and self.page.tokens[i].text.endswith("'s")

    def modifies(self, i: int) -> bool:
        text = self.page.tokens[i].text
        if self._arabic:
            return text in self._modifiers or text.removeprefix("ال") in self._modifiers
        return text in self._modifiers or text in _EN_LINKS or text in _MEMBERS

    def _listed(self, i: int) -> bool:
        """The comma of "rogue, Iranian-backed militiamen"."""
        tokens = self.page.tokens
        return i > 0 and tokens[i].text == "," and tokens[i - 1].text in self._modifiers
