"""Sums over a chosen set; what has no public area at a level is in none of its rows."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    ARRAY,
    CTE,
    ColumnElement,
    FromClause,
    Text,
    and_,
    any_,
    case,
    func,
    literal,
    literal_column,
    or_,
    select,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from app.rows import AnyRow, AnySelect, Expression
from app.views import area, counterpart, other_place, planning_year, point

Conditions = Sequence[ColumnElement[bool]]

GROUPINGS = {
    "category": point.c.category,
    "group": point.c.group_code,
    "status": point.c.status,
    "year": point.c.year,
    "funding": point.c.funding,
}


def _sums() -> tuple[Any, ...]:
    return (
        func.count().label("count"),
        func.coalesce(func.sum(point.c.estimated_cost), 0).label("cost"),
        func.count(point.c.estimated_cost).label("cost_known"),
        func.coalesce(func.sum(point.c.beneficiaries), 0).label("beneficiaries"),
        func.coalesce(func.sum(point.c.supporters), 0).label("supporters"),
    )


async def read_totals(connection: AsyncConnection, conditions: Conditions) -> AnyRow:
    """One row of sums over the whole set, with the number that has no public position."""
    unlocated = func.count().filter(point.c.position.is_(None)).label("unlocated")
    return (await connection.execute(select(*_sums(), unlocated).where(*conditions))).one()


async def read_counts_by_status(
    connection: AsyncConnection, conditions: Conditions
) -> dict[str, int]:
    statement = (
        select(point.c.status, func.count())
        .where(*conditions)
        .group_by(point.c.status)
        .order_by(point.c.status)
    )
    rows = (await connection.execute(statement)).all()
    return {status: number for status, number in rows}  # noqa: C416 - typed so


async def read_sums_by(
    connection: AsyncConnection, conditions: Conditions, name: str
) -> dict[Any, dict[str, int]]:
    """Sums over the whole set by the values of one grouping; only what occurs."""
    return await _read_sums_by(connection, conditions, GROUPINGS[name])


async def read_sums_by_month(
    connection: AsyncConnection, conditions: Conditions, time_zone: str
) -> dict[str, dict[str, int]]:
    """Sums by the month in which usulan were made, as `2026-03`; only what occurs."""
    local = func.timezone(time_zone, point.c.created)
    return await _read_sums_by(connection, conditions, func.to_char(local, "YYYY-MM"))


async def read_months(
    connection: AsyncConnection, city_id: int, numbers: Sequence[str], time_zone: str
) -> dict[str, str]:
    """The month in which each of some usulan was made, as `2026-03`, by its number."""
    if not numbers:
        return {}
    month = func.to_char(func.timezone(time_zone, point.c.created), "YYYY-MM")
    statement = select(point.c.number, month).where(
        point.c.city_id == city_id, point.c.number == any_(literal(numbers, ARRAY(Text)))
    )
    return {number: found for number, found in await connection.execute(statement)}  # noqa: C416 - typed so


async def _read_sums_by(
    connection: AsyncConnection, conditions: Conditions, value: Expression
) -> dict[Any, dict[str, int]]:
    statement = select(value, *_sums()).where(*conditions).group_by(literal_column("1"))
    rows = await connection.execute(statement)
    return {found: dict(zip(_SUM_NAMES, map(int, sums), strict=True)) for found, *sums in rows}


async def read_people(
    connection: AsyncConnection, *, city_id: int, edition_id: int, codes: Sequence[str]
) -> int | None:
    """Inhabitants of some areas, each of them once, or of the city; None where any is unknown."""
    of_edition = (area.c.city_id == city_id, area.c.edition_id == edition_id)
    if codes:
        beneath = _beneath(city_id, edition_id, codes)
        nested = select(beneath.c.code).where(beneath.c.parent_code.in_(select(beneath.c.code)))
        meant = and_(area.c.code.in_(codes), area.c.code.not_in(nested))
    else:
        meant = area.c.level == "kota"
    known = func.count(area.c.population) == func.count()
    statement = select(case((known, func.sum(area.c.population)))).where(*of_edition, meant)
    found = (await connection.execute(statement)).scalar_one()
    return None if found is None else int(found)


async def read_rows(
    connection: AsyncConnection,
    conditions: Conditions,
    *,
    city_id: int,
    edition_id: int,
    level: str,
    by: Sequence[str],
) -> Sequence[AnyRow]:
    """Sums per area of a level, and per value of each grouping; only what occurs."""
    statement = _rows(conditions, city_id=city_id, edition_id=edition_id, level=level, by=by)
    order = [statement.selected_columns[name] for name in ("area", *by)]
    found: Sequence[AnyRow] = (await connection.execute(statement.order_by(*order))).all()
    return found


async def read_rows_with_zeros(
    connection: AsyncConnection,
    conditions: Conditions,
    *,
    city_id: int,
    edition_id: int,
    level: str,
    within: Sequence[str],
) -> Sequence[AnyRow]:
    """Sums per area of a level, also where there is nothing; `within` keeps what lies beneath."""
    sums = _sums_by_code(conditions, level, edition_id).subquery()
    beneath = _beneath(city_id, edition_id, within)
    statement = (
        select(
            area.c.code.label("area"),
            area.c.name,
            area.c.level,
            area.c.population,
            area.c.households,
            *(func.coalesce(sums.c[name], 0).label(name) for name in _SUM_NAMES),
        )
        .join_from(area, sums, area.c.code == sums.c.code, isouter=True)
        .where(
            area.c.city_id == city_id,
            area.c.edition_id == edition_id,
            area.c.level == level,
            or_(
                literal(not within),
                sums.c.code.is_not(None),
                area.c.code.in_(select(beneath.c.code)),
            ),
        )
        .order_by(area.c.code)
    )
    return (await connection.execute(statement)).all()


async def find_planning_years(connection: AsyncConnection, city_id: int) -> list[int]:
    """Years in which a city has listed usulan, ascending."""
    statement = (
        select(planning_year.c.year)
        .where(planning_year.c.city_id == city_id)
        .order_by(planning_year.c.year)
    )
    return list((await connection.execute(statement)).scalars())


async def read_area_names(
    connection: AsyncConnection, *, city_id: int, edition_id: int, level: str
) -> dict[str, str]:
    """Names of the areas of a level, by code."""
    statement = select(area.c.code, area.c.name).where(
        area.c.city_id == city_id, area.c.edition_id == edition_id, area.c.level == level
    )
    return {code: name for code, name in await connection.execute(statement)}  # noqa: C416 - typed so


async def find_beneath(
    connection: AsyncConnection, *, city_id: int, edition_id: int, codes: Sequence[str]
) -> frozenset[str]:
    """Codes of some areas and of all beneath them."""
    beneath = _beneath(city_id, edition_id, codes)
    return frozenset((await connection.execute(select(beneath.c.code))).scalars())


_SUM_NAMES = ("count", "cost", "cost_known", "beneficiaries", "supporters")


def _sums_by_code(conditions: Conditions, level: str, edition_id: int) -> AnySelect:
    code = _code_under(edition_id, level)
    return (
        select(code.label("code"), *_sums())
        .select_from(_places(edition_id))
        .where(*conditions, code.is_not(None))
        .group_by(code)
    )


def _rows(
    conditions: Conditions, *, city_id: int, edition_id: int, level: str, by: Sequence[str]
) -> AnySelect:
    groups = [GROUPINGS[name].label(name) for name in by]
    return (
        select(
            area.c.code.label("area"),
            area.c.name,
            area.c.level,
            area.c.population,
            area.c.households,
            *groups,
            *_sums(),
        )
        .select_from(_places(edition_id).join(area, _code_under(edition_id, level) == area.c.code))
        .where(
            *conditions,
            area.c.city_id == city_id,
            area.c.edition_id == edition_id,
            area.c.level == level,
        )
        .group_by(
            area.c.code,
            area.c.name,
            area.c.level,
            area.c.population,
            area.c.households,
            *groups,
        )
    )


def _places(edition_id: int) -> FromClause:
    """Points beside what says where they are counted under an edition that is not their own."""
    elsewhere = and_(
        other_place.c.city_id == point.c.city_id,
        other_place.c.number == point.c.number,
        other_place.c.edition_id == edition_id,
    )
    by_area = and_(
        counterpart.c.city_id == point.c.city_id,
        counterpart.c.edition_id == point.c.edition_id,
        counterpart.c.code == point.c.public_area,
        counterpart.c.other_edition_id == edition_id,
    )
    return point.outerjoin(other_place, elsewhere).outerjoin(counterpart, by_area)


def _code_under(edition_id: int, level: str) -> Expression:
    """Where a point is counted: by its own place, else a kept one, else that of its area."""
    return case(
        (point.c.edition_id == edition_id, point.c[level]),
        (other_place.c.number.is_not(None), other_place.c[level]),
        else_=counterpart.c[level],
    )


def _beneath(city_id: int, edition_id: int, codes: Sequence[str]) -> CTE:
    """Codes of the areas and of all beneath them."""
    of_edition = (area.c.city_id == city_id, area.c.edition_id == edition_id)
    tree = (
        select(area.c.code, area.c.parent_code)
        .where(*of_edition, area.c.code.in_(codes))
        .cte("tree", recursive=True)
    )
    below = select(area.c.code, area.c.parent_code).where(
        *of_edition, area.c.parent_code == tree.c.code
    )
    return tree.union(below)
