"""References of a block checked at once are those that each row would have been asked for."""

import random
from collections.abc import Iterator
from dataclasses import replace
from uuid import UUID

import psycopg
import pytest
from psycopg.errors import ForeignKeyViolation, InsufficientPrivilege, LockNotAvailable

from app.cluster import DatabaseUrls
from app.usulan.columns import ReadyColumns, UsulanColumns, copy_columns, ready_columns
from app.usulan.keys import References, keys_checked_together
from app.usulan.numbers import IdSequence
from app.usulan.ready import ready_usulan
from tests.app import world
from tests.app.usulan.test_columns import AT, columns

ORPHAN = """
INSERT INTO peta.usulan_event
(city_id, usulan_id, sequence, at, kind, to_status, actor_role, details, nonce, hash)
VALUES (9971, gen_random_uuid(), 1, now(), 'pengajuan', 'diajukan', 'warga', '{}', '\\x00', '\\x00')
"""
ROLES = ("staff", "loader")
NOTHING = References(frozenset(), frozenset())


@pytest.fixture
def city(fresh_urls: DatabaseUrls) -> DatabaseUrls:
    world.settle(fresh_urls)
    return fresh_urls


@pytest.fixture
def loader(city: DatabaseUrls) -> Iterator[psycopg.Connection]:
    with psycopg.connect(city.loader) as connection:
        yield connection
        connection.rollback()


def by_columns(**changed: object) -> ReadyColumns:
    chain = ("99.71", None, None, None, None)
    own = replace(
        columns(),
        city_id=9971,
        area_codes=["99.71", "99.71"],
        chains={"99.71": chain, "99.72": chain},
        more={},
    )
    found: UsulanColumns = replace(own, **changed)
    return ready_columns(found, ids=IdSequence(AT, random.Random(1)), rng=random.Random(1))


def by_records() -> ReadyColumns:
    drawn = list(world.random_usulan(random.Random(5), 20))
    ids = [UUID(int=number) for number in range(1, 1 + len(drawn))]
    before = [None, *ids[:-1]]
    rows = [
        replace(row, usulan_id=own, continues_id=one, sequence=min(number, 1), proposer=None)
        for number, (row, own, one) in enumerate(zip(drawn, ids, before, strict=True))
    ]
    return ready_usulan(9971, rows, rng=random.Random(3))


def count(connection: psycopg.Connection) -> int:
    return next(connection.execute("SELECT count(*) FROM peta.usulan"))[0]


@pytest.mark.parametrize("role", ROLES)
def test_a_block_that_names_what_is_there_is_written_by_either_role(city, role):
    with psycopg.connect(getattr(city, role)) as connection:
        copy_columns(connection, by_columns(), rng=random.Random(2))

        assert count(connection) == 2
        connection.rollback()


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(
    "wrong", [{"area_codes": ["99.71", "99.72"]}, {"edition_id": 7}, {"categories": ["SP01", "ZZ"]}]
)
def test_a_block_that_names_what_is_not_there_is_refused_by_either_role(city, role, wrong):
    with psycopg.connect(getattr(city, role)) as connection, pytest.raises(ForeignKeyViolation):
        copy_columns(connection, by_columns(**wrong), rng=random.Random(2))


def test_a_block_that_continues_what_is_not_there_is_refused(loader):
    ready = by_columns()
    wrong = replace(ready, references=replace(ready.references, continued=frozenset({UUID(int=7)})))

    with pytest.raises(ForeignKeyViolation):
        copy_columns(loader, wrong, rng=random.Random(2))


@pytest.mark.parametrize("make", [by_columns, by_records])
def test_a_block_names_what_its_rows_refer_to(loader, make):
    ready = make()

    copy_columns(loader, ready, rng=random.Random(2))

    rows = loader.execute(
        "SELECT usulan_id, edition_id, area_code, category, continues_id FROM peta.usulan"
    ).fetchall()
    own = {row[0] for row in rows}
    assert ready.references == References(
        areas=frozenset(row[1:3] for row in rows),
        categories=frozenset(row[3] for row in rows),
        continued=frozenset(row[4] for row in rows) - own - {None},
    )
    events = loader.execute("SELECT DISTINCT usulan_id FROM peta.usulan_event").fetchall()
    assert {event for (event,) in events} == own == {UUID(bytes=each) for each in ready.ids}


def test_rows_are_checked_one_by_one_again_after_a_block(loader):
    with keys_checked_together(loader, 9971, NOTHING):
        loader.execute(ORPHAN)

    with pytest.raises(ForeignKeyViolation):
        loader.execute(ORPHAN)


def test_rows_are_checked_one_by_one_again_after_a_block_that_was_given_up(loader):
    with pytest.raises(KeyError), keys_checked_together(loader, 9971, NOTHING):
        raise KeyError

    with pytest.raises(ForeignKeyViolation):
        loader.execute(ORPHAN)


def test_rows_of_a_role_without_the_right_are_checked_one_by_one(city):
    with (
        psycopg.connect(city.staff) as staff,
        pytest.raises(ForeignKeyViolation),
        keys_checked_together(staff, 9971, NOTHING),
    ):
        staff.execute(ORPHAN)


@pytest.mark.parametrize(
    "deletion",
    [
        "DELETE FROM peta.category WHERE code = 'SP01'",
        "DELETE FROM peta.area WHERE city_id = 9971 AND code = '99.71'",
    ],
)
def test_what_a_block_names_is_kept_until_its_end(city, loader, deletion):
    copy_columns(loader, by_columns(), rng=random.Random(2))

    with psycopg.connect(city.staff) as other:
        other.execute("SET LOCAL lock_timeout = '50ms'")
        with pytest.raises(LockNotAvailable):
            other.execute(deletion)


@pytest.mark.parametrize("role", ["staff", "public"])
def test_who_answers_the_web_cannot_leave_references_unchecked(city, role):
    with psycopg.connect(getattr(city, role)) as connection:
        with pytest.raises(InsufficientPrivilege):
            connection.execute("SET LOCAL session_replication_role = replica")
        connection.rollback()
        with pytest.raises(InsufficientPrivilege):
            connection.execute("SET LOCAL ROLE peta_loader")


def test_the_loader_cannot_alter_history(loader):
    assert loader.execute("SELECT current_user").fetchone() == ("peta_loader",)
    with pytest.raises(InsufficientPrivilege):
        loader.execute("UPDATE peta.usulan_event SET kind = 'lain'")
