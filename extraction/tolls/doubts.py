"""Tolls that are none, are doubted or overtaken, or are of something else."""

from __future__ import annotations

from collections.abc import Iterator

from extraction.page import Page
from extraction.text.marks import mark
from extraction.text.signals import Signal
from extraction.tolls.toll import Toll
from extraction.tolls.victims import Victims

_COUNTS_DEAD = 5  # the rank of the security media cell
HURTS = frozenset("wounds wound injuries injury burns".split())
DIES = frozenset("died dies dead succumbed succumbing dying".split())
_NOTHING = frozenset("لا بلا صفر لايوجد none nil no zero 0".split())
_OTHER_VIOLENCE = frozenset(
    "اشتباكات مواجهات تظاهرات مظاهرات تظاهره مظاهره صدامات تدافع clashes protests stampede".split()
)
_CRUSHED = frozenset("غرقا دهسا دوسا trampled drowned drowning".split())
_MOURNED = frozenset("ذكري لذكري بذكري ذكراه مناسبه بمناسبه".split())
_SAID_WITHIN = 12
_SINCE_WITHIN = 8
_A_WHILE = frozenset(
    "مطلع بدايه بدء اندلاع انطلاق عام العام سنه اسابيع اشهر شهور سنوات "
    "start beginning protests demonstrations".split()
)
_NO_NEWS = (
    "لم تتضح",
    "لم تتحدث",
    "لم يتحدث",
    "لم يعرف",
    "not clear",
    "yet to be",
    "not yet known",
    "دون ان تاتي علي ذكر",
    "دون ان ياتي علي ذكر",
    "لم يتطرق",
    "لم تتطرق",
    "دون التطرق",
    "دون ان يتطرق",
    "لم يكشف",
    "لم تورد",
    "لم يورد",
    "did not say",
    "did not mention",
    "gave no",
    "without mentioning",
    "دون ان يشير",
    "لم يشر",
    "لم يذكر",
    "لم تذكر",
    "دون ان يذكر",
    "لم يتضح",
    "لم تعرف",
    "unclear",
    "لا معلومات",
    "ولا معلومات",
    "no word",
    "no immediate",
    "no information",
    "nobody knows",
    "دون معرفه",
    "دون ذكر",
    "دون الاشاره",
    "دون ان يوضح",
    "دون ان توضح",
    "دون الكشف",
    "لم تكشف",
    "لم تعلن",
    "لم يعلن",
    "لم يصدر",
    "لم تصدر",
    "لم تتوفر",
    "لم تتوافر",
    "لا تتوفر",
    "لم تشر",
    "لم يحدد",
    "لم تحدد",
    "لم يتبين",
    "لم تتبين",
    "did not specify",
    "did not give",
    "did not disclose",
    "not immediately known",
    "not known",
    "no details",
    "without giving",
    "without specifying",
    "could not be determined",
    "would not say",
    "could not say",
    "declined to say",
    "whether anyone",
    "whether any",
    "if anyone",
    "ما اذا",
)


_OF_OTHER_VIOLENCE = mark(lambda word, _: word.removeprefix("ال") in _OTHER_VIOLENCE)


class Doubts:
    """Tells the figures of one page that count nobody, or not surely."""

    def __init__(self, page: Page, victims: Victims) -> None:
        self.page = page
        self._arabic = page.lang == "ar"
        self._victims = victims
        self._other_violence = frozenset(page.where(_OF_OTHER_VIOLENCE))

    def listed_none(self, signal: Signal, last: int) -> bool:
        """«الإصابات: لا شيء», "Casualties: none"."""
        at = signal.last
        tokens = self.page.tokens
        return at + 1 < last and tokens[at].text == ":" and tokens[at + 1].text in _NOTHING

    def elsewhere(self, signal: Signal, first: int) -> bool:
        """The dead of clashes and protests, «ذكرى وفاة الإمام»: not those of the attack."""
        window = range(max(first, signal.first - 18), signal.first)
        mourned = signal.first > first and self.page.texts[signal.first - 1] in _MOURNED
        crush = not _CRUSHED.isdisjoint(self.page.texts[signal.last : signal.last + _SINCE_WITHIN])
        return mourned or crush or not self._other_violence.isdisjoint(window)

    def over_time(self, i: int) -> bool:
        """«تجاوز عدد القتلى 260 منذ مطلع تشرين الأول»: a sum over months, before token ``i``."""
        page = self.page
        for k in range(i, min(len(page.tokens) - 1, i + _SINCE_WITHIN)):
            if page.tokens[k].text in ".;؛:،,":
                return False
            if page.tokens[k].text in ("منذ", "since"):
                ahead = {t.text for t in page.tokens[k + 1 : k + 4]}
                return not _A_WHILE.isdisjoint(ahead) or any(
                    m.precision in ("month", "year") and page.token_at(m.start) in range(k, k + 4)
                    for m in page.dates
                )
        return False

    def of_wounds(self, signal: Signal, first: int) -> bool:
        """«متأثرين بجروحهم», "died of their wounds": what they died of, no wounded."""
        page = self.page
        words = [t.text for t in page.tokens[max(first, signal.first - 4) : signal.first]]
        if self._arabic:
            return bool(words) and words[-1].startswith("متاثر")
        from_it = any(w in ("of", "from", "to") for w in words[-2:])
        return from_it and page.tokens[signal.last - 1].text in HURTS and bool(DIES & set(words))

    def after_wounds(self, i: int) -> bool:
        """«… متأثرين بجروحهم», "… of his wounds": they had been hurt first."""
        words = [t.text for t in self.page.tokens[i : i + 4]]
        if self._arabic:
            return any(w.startswith("متاثر") for w in words[:3])
        return words[:1] in (["of"], ["from"], ["to"]) and not HURTS.isdisjoint(words)

    def denied(self, signal: Signal, first: int) -> bool:
        """Somebody denies losses: that is a denial, not a zero."""
        page = self.page
        denials = page.signals.between(max(first, signal.first - 8), signal.first, "deny", "any")
        return bool(denials) and (signal.sub in ("both", "lives") or not signal.verb)

    def officially(self, signal: Signal, first: int) -> bool:
        """«ونفى البيان سقوط ضحايا»: said by who counts the dead, it is a count of none."""
        page = self.page
        near = range(max(first, signal.first - 8), signal.first)
        return any(
            page.tokens[i].text == "البيان"
            or ((s := page.signal(i, "speaker")) is not None and int(s.sub) >= _COUNTS_DEAD)
            for i in near
        )

    def negated(self, signal: Signal, first: int) -> str:
        """ "none" where the casualties are said not to be, "unknown" where nobody knows."""
        page = self.page
        start = max(first, signal.first - 7)
        clause = next(
            (i + 1 for i in range(signal.first - 1, start, -1) if page.tokens[i].text in "،,;؛."),
            start,
        )
        if self._arabic and any(
            page.tokens[k].text in ("سوي", "الا")
            and self._victims.group(k + 1, min(len(page.tokens), k + 5)) is not None
            for k in range(signal.last, min(len(page.tokens), signal.last + 2))
        ):
            return ""  # «ولم يصب سوى حارس واحد», but «سوى بقرتين» spared the people
        text = page.words(clause, signal.last)
        if any(map(text.__contains__, _NO_NEWS)):
            return "unknown"
        if not self._arabic and "reports of" in text and "immediate" in text:
            return "unknown"
        for i in range(signal.first - 1, start - 1, -1):
            word = page.tokens[i].text
            joined = not signal.number and signal.form.prefix[:1] in ("و", "ف")
            if word in (".", "؛", ";", ":", "لكن", "ولكن", "but") or (
                word in ("،", ",") and (joined or i < signal.first - 1)
            ):
                break  # «لم تنفجر إحداهما، وقتلت الأخرى طفلة»
            if self._arabic and word in ("سوي", "الا", "غير"):
                if page.tokens[i - 1].text.lstrip("و") != "من":
                    return ""  # «ولم يصب سوى حارس واحد», but «من غير» is "without"
                return "none"
            if page.number(i) is not None or i in page.first["munition"]:
                weapon = page.first["munition"].get(i)
                if weapon is not None and weapon.form.article and weapon.number == "singular":
                    continue  # «ولم يتسبب الصاروخ بإصابات»
                if not (page.number(i) is not None and page.number(i).value == 1):  # type: ignore[union-attr]
                    break
            if i in page.first["negation"]:
                return "none"
        return ""

    def none(
        self, sub: str, signal: Signal, first: int, last: int, *, denied: bool = False
    ) -> Iterator[Toll]:
        page = self.page
        reach = 1 if signal.kind == "damage" else 6
        stop = next(
            (i for i in range(signal.last, min(last, signal.last + reach)) if self._closes(i)),
            min(last, signal.last + reach),
        )
        party = page.signals.any(self._opens(first, signal.first - reach, signal), stop, "party")
        if self._arabic and party and page.tokens[signal.first - 1].text == "هناك":
            party = False  # «ولم يكن هناك ضحايا»
        party = party or denied or self._none_of_ours(signal, last)
        lives = sub in ("killed", "lives")
        others = page.signals.any(signal.first - 1, signal.last + 1, "other")
        if others and not lives and signal.kind == "casualty":  # «ولم تقع إصابات أخرى»
            yield Toll("wounded", 0, signal.first, signal.last, none=True, party=party)
            return
        doubted = False
        yield Toll("killed", 0, signal.first, signal.last, none=True, party=party, doubted=doubted)
        if not lives:
            yield Toll(
                "wounded", 0, signal.first, signal.last, none=True, party=party, doubted=doubted
            )

    def _opens(self, first: int, floor: int, signal: Signal) -> int:
        """Where a denial begins: behind "the coalition said," it is of all."""
        page = self.page
        start = max(first, floor)
        for i in range(signal.first - 1, start, -1):
            if page.tokens[i].text == "," and page.signals.any(start, i, "speech"):
                return i
            if not self._arabic and page.signal(i, "speech", "verb") is not None:
                return i  # "the coalition reported no casualties"
        return start

    def _closes(self, i: int) -> bool:
        """Whether a comma ends what a denial speaks of: "no deaths, the coalition said"."""
        return self.page.tokens[i].text in ",،" and self.page.signals.any(i + 1, i + 6, "speech")

    def _none_of_ours(self, signal: Signal, last: int) -> bool:
        """«لم يُصب أي من جنوده»: said of the speaker's own people."""
        page = self.page
        if not self._arabic:
            return False
        return any(
            (victim := page.signal(i, "victim")) is not None
            and victim.form.suffix in ("ه", "ها", "هم")
            and page.words(max(0, i - 2), i) in ("اي من", "ايا من")
            for i in range(signal.last, min(last, signal.last + 4))
        )

    def early(self, signal: Signal, first: int) -> bool:
        if self._had_said(first, signal.first):
            return True
        return self.page.signals.any(
            max(first, signal.first - 12), signal.first, "hedge", "early"
        ) or (
            not self._arabic
            and self.page.signals.any(
                max(first, signal.first - 12), signal.last + 3, "hedge", "early"
            )
        )

    def _had_said(self, first: int, stop: int) -> bool:
        """«وكان ضابط قد أبلغ …»: what was told before the news it stands in."""
        page = self.page
        if not self._arabic:
            return False
        for i in range(max(first, stop - _SAID_WITHIN), stop):
            said = page.tokens[i].text == "قد" and page.signal(i + 1, "speech", "verb") is not None
            opens = range(max(first, i - _SAID_WITHIN), i)
            if said and any(page.tokens[k].text.lstrip("و") in ("كان", "كانت") for k in opens):
                return True
        return False

    def doubted(self, signal: Signal, first: int) -> bool:
        return self.page.signals.any(
            max(first, signal.first - 9), signal.first, "hedge", "unconfirmed"
        )
