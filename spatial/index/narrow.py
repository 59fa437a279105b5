"""Columns in types too narrow for a few of their values, whose rest is kept beside them.

Of the sums of many small groups nearly all are small. One of them in the billions would double
the width of all: here it is kept in its lower bits, as all are, and what that lacks in a short
list.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from spatial.grid import Integers
from spatial.index.keys import are_among, sought
from spatial.index.merge import Merge
from spatial.index.sums import lowered, narrowed

_KINDS = (np.uint8, np.uint16, np.uint32)
_MOST_BEYOND = 1 / 32
"""Of the values; a value beyond costs 16 bytes."""

Values = npt.NDArray[Any]


@dataclass(frozen=True, slots=True)
class Narrow:
    """Whole numbers, most of them in few bytes.

    Attributes
    ----------
    low
        Each number in its lower bits.
    places
        Positions of those that need more, ascending.
    rest
        What the lower bits of each of these lack.
    """

    low: Values
    places: Integers
    rest: Integers

    @classmethod
    def of(cls, numbers: Values) -> "Narrow":
        """In the narrowest type that all but one of 32 fit in; all of them, with any below 0."""
        if not len(numbers) or numbers.min() < 0:
            return cls._split(narrowed(numbers), np.empty(0, dtype=np.int64), numbers)
        most = int(len(numbers) * _MOST_BEYOND)
        greatest = int(numbers.max())
        for kind in _KINDS:
            limit = np.iinfo(kind).max
            if greatest <= limit or np.count_nonzero(numbers > limit) <= most:
                return cls._split(numbers.astype(kind), np.flatnonzero(numbers > limit), numbers)
        return cls._split(numbers.astype(np.int64), np.empty(0, dtype=np.int64), numbers)

    @classmethod
    def _split(cls, low: Values, places: Integers, numbers: Values) -> "Narrow":
        return cls(low, places, numbers[places].astype(np.int64) - low[places])

    def __len__(self) -> int:
        """Count the numbers."""
        return len(self.low)

    def whole(self) -> Values:
        """All numbers, in the narrow type if none is beyond it."""
        return self._mended(self.low, self.places, self.rest)

    def beyond(self, first: int) -> Values:
        """The numbers from a place on."""
        later = int(np.searchsorted(self.places, first))
        return self._mended(self.low[first:], self.places[later:] - first, self.rest[later:])

    def at(self, places: Integers) -> Values:
        """Some of the numbers, in any order."""
        found: Values = self.low[places]
        if not len(self.places):
            return found
        is_beyond = np.zeros(len(self.low), dtype=np.bool_)
        is_beyond[self.places] = True
        where = np.flatnonzero(is_beyond[places])
        return self._mended(found, where, self.rest[np.searchsorted(self.places, places[where])])

    def lowered(self, places: Integers, starts: Integers) -> Integers:
        """Sums over runs of some of the numbers, whose positions ascend; as `sums.lowered`."""
        sums = lowered(self.low[places], starts)
        if not len(self.places) or not len(starts):
            return sums
        first, last = np.searchsorted(self.places, (places[0], places[-1] + 1))
        where, known = sought(self.places[first:last], places)
        runs = np.searchsorted(starts, where[known], side="right") - 1
        np.add.at(sums, runs, self.rest[first:last][known])
        return sums

    def merged(self, merge: Merge, came: Integers, at: Integers, numbers: Integers) -> "Narrow":
        """After a merge in which other numbers came, with others yet in some of the places.

        Parameters
        ----------
        merge
            What leaves, what comes and where it is put.
        came
            The numbers that come.
        at
            Places of the result, ascending, where `numbers` are put.
        numbers
            One for each of them.
        """
        low = merge.column(self.low, came.astype(self.low.dtype))
        low[at] = numbers.astype(self.low.dtype)
        stays = ~are_among(self.places, merge.removed)
        moved = merge.where(self.places[stays])
        same = ~are_among(moved, at)
        new = np.concatenate([merge.fresh, at])
        lacking = np.concatenate([came, numbers]) - low[new].astype(np.int64)
        beyond = lacking != 0
        places = np.concatenate([moved[same], new[beyond]])
        order = np.argsort(places)
        rest = np.concatenate([self.rest[stays][same], lacking[beyond]])
        made = Narrow(low, places[order], rest[order])
        if len(places) <= len(low) * _MOST_BEYOND:
            return made
        return Narrow.of(made.whole())

    @staticmethod
    def _mended(low: Values, places: Integers, rest: Integers) -> Values:
        if not len(places):
            return low
        numbers = low.astype(np.int64)
        numbers[places] += rest
        return numbers
