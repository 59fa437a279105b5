"""The rows of a file of rejects, as `peta usulan load` writes it beside a list."""

import csv
from collections.abc import Generator
from contextlib import closing
from itertools import islice
from pathlib import Path
from threading import Lock

from app.lists.beside import REJECT_COLUMNS
from app.spreadsheets import without_guard

_LONGEST_FIELD = 2**31 - 1
_LIMIT = Lock()


def rows_of(rejects: Path) -> Generator[list[str]]:
    """Its rows with the header first, their cells as they stand; one reader at a time."""
    # A cell may be as long as in the list. The limit is the whole program's, and goes back.
    with _LIMIT, rejects.open(encoding="utf-8-sig", newline="") as file:
        separator = file.readline()[len(REJECT_COLUMNS[0])]
        file.seek(0)
        before = csv.field_size_limit(_LONGEST_FIELD)
        try:
            yield from csv.reader(file, delimiter=separator)
        finally:
            csv.field_size_limit(before)


def read_refused(rejects: Path, *, after: int, limit: int) -> list[dict[str, object]]:
    """Number, reason and sentence of so many refused rows, past the first `after` of them.

    Nothing of the rows themselves. Raises FileNotFoundError.
    """
    with closing(rows_of(rejects)) as rows:
        found = islice(rows, 1 + after, 1 + after + limit)
        return [
            {"row": int(number), "reason": reason, "told": without_guard(told)}
            for number, reason, told, *_ in found
        ]
