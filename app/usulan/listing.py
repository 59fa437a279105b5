"""One page of the filtered list, one usulan, its history: found, and put in public words."""

import asyncio
from datetime import datetime
from typing import Any, NamedTuple
from urllib.parse import urlencode

import orjson
from sqlalchemy.ext.asyncio import AsyncConnection

from app.cities.queries import City, find_city, get_city
from app.database import WORK_S, Database
from app.errors import NotFound
from app.language import Language
from app.lines import AnyConnection, whole_session
from app.resident.shelf import Shelf
from app.resident.tellings import Told
from app.rows import AnyRow
from app.usulan.ahead import NEWEST, Ahead
from app.usulan.cursor import Cursors, Mark, Sort, Stretch
from app.usulan.features import Teller, history
from app.usulan.filters import Filters
from app.usulan.indexed import Indexed
from app.usulan.queries import Matched, count_matched, find_usulan, read_events, read_page
from app.usulan.schemas import ListQuery
from app.usulan.selection import Chosen, choose, choose_named, may_be_named
from app.usulan.telling import Listener, read_names, tell, tell_named


class Reader(NamedTuple):
    """Who asks for a list: in which language, and what addresses told to him start with."""

    language: Language
    address: str
    secret: bytes


class Asked(NamedTuple):
    """Of which city, and which of its usulan."""

    city_code: str
    filters: Filters


class Places(NamedTuple):
    """Where a list may be read."""

    database: Database
    shelf: Shelf
    ahead: Ahead | None = None


async def read_list(
    places: Places, asked: Asked, query: ListQuery, reader: Reader
) -> dict[str, Any]:
    """One page, by fixed statements where they can tell it; both ways share the time of one."""
    async with asyncio.timeout(WORK_S):
        page = await _by_fixed_statements(places, asked, query, reader)
        if page is not None:
            return page
        async with places.database.public_session() as connection:
            city = await get_city(connection, asked.city_code)
            chosen = await choose(connection, city, asked.filters, places.shelf)
            return await list_page(connection, chosen, query, reader)


async def _by_fixed_statements(
    places: Places, asked: Asked, query: ListQuery, reader: Reader
) -> dict[str, Any] | None:
    if not may_be_named(asked.filters):
        return None
    async with places.database.reading_line() as line:
        city = await get_city(line, asked.city_code)
        named = await choose_named(line, city, asked.filters, places.shelf)
        if named is None:
            return None
        page = await list_page(line, named, query, reader)
    if places.ahead is not None and Sort.named(query.sort) == NEWEST:
        places.ahead.begin(named, reader.language)
    return page


async def list_page(
    connection: AnyConnection, chosen: Chosen, query: ListQuery, reader: Reader
) -> dict[str, Any]:
    """A GeoJSON page with the size of the whole set and the address of the next page.

    A set whose rows the index names may be told by either kind of connection.
    """
    sort = Sort.named(query.sort)
    cursors = Cursors(reader.secret, sort, chosen.query)
    after = cursors.read(query.cursor) if query.cursor else None
    listener = Listener(connection, reader.language)
    matched, told = await _found(listener, chosen, Stretch(sort, after, query.limit + 1))
    shown = told[: query.limit]
    mark = _mark(shown[-1], sort) if len(told) > query.limit else None
    return {
        "type": "FeatureCollection",
        "features": [orjson.Fragment(each.text) for each in shown],
        "numberMatched": matched.number,
        "numberReturned": len(shown),
        "unlocated": matched.unlocated,
        "next": mark and _next_address(reader.address, chosen, query, cursors.after(mark)),
    }


async def _found(
    listener: Listener, chosen: Chosen, stretch: Stretch
) -> tuple[Matched, list[Told]]:
    """How many are in the set, and some of them; chosen by the index where it knows all."""
    indexed = chosen.indexed
    if indexed is not None and indexed.names_rows:
        return await _found_by_index(listener, chosen, indexed, stretch)
    session = whole_session(listener.connection)
    matched = await count_matched(session, chosen.conditions)
    rows = await read_page(session, chosen.conditions, stretch)
    return matched, await tell(listener, chosen, rows)


async def _found_by_index(
    listener: Listener, chosen: Chosen, indexed: Indexed, stretch: Stretch
) -> tuple[Matched, list[Told]]:
    """The same, going on while rows are named that an index which lacks a load knows alone."""
    most = stretch.most
    while True:
        page = indexed.page(stretch.sort, stretch.after, most=most)
        there = await tell_named(listener, chosen, indexed, page)
        told = stretch.of(there)
        is_end = len(there) == len(page.ids) or len(page.ids) < most
        if is_end or len(told) == stretch.most:
            return Matched(page.matched, page.unlocated), told
        most *= 2


def _mark(last: Told, sort: Sort) -> Mark:
    value: datetime | int | None = getattr(last, sort.column)
    return Mark(value, last.number)


def _next_address(address: str, chosen: Chosen, query: ListQuery, cursor: str) -> str:
    page = [("sort", query.sort), ("limit", str(query.limit)), ("cursor", cursor)]
    return f"{address}/api/v1/usulan?{urlencode([*chosen.query, *page])}"


async def describe_usulan(
    connection: AsyncConnection, number: str, language: Language
) -> dict[str, Any]:
    """One published usulan as a feature; NotFound for all others."""
    city, row = await _found_one(connection, number)
    names = await read_names(connection, city, [row])
    return Teller(names, city, language).full_feature(row)


async def describe_history(connection: AsyncConnection, number: str) -> dict[str, Any]:
    """What happened to one published usulan."""
    city, row = await _found_one(connection, number)
    events = await read_events(connection, city.city_id, row.number)
    return history(row.number, events, row.precision, city)


async def _found_one(connection: AsyncConnection, number: str) -> tuple[City, AnyRow]:
    """A number begins with its city, so nobody has to name that again."""
    city = await find_city(connection, number.partition("-")[0])
    row = await find_usulan(connection, city.city_id, number) if city else None
    if city is None or row is None:
        raise NotFound
    return city, row
