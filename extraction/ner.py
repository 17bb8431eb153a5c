"""A second opinion on places from a neural model, for sites that ask for one.

The model is a BERT token classifier in a folder of this machine, such as camel-tools'
``ner-arabert``. It is run through transformers directly: importing ``camel_tools.ner`` would
start a download. Nothing here is loaded before ``load_ner`` is called; ``docs/ner.md`` tells how to
install both. The model never changes what was read: names of places that only it sees are
reported as unresolved, for an editor to look at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final, Protocol

from extraction.document import Article, Reading, Span, Unresolved
from extraction.text.sentences import split_sentences

WHY: Final = "named by the NER model"

_PLACE: Final = "LOC"
_OUTSIDE: Final = "O"
# camel-tools' own limit; BERT itself ends at 512 pieces.
_LONGEST: Final = 256
# Vowel signs and kashida belong to the word, but no model has seen them.
_SIGNS: Final = "\u0640\u064b-\u0652\u0670"
_WORD: Final = re.compile(rf"[^\W_](?:[^\W_]|[{_SIGNS}])*|[^\w\s]|_")
_UNSEEN: Final = re.compile(f"[{_SIGNS}]")

_INSTALL: Final = (
    "run .venv/bin/pip install -r requirements-ner.txt -c requirements.txt "
    "(docs/ner.md), or leave NER_MODEL empty"
)


class NerError(RuntimeError):
    """The model cannot be used. The message says what to do."""


@dataclass(frozen=True, slots=True)
class Entity:
    """A name at characters ``[start, end)`` of the text; ``label`` is LOC, ORG, PERS …"""

    start: int
    end: int
    label: str


class NerTagger(Protocol):
    """Whatever finds names in a text."""

    def entities(self, text: str) -> Sequence[Entity]:
        """The names in ``text``, in order and without overlaps."""


def missing_packages() -> list[str]:
    """What has to be installed before a model can be loaded."""
    return [name for name in ("torch", "transformers") if find_spec(name) is None]


def load_ner(path: Path | str) -> NerTagger:
    """The token classifier in the folder ``path``. Reads that folder and asks no network.

    Raises NerError where a package or the model is missing or does not label places.
    """
    folder = Path(path)
    if not (folder / "config.json").is_file():
        raise NerError(
            f"{folder} holds no NER model: there is no config.json in it. Fetch camel-tools' model "
            "with `camel_data -i ner-arabert` and name its folder in NER_MODEL (docs/ner.md), "
            "or leave NER_MODEL empty"
        )
    if missing := missing_packages():
        raise NerError(f"the NER model needs {' and '.join(missing)}: {_INSTALL}")
    import torch
    from transformers import AutoModelForTokenClassification, AutoTokenizer

    try:
        model = AutoModelForTokenClassification.from_pretrained(folder, local_files_only=True)
        tokenizer = AutoTokenizer.from_pretrained(folder, local_files_only=True)
    except Exception as error:  # whatever a bad file does to the loaders
        reason = (str(error).splitlines() or [type(error).__name__])[0]
        raise NerError(
            f"the NER model in {folder} cannot be loaded: {reason}. It has to be a folder as "
            "`camel_data -i ner-arabert` writes it: config.json, vocab.txt and the weights"
        ) from error
    if f"B-{_PLACE}" not in model.config.id2label.values():
        raise NerError(
            f"the model in {folder} labels no places: B-{_PLACE} is none of its labels. "
            "Name a model for named entities in NER_MODEL"
        )
    return BertTagger(model.eval(), tokenizer, torch)


def second_opinion(article: Article, reading: Reading, tagger: NerTagger) -> tuple[Unresolved, ...]:
    """The places that only the model names: those that overlap nothing in the reading.

    In order of the text. Mentions and incidents stay as they are.
    """
    known = [m.span for m in reading.mentions] + [u.span for u in reading.unresolved]
    taken = bytearray(len(article.text))
    for span in known:
        taken[span.start : span.end] = b"\1" * (span.end - span.start)
    found: list[Unresolved] = []
    for entity in tagger.entities(article.text):
        span = Span(entity.start, entity.end)
        surface = span.of(article.text)
        if entity.label != _PLACE or not any(char.isalpha() for char in surface):
            continue
        if not any(taken[span.start : span.end]):
            found.append(Unresolved(span, surface, WHY))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Word:
    start: int
    end: int
    pieces: tuple[int, ...]


class BertTagger:
    """Names by a BERT token classifier, sentence by sentence; the first piece speaks for a word."""

    def __init__(self, model: Any, tokenizer: Any, torch: Any) -> None:
        """A transformers model in evaluation mode, its tokenizer, and the torch module."""
        self._model = model
        self._tokenizer = tokenizer
        self._torch = torch
        self._names: dict[int, str] = {int(i): n for i, n in model.config.id2label.items()}
        self._room = min(_LONGEST, int(model.config.max_position_embeddings)) - 2

    def entities(self, text: str) -> list[Entity]:
        """The names in ``text``, in order and without overlaps."""
        found: list[Entity] = []
        for sentence in split_sentences(text):
            for words in self._portions(text, sentence.start, sentence.end):
                found.extend(_joined(words, self._labels(words)))
        return found

    def _portions(self, text: str, start: int, end: int) -> Iterator[list[_Word]]:
        """The words of a sentence, in as many portions as the model's length asks for."""
        words: list[_Word] = []
        room = self._room
        for match in _WORD.finditer(text, start, end):
            pieces = self._pieces(match[0])
            if not pieces:
                continue
            if len(pieces) > room:
                yield words
                words, room = [], self._room
            words.append(_Word(match.start(), match.end(), pieces))
            room -= len(pieces)
        if words:
            yield words

    def _pieces(self, word: str) -> tuple[int, ...]:
        tokenizer = self._tokenizer
        pieces = tokenizer.tokenize(_UNSEEN.sub("", word))
        # A word longer than the model can see is no name; its beginning is enough to say so.
        return tuple(tokenizer.convert_tokens_to_ids(pieces[: self._room]))

    def _labels(self, words: Sequence[_Word]) -> list[str]:
        """One label a word; a word that the model cannot spell is no name to it."""
        tokenizer, torch = self._tokenizer, self._torch
        pieces = [piece for word in words for piece in word.pieces]
        ids = torch.tensor([[tokenizer.cls_token_id, *pieces, tokenizer.sep_token_id]])
        with torch.inference_mode():
            best = self._model(input_ids=ids).logits[0].argmax(dim=-1).tolist()
        labels: list[str] = []
        at = 1  # after the opening mark
        for word in words:
            unknown = tokenizer.unk_token_id in word.pieces
            labels.append(_OUTSIDE if unknown else self._names[best[at]])
            at += len(word.pieces)
        return labels


def _joined(words: Sequence[_Word], labels: Sequence[str]) -> Iterator[Entity]:
    """B-LOC I-LOC → one entity; an I- without its B- begins one, as models do write that."""
    current: Entity | None = None
    for word, label in zip(words, labels, strict=True):
        position, _, name = label.partition("-")
        if current is not None and position == "I" and name == current.label:
            current = Entity(current.start, word.end, name)
            continue
        if current is not None:
            yield current
        current = Entity(word.start, word.end, name) if name else None
    if current is not None:
        yield current
