import re
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from spatial.classes import Classing, class_breaks, class_of, easy_number

PROJECT = Path(__file__).parents[2]
# Few different values, zeros and ties among them, or any at all.
FEW = st.lists(st.sampled_from([0, 0, 0, 1, 2, 3, 7, 12.5]), min_size=1, max_size=9)
ANY = st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=9)
VALUES = FEW | ANY
RULES = st.sampled_from(list(Classing))


def spread_within(values, classes):
    return sum(
        ((values[classes == c] - values[classes == c].mean()) ** 2).sum() for c in set(classes)
    )


def least_spread(values, classes):
    """Of every way to part the sorted values into at most so many runs."""
    ordered = np.sort(values)
    ways = (
        np.searchsorted(cuts, np.arange(len(ordered)), side="right")
        for number in range(classes)
        for cuts in combinations(range(1, len(ordered)), number)
    )
    return min(spread_within(ordered, way) for way in ways)


@given(VALUES, st.integers(1, 6))
@settings(deadline=None)
def test_natural_classes_are_the_best_of_all_there_are(drawn, classes):
    values = np.array(drawn, dtype=float)

    breaks = class_breaks(values, Classing.NATURAL, classes=classes)

    spread = spread_within(values, class_of(values, breaks.breaks))
    scale = np.square(values).sum()
    assert spread == pytest.approx(least_spread(values, classes), rel=1e-9, abs=1e-12 * scale)
    assert 0 not in breaks.counts


@given(FEW, st.integers(1, 6))
@settings(deadline=None)
def test_natural_classes_are_fewer_only_where_there_are_fewer_values(drawn, classes):
    breaks = class_breaks(drawn, Classing.NATURAL, classes=classes)

    assert len(breaks.counts) == min(classes, len(set(drawn)))


@given(st.lists(st.integers(0, 400), min_size=1, max_size=120), st.integers(2, 7))
@settings(deadline=None, max_examples=60)
def test_natural_classes_of_many_values_are_the_best_too(drawn, classes):
    values = np.sort(np.array(drawn, dtype=float))

    breaks = class_breaks(values, Classing.NATURAL, classes=classes)

    # The same optimum by trying every start of every last class.
    size = len(values)
    cost = np.full((size + 1, size + 1), np.inf)
    for first in range(size):
        for after in range(first + 1, size + 1):
            cost[first, after] = values[first:after].var() * (after - first)
    least = cost[0]
    for _ in range(classes - 1):
        least = np.minimum(least, (least[:, np.newaxis] + cost).min(axis=0))
    spread = spread_within(values, class_of(values, breaks.breaks))
    assert spread == pytest.approx(least[size], rel=1e-9, abs=1e-6)


@example([3.0], Classing.EQUAL, 5)  # 3 * 0.8 + 3 * 0.2 is over 3 in floats
@given(VALUES, RULES, st.integers(1, 6))
@settings(deadline=None)
def test_every_value_is_in_one_class_and_breaks_rise(drawn, how, classes):
    breaks = class_breaks(drawn, how, classes=classes)

    assert sum(breaks.counts) == len(drawn)
    assert len(breaks.counts) == len(breaks.breaks) + 1 <= classes
    assert list(breaks.breaks) == sorted(set(breaks.breaks))
    assert (breaks.lowest, breaks.highest) == (min(drawn), max(drawn))
    assert all(breaks.lowest < limit <= breaks.highest for limit in breaks.breaks)


@given(VALUES, RULES, st.randoms(use_true_random=False))
@settings(deadline=None)
def test_the_order_of_the_values_changes_nothing(drawn, how, random):
    shuffled = random.sample(drawn, len(drawn))

    assert class_breaks(shuffled, how) == class_breaks(drawn, how)


@pytest.mark.parametrize("how", Classing)
def test_equal_values_make_one_class(how):
    breaks = class_breaks([4, 4, 4, 4, 4, 4], how)

    assert (breaks.breaks, breaks.counts) == ((), (6,))


def test_quantile_classes_hold_equally_many():
    breaks = class_breaks(np.arange(100), Classing.QUANTILE, classes=4)

    assert breaks.breaks == (24.75, 49.5, 74.25)
    assert breaks.counts == (25, 25, 25, 25)


def test_quantiles_that_coincide_are_kept_once():
    breaks = class_breaks([0] * 50 + [1] * 30 + [2, 3, 4, 5] * 5, Classing.QUANTILE)

    # At 20, 40, 60 and 80 percent stand 0, 0, 1 and 1.2; a break at 0 would leave nothing below.
    assert breaks.breaks == pytest.approx((1, 1.2))
    assert breaks.counts == (50, 30, 20)


def test_equal_classes_are_equally_wide_and_may_be_empty():
    breaks = class_breaks([0, 1, 2, 10], Classing.EQUAL)

    assert breaks.breaks == (2, 4, 6, 8)
    assert breaks.counts == (2, 1, 0, 0, 1)


def test_natural_classes_stand_apart_where_the_values_do():
    breaks = class_breaks([1, 2, 1, 50, 51, 200, 49], Classing.NATURAL, classes=3)

    assert breaks.breaks == (49, 200)
    assert breaks.counts == (3, 3, 1)


def test_natural_classes_of_almost_equal_large_values_are_still_told_apart():
    values = 1e9 + np.array([0, 1, 2, 1000, 1001, 1002, 5000])

    breaks = class_breaks(values, Classing.NATURAL, classes=3)

    assert breaks.counts == (3, 3, 1)


def test_a_value_equal_to_a_break_is_in_the_class_above():
    assert class_of([0, 1.99, 2, 5, 8, 9], [2, 8]).tolist() == [0, 0, 1, 1, 2, 2]


def test_a_value_that_is_not_known_is_left_out_and_counted():
    breaks = class_breaks([1, np.nan, 2, np.nan, 3], Classing.NATURAL, classes=3)

    assert (breaks.missing, breaks.counts) == (2, (1, 1, 1))


@pytest.mark.parametrize("how", Classing)
def test_without_values_there_is_one_empty_class(how):
    breaks = class_breaks([np.nan], how)

    assert (breaks.breaks, breaks.counts, breaks.missing) == ((), (0,), 1)
    assert np.isnan([breaks.lowest, breaks.highest]).all()


@pytest.mark.parametrize(
    ("value", "below", "above"),
    [
        (68.3, 60, 80),
        (820, 800, 1000),
        (1, 1, 1),
        (1.21, 1.2, 1.5),
        (0.0999, 0.08, 0.1),
        (6e8, 6e8, 6e8),
    ],
)
def test_an_easy_number_is_the_next_of_the_row(value, below, above):
    assert easy_number(value) == below
    assert easy_number(value, up=True) == above


@given(st.floats(1e-9, 1e15))
@settings(deadline=None)
def test_an_easy_number_is_near(value):
    assert value * 0.74 <= easy_number(value) <= value * (1 + 1e-9)
    assert value * (1 - 1e-9) <= easy_number(value, up=True) <= value * 1.34


def test_the_pages_round_class_limits_to_the_same_easy_numbers():
    page = (PROJECT / "frontend/src/geo/classes.ts").read_text(encoding="utf-8")

    told = re.search(r"const STEPS = \[([^]]*)\]", page)

    assert told is not None
    on_the_page = {float(number) for number in told[1].split(",")}
    assert on_the_page == {easy_number(value / 100, up=True) for value in range(100, 1001)}
