"""Work that lasts as long as the process: where it fails that is told, and it is begun again."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager

import structlog

from app.traces import own_lines

PAUSE_S = 10.0
"""Before failed work is begun again: one that fails at once must not fill the log."""
_log = structlog.get_logger("peta.lasting")

Work = Callable[[], Awaitable[None]]


@asynccontextmanager
async def lasting(works: Mapping[str, Work], *, pause_s: float = PAUSE_S) -> AsyncIterator[None]:
    """Works by their names, under way until the block ends and what they held is given back."""
    tasks = [
        asyncio.create_task(_kept_up(name, work, pause_s), name=name)
        for name, work in works.items()
    ]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)


async def _kept_up(name: str, work: Work, pause_s: float) -> None:
    while True:
        try:
            await work()
        except Exception as error:  # noqa: BLE001 - nobody waits for it: here or nowhere it is told
            at = own_lines(error)
            _log.error("lasting_work_failed", work=name, error=type(error).__name__, at=at)
        else:
            _log.error("lasting_work_ended", work=name)
        await asyncio.sleep(pause_s)
