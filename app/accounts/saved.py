"""Lists of work that an officer saved, by names of his own."""

from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from app.accounts import queries
from app.accounts.service import SignedIn
from app.errors import FieldError, InvalidFields, NotFound
from app.field_words import field_code, field_words

MOST_FILTERS = 50


async def list_filters(connection: AsyncConnection, who: SignedIn) -> dict[str, Any]:
    rows = await queries.list_filters(connection, who.account.account_id)
    return {"filters": [{"name": row.name, "query": row.query} for row in rows]}


async def save_filter(
    connection: AsyncConnection, who: SignedIn, *, name: str, query: str, now: datetime
) -> dict[str, Any]:
    """Save a list, in place of one of the same name; all that there are then.

    Raises InvalidFields where there would be more than `MOST_FILTERS`.
    """
    row = {"account_id": who.account.account_id, "name": name, "query": query, "created": now}
    await queries.put_filter(connection, row)
    told = await list_filters(connection, who)
    if len(told["filters"]) > MOST_FILTERS:
        words = field_words("too_long", {"max_length": MOST_FILTERS})
        raise InvalidFields(errors=[FieldError("/name", field_code("too_long"), words)])
    return told


async def drop_filter(connection: AsyncConnection, who: SignedIn, name: str) -> None:
    """Forget a saved list; raises NotFound for none."""
    if not await queries.drop_filter(connection, who.account.account_id, name):
        raise NotFound
