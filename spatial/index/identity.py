"""Which row an id names."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from spatial.errors import RepeatedRow
from spatial.grid import Integers
from spatial.index.keys import SortedKeys, sorting_order
from spatial.index.merge import Merge


@dataclass(frozen=True)
class Identity:
    """Ids in ascending order, and where the row of each is.

    Attributes
    ----------
    ids
        Ascending, none twice; of public numbers some two upper halves a year.
    rows
        Row of each id.

    Raises
    ------
    RepeatedRow
        When an id occurs twice.
    """

    ids: SortedKeys
    rows: npt.NDArray[np.int32]

    def __post_init__(self) -> None:
        """Refuse two rows of one id."""
        tails = self.ids.tails
        equal = np.flatnonzero(tails[1:] == tails[:-1]) + 1
        # Where another upper half begins the lower one may well be the same.
        again = np.setdiff1d(equal, self.ids.starts)
        if len(again):
            raise RepeatedRow(int(self.ids.at(again[:1])[0]))

    @classmethod
    def of(cls, ids: Integers) -> "Identity":
        """Index ids that stand in the order of their rows."""
        order = sorting_order(ids)
        return cls(SortedKeys.of(ids[order]), order.astype(np.int32))

    def ids_at(self, rows: Integers) -> Integers:
        """Ids of some rows."""
        return self.ids.at_any(self._places[rows])

    @cached_property
    def _places(self) -> npt.NDArray[np.int32]:
        """For each row the place of its id; 4 bytes a row, made when first asked for."""
        places = np.empty(len(self.rows), dtype=np.int32)
        places[self.rows] = np.arange(len(self.rows), dtype=np.int32)
        return places

    def find(self, wanted: Integers) -> Integers:
        """Rows of those ids that are known, in no order; the ids ascend."""
        places, known = self.ids.sought(wanted)
        rows: Integers = self.rows[places[known]].astype(np.int64)
        return rows

    def moved(self, merge: Merge, added: Integers) -> "Identity":
        """Follow rows to their new places; the `added` ids are those of the fresh ones."""
        rows = merge.followed(self.rows)
        order = np.argsort(added)
        added, fresh = added[order], merge.fresh[order]
        places, known = self.ids.sought(added)
        rows[places[known]] = fresh[known]
        gone = np.flatnonzero(rows < 0)
        if not len(gone) and known.all():
            return Identity(self.ids, rows)
        of_ids = Merge.of(len(rows), gone, places[~known])
        came = SortedKeys.of(added[~known])
        tails = of_ids.column(self.ids.tails, came.tails)
        return Identity(
            self.ids.changed(gone, came, tails),
            of_ids.column(rows, fresh[~known].astype(np.int32)),
        )
