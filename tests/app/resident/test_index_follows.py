"""The resident index and SQL over the views: the same tiles and totals, after any edits."""

import asyncio
import random
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import mapbox_vector_tile
import psycopg
import pytest

from app.cities.queries import find_city
from app.database import open_database
from app.models.change import WHOLE_CITY
from app.resident.shelf import Shelf
from app.statistics.adding import add_up, describe_area
from app.statistics.schemas import StatsQuery
from app.tiles.queries import read_usulan_tile
from app.tiles.usulan import UsulanTiles
from app.usulan.bulk import insert_usulan
from app.usulan.filters import Filters
from app.usulan.matched import count_chosen
from app.usulan.selection import choose
from spatial.tiles import tiles_covering
from tests.app import world
from tests.app.resident.telling import tell
from tests.app.world import CITY, CITY_ID, RW_ONLY, Spot, at_status, proposed

pytestmark = pytest.mark.usefixtures("patient")
BOUNDS = (world.WEST - 0.001, world.NORTH - 0.012, world.WEST + 0.018, world.NORTH + 0.001)
LEVELS = ("kota", "kecamatan", "kelurahan", "rw", "rt")
GROUPINGS = ("category", "group", "status", "year", "funding")
NOW = datetime(2026, 3, 1, tzinfo=UTC)
SETS = 6
VALUES = {
    "area": [CITY, f"{CITY}.01", f"{CITY}.02.1004", f"{CITY}.01.1001-002", Spot(1, 2).rt],
    "category": ["SP01", "SP03", "KP01", "KP07", "KP09", "EK02"],
    "group": ["SP", "KP", "SB", "EK"],
    "status": ["diajukan", "selesai", "ditolak", "digabung", "dibatalkan"],
    "stage": ["rembug_rt", "musren_kel"],
    "year": [2024, 2025, 2026, 2027],
    "funding": ["apbd_kota", "swadaya"],
    "channel": ["rembug", "pokir"],
}


# So that tiles of a small city have more than they show one by one.
FEW_POINTS = 12


def random_filters(chance: random.Random) -> Filters:
    names = chance.sample(list(VALUES), chance.choice([0, 1, 1, 2, 3]))
    chosen = {name: tuple(chance.sample(VALUES[name], chance.choice([1, 1, 2]))) for name in names}
    return Filters(**chosen)


def carried_over(chance: random.Random) -> list[world.NewUsulan]:
    """Two records of one lineage; the later may not be listed."""
    first = UUID(int=chance.getrandbits(128), version=4)
    spot = Spot(chance.randrange(16), chance.randrange(8))
    earlier = proposed(spot, usulan_id=first, events=at_status("belum_diakomodir"))
    later = proposed(
        spot,
        year=2027,
        lineage_id=first,
        sequence=1,
        continues_id=first,
        events=at_status(chance.choice(["diajukan", "dibatalkan"])),
    )
    return [earlier, later]


@pytest.fixture(scope="module")
def stocked(town, chance):
    world.add(town, world.random_usulan(chance, 400))
    world.add(town, [record for _ in range(20) for record in carried_over(chance)])
    return town


@pytest.fixture(scope="module")
def chance() -> random.Random:
    return random.Random(20261123)


def edit(urls, chance: random.Random) -> None:
    """One transaction of a few writers' steps, each of them told."""
    with psycopg.connect(urls.superuser) as connection:
        ids = [row[0] for row in connection.execute("SELECT usulan_id FROM peta.usulan")]
        for usulan_id in chance.sample(ids, 8):
            column, value = chance.choice(EDITS)
            connection.execute(
                psycopg.sql.SQL("UPDATE peta.usulan SET {} = %s WHERE usulan_id = %s").format(
                    psycopg.sql.Identifier(column)
                ),
                [value, usulan_id],
            )
            tell(connection, [usulan_id])
        new = [*world.random_usulan(chance, 4), *carried_over(chance)]
        new.append(replace(proposed(Spot(3, 3)), category=RW_ONLY))
        known = [replace(row, usulan_id=row.usulan_id or fresh_id(chance)) for row in new]
        insert_usulan(connection, CITY_ID, known, rng=chance)
        connection.execute("DELETE FROM peta.change WHERE usulan_id = %s", [WHOLE_CITY])
        tell(connection, [row.usulan_id for row in known])


EDITS = [
    ("published", False),
    ("published", True),
    ("status", "digabung"),
    ("status", "selesai"),
    ("estimated_cost", 77_000_000),
    ("estimated_cost", None),
    ("supporters", 999),
    ("beneficiaries", 5),
    ("funding", "csr"),
]


def fresh_id(chance: random.Random) -> UUID:
    return UUID(int=chance.getrandbits(128), version=4)


@pytest.mark.parametrize("rounds", [4, pytest.param(30, marks=pytest.mark.long)])
def test_tiles_and_totals_are_those_of_sql_after_every_edit(stocked, chance, monkeypatch, rounds):
    monkeypatch.setattr("app.tiles.queries.MOST_POINTS", FEW_POINTS)
    monkeypatch.setattr("app.tiles.usulan.MOST_POINTS", FEW_POINTS)
    asyncio.run(compare_through_edits(stocked, chance, rounds))


async def compare_through_edits(urls, chance: random.Random, rounds: int) -> None:
    database = open_database(urls.staff, urls.public)
    shelf = Shelf(database)
    try:
        await built(database, shelf)
        seen = 0
        for _ in range(rounds):
            edit(urls, chance)
            for _ in range(SETS):
                seen += await compare(database, shelf, random_filters(chance), chance)
        assert seen > rounds * SETS * 5
    finally:
        await shelf.close()
        await database.close()


async def built(database, shelf: Shelf) -> None:
    async with database.public_loading() as connection:
        city = await find_city(connection, CITY)
        assert await shelf.index_of(connection, city) is not None


async def compare(database, shelf: Shelf, filters: Filters, chance: random.Random) -> int:
    """How many usulan were compared, in one snapshot."""
    async with database.public_loading() as connection:
        city = await find_city(connection, CITY)
        quick = await choose(connection, city, filters, shelf)
        assert quick.indexed is not None
        plain = replace(quick, indexed=None)
        for z in (8, 12, chance.choice([13, 14]), chance.choice([15, 16])):
            for tile in tiles_covering(BOUNDS, z):
                sql = await read_usulan_tile(connection, plain.conditions, tile)
                assert_same_tile(UsulanTiles(city, quick).draw(tile), sql)
        by = tuple(chance.sample(GROUPINGS, chance.choice([0, 0, 1, 2])))
        query = StatsQuery(level=chance.choice(LEVELS), by=by)
        told = await add_up(connection, quick, query, now=NOW)
        assert told == await add_up(connection, plain, query, now=NOW)
        code = chance.choice(VALUES["area"])
        assert await describe_area(connection, quick, code) == await describe_area(
            connection, plain, code
        )
        assert await count_chosen(connection, quick) == await count_chosen(connection, plain)
        return told["numberMatched"]


def assert_same_tile(ours: bytes, sql: bytes) -> None:
    assert_same_features(cells_of(ours), cells_of(sql))
    assert_same_features(points_of(ours), points_of(sql))


def assert_same_features(found: dict, expected: dict) -> None:
    assert found.keys() == expected.keys()
    for key, (properties, (x, y)) in expected.items():
        assert found[key][0] == properties
        # Both are rounded down; the mean of degrees and that of metres differ in the last digit.
        assert abs(found[key][1][0] - x) <= 1
        assert abs(found[key][1][1] - y) <= 1


def features_of(tile: bytes, layer: str) -> list[dict]:
    layers = mapbox_vector_tile.decode(tile, default_options={"y_coord_down": True})
    return layers.get(layer, {"features": []})["features"]


def points_of(tile: bytes) -> dict[object, tuple[dict, tuple[int, int]]]:
    """Single places by their number."""
    return {
        feature["properties"]["number"]: (
            feature["properties"],
            tuple(feature["geometry"]["coordinates"]),
        )
        for feature in features_of(tile, "usulan")
    }


def cells_of(tile: bytes) -> dict[object, tuple[dict, tuple[int, int]]]:
    """Features by the 64th of the tile they are in, or by their area."""
    found = {}
    for feature in features_of(tile, "cells"):
        x, y = feature["geometry"]["coordinates"]
        key = feature["properties"].get("area") or (x // 64, y // 64)
        assert key not in found
        found[key] = (feature["properties"], (x, y))
    return found
