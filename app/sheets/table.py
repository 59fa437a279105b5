"""What a sheet is once its header is found: columns, and rows with their own numbers."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from app.readings.cells import Cell

MAX_COLUMNS = 500


class Oddity(StrEnum):
    """What is worth telling of a file, a sheet or a row; stable words."""

    ENCODING = "encoding"
    MIXED_ENCODING = "mixed_encoding"
    SEPARATOR = "separator"
    ONE_COLUMN = "one_column"
    EMPTY_SHEET = "empty_sheet"
    HIDDEN_SHEET = "hidden_sheet"
    HIDDEN_ROWS = "hidden_rows"
    HIDDEN_COLUMNS = "hidden_columns"
    DATES_FROM_1904 = "dates_from_1904"
    TITLE_ROWS = "title_rows"
    JOINED_HEADER = "joined_header"
    NO_HEADER = "no_header"
    UNNAMED_COLUMN = "unnamed_column"
    SAME_COLUMN = "same_column"
    FORMULAS = "formulas"
    FORMULA_WITHOUT_VALUE = "formula_without_value"
    MERGED_CELLS = "merged_cells"
    LONGER_THAN_HEADER = "longer_than_header"


@dataclass(frozen=True, slots=True)
class Note:
    """One oddity, with the row it stands in, if in one, and what exactly."""

    oddity: Oddity
    row: int | None = None
    detail: str = ""


class RowKind(StrEnum):
    """What a row is; only `DATA` is one of the list, the others are told and never lost."""

    DATA = "data"
    NUMBERING = "numbering"
    HEADER_AGAIN = "header_again"
    GROUP = "group"
    TOTAL = "total"
    REMARK = "remark"


@dataclass(frozen=True, slots=True)
class RawRow:
    """A row as the file has it: its number as a spreadsheet shows it, and its cells."""

    number: int
    cells: tuple[Cell, ...]
    without_value: tuple[int, ...] = ()
    """Positions of formulas whose result was never stored."""


@dataclass(frozen=True, slots=True)
class Merge:
    """A block of merged cells; rows count from 1, columns from 0, ends included."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row of the table."""

    number: int
    cells: tuple[Cell, ...]
    """As many as the table has columns."""
    kind: RowKind = RowKind.DATA
    group: str = ""
    """Text of the grouping row above it, such as `KELURAHAN MOJO`."""
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above the rows."""

    titles: tuple[str, ...]
    columns: tuple[str, ...]
    rows: tuple[int, ...]
    """Numbers of the header's rows; none when the table has no header."""
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table of a file; its rows can be read as often as wanted while the file is open."""

    name: str
    head: Head
    notes: tuple[Note, ...]
    read_rows: Callable[[], Iterator[SheetRow]]
    read_plain: Callable[[int], Iterator[tuple[int, list[list[str]]]]] | None = None
    """Of text: at most so many records at once, from the first, nothing looked at yet; the number
    of the first of them and the cells of each."""


def column_letters(position: int) -> str:
    """The letters a spreadsheet gives a column, counted from 0: A, B, ... Z, AA."""
    letters = ""
    number = position + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
