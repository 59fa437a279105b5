"""The immutable base: all rows of a city, and the sums kept beside them."""

from dataclasses import dataclass
from functools import partial

import numpy as np

from spatial.grid import CellRange, Integers
from spatial.index.block import Block, UsulanRows, block_of
from spatial.index.choice import DEFAULT_STANDING, Plan
from spatial.index.crowds import CrowdRollup, SpotSums
from spatial.index.identity import Identity
from spatial.index.keys import EVERYWHERE
from spatial.index.ladder import LADDER_LEVEL, Ladder
from spatial.index.later import Later
from spatial.index.merge import Merge, places_in_stead
from spatial.index.rollup import FIELD_BITS, Rollup
from spatial.index.rollups import CELL_LEVELS, CellRollup, JointRollup, place_rollup, upper_rollup
from spatial.index.sums import CellSums
from spatial.index.vocabulary import Vocabulary

THE_DEFAULT_SET = Plan({"standing": np.arange(4) == DEFAULT_STANDING})


@dataclass(frozen=True, slots=True)
class Beside:
    """Sums kept beside rows; those of a delta may be added to those of a base.

    Attributes
    ----------
    ladder
        The default set of exact places, in cells of level 20.
    cells
        Exact places in cells of level 16 and of level 18.
    crowds
        Private needs per spot.
    places, uppers
        All rows per place, and per kelurahan.
    """

    ladder: Ladder
    cells: tuple[CellRollup, ...]
    crowds: CrowdRollup
    places: Rollup
    uppers: Rollup

    @classmethod
    def of(cls, block: Block, vocabulary: Vocabulary) -> "Beside":
        """Add up a block."""
        return cls(
            Ladder.of(block.cell_sums(THE_DEFAULT_SET, LADDER_LEVEL, EVERYWHERE)),
            tuple(CellRollup.of(block, level) for level in CELL_LEVELS),
            CrowdRollup.of(block, vocabulary.public_area_numbers),
            place_rollup(block),
            upper_rollup(block, vocabulary),
        )

    def joined(self, other: "Beside") -> "Beside":
        """Both added up."""
        return Beside(
            self.ladder.joined(other.ladder),
            tuple(a.joined(b) for a, b in zip(self.cells, other.cells, strict=True)),
            self.crowds.joined(other.crowds),
            self.places.joined(other.places),
            self.uppers.joined(other.uppers),
        )


@dataclass(frozen=True, slots=True)
class Base:
    """Rows that never change, and their sums.

    Attributes
    ----------
    block
        The rows.
    identity
        Which row an id names.
    beside
        Sums of the rows.
    joint
        All rows per place and joint value of category, status, year and standing: half as
        many entries as rows, so they are added up when somebody asks for them first.
    """

    block: Block
    identity: Identity
    beside: Beside
    joint: Later[JointRollup]

    @classmethod
    def of(cls, rows: UsulanRows, vocabulary: Vocabulary) -> "Base":
        """Sort and add up; RepeatedRow for an id that occurs twice."""
        return cls._of_block(*block_of(rows), vocabulary)

    @classmethod
    def _of_block(cls, block: Block, ids: Integers, vocabulary: Vocabulary) -> "Base":
        joint = Later(partial(JointRollup.of, block, vocabulary))
        return cls(block, Identity.of(ids), Beside.of(block, vocabulary), joint)

    def cell_sums(self, plan: Plan, level: int, within: CellRange) -> CellSums:
        """Sums of exact places that pass, from the shortest table that can answer."""
        if plan.is_default and level <= LADDER_LEVEL:
            return self.beside.ladder.cell_sums(level, within)
        if plan.needs_only(FIELD_BITS):
            for rollup in self.beside.cells:
                if level <= rollup.level:
                    return rollup.cell_sums(plan, level, within)
        return self.block.cell_sums(plan, level, within)

    def spot_sums(self, plan: Plan, within: CellRange, vocabulary: Vocabulary) -> SpotSums:
        """Sums of crowds that pass."""
        if plan.needs_only(FIELD_BITS):
            return self.beside.crowds.spot_sums(plan, within)
        return SpotSums.of(self.block, plan, within, vocabulary.public_area_numbers)

    def only(self, rows: Integers, vocabulary: Vocabulary) -> "Base":
        """A base of some of the rows, ascending."""
        return Base._of_block(self.block.only(rows), self.identity.ids_at(rows), vocabulary)

    def folded(
        self, added: Block, added_ids: Integers, removed: Integers, came: tuple[Block, Vocabulary]
    ) -> "Base":
        """The base after rows came and went; `came` has both with their signs, and their words."""
        signed, vocabulary = came
        beside = Beside.of(signed, vocabulary)
        mine = self.block
        keys_added = added.keys.whole()
        places = np.searchsorted(mine.keys.whole(), keys_added, side="right")
        places = places_in_stead(keys_added, places, removed, mine.keys.at(removed))
        merge = Merge.of(len(mine), removed, places)
        tails = merge.column(mine.keys.tails, added.keys.tails)
        keys = mine.keys.changed(removed, added.keys, tails)
        block = Block(keys, merge.columns(mine.columns, added.columns))
        return Base(
            block,
            self.identity.moved(merge, added_ids),
            self.beside.joined(beside),
            Later(partial(JointRollup.of, block, vocabulary)),
        )
