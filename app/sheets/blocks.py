"""Rows of a sheet by the thousand, turned on their side: one list of cells a column."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import cast

from app.readings.cells import Cell
from app.sheets.rows import judged_row, usual_width
from app.sheets.table import Head, Oddity, RawRow, RowKind, Sheet, SheetRow

BLOCK_ROWS = 5_000
"""Few enough for the memory; many, because each block costs some waiting of its own."""
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
        yield from _plain_blocks(sheet.read_plain(most), sheet.head)
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


def _plain_blocks(chunks: Iterable[tuple[int, list[list[str]]]], head: Head) -> Iterator[Block]:
    """As `table_rows` judges them; what is plainly all rows of the list is not looked at closer."""
    above = max(head.rows, default=0)
    state = _Above(is_first=bool(head.rows))
    for first, rows in chunks:
        columns = None
        if first > above and not state.is_first:
            columns = _plain_columns(rows, head)
        if columns is not None:
            numbers = list(range(first, first + len(rows)))
            yield Block(numbers, columns, [state.group] * len(rows))
            continue
        below = ((number, cells) for number, cells in enumerate(rows, first) if number > above)
        draft = _drafted(below, head, state)
        if draft.seen:
            yield draft.block()


@dataclass(slots=True)
class _Above:
    """What the rows read so far say of the next."""

    is_first: bool
    """Nothing below the header was read yet."""
    group: str = ""


def _plain_columns(rows: list[list[str]], head: Head) -> list[Sequence[Cell]] | None:
    """The columns of rows that are rows of the list beyond doubt; None where one may not be."""
    names = frozenset(head.columns)
    if set(map(len, rows)) != {len(head.columns)}:
        return None
    columns: list[Sequence[Cell]] = list(zip(*rows, strict=True))
    full = [column for column in columns if "" not in column]
    if len(full) < usual_width(head) or not all(map(names.isdisjoint, columns)):
        return None
    is_seen = any(all(map(str.strip, cast("Sequence[str]", column))) for column in full)
    return columns if is_seen else None


def _drafted(records: Iterable[tuple[int, list[str]]], head: Head, state: _Above) -> _Draft:
    """The same row by row."""
    width, usual, names = len(head.columns), usual_width(head), frozenset(head.columns)
    draft = _Draft(width)
    for number, cells in records:
        filled = len(cells) - cells.count("")
        if (
            filled > 2
            and len(cells) == width
            and not state.is_first
            and names.isdisjoint(cells)
            and (filled >= usual or not _SUM_WORD.search("\0".join(cells)))
            and not "".join(cells).isspace()
        ):
            draft.seen += 1
            draft.rows.append(cells)
            draft.numbers.append(number)
            draft.groups.append(state.group)
        elif filled and not "".join(cells).isspace():
            raw = RawRow(number, tuple(cell or None for cell in cells))
            row = judged_row(raw, head, group=state.group, is_first=state.is_first)
            state.group, state.is_first = row.group, False
            draft.add(row)
    return draft
