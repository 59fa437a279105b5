"""A PostgreSQL that hangs without dying makes the service busy, never silent."""

import asyncio
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import psycopg
import pytest
from sqlalchemy import text

from app import database as databases
from app.cluster import database_urls
from app.cluster.migrations import migrate
from app.cluster.sharing import running_cluster
from app.main import create_app
from app.standby import AS_OF
from tests.app import world
from tests.app.serving import running
from tests.app.submission.sending import draft
from tests.faults.killing import signal_postgres, wait_until
from tests.faults.limits import Limits

pytestmark = pytest.mark.timeout(300)  # the limit is for a machine busy with more

BOUND_S = 5.0
AT_ONCE = 30


@contextmanager
def frozen_later(data_dir) -> Iterator[Callable[[], None]]:
    """Every process of this PostgreSQL stands still, the one that accepts connections too."""
    try:
        yield lambda: signal_postgres(data_dir, signal.SIGSTOP)
    finally:
        signal_postgres(data_dir, signal.SIGCONT)


@contextmanager
def frozen(data_dir) -> Iterator[None]:
    with frozen_later(data_dir) as freeze:
        freeze()
        yield


@pytest.fixture
def city(installation, installed_server):
    urls = database_urls(installation)
    with running_cluster(installed_server):
        migrate(urls, installation)
        world.settle(urls)
        world.add(urls, [world.proposed()])
        yield urls


def test_a_frozen_database_is_busy_or_stood_in_for_within_five_seconds_and_whole_again(
    installation, installed_server, city, monkeypatch
):
    app = create_app(installation, city)
    limits = Limits(monkeypatch)
    with running(app) as http, ThreadPoolExecutor(AT_ONCE) as hands:
        sends = (
            lambda: http.get("/api/v1/usulan"),
            lambda: http.post("/api/v1/usulan", json=draft()),
            lambda: http.get("/tiles/usulan/9/413/266.mvt"),
        )
        warm = [send().status_code for send in sends]
        wait_until(lambda: app.state.shelf.standing(world.CITY) is not None)

        with frozen(installed_server.places.data_dir):
            waiting = [hands.submit(send) for send in sends * (AT_ONCE // len(sends))]
            alive = http.get("/healthz").status_code
            were_waiting = [not answer.done() for answer in waiting]
            answers = [answer.result() for answer in waiting]

        wait_until(lambda: http.get("/readyz").status_code == 200)
        after = [send().status_code for send in sends]
        pools = app.state.database.staff.pool, app.state.database.public.pool
        held = [pool.checkedout() for pool in pools]

    assert warm == [200, 201, 200]
    tiles = answers[2::3]
    others = [answer for place, answer in enumerate(answers) if place % 3 != 2]
    assert {answer.status_code for answer in others} == {503}
    assert all(int(answer.headers["Retry-After"]) > 0 for answer in others)
    assert {answer.status_code for answer in tiles} == {200}
    assert all(AS_OF in answer.headers for answer in tiles)
    assert limits.longest_s() < BOUND_S
    assert alive == 200
    assert any(were_waiting)
    assert after == [200, 201, 200]
    assert held == [0, 0]


async def test_work_given_up_leaves_no_statement_running_in_the_database(city, monkeypatch):
    """Not because it has lasted too long: the server sees that nobody listens any more."""
    endless = databases._SESSION_OPTIONS.replace("statement_timeout=2900", "statement_timeout=0")
    assert endless != databases._SESSION_OPTIONS
    monkeypatch.setattr(databases, "_SESSION_OPTIONS", endless)
    monkeypatch.setattr(databases, "WORK_S", 60.0)
    opened, asked = databases.open_database(city.staff, city.public), []
    with psycopg.connect(city.superuser, autocommit=True) as server:
        with pytest.raises(TimeoutError):
            await begin_and_give_up(opened, "SELECT pg_sleep(600)", asked)
        await opened.close()

        wait_until(lambda: is_gone(server, *asked))


async def begin_and_give_up(opened: databases.Database, statement: str, asked: list[int]) -> None:
    """Add the process of the server that was asked; ends with a TimeoutError."""
    async with opened.staff_session() as connection:
        asked.append(await connection.scalar(text("SELECT pg_backend_pid()")))
        async with asyncio.timeout(0.5):
            await connection.execute(text(statement))


def is_gone(server: psycopg.Connection, pid: int) -> bool:
    found = server.execute("SELECT 1 FROM pg_stat_activity WHERE pid = %s", [pid])
    return found.fetchone() is None


async def test_whose_time_is_up_beside_a_frozen_database_does_not_wait_for_it(
    installed_server, city, monkeypatch
):
    """Each waits for something else then, so that no statement is cut short."""
    for limit in ("WORK_S", "LOADING_S"):
        monkeypatch.setattr(databases, limit, 10.0)
    database = databases.open_database(city.staff, city.public)
    names = ("staff_session", "staff_reading", "public_session", "public_loading")
    all_work = asyncio.Barrier(len(names) + 1)

    async def work(name: str) -> None:
        async with getattr(database, name)() as connection:
            await connection.execute(text("SELECT 1"))
            await all_work.wait()
            await asyncio.Event().wait()

    with frozen_later(installed_server.places.data_dir) as freeze:
        works = [asyncio.create_task(work(name)) for name in names]
        await all_work.wait()
        freeze()
        _, waiting = await asyncio.wait(works, timeout=100)
    outcomes = await asyncio.gather(*works, return_exceptions=True)
    await database.close()

    assert not waiting
    assert [type(outcome) for outcome in outcomes] == [TimeoutError] * len(names)
