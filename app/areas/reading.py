"""What the address of areas asks for, found."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.concurrency import run_in_threadpool

from app.areas.placing import active_edition
from app.areas.queries import AreaFilter, find_edition, read_areas, read_edition_sources
from app.areas.schemas import AreaQuery
from app.areas.shapes import area_collection, simplified
from app.cities.queries import City
from app.errors import FieldError, InvalidFields
from app.field_words import field_words
from app.rows import AnyRow

_DRAWN_AT: Mapping[str, int] = {"kota": 10, "kecamatan": 12, "kelurahan": 14, "rw": 15, "rt": 17}
"""The zoom at which the areas of a level fill a screen."""


async def collect_areas(
    connection: AsyncConnection, city: City, query: AreaQuery
) -> dict[str, Any]:
    """One FeatureCollection, sorted by code."""
    edition_id = await _edition_id(connection, city, query.edition)
    wanted = AreaFilter(edition_id, query.level, query.parent, query.bbox)
    drawn = query.shapes is None
    rows = await read_areas(connection, city.city_id, wanted, shapes=drawn)
    shapes = [row.shape for row in rows]
    if drawn and query.simplify is not None:
        shapes = await run_in_threadpool(_simplified, rows, query.simplify)
    told = await read_edition_sources(connection, city.city_id, edition_id, query.level)
    return area_collection(rows, shapes, told)


def _simplified(rows: Sequence[AnyRow], zoom: int | Literal["zoom"]) -> list[str]:
    """Each level by itself, for only within one do areas lie side by side."""
    coarse: list[str] = [""] * len(rows)
    for level, usual in _DRAWN_AT.items():
        places = [place for place, row in enumerate(rows) if row.level == level]
        fine = [rows[place].shape for place in places]
        found = simplified(fine, usual if zoom == "zoom" else zoom)
        for place, shape in zip(places, found, strict=True):
            coarse[place] = shape
    return coarse


async def _edition_id(connection: AsyncConnection, city: City, name: str | None) -> int:
    if name is None or name == city.edition:
        return active_edition(city)
    found = await find_edition(connection, city.city_id, name)
    if found is None:
        unknown = FieldError("edition", "TIDAK_DIKENAL", field_words("value_unknown", {}))
        raise InvalidFields(errors=[unknown])
    return found.edition_id
