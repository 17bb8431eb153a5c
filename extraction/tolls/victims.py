"""Who was hurt and how many: «ثلاثة مدنيين وطفل», "a policeman and two of his sons"."""

from __future__ import annotations

from typing import Literal

from extraction.page import Page
from extraction.text.signals import Signal
from extraction.tolls.toll import Count

_SKIP = {
    "ar": frozenset(
        "كل من نحو حوالي اكثر ما لا يقل عن علي في الاقل يقارب يزيد بجروح الي عدد بينهم منهم "
        "قرابه زهاء "
        "اقل ثم فهم هم بلغ بلغت وصل ارتفع ارتفعت حتي الان بحياه حياه ايضا اخر متفرقه خطيره "
        "طفيفه متفاوته "
        "مالا عند و".split()
    ),
    "en": frozenset(
        "at least about around more than some nearly almost over up to no fewer as many the a "
        "an another "
        "only just its of roughly approximately reportedly immediately her his their".split()
    ),
}
_STOP = {
    "ar": frozenset("بينهم بينها منهم منها ضمنهم هم وهم جميعهم كلهم معظمهم اغلبهم".split()),
    "en": frozenset("including among whom them most mostly".split()),
}
LATEST_SUBJECT = 14
_PARTS_WITH = frozenset("in on at when by as left leaving في علي عن".split())
_OF_THE_GROUP = frozenset("احدهم احداهن احدهما احداهما اثنان واحد".split())
_STANDS = frozenset("at to is was are were reached hit stood as".split())
_SUFFERS = frozenset("اصيب جرح قتل استشهد قضي توفي".split())
_HOUSEHOLDS = frozenset("عائله اسره family household".split())
_KILLING = frozenset("مقتل استشهاد مصرع اغتيال".split())
PASSIVE = frozenset("were was are is been be being got".split())


class Victims:
    """Reads the people counted on one page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self._arabic = page.lang == "ar"
        self.skip = _SKIP[page.lang]
        self._stop = _STOP[page.lang]

    def governs(self, signal: Signal) -> bool:
        """Whether an Arabic word for killing is the noun that governs who was killed."""
        return self.page.tokens[signal.first].text.lstrip("وفبل") in _KILLING

    def unknown_one(self, i: int, last: int) -> bool:
        """«بمرشح»: somebody the lexicon does not know, after the preposition of the verb."""
        page = self.page
        if i >= last or page.in_place(i) or len(page.tokens[i].text) < 5:
            return False
        word = page.tokens[i].text
        known = page.number(i) is not None or any(
            page.signals.any(i, i + 1, kind) for kind in ("victim", "casualty", "attacker")
        )
        plural = word.endswith(("ين", "ون", "ات"))
        return word[0] == "ب" and word[:3] not in ("بال", "بعد") and not known and not plural

    def is_subject(self, victim: Signal) -> bool:
        """«شخصان», «شخص واحد»: cannot be the genitive of a noun before it."""
        one = self.page.number(victim.last)
        return victim.form.text.endswith("ان") or (one is not None and one.value == 1)

    def aged_name(self, i: int, first: int) -> bool:
        """ "Ali Hassan, 12, was killed": a name and an age stand before token ``i``."""
        tokens = self.page.tokens
        if i - 4 < first or tokens[i - 1].text != "," or tokens[i - 3].text != ",":
            return False
        age = self.page.any_number(i - 2)
        return age is not None and age.unit == "year" and tokens[i - 4].text.isalpha()

    def copula(self, signal: Signal, first: int) -> bool:
        return signal.first > first and self.page.tokens[signal.first - 1].text in PASSIVE

    def active(self, signal: Signal) -> bool:
        """killed five (active) against five were killed: by the auxiliary before."""
        page = self.page
        i = signal.first - 1
        while i > 0 and page.tokens[i].text in (
            "critically",
            "badly",
            "slightly",
            "also",
            "lightly",
        ):
            i -= 1
        if i >= 0 and page.tokens[i].text in PASSIVE:
            return False
        nxt = signal.last
        while nxt < len(page.tokens) and page.tokens[nxt].text in self.skip:
            nxt += 1
        return nxt < len(page.tokens) and (
            page.number(nxt) is not None
            or page.signal(nxt, "victim") is not None
            or page.signal(nxt, "attacker") is not None
            or page.any_number(nxt) is not None
        )

    def figure_left(self, signal: Signal, first: int) -> Count | None:
        """«35 قتيلا», «two dead»: the figure right before the noun or participle."""
        if self._arabic and (not signal.number or "و" in signal.form.prefix):
            return None  # «القتلى 120 والجرحى 130»
        page = self.page
        if not self._arabic and page.tokens[signal.first].text.endswith("ing"):
            return None
        i = signal.first - 1
        if not self._arabic and i >= first and page.tokens[i].text in ("more", "others", "left"):
            i -= 1
        for back in range(3):
            at = i - back
            if at < first:
                return None
            number = page.number(at)
            if number is not None and page.after_number(at) == i + 1:
                if page.tokens[at].text == "another" and page.number(signal.last) is not None:
                    return None  # "and another killed two": another bomb
                return Count(number.value, at, signal.last, ())
        return None

    def number_of(self, signal: Signal, last: int) -> Count | None:
        """ "put the number of dead at 18", "the number of wounded had reached 40"."""
        page = self.page
        before = [t.text for t in page.tokens[max(0, signal.first - 3) : signal.first]]
        if self._arabic or "number" not in before or "of" not in before:
            return None
        for i in range(signal.last, min(last, signal.last + LATEST_SUBJECT)):
            if page.number(i) is not None and page.tokens[i - 1].text in _STANDS:
                after = page.after_number(i)
                return Count(page.number(i).value, signal.first, after, ())  # type: ignore[union-attr]
            if page.tokens[i].text in ",.;" or page.signal(i, "casualty"):
                return None
        return None

    def figure_after_plural(self, signal: Signal, last: int) -> Count | None:
        """«الجرحى ثلاثة», «عدد الشهداء وصل إلى 292»; «إصابات» alone says no figure."""
        page = self.page
        i = signal.last
        headed = page.tokens[signal.first].text.endswith("عدد")
        stop = min(last, signal.last + (LATEST_SUBJECT if headed else 9))
        while i < stop:
            number = page.number(i)
            if number is not None:
                after = page.after_number(i)
                if page.signal(after, "munition") or (
                    page.signal(after, "victim") is None
                    and (counted := page.signal(after, "casualty")) is not None
                    and counted.sub != signal.sub
                    and "و" not in counted.form.prefix
                ):
                    return None
                group = self.items(i, last)  # «القتلى ثلاثة أطفال وامرأتان»
                if group is not None and group.value is not None and group.victims:
                    return Count(group.value, signal.first, group.last, group.victims)
                return Count(number.value, signal.first, after, ())
            if page.tokens[i].text in "،.؛:,;" or page.signal(i, "casualty"):
                return None
            i += 1
        return None

    def group(self, i: int, last: int) -> Count | None:
        """A coordinated group that starts within a few words: «ثلاثة أطفال وامرأتان»."""
        page = self.page
        start = i
        stop = min(last, i + 7)
        while i < stop:
            text = page.tokens[i].text
            if page.number(i) is not None or page.signal(i, "victim") is not None or self._age(i):
                break
            if page.signal(i, "attacker") is not None:
                return Count(None, i, i + 1, (), attackers=True)
            ordinal = page.any_number(i)
            if ordinal is not None and ordinal.ordinal:
                i = page.after_number(i)  # «فقضت الأولى على شرطيين»
                continue
            if i > start and i in page.first["casualty"]:
                return None
            if (
                page.signal(i, "casualty", "killed", "wounded") is not None
                and text not in self.skip
            ):
                return None
            if not (text in self.skip or text in "\"'«»()،,:"):
                described = page.signal(i, "prep") is None and text.isalpha() and i - start < 3
                if described and i not in page.first["trigger"]:
                    i += 1
                    continue
                return None
            if text in "،,:" and i > start + 1:
                return None
            i += 1
        else:
            return None
        return self.items(i, last)

    def items(self, i: int, last: int) -> Count | None:
        first = i
        total: int | None = None
        known = True
        values: list[int] = []
        victims: list[tuple[str, str | None, int | None]] = []
        end = i
        while i < last:
            item = self._item(i, last)
            if item is None:
                break
            value, group, after = item
            if group == "attacker":
                if total is None and not victims:
                    return Count(None, first, after, (), attackers=True)
                break
            if group == "munition":
                break
            if value is None:
                known = known and total is not None
            else:
                total = (total or 0) + value
                values.append(value)
            if group is not None:
                victims.append((group[0], group[1], value))
            end = after
            nxt = self._conjoined(after, last)
            if nxt is None:
                break
            i = nxt
        if end == first:
            return None
        if len(values) > 2 and values[0] == sum(values[1:]):
            total = values[0]  # "three of them, two American and one British"
        return Count(total if known or total is not None else None, first, end, tuple(victims))

    def _age(self, i: int) -> int:
        """The token after "a 7-year-old", which counts nobody; 0 where there is none."""
        words = [t.text for t in self.page.tokens[i : i + 7]]
        if self._arabic or "year" not in words or "old" not in words:
            return 0
        year, old = words.index("year"), words.index("old")
        bare = [w for w in words[:year] if w not in ("-", "a", "the")]
        return i + old + 1 if year < old <= year + 2 and len(bare) == 1 else 0

    def _item(
        self, i: int, last: int
    ) -> (
        tuple[int | None, tuple[str, str | None] | Literal["attacker", "munition"] | None, int]
        | None
    ):
        """One member of a group: figure and noun, figure alone, or noun alone."""
        page = self.page
        value: int | None = None
        number = page.number(i)
        stated = number is not None
        if (
            not stated
            and self._arabic
            and page.tokens[i].text.lstrip("و") in ("اخر", "اخري", "ثالث")
        ):
            placed = page.signal(i + 1, "prep") is not None and any(
                page.place(k) is not None for k in range(i + 2, i + 4)
            )
            return None if placed else (1, None, i + 1)  # «وأخرى في البياع» is a bomb
        aged = self._age(i)
        if aged:
            i = aged
        if number is not None:
            value = number.value
            i = page.after_number(i)
        for reach in range(5 if stated else 1):
            at = i + reach
            if at >= last:
                break
            if page.signal(at, "attacker") is not None:
                return value, "attacker", at + 1
            victim = page.signal(at, "victim")
            if victim is not None:
                if not stated:
                    value = self._own_number(victim)
                    after = page.number(victim.last)
                    joined = self.joins(min(victim.last, last - 1))
                    if after is not None and after.value in (1, 2) and self._arabic and not joined:
                        return (
                            after.value,
                            (victim.sub, victim.data),
                            page.after_number(victim.last),
                        )
                end = victim.last
                more = page.signal(end, "victim")
                if more is not None and self._arabic is False:
                    end = more.last
                    if not stated:  # "a police captain"
                        value = self._own_number(more)
                if not stated and value is None:
                    value, end = self._family(victim, end)
                return value, (victim.sub, victim.data), end
            munition = page.signal(at, "munition")
            if munition is not None and "ب" not in munition.form.prefix:
                return value, "munition", at + 1
            casualty = page.signal(at, "casualty")
            if casualty is not None and stated and not casualty.form.prefix:
                if self._arabic or reach == 0:
                    return None
                break
            if (
                not self._arabic
                and reach
                and (
                    page.tokens[at - 1].text in ("and", "in", "on", "at", "when", "by", "as")
                    or page.signal(at, "prep")
                )
            ):
                break
            text = page.tokens[at].text
            if self._arabic and text not in ("من", "عناصر", "افراد", "اخرين"):
                break
            if text in "،,.;؛":
                break
        return (value, None, i) if stated else None

    def joins(self, i: int) -> bool:
        """Whether the figure at a token is joined on: «واثنان», not «واحد»."""
        text = self.page.tokens[i].text
        return text[0] == "و" and not text.startswith("واحد")

    def _own_number(self, victim: Signal) -> int | None:
        """One or two by the form of the noun; «أصيب حارسا مدرسة» is a dual before its genitive."""
        if (
            self._arabic
            and victim.number == "singular"
            and victim.form.text.endswith("ا")
            and self.page.tokens[victim.first - 1].text.lstrip("وف") in _SUFFERS
        ):
            of_what = self.page.tokens[min(victim.last, len(self.page.tokens) - 1)].text
            plain = of_what.isalpha() and not of_what.endswith("ا")
            if plain and of_what[0] not in "بلو" and not self.page.signal(victim.last, "prep"):
                return 2
        counted = self._arabic and victim.form.text.endswith("ا") and victim.form.text != "عمالا"
        if victim.number == "plural" and counted:
            return 1  # «تقتل شرطيا»: the singular that stands after a figure, here without one
        return {"singular": 1, "dual": 2}.get(victim.number)

    def _family(self, victim: Signal, end: int) -> tuple[int | None, int]:
        """«عائلة من ستة أفراد», "a family of six": how many they were, and the token after."""
        page = self.page
        if page.tokens[victim.last - 1].text.removeprefix("ال") not in _HOUSEHOLDS:
            return None, end
        at = end + 1
        if at >= len(page.tokens) or page.tokens[end].text not in ("من", "of", "مكونه", "مولفه"):
            return None, end
        at += page.tokens[at].text == "من"
        number = page.number(at)
        return (None, end) if number is None else (number.value, page.after_number(at))

    def _past_his_group(self, at: int, last: int) -> int:
        """The token after «في حركة النجباء»: whose man it was parts him from nobody."""
        page = self.page
        if page.tokens[at].text not in ("في", "من") or at + 1 >= last:
            return at
        head = page.signal(at + 1, "group") or page.signal(at + 1, "group_head")
        if head is None:
            # «ضابط في الجيش وثلاثة جنود»
            force = page.tokens[at + 1].text.startswith("ال") and not page.in_place(at + 1)
            joins = at + 2 < last and page.tokens[at + 2].text.startswith("و")
            return at + 2 if force and joins else at
        if head.kind == "group":
            return min(head.last, last - 1)
        named = page.signal(head.last, "group")
        return min(named.last if named is not None else head.last + 1, last - 1)

    def _conjoined(self, i: int, last: int) -> int | None:
        """Where the next member of the group starts, if «و» or "and" leads on to one."""
        page = self.page
        if i >= last:
            return None
        at = i
        hops = 0
        while (
            at < last
            and hops < 5
            and not self._arabic
            and page.tokens[at].text not in ("and", ",", ".")
        ):
            if (
                page.signal(at, "casualty")
                or page.signal(at, "trigger")
                or page.signal(at, "prep", "in", "on", "at", "near", "from", "toward", "to")
                or page.in_date(at)
            ):
                return None
            at += 1
            hops += 1
        if at >= last:
            return None
        text = page.tokens[at].text
        if self._arabic:
            if text == "،" and at + 1 < last and page.tokens[at + 1].text.startswith("و"):
                at += 1
                text = page.tokens[at].text
            at = self._past_his_group(at, last)
            text = page.tokens[at].text
            hops = 0
            while (
                (not text.startswith("و") or text.startswith("واحد"))
                and text != "مع"
                and hops < 3
                and at + 1 < last
                and text not in self._stop
                and text.isalpha()
                and not page.signal(at, "prep", "in", "on", "at", "near", "from")
                and not page.signal(at, "trigger")
                and not page.signal(at, "casualty")
            ):
                at += 1
                hops += 1
                text = page.tokens[at].text
            with_him = text == "مع"  # «ضابط مع ثلاثة من مرافقيه»
            if not text.startswith("و") and not with_him:
                return None
            start = at + 1 if text == "و" or with_him else at
        else:
            comma = text == ","
            if comma and at + 1 < last and page.tokens[at + 1].text == "and":
                at += 1
                comma = False
            if page.tokens[at].text not in ("and", ","):
                return None
            start = at + 1
            while (
                start < last and page.tokens[start].text in self.skip and page.number(start) is None
            ):
                if page.signal(start, "victim"):
                    break
                start += 1
        if start >= last or page.signal(start, "casualty") is not None:
            return None
        if self._arabic and page.signal(start, "trigger", "hit") is not None:
            return None
        number = page.number(start)
        if self._arabic and number is not None and number.kind == "another" and number.definite:
            return None  # «والآخر سقط»: the other rocket
        victim = page.signal(start, "victim")
        if self._arabic and page.tokens[start].text in ("واخر", "واخري", "وثالث"):
            nxt = page.tokens[start + 1].text if start + 1 < last else ""
            return start if nxt.isalpha() and not page.signal(start + 1, "prep") else None
        if number is None and victim is None:
            return None
        if not self._arabic and comma and number is None:
            return None
        if not self._arabic and comma and number is not None:
            after = page.after_number(start)
            if page.signals.any(after + 1, after + 4, "speech", "verb"):
                return None  # ", two police officers said"
            if "among" in [t.text for t in page.tokens[after : after + 4]]:
                return None  # ", two American soldiers among them,"
            if page.tokens[min(after, last - 1)].text == "of" or not page.signals.any(
                after, after + 3, "victim"
            ):
                return None
        if number is not None:
            after = page.after_number(start)
            for reach in range(3):
                casualty = page.signal(after + reach, "casualty")
                if casualty is not None:
                    return None  # the figure belongs to the next toll
                if page.signal(after + reach, "victim"):
                    break
            if not self._arabic and page.signal(after, "munition"):
                return None
            if not self._arabic and number.value == 1 and page.signal(after, "prep", "in", "at"):
                return None  # "killed two people and one in Saidiya that wounded four"
        return start

    def group_left(self, signal: Signal, first: int) -> Count | None:
        """The group that stands before a verb: «امرأة وطفلاها قتلوا», "15 people were killed"."""
        page = self.page
        i = signal.first - 1
        limit = max(first, signal.first - (5 if self._arabic else 7))
        victim_at = number_at = -1
        while i >= limit:
            text = page.tokens[i].text
            if page.signal(i, "attacker"):
                joined = max(i - 2, first)
                if any(page.tokens[k].text in ("and", "و") for k in range(joined, i)):
                    while i > limit and page.tokens[i].text not in ("and", "و"):
                        i -= 1
                    i -= 1
                    limit = max(first, i - 7)
                    continue
                return Count(None, i, i + 1, (), attackers=True)
            if page.signal(i, "victim") and victim_at < 0:
                victim_at = i
                break
            if page.number(i) is not None:
                number_at = i
                break
            if self._arabic and text.isalpha() and self.of_several(i, limit):
                number_at = i - 2
                break
            if self._arabic and text == "،" and i == signal.first - 1:
                opening = self._inserted(i, first)
                if opening:
                    i, limit = opening - 1, max(first, opening - 6)
                    continue
            if self._arabic and not (
                text in ("الذين", "ممن", "قد", "كانوا", "منهم") or text in '"«»'
            ):
                if page.signal(i, "prep") or i < limit + 3:
                    return None
            elif not self._arabic and text == ",":
                opening = next(
                    (k for k in range(i - 1, max(first, i - 16), -1) if page.tokens[k].text == ","),
                    -1,
                )
                if opening < 0 or i < signal.first - 3:
                    return None
                i = opening
                limit = max(first, opening - 7)
            elif not self._arabic and text in ("and", ".", ";", ":"):
                return None
            i -= 1
        if victim_at < 0 and number_at < 0:
            return None
        start = victim_at if victim_at >= 0 else number_at
        back = start - 1
        while back >= max(first, start - 12):
            if page.signal(back, "casualty") or page.tokens[back].text in ".;؛:":
                break
            if not self._arabic and page.signal(back, "speech", "verb"):
                break  # "put the number at 80 and said 23 residents were killed"
            if (page.number(back) is not None and self._reaches(back, start)) or (
                page.signal(back, "victim") and self._joined(back, start)
            ):
                start = back
            back -= 1
        return self.items(start, signal.first)

    def _inserted(self, comma: int, first: int) -> int:
        """«خمسة من المارة، بينهم فتاة، أصيبوا»: the comma that opens the clause; 0 if none."""
        tokens = self.page.tokens
        for i in range(comma - 1, max(first, comma - 12), -1):
            if tokens[i].text == "،":
                opens = tokens[i + 1].text.removeprefix("و")
                if opens == "من" or opens == "احد":
                    opens = tokens[i + 2].text
                return i if opens in self._stop or opens in _OF_THE_GROUP else 0
        return 0

    def of_several(self, i: int, floor: int) -> bool:
        """«أربعة من أبنائهم قُتلوا»: a figure and «من» stand before the noun at a token."""
        page = self.page
        if i - 2 < floor or page.tokens[i - 1].text != "من" or page.number(i - 2) is None:
            return False
        return page.after_number(i - 2) == i - 1

    def _reaches(self, number_at: int, start: int) -> bool:
        """Whether only describing words stand between a figure and the noun it counts."""
        page = self.page
        return all(
            page.tokens[i].text.isalpha() and page.tokens[i].text not in _PARTS_WITH
            for i in range(page.after_number(number_at), start)
        )

    def _joined(self, back: int, start: int) -> bool:
        page = self.page
        between = [page.tokens[i].text for i in range(back + 1, start + 1)]
        return len(between) <= 4 and any(w == "and" or w.startswith("و") for w in between)
