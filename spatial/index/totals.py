"""Totals by area of a level and joint value of any groupings."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import prod
from typing import Any

import numpy as np

from spatial.grid import Integers
from spatial.index.base import Base
from spatial.index.block import Block
from spatial.index.choice import Columns, Plan
from spatial.index.rollup import FIELD_BITS, Rollup
from spatial.index.rollups import AREA_MEASURES, JOINT_FIELDS, JointRollup
from spatial.index.sums import KeyedSums, narrowed, sums_by_key, taken_apart
from spatial.index.vocabulary import Vocabulary

GROUPINGS = ("category", "group", "status", "year", "funding")
_UPPER_LEVELS = ("kota", "kecamatan", "kelurahan")
_DIVIDING = frozenset({"category", "group", "status"})
"""Groupings that divide an area into so many rows that going over all usulan takes long."""


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums per area, and per joint value of the groupings asked for.

    The counts of all rows and `unassigned` make `matched`. Without a grouping every area of
    the level has a row, zeros too, in the order of the codes; with one there is a row only
    for what occurs, ordered by area and then by the codes of the groupings.

    Attributes
    ----------
    areas
        For each row the position of its area in ``vocabulary.areas[level]``.
    values
        For each grouping the code in each row: positions in the vocabulary's values, or in
        its `groups`.
    sums
        Rows count, cost (rupiah), number with a known cost, beneficiaries, supporters
        (people); a column for each row of the answer.
    loose_values, loose_sums
        The same two of what has no area at the level: a row for each joint value that occurs,
        one at most without a grouping.
    matched
        Usulan in the whole set.
    unassigned
        Those of them without an area at the level.
    unlocated
        Those of them without a public position.
    """

    areas: Integers
    values: tuple[Integers, ...]
    sums: Integers
    loose_values: tuple[Integers, ...]
    loose_sums: Integers
    matched: int
    unassigned: int
    unlocated: int


@dataclass(frozen=True, slots=True)
class Question:
    """What totals are asked for, in codes.

    Attributes
    ----------
    vocabulary
        What codes mean.
    plan
        Which rows are meant.
    level
        Of the areas, `kota` to `rt`.
    by
        Some of `GROUPINGS`, each once.
    """

    vocabulary: Vocabulary
    plan: Plan
    level: str
    by: tuple[str, ...]

    @property
    def sizes(self) -> list[int]:
        """How many codes there are: areas, with none of them as the first, then each grouping."""
        words = self.vocabulary
        sizes = [
            len(words.groups if name == "group" else words.values_of(name)) for name in self.by
        ]
        return [len(words.areas[self.level]) + 1, *sizes]

    @property
    def needed(self) -> set[str]:
        """Columns without which the question cannot be answered."""
        return {"category" if name == "group" else name for name in self.by} | {*self.plan.passing}

    def keys(self, places: Integers, columns: Columns, rows: Integers) -> Integers:
        """One number per row for its area and groupings together."""
        keys = self.vocabulary.area_numbers[self.level][places] + 1
        for name, size in zip(self.by, self.sizes[1:], strict=True):
            keys *= size
            keys += self._codes(name, columns, rows)
        return keys

    def _codes(self, name: str, columns: Columns, rows: Integers) -> Any:  # noqa: ANN401
        if name == "group":
            return self.vocabulary.group_numbers[columns["category"][rows]]
        return columns[name][rows]

    def add_up(self, keys: Integers, measures: Sequence[Integers]) -> KeyedSums:
        """Sums of measures by such keys."""
        return sums_by_key(keys, prod(self.sizes), measures)

    def add_up_by_area(self, keys: Integers, measures: Sequence[Integers]) -> KeyedSums:
        """The same where areas ascend: those of many places, which are mixed, come first.

        That is what has no area. An area is mostly of one place, so that its keys ascend too.
        """
        values = prod(self.sizes[1:])
        mixed = int(np.count_nonzero(keys < values))
        added = sums_by_key(keys[:mixed], values, [measure[:mixed] for measure in measures])
        rest = [
            np.concatenate([narrowed(sums), measure[mixed:]])
            for sums, measure in zip(added.sums, measures, strict=True)
        ]
        return self.add_up(np.concatenate([added.keys, keys[mixed:]]), rest)

    def answer(self, found: KeyedSums) -> Totals:
        """Keys taken apart again, zeros put in, what has no area left out."""
        rest, values = found.keys, []
        for size in reversed(self.sizes[1:]):
            rest, codes = taken_apart(rest, size)
            values.append(codes)
        # The keys ascend, so what has no area comes first.
        first = int(np.searchsorted(rest, 1))
        counts, unlocated = found.sums[0], found.sums[5]
        areas, sums = rest[first:] - 1, found.sums[:5, first:]
        if not self.by:
            areas, sums = _with_zeros(areas, sums, self.sizes[0] - 1)
        return Totals(
            areas,
            tuple(codes[first:] for codes in reversed(values)),
            sums,
            tuple(codes[:first] for codes in reversed(values)),
            found.sums[:5, :first],
            matched=int(counts.sum()),
            unassigned=int(counts[:first].sum()),
            unlocated=int(unlocated.sum()),
        )


def base_sums(question: Question, base: Base) -> KeyedSums:
    """Sums over a base, from the shortest of its tables that can answer.

    Parameters
    ----------
    question
        What is asked.
    base
        Rows, and sums kept beside them.

    Returns
    -------
    sums
        Rows count, cost, known, beneficiaries, supporters, unlocated, by the question's keys.
    """
    if question.plan.box is not None:
        return block_sums(question, base.block)
    if question.needed <= {"year", "standing", "place"}:
        return _entry_sums(question, base.beside.places)
    if question.needed <= FIELD_BITS.keys() and question.level in _UPPER_LEVELS:
        return _entry_sums(question, base.beside.uppers)
    if question.needed <= FIELD_BITS.keys() and not _DIVIDING.isdisjoint(question.by):
        return _joint_sums(question, base.joint())
    return block_sums(question, base.block)


def block_sums(question: Question, block: Block) -> KeyedSums:
    """Sums over rows with their signs.

    Parameters
    ----------
    question
        What is asked.
    block
        Rows.

    Returns
    -------
    sums
        As `base_sums`.
    """
    rows = block.rows(question.plan, 0, len(block))
    keys = question.keys(block.columns["place"][rows], block.columns, rows)
    return question.add_up(keys, block.measures(rows, AREA_MEASURES[1:]))


def direct_totals(question: Question, base: Base) -> Totals | None:
    """Totals as they lie in the base already, where the question is in their order.

    Parameters
    ----------
    question
        What is asked.
    base
        Rows, and sums kept beside them; it is all of the index.

    Returns
    -------
    totals
        As the sums of `base_sums` give them; None where they must be added up or put in order.
    """
    standings = np.flatnonzero(question.plan.passing.get("standing", ()))
    is_whole = question.plan.box is None and question.plan.passing.keys() == {"standing"}
    is_fine = question.by == JOINT_FIELDS and question.level not in _UPPER_LEVELS
    if not is_fine or not is_whole or len(standings) != 1:
        return None
    joint = base.joint()
    part = joint.parts[int(standings[0])]
    areas = question.vocabulary.area_numbers[question.level][joint.places[part.groups]]
    first = int(np.searchsorted(areas, 0))
    if (areas[:first] >= 0).any() or (np.diff(areas[first:]) <= 0).any():
        return None
    start = int(part.starts[first])
    sums = [part.sums[name].beyond(start) for name in AREA_MEASURES]
    loose = question.answer(_loose_sums(question, part, start))
    return replace(
        loose,
        areas=areas[first:].repeat(np.diff(part.starts[first:])),
        values=tuple(part.fields[name][start:] for name in JOINT_FIELDS),
        sums=np.stack(sums[:5], dtype=np.int64),
        matched=loose.matched + int(sums[0].sum()),
        unlocated=loose.unlocated + int(sums[5].sum()),
    )


def _loose_sums(question: Question, part: Rollup, number: int) -> KeyedSums:
    """Sums of the first entries, which have no area."""
    entries = np.arange(number)
    nowhere = np.zeros(number, dtype=np.int64)
    for name, size in zip(question.by, question.sizes[1:], strict=True):
        nowhere *= size
        nowhere += part.fields[name][:number]
    measures = [part.sums[name].at(entries) for name in AREA_MEASURES]
    return sums_by_key(nowhere, prod(question.sizes[1:]), measures)  # none is of any area


def _joint_sums(question: Question, joint: JointRollup) -> KeyedSums:
    """Sums of the standings that pass, each in the order of the areas."""
    passing = dict(question.plan.passing)
    standings = passing.pop("standing", np.ones(len(joint.parts), dtype=np.bool_))
    within = replace(question, plan=Plan(passing))
    parts = [part for part, passes in zip(joint.parts, standings, strict=True) if passes]
    found = KeyedSums(np.empty(0, dtype=np.int64), np.empty((len(AREA_MEASURES), 0), np.int64))
    for part in sorted(parts, key=lambda part: int(part.starts[-1]), reverse=True):
        sums = _entry_sums(within, part, joint.places)
        found = found.joined(sums) if len(found.keys) else sums
    return found


def _entry_sums(question: Question, rollup: Rollup, places_of: Integers | None = None) -> KeyedSums:
    """Sums of entries; `places_of` has the place of each group, which else is the place."""
    passing = dict(question.plan.passing)
    of_places = passing.pop("place", None)
    known = rollup.groups if places_of is None else places_of[rollup.groups]
    areas = question.vocabulary.area_numbers[question.level][known]
    order = np.argsort(areas, kind="stable")
    if of_places is not None:
        order = order[of_places[known[order]]]
    entries, groups = rollup.entries(Plan(passing), order)
    places = groups if places_of is None else places_of[groups]
    keys = question.keys(places, rollup.fields, entries)
    measures = [rollup.sums[name].at(entries) for name in AREA_MEASURES]
    return question.add_up_by_area(keys, measures)


def _with_zeros(areas: Integers, sums: Integers, number: int) -> tuple[Integers, Integers]:
    every = np.zeros((len(sums), number), dtype=np.int64)
    every[:, areas] = sums
    return np.arange(number), every
