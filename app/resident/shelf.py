"""The indexes of one process: loaded on first use, kept up by those who ask, dropped when idle."""

import asyncio
import math
import time
from collections import defaultdict, deque
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field, replace
from datetime import datetime
from secrets import token_hex
from typing import Any

import psycopg
import structlog
from sqlalchemy.exc import SQLAlchemyError

from app.cities.queries import City, find_city, find_city_by_id
from app.database import Database
from app.lines import AnyConnection
from app.resident.borders import Borders
from app.resident.following import is_committed, sees
from app.resident.ground import Grounds
from app.resident.kept import Kept, Step, brought_to, read_whole
from app.resident.searches import Searches
from app.resident.tellings import Tellings
from app.traces import own_lines
from spatial.index.index import Index

IDLE_S = 3_600.0
"""Far less than changes are kept, so that an index that is still there has missed none."""
FOLD_AT = 20_000
"""Signed rows beside a base, above which a new base is made."""
TRY_AGAIN_S = 30.0
SLOW_S = 1.5
"""A city that takes longer to read is one of many, whatever it was before."""
WAIT_S = 1.8
"""How long a request waits for an index; the rest of its time is left to the database."""
MANY = 100_000
"""Fewer usulan than that the database adds up in time, so that no old state need be shown."""
KEEP_S, LOOK_AGAIN_S = 1_200.0, 2.0
FORMER = 4
"""States before the last one, for transactions that others have overtaken."""

_log = structlog.get_logger("peta.resident")


def boot_seconds() -> float:
    """A clock that goes on while the machine sleeps."""
    return time.clock_gettime(time.CLOCK_BOOTTIME)


@dataclass(frozen=True, slots=True)
class IndexAt:
    """An index, and which state of the city it shows."""

    index: Index
    position: str
    """Equal only where the state is, in every process."""
    is_exact: bool
    """Whether the transaction that asked sees just this state."""
    as_of: datetime | None
    """When it lacked nothing; None while it lacks nothing that the transaction sees."""
    tellings: Tellings | None = None
    """What lists told of just this state; None where what they tell may be of another one."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A state of a city that can be told of without the database."""

    city: City
    as_of: datetime
    """All that was committed before is in it."""


@dataclass(slots=True)
class _Place:
    """What is kept of one city."""

    kept: Kept | None = None
    former: deque[Kept] = field(default_factory=lambda: deque(maxlen=FORMER))
    """What was kept before, over the same base, for transactions that began before."""
    city: City | None = None
    """As the last transaction saw it that the index was shown to."""
    used: float = 0.0
    not_before: float = 0.0
    """When building may be tried again after it failed."""
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    work: asyncio.Task[None] | None = None
    begun: float = math.inf
    """When reading the city began that is at work; never for a fold, which is no slow reading."""
    steps: list[Step] | None = None
    """What was changed since a fold began, which the folded index has not."""

    @property
    def is_at_work(self) -> bool:
        return self.work is not None and not self.work.done()

    def follow(self, kept: Kept) -> None:
        """Keep a later state, and for a while the one before."""
        if self.kept is not None:
            self.former.append(self.kept)
        if self.steps is not None and kept.step is not None:
            self.steps.append(kept.step)
        self.kept = kept

    def start_anew(self, kept: Kept) -> None:
        """Keep an index over another base; the old one is let go."""
        self.former.clear()
        self.kept = kept

    def before(self, city: City) -> Kept | None:
        """The latest state kept that shows nothing which a city's does not.

        None for a city as an index stood that lacked something: the database has no such state.
        """
        if not is_committed(city.position):
            return None
        states = [] if self.kept is None else [*self.former, self.kept]
        of_city = [kept for kept in states if kept.is_of(city)]
        return next(
            (kept for kept in reversed(of_city) if sees(city.position, kept.position)), None
        )


def _begun(work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
    """Work that nobody waits for; its failure is told by its class and place, not by its text."""
    task = asyncio.create_task(work)
    task.add_done_callback(_tell_failure)
    return task


def _tell_failure(task: asyncio.Task[None]) -> None:
    error = None if task.cancelled() else task.exception()
    if error is not None:
        _log.warning("index_failed", error=type(error).__name__, at=own_lines(error))


class Shelf:
    """Indexes by city."""

    def __init__(self, database: Database, *, clock: Callable[[], float] = boot_seconds) -> None:
        self._database = database
        self._clock = clock
        self._places: defaultdict[int, _Place] = defaultdict(_Place)
        self._name = token_hex(8)
        self.grounds = Grounds()
        self.borders = Borders(database.public_session)
        self.searches = Searches(database)

    async def index_of(self, connection: AnyConnection, city: City) -> IndexAt | None:
        """The index of the state that this transaction sees, or of one as near as there is.

        A later one where the transaction was overtaken long ago; an older one, which follows
        single changes, while a city of many is read anew because all of it may have changed.
        Where there is none it is waited for, but not for long: None where it is not there then,
        or the city is seen under an edition that is not the active one. Then the database must
        answer.
        """
        found = await self.index_now(connection, city)
        work = None if city.edition_id is None else self._places[city.city_id].work
        if found is None and work is not None:
            await asyncio.wait([work], timeout=WAIT_S)
            found = await self.index_now(connection, city)
        return found

    async def index_now(self, connection: AnyConnection, city: City) -> IndexAt | None:
        """The same without waiting; what is not there is begun."""
        if city.edition_id is None:
            return None
        self._drop_idle()
        place = self._places[city.city_id]
        place.used = self._clock()
        return await self._found(connection, city, place)

    async def _found(self, connection: AnyConnection, city: City, place: _Place) -> IndexAt | None:
        async with place.turn:
            kept = await self._nearest(connection, city, place)
            if kept is None or kept.lacks:
                self._build_soon(place, city)
            if kept is None or (kept.lacks and not self._is_large(place, kept)):
                return None
            if kept is place.kept and kept.position == city.position:
                place.city = city
            self._fold_soon(place)
        return self._shown(kept, city)

    def _is_large(self, place: _Place, kept: Kept) -> bool:
        """Whether the database could not add the city up in time."""
        is_slow = place.is_at_work and self._clock() - place.begun >= SLOW_S
        return is_slow or len(kept.index) >= MANY

    async def _nearest(self, connection: AnyConnection, city: City, place: _Place) -> Kept | None:
        """What is kept, brought to what the transaction sees if it is not beyond that."""
        before, kept = place.before(city), place.kept
        if before is None:
            return kept if kept is not None and kept.is_of(city) else None
        if before.position == city.position:
            return before
        brought = await brought_to(connection, before, city)
        if before is kept:
            place.follow(brought)
        return brought

    def _shown(self, kept: Kept, city: City) -> IndexAt:
        if kept.position == city.position and not kept.lacks:
            return IndexAt(
                kept.index, city.position, is_exact=True, as_of=None, tellings=kept.tellings
            )
        # What it lacks depends on when this process read the city, so the state is its own.
        state = f"{kept.position} of {self._name}" if kept.lacks else kept.position
        return IndexAt(
            kept.index,
            position=f"{city.position} by {state}",
            is_exact=False,
            as_of=kept.whole_at if kept.lacks else None,
        )

    async def keep(self, code: str) -> None:
        """Have the index of a city from the start and always; until it is cancelled."""
        while True:
            wait_s = await self._brought_up(code)
            await asyncio.sleep(wait_s)

    async def _brought_up(self, code: str) -> float:
        """Bring the index of a city up to date; after how many seconds to do so again."""
        try:
            async with self._database.public_session() as connection:
                city = await find_city(connection, code)
                if city is None or await self.index_of(connection, city) is None:
                    return LOOK_AGAIN_S
        except (SQLAlchemyError, psycopg.Error, OSError, TimeoutError):
            return LOOK_AGAIN_S
        return KEEP_S

    def at_hand(self, city: City) -> Index | None:
        """The index if it stands at this very state of the city already."""
        place = self._places.get(city.city_id)
        kept = None if place is None else place.kept
        if place is None or kept is None or not kept.is_of(city):
            return None
        if self._state(kept) != city.position:
            return None
        place.used = self._clock()
        if place.city is None or place.city.seen < city.seen:
            place.city = city
        return kept.index

    def exact_at(self, city: City) -> IndexAt | None:
        """The same with what lists told of it; None as well for one that lacks something."""
        index, kept = self.at_hand(city), self._places[city.city_id].kept
        return None if index is None or kept is None or kept.lacks else self._shown(kept, city)

    def _state(self, kept: Kept) -> str:
        """The position of what is kept; one that lacks something has one of its own."""
        return (
            f"{kept.position} by {kept.position} of {self._name}" if kept.lacks else kept.position
        )

    def standing(self, code: str) -> Standing | None:
        """What can be answered from without the database; None where there is no index."""
        for place in self._places.values():
            city, kept = place.city, place.kept
            if city is not None and kept is not None and city.code == code:
                as_of = kept.whole_at if kept.lacks else city.seen
                return Standing(replace(city, position=self._state(kept)), as_of)
        return None

    async def built(self, city_id: int) -> None:
        """Wait until what is being made of a city is done."""
        work = self._places[city_id].work
        if work is not None:
            await asyncio.wait([work])

    async def close(self) -> None:
        """End what is under way."""
        await self.borders.close()
        await self.searches.close()
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
            place.begun = self._clock()
            place.work = _begun(self._build(place, city.city_id))

    async def _build(self, place: _Place, city_id: int) -> None:
        began = self._clock()
        place.not_before = began + TRY_AGAIN_S
        async with self._database.public_loading() as connection:
            city = await find_city_by_id(connection, city_id)
            if city is None or city.edition_id is None:
                return
            kept = await read_whole(connection, city)
            await self.grounds.of(connection, city)
        async with place.turn:
            place.start_anew(kept)
            place.city = city
        place.not_before = 0.0
        seconds = round(self._clock() - began, 3)
        _log.info("indexed", city=city.code, usulan=len(kept.index), seconds=seconds)

    def _fold_soon(self, place: _Place) -> None:
        kept = place.kept
        if kept is not None and kept.index.signed_rows > FOLD_AT and not place.is_at_work:
            place.begun, place.steps = math.inf, []
            place.work = _begun(self._fold(place, kept.index))

    async def _fold(self, place: _Place, index: Index) -> None:
        folded = await asyncio.to_thread(index.folded)
        async with place.turn:
            steps, place.steps = place.steps or (), None
            for step in steps:
                folded = step.on(folded)
            if place.kept is not None:
                place.start_anew(replace(place.kept, index=folded))
