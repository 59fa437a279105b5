"""Tiles of areas from memory show what the database would, follow it, and stay within a bound."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import mapbox_vector_tile
import pytest
import shapely
from sqlalchemy import event
from starlette.datastructures import QueryParams

from app.cities.queries import find_city
from app.cities.recent import RecentCities
from app.database import Database, open_database
from app.resident.borders import Borders, Place
from app.resident.shelf import Shelf
from app.standby import Presence
from app.tiles.areas import AreaTiles
from app.tiles.cache import TileCache
from app.tiles.desk import TileDesk, Wanted
from app.tiles.queries import read_areas_tile
from spatial.tiles import Tile, tile_at
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


@asynccontextmanager
async def opened(urls, max_bytes: int = 2**24) -> AsyncIterator[tuple[Database, Borders]]:
    database = open_database(urls.staff, urls.public)
    borders = Borders(database.public_session, max_bytes=max_bytes)
    try:
        yield database, borders
    finally:
        await borders.close()
        await database.close()


async def place_of(database: Database, level: str, z: int) -> Place:
    async with database.public_session() as connection:
        city = await find_city(connection, CITY)
    return Place(city.ground[0], CITY_ID, city.edition_id, city.areas_version, level, z)


async def both(urls, z: int, level: str) -> tuple[bytes, bytes]:
    """A tile cut in memory, and the same by SQL."""
    tile = tile_at(MIDDLE.x, MIDDLE.y, z)
    async with opened(urls) as (database, borders):
        place = await place_of(database, level, z)
        await borders.gather(place)
        drawn = borders.at_hand(place)
        async with database.public_session() as connection:
            plain = await read_areas_tile(
                connection,
                city_id=CITY_ID,
                edition_id=place.edition_id,
                level=level,
                tile=tile,
            )
        return drawn.tile(tile.x, tile.y, name="areas"), plain


async def used_after(urls, max_bytes: int, places: Sequence[tuple[str, int]]) -> list[int]:
    """Bytes in use after each of some levels and zooms; -1 where it is not at hand then."""
    used = []
    async with opened(urls, max_bytes) as (database, borders):
        for level, z in places:
            place = await place_of(database, level, z)
            if borders.lacks(place):
                await borders.gather(place)
            used.append(-1 if borders.at_hand(place) is None else borders.used_bytes)
            assert not borders.lacks(place)
    return used


@pytest.mark.parametrize("z", [8, 11, 14, 16])
@pytest.mark.parametrize("level", LEVELS)
def test_memory_and_database_cut_the_same_areas(town, z, level):
    ours, theirs = map(shapes_of, asyncio.run(both(town, z, level)))

    for code in ours.keys() | theirs.keys():
        one = shapely.make_valid(ours.get(code, shapely.Polygon()))
        other = shapely.make_valid(theirs.get(code, shapely.Polygon()))
        assert shapely.symmetric_difference(one, other).area <= other.length + 4


@pytest.mark.parametrize(("z", "max_bytes"), [(17, 2**24), (14, 1_000)])
def test_what_is_close_and_what_is_too_large_is_left_to_the_database(town, z, max_bytes):
    assert asyncio.run(used_after(town, max_bytes, [("rt", z)])) == [-1]


def test_borders_that_nobody_looks_at_give_way(town):
    [one] = asyncio.run(used_after(town, 2**24, [("rt", 14)]))

    used = asyncio.run(used_after(town, 2 * one, [("rt", z) for z in range(9, 17)]))

    assert all(0 < now <= 2 * one for now in used)


async def sent(urls, number: int) -> tuple[list[bytes], int]:
    """So many tiles of one level and zoom at once, and the most connections that they held."""
    async with opened(urls) as (database, _):
        shelf, cities = Shelf(database), RecentCities(database)
        cache = TileCache(10_000_000)
        desk = TileDesk(database, shelf, cities, cache=cache, presence=Presence())
        held = Held(database)
        middle = tile_at(MIDDLE.x, MIDDLE.y, 14)
        try:
            asked = [desk.show(wanted(middle.x + column, middle.y)) for column in range(number)]
            answers = await asyncio.gather(*asked)
        finally:
            for part in (desk, cache, cities, shelf):
                await part.close()
        return [answer.content for answer in answers], held.most


class Held:
    """How many connections of the public role are in use."""

    def __init__(self, database: Database) -> None:
        self.now = self.most = 0
        event.listen(database.public.sync_engine, "checkout", self.take)
        event.listen(database.public.sync_engine, "checkin", self.give)

    def take(self, *_: object) -> None:
        self.now += 1
        self.most = max(self.most, self.now)

    def give(self, *_: object) -> None:
        self.now -= 1


def wanted(x: int, y: int) -> Wanted:
    address = (f"/tiles/areas/14/{x}/{y}.mvt", b"level=rt")
    parameters = QueryParams("level=rt")
    return Wanted(AreaTiles, Tile(14, x, y), CITY, parameters, address, "", anew=False)


def test_thirty_cold_tiles_of_a_level_hold_one_connection(town):
    contents, most = asyncio.run(sent(town, 30))

    assert any(contents)
    assert most == 1


async def gathered_of(urls, **other: object) -> bool:
    async with opened(urls) as (database, borders):
        place = (await place_of(database, "rt", 14))._replace(**other)
        await borders.gather(place)
        return borders.at_hand(place) is not None


@pytest.mark.parametrize("other", [{"version": "a former one"}, {"database": "0"}])
def test_borders_are_kept_only_under_the_state_that_they_are_of(town, other):
    assert asyncio.run(gathered_of(town))
    assert not asyncio.run(gathered_of(town, **other))
