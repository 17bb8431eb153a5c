"""What a group says of itself: that it did the deed, or that it had no part in it.

"X said its fighters had planted the bomb" claims, "X said it had not fired" denies, whatever the
verbs are: it is the subject of the clause – the group itself, or its men – that makes the act.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import Literal

from extraction.page import Page
from extraction.text.marks import mark
from extraction.text.signals import Signal
from extraction.who.namings import QUOTES, Naming, Namings

_Clause = tuple[Literal["claims", "denies"], int, bool]
Said = tuple[Literal["claims", "denies"], Naming, int, int]

_SPEECH_REACH = 16
_NAME_REACH = 16
_SUBJECT_REACH = 4
_DEED_REACH = 6
_ENDS = frozenset(".؛;")
_GROUPS_EN = frozenset("group's faction's movement's militia's organisation's".split())
_SELF_EN = frozenset("it they he she".split())
_THE_GROUP_EN = frozenset(
    "group faction movement militia organisation organization party brigade brigades office".split()
)
_HIS_EN = frozenset("its their his her".split())
_MEN_EN = frozenset(
    "men fighters members forces units unit militants brigade brigades aircraft jets warplanes "
    "drones rockets organisation organization group movement militia faction troops bombers gunmen "
    "mujahideen militiamen wing followers supporters commanders martyr martyrs soldiers hand cells "
    "bomber side people artillery army military gunners knights heroes lions sons missiles".split()
)
_AUXILIARY_EN = frozenset(
    "had has have did do does was were is are been also then once again and jointly only never not "
    'no " “ ” who that it they really'.split()
)
PASSIVE_EN = frozenset("was were been being is are be".split())
COPULAS_EN = PASSIVE_EN | {"stood", "stands", "stand"}
NOT_EN = frozenset(
    "not never no nobody nothing neither nor didn't hadn't wasn't hasn't weren't haven't isn't "
    "aren't "
    "none".split()
)
_HAD_NOT = frozenset(("had not", "have not", "did not", "has not"))
_THE_ONES = ("the ones", "the one")
_OBJECTS = frozenset("it them this both so".split())
_ATTACKING = frozenset("struck targeted attacked bombed shelled pounded hit".split())
_OTHERS = frozenset(
    "similar such previous earlier dozens numerous many several other more further back".split()
)
UNREAL = frozenset("would will could should may might to if whether must ready".split())
_SELF_AR = frozenset("انه انها انهم بانه بانها بانهم وانه وانها وانهم وبانها وبانه".split())
OWN_MEN = re.compile(
    r"(?:مقاتل[يو]|مجاهد[يو]|رجال|عناصر|مسلح[يو]|وحدات|مفارز|قوات|قطعات|ابطال|الويت|انتحاريي?|فصيل|جماعت"
    r"|حركت|تيار|تنظيم|مدفعيت|كتائب|كتيبت|لواي?|لواء|منظمت|مجموعت|فرق|سرايا|مسيرات|صواريخ|بلاد|جيش|حزب"
    r"|فرسان|اسود|ليوث|جنود|طائرات|عبوت|عبوات|قذائف|قاذفات|مقاتلات|مروحيات|راجمات|طيران|مسيرت|استشهادي)"
    r"(?:ه|ها|هم)"
)
_SHORT_AR = frozenset(
    "الحركه الكتائب الجماعه التنظيم الفصيل اللواء العصائب المنظمه المقاومه المجاهدين رجال "
    "المقاتلين".split()
)
_BETWEEN_AR = frozenset(
    "قد كان كانت كانوا هي هو هم التي الذي الذين من ايضا ايا اي احد احدا جميعا بالفعل ان تكون يكون "
    "كلها و".split()
) | frozenset(QUOTES)
_NOT_AR = frozenset("لم لا ليس ليست ليسوا ولم ولا لن ما غير لسنا".split())
_WHO_IS = frozenset(("هو من", "هي من", "هم من", "هو الذي", "هي التي", "هم الذين"))
_SHARING = frozenset("تشارك يشارك تشترك يشترك تتورط يتورط ذنب جهه منفذ منفذه".split())
_OURS_PARTLESS = frozenset("لا ليس ليست".split())
_OUR_MEN = frozenset(
    "قواتنا وحداتنا مجاهدونا مجاهدينا مقاتلينا مقاتلونا رجالنا عناصرنا ابطالنا صواريخنا "
    "مسيراتنا".split()
)
_ANNOUNCES = ("اعلن", "تحدث", "اكد", "قال", "ذكر", "يعلن", "تعلن")
_THAT_AR = frozenset("ان بان وان وبان".split())
BOMBERS = frozenset(
    "منفذ bomber bombers member fighter martyr attacker militant انتحاري انتحاريا الانتحاري مقاتلا "
    "استشهادي استشهاديا الاستشهادي انغماسي انغماسيا ابو ابا knight knights lion lions "
    "fighters members الانغماسيين الانتحاريين انتحاريين انغماسيين "
    "فارس فارسا الفارس فرسان ليث ليثا بطل بطلا".split()
)
_ONE_OF_THEM = frozenset(("one of its own", "one of their own", "one of its men"))
_FLYING = frozenset("rockets drones missiles".split())
_BOMBER_REACH = 16
# why it was done, which only those know who did it
_REVENGE = frozenset("revenge retaliation avenge vengeance ثارا انتقاما قصاصا".split())
_OPENS_EN = BOMBERS | _REVENGE | _SELF_EN | _HIS_EN | _THE_GROUP_EN | {"we", "our", "us"}


def _opens(word: str, lang: str) -> bool:
    """Whether a clause about the speaker's own deed may begin with a word."""
    if lang == "en":
        return word in _OPENS_EN
    return (
        word in _SELF_AR
        or word in _THAT_AR
        or word in ("نحن", "لسنا", "ولسنا")
        or word in BOMBERS
        or word in _REVENGE
        or OWN_MEN.fullmatch(word) is not None
    )


_OPENS = mark(_opens)


class Sayings:
    """Reads what the groups of one page say of themselves."""

    def __init__(self, page: Page, names: Namings) -> None:
        self.page = page
        self.names = names
        self._arabic = page.lang == "ar"
        # the tokens at which a clause may begin
        self._openings = sorted(
            {*page.where(_OPENS)}
            | {i for kind in ("deed", "announced") for i in page.first[kind]}
            | {i for i in page.first["group"] if not self._arabic}
        )

    def read(self, first: int, last: int) -> Iterator[Said]:
        """The claims and denials of one sentence, told by what its subject did or did not do."""
        told = self._arabic_clause if self._arabic else self._english_clause
        openings = self._openings
        for i in openings[bisect_left(openings, first) : bisect_left(openings, last)]:
            text = self.page.tokens[i].text
            bomber = text in BOMBERS or text in _REVENGE
            clause = self._bomber(i, first, last) if bomber else told(i, first, last)
            if clause is None:
                continue
            act, end, ours = clause
            who = self._speaker(i, first, last, ours=ours)
            if who is None or not self._own(i, who):
                continue
            if not bomber or (who.group is not None and who.group.bombers):
                yield act, who, i, end

    def _own(self, i: int, who: Naming) -> bool:
        """Whether it speaks of its own: «أعلن البنتاغون أن القوات الأمريكية نفذت الضربة»."""
        at = i + 1 if self._arabic else i
        group = self.page.signal(at, "group") if at < len(self.page.tokens) else None
        if group is None or not group.data.state or who.first <= i < who.last:
            return True
        return who.group is not None and group.data.side == who.group.side != ""

    # ── the clause ───────────────────────────────────────────────────────────────────────────

    def _english_clause(self, i: int, _first: int, last: int) -> _Clause | None:
        page = self.page
        text = page.tokens[i].text
        ours = text in ("we", "our")
        group = page.signal(i, "group")
        if group is not None and page.words(group.last, min(last, group.last + 2)) in _HAD_NOT:
            return self._english_deed(group.last, last, ours=False)  # "US forces had not struck"
        if group is not None and group.data.side and self._verb_before(i, _first) is not None:
            return self._english_deed(group.last, last, ours=False)
        if page.signal(i, "announced") is not None:
            verb = page.signal(i - 1, "admit") or page.signal(i - 1, "boast")
            verb = verb or (
                page.signal(i - 2, "boast") if page.tokens[i - 1].text == "of" else None
            )
            return ("claims", i + 1, False) if verb is not None else None
        if text in _SELF_EN or text == "we":
            start = i + 1
        elif text in _THE_GROUP_EN:  # "told reporters that the movement was not involved"
            if page.tokens[i - 1].text != "the" or self._verb_before(i, _first) is None:
                return None
            start = i + 1
        elif text in _HIS_EN or text == "our" or text in _GROUPS_EN:
            men = next(
                (k for k in range(i + 1, min(last, i + 5)) if page.tokens[k].text in _MEN_EN), None
            )
            if men is None:
                return None
            if page.tokens[i - 1].text == "by" and (
                page.signal(i - 2, "deed", "did") or page.signal(i - 3, "deed", "did")
            ):
                return "claims", men + 1, ours  # "fired by its members"
            start = self._past_quote(men + 1, last)
            before = {page.tokens[k].text for k in range(max(_first, i - 2), i)}
            if before & {"whether", "if"}:
                return None
            if (before & {"of", "from"} and before & NOT_EN) or page.tokens[i - 1].text in NOT_EN:
                return self._english_deed(start, last, ours=ours, negated=True)
        elif text == "us" and {page.tokens[k].text for k in (i - 1, i - 2) if k >= 0} & NOT_EN:
            return "denies", i + 1, True
        else:
            return None
        return self._english_deed(start, last, ours=ours)

    def _bomber(self, i: int, first: int, last: int) -> _Clause | None:
        """ "IS said a bomber, Abu Maha, had blown up his truck": the group speaks of its own."""
        page = self.page
        if page.tokens[i].text == "منفذ":  # «إن منفذ العملية هو أبو بكر الشامي»
            named = any(t.text == "هو" for t in page.tokens[i + 1 : min(last, i + 5)])
            return ("claims", i + 1, False) if named else None
        stop = min(last, i + _BOMBER_REACH)
        before = page.tokens[i - 1].text if i else ""
        one_of = i > 1 and page.tokens[i - 2].text == "of"
        if page.signals.any(i, stop, "negation") or (before in ("its", "our") and not one_of):
            return None
        if page.tokens[i].text in _REVENGE:  # "said the attack was revenge for Tal Afar"
            near = page.signals.any(max(first, i - 6), i, "trigger", "attack", "explode")
            return ("claims", i + 1, False) if near else None
        for k in range(i + 1, stop):
            if page.words(k, min(last, k + 4)) in _ONE_OF_THEM:
                return "claims", k + 4, False
            deed = page.signal(k, "deed", "did", "storm") or page.signal(k, "trigger", "explode")
            if deed is not None:
                return "claims", deed.last, False
        return None

    def _past_quote(self, i: int, last: int) -> int:
        """ "its "men of God" had detonated it": behind the quotation mark."""
        tokens = self.page.tokens
        if i < last and tokens[i].text == "of":
            return next((k + 1 for k in range(i, min(last, i + 5)) if tokens[k].text in QUOTES), i)
        return i

    def _english_deed(
        self, start: int, last: int, *, ours: bool, negated: bool = False
    ) -> _Clause | None:
        """Whether the deed follows its subject, done or denied."""
        page = self.page
        passive = False
        for k in range(start, min(last, start + _DEED_REACH)):
            text = page.tokens[k].text
            if text in UNREAL and not (passive and page.signal(k, "deed", "behind")):
                return None  # "were not to blame"
            if text in NOT_EN:
                if page.tokens[k - 1].text in ("knew", "knows"):
                    return "denies", k + 1, ours
                negated = True
                continue
            behind = page.signal(k, "deed", "behind")
            if behind is not None and passive and self.of_the_deed(behind, last):
                return ("denies" if negated else "claims"), behind.last, ours
            arrives = ("storm",) if page.tokens[start - 1].text in _FLYING else ()
            deed = page.signal(k, "deed", "did", *arrives)
            if deed is not None and not (passive and not negated):
                if passive or not (negated or self.has_object(deed, last)):
                    return None
                return ("denies" if negated else "claims"), deed.last, ours
            if negated and (text == "idea" or page.signal(k, "share")):
                return "denies", k + 1, ours
            if text in ("knew", "knows", "played", "took", "any") or text in QUOTES:
                continue
            if text in ("ones", "one", "who") or page.words(k, min(last, k + 2)) in _THE_ONES:
                passive = False  # "we are not the ones who fired"
                continue
            if text not in _AUXILIARY_EN | COPULAS_EN:
                return None
            passive = passive or text in COPULAS_EN
        return None

    def of_the_deed(self, behind: Signal, last: int) -> bool:
        """ "was responsible for the attack", "was behind it", not "behind schedule"."""
        page = self.page
        stop = min(last, behind.last + 6)
        return behind.last >= last or (
            page.tokens[behind.last].text in '.,;"”'
            or page.signals.any(behind.last, stop, "trigger")
            or page.signals.any(behind.last, stop, "munition")
            or any(page.tokens[k].text in ("it", "this", "them") for k in range(behind.last, stop))
        )

    def has_object(self, deed: Signal, last: int) -> bool:
        """ "fired the rockets", "carried out the attack", not "launched a campaign"."""
        page = self.page
        stop = min(last, deed.last + 8)
        if any(page.tokens[k].text in _OTHERS for k in range(deed.last, min(stop, deed.last + 4))):
            return False  # "has carried out similar attacks"
        if any(
            page.tokens[k].text == "before" and page.tokens[k + 1].text in ".,;"
            for k in range(deed.last, min(stop, last - 1))
        ):
            return False  # "has attacked judges before"
        return (
            any(page.tokens[k].text in _OBJECTS for k in range(deed.first, stop))
            or page.tokens[deed.first].text in _ATTACKING
            or (deed.last < last and page.tokens[deed.last].text in ("at", "on"))
            or page.signals.any(deed.first, stop, "munition")
            or page.signals.any(deed.last, stop, "vehicle")
            or page.signals.any(deed.last, stop, "trigger")
            or page.signals.any(deed.first, deed.last, "trigger", "target", "airstrike")
            or page.signals.any(deed.last, stop, "raid", "told")
            or any(page.in_place(k) for k in range(deed.last, stop))
        )

    def _arabic_clause(self, i: int, first: int, last: int) -> _Clause | None:
        page = self.page
        text = page.texts[i]
        announced = i in page.first["announced"]
        if page.signal(i, "deed", "ours") is not None:
            return self._arabic_ours(i, first)
        if text in ("نحن", "لسنا", "ولسنا") and i + 2 < last:
            return self._arabic_we(i)
        if page.texts[i - 1] in ("صنع", "تدبير", "تنفيذ", "فعل") and OWN_MEN.fullmatch(text):
            return "claims", i + 1, False
        if announced and i + 1 < last and OWN_MEN.fullmatch(page.texts[i + 1]):
            return "claims", i + 2, False  # «يظهر إطلاق مقاتليه الصواريخ»
        if announced and not text.startswith("ب"):
            return self._announced(i, first, last)
        if text in _SELF_AR:
            return self._arabic_deed(i + 1, last)
        if text not in _THAT_AR or i + 1 >= last:
            return None
        subject = page.tokens[i + 1].text
        own = next((k for k in range(i + 2, min(last, i + 6)) if page.tokens[k].text == "من"), last)
        if own + 1 < last and OWN_MEN.fullmatch(page.tokens[own + 1].text):
            return self._arabic_deed(own + 2, last, second=True)  # «أن "فارساً" من رجالها فجّر نفسه»
        if subject == "لا":
            return self._arabic_deed(i + 1, last)
        state = page.signal(i + 1, "group")
        if state is not None and state.data.side:
            return self._arabic_deed(state.last, last)
        men = OWN_MEN.fullmatch(subject) is not None
        if not men and subject in ("احد", "احدا", "ايا", "اي") and i + 3 < last:
            men_at = next(
                (k for k in (i + 2, i + 3) if OWN_MEN.fullmatch(page.tokens[k].text)), None
            )
            return None if men_at is None else self._arabic_deed(men_at + 1, last)
        if subject == "فصائل" and i + 2 < last and page.tokens[i + 2].text == "المقاومه":
            return self._arabic_deed(i + 3, last)
        if men or subject in _SHORT_AR:
            return self._arabic_deed(i + 2, last)
        return None

    def _our_men(self, i: int) -> _Clause | None:
        """«قواتنا ضربت وكر الشر», «رجالنا لم يكونوا هناك»."""
        page = self.page
        for k in range(max(0, i - 2), min(len(page.tokens), i + 5)):
            if page.tokens[k].text in _NOT_AR:
                return "denies", i + 1, True
            if page.signal(k, "deed", "did") is not None:
                return "claims", i + 1, True
        return None

    def _arabic_we(self, i: int) -> _Clause | None:
        """«نحن من قصف السفارة», «لسنا من أطلق الصواريخ»."""
        page = self.page
        deed = page.signal(i + 2, "deed", "did") or page.signal(i + 1, "deed", "behind")
        if deed is None:
            return None
        return ("claims" if page.tokens[i].text == "نحن" else "denies"), deed.last, True

    def _announced(self, i: int, first: int, last: int) -> _Clause | None:
        """«أعلنت X استهداف القاعدة», and not «استهداف مقرها»: what was done to it."""
        page = self.page
        verb = self._verb_before(i, first)
        if verb is None or not page.words(verb.first, verb.last).lstrip("و").startswith(_ANNOUNCES):
            return None
        named = self.names.between(verb.last, i)
        if any(page.texts[n.first - 1] in _THAT_AR for n in named):
            return None  # «قال الجنرال إن كتائب حزب الله وراء القصف»
        if not named and page.words(verb.first, i).endswith(("فيه", "فيها", "فيه عن")):
            named = self.names.between(max(first, verb.first - 9), verb.first)
            named = [n._replace(last=verb.last) for n in named[-1:]]
        if not named and page.tokens[verb.first - 1].text in ("التي", "الذي") and verb.last == i:
            named = self.names.between(max(first, verb.first - 9), verb.first - 1)
            named = [n._replace(last=verb.last) for n in named if n.last == verb.first - 1]
        announced = page.signal(i, "announced")
        told = page.tokens[i if announced is None else announced.last - 1].text
        own = told.endswith(("ها", "فه", "ذه", "قه", "هم")) or told.startswith("الهد")
        at = i - 1 if page.tokens[i - 1].text == "عن" else i
        if page.words(verb.first, verb.last).lstrip("و").startswith("تحدث") and not own:
            return None
        if at >= 2 and page.tokens[at - 1].text.startswith("بيان"):
            at -= 2  # «أكدت X في بيانها تنفيذ الهجوم»
        right_before = bool(named) and (named[-1].last >= at - 1 or own)
        if not right_before or (named[-1].state and not self._raid_of_state(i, last)):
            return None
        hurt = page.tokens[i + 1].text if i + 1 < last else ""
        if hurt.endswith(("ها", "اته", "قره", "قعه", "ديه")) and not own:
            return None
        if page.signals.any(i, min(last, i + 6), "foreign") or page.signal(i + 1, "group"):
            return None
        return "claims", i + 1, False

    def _raid_of_state(self, i: int, last: int) -> bool:
        """«أعلن البنتاغون تنفيذ ضربة جوية»: it announces what it did, not what others did to it."""
        page = self.page
        doing = page.tokens[i].text.startswith(("تنفيذ", "شن", "توجيه"))
        return doing and page.signals.any(i + 1, min(last, i + 4), "trigger", "airstrike", "attack")

    def _arabic_ours(self, i: int, first: int) -> _Clause | None:
        """«لم نستهدف السفارة», «لا صلة لنا», «دككنا القاعدة»."""
        page = self.page
        before = [page.tokens[k].text for k in range(max(first, i - 3), i)]
        if "لو" in before:
            return None  # «لو أردنا لضربنا السفارة»
        if page.tokens[i].text.lstrip("و") == "لنا":
            part = page.signals.any(max(first, i - 3), i, "share")
            if part and any(t.lstrip("وف") in _OURS_PARTLESS for t in before):
                return "denies", i + 1, True
            return None
        if page.tokens[i].text.lstrip("و") in _OUR_MEN:
            return self._our_men(i)
        if page.tokens[i].text.startswith("ن") and not page.tokens[i].text.endswith("نا"):
            negated = bool(before) and before[-1].lstrip("وف") in ("لم", "لا")
            return ("denies", i + 1, True) if negated else None
        return "claims", i + 1, True

    def _arabic_deed(self, start: int, last: int, *, second: bool = False) -> _Clause | None:
        """Whether the deed follows «إنها», «إن مقاتليه»: done, or denied.

        ``second``: «أن "فارساً" من رجالها اخترق المنطقة وفجّر نفسه»: a later verb may say it.
        """
        page = self.page
        negated = False
        if second and not any(t.text in _NOT_AR for t in page.tokens[start : start + 8]):
            deeds = page.signals.between(start, min(last, start + 8), "deed", "did", "storm")
            return ("claims", deeds[0].last, False) if deeds else None
        if page.words(start, min(last, start + 2)) in _WHO_IS and (
            page.signals.any(start + 2, min(last, start + 5), "vehicle")
            or page.signals.any(start + 2, min(last, start + 5), "munition")
        ):
            return "claims", start + 2, False  # «أنه هو من أدخل السيارات»
        for k in range(start, min(last, start + _DEED_REACH)):
            text = page.tokens[k].text
            if text in _NOT_AR:
                negated = True
                continue
            if page.signal(k, "deed", "behind") is not None:
                return ("denies" if negated else "claims"), k + 1, False
            themselves = page.words(k - 2, k) in _WHO_IS  # «أن فرسانها هم من اقتحم الكنيسة»
            deed = page.signal(k, "deed", "did", *(("storm",) if themselves else ()))
            if deed is not None:
                if self._undergone(deed, last):
                    return None
                return ("denies" if negated else "claims"), deed.last, False
            if negated and (text.removeprefix("ال") in _SHARING or page.signal(k, "share")):
                return "denies", k + 1, False
            if text not in _BETWEEN_AR and not (negated and k - start < 3):
                return None
        return None

    def _undergone(self, deed: Signal, last: int) -> bool:
        """«وإنها أُطلقت من قرية»: what was fired, not who fired."""
        page = self.page
        follows = page.tokens[deed.last].text if deed.last < last else ""
        spelled = page.original(deed.first, deed.last)
        return "ُ" in spelled[:4] or follows == "من" or follows == "ب"

    # ── who says it ──────────────────────────────────────────────────────────────────────────

    def _speaker(self, i: int, first: int, last: int, *, ours: bool) -> Naming | None:
        """The group that speaks: beside the verb of speech, else the one that spoke before."""
        verb = self._verb_before(i, first)
        if verb is not None and self._unsaid(verb, i, first):
            return None
        if verb is not None:
            return self._subject(verb, i, first, last)
        if not self._arabic or ours:
            after = self._verb_after(i, last)
            if after is not None:
                end = min(last, after.last + _SUBJECT_REACH + 4) if self._arabic else after.first
                return self._subject(after, end, first, last)
        return (self._of_ours(i, last) or self._headed(i, first)) if ours else None

    def _headed(self, i: int, first: int) -> Naming | None:
        """«بيان لـ"سرايا …": عمليتنا الأولى»: whose words stand behind the colon."""
        colons = (k for k in range(i - 1, first, -1) if self.page.tokens[k].text == ":")
        return self.names.latest_before(next(colons, first))

    def _of_ours(self, i: int, last: int) -> Naming | None:
        """«استهدف أبطالنا في "سرايا …" رتلاً»: who "we" are."""
        if i + 1 >= last or self.page.tokens[i + 1].text not in ("في", "من", "of", "in"):
            return None
        return next(iter(self.names.between(i + 2, min(last, i + 5))), None)

    def _unsaid(self, verb: Signal, i: int, first: int) -> bool:
        """«ولم تقل الكتائب إنها هي التي أطلقت», «ولم تذكر أن الجماعة أطلقت»."""
        page = self.page
        for k in range(i - 1, max(verb.last, i - 9) - 1, -1) if self._arabic else ():
            if page.tokens[k].text in "،؛:":
                break
            if page.tokens[k].text.lstrip("وف") in ("لم", "دون"):
                return page.signal(i, "deed", "ours") is None
        return page.signals.any(max(first, verb.first - 6), verb.last, "negation") and not any(
            page.tokens[k].text in ",،" for k in range(max(first, verb.first - 3), verb.first)
        )

    def _verb_before(self, i: int, first: int) -> Signal | None:
        page = self.page
        start = max(first, i - _SPEECH_REACH)
        verbs = [
            s
            for kind, subs in (("speech", ("verb", "continue")), ("admit", ()), ("boast", ()))
            for s in page.signals.between(start, i, kind, *subs)
        ]
        verbs = [
            v for v in verbs if not any(page.tokens[k].text in _ENDS for k in range(v.last, i))
        ]
        return max(verbs, key=lambda s: s.first, default=None)

    def _verb_after(self, i: int, last: int) -> Signal | None:
        found = self.page.signals.between(i, min(last, i + _NAME_REACH + 8), "speech", "verb")
        return found[0] if found else None

    def _subject(self, verb: Signal, i: int, first: int, last: int) -> Naming | None:
        """The group that stands with a verb of speech."""
        named = self._beside(verb, i, first, last)
        for who in named:
            if not who.vague:
                return who
        if named:
            full = self.names.in_full(named[0])
            return full if not full.vague else None
        unknown = None if self._arabic else self.names.capitalised_before(verb.first, first)
        if unknown is not None:
            return unknown  # "A new group, the Brigades to Avenge Badr, said it had fired"
        if self._somebody(verb, i):
            return None
        return self.names.latest_before(verb.first)

    def _beside(self, verb: Signal, i: int, first: int, last: int) -> list[Naming]:
        named = self.names.between(max(first, verb.first - _NAME_REACH), verb.first)
        before = [
            n
            for n in named
            if not self._clause_between(n.last, verb.first) and not self.names.apposed(n, named)
        ][::-1]
        if self._arabic:
            return [*self.names.between(verb.last, max(i, verb.last)), *before[:1]]
        if before:
            return before
        return self.names.between(verb.last, min(last, verb.last + 12)) if i <= verb.first else []

    def _clause_between(self, first: int, last: int) -> bool:
        """Whether another clause lies between a name and its verb; an apposition does not."""
        page = self.page
        return page.signals.any(first, last, "blame") or any(
            page.tokens[k].text in _ENDS for k in range(first, last)
        )

    def _somebody(self, verb: Signal, i: int) -> bool:
        """Whether the verb has a speaker of its own, who is none of the groups."""
        page = self.page
        if self._arabic:
            return page.signals.any(verb.last, max(i, verb.last), "speaker")
        before = page.tokens[verb.first - 1].text if verb.first else ""
        return (
            verb.sub != "continue"
            and before not in _SELF_EN
            and before not in ("and", ",", "also", "then")
        )
