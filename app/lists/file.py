"""A list from disk to the database, with the rejects beside it."""

import csv
import os
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from psycopg import Connection

from app.cities.service import KnownCity
from app.lists.cells import RowRejected
from app.lists.load import ListLoader, Reject, read_category_rules
from app.lists.mapping import ListMapping, column_numbers
from app.lists.places import read_city_areas
from app.lists.rows import ListRules
from app.lists.table import Table, TableRow, read_rows
from app.spreadsheets import with_guard
from app.statements import load_statement

REJECT_COLUMNS = ("_baris", "_kode_alasan", "_alasan")


class ListRefused(ValueError):
    """A list of which nothing can be loaded; with the report, where it was read."""

    def __init__(self, reason: str, report: dict[str, Any] | None = None) -> None:
        super().__init__(reason)
        self.report = report


@dataclass(frozen=True, slots=True, kw_only=True)
class ListFile:
    """A file, and what its owner says of it."""

    table: Table
    mapping: ListMapping
    year: int | None
    refuse_none: bool = False
    """Load nothing when a single row is rejected."""


def load_list_file(
    connection: Connection,
    city: KnownCity,
    listed: ListFile,
    *,
    now: datetime,
    progress: Callable[[int], None],
) -> dict[str, Any]:
    """Load a list and write its rejects; the report. The caller commits, or does not.

    Raises ListRefused, TableRefused or MappingRefused; nothing is stored then.
    """
    # Before the areas are read: another edition may be about to become the active one.
    connection.execute(load_statement("usulan", "lock_statistics"))
    areas = read_city_areas(connection, city.city_id)
    if areas is None:
        raise ListRefused(
            f"{city.name} belum punya batas wilayah; muat dengan: peta boundaries load"
        )
    rules = ListRules(
        categories=read_category_rules(connection),
        zone=ZoneInfo(city.time_zone),
        year=listed.year,
        now=now,
        mapping=listed.mapping,
        numbers=column_numbers(listed.mapping, listed.table.columns),
        columns=len(listed.table.columns),
    )
    rejects = Path(f"{listed.table.path}.rejected.csv")
    with _rejects_file(rejects, listed.table) as reject:
        loader = ListLoader(
            connection, city.city_id, areas, rules, rng=random.SystemRandom(), reject=reject
        )
        found = loader.load(read_rows(listed.table), progress=progress)
    report = {
        **asdict(found),
        "city": city.code,
        "rejects_file": str(rejects) if found.rejected else None,
        "unused_columns": _unused(listed.table, rules),
    }
    if listed.refuse_none and found.rejected:
        raise ListRefused(
            f"{found.rejected} dari {found.read} baris ditolak; lihat {rejects.name}", report
        )
    return report


def _unused(table: Table, rules: ListRules) -> list[str]:
    used = set(rules.numbers.values())
    return [
        column
        for number, column in enumerate(table.columns)
        if number not in used and column not in REJECT_COLUMNS
    ]


@contextmanager
def _rejects_file(path: Path, table: Table) -> Iterator[Reject]:
    """Collects rejected rows; the file appears whole at the end, and only if there are any."""
    kept = [number for number, column in enumerate(table.columns) if column not in REJECT_COLUMNS]
    draft = path.with_name(f"{path.name}.{os.getpid()}.part")
    rejected = 0
    try:
        with draft.open("w", encoding="utf-8-sig", errors="backslashreplace", newline="") as file:
            writer = csv.writer(file, delimiter=table.separator)
            writer.writerow([*REJECT_COLUMNS, *(with_guard(table.columns[n]) for n in kept)])

            def reject(row: TableRow, why: RowRejected) -> None:
                nonlocal rejected
                rejected += 1
                cells = [row.cells[n] if n < len(row.cells) else "" for n in kept]
                told = [str(row.number), why.reason.value, why.sentence]
                writer.writerow([with_guard(cell) for cell in (*told, *cells)])

            yield reject
        if rejected:
            draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
