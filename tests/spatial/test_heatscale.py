import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spatial.grid import mercator_places
from spatial.ground import ground_scale
from spatial.heatmap import Density, Kernel, PixelWindow, density_field, pixel_places
from spatial.heatscale import densities_where, density_scale, scale_zoom
from spatial.heatsource import HeatSource, joined

GROUND = ground_scale(-7.56)
DENSITIES = st.lists(st.floats(0, 1e12) | st.sampled_from([0, 1, 5]), max_size=40)


def crowd(longitude, latitude, number, *, seed=7, weight=1.0, spread=0.01):
    rng = np.random.default_rng(seed)
    x, y = mercator_places(
        longitude + rng.normal(0, spread, number), latitude + rng.normal(0, spread, number)
    )
    return HeatSource(x, y, np.full(number, weight))


@pytest.mark.parametrize("bandwidth_m", [50, 120, 200, 700, 2000])
def test_a_scale_is_made_from_pixels_between_half_a_bandwidth_and_one(bandwidth_m):
    z = scale_zoom(Kernel(bandwidth_m, GROUND))

    pixel_m = pixel_places(z) * GROUND.east_m
    assert pixel_m <= bandwidth_m
    assert z == 8 or 2 * pixel_m > 0.99 * bandwidth_m


@pytest.mark.parametrize("bandwidth_m", [50, 200, 2000])
def test_densities_are_those_of_every_pixel_that_holds_some_weight(bandwidth_m):
    kernel = Kernel(bandwidth_m, GROUND)
    source = crowd(110.82, -7.56, 60)

    densities = densities_where(Density.of(source, kernel))

    z = scale_zoom(kernel)
    pixels = {
        (int(x // pixel_places(z)), int(y // pixel_places(z)))
        for x, y in zip(source.x, source.y, strict=True)
    }
    windows = [PixelWindow(z, column, row, 1, 1) for column, row in pixels]
    expected = [density_field(source, kernel, window)[0, 0] for window in windows]
    assert np.sort(densities) == pytest.approx(np.sort(expected), rel=1e-4, abs=1e-6)


def test_a_place_without_weight_is_nowhere():
    kernel = Kernel(200, GROUND)
    places = crowd(110.82, -7.56, 30)
    nobody = crowd(111.2, -7.2, 30, weight=0)

    joint = densities_where(Density.of(joined([places, nobody]), kernel))

    assert np.array_equal(densities_where(Density.of(places, kernel)), joint)


def test_without_places_there_are_no_densities():
    nothing = HeatSource(np.empty(0), np.empty(0), np.empty(0))

    assert densities_where(Density.of(nothing, Kernel(200, GROUND))).size == 0


@given(DENSITIES)
@settings(deadline=None)
def test_the_breaks_of_a_density_double_below_its_top(densities):
    scale = density_scale(densities)

    first, second, third, fourth = scale.breaks
    assert (second / first, third / second, fourth / third) == pytest.approx((2, 2, 2), rel=1e-5)
    assert scale.top >= 1.5 * fourth
    positive = [density for density in densities if density > 1e-30]
    if positive:
        assert 0.99 * fourth < max(positive) or len(positive) > 1
        assert scale.top >= np.quantile(positive, 0.99) * (1 - 1e-6)


def test_a_density_of_820_is_shown_from_60_to_1000():
    scale = density_scale([820] * 10)

    assert (scale.breaks, scale.top) == ((60, 120, 240, 480), 1000)


def test_one_wrong_pin_in_two_hundred_does_not_pale_the_rest():
    usual = [100.0] * 199

    assert density_scale([*usual, 1e9]).breaks == density_scale(usual).breaks


def test_a_density_of_next_to_nothing_is_none():
    assert density_scale([5e-324]) == density_scale([])


def test_an_empty_map_has_a_scale_all_the_same():
    assert density_scale([]).breaks == (1, 2, 4, 8)
