"""XLSX files as sheets; the reading happens in a process of its own, with limits."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import date, datetime, time
from itertools import islice
from typing import IO, Any

import orjson

from app.readings.cells import Cell
from app.sheets.flaws import SheetFlaw, SheetRefused
from app.sheets.head import LOOKED_AT, find_head
from app.sheets.rows import table_rows
from app.sheets.structure import FIRST_CELLS
from app.sheets.table import (
    Head,
    Merge,
    Note,
    Oddity,
    RawRow,
    Sheet,
    SheetRow,
    column_letters,
)
from spatial.boundaries.flaws import FileFlaw, FileRefused
from spatial.boundaries.sandbox import Limits, run_program

_KINDS: dict[str, Callable[[str], Cell]] = {
    "datetime": datetime.fromisoformat,
    "date": date.fromisoformat,
    "time": time.fromisoformat,
}
_OUT_OF_BOUNDS = (FileFlaw.TOO_MUCH_MEMORY, FileFlaw.TOO_MUCH_TIME, FileFlaw.TOO_LARGE)


def workbook_limits(size_bytes: int) -> Limits:
    """Ten seconds for a small file and twenty for each megabyte, which packs about ten of XML."""
    megabytes = size_bytes // 2**20
    return Limits(
        memory_bytes=min(640 + 64 * megabytes, 1_800) * 2**20,
        seconds=min(10 + 20 * megabytes, 600),
        answer_bytes=(32 + 16 * megabytes) * 2**20,
    )


@contextmanager
def opened_workbook(file: IO[bytes], limits: Limits) -> Iterator[tuple[Sheet, ...]]:
    """Every sheet of a workbook, empty and hidden ones too; raises SheetRefused."""
    with ExitStack() as stack:
        try:
            answer = stack.enter_context(run_program(("app.sheets.reader", "xlsx"), file, limits))
        except FileRefused as refused:
            is_limit = refused.flaw in _OUT_OF_BOUNDS
            raise SheetRefused(
                SheetFlaw.TOO_MUCH if is_limit else SheetFlaw.READER_FAILED
            ) from None
        yield tuple(_sheets(answer))


def _sheets(answer: IO[bytes]) -> list[Sheet]:
    found = []
    while line := answer.readline():
        told = orjson.loads(line)
        if isinstance(told, dict):
            if "flaw" in told:
                raise SheetRefused(SheetFlaw(told["flaw"]), told["detail"])
            found.append((told, answer.tell()))
    if not found:
        raise SheetRefused(SheetFlaw.EMPTY)
    return [_sheet(answer, told, start) for told, start in found]


def _sheet(answer: IO[bytes], told: dict[str, Any], start: int) -> Sheet:
    merges = [Merge(*numbers) for numbers in told["merges"]]
    head = find_head(list(islice(_raw_rows(answer, start), LOOKED_AT)), merges)

    def read_rows() -> Iterator[SheetRow]:
        return table_rows(_raw_rows(answer, start), head, merges)

    return Sheet(told["sheet"], head, tuple(_notes(told, head)), read_rows)


def _notes(told: dict[str, Any], head: Head) -> Iterator[Note]:
    if not head.columns:
        yield Note(Oddity.EMPTY_SHEET)
    for is_so, oddity in (
        (told["hidden"], Oddity.HIDDEN_SHEET),
        (told["from_1904"], Oddity.DATES_FROM_1904),
    ):
        if is_so:
            yield Note(oddity)
    for count, oddity in (
        (told["hidden_rows"], Oddity.HIDDEN_ROWS),
        (told["hidden_columns"], Oddity.HIDDEN_COLUMNS),
    ):
        if count:
            yield Note(oddity, detail=str(count))
    blocks = [
        f"{_reference(*merge[:2])}:{_reference(*merge[2:])}" for merge in sorted(told["merges"])
    ]
    yield from _counted(Oddity.FORMULAS, told["formulas"], told["first_formulas"])
    yield from _counted(
        Oddity.FORMULA_WITHOUT_VALUE, told["without_value"], told["first_without_value"]
    )
    if blocks:
        yield Note(Oddity.MERGED_CELLS, detail=_count_and_first(len(blocks), blocks))
    yield from head.notes


def _counted(oddity: Oddity, count: int, cells: Sequence[Sequence[int]]) -> Iterator[Note]:
    if count:
        first = [_reference(*cell) for cell in cells[:FIRST_CELLS]]
        yield Note(oddity, detail=_count_and_first(count, first))


def _count_and_first(count: int, names: Sequence[str]) -> str:
    """How many, and the first of them as a spreadsheet calls them: `12 (E5, E6, E7, ...)`."""
    more = ", ..." if count > FIRST_CELLS else ""
    return f"{count} ({', '.join(names[:FIRST_CELLS])}{more})"


def _reference(row: int, column: int) -> str:
    return f"{column_letters(column)}{row}"


def _raw_rows(answer: IO[bytes], start: int) -> Iterator[RawRow]:
    """Rows from a place in the answer to the next sheet; several readers do not disturb another."""
    place = start
    while True:
        answer.seek(place)
        lines = answer.readlines(2**20)
        place = answer.tell()
        for line in lines:
            if line.startswith(b"{"):
                return
            number, cells, missing = orjson.loads(line)
            yield RawRow(number, tuple(map(_cell, cells)), tuple(missing))
        if not lines:
            return


def _cell(told: Cell | dict[str, str]) -> Cell:
    if isinstance(told, dict):
        ((kind, text),) = told.items()
        return _KINDS[kind](text)
    return told


def rows_of(sheet: Sheet, most: int) -> Sequence[SheetRow]:
    """The first rows of a sheet, of whatever kind."""
    return list(islice(sheet.read_rows(), most))
