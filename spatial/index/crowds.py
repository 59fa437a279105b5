"""Private needs: counted in their public area, shown at its label point."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from spatial.grid import CellRange, Integers, deinterleave
from spatial.index.block import Block
from spatial.index.choice import Plan
from spatial.index.keys import EVERYWHERE, run_starts, sorting_order
from spatial.index.rollup import FIELD_BITS, Rollup
from spatial.index.sums import MEASURES, lowered

AreaNumbers = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class SpotSums:
    """Sums per spot: a label point's cell and the public area that is shown there.

    Attributes
    ----------
    cells
        Morton codes at 2**31 of the label points.
    areas
        Positions in the vocabulary's public areas.
    sums
        Rows count, cost, beneficiaries, supporters; a column for each spot.
    """

    cells: Integers
    areas: Integers
    sums: Integers

    @classmethod
    def of(cls, block: Block, plan: Plan, within: CellRange, areas: AreaNumbers) -> "SpotSums":
        """Add up the crowds that pass; `areas` has the public area of each place."""
        rows = block.rows(plan, *block.keys.crowd_span(within))
        sums = np.stack(block.measures(rows, MEASURES[1:]))
        return cls(block.keys.cells(rows), areas[block.columns["place"][rows]], sums).once()

    def once(self) -> "SpotSums":
        """Each spot once."""
        spots, numbers = _spots(self.cells, self.areas)
        order = np.argsort(numbers, kind="stable")
        sums = lowered(self.sums[:, order], run_starts(numbers[order]))
        return SpotSums(*spots, sums)

    def joined(self, other: "SpotSums") -> "SpotSums":
        """Both added up; what counts nothing any more is left out."""
        if not len(other.cells):
            return self
        both = SpotSums(
            np.concatenate([self.cells, other.cells]),
            np.concatenate([self.areas, other.areas]),
            np.concatenate([self.sums, other.sums], axis=1),
        ).once()
        some = both.sums[0] != 0
        return SpotSums(both.cells[some], both.areas[some], both.sums[:, some])


@dataclass(frozen=True, slots=True)
class CrowdSums:
    """Sums of private needs per public area, with the position that stands for it.

    Attributes
    ----------
    areas
        Positions in the vocabulary's public areas, in the order of their codes.
    px, py
        Web-mercator integers of the label point. Where an area has several, under different
        editions, the westernmost px and the southernmost py.
    sums
        Rows count, cost (rupiah), beneficiaries, supporters (people); a column for each area.
    """

    areas: Integers
    px: Integers
    py: Integers
    sums: Integers

    @classmethod
    def of(cls, spots: SpotSums, ranks: AreaNumbers) -> "CrowdSums":
        """Gather the spots of each area; `ranks` says in which order areas come."""
        order = np.argsort(ranks[spots.areas], kind="stable")
        starts = run_starts(spots.areas[order])
        if not len(starts):
            nothing = np.empty(0, dtype=np.int64)
            return cls(nothing, nothing, nothing, spots.sums)
        px, py = deinterleave(spots.cells[order])
        return cls(
            spots.areas[order][starts],
            np.minimum.reduceat(px, starts),
            np.maximum.reduceat(py, starts),
            lowered(spots.sums[:, order], starts),
        )


@dataclass(frozen=True, slots=True)
class CrowdRollup:
    """Crowds per spot and joint value of category, status, year and standing.

    Attributes
    ----------
    cells, areas
        Of each spot; spots are numbered in the order in which they became known.
    entries
        Groups are numbers of spots.
    """

    cells: Integers
    areas: Integers
    entries: Rollup

    @classmethod
    def of(cls, block: Block, area_of_place: AreaNumbers) -> "CrowdRollup":
        """Add up the crowds of a block."""
        first, last = block.keys.crowd_span(EVERYWHERE)
        rows = np.arange(first, last)
        areas = area_of_place[block.columns["place"][first:last]]
        (cells, shown), numbers = _spots(block.keys.cells(rows), areas)
        fields = {name: block.columns[name][first:last] for name in FIELD_BITS}
        values = block.measures(rows, MEASURES[1:])
        measures = dict(zip(MEASURES, values, strict=True))
        return cls(cells, shown, Rollup.of(numbers, fields, measures))

    def joined(self, other: "CrowdRollup") -> "CrowdRollup":
        """Both added up; spots keep their numbers and new ones follow."""
        numbers = {spot: number for number, spot in enumerate(self.spots())}
        theirs = [numbers.setdefault(spot, len(numbers)) for spot in other.spots()]
        cells, areas = np.array(list(numbers), dtype=np.int64).reshape(-1, 2).T
        entries = other.entries.renumbered(np.array(theirs, dtype=np.int64))
        return CrowdRollup(cells, areas, self.entries.joined(entries))

    def spots(self) -> list[tuple[int, int]]:
        """Cell and area of each spot, in the order of their numbers."""
        return list(zip(self.cells.tolist(), self.areas.tolist(), strict=True))

    def spot_sums(self, plan: Plan, within: CellRange) -> SpotSums:
        """Sums of what passes, per spot in a range of cells."""
        inside = (self.cells >= within.first) & (self.cells <= within.last)
        numbers = np.flatnonzero(inside)
        if not len(numbers):
            nothing = np.empty(0, dtype=np.int64)
            return SpotSums(nothing, nothing, np.empty((4, 0), dtype=np.int64))
        known = self.entries.groups
        first = int(np.searchsorted(known, numbers[0]))
        last = int(np.searchsorted(known, numbers[-1], side="right"))
        groups, sums = self.entries.selected(plan, MEASURES, first=first, last=last)
        spots = known[groups]
        kept = inside[spots]
        spots = spots[kept]
        return SpotSums(self.cells[spots], self.areas[spots], sums[:, kept])


def _spots(cells: Integers, areas: Integers) -> tuple[tuple[Integers, Integers], Integers]:
    """Distinct pairs, by cell and then area, and the number of the pair of each row."""
    distinct, cell_numbers = _ranked(cells)
    width = int(areas.max(initial=0)) + 1
    pairs, numbers = _ranked(cell_numbers * width + areas)
    return (distinct[pairs // width], pairs % width), numbers


def _ranked(values: Integers) -> tuple[Integers, Integers]:
    """Distinct values, ascending, and the position of each value among them."""
    order = sorting_order(values)
    ordered = values[order]
    starts = run_starts(ordered)
    numbers = np.empty(len(values), dtype=np.int64)
    numbers[order] = np.arange(len(starts)).repeat(np.diff(np.append(starts, len(values))))
    return ordered[starts], numbers
