"""Sorted rows from which some leave and to which others come, without sorting them again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from spatial.grid import Integers

Rows = npt.NDArray[np.int32]
Columns = Mapping[str, npt.NDArray[Any]]
_MOST_STRETCHES = 1_000
"""So many are copied one by one in the time that it takes to look up where each row was."""


@dataclass(frozen=True, slots=True)
class Merge:
    """How some rows leave a sequence and others are put between those that stay.

    Between two changes all rows move by the same number of places, so that nothing is sorted.
    Where most rows are changed in their places, what moves alike are a few long stretches.

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
    stretches
        First row of the result, the one behind the last, and the first row in the sequence: of
        rows that move alike.
    order
        Where these are many, for each row of the result its row in the sequence, without a
        meaning for fresh ones; the stretches are not kept then.
    """

    length: int
    removed: Integers
    places: Integers
    fresh: Integers
    stretches: Sequence[tuple[int, int, int]]
    order: Integers | None

    @classmethod
    def of(cls, length: int, removed: Integers, places: Integers) -> "Merge":
        """Plan how `length` rows change; attributes as of the class."""
        fresh = places - np.searchsorted(removed, places) + np.arange(len(places))
        left = removed - np.arange(len(removed)) + np.searchsorted(places, removed, side="right")
        size = length - len(removed) + len(places)
        firsts, steps = _steps(left, fresh, size)
        if len(firsts) > _MOST_STRETCHES:
            order = np.arange(size) + steps.repeat(np.diff(firsts, append=size))
            return cls(length, removed, places, fresh, (), order)
        # At both ends there may be fresh rows, for which the sequence has none.
        lasts = np.minimum(np.append(firsts, size)[1:], length - steps)
        firsts = np.maximum(firsts, -steps)
        stretches = zip(firsts.tolist(), lasts.tolist(), (firsts + steps).tolist(), strict=True)
        some = [each for each in stretches if each[0] < each[1]]
        return cls(length, removed, places, fresh, some, None)

    @property
    def moves_none(self) -> bool:
        """Whether every row that stays is where it was."""
        return self.order is None and self.stretches in ([], [(0, self.length, 0)])

    def followed(self, rows: Rows) -> Rows:
        """Where some rows of the sequence, in any order, are in the result; -1 for what left."""
        if self.moves_none:
            left = np.zeros(self.length, dtype=np.bool_)
            left[self.removed] = True
            return np.where(left.take(rows, mode="clip"), np.int32(-1), rows)
        firsts, steps = _steps(self.places, self.removed + 1, self.length)
        every = np.arange(self.length, dtype=np.int32)
        every += steps.astype(np.int32).repeat(np.diff(firsts, append=self.length))
        every[self.removed] = -1
        return every.take(rows, mode="clip")

    def where(self, stayed: Integers) -> Integers:
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
        column: npt.NDArray[Any]
        if self.order is not None:
            column = mine.astype(kind, copy=False).take(self.order, mode="clip")
        else:
            column = np.empty(self.length - len(self.removed) + len(self.places), kind)
            for first, last, source in self.stretches:
                column[first:last] = mine[source : source + last - first]
        column[self.fresh] = theirs
        return column


def places_in_stead(
    keys: Integers, places: Integers, removed: Integers, removed_keys: Integers
) -> Integers:
    """Places for rows that come, each with the key of one that leaves in the stead of that one.

    Parameters
    ----------
    keys
        Of the rows that come; ascending.
    places
        Before which row of the sequence each of them is put if nothing leaves: behind all of
        its key.
    removed, removed_keys
        Rows that leave, ascending, and their keys.

    Returns
    -------
    places
        Ascending.
    """
    firsts, lasts = (np.searchsorted(removed_keys, keys, side=side) for side in ("left", "right"))
    stead = firsts + np.arange(len(keys)) - np.searchsorted(keys, keys)
    is_paired = stead < lasts
    found = places.copy()
    found[is_paired] = removed[stead[is_paired]] + 1
    return found


def _steps(up: Integers, down: Integers, length: int) -> tuple[Integers, Integers]:
    """How many of `up` are at or before each of `length` rows, less those of `down`.

    As the first rows of stretches with one number, and the number of each.
    """
    where = np.concatenate([[0], up, down])
    order = np.argsort(where, kind="stable")
    signs = np.where(order <= len(up), 1, -1)
    signs[0] = 0
    edges, steps = where[order], np.cumsum(signs)
    last = np.append(edges[1:] != edges[:-1], True) & (edges < length)
    edges, steps = edges[last], steps[last]
    begins = np.append(True, steps[1:] != steps[:-1])[: len(steps)]
    return edges[begins], steps[begins]
