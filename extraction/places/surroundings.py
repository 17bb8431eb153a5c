"""The words of one article around its names, as all rooms here look them up."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import accumulate

from extraction.places.context import context_words, head_of, readings
from extraction.places.names import Match, PlaceIndex, arabic_key
from extraction.text.sentences import Sentence
from extraction.text.words import Token, arabic_forms, is_arabic


class Surroundings:
    """The words of one article, sentence by sentence, and what stands around a token."""

    def __init__(
        self,
        index: PlaceIndex,
        tokens: Sequence[Token],
        sentences: Sequence[Sentence],
        folded: str,
        original: str,
        *,
        lang: str,
        attack_tokens: frozenset[int],
        date_tokens: frozenset[int],
        sport_tokens: frozenset[int],
        play: bool,
    ) -> None:
        """``original`` is as long as ``folded`` (case kept); ``attack_tokens`` are the tokens of
        attack words, ``date_tokens`` those of dates, ``sport_tokens`` those of words of sport;
        ``play`` says that the text is about sport or the like."""
        self.gazetteer = index.gazetteer
        self.index = index
        self.tokens = tokens
        self.texts = [token.text for token in tokens]
        self.folded = folded
        self.original = original
        self.lang = lang
        self.words = context_words(lang)
        self.attack_tokens = attack_tokens
        self.date_tokens = date_tokens
        self.play = play
        self.sentence_of: list[int] = []
        self.sentence_tokens: list[tuple[int, int]] = []
        starts = [token.start for token in tokens]
        first = 0
        for number, sentence in enumerate(sentences):
            last = bisect_left(starts, sentence.end, first)
            self.sentence_of += [number] * (last - first)
            self.sentence_tokens.append((first, last))
            first = last
        self.sentence_of += [-1] * (len(tokens) - first)
        self.sentence_tokens.append((first, len(tokens)))  # behind the last sentence
        self.sentences = sentences
        self.sentence_starts = frozenset(s.start for s in sentences)
        self.sentence_attack: dict[int, bool] = defaultdict(bool)
        for i in attack_tokens:
            self.sentence_attack[self.sentence_of[i]] = True
        self.sporting = self._club_sentences(sport_tokens)
        # by token, once asked for: the phrases that end right before it, by their reach, and those
        # that begin with it
        self._endings: dict[tuple[int, int], list[str]] = {}
        self._beginnings: dict[int, list[str]] = {}
        # by sentence, once asked for
        self._named: dict[int, list[Match]] = {}

    def _club_sentences(self, sport_tokens: Iterable[int]) -> frozenset[int]:
        """Where clubs are spoken of: two words of sport there or next door, not one "corner"."""
        counts = Counter(self.sentence_of[i] for i in sport_tokens)
        around = {s + step for s in counts for step in (-1, 0, 1)}
        return frozenset(s for s in around if counts[s - 1] + counts[s] + counts[s + 1] > 1)

    def same_sentence(self, a: int, b: int) -> bool:
        return self.sentence_of[a] == self.sentence_of[b]

    def before(self, first: int, count: int) -> list[str]:
        """The words in front, nearest first, within the sentence and up to a full stop."""
        opens, _ = self.sentence_tokens[self.sentence_of[first]]
        return self.texts[max(opens, first - count) : first][::-1]

    def forms_in(self, word: str, words: frozenset[str]) -> bool:
        return not words.isdisjoint(readings(word))

    def phrase_before(self, first: int, words: frozenset[str], reach: int = 3) -> bool:
        """Whether one of ``words`` (also phrases of two or three) ends right before ``first``."""
        if (first, reach) not in self._endings:
            found: list[str] = []
            rest = ""
            for word in self.before(first, reach):
                found += [reading + rest for reading in readings(word)]
                rest = f" {word}{rest}"
            self._endings[first, reach] = found
        return not words.isdisjoint(self._endings[first, reach])

    def phrase_after(self, last: int, words: frozenset[str]) -> bool:
        """Whether one of ``words`` (also phrases of two or three) begins at ``last``."""
        if last not in self._beginnings:
            _, ends = self.sentence_tokens[self.sentence_of[last - 1]]
            following = self.texts[last : min(last + 3, ends)]
            self._beginnings[last] = list(accumulate(following, "{} {}".format))
        return not words.isdisjoint(self._beginnings[last])

    def capital(self, i: int) -> bool:
        char = self.original[self.tokens[i].start]
        return char.isupper() or (char.isdigit() and self.tokens[i].text.isdigit())

    def is_head(self, i: int) -> bool:
        return any(f.text in self.words.heads for f in arabic_forms(self.tokens[i].text))

    def bare_word(self, first: int) -> str:
        """The matched word of a one-word name, without what is written onto it."""
        text = self.tokens[first].text
        for form in arabic_forms(text):
            if (
                not form.article
                and not form.suffix
                and arabic_key(form.text) in self.index.by_first_word
            ):
                return form.text
        return text

    def starts_sentence(self, token: Token) -> bool:
        return token.start in self.sentence_starts

    def names_in(self, sentence: int) -> list[Match]:
        """The names at every token of a sentence, whatever they mean there."""
        if sentence not in self._named:
            self._named[sentence] = [
                match
                for i in range(*self.sentence_tokens[sentence])
                if self.index.opens[self.lang](self.tokens[i].text)
                and (match := self.index.at(self.tokens, i, self.original)) is not None
            ]
        return self._named[sentence]

    def directed(self, last: int) -> bool:
        """«المنصور غربي بغداد»: a direction or a containing place follows."""
        after = [t.text for t in self.tokens[last : last + 3]]
        directions = ("شرقي", "غربي", "شمالي", "جنوبي", "شمال", "جنوب", "شرق", "غرب", "وسط")
        return bool(after) and (
            any(f.text in directions for f in arabic_forms(after[0]))
            if is_arabic(after[0])
            else False
        )

    def headed(self, match: Match) -> bool:
        """«فندق فلسطين», «إقليم كردستان»: the name itself says what sort of place it is."""
        word = self.tokens[match.first].text
        return len(match.known.keys) > 1 and (
            head_of(word, self.lang) is not None
            or not self.gazetteer.generic_words.keys().isdisjoint(readings(word))
        )

    def attached(self, first: int) -> bool:
        """Whether a preposition or «و» is written onto the name, so that no head belongs to it."""
        word = self.tokens[first].text
        return word.startswith(("بال", "وال", "فال", "لل", "وبال", "كال"))
