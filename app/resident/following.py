"""Which changes a reader has not been given yet: none is missed, none is given twice.

Transactions end in another order than they begin, so that the highest number seen tells nothing.
A snapshot does: every transaction below its horizon has ended, and those at or above it that it
shows are remembered by number until the horizon has passed them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, Self


class Change(NamedTuple):
    """That a transaction may have changed the public row of an usulan."""

    txid: int
    number: str | None
    """None: everything of the city may have changed."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What one snapshot shows of the changes at or above a mark."""

    horizon: int
    """Every transaction below it has ended."""
    changes: Sequence[Change]


@dataclass(frozen=True, slots=True)
class Delivered:
    """How far a reader has come.

    Attributes
    ----------
    mark
        Every transaction below it has ended, and its changes have been given.
    beyond
        Transactions at or above the mark whose changes have been given.
    """

    mark: int
    beyond: frozenset[int]

    @classmethod
    def all_of(cls, reading: Reading) -> Self:
        """The state of a reader who has just read everything under the snapshot of a reading."""
        return cls(reading.horizon, _at_or_above(reading.horizon, reading.changes))

    def take(self, reading: Reading) -> tuple[Self, list[Change]]:
        """The state after a reading that began at this mark, and the changes not given before.

        A reading of an older snapshot than the last one gives nothing new and moves nothing back.
        """
        fresh = [
            change
            for change in reading.changes
            if change.txid >= self.mark and change.txid not in self.beyond
        ]
        mark = max(self.mark, reading.horizon)
        beyond = {txid for txid in self.beyond if txid >= mark} | _at_or_above(mark, fresh)
        return type(self)(mark, frozenset(beyond)), fresh


BEYOND_ALL = 2**62
"""A mark above that of every transaction."""


def is_committed(position: str) -> bool:
    """Whether it is a position of the database, and not one of an index that lacks something."""
    return " by " not in position


def sees(position: str, earlier: str) -> bool:
    """Whether a committed position shows all that another one of the same database shows.

    Each is `database/xmin:xmax:xip,...` (`app.cities.queries`); what is in progress is not shown.
    """
    _, ahead, open_now = _bounds(position)
    _, behind, open_then = _bounds(earlier)
    return behind <= ahead and {txid for txid in open_now if txid < behind} <= open_then


def _bounds(position: str) -> tuple[int, int, frozenset[int]]:
    least, beyond, under_way = position.partition("/")[2].split(":")
    return int(least), int(beyond), frozenset(map(int, filter(None, under_way.split(","))))


def _at_or_above(mark: int, changes: Sequence[Change]) -> frozenset[int]:
    return frozenset(change.txid for change in changes if change.txid >= mark)
