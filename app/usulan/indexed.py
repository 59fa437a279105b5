"""A chosen set in the resident index, for what it can tell: sums, not words."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import numpy as np

from app.resident.ground import Ground
from app.resident.rows import ids_of
from app.resident.tellings import Tellings
from app.usulan.cursor import Mark, Sort
from app.usulan.filters import Filters
from spatial.grid import Integers
from spatial.index.box import Box
from spatial.index.choice import Choice
from spatial.index.index import Index
from spatial.index.pages import After, Order, Page
from spatial.index.periods import Periods
from spatial.index.totals import Totals
from spatial.index.vocabulary import Vocabulary

_KNOWN_TO_INDEX = ("category", "group", "status", "stage", "year", "funding", "channel", "area")
_DATABASE_ONLY = ("q", "updated_after")
_COLUMNS = {"estimated_cost": "cost"}
INSTANTS_SINCE = datetime(2000, 1, 1, tzinfo=UTC)
"""From here the index counts microseconds."""
_MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Indexed:
    """An index, and which of its usulan are meant."""

    index: Index
    choice: Choice
    ground: Ground
    is_exact: bool = True
    """Whether it shows what the transaction that asks sees: no other rows than the database."""
    as_of: datetime | None = None
    """When it lacked nothing; None while it lacks nothing."""
    words: str | None = None
    """What all usulan of the index have been searched for."""
    tellings: Tellings | None = None
    """What lists told of just what the transaction that asks sees."""

    @property
    def names_rows(self) -> bool:
        """Whether the transaction that asks sees every row of it.

        All but one from before the index was made; one that lacks a load has only older rows.
        """
        return self.is_exact or self.as_of is not None

    def of(self, filters: Filters) -> "Indexed | None":
        """Another set in the same box; None where only the database can tell."""
        choice = choice_of(filters, self.choice.box, words=self.words)
        return None if choice is None else replace(self, choice=choice)

    @property
    def vocabulary(self) -> Vocabulary:
        return self.index.vocabulary

    def page(self, sort: Sort, after: Mark | None, *, most: int) -> Page:
        """The next rows of the set in an order, perhaps a few more, and how many it has."""
        order = Order(_COLUMNS.get(sort.column, sort.column), sort.descending)
        return self.index.page(self.choice, order, after=after and _after(after), most=most)

    def periods(self, starts: Integers) -> Periods:
        """Sums by the periods that begin at some instants, in microseconds of the index."""
        return self.index.periods(self.choice, starts)

    def totals(self, level: str, by: tuple[str, ...] = ()) -> Totals:
        return self.index.totals(self.choice, level=level, by=by)


def knows_codes(vocabulary: Vocabulary, choice: Choice) -> bool:
    """Whether every category and area asked for is one that there is.

    A category that no usulan has is unknown here; the database tells whether there is one.
    """
    return choice.category.issubset(vocabulary.category) and all(
        any(_is_among(code, codes) for codes in vocabulary.areas.values()) for code in choice.area
    )


def _is_among(code: str, ascending: Sequence[str]) -> bool:
    place = bisect_left(ascending, code)
    return place < len(ascending) and ascending[place] == code


def may_know(filters: Filters) -> bool:
    """Whether an index knows all that the filters ask for, if their box can be settled."""
    return not any(getattr(filters, name) for name in _DATABASE_ONLY)


def choice_of(
    filters: Filters, box: Box | None = None, *, words: str | None = None
) -> Choice | None:
    """The filters as an index takes them, with their box settled (`app.usulan.boxes`).

    None where they ask for what it does not know, for other words than all usulan of the index
    have, and where their box is not settled.
    """
    if filters.updated_after or filters.q != words or (filters.bbox is not None and box is None):
        return None
    known = {name: frozenset(getattr(filters, name)) for name in _KNOWN_TO_INDEX}
    return Choice(**known, box=box)


def _after(mark: Mark) -> After:
    value = mark.value
    if isinstance(value, datetime):
        value = (value - INSTANTS_SINCE) // _MICROSECOND
    return After(value, int(ids_of(np.array([mark.number.encode()]))[0]))
