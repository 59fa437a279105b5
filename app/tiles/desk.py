"""Where tiles are asked for: what the process knows already is given at once, the rest is made."""

from dataclasses import replace
from functools import partial
from typing import NamedTuple

from cachetools import LRUCache
from starlette.datastructures import QueryParams

from app.cities.queries import City, get_city
from app.cities.recent import RecentCities
from app.database import Database
from app.errors import NotFound
from app.flights import Flights
from app.resident.shelf import Shelf
from app.standby import Presence
from app.tiles.cache import TileCache
from app.tiles.layer import Asked, Kind, Layer, Pictures, Tiles
from app.tiles.serving import Tags, read_tile_address
from app.tiles.shown import Shown
from app.web.answers import is_among, is_named
from app.web.packing import packed
from spatial.tiles import Tile

MOST_ADDRESSES = 5_000
MOST_QUESTIONS = 1_000
_LAYERS_END = ".mvt"

Address = tuple[str, bytes]
Question = tuple[str, bytes]
"""Layer and query, whatever tile."""


class Wanted(NamedTuple):
    """One request for a tile."""

    kind: Kind
    tile: Tile
    city_code: str
    parameters: QueryParams
    address: Address
    """Path and query as they were sent."""
    known: str
    """Tags that the asker holds."""
    anew: bool
    """Whether the asker wants what is so now, not a moment ago."""


class Understood(NamedTuple):
    """What a question was understood as."""

    kind: Kind
    city_code: str
    parameters: QueryParams


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
        presence: Presence,
    ) -> None:
        self._database = database
        self._shelf = shelf
        self._cities = cities
        self._cache = cache
        self._presence = presence
        self._addresses: LRUCache[Address, Shown] = LRUCache(MOST_ADDRESSES)
        self._answered: LRUCache[Question, Understood] = LRUCache(MOST_QUESTIONS)
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

    def at_once(self, address: Address, known: str) -> Answer | None:
        """The answer to a tile of a layer that was answered at this query before, from memory.

        None where it takes asking or waiting. Nothing is refused here.
        """
        question, tile = _taken_apart(address)
        like = self._answered.get(question) if question and tile else None
        city = None if like is None else self._cities.find(like.city_code)
        if like is None or city is None or tile is None:
            return None
        tiles = like.kind.at_hand(city, like.parameters, self._shelf)
        answer = None if tiles is None else self._at_hand(tiles, tile, known)
        if answer is not None and answer.content is not None:
            self._addresses[address] = answer.shown
        return answer

    async def show(self, wanted: Wanted) -> Answer:
        """The answer to a request; NotFound and InvalidFields where there is none.

        While the database is away it is what this process has, and says as of when.
        """
        return await self._presence.ask(
            partial(self._newest, wanted), partial(self._standing, wanted)
        )

    async def _standing(self, wanted: Wanted) -> Answer | None:
        standing = self._shelf.standing(wanted.city_code)
        if standing is None:
            return None
        tiles = wanted.kind.at_hand(standing.city, wanted.parameters, self._shelf)
        if tiles is None:
            return None
        answer = self._at_hand(tiles, wanted.tile, wanted.known)
        if answer is None and isinstance(tiles, Pictures):
            content = await tiles.paint_at_hand(wanted.tile)
            answer = None if content is None else self._kept(Tags(tiles, wanted.tile), content)
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

    def packed(self, shown: Shown, content: bytes, packing: str) -> bytes:
        """The bytes in a packing; compressed once."""
        kept = self.kept(shown, packing) if packing else content
        if kept is None:
            kept = packed(content, packing)
            self._cache.keep(shown.packed_key(packing), kept)
        return kept

    async def close(self) -> None:
        """End what is under way; cache and cities are not the desk's to close."""
        await self._flights.close()

    async def _make(self, wanted: Wanted, city: City) -> Answer:
        tiles = wanted.kind.at_hand(city, wanted.parameters, self._shelf)
        answer = None if tiles is None else await self._from_memory(wanted, tiles)
        if answer is None:
            answer = await self._from_database(wanted)
        if answer.content is not None:  # else it rests on what the asker says
            self._addresses[wanted.address] = answer.shown
            self._remember(wanted, answer.shown.city)
        return answer

    def _remember(self, wanted: Wanted, city: City) -> None:
        """Keep what a question means, if memory may answer it for other tiles."""
        question, _ = _taken_apart(wanted.address)
        if question is None or question in self._answered:
            return
        if wanted.kind.at_hand(city, wanted.parameters, self._shelf) is not None:
            self._answered[question] = Understood(wanted.kind, wanted.city_code, wanted.parameters)

    def _at_hand(self, tiles: Tiles, tile: Tile, known: str) -> Answer | None:
        """The answer where cache, asker or index have it."""
        tags = Tags(tiles, tile)
        content = self._cache.find(tags.key)
        if content is not None:
            return _whole(tags, content)
        for is_empty in (True, False):
            # Of `*` it is not known yet which of the two tags it means.
            if is_named(known, tags.tag(empty=is_empty)):
                return Answer(Shown.of(tags, is_empty=is_empty, size=0), None)
        content = tiles.draw(tile) if isinstance(tiles, Layer) else None
        return None if content is None else self._kept(tags, content)

    def _kept(self, tags: Tags, content: bytes) -> Answer:
        self._cache.keep(tags.key, content)
        return _whole(tags, content)

    async def _from_memory(self, wanted: Wanted, tiles: Tiles) -> Answer | None:
        """The answer where memory has it or may be given it; no connection is held meanwhile."""
        answer = self._at_hand(tiles, wanted.tile, wanted.known)
        if answer is None and isinstance(tiles, Pictures):
            tags = Tags(tiles, wanted.tile)
            return _whole(tags, await self._cache.get(tags.key, partial(tiles.paint, wanted.tile)))
        if answer is None and isinstance(tiles, Layer) and tiles.lacks(wanted.tile):
            await tiles.gather(wanted.tile)
            answer = self._at_hand(tiles, wanted.tile, wanted.known)
        return answer

    async def _from_database(self, wanted: Wanted, *, may_gather: bool = True) -> Answer:
        """The answer to what memory could not tell at first; it is given at most one thing more."""
        tiles, answer = await self._in_transaction(wanted, may_gather=may_gather)
        if answer is None:
            answer = await self._from_memory(wanted, tiles)
        return answer or await self._from_database(wanted, may_gather=False)

    async def _in_transaction(
        self, wanted: Wanted, *, may_gather: bool
    ) -> tuple[Tiles, Answer | None]:
        """The tiles as one transaction sees the city; no answer to what is made without one."""
        began = self._cities.now()
        async with self._database.public_session() as connection:
            city = self._cities.keep(await get_city(connection, wanted.city_code), began)
            # Before the tag: a wrong request is refused, whatever the asker claims to hold.
            tiles = await wanted.kind.understand(
                Asked(connection, city, wanted.parameters, self._shelf)
            )
            answer = self._at_hand(tiles, wanted.tile, wanted.known)
            if answer is not None or not isinstance(tiles, Layer):
                return tiles, answer
            if may_gather and tiles.lacks(wanted.tile):
                return tiles, None
            # Not shared by way of the cache: its transaction ends when this asker's time does.
            content = await tiles.read(connection, wanted.tile)
            return tiles, self._kept(Tags(tiles, wanted.tile), content)


def _taken_apart(address: Address) -> tuple[Question | None, Tile | None]:
    """Question and tile of the address of a layer's tile."""
    path, query = address
    room, *numbers = path.removesuffix(_LAYERS_END).rsplit("/", 3)
    if len(numbers) < len("zxy") or not path.endswith(_LAYERS_END):
        return None, None
    try:
        return (room, query), read_tile_address(dict(zip("zxy", numbers, strict=True)))
    except NotFound:
        return None, None


def _whole(tags: Tags, content: bytes) -> Answer:
    return Answer(Shown.of(tags, is_empty=not content, size=len(content)), content)
