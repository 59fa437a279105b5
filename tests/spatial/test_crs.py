import numpy as np
import pytest
from shapely.geometry import LineString, MultiPolygon, Point, Polygon, box

from spatial.crs import (
    central_meridian,
    ellipsoidal_area_m2,
    ellipsoidal_distances_m,
    ellipsoidal_length_m,
    metric_srid,
    metric_srid_of_bounds,
    project,
    transformer_to_metric,
    widened_bounds,
)


@pytest.mark.parametrize(
    ("longitude", "latitude", "srid"),
    [
        (110.83, -7.57, 32749),  # Surakarta
        (112.63, -7.98, 32749),  # Malang
        (106.82, -6.18, 32748),  # Jakarta
        (114.37, -8.21, 32750),  # Banyuwangi
        (95.32, 5.55, 32646),  # Banda Aceh, north of the equator
        (108.0, -7.0, 32749),  # on the meridian between two zones: the eastern one
        (109.3, 0.0, 32649),  # on the equator: north
        (180.0, 10.0, 32660),
        (-180.0, 10.0, 32601),
    ],
)
def test_metres_are_those_of_the_utm_zone_of_the_position(longitude, latitude, srid):
    assert metric_srid(longitude, latitude) == srid


def test_a_city_that_straddles_two_zones_has_the_zone_of_its_middle():
    assert metric_srid_of_bounds((107.9, -7.0, 108.3, -6.8)) == 32749


@pytest.mark.parametrize(("srid", "meridian"), [(32749, 111), (32601, -177), (32660, 177)])
def test_the_middle_of_a_zone_is_its_central_meridian(srid, meridian):
    assert central_meridian(srid) == meridian


def test_the_central_meridian_stands_500_kilometres_east_in_every_zone():
    projected = project(Point(111, 0), transformer_to_metric(32749))

    assert (projected.x, projected.y) == pytest.approx((500_000, 10_000_000))


def test_projecting_keeps_the_shape_of_an_array_and_what_is_missing():
    geometries = np.array([Point(111, 0), None], dtype=object)

    projected = project(geometries, transformer_to_metric(32749))

    assert projected[0].x == pytest.approx(500_000)
    assert projected[1] is None


def test_a_place_a_quarter_of_the_world_away_becomes_infinite():
    projected = project(Point(21, 0), transformer_to_metric(32749))

    assert not np.isfinite(projected.x)


def test_a_square_degree_at_the_equator_has_the_area_of_the_closed_formula():
    # b^2 dlon / 2 (sin(lat) / (1 - e^2 sin^2(lat)) + atanh(e sin(lat)) / e), Snyder (1987), 3-12;
    # the northern edge is a geodesic here and a parallel there, hence 1e-4
    b, e, sine = 6_356_752.314, 0.0818191908, np.sin(np.radians(1))
    zone = sine / (1 - e**2 * sine**2) + np.arctanh(e * sine) / e
    expected = b**2 * np.radians(1) / 2 * zone

    assert ellipsoidal_area_m2(box(110, 0, 111, 1)) == pytest.approx(expected, rel=1e-4)


def test_the_direction_of_a_ring_does_not_change_the_area():
    square = box(110, 0, 111, 1)
    turned = Polygon(square.exterior.coords[::-1])

    assert ellipsoidal_area_m2(turned) == pytest.approx(ellipsoidal_area_m2(square))


def test_a_hole_does_not_count_whatever_its_direction():
    outer, hole = box(110, 0, 111, 1), box(110.2, 0.2, 110.4, 0.4)
    expected = ellipsoidal_area_m2(outer) - ellipsoidal_area_m2(hole)

    for ring in (hole.exterior.coords, hole.exterior.coords[::-1]):
        pierced = Polygon(outer.exterior.coords, [ring])
        assert ellipsoidal_area_m2(pierced) == pytest.approx(expected)


def test_the_parts_of_a_surface_add_up():
    parts = [box(110, 0, 110.1, 0.1), box(110.5, 0, 110.6, 0.1)]

    total = ellipsoidal_area_m2(MultiPolygon(parts))

    assert total == pytest.approx(sum(ellipsoidal_area_m2(part) for part in parts))


@pytest.mark.parametrize("geometry", [Point(110, 0), LineString([(110, 0), (111, 0)]), Polygon()])
def test_what_is_no_surface_has_no_area(geometry):
    assert ellipsoidal_area_m2(geometry) == 0


def test_a_degree_along_the_equator_has_its_known_length():
    # a * pi / 180 = 6,378,137 * 0.01745329252 = 111,319.49 m
    assert ellipsoidal_length_m(LineString([(110, 0), (111, 0)])) == pytest.approx(
        111_319.49, abs=0.01
    )


@pytest.mark.parametrize("geometry", [Point(110, 0), box(110, 0, 111, 1), LineString()])
def test_what_is_no_line_has_no_length(geometry):
    assert ellipsoidal_length_m(geometry) == 0


def test_distances_are_those_of_the_ellipsoid():
    distances = ellipsoidal_distances_m(np.array([[110.0, 0.0], [111.0, 0.0]]), 110.0, 0.0)

    assert distances == pytest.approx([0, 111_319.49], abs=0.01)


def test_widened_bounds_hold_whatever_is_within_reach_of_any_corner():
    box = (110.7, -7.6, 110.9, 1.2)

    west, south, east, north = widened_bounds(box, 30)

    here = np.array([[west, -7.6], [110.7, south], [east, -7.6], [110.9, north]])
    there = [(110.7, -7.6), (110.7, -7.6), (110.9, -7.6), (110.9, 1.2)]
    for place, (longitude, latitude) in zip(here, there, strict=True):
        assert 30.02 < ellipsoidal_distances_m(place[np.newaxis], longitude, latitude)[0] < 30.3
