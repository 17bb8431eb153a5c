"""Who is told to have done it, without a verb of blame: "X fired them", «نفذته خلية»."""

from __future__ import annotations

from collections.abc import Iterator

from extraction.page import Page
from extraction.text.signals import Signal
from extraction.who.namings import QUOTES, Naming, Namings
from extraction.who.sayings import COPULAS_EN, NOT_EN, PASSIVE_EN, UNREAL, Sayings

_REACH_EN = 6
_BETWEEN_EN = frozenset(
    'had has have also then , " ” “ ) ( fighters members militants men gunmen cells was were is '
    "are stood stands stand which who that may might jointly themselves itself probably likely "
    "almost certainly widely "
    "clearly elements most been militiamen be sleeper".split()
)
_DID_IT_EN = ("carried it out", "carried them out", "done it", "done this")
_AIMED_EN = frozenset("at on into onto toward towards the in near".split())
_TRAINED = frozenset("trained armed backed funded supported led based allied loyal".split())
_DID_IT_AR = frozenset("فعلها فعله فعلوها ارتكبها نفذها نفذه نفذوها بذلك اطلقها بها به".split())
HABITS = frozenset("often usually typically generally commonly routinely".split())
_HEARSAY = frozenset("thought believed suspected understood known alleged presumed said".split())
_HEROES = ("مجاهد", "ابطال", "اسود", "فرسان", "جنود الخلافه", "heroes", "mujahideen", "lions")
_IS_WHO = frozenset("ينتمون ينتمي الي هم هي هو were was are to belonged from".split())
_MEN_OF = frozenset(
    "عناصر اعضاء افراد خليه ينتمون منتمون members belonged member belonging احدي احد واجهات".split()
)
_IT_IS_WHO = frozenset('" » ” ، , هي هو هم من التي الذي الذين الجهه قد كانت كان'.split())
# before what an attack is called: "it was a message from X", «إنه عمل X»
_CALLED = frozenset(
    "انه انها بانه بانها هو هي كان كانت ان وانه وانها was is were as it called".split()
)
_MEN_OF_EN = frozenset("the of remnants members cells elements".split())
_MEN_AR = frozenset("عناصر مفارز مسلحو مقاتلو مسلحون رجال خلايا خليه مجموعه تنظيم جماعه".split())
# verbs whose subject stands right behind, and no victim does
_DOING_AR = ("نفذ", "شن", "اطلق", "زرع", "ارتكب", "دبر", "وجه", "سدد", "ينفذ", "يشن", "يطلق")
_BEHIND_AR = frozenset(("وراء", "خلف"))
# what a state's air force does, and what else it may do with raids
_RAIDS = ("bombed", "struck", "قصف", "ضرب")
_FLIES = ("carried out", "conducted", "launched", "staged", "mounted", "شن", "نفذ", "وجه")
_HAS_PART = frozenset("had has have played plays took له لها لهم".split())
_HAVING = frozenset("also clearly had has have كان كانت قد كانوا".split())
_HAD = frozenset("had has have also later then twice قد ايضا".split())


class Doers:
    """Reads who is told to have done it."""

    def __init__(self, page: Page, names: Namings, sayings: Sayings) -> None:
        self.page = page
        self.names = names
        self._sayings = sayings
        self._arabic = page.lang == "ar"

    def read(self, first: int, last: int) -> Iterator[tuple[Naming, int, int]]:
        """Each doer with the tokens of the deed."""
        for who in self.names.between(first, last):
            if who.vague or self.names.pursued(who) or self.doubted(who.first, first):
                continue
            deed = self._deed(who, first, last)
            if deed is None and self.boasts(who, first):
                signals = self.page.signals
                deed = next(iter(signals.between(first, last, "trigger")), None) or next(
                    iter(signals.between(first, last, "munition")), None
                )
            if deed is not None:
                yield who, min(who.first, deed.first), max(who.last, deed.last)

    def boasts(self, who: Naming, first: int) -> bool:
        """«مجاهدو المقاومة», "the heroes of the Resistance": only its own statement says so."""
        tokens = self.page.tokens
        at = who.first - 1
        while at > first and tokens[at].text in ("of", "the", '"', "«"):
            at -= 1
        word = tokens[at].text.lstrip("ولب").removeprefix("ال") if at >= first else ""
        return word.startswith(_HEROES)

    def doubted(self, i: int, first: int) -> bool:
        """«استبعد خبير أن تكون …», unless that was not ruled out either."""
        page = self.page
        doubts = page.signals.between(max(first, i - 10), i, "doubt")
        return any(
            not page.signals.any(max(first, d.first - 2), d.first, "negation") for d in doubts
        )

    def _deed(self, who: Naming, first: int, last: int) -> Signal | None:
        if not self._arabic:
            return (
                self._english_after(who, first, last)
                or self._done_by(who, first)
                or self._part_of(who, first, last)
                or self._who_it_was(who, first)
                or self._it_was(who, first, last)
                or self._authored(who, first)
            )
        return (
            self._arabic_after(who, first, last)
            or self._arabic_before(who, first, last)
            or self._part_of(who, first, last)
            or self._who_it_was(who, first)
            or self._authored(who, first)
        )

    def _authored(self, who: Naming, first: int) -> Signal | None:
        """«إنه عمل فلول النظام», "described the attack as a message from X"; nobody denies it."""
        page = self.page
        at = who.first - 1
        while at > first and (page.tokens[at].text in _MEN_OF_EN or self._of_men(at)):
            at -= 1
        for k in (at - 2, at - 1, at):
            what = page.signal(k, "authored") if k >= first else None
            if what is None or what.last != at + 1:
                continue
            start = max(first, k - 14)
            called = page.signals.any(start, k, "refute", "any") or any(
                page.tokens[i].text in _CALLED for i in range(max(first, k - 4), k)
            )
            denied = page.signals.any(start, k, "deny", "any") or page.signals.any(
                max(first, k - 3), k, "negation"
            )
            signed = page.words(k, what.last).startswith(("يحمل", "تحمل"))
            return what if (called or signed) and not denied else None
        return None

    def _part_of(self, who: Naming, first: int, last: int) -> Signal | None:
        """«تشير التحقيقات إلى تورط عناصر من X», "evidence of X involvement"; nobody denies it."""
        page = self.page
        if page.signals.any(
            max(first, who.first - 10), who.last, "deny", "any"
        ) or page.signals.any(max(first, who.first - 12), who.last, "refute", "any"):
            return None
        if not self._arabic:
            involved = page.signal(who.last, "involved") if who.last < last else None
            return involved or self._has_part(who.last, last)
        if (part := self._has_part(who.last, last)) is not None:
            return part
        at = who.first - 1
        while at > first and (self._of_men(at) or self.names.modifies(at)):
            at -= 1
        part = page.signal(at, "involved")
        told = at > first and page.tokens[at - 1].text in ("الي", "عن", "من", "ان")
        told = told or any("رجح" in word for word in page.texts[max(first, at - 6) : at])
        doubts = page.signals.between(max(first, at - 8), at, "doubt")
        told = told or any(page.signals.any(d.first - 1, d.first, "negation") for d in doubts)
        return part if part is not None and told else None

    def _has_part(self, i: int, last: int) -> Signal | None:
        """ "X had a hand in it", «X كانت لها يد في القصف»."""
        page = self.page
        words = [t.text for t in page.tokens[i : min(last, i + 5)]]
        has = next((n for n, w in enumerate(words[:3]) if w in _HAS_PART), None)
        if has is None or any(w not in _HAVING for w in words[:has]):
            return None
        part = next(iter(page.signals.between(i + has + 1, i + 5, "share", "any")), None)
        if part is None or part.last >= last or page.tokens[part.last].text not in ("in", "في"):
            return None
        return None if page.signals.any(i, part.first, "negation") else part

    def _who_it_was(self, who: Naming, first: int) -> Signal | None:
        """«إن الجناة ينتمون إلى X», "the attackers belonged to X"."""
        page = self.page
        doers = page.signals.between(max(first, who.first - 10), who.first, "doer")
        if not doers:
            return None
        said = doers[-1].last == who.first and page.words(who.first - 1, who.first) in _DID_IT_AR
        at = who.first - (2 if page.tokens[who.first - 1].text == "the" else 1)
        told = said or page.tokens[at].text in _IS_WHO or self._is_man_of(who, first)
        return doers[-1] if told else None

    def _it_was(self, who: Naming, first: int, last: int) -> Signal | None:
        """ "It was Iran," said one lawmaker."""
        page = self.page
        if who.first - 1 <= first or who.last >= last:
            return None
        before = page.words(max(first, who.first - 2), who.first)
        it_was = before.endswith(("it was", "it is", "this was", "that was", "it's"))
        quoted = page.tokens[who.last].text in ',."”'
        deeds = page.signals.between(first, last, "speech", "verb")
        return deeds[0] if it_was and quoted and deeds else None

    def _is_man_of(self, who: Naming, first: int) -> bool:
        """«المنفذين عناصر في X», "were members of the X"."""
        words = {self.page.tokens[k].text for k in range(max(first, who.first - 4), who.first)}
        return bool(words & _MEN_OF)

    # ── English ──────────────────────────────────────────────────────────────────────────────

    def _english_after(self, who: Naming, first: int, last: int) -> Signal | None:
        """ "the Quds Force had ordered the attack", "X was responsible"."""
        page = self.page
        if self.conditional(who.first, first):
            return None
        if who.state:
            return self.raid(who, first, last) or self._state_behind(who, last)
        passive = False
        start = self._past_apposition(who.last, last)
        for k in range(start, min(last, start + _REACH_EN)):
            text = page.tokens[k].text
            if passive and text in _HEARSAY:
                passive = False
                continue
            if text == "to" and page.tokens[k - 1].text in _HEARSAY | {"likely", "certain"}:
                continue
            if text == "killed" and not passive:
                return self._killed_with(k, last)
            behind = page.signal(k, "deed", "behind")
            if behind is not None and passive:
                if page.signals.any(max(first, who.first - 6), who.first, "deny", "any"):
                    return None
                return behind if self._sayings.of_the_deed(behind, last) else None
            deed = page.signal(k, "deed", "did")
            if deed is not None:
                return None if passive or not self._sayings.has_object(deed, last) else deed
            if text in NOT_EN or text in UNREAL - {"may", "might"}:
                return None
            if text not in _BETWEEN_EN and k not in page.first["group_head"]:
                return None
            passive = passive or text in COPULAS_EN
        return None

    def _past_apposition(self, i: int, last: int) -> int:
        """ "a cell of X, trained in Iran, lobbed the shells": behind what only describes it."""
        tokens = self.page.tokens
        if i + 1 >= last or tokens[i].text != "," or tokens[i + 1].text not in _TRAINED:
            return i
        return next((k + 1 for k in range(i + 2, min(last, i + 9)) if tokens[k].text == ","), i)

    def _killed_with(self, k: int, last: int) -> Signal | None:
        """ "militants killed six villagers with a roadside bomb"."""
        weapons = self.page.signals.between(k, min(last, k + 9), "munition")
        armed = any(self.page.tokens[w.first - 2].text in ("with", "using") for w in weapons)
        return weapons[0] if armed else None

    def raid(self, who: Naming, first: int, last: int) -> Signal | None:
        """ "the United States bombed the faction", «وكانت واشنطن قد شنت غارات», «قصفت واشنطن»."""
        tokens = self.page.tokens
        k = who.last
        while k < last and tokens[k].text in _HAD:
            k += 1
        found = self._raiding(k, last) if k < last else None
        if found is None and self._arabic and who.first > first:
            return self._raiding(who.first - 1, last)
        return found

    def _raiding(self, k: int, last: int) -> Signal | None:
        deed = self.page.signal(k, "deed", "did")
        if deed is None or self._noun(deed):
            return None
        words = self.page.words(k, deed.last).lstrip("وف")
        flown = words.startswith(_FLIES) and self.page.signals.any(
            deed.last, min(last, deed.last + 8), "trigger", "airstrike"
        )
        return deed if flown or words.startswith(_RAIDS) else None

    def _state_behind(self, who: Naming, last: int) -> Signal | None:
        """A state is named for many things; it is blamed where it "was behind" or "responsible"."""
        page = self.page
        if who.last + 1 >= last:
            return None
        if page.tokens[who.last].text in ("had", "has") and page.words(
            who.last + 1, min(last, who.last + 4)
        ).startswith(_DID_IT_EN):
            return page.signal(who.last + 1, "deed", "did")
        if page.tokens[who.last].text not in PASSIVE_EN:
            return None
        behind = page.signal(who.last + 1, "deed", "behind")
        return behind if behind and self._sayings.of_the_deed(behind, last) else None

    def conditional(self, i: int, first: int) -> bool:
        """ "whether X carried it out", "if X"."""
        page = self.page
        before = {page.tokens[k].text for k in range(max(first, i - 3), i)}
        if before & {"doubt", "question"}:  # "he had no doubt X was behind it"
            before -= {"no", "not"}
        return bool(before & {"whether", "if", "not", "no", "unclear"})

    def _done_by(self, who: Naming, first: int) -> Signal | None:
        """ "an attack by militants", "planned and carried out by a cell of X"."""
        page = self.page
        at = who.first - 1
        while at > first and page.tokens[at].text in ('"', "“", "the", "a", "an", "members", "of"):
            at -= 1
        if at <= first or page.tokens[at].text != "by":
            return None
        if page.tokens[at - 1].text in ("struck", "hit"):
            return None  # "one more place struck by extremists"
        if any(page.tokens[k].text in HABITS for k in range(max(first, at - 4), at)):
            return None  # "such bombings are often carried out by"
        if page.in_place(at - 1):
            at = self._past_target(at, first)
        return page.signal(at - 1, "trigger", "attack", "target") or (
            page.signal(at - 1, "deed", "did") or page.signal(at - 2, "deed", "did")
        )

    def _past_target(self, at: int, first: int) -> int:
        """ "were fired at Basra airport by X": before what was fired at."""
        page = self.page
        for k in range(at - 1, max(first, at - 9), -1):
            passive = page.tokens[k - 1].text in PASSIVE_EN
            if passive and page.signal(k, "deed", "did") is not None:
                return k + 1
            if not page.in_place(k) and page.tokens[k].text not in _AIMED_EN:
                return at
        return at

    # ── Arabic ───────────────────────────────────────────────────────────────────────────────

    def _arabic_after(self, who: Naming, first: int, last: int) -> Signal | None:
        """«إن "مجموعة خارجة عن القانون" أطلقت ثمانية صواريخ»."""
        page = self.page
        if who.state:
            return self.raid(who, first, last) or self._state_behind_it(who, last)
        for k in range(who.last, min(last, who.last + 8)):
            verb = page.signal(k, "deed", "did") or page.signal(k, "trigger", "launch", "target")
            if verb is not None:
                return None if self._noun(verb) or self._relative(who, first) else verb
            behind = page.signal(k, "deed", "behind")
            if behind is not None and (
                page.tokens[k].text not in _BEHIND_AR
                or page.signals.any(k + 1, min(last, k + 3), "trigger")
            ):
                return behind
            if page.tokens[k].text not in _IT_IS_WHO and not (
                self.names.modifies(k) or page.signal(k, "group") is not None
            ):
                break
        return self._be_behind(who, first, last)

    def _state_behind_it(self, who: Naming, last: int) -> Signal | None:
        """«قال ترامب إن إيران وراء الهجوم»: where that is all that is said of a state."""
        page, at = self.page, who.last
        told = page.tokens[who.first - 1].text in ("ان", "بان") if who.first else False
        if not told or at + 1 >= last or page.tokens[at].text not in _BEHIND_AR:
            return None
        return page.signal(at, "deed", "behind") if page.signal(at + 1, "trigger") else None

    def _be_behind(self, who: Naming, first: int, last: int) -> Signal | None:
        """«أن يكون فصيل موالٍ للمرشد الإيراني علي خامنئي وراءه»."""
        page = self.page
        before = {page.tokens[k].text for k in range(max(first, who.first - 2), who.first)}
        if not before & {"يكون", "تكون"}:
            return None
        behind = page.signals.between(who.last, min(last, who.last + 6), "deed", "behind")
        return behind[0] if behind else None

    def _arabic_before(self, who: Naming, first: int, last: int) -> Signal | None:
        """«نفذته خلية», «أطلقها عناصر من», «اعتداء من مجموعات», «إن وراء المسيّرات جماعات»."""
        page = self.page
        at = who.first - 1
        while at > first and self._of_men(at):
            at -= 1
        if at < first:
            return None
        if (
            at > first + 1
            and page.signal(at, "trigger", "attack") is not None
            and page.tokens[at].text.startswith("ال")
            and (verb := page.signal(at - 1, "deed", "did")) is not None
        ):
            return verb  # «نفذت القصف مجموعة تابعة لـ…»
        if page.tokens[at].text == "من" and at > first:
            return page.signal(at - 1, "trigger", "attack", "target", "come_from")
        verb = page.signal(at, "deed", "did")
        if verb is None or self._noun(verb) or "ُ" in page.original(at, at + 1)[:4]:
            return self._behind_before(at, first)
        state = who.state
        if verb.form.suffix:
            return verb
        if page.statement or verb.form.text.startswith(_DOING_AR) or self._hits_with(who, last):
            return None if state else verb
        return None

    def _hits_with(self, who: Naming, last: int) -> bool:
        """«استهدف تنظيم داعش المنطقة بقذائف»: what it hit and with what stands behind."""
        page = self.page
        weapons = page.signals.between(who.last + 1, min(last, who.last + 8), "munition")
        return any(w.form.prefix.endswith("ب") for w in weapons)

    def _of_men(self, at: int) -> bool:
        """The men of a group before its name: «أطلقها عناصر من عصائب أهل الحق»."""
        tokens = self.page.tokens
        text = tokens[at].text
        if text == "من":
            return tokens[at - 1].text in _MEN_AR
        return text in QUOTES or text in _MEN_AR

    def _behind_before(self, at: int, first: int) -> Signal | None:
        """«إن وراء المسيّرات "جماعات تدعمها إيران"»."""
        page = self.page
        for k in range(at, max(first, at - 4), -1):
            if page.tokens[k].text in _BEHIND_AR and page.tokens[k - 1].text in ("ان", "بان"):
                return page.signal(k, "deed", "behind")
        return None

    def _relative(self, who: Naming, first: int) -> bool:
        """«القصف الذي تقول كتائب …»: the verb has another subject."""
        return who.first > first and self.page.tokens[who.first - 1].text in ("استهدف", "استهدفت")

    def _noun(self, verb: Signal) -> bool:
        """«استهداف», «إطلاق»: the deed named, not done by what stands before."""
        return verb.form.article or verb.form.text in ("استهداف", "اطلاق", "انطلاق", "قصف", "ضرب")
