"""Connections of the driver: kept, given back whole, and let go when they are dead."""

import asyncio
import os
import resource

import psycopg
import pytest

from app.cluster import DatabaseUrls
from app.database import open_database
from app.lines import fetch_together

WHO = "SELECT pg_backend_pid() AS pid"
# Of the session, but undone with the transaction that set it.
NAMED = "SET application_name = 'noted'"


async def pid_of(connection) -> int:
    return (await (await connection.execute(WHO)).fetchone())[0]


async def named_and_failed(database) -> None:
    async with database.writing_line() as connection:
        await connection.execute(NAMED)
        raise ZeroDivisionError


@pytest.fixture
async def database(urls: DatabaseUrls):
    opened = open_database(urls.staff, urls.public)
    yield opened
    await opened.close()


async def test_a_connection_is_used_again(database):
    found = []
    for _ in range(3):
        async with database.writing_line() as connection:
            found.append(await pid_of(connection))

    assert len(set(found)) == 1


@pytest.fixture
def many_descriptors():
    """So many in use that the next ones lie above 1,023."""
    limits = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(limits[0], 1_200), limits[1]))
    files = [os.open(os.devnull, os.O_RDONLY) for _ in range(1_050)]
    yield
    for file in files:
        os.close(file)
    resource.setrlimit(resource.RLIMIT_NOFILE, limits)


async def test_a_connection_is_used_again_among_more_than_a_thousand(many_descriptors, database):
    found = []
    for _ in range(2):
        async with database.writing_line() as connection:
            assert connection.fileno() > 1_023
            found.append(await pid_of(connection))

    assert len(set(found)) == 1


async def test_an_error_undoes_what_was_written_and_the_connection_stays(database):
    async with database.writing_line() as connection:
        first = await pid_of(connection)
    with pytest.raises(ZeroDivisionError):
        await named_and_failed(database)

    async with database.writing_line() as connection:
        left = await connection.execute("SELECT current_setting('application_name') = 'noted'")

        assert await left.fetchone() == (False,)
        assert await pid_of(connection) == first


async def test_a_refused_statement_leaves_a_connection_that_works(database):
    with pytest.raises(psycopg.errors.UndefinedTable):
        async with database.writing_line() as connection:
            await connection.execute("SELECT 1 FROM peta.nothing_of_the_kind")

    async with database.writing_line() as connection:
        assert await pid_of(connection) > 0


async def test_one_that_the_server_ended_while_nobody_used_it_is_not_used_again(database, urls):
    async with database.writing_line() as connection:
        ended = await pid_of(connection)
    with psycopg.connect(urls.staff, autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", [ended])

    async with database.writing_line() as connection:
        assert await pid_of(connection) != ended


async def sleep_alone(connection) -> None:
    await connection.execute("SELECT pg_sleep(60)")


async def sleep_together(connection) -> None:
    await fetch_together(connection, ("SELECT 1", {}), ("SELECT pg_sleep(60)", {}))


@pytest.mark.parametrize("sleep", [sleep_alone, sleep_together])
async def test_one_that_somebody_gave_up_on_is_closed(database, sleep):
    begun = asyncio.Event()

    async def sleep_there() -> None:
        async with database.writing_line() as connection:
            kept.append(connection)
            asyncio.get_running_loop().call_later(0.2, begun.set)
            await sleep(connection)

    kept = []
    waiting = asyncio.create_task(sleep_there())
    await begun.wait()
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)

    assert kept[0].closed
    async with database.writing_line() as connection:
        assert connection is not kept[0]


async def test_there_are_never_more_than_so_many_and_who_waits_gets_one(database):
    at_once, peak, found = 0, 0, set()

    async def use() -> None:
        nonlocal at_once, peak
        async with database.writing_line() as connection:
            at_once += 1
            peak = max(peak, at_once)
            found.add(await pid_of(connection))
            at_once -= 1

    await asyncio.gather(*(use() for _ in range(40)))

    assert 1 < peak <= 8
    assert len(found) <= 8


async def test_what_is_asked_together_is_answered_each_in_its_place(database):
    asked = [
        (f"SELECT {number} AS number WHERE :kept", {"kept": number != 2}) for number in (1, 2, 3)
    ]

    async with database.writing_line() as connection:
        found = await fetch_together(connection, *asked)

    assert [[row.number for row in rows] for rows in found] == [[1], [], [3]]


WRITTEN = (
    "INSERT INTO peta.city (city_id, code, name, demo) VALUES (:id, '98.98', 'X', TRUE)",
    {"id": 9898},
)
REFUSED = ("SELECT 1 / :none", {"none": 0})


@pytest.mark.parametrize("asked", [(WRITTEN, REFUSED), (REFUSED, WRITTEN)])
async def test_one_refused_among_those_asked_together_undoes_the_others(database, asked):
    with pytest.raises(psycopg.errors.DivisionByZero):
        async with database.writing_line() as connection:
            await fetch_together(connection, *asked)

    async with database.writing_line() as connection:
        left = await connection.execute("SELECT COUNT(*) FROM peta.city WHERE city_id = 9898")
        assert await left.fetchone() == (0,)


@pytest.mark.parametrize("asked", [(WRITTEN, REFUSED), (REFUSED, WRITTEN)])
async def test_what_is_sent_at_once_is_written_together_or_not_at_all(database, asked):
    with pytest.raises(psycopg.errors.DivisionByZero):
        async with database.writing_at_once() as connection:
            await fetch_together(connection, *asked)

    async with database.writing_line() as connection:
        left = await connection.execute("SELECT COUNT(*) FROM peta.city WHERE city_id = 9898")
        assert await left.fetchone() == (0,)


async def test_what_was_sent_at_once_stands_without_another_word(database, urls):
    named = ("SELECT pg_current_xact_id() AS written", {})
    async with database.writing_at_once() as connection:
        [[row]] = await fetch_together(connection, named)

        with psycopg.connect(urls.staff) as other:
            status = other.execute("SELECT pg_xact_status(%s::text::xid8)", [row.written])
            assert status.fetchone() == ("committed",)


async def test_what_is_read_at_once_is_of_one_instant(database, urls):
    seen = ("SELECT CAST(pg_current_snapshot() AS text) AS snapshot", {})
    waiting = ("SELECT pg_sleep(0.3)", {})

    async def commit_meanwhile() -> None:
        await asyncio.sleep(0.1)
        async with database.writing_line() as connection:
            await connection.execute("SELECT pg_current_xact_id()")

    async def read() -> list:
        async with database.reading_at_once() as connection:
            return await fetch_together(connection, seen, waiting, seen)

    (before, _, after), _ = await asyncio.gather(read(), commit_meanwhile())
    later, _, _ = await read()

    assert before[0].snapshot == after[0].snapshot != later[0].snapshot


async def test_a_connection_serves_both_kinds_of_work(database):
    found = []
    for begin in (database.writing_line, database.writing_at_once, database.writing_line):
        async with begin() as connection:
            found.append((await pid_of(connection), connection.autocommit))

    assert len({pid for pid, _ in found}) == 1
    assert [autocommit for _, autocommit in found] == [False, True, False]


async def test_a_bind_that_stands_twice_and_a_per_cent_sign_are_sent_as_they_are_meant(database):
    asked = ("SELECT :word AS first, 'a%' AS sign, :word AS again, :other AS other", {})
    values = {"word": "a", "other": "b", "unused": 1}

    async with database.writing_at_once() as connection:
        [[row]] = await fetch_together(connection, (asked[0], values))

    assert tuple(row) == ("a", "a%", "a", "b")
