"""What a sender is told: number, tracking code, where it was placed, and what is like it nearby."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

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


def around(position: Point | None, before: datetime) -> Nearby | None:
    """Where at most five that are like it would stand, within 30 m; None without a position."""
    if position is None:
        return None
    return Nearby(position.x, position.y, SAME_WITHIN_M, before, MOST_CARDS)


def answer_first(
    city: City, record: Record, similar: Sequence[AnyRow], *, number: str, code: str
) -> dict[str, Any]:
    """The answer to a submission just written, with what is like it."""
    return {
        "number": number,
        "tracking_code": code,
        "status": FIRST_STATUS,
        "published": record.published,
        "year": record.year,
        "areas": record.place.chain,
        "doubts": record.place.doubts,
        "similar": [_card(row, city) for row in similar],
    }


async def answer_again(
    connection: AnyConnection, city: City, usulan_id: UUID, secret: bytes
) -> dict[str, Any]:
    """The first answer to a submission that is there already, made again from what is stored."""
    row = await read_submitted(connection, city.city_id, usulan_id)
    position = None if row.longitude is None else Point(row.longitude, row.latitude)
    nearby = around(position, row.created)
    similar = nearby and await read_similar(connection, city.city_id, row.category, nearby)
    return {
        "number": row.number,
        "tracking_code": tracking_code(secret, row.usulan_id),
        "status": FIRST_STATUS,
        "published": row.published,
        "year": row.year,
        "areas": await read_chain(connection, city.city_id, row.edition_id, row.area_code),
        "doubts": row.doubts,
        "similar": [_card(card, city) for card in similar or ()],
    }


def _card(row: AnyRow, city: City) -> dict[str, Any]:
    return {
        "number": row.number,
        "title": row.title,
        "distance_m": round(row.distance_m, 1),
        "status": row.status,
        "created": public_time(row.created, "exact", ZoneInfo(city.time_zone)),
        "supporters": row.supporters,
        "photo": None,
        # 1 at the same spot, 0 at the edge of what counts as the same place.
        "score": round(1 - row.distance_m / SAME_WITHIN_M, 2),
    }
