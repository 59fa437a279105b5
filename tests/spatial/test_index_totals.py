"""Totals of the index are those of a plain recount."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spatial.areas import LEVELS
from spatial.errors import UnknownQuestion
from spatial.index.choice import Choice
from spatial.index.index import Index
from spatial.index.totals import GROUPINGS
from tests.spatial.usulan_rows import (
    AREAS,
    EXAMPLES,
    GROUP_OF,
    added_up,
    choices,
    columns_of,
    is_in,
    sets_of_rows,
)

levels = st.sampled_from(LEVELS)
groupings = st.lists(st.sampled_from(GROUPINGS), max_size=5, unique=True)


def recounted(rows, choice, level, by):
    """Per area and joint value of the groupings, what is there."""
    found = {}
    for row in rows:
        if is_in(row, choice) and (area := getattr(row.place, level)):
            found.setdefault((area, *values_of(row, by)), []).append(row)
    return {key: added_up(members) for key, members in found.items()}


def values_of(row, by):
    return tuple(GROUP_OF[row.category] if name == "group" else getattr(row, name) for name in by)


def rows_in(index, totals, level, by):
    words = index.vocabulary
    values = [words.groups if name == "group" else words.values_of(name) for name in by]
    keys = [
        (
            words.areas[level][area],
            *(values[step][codes[row]] for step, codes in enumerate(totals.values)),
        )
        for row, area in enumerate(totals.areas)
    ]
    assert len(set(keys)) == len(keys)
    return dict(zip(keys, map(tuple, totals.sums.T.tolist()), strict=True))


@EXAMPLES
@given(rows=sets_of_rows, choice=choices, level=levels, by=groupings.filter(bool))
def test_rows_of_any_grouping_are_those_of_a_recount(rows, choice, level, by):
    index = Index.of(*columns_of(rows))

    totals = index.totals(choice, level=level, by=by)

    assert rows_in(index, totals, level, by) == recounted(rows, choice, level, by)


@EXAMPLES
@given(rows=sets_of_rows, choice=st.one_of(st.just(Choice()), choices))
def test_rows_of_rt_in_the_finest_detail_are_those_of_a_recount_in_order(rows, choice):
    index = Index.of(*columns_of(rows))
    by = ("category", "status", "year")

    totals = index.totals(choice, level="rt", by=by)

    assert rows_in(index, totals, "rt", by) == recounted(rows, choice, "rt", by)
    keys = list(zip(totals.areas, *totals.values, strict=True))
    assert keys == sorted(keys)
    chosen = [row for row in rows if is_in(row, choice)]
    assert totals.matched == len(chosen)
    assert totals.unlocated == sum(row.position is None for row in chosen)
    assert totals.loose_sums[0].sum() == sum(row.place.rt is None for row in chosen)


@EXAMPLES
@given(rows=sets_of_rows, choice=choices, level=levels)
def test_without_a_grouping_every_area_has_a_row_zeros_too(rows, choice, level):
    index = Index.of(*columns_of(rows))

    totals = index.totals(choice, level=level)

    found = recounted(rows, choice, level, ())
    nothing = (0, 0, 0, 0, 0)
    assert list(rows_in(index, totals, level, ())) == [(code,) for code in AREAS[level]]
    assert rows_in(index, totals, level, ()) == {
        (code,): found.get((code,), nothing) for code in AREAS[level]
    }


@EXAMPLES
@given(rows=sets_of_rows, choice=choices, level=levels, by=groupings)
def test_rows_and_what_has_no_area_make_the_whole_set(rows, choice, level, by):
    index = Index.of(*columns_of(rows))
    chosen = [row for row in rows if is_in(row, choice)]

    totals = index.totals(choice, level=level, by=by)

    assert totals.matched == len(chosen)
    assert totals.unlocated == sum(row.position is None for row in chosen)
    assert totals.unassigned == sum(getattr(row.place, level) is None for row in chosen)
    assert totals.sums[0].sum() + totals.unassigned == totals.matched


@EXAMPLES
@given(rows=sets_of_rows, choice=choices, level=levels, by=groupings)
def test_what_has_no_area_is_told_by_value_too(rows, choice, level, by):
    index = Index.of(*columns_of(rows))

    totals = index.totals(choice, level=level, by=by)

    nowhere = {}
    for row in rows:
        if is_in(row, choice) and getattr(row.place, level) is None:
            nowhere.setdefault(values_of(row, by), []).append(row)
    words = index.vocabulary
    values = [words.groups if name == "group" else words.values_of(name) for name in by]
    keys = [
        tuple(known[codes[row]] for known, codes in zip(values, totals.loose_values, strict=True))
        for row in range(totals.loose_sums.shape[1])
    ]
    assert len(set(keys)) == len(keys)
    assert dict(zip(keys, map(tuple, totals.loose_sums.T.tolist()), strict=True)) == {
        key: added_up(members) for key, members in nowhere.items()
    }


@pytest.mark.parametrize(("level", "by"), [("desa", ()), ("category", ()), ("rt", ("level",))])
def test_what_is_no_level_or_grouping_is_refused(level, by):
    index = Index.of(*columns_of([]))

    with pytest.raises(UnknownQuestion):
        index.totals(Choice(), level=level, by=by)
