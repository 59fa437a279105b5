"""When so much comes without a contact that it is looked at before it is shown.

More than the larger of two numbers within an hour: a least one, and some times what is usual in
an hour of the city. Both may be set for a city; the demo city holds nothing unless they are.
"""

import asyncio
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from math import inf
from typing import Any, NamedTuple

from cachetools import LRUCache
from psycopg import Connection

from app.database import Database
from app.flights import Flights
from app.lines import fetch_one
from app.statements import load_statement, load_text
from app.text import is_plain

ABOVE, TIMES = 20, 5
"""For a city that sets none."""
SPAN = timedelta(hours=1)
USUAL_SPAN = timedelta(days=7)
"""What is usual is the mean of the hours of a week, without what was held."""
LOOK_S = 1.0
"""How long a process trusts what it counted; what it takes itself it counts along."""
LOOK_WAIT_S = 1.0
"""The rest of a sender's time is left to the writing."""
LIMIT_S = 300.0
_MOST_CITIES = 1_000


@dataclass(slots=True)
class _Room:
    """How many a city still takes before they are held."""

    left: float
    is_full: bool
    until: float


class Floods:
    """What one process knows of floods; the counting is the database's, for all processes."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._rooms: LRUCache[str, _Room] = LRUCache(_MOST_CITIES)
        self._limits: LRUCache[str, tuple[float, float]] = LRUCache(_MOST_CITIES)
        self._looks: Flights[_Room] = Flights()

    async def holds(self, city_code: str, now: datetime) -> bool:
        """Whether an usulan without a contact that comes now is held; it is counted along.

        Several that come in the same moment may all find room for the last one.
        """
        if not is_plain(city_code):
            return False
        room = self._known(city_code)
        if room is None:
            room = await self._looks.join(city_code, partial(self._look, city_code, now))
        room.left -= 1
        return room.is_full

    async def close(self) -> None:
        """End what is under way."""
        await self._looks.close()

    def _known(self, city_code: str) -> _Room | None:
        """What can still be trusted: it is not too old, and not used up since it was counted."""
        room = self._rooms.get(city_code)
        if room is None or time.monotonic() >= room.until or (room.left < 1 and not room.is_full):
            return None
        return room

    async def _look(self, city_code: str, now: datetime) -> _Room:
        limit = await self._limit(city_code, now)
        came, trusted_s = 0, LIMIT_S
        if limit < inf:
            trusted_s = LOOK_S
            values = {"city": city_code, "since": now - SPAN, "most": int(limit) + 1}
            came = (await self._asked("count_anonymous", values)).came
        left = limit - came
        room = _Room(left, left < 1, time.monotonic() + trusted_s)
        self._rooms[city_code] = room
        return room

    async def _limit(self, city_code: str, now: datetime) -> float:
        known, until = self._limits.get(city_code, (inf, 0.0))
        if time.monotonic() < until:
            return known
        values = {"city": city_code, "after": now - USUAL_SPAN, "until": now - SPAN}
        row = await self._asked("find_anonymous_limits", {**values, "above": ABOVE, "times": TIMES})
        limit = inf
        if row is not None and row.above is not None:
            limit = max(row.above, row.times * row.came / (USUAL_SPAN / SPAN))
        self._limits[city_code] = (limit, time.monotonic() + LIMIT_S)
        return limit

    async def _asked(self, statement: str, values: dict[str, Any]) -> Any:  # noqa: ANN401 - a row
        async with asyncio.timeout(LOOK_WAIT_S), self._database.writing_line() as connection:
            return await fetch_one(connection, load_text("submission", statement), values)


class Limits(NamedTuple):
    """Of a city, for usulan without a contact in an hour."""

    above: int
    times: int


def find_limits(connection: Connection, city_code: str) -> Limits | None:
    """The limits that hold in a city; None where none are held."""
    values = {"city": city_code, "after": None, "until": None, "above": ABOVE, "times": TIMES}
    statement = load_statement("submission", "find_anonymous_limits")
    [(above, times, _)] = connection.execute(statement, values)
    return None if above is None else Limits(above, times)


def change_limits(
    connection: Connection, city_id: int, *, above: int | None, times: int | None, usual: bool
) -> None:
    """Set limits of a city: those given, or both to what cities usually have."""
    values = {"city_id": city_id, "above": above, "times": times, "usual": usual}
    connection.execute(load_statement("submission", "put_anonymous_limits"), values)
