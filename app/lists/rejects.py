"""The rejects beside a list: its own columns, with row number and reason before them."""

import csv
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryFile
from typing import IO

from app.lists.beside import REJECT_COLUMNS
from app.lists.reasons import RowRejected
from app.lists.source import (
    GEOMETRY_COLUMN,
    ListBlock,
    ListSource,
    cell_text,
    shape_text,
)
from app.spreadsheets import with_guard

Reject = Callable[[ListBlock, int, RowRejected], None]


@contextmanager
def rejects_file(source: ListSource, path: Path) -> Iterator[Reject]:
    """Takes rejected rows; the file `path` appears whole at the end, and only if there are any.

    It has the columns of the list, so the same mapping reads it once its rows are corrected.
    """
    rejected = 0
    own = [GEOMETRY_COLUMN] if source.has_shapes else []
    # Without a name until it is whole: a load that is killed leaves no words of people behind.
    with (
        TemporaryFile(dir=path.parent) as whole,
        TextIOWrapper(whole, "utf-8-sig", "backslashreplace", newline="") as file,
    ):
        writer = csv.writer(file, delimiter=source.separator)
        writer.writerow([*REJECT_COLUMNS, *map(with_guard, (*source.columns, *own))])

        def reject(block: ListBlock, row: int, why: RowRejected) -> None:
            nonlocal rejected
            rejected += 1
            cells = [cell_text(column[row]) for column in block.rows.columns]
            if block.shapes is not None:
                cells.append(shape_text(block.shapes[row]))
            told = [str(block.rows.numbers[row]), why.reason.value, why.sentence]
            writer.writerow([with_guard(cell) for cell in (*told, *cells)])

        yield reject
        if rejected:
            file.flush()
            _put(whole, path)


def _put(whole: IO[bytes], path: Path) -> None:
    draft = path.with_name(f"{path.name}.{os.getpid()}.part")
    whole.seek(0)
    try:
        with draft.open("wb") as file:
            copyfileobj(whole, file)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
