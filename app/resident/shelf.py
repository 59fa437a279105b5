"""The indexes of one process: loaded on first use, kept up by those who ask, dropped when idle."""

import asyncio
import time
from collections import defaultdict
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field, replace
from typing import Any

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from app.cities.queries import City, find_city_by_id
from app.database import Database
from app.resident.kept import Kept, brought_to, read_whole
from spatial.index.index import Index

IDLE_S = 3_600.0
"""Far less than changes are kept, so that an index that is still there has missed none."""
FOLD_AT = 20_000
"""Signed rows beside a base, above which a new base is made."""
TRY_AGAIN_S = 30.0

_log = structlog.get_logger("peta.resident")


def boot_seconds() -> float:
    """A clock that goes on while the machine sleeps."""
    return time.clock_gettime(time.CLOCK_BOOTTIME)


@dataclass(slots=True)
class _Place:
    """What is kept of one city."""

    kept: Kept | None = None
    used: float = 0.0
    not_before: float = 0.0
    """When building may be tried again after it failed."""
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    work: asyncio.Task[None] | None = None

    @property
    def is_at_work(self) -> bool:
        return self.work is not None and not self.work.done()


def _begun(work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
    """Work that nobody waits for; by its class alone its failure is told, as of every request."""
    task = asyncio.create_task(work)
    task.add_done_callback(_tell_failure)
    return task


def _tell_failure(task: asyncio.Task[None]) -> None:
    error = None if task.cancelled() else task.exception()
    if error is not None:
        _log.warning("index_failed", error=type(error).__name__)


class Shelf:
    """Indexes by city."""

    def __init__(self, database: Database, *, clock: Callable[[], float] = boot_seconds) -> None:
        self._database = database
        self._clock = clock
        self._places: defaultdict[int, _Place] = defaultdict(_Place)

    async def index_of(self, connection: AsyncConnection, city: City) -> Index | None:
        """The index as this transaction, or a later one, sees the city.

        None while it is being built, and where the city is seen under an edition that is not
        the active one: the database must answer then.
        """
        if city.edition_id is None:
            return None
        self._drop_idle()
        place = self._places[city.city_id]
        place.used = self._clock()
        async with place.turn:
            kept = place.kept
            if kept is not None and kept.is_of(city):
                if kept.position != city.position:
                    kept = place.kept = await brought_to(connection, kept, city)
                if kept is not None:
                    self._fold_soon(place, kept)
                    return kept.index
        self._build_soon(place, city)
        return None

    def at_hand(self, city: City) -> Index | None:
        """The index if it stands at this very state of the city already."""
        place = self._places.get(city.city_id)
        kept = None if place is None else place.kept
        if place is None or kept is None or not kept.is_of(city) or kept.position != city.position:
            return None
        place.used = self._clock()
        return kept.index

    async def built(self, city_id: int) -> None:
        """Wait until what is being made of a city is done."""
        work = self._places[city_id].work
        if work is not None:
            await asyncio.wait([work])

    async def close(self) -> None:
        """End what is under way."""
        works = [place.work for place in self._places.values() if place.is_at_work and place.work]
        for work in works:
            work.cancel()
        if works:
            await asyncio.wait(works)

    def _drop_idle(self) -> None:
        limit = self._clock() - IDLE_S
        for city_id, place in list(self._places.items()):
            if place.used < limit and not place.is_at_work and not place.turn.locked():
                del self._places[city_id]

    def _build_soon(self, place: _Place, city: City) -> None:
        if not place.is_at_work and self._clock() >= place.not_before:
            place.work = _begun(self._build(place, city.city_id))

    async def _build(self, place: _Place, city_id: int) -> None:
        began = self._clock()
        place.not_before = began + TRY_AGAIN_S
        async with self._database.public_loading() as connection:
            city = await find_city_by_id(connection, city_id)
            if city is None or city.edition_id is None:
                return
            kept = await read_whole(connection, city)
        place.kept, place.not_before = kept, 0.0
        seconds = round(self._clock() - began, 3)
        _log.info("indexed", city=city.code, usulan=len(kept.index), seconds=seconds)

    def _fold_soon(self, place: _Place, kept: Kept) -> None:
        if kept.index.signed_rows > FOLD_AT and not place.is_at_work:
            place.work = _begun(self._fold(place, kept))

    async def _fold(self, place: _Place, kept: Kept) -> None:
        folded = await asyncio.to_thread(kept.index.folded)
        if place.kept is not None and place.kept.index is kept.index:
            place.kept = replace(place.kept, index=folded)
