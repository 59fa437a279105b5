"""The numbers counted anew in SQL over base tables: what every answer must agree with.

Takes a plain connection of the staff role, which may read the tables, and shares nothing with the
views or the index: filters are applied here by their own words.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from psycopg import Connection
from psycopg.rows import dict_row
from sqlalchemy.ext.asyncio import AsyncConnection

from app.rows import columns_of
from app.statements import load_statement
from app.usulan.filters import Filters

SUMS = ("count", "cost", "cost_known", "beneficiaries", "supporters", "unlocated")
TOLD_APART = ("category", "group", "status", "stage", "year", "funding", "channel")
USUAL = ("category", "status", "year")

Sums = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Recounted:
    """Sums of the usulan of one area that are alike in what is told apart."""

    area: str | None
    """None without a public area at the level."""
    listed: bool
    newest: bool
    values: Mapping[str, Hashable]
    """Of each column that is told apart, its value."""
    sums: Sums


def read_recount(
    connection: Connection[Any],
    city_id: int,
    level: str,
    *,
    by: Sequence[str] = USUAL,
    within: Sequence[str] = (),
) -> list[Recounted]:
    """All published usulan of a city by area of a level of the active edition, in any order.

    `by` are some of `TOLD_APART`; `within` keeps what lies in these areas or beneath.
    """
    values = {"city_id": city_id, "level": level, "by": list(by), "within": list(within) or None}
    with connection.cursor(row_factory=dict_row) as cursor:
        rows = cursor.execute(load_statement("statistics", "recount"), values).fetchall()
    return [_recounted(row, by) for row in rows]


async def recount_beside(
    connection: AsyncConnection, city_id: int, level: str, *, by: Sequence[str] = USUAL
) -> list[Recounted]:
    """The same in a transaction that reads other answers too."""
    statement = load_statement("statistics", "recount").decode()
    values = {"city_id": city_id, "level": level, "by": list(by), "within": None}
    rows = await connection.exec_driver_sql(statement, values)
    return [_recounted(dict(columns_of(row)), by) for row in rows]


def _recounted(row: Mapping[str, Any], by: Sequence[str]) -> Recounted:
    return Recounted(
        row["area"],
        row["listed"],
        row["newest"],
        {name: row["group_code" if name == "group" else name] for name in by},
        {name: int(row[name]) for name in SUMS},
    )


def recounted_sums(
    rows: Iterable[Recounted], filters: Filters, by: Sequence[str] = ()
) -> dict[tuple[Hashable, ...], Sums]:
    """Sums of a chosen set by area and then the values of `by`; only what occurs.

    KeyError for a filter or grouping that the rows do not tell apart; `area` is applied by
    `read_recount`.
    """
    totals: dict[tuple[Hashable, ...], dict[str, int]] = defaultdict(lambda: dict.fromkeys(SUMS, 0))
    for row in rows:
        if _is_meant(row, filters):
            total = totals[(row.area, *(row.values[name] for name in by))]
            for name in SUMS:
                total[name] += row.sums[name]
    return dict(totals)


def _is_meant(row: Recounted, filters: Filters) -> bool:
    """The default set leaves out drafts and their like, and without a year older records."""
    if not (row.listed or filters.status) or not (row.newest or filters.year):
        return False
    wanted = {name: getattr(filters, name) for name in TOLD_APART}
    return all(row.values[name] in values for name, values in wanted.items() if values)
