"""A city read at once gives the rows that reading each usulan by its number gives."""

import asyncio
import random
from dataclasses import replace
from uuid import UUID

import numpy as np
import psycopg

from app.cities.queries import find_city
from app.database import open_database
from app.resident.queries import read_rows
from tests.app.world import (
    CITY,
    RW_ONLY,
    Spot,
    add,
    at_status,
    proposed,
    random_usulan,
)


def carried_over(chance: random.Random, status: str) -> list:
    """Three years of one need, the last of them at a status."""
    first = UUID(int=chance.getrandbits(128), version=4)
    earlier = proposed(Spot(1, 1), usulan_id=first, events=at_status("belum_diakomodir"))
    later = [
        proposed(
            Spot(1, 1),
            year=2026 + number,
            usulan_id=UUID(int=chance.getrandbits(128), version=4),
            lineage_id=first,
            sequence=number,
            events=at_status(reached),
        )
        for number, reached in ((1, "belum_diakomodir"), (2, status))
    ]
    return [earlier, *later]


def test_a_city_at_once_is_the_same_as_one_by_one(town):
    chance = random.Random(20261122)
    usulan = random_usulan(chance, 400)
    for status in ("diajukan", "dibatalkan", "diajukan"):
        usulan += carried_over(chance, status)
    usulan += [replace(proposed(Spot(3, 3)), category=RW_ONLY) for _ in range(3)]
    usulan.append(replace(proposed(Spot(9, 5)), category=RW_ONLY, year=2028))
    numbers = add(town, usulan)
    with psycopg.connect(town.superuser) as connection:
        connection.execute(
            "UPDATE peta.usulan SET published = false WHERE number = ANY(%s)", [numbers[::7]]
        )

    at_once, one_by_one = asyncio.run(read_both(town, numbers))

    assert len(at_once) > 300
    assert np.array_equal(at_once, one_by_one)
    assert set(at_once["standing"].tolist()) == {1, 2, 3}
    assert (at_once["cell"] < 0).any()


async def read_both(urls, numbers: list[str]) -> list[np.ndarray]:
    database = open_database(urls.staff, urls.public)
    try:
        async with database.public_loading() as connection:
            city = await find_city(connection, CITY)
            where = (city.city_id, city.edition_id)
            found = [
                np.concatenate([rows async for rows in read_rows(connection, *where, wanted)])
                for wanted in (None, numbers)
            ]
    finally:
        await database.close()
    return [np.sort(rows, order="number") for rows in found]
