"""Columns of numbers in memory, and conditions answered from them as the database would.

A condition is Django's own ``Q``, the very one that SQL is made of: what a filter means is written
once. What a column cannot answer raises ``UnansweredError``, and the caller asks the database.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache, reduce
from itertools import accumulate, chain
from typing import Any, Generic, Self, TypeVar

import numpy as np
from django.db.models import Q
from numpy.typing import NDArray

Mask = NDArray[np.bool_]
Rows = NDArray[np.intp]

# What stands for null among numbers and days: smaller than any value, so that it sorts first.
NULL = -(2**31)

_Value = TypeVar("_Value")


class UnansweredError(LookupError):
    """A condition that only the database can answer."""


class Column(ABC):
    """One value a row."""

    @abstractmethod
    def take(self, rows: Rows | Mask) -> Self:
        """The values of these rows, in this order."""

    @abstractmethod
    def joined(self, *others: Self) -> Self:
        """These values, then those of the others."""

    @abstractmethod
    def matches(self, lookup: str, value: Any) -> Mask:
        """Which rows fulfil ``column__lookup=value``; a null fulfils nothing but ``isnull``."""


class Numbers(Column):
    """Whole numbers or degrees. ``NULL`` or NaN stands for null."""

    def __init__(self, values: NDArray[Any]) -> None:
        self.values = values

    @classmethod
    def whole(cls, values: Sequence[int | None]) -> Self:
        """Whole numbers of 32 bits."""
        numbers = np.array(values, dtype=np.float64)  # None becomes NaN; exact up to 53 bits
        return cls(np.where(np.isnan(numbers), NULL, numbers).astype(np.int32))

    @classmethod
    def degrees(cls, values: Sequence[float | None]) -> Self:
        return cls(np.array(values, dtype=np.float64))

    @property
    def known(self) -> Mask:
        if np.issubdtype(self.values.dtype, np.floating):
            return ~np.isnan(self.values)
        return np.asarray(self.values != NULL)

    def take(self, rows: Rows | Mask) -> Self:
        return type(self)(self.values[rows])

    def joined(self, *others: Self) -> Self:
        return type(self)(np.concatenate([each.values for each in (self, *others)]))

    def matches(self, lookup: str, value: Any) -> Mask:
        values = self.values
        match lookup:
            case "isnull":
                return self.known ^ np.bool_(value)
            case "exact":
                return np.asarray(values == self._number(value))
            case "gte":
                return np.asarray(values >= self._number(value))
            case "lte":
                return (values <= self._number(value)) & self.known
            case "range":
                low, high = map(self._number, value)
                return np.asarray((values >= low) & (values <= high))
        raise UnansweredError(lookup)

    @staticmethod
    def _number(value: Any) -> Any:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise UnansweredError(value)
        return value


class Days(Numbers):
    """Dates, as days of the common era (``date.toordinal``)."""

    @classmethod
    def read(cls, texts: Sequence[str | None]) -> Self:
        """From ISO dates."""
        return cls(np.fromiter(map(_ordinal, texts), dtype=np.int32, count=len(texts)))

    @staticmethod
    def _number(value: Any) -> Any:
        if not isinstance(value, date):
            raise UnansweredError(value)
        return value.toordinal()


@lru_cache(maxsize=1 << 16)
def _ordinal(text: str | None) -> int:
    return NULL if text is None else date.fromisoformat(text[:10]).toordinal()


class Names(Generic[_Value]):
    """Values that recur, each with a code. It only ever grows: codes stay good for ever."""

    def __init__(self) -> None:
        self.values: list[_Value] = []
        self.codes: dict[_Value, int] = {}

    def encode(self, values: Sequence[_Value]) -> NDArray[np.int32]:
        for value in dict.fromkeys(values):
            if value not in self.codes:
                self.values.append(value)
                self.codes[value] = len(self.codes)
        return np.fromiter(map(self.codes.__getitem__, values), dtype=np.int32, count=len(values))


class Texts(Column):
    """Texts of which most occur often: keys, choices, names."""

    def __init__(self, names: Names[Any], codes: NDArray[np.int32]) -> None:
        self.names = names
        self.codes = codes

    def decoded(self, rows: Rows) -> list[Any]:
        """The texts themselves."""
        return [self.names.values[code] for code in self.codes[rows].tolist()]

    def coded_as(self, values: Sequence[str]) -> NDArray[np.intp]:
        """Each text's place among ``values``, which holds them all."""
        places = [values.index(value) for value in self.names.values]
        return np.array(places, dtype=np.intp)[self.codes]

    def take(self, rows: Rows | Mask) -> Self:
        return type(self)(self.names, self.codes[rows])

    def joined(self, *others: Self) -> Self:
        codes = np.concatenate([each.codes for each in (self, *others)])
        return type(self)(self.names, codes)

    def matches(self, lookup: str, value: Any) -> Mask:
        match lookup:
            case "exact":
                return np.asarray(self.codes == self.names.codes.get(value, -1))
            case "in":
                chosen = np.zeros(len(self.names.values), dtype=np.bool_)
                chosen[[self.names.codes[each] for each in value if each in self.names.codes]] = (
                    True
                )
                return np.asarray(chosen[self.codes])
        raise UnansweredError(lookup)


class Words(Column):
    """What free text is looked for in: the different words of each row.

    A search word has no blank inside, so it lies within one word of the text or nowhere; only the
    vocabulary is searched, not the texts.
    """

    def __init__(
        self, names: Names[str], counts: NDArray[np.int32], codes: NDArray[np.int32]
    ) -> None:
        self.names = names
        self.counts = counts
        self.codes = codes

    @classmethod
    def of(cls, names: Names[str], texts: Sequence[str]) -> Self:
        words = [*map(set, map(str.split, texts))]
        counts = np.fromiter(map(len, words), dtype=np.int32, count=len(words))
        return cls(names, counts, names.encode([*chain.from_iterable(words)]))

    def take(self, rows: Rows | Mask) -> Self:
        counts = self.counts[rows]
        starts = (np.cumsum(self.counts) - self.counts)[rows]
        ends = np.cumsum(counts)
        at = np.arange(ends[-1] if len(ends) else 0) + np.repeat(starts - ends + counts, counts)
        return type(self)(self.names, counts, self.codes[at])

    def joined(self, *others: Self) -> Self:
        return type(self)(
            self.names,
            np.concatenate([each.counts for each in (self, *others)]),
            np.concatenate([each.codes for each in (self, *others)]),
        )

    def matches(self, lookup: str, value: Any) -> Mask:
        if lookup != "contains" or not value or value.split() != [value]:
            raise UnansweredError(lookup)
        wanted = np.zeros(len(self.names.values), dtype=np.bool_)
        wanted[containing(value, self.names.values)] = True
        rows = np.repeat(np.arange(len(self.counts)), self.counts)
        found = np.zeros(len(self.counts), dtype=np.bool_)
        found[rows[wanted[self.codes]]] = True
        return found


def containing(piece: str, words: Sequence[str]) -> list[int]:
    """The places of the words that contain ``piece``, found in one text of them all."""
    text = "\n".join(words)
    starts = list(accumulate((len(word) + 1 for word in words), initial=0))
    found = []
    at = text.find(piece)
    while at >= 0:
        place = bisect_right(starts, at) - 1
        found.append(place)
        at = text.find(piece, starts[place + 1])
    return found


@dataclass(frozen=True, slots=True)
class Table:
    """Columns of one length by the name of their field."""

    columns: Mapping[str, Column]
    size: int = field(kw_only=True)

    def __getitem__(self, name: str) -> Any:
        return self.columns[name]

    def take(self, rows: Rows | Mask) -> Table:
        size = int(np.count_nonzero(rows)) if rows.dtype == np.bool_ else len(rows)
        taken = {name: column.take(rows) for name, column in self.columns.items()}
        return Table(taken, size=size)

    def joined(self, other: Table) -> Table:
        columns = {
            name: column.joined(other.columns[name]) for name, column in self.columns.items()
        }
        return Table(columns, size=self.size + other.size)

    def matching(self, condition: Q) -> Mask:
        """Which rows fulfil a condition. Raises UnansweredError where no column tells."""
        if condition.negated or condition.connector not in (Q.AND, Q.OR):
            raise UnansweredError(condition)
        parts = [
            self.matching(child) if isinstance(child, Q) else self._leaf(child)
            for child in condition.children
        ]
        if not parts:
            return np.ones(self.size, dtype=np.bool_)
        both = np.logical_and if condition.connector == Q.AND else np.logical_or
        return reduce(both, parts)

    def _leaf(self, leaf: Any) -> Mask:
        if not isinstance(leaf, tuple):
            raise UnansweredError(leaf)
        path, value = leaf
        name, _, lookup = path.rpartition("__")
        if path in self.columns:
            name, lookup = path, "exact"
        if name not in self.columns:
            raise UnansweredError(path)
        return self.columns[name].matches(lookup, value)
