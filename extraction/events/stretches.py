"""Sentence → stretches: where another day, another place or another event begins."""

from __future__ import annotations

import itertools
from bisect import bisect_left

from extraction.blows.blow import Blow, Quantity, SiteUse
from extraction.blows.scanning import FOLLOWS, Scanner
from extraction.dates import DateMention
from extraction.events.attack_dates import BESIDE, OPENING, AttackDates
from extraction.events.event import FAMILY, agree
from extraction.page import Page
from extraction.text.marks import mark
from extraction.text.signals import Signal
from extraction.tolls.casualties import TollReader
from extraction.tolls.toll import Toll
from extraction.who.actors import ActorReader
from extraction.who.voices import Voices
from gazetteer import Gazetteer

NEARBY_TOKENS = 40
_AND_ONE = frozenset(("and one", "and another"))
_BLASTS = frozenset("blasts explosions bombings".split())
_KNOWN = frozenset("the these those both all".split())
_INDEFINITE = frozenset("a an another one two three".split())
_ONE_MORE = frozenset("واخري واخر وثانيه وثالثه ورابعه وثان وثالث another".split())
_ONE_MORE_OF_THEM = frozenset("اخر اخري ثان ثانيه ثالث ثالثه".split())
_MEANWHILE = frozenset("while whereas بينما فيما".split())
_COMMAS = frozenset("،,؛;")
_JOINTS = _COMMAS | _MEANWHILE | {"and", "و"}
_IN = frozenset("في وفي ففي".split())
_TOLD = ("explode", "fall", "shoot", "hit", "target", "attack")
_NEAR = 5
_SHORT = 12  # tokens of a sentence that only says when
_OF_SOMETHING_ELSE = ("speech", "business", "aftermath", "court", "condemn", "deny", "nonevent")
_ON_WHICH = frozenset("يوم حين حينما عندما when".split())
_OPENS_CLAUSE = frozenset("and while whereas but then كما فيما بينما اما ثم".split())


_JOINS = mark(lambda word, _: word in _JOINTS)


class Stretches:
    """The stretches of one page, each scanned."""

    def __init__(self, page: Page, gazetteer: Gazetteer, voices: Voices, days: AttackDates) -> None:
        self.page = page
        self.voices = voices
        self._days = days
        self._scanner = Scanner(page, gazetteer, self.voices)
        self._tolls = TollReader(page)
        self.actors = ActorReader(page)
        # "one of them", "the third": where the telling may pass on to another
        self._sharing = sorted(
            {s.first for s in page.signals.of_kind("part", "one")}
            | {page.token_at(n.start) for n in page.numbers if n.ordinal}
        )
        # where a clause may begin: an "and", a "while", and the commas before one
        self._joints = page.where(_JOINS)
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

    def _new_after_and(self) -> list[int]:
        """Before each "and a mortar round": a weapon joined without a comma."""
        page = self.page
        weapons = (s.first for s in page.signals.of_kind("munition"))
        ands = {
            i
            for at in weapons
            for i in range(max(1, at - BESIDE - 1), at)
            if page.tokens[i].text == "and" and page.tokens[i + 1].text in _INDEFINITE
        }
        ands |= {  # "killed seven in Taji and another killed two in Kadhimiya"
            s.first - 1
            for s in page.signals.of_kind("part", "one")
            if s.first
            and page.tokens[s.first - 1].text == "and"
            and page.words(s.first, s.last) == "another"
            and s.last in page.first["casualty"]
        }
        ands |= {  # "a bomb killed two in Taji and gunmen shot dead a barber in Bayaa"
            s.first - 1
            for s in page.signals.of_kind("trigger", "shoot")
            if s.first > 1 and page.tokens[s.first - 1].text == "and"
        }
        return [i - 1 for i in ands if i]

    def blows(self) -> list[Blow]:
        """The stretches of the article, in order, each scanned."""
        found: list[Blow] = []
        for sentence, (first, last) in enumerate(self.page.bounds):
            if first >= last:
                continue
            acts = self.actors.read(sentence)
            dates = self._days.dates(first, last)
            for start, stop in self._stretches(first, last, dates):
                voice = self.voices.at(sentence, start)
                told = found[-1].tolls[-1] if found and found[-1].tolls else None
                tolls = self._tolls.read(start, stop, told, same_sentence=start > first)
                tolls = [self._vouched(toll, sentence) for toll in tolls]
                blow = self._scanner.scan(sentence, start, stop, voice, tolls)
                for site in blow.sites:
                    site.rank = self.voices.at(sentence, site.first).rank
                carried = bool(found) and self._carry_on(blow, found[-1])
                blow.dates = (
                    dates if stop - start == last - first else self._days.dates(start, stop)
                )
                if carried:
                    blow.dates = [(mention, True) for mention, _ in blow.dates]
                opened = (
                    bool(found)
                    and blow.strong
                    and found[-1].line == blow.line
                    and found[-1].sentence != sentence
                    and self._sets_time(found[-1])
                )
                blow.opened = opened
                if opened:
                    blow.dates = [*((m, True) for m, _ in found[-1].dates), *blow.dates]
                blow.acts = [a for a in acts if start <= a.first < stop]
                blow.triggers = [t for t in blow.triggers if not self._of_suspicion(t, blow)]
                hedges = {s.sub for s in self.page.signals.between(start, stop, "hedge")}
                blow.early = "early" in hedges
                blow.corrects = "correct" in hedges
                blow.recall = self.page.signals.any(start, stop, "recall")
                blow.fresh = self._opens_another(
                    start, min(stop, start + 12)
                ) or self.page.signals.any(start, start + 2, "newevent", "opening")
                claims = any(a.act == "claims" and not a.narrated for a in blow.acts)
                blow.fresh = (blow.fresh and not claims) or opened
                found.append(blow)
        return found

    @staticmethod
    def _of_suspicion(trigger: Signal, blow: Blow) -> bool:
        """ "Suspicion fell on Iran-backed militias": nothing else did."""
        return trigger.sub == "fall" and any(
            a.act == "attributes" and a.first < trigger.first < a.last for a in blow.acts
        )

    def _sets_time(self, blow: Blow) -> bool:
        """«البداية كانت مساء السبت.», "Fri 20 Oct, before dawn.": when what follows was."""
        if blow.munitions or blow.tolls or blow.acts:
            return False
        undated = (i for i in range(blow.first, blow.last) if not self.page.in_date(i))
        if sum(self.page.tokens[i].is_word for i in undated) > _SHORT:
            return False
        if any(t.sub != "target" for t in blow.triggers):
            return False
        signals = self.page.signals
        timed = any(m.daypart or m.precision == "day" for m, _ in blow.dates)
        told = any(signals.any(blow.first, blow.last, kind) for kind in _OF_SOMETHING_ELSE)
        return timed and not told

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
        return toll._replace(rank=voice.rank) if voice.name else toll

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
            # «… بثلاثة صواريخ، وفي 24 نيسان بطائرة مسيّرة»
            if (
                self.page.lang == "ar"
                and blow.munitions
                and self._days.dates(blow.first, blow.last)
            ):
                blow.triggers = before.triggers[:1]
                return before.recall
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
                return any(
                    attack or m.date for m, attack in self._days.dates(blow.first, blow.last)
                )
            # "…, and in Shula, where four died"
            return bool(blow.tolls) and page.signal(blow.first + 1, "prep") is not None
        opens = page.signal(blow.first, "prep") is not None or page.place(blow.first) is not None
        if opens and not blow.triggers and blow.first:
            day = any(m.precision == "day" for m, attack in self._days.dates(blow.first, blow.last))
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
        before = first  # where the day before this one stands
        for mention, _ in dates:
            if mention.date is None or mention.relation != "on":
                continue
            month = mention.precision == "month" and mention.kind == "absolute"
            if mention.precision != "day" and not (month and page.lang == "en"):
                continue
            at = page.token_at(mention.start)
            if seen is not None and not agree(mention.date, seen):
                cut = self.clause_start(at, first)
                if cut == at and self._closes(mention):
                    seen, before = mention.date, at
                    continue
                if cut <= before:  # both days are in one clause
                    cut = self._joined_attack(at, before) or cut
                if page.lang == "en":  # "…: a rocket hit it on Monday and two fell on Tuesday"
                    cut = max(cut, self._joined_one(at, first) or cut)
                if cut > first and self._tells(cut, last) and self._tells(first, cut):
                    cuts.append(cut)
                elif (joined := self._joined_place(at, first)) and self._tells(first, joined):
                    cuts.append(joined)
            seen, before = mention.date, at
        for kind in ("sameday", "sametime"):
            for signal in page.signals.between(first + 3, last, kind):
                cut = self.clause_start(signal.first, first)
                if first < cut and self._fired_at(first, cut) and self._fired_at(cut, last):
                    cuts.append(cut)  # «…، وفي الليلة ذاتها انفجرت أخرى في اليرموك»
        for kind in ("newevent", "recall"):
            for signal in page.signals.between(first + 3, last, kind):
                cut = self.clause_start(signal.first, first)
                if signal.sub == "opening" and not self._leads(cut, signal.first):
                    continue  # "A third rocket, fired at the same time, exploded in Jadriya"
                if cut == first and page.tokens[signal.first].text in ("بعد", "after"):
                    cut = signal.first
                if kind == "recall" and self._goes_on(cut):
                    continue
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
            if self._two_blows(max(first, i - NEARBY_TOKENS), i, min(last, i + NEARBY_TOKENS))
        )
        cuts.extend(
            i + 1
            for i in self._commas[
                bisect_left(self._commas, first + 4) : bisect_left(self._commas, last - 4)
            ]
            if self._place_by_place(max(first, i - NEARBY_TOKENS), i, last)
        )
        sharing = self._sharing
        for i in sharing[bisect_left(sharing, first + 4) : bisect_left(sharing, last - 3)]:
            if (self._whole(first, i) and self._whole(i, last)) or self._other_weapon(
                max(first, i - NEARBY_TOKENS), i, min(last, i + NEARBY_TOKENS)
            ):
                cut = self.clause_start(i, first)
                if first < cut <= i and i - cut <= 3:
                    cuts.append(cut)
        edges = [first, *sorted(set(cuts)), last]
        return [(a, b) for a, b in itertools.pairwise(edges) if a < b]

    def _closes(self, mention: DateMention) -> bool:
        """«… القصف الذي تعرضت له القاعدة، مساء أمس، وقالت إن»: the day of what stands before."""
        page = self.page
        after = page.token_at(mention.end - 1) + 1
        ends = after + 1 < len(page.tokens) and page.texts[after] in _COMMAS
        return ends and page.signal(after + 1, "speech", "verb") is not None

    def _goes_on(self, cut: int) -> bool:
        """«منذ 27 كانون الأول، يوم قتل …», "…, killed 27 people": still of what stands before."""
        page = self.page
        if page.tokens[cut].text in _ON_WHICH:
            return page.in_date(cut - 1) or page.in_date(cut - 2)
        return page.lang == "en" and page.signals.any(cut, cut + 1, "casualty")

    def _joined_attack(self, day: int, first: int) -> int | None:
        """Where a second attack begins that has a day of its own, in the clause of the first.

        «في 4 نيسان بثلاثة صواريخ وفي 24 نيسان بمسيّرة», «… وتفجير شاحنة في السوق في 3 شباط»,
        "the April 14 drone attack and the February 15 barrage".
        """
        page = self.page
        for i in range(day, max(first + 1, day - _SHORT), -1):
            text = page.tokens[i].text
            joins = text == "and" or (page.lang == "ar" and text.startswith("و"))
            if not joins or (text == "و" and i < day - 1):
                continue
            names = i >= day - 2 or page.signals.any(i, i + 2, "trigger", "attack", "explode")
            armed = page.signals.any(i, i + 3, "munition")
            if names or armed or page.signals.any(i, i + 3, "trigger", "airstrike"):
                return i
        return None

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
            kinds.append("shooting" if shot else FAMILY.get(munition.sub, "") if munition else "")
        return "" not in kinds and kinds[0] != kinds[1]

    def _each_harms(self, first: int, cut: int, last: int) -> bool:
        """ "a bomb in X killed seven, while another went off in Y, killing three"."""
        signals = self.page.signals
        return all(
            signals.any(a, b, "trigger", "explode", "fall", "attack")
            and any(signals.any(a, b, "casualty", sub) for sub in ("killed", "wounded"))
            and any(self.page.place(i) is not None for i in range(a, b))
            for a, b in ((max(first, cut - NEARBY_TOKENS), cut), (cut, last))
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
        stop = min(last, opens + NEARBY_TOKENS)
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
        ahead = min(last, at + NEARBY_TOKENS)
        behind = max(first, at - NEARBY_TOKENS)
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
        then = self.page.tokens[cut + 1].text == "ثم" and self._new_weapon(cut + 1, last)
        if then and self._placed_deed(first, cut) and self._placed_deed(cut + 1, last):
            return True
        return (
            self.page.lang == "en"
            and (apart or self._timed_blow(cut + 1, min(last, cut + OPENING)))
            and self._fired_at(first, cut)
            and self._fired_at(cut + 1, last)
        )

    def _other_family(self, first: int, cut: int, last: int) -> bool:
        """ "Mortar rounds also landed in the zone, and a bomb in Bayaa killed two"."""
        kinds = []
        for a, b in ((first, cut), (cut, last)):
            munition = next(iter(self.page.signals.between(a, b, "munition")), None)
            kinds.append(FAMILY.get(munition.sub, "") if munition is not None else "")
        return self.page.lang == "en" and "" not in kinds and kinds[0] != kinds[1]

    def _timed_blow(self, first: int, last: int) -> bool:
        """ "…, and in the afternoon two rockets were fired": another hour, another weapon."""
        start, stop = self.page.tokens[first].start, self.page.tokens[last - 1].end
        hours = self._days.when[
            bisect_left(self._days.starts, start) : bisect_left(self._days.starts, stop)
        ]
        return any(m.daypart for m in hours) and self._new_weapon(first, last)

    def _placed_deed(self, first: int, last: int) -> bool:
        """Whether an attack's verb, or who a weapon killed, and a place stand between."""
        signals = self.page.signals
        harmed = signals.any(first, last, "munition") and signals.any(first, last, "casualty")
        return (harmed or signals.any(first, last, "trigger", *_TOLD)) and any(
            self.page.place(i) is not None for i in range(first, last)
        )

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
        opening = min(last, first + OPENING)
        if page.lang == "ar":  # «ثم فجّر آخر حزاماً مماثلاً», «ثم انفجرت بعد دقائق سيارة مركونة»
            car = next(iter(page.signals.between(first, opening, "vehicle")), None)
            return page.signals.any(first, opening, "trigger", "explode") and (
                (car is not None and not car.form.article)
                or any(page.tokens[i].text in _ONE_MORE_OF_THEM for i in range(first, opening))
            )
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
            for i in range(first, min(last, first + OPENING))
        )

    def clause_start(self, at: int, first: int) -> int:
        """The token, ``first`` or later, at which the clause around ``at`` begins."""
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
