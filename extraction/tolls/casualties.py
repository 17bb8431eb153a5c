"""Who was hurt: counts of killed and wounded in one sentence, with what is denied.

Three shapes carry nearly every count, in both languages:
  trigger then group   مقتل ثلاثة أطفال وامرأتين · killing a girl and wounding five others
  figure then noun     35 قتيلا وأكثر من 60 جريحا · two dead, four injured
  group then trigger   سبعة أشخاص قتلوا · at least 15 people were killed
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from extraction.document import Victim
from extraction.page import Page
from extraction.text.marks import mark
from extraction.text.signals import Signal
from extraction.text.words import Form
from extraction.tolls.doubts import DIES, HURTS, Doubts
from extraction.tolls.toll import Count, Toll, What
from extraction.tolls.victims import LATEST_SUBJECT, PASSIVE, Victims

# what a figure is raised of, and how far behind its verb and subject it may stand
_COUNTED = frozenset("العدد الحصيله عددهم عدد toll number count".split())
_LONGEST_SUBJECT = 8
_OF_THEM = frozenset("منهم منهما منهن them".split())
_A_MAN = frozenset("a an the one his her their".split())
_ONE = frozenset("a an one".split())
_SLIGHTLY = frozenset("slightly lightly badly seriously critically also fatally mortally".split())
_BEING = frozenset("يكون تكون".split())
_PANIC = frozenset("بالهلع بالذعر بالصدمه بالاغماء shock panic".split())
_PASSES_AWAY = frozenset(
    ("died", "dies", "perished", "succumbed", "لفظ انفاسه", "لفظت انفاسها", "فارق الحياه")
)
# «لقي … مصرعه»: the verb, and what it leads to
_MEETS = frozenset("لقي لقيت لقوا لقيا لقيتا لقين يلقي تلقي يلقون ليلقي ليلقوا".split())
_FATES = ("مصرع", "حتف")
# what an attack does to a man: "leading to his death", "causing her injury"
_FATES_EN = frozenset(("death", "martyrdom", "injury", "wounding"))
_HIS = frozenset(("his", "her"))
_CAUSES = frozenset("causing caused causes leading led leads resulting resulted".split())
_TAKES = frozenset(
    "counted claimed claiming claims took taking taken takes cost costing costs received dug "
    "pulled out".split()
)
_SUFFERED = frozenset("suffered sustained received suffering sustaining".split())
_NOBODY = frozenset(
    "فيه فيها فيهما منه منها منهم عليه عليها له لها معه هناك هنا خلال اثناء بعد قبل قبيل عندما حين "
    "حينما جراء اثر نتيجه بسبب امس اليوم صباح مساء ليل ظهر فجر يوم قرب عند ضمن وسط داخل امام اذ "
    "ايضا هو هي هم احد كما فيما بينما مع ان كان قد لدي حتي منذ مباشره ثم دفاعا غدرا".split()
)
_LIFELESS = frozenset("fire blaze hope wind dog horse cow engine light power".split())
_DIED_ONE = frozenset("قتل استشهد استشهدت توفي توفيت اغتيل اغتيلت".split())
_HURT_ONE = frozenset("اصيب اصيبت جرح جرحت".split())
_TOGETHER = frozenset("مجموعها مجموعه مجموعهما مجملها مجمله altogether total combined".split())
_TO_HIM = frozenset("اليه اليها اليهم الينا".split())
_OPENS_CLAUSE = frozenset("ان كان كانت كانوا لكن بينما فيما حيث".split())
_OF_TWO = ("تلا", "صيبا", "رحا", "ضيا")
_OF_SEVERAL = ("وا", "تلا", "صيبا", "رحا", "ضيا", "تلن", "صبن", "رحن", "ضين")
_BY_WOUNDS = ("بجرو", "بجرا", "بشظا", "بكسو", "بحرو", "بطلق", "برضو", "بخدو", "اصابه", "اصابات")
_TOLLS = frozenset("toll الحصيله حصيله حصيلتها حصيلته".split())
_CARRIES_OFF = frozenset("اودي اودت اودوا يودي تودي".split())
_REMAINS = frozenset(
    "are is was were remain remains remained still being people others more taken stay".split()
)
_MANY = frozenset(
    "عدد عائله اسره افراد جميع معظم بعض عده كل اي احد من في ما group number family few couple "
    "total dozen handful string lot".split()
)
_PASSING = ("فارق", "يفارق", "توفي", "مات", "وفاه")
_DYING = frozenset("فارق فارقت فارقوا فارقا يفارق تفارق يفارقوا succumbed".split())
_NTH_WITHIN = 10
_LAST_OF_TWO = frozenset("الاخر الاخري".split())
_LATER = {
    "ar": frozenset(
        "ارتفع ارتفعت لترتفع بلغ بلغت وصل وصلت ترتفع يرتفع رفعت رفع انخفض ينخفض تراجع صار صارت "
        "بات باتت اصبح اصبحت غدا غدت زاد زادت قفز قفزت تخطي تخطت تجاوز تجاوزت استقر استقرت "
        "ليرتفع ليصل لتصل ليبلغ لتبلغ".split()
    ),
    "en": frozenset(
        "rose risen rises later put climbed climbs reached raised raising jumped jumps "
        "mounted mounts stands stood".split()
    ),
}


def _tells(word: str, lang: str) -> bool:
    """Whether a word without a signal may tell a toll."""
    return word.lstrip("وف") in _LATER[lang] or word in ("lives", "bodies")


_TELLS = mark(_tells)


class TollReader:
    """Reads the tolls of one sentence of a page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self._victims = Victims(page)
        self._doubts = Doubts(page, self._victims)
        self._arabic = page.lang == "ar"
        # "dead" in "shot dead a grocer"
        self._shot_dead = frozenset(
            i
            for s in page.signals.of_kind("trigger", "shoot")
            for i in range(s.first, s.last)
            if page.words(s.first, s.last) in ("shot dead", "assassinated", "gunned down")
        )
        # the tokens that may tell a toll
        self._telling = sorted(
            {s.first for kind in ("damage", "casualty") for s in page.signals.of_kind(kind)}
            | {s.first for s in page.signals.of_kind("trigger", "hit")}
            | {*page.where(_TELLS)}
        )

    def read(
        self, first: int, last: int, before: Toll | None = None, *, same_sentence: bool = True
    ) -> list[Toll]:
        """The tolls stated at tokens ``[first, last)``, in order.

        ``before`` is the toll told right before: in the same sentence «…، و18 أمس في الحبيبية»
        goes on with it, in the next one "the ministry raised that to 51" corrects it.
        """
        found: list[Toll] = []
        done = first
        carried = self._carried(first, last, before) if same_sentence else None
        if carried is not None:
            found.append(carried)
            done = carried.last
        telling = self._telling
        for i in telling[bisect_left(telling, first) : bisect_left(telling, last)]:
            if i < done:
                continue
            passing = self._raised(i, last, found or self._known(i, before))
            passing = passing or self._died_since(i, first, last, found)
            passing = passing or self._has_died(i, found)
            if passing is not None:
                if passing.moved and self._included(passing.first, first):
                    passing = passing._replace(early=True)
                found.append(passing)
                done = passing.last
                continue
            for toll in self._at(i, first, last):
                if self._joined_on(toll, found):
                    toll = toll._replace(more=True)
                elif self._in_all(toll) and any(t.what == toll.what and t.value for t in found):
                    toll = toll._replace(rise=True)
                found.append(toll)
                if toll.first <= i:
                    done = max(done, i + 1)
                second = self._and_the_other(toll, last)
                if second is not None:
                    found[-1:] = [toll._replace(nth=1), second]
                    done = max(done, second.last)
        return _without_repeats(found)

    def _also(self, signal: Signal, first: int) -> bool:
        """ "An interpreter was also killed": one more than were told before."""
        if self._arabic:
            return False
        tokens = self.page.tokens
        also = any(
            tokens[i].text == "also" and tokens[i - 1].text in ("was", "were")
            for i in range(first + 1, signal.first)
        )
        return also and not self.page.signals.any(first, signal.first, "munition")

    def _joined_on(self, toll: Toll, found: Sequence[Toll]) -> bool:
        """ "Three Americans were wounded and two Iraqis were seriously wounded": five were."""
        if self._arabic or not found or not toll.value:
            return False
        told = found[-1]
        joined = toll.first - told.last == 1 and self.page.tokens[told.last].text == "and"
        return joined and told.what == toll.what and bool(told.value and toll.victims)

    def _in_all(self, toll: Toll) -> bool:
        """«خلّفت في مجموعها 42 قتيلا», "killed 30 in all": the toll of all that is told."""
        page = self.page
        tokens = page.tokens[max(0, toll.first - 4) : toll.last + 3]
        words = {t.text.lstrip("وبف") for t in tokens}
        return not words.isdisjoint(_TOGETHER) or "in all" in page.words(
            toll.first, min(len(page.tokens), toll.last + 3)
        )

    def _included(self, i: int, first: int) -> bool:
        """ "has risen to 14 after two of the wounded died": the two are among the 14."""
        words = [t.text for t in self.page.tokens[max(first, i - 2) : i + 1]]
        return any(w.startswith(("بعد", "اثر", "after", "when")) for w in words)

    def _and_the_other(self, toll: Toll, last: int) -> Toll | None:
        """ "one killing eight people and the other five", «والثانية خمسة»."""
        page = self.page
        words = [t.text for t in page.tokens[toll.last : min(last, toll.last + 4)]]
        if self._arabic:
            at = toll.last + 1
            named = bool(words) and words[0].startswith("والثاني")
            named = named or (bool(words) and words[0].removeprefix("و") in _LAST_OF_TWO)
        else:
            at = toll.last + 3
            named = words[:3] in (["and", "the", "other"], ["and", "the", "second"])
        if not named or at >= last or toll.none:
            return None
        at += page.tokens[at].text in ("a", "an") and page.number(at) is None
        more = self._victims.items(at, last) if at < last else None
        if more is None or more.value is None or page.signal(more.last, "casualty"):
            return None
        return Toll(toll.what, more.value, at, more.last, nth=2)

    def _at(self, i: int, first: int, last: int) -> Iterator[Toll]:
        page = self.page
        if i not in page.signals.by_first and page.tokens[i].text not in ("lives", "bodies"):
            return
        damage = page.signal(i, "damage")
        if damage is not None:
            yield from self._doubts.none("both", damage, first, last)
            return
        signal = page.signal(i, "casualty") or self._struck(i, last) or self._lives(i)
        if signal is None or page.in_place(i) or self._doubts.elsewhere(signal, first):
            return
        if any(t.text in _PANIC for t in page.tokens[signal.last : signal.last + 3]):
            return
        if page.signal(i, "direct_hit") is not None:
            return  # «أصابت السفارة إصابة مباشرة»
        if signal.form.prefix.endswith("ب") and page.tokens[i - 1].text in _BEING:
            return  # «الجهاد لا يكون بقتل الأبرياء»
        if self._found_dead(signal) or self._subset(signal, first) or self._mingled(signal):
            return
        if signal.sub == "wounded" and self._doubts.of_wounds(signal, first):
            return
        if self._doubts.listed_none(signal, last):
            yield from self._doubts.none(signal.sub, signal, first, last)
            return
        if self._doubts.denied(signal, first):
            official = self._doubts.officially(signal, first)
            yield from self._doubts.none(signal.sub, signal, first, last, denied=not official)
            return
        negation = self._doubts.negated(signal, first)
        if negation:
            if negation == "unknown":
                return
            yield from self._doubts.none(signal.sub, signal, first, last)
            return
        if signal.sub == "both" and self._dead_beside(signal):
            signal = signal._replace(sub="killed")  # «ثلاثة ضحايا وستة مصابين»
        if signal.sub in ("both", "lives"):
            return
        count = self._count_for(signal, first, last)
        if count is None and (rank := self._nth_dead(signal, first)):
            yield Toll("killed", rank, signal.first - 1, signal.last, rise=True)
        if count is None and signal.sub == "wounded" and self._a_fourth(signal, first):
            yield Toll("wounded", 1, signal.first - 2, signal.last)
        if count is None or count.attackers:
            return
        if self._doubts.over_time(max(count.last, signal.last)):
            return
        what: What = "killed" if signal.sub == "killed" else "wounded"
        seventh = page.any_number(count.first - 1) if count.first > first else None
        dies = page.words(signal.first, signal.last) in _PASSES_AWAY
        if dies and seventh is not None and seventh.ordinal and (seventh.value or 0) > 1:
            # "a seventh resident has died": seven have
            start, stop = min(count.first - 1, signal.first), max(count.last, signal.last)
            yield Toll(what, seventh.value, start, stop, rise=True)
            return
        nth = self._nth_behind(signal, count) or self._nth(min(count.first, signal.first), first)
        if page.tokens[count.first].text.lstrip("و") in _LAST_OF_TWO:
            nth = 2  # «أحدهما قضى في الحال والآخر توفي متأثراً بجروحه»
        yield Toll(
            what,
            count.value,
            min(count.first, signal.first),
            max(count.last, signal.last),
            tuple(
                Victim(group, what, number, sex)  # type: ignore[arg-type]
                for group, sex, number in count.victims
            ),
            early=self._doubts.early(signal, first),
            doubted=self._doubts.doubted(signal, first),
            rise=self._rises(signal, count, first),
            more=page.tokens[count.first].text == "another" or self._also(signal, first),
            moved=what == "killed"
            and not nth
            and self._doubts.after_wounds(max(count.last, signal.last)),
            nth=nth,
        )

    def _a_fourth(self, signal: Signal, first: int) -> bool:
        """ "three were killed and a fourth wounded"."""
        page = self.page
        at = signal.first - 1
        if at > first and page.tokens[at].text in ("was", "seriously", "badly", "slightly"):
            at -= 1
        number = page.any_number(at) if at > first and not self._arabic else None
        return number is not None and bool(number.ordinal) and page.tokens[at - 1].text == "a"

    def _nth(self, i: int, first: int) -> int:
        """Which of several blows is the subject of the verb at a token; 0 where none is named."""
        page = self.page
        for k in range(i - 1, max(first, i - _NTH_WITHIN) - 1, -1):
            text = page.tokens[k].text.lstrip("وف")
            headed = k > first and page.tokens[k - 1].text == "the"
            if text in ".;؛" or page.in_date(k):
                return 0
            if text in _LAST_OF_TWO or (headed and text == "other"):
                return 2
            number = page.any_number(k)
            if number is not None and number.ordinal and (headed or number.definite):
                after = page.after_number(k)
                return 0 if page.signal(after, "victim") else number.value or 0
            if text == "one" and k == i - 1:
                return 1
        return 0

    def _nth_behind(self, signal: Signal, count: Count) -> int:
        """«فقتلت الأولى ثمانية», "killing five in the first": named behind the verb."""
        page = self.page
        behind = any(t.text in ("in", "في") for t in page.tokens[count.last : count.last + 1])
        stop = min(len(page.tokens), count.last + 3) if behind else count.last
        for k in (*range(signal.last, count.first), *range(count.last, stop)):
            number = page.any_number(k)
            if number is None or not number.ordinal or page.in_date(k):
                continue
            headed = page.tokens[k - 1].text == "the" and not self._arabic
            people = page.signals.any(k + 1, k + 2, "victim")
            if (number.definite or headed) and not people:
                return number.value or 0
        return 0

    def _carried(self, first: int, last: int, before: Toll | None) -> Toll | None:
        page = self.page
        at = first + 1 if first < last and page.tokens[first].text in ("and", "و") else first
        if before is None or before.none or at >= last or page.number(at) is None:
            return None
        if page.tokens[at].text.startswith(("واخر", "اخر", "another")):
            return None  # one more bomb, not one more wounded
        after = page.after_number(at)
        goes_on = page.in_date(after) or page.signal(after, "prep", "in", "at", "near") is not None
        number = page.number(at)
        if not goes_on or number is None:
            return None
        return Toll(before.what, number.value, at, after)

    def _known(self, i: int, before: Toll | None) -> list[Toll]:
        """ "The ministry raised that to 51": the toll of the sentence before is meant."""
        after = self.page.tokens[i + 1].text if i + 1 < len(self.page.tokens) else ""
        meant = after in ("that", "it", "this", "them") or self.page.tokens[i].text == "risen"
        return [before] if before is not None and before.value and meant else []

    def _raised(self, i: int, last: int, found: list[Toll]) -> Toll | None:
        """«ثم ارتفعت إلى عشرة», "later put it at 22": the figure grows without its noun."""
        page = self.page
        if page.tokens[i].text.lstrip("وف") not in _LATER[page.lang]:
            return None
        tolled = any(t.text in _TOLLS for t in page.tokens[max(0, i - 14) : i])
        if not (found or tolled):
            return None
        if page.signals.any(i - 4, i, "munition") and not tolled:
            return None
        counted = any(
            t.text in _COUNTED for t in page.tokens[i + 1 : min(last, i + _LONGEST_SUBJECT)]
        )
        for k in range(i + 1, min(last, i + (_LONGEST_SUBJECT + 4 if counted else 5))):
            number = page.number(k)
            if number is not None and page.tokens[k - 1].text == "by":
                return None  # "raising its count by two"
            if number is not None:
                after = page.after_number(k)
                if page.signal(after, "casualty") or page.signal(after, "munition"):
                    return None
                what = found[-1].what if found else "killed"
                value, after = self._and_then(number.value, after, last)
                return Toll(what, value, i, after, rise=True)
            if page.signal(k, "casualty") or page.tokens[k].text in ".;؛":
                return None
        return None

    def _and_then(self, value: int | None, after: int, last: int) -> tuple[int | None, int]:
        """ "raised that to 51 at midnight and on Wednesday to 63": the last step counts."""
        page = self.page
        if self._arabic:
            return value, after
        for k in range(after, min(last, after + 16) - 1):
            number = page.number(k + 1)
            if page.tokens[k].text in ".;" or page.signal(k, "casualty", "wounded"):
                break  # "rose to 72 and the wounded to 120"
            if page.tokens[k].text == "to" and number is not None and number.value is not None:
                return self._and_then(number.value, page.after_number(k + 1), last)
        return value, after

    def _died_since(self, i: int, first: int, last: int, found: list[Toll]) -> Toll | None:
        """«توفي اثنان منهم», «يفارق أحد الجرحى الحياة», "one of the wounded died"."""
        page = self.page
        signal = page.signal(i, "casualty", "killed", "wounded")
        if signal is None or (signal.sub == "killed" and signal.number and signal.form.article):
            return None  # «القتيلين عراقيان، وإن خمسة من المصابين أميركيون»: nobody dies of it
        dying = self._dying_wounded(signal, first)
        if dying is not None:
            return dying
        if signal.sub == "killed" and page.number(signal.last) and not self._shares(signal.last):
            return None  # «مقتل ثلاثين، ثم توفي ثلاثة من الجرحى»: a count of its own
        near = range(max(first, i - 6), min(last, i + 7))
        of_them = signal.last if signal.sub == "killed" else i
        number_at = next((k for k in near if page.any_number(k) and self._shares(k)), None)
        if number_at is None:
            return None
        if page.tokens[number_at].text.lstrip("وف").startswith(("احدهم", "احداهن", "احدهما")):
            hurt = any(t.what == "wounded" and t.value for t in found)
            struck = page.signals.any(number_at, i, "trigger")  # one of the rockets, then
            if struck or not (hurt and self._dies(i) and i > number_at):
                return None
            return Toll("killed", 1, number_at, signal.last, moved=True)
        after = page.after_number(number_at)
        if signal.sub == "wounded":
            definite = signal.form.article or page.tokens[i - 1].text == "the"
            dies = any(self._dies(k) for k in near)
            if not (definite and dies and i - after <= 2 and number_at < i):
                return None
        else:
            pronoun = page.tokens[min(after, last - 1)].text in _OF_THEM
            hurt = any(t.what == "wounded" and t.value for t in found)
            wounded = page.signal(after, "casualty", "wounded") or page.signal(
                after + 1, "casualty", "wounded"
            )
            if wounded is not None and (wounded.form.article or page.tokens[after].text == "the"):
                of_them = wounded.last
            elif not (pronoun and hurt and number_at - signal.last <= 1):
                return None
        number = page.number(number_at)
        assert number is not None
        return Toll(
            "killed",
            number.value,
            min(i, number_at),
            max(of_them, after, signal.last),
            moved=True,
        )

    def _has_died(self, i: int, found: list[Toll]) -> Toll | None:
        """ "A contractor who was wounded on Sunday has died": he is wounded no more."""
        page = self.page
        tokens = page.tokens
        told = self._arabic or not found or found[-1].what != "wounded" or i < 1
        if told or tokens[i].text != "died" or tokens[i - 1].text not in ("has", "have"):
            return None
        hurt = found[-1]
        if not any(t.text == "who" for t in tokens[hurt.first : hurt.last]):
            return None
        found.pop()
        return Toll("killed", hurt.value, hurt.first, i + 1, hurt.victims, moved=True)

    def _dying_wounded(self, signal: Signal, first: int) -> Toll | None:
        """«فارق اثنا عشر جريحا الحياة»: wounded who died since."""
        page = self.page
        if signal.sub != "wounded" or not signal.number or signal.form.article:
            return None
        for i in range(signal.first - 1, max(first, signal.first - 4) - 1, -1):
            number = page.number(i)
            if number is not None and page.after_number(i) == signal.first:
                if i > first and self._passes_away(i - 1):
                    return Toll("killed", number.value, i - 1, signal.last, moved=True)
                return None
        if signal.number == "singular" and signal.first > first:
            if self._passes_away(signal.first - 1):
                return Toll("killed", 1, signal.first - 1, signal.last, moved=True)
        return None

    def _passes_away(self, i: int) -> bool:
        """Whether the verb at a token says that somebody already hurt has died."""
        text = self.page.tokens[i].text.removeprefix("و")
        return text.startswith(_PASSING) or text.removeprefix("ف").startswith(_PASSING)

    def _shares(self, k: int) -> bool:
        """Whether a figure stands at a token that "of them" or "the wounded" follows."""
        page = self.page
        number = page.number(k)
        if number is None or number.value is None:
            return False
        after = page.after_number(k)
        words = [t.text for t in page.tokens[after : after + 3]]
        joined = number.kind == "one_of" or (bool(words) and words[0] in ("من", "of", *_OF_THEM))
        return joined

    def _dies(self, k: int) -> bool:
        killed = self.page.signal(k, "casualty", "killed")
        told = killed is not None and not (killed.number and killed.form.article)  # «القتيلين»
        return told or self.page.tokens[k].text.removeprefix("و") in _DYING

    def _subset(self, signal: Signal, first: int) -> bool:
        """«ومن بين القتلى ثلاثة من الشرطة», "two of the dead": counted among the others."""
        tokens = self.page.tokens
        before = tokens[signal.first - 1].text if signal.first > first else ""
        if self._arabic:
            whole = self.page.number(signal.last)  # «من بين القتلى الأربعة طفلان»
            counted = whole is not None and whole.definite
            if before == "من":  # «وإن خمسة من المصابين أميركيون»
                return signal.form.article and self.page.number(signal.first - 2) is not None
            return signal.form.article and before == "بين" and not counted
        return (
            before == "the"
            and signal.first - 2 > first
            and (
                tokens[signal.first - 2].text in ("of", "among")
                and not self.page.signals.any(signal.last, signal.last + 4, "casualty", "killed")
            )
        )

    def _dead_beside(self, signal: Signal) -> bool:
        """Whether counted victims stand beside counted wounded: then they are the dead."""
        page = self.page
        at = next((k for k in (signal.first - 1, signal.first - 2) if page.number(k)), None)
        counted = at is not None and page.after_number(at) == signal.first
        return counted and page.signals.any(signal.last, signal.last + 5, "casualty", "wounded")

    def _nth_dead(self, signal: Signal, first: int) -> int:
        """«ثلاثة قتلى، ورابع لفظ أنفاسه»: the fourth makes four."""
        number = self.page.any_number(signal.first - 1) if signal.first > first else None
        dies = self.page.words(signal.first, signal.last) in _PASSES_AWAY
        known = number is not None and number.ordinal and not number.definite and dies
        return (number.value or 0) if known and number is not None else 0

    def _mingled(self, signal: Signal) -> bool:
        """«سقط ثلاثون بين قتيل وجريح»: how many of either is not said."""
        words = [t.text for t in self.page.tokens[max(0, signal.first - 2) : signal.last + 1]]
        if not self._arabic or signal.number != "singular" or len(words) < 3:
            return False
        opens = words[-3] == "بين" and words[-1].startswith("و")
        return opens or (words[0] == "بين" and signal.form.prefix == "و")

    def _found_dead(self, signal: Signal) -> bool:
        """«أربع عشرة جثة مجهولة الهوية»: bodies found are the dead of no attack told here."""
        tokens = self.page.tokens
        after = tokens[signal.last].text if signal.last < len(tokens) else ""
        before = tokens[signal.first - 1].text if signal.first else ""
        return after.startswith("مجهول") or before in ("unidentified", "unknown")

    def _struck(self, i: int, last: int) -> Signal | None:
        """أصاب and hit also wound: where what follows is people, not a place."""
        page = self.page
        if not self._arabic:
            return None
        hit = page.signal(i, "trigger", "hit")
        if hit is None or not page.tokens[i].text.lstrip("وف").startswith(("اصاب", "تصيب", "يصيب")):
            return None
        count = self._victims.group(hit.last, last)
        if count is None or count.first > hit.last + 2:
            return None
        between = range(hit.last, count.first)
        if any(
            page.tokens[k].text not in self._victims.skip and not self._which(k) for k in between
        ):
            return None  # «أصابت قاعدة عراقية», but «أصابت الأولى امرأتين»
        if page.tokens[min(count.last, last - 1)].text in ("منها", "منهما"):
            return None  # «أصابت تسع منها منازل»
        one = page.number(count.first)
        if one is not None and one.kind == "one_of" and not count.victims:
            return None  # «أصاب أحدها سجن الكرخ»
        return Signal(
            "casualty", "wounded", hit.first, hit.last, hit.start, hit.end, "", True, hit.form
        )

    def _lives(self, i: int) -> Signal | None:
        """ "claimed three lives", "received two bodies", not "he lives in"."""
        page = self.page
        token = page.tokens[i]
        if token.text not in ("lives", "bodies"):
            return None
        for k in (i - 1, i - 2, i - 3):
            if k > 0 and page.number(k) is not None and page.after_number(k) == i:
                taken = page.tokens[k - 1].text in _TAKES or page.tokens[k - 2].text in _TAKES
                form = Form(token.text)
                return (
                    Signal("casualty", "killed", i, i + 1, token.start, token.end, "", False, form)
                    if taken
                    else None
                )
        return None

    def _which(self, i: int) -> bool:
        """«الأولى», «الثانية»: the subject, one of several."""
        number = self.page.any_number(i)
        return number is not None and number.ordinal and number.definite

    def _count_for(self, signal: Signal, first: int, last: int) -> Count | None:
        page_word = self.page.tokens[signal.first].text.lstrip("وف")
        own = {"singular": 1, "dual": 2}.get(signal.number)
        if self._arabic and page_word.endswith("ه") and page_word.startswith("ارد"):
            return Count(1, signal.first, signal.last, ())  # «فأردوه»
        joined = self.page.tokens[signal.first].text.startswith("و") and signal.form.article
        if self._arabic and joined and self.page.number(signal.last) is not None:
            return self._victims.figure_after_plural(
                signal, last
            )  # «القتلى بلغ 76 شخصاً والجرحى 212»
        if self.page.tokens[signal.first].text.endswith("هم") or " them" in self.page.words(
            signal.first, signal.last
        ):
            them = self._them(signal.first, first)
            if them is not None:
                return them
        left = self._victims.figure_left(signal, first) or self._victims.number_of(signal, last)
        if left is not None:
            return left
        if not self._arabic and (risen := self._risen_to(signal, first, last)) is not None:
            return risen
        if not self._arabic and self._his_death(signal, first):
            return Count(1, signal.first - 1, signal.last, ())
        if self._arabic and signal.form.text in ("حياه", *_CARRIES_OFF):
            his = self._his_life(signal, first, last)
            if his is not None:
                return his
        if self._arabic:
            met = self._met_death(signal, first)
            if met is not None:
                return met
            headed = self.page.tokens[signal.first].text.endswith("عدد")
            if headed:  # «ارتفع إلى خمسة عدد الجرحى» as well
                return self._victims.figure_after_plural(signal, last) or self._victims.group_left(
                    signal, first
                )
            if signal.number == "plural" and not signal.verb:
                if not signal.form.article and self._victims.of_several(signal.first - 1, first):
                    return self._victims.items(
                        signal.first - 3, signal.first
                    )  # «خمسة من المصلين شهداء»
                pupils = (
                    self._victims.items(signal.first - 2, signal.first)
                    if signal.first > 1
                    else None
                )
                if pupils is not None and pupils.victims and pupils.last == signal.first:
                    return pupils  # «ثلاثة تلاميذ شهداء»
                return self._victims.figure_after_plural(signal, last)
            if own == 1 and signal.form.article:  # «الشهيد سليماني» is a title
                one = self.page.number(signal.last)
                alone = one is not None and one.value == 1
                return Count(1, signal.first, signal.last + 1, ()) if alone else None
            if own is not None and signal.number:
                doubled = self.page.number(signal.last)  # «قتيلان اثنان»
                again = (
                    doubled is not None
                    and doubled.value in (1, 2)
                    and not self._victims.joins(signal.last)
                )
                value = doubled.value if doubled is not None and again else own
                return Count(value, signal.first, signal.last, ())
            if not signal.number and self.page.tokens[signal.first].text.endswith(_OF_SEVERAL):
                left = self._victims.group_left(signal, first)
                left = left or self._subject_ahead(signal.first, first)
                if left is not None:
                    return self._and_the_head(left, signal)
            right = self._victims.group(self._past_the_other(signal), last)
            if right is not None and right.attackers and signal.verb:
                right = self._killed_by(right, last) or right
            if right is not None:
                lives = signal.verb or signal.form.text == "حياه"
                return self._further(right, last) if lives else right
            return (
                self._victims.group_left(signal, first)
                or self._late_subject(signal, last)
                or self._somebody(signal, last)
                or self._opening_one(signal, first)
            )
        word = self.page.tokens[signal.first].text
        him = self._him(signal, last)
        if him is not None:
            return him
        if word.endswith("ing") or self._victims.active(signal) or signal.first in self._shot_dead:
            right = self._victims.group(signal.last, last) or self._somebody(signal, last)
            if right is not None:
                return right
        if word in (
            "dead",
            "deaths",
            "fatalities",
            "martyrs",
            "bodies",
        ) and not self._victims.copula(signal, first):
            return self._victims.figure_left(signal, first) or self._victims.group_left(
                signal, first
            )
        if self.page.tokens[signal.last - 1].text in HURTS:
            hurt = self._hurt_with(signal, first)
            if hurt is not None:
                return hurt
        if word in ("martyrdom", "wounding", "death", "wound"):
            return self._victims.group(signal.last, last)
        if word in ("in", "under", "undergoing", "receiving", "being"):
            return self._in_care(signal, first)
        closed = self.page.tokens[min(signal.last, last - 1)].text in ",." or word in DIES
        # "a member of the force was killed and 18 people were wounded"
        closed = closed or self._victims.copula(signal, first)
        return (
            self._victims.group_left(signal, first)
            or self._opening_subject(signal, first)
            or (None if closed else self._victims.group(signal.last, last))
            or self._somebody_before(signal, first)
            or (None if self._victims.copula(signal, first) else self._somebody(signal, last))
        )

    def _past_the_other(self, signal: Signal) -> int:
        """«جرحت الأخرى ثلاثة من الحمالين», «قتلت الثانية …»: the weapon is who did it."""
        one = self.page.any_number(signal.last)
        if not signal.verb or one is None or not one.definite:
            return signal.last
        doer = one.kind == "another" or one.ordinal
        after = self.page.after_number(signal.last)
        return after if doer and self.page.number(after) is not None else signal.last

    def _him(self, signal: Signal, last: int) -> Count | None:
        """ "killing him and his driver": one whom a pronoun names, and who is joined on."""
        tokens = self.page.tokens
        at = signal.last + 1
        if at >= last or tokens[signal.last].text not in ("him", "her"):
            return None
        if tokens[at].text != "and":
            alone = not tokens[at].is_word or self.page.signal(at, "prep") is not None
            return Count(1, signal.first, at, ()) if alone else None
        at += 1 + (tokens[at + 1].text in _A_MAN if at + 1 < last else 0)
        also = self._victims.items(at, last) if at < last else None
        if also is None or also.value is None:
            return Count(1, signal.first, signal.last + 1, ())
        return Count(1 + also.value, signal.first, also.last, also.victims)

    def _in_care(self, signal: Signal, first: int) -> Count | None:
        """ "three are in hospital", "another 71 remained under treatment"."""
        page = self.page
        for i in range(signal.first - 1, max(first, signal.first - 6) - 1, -1):
            if page.number(i) is not None or page.signal(i, "victim") is not None:
                return self._victims.group_left(signal._replace(first=i + 1), first)
            if page.tokens[i].text not in _REMAINS:
                return None
        return None

    def _hurt_with(self, signal: Signal, first: int) -> Count | None:
        """ "left eleven with injuries", "a chairman escaped with minor wounds"."""
        tokens = self.page.tokens
        for k in range(signal.first - 1, max(first, signal.first - 4) - 1, -1):
            if tokens[k].text == "with":
                count = self._victims.group_left(signal._replace(first=k), first)
                if count is None and tokens[k - 1].text == "escaped":
                    return Count(1, k - 1, signal.last, ())
                return count
        return None

    def _met_death(self, signal: Signal, first: int) -> Count | None:
        """«لقي ستة من سكان المخيم مصرعهم»: the dead stand between the verb and its object."""
        tokens = self.page.tokens
        fate = tokens[signal.last - 1].text
        if not fate.startswith(_FATES) or fate in _FATES:
            return None
        floor = max(first, signal.first - _LONGEST_SUBJECT - 4)
        verb = next(
            (
                i
                for i in range(signal.first, floor - 1, -1)
                if tokens[i].text.lstrip("وف") in _MEETS
            ),
            signal.first,
        )
        object_at = signal.last - 1
        between = self._victims.items(verb + 1, object_at) if verb + 1 < object_at else None
        count = between or self._victims.group_left(signal._replace(first=verb), first)
        if count is None and tokens[verb].text.endswith(_OF_SEVERAL):
            count = self._subject_ahead(verb, first)
        if count is not None:
            return count
        own = 2 if fate.endswith("هما") else 1 if fate.endswith(("ه", "ها")) else None
        return Count(own, verb, signal.last, ()) if own else None

    def _risen_to(self, signal: Signal, first: int, last: int) -> Count | None:
        """ "the dead rose to 72 and the wounded to 120": the second of two that rise."""
        tokens = self.page.tokens
        at = signal.last + 1
        if at >= last or tokens[signal.last].text != "to" or tokens[signal.first - 1].text != "the":
            return None
        number = self.page.number(at)
        rises = any(
            t.text in _LATER["en"] for t in tokens[max(first, signal.first - 8) : signal.first]
        )
        if number is None or not rises:
            return None
        return Count(number.value, signal.first, self.page.after_number(at), ())

    def _his_death(self, signal: Signal, first: int) -> bool:
        """ "which led to his immediate death": of the one man told of before."""
        tokens = self.page.tokens
        his = next(
            (
                k
                for k in (signal.first - 1, signal.first - 2)
                if k > first and tokens[k].text in _HIS
            ),
            None,
        )
        near = () if his is None else (t.text for t in tokens[max(first, his - 2) : his])
        death = self.page.words(signal.first, signal.last) in _FATES_EN
        return death and not _CAUSES.isdisjoint(near)

    def _his_life(self, signal: Signal, first: int, last: int) -> Count | None:
        """«أودى … بحياته», «وأودى به وبابنته»: one whom a pronoun names, and who is joined on."""
        page = self.page
        if signal.form.text == "حياه":
            verbs = page.tokens[max(first, signal.first - 12) : signal.first]
            own = {"ه": 1, "ها": 1, "هما": 2}.get(signal.form.suffix)
            taken = any(t.text.lstrip("وف") in _CARRIES_OFF for t in verbs)
            return Count(own, signal.first, signal.last, ()) if own and taken else None
        whom = page.tokens[min(signal.last, last - 1)].text
        own = {"به": 1, "بها": 1, "بهما": 2}.get(whom)
        if own is None:
            if not self._victims.unknown_one(signal.last, last):
                return None
            return Count(1, signal.first, signal.last + 1, ())  # «أودت بمرشح»
        at = signal.last + 1
        also = (
            self._victims.items(at, last) if at < last and page.tokens[at].text[0] == "و" else None
        )
        if also is None or also.value is None:
            return Count(own, signal.first, at, ())
        return Count(own + also.value, signal.first, also.last, also.victims)

    def _and_the_head(self, count: Count, signal: Signal) -> Count:
        """«14 تلميذاً ومدير المدرسة قُتلوا»: one more, whatever the lexicon knows of offices."""
        rest = [t.text for t in self.page.tokens[count.last : signal.first]]
        one = len(rest) == 2 and rest[0][0] == "و" and rest[1].startswith("ال")
        if not one or rest[0].startswith("وال") or count.value is None:
            return count
        return count._replace(value=count.value + 1, last=signal.first)

    def _opening_one(self, signal: Signal, first: int) -> Count | None:
        """«ضابط في المخابرات قتل أمس بعبوة»: a headline puts the one before the verb."""
        page = self.page
        victim = page.signal(first, "victim")
        verb = page.tokens[signal.first].text
        if victim is None or victim.number != "singular" or verb not in _DIED_ONE | _HURT_ONE:
            return None
        between = range(victim.last, signal.first)
        if len(between) > _LONGEST_SUBJECT or not all(page.tokens[i].is_word for i in between):
            return None
        told = any(page.signals.any(first, signal.first, k) for k in ("trigger", "speech"))
        return None if told else Count(1, first, signal.last, ((victim.sub, victim.data, 1),))

    def _them(self, verb: int, first: int) -> Count | None:
        """«وسحبوا 17 رجلاً من بيوتهم وأعدموهم», "took 11 men away and shot them dead"."""
        page = self.page
        for i in range(verb - 1, max(first - 1, verb - _LONGEST_SUBJECT * 2), -1):
            if page.tokens[i].text in ".;؛:" or page.signal(i, "casualty") is not None:
                return None
            if page.number(i) is not None and page.signal(page.after_number(i), "victim"):
                return self._victims.items(i, verb)
        return None

    def _subject_ahead(self, verb: int, first: int) -> Count | None:
        """«أن ثلاثة من المتعاقدين المكلفين بحماية منشآتها قضوا»: it opens the clause."""
        page = self.page
        for i in range(verb - 1, max(first - 1, verb - LATEST_SUBJECT), -1):
            text = page.tokens[i].text
            if text in "،.؛:" or page.signal(i, "casualty") or page.signal(i, "munition"):
                return None
            opens = i == first or page.tokens[i - 1].text.lstrip("وفبل") in _OPENS_CLAUSE
            if opens and (page.number(i) is not None or page.signal(i, "victim") is not None):
                count = self._victims.items(i, verb)
                if count is None or count.attackers:
                    return None
                if count.value is None and page.tokens[verb].text.endswith(_OF_TWO):
                    return count._replace(value=2)  # «بأن عاملين في البلدية قضيا»
                return count if (count.value or 0) > 1 else None
        return None

    def _late_subject(self, signal: Signal, last: int) -> Count | None:
        """«راح ضحية التفجير الذي استهدف السوق خمسة عشر شخصا»: far behind its verb."""
        page = self.page
        if not signal.verb and not page.words(signal.first, signal.last).endswith("ضحيه"):
            return None
        for i in range(signal.last, min(last, signal.last + LATEST_SUBJECT)):
            if page.tokens[i].text in "،.؛:" or i in page.first["casualty"]:
                return None
            after = page.after_number(i) if page.number(i) is not None else i
            victim = page.signal(after, "victim")
            if victim is not None and (after > i or self._victims.is_subject(victim)):
                return self._victims.items(i, last)
            if after > i and page.signal(after, "munition") is None:
                return None
        return None

    def _opening_subject(self, signal: Signal, first: int) -> Count | None:
        """ "Five soldiers from the 3rd battalion of the 41st brigade were killed"."""
        page = self.page
        before = page.tokens[max(first, signal.first - 3) : signal.first]
        if not (self._victims.copula(signal, first) or any(t.text in _SUFFERED for t in before)):
            return None
        start = signal.first - 1
        while start > max(first, signal.first - 20) and page.tokens[start - 1].text not in ",.;:":
            start -= 1
            if start in page.first["trigger"] or page.signal(start, "casualty"):
                return None
        count = self._victims.items(start, signal.first)
        return count if count is not None and count.value and count.victims else None

    def _somebody_before(self, signal: Signal, first: int) -> Count | None:
        """ "the caretaker was slightly injured": one person, named by a trade or by name."""
        tokens = self.page.tokens
        i = signal.first - 1
        while i > first and tokens[i].text in _SLIGHTLY:
            i -= 1
        if i > first and self._victims.aged_name(i if tokens[i].text in PASSIVE else i + 1, first):
            return Count(1, i - 1, signal.last, ())
        if tokens[signal.first].text in ("died", "perished"):
            return self._died_beside(signal, first)
        if i <= first or tokens[i].text != "was":
            return None
        if self._one_of_many(i, first):
            return Count(1, i - 1, signal.last, ())
        opening = next(
            (
                k
                for k in (i - 2, i - 3)
                if k >= first and (tokens[k].text in _A_MAN or tokens[k].text.endswith("'s"))
            ),
            None,
        )
        word = tokens[i - 1].text
        if opening is None or not word.isalpha() or word.endswith("s") or word in _MANY:
            return None
        if any(k in self.page.first["attacker"] for k in range(opening, i)):
            return None
        return Count(1, opening, signal.last, ())

    def _one_of_many(self, was: int, first: int) -> bool:
        """ "A member of the security forces was killed": one of those the plural names."""
        tokens = self.page.tokens
        for i in range(was - 1, max(first, was - _LONGEST_SUBJECT) - 1, -1):
            if not tokens[i].text.isalpha() or self.page.signals.any(i, i + 1, "attacker"):
                return False
            if tokens[i].text in _ONE and tokens[i + 1].text not in _MANY:
                return tokens[i + 2].text == "of"
        return False

    def _died_beside(self, signal: Signal, first: int) -> Count | None:
        """ "The driver and his assistant died": the last of them known by no trade."""
        tokens = self.page.tokens
        at = signal.first - 2
        word = tokens[signal.first - 1].text
        if at < first or tokens[at].text not in _A_MAN or word in _MANY | _LIFELESS:
            return None
        if (
            not word.isalpha()
            or word.endswith("s")
            or self.page.signals.any(at, at + 2, "munition")
        ):
            return None
        if at - 1 > first and tokens[at - 1].text == "and":
            before = self._victims.group_left(signal._replace(first=at - 1), first)
            if before is not None and before.value:
                return Count(before.value + 1, before.first, signal.last, before.victims)
        return Count(1, at, signal.last, ())

    def _killed_by(self, attackers: Count, last: int) -> Count | None:
        """«قتل مسلحون يرتدون بزات عسكرية 17 رجلا»: the object stands behind the doers."""
        page = self.page
        for i in range(attackers.last, min(last, attackers.last + 9)):
            if page.tokens[i].text in "،.؛" or i in page.first["casualty"]:
                return None
            if page.signals.any(i, i + 1, "trigger", "hit"):
                return None  # «اغتال مسلحون مدير بلدية وأصابوا اثنين من حراسه»
            if page.number(i) is not None or page.signal(i, "victim") is not None:
                return self._victims.items(i, last)
        return None

    def _somebody(self, signal: Signal, last: int) -> Count | None:
        """«مقتل بقال», "killed a beekeeper": one person, whatever the lexicon knows of trades."""
        page = self.page
        at = signal.last
        if at + 1 >= last or (signal.sub != "killed" and not self._arabic):
            return None
        word = page.tokens[at].text
        if any(page.any_number(k) is not None for k in range(at, min(last, at + 4))):
            return None if self._arabic else self._with_others(signal, last)
        if self._arabic and signal.verb:
            return self._some_official(signal, last)
        if self._arabic:
            named = word.isalpha() and not word.startswith(("ال", "ب", "و", "ل"))
            one = named and self._victims.governs(signal) and not word.endswith(("ين", "ون", "ات"))
            return Count(1, signal.first, at + 1, ()) if one and word not in _MANY else None
        if word not in ("a", "an") or page.tokens[at + 1].text in _MANY:
            return None
        joined = next(
            (k for k in range(at + 2, min(last - 1, at + 9)) if page.tokens[k].text == "and"), None
        )
        if joined is not None and page.tokens[joined + 1].text in ("his", "her", "a", "an"):
            also = self._victims.items(joined + 2, last)
            if also is not None and also.value == 1:  # "a lecturer and his driver"
                return Count(2, signal.first, also.last, also.victims)
        return Count(1, signal.first, at + 2, ())

    def _with_others(self, signal: Signal, last: int) -> Count | None:
        """ "killed a tribal sheikh and two of his bodyguards"."""
        tokens = self.page.tokens
        at = next(
            (
                k
                for k in range(signal.last + 2, signal.last + 4)
                if k + 1 < last and tokens[k].text == "and"
            ),
            None,
        )
        if tokens[signal.last].text not in ("a", "an") or at is None:
            return None
        if any(self.page.any_number(k) is not None for k in range(signal.last, at)):
            return None
        also = self._victims.items(at + 1, last)
        if also is None or not also.value or not also.victims:
            return None
        return Count(1 + also.value, signal.first, also.last, also.victims)

    def _some_official(self, signal: Signal, last: int) -> Count | None:
        """«قُتل مدير ناحية», «أصيب رئيس مجلس بجروح»: whatever the lexicon knows of offices."""
        page = self.page
        at = signal.last
        word = page.tokens[at].text
        verb = page.tokens[signal.first].text.lstrip("وف")
        known = any(page.signals.any(at, at + 1, kind) for kind in ("trigger", "munition", "prep"))
        known = known or page.in_date(at) or page.in_place(at) or word in _NOBODY
        if known or not word.isalpha() or word in _MANY or word.startswith(("ال", "ب", "ل", "و")):
            return None
        if word.endswith(("ين", "ون", "ات", "وا")) or at in page.first["attacker"]:
            return None
        stop = min(last, at + 9)
        hurt = any(t.text.startswith(_BY_WOUNDS) for t in page.tokens[at:stop])
        if verb in _DIED_ONE or (verb in _HURT_ONE and hurt):
            return Count(1, signal.first, at + 1, ())
        return None

    def _further(self, count: Count, last: int) -> Count:
        """A member of the group after an inserted clause: «…، وثلاثة جنود عراقيين …، في قصف»."""
        page = self.page
        for i in range(count.last, min(last, count.last + 28)):
            if i in page.first["casualty"] or page.tokens[i].text in ".;؛":
                break
            if page.tokens[i].text != "،" or i + 1 >= last or page.number(i + 1) is None:
                continue
            after = page.after_number(i + 1)
            if not page.tokens[i + 1].text.startswith("و") or not page.signal(after, "victim"):
                continue
            more = self._victims.items(i + 1, last)
            if more is not None and more.value is not None and count.value is not None:
                return Count(
                    count.value + more.value, count.first, more.last, count.victims + more.victims
                )
        return count

    def _rises(self, signal: Signal, count: Count, first: int) -> bool:
        start = max(first, min(signal.first, count.first) - 6)
        later = _LATER[self.page.lang]
        return any(
            self.page.tokens[i].text in later
            and not self.page.in_date(i)  # "a day later"
            and self.page.tokens[i + 1].text not in _TO_HIM  # «قتيل واحد وصل إليه»
            for i in range(start, signal.last)
        )


def _without_repeats(tolls: list[Toll]) -> list[Toll]:
    """Drop a toll that another of the same kind covers."""
    kept: list[Toll] = []
    for toll in tolls:
        if any(
            other.what == toll.what
            and other.first < toll.last
            and toll.first < other.last
            and (other.value is not None or toll.value is None)
            for other in kept
        ):
            continue
        kept.append(toll)
    return kept
