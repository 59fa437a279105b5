"""quality.md 2: kill -9 of PostgreSQL loses nothing that was acknowledged."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

from app.cluster import migrate, supervised_database
from tests.faults.killing import kill_postgres, wait_until


def ignore(_line: str) -> None:
    """Say nothing."""


def answers(url: str) -> bool:
    try:
        psycopg.connect(url, connect_timeout=1).close()
    except psycopg.OperationalError:
        return False
    return True


def keep_writing(url: str, acknowledged: list[int], stop: threading.Event) -> None:
    """Add numbered cities, one transaction each; note a number when its commit was answered."""
    number = 0
    while not stop.is_set():
        try:
            with psycopg.connect(url, connect_timeout=1) as connection:
                while not stop.is_set():
                    number += 1
                    connection.execute(
                        "INSERT INTO peta.city (city_id, code, name) VALUES (%s, %s, 'Kota')",
                        [number, str(number)],
                    )
                    connection.commit()
                    acknowledged.append(number)
        except psycopg.OperationalError:
            stop.wait(0.05)


@contextmanager
def writing(url: str) -> Iterator[list[int]]:
    """Numbers acknowledged so far, growing until the block ends."""
    acknowledged: list[int] = []
    stop = threading.Event()
    writer = threading.Thread(target=keep_writing, args=(url, acknowledged, stop), daemon=True)
    writer.start()
    try:
        yield acknowledged
    finally:
        stop.set()
        writer.join(10)


def test_three_kills_during_writing_lose_nothing_acknowledged(installation, installed_server):
    back_after_s = []
    with supervised_database(installation, ignore) as urls:
        wait_until(lambda: answers(urls.owner), seconds=30)
        migrate(urls, installation)

        with writing(urls.staff) as acknowledged:
            for _ in range(3):
                enough = len(acknowledged) + 20
                wait_until(lambda enough=enough: len(acknowledged) > enough, seconds=20)
                kill_postgres(installed_server.places.data_dir)
                again = len(acknowledged) + 1
                back_after_s.append(
                    wait_until(lambda again=again: len(acknowledged) > again, seconds=30)
                )

        with psycopg.connect(urls.owner) as connection:
            stored = {row[0] for row in connection.execute("SELECT city_id FROM peta.city")}

    assert len(acknowledged) > 60
    assert set(acknowledged) <= stored
    assert max(back_after_s) < 30
    assert not installed_server.is_running()
