"""A tile is read by whoever asks for it, in a transaction that nobody else can end."""

import asyncio
from collections.abc import Sequence
from typing import ClassVar, Self

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.datastructures import QueryParams

from app import database as databases
from app.cities.queries import City
from app.cities.recent import RecentCities
from app.database import open_database
from app.resident.shelf import Shelf
from app.standby import Presence
from app.tiles.cache import TileCache
from app.tiles.desk import TileDesk, Wanted
from app.tiles.layer import Asked, Layer
from spatial.tiles import Tile
from tests.app.world import CITY

PATIENCE_S = 60.0


class Held(Layer):
    """Tiles that are not read before they may be."""

    is_begun: ClassVar[asyncio.Event]
    may_go_on: ClassVar[asyncio.Event]
    contents: ClassVar = []

    def __init__(self, city: City) -> None:
        self.city = city

    @classmethod
    async def understand(cls, asked: Asked) -> Self:
        return cls(asked.city)

    @property
    def follows_from(self) -> Sequence[object]:
        return ("always the same",)

    @property
    def carried(self) -> Sequence[tuple[str, str]]:
        return ()

    def cache_control(self, *, empty: bool) -> str:  # noqa: ARG002
        return "no-cache"

    async def read(self, connection: AsyncConnection, tile: Tile) -> bytes:  # noqa: ARG002
        self.is_begun.set()
        await self.may_go_on.wait()
        return b"%d" % await connection.scalar(text("SELECT 7"))


def wanted(known: str) -> Wanted:
    return Wanted(Held, Tile(0, 0, 0), CITY, QueryParams(), ("/tile", b""), known, anew=False)


async def outcomes(urls, monkeypatch) -> tuple[object, object]:
    """Of one who asks for a tile and has little time, and of one who comes meanwhile."""
    Held.is_begun, Held.may_go_on = asyncio.Event(), asyncio.Event()
    database = open_database(urls.staff, urls.public)
    cities, cache = RecentCities(database), TileCache(1_000_000)
    desk = TileDesk(database, Shelf(database), cities, cache=cache, presence=Presence())
    try:
        await cities.look(CITY)
        monkeypatch.setattr(databases, "WORK_S", 3.0)
        first = asyncio.create_task(desk.show(wanted("")))
        await Held.is_begun.wait()
        monkeypatch.setattr(databases, "WORK_S", PATIENCE_S)
        second = asyncio.create_task(desk.show(wanted('"another tag"')))
        await asyncio.wait([first])
        Held.may_go_on.set()
        return tuple(await asyncio.gather(first, second, return_exceptions=True))
    finally:
        for part in (desk, cache, cities):
            await part.close()
        await database.close()


@pytest.mark.usefixtures("patient")
def test_one_whose_time_ends_takes_nothing_from_who_came_meanwhile(town, monkeypatch):
    first, second = asyncio.run(outcomes(town, monkeypatch))

    assert isinstance(first, TimeoutError)
    assert second.content == b"7"
