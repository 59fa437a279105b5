"""Reading areas and placing positions in them: schema `map` and the placing rule's statements."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, NamedTuple

from sqlalchemy import LargeBinary, bindparam, func, literal, select
from sqlalchemy.ext.asyncio import AsyncConnection

from app.cities.queries import City, version_of_areas
from app.lines import AnyConnection, fetch, fetch_one
from app.rows import AnyRow, AnySelect, columns_of
from app.text import is_plain
from app.views import area, edition, source
from spatial.sql import load

Level = Literal["kota", "kecamatan", "kelurahan", "rw", "rt"]
Corners = tuple[float, float, float, float]
DOUBTS = ("perkiraan", "dekat_batas", "akurasi_rendah", "beda_deklarasi", "tanpa_rt")

PUBLISHED_DEGREES = 1e-6


@dataclass(frozen=True, slots=True)
class Edition:
    """A set of boundaries of a city, and which state of it this is."""

    edition_id: int
    version: str


@dataclass(frozen=True, slots=True)
class AreaFilter:
    """Which areas of one edition; None leaves a side open."""

    edition_id: int
    level: Level | None = None
    parent: str | None = None
    bbox: Corners | None = None


_FACTS = (
    area.c.code,
    area.c.name,
    area.c.level,
    area.c.kind,
    area.c.parent_code,
    area.c.population,
    area.c.households,
    area.c.area_km2,
    area.c.status,
    area.c.edition_id,
)


async def find_edition(connection: AsyncConnection, city_id: int, name: str) -> Edition | None:
    """An edition by its name."""
    if not is_plain(name):
        return None
    statement = select(edition.c.edition_id, version_of_areas().label("version")).where(
        edition.c.city_id == city_id, edition.c.name == name
    )
    row = (await connection.execute(statement)).one_or_none()
    return None if row is None else Edition(**columns_of(row))


async def read_areas(
    connection: AsyncConnection, city_id: int, wanted: AreaFilter, *, shapes: bool = True
) -> Sequence[AnyRow]:
    """Areas by code, with their shape as GeoJSON text of 6 decimals, or `null` in its place."""
    # Plain rounding would leave narrow holes as rings of two corners, which are no geometry.
    reduced = func.ST_Multi(func.ST_ReducePrecision(area.c.geom, PUBLISHED_DEGREES))
    published = func.ST_AsGeoJSON(reduced, 6) if shapes else literal("null")
    statement = select(*_FACTS, published.label("shape")).where(
        area.c.city_id == city_id, area.c.edition_id == wanted.edition_id
    )
    if wanted.level is not None:
        statement = statement.where(area.c.level == wanted.level)
    if wanted.parent is not None:
        statement = statement.where(area.c.parent_code == wanted.parent)
    if wanted.bbox is not None:
        box = func.ST_MakeEnvelope(*wanted.bbox, 4326)
        statement = statement.where(func.ST_Intersects(area.c.geom, box))
    return (await connection.execute(statement.order_by(area.c.code))).all()


async def read_edition_sources(
    connection: AsyncConnection, city_id: int, edition_id: int, level: Level | None
) -> list[dict[str, Any]]:
    """Whose work the boundaries of an edition are, or those of one level.

    A level that no file brought was made of those beneath it: then of all of them.
    """
    named = (source.c.source, source.c.licence)
    statement = (
        select(*named, func.array_agg(source.c.layer.distinct()).label("layers"))
        .where(source.c.city_id == city_id, source.c.edition_id == edition_id)
        .group_by(*named)
        .order_by(*named)
    )
    rows = (await connection.execute(statement.where(source.c.layer == level))).all()
    if not rows:
        rows = (await connection.execute(statement)).all()
    return [
        {"source": row.source, "licence": row.licence, "layers": sorted(row.layers)} for row in rows
    ]


class OutlinedArea(NamedTuple):
    """An area with its shape as WKB, as placing in memory needs it."""

    code: str
    level: str
    parent_code: str | None
    name: str
    shape: bytes


async def read_outlined(
    connection: AsyncConnection, city_id: int, edition_id: int
) -> list[OutlinedArea]:
    """All areas of an edition with their exact borders."""
    statement = select(
        area.c.code,
        area.c.level,
        area.c.parent_code,
        area.c.name,
        func.ST_AsBinary(area.c.geom, type_=LargeBinary),
    ).where(area.c.city_id == city_id, area.c.edition_id == edition_id)
    return [OutlinedArea(*row) for row in await connection.execute(statement)]


@cache
def _area_of_code() -> AnySelect:
    return select(*_FACTS).where(
        area.c.city_id == bindparam("city_id"),
        area.c.edition_id == bindparam("edition_id"),
        area.c.code == bindparam("code"),
    )


async def find_area(connection: AnyConnection, city: City, code: str) -> AnyRow | None:
    """One area of the active edition, without its shape."""
    if not is_plain(code):
        return None
    where = {"city_id": city.city_id, "edition_id": city.edition_id, "code": code}
    found: AnyRow | None = await fetch_one(connection, _area_of_code(), where)
    return found


async def read_chain(
    connection: AnyConnection, city_id: int, edition_id: int, code: str
) -> list[dict[str, str]]:
    """The area and all above it, from kota down."""
    where = {"city_id": city_id, "edition_id": edition_id, "code": code}
    rows = await fetch(connection, load("area_chain"), where)
    return [{"level": row.level, "code": row.code, "name": row.name} for row in rows]


async def find_area_at(
    connection: AnyConnection, city: City, place: dict[str, Any]
) -> AnyRow | None:
    """The lowest area that a position belongs to, and its doubts; None outside all areas.

    `place` has longitude, latitude, accuracy_m and declared.
    """
    found: AnyRow | None = await fetch_one(
        connection, load("areas_at_point"), {**_frame(city), **place}
    )
    return found


async def place_shape(connection: AnyConnection, city: City, place: dict[str, Any]) -> AnyRow:
    """The leaf that holds most of a shape; `place` has shape (WKB), accuracy_m, declared."""
    found: AnyRow = await fetch_one(connection, load("place_geometry"), {**_frame(city), **place})
    return found


async def find_nearest(
    connection: AnyConnection, city: City, longitude: float, latitude: float
) -> dict[str, Any] | None:
    """Which area a position outside the city is nearest to."""
    where = {**_frame(city), "longitude": longitude, "latitude": latitude}
    where.pop("metric_srid")
    row = await fetch_one(connection, load("nearest_area"), where)
    return None if row is None else dict(columns_of(row))


def _frame(city: City) -> dict[str, Any]:
    return {
        "city_id": city.city_id,
        "edition_id": city.edition_id,
        "metric_srid": city.metric_srid,
    }
