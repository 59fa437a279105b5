"""Layer `base`: the reference map beneath everything."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Self

from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.datastructures import QueryParams

from app.cities.queries import City
from app.resident.shelf import Shelf
from app.tiles.layer import FOR_AN_HOUR, Asked, Layer
from app.tiles.queries import read_base_tile
from spatial.tiles import Tile


@dataclass(frozen=True, slots=True)
class BaseTiles(Layer):
    """Roads, rivers, rail and landmarks."""

    contents: ClassVar = [
        {"id": "base", "fields": {"kind": "kind", "subkind": "subkind", "name": "name"}}
    ]
    city: City

    @classmethod
    async def understand(cls, asked: Asked) -> Self:
        return cls(asked.city)

    @classmethod
    def at_hand(cls, city: City, parameters: QueryParams, shelf: Shelf) -> Self:  # noqa: ARG003
        return cls(city)

    @property
    def follows_from(self) -> Sequence[object]:
        return (self.city.edition_id, self.city.position)

    @property
    def carried(self) -> Sequence[tuple[str, str]]:
        return ()

    def cache_control(self, *, empty: bool) -> str:  # noqa: ARG002 - a gap is a fact here too
        return FOR_AN_HOUR

    async def read(self, connection: AsyncConnection, tile: Tile) -> bytes:
        return await read_base_tile(connection, city_id=self.city.city_id, tile=tile)
