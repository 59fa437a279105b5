"""Which row an id names."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from spatial.errors import RepeatedRow
from spatial.grid import Integers
from spatial.index.keys import sorting_order, sought
from spatial.index.merge import Merge


@dataclass(frozen=True)
class Identity:
    """Ids in ascending order, and where the row of each is.

    Attributes
    ----------
    ids
        Ascending, none twice.
    rows
        Row of each id.

    Raises
    ------
    RepeatedRow
        When an id occurs twice.
    """

    ids: Integers
    rows: npt.NDArray[np.int32]

    def __post_init__(self) -> None:
        """Refuse two rows of one id."""
        again = np.flatnonzero(self.ids[1:] == self.ids[:-1])
        if len(again):
            raise RepeatedRow(int(self.ids[again[0]]))

    @classmethod
    def of(cls, ids: Integers) -> "Identity":
        """Index ids that stand in the order of their rows."""
        order = sorting_order(ids)
        return cls(ids[order], order.astype(np.int32))

    def ids_at(self, rows: Integers) -> Integers:
        """Ids of some rows."""
        ids: Integers = self.ids[self._places[rows]]
        return ids

    @cached_property
    def _places(self) -> npt.NDArray[np.int32]:
        """For each row the place of its id; 4 bytes a row, made when first asked for."""
        places = np.empty(len(self.rows), dtype=np.int32)
        places[self.rows] = np.arange(len(self.rows), dtype=np.int32)
        return places

    def find(self, wanted: Integers) -> Integers:
        """Rows of those ids that are known, in no order; the ids ascend."""
        places = np.searchsorted(self.ids, wanted)
        places = places[places < len(self.ids)]
        known = self.ids[places] == wanted[: len(places)]
        rows: Integers = self.rows[places[known]].astype(np.int64)
        return rows

    def moved(
        self, new_rows: npt.NDArray[np.int32], added: Integers, fresh: Integers
    ) -> "Identity":
        """Follow rows to their new places.

        `new_rows` has the new row of each old one, -1 for one that is gone; the `added` ids
        are those of the rows `fresh`.
        """
        rows = new_rows.take(self.rows, mode="clip")
        order = np.argsort(added)
        added, fresh = added[order], fresh[order]
        places, known = sought(added, self.ids)
        rows[places[known]] = fresh[known]
        gone = np.flatnonzero(rows < 0)
        if not len(gone) and known.all():
            return Identity(self.ids, rows)
        merge = Merge.of(len(rows), gone, places[~known])
        return Identity(
            merge.column(self.ids, added[~known]),
            merge.column(rows, fresh[~known].astype(np.int32)),
        )
