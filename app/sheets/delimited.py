"""CSV and its kin: encoding and separator found out, rows read as a stream."""

import csv
import os
from collections import Counter
from collections.abc import Iterator, Sequence
from io import BufferedReader, RawIOBase, TextIOWrapper
from itertools import islice
from typing import IO, TYPE_CHECKING

from app.sheets.encodings import Encoding, find_encoding
from app.sheets.flaws import SheetFlaw, SheetRefused
from app.sheets.head import LOOKED_AT, find_head
from app.sheets.rows import table_rows
from app.sheets.table import MAX_COLUMNS, Note, Oddity, RawRow, Sheet, SheetRow

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

SEPARATORS = (",", ";", "\t", "|")
_SAMPLE = 2**16
_SAMPLED_ROWS = 200
# Few, so that what is done with the first records begins soon.
_FIRST_RECORDS = 2_500


def delimited_sheet(file: IO[bytes]) -> Sheet:
    """The one table of a text file; raises SheetRefused. The file stays the caller's."""
    encoding = find_encoding(file)
    sample = _sample(file, encoding)
    separator = _announced(sample) or best_separator(sample)
    raw = list(islice(_raw_rows(file, encoding, separator), LOOKED_AT))
    head = find_head(raw, ())
    notes = [*encoding.notes]
    if separator != ",":
        notes.append(Note(Oddity.SEPARATOR, detail="TAB" if separator == "\t" else separator))
    if len(head.columns) == 1:
        notes.append(Note(Oddity.ONE_COLUMN))

    def read_rows() -> Iterator[SheetRow]:
        return table_rows(_raw_rows(file, encoding, separator), head)

    def read_plain(most: int) -> Iterator[tuple[int, list[list[str]]]]:
        return _records(file, encoding, separator, most)

    return Sheet("", head, (*notes, *head.notes), read_rows, read_plain)


def best_separator(sample: Sequence[str]) -> str:
    """The separator that cuts most rows into the same number of cells, at least two."""
    return max(SEPARATORS, key=lambda separator: _evenness(sample, separator))


def _evenness(sample: Sequence[str], separator: str) -> tuple[float, int]:
    try:
        rows = list(islice(csv.reader(sample, delimiter=separator), _SAMPLED_ROWS))
    except csv.Error:
        return 0.0, 0
    widths = Counter(len(row) for row in rows if len(row) > 1)
    if not widths:
        return 0.0, 0
    width, times = max(widths.items(), key=lambda each: (each[1], each[0]))
    return round(times / max(len([row for row in rows if row]), 1), 1), width


def _announced(sample: Sequence[str]) -> str | None:
    """The separator that a first line `sep=;` announces, as spreadsheets write it."""
    first = sample[0].strip().casefold() if sample else ""
    named = first.removeprefix("sep=") if first.startswith("sep=") else ""
    return named if named in SEPARATORS else None


def _sample(file: IO[bytes], encoding: Encoding) -> list[str]:
    try:
        sample = _text(file, encoding).read(_SAMPLE)
    except UnicodeError:
        raise SheetRefused(SheetFlaw.BAD_TEXT) from None
    lines = sample.splitlines(keepends=True)
    return lines[:-1] if len(lines) > 1 and len(sample) == _SAMPLE else lines


def _raw_rows(file: IO[bytes], encoding: Encoding, separator: str) -> Iterator[RawRow]:
    for first, rows in _records(file, encoding, separator, LOOKED_AT):
        for number, cells in enumerate(rows, first):
            yield RawRow(number, tuple(cell or None for cell in cells))


def _records(
    file: IO[bytes], encoding: Encoding, separator: str, most: int
) -> Iterator[tuple[int, list[list[str]]]]:
    """Numbered as a spreadsheet numbers them: blank ones count, breaks in cells do not."""
    text = _text(file, encoding)
    number = 1
    try:
        reader = csv.reader(text, delimiter=separator)
        while rows := list(islice(reader, most if number > 1 else min(most, _FIRST_RECORDS))):
            _require_narrow(rows, number)
            count = len(rows)
            if number == 1 and rows[0]:
                rows[0][0] = rows[0][0].lstrip("\ufeff")  # a mark that was put before another
                if rows[0][0].casefold().startswith("sep="):
                    del rows[0]
            if rows:
                yield number + count - len(rows), rows
            number += count
    except csv.Error:
        raise SheetRefused(SheetFlaw.BAD_TEXT, f"baris {reader.line_num}") from None
    except UnicodeError:
        raise SheetRefused(SheetFlaw.BAD_TEXT) from None


def _require_narrow(rows: Sequence[Sequence[str]], first: int) -> None:
    if max(map(len, rows)) > MAX_COLUMNS:
        number = next(n for n, cells in enumerate(rows, first) if len(cells) > MAX_COLUMNS)
        raise SheetRefused(SheetFlaw.TOO_MANY_COLUMNS, f"baris {number}")


def _text(file: IO[bytes], encoding: Encoding) -> TextIOWrapper:
    own = BufferedReader(_FromStart(file), buffer_size=2**18)
    return TextIOWrapper(own, encoding=encoding.codec, newline="")


class _FromStart(RawIOBase):
    """A file read from its start with a place of its own; closing it leaves the file open."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._place = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        view = memoryview(buffer).cast("B")
        content = os.pread(self._file.fileno(), len(view), self._place)
        view[: len(content)] = content
        self._place += len(content)
        return len(content)
