import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod
from scipy.special import ndtr

from spatial.grid import mercator_places
from spatial.ground import ground_scale
from spatial.heatgrid import MOST_CELLS
from spatial.heatmap import (
    Density,
    Kernel,
    PixelWindow,
    density_field,
    pixel_places,
    tile_window,
)
from spatial.heatsource import HeatSource, joined, source_of_cells
from spatial.map_errors import SizeOutOfRange
from spatial.tiles import Tile, tile_at
from tests.spatial.heat_cells import gathered

LONGITUDE, LATITUDE = 110.82, -7.56
GROUND = ground_scale(LATITUDE)
BANDWIDTHS = st.floats(50, 2000)
ZOOMS = st.integers(8, 18)
# About a city of 9 by 6 km; a few weights lie on top of each other.
SPOTS = st.tuples(
    st.sampled_from([0.0, 0.01]) | st.floats(-0.04, 0.04),
    st.sampled_from([0.0, 0.01]) | st.floats(-0.03, 0.03),
    st.sampled_from([0, 1, 3]) | st.floats(1e-3, 1e9),
)


def source_of(spots, latitude=LATITUDE):
    east, north, weights = np.array(spots, dtype=float).reshape(-1, 3).T
    x, y = mercator_places(LONGITUDE + east, latitude + north)
    return HeatSource(x, y, weights)


SOURCES = st.lists(SPOTS, min_size=1, max_size=25).map(source_of)


def window_around(x, y, z, *, width=24, height=20):
    pixel = pixel_places(z)
    return PixelWindow(
        z, int(x // pixel) - width // 2, int(y // pixel) - height // 2, width, height
    )


def pixel_km2(z, ground=GROUND):
    return pixel_places(z) ** 2 * ground.square_m / 1e6


def summed_one_by_one(source, kernel, window):
    """What every weight puts into every pixel: the kernel's integral, without grid or cut."""
    pixel = pixel_places(window.z)

    def parts(first, count, positions, bandwidth):
        edges = (first + np.arange(count + 1)) * pixel
        return np.diff(ndtr((edges[:, np.newaxis] - positions) / bandwidth), axis=0)

    columns = parts(
        window.column, window.width, source.x, kernel.bandwidth_m / kernel.ground.east_m
    )
    rows = parts(window.row, window.height, source.y, kernel.bandwidth_m / kernel.ground.north_m)
    return (rows * source.weights) @ columns.T / pixel_km2(window.z, kernel.ground)


def peak_of(weight, kernel, z):
    """The most that a weight puts into a pixel, which has it in the middle."""
    middle = np.full(1, pixel_places(z) / 2)
    lone = HeatSource(middle, middle, np.array([weight]))
    return summed_one_by_one(lone, kernel, PixelWindow(z, 0, 0, 1, 1))[0, 0]


def heaviest_corner(source, z):
    """The most weight that four pixels at one corner may share: of any that lie a pixel apart."""
    near = np.abs(source.x[:, np.newaxis] - source.x) < pixel_places(z)
    near &= np.abs(source.y[:, np.newaxis] - source.y) < pixel_places(z)
    return (near @ source.weights).max()


@given(SOURCES, BANDWIDTHS, ZOOMS, st.integers(0, 24))
@settings(deadline=None)
def test_a_source_laid_once_gives_the_field_of_every_window(source, bandwidth_m, z, seen):
    kernel = Kernel(bandwidth_m, GROUND)
    density = Density.of(source, kernel)
    place = seen % len(source.x)
    window = window_around(source.x[place], source.y[place], z)

    field = density.field(window)

    assert density.laid is not None
    expected = density_field(source, kernel, window)
    assert field == pytest.approx(expected, rel=1e-5, abs=float(expected.max()) * 1e-6)


@pytest.mark.parametrize("aside", [-3, 3])
def test_a_source_laid_once_is_nothing_where_it_is_not_felt(aside):
    kernel = Kernel(100, GROUND)
    source = source_of([(0, 0, 5.0), (0.01, 0.01, 2.0)])
    away = tile_at(LONGITUDE + aside, LATITUDE + aside, 14)

    assert not Density.of(source, kernel).field(tile_window(away)).any()


def test_a_source_too_wide_for_one_grid_is_laid_window_by_window():
    kernel = Kernel(50, GROUND)
    source = source_of([(-1.5, -1.5, 5.0), (1.5, 1.5, 2.0)])
    window = window_around(source.x[0], source.y[0], 13)

    density = Density.of(source, kernel)

    assert density.laid is None
    assert np.array_equal(density.field(window), density_field(source, kernel, window))
    assert density.nbytes < MOST_CELLS


@given(SOURCES, BANDWIDTHS, ZOOMS, st.integers(0, 24))
@settings(deadline=None)
def test_a_field_is_the_sum_of_every_weight_s_kernel(source, bandwidth_m, z, seen):
    kernel = Kernel(bandwidth_m, GROUND)
    at = seen % source.x.size
    window = window_around(source.x[at], source.y[at], z)

    field = density_field(source, kernel, window)

    expected = summed_one_by_one(source, kernel, window)
    coarse = pixel_places(z) * GROUND.east_m > 4 * bandwidth_m
    if coarse:
        # Weights about one corner are each parted among its pixels, and their errors add up.
        allowed = 0.03 * peak_of(heaviest_corner(source, z), kernel, z)
    else:
        # Errors of single weights never add up in one place to more than their share of the sum.
        allowed = 0.004 * max(peak_of(source.weights.max(), kernel, z), expected.max())
    assert np.abs(field - expected).max() <= allowed


def plane_around(source, kernel, z):
    pixel = pixel_places(z)
    reach = 6 * kernel.bandwidth_m / kernel.ground.north_m + 3 * pixel
    first_column, last_column = (
        int((x + way) // pixel) for x, way in ((source.x.min(), -reach), (source.x.max(), reach))
    )
    first_row, last_row = (
        int((y + way) // pixel) for y, way in ((source.y.min(), -reach), (source.y.max(), reach))
    )
    return PixelWindow(
        z, first_column, first_row, last_column - first_column + 1, last_row - first_row + 1
    )


def sum_over_the_plane(source, kernel, z):
    field = density_field(source, kernel, plane_around(source, kernel, z))
    return field.sum(dtype=float) * pixel_km2(z)


@given(SOURCES, st.floats(50, 1000), st.integers(8, 13))
@settings(deadline=None, max_examples=60)
def test_the_sum_over_the_plane_is_the_weight(source, bandwidth_m, z):
    total = sum_over_the_plane(source, Kernel(bandwidth_m, GROUND), z)

    assert total == pytest.approx(source.total, rel=1e-5, abs=1e-9)


@pytest.mark.parametrize(
    ("bandwidth_m", "z"), [(50, 8), (2000, 8), (50, 18), (2000, 15), (200, 18)]
)
def test_a_kernel_of_a_tenth_of_a_pixel_or_of_hundreds_holds_its_weight(bandwidth_m, z):
    source = source_of([(0, 0, 3)])

    total = sum_over_the_plane(source, Kernel(bandwidth_m, GROUND), z)

    assert total == pytest.approx(3, rel=1e-5)


@given(SOURCES, BANDWIDTHS, ZOOMS)
@settings(deadline=None, max_examples=60)
def test_tiles_side_by_side_are_one_large_picture(source, bandwidth_m, z):
    kernel = Kernel(bandwidth_m, GROUND)
    corner = tile_at(LONGITUDE, LATITUDE, z)
    tiles = [[Tile(z, corner.x + x, corner.y + y) for x in (-1, 0)] for y in (-1, 0)]

    mosaic = np.block(
        [[density_field(source, kernel, tile_window(tile)) for tile in row] for row in tiles]
    )

    first = tile_window(tiles[0][0])
    whole = density_field(source, kernel, PixelWindow(z, first.column, first.row, 512, 512))
    assert np.abs(mosaic - whole).max() <= 1e-6 * whole.max()


@given(SOURCES, BANDWIDTHS, ZOOMS, st.integers(1, 4))
@settings(deadline=None, max_examples=40)
def test_a_margin_shows_what_the_neighbours_show(source, bandwidth_m, z, margin):
    kernel = Kernel(bandwidth_m, GROUND)
    tile = tile_at(LONGITUDE, LATITUDE, z)

    wide = density_field(source, kernel, tile_window(tile, margin=margin))
    east = density_field(source, kernel, tile_window(Tile(z, tile.x + 1, tile.y)))

    assert wide.shape == (256 + 2 * margin, 256 + 2 * margin)
    seam = wide[margin:-margin, -margin:] - east[:, :margin]
    assert np.abs(seam).max() <= 1e-6 * max(wide.max(), east.max())


@pytest.mark.parametrize("latitude", [-11, -7.56, 0, 6, 45, 60])
@pytest.mark.parametrize("azimuth", [0, 45, 90, 180, 250])
@pytest.mark.parametrize("z", [14, 16, 18])
def test_a_bandwidth_is_as_many_metres_at_every_zoom_and_latitude(latitude, azimuth, z):
    kernel = Kernel(200, ground_scale(latitude))
    there_longitude, there_latitude, _ = Geod(ellps="WGS84").fwd(LONGITUDE, latitude, azimuth, 200)
    x, y = mercator_places([LONGITUDE, there_longitude], [latitude, there_latitude])
    source = HeatSource(x[:1], y[:1], np.array([5.0]))

    here, there = (
        density_field(source, kernel, window_around(*at, z, width=1, height=1))[0, 0]
        for at in zip(x, y, strict=True)
    )

    # Five usulan under a kernel of 200 m: 5 / (2 pi 0.2 km ** 2), and e ** -1/2 of it 200 m away.
    peak = 5 / (2 * np.pi * 0.04)
    # The middle of a pixel is up to 0.71 of its width from the place; there the density falls
    # by 1 / 200 of itself a metre.
    off = 0.004 + 0.71 * pixel_places(z) * kernel.ground.north_m / 200
    assert here == pytest.approx(peak, rel=off)
    assert there == pytest.approx(peak * np.exp(-0.5), rel=off)


@given(SOURCES, SOURCES, BANDWIDTHS, ZOOMS)
@settings(deadline=None, max_examples=40)
def test_the_density_of_two_sources_is_that_of_each_together(one, other, bandwidth_m, z):
    kernel = Kernel(bandwidth_m, GROUND)
    window = tile_window(tile_at(LONGITUDE, LATITUDE, z))

    together = density_field(joined([one, other]), kernel, window)

    apart = density_field(one, kernel, window) + density_field(other, kernel, window)
    assert np.abs(together - apart).max() <= 1e-5 * apart.max()


def test_what_lies_far_away_leaves_a_tile_empty():
    tile = tile_at(LONGITUDE + 1, LATITUDE, 12)

    field = density_field(source_of([(0, 0, 1)]), Kernel(2000, GROUND), tile_window(tile))

    assert field.shape == (256, 256)
    assert not field.any()


def test_cells_of_level_19_are_as_good_as_positions_under_200_metres():
    rng = np.random.default_rng(4)
    source = source_of(np.column_stack([rng.normal(0, 0.01, (4000, 2)), np.ones(4000)]))
    kernel = Kernel(200, GROUND)
    window = tile_window(tile_at(LONGITUDE, LATITUDE, 13))

    field = density_field(source_of_cells(gathered(source, 19), "count"), kernel, window)

    exact = summed_one_by_one(source, kernel, window)
    assert np.abs(field - exact).max() <= 0.012 * exact.max()


def test_neither_source_nor_weights_are_changed():
    source = source_of([(0, 0, 1), (0.01, 0.01, 2)])
    before = source.x.copy(), source.y.copy(), source.weights.copy()

    density_field(source, Kernel(200, GROUND), window_around(source.x[0], source.y[0], 13))

    assert all(
        np.array_equal(a, b)
        for a, b in zip(before, (source.x, source.y, source.weights), strict=True)
    )


@pytest.mark.parametrize("bandwidth_m", [49.9, 2000.1, -200, np.nan])
def test_a_bandwidth_that_is_not_offered_is_refused(bandwidth_m):
    with pytest.raises(SizeOutOfRange) as refusal:
        Kernel(bandwidth_m, GROUND)

    assert (refusal.value.smallest_m, refusal.value.largest_m) == (50, 2000)
