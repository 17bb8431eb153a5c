"""Who is named: armed groups, forces and states, known ones, unknown ones and described ones."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace

from extraction.lexicon import Group, word_list
from extraction.page import Page
from extraction.signals import Signal

_QUOTES = "\"«»“”„'"
_RECENT = 12
# words that stand for the group named last
_SHORT = frozenset("لواء حركه جماعه فصيل تنظيم كتائب group militia movement faction former".split())


@dataclass(frozen=True, slots=True)
class Naming:
    """A group named at tokens ``[first, last)``: ``name`` as the text has it."""

    name: str
    first: int
    last: int
    group: Group | None = None
    vague: bool = False


class Namings:
    """Finds who is named in one page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        lang = page.lang
        self._modifiers = word_list(lang, "people.toml", "group_head", "modifiers")
        self._generic = word_list(lang, "people.toml", "group_head", "generic")
        self._arabic = lang == "ar"
        self._named: list[Naming] | None = None
        heads = [s.first for s in page.signals.of_kind("group_head")]
        # where a group may be named, with the quotation marks right before one
        self._marks = sorted(
            {s.first for kind in ("group", "naming") for s in page.signals.of_kind(kind)}
            | {*heads, *(i - 1 for i in heads if i and page.tokens[i - 1].text in '"«“')}
        )

    def in_full(self, who: Naming) -> Naming:
        """«اللواء», "the group", «الكتائب»: the name in full that the article gave before."""
        words = self.page.words(who.first, who.last).removeprefix("the ")
        if who.group is not None and not who.group.generic:
            if who.last - who.first > 1:
                return who
            before = self._before(who)
            stem = words.removeprefix("ال") + " "
            alike = next((n for n in before if n.name.startswith(stem)), None)
            if alike is not None:  # «الكتائب» are those named last
                return replace(who, name=alike.name, group=alike.group)
            full = next((n for n in before if n.group == who.group), None)
            return replace(who, name=max(full.name, who.name, key=len)) if full else who
        if words.removeprefix("ال") not in _SHORT:
            return who
        before = [n for n in self._before(who) if n.group is None or not n.group.state]
        same = (n for n in before if self.page.words(n.first, n.last).startswith(words[2:]))
        last = next(same, before[0] if before else None)
        return replace(who, name=last.name, group=last.group, vague=False) if last else who

    def _before(self, who: Naming) -> list[Naming]:
        """The last groups named before one, the nearest first."""
        if self._named is None:
            found = self.between(0, len(self.page.tokens))
            self._named = [n for n in found if not n.vague and n.last - n.first > 1]
        stop = bisect_left(self._named, who.first, key=lambda n: n.first)
        return self._named[max(0, stop - _RECENT) : stop][::-1]

    def between(self, first: int, last: int) -> list[Naming]:
        """Every group named between, known ones and such as "a militia backed by Iran"."""
        found: list[Naming] = []
        free = first
        marks = self._marks
        for i in marks[bisect_left(marks, first) : bisect_left(marks, last)]:
            naming = self._naming_at(i, last) if i >= free else None
            if naming is not None:
                found.append(naming)
                free = max(naming.last, i + 1)
        return found

    def _naming_at(self, i: int, last: int) -> Naming | None:
        page = self.page
        group = page.first["group"].get(i)
        head = page.first["group_head"].get(i)
        if (
            page.tokens[i].text in '"«“'
            and i + 1 < last
            and page.signal(i + 1, "group_head") is not None
        ):
            quoted = self.quoted(i, last, reach=1)
            if quoted is not None and quoted.last - quoted.first <= 6:
                return quoted
        if head is not None and not (group is not None and group.last > head.last):
            named = self._called(head, last)
            if named is not None:
                return named
        if group is not None and group.data.state and self._only_describes(group, last):
            group = None
        if group is not None:
            wider = self._described(head, last) if head is not None and group.data.generic else None
            return wider if wider is not None and wider.last > group.last else self.known(group)
        if page.signal(i, "naming") is not None:
            quoted = self.quoted(i + 1, last, reach=4)
            if quoted is not None:
                return quoted
        if head is not None:
            return self._described(head, last)
        return None

    def _only_describes(self, group: Signal, last: int) -> bool:
        """Iran in "Iran-backed", "backed by Iran", "Iran's Quds Force" is no actor."""
        page = self.page
        nxt = page.tokens[group.last].text if group.last < last else ""
        before = page.tokens[group.first - 1].text if group.first else ""
        return (
            nxt in self._modifiers
            or before in ("by", "with", "to", "من")
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
            span.of(self.page.text).strip(_QUOTES), group.first, group.last, data, data.generic
        )

    def _called(self, head: Signal, last: int) -> Naming | None:
        """جماعة تسمي نفسها "أهل الكهف" · a group calling itself the Karbala Brigades."""
        page = self.page
        i = head.last
        stop = min(last, head.last + 6)
        while i < stop:
            naming = page.signal(i, "naming")
            if naming is not None:
                return self.quoted(naming.last, last, reach=2) or self.capitalised(
                    naming.last, last
                )
            if page.tokens[i].text in _QUOTES:
                return self.quoted(i, last, reach=1)
            if page.tokens[i].text in ("،", ",", "."):
                return None
            i += 1
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

    def _described(self, head: Signal, last: int) -> Naming | None:
        """ميليشيات تدعمها إيران · armed groups allied with Iran."""
        page = self.page
        first, end = head.first, head.last
        if self._arabic:
            while end < last and (
                page.tokens[end].text in self._modifiers
                or page.tokens[end].text.removeprefix("ال") in self._modifiers
                or (page.signal(end, "group") is not None and page.tokens[end].text not in _QUOTES)
            ):
                end += 1
            while end > head.last and page.tokens[end - 1].text in ("من", "عن", "مع", "علي"):
                end -= 1
        else:
            while (
                first > 0
                and (
                    page.tokens[first - 1].text in self._modifiers
                    or (
                        page.tokens[first - 1].text == ","
                        and page.tokens[first - 2].text in self._modifiers
                    )
                )
                and page.tokens[first - 1].text not in ("by", "with", "to")
            ):
                first -= 1
            while end < last and page.tokens[end].text in self._modifiers | {"of", "and"}:
                end += 1
            while end > head.last and page.tokens[end - 1].text in (
                "of",
                "and",
                "to",
                "by",
                "with",
            ):
                end -= 1
        bare = end - first <= head.last - head.first
        if bare and not self._arabic and first and page.tokens[first - 1].text == "the":
            first -= 1  # "the group"
        words = page.words(first, end)
        if bare and words not in self._generic:
            if not self._arabic or not page.tokens[head.first].text.startswith("ال"):
                return None
        start = page.tokens[first].start
        if self._arabic and head.form.prefix and first == head.first:
            start += 0 if "لل" in page.tokens[first].text[:3] else len(head.form.prefix)
        span = page.char_span(start, page.tokens[end - 1].end)
        return Naming(span.of(page.text).strip(_QUOTES + " "), first, end, None, bare)
