"""Tiles of heat maps: pictures of one set's densities, made by the view that all of them share."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from starlette.datastructures import QueryParams

from app.cities.queries import City
from app.heat.asking import HeatQuery, read_heat_query
from app.heat.views import HeatView, HeatViews
from app.resident.shelf import Shelf
from app.tiles.layer import ASK_AGAIN, Asked, Pictures
from app.usulan.filters import read_filters
from app.usulan.selection import Chosen, choose, choose_at_hand
from spatial.tiles import Tile

DRAWING = "1"
"""Of the pictures' looks; another one makes every kept tile old."""


@dataclass(frozen=True, slots=True)
class HeatTiles(Pictures):
    """The densities of a filtered set."""

    route: ClassVar[str] = "/tiles/heat/{z}/{x}/{y}.png"
    media_type: ClassVar[str] = "image/png"
    packs: ClassVar[bool] = False
    city: City
    chosen: Chosen
    query: HeatQuery
    views: HeatViews

    @property
    def follows_from(self) -> Sequence[object]:
        state = (self.chosen.city.edition_id, self.city.position)
        return (DRAWING, *state, *self.chosen.query, *self.query.carried)

    def cache_control(self, *, empty: bool) -> str:  # noqa: ARG002 - the next pin may fill it
        return ASK_AGAIN

    async def paint(self, tile: Tile) -> bytes:
        return await self._tile_of(await self.views.view(self.chosen, self.query), tile)

    async def paint_at_hand(self, tile: Tile) -> bytes | None:
        view = await self.views.view_at_hand(self.chosen, self.query)
        return None if view is None else await self._tile_of(view, tile)

    async def _tile_of(self, view: HeatView, tile: Tile) -> bytes:
        if view.is_short:
            return view.tile(tile, self.query.ground)
        return await asyncio.to_thread(view.tile, tile, self.query.ground)


@dataclass(frozen=True, slots=True)
class HeatKind:
    """Understands requests for heat maps."""

    views: HeatViews

    async def understand(self, asked: Asked) -> HeatTiles:
        """The map that is asked for; InvalidFields for parameters that are wrong."""
        query = read_heat_query(asked.parameters)
        filters = read_filters(asked.parameters)
        chosen = await choose(asked.connection, asked.city, filters, asked.shelf)
        city = replace(asked.city, position=chosen.city.position)
        return HeatTiles(city, chosen, query, self.views)

    def at_hand(self, city: City, parameters: QueryParams, shelf: Shelf) -> HeatTiles | None:
        """The same, if the index knows the set."""
        query = read_heat_query(parameters)
        chosen = choose_at_hand(city, read_filters(parameters), shelf)
        return None if chosen is None else HeatTiles(city, chosen, query, self.views)
