"""Addresses of cities and areas."""

from functools import partial
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from shapely import Point
from starlette.responses import Response

from app.areas.placing import place_position
from app.areas.reading import collect_areas
from app.areas.schemas import AreaCollection, AreaQuery, AreasAt, Cities, PositionQuery
from app.cities.queries import read_cities
from app.dependencies import City, Now, PublicSession, ReadBefore
from app.geometry_words import geometry_refusal
from app.responses import found, problems
from app.standby import StandbyRoute, with_moment
from app.web.answers import tagged_answer
from spatial.errors import GeometryError, SwappedAxes
from spatial.geometry import read_geometry

router = APIRouter(prefix="/api/v1", tags=["wilayah"])
standing_by = APIRouter(route_class=StandbyRoute)


@standing_by.get("/cities", responses=found(Cities) | problems())
async def list_cities(
    request: Request, connection: PublicSession, read_before: ReadBefore, now: Now
) -> Response:
    kept = await read_before.of("cities", partial(read_cities, connection), now=now)
    answer = tagged_answer(request, {"cities": kept.content}, media_type="application/json")
    return with_moment(request, answer, kept.read_at)


router.include_router(standing_by)


@router.get("/areas", responses=found(AreaCollection, "application/geo+json") | problems(404, 422))
async def list_areas(
    request: Request,
    connection: PublicSession,
    city: City,
    query: Annotated[AreaQuery, Query()],
) -> Response:
    collection = await collect_areas(connection, city, query)
    return tagged_answer(request, collection, media_type="application/geo+json")


async def _refuse_swapped_axes(request: Request) -> None:
    """Before the ranges of the two are looked at, for swapped ones are mostly out of them."""
    sent = request.query_params
    try:
        position = [float(sent["longitude"]), float(sent["latitude"])]
        read_geometry({"type": "Point", "coordinates": position})
    except SwappedAxes as swapped:
        raise geometry_refusal(swapped, field="longitude") from None
    except (KeyError, ValueError, GeometryError):
        return  # the query's own check says what is wrong with it


@router.get(
    "/areas/at", responses=problems(404, 409, 422), dependencies=[Depends(_refuse_swapped_axes)]
)
async def find_areas_at(
    connection: PublicSession, city: City, position: Annotated[PositionQuery, Query()]
) -> AreasAt:
    """The areas that a position lies in, from kota down, and what is doubtful about it."""
    point = Point(position.longitude, position.latitude)
    place = await place_position(connection, city, point, accuracy_m=position.accuracy_m)
    return AreasAt.model_validate(
        {
            "edition": city.edition,
            "areas": place.chain,
            "edge_distance_m": place.edge_distance_m,
            "doubts": place.doubts,
        }
    )
