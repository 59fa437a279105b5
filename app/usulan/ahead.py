"""What most lists of a large city begin with, read before it is asked for.

Whoever asks for the newest usulan of one part of a city will ask for those of the next part. The
first who asks has the newest of all of it read in the background, a few at a time.
"""

import asyncio

from app.cities.queries import get_city
from app.database import Database
from app.flights import Flights
from app.language import Language
from app.lines import AnyConnection
from app.resident.shelf import MANY, Shelf
from app.resident.tellings import Tellings
from app.usulan.cursor import Sort
from app.usulan.filters import Filters
from app.usulan.indexed import Indexed
from app.usulan.selection import Chosen, choose_named
from app.usulan.telling import Listener, tell_named
from spatial.index.pages import Page

EVERY = Filters.model_validate({})
NEWEST = Sort("created", descending=True)
MOST_READ = 8_000
"""The longest page of an eighth of a city, if it is like the rest."""
PIECE = 200
"""So many are read and put in words within some ten milliseconds."""
PAUSE_S = 0.02


class Ahead:
    """The readings ahead of one process."""

    def __init__(self, database: Database, shelf: Shelf, *, many: int = MANY) -> None:
        self._database = database
        self._shelf = shelf
        self._many = many
        self._flights = Flights[None]()

    def begin(self, chosen: Chosen, language: Language) -> None:
        """Have the newest usulan of a chosen city read, unless they were or it is small."""
        indexed, code = chosen.indexed, chosen.city.code
        if indexed is None or indexed.tellings is None or len(indexed.index) < self._many:
            return
        if language not in indexed.tellings.read_ahead:
            self._flights.begin((code, language), lambda: self._read(code, language))

    async def landed(self) -> None:
        """Wait until nothing is being read."""
        await self._flights.landed()

    async def close(self) -> None:
        """End what is under way."""
        await self._flights.close()

    async def _read(self, code: str, language: Language) -> None:
        found = await self._newest(code)
        if found is None:
            return
        page, read_ahead = found
        for start in range(0, len(page.ids), PIECE):
            await asyncio.sleep(PAUSE_S)
            part = slice(start, start + PIECE)
            await self._tell(code, language, Page(page.ids[part], page.exact[part], 0, 0))
        # Only now: where the database failed before the end, whoever asks next begins anew.
        read_ahead.add(language)

    async def _newest(self, code: str) -> tuple[Page, set[str]] | None:
        """Which usulan are the newest now, and where it is written down that they were read."""
        async with self._database.reading_line() as line:
            found = await self._seen(line, code)
        if found is None:
            return None
        _, indexed, tellings = found
        return indexed.page(NEWEST, None, most=MOST_READ), tellings.read_ahead

    async def _tell(self, code: str, language: Language, page: Page) -> None:
        """Tell some usulan as the city is now."""
        async with self._database.reading_line() as line:
            found = await self._seen(line, code)
            if found is not None:
                await tell_named(Listener(line, language), found[0], page)

    async def _seen(
        self, line: AnyConnection, code: str
    ) -> tuple[Chosen, Indexed, Tellings] | None:
        chosen = await choose_named(line, await get_city(line, code), EVERY, self._shelf)
        indexed = None if chosen is None else chosen.indexed
        if chosen is None or indexed is None or indexed.tellings is None:
            return None
        return chosen, indexed, indexed.tellings
