"""Who stands for the doer of what a word tells: subjects, "by …", those named together."""

from __future__ import annotations

from extraction.page import Page
from extraction.text.signals import Signal
from extraction.who.namings import Naming, Namings
from extraction.who.voices import OFFICIAL

REACH = 16
LONG_REACH = 24
_STOPS = frozenset(", ; ، ؛ . and".split())
_MEN = ("مقاتلي", "مجاهدي", "رجال", "عناصر")
_OF_ITSELF = ("انه ", "انها ", "انهم ")
_LEADERS = frozenset(
    "زعيم قائد امين رئيس الناطق المتحدث ناطق متحدث قيادي القيادي امير مؤسس مسؤول المقرب احد معاون "
    "عضو ممثل مستشار".split()
)
_OTHER_CLAUSE = frozenset("، ؛ فيما بينما لكن لكنه غير الا".split())
_LED = frozenset("يتزعمها يتزعمه يقودها يقوده يراسها يراسه بزعامه بقياده بامره".split())
_ONE_OF_THE = frozenset("ابرز اكبر كبري اشهر اخطر احدي".split())
_LED_WITHIN = 3
SIGNED = ("signed by the", "signed by", "in the name of the", "in the name of")
# (Arabic verbs without the letter of the person)
_DELAYS = frozenset(
    "time sooner secret hesitation doubt bones ردد تردد تاخر تاخرت لبث نتظر انتظر مض باطا توان "
    "مر".split()
)
_RELATIVE = frozenset("التي الذي اللذين الذين ما مما".split())


class Agents:
    """Finds who stands for the doers around a word of one page."""

    def __init__(self, page: Page, names: Namings) -> None:
        self.page = page
        self.names = names
        self._arabic = page.lang == "ar"

    def nobody(self, first: int, last: int) -> bool:
        return self.page.signals.any(first, last, "nobody")

    def _not_so_slow(self, i: int) -> bool:
        """ "lost no time in", «لم تتأخر في», «لم يلبث أن»: what was done at once."""
        tokens = self.page.tokens
        return i + 1 < len(tokens) and tokens[i + 1].text.lstrip("تي") in _DELAYS

    def negated(self, signal: Signal, first: int) -> bool:
        page = self.page
        stop = next(
            (
                k
                for k in range(signal.last, min(len(page.tokens), signal.last + 6))
                if page.tokens[k].text in _STOPS
            ),
            signal.last + 6,
        )
        if self.nobody(max(first, signal.first - 7), stop):
            return True
        if signal.kind == "claim" and self._arabic:
            # «الذي لم يصدر عنه ما يفيد بتبني القصف»
            for i in range(signal.first - 1, max(first, signal.first - 8) - 1, -1):
                if page.tokens[i].text in "،؛" or page.signal(i, "group") is not None:
                    break
                if page.tokens[i].text == "حتي":
                    return False  # «ولم تمض ساعة حتى تبنت …»
                if page.signal(i, "negation") is not None:
                    return not self._not_so_slow(i)
        if not self._arabic and any(
            page.tokens[k].text == "neither"
            for k in range(max(first, signal.first - 14), signal.first)
        ):
            return True
        near = page.signals.between(max(first, signal.first - 3), signal.first, "negation")
        return any(not self._not_so_slow(n.first) for n in near)

    def together(
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
                    if (n.group is not None or self._and(n.first))
                    and (self.joined(n.first) or self.names.joins(who.last, n.first))
                    and not self.page.signal(n.last, "speech", "verb")
                    and not self._owner(n)
                ),
                None,
            )
        return found

    def _objects(self, who: Naming, first: int) -> bool:
        """Whether another verb governs a name: "blamed X and Y denied it"."""
        return self.page.signals.any(max(first, who.first - 4), who.first, "blame")

    def _owner(self, who: Naming) -> bool:
        """ "the Islamic State of Iraq, al-Qaida's local wing": only says who the first is."""
        tokens = self.page.tokens
        return tokens[who.last - 1].text.endswith("'s") and tokens[who.first - 1].text == ","

    def _and(self, first: int) -> bool:
        """Whether "and", no mere comma, stands before a name that nobody knows."""
        return not self._arabic and self.page.tokens[first - 1].text == "and"

    def joined(self, first: int) -> bool:
        """Whether «و», "and" or the comma of a list stands before a name."""
        tokens = self.page.tokens
        at = first - 1 if tokens[first - 1].text != "the" else first - 2
        return tokens[first].text.startswith("و") or tokens[at].text in ("and", ",", "،")

    def named_next(self, sentence: int) -> Naming | None:
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

    def agent(self, act: Signal, first: int, last: int) -> Naming | None:
        """The group that does it: the nearest named one, before or after."""
        if not self._arabic:
            return self.english_agent(act, first, last)
        quoted = self.names.quoted(act.last, last, reach=2)
        itself = self.page.words(act.first, act.last).startswith(_OF_ITSELF)
        if quoted is not None and act.kind == "claim" and not itself and not self.of_own_men(act):
            return quoted
        before = self.names.between(max(first, act.first - REACH), act.first)
        before = [n for n in before if n is before[0] or not self._describes(n)]
        after = self.names.between(act.last, min(last, act.last + REACH))
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
            if before and (not after or self.right_before(before[-1], act)):
                ordered = [before[-1], *after]
        return self._chosen(ordered)

    def _describes(self, who: Naming) -> bool:
        """«الجماعة التي يتزعمها X», «وهو من أبرز المجموعات السنية»: tells of the one before."""
        words = self.page.texts[max(0, who.first - _LED_WITHIN) : who.first]
        return any(word in _LED or word in _ONE_OF_THE for word in words)

    def right_before(self, who: Naming, act: Signal) -> bool:
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
        return chosen._replace(name=min(same, key=lambda n: n.first).name) if same else chosen

    def english_agent(self, act: Signal, first: int, last: int) -> Naming | None:
        """ "X claimed", "claimed by X", "Claiming it, X vowed", "… we struck, said X"."""
        page = self.page
        by = self._by_whom(act, last)
        if by is not None:
            return by
        before = self.names.between(max(first, act.first - LONG_REACH), act.first)
        before = [n for n in before if not self.names.apposed(n, before)]
        if act.first - first <= 2 or not before:
            unknown = self.names.capitalised_before(act.first, first)
            if unknown is not None and not before:
                return unknown
        after: list[Naming] = []
        if act.first - first <= 2 or page.words(act.first, act.last).startswith(("we ", "our ")):
            after = self.names.between(act.last, min(last, act.last + REACH))
        if not before and not after:
            found = page.signals.between(act.last, min(last, act.last + REACH), "speech", "verb")
            after = self.names.between(act.last, min(last, found[0].last + 8)) if found else []
        return self._chosen([*reversed(before), *after])

    def _by_whom(self, act: Signal, last: int) -> Naming | None:
        """Who stands behind "by": "was claimed by", "a claim by", "in the name of"."""
        page = self.page
        words = page.words(act.first, act.last)
        start = act.last if words.endswith((*SIGNED, " by", " from")) else None
        passive = page.tokens[act.first - 1].text in ("was", "were", "been") if act.first else False
        ends = ";." if passive else ",;."  # "was claimed, hours later, by X"
        for i in range(act.last, min(last, act.last + 6)):
            if page.tokens[i].text in ("by", "from"):
                start = i + 1
                break
            if page.tokens[i].text in ends or i in page.first["group"]:
                break
            if act.kind != "claim" and page.signal(i, "refute", "charge") is not None:
                break  # "rejected as baseless the claim by a minister"
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

    def of_own_men(self, claim: Signal) -> bool:
        """«قال إن مقاتليه دكوا القاعدة»: a claim where a deed follows."""
        return (
            self._arabic
            and claim.last - claim.first == 2
            and (self.page.tokens[claim.last - 1].text.startswith(_MEN))
        )

    def passive(self, claim: Signal) -> bool:
        page = self.page
        if not page.words(claim.first, claim.last).startswith(_OF_ITSELF):
            return False
        follows = page.tokens[claim.last].text if claim.last < len(page.tokens) else ""
        return "أُ" in page.original(claim.first, claim.last) or follows == "من"

    def official(self, who: Naming) -> bool:
        """«الخلية» speaks for the state; it claims no attack."""
        if who.group is not None:
            return False
        return any(
            s.kind == "speaker" and int(s.sub) >= OFFICIAL and s.last >= who.last
            for s in self.page.signals.by_first.get(who.first, ())
        )
