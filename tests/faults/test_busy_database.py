"""A slow, locked, full or absent database becomes a prompt 503, and all is well afterwards."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import httpx
import psycopg
import pytest

from app.database import POOL_WAIT_S, WORK_S
from app.settings import Settings
from tests.app import world
from tests.app.serving import serving
from tests.app.submission.sending import draft

BOUND_S = 5.0
WORDS_TILE = "/tiles/usulan/9/413/266.mvt?q=jalan"
"""Of usulan with a word in them: the index knows no words."""


@pytest.fixture
def city(fresh_urls):
    world.settle(fresh_urls)
    world.add(fresh_urls, [world.proposed()])
    return fresh_urls


@pytest.fixture
def http(settings: Settings, city) -> Iterator[httpx.Client]:
    with serving(settings, city) as client:
        yield client


@contextmanager
def locked(url: str, table: str) -> Iterator[None]:
    with psycopg.connect(url) as holder:
        holder.execute(
            psycopg.sql.SQL("LOCK TABLE {}").format(psycopg.sql.Identifier("peta", table))
        )
        yield


def is_busy(answer: httpx.Response) -> bool:
    return (
        answer.status_code == 503
        and answer.json()["code"] == "LAYANAN_SIBUK"
        and int(answer.headers["Retry-After"]) > 0
    )


def test_a_locked_table_makes_reads_and_writes_busy_within_five_seconds(http, city):
    with locked(city.owner, "usulan"):
        for send in (
            lambda: http.get("/api/v1/usulan"),
            lambda: http.post("/api/v1/usulan", json=draft()),
            lambda: http.get(WORDS_TILE),
        ):
            began = time.monotonic()
            answer = send()
            assert is_busy(answer), answer.text
            assert time.monotonic() - began < BOUND_S

    assert http.get("/api/v1/usulan").status_code == 200
    assert http.post("/api/v1/usulan", json=draft()).status_code == 201


def test_five_hundred_slow_requests_leave_liveness_prompt_and_the_pool_whole(http, city):
    limits = httpx.Limits(max_connections=None)
    with (
        locked(city.owner, "usulan"),
        httpx.Client(base_url=http.base_url, limits=limits, timeout=60) as many,
        ThreadPoolExecutor(100) as hands,
    ):
        waiting = [hands.submit(_timed, many, "/api/v1/usulan?limit=1") for _ in range(500)]
        time.sleep(0.5)
        alive = sorted(_timed(http, "/healthz")[1] for _ in range(10))
        answers = [answer.result() for answer in waiting]

    assert all(is_busy(answer) for answer, _ in answers)
    assert max(seconds for _, seconds in answers) < BOUND_S
    assert alive[5] < 0.1
    assert http.get("/api/v1/usulan").status_code == 200


def test_connections_ended_by_the_server_are_replaced(http, city):
    assert http.get("/api/v1/usulan").status_code == 200
    with psycopg.connect(city.superuser, autocommit=True) as server:
        server.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )

    answers = [http.get("/api/v1/usulan").status_code for _ in range(5)]

    assert answers == [200] * 5


def test_an_absent_database_is_busy_and_not_broken(settings, fresh_urls):
    from dataclasses import replace

    nowhere = "postgresql://peta_app@/peta?host=/tmp/there-is-no-such-folder"
    with serving(settings, replace(fresh_urls, staff=nowhere, public=nowhere)) as http:
        assert http.get("/healthz").status_code == 200
        assert http.get("/readyz").status_code == 503
        assert is_busy(http.get("/api/v1/usulan"))
        assert is_busy(http.post("/api/v1/usulan", json=draft()))
        assert is_busy(http.get("/tiles/usulan/9/413/266.mvt"))


def test_readiness_tells_what_is_missing(settings, fresh_urls):
    with serving(settings, fresh_urls) as http:
        empty = http.get("/readyz")
        world.settle(fresh_urls)
        settled = http.get("/readyz")

    assert (empty.status_code, settled.status_code) == (503, 200)
    assert empty.json()["checks"] == {"database": True, "migrations": True, "default_city": False}
    assert settled.json()["checks"]["default_city"]


def test_a_writer_left_open_does_not_keep_new_usulan_from_showing(http, city):
    with psycopg.connect(city.staff) as idle:
        idle.execute("UPDATE peta.city SET name = name WHERE city_id = 0")
        before = http.get("/api/v1/usulan?limit=1").json()["numberMatched"]

        http.post("/api/v1/usulan", json=draft())

        assert http.get("/api/v1/usulan?limit=1").json()["numberMatched"] == before + 1


def test_the_longest_waits_stay_inside_the_bound():
    assert POOL_WAIT_S < WORK_S < BOUND_S


def _timed(client: httpx.Client, path: str) -> tuple[httpx.Response, float]:
    began = time.monotonic()
    answer = client.get(path)
    return answer, time.monotonic() - began
