"""Layer `usulan`: cells of usulan, and from zoom 15 each of them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import ClassVar, Self

from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.datastructures import QueryParams

from app.cities.queries import City
from app.resident.rows import numbers_of
from app.resident.shelf import Shelf
from app.tiles.layer import ASK_AGAIN, Asked, Layer
from app.tiles.queries import MOST_POINTS, read_usulan_tile
from app.usulan.filters import filter_query, read_filters
from app.usulan.selection import Chosen, choose, choose_at_hand
from spatial.tiles import MAX_ZOOM, POINT_ZOOM, Tile

_SUMS = {
    "count": "usulan in the cell",
    "cost": "rupiah, three significant digits",
    "beneficiaries": "people, three significant digits",
    "supporters": "people, three significant digits",
    "precision": "rw: private needs counted in an area",
    "area": "code of that area",
}
_USULAN = {
    "number": "public number",
    "category": "category code",
    "status": "status",
    "year": "planning year",
    "severity": "1 low to 3 high",
    "supporters": "people",
}


@dataclass(frozen=True, slots=True)
class UsulanTiles(Layer):
    """The filtered set."""

    contents: ClassVar = [
        {"id": "cells", "fields": _SUMS, "minzoom": 0, "maxzoom": MAX_ZOOM},
        {"id": "usulan", "fields": _USULAN, "minzoom": POINT_ZOOM, "maxzoom": MAX_ZOOM},
    ]
    city: City
    chosen: Chosen

    @classmethod
    async def understand(cls, asked: Asked) -> Self:
        filters = read_filters(asked.parameters)
        chosen = await choose(asked.connection, asked.city, filters, asked.shelf)
        return cls(replace(asked.city, position=chosen.city.position), chosen)

    @classmethod
    def at_hand(cls, city: City, parameters: QueryParams, shelf: Shelf) -> Self | None:
        chosen = choose_at_hand(city, read_filters(parameters), shelf)
        return None if chosen is None else cls(city, chosen)

    def draw(self, tile: Tile) -> bytes | None:
        indexed = self.chosen.indexed
        if indexed is None:
            return None
        index, choice = indexed.index, indexed.choice
        if tile.z < POINT_ZOOM:
            return index.tile(choice, tile)
        numbers = partial(numbers_of, city_code=self.city.code)
        return index.close_tile(choice, tile, most=MOST_POINTS, numbers_of=numbers)

    @property
    def follows_from(self) -> Sequence[object]:
        return (self.city.edition_id, self.city.position, *self.carried)

    @property
    def carried(self) -> Sequence[tuple[str, str]]:
        return filter_query(self.chosen.filters)

    def cache_control(self, *, empty: bool) -> str:  # noqa: ARG002 - the next pin may fill it
        return ASK_AGAIN

    async def read(self, connection: AsyncConnection, tile: Tile) -> bytes:
        return await read_usulan_tile(connection, self.chosen.conditions, tile)
