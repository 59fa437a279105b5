"""What is stored of officers: accounts, roles, sign-ins, invitations."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Date, Select, cast, delete, func, insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from app.accounts.permissions import CITY_ADMIN, Grant
from app.models import (
    Account,
    ApiKey,
    Attempt,
    City,
    Invitation,
    RoleGrant,
    SavedFilter,
    SignIn,
)
from app.rows import AnyRow
from app.statements import load_statement

INSTALLATION = 0
"""Stands for a city where roles are looked for that are given for none."""


@dataclass(frozen=True, slots=True)
class KnownAccount:
    """An account that may be used."""

    account_id: UUID
    email: str
    name: str
    password: str | None


async def find_account(connection: AsyncConnection, email: str) -> KnownAccount | None:
    """The account of an address, unless it is closed."""
    statement = _accounts().where(Account.email == email.lower())
    row = (await connection.execute(statement)).one_or_none()
    return None if row is None else KnownAccount(*row)


async def find_signed_in(
    connection: AsyncConnection, digest: bytes, *, began_after: datetime, seen_after: datetime
) -> tuple[KnownAccount, AnyRow] | None:
    """Whose token this is, and the sign-in, unless its time is over or the account is closed."""
    statement = (
        _accounts()
        .add_columns(SignIn.sign_in_id, SignIn.seen)
        .join(SignIn, SignIn.account_id == Account.account_id)
        .where(SignIn.token_digest == digest, SignIn.began > began_after, SignIn.seen > seen_after)
    )
    row = (await connection.execute(statement)).one_or_none()
    return None if row is None else (KnownAccount(*row[:4]), row)


async def read_grants(connection: AsyncConnection, account_id: UUID, now: datetime) -> list[Grant]:
    """The roles that hold today, by the clock of the city each is given for."""
    statement = (
        select(
            RoleGrant.role,
            RoleGrant.city_id,
            RoleGrant.area_code,
            RoleGrant.fields,
            RoleGrant.valid_from,
            RoleGrant.valid_to,
        )
        .outerjoin(City, City.city_id == RoleGrant.city_id)
        .where(
            RoleGrant.account_id == account_id,
            RoleGrant.valid_from <= _today(now),
            _is_not_over(now),
        )
        .order_by(RoleGrant.created, RoleGrant.grant_id)
    )
    return [
        Grant(role, city_id, area, frozenset(fields), first, last)
        for role, city_id, area, fields, first, last in await connection.execute(statement)
    ]


async def add_sign_in(
    connection: AsyncConnection,
    account_id: UUID,
    *,
    digest: bytes,
    own_id: UUID,
    now: datetime,
    browser: str,
) -> None:
    """Let the holder of a token in."""
    row = {
        "token_digest": digest,
        "sign_in_id": own_id,
        "account_id": account_id,
        "began": now,
        "seen": now,
        "browser": browser,
    }
    await connection.execute(insert(SignIn).values(row))


async def mark_seen(connection: AsyncConnection, own_id: UUID, now: datetime) -> None:
    """Keep a sign-in that is in use from ending for being idle."""
    await connection.execute(update(SignIn).where(SignIn.sign_in_id == own_id).values(seen=now))


async def list_sign_ins(
    connection: AsyncConnection, account_id: UUID, *, began_after: datetime, seen_after: datetime
) -> Sequence[AnyRow]:
    """Where somebody is signed in, the latest first."""
    statement = (
        select(SignIn.sign_in_id, SignIn.began, SignIn.seen, SignIn.browser)
        .where(
            SignIn.account_id == account_id,
            SignIn.began > began_after,
            SignIn.seen > seen_after,
        )
        .order_by(SignIn.seen.desc(), SignIn.sign_in_id)
    )
    return (await connection.execute(statement)).all()


async def end_sign_in(connection: AsyncConnection, account_id: UUID, own_id: UUID) -> bool:
    """End one sign-in of somebody; whether there was one."""
    statement = delete(SignIn).where(SignIn.account_id == account_id, SignIn.sign_in_id == own_id)
    return (await connection.execute(statement)).rowcount == 1


async def end_token(connection: AsyncConnection, digest: bytes) -> None:
    await connection.execute(delete(SignIn).where(SignIn.token_digest == digest))


async def end_sign_ins_but(connection: AsyncConnection, account_id: UUID, own_id: UUID) -> None:
    """End every sign-in of somebody but one."""
    statement = delete(SignIn).where(SignIn.account_id == account_id, SignIn.sign_in_id != own_id)
    await connection.execute(statement)


async def end_all_sign_ins(connection: AsyncConnection, account_id: UUID) -> None:
    await connection.execute(delete(SignIn).where(SignIn.account_id == account_id))


async def find_key(
    connection: AsyncConnection, digest: bytes, now: datetime
) -> tuple[KnownAccount, AnyRow] | None:
    """Whose key this is, and the key, unless its time is over or the account is closed."""
    statement = (
        _accounts()
        .add_columns(ApiKey.key_id, ApiKey.scopes, ApiKey.used)
        .join(ApiKey, ApiKey.account_id == Account.account_id)
        .where(ApiKey.key_digest == digest, ApiKey.expires > now)
    )
    row = (await connection.execute(statement)).one_or_none()
    return None if row is None else (KnownAccount(*row[:4]), row)


async def list_keys(
    connection: AsyncConnection, account_id: UUID, now: datetime
) -> Sequence[AnyRow]:
    """Keys of an account that work, the newest first."""
    statement = (
        select(
            ApiKey.key_id,
            ApiKey.name,
            ApiKey.scopes,
            ApiKey.created,
            ApiKey.expires,
            ApiKey.used,
        )
        .where(ApiKey.account_id == account_id, ApiKey.expires > now)
        .order_by(ApiKey.created.desc(), ApiKey.key_id)
    )
    return (await connection.execute(statement)).all()


async def add_key(connection: AsyncConnection, row: Mapping[str, Any]) -> None:
    await connection.execute(insert(ApiKey).values(**row))


async def mark_key_used(
    connection: AsyncConnection, key_id: UUID, now: datetime, *, before: datetime
) -> None:
    """Say when a key was used last, unless somebody has said so since."""
    is_old = ApiKey.used.is_(None) | (ApiKey.used < before)
    await connection.execute(update(ApiKey).where(ApiKey.key_id == key_id, is_old).values(used=now))


async def end_key(connection: AsyncConnection, account_id: UUID, key_id: UUID) -> bool:
    """End one key of an account; whether there was one."""
    statement = delete(ApiKey).where(ApiKey.account_id == account_id, ApiKey.key_id == key_id)
    return (await connection.execute(statement)).rowcount == 1


async def end_all_keys(connection: AsyncConnection, account_id: UUID) -> None:
    await connection.execute(delete(ApiKey).where(ApiKey.account_id == account_id))


async def read_officers(connection: AsyncConnection, cities: Sequence[int]) -> Sequence[AnyRow]:
    """Accounts with a role in one of these cities, once for each, by address.

    `INSTALLATION` stands among the cities for roles that are given for none. Roles that are over
    or were taken back are told too.
    """
    statement = load_statement("accounts", "read_officers").decode()
    values = {"cities": list(cities), "installation": INSTALLATION}
    return (await connection.exec_driver_sql(statement, values)).all()


async def read_cities_of(
    connection: AsyncConnection, email: str, now: datetime
) -> dict[int | None, str | None]:
    """Where an account has roles that hold or will hold: code by city; None: no city."""
    statement = (
        select(RoleGrant.city_id, City.code)
        .distinct()
        .join(Account, Account.account_id == RoleGrant.account_id)
        .outerjoin(City, City.city_id == RoleGrant.city_id)
        .where(Account.email == email.lower(), _is_not_over(now))
    )
    rows = await connection.execute(statement)
    return {row.city_id: row.code for row in rows}


async def find_grant(connection: AsyncConnection, grant_id: UUID) -> AnyRow | None:
    """A role that somebody was given: what it is, and for which city; None: no city."""
    statement = select(RoleGrant.role, RoleGrant.city_id).where(RoleGrant.grant_id == grant_id)
    return (await connection.execute(statement)).one_or_none()


async def end_grant(connection: AsyncConnection, ending: Mapping[str, Any]) -> UUID | None:
    """Take a role back; whose account it was of, None where somebody had before."""
    statement = load_statement("accounts", "end_grant").decode()
    found: UUID | None = (await connection.exec_driver_sql(statement, dict(ending))).scalar()
    return found


async def lock_administrators(connection: AsyncConnection, city_id: int) -> None:
    """Let nobody else take an administrator of the city away until the transaction ends."""
    statement = (
        select(RoleGrant.grant_id).where(*_administers(city_id)).order_by(RoleGrant.grant_id)
    )
    await connection.execute(statement.with_for_update())


async def read_administrators(
    connection: AsyncConnection, city_id: int, now: datetime
) -> Sequence[AnyRow]:
    """Roles by which somebody who can sign in administers a city today."""
    statement = (
        select(RoleGrant.grant_id, Account.email)
        .join(Account, Account.account_id == RoleGrant.account_id)
        .join(City, City.city_id == RoleGrant.city_id)
        .where(
            *_administers(city_id),
            RoleGrant.valid_from <= _today(now),
            _is_not_over(now),
            Account.disabled.is_(None),
            Account.password.is_not(None),
        )
    )
    return (await connection.execute(statement)).all()


async def add_invitation(
    connection: AsyncConnection, account_id: UUID, *, digest: bytes, now: datetime, lasts: timedelta
) -> None:
    """A link to set a password, beside those that there are."""
    values = {
        "token_digest": digest,
        "account_id": account_id,
        "created": now,
        "expires": now + lasts,
    }
    await connection.execute(insert(Invitation).values(values))


async def find_invited(
    connection: AsyncConnection, digest: bytes, now: datetime
) -> KnownAccount | None:
    """Whose invitation it is, unless its time is over."""
    statement = (
        _accounts()
        .join(Invitation, Invitation.account_id == Account.account_id)
        .where(Invitation.token_digest == digest, Invitation.expires > now)
    )
    row = (await connection.execute(statement)).one_or_none()
    return None if row is None else KnownAccount(*row)


async def take_invitation(connection: AsyncConnection, digest: bytes, now: datetime) -> bool:
    """Use an invitation up; of two who try, one may."""
    statement = delete(Invitation).where(
        Invitation.token_digest == digest, Invitation.expires > now
    )
    return (await connection.execute(statement)).rowcount == 1


async def set_password(connection: AsyncConnection, account_id: UUID, kept: str) -> None:
    statement = update(Account).where(Account.account_id == account_id).values(password=kept)
    await connection.execute(statement)
    await connection.execute(delete(Invitation).where(Invitation.account_id == account_id))


async def replace_password(connection: AsyncConnection, account: KnownAccount, kept: str) -> bool:
    """Set another password where the one that is known holds still; whether it did."""
    statement = (
        update(Account)
        .where(
            Account.account_id == account.account_id,
            Account.password == account.password,
            Account.disabled.is_(None),
        )
        .values(password=kept)
    )
    if (await connection.execute(statement)).rowcount == 0:
        return False
    await connection.execute(delete(Invitation).where(Invitation.account_id == account.account_id))
    return True


async def still_has(connection: AsyncConnection, account: KnownAccount) -> bool:
    """Whether an account has the same password still; it keeps it until the transaction ends."""
    statement = (
        select(Account.account_id)
        .where(
            Account.account_id == account.account_id,
            Account.password == account.password,
            Account.disabled.is_(None),
        )
        .with_for_update(read=True)
    )
    return (await connection.execute(statement)).one_or_none() is not None


async def sweep(
    connection: AsyncConnection, *, began_before: datetime, seen_before: datetime, now: datetime
) -> None:
    """Drop sign-ins, invitations and keys whose time is over: nobody needs to know of them."""
    over = (SignIn.began < began_before) | (SignIn.seen < seen_before)
    await connection.execute(delete(SignIn).where(over))
    await connection.execute(delete(Invitation).where(Invitation.expires < now))
    await connection.execute(delete(ApiKey).where(ApiKey.expires < now))


async def drop_attempts(connection: AsyncConnection, buckets: Sequence[bytes]) -> None:
    """Begin to count anew in these."""
    await connection.execute(delete(Attempt).where(Attempt.bucket.in_(buckets)))


async def list_filters(connection: AsyncConnection, account_id: UUID) -> Sequence[AnyRow]:
    """An officer's saved lists, by name."""
    statement = (
        select(SavedFilter.name, SavedFilter.query)
        .where(SavedFilter.account_id == account_id)
        .order_by(SavedFilter.name)
    )
    return (await connection.execute(statement)).all()


async def put_filter(connection: AsyncConnection, row: Mapping[str, Any]) -> None:
    """Save a list, in place of one of the same name."""
    statement = upsert(SavedFilter).values(**row)
    changed = {name: statement.excluded[name] for name in ("query", "created")}
    keys = [SavedFilter.account_id, SavedFilter.name]
    await connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=changed))


async def drop_filter(connection: AsyncConnection, account_id: UUID, name: str) -> bool:
    """Forget a saved list; whether there was one."""
    statement = delete(SavedFilter).where(
        SavedFilter.account_id == account_id, SavedFilter.name == name
    )
    return (await connection.execute(statement)).rowcount == 1


def _accounts() -> Select[*tuple[Any, ...]]:
    return select(Account.account_id, Account.email, Account.name, Account.password).where(
        Account.disabled.is_(None)
    )


def _today(now: datetime) -> ColumnElement[date]:
    """The day it is in the city of a role."""
    return cast(func.timezone(func.coalesce(City.time_zone, "Asia/Jakarta"), now), Date)


def _is_not_over(now: datetime) -> ColumnElement[bool]:
    last = func.coalesce(RoleGrant.valid_to, date.max)
    return RoleGrant.ended.is_(None) & (last >= _today(now))


def _administers(city_id: int) -> tuple[ColumnElement[bool], ...]:
    of_city = RoleGrant.city_id == city_id
    return of_city, RoleGrant.role == CITY_ADMIN, RoleGrant.ended.is_(None)
