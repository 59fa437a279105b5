"""Where tiles are asked for: what the process knows already is given at once, the rest is made."""

from dataclasses import replace
from functools import partial
from typing import NamedTuple

from cachetools import LRUCache
from starlette.datastructures import QueryParams

from app.cities.queries import City, get_city
from app.cities.recent import RecentCities
from app.database import Database
from app.flights import Flights
from app.resident.shelf import Shelf
from app.standby import Line
from app.tiles.cache import TileCache
from app.tiles.layer import Asked, Layer
from app.tiles.serving import Tags
from app.tiles.shown import Shown
from app.web.answers import is_among
from app.web.packing import packed
from spatial.tiles import Tile

MOST_ADDRESSES = 5_000

Address = tuple[str, bytes]


class Wanted(NamedTuple):
    """One request for a tile."""

    kind: type[Layer]
    tile: Tile
    city_code: str
    parameters: QueryParams
    address: Address
    """Path and query as they were sent."""
    known: str
    """Tags that the asker holds."""
    anew: bool
    """Whether the asker wants what is so now, not a moment ago."""


class Answer(NamedTuple):
    """What to say, and the bytes unless the asker has them."""

    shown: Shown
    content: bytes | None


class TileDesk:
    """The tiles of one process."""

    def __init__(
        self,
        database: Database,
        shelf: Shelf,
        cities: RecentCities,
        *,
        cache: TileCache,
        line: Line,
    ) -> None:
        self._database = database
        self._shelf = shelf
        self._cities = cities
        self._cache = cache
        self._line = line
        self._addresses: LRUCache[Address, Shown] = LRUCache(MOST_ADDRESSES)
        self._flights = Flights[Answer]()

    def remembered(self, address: Address) -> Shown | None:
        """What an address shows as of a moment ago, if that is known without asking anyone."""
        shown = self._addresses.get(address)
        if shown is None or self._cities.find(shown.city.code) is not shown.city:
            return None
        return shown

    def kept(self, shown: Shown, packing: str) -> bytes | None:
        """The bytes of a tile in a packing, if they are there."""
        return self._cache.find(shown.packed_key(packing))

    async def show(self, wanted: Wanted) -> Answer:
        """The answer to a request; NotFound and InvalidFields where there is none.

        While the database is away it is what this process has, and says as of when.
        """
        return await self._line.ask(partial(self._newest, wanted), partial(self._standing, wanted))

    async def _standing(self, wanted: Wanted) -> Answer | None:
        standing = self._shelf.standing(wanted.city_code)
        if standing is None:
            return None
        layer = wanted.kind.at_hand(standing.city, wanted.parameters, self._shelf)
        answer = None if layer is None else self._without_database(wanted, layer)
        if answer is None:
            return None
        return answer._replace(shown=replace(answer.shown, as_of=standing.as_of))

    async def _newest(self, wanted: Wanted) -> Answer:
        look = self._cities.look if wanted.anew else self._cities.get
        city = await look(wanted.city_code)
        shown = self._addresses.get(wanted.address)
        if shown is not None and shown.city == city:
            # Of the object that is remembered now, by which `remembered` knows it.
            shown = self._addresses[wanted.address] = replace(shown, city=city)
            if is_among(wanted.known, shown.tag):
                return Answer(shown, None)
            if (content := self._cache.find(shown.key)) is not None:
                return Answer(shown, content)
        key = (wanted.address, wanted.known, city.position)
        return await self._flights.join(key, partial(self._make, wanted, city))

    async def packed(self, shown: Shown, content: bytes, packing: str) -> bytes:
        """The bytes in a packing; compressed once."""

        async def pack() -> bytes:
            return packed(content, packing)

        return await self._cache.get(shown.packed_key(packing), pack) if packing else content

    async def close(self) -> None:
        await self._flights.close()
        await self._cache.close()
        await self._cities.close()

    async def _make(self, wanted: Wanted, city: City) -> Answer:
        layer = wanted.kind.at_hand(city, wanted.parameters, self._shelf)
        answer = None if layer is None else self._without_database(wanted, layer)
        if answer is None:
            answer = await self._from_database(wanted)
        if answer.content is not None:  # else it rests on what the asker says
            self._addresses[wanted.address] = answer.shown
        return answer

    def _without_database(self, wanted: Wanted, layer: Layer) -> Answer | None:
        """The answer where cache, asker or index have it."""
        tags = Tags(layer, wanted.tile)
        content = self._cache.find(tags.key)
        for is_empty in (True, False) if content is None else ():
            if is_among(wanted.known, tags.tag(empty=is_empty)):
                return Answer(Shown.of(tags, is_empty=is_empty, size=0), None)
        if content is None and (content := layer.draw(wanted.tile)) is not None:
            self._cache.keep(tags.key, content)
        return None if content is None else _whole(tags, content)

    async def _from_database(self, wanted: Wanted) -> Answer:
        """The answer as one transaction sees the city."""
        began = self._cities.now()
        async with self._database.public_session() as connection:
            city = self._cities.keep(await get_city(connection, wanted.city_code), began)
            # Before the tag: a wrong request is refused, whatever the asker claims to hold.
            layer = await wanted.kind.understand(
                Asked(connection, city, wanted.parameters, self._shelf)
            )
            answer = self._without_database(wanted, layer)
            if answer is not None:
                return answer
            tags = Tags(layer, wanted.tile)
            content = await self._cache.get(tags.key, lambda: layer.read(connection, wanted.tile))
        return _whole(tags, content)


def _whole(tags: Tags, content: bytes) -> Answer:
    return Answer(Shown.of(tags, is_empty=not content, size=len(content)), content)
