"""Works on loads, one at a time in a server: each in a process of its own that dies with it.

The database says where a load stands. A server says every few seconds that it is still at work;
what it holds when it is killed falls silent, is told as broken off, and may be begun again.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime

import structlog

from app.database import DATABASE_ERRORS, Database
from app.errors import Busy
from app.loads import queries
from app.loads.orders import Bench, Order, packed
from app.loads.states import BEAT_S, NO_ROOM, NO_ROOM_STATUS, State
from app.loads.workshop import Workshop

UNFORESEEN = "GALAT_SERVER"
MOST_WAITING = 20
MOST_UPLOADS = 4
REST_S = 60.0
"""So long the process of works waits for the next: an officer tries a list after reading it."""
_log = structlog.get_logger("peta.loads")


class LoadDesk:
    """The loads that this server has taken on."""

    def __init__(self, database: Database, bench: Bench) -> None:
        self._database = database
        self.bench = bench
        self._held: list[Order] = []
        self._came = asyncio.Event()
        self._doing: Order | None = None
        self._workshop = Workshop()
        self._progress = (0, 0)
        self._uploads = 0

    @asynccontextmanager
    async def upload(self) -> AsyncIterator[None]:
        """A place for somebody who sends a file; Busy when all are taken."""
        if self._uploads >= MOST_UPLOADS:
            raise Busy
        self._uploads += 1
        try:
            yield
        finally:
            self._uploads -= 1

    def require_room(self) -> None:
        """Busy when too much waits here already."""
        if len(self._held) >= MOST_WAITING:
            raise Busy

    def begin(self, order: Order) -> None:
        """Take on a work whose load says already that it goes on."""
        self._held.append(order)
        self._came.set()

    async def work_until_ended(self) -> None:
        """Do one work after the other, and say meanwhile that they go on."""
        async with asyncio.TaskGroup() as together:
            together.create_task(self._beat())
            together.create_task(self._serve())

    async def _serve(self) -> None:
        try:
            while True:
                order = await self._next()
                try:
                    await self._do(order)
                finally:
                    if order in self._held:
                        self._held.remove(order)
        finally:
            await self._workshop.close()

    async def _next(self) -> Order:
        while not self._held:
            self._came.clear()
            try:
                async with asyncio.timeout(REST_S if self._workshop.is_open else None):
                    await self._came.wait()
            except TimeoutError:
                await self._workshop.close()
        return self._held[0]

    async def _do(self, order: Order) -> None:
        self._doing, self._progress = order, (0, 0)
        try:
            status = await self._workshop.do(packed(order, self.bench), self._hear)
        finally:
            self._doing = None
        if status != 0 and order in self._held:
            _log.error("load_failed", work=order.work, status=status)
            await self._fail(order, NO_ROOM if status == NO_ROOM_STATUS else UNFORESEEN)

    def _hear(self, done: int, about: int) -> None:
        self._progress = (done, about)

    async def _fail(self, order: Order, failure: str) -> None:
        values = {"state": order.failed, "failure": failure, "updated": datetime.now(UTC)}
        with suppress(*DATABASE_ERRORS):  # then it falls silent, and is told as broken off
            await self._write(order, values)

    async def _beat(self) -> None:
        while True:
            await asyncio.sleep(BEAT_S)
            for order in list(self._held):
                with suppress(*DATABASE_ERRORS):
                    await self._tell(order)

    async def _tell(self, order: Order) -> None:
        """That a work goes on; one that was cancelled meanwhile is ended."""
        values: dict[str, object] = {"beat": datetime.now(UTC)}
        if self._doing is order:
            done, about = self._progress
            values |= {"rows_done": done, "rows_about": about}
        if not await self._write(order, values) and await self._is_cancelled(order):
            self._drop(order)

    async def _write(self, order: Order, values: dict[str, object]) -> bool:
        async with self._database.staff_session() as connection:
            return await queries.change_under_way(
                connection, order.whose, values, state=order.state
            )

    async def _is_cancelled(self, order: Order) -> bool:
        """Or begun again elsewhere; a work may also just have come to its end by itself."""
        async with self._database.staff_session() as connection:
            row = await queries.find_load(connection, order.city_id, order.load_id)
        if row is None or row.attempt != order.attempt:
            return True
        is_over: bool = row.state == State.CANCELLED
        return is_over

    def _drop(self, order: Order) -> None:
        if order in self._held:
            self._held.remove(order)
        if self._doing is order:
            self._workshop.kill()
