"""The sentence around the words that were read."""

from __future__ import annotations

import pytest

from incidents.evidence import around, sentences

BODY = (
    "Rockets fell at dawn. A girl was killed, the U.S. embassy said. Five were hurt.\n"
    "سقط صاروخ قرب مدينة الطب."
)


def sentence_at(words: str, body: str = BODY) -> str:
    start = body.index(words)
    left, right = around(start, start + len(words), sentences(body))
    return body[left:right]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("dawn", "Rockets fell at dawn."),
        ("killed", "A girl was killed, the U.S. embassy said."),
        ("U.S. embassy", "A girl was killed, the U.S. embassy said."),
        ("مدينة الطب", "سقط صاروخ قرب مدينة الطب."),
        ("said. Five", "A girl was killed, the U.S. embassy said. Five were hurt."),
    ],
)
def test_the_sentence_of_some_words(words: str, sentence: str) -> None:
    assert sentence_at(words) == sentence


def test_a_span_outside_every_sentence_stands_for_itself() -> None:
    assert around(3, 5, sentences("   \n   ")) == (3, 5)


def test_letters_that_grow_when_lowered_move_no_span() -> None:
    body = "İİİİ fell. Rockets hit the zone."
    assert sentence_at("zone", body) == "Rockets hit the zone."
