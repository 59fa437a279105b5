"""What somebody with every right did to histories and their seals is found."""

import asyncio
import random
from contextlib import contextmanager
from datetime import timedelta
from typing import NamedTuple

import psycopg
import pytest
from psycopg.rows import dict_row

from app.seals.checking import check_histories, check_seals
from app.seals.digest import seal_digest
from app.usulan.history import DIGESTED, event_digest
from tests.app import world
from tests.app.seals.conftest import NOON, OF_THREE, sealed
from tests.databases import temporary_database

OF_IT = "usulan_id = (SELECT usulan_id FROM peta.usulan_event WHERE sequence = 3)"


@pytest.fixture(scope="module")
def town(server, worker_id, database_numbers):
    """Sixty-one usulan, one with a history of three steps; all sealed, then a day without news."""
    with temporary_database(server, f"seals_{worker_id}_{next(database_numbers)}") as urls:
        world.settle(urls)
        world.add(urls, world.random_usulan(random.Random(20261123), 60))
        world.add(urls, [world.proposed(events=OF_THREE)])
        for day in range(3):
            asyncio.run(sealed(urls, NOON + timedelta(days=day)))
        yield urls


class Found(NamedTuple):
    """What is told of histories, and of seals, and how many are wrong."""

    histories: str
    seals: str
    wrong: tuple[int, int]


@contextmanager
def superuser(town):
    """A connection that no right and no reference holds back; all it does is undone."""
    with psycopg.connect(town.superuser, row_factory=dict_row) as connection:
        connection.execute("SET TIME ZONE 'UTC'")
        connection.execute("SET LOCAL session_replication_role = replica")
        yield connection
        connection.rollback()


def looked(connection) -> Found:
    connection.row_factory = psycopg.rows.tuple_row
    histories = check_histories(connection, world.CITY_ID, progress=lambda _done: None)
    seals = check_seals(connection, world.CITY_ID)
    named = ("; ".join(findings.named) for findings in (histories, seals))
    return Found(*named, (histories.wrong, seals.wrong))


def after(town, *statements: str) -> Found:
    """What is found when these were carried out."""
    with superuser(town) as connection:
        for statement in statements:
            assert connection.execute(statement).rowcount >= 1
        return looked(connection)


@pytest.fixture(scope="module")
def number(town) -> str:
    """Of the usulan with three steps."""
    with psycopg.connect(town.superuser) as connection:
        found = connection.execute(f"SELECT number FROM peta.usulan WHERE {OF_IT}").fetchone()
    return found[0]


def test_what_nobody_altered_is_whole(town):
    with superuser(town) as connection:
        assert looked(connection) == Found("", "", (0, 0))


@pytest.mark.parametrize(
    "column", [name for name in DIGESTED if name not in ("city_id", "usulan_id")]
)
def test_a_step_altered_in_any_column_is_found_by_the_number_of_its_usulan(town, number, column):
    values = {
        "sequence": "7",
        "at": "at + interval '1 second'",
        "details": """'{"before": 1}'""",
    }
    value = values.get(column, "'x'")

    found = after(
        town, f"UPDATE peta.usulan_event SET {column} = {value} WHERE {OF_IT} AND sequence = 3"
    )

    assert found.wrong[0] == 1
    assert number in found.histories


@pytest.mark.parametrize("sequence", [1, 2])
def test_a_step_dropped_from_within_is_found(town, number, sequence):
    found = after(town, f"DELETE FROM peta.usulan_event WHERE {OF_IT} AND sequence = {sequence}")

    assert f"{number} (langkah {sequence} tidak menyambung)" in found.histories


def test_the_last_step_dropped_is_found_by_the_status_and_by_the_seal(town, number):
    found = after(town, f"DELETE FROM peta.usulan_event WHERE {OF_IT} AND sequence = 3")

    assert f"{number} (status bukan status langkah terakhir)" in found.histories
    assert f"langkah 3 {number} bukan lagi seperti disegel" in found.seals


def test_the_last_step_dropped_with_the_status_put_back_is_found_by_the_seal(town, number):
    found = after(
        town,
        f"UPDATE peta.usulan SET status = 'verifikasi_kel' WHERE {OF_IT}",
        f"DELETE FROM peta.usulan_event WHERE {OF_IT} AND sequence = 3",
    )

    assert found == ("", f"langkah 3 {number} bukan lagi seperti disegel", (0, 1))


def test_a_status_changed_without_a_step_is_found(town, number):
    found = after(town, f"UPDATE peta.usulan SET status = 'selesai' WHERE {OF_IT}")

    assert found.histories == f"{number} (status bukan status langkah terakhir)"


def test_a_step_slipped_in_is_found(town, number):
    found = after(
        town,
        f"UPDATE peta.usulan_event SET sequence = 4 WHERE {OF_IT} AND sequence = 3",
        "INSERT INTO peta.usulan_event"
        " (city_id, usulan_id, sequence, at, kind, to_status, actor_role, nonce, previous, hash)"
        " SELECT city_id, usulan_id, 3, at, kind, to_status, actor_role, nonce, hash, nonce"
        " FROM peta.usulan_event WHERE sequence = 2 AND usulan_id ="
        f" (SELECT usulan_id FROM peta.usulan WHERE number = '{number}')",
    )

    assert found.histories == f"{number} (langkah 3 berubah)"


def test_a_history_written_anew_with_good_digests_is_found_by_its_seal(town, number):
    with superuser(town) as connection:
        forge(connection, number)
        found = looked(connection)

    assert found == ("", f"langkah 3 {number} bukan lagi seperti disegel", (0, 1))


def forge(connection: psycopg.Connection, number: str) -> None:
    """Give the second step another reason, and every step from there the digest it would have."""
    steps = connection.execute(
        "SELECT event.* FROM peta.usulan_event AS event INNER JOIN peta.usulan AS usulan"
        " USING (city_id, usulan_id) WHERE number = %s ORDER BY event.sequence",
        [number],
    ).fetchall()
    steps[1]["reason"] = "Tidak pernah ditulis"
    previous = None
    for step in steps:
        said = {name: step[name] for name in DIGESTED}
        digest = event_digest(said, nonce=step["nonce"], previous=previous)
        connection.execute(
            "UPDATE peta.usulan_event SET reason = %(reason)s, previous = %(previous)s,"
            " hash = %(digest)s WHERE usulan_id = %(usulan_id)s AND sequence = %(sequence)s",
            {**said, "previous": previous, "digest": digest},
        )
        previous = digest


def test_an_usulan_taken_away_with_all_that_is_its_own_is_found_by_its_seal(town, number):
    found = after(
        town,
        f"DELETE FROM peta.usulan WHERE number = '{number}'",
        f"DELETE FROM peta.usulan_event WHERE {OF_IT}",
    )

    assert found.wrong == (0, 1)
    assert found.seals.endswith("bukan lagi seperti disegel")


@pytest.mark.parametrize(
    "change",
    [
        "at = at + interval '1 hour'",
        "kind = 'menit'",
        "committed = '1/2:2:'",
        "sequences[1] = 1 + sequences[1]",
        "digests[1] = digests[2]",
        "usulan_ids[1] = usulan_ids[2]",
        "usulan_ids = usulan_ids[2:], sequences = sequences[2:], digests = digests[2:]",
        "hash = digests[1]",
        "previous = hash",
        "number = 7",
    ],
)
def test_an_altered_seal_is_found(town, change):
    found = after(town, f"UPDATE peta.seal SET {change} WHERE number = 1")

    assert found.seals.startswith("segel 1 ")


def test_a_seal_taken_from_among_others_is_found(town):
    found = after(town, "DELETE FROM peta.seal WHERE number = 2")

    assert found.seals == "segel 2 tidak menyambung"


def test_an_altered_seal_with_a_digest_of_its_own_breaks_the_next(town):
    with superuser(town) as connection:
        first = connection.execute("SELECT * FROM peta.seal WHERE number = 1").fetchone()
        first["at"] -= timedelta(hours=1)
        connection.execute(
            "UPDATE peta.seal SET at = %(at)s, hash = %(digest)s WHERE number = 1",
            {"at": first["at"], "digest": seal_digest(first)},
        )
        found = looked(connection)

    assert found.seals == "segel 2 tidak menyambung"


def test_of_many_broken_histories_twenty_are_named_and_all_are_counted(town):
    found = after(town, "UPDATE peta.usulan_event SET actor_role = 'lurah' WHERE sequence = 1")

    assert found.wrong == (61, 0)
    assert found.histories.count("99.71-") == 20
