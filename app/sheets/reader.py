"""The program that reads one XLSX file from its standard input and answers in lines of JSON.

A line is a sheet (an object), a row of the last sheet (a list), or the reason against the file
(an object with `flaw`, the last line). Only `app.sheets.workbook` starts this program.
"""

import os
import re
import struct
import sys
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from io import BytesIO
from itertools import islice
from typing import IO, Any
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile, ZipFile

import orjson
from openpyxl import Workbook
from openpyxl.reader.excel import ExcelReader
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet._read_only import ReadOnlyWorksheet

from app.sheets.archive import require_harmless
from app.sheets.flaws import SheetFlaw, SheetRefused
from app.sheets.structure import FIRST_CELLS, Structure, read_structure
from app.sheets.table import MAX_COLUMNS
from spatial.boundaries.sandbox import OUT_OF_MEMORY, Limits, limit_this_process

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
# What openpyxl raises over content that is XML but no workbook; it has no class of its own.
_MISREAD = (KeyError, ValueError, TypeError, AttributeError, IndexError, OverflowError)


def main() -> None:
    """Read standard input, write lines to standard output, end."""
    _, *numbers = sys.argv[1:]
    limit_this_process(Limits(*map(int, numbers)))
    try:
        write_answer(sys.stdin.buffer.read(), sys.stdout.buffer)
        sys.stdout.buffer.flush()
    except (MemoryError, RecursionError):
        os._exit(OUT_OF_MEMORY)


def write_answer(content: bytes, answer: IO[bytes]) -> None:
    """Lines of every sheet of a workbook, or of the reason against it."""
    try:
        for told in _told(content):
            answer.write(orjson.dumps(told) + b"\n")
    except SheetRefused as refused:
        answer.write(orjson.dumps({"flaw": refused.flaw, "detail": refused.detail}) + b"\n")


def _told(content: bytes) -> Iterator[Any]:
    try:
        with ZipFile(BytesIO(content)) as archive:
            require_harmless(archive, len(content))
            yield from _sheets(content, archive)
    except SheetRefused:
        raise
    except (BadZipFile, EOFError, NotImplementedError, struct.error, zlib.error):
        raise SheetRefused(SheetFlaw.BAD_ARCHIVE) from None
    except (ParseError, InvalidFileException, *_MISREAD):
        raise SheetRefused(SheetFlaw.BAD_XML) from None


def _sheets(content: bytes, archive: ZipFile) -> Iterator[Any]:
    book = _opened_book(content)
    for sheet in book.worksheets:
        # The path of its XML: openpyxl follows the relations, and tells them nowhere else.
        with archive.open(sheet._worksheet_path) as file:  # noqa: SLF001
            structure = read_structure(file)
        blank = (
            (row, column) for row, columns in structure.without_value.items() for column in columns
        )
        yield {
            "sheet": sheet.title,
            "hidden": sheet.sheet_state != "visible",
            "from_1904": book.epoch.year == 1904,
            "formulas": structure.formulas,
            "first_formulas": structure.first_formulas,
            "without_value": sum(map(len, structure.without_value.values())),
            "first_without_value": list(islice(blank, FIRST_CELLS)),
            "hidden_rows": structure.hidden_rows,
            "hidden_columns": structure.hidden_columns,
            "merges": [
                [merge.first_row, merge.first_column, merge.last_row, merge.last_column]
                for merge in structure.merges
            ],
        }
        yield from _rows(sheet, structure)


def _opened_book(content: bytes) -> Workbook:
    """The workbook with all the sheets that it names; openpyxl leaves out what it cannot find."""
    opening = ExcelReader(BytesIO(content), read_only=True, data_only=True, keep_links=False)
    opening.read()
    there = set(opening.wb.sheetnames)
    missing = [sheet.name for sheet in opening.parser.sheets if sheet.name not in there]
    if missing:
        raise SheetRefused(SheetFlaw.SHEET_MISSING, ", ".join(map(str, missing[:5])))
    return opening.wb


def _rows(sheet: ReadOnlyWorksheet, structure: Structure) -> Iterator[list[Any]]:
    sheet.reset_dimensions()  # what the file says of its own size may be wrong, or a trap
    for number, values in enumerate(sheet.iter_rows(values_only=True), start=1):
        cells = [_cell(value) for value in values]
        while cells and cells[-1] in (None, ""):
            cells.pop()
        if len(cells) > MAX_COLUMNS:
            raise SheetRefused(SheetFlaw.TOO_MANY_COLUMNS)
        missing = structure.without_value.get(number, [])
        if cells or missing:
            yield [number, cells, missing]


def _cell(value: Any) -> Any:  # noqa: ANN401 - as openpyxl gives it
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, datetime | date | time):
        return {type(value).__name__: value.isoformat()}
    if isinstance(value, timedelta):
        return str(value)
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) >= 2**53:
        return str(value)
    return value if isinstance(value, bool | int | float) or value is None else str(value)


def _text(value: str) -> str:
    """Text with the escapes of control characters undone; lone surrogates are replaced."""
    if "_x" in value:
        value = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), value)
    return value.encode("utf-8", "replace").decode("utf-8")


if __name__ == "__main__":
    main()
