"""The resident index: an immutable base with a delta beside it, and the questions it answers."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from spatial.areas import LEVELS
from spatial.errors import UnknownQuestion
from spatial.grid import CellRange, Integers, cell_range
from spatial.index.base import Base
from spatial.index.block import UsulanRows
from spatial.index.box import Box
from spatial.index.choice import Choice, Plan, plan_of
from spatial.index.crowds import CrowdSums, SpotSums
from spatial.index.delta import Delta
from spatial.index.keys import EVERYWHERE, are_among
from spatial.index.pages import After, Asked, Order, Page
from spatial.index.periods import Periods, period_sums
from spatial.index.points import Passing, Points
from spatial.index.stretches import Stretches
from spatial.index.sums import CellSums
from spatial.index.totals import (
    GROUPINGS,
    Question,
    Totals,
    base_sums,
    block_sums,
    direct_totals,
)
from spatial.index.vocabulary import Vocabulary
from spatial.mvt import cells_tile
from spatial.mvt_points import points_tile
from spatial.tiles import Tile, cell_level

NumbersOf = Callable[[Integers], npt.NDArray[np.bytes_]]


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Index:
    """All usulan of one city as one audience may see them.

    Nothing in it ever changes: `applied` and `folded` give a new index, and whoever holds one
    swaps a single reference. Readers may go on with the old one. Two that apply changes must
    take turns.

    Attributes
    ----------
    vocabulary
        What the codes of its columns mean.
    base
        Sorted rows and sums.
    delta
        Rows that came and went since the base was made.
    """

    vocabulary: Vocabulary
    base: Base
    delta: Delta

    @classmethod
    def of(cls, rows: UsulanRows, vocabulary: Vocabulary) -> "Index":
        """Build an index.

        RepeatedRow for an id that occurs twice, UnevenColumns or UnknownCode for rows that
        are not whole.
        """
        rows.require_sound(vocabulary)
        base = Base.of(rows, vocabulary)
        return cls(vocabulary, base, Delta.none(base))

    def __len__(self) -> int:
        """Count the usulan, listed or not."""
        delta = self.delta
        return len(self.base.block) + len(delta.added) - len(delta.removed)

    @property
    def signed_rows(self) -> int:
        """Rows that every answer has to add to the base's; fold when there are 20,000."""
        return len(self.delta.signed)

    def applied(
        self, rows: UsulanRows, gone: Iterable[int] = (), vocabulary: Vocabulary | None = None
    ) -> "Index":
        """The index after rows came and others went.

        Each of `rows` takes the place of what its id named, if anything; ids in `gone` that
        are not among the rows name nothing any more. Doing it twice changes nothing. A new
        vocabulary must begin with the present one (ForgottenValues); errors as for `of`.
        """
        if vocabulary is not None:
            vocabulary.require_codes_of(self.vocabulary)
        rows.require_sound(vocabulary or self.vocabulary)
        left = np.fromiter(gone, dtype=np.int64)
        delta = self.delta.applied(self.base, rows, left)
        return replace(self, delta=delta, vocabulary=vocabulary or self.vocabulary)

    def folded(self) -> "Index":
        """The same rows with an empty delta; answers are the same to the last digit."""
        base = self.delta.fold(self.base, self.vocabulary)
        return replace(self, base=base, delta=Delta.none(base))

    def only(self, ids: Integers, categories: Iterable[str] = ()) -> "Index":
        """An index of those rows alone that have one of some ids, ascending, or of some categories.

        Ids that are not there name nothing.
        """
        wanted = frozenset(categories)
        named = np.array([code in wanted for code in self.vocabulary.category], dtype=np.bool_)
        block, added = self.base.block, self.delta.added
        mine = named[block.columns["category"]]
        mine[self.base.identity.find(ids)] = True
        mine[self.delta.removed] = False
        came = named[added.columns["category"]] | are_among(self.delta.ids, ids)
        base = self.base.only(np.flatnonzero(mine), self.vocabulary)
        return Index(self.vocabulary, base, self.delta.only(base, np.flatnonzero(came)))

    def cells(self, choice: Choice, *, level: int, within: CellRange = EVERYWHERE) -> CellSums:
        """Occupied cells of a level (0 to 31) with the exact places of a set, within a range.

        The range must consist of whole cells of the level, as that of a tile does.
        """
        return self._cells(plan_of(choice, self.vocabulary), level, within)

    def _cells(self, plan: Plan, level: int, within: CellRange) -> CellSums:
        found = self.base.cell_sums(plan, level, within)
        if not self.signed_rows:
            return found
        return found.joined(self.delta.signed.cell_sums(plan, level, within))

    def crowds(self, choice: Choice, *, within: CellRange = EVERYWHERE) -> CrowdSums:
        """Private needs of a set per public area whose label point is within a range."""
        return self._crowds(plan_of(choice, self.vocabulary), within)

    def _crowds(self, plan: Plan, within: CellRange) -> CrowdSums:
        found = self.base.spot_sums(plan, within, self.vocabulary)
        if self.signed_rows:
            areas = self.vocabulary.public_area_numbers
            found = found.joined(SpotSums.of(self.delta.signed, plan, within, areas))
        return CrowdSums.of(found, self.vocabulary.public_area_ranks)

    def totals(self, choice: Choice, *, level: str, by: Sequence[str] = ()) -> Totals:
        """Sums of a set per area of a level and joint value of groupings (`GROUPINGS`).

        UnknownQuestion for a level or grouping that there is not.
        """
        strange = [level] * (level not in LEVELS) + [name for name in by if name not in GROUPINGS]
        if strange:
            raise UnknownQuestion(strange[0])
        plan = plan_of(choice, self.vocabulary)
        question = Question(self.vocabulary, plan, level, tuple(dict.fromkeys(by)))
        direct = None if self.signed_rows else direct_totals(question, self.base)
        if direct is not None:
            return direct
        found = base_sums(question, self.base)
        return question.answer(found.joined(block_sums(question, self.delta.signed)))

    def points(
        self, choice: Choice, *, most: int, level: int, within: CellRange
    ) -> tuple[Points, CellSums]:
        """Exact places of a set within a range, and what is beyond `most` of them as cells."""
        plan = plan_of(choice, self.vocabulary)
        return Passing.of(self.base, self.delta, plan, within).split(most, level)

    def page(self, choice: Choice, order: Order, *, after: After | None = None, most: int) -> Page:
        """The first rows of a set in an order, or those after another row, and how many it has.

        Some rows more may be named where only the instants themselves can tell which come first.
        """
        plan, added = plan_of(choice, self.vocabulary), self.delta.added
        stretches = Stretches.of(self.base.block, plan, self.delta.removed)
        came = added.rows(plan, 0, len(added))
        unlocated = stretches.count(before=self.base.block.keys.position(0))
        asked = Asked(
            stretches,
            lambda mine: Passing(self.base, self.delta, mine, came),
            number=stretches.count() + len(came),
            unlocated=unlocated + int(np.searchsorted(came, added.keys.position(0))),
            after=after,
            most=most,
        )
        return order.page(asked, self.vocabulary)

    def periods(self, choice: Choice, starts: Integers) -> Periods:
        """Sums of a set by the period in which its usulan were made; see `period_sums`."""
        passing = Passing.every(self.base, self.delta, plan_of(choice, self.vocabulary))
        return period_sums(passing, self.vocabulary.created, starts)

    def doubtful(self, box: Box) -> tuple[Integers, Integers]:
        """Ids and keys of all rows of which a box cannot tell whether they lie in it."""
        block, added = self.base.block, self.delta.added
        mine, came = box.doubtful(block.keys), box.doubtful(added.keys)
        mine = mine[~are_among(mine, self.delta.removed)]
        ids = np.concatenate([self.base.identity.ids_at(mine), self.delta.ids[came]])
        return ids, np.concatenate([block.keys.at(mine), added.keys.at(came)])

    def close_tile(self, choice: Choice, tile: Tile, *, most: int, numbers_of: NumbersOf) -> bytes:
        """The same with a layer `usulan` of single places before cells of what is beyond `most`.

        `numbers_of` gives the public numbers of ids, all of one length.
        """
        within = cell_range(tile)
        points, rest = self.points(choice, most=most, level=cell_level(tile.z), within=within)
        crowds = self.crowds(choice, within=within)
        cells = cells_tile(rest, crowds, self.vocabulary.public_areas, tile)
        return cells + points_tile(points, numbers_of(points.ids), self.vocabulary, tile)

    def tile(self, choice: Choice, tile: Tile) -> bytes:
        """Layer `cells` of a tile as a Mapbox Vector Tile; no bytes when nothing is there.

        Exact places as sums per cell, 64 to a side of the tile, at their centre of mass;
        private needs as sums per public area at its label point.
        """
        within = cell_range(tile)
        plan = plan_of(choice, self.vocabulary)
        cells = self._cells(plan, cell_level(tile.z), within)
        crowds = self._crowds(plan, within)
        return cells_tile(cells, crowds, self.vocabulary.public_areas, tile)
