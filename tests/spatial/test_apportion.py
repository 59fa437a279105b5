import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from spatial.apportion import apportioned


@given(st.lists(st.floats(0, 1000), max_size=40))
@settings(deadline=None, max_examples=50)
def test_rounded_parts_sum_to_the_whole_and_none_moves_by_one(drawn):
    # What is missing to a whole number is one of the parts.
    parts = np.array([*drawn, np.ceil(sum(drawn)) - sum(drawn)])
    total = round(parts.sum())

    numbers = apportioned(parts, total)

    assert numbers.sum() == total
    assert (numbers >= 0).all()
    assert (np.abs(numbers - parts) < 1 + 1e-5).all()


def test_whole_parts_stay():
    assert apportioned([3, 0, 4.0000000001, 2.9999999999], 10).tolist() == [3, 0, 4, 3]


def test_what_is_left_goes_to_those_that_lost_most():
    assert apportioned([0.3, 0.9, 0.8, 2.0], 4).tolist() == [0, 1, 1, 2]
