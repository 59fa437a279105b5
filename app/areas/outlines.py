"""Copies of borders for each zoom, made in the transaction that writes the borders."""

from collections.abc import Collection

import shapely
from psycopg import Connection

from app.statements import load_statement
from spatial.outlines import OUTLINE_ZOOMS, outlines

_AT_ONCE = 500
_MERCATOR = 3857


def draw_outlines(
    connection: Connection, city_id: int, edition_id: int, changed: Collection[str] = ()
) -> None:
    """Draw levels of an edition anew: those named as changed, and those never drawn."""
    where = {"city_id": city_id, "edition_id": edition_id}
    asked = where | {"zooms": len(OUTLINE_ZOOMS)}
    undrawn = connection.execute(load_statement("areas", "find_undrawn"), asked).fetchall()
    for level in sorted({row[0] for row in undrawn} | set(changed)):
        rows = connection.execute(
            load_statement("areas", "read_borders"), where | {"level": level}
        ).fetchall()
        codes = [row[0] for row in rows]
        shapes = shapely.from_wkb([row[1] for row in rows])
        for zoom in OUTLINE_ZOOMS if rows else ():
            drawn = shapely.set_srid(outlines(shapes, zoom), _MERCATOR)
            _put(
                connection,
                where | {"zoom": zoom},
                codes,
                list(shapely.to_wkb(drawn, include_srid=True)),
            )


def _put(
    connection: Connection, where: dict[str, int], codes: list[str], shapes: list[bytes]
) -> None:
    for start in range(0, len(codes), _AT_ONCE):
        some = slice(start, start + _AT_ONCE)
        values = where | {"codes": codes[some], "shapes": shapes[some]}
        connection.execute(load_statement("areas", "put_outlines"), values)
