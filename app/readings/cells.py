"""Cells before they are understood: what they may be, and blanks in their many signs."""

import math
import re
import unicodedata
from datetime import date, datetime, time
from decimal import Decimal
from typing import TypeAlias

Cell: TypeAlias = str | int | float | bool | datetime | date | time | None

LONGEST_VALUE = 120
"""Characters of a number or date; anything longer is prose."""

_ERROR = re.compile(r"#(REF|N/A|DIV/0|VALUE|NAME|NULL|NUM|SPILL|CALC)[!?]?", re.IGNORECASE)


def either(words: str) -> frozenset[str]:
    """The words that a text lists, separated by bars."""
    return frozenset(words.split("|"))


_NOTHING = either(
    "|-|--|---|\u2013|\u2014|.|?|...|n/a|na|n.a.|null|none|nihil|kosong|rp -|rp. -"
    "|tidak ada|tdk ada|belum ada|blm ada"
)


def plain(cell: Cell) -> str:
    """A cell as one line of text, composed, every run of blanks one blank."""
    if cell is None or cell == "":
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    text = cell if isinstance(cell, str) else str(cell)
    if text.isascii():  # nearly always, and much quicker
        return " ".join(text.split())
    return " ".join(unicodedata.normalize("NFKC", text).split())


def is_filled(cell: Cell) -> bool:
    """Whether a cell has anything in it but blanks."""
    return cell is not None and (not isinstance(cell, str) or (bool(cell) and not cell.isspace()))


def is_nothing(text: str) -> bool:
    """Whether a text stands for no value: a dash, `nihil`, `n/a`."""
    return text.casefold() in _NOTHING


def is_error(text: str) -> bool:
    """Whether a text is what a spreadsheet shows for a broken formula."""
    return text.startswith("#") and _ERROR.fullmatch(text) is not None


def exact(number: float) -> Decimal | None:
    """A cell's number with the digits it shows; None for what is no number."""
    return Decimal(repr(number)) if math.isfinite(number) else None
