"""The rows of a file of rejects, as `peta usulan load` writes it beside a list."""

import csv
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from itertools import islice
from pathlib import Path

from app.lists.beside import REJECT_COLUMNS
from app.spreadsheets import without_guard

_LONGEST_FIELD = 2**31 - 1


@contextmanager
def long_cells() -> Iterator[None]:
    """Cells as long as a list may have them are read meanwhile, by every reader of the program.

    For a server as long as it runs. It reads no lists itself, and their readers are programs of
    their own, which keep the limit that ends a quote that nobody closed.
    """
    before = csv.field_size_limit(_LONGEST_FIELD)
    try:
        yield
    finally:
        csv.field_size_limit(before)


def rows_of(rejects: Path) -> Generator[list[str]]:
    """Its rows with the header first, their cells as they stand.

    Cells longer than usual only within `long_cells`. Raises FileNotFoundError.
    """
    with rejects.open(encoding="utf-8-sig", newline="") as file:
        separator = file.readline()[len(REJECT_COLUMNS[0])]
        file.seek(0)
        yield from csv.reader(file, delimiter=separator)


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
