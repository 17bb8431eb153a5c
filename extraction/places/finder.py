"""Place mentions: find every name, then settle which are places and which place each one is.

A wrong marker is worse than a missing one. Many names here are ordinary words, people, clubs or
institutions too, so a name counts as a place only where its surroundings do not speak against
it, and an ambiguous bare name only where they speak for it. Every refusal carries its reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from extraction.places.account import Account
from extraction.places.context import INSTITUTION_KINDS, SCHOOLS
from extraction.places.doubts import Doubts
from extraction.places.evidence import Evidence
from extraction.places.found import FoundPlace, PlaceFindings, Refused
from extraction.places.heads import Heads
from extraction.places.institutions import Institutions
from extraction.places.names import Match
from extraction.places.ordinary import OrdinaryWords
from extraction.places.persons import Persons
from extraction.places.surroundings import Surroundings
from extraction.places.unknown import UnknownNames
from gazetteer import Level, Place

_WIDEST_AREA_M = 12_000
_AREAS: frozenset[Level] = frozenset(("neighbourhood", "district", "city", "governorate"))
_SPOTS: frozenset[Level] = frozenset(("street", "landmark"))
_LIES_AT = frozenset("في قرب عند خلف مقابل on in near at off behind".split())
# How often such a mention was right in articles not seen before: the name of an institution is
# as often its speaker, that of a region its government; an estimated position may lie too far.
_AT_MOST = {"government": 0.7, "embassy": 0.88, "governorate": 0.88, "hospital": 0.89}
_ESTIMATED = 0.7
_EN_PREFIXES = frozenset("hay hayy camp fob".split())
_BUILT = frozenset(
    "مراب كراج بوابه بنايه محطه اكاديميه مدرسه سيطره نفق مفرق سطح ملعب مول garage gate "
    "station institute school flats apartments gas-station".split()
)
_PARTS_OF = frozenset("حديقه حدايق باحه مراب كراج بوابه مدخل سطح سياج موقف".split())


class PlaceFinder:
    """Finds and settles the place names of one article."""

    def __init__(self, text: Surroundings) -> None:
        self._text = text
        self._tokens = text.tokens
        self._words = text.words
        self._lang = text.lang
        self._account = Account(text)
        self._heads = Heads(text, self._account)
        self._institutions = Institutions(text, self._account)
        evidence = Evidence(text, self._account)
        self._doubts = Doubts(
            text, Persons(text), self._institutions, evidence, OrdinaryWords(text, self._account)
        )
        self._unknown = UnknownNames(text, self._account, self._heads, evidence, self._institutions)

    def run(self) -> PlaceFindings:
        """One pass from left to right; the longest name at each token wins."""
        pending: list[FoundPlace] = []
        opens, english = self._text.index.opens[self._lang], self._lang == "en"
        openings = [
            (i, token)
            for i, token in enumerate(self._tokens)
            if opens(token.text) or (english and self._text.capital(i))
        ]
        for i, token in openings:
            if i < self._account.done:
                continue
            match = self._text.index.at(self._tokens, i, self._text.original)
            if (
                match is not None
                and match.first + 1 == match.last
                and (self._text.is_head(i) or token.text in _EN_PREFIXES)
            ):
                match = None if self._heads.headed_name(i) is not None else match
            if match is None:
                unknown = self._unknown.at(i)
                if unknown is not None:
                    pending.append(unknown)
                    self._account.done = unknown.last
                continue
            settled = self._settle(match)
            if isinstance(settled, FoundPlace):
                pending.append(settled)
            else:
                self._account.findings.refused.append(settled)
            self._account.done = max(match.last, settled.last)
            self._heads.opens_two(match)
            if (
                self._account.two[0] == self._account.done
                and (second := self._heads.second_of_two()) is not None
            ):
                pending.append(second)
                self._account.done = second.last
        self._account.findings.places = self._resolve(pending)
        return self._account.findings

    def _settle(self, match: Match) -> FoundPlace | Refused:
        """Which place a name is here, with the head words that belong to it, or why it is none."""
        place = match.known.places[0]
        head_first, heads = self._heads.heads_before(match.first, match.last)
        tail_last, tails = self._heads.tails_after(match.last)
        if not heads and self._account.two[0] == match.first:
            heads = [self._account.two[1]]
        kinds = [self._text.gazetteer.generic_words.get(h) for h in (*heads, *tails)]
        seated = any(h in self._words.seat for h in heads)
        institution = place.kind in INSTITUTION_KINDS
        first, last = head_first, tail_last
        why = self._doubts.against(match, place, heads, tails)
        if (
            not heads
            and not tails
            and self._text.date_tokens.issuperset(range(match.first, match.last))
        ):
            why = "a date"  # «صباح الاثنين 17 تموز»
        if why:
            return self._account.refuse(match.first, match.last, why)
        fitting = [
            p
            for p in match.known.places
            if all(k is None or p.kind in k.kinds or (seated and institution) for k in kinds)
            and not self._other_thing(p, (*heads, *tails))
        ]
        if heads and not fitting and self._text.headed(match) and not _PARTS_OF.isdisjoint(heads):
            first, fitting = match.first, list(match.known.places)  # «حديقة فندق الحمراء»
        if heads and not fitting and match.last in (self._account.two[0], self._account.two[0] + 1):
            named = self._heads.under_head(
                heads[-1], head_first, match.first, match.last, match.prefix
            )
            if named is not None:
                return named
        if (heads or tails) and not fitting:
            if heads[:1] == ["طريق"] and self._text.bare_word(match.first) in self._words.plain:
                # «طريق الحرية»
                return self._account.refuse(match.first, match.last, "an ordinary word")
            if not SCHOOLS.isdisjoint(heads) and self._institutions.body_speaks(
                head_first, tail_last
            ):
                return self._account.refuse(
                    match.first, match.last, "the institution, not its building"
                )
            landmark = self._unknown.derived(head_first, tail_last, place)
            if landmark is not None:
                return landmark
            first, last = match.first, match.last
            fitting = list(match.known.places)
        place = self._choose(fitting or list(match.known.places), match)
        if self._lang == "ar" and self._text.before(first, 1) == ["محافظ"]:
            place = self._governed(place)  # «محافظ النجف» governs more than the city
        sure = len(match.known.keys) > 1 or bool(heads or tails)
        confidence = 0.97 if sure and match.exact else 0.95 if sure else 0.93
        if not sure and place.level in ("city", "governorate"):
            confidence = 0.88  # the government sits there too
        if not sure and place.common_word:
            confidence = 0.85
        confidence = min(confidence, _AT_MOST.get(place.kind, 1.0))
        if place.confidence == "low":
            confidence = min(confidence, _ESTIMATED)
        return self._account.found(
            first, last, place, confidence, "in the gazetteer", bare=not heads and not tails
        )

    def _governed(self, place: Place) -> Place:
        regions = (place, *self._text.gazetteer.parents(place))
        return next((p for p in regions if p.level == "governorate"), place)

    @staticmethod
    def _other_thing(place: Place, heads: Iterable[str]) -> bool:
        """«مرآب العلاوي» is a garage in Allawi, not Allawi itself."""
        return place.level in _AREAS and not _BUILT.isdisjoint(heads)

    def _choose(self, places: Sequence[Place], match: Match) -> Place:
        """Among namesakes: the one in a place that the article names nearby, else the likeliest."""
        if len(places) == 1:
            return places[0]
        context = {
            other.known.places[0].id
            for other in self._text.names_in(self._text.sentence_of[match.first])
            if len(other.known.places) == 1
            and other.known.name.kind != "short"
            and not match.first <= other.first < match.last
        }

        def rank(place: Place) -> tuple[int, int, int, int, int]:
            parents = {p.id for p in self._text.gazetteer.parents(place)}
            named = len(parents & context)
            around = sum(self._account.regions[region] for region in parents)
            local = self._text.gazetteer.is_within(place, "baghdad-governorate")
            sure = {"high": 2, "medium": 1, "low": 0}[place.confidence]
            return (named, around, local, sure, place.radius_m)

        return max(places, key=rank)

    def _resolve(self, found: list[FoundPlace]) -> list[FoundPlace]:
        """Give unknown names the position of the area they are said to lie in."""
        resolved: list[FoundPlace] = []
        areas: dict[str, Place] = {}  # a name lies where it lay when it was first told
        for i, item in enumerate(found):
            if item.place is None and item.near is None:
                name = self._text.folded[item.start : item.end]
                area = areas.get(name) or self._area_of(item, found[i + 1 :], resolved)
                if area is not None:
                    areas[name] = area
                    item = FoundPlace(
                        item.first,
                        item.last,
                        item.start,
                        item.end,
                        None,
                        0.6,
                        f"not in the gazetteer; put in {area.name_en}, where the text has it",
                        area,
                    )
            resolved.append(item)
        return resolved

    def _area_of(
        self, item: FoundPlace, later: Sequence[FoundPlace], earlier: Sequence[FoundPlace]
    ) -> Place | None:
        for other in later:
            if not self._text.same_sentence(other.first, item.first) or other.first - item.last > 6:
                break
            located = self._text.before(other.first, 1)[0] in _LIES_AT
            if other.place is not None and located and other.place.level in _SPOTS:
                return other.place  # «مقر … في شارع فلسطين»
            if other.place is not None and other.place.level in _AREAS:
                return other.place if other.place.radius_m <= 12_000 else None
        for other in reversed(earlier):
            if self._text.sentence_of[item.first] - self._text.sentence_of[other.first] > 1:
                break
            if other.place is None:
                continue
            lies_in = (other.place, *self._text.gazetteer.parents(other.place))
            for area in lies_in[:3]:
                if area.level in ("neighbourhood", "district", "city") and area.id != "baghdad":
                    return area if area.radius_m <= _WIDEST_AREA_M else None
        return None
