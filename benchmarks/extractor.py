"""``make bench``: what reading an article costs, beside a bare look-up of names and beside a BERT.

    python -m benchmarks.extractor [--runs N] [--lang ar|en] [--chars 1000,3400,…]

Three ways to look at the same articles, on one core, in processor time, models and word lists
loaded beforehand, the median of N runs:

- the reader: ``extraction.extract``, everything it does
- names: an Aho-Corasick pass over the folded text for every spelling in the gazetteer; it says
  where the names stand and nothing about them (needs requirements-bench.txt)
- BERT: a token classifier of the size of camel-tools' ner-arabert with random weights, which cost
  the same as trained ones (needs requirements-ner.txt)

The articles are those of the demo, one after another, over and over for the long ones.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import statistics
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import extraction
import gazetteer
from extraction import Article, pipeline
from gazetteer import Gazetteer, fold

DEMO = Path(__file__).parent.parent / "incidents" / "demo" / "articles.jsonl"
CHARS = (1_000, 3_400, 10_000, 100_000, 1_000_000)
PUBLISHED = datetime(2020, 11, 18, 9, tzinfo=UTC)

# What the stages of a reading are called, and the names in extraction.pipeline that do them. What
# none of them does (stretches into events, events into drafts) is the rest.
STAGES = {
    "fold": ("fold_with_offsets", "fold"),
    "language": ("detect_language",),
    "tokens": ("tokenize", "Words", "split_sentences"),
    "signals": ("find_signals",),
    "numbers": ("find_numbers",),
    "dates": ("find_dates",),
    "places": ("Surroundings", "PlaceFinder"),
}
REST = "events"

# BERT-base, with the vocabulary of AraBERT and the labels of camel-tools' model.
BERT = {"vocab_size": 30_000, "hidden_size": 768, "num_hidden_layers": 12}
BERT_WINDOW = 256  # pieces a pass, as camel-tools has it
BERT_CHARS = 4.0  # characters a piece stands for, in Arabic news


@dataclass(frozen=True, slots=True)
class Timing:
    """Milliseconds of processor time for an article of so many characters."""

    chars: int
    reader: float
    names: float | None = None
    bert: float | None = None

    @property
    def per_megabyte(self) -> float:
        """Milliseconds for a million characters at this pace."""
        return self.reader * 1_000_000 / self.chars


def article(chars: int, lang: str = "ar") -> Article:
    """An article of ``chars`` characters, made of the demo's."""
    records = map(json.loads, DEMO.read_text("utf-8").splitlines())
    text = "\n\n".join(record["text"] for record in records if record["lang"] == lang)
    text = (text + "\n\n") * (chars // len(text) + 1)
    return Article(text[:chars], published=PUBLISHED, lang=lang)


def median_ms(work: Callable[[], object], runs: int) -> float:
    """The median processor time of ``runs`` calls after one that warms up, in milliseconds."""
    work()
    taken = []
    for _ in range(runs):
        gc.collect()
        began = time.process_time()
        work()
        taken.append(time.process_time() - began)
    return statistics.median(taken) * 1000


@contextmanager
def staged() -> Iterator[dict[str, float]]:
    """Seconds by stage of what is read inside. A stage that has been renamed raises."""
    spent: dict[str, float] = defaultdict(float)
    originals = {name: getattr(pipeline, name) for names in STAGES.values() for name in names}

    def clocked(stage: str, work: Callable[..., Any]) -> Callable[..., Any]:
        def run(*arguments: Any, **named: Any) -> Any:
            began = time.process_time()
            try:
                return work(*arguments, **named)
            finally:
                spent[stage] += time.process_time() - began

        return run

    class Finder(originals["PlaceFinder"]):  # type: ignore[misc]
        # Making it and running it both count.
        run = clocked("places", originals["PlaceFinder"].run)

    try:
        for stage, names in STAGES.items():
            for name in names:
                work = Finder if name == "PlaceFinder" else originals[name]
                setattr(pipeline, name, clocked(stage, work))
        began = time.process_time()
        yield spent
        spent[REST] = time.process_time() - began - sum(spent.values())
    finally:
        for name, work in originals.items():
            setattr(pipeline, name, work)


def stages(piece: Article, places: Gazetteer, runs: int) -> dict[str, float]:
    """Milliseconds by stage, the mean of ``runs`` readings."""
    extraction.extract(piece, places)
    with staged() as spent:
        for _ in range(runs):
            extraction.extract(piece, places)
    return {stage: spent[stage] * 1000 / runs for stage in (*STAGES, REST)}


def name_pass(places: Gazetteer) -> Callable[[str], int] | None:
    """A function that counts the gazetteer's names in a text; None without pyahocorasick."""
    try:
        import ahocorasick
    except ImportError:
        return None
    automaton = ahocorasick.Automaton()
    for name in places.names:
        automaton.add_word(name.folded, len(name.folded))
    automaton.make_automaton()
    return lambda text: sum(1 for _ in automaton.iter(fold(text)))


def bert_pass() -> Callable[[], object] | None:
    """A function that runs one window through a BERT; None without torch and transformers."""
    try:
        import torch
        import transformers
    except ImportError:
        return None
    torch.set_num_threads(1)
    model = transformers.BertForTokenClassification(
        transformers.BertConfig(**BERT, num_labels=9)
    ).eval()
    window = torch.randint(5, BERT["vocab_size"], (1, BERT_WINDOW))

    def run() -> object:
        with torch.inference_mode():
            return model(input_ids=window).logits

    return run


def bert_ms(chars: int, window_ms: float) -> float:
    """What an article costs: every window costs the same, and the last one is seldom full."""
    return chars / BERT_CHARS / BERT_WINDOW * window_ms


def measure(places: Gazetteer, sizes: tuple[int, ...], lang: str, runs: int) -> list[Timing]:
    """One row a size."""
    find = name_pass(places)
    window = bert_pass()
    window_ms = None if window is None else median_ms(window, runs)
    rows = []
    for chars in sizes:
        piece = article(chars, lang)
        some = max(1, min(runs, runs * 100_000 // chars))
        rows.append(
            Timing(
                chars,
                median_ms(lambda piece=piece: extraction.extract(piece, places), some),
                None if find is None else median_ms(lambda piece=piece: find(piece.text), some),
                None if window_ms is None else bert_ms(chars, window_ms),
            )
        )
    return rows


def table(rows: list[Timing]) -> Iterator[str]:
    """The rows for the eye: milliseconds, and how many times the one is the other."""
    heads = ("characters", "reader ms", "ms/MB", "names ms", "reader/names", "BERT ms")
    yield " ".join(f"{head:>12}" for head in (*heads, "BERT/reader"))
    for row in rows:
        cells = (
            f"{row.chars:,}",
            f"{row.reader:,.2f}",
            f"{row.per_megabyte:,.0f}",
            "—" if row.names is None else f"{row.names:,.3f}",
            "—" if row.names is None else f"×{row.reader / row.names:,.0f}",
            "—" if row.bert is None else f"{row.bert:,.0f}",
            "—" if row.bert is None else f"×{row.bert / row.reader:,.0f}",
        )
        yield " ".join(f"{cell:>12}" for cell in cells)


def stage_table(spent: dict[str, float]) -> Iterator[str]:
    """Where the time of a reading goes."""
    whole = sum(spent.values())
    for stage, taken in spent.items():
        bar = "█" * round(40 * taken / whole)
        yield f"{stage:>12} {taken:>8.2f} ms {taken / whole:>6.0%}  {bar}"


def one_core() -> None:
    """Keep this process on one core, where the system lets us."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


def main() -> None:
    parser = argparse.ArgumentParser(description="Time the reader against other ways to look.")
    parser.add_argument("--runs", type=int, default=15, help="runs of each, median taken (15)")
    parser.add_argument("--lang", choices=("ar", "en"), default="ar", help="language (ar)")
    parser.add_argument(
        "--chars",
        type=lambda text: tuple(int(size) for size in text.split(",")),
        default=CHARS,
        help="sizes of the articles, separated by commas",
    )
    options = parser.parse_args()
    one_core()
    places = gazetteer.load()
    rows = measure(places, options.chars, options.lang, options.runs)
    print(f"One core, processor time, {options.lang}, {len(places.names):,} names\n")
    print(*table(rows), sep="\n")
    if rows and rows[0].names is None:
        print("\nnames: not timed, install requirements-bench.txt")
    if rows and rows[0].bert is None:
        print("\nBERT: not timed, install requirements-ner.txt (docs/ner.md)")
    if rows and rows[0].bert is not None:
        print(f"\nBERT: {BERT_WINDOW} pieces a pass, {BERT_CHARS:g} characters a piece")
    print("\nWhere the time goes, 3,400 characters\n")
    print(*stage_table(stages(article(3_400, options.lang), places, options.runs)), sep="\n")


if __name__ == "__main__":
    main()
