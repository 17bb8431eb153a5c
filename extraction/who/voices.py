"""Who says it: the speaker of each stretch of a sentence, and how official that speaker is."""

from __future__ import annotations

from typing import NamedTuple

from extraction.page import Page
from extraction.text.signals import Signal

OFFICIAL = 4


class Voice(NamedTuple):
    """``name`` in the article's words ("" for the narrator); ``rank`` 5 official … 0 a party."""

    name: str
    rank: int
    first: int
    last: int


NARRATOR = Voice("", 4, 0, 0)
_LONGEST = 9
_ENDS_NAME = frozenset(
    "في that who ل خلال عن عبر الي علي قوله قولها مشترطا مشترطه طلب رفض فضل عدم لم قد ان بعد "
    "لوكاله "
    "لوكالتنا whom whose when where which on in at".split()
)
_NO_NAME = frozenset(
    "عن في من منه منها عنه عنها علي عليه الي ما هذا ذلك فيه فيها به بها له لها ان".split()
)
_OPENS_NO_NAME = frozenset(
    "from on to is was are were been exactly where whoever whom his her their its that this "
    "وقوع اذ حصول سقوط وجود اي".split()
)
_EN_TRAILING = frozenset(
    "for a an the and whom to was were had earlier that where by who in on of is".split()
)
_AR_LEADING = frozenset("كان كانت وكان وكانت قد مقتضب مقتضبه رسمي رسميه بيان".split())
_AR_TRAILING = frozenset("ما حصيله عدد وقوع توقيف اعتقال مقتل ان حصول وجود التي الذي".split())
_PASSIVE = frozenset("been was were is are be being".split())
_AUXILIARY = frozenset("has had have also later then would did not was were could first".split())
_BEFORE_VERB = _AUXILIARY | _PASSIVE
_PRONOUNS = frozenset("he she it they who which that".split())


class Voices:
    """The speakers of one page, sentence by sentence."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self._by_sentence: list[list[Voice]] = []
        signals = page.signals
        # where a verb of speech stands, and where what is said begins
        self._verbs = {s.first for s in signals.of_kind("speech", "verb")}
        self._that = {s.first for s in signals.of_kind("speech", "that")}
        previous = NARRATOR
        for first, last in page.bounds:
            found = self._read(first, last, previous)
            self._by_sentence.append(found)
            named = [v for v in found if v.name]
            if named:
                previous = named[0]

    def at(self, sentence: int, token: int) -> Voice:
        """Who says what stands at a token: the last speaker before it, else one behind it."""
        voices = self._by_sentence[sentence]
        for voice in reversed(voices):
            if voice.first <= token:
                return voice
        return voices[0] if voices else NARRATOR

    def of_verb(self, verb: Signal, sentence: int) -> Voice:
        """Who stands with a verb of blame or condemnation, else who speaks there."""
        first, last = self.page.bounds[sentence]
        voice = self._speaker(verb, first, last, act=True)
        ranked = voice is not None and (voice.rank != 1 or self.page.lang == "en")
        return voice if voice is not None and ranked else self.at(sentence, verb.first)

    def _read(self, first: int, last: int, previous: Voice) -> list[Voice]:
        page = self.page
        found: list[Voice] = []
        speech = page.signals.between(first, last, "speech", "verb", "continue")
        for i in dict.fromkeys(s.first for s in speech):
            verb = page.signal(i, "speech", "verb") or page.signal(i, "speech", "continue")
            speaker = page.signal(i, "speaker")
            if page.signal(i, "prep", "of") is not None:
                continue  # «مقر تابع للحشد»
            if verb is None or (speaker is not None and speaker.last >= verb.last):
                continue  # «مصدر» is a source, and also "issued"
            if page.signal(i, "speech", "continue") is not None and not self._names_speaker(
                verb, last
            ):
                same = found[-1] if found else previous
                if same.name:
                    found.append(Voice(same.name, same.rank, i, i + 1))
                continue
            if i > first and page.tokens[i - 1].text == "عدم":
                continue  # «عدم كشف هويته»
            voice = self._speaker(verb, first, last)
            if voice is None and page.lang == "ar" and page.signal(verb.last, "speech", "that"):
                same = found[-1] if found else previous
                voice = Voice(same.name, same.rank, i, i + 1) if same.name else None
            if voice is not None:
                found.append(voice)
        found.sort(key=lambda v: v.first)
        return found

    def _names_speaker(self, verb: Signal, last: int) -> bool:
        return any(
            self.page.signal(i, "speaker") for i in range(verb.last, min(last, verb.last + 3))
        )

    def _speaker(self, verb: Signal, first: int, last: int, *, act: bool = False) -> Voice | None:
        """Who stands with a verb; behind an English ``act`` of blame stands the blamed."""
        page = self.page
        according = page.signal(verb.first, "speech", "according") is not None
        if page.lang == "ar" and not according:
            return self._subject_before(verb, first) or self._after(verb, last)
        if according:
            return self._after(verb, last)
        return self._before(verb, first) or (None if act else self._after(verb, last))

    def _subject_before(self, verb: Signal, first: int) -> Voice | None:
        """لكن الناطق باسم القائد العام … صحح الرقم: the speaker stands before the verb."""
        page = self.page
        i = verb.first - 1
        if i >= first and page.tokens[i].text == "قد":
            i -= 1
        if i >= first and page.tokens[i].text == "،":
            return self._apposed(verb, first, i)
        stop = i + 1
        while i >= first and stop - i <= _LONGEST + 3:
            if page.texts[i] in '،,.:؛;"«»()' or i in self._that:
                break
            if i in page.first["trigger"] or i in page.first["casualty"]:
                return None
            i -= 1
        start = next((k for k in range(i + 1, stop) if k in page.first["speaker"]), None)
        return None if start is None else self._named(start, stop, verb)

    def _after(self, verb: Signal, last: int) -> Voice | None:
        """قال مصدر أمني إن …; بحسب خلية الإعلام الأمني."""
        page = self.page
        i = verb.last
        while i < last and page.in_date(i):
            i += 1
        start = i
        while i < last and i - start < _LONGEST:
            text = page.texts[i]
            if text in '،,.:؛;"«»()' or i in self._that or page.in_date(i):
                break
            if i in self._verbs and i > start:
                break
            if i in page.first["trigger"] or i in page.first["munition"]:
                break
            if i in page.first["casualty"]:
                break
            if i in page.first["launcher"] and i not in page.first["speaker"]:
                break  # منصة is a launcher and a channel
            if text in _ENDS_NAME and i > start:
                break
            i += 1
        if i == start:
            return None
        return self._named(start, i, verb)

    def _before(self, verb: Signal, first: int) -> Voice | None:
        """The US embassy said …; also "…, police said"."""
        page = self.page
        i = verb.first - 1
        while i >= first and page.tokens[i].text in _BEFORE_VERB:
            if page.tokens[i].text == "not" or page.tokens[i].text in _PASSIVE:
                return None  # "no losses have been reported"
            i -= 1
        while i >= first and (page.in_date(i) or page.in_date(i + 1)):
            i -= 1  # "the embassy on Wednesday blamed …"
        if i >= first and page.tokens[i].text == ",":
            return self._apposed(verb, first, i)
        stop = i + 1
        while i >= first and stop - i <= _LONGEST:
            text = page.texts[i]
            if text in ",.:;\"'«»()-" or i in self._that or page.in_date(i):
                break
            if any(
                s.kind in ("trigger", "casualty", "deny", "munition")
                for s in page.signals.by_first.get(i, ())
            ):
                break
            i -= 1
        start = i + 1
        while start < stop and page.tokens[start].text in ("but", "and", "while", "however"):
            start += 1
        if start >= stop:
            return None
        return self._named(start, stop, verb)

    def _apposed(self, verb: Signal, first: int, comma: int) -> Voice | None:
        """The coalition's spokesman, Col. Wayne Marotto, said …"""
        page = self.page
        stop = comma
        for _ in range(3):
            start = stop
            while start > first and page.tokens[start - 1].text not in ',.:;"،':
                start -= 1
            if start >= stop:
                return None
            if page.signals.any(start, stop, "speaker") or page.signals.any(start, stop, "group"):
                while page.tokens[start].text in ("لكن", "فيما", "بينما", "but", "while", "and"):
                    start += 1
                return self._named(start, min(stop, start + _LONGEST), verb)
            if start <= first:
                return None
            stop = start - 1
        return None

    def _named(self, first: int, last: int, verb: Signal) -> Voice | None:
        page = self.page
        if page.tokens[first].text in _PRONOUNS or page.tokens[first].text in _NO_NAME:
            return None
        last = next((k for k in range(first + 1, last) if page.texts[k] in _ENDS_NAME), last)
        first, last = self._trimmed(first, last)
        if first >= last or page.tokens[first].text in _OPENS_NO_NAME:
            return None
        if last - first == 1 and page.tokens[first].text in ("the", "as"):
            return None
        ranks = [int(s.sub) for s in page.signals.between(first, last, "speaker")]
        group = page.signals.any(first, last, "group")
        known = bool(ranks) or group
        if not known and (last - first > (6 if page.lang == "en" else 4) or self._object(first)):
            return None
        rank = max(ranks) if ranks else (0 if group else 1)
        name = page.original(first, last).strip(" \"'«»“”")
        if name.startswith("لل") and first in page.first["speaker"]:
            name = "ال" + name[2:]
        return Voice(name, rank, verb.first, verb.last)

    def _trimmed(self, first: int, last: int) -> tuple[int, int]:
        """Without verbs before a name and what is only said about it after."""
        page = self.page
        tokens = page.tokens
        if page.lang == "en":
            while first < last and tokens[first].text in ("both", "and", "but"):
                first += 1
            while last > first and tokens[last - 1].text in _EN_TRAILING:
                last -= 1
            return first, last
        while first < last and first not in page.first["speaker"]:
            verb = page.signal(first, "speech", "verb") or page.signal(first, "deny", "any")
            joined = tokens[first].text.startswith("و") and last - first > 2
            if verb is None and not joined and tokens[first].text not in _AR_LEADING:
                break
            first += 1
        for k in range(first + 1, last):
            told = page.first["casualty"].get(k) or page.signal(k, "deny", "any")
            if tokens[k - 1].text in ("ذاتها", "نفسها", "ذاته", "نفسه"):
                return first, k
            if told is not None or tokens[k].text in _AR_TRAILING or self._other_party(first, k):
                return first, k
        return first, last

    def _other_party(self, first: int, k: int) -> bool:
        """«وزير الخارجية ميليشيات …»: the accused stands right behind the accuser."""
        page = self.page
        head = page.first["group_head"].get(k) or page.first["group"].get(k)
        if (
            head is None
            or head.form.prefix
            or head.form.article
            or page.signal(k, "speaker") is not None
        ):
            return False
        if page.tokens[k - 1].text in ("باسم", "من", "في", "زعيم", "قائد", "ل"):
            return False
        return any(
            int(s.sub) >= 1 and s.last <= k for s in page.signals.between(first, k, "speaker")
        )

    def _object(self, first: int) -> bool:
        """«سلوكاً غير منضبط», "nine people": those are spoken of, they do not speak."""
        if self.page.number(first) is not None:
            return True
        return self.page.original(first, first + 1).endswith(("اً", "ًا"))
