"""Addresses of tiles: plain routes, because each map view asks for dozens."""

from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response

from app.cities.queries import City
from app.dependencies import city_of, public_session, spoken_of
from app.standby import StandsBy
from app.tiles.desk import Answer, TileDesk, Wanted
from app.tiles.layer import Asked, Kind, Layer
from app.tiles.serving import get_layer, read_tile_address
from app.tiles.tilejson import describe_layer
from app.web.answers import absolute_base, is_among, tagged_answer
from app.web.packing import best_packing
from app.web.routing import PlainRoute
from spatial.tiles import Tile


class StandbyPlainRoute(StandsBy, PlainRoute):
    """A plain route that answers from memory what it can while the database is away."""


_WANTS_ANEW = ("no-cache", "max-age=0")


def routes() -> list[PlainRoute]:
    return [
        PlainRoute(Layer.route, tile),
        StandbyPlainRoute("/tiles/{layer}.json", tilejson),
    ]


async def tile(request: Request) -> Response:
    """One tile; 204 when it is empty, 304 without any work when the asker has it."""
    kind = get_layer(request.path_params["layer"])
    return await answer_tile(
        request, wanted_tile(request, kind, read_tile_address(request.path_params))
    )


async def answer_tile(request: Request, wanted: Wanted) -> Response:
    """The answer to a request for a tile of any kind."""
    desk: TileDesk = request.app.state.tiles
    return tile_response(desk, await desk.show(wanted), request.headers)


def tile_response(desk: TileDesk, answer: Answer, asked: Headers) -> Response:
    """What is known of a tile as an answer to a request with these headers."""
    shown, content = answer
    if content is None or is_among(asked.get("If-None-Match", ""), shown.tag):
        return Response(status_code=304, headers=shown.headers())
    if shown.is_empty:
        return Response(status_code=204, headers=shown.headers())
    packing = shown.packing(best_packing(asked.get("Accept-Encoding", "")))
    body = desk.packed(shown, content, packing)
    return Response(body, 200, shown.headers(packing), media_type=shown.media_type)


async def tilejson(request: Request) -> Response:
    """The TileJSON document of a layer."""
    name = request.path_params["layer"]
    kind = get_layer(name)
    state, now = request.app.state, spoken_of(request)
    async with public_session(request)() as connection:
        city = await city_of(request, connection, _city_code(request))
        layer = kind.at_hand(city, request.query_params, state.shelf)
        if layer is None:
            layer = await kind.understand(_asked(request, connection, city))
        frame = await state.frames.of(connection, city, now=now)
    base = absolute_base(request, state.settings)
    document = describe_layer(name, layer, base=base, bounds=frame.bounds, sources=frame.sources)
    return tagged_answer(request, document, media_type="application/json")


def wanted_tile(request: Request, kind: Kind, address: Tile) -> Wanted:
    """What is asked of the desk."""
    return Wanted(
        kind=kind,
        tile=address,
        city_code=_city_code(request),
        parameters=request.query_params,
        address=(request.scope["path"], request.scope["query_string"]),
        known=request.headers.get("If-None-Match", ""),
        anew=_wants_anew(request),
    )


def _wants_anew(request: Request) -> bool:
    """Whether the asker wants what is so now, not a moment ago."""
    wishes = request.headers.get("Cache-Control", "").lower()
    return any(wish in wishes for wish in _WANTS_ANEW)


def _asked(request: Request, connection: AsyncConnection, city: City) -> Asked:
    return Asked(connection, city, request.query_params, request.app.state.shelf)


def _city_code(request: Request) -> str:
    return request.query_params.get("city") or request.app.state.settings.default_city
