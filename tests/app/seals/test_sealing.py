"""What is new is sealed: each end of a history once, whoever asks and however often."""

import asyncio
from datetime import timedelta

import psycopg
import pytest
from structlog.testing import capture_logs

from app.database import open_database
from app.seals import sealing
from app.seals.sealing import seal_cities
from tests.app import world
from tests.app.seals.conftest import NOON, seals
from tests.app.serving import serving
from tests.app.submission.sending import draft

CHANGED = """
INSERT INTO peta.change (city_id, usulan_id)
SELECT city_id, usulan_id FROM peta.usulan ORDER BY number LIMIT %s
"""
STEP = """
INSERT INTO peta.usulan_event
    (city_id, usulan_id, sequence, at, kind, to_status, actor_role, nonce, previous, hash)
SELECT city_id, usulan_id, 9, now(), 'publikasi', status, 'lurah', '\\x00', '\\x00', '\\x09'
FROM peta.usulan ORDER BY number LIMIT %s
"""


def take_steps(connection: psycopg.Connection, number: int) -> None:
    """Append a step to so many histories and tell of them, as an act of an officer does."""
    connection.execute(STEP, [number])
    connection.execute(CHANGED, [number])


def test_the_first_seal_of_a_city_has_every_history(city, seal):
    assert seal() == 1

    assert seals(city) == [(1, "harian", 60)]


def test_nothing_is_sealed_while_nothing_changes(city, seal):
    seal()

    assert seal(NOON + timedelta(minutes=1)) == 0


def test_what_changed_is_sealed_within_the_next_minute_and_once(city, seal):
    seal()
    with psycopg.connect(city.staff) as connection:
        take_steps(connection, 3)

    assert [seal(NOON + timedelta(minutes=minute)) for minute in (1, 2)] == [1, 0]
    assert seals(city)[1:] == [(2, "menit", 3)]


@pytest.mark.parametrize("publication", ["at_once", "after_check"])
def test_a_submission_is_sealed_whether_it_is_published_or_not(city, seal, settings, publication):
    seal()
    with psycopg.connect(city.staff) as connection:
        connection.execute("UPDATE peta.city SET publication = %s", [publication])
    with serving(settings, city) as http:
        assert http.post("/api/v1/usulan", json=draft()).status_code == 201

    assert [seal(NOON + timedelta(minutes=minute)) for minute in (1, 2)] == [1, 0]
    assert seals(city)[1:] == [(2, "menit", 1)]


def test_a_step_in_a_long_transaction_is_sealed_once_it_is_there(city, seal):
    seal()
    with psycopg.connect(city.staff) as slow:
        take_steps(slow, 2)
        with psycopg.connect(city.staff) as quick:
            quick.execute("UPDATE peta.city SET name = name")  # later, and ended earlier
        before = seal(NOON + timedelta(minutes=1))
    after = [seal(NOON + timedelta(minutes=minute)) for minute in (2, 3)]

    assert (before, after) == (0, [1, 0])
    assert seals(city)[1:] == [(2, "menit", 2)]


def test_a_load_is_sealed_though_it_tells_of_no_usulan_by_itself(city, seal):
    seal()
    world.add(city, [world.proposed() for _ in range(7)])

    seal(NOON + timedelta(minutes=1))

    assert seals(city)[1:] == [(2, "menit", 7)]


def test_more_histories_than_one_seal_holds_are_sealed_in_several(city, seal, monkeypatch):
    monkeypatch.setattr(sealing, "MOST_ENDS", 25)

    assert seal() == 3
    assert seals(city) == [(1, "menit", 25), (2, "menit", 25), (3, "harian", 10)]


@pytest.mark.parametrize(
    ("later", "made"),
    [(timedelta(hours=11, minutes=59), 0), (timedelta(hours=12), 1), (timedelta(days=3), 1)],
)
def test_each_day_of_the_city_has_a_seal_of_its_own(city, seal, later, made):
    seal()  # at noon by the clock of the city

    assert seal(NOON + later) == made
    assert seals(city)[1:] == [(2, "harian", 0)][:made]


def test_a_day_finds_what_nothing_told_of(city, seal):
    seal()
    with psycopg.connect(city.staff) as connection:
        connection.execute(STEP, [4])

    seal(NOON + timedelta(minutes=1))
    seal(NOON + timedelta(days=1))

    assert seals(city)[1:] == [(2, "harian", 4)]


def test_after_a_restore_all_histories_are_looked_at(city, seal):
    seal()
    with psycopg.connect(city.superuser) as connection:
        connection.execute("UPDATE peta.seal SET committed = '1/' || split_part(committed, '/', 2)")
        connection.execute(STEP, [5])

    seal(NOON + timedelta(minutes=1))

    assert seals(city)[1:] == [(2, "menit", 5)]


def test_a_city_without_usulan_has_no_seal(fresh_urls):
    world.settle(fresh_urls)

    assert asyncio.run(together(fresh_urls, 1)) == [0]


def test_of_several_processes_one_seals(city):
    made = asyncio.run(together(city, 4))

    assert sorted(made) == [0, 0, 0, 1]
    assert seals(city) == [(1, "harian", 60)]


async def together(urls, processes: int) -> list[int]:
    databases = [open_database(urls.staff, urls.public) for _ in range(processes)]
    try:
        asked = (seal_cities(database, NOON) for database in databases)
        return await asyncio.gather(*asked)
    finally:
        for database in databases:
            await database.close()


def test_the_role_of_the_application_can_change_no_seal(city, seal):
    seal()
    for statement in ("UPDATE peta.seal SET number = 2", "DELETE FROM peta.seal"):
        with (
            psycopg.connect(city.staff) as connection,
            pytest.raises(psycopg.errors.InsufficientPrivilege),
        ):
            connection.execute(statement)


def test_the_seal_of_a_day_is_told_to_the_log(city, seal):
    with capture_logs() as told:
        seal()

    with psycopg.connect(city.superuser) as connection:
        [(digest,)] = connection.execute("SELECT hash FROM peta.seal").fetchall()
    assert told == [
        {
            "event": "day_sealed",
            "log_level": "info",
            "city": world.CITY,
            "number": 1,
            "seal": digest.hex(),
        }
    ]


def test_a_database_that_is_away_is_tried_again_a_minute_later(monkeypatch):
    monkeypatch.setattr(sealing, "EVERY_S", 0.01)
    away = "postgresql://nobody@127.0.0.1:9/none"

    with capture_logs() as told:
        asyncio.run(ended(away))

    assert len(told) > 1
    assert {(line["event"], line["error"]) for line in told} == {
        ("sealing_failed", "OperationalError")
    }


async def ended(away: str) -> None:
    database = open_database(away, away)
    try:
        async with asyncio.timeout(1):
            await sealing.seal_every_minute(database)
    except TimeoutError:
        pass
    finally:
        await database.close()
