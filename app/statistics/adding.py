"""The chosen set, added up per area."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from app.areas.placing import active_edition
from app.areas.queries import find_area, read_chain
from app.areas.shapes import rounded
from app.errors import NotFound
from app.resident.queries import GroundArea
from app.rows import AnyRow, columns_of
from app.statistics.counting import SUMS, counted_rows, whole_sums
from app.statistics.queries import (
    read_counts_by_status,
    read_rows,
    read_rows_with_zeros,
    read_totals,
)
from app.statistics.schemas import StatsQuery
from app.usulan.indexed import Indexed
from app.usulan.matched import count_chosen
from app.usulan.selection import Chosen


async def add_up(
    connection: AsyncConnection, chosen: Chosen, query: StatsQuery, *, now: datetime
) -> dict[str, Any]:
    """Rows per area (and grouping), what is in none of them, and what has no position."""
    by = tuple(dict.fromkeys(query.by))
    matched = await count_chosen(connection, chosen)
    rows = await _rows(connection, chosen, query.level, by)
    return {
        "rows": rows,
        "unassigned": matched.number - sum(row["count"] for row in rows),
        "unlocated": matched.unlocated,
        "numberMatched": matched.number,
        "as_of": chosen.as_of(now).isoformat(timespec="milliseconds"),
        "edition": chosen.city.edition,
    }


async def _rows(
    connection: AsyncConnection, chosen: Chosen, level: str, by: tuple[str, ...]
) -> list[dict[str, Any]]:
    where: dict[str, Any] = {
        "city_id": chosen.city.city_id,
        "edition_id": active_edition(chosen.city),
        "level": level,
    }
    within = chosen.filters.area
    if chosen.indexed is not None:
        rows = _rows_of_index(chosen.indexed, level, by, within)
    elif by:
        found = await read_rows(connection, chosen.conditions, by=by, **where)
        rows = [_row(columns_of(row)) for row in found]
    else:
        found = await read_rows_with_zeros(connection, chosen.conditions, within=within, **where)
        rows = [_row(columns_of(row)) for row in found]
    one_year = len(chosen.filters.year) == 1 or "year" in by
    for row in rows:
        row["per_1000"] = per_1000(row["count"], row["population"]) if one_year else None
    return rows


def _rows_of_index(
    indexed: Indexed, level: str, by: tuple[str, ...], within: Sequence[str]
) -> list[dict[str, Any]]:
    facts = indexed.ground.facts(level)
    rows = counted_rows(indexed.totals(level, by), indexed.vocabulary, facts, level=level, by=by)
    if by or not within:
        return rows
    beneath = indexed.ground.beneath(within)
    return [row for row in rows if row["count"] or row["area"] in beneath]


def _row(found: Mapping[Any, Any]) -> dict[str, Any]:
    # Names of columns are a kind of text that JSON is not written from.
    return {str(name): value for name, value in found.items()} | _sums(found)


def _sums(found: Mapping[str, Any]) -> dict[str, int]:
    return {name: int(found[name]) for name in SUMS}


def per_1000(count: int, population: int | None) -> float | None:
    """Usulan of one year per 1,000 inhabitants; None where nobody is known to live."""
    return round(1000 * count / population, 2) if population else None


async def describe_area(connection: AsyncConnection, chosen: Chosen, code: str) -> dict[str, Any]:
    """One area of the active edition with the totals of the chosen set in it."""
    area, chain = await _area(connection, chosen, code)
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


async def _area(
    connection: AsyncConnection, chosen: Chosen, code: str
) -> tuple[GroundArea | AnyRow, list[dict[str, str]]]:
    """The area, and the chain that leads to it; NotFound when there is none."""
    if chosen.indexed is not None:
        ground = chosen.indexed.ground
        known = ground.find(code)
        if known is None:
            raise NotFound
        return known, ground.chain(code)
    found = await find_area(connection, chosen.city, code)
    if found is None:
        raise NotFound
    chain = await read_chain(connection, chosen.city.city_id, found.edition_id, code)
    return found, chain


async def _totals(
    connection: AsyncConnection, chosen: Chosen, population: int | None
) -> dict[str, Any]:
    found, by_status = await _summed(connection, chosen)
    one_year = len(chosen.filters.year) == 1
    return {
        **_sums(found),
        "per_1000": per_1000(found["count"], population) if one_year else None,
        "unlocated": found["unlocated"],
        "by_status": by_status,
    }


async def _summed(
    connection: AsyncConnection, chosen: Chosen
) -> tuple[Mapping[str, Any], dict[str, int]]:
    """Sums over the whole set, and how many have each status."""
    if chosen.indexed is not None:
        return whole_sums(chosen.indexed.totals("kota", ("status",)), chosen.indexed.vocabulary)
    row = await read_totals(connection, chosen.conditions)
    return dict(columns_of(row)), await read_counts_by_status(connection, chosen.conditions)
