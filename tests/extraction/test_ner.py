"""The second opinion: what it may add, what it never touches, and how it fails.

The logic is tested with a tagger made here. One test builds a BERT of a few thousand random
weights, in the layout of camel-tools' models, and runs the real loading code on it; it needs
requirements-ner.txt and is skipped without.
"""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

import extraction
from extraction import Article, Span, Unresolved, ner
from extraction.ner import Entity, NerError
from gazetteer import Gazetteer
from tests.project import ROOT

TEXT = "سقط صاروخ في الكرادة قرب حي الفلفولة، وقال مصدر في تلعدس إن الجيش انتشر."


class Names:
    """A tagger that finds the given words."""

    def __init__(self, **labels: str) -> None:
        self.labels = {word.replace("_", " "): label for word, label in labels.items()}

    def entities(self, text: str) -> Sequence[Entity]:
        found = [
            Entity(text.index(word), text.index(word) + len(word), label)
            for word, label in self.labels.items()
        ]
        return sorted(found, key=lambda entity: entity.start)


@pytest.fixture
def read(gazetteer: Gazetteer) -> extraction.Reading:
    return extraction.extract(Article(TEXT), gazetteer)


def opinion(reading: extraction.Reading, **labels: str) -> list[str]:
    return [u.surface for u in ner.second_opinion(Article(TEXT), reading, Names(**labels))]


def test_a_place_that_only_the_model_names_is_unresolved(read: extraction.Reading) -> None:
    at = TEXT.index("تلعدس")
    assert ner.second_opinion(Article(TEXT), read, Names(تلعدس="LOC")) == (
        Unresolved(Span(at, at + 5), "تلعدس", "named by the NER model"),
    )


def test_what_was_read_already_is_not_repeated(read: extraction.Reading) -> None:
    assert [m.place_id for m in read.mentions if m.surface == "الكرادة"] == ["karrada"]
    assert "حي الفلفولة" in [u.surface for u in read.unresolved]
    assert opinion(read, الكرادة="LOC", الفلفولة="LOC", في_الكرادة="LOC") == []


def test_only_places_are_taken_and_in_the_order_of_the_text(read: extraction.Reading) -> None:
    assert opinion(read, الجيش="ORG", مصدر="PERS") == []
    assert opinion(read, انتشر="LOC", تلعدس="LOC") == ["تلعدس", "انتشر"]


def test_a_mark_alone_is_no_place(read: extraction.Reading) -> None:
    assert ner.second_opinion(Article(TEXT), read, Names(**{"،": "LOC"})) == ()


def test_a_missing_model_says_how_to_get_one(tmp_path: Path) -> None:
    with pytest.raises(NerError, match=r"camel_data -i ner-arabert.*NER_MODEL"):
        ner.load_ner(tmp_path / "nowhere")
    with pytest.raises(NerError, match=r"no config\.json"):
        ner.load_ner(tmp_path)


@pytest.mark.parametrize("package", ["torch", "transformers"])
def test_a_missing_package_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, package: str
) -> None:
    (tmp_path / "config.json").write_text("{}")
    for name in ("torch", "transformers"):
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(NerError, match=r"requirements-ner\.txt"):
        ner.load_ner(tmp_path)


def test_nothing_neural_is_loaded_before_it_is_asked_for() -> None:
    program = (
        "import sys, extraction.ner\n"
        "print(*sorted({'torch', 'transformers', 'camel_tools.ner'} & set(sys.modules)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr, done.stdout.strip()) == (0, "", "")


def test_labels_are_joined_into_names() -> None:
    words = [ner._Word(i * 2, i * 2 + 1, (1,)) for i in range(6)]
    labels = ["B-LOC", "I-LOC", "B-LOC", "O", "I-LOC", "I-ORG"]
    assert list(ner._joined(words, labels)) == [
        Entity(0, 3, "LOC"),
        Entity(4, 5, "LOC"),
        Entity(8, 9, "LOC"),
        Entity(10, 11, "ORG"),
    ]


# ── a real model, as small as they get ────────────────────────────────────────────────────────

LABELS = ["B-LOC", "B-ORG", "B-PERS", "B-MISC", "I-LOC", "I-ORG", "I-PERS", "I-MISC", "O"]
VOCABULARY = "[PAD] [UNK] [CLS] [SEP] [MASK] سقط صاروخ في الكرادة قرب ##لة الفلفو بغداد . ،".split()


def build_model(folder: Path, *, labels: Sequence[str] = LABELS, always: str | None = None) -> None:
    """Write a BERT of random weights in the layout of camel-tools' download."""
    torch = pytest.importorskip("torch", reason="needs requirements-ner.txt: torch")
    transformers = pytest.importorskip("transformers", reason="needs requirements-ner.txt")
    torch.manual_seed(5)
    config = transformers.BertConfig(
        vocab_size=len(VOCABULARY),
        hidden_size=16,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=32,
        max_position_embeddings=32,
        id2label=dict(enumerate(labels)),
        label2id={label: i for i, label in enumerate(labels)},
    )
    model = transformers.BertForTokenClassification(config)
    if always is not None:
        model.classifier.bias.data[labels.index(always)] = 100.0
    config.architectures = ["BertForTokenClassification"]
    config.save_pretrained(folder)
    (folder / "vocab.txt").write_text("\n".join(VOCABULARY) + "\n", encoding="utf-8")
    (folder / "tokenizer_config.json").write_text(json.dumps({"do_lower_case": False}))
    torch.save(model.state_dict(), folder / "pytorch_model.bin")


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("the model loader asks the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.mark.usefixtures("no_network")
def test_a_model_folder_is_loaded_and_names_words(tmp_path: Path) -> None:
    build_model(tmp_path, always="B-LOC")
    text = "سقط في الفلفولة. صاروخ بَغْداد xyz"
    found = ner.load_ner(tmp_path).entities(text)
    # «xyz» cannot be spelt with this vocabulary: no name. Vowel signs do not matter.
    assert [text[e.start : e.end] for e in found] == [
        "سقط", "في", "الفلفولة", ".", "صاروخ", "بَغْداد",
    ]  # fmt: skip
    assert {e.label for e in found} == {"LOC"}


@pytest.mark.usefixtures("no_network")
def test_a_long_sentence_goes_through_in_portions(tmp_path: Path) -> None:
    build_model(tmp_path, always="I-LOC")
    text = "سقط صاروخ في الكرادة قرب الفلفولة " * 40
    found = ner.load_ner(tmp_path).entities(text)
    assert [e.start for e in found] == sorted(e.start for e in found)
    assert "".join(text[e.start : e.end] for e in found).count("الفلفولة") == 40


@pytest.mark.usefixtures("no_network")
def test_random_weights_give_the_same_opinion_twice(tmp_path: Path, gazetteer: Gazetteer) -> None:
    build_model(tmp_path)
    article = Article(TEXT * 3)
    reading = extraction.extract(article, gazetteer)
    tagger = ner.load_ner(tmp_path)
    first = ner.second_opinion(article, reading, tagger)
    assert first == ner.second_opinion(article, reading, tagger)
    taken = [m.span for m in reading.mentions] + [u.span for u in reading.unresolved]
    for unresolved in first:
        assert unresolved.span.of(article.text) == unresolved.surface
        assert not any(unresolved.span.overlaps(span) for span in taken)


@pytest.mark.usefixtures("no_network")
def test_a_model_without_places_or_without_weights_is_refused(tmp_path: Path) -> None:
    build_model(tmp_path, labels=["LABEL_0", "LABEL_1"])
    with pytest.raises(NerError, match="labels no places"):
        ner.load_ner(tmp_path)
    (tmp_path / "pytorch_model.bin").unlink()
    with pytest.raises(NerError, match="cannot be loaded"):
        ner.load_ner(tmp_path)


class Intruder:
    """Pickled, it would run a command when it is read."""

    def __init__(self, target: Path) -> None:
        self.target = target

    def __reduce__(self) -> tuple[Any, ...]:
        return Path.touch, (self.target,)


def test_weights_are_data_and_run_nothing(tmp_path: Path) -> None:
    build_model(tmp_path)
    import torch

    torch.save({"weights": Intruder(tmp_path / "ran")}, tmp_path / "pytorch_model.bin")
    with pytest.raises(NerError, match="cannot be loaded"):
        ner.load_ner(tmp_path)
    assert not (tmp_path / "ran").exists()
