"""What the values of a column speak for: a share of -1 (against) to 1 for each field."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from types import MappingProxyType

from app.readings.booleans import read_boolean
from app.readings.cells import Cell, is_nothing, plain
from app.readings.dates import column_order, read_moment, read_year
from app.readings.numbers import column_style, read_quantity, read_rupiah
from app.readings.units import read_unit
from spatial.mentions.numerals import neighbourhood_number

_PHONE = re.compile(r"(?:\+?62|0)8[0-9 .-]{7,14}")
_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s]{1,190}\.[a-z]{2,}", re.IGNORECASE)
_NUMBERED_PLACE = re.compile(r"(?<![A-Za-z])R\.?[TW]\.?\s*/?\s*[0-9ORI]", re.IGNORECASE)
_NUMBER_LIST = re.compile(
    r"(?:r\.?[tw]\.?\s*)?[0-9oilIVX]{1,4}(?:\s*(?:,|-|/|&|dan|s/d)\s*[0-9oil]{1,3})*", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a list: its header, and a sample of its cells without the blank ones."""

    name: str
    cells: tuple[Cell, ...]
    texts: tuple[str, ...]

    @classmethod
    def of(cls, name: str, cells: Sequence[Cell]) -> "Column":
        kept = [(cell, text) for cell in cells if not is_nothing(text := plain(cell))]
        return cls(name, tuple(cell for cell, _ in kept), tuple(text for _, text in kept))

    def share(self, fits: Callable[[str], object]) -> float:
        """Of its texts those that fit, 0 to 1; 0 when it is blank."""
        return sum(map(bool, map(fits, self.texts))) / len(self.texts) if self.texts else 0.0

    @property
    def letters(self) -> float:
        """Usual length of its texts."""
        return float(median(map(len, self.texts))) if self.texts else 0.0

    @property
    def variety(self) -> float:
        """Share of its texts that differ from all others."""
        return len(set(self.texts)) / len(self.texts) if self.texts else 0.0


def _against_unless(share: float) -> float:
    """From -1 where none fits to 1 where all do."""
    return 2 * share - 1


def _prose(column: Column, least: float, most: float) -> float:
    if column.share(_is_number) > 0.3:
        return -1.0
    fits = least <= column.letters <= most
    return (0.4 if fits else -0.2) + 0.4 * (column.variety - 0.3)


def _is_number(text: str) -> bool:
    return read_quantity(text).value is not None and not re.search("[a-z]{3}", text.casefold())


def _number(column: Column, lowest: float, highest: float) -> float:
    style = column_style(column.cells).value
    found = [read_quantity(cell, style).value for cell in column.cells]
    fits = [lowest <= quantity.number <= highest for quantity in found if quantity is not None]
    return _against_unless(sum(fits) / len(found)) if found else 0.0


def _cost(column: Column) -> float:
    style = column_style(column.cells).value
    found = [read_rupiah(cell, style).value for cell in column.cells]
    fits = [value >= 10_000 for value in found if value is not None]
    return _against_unless(sum(fits) / len(found)) if found else 0.0


def _dates(column: Column) -> float:
    order = column_order(column.cells).value
    return _against_unless(
        sum(read_moment(cell, order).value is not None for cell in column.cells)
        / max(len(column.cells), 1)
    )


def _neighbourhoods(column: Column) -> float:
    return _against_unless(
        column.share(lambda text: neighbourhood_number(text) or _NUMBER_LIST.fullmatch(text[:60]))
    )


def _names(column: Column) -> float:
    is_name = column.share(lambda text: len(text) <= 40 and not re.search(r"[0-9]", text))
    return _against_unless(is_name) * (1 - 0.5 * column.variety)


def _kinds(column: Column) -> float:
    """Few words, used again and again; a short list proves nothing by its variety."""
    if column.share(_is_number) > 0.3 or column.letters > 60:
        return -1.0
    return 0.6 - 1.2 * column.variety if len(column.texts) > 30 else 0.0


def _keys(column: Column) -> float:
    return 1.0 if column.variety == 1 and column.letters <= 40 else -0.6


EVIDENCE: Mapping[str, Callable[[Column], float]] = MappingProxyType(
    {
        "title": lambda column: _prose(column, 8, 110),
        "problem": lambda column: _prose(column, 30, 600),
        "category": _kinds,
        "place": lambda column: 2 * column.share(_NUMBERED_PLACE.search) - 0.5,
        "address": lambda column: _prose(column, 5, 120) / 2,
        "landmark": lambda column: _prose(column, 5, 80) / 2,
        "rt": _neighbourhoods,
        "rw": _neighbourhoods,
        "kelurahan": _names,
        "kecamatan": _names,
        "volume": lambda column: _number(column, 0, 1e6),
        "unit": lambda column: _against_unless(column.share(lambda text: read_unit(text).value)),
        "estimated_cost": _cost,
        "beneficiaries": lambda column: _number(column, 0, 1e6),
        "funding_source": _names,
        "year": lambda column: _against_unless(
            column.share(lambda text: 2000 <= (read_year(text).value or 0) <= 2100)
        ),
        "created_at": _dates,
        "updated_at": _dates,
        "source_id": _keys,
        "status": _names,
        "severity": lambda column: _number(column, 1, 3),
        "longitude": lambda column: _number(column, -180, 180),
        "latitude": lambda column: _number(column, -90, 90),
        "proposer_name": _names,
        "consent": lambda column: _against_unless(column.share(lambda t: read_boolean(t).value)),
        "proposer_phone": lambda column: _against_unless(column.share(_PHONE.fullmatch)),
        "proposer_email": lambda column: _against_unless(column.share(_EMAIL.fullmatch)),
    }
)


def speaks_for_itself(column: Column) -> str | None:
    """The field whose values look like nothing else, whatever the header says; or None."""
    if not column.texts:
        return None
    style = column_style(column.cells).value
    numbers = [
        quantity.number for cell in column.cells if (quantity := read_quantity(cell, style).value)
    ]
    is_fraction = len(numbers) == len(column.cells) and any(number % 1 for number in numbers)
    for field, fits in (
        ("longitude", is_fraction and all(95 <= n <= 142 for n in numbers)),
        (
            "latitude",
            is_fraction
            and all(-11.5 <= number <= 6.5 for number in numbers)
            and column.letters > 5,
        ),
        ("proposer_email", column.share(_EMAIL.fullmatch) > 0.8),
        ("proposer_phone", column.share(_PHONE.fullmatch) > 0.8),
        ("place", column.share(_NUMBERED_PLACE.search) > 0.6),
        ("created_at", _dates(column) > 0.9 and not column.share(str.isdigit)),
    ):
        if fits:
            return field
    return None
