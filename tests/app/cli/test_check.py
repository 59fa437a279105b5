"""`peta check`: what is sound is said so, and what is not is found."""

import random
from dataclasses import replace

import psycopg
import pytest

from tests.app import world
from tests.app.command import Installation, installed


@pytest.fixture
def installation(fresh_urls, tmp_path):
    world.settle(fresh_urls)
    world.add(fresh_urls, world.random_usulan(random.Random(20261127), 60))
    with installed(fresh_urls, tmp_path) as place:
        yield place


def wrong(place: Installation) -> list[str]:
    outcome = place.peta("check", "--json")

    assert outcome.report["sound"] == (outcome.status == 0)
    return [check["check"] for check in outcome.report["checks"] if not check["sound"]]


def alter(place: Installation, statement: str) -> None:
    with psycopg.connect(place.urls.superuser) as connection:
        connection.execute(statement)


def test_a_sound_installation_is_told_so_with_the_numbers_compared(installation):
    outcome = installation.peta("check")

    assert (outcome.status, outcome.stdout.splitlines()[-1]) == (0, "Semua benar.")
    assert "angka sama dengan hitung ulang" in outcome.stdout
    assert wrong(installation) == []


@pytest.mark.parametrize(("view", "who"), [("map.point", "SQL"), ("map.resident", "indeks")])
def test_a_number_that_differs_from_the_recount_is_found(installation, view, who):
    [(definition,)] = installation.rows(f"SELECT pg_get_viewdef('{view}')")
    altered = definition.replace(".supporters,", ".supporters + 1 AS supporters,")
    alter(installation, f"CREATE OR REPLACE VIEW {view} WITH (security_barrier) AS {altered}")

    outcome = installation.peta("check")

    assert altered != definition
    assert outcome.status == 1
    assert "Ada yang tidak benar" in outcome.stdout
    assert f"{who} kota 99.71" in outcome.stdout
    assert wrong(installation) == ["angka"]


def test_a_table_opened_to_the_public_and_an_old_schema_are_found(installation):
    alter(installation, "GRANT SELECT ON peta.proposer TO peta_public")
    assert wrong(installation) == ["peran"]

    alter(installation, "UPDATE peta.alembic_version SET version_num = '0001'")
    assert wrong(installation) == ["migrasi"]


@pytest.mark.parametrize(
    ("broken", "told"),
    [
        ("UPDATE peta.usulan SET area_code = '99.71.99'", "60 usulan tanpa wilayah"),
        ("UPDATE peta.usulan SET category = 'ZZ99'", "60 usulan tanpa kategori"),
        ("UPDATE peta.usulan SET continues_id = gen_random_uuid()", "60 lanjutan usulan"),
        ("DELETE FROM peta.usulan_event", "60 usulan tanpa riwayat"),
        ("DELETE FROM peta.usulan", "riwayat tanpa usulan"),
    ],
)
def test_a_reference_to_what_is_not_there_is_found(installation, broken, told):
    with psycopg.connect(installation.urls.superuser) as connection:
        connection.execute("SET LOCAL session_replication_role = replica")
        connection.execute(broken)

    outcome = installation.peta("check")

    assert outcome.status == 1
    assert told in outcome.stdout


def test_a_database_that_is_away_is_a_finding_and_no_breakdown(installation):
    away = replace(installation.urls, superuser="postgresql://nobody@127.0.0.1:9/none")

    assert wrong(replace(installation, urls=away)) == ["basis data"]
