"""How large a chosen set is."""

from sqlalchemy.ext.asyncio import AsyncConnection

from app.usulan.queries import Matched, count_matched
from app.usulan.selection import Chosen


async def count_chosen(connection: AsyncConnection, chosen: Chosen) -> Matched:
    """The size of the set, and how many of it have no public position.

    As sums over the set are; `count_beside_rows` is for rows that the database gives.
    """
    if chosen.indexed is None:
        return await count_matched(connection, chosen.conditions)
    totals = chosen.indexed.totals("kota")
    return Matched(totals.matched, totals.unlocated)


async def count_beside_rows(connection: AsyncConnection, chosen: Chosen) -> Matched:
    """The same of just what this transaction sees."""
    if chosen.indexed is None or not chosen.indexed.is_exact:
        return await count_matched(connection, chosen.conditions)
    return await count_chosen(connection, chosen)
