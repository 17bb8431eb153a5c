"""Which of several attacks a claim, a charge or a denial is about: what its own words say of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from extraction.page import Page
from extraction.places import FoundPlace
from extraction.who.responsibility import Responsibility

_REACH = 16
_BESIDE = 4
_CLAUSE_ENDS = frozenset("،,؛;.")
_RELATIVE = frozenset("which whom who التي الذي".split())
_TURNS = frozenset("and while whereas but بينما فيما لكن اما".split())
_DEEDS = ("attack", "target", "explode", "airstrike", "hit", "launch", "fall", "shoot")
_SEVERAL = frozenset(
    "both either neither all attacks bombings blasts strikes explosions هجومين هجمات تفجيرين "
    "تفجيرات قصفين عمليتين عمليات اعتداءين اعتداءات ضربتين ضربات حادثين انفجارين كليهما كلتيهما "
    "حالات launches cases incidents كلا كلتا ايا جميعها كلها استهدافين".split()
)
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


@dataclass(slots=True)
class Aim:
    """What the words of an act say of the attack it is about."""

    places: list[FoundPlace] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    days: set[str] = field(default_factory=set)
    sites: set[str] = field(default_factory=set)
    order: int | None = None
    several: bool = False


class Aims:
    """Reads what the acts of one page are about."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self._days = {page.token_at(m.start): m for m in page.dates if m.precision == "day"}

    def read(self, act: Responsibility, others: Sequence[Responsibility]) -> Aim:
        """The aim of an act, told behind its verb or, "the second was claimed by", before it."""
        first, last = self.page.bounds[act.sentence]
        start, stop = self._clause(act, others, first, last)
        aim = self._told(act.first, stop)
        if aim == Aim():
            aim = self._told(start, act.first)
        for lo, hi in self._unclaimed(act.sentence, others) if not aim.places else ():
            before = self._told(lo, hi)
            aim = before if before.places or aim == Aim() else aim
        return aim

    def _unclaimed(self, sentence: int, others: Sequence[Responsibility]) -> list[tuple[int, int]]:
        """«ولم تعلن جهة مسؤوليتها عن التفجيرين. واتهمت الحكومة …»: the charge takes it up.

        So does who claims behind "Responsibility has been claimed only for the blast in Shaab".
        """
        page = self.page
        if not sentence or any(o.sentence == sentence - 1 for o in others):
            return []
        first, last = page.bounds[sentence - 1]
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
        begins = (i for i in range(act.first - 1, start, -1) if self._ends(i))
        return next(begins, start), max(act.last, self._end(act.last, stop, last))

    def _ends(self, i: int) -> bool:
        """Whether a clause ends at a token; "the bombings, which the government blamed" goes on."""
        tokens = self.page.tokens
        relative = i + 1 < len(tokens) and tokens[i + 1].text in _RELATIVE
        return tokens[i].text in _CLAUSE_ENDS and not (relative and tokens[i].text in ",،")

    def _end(self, first: int, stop: int, last: int) -> int:
        """The end of the clause; «تبنت جماعة X، التي يتزعمها Y، قصف …» goes on behind."""
        tokens = self.page.tokens
        end = next((i for i in range(first, stop) if tokens[i].text in _CLAUSE_ENDS), stop)
        if end == stop or self._ends(end):
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
        for i in range(first, last):
            text = page.texts[i]
            if i in groups:
                named = max(named, groups[i].last)
            place = page.place(i)
            if place is not None:
                after = page.signals.any(place.last, place.last + 2, "trigger", "attack", "explode")
                if i - deed <= _BESIDE or after:
                    aim.places.append(place)
            bare = text.lstrip("وبل").removeprefix("ال")
            if (bare in _SEVERAL or text in _SEVERAL) and not self._such(i):
                aim.several = True
            if bare in _DUALS:  # «مسؤوليتها عن تفجيري الناصرية والديوانية»
                aim.several, deed = True, i
            if text == "any" and page.tokens[i + 1].text == "of":
                aim.several = True
            if text == "ما" and page.tokens[i + 1].text in _HAPPENED:
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
