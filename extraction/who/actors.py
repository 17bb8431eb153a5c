"""Who did it, as told: claims of responsibility, attributions, denials and disavowals."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from extraction.page import Page
from extraction.text.marks import mark
from extraction.who.agents import SIGNED, Agents
from extraction.who.blames import Blames
from extraction.who.claims import Claims
from extraction.who.disavowals import Disavowals
from extraction.who.doers import Doers
from extraction.who.namings import Namings
from extraction.who.responsibility import Responsibility
from extraction.who.sayings import Sayings

_BRIEF = 6
_RATHER_WITHIN = 3
_FAR = 12
_SO_DID = frozenset(
    (
        *("so did", "so has", "so have", "as did", "as has", "ومثلها فعل", "ومثله فعل"),
        *("ومثلها فعلت", "ومثله فعلت", "وكذلك فعل", "وكذلك فعلت", "كما فعل", "كما فعلت"),
        *("وهكذا فعل", "وهكذا فعلت"),
    )
)
_SO = frozenset(words.split()[0] for words in _SO_DID)
_OPENS_SO = mark(lambda word, _: word in _SO)


class ActorReader:
    """Reads who claims, is blamed and denies, sentence by sentence."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.names = Namings(page)
        self._latest: Responsibility | None = None
        self._sayings = Sayings(page, self.names)
        self._arabic = page.lang == "ar"
        self._so = page.where(_OPENS_SO)
        self._agents = Agents(page, self.names)
        doers = Doers(page, self.names, self._sayings)
        self._claims = Claims(page, self.names, self._agents)
        self._blames = Blames(page, self.names, self._agents, self._claims, doers)
        self._disavowals = Disavowals(page, self.names, self._agents)

    def read(self, sentence: int) -> list[Responsibility]:
        """The acts of one sentence, in order."""
        first, last = self.page.bounds[sentence]
        found = [
            *self._claims.read(sentence, first, last),
            *self._said(sentence, first, last),
            *self._claims.own_claim(sentence, first, last),
            *self._claims.admissions(sentence, first, last),
            *self._claims.boasts(sentence, first, last),
            *self._claims.raids(sentence, first, last),
            *self._blames.read(sentence, first, last),
            *self._disavowals.read(sentence, first, last),
        ]
        found = [self._rather(act, first, last) for act in found]
        found += self._likewise(found, sentence, first, last)
        self._latest = found[-1] if found else None
        unique: dict[tuple[str, str], Responsibility] = {}
        again: list[Responsibility] = []
        for item in (one._replace(who=self.names.in_full(one.who)) for one in found):
            told = unique.setdefault((item.act, item.who.name), item)
            if item.act == "claims" and item.first - told.first > _FAR:
                again.append(item)  # "claimed the first and, in a second statement, the other"
        agreed = self._agreeing(unique)
        kept = {(r.act, r.who.name) for r in agreed}
        agreed += [r for r in again if (r.act, r.who.name) in kept]
        return sorted(agreed, key=lambda r: r.first)

    def _rather(self, act: Responsibility, first: int, last: int) -> Responsibility:
        """«لم يوجه الاتهام إلى القاعدة، بل إلى مجموعة خاصة», "not on X but on Y": the latter."""
        page = self.page
        if act.act != "attributes":
            return act
        start = min(act.first, act.who.first)
        reach = range(act.who.last, min(last, act.who.last + _RATHER_WITHIN))
        turn = next((i for i in reach if page.texts[i] in ("بل", "but")), None)
        if turn is None or not page.signals.any(max(first, start - _BRIEF), start, "negation"):
            return act
        named = self.names.between(turn + 1, min(last, turn + _BRIEF))
        return act._replace(who=named[0]) if named else act

    def _likewise(
        self, found: list[Responsibility], sentence: int, first: int, last: int
    ) -> list[Responsibility]:
        """ "so did X", «ومثلها فعل اللواء»: the act told before, of another."""
        page = self.page
        same: list[Responsibility] = []
        so = self._so
        for i in so[bisect_left(so, first) : bisect_left(so, last - 1)]:
            if page.words(i, i + 2) not in _SO_DID:
                continue
            told = next((r for r in reversed(found) if r.first < i), self._latest)
            named = self.names.between(i + 2, min(last, i + 7))
            if told is not None and named:
                same.append(told._replace(who=named[0], first=i, last=i + 2, sentence=sentence))
        return same

    def _in_its_name(self, act: Responsibility) -> bool:
        """ "a letter sent in the name of X said it was none of its doing": no claim by that."""
        return self.page.words(act.first, act.last).endswith(SIGNED)

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
                who = self._agents.named_next(sentence) or who
            if not self._agents.official(who) and (
                act == "denies" or not self._agents.nobody(max(first, i - 7), end + 6)
            ):
                yield Responsibility(act, who, i, end, sentence)
