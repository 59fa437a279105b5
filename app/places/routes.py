"""The address by which places are found."""

from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.responses import Response

from app.dependencies import City, PublicSession
from app.places.queries import find_places
from app.places.schemas import PlaceQuery, Places
from app.responses import found, problems
from app.rows import AnyRow
from app.web.answers import json_answer

router = APIRouter(prefix="/api/v1", tags=["wilayah"])


@router.get("/places", responses=found(Places) | problems(404, 422))
async def list_places(
    connection: PublicSession, city: City, query: Annotated[PlaceQuery, Query()]
) -> Response:
    """Areas, streets, rivers, railways and landmarks of a city by name, best first."""
    rows = await find_places(connection, city.city_id, query.q.split(), most=query.limit)
    return json_answer({"places": [_described(row) for row in rows]})


def _described(row: AnyRow) -> dict[str, Any]:
    area = {"level": row.area_level, "code": row.area_code, "name": row.area_name}
    return {
        "kind": row.kind,
        "subkind": row.subkind,
        "name": row.name,
        "code": row.code,
        "longitude": round(row.longitude, 6),
        "latitude": round(row.latitude, 6),
        "bounds": [round(edge, 6) for edge in (row.west, row.south, row.east, row.north)],
        "area": None if row.area_code is None else area,
    }
