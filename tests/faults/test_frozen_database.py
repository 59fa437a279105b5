"""A PostgreSQL that hangs without dying makes the service busy, never silent."""

import asyncio
import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import httpx
import pytest
from sqlalchemy import text

from app.cluster import database_urls
from app.cluster.migrations import migrate
from app.cluster.sharing import running_cluster
from app.database import open_database
from app.main import create_app
from app.standby import AS_OF
from tests.app import world
from tests.app.serving import running
from tests.app.submission.sending import draft
from tests.faults.killing import signal_postgres, wait_until

pytestmark = pytest.mark.timeout(300)  # the limit is for a machine busy with more

BOUND_S = 5.0
AT_ONCE = 30


@contextmanager
def frozen(data_dir) -> Iterator[None]:
    """Every process of this PostgreSQL stands still, the one that accepts connections too."""
    signal_postgres(data_dir, signal.SIGSTOP)
    try:
        yield
    finally:
        signal_postgres(data_dir, signal.SIGCONT)


@pytest.fixture
def city(installation, installed_server):
    urls = database_urls(installation)
    with running_cluster(installed_server):
        migrate(urls, installation)
        world.settle(urls)
        world.add(urls, [world.proposed()])
        yield urls


def timed(send) -> tuple[httpx.Response, float]:
    began = time.monotonic()
    return send(), time.monotonic() - began


def test_a_frozen_database_is_busy_or_stood_in_for_within_five_seconds_and_whole_again(
    installation, installed_server, city
):
    app = create_app(installation, city)
    with running(app) as http, ThreadPoolExecutor(AT_ONCE) as hands:
        sends = (
            lambda: http.get("/api/v1/usulan"),
            lambda: http.post("/api/v1/usulan", json=draft()),
            lambda: http.get("/tiles/usulan/9/413/266.mvt"),
        )
        warm = [send().status_code for send in sends]
        wait_until(lambda: app.state.shelf.standing(world.CITY) is not None, seconds=30)

        with frozen(installed_server.places.data_dir):
            answers = list(hands.map(timed, sends * (AT_ONCE // len(sends))))
            alive = timed(lambda: http.get("/healthz"))

        wait_until(lambda: http.get("/readyz").status_code == 200, seconds=10)
        after = [send().status_code for send in sends]
        database = app.state.database
        held = (database.staff.pool.checkedout(), database.public.pool.checkedout())

    assert warm == [200, 201, 200]
    tiles = [answer for answer, _ in answers[2::3]]
    others = [answer for place, (answer, _) in enumerate(answers) if place % 3 != 2]
    assert {answer.status_code for answer in others} == {503}
    assert all(int(answer.headers["Retry-After"]) > 0 for answer in others)
    assert {answer.status_code for answer in tiles} == {200}
    assert all(AS_OF in answer.headers for answer in tiles)
    assert max(seconds for _, seconds in answers) < BOUND_S
    assert (alive[0].status_code, alive[1] < 0.1) == (200, True)
    assert after == [200, 201, 200]
    assert held == (0, 0)


async def test_work_given_up_leaves_no_statement_running_in_the_database(city):
    database = open_database(city.staff, city.public)
    others = text(
        "SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%pg_sleep(3)%'"
        " AND state = 'active' AND pid <> pg_backend_pid()"
    )
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.5), database.staff_session() as connection:
            await connection.execute(text("SELECT pg_sleep(3)"))
    await asyncio.sleep(1.2)
    async with database.staff_session() as connection:
        still_running = await connection.scalar(others)
    await database.close()

    assert still_running == 0
