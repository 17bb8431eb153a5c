"""Who did it, as told: claims of responsibility, attributions, denials and disavowals."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise, takewhile

from extraction.document import Act
from extraction.doers import Doers
from extraction.namings import Naming, Namings
from extraction.page import Page
from extraction.sayings import PASSIVE_EN, Sayings
from extraction.signals import Signal
from extraction.voices import OFFICIAL

_REACH = 16
_LONG_REACH = 24
_BRIEF = 6


@dataclass(frozen=True, slots=True)
class Responsibility:
    """One act about responsibility: somebody claims it, is blamed, denies or disowns it."""

    act: Act
    who: Naming
    first: int
    last: int
    sentence: int
    narrated: bool = False  # told as a fact, no charge: "an attack by X"


class ActorReader:
    """Reads who claims, is blamed and denies, sentence by sentence."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.names = Namings(page)
        self._latest: Responsibility | None = None
        self._sayings = Sayings(page, self.names)
        self._doers = Doers(page, self.names, self._sayings)
        self._arabic = page.lang == "ar"

    def read(self, sentence: int) -> list[Responsibility]:
        """The acts of one sentence, in order."""
        first, last = self.page.bounds[sentence]
        found = [
            *self._claims(sentence, first, last),
            *self._said(sentence, first, last),
            *self._own_claim(sentence, first, last),
            *self._admissions(sentence, first, last),
            *self._blames(sentence, first, last),
            *self._denials(sentence, first, last),
        ]
        found += self._likewise(found, sentence, first, last)
        self._latest = found[-1] if found else None
        unique: dict[tuple[str, str], Responsibility] = {}
        for item in (replace(one, who=self.names.in_full(one.who)) for one in found):
            unique.setdefault((item.act, item.who.name), item)
        return sorted(self._agreeing(unique), key=lambda r: r.first)

    def _likewise(
        self, found: list[Responsibility], sentence: int, first: int, last: int
    ) -> list[Responsibility]:
        """ "so did X", «ومثلها فعل اللواء»: the act told before, of another."""
        page = self.page
        same: list[Responsibility] = []
        for i in range(first, last - 1):
            if page.tokens[i].text not in _SO or page.words(i, i + 2) not in _SO_DID:
                continue
            told = next((r for r in reversed(found) if r.first < i), self._latest)
            named = self.names.between(i + 2, min(last, i + 7))
            if told is not None and named:
                same.append(replace(told, who=named[0], first=i, last=i + 2, sentence=sentence))
        return same

    def _in_its_name(self, act: Responsibility) -> bool:
        """ "a letter sent in the name of X said it was none of its doing": no claim by that."""
        return self.page.words(act.first, act.last).endswith(_SIGNED)

    def _agreeing(self, told: dict[tuple[str, str], Responsibility]) -> list[Responsibility]:
        """Who claims is not blamed by the same words, and who denies does not claim."""
        claimed = {name for act, name in told if act == "claims"}
        denied = {name: r.first for (act, name), r in told.items() if act in ("denies", "disowns")}
        return [
            r
            for (act, name), r in told.items()
            if not (act == "attributes" and name in claimed)
            and not (act == "claims" and self._taken_back(r, denied.get(name)))
            and not (act == "claims" and name in denied and self._in_its_name(r))
        ]

    def _taken_back(self, claim: Responsibility, denial: int | None) -> bool:
        """Whether a denial stands right behind; "claimed both, but denied firing" is of others."""
        if denial is None or denial >= claim.last + _BRIEF:
            return False
        tokens = self.page.tokens[claim.last : max(claim.last, denial)]
        return not any(t.text in ("but", "لكن", "لكنها", "لكنه") for t in tokens)

    def _said(self, sentence: int, first: int, last: int) -> Iterator[Responsibility]:
        """What a group says it did, or did not do."""
        if self.page.signals.any(first, last, "forged"):
            return
        for act, who, i, end in self._sayings.read(first, last):
            if who.group is None and not self._arabic:
                who = self._named_next(sentence) or who
            if not self._official(who) and (
                act == "denies" or not self._nobody(max(first, i - 7), end + 6)
            ):
                yield Responsibility(act, who, i, end, sentence)

    # ── acts ─────────────────────────────────────────────────────────────────────────────────

    def _nobody(self, first: int, last: int) -> bool:
        return self.page.signals.any(first, last, "nobody")

    def _negated(self, signal: Signal, first: int) -> bool:
        page = self.page
        stop = next(
            (
                k
                for k in range(signal.last, min(len(page.tokens), signal.last + 6))
                if page.tokens[k].text in _STOPS
            ),
            signal.last + 6,
        )
        if self._nobody(max(first, signal.first - 7), stop):
            return True
        if signal.kind == "claim" and self._arabic:
            # «الذي لم يصدر عنه ما يفيد بتبني القصف»
            for i in range(signal.first - 1, max(first, signal.first - 8) - 1, -1):
                if page.tokens[i].text in "،؛" or page.signal(i, "group") is not None:
                    break
                if page.tokens[i].text == "حتي":
                    return False  # «ولم تمض ساعة حتى تبنت …»
                if page.signal(i, "negation") is not None:
                    return True
        if not self._arabic and any(
            page.tokens[k].text == "neither"
            for k in range(max(first, signal.first - 14), signal.first)
        ):
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
            if self._of_own_men(claim) and not page.signals.any(
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
            who = self._agent(claim, first, last)
            if who is not None and self._official(who):
                continue
            if who is not None and who.group is None and not self._arabic:
                who = self._named_next(sentence) or who
            for one in self._together(who, last, act=claim.first, first=first):
                yield Responsibility("claims", one, claim.first, claim.last, sentence)

    def _of_another(self, claim: Signal, first: int) -> bool:
        """ "it resembled earlier ones claimed by the Islamic State"."""
        tokens = self.page.tokens
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
        if not self._arabic:
            before = {t.text for t in tokens[max(first, claim.first - 3) : claim.first]}
            return bool(before & {"would", "will", "could", "may", "might", "to"})
        return any(
            tokens[k].text == "ان" and tokens[k + 1].text[0] in "تي"
            for k in range(max(first, claim.first - 7), claim.first)
        )

    def _own_claim(self, sentence: int, first: int, last: int) -> Iterator[Responsibility]:
        """ "X's claim could not be verified"."""
        page = self.page
        for who in self.names.between(first, last) if not self._arabic else ():
            at = who.last
            if who.vague or at + 1 >= last or not page.tokens[at - 1].text.endswith("'s"):
                continue
            if page.tokens[at].text == "claim" and page.tokens[at + 1].text not in ("that", "to"):
                yield Responsibility("claims", who, at, at + 1, sentence)

    def _admissions(self, sentence: int, first: int, last: int) -> Iterator[Responsibility]:
        """«أقر البنتاغون بأن قوات أميركية شنت الغارة»: a state that owns up to a strike."""
        page = self.page
        for verb in page.signals.between(first, last, "admit"):
            who = next(iter(self.names.between(verb.last, min(last, verb.last + 4))), None)
            if not self._arabic:
                before = self.names.between(max(first, verb.first - 6), verb.first)
                who = before[-1] if before else None
            if who is None or not who.state:
                continue
            start = max(verb.last, who.last)
            if page.signals.any(start, min(last, start + 9), "trigger", *_DEEDS):
                yield Responsibility("claims", who, verb.first, start, sentence)

    def _together(
        self, who: Naming | None, last: int, *, act: int | None = None, first: int = 0
    ) -> list[Naming]:
        """The group, and those joined to it: «نفت العصائب وكتائب حزب الله», "X and Y denied"."""
        found: list[Naming] = []
        if who is not None and act is not None and who.last <= act:
            found = [n for n in self.names.joined_before(who, first) if not self._objects(n, first)]
        while who is not None:
            found.append(who)
            reach = 6 if self._arabic else 8
            following = self.names.between(who.last, min(last, who.last + reach))[:1]
            who = next(
                (
                    n
                    for n in following
                    if n.group is not None
                    and (self._joined(n.first) or self.names.joins(who.last, n.first))
                    and not self.page.signal(n.last, "speech", "verb")
                ),
                None,
            )
        return found

    def _objects(self, who: Naming, first: int) -> bool:
        """Whether another verb governs a name: "blamed X and Y denied it"."""
        return self.page.signals.any(max(first, who.first - 4), who.first, "blame")

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
                for n in self.names.between(first, last)
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
        if nxt in ("both", "two", "all"):
            return False
        if nxt == "to" and page.signals.any(claim.last, min(last, claim.last + 4), "deed", "did"):
            return False  # "claimed to have fired the rockets"
        return nxt in ("that", "to") or page.number(claim.last) is not None or nxt == "lives"

    def _agent(self, act: Signal, first: int, last: int) -> Naming | None:
        """The group that does it: the nearest named one, before or after."""
        if not self._arabic:
            return self._english_agent(act, first, last)
        quoted = self.names.quoted(act.last, last, reach=2)
        itself = self.page.words(act.first, act.last).startswith(_OF_ITSELF)
        if quoted is not None and act.kind == "claim" and not itself and not self._of_own_men(act):
            return quoted
        if act.kind == "claim" and (unknown := self.names.unknown(act.last, last)) is not None:
            return unknown
        before = self.names.between(max(first, act.first - _REACH), act.first)
        after = self.names.between(act.last, min(last, act.last + _REACH))
        relative = (
            act.first > first and self.page.tokens[act.first - 1].text.lstrip("وف") in _RELATIVE
        )
        after = [n for n in after if not self._clause_between(act.last, n.first)]
        if itself:
            after = []  # «زاعماً أنه استهدف عناصر من الحشد»: the speaker, not the hit
        if relative:
            ordered = after[:1] or [n for n in before if act.first - 1 - n.last <= 1]
        else:
            ordered = [*after[:1], *reversed(before)]
            if before and (not after or self._right_before(before[-1], act)):
                ordered = [before[-1], *after]
        return self._chosen(ordered)

    def _right_before(self, who: Naming, act: Signal) -> bool:
        """«حركة النجباء نفت»; not «اتهم جيش المهدي، فيما نفى مكتب الصدر»."""
        between = {self.page.tokens[i].text for i in range(who.last, act.first)}
        return act.first - who.last <= 2 and not between & _OTHER_CLAUSE

    def _chosen(self, ordered: list[Naming]) -> Naming | None:
        """The first that is named; of several words for one group the first in the text."""
        named = [n for n in ordered if not n.vague]
        if not named:
            return ordered[0] if ordered else None
        chosen = named[0]
        if chosen.state:
            return chosen
        same = [n for n in named if n.group is not None and n.group == chosen.group]
        return min(same, key=lambda n: n.first) if same else chosen

    def _english_agent(self, act: Signal, first: int, last: int) -> Naming | None:
        """ "X claimed", "claimed by X", "Claiming it, X vowed", "… we struck, said X"."""
        page = self.page
        by = self._by_whom(act, last)
        if by is not None:
            return by
        before = self.names.between(max(first, act.first - _LONG_REACH), act.first)
        before = [n for n in before if not self.names.apposed(n, before)]
        if act.first - first <= 2 or not before:
            unknown = self.names.capitalised_before(act.first, first)
            if unknown is not None and not before:
                return unknown
        after: list[Naming] = []
        if act.first - first <= 2 or page.words(act.first, act.last).startswith(("we ", "our ")):
            after = self.names.between(act.last, min(last, act.last + _REACH))
        if not before and not after:
            found = page.signals.between(act.last, min(last, act.last + _REACH), "speech", "verb")
            after = self.names.between(act.last, min(last, found[0].last + 8)) if found else []
        return self._chosen([*reversed(before), *after])

    def _by_whom(self, act: Signal, last: int) -> Naming | None:
        """Who stands behind "by": "was claimed by", "a claim by", "in the name of"."""
        page = self.page
        words = page.words(act.first, act.last)
        start = act.last if words.endswith((*_SIGNED, " by", " from")) else None
        for i in range(act.last, min(last, act.last + 6)):
            if page.tokens[i].text in ("by", "from"):
                start = i + 1
                break
            if page.tokens[i].text in ",;." or page.signals.any(i, i + 1, "group"):
                break
        if start is None:
            return None
        named = self.names.between(start, min(last, start + 10))
        plain = self.names.capitalised(start, last)
        if plain is not None and not any(n.first <= plain.first + 1 for n in named):
            return plain
        return self._chosen(named) if named else plain

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
            for who in told:
                yield Responsibility(act, who, blame.first, blame.last, sentence)
        yield from self._did_it(sentence, first, last)

    def _unblaming(self, blame: Signal, first: int) -> bool:
        """«نفى وقوفه وراء القصف», "did not blame", «استبعد أن …»."""
        page = self.page
        i = blame.first
        words = page.words(i, blame.last)
        stands = words in ("وقوف", "بالوقوف وراء") or words.startswith(("مسؤول", "مسوول"))
        return (
            (stands and page.signals.any(max(first, i - 8), i, "deny"))
            or page.signals.any(max(first, i - 2), i, "negation")
            or self._doers.doubted(i, first)
        )

    def _of_other_things(self, blame: Signal, last: int) -> bool:
        """ "responsible for security", "accused of arming them", "carried out by its men"."""
        page = self.page
        words = page.words(blame.first, blame.last)
        if "responsible" in words and not page.signals.any(
            blame.last, min(last, blame.last + 6), "trigger"
        ):
            return True
        if words.startswith("accus") and not self._accused_of_attack(blame.first, last):
            return True
        by = page.tokens[min(last, blame.last) - 1].text == "by" and blame.last < last
        return by and page.tokens[blame.last].text in _HIS

    def _credited(self, blame: Signal, sentence: int, last: int) -> list[Responsibility] | None:
        """The claims in a statement ascribed to a group, where no attack is ascribed to it."""
        words = words_stem(self.page.words(blame.first, blame.last))
        if not words.startswith("نسب") or blame.form.suffix:
            return None
        credit = list(self._takes_credit(blame, sentence, last))
        return credit if credit or not self._ascribes_deed(blame, last) else None

    def _governed(self, blame: Signal, first: int, last: int) -> list[Naming] | None:
        """Who is blamed by the way the verb is built; none where that does not tell."""
        words = words_stem(self.page.words(blame.first, blame.last))
        if words.startswith("نسب") and blame.form.suffix:  # «نسبه إلى القاعدة»
            return self._together(self._to_whom(blame, last), last)
        if not self._arabic and self._undergoes(blame):
            return self._together(self._blamed(blame, first, last), last)
        before_it = self._him(blame, first, last)
        if before_it is not None:
            return [before_it]
        if words.startswith(_TO_WHOM):
            return self._together(self._to_whom(blame, last), last)
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
        passive = words in _BEHIND or words.startswith(_WHO_DID)
        if passive and self._asks_who(blame):
            return "attributes", []
        if passive and before and self._doers.conditional(before[-1].first, first):
            return "attributes", []
        after = [n for n in after if not self._speaks(n, blame.last)]
        if self._arabic and len(after) > 1 and self._accuser(after, blame.last):
            after = after[1:]
        quoted = self.names.quoted_before(i, first) if passive else None
        if quoted is not None:
            before = [quoted]
        options = [*reversed(before), *after] if passive else after
        if self._arabic and not passive and "تهم" in words:
            options = list(takewhile(partial(self._charged, last=last, blame=i), options))
        owned = next((w for w in after if self._has_responsibility(w.last)), None)
        if owned is not None:  # «حمّل الناطق … التحالف الدولي مسؤولية ما جرى»
            return "attributes", self._together(owned, last, act=last, first=blame.last)
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
            return act, self._together(who, last, act=i, first=first)
        return "attributes", []

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
        if "مسؤولي" not in near and not near.startswith(_CHARGES):
            return None
        before = self.names.between(max(first, blame.first - _REACH), blame.first)
        named = [n for n in before if not n.vague and not n.state]
        return named[-1] if named else None

    def _to_whom(self, blame: Signal, last: int) -> Naming | None:
        """«عزا ضابط الهجوم إلى جيش المهدي», «ربط الهجوم بفيلق القدس»: behind the preposition."""
        page = self.page
        linked = words_stem(page.words(blame.first, blame.last)).startswith("ربط")
        for at in range(blame.last, min(last, blame.last + _REACH)):
            text = page.tokens[at].text
            to = text.startswith("ب") and page.signal(at, "group") if linked else text == "الي"
            if text in _TO_THEM:  # «كان محلل قد نسبه إليها»: the one named last
                return self.names.latest_before(blame.first)
            named = self.names.between(at, min(last, at + 12)) if to else []
            named = [n for n in named if n.first < at + 5]
            group = page.signal(at + 1, "blamed_group") if to and at + 1 < last else None
            if not named and group is not None:
                named = [self.names.known(group)]
            if named:
                return named[0]
            if text in "،؛.":
                return None
        return None

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
        if self._arabic or not words.startswith(("responsible", "as ")):
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
        if not words.endswith("for") and page.tokens[blame.last].text != "for":
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

    def _of_own_men(self, claim: Signal) -> bool:
        """«قال إن مقاتليه دكوا القاعدة»: a claim where a deed follows."""
        return (
            self._arabic
            and claim.last - claim.first == 2
            and (self.page.tokens[claim.last - 1].text.startswith(_MEN))
        )

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
            s.kind == "speaker" and int(s.sub) >= OFFICIAL and s.last >= who.last
            for s in self.page.signals.by_first.get(who.first, ())
        )

    def _takes_credit(self, verb: Signal, sentence: int, last: int) -> Iterator[Responsibility]:
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
        if who.first - after > 1 or self.page.tokens[after - 1].text in _ONTO:
            return False
        return (
            who.state
            or self.page.signals.any(who.first, who.first + 1, "speaker")
            or self._one_breath(who.last, named[1].first)
            or (
                not self._charge_at(who.last)
                and not self._joined(named[1].first)
                and self._charge_at(named[1].last)
                and not self.page.signals.any(who.last, named[1].first, "blame")
            )
        )

    def _charge_at(self, i: int) -> bool:
        """Whether the charge stands right behind a name: «القوات الأمريكية بإخفاء …»."""
        tokens = self.page.tokens
        text = tokens[i].text if i < len(tokens) else ""
        return text.startswith("ب") and len(text) > 4

    def _one_breath(self, first: int, last: int) -> bool:
        """Whether nothing joins or parts two names: «اتهم مكتب الصدر القوات الأمريكية»."""
        page = self.page
        return not self._joined(last) and not any(
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
            if page.tokens[k].text in ("that", "which", "who"):
                break  # "of arming the militias that fired the rockets"
            if page.tokens[k].text == "of":
                of = next((n for n in range(k, k + 6) if page.signals.any(n, n + 1, "trigger")), k)
                inside = {t.text for t in page.tokens[k:of]}
                if of > k and not inside & {"that", "which", "who"}:
                    return True
            if page.signals.any(k, k + 1, "blame") and k > i:
                return True
        # "the camp's leaders accused the Quds Force;" says of what by standing here
        return any(
            n.group is not None and not n.vague and self._ends_charge(n.last)
            for n in self.names.between(i, min(last, i + 6))
            if n.last < len(page.tokens)
        )

    def _ends_charge(self, i: int) -> bool:
        """ "accused American forces, but …": nothing more is said of what."""
        tokens = self.page.tokens
        turn = i + 1 < len(tokens) and tokens[i + 1].text in ("but", "while", "though", "which")
        return tokens[i].text in ".;" or (tokens[i].text == "," and turn)

    def _did_it(self, sentence: int, first: int, last: int) -> Iterator[Responsibility]:
        """Who is told to have done it, and nobody is quoted as blaming."""
        page = self.page
        if page.signals.any(first, last, "nonevent", "threat"):
            return
        for who, start, end in self._doers.read(first, last):
            if self._arabic and page.signals.any(self._said_from(who, first), end, "negation"):
                continue
            if self._claim_before(who, first):
                continue
            own = self._doers.boasts(who, first) or self._in_statement(who, first)
            act: Act = "claims" if own else "attributes"
            for one in self._together(who, last, act=max(start, who.last), first=first):
                yield Responsibility(act, one, start, end, sentence, narrated=True)

    def _said_from(self, who: Naming, first: int) -> int:
        """Where the words about a doer begin: «لا يتردد: "فصائل … هي التي تضرب"» denies nothing."""
        start = max(first, who.first - 6)
        marks = (k + 1 for k in range(who.first - 1, start, -1) if self.page.tokens[k].text == ":")
        return next(marks, start)

    def _in_statement(self, who: Naming, first: int) -> bool:
        """Whether its own statement tells of the deed: «ظهر على منتدى بيان يقول إن X ضربت»."""
        if who.state:
            return False
        if self.page.statement or self._by_own_statement(who):
            return True
        words = [
            t.text.lstrip("و") for t in self.page.tokens[max(first, who.first - 20) : who.first]
        ]
        posted = any(w.removeprefix("ال").startswith(_POSTED) for w in words)
        return posted and any(a in _UNSIGNED and b in _READS for a, b in pairwise(words))

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

    def _denials(self, sentence: int, first: int, last: int) -> Iterator[Responsibility]:
        page = self.page
        for denial in page.signals.between(first, last, "deny", "any"):
            if denial is not page.signal(denial.first, "deny", "any"):
                continue
            if self._undenied(denial, first):
                continue
            words = page.words(denial.first, denial.last)
            disowns = any(stem in words for stem in DISOWN)
            if not disowns and not self._of_responsibility(denial, first, last):
                continue
            act: Act = "disowns" if disowns else "denies"
            for one in self._deniers(denial, first, last):
                yield Responsibility(act, one, denial.first, denial.last, sentence)
        yield from self._refutations(sentence, first, last)

    def _undenied(self, denial: Signal, first: int) -> bool:
        """ "neither confirmed nor denied", «لم ينف», «ما يؤكد أو ينفي»."""
        page = self.page
        words = page.words(denial.first, denial.last)
        if words.startswith(_ITSELF):
            return self._keeps_off(denial, first) is None
        if words.startswith(_NO_PART):
            return False
        before = [page.tokens[k].text for k in range(max(first, denial.first - 3), denial.first)]
        if not self._arabic:
            return bool({"not", "nor", "neither", "without"} & set(before))
        return bool(before) and (before[-1] in ("لم", "ولم", "لا", "ولا", "او") or "دون" in before)

    def _keeps_off(self, denial: Signal, first: int) -> int | None:
        """«نأت كتائب سيد الشهداء بنفسها عن الواقعة»: where its verb stands."""
        before = range(denial.first - 1, max(first, denial.first - 9) - 1, -1)
        return next((k for k in before if self.page.tokens[k].text.lstrip("و") in _KEEPS), None)

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
        if words.startswith(_NO_PART) or any(part in words for part in _PART):
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
            and not page.signals.any(subject, near, "casualty")
            and not page.signals.any(subject, near, "trigger", "fall")
        )

    def _doing(self, i: int) -> bool:
        """ "denied shelling the village"."""
        deed = self.page.signal(i, "deed", "did") if i < len(self.page.tokens) else None
        return deed is not None and self.page.tokens[i].text.endswith("ing")

    def _own_deed(self, first: int, last: int) -> bool:
        """ "denied that its forces had shelled the area", not "that it had been hit"."""
        page = self.page
        words = {page.tokens[k].text for k in range(first, min(last, first + 4))}
        if self._arabic or not words & (_HIS | {"it", "they", "he"}):
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
        return page.signals.any(start, denial.first, "blame")

    def _points_back(self, denial: Signal, last: int) -> bool:
        """«نفت ذلك», «نفاه», "denied it": what was said before is denied."""
        page = self.page
        words = page.words(denial.first, denial.last)
        if words.endswith(("ه", "ها")) or words in ("نفيا", "تكذيبا"):
            return True
        follows = page.tokens[denial.last].text if denial.last < last else "."
        return follows in _POINTING

    def _deniers(self, denial: Signal, first: int, last: int) -> list[Naming]:
        """Who denies; «نفى مكتب الصدر أن يكون جيش المهدي قد قصف» clears the army."""
        verb = self._keeps_off(denial, first)
        if verb is not None and self.page.words(denial.first, denial.last).startswith(_ITSELF):
            return self.names.between(verb + 1, denial.first)[:2]
        cleared = self._cleared(denial, last)
        who = cleared or self._agent(denial, first, last) or self._named_before(denial, first, last)
        if who is not None and who.state and self._is_of(who):
            ministry = self._officials(denial, first, last)
            if ministry:
                return ministry  # «نفت وزارة الدفاع أي دور للقوات الحكومية»
        if who is None:
            return self._officials(denial, first, last)
        if who.state and (officials := self._subject_official(denial, who.last)):
            return officials
        return self._together(who, last, act=denial.first, first=first)

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
        for at in range(denial.last, min(last - 1, denial.last + _REACH)):
            text = page.tokens[at].text
            if text in "؛." or (self._arabic is False and text in ",;"):
                return None
            start = None
            if text == "ان" and page.tokens[at + 1].text in ("يكون", "تكون"):
                start = at + 2
            elif text == "that" or page.signal(at, "involved") is not None:
                start = at + 1
            if start is not None:
                named = self.names.between(start, min(last, start + 3))
                if named and named[0].first <= start + 1 and not named[0].vague:
                    return named[0]
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
            if s.sub in ("3", "4")
        ]
        if not speakers:
            return []
        best = max(speakers, key=lambda s: s.last - s.first)
        return [Naming(page.original(best.first, best.last), best.first, best.last)]

    def _refutations(self, sentence: int, first: int, last: int) -> Iterator[Responsibility]:
        """ "dismissed the accusation", "called the charge absurd", «وصف الاتهام بأنه باطل»."""
        page = self.page
        for verb in page.signals.between(first, last, "refute", "any"):
            if not self._refutes(verb, last):
                continue
            for one in self._refuters(verb, first, last) or (
                self._official_beside(verb, first, last) if self._blamed_before(verb, first) else []
            ):
                if not one.vague:
                    yield Responsibility("denies", one, verb.first, verb.last, sentence)

    def _refuters(self, verb: Signal, first: int, last: int) -> list[Naming]:
        """Who brushes the charge aside: whoever stands with the verb, not who was named before."""
        page = self.page
        if not self._arabic:
            who = self._english_agent(verb, first, last)
            who = who or self._named_before(verb, first, last)
            return self._together(who, last, act=verb.first, first=first)
        stop = next(
            (
                k
                for k in range(verb.last, min(last, verb.last + _REACH))
                if page.signal(k, "refute", "charge") or page.signal(k, "speech", "that")
            ),
            verb.last,
        )
        after = self.names.between(verb.last, stop)
        before = self.names.between(max(first, verb.first - 9), verb.first)
        if after:
            return self._together(after[0], stop)
        joined = self.page.tokens[verb.first - 1].text in (
            "اذ",
            "حيث",
            "التي",
            "الذي",
            "لكنها",
            "لكنه",
        )
        if before and (joined or self._right_before(before[-1], verb)):
            return [before[-1]]
        found = self._named_before(verb, first, last) if stop == verb.last else None
        return [found] if found is not None else []

    def _refutes(self, verb: Signal, last: int) -> bool:
        page = self.page
        near = min(last, verb.last + 8)
        charge = page.signals.any(verb.last, near, "refute", "charge")
        words = page.words(verb.first, verb.last)
        if words_stem(words).startswith(_CALLS):
            charges = page.signals.between(
                verb.last, min(last, verb.last + _LONG_REACH), "refute", "charge"
            )
            return any(
                page.signals.any(verb.last, min(last, c.last + 7), "refute", "false")
                for c in charges[:1]
            )
        return charge or (
            page.tokens[verb.first - 1].text in PASSIVE_EN and self._charge_before(verb)
        )

    def _charge_before(self, verb: Signal) -> bool:
        """ "The accusation was rejected by X"."""
        return self.page.signals.any(max(0, verb.first - 8), verb.first, "refute", "charge")

    def _having_struck(self, i: int, last: int) -> bool:
        """«أن يكون فصيله قد استهدف العاصمة»: what is denied is the deed."""
        page = self.page
        for at in range(i, min(last - 1, i + _REACH)):
            if page.tokens[at].text == "ان" and page.tokens[at + 1].text in ("يكون", "تكون"):
                return page.signals.any(at, min(last, at + 8), "trigger", "target", "attack")
        return False


def words_stem(words: str) -> str:
    """A verb without «و» in front."""
    return words.removeprefix("و").removeprefix("ي").removeprefix("ت")


_LONG_LIST = 32
_TO_WHOM = ("عزا", "عزت", "عزو", "ارجع", "رجع", "ربط")
_DEEDS = ("airstrike", "attack", "target", "launch")
# denials that say of what without naming it
_NO_PART = (
    *("had not fired", "has not fired", "did not fire", "was not behind", "were not behind"),
    *("nothing to do with", "had no hand", "no hand in", "not our", "not its", "knows nothing"),
    *("knew nothing", "no knowledge", "لا علاقه ل", "لا يد ل", "لا صله ل"),
    *("بريئه من", "بريي من", "بريء من", "براء من", "لا علم", "لا شان", "لا دخل", "لا ضلع"),
    *(
        "none of",
        "no connection",
        "no link",
        "no part",
        "no role",
        "not involved",
        "not responsible",
    ),
    *("no responsibility", "played no", "took no part", "washed", "disclaim", "ليس ل", "ليست ل"),
    *("بنفسها عن", "بنفسه عن", "بانفسهم عن"),
    *("غير معني", "غير مسوول", "غير ضالع", "غير متورط", "نات بنفسها", "ناي بنفسه", "بنفسيهما"),
    *(
        "براءت",
        "not the work",
        "not the doing",
        "not of its",
        "ليس من",
        "غسل",
        "نفض",
        "لا صله",
        "عدم ",
    ),
)
_MILITIAS = frozenset("ميليشيات مليشيات الميليشيات المليشيات".split())
_ITSELF = ("بنفسها عن", "بنفسه عن", "بانفسهم عن")
_KEEPS = frozenset("ناي نات تناي يناي ناوا".split())
_TO_THEM = frozenset("اليها اليه اليهم".split())
_ONTO = frozenset("علي الي نحو".split())
_HOLDS = frozenset("held holds hold holding".split())
_NAMES_AS = frozenset(
    "named names naming identified identifies identifying cited described singled saw".split()
)
_ASIDES = frozenset("فيه فيها بدورها بدوره اي ايه كذلك ايضا".split())
_AUXILIARY = frozenset("has had have also later flatly then categorically strongly".split())
_STOPS = frozenset(", ; ، ؛ . and".split())
_SO_DID = frozenset(
    (
        *("so did", "so has", "so have", "as did", "as has", "ومثلها فعل", "ومثله فعل"),
        *("ومثلها فعلت", "ومثله فعلت", "وكذلك فعل", "وكذلك فعلت", "كما فعل", "كما فعلت"),
        *("وهكذا فعل", "وهكذا فعلت"),
    )
)
_SO = frozenset(words.split()[0] for words in _SO_DID)
_HIS = frozenset("its their his our".split())
_PARTIES = frozenset("جهه جهات اطراف طرف مجموعه مجموعات قوي عناصر اشخاص جماعات جماعه".split())
# where a statement without a sender is found, and what it says
_POSTED = (
    *("منتد", "موقع", "مواقع", "انترنت", "تلغرام", "تيليغرام", "تليغرام"),
    *("website", "online", "internet", "forum", "telegram", "web"),
)
_UNSIGNED = frozenset("بيان بيانا رساله تسجيل statement message website forum posting".split())
_READS = frozenset("يقول تقول جاء يفيد يزعم مفاده فيه said says saying that claiming".split())
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
_PART = ("involve", "responsib", "any part", "صلت", "علاقت", "مسؤوليت", "ضلوع", "تورط", "وقوف")
_MEN = ("مقاتلي", "مجاهدي", "رجال", "عناصر")
_OF_ITSELF = ("انه ", "انها ", "انهم ")
_SPOKESMEN = frozenset("ممثل ناطق متحدث مندوب نائب زعيم قيادي".split())
_LEADERS = frozenset("زعيم قائد امين رئيس الناطق المتحدث ناطق متحدث قيادي امير مؤسس مسؤول".split())
_WHO_DID = ("هي من ", "هو من ", "هم من ", "هي التي ", "هو الذي ")
_OTHER_CLAUSE = frozenset("، ؛ فيما بينما لكن لكنه غير الا".split())
_SIGNED = ("signed by the", "signed by", "in the name of the", "in the name of", "signed for")
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
        "responsible",
        "to blame",
        "the culprit",
        "the culprits",
        "bore responsibility",
        "bears responsibility",
        "bore full responsibility",
        "bears full responsibility",
        "bore the responsibility",
        "bears the responsibility",
        "prime suspect",
        "prime suspects",
        "usual suspects",
        "main suspect",
        "main suspects",
        "which carried it out",
        "هي المنفذه",
        "هو المنفذ",
        "هم المنفذون",
        "هي الجهه المنفذه",
        "يقف خلف",
        "تقف خلف",
        "يقفون خلف",
        "يقفون وراء",
        "مسؤوله عن",
        "هم الجناه",
        "هم الفاعلون",
        "مسؤولا عن",
        "مسؤوله مسؤوليه مباشره",
        "مسؤوله مسؤوليه كامله",
        "مسؤول مسؤوليه مباشره",
        "مسؤولين عن",
        "مسوولا عن",
        "مسوولين عن",
        "مسؤول عن",
        "مسؤولون عن",
        "مسووله عن",
        "مسوول عن",
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
DISOWN = (
    "تبرا",
    "تبرو",
    "تبري",
    "متنصل",
    "تتبرا",
    "تنصل",
    "تتنصل",
    "disown",
    "disavow",
    "distanced",
    "walked away",
)
