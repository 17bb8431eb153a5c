"""Who claims an attack: in a statement, by an admission, in the first person."""

from __future__ import annotations

from collections.abc import Iterator

from extraction.page import Page
from extraction.text.signals import Signal
from extraction.who.agents import Agents
from extraction.who.namings import Naming, Namings
from extraction.who.responsibility import Responsibility

_SPOKESMEN_EN = frozenset(
    "spokesman spokeswoman spokesperson press official officials chief".split()
)
_HABIT = frozenset("عاده غالبا دائما usually often typically routinely".split())
_STATEMENTS = ("بيان", "منشور", "رسال", "تسجيل", "مقطع", "شريط", "فيديو", "تبن", "نص")
_BRAGS = ("تباه", "يتباه", "تتباه", "تفاخر", "يتفاخر", "تتفاخر")
_THE_DEED = frozenset("بالعمليه بالحادث بالحادثه بالجريمه بها بذلك".split())
_SUCH = frozenset(
    "similar earlier previous separate سابقا سابقه سابق مماثلا مماثله مماثل مشابها مشابهه".split()
)
_USUALLY = frozenset("عاده غالبا دائما usually often frequently routinely typically".split())
_DEEDS = ("airstrike", "attack", "target", "launch")


class Claims:
    """Reads the claims of one page."""

    def __init__(self, page: Page, names: Namings, agents: Agents) -> None:
        self.page = page
        self.names = names
        self._arabic = page.lang == "ar"
        self._agents = agents

    def read(self, sentence: int, first: int, last: int) -> Iterator[Responsibility]:
        """The claims of one sentence, in order."""
        page = self.page
        claimant: Naming | None = None
        for claim in page.signals.between(first, last, "claim"):
            i = claim.first
            if claim is not page.signal(i, "claim") or self._agents.negated(claim, first):
                continue
            words = page.words(claim.first, claim.last)
            if words in ("claimed", "claims") and self._asserts(claim, last):
                continue
            if words.startswith("adopt") and not self._of_attack(claim, first):
                continue  # "adopted a resolution"
            if any(t.text.lstrip("و") in _HABIT for t in page.tokens[max(first, i - 3) : i]):
                continue  # «وعادة ما يتبنى داعش مثل هذه التفجيرات»
            if not self._signed(claim, first):
                continue  # «الهجوم يحمل توقيع داعش»
            if self._agents.passive(claim):
                continue  # «وإنها أُطلقت من قرية …»: the rockets were
            if self._agents.of_own_men(claim) and not page.signals.any(
                claim.last, claim.last + 4, "trigger", *_DEEDS, "hit", "undergo"
            ):
                continue  # «إن مقاتليها صدوا هجوماً»
            if (
                self._of_another(claim, first)
                or self._hypothetical(claim, first)
                or self._charged_with_it(claim, first)
            ):
                continue
            responsibility = "مسؤولي" in page.words(claim.first, claim.last)
            if self._arabic and page.signals.any(max(first, i - 10), i, "refute", "charge"):
                continue  # «كذّبت ما نسب إليها من تبني القصف»
            if responsibility and page.signals.any(max(first, i - 8), i, "deny", "any"):
                continue  # «نفت … مسؤوليتها عن القصف»
            if page.signals.any(first, last, "forged"):
                continue  # «بيان تبنٍّ اتضح أنه مفبرك»
            who = self._agents.agent(claim, first, last) or claimant
            if who is not None and self._agents.official(who):
                continue
            if (
                who is not None
                and who.group is None
                and page.words(who.last, who.last + 1) == "that"
            ):
                continue  # "the claim by a minister that militias were responsible"
            claimant = who  # «تبنت X القصف، ثم أصدرت بياناً تتبنى فيه …»
            if who is not None and who.group is None and not self._arabic:
                who = self._agents.named_next(sentence) or who
            for one in self._agents.together(who, last, act=claim.first, first=first):
                yield Responsibility("claims", one, claim.first, claim.last, sentence)

    def _of_attack(self, claim: Signal, first: int) -> bool:
        """ "adopted the two bombings", "the operation was adopted by": it says of what."""
        page = self.page
        by = page.tokens[claim.last - 1].text == "by"
        if page.tokens[claim.last - 1].text in ("it", "them", "this"):
            return True
        near = (max(first, claim.first - 5), claim.first) if by else (claim.last, claim.last + 5)
        return page.signals.any(*near, "trigger", *_DEEDS, "explode") or any(
            t.text in ("operation", "responsibility") for t in page.tokens[near[0] - 1 : near[1]]
        )

    def _signed(self, claim: Signal, first: int) -> bool:
        """«بيان يحمل توقيع العصبة»: a signature claims where a statement bears it."""
        page = self.page
        return not page.words(claim.first, claim.last).endswith("توقيع") or any(
            page.tokens[k].text.removeprefix("و").removeprefix("ال").startswith(_STATEMENTS)
            for k in range(max(first, claim.first - 8), claim.first)
        )

    def _of_another(self, claim: Signal, first: int) -> bool:
        """ "it resembled earlier ones claimed by the group", "claimed a February attack"."""
        page, tokens = self.page, self.page.tokens
        after = [t.text for t in tokens[claim.last : claim.last + 3]]
        if self._arabic and not _SUCH.isdisjoint(after):
            return True  # «وسبق أن تبنى هجوماً مماثلاً»
        dated = page.in_date(claim.last + 1) or (len(after) > 1 and after[1] in _SUCH)
        if after[:1] in (["a"], ["an"]) and dated:
            return True
        before = {t.text for t in tokens[max(first, claim.first - 4) : claim.first]}
        return not self._arabic and bool(before & {"ones", "similar", "earlier", "previous"})

    def _charged_with_it(self, claim: Signal, first: int) -> bool:
        """«حملت فصائل موالية لإيران مسؤوليته»: what others lay on it is no claim."""
        page = self.page
        if not page.words(claim.first, claim.last).startswith("مسؤولي"):
            return False
        start = max(first, claim.first - 9)
        commas = (k for k in range(claim.first - 1, start, -1) if page.tokens[k].text in "،؛")
        return page.signals.any(next(commas, start), claim.first, "blame")

    def _hypothetical(self, claim: Signal, first: int) -> bool:
        """«ولم تستبعد مصادر أن تعلن العصبة مسؤوليتها», "whether X would claim it"."""
        tokens = self.page.tokens
        if any(t.text in _USUALLY for t in tokens[max(first, claim.first - 4) : claim.first]):
            return True  # "such attacks are often claimed by"
        if not self._arabic:
            before = {t.text for t in tokens[max(first, claim.first - 3) : claim.first]}
            return bool(before & {"would", "will", "could", "may", "might", "to"})
        return any(
            tokens[k].text == "ان"
            and tokens[k + 1].text[0] in "تي"
            and not tokens[k + 1].text.startswith("تبن")  # «لم يلبث أن تبنى»
            for k in range(max(first, claim.first - 7), claim.first)
        )

    def own_claim(self, sentence: int, first: int, last: int) -> Iterator[Responsibility]:
        """ "X's claim could not be verified"."""
        page = self.page
        for who in self.names.between(first, last) if not self._arabic else ():
            at = who.last
            if who.vague or at + 1 >= last or not page.tokens[at - 1].text.endswith("'s"):
                continue
            if page.tokens[at].text == "claim" and page.tokens[at + 1].text not in ("that", "to"):
                yield Responsibility("claims", who, at, at + 1, sentence)

    def admissions(self, sentence: int, first: int, last: int) -> Iterator[Responsibility]:
        """«أقر البنتاغون بأن قوات أميركية شنت الغارة»: a state that owns up to a strike."""
        page = self.page
        for verb in page.signals.between(first, last, "admit"):
            who = next(iter(self.names.between(verb.last, min(last, verb.last + 4))), None)
            if not self._arabic:
                before = self.names.between(max(first, verb.first - 6), verb.first)
                who = before[-1] if before else None
            if who is None:
                continue
            start = max(verb.last, who.last)
            if who.state:
                told = page.signals.any(start, min(last, start + 9), "trigger", *_DEEDS)
            else:  # «اعترفت X بالهجوم», and not who confesses for it
                told = self._arabic and who.first == verb.last and self._deed_at(start, last)
            if told:
                yield Responsibility("claims", who, verb.first, start, sentence)

    def boasts(self, sentence: int, first: int, last: int) -> Iterator[Responsibility]:
        """«تفاخر التنظيم عبر تويتر بالعملية»."""
        page = self.page
        for verb in page.signals.between(first, last, "boast") if self._arabic else ():
            if not page.words(verb.first, verb.last).lstrip("و").startswith(_BRAGS):
                continue
            who = next(iter(self.names.between(verb.last, min(last, verb.last + 4))), None)
            if who is None or who.vague or who.state:
                continue
            if any(self._deed_at(k, last) for k in range(who.last, min(last, who.last + 6))):
                yield Responsibility("claims", who, verb.first, who.last, sentence)

    def _deed_at(self, i: int, last: int) -> bool:
        """Whether an attack is named at a token: «بالهجوم», «بالعملية»."""
        page = self.page
        return i < last and (
            page.tokens[i].text in _THE_DEED
            or page.signal(i, "trigger", "attack", "explode", "target") is not None
        )

    def raids(self, sentence: int, first: int, last: int) -> Iterator[Responsibility]:
        """«قال البنتاغون إن الضربات كانت دفاعية», "a gunship fired on it, Central Command said"."""
        page = self.page
        if not page.signals.any(first, last, "trigger", "airstrike") and not page.signals.any(
            first, last, "raid", "told"
        ):
            return
        if page.signals.any(first, last, "raid", "doubted") or self._agents.nobody(first, last):
            return
        for verb in page.signals.between(first, last, "speech", "verb"):
            who = self._state_beside(verb, first, last)
            if who is None:
                continue
            told = self._told_by(verb, who, first, last)
            raids = (
                *page.signals.between(*told, "trigger", "airstrike"),
                *page.signals.between(*told, "raid", "told"),
            )
            raid = any(page.signal(r.first - 1, "munition") is None for r in raids)
            others = (n for n in self.names.between(*told) if n.state and n.party != who.party)
            if raid and next(others, None) is None and not page.signals.any(*told, "negation"):
                start = min(verb.first, who.first)
                yield Responsibility("claims", who, start, verb.last, sentence, narrated=True)

    def _state_beside(self, verb: Signal, first: int, last: int) -> Naming | None:
        """The military of a side that speaks: right behind its verb or, in English, before it."""
        after = self.names.between(verb.last, min(last, verb.last + 4))
        before = [] if self._arabic else self.names.between(max(first, verb.first - 9), verb.first)
        beside = [n for n in before[-1:] if self._speaks_for(n.last, verb.first)] + after[:1]
        return next((n for n in beside if n.group is not None and n.group.side), None)

    def _speaks_for(self, first: int, last: int) -> bool:
        """ "the Pentagon said", "Pentagon spokesman John Kirby said"."""
        tokens = self.page.tokens
        return last - first <= 1 or (
            tokens[first].text in _SPOKESMEN_EN
            and all(tokens[k].text.isalpha() for k in range(first, last))
        )

    def _told_by(self, verb: Signal, who: Naming, first: int, last: int) -> tuple[int, int]:
        """What is said: behind the verb, or before it where the sentence ends with it."""
        behind = max(verb.last, who.last)
        start = min(verb.first, who.first)
        before = [t.text for t in self.page.tokens[max(first, start - 2) : start]]
        if behind < last and self.page.tokens[behind].text == "," and "," in before:
            return first, last  # "The raids, the Pentagon said, were …"
        if last - behind > 2:
            return behind, last
        return first, min(verb.first, who.first)

    def _asserts(self, claim: Signal, last: int) -> bool:
        """ "claimed that it hit" and "claimed 30 lives" are no claims of responsibility."""
        page = self.page
        nxt = page.tokens[claim.last].text if claim.last < last else ""
        if nxt in ("both", "two", "all"):
            return False
        if nxt == "to" and page.signals.any(claim.last, min(last, claim.last + 4), "deed", "did"):
            return False  # "claimed to have fired the rockets"
        return nxt in ("that", "to") or page.number(claim.last) is not None or nxt == "lives"

    def takes_credit(self, verb: Signal, sentence: int, last: int) -> Iterator[Responsibility]:
        """«نسب «قاصم الجبارين» العملية ذاتها إلى نفسه»."""
        page = self.page
        ahead = [t.text for t in page.tokens[verb.last : min(last, verb.last + 10)]]
        if "نفسه" not in ahead and "نفسها" not in ahead:
            return
        who = self.names.quoted(verb.last, last, reach=2) or next(
            iter(self.names.between(verb.last, min(last, verb.last + 6))), None
        )
        if who is not None:
            yield Responsibility("claims", who, verb.first, who.last, sentence)
