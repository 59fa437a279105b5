"""What is left of loads goes after a month: files, and the words and places that reports quote."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path
from shutil import rmtree

import structlog

from app.database import DATABASE_ERRORS, Database
from app.loads import queries
from app.loads.orders import Bench

KEPT = timedelta(days=30)
FIRST_S, EVERY_S = 120.0, 3_600.0
_log = structlog.get_logger("peta.loads")


async def sweep_until_ended(database: Database, bench: Bench) -> None:
    """Sweep every hour; a database that is away is tried again an hour later."""
    wait_s = FIRST_S
    while True:
        await asyncio.sleep(wait_s)
        wait_s = EVERY_S
        try:
            removed = await sweep(database, bench, datetime.now(UTC))
        except (*DATABASE_ERRORS, OSError) as error:
            _log.warning("sweep_of_loads_failed", error=type(error).__name__)
        else:
            _log.info("loads_swept", folders=removed)


async def sweep(database: Database, bench: Bench, now: datetime) -> int:
    """End what nobody went on with for a month, and erase what people wrote in lists as old.

    How many folders were removed.
    """
    async with database.staff_session() as connection:
        await queries.end_forgotten(connection, now - KEPT, now)
        await queries.forget_words(connection, now - KEPT)
    return await asyncio.to_thread(_remove_old, Path(bench.state_dir) / "loads", now - KEPT)


def _remove_old(folder: Path, before: datetime) -> int:
    if not folder.is_dir():
        return 0
    old = [each for each in folder.iterdir() if each.stat().st_mtime < before.timestamp()]
    for each in old:
        rmtree(each, ignore_errors=True)
    return len(old)
