"""The outbox as it is written, taken up and looked through; by the staff role alone."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, exists, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from app.models import Account, Invitation, Notice, Proposer, RoleGrant, Usulan, UsulanEvent
from app.notices.words import RESET
from app.rows import AnyRow
from app.statements import load_statement

MOST_SHOWN = 100


async def add_for_reporter(connection: AsyncConnection, notice: Mapping[str, Any]) -> None:
    """Put word for a reporter in the outbox; nothing where nobody left an address."""
    statement = load_statement("notices", "add_for_reporter").decode()
    await connection.exec_driver_sql(statement, dict(notice))


async def claim(connection: AsyncConnection, *, now: datetime, again: datetime) -> AnyRow | None:
    """A notice that is due, and nobody else's until it is due again."""
    statement = load_statement("notices", "claim").decode()
    found = await connection.exec_driver_sql(statement, {"now": now, "again": again})
    return found.one_or_none()


async def find_step(connection: AsyncConnection, notice: AnyRow) -> AnyRow | None:
    """What is told to a reporter, and where he is reached."""
    statement = (
        select(Proposer.email, Usulan.number, UsulanEvent.to_status)
        .join_from(
            Usulan,
            UsulanEvent,
            (UsulanEvent.city_id == Usulan.city_id) & (UsulanEvent.usulan_id == Usulan.usulan_id),
        )
        .join(
            Proposer,
            (Proposer.city_id == Usulan.city_id) & (Proposer.usulan_id == Usulan.usulan_id),
        )
        .where(
            Usulan.city_id == notice.city_id,
            Usulan.usulan_id == notice.usulan_id,
            UsulanEvent.sequence == notice.sequence,
            Proposer.email.is_not(None),
        )
    )
    return (await connection.execute(statement)).one_or_none()


async def mark(connection: AsyncConnection, notice: AnyRow, changes: Mapping[str, Any]) -> None:
    """Write down how an attempt ended, unless somebody has taken the notice up since."""
    statement = update(Notice).where(
        Notice.notice_id == notice.notice_id,
        Notice.attempts == notice.attempts,
        Notice.sent.is_(None),
    )
    await connection.execute(statement.values(**changes))


async def sweep(connection: AsyncConnection, *, before: datetime) -> int:
    """Drop what is older, sent or not; how many rows."""
    return (await connection.execute(delete(Notice).where(Notice.created < before))).rowcount


async def count_notices(connection: AsyncConnection, city_id: int) -> AnyRow:
    """How many of a city wait, were sent and were given up."""
    is_open = Notice.sent.is_(None) & Notice.given_up.is_(None)
    counts = select(
        func.count().filter(is_open).label("waiting"),
        func.count().filter(Notice.sent.is_not(None)).label("sent"),
        func.count().filter(Notice.given_up.is_not(None)).label("given_up"),
    )
    return (await connection.execute(counts.where(_of_city(city_id)))).one()


async def read_troubled(connection: AsyncConnection, city_id: int) -> Sequence[AnyRow]:
    """Those of a city that failed, and requests for a password that wait; the newest first."""
    needs_help = Notice.failure.is_not(None) | (Notice.kind == RESET)
    statement = (
        select(
            Notice.notice_id,
            Notice.kind,
            Usulan.number,
            Account.email,
            Notice.created,
            Notice.due,
            Notice.attempts,
            Notice.given_up,
            Notice.failure,
            Notice.reply_code,
        )
        .outerjoin_from(
            Notice,
            Usulan,
            (Usulan.city_id == Notice.city_id) & (Usulan.usulan_id == Notice.usulan_id),
        )
        .outerjoin(Account, Account.account_id == Notice.account_id)
        .where(_of_city(city_id), Notice.sent.is_(None), needs_help)
        .order_by(Notice.created.desc(), Notice.notice_id)
        .limit(MOST_SHOWN)
    )
    return (await connection.execute(statement)).all()


def _of_city(city_id: int) -> Any:  # noqa: ANN401 - a condition
    # Word of a role's end bears the moment at which it ended; its holder works here no more.
    works_here = exists().where(
        RoleGrant.account_id == Notice.account_id,
        RoleGrant.city_id == city_id,
        or_(RoleGrant.ended.is_(None), RoleGrant.ended == Notice.created),
    )
    return or_(Notice.city_id == city_id, works_here)


async def find_reached(
    connection: AsyncConnection, account_id: UUID, digest: bytes, now: datetime
) -> str | None:
    """Where the owner of an account is reached, as long as his link works."""
    statement = (
        select(Account.email)
        .join(Invitation, Invitation.account_id == Account.account_id)
        .where(
            Account.account_id == account_id,
            Account.disabled.is_(None),
            Invitation.token_digest == digest,
            Invitation.expires > now,
        )
    )
    found: str | None = await connection.scalar(statement)
    return found


async def find_address(connection: AsyncConnection, account_id: UUID) -> str | None:
    """Where the owner of an account is reached, unless it was closed."""
    statement = select(Account.email).where(
        Account.account_id == account_id, Account.disabled.is_(None)
    )
    found: str | None = await connection.scalar(statement)
    return found


async def add_for_account(connection: AsyncConnection, notice: Mapping[str, Any]) -> None:
    """Put word for the owner of an account in the outbox."""
    statement = load_statement("notices", "add_for_account").decode()
    await connection.exec_driver_sql(statement, dict(notice))
