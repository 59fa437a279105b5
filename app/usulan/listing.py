"""One page of the filtered list, one usulan, its history: found, and put in public words."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple
from urllib.parse import urlencode

from sqlalchemy.ext.asyncio import AsyncConnection

from app.cities.queries import City, find_city
from app.errors import NotFound
from app.language import Language
from app.models.area import LEVELS
from app.resident.rows import numbers_of
from app.rows import AnyRow, columns_of
from app.usulan.cursor import Cursors, Mark, Sort
from app.usulan.features import AreaNames, feature, full_feature, history
from app.usulan.queries import (
    Conditions,
    Matched,
    count_matched,
    find_usulan,
    numbered,
    read_area_names,
    read_events,
    read_page,
)
from app.usulan.schemas import ListQuery
from app.usulan.selection import Chosen


class Reader(NamedTuple):
    """Who asks for a list: in which language, and what addresses told to him start with."""

    language: Language
    address: str
    secret: bytes


async def list_page(
    connection: AsyncConnection, chosen: Chosen, query: ListQuery, reader: Reader
) -> dict[str, Any]:
    """A GeoJSON page with the size of the whole set and the address of the next page."""
    sort = Sort.named(query.sort)
    cursors = Cursors(reader.secret, sort, chosen.query)
    after = cursors.read(query.cursor) if query.cursor else None
    matched, rows = await _found_page(connection, chosen, sort, after, query.limit + 1)
    shown = rows[: query.limit]
    names = await _area_names(connection, chosen, shown)
    mark = _mark(shown[-1], sort) if len(rows) > query.limit else None
    return {
        "type": "FeatureCollection",
        "features": [feature(row, names, chosen.city, reader.language) for row in shown],
        "numberMatched": matched.number,
        "numberReturned": len(shown),
        "unlocated": matched.unlocated,
        "next": mark and _next_address(reader.address, chosen, query, cursors.after(mark)),
    }


async def _found_page(
    connection: AsyncConnection, chosen: Chosen, sort: Sort, after: Mark | None, most: int
) -> tuple[Matched, Sequence[AnyRow]]:
    """How many are in the set, and the first rows; chosen by the index where it knows all."""
    indexed = chosen.indexed
    conditions: Conditions = chosen.conditions
    if indexed is None or not indexed.names_rows:
        matched = await count_matched(connection, conditions)
    else:
        page = indexed.page(sort, after, most=most)
        matched = Matched(page.matched, page.unlocated)
        numbers = numbers_of(page.ids, chosen.city.code)
        conditions = numbered(chosen.city.city_id, [each.decode() for each in numbers.tolist()])
    rows = await read_page(connection, conditions, sort=sort, after=after, limit=most)
    return matched, rows


async def _area_names(
    connection: AsyncConnection, chosen: Chosen, rows: Sequence[AnyRow]
) -> AreaNames:
    """Names of the areas that rows lie in; those of the city's own edition are in memory."""
    city, indexed = chosen.city, chosen.indexed
    edition_id = city.edition_id
    if indexed is None or edition_id is None or any(r.edition_id != edition_id for r in rows):
        return await read_area_names(connection, city.city_id, rows)
    codes = {getattr(row, level) for row in rows for level in LEVELS}
    areas = [area for code in codes if code and (area := indexed.ground.find(code))]
    return {(edition_id, area.code): area.name for area in areas}


def _mark(row: AnyRow, sort: Sort) -> Mark:
    value: datetime | int | None = columns_of(row)[sort.column]
    return Mark(value, row.number)


def _next_address(address: str, chosen: Chosen, query: ListQuery, cursor: str) -> str:
    page = [("sort", query.sort), ("limit", str(query.limit)), ("cursor", cursor)]
    return f"{address}/api/v1/usulan?{urlencode([*chosen.query, *page])}"


async def describe_usulan(
    connection: AsyncConnection, number: str, language: Language
) -> dict[str, Any]:
    """One published usulan as a feature; NotFound for all others."""
    city, row = await _found(connection, number)
    names = await read_area_names(connection, city.city_id, [row])
    return full_feature(row, names, city, language)


async def describe_history(connection: AsyncConnection, number: str) -> dict[str, Any]:
    """What happened to one published usulan."""
    city, row = await _found(connection, number)
    events = await read_events(connection, city.city_id, row.number)
    return history(row.number, events, row.precision, city)


async def _found(connection: AsyncConnection, number: str) -> tuple[City, AnyRow]:
    """A number begins with its city, so nobody has to name that again."""
    city = await find_city(connection, number.partition("-")[0])
    row = await find_usulan(connection, city.city_id, number) if city else None
    if city is None or row is None:
        raise NotFound
    return city, row
