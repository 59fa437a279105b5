"""Reading usulan as the public may know them: schema `map`, and nothing behind it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Connection,
    Text,
    and_,
    any_,
    func,
    literal,
    or_,
    select,
    tuple_,
    union,
)
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from app.models.category import Category
from app.rows import AnyRow, Expression
from app.text import is_plain
from app.usulan.cursor import Mark, Sort
from app.views import area, category, event, on_ground, point

Conditions = Sequence[ColumnElement[bool]]
AreaName = dict[str, str]


class Matched(NamedTuple):
    """How many are in a set, and how many of them have no public position."""

    number: int
    unlocated: int


_PROPERTIES = (
    point.c.number,
    point.c.title,
    point.c.problem,
    point.c.category,
    point.c.group_code,
    point.c.status,
    point.c.stage,
    point.c.year,
    point.c.channel,
    point.c.severity,
    point.c.volume,
    point.c.unit,
    point.c.estimated_cost,
    point.c.beneficiaries,
    point.c.supporters,
    point.c.funding,
    point.c.precision,
    point.c.created,
    point.c.updated,
    point.c.edition_id,
    point.c.kota,
    point.c.kecamatan,
    point.c.kelurahan,
    point.c.rw,
    point.c.rt,
    category.c.name.label("category_name"),
    category.c.name_en.label("category_name_en"),
    func.ST_X(point.c.position).label("longitude"),
    func.ST_Y(point.c.position).label("latitude"),
)
_OF_CATEGORY = point.c.category == category.c.code


async def count_matched(connection: AsyncConnection, conditions: Conditions) -> Matched:
    statement = select(func.count(), func.count().filter(point.c.position.is_(None))).where(
        *conditions
    )
    return Matched(*(await connection.execute(statement)).one())


async def read_page(
    connection: AsyncConnection,
    conditions: Conditions,
    *,
    sort: Sort,
    after: Mark | None,
    limit: int,
) -> Sequence[AnyRow]:
    """Rows of one page in a total order: by the key, what has none last, then by number."""
    key = point.c[sort.column]
    order = (key.desc() if sort.descending else key.asc()).nulls_last()
    beyond = [_beyond(key, after, descending=sort.descending)] if after else []
    statement = (
        select(*_PROPERTIES)
        .join_from(point, category, _OF_CATEGORY)
        .where(*conditions, *beyond)
        .order_by(order, point.c.number)
        .limit(limit)
    )
    return (await connection.execute(statement)).all()


def _beyond(key: Expression, mark: Mark, *, descending: bool) -> ColumnElement[bool]:
    later_number = point.c.number > mark.number
    if mark.value is None:
        return and_(key.is_(None), later_number)
    further = key < mark.value if descending else key > mark.value
    return or_(further, and_(key == mark.value, later_number), key.is_(None))


def numbered(city_id: int, numbers: Sequence[str]) -> Conditions:
    """That a row of a city has one of some numbers."""
    return [point.c.city_id == city_id, point.c.number == any_(literal(numbers, ARRAY(Text)))]


async def find_inside(
    connection: AsyncConnection, city_id: int, numbers: Sequence[str], bounds: Sequence[float]
) -> set[str]:
    """Those of some numbers whose public position is in a box of degrees, its edges included."""
    statement = select(point.c.number).where(*numbered(city_id, numbers), on_ground(bounds))
    return set((await connection.execute(statement)).scalars())


async def find_usulan(connection: AsyncConnection, city_id: int, number: str) -> AnyRow | None:
    """One published usulan with its words and shape, or None."""
    if not is_plain(number):
        return None
    statement = (
        select(
            *_PROPERTIES,
            point.c.address,
            point.c.landmark,
            func.ST_AsGeoJSON(point.c.shape, 6).label("shape"),
        )
        .join_from(point, category, _OF_CATEGORY)
        .where(point.c.city_id == city_id, point.c.number == number.upper())
    )
    return (await connection.execute(statement)).one_or_none()


async def read_events(connection: AsyncConnection, city_id: int, number: str) -> Sequence[AnyRow]:
    """The public history, oldest first."""
    statement = (
        select(
            event.c.at,
            event.c.kind,
            event.c.from_status,
            event.c.to_status,
            event.c.actor_role,
            event.c.actor_area,
            event.c.reason_code,
            event.c.reason,
            event.c.hash,
            event.c.previous,
        )
        .where(event.c.city_id == city_id, event.c.number == number.upper())
        .order_by(event.c.sequence)
    )
    return (await connection.execute(statement)).all()


async def read_area_names(
    connection: AsyncConnection, city_id: int, rows: Iterable[AnyRow]
) -> Mapping[tuple[int, str], str]:
    """Names of all areas that the rows lie in, by edition and code."""
    wanted = {
        (row.edition_id, code)
        for row in rows
        for code in (row.kota, row.kecamatan, row.kelurahan, row.rw, row.rt)
        if code is not None
    }
    if not wanted:
        return {}
    statement = select(area.c.edition_id, area.c.code, area.c.name).where(
        area.c.city_id == city_id, tuple_(area.c.edition_id, area.c.code).in_(sorted(wanted))
    )
    found = await connection.execute(statement)
    return {(edition_id, code): name for edition_id, code, name in found}


async def read_categories(connection: AsyncConnection) -> Sequence[AnyRow]:
    statement = select(
        category.c.code,
        category.c.group_code,
        category.c.name,
        category.c.name_en,
        category.c.units,
        category.c.geometry,
        category.c.precision,
        category.c.synonyms,
    ).order_by(category.c.ordinal, category.c.code)
    return (await connection.execute(statement)).all()


async def find_unknown_codes(
    connection: AsyncConnection, city_id: int, *, categories: Sequence[str], areas: Sequence[str]
) -> set[tuple[str, str]]:
    """Those of the codes that no category or area of the city has, with the filter's name."""
    asked = {("category", code) for code in categories} | {("area", code) for code in areas}
    if not asked:
        return set()
    known_categories = select(literal("category"), category.c.code).where(
        category.c.code.in_(categories)
    )
    known_areas = select(literal("area"), area.c.code).where(
        area.c.city_id == city_id, area.c.code.in_(areas)
    )
    known = await connection.execute(union(known_categories, known_areas))
    return asked - {(name, code) for name, code in known}


def put_categories(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Add categories, or bring those that are there up to date."""
    statement = insert(Category)
    changed = {
        name: column for name, column in statement.excluded.items() if name != Category.code.key
    }
    connection.execute(
        statement.on_conflict_do_update(index_elements=[Category.code], set_=changed), rows
    )
