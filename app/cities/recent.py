"""Cities as they were a moment ago, so that not every answer asks the database where it stands."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass

from app.cities.queries import City, get_city
from app.database import Database
from app.flights import Flights

REMEMBERED_S = 0.25
LOOK_AGAIN_S = 0.1


@dataclass(frozen=True, slots=True)
class _Seen:
    city: City
    began: float
    """Before this moment nothing was committed that the city does not show."""


class RecentCities:
    """What one process has seen of its cities in the last quarter of a second."""

    def __init__(self, database: Database, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._database = database
        self._clock = clock
        self._seen: dict[str, _Seen] = {}
        self._flights = Flights[City]()
        self._forgotten = clock()

    def find(self, code: str) -> City | None:
        """The city if it was looked at a moment ago. Unchanged ones are the same object.

        While there is asking, the next look is begun before the last is too old.
        """
        seen = self._seen.get(code)
        age = REMEMBERED_S if seen is None else self._clock() - seen.began
        if seen is None or age > REMEMBERED_S:
            return None
        if age > LOOK_AGAIN_S:
            self._look_soon(code)
        return seen.city

    async def get(self, code: str) -> City:
        """The city as it was a moment ago at most; NotFound when there is none."""
        found = self.find(code)
        if found is not None:
            return found
        return await asyncio.shield(self._look_soon(code))

    async def look(self, code: str) -> City:
        """The city as it is now; NotFound when there is none."""
        began = self._clock()
        async with self._database.reading_line() as connection:
            city = await get_city(connection, code)
        return self.keep(city, began)

    def keep(self, city: City, began: float) -> City:
        """Remember what a transaction saw that began no earlier than `began`."""
        seen = self._seen.get(city.code)
        if seen is not None and seen.city == city:
            city = seen.city
        if began >= self._forgotten and (seen is None or began >= seen.began):
            self._seen[city.code] = _Seen(city, began)
        return city

    def forget(self) -> None:
        """Take nothing that was seen until now for what is: this process has written."""
        self._forgotten = self._clock()
        self._seen.clear()

    def now(self) -> float:
        """The moment for `keep`, to be taken before its transaction begins."""
        return self._clock()

    def _look_soon(self, code: str) -> asyncio.Task[City]:
        # Not the look of those who asked before this process wrote.
        return self._flights.begin((code, self._forgotten), lambda: self.look(code))

    async def close(self) -> None:
        await self._flights.close()
