"""Reading cities, from the views that the public may read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Text,
    bindparam,
    cast,
    func,
    literal,
    literal_column,
    select,
    tuple_,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from app.errors import NotFound
from app.lines import AnyConnection, Statement, fetch
from app.models.map_source import REFERENCE_MAP
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
    seen: datetime = field(compare=False)
    """When that was looked at: it shows all that was committed before."""

    @property
    def ground(self) -> tuple[object, ...]:
        """What names, people and shapes of its areas follow from: other ones have another.

        Another database has other editions by the same numbers.
        """
        database = self.position.partition("/")[0]
        return (database, self.city_id, self.edition_id, self.areas_version)


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


@cache
def select_cities() -> AnySelect:
    """Built once: it is asked several times a second."""
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
        func.now().label("seen"),
    ).join_from(
        city, edition, (edition.c.city_id == city.c.city_id) & edition.c.active, isouter=True
    )


async def find_city(connection: AnyConnection, code: str) -> City | None:
    """The city of a code such as `33.72`."""
    if not is_plain(code):
        return None
    return city_of_rows(await fetch(connection, *asking_city(code)))


def asking_city(code: str) -> tuple[Statement, Mapping[str, Any]]:
    """The fixed statement that reads the city of a code, for `city_of_rows`."""
    return _city_of_code(), {"code": code}


def city_of_rows(rows: Sequence[AnyRow]) -> City | None:
    """What the answer to `asking_city` tells."""
    return City(**columns_of(rows[0])) if rows else None


@cache
def _city_of_code() -> AnySelect:
    return select_cities().where(city.c.code == bindparam("code"))


async def find_areas_version(
    connection: AsyncConnection, city_id: int, edition_id: int
) -> str | None:
    """The version of the areas of any edition of a city, see `version_of_areas`."""
    statement = select(version_of_areas()).where(
        edition.c.city_id == city_id, edition.c.edition_id == edition_id
    )
    return (await connection.execute(statement)).scalar_one_or_none()


async def get_city(connection: AnyConnection, code: str) -> City:
    """The city of a code; NotFound when there is none."""
    found = await find_city(connection, code)
    if found is None:
        raise NotFound
    return found


async def find_city_by_id(connection: AsyncConnection, city_id: int) -> City | None:
    row = (await connection.execute(select_cities().where(city.c.city_id == city_id))).one_or_none()
    return None if row is None else City(**columns_of(row))


async def read_sources(
    connection: AsyncConnection, city_id: int, edition_id: int | None
) -> list[dict[str, Any]]:
    """Whose work the maps of a city are: each source once, those of boundaries first."""
    return (await _read_sources(connection, {city_id: edition_id}))[city_id]


async def _read_sources(
    connection: AsyncConnection, editions: Mapping[int, int | None]
) -> dict[int, list[dict[str, Any]]]:
    """The sources of some cities, each under one edition."""
    shown = [
        (city_id, edition_id)
        for city_id, active in editions.items()
        for edition_id in {active or REFERENCE_MAP, REFERENCE_MAP}
    ]
    named = (source.c.city_id, source.c.source, source.c.licence)
    statement = (
        select(*named, func.array_agg(source.c.layer.distinct()).label("layers"))
        .where(tuple_(source.c.city_id, source.c.edition_id).in_(shown))
        .group_by(*named)
        .order_by(func.max(source.c.edition_id).desc(), source.c.source, source.c.licence)
    )
    found: dict[int, list[dict[str, Any]]] = {city_id: [] for city_id in editions}
    for row in await connection.execute(statement):
        told = {"source": row.source, "licence": row.licence, "layers": sorted(row.layers)}
        found[row.city_id].append(told)
    return found


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
    statement = select_cities().add_columns(*bounds, years.label("years")).order_by(city.c.code)
    rows = (await connection.execute(statement)).all()
    sources = await _read_sources(connection, {row.city_id: row.edition_id for row in rows})
    return [{**_described(row), "attribution": sources[row.city_id]} for row in rows]


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
