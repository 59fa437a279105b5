"""Tiles of areas show copies of the borders, which follow every change of them."""

from dataclasses import replace

import mapbox_vector_tile
import psycopg
import pytest
import shapely
from shapely import Polygon, box

from app.areas.outlines import draw_outlines
from app.areas.service import store_areas
from spatial.outlines import OUTLINE_ZOOMS, outline_zoom
from spatial.tiles import tile_at
from tests.app import world
from tests.app.serving import serving

EDITION_ID = 1
MIDDLE = world.spot_point(8, 4)


@pytest.fixture
def city(fresh_urls):
    world.settle(fresh_urls)
    return fresh_urls


def kept(urls, zoom: int, level: str = "rt") -> dict[str, shapely.Geometry]:
    """Copies of a level for a zoom as the public role reads them."""
    with psycopg.connect(urls.public) as connection:
        rows = connection.execute(
            "SELECT code, ST_AsBinary(outline.geom) FROM map.outline AS outline"
            " INNER JOIN map.area AS area USING (city_id, edition_id, code)"
            " WHERE zoom = %s AND level = %s",
            (zoom, level),
        ).fetchall()
    return {code: shapely.from_wkb(shape) for code, shape in rows}


def tile_of(http, z: int) -> dict[str, shapely.Geometry]:
    tile = tile_at(MIDDLE.x, MIDDLE.y, z)
    content = http.get(f"/tiles/areas/{z}/{tile.x}/{tile.y}.mvt?level=rt").content
    layer = mapbox_vector_tile.decode(content, default_options={"y_coord_down": True})["areas"]
    return {
        feature["properties"]["code"]: shapely.geometry.shape(feature["geometry"])
        for feature in layer["features"]
    }


@pytest.mark.parametrize("level", ["kota", "kecamatan", "kelurahan", "rw", "rt"])
def test_a_loaded_edition_has_a_copy_of_each_area_for_each_zoom(town, level):
    codes = {area.code for area in world.areas() if area.level == level}

    assert all(kept(town, zoom, level).keys() == codes for zoom in OUTLINE_ZOOMS)


@pytest.mark.parametrize("z", [12, 13, 16])
def test_a_tile_shows_the_copies_cut_at_its_border(http, town, z):
    tile = tile_at(MIDDLE.x, MIDDLE.y, z)
    west, south, east, north = tile.bounds_3857
    unit = (east - west) / 4096
    within = box(west, south, east, north)

    shown = tile_of(http, z)

    for code, shape in kept(town, outline_zoom(z)).items():
        part = shape.intersection(within)
        if part.area > 50 * unit**2:
            drawn = shapely.transform(shown[code], lambda xy: xy * (unit, -unit) + (west, north))
            wrong = shapely.symmetric_difference(part, shapely.make_valid(drawn))
            assert wrong.area <= part.length * unit + 4 * unit**2


def test_an_edition_without_copies_answers_and_has_them_after_the_next_change(settings, city):
    with psycopg.connect(city.owner) as connection:
        connection.execute("DELETE FROM peta.outline")

    with serving(settings, city) as http:
        without = tile_of(http, 14)
    with psycopg.connect(city.staff) as connection:
        draw_outlines(connection, world.CITY_ID, EDITION_ID)
    with serving(settings, city) as http:
        again = tile_of(http, 14)

    assert len(without) > 20
    assert without.keys() == again.keys()
    assert len(kept(city, 14)) == len([area for area in world.areas() if area.level == "rt"])


def test_a_border_that_moves_moves_in_its_neighbour_too(city):
    areas = {area.code: area for area in world.areas()}
    one, other = areas[world.Spot(4, 4).rt], areas[world.Spot(5, 4).rt]
    _, south, east, north = one.geometry.bounds
    third = (north - south) / 3
    notch = Polygon(
        [(east, south + third), (east + 0.0004, south + 1.5 * third), (east, north - third)]
    )
    before = kept(city, 16)

    with psycopg.connect(city.staff) as connection:
        moved = [
            replace(one, geometry=one.geometry.union(notch)),
            replace(other, geometry=other.geometry.difference(notch)),
        ]
        store_areas(connection, world.CITY_ID, EDITION_ID, moved)
    after = kept(city, 16)

    assert not after[one.code].equals(before[one.code])
    assert not after[other.code].equals(before[other.code])
    assert shapely.coverage_is_valid(list(after.values()))
