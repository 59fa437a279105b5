"""Contacts are erased some months after their usulan was closed; each city sets how many.

What reporters answered and the words that were closed go with them. The usulan, its numbers and
its history stay as they are.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import structlog
from psycopg import Connection

from app.database import DATABASE_ERRORS, Database
from app.privacy import queries
from app.statements import load_statement
from app.usulan.workflow import MOVES, OPEN_STATUSES

CLOSED_STATUSES = tuple(status for status in MOVES if status not in OPEN_STATUSES)
PIECE = 5_000
FIRST_S, EVERY_S = 300.0, 6 * 3_600.0
ATTEMPTS_KEPT = timedelta(days=1)
_FIRST = UUID(int=0)
_log = structlog.get_logger("peta.privacy")


@dataclass(slots=True)
class Erased:
    """How many usulan lost something, and what they lost."""

    usulan: int = 0
    contacts: int = 0
    answers: int = 0
    words: int = 0

    def add(self, row: Any) -> None:  # noqa: ANN401 - a row of either driver
        """Count what one piece has erased."""
        _, usulan, contacts, answers, words = row
        self.usulan += usulan
        self.contacts += contacts
        self.answers += answers
        self.words += words


def values_of(city_id: int, after: UUID, now: datetime) -> Mapping[str, Any]:
    """The values of `retain_piece.sql`."""
    return {
        "city_id": city_id,
        "after": after,
        "closed": list(CLOSED_STATUSES),
        "now": now,
        "most": PIECE,
    }


def retain(connection: Connection, city_id: int, *, now: datetime) -> Erased:
    """Erase what a city keeps no longer, in the transaction of the caller."""
    erased, after = Erased(), _FIRST
    statement = load_statement("privacy", "retain_piece")
    while True:
        row = connection.execute(statement, values_of(city_id, after, now)).fetchone()
        if row is None or row[0] is None:
            return erased
        erased.add(row)
        after = row[0]


async def retain_until_ended(database: Database) -> None:
    """Until it is cancelled; a database that is away is asked again later."""
    wait_s = FIRST_S
    while True:
        await asyncio.sleep(wait_s)
        wait_s = EVERY_S
        try:
            erased = await retain_all(database, now=datetime.now(UTC))
        except (*DATABASE_ERRORS, OSError) as error:
            _log.warning("retention_failed", error=type(error).__name__)
        else:
            _log.info("retained", usulan=erased.usulan, contacts=erased.contacts)


async def retain_all(database: Database, *, now: datetime) -> Erased:
    """The same for every city, each piece in a transaction of its own; and old counts go."""
    erased = Erased()
    async with database.staff_session() as connection:
        await queries.sweep_attempts(connection, before=now - ATTEMPTS_KEPT)
        cities = await queries.read_city_ids(connection)
    for city_id in cities:
        after: UUID | None = _FIRST
        while after is not None:
            async with database.staff_session() as connection:
                row = await queries.retain_piece(connection, values_of(city_id, after, now))
            after = row[0]
            erased.add(row)
    return erased


def set_months(connection: Connection, city_id: int, months: int) -> None:
    """Set for how many months after closing a city keeps contacts."""
    values = {"city_id": city_id, "months": months}
    connection.execute(load_statement("privacy", "set_contact_months"), values)
