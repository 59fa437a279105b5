"""Rows that come and go leave every answer as a fresh build would give it."""

import dataclasses
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from spatial.areas import LEVELS
from spatial.errors import ForgottenValues, RepeatedRow
from spatial.index.choice import Choice
from spatial.index.index import Index
from spatial.index.totals import GROUPINGS
from spatial.tiles import Tile
from tests.spatial.usulan_rows import (
    EXAMPLES,
    choices,
    columns_of,
    random_row,
    random_rows,
    seeds,
    sets_of_rows,
    tiles_of,
)

EVERYTHING = Choice()
CODED = ("status", "year", "stage", "funding", "channel", "place", "created", "updated")
"""Columns whose codes tell in which order values came."""


@dataclasses.dataclass(frozen=True)
class Asked:
    """What is asked of two indexes that should agree."""

    choice: Choice
    z: int
    cell_level: int
    area_level: str
    by: tuple[str, ...]


questions = st.builds(
    Asked,
    choices,
    st.sampled_from([0, 9, 10, 11, 12, 13, 14, 17]),
    st.sampled_from([3, 16, 18, 20, 25]),
    st.sampled_from(LEVELS),
    st.sampled_from([(), ("year",), ("category", "status"), ("group", "funding"), GROUPINGS]),
)


def same_answers(index, other, asked, rows):
    """Tiles, cells and totals of both, in plain values that do not depend on codes."""
    for tile in tiles_of(rows, asked.z):
        assert index.tile(asked.choice, tile) == other.tile(asked.choice, tile)
    cells, others = (each.cells(asked.choice, level=asked.cell_level) for each in (index, other))
    assert shown(cells) == shown(others)
    totals, others = (
        by_name(each, asked.choice, asked.area_level, asked.by) for each in (index, other)
    )
    assert totals == others


def shown(cells):
    return cells.cells.tolist(), cells.sums.tolist()


def by_name(index, choice, level, by):
    totals, words = index.totals(choice, level=level, by=by), index.vocabulary
    values = [words.groups if name == "group" else words.values_of(name) for name in by]
    rows = {
        (area, *(values[step][codes[row]] for step, codes in enumerate(totals.values))): sums
        for row, (area, sums) in enumerate(
            zip(totals.areas.tolist(), totals.sums.T.tolist(), strict=True)
        )
    }
    return rows, totals.matched, totals.unassigned, totals.unlocated


class Town:
    """An index and beside it, as a dictionary, the rows it should hold."""

    def __init__(self, rows):
        self.rows = {row.number: row for row in rows}
        self.index = Index.of(*columns_of(rows))

    def change(self, rng: Random) -> None:
        """New ones, others in place of known ones, some that go, some that never were."""
        known = sorted(self.rows)
        free = 1 + max(known, default=0)
        coming = [random_row(rng, free + step) for step in range(rng.randint(0, 4))]
        coming += [random_row(rng, number) for number in rng.sample(known, min(len(known), 3))]
        gone = [*rng.sample(known, min(len(known), 2)), 10**9]
        columns, vocabulary = columns_of(coming, self.index.vocabulary)
        self.index = self.index.applied(columns, gone, vocabulary)
        for number in gone:
            self.rows.pop(number, None)
        self.rows |= {row.number: row for row in coming}

    def fresh(self) -> Index:
        return Index.of(*columns_of(list(self.rows.values())))


@EXAMPLES
@given(rows=sets_of_rows, asked=questions, seed=seeds, steps=st.integers(1, 6))
def test_answers_after_any_edits_are_those_of_a_fresh_index(rows, asked, seed, steps):
    town, rng = Town(rows), Random(seed)

    for _ in range(steps):
        town.change(rng)

    assert len(town.index) == len(town.rows)
    same_answers(town.index, town.fresh(), asked, list(town.rows.values()))


@EXAMPLES
@given(rows=sets_of_rows, asked=questions, seed=seeds, folds=st.integers(1, 4))
def test_folding_changes_no_answer_and_leaves_nothing_beside(rows, asked, seed, folds):
    town, rng = Town(rows), Random(seed)

    for _ in range(folds):
        town.change(rng)
        town.change(rng)
        town.index = town.index.folded()

    assert town.index.signed_rows == 0
    assert len(town.index) == len(town.rows)
    same_answers(town.index, town.fresh(), asked, list(town.rows.values()))


@EXAMPLES
@given(rows=sets_of_rows, seed=seeds)
def test_a_folded_base_holds_what_a_fresh_one_holds(rows, seed):
    town = Town(rows)
    town.change(Random(seed))

    folded, fresh = town.index.folded(), town.fresh()

    for name, column in fresh.base.block.columns.items():
        if name not in CODED:
            ours = folded.base.block.columns[name]
            assert sorted(ours.tolist()) == sorted(column.tolist())
    assert folded.base.block.keys.whole().tolist() == fresh.base.block.keys.whole().tolist()
    assert folded.base.identity.ids.whole().tolist() == fresh.base.identity.ids.whole().tolist()


@EXAMPLES
@given(rows=sets_of_rows, seed=seeds)
def test_a_change_told_twice_counts_once(rows, seed):
    index = Index.of(*columns_of(rows))
    columns, words = columns_of(random_rows(seed, 5), index.vocabulary)

    once = index.applied(columns, (), words)
    twice = once.applied(columns, (), words)

    assert by_name(once, EVERYTHING, "kota", ("status",)) == by_name(
        twice, EVERYTHING, "kota", ("status",)
    )
    assert len(once) == len(twice)


def test_an_index_stays_as_it_was_when_another_is_made_from_it():
    index = Index.of(*columns_of(random_rows(1, 50)))
    before = index.tile(EVERYTHING, Tile(0, 0, 0))
    columns, words = columns_of(random_rows(2, 40), index.vocabulary)

    index.applied(columns, [], words).folded()

    assert index.tile(EVERYTHING, Tile(0, 0, 0)) == before
    assert index.signed_rows == 0


def test_sums_grow_past_the_type_that_the_base_had():
    small = [dataclasses.replace(row, supporters=3) for row in random_rows(1, 30)]
    great = [dataclasses.replace(row, supporters=10**9) for row in random_rows(1, 30)]
    index = Index.of(*columns_of(small))
    columns, words = columns_of(great, index.vocabulary)

    folded = index.applied(columns, (), words).folded()

    assert by_name(folded, EVERYTHING, "kota", ()) == by_name(
        Index.of(*columns_of(great)), EVERYTHING, "kota", ()
    )


def test_two_rows_of_one_id_are_refused():
    rows, words = columns_of(random_rows(1, 3))
    twice = dataclasses.replace(rows, ids=np.array([5, 8, 5]))

    with pytest.raises(RepeatedRow):
        Index.of(twice, words)
    with pytest.raises(RepeatedRow):
        Index.of(rows, words).applied(twice)


def test_a_vocabulary_that_forgets_a_value_is_refused():
    rows, words = columns_of(random_rows(1, 30))
    index = Index.of(rows, words)
    other = dataclasses.replace(words, year=words.year[::-1])

    with pytest.raises(ForgottenValues):
        index.applied(rows, (), other)
