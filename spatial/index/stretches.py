"""Rows that pass, as stretches of a block, for questions that need few of them.

How many pass, and which of them have the least keys, is told from the columns as they lie; only
the few that are wanted are ever named one by one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from spatial.grid import Integers
from spatial.index.block import Block
from spatial.index.choice import Mask, Plan

Values = npt.NDArray[Any]


class Span(NamedTuple):
    """Values that are meant.

    Attributes
    ----------
    least, most
        The ends, both included; None where there is none.
    """

    least: int | None
    most: int | None


@dataclass(frozen=True, slots=True)
class Stretches:
    """Rows of a block that a plan lets pass.

    Attributes
    ----------
    block
        Where they are.
    parts
        The first row of each stretch, ascending, and which of its rows pass.
    """

    block: Block
    parts: Sequence[tuple[int, Mask]]

    @classmethod
    def of(cls, block: Block, plan: Plan, removed: Integers) -> "Stretches":
        """All rows of a block that pass but for some, ascending, that are there no more."""
        parts = block.masks(plan, 0, len(block))
        for first, mask in parts if len(removed) else ():
            gone = removed[slice(*np.searchsorted(removed, (first, first + len(mask))).tolist())]
            mask[gone - first] = False
        return cls(block, parts)

    def count(self, before: int | None = None) -> int:
        """How many rows pass; or how many of those before a row."""
        if before is None:
            return sum(int(np.count_nonzero(mask)) for _, mask in self.parts)
        return sum(
            int(np.count_nonzero(mask[: before - first]))
            for first, mask in self.parts
            if first < before
        )

    def rows(self) -> Integers:
        """All that pass, ascending."""
        found = [np.flatnonzero(mask) + first for first, mask in self.parts]
        return np.concatenate([np.empty(0, dtype=np.int64), *found])

    def some(self, name: str, every: int) -> Values:
        """Values of a column for a share of the rows: those of every so many that pass."""
        column = self.block.columns[name]
        found = [
            column[first : first + len(mask) : every][mask[::every]] for first, mask in self.parts
        ]
        return np.concatenate([column[:0], *found])

    def within(self, name: str, span: Span) -> Integers:
        """The rows whose value of a column is in a span, ascending."""
        column = self.block.columns[name]
        found = []
        for first, mask in self.parts:
            values, passes = column[first : first + len(mask)], mask
            if span.least is not None:
                passes = passes & (values >= span.least)
            if span.most is not None:
                passes = passes & (values <= span.most)
            found.append(np.flatnonzero(passes) + first)
        return np.concatenate([np.empty(0, dtype=np.int64), *found])
