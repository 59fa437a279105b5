"""A list as a file has it: spreadsheet, text or map file, told as blocks of columns."""

import codecs
import os
import stat
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Any, cast

import numpy as np
import numpy.typing as npt
import shapely

from app.areas.boundary_words import file_refusal
from app.guesses.nature import why_no_list
from app.guesses.values import Column
from app.lists.beside import REJECT_COLUMNS
from app.lists.encoding import require_one_encoding
from app.lists.mapping import FIELDS
from app.lists.refused import ListRefused
from app.readings.cells import Cell, plain
from app.sheets.blocks import BLOCK_ROWS, Block, read_blocks
from app.sheets.flaws import SheetFlaw, SheetRefused
from app.sheets.read import opened_sheets
from app.sheets.table import Note, Oddity, RowKind, Sheet, SheetRow
from app.spreadsheets import without_guard
from app.text import ForbiddenCharacters, tidy_line
from spatial.boundaries.feature import Feature
from spatial.boundaries.flaws import FileRefused
from spatial.boundaries.read import read_features

GEOMETRY_COLUMN = "geometry"
SAMPLED_ROWS = 2_000
_NO_TEXTS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"<", b"%PDF")
_MAP_FILES = (b"{", b"SQLite format 3")
_BYTES_LOOKED_AT = 2**20


Shapes = npt.NDArray[np.object_]


@dataclass(slots=True)
class ListBlock:
    """Rows of a list, with what a map file says of their places."""

    rows: Block
    shapes: Shapes | None = None
    """Geometries in degrees, None where a row has none; None for a file without geometries."""
    refused: dict[int, str] | None = None
    """Place in this block to the reason why its geometry cannot be read."""


@dataclass(frozen=True, slots=True)
class ListSource:
    """One table of an open file."""

    path: Path
    sheet: str
    columns: tuple[str, ...]
    """As the file calls them; those of a rejects file are left out."""
    titles: tuple[str, ...]
    notes: tuple[Note, ...]
    separator: str
    rows: int
    """About how many; what a progress bar counts up to."""
    has_header: bool
    has_shapes: bool
    read_blocks: Callable[[], Iterator[ListBlock]]

    def sample(self) -> list[Sequence[Cell]]:
        """The first cells of each column."""
        blocks = list(islice(self.read_blocks(), 1))
        if not blocks:
            return [() for _ in self.columns]
        return [column[:SAMPLED_ROWS] for column in blocks[0].rows.columns]


@contextmanager
def opened_list(path: Path, sheet: str | None = None) -> Iterator[ListSource]:
    """The list in a file while it is open; raises ListRefused when there is none, or several."""
    start = _start(path)
    is_map = start.removeprefix(codecs.BOM_UTF8).lstrip().startswith(_MAP_FILES)
    if not is_map and _is_text(start):  # a map file may be one line, however long
        require_one_encoding(path)
    try:
        if is_map:
            yield _of_features(path, read_features(path))
            return
        with opened_sheets(path) as sheets:
            yield _of_sheet(path, _chosen(sheets, sheet))
    except SheetRefused as refused:
        if refused.flaw is SheetFlaw.BAD_TEXT and refused.detail:
            told = f"{refused.detail} tidak dapat dibaca sebagai CSV"
            raise ListRefused(told) from None
        raise ListRefused(str(refused)) from None
    except FileRefused as refused:
        raise ListRefused(f"berkas peta tidak dapat dibaca: {file_refusal(refused)}") from None


def _start(path: Path) -> bytes:
    """The first bytes of a regular file; none of anything else."""
    try:
        # O_NONBLOCK: a named pipe would otherwise be waited for
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY)
    except (OSError, ValueError):
        return b""
    try:
        return os.pread(descriptor, 64, 0) if stat.S_ISREG(os.fstat(descriptor).st_mode) else b""
    except OSError:  # a file of the kernel's, in which nothing stands at the start
        return b""
    finally:
        os.close(descriptor)


def _is_text(start: bytes) -> bool:
    is_wide = start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return is_wide or (start != b"" and b"\0" not in start and not start.startswith(_NO_TEXTS))


def _chosen(sheets: Sequence[Sheet], wanted: str | None) -> Sheet:
    """The sheet that is asked for, or the only one that has rows."""
    if len(sheets) == 1 and (first := sheets[0].read_plain) is not None:
        wanted = None  # a text has no sheets, whatever a mapping says
        if 1 not in sheets[0].head.rows:  # of two columns of one name the row is no header
            heads = [_seen(name) for _, rows in islice(first(1), 1) for name in rows[0]]
            _require_different([name for name in heads if name.lower() in FIELDS])
    if wanted is not None:
        for sheet in sheets:
            if sheet.name.casefold() == wanted.strip().casefold():
                return sheet
        names = ", ".join(repr(sheet.name) for sheet in sheets)
        raise ListRefused(f"lembar {wanted[:40]!r} tidak ada; yang ada: {names}")
    filled = [sheet for sheet in sheets if next(iter(sheet.read_rows()), None) is not None]
    if not filled:
        raise ListRefused("tidak ada baris di bawah judul kolom")
    if len(filled) > 1:
        _require_a_list(filled)
        names = ", ".join(repr(sheet.name) for sheet in filled)
        raise ListRefused(f"ada {len(filled)} lembar berisi; pilih dengan --sheet: {names}")
    return filled[0]


def _require_a_list(sheets: Sequence[Sheet]) -> None:
    """At least one sheet may be a list of usulan; else it is told what they look like."""
    reasons = [
        why_no_list(
            [
                Column.of(name, [row.cells[place] for row in rows])
                for place, name in enumerate(sheet.head.columns)
            ],
            has_header=bool(sheet.head.rows),
        )
        for sheet in sheets
        for rows in [_first_rows(sheet)]
    ]
    if None not in reasons:
        raise ListRefused(str(reasons[0]))


def _first_rows(sheet: Sheet) -> list[SheetRow]:
    sampled = islice(sheet.read_rows(), SAMPLED_ROWS)
    return [row for row in sampled if row.kind is RowKind.DATA]


def _require_different(names: Sequence[str]) -> None:
    lower = [name.lower() for name in names]
    twice = [name for name in names if name and lower.count(name.lower()) > 1]
    if twice:
        raise ListRefused(f"kolom {twice[0][:40]!r} ada lebih dari sekali")


def _of_sheet(path: Path, sheet: Sheet) -> ListSource:
    names = tuple(map(_seen, sheet.head.columns))
    _require_different(names)
    if twice := [note.detail for note in sheet.notes if note.oddity is Oddity.SAME_COLUMN]:
        raise ListRefused(f"kolom {twice[0][:40]!r} ada lebih dari sekali")
    width = _named_width(sheet)
    kept = [place for place, name in enumerate(names[:width]) if name not in REJECT_COLUMNS]
    separators = [note.detail for note in sheet.notes if note.oddity is Oddity.SEPARATOR]

    def blocks() -> Iterator[ListBlock]:
        for block in read_blocks(sheet):
            columns = [block.columns[place] for place in kept]
            block.too_long += _beyond(block.columns[width:])
            if sheet.read_plain is not None and _may_be_guarded(columns):
                columns = [_unguarded(column) for column in columns]
            block.columns = columns
            yield ListBlock(block)

    return ListSource(
        path=path,
        sheet=sheet.name,
        columns=tuple(names[place] for place in kept),
        titles=sheet.head.titles,
        notes=sheet.notes,
        separator={"TAB": "\t"}.get(separators[0], separators[0]) if separators else ",",
        rows=_about(path) if sheet.read_plain is not None else sum(1 for _ in sheet.read_rows()),
        has_header=bool(sheet.head.rows),
        has_shapes=False,
        read_blocks=blocks,
    )


def _named_width(sheet: Sheet) -> int:
    """Columns up to the last that a text names; what stands beyond makes a row too long."""
    width = len(sheet.head.columns)
    if sheet.read_plain is None or not sheet.head.rows:
        return width
    unnamed = {note.detail for note in sheet.notes if note.oddity is Oddity.UNNAMED_COLUMN}
    while width and sheet.head.columns[width - 1] in unnamed:
        width -= 1
    return width


def _beyond(columns: Sequence[Sequence[Cell]]) -> list[int]:
    """Places of rows that have something in columns without a name."""
    return [row for row, cells in enumerate(zip(*columns, strict=True)) if any(map(plain, cells))]


def _seen(name: str) -> str:
    """A name as it reads: a mark of byte order between two joined files is no part of it."""
    try:
        return tidy_line(name)
    except ForbiddenCharacters:
        raise ListRefused("nama kolom memuat karakter terlarang") from None


def _may_be_guarded(columns: Sequence[Sequence[Cell]]) -> bool:
    """Quick look at a block of text."""
    texts = cast("Sequence[Sequence[str]]", columns)
    if any(None in column for column in columns):
        return True
    return "\0'" in "\0" + "\0".join(map("\0".join, texts))


def _unguarded(column: Sequence[Cell]) -> Sequence[Cell]:
    """Without the apostrophes that keep spreadsheets from taking a cell for a formula."""
    texts = cast("Sequence[str]", list(filter(None, column)))  # of a CSV nothing else is in it
    if "\0'" not in "\0" + "\0".join(texts):
        return column
    return [without_guard(cell) if isinstance(cell, str) else cell for cell in column]


def _about(path: Path) -> int:
    """How many rows a text has, by the lines of its first megabyte."""
    with path.open("rb") as file:
        start = file.read(_BYTES_LOOKED_AT)
    size = path.stat().st_size
    return max(1, round(start.count(b"\n") * size / max(len(start), 1)) - 1)


def _of_features(path: Path, features: Sequence[Feature]) -> ListSource:
    names: dict[str, None] = {}
    for feature in features:
        names |= dict.fromkeys(feature.properties)
    columns = tuple(name for name in names if name not in REJECT_COLUMNS)
    if not features:
        raise ListRefused("tidak ada satu pun fitur dalam berkas")

    def blocks() -> Iterator[ListBlock]:
        for start in range(0, len(features), BLOCK_ROWS):
            yield _feature_block(features[start : start + BLOCK_ROWS], columns)

    return ListSource(
        path=path,
        sheet="",
        columns=columns,
        titles=(),
        notes=(),
        separator=",",
        rows=len(features),
        has_header=True,
        has_shapes=True,
        read_blocks=blocks,
    )


def _feature_block(features: Sequence[Feature], columns: Sequence[str]) -> ListBlock:
    shapes = np.empty(len(features), dtype=object)
    shapes[:] = [feature.geometry for feature in features]
    return ListBlock(
        Block(
            numbers=[feature.row for feature in features],
            columns=[
                [_cell(feature.properties.get(name)) for feature in features] for name in columns
            ],
            groups=[""] * len(features),
            notes=Counter(),
        ),
        shapes,
        {
            place: str(feature.refusal.value)
            for place, feature in enumerate(features)
            if feature.refusal is not None
        },
    )


def _cell(value: Any) -> Cell:  # noqa: ANN401 - as JSON gives it
    if value is None or isinstance(value, str | int | float | bool | datetime | date):
        return value
    return str(value)[:2_000]


def cell_text(cell: Cell) -> str:
    """A cell as a rejects file writes it; it reads again as the same value."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "ya" if cell else "tidak"
    if isinstance(cell, float):
        return _decimal_text(cell)
    return cell.isoformat(" ") if isinstance(cell, datetime) else str(cell)


def _decimal_text(number: float) -> str:
    """With a fourth decimal where three could be read as grouped thousands."""
    if number.is_integer() and abs(number) < 1e15:
        return str(int(number))
    text = repr(number)
    return f"{text}0" if len(text.rpartition(".")[2]) == 3 and "e" not in text else text


def shape_text(shape: Any) -> str:  # noqa: ANN401 - a geometry or None
    """A geometry as a rejects file writes it."""
    return "" if shape is None else shapely.to_wkt(shape, rounding_precision=8)
