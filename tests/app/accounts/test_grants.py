"""Roles hold from their first day to their last, by the clock of the city they are given for."""

import asyncio
from datetime import UTC, date, datetime

import psycopg
import pytest

from app.accounts.queries import find_account, read_grants
from app.accounts.refusals import AccountRefused
from app.accounts.register import Ending, Inviting, WantedRole, add_account, end_roles
from app.database import open_database
from tests.app import world

EMAIL = "sri@contoh.go.id"


@pytest.fixture
def city(fresh_urls):
    world.settle(fresh_urls)
    return fresh_urls


def roles_at(urls, now):
    async def read():
        database = open_database(urls.staff, urls.public)
        try:
            async with database.staff_reading() as connection:
                account = await find_account(connection, EMAIL)
                return await read_grants(connection, account.account_id, now)
        finally:
            await database.close()

    return [grant.role for grant in asyncio.run(read())]


def give(urls, role, city_id, *, first, last):
    with psycopg.connect(urls.owner) as connection:
        now = datetime(2020, 1, 1, tzinfo=UTC)
        add_account(connection, EMAIL, "Sri", WantedRole(role, city_id), Inviting(now))
        connection.execute(
            "UPDATE peta.role_grant SET valid_from = %s, valid_to = %s WHERE role = %s",
            [first, last, role],
        )


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-02-28T16:59:59", []),  # still the day before in Jakarta
        ("2026-02-28T17:00:00", ["admin_kota"]),
        ("2026-03-31T16:59:59", ["admin_kota"]),
        ("2026-03-31T17:00:00", []),
    ],
)
def test_a_role_begins_and_ends_with_the_days_of_its_city(city, now, expected):
    give(city, "admin_kota", 9971, first=date(2026, 3, 1), last=date(2026, 3, 31))

    assert roles_at(city, datetime.fromisoformat(f"{now}+00:00")) == expected


def test_in_the_east_the_day_begins_two_hours_sooner(city):
    with psycopg.connect(city.owner) as connection:
        connection.execute("UPDATE peta.city SET time_zone = 'Asia/Jayapura'")
    give(city, "admin_kota", 9971, first=date(2026, 3, 1), last=None)

    assert roles_at(city, datetime(2026, 2, 28, 14, 59, tzinfo=UTC)) == []
    assert roles_at(city, datetime(2026, 2, 28, 15, 0, tzinfo=UTC)) == ["admin_kota"]


def test_a_role_without_a_city_holds_too(city):
    give(city, "admin_instalasi", None, first=date(2026, 3, 1), last=None)

    assert roles_at(city, datetime(2099, 1, 1, tzinfo=UTC)) == ["admin_instalasi"]


AFTER_MIDNIGHT = datetime(2026, 3, 1, 17, 30, tzinfo=UTC)
"""The second of March in Jakarta, still the first by UTC."""
YESTERDAY, TODAY = date(2026, 3, 1), date(2026, 3, 2)


def test_a_role_begins_with_the_day_it_is_in_its_city(city):
    with psycopg.connect(city.owner) as connection:
        wanted = WantedRole("admin_kota", 9971, valid_to=TODAY)
        add_account(connection, EMAIL, "Sri", wanted, Inviting(AFTER_MIDNIGHT))
        found = connection.execute("SELECT valid_from, valid_to FROM peta.role_grant").fetchall()

    assert found == [(TODAY, TODAY)]


def test_no_role_is_given_until_a_day_that_is_over_in_its_city(city):
    wanted = WantedRole("admin_kota", 9971, valid_to=YESTERDAY)

    with psycopg.connect(city.owner) as connection, pytest.raises(AccountRefused) as refused:
        add_account(connection, EMAIL, "Sri", wanted, Inviting(AFTER_MIDNIGHT))

    assert refused.value.kind == "day_over"


def test_a_role_whose_last_day_is_over_in_its_city_cannot_be_taken_back(city):
    give(city, "admin_kota", 9971, first=date(2026, 2, 1), last=YESTERDAY)
    ending = Ending(Inviting(AFTER_MIDNIGHT), "Pindah tugas ke kecamatan lain.")

    with psycopg.connect(city.owner) as connection, pytest.raises(AccountRefused) as refused:
        end_roles(connection, EMAIL, "admin_kota", None, ending)

    assert refused.value.kind == "role_not_held"
