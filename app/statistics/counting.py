"""Rows of totals from the resident index, as the database's statements give them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from spatial.index.totals import Totals
from spatial.index.vocabulary import Vocabulary

AREA_FACTS = ("name", "level", "population", "households")
SUMS = ("count", "cost", "cost_known", "beneficiaries", "supporters")
Numbers = npt.NDArray[np.intp]
AreaFacts = Mapping[str, Mapping[str, Any]]
"""Name, level and people of areas by their code."""


def counted_rows(
    totals: Totals, words: Vocabulary, areas: AreaFacts, *, level: str, by: Sequence[str]
) -> list[dict[str, Any]]:
    """Rows by area and then by the values of the groupings, what has no value last.

    Only areas with facts have a row. There may be a hundred thousand rows, so they are put in
    order as codes and made column by column.
    """
    codes = words.areas[level]
    known = np.array([code in areas for code in codes], dtype=np.bool_)
    values = [values_of(words, name) for name in by]
    ranks = [_ranks(of_name)[column] for of_name, column in zip(values, totals.values, strict=True)]
    order = np.lexsort((*reversed(ranks), totals.areas)) if by else np.arange(len(totals.areas))
    order = order[known[totals.areas[order]]]
    numbers = totals.areas[order].tolist()
    facts = [areas.get(code, {}) for code in codes]
    columns: dict[str, Iterable[Any]] = {"area": map(codes.__getitem__, numbers)}
    for name in AREA_FACTS[:2]:
        columns[name] = map([fact.get(name) for fact in facts].__getitem__, numbers)
    for name, of_name, column in zip(by, values, totals.values, strict=True):
        columns[name] = map(of_name.__getitem__, column[order].tolist())
    columns |= zip(SUMS, totals.sums[:, order].tolist(), strict=True)
    for name in AREA_FACTS[2:]:
        columns[name] = map([fact.get(name) for fact in facts].__getitem__, numbers)
    names = tuple(columns)
    return [dict(zip(names, row, strict=False)) for row in zip(*columns.values(), strict=True)]


def _ranks(values: Sequence[Any]) -> Numbers:
    """Place of each value in ascending order, None last."""
    order = sorted(range(len(values)), key=lambda at: (values[at] is None, values[at] or 0))
    ranks = np.empty(len(values), dtype=np.intp)
    ranks[order] = np.arange(len(values))
    return ranks


def values_of(words: Vocabulary, name: str) -> Sequence[Any]:
    """Values of a grouping by their codes in totals."""
    return words.groups if name == "group" else words.values_of(name)


def whole_sums(by_status: Totals, words: Vocabulary) -> tuple[dict[str, int], dict[str, int]]:
    """Sums over a whole set, and how many of it have each status, from its totals by status.

    Of a kota, so that every usulan is in one of its rows.
    """
    (statuses,) = by_status.values
    counts: dict[str, int] = {}
    for status, count in zip(statuses.tolist(), by_status.sums[0].tolist(), strict=True):
        counts[words.status[status]] = counts.get(words.status[status], 0) + count
    sums = dict(zip(SUMS, by_status.sums.sum(axis=1).tolist(), strict=True))
    return {**sums, "unlocated": by_status.unlocated}, dict(sorted(counts.items()))
