"""Rows that came and went since the base was made, sorted, with signs."""

from dataclasses import dataclass

import numpy as np

from spatial.grid import Integers
from spatial.index.base import Base
from spatial.index.block import Block, UsulanRows, block_of
from spatial.index.identity import Identity
from spatial.index.keys import SortedKeys, are_among, distinct
from spatial.index.merge import Merge
from spatial.index.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Delta:
    """What is to be added to a base.

    Attributes
    ----------
    added, ids
        Rows that the base has not, and their ids.
    removed
        Rows of the base that are there no more, ascending.
    signed
        Added rows with sign 1 and removed ones with sign -1, in one order.
    """

    added: Block
    ids: Integers
    removed: Integers
    signed: Block

    @classmethod
    def none(cls, base: Base) -> "Delta":
        """Nothing to be added."""
        nothing = np.empty(0, dtype=np.int64)
        empty = base.block.only(nothing)
        return cls(empty, nothing, nothing, _signed(empty, empty))

    def only(self, base: Base, rows: Integers) -> "Delta":
        """Some of the added rows, ascending, to be added to a base that has none of them."""
        nothing = np.empty(0, dtype=np.int64)
        added = self.added.only(rows)
        return Delta(added, self.ids[rows], nothing, _signed(added, base.block.only(nothing)))

    def applied(self, base: Base, rows: UsulanRows, gone: Integers) -> "Delta":
        """The delta after rows came, each in place of what its id named, and other ids went."""
        new, new_ids = block_of(rows)
        Identity.of(new_ids)  # no id may come twice
        touched = distinct(new_ids, gone)
        kept = np.flatnonzero(~are_among(self.ids, touched))
        added, ids = _merged(self.added.only(kept), self.ids[kept], new, new_ids)
        removed = distinct(self.removed, base.identity.find(touched))
        return Delta(added, ids, removed, _signed(added, base.block.only(removed)))

    def fold(self, base: Base, vocabulary: Vocabulary) -> Base:
        """The base with all of this in it."""
        return base.folded(self.added, self.ids, self.removed, (self.signed, vocabulary))


def _merged(
    first: Block, first_ids: Integers, second: Block, second_ids: Integers
) -> tuple[Block, Integers]:
    keys, others = first.keys.whole(), second.keys.whole()
    nothing = np.empty(0, dtype=np.int64)
    merge = Merge.of(len(keys), nothing, np.searchsorted(keys, others, side="right"))
    columns = merge.columns(first.columns, second.columns)
    ids = merge.column(first_ids, second_ids)
    return Block(SortedKeys.of(merge.column(keys, others)), columns), ids


def _signed(added: Block, removed: Block) -> Block:
    both, signs = _merged(
        added, np.ones(len(added), dtype=np.int64), removed, np.full(len(removed), -1)
    )
    return Block(both.keys, both.columns, signs.astype(np.int8))
