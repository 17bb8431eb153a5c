"""What makes an ambiguous name a place: what stands before it, and which places stand near."""

from __future__ import annotations

from collections.abc import Sequence

from extraction.places.account import Account, Room
from extraction.places.context import (
    AREA_HEADS,
    ARTICLES,
    REAL_PREPOSITIONS,
    bare_head_of,
    locates,
    readings,
)
from extraction.places.names import Match
from extraction.places.surroundings import Surroundings
from extraction.text.words import is_arabic
from gazetteer import Place

_SETTLED = frozenset(
    "village villages town township hamlet city district subdistrict neighbourhood neighborhood "
    "suburb quarter settlement".split()
)
_STOPS = frozenset("؛ ; . : - !".split())
_BOUND = frozenset("bound headed heading leaving left leave making departing destined".split())
_APPOSITIONS = frozenset("the a an who whose himself herself".split())
_FOLLOWERS = frozenset(
    "supporters followers loyalists supporter follower aide aides ally allies son brother wife "
    "portrait portraits picture pictures poster posters office house home arrest speech statement "
    "remarks militia party bloc movement loyal critics critic rival rivals death".split()
)
_SOURCED = frozenset("السلطات السلطه الشرعيه القوه قوتنا الهام".split())
_ARRIVES = frozenset("وصل وصلت قدم قدمت عاد عادت خرج خرجت نقل نقلت".split())
_TOWNS = frozenset(("city", "town"))
_VISITS = frozenset(
    "زار زارت يزور تزور زياره تفقد تفقدت غادر غادرت دخل دخلت بلغ بلغت اقتحم اقتحمت حاصر حاصرت طوق "
    "طوقت حرر حررت استعاد استعادت مشط مشطت داهم داهمت هاجم هاجمت قصف قصفت تحرير".split()
)
_BASES = frozenset("مكانا موقعا منطلقا نقطه مكان موقع مصدر".split())
_LOCATING = frozenset(
    "في الي قرب شرقي غربي شمالي جنوبي شرق غرب شمال جنوب وسط داخل اطراف محيط ضواحي سكان اهالي "
    "احياء شوارع مداخل مدخل جهه نحو صوب باتجاه بساتين مزارع خارج حتي".split()
)
# what stands before a place that is named shortly: "landed inside Victory"
_HITS = frozenset("hit struck targeted".split())
_SHORT_AFTER = _HITS | frozenset(
    "at inside outside near into onto beside behind towards toward opposite around and of "
    "from".split()
)
# nothing but a place has them: «أهالي الدورة»
_PEOPLED = frozenset("سكان اهالي احياء شوارع مداخل مدخل ضواحي ازقه قاطني".split())
_QUARTERS = frozenset(("quarter", "suburb", "suburbs", "region"))  # after a name, not part of it


class Evidence(Room):
    """Looks for what makes a name a place."""

    def __init__(self, text: Surroundings, account: Account) -> None:
        super().__init__(text, account)
        self._certain: dict[int, list[int]] = {}  # by sentence, once asked for

    def makes_place(self, match: Match, before: Sequence[str]) -> bool:
        """Whether the surroundings make a bare ambiguous name a place."""
        first, last = match.first, match.last
        sentence = self._text.sentence_of[first]
        strong = self._text.sentence_attack[sentence] and not self._text.play
        if "ب" in match.prefix:
            return strong or not self._text.play
        opens = first == self._text.sentence_tokens[sentence][0] or (
            self._text.sentences[sentence].item and not any(w.isalpha() for w in before)
        )
        if (
            opens
            and last < len(self._tokens)
            and self._tokens[last].text in (":", "/", "-", "،", ",")
            and not (last + 1 < len(self._tokens) and self._tokens[last + 1].text in _APPOSITIONS)
        ):
            return True
        if self._lang == "en" and self._text.phrase_after(last, _QUARTERS):
            return True
        located = bool(before) and locates(before[0], self._words.prepositions, match.prefix)
        if self._lang == "en" and before and before[0] in ARTICLES and len(before) > 1:
            located = before[1] in self._words.prepositions
        if before[:1] == ["for"] and not _BOUND.isdisjoint(before[1:2]):
            return True  # "was heading for Taji"
        if located and "of" in before[:2] and not _FOLLOWERS.isdisjoint(before[1:]):
            return False  # "supporters of Sadr"
        known = any(p.id in self._account.accepted for p in match.known.places)
        if known and (located or (first - 1) in self._text.attack_tokens):
            return True
        if located and self._text.play:
            return before[0] in REAL_PREPOSITIONS
        if located and (strong or self._other_place_near(first, last)):
            return True
        visited = bool(before) and self._text.forms_in(before[0], _VISITS)
        if (located or visited) and self._surely_located(match, before[0]):
            return True
        previous = self._account.found_before(first)
        if before and before[0] == "(" and previous is not None and first - previous.last <= 1:
            return True
        conjoined = match.prefix.startswith("و") or (before and before[0] in ("and", "،", ","))
        if conjoined and previous is not None and first - previous.last <= 1:
            return first == previous.last or self._tokens[previous.last].text not in _STOPS
        return self._text.directed(last) or self._made_a_base(last)

    def _made_a_base(self, last: int) -> bool:
        """«رجّح الحسينية مكاناً للإطلاق», «أن البلديات كانت نقطة الإطلاق»."""
        after = [t.text for t in self._tokens[last : last + 2]]
        if after and after[0] == "مصدر":
            return after[-1] not in _SOURCED  # «الشعب مصدر السلطات»
        return bool(after) and (
            after[0] in _BASES or (after[0] in ("كانت", "هي") and after[-1] in _BASES)
        )

    def _surely_located(self, match: Match, before: str) -> bool:
        """«نقل المخازن إلى جميلة», "around Hurriyah": no ordinary word would stand there."""
        if not is_arabic(before):
            return before in REAL_PREPOSITIONS
        town = any(place.kind in _TOWNS for place in match.known.places)
        if (
            town
            and self._text.bare_word(match.first)[:2] != "ال"
            and self._text.forms_in(before, _VISITS)
        ):
            return True  # «زار حديثة»
        came = before == "من" and self._text.before(match.first, 2)[1:]
        if came and not _ARRIVES.isdisjoint(readings(came[0])):  # «وصل من المشتل مشياً»
            return self._text.bare_word(match.first) not in self._words.plain
        if self._text.forms_in(before, _PEOPLED):
            return True
        place = self._text.forms_in(before, _LOCATING)
        return place and self._text.bare_word(match.first) not in self._words.plain

    def _other_place_near(self, first: int, last: int) -> bool:
        """Whether a name that can only be a place stands elsewhere in the sentence."""
        sentence = self._text.sentence_of[first]
        if sentence not in self._certain:
            self._certain[sentence] = [
                match.first
                for match in self._text.names_in(sentence)
                if (
                    match.known.name.kind != "short"
                    and not any(place.common_word for place in match.known.places)
                )
                or (match.first and self._headed_by(match))
            ]
        return any(i < first or i >= last for i in self._certain[sentence])

    def _headed_by(self, match: Match) -> bool:
        """«حي العامل»: a head word makes it a place."""
        head = bare_head_of(self._tokens[match.first - 1].text, self._lang)
        return head is not None and head.text in AREA_HEADS

    def short_for(self, match: Match, place: Place) -> bool:
        """ "landed inside Victory", "outside the Hamra": where something falls, or known by now."""
        first, last = match.first, match.last
        article = first > 0 and self._tokens[first - 1].text == "the"
        if article != (place.kind == "hotel"):
            return False  # "the Palestine" is the hotel, "at Liberty" the base
        if last < len(self._tokens) and self._text.capital(last):
            if self._tokens[last].start - self._tokens[last - 1].end == 1:
                return False  # "Victory Street"
        before = self._text.before(first - article, 1)
        if not before or before[0] not in _SHORT_AFTER:
            return False
        if self._text.play:
            return False
        told = before[0] in _HITS or self._text.sentence_attack[self._text.sentence_of[first]]
        return told or place.id in self._account.accepted

    def told_where(self, match: Match) -> bool:
        """«في بلد شمالي بغداد», «في العلم شرقي تكريت»: it is told where it lies."""
        last = match.last
        before = self._text.before(match.first, 1)
        placed = "ب" in match.prefix or (before and before[0] in ("في", "من", "الي", "قرب"))
        return bool(
            placed
            and self._lang == "ar"
            and last + 1 < len(self._tokens)
            and self._text.directed(last)
            and self._text.index.at(self._tokens, last + 1, self._text.original) is not None
        )

    def announced(self, first: int) -> bool:
        """ "the town of Hit", "in the village of Sharabot"."""
        before = self._text.before(first, 2)
        return self._lang == "en" and before[:1] == ["of"] and not _SETTLED.isdisjoint(before[1:])
