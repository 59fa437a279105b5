"""Sessions of the application: what each may do."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import InternalError

from app.cluster import DatabaseUrls
from app.database import open_database


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
