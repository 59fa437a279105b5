"""One page of the filtered list, one usulan, its history: found, and put in public words."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple, Self
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
from app.usulan.selection import Chosen, choose, choose_at_once, choose_named, may_be_named
from app.usulan.telling import Listener, find_told, read_names, tell, tell_named


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
    seen = await choose_at_once(places.database, *asked, places.shelf)
    page = None if seen is None else _page_told_before(seen, query, reader)
    if page is None:
        seen, page = await _read_in_one(places, asked, (query, reader), seen)
    if seen is not None and places.ahead is not None and Sort.named(query.sort) == NEWEST:
        places.ahead.begin(seen, reader.language)
    return page


async def _read_in_one(
    places: Places, asked: Asked, wanted: tuple[ListQuery, Reader], seen: Chosen | None
) -> tuple[Chosen | None, dict[str, Any] | None]:
    """The page with the rows that must be read for it, and of which set it is.

    `seen` is what was chosen a moment before: it is still so if the city stands where it did.
    """
    async with places.database.reading_line() as line:
        city = await get_city(line, asked.city_code)
        if seen is None or seen.city != city:
            seen = await choose_named(line, city, asked.filters, places.shelf)
        return seen, None if seen is None else await list_page(line, seen, *wanted)


def _page_told_before(chosen: Chosen, query: ListQuery, reader: Reader) -> dict[str, Any] | None:
    """The page as `list_page` gives it, if all of it was told before."""
    if chosen.indexed is None:
        return None
    asked = _AskedPage.of(chosen, query, reader)
    stretch = asked.stretch
    page = chosen.indexed.page(stretch.sort, stretch.after, most=stretch.most)
    told = [each for each in find_told(reader.language, chosen, page) if each is not None]
    if len(told) < len(page.ids):
        return None
    return asked.answer(Matched(page.matched, page.unlocated), stretch.of(told))


async def list_page(
    connection: AnyConnection, chosen: Chosen, query: ListQuery, reader: Reader
) -> dict[str, Any]:
    """A GeoJSON page with the size of the whole set and the address of the next page.

    A set whose rows the index names may be told by either kind of connection.
    """
    asked = _AskedPage.of(chosen, query, reader)
    listener = Listener(connection, reader.language)
    return asked.answer(*await _found(listener, chosen, asked.stretch))


@dataclass(frozen=True, slots=True)
class _AskedPage:
    """Which page of which list."""

    chosen: Chosen
    query: ListQuery
    reader: Reader
    cursors: Cursors
    stretch: Stretch

    @classmethod
    def of(cls, chosen: Chosen, query: ListQuery, reader: Reader) -> Self:
        """InvalidFields for a cursor of another list."""
        sort = Sort.named(query.sort)
        cursors = Cursors(reader.secret, sort, chosen.query)
        after = cursors.read(query.cursor) if query.cursor else None
        return cls(chosen, query, reader, cursors, Stretch(sort, after, query.limit + 1))

    def answer(self, matched: Matched, told: Sequence[Told]) -> dict[str, Any]:
        """The page, of which one row more than it shows was found if there is a next one."""
        shown = told[: self.query.limit]
        mark = _mark(shown[-1], self.stretch.sort) if len(told) > len(shown) else None
        return {
            "type": "FeatureCollection",
            # Joined as they are: a thousand pieces take the encoder longer than all the rest.
            "features": orjson.Fragment(b"[%b]" % b",".join([each.text for each in shown])),
            "numberMatched": matched.number,
            "numberReturned": len(shown),
            "unlocated": matched.unlocated,
            "next": mark and self._next_address(mark),
        }

    def _next_address(self, mark: Mark) -> str:
        sort, limit = self.query.sort, str(self.query.limit)
        page = [("sort", sort), ("limit", limit), ("cursor", self.cursors.after(mark))]
        return f"{self.reader.address}/api/v1/usulan?{urlencode([*self.chosen.query, *page])}"


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
        there = await tell_named(listener, chosen, page)
        told = stretch.of(there)
        is_end = len(there) == len(page.ids) or len(page.ids) < most
        if is_end or len(told) == stretch.most:
            return Matched(page.matched, page.unlocated), told
        most *= 2


def _mark(last: Told, sort: Sort) -> Mark:
    value: datetime | int | None = getattr(last, sort.column)
    return Mark(value, last.number)


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
