"""The areas of cities in memory, ready for placing: what is sent often is placed without asking."""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

import shapely
from cachetools import LRUCache

from app.areas.queries import OutlinedArea, read_outlined
from app.cities.queries import City, find_city_by_id
from app.database import Session
from app.flights import Flights
from spatial.areas import AreaRecord
from spatial.assign import AreaIndex

MOST_BYTES = 32 * 2**20
"""Of borders as WKB. In memory an area takes seven times its borders: two copies, prepared."""
STAYS_S = 60.0
"""So long after its last use none gives way to another, or many cities would only be read."""

_MOST_SIZES = 1_000
Ground = tuple[object, ...]


@dataclass(slots=True)
class _Kept:
    index: AreaIndex
    nbytes: int
    used: float


class AreaIndexes:
    """The active editions of one process, within a bound; those nobody places in give way.

    One that is not here is placed in by the database, which says the same.
    """

    def __init__(
        self,
        session: Session,
        *,
        max_bytes: int = MOST_BYTES,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._session = session
        self._max_bytes = max_bytes
        self._clock = clock
        self._kept: OrderedDict[Ground, _Kept] = OrderedDict()
        self._sizes: LRUCache[Ground, int] = LRUCache(_MOST_SIZES)
        self._flights = Flights[None]()

    def at_hand(self, city: City) -> AreaIndex | None:
        """The areas of the edition that the city is seen under, if they were read before."""
        found = self._kept.get(city.ground)
        if found is None:
            return None
        self._kept.move_to_end(city.ground)
        found.used = self._clock()
        return found.index

    def gather_soon(self, city: City) -> asyncio.Task[None] | None:
        """Have them here for those who come later; None where they are, or there is no room."""
        if city.edition_id is None or city.ground in self._kept:
            return None
        if self._sizes.get(city.ground, 0) > self._room():
            return None
        return self._flights.begin(city.ground, lambda: self._gather(city))

    async def close(self) -> None:
        """End what is under way."""
        await self._flights.close()

    async def _gather(self, city: City) -> None:
        if self._room() <= 0:
            return
        async with self._session() as connection:
            found = await find_city_by_id(connection, city.city_id)
            if found is None or found.ground != city.ground or found.edition_id is None:
                return
            areas = await read_outlined(connection, found.city_id, found.edition_id)
        nbytes = sum(len(area.shape) for area in areas)
        self._sizes[city.ground] = nbytes
        if self._make_room(nbytes):
            index = await asyncio.to_thread(_index_of, areas, found.metric_srid)
            self._kept[city.ground] = _Kept(index, nbytes, self._clock())

    def _room(self) -> int:
        """How many bytes there are, or could be if what has not been used for long gave way."""
        resting = self._clock() - STAYS_S
        taken = sum(kept.nbytes for kept in self._kept.values() if kept.used > resting)
        return self._max_bytes - taken

    def _make_room(self, nbytes: int) -> bool:
        if self._room() < nbytes:
            return False
        while self._kept and self._taken() + nbytes > self._max_bytes:
            self._kept.popitem(last=False)
        return True

    def _taken(self) -> int:
        return sum(kept.nbytes for kept in self._kept.values())


def _index_of(areas: list[OutlinedArea], metric_srid: int | None) -> AreaIndex:
    shapes = shapely.from_wkb([area.shape for area in areas])
    return AreaIndex(
        [
            AreaRecord(area.code, area.level, area.parent_code, area.name, shape)
            for area, shape in zip(areas, shapes, strict=True)
        ],
        metric_srid=metric_srid,
    )
