"""Pages of a list: which rows of a set come next in an order."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from spatial.grid import Integers
from spatial.index.block import UNKNOWN
from spatial.index.points import Passing
from spatial.index.stretches import Span, Stretches
from spatial.index.vocabulary import INSTANTS, Vocabulary

ORDERED = ("created", "updated", "supporters", "cost")
_LAST = np.iinfo(np.int64).max
_SMALL = 2
"""Bytes of keys that are counted instead of parted."""
_SAMPLE = 4_096
"""Of so many rows of a set, about, it is guessed how far a page reaches."""
_SPARE = 12
"""So many more of them are taken than a page should need."""

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
        them come first; ascending.
    exact
        Which of them stand at their own place.
    matched
        Rows of the whole set.
    unlocated
        Those of them without a public position.
    """

    ids: Integers
    exact: npt.NDArray[np.bool_]
    matched: int
    unlocated: int


class Asked(NamedTuple):
    """A set of rows, and which of them a page is to hold.

    Attributes
    ----------
    stretches
        Those of the base.
    passing
        Some of them, together with all that were added.
    number, unlocated
        Rows of the whole set, and those without a public position.
    after
        The row before the page; None for the first page.
    most
        How many rows are wanted, at least 1.
    """

    stretches: Stretches
    passing: Callable[[Integers], Passing]
    number: int
    unlocated: int
    after: After | None
    most: int


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

    def page(self, asked: "Asked", vocabulary: Vocabulary) -> Page:
        """The first rows of a set in this order, or those after another row.

        Parameters
        ----------
        asked
            The set, and which part of it.
        vocabulary
            What the codes of its columns mean.

        Returns
        -------
        page
            All of the next `most` rows, as far as there are so many, and perhaps some others.
        """
        after, most = asked.after, asked.most
        start = None if after is None else self._key(after.value, vocabulary)
        passing = asked.passing(self._nearest(asked.stretches, start, most))
        keys = self._keys(passing.values(self.name))
        ranked = _Ranked(keys, passing.ids_at, lambda key: self._is_told(key, vocabulary))
        if after is None or start is None:
            chosen = ranked.first(np.arange(len(keys)), most)
        else:
            chosen = ranked.beyond(start, after.row_id, most)
        ids, exact = passing.ids_at(chosen), passing.exact_at(chosen)
        ascending = np.argsort(ids)
        return Page(ids[ascending], exact[ascending], asked.number, asked.unlocated)

    def _nearest(self, stretches: Stretches, start: int | None, most: int) -> Integers:
        """All rows of the start, and at least so many of those that come next; perhaps all."""
        every = max(1, stretches.count() // _SAMPLE)
        keys = self._keys(stretches.some(self.name, every))
        keys = keys if start is None else keys[keys > start]
        wanted = most // every + _SPARE
        while wanted < len(keys):
            last = int(np.partition(keys, wanted)[wanted])
            if last == _LAST:
                break
            rows = stretches.within(self.name, self._span(start, last))
            found = self._keys(stretches.block.columns[self.name][rows])
            beyond = found if start is None else found[found > start]
            if len(beyond) >= most:
                return rows
            wanted *= 2
        return stretches.rows()

    def _span(self, start: int | None, last: int) -> Span:
        """Values from one key to another, both known."""
        begin, end = (key if key is None else self._value(key) for key in (start, last))
        return Span(end, begin) if self.descending else Span(begin or 0, end)

    def _value(self, key: int) -> int:
        """What stands in the column for a key that is known."""
        if self.name in INSTANTS:
            return self._turned(key)
        return -key if self.descending else key

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
