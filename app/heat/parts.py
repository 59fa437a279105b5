"""What a set weighs and where: exact places by cell, private needs by their public area."""

from dataclasses import dataclass
from typing import Self

import numpy as np

from spatial.grid import Floats, Integers
from spatial.index.crowds import CrowdSums
from spatial.index.sums import MEASURES, CellSums


@dataclass(frozen=True, slots=True)
class Crowds:
    """Sums of private needs per public area."""

    codes: tuple[str, ...]
    x: Floats
    y: Floats
    """Label points, in places of the web-mercator square."""
    sums: Integers
    """Rows as `MEASURES`, a column for each area."""

    @classmethod
    def none(cls) -> Self:
        return cls((), np.empty(0), np.empty(0), np.empty((len(MEASURES), 0), dtype=np.int64))

    @classmethod
    def of_index(cls, crowds: CrowdSums, names: tuple[str, ...]) -> Self:
        codes = tuple(names[number] for number in crowds.areas.tolist())
        x, y = (axis.astype(np.float64) + np.float64(0.5) for axis in (crowds.px, crowds.py))
        return cls(codes, x, y, crowds.sums)

    def weight(self, name: str) -> Integers:
        weight: Integers = self.sums[MEASURES.index(name)]
        return weight


@dataclass(frozen=True, slots=True)
class Parts:
    """A chosen set without what has no position."""

    cells: CellSums
    crowds: Crowds
