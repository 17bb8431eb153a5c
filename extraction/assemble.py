"""Blows → events → drafts: which stretches tell the same event, and what is true of it.

The first attack an article tells is its focus. A later stretch joins it unless it carries a date,
a place or a toll of its own, or says that it speaks of another event; an event with an earlier
date, or one that the article only recalls, is no focus.
"""

from __future__ import annotations

import datetime as dt
import itertools
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from extraction.actors import DISOWN, ActorReader, Responsibility
from extraction.aims import Aim, Aims
from extraction.blows import FOLLOWS, RELATIVE, Blow, Quantity, Scanner, SiteUse
from extraction.casualties import Toll, TollReader
from extraction.dates import DAYPART_HOURS, DateMention
from extraction.document import Daypart
from extraction.page import Page
from extraction.places import FoundPlace, distance_km, rank
from extraction.signals import Signal
from extraction.voices import OFFICIAL, Voices
from gazetteer import Gazetteer, Place

Family = Literal["indirect", "air", "ied", "shooting", ""]
_FAMILY: dict[str, Family] = {
    "rocket": "indirect",
    "mortar": "indirect",
    "missile": "indirect",
    "projectile": "indirect",
    "drone": "air",
    "aircraft": "air",
    "airstrike": "air",
    "ied": "ied",
    "car_bomb": "ied",
    "suicide": "ied",
    "shooting": "shooting",
}
_BESIDE = 2
_FAR_KM = 3.0
_NEWS_DAYS = 60
_SHARE_KM = 20.0
_DIES_WITHIN_DAYS = 21
_DRILLS = 2
_NEARBY_TOKENS = 40
_ACT_REACH = 16
_SAME_NEWS_DAYS = 2
_KINDS_OF_HARM = 2  # the dead and the wounded
_SAME_SPOT_KM = 0.3
_OPENING = 4
_IN_A_CITY = frozenset(("in", "direction", "near", "at"))
_GENERIC = frozenset(
    "قاعده معسكر مطار مخيم منطقه حي محيط مدينه الجويه الدولي القاعده المعسكر المطار المنطقه "
    "المخيم base camp airport district the al".split()
)
_FRESH_DAYS = 7
# the hour at which a time of day begins; the night may be the one before or the one to come
_BEGINS = {later[1]: until for (until, _), later in itertools.pairwise(DAYPART_HOURS)}
_OPENING = 8
_SUBORDINATE = frozenset("after about over بعد اثر عن بشان حول".split())
_AND_ONE = frozenset(("and one", "and another"))
_GATHERING = 4  # stretches after the attack's first in which a crowd's place is named
_GATHERED = frozenset("gathered assembled crowded queued queuing waiting lined congregated".split())
_DRIVES = frozenset("drove rammed driving ramming crashed ploughed plowed slammed".split())
_BLASTS = frozenset("blasts explosions bombings".split())
_KNOWN = frozenset("the these those both all".split())
_INDEFINITE = frozenset("a an another one two three".split())
_POSSESSED = 3  # tokens after "Sunday's" among which its attack is named
_DATELINE = 6
_DASHES = frozenset("- – — : / ( ) .".split())
_IN_DATELINE = frozenset("iraq العراق - – — , ، / (".split())
_RUNNING = 3  # lines that open with a time of day
_ONE_MORE = frozenset("واخري واخر وثانيه وثالثه ورابعه وثان وثالث another".split())
_ISSUED = frozenset(
    "الصادر الصادره الصادرين المنشور المنشوره صدر صدرت نشر نشرت issued published released".split()
)
_STARTING = frozenset("ابتداء اعتبارا بدءا انطلاقا starting effective as".split())
_DAY_AFTER = frozenset("غداه".split())
_WHEN = frozenset("حين حينما عندما يوم لما when".split())
_FINDS = frozenset(("find", "setup", "launch_place", "come_from", "defuse"))
_NO_BLOWS = ("find", "setup", "defuse")
_NOT_THERE = frozenset(("from", "toward", "between", "outside"))
_MEANWHILE = frozenset("while whereas بينما فيما".split())
_COMMAS = frozenset("،,؛;")
_JOINTS = _COMMAS | _MEANWHILE | {"and", "و"}
_SEVERAL = frozenset(
    "الهجمات التفجيرات الهجومين التفجيرين الاعتداءات attacks bombings both blasts".split()
)
_IN = frozenset("في وفي ففي".split())
_TOLD = ("explode", "fall", "shoot", "hit", "target", "attack")
_ALL_THAT = frozenset("ذلك هذا الامر الخبر that this it".split())
_TALK = frozenset("انباء شائعات اشاعات صحه تردد اشيع اخبار rumours rumors reports".split())
_NEAR = 5
_OPENS_CLAUSE = frozenset("and while whereas but كما فيما بينما اما".split())
_OTHERS = ("تفجير اخر", "انفجار اخر", "هجوم اخر", "another bomb", "another attack", "a second bomb")
_BACK_THEN = frozenset(
    "ذلك تلك حينها يومها انذاك وقتها حينذاك ايضا كذلك that then also too earlier previous".split()
)
_BOTH = frozenset(
    "الهجومين الاعتداءين الحادثين الانفجارين التفجيرين القصفين العمليتين الحادثتين الحالتين "
    "كليهما كلتيهما both either neither".split()
)
_PARAGRAPH = 2000  # letters, at most, between an attack and who is blamed for it
_AROUND = 12  # events told before and after, to which an act may belong
_CAPITAL = frozenset(("عاصمه", "capital"))
_SERIES = frozenset(("attacks", "bombings", "blasts", "explosions"))
_PLURAL = (
    *("سلسله", "تفجيرات", "هجمات", "اعتداءات", "انفجارات", "عمليات", "ضربات"),
    *("تفجيرين", "هجومين", "انفجارين", "اعتداءين", "عمليتين"),
)
_SHELLING = ("قصف", "shelling", "bombardment", "barrage", "رشق")
_BOMBING = ("تفجير", "bombing", "double bombing")


@dataclass(slots=True)
class Event:
    """Stretches of the article that tell one event."""

    blows: list[Blow] = field(default_factory=list)
    acts: list[Responsibility] = field(default_factory=list)
    focus: bool = True
    kind: str = ""
    named: bool = False  # whether its own words name the kind, not the article's habit
    date: str | None = None
    line: int = 0
    item: bool = False
    heading: list[Blow] = field(default_factory=list)
    told_on: str | None = None  # the first date of the attack itself …
    searched: int = 0  # … among so many of its stretches
    struck: dict[str, Place] = field(default_factory=dict)  # where it hit, each place once
    placed: bool = False  # whether some site of it is finer than a whole city
    dated: str | None = None  # the date read from …
    dated_to: int = -1  # … so many of its stretches

    @property
    def family(self) -> Family:
        return _FAMILY.get(self.kind, "")

    @property
    def sites(self) -> list[SiteUse]:
        return [s for b in self.blows for s in b.sites]

    @property
    def tolls(self) -> list[tuple[Toll, Blow]]:
        return [(t, b) for b in self.blows for t in b.tolls]

    def add(self, blow: Blow) -> None:
        """One more stretch that tells it."""
        self.blows.append(blow)
        for site in blow.sites:
            if site.place is None:
                continue
            anchor = site.place.anchor
            if site.role == "impact" and anchor is not None:
                self.struck[anchor.id] = anchor
            capital = site.place.place is not None and site.place.place.id == "baghdad"
            self.placed = self.placed or (rank(site.place.level) < 5 and not capital)

    def has_toll(self) -> bool:
        return any(t.value is not None for t, _ in self.tolls)


class Assembler:
    """Reads one page into events."""

    def __init__(self, page: Page, gazetteer: Gazetteer) -> None:
        self.page = page
        self.gazetteer = gazetteer
        self.voices = Voices(page)
        self._scanner = Scanner(page, gazetteer, self.voices)
        self._tolls = TollReader(page)
        self._actors = ActorReader(page)
        self._aims = Aims(page)
        self._default_kind = self._kind_of_article()
        self._shell_kind = self._kind_of_shells()
        self._date_starts = [m.start for m in page.dates]
        self._when = self._dates_from_attacks()
        # "one of them", "the third": where the telling may pass on to another
        self._sharing = sorted(
            {s.first for s in page.signals.of_kind("part", "one")}
            | {page.token_at(n.start) for n in page.numbers if n.ordinal}
        )
        # where a clause may begin: an "and", a "while", and the commas before one
        self._joints = [i for i, token in enumerate(page.tokens) if token.text in _JOINTS]
        self._commas = [
            i
            for i in self._joints
            if page.tokens[i].text in _COMMAS
            and i + 1 < len(page.tokens)
            and (
                page.tokens[i + 1].text[0] == "و"
                or page.tokens[i + 1].text in _OPENS_CLAUSE
                or (page.tokens[i].text == ";" and page.lang == "en")
                or (  # "Gunmen killed a man in Kirkuk, a sticky bomb a judge in Mosul, and …"
                    page.lang == "en"
                    and page.tokens[i + 1].text in _INDEFINITE
                    and page.signals.any(i + 2, i + 4, "munition")
                )
            )
        ]
        if page.lang == "en":
            self._commas = sorted({*self._commas, *self._new_after_and()})
        self._diary = self._diary_lines()
        self._titled = next((m.date for m in page.title_dates if m.precision == "day"), None)

    def _new_after_and(self) -> list[int]:
        """Before each "and a mortar round": a weapon joined without a comma."""
        page = self.page
        weapons = (s.first for s in page.signals.of_kind("munition"))
        ands = {
            i
            for at in weapons
            for i in range(max(1, at - _BESIDE - 1), at)
            if page.tokens[i].text == "and" and page.tokens[i + 1].text in _INDEFINITE
        }
        ands |= {  # "killed seven in Taji and another killed two in Kadhimiya"
            s.first - 1
            for s in page.signals.of_kind("part", "one")
            if s.first
            and page.tokens[s.first - 1].text == "and"
            and page.words(s.first, s.last) == "another"
            and page.signals.any(s.last, s.last + 1, "casualty")
        }
        ands |= {  # "a bomb killed two in Taji and gunmen shot dead a barber in Bayaa"
            s.first - 1
            for s in page.signals.of_kind("trigger", "shoot")
            if s.first > 1 and page.tokens[s.first - 1].text == "and"
        }
        return [i - 1 for i in ands if i]

    # ── reading the stretches ────────────────────────────────────────────────────────────────

    def blows(self) -> list[Blow]:
        """The stretches of the article, in order, each scanned."""
        found: list[Blow] = []
        for sentence, (first, last) in enumerate(self.page.bounds):
            if first >= last:
                continue
            acts = self._actors.read(sentence)
            dates = self._dates(first, last)
            for start, stop in self._stretches(first, last, dates):
                voice = self.voices.at(sentence, start)
                told = found[-1].tolls[-1] if found and found[-1].tolls else None
                tolls = self._tolls.read(start, stop, told, same_sentence=start > first)
                tolls = [self._vouched(toll, sentence) for toll in tolls]
                blow = self._scanner.scan(sentence, start, stop, voice, tolls)
                for site in blow.sites:
                    site.rank = self.voices.at(sentence, site.first).rank
                carried = bool(found) and self._carry_on(blow, found[-1])
                blow.dates = dates if stop - start == last - first else self._dates(start, stop)
                if carried:
                    blow.dates = [(mention, True) for mention, _ in blow.dates]
                blow.acts = [a for a in acts if start <= a.first < stop]
                hedges = {s.sub for s in self.page.signals.between(start, stop, "hedge")}
                blow.early = "early" in hedges
                blow.corrects = "correct" in hedges
                blow.recall = self.page.signals.any(start, stop, "recall")
                blow.fresh = self._opens_another(
                    start, min(stop, start + 12)
                ) or self.page.signals.any(start, start + 2, "newevent", "opening")
                found.append(blow)
        return found

    def _opens_another(self, start: int, stop: int) -> bool:
        """ "in a separate attack"; «أعقبته» only where a bomb follows, not sirens."""
        page = self.page
        for signal in page.signals.between(start, stop, "newevent", "any"):
            if not signal.form.text.startswith(FOLLOWS):
                return True
            after = signal.last, signal.last + _NEAR
            if page.signals.any(*after, "munition") or page.signals.any(
                *after, "trigger", "explode", "attack", "airstrike"
            ):
                return True
        return False

    def _vouched(self, toll: Toll, sentence: int) -> Toll:
        """The toll with the rank of who tells it, where somebody is named."""
        voice = self.voices.at(sentence, toll.first)
        return replace(toll, rank=voice.rank) if voice.name else toll

    def _carry_on(self, blow: Blow, before: Blow) -> bool:
        """«، وأخرى في البياع …», «، والثاني في الكرادة حيث …»: one more of what was told before."""
        reach = 8 if self.page.lang == "en" else 4
        bare = not blow.munitions or (self.page.lang == "ar" and not blow.triggers)
        if not bare or not (before.munitions or before.triggers) or not self._one_more(blow):
            return False
        place = next(
            (
                p
                for p, preps in blow.loose
                if p.first - blow.first <= reach and (preps or p.first == blow.first)
            ),
            None,
        )
        if place is None:
            return False
        if self.page.lang == "en" and self.page.tokens[blow.first].text == "and":
            blow.triggers.extend(before.triggers[:1])
            blow.sites.append(SiteUse("impact", place, place.first, place.last, "fell"))
            return True
        count = self._with_it(blow) if place.first == blow.first else 1
        if blow.munitions:
            count = next((q.value for q in blow.quantities if q.value), None)
        elif before.munitions:
            what = before.munitions[-1]
            blow.munitions.append(what)
            blow.quantities = [q for q in blow.quantities if not q.ordinal]
            blow.quantities.append(Quantity(count, what, blow.first, blow.first + 1))
        if not blow.triggers:
            blow.triggers = before.triggers[:1]
        blow.sites.append(SiteUse("impact", place, place.first, place.last, "fell", count))
        return True

    def _with_it(self, blow: Blow) -> int | None:
        """«والمنطقة الخضراء في 16 شباط بثلاثة»: the figure behind «ب»."""
        page = self.page
        for i in range(blow.first, blow.last):
            number = page.number(i)
            if number is not None and page.tokens[i].text.startswith("ب"):
                return number.value
        return None

    def _one_more(self, blow: Blow) -> bool:
        page = self.page
        if page.tokens[blow.first].text in _ONE_MORE:
            return True
        if page.lang == "en" and page.tokens[blow.first].text == "and" and not blow.triggers:
            if page.words(blow.first, min(blow.last, blow.first + 2)) in _AND_ONE:
                return any(attack or m.date for m, attack in self._dates(blow.first, blow.last))
            # "…, and in Shula, where four died"
            return bool(blow.tolls) and page.signal(blow.first + 1, "prep") is not None
        opens = page.signal(blow.first, "prep") is not None or page.place(blow.first) is not None
        if opens and not blow.triggers and blow.first:
            day = any(m.precision == "day" for m, attack in self._dates(blow.first, blow.last))
            return day and page.tokens[blow.first].text.startswith("و")
        if not blow.tolls:
            return False
        for i in range(blow.first, min(blow.last, blow.first + 2)):
            number = page.any_number(i)
            if number is not None and number.ordinal and number.definite:
                return True
        return False

    def _stretches(
        self, first: int, last: int, dates: list[tuple[DateMention, bool]]
    ) -> list[tuple[int, int]]:
        """Cut a sentence where another day or another event begins."""
        page = self.page
        cuts: list[int] = []
        seen: str | None = None
        for mention, _ in dates:
            if mention.date is None or mention.relation != "on":
                continue
            month = mention.precision == "month" and mention.kind == "absolute"
            if mention.precision != "day" and not (month and page.lang == "en"):
                continue
            at = page.token_at(mention.start)
            if seen is not None and not _agree(mention.date, seen):
                cut = self._clause_start(at, first)
                if page.lang == "en":  # "…: a rocket hit it on Monday and two fell on Tuesday"
                    cut = max(cut, self._joined_one(at, first) or cut)
                if cut > first and self._tells(cut, last) and self._tells(first, cut):
                    cuts.append(cut)
                elif (joined := self._joined_place(at, first)) and self._tells(first, joined):
                    cuts.append(joined)
            seen = mention.date
        for kind in ("newevent", "recall"):
            for signal in page.signals.between(first + 3, last, kind):
                cut = self._clause_start(signal.first, first)
                if signal.sub == "opening" and not self._leads(cut, signal.first):
                    continue  # "A third rocket, fired at the same time, exploded in Jadriya"
                if cut == first and page.tokens[signal.first].text in ("بعد", "after"):
                    cut = signal.first
                if cut > first and self._tells(cut, last) and self._tells(first, cut):
                    cuts.append(cut)
        joints = self._joints
        cuts.extend(
            i
            for i in joints[bisect_left(joints, first + 4) : bisect_left(joints, last - 3)]
            if (
                page.tokens[i].text in _MEANWHILE
                and (self._differ(first, i, last) or self._each_harms(first, i, last))
            )
            or (page.tokens[i].text in ("and", "و") and self._next_toll(i, first, last))
        )
        cuts.extend(
            i + 1
            for i in self._commas[
                bisect_left(self._commas, first + 4) : bisect_left(self._commas, last - 5)
            ]
            if self._two_blows(max(first, i - _NEARBY_TOKENS), i, min(last, i + _NEARBY_TOKENS))
        )
        cuts.extend(
            i + 1
            for i in self._commas[
                bisect_left(self._commas, first + 4) : bisect_left(self._commas, last - 4)
            ]
            if self._place_by_place(max(first, i - _NEARBY_TOKENS), i, last)
        )
        sharing = self._sharing
        for i in sharing[bisect_left(sharing, first + 4) : bisect_left(sharing, last - 3)]:
            if (self._whole(first, i) and self._whole(i, last)) or self._other_weapon(
                max(first, i - _NEARBY_TOKENS), i, min(last, i + _NEARBY_TOKENS)
            ):
                cut = self._clause_start(i, first)
                if first < cut <= i and i - cut <= 3:
                    cuts.append(cut)
        edges = [first, *sorted(set(cuts)), last]
        return [(a, b) for a, b in itertools.pairwise(edges) if a < b]

    def _joined_place(self, day: int, first: int) -> int | None:
        """Where «وفي اللطيفية» begins before a day: «في السماوة الاثنين وفي اللطيفية الأحد»."""
        page = self.page
        if page.lang == "en":
            return self._joined_one(day, first)
        for i in range(day - 1, max(first, day - 6), -1):
            if not page.tokens[i].text.startswith("و"):
                continue
            if page.place(i) is not None:
                return i
            if page.signal(i, "prep", "in", "at", "near"):
                return i if any(page.place(k) is not None for k in range(i, day)) else None
        return None

    def _leads(self, cut: int, first: int) -> bool:
        """Whether nothing but an "and" stands between the start of a clause and its opening."""
        return first == cut or (
            first - cut == 1 and self.page.tokens[cut].text in ("and", "but", "then", "while")
        )

    def _joined_one(self, day: int, first: int) -> int | None:
        """ "one on a hangar in Erbil on April 14 and one at Ain al-Asad on May 8"."""
        page = self.page
        for i in range(day - 2, max(first, day - 12), -1):
            if page.tokens[i].text == "and" and page.number(i + 1) is not None:
                return i if any(page.place(k) is not None for k in range(i, day)) else None
        return None

    def _other_weapon(self, first: int, cut: int, last: int) -> bool:
        """«الأول بثلاث قذائف هاون سقطت على …، والثاني بصاروخ سقط في …»."""
        signals = self.page.signals
        weapons = []
        for a, b in ((first, cut), (cut, last)):
            weapon = next(iter(signals.between(a, b, "munition")), None)
            falls = signals.any(a, b, "trigger", "fall", "hit", "explode", "target")
            if weapon is None or not falls:
                return False
            if not any(self.page.place(i) is not None for i in range(a, b)):
                return False
            weapons.append(weapon.sub)
        return weapons[0] != weapons[1]

    def _differ(self, first: int, cut: int, last: int) -> bool:
        """Whether two blows of different kinds stand on the two sides of a "while"."""
        kinds = []
        for a, b in ((first, cut), (cut, last)):
            if not any(self.page.place(i) is not None for i in range(a, b)):
                return False
            munition = next(iter(self.page.signals.between(a, b, "munition")), None)
            shot = self.page.signals.any(a, b, "trigger", "shoot")
            kinds.append("shooting" if shot else _FAMILY.get(munition.sub, "") if munition else "")
        return "" not in kinds and kinds[0] != kinds[1]

    def _each_harms(self, first: int, cut: int, last: int) -> bool:
        """ "a bomb in X killed seven, while another went off in Y, killing three"."""
        signals = self.page.signals
        return all(
            signals.any(a, b, "trigger", "explode", "fall", "attack")
            and any(signals.any(a, b, "casualty", sub) for sub in ("killed", "wounded"))
            and any(self.page.place(i) is not None for i in range(a, b))
            for a, b in ((max(first, cut - _NEARBY_TOKENS), cut), (cut, last))
        )

    def _place_by_place(self, first: int, comma: int, last: int) -> bool:
        """«ففي المقدادية قُتل …، وفي بهرز انفجرت …، أما في خانقين فسقطت …»."""
        return self._opens_with_place(first, comma) and self._opens_with_place(comma + 1, last)

    def _opens_with_place(self, first: int, last: int) -> bool:
        page = self.page
        opens = next(
            (i for i in range(first, min(last, first + 2)) if page.tokens[i].text in _IN), None
        )
        if opens is None or page.place(opens + 1) is None:
            return False
        stop = min(last, opens + _NEARBY_TOKENS)
        return page.signals.any(opens, stop, "trigger", *_TOLD) or page.signals.any(
            opens, stop, "casualty", "killed", "wounded"
        )

    def _next_toll(self, at: int, first: int, last: int) -> bool:
        """ "killed 19 people in Baghdad al-Jadida and four in Zafaraniya"."""
        page = self.page
        if page.number(at + 1) is None:
            return page.lang == "en" and self._next_place(at, first, last)
        after = page.after_number(at + 1)
        return (
            page.signal(after, "prep", "in", "at", "near") is not None
            and any(page.place(i) is not None for i in range(after, min(last, after + 4)))
            and any(page.place(i) is not None for i in range(max(first, at - 4), at))
            and page.signals.any(first, at, "casualty")
        )

    def _next_place(self, at: int, first: int, last: int) -> bool:
        """ "went off in Hurriya, killing five, and in Shula, where four died"."""
        page = self.page
        ahead = min(last, at + _NEARBY_TOKENS)
        behind = max(first, at - _NEARBY_TOKENS)
        if page.signal(at + 1, "prep", "in", "at", "near") is None:
            return False
        place = next((p for i in range(at + 2, min(last, at + 5)) if (p := page.place(i))), None)
        return (
            place is not None
            and page.signals.any(place.last, min(ahead, place.last + 6), "casualty")
            and any(page.number(i) is not None for i in range(place.last, ahead))
            and page.signals.any(behind, at, "casualty")
            and page.signals.any(behind, at, "trigger", "explode", "fall")
            and any(page.place(i) is not None for i in range(behind, at))
        )

    def _whole(self, first: int, last: int) -> bool:
        """Whether a place and the dead and wounded at it stand between."""
        return (
            self.page.signals.any(first, last, "casualty", "killed")
            and self.page.signals.any(first, last, "casualty", "wounded")
            and any(self.page.place(i) is not None for i in range(first, last))
        )

    def _two_blows(self, first: int, cut: int, last: int) -> bool:
        """Whether a comma stands between two blows, each with its toll or each with its hour."""
        stop = cut if self.page.tokens[cut].text in _COMMAS else cut + 1
        if self._whole_blow(cut + 1, last) and (
            self._whole_blow(first, stop)
            or (self._other_family(first, stop, last) and self._fired_at(first, stop))
        ):
            return True
        apart = self._other_family(first, stop, last) and self._new_weapon(cut + 1, last)
        return (
            self.page.lang == "en"
            and (apart or self._timed_blow(cut + 1, min(last, cut + _OPENING)))
            and self._fired_at(first, cut)
            and self._fired_at(cut + 1, last)
        )

    def _other_family(self, first: int, cut: int, last: int) -> bool:
        """ "Mortar rounds also landed in the zone, and a bomb in Bayaa killed two"."""
        kinds = []
        for a, b in ((first, cut), (cut, last)):
            munition = next(iter(self.page.signals.between(a, b, "munition")), None)
            kinds.append(_FAMILY.get(munition.sub, "") if munition is not None else "")
        return self.page.lang == "en" and "" not in kinds and kinds[0] != kinds[1]

    def _timed_blow(self, first: int, last: int) -> bool:
        """ "…, and in the afternoon two rockets were fired": another hour, another weapon."""
        start, stop = self.page.tokens[first].start, self.page.tokens[last - 1].end
        hours = self._when[
            bisect_left(self._date_starts, start) : bisect_left(self._date_starts, stop)
        ]
        return any(m.daypart for m in hours) and self._new_weapon(first, last)

    def _fired_at(self, first: int, last: int) -> bool:
        """Whether something is done with a weapon somewhere between."""
        signals = self.page.signals
        return (
            signals.any(first, last, "munition")
            and signals.any(first, last, "trigger")
            and (
                any(self.page.place(i) is not None for i in range(first, last))
                or any(self.page.tokens[i].text in ("same", "there") for i in range(first, last))
            )
        )

    def _whole_blow(self, first: int, last: int) -> bool:
        """Whether a blow not yet spoken of, a place and somebody hurt stand between."""
        signals = self.page.signals
        return (
            self._new_weapon(first, last)
            and any(signals.any(first, last, "casualty", sub) for sub in ("killed", "wounded"))
            and any(self.page.place(i) is not None for i in range(first, last))
        )

    def _new_weapon(self, first: int, last: int) -> bool:
        """ "a mortar round", "another blast", "two others": not one spoken of before."""
        page = self.page
        weapon = next(iter(page.signals.between(first, last, "munition")), None)
        if weapon is not None:
            return not weapon.form.article
        if page.lang == "ar":
            return False
        opening = min(last, first + _OPENING)
        if page.signals.any(first, opening, "trigger", "shoot") or any(
            page.words(t.first, t.last) in _BLASTS and page.tokens[t.first - 1].text not in _KNOWN
            for t in page.signals.between(first, opening, "trigger", "explode")
        ):
            return True
        return any(
            (page.tokens[i].text in _INDEFINITE or i == first)
            and (
                page.signals.any(i + 1, i + 3, "trigger", "explode", "attack")
                or page.signals.any(i, i + 1, "part", "one")
            )
            for i in range(first, min(last, first + _OPENING))
        )

    def _clause_start(self, at: int, first: int) -> int:
        page = self.page
        for i in range(at, first, -1):
            text = page.tokens[i].text
            if text in "،,;؛:":
                return i + 1
            if text == "and" and at - i < 3:
                return i
        return first

    def _tells(self, first: int, last: int) -> bool:
        signals = self.page.signals
        return any(signals.any(first, last, kind) for kind in ("trigger", "casualty", "munition"))

    def _dates(self, first: int, last: int) -> list[tuple[DateMention, bool]]:
        """The dates between, each with whether it is the time of an attack (not of a statement)."""
        page = self.page
        start, stop = page.tokens[first].start, page.tokens[last - 1].end
        found = [
            (self._day_before(m, last), self._of_attack(m, first, last))
            for m in self._when[
                bisect_left(self._date_starts, start) : bisect_left(self._date_starts, stop)
            ]
            if m.relation == "on" or self._when_follows(m)
        ]
        found = self._without_aside(found, first)
        if any(attack and m.kind != "relative_to_previous" for m, attack in found):
            # "four days after the curfew was lifted, six shells fell on Wednesday"
            return [(m, attack and m.kind != "relative_to_previous") for m, attack in found]
        return found

    def _day_before(self, mention: DateMention, last: int) -> DateMention:
        """«عاد النواب أمس الجمعة، غداة تفجير …»: the attack was on the day before."""
        page = self.page
        after = page.token_at(mention.end - 1) + 1
        for i in range(after, min(last, after + _ACT_REACH)):
            if page.tokens[i].text in _DAY_AFTER and page.signals.any(i, i + 3, "trigger"):
                day = mention.date if mention.precision == "day" else None
                return replace(mention, date=_shift(day, -1) if day else None)
            if page.signals.any(i, i + 1, "trigger"):
                break
        return mention

    def _diary_lines(self) -> frozenset[int]:
        """The lines of a round-up of a week: "On 14 January a grenade …", one day to each."""
        page = self.page
        days: dict[int, str] = {}
        for (first, last), sentence in zip(page.bounds, page.sentences, strict=True):
            if first >= last or sentence.line in days:
                continue
            opening = next((m for m, attack in self._dates(first, last) if attack), None)
            if opening is None or opening.date is None or opening.precision != "day":
                continue
            if page.token_at(opening.start) - first <= 1:
                days[sentence.line] = opening.date
        spread = len(set(days.values()))
        return frozenset(days) if spread >= _RUNNING else frozenset()

    def _in_diary(self, blow: Blow) -> bool:
        """Whether a stretch opens a line of a round-up, and no attack is told before them all."""
        page = self.page
        if blow.line not in self._diary or blow.first != page.bounds[blow.sentence][0]:
            return False
        before = (
            s
            for s in page.signals.of_kind("munition")
            if page.sentences[page.sentence_at(s.first)].line < min(self._diary)
        )
        return next(before, None) is None

    def _dates_from_attacks(self) -> list[DateMention]:
        """The dates of the page, "a day earlier" counted from the attack told last.

        "Bombs went off on Friday, police said on Saturday. A day earlier …" is a Thursday.
        """
        page = self.page
        dates = list(page.dates)
        attacked: str | None = None
        for first, last in page.bounds:
            if first >= last:
                continue
            here: str | None = None
            struck: str | None = None  # the day of an attack told in this sentence
            start, stop = page.tokens[first].start, page.tokens[last - 1].end
            until = bisect_left(self._date_starts, stop)
            told = attacked
            for k in range(bisect_left(self._date_starts, start), until):
                mention = dates[k]
                if mention.precision != "day" or mention.relation != "on":
                    continue
                if mention.kind == "relative_to_previous":
                    after = page.tokens[page.token_at(mention.end - 1)].text == "after"
                    base = (struck or told) if after or here is None else here
                    moved = _shift(base, mention.offset) if base is not None else None
                    if moved is not None:
                        mention = dates[k] = replace(mention, date=moved)
                here = mention.date
                if self._of_attack(mention, first, last):
                    attacked = struck = mention.date
        return dates

    def _without_aside(
        self, found: list[tuple[DateMention, bool]], first: int
    ) -> list[tuple[DateMention, bool]]:
        """ "Members on Tuesday asked about the blast that killed eight on Sunday": not Tuesday.

        The first of two days is that of something else where no attack is told before it and
        a subordinate clause begins between it and the attack, which has its own day behind it.
        """
        days = [k for k, (m, attack) in enumerate(found) if attack and m.precision == "day"]
        if len(days) != 2:
            return found
        page = self.page
        (one, _), (two, _) = found[days[0]], found[days[1]]
        start, stop = page.token_at(one.start), page.token_at(one.end - 1) + 1
        until = page.token_at(two.start)
        if one.date == two.date or any(self._happens(i) for i in range(first, start)):
            return found
        deed = next((i for i in range(stop, until) if self._happens(i)), None)
        if deed is None or not any(page.tokens[i].text in _SUBORDINATE for i in range(stop, deed)):
            return found
        found[days[0]] = (one, False)
        return found

    def _after_something_else(self, mention: DateMention, last: int) -> bool:
        """«بعد يوم كامل من الأرقام المتضاربة»: a day since what was no attack."""
        page = self.page
        if mention.kind != "relative_to_previous" or page.lang != "ar":
            return False
        at = page.token_at(mention.end - 1) + 1
        if at >= last or page.tokens[at].text not in ("من", "علي"):
            return False
        return not any(
            page.signals.any(at, min(last, at + _OPENING), kind)
            for kind in ("trigger", "casualty", "munition")
        )

    def _when_follows(self, mention: DateMention) -> bool:
        """«منذ ليلة الثامن من آذار، حين انفجرت …»: the day of what is told next."""
        after = self.page.token_at(mention.end - 1) + 1
        tokens = self.page.tokens[after : after + 3]
        far = len(tokens) > 2 and tokens[0].text in ("too", "also", "as")  # "on May 5 too, when"
        return any(t.text in _WHEN for t in tokens[: 3 if far else 2])

    def _of_attack(self, mention: DateMention, first: int, last: int) -> bool:
        page = self.page
        at = page.token_at(mention.start)
        if at > first and page.tokens[at - 1].text in _ISSUED:
            return False
        if at - 1 > first and page.tokens[at - 2].text in _STARTING:
            return False  # «ابتداء من مساء الأحد»: what is asked for
        if self._after_something_else(mention, last):
            return False
        if self._when_follows(mention):
            return True
        after = page.token_at(mention.end - 1) + 1
        if self._in_dateline(at, after):
            return False
        if page.tokens[after - 1].text.endswith("'s"):
            return self._owns_attack(after, last)
        if page.signals.any(after, min(last, after + 3), "aftermath", "of_wounds"):
            return False  # «توفي اليوم متأثرا بجراحه»
        if mention.kind == "relative_to_previous" and page.tokens[after - 1].text == "after":
            # "said on Wednesday, a day after a truck bomb killed 20"
            return any(self._happens(i) for i in range(after, min(last, after + _OPENING)))
        for i in range(at - 1, first - 1, -1):
            if page.tokens[i].text in "؛;" or (
                page.lang == "ar"
                and i in page.first["speech"]
                and page.signal(i, "speech", "that") is not None
            ):
                break
            if self._happens(i):
                return True
            if self._is_said(i):
                return False
            near = _BESIDE + 1 if page.lang == "ar" else _OPENING
            if at - i <= near and page.signals.any(i, i + 1, "trigger", *_NO_BLOWS):
                return False  # "planted at night", "found on Tuesday"
        for i in range(after, last):
            if self._happens(i):
                return True
            if self._is_said(i):
                return False
        return any(self._happens(i) for i in range(first, last))

    def _in_dateline(self, first: int, after: int) -> bool:
        """ "BAGHDAD, Oct 12 - Two soldiers died …": the day of the report."""
        page = self.page
        opens, ends = page.bounds[0]
        if not opens < first < min(ends, opens + _DATELINE):
            return False
        closes = after >= ends or page.tokens[after].text in _DASHES
        return closes and all(
            page.in_place(i) or page.tokens[i].text in _IN_DATELINE for i in range(opens, first)
        )

    def _happens(self, i: int) -> bool:
        """Whether a token tells of something that happens in an attack."""
        for s in self.page.signals.by_first.get(i, ()):
            if (
                s.kind in ("munition", "occurs")
                or (s.kind == "casualty" and not s.number)
                or (s.kind == "trigger" and s.sub not in ("come_from", "find", "setup", "defuse"))
            ):
                return not self.page.in_date(i)
        return False

    def _owns_attack(self, after: int, last: int) -> bool:
        """ "Sunday's truck bombing", but not "today's election"."""
        for i in range(after, min(last, after + _POSSESSED)):
            if self.page.tokens[i].text in "،,;":
                return False
            if self._names_attack(i):
                return True
        return False

    def _names_attack(self, i: int) -> bool:
        """Whether a token is a noun for an attack, its weapon or its victims."""
        return self._happens(i) and not self.page.signals.any(
            i, i + 1, "trigger", "launch", "fall", "hit", "target", "intercept"
        )

    def _is_said(self, i: int) -> bool:
        """Whether a token tells of something that is said about one."""
        return any(
            (
                s.kind in ("condemn", "claim", "deny", "blame", "aftermath", "court", "business")
                and s.sub != "responsibility"
            )
            or s.is_("speech", "verb")
            or s.is_("hedge", "correct")
            or s.is_("nonevent", "threat")
            for s in self.page.signals.by_first.get(i, ())
        )

    # ── stretches into events ────────────────────────────────────────────────────────────────

    def events(self) -> list[Event]:
        """The events of the article, the focus first."""
        blows = self.blows()
        if self._is_drill(blows):
            return []
        if self._is_digest(blows):
            return self._digest(blows)
        events: list[Event] = []
        main: Event | None = None
        current: Event | None = None
        pending: list[Blow] = []
        denied = False
        for blow in blows:
            if current is not None and main is not None and current is not main:
                if blow.line != current.line and not current.focus:
                    current = main
            if self.page.signals.any(blow.first, blow.last, "thistime") and not blow.recall:
                current = main or current
            if self._no_event(blow, main):
                refuted = self._denied(blow) or self.page.signals.any(
                    blow.first, blow.last, "nonevent", "hoax"
                )
                denied = denied or refuted
                if refuted and main is not None and self._hardly_told(main):
                    events, main, current = [], None, None
                    continue
                if main is not None and not refuted and not self._abroad(blow.first, blow.last):
                    raid = main.kind == "airstrike" and current and current.family == "indirect"
                    self._side_facts(blow, current if current and (current.focus or raid) else main)
                continue
            if main is not None and current is not main and self._speaks_of_news(blow, current):
                main.acts.extend(blow.acts)
                blow.acts = []
            if not self._is_evidence(blow, current):
                if current is not None:
                    self._attach(self._of_its_day(blow, events, current), blow)
                elif not denied:
                    pending.append(blow)
                continue
            if main is None and denied and not blow.recall and self._attack_date(blow) is None:
                continue
            if main is None:
                main = current = self._start(blow, focus=not denied)
                for early in pending:
                    self._attach(main, early)
                events.append(main)
                continue
            assert current is not None
            if self._another(blow, current, main):
                same = self._known_again(blow, [e for e in events if e is not current])
                same = same or self._back_to(blow, events, current)
                if same is not None:
                    current = same
                    self._attach(current, blow)
                    continue
                self._leave_acts(blow, current)
                like = current.kind
                fired = any(s.role == "launch" for s in blow.sites)
                if fired and current.family == "ied":
                    like = main.kind if main.family == "indirect" else "rocket"
                self._restart_count(blow)
                recalled = self._recalled(blow, main) or self._recalled_on(blow, current, main)
                before, current = current, self._start(blow, focus=not recalled, like=like)
                if self._at_its_time(blow, before):
                    current.heading = before.blows
                    current.date = self._event_date(before)
                events.append(current)
                continue
            current = self._belongs(blow, events, current)
            self._attach(current, blow)
        self._spare_both(blows, events)
        return self._settled(events)

    def _speaks_of_news(self, blow: Blow, current: Event | None) -> bool:
        """«ونفت كتائب … صلتها به», after a look back: who claims or denies speaks of the news."""
        if current is None or current.focus or not blow.acts:
            return False
        if blow.sites or blow.tolls or any(m.date for m, _ in blow.dates):
            return False
        words = {t.text for t in self.page.tokens[blow.first : blow.last]}
        return not words & _BACK_THEN

    def _spare_both(self, blows: Sequence[Blow], events: Sequence[Event]) -> None:
        """«من دون خسائر في الاعتداءين»: said once, true of the last two told before."""
        for blow in blows:
            none = [t for t in blow.tolls if t.none]
            if not none or len(none) < len(blow.tolls):
                continue
            if _BOTH.isdisjoint([t.text for t in self.page.tokens[blow.first : blow.last]]):
                continue
            told = [
                e
                for e in events
                if (e.focus or e.line == blow.line) and e.blows[0].first < blow.first
            ][-2:]
            for event in told:
                if blow not in event.blows and not event.has_toll():
                    spared = Blow(blow.sentence, blow.first, blow.last, blow.voice, tolls=none)
                    spared.line = blow.line
                    event.add(spared)

    def _is_drill(self, blows: Sequence[Blow]) -> bool:
        """An article about an exercise, with nobody hurt in earnest and nothing that fell."""
        drills = self.page.signals.of_kind("nonevent", "drill")
        if len(drills) < _DRILLS:
            return False
        return not any(
            b.strong
            and (b.quantities or b.tolls)
            and any(t.sub in ("fall", "hit", "explode", "target") for t in b.triggers)
            and not self.page.signals.any(b.first, b.last, "nonevent")
            for b in blows
        )

    def _at_its_time(self, blow: Blow, before: Event) -> bool:
        """ "at the same time, …", "in the evening a bomb killed two and another in Taji one"."""
        if blow.dates:
            return False
        goes_on = self.page.lang == "en" and blow.sentence == before.blows[-1].sentence
        return goes_on or self.page.signals.any(blow.first, blow.first + 2, "sametime")

    @staticmethod
    def _restart_count(blow: Blow) -> None:
        """ "and a fourth outside a bakery killed two": one bomb, where the others hit elsewhere."""
        if all(q.value == 1 for q in blow.quantities):
            blow.quantities = [replace(q, ordinal=None) for q in blow.quantities]

    @staticmethod
    def _hardly_told(event: Event) -> bool:
        """Blasts that were heard, and nothing counted: a rumour until somebody confirms it."""
        return len(event.blows) <= 3 and not any(
            any(q.value and q.what for q in b.quantities) or any(t.value for t in b.tolls)
            for b in event.blows
        )

    def _leave_acts(self, blow: Blow, current: Event) -> None:
        """Claims told before the new event's date still speak of the one before."""
        dates = [m for m, attack in blow.dates if attack and m.date is not None]
        if not dates or not blow.acts:
            return
        day = self.page.token_at(dates[0].start)
        cut = self._clause_start(day, blow.first)
        subjects = {n.name for n in self._actors.names.between(blow.first, day)}
        stay = [
            a
            for a in blow.acts
            # "X, which had sworn revenge for the strike of January 3, said it had not fired"
            if a.last <= cut or (a.act in ("denies", "disowns") and a.who.name in subjects)
        ]
        current.acts.extend(stay)
        blow.acts = [a for a in blow.acts if a not in stay]

    def _belongs(self, blow: Blow, events: Sequence[Event], current: Event) -> Event:
        """The event a stretch adds to: of its kind or at its place, before the one told last."""
        if len(events) < 2:
            return current
        kind = _FAMILY.get(self._kind_named(blow), "")
        ours = [s for s in blow.sites if s.place is not None and s.role != "launch"]
        here = [s for s in current.sites if s.place is not None]
        stays = any(self._near(a, b) for a in ours for b in here)
        of_day = self._of_its_day(blow, events, current)
        if of_day is not current:
            return of_day
        nth = self._nth(blow, events)
        if nth is not None:
            return nth
        for event in events:
            if event is current or not event.focus:
                continue
            theirs = [s for s in event.sites if s.place is not None]
            there = any(self._near(a, b) for a in ours for b in theirs)
            if there and not stays:
                return event
            if stays and blow.acts and not there:
                continue  # «تبنت … هجوم الأنبار»
            if kind and kind == event.family and kind != current.family:
                return event
        return current

    def _nth(self, blow: Blow, events: Sequence[Event]) -> Event | None:
        """«السيارة الأولى أودت …، أما الثانية …», "the first killed": the n-th of those told."""
        page = self.page
        opening = range(blow.first, min(blow.last, blow.first + _OPENING))
        number = next(
            (
                n
                for i in opening
                if (n := page.any_number(i)) is not None
                and n.ordinal
                and (n.definite or page.tokens[i - 1].text == "the")
            ),
            None,
        )
        alike = [e for e in events if e.focus and e.family == events[-1].family]
        if number is None or number.value is None or not 1 <= number.value <= len(alike):
            return None
        return alike[number.value - 1] if any(t.value for t in blow.tolls) else None

    def _of_its_day(self, blow: Blow, events: Sequence[Event], current: Event) -> Event:
        """The event that is claimed or denied by its day: "rejected the blame for Sunday's"."""
        days = {m.date for m, _ in blow.dates if m.precision == "day"} if blow.acts else set()
        if not days or self._event_date(current) in days:
            return current
        of_day = [e for e in events if e.focus and self._event_date(e) in days]
        return of_day[0] if len(of_day) == 1 else current

    def _kind_unnamed(self, blow: Blow) -> str:
        """Shelling without a weapon's name is rocket fire; an attack with victims is "other"."""
        words = {
            self.page.words(t.first, t.last).lstrip("وفبل").removeprefix("ال")
            for t in blow.triggers
        }
        if any(w.startswith(_SHELLING) for w in words):
            return "rocket"
        hit = any(s.role == "impact" and s.place is not None for s in blow.sites)
        return "other" if hit and blow.tolls else ""

    def _kind_named(self, blow: Blow) -> str:
        """The kind a stretch names itself, not by the article's habit."""
        named = [m for m in blow.munitions if m not in ("projectile", "aircraft")]
        if named:
            return named[0]
        words = " ".join(self.page.words(t.first, t.last) for t in blow.triggers)
        return "ied" if "bombing" in words or "تفجير" in words else ""

    def _start(self, blow: Blow, *, focus: bool, like: str = "") -> Event:
        event = Event(focus=focus, line=blow.line, item=blow.item)
        own = self._kind(blow)
        event.named = bool(own)
        if not own and _FAMILY.get(like) != "ied" and self._is_bombing(blow):
            own = "ied"
        if not own and like == "airstrike" and self._kind_unnamed(blow) == "rocket":
            own = "rocket"  # "bombed the faction after a contractor died in a barrage on the base"
        event.kind = own or like or self._default_kind or self._kind_unnamed(blow)
        self._attach(event, blow)
        coarse = all(rank(s.place.level) >= 4 for s in blow.sites if s.place is not None)
        if self._is_heading(event) and coarse:
            event.placed, event.struck = False, {}  # told city by city below
        return event

    def _attach(self, event: Event, blow: Blow) -> None:
        event.add(blow)
        event.acts.extend(blow.acts)
        told = self._kind(blow)
        ballistic = told == "missile" and event.kind == "rocket" and not blow.recall
        if not event.kind or (ballistic and not any(b.weapons for b in event.blows)):
            event.kind = told
        elif told and not event.named and event.focus and not blow.recall:
            event.kind, event.named = told, True
        event.line = blow.line

    def _side_facts(self, blow: Blow, main: Event) -> None:
        """A found launcher belongs to the attack even where the stretch tells no attack."""
        launches = [s for s in blow.sites if s.role == "launch"]
        if launches or blow.acts:
            kept = Blow(blow.sentence, blow.first, blow.last, blow.voice)
            kept.sites = launches
            kept.line = blow.line
            main.add(kept)
            main.acts.extend(blow.acts)

    def _kind(self, blow: Blow) -> str:
        if any(t.sub == "airstrike" for t in blow.triggers):
            return "airstrike"
        named = [m for m in blow.munitions if m not in ("projectile", "aircraft")]
        if named:
            best = max(named, key=lambda m: (named.count(m), -named.index(m)))
            if best == "ied" and self._from_the_air(blow):
                return "airstrike"
            if best in ("ied", "suicide") and ("car_bomb" in named or self._drives_in(blow)):
                return "car_bomb"
            return blow.munitions[0] if blow.munitions[0] in named else best
        if any(t.sub == "shoot" for t in blow.triggers):
            return "shooting"
        if blow.weapons:
            return "rocket"
        if "aircraft" in blow.munitions and self._default_kind == "drone":
            return "drone"
        if "projectile" in blow.munitions:
            return self._shell_kind
        if any(t.sub == "explode" for t in blow.triggers):
            if self._is_bombing(blow) and _FAMILY.get(self._default_kind) != "ied":
                return "ied"
            return "" if self._default_kind else "ied"
        return ""

    def _from_the_air(self, blow: Blow) -> bool:
        """ "The bombs fell on Jurf al-Sakhar", where the article tells of air strikes."""
        page = self.page
        return (
            page.lang == "en"
            and any(t.sub == "fall" for t in blow.triggers)
            and bool(page.signals.of_kind("trigger", "airstrike"))
            and any(
                page.words(s.first, s.last) in ("bomb", "bombs")
                for s in page.signals.between(blow.first, blow.last, "munition", "ied")
            )
        )

    def _drives_in(self, blow: Blow) -> bool:
        """ "a suicide bomber drove a truck into a checkpoint", "rammed his car into"."""
        page = self.page
        return "suicide" in blow.munitions and any(
            page.tokens[i].text in _DRIVES and page.signals.any(i + 1, i + 6, "vehicle")
            for t in page.signals.between(blow.first, blow.last, "munition")
            for i in range(t.last, min(blow.last, t.last + _OPENING))
        )

    def _is_bombing(self, blow: Blow) -> bool:
        """«تفجير», "bombing": a word for something planted."""
        return any(
            self.page.words(t.first, t.last)
            .lstrip("وفبل")
            .removeprefix("ال")
            .removeprefix("سلسله ")
            .startswith(_BOMBING)
            for t in blow.triggers
        )

    def _kind_of_article(self) -> str:
        signals = self.page.signals
        counted = Counter(
            s.sub for s in signals.of_kind("munition") if s.sub not in ("projectile", "aircraft")
        )
        if counted:
            return counted.most_common(1)[0][0]
        if signals.of_kind("weapon"):
            return "rocket"
        if signals.of_kind("trigger", "airstrike"):
            return "airstrike"
        if signals.of_kind("trigger", "shoot"):
            return "shooting"
        return ""

    def _kind_of_shells(self) -> str:
        """What "shell" and «قذيفة» mean here: the weapon the article names, else a mortar."""
        named = self.page.signals.of_kind("munition", "mortar", "rocket", "missile")
        counted = Counter(s.sub for s in named)
        return counted.most_common(1)[0][0] if counted else "mortar"

    # ── what a stretch is ────────────────────────────────────────────────────────────────────

    def _is_evidence(self, blow: Blow, current: Event | None) -> bool:
        """Whether the stretch tells an attack (rather than adding to one)."""
        if blow.strong and (blow.sites or blow.quantities or blow.tolls or current is None):
            return True
        if blow.strong and blow.recall and self._attack_date(blow) is not None:
            return True
        if current is None:
            return False
        toll = any(t.value for t in blow.tolls)
        return bool(blow.sites) or toll

    def _denied(self, blow: Blow) -> bool:
        """Whether somebody denies that anything fell: the article then tells of no attack."""
        page = self.page
        for denial in page.signals.between(blow.first, blow.last, "deny", "any"):
            i = denial.first
            if any(stem in page.words(i, denial.last) for stem in DISOWN):
                continue
            if any(a.first == i and a.act == "denies" for a in blow.acts):
                continue  # read as a denial of responsibility
            falls = page.signals.between(i, min(blow.last, i + 24), "trigger", "fall", "hit")
            reach = min(blow.last, i + 9, falls[0].first if falls else i + 5)
            responsible = page.signals.any(i, reach, "deny", "responsibility")
            falls = [
                f
                for f in falls
                if not page.signals.any(f.last, f.last + 2, "casualty")
                and page.tokens[f.first - 1].text not in RELATIVE
            ]
            losses = page.signals.between(i, min(blow.last, i + 24), "casualty")
            if not responsible and falls and not (losses and losses[0].first < falls[0].first):
                return True
            if not responsible and self._of_rumours(denial, blow.last):
                return True
        return False

    def _rumour_denied(self, blow: Blow) -> bool:
        """«تردد في البداية أن قذائف سقطت …، لكن ضابطاً نفى ذلك»: it did not happen."""
        signals = self.page.signals
        fall = next((t for t in blow.triggers if t.sub in ("fall", "hit", "explode")), None)
        if fall is None or not signals.any(blow.first, fall.first, "hedge", "early", "unconfirmed"):
            return False
        return any(
            d.last < len(self.page.tokens) and self.page.tokens[d.last].text in _ALL_THAT
            for d in signals.between(fall.last, blow.last, "deny", "any")
        )

    def _of_rumours(self, denial: Signal, last: int) -> bool:
        """«كذّب مصدر أمني أنباء عن هجوم»: what was put about did not happen."""
        page = self.page
        for i in range(denial.last, min(last, denial.last + _OPENING + 2)):
            if page.tokens[i].text.removeprefix("ال") in _TALK:
                return page.signals.any(i, min(last, i + _ACT_REACH), "trigger", "attack", "target")
        return False

    def _no_event(self, blow: Blow, main: Event | None) -> bool:
        """Drills, threats, denials, foiled attempts, statistics."""
        page = self.page
        first, last = blow.first, blow.last
        nonevents = {s.sub for s in page.signals.between(first, last, "nonevent")}
        if "hoax" in nonevents or self._denied(blow) or self._rumour_denied(blow):
            return True
        told = any(t.sub in ("fall", "hit", "explode") for t in blow.triggers) or any(
            t.value for t in blow.tolls
        )
        if page.first["accident"] and any(
            page.signals.any(t.first - 4, t.last + 6, "accident")
            or (page.lang == "en" and t.sub == "explode" and self._caused_by(t.last, last))
            for t in blow.triggers
        ):
            return True
        if not nonevents.isdisjoint(("any", "drill")) and (not told or main is None):
            return True
        if "threat" in nonevents and not told:
            return True
        if told and self._abroad(first, last) and not any(s.place is not None for s in blow.sites):
            return True
        if (
            not self._has_day(blow)
            and page.signals.any(first, last, "statistics")
            and not any(t.none for t in blow.tolls)
            and (main is not None or not told)
        ):
            return True
        if not blow.triggers and not any(t.value for t in blow.tolls):
            return bool(blow.sites) and all(s.role == "launch" for s in blow.sites)
        struck = any(t.verb and t.sub in ("target", "undergo", "attack") for t in blow.triggers)
        struck = struck or any(s.role == "impact" for s in blow.sites)
        if blow.unfired and not told and main is None and not (struck and blow.quantities):
            return True
        attacks = [t for t in blow.triggers if t.sub in ("attack", "launch", "undergo", "target")]
        return (
            bool(attacks)
            and not told
            and not blow.tolls
            and len(attacks) == len(blow.triggers)
            and all(self._negated(t.first, first) for t in attacks)
        )

    def _caused_by(self, first: int, last: int) -> bool:
        """ "An explosion heard in Taji on Sunday was caused by a gas cylinder"."""
        page = self.page
        stop = min(last, first + _NEARBY_TOKENS)
        return any(
            page.tokens[i].text in ("caused", "due", "result", "traced")
            and page.signals.any(i, i + 7, "accident")
            for i in range(first, stop)
        )

    def _negated(self, at: int, first: int) -> bool:
        """Whether a negation reaches a trigger; one that a casualty takes first does not."""
        page = self.page
        for i in range(at - 1, max(first, at - 5) - 1, -1):
            if page.tokens[i].text in "،,;؛" or page.signals.any(i, i + 1, "casualty"):
                return False
            if page.signal(i, "blame") is not None:
                return False  # «جهات لم يسمّها بالوقوف خلف استهداف …»
            if page.signal(i, "negation") is not None:
                return True
        return False

    def _has_day(self, blow: Blow) -> bool:
        return any(attack and m.precision == "day" for m, attack in blow.dates)

    def _abroad(self, first: int, last: int) -> bool:
        """Whether it tells of something in another country: "in Jordan", «في دمشق»."""
        page = self.page
        return any(
            s.form.prefix.endswith("ب")
            or page.tokens[s.first - 1].text in ("in", "near", "at", "on", "في", "قرب", "علي")
            for s in page.signals.between(first + 1, last, "foreign")
        )

    def _attack_date(self, blow: Blow) -> str | None:
        dates = [m for m, attack in blow.dates if attack and m.date is not None]
        days = [
            (self._from_trigger(m, blow), m.date)
            for m in dates
            if m.precision == "day" and m.date is not None
        ]
        return _nearest(days) if days else next((m.date for m in dates), None)

    def _attacked_on(self, event: Event) -> str | None:
        """The date the attack itself is given, not that of statements about it."""
        if event.date is not None:
            return event.date
        while event.told_on is None and event.searched < len(event.blows):
            event.told_on = self._attack_date(event.blows[event.searched])
            event.searched += 1
        return event.told_on

    def _another(self, blow: Blow, current: Event, main: Event) -> bool:
        """Whether the stretch tells another event than the current one."""
        date = self._attack_date(blow)
        known = self._attacked_on(current)
        if known is None and current.focus and self._event_date(current) is None:
            known = self._attacked_on(main)  # told as of the same day
        kind = self._kind(blow)
        family = _FAMILY.get(kind, "")
        told = blow.strong or any(t.value for t in blow.tolls) or bool(blow.triggers and blow.sites)
        found = bool(blow.sites) and self._only_found(blow)
        if date is not None and told and not found and not self._only_dies(blow, date, known):
            if known is not None and not _agree(date, known):
                return True
            stated = self._event_date(current)
            if known is None and blow.recall and not self._is_news(date):
                return True
            if known is None and stated is not None and date != stated and self._pluperfect(blow):
                return True
            if known is None and stated is None and self._dates_itself(blow, current):
                return True
            if known is None and stated is not None and _days_apart(date, stated) > _NEWS_DAYS:
                return True
            if known is None and stated is not None and _days_apart(date, stated) > 2:
                return self._apart(blow, current) or not self._own_place(blow)
        if told and self._other_hour(blow, current):
            return True
        listed = blow.item and blow.line != current.line and blow.strong
        if listed and self._own_place(blow) and self._apart(blow, current):
            return True
        harmed = any(t.value for t in blow.tolls)
        if blow.fresh and blow.strong and (harmed or (blow.sites and not self._summed(current))):
            return True
        if blow.fresh and current.has_toll() and self._another_blast(blow):
            return True
        if (
            family
            and current.family
            and family != current.family
            and (current.named or (current.placed and self._apart(blow, current)))
            and blow.strong
            and (self._own_place(blow) or (harmed and not blow.early))
        ):
            return True
        if harmed and current.family == "ied" and self._next_in_order(blow, current):
            return True
        if self._stopped_elsewhere(blow, current):
            return True
        if self._planted_too(blow, current) or self._next_door(blow, current):
            return True
        if self._elsewhere(blow, current) or self._in_another_city(blow, current):
            return True
        if self._pluperfect(blow) and told and not blow.early and self._apart(blow, current):
            return True
        summed = self._is_series(main) and not main.placed and main.family == "ied"
        if (
            summed
            and self._apart(blow, current)
            and any(t.sub == "explode" and t.verb for t in blow.triggers)
        ):
            return True
        sums = self._is_series(current) or self._summed(current)
        if not current.placed and told and sums and self._own_place(blow):
            if blow.strong and self._is_heading(current):
                return True
            smaller = [
                t
                for t in blow.tolls
                if t.value
                and any((k.value or 0) > t.value for k, _ in current.tolls if k.what == t.what)
            ]
            if smaller:
                return True
        if self._is_heading(current) and blow.strong and harmed and blow.quantities:
            return True
        if blow.recall and blow.strong and date is None and self._told_as_past(blow, current):
            return True
        if blow.recall and blow.strong and date is None and self._recall_opens(blow):
            return self._own_place(blow) or any(t.value for t in blow.tolls)
        if current.has_toll() and any(t.value for t in blow.tolls) and self._own_place(blow):
            parts = all(q.part or q.other for q in blow.quantities if q.value) and bool(
                [q for q in blow.quantities if q.value]
            )
            ours = [s for s in blow.sites if s.place is not None and s.role == "impact"]
            apart = ours and not any(
                self._near(s, t) for s in ours for t in current.sites if t.place is not None
            )
            fits = self._sums(blow, current)
            if apart and current.family == "ied" and not fits and current.placed:
                return True
            return bool(apart) and not parts and not fits and current.placed
        return False

    def _another_blast(self, blow: Blow) -> bool:
        """«حتى ضرب تفجير آخر الضفة الثانية»: another one, said before it is told."""
        return any(
            self.page.words(s.first, s.last).endswith(_OTHERS)
            for s in self.page.signals.between(blow.first, blow.last, "newevent", "any")
        )

    def _next_door(self, blow: Blow, current: Event) -> bool:
        """«وبعد دقائق فجّر رجل حزامه قرب ساحة الطلائع، فقُتل خمسة»: a bomb of its own close by."""
        if current.family != "ied" or not any(t.sub == "explode" and t.verb for t in blow.triggers):
            return False
        ours = {(t.what, t.value) for t in blow.tolls if t.value and not t.early}
        theirs = {(t.what, t.value) for t, _ in current.tolls if t.value}
        if len(ours) < _KINDS_OF_HARM or ours & theirs or blow.early or blow.recall:
            return False
        spots = [a for s in blow.sites if s.role == "impact" and s.place and (a := s.place.anchor)]
        known = [b for b in current.struck.values() if rank(b.level) <= 1]
        return bool(spots and known) and all(
            rank(a.level) <= 1
            and not self.gazetteer.is_within(a, b.id)
            and not self.gazetteer.is_within(b, a.id)
            and distance_km(a, b) > _SAME_SPOT_KM
            for a in spots
            for b in known
        )

    def _planted_too(self, blow: Blow, current: Event) -> bool:
        """«كما ألقيت قنبلة صوتية على مقر آخر في حي أور»: after one bomb and its toll, another."""
        device = any(q.value == 1 and q.what and not q.part for q in blow.quantities)
        if not (device and current.family == "ied" == _FAMILY.get(self._kind(blow), "")):
            return False
        told = [q.value for q in current.blows[0].quantities if q.value and q.what]
        return (
            told == [1]
            and any(t.value for t in current.blows[0].tolls)
            and self._own_place(blow)
            and self._apart(blow, current)
        )

    def _stopped_elsewhere(self, blow: Blow, current: Event) -> bool:
        """ "Three drones were shot down near Erbil airport", after missiles: not among them."""
        family = _FAMILY.get(self._kind(blow), "")
        counted = any(q.value and q.what and not q.part for q in blow.quantities)
        return (
            self.page.lang == "en"
            and current.named
            and family not in ("", current.family)
            and counted
            and any(s.role == "intercept" for s in blow.sites)
            and any(rank(p.level) < 4 and prepositions for p, prepositions in blow.loose)
        )

    @staticmethod
    def _next_in_order(blow: Blow, current: Event) -> bool:
        """«انفجرت الثانية في … مخلفة ثلاثة قتلى»: another device with a toll of its own."""
        later = any((q.ordinal or 0) > 1 for q in blow.quantities)
        placed = any(s.role == "impact" and s.place is not None for s in blow.sites)
        return later and placed and any(t.value for t in current.blows[-1].tolls)

    @staticmethod
    def _summed(event: Event) -> bool:
        """Whether it was opened with the toll of several blows, which come one by one."""
        opening = event.blows[0]
        several = any((q.value or 0) > 1 and q.what and not q.part for q in opening.quantities)
        return event.family == "ied" and several and any(t.value for t in opening.tolls)

    def _dates_itself(self, blow: Blow, event: Event) -> bool:
        """ "On Tuesday night a rocket fell at the airport", after a lead that gives no day."""
        opens = next((m for m, attack in blow.dates if attack and m.date is not None), None)
        return (
            self.page.lang == "en"
            and opens is not None
            and self.page.token_at(opens.start) - blow.first <= 1
            and blow.strong
            and any(m.daypart for b in event.blows for m, attack in b.dates if attack)
            and self._apart(blow, event)
        )

    @staticmethod
    def _only_found(blow: Blow) -> bool:
        """«المنصة وُجدت اليوم داخل معسكر الرشيد»: the day of the find, not of an attack."""
        return (
            all(s.role == "launch" for s in blow.sites)
            and not any(t.value for t in blow.tolls)
            and not any(q.value and q.what for q in blow.quantities)
            and all(t.sub in _FINDS or (t.sub == "launch" and not t.verb) for t in blow.triggers)
        )

    @staticmethod
    def _only_dies(blow: Blow, date: str, known: str | None) -> bool:
        """ "five died on the day and one more on Monday": the wounded of the same event."""
        told = blow.munitions or blow.sites or any(t.sub == "shoot" for t in blow.triggers)
        if any(t.rise for t in blow.tolls) and not told:
            return True  # "raised that to 51 at midnight, and on Wednesday to 63"
        return (
            known is not None
            and known < date
            and not (blow.triggers or blow.munitions or blow.sites)
            and all(t.what == "killed" for t in blow.tolls if t.value)
            and _days_apart(known, date) <= _DIES_WITHIN_DAYS
        )

    def _elsewhere(self, blow: Blow, event: Event) -> bool:
        """A salvo of its own, a day's drive from the one told before."""
        whole = any(q.value and q.what and not q.part and not q.other for q in blow.quantities)
        planted = event.family == "ied" and any(t.sub == "explode" for t in blow.triggers)
        if not (blow.strong and (whole or planted) and event.struck):
            return False
        ours = [a for s in blow.sites if s.role == "impact" and s.place and (a := s.place.anchor)]
        gaps = [
            distance_km(a, b) - (a.radius_m + b.radius_m) / 1000
            for a in ours
            for b in event.struck.values()
        ]
        return bool(gaps) and min(gaps) > _SHARE_KM

    @staticmethod
    def _in_another_city(blow: Blow, event: Event) -> bool:
        """A device and a toll of its own, in a city that only says where: «شرق بغداد»."""
        stopped = any(s.role == "intercept" for s in blow.sites)
        if any(s.place is not None for s in blow.sites):
            return False
        if not stopped and not any(t.value for t in blow.tolls):
            return False
        if not (blow.strong and any(q.value and q.what and not q.part for q in blow.quantities)):
            return False
        theirs = [a for s in event.sites if s.place is not None and (a := s.place.anchor)]
        cities = [
            a
            for p, prepositions in blow.loose
            if prepositions & _IN_A_CITY and rank(p.level) <= 4 and (a := p.anchor) is not None
        ]
        return bool(cities and theirs) and all(
            distance_km(city, struck) > _SHARE_KM + city.radius_m / 1000
            for city in cities
            for struck in theirs
        )

    def _other_hour(self, blow: Blow, event: Event) -> bool:
        """Another time of day, and another place or kind: another blow."""
        ours = {m.daypart for m, attack in blow.dates if attack and m.daypart}
        theirs = {m.daypart for b in event.blows for m, attack in b.dates if attack and m.daypart}
        if not (ours and theirs) or not ours.isdisjoint(theirs):
            return False
        family = _FAMILY.get(self._kind(blow), "")
        other = bool(family and event.family) and family != event.family and event.named
        more = any(q.other and q.what for q in blow.quantities)  # «وفي المساء سقط صاروخان آخران»
        return self._apart(blow, event) or ((other or more) and blow.strong)

    def _apart(self, blow: Blow, event: Event) -> bool:
        """Whether the stretch's places are none of the event's."""
        ours = [s for s in blow.sites if s.place is not None and s.role != "launch"]
        theirs = [s for s in event.sites if s.place is not None and s.role != "launch"]
        return bool(ours) and not any(self._near(a, b) for a in ours for b in theirs)

    def _is_series(self, event: Event) -> bool:
        """A lead that sums up several attacks: «سلسلة هجمات», "bombs in and near Baghdad"."""
        blow = event.blows[0]
        words = {self.page.words(t.first, t.last) for t in blow.triggers}
        if any(w.lstrip("وب").startswith(_PLURAL) for w in words) or words & _SERIES:
            return True
        counted = any(q.value for q in blow.quantities)
        return (
            event.family == "ied"
            and not counted
            and any(
                s.number == "plural"
                for s in self.page.signals.between(blow.first, blow.last, "munition")
            )
        )

    def _is_heading(self, event: Event) -> bool:
        """ "A string of bombings struck Baghdad and Kirkuk": no toll, several places."""
        blow = event.blows[0]
        hit = {s.place.anchor for s in blow.sites if s.role == "impact" and s.place is not None}
        return len(hit) > 1 and not event.has_toll() and self._is_series(event)

    def _sums(self, blow: Blow, current: Event) -> bool:
        """Whether the stretch's toll is a share of a total told before."""
        if current.family != "indirect" or len(current.blows) > 2:
            return False
        count = max((q.value for q in blow.quantities if q.value), default=0)
        total = max((q.value for b in current.blows for q in b.quantities if q.value), default=0)
        if count and count >= total:
            return False
        ours = [p for s in blow.sites if s.place and (p := s.place.anchor)]
        theirs = [p for s in current.sites if s.place and (p := s.place.anchor)]
        if ours and theirs and min(distance_km(a, b) for a in ours for b in theirs) > _SHARE_KM:
            return False
        for toll in blow.tolls:
            if not toll.value:
                continue
            known = [t.value for t, _ in current.tolls if t.what == toll.what and t.value]
            if known and toll.value < max(known):
                return True
        return False

    def _told_as_past(self, blow: Blow, current: Event) -> bool:
        """ "A bomb on a bridge outside Baiji earlier this week destroyed a car"."""
        past = self.page.signals.any(blow.first, blow.last, "recall", "when")
        return past and self._attacked_on(current) is not None and self._apart(blow, current)

    def _recall_opens(self, blow: Blow) -> bool:
        return self.page.signals.any(blow.first, min(blow.last, blow.first + 5), "recall")

    def _recalled(self, blow: Blow, main: Event) -> bool:
        date = self._attack_date(blow)
        attacked = self._attacked_on(main)
        known = attacked or self._event_date(main)
        if date is not None and attacked is None and blow.fresh and self._is_news(date):
            return False  # the day before it was told of, like the main event perhaps
        if self._in_diary(blow) and date is not None:
            return False
        if date is not None and known is not None:
            if not _agree(date, known):
                if blow.fresh and _days_apart(date, known) <= 1:
                    return False  # "hours earlier", the evening before
                near = _days_apart(date, known) <= _SAME_NEWS_DAYS
                if near and self._apart(blow, main) and self._in_title(blow):
                    return False
                return date < known or not (blow.fresh or self._is_news(date))
            sameday = self.page.signals.any(blow.first, min(blow.last, blow.first + 6), "sameday")
            return (blow.recall or sameday) and not blow.fresh
        if date is not None and len(date) == 10 and not self._is_news(date):
            return True  # where the news itself gives no date
        if self._pluperfect(blow):
            known = self._event_date(main)
            told = next((m.date for m, _ in blow.dates if m.date is not None), None)
            if told is None and not any(m.daypart for m, _ in blow.dates):
                return True
            return known is not None and told is not None and told < known
        if blow.fresh:
            return False
        if blow.recall:
            return True
        return self.page.signals.any(blow.first, min(blow.last, blow.first + 6), "sameday")

    def _recalled_on(self, blow: Blow, current: Event, main: Event) -> bool:
        """One more of the attacks that the paragraph looks back on."""
        if current.focus or blow.line != current.line or blow.item:
            return False
        date, known = self._attack_date(blow), self._event_date(main)
        if date is not None:
            return known is not None and date < known
        return not blow.fresh and not any(m.daypart for m, attack in blow.dates if attack)

    def _in_title(self, blow: Blow) -> bool:
        """Whether the headline names where it happened."""
        page = self.page
        places = [s.place for s in blow.sites if s.place is not None and s.role != "launch"]
        return any(
            all(
                page.tokens[i].text.removeprefix("ال") in page.title
                for i in range(p.first, p.last)
                if page.tokens[i].text not in _GENERIC
            )
            for p in places
            if rank(p.level) <= 4 and page.tokens[p.last - 1].text not in _GENERIC
        )

    def _is_news(self, date: str) -> bool:
        """Whether a day lies right before publication."""
        published = self.page.published
        return (
            published is not None
            and len(date) == 10
            and 0 <= _days_apart(date, published.date().isoformat()) <= 1
        )

    def _pluperfect(self, blow: Blow) -> bool:
        """«وكان التحالف قد أعلن …»: told as past at the time of the article's event."""
        page = self.page
        opens = page.tokens[blow.first].text.lstrip("و") in ("كان", "كانت", "كانا")
        return opens and any(
            page.tokens[i].text == "قد" for i in range(blow.first, min(blow.last, blow.first + 12))
        )

    def _known_again(self, blow: Blow, events: Sequence[Event]) -> Event | None:
        """An event told before that the stretch comes back to: same day, same kind."""
        date = self._attack_date(blow)
        if date is None:
            return None
        kind = _FAMILY.get(self._kind(blow), "")
        for event in events:
            known = self._event_date(event)
            if known == date and (not kind or kind == event.family) and not blow.fresh:
                ours = [s for s in blow.sites if s.place is not None]
                theirs = [s for s in event.sites if s.place is not None]
                if not ours or not theirs or any(self._near(a, b) for a in ours for b in theirs):
                    return event
        return None

    def _back_to(self, blow: Blow, events: Sequence[Event], current: Event) -> Event | None:
        """Another news of the same kind that a stretch without day and place comes back to."""
        kind = _FAMILY.get(self._kind(blow), "")
        if not kind or kind == current.family or self._own_place(blow) or blow.fresh or blow.recall:
            return None
        if self._attack_date(blow) is not None:
            return None
        return next((e for e in events if e.focus and e is not current and e.family == kind), None)

    def _own_place(self, blow: Blow) -> bool:
        return any(s.place is not None and rank(s.place.level) < 5 for s in blow.sites)

    def _near(self, a: SiteUse, b: SiteUse) -> bool:
        p = a.place.anchor if a.place else None
        q = b.place.anchor if b.place else None
        if p is None or q is None:
            return a.place is not None and b.place is not None and p is q is None
        return (
            self.gazetteer.is_within(p, q.id)
            or self.gazetteer.is_within(q, p.id)
            or distance_km(p, q) <= _FAR_KM
        )

    # ── digests ──────────────────────────────────────────────────────────────────────────────

    def _is_digest(self, blows: Sequence[Blow]) -> bool:
        """A list whose lines each have a place and a toll of their own."""
        lines: dict[int, list[Blow]] = {}
        for blow in blows:
            if blow.item:
                lines.setdefault(blow.line, []).append(blow)
        telling = 0
        for of_line in lines.values():
            toll = any(t for b in of_line for t in b.tolls)
            place = any(
                self.page.place(i) is not None for b in of_line for i in range(b.first, b.last)
            )
            old = any(b.recall for b in of_line)
            telling += toll and place and not old
        return telling >= 2

    def _digest(self, blows: Sequence[Blow]) -> list[Event]:
        events: list[Event] = []
        header: list[Blow] = []
        by_line: dict[int, Event] = {}
        opening: dict[int, list[Blow]] = {}
        for blow in blows:
            if not blow.item or self._opens_list(blow):
                header += opening.pop(blow.line, [])
                header.append(blow)
                continue
            before = by_line.get(blow.line)
            if before is not None and not (
                self._of_one_day(before) and self._another(blow, before, before)
            ):
                self._attach(before, blow)
                continue
            if not (blow.tolls or blow.triggers or blow.munitions):
                opening.setdefault(blow.line, []).append(blow)
                if not events and self._ends_open(blow):
                    header.append(blow)
                continue
            if self._no_event(blow, None) and not any(t.value for t in blow.tolls):
                continue
            if events and self._only_spares(blow):
                self._attach(events[-1], blow)  # «• ولا خسائر بشرية»
                continue
            if events and not blow.quantities and self._only_found(blow) and blow.sites:
                self._attach(events[-1], blow)  # «- ثبت أن الإطلاق جرى من قضاء الطارمية»
                continue
            event = Event(focus=not blow.recall, line=blow.line, item=True, kind=self._kind(blow))
            event.heading = opening.pop(blow.line, [])
            self._attach(event, blow)
            if before is not None and self._event_date(event) is None:
                event.date = self._event_date(before)
            by_line[blow.line] = event
            events.append(event)
        self._spare_both(blows, events)
        lead = self._lead(header, events)
        common = next((self._kind(b) for b in header if self._kind(b)), self._default_kind)
        date = next((d for b in header if (d := self._any_date(b))), None)
        each = [
            q
            for b in header
            for q in b.quantities
            if q.value == 1 and (not q.what or _FAMILY.get(q.what) == _FAMILY.get(common))
        ]
        for event in events:
            event.kind = event.kind or common
            if self._event_date(event) is None:
                own = next((d for b in event.heading if (d := self._any_date(b))), None)
                event.date = own or date
            blow = event.blows[0]
            if not any(s.place is not None for b in event.blows for s in b.sites):
                self._place_item(event)
            if each and not any(q.value for b in event.blows for q in b.quantities):
                blow.quantities.append(each[0])
        if lead is not None:
            lead_day = self._event_date(lead)
            for event in events:
                day = self._event_date(event)
                event.focus = day is None or lead_day is None or day >= lead_day
            events = [lead, *events]
        else:
            self._blame_for_all(header, events)
        return self._settled(events)

    def _opens_list(self, blow: Blow) -> bool:
        """ "At least 14 blasts shook Baghdad before noon.", above the list of them."""
        several = any((q.value or 0) > 1 for q in blow.quantities) and not blow.munitions
        placed = [s for s in blow.sites if s.place is not None and s.place.anchor is not None]
        return (
            self.page.lang == "en"
            and blow.line == self.page.sentences[0].line
            and several
            and not blow.tolls
            and all(s.place and s.place.anchor and s.place.anchor.id == "baghdad" for s in placed)
        )

    def _only_spares(self, blow: Blow) -> bool:
        """Whether a line tells nothing but that nobody was hurt."""
        return bool(blow.tolls) and not (
            blow.munitions
            or any(not t.none for t in blow.tolls)
            or any(self.page.place(i) is not None for i in range(blow.first, blow.last))
            or any(t.sub != "attack" for t in blow.triggers)
        )

    def _ends_open(self, blow: Blow) -> bool:
        """«🔴 الإعلام الأمني، الأربعاء 9 حزيران:»: a heading, with a mark of its own."""
        return self.page.tokens[blow.last - 1].text == ":"

    def _blame_for_all(self, header: Sequence[Blow], items: Sequence[Event]) -> None:
        """Who is blamed before or after the list is blamed for its items, or for those named."""
        for blow in header:
            if not blow.acts or blow.recall or self._attack_date(blow):
                continue
            ours = [s for s in blow.sites if s.place is not None and s.role != "launch"]
            at = [e for e in items if any(self._near(a, b) for a in ours for b in e.sites)]
            for event in at or items:
                event.acts.extend(blow.acts)

    def _of_one_day(self, event: Event) -> bool:
        """ "21 Nov, 01:30 - …": a line of a log, which may tell more than one attack of its day."""
        first = event.heading[0] if event.heading else event.blows[0]
        return any(
            m.precision == "day" and self.page.token_at(m.start) - first.first <= _DATELINE
            for m, _ in first.dates[:1]
        )

    def _lead(self, header: Sequence[Blow], items: Sequence[Event]) -> Event | None:
        """The attack that the text before the list tells in full; the list then looks back."""
        first_item = min((e.blows[0].first for e in items), default=0)
        for blow in header:
            placed = any(
                s.place is not None and s.role == "impact" and rank(s.place.level) < 4
                for s in blow.sites
            )
            if blow.first < first_item and blow.strong and placed and self._attack_date(blow):
                return self._start(blow, focus=True)
        return None

    def _place_item(self, event: Event) -> None:
        """A list line that only names its place: «الزعفرانية: قتيل وسبعة جرحى»."""
        places = [
            p
            for b in event.blows
            for i in range(b.first, b.last)
            if (p := self.page.place(i)) is not None
        ]
        if places:
            best = min(places, key=lambda p: (rank(p.level), p.first))
            event.blows[0].sites.append(SiteUse("impact", best, best.first, best.last, "fell"))

    def _any_date(self, blow: Blow) -> str | None:
        return next((m.date for m, _ in blow.dates if m.date is not None), None)

    # ── the fields of an event ───────────────────────────────────────────────────────────────

    def _settled(self, events: list[Event]) -> list[Event]:
        """Drop what is a mere heading for the others, and what says too little."""
        for event in events:
            self._correct(event)
            self._place_loosely(event)
        self._recall_here(events)
        focus = [e for e in events if e.focus]
        loose = focus and (
            not focus[0].placed or self._is_heading(focus[0]) or self._counts_rest(focus)
        )
        if len(focus) >= 3 and loose and not self._tells_one(focus[0]):
            heading = focus[0]
            for event in focus[1:]:
                if self._event_date(event) is None:
                    event.date = self._event_date(heading)
                event.heading = [*event.heading, *heading.blows]
            events = [e for e in events if e is not heading]
        self._look_back(events)
        self._date_by_clock(events)
        self._date_by_hour(events)
        days = [d for e in events if e.focus and (d := self._event_date(e))]
        main_date = days[0] if days else self._titled
        if main_date is None and self.page.lang == "en":
            main_date = self._day_before_it(events)
        for index, event in enumerate(events):
            if event.date is None and (index == 0 or not event.focus or main_date is None):
                event.date = self._event_date(event)
            if event.date is None and event.focus:
                event.date = self._attacked_on(event) or main_date
            if event.focus and event.date is not None and main_date is not None:
                vague = len(event.date) < len(main_date) and not event.date.startswith(
                    main_date[:7]
                )
                if vague:  # "after the March election" dates no mortar fire of this morning
                    event.date = main_date
            event.date = self._not_to_come(event)
        self._acts_to_their_events(events)
        self._claimed_once(events)
        for event in events:
            if self._by_a_state(event) and (event.kind == "drone" or self._only_bombed(event)):
                event.kind = "airstrike"
        return [e for e in events if self._says_enough(e)]

    def _counts_rest(self, focus: Sequence[Event]) -> bool:
        """«ضربت ثلاثة تفجيرات محيط المنطقة الخضراء»: the number of what is told one by one."""
        lead, rest = focus[0], focus[1:]
        counts = {q.value for q in lead.blows[0].quantities if (q.value or 0) > 1}
        alike = [e for e in rest if e.family == lead.family]
        return not lead.has_toll() and self._is_series(lead) and len(alike) in counts

    def _day_before_it(self, events: Sequence[Event]) -> str | None:
        """The day named last before an attack that has none: "on Friday …. Before dawn a bomb"."""
        published = self.page.published
        main = next((e for e in events if e.focus), None)
        if published is None or main is None:
            return None
        start = self.page.tokens[main.blows[0].first].start
        days = [
            m.date
            for m in self.page.dates
            if m.precision == "day" and m.relation == "on" and m.date and m.start < start
        ]
        near = published.date().isoformat()
        fits = bool(days) and days[-1] <= near and _days_apart(days[-1], near) <= _SAME_NEWS_DAYS
        return days[-1] if fits else None

    @staticmethod
    def _tells_one(event: Event) -> bool:
        """Whether it tells one blow of its own and is no heading for others."""
        return event.item or any(
            q.value == 1 and q.what and not q.ordinal for q in event.blows[0].quantities
        )

    def _not_to_come(self, event: Event) -> str | None:
        """Its date, or the day before: "after sunset", in a report of the morning."""
        published = self.page.published
        if published is None or event.date != published.date().isoformat():
            return event.date
        daypart, _ = self.daypart(event)
        if published.hour >= _BEGINS.get(daypart or "night", 0):
            return event.date
        if any(self._attack_date(blow) == event.date for blow in event.blows):
            return event.date
        return _shift(event.date, -1)

    def _only_bombed(self, event: Event) -> bool:
        """«القوات الأمريكية قصفت»: an army's fire that no weapon is named of comes from the air."""
        if event.kind != "rocket" or any(b.munitions or b.weapons for b in event.blows):
            return False
        return not any(
            "مدفع" in self.page.words(b.first, b.last)
            or "artillery" in self.page.words(b.first, b.last)
            for b in event.blows
        )

    @staticmethod
    def _by_a_state(event: Event) -> bool:
        """A state's drone is its air force; a militia's is a weapon thrown at something."""
        return any(
            a.act in ("claims", "attributes") and a.who.group is not None and a.who.group.state
            for a in event.acts
        )

    def _is_fresh(self, event: Event) -> bool:
        """Whether the attack itself is dated within the days before publication."""
        date = self._attacked_on(event)
        published = self.page.published
        return (
            date is not None
            and published is not None
            and len(date) == 10
            and _days_apart(date, published.date().isoformat()) <= _FRESH_DAYS
        )

    def _date_by_clock(self, events: Sequence[Event]) -> None:
        """A running report, each line with its time, tells of the day it is published."""
        page = self.page
        if page.published is None:
            return
        opened = {s.start for s in page.sentences}
        times = [m.clock for m in page.dates if m.clock is not None and m.start in opened]
        if len(times) < _RUNNING:
            return
        day = page.published.date()
        if times[0] > page.published.strftime("%H:%M"):
            day -= dt.timedelta(days=1)
        for event in events:
            if event.focus and self._event_date(event) is None:
                event.date = day.isoformat()

    def _date_by_hour(self, events: Sequence[Event]) -> None:
        """A lead with an hour and no day, where all others have theirs, is of today."""
        published = self.page.published
        if published is None or self.page.lang != "en" or not events or not events[0].focus:
            return
        if not any(m.precision == "day" for m in self.page.dates):
            for event in events:  # "At 7:45 a.m. a roadside bomb …": an alert of the same day
                told = [m.clock for b in event.blows for m, attack in b.dates if attack and m.clock]
                if told and event.focus and self._event_date(event) is None:
                    late = min(told) > published.strftime("%H:%M")
                    event.date = (published.date() - dt.timedelta(days=late)).isoformat()
            return
        if len(events) < 2:
            return
        lead, *others = events
        hour = any(m.daypart for b in lead.blows for m, attack in b.dates if attack)
        if hour and self._event_date(lead) is None and all(self._event_date(e) for e in others):
            lead.date = published.date().isoformat()

    def _look_back(self, events: Sequence[Event]) -> None:
        """An anniversary, or what lies months before publication, is no news."""
        page = self.page
        opening = page.bounds[:2]
        anniversary = any(page.signals.any(a, b, "anniversary") for a, b in opening)
        court = anniversary or any(page.signals.any(a, b, "court") for a, b in opening)
        published = page.published
        for event in events:
            date = self._event_date(event)
            old = (
                published is not None
                and date is not None
                and _days_apart(date, published.date().isoformat()) > _NEWS_DAYS
                and len(date) == 10
            )
            undated = date is None and bool(events) and self._is_fresh(events[0])
            if old or (court and not undated and not self._is_fresh(event)):
                event.focus = False

    def _place_loosely(self, event: Event) -> None:
        """An attack told without a site of its own is put where its sentences play."""
        if any(s.role == "intercept" for s in event.sites):
            return
        if any(s.place is not None and not s.found for s in event.sites):
            return  # a launcher that was found leaves open where it hit
        for fits in (self._fine, self._coarse):
            if fits == self._coarse and self._where_they_gathered(event):
                return
            for blow in event.blows:
                triggers = [t for t in blow.triggers if not self._pointed_back(t.first)]
                telling = [*triggers, *(t for t in blow.tolls if t.value)]
                places = [p for p, preps in blow.loose if fits(p, preps, blow)]
                if telling and places:
                    best = min(places, key=lambda p: (rank(p.level), p.first))
                    self._infer(event, blow, best)
                    return
        if any(s.place is not None for s in event.sites):
            return
        opening = next((b for b in event.blows if b.strong or b.tolls), None)
        before = self._told_before(opening) if opening is not None else None
        if opening is not None and before is not None:
            self._infer(event, opening, before)

    def _where_they_gathered(self, event: Event) -> bool:
        """Bombs "went off at a rally"; "supporters had gathered at the Industrial Stadium"."""
        page = self.page
        for blow in event.blows[1:_GATHERING] if page.lang == "en" else ():
            for place, prepositions in blow.loose:
                words = {
                    t.text for t in page.tokens[max(blow.first, place.first - 4) : place.first]
                }
                if rank(place.level) <= 3 and prepositions & _IN_A_CITY and words & _GATHERED:
                    self._infer(event, blow, place)
                    return True
        return False

    def _pointed_back(self, i: int) -> bool:
        """ "deplored these cowardly blasts": spoken of, not told."""
        before = self.page.tokens[max(0, i - 2) : i]
        return any(t.text in ("these", "those", "such") for t in before)

    def _fine(self, place: FoundPlace, prepositions: frozenset[str], blow: Blow) -> bool:
        """Whether an attack may be put at a place that its sentence only names."""
        return (
            not prepositions & _NOT_THERE
            and rank(place.level) <= 4
            and not (place.anchor is not None and place.anchor.id == "baghdad")
            and not self._dateline(place, blow)
        )

    def _coarse(self, place: FoundPlace, prepositions: frozenset[str], blow: Blow) -> bool:
        """«شرق بغداد», «عند حدود محافظة بابل»: better than nowhere."""
        return bool(
            prepositions & _IN_A_CITY
            and not prepositions & _NOT_THERE
            and place.anchor is not None
            and place.level in ("city", "governorate")
            and not self._dateline(place, blow)
        )

    @staticmethod
    def _infer(event: Event, blow: Blow, place: FoundPlace) -> None:
        capital = place.place is not None and place.place.id == "baghdad"
        event.placed = event.placed or (rank(place.level) < 5 and not capital)
        blow.sites.append(SiteUse("impact", place, place.first, place.last, "aimed", inferred=True))

    def _recall_here(self, events: Sequence[Event]) -> None:
        """«وكان صاروخان قد سقطا في المكان عينه يوم …»: recalled without a place, it was here."""
        main = next((e for e in events if e.focus), None)
        hit = [] if main is None else [s for s in main.sites if s.role == "impact" and s.place]
        if not hit or hit[0].place is None:
            return
        for event in events:
            blow = event.blows[0]
            if event.focus or any(s.place is not None for s in event.sites):
                continue
            telling = blow.strong or self._such_attack(blow)
            if telling and self._attack_date(blow) and not self._abroad(blow.first, blow.last):
                self._infer(event, blow, hit[0].place)

    def _told_before(self, blow: Blow) -> FoundPlace | None:
        """The last quarter or spot named in the same paragraph right before."""
        page = self.page
        places = [
            p
            for p in page.places_before(blow.first, 3)
            if blow.first - p.last <= _NEARBY_TOKENS
            and rank(p.level) <= 3
            and blow.line - page.sentences[page.sentence_at(p.first)].line <= 1
        ]
        return places[-1] if places else None

    def _dateline(self, place: FoundPlace, blow: Blow) -> bool:
        return place.start == self.page.sentences[blow.sentence].start and (
            self.page.tokens[min(place.last, len(self.page.tokens) - 1)].text in "-/:(,،"
        )

    @staticmethod
    def _correct(event: Event) -> None:
        """«ورد في خبر سابق … والصحيح …»: what is corrected is no longer told."""
        if not any(b.corrects for b in event.blows):
            return
        for blow in event.blows:
            if blow.early and not blow.corrects:
                blow.sites = []
                blow.quantities = []
        right = [s for b in event.blows if b.corrects for s in b.sites if s.role == "launch"]
        for site in event.sites:
            if right and site.role == "launch" and site not in right:
                site.early = True

    def _acts_to_their_events(self, events: Sequence[Event]) -> None:
        """«تبنت … هجوم عين الأسد», "claimed both attacks": an act goes where its words send it."""
        if len(events) < 2:
            return
        told = sorted((a for e in events for a in e.acts), key=lambda a: a.first)
        beside = {id(a): told[max(0, k - 2) : k + 3] for k, a in enumerate(told)}
        kept: list[dict[int, Responsibility]] = [{} for _ in events]
        before: Responsibility | None = None
        sent: list[Event] = []
        charged: dict[str, list[Event]] = {}  # who denies speaks of what he is charged with
        for k, event in enumerate(events):
            around = range(max(0, k - _AROUND), min(len(events), k + _AROUND))
            near = [events[n] for n in around]
            for act in event.acts:
                aim = self._aims.read(act, beside[id(act)])
                there = self._meant(act, aim, event, near)
                if act.act == "claims" and self.page.statement:
                    there = [e for e in near if e.focus]  # it tells of its own attacks only
                if act.act == "attributes":
                    charged[act.who.name] = there or [event]
                elif act.act == "denies" and aim == Aim():
                    there = there or charged.get(act.who.name, [])
                    if not there and before is not None and act.sentence - before.sentence <= 1:
                        there = sent
                before, sent = act, there
                for n, other in zip(around, near, strict=True):
                    if any(other is e for e in there or [event]):
                        kept[n][id(act)] = act
        for event, acts in zip(events, kept, strict=True):
            event.acts = list(acts.values())

    @staticmethod
    def _claimed_once(events: Sequence[Event]) -> None:
        """«الهجوم الذي شنه الحرس الثوري … وتبنى الحرس القصف»: no charge beside its own claim."""
        for event in events:
            claimed = {a.who.group or a.who.name for a in event.acts if a.act == "claims"}
            event.acts = [
                a
                for a in event.acts
                if not (a.narrated and a.act == "attributes")
                or (a.who.group or a.who.name) not in claimed
            ]

    def _meant(
        self, act: Responsibility, aim: Aim, event: Event, events: Sequence[Event]
    ) -> list[Event]:
        """The events an act is about by its own words; none where they do not tell."""
        focus = [e for e in events if e.focus]
        if aim.places:
            there = [e for e in events if any(self._hit_at(e, p) for p in aim.places)]
            if len(there) == 1 or (there and (aim.several or len(aim.places) > 1)):
                return there
            if any(e is event for e in there):
                return []
        if aim.order is not None and len(focus) > max(1, aim.order):
            return [focus[aim.order]]
        if aim.days and self._event_date(event) not in aim.days | {None}:
            there = [e for e in events if self._event_date(e) in aim.days]
            if len(there) == 1:
                return there
        if aim == Aim() and event.kind == "airstrike" and not act.who.state:
            aim.kinds.extend(("rocket", "drone", "ied"))  # no militia flies air raids
        if aim.kinds:
            return self._of_kinds({_FAMILY.get(k, "") for k in aim.kinds}, aim, event, events)
        if aim.sites:
            there = [e for e in events if self._site_called(e, aim.sites)]
            if len(there) == 1:
                return there
        charge = aim == Aim() and event.focus and act.act == "attributes"
        if charge and self._stands_apart(act, focus):
            return focus
        if not aim.several or len(focus) < 2:
            return []
        told = [e for e in focus if e.blows[0].first < act.first]
        return told if len(told) > 1 else focus

    def _stands_apart(self, act: Responsibility, focus: Sequence[Event]) -> bool:
        """A charge in a paragraph of its own, behind all attacks of one day, is about them all."""
        if len(focus) < 2 or len({self._event_date(e) for e in focus}) > 1:
            return False
        told = [b.first for e in focus for b in e.blows[-8:] if b.triggers and b.first < act.first]
        if not told or any(e.blows[0].first > act.first for e in focus):
            return False
        tokens, text = self.page.tokens, self.page.folded.text
        start, stop = tokens[max(told)].start, tokens[act.first].start
        return "\n" in text[max(start, stop - _PARAGRAPH) : stop]

    def _of_kinds(
        self, families: set[str], aim: Aim, event: Event, events: Sequence[Event]
    ) -> list[Event]:
        """Those of the kinds an act names: "the drone attack", «التفجيرات»."""
        raids = "airstrike" in aim.kinds
        focus = [e for e in events if e.focus and e.family in families]
        focus = [e for e in focus if raids or e.kind != "airstrike"]
        if aim.several and len(focus) > 1:
            return focus
        if len(families) > 1 and len({e.family for e in focus}) > 1:
            return focus  # «تبنت قصف المنطقة وتفجير المدرعة»
        raid = event.kind == "airstrike" and aim.kinds[0] == "rocket"
        if event.family in families and not raid:
            return []
        if not focus:
            focus = [e for e in events if e.family in families]
        return focus if len(focus) == 1 else []

    def _site_called(self, event: Event, words: set[str]) -> bool:
        """Whether a site of the event bears such a word: «صاروخ المطار»."""
        return any(
            self.page.tokens[i].text.lstrip("لب").removeprefix("ال") in words
            for s in event.sites
            if s.place is not None and s.role != "launch"
            for i in range(s.place.first, s.place.last)
        ) or (bool(words & _CAPITAL) and any(self._in_capital(s) for s in event.sites))

    def _in_capital(self, site: SiteUse) -> bool:
        anchor = site.place.anchor if site.place is not None else None
        return anchor is not None and self.gazetteer.is_within(anchor, "baghdad")

    def _hit_at(self, event: Event, place: FoundPlace) -> bool:
        here = SiteUse("impact", place, place.first, place.last, "fell")
        return any(
            s.place is not None and s.role != "launch" and self._near(s, here) for s in event.sites
        )

    def _says_enough(self, event: Event) -> bool:
        if not event.kind or self._is_ahead(event):
            return False
        if event.focus:
            told_on = any(self._attack_date(b) is not None for b in event.blows)
            return bool(event.sites) or event.has_toll() or told_on
        if not any(
            b.triggers or b.munitions or b.weapons or self._such_attack(b) for b in event.blows
        ):
            return False  # "the violence came after troops killed two leaders near Tikrit"
        return any(s.place is not None for s in event.sites) or event.date is not None

    def _such_attack(self, blow: Blow) -> bool:
        """ "In the first such attack, on Feb. 9, eight people were killed"."""
        return (
            self.page.lang == "en"
            and any(t.value for t in blow.tolls)
            and self._attack_date(blow) is not None
            and self.page.signals.any(blow.first, blow.last, "trigger", "attack")
        )

    def _is_ahead(self, event: Event) -> bool:
        """What is announced for a day after publication has not happened."""
        published, date = self.page.published, self._event_date(event)
        return (
            published is not None
            and date is not None
            and len(date) == 10
            and date > published.date().isoformat()
        )

    def _event_date(self, event: Event) -> str | None:
        """The day: a date of the attack itself before the date of a statement about it."""
        if event.date is not None:
            return event.date
        if event.dated_to != len(event.blows):
            event.dated, event.dated_to = self._read_date(event), len(event.blows)
        return event.dated

    def _read_date(self, event: Event) -> str | None:
        statement: str | None = None
        coarse: str | None = None
        for blow in event.blows:
            previous = None
            days: list[tuple[int, str]] = []
            for mention, attack in blow.dates:
                value = mention.date
                if value is None and mention.kind == "relative_to_previous" and previous:
                    value = _shift(previous, mention.offset)
                if value is None:
                    continue
                previous = value
                if attack and mention.precision == "day":
                    days.append((self._from_trigger(mention, blow), value))
                if attack and coarse is None:
                    coarse = value
                telling = blow.strong or bool(blow.tolls) or not blow.first
                telling = telling or self._only_dates(blow)
                telling = telling and not self.page.signals.any(blow.first, blow.last, "court")
                if not attack and telling and statement is None and mention.precision == "day":
                    statement = value
            if days:
                return _nearest(days)
        return statement or coarse

    def _only_dates(self, blow: Blow) -> bool:
        """«🗓 ليلة الأحد 2 أيار»: a line of a list that gives nothing but the day."""
        page = self.page
        words = (i for i in range(blow.first, blow.last) if page.tokens[i].is_word)
        return blow.item and all(page.in_date(i) for i in words)

    def _from_trigger(self, mention: DateMention, blow: Blow) -> int:
        """How many tokens lie between a date and the nearest word for the attack."""
        first = self.page.token_at(mention.start)
        last = self.page.token_at(mention.end - 1) + 1
        return min(
            (max(first - t.last, t.first - last, 0) for t in blow.triggers),
            default=0,
        )

    def date_mention(self, event: Event) -> DateMention | None:
        """The words that give the date."""
        return next(
            (m for b in event.blows for m, _ in b.dates if m.date == event.date),
            None,
        )

    def _told_day(self, event: Event) -> bool:
        """Whether the attack itself is given a day, so that a statement's hour is none of it."""
        return any(
            attack and m.precision == "day" and m.date == event.date
            for b in event.blows
            for m, attack in b.dates
        )

    def daypart(self, event: Event) -> tuple[Daypart | None, str | None]:
        """The time of day of the attack and, where told, the clock time."""
        fallback: tuple[Daypart | None, str | None] = (None, None)
        for blow in (*event.blows, *event.heading):
            for mention, attack in blow.dates:
                if mention.daypart is None:
                    continue
                if mention.date is not None and mention.date != event.date:
                    continue
                if attack:
                    return mention.daypart, mention.clock
                if fallback[0] is None and mention.date is not None and not self._told_day(event):
                    fallback = (mention.daypart, mention.clock)
        return fallback


def _nearest(days: Sequence[tuple[int, str]]) -> str:
    """The first of the dates, unless a later one stands right beside the attack's own word."""
    near = min(days)
    return near[1] if near[0] <= _BESIDE < days[0][0] else days[0][1]


def _agree(a: str, b: str) -> bool:
    """Whether two dates may be the same, one of them perhaps coarser."""
    return a.startswith(b) or b.startswith(a)


def _days_apart(a: str, b: str) -> int:
    """How many days lie between two dates; whole months where one names no day."""
    if len(a) == len(b) == 10:
        return abs((dt.date.fromisoformat(a) - dt.date.fromisoformat(b)).days)
    shorter = min(len(a), len(b))
    return 0 if a[:shorter] == b[:shorter] else 31


def _shift(day: str, offset: int | None) -> str | None:
    if offset is None or len(day) != 10:
        return None
    return (dt.date.fromisoformat(day) + dt.timedelta(days=offset)).isoformat()


# ── choosing among what is told ──────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Chosen:
    """The best figure, the range of all that was told, and the stretches that tell them."""

    best: int | None
    low: int | None
    high: int | None
    evidence: tuple[tuple[int | None, Blow, int, int], ...] = ()


def choose_toll(event: Event, what: str) -> tuple[Chosen, bool]:
    """The toll of one kind, and whether a party denies it.

    A figure beats "none"; the latest official one beats overtaken ones; shares are not totals.
    """
    moved = [(t, b) for t, b in event.tolls if t.moved]
    tolls = [(t, b) for t, b in event.tolls if t.what == what and not t.moved]
    stated = [(t, b) for t, b in tolls if t.value is not None and not t.none and not t.doubted]
    firm = [(t, b) for t, b in stated if not t.early] or stated
    nones = [(t, b) for t, b in tolls if t.none and not t.party and not t.doubted]
    denied = any(t.none and t.party for t, _ in tolls)
    if nones and stated and all(t.early for t, _ in stated):
        # «تحدثت قناة في وقت سابق عن جريح …»: overtaken by "nobody was hurt"
        told = tuple((t.value or 0, b, t.first, t.last) for t, b in (*stated, *nones))
        return Chosen(0, 0, max(t.value or 0 for t, _ in stated), told), denied
    died = sum(t.value or 0 for t, _ in moved)
    # "14, after two of the wounded died"
    included = any(t.early for t, _ in moved) or _counts_the_died(event, died)
    if not firm and died and what == "killed":
        return Chosen(died, died, died, tuple((died, b, t.first, t.last) for t, b in moved)), denied
    if not firm:
        evidence = tuple((0, b, t.first, t.last) for t, b in nones)
        if nones:
            return Chosen(0, 0, 0, evidence), denied
        return Chosen(None, None, None, ()), denied
    rising = [(t, b) for t, b in firm if t.rise]
    best_toll, best_blow = rising[-1] if rising else _most_official(firm)
    best = best_toll.value
    assert best is not None
    together = [t.value or 0 for t, b in firm if b is best_blow]
    apart = {t.nth: t.value or 0 for t, _ in firm if t.nth}
    if best_toll.nth and len(apart) > 1 and not rising:
        best = sum(apart.values())  # "the first killed ten, the second five"
    elif len(together) > 1 and not rising and _spread(best_blow):
        best = sum(together)
    elif not rising:
        best += sum(
            t.value or 0
            for t, b in firm
            if t.more and t is not best_toll and (b is best_blow or t.first > best_toll.first)
        )
    values = [v for t, _ in stated if (v := t.value) is not None and (t.early or v >= best)]
    if (
        died
        and what == "killed"
        and not rising
        and not included
        and best_toll.first < moved[0][0].first
    ):
        best += died
        stated += moved
    elif (
        died
        and what == "wounded"
        and best > died
        and not (included and moved[0][0].last <= best_toll.first)
        and not _counts_the_died(event, died)
    ):
        best -= died
        stated += moved
    values.append(best)
    evidence = tuple((t.value or 0, b, t.first, t.last) for t, b in (*stated, *nones))
    return Chosen(best, min(values), max(values), evidence), denied


def _counts_the_died(event: Event, died: int) -> bool:
    """Whether the dead told are the earlier count and those who died since."""
    killed = [t for t, _ in event.tolls if t.what == "killed" and t.value and not t.moved]
    early = {t.value for t in killed if t.early}
    return died > 0 and any((t.value or 0) - died in early for t in killed if not t.early)


def _most_official(firm: Sequence[tuple[Toll, Blow]]) -> tuple[Toll, Blow]:
    """The first figure; an authority's, where somebody of less weight told the first."""
    first = firm[0]
    if first[0].rank is None or first[0].rank >= OFFICIAL:
        return first
    return next((f for f in firm if (f[0].rank or 0) >= OFFICIAL and not f[0].nth), first)


def _spread(blow: Blow) -> bool:
    """Whether a stretch tells several places with a toll at each."""
    return len([s for s in blow.sites if s.role == "impact" and s.place is not None]) >= 2


def choose_munitions(event: Event) -> Chosen:
    """How many were fired or fell: an official total, else the sum of the shares."""
    totals: list[tuple[int, int, Blow, Quantity]] = []
    wholes: list[tuple[int, int, Blow, Quantity]] = []
    ordinals = 0
    told: set[int] = set()  # the ordinals one by one
    for index, blow in enumerate(event.blows):
        together = 0
        firsts: list[Quantity] = []
        rivals: list[Quantity] = []
        shared = _divided(blow.quantities)  # «ستة منها على … وثلاثة على …»: parts of the whole
        for quantity in blow.quantities:
            if quantity.ordinal and (not event.item or quantity is not blow.quantities[0]):
                ordinals = max(ordinals, quantity.ordinal)
                told.add(quantity.ordinal)
            one_more = quantity.another or (quantity.ordinal or 0) == together + 1
            if firsts and firsts[0].value == 1 and one_more and quantity.part:
                together += 1  # «سقط صاروخ على … وآخر قرب … وثالث في …»
                continue
            if quantity.value is None or quantity.ordinal:
                continue
            if quantity.whole:
                wholes.append((quantity.rank, index, blow, quantity))
                continue
            foreign = quantity.what and _FAMILY.get(quantity.what, "") not in ("", event.family)
            if foreign and not (firsts and _beside(quantity, firsts[-1])):
                continue
            if quantity.other and firsts:
                together += quantity.value
                firsts.append(quantity)
            elif quantity.part:
                if (
                    firsts
                    and not quantity.what
                    and not quantity.share
                    and not shared
                    and _elliptic_sum(quantity, firsts, blow)
                ):
                    together += quantity.value
                shared = shared or quantity.share
                continue
            elif not firsts:
                together = quantity.value
                firsts.append(quantity)
            elif _beside(quantity, firsts[-1]) or _each_goes_off(firsts[-1], quantity, blow):
                together += quantity.value
                firsts.append(quantity)
            elif quantity.value != together:
                rivals.append(quantity)
        if firsts:
            if firsts[0].other and not firsts[0].part and firsts[0].what and totals:
                # "a drone struck his house …. Two other drones were shot down"
                together += totals[-1][3].value or 0
            totals.append((firsts[0].rank, index, blow, replace(firsts[0], value=together)))
        totals.extend((rival.rank, index, blow, rival) for rival in rivals)
    totals = totals or wholes
    # "its fighters had struck the base with two Katyushas": a boast, where others have counted
    totals = [t for t in totals if not _boasts(t[2])] or totals
    if not totals:
        shares = [
            q.value
            for b in event.blows
            for q in b.quantities
            if q.value and q.part and q.what and not q.ordinal
        ]
        fallen = sum(s.count or 0 for s in event.sites if s.role in ("impact", "intercept"))
        single = (
            event.kind != "airstrike"
            and event.family in ("ied", "air")
            and any(q.part for b in event.blows for q in b.quantities)
        )
        value = max([ordinals, *shares[:1], fallen if shares else 0, int(single)])
        counted = any(
            q.value and q.part and not q.ordinal for b in event.blows for q in b.quantities
        )
        if (not value or counted) and not any(b.munitions for b in event.blows):
            value = max(value, fallen)  # "and on Tuesday two landed in the compound"
        return Chosen(value or None, value or None, value or None)
    official = [t for t in totals if t[0] >= OFFICIAL and not _overtaken(t[2], t[3])]
    pool = official or [t for t in totals if not _overtaken(t[2], t[3])] or totals
    corrected = [t for t in pool if t[2].corrects]
    corrected = corrected or [t for t in totals if t[2].corrects and t[0] > 0]
    if not any((t[3].value or 0) > 1 for t in pool):
        larger = [t for t in totals if (t[3].value or 0) > 1 and t[0] > 0]
        pool = [t for t in larger if not _overtaken(t[2], t[3])] or pool
    several = [t for t in pool if (t[3].value or 0) > 1]  # beside a lead's "a rocket fell"
    best = corrected[-1] if corrected else (several or pool)[0]
    value = best[3].value or 0
    if not corrected and value and set(range(value + 1, ordinals + 1)) <= told:
        value = max(value, ordinals)  # «صاروخان …، وثالث …، فيما سقط رابع»
    values = [t[3].value or 0 for t in totals if (t[3].value or 0) >= 1]
    evidence = tuple((t[3].value, t[2], t[3].first, t[3].last) for t in totals)
    return Chosen(
        value,
        min([value, *_rivals(values, value)]),
        max([value, *_rivals(values, value)]),
        evidence,
    )


def _divided(quantities: Sequence[Quantity]) -> bool:
    """«ستة صواريخ …: أربعة عند … واثنان في …»: the parts add up to the whole."""
    whole = next((q.value for q in quantities if q.value and not q.part), 0)
    parts = [q.value or 0 for q in quantities if q.part and not q.ordinal]
    return len(parts) > 1 and sum(parts) == whole


def _overtaken(blow: Blow, quantity: Quantity) -> bool:
    """Whether a later figure replaces one; where single figures are marked, only those."""
    marked = any(q.early for q in blow.quantities)
    return quantity.early if marked else blow.early


def _rivals(values: Iterable[int], best: int) -> list[int]:
    """Other totals; a one or two beside a salvo is a detail, not a rival total."""
    return [v for v in values if v > 2 or best <= 3]


def _elliptic_sum(quantity: Quantity, firsts: Sequence[Quantity], blow: Blow) -> bool:
    sites = [s for s in blow.sites if s.role == "impact"]
    return any(s.count == firsts[-1].value and s.first > firsts[-1].first for s in sites) and (
        quantity.first - firsts[-1].last <= 12
    )


def _beside(quantity: Quantity, previous: Quantity) -> bool:
    """«ten bombs and two mortar shells»: figures side by side add up."""
    if {quantity.what, previous.what} in ({"suicide", "car_bomb"}, {"suicide", "drone"}):
        return False  # «تفجير انتحاري بسيارة مفخخة» is one, «مسيرات انتحارية» are drones
    devices = {_FAMILY.get(q.what, "") for q in (quantity, previous)} == {"ied"}
    reach = 3 if devices else 2  # "a roadside bomb and then a car bomb"
    return 0 <= quantity.first - previous.last <= reach and quantity.what != previous.what


def _boasts(blow: Blow) -> bool:
    """Whether a stretch is the claim of those who say that they fired."""
    fired = [a for a in blow.acts if a.act == "claims" and not (a.who.group and a.who.group.state)]
    return bool(fired) and not any(t.value for t in blow.tolls)


def _each_goes_off(one: Quantity, two: Quantity, blow: Blow) -> bool:
    """ "a bomber blew himself up in a cafe and a car bomb exploded": each has its own verb."""
    if not (one.what and two.what) or one.what == two.what:
        return False
    blasts = [t.first for t in blow.triggers if t.sub == "explode" and not t.form.article]
    return all(
        any(0 <= at - q.last <= 1 for at in blasts) and q.value == 1 and not q.part
        for q in (one, two)
    )


def settle_sites(event: Event, total: int | None, gazetteer: Gazetteer) -> list[SiteUse]:
    """One site per place and role; wholes, targets and overtaken places sorted out."""
    uses = [s for s in event.sites if s.role == "intercept" or s.place is not None]
    if event.family == "ied":  # what was planted or driven up was launched nowhere
        uses = [s for s in uses if s.role != "launch"]
    merged: list[SiteUse] = []
    for use in uses:
        twin = next((m for m in merged if _same_site(m, use)), None)
        if twin is None:
            merged.append(use)
            continue
        fell = use.certainty == "fell" and twin.certainty == "aimed" and use.count is not None
        if twin.count is None or fell or (twin.early and use.count is not None):
            twin.count = use.count
        if use.certainty == "fell" and twin.certainty != "fell":
            twin.certainty = "fell"
        twin.early = twin.early and use.early
    return _pruned(_fired_elsewhere(merged), total, gazetteer)


def _fired_elsewhere(sites: list[SiteUse]) -> list[SiteUse]:
    """Without «من مكان قريب من المسجد» of the mosque that was hit: it names no place of launch."""
    hit = {s.place.place.id for s in sites if s.role == "impact" and s.place and s.place.place}
    return [
        s
        for s in sites
        if s.role != "launch"
        or s.relation != "near"
        or s.place is None
        or s.place.place is None
        or s.place.place.id not in hit
    ]


def _same_site(a: SiteUse, b: SiteUse) -> bool:
    if a.role != b.role:
        return False
    if a.role == "intercept":
        return True
    assert a.place is not None
    assert b.place is not None
    if a.place.place is not None and b.place.place is not None:
        return a.place.place.id == b.place.place.id
    return (
        a.place.place is b.place.place
        and a.place.near is b.place.near
        and (a.place.end - a.place.start == b.place.end - b.place.start)
    )


def _officially(launches: list[SiteUse]) -> list[SiteUse]:
    """Without the launch places of lesser voices, where an official one tells where it was."""
    official = [s for s in launches if s.rank >= OFFICIAL]
    return official or launches


def _pruned(sites: list[SiteUse], total: int | None, gazetteer: Gazetteer) -> list[SiteUse]:
    sites = [
        s
        for s in sites
        if s.place is None
        or s.place.place is None
        or s.inferred
        or s.place.place.id not in ("baghdad", "baghdad-governorate")
    ]
    if any(s.role == "impact" and not s.heard for s in sites):
        sites = [s for s in sites if not s.heard]
    launches = [s for s in sites if s.role == "launch"]
    firm = _officially([s for s in launches if not s.early] or launches)
    finest = [
        s
        for s in firm
        if not any(o is not s and _inside(o.place, s.place, gazetteer) for o in firm)
    ]
    impacts = [s for s in sites if s.role == "impact"]
    fell = [s for s in impacts if s.certainty == "fell"]
    intercepted = sum(s.count or 0 for s in sites if s.role == "intercept")
    all_stopped = total is not None and intercepted >= total > 0
    kept: list[SiteUse] = [*finest]
    for site in impacts:
        wide = site.place is not None and site.place.level in ("city", "governorate")
        if (
            wide
            and site.count is None
            and any(o is not site and _inside(o.place, site.place, gazetteer) for o in impacts)
        ):
            continue
        if site.certainty == "aimed":
            others = [s for s in fell if s is not site]
            outside = [s for s in others if not _inside(s.place, site.place, gazetteer)]
            if all_stopped or outside:
                site.role, site.count = "target", None
            elif others and (
                total is not None and total - intercepted <= sum(s.count or 1 for s in others)
            ):
                continue
        kept.append(site)
    kept.extend(s for s in sites if s.role == "intercept")
    _count_alone(kept, total)
    places = [s for s in kept if s.role == "impact"]
    for site in sites:
        if site.role == "target" and site not in kept:
            if any(_same_place(site, s) for s in places):
                continue
            kept.append(site)
    return kept


def _count_alone(kept: Sequence[SiteUse], total: int | None) -> None:
    """Where all came down at one place, that place has them all; not where some were stopped."""
    impacts = [s for s in kept if s.role == "impact"]
    if len(impacts) != 1 or impacts[0].inferred or total is None:
        return
    stopped = any(s.role == "intercept" for s in kept)
    if not stopped and impacts[0].count is None:
        impacts[0].count = total
    elif stopped and impacts[0].certainty == "aimed" and impacts[0].count == total:
        impacts[0].count = None


def _same_place(a: SiteUse, b: SiteUse) -> bool:
    return (
        a.place is not None
        and b.place is not None
        and a.place.anchor is not None
        and b.place.anchor is not None
        and a.place.anchor.id == b.place.anchor.id
    )


def _inside(inner: FoundPlace | None, outer: FoundPlace | None, gazetteer: Gazetteer) -> bool:
    a = inner.anchor if inner else None
    b = outer.anchor if outer else None
    if a is None or b is None or a.id == b.id:
        return False
    if rank(a.level) >= rank(b.level) and a.radius_m >= b.radius_m:
        return False
    return gazetteer.is_within(a, b.id) or distance_km(a, b) * 1000 <= b.radius_m
