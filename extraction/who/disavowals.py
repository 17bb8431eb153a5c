"""Who denies or disowns an attack, and what is denied that is no attack of theirs."""

from __future__ import annotations

from collections.abc import Iterator

from extraction.document import Act
from extraction.page import Page
from extraction.text.signals import Signal
from extraction.who.agents import LONG_REACH, REACH, Agents
from extraction.who.blames import HIS, words_stem
from extraction.who.namings import Naming, Namings
from extraction.who.responsibility import Responsibility
from extraction.who.sayings import NOT_EN, OWN_MEN, PASSIVE_EN

# what may stand between "no" and the part in it: "no direct role", «لا وجود لأي صلة»
_BETWEEN = frozenset(
    "any direct indirect kind sort form of the a or and in its our his their whatsoever absolutely "
    "iraqi part role hand link connection involvement even at all been have had way hidden "
    "اي ايه وجود من له لها لهم لنا لي يكن تكن نكن يكون تكون كان كانت هناك ثمه توجد يوجد ادني "
    "مباشر مباشره".split()
)
_NO_AR = frozenset(
    "لا الا ولا ليس ليست ليسوا لسنا وليس وليست ولسنا لم ولم عدم بعدم وعدم غير وغير بلا".split()
)
_TO_HIM = frozenset("له لها لهم لنا لي لهما".split())
_HIS_AR = ("ته", "عه", "طه", "فه", "ها", "هم", "نا")
_STATEMENTS = frozenset(
    "بيان تعليق موقف رد نفي توضيح اشاره كلمه خبر statement comment reaction between بين شيء".split()
)
_SELF = ("بنفس", "بانفس")
_ASKED = ("داع", "دعا", "دعت", "يدعو", "تدعو", "مطالب", "طالب", "حث", "ضرور", "يجب", "وجوب")
_NO_REACH = 7
_RESISTANCE = frozenset(("resistance", "المقاومه"))
_KEEP_REACH = 9
_CLAIM_REACH = 7
_ASIDES = frozenset("فيه فيها بدورها بدوره اي ايه كذلك ايضا".split())
_WHAT = frozenset("ان اي ايه صلته صلتها وجود".split())
_TOO = frozenset("هو هي الاخر الاخري بدوره بدورها ايضا كذلك لاحقا too also later".split())
_AUXILIARY = frozenset("has had have also later flatly then categorically strongly".split())
_POINTING = frozenset("ذلك الامر هذا it this that . , ، ؛ ; and لكن".split())
_INVOLVED = (
    "involve",
    "part",
    "role",
    "responsib",
    "link",
    "fir",
    "دور",
    "ضلوع",
    "تورط",
    "مسؤولي",
    "صل",
)
_CALLS = (
    *("called", "described", "labelled", "labeled", "branded", "denounced"),
    *("وصف", "صف", "عد", "اعتبر", "عتبر", "رد", "واصف", "معتبر"),
)
_IT = frozenset("it this that them".split())
_PART = ("involve", "responsib", "any part", "صلت", "علاقت", "مسؤوليت", "ضلوع", "تورط", "وقوف")
_ISSUED = ("اصدار", "صحه البيان", "issu", "authorship")
_CLAIMED = frozenset(
    "claim claims claimed claiming statement responsibility it that تبني تبنيه تبنيها التبني "
    "مسؤوليته مسؤوليتها اعلانه اعلانها بيان بيانه بيانها بيانا ذلك اعترافه".split()
)


class Disavowals:
    """Reads the denials of one page."""

    def __init__(self, page: Page, names: Namings, agents: Agents) -> None:
        self.page = page
        self.names = names
        self._arabic = page.lang == "ar"
        self._agents = agents

    def read(self, sentence: int, first: int, last: int) -> Iterator[Responsibility]:
        """The denials and disavowals of one sentence, in order."""
        page = self.page
        denials = page.signals.between(first, last, "deny", "any", "partless", "disown", "retract")
        for denial in (*denials, *self._partless(first, last), *self._keeping_off(first, last)):
            act = self._act(denial, first, last)
            if act is None:
                continue
            for one in self._deniers(denial, first, last):
                yield Responsibility(act, one, denial.first, denial.last, sentence)
        yield from self._refutations(sentence, first, last)

    def _act(self, denial: Signal, first: int, last: int) -> Act | None:
        """What is done by a word of denial, if it is about a deed of one's own."""
        if denial.kind == "share" or denial.sub == "partless":
            return "denies"
        if denial.kind == "keeps":
            return "disowns"
        if denial is not self.page.signal(denial.first, "deny", denial.sub):
            return None
        if self._undenied(denial, first):
            return None
        if denial.sub == "retract":
            return "disowns" if self._of_a_claim(denial, first, last) else None
        if denial.sub == "disown" or self._of_a_statement(denial, first, last):
            return "disowns"
        return "denies" if self._of_responsibility(denial, first, last) else None

    def _undenied(self, denial: Signal, first: int) -> bool:
        """ "neither confirmed nor denied", «لم ينف», «ما يؤكد أو ينفي»."""
        page = self.page
        before = [page.tokens[k].text for k in range(max(first, denial.first - 3), denial.first)]
        if not self._arabic:
            return bool({"not", "nor", "neither", "without"} & set(before))
        return bool(before) and (before[-1] in ("لم", "ولم", "لا", "ولا", "او") or "دون" in before)

    def _partless(self, first: int, last: int) -> Iterator[Signal]:
        """ "had no hand in it", «لا علاقة لها بالقصف», «ليس من صنعنا»: from its "no" on."""
        page = self.page
        for share in page.signals.between(first, last, "share"):
            if share is not page.signal(share.first, "share", share.sub):
                continue
            no = self._no_before(share, first)
            if no is None or not self._his(share, no, last):
                continue
            reach = 9 if share.sub == "from" else 3  # «لم يصدر عن التنظيم حتى الآن أي بيان»
            after = [t.text for t in page.tokens[share.last : min(last, share.last + reach)]]
            if _STATEMENTS.isdisjoint(after) and after[:1] != ["ما"]:
                yield share._replace(first=no)

    def _no_before(self, share: Signal, first: int) -> int | None:
        """Where "no" stands before a part in it; none where anything else lies between."""
        tokens = self.page.tokens
        for k in range(share.first - 1, max(first - 1, share.first - _NO_REACH), -1):
            text = tokens[k].text
            if text in _NO_AR if self._arabic else text in NOT_EN:
                return k
            if text not in _BETWEEN and not self._of_group(k):  # "no Iraqi faction had any hand in"
                return None
        return None

    def _of_group(self, i: int) -> bool:
        return self.page.signal(i, "group_head") is not None or self.names.modifies(i)

    def _his(self, share: Signal, no: int, last: int) -> bool:
        """Whose part: «لا يد لها», «عدم ضلوع الفصيل»; "not its work", and no "work" of others."""
        tokens = self.page.tokens
        if share.sub == "work":
            before = tokens[share.first - 1].text
            if not self._arabic:
                return before in HIS or (share.last < last and tokens[share.last].text == "of")
            return before == "من"
        if share.sub == "from":
            own = OWN_MEN.fullmatch(tokens[min(share.last, last - 1)].text) is not None
            came = tokens[share.first].text[0] != "ي"  # «لم يصدر عن التنظيم ما يؤكد ذلك»
            return own or (came and bool(self.names.between(share.last, share.last + 1)))
        if not self._arabic or share.sub == "being" or tokens[share.first].text.endswith(_HIS_AR):
            return True
        around = {t.text for t in tokens[no : min(last, share.last + 2)]}
        return bool(around & _TO_HIM) or bool(
            self.names.between(share.last, min(last, share.last + 2))
        )

    def _keeping_off(self, first: int, last: int) -> Iterator[Signal]:
        """«نأت كتائب سيد الشهداء بنفسها عن الواقعة», «ينأى بجماعته عما جرى»."""
        page = self.page
        for verb in page.signals.between(first, last, "keeps"):
            before = page.tokens[max(first, verb.first - 5) : verb.first]
            if any(t.text.removeprefix("و").startswith(_ASKED) for t in before):
                continue  # «داعياً بغداد إلى النأي بنفسها عن الصراع»
            if any(
                t.text.startswith(_SELF) or OWN_MEN.fullmatch(t.text.removeprefix("ب"))
                for t in page.tokens[verb.last : min(last, verb.last + _KEEP_REACH)]
                if t.text[0] == "ب"
            ):
                yield verb

    def _of_a_claim(self, denial: Signal, first: int, last: int) -> bool:
        """ "retracted its claim", «تراجع عن تبنيه», not "backtracked on the reforms"."""
        page = self.page
        stop = min(last, denial.last + _CLAIM_REACH)
        words = {t.text for t in page.tokens[denial.first : stop]}
        start = page.bounds[max(0, page.sentence_at(first) - 1)][0]
        return bool(words & _CLAIMED) and (
            page.signals.any(start, stop, "claim")
            or "claim" in page.words(denial.first, stop)
            or page.signals.any(start, denial.first, "announced")
        )

    def _of_a_statement(self, denial: Signal, first: int, last: int) -> bool:
        """«نفت إصدار أي بيان», "denied having issued the claim": who did not claim it at all."""
        page = self.page
        stop = min(last, self._subject_end(denial, last) + 5)
        start = page.bounds[max(0, page.sentence_at(first) - 1)][0]
        issued = any(t.text.startswith(_ISSUED) for t in page.tokens[denial.last : stop])
        return issued and page.signals.any(start, denial.first, "claim")

    def _of_responsibility(self, denial: Signal, first: int, last: int) -> bool:
        """Whether the deed is denied, and not its damage or that anything fell."""
        page = self.page
        words = page.words(denial.first, denial.last)
        subject = self._subject_end(denial, last)
        stop = min(last, subject + 9)
        if any(
            page.tokens[k].text in ("ردا", "retaliation", "response", "back")
            for k in range(subject, stop)
        ):
            return False  # «نفى التحالف شن أي غارة رداً على القصف»
        if any(part in words for part in _PART):
            return True
        if self._blamed_before(denial, first) and self._points_back(denial, last):
            return True
        about = (
            page.signals.any(denial.last, stop, "deny", "responsibility")
            or page.signals.any(denial.last, stop, "deed", "behind")
            or self._own_deed(denial.last, stop)
            or self._doing(denial.last)
            or page.signals.any(denial.last, stop, "trigger", "launch")
            or self._having_struck(denial.last, last)
        )
        near = min(last, subject + 5)
        return (
            about
            and not self._of_losses(subject, stop)
            and not page.signals.any(subject, near, "casualty")
            and not page.signals.any(subject, near, "trigger", "fall")
        )

    def _of_losses(self, first: int, last: int) -> bool:
        """ "denied that any of its men had been killed": losses, far behind the verb."""
        return any(
            self.page.tokens[s.first - 1].text in PASSIVE_EN
            for s in self.page.signals.between(first, last, "casualty")
        )

    def _doing(self, i: int) -> bool:
        """ "denied shelling the village"."""
        deed = self.page.signal(i, "deed", "did") if i < len(self.page.tokens) else None
        return deed is not None and self.page.tokens[i].text.endswith("ing")

    def _own_deed(self, first: int, last: int) -> bool:
        """ "denied that its forces had shelled the area", not "that it had been hit"."""
        page = self.page
        words = {page.tokens[k].text for k in range(first, min(last, first + 4))}
        if self._arabic or not words & (HIS | {"it", "they", "he"}):
            return False
        passive = any(page.tokens[k].text == "been" for k in range(first, last))
        return not passive and page.signals.any(first, last, "deed", "did")

    def _subject_end(self, denial: Signal, last: int) -> int:
        """Where what is denied begins: behind «نفى الناطق باسم X، في بيان،»."""
        if not self._arabic:
            return denial.last
        after = self.names.between(denial.last, min(last, denial.last + 9))
        end = after[0].last if after and after[0].first - denial.last <= 6 else denial.last
        tokens = self.page.tokens
        while end < last and end > denial.last and self.names.modifies(end):
            end += 1  # «حزب البعث المنحل»
        if end + 1 < last and tokens[end].text == "علي" and tokens[end + 1].text == "لسان":
            that = (k for k in range(end, min(last, end + 10)) if tokens[k].text in _WHAT)
            end = next(that, end)
        if end < last and tokens[end].text == "،":
            close = next(
                (k for k in range(end + 1, min(last, end + 9)) if tokens[k].text == "،"), end
            )
            end = close + 1
        return end

    def _blamed_before(self, denial: Signal, first: int) -> bool:
        """Whether somebody was blamed in this sentence or the one before."""
        page = self.page
        sentence = page.sentence_at(first)
        start = page.bounds[max(0, sentence - 1)][0]
        return (
            page.signals.any(start, denial.first, "blame")
            or page.signals.any(start, denial.first, "suspicion", "any")
            or page.signals.any(first, denial.first, "refute", "charge")
            or page.signals.any(first, denial.first, "doer")
        )

    def _points_back(self, denial: Signal, last: int) -> bool:
        """«نفت ذلك», «نفاه», "denied it": what was said before is denied."""
        page = self.page
        words = page.words(denial.first, denial.last)
        if words.endswith(("ه", "ها")) or words in ("نفيا", "تكذيبا"):
            return True
        at = denial.last
        while at < last and page.tokens[at].text in _TOO:
            at += 1
        if at < last and self._arabic and page.tokens[at].text not in _POINTING:
            at = self._subject_end(denial, last)  # «نفى مصدر في تحالف الفتح هذا الكلام»
        return at >= last or page.tokens[at].text in _POINTING

    def _deniers(self, denial: Signal, first: int, last: int) -> list[Naming]:
        """Who denies; «نفى مكتب الصدر أن يكون جيش المهدي قد قصف» clears the army."""
        cleared = self._cleared(denial, last)
        who = (
            cleared
            or self._agents.agent(denial, first, last)
            or self._named_before(denial, first, last)
        )
        if who is not None and who.state and self._is_of(who):
            ministry = self._officials(denial, first, last)
            if ministry:
                return ministry  # «نفت وزارة الدفاع أي دور للقوات الحكومية»
        if who is None:
            return self._officials(denial, first, last)
        if who.state and (officials := self._subject_official(denial, who.last)):
            return officials
        return self._agents.together(who, last, act=denial.first, first=first)

    def _subject_official(self, denial: Signal, first: int) -> list[Naming]:
        """«واتهمت القوات العراقية، لكن الحكومة العراقية نفت ذلك»: the official before the verb."""
        page = self.page
        near = page.signals.between(max(first, denial.first - 3), denial.first, "speaker")
        officials = [s for s in near if s.sub in ("3", "4") and self._arabic]
        if not officials or any(t.text in ",،؛" for t in page.tokens[near[0].first : denial.first]):
            return []
        at = officials[0].first
        return [Naming(page.original(at, denial.first), at, denial.first)]

    def _is_of(self, who: Naming) -> bool:
        """«دور للقوات الحكومية»: whose part is spoken of."""
        return self._arabic and self.page.tokens[who.first].text.startswith("لل")

    def _cleared(self, denial: Signal, last: int) -> Naming | None:
        """Whose part in it is denied: «نفى المكتب أن يكون جيش المهدي قد …», «ضلوع طهران»."""
        page = self.page
        for at in range(denial.last, min(last - 1, denial.last + REACH)):
            text = page.tokens[at].text
            if text in "؛." or (self._arabic is False and text in ",;"):
                return None
            start = None
            if text == "ان" and page.tokens[at + 1].text in ("يكون", "تكون"):
                start = at + 2
            elif (
                text == "that"
                or page.signal(at, "involved") is not None
                or page.signal(at, "share", "any") is not None
            ):
                start = at + 1
            if start is not None:
                named = self.names.between(start, min(last, start + 3))
                who = named[0] if named else None
                if who is not None and who.first <= start + 1:
                    words = page.words(who.first, who.last).removeprefix("the ")
                    return who if not who.vague or words in _RESISTANCE else None
        return None

    def _named_before(self, denial: Signal, first: int, last: int) -> Naming | None:
        """ "The group's spokesman spoke. He denied …": who was named in the sentence before."""
        page = self.page
        sentence = page.sentence_at(first)
        if sentence == 0 or not self._without_subject(denial, first, last):
            return None
        return self.names.latest_before(first)

    def _without_subject(self, act: Signal, first: int, last: int) -> bool:
        """Whether a pronoun, or in Arabic the verb alone, is all that says who."""
        page = self.page
        if not self._arabic:
            at = act.first - 1
            while at > first and page.tokens[at].text in _AUXILIARY:
                at -= 1
            return at >= first and page.tokens[at].text in ("he", "she", "it", "they")
        if page.words(act.first, act.last).startswith(("لا ", "غير ", "ليس")):
            return not page.signals.any(max(first, act.first - 6), act.first, "speaker")
        at = act.last
        while at < last and page.tokens[at].text in _ASIDES:
            at += 1
        return at < last and any(
            s.kind in ("deny", "refute") or s.is_("speech", "that")
            for s in page.signals.by_first.get(at, ())
        )

    def _officials(self, denial: Signal, first: int, last: int) -> list[Naming]:
        """A ministry that denies any part of its forces in it: no group, and yet the denier."""
        page = self.page
        stop = min(last, denial.last + 9)
        if not page.signals.any(denial.last, stop, "deny", "responsibility") or not any(
            page.tokens[i].text.lstrip("ا").startswith(_INVOLVED) for i in range(denial.last, stop)
        ):
            return []
        return self._official_beside(denial, first, last)

    def _official_beside(self, denial: Signal, first: int, last: int) -> list[Naming]:
        """The government or ministry that stands with a verb of denial."""
        page = self.page
        near = (denial.last, denial.last + 3) if self._arabic else (denial.first - 5, denial.first)
        speakers = [
            s
            for s in page.signals.between(max(first, near[0]), min(last, near[1]), "speaker")
            if s.sub in ("3", "4") and page.tokens[s.first].text.removeprefix("ال") != "بيان"
        ]
        if not speakers:
            return []
        best = max(speakers, key=lambda s: s.last - s.first)
        return [Naming(page.original(best.first, best.last), best.first, best.last)]

    def _refutations(self, sentence: int, first: int, last: int) -> Iterator[Responsibility]:
        """ "dismissed the accusation", "called the charge absurd", «وصف الاتهام بأنه باطل»."""
        page = self.page
        for verb in page.signals.between(first, last, "refute", "any"):
            if not self._refutes(verb, first, last):
                continue
            for one in self._refuters(verb, first, last) or (
                self._official_beside(verb, first, last) if self._blamed_before(verb, first) else []
            ):
                if not self.names.in_full(one).vague:
                    yield Responsibility("denies", one, verb.first, verb.last, sentence)

        for charge in page.signals.between(first, last, "refute", "charge"):
            told = self._said_false(charge, first, last)
            if told is not None and not self.names.in_full(told).vague:
                yield Responsibility("denies", told, charge.first, charge.last, sentence)

    def _said_false(self, charge: Signal, first: int, last: int) -> Naming | None:
        """ "Sadr's office said the accusation was a lie", «قالت إن الاتهامات لا أساس لها»."""
        page = self.page
        start, stop = max(first, charge.first - REACH), min(last, charge.last + 5)
        if not page.signals.any(charge.last, stop, "refute", "false"):
            return None
        if page.signals.any(start, charge.first, "refute", "any"):
            return None  # read with its verb
        said = page.signals.between(start, charge.first, "speech", "verb")
        if not said:
            return None
        verb = said[-1]
        before = self.names.between(max(first, verb.first - 9), verb.first)
        after = self.names.between(verb.last, charge.first) if self._arabic else []
        if self._arabic and before and not self._agents.right_before(before[-1], verb):
            before = []
        return next(iter(after[:1] or before[-1:]), None)

    def _refuters(self, verb: Signal, first: int, last: int) -> list[Naming]:
        """Who brushes the charge aside: whoever stands with the verb, not who was named before."""
        page = self.page
        if not self._arabic:
            who = self._agents.english_agent(verb, first, last)
            who = who or self._named_before(verb, first, last)
            return self._agents.together(who, last, act=verb.first, first=first)
        stop = next(
            (
                k
                for k in range(verb.last, min(last, verb.last + REACH))
                if page.signal(k, "refute", "charge") or page.signal(k, "speech", "that")
            ),
            verb.last,
        )
        if self._of_it(verb, last):  # «وهو اتهام رفضه جناح البعث»
            stop = min(last, verb.last + 6)
        after = self.names.between(verb.last, stop)
        before = self.names.between(max(first, verb.first - 9), verb.first)
        if after:
            return self._agents.together(after[0], stop)
        joined = self.page.tokens[verb.first - 1].text in (
            "اذ",
            "حيث",
            "التي",
            "الذي",
            "لكنها",
            "لكنه",
        )
        if before and (joined or self._agents.right_before(before[-1], verb)):
            return [before[-1]]
        found = self._named_before(verb, first, last) if stop == verb.last else None
        return [found] if found is not None else []

    def _refutes(self, verb: Signal, first: int, last: int) -> bool:
        page = self.page
        if self._of_it(verb, last):
            if self._refutes_it(verb, first, last):
                return True
            if not self._arabic:
                return False  # «عن رفضه تحميله المسؤولية» goes on
        near = min(last, verb.last + 8)
        charge = page.signals.any(verb.last, near, "refute", "charge") or any(
            self._of_its_part(talk, last)
            for talk in page.signals.between(verb.last, near, "refute", "talk")[:1]
        )
        words = page.words(verb.first, verb.last)
        if words_stem(words).startswith(_CALLS):
            charges = page.signals.between(
                verb.last, min(last, verb.last + LONG_REACH), "refute", "charge", "talk"
            )
            told = bool(charges) or page.signals.any(verb.first - 6, verb.first, "refute", "charge")
            stop = charges[0].last + 7 if charges else verb.last + 4
            return told and page.signals.any(verb.last, min(last, stop), "refute", "false")
        return charge or (
            page.tokens[verb.first - 1].text in PASSIVE_EN and self._charge_before(verb)
        )

    def _of_its_part(self, talk: Signal, last: int) -> bool:
        """ "reports of its involvement", «أنباء عن ضلوعها», "linking the movement to"."""
        page = self.page
        stop = min(last, talk.last + 7)
        if not self._arabic and page.signals.any(talk.last, stop, "blame"):
            return True
        for part in page.signals.between(talk.last, stop, "share", "any", "being"):
            own = page.tokens[part.first].text.endswith(_HIS_AR) and self._arabic
            if own or page.tokens[part.first - 1].text in HIS:
                return True
        return False

    def _refutes_it(self, verb: Signal, first: int, last: int) -> bool:
        """«وهو اتهام رفضه X», "X called it a fairy tale": it is the charge told before."""
        page = self.page
        if not self._blamed_before(verb, first):
            return False
        charged = page.signals.any(max(first, verb.first - 2), verb.first, "refute", "charge")
        if not charged and words_stem(page.words(verb.first, verb.last)).startswith(_CALLS):
            return page.signals.any(verb.last, min(last, verb.last + 7), "refute", "false")
        return charged or page.tokens[verb.first - 1].text in ("ما", "الذي", "التي")

    def _of_it(self, verb: Signal, last: int) -> bool:
        """«رفضه», «ردت عليه», "called it": whether a pronoun says what is refuted."""
        follows = self.page.tokens[min(verb.last, last - 1)].text
        return bool(verb.form.suffix) or follows in _IT or follows in ("عليه", "عليها")

    def _charge_before(self, verb: Signal) -> bool:
        """ "The accusation was rejected by X"."""
        return self.page.signals.any(max(0, verb.first - 8), verb.first, "refute", "charge")

    def _having_struck(self, i: int, last: int) -> bool:
        """«أن يكون فصيله قد استهدف العاصمة»: what is denied is the deed."""
        page = self.page
        for at in range(i, min(last - 1, i + REACH)):
            if page.tokens[at].text == "ان" and page.tokens[at + 1].text in ("يكون", "تكون"):
                stop = min(last, at + 8)
                return page.signals.any(at, stop, "trigger", "target", "attack", "airstrike")
        return False
