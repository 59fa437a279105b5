"""Filters, and the rows that satisfy them, by comparing bytes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from spatial.grid import Integers
from spatial.index.box import Box
from spatial.index.vocabulary import SHORT_COLUMNS, Vocabulary

LISTED, NEWEST = 2, 1
DEFAULT_STANDING = LISTED + NEWEST
_MOST_RUNS = 4

Mask = npt.NDArray[np.bool_]
Columns = Mapping[str, npt.NDArray[Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Which usulan an answer is about; any value of a field will do, every field must agree.

    An empty field asks for nothing, but for two: without a status only listed rows are meant,
    without a year only the newest of each lineage. A value that no row has matches none.
    Words and times of changes are not known here: such a set is SQL's.

    Attributes
    ----------
    category, group, status, stage, funding, channel
        Codes as the public sees them.
    year
        Planning years.
    area
        Codes of areas; each stands for itself and all beneath.
    box
        Where the public positions lie, what is in doubt settled; None for anywhere and nowhere.
    """

    category: frozenset[str] = frozenset()
    group: frozenset[str] = frozenset()
    status: frozenset[str] = frozenset()
    stage: frozenset[str] = frozenset()
    year: frozenset[int] = frozenset()
    funding: frozenset[str] = frozenset()
    channel: frozenset[str] = frozenset()
    area: frozenset[str] = frozenset()
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """A choice in codes: for each column that matters, which codes pass.

    Attributes
    ----------
    passing
        By column, a table with one answer for each code.
    box
        Where rows must lie; tables that do not know where cannot answer.
    """

    passing: Mapping[str, Mask]
    box: Box | None = None

    @property
    def is_default(self) -> bool:
        """Whether nothing was asked for, so that the default set is meant."""
        table = self.passing.get("standing")
        wanted = [] if table is None else np.flatnonzero(table).tolist()
        alone = self.box is None and len(self.passing) == 1
        return alone and wanted == [DEFAULT_STANDING]

    def needs_only(self, names: Mapping[str, object]) -> bool:
        """Whether columns of these names are enough to decide."""
        return self.box is None and self.passing.keys() <= names.keys()

    def rows(self, columns: Columns, first: int, last: int) -> Integers:
        """Rows from `first` to before `last` that pass wherever they lie, ascending."""
        mask, late = self._early(columns, first, last)
        rows = np.flatnonzero(mask) + first
        for name in late:
            rows = rows[self.passing[name][columns[name][rows]]]
        return rows

    def mask(self, columns: Columns, first: int, last: int) -> Mask:
        """Whether each of these rows passes wherever it lies."""
        mask, late = self._early(columns, first, last)
        for name in late:
            left = np.flatnonzero(mask)
            mask[left] = self.passing[name][columns[name][first:last][left]]
        return mask

    def _early(self, columns: Columns, first: int, last: int) -> tuple[Mask, list[str]]:
        """What a few comparisons tell of rows, and the columns that are to be looked up."""
        mask: Mask | None = None
        late = []
        for name, table in self.passing.items():
            runs = _runs(table)
            if len(runs) > _MOST_RUNS:
                late.append(name)
                continue
            passes = _in_runs(columns[name][first:last], runs)
            mask = passes if mask is None else np.logical_and(mask, passes, out=mask)
        return np.ones(max(last - first, 0), dtype=np.bool_) if mask is None else mask, late


def plan_of(choice: Choice, vocabulary: Vocabulary) -> Plan:
    """A choice in the codes of a vocabulary.

    Parameters
    ----------
    choice
        What is wanted.
    vocabulary
        What the codes of the columns mean.

    Returns
    -------
    plan
        Tables of passing codes for the columns that matter.
    """
    passing = {}
    if choice.area:
        passing["place"] = vocabulary.places_within(choice.area)
    for name in SHORT_COLUMNS:
        if wanted := getattr(choice, name):
            passing[name] = _passing(vocabulary.values_of(name), wanted)
    if choice.group:
        of_groups = _passing(vocabulary.group, choice.group)
        passing["category"] = passing["category"] & of_groups if choice.category else of_groups
    standing = np.arange(4)
    listed = (standing & LISTED > 0) | bool(choice.status)
    newest = (standing & NEWEST > 0) | bool(choice.year)
    if not (choice.status and choice.year):
        passing["standing"] = listed & newest
    return Plan(passing, choice.box)


def _passing(values: tuple[Any, ...], wanted: frozenset[Any]) -> Mask:
    return np.array([value in wanted for value in values], dtype=np.bool_)


def _runs(table: Mask) -> list[tuple[int, int]]:
    """First and last code of each stretch of codes that pass."""
    fenced = np.zeros(len(table) + 2, dtype=np.bool_)
    fenced[1:-1] = table
    edges = np.flatnonzero(fenced[1:] != fenced[:-1]).tolist()
    return [(first, last - 1) for first, last in zip(edges[::2], edges[1::2], strict=True)]


def _in_runs(codes: npt.NDArray[Any], runs: list[tuple[int, int]]) -> Mask:
    mask = np.zeros(len(codes), dtype=np.bool_) if not runs else _in_run(codes, *runs[0])
    for run in runs[1:]:
        mask |= _in_run(codes, *run)
    return mask


def _in_run(codes: npt.NDArray[Any], first: int, last: int) -> Mask:
    # Equality is the quickest; a stretch costs two comparisons, a table of codes four times that.
    mask: Mask
    if first == last:
        mask = codes == first
    elif first == 0:
        mask = codes <= last
    else:
        mask = (codes >= first) & (codes <= last)
    return mask
