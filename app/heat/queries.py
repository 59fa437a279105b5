"""What heat maps read, through the views that the public may read."""

from collections.abc import AsyncIterator, Sequence
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry
from sqlalchemy import ColumnElement, Integer, func, literal_column, select
from sqlalchemy.ext.asyncio import AsyncConnection

from app.heat.parts import Crowds
from app.rows import Expression
from app.views import area, point
from spatial.grid import WORLD_BITS, Integers, mercator_places
from spatial.index.sums import CellSums

Conditions = Sequence[ColumnElement[bool]]
_AT_ONCE = 20_000


def _weights() -> tuple[Expression, ...]:
    known = (point.c.estimated_cost, point.c.beneficiaries, point.c.supporters)
    return (func.count(), *(func.coalesce(func.sum(column), 0) for column in known))


async def read_cell_sums(
    connection: AsyncConnection, conditions: Conditions, level: int
) -> CellSums:
    """Sums of the exact places of a set in the cells of a level."""
    shift = literal_column(str(2 * (WORLD_BITS - level)), Integer)
    cell = point.c.cell.op(">>")(shift)
    middle = (func.avg(func.ST_X(point.c.position)), func.avg(func.ST_Y(point.c.position)))
    statement = (
        select(cell, *_weights(), *middle)
        .where(*conditions, point.c.precision == "exact", point.c.position.is_not(None))
        .group_by(cell)
        .order_by(cell)
    )
    rows = (await connection.execute(statement)).all()
    if not rows:
        return CellSums.none(level)
    cells, *weights, longitudes, latitudes = zip(*rows, strict=True)
    sums = np.array(weights, dtype=np.int64)
    # Sums of whole places, as the index has them: half a place before their middle.
    places = mercator_places(longitudes, latitudes)
    moments = np.rint([sums[0] * (axis - 0.5) for axis in places]).astype(np.int64)
    return CellSums(level, np.array(cells, dtype=np.int64), np.concatenate([sums, moments]))


async def read_crowds(connection: AsyncConnection, conditions: Conditions) -> Crowds:
    """Sums of the private needs of a set per public area."""
    statement = (
        select(
            point.c.public_area,
            *_weights(),
            func.min(func.ST_X(point.c.position)),
            func.min(func.ST_Y(point.c.position)),
        )
        .where(*conditions, point.c.precision == "rw", point.c.position.is_not(None))
        .group_by(point.c.public_area)
        .order_by(point.c.public_area)
    )
    rows = (await connection.execute(statement)).all()
    if not rows:
        return Crowds.none()
    codes, *weights, longitudes, latitudes = zip(*rows, strict=True)
    x, y = mercator_places(longitudes, latitudes)
    return Crowds(codes, x, y, np.array(weights, dtype=np.int64))


async def stream_places(
    connection: AsyncConnection, conditions: Conditions
) -> AsyncIterator[tuple[Integers, Integers]]:
    """Exact places of a set, some thousand at a time: cells of level 31, and rows of weights."""
    known = (point.c.estimated_cost, point.c.beneficiaries, point.c.supporters)
    statement = select(point.c.cell, *(func.coalesce(column, 0) for column in known)).where(
        *conditions, point.c.precision == "exact", point.c.position.is_not(None)
    )
    result = await connection.stream(statement)
    async for rows in result.partitions(_AT_ONCE):
        cells, *weights = np.array([tuple(row) for row in rows], dtype=np.int64).T
        yield cells, np.stack([np.ones_like(cells), *weights])


async def read_shapes(
    connection: AsyncConnection, city_id: int, edition_id: int, codes: Sequence[str]
) -> dict[str, BaseGeometry]:
    """Shapes of areas by code: under this edition, or the newest that has one of the code."""
    statement = (
        select(area.c.code, func.ST_AsBinary(area.c.geom))
        .where(area.c.city_id == city_id, area.c.code.in_(codes))
        .order_by(area.c.edition_id == edition_id, area.c.edition_id)
    )
    # The last of a code counts.
    found: dict[str, Any] = {
        code: bytes(shape) for code, shape in await connection.execute(statement)
    }
    return dict(zip(found, shapely.from_wkb(list(found.values())), strict=True))
