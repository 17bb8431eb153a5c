"""Which of several attacks a claim, a charge or a denial is about: what its own words say of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from extraction.page import Page
from extraction.places.found import FoundPlace
from extraction.who.responsibility import Responsibility

_REACH = 16
_BESIDE = 4
_CLAUSE_ENDS = frozenset("،,؛;.")
_RELATIVE = frozenset("which whom who التي الذي".split())
_ASIDE = frozenset("في عبر بحسب وفق خلال in through via on".split())
_TURNS = frozenset("and while whereas but بينما فيما لكن اما".split())
_DEEDS = ("attack", "target", "explode", "airstrike", "hit", "launch", "fall", "shoot")
_SEVERAL = frozenset(
    "both either neither all attacks bombings blasts strikes explosions هجومين هجمات تفجيرين "
    "تفجيرات قصفين عمليتين عمليات اعتداءين اعتداءات ضربتين ضربات حادثين انفجارين كليهما كلتيهما "
    "حالات launches operations raids assaults cases incidents كلا كلتا ايا جميعها كلها "
    "استهدافين بشقيه بشقيها".split()
)
_THOSE = frozenset("those تلك".split())
_SOME = frozenset("معظمها اغلبها بعضها غالبيتها".split())
_DUALS = frozenset("تفجيري هجومي عمليتي انفجاري ضربتي استهدافي اعتداءي قصفي".split())
_ORDINALS = {
    **dict.fromkeys("first الاول الاولي former".split(), 0),
    **dict.fromkeys("second الثاني الثانيه".split(), 1),
    **dict.fromkeys("third الثالث الثالثه".split(), 2),
    **dict.fromkeys("latter last الاخير الاخيره".split(), -1),
}
_HAPPENED = frozenset("حدث جري وقع حصل".split())
_BOMBED = ("bombing", "تفجير")
_CARNAGE = frozenset("bloodshed carnage massacre killings slaughter killing".split())
_SHELLED = ("قصف", "shelling", "bombardment", "barrage", "salvo", "رشق", "rocket fire")
_SITES = frozenset(
    "airport embassy مطار سفاره قاعده معسكر camp prison سجن رتل convoy عاصمه capital".split()
)


# what else the noun for a thing hit may be
_NOUNS = frozenset(("speaker", "vehicle", "group_head", "casualty"))
_NO_NOUNS = frozenset(
    "the that which this these those its their his her was were had has been have who whom what "
    "with from for and but not one two another other same there here also after before when where "
    "while said says did does done them they will would could into than then such both all any "
    "الذي التي الذين هذا هذه ذلك تلك هناك كما لكن غير بعض كان كانت وقد فقد قبل بعد عند لدي منذ حتي "
    "عبر ضمن خلال بين احد احدي كلها فيه فيها منه منها عنه عنها عليه عليها اليه اليها وهو "
    "وهي".split()
)
_EXCEPT = frozenset(
    (
        *("except", "besides", "excluding", "barring", "all but", "apart from", "other than"),
        *("عدا", "باستثناء", "سوي", "ماعدا", "ما عدا", "خلا"),
    )
)


@lru_cache(maxsize=100_000)
def key(word: str) -> str:
    """A noun without what Arabic writes onto it: «المقهى», «مقهى»; «مطعماً», «المطعم»."""
    bare = word.removeprefix("و")
    bare = bare[1:] if bare.startswith(("بال", "كال")) else bare
    bare = bare[2:] if bare.startswith(("ال", "لل")) else bare
    return bare.removesuffix("ا") if len(bare) > 4 else bare


@dataclass(slots=True)
class Aim:
    """What the words of an act say of the attack it is about."""

    places: list[FoundPlace] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    days: set[str] = field(default_factory=set)
    sites: set[str] = field(default_factory=set)
    order: int | None = None
    several: bool = False
    those: bool = False  # "claimed those bombings": the ones told last
    some: bool = False  # «تبنت معظمها»: not all, and not said which
    # what was hit, in common nouns: «هجوم المقهى», "the attack on the bridge"
    words: set[str] = field(default_factory=set, compare=False)
    nouns: set[str] = field(default_factory=set, compare=False)  # … where no deed is named
    # several deeds told one by one: «تفجير العربة وقصف المنطقة»
    parts: list[Aim] = field(default_factory=list, compare=False)
    but: Aim | None = field(default=None, compare=False)  # "all but the attack on …"


class Aims:
    """Reads what the acts of one page are about."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self._arabic = page.lang == "ar"
        self._days = {page.token_at(m.start): m for m in page.dates if m.precision == "day"}

    def read(self, act: Responsibility, others: Sequence[Responsibility]) -> Aim:
        """The aim of an act, told behind its verb or, "the second was claimed by", before it."""
        first, last = self.page.bounds[act.sentence]
        start, stop = self._clause(act, others, first, last)
        aim = self._told(act.first, stop)
        if aim == Aim() and not aim.words:
            aim = self._told(start, act.first)
            aim.words = set()
            if aim == Aim() and act.act == "claims":
                aim.nouns = self._nouns(act.last, min(last, act.last + _REACH))
        else:
            aim.parts = self._parts(act.last, stop)
        self._except(aim, act.last, last)
        for lo, hi in self._unclaimed(act, others) if not aim.places else ():
            before = self._told(lo, hi)
            aim = before if before.places or aim == Aim() else aim
        return aim

    def _parts(self, first: int, last: int) -> list[Aim]:
        """Each deed of those joined by «و» or "and", where every one has words of its own."""
        tokens = self.page.tokens
        cuts = [first]
        for i in range(first + 1, last):
            joined = tokens[i].text[0] == "و" if self._arabic else tokens[i - 1].text == "and"
            if joined and any(self._is_deed(k) for k in range(i, i + 1 if self._arabic else i + 4)):
                cuts.append(i)
        if len(cuts) < 2:
            return []
        parts = [self._told(a, b) for a, b in pairwise([*cuts, last])]
        return parts if all(p.places or p.kinds or p.words for p in parts) else []

    def _except(self, aim: Aim, first: int, last: int) -> None:
        """ "claimed all but the Victoria rockets", «تبنت الهجمات عدا قصف المطار»."""
        page = self.page
        for i in range(first, min(last, first + _REACH)):
            text = page.tokens[i].text
            if text not in _EXCEPT and page.words(i, min(last, i + 2)) not in _EXCEPT:
                continue
            aim.but = self._told(i + 1, min(last, i + 9))
            place = next((p for k in range(i + 1, min(last, i + 7)) if (p := page.place(k))), None)
            if place is not None and place not in aim.but.places:
                aim.but.places.append(place)
            aim.places = [p for p in aim.places if p.first < i]
            return

    def _is_deed(self, i: int) -> bool:
        return i < len(self.page.tokens) and (
            bool(self._kind(i)) or self.page.signals.any(i, i + 1, "trigger", *_DEEDS)
        )

    def _objects(self, i: int, first: int, last: int) -> Iterator[str]:
        """The nouns beside a deed: «هجوم المقهى», "the cafe bombing", "an attack on the cafe"."""
        page = self.page
        before = () if self._arabic else range(max(first, i - 2), i)
        for k in (*before, *range(i + 1, min(last, i + (3 if self._arabic else 5)))):
            text = page.tokens[k].text
            if text in _CLAUSE_ENDS or text in _TURNS:
                if k > i:
                    return
                continue
            if self._is_noun(k):
                yield key(text)

    def _nouns(self, first: int, last: int) -> set[str]:
        """What a claim speaks of where it names no deed: «اقتحم بشاحنته … في ساحة 55»."""
        tokens = self.page.tokens
        return {
            key(tokens[k].text)
            for k in range(first, last)
            if self._is_noun(k) or (tokens[k].text.isdigit() and self._is_noun(k - 1))
        }

    def _is_noun(self, k: int) -> bool:
        page = self.page
        text = page.tokens[k].text
        return (
            len(text) > 2
            and text.isalpha()
            and text not in _NO_NOUNS
            and {s.kind for s in page.signals.by_first.get(k, ())} <= _NOUNS
            and page.any_number(k) is None
            and not page.in_date(k)
        )

    def _unclaimed(
        self, act: Responsibility, others: Sequence[Responsibility]
    ) -> list[tuple[int, int]]:
        """«ولم تعلن جهة مسؤوليتها عن التفجيرين. واتهمت الحكومة …»: the charge takes it up.

        So does who claims behind "Responsibility has been claimed only for the blast in Shaab".
        """
        page = self.page
        first, last = page.bounds[act.sentence]
        here = page.signals.between(first, act.first, "claim")
        if here and act.act == "attributes" and page.signals.any(first, here[0].last, "negation"):
            return [(here[0].first, act.first)]  # «ولم تعلن جهة … قصف الشعلة، إلا أن …»
        if not act.sentence or any(o.sentence == act.sentence - 1 for o in others):
            return []
        first, last = page.bounds[act.sentence - 1]
        claims = page.signals.between(first, last, "claim")
        return [(claims[0].first, min(last, claims[0].last + _REACH))] if claims else []

    def _clause(
        self, act: Responsibility, others: Sequence[Responsibility], first: int, last: int
    ) -> tuple[int, int]:
        """The words around an act that are its own and no other act's."""
        start, stop = max(first, act.first - _REACH), min(last, act.last + _REACH)
        for other in others:
            if act.first < other.first < stop:
                stop = self._turn(act.last, other.first)
            elif start < other.last and other.first < act.first:
                start = self._turn(other.last, act.first)
        unclaimed = next(iter(self.page.signals.between(act.last, stop, "negation")), None)
        if unclaimed is not None and self._told(act.last, unclaimed.first) != Aim():
            stop = unclaimed.first  # "the first but not the second"
        begins = (i for i in range(act.first - 1, start, -1) if self._ends(i))
        return next(begins, start), max(act.last, self._end(act.last, stop, last))

    def _ends(self, i: int) -> bool:
        """Whether a clause ends at a token; "the bombings, which the government blamed" goes on."""
        tokens = self.page.tokens
        relative = i + 1 < len(tokens) and tokens[i + 1].text in _RELATIVE
        return tokens[i].text in _CLAUSE_ENDS and not (relative and tokens[i].text in ",،")

    def _end(self, first: int, stop: int, last: int) -> int:
        """The end of the clause; «تبنت X، التي يتزعمها Y، قصف …», «تبنت X، في بيان، …» go on."""
        tokens = self.page.tokens
        end = next((i for i in range(first, stop) if tokens[i].text in _CLAUSE_ENDS), stop)
        aside = end + 1 < stop and tokens[end].text in ",،" and tokens[end + 1].text in _ASIDE
        if end == stop or (self._ends(end) and not aside):
            return end
        close = next(
            (k for k in range(end + 1, min(last, end + 14)) if tokens[k].text in ",،"), end
        )
        behind = range(close + 1, min(last, close + 9))
        ends = (i for i in behind if tokens[i].text in _CLAUSE_ENDS)
        return next(ends, behind.stop) if close > end else end

    def _turn(self, first: int, last: int) -> int:
        """Where the words turn from one act to the next."""
        tokens = self.page.tokens
        return next((i for i in range(last - 1, first, -1) if tokens[i].text in _TURNS), last)

    def _told(self, first: int, last: int) -> Aim:
        page = self.page
        aim = Aim()
        deed = -_REACH
        named = first  # past a group's name: «تنظيم القاعدة» is no base
        told = page.signals.by_first
        groups = page.first["group"]
        aside = first  # past «، التي أُحرق مقرها الخميس،», which tells of the group
        for i in range(first, last):
            text = page.texts[i]
            if i < aside:
                continue
            if i in groups:
                named = max(named, groups[i].last)
            if i == named and text in ",،" and page.words(i + 1, i + 2) in _RELATIVE:
                aside = next((k for k in range(i + 1, last) if page.texts[k] in ",،"), i)
            place = page.place(i)
            if place is not None:
                after = page.signals.any(
                    place.last, place.last + 2, "trigger", "attack", "explode"
                ) or page.signals.any(place.last, place.last + 2, "munition")
                after = after or page.signals.any(place.last, place.last + 1, "raid", "told")
                if i - deed <= _BESIDE or after:
                    aim.places.append(place)
            bare = text.lstrip("وبل").removeprefix("ال")
            if (bare in _SEVERAL or text in _SEVERAL) and not self._such(i):
                aim.several = True
                deed = i
            if bare in _SOME or (text in ("most", "some") and page.words(i + 1, i + 2) == "of"):
                aim.some = True
            if text in _THOSE and (self._is_deed(i + 1) or page.words(i + 1, i + 2) in _SEVERAL):
                aim.those = True
            if bare in _DUALS:  # «مسؤوليتها عن تفجيري الناصرية والديوانية»
                aim.several, deed = True, i
            if text == "any" and page.words(i + 1, i + 2) == "of":
                aim.several = True
            if text == "ما" and page.words(i + 1, i + 2) in _HAPPENED:
                aim.several = True
            if bare in _SITES and i >= named:
                aim.sites.add(bare)
            if text in _ORDINALS and i >= named and not page.in_date(i) and self._definite(i):
                aim.order = _ORDINALS[text]
            day = self._days.get(i)
            if day is not None and day.date is not None:
                aim.days.add(day.date)
            kind = self._kind(i) if i in told else ""
            if kind:
                aim.kinds.append(kind)
            deeds = i in told and page.signal(i, "trigger", *_DEEDS) is not None
            if kind or deeds or text in _CARNAGE:
                deed = i
                aim.words.update(self._objects(i, first, last))
        return aim

    def _such(self, i: int) -> bool:
        """«هجمات كهذه», "such attacks": of that sort, and not these."""
        tokens = self.page.tokens
        after = tokens[i + 1].text if i + 1 < len(tokens) else ""
        return after.startswith("كه") or tokens[i - 1].text in ("such", "similar")

    def _definite(self, i: int) -> bool:
        tokens = self.page.tokens
        return tokens[i].text.startswith("ال") or (i > 0 and tokens[i - 1].text == "the")

    def _kind(self, i: int) -> str:
        """The kind of attack a word names."""
        page = self.page
        munition = page.signal(i, "munition")
        if munition is not None and munition.sub not in ("projectile", "aircraft"):
            return munition.sub
        if page.signal(i, "trigger", "airstrike") is not None:
            return "airstrike"
        trigger = page.signal(i, "trigger", "attack", "explode", "target")
        if trigger is None:
            return ""
        words = page.words(trigger.first, trigger.last).lstrip("وبل").removeprefix("ال")
        if words.startswith(_BOMBED):
            return "ied"
        return "rocket" if words.startswith(_SHELLED) else ""
