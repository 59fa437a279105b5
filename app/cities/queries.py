"""Reading cities, from the views that the public may read."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Text, cast, func, literal, literal_column, select
from sqlalchemy.ext.asyncio import AsyncConnection

from app.errors import NotFound
from app.rows import AnyRow, AnySelect, columns_of
from app.text import is_plain
from app.views import area, city, edition, planning_year, source
from spatial.crs import widened_bounds
from spatial.point_rule import REACH_M
from spatial.tiles import ENCODER


@dataclass(frozen=True, slots=True)
class City:
    """A city with its active edition (or the one asked for), and the state it was read in."""

    city_id: int
    code: str
    name: str
    time_zone: str
    demo: bool
    edition_id: int | None
    edition: str | None
    metric_srid: int | None
    areas_version: str | None
    """The version of the active edition's areas, see `version_of_areas`."""
    position: str
    """The committed position: equal ones see equal data, in every process."""


def _position() -> ColumnElement[str]:
    """Which transactions are visible, and in which database: another one may count alike."""
    database: ColumnElement[Any] = literal_column(
        "(SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database())"
    )
    return func.concat(cast(database, Text), "/", cast(func.pg_current_snapshot(), Text))


def version_of_areas() -> ColumnElement[str]:
    """Of an edition: another one when an area of it changes or is encoded otherwise.

    Usulan do not touch it; it stands in the address of tiles that are kept for a year.
    """
    microseconds = cast(func.extract("epoch", edition.c.loaded) * 1_000_000, BigInteger)
    return literal(f"{ENCODER}-").concat(cast(microseconds, Text))


def _cities() -> AnySelect:
    return select(
        city.c.city_id,
        city.c.code,
        city.c.name,
        city.c.time_zone,
        city.c.demo,
        edition.c.edition_id,
        edition.c.name.label("edition"),
        edition.c.metric_srid,
        version_of_areas().label("areas_version"),
        _position().label("position"),
    ).join_from(
        city, edition, (edition.c.city_id == city.c.city_id) & edition.c.active, isouter=True
    )


async def find_city(connection: AsyncConnection, code: str) -> City | None:
    """The city of a code such as `33.72`."""
    if not is_plain(code):
        return None
    row = (await connection.execute(_cities().where(city.c.code == code))).one_or_none()
    return None if row is None else City(**columns_of(row))


async def get_city(connection: AsyncConnection, code: str) -> City:
    """The city of a code; NotFound when there is none."""
    found = await find_city(connection, code)
    if found is None:
        raise NotFound
    return found


async def find_city_by_id(connection: AsyncConnection, city_id: int) -> City | None:
    row = (await connection.execute(_cities().where(city.c.city_id == city_id))).one_or_none()
    return None if row is None else City(**columns_of(row))


async def read_sources(
    connection: AsyncConnection, city_id: int, edition_id: int | None
) -> list[dict[str, str]]:
    """Whose work the maps of a city are: each source once, those of boundaries first."""
    statement = (
        select(source.c.source, source.c.licence)
        .where(source.c.city_id == city_id, source.c.edition_id.in_((edition_id or 0, 0)))
        .group_by(source.c.source, source.c.licence)
        .order_by(func.max(source.c.edition_id).desc(), source.c.source, source.c.licence)
    )
    rows = await connection.execute(statement)
    return [{"source": row.source, "licence": row.licence} for row in rows]


async def read_cities(connection: AsyncConnection) -> list[dict[str, Any]]:
    """Every city with its bounds and the planning years that have listed usulan.

    The bounds hold what was placed from just outside the border too: tiles over them hold all.
    """
    active = (area.c.city_id == city.c.city_id) & area.c.active & (area.c.level == "kota")
    extent = select(func.ST_Extent(area.c.geom)).where(active).scalar_subquery()
    years = (
        select(func.array_agg(planning_year.c.year))
        .where(planning_year.c.city_id == city.c.city_id)
        .scalar_subquery()
    )
    bounds = [
        getattr(func, name)(extent).label(name)
        for name in ("ST_XMin", "ST_YMin", "ST_XMax", "ST_YMax")
    ]
    statement = _cities().add_columns(*bounds, years.label("years")).order_by(city.c.code)
    rows = (await connection.execute(statement)).all()
    return [
        {
            **_described(row),
            "attribution": await read_sources(connection, row.city_id, row.edition_id),
        }
        for row in rows
    ]


def _described(row: AnyRow) -> dict[str, Any]:
    corners = (row.ST_XMin, row.ST_YMin, row.ST_XMax, row.ST_YMax)
    return {
        "code": row.code,
        "name": row.name,
        "bounds": None if corners[0] is None else widened_bounds(corners, REACH_M),
        "edition": row.edition,
        "areas_version": row.areas_version,
        "years": sorted(row.years or ()),
        "demo": row.demo,
        "time_zone": row.time_zone,
    }
