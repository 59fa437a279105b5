"""The rows below a header: which are data, which only look so, and what merged cells cover."""

import re
from collections.abc import Iterable, Iterator, Sequence

from app.readings.cells import Cell, is_filled, plain
from app.sheets.table import Head, Merge, Note, Oddity, RawRow, RowKind, SheetRow

_TOTAL = re.compile(r"(?:grand|sub)?\s?-?\s?(?:total|jumlah|jml)\b[^0-9]{0,40}", re.IGNORECASE)
_GROUP = re.compile(
    r"(?:kelurahan|kel|kecamatan|kec|desa|bidang|urusan|program|kegiatan|dusun|lingkungan|rw|rt"
    r"|[a-z]|[ivx]{1,5})\b[. :].*",
    re.IGNORECASE,
)
_NUMBERING = re.compile(r"\(?([0-9]{1,3}|[a-z])\)?(?:\s?=.*)?", re.IGNORECASE)
_WIDE = 4
"""Columns from which a row with a single word is no data."""


def table_rows(
    rows: Iterable[RawRow], head: Head, merges: Sequence[Merge] = ()
) -> Iterator[SheetRow]:
    """Rows of a sheet after its header, in order; blank ones are left out, no other is."""
    above = max(head.rows, default=0)
    spread = _Spread(merges, above)
    group, is_first = "", bool(head.rows)
    usual = usual_width(head)
    for row in rows:
        covered = spread.covering(row)
        if row.number <= above or (head.rows and row.number in head.rows):
            continue
        filled = sum(map(is_filled, row.cells))
        if not filled:
            continue
        kind = RowKind.DATA
        if is_first or filled < usual or _may_be_header(row, head):
            kind = _kind(row, head, spread.widest(row.number), is_first=is_first)
        is_first = False
        group = _words(row) if kind is RowKind.GROUP else group
        yield _row(row, head, kind, group, covered)


def usual_width(head: Head) -> float:
    """Filled cells from which a row is plainly one of the list."""
    return max(3, len(head.columns) * 0.7)


def judged_row(row: RawRow, head: Head, *, group: str, is_first: bool) -> SheetRow:
    """One row of a table without merged cells; `group` is the text of the one above it."""
    kind = RowKind.DATA
    filled = sum(map(is_filled, row.cells))
    if is_first or filled < usual_width(head) or _may_be_header(row, head):
        kind = _kind(row, head, 0, is_first=is_first)
    return _row(row, head, kind, _words(row) if kind is RowKind.GROUP else group, {})


class _Spread:
    """Values of merged cells, handed to the rows they cover."""

    def __init__(self, merges: Sequence[Merge], above: int) -> None:
        self._starting: dict[int, list[Merge]] = {}
        self._widest: dict[int, int] = {}
        for merge in merges:
            if merge.first_row > above:
                self._starting.setdefault(merge.first_row, []).append(merge)
                width = merge.last_column - merge.first_column + 1
                self._widest[merge.first_row] = max(width, self._widest.get(merge.first_row, 0))
        self._open: list[tuple[Merge, Cell]] = []

    def widest(self, row: int) -> int:
        return self._widest.get(row, 0)

    def covering(self, row: RawRow) -> dict[int, Cell]:
        """Position to the value of the merged cell that reaches down to this row."""
        self._open = [(merge, cell) for merge, cell in self._open if merge.last_row >= row.number]
        covered = {
            merge.first_column: cell
            for merge, cell in self._open
            if not plain(_at(row.cells, merge.first_column))
        }
        for merge in self._starting.get(row.number, ()):
            if merge.last_row > merge.first_row:
                self._open.append((merge, _at(row.cells, merge.first_column)))
        return covered


def _row(row: RawRow, head: Head, kind: RowKind, group: str, covered: dict[int, Cell]) -> SheetRow:
    width = len(head.columns)
    cells = [*row.cells[:width], *[None] * (width - len(row.cells))]
    notes = [
        Note(Oddity.FORMULA_WITHOUT_VALUE, row.number, head.columns[position])
        for position in row.without_value
        if position < width
    ]
    if any(map(is_filled, row.cells[width:])):
        notes.append(Note(Oddity.LONGER_THAN_HEADER, row.number))
    if kind is RowKind.DATA:
        for position, cell in covered.items():
            if position < width and plain(cell):
                cells[position] = cell
                notes.append(Note(Oddity.MERGED_CELLS, row.number, head.columns[position]))
    return SheetRow(row.number, tuple(cells), kind, group, tuple(notes))


def _kind(row: RawRow, head: Head, merged_width: int, *, is_first: bool) -> RowKind:
    texts = [plain(cell) for cell in row.cells]
    filled = [text for text in texts if text]
    if _is_header_again(texts, head):
        return RowKind.HEADER_AGAIN
    if is_first and _is_numbering(texts):
        return RowKind.NUMBERING
    if _is_total(row, head, len(filled)):
        return RowKind.TOTAL
    if len(head.columns) >= _WIDE and len(filled) <= 2:
        return _sparse_kind(row, filled, merged_width)
    return RowKind.DATA


def _may_be_header(row: RawRow, head: Head) -> bool:
    """Quick look: whether its first cell stands in the header too."""
    first = row.cells[0]
    return isinstance(first, str) and first.strip().casefold() == head.columns[0].casefold()


def _sparse_kind(row: RawRow, filled: Sequence[str], merged_width: int) -> RowKind:
    """Of a row with one or two cells in a wide table."""
    words = " ".join(filled)
    is_leading = bool(plain(_at(row.cells, 0)) or plain(_at(row.cells, 1)))
    if is_leading and (merged_width > 2 or _GROUP.fullmatch(words)) and not words.isdigit():
        return RowKind.GROUP
    return RowKind.REMARK if len(filled) == 1 else RowKind.DATA


def _is_header_again(texts: Sequence[str], head: Head) -> bool:
    filled = [(position, text) for position, text in enumerate(texts) if text]
    named = sum(
        text.casefold() in head.columns[position].casefold().split(" / ")
        for position, text in filled
        if position < len(head.columns)
    )
    return len(filled) > 1 and named == len(filled)


def _is_numbering(texts: Sequence[str]) -> bool:
    """Columns numbered beneath the header, `1 2 3` or `(1) (2) (3)`, each in its place."""
    filled = [text for text in texts if text]
    if len(filled) < 3 or not all(_NUMBERING.fullmatch(text) for text in filled):
        return False
    numbers = [text.split("=")[0].strip("() ") for text in filled]
    if all(number.isdigit() for number in numbers):
        return [int(number) for number in numbers] == list(range(1, len(numbers) + 1))
    return [number.casefold() for number in numbers] == [chr(97 + n) for n in range(len(numbers))]


def _is_total(row: RawRow, head: Head, filled: int) -> bool:
    """A word for a sum, with hardly another word beside it."""
    words = [plain(cell) for cell in row.cells if isinstance(cell, str) and plain(cell)]
    words = [word for word in words if not word.replace(".", "").replace(",", "").isdigit()]
    return (
        len(head.columns) > 2
        and 1 <= len(words) <= 2
        and any(map(_TOTAL.fullmatch, words))
        and (len(words) < filled or filled == 1)
    )


def _words(row: RawRow) -> str:
    return " ".join(text for cell in row.cells if (text := plain(cell)))


def _at(cells: Sequence[Cell], position: int) -> Cell:
    return cells[position] if position < len(cells) else None
