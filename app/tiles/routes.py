"""Addresses of tiles: plain routes, because each map view asks for dozens."""

from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.requests import Request
from starlette.responses import Response

from app.cities.queries import City, get_city, read_sources
from app.tiles.layer import Asked
from app.tiles.queries import read_bounds
from app.tiles.serving import Tags, get_layer, read_tile_address
from app.tiles.tilejson import describe_layer
from app.web.answers import absolute_base, is_known, not_modified, tagged_answer
from app.web.routing import PlainRoute

MEDIA_TYPE = "application/vnd.mapbox-vector-tile"


def routes() -> list[PlainRoute]:
    return [
        PlainRoute("/tiles/{layer}/{z}/{x}/{y}.mvt", tile),
        PlainRoute("/tiles/{layer}.json", tilejson),
    ]


async def tile(request: Request) -> Response:
    """One tile; 204 when it is empty, 304 without any work when the asker has it."""
    kind = get_layer(request.path_params["layer"])
    address = read_tile_address(request.path_params)
    async with request.app.state.database.public_session() as connection:
        city = await get_city(connection, _city_code(request))
        # Before the tag: a wrong request is refused, whatever the asker claims to hold.
        layer = await kind.understand(_asked(request, connection, city))
        tags = Tags(layer, address)
        for empty in (True, False):
            if is_known(request, tags.tag(empty=empty)):
                return not_modified(tags.tag(empty=empty), tags.headers(empty=empty))
        body = await layer.read(connection, address)
    headers = tags.headers(empty=not body)
    return Response(body, 200 if body else 204, headers, media_type=MEDIA_TYPE)


async def tilejson(request: Request) -> Response:
    """The TileJSON document of a layer."""
    name = request.path_params["layer"]
    kind = get_layer(name)
    async with request.app.state.database.public_session() as connection:
        city = await get_city(connection, _city_code(request))
        layer = await kind.understand(_asked(request, connection, city))
        bounds = await read_bounds(connection, city.city_id, city.edition_id or 0)
        sources = await read_sources(connection, city.city_id, city.edition_id)
    base = absolute_base(request, request.app.state.settings)
    document = describe_layer(name, layer, base=base, bounds=bounds, sources=sources)
    return tagged_answer(request, document, media_type="application/json")


def _asked(request: Request, connection: AsyncConnection, city: City) -> Asked:
    return Asked(connection, city, request.query_params, request.app.state.shelf)


def _city_code(request: Request) -> str:
    return request.query_params.get("city") or request.app.state.settings.default_city
