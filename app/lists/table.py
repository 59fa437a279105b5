"""A table of text from a CSV file: encoding and separator found out, rows read as a stream."""

import codecs
import csv
import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import IO

from app.spreadsheets import without_guard
from app.text import ForbiddenCharacters, tidy_line

_CHUNK = 2**20
_SEPARATORS = (",", ";", "\t", "|")
_UTF8_LETTER = re.compile("[\x80-\ud7ff\ue000-\U0010ffff]")
_FOREIGN_BYTE = re.compile("[\udc80-\udcff]")  # as the error handler surrogateescape tells it
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
    if len(header) == MOST_CELL_LETTERS:
        raise TableRefused(f"baris pertama lebih dari {MOST_CELL_LETTERS} huruf")
    separator = max(_SEPARATORS, key=header.count)
    columns = next(csv.reader([header], delimiter=separator), [])
    tidy = tuple(_column(name) for name in columns)
    if not any(tidy):
        raise TableRefused("baris pertama harus memuat nama kolom")
    if len(tidy) > MAX_COLUMNS:
        raise TableRefused(f"lebih dari {MAX_COLUMNS} kolom")
    lower = [column.lower() for column in tidy]
    twice = [column for column in tidy if column and lower.count(column.lower()) > 1]
    if twice:
        raise TableRefused(f"kolom {twice[0][:40]!r} ada lebih dari sekali")
    return Table(path, encoding, separator, tidy, lines)


def _column(name: str) -> str:
    """A name as it reads: a mark of byte order between two joined files is no part of it."""
    try:
        return tidy_line(name)
    except ForbiddenCharacters:
        raise TableRefused("nama kolom memuat karakter terlarang") from None


def read_rows(table: Table) -> Iterator[TableRow]:
    """Every row that is not blank, after the header."""
    with table.path.open(encoding=table.encoding, newline="") as file:
        reader = csv.reader(file, delimiter=table.separator)
        try:
            next(reader)
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
    with path.open("rb") as file:
        start = file.read(4)
        file.seek(0)
        lines = sum(chunk.count(b"\n") for chunk in _chunks(file))
        if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            _require_whole(file, "utf-16")
            return "utf-16", lines
        if b"\0" in start:
            raise TableRefused("bukan berkas teks")
        if _is_utf8(file):
            return "utf-8-sig", lines
        _require_whole(file, "cp1252")
    return "cp1252", lines


def _chunks(file: IO[bytes]) -> Iterator[bytes]:
    file.seek(0)
    while chunk := file.read(_CHUNK):
        yield chunk


def _is_utf8(file: IO[bytes]) -> bool:
    """Whether a text is UTF-8 and not of one byte a letter; a mixture of both is refused.

    Read as the one, the other's letters would turn into others without a word.
    """
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    lines, foreign_line, has_own = 1, 0, False
    for chunk in chain(_chunks(file), [b""]):
        text = decoder.decode(chunk, final=not chunk)
        has_own = has_own or _UTF8_LETTER.search(text) is not None
        if not foreign_line and (foreign := _FOREIGN_BYTE.search(text)):
            foreign_line = lines + text.count("\n", 0, foreign.start())
        lines += text.count("\n")
    if foreign_line and has_own:
        raise TableRefused(f"baris {foreign_line} bukan UTF-8, padahal baris lain UTF-8")
    return not foreign_line


def _require_whole(file: IO[bytes], encoding: str) -> None:
    """Every byte must be a letter in an encoding; the first line with another refuses the file."""
    decoder = codecs.getincrementaldecoder(encoding)()
    lines = 1
    for chunk in chain(_chunks(file), [b""]):
        try:
            lines += decoder.decode(chunk, not chunk).count("\n")
        except UnicodeDecodeError as error:
            lines += error.object[: error.start].count(b"\n")
            raise TableRefused(
                f"baris {lines} memuat bita yang bukan huruf; simpan ulang berkas sebagai UTF-8"
            ) from None
