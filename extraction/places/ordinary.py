"""Names that are ordinary words too, where they are used as words."""

from __future__ import annotations

from collections.abc import Sequence

from extraction.places.account import Room
from gazetteer import Place

_ITSELF = frozenset("نفسه نفسها ذاته ذاتها المذكور المذكوره".split())
# adjectives that a quarter takes too: «الدورة الشرقية»
_OF_QUARTERS = frozenset(
    "الشرقي الشرقيه الغربي الغربيه الشمالي الشماليه الجنوبي الجنوبيه السكني السكنيه الشعبيه "
    "الراقيه الشيعيه السنيه الصناعيه الخلفي الخلفيه".split()
)
_CALLS = frozenset("دعا دعت يدعو تدعو داعيا داعيه دعوه الدعوه سعي يسعي حاجه الحاجه توق".split())


class OrdinaryWords(Room):
    """Tells names that are used as the ordinary words they are too."""

    def means_word(self, last: int, before: Sequence[str], places: Sequence[Place]) -> bool:
        """«الدورة المقبلة», «يعتدي على الشعب»: what stands around it fits the word, not a place."""
        words = self._words
        if self._text.phrase_after(last, words.after_word):
            itself = self._tokens[last].text in _ITSELF
            return not (itself and self._account.accepted & {p.id for p in places})
        if self._qualified(last):
            return True
        if len(before) > 1 and before[0] == "في" and self._text.bare_word(last - 1) in words.bodies:
            return self._text.forms_in(before[1], words.members)  # «طالب في الجامعة»
        if len(before) > 1 and before[0] == "علي" and self._text.forms_in(before[1], words.done_to):
            return True
        wished = before and self._tokens[last - 1].text.startswith("ب")
        if wished and self._text.bare_word(last - 1) in words.plain:
            if any(self._text.forms_in(word, words.wishes) for word in before):
                return True
        # «دعا الخطيب إلى السلام»
        called = before and before[0] == "الي" and self._text.bare_word(last - 1) in words.plain
        return bool(called) and any(self._text.forms_in(word, _CALLS) for word in before[1:])

    def _qualified(self, last: int) -> bool:
        """«النضال السلمي», «الدورة الانتخابية»: an adjective that no quarter is given."""
        if last == len(self._tokens) or not self._text.same_sentence(last, last - 1):
            return False
        word = self._tokens[last].text
        return (
            word.startswith("ال")
            and word.endswith(("ي", "يه"))
            and len(word) > 5
            and self._text.bare_word(last - 1) in self._words.plain
            and word not in _OF_QUARTERS
            and not self._text.index.opens["ar"](word)
        )
