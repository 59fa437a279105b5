"""Which rows of an index lie in a box of degrees, without the degrees of any row.

The columns keep the place of a row, about 2 cm wide. Whatever is a whole place away from an edge
of the box is surely in it or out of it. The rows on the edge itself are in *doubt*: their degrees
decide, which whoever asks must compare. Then the box is told which keys are in it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from spatial.grid import Integers, deinterleave, mercator_integers
from spatial.index.keys import HEAD_LEVEL, TAIL_BITS, SortedKeys, Tails

DOUBT = 3
"""Places across an edge that are in doubt: its own and, for rounding, one on either side."""
_HEAD_BITS = 2 * HEAD_LEVEL
_SIDE_BITS = TAIL_BITS // 2
_LAST = (1 << _SIDE_BITS) - 1
# As in spatial.grid, for the 15 bits of each direction that a tail has.
_SPREADING = ((8, 0x00FF00FF), (4, 0x0F0F0F0F), (2, 0x33333333), (1, 0x55555555))

Mask = npt.NDArray[np.bool_]


class _Side(NamedTuple):
    """How the places of one direction lie in the tails of keys."""

    bits: int
    """Which bits of a tail they are."""
    shift: int

    def spread(self, place: int) -> np.uint32:
        """A place of a head, 15 bits, as a tail has it."""
        for shift, mask in _SPREADING:
            place = (place | place << shift) & mask
        return np.uint32(place << self.shift)


_EASTWARD = _Side(0x15555555, 0)
_SOUTHWARD = _Side(0x2AAAAAAA, 1)


class Cut(NamedTuple):
    """The heads of some keys that a box touches.

    Attributes
    ----------
    heads
        Positions in the heads, ascending.
    columns, rows
        Where each lies among the cells of level 16.
    whole
        Whether each is surely in the box as a whole.
    """

    heads: Integers
    columns: Integers
    rows: Integers
    whole: Mask


@dataclass(frozen=True, slots=True)
class Box:
    """A box of places, its edges included.

    Attributes
    ----------
    west, north, east, south
        The outermost places that may lie in it.
    held
        Of the keys in doubt, those that lie in it.
    """

    west: int
    north: int
    east: int
    south: int
    held: frozenset[int] = field(default=frozenset())

    @classmethod
    def of(cls, bounds: Sequence[float]) -> "Box":
        """A box of degrees: west, south, east, north, EPSG:4326; nothing in doubt is in it yet.

        Clamps as `spatial.grid.mercator_integers`, and its InvalidGeometry.
        """
        west, south, east, north = bounds
        columns, rows = mercator_integers([west, east], [north, south])
        return cls(int(columns[0]) - 1, int(rows[0]) - 1, int(columns[1]) + 1, int(rows[1]) + 1)

    def settled(self, held: Iterable[int]) -> "Box":
        """The box with some of the keys in doubt in it, and the others out of it."""
        return replace(self, held=frozenset(held))

    def spans(self, keys: SortedKeys, first: int, last: int) -> list[tuple[int, int]]:
        """Stretches of rows, from `first` to before `last`, outside of which none is in the box."""
        cut = self._cut(keys)
        ends = np.flatnonzero(np.diff(cut.heads) > 1)
        starts = keys.starts[cut.heads[np.append(0, ends + 1)]] if len(cut.heads) else []
        stops = keys.starts[cut.heads[np.append(ends, -1)] + 1] if len(cut.heads) else []
        clipped = zip(np.maximum(starts, first), np.minimum(stops, last), strict=True)
        return [(int(start), int(stop)) for start, stop in clipped if start < stop]

    def contains(self, keys: SortedKeys, rows: Integers) -> Mask:
        """Whether each of some rows, ascending, is in the box."""
        inside, doubtful = self._apart(keys, rows)
        if len(doubtful):
            held = np.array(sorted(self.held), dtype=np.int64)
            inside[doubtful] = np.isin(keys.at(rows[doubtful]), held)
        return inside

    def doubtful(self, keys: SortedKeys) -> Integers:
        """Rows that are in doubt, ascending."""
        cut = self._cut(keys)
        edges = [keys.starts[head : head + 2] for head in cut.heads[~cut.whole]]
        parts = [np.arange(*edge) for edge in edges]
        rows = np.concatenate([np.empty(0, dtype=np.int64), *parts])
        found: Integers = rows[self._apart(keys, rows)[1]]
        return found

    def _apart(self, keys: SortedKeys, rows: Integers) -> tuple[Mask, npt.NDArray[np.intp]]:
        """Whether each row is surely in the box, and positions of those in doubt, ascending."""
        inside = np.zeros(len(rows), dtype=np.bool_)
        doubtful = [np.empty(0, dtype=np.intp)]
        cut = self._cut(keys)
        firsts = np.searchsorted(rows, keys.starts[cut.heads]).tolist()
        lasts = np.searchsorted(rows, keys.starts[cut.heads + 1]).tolist()
        for number, (first, last) in enumerate(zip(firsts, lasts, strict=True)):
            if cut.whole[number] or first == last:
                inside[first:last] = True
                continue
            tails = keys.tails[rows[first:last]]
            edges = int(cut.columns[number]) << _SIDE_BITS, int(cut.rows[number]) << _SIDE_BITS
            surely = self._within(tails, *edges, DOUBT)
            inside[first:last] = surely
            maybe = self._within(tails, *edges, 0)
            doubtful.append(np.flatnonzero(maybe & ~surely) + first)
        return inside, np.concatenate(doubtful)

    def _within(self, tails: Tails, west: int, north: int, margin: int) -> Mask:
        """Whether tails of the head at an edge are in the box without its outermost places."""
        inside = np.ones(len(tails), dtype=np.bool_)
        for side, least, most in (
            (_EASTWARD, self.west + margin - west, self.east - margin - west),
            (_SOUTHWARD, self.north + margin - north, self.south - margin - north),
        ):
            if least > most or least > _LAST or most < 0:
                return np.zeros(len(tails), dtype=np.bool_)
            if least > 0:
                inside &= (tails & np.uint32(side.bits)) >= side.spread(least)
            if most < _LAST:
                inside &= (tails & np.uint32(side.bits)) <= side.spread(most)
        return inside

    def _cut(self, keys: SortedKeys) -> Cut:
        located = keys.heads >= 0
        columns, rows = deinterleave(keys.heads & ((1 << _HEAD_BITS) - 1))
        touched = located & self._reaches(columns, rows, 0, whole=False)
        heads = np.flatnonzero(touched)
        whole = self._reaches(columns[heads], rows[heads], DOUBT, whole=True)
        return Cut(heads, columns[heads], rows[heads], whole)

    def _reaches(self, columns: Integers, rows: Integers, margin: int, *, whole: bool) -> Mask:
        """Whether the box without its outermost places has some, or all, of each head."""
        west, north = columns << _SIDE_BITS, rows << _SIDE_BITS
        east, south = west + _LAST, north + _LAST
        if whole:
            west, east, north, south = east, west, south, north
        reached: Mask = (
            (east >= self.west + margin)
            & (west <= self.east - margin)
            & (south >= self.north + margin)
            & (north <= self.south - margin)
        )
        return reached
