"""Cells that count people: whole numbers and nothing else."""

import re

from app.readings.cells import Cell, plain
from app.readings.numbers import NumberStyle, read_quantity
from app.readings.reading import SENTENCES, Sureness

GREATEST_COUNT = 50_000_000
"""No kota or kabupaten comes near it."""
_PEOPLE = (None, "orang", "KK")
_GROUPED = {
    NumberStyle.COMMA: re.compile(r"\d{1,3}(?:\.\d{3})+"),
    NumberStyle.POINT: re.compile(r"\d{1,3}(?:,\d{3})+"),
}


class CountRefused(ValueError):
    """A cell that is no number of people; the message says why."""


def read_count(cell: Cell) -> int | None:
    """How many; None for an empty cell, a dash or `nihil`. Raises CountRefused.

    People are whole, so a mark before three digits groups thousands, be it a dot or a comma.
    """
    reading = read_quantity(cell, _style(plain(cell)))
    if reading.sureness is Sureness.BLANK:
        return None
    if reading.value is None or reading.sureness is not Sureness.SURE:
        raise CountRefused(SENTENCES[reading.why].id if reading.why else "bukan bilangan")
    number, unit = reading.value.number, reading.value.unit
    if unit not in _PEOPLE:
        raise CountRefused(f"satuannya {unit}, bukan jiwa atau KK")
    if number != number.to_integral_value():
        raise CountRefused("harus bilangan bulat")
    if not 0 <= number <= GREATEST_COUNT:
        raise CountRefused(f"harus 0 sampai {GREATEST_COUNT}")
    return int(number)


def _style(text: str) -> NumberStyle | None:
    found = (style for style, grouped in _GROUPED.items() if grouped.match(text))
    return next(found, None)
