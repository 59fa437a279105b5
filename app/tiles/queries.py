"""One statement per tile, over the views that the public may read."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    FromClause,
    Integer,
    LargeBinary,
    Numeric,
    Subquery,
    Text,
    case,
    cast,
    func,
    literal,
    literal_column,
    null,
    select,
    text,
    union_all,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from app.areas.queries import Level
from app.rows import AnySelect, Expression
from app.stored_words import LEVELS
from app.views import area, point
from spatial.crs import widened_bounds
from spatial.grid import WORLD_BITS, cell_range
from spatial.outlines import outline_zoom
from spatial.point_rule import REACH_M
from spatial.sql import load
from spatial.tiles import POINT_ZOOM, Tile, cell_level

EXTENT = 4096
MOST_POINTS = 5_000

Conditions = Sequence[ColumnElement[bool]]


async def read_usulan_tile(
    connection: AsyncConnection, conditions: Conditions, tile: Tile
) -> bytes:
    """Layers `cells` and, from zoom 15, `usulan`; no bytes when nothing is in the tile."""
    tile_bytes: bytes = await connection.scalar(_usulan_tile(conditions, tile)) or b""
    return bytes(tile_bytes)


async def read_areas_tile(
    connection: AsyncConnection, *, city_id: int, edition_id: int, level: str, tile: Tile
) -> bytes:
    """Layer `areas`; no bytes when no area shows in the tile."""
    where = {
        "city_id": city_id,
        "edition_id": edition_id,
        "level": level,
        "outline": outline_zoom(tile.z),
    }
    return await _fixed_tile(connection, "tile_areas", tile, where)


async def read_base_tile(connection: AsyncConnection, *, city_id: int, tile: Tile) -> bytes:
    """Layer `base`: roads, rivers, rail and landmarks."""
    return await _fixed_tile(connection, "tile_base", tile, {"city_id": city_id})


async def _fixed_tile(
    connection: AsyncConnection, statement: str, tile: Tile, where: dict[str, Any]
) -> bytes:
    address = {"z": tile.z, "x": tile.x, "y": tile.y}
    return bytes(await connection.scalar(text(load(statement)), {**where, **address}) or b"")


async def find_levels(connection: AsyncConnection, city_id: int, edition_id: int) -> list[Level]:
    """The levels that an edition has, from kota down."""
    statement = (
        select(area.c.level)
        .where(area.c.city_id == city_id, area.c.edition_id == edition_id)
        .distinct()
    )
    found = set((await connection.execute(statement)).scalars())
    return [level for level in LEVELS if level in found]  # type: ignore[misc]  # LEVELS are levels


async def read_bounds(
    connection: AsyncConnection, city_id: int, edition_id: int
) -> list[float] | None:
    """West, south, east and north of the city, with all that may be placed in it, in degrees."""
    extent = select(func.ST_Extent(area.c.geom).label("box")).where(
        area.c.city_id == city_id, area.c.edition_id == edition_id, area.c.level == "kota"
    )
    box = extent.subquery().c.box
    corners = select(func.ST_XMin(box), func.ST_YMin(box), func.ST_XMax(box), func.ST_YMax(box))
    found = (await connection.execute(corners)).one()
    return None if found[0] is None else list(widened_bounds(found, REACH_M))


def _usulan_tile(conditions: Conditions, tile: Tile) -> AnySelect:
    inside = _inside(conditions, tile).cte("inside").prefix_with("MATERIALIZED")
    alone = inside.c.place <= (MOST_POINTS if tile.z >= POINT_ZOOM else 0)
    exact, private = inside.c.precision == "exact", inside.c.precision == "rw"
    cells = union_all(
        _cells(inside, tile).where(exact, ~alone), _crowds(inside, tile).where(private)
    ).subquery("cells")
    points = _points(inside, tile).where(exact, alone).subquery("points")
    return select(_layer(cells, "cells").op("||")(_layer(points, "usulan")))


def _inside(conditions: Conditions, tile: Tile) -> AnySelect:
    """What the tile holds: one contiguous range of cells, so nothing is in two tiles."""
    first, last = cell_range(tile)
    return select(
        point.c.number,
        point.c.category,
        point.c.status,
        point.c.year,
        point.c.severity,
        point.c.supporters,
        point.c.estimated_cost,
        point.c.beneficiaries,
        point.c.precision,
        point.c.public_area,
        point.c.cell,
        func.ST_X(point.c.position).label("longitude"),
        func.ST_Y(point.c.position).label("latitude"),
        func.row_number()
        .over(partition_by=point.c.precision, order_by=(point.c.cell, point.c.number))
        .label("place"),
    ).where(*conditions, point.c.cell.between(first, last))


def _cells(inside: FromClause, tile: Tile) -> AnySelect:
    """Sums per occupied cell, 64 to a side of the tile, at the centre of mass."""
    shift = 2 * (WORLD_BITS - cell_level(tile.z))
    # Written out, not bound: the expression must be recognised as the one that is grouped by.
    cell = inside.c.cell.op(">>")(literal_column(str(shift), Integer))
    middle = _in_tile(func.avg(inside.c.longitude), func.avg(inside.c.latitude), tile)
    nothing = cast(null(), Text)
    return _summed(inside, nothing.label("precision"), nothing.label("area"), middle).group_by(cell)


def _crowds(inside: FromClause, tile: Tile) -> AnySelect:
    """Private needs, counted in their public area at its label point."""
    label = _in_tile(func.min(inside.c.longitude), func.min(inside.c.latitude), tile)
    return _summed(
        inside, literal("rw").label("precision"), inside.c.public_area.label("area"), label
    ).group_by(inside.c.public_area)


def _summed(
    inside: FromClause, precision: Expression, code: Expression, geometry: Expression
) -> AnySelect:
    return select(
        precision,
        code,
        func.count().label("count"),
        _three_digits(func.sum(inside.c.estimated_cost)).label("cost"),
        _three_digits(func.sum(inside.c.beneficiaries)).label("beneficiaries"),
        _three_digits(func.sum(inside.c.supporters)).label("supporters"),
        geometry.label("geom"),
    )


def _points(inside: FromClause, tile: Tile) -> AnySelect:
    return select(
        inside.c.number,
        inside.c.category,
        inside.c.status,
        inside.c.year,
        inside.c.severity,
        inside.c.supporters,
        _in_tile(inside.c.longitude, inside.c.latitude, tile).label("geom"),
    ).order_by(inside.c.cell, inside.c.number)


def _layer(rows: Subquery, name: str) -> ColumnElement[bytes]:
    tile = select(func.ST_AsMVT(rows.table_valued(), name, EXTENT, "geom")).select_from(rows)
    return func.coalesce(tile.scalar_subquery(), cast(b"", LargeBinary))


def _in_tile(longitude: Expression, latitude: Expression, tile: Tile) -> Expression:
    """The place within the tile in units of its extent, never on its east or south edge.

    The cell has decided that it belongs here; rounding must not push it out.
    """
    side = 2.0**tile.z
    east = (longitude + 180) / 360 * side - tile.x
    southward = func.atanh(func.sin(func.radians(latitude))) / (2 * func.pi())
    south = (0.5 - southward) * side - tile.y
    return func.ST_MakePoint(_unit(east), _unit(south))


def _unit(fraction: Expression) -> Expression:
    return func.least(func.greatest(func.floor(fraction * EXTENT), 0), EXTENT - 1)


def _three_digits(total: Expression) -> ColumnElement[int]:
    """A sum to three significant digits; of nothing known, 0."""
    known = cast(func.coalesce(total, 0), Numeric)
    digits = cast(2 - func.floor(func.log(known)), Integer)
    return cast(case((known > 0, func.round(known, digits)), else_=0), BigInteger)
