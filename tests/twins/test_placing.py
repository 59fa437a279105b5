"""The placing rule in Shapely and the placing rule in PostGIS give the same answers."""

import numpy as np
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from shapely.geometry import LineString, Point, Polygon

from spatial.assign import AreaIndex, AreaRecord, Doubt, Placement
from spatial.errors import OutsideAreas
from spatial.geometry import representative_point
from tests.maps import at, city, step_degrees
from tests.twins.store import METRIC_SRID, areas_at, ask, store_areas
from tests.twins.worlds import ACCURACIES, lines, points, surfaces, worlds

GENERATED = settings(
    max_examples=80,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def doubts_in(row):
    return tuple(doubt for doubt in Doubt if row.get(doubt.value))


def placed_in_python(index, geometry, **binds) -> Placement | OutsideAreas:
    try:
        return index.place(geometry, **binds)
    except OutsideAreas as outside:
        return outside


def assert_same_point(twin, index, point, placed, **binds):
    rows = areas_at(twin, point, **binds)
    if isinstance(placed, OutsideAreas):
        assert rows == []
        assert_same_nearest(twin, point, placed.nearest)
        return
    assert [row["code"] for row in rows] == [placed.area.code]
    assert rows[0]["level"] == placed.area.level
    assert doubts_in(rows[0]) == placed.doubts
    assert rows[0]["edge_distance_m"] == pytest.approx(placed.edge_distance_m, abs=1e-6)
    chain = ask(twin, "area_chain", code=placed.area.code)
    assert tuple(row["code"] for row in chain) == placed.chain


def assert_same_nearest(twin, point, nearest):
    row = ask(twin, "nearest_area", longitude=point.x, latitude=point.y)[0]
    assert (row["level"], row["code"], row["name"]) == (nearest.level, nearest.code, nearest.name)
    assert row["distance_m"] == pytest.approx(nearest.distance_m, abs=0.11)


def assert_same_part(geometry, row, placed):
    """Both clip to the same stretches, but for the grid of 1e-7 degrees that they clip on."""
    part = geometry if row["part"] is None else shapely.from_wkb(bytes(row["part"]))
    assert placed.position.distance(part) < 1e-7
    lengths = np.sort(shapely.length(shapely.get_parts(part)))
    is_line = geometry.geom_type == "LineString"
    if is_line and (lengths.size == 1 or lengths[-2] < lengths[-1] - 1e-6):
        assert placed.position.distance(representative_point(part)) < 1e-6


def assert_same_shares(twin, index, geometry, **binds):
    placed = placed_in_python(index, geometry, **binds)
    row = ask(twin, "place_geometry", shape=geometry.wkb, **binds)[0]
    if row["inside"] < 0.499999:
        assert isinstance(placed, OutsideAreas)
        assert_same_nearest(twin, representative_point(geometry), placed.nearest)
    elif row["code"] is None:
        part = geometry if row["part"] is None else shapely.from_wkb(bytes(row["part"]))
        assert_same_point(twin, index, representative_point(part), placed, **binds)
    else:
        assert_same_part(geometry, row, placed)
        assert row["code"] == placed.area.code
        assert row["level"] == placed.area.level
        assert doubts_in(row) == placed.doubts
        assert row["edge_distance_m"] == pytest.approx(placed.edge_distance_m, abs=1e-6)
        shares = {share["code"]: float(share["share"]) for share in row["shares"]}
        expected = {share.code: share.share for share in placed.shares}
        assert shares == pytest.approx(expected, abs=2e-9)


@GENERATED
@given(data=st.data())
def test_both_twins_place_a_point_in_the_same_area_with_the_same_doubts(twin, data):
    world = data.draw(worlds())
    index = AreaIndex(world.records, metric_srid=METRIC_SRID)
    store_areas(twin, world.records)
    declared = st.sampled_from([None, "K1", "K2-0-1", "elsewhere"])

    for point in data.draw(st.lists(points(world), min_size=6, max_size=6)):
        binds = {
            "accuracy_m": data.draw(st.sampled_from(ACCURACIES)),
            "declared": data.draw(declared),
        }
        placed = placed_in_python(index, point, **binds)
        assert_same_point(twin, index, point, placed, **binds)


@GENERATED
@given(data=st.data())
def test_both_twins_give_a_line_and_a_surface_the_same_shares(twin, data):
    world = data.draw(worlds())
    index = AreaIndex(world.records, metric_srid=METRIC_SRID)
    store_areas(twin, world.records)
    binds = {
        "accuracy_m": data.draw(st.sampled_from(ACCURACIES)),
        "declared": data.draw(st.sampled_from([None, "K1"])),
    }

    for shape in data.draw(st.lists(lines(world), min_size=2, max_size=2)):
        assert_same_shares(twin, index, shape, **binds)
    for shape in data.draw(st.lists(surfaces(world), min_size=2, max_size=2)):
        assert_same_shares(twin, index, shape, **binds)


@pytest.mark.parametrize("longitude", [0.1, -69.0, 180.0])
def test_both_twins_call_the_far_side_of_the_world_outside(twin, longitude):
    records = city(kelurahan="AB", rt="CD")
    index = AreaIndex(records, metric_srid=METRIC_SRID)
    store_areas(twin, records)
    point = Point(longitude, 51.5)
    line = LineString([at(0, 0.5), point])

    assert_same_point(twin, index, point, placed_in_python(index, point))
    assert (
        ask(twin, "place_geometry", shape=line.wkb, accuracy_m=None, declared=None)[0]["inside"]
        == 0
    )
    assert isinstance(placed_in_python(index, line), OutsideAreas)


def test_both_twins_place_a_line_without_size_by_its_middle(twin):
    records = city(kelurahan="K", rt="A")
    index = AreaIndex(records, metric_srid=METRIC_SRID)
    store_areas(twin, records)
    start = at(0.5, 0.5)
    speck = LineString([start, (start.x + 1e-9, start.y)])

    assert placed_in_python(index, speck).area.code == "A"
    assert_same_shares(twin, index, speck, accuracy_m=None, declared=None)


def test_both_twins_clip_a_line_that_leaves_the_areas_and_returns(twin):
    records = city(kelurahan="KKKK", rt="AABB")
    index = AreaIndex(records, metric_srid=METRIC_SRID)
    store_areas(twin, records)
    line = LineString([at(0, 0.2), at(5, 0.2), at(5, 0.8), at(3, 0.8)])

    row = ask(twin, "place_geometry", shape=line.wkb, accuracy_m=None, declared=None)[0]

    part = shapely.from_wkb(bytes(row["part"]))
    assert sorted(shapely.length(shapely.get_parts(part)) / step_degrees(10)) == pytest.approx(
        [1, 4], abs=1e-3
    )
    assert index.place(line).position.distance(at(2, 0.2)) < 1e-7
    assert representative_point(part).distance(at(2, 0.2)) < 1e-7


def test_without_areas_both_twins_know_nothing(twin):
    index = AreaIndex([])
    store_areas(twin, [])

    assert areas_at(twin, at(0, 0)) == []
    assert ask(twin, "nearest_area", longitude=110.8, latitude=-7.5) == []
    assert ask(twin, "area_chain", code="A") == []
    assert placed_in_python(index, at(0, 0)).nearest is None


@pytest.mark.parametrize("third_corner", [(110.8, -7.6), (110.8016, -7.602)])
def test_both_twins_see_on_which_side_of_a_slanting_border_a_point_lies(twin, third_corner):
    # Found by search: in plain floating point the point lies on the border, exactly it lies
    # beside it by 1e-20 degrees. One of the two triangles on that border holds it.
    start, end = (110.80179011981724, -7.6014943029839435), (110.80016127574638, -7.600854167970416)
    point = Point(110.80124933502505, -7.6012817747951145)
    records = [AreaRecord("A", "rt", None, "", Polygon([start, end, third_corner]))]
    index = AreaIndex(records, metric_srid=METRIC_SRID)
    store_areas(twin, records)

    placed = placed_in_python(index, point)

    assert (Doubt.PERKIRAAN in placed.doubts) is (third_corner == (110.8016, -7.602))
    assert_same_point(twin, index, point, placed, accuracy_m=None, declared=None)
