"""The borders of editions in memory, as zooms show them: tiles of areas are cut from these."""

import asyncio
from typing import NamedTuple

import shapely
from cachetools import LRUCache
from sqlalchemy.ext.asyncio import AsyncConnection

from app.cities.queries import find_areas_version, find_city_by_id
from app.database import Session
from app.flights import Flights
from app.resident.queries import read_drawn
from spatial.mvt_polygons import AreaShapes
from spatial.outlines import OUTLINE_ZOOMS

MOST_BYTES = 16 * 2**20
CLOSEST = OUTLINE_ZOOMS[-1]
"""Closer tiles show the borders themselves, few at a time: the database cuts those."""
AT_ONCE = 3
"""So many places are read at a time, that what is short still finds a connection."""


class Place(NamedTuple):
    """One level of one state of an edition at one zoom."""

    database: str
    """Another one has other editions by the same numbers."""
    city_id: int
    edition_id: int
    version: str
    level: str
    z: int


class Borders:
    """The borders of one process, within a bound; those that nobody looks at give way.

    Each place is read once for all who wait for it, in a transaction of its own: one that an asker
    began would end with that asker's time.
    """

    def __init__(self, session: Session, *, max_bytes: int = MOST_BYTES) -> None:
        self._session = session
        self._kept: LRUCache[Place, AreaShapes] = LRUCache(max_bytes, lambda drawn: drawn.nbytes)
        self._too_large: LRUCache[Place, bool] = LRUCache(100)
        self._few = asyncio.Semaphore(AT_ONCE)
        self._flights = Flights[None]()

    @property
    def used_bytes(self) -> int:
        return int(self._kept.currsize)

    def at_hand(self, place: Place) -> AreaShapes | None:
        """The areas of a place if they were read before."""
        return self._kept.get(place)

    def lacks(self, place: Place) -> bool:
        """Whether the areas of a place are not here, and there may be room for them."""
        is_kept = place in self._kept or place in self._too_large
        return place.z <= CLOSEST and not is_kept

    async def gather(self, place: Place) -> None:
        """Have the areas of a place here, if they are still so and there is room for them.

        Whoever asks must hold no connection, for it takes one.
        """
        await self._flights.join(place, lambda: self._read(place))

    async def close(self) -> None:
        """End what is under way."""
        await self._flights.close()

    async def _read(self, place: Place) -> None:
        where = (place.city_id, place.edition_id)
        async with self._few, self._session() as connection:
            if not await _is_so(connection, place):
                return
            rows = await read_drawn(connection, *where, level=place.level, z=place.z)
        drawn = await asyncio.to_thread(_drawn, rows, place)
        if drawn.nbytes > self._kept.maxsize:
            self._too_large[place] = True
        else:
            self._kept[place] = drawn


async def _is_so(connection: AsyncConnection, place: Place) -> bool:
    """Whether a transaction sees the edition in the state that a place is of."""
    city = await find_city_by_id(connection, place.city_id)
    version = await find_areas_version(connection, place.city_id, place.edition_id)
    return city is not None and (city.ground[0], version) == (place.database, place.version)


def _drawn(rows: list[tuple[str, str, bytes]], place: Place) -> AreaShapes:
    shapes = shapely.from_wkb([shape for _, _, shape in rows])
    texts = {
        "code": [code for code, _, _ in rows],
        "name": [name for _, name, _ in rows],
        "level": [place.level] * len(rows),
    }
    return AreaShapes.of(shapes, texts, place.z)
