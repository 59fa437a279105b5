"""Tiles of areas from memory show what the database would, follow it, and stay within a bound."""

import asyncio

import mapbox_vector_tile
import pytest
import shapely

from app.cities.queries import find_city
from app.database import open_database
from app.resident.borders import Borders, Place
from app.tiles.queries import read_areas_tile
from spatial.tiles import tile_at
from tests.app import world
from tests.app.world import CITY, CITY_ID

LEVELS = ("kota", "kecamatan", "kelurahan", "rw", "rt")
MIDDLE = world.spot_point(8, 4)


def shapes_of(content: bytes) -> dict[str, shapely.Geometry]:
    layer = mapbox_vector_tile.decode(content)["areas"]
    assert all(
        set(feature["properties"]) == {"code", "name", "level"} for feature in layer["features"]
    )
    return {
        feature["properties"]["code"]: shapely.geometry.shape(feature["geometry"])
        for feature in layer["features"]
    }


async def both(urls, z: int, level: str, borders: Borders) -> tuple[bytes | None, bytes]:
    """A tile cut in memory, None where there is no room, and the same by SQL."""
    tile = tile_at(MIDDLE.x, MIDDLE.y, z)
    database = open_database(urls.staff, urls.public)
    try:
        async with database.public_session() as connection:
            city = await find_city(connection, CITY)
            place = Place("here", CITY_ID, city.edition_id, city.areas_version, level, z)
            drawn = await borders.of(connection, place)
            assert borders.at_hand(place) is drawn
            plain = await read_areas_tile(
                connection, city_id=CITY_ID, edition_id=city.edition_id, level=level, tile=tile
            )
            return drawn and drawn.tile(tile.x, tile.y, name="areas"), plain
    finally:
        await database.close()


@pytest.mark.parametrize("z", [8, 11, 14, 16])
@pytest.mark.parametrize("level", LEVELS)
def test_memory_and_database_cut_the_same_areas(town, z, level):
    ours, theirs = map(shapes_of, asyncio.run(both(town, z, level, Borders())))

    for code in ours.keys() | theirs.keys():
        one = shapely.make_valid(ours.get(code, shapely.Polygon()))
        other = shapely.make_valid(theirs.get(code, shapely.Polygon()))
        assert shapely.symmetric_difference(one, other).area <= other.length + 4


@pytest.mark.parametrize(("z", "max_bytes"), [(17, 2**24), (14, 1_000)])
def test_the_database_cuts_what_is_close_and_what_is_too_large(town, z, max_bytes):
    borders = Borders(max_bytes=max_bytes)

    ours, theirs = asyncio.run(both(town, z, "rt", borders))

    assert ours is None
    assert shapes_of(theirs)
    assert borders.used_bytes == 0


def test_borders_that_nobody_looks_at_give_way(town):
    borders = Borders()
    asyncio.run(both(town, 14, "rt", borders))
    narrow = Borders(max_bytes=2 * borders.used_bytes)

    for z in range(9, 17):
        assert asyncio.run(both(town, z, "rt", narrow))[0]

    assert 0 < narrow.used_bytes <= 2 * borders.used_bytes
