"""The fuzzer's target, without the fuzzer: a fixed draw of bytes, the same on every machine."""

import random

import pytest

from tests.fuzz.target import article_of, run


@pytest.mark.parametrize("length", [0, 2, 5, 20, 100, 500])
def test_drawn_bytes_give_a_reading_that_keeps_its_promises(length: int) -> None:
    draw = random.Random(length)
    for _ in range(20):
        run(draw.randbytes(length))


def test_bytes_reach_both_languages_and_real_sentences() -> None:
    draw = random.Random(1)
    articles = [article_of(draw.randbytes(200)) for _ in range(40)]
    assert {article.lang for article in articles} == {None, "ar", "en", "other"}
    assert any("سقط" in article.text for article in articles)
    assert any("rocket" in article.text for article in articles)
