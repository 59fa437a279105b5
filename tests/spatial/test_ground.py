import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod

from spatial.errors import Flaw, InvalidGeometry
from spatial.grid import MAX_LATITUDE, degrees_of_places, mercator_places
from spatial.ground import ground_scale


@given(st.floats(-80, 80), st.floats(0, 360))
@settings(deadline=None)
def test_a_way_measured_in_places_is_as_long_as_on_the_ellipsoid(latitude, azimuth):
    there_longitude, there_latitude, _ = Geod(ellps="WGS84").fwd(110.8, latitude, azimuth, 100.0)

    x, y = mercator_places([110.8, there_longitude], [latitude, there_latitude])
    scale = ground_scale((latitude + there_latitude) / 2)

    way_m = np.hypot(np.diff(x)[0] * scale.east_m, np.diff(y)[0] * scale.north_m)
    assert way_m == pytest.approx(100, rel=1e-4)


def test_a_place_at_the_equator_is_a_two_thousand_millionth_of_it():
    scale = ground_scale(0)

    assert scale.east_m == pytest.approx(40_075_016.686 / 2**31)
    assert scale.north_m == pytest.approx(scale.east_m * (1 - 0.00669438))
    assert scale.square_m == scale.east_m * scale.north_m


def test_ten_kilometres_from_the_middle_of_a_city_in_java_the_scale_is_off_by_under_a_thousandth():
    middle, edge = ground_scale(-7.56), ground_scale(-7.56 - 10 / 111)

    assert edge.east_m == pytest.approx(middle.east_m, rel=3e-4)


def test_latitudes_beyond_the_square_count_as_its_border():
    assert ground_scale(90) == ground_scale(MAX_LATITUDE)
    assert ground_scale(-90) == ground_scale(MAX_LATITUDE)


@pytest.mark.parametrize("latitude", [np.nan, np.inf])
def test_a_latitude_that_is_no_number_has_no_scale(latitude):
    with pytest.raises(InvalidGeometry) as refusal:
        ground_scale(latitude)

    assert refusal.value.flaw == Flaw.NOT_FINITE


@given(st.floats(-180, 180), st.floats(-MAX_LATITUDE, MAX_LATITUDE))
@settings(deadline=None)
def test_degrees_come_back_from_places(longitude, latitude):
    back = degrees_of_places(*mercator_places(longitude, latitude))

    assert back == pytest.approx((longitude, latitude), abs=1e-9)
