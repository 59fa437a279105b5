"""Rows of a sheet by the thousand, turned on their side: one list of cells a column."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from app.readings.cells import Cell
from app.sheets.rows import judged_row, usual_width
from app.sheets.table import Head, Oddity, RawRow, RowKind, Sheet, SheetRow

BLOCK_ROWS = 2_500
"""Few enough that reading, placing and storing go on beside each other from early on."""
_SUM_WORD = re.compile(r"total|jumlah|jml", re.IGNORECASE)


@dataclass(slots=True)
class Block:
    """Some rows of a list, in order; rows of other kinds are only counted."""

    numbers: list[int]
    """As a spreadsheet shows them."""
    columns: list[Sequence[Cell]]
    """As many as the table has columns, each as long as `numbers`."""
    groups: list[str]
    """The grouping row above each row; empty where there is none."""
    too_long: list[int] = field(default_factory=list)
    """Places in this block of rows with more cells than the table has columns."""
    others: Counter[RowKind] = field(default_factory=Counter)
    """Rows in between that are none of the list."""
    notes: Counter[Oddity] = field(default_factory=Counter)


def read_blocks(sheet: Sheet, most: int = BLOCK_ROWS) -> Iterator[Block]:
    """The rows of a sheet in blocks of at most so many, those of other kinds included."""
    if sheet.read_plain is not None:
        yield from _plain_blocks(sheet.read_plain(), sheet.head, most)
        return
    remaining = sheet.read_rows()
    while chunk := list(islice(remaining, most)):
        draft = _Draft(len(sheet.head.columns))
        for row in chunk:
            draft.add(row)
        yield draft.block()


class _Draft:
    """A block being filled."""

    def __init__(self, width: int) -> None:
        self._width = width
        self.seen = 0
        self.rows: list[Sequence[Cell]] = []
        self.numbers: list[int] = []
        self.groups: list[str] = []
        self._too_long: list[int] = []
        self._others: Counter[RowKind] = Counter()
        self._notes: Counter[Oddity] = Counter()

    def add(self, row: SheetRow) -> None:
        self.seen += 1
        if row.kind is not RowKind.DATA:
            self._others[row.kind] += 1
            return
        for note in row.notes:
            self._notes[note.oddity] += 1
            if note.oddity is Oddity.LONGER_THAN_HEADER:
                self._too_long.append(len(self.rows))
        self.rows.append(row.cells)
        self.numbers.append(row.number)
        self.groups.append(row.group)

    def block(self) -> Block:
        columns: list[Sequence[Cell]] = [() for _ in range(self._width)]
        if self.rows:
            columns = list(zip(*self.rows, strict=True))
        return Block(self.numbers, columns, self.groups, self._too_long, self._others, self._notes)


def _plain_blocks(
    records: Iterable[tuple[int, list[str]]], head: Head, most: int
) -> Iterator[Block]:
    """As `table_rows` judges them; what is plainly a row of the list is not looked at closer."""
    above, width = max(head.rows, default=0), len(head.columns)
    usual, names = usual_width(head), frozenset(head.columns)
    draft, group, is_first = _Draft(width), "", bool(head.rows)
    for number, cells in records:
        if number <= above:
            continue
        filled = len(cells) - cells.count("")
        if (
            filled > 2
            and len(cells) == width
            and not is_first
            and names.isdisjoint(cells)
            and (filled >= usual or not _SUM_WORD.search("\0".join(cells)))
            and not "".join(cells).isspace()
        ):
            draft.seen += 1
            draft.rows.append(cells)
            draft.numbers.append(number)
            draft.groups.append(group)
        elif filled and not "".join(cells).isspace():
            raw = RawRow(number, tuple(cell or None for cell in cells))
            row = judged_row(raw, head, group=group, is_first=is_first)
            group, is_first = row.group, False
            draft.add(row)
        if draft.seen >= most:
            yield draft.block()
            draft = _Draft(width)
    if draft.seen:
        yield draft.block()
