"""Vocabulary, keys and sums, each by itself."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from spatial.errors import ForgottenValues, TooManyValues, UnevenColumns, UnknownCode
from spatial.grid import CellRange
from spatial.index.choice import Choice, plan_of
from spatial.index.identity import Identity
from spatial.index.index import Index
from spatial.index.keys import EXACT, SortedKeys, are_among, distinct, sorting_order
from spatial.index.sums import narrowed, sums_by_key
from spatial.index.vocabulary import Place, coded
from tests.spatial.usulan_rows import EXAMPLES, columns_of, random_rows

CELLS = st.integers(0, 2**62 - 1)
keys = st.lists(st.one_of(st.just(-1), CELLS, CELLS.map(lambda cell: cell | EXACT))).map(sorted)


@EXAMPLES
@given(keys=keys, one=CELLS, other=CELLS)
def test_split_keys_say_where_whole_keys_stand(keys, one, other):
    first, last = sorted([one, other])
    split = SortedKeys.of(np.array(keys, dtype=np.int64))

    begin, end = split.exact_span(CellRange(first, last))
    crowd_begin, crowd_end = split.crowd_span(CellRange(first, last))

    assert split.whole().tolist() == keys
    assert keys[begin:end] == [key for key in keys if first | EXACT <= key <= last | EXACT]
    assert keys[crowd_begin:crowd_end] == [key for key in keys if first <= key <= last]


@pytest.mark.parametrize("most", [5, 2**20, 2**62])
@EXAMPLES
@given(st.lists(st.integers(-1, 2**62), max_size=40))
def test_the_sorting_order_keeps_equal_numbers_as_they_were(most, numbers):
    few = np.array([number % most - 1 for number in numbers], dtype=np.int64)

    order = sorting_order(few)

    assert order.tolist() == sorted(range(len(few)), key=lambda place: few[place])


@EXAMPLES
@given(st.lists(st.integers(0, 30)), st.lists(st.integers(0, 30)))
def test_distinct_numbers_and_who_is_among_them(some, others):
    ascending = distinct(np.array(others, dtype=np.int64))

    found = are_among(np.array(some, dtype=np.int64), ascending)

    assert ascending.tolist() == sorted(set(others))
    assert found.tolist() == [number in others for number in some]


@EXAMPLES
@given(st.lists(st.integers(0, 50), unique=True), st.lists(st.integers(0, 60), unique=True))
def test_an_id_is_found_at_its_row_and_a_strange_one_nowhere(ids, wanted):
    identity = Identity.of(np.array(ids, dtype=np.int64))

    rows = identity.find(np.array(sorted(wanted), dtype=np.int64))

    assert sorted(rows.tolist()) == sorted(ids.index(number) for number in wanted if number in ids)


@pytest.mark.parametrize("size", [4, 2**40])
@EXAMPLES
@given(rows=st.lists(st.tuples(st.integers(0, 3), st.integers(-(2**60), 2**60)), max_size=5))
def test_sums_by_key_are_exact_beyond_what_a_float_can_hold(size, rows):
    keys = np.array([key for key, _ in rows], dtype=np.int64)
    weights = np.array([weight // 8 for _, weight in rows], dtype=np.int64)

    found = sums_by_key(keys, size, [np.ones(len(rows), dtype=np.uint8), weights])

    assert dict(zip(found.keys.tolist(), found.sums.T.tolist(), strict=True)) == {
        key: [
            sum(1 for other, _ in rows if other == key),
            sum(weight // 8 for other, weight in rows if other == key),
        ]
        for key, _ in rows
    }


@pytest.mark.parametrize(
    ("numbers", "kind"),
    [
        ([0, 255], "uint8"),
        ([0, 256], "uint16"),
        ([-1, 127], "int8"),
        ([-1, 2**31], "int64"),
        ([0, 2**32], "int64"),
        ([], "uint8"),
    ],
)
def test_numbers_are_kept_in_the_narrowest_type_that_holds_them(numbers, kind):
    narrow = narrowed(np.array(numbers, dtype=np.int64))

    assert narrow.dtype == kind
    assert narrow.tolist() == numbers


def test_a_column_of_bytes_takes_255_values_and_no_more():
    _, words = columns_of(random_rows(1, 9))

    dataclasses.replace(words, year=tuple(range(255)))
    with pytest.raises(TooManyValues) as refusal:
        dataclasses.replace(words, year=tuple(range(256)))

    assert (refusal.value.column, refusal.value.found) == ("year", 256)


def test_there_may_be_more_places_than_two_bytes_can_tell_apart():
    rows, words = columns_of(random_rows(1, 40))
    many = tuple(Place("33", "33.9", f"33.9.{number}") for number in range(70_000))
    moved = dataclasses.replace(rows, place=np.full(40, len(words.place) + 69_999))
    index = Index.of(moved, dataclasses.replace(words, place=words.place + many))

    there = index.totals(Choice(area=frozenset({"33.9.69999"})), level="kota")
    elsewhere = index.totals(Choice(area=frozenset({"33.9.4463"})), level="kota")

    assert there.matched == index.totals(Choice(), level="kota").matched > 0
    assert elsewhere.matched == 0


def test_codes_go_on_after_those_that_were_given_out():
    codes, values = coded(["b", "c", "b", None], ("a", "b"))

    assert codes.tolist() == [1, 2, 1, 3]
    assert values == ("a", "b", "c", None)


def test_a_vocabulary_of_other_areas_is_refused():
    _, words = columns_of(random_rows(1, 9))
    other = dataclasses.replace(words, areas={**words.areas, "rt": ("x",)})

    with pytest.raises(ForgottenValues):
        other.require_codes_of(words)


def test_columns_of_different_lengths_are_refused():
    rows, words = columns_of(random_rows(1, 9))

    with pytest.raises(UnevenColumns):
        Index.of(dataclasses.replace(rows, cost=rows.cost[:-1]), words)


@pytest.mark.parametrize("code", [-1, 256])
@pytest.mark.parametrize("name", ["category", "status", "year", "place"])
def test_a_code_without_a_value_is_refused(name, code):
    rows, words = columns_of(random_rows(1, 9))
    wrong = dataclasses.replace(rows, **{name: np.full(9, code)})

    with pytest.raises(UnknownCode):
        Index.of(wrong, words)
    with pytest.raises(UnknownCode):
        Index.of(rows, words).applied(wrong)


@EXAMPLES
@given(st.lists(st.booleans(), min_size=1, max_size=40))
def test_any_set_of_codes_is_told_from_the_others(passing):
    _, words = columns_of(random_rows(1, 9))
    years = tuple(range(2000, 2000 + len(passing)))
    wanted = frozenset(year for year, passes in zip(years, passing, strict=True) if passes)
    plan = plan_of(Choice(year=wanted | {1}), dataclasses.replace(words, year=years))
    codes = np.arange(len(passing), dtype=np.uint8)

    rows = plan.rows({"year": codes, "standing": np.full(len(codes), 2)}, 0, len(codes))

    assert rows.tolist() == [code for code, passes in enumerate(passing) if passes]
