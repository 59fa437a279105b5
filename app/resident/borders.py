"""The borders of editions in memory, as zooms show them: tiles of areas are cut from these."""

import asyncio
from typing import NamedTuple

import shapely
from cachetools import LRUCache
from sqlalchemy.ext.asyncio import AsyncConnection

from app.resident.queries import read_drawn
from spatial.mvt_polygons import AreaShapes
from spatial.outlines import OUTLINE_ZOOMS

MOST_BYTES = 16 * 2**20
CLOSEST = OUTLINE_ZOOMS[-1]
"""Closer tiles show the borders themselves, few at a time: the database cuts those."""


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
    """The borders of one process, within a bound; those that nobody looks at give way."""

    def __init__(self, *, max_bytes: int = MOST_BYTES) -> None:
        self._kept: LRUCache[Place, AreaShapes] = LRUCache(max_bytes, lambda drawn: drawn.nbytes)
        self._too_large: LRUCache[Place, bool] = LRUCache(100)
        self._turn = asyncio.Lock()

    @property
    def used_bytes(self) -> int:
        return int(self._kept.currsize)

    def at_hand(self, place: Place) -> AreaShapes | None:
        """The areas of a place if they were read before."""
        return self._kept.get(place)

    async def of(self, connection: AsyncConnection, place: Place) -> AreaShapes | None:
        """The areas of a place as a transaction sees them; None where there is no room for them."""
        if place.z > CLOSEST or place in self._too_large:
            return None
        async with self._turn:  # whoever comes meanwhile finds what the first one read
            found = self.at_hand(place)
            if found is None:
                found = await self._read(connection, place)
        return found

    async def _read(self, connection: AsyncConnection, place: Place) -> AreaShapes | None:
        where = (place.city_id, place.edition_id)
        rows = await read_drawn(connection, *where, level=place.level, z=place.z)
        drawn = await asyncio.to_thread(_drawn, rows, place)
        if drawn.nbytes > self._kept.maxsize:
            self._too_large[place] = True
            return None
        self._kept[place] = drawn
        return drawn


def _drawn(rows: list[tuple[str, str, bytes]], place: Place) -> AreaShapes:
    shapes = shapely.from_wkb([shape for _, _, shape in rows])
    texts = {
        "code": [code for code, _, _ in rows],
        "name": [name for _, name, _ in rows],
        "level": [place.level] * len(rows),
    }
    return AreaShapes.of(shapes, texts, place.z)
