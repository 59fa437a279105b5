"""Loads as the server reads and changes them; whoever works on one has statements of its own."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import any_, func, insert, literal, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from app.loads.states import State
from app.models import ListLoad
from app.rows import AnyRow
from app.statements import load_statement

MOST_LISTED = 100
_UNENDED = (State.READING, State.WAITING, State.CHECKING, State.STORING, State.FAILED)
_ENDED = (State.STORED, State.TAKING_BACK, State.TAKEN_BACK)
_NUMBERS = (
    *("read", "created", "updated", "unchanged", "rejected", "unlocated", "outside"),
    *("without_area", "reasons", "areas"),
)
_QUOTA_LOCK = 20_260_039
_SHORT = (
    ListLoad.report.isnot(None).label("is_checked"),
    (func.coalesce(ListLoad.report["created"].as_integer(), 1) > 0).label("has_created"),
)
"""What a list of loads needs of their reports."""
_LONG = ("guess", "mapping", "report", "undone")


async def add_load(connection: AsyncConnection, row: Mapping[str, Any]) -> None:
    await connection.execute(insert(ListLoad).values(**row))


async def find_load(
    connection: AsyncConnection, city_id: int, load_id: UUID, *, lock: bool = False
) -> AnyRow | None:
    statement = select(*ListLoad.__table__.c, *_SHORT).where(
        ListLoad.city_id == city_id, ListLoad.load_id == load_id
    )
    if lock:
        statement = statement.with_for_update()
    return (await connection.execute(statement)).one_or_none()


async def list_loads(
    connection: AsyncConnection, city_id: int, areas: Sequence[str]
) -> Sequence[AnyRow]:
    """The newest loads in any of these areas, without what is long."""
    columns = [column for column in ListLoad.__table__.c if column.name not in _LONG]
    statement = (
        select(*columns, *_SHORT)
        .where(
            ListLoad.city_id == city_id,
            or_(*(literal(code) == any_(ListLoad.areas) for code in areas)),
        )
        .order_by(ListLoad.created.desc(), ListLoad.load_id)
        .limit(MOST_LISTED)
    )
    return (await connection.execute(statement)).all()


async def lock_quota(connection: AsyncConnection, city_id: int) -> None:
    """Let those who add a load to a city follow one another until this transaction ends."""
    await connection.execute(select(func.pg_advisory_xact_lock(_QUOTA_LOCK, city_id)))


async def count_kept(connection: AsyncConnection, city_id: int, account_id: UUID) -> AnyRow:
    """How many loads of one's own are not ended, and the bytes of all of the city."""
    statement = select(
        func.count().filter(ListLoad.account_id == account_id).label("own"),
        func.coalesce(func.sum(ListLoad.file_bytes), 0).label("bytes"),
    ).where(ListLoad.city_id == city_id, ListLoad.state.in_(_UNENDED))
    return (await connection.execute(statement)).one()


async def forget_words(connection: AsyncConnection, before: datetime) -> int:
    """Leave of loads that ended before a time only numbers; how many loads."""
    statement = load_statement("loads", "forget_words").decode()
    values = {"before": before, "ended": list(_ENDED), "kept": list(_NUMBERS)}
    return (await connection.exec_driver_sql(statement, values)).rowcount


async def change_load(
    connection: AsyncConnection, city_id: int, load_id: UUID, values: Mapping[str, Any]
) -> None:
    statement = (
        update(ListLoad)
        .where(ListLoad.city_id == city_id, ListLoad.load_id == load_id)
        .values(**values)
    )
    await connection.execute(statement)


async def change_under_way(
    connection: AsyncConnection,
    whose: tuple[int, UUID, int],
    values: Mapping[str, Any],
    *,
    state: str,
) -> bool:
    """Write of a work under way; False when it was ended, cancelled or overtaken.

    `whose` is city, load and attempt.
    """
    city_id, load_id, attempt = whose
    statement = (
        update(ListLoad)
        .where(
            ListLoad.city_id == city_id,
            ListLoad.load_id == load_id,
            ListLoad.attempt == attempt,
            ListLoad.state == state,
        )
        .values(**values)
    )
    return (await connection.execute(statement)).rowcount == 1


async def end_forgotten(
    connection: AsyncConnection, before: datetime, now: datetime
) -> Sequence[UUID]:
    """Cancel loads that nobody went on with since a time; which."""
    statement = (
        update(ListLoad)
        .where(ListLoad.state.in_(_UNENDED), ListLoad.updated < before, ListLoad.beat < before)
        .values(
            state=State.CANCELLED,
            guess=None,
            mapping=None,
            report=None,
            failure=None,
            updated=now,
        )
        .returning(ListLoad.load_id)
    )
    return (await connection.scalars(statement)).all()
