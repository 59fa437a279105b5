"""What most lists of a large city begin with, read before it is asked for.

Whoever asks for the newest usulan of one part of a city will ask for those of the next part. The
first who asks has the newest of all of it read in the background, a few at a time.
"""

import asyncio

from app.cities.queries import get_city
from app.database import Database
from app.flights import Flights
from app.language import Language
from app.resident.shelf import MANY, Shelf
from app.usulan.cursor import Sort
from app.usulan.filters import Filters
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
        page = await self._read_piece(code, language, None)
        if page is None:
            return
        for start in range(0, len(page.ids), PIECE):
            await asyncio.sleep(PAUSE_S)
            part = slice(start, start + PIECE)
            await self._read_piece(code, language, Page(page.ids[part], page.exact[part], 0, 0))

    async def _read_piece(self, code: str, language: Language, page: Page | None) -> Page | None:
        """Tell some usulan as the city is now; without any, which of them are the newest."""
        async with self._database.reading_line() as line:
            city = await get_city(line, code)
            chosen = await choose_named(line, city, EVERY, self._shelf)
            indexed = None if chosen is None else chosen.indexed
            if chosen is None or indexed is None or indexed.tellings is None:
                return None
            if page is None:
                indexed.tellings.read_ahead.add(language)
                return indexed.page(NEWEST, None, most=MOST_READ)
            await tell_named(Listener(line, language), chosen, indexed, page)
        return page
