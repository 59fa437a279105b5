"""Office hours and the yearly calendar; instants are read in Jakarta (UTC+7)."""

from datetime import date, datetime, timedelta, timezone

import pytest

from app.demo.seasons import (
    Seasons,
    at_home,
    at_the_office,
    end_of,
    in_the_evening,
    instant,
    midnight,
)

WIB = timezone(timedelta(hours=7))
CODES = {
    "kota": "99.71",
    "kecamatan": "99.71.01",
    "kelurahan": "99.71.01.1001",
    "rw": "99.71.01.1001-001",
    "rt": "99.71.01.1001-001-001",
}


def in_jakarta(second):
    return instant(second).astimezone(WIB)


def test_the_day_begins_at_midnight_in_jakarta():
    assert in_jakarta(midnight(2025, 1, 16)) == datetime(2025, 1, 16, tzinfo=WIB)


def test_the_last_second_of_a_day_is_in_it():
    assert in_jakarta(end_of(date(2026, 11, 22))) == datetime(2026, 11, 22, 23, 59, 59, tzinfo=WIB)


# 17 January 2025 was a Friday.
@pytest.mark.parametrize(("day", "working_day"), [(17, 17), (18, 20), (19, 20), (20, 20)])
def test_an_office_moves_a_weekend_to_monday(day, working_day):
    assert in_jakarta(at_the_office(midnight(2025, 1, day), 0.5)).day == working_day


def test_an_office_works_from_eight_to_half_past_three():
    day = midnight(2025, 1, 16)

    assert in_jakarta(at_the_office(day, 0.0)).time().isoformat() == "08:00:00"
    assert in_jakarta(at_the_office(day, 1.0)).time().isoformat() == "15:30:00"


def test_neighbours_meet_in_the_evening_of_the_same_day():
    evening = in_jakarta(in_the_evening(midnight(2025, 1, 18) + 3_600, 0.0))

    assert (evening.day, evening.hour, evening.minute) == (18, 19, 30)


def test_residents_write_between_six_and_ten():
    day = midnight(2025, 1, 18)

    assert in_jakarta(at_home(day, 0.0)).hour == 6
    assert in_jakarta(at_home(day, 1.0)).hour == 22


@pytest.mark.parametrize(
    ("status", "first", "last"),
    [
        ("prioritas_kel", (2025, 1, 18), (2025, 2, 8)),
        ("musren_kec", (2025, 2, 12), (2025, 2, 24)),
        ("masuk_apbd", (2025, 11, 24), (2025, 12, 29)),
    ],
)
def test_a_forum_sits_in_its_weeks_of_the_year_before(status, first, last):
    sitting = Seasons(1).sitting(2026, status, CODES)

    assert midnight(*first) <= sitting <= midnight(*last)


def test_a_kelurahan_has_one_sitting_and_another_kelurahan_its_own():
    seasons = Seasons(1)
    neighbour = {**CODES, "rt": "99.71.01.1001-009-009"}
    elsewhere = {**CODES, "kelurahan": "99.71.01.1002"}

    assert seasons.sitting(2026, "prioritas_kel", CODES) == seasons.sitting(
        2026, "prioritas_kel", neighbour
    )
    assert seasons.sitting(2026, "prioritas_kel", CODES) != seasons.sitting(
        2026, "prioritas_kel", elsewhere
    )


def test_no_forum_refuses():
    assert Seasons(1).sitting(2026, "ditolak", CODES) is None
