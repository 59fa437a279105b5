"""Exact places one by one, as the closest tiles show them."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from spatial.grid import CellRange, Integers
from spatial.index.base import Base
from spatial.index.block import cells_of_rows
from spatial.index.choice import Plan
from spatial.index.delta import Delta
from spatial.index.keys import EXACT, HEAD_LEVEL, SortedKeys, are_among, distinct
from spatial.index.sums import CellSums

Values = npt.NDArray[Any]

COLUMNS = ("category", "status", "year", "severity", "supporters")


class Points(NamedTuple):
    """Rows in the order of cell and id.

    Attributes
    ----------
    ids
        Of the rows.
    cells
        Morton codes at 2**31 of their places.
    columns
        By name of `COLUMNS`, codes or values.
    """

    ids: Integers
    cells: Integers
    columns: dict[str, Integers]


class Passing(NamedTuple):
    """Rows that a plan lets pass: of the base without those that are gone, and of those added."""

    base: Base
    delta: Delta
    mine: Integers
    came: Integers

    @classmethod
    def of(cls, base: Base, delta: Delta, plan: Plan, within: CellRange) -> "Passing":
        """Exact places within a range of cells."""
        mine = base.block.rows(plan, *base.block.keys.exact_span(within))
        came = delta.added.rows(plan, *delta.added.keys.exact_span(within))
        return cls(base, delta, *_still_there(mine, came, delta))

    @classmethod
    def every(cls, base: Base, delta: Delta, plan: Plan) -> "Passing":
        """All of a set, private needs and what has no position as well."""
        mine = base.block.rows(plan, 0, len(base.block))
        came = delta.added.rows(plan, 0, len(delta.added))
        return cls(base, delta, *_still_there(mine, came, delta))

    def ids_at(self, places: Integers) -> Integers:
        """Ids of some of the rows; first those of the base are counted, then those added."""
        mine, came = self._rows_at(places)
        added = self.delta.ids[came]
        return self._together(places, self.base.identity.ids_at(mine), added)

    def exact_at(self, places: Integers) -> npt.NDArray[np.bool_]:
        """Which of them stand at their own place."""
        mine, came = self._rows_at(places)
        first, first_came = (one.position(EXACT) for one in self._keys())
        return self._together(places, mine >= first, came >= first_came)

    def _rows_at(self, places: Integers) -> tuple[Integers, Integers]:
        old = places < len(self.mine)
        return self.mine[places[old]], self.came[places[~old] - len(self.mine)]

    def _together(self, places: Integers, mine: Values, came: Values) -> Values:
        """What was found of the rows at some places, in the order of the places."""
        if not len(came):
            return mine
        old = places < len(self.mine)
        both = np.empty(len(places), dtype=mine.dtype)
        both[old], both[~old] = mine, came
        return both

    def values(self, name: str) -> npt.NDArray[Any]:
        """A column of the rows, first of the base, in the type in which it is kept."""
        mine, came = self.base.block.columns[name], self.delta.added.columns[name]
        return _both(mine[self.mine], came[self.came])

    def measures(self, names: Sequence[str]) -> list[npt.NDArray[Any]]:
        """The count of each row, 1, and measures as `Block.measures` gives them."""
        mine = self.base.block.measures(self.mine, names)
        came = self.delta.added.measures(self.came, names)
        return [np.concatenate(both) for both in zip(mine, came, strict=True)]

    def split(self, most: int, level: int) -> tuple[Points, CellSums]:
        """The first rows, `most` at most, and the sums of the others in cells of a level."""
        cells = self._cells()
        order = self._in_order(cells)
        first = order[:most]
        points = Points(
            self.ids_at(first),
            cells[first],
            {name: self.values(name)[first].astype(np.int64) for name in COLUMNS},
        )
        if len(order) <= most:
            return points, CellSums.none(level)
        return points, self._sums(np.sort(order[most:]), level)

    def _sums(self, rest: Integers, level: int) -> CellSums:
        edge = int(np.searchsorted(rest, len(self.mine)))
        mine, came = self.mine[rest[:edge]], self.came[rest[edge:] - len(self.mine)]
        fine = max(level, HEAD_LEVEL)
        summed = cells_of_rows(self.base.block, mine, fine)
        summed = summed.joined(cells_of_rows(self.delta.added, came, fine))
        return summed if fine == level else summed.coarsened(level)

    def _cells(self) -> Integers:
        mine, came = self._keys()
        return _both(mine.cells(self.mine), came.cells(self.came))

    def _keys(self) -> tuple[SortedKeys, SortedKeys]:
        return self.base.block.keys, self.delta.added.keys

    def _in_order(self, cells: Integers) -> Integers:
        """By cell and id; rows come nearly in the order of cells, few of them in the same."""
        order = np.argsort(cells, kind="stable")
        ordered = cells[order]
        again = np.flatnonzero(ordered[1:] == ordered[:-1])
        if not len(again):
            return order
        places = distinct(again, again + 1)
        rows = order[places]
        order[places] = rows[np.lexsort((self.ids_at(rows), cells[rows]))]
        return order


def _both(mine: Values, came: Values) -> Values:
    """Values of all the rows; mostly none came."""
    return np.concatenate([mine, came]) if len(came) else mine


def _still_there(mine: Integers, came: Integers, delta: Delta) -> tuple[Integers, Integers]:
    if not len(delta.removed):
        return mine, came
    gone = are_among(mine, delta.removed)
    return mine[~gone] if gone.any() else mine, came
