"""Changes are kept for a day."""

import asyncio
from datetime import UTC, datetime, timedelta

import psycopg

from app.database import open_database
from app.resident.sweep import sweep_changes
from tests.app.world import CITY_ID


def test_what_is_older_than_a_day_is_forgotten(town):
    now = datetime(2026, 3, 2, 12, tzinfo=UTC)
    with psycopg.connect(town.superuser) as connection:
        connection.execute("TRUNCATE peta.change")
        for txid, hours in enumerate((1, 23, 25, 400)):
            connection.execute(
                "INSERT INTO peta.change (city_id, txid, usulan_id, at)"
                " VALUES (%s, %s, gen_random_uuid(), %s)",
                [CITY_ID, txid, now - timedelta(hours=hours)],
            )

    swept = asyncio.run(sweep(town, now))

    assert swept == 2
    with psycopg.connect(town.superuser) as connection:
        kept = connection.execute("SELECT txid FROM peta.change ORDER BY txid").fetchall()
    assert kept == [(0,), (1,)]


async def sweep(urls, now: datetime) -> int:
    database = open_database(urls.staff, urls.public)
    async with database.staff_session() as connection:
        swept = await sweep_changes(connection, now)
    await database.close()
    return swept
