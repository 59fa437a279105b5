"""Pages of a list: which rows of a set come next in an order."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from spatial.grid import Integers
from spatial.index.block import UNKNOWN
from spatial.index.points import Passing
from spatial.index.vocabulary import INSTANTS, Vocabulary

ORDERED = ("created", "updated", "supporters", "cost")
_LAST = np.iinfo(np.int64).max
_SMALL = 2
"""Bytes of keys that are counted instead of parted."""

Keys = npt.NDArray[Any]


class After(NamedTuple):
    """Where the page before ended.

    Attributes
    ----------
    value
        Of the last row: the instant itself, the number; None where it was unknown.
    row_id
        Its id.
    """

    value: int | None
    row_id: int


class Page(NamedTuple):
    """What a page may consist of.

    Attributes
    ----------
    ids
        Of the next rows of the order, and of a few more where the columns cannot tell which of
        them come first; in no order.
    matched
        Rows of the whole set.
    unlocated
        Those of them without a public position.
    """

    ids: Integers
    matched: int
    unlocated: int


@dataclass(frozen=True, slots=True)
class Order:
    """By a column, then by id; what is unknown comes last either way.

    Attributes
    ----------
    name
        One of `ORDERED`.
    descending
        Whether the greatest values come first; ids ascend all the same.
    """

    name: str
    descending: bool

    def page(
        self, passing: Passing, vocabulary: Vocabulary, after: After | None, most: int
    ) -> Page:
        """The first rows of a set in this order, or those after another row.

        Parameters
        ----------
        passing
            The set.
        vocabulary
            What the codes of its columns mean.
        after
            The row before the page; None for the first page.
        most
            How many rows are wanted, at least 1.

        Returns
        -------
        page
            All of the next `most` rows, as far as there are so many, and perhaps some others.
        """
        keys = self._keys(passing.values(self.name))
        ranked = _Ranked(keys, passing.ids_at, lambda key: self._is_told(key, vocabulary))
        if after is None:
            chosen = ranked.first(np.arange(len(keys)), most)
        else:
            chosen = ranked.beyond(self._key(after.value, vocabulary), after.row_id, most)
        return Page(passing.ids_at(chosen), passing.number, passing.unlocated)

    def _keys(self, values: Keys) -> Keys:
        """Numbers that ascend in this order."""
        if self.name in INSTANTS:
            return np.invert(values) if self.descending else values
        keys = values.astype(np.int64)
        unknown = keys == UNKNOWN
        if self.descending:
            np.negative(keys, out=keys)
        keys[unknown] = _LAST
        return keys

    def _key(self, value: int | None, vocabulary: Vocabulary) -> int:
        if self.name in INSTANTS:
            code = vocabulary.moments(self.name).code(value or 0)
            return self._turned(code)
        if value is None:
            return _LAST
        return -value if self.descending else value

    def _is_told(self, key: int, vocabulary: Vocabulary) -> bool:
        """Whether all rows of a key are equal, so that their ids decide."""
        if self.name not in INSTANTS:
            return True
        return vocabulary.moments(self.name).is_single(self._turned(key))

    def _turned(self, code: int) -> int:
        return np.iinfo(np.uint16).max - code if self.descending else code


@dataclass(frozen=True, slots=True)
class _Ranked:
    """Keys of rows, and what tells rows of one key apart."""

    keys: Keys
    ids_at: Callable[[Integers], Integers]
    is_told: Callable[[int], bool]

    def first(self, rows: Integers, most: int) -> Integers:
        """The first of some rows, ascending; all of the last key where ids do not decide."""
        if len(rows) <= most:
            return rows
        keys = self.keys[rows]
        last = _smallest(keys, most)
        sure, tied = rows[keys < last], rows[keys == last]
        if self.is_told(last):
            tied = tied[np.argsort(self.ids_at(tied))[: most - len(sure)]]
        return np.concatenate([sure, tied])

    def beyond(self, start: int, row_id: int, most: int) -> Integers:
        """The first after a row of a key; all of that key where ids do not decide."""
        further = np.flatnonzero(self.keys > start)
        tied = np.flatnonzero(self.keys == start)
        if not self.is_told(start):
            return np.concatenate([tied, self.first(further, most)])
        tied = tied[self.ids_at(tied) > row_id]
        return self.first(np.sort(np.concatenate([tied, further])), most)


def _smallest(keys: Keys, number: int) -> int:
    """The key that is at that place when all are sorted, counted from 1."""
    if keys.dtype.itemsize <= _SMALL:
        return int(np.searchsorted(np.cumsum(np.bincount(keys)), number))
    return int(np.partition(keys, number - 1)[number - 1])
