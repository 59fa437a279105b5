"""What became of the rows of a list."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from app.lists.reasons import Reason, RowRejected

_MOST_WORDS = 100
_MOST_ROWS = 50


@dataclass(slots=True)
class ListReport:
    """What became of the rows; read = created + updated + unchanged + rejected."""

    read: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: int = 0
    unlocated: int = 0
    outside: int = 0
    without_area: int = 0
    """Of the unlocated those of which no area below the city is known."""
    reasons: Counter[str] = field(default_factory=Counter)
    """Rejected rows by reason."""
    rejected_rows: list[dict[str, Any]] = field(default_factory=list)
    """The first rejected rows: number, reason, sentence and position of each."""
    first_rejects: dict[str, str] = field(default_factory=dict)
    """Reason to the first row that has it, in words."""
    unknown_categories: Counter[str] = field(default_factory=Counter)
    """Rejected rows by the word that names no category; of the first words only."""
    other_rows: Counter[str] = field(default_factory=Counter)
    """Rows that are none of the list, by kind: totals, groups, the header again."""

    def add_reject(
        self, number: int, rejected: RowRejected, position: tuple[float, float] | None = None
    ) -> None:
        """Count a rejected row, and keep the first of each reason in words.

        `position` is its longitude and latitude, where they could be read.
        """
        self.rejected += 1
        self.outside += rejected.reason is Reason.OUTSIDE
        self.reasons[rejected.reason.value] += 1
        told = f"baris {number}: {rejected.sentence}"
        self.first_rejects.setdefault(rejected.reason.value, told)
        if len(self.rejected_rows) < _MOST_ROWS:
            row = {"row": number, "reason": rejected.reason.value, "told": rejected.sentence}
            self.rejected_rows.append(row | {"position": position})
        unknown = self.unknown_categories
        if rejected.word is not None and (rejected.word in unknown or len(unknown) < _MOST_WORDS):
            unknown[rejected.word] += 1
