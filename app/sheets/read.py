"""Files of tables: the format by its content, the tables in their order."""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from app.sheets.delimited import delimited_sheet
from app.sheets.flaws import SheetFlaw, SheetRefused
from app.sheets.table import Sheet
from app.sheets.workbook import opened_workbook, workbook_limits
from spatial.boundaries.sandbox import Limits

MAX_BYTES = 1024 * 2**20
MAX_WORKBOOK_BYTES = 64 * 2**20
_ARCHIVE = b"PK\x03\x04"
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"


@contextmanager
def opened_sheets(path: Path, *, limits: Limits | None = None) -> Iterator[tuple[Sheet, ...]]:
    """The tables of a CSV or XLSX file while it is open; raises SheetRefused.

    The name of the file says nothing: its content decides. `limits` bind the reading of a
    workbook; by its size when None.
    """
    with _opened(path) as file:
        start = os.pread(file.fileno(), 16, 0)
        if start.startswith(_ARCHIVE):
            size_bytes = os.fstat(file.fileno()).st_size
            if size_bytes > MAX_WORKBOOK_BYTES:
                raise SheetRefused(SheetFlaw.TOO_LARGE)
            with opened_workbook(file, limits or workbook_limits(size_bytes)) as sheets:
                yield sheets
        else:
            _require_text(start)
            yield (delimited_sheet(file),)


def _require_text(start: bytes) -> None:
    if start.startswith(_OLD_EXCEL):
        raise SheetRefused(SheetFlaw.OLD_EXCEL)
    bare = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    if bare.startswith(b"<"):
        raise SheetRefused(SheetFlaw.HTML)
    if bare.startswith((b"{", b"%PDF", b"SQLite format")):
        raise SheetRefused(SheetFlaw.NOT_A_TABLE)


@contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    try:
        # O_NONBLOCK: a named pipe would otherwise be waited for
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY)
    except (OSError, ValueError):
        raise SheetRefused(SheetFlaw.NOT_A_FILE) from None
    found = os.fstat(descriptor)
    if not stat.S_ISREG(found.st_mode):
        os.close(descriptor)
        raise SheetRefused(SheetFlaw.NOT_A_FILE)
    with os.fdopen(descriptor, "rb") as file:
        if found.st_size == 0:
            raise SheetRefused(SheetFlaw.EMPTY)
        if found.st_size > MAX_BYTES:
            raise SheetRefused(SheetFlaw.TOO_LARGE)
        yield file
