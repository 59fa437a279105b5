"""Which usulan of a city have some words: looked for once, and kept up by what is changed.

Looking through all words of a million takes seconds, and an index of words would take longer to
write than all the rest of an usulan. So the search is made in a transaction of its own, which goes
on when whoever asked has gone; its answer is then that of all who ask for the same.
"""

import asyncio
import re
import weakref
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from cachetools import LRUCache, TTLCache

from app.cities.queries import City, find_city_by_id
from app.database import Database
from app.flights import Flights
from app.lines import AnyConnection
from app.resident.following import BEYOND_ALL, sees
from app.resident.queries import find_named_categories, find_words, read_changes
from app.resident.rows import Integers, ids_of
from spatial.index.index import Index

WAIT_S = 2.2
MOST_AT_ONCE = 2
"""Searches under way; whoever asks for more is answered by the database in its short time."""
MOST_SEARCHES, MOST_PARTS = 4, 1
KEPT_S = 1_200.0
"""Far less than changes are kept, so that what is still there has missed none."""
MOST_CHANGED = 5_000
_NUMBER_BYTES = 17
_NUMBER = re.compile(r"\d\d\.\d\d-\d{4}-[0-9A-Z]{6}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found."""

    position: str
    """Which state of the city it looked through."""
    horizon: int
    """Every transaction below it was seen."""
    ids: Integers
    """Ascending."""


class Part(NamedTuple):
    """The usulan of an index that have some words."""

    whole: weakref.ref[Index]
    part: Index


class Searches:
    """The searches of one process."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._found: TTLCache[tuple[int, str], Found] = TTLCache(MOST_SEARCHES, KEPT_S)
        self._parts: LRUCache[tuple[int, str, str], Part] = LRUCache(MOST_PARTS)
        self._flights = Flights[None]()

    async def part_of(
        self, connection: AnyConnection, city: City, index: Index, words: str
    ) -> Index | None:
        """The usulan of an index that have some words, as this transaction sees the words.

        None where they are still being looked for.
        """
        key = (city.city_id, city.position, words)
        known = self._parts.get(key)
        if known is not None and known.whole() is index:
            return known.part
        ids = await self._ids(connection, city, words)
        if ids is None:
            return None
        categories = await find_named_categories(connection, like(words))
        part = await asyncio.to_thread(index.only, ids, categories)
        self._parts[key] = Part(weakref.ref(index), part)
        return part

    async def _ids(self, connection: AnyConnection, city: City, words: str) -> Integers | None:
        key = (city.city_id, words)
        ids = await self._known(connection, city, words)
        if ids is None and (key in self._flights or len(self._flights) < MOST_AT_ONCE):
            search = self._flights.begin(key, lambda: self._search(city, words))
            await asyncio.wait([search], timeout=WAIT_S)
            ids = await self._known(connection, city, words)
        return None if ids is None else np.union1d(ids, _id_of_number(city, words))

    async def _known(self, connection: AnyConnection, city: City, words: str) -> Integers | None:
        """What a search finds in the state that this transaction sees; None to search anew."""
        found = self._found.get((city.city_id, words))
        if found is None or not sees(city.position, found.position):
            return None
        if found.position == city.position:
            return found.ids
        changes = (await read_changes(connection, city.city_id, found.horizon)).changes
        changed = list({change.number for change in changes if change.number is not None})
        if len(changed) > MOST_CHANGED or any(change.number is None for change in changes):
            return None
        if not changed:
            return found.ids
        numbers = await find_words(connection, city.city_id, like(words), among=changed)
        looked_at = ids_of(np.array([number.encode() for number in changed], dtype="S17"))
        return np.union1d(np.setdiff1d(found.ids, looked_at), _ids_in(numbers))

    async def _search(self, asked: City, words: str) -> None:
        async with self._database.public_loading() as connection:
            city = await find_city_by_id(connection, asked.city_id)
            if city is None:
                return
            horizon = (await read_changes(connection, city.city_id, BEYOND_ALL)).horizon
            numbers = await find_words(connection, city.city_id, like(words))
        self._found[city.city_id, words] = Found(city.position, horizon, _ids_in(numbers))

    async def close(self) -> None:
        """End what is under way."""
        await self._flights.close()


def like(words: str) -> str:
    """A pattern that finds words as they are, wherever they stand."""
    return "%" + re.sub(r"([%_\\])", r"\\\1", words) + "%"


def _ids_in(numbers: str) -> Integers:
    ids: Integers = np.sort(ids_of(np.frombuffer(numbers.encode(), dtype=f"S{_NUMBER_BYTES}")))
    return ids


def _id_of_number(city: City, words: str) -> Integers:
    """Words may be a number, which is found by itself."""
    number = words.upper()
    is_of_city = _NUMBER.fullmatch(number) and number.startswith(f"{city.code}-")
    return _ids_in(number if is_of_city else "")
