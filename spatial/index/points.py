"""Exact places one by one, as the closest tiles show them."""

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from spatial.grid import CellRange, Integers
from spatial.index.base import Base
from spatial.index.block import cells_of_rows
from spatial.index.choice import Plan
from spatial.index.delta import Delta
from spatial.index.keys import HEAD_LEVEL, are_among
from spatial.index.sums import CellSums

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

    @property
    def number(self) -> int:
        """How many there are."""
        return len(self.mine) + len(self.came)

    @property
    def unlocated(self) -> int:
        """How many of them have no public position."""
        parts = ((self.mine, self.base.block), (self.came, self.delta.added))
        return sum(int(np.searchsorted(rows, block.keys.position(0))) for rows, block in parts)

    def ids_at(self, places: Integers) -> Integers:
        """Ids of some of the rows; first those of the base are counted, then those added."""
        old = places < len(self.mine)
        mine, came = self.mine[places[old]], self.came[places[~old] - len(self.mine)]
        return np.concatenate([self.base.identity.ids_at(mine), self.delta.ids[came]])

    def values(self, name: str) -> npt.NDArray[Any]:
        """A column of the rows, first of the base, in the type in which it is kept."""
        mine, came = self.base.block.columns[name], self.delta.added.columns[name]
        return np.concatenate([mine[self.mine], came[self.came]])

    def split(self, most: int, level: int) -> tuple[Points, CellSums]:
        """The first rows, `most` at most, and the sums of the others in cells of a level."""
        ids, cells = self._ids(), self._cells()
        order = _by_cell_and_id(ids, cells)
        first = order[:most]
        points = Points(
            ids[first], cells[first], {name: self._column(name)[first] for name in COLUMNS}
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

    def _ids(self) -> Integers:
        return np.concatenate([self.base.identity.ids_at(self.mine), self.delta.ids[self.came]])

    def _cells(self) -> Integers:
        mine, came = self.base.block.keys, self.delta.added.keys
        return np.concatenate([mine.cells(self.mine), came.cells(self.came)])

    def _column(self, name: str) -> Integers:
        mine, came = self.base.block.columns[name], self.delta.added.columns[name]
        values: npt.NDArray[np.int64] = np.concatenate(
            [mine[self.mine].astype(np.int64), came[self.came].astype(np.int64)]
        )
        return values


def _still_there(mine: Integers, came: Integers, delta: Delta) -> tuple[Integers, Integers]:
    gone = are_among(mine, delta.removed)
    return mine[~gone] if gone.any() else mine, came


def _by_cell_and_id(ids: Integers, cells: Integers) -> Integers:
    """The order of rows that come nearly in the order of cells, few of them in the same."""
    order = np.argsort(cells, kind="stable")
    same = np.diff(cells[order]) == 0
    shared = np.zeros(len(order), dtype=np.bool_)
    shared[1:] |= same
    shared[:-1] |= same
    places = np.flatnonzero(shared)
    rows = order[places]
    order[places] = rows[np.lexsort((ids[rows], cells[rows]))]
    return order
