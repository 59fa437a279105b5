"""Cells to values: one small reader for each kind of field, each with its refusal.

A reader is given the cell, never blank, and the field's name for its sentence. What may mean two
things is rejected, not guessed; what has one usual meaning is taken and counted as a remark.
"""

import math
import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from decimal import ROUND_HALF_UP, Decimal
from typing import TypeVar
from zoneinfo import ZoneInfo

from app.lists.reasons import Reason, RowRejected, said_name
from app.readings.booleans import read_boolean
from app.readings.cells import Cell, plain
from app.readings.dates import DateOrder, Moment, read_moment, read_year
from app.readings.numbers import NumberStyle, Quantity, read_quantity, read_rupiah
from app.readings.reading import SENTENCES, Reading, Sureness
from app.readings.units import read_unit
from app.text import ForbiddenCharacters, tidy_line, tidy_text, visible_length

T = TypeVar("T")

_DEGREES = re.compile(r"[+-]?\d{1,9}(?:[.,]\d{1,20})?", re.ASCII)
_ISO_START = re.compile(r"20[0-9]{2}-[0-9]{2}-[0-9]{2}")
# Planning years run over the same span.
_FIRST_YEAR, _LAST_YEAR = 2000, 2100
_CENT = Decimal("0.01")


@dataclass(slots=True)
class Remarks:
    """How many cells were read in their usual meaning, by field and what was odd."""

    counted: Counter[tuple[str, str]] = field(default_factory=Counter)

    def taken(self, reading: Reading[T], name: str, reason: Reason) -> T | None:
        """The value of a reading that may be stored; raises RowRejected for any other."""
        if reading.sureness is Sureness.BLANK:
            return None
        if not reading.usable or reading.value is None:
            told = SENTENCES[reading.why].id if reading.why is not None else "tidak terbaca"
            other = ""
            if reading.value is not None and reading.other is not None:
                other = f" ({_said(reading.value)} atau {_said(reading.other)})"
            raise RowRejected(reason, f"{said_name(name)}: {told}{other}")
        if reading.why is not None:
            self.counted[name, reading.why.value] += 1
        return reading.value


def _said(value: object) -> str:
    if isinstance(value, Quantity):
        return f"{value.number}"
    return value.day.isoformat() if isinstance(value, Moment) else str(value)


def line(cell: Cell, name: str, *, most: int, least: int = 0) -> str:
    """One line of text within its length."""
    return _of_length(_tidied(cell, name, tidy_line), name, least, most)


def lines(cell: Cell, name: str, *, most: int, least: int = 0) -> str:
    """Text of several lines within its length."""
    return _of_length(_tidied(cell, name, tidy_text), name, least, most)


def _tidied(cell: Cell, name: str, tidy: Callable[[str], str]) -> str:
    text = cell if isinstance(cell, str) else plain(cell)
    if is_tidy(text):
        return text
    try:
        return tidy(text)
    except ForbiddenCharacters:
        raise RowRejected(
            Reason.CHARACTERS, f"{said_name(name)} memuat karakter terlarang"
        ) from None


def is_tidy(text: str) -> bool:
    """Nothing in it needs tidying; true of nearly every cell, and much quicker to find out."""
    return text.isascii() and text.isprintable() and "  " not in text and text == text.strip()


def _of_length(text: str, name: str, least: int, most: int) -> str:
    if len(text) < least or visible_length(text) < least:
        raise RowRejected(Reason.TOO_SHORT, f"{said_name(name)} paling sedikit {least} karakter")
    if len(text) > most:
        raise RowRejected(Reason.TOO_LONG, f"{said_name(name)} paling banyak {most} karakter")
    return text


def choice(cell: Cell, name: str, allowed: Mapping[str, str]) -> str:
    """One of the allowed keys in any case; `allowed` has them by their lower case."""
    found = allowed.get(plain(cell).lower())
    if found is None:
        keys = ", ".join(allowed.values())
        raise RowRejected(Reason.CHOICE, f"{said_name(name)} harus salah satu dari: {keys}")
    return found


def whole(
    cell: Cell, name: str, remarks: Remarks, *, style: NumberStyle | None, least: int, most: int
) -> int | None:
    """A whole number within its limits; a unit beside it is not looked at."""
    if isinstance(cell, str) and cell.isdigit() and cell.isascii() and len(cell) < 16:
        return _within(int(cell), name, least, most)
    _require_our_digits(cell, name)
    quantity = remarks.taken(read_quantity(cell, style), name, Reason.NUMBER)
    if quantity is None:
        return None
    if quantity.number != int(quantity.number):
        raise RowRejected(
            Reason.NUMBER, f"{said_name(name)} harus bilangan bulat {least} sampai {most}"
        )
    return _within(int(quantity.number), name, least, most)


def rupiah(
    cell: Cell, name: str, remarks: Remarks, *, style: NumberStyle | None, most: int
) -> int | None:
    """Whole rupiah."""
    if isinstance(cell, str) and cell.isdigit() and cell.isascii() and len(cell) < 16:
        return _within(int(cell), name, 0, most)
    _require_our_digits(cell, name)
    amount = remarks.taken(read_rupiah(cell, style), name, Reason.NUMBER)
    return None if amount is None else _within(amount, name, 0, most)


def _require_our_digits(cell: Cell, name: str) -> None:
    """Digits of another script, or full-width ones, may be a disguise."""
    if isinstance(cell, str) and any(map(_is_foreign_digit, cell)):
        raise RowRejected(Reason.NUMBER, f"{said_name(name)} harus ditulis dengan angka 0 sampai 9")


def _is_foreign_digit(letter: str) -> bool:
    return letter.isdecimal() and not letter.isascii()


def _within(number: int, name: str, least: int, most: int) -> int:
    if not least <= number <= most:
        raise RowRejected(
            Reason.NUMBER, f"{said_name(name)} harus bilangan bulat {least} sampai {most}"
        )
    return number


def volume(
    cell: Cell, name: str, remarks: Remarks, *, style: NumberStyle | None, most: int
) -> Quantity | None:
    """A number above 0, rounded to two decimals, with the unit that stands beside it."""
    quantity = remarks.taken(read_quantity(cell, style), name, Reason.NUMBER)
    if quantity is None:
        return None
    rounded = quantity.number.quantize(_CENT, ROUND_HALF_UP)
    if rounded != quantity.number:
        remarks.counted[name, "rounded"] += 1
    if not 0 < rounded <= most:
        raise RowRejected(
            Reason.NUMBER, f"{said_name(name)} harus lebih besar dari 0, paling besar {most}"
        )
    return Quantity(rounded, quantity.unit)


def unit(cell: Cell, name: str, remarks: Remarks, *, allowed: tuple[str, ...]) -> str | None:
    """One of the units we count in."""
    reading = read_unit(plain(cell))
    if reading.sureness is Sureness.UNREAD:
        raise RowRejected(
            Reason.CHOICE, f"{said_name(name)} harus salah satu dari: {', '.join(allowed)}"
        )
    return remarks.taken(reading, name, Reason.CHOICE)


def decimal(cell: Cell, name: str, *, least: float = -math.inf, most: float = math.inf) -> float:
    """A number with a point or a comma before its decimals, never one that groups thousands."""
    if isinstance(cell, float | int) and not isinstance(cell, bool):
        value = float(cell)
    else:
        text = plain(cell)
        value = float(text.replace(",", ".")) if _DEGREES.fullmatch(text) else math.nan
    if not math.isfinite(value):
        raise RowRejected(Reason.NUMBER, f"{said_name(name)} harus angka")
    if not least <= value <= most:
        raise RowRejected(Reason.NUMBER, f"{said_name(name)} harus angka {least} sampai {most}")
    return value


def year(cell: Cell, name: str, remarks: Remarks) -> int | None:
    """A planning year."""
    found = remarks.taken(read_year(cell), name, Reason.NUMBER)
    return None if found is None else _within(found, name, 2000, 2100)


def instant(
    cell: Cell, name: str, remarks: Remarks, *, zone: ZoneInfo, order: DateOrder | None
) -> datetime | None:
    """ISO 8601, or as Indonesians write it, in UTC; without an offset, the city's time."""
    if isinstance(cell, str) and _ISO_START.match(cell):
        try:
            read = datetime.fromisoformat(cell)
        except ValueError:
            pass  # perhaps with words of its own, such as WIB
        else:
            return (read if read.tzinfo else read.replace(tzinfo=zone)).astimezone(UTC)
    moment = remarks.taken(read_moment(cell, order), name, Reason.DATE)
    if moment is None:
        return None
    if not _FIRST_YEAR <= moment.day.year <= _LAST_YEAR:
        told = f"{said_name(name)} harus dalam tahun {_FIRST_YEAR} sampai {_LAST_YEAR}"
        raise RowRejected(Reason.DATE, told)
    clock = moment.clock or time()
    found = datetime.combine(moment.day, clock, tzinfo=moment.zone or clock.tzinfo or zone)
    return found.astimezone(UTC)


def yes(cell: Cell, name: str, remarks: Remarks) -> bool:
    """Whether a cell says yes."""
    reading = read_boolean(cell)
    return remarks.taken(reading, name, Reason.CHOICE) is True
