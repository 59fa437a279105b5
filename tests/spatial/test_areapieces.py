import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import MultiPolygon, Point, Polygon, box

from spatial.areapieces import area_pieces, source_of_areas
from spatial.errors import Flaw, InvalidGeometry
from spatial.grid import mercator_places
from spatial.map_errors import InvalidWeight

CELL = 2**12
DEGREES = 2**12 * 360 / 2**31  # of a cell of level 19, from west to east
WEST, SOUTH = 110.8, -7.6


def blob(column, row, radius, corners):
    centre = Point(WEST + column * DEGREES, SOUTH + row * DEGREES)
    turns = np.linspace(0, 2 * np.pi, corners, endpoint=False)
    reach = radius * DEGREES * (1 + 0.4 * np.sin(3 * turns))
    return Polygon(
        np.column_stack([centre.x + reach * np.cos(turns), centre.y + reach * np.sin(turns)])
    )


BLOBS = st.builds(blob, st.floats(0, 20), st.floats(0, 20), st.floats(0.01, 6), st.integers(3, 40))


def in_places(area):
    return shapely.transform(area, lambda at: np.column_stack(mercator_places(*at.T)))


@given(st.lists(BLOBS, min_size=1, max_size=5))
@settings(deadline=None)
def test_the_shares_of_every_area_sum_to_one_and_balance_in_its_middle(areas):
    pieces = area_pieces(areas, level=19)

    assert np.bincount(pieces.area, pieces.share) == pytest.approx(np.ones(len(areas)))
    assert (pieces.share > 0).all()
    for number, area in enumerate(areas):
        own = pieces.area == number
        middle = in_places(area).centroid
        assert (pieces.x[own] * pieces.share[own]).sum() == pytest.approx(middle.x, abs=1)
        assert (pieces.y[own] * pieces.share[own]).sum() == pytest.approx(middle.y, abs=1)


@given(BLOBS)
@settings(deadline=None)
def test_a_piece_is_as_much_of_its_area_as_the_cell_it_lies_in_holds(area):
    pieces = area_pieces([area], level=19)

    shape = in_places(area)
    for x, y, share in zip(pieces.x, pieces.y, pieces.share, strict=True):
        west, north = x // CELL * CELL, y // CELL * CELL
        part = shape.intersection(box(west, north, west + CELL, north + CELL)).area
        assert share == pytest.approx(part / shape.area, abs=1e-9)


def test_a_hole_holds_no_weight():
    outer, hole = blob(5, 5, 4, 30), blob(5, 5, 2, 30)

    pieces = area_pieces([outer.difference(hole)], level=19)

    inner = in_places(hole)
    assert not shapely.contains_xy(inner.buffer(-CELL), pieces.x, pieces.y).any()


def test_parts_that_lie_apart_share_by_their_surface():
    two = MultiPolygon(
        [box(WEST, SOUTH, WEST + 0.002, SOUTH + 0.001), box(111, SOUTH, 111.001, SOUTH + 0.001)]
    )

    pieces = area_pieces([two], level=19)

    west_x, _ = mercator_places(110.9, SOUTH)
    assert pieces.share[pieces.x < west_x].sum() == pytest.approx(2 / 3)


@given(st.lists(st.tuples(BLOBS, st.sampled_from([0, 1, 7, 1e9])), min_size=1, max_size=5))
@settings(deadline=None)
def test_weights_spread_over_areas_sum_to_the_weights(drawn):
    areas, weights = zip(*drawn, strict=True)

    source = source_of_areas(area_pieces(areas, level=19), weights)

    assert source.total == pytest.approx(sum(weights))
    assert (source.weights > 0).all()


def test_an_area_without_surface_is_refused():
    line = Polygon([(110.8, -7.6), (110.9, -7.6), (110.8, -7.6)])

    for area in (line, Polygon()):
        with pytest.raises(InvalidGeometry) as refusal:
            area_pieces([blob(1, 1, 2, 9), area], level=19)
        assert refusal.value.flaw == Flaw.NO_AREA


def test_a_negative_weight_of_an_area_is_refused():
    with pytest.raises(InvalidWeight):
        source_of_areas(area_pieces([blob(1, 1, 2, 9)], level=19), [-1])


def test_no_areas_have_no_pieces():
    pieces = area_pieces([], level=19)

    assert pieces.areas == pieces.share.size == 0
    assert source_of_areas(pieces, []).total == 0
