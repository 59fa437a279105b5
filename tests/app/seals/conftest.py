"""A small city whose seals are made when a test says so."""

import asyncio
import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import psycopg
import pytest

from app.database import open_database
from app.seals.sealing import seal_cities
from tests.app import world

NOON = datetime(2026, 3, 2, 5, tzinfo=UTC)
"""In Jakarta."""
OF_THREE = [
    *world.at_status("verifikasi_kel"),
    world.at_status("prioritas_kel", at=world.START + timedelta(days=9))[-1],
]
"""Steps."""
SEALS = "SELECT number, kind, cardinality(usulan_ids) FROM peta.seal ORDER BY number"


@pytest.fixture
def city(fresh_urls):
    """A city with 60 usulan and no seal."""
    world.settle(fresh_urls)
    world.add(fresh_urls, world.random_usulan(random.Random(20261123), 60))
    return fresh_urls


@pytest.fixture
def seal(city) -> Callable[..., int]:
    """Seal what there is to seal, as at that instant; how many seals were made."""

    def made(now: datetime = NOON) -> int:
        return asyncio.run(sealed(city, now))

    return made


async def sealed(urls, now: datetime) -> int:
    database = open_database(urls.staff, urls.public)
    try:
        return await seal_cities(database, now)
    finally:
        await database.close()


def seals(urls) -> list[tuple[int, str, int]]:
    """Number, kind, and of how many usulan."""
    with psycopg.connect(urls.superuser) as connection:
        return connection.execute(SEALS).fetchall()
