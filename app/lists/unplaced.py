"""Usulan from lists that have no position yet; staff place them on a map later."""

from typing import Any

from psycopg import Connection
from psycopg.rows import dict_row

from app.statements import load_statement


def read_unplaced(connection: Connection, city_id: int, *, most: int) -> dict[str, Any]:
    """Those of which no area is known first; `place` is what the words of the row told.

    `guesses` are the areas that the words mean or may mean, with their names; they are offered,
    never taken for a position.
    """
    values = {"city_id": city_id, "limit_rows": most}
    with connection.cursor(row_factory=dict_row) as cursor:
        rows = cursor.execute(load_statement("lists", "read_unplaced"), values).fetchall()
    waiting = rows[0]["waiting"] if rows else 0
    names = _area_names(connection, city_id, [code for row in rows for code in _guessed(row)])
    for row in rows:
        del row["waiting"]
        row["guesses"] = [{"code": code, "name": names.get(code, "")} for code in _guessed(row)]
    return {"waiting": waiting, "unplaced": rows}


def _guessed(row: dict[str, Any]) -> list[str]:
    place = row["place"] or {}
    return [*place.get("areas", ()), *place.get("candidates", ())]


def _area_names(connection: Connection, city_id: int, codes: list[str]) -> dict[str, str]:
    values = {"city_id": city_id, "codes": sorted(set(codes))}
    rows = connection.execute(load_statement("lists", "read_area_names"), values)
    return {code: f"{name}, {above}" if above else name for code, name, above in rows}
