"""How many of what: «صاروخان», "a volley of six", «الثالث منها», and which stayed unfired."""

from __future__ import annotations

from extraction.blows.blow import RELATIVE, Quantity, page_text
from extraction.page import Page
from extraction.text.marks import mark
from extraction.text.numbers import Number
from extraction.text.signals import Signal

FALLS = frozenset(("fall", "hit", "explode"))
_AR_PART_OF = frozenset("منها منهما منهم".split())
COMMAS = frozenset("،,;؛")
SUBJECT = 12
_FLIGHT = frozenset(
    "مسار مسارات خط اقتراب اطلاق انطلاق تحليق سقوط رادارات رادار trajectory trajectories flight "
    "launch launches approach".split()
)
_SEES = 3
_SPOTS = ("رصد", "spotted", "detected", "located")
THEIR_NUMBER = frozenset("عددها عددهما وعددها وعددهما".split())
PLANTED = frozenset(("ied", "car_bomb"))
_HOURS = frozenset(
    "والنصف والربع الا دقيقه دقائق صباحا مساء ليلا عصرا ظهرا فجرا ساعه الساعه".split()
)
_BEFORE_ANOTHER = frozenset(
    "ان بان كان فيما بينما ثم ثمه لكن اما تلتها تلاها تلته اعقبتها اعقبها تبعتها تبعها".split()
)
_COUNT_VERBS = frozenset("كانت كان بلغ بلغت عددها".split())
_ONE_MORE = frozenset(("another", "the other", "اخر", "اخري", "صاروخ اخر", "صاروخا اخر"))
_HEADLINE_LINKS = frozenset(("as", "when", "after", ":", "-"))
_HEADLINE_VERBS = frozenset(
    "lands hits kills explodes wounds injures falls slams struck hit killed exploded landed fell "
    "wounded damages rips tears goes detonates targets crashes leaves blasts".split()
)
_REACHED = frozenset("was were reached is بلغ بلغت كان كانت هو الي".split())
_PUT = frozenset("put puts putting estimated revised raised lowered cut corrected".split())
_TALLY = frozenset("number count total tally figure".split())
_WHEN = frozenset("as when after بعد لدي عند".split())
_AFTER_ANOTHER = frozenset((",", "،", ".", "of")) | _WHEN
_HOLDS = frozenset("تضم يضم تحمل يحمل تتسع تحوي يحوي holding held carrying carried".split())
_ANDS = frozenset("and while but whereas".split())
_CLAUSES = ("find", "fall", "launch", "hit")
_ELSE = frozenset("after when while as in by and from before but or since until than".split())
_SOON = frozenset("soon shortly minutes moments later seconds then nearby".split())
OTHER_TWO = frozenset("الاخريان الاخران الاخرتان".split())
_EN_ONE = frozenset("a an one single another lone".split())

_SINGULAR_FROM = 10  # beyond ten what is counted stands in the singular


_NUMBERS = mark(lambda word, _: word in THEIR_NUMBER or word in OTHER_TWO)


class Figures:
    """Reads the figures of one page: how many of what was fired."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self._arabic = page.lang == "ar"
        self.taken: set[int] = set()  # tokens whose figures count people
        # where a figure may stand, in a number or in a noun
        self.places = {
            *page.number_tokens,
            *page.where(_NUMBERS),
        }.union(*(page.first[kind] for kind in ("part", "munition", "vehicle", "weapon")))

    def dual_verb(self, trigger: Signal) -> bool:
        """«سقطا»: an Arabic verb of two."""
        text = self.page.tokens[trigger.first].text
        return self._arabic and trigger.verb and text.endswith("ا") and not text.endswith("وا")

    def next_quantity(self, i: int, last: int, first: int) -> Quantity | None:
        """The figure at token ``i`` or the few behind it."""
        for at in range(i, min(last, i + 4)):
            quantity = self.quantity(at, first, last)
            if quantity is not None:
                return quantity
            if self.page.tokens[at].text in COMMAS or self.page.place(at):
                return None
        return None

    def quantity(self, i: int, first: int, last: int) -> Quantity | None:
        """A figure with its munition, a munition that carries its own figure, or a share."""
        page = self.page
        if i not in self.places:
            return None
        if page.in_place(i) or page.in_date(i) or self._describes(i):
            return None
        number = page.any_number(i)
        munition_here = not self._arabic and i in page.first["munition"]  # "a one-way drone"
        if number is not None and number.counts and not munition_here:
            counted = self._counted(i, last)
            if counted is not None or number.kind != "one_of":
                return counted
        if number is not None and number.ordinal:
            return self._ordinal(i, last, first)
        if page.texts[i] in THEIR_NUMBER:
            return self._their_number(i, last)
        if page.tokens[i].text in OTHER_TWO and page.signals.any(i - 1, i + 2, "trigger", *FALLS):
            return Quantity(2, "", i, i + 1, part=True, share=True)  # «وانفجرت الأخريان»
        part = page.first["part"].get(i)
        if part is not None and part.sub in ("one", "first") and not munition_here:
            return self._share(part, last)
        munition = page.first["munition"].get(i) or self._exploding(i)
        if munition is None and self._arabic and (named := page.signal(i, "weapon")) is not None:
            one = page.any_number(named.last)  # «بكاتيوشا واحد»
            if one is not None and one.kind == "cardinal" and one.value in (1, 2):
                return Quantity(one.value, "rocket", i, page.after_number(named.last))
        if munition is not None and self._arabic and "ك" in munition.form.prefix:
            return None  # «نزل القرار كالصاروخ»
        return None if munition is None else self._bare(munition)

    def _their_number(self, i: int, last: int) -> Quantity | None:
        """«أن عددها ستة»: how many of what was told before."""
        page = self.page
        at = i + 1
        if at < last and page.tokens[at].text in _COUNT_VERBS:
            at += 1
        number = page.any_number(at) if at < last else None
        if number is None or not number.counts or page.signal(page.after_number(at), "munition"):
            return None
        return Quantity(number.value, "", i, page.after_number(at))

    def _exploding(self, i: int, start: int | None = None) -> Signal | None:
        """«انفجرت شاحنة», "the first car blew up": then the vehicle is a car bomb.

        ``start`` is where the figure before it stands.
        """
        signals = self.page.signals
        vehicle = signals.first["vehicle"].get(i)
        if vehicle is None or self._holds_bomb(vehicle):
            return None
        if self._arabic and vehicle.form.text == "عربه":
            return None  # «تفجير العربة»: as often an armoured one that was hit
        opens = i if start is None else start
        before = signals.between(opens - 2, opens, "trigger", "explode")
        after = signals.any(vehicle.last, vehicle.last + 2, "trigger", "explode")
        verb = any(s.verb or self._goes_up(s) for s in before) if self._arabic else after
        relative = signals.any(vehicle.last + 1, vehicle.last + 2, "trigger", "explode")
        if self._arabic and vehicle.form.article and relative:
            verb = verb or self.page.tokens[vehicle.last].text in RELATIVE
        verb = verb or self._listed(vehicle)
        verb = verb or (self._parked(vehicle) if self._arabic else self._left_to_explode(vehicle))
        return vehicle._replace(kind="munition", sub="car_bomb") if verb else None

    def _holds_bomb(self, vehicle: Signal) -> bool:
        """ "A bomb stuck to a judge's car exploded": it was his car that blew up with it."""
        page = self.page
        if self._arabic:  # «عبوة لاصقة ألصقت بحافلة انفجرت»
            clause = page.tokens[max(0, vehicle.first - 5) : vehicle.first]
            near = (
                vehicle.first
                - 1
                - next((k for k, t in enumerate(reversed(clause)) if t.text in COMMAS), len(clause))
            )
            return page.signals.any(near, vehicle.first, "munition", "ied")
        owner = page.tokens[vehicle.first - 1].text if vehicle.first else ""
        owned = owner.endswith("'s") or owner in ("his", "her", "their")
        first = page.bounds[page.sentence_at(vehicle.first)][0]
        return owned and page.signals.any(first, vehicle.first, "munition", "ied")

    def _listed(self, vehicle: Signal) -> bool:
        """«المشتل: سيارة، قتيلان» in a list that is said to be of car bombs."""
        page = self.page
        sentence = page.sentence_at(vehicle.first)
        if not (self._arabic and page.sentences[sentence].item):
            return False
        if not page.signals.any(0, vehicle.first, "munition", "car_bomb"):
            return False
        first, last = page.bounds[sentence]
        if vehicle.last >= last or page.tokens[vehicle.last].text in COMMAS:
            return True
        # «الكرادة: 11 شهيداً، سيارة مركونة قرب المستشفى»: nothing else in it could have hurt them
        opens = (
            page.tokens[vehicle.first - 1].text in COMMAS
            or page.tokens[vehicle.first - 1].text in ":-"
        )
        other = any(page.signals.any(first, last, kind) for kind in ("munition", "trigger"))
        return opens and not other and page.signals.any(first, last, "casualty")

    def _left_to_explode(self, vehicle: Signal) -> bool:
        """ "A car parked outside a restaurant in Karrada exploded"."""
        page = self.page
        tokens = page.tokens[vehicle.last : vehicle.last + 1]
        if not tokens or tokens[0].text not in ("parked", "left", "abandoned"):
            return False
        for i in range(vehicle.last + 1, min(len(page.tokens), vehicle.last + SUBJECT + 2)):
            if page.tokens[i].text in ",.;" or i in page.first["munition"]:
                return False
            blast = page.signal(i, "trigger", "explode")
            if blast is not None:
                return self.exploded(blast)
        return False

    def _parked(self, vehicle: Signal) -> bool:
        """«سيارة من نوع أوبل انفجرت», «شاحنة متوقفة انفجرت»."""
        page = self.page
        relative = page.tokens[min(vehicle.last, len(page.tokens) - 1)].text in RELATIVE
        reach = SUBJECT if relative else 5  # «السيارة التي ركنت أمام المطعم … انفجرت»
        for i in range(vehicle.last, min(len(page.tokens), vehicle.last + reach)):
            blast = page.signal(i, "trigger", "explode")
            if blast is not None:
                return blast.verb and page.tokens[i].text.startswith("انفجر")
            if not page.tokens[i].is_word or i in page.first["munition"]:
                return False
        return False

    def _goes_up(self, blast: Signal) -> bool:
        """«انفجار السيارة» is of the car, «استهدف انفجار سيارة ضابط» is aimed at one."""
        signals = self.page.signals
        return not signals.any(blast.first - 2, blast.first, "trigger", "target", "hit")

    def _bare(self, munition: Signal) -> Quantity | None:
        page = self.page
        value = {"singular": 1, "dual": 2}.get(munition.number)
        if value == 2 and self._qualifies(munition):
            value = None
        if self._dual_construct(munition):
            value = 2
        end = munition.last
        what = munition.sub
        nxt = page.any_number(end)
        definite = munition.form.article or page.tokens[munition.first].text == "the"
        previous = page.tokens[munition.first - 1].text if munition.first else ""
        if not self._arabic:
            if value == 1 and previous not in _EN_ONE and not self._near_one(munition.first):
                dated = previous.endswith("'s") and what in PLANTED  # "Sunday's car bomb"
                value = 1 if previous == "the" or dated or self._headline(munition) else None
            definite = previous in ("the", "that", "this")
        if nxt is not None and nxt.ordinal and self._arabic:
            return Quantity(
                1, what, munition.first, page.after_number(end), part=True, ordinal=nxt.value
            )
        if nxt is not None and nxt.kind == "cardinal" and nxt.value in (1, 2) and self._arabic:
            return Quantity(nxt.value, what, munition.first, page.after_number(end))
        other = page.signals.any(end, end + 2, "other") and self._arabic
        numbered = definite or page.words(max(0, munition.first - 2), munition.first) == "number of"
        told = self._counted_after(munition) if munition.number == "plural" and numbered else None
        if what == "suicide" and munition.number == "plural":
            value = self._wearing(munition.first)
        if told is not None:
            return told
        planted = what in ("ied", "car_bomb", "suicide") and not self._arabic
        return Quantity(
            value,
            what,
            munition.first,
            end,
            part=definite and (value == 1 or (other and value == 2)) and not planted,
            other=other and bool(value),
            share=definite and other and value == 2,  # «الصاروخان الآخران»
        )

    def _wearing(self, belts: int) -> int | None:
        """ "two men wearing explosive belts": one each."""
        tokens = self.page.tokens
        for i in range(belts - 1, max(-1, belts - 6), -1):
            if tokens[i].text in ("wearing", "with", "in"):
                figures = (self.page.number(k) for k in range(i - 1, max(-1, i - 4), -1))
                return next((n.value for n in figures if n is not None), None)
        return None

    def _qualifies(self, munition: Signal) -> bool:
        """«هجوم صاروخي»: an adjective that is written like the dual."""
        page = self.page
        adjective = page.tokens[munition.first].text.endswith("ي") and not munition.form.prefix
        if not adjective or munition.first == 0 or page.signal(munition.last, "weapon"):
            return False
        before = page.signals.between(munition.first - 1, munition.first, "trigger")
        return any(not s.verb and s.sub in ("attack", "target") for s in before)

    def _dual_construct(self, munition: Signal) -> bool:
        """«صاروخا كاتيوشا», without the mark of the accusative: two of them."""
        page = self.page
        if not self._arabic or munition.last >= len(page.tokens):
            return False
        written = page.original(munition.first, munition.first + 1)
        if not written.endswith("ا") or page.signal(munition.first + 1, "weapon") is None:
            return False
        before = munition.first - 1
        subject = before < 0 or not page.tokens[before].is_word
        fallen = subject or page.signal(before, "trigger", "launch", *FALLS) is not None
        fallen = fallen or self._falls_ahead(munition)
        return fallen or any(
            self.dual_verb(s)
            for s in page.signals.between(munition.last, munition.last + 4, "trigger")
        )

    def _falls_ahead(self, munition: Signal) -> bool:
        """«فسقط داخل سياجها صاروخا كاتيوشا»: the subject of a verb that takes no object."""
        page = self.page
        for i in range(munition.first - 1, max(-1, munition.first - SUBJECT), -1):
            if not page.tokens[i].is_word or page.signals.any(i, i + 1, "munition"):
                return False
            verb = page.signal(i, "trigger")
            if verb is not None:
                return verb.verb and verb.sub == "fall"
        return False

    def _counted_after(self, munition: Signal) -> Quantity | None:
        """«القذائف كانت اثنتي عشرة», «عدد الصواريخ خمسة»: the figure follows its noun."""
        page = self.page
        at = munition.last
        if at + 1 >= len(page.tokens):
            return None
        if page.tokens[munition.first - 1].text in ("عدد", "of", "the"):
            far = self._number_reached(munition)
            if far is not None or not self._arabic:
                return far
        elif not self._arabic:
            return None
        copula = page.tokens[at].text in _COUNT_VERBS
        headed = munition.first > 0 and page.tokens[munition.first - 1].text.endswith("عدد")
        if copula:
            at += 1
        number = page.any_number(at)
        if number is None or not number.counts:
            return None
        after = page.after_number(at)
        closed = after >= len(page.tokens) or not page.tokens[after].is_word
        if not (copula or headed or closed):  # «إن القذائف أربع، وإن …»
            return None
        if after < len(page.tokens) and (
            page.signal(after, "munition") or page.signal(after, "victim")
        ):
            return None
        return Quantity(number.value, munition.sub, munition.first, after)

    def _number_reached(self, munition: Signal) -> Quantity | None:
        """«عدد الصواريخ التي سقطت على القاعدة بلغ تسعة», "the number of rockets was nine"."""
        page = self.page
        before = page.words(max(0, munition.first - 3), munition.first)
        if not before.endswith(("عدد", "number of", "number of the")):
            return None
        start = munition.last
        other = page.signal(start + (not self._arabic), "munition")
        if other is not None and (self._arabic or page.tokens[start].text in ("and", "or")):
            start = other.last  # "the number of rockets and mortar bombs"
        put = not _PUT.isdisjoint(t.text for t in page.tokens[max(0, munition.first - 5) : start])
        for i in range(start, min(len(page.tokens) - 1, start + 12)):
            text = page.tokens[i].text
            if text in ".;؛،," or i in page.first["munition"]:
                return None
            number = page.any_number(i + 1)
            if (
                (text in _REACHED or (text == ":" and i == start) or (put and text in ("at", "to")))
                and number is not None
                and number.counts
            ):
                return Quantity(number.value, munition.sub, munition.first, munition.last)
        return None

    def _headline(self, munition: Signal) -> bool:
        """ "Rocket lands in Mansour", "hurt by mortar shell": headlines drop the article."""
        page = self.page
        tokens = page.tokens
        before = tokens[munition.first - 1].text if munition.first else "."
        after = tokens[munition.last].text if munition.last < len(tokens) else "."
        opens = munition.start == page.sentences[page.sentence_at(munition.first)].start
        acts = after in _HEADLINE_VERBS
        governed = before == "by" and (
            after in ".,;" or page.signal(munition.last, "prep") is not None
        )
        item = page.sentences[page.sentence_at(munition.first)].item
        listed = before in ":-" and (
            item or after == "," or page.signal(munition.last, "prep") is not None
        )
        return governed or listed or (acts and (opens or before in _HEADLINE_LINKS))

    def _near_one(self, i: int) -> bool:
        start = i - 3
        for k in range(max(0, i - 3), i):  # "a 107-mm Katyusha rocket"
            number = self.page.any_number(k)
            if number is not None and number.unit == "mm":
                start = min(start, k - 2)
        return any(self.page.tokens[k].text in _EN_ONE for k in range(max(0, start), i))

    def _counted(self, i: int, last: int) -> Quantity | None:
        page = self.page
        number = page.any_number(i)
        assert number is not None
        after = page.after_number(i)
        if i in self.taken and not page.signal(after, "munition"):
            return None
        all_of_them = self._all_of(number, i, after)
        if all_of_them is not None:
            return all_of_them
        for reach in range(5):
            at = after + reach
            if at >= last:
                break
            text = page.tokens[at].text
            munition = page.signal(at, "munition") or self._exploding(at, i)
            weapon = page.signal(at, "weapon")
            if munition is not None or weapon is not None:
                source = munition or weapon
                assert source is not None
                if "ب" in source.form.prefix:
                    break
                what = munition.sub if munition is not None else "rocket"
                of_them = page.tokens[min(source.last, last - 1)].text in _AR_PART_OF
                if self._arabic and source.form.article and at > after:
                    of_them = page.tokens[at - 1].text == "من"  # «أربعة من الصواريخ»
                other = (
                    (number.another and (number.value or 0) > 1)
                    or page.signals.any(source.last, source.last + 3, "other")
                    or page.signals.any(after, at, "other")
                )
                return Quantity(
                    number.value,
                    what,
                    i,
                    self._past_the_mixed(source, number.value),
                    part=number.kind == "one_of"
                    or (number.definite and number.value == 1)
                    or of_them,
                    other=other and number.kind != "one_of",
                    vague=number.value is None,
                    share=of_them,
                )
            if (
                page.signal(at, "victim")
                or page.signal(at, "casualty")
                or page.signal(at, "attacker")
                or page.signal(at, "trigger")
                or page.signal(at, "launcher")
                or text in COMMAS
                or text in ".:"
                or page.number(at) is not None
                or page.place(at) is not None
            ):
                break
            if self._arabic and reach and text not in ("نوع", "طراز", "من"):
                break
            if not self._arabic and text in _ELSE:
                break  # "put the dead at 18 after a car bomb"
        nxt = page.tokens[after].text if after < last else ""
        before = page.tokens[i - 1].text.lstrip("و") if i else ""
        if before in _AR_PART_OF and number.value is not None:
            return Quantity(number.value, "", i, after, part=True, share=True)  # «منها ستة في …»
        if nxt in _AR_PART_OF or (
            nxt == "of"
            and after + 1 < last
            and page.tokens[after + 1].text in ("them", "the", "those", "these", "which")
        ):
            end = after + 1
            while end < min(last, after + 4) and (
                page.tokens[end].text in ("of", "the", "them") or page.any_number(end) is not None
            ):
                end += 1
            return Quantity(number.value, "", i, end, part=True, share=True)
        if before == "other" and page.tokens[i - 2].text == "the":
            return Quantity(number.value, "", i, after, part=True, share=True)
        if number.another and number.definite and number.value and self._arabic:
            end = after + page.signals.any(after, after + 1, "other")
            return Quantity(number.value, "", i, end, part=True, share=True)  # «الثلاث الأخرى»
        if number.another and (number.value or 0) > 1:
            end = after + 1 if after in page.first["other"] else after
            return Quantity(number.value, "", i, end, part=False, other=True)
        return self._tally(number, i, after) or self._elliptic(number, i, after, last)

    def _tally(self, number: Number, i: int, after: int) -> Quantity | None:
        """ "The cell later put the number at two": how many there were of what was told before."""
        page = self.page
        first, last = page.bounds[page.sentence_at(i)]
        if self._arabic or i - first < 3 or number.value is None or number.kind != "cardinal":
            return None
        if page.tokens[i - 1].text not in ("at", "to", "was") or not page.number(i):
            return None
        before = [t.text for t in page.tokens[max(first, i - 5) : i - 1]]
        put = not _PUT.isdisjoint(before) or page.tokens[i - 1].text == "was"
        if not put or _TALLY.isdisjoint(before) or "of" in before:
            return None
        fired = page.signals.between(0, i, "munition")
        if not fired or page.signals.any(fired[-1].last, last, "casualty"):
            return None  # the number of the dead, who were told of after the rockets
        ends = after >= last or page.tokens[after].text in ",.;" or page.signal(after, "munition")
        return Quantity(number.value, "", i, after) if ends else None

    def _past_the_mixed(self, counted: Signal, value: int | None) -> int:
        """Where «خمسة وثلاثون صاروخاً وقذيفة» ends: both kinds together make the figure."""
        other = self.page.signal(counted.last, "munition")
        mixed = (
            other is not None
            and (value or 0) > _SINGULAR_FROM
            and "و" in other.form.prefix
            and counted.number == other.number == "singular"
        )
        return other.last if other is not None and mixed else counted.last

    def _all_of(self, number: Number, i: int, after: int) -> Quantity | None:
        """«القذائف الخمس»: all that were fired."""
        page = self.page
        before = page.signals.between(i - 2, i, "munition")
        if not (number.definite and before and before[-1].last == i and number.value):
            return None
        if before[-1].number != "plural" or number.value < 3 or not before[-1].form.article:
            return None
        if after in page.first["other"]:
            return None
        return Quantity(number.value, before[-1].sub, i, after)

    def _elliptic(self, number: Number, i: int, after: int, last: int) -> Quantity | None:
        """«و14 في أحياء أخرى», "three hit the hotel": a figure whose noun was said before."""
        page, signals = self.page, self.page.signals
        single = number.kind in ("one_of", "another", "both")
        if number.value is None:
            return None
        if after >= last:
            return Quantity(number.value, "", i, after, part=True, share=True) if single else None
        follows = (
            (single and page.tokens[after].text in _AFTER_ANOTHER)
            or page.signal(after, "prep") is not None
            or page.signals.any(
                after,
                after + 1,
                "trigger",
                "fall",
                "hit",
                "explode",
                "intercept",
                "launch",
                "target",
            )
            or page.signals.any(after, after + 2, "other")
        )
        harmed = page.signal(after, "casualty", "killed", "wounded")
        if number.kind == "another" and harmed is not None and not self._arabic:
            if page.number(harmed.last) is not None:  # "and another killed two"
                return Quantity(1, "", i, after, part=True, share=True, another=True)
        if not follows or page.signals.any(after, after + 2, "casualty"):
            return None
        if not self._arabic and self._adjective(after):
            return None
        when = single and page.tokens[after].text in _WHEN  # "and then another as people gathered"
        people = (s for k in ("victim", "attacker") for s in signals.between(after, after + 3, k))
        if not when and any(not page.in_place(s.first) for s in people):
            return None  # but «وواحد قرب نصب الجندي المجهول»
        if page.tokens[after].text == "من" and page.signals.any(after, after + 4, "casualty"):
            return None  # «وأربعة من الجيران جُرحوا»
        return Quantity(
            number.value,
            "",
            i,
            after,
            part=True,
            other=not single and page.signals.any(after, after + 2, "other"),
            share=single or number.value == 1 or self._of_the_whole(i),
            another=number.kind == "another",
        )

    def _of_the_whole(self, i: int) -> bool:
        """ "Of the five rockets fired, four fell inside": the sentence opens with the whole."""
        first = self.page.bounds[self.page.sentence_at(i)][0]
        return self.page.words(first, min(i, first + 2)) == "of the"

    def _adjective(self, i: int) -> bool:
        """ "two damaged hangars": what the participle describes follows it."""
        tokens = self.page.tokens
        if tokens[i].text not in ("damaged", "destroyed", "wrecked", "exploding"):
            return False
        after = tokens[i + 1].text if i + 1 < len(tokens) else "."
        return (
            after.isalpha()
            and after not in _EN_ONE
            and after not in ("the", "his", "its", "their", "by", "several", "many")
            and self.page.signal(i + 1, "prep") is None
            and self.page.any_number(i + 1) is None
            and self.page.place(i + 1) is None
        )

    def _describes(self, i: int) -> bool:
        """«ضابط آخر»: an adjective of the noun before it, where «وسقط آخر» is one more."""
        page = self.page
        if i == 0 or page.tokens[i].text not in ("اخر", "اخري"):
            return False
        before = page.tokens[i - 1].text.lstrip("وف")
        return before.isalpha() and not (
            before in _BEFORE_ANOTHER or i - 1 in page.first["trigger"]
        )

    def _ordinal(self, i: int, last: int, first: int) -> Quantity | None:
        """الأول، الثالث · the third: one of those that were counted before."""
        page = self.page
        number = page.any_number(i)
        assert number is not None
        after = page.after_number(i)
        text = page.tokens[i].text
        if self._arabic:
            munition_before = i > first and i - 1 in page.first["munition"]
            if page.signals.any(i - 1, i, "trigger", "attack", "airstrike"):
                return None  # «الغارة الأولى من نوعها»
            follows = i > first and page.tokens[i - 1].text in _BEFORE_ANOTHER
            hours = page.tokens[max(first, i - 2) : after + 2]
            if any(t.text in _HOURS for t in hours) and not follows:
                return None  # «بين السابعة والنصف والثامنة إلا ثلثاً», but «تلتها ثانية بعد دقائق»
            joined = text[0] in "وف"
            listed = joined and page.signal(after, "prep", "on", "in", "at", "near") is not None
            fell = i > first and page.signals.any(i - 1, i, "trigger", *FALLS)
            if not (
                text.lstrip("وف").startswith("ال")
                or munition_before
                or listed
                or fell
                or (follows and self._bombs_before(i))
            ):
                return None
            if self._of_people(i, first):
                return None
            if (
                i > first
                and not joined
                and not munition_before
                and page.tokens[i - 1].text.isalpha()
                and not (
                    page.tokens[i - 1].text in ("اما", "سقط", "انفجر", "و")
                    or page.tokens[i - 1].text in _BEFORE_ANOTHER
                    or i - 1 in page.first["trigger"]
                    or page.signals.any(i - 1, i, "speech", "that")
                )
            ):
                return None
            return Quantity(1, "", i, after, part=True, ordinal=number.value)
        munition = page.signal(after, "munition")
        if munition is not None:
            return Quantity(1, munition.sub, i, munition.last, part=True, ordinal=number.value)
        if (
            page.signal(after, "trigger") is None
            and page.signal(after, "prep") is None
            and (after >= last or page.tokens[after].text not in (",", "of", "which", "blew"))
        ):
            return None
        return Quantity(1, "", i, after, part=True, ordinal=number.value)

    def _bombs_before(self, i: int) -> bool:
        """Whether the sentence has named what went off: «سيارة …، تلتها ثانية ثم ثالثة»."""
        signals, first = self.page.signals, self.page.bounds[self.page.sentence_at(i)][0]
        return signals.any(first, i, "munition") or (
            signals.any(first, i, "vehicle") and signals.any(first, i, "trigger", "explode")
        )

    def _of_people(self, i: int, first: int) -> bool:
        """«اثنان من القتلى أوغنديان والثالث من البيرو»: one of the hurt, of no salvo."""
        signals = self.page.signals
        opens = max(first, i - SUBJECT)
        fired = signals.any(first, i, "munition") or signals.any(first, i + 4, "trigger", *FALLS)
        return not fired and any(signals.any(opens, i, kind) for kind in ("casualty", "victim"))

    def _share(self, part: Signal, last: int) -> Quantity | None:
        page = self.page
        end = part.last
        end += end < last and page.tokens[end].text == "one"  # "a second one went off"
        munition = page.signal(end, "munition") or self._exploding(end)
        what = ""
        if munition is not None and munition.number != "dual":
            what, end = munition.sub, munition.last
        if munition is None and page.signals.any(end, end + 2, "victim"):
            return None
        if (
            munition is None
            and not self._arabic
            and not (
                page.signal(end, "prep")
                or page.signal(end, "trigger")
                or end >= last
                or page.tokens[end].text in (",", "of")
                or page.tokens[end].text in _SOON
                or self._kills_too(part, last)
                or (page.words(part.first, end).startswith("the ") and page.signal(end, "casualty"))
            )
        ):
            return None
        words = page.words(part.first, part.last)
        ordinal = {"a second": 2, "a third": 3, "a fourth": 4}.get(words)
        more = words.lstrip("و") in _ONE_MORE
        return Quantity(
            1, what, part.first, end, part=True, share=True, ordinal=ordinal, another=more
        )

    def _kills_too(self, part: Signal, last: int) -> bool:
        """ "a fourth left seven dead", "one that fell short killed two"."""
        page, end = self.page, part.last
        if page.tokens[end].text == "left" and end + 1 < last:
            return page.number(end + 1) is not None
        return page.tokens[end].text in ("that", "which") and page.signals.any(
            end + 1, end + 2, "trigger", "fall", "hit", "explode"
        )

    def unfired(self, quantity: Quantity, first: int, last: int) -> bool:
        """Rockets that were found, defused or never left are not counted."""
        page = self.page
        finds = page.signals.between(first, last, "trigger", "defuse", "find")
        if all(in_flight(page, s) for s in finds):
            return self._loaded(quantity, first)
        stop = quantity.last
        while (
            stop < min(last, quantity.last + 9)
            and page.tokens[stop].text not in "،,.;؛"
            and not self._new_clause(stop)
        ):
            stop += 1
        if page.signals.any(quantity.last, stop, "trigger", "defuse"):
            return True
        start = quantity.first
        while (
            start > max(first, quantity.first - 9)
            and page.tokens[start - 1].text not in "،,.;؛"
            and not self._new_clause(start)
        ):
            start -= 1
        if page.signals.any(start, quantity.first, "trigger", "defuse"):
            return True
        if self._loaded(quantity, first):
            return True
        finds = page.signals.between(start, quantity.first, "trigger", "find")
        finds = [f for f in finds if not in_flight(page, f)]
        if not self._arabic:
            finds += page.signals.between(quantity.last, stop, "trigger", "find")
        if quantity.what == "drone":  # one that is spotted in the air is on its way
            finds = [f for f in finds if not page.words(f.first, f.last).startswith(_SPOTS)]
        found = bool(finds)
        return found and not page.signals.any(start, stop, "trigger", "launch", "fall", "hit")

    def left_it(self, share: Quantity) -> bool:
        """«كانت تضم أربعين، انطلقت منها 29», "of seven set up, four were fired"."""
        near = (share.first - 3, share.last + 3)
        plain = share.part and share.ordinal is None and share.value is not None
        return plain and self.page.signals.any(*near, "trigger", "launch", "fall")

    def _loaded(self, quantity: Quantity, first: int) -> bool:
        """«القاذفة كانت تضم أربعين قذيفة»: what the launcher holds has not left it."""
        page = self.page
        holds = page.tokens[max(first, quantity.first - 2) : quantity.first]
        return any(t.text.lstrip("و") in _HOLDS for t in holds) and page.signals.any(
            max(first, quantity.first - 20), quantity.first, "launcher"
        )

    def _new_clause(self, i: int) -> bool:
        """«وعُثر على أربعة», "and troops found three": another verb begins its clause here."""
        page = self.page
        if self._arabic:
            joined = page.tokens[i].text[0] in "وف"
            return joined and page.signal(i, "trigger", *_CLAUSES) is not None
        return page.tokens[i].text in _ANDS and page.signals.any(i + 1, i + 5, "trigger", *_CLAUSES)

    def exploded(self, trigger: Signal) -> bool:
        """ "A car bomb targeting the convoy exploded in Mosul": English verbs are not marked."""
        words = page_text(self.page, trigger)
        return not self._arabic and trigger.sub == "explode" and words.endswith(("ed", "up", "off"))


def in_flight(page: Page, find: Signal) -> bool:
    """«رصدت الرادارات مسار الصواريخ», "spotted the launch": what flies, not what was left."""
    if not page.words(find.first, find.last).removeprefix("و").startswith(_SPOTS):
        return False
    ahead = page.tokens[find.last : find.last + _SEES]
    return any(t.text.removeprefix("ال") in _FLIGHT for t in ahead)
