"""Areas in a tile: where they are, without a gap, turned as the specification says."""

from pathlib import Path

import mapbox_vector_tile
import numpy as np
import pytest
import shapely
from shapely import MultiPolygon, Polygon, box

from spatial import mvt_polygons
from spatial.mvt_polygons import AreaShapes
from spatial.outlines import outline_zoom, outlines
from spatial.tiles import Tile, tile_at

FOLDER = Path(__file__).parents[2] / "data" / "boundaries" / "contoh"
EXTENT = 4096


def decoded(content: bytes) -> dict[str, shapely.Geometry]:
    """By code the shape in tile units, counted downwards."""
    layer = mapbox_vector_tile.decode(content, default_options={"y_coord_down": True})["areas"]
    assert len({feature["properties"]["code"] for feature in layer["features"]}) == len(
        layer["features"]
    )
    return {
        feature["properties"]["code"]: shapely.geometry.shape(feature["geometry"])
        for feature in layer["features"]
    }


def named(shapes, z: int) -> AreaShapes:
    codes = [f"a{number}" for number in range(len(shapes))]
    return AreaShapes.of(shapes, {"code": codes, "level": ["rt"] * len(codes)}, z)


def in_units(shapes, tile: Tile):
    """Shapes in units of the tile, counted downwards, neither cut nor rounded."""
    west, _, east, north = tile.bounds_3857
    per_unit = (east - west) / EXTENT
    return shapely.transform(
        shapes, lambda corners: (corners - (west, north)) / (per_unit, -per_unit)
    )


@pytest.fixture(scope="module")
def rt():
    text = (FOLDER / "rt.geojson").read_text(encoding="utf-8")
    return list(shapely.from_geojson(text).geoms)


def tiles_with(shapes, z: int, chance: np.random.Generator, count: int = 4) -> list[Tile]:
    points = [shapely.point_on_surface(shape) for shape in chance.choice(shapes, count)]
    return sorted(
        {tile_at(point.x, point.y, z) for point in points}, key=lambda tile: (tile.x, tile.y)
    )


@pytest.mark.parametrize("z", [11, 12, 13, 14, 16])
def test_areas_are_drawn_where_they_are_and_share_their_borders(rt, z):
    drawn = outlines(rt, outline_zoom(z))
    areas = named(drawn, z)
    within = box(0, 0, EXTENT, EXTENT)

    for tile in tiles_with(rt, z, np.random.default_rng(z)):
        shown = decoded(areas.tile(tile.x, tile.y, name="areas"))
        exact = shapely.intersection(in_units(drawn, tile), within)
        found = np.array([shown.get(f"a{number}", Polygon()) for number in range(len(rt))])
        wrong = shapely.area(shapely.symmetric_difference(shapely.make_valid(found), exact))
        assert (wrong <= shapely.length(exact) + 4).all()
        # Rounding may bring a corner onto another area's border, by less than a unit.
        together = shapely.area(shapely.union_all(shapely.make_valid(found)))
        assert shapely.area(found).sum() - together <= 2
        assert together >= shapely.area(shapely.union_all(exact)) - shapely.length(within) * 2


@pytest.mark.parametrize("z", [12, 14])
def test_two_neighbours_have_the_same_corners_on_their_border(rt, z):
    drawn = outlines(rt, outline_zoom(z))
    areas = named(drawn, z)
    tile = tiles_with(rt, z, np.random.default_rng(1), 1)[0]

    shown = decoded(areas.tile(tile.x, tile.y, name="areas"))

    valid = [shape for shape in shown.values() if shape.is_valid]
    assert len(valid) >= 0.99 * len(shown)
    gaps = shapely.coverage_invalid_edges(valid)
    # A corner may fall onto a neighbour's straight border, which has no corner there.
    assert shapely.length(gaps).sum() <= 0.01 * shapely.length(valid).sum()


def test_exterior_rings_go_clockwise_on_a_screen_and_holes_against_it():
    tile = tile_at(110.8, -7.5, 14)
    ring = box(500, 500, 3500, 3500)
    shape = Polygon(ring.exterior, [box(1000, 1000, 2000, 2000).exterior])

    content = named([on_ground(shape, tile)], 14).tile(tile.x, tile.y, name="areas")

    shown = decoded(content)["a0"]
    assert shown.equals(shape)
    # Counted downwards, clockwise on a screen is a positive surface.
    assert shapely.LinearRing(shown.exterior).is_ccw
    assert not shapely.LinearRing(shown.interiors[0]).is_ccw


def on_ground(shape, tile: Tile):
    """A shape in tile units as web-mercator metres."""
    west, _, east, north = tile.bounds_3857
    per_unit = (east - west) / EXTENT
    return shapely.transform(shape, lambda corners: corners * (per_unit, -per_unit) + (west, north))


def test_an_area_is_cut_at_the_edges_of_its_tile_and_goes_on_beyond():
    tile = tile_at(110.8, -7.5, 14)
    shape = on_ground(MultiPolygon([box(-300, 100, 700, 400), box(900, 900, 950, 5000)]), tile)
    areas = named([shape], 14)

    here = decoded(areas.tile(tile.x, tile.y, name="areas"))["a0"]
    west = decoded(areas.tile(tile.x - 1, tile.y, name="areas"))["a0"]

    assert here.equals(MultiPolygon([box(0, 100, 700, 400), box(900, 900, 950, 4096)]))
    assert west.equals(box(3796, 100, 4096, 400))


def test_what_is_smaller_than_the_grid_is_not_drawn():
    tile = tile_at(110.8, -7.5, 14)
    speck, line = box(10.1, 10.1, 10.3, 10.3), box(20, 20.1, 80, 20.3)
    areas = named([on_ground(shape, tile) for shape in (speck, line)], 14)

    assert areas.tile(tile.x, tile.y, name="areas") == b""


def test_a_shape_that_rounding_makes_cross_itself_is_mended():
    tile = tile_at(110.8, -7.5, 14)
    # Two rooms with a passage narrower than a unit.
    shape = Polygon(
        [(0, 0), (9, 0), (9, 4.6), (20, 4.6), (20, 0), (30, 0), (30, 9), (20, 9), (20, 4.9),
         (9, 4.9), (9, 9), (0, 9)]
    )  # fmt: skip

    shown = decoded(named([on_ground(shape, tile)], 14).tile(tile.x, tile.y, name="areas"))

    assert shown["a0"].is_valid
    assert shown["a0"].area == pytest.approx(171)


def test_a_tile_beside_all_areas_is_empty(rt):
    areas = named(outlines(rt, 14), 14)

    assert areas.tile(0, 0, name="areas") == b""


@pytest.mark.parametrize("limit", ["MOST_PIECES", "MOST_CORNERS"])
def test_tiles_cut_when_asked_for_are_those_written_ahead(rt, monkeypatch, limit):
    drawn = outlines(rt, 14)
    ahead = named(drawn, 14)
    monkeypatch.setattr(mvt_polygons, limit, 10)
    one_by_one = named(drawn, 14)

    assert (ahead.ahead is None, one_by_one.ahead is None) == (False, True)
    for tile in tiles_with(rt, 14, np.random.default_rng(3)):
        for x in (tile.x, tile.x + 1):
            wanted = ahead.tile(x, tile.y, name="areas")
            assert one_by_one.tile(x, tile.y, name="areas") == wanted


def test_an_area_of_many_tiles_is_not_cut_into_all_of_them():
    wide = named([box(-2e7, -2e7, 2e7, 2e7)], 16)

    tile = Tile(16, 2**15 + 9, 2**15 - 9)
    here = decoded(wide.tile(tile.x, tile.y, name="areas"))["a0"]

    assert here.equals(box(0, 0, EXTENT, EXTENT))
    assert wide.nbytes < 10_000


def test_an_area_that_ends_at_the_edge_of_a_tile_is_not_in_the_next():
    tile = tile_at(110.8, -7.5, 14)
    areas = named([on_ground(box(0, 0, EXTENT, EXTENT), tile), Polygon()], 14)

    beside = [
        areas.tile(tile.x + x, tile.y + y, name="areas")
        for x, y in ((1, 0), (0, 1), (-1, 0), (0, -1))
    ]

    assert decoded(areas.tile(tile.x, tile.y, name="areas"))["a0"].area == EXTENT**2
    assert beside == [b""] * 4
