"""`peta check` looks at histories and their seals, and names what is broken."""

import asyncio

import psycopg
import pytest

from tests.app import world
from tests.app.command import Installation, installed
from tests.app.seals.conftest import NOON, OF_THREE, sealed


@pytest.fixture
def installation(fresh_urls, tmp_path):
    """Twenty-five usulan of three steps each, all of them sealed."""
    world.settle(fresh_urls)
    world.add(fresh_urls, [world.proposed(events=OF_THREE) for _ in range(25)])
    asyncio.run(sealed(fresh_urls, NOON))
    with installed(fresh_urls, tmp_path) as place:
        yield place


def alter(place: Installation, statement: str) -> None:
    """As the superuser, whom no right and no reference holds back."""
    with psycopg.connect(place.urls.superuser) as connection:
        connection.execute("SET LOCAL session_replication_role = replica")
        connection.execute(statement)


def found(place: Installation) -> dict[str, str]:
    """What is wrong, and what is told of it."""
    outcome = place.peta("check", "--json")

    assert outcome.status == int(not outcome.report["sound"])
    wrong = [check for check in outcome.report["checks"] if not check["sound"]]
    return {check["check"]: check["told"] for check in wrong}


def test_whole_histories_are_told_with_their_number_and_the_seal_of_the_day(installation):
    [(digest,)] = installation.rows("SELECT hash FROM peta.seal")

    told = installation.peta("check").stdout

    assert "99.71: 25 riwayat utuh" in told
    assert f"99.71: 1 segel utuh, segel harian 2026-03-02 05.00 UTC {digest.hex()}" in told
    assert told.endswith("Semua benar.\n")


def test_a_broken_history_is_named_by_the_number_of_its_usulan(installation):
    [(number,)] = installation.rows("SELECT number FROM peta.usulan ORDER BY number LIMIT 1")
    alter(
        installation,
        "UPDATE peta.usulan_event SET reason = 'x' WHERE sequence = 2 AND usulan_id ="
        f" (SELECT usulan_id FROM peta.usulan WHERE number = '{number}')",
    )

    assert found(installation) == {
        "riwayat": f"99.71: 1 dari 25 riwayat rusak: {number} (langkah 2 berubah)"
    }


def test_the_first_twenty_broken_are_named_and_the_rest_counted(installation):
    alter(installation, "DELETE FROM peta.usulan_event WHERE sequence = 3")

    wrong = found(installation)

    assert set(wrong) == {"riwayat", "segel"}
    assert wrong["riwayat"].startswith("99.71: 25 dari 25 riwayat rusak: 99.71-")
    assert wrong["riwayat"].endswith("(status bukan status langkah terakhir); dan 5 lagi")
    assert wrong["segel"].endswith("bukan lagi seperti disegel; dan 5 lagi")


def test_a_right_of_the_application_to_change_seals_is_found(installation):
    alter(installation, "GRANT UPDATE ON peta.seal TO peta_app")

    assert set(found(installation)) == {"peran"}
