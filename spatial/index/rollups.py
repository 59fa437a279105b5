"""The sums that a base keeps beside its rows, and how a delta is folded into them."""

from dataclasses import dataclass

import numpy as np

from spatial.grid import WORLD_BITS, CellRange, Integers, deinterleave
from spatial.index.block import Block
from spatial.index.choice import Plan
from spatial.index.keys import EVERYWHERE
from spatial.index.rollup import FIELD_BITS, Rollup
from spatial.index.sums import MEASURES, CellSums
from spatial.index.vocabulary import Vocabulary

AREA_MEASURES = ("count", "cost", "known", "beneficiaries", "supporters", "unlocated")
CELL_LEVELS = (16, 18)
JOINT_FIELDS = ("category", "status", "year")


@dataclass(frozen=True, slots=True)
class CellRollup:
    """Exact places per cell and joint value of category, status, year and standing.

    Attributes
    ----------
    level
        Of the cells, which are the groups of the entries.
    entries
        With the sums of places counted from the west and north edge of their cell.
    """

    level: int
    entries: Rollup

    @classmethod
    def of(cls, block: Block, level: int) -> "CellRollup":
        """Add up the exact places of a block."""
        first, last = block.keys.exact_span(EVERYWHERE)
        rows = np.arange(first, last)
        inside = (1 << WORLD_BITS - level) - 1
        px, py = block.keys.offsets(rows)
        signs, *weights = block.measures(rows, MEASURES[1:])
        measures = dict(zip(MEASURES, (signs, *weights), strict=True))
        measures |= {"x": (px & inside) * signs, "y": (py & inside) * signs}
        cells = block.keys.cells(rows) >> 2 * (WORLD_BITS - level)
        fields = {name: block.columns[name][first:last] for name in FIELD_BITS}
        return cls(level, Rollup.of(cells, fields, measures))

    def joined(self, other: "CellRollup") -> "CellRollup":
        """Both added up."""
        return CellRollup(self.level, self.entries.joined(other.entries))

    def cell_sums(self, plan: Plan, level: int, within: CellRange) -> CellSums:
        """Sums of what passes in the cells of a level, at most the roll-up's own."""
        shift = 2 * (WORLD_BITS - self.level)
        first = int(np.searchsorted(self.entries.groups, within.first >> shift))
        last = int(np.searchsorted(self.entries.groups, within.last >> shift, side="right"))
        groups, sums = self.entries.selected(plan, (*MEASURES, "x", "y"), first=first, last=last)
        cells = self.entries.groups[groups]
        edges = np.stack(deinterleave(cells)) << WORLD_BITS - self.level
        sums[4:] += edges * sums[0]
        return CellSums(self.level, cells, sums).coarsened(level)


def place_rollup(block: Block) -> Rollup:
    """All rows per place, year and standing: for totals at any level.

    Parameters
    ----------
    block
        Rows.

    Returns
    -------
    rollup
        Groups are codes of places.
    """
    return _by_area(block, block.columns["place"].astype(np.int64), ("year", "standing"))


def upper_rollup(block: Block, vocabulary: Vocabulary) -> Rollup:
    """All rows per kelurahan and joint value of category, status, year and standing.

    Parameters
    ----------
    block
        Rows.
    vocabulary
        What the codes of its places mean.

    Returns
    -------
    rollup
        Groups are codes of places, the first of those that share their kelurahan.
    """
    uppers = vocabulary.upper_numbers[block.columns["place"]]
    return _by_area(block, uppers, tuple(FIELD_BITS))


@dataclass(frozen=True, slots=True)
class JointRollup:
    """All rows per place and joint value of category, status and year, apart by standing.

    Attributes
    ----------
    places
        Code of the place that each group stands for: without an RT first, then as the RT
        ascend.
    parts
        Entries of each standing.
    """

    places: Integers
    parts: tuple[Rollup, ...]

    @classmethod
    def of(cls, block: Block, vocabulary: Vocabulary) -> "JointRollup":
        """Add up a block; `vocabulary` says what the codes of its places mean."""
        places = np.argsort(vocabulary.area_numbers["rt"], kind="stable")
        groups = np.empty(len(places), dtype=np.int64)
        groups[places] = np.arange(len(places))
        of_rows = groups[block.columns["place"]]
        standings = (np.flatnonzero(block.columns["standing"] == each) for each in range(4))
        return cls(
            places, tuple(_by_area(block, of_rows[rows], JOINT_FIELDS, rows) for rows in standings)
        )


def _by_area(
    block: Block, groups: Integers, names: tuple[str, ...], rows: Integers | None = None
) -> Rollup:
    """Rows, all of them without `rows`, by the groups that they belong to."""
    chosen = np.arange(len(block)) if rows is None else rows
    columns = ((name, block.columns[name]) for name in names)
    fields = {name: column if rows is None else column[rows] for name, column in columns}
    values = block.measures(chosen, AREA_MEASURES[1:])
    return Rollup.of(groups, fields, dict(zip(AREA_MEASURES, values, strict=True)))
