"""Who did it, as told: claims of responsibility, attributions, denials and disavowals."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from extraction.document import Act
from extraction.lexicon import Group, word_list
from extraction.page import Page
from extraction.signals import Signal
from extraction.voices import OFFICIAL

_QUOTES = "\"«»“”„'"
_REACH = 16
_RECENT = 12


@dataclass(frozen=True, slots=True)
class Naming:
    """A group named at tokens ``[first, last)``: ``name`` as the text has it."""

    name: str
    first: int
    last: int
    group: Group | None = None
    vague: bool = False


@dataclass(frozen=True, slots=True)
class Responsibility:
    """One act about responsibility: somebody claims it, is blamed, denies or disowns it."""

    act: Act
    who: Naming
    first: int
    last: int
    sentence: int


class ActorReader:
    """Reads who claims, is blamed and denies, sentence by sentence."""

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
        acts = ("claim", "admit", "blame", "deny")
        # a sentence without any of these tells of no act
        self._telling = sorted({*self._marks, *(i for kind in acts for i in page.first[kind])})

    def read(self, sentence: int) -> list[Responsibility]:
        """The acts of one sentence, in order."""
        first, last = self.page.bounds[sentence]
        if bisect_left(self._telling, first) == bisect_left(self._telling, last):
            return []
        found = [
            *self._claims(sentence, first, last),
            *self._admissions(sentence, first, last),
            *self._blames(sentence, first, last),
            *self._denials(sentence, first, last),
        ]
        unique: dict[tuple[str, str], Responsibility] = {}
        for item in (replace(one, who=self._in_full(one.who)) for one in found):
            unique.setdefault((item.act, item.who.name), item)
        return sorted(unique.values(), key=lambda r: r.first)

    def _in_full(self, who: Naming) -> Naming:
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
            found = self.namings(0, len(self.page.tokens))
            self._named = [n for n in found if not n.vague and n.last - n.first > 1]
        stop = bisect_left(self._named, who.first, key=lambda n: n.first)
        return self._named[max(0, stop - _RECENT) : stop][::-1]

    # ── groups in the text ───────────────────────────────────────────────────────────────────

    def namings(self, first: int, last: int) -> list[Naming]:
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
            quoted = self._quoted(i, last, reach=1)
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
            return wider if wider is not None and wider.last > group.last else self._known(group)
        if page.signal(i, "naming") is not None:
            quoted = self._quoted(i + 1, last, reach=4)
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

    def _known(self, group: Signal) -> Naming:
        start = self.page.tokens[group.first].start + (
            0 if "لل" in self.page.tokens[group.first].text[:3] else len(group.form.prefix)
        )
        span = self.page.char_span(start, group.end)
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
            naming = page.first["naming"].get(i)
            if naming is not None:
                return self._quoted(naming.last, last, reach=2) or self._capitalised(
                    naming.last, last
                )
            if page.tokens[i].text in _QUOTES:
                return self._quoted(i, last, reach=1)
            if page.tokens[i].text in ("،", ",", "."):
                return None
            i += 1
        return None

    def _quoted(self, i: int, last: int, *, reach: int) -> Naming | None:
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

    def _quoted_before(self, i: int, first: int) -> Naming | None:
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

    def _capitalised(self, i: int, last: int) -> Naming | None:
        page = self.page
        while i < last and page.tokens[i].text in ("the", "'"):
            i += 1
        group = page.signal(i, "group")
        if group is not None or self._arabic:
            return self._known(group) if group is not None else None
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

    # ── acts ─────────────────────────────────────────────────────────────────────────────────

    def _nobody(self, first: int, last: int) -> bool:
        return self.page.signals.any(first, last, "nobody")

    def _negated(self, signal: Signal, first: int) -> bool:
        page = self.page
        if self._nobody(max(first, signal.first - 7), signal.last + 6):
            return True
        if signal.kind == "claim" and self._arabic:
            # «الذي لم يصدر عنه ما يفيد بتبني القصف»
            for i in range(signal.first - 1, max(first, signal.first - 8) - 1, -1):
                if page.tokens[i].text in "،؛" or page.signal(i, "group") is not None:
                    break
                if page.signal(i, "negation") is not None:
                    return True
        return page.signals.any(max(first, signal.first - 3), signal.first, "negation")

    def _claims(self, sentence: int, first: int, last: int) -> Iterator[Responsibility]:
        page = self.page
        for claim in page.signals.between(first, last, "claim"):
            i = claim.first
            if claim is not page.signal(i, "claim") or self._negated(claim, first):
                continue
            if page.words(claim.first, claim.last) in ("claimed", "claims") and self._asserts(
                claim, last
            ):
                continue
            if self._passive(claim):
                continue  # «وإنها أُطلقت من قرية …»: the rockets were
            responsibility = "مسؤولي" in page.words(claim.first, claim.last)
            if responsibility and page.signals.any(max(first, i - 8), i, "deny", "any"):
                continue  # «نفت … مسؤوليتها عن القصف»
            if page.signals.any(first, last, "forged"):
                continue  # «بيان تبنٍّ اتضح أنه مفبرك»
            who = self._agent(claim, first, last)
            if who is not None and self._official(who):
                continue
            if who is not None and who.group is None and not self._arabic:
                who = self._named_next(sentence) or who
            for one in self._together(who, last):
                yield Responsibility("claims", one, claim.first, claim.last, sentence)

    def _admissions(self, sentence: int, first: int, last: int) -> Iterator[Responsibility]:
        """«أقر البنتاغون بأن قوات أميركية شنت الغارة»: a state that owns up to a strike."""
        page = self.page
        for verb in page.signals.between(first, last, "admit"):
            who = next(iter(self.namings(verb.last, min(last, verb.last + 4))), None)
            if not self._arabic:
                before = self.namings(max(first, verb.first - 6), verb.first)
                who = before[-1] if before else None
            if who is None or who.group is None or not who.group.state:
                continue
            start = max(verb.last, who.last)
            if page.signals.any(start, min(last, start + 9), "trigger", *_DEEDS):
                yield Responsibility("claims", who, verb.first, start, sentence)

    def _together(self, who: Naming | None, last: int) -> list[Naming]:
        """The group, and those joined to it: «نفت العصائب وكتائب حزب الله»."""
        found: list[Naming] = []
        while who is not None:
            found.append(who)
            following = self.namings(who.last, min(last, who.last + 3))
            who = next(
                (
                    n
                    for n in following
                    if n.group is not None
                    and self._joined(n.first)
                    and not self.page.signal(n.last, "speech", "verb")
                ),
                None,
            )
        return found

    def _joined(self, first: int) -> bool:
        """Whether «و», "and" or the comma of a list stands before a name."""
        tokens = self.page.tokens
        at = first - 1 if tokens[first - 1].text != "the" else first - 2
        return tokens[first].text.startswith("و") or tokens[at].text in ("and", ",", "،")

    def _named_next(self, sentence: int) -> Naming | None:
        """ "The leader of a militia said … X, head of the Mukhtar Army, told": the name follows."""
        if sentence + 1 >= len(self.page.bounds):
            return None
        first, last = self.page.bounds[sentence + 1]
        return next(
            (
                n
                for n in self.namings(first, last)
                if n.group is not None
                and not n.group.state
                and self.page.words(max(first, n.first - 3), n.first).endswith(
                    ("head of the", "leader of the", "of the")
                )
            ),
            None,
        )

    def _asserts(self, claim: Signal, last: int) -> bool:
        """ "claimed that it hit" and "claimed 30 lives" are no claims of responsibility."""
        page = self.page
        nxt = page.tokens[claim.last].text if claim.last < last else ""
        return nxt in ("that", "to") or page.number(claim.last) is not None or nxt == "lives"

    def _agent(self, act: Signal, first: int, last: int) -> Naming | None:
        """The group that does it: the nearest named one, before or after."""
        quoted = self._quoted(act.last, last, reach=2)
        if quoted is not None and self._arabic and act.kind == "claim":
            return quoted
        before = list(self.namings(max(first, act.first - _REACH), act.first))
        after = list(self.namings(act.last, min(last, act.last + _REACH)))
        if self._arabic:
            relative = (
                act.first > first and self.page.tokens[act.first - 1].text.lstrip("وف") in _RELATIVE
            )
            after = [n for n in after if not self._clause_between(act.last, n.first)]
            if self.page.words(act.first, act.last).startswith(_OF_ITSELF):
                after = []  # «زاعماً أنه استهدف عناصر من الحشد»: the speaker, not the hit
            if relative:
                antecedent = [n for n in before if act.first - 1 - n.last <= 1]
                ordered = after[:1] or antecedent
            else:
                ordered = [*after[:1], *reversed(before)]
                if before and (not after or act.first - before[-1].last <= 2):
                    ordered = [before[-1], *after]
        else:
            ordered = [*reversed(before), *after]
        named = [n for n in ordered if not n.vague]
        if not named:
            return ordered[0] if ordered else None
        chosen = named[0]
        same = [n for n in named if n.group is not None and n.group == chosen.group]
        return min(same, key=lambda n: n.first) if same else chosen

    def _clause_between(self, first: int, last: int) -> bool:
        """Whether a clause ends between; «البطاط، زعيم ما يعرف بـ…» only says who he is."""
        page = self.page
        return any(
            page.tokens[i].text in "،؛;"
            and not (i + 1 < last and page.tokens[i + 1].text in _LEADERS)
            for i in range(first, last)
        )

    def _blames(self, sentence: int, first: int, last: int) -> Iterator[Responsibility]:
        page = self.page
        for blame in page.signals.between(first, last, "blame"):
            i = blame.first
            if blame is not page.signal(i, "blame"):
                continue
            if page.words(blame.first, blame.last) in ("وقوف", "بالوقوف وراء") and page.signals.any(
                max(first, i - 8), i, "deny"
            ):
                continue
            if page.signals.any(max(first, i - 2), i, "negation"):
                continue
            if "responsible" in page.words(i, blame.last) and not page.signals.any(
                blame.last, min(last, blame.last + 6), "trigger"
            ):
                continue
            if page.words(i, blame.last).startswith("accus") and not self._accused_of_attack(
                i, last
            ):
                continue
            if page.words(i, blame.last).lstrip("و").removeprefix("ت").removeprefix("ي").startswith(
                "نسب"
            ) and not page.signals.any(blame.last, min(last, blame.last + 6), "trigger"):
                yield from self._takes_credit(blame, sentence, last)
                continue  # a statement ascribed to a group, not an attack
            held = self._held(blame, last)
            if held:
                for one in held:
                    yield Responsibility("attributes", one, blame.first, blame.last, sentence)
                continue
            after = self.namings(blame.last, min(last, blame.last + 14))
            after = after or self._named_by_blame(blame, last)
            before = self.namings(max(first, i - 10), i)
            words = page.words(blame.first, blame.last)
            passive = words in _BEHIND or words.startswith(_WHO_DID)
            if self._arabic and len(after) > 1 and self._accuser(after[0], blame.last):
                after = after[1:]
            quoted = self._quoted_before(i, first) if passive else None
            if quoted is not None:
                before = [quoted]
            options = [*reversed(before), *after] if passive else after or []
            if self._arabic and not passive and "تهم" in page.words(i, blame.last):
                options = [w for w in options if self._charged(w.last, last)]
            owned = [
                w
                for w in after
                if any(
                    t.text.removeprefix("ال").startswith("مسؤولي")
                    for t in page.tokens[w.last : w.last + 4]
                )
            ]
            if owned:  # «حمّل الناطق … التحالف الدولي مسؤولية ما جرى»
                yield Responsibility("attributes", owned[0], blame.first, blame.last, sentence)
                continue
            own = passive and page.tokens[i - 1].text in ("انها", "انه", "بانها", "بانه")
            if own and page.signals.any(max(first, i - 5), i, "negation"):
                continue  # «ولم تقل الكتائب إنها هي التي أطلقت»
            for who in options[: 1 if passive else 2]:
                if who.vague and len(options) > 1:
                    continue
                if who.group is not None and who.group.state and who.first - blame.last > 4:
                    continue
                act: Act = "claims" if own else "attributes"
                for one in self._together(who, last):
                    yield Responsibility(act, one, blame.first, blame.last, sentence)
                break
        yield from self._did_it(sentence, first, last)

    def _held(self, blame: Signal, last: int) -> list[Naming]:
        """«محمّلة الحكومة العراقية وفيلق القدس مسؤولية الهجوم»: all who stand between."""
        page = self.page
        if not page.words(blame.first, blame.last).lstrip("و").startswith("محمل"):
            return []
        first = blame.last
        for end in range(first, min(last, first + _REACH)):
            text = page.tokens[end].text.removeprefix("ال")
            if text.startswith("مسؤولي"):
                break
            if not text[0].isalpha():
                return []
        else:
            return []
        starts = [i for i in range(first, end) if i == first or page.tokens[i].text[0] == "و"]
        return [self._party(i, j) for i, j in pairwise([*starts, end]) if i < j]

    def _party(self, first: int, last: int) -> Naming:
        """The group the words name, else the words themselves."""
        known = self.namings(first, last)
        if known:
            return known[0]
        return Naming(self.page.original(first, last).removeprefix("و"), first, last)

    def _named_by_blame(self, blame: Signal, last: int) -> list[Naming]:
        """«تتهم القاعدة»: an everyday word that names a group where somebody is blamed."""
        page = self.page
        for at in range(blame.last, min(last, blame.last + 4)):
            group = page.signal(at, "blamed_group")
            if group is not None:
                return [self._known(group)]
        return []

    def _passive(self, claim: Signal) -> bool:
        page = self.page
        if not page.words(claim.first, claim.last).startswith(_OF_ITSELF):
            return False
        follows = page.tokens[claim.last].text if claim.last < len(page.tokens) else ""
        return "أُ" in page.original(claim.first, claim.last) or follows == "من"

    def _official(self, who: Naming) -> bool:
        """«الخلية» speaks for the state; it claims no attack."""
        if who.group is not None:
            return False
        return any(
            s.kind == "speaker" and int(s.sub) >= OFFICIAL
            for s in self.page.signals.by_first.get(who.first, ())
        )

    def _takes_credit(self, verb: Signal, sentence: int, last: int) -> Iterator[Responsibility]:
        """«نسب «قاصم الجبارين» العملية ذاتها إلى نفسه»."""
        page = self.page
        ahead = [t.text for t in page.tokens[verb.last : min(last, verb.last + 10)]]
        if "نفسه" not in ahead and "نفسها" not in ahead:
            return
        who = self._quoted(verb.last, last, reach=2) or next(
            iter(self.namings(verb.last, min(last, verb.last + 6))), None
        )
        if who is not None:
            yield Responsibility("claims", who, verb.first, who.last, sentence)

    def _charged(self, i: int, last: int) -> bool:
        """«متهمة مجاميع … بالمضي في القتل» is no charge of this attack; «بالوقوف وراءه» is."""
        page = self.page
        for at in range(i, min(last, i + 4)):
            text = page.tokens[at].text
            if text.startswith("ب") and len(text) > 4 and not page.signal(at, "prep"):
                return text.startswith(_CHARGES) or page.signal(at, "trigger") is not None
            if text in "،,.؛":
                break
        return True

    def _accuser(self, who: Naming, after: int) -> bool:
        """«يتهم الجيش الأمريكي مجموعات خاصة»: the first name is who accuses."""
        return who.first - after <= 1 and (
            (who.group is not None and who.group.state)
            or self.page.signals.any(who.first, who.first + 1, "speaker")
        )

    def _accused_of_attack(self, i: int, last: int) -> bool:
        """ "accused X of the attack", not "accused X of threatening the country"."""
        page = self.page
        for k in range(i, min(last, i + _LONG_LIST)):
            if page.tokens[k].text == "of" and page.signals.any(k, k + 6, "trigger"):
                return True
            if page.signals.any(k, k + 1, "blame") and k > i:
                return True
        # "the camp's leaders accused the Quds Force;" says of what by standing here
        return any(
            n.group is not None and not n.vague and page.tokens[n.last].text in ".;"
            for n in self.namings(i, min(last, i + 6))
            if n.last < len(page.tokens)
        )

    def _did_it(self, sentence: int, first: int, last: int) -> Iterator[Responsibility]:
        """A described group as the doer: «"مجموعة خارجة عن القانون" أطلقت ثمانية صواريخ»."""
        page = self.page
        for who in self.namings(first, last):
            if who.group is not None and not who.vague and not self._arabic:
                doer = page.signal(who.last, "trigger", "launch") or page.signal(
                    who.last, "trigger", "target"
                )
                if doer is None:
                    continue
            if who.vague:
                continue
            verb = self._verb_after(who.last, last) or self._attack_by(who, first)
            if verb is None or page.signals.any(max(first, who.first - 6), verb.first, "negation"):
                continue
            if page.signals.any(max(first, who.first - 10), who.first, "claim") or page.signals.any(
                first, last, "nonevent", "threat"
            ):
                continue
            yield Responsibility(
                "attributes", who, min(who.first, verb.first), max(who.last, verb.last), sentence
            )

    def _attack_by(self, who: Naming, first: int) -> Signal | None:
        """«اعتداء من مجموعات خارجة عن القانون», "an attack by militants"."""
        page = self.page
        at = who.first - 1
        while at > first and page.tokens[at].text in '"«“':
            at -= 1
        if at <= first or page.tokens[at].text not in ("من", "by"):
            return None
        return page.signal(at - 1, "trigger", "attack", "target")

    def _verb_after(self, i: int, last: int) -> Signal | None:
        page = self.page
        for at in range(i, min(last, i + 3)):
            verb = page.signal(at, "trigger", "launch", "target")
            if verb is not None and not self._noun(verb):
                return verb
            if page.tokens[at].text not in '"»”،,':
                return None
        return None

    def _noun(self, verb: Signal) -> bool:
        """«استهداف», «إطلاق»: the deed named, not done by what stands before."""
        return self._arabic and (
            verb.form.article or verb.form.text in ("استهداف", "اطلاق", "انطلاق", "قصف")
        )

    def _denials(self, sentence: int, first: int, last: int) -> Iterator[Responsibility]:
        page = self.page
        for denial in page.signals.between(first, last, "deny", "any"):
            i = denial.first
            if denial is not page.signal(i, "deny", "any"):
                continue
            words = page.words(denial.first, denial.last)
            disowns = any(stem in words for stem in DISOWN)
            about = page.signals.any(
                denial.last, min(last, denial.last + 9), "deny", "responsibility"
            )
            about = about or page.signals.any(
                denial.last, min(last, denial.last + 9), "trigger", "launch"
            )
            about = about or self._having_struck(denial.last, last)
            losses = page.signals.any(denial.last, min(last, denial.last + 5), "casualty")
            falls = page.signals.any(denial.last, min(last, denial.last + 5), "trigger", "fall")
            blamed = page.signals.any(first, i, "blame") and words.endswith("ه")
            blamed = blamed or words.startswith(_NO_PART)
            if not disowns and not blamed and (not about or losses or falls):
                continue
            who = self._agent(denial, first, last)
            for one in self._together(who, last):
                yield Responsibility(
                    "disowns" if disowns else "denies", one, denial.first, denial.last, sentence
                )

    def _having_struck(self, i: int, last: int) -> bool:
        """«أن يكون فصيله قد استهدف العاصمة»: what is denied is the deed."""
        page = self.page
        for at in range(i, min(last - 1, i + _REACH)):
            if page.tokens[at].text == "ان" and page.tokens[at + 1].text in ("يكون", "تكون"):
                return page.signals.any(at, min(last, at + 8), "trigger", "target", "attack")
        return False


_LONG_LIST = 32
_DEEDS = ("airstrike", "attack", "target", "launch")
# denials that say of what without naming it
_NO_PART = (
    *("had not fired", "has not fired", "did not fire", "was not behind", "were not behind"),
    *("nothing to do with", "had no hand", "no hand in", "not our", "not its", "knows nothing"),
    *("knew nothing", "no knowledge", "لا علاقه ل", "لا يد ل", "لا صله ل"),
    *("بريئه من", "بريي من", "بريء من", "براء من"),
)
_OF_ITSELF = ("انه ", "انها ", "انهم ")
# words that stand for the group named last
_SHORT = frozenset("لواء حركه جماعه فصيل تنظيم كتائب group militia movement faction former".split())
_LEADERS = frozenset("زعيم قائد امين رئيس الناطق المتحدث ناطق متحدث قيادي امير مؤسس مسؤول".split())
_WHO_DID = ("هي من ", "هو من ", "هم من ", "هي التي ", "هو الذي ")
_RELATIVE = frozenset("التي الذي اللذين الذين ما مما".split())
_BEHIND = frozenset(
    [
        "هو من نفذ",
        "هم من نفذوا",
        "هي من نفذت",
        "were behind",
        "was behind",
        "من يقف وراء",
        "تقف وراء",
        "يقف وراء",
        "هي المسووله عن",
        "المسووله عن",
        "المسوول عن",
        "هي المسؤوله عن",
        "المسؤوله عن",
        "المسؤول عن",
        "responsible for",
        "which carried it out",
    ]
)
_CHARGES = (
    "بالوقوف",
    "بتنفيذ",
    "بشن",
    "باطلاق",
    "باستهداف",
    "بتدبير",
    "بقصف",
    "بالهجوم",
    "بالضلوع",
    "بالمسوولي",
    "بالمسؤولي",
    "بارتكاب",
    "بالتورط",
    "بالقصف",
    "بالاعتداء",
    "بالاستهداف",
    "بانه",
    "بانها",
    "بالعمل",
    "بايران",
    "بداعش",
    "بفيلق",
    "بحزب",
    "بالحرس",
)
DISOWN = ("تبرا", "تتبرا", "تنصل", "تتنصل", "disown", "disavow", "distanced", "walked away")
