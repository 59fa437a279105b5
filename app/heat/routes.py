"""Addresses of hexagons and of heat maps: plain ones, since a view asks for dozens of tiles."""

import asyncio
from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from starlette.requests import Request
from starlette.responses import Response

from app.cities.queries import get_city, read_sources
from app.dependencies import CityCode
from app.errors import NotFound
from app.heat.asking import HeatQuery, read_heat_query
from app.heat.document import Told, describe_heat
from app.heat.hexagons import HexagonReader
from app.heat.schemas import HexagonCollection, HexagonQuery
from app.heat.views import HeatViews
from app.language import preferred_language
from app.responses import found, problems
from app.tiles.cache import TileCache
from app.tiles.layer import ASK_AGAIN
from app.tiles.queries import read_bounds
from app.tiles.routes import wants_anew
from app.tiles.serving import read_tile_address
from app.usulan.filters import Filters, read_filters
from app.usulan.matched import count_chosen
from app.usulan.selection import Chosen, choose, choose_at_hand
from app.web.answers import (
    VARY,
    absolute_base,
    is_known,
    json_answer,
    json_bytes,
    not_modified,
    tag_of,
)
from app.web.routing import PlainRoute
from spatial.heatscale import SCALE_ZOOMS
from spatial.tiles import Tile

router = APIRouter(prefix="/api/v1", tags=["angka"])

DRAWING = "1"
"""Of the pictures' looks; another one makes every kept tile old."""


def routes() -> list[PlainRoute]:
    return [
        PlainRoute("/tiles/heat/{z}/{x}/{y}.png", tile),
        PlainRoute("/tiles/heat.json", document),
    ]


async def tile(request: Request) -> Response:
    """One tile; 204 where nothing shows, 304 without any work when the asker has it."""
    address = _read_address(request)
    query = read_heat_query(request.query_params)
    chosen = await _choose(request, read_filters(request.query_params))
    where = ("heat", address.z, address.x, address.y)
    tags = {empty: _tag(chosen, query, (*where, empty)) for empty in (True, False)}
    for tag in tags.values():
        if is_known(request, tag):
            return not_modified(tag, {"Cache-Control": ASK_AGAIN})

    async def drawn() -> bytes:
        view = await _views(request).view(chosen, query)
        return await asyncio.to_thread(view.tile, address, query.ground)

    cache: TileCache = request.app.state.tile_cache
    body = await cache.get(tags[False], drawn)
    headers = {"Cache-Control": ASK_AGAIN, "ETag": tags[not body]}
    return Response(body, 200 if body else 204, headers, media_type="image/png")


async def document(request: Request) -> Response:
    """The document of a map: its scale, and how many of the set are in it."""
    query = read_heat_query(request.query_params)
    language = preferred_language(request.headers.get("Accept-Language"))
    base = absolute_base(request, request.app.state.settings)
    filters = read_filters(request.query_params)
    async with request.app.state.database.public_session() as connection:
        city = await get_city(connection, _city_code(request))
        chosen = await choose(connection, city, filters, request.app.state.shelf)
        tag = _tag(chosen, query, ("heat.json", language, base))
        headers = {"Cache-Control": ASK_AGAIN, "ETag": tag, "Vary": VARY}
        if is_known(request, tag):
            return not_modified(tag, headers)
        told = Told(
            chosen,
            query,
            await count_chosen(connection, chosen),
            await read_bounds(connection, city.city_id, chosen.city.edition_id or 0),
            await read_sources(connection, city.city_id, chosen.city.edition_id),
            chosen.as_of(datetime.now(UTC)),
        )
    view = await _views(request).view(chosen, query)
    described = describe_heat(told, view.scale, base=base, language=language)
    return json_answer(described, headers=headers)


def _filters(filters: Annotated[Filters, Query()]) -> Filters:
    return filters


@router.get(
    "/hexagons", responses=found(HexagonCollection, "application/geo+json") | problems(404, 422)
)
async def list_hexagons(
    request: Request,
    code: CityCode,
    filters: Annotated[Filters, Depends(_filters)],
    query: Annotated[HexagonQuery, Query()],
) -> Response:
    """Sums of the filtered set by hexagon; with its number in the whole set."""
    reader: HexagonReader = request.app.state.hexagons
    async with request.app.state.database.public_session() as connection:
        city = await get_city(connection, code)
        chosen = await choose(connection, city, filters, request.app.state.shelf)
        tag = _tag(chosen, query, ("hexagons",))
        headers = {"Cache-Control": ASK_AGAIN, "ETag": tag}
        if is_known(request, tag):
            return not_modified(tag, headers)
        matched = await count_chosen(connection, chosen)
    features, spread = await reader.features(chosen, city, query.edge_m)
    described = {
        "type": "FeatureCollection",
        "edge_m": query.edge_m,
        "numberMatched": matched.number,
        "unlocated": matched.unlocated,
        "spread": spread,
        "as_of": chosen.as_of(datetime.now(UTC)).isoformat(timespec="milliseconds"),
        "edition": chosen.city.edition,
        "features": features,
    }
    body = await asyncio.to_thread(json_bytes, described)
    return Response(body, 200, headers, media_type="application/geo+json")


def _read_address(request: Request) -> Tile:
    address = read_tile_address(request.path_params)
    first, last = SCALE_ZOOMS
    if not first <= address.z <= last:
        raise NotFound
    return address


async def _choose(request: Request, filters: Filters) -> Chosen:
    """The set that is meant, without the database where the process knows it."""
    state, code = request.app.state, _city_code(request)
    city = await (state.cities.look if wants_anew(request) else state.cities.get)(code)
    chosen = choose_at_hand(city, filters, state.shelf)
    if chosen is not None:
        return chosen
    async with state.database.public_session() as connection:
        city = await get_city(connection, code)
        return await choose(connection, city, filters, state.shelf)


def _tag(chosen: Chosen, query: HeatQuery | HexagonQuery, where: tuple[object, ...]) -> str:
    city = chosen.city
    state = (city.city_id, city.edition_id, city.position)
    return tag_of(DRAWING, *where, *state, *chosen.query, *query.carried)


def _views(request: Request) -> HeatViews:
    views: HeatViews = request.app.state.heat
    return views


def _city_code(request: Request) -> str:
    return request.query_params.get("city") or request.app.state.settings.default_city
