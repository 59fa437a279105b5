from collections import Counter
from itertools import pairwise

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod

from spatial.crs import ellipsoidal_area_m2
from spatial.grid import degrees_of_places, mercator_integers, mercator_places
from spatial.ground import ground_scale
from spatial.hexagons import (
    HexagonGrid,
    hexagon_rings,
    hexagon_sums,
    hexagons_of,
)
from spatial.map_errors import SizeOutOfRange

LONGITUDE, LATITUDE = 110.82, -7.56
X, Y = (float(place) for place in mercator_places(LONGITUDE, LATITUDE))
EDGES_M = st.sampled_from([25, 100, 250, 1000, 9999.5])
NEAR = st.integers(-600_000, 600_000)  # places: about 11 km to each side
POSITIONS = st.lists(st.tuples(NEAR, NEAR), min_size=1, max_size=60).map(
    lambda offsets: np.array(offsets).T + np.array([[int(X)], [int(Y)]])
)


def grid_of(edge_m, latitude=LATITUDE):
    return HexagonGrid(X, Y, ground_scale(latitude), edge_m)


def metres_from_origin(grid, longitudes, latitudes):
    x, y = mercator_places(longitudes, latitudes)
    return np.column_stack([(x - grid.x) * grid.ground.east_m, (y - grid.y) * grid.ground.north_m])


def hexagon_centres(grid, columns, rows):
    rings = hexagon_rings(grid, columns, rows)[:, :-1]
    x, y = mercator_places(rings[..., 0], rings[..., 1])
    return np.stack(degrees_of_places(x.mean(axis=1), y.mean(axis=1)), axis=-1)


@given(POSITIONS, EDGES_M)
@settings(deadline=None)
def test_a_position_belongs_to_the_nearest_centre(positions, edge_m):
    grid = grid_of(edge_m)
    px, py = positions

    columns, rows = hexagons_of(grid, px, py)

    here = metres_from_origin(grid, *degrees_of_places(px, py))
    around = [(c, r) for c in range(-2, 3) for r in range(-3, 4)]
    chosen = metres_from_origin(grid, *hexagon_centres(grid, columns, rows).T)
    distance = np.hypot(*(here - chosen).T)
    for aside, below in around:
        others = metres_from_origin(grid, *hexagon_centres(grid, columns + aside, rows + below).T)
        assert (distance <= np.hypot(*(here - others).T) + 1e-3).all()
    assert (distance <= edge_m + 1e-3).all()


@given(POSITIONS, EDGES_M, st.lists(st.integers(0, 10**9), min_size=60, max_size=60))
@settings(deadline=None)
def test_hexagons_hold_every_position_and_every_rupiah_once(positions, edge_m, costs):
    px, py = positions
    cost = costs[: px.size]

    found = hexagon_sums(grid_of(edge_m), px, py, {"count": np.ones(len(px)), "cost": cost})

    columns, rows = hexagons_of(grid_of(edge_m), px, py)
    counted, summed = Counter(), Counter()
    for hexagon, rupiah in zip(zip(columns, rows, strict=True), cost, strict=True):
        counted[hexagon] += 1
        summed[hexagon] += rupiah
    met = list(zip(found.columns, found.rows, strict=True))
    assert dict(zip(met, found.sums["count"], strict=True)) == counted
    assert dict(zip(met, found.sums["cost"], strict=True)) == summed
    assert [row_first[::-1] for row_first in met] == sorted(set(zip(rows, columns, strict=True)))


@given(POSITIONS, EDGES_M, st.integers(0, 59))
@settings(deadline=None)
def test_a_hexagon_stays_the_same_whatever_else_is_filtered_away(positions, edge_m, one):
    px, py = positions
    grid, at = grid_of(edge_m), one % px.size

    among_all = [numbers[at] for numbers in hexagons_of(grid, px, py)]
    alone = [numbers[0] for numbers in hexagons_of(grid, px[at : at + 1], py[at : at + 1])]

    assert among_all == alone


@given(POSITIONS, EDGES_M)
@settings(deadline=None)
def test_the_outline_of_a_hexagon_holds_its_positions(positions, edge_m):
    grid = grid_of(edge_m)
    px, py = positions

    columns, rows = hexagons_of(grid, px, py)

    outlines = shapely.polygons(hexagon_rings(grid, columns, rows))
    places = shapely.points(*degrees_of_places(px, py))
    assert (shapely.distance(outlines, places) < 1e-9).all()


def test_neighbours_share_their_corners_to_the_last_digit():
    grid = grid_of(250)
    columns, rows = (numbers.ravel() for numbers in np.meshgrid(range(-3, 4), range(-3, 4)))

    rings = hexagon_rings(grid, columns, rows)

    sides = Counter(
        frozenset((tuple(a), tuple(b))) for ring in rings.tolist() for a, b in pairwise(ring)
    )
    # 49 hexagons in 7 rows of 7: 6 neighbours along each of 7 rows, 13 across each of 6 gaps.
    assert sum(count == 2 for count in sides.values()) == 7 * 6 + 6 * 13
    assert max(sides.values()) == 2


def test_outlines_are_closed_and_run_counter_clockwise():
    rings = hexagon_rings(grid_of(100), [0, 5, -3], [0, 1, -7])

    assert rings.shape == (3, 7, 2)
    assert (rings[:, 0] == rings[:, -1]).all()
    assert shapely.is_ccw(shapely.linearrings(rings)).all()


@pytest.mark.parametrize("latitude", [-11, -7.56, 0, 45])
def test_a_hexagon_of_250_metres_is_that_large_on_the_ground(latitude):
    x, y = (float(place) for place in mercator_places(LONGITUDE, latitude))
    grid = HexagonGrid(x, y, ground_scale(latitude), 250)

    ring = hexagon_rings(grid, [0], [0])[0]

    _, _, sides = Geod(ellps="WGS84").inv(*ring[:-1].T, *ring[1:].T)
    assert sides == pytest.approx(np.full(6, 250), rel=1e-3)
    assert ellipsoidal_area_m2(shapely.Polygon(ring)) == pytest.approx(162_380, rel=1e-3)
    assert grid.area_km2 == pytest.approx(0.162380, rel=1e-5)


def test_odd_rows_stand_half_a_hexagon_further_east():
    grid = grid_of(100)

    centres = metres_from_origin(grid, *hexagon_centres(grid, [0, 0, 0, 1], [0, 1, -1, 0]).T)

    width = 100 * 3**0.5
    expected = [(0, 0), (width / 2, 150), (width / 2, -150), (width, 0)]
    assert centres == pytest.approx(np.array(expected), abs=1e-3)


def exact_grid():
    """Half a width is 8,192 places, so that ties between two of one row are exact."""
    ground = ground_scale(LATITUDE)
    return HexagonGrid(2.0**30, 2.0**30, ground, 2 * 8192 * ground.east_m / 3**0.5)


@pytest.mark.parametrize(("half_widths", "column"), [(-1, 0), (1, 1), (3, 2)])
def test_a_position_on_an_upright_side_goes_east(half_widths, column):
    grid = exact_grid()

    columns, rows = hexagons_of(grid, [grid.x + half_widths * 8192], [grid.y])

    assert (columns[0], rows[0]) == (column, 0)


def test_an_upright_side_of_an_odd_row_goes_east_too():
    grid = exact_grid()

    columns, rows = hexagons_of(grid, [grid.x, grid.x + 2 * 8192], [grid.y + 1.5 * grid.edge] * 2)

    assert (columns.tolist(), rows.tolist()) == ([0, 1], [1, 1])


def test_no_positions_have_no_hexagons():
    found = hexagon_sums(grid_of(100), [], [], {"count": [], "cost": []})

    assert found.columns.size == found.rows.size == 0
    assert found.sums["count"].size == found.sums["cost"].size == 0


def test_a_place_at_each_end_of_the_city_is_found_without_a_table_of_all_between():
    px, py = mercator_integers([95.3, 140.7], [5.5, -8.5])

    found = hexagon_sums(grid_of(25), px, py, {"count": [1, 1]})

    assert found.sums["count"].tolist() == [1, 1]


@pytest.mark.parametrize("edge_m", [24.9, 10_001, 0, np.nan])
def test_a_size_that_is_not_offered_is_refused(edge_m):
    with pytest.raises(SizeOutOfRange) as refusal:
        grid_of(edge_m)

    assert (refusal.value.smallest_m, refusal.value.largest_m) == (25, 10_000)
