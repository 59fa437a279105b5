"""Rows as PostgreSQL's binary COPY sends them, decoded as one array.

Every column has a fixed width and no row has a NULL, so the answer is an array of structures
with the lengths of the fields between them (PostgreSQL manual, COPY, binary format).
"""

from functools import cache

import numpy as np
import numpy.typing as npt

_SIGNATURE = b"PGCOPY\n\xff\r\n\x00"
_HEAD_BYTES = len(_SIGNATURE) + 8
_END = b"\xff\xff"
_COLUMNS = (
    ("number", "S17"),
    ("cell", ">i8"),
    ("subject", ">i8"),
    ("progress", ">i8"),
    ("means", ">i8"),
    ("place", ">i8"),
    ("year", ">i2"),
    ("standing", ">i2"),
    ("severity", ">i2"),
    ("cost", ">i8"),
    ("beneficiaries", ">i4"),
    ("supporters", ">i4"),
    # In microseconds since 2000, as binary COPY sends an instant.
    ("created", ">i8"),
    ("updated", ">i8"),
)
# Of a public number as 99.71-2026-7K3M9Q.
_YEAR, _NOISE = slice(6, 10), slice(11, 17)
_NOISE_LENGTH = _NOISE.stop - _NOISE.start
_NUMBER = [("city", "S6"), ("year", "S4"), ("dash", "S1"), ("high", "S3"), ("low", "S3")]
_BASE = 36
_LETTERS = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"

Rows = npt.NDArray[np.void]
Integers = npt.NDArray[np.int64]


class UnreadableRows(ValueError):
    """What came is not rows of these columns; nothing of it may be used."""


class RowDecoder:
    """Whole rows out of an answer that comes in pieces cut anywhere."""

    def __init__(self) -> None:
        self._rest = b""
        self._begun = False

    def rows(self, content: bytes | bytearray) -> Rows:
        """The rows that have come whole by now, with a field for each column.

        UnreadableRows when they are anything else; the array stands on bytes of its own.
        """
        body = self._rest + content
        if not self._begun and len(body) >= _HEAD_BYTES:
            if not body.startswith(_SIGNATURE):
                raise UnreadableRows("not an answer of binary COPY")
            self._begun, body = True, body[_HEAD_BYTES:]
        layout = _layout()
        count = len(body) // layout.itemsize if self._begun else 0
        self._rest = bytes(body[count * layout.itemsize :])
        rows: Rows = np.frombuffer(body, dtype=layout, count=count)
        if not all((rows[name] == width).all() for name, width in _widths().items()):
            raise UnreadableRows("a row of other columns, or with a NULL")
        return rows

    def end(self) -> None:
        """UnreadableRows unless all of the answer has come."""
        if not self._begun or self._rest != _END:
            raise UnreadableRows("not a whole answer of binary COPY")


def decode_rows(content: bytes | bytearray) -> Rows:
    """The rows of a whole answer; UnreadableRows when it is anything else."""
    decoder = RowDecoder()
    rows = decoder.rows(content)
    decoder.end()
    return rows


@cache
def _widths() -> dict[str, int]:
    """What the lengths in every row are."""
    widths = {f"{name}_bytes": np.dtype(kind).itemsize for name, kind in _COLUMNS}
    return {"columns": len(_COLUMNS), **widths}


@cache
def _layout() -> np.dtype[np.void]:
    fields = [("columns", ">i2")]
    for name, kind in _COLUMNS:
        fields += [(f"{name}_bytes", ">i4"), (name, kind)]
    return np.dtype(fields)


def ids_of(numbers: npt.NDArray[np.bytes_]) -> Integers:
    """Public numbers of one city as whole numbers, each number as another one.

    Planning year, then six letters and digits to the base of 36. UnreadableRows for what is no
    public number.
    """
    length = numbers.dtype.itemsize
    letters = np.ascontiguousarray(numbers).view(np.uint8).reshape(len(numbers), length)
    digits = _digits()[letters]
    years, noise = digits[:, _YEAR], digits[:, _NOISE]
    if (years > 9).any() or (noise >= _BASE).any():
        raise UnreadableRows("not a public number")
    ids: Integers = _whole(years, 10) * _BASE ** noise.shape[1] + _whole(noise, _BASE)
    return ids


def numbers_of(ids: Integers, city_code: str) -> npt.NDArray[np.bytes_]:
    """The public numbers of whole numbers of one city, as `ids_of` made them."""
    half = _BASE ** (_NOISE_LENGTH // 2)
    halves, rest = _written(_BASE, _NOISE_LENGTH // 2), ids // half
    written = np.empty(len(ids), dtype=_NUMBER)
    written["city"], written["dash"] = f"{city_code}-".encode(), b"-"
    written["year"] = _written(10, _YEAR.stop - _YEAR.start)[rest // half]
    written["high"], written["low"] = halves[rest % half], halves[ids % half]
    return written.view(f"S{_NOISE.stop}")


@cache
def _written(base: int, length: int) -> npt.NDArray[np.bytes_]:
    """Every number of so many digits."""
    powers = base ** np.arange(length - 1, -1, -1)
    digits = np.arange(base**length)[:, np.newaxis] // powers % base
    return np.frombuffer(_LETTERS, dtype=np.uint8)[digits].view(f"S{length}").ravel()


@cache
def _digits() -> Integers:
    """Of each byte its value as a digit; one that is none has more than the base."""
    values = np.full(256, _BASE, dtype=np.int64)
    for value, letter in enumerate(_LETTERS):
        values[letter] = value
    return values


def _whole(digits: Integers, base: int) -> Integers:
    powers: Integers = base ** np.arange(digits.shape[1] - 1, -1, -1, dtype=np.int64)
    numbers: Integers = digits @ powers
    return numbers
