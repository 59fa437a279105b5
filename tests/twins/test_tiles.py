"""Vector tiles from PostGIS hold what Shapely and PROJ say lies in the tile."""

import mapbox_vector_tile
import numpy as np
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyproj import Transformer
from shapely.geometry import LineString, Point, box, shape
from shapely.geometry.base import BaseGeometry

from spatial.assign import AreaRecord
from spatial.crs import project
from spatial.tiles import Tile, tile_at, tiles_covering
from tests.maps import at, city
from tests.twins.store import ask, store_areas, store_base
from tests.twins.worlds import worlds

EXTENT = 4096


def decoded(twin, statement, tile, **binds):
    """Layer name, and per feature its properties and geometry with y downwards."""
    row = ask(twin, statement, z=tile.z, x=tile.x, y=tile.y, **binds)[0]
    layers = mapbox_vector_tile.decode(bytes(row["tile"]), default_options={"y_coord_down": True})
    return {
        name: [(item["properties"], shape(item["geometry"])) for item in layer["features"]]
        for name, layer in layers.items()
    }


def in_tile_units(geometry: BaseGeometry, tile: Tile) -> BaseGeometry:
    """The part of a geometry in the tile, in tile units with y downwards, not yet snapped."""
    west, _, east, north = tile.bounds_3857
    mercator = project(geometry, Transformer.from_crs(4326, 3857, always_xy=True))
    units = EXTENT / (east - west)

    def moved(coordinates):
        return np.column_stack(
            [(coordinates[:, 0] - west) * units, (north - coordinates[:, 1]) * units]
        )

    return shapely.transform(mercator, moved).intersection(box(0, 0, EXTENT, EXTENT))


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_an_area_tile_shows_the_areas_of_its_level_where_they_are(twin, data):
    world = data.draw(worlds())
    store_areas(twin, world.records)
    level = data.draw(st.sampled_from(["kelurahan", "rw", "rt"]))
    z = data.draw(st.sampled_from([15, 17, 19]))
    tile = tile_at(*data.draw(st.sampled_from(sorted(world.corners.values()))), z)

    features = decoded(twin, "tile_areas", tile, level=level).get("areas", [])

    shown = {properties["code"]: geometry for properties, geometry in features}
    for record in world.records:
        expected = in_tile_units(record.geometry, tile)
        if record.level != level or expected.area == 0:
            assert record.code not in shown
        elif expected.area > 50:
            # Snapping moves a border by at most 0.71 of a unit.
            difference = expected.symmetric_difference(shapely.make_valid(shown[record.code]))
            assert difference.area <= expected.length + 4
            assert difference.intersection(expected.buffer(-1.5)).area == 0


def test_an_area_in_a_tile_carries_its_code_name_and_level_and_no_numbers(twin):
    store_areas(twin, city(kelurahan="KKLL", rt="AABB"))
    tile = tile_at(at(1, 0.5).x, at(1, 0.5).y, 14)

    layers = decoded(twin, "tile_areas", tile, level="rt")

    assert list(layers) == ["areas"]
    assert [properties for properties, _ in layers["areas"]] == [
        {"code": "A", "name": "rt A", "level": "rt"},
        {"code": "B", "name": "rt B", "level": "rt"},
    ]


@pytest.mark.parametrize("z", [12, 14, 16])
def test_neighbours_in_a_tile_leave_no_gap_and_no_overlap(twin, z):
    store_areas(twin, city(rt="AABB\nACCB\nDDCB", unit_m=137))
    tile = tile_at(at(2, 1.5, unit_m=137).x, at(2, 1.5, unit_m=137).y, z)

    areas = [geometry for _, geometry in decoded(twin, "tile_areas", tile, level="rt")["areas"]]

    joined = shapely.union_all(areas)
    assert sum(area.area for area in areas) == joined.area
    assert joined.geom_type == "Polygon"
    assert not joined.interiors


def test_areas_and_lines_end_at_the_border_of_the_tile(twin):
    store_areas(twin, city(rt="AAAA\nAAAA", unit_m=1000))
    store_base(twin, [("river", "", "Kali Anyar", LineString([at(-500, 0.5), at(900, 0.5)]))])
    tile = tile_at(at(150, 50).x, at(150, 50).y, 16)

    areas = decoded(twin, "tile_areas", tile, level="rt")["areas"]
    lines = decoded(twin, "tile_base", tile_at(at(50, 0.5).x, at(50, 0.5).y, 16))["base"]

    assert [geometry.bounds for _, geometry in areas] == [(0, 0, EXTENT, EXTENT)]
    assert [geometry.bounds[::2] for _, geometry in lines] == [(0, EXTENT)]


@pytest.mark.parametrize("binds", [{"city_id": 9973}, {"edition_id": 2}, {"level": "rw"}, {}])
def test_a_tile_of_another_city_edition_level_or_place_is_empty(twin, binds):
    store_areas(twin, city(rt="A"))
    tile = tile_at(at(0.5, 0.5).x, at(0.5, 0.5).y, 16)
    wanted = {"level": "rt"} | binds
    if not binds:
        tile = Tile(16, 0, 0)

    row = ask(twin, "tile_areas", z=tile.z, x=tile.x, y=tile.y, **wanted)[0]

    assert bytes(row["tile"]) == b""


def test_the_tiles_of_a_zoom_together_show_every_area(twin):
    records: list[AreaRecord] = city(rt="ABCD\nEFGH", unit_m=250)
    store_areas(twin, records)
    bounds = shapely.total_bounds([record.geometry for record in records])

    shown = {
        properties["code"]
        for tile in tiles_covering(bounds, 16)
        for properties, _ in decoded(twin, "tile_areas", tile, level="rt").get("areas", [])
    }

    assert shown == set("ABCDEFGH")


@pytest.mark.parametrize(
    ("z", "names"),
    [
        (12, {"Jalan Besar", "Kali Anyar"}),
        (13, {"Jalan Besar", "Kali Anyar", "Jalan Sedang"}),
        (14, {"Jalan Besar", "Kali Anyar", "Jalan Sedang", "Pasar Gede"}),
        (15, {"Jalan Besar", "Kali Anyar", "Jalan Sedang", "Pasar Gede", "Gang Kecil"}),
    ],
)
def test_smaller_things_of_the_reference_map_join_as_it_comes_closer(twin, z, names):
    way = LineString([at(0, 0.5), at(30, 0.7)])
    store_base(
        twin,
        [
            ("road", "main", "Jalan Besar", way),
            ("road", "street", "Jalan Sedang", way),
            ("road", "lane", "Gang Kecil", way),
            ("river", "", "Kali Anyar", way),
            ("landmark", "pasar", "Pasar Gede", Point(at(4, 0.5))),
        ],
    )

    layers = decoded(twin, "tile_base", tile_at(at(4, 0.6).x, at(4, 0.6).y, z))

    assert list(layers) == ["base"]
    assert {properties["name"] for properties, _ in layers["base"]} == names
    assert all(set(properties) == {"kind", "subkind", "name"} for properties, _ in layers["base"])


def test_a_place_of_the_reference_map_stands_where_it_is(twin):
    place = at(4, 0.5)
    store_base(twin, [("landmark", "pasar", "Pasar Gede", place)])
    tile = tile_at(place.x, place.y, 17)

    [(_, shown)] = decoded(twin, "tile_base", tile)["base"]

    assert shown.distance(in_tile_units(place, tile)) <= 1


def test_a_tile_without_reference_features_is_empty(twin):
    row = ask(twin, "tile_base", z=16, x=0, y=0)[0]

    assert bytes(row["tile"]) == b""
