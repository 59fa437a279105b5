"""Dates as lists write them: `25 Februari 2026`, `25/02/26`, `2026-02-25`, `46078`."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from enum import StrEnum
from types import MappingProxyType

from app.readings.cells import LONGEST_VALUE, Cell, is_error, is_nothing, plain
from app.readings.clocks import split_clock
from app.readings.reading import Reading, Sureness, Why, ambiguous, blank, likely, sure, unread


class DateOrder(StrEnum):
    """Which comes first in `03/04/2026`."""

    DAY_FIRST = "day_first"
    MONTH_FIRST = "month_first"


@dataclass(frozen=True, slots=True)
class Moment:
    """A day, with the time and the zone where the cell had them."""

    day: date
    clock: time | None = None
    zone: timezone | None = None


EPOCH = date(1899, 12, 30)
"""Day 0 of a spreadsheet's serial numbers; some workbooks count from 1904-01-01."""
FIRST_YEAR, LAST_YEAR = 1950, 2100

_MONTH_WORDS = (
    "januari january jan",
    "februari pebruari february feb peb pebr",
    "maret march mar mrt",
    "april apr",
    "mei may",
    "juni june jun",
    "juli july jul",
    "agustus august agus agt agu ags aug",
    "september sept sep",
    "oktober october okt oct",
    "november nopember nov nop",
    "desember december des dec",
)
MONTHS: Mapping[str, int] = MappingProxyType(
    {word: number for number, words in enumerate(_MONTH_WORDS, 1) for word in words.split()}
)
_WEEKDAY = re.compile(
    r"^(?:senin|selasa|rabu|kamis|jum'?at|sabtu|minggu|ahad|mon|tue|wed|thu|fri|sat|sun)"
    r"[a-z]{0,7}[,. ]+",
    re.IGNORECASE,
)
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_NUMBERS = re.compile(r"(\d{1,2})\s?[-/.]\s?(\d{1,2})\s?[-/.]\s?(\d{4}|\d{2})")
_DAY_MONTH = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th)?[-/ .]*([A-Za-z]{3,9})\.?[-/ .,]*(\d{4}|'?\d{2})"
)
_MONTH_DAY = re.compile(r"([A-Za-z]{3,9})\.?\s(\d{1,2})(?:st|nd|rd|th)?,?\s(\d{4})")
_MONTH_ONLY = re.compile(r"([A-Za-z]{3,9})\.?[-/ ]*(\d{4})")
_SERIAL = re.compile(r"\d{5}(?:\.\d{1,12})?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_YEAR = re.compile(r"(?:t\.?a\.?|tahun(?: anggaran)?|thn|th\.?)?\s*(\d{4})", re.IGNORECASE)


def read_moment(
    cell: Cell, order: DateOrder | None = None, *, epoch: date = EPOCH
) -> Reading[Moment]:
    """The day and perhaps the time of a cell; `order` is what the column proved, if anything."""
    if isinstance(cell, datetime):
        return sure(Moment(cell.date(), None if cell.time() == time() else cell.time()))
    if isinstance(cell, date):
        return sure(Moment(cell))
    if isinstance(cell, bool | time):
        return unread(Why.NOT_A_DATE)
    text = plain(cell) if not isinstance(cell, str) or len(cell) <= LONGEST_VALUE else None
    if text is None or is_nothing(text):
        return unread(Why.TOO_LONG) if text is None else blank()
    return _from_text(text, order, epoch)


def _from_text(text: str, order: DateOrder | None, epoch: date) -> Reading[Moment]:
    if is_error(text):
        return unread(Why.SPREADSHEET_ERROR)
    if _SERIAL.fullmatch(text):
        return _from_serial(float(text), epoch)
    parts = split_clock(_WEEKDAY.sub("", text))
    if parts is None:
        return unread(Why.NOT_A_DATE)
    words, clock, zone = parts
    return _at(_read_day(words, order), clock, zone)


def column_order(cells: Iterable[Cell]) -> Reading[DateOrder]:
    """The order that the values of a column prove; unread when nothing proves either."""
    proven: set[DateOrder] = set()
    for cell in cells:
        if isinstance(cell, str) and len(cell) <= LONGEST_VALUE:
            found = _NUMBERS.match(cell.strip())
            if found and int(found[1]) > 12 >= int(found[2]):
                proven.add(DateOrder.DAY_FIRST)
            elif found and int(found[2]) > 12 >= int(found[1]):
                proven.add(DateOrder.MONTH_FIRST)
    if len(proven) > 1:
        return Reading(None, Sureness.AMBIGUOUS, Why.DAY_OR_MONTH)
    return sure(proven.pop()) if proven else unread(Why.NOTHING_PROVES_IT)


def read_year(cell: Cell) -> Reading[int]:
    """A planning year; likely when it had to be taken out of a whole date."""
    text = plain(cell)
    if is_nothing(text):
        return blank()
    found = _YEAR.fullmatch(text[:LONGEST_VALUE])
    if found:
        year = int(found[1])
        return sure(year) if FIRST_YEAR <= year <= LAST_YEAR else unread(Why.NOT_A_YEAR)
    moment = read_moment(cell)
    if moment.value is None or moment.why is Why.SERIAL_NUMBER:
        return unread(Why.NOT_A_YEAR)
    return likely(moment.value.day.year, Why.NOT_A_YEAR)


def _read_day(text: str, order: DateOrder | None) -> Reading[date]:
    if found := _ISO.fullmatch(text):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if found := _NUMBERS.fullmatch(text):
        return _from_numbers(int(found[1]), int(found[2]), found[3], order)
    if found := _COMPACT.fullmatch(text):
        reading = _day(int(found[1]), int(found[2]), int(found[3]))
        return likely(reading.value, Why.SERIAL_NUMBER) if reading.value else reading
    return _from_words(text)


def _from_words(text: str) -> Reading[date]:
    if found := _DAY_MONTH.fullmatch(text):
        return _named(found[2], int(found[1]), found[3])
    if found := _MONTH_DAY.fullmatch(text):
        return _named(found[1], int(found[2]), found[3])
    if (found := _MONTH_ONLY.fullmatch(text)) and found[1].casefold() in MONTHS:
        first = _day(int(found[2]), MONTHS[found[1].casefold()], 1)
        return ambiguous(first.value, Why.MONTH_ONLY) if first.value else first
    return unread(Why.NOT_A_DATE)


def _from_numbers(first: int, second: int, year: str, order: DateOrder | None) -> Reading[date]:
    day_first = _day(_full_year(year), second, first)
    month_first = _day(_full_year(year), first, second)
    if order is not None:
        chosen = day_first if order is DateOrder.DAY_FIRST else month_first
    elif day_first.value and month_first.value and first != second:
        return likely(day_first.value, Why.DAY_OR_MONTH, month_first.value)
    else:
        chosen = day_first if day_first.value else month_first
    if chosen.value and len(year) == 2:
        return likely(chosen.value, Why.TWO_DIGIT_YEAR)
    return chosen


def _named(month: str, day: int, year: str) -> Reading[date]:
    number = MONTHS.get(month.casefold())
    if number is None:
        return unread(Why.NOT_A_DATE)
    short = year.lstrip("'")
    reading = _day(_full_year(short), number, day)
    return (
        likely(reading.value, Why.TWO_DIGIT_YEAR) if reading.value and len(short) == 2 else reading
    )


def _full_year(year: str) -> int:
    """Two digits mean 1969 to 2068, as in POSIX."""
    number = int(year)
    return number if len(year) == 4 else number + (2000 if number < 69 else 1900)


def _day(year: int, month: int, day: int) -> Reading[date]:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return unread(Why.NOT_A_DATE)
    try:
        return sure(date(year, month, day))
    except ValueError:
        return unread(Why.NO_SUCH_DAY)


def _from_serial(serial: float, epoch: date) -> Reading[Moment]:
    day = epoch + timedelta(days=int(serial))
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        return unread(Why.NOT_A_DATE)
    seconds = round(serial % 1 * 86_400) % 86_400
    clock = time(seconds // 3600, seconds // 60 % 60, seconds % 60) if serial % 1 else None
    return likely(Moment(day, clock), Why.SERIAL_NUMBER)


def _at(reading: Reading[date], clock: time | None, zone: timezone | None) -> Reading[Moment]:
    moment, other = (
        None if day is None else Moment(day, clock, zone) for day in (reading.value, reading.other)
    )
    return Reading(moment, reading.sureness, reading.why, other)
