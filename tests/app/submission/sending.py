"""A good draft, and what the database holds of it."""

from datetime import UTC, datetime

import psycopg
from psycopg.rows import dict_row

from tests.app.world import Spot, spot_point

YEAR = datetime.now(UTC).year + 1


def point(spot: Spot, east: float = 0, south: float = 0) -> dict:
    at = spot_point(spot.column + 0.5 + east, spot.row + 0.5 + south)
    return {"type": "Point", "coordinates": [at.x, at.y]}


def draft(spot: Spot | None = None, **changes: object) -> dict:
    return {
        "title": "Jalan rusak di depan musala",
        "problem": "Jalan berlubang dan becek saat hujan sepanjang gang.",
        "category": "SP01",
        "geometry": point(spot or Spot(0, 0)),
    } | changes


def stored(town, number: str) -> dict:
    with psycopg.connect(town.staff, row_factory=dict_row) as connection:
        found = connection.execute("SELECT * FROM peta.usulan WHERE number = %s", [number])
        return found.fetchone() or {}


def count_stored(town) -> int:
    with psycopg.connect(town.staff) as connection:
        return connection.execute("SELECT COUNT(*) FROM peta.usulan").fetchone()[0]
