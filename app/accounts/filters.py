"""Lists of work that an officer saved, by names of his own."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from app.accounts.service import SignedIn
from app.errors import FieldError, InvalidFields, NotFound
from app.field_words import field_code, field_words
from app.models import SavedFilter
from app.rows import AnyRow

MOST_FILTERS = 50


async def list_filters(connection: AsyncConnection, who: SignedIn) -> dict[str, Any]:
    rows = await _read(connection, who.account.account_id)
    return {"filters": [{"name": row.name, "query": row.query} for row in rows]}


async def save_filter(
    connection: AsyncConnection, who: SignedIn, *, name: str, query: str, now: datetime
) -> dict[str, Any]:
    """Save a list, in place of one of the same name; all that there are then.

    Raises InvalidFields where there would be more than `MOST_FILTERS`.
    """
    row = {"account_id": who.account.account_id, "name": name, "query": query, "created": now}
    statement = insert(SavedFilter).values(row)
    keys = [SavedFilter.account_id, SavedFilter.name]
    changed = {"query": query, "created": now}
    await connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=changed))
    told = await list_filters(connection, who)
    if len(told["filters"]) > MOST_FILTERS:
        words = field_words("too_long", {"max_length": MOST_FILTERS})
        raise InvalidFields(errors=[FieldError("/name", field_code("too_long"), words)])
    return told


async def drop_filter(connection: AsyncConnection, who: SignedIn, name: str) -> None:
    """Forget a saved list; raises NotFound for none."""
    statement = delete(SavedFilter).where(
        SavedFilter.account_id == who.account.account_id, SavedFilter.name == name
    )
    if (await connection.execute(statement)).rowcount == 0:
        raise NotFound


async def _read(connection: AsyncConnection, account_id: UUID) -> Sequence[AnyRow]:
    """An officer's saved lists, by name."""
    statement = (
        select(SavedFilter.name, SavedFilter.query)
        .where(SavedFilter.account_id == account_id)
        .order_by(SavedFilter.name)
    )
    return (await connection.execute(statement)).all()
