"""What the address of areas asks for, found."""

from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.concurrency import run_in_threadpool

from app.areas.placing import active_edition
from app.areas.queries import AreaFilter, find_edition_id, read_areas
from app.areas.schemas import AreaQuery
from app.areas.shapes import area_collection, simplified
from app.cities.queries import City
from app.errors import FieldError, InvalidFields
from app.field_words import field_words


async def collect_areas(
    connection: AsyncConnection, city: City, query: AreaQuery
) -> dict[str, Any]:
    """One FeatureCollection, sorted by code."""
    edition_id = await _edition_id(connection, city, query.edition)
    wanted = AreaFilter(edition_id, query.level, query.parent, query.bbox)
    rows = await read_areas(connection, city.city_id, wanted)
    shapes = [row.shape for row in rows]
    if query.simplify is not None:
        shapes = await run_in_threadpool(simplified, shapes, query.simplify)
    return area_collection(rows, shapes)


async def _edition_id(connection: AsyncConnection, city: City, name: str | None) -> int:
    if name is None or name == city.edition:
        return active_edition(city)
    found = await find_edition_id(connection, city.city_id, name)
    if found is None:
        unknown = FieldError("edition", "TIDAK_DIKENAL", field_words("value_unknown", {}))
        raise InvalidFields(errors=[unknown])
    return found
