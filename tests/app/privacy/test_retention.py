"""Contacts are kept for some months after their usulan was closed, and no longer."""

import asyncio
from datetime import UTC, datetime, timedelta

import psycopg
import pytest

from app.database import open_database
from app.privacy import retention
from app.privacy.retention import CLOSED_STATUSES, retain_all
from app.usulan.workflow import MOVES
from tests.app import world
from tests.app.command import installed
from tests.app.world import PERSON, Spot, at_status, proposed

NOW = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
YEAR_AGO = datetime(2025, 11, 23, 5, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def city(fresh_urls):
    world.settle(fresh_urls)
    return fresh_urls


def kept_statuses(urls) -> list[str]:
    """Of the usulan that still have a contact."""
    with psycopg.connect(urls.owner) as connection:
        rows = connection.execute(
            "SELECT status FROM peta.usulan INNER JOIN peta.proposer USING (city_id, usulan_id)"
            " ORDER BY status"
        )
        return [row[0] for row in rows]


def closed_at(at: datetime, status: str = "selesai"):
    """An usulan that got its status then."""
    return proposed(
        Spot(1, 1), proposer=PERSON, events=at_status(status, at=at - timedelta(days=9))
    )


def retained(urls, now=NOW):
    async def work():
        database = open_database(urls.staff, urls.public)
        try:
            return await retain_all(database, now=now)
        finally:
            await database.close()

    return asyncio.run(work())


def test_a_contact_goes_a_year_after_closing_and_not_a_minute_before(city):
    world.add(city, [closed_at(YEAR_AGO - MINUTE)])
    world.add(city, [closed_at(YEAR_AGO + MINUTE, "ditolak")])

    erased = retained(city)

    assert (erased.usulan, erased.contacts) == (1, 1)
    assert kept_statuses(city) == ["ditolak"]


def test_an_open_usulan_keeps_its_contact_however_old_it_is(city):
    old = YEAR_AGO - timedelta(days=2_000)
    world.add(city, [closed_at(old, status) for status in MOVES])

    retained(city)

    assert set(kept_statuses(city)) == set(MOVES) - set(CLOSED_STATUSES)
    assert "diajukan" in kept_statuses(city)
    assert "ditolak" not in kept_statuses(city)


def test_answers_and_closed_words_go_with_it_and_the_usulan_stays(city):
    [number] = world.add(city, [closed_at(YEAR_AGO - MINUTE)])
    with psycopg.connect(city.owner) as connection:
        connection.execute(
            "INSERT INTO peta.answer SELECT city_id, usulan_id, 2, 'Canary' FROM peta.usulan"
        )
        connection.execute(
            "INSERT INTO peta.redaction"
            " SELECT city_id, usulan_id, 2, 'title', 'Canary', 'Canary' FROM peta.usulan"
        )
        before = connection.execute("SELECT * FROM peta.usulan").fetchall()

    erased = retained(city)

    assert (erased.answers, erased.words) == (1, 1)
    with psycopg.connect(city.owner) as connection:
        assert connection.execute("SELECT * FROM peta.usulan").fetchall() == before
        assert connection.execute("SELECT count(*) FROM peta.usulan_event").fetchone() == (2,)
    assert number


def test_a_city_is_read_in_pieces_and_every_piece_is_looked_at(city, monkeypatch):
    monkeypatch.setattr(retention, "PIECE", 3)
    world.add(city, [closed_at(YEAR_AGO - MINUTE) for _ in range(8)])

    assert retained(city).contacts == 8
    assert retained(city).contacts == 0


def test_a_city_sets_its_months_and_a_dry_run_counts_and_erases_nothing(city, tmp_path):
    long_ago = datetime.now(UTC) - timedelta(days=100)
    world.add(city, [closed_at(long_ago)])

    with installed(city, tmp_path) as place:
        untouched = place.peta("data", "retain", "--json").report
        place.peta("data", "keep", "--city", "99.71", "--months", "3")
        counted = place.peta("data", "retain", "--dry-run", "--json").report
        still = kept_statuses(city)
        said = place.peta("data", "retain").stdout
        left = kept_statuses(city)

    assert untouched["cities"][0]["contacts"] == 0
    assert (counted["dry_run"], counted["cities"][0]["contacts"]) == (True, 1)
    assert still == ["selesai"]
    assert "1 kontak" in said
    assert left == []


@pytest.mark.parametrize("months", ["0", "121"])
def test_no_city_keeps_contacts_for_ever(city, tmp_path, months):
    with installed(city, tmp_path) as place:
        refused = place.peta("data", "keep", "--city", "99.71", "--months", months)

    assert refused.status == 2


def test_counts_of_who_tried_or_sent_go_after_a_day_and_not_a_minute_before(city):
    day_ago = NOW - timedelta(days=1)
    with psycopg.connect(city.staff) as connection:
        for bucket, began in ((b"old", day_ago - MINUTE), (b"new", day_ago + MINUTE)):
            connection.execute("INSERT INTO peta.attempt VALUES (%s, %s, 1)", [bucket, began])

    retained(city)

    with psycopg.connect(city.owner) as connection:
        assert connection.execute("SELECT bucket FROM peta.attempt").fetchall() == [(b"new",)]
