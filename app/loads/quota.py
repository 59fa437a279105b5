"""How many lists one person sends, and how many are kept: files of people on our disk."""

from datetime import datetime, timedelta
from math import ceil
from typing import NamedTuple
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from app.accounts.attempts import Bound, count_attempt, seconds_left
from app.database import Database
from app.errors import QuotaFull, TooManyLists
from app.loads import queries

MOST_OF_ONE = 10
"""Lists of an account that are neither stored nor ended."""
HOUR = timedelta(hours=1)
MOST_IN_AN_HOUR = 60
"""A list of every kelurahan of a city, corrected here and there; each is read by a process."""
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


async def count_upload(database: Database, wish: Wish, *, secret: bytes, now: datetime) -> None:
    """Count one more list of a person, by his programs too; TooManyLists past those of an hour."""
    bound = Bound("kirim daftar", str(wish.account_id), MOST_IN_AN_HOUR, HOUR)
    async with database.staff_session() as connection:
        passes = await count_attempt(connection, [bound], secret=secret, now=now)
    if not passes:
        seconds = seconds_left(now, HOUR)
        facts = {"most": bound.most, "seconds": seconds, "minutes": ceil(seconds / 60)}
        raise TooManyLists(facts=facts)
