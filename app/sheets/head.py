"""Where the header of a table is, what stands above it, and what its columns are called."""

import re
from collections import Counter
from collections.abc import Sequence
from statistics import median

from app.readings.cells import Cell, plain
from app.sheets.table import Head, Merge, Note, Oddity, RawRow, column_letters

LOOKED_AT = 60
"""Rows in which a header must show."""
LONGEST_NAME = 80
_HIGHEST_HEADER = 4
_NUMBER = re.compile(r"[-+(]?(?:rp\.?\s*)?[0-9][0-9.,]*\)?%?", re.IGNORECASE)
_PLANNING_YEAR = re.compile(r"20[0-9]{2}")


def find_head(rows: Sequence[RawRow], merges: Sequence[Merge]) -> Head:
    """The header among the first rows of a sheet; columns get letters when there is none."""
    looked_at = [row for row in rows if any(plain(cell) for cell in row.cells)][:LOOKED_AT]
    width = max((_width(row) for row in looked_at), default=0)
    usual = median(_filled(row, merges) for row in looked_at) if looked_at else 0
    for position, row in enumerate(looked_at):
        block = _block(looked_at[position:], merges, usual)
        if block is not None:
            titles = [text for above in looked_at[:position] if (text := _title(above))]
            return _named(block, titles, width, merges)
        if _has_numbers(row) and _filled(row, merges) >= usual * 0.6:
            break  # the table has begun without one
    letters = tuple(column_letters(position) for position in range(width))
    return Head((), letters, (), (Note(Oddity.NO_HEADER),) if looked_at else ())


def _block(
    rows: Sequence[RawRow], merges: Sequence[Merge], usual: float
) -> Sequence[RawRow] | None:
    """The rows of the header when the first of these begins it."""
    first = rows[0]
    if not _is_header_like(first):
        return None
    height = _merged_height(first, merges)
    if height == 1 and len(rows) > 1 and _completes(rows[1], first):
        height = 2
    block = [row for row in rows if row.number < first.number + height]
    filled = {position for row in block for position in _positions(row, merges)}
    if len(filled) < max(2, usual * 0.6) or not all(map(_is_text_only, block)):
        return None
    return None if _repeats_below(first, rows[len(block) :]) else block


def _is_header_like(row: RawRow) -> bool:
    texts = [text for cell in row.cells if (text := plain(cell))]
    needed = 2 if _width(row) <= 3 else 3
    return (
        len(texts) >= needed
        and len(set(texts)) > 1
        and _is_text_only(row)
        and all(len(text) <= LONGEST_NAME for text in texts)
    )


def _is_text_only(row: RawRow) -> bool:
    return not _has_numbers(row)


def _has_numbers(row: RawRow) -> bool:
    """Whether any cell is a value; a header may name planning years."""
    texts = [plain(cell) for cell in row.cells if not isinstance(cell, str) and cell is not None]
    texts += [
        cell for cell in row.cells if isinstance(cell, str) and _NUMBER.fullmatch(cell.strip())
    ]
    return any(not _PLANNING_YEAR.fullmatch(text) for text in texts)


def _merged_height(row: RawRow, merges: Sequence[Merge]) -> int:
    """Rows from this one that its merged cells bind together; blocks to its right need two."""
    own = [merge for merge in merges if merge.first_row == row.number]
    tallest = max((merge.last_row for merge in own), default=row.number) - row.number + 1
    return tallest if tallest <= _HIGHEST_HEADER else 1


def _completes(below: RawRow, above: RawRow) -> bool:
    """Whether a row of words stands only where the row above left gaps, or under its last word."""
    filled_above, filled_below = set(_own_positions(above)), set(_own_positions(below))
    if not filled_below or not _is_text_only(below):
        return False
    # A text file does not say how far the last group of a header reaches: the row below does.
    width = max(_width(above), _width(below))
    gaps = set(range(min(filled_above), width)) - filled_above
    starts = {position - 1 for position in gaps}
    is_remark = min(filled_below) >= _width(above)
    return bool(filled_below & gaps) and filled_below <= gaps | starts and not is_remark


def _repeats_below(row: RawRow, below: Sequence[RawRow]) -> bool:
    """Whether a third of its words are values of the rows below: then it is one of them."""
    again = 0
    texts = [(position, text) for position, cell in enumerate(row.cells) if (text := plain(cell))]
    for position, text in texts:
        column = (plain(other.cells[position]) for other in below if position < len(other.cells))
        again += text in column
    return again * 3 >= len(texts) and not _is_shouted_again(row, below)


def _is_shouted_again(row: RawRow, below: Sequence[RawRow]) -> bool:
    """Whether the whole row stands again below, as on every printed page."""
    return any(row.cells == other.cells for other in below)


def _named(
    block: Sequence[RawRow], titles: Sequence[str], width: int, merges: Sequence[Merge]
) -> Head:
    names = [_name(position, block, merges) for position in range(width)]
    notes = [Note(Oddity.TITLE_ROWS, detail=str(len(titles)))] if titles else []
    if len(block) > 1:
        notes.append(Note(Oddity.JOINED_HEADER, block[0].number, f"{len(block)} baris"))
    columns: list[str] = []
    times = Counter[str]()
    for position, name in enumerate(names):
        if not name:
            notes.append(Note(Oddity.UNNAMED_COLUMN, detail=column_letters(position)))
        own = name or column_letters(position)
        times[own.casefold()] += 1
        if times[own.casefold()] > 1:
            notes.append(Note(Oddity.SAME_COLUMN, detail=own))
            own = f"{own} ({times[own.casefold()]})"
        columns.append(own)
    return Head(tuple(titles), tuple(columns), tuple(row.number for row in block), tuple(notes))


def _name(position: int, block: Sequence[RawRow], merges: Sequence[Merge]) -> str:
    parts: list[str] = []
    for level, row in enumerate(block):
        text = plain(_cell(row, _anchor_column(row, position, merges)))
        if not text and level < len(block) - 1:
            text = _inherited(position, row, block[level + 1 :])
        if text and (not parts or parts[-1] != text):
            parts.append(text)
    return " / ".join(parts)


def _anchor_column(row: RawRow, position: int, merges: Sequence[Merge]) -> int:
    for merge in merges:
        if merge.first_row == row.number and merge.first_column <= position <= merge.last_column:
            return merge.first_column
    return position


def _inherited(position: int, row: RawRow, below: Sequence[RawRow]) -> str:
    """The word to the left that a gap belongs to, when a word stands beneath the gap."""
    if not any(plain(_cell(lower, position)) for lower in below):
        return ""
    left = [plain(_cell(row, other)) for other in range(position, -1, -1)]
    return next((text for text in left if text), "")


def _positions(row: RawRow, merges: Sequence[Merge]) -> set[int]:
    """Columns that a row fills, merged cells with their whole width."""
    covered = {
        position
        for merge in merges
        if merge.first_row <= row.number <= merge.last_row
        for position in range(merge.first_column, min(merge.last_column, 500) + 1)
    }
    return covered | set(_own_positions(row))


def _own_positions(row: RawRow) -> list[int]:
    return [position for position, cell in enumerate(row.cells) if plain(cell)]


def _filled(row: RawRow, merges: Sequence[Merge]) -> int:
    return len(_positions(row, merges))


def _width(row: RawRow) -> int:
    return max(_own_positions(row), default=-1) + 1


def _cell(row: RawRow, position: int) -> Cell:
    return row.cells[position] if position < len(row.cells) else None


def _title(row: RawRow) -> str:
    return " ".join(text for cell in row.cells if (text := plain(cell)))
