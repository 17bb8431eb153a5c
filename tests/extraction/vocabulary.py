"""Every word and phrase the reader knows, and what writers put between them.

Random letters never reach the rules; sentences spliced from the reader's own lists do.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import gazetteer
from extraction.text.lexicon import LANG_DIR, composed

CASES = Path(__file__).parent / "cases"
SCALARS = (
    "7 ٧ 12 1,200 2.5 3–5 ٥-٧ 2020 1999 107 00:20 23:59 17/11/2020 31/2/2021 5% $5 16th F-16 0 "
    "99999999999999999999 ١٢٣٤٥٦٧٨٩٠١٢٣ 33.3152,44.3661 38SMB4060085100 1. 1) (2) 3- أولا: "
    "صاروخين قتيلان طفلتان وبالمنطقة للكرادة بالجادرية ولل وال بال لل ال و ب ل ك ف "
    "a.m. p.m. U.S. Nov. Iraq's al Al- the of"
).split(" ")
MARKS = (
    ". , ، ؛ ; : ! ؟ ? … - – — / ( ) [ ] « » “ ” \" ' ’ • * 🔹 ✔ % _ # @ | \\ & < > ${x} {{x}} "
    "\t \r \n \r\n \n\n \x00 \x1b \x85 \u2028 \u200b \u200c \u200d \u200e \u200f \u202b \u2067 "
    "\ufeff \ufe0f \u20e3 \u064b \u0651 \u0654 \u0640 \u0301 \xa0 🚀 👩‍👩‍👧 ﷺ ﻻ ﷲ ی ک ە İ ß ǆ ﬁ １"
).split(" ")
GLUE = (
    "",
    " ",
    " ",
    " ",
    "  ",
    "\n",
    ". ",
    "، ",
    ", ",
    " و",
    " و ",
    " and ",
    ": ",
    ' "',
    '" ',
    "-",
)


def _phrases(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _phrases(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from composed([inner]) if isinstance(inner, list) else _phrases(inner)


@cache
def lexicon_phrases(lang: str) -> tuple[str, ...]:
    """The phrases of the word lists of one language, and of the lists both share."""
    files = [*sorted((LANG_DIR / lang).glob("*.toml")), *sorted(LANG_DIR.glob("*.toml"))]
    tables = (tomllib.loads(file.read_text("utf-8")) for file in files)
    return tuple(dict.fromkeys(p for table in tables for p in _phrases(table) if p.strip()))


@cache
def place_names(lang: str) -> tuple[str, ...]:
    """The spellings of the bundled gazetteer in one language."""
    return tuple(dict.fromkeys(n.text for n in gazetteer.load().names if n.lang == lang))


@cache
def sentences(lang: str) -> tuple[str, ...]:
    """The texts of the tables in cases/, in one language."""
    tables = (json.loads(file.read_text("utf-8")) for file in sorted(CASES.glob("*.json")))
    return tuple(dict.fromkeys(c["text"] for table in tables for c in table if c["lang"] == lang))
