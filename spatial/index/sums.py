"""Exact sums by key, additive so that a delta can be laid over a base."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from spatial.grid import Integers, deinterleave
from spatial.index.keys import run_starts, sorting_order, sought
from spatial.index.merge import Merge

MEASURES = ("count", "cost", "beneficiaries", "supporters")
# The largest whole number that a float counts up to without a gap.
_FLOAT_LIMIT = 2**53
_HALF_BITS = 24
_MOST_EMPTY = 1 << 20
_UNSIGNED = (np.uint8, np.uint16, np.uint32)
_SIGNED = (np.int8, np.int16, np.int32)


def narrowed(numbers: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """The same whole numbers in the narrowest type that holds them all.

    Parameters
    ----------
    numbers
        Whole numbers within 64 bits.

    Returns
    -------
    narrow
        A copy.
    """
    most, fewest = int(numbers.max(initial=0)), int(numbers.min(initial=0))
    for kind in _UNSIGNED if fewest == 0 else _SIGNED:
        if np.iinfo(kind).min <= fewest and most <= np.iinfo(kind).max:
            return numbers.astype(kind)
    return numbers.astype(np.int64)


def lowered(values: Integers, starts: Integers) -> Integers:
    """Sums over runs of the last axis.

    Parameters
    ----------
    values
        Whole numbers.
    starts
        First position of each run, ascending; a run ends where the next begins.

    Returns
    -------
    sums
        One for each run; none when there are no runs.
    """
    if not len(starts):
        return np.zeros((*values.shape[:-1], 0), dtype=np.int64)
    sums: Integers = np.add.reduceat(values, starts, axis=-1, dtype=np.int64)
    return sums


@dataclass(frozen=True, slots=True)
class KeyedSums:
    """Sums of several measures for ascending keys.

    Attributes
    ----------
    keys
        Ascending, none twice.
    sums
        A row for each measure, a column for each key; the first row is the count.
    """

    keys: Integers
    sums: Integers

    def joined(self, other: "KeyedSums") -> "KeyedSums":
        """Both added up; what counts nothing any more is left out."""
        if not len(other.keys):
            return self
        places, known = sought(other.keys, self.keys)
        met, new = places[known], np.flatnonzero(~known & (other.sums[0] != 0))
        sums = self.sums.copy()
        sums[:, met] += other.sums[:, known]
        gone = met[sums[0, met] == 0]
        if not len(gone) and not len(new):
            return KeyedSums(self.keys, sums)
        merge = Merge.of(len(self.keys), gone, places[new])
        rows = zip(sums, other.sums[:, new], strict=True)
        return KeyedSums(
            merge.column(self.keys, other.keys[new]),
            np.stack([merge.column(mine, theirs) for mine, theirs in rows]),
        )


def sums_by_key(keys: Integers, size: int, measures: Sequence[Integers]) -> KeyedSums:
    """Exact sums of measures by keys in any order.

    Parameters
    ----------
    keys
        For each row 0 to ``size - 1``.
    size
        How many keys there may be.
    measures
        Whole numbers for each row; the count first.

    Returns
    -------
    sums
        Of the keys that occur. Where some counts are negative a key may count nothing and
        still change the other sums, so it stays.
    """
    if (keys[1:] >= keys[:-1]).all():
        return _runs_added_up(keys, measures)
    if size <= max(_MOST_EMPTY, 2 * len(keys)):
        sums = np.stack([_counted(keys, size, measure) for measure in measures])
        some = np.flatnonzero((sums != 0).any(axis=0))
        return KeyedSums(some, sums[:, some])
    order = sorting_order(keys)
    return _runs_added_up(keys[order], [measure[order] for measure in measures])


def _runs_added_up(keys: Integers, measures: Sequence[Integers]) -> KeyedSums:
    starts = run_starts(keys)
    if len(starts) == len(keys):
        return KeyedSums(keys, np.stack(measures, dtype=np.int64))
    return KeyedSums(keys[starts], np.stack([lowered(measure, starts) for measure in measures]))


def taken_apart(keys: Integers, size: int) -> tuple[Integers, Integers]:
    """Keys without their last part, and that part, of which there are `size`.

    As ``numpy.divmod``, but several times quicker: NumPy has a short way for a division alone.

    Parameters
    ----------
    keys
        Not negative.
    size
        At least 1.

    Returns
    -------
    rest, last
        So that ``rest * size + last`` is the key.
    """
    rest = keys // size
    return rest, keys - rest * size


def _counted(keys: Integers, size: int, measure: Integers) -> Integers:
    """Sums by key; in halves where a float would lose the last digits."""
    most = max(int(measure.max(initial=0)), -int(measure.min(initial=0)))
    if most * len(measure) < _FLOAT_LIMIT:
        return np.bincount(keys, measure, size).astype(np.int64)
    low = measure & ((1 << _HALF_BITS) - 1)
    high = measure >> _HALF_BITS
    return (_counted(keys, size, high) << _HALF_BITS) + _counted(keys, size, low)


@dataclass(frozen=True, slots=True)
class CellSums:
    """Sums of the occupied cells of one level.

    Attributes
    ----------
    level
        Of the cells; there are 4**level in the world.
    cells
        Morton codes at that level, ascending.
    sums
        Rows count, cost (rupiah, of what is known), beneficiaries (people), supporters
        (people), and the sums of the web-mercator integers px and py; a column for each cell.
    """

    level: int
    cells: Integers
    sums: Integers

    @classmethod
    def none(cls, level: int) -> "CellSums":
        """No cells."""
        return cls(level, np.empty(0, dtype=np.int64), np.empty((6, 0), dtype=np.int64))

    def weight(self, name: str) -> Integers:
        """One of the four measures by name."""
        weight: Integers = self.sums[MEASURES.index(name)]
        return weight

    def coarsened(self, level: int) -> "CellSums":
        """The same sums in the cells of a coarser level."""
        cells = self.cells >> 2 * (self.level - level)
        starts = run_starts(cells)
        return CellSums(level, cells[starts], lowered(self.sums, starts))

    def joined(self, other: "CellSums") -> "CellSums":
        """Both added up, at the same level; cells that count nothing any more are left out."""
        both = KeyedSums(self.cells, self.sums).joined(KeyedSums(other.cells, other.sums))
        return CellSums(self.level, both.keys, both.sums)

    def columns_and_rows(self) -> tuple[Integers, Integers]:
        """Column from the west and row from the north of each cell, at its level."""
        return deinterleave(self.cells)
