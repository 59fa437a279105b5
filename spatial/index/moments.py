"""Instants in two bytes: which of many short stretches of time each of them falls into.

Few enough rows share a stretch that the order within it may be looked up elsewhere. An instant
that very many share, as a list that was loaded at once gives it, has a stretch of its own; then
there is nothing to look up. New stretches are only ever added at the end.
"""

from dataclasses import dataclass

import numpy as np

from spatial.grid import Integers
from spatial.index.keys import distinct

MOST = 1 << 16
SHARED = 32
"""So many rows share a stretch, about."""
_OF_A_WHOLE = 24_000
"""Stretches of rows that come at once; edges around shared instants may double them."""
_PART_OF_ROOM = 8
_EVER = np.iinfo(np.int64).min


@dataclass(frozen=True, slots=True)
class Moments:
    """Stretches of time that follow one another without a gap.

    Attributes
    ----------
    edges
        First instant of each stretch, ascending; before the first of all is all time, after the
        last too. Whole numbers of any unit.
    latest
        Latest instant that has a code.
    lately
        How many rows are in the last stretch.
    """

    edges: Integers
    latest: int
    lately: int

    @classmethod
    def none(cls) -> "Moments":
        """No instant has a code yet."""
        return cls(np.array([_EVER]), _EVER, 0)

    @classmethod
    def of(cls, instants: Integers) -> "Moments":
        """Stretches for many instants, in any order."""
        if not len(instants):
            return cls.none()
        edges = np.concatenate([[_EVER], _edges(instants, _OF_A_WHOLE)])
        return cls(edges, int(instants.max()), int(np.count_nonzero(instants >= edges[-1])))

    def __len__(self) -> int:
        """Count the stretches."""
        return len(self.edges)

    @property
    def ends(self) -> Integers:
        """The instant after each stretch; the last one has nothing after `latest`."""
        return np.append(self.edges[1:], self.latest + 1)

    def begins_with(self, older: "Moments") -> bool:
        """Whether every code of an older one means the same here."""
        return np.array_equal(self.edges[: len(older)], older.edges)

    def extended(self, instants: Integers) -> "Moments":
        """With further stretches for later instants, unless few come and the last is not full.

        They take a part of what room is left, so that there is always some for those that follow.
        """
        if self.latest == _EVER:
            return Moments.of(instants)
        later = instants[instants > self.latest]
        edges = self.edges
        if len(later) and max(self.lately, len(later)) >= SHARED:
            most = (MOST - len(edges)) // _PART_OF_ROOM
            further = _edges(later, most) if most else edges[:0]
            edges = np.concatenate([edges, further[further > edges[-1]]])
        lately = int(np.count_nonzero(instants >= edges[-1]))
        before = self.lately if len(edges) == len(self.edges) else 0
        return Moments(edges, max(self.latest, int(instants.max(initial=_EVER))), before + lately)

    def codes(self, instants: Integers) -> Integers:
        """In which stretch each instant is."""
        codes: Integers = np.searchsorted(self.edges, instants, side="right") - 1
        return codes

    def code(self, instant: int) -> int:
        """In which stretch an instant is."""
        return int(np.searchsorted(self.edges, instant, side="right")) - 1

    def is_single(self, code: int) -> bool:
        """Whether a stretch is one instant, so that all in it are equal."""
        following = code + 1
        return following < len(self.edges) and self.edges[following] == self.edges[code] + 1


def _edges(instants: Integers, most: int) -> Integers:
    """First instants of so many stretches at most; twice that where instants are shared."""
    ordered = np.sort(instants)
    firsts = ordered[:: max(SHARED, -(-len(ordered) // most))]
    shared = firsts[1:][firsts[1:] == firsts[:-1]]
    return distinct(firsts, shared + 1)
