"""How large a chosen set is."""

from sqlalchemy.ext.asyncio import AsyncConnection

from app.usulan.queries import Matched, count_matched
from app.usulan.selection import Chosen


async def count_chosen(connection: AsyncConnection, chosen: Chosen) -> Matched:
    """The size of the set, and how many of it have no public position; as sums over it are."""
    if chosen.indexed is None:
        return await count_matched(connection, chosen.conditions)
    totals = chosen.indexed.totals("kota")
    return Matched(totals.matched, totals.unlocated)
