"""The areas of cities in memory: within a bound, of the state that the database is in."""

import psycopg
import pytest

from app.areas.indexes import STAYS_S, AreaIndexes
from app.cities.queries import get_city
from app.database import open_database
from tests.app.world import CITY, Spot


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
async def database(town):
    opened = open_database(town.staff, town.public)
    yield opened
    await opened.close()


@pytest.fixture
async def city(database):
    return await seen(database)


async def seen(database):
    async with database.reading_line() as connection:
        return await get_city(connection, CITY)


def touch(town) -> None:
    """Other areas now, as far as anybody can tell."""
    with psycopg.connect(town.owner) as connection:
        connection.execute("UPDATE peta.boundary_edition SET loaded = clock_timestamp()")


async def test_areas_are_at_hand_once_they_were_gathered(database, city):
    areas = AreaIndexes(database.public_loading)
    assert areas.at_hand(city) is None

    await areas.gather_soon(city)

    assert areas.at_hand(city).record(Spot(3, 2).rt).level == "rt"
    assert areas.gather_soon(city) is None


async def test_those_of_another_state_of_the_edition_are_not_given(database, city, town):
    areas = AreaIndexes(database.public_loading)
    await areas.gather_soon(city)

    touch(town)

    assert areas.at_hand(await seen(database)) is None


async def test_a_state_that_has_passed_is_not_gathered(database, city, town):
    areas = AreaIndexes(database.public_loading)
    touch(town)

    await areas.gather_soon(city)

    assert areas.at_hand(city) is None


async def test_areas_that_are_too_large_stay_where_they_are(database, city):
    areas = AreaIndexes(database.public_loading, max_bytes=100)

    await areas.gather_soon(city)

    assert areas.at_hand(city) is None
    assert areas.gather_soon(city) is None  # they are not read again and again


async def test_only_what_nobody_used_for_a_while_gives_way(database, city, town):
    clock = Clock()
    areas = AreaIndexes(database.public_loading, max_bytes=20_000, clock=clock)
    await areas.gather_soon(city)
    touch(town)
    other = await seen(database)

    clock.now = STAYS_S - 1
    await areas.gather_soon(other)
    first_stays = (areas.at_hand(city), areas.at_hand(other))
    clock.now += STAYS_S + 1
    await areas.gather_soon(other)

    assert first_stays[0] is not None
    assert first_stays[1] is None
    assert areas.at_hand(other) is not None
    assert areas.at_hand(city) is None
