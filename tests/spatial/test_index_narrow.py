"""Columns of numbers in fewer bytes than some of them need."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from spatial.errors import RepeatedRow
from spatial.index.identity import Identity
from spatial.index.keys import SortedKeys
from spatial.index.merge import Merge
from spatial.index.narrow import Narrow
from tests.spatial.usulan_rows import EXAMPLES

SMALL = st.integers(0, 255)
LARGE = st.one_of(st.integers(256, 2**17), st.integers(2**32 - 2, 2**45))


@st.composite
def columns(draw):
    """Numbers most of which are small."""
    values = draw(st.lists(SMALL, min_size=1, max_size=150))
    for _ in range(draw(st.integers(0, 6))):
        values.insert(draw(st.integers(0, len(values))), draw(LARGE))
    return values


def of(numbers):
    return np.array(numbers, dtype=np.int64)


def test_one_large_number_does_not_widen_a_thousand_small_ones():
    narrow = Narrow.of(of([7] * 1_000 + [5_000_000_000]))

    assert narrow.low.dtype == np.uint8
    assert narrow.whole().tolist() == [7] * 1_000 + [5_000_000_000]


@pytest.mark.parametrize(
    ("numbers", "kind"),
    [([3, 300] * 40, "uint16"), ([2**33] * 40, "int64"), ([-1, 200], "int16"), ([], "uint8")],
)
def test_a_type_holds_all_where_many_are_large_or_one_is_below_zero(numbers, kind):
    narrow = Narrow.of(of(numbers))

    assert narrow.low.dtype == kind
    assert narrow.low.tolist() == narrow.whole().tolist() == numbers


@EXAMPLES
@given(values=columns(), places=st.lists(st.integers(0, 10_000), max_size=60))
def test_numbers_are_read_in_any_order_as_they_were_given(values, places):
    chosen = of([place % len(values) for place in places])

    found = Narrow.of(of(values)).at(chosen)

    assert found.tolist() == [values[place] for place in chosen.tolist()]


@EXAMPLES
@given(values=columns(), data=st.data())
def test_sums_over_runs_count_what_the_narrow_type_cannot_hold(values, data):
    places = sorted(data.draw(st.sets(st.integers(0, len(values) - 1), min_size=1)))
    cuts = data.draw(st.sets(st.integers(1, len(places))))
    starts = [0, *sorted(cuts - {len(places)})]
    ends = [*starts[1:], len(places)]

    sums = Narrow.of(of(values)).lowered(of(places), of(starts))

    runs = (places[first:last] for first, last in zip(starts, ends, strict=True))
    assert sums.tolist() == [sum(values[place] for place in run) for run in runs]


@EXAMPLES
@given(values=columns(), came=columns(), data=st.data())
def test_merged_numbers_are_those_that_stay_come_and_change(values, came, data):
    removed = sorted(data.draw(st.sets(st.integers(0, len(values) - 1))))
    places = sorted(data.draw(st.integers(0, len(values))) for _ in came)
    merge = Merge.of(len(values), of(removed), of(places))
    stay = [place for place in range(len(values)) if place not in removed]
    chosen = sorted(data.draw(st.sets(st.sampled_from(stay)))) if stay else []
    changed = [data.draw(st.one_of(SMALL, LARGE)) for _ in chosen]

    merged = Narrow.of(of(values)).merged(merge, of(came), merge.where(of(chosen)), of(changed))

    now = {**dict(enumerate(values)), **dict(zip(chosen, changed, strict=True))}
    expected = []
    for place in range(len(values) + 1):
        expected += [value for value, before in zip(came, places, strict=True) if before == place]
        expected += [now[place]] if place in stay else []
    assert merged.whole().tolist() == expected
    assert len(merged.places) <= len(merged.low) / 32


@EXAMPLES
@given(
    keys=st.lists(st.integers(0, 2**34), unique=True).map(sorted),
    wanted=st.lists(st.integers(0, 2**34)).map(sorted),
    data=st.data(),
)
def test_split_keys_are_sought_and_read_in_any_order(keys, wanted, data):
    split = SortedKeys.of(of(keys))
    rows = data.draw(st.lists(st.integers(0, len(keys) - 1))) if keys else []
    asked = sorted({*wanted, *(keys[row] for row in rows)})

    places, found = split.sought(of(asked))

    assert split.at_any(of(rows)).tolist() == [keys[row] for row in rows]
    assert found.tolist() == [key in keys for key in asked]
    assert places.tolist() == [sum(key < one for key in keys) for one in asked]


def test_an_id_twice_is_refused_and_the_same_lower_half_twice_is_not():
    Identity.of(of([5, 5 + 2**30, 5 + 2**33]))

    with pytest.raises(RepeatedRow) as refusal:
        Identity.of(of([5 + 2**33, 7, 5 + 2**33]))

    assert str(5 + 2**33) in str(refusal.value)
