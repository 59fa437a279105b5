"""Sums per group and joint value of a few columns, in place of the rows themselves."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import prod
from typing import Any

import numpy as np
import numpy.typing as npt

from spatial.grid import Integers
from spatial.index.choice import Plan
from spatial.index.keys import run_starts, sorting_order
from spatial.index.sums import lowered, narrowed, sums_by_key, taken_apart

FIELD_BITS = {"category": 8, "status": 8, "year": 8, "standing": 2}

Columns = Mapping[str, npt.NDArray[Any]]


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
        Measures of each entry in narrow types; `count` is one of them.
    """

    groups: Integers
    starts: Integers
    fields: Columns
    sums: Columns

    @classmethod
    def of(cls, groups: Integers, fields: Columns, measures: Columns) -> "Rollup":
        """Add up rows by their groups and fields; the count is the first measure."""
        if not len(groups):
            return cls._of_entries(groups, fields, measures)
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
        sums = {name: narrowed(row) for name, row in zip(measures, found.sums, strict=True)}
        return cls._of_entries(known[rest], {name: codes_of_keys[name] for name in fields}, sums)

    @classmethod
    def _by_sorting(cls, groups: Integers, fields: Columns, measures: Columns) -> "Rollup":
        keys = _packed(groups, fields)
        order = sorting_order(keys)
        starts = run_starts(keys[order])
        first = order[starts]
        sums = {
            name: narrowed(lowered(measure[order], starts)) for name, measure in measures.items()
        }
        codes = {name: column[first] for name, column in fields.items()}
        return cls._of_entries(groups[first], codes, sums)

    @classmethod
    def _of_entries(cls, groups: Integers, fields: Columns, sums: Columns) -> "Rollup":
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
        sums = [lowered(self.sums[name][entries], edges[some]) for name in names]
        return some + first, np.stack(sums)

    def entries(self, plan: Plan) -> tuple[Integers, Integers]:
        """Entries that pass, and the group of each."""
        entries = plan.rows(self.fields, 0, int(self.starts[-1]))
        runs = np.diff(np.searchsorted(entries, self.starts))
        return entries, self.groups.repeat(runs)

    def joined(self, other: "Rollup") -> "Rollup":
        """Both added up; entries of `other` may take away, and what counts nothing is left out."""
        mine = len(self.sums["count"])
        groups = np.concatenate([self.groups_of_entries(), other.groups_of_entries()])
        fields = {
            name: np.concatenate([codes, other.fields[name]]) for name, codes in self.fields.items()
        }
        keys = _packed(groups, fields)
        order = np.argsort(keys, kind="stable")  # two runs: merged in one go, mine first
        keys = keys[order]
        again = np.flatnonzero(keys[1:] == keys[:-1]) + 1
        left, right = order[again - 1], order[again] - mine
        sums = {
            name: _laid_over(values, other.sums[name], left, right)
            for name, values in self.sums.items()
        }
        order = np.delete(order, again)
        order = order[sums["count"][order] != 0]
        return Rollup._of_entries(
            groups[order],
            {name: codes[order] for name, codes in fields.items()},
            {name: values[order] for name, values in sums.items()},
        )


def _laid_over(
    mine: npt.NDArray[Any], theirs: npt.NDArray[Any], left: Integers, right: Integers
) -> npt.NDArray[Any]:
    """Values end to end, those at `right` of theirs added to those at `left` of mine.

    Theirs at `right` stay in the result without a meaning; nobody takes them from there.
    """
    changed = mine[left].astype(np.int64) + theirs[right]
    fresh = theirs.astype(np.int64)
    fresh[right] = 0
    kind = np.result_type(mine.dtype, narrowed(changed).dtype, narrowed(fresh).dtype)
    both = np.concatenate([mine.astype(kind, copy=False), fresh.astype(kind)])
    both[left] = changed
    return both


def _packed(groups: Integers, fields: Columns) -> Integers:
    keys = groups.copy()
    for name, codes in fields.items():  # in place: fresh memory would cost more than the sums
        keys <<= FIELD_BITS[name]
        keys |= codes
    return keys
