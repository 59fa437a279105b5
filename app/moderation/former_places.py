"""Places that usulan had before a step put them elsewhere: kept apart from the history.

Nobody can shorten the history; these can be erased.
"""

from collections.abc import Mapping
from typing import Any

import orjson
from sqlalchemy.ext.asyncio import AsyncConnection

from app.rows import AnyRow
from app.statements import load_statement


async def keep_former_place(
    connection: AsyncConnection, row: AnyRow, sequence: int, place: Mapping[str, Any]
) -> None:
    """Keep what a step changes of a place, as it stood before; shapes as GeoJSON."""
    values = {**_of(row), "sequence": sequence, "place": orjson.dumps(place).decode()}
    statement = load_statement("moderation", "keep_former_place").decode()
    await connection.exec_driver_sql(statement, values)


async def read_former_places(connection: AsyncConnection, row: AnyRow) -> dict[int, dict[str, Any]]:
    """The same of every step that left a place, by its sequence; none once they are erased."""
    statement = load_statement("moderation", "read_former_places").decode()
    rows = await connection.exec_driver_sql(statement, _of(row))
    return {row.sequence: row.place for row in rows}


def _of(row: AnyRow) -> dict[str, Any]:
    return {"city_id": row.city_id, "usulan_id": row.usulan_id}
