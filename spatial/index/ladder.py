"""The default set in cells of one fine level as running sums: any coarser cell is a difference."""

from dataclasses import dataclass

import numpy as np

from spatial.grid import WORLD_BITS, CellRange, Integers
from spatial.index.keys import run_starts
from spatial.index.sums import CellSums

LADDER_LEVEL = 20
"""The cells of zoom 14, the closest that a tile of cells alone has."""


@dataclass(frozen=True, slots=True)
class Ladder:
    """Running sums over ascending cells.

    Attributes
    ----------
    cells
        Occupied cells of level 20.
    running
        Sums of all cells before each one, and of all at the end; rows as in `CellSums`.
    """

    cells: Integers
    running: Integers

    @classmethod
    def of(cls, fine: CellSums) -> "Ladder":
        """Add up the sums of cells of level 20."""
        return cls(fine.cells, np.cumsum(np.pad(fine.sums, ((0, 0), (1, 0))), axis=1))

    def joined(self, other: "Ladder") -> "Ladder":
        """Both added up; `other` may take away."""
        return Ladder.of(self.fine().joined(other.fine()))

    def fine(self) -> CellSums:
        """Sums of each cell of level 20."""
        return CellSums(LADDER_LEVEL, self.cells, np.diff(self.running))

    def cell_sums(self, level: int, within: CellRange) -> CellSums:
        """Sums of the cells of a level, at most 20, that begin within a range."""
        finest = 2 * (WORLD_BITS - LADDER_LEVEL)
        first = np.searchsorted(self.cells, within.first >> finest)
        last = np.searchsorted(self.cells, within.last >> finest, side="right")
        parents = self.cells[first:last] >> 2 * (LADDER_LEVEL - level)
        starts = run_starts(parents)
        edges = np.append(starts, len(parents)) + first
        return CellSums(level, parents[starts], np.diff(self.running[:, edges]))
