"""Sums per group and joint value of a few columns, in place of the rows themselves."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import prod
from typing import Any

import numpy as np
import numpy.typing as npt

from spatial.grid import Integers
from spatial.index.choice import Plan
from spatial.index.keys import run_starts, sorting_order, sought
from spatial.index.merge import Columns, Merge
from spatial.index.narrow import Narrow
from spatial.index.sums import lowered, sums_by_key, taken_apart

FIELD_BITS = {"category": 8, "status": 8, "year": 8, "standing": 2}


@dataclass(frozen=True, slots=True)
class Rollup:
    """Entries ordered by group, then by the fields in their order.

    Attributes
    ----------
    groups
        Distinct groups, ascending; any whole numbers of at most 36 bits.
    starts
        First entry of each group, and the number of entries at the end.
    fields
        Codes of each entry.
    sums
        Measures of each entry; `count` is one of them.
    """

    groups: Integers
    starts: Integers
    fields: Columns
    sums: Mapping[str, Narrow]

    @classmethod
    def of(cls, groups: Integers, fields: Columns, measures: Columns) -> "Rollup":
        """Add up rows by their groups and fields; the count is the first measure."""
        if not len(groups):
            return cls._of_entries(groups, fields, _kept(measures))
        spans = [int(codes.max()) + 1 for codes in (groups, *fields.values())]
        if spans[0] <= len(groups):
            known = np.flatnonzero(np.bincount(groups))
            if len(known) * prod(spans[1:]) <= len(groups):
                return cls._by_counting(groups, known, fields, measures)
        return cls._by_sorting(groups, fields, measures)

    @classmethod
    def _by_counting(
        cls, groups: Integers, known: Integers, fields: Columns, measures: Columns
    ) -> "Rollup":
        """With a place for every possible key: quick where few are possible."""
        spans = {name: int(codes.max()) + 1 for name, codes in fields.items()}
        ranks = np.empty(int(known[-1]) + 1, dtype=np.int64)
        ranks[known] = np.arange(len(known))
        keys = ranks[groups]
        for name, codes in fields.items():
            keys *= spans[name]
            keys += codes
        found = sums_by_key(keys, len(known) * prod(spans.values()), [*measures.values()])
        rest = found.keys
        codes_of_keys: dict[str, npt.NDArray[Any]] = {}
        for name in reversed(list(fields)):
            rest, codes = taken_apart(rest, spans[name])
            codes_of_keys[name] = codes.astype(fields[name].dtype)
        sums = dict(zip(measures, found.sums, strict=True))
        codes_in_order = {name: codes_of_keys[name] for name in fields}
        return cls._of_entries(known[rest], codes_in_order, _kept(sums))

    @classmethod
    def _by_sorting(cls, groups: Integers, fields: Columns, measures: Columns) -> "Rollup":
        keys = _packed(groups, fields)
        order = sorting_order(keys)
        starts = run_starts(keys[order])
        first = order[starts]
        sums = {name: lowered(measure[order], starts) for name, measure in measures.items()}
        codes = {name: column[first] for name, column in fields.items()}
        return cls._of_entries(groups[first], codes, _kept(sums))

    @classmethod
    def _of_entries(cls, groups: Integers, fields: Columns, sums: Mapping[str, Narrow]) -> "Rollup":
        starts = run_starts(groups)
        return cls(groups[starts], np.append(starts, len(groups)), fields, sums)

    def groups_of_entries(self) -> Integers:
        """Group of each entry."""
        return self.groups.repeat(np.diff(self.starts))

    def selected(
        self, plan: Plan, names: Sequence[str], *, first: int = 0, last: int | None = None
    ) -> tuple[Integers, Integers]:
        """Groups that have entries that pass, as positions, and a row of sums for each name.

        Groups from position `first` to before `last` are looked at.
        """
        bounds = self.starts[first : None if last is None else last + 1]
        entries = plan.rows(self.fields, int(bounds[0]), int(bounds[-1]))
        edges = np.searchsorted(entries, bounds)
        some = np.flatnonzero(np.diff(edges))
        sums = [self.sums[name].lowered(entries, edges[some]) for name in names]
        return some + first, np.stack(sums)

    def entries(self, plan: Plan, order: Integers) -> tuple[Integers, Integers]:
        """Entries that pass of some groups, which are positions, and the group of each."""
        passing = plan.rows(self.fields, 0, int(self.starts[-1]))
        edges = np.searchsorted(passing, self.starts)
        firsts, runs = edges[order], np.diff(edges)[order]
        moved = firsts - np.append(0, np.cumsum(runs[:-1])) if len(runs) else firsts
        places = moved.repeat(runs)
        places += np.arange(len(places))
        return passing[places], self.groups[order].repeat(runs)

    def renumbered(self, numbers: Integers) -> "Rollup":
        """The same entries with other groups: `numbers` has one for each present number."""
        groups = numbers[self.groups_of_entries()]
        order = np.argsort(groups, kind="stable")
        return Rollup._of_entries(
            groups[order],
            {name: codes[order] for name, codes in self.fields.items()},
            _kept({name: numbers.at(order) for name, numbers in self.sums.items()}),
        )

    def joined(self, other: "Rollup") -> "Rollup":
        """Both added up; entries of `other` may take away, and what counts nothing is left out."""
        groups, other_groups = self.groups_of_entries(), other.groups_of_entries()
        places, known = sought(_packed(other_groups, other.fields), _packed(groups, self.fields))
        theirs = {name: numbers.whole().astype(np.int64) for name, numbers in other.sums.items()}
        left, new = places[known], np.flatnonzero(~known & (theirs["count"] != 0))
        changed = {
            name: numbers.at(left) + theirs[name][known] for name, numbers in self.sums.items()
        }
        stays = changed["count"] != 0
        merge = Merge.of(len(groups), left[~stays], places[new])
        at = merge.where(left[stays])
        return Rollup._of_entries(
            merge.column(groups, other_groups[new]),
            merge.columns(self.fields, {name: codes[new] for name, codes in other.fields.items()}),
            {
                name: numbers.merged(merge, theirs[name][new], at, changed[name][stays])
                for name, numbers in self.sums.items()
            },
        )


def _kept(sums: Columns) -> dict[str, Narrow]:
    return {name: Narrow.of(numbers) for name, numbers in sums.items()}


def _packed(groups: Integers, fields: Columns) -> Integers:
    codes, bits = np.zeros(len(groups), dtype=np.uint32), 0  # the fields take less than 32 bits
    for name, column in fields.items():
        codes <<= np.uint32(FIELD_BITS[name])
        codes |= column
        bits += FIELD_BITS[name]
    keys = groups << bits
    keys |= codes
    return keys
