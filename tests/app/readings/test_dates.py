"""Dates as Indonesian and foreign lists write them, each with how sure the reading is."""

from datetime import date, datetime, time, timedelta, timezone

import pytest

from app.readings.booleans import read_boolean
from app.readings.dates import DateOrder, column_order, read_moment, read_year
from app.readings.reading import Sureness, Why

SURE, LIKELY, AMBIGUOUS = Sureness.SURE, Sureness.LIKELY, Sureness.AMBIGUOUS


@pytest.mark.parametrize(
    ("text", "day", "sureness"),
    [
        ("25 Februari 2026", date(2026, 2, 25), SURE),
        ("Rabu, 25 Pebruari 2026", date(2026, 2, 25), SURE),
        ("25-Feb-2026", date(2026, 2, 25), SURE),
        ("7 Agt 2025", date(2025, 8, 7), SURE),
        ("17 Nopember 2025", date(2025, 11, 17), SURE),
        ("1 Mei 2025", date(2025, 5, 1), SURE),
        ("February 25, 2026", date(2026, 2, 25), SURE),
        ("25 Dec 2025", date(2025, 12, 25), SURE),
        ("2026-02-25", date(2026, 2, 25), SURE),
        ("2026/02/25", date(2026, 2, 25), SURE),
        ("25/02/2026", date(2026, 2, 25), SURE),
        ("25.02.2026", date(2026, 2, 25), SURE),
        ("02/25/2026", date(2026, 2, 25), SURE),
        ("25/02/26", date(2026, 2, 25), LIKELY),
        ("25 Feb 26", date(2026, 2, 25), LIKELY),
        ("03/04/2026", date(2026, 4, 3), LIKELY),
        ("20260225", date(2026, 2, 25), LIKELY),
        ("46078", date(2026, 2, 25), LIKELY),
        (46078, date(2026, 2, 25), LIKELY),
        ("Februari 2026", date(2026, 2, 1), AMBIGUOUS),
        (date(2026, 2, 25), date(2026, 2, 25), SURE),
    ],
)
def test_a_date_is_read_with_how_sure_it_is(text, day, sureness):
    reading = read_moment(text)

    assert reading.value is not None
    assert (reading.value.day, reading.sureness) == (day, sureness)


def test_a_date_that_could_be_swapped_names_the_other():
    reading = read_moment("03/04/2026")

    assert reading.other is not None
    assert (reading.why, reading.other.day) == (Why.DAY_OR_MONTH, date(2026, 3, 4))


def test_a_column_that_proved_the_month_first_is_followed():
    order = column_order(["01/02/2015 09:17:37 AM", "01/14/2015 03:04:41 PM"])

    reading = read_moment("01/02/2015 09:17:37 AM", order.value)

    assert order.value is DateOrder.MONTH_FIRST
    assert reading.value is not None
    assert (reading.value.day, reading.value.clock) == (date(2015, 1, 2), time(9, 17, 37))
    assert reading.sureness is SURE


@pytest.mark.parametrize(
    ("texts", "order", "sureness"),
    [
        (["03/04/2026", "25/02/2026"], DateOrder.DAY_FIRST, SURE),
        (["03/04/2026", "02/25/2026"], DateOrder.MONTH_FIRST, SURE),
        (["25/02/2026", "02/25/2026"], None, AMBIGUOUS),
        (["03/04/2026", "2026-02-25"], None, Sureness.UNREAD),
    ],
)
def test_the_order_of_a_column_is_what_its_values_prove(texts, order, sureness):
    reading = column_order(texts)

    assert (reading.value, reading.sureness) == (order, sureness)


@pytest.mark.parametrize(
    ("text", "clock", "hours"),
    [
        ("2026-02-25T10:30:00+07:00", time(10, 30), 7),
        ("2026-02-25 10:30", time(10, 30), None),
        ("25 Februari 2026 pukul 10.30 WIB", time(10, 30), 7),
        ("25/02/2026, 19.05 WITA", time(19, 5), 8),
        ("2026-02-25T03:30:00Z", time(3, 30), 0),
        ("02/25/2026 12:05 AM", time(0, 5), None),
        ("46078.5", time(12, 0), None),
    ],
)
def test_the_clock_and_its_zone_are_kept(text, clock, hours):
    moment = read_moment(text).value

    assert moment is not None
    assert (moment.day, moment.clock) == (date(2026, 2, 25), clock)
    assert moment.zone == (None if hours is None else timezone(timedelta(hours=hours)))


def test_serial_numbers_count_from_the_workbooks_own_beginning():
    reading = read_moment(44616, epoch=date(1904, 1, 1))

    assert reading.value is not None
    assert reading.value.day == date(2026, 2, 25)


def test_a_spreadsheets_midnight_is_a_day_without_a_clock():
    moment = read_moment(datetime(2026, 2, 25)).value  # noqa: DTZ001 - cells have no zone

    assert moment is not None
    assert moment.clock is None


def test_a_spreadsheets_own_moment_keeps_its_clock():
    moment = read_moment(datetime(2026, 2, 25, 10, 30)).value  # noqa: DTZ001 - cells have no zone

    assert moment is not None
    assert (moment.day, moment.clock, moment.zone) == (date(2026, 2, 25), time(10, 30), None)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("31/02/2026", Why.NO_SUCH_DAY),
        ("29 Februari 2026", Why.NO_SUCH_DAY),
        ("2026-13-01", Why.NO_SUCH_DAY),
        ("besok", Why.NOT_A_DATE),
        ("12", Why.NOT_A_DATE),
        ("#VALUE!", Why.SPREADSHEET_ERROR),
        ("1/1/" + "2" * 500, Why.TOO_LONG),
        (10**20, Why.NOT_A_DATE),
        (True, Why.NOT_A_DATE),
    ],
)
def test_what_is_no_date_is_refused_by_name(text, why):
    reading = read_moment(text)

    assert (reading.value, reading.sureness, reading.why) == (None, Sureness.UNREAD, why)


@pytest.mark.parametrize(
    ("text", "year", "sureness"),
    [
        ("2026", 2026, SURE),
        (2026.0, 2026, SURE),
        ("TA 2026", 2026, SURE),
        ("Tahun Anggaran 2026", 2026, SURE),
        ("25 Februari 2026", 2026, LIKELY),
        ("-", None, Sureness.BLANK),
        ("2025/2026", None, Sureness.UNREAD),
        ("226", None, Sureness.UNREAD),
    ],
)
def test_a_planning_year_is_four_digits(text, year, sureness):
    reading = read_year(text)

    assert (reading.value, reading.sureness) == (year, sureness)


@pytest.mark.parametrize(
    ("text", "value", "sureness"),
    [
        ("Ya", True, SURE),
        ("ada", True, SURE),
        ("sudah", True, SURE),
        ("✓", True, SURE),
        ("v", True, LIKELY),
        (1, True, SURE),
        (True, True, SURE),
        ("Tidak", False, SURE),
        ("tdk", False, SURE),
        ("belum", False, SURE),
        ("tidak ada", False, SURE),
        ("0", False, SURE),
        ("x", True, AMBIGUOUS),
        ("-", None, Sureness.BLANK),
        ("mungkin", None, Sureness.UNREAD),
    ],
)
def test_yes_and_no_have_many_words(text, value, sureness):
    reading = read_boolean(text)

    assert (reading.value, reading.sureness) == (value, sureness)
