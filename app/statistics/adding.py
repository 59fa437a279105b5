"""The chosen set, added up per area."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from app.areas.placing import active_edition
from app.areas.queries import find_area, read_chain
from app.areas.shapes import rounded
from app.errors import NotFound
from app.rows import AnyRow, columns_of
from app.statistics.queries import (
    read_counts_by_status,
    read_rows,
    read_rows_with_zeros,
    read_totals,
)
from app.statistics.schemas import StatsQuery
from app.usulan.queries import count_matched
from app.usulan.selection import Chosen


async def add_up(
    connection: AsyncConnection, chosen: Chosen, query: StatsQuery, *, now: datetime
) -> dict[str, Any]:
    """Rows per area (and grouping), what is in none of them, and what has no position."""
    by = tuple(dict.fromkeys(query.by))
    matched = await count_matched(connection, chosen.conditions)
    rows = await _rows(connection, chosen, query.level, by)
    return {
        "rows": [_row(row, by, chosen.filters.year) for row in rows],
        "unassigned": matched.number - sum(columns_of(row)["count"] for row in rows),
        "unlocated": matched.unlocated,
        "numberMatched": matched.number,
        "as_of": now.isoformat(timespec="milliseconds"),
        "edition": chosen.city.edition,
    }


async def _rows(
    connection: AsyncConnection, chosen: Chosen, level: str, by: Sequence[str]
) -> Sequence[AnyRow]:
    where: dict[str, Any] = {
        "city_id": chosen.city.city_id,
        "edition_id": active_edition(chosen.city),
        "level": level,
    }
    if by:
        return await read_rows(connection, chosen.conditions, by=by, **where)
    return await read_rows_with_zeros(
        connection, chosen.conditions, within=chosen.filters.area, **where
    )


def _row(row: AnyRow, by: Sequence[str], years: Sequence[int]) -> dict[str, Any]:
    found = columns_of(row)
    one_year = len(years) == 1 or "year" in by
    return {
        "area": row.area,
        "name": row.name,
        "level": row.level,
        **{name: found[name] for name in by},
        **_sums(row),
        "per_1000": per_1000(found["count"], row.population) if one_year else None,
        "population": row.population,
        "households": row.households,
    }


def _sums(row: AnyRow) -> dict[str, int]:
    names = ("count", "cost", "cost_known", "beneficiaries", "supporters")
    return {name: int(columns_of(row)[name]) for name in names}


def per_1000(count: int, population: int | None) -> float | None:
    """Usulan of one year per 1,000 inhabitants; None where nobody is known to live."""
    return round(1000 * count / population, 2) if population else None


async def describe_area(connection: AsyncConnection, chosen: Chosen, code: str) -> dict[str, Any]:
    """One area of the active edition with the totals of the chosen set in it."""
    area = await find_area(connection, chosen.city, code)
    if area is None:
        raise NotFound
    chain = await read_chain(connection, chosen.city.city_id, area.edition_id, code)
    return {
        "code": code,
        "name": area.name,
        "level": area.level,
        "edition": chosen.city.edition,
        "parents": chain[:-1],
        "population": area.population,
        "households": area.households,
        "area_km2": rounded(area.area_km2),
        "totals": await _totals(connection, chosen.within(code), area.population),
    }


async def _totals(
    connection: AsyncConnection, chosen: Chosen, population: int | None
) -> dict[str, Any]:
    row = await read_totals(connection, chosen.conditions)
    count = columns_of(row)["count"]
    one_year = len(chosen.filters.year) == 1
    return {
        **_sums(row),
        "per_1000": per_1000(count, population) if one_year else None,
        "unlocated": row.unlocated,
        "by_status": await read_counts_by_status(connection, chosen.conditions),
    }
