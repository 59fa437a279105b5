"""What a sender is told: number, tracking code, where it was placed, and what is like it nearby."""

from datetime import datetime
from typing import Any
from uuid import UUID

from shapely import Point

from app.areas.queries import read_chain
from app.cities.queries import City
from app.lines import AnyConnection
from app.rows import AnyRow
from app.submission.queries import Nearby, read_similar, read_submitted
from app.submission.record import Record
from app.usulan.codes import tracking_code
from app.usulan.features import public_time
from app.usulan.workflow import FIRST_STATUS

SAME_WITHIN_M = 30.0
MOST_CARDS = 5


async def answer_first(
    connection: AnyConnection, city: City, record: Record, *, number: str, code: str
) -> dict[str, Any]:
    """The answer to a submission just written."""
    return {
        "number": number,
        "tracking_code": code,
        "status": FIRST_STATUS,
        "year": record.year,
        "areas": record.place.chain,
        "doubts": record.place.doubts,
        "similar": await _cards(
            connection, city, record.draft.category, record.position, record.created
        ),
    }


async def answer_again(
    connection: AnyConnection, city: City, usulan_id: UUID, secret: bytes
) -> dict[str, Any]:
    """The first answer to a submission that is there already, made again from what is stored."""
    row = await read_submitted(connection, city.city_id, usulan_id)
    position = None if row.longitude is None else Point(row.longitude, row.latitude)
    return {
        "number": row.number,
        "tracking_code": tracking_code(secret, row.usulan_id),
        "status": FIRST_STATUS,
        "year": row.year,
        "areas": await read_chain(connection, city.city_id, row.edition_id, row.area_code),
        "doubts": row.doubts,
        "similar": await _cards(connection, city, row.category, position, row.created),
    }


async def _cards(
    connection: AnyConnection,
    city: City,
    category: str,
    position: Point | None,
    before: datetime,
) -> list[dict[str, Any]]:
    """At most five cards of the same category within 30 m, nearest first."""
    if position is None:
        return []
    nearby = Nearby(position.x, position.y, SAME_WITHIN_M, before, MOST_CARDS)
    rows = await read_similar(connection, city.city_id, category, nearby)
    return [_card(row, city) for row in rows]


def _card(row: AnyRow, city: City) -> dict[str, Any]:
    return {
        "number": row.number,
        "title": row.title,
        "distance_m": round(row.distance_m, 1),
        "status": row.status,
        "created": public_time(row.created, "exact", city),
        "supporters": row.supporters,
        "photo": None,
        # 1 at the same spot, 0 at the edge of what counts as the same place.
        "score": round(1 - row.distance_m / SAME_WITHIN_M, 2),
    }
