from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Transformer

from spatial.errors import Flaw, InvalidGeometry
from spatial.grid import (
    MAX_LATITUDE,
    ancestor_cells,
    cell_at,
    cell_range,
    cells_at,
    deinterleave,
    interleave,
    mercator_integers,
)
from spatial.tiles import Tile, tile_at

LONGITUDES = st.floats(-180, 180)
LATITUDES = st.floats(-90, 90)
PLACES = st.integers(0, 2**31 - 1)


def test_the_middle_of_the_world_is_the_first_place_of_its_south_east_quarter():
    px, py = mercator_integers([0.0], [0.0])

    assert (px[0], py[0]) == (2**30, 2**30)


def test_the_integers_are_those_of_web_mercator_as_proj_knows_it():
    easting, northing = Transformer.from_crs(4326, 3857, always_xy=True).transform(110.828, -7.566)
    places_per_metre = 2**31 / (2 * np.pi * 6378137)

    px, py = mercator_integers([110.828], [-7.566])

    assert px[0] == pytest.approx(2**30 + easting * places_per_metre, abs=1)
    assert py[0] == pytest.approx(2**30 - northing * places_per_metre, abs=1)


@pytest.mark.parametrize(
    ("longitude", "latitude", "expected"),
    [
        (-180, 90, (0, 0)),
        (180, -90, (2**31 - 1, 2**31 - 1)),
        (-200, MAX_LATITUDE + 1, (0, 0)),
        (200, -MAX_LATITUDE - 1, (2**31 - 1, 2**31 - 1)),
    ],
)
def test_what_lies_beyond_the_square_is_clamped_to_its_border(longitude, latitude, expected):
    px, py = mercator_integers([longitude], [latitude])

    assert (px[0], py[0]) == expected


@pytest.mark.parametrize("number", [np.nan, np.inf, -np.inf])
def test_a_coordinate_that_is_not_finite_has_no_cell(number):
    with pytest.raises(InvalidGeometry) as refusal:
        cells_at([110.8, number], [-7.5, -7.5])

    assert refusal.value.flaw == Flaw.NOT_FINITE


def test_x_stands_in_the_even_bits_and_y_in_the_odd_ones():
    cells = interleave([0b11, 0, 0b101], [0, 0b11, 0b010])

    assert cells.tolist() == [0b0101, 0b1010, 0b011001]


@given(PLACES, PLACES)
def test_interleaving_is_undone_by_deinterleaving(px, py):
    columns, rows = deinterleave(interleave([px], [py]))

    assert (columns[0], rows[0]) == (px, py)


@given(LONGITUDES, LATITUDES)
def test_one_position_has_the_same_cell_alone_and_among_many(longitude, latitude):
    among_many = cells_at([0.0, longitude, 1.0] * 5, [0.0, latitude, 1.0] * 5)[1]

    assert cell_at(longitude, latitude) == among_many


@given(LONGITUDES, LATITUDES, st.integers(0, 22))
def test_a_position_is_in_a_tile_exactly_when_its_cell_is_in_the_range(longitude, latitude, z):
    tile = tile_at(longitude, latitude, z)
    cell = cell_at(longitude, latitude)

    first, last = cell_range(tile)

    assert first <= cell <= last
    if tile.x > 0:
        beside = cell_range(Tile(z, tile.x - 1, tile.y))
        assert not beside.first <= cell <= beside.last


def test_the_four_tiles_of_zoom_one_part_the_cells_without_gap_or_overlap():
    ranges = sorted(cell_range(Tile(1, x, y)) for x in (0, 1) for y in (0, 1))

    assert ranges[0].first == 0
    assert ranges[-1].last == 2**62 - 1
    assert all(later.first == earlier.last + 1 for earlier, later in pairwise(ranges))


@given(LONGITUDES, LATITUDES)
def test_a_shift_gives_the_tile_that_holds_the_cell(longitude, latitude):
    tile = tile_at(longitude, latitude, 14)

    ancestor = ancestor_cells(cell_at(longitude, latitude), 14)

    assert ancestor == interleave([tile.x], [tile.y])[0]


def test_ancestors_of_many_cells_keep_their_order():
    cells = cells_at([110.8, -70.0], [-7.5, 40.0])

    ancestors = ancestor_cells(cells, 1)

    assert ancestors.tolist() == [3, 0]
