"""Sorted columns of rows, each with a sign: the base has no signs, a delta has both."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from spatial.errors import UnevenColumns
from spatial.grid import CellRange, Integers
from spatial.index.choice import LISTED, NEWEST, Mask, Plan
from spatial.index.keys import (
    HEAD_LEVEL,
    SortedKeys,
    origins,
    run_starts,
    sort_keys,
    sorting_order,
)
from spatial.index.sums import CellSums, lowered, narrowed
from spatial.index.vocabulary import INSTANTS, SHORT_COLUMNS, Vocabulary

UNKNOWN = -1
BYTES = ("category", "status", "year", "stage", "funding", "channel", "severity", "standing")

Columns = Mapping[str, npt.NDArray[Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class UsulanRows:
    """Usulan as the public view has them, one row each, in codes of a `Vocabulary`.

    Attributes
    ----------
    ids
        Distinct whole numbers that name the rows, not negative.
    cells
        Morton codes at 2**31 of the public positions; -1 without one.
    exact
        Whether the position is the place itself; False for private needs, which are shown
        at the label point of their public area.
    category, status, year, stage, funding, channel, place
        Codes: positions in the vocabulary's values.
    severity
        1 low to 3 high, 0 unknown.
    listed, newest
        Whether the status belongs to the default set; whether no later listed record of the
        lineage is there.
    cost
        Rupiah; -1 where unknown.
    beneficiaries, supporters
        People; 0 where unknown.
    created, updated
        Codes of the instants: stretches of the vocabulary's moments.
    """

    ids: Integers
    cells: Integers
    exact: npt.NDArray[np.bool_]
    category: Integers
    status: Integers
    year: Integers
    stage: Integers
    funding: Integers
    channel: Integers
    place: Integers
    severity: Integers
    listed: npt.NDArray[np.bool_]
    newest: npt.NDArray[np.bool_]
    cost: Integers
    beneficiaries: Integers
    supporters: Integers
    created: Integers
    updated: Integers

    def columns(self) -> Columns:
        """Columns in the types in which they are kept, rows in the order given."""
        standing = self.listed.astype(np.uint8) * LISTED + self.newest.astype(np.uint8) * NEWEST
        short = {name: getattr(self, name) for name in BYTES if name != "standing"}
        wide = {name: getattr(self, name) for name in ("place", "beneficiaries", "supporters")}
        return {
            **{name: column.astype(np.uint8) for name, column in short.items()},
            "standing": standing,
            **{name: narrowed(column) for name, column in wide.items()},
            "cost": narrowed(self.cost),
            **{name: getattr(self, name).astype(np.uint16) for name in INSTANTS},
        }

    def require_sound(self, vocabulary: Vocabulary) -> None:
        """Raise UnevenColumns or UnknownCode unless each row has a value of each column."""
        for name in self.__slots__:
            if len(getattr(self, name)) != len(self.ids):
                raise UnevenColumns(name, len(getattr(self, name)), len(self.ids))
        for name in (*SHORT_COLUMNS, "place", *INSTANTS):
            vocabulary.require_meaning(name, getattr(self, name))


@dataclass(frozen=True, slots=True)
class Block:
    """Rows in the order of their keys.

    Attributes
    ----------
    keys
        Section and cell of each row (`spatial.index.keys`).
    columns
        By name, a value for each row.
    signs
        1 for a row that is there, -1 for one that is there no more; None when all are there.
    """

    keys: SortedKeys
    columns: Columns
    signs: npt.NDArray[np.int8] | None = None

    def __len__(self) -> int:
        """Count the rows, those that are there no more as well."""
        return len(self.keys)

    def rows(self, plan: Plan, first: int, last: int) -> Integers:
        """Rows from `first` to before `last` that pass, ascending."""
        if first >= last:
            return np.empty(0, dtype=np.int64)
        if plan.box is None:
            return plan.rows(self.columns, first, last)
        found = [np.flatnonzero(mask) + start for start, mask in self.masks(plan, first, last)]
        return np.concatenate([np.empty(0, dtype=np.int64), *found])

    def masks(self, plan: Plan, first: int, last: int) -> list[tuple[int, Mask]]:
        """The same: for stretches in order the first row, and which rows pass; no others do."""
        if plan.box is None:
            return [(first, plan.mask(self.columns, first, last))]
        found = []
        for start, stop in plan.box.spans(self.keys, first, last):
            mask = plan.mask(self.columns, start, stop)
            plan.box.narrow(mask, self.keys, start)
            found.append((start, mask))
        return found

    def only(self, rows: Integers) -> "Block":
        """Some rows, ascending, as a block of their own; all of them are there."""
        columns = {name: column[rows] for name, column in self.columns.items()}
        return Block(SortedKeys.of(self.keys.at(rows)), columns)

    def measures(self, rows: Integers, names: Sequence[str]) -> list[npt.NDArray[Any]]:
        """The count of each row, 1 or -1, and measures with that sign; the unknown is 0."""
        if self.signs is None:
            counts = np.ones(len(rows), dtype=np.uint8)
            return [counts, *(self._measure(name, rows) for name in names)]
        signs = self.signs[rows].astype(np.int64)
        return [signs, *(self._measure(name, rows) * signs for name in names)]

    def _measure(self, name: str, rows: Integers) -> npt.NDArray[Any]:
        values: npt.NDArray[Any]
        if name == "known":
            values = (self.columns["cost"][rows] != UNKNOWN).view(np.uint8)
        elif name == "unlocated":
            values = (rows < self.keys.position(0)).view(np.uint8)
        elif name == "cost":
            values = np.maximum(self.columns["cost"][rows], 0)
        else:
            values = self.columns[name][rows]
        return values

    def cell_sums(self, plan: Plan, level: int, within: CellRange) -> CellSums:
        """Sums of the exact places that pass, in the cells of a level within a range."""
        fine = max(level, HEAD_LEVEL)
        rows = self.rows(plan, *self.keys.exact_span(within))
        summed = cells_of_rows(self, rows, fine)
        return summed if fine == level else summed.coarsened(level)


def cells_of_rows(block: Block, rows: Integers, level: int) -> CellSums:
    """Sums of some rows in the cells of a level.

    Parameters
    ----------
    block
        Where the rows are.
    rows
        Positions of exact places, ascending.
    level
        16 to 31.

    Returns
    -------
    sums
        Of cells with any of them; where rows came and went a cell may count nothing.
    """
    cells = block.keys.cells(rows) >> 2 * (31 - level)
    starts = run_starts(cells)
    counts, *weights = block.measures(rows, ("cost", "beneficiaries", "supporters"))
    sums = [lowered(values, starts) for values in (counts, *weights)]
    edges = origins(cells[starts], level)
    for offsets, edge in zip(block.keys.offsets(rows), edges, strict=True):
        within = lowered(offsets * counts, starts)
        sums.append(within + edge * sums[0])
    return CellSums(level, cells[starts], np.stack(sums))


def block_of(rows: UsulanRows) -> tuple[Block, Integers]:
    """Rows sorted into a block, and their ids in its order.

    Parameters
    ----------
    rows
        Of equally long columns, in any order; those of one cell keep theirs.

    Returns
    -------
    block
        All of them present.
    ids
        Of its rows.
    """
    keys = sort_keys(rows.cells, rows.exact)
    order = sorting_order(keys)
    columns = {name: column[order] for name, column in rows.columns().items()}
    return Block(SortedKeys.of(keys[order]), columns), rows.ids[order]
