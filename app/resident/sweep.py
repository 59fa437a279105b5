"""Changes that nobody needs any more are forgotten."""

import asyncio
from datetime import UTC, datetime, timedelta

import structlog
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from app.database import Database
from app.statements import load_statement

KEPT = timedelta(days=1)
FIRST_S, EVERY_S = 60.0, 3_600.0

_log = structlog.get_logger("peta.resident")


async def sweep_changes(connection: AsyncConnection, now: datetime) -> int:
    """Delete what is older than a day; how many rows."""
    statement = load_statement("resident", "sweep_changes").decode()
    return (await connection.exec_driver_sql(statement, {"before": now - KEPT})).rowcount


async def sweep_every_hour(database: Database) -> None:
    """Until it is cancelled; a database that is away is tried again an hour later."""
    wait_s = FIRST_S
    while True:
        await asyncio.sleep(wait_s)
        wait_s = EVERY_S
        try:
            async with database.staff_session() as connection:
                swept = await sweep_changes(connection, datetime.now(UTC))
        except (SQLAlchemyError, OSError, TimeoutError) as error:
            _log.warning("sweep_failed", error=type(error).__name__)
        else:
            _log.info("swept", changes=swept)
