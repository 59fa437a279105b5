"""Submissions of one moment are written together.

Whoever comes while some are written waits for the next round, which takes all that came. One
statement for eight takes a third of the work of eight statements, and one end of a transaction
does for all; who comes alone goes alone and at once.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Hashable, Sequence
from dataclasses import dataclass

import psycopg
import structlog

from app.database import WORK_S
from app.submission.queries import Outcome, Sheet

MOST_TOGETHER = 16
ROUNDS = 2
"""Under way at a time: one is written while the process makes the answers of the other."""
WAIT_S = 1.5
"""How long somebody waits for his round to begin; then it has its own time."""
Send = Callable[[Sequence[Sheet]], Awaitable[list[Outcome]]]
# Too many connections, disk full, server going down or coming up, line broken, read-only standby.
_OF_ALL = ("53", "57P", "08", "25006", "25P03")

_log = structlog.get_logger("peta.submission")


@dataclass(slots=True, eq=False)
class _Place:
    """A submission in the queue, and who waits for it."""

    sheet: Sheet
    told: asyncio.Future[Outcome]
    has_begun: bool = False

    def tell(self, outcome: Outcome) -> None:
        if not self.told.done():
            self.told.set_result(outcome)

    def fail(self, error: Exception) -> None:
        if not self.told.done():
            self.told.set_exception(error)

    def give_up(self) -> None:
        if not self.has_begun:
            self.fail(TimeoutError())


class Rounds:
    """Writes the submissions of one process, each wholly or not at all.

    Parameters
    ----------
    send
        Writes some in one transaction; where it fails none is written.
    """

    def __init__(self, send: Send) -> None:
        self._send = send
        self._waiting: deque[_Place] = deque()
        self._under_way: dict[asyncio.Task[None], frozenset[Hashable]] = {}

    async def write(self, sheet: Sheet) -> Outcome:
        """What became of it, committed by now; TimeoutError when its round did not come in time.

        Whoever gives up before his round has begun is not written.
        """
        loop = asyncio.get_running_loop()
        place = _Place(sheet, loop.create_future())
        self._waiting.append(place)
        # Soon and not now: what else has come by this turn of the loop goes along.
        loop.call_soon(self._go_on)
        late = loop.call_later(WAIT_S, place.give_up)
        try:
            return await place.told
        finally:
            late.cancel()

    async def close(self) -> None:
        """Wait for what is under way; nobody comes any more."""
        while self._under_way:
            await asyncio.wait(self._under_way)

    def _go_on(self, ended: asyncio.Task[None] | None = None) -> None:
        if ended is not None:
            del self._under_way[ended]
        while len(self._under_way) < ROUNDS and (together := self._next()):
            task = asyncio.create_task(self._written(together))
            self._under_way[task] = frozenset().union(*(place.sheet.own for place in together))
            task.add_done_callback(self._go_on)

    def _next(self) -> list[_Place]:
        """Those who go now, in order of their coming.

        Who has a key or a sender in common with one who goes before stays: he would wait for that
        one's end in the database, and all of his round with him.
        """
        going: list[_Place] = []
        staying: list[_Place] = []
        taken: set[Hashable] = set().union(*self._under_way.values())
        while self._waiting and len(going) < MOST_TOGETHER:
            place = self._waiting.popleft()
            if place.told.done():  # has given up
                continue
            own = place.sheet.own
            (staying if own & taken else going).append(place)
            taken |= own
        self._waiting.extendleft(reversed(staying))
        for place in going:
            place.has_begun = True
        return going

    async def _written(self, together: Sequence[_Place]) -> None:
        try:
            async with asyncio.timeout(WORK_S):
                await self._tried(together)
        except Exception as error:  # noqa: BLE001 - it is told to each who waits for it
            for place in together:
                place.fail(error)

    async def _tried(self, together: Sequence[_Place]) -> None:
        try:
            outcomes = await self._send([place.sheet for place in together])
        except psycopg.Error as error:
            if len(together) == 1 or not _may_be_of_one(error):
                raise
            _log.warning("round_split", submissions=len(together), sqlstate=error.sqlstate)
            await self._tried_alone(together)
            return
        for place, outcome in zip(together, outcomes, strict=True):
            place.tell(outcome)

    async def _tried_alone(self, together: Sequence[_Place]) -> None:
        """One after the other: one of them cannot be written, and no other suffers for it."""
        for place in together:
            if place.told.done():  # has given up, and was told that nothing is stored
                continue
            try:
                [outcome] = await self._send([place.sheet])
            except psycopg.Error as error:
                place.fail(error)
            else:
                place.tell(outcome)


def _may_be_of_one(error: psycopg.Error) -> bool:
    """Whether the server undid a round for what may be the fault of one in it.

    Without its word nobody knows whether the round is stored, and it must not be tried again.
    """
    return error.sqlstate is not None and not error.sqlstate.startswith(_OF_ALL)
