"""Places that the gazetteer does not have, told by a head word: «قرية …», "… market"."""

from __future__ import annotations

from extraction.places.account import Account
from extraction.places.context import ARTICLES, SCHOOLS, SURE_MATCH, head_of, land_of
from extraction.places.evidence import Evidence
from extraction.places.found import FoundPlace
from extraction.places.heads import Heads
from extraction.places.institutions import Institutions
from extraction.places.surroundings import Surroundings
from extraction.text.words import Form, arabic_forms, is_arabic
from gazetteer import Place

_CALENDAR = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april "
    "may june "
    "july august september october november december".split()
)
_OPENERS = frozenset(
    "the a an two three four five six seven eight nine ten one in on at no".split()
)
_UPON_IT = frozenset("عليها عليه فيها فيه بها به منها منه لها له".split())
_EXCHANGE = frozenset(("للاوراق", "للاوراق الماليه"))
_NAME_OPENERS = frozenset("ابو ام البو بني بنت ملا شيخ حاج سيد عبد علي كرد تل خان عين".split())
_NUMBERED = frozenset("شارع حي".split())
_ROUND_NUMBERS = frozenset("عشرين ثلاثين اربعين خمسين ستين سبعين ثمانين تسعين مئه مائه".split())
_METRES = frozenset("متري متر م".split())
_DEMONYMS = frozenset(
    "iraqi iraqis us american iranian sunni shiite shi'ite shia christian british coalition "
    "un turkish french anglican catholic chaldean orthodox syriac armenian protestant "
    "kurdish kurdistan international italian german russian chinese iraq united arab palestinian "
    "minister ministry interior prime their his its new old this that".split()
)


class UnknownNames:
    """Finds and places names that the gazetteer lacks."""

    def __init__(
        self,
        text: Surroundings,
        account: Account,
        heads: Heads,
        evidence: Evidence,
        institutions: Institutions,
    ) -> None:
        self._text = text
        self._tokens = text.tokens
        self._words = text.words
        self._lang = text.lang
        self._account = account
        self._heads = heads
        self._evidence = evidence
        self._institutions = institutions

    def derived(self, first: int, last: int, place: Place) -> FoundPlace | None:
        """«مرآب العلاوي»: a thing named after a known place, put there with its radius."""
        if place.level in ("city", "governorate") and place.radius_m > 12_000:
            return None
        name = self._text.original[self._tokens[first].start : self._tokens[last - 1].end]
        known = next(iter(self._text.gazetteer.lookup(name, limit=1)), None)
        if known is not None and known.score >= SURE_MATCH and known.place.id != place.id:
            return self._account.found(
                first, last, known.place, 0.92, f"in the gazetteer ({known.reason})"
            )
        return self._account.found(
            first,
            last,
            None,
            0.7,
            f"not in the gazetteer; put at {place.name_en}, after which it is named",
            near=place,
        )

    def at(self, i: int) -> FoundPlace | None:
        """A head word with a proper name that the gazetteer lacks."""
        if self._lang == "ar" or is_arabic(self._tokens[i].text):
            return self._unknown_arabic(i)
        return self._unknown_english(i)

    def _unknown_arabic(self, i: int) -> FoundPlace | None:
        words = self._words
        head = head_of(self._tokens[i].text, self._lang) or self._land_named(i)
        if head is None or head.article or i + 1 >= len(self._tokens):
            return None
        if self._numbered(head, i):
            last = i + 2 + (self._tokens[i + 2].text in _METRES)
            return self._account.found(i, last, None, 0.5, "not in the gazetteer")
        if not self._text.same_sentence(i, i + 1) or not self._tokens[i + 1].is_word:
            return None
        first = i
        word = self._tokens[i + 1].text
        if word in words.foreign:
            return None  # «مدينة حلب»
        if self._text.index.at(self._tokens, i + 1, self._text.original) is not None:
            return None
        if word in words.heads and i + 2 < len(self._tokens):
            i += 1
            word = self._tokens[i + 1].text
        if self._text.index.at(self._tokens, i + 1, self._text.original) is not None:
            return None
        last = i + 2
        if self._compound_name(head.text, i + 1):
            last += 1
        elif not word.startswith("ال") and self._open_name(head.text, i + 1):
            while (
                last < len(self._tokens)
                and last - i < 4
                and self._tokens[last].text in ("سيتي", "سنتر", "شام", "مول")
            ):
                last += 1
        elif _speaks_of(word):
            return None  # «طريق يستخدمه المزارعون»
        elif not word.startswith("ال"):
            if last >= len(self._tokens) or not self._tokens[last].text.startswith("ال"):
                return None
            if (word[0] in "لب" and len(word) > 3) or any(
                f.text in words.prepositions or f.text in words.common_nouns
                for f in arabic_forms(word)
            ):
                return None
            if self._tokens[last].text in words.common_nouns:
                return None
            last += 1
        elif word in words.common_nouns:
            return None
        while (
            last < len(self._tokens)
            and last - i < 4
            and self._tokens[last].text.startswith("ال")
            and self._tokens[last].text not in words.common_nouns
            and self._tokens[last].text.endswith(("يه", "ي", "ري"))
            and self._text.same_sentence(last, first)
        ):
            last += 1
        if self._text.phrase_before(first, words.organisation, reach=1):
            return None
        if self._text.phrase_after(last, _EXCHANGE):
            return None  # «سوق العراق للأوراق المالية»
        if head.text in SCHOOLS and self._institutions.body_speaks(first, last):
            return None
        return self._looked_up(first, last)

    def _land_named(self, i: int) -> Form | None:
        """«من بساتين الحضرة», «في وادي ترجلة»: where the text says that something was there."""
        land = land_of(self._tokens[i].text, self._lang)
        if land is None or not self._text.sentence_attack[self._text.sentence_of[i]]:
            return None
        before = self._text.before(i, 1)
        placed = land.prefix or (
            before and self._text.forms_in(before[0], self._words.prepositions)
        )
        return land if placed else None

    def _numbered(self, head: Form, i: int) -> bool:
        """«حي 40 متري», «شارع ستين»: a number is the name."""
        if head.text not in _NUMBERED or i + 2 >= len(self._tokens):
            return False
        word = self._tokens[i + 1].text
        return self._text.same_sentence(i, i + 1) and (word.isdigit() or word in _ROUND_NUMBERS)

    def _compound_name(self, head: str, i: int) -> bool:
        """«منطقة ملا عمر», «قرية أبو حشمة»: a place called after a person or a clan."""
        return (
            (head in self._words.open_heads or head in self._words.land)
            and self._tokens[i].text in _NAME_OPENERS
            and i + 1 < len(self._tokens)
            and self._tokens[i + 1].is_word
            and self._text.same_sentence(i, i + 1)
        )

    def _open_name(self, head: str, i: int) -> bool:
        """«قرية سيدان القريبة», «منطقة حيطان غربي هيت»: a name without «ال»."""
        words = self._words
        word = self._tokens[i].text
        if head not in words.open_heads or len(word) < 3 or word.endswith(("ه", "ي", "ا", "ين")):
            return False
        if any(
            f.text in words.common_nouns or f.text in words.prepositions for f in arabic_forms(word)
        ):
            return False
        if word[0] in "لبوف" and len(word) < 5:
            return False
        after = self._tokens[i + 1].text if i + 1 < len(self._tokens) else "."
        if after in _UPON_IT:
            return False  # «قرية يسيطر عليها المسلحون»
        return (
            after in ("،", ".", "(", ":", "سيتي", "سنتر", "شام")
            or after.startswith(("القريب", "الواقع", "التابع", "المجاور"))
            or any(
                f.text in words.prepositions or f.text in words.heads for f in arabic_forms(after)
            )
        )

    def _unknown_english(self, i: int) -> FoundPlace | None:
        tokens = self._tokens
        if not self._text.capital(i) or tokens[i].text in _CALENDAR:
            return None
        if (
            i
            and self._text.capital(i - 1)
            and tokens[i].start - tokens[i - 1].end <= 1
            and (tokens[i - 1].text not in _OPENERS and tokens[i - 1].text not in ARTICLES)
        ):
            return None  # the middle of a longer name
        last = i
        while (
            last < len(tokens)
            and last - i < 5
            and (self._text.capital(last) or tokens[last].text in ARTICLES)
            and self._text.same_sentence(last, i)
            and (last == i or tokens[last].start - tokens[last - 1].end <= 1)
        ):
            last += 1
        while i < last and (tokens[i].text in _OPENERS or tokens[i].text in ARTICLES):
            i += 1
        if i >= last or tokens[i].text in _DEMONYMS:
            return None
        tail, tails = self._heads.tails_after(last)
        if not tails and self._evidence.announced(i - (i > 0 and tokens[i - 1].text in ARTICLES)):
            if tokens[i].text in self._words.foreign:
                return None
            tail = last
        elif not tails:
            inner = next(
                (k for k in range(last - 1, i, -1) if tokens[k].text in self._words.heads), 0
            )
            if not inner:
                return None
            tail = last
        if any(self._text.index.at(tokens, k, self._text.original) for k in range(i, last)):
            return None
        if self._text.phrase_after(tail, self._words.after) or (
            tails and tails[-1] in ("ministry", "embassy", "consulate")
        ):
            return None
        return self._looked_up(i, tail)

    def _looked_up(self, first: int, last: int) -> FoundPlace:
        """The name under another spelling, if the gazetteer knows one; else unknown."""
        name = self._text.original[self._tokens[first].start : self._tokens[last - 1].end]
        best = next(iter(self._text.gazetteer.lookup(name, limit=1)), None)
        if best is not None and best.score >= SURE_MATCH:
            return self._account.found(
                first, last, best.place, 0.75, f"in the gazetteer ({best.reason})"
            )
        return self._account.found(first, last, None, 0.5, "not in the gazetteer")


def _speaks_of(word: str) -> bool:
    """«يسلكه», «تستخدمها»: a verb that says something about the noun before it."""
    return len(word) > 4 and word[0] in "يت" and word.endswith(("ه", "ها")) and word[-2:] != "يه"
