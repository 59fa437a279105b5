import pytest
from hypothesis import given
from hypothesis import strategies as st

from spatial.errors import TileOutOfRange
from spatial.tiles import Tile, cell_level, tile_at, tiles_covering


@pytest.mark.parametrize(
    ("z", "x", "y"),
    [
        (-1, 0, 0),
        (23, 0, 0),
        (10**9, 0, 0),
        (0, 1, 0),
        (3, 8, 0),
        (3, 0, 8),
        (3, -1, 0),
        (3, 0, -1),
    ],
)
def test_numbers_that_address_no_tile_are_refused(z, x, y):
    with pytest.raises(TileOutOfRange) as refusal:
        Tile(z, x, y)

    assert (refusal.value.z, refusal.value.x, refusal.value.y) == (z, x, y)


def test_the_last_tile_of_the_deepest_zoom_exists():
    tile = Tile(22, 2**22 - 1, 2**22 - 1)

    assert tile.bounds_4326.east == 180


def test_the_tile_of_zoom_zero_is_the_square_of_web_mercator():
    bounds = Tile(0, 0, 0).bounds_3857

    assert bounds == pytest.approx(
        (-20037508.342789, -20037508.342789, 20037508.342789, 20037508.342789)
    )


def test_the_tile_of_zoom_zero_ends_where_mercator_ends():
    assert Tile(0, 0, 0).bounds_4326 == pytest.approx((-180, -85.0511287798, 180, 85.0511287798))


def test_a_tile_of_zoom_one_is_a_quarter_counted_from_the_north_west():
    bounds = Tile(1, 1, 0).bounds_4326

    assert bounds == pytest.approx((0, 0, 180, 85.0511287798))


def test_bounds_in_metres_meet_those_of_the_neighbour_to_the_south_and_east():
    tile, east, south = Tile(5, 25, 16), Tile(5, 26, 16), Tile(5, 25, 17)

    assert tile.bounds_3857.east == east.bounds_3857.west
    assert tile.bounds_3857.south == south.bounds_3857.north


def test_a_place_on_the_west_and_north_edge_belongs_to_the_tile():
    assert tile_at(112.5, 0, 4) == Tile(4, 13, 8)


def test_a_place_a_hair_west_and_north_of_an_edge_belongs_to_the_neighbour():
    assert tile_at(112.5 - 1e-6, 1e-6, 4) == Tile(4, 12, 7)


@pytest.mark.parametrize("z", [-1, 23])
def test_there_is_no_tile_at_a_zoom_that_does_not_exist(z):
    with pytest.raises(TileOutOfRange):
        tile_at(0, 0, z)


def test_surakarta_is_covered_by_one_tile_of_zoom_ten():
    # columns (110.76 + 180) / 360 * 1024 = 827.05 to 827.73, rows 533.4 to 533.7
    tiles = list(tiles_covering((110.76, -7.61, 111.0, -7.52), 10))

    assert tiles == [Tile(10, 827, 533)]


def test_a_box_that_ends_on_an_edge_brings_the_tile_beyond():
    tiles = list(tiles_covering((90.0, 0.0, 112.5, 10.0), 4))

    assert tiles == [Tile(4, 12, 7), Tile(4, 13, 7), Tile(4, 12, 8), Tile(4, 13, 8)]


@given(st.floats(110, 111), st.floats(-8, -7), st.integers(0, 14))
def test_a_position_in_a_box_lies_in_exactly_one_of_its_tiles(longitude, latitude, z):
    tiles = list(tiles_covering((110, -8, 111, -7), z))

    assert tiles.count(tile_at(longitude, latitude, z)) == 1


def test_a_tile_shows_at_most_64_by_64_cells():
    assert 4 ** (cell_level(10) - 10) == 64 * 64
