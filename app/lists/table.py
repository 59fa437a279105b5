"""A table of text from a CSV file: encoding and separator found out, rows read as a stream."""

import codecs
import csv
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from app.spreadsheets import without_guard

_CHUNK = 2**20
_SEPARATORS = (",", ";", "\t", "|")
MAX_COLUMNS = 500
MOST_CELL_LETTERS = 131_072


class TableRefused(ValueError):
    """A file that is no table of text."""


@dataclass(frozen=True, slots=True)
class Table:
    """How a file is to be read; `lines` is what a progress bar counts up to."""

    path: Path
    encoding: str
    separator: str
    columns: tuple[str, ...]
    lines: int


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row: its number as a spreadsheet shows it (the header is 1), and its cells as read."""

    number: int
    cells: tuple[str, ...]


def look_at_table(path: Path) -> Table:
    """Encoding, separator and columns of a file; it is read once, in pieces."""
    _require_regular(path)
    encoding, lines = _encoding(path)
    with path.open(encoding=encoding, newline="") as file:
        header = file.readline(MOST_CELL_LETTERS)
    separator = max(_SEPARATORS, key=header.count)
    columns = next(csv.reader([header], delimiter=separator), [])
    tidy = tuple(" ".join(column.split()) for column in columns)
    if not any(tidy):
        raise TableRefused("baris pertama harus memuat nama kolom")
    if len(tidy) > MAX_COLUMNS:
        raise TableRefused(f"lebih dari {MAX_COLUMNS} kolom")
    twice = sorted({column for column in tidy if column and tidy.count(column) > 1})
    if twice:
        raise TableRefused(f"kolom {twice[0][:40]!r} ada lebih dari sekali")
    return Table(path, encoding, separator, tidy, lines)


def read_rows(table: Table) -> Iterator[TableRow]:
    """Every row that is not blank, after the header."""
    with table.path.open(encoding=table.encoding, newline="") as file:
        reader = csv.reader(file, delimiter=table.separator)
        next(reader)
        try:
            for number, cells in enumerate(reader, start=2):
                if any(cell.strip() for cell in cells):
                    yield TableRow(number, tuple(map(without_guard, cells)))
        except csv.Error:
            raise TableRefused(f"baris {reader.line_num} tidak dapat dibaca sebagai CSV") from None


def _require_regular(path: Path) -> None:
    try:
        found = os.stat(path)  # noqa: PTH116 - a path with NUL raises ValueError here too
    except (OSError, ValueError):
        raise TableRefused("bukan berkas yang dapat dibaca") from None
    if not stat.S_ISREG(found.st_mode):
        raise TableRefused("bukan berkas yang dapat dibaca")
    if found.st_size == 0:
        raise TableRefused("berkas kosong")


def _encoding(path: Path) -> tuple[str, int]:
    """The encoding of the whole file, and how many lines it has."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    is_utf8, lines = True, 0
    with path.open("rb") as file:
        start = file.read(4)
        file.seek(0)
        while chunk := file.read(_CHUNK):
            lines += chunk.count(b"\n")
            is_utf8 = is_utf8 and _decodes(decoder, chunk)
    is_utf8 = is_utf8 and _decodes(decoder, b"", is_end=True)
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16", lines
    if b"\0" in start:
        raise TableRefused("bukan berkas teks")
    return ("utf-8-sig" if is_utf8 else "cp1252"), lines


def _decodes(decoder: codecs.IncrementalDecoder, chunk: bytes, *, is_end: bool = False) -> bool:
    try:
        decoder.decode(chunk, is_end)
    except UnicodeDecodeError:
        return False
    return True
