import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spatial.heatsource import HeatSource, heat_level, joined, source_of_cells
from spatial.index.sums import CellSums
from spatial.map_errors import InvalidWeight
from tests.spatial.heat_cells import gathered

CELL = 2**12  # of level 19, in places
ANYWHERE = st.integers(0, 2**31 - 1)
IN_A_CITY = st.integers(1_700_000_000, 1_700_000_000 + 20 * CELL)


def source_of(points):
    px, py, weights = np.array(points, dtype=float).reshape(-1, 3).T
    return HeatSource(px + 0.5, py + 0.5, weights)


def sources(places):
    point = st.tuples(places, places, st.integers(1, 9))
    return st.lists(point, max_size=60).map(source_of)


@pytest.mark.parametrize("weight", [-1, np.nan, np.inf])
def test_a_weight_that_makes_no_density_is_refused(weight):
    with pytest.raises(InvalidWeight) as refusal:
        source_of([(1, 1, 1), (2, 2, weight)])

    assert refusal.value.weight == pytest.approx(weight, nan_ok=True)


@given(sources(ANYWHERE) | sources(IN_A_CITY))
@settings(deadline=None)
def test_cells_keep_the_sum_and_the_centre_of_mass_of_what_is_in_them(source):
    laid = source_of_cells(gathered(source, 19), "count")

    assert laid.total == source.total
    columns, rows = laid.x // CELL, laid.y // CELL
    for column, row, x, y in zip(columns, rows, laid.x, laid.y, strict=True):
        inside = (source.x // CELL == column) & (source.y // CELL == row)
        weights = source.weights[inside]
        assert x == pytest.approx(np.average(source.x[inside], weights=weights), rel=1e-12)
        assert y == pytest.approx(np.average(source.y[inside], weights=weights), rel=1e-12)


def test_a_cell_weighs_what_is_asked_for_where_its_usulan_are():
    sums = CellSums(19, np.array([3]), np.array([[2, 500, 30, 7, 2 * 100, 2 * 80]]).T)

    laid = {name: source_of_cells(sums, name) for name in ("count", "cost", "supporters")}

    assert {name: source.total for name, source in laid.items()} == {
        "count": 2,
        "cost": 500,
        "supporters": 7,
    }
    assert {(source.x[0], source.y[0]) for source in laid.values()} == {(100.5, 80.5)}


@pytest.mark.parametrize(
    ("bandwidth_m", "level"),
    [(50, 21), (99, 21), (100, 20), (200, 19), (201, 19), (400, 18), (2000, 16)],
)
def test_cells_are_as_coarse_as_the_bandwidth_permits(bandwidth_m, level):
    assert heat_level(bandwidth_m) == level


@given(st.lists(sources(ANYWHERE), max_size=4))
@settings(deadline=None)
def test_joined_sources_hold_every_weight_of_each(parts):
    whole = joined(parts)

    assert whole.total == pytest.approx(sum(part.total for part in parts))
    assert whole.x.tolist() == [x for part in parts for x in part.x]
    assert whole.y.tolist() == [y for part in parts for y in part.y]
