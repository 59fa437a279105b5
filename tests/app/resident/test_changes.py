"""Word of changes in the database itself: written by submissions, read by the public role."""

import random
from dataclasses import dataclass, field

import psycopg
import pytest
from sqlalchemy import text

from app.cluster import DatabaseUrls
from app.database import open_database
from app.resident.following import BEYOND_ALL, Change, Delivered, Reading
from app.resident.queries import read_changes
from app.statements import load_statement
from tests.app.plans import usulan_read_by
from tests.app.submission.sending import draft
from tests.app.world import (
    CITY_ID,
    EXACT,
    RW_ONLY,
    Spot,
    add,
    at_status,
    proposed,
    random_usulan,
)

WRITERS = 8
STEPS = 400


@dataclass
class Follower:
    """A reader of the public role, which has seen all that was there when it came."""

    urls: DatabaseUrls
    state: Delivered = field(init=False)

    def __post_init__(self) -> None:
        self.state = Delivered.all_of(self.reading(0))

    def reading(self, mark: int) -> Reading:
        with psycopg.connect(self.urls.public) as connection:
            values = {"city_id": CITY_ID, "mark": mark}
            rows = connection.execute(load_statement("resident", "read_changes"), values).fetchall()
        changes = [Change(txid, number) for _, txid, number in rows if txid is not None]
        return Reading(rows[0][0], changes)

    def told(self) -> list[str | None]:
        self.state, fresh = self.state.take(self.reading(self.state.mark))
        return [change.number for change in fresh]


@pytest.fixture
def follower(http, town) -> Follower:
    return Follower(town)


def test_transactions_that_end_in_any_order_are_each_told_once(town, follower):
    numbers = add(town, [proposed(Spot(2, 2)) for _ in range(60)])
    follower.told()
    chance = random.Random(11)
    open_writers: dict[psycopg.Connection, list[str]] = {}
    told: list[str | None] = []
    committed: list[str] = []

    for _ in range(STEPS):
        step = chance.random()
        if step < 0.4 and len(open_writers) < WRITERS:
            open_writers.update([begun(town, chance.sample(numbers, 2))])
        elif step < 0.7 and open_writers:
            writer = chance.choice(list(open_writers))
            written = open_writers.pop(writer)
            if chance.random() < 0.7:
                writer.commit()
                committed += written
            writer.close()
        else:
            told += follower.told()
    for writer in open_writers:
        writer.close()
    told += follower.told()

    assert len(committed) > 60
    assert sorted(map(str, told)) == sorted(committed)


async def test_who_looks_first_is_told_what_others_read(town):
    numbers = add(town, [proposed(Spot(2, 2)) for _ in range(20)])
    database, chance = open_database(town.staff, town.public), random.Random(5)
    told: dict[bool, list[Change]] = {False: [], True: []}
    async with database.public_session() as connection:
        horizon = (await read_changes(connection, CITY_ID, BEYOND_ALL)).horizon
        states = dict.fromkeys(told, Delivered(horizon, frozenset()))

    for _ in range(60):
        writer, _ = begun(town, chance.sample(numbers, 2))
        late, _ = begun(town, chance.sample(numbers, 1))
        if chance.random() < 0.5:
            writer.commit()
        for looks_first, state in states.items():
            async with database.public_session() as connection:
                reading = await read_changes(
                    connection, CITY_ID, state.mark, looks_first=looks_first
                )
            states[looks_first], fresh = state.take(reading)
            told[looks_first] += fresh
        late.commit()
        for each in (writer, late):
            each.close()
    async with database.public_session() as connection:
        nothing = await read_changes(connection, CITY_ID, BEYOND_ALL, looks_first=True)
    await database.close()

    assert sorted(told[True]) == sorted(told[False])
    assert len(told[True]) > 60
    assert not nothing.changes
    assert nothing.horizon >= horizon


def begun(town, numbers: list[str]) -> tuple[psycopg.Connection, list[str]]:
    """A transaction that has written of these usulan, and is not over."""
    writer = psycopg.connect(town.staff)
    writer.execute(
        "INSERT INTO peta.change (city_id, usulan_id)"
        " SELECT city_id, usulan_id FROM peta.usulan WHERE number = ANY(%s)",
        [numbers],
    )
    return writer, numbers


def test_a_long_foreign_transaction_holds_no_word_back(http, town, follower):
    with psycopg.connect(town.superuser) as other:
        other.execute("SELECT pg_current_xact_id()")

        number = http.post("/api/v1/usulan", json=draft(Spot(3, 3))).json()["number"]

        assert follower.told() == [number]
        assert follower.told() == []


def test_what_waits_for_moderation_is_not_spoken_of(http, town, follower):
    with psycopg.connect(town.superuser) as connection:
        connection.execute("UPDATE peta.city SET publication = 'after_check'")
    try:
        answer = http.post("/api/v1/usulan", json=draft(Spot(3, 4)))
    finally:
        with psycopg.connect(town.superuser) as connection:
            connection.execute("UPDATE peta.city SET publication = NULL")

    assert answer.status_code == 201
    assert follower.told() == []


def test_a_second_private_need_of_an_rw_moves_the_first(http, town, follower):
    [alone] = add(town, [proposed(Spot(8, 1), category=RW_ONLY, year=2027)])
    add(town, [proposed(Spot(12, 6), category=RW_ONLY, year=2027)])
    add(town, [proposed(Spot(8, 1), category=EXACT, year=2027)])
    follower.told()

    sent = http.post("/api/v1/usulan", json=draft(Spot(9, 2), category=RW_ONLY)).json()

    assert sent["year"] == 2027
    assert set(follower.told()) == {alone, sent["number"]}


def test_a_withdrawn_private_need_moves_with_its_neighbours(http, town, follower):
    withdrawn = proposed(Spot(3, 6), category=RW_ONLY, year=2027, events=at_status("dibatalkan"))
    [unlisted] = add(town, [withdrawn])
    follower.told()

    sent = http.post("/api/v1/usulan", json=draft(Spot(3, 6), category=RW_ONLY)).json()

    assert set(follower.told()) == {unlisted, sent["number"]}


@pytest.mark.parametrize(("category", "most"), [(EXACT, 5), (RW_ONLY, 40)])
def test_a_change_reads_its_neighbours_alone(town, category, most):
    add(town, random_usulan(random.Random(4), 300))
    [number] = add(town, [proposed(Spot(5, 5), category=category, year=2027)])

    with psycopg.connect(town.superuser) as connection:
        mark = connection.execute("SELECT pg_current_xact_id()::text::bigint").fetchone()[0]
        connection.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off")
        connection.execute(
            "INSERT INTO peta.change (city_id, usulan_id)"
            " SELECT city_id, usulan_id FROM peta.usulan WHERE number = %s",
            [number],
        )
        statement = load_statement("resident", "read_changes").decode()
        read = usulan_read_by(connection, statement, {"city_id": CITY_ID, "mark": mark})

    assert 1 <= read <= most


@pytest.mark.parametrize("looks_first", [False, True])
async def test_to_ask_whether_anything_has_changed_is_not_planned_each_time(town, looks_first):
    add(town, random_usulan(random.Random(6), 300))
    with psycopg.connect(town.superuser) as connection:
        connection.execute(
            "INSERT INTO peta.change (city_id, txid, usulan_id)"
            " SELECT city_id, mark, usulan_id FROM peta.usulan, generate_series(1, 10) AS mark"
            " ON CONFLICT DO NOTHING"
        )
        connection.execute("ANALYZE peta.change, peta.usulan")
    database = open_database(town.staff, town.public)

    async with database.public_session() as connection:
        for _ in range(20):
            reading = await read_changes(connection, CITY_ID, BEYOND_ALL, looks_first=looks_first)
        plans = await connection.execute(
            text(
                "SELECT generic_plans, custom_plans FROM pg_catalog.pg_prepared_statements"
                " WHERE statement LIKE '%map.change%'"
            )
        )
        [(for_any_mark, for_this_mark)] = plans.all()
    await database.close()

    assert not reading.changes
    assert for_this_mark <= 5
    assert for_any_mark == 20 - for_this_mark


def test_a_record_that_continues_another_tells_of_both(http, town, follower):
    [former] = add(town, [proposed(Spot(6, 1), events=at_status("belum_diakomodir"))])
    follower.told()

    sent = http.post("/api/v1/usulan", json=draft(Spot(6, 1), continues=former)).json()

    assert set(follower.told()) == {former, sent["number"]}


def test_a_load_of_many_tells_that_all_may_have_changed(town, follower):
    add(town, [proposed(Spot(4, 4)) for _ in range(3)])

    assert follower.told() == [None]
