"""Addresses of hexagons and of heat maps: plain ones, since a view asks for dozens of tiles."""

import asyncio
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from starlette.requests import Request
from starlette.responses import Response

from app.dependencies import CityCode, Now, city_of, public_session, spoken_of
from app.errors import Busy, NotFound
from app.heat.asking import HeatQuery, read_heat_query
from app.heat.document import Told, describe_heat
from app.heat.hexagons import HexagonReader
from app.heat.schemas import HexagonCollection, HexagonQuery
from app.heat.tiles import DRAWING, HeatKind, HeatTiles
from app.heat.views import HeatView, HeatViews
from app.language import preferred_language
from app.responses import found, problems
from app.standby import StandbyRoute, is_away
from app.tiles.layer import ASK_AGAIN
from app.tiles.routes import StandbyPlainRoute, answer_tile, wanted_tile
from app.tiles.serving import read_tile_address
from app.usulan.filters import Filters, read_filters
from app.usulan.matched import count_chosen
from app.usulan.selection import Chosen, choose_anywhere
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

router = APIRouter(prefix="/api/v1", tags=["angka"], route_class=StandbyRoute)


def routes() -> list[PlainRoute]:
    return [
        PlainRoute(HeatTiles.route, tile),
        StandbyPlainRoute("/tiles/heat.json", document),
    ]


async def tile(request: Request) -> Response:
    """One tile; 204 where nothing shows, 304 without any work when the asker has it."""
    address = read_tile_address(request.path_params)
    first, last = SCALE_ZOOMS
    if not first <= address.z <= last:
        raise NotFound
    kind = HeatKind(request.app.state.heat)
    return await answer_tile(request, wanted_tile(request, kind, address))


async def document(request: Request) -> Response:
    """The document of a map: its scale, and how many of the set are in it."""
    query = read_heat_query(request.query_params)
    language = preferred_language(request.headers.get("Accept-Language"))
    base = absolute_base(request, request.app.state.settings)
    filters = read_filters(request.query_params)
    state, now = request.app.state, spoken_of(request)
    async with public_session(request)() as connection:
        city = await city_of(request, connection, _city_code(request))
        chosen = await choose_anywhere(connection, city, filters, state.shelf)
        tag = _tag(chosen, query, ("heat.json", language, base))
        headers = {"Cache-Control": ASK_AGAIN, "ETag": tag, "Vary": VARY}
        if is_known(request, tag):
            return not_modified(tag, headers)
        told = Told(
            chosen,
            query,
            await count_chosen(connection, chosen),
            await state.frames.of(connection, chosen.city, now=now),
            chosen.as_of(now),
        )
    view = await _view(request, chosen, query)
    described = describe_heat(told, view.scale, base=base, language=language)
    return json_answer(described, headers=headers)


async def _filters(filters: Annotated[Filters, Query()]) -> Filters:
    return filters


@router.get(
    "/hexagons", responses=found(HexagonCollection, "application/geo+json") | problems(404, 422)
)
async def list_hexagons(
    request: Request,
    code: CityCode,
    filters: Annotated[Filters, Depends(_filters)],
    query: Annotated[HexagonQuery, Query()],
    now: Now,
) -> Response:
    """Sums of the filtered set by hexagon; with its number in the whole set."""
    reader: HexagonReader = request.app.state.hexagons
    session = public_session(request)
    async with session() as connection:
        city = await city_of(request, connection, code)
        chosen = await choose_anywhere(connection, city, filters, request.app.state.shelf)
        tag = _tag(chosen, query, ("hexagons",))
        headers = {"Cache-Control": ASK_AGAIN, "ETag": tag}
        if is_known(request, tag):
            return not_modified(tag, headers)
        matched = await count_chosen(connection, chosen)
    features, spread = await reader.features(chosen, city, query.edge_m, session)
    described = {
        "type": "FeatureCollection",
        "edge_m": query.edge_m,
        "numberMatched": matched.number,
        "unlocated": matched.unlocated,
        "spread": spread,
        "as_of": chosen.as_of(now).isoformat(timespec="milliseconds"),
        "edition": chosen.city.edition,
        "features": features,
    }
    body = await asyncio.to_thread(json_bytes, described)
    return Response(body, 200, headers, media_type="application/geo+json")


def _tag(chosen: Chosen, query: HeatQuery | HexagonQuery, where: tuple[object, ...]) -> str:
    city = chosen.city
    state = (city.city_id, city.edition_id, city.position)
    return tag_of(DRAWING, *where, *state, *chosen.query, *query.carried)


async def _view(request: Request, chosen: Chosen, query: HeatQuery) -> HeatView:
    views: HeatViews = request.app.state.heat
    if not is_away(request):
        return await views.view(chosen, query)
    view = await views.view_at_hand(chosen, query)
    if view is None:
        raise Busy
    return view


def _city_code(request: Request) -> str:
    return request.query_params.get("city") or request.app.state.settings.default_city
