"""Sealing the ends of histories: what changed once a minute, and once a day whatever is left.

What changed is told by `peta.change`, in which a load of many usulan is one row, and which is
emptied by a restore and swept after a day. Then all histories are looked at, as on every new
day of the city: so nothing stays without a seal for longer than that.
"""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing, suppress
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import structlog
from psycopg.errors import UniqueViolation
from psycopg.rows import namedtuple_row

from app.database import DATABASE_ERRORS, Database
from app.lines import PromptConnection
from app.models.seal import DAY, MINUTE
from app.resident.following import sees
from app.seals.digest import seal_digest
from app.statements import load_statement

EVERY_S = 60.0
MOST_ENDS = 10_000
"""In one seal; of more there are several."""

LONGEST_SENDING = timedelta(minutes=5)
"""More than may lie between the time of a submission and its commit, by clocks that differ."""

_log = structlog.get_logger("peta.seals")


async def seal_every_minute(database: Database) -> None:
    """Until it is cancelled; a database that is away is tried again a minute later."""
    while True:
        await asyncio.sleep(EVERY_S)
        try:
            await seal_cities(database, datetime.now(UTC))
        except (*DATABASE_ERRORS, OSError) as error:
            _log.warning("sealing_failed", error=type(error).__name__)


async def seal_cities(database: Database, now: datetime) -> int:
    """Seal what is to be sealed in every city; how many seals were made."""
    async with database.writing_line() as connection:
        cities = await _rows(connection, "read_cities")
    made = 0
    for city in cities:
        # Another process may end its sealing between our look and our turn.
        with suppress(UniqueViolation):
            async with database.long_line() as connection:
                made += await _seal_city(connection, city.city_id, now)
    return made


async def _seal_city(connection: PromptConnection, city_id: int, now: datetime) -> int:
    """Lengthen the chain of seals of a city, unless another process is about it."""
    found = await _rows(connection, "find_last_seal", city_id=city_id)
    if not found or not found[0].is_ours:
        return 0
    stand, made = found[0], 0
    seal = {"city_id": city_id, "number": stand.number or 0, "hash": stand.hash}
    is_new_day = _is_new_day(stand, now)
    async with aclosing(_unsealed(connection, city_id, stand, is_whole=is_new_day)) as parts:
        async for ends in parts:
            if not ends and not (is_new_day and seal["number"]):
                continue  # nothing changed, or nothing was ever sent
            kind = DAY if is_new_day and len(ends) < MOST_ENDS else MINUTE
            seal = _next_seal(seal, ends, kind=kind, at=now, committed=stand.committed)
            await connection.execute(load_statement("seals", "add_seal"), seal)
            made += 1
    if made and is_new_day:
        # Outside the database, where nobody can alter it with the rest.
        told = seal["hash"].hex()
        _log.info("day_sealed", city=stand.code, number=seal["number"], seal=told)
    return made


def _is_new_day(stand: Any, now: datetime) -> bool:  # noqa: ANN401 - a row of the driver's
    zone = ZoneInfo(stand.time_zone)
    return stand.day is None or now.astimezone(zone).date() > stand.day.astimezone(zone).date()


async def _unsealed(
    connection: PromptConnection,
    city_id: int,
    stand: Any,  # noqa: ANN401 - a row of the driver's
    *,
    is_whole: bool,
) -> AsyncGenerator[Sequence[Any]]:
    """Ends of histories that no seal has, so many at a time; the last part may be empty."""
    if not is_whole and _is_followed(stand):
        where = {
            "city_id": city_id,
            "snapshot": stand.sealed.partition("/")[2],
            "since": stand.at - LONGEST_SENDING,
            "number": stand.number,
        }
        ends = await _rows(connection, "find_changed_ends", **where)
        if len(ends) < MOST_ENDS and all(end.sequence is not None for end in ends):
            yield ends
            return
    async with connection.cursor("ends", row_factory=namedtuple_row) as cursor:
        await cursor.execute(load_statement("seals", "find_open_ends"), {"city_id": city_id})
        while len(part := await cursor.fetchmany(MOST_ENDS)) == MOST_ENDS:
            yield part
        yield part


def _is_followed(stand: Any) -> bool:  # noqa: ANN401 - a row of the driver's
    """Whether the changes since the last seal are known: it is of this very database."""
    database, sealed = (told.partition("/")[0] for told in (stand.committed, stand.sealed))
    return database == sealed and sees(stand.committed, stand.sealed)


def _next_seal(
    last: dict[str, Any], ends: Sequence[Any], *, kind: str, at: datetime, committed: str
) -> dict[str, Any]:
    seal = {
        "city_id": last["city_id"],
        "number": last["number"] + 1,
        "at": at,
        "kind": kind,
        "usulan_ids": [end.usulan_id for end in ends],
        "sequences": [end.sequence for end in ends],
        "digests": [end.hash for end in ends],
        "committed": committed,
        "previous": last["hash"],
    }
    return {**seal, "hash": seal_digest(seal)}


async def _rows(
    connection: PromptConnection,
    statement: str,
    **values: Any,
) -> Sequence[Any]:
    async with connection.cursor(row_factory=namedtuple_row) as cursor:
        await cursor.execute(load_statement("seals", statement), values)
        return await cursor.fetchall()
