"""Where fire came from, told other than by «أُطلقت من»: vehicles, searches, bases, denials.

"A lorry used to fire them was left in Ubaidi", «رُجّحت الحسينية مكاناً للإطلاق» and «نفت أن تكون
قد أُطلقت من حي الأمين» all name a place of launching, and the last one rules it out.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extraction.blows.figures import COMMAS
from extraction.page import Page
from extraction.places.found import FoundPlace
from extraction.text.signals import Signal

_USED = ("استخدم", "يستخدم", "مستخدم", "استعمل", "مستعمل", "استقل", "used", "carried", "carrying")
_NAMES_BASE = frozenset("مكانا موقعا نقطه منطلقا قاعده منصه".split())
_COPULAS = frozenset("كانت كان هي هو تكون يكون as was were is being".split())
_TO_BE = frozenset("يكون تكون يكونا تكونا يكونوا تكن يكن".split())
_HELPERS = frozenset("was were been being".split())
_RELATIVE = frozenset("التي الذي اللذين الذين اللذان التين which that who".split())
_NOT = frozenset("not never rather instead".split())
_NOT_FROM = frozenset("from in at of than".split())
_AR_NOT = frozenset("لا ليس ليست".split())
_AR_FROM = frozenset("من في علي".split())
_WHICH = (("وهو", "ما"), ("وهذا", "ما"), ("الامر", "الذي"), ("وهي", "روايه"))
_REFUTED = frozenset("dismissed rejected".split())
_STOPS = frozenset(".؛;")
_SEARCHED = ("فتش", "تفتيش", "مشط", "تمشيط", "داهم", "مداهم", "search", "comb", "swept", "raid")
_LEFT = frozenset(
    "متروكه متروكا مركونه مهجوره محترقه متوقفه تركوها تركها تركت وتركت "
    "abandoned parked burning burned burnt dumped stood left".split()
)
_ORIGINS = frozenset("الموقع المكان المصدر".split())
_FIGURATIVE = ("لمعرك", "لعملي", "لحمل", "لهجوم", "للهجوم", "للحمل", "لمشروع", "لحوار", "لمرحل")
_CONTRASTS = frozenset(
    "لكن ولكن ثم غير بيد الا والصحيح والصواب فيما بينما "
    "but however later then while whereas".split()
)
_BELIES = frozenset("كذبت كذب نفت نفي فندت فند دحضت دحض استبعدت استبعد".split())
_THAT = frozenset("ذلك الامر الخبر الروايه هذا هذه الانباء this that it".split())
_BE = frozenset("is are was were".split())
_FALSE = frozenset("false untrue wrong incorrect inaccurate baseless unfounded denied".split())
_BASELESS = frozenset(("صحيح", "صحيحه", "اساس", "صحه", "دقيق", "دقيقه"))
_UN = frozenset("غير لا ليس ليست".split())
_BARE_OF_TRUTH = frozenset("عار عاري عاريه".split())
_REACH = 16
_TRACED = frozenset(
    "trajectory trajectories path flight origin launch fire مسار مسارها مساره مسارهما خط اتجاه "
    "مصدر اثر".split()
)
_GLOW = frozenset(
    "light lights flash flashes streak streaks hiss whoosh whistle roar وميض ومضات ضوء اضواء ازيز "
    "ازيزا صفير صفيرا خطين".split()
)
_THEM = frozenset("it them they both one".split())
_AFAR = frozenset(
    "across other opposite far distance distant afar الاخري المقابله بعيد بعيده".split()
)
_WARDS_OFF = frozenset(
    "defence defences defense defenses interceptor interceptors c ram سي".split()
)
_AT_GOAL = frozenset("at on into toward towards against across".split())
_SENSED = 16
_TOLD_BEFORE = 40
_NOUN_REACH = 9
_MADE_USE = ("اتخذ", "استخدم", "استعمل", "جعل", "حول")
_LAUNCHED = ("launch", "come_from", "launch_place", "defuse")
_INSTEAD = (("بل", "من"), ("وانما", "من"), ("but", "from"), ("rather", "from"), ("instead", "from"))


def used_to_fire(page: Page, vehicle: Signal, last: int) -> bool:
    """«العجلة التي استخدمها المنفذون», "a lorry used to fire them": then it is the launcher."""
    start, end = max(0, vehicle.first - 4), min(last, vehicle.last + 8)
    if not any(_bare(t.text).startswith(_USED) for t in page.tokens[start:end]):
        return False
    signals = page.signals
    return (
        signals.any(start, end, "trigger", "launch")
        or signals.any(start, end, "attacker")
        or signals.any(start, end, "doer")
    )


def _bare(word: str) -> str:
    """Without «و», «ف» and the article."""
    return word.lstrip("وف").removeprefix("ال") if len(word) > 4 else word


def seen_off(page: Page, i: int, first: int) -> Signal | None:
    """«صفير القذائف وهي تخرج», "saw the rockets take off": the launch, if somebody perceived it."""
    rise = page.first["departure"][i]
    told = (
        page.lang == "en" and page.signals.any(i - 3, i, "munition") and whence(page, rise, first)
    )
    if not (told or perceived(page, i, first)):
        return None
    return rise._replace(kind="trigger", sub="launch", verb=True)


def perceived(page: Page, i: int, first: int) -> bool:
    """Whether what is told at token ``i`` is fire that was seen or heard, and no interceptor."""
    start = max(first, i - _SENSED)
    tokens, signals = page.tokens, page.signals
    sensed = signals.between(start, i, "sense")
    if not sensed or any(tokens[k].text in COMMAS for k in range(sensed[-1].last, i)):
        return False
    start, end = sensed[-1].first, sensed[-1].last
    them = any(t.text in _THEM for t in tokens[end : end + 1]) or any(
        t.text.removeprefix("ال") in _GLOW for t in tokens[start:i]
    )
    fire = (
        signals.any(start, i + 4, "munition")
        or signals.any(start, i, "launcher")
        or signals.any(start, i, "trigger", "attack")
        or (them and signals.any(start - _TOLD_BEFORE, start, "munition"))
    )
    return fire and _WARDS_OFF.isdisjoint(t.text for t in tokens[start : i + 6])


def sensed_from(page: Page, places: Sequence[FoundPlace], launch: Signal) -> FoundPlace | None:
    """ "a driver in Shaab saw them go up": where those were who saw or heard a launch."""
    sensed = page.signals.between(launch.first - _SENSED, launch.first, "sense")
    if not sensed:
        return None
    verb = sensed[-1]
    told = [p for p in places if 0 <= verb.first - p.last <= _REACH]
    if page.lang == "ar":  # «سمع أهالي الزعفرانية صفير القذائف»
        told += [p for p in places if 0 < p.first - verb.last <= 3 and p.last <= launch.first]
    return told[-1] if told else None


def seen_from_afar(page: Page, first: int, last: int) -> bool:
    """ "from across the river": the launch was not where those live who saw it."""
    return any(t.text in _AFAR for t in page.tokens[first : min(last, first + _SENSED)])


def traced_to(page: Page, trace: int, place: FoundPlace) -> bool:
    """ "tracked the rockets back to a field in Ur", «تتبعت مسار الصاروخ إلى»."""
    return place.first - trace <= 2 * _REACH and (
        page.signals.any(trace, place.first, "munition")
        or any(t.text in _TRACED for t in page.tokens[trace : place.first])
    )


def whence(page: Page, trigger: Signal, first: int) -> bool:
    """ "the point from which they were fired": the place is told beside it."""
    words = [t.text for t in page.tokens[max(first, trigger.first - 7) : trigger.first]]
    after = page.tokens[trigger.last].text if trigger.last < len(page.tokens) else ""
    return after not in _AT_GOAL and ("where" in words or ("from", "which") in pairwise(words))


def instead_from(page: Page, place: FoundPlace, first: int) -> bool:
    """ "was not fired from Shula but from Ghazaliya", «بل من الغزالية»."""
    before = [t.text for t in page.tokens[max(first, place.first - 4) : place.first]]
    return any(pair in _INSTEAD for pair in pairwise(before)) and page.signals.any(
        max(first, place.first - 2 * _REACH), place.first, "trigger", *_LAUNCHED
    )


def sent_from(page: Page, place: FoundPlace) -> bool:
    """ "rocket fire from farmland near Abu Ghraib", "a salvo from Taji": without a verb."""
    signals = page.signals
    for i in range(place.first - 1, max(0, place.first - _NOUN_REACH), -1):
        if page.in_place(i) or page.tokens[i].text in COMMAS:
            return False
        if page.tokens[i].text in ("from", "out"):
            near = i - 3, i
            nouns = signals.between(*near, "munition")
            nouns += signals.between(*near, "trigger", "attack")
            fire = signals.between(*near, "trigger", "launch")  # "mortar fire out of Adhamiyah"
            nouns += [s for s in fire if page.words(s.first, s.last) == "fire"]
            return any(s.last == i for s in nouns)
    return False


def as_launcher(page: Page, place: FoundPlace, launcher: int) -> bool:
    """ "used a van in Shaab as a launch pad", «اتخذ من حافلة في حي الشعب منصة»."""
    between = [t.text for t in page.tokens[place.last : launcher]]
    if page.lang == "ar":
        before = page.tokens[max(0, place.first - _NOUN_REACH) : place.first]
        return not between and any(_bare(t.text).startswith(_MADE_USE) for t in before)
    return between[:1] == ["as"] and {*between[1:]} <= {"a", "the", "their", "makeshift"}


def left_there(word: str) -> bool:
    """«متروكة قرب هيت», "left burning in Ubaidi": said of the launcher, it is found there."""
    return word in _LEFT


def says_origin(word: str) -> bool:
    """«ثم أوضحت الخلية أن الموقع هو مدينة الصدر»: the site, of what was fired before."""
    return word in _ORIGINS


def named_as_base(page: Page, place: FoundPlace, trigger: Signal) -> bool:
    """«رجّح الحسينية مكاناً للإطلاق», "gave Baladiyat as the launch site": the place comes first."""
    between = [t.text for t in page.tokens[place.last : trigger.first]]
    if page.lang == "ar":
        return bool(between) and len(between) <= 2 and {*between} <= _NAMES_BASE | _COPULAS
    return bool(between) and between[0] in _COPULAS and {*between[1:]} <= {"the", "a", "their"}


def is_figurative(page: Page, trigger: Signal) -> bool:
    """«نقطة انطلاق لمعركة استعادة الموصل»: nothing was fired from there."""
    if page.words(trigger.first, trigger.last).startswith(("put it", "placed it")):
        # "but the Cell put it in Kadhimiya": only of a launch told before
        start = max(0, trigger.first - _REACH)
        before = page.signals.between(start, trigger.first, "trigger")
        stood = page.signals.any(start, trigger.first, "launcher")
        return not (stood or any(s.sub in ("launch", "launch_place") for s in before))
    after = page.tokens[trigger.last].text if trigger.last < len(page.tokens) else ""
    return after.startswith(_FIGURATIVE) or (
        after == "for" and not page.signals.any(trigger.last, trigger.last + 4, "munition")
    )


def was_searched(page: Page, place: FoundPlace) -> bool:
    """«فتشت قوة منطقة الزعفرانية», "troops who searched Zafaraniya"."""
    before = page.tokens[max(0, place.first - 4) : place.first]
    return any(_bare(t.text).startswith(_SEARCHED) for t in before)


def overtakes(page: Page, told: int, place: FoundPlace) -> bool:
    """«قيل إنهما انطلقا من …، لكن القيادة أوضحت»: another origin is set against the one before."""
    between = [t.text for t in page.tokens[told : place.first]]
    before = ("قبل", "ان") in pairwise(between)
    if not before and _CONTRASTS.isdisjoint(between):
        return False
    signals = page.signals
    return (
        signals.any(told, place.first, "speech", "verb")
        or signals.any(told, place.first, "hedge", "correct")
        or signals.any(told, place.first, "trigger", "launch_place")
    )


def is_denied(page: Page, place: FoundPlace, governor: Signal, first: int) -> bool:
    """Whether the text says of a place that nothing was fired from there."""
    return (
        _set_against(page, place)
        or _denied_before(page, place, governor, first)
        or _denied_after(page, place)
        or _called_false(page, place)
    )


def _set_against(page: Page, place: FoundPlace) -> bool:
    """«لا من أبو غريب كما ورد», "not from Sadr City as some had reported"."""
    words = [t.text.lstrip("و") for t in page.tokens[max(0, place.first - 2) : place.first]]
    if page.lang == "ar":
        was_not = words[:1] in (["لم"], ["فلم"]) and words[1:] and words[1] in _TO_BE
        return (
            bool(was_not)
            or words[-1:] in (["ليس"], ["ليست"], ["فليس"], ["فليست"])
            or (len(words) == 2 and words[0] in _AR_NOT and words[1] in _AR_FROM)
        )
    return words[-1:] == ["not"] or (len(words) == 2 and words[0] in _NOT and words[1] in _NOT_FROM)


def _denied_before(page: Page, place: FoundPlace, governor: Signal, first: int) -> bool:
    """«نفت أن يكون الصاروخان قد أُطلقا من», "denied that they had been fired from"."""
    start = max(first, place.first - _REACH)
    said = page.signals.between(start, place.first, "deny", "any")
    said += page.signals.between(start, place.first, "doubt", "any")
    if not said:
        return False
    denial = max(said, key=lambda s: s.last)
    words = [t.text for t in page.tokens[denial.last : place.first]]
    if governor.first >= place.first:
        return len(words) <= 2  # "ruled out Sadr City as the launch site"
    before = [t.text for t in page.tokens[max(denial.last, governor.first - 2) : governor.first]]
    if not _RELATIVE.isdisjoint(before):
        return False  # «نفت أن تكون لها صلة بالصواريخ التي أُطلقت من»
    if page.lang == "ar":
        return "،" not in words and not _TO_BE.isdisjoint(words)
    if governor.sub == "launch_place":
        return "," not in words and "not" in words
    passive = governor.sub == "come_from" or not _HELPERS.isdisjoint(before)
    return "," not in words and passive


def _called_false(page: Page, place: FoundPlace) -> bool:
    """«إلا أن الخلية كذبت ذلك», "claims that … from Shula were false"."""
    tokens = page.tokens
    end = page.bounds[page.sentence_at(place.first)][1]
    words = [t.text.lstrip("وف") for t in tokens[place.last : min(end, place.last + 12)]]
    if page.lang == "ar":
        near = words[:5]
        return any(one in _BELIES and two in _THAT for one, two in pairwise(words)) or any(
            one in _BARE_OF_TRUTH or (one in _UN and two in _BASELESS)
            for one, two in pairwise(near)
        )
    return any(
        (one in _BE and two in _FALSE) or (one == "denied" and two in _THAT)
        for one, two in pairwise(words)
    )


def _denied_after(page: Page, place: FoundPlace) -> bool:
    """«في مزارع سفوان، وهو ما استبعدته الشرطة», ", which police ruled out"."""
    tokens = page.tokens
    at = place.last
    if at + 3 >= len(tokens) or tokens[at].text not in "،,":
        return False
    at += 1
    opening = (tokens[at].text, tokens[at + 1].text)
    if page.lang == "ar":
        end = at + 3
        if opening not in _WHICH:
            return False
    else:
        if opening[0] not in ("which", "something") and opening[1] not in ("claim", "suggestion"):
            return False
        end = next(
            (i for i in range(at, min(len(tokens), at + 7)) if tokens[i].text in ".,"), at + 7
        )
    signals = page.signals
    return (
        signals.any(at, end, "deny", "any")
        or signals.any(at, end, "doubt", "any")
        or any(t.text in _REFUTED for t in tokens[at:end])
    )
