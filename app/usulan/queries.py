"""Reading usulan as the public may know them: schema `map`, and nothing behind it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    Double,
    and_,
    cast,
    func,
    literal,
    or_,
    select,
    union,
)
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from app.lines import AnyConnection, fetch
from app.models.category import Category
from app.rows import AnyRow, Expression
from app.statements import load_text
from app.text import is_plain
from app.usulan.cursor import Mark, Stretch
from app.views import area, category, event, point

Conditions = Sequence[ColumnElement[bool]]
AreaName = dict[str, str]


class Matched(NamedTuple):
    """How many are in a set, and how many of them have no public position."""

    number: int
    unlocated: int


class Named(NamedTuple):
    """Public numbers of usulan at their own place, and of others."""

    exact: list[str]
    others: list[str]


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
    cast(point.c.volume, Double).label("volume"),
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
    connection: AsyncConnection, conditions: Conditions, stretch: Stretch
) -> Sequence[AnyRow]:
    """Rows of one page in a total order: by the key, what has none last, then by number."""
    sort, after = stretch.sort, stretch.after
    key = point.c[sort.column]
    order = (key.desc() if sort.descending else key.asc()).nulls_last()
    beyond = [_beyond(key, after, descending=sort.descending)] if after else []
    statement = (
        select(*_PROPERTIES)
        .join_from(point, category, _OF_CATEGORY)
        .where(*conditions, *beyond)
        .order_by(order, point.c.number)
        .limit(stretch.most)
    )
    return (await connection.execute(statement)).all()


def _beyond(key: Expression, mark: Mark, *, descending: bool) -> ColumnElement[bool]:
    later_number = point.c.number > mark.number
    if mark.value is None:
        return and_(key.is_(None), later_number)
    further = key < mark.value if descending else key > mark.value
    return or_(further, and_(key == mark.value, later_number), key.is_(None))


async def read_named(connection: AnyConnection, city_id: int, named: Named) -> Sequence[AnyRow]:
    """Rows of some numbers as `read_page` gives them, in no order."""
    values = {"city_id": city_id, "exact": named.exact, "others": named.others}
    return await fetch(connection, load_text("usulan", "read_named"), values, binary=True)


def asking_inside(
    city_id: int, named: Named, bounds: Sequence[float]
) -> tuple[str, Mapping[str, Any]]:
    """What tells those of some usulan whose public position is in a box of degrees.

    Its edges are included. To look at exact places alone takes the view half the time.
    """
    edges = dict(zip(("west", "south", "east", "north"), map(float, bounds), strict=True))
    statement = "find_inside" if named.others else "find_exact_inside"
    numbers = [*named.exact, *named.others]
    return load_text("usulan", statement), {"city_id": city_id, "numbers": numbers, **edges}


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
    connection: AnyConnection, city_id: int, rows: Iterable[AnyRow]
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
    editions, codes = map(list, zip(*sorted(wanted), strict=True))
    values = {"city_id": city_id, "editions": editions, "codes": codes}
    found = await fetch(connection, load_text("usulan", "read_area_names"), values)
    return {(row.edition_id, row.code): row.name for row in found}


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
    """Add categories, or bring those that are there up to date.

    What is kept in memory of the cities is told when that changed any.
    """
    statement = insert(Category)
    changed = {
        name: column for name, column in statement.excluded.items() if name != Category.code.key
    }
    every = select(Category.__table__).order_by(Category.code)
    before = connection.execute(every).all()
    connection.execute(
        statement.on_conflict_do_update(index_elements=[Category.code], set_=changed), rows
    )
    if before != connection.execute(every).all():
        connection.exec_driver_sql(load_text("usulan", "tell_cities"))
