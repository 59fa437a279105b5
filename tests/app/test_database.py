"""Sessions of the application: what each may do."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, InternalError

from app.cluster import DatabaseUrls
from app.database import Database, is_busy, open_database


async def test_a_reading_staff_session_cannot_write(urls: DatabaseUrls):
    database = open_database(urls.staff, urls.public)

    with pytest.raises(InternalError, match="read-only transaction"):
        async with database.staff_reading() as connection:
            await connection.execute(text("UPDATE peta.city SET name = name"))

    await database.close()


async def test_a_place_in_the_pool_that_was_read_with_can_write_again(urls: DatabaseUrls):
    database = open_database(urls.staff, urls.public)

    async with database.staff_reading() as connection:
        read = await connection.scalar(text("SELECT COUNT(*) FROM peta.usulan"))
    async with database.staff_session() as connection:
        written = await connection.execute(text("UPDATE peta.city SET name = name"))

    assert read == 0
    assert written.rowcount == 0
    await database.close()


async def test_a_long_reading_may_work_on_what_it_read_before_it_ends(urls: DatabaseUrls):
    database = open_database(urls.staff, urls.public)
    limits = ("statement_timeout", "idle_in_transaction_session_timeout")
    ask = text("SELECT CAST(setting AS integer) FROM pg_settings WHERE name = :name")

    async with database.public_loading() as connection:
        found = [await connection.scalar(ask, {"name": name}) for name in limits]
    async with database.public_session() as connection:
        usual = [await connection.scalar(ask, {"name": name}) for name in limits]

    # A million rows are decoded for longer than the 15 s that other sessions may be idle.
    assert found == [290_000, 290_000]
    assert max(usual) == 15_000
    await database.close()


SLOW_SHAPES = """
    SELECT SUM(ST_NPoints(ST_ReducePrecision(ST_Buffer(ST_Point(n * 0.001, 0), 1, 2000), 0.000001)))
    FROM GENERATE_SERIES(1, 100000) AS n
"""


async def stopped_after(database: Database, milliseconds: int) -> DBAPIError:
    """What the application meets when a statement over shapes takes too long."""
    async with database.public_session() as connection:
        await connection.execute(text(f"SET LOCAL statement_timeout = {milliseconds}"))
        with pytest.raises(DBAPIError) as stopped:
            await connection.execute(text(SLOW_SHAPES))
        await connection.rollback()
    return stopped.value


async def test_what_is_stopped_in_the_middle_of_a_shape_is_told_to_come_again(urls: DatabaseUrls):
    database = open_database(urls.staff, urls.public)

    stopped = [await stopped_after(database, 300 + 57 * more) for more in range(8)]

    # GEOS says so in words of its own, which PostGIS hands on as a mistake of the server's.
    assert "XX000" in {error.orig.sqlstate for error in stopped}
    assert all(map(is_busy, stopped))
    await database.close()
