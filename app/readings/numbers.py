"""Quantities and money as Indonesian lists write them: `1.234,5`, `Rp6,82 M`, `± 50 m'`."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import TypeVar

from app.readings.cells import LONGEST_VALUE, Cell, exact, is_error, is_nothing, plain
from app.readings.reading import Reading, Sureness, Why, ambiguous, blank, likely, sure, unread
from app.readings.units import larger_unit, read_unit

T = TypeVar("T")


class NumberStyle(StrEnum):
    """Which sign marks decimals; the other one groups thousands."""

    COMMA = "comma"
    POINT = "point"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number, and one of the units we count in when one stood beside it."""

    number: Decimal
    unit: str | None = None


GREATEST = Decimal(10) ** 15

_APPROXIMATE = re.compile(
    r"^(±|\+/-|\+-|~|≈|k\.?l\.?|kurang lebih|sekitar|kira-kira|kira2|lebih kurang|ca\.?)\s*",
    re.IGNORECASE,
)
_CURRENCY = re.compile(r"^(rp\.?|idr)\s*|\s*(rupiah|idr)$", re.IGNORECASE)
_ROUND_MONEY = re.compile(r"[.,]\s?[-=]+$")
_IN_WORDS = re.compile(r"\s*\([^)\d]{1,60}\)\s*")
_NUMBER = re.compile(
    r"([-+]?)([0-9]{1,3}(?: [0-9]{3})+(?![0-9])|[0-9][0-9.,]*)(?:e([+-]?\d{1,2}))?", re.IGNORECASE
)
_PRODUCT = re.compile(r"\s*(?:m'?|meter|mtr)?\s*[x\u00d7*]\s*(?=[0-9])", re.IGNORECASE)
_RANGE = re.compile(r"\s*(?:-|\u2013|s/d|s\.d\.?|sd|sampai|hingga)\s*[0-9]", re.IGNORECASE)
_TIMES = re.compile(
    r"(?:(ribu|rb|k)|(juta|jt|jta)|(miliar|milyar|milyard|mlr|m)|(triliun|trilyun|t))\b\.?",
    re.IGNORECASE,
)
_POWERS = (3, 6, 9, 12)


def read_quantity(cell: Cell, style: NumberStyle | None = None) -> Reading[Quantity]:
    """A number with its unit; `style` is what the column proved, None when nothing did."""
    early = _early(cell)
    if early is not None:
        quantity = None if early.value is None else Quantity(early.value)
        return Reading(quantity, early.sureness, early.why)
    text, is_approximate = _without(_APPROXIMATE, _IN_WORDS.sub(" ", plain(cell)).strip())
    product = _PRODUCT.split(text)
    if len(product) > 1:
        return _product(product, style)
    reading, rest = _number_and_rest(text, style)
    if reading.value is None:
        return Reading(None, reading.sureness, reading.why)
    return _in_doubt(_with_unit(reading, rest), is_approximate=is_approximate)


def read_rupiah(cell: Cell, style: NumberStyle | None = None) -> Reading[int]:
    """Whole rupiah; `M` means thousand million, parts of a rupiah are rounded half up."""
    amount = _early(cell) or _amount(plain(cell), style)
    if amount.value is None:
        return Reading(None, amount.sureness, amount.why)
    whole = int(amount.value.to_integral_value(ROUND_HALF_UP))
    if whole != amount.value:
        return likely(whole, Why.FRACTION_OF_RUPIAH)
    other = None if amount.other is None else int(amount.other)
    return Reading(whole, amount.sureness, amount.why, other)


def _amount(text: str, style: NumberStyle | None) -> Reading[Decimal]:
    text, is_approximate = _without(_APPROXIMATE, _IN_WORDS.sub(" ", text).strip())
    text, is_named = _without(_CURRENCY, text)
    text, _ = _without(_CURRENCY, text)  # once before the number, once behind it
    taken = None if style is not None else _money_style(text)
    reading, rest = _number_and_rest(_ROUND_MONEY.sub("", text), style or taken)
    amount = _in_doubt(_multiplied(reading, rest, named=is_named), is_approximate=is_approximate)
    if taken is not None and amount.sureness is Sureness.SURE:
        return replace(amount, sureness=Sureness.LIKELY, why=Why.COMMA_MAY_GROUP)
    return amount


def column_style(cells: Iterable[Cell]) -> Reading[NumberStyle]:
    """The style that the values of a column prove; unread when nothing proves either."""
    proven = {proof for cell in cells if isinstance(cell, str) and (proof := _proof(cell))}
    if len(proven) > 1:
        return Reading(None, Sureness.AMBIGUOUS, Why.MIXED_STYLES)
    return sure(proven.pop()) if proven else unread(Why.NOTHING_PROVES_IT)


def _proof(text: str) -> NumberStyle | None:
    if len(text) > LONGEST_VALUE or not (found := _NUMBER.search(_ROUND_MONEY.sub("", text))):
        return None
    digits = found[2]
    if "," in digits and "." in digits:
        return NumberStyle.COMMA if digits.rfind(",") > digits.rfind(".") else NumberStyle.POINT
    for mark, grouping, decimal in (
        (".", NumberStyle.COMMA, NumberStyle.POINT),
        (",", NumberStyle.POINT, NumberStyle.COMMA),
    ):
        if digits.count(mark) > 1:
            return grouping
        if digits.count(mark) == 1 and not digits.endswith(mark):
            return None if _may_group(digits, mark) else decimal
    return None


def _early(cell: Cell) -> Reading[Decimal] | None:
    """What needs no grammar: numbers of a spreadsheet, blanks, errors, prose."""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        number = exact(cell)
        return unread(Why.NOT_A_NUMBER) if number is None else _bounded(number)
    if cell is not None and not isinstance(cell, str):
        return unread(Why.NOT_A_NUMBER)
    if cell is not None and len(cell) > LONGEST_VALUE:
        return unread(Why.TOO_LONG)
    text = plain(cell)
    if is_nothing(text):
        return blank()
    return unread(Why.SPREADSHEET_ERROR) if is_error(text) else None


def _without(pattern: re.Pattern[str], text: str) -> tuple[str, bool]:
    shorter = pattern.sub("", text, count=1)
    return shorter.strip(), shorter != text


def _number_and_rest(text: str, style: NumberStyle | None) -> tuple[Reading[Decimal], str]:
    found = _NUMBER.match(text)
    if found is None:
        return unread(Why.NOT_A_NUMBER), ""
    sign, digits, power = found.groups()
    rest = text[found.end() :]
    if digits[-1] in ".,":  # the end of a sentence, not of a number
        digits = digits[:-1]
    if _RANGE.match(rest):
        return unread(Why.RANGE), ""
    reading = _digits(digits.replace(" ", ""), style)
    if reading.value is None:
        return reading, rest
    if power is not None:
        reading = _scientific(digits, int(power))
    if sign == "-":
        reading = _scaled(reading, Decimal(-1))
    return reading, rest.strip()


def _scientific(digits: str, power: int) -> Reading[Decimal]:
    if digits.count(",") + digits.count(".") > 1:
        return unread(Why.BAD_GROUPING)
    number = _bounded(Decimal(digits.replace(",", ".")).scaleb(power))
    return number if number.value is None else likely(number.value, Why.SCIENTIFIC)


def _digits(digits: str, style: NumberStyle | None) -> Reading[Decimal]:
    marks = [mark for mark in ".," if mark in digits]
    if not marks:
        return _bounded(Decimal(digits))
    if len(marks) == 2:
        decimal_mark = max(".,", key=digits.rfind)
        return _grouped(digits, "," if decimal_mark == "." else ".", decimal_mark)
    if digits.count(marks[0]) > 1:
        return _grouped(digits, marks[0], "")
    return _one_mark(digits, marks[0], style)


def _one_mark(digits: str, mark: str, style: NumberStyle | None) -> Reading[Decimal]:
    as_decimal = Decimal(digits.replace(",", "."))
    if not _may_group(digits, mark):
        return _bounded(as_decimal)
    as_group = Decimal(digits.replace(mark, ""))
    if style is not None:
        groups = (style is NumberStyle.COMMA) == (mark == ".")
        return sure(as_group if groups else as_decimal)
    if mark == ".":
        return likely(as_group, Why.DOT_MAY_BE_DECIMAL, as_decimal)
    return ambiguous(as_decimal, Why.COMMA_MAY_GROUP, as_group)


def _may_group(digits: str, mark: str) -> bool:
    head, _, tail = digits.partition(mark)
    return len(tail) == 3 and len(head) <= 3 and not head.startswith("0")


def _grouped(digits: str, group_mark: str, decimal_mark: str) -> Reading[Decimal]:
    whole, _, part = digits.partition(decimal_mark) if decimal_mark else (digits, "", "")
    first, *groups = whole.split(group_mark)
    is_grouped = 1 <= len(first) <= 3 and all(len(group) == 3 for group in groups)
    if not is_grouped or not groups or group_mark in part or not (part.isdigit() or not part):
        return unread(Why.BAD_GROUPING)
    return _bounded(Decimal("".join([first, *groups]) + "." + (part or "0")))


def _bounded(number: Decimal) -> Reading[Decimal]:
    return sure(number) if abs(number) <= GREATEST else unread(Why.TOO_GREAT)


def _scaled(reading: Reading[Decimal], factor: Decimal) -> Reading[Decimal]:
    if reading.value is None:
        return reading
    other = None if reading.other is None else reading.other * factor
    if abs(reading.value * factor) > GREATEST:
        return unread(Why.TOO_GREAT)
    return replace(reading, value=reading.value * factor, other=other)


def _with_unit(reading: Reading[Decimal], rest: str) -> Reading[Quantity]:
    found = _TIMES.match(rest)
    if found and found.lastindex in (1, 2):
        reading, rest = (
            _scaled(reading, Decimal(10) ** _POWERS[found.lastindex - 1]),
            rest[found.end() :],
        )
    larger = larger_unit(rest.strip())
    unit = sure(larger[0]) if larger else read_unit(rest.strip(" .,;:/"))
    if larger:
        reading = _scaled(reading, larger[1])
    if reading.value is None:
        return Reading(None, reading.sureness, reading.why)
    other = None if reading.other is None else Quantity(reading.other, unit.value)
    quantity = Quantity(reading.value, unit.value)
    if rest.strip() == "M" and reading.sureness is Sureness.SURE:
        return likely(quantity, Why.METRE_OR_MILLIARD, Quantity(reading.value.scaleb(9)))
    if unit.why is not None and reading.sureness is Sureness.SURE:
        return likely(quantity, unit.why)
    return Reading(quantity, reading.sureness, reading.why, other)


def _multiplied(reading: Reading[Decimal], rest: str, *, named: bool) -> Reading[Decimal]:
    if not rest or reading.value is None:
        return reading
    found = _TIMES.fullmatch(rest)
    if found is None or found.lastindex is None:
        return unread(Why.NOT_A_NUMBER)
    product = _scaled(reading, Decimal(10) ** _POWERS[found.lastindex - 1])
    if rest == "M" and not named and product.value is not None:
        return likely(product.value, Why.METRE_OR_MILLIARD, reading.value)
    return product


def _money_style(text: str) -> NumberStyle | None:
    """Rupiah have no thousandths: a lone comma before three digits groups them."""
    return NumberStyle.POINT if re.fullmatch(r"[1-9][0-9]{0,2},[0-9]{3}", text) else None


def _product(parts: list[str], style: NumberStyle | None) -> Reading[Quantity]:
    readings = [_number_and_rest(part.strip(), style) for part in parts]
    if len(readings) > 3 or any(reading.value is None for reading, _ in readings):
        return unread(Why.NOT_A_NUMBER)
    if any(rest for _, rest in readings[:-1]) or read_unit(readings[-1][1]).value not in (
        None,
        "m",
    ):
        return unread(Why.NOT_A_NUMBER)
    number = Decimal(1)
    for reading, _ in readings:
        number *= reading.value or 0
    return ambiguous(Quantity(number, ("m2", "m3")[len(readings) - 2]), Why.PRODUCT)


def _in_doubt(reading: Reading[T], *, is_approximate: bool) -> Reading[T]:
    if is_approximate and reading.sureness is Sureness.SURE:
        return replace(reading, sureness=Sureness.LIKELY, why=Why.APPROXIMATE)
    return reading
