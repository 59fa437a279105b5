"""Which rows of an index lie in a box of degrees, without the degrees of any row.

The columns keep the place of a row, about 2 cm wide. Whatever is a whole place away from an edge
of the box is surely in it or out of it. The rows on the edge itself are in *doubt*: their degrees
decide, which whoever asks must compare. Then the box is told which keys are in it.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from operator import attrgetter
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
_FIRST = attrgetter("first")
MOST_GAP = 50_000
"""Rows: to look at so many in vain takes as long as to look at a stretch by itself."""
_MOST_SEEN = 2
"""A base and what was added to it."""
# As in spatial.grid, for the 15 bits of each direction that a tail has.
_SPREADING = ((8, 0x00FF00FF), (4, 0x0F0F0F0F), (2, 0x33333333), (1, 0x55555555))

Mask = npt.NDArray[np.bool_]


class _Side(NamedTuple):
    """How the places of one direction lie in the tails of keys."""

    bits: int
    """Which bits of a tail they are."""
    shift: int

    def within(self, places: Tails, least: int, most: int) -> Mask:
        """Whether they lie from one place of a head to another, both included."""
        if least > most or least > _LAST or most < 0:
            return np.zeros(len(places), dtype=np.bool_)
        if least <= 0:
            return places <= self._spread(min(most, _LAST))
        inside: Mask = places >= self._spread(least)
        if most < _LAST:
            inside &= places <= self._spread(most)
        return inside

    def _spread(self, place: int) -> np.uint32:
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


class Stretch(NamedTuple):
    """Rows one after the other, nearly all of which lie in heads that a box touches.

    Attributes
    ----------
    first, last
        The first row, and the first one beyond.
    gaps
        First row, and first one beyond, of what lies between in heads that it does not touch.
    """

    first: int
    last: int
    gaps: tuple[tuple[int, int], ...]


class Along(NamedTuple):
    """What an edge of a box does to the rows of one head.

    Attributes
    ----------
    first
        The first of the rows.
    surely
        Which of them are in the box for sure.
    """

    first: int
    surely: Mask


class Edges(NamedTuple):
    """The rows of some keys along the edges of a box.

    Attributes
    ----------
    keys
        Of the rows.
    stretches
        Outside of which no row is in the box, ascending.
    along
        By head that is not in the box as a whole, ascending.
    doubtful
        Rows that are in doubt, ascending.
    """

    keys: SortedKeys
    stretches: tuple[Stretch, ...]
    along: tuple[Along, ...]
    doubtful: Integers


@dataclass(frozen=True, slots=True)
class Box:
    """A box of places, its edges included.

    Attributes
    ----------
    west, north, east, south
        The outermost places that may lie in it.
    held
        Of the keys in doubt, those that lie in it.
    seen
        The edges as they run through the keys last asked about: whoever asks which rows are in
        doubt goes on to ask which are in it.
    """

    west: int
    north: int
    east: int
    south: int
    held: frozenset[int] = field(default=frozenset())
    seen: list[Edges] = field(default_factory=list, compare=False, repr=False)

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
        clipped = [
            (max(each.first, first), min(each.last, last)) for each in self._edges(keys).stretches
        ]
        return [(start, stop) for start, stop in clipped if start < stop]

    def narrow(self, passing: Mask, keys: SortedKeys, first: int) -> None:
        """Let no row of a span pass that is not in the box; `passing` begins with row `first`."""
        edges, last = self._edges(keys), first + len(passing)
        held = self._held_among(edges, first, last)
        held = held[passing[held - first]]
        for each in edges.stretches:
            for start, stop in each.gaps if each.first < last and first < each.last else ():
                passing[max(start - first, 0) : max(stop - first, 0)] = False
        # The one before the first that begins in the span may reach into it.
        begun = max(bisect_left(edges.along, first, key=_FIRST) - 1, 0)
        for start, surely in edges.along[begun : bisect_left(edges.along, last, key=_FIRST)]:
            begin, end = max(start, first), min(start + len(surely), last)
            if begin < end:
                passing[begin - first : end - first] &= surely[begin - start : end - start]
        passing[held - first] = True

    def _held_among(self, edges: Edges, first: int, last: int) -> Integers:
        """Rows from `first` to before `last` that are in doubt and in the box."""
        some = slice(*np.searchsorted(edges.doubtful, (first, last)).tolist())
        rows = edges.doubtful[some]
        if not len(rows) or not self.held:
            return rows[:0]
        keys = edges.keys.at(rows).tolist()
        return rows[np.array([key in self.held for key in keys], dtype=np.bool_)]

    def doubtful(self, keys: SortedKeys) -> Integers:
        """Rows that are in doubt, ascending."""
        return self._edges(keys).doubtful

    def _edges(self, keys: SortedKeys) -> Edges:
        found = next((edges for edges in self.seen if edges.keys is keys), None)
        if found is None:
            found = self._run_along(keys)
            self.seen[:] = [*self.seen[-_MOST_SEEN + 1 :], found]
        return found

    def _run_along(self, keys: SortedKeys) -> Edges:
        cut = self._cut(keys)
        along, doubtful = [], [np.empty(0, dtype=np.int64)]
        for head, column, row, is_whole in zip(*(each.tolist() for each in cut), strict=True):
            if is_whole:
                continue
            first, last = keys.starts[head : head + 2].tolist()
            edges = column << _SIDE_BITS, row << _SIDE_BITS
            surely, maybe = self._among(keys.tails[first:last], *edges)
            along.append(Along(first, surely))
            doubtful.append((maybe > surely).nonzero()[0] + first)
        stretches = _stretches(keys, cut.heads)
        return Edges(keys, stretches, tuple(along), np.concatenate(doubtful))

    def _among(self, tails: Tails, west: int, north: int) -> tuple[Mask, Mask]:
        """Whether tails of the head at an edge are in the box: surely, and perhaps."""
        surely, maybe = [], []
        for side, least, most in (
            (_EASTWARD, self.west - west, self.east - west),
            (_SOUTHWARD, self.north - north, self.south - north),
        ):
            if least + DOUBT <= 0 and most - DOUBT >= _LAST:
                continue
            places = tails & np.uint32(side.bits)
            surely.append(side.within(places, least + DOUBT, most - DOUBT))
            maybe.append(side.within(places, least, most))
        # One direction at least cuts a head that is not in the box as a whole.
        return (
            (surely[0], maybe[0]) if len(surely) == 1
            else (surely[0] & surely[1], maybe[0] & maybe[1])
        )  # fmt: skip

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


def _stretches(keys: SortedKeys, heads: Integers) -> tuple[Stretch, ...]:
    """The rows of some heads, ascending, as few stretches with short gaps."""
    if not len(heads):
        return ()
    ends = np.flatnonzero(np.diff(heads) > 1)
    starts = keys.starts[heads[np.append(0, ends + 1)]].tolist()
    stops = keys.starts[heads[np.append(ends, -1)] + 1].tolist()
    wide = [place for place in range(1, len(starts)) if starts[place] - stops[place - 1] > MOST_GAP]
    return tuple(
        Stretch(
            starts[first],
            stops[last - 1],
            tuple(zip(stops[first : last - 1], starts[first + 1 : last], strict=True)),
        )
        for first, last in pairwise([0, *wide, len(starts)])
    )
