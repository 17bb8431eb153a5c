"""Who is blamed for an attack, and how: accused, charged, held, named by its traces."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import pairwise, takewhile

from extraction.document import Act
from extraction.page import Page
from extraction.text.signals import Signal
from extraction.who.agents import REACH, Agents
from extraction.who.claims import Claims
from extraction.who.doers import HABITS, Doers
from extraction.who.namings import QUOTES, Naming, Namings
from extraction.who.responsibility import Responsibility
from extraction.who.sayings import PASSIVE_EN

_LONG_LIST = 32
# evidence that points to somebody
_SHOWS = frozenset("تشير وتشير تدل وتدل تقود وتقود يشير ويشير يدل ويدل".split())
_EVIDENCE = (
    *("تحقيق", "دلائل", "ادله", "معلومات", "معطيات", "مؤشرات", "قرائن", "اصابع", "خيوط"),
    *("اسلوب", "طريقه", "نمط", "بصمات"),
)
_EARLIER = frozenset("earlier previous past similar other several many".split())
_HINTS = ("المح", "لمح", "ملمح", "شير", "دل", "قود")
_TO_WHOM = ("عزا", "عزت", "عزو", "ارجع", "رجع", "ربط", "نسب", *_HINTS)
_PART_IN = frozenset(
    "عاتق ضلوع تورط دور وقوف مسؤوليه عناصر من خلايا مجاميع افراد مسلحي مقاتلي".split()
) | frozenset(QUOTES)
_MILITIAS = frozenset("ميليشيات مليشيات الميليشيات المليشيات".split())
# where suspicion falls, and what may stand between that word and a name
_FALLS_ON = frozenset("on upon at to toward towards over with الي علي نحو حول صوب باتجاه ب".split())
_THE_USUAL = frozenset(
    "the a an usual culprits culprit both either iran's likely possible involvement hand role work "
    "of members cells cell men elements remnants ; : -".split()
)
_FALL_REACH = 10
_NAME_REACH = 6
_TO_THEM = frozenset("اليها اليه اليهم".split())
_TURNS = frozenset("لكن فيما بينما but while whereas though although".split())
_ONTO = frozenset("علي الي نحو".split())
_HOLDS = frozenset("held holds hold holding".split())
_NAMES_AS = frozenset(
    "named names naming identified identifies identifying cited described singled saw".split()
)
HIS = frozenset("its their his our".split())
# «غارات نفذتها واشنطن»: a state's own deed, told as a fact
_DONE_BY = ("نفذت", "نفذه", "نفذها", "carried out by", "conducted by", "launched by", "staged by")
_HIS_TRACES = ("بصماته", "بصماتها", "بصماتهم")
_GUILT = ("مسؤولي", "وزر", "تبع", "ذنب", "جرير")
_PARTIES = frozenset("جهه جهات اطراف طرف مجموعه مجموعات قوي عناصر اشخاص جماعات جماعه".split())
# where a statement without a sender is found, and what it says
_POSTED = (
    *("منتد", "موقع", "مواقع", "انترنت", "تلغرام", "تيليغرام", "تليغرام"),
    *("website", "online", "internet", "forum", "telegram", "web"),
)
_UNSIGNED = frozenset("بيان بيانا رساله تسجيل statement message website forum posting".split())
_READS = frozenset("يقول تقول جاء يفيد يزعم مفاده فيه said says saying that claiming".split())
_SPOKESMEN = frozenset("ممثل ناطق متحدث مندوب نائب زعيم قيادي".split())
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
    "بمحاول",
    "بالسعي",
    "بقتل",
    "بتفجير",
    "بزرع",
    "بضرب",
    "بمهاجم",
    "بارسال",
    "بافتعال",
    "بايران",
    "بداعش",
    "بفيلق",
    "بحزب",
    "بالحرس",
)


class Blames:
    """Reads the attributions of one page."""

    def __init__(
        self, page: Page, names: Namings, agents: Agents, claims: Claims, doers: Doers
    ) -> None:
        self.page = page
        self.names = names
        self._arabic = page.lang == "ar"
        self._agents = agents
        self._claims = claims
        self._doers = doers

    def read(self, sentence: int, first: int, last: int) -> Iterator[Responsibility]:
        """The attributions of one sentence, in order."""
        page = self.page
        yield from self._suspected(sentence, first, last)
        for blame in page.signals.between(first, last, "blame"):
            if blame is not page.signal(blame.first, "blame") or self._unblaming(blame, first):
                continue
            told = self._holding(blame, first)
            if told is None and self._of_other_things(blame, last):
                continue
            credit = self._credited(blame, sentence, last)
            if credit is not None:
                yield from credit
                continue
            act: Act = "attributes"
            if told is None:
                told = self._governed(blame, first, last)
            if told is None:
                act, told = self._around(blame, first, last)
            done = page.words(blame.first, blame.last).startswith(_DONE_BY)
            for who in told:
                raid = done and who.state
                yield Responsibility(act, who, blame.first, blame.last, sentence, narrated=raid)
        yield from self._did_it(sentence, first, last)

    def _suspected(self, sentence: int, first: int, last: int) -> Iterator[Responsibility]:
        """ "blame quickly fell on X", «اتجهت أصابع الاتهام إلى X», "every clue leads to X"."""
        page = self.page
        for what in page.signals.between(first, last, "suspicion", "any", "evidence"):
            i = what.first
            near = max(first, i - 3), i
            if self._doers.doubted(i, first) or (
                page.signals.any(*near, "negation")
                or page.signals.any(*near, "refute", "any")
                or page.signals.any(*near, "deny", "any")
            ):
                continue
            direct = self._reached(what, last)
            for one in self._agents.together(direct, last):
                yield Responsibility("attributes", one, i, what.last, sentence)
            led = what.sub == "any" or page.signals.any(max(first, i - 4), i, "leads")
            for k in range(what.last, min(last - 1, what.last + _FALL_REACH)):
                text = page.tokens[k].text
                if text in ".;؛" or page.signal(k, "negation") is not None:
                    break
                if text in _FALLS_ON and led and (who := self._behind(k, last)) is not None:
                    for one in self._agents.together(who, last):
                        yield Responsibility("attributes", one, i, k + 1, sentence)
                    break
                led = led or page.signal(k, "leads") is not None

    def _reached(self, what: Signal, last: int) -> Naming | None:
        """«طالت الاتهامات كتائب حزب الله», «الشبهات لاحقت X»."""
        page = self.page
        if what.first and page.signal(what.first - 1, "leads", "direct") is not None:
            return self._behind(what.last - 1, last)
        if what.last < last and page.signal(what.last, "leads", "direct") is not None:
            return self._behind(what.last, last)
        return None

    def _behind(self, at: int, last: int) -> Naming | None:
        """Who stands behind a preposition, with nothing but a part in it between."""
        page = self.page
        between = _PART_IN if self._arabic else _THE_USUAL
        known = page.signal(at + 1, "blamed_group")
        if known is not None:
            return self.names.known(known)
        for who in self.names.between(at + 1, min(last, at + REACH))[:2]:
            if who.vague or who.first > at + _NAME_REACH:
                continue
            told = all(
                page.tokens[k].text in between or self.names.modifies(k)
                for k in range(at + 1, who.first)
            )
            return who if told else None
        return None

    def _unblaming(self, blame: Signal, first: int) -> bool:
        """«نفى وقوفه وراء القصف», "denied that X was behind it", «استبعد أن …»."""
        page = self.page
        i = blame.first
        words = page.words(i, blame.last)
        if words in _SHOWS and not any(
            page.tokens[k].text.removeprefix("ال").startswith(_EVIDENCE)
            for k in range(max(first, i - 4), min(len(page.tokens), i + 4))
        ):
            return True
        if any(t.text in ("whether", "if") for t in page.tokens[max(first, i - 3) : i]):
            return True
        if words.endswith(" by") and page.tokens[i - 1].text in HABITS:
            return True  # "such bombings are often carried out by"
        stands = words in ("وقوف", "بالوقوف وراء") or words.startswith("مسؤول")
        if not self._arabic and blame.sub == "behind":
            denials = page.signals.between(max(first, i - 10), i, "deny", "any")
            stands = any(page.tokens[d.last].text in ("that", "the") for d in denials)
        return (
            (stands and page.signals.any(max(first, i - 8), i, "deny"))
            or page.signals.any(max(first, i - 2), i, "negation")
            or (words == "linking" and page.signals.any(max(first, i - 4), i, "refute", "any"))
            or self._doers.doubted(i, first)
            or (words == "اتهام" and page.signal(blame.last, "refute", "any") is not None)
        )

    def _of_other_things(self, blame: Signal, last: int) -> bool:
        """ "responsible for security", "accused of arming them", "carried out by its men"."""
        page = self.page
        words = page.words(blame.first, blame.last)
        if "responsible" in words and not page.signals.any(
            blame.last, min(last, blame.last + 6), "trigger"
        ):
            return True
        laid = words_stem(words).removeprefix("م").startswith("حمل")
        near = (t.text for t in page.tokens[blame.last : min(last, blame.last + 3)])
        if laid and not self._guilt(blame.last, last) and not any(map(_is_mark, near)):
            return True  # «حمل بياناً», not «يحمل توقيع داعش»
        if words.startswith("accus") and not self._accused_of_attack(blame.first, last):
            return True
        by = page.tokens[min(last, blame.last) - 1].text == "by" and blame.last < last
        return by and page.tokens[blame.last].text in HIS

    def _guilt(self, first: int, last: int) -> bool:
        """Whether responsibility is what is laid on somebody."""
        words = (t.text for t in self.page.tokens[first : min(last, first + _LONG_LIST)])
        return any(w.lstrip("وبل").removeprefix("ال").startswith(_GUILT) for w in words)

    def _credited(self, blame: Signal, sentence: int, last: int) -> list[Responsibility] | None:
        """The claims in a statement ascribed to a group, where no attack is ascribed to it."""
        words = words_stem(self.page.words(blame.first, blame.last))
        if not words.startswith("نسب") or blame.form.suffix:
            return None
        credit = list(self._claims.takes_credit(blame, sentence, last))
        return credit if credit or not self._ascribes_deed(blame, last) else None

    def _governed(self, blame: Signal, first: int, last: int) -> list[Naming] | None:
        """Who is blamed by the way the verb is built; none where that does not tell."""
        words = words_stem(self.page.words(blame.first, blame.last))
        if not self._arabic and self._undergoes(blame):
            return self._agents.together(self._blamed(blame, first, last), last)
        if words.startswith(_HIS_TRACES):
            who = self._named_last(first, blame.first) or self.names.latest_before(blame.first)
            return [] if who is None else [who]
        before_it = self._him(blame, first, last)
        if before_it is not None:
            return [before_it]
        if words.startswith(_TO_WHOM):
            return self._agents.together(self._to_whom(blame, last), last)
        charged = self._whom(blame, first) if not self._arabic else None
        if charged is not None:
            return [charged]
        return self._held(blame, last) or None

    def _around(self, blame: Signal, first: int, last: int) -> tuple[Act, list[Naming]]:
        """Who stands around a verb of blame: behind it or, "X was behind it", before it."""
        page = self.page
        i = blame.first
        words = page.words(i, blame.last)
        reach = 24 if "حمل" in words else 14
        after = self.names.between(blame.last, min(last, blame.last + reach))
        everyday = self._named_by_blame(blame, last)
        if everyday and (not after or everyday[0].first < after[0].first):
            after = [*everyday, *after]  # «بصمات القاعدة والبعثيين»
        before = self.names.between(max(first, i - 10), i)
        before = [n for n in before if not self.names.pursued(n)]
        if words.endswith((" to", " at")) and not self._arabic:
            after = [n for n in after if n.first - blame.last <= 3]
        passive = blame.sub == "behind"
        if passive and self._asks_who(blame):
            return "attributes", []
        if passive and before and self._doers.conditional(before[-1].first, first):
            return "attributes", []
        after = [
            n
            for n in after
            if ("شتبه" in words or not self._speaks(n, blame.last))
            and not self._turned(blame.last, n.first)
            and not ("حمل" in words and self._past_charge(blame.last, n.first))
        ]
        if self._arabic and after and self._accuser(after, blame.last):
            after = after[1:]
        told = passive and i > first + 1 and page.texts[i - 2] in ("ان", "بان", "وان")
        known = page.signal(i - 1, "blamed_group") if told else None
        if known is not None:  # «وإن القاعدة هي المسؤولة»
            before = [self.names.known(known)]
        quoted = self.names.quoted_before(i, first) if passive else None
        if quoted is not None:
            before = [quoted]
        options = [*reversed(before), *after] if passive else after
        if self._arabic and not passive and "تهم" in words:
            options = list(takewhile(partial(self._charged, last=last, blame=i), options))
        owned = next((w for w in after if self._has_responsibility(w.last)), None)
        if owned is not None:  # «حمّل الناطق … التحالف الدولي مسؤولية ما جرى»
            return "attributes", self._agents.together(owned, last, act=last, first=blame.last)
        if passive and not self._arabic and before and self._of_himself(before[-1].last, i):
            return "attributes", []  # "X said its fighters were responsible": it claims
        own = passive and page.tokens[i - 1].text in ("انها", "انه", "بانها", "بانه")
        if own and page.signals.any(max(first, i - 5), i, "negation"):
            return "claims", []  # «ولم تقل الكتائب إنها هي التي أطلقت»
        for who in options[: 1 if passive else 2]:
            if who.vague and len(options) > 1:
                continue
            if who.state and who.first - blame.last > 4:
                continue
            act: Act = "claims" if own else "attributes"
            return act, self._agents.together(who, last, act=i, first=first)
        return "attributes", []

    def _past_charge(self, first: int, last: int) -> bool:
        """«حمّل النواب القادة مسؤولية الخرق، وطالبت كتلة الأحرار …»: who stands behind it all."""
        tokens = self.page.tokens
        held = next(
            (k for k in range(first, last) if tokens[k].text.lstrip("ال").startswith("مسؤولي")),
            last,
        )
        return any(tokens[k].text in "،؛" for k in range(held, last))

    def _turned(self, first: int, last: int) -> bool:
        """«… بالوقوف وراء القصف، لكن مكتب الصدر نفى»: another speaks from there on."""
        return any(self.page.tokens[k].text in _TURNS for k in range(first, last))

    def _has_responsibility(self, i: int) -> bool:
        """Whether «مسؤولية» stands right behind a name."""
        return any(
            t.text.removeprefix("ال").startswith("مسؤولي") for t in self.page.tokens[i : i + 4]
        )

    def _ascribes_deed(self, blame: Signal, last: int) -> bool:
        """«نسبت صفحات القصف إلى X», «عملية الأحد إلى X»: an attack is ascribed, no statement."""
        page, stop = self.page, min(last, blame.last + 6)
        return page.signals.any(blame.last, stop, "trigger") or any(
            page.tokens[k].text.removeprefix("ال") in ("عمليه", "عمليات", "حادث", "حادثه")
            for k in range(blame.last, stop)
        )

    def _him(self, blame: Signal, first: int, last: int) -> Naming | None:
        """«… يسيطر عليها اللواء 30 في الحشد، وحمّله المسؤولية»: the one named before."""
        page = self.page
        words = words_stem(page.words(blame.first, blame.last))
        if not blame.form.suffix or not words.startswith(("حمل", "اتهم", "تهم")):
            return None
        near = page.words(blame.last, min(last, blame.last + 3))
        if not any(w in near for w in _GUILT) and not near.startswith(_CHARGES):
            return None
        return self._named_last(max(first, blame.first - 2 * REACH), blame.first)

    def _named_last(self, first: int, last: int) -> Naming | None:
        """The group named last; of «دولة العراق، الذراع العراقية لتنظيم القاعدة،» the first."""
        named = [n for n in self.names.between(first, last) if not n.vague and not n.state]
        own = [n for n in named if not self._says_who(n, first)]
        return own[-1] if own else None

    def _says_who(self, who: Naming, first: int) -> bool:
        """Whether a name only says who the one before is: «، الذراع العراقية لتنظيم القاعدة،»."""
        tokens = self.page.tokens
        return tokens[who.first].text.startswith("ل") and any(
            t.text == "،" for t in tokens[max(first, who.first - 4) : who.first]
        )

    def _to_whom(self, blame: Signal, last: int) -> Naming | None:
        """«عزا ضابط الهجوم إلى جيش المهدي», «نسبه إلى القاعدة», «ربط الهجوم بفيلق القدس»."""
        page = self.page
        words = words_stem(page.words(blame.first, blame.last))
        linked, hinted = words.startswith("ربط"), words.startswith(_HINTS)
        for at in range(blame.last, min(last, blame.last + REACH)):
            text = page.tokens[at].text
            to = text[0] in "بو" and page.signal(at, "group") if linked else text in ("الي", "علي")
            if text in _TO_THEM:  # «كان محلل قد نسبه إليها»: the one named last
                if page.tokens[blame.first - 1].text == "ما":
                    return None  # «كذّبت ما نسب إليها»
                return self.names.latest_before(blame.first)
            named = self.names.between(at, min(last, at + 12)) if to else []
            named = [n for n in named if n.first < at + 5]
            if hinted:  # «ألمح إلى "جماعات …"», not «ألمح إلى أن الحشد سينسحب»
                named = [n for n in named if self._told_of(at + 1, n.first)]
            group = page.signal(at + 1, "blamed_group") if to and at + 1 < last else None
            if not named and group is not None:
                named = [self.names.known(group)]
            if named:
                return named[0]
            if text in "،؛.":
                return None
        return None

    def _told_of(self, first: int, last: int) -> bool:
        """Whether nothing but a part in it stands between: «إلى ضلوع X»."""
        return all(self.page.tokens[k].text in _PART_IN for k in range(first, last))

    def _undergoes(self, blame: Signal) -> bool:
        """ "X has been accused of", "Blamed by Washington, X": who is blamed stands before."""
        page = self.page
        words = page.words(blame.first, blame.last)
        if not words.startswith(("blamed", "accused", "suspected")) or "suspected the" in words:
            return False
        before = page.tokens[blame.first - 1].text if blame.first else ""
        after = page.tokens[blame.last].text if blame.last < len(page.tokens) else ""
        if after == "on" or words.endswith(" on"):
            return False  # "the strike was blamed on X"
        if after == "of" or words.startswith("accused of"):
            return True  # "X, accused of standing behind it, denied"; who accuses names whom
        return before in PASSIVE_EN or after == "by" or (before == "," and after == "for")

    def _whom(self, blame: Signal, first: int) -> Naming | None:
        """ "X, which Washington blames for the attack": the antecedent is blamed."""
        page = self.page
        for at in range(blame.first - 1, max(first, blame.first - 8), -1):
            if page.tokens[at].text in ("which", "whom") and page.tokens[at - 1].text == ",":
                named = self.names.between(max(first, at - 10), at)
                adjacent = bool(named) and named[-1].last == at - 1 and at < blame.first - 1
                return named[-1] if adjacent else None
        return None

    def _blamed(self, blame: Signal, first: int, last: int) -> Naming | None:
        page = self.page
        before = self.names.between(max(first, blame.first - 12), blame.first)
        if before:
            return before[-1]
        comma = next(
            (
                i
                for i in range(blame.last, min(last, blame.last + 10))
                if page.tokens[i].text == ","
            ),
            None,
        )
        return (
            None
            if comma is None
            else next(iter(self.names.between(comma, min(last, comma + 6))), None)
        )

    def _holding(self, blame: Signal, first: int) -> list[Naming] | None:
        """ "held an Iran-aligned militia responsible" for it, "named X as the culprit"."""
        page = self.page
        words = page.words(blame.first, blame.last)
        if self._arabic or not words.startswith(("responsible", "accountable", "as ")):
            return None
        verbs = _NAMES_AS if words.startswith("as ") else _HOLDS
        for i in range(blame.first - 1, max(first, blame.first - 12), -1):
            if page.tokens[i].text in verbs:
                named = [n for n in self.names.between(i, blame.first) if not n.vague]
                return named if named and self._for_it(blame) else None
        return None

    def _for_it(self, blame: Signal) -> bool:
        """ "held X responsible" for the attack, not for the lack of security."""
        page = self.page
        words = page.words(blame.first, blame.last)
        if not words.endswith("for") and page.words(blame.last, blame.last + 1) != "for":
            return True
        stop = min(len(page.tokens), blame.last + 6)
        return page.signals.any(blame.last, stop, "trigger") or any(
            page.tokens[k].text in ("it", "them") for k in range(blame.last, stop)
        )

    def _of_himself(self, first: int, last: int) -> bool:
        """Whether what stands between names the men of the one before: "its fighters"."""
        return any(
            self.page.tokens[i].text in ("its", "their", "his", "it", "they", "he")
            for i in range(first, last)
        )

    def _held(self, blame: Signal, last: int) -> list[Naming]:
        """«محمّلة الحكومة العراقية وفيلق القدس مسؤولية الهجوم»: all who stand between."""
        page = self.page
        if not page.words(blame.first, blame.last).lstrip("و").startswith("محمل"):
            return []
        first = blame.last
        for end in range(first, min(last, first + REACH)):
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
        known = self.names.between(first, last)
        if known:
            return known[0]
        return Naming(self.page.original(first, last).removeprefix("و"), first, last)

    def _named_by_blame(self, blame: Signal, last: int) -> list[Naming]:
        """«تتهم القاعدة»: an everyday word that names a group where somebody is blamed."""
        page = self.page
        for at in range(blame.last, min(last, blame.last + 4)):
            group = page.signal(at, "blamed_group")
            if group is not None:
                return [self.names.known(group)]
        if "حمل" not in page.words(blame.first, blame.last):
            return []
        for at in range(blame.last, min(last, blame.last + 6)):
            if page.tokens[at].text in _MILITIAS:  # «حمّل المجلس ميليشيات المسؤولية»
                return [Naming(page.original(at, at + 1), at, at + 1)]
        return []

    def _charged(self, who: Naming, *, last: int, blame: int) -> bool:
        """«متهمة مجاميع … بالمضي في القتل» is no charge of this attack; «بالوقوف وراءه» is."""
        page = self.page
        i, reach = who.last, 4
        if i < last and page.tokens[i].text.startswith("و") and page.signal(i, "group_head"):
            i, reach = i + 1, 6  # «فيلق القدس وميليشيات تأتمر بأمره بإطلاق النيران»
            if i + 1 < last and page.tokens[i + 1].text.startswith("ب"):
                i += 2
        for at in range(i, min(last, i + reach)):
            text = page.tokens[at].text
            if text == "ب" and at + 2 < last:  # «اتهم واشنطن بـ"الخداع"»
                at += 1 + (page.tokens[at + 1].text in QUOTES)
                text = "ب" + page.tokens[at].text
            if text.startswith("ب") and len(text) > 4 and not page.signal(at, "prep"):
                return text.startswith(_CHARGES) or page.signal(at, "trigger") is not None
            if text in "،,":
                return (
                    who.first - blame > 1
                )  # «اتهم مكتب الصدر، في بيان، القوات الأمريكية بإخفاء …»
            if text in ".؛":
                break
        return True

    def _accuser(self, named: list[Naming], after: int) -> bool:
        """«يتهم الجيش الأمريكي مجموعات خاصة»: the first name is who accuses."""
        who = named[0]
        if words_stem(self.page.words(after - 1, after)) in ("اتهام", "اتهامات"):
            if self._whom_behind(who.last):
                return True
        if len(named) < 2 or who.first - after > 1 or self.page.tokens[after - 1].text in _ONTO:
            return False
        return (
            who.state
            or who.first in self.page.first["speaker"]
            or self._one_breath(who.last, named[1].first)
            or (
                not self._charge_at(who.last)
                and not self._agents.joined(named[1].first)
                and self._charge_at(named[1].last)
                and not self.page.signals.any(who.last, named[1].first, "blame")
            )
        )

    def _whom_behind(self, i: int) -> bool:
        """«اتهام المنظمة لها», «اتهام واشنطن لإيران»: who stands before accuses."""
        page = self.page
        if i >= len(page.tokens):
            return False
        group = page.signal(i, "group")
        return page.tokens[i].text in ("لها", "له", "لهم") or (
            group is not None and group.form.prefix.endswith("ل")
        )

    def _charge_at(self, i: int) -> bool:
        """Whether the charge stands right behind a name: «القوات الأمريكية بإخفاء …»."""
        tokens = self.page.tokens
        text = tokens[i].text if i < len(tokens) else ""
        return text.startswith("ب") and len(text) > 4

    def _one_breath(self, first: int, last: int) -> bool:
        """Whether nothing joins or parts two names: «اتهم مكتب الصدر القوات الأمريكية»."""
        page = self.page
        return not self._agents.joined(last) and not any(
            page.tokens[i].text in "،,.؛:" or page.signal(i, "blame") is not None
            for i in range(first, last)
        )

    def _asks_who(self, blame: Signal) -> bool:
        """ "declined to say who was behind it", «الجهة التي تقف وراء القصف»: nobody is named."""
        page = self.page
        before = page.tokens[blame.first - 1].text if blame.first else ""
        if page.words(blame.first, blame.last).startswith("من "):
            return before not in ("هي", "هو", "هم")
        if before in ("التي", "الذي", "الذين") and blame.first > 1:
            return page.tokens[blame.first - 2].text.lstrip("ولب").removeprefix("ال") in _PARTIES
        return before in ("who", "whoever", "those", "whose", "من", "لمن", "عمن")

    def _speaks(self, who: Naming, first: int) -> bool:
        """«حمّل نائب عن التيار الصدري مسؤولية …»: he accuses, and his party is not accused."""
        tokens = self.page.tokens
        at = who.first - 1
        if at == first and tokens[at].text in _SPOKESMEN:  # «حمّل ممثل مكتب الصدر القوات …»
            return not self._charge_at(who.last) and not tokens[who.last].text.startswith("مسؤولي")
        if at <= first or tokens[at].text not in ("عن", "باسم", "في", "من"):
            return False
        return self.page.signal(at - 1, "group_head") is None and at - first <= 3

    def _accused_of_attack(self, i: int, last: int) -> bool:
        """ "accused X of the attack", not "accused X of threatening the country"."""
        page = self.page
        for k in range(i, min(last, i + _LONG_LIST)):
            if page.tokens[k].text in _EARLIER and page.tokens[k - 1].text == "of":
                return False  # "accused them of earlier attacks"
            if page.tokens[k].text in ("that", "which", "who"):
                break  # "of arming the militias that fired the rockets"
            if page.tokens[k].text == "of":
                of = next((n for n in range(k, k + 6) if n in page.first["trigger"]), k)
                inside = {t.text for t in page.tokens[k:of]}
                if of > k and not inside & {"that", "which", "who"}:
                    return True
            if k in page.first["blame"] and k > i:
                return True
        # "the camp's leaders accused the Quds Force;" says of what by standing here
        return any(
            not n.vague and self._ends_charge(n.last)
            for n in self.names.between(i, min(last, i + 20))
            if n.first < i + 12 and n.last < len(page.tokens)
        )

    def _past(self, i: int) -> bool:
        """Quotation marks, and the men of a name: "Mahdi Army gunmen"."""
        return self.page.tokens[i].text in QUOTES or i in self.page.first["group_head"]

    def _ends_charge(self, i: int) -> bool:
        """ "accused American forces, but …": nothing more is said of what."""
        tokens = self.page.tokens
        i = next((k for k in range(i, len(tokens)) if not self._past(k)), len(tokens))
        if i == len(tokens):
            return True
        turn = i + 1 < len(tokens) and tokens[i + 1].text in (
            "but",
            "while",
            "though",
            "which",
            "who",
        )
        return tokens[i].text in ".;" or (tokens[i].text == "," and turn)

    def _did_it(self, sentence: int, first: int, last: int) -> Iterator[Responsibility]:
        """Who is told to have done it, and nobody is quoted as blaming."""
        page = self.page
        if page.signals.any(first, last, "nonevent", "threat"):
            return
        for who, start, end in self._doers.read(first, last):
            if self._arabic and self._negated(self._said_from(who, first), end):
                continue
            if self._claim_before(who, first):
                continue
            if page.signals.any(max(first, who.first - 3), who.first, "deny", "any"):
                continue  # «نفى التحالف شن أي غارة»
            author = self._author(who, first)
            if author is not None:
                yield Responsibility("claims", author, start, end, sentence)
                continue
            own = self._doers.boasts(who, first) or self._in_statement(who, first)
            own = own or (who.state and self._doers.raid(who, first, last) is not None)
            act: Act = "claims" if own else "attributes"
            for one in self._agents.together(who, last, act=max(start, who.last), first=first):
                yield Responsibility(act, one, start, end, sentence, narrated=True)

    def _negated(self, first: int, last: int) -> bool:
        """«لم تكن X خلف …», but not «لم تستبعد مصادر أن تكون X خلف …»."""
        signals = self.page.signals
        return any(
            not signals.any(n.last, n.last + 1, "doubt")
            for n in signals.between(first, last, "negation")
        )

    def _said_from(self, who: Naming, first: int) -> int:
        """Where the words about a doer begin: «لا يتردد: "فصائل … هي التي تضرب"» denies nothing."""
        start = max(first, who.first - 6)
        marks = (k + 1 for k in range(who.first - 1, start, -1) if self.page.tokens[k].text == ":")
        return next(marks, start)

    def _author(self, who: Naming, first: int) -> Naming | None:
        """«جاء في بيان منسوب إلى X أن كتيبة Y نفذت الغزوة»: X tells what its own did."""
        page = self.page
        for named in self.names.between(max(first, who.first - REACH), who.first)[-1:]:
            signed = any(
                t.text.lstrip("و") in _UNSIGNED
                for t in page.tokens[max(first, named.first - 4) : named.first]
            )
            said = page.signals.any(named.last, who.first, "speech")
            if signed and said and not (named.vague or named.state or who.state):
                return named
        return None

    def _in_statement(self, who: Naming, first: int) -> bool:
        """Whether its own statement tells of the deed: «ظهر على منتدى بيان يقول إن X ضربت»."""
        if who.state:
            return False
        if self.page.statement or self._by_own_statement(who):
            return True
        words = [
            t.text.lstrip("و") for t in self.page.tokens[max(first, who.first - 20) : who.first]
        ]
        read = any(a in _UNSIGNED and b in _READS for a, b in pairwise(words))
        if not self._arabic:  # "X attacked the base," said a statement posted on Telegram
            last = self.page.bounds[self.page.sentence_at(who.first)][1]
            behind = [t.text for t in self.page.tokens[who.last : min(last, who.last + 40)]]
            pairs = zip(behind, behind[2:], strict=False)
            read = read or any(a in _READS and b in _UNSIGNED for a, b in pairs)
            words += behind
        posted = any(w.removeprefix("ال").startswith(_POSTED) for w in words)
        return posted and read

    def _by_own_statement(self, who: Naming) -> bool:
        """«شنت X هجوماً على القاعدة، وفق بيان لها», "according to its statement"."""
        page = self.page
        stop = min(page.bounds[page.sentence_at(who.first)][1], who.last + 24)
        words = [t.text for t in page.tokens[who.last : stop]]
        return any(
            (a in ("وفق", "بحسب", "حسب") and b == "بيان" and c in ("لها", "له", "لهم"))
            or (a in ("وفق", "بحسب", "حسب") and b in ("بيانها", "بيانه"))
            or (a in ("to", "in") and b == "its" and c == "statement")
            for a, b, c in zip(words, words[1:], words[2:], strict=False)
        )

    def _claim_before(self, who: Naming, first: int) -> bool:
        """Whether a claim in the same clause has the group for its own."""
        page = self.page
        start = max(first, who.first - 10)
        commas = (k for k in range(who.first - 1, start, -1) if page.tokens[k].text in ",،;؛")
        return page.signals.any(next(commas, start), who.first, "claim")


def _is_mark(word: str) -> bool:
    """Whether a word is what a doer leaves: «توقيع», «بصمات»."""
    return word.removeprefix("ال").startswith(("توقيع", "بصم"))


def words_stem(words: str) -> str:
    """A verb without «و» in front."""
    return words.removeprefix("و").removeprefix("ي").removeprefix("ت")
