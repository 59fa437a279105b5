"""Rows of totals from the resident index, as the database's statements give them."""

from collections.abc import Mapping, Sequence
from typing import Any

from spatial.index.totals import Totals
from spatial.index.vocabulary import Vocabulary

SUMS = ("count", "cost", "cost_known", "beneficiaries", "supporters")
AreaFacts = Mapping[str, Mapping[str, Any]]
"""Name, level and people of areas by their code."""


def counted_rows(
    totals: Totals, words: Vocabulary, areas: AreaFacts, *, level: str, by: Sequence[str]
) -> list[dict[str, Any]]:
    """Rows by area and then by the values of the groupings, what has no value last.

    Only areas with facts have a row.
    """
    codes = words.areas[level]
    values = [values_of(words, name) for name in by]
    found = [
        {
            "area": code,
            **areas[code],
            **{name: values[at][key] for at, (name, key) in enumerate(zip(by, keys, strict=True))},
            **dict(zip(SUMS, sums, strict=True)),
        }
        for number, sums, *keys in zip(
            totals.areas.tolist(),
            totals.sums.T.tolist(),
            *(column.tolist() for column in totals.values),
            strict=True,
        )
        if (code := codes[number]) in areas
    ]
    return sorted(found, key=lambda row: _order(row, by)) if by else found


def values_of(words: Vocabulary, name: str) -> Sequence[Any]:
    """Values of a grouping by their codes in totals."""
    return words.groups if name == "group" else words.values_of(name)


def _order(row: Mapping[str, Any], by: Sequence[str]) -> tuple[Any, ...]:
    return (row["area"], *((row[name] is None, row[name] or 0) for name in by))


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
