"""How many lists are kept before they are stored or cancelled: files of people on our disk."""

from typing import NamedTuple
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from app.errors import QuotaFull
from app.loads import queries

MOST_OF_ONE = 10
MOST_OF_FULL_SIZE = 20
"""All lists of a city together are no larger than so many of the largest."""


class Wish(NamedTuple):
    """Who wants to send a list of which size, and how large it might be."""

    city_id: int
    account_id: UUID
    size: int
    most_bytes: int


async def require_quota(connection: AsyncConnection, wish: Wish, *, lock: bool = False) -> None:
    """Raise QuotaFull where the account or the city keeps its most; `lock`: until it is written."""
    if lock:
        await queries.lock_quota(connection, wish.city_id)
    kept = await queries.count_kept(connection, wish.city_id, wish.account_id)
    is_too_large = kept.bytes + wish.size > MOST_OF_FULL_SIZE * wish.most_bytes
    if kept.own >= MOST_OF_ONE or is_too_large:
        raise QuotaFull
