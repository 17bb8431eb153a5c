"""An act about responsibility: a claim, an attribution, a denial or a disavowal."""

from __future__ import annotations

from typing import NamedTuple

from extraction.document import Act
from extraction.who.namings import Naming


class Responsibility(NamedTuple):
    """One act about responsibility: somebody claims it, is blamed, denies or disowns it."""

    act: Act
    who: Naming
    first: int
    last: int
    sentence: int
    narrated: bool = False  # told as a fact, no charge: "an attack by X"
