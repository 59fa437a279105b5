import json

import numpy as np
import pytest
import shapely
from shapely.geometry import GeometryCollection, LineString, Point, Polygon

from spatial.errors import (
    Flaw,
    GeometryError,
    InvalidGeometry,
    SwappedAxes,
    TooManyVertices,
    UnknownCrs,
    UnsupportedGeometry,
)
from spatial.geometry import read_geometry, representative_point, representative_points
from tests.maps import at, draw
from tests.quickness import soon_over

SQUARE = [[110.8, -7.6], [110.9, -7.6], [110.9, -7.5], [110.8, -7.5], [110.8, -7.6]]
HOLE = [[110.82, -7.58], [110.84, -7.58], [110.84, -7.56], [110.82, -7.58]]


def geojson(kind, coordinates, **members):
    return {"type": kind, "coordinates": coordinates} | members


def nested(depth):
    inner = [110.8, -7.5]
    for _ in range(depth):
        inner = [inner]
    return inner


def test_a_point_is_read_with_longitude_first():
    point = read_geometry(geojson("Point", [110.828, -7.566]))

    assert (point.x, point.y) == (110.828, -7.566)


def test_coordinates_are_kept_as_sent_to_the_last_digit():
    point = read_geometry(geojson("Point", [110.82812345678901, -7.5]))

    assert point.x == 110.82812345678901


@pytest.mark.parametrize(
    ("kind", "coordinates"),
    [
        ("Point", [111, -7]),
        ("LineString", [[110.8, -7.6], [110.9, -7.5]]),
        ("LineString", [[110.8, -7.6], [110.9, -7.5], [110.9, -7.6], [110.8, -7.5]]),
        ("Polygon", [SQUARE]),
        ("Polygon", [SQUARE, HOLE]),
        ("Polygon", [SQUARE[::-1]]),
        ("MultiLineString", [[[110.8, -7.6], [110.9, -7.5]], [[110.1, -7.6], [110.2, -7.5]]]),
        ("MultiPolygon", [[SQUARE, HOLE], [[[p[0] + 1, p[1]] for p in SQUARE]]]),
    ],
)
def test_a_sound_geometry_is_what_shapely_makes_of_it(kind, coordinates):
    sent = geojson(kind, coordinates)

    geometry = read_geometry(sent, allowed=(kind,))

    assert geometry == shapely.geometry.shape(sent)


@pytest.mark.parametrize("sent", [None, "POINT(1 2)", 5, [110.8, -7.5], True])
def test_what_is_no_object_is_refused(sent):
    with pytest.raises(InvalidGeometry) as refusal:
        read_geometry(sent)

    assert refusal.value.flaw == Flaw.NOT_AN_OBJECT


@pytest.mark.parametrize(
    "kind",
    [
        "GeometryCollection",
        "Feature",
        "MultiPoint",
        "point",
        "",
        None,
        3,
        ["Point"],
        {},
        "x" * 9999,
    ],
)
def test_a_type_that_is_not_accepted_is_refused_with_those_that_are(kind):
    with pytest.raises(UnsupportedGeometry) as refusal:
        read_geometry(geojson(kind, [110.8, -7.5]))

    assert refusal.value.allowed == ("Point", "LineString", "Polygon")
    assert len(refusal.value.found) <= 60


def test_a_known_type_is_refused_where_it_is_not_allowed():
    with pytest.raises(UnsupportedGeometry):
        read_geometry(geojson("Polygon", [SQUARE]), allowed=("Point",))


@pytest.mark.parametrize(
    ("kind", "coordinates", "flaw"),
    [
        ("Point", None, Flaw.NOT_COORDINATES),
        ("Point", "110.8,-7.5", Flaw.NOT_COORDINATES),
        ("Point", {"0": 110.8, "1": -7.5}, Flaw.NOT_COORDINATES),
        ("LineString", 5, Flaw.NOT_COORDINATES),
        ("LineString", [110.8, -7.5], Flaw.NOT_COORDINATES),
        ("Polygon", SQUARE, Flaw.NOT_COORDINATES),
        ("Point", [], Flaw.EMPTY),
        ("LineString", [], Flaw.EMPTY),
        ("Polygon", [], Flaw.EMPTY),
        ("Polygon", [[]], Flaw.EMPTY),
        ("Polygon", [SQUARE, []], Flaw.EMPTY),
        ("Point", [110.8], Flaw.NOT_TWO_DIMENSIONAL),
        ("Point", [110.8, -7.5, 92.0], Flaw.NOT_TWO_DIMENSIONAL),
        ("Point", ["110.8", "-7.5"], Flaw.NOT_A_NUMBER),
        ("Point", [True, False], Flaw.NOT_A_NUMBER),
        ("Point", [None, -7.5], Flaw.NOT_A_NUMBER),
        ("Point", [[110.8], -7.5], Flaw.NOT_A_NUMBER),
        ("Point", [float("nan"), -7.5], Flaw.NOT_FINITE),
        ("Point", [110.8, float("-inf")], Flaw.NOT_FINITE),
        ("Point", [10**400, -7.5], Flaw.NOT_FINITE),
        ("Point", [181, 0], Flaw.OUTSIDE_THE_WORLD),
        ("Point", [0, -90.1], Flaw.OUTSIDE_THE_WORLD),
        ("LineString", [[110.8, -7.5], [500, -7.5]], Flaw.OUTSIDE_THE_WORLD),
        ("LineString", [[179.9, -7.5], [-179.9, -7.5]], Flaw.CROSSES_ANTIMERIDIAN),
        ("LineString", [[110.8, -7.5]], Flaw.TOO_FEW_POSITIONS),
        ("LineString", [[110.8, -7.5], [110.8, -7.5]], Flaw.NO_LENGTH),
        ("Polygon", [SQUARE[:3]], Flaw.TOO_FEW_POSITIONS),
        ("Polygon", [SQUARE[:4]], Flaw.RING_NOT_CLOSED),
        ("Polygon", [[[110, -7], [111, -7], [112, -7], [110, -7]]], Flaw.NO_AREA),
        ("Polygon", [[[110, -7], [111, -6], [111, -7], [110, -6], [110, -7]]], Flaw.SELF_CROSSING),
        ("Polygon", [[[110, -7], [113, -4], [111, -7], [110, -6], [110, -7]]], Flaw.SELF_CROSSING),
        ("Polygon", [HOLE, SQUARE], Flaw.BROKEN_RINGS),
    ],
)
def test_a_broken_geometry_is_refused_with_what_is_wrong(kind, coordinates, flaw):
    with pytest.raises(InvalidGeometry) as refusal:
        read_geometry(geojson(kind, coordinates))

    assert refusal.value.flaw == flaw


def test_a_number_too_large_for_a_float_is_refused_as_json_reads_it():
    with pytest.raises(InvalidGeometry) as refusal:
        read_geometry(json.loads('{"type": "Point", "coordinates": [1e400, -7.5]}'))

    assert refusal.value.flaw == Flaw.NOT_FINITE


@pytest.mark.parametrize("kind", ["Point", "LineString", "Polygon", "MultiPolygon"])
def test_lists_three_thousand_deep_are_refused_and_not_followed(kind):
    with pytest.raises(InvalidGeometry):
        read_geometry(geojson(kind, nested(3000)), allowed=(kind,))


def test_a_deep_type_and_a_deep_crs_are_refused_and_not_printed():
    with pytest.raises(UnsupportedGeometry):
        read_geometry(geojson(nested(3000), [110.8, -7.5]))
    with pytest.raises(UnknownCrs):
        read_geometry(geojson("Point", [110.8, -7.5], crs={"properties": {"name": nested(3000)}}))


def test_a_million_positions_are_refused_before_any_is_looked_at():
    sent = geojson("LineString", ["not even a position"] * 1_000_000)

    with pytest.raises(TooManyVertices) as refusal:
        read_geometry(sent)

    assert (refusal.value.found, refusal.value.limit) == (1_000_000, 10_000)


def test_as_many_positions_as_allowed_are_read_and_one_more_is_not():
    line = [[110 + number / 1000, -7] for number in range(6)]

    assert len(read_geometry(geojson("LineString", line[:5]), max_vertices=5).coords) == 5
    with pytest.raises(TooManyVertices):
        read_geometry(geojson("LineString", line), max_vertices=5)


def test_positions_of_all_rings_count_together():
    with pytest.raises(TooManyVertices):
        read_geometry(geojson("Polygon", [SQUARE, HOLE]), max_vertices=8)


def test_a_hostile_comb_of_ten_thousand_positions_is_answered_within_a_second():
    teeth = [[110 + number / 10_000, -7 + (number % 2)] for number in range(9_997)]
    ring = [*teeth, [112, -9], [109, -9], teeth[0]]

    with soon_over(within_s=1):
        read_geometry(geojson("Polygon", [ring]))


@pytest.mark.parametrize(
    ("kind", "coordinates"),
    [
        ("Point", [-7.566, 110.828]),
        ("LineString", [[-7.6, 110.8], [-7.5, 110.9]]),
        ("Polygon", [[[y, x] for x, y in SQUARE]]),
    ],
)
def test_latitude_before_longitude_is_recognised_with_what_was_meant(kind, coordinates):
    with pytest.raises(SwappedAxes) as refusal:
        read_geometry(geojson(kind, coordinates))

    assert refusal.value.longitude == pytest.approx(110.8, abs=0.03)
    assert refusal.value.latitude == pytest.approx(-7.6, abs=0.04)


@pytest.mark.parametrize("corner", [(94, -12), (142, 7), (94, 7), (142, -12)])
def test_every_corner_of_indonesia_is_recognised_swapped(corner):
    longitude, latitude = corner

    with pytest.raises(SwappedAxes):
        read_geometry(geojson("Point", [latitude, longitude]))


def test_a_place_elsewhere_in_the_world_is_not_taken_for_a_swapped_one():
    point = read_geometry(geojson("Point", [7.0, 43.7]))

    assert point == Point(7.0, 43.7)


@pytest.mark.parametrize(
    "name", ["urn:ogc:def:crs:OGC:1.3:CRS84", "EPSG:4326", "urn:ogc:def:crs:EPSG::4326"]
)
def test_wgs_84_may_be_named(name):
    sent = geojson("Point", [110.8, -7.5], crs={"type": "name", "properties": {"name": name}})

    assert read_geometry(sent) == Point(110.8, -7.5)


@pytest.mark.parametrize(
    "crs",
    [
        {"type": "name", "properties": {"name": "EPSG:32749"}},
        {"type": "link", "properties": {"href": "http://example.org"}},
        {"properties": "EPSG:4326"},
        {},
        "EPSG:4326",
        23,
    ],
)
def test_another_reference_system_is_refused(crs):
    with pytest.raises(UnknownCrs):
        read_geometry(geojson("Point", [110.8, -7.5], crs=crs))


def test_what_was_sent_is_left_as_it_was():
    sent = geojson("Polygon", [[list(position) for position in SQUARE]])
    before = json.dumps(sent)

    read_geometry(sent)

    assert json.dumps(sent) == before


def test_every_refusal_is_a_geometry_error():
    for error in (InvalidGeometry, UnsupportedGeometry, TooManyVertices, SwappedAxes, UnknownCrs):
        assert issubclass(error, GeometryError)


def test_a_point_stands_for_itself():
    assert representative_point(at(3, 2)) == at(3, 2)


def test_a_line_is_represented_half_way_along_it():
    line = LineString([at(0, 0), at(2, 0), at(2, 6)])

    assert representative_point(line).distance(at(2, 2)) < 1e-9


def test_several_lines_are_represented_on_the_longest():
    lines = shapely.multilinestrings(
        [LineString([at(0, 0), at(1, 0)]), LineString([at(0, 5), at(4, 5)])]
    )

    assert representative_point(lines).distance(at(2, 5)) < 1e-9


def test_of_equally_long_lines_the_western_one_represents_all_in_any_order():
    west, east = LineString([at(0, 5), at(4, 5)]), LineString([at(6, 0), at(10, 0)])

    for lines in ([west, east], [east, west]):
        middle = representative_point(shapely.multilinestrings(lines))
        assert middle.distance(at(2, 5)) < 1e-9


def test_many_geometries_are_represented_as_each_alone():
    line, surface = LineString([at(0, 0), at(2, 6)]), draw("AA").areas["A"]
    shapes = np.array([at(3, 2), None, line, surface, Point()], dtype=object)

    points = representative_points(shapes)

    expected = [representative_point(shape) for shape in (at(3, 2), line, surface)]
    assert [points[0], points[2], points[3]] == expected
    assert points[1] is points[4] is None


def test_a_crescent_is_represented_by_a_point_on_it():
    crescent = draw("""
        AAAAA
        A...A
        A....
        AAAAA
    """).areas["A"]

    assert representative_point(crescent).within(crescent)
    assert not crescent.centroid.within(crescent)


@pytest.mark.parametrize("geometry", [Point(), LineString(), Polygon(), GeometryCollection()])
def test_nothing_has_no_representative(geometry):
    with pytest.raises(InvalidGeometry) as refusal:
        representative_point(geometry)

    assert refusal.value.flaw == Flaw.EMPTY
