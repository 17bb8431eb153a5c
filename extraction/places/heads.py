"""Words that say what sort of place a name is: «حي», «جسري», "district"."""

from __future__ import annotations

from extraction.places.account import Room
from extraction.places.context import SURE_MATCH, bare_head_of, dual_head_of
from extraction.places.found import FoundPlace
from extraction.places.names import Match
from extraction.text.words import is_arabic

_MAX_HEADS = 2


class Heads(Room):
    """Head words in front of a name and generic words behind it."""

    def heads_before(self, first: int, last: int) -> tuple[int, list[str]]:
        """Head words in front («منطقة حي …») that belong to the name at ``[first, last)``."""
        heads: list[str] = []
        i = first
        if self._lang != "ar" and not is_arabic(self._tokens[first].text):
            while i > self._account.done and len(heads) < 1:
                word = self._tokens[i - 1].text
                if word in ("camp", "hay", "fob", "hayy") and self._text.same_sentence(
                    i - 1, first
                ):
                    heads.append(word)
                    i -= 1
                    continue
                break
            return i, heads
        if self._text.attached(first):
            return i, heads
        while i > self._account.done and len(heads) < _MAX_HEADS:
            if not self._text.same_sentence(i - 1, first):
                break
            word = self._tokens[i - 1].text
            head = bare_head_of(word, self._lang)
            if head is None and not heads and self._another_after(last):
                head = dual_head_of(word)
                self._account.two = (last, head.text) if head is not None else self._account.two
            if head is None:
                break
            heads.append(head.text)
            i -= 1
            if head.prefix:
                break
        return i, heads

    def tails_after(self, last: int) -> tuple[int, list[str]]:
        """Generic words behind an English name that belong to it: Karrada district."""
        tails: list[str] = []
        i = last
        if self._lang == "ar":
            return i, tails
        if self._tokens[last - 1].text.endswith("'s"):
            return i, tails
        while i < len(self._tokens) and len(tails) < 2 and self._text.same_sentence(i, last - 1):
            two = (
                f"{self._tokens[i].text} {self._tokens[i + 1].text}"
                if i + 1 < len(self._tokens)
                else ""
            )
            if two in self._words.heads:
                tails.append(two)
                i += 2
            elif self._tokens[i].text in self._words.heads:
                tails.append(self._tokens[i].text)
                i += 1
            else:
                break
        return i, tails

    def _another_after(self, last: int) -> bool:
        """«فندقي شيراتون وفلسطين»: a second name follows."""
        follows = self._tokens[last].text if last < len(self._tokens) else ""
        return (
            follows.startswith("و")
            and len(follows) > 3
            and self._text.same_sentence(last, last - 1)
        )

    def opens_two(self, match: Match) -> None:
        """Where the name itself begins with the head word of two: «فندقي شيراتون وفلسطين»."""
        if len(match.known.keys) > 1 and self._lang == "ar" and self._another_after(match.last):
            head = dual_head_of(self._tokens[match.first].text)
            self._account.two = (match.last, head.text) if head is not None else self._account.two

    def headed_name(self, i: int) -> Match | None:
        """The name right after a head word that is itself a (poor) match, if there is one."""
        if i + 1 >= len(self._tokens):
            return None
        return self._text.index.at(self._tokens, i + 1, self._text.original)

    def under_head(
        self, head: str, head_first: int, first: int, last: int, prefix: str
    ) -> FoundPlace | None:
        """«جسري الصرافية والأعظمية»: each of them is looked up with the head word of both."""
        start = self._tokens[first].start + len(prefix)
        name = self._text.folded[start : self._tokens[last - 1].end]
        best = next(iter(self._text.gazetteer.lookup(f"{head} {name}", limit=1)), None)
        kinds = self._text.gazetteer.generic_words.get(head)
        if (
            best is None
            or best.score < SURE_MATCH
            or kinds is None
            or best.place.kind not in kinds.kinds
        ):
            return None
        why = f"in the gazetteer ({best.reason})"
        return self._account.found(head_first, last, best.place, 0.9, why)

    def second_of_two(self) -> FoundPlace | None:
        """«فندقي شيراتون وفلسطين»: a second name that is none without its head word."""
        at, head = self._account.two
        if self._text.index.at(self._tokens, at, self._text.original) is not None:
            return None
        found = self.under_head(head, at, at, at + 1, "و")
        return found and found._replace(start=self._tokens[at].start + 1)
