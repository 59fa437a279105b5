"""Addresses of tiles: plain routes, because each map view asks for dozens."""

from starlette.requests import Request
from starlette.responses import Response

from app.cities.queries import get_city
from app.tiles.queries import read_bounds
from app.tiles.serving import TileRequest, read_address, read_tile, understand
from app.tiles.tilejson import describe_layer
from app.web.answers import (
    is_known,
    not_modified,
    public_base,
    tag_of,
    tagged_answer,
)
from app.web.routing import PlainRoute

MEDIA_TYPE = "application/vnd.mapbox-vector-tile"


def routes() -> list[PlainRoute]:
    return [
        PlainRoute("/tiles/{layer}/{z}/{x}/{y}.mvt", tile),
        PlainRoute("/tiles/{layer}.json", tilejson),
    ]


async def tile(request: Request) -> Response:
    """One tile; 204 when it is empty, 304 without any work when the asker has it."""
    layer = request.path_params["layer"]
    address = read_address(layer, request.path_params)
    async with request.app.state.database.public_session() as connection:
        city = await get_city(connection, _city_code(request))
        # Before the tag: a wrong request is refused, whatever the asker claims to hold.
        asked = await understand(connection, (layer, address), city, request.query_params)
        # Which of the two answers the asker holds is told by its tag, without any tile work.
        for empty in (True, False):
            tag, headers = _tag_and_headers(asked, empty=empty)
            if is_known(request, tag):
                return not_modified(tag, headers)
        body = await read_tile(connection, asked)
    _, headers = _tag_and_headers(asked, empty=not body)
    return Response(body, 200 if body else 204, headers, media_type=MEDIA_TYPE)


def _tag_and_headers(asked: TileRequest, *, empty: bool) -> tuple[str, dict[str, str]]:
    tag = tag_of(*asked.depends_on, "empty") if empty else tag_of(*asked.depends_on)
    return tag, {"ETag": tag, "Cache-Control": asked.cache_control(empty=empty)}


async def tilejson(request: Request) -> Response:
    """The TileJSON document of a layer."""
    layer = request.path_params["layer"]
    address = read_address(layer, {"z": "0", "x": "0", "y": "0"})
    async with request.app.state.database.public_session() as connection:
        city = await get_city(connection, _city_code(request))
        asked = await understand(connection, (layer, address), city, request.query_params)
        bounds = await read_bounds(connection, city.city_id, city.edition_id or 0)
    base = public_base(request, request.app.state.settings)
    document = describe_layer(asked, base=base, bounds=bounds)
    return tagged_answer(request, document, media_type="application/json")


def _city_code(request: Request) -> str:
    return request.query_params.get("city") or request.app.state.settings.default_city
