"""Sorted rows from which some leave and to which others come, without sorting them again."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from spatial.grid import Integers

Columns = Mapping[str, npt.NDArray[Any]]


@dataclass(frozen=True, slots=True)
class Merge:
    """How some rows leave a sequence and others are put between those that stay.

    Between two changes all rows move by the same number of places, so that where each comes
    from and goes to is a short list of steps repeated, and nothing is sorted.

    Attributes
    ----------
    length
        Rows of the sequence.
    removed
        Those that leave, ascending.
    places
        For each row that comes, before which of the `length` it is put; ascending.
    fresh
        Where the rows that come are in the result.
    order
        For each row of the result its row in the sequence; without a meaning for fresh ones.
    """

    length: int
    removed: Integers
    places: Integers
    fresh: Integers
    order: npt.NDArray[np.intp]

    @classmethod
    def of(cls, length: int, removed: Integers, places: Integers) -> "Merge":
        """Plan how `length` rows change; attributes as of the class."""
        fresh = places - np.searchsorted(removed, places) + np.arange(len(places))
        left = removed - np.arange(len(removed)) + np.searchsorted(places, removed, side="right")
        size = length - len(removed) + len(places)
        order = np.arange(size) + _steps(left, fresh, size)
        return cls(length, removed, places, fresh, order)

    def new_rows(self) -> npt.NDArray[np.int32]:
        """For each row of the sequence its row in the result, or -1."""
        rows = np.arange(self.length, dtype=np.int32)
        rows += _steps(self.places, self.removed + 1, self.length).astype(np.int32)
        rows[self.removed] = -1
        return rows

    def moved(self, stayed: Integers) -> Integers:
        """Where some rows that stay are in the result."""
        came_before = np.searchsorted(self.places, stayed, side="right")
        rows: Integers = stayed - np.searchsorted(self.removed, stayed) + came_before
        return rows

    def columns(self, first: Columns, second: Columns) -> Columns:
        """Columns of the result, in the wider of both types."""
        return {name: self.column(column, second[name]) for name, column in first.items()}

    def column(self, mine: npt.NDArray[Any], theirs: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """One column of the result, in the wider of both types."""
        kind = np.result_type(mine.dtype, theirs.dtype)
        if not len(mine):
            return theirs.astype(kind)
        column = mine.astype(kind, copy=False).take(self.order, mode="clip")
        column[self.fresh] = theirs
        return column


def _steps(up: Integers, down: Integers, length: int) -> Integers:
    """For each of `length` rows how many of `up` are at it or before, less those of `down`."""
    where = np.concatenate([up, down])
    order = np.argsort(where, kind="stable")
    signs = np.where(order < len(up), 1, -1)
    edges = np.concatenate([[0], where[order], [length]])
    steps: Integers = np.append(0, np.cumsum(signs)).repeat(np.diff(edges))
    return steps
