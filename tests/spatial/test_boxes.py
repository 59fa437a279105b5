"""Ranges of cells that cover a box: nothing of it left out, little beside it, few of them."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spatial.boxes import MOST_CELLS, ranges_of_box
from spatial.errors import InvalidGeometry
from spatial.grid import cell_at, deinterleave

LONGITUDES, LATITUDES = st.floats(-180, 180), st.floats(-90, 90)
SIDES = st.one_of(st.just(0.0), st.floats(1e-9, 0.5), st.floats(0, 360))


@st.composite
def boxes(draw):
    west, south = draw(LONGITUDES), draw(LATITUDES)
    return west, south, min(west + draw(SIDES), 180), min(south + draw(SIDES), 90)


@settings(deadline=None)
@given(boxes(), st.floats(0, 1), st.floats(0, 1))
def test_every_position_of_a_box_and_its_corners_are_in_its_few_ranges(box, east, north):
    west, south, far_east, far_north = box
    inside = (
        min(west + east * (far_east - west), far_east),
        min(south + north * (far_north - south), far_north),
    )

    ranges = ranges_of_box(box)

    for position in (inside, box[:2], box[2:], (west, far_north), (far_east, south)):
        assert sum(first <= cell_at(*position) <= last for first, last in ranges) == 1
    assert 1 <= len(ranges) <= MOST_CELLS
    assert all(before.last + 1 < after.first for before, after in pairwise(ranges))


@settings(deadline=None)
@given(st.floats(110, 112), st.floats(-8, -7), st.floats(0.0001, 0.5))
def test_the_ranges_of_a_square_hold_at_most_eight_times_as_much(west, south, side):
    box = (west, south, west + side, south + side)

    held = sum(last - first + 1 for first, last in ranges_of_box(box))

    corners = [cell_at(west, south + side), cell_at(west + side, south)]
    columns, rows = (int(np.diff(places)[0]) + 1 for places in deinterleave(corners))
    assert held <= 8 * columns * rows


@pytest.mark.parametrize("box", [(np.nan, 0, 1, 1), (0, 0, np.inf, 1)])
def test_a_box_that_is_not_finite_has_no_ranges(box):
    with pytest.raises(InvalidGeometry):
        ranges_of_box(box)
