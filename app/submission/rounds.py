"""Submissions of one moment are written together.

Whoever comes while some are written waits for the next round, which takes all that came. One
statement for eight takes a third of the work of eight statements, and one end of a transaction
does for all; who comes alone goes alone and at once.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Hashable, Sequence
from contextlib import AbstractAsyncContextManager

import psycopg

from app.database import WORK_S, is_busy
from app.lines import AnyConnection
from app.submission import queries
from app.submission.queries import Outcome, Sheet

MOST_TOGETHER = 16
ROUNDS = 2
"""Under way at a time: one is written while the process makes the answers of the other."""
Begin = Callable[[], AbstractAsyncContextManager[AnyConnection]]
_Place = tuple[Sheet, asyncio.Future[Outcome]]


class Rounds:
    """Writes the submissions of one process, each wholly or not at all.

    Parameters
    ----------
    begin
        Lends a connection on which what is sent together is one transaction.
    """

    def __init__(self, begin: Begin) -> None:
        self._begin = begin
        self._waiting: deque[_Place] = deque()
        self._under_way: set[asyncio.Task[None]] = set()

    async def write(self, sheet: Sheet) -> Outcome:
        """What became of it, committed by now; TimeoutError when its round did not come in time.

        Whoever gives up before his round has begun is not written.
        """
        loop = asyncio.get_running_loop()
        told: asyncio.Future[Outcome] = loop.create_future()
        self._waiting.append((sheet, told))
        # Soon and not now: what else has come by this turn of the loop goes along.
        loop.call_soon(self._go_on)
        async with asyncio.timeout(WORK_S):
            return await told

    async def close(self) -> None:
        """Wait for what is under way; nobody comes any more."""
        while self._under_way:
            await asyncio.wait(self._under_way)

    def _go_on(self, ended: asyncio.Task[None] | None = None) -> None:
        if ended is not None:
            self._under_way.discard(ended)
        while len(self._under_way) < ROUNDS and (together := self._next()):
            task = asyncio.create_task(self._written(together))
            self._under_way.add(task)
            task.add_done_callback(self._go_on)

    def _next(self) -> list[_Place]:
        """Those who go now: in order of their coming, but for whom the round cannot take twice."""
        going: list[_Place] = []
        staying: list[_Place] = []
        taken: set[Hashable] = set()
        while self._waiting and len(going) < MOST_TOGETHER:
            sheet, told = place = self._waiting.popleft()
            if told.done():  # has given up
                continue
            own = sheet.own
            (staying if own & taken else going).append(place)
            taken |= own
        self._waiting.extendleft(reversed(staying))
        return going

    async def _written(self, together: Sequence[_Place]) -> None:
        try:
            outcomes = await self._sent([sheet for sheet, _ in together])
        except Exception as error:  # noqa: BLE001 - it is told to each who waits for it
            if len(together) > 1 and isinstance(error, psycopg.Error) and not is_busy(error):
                # One of them cannot be written; the others shall not suffer for it.
                for place in together:
                    await self._written([place])
                return
            for _, told in together:
                if not told.done():
                    told.set_exception(error)
        else:
            for (_, told), outcome in zip(together, outcomes, strict=True):
                if not told.done():
                    told.set_result(outcome)

    async def _sent(self, sheets: Sequence[Sheet]) -> list[Outcome]:
        async with self._begin() as connection:
            return await queries.submit(connection, sheets)
