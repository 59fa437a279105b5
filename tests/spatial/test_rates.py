"""Intervals of rates against the sums that define them."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from spatial.rates import poisson_interval


def chance_of_at_most(count: int, mean: float) -> float:
    """Of a Poisson variable, term by term."""
    terms = [n * math.log(mean) - mean - math.lgamma(n + 1) for n in range(count + 1)]
    return math.fsum(math.exp(term) for term in terms)


@given(st.integers(1, 2_000), st.sampled_from([0.5, 0.8, 0.95, 0.99]))
def test_beyond_either_end_what_was_seen_would_be_as_rare_as_told(count, confidence):
    low, high = poisson_interval(count, confidence=confidence)
    tail = (1 - confidence) / 2

    assert 1 - chance_of_at_most(count - 1, float(low)) == pytest.approx(tail, abs=1e-9)
    assert chance_of_at_most(count, float(high)) == pytest.approx(tail, abs=1e-9)
    assert low < count < high


def test_published_intervals_are_met():
    # Garwood (1936), as in tables of exact Poisson limits: 0, 1, 10 and 100 cases at 95 %.
    low, high = poisson_interval([0, 1, 10, 100])

    assert np.round(low, 3).tolist() == [0.0, 0.025, 4.795, 81.364]
    assert np.round(high, 3).tolist() == [3.689, 5.572, 18.390, 121.627]


def test_no_counts_have_no_intervals():
    low, high = poisson_interval([])

    assert (low.size, high.size) == (0, 0)
