"""Institutions and governments: whether a name means those who speak and act, or where they sit."""

from __future__ import annotations

from collections.abc import Sequence

from extraction.places.account import Room
from extraction.places.context import DETERMINERS, GOVERNMENT
from extraction.places.metonyms import stands_for_government
from extraction.places.names import Match
from gazetteer import Place

_ITSELF = "the institution, not its building"
_LIST_REACH = 14
# who runs a place: «إدارة مطار بغداد» announces, while «مدير فندق فلسطين» only names it
_OFFICES = frozenset("اداره هيئه شركه سلطه بلديه شرطه صحه تربيه نادي فريق مجلس".split())
_ACCORDING = frozenset("بحسب وفق حسب".split())
_MISSIONS = frozenset("embassy consulate general mission".split())
_SPOKESMEN = frozenset(("ناطق باسم", "الناطق باسم", "متحدث باسم", "المتحدث باسم"))
_BUILDINGS = frozenset(("building", "compound", "complex", "grounds", "gate"))
_WEAK_SEATS = frozenset("في من الي علي كان وسط ضمن بين in of to by at on for from".split())
_QUOTES = frozenset('« " “ ”'.split())
_GOVERNMENTS = frozenset("حكومه برلمان رئاسه رئيس".split())


class Institutions(Room):
    """Tells those who speak and act from the buildings and cities they sit in."""

    def means_itself(self, first: int, last: int, place: Place) -> str:
        """Why the institution is meant and not its building; empty where the building is."""
        words = self._words
        start = first
        named = self._tokens[last - 1].text in _BUILDINGS  # "the US embassy compound"
        if (
            named
            or self._text.phrase_after(last, _BUILDINGS)
            or self._text.phrase_after(last, words.undergoes)
        ):
            return ""
        if self._text.phrase_after(last, words.speaking):
            return _ITSELF
        near = self._text.before(first, 2)
        if place.kind == "university" and near[:1] == ["في"] and len(near) > 1:
            if self._text.forms_in(near[1], words.members):  # «أستاذ في جامعة الموصل»
                return _ITSELF
        if self._spoke_before(last) or self._owes(near):
            return _ITSELF
        if self._in_list_of_hits(first):
            return ""
        if self._lang == "ar" and self._tokens[first].text.startswith(("لل", "ول", "لو", "لمجلس")):
            near = self._text.before(first, 2)
            if not any(self._text.forms_in(w, words.seat) for w in near):
                return _ITSELF
        bare = first
        while bare and self._tokens[bare - 1].text in DETERMINERS:
            bare -= 1
        if self._text.phrase_before(bare, words.seat - _WEAK_SEATS):
            return ""
        if self._lang == "ar" and self._text.phrase_before(first, _SPOKESMEN):
            return _ITSELF
        if place.kind == "hospital" and not self._text.phrase_before(
            bare, words.speaking - _ACCORDING
        ):
            return ""
        for reach, written in enumerate(self._text.before(first, 3)):
            word = written if written in words.speaking else written.removeprefix("و")
            if self._text.forms_in(word, words.seat) and not (
                reach and place.kind in ("government", "university") and word in ("في", "in", "of")
            ):
                shot_at = word == "at" and any(
                    i in self._text.attack_tokens for i in range(max(0, first - 8), first)
                )
                if shot_at and not self._text.phrase_before(
                    first - reach - 1, words.speaking, reach=2
                ):
                    return ""
                if word in ("في", "من", "in", "of", "to", "by", "for", "from", "at") and (
                    self._text.phrase_before(first - reach - 1, words.speaking, reach=2)
                    or place.kind == "government"
                    or not any(
                        i in self._text.attack_tokens for i in range(max(0, first - 8), first)
                    )
                ):
                    return _ITSELF
                return ""
            if self._text.forms_in(word, words.speaking):
                return _ITSELF
        if self._text.phrase_before(start, words.speaking):
            return _ITSELF
        if self._text.phrase_after(last, words.speaking):
            return _ITSELF
        if place.kind == "hospital":
            return ""
        if place.kind == "embassy" and self._text.sentence_attack[self._text.sentence_of[first]]:
            return "" if not self._is_subject(first) else _ITSELF
        return _ITSELF

    def _in_list_of_hits(self, first: int) -> bool:
        """«أصابت فندق الرشيد ووزارة النفط», "hit the Sheraton and the oil ministry"."""
        previous = self._account.found_before(first)
        if previous is None or previous.level != "landmark" or first - previous.last > 2:
            return False
        between = [t.text for t in self._tokens[previous.last : first]]
        if self._lang == "ar":
            joined = not between and self._tokens[first].text.startswith("و")
        else:
            joined = between in (["and"], ["and", "the"], [",", "the"])
        start = max(0, previous.first - _LIST_REACH)
        return joined and any(i in self._text.attack_tokens for i in range(start, previous.first))

    def _spoke_before(self, last: int) -> bool:
        """«وكان جهاز مكافحة الإرهاب في الإقليم قد أعلن»: a verb of speech after «قد»."""
        after = [t.text for t in self._tokens[last : last + 6]]
        if self._lang != "ar":
            return False
        if after[:1] == ["في"] and any(word in self._words.speaking for word in after[2:4]):
            return True  # «السفارة الألمانية في بغداد أعلنت»
        if "قد" not in after[:-1]:
            return False
        return after[after.index("قد") + 1] in self._words.speaking

    def _owes(self, before: Sequence[str]) -> bool:
        """«وإن على وزارة الداخلية إعلان النتائج», «من يعتدي على الوقف»."""
        if before[:1] != ["علي"]:
            return False
        return before[1:] in (["ان"], ["وان"]) or any(
            self._text.forms_in(word, self._words.done_to) for word in before[1:]
        )

    def _is_subject(self, first: int) -> bool:
        """An English name that opens its sentence and is followed by an active verb."""
        return self._lang == "en" and len(self._text.before(first, 3)) <= 1

    def seat_of_mission(self, first: int) -> bool:
        """ "services move to the Embassy in Baghdad": the mission is named, unless it is hit."""
        before = self._text.before(first, 3)
        if self._lang != "en" or before[:1] != ["in"] or _MISSIONS.isdisjoint(before[1:]):
            return False
        return (
            before[1] in _MISSIONS and not self._text.sentence_attack[self._text.sentence_of[first]]
        )

    def organisation_before(self, match: Match) -> bool:
        """«مصرف الرشيد», «معركة القادسية» — but «مدير فندق فلسطين», «معركة الموصل»."""
        words, first = self._words, match.first
        if self._text.headed(match) and not self._text.phrase_before(first, _OFFICES, reach=1):
            return False
        if self._text.phrase_before(first, words.organisation) and not self._after_article(first):
            return True
        if self._tokens[first - 1].text in _QUOTES and first > 1:  # «فيلم "الموصل"»
            return self._text.phrase_before(first - 1, words.organisation, reach=1)
        ambiguous = self._text.play or any(p.common_word for p in match.known.places)
        return ambiguous and self._text.phrase_before(first, words.deeds, reach=1)

    def _after_article(self, first: int) -> bool:
        """«زار قائد التحالف بغداد»: a noun with its article governs no name."""
        before = self._text.before(first, 1)
        word = before[0].removeprefix("و") if before else ""
        return word.startswith("ال") and word not in self._words.organisation

    def body_speaks(self, first: int, last: int) -> bool:
        """«أعلنت جامعة القادسية», «جامعة القادسية أجلت امتحاناتها»."""
        words = self._words
        return self._text.phrase_after(last, words.speaking) or self._text.phrase_before(
            first, words.speaking - words.seat, reach=2
        )

    def metonym(self, match: Match) -> bool:
        """Whether the name of a capital or a region means those who govern it."""
        if self._text.headed(match):
            # «سلطات إقليم كردستان» names the territory
            return self._text.phrase_before(match.first, _GOVERNMENTS, reach=1)
        refused = self._account.findings.refused[-1:]
        before = match.first - (0 if "و" in match.prefix else 1)
        joined = "و" in match.prefix or self._tokens[before].text == "and"
        if joined and refused and refused[0].last == before and refused[0].why == GOVERNMENT:
            return True  # «اختلفت بغداد وأربيل على»
        sentence = self._text.sentence_tokens[self._text.sentence_of[match.first]]
        return stands_for_government(
            self._tokens, match.first, match.last, match.prefix, sentence, self._lang
        )
