"""The word lists as they are loaded."""

from __future__ import annotations

from extraction.text.lexicon import composed


def test_lists_in_a_list_stand_for_one_word_from_each() -> None:
    phrases = composed(["launch pad", [["launch", "firing"], ["site", "point"]]])
    assert list(phrases) == [
        "launch pad",
        *("launch site", "launch point", "firing site", "firing point"),
    ]
