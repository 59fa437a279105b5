"""Usulan from lists that have no position yet; staff place them on a map later."""

from typing import Any

from psycopg import Connection
from psycopg.rows import dict_row

from app.statements import load_statement


def read_unplaced(connection: Connection, city_id: int, *, most: int) -> list[dict[str, Any]]:
    """Those of which no area is known first; `place` is what the words of the row told."""
    values = {"city_id": city_id, "limit_rows": most}
    with connection.cursor(row_factory=dict_row) as cursor:
        return cursor.execute(load_statement("lists", "read_unplaced"), values).fetchall()
