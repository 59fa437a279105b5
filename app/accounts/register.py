"""Accounts as the command line keeps them: added, invited, closed, listed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from psycopg import Connection
from psycopg.rows import dict_row

from app.accounts.permissions import ROLES
from app.accounts.schemas import EMAIL
from app.accounts.tokens import new_id, new_token
from app.statements import load_statement
from app.text import tidy_line

INVITATION_LASTS = timedelta(days=7)
LONGEST_NAME = 100
_FIELD = re.compile(r"\d(\.\d{2}){1,4}")


class AccountRefused(ValueError):
    """An account or role that cannot be; the message says why, in Indonesian."""


@dataclass(frozen=True, slots=True)
class WantedRole:
    """A role as it is asked for."""

    role: str
    city_id: int | None = None
    area_code: str | None = None
    """None: the whole city."""
    fields: Sequence[str] = ()
    valid_to: date | None = None


def add_account(
    connection: Connection, email: str, name: str, wanted: WantedRole, *, now: datetime
) -> str | None:
    """Give somebody a role, with an account if he has none; the token of his invitation.

    None for somebody who has an account already: nothing but the role is added then. Raises
    AccountRefused.
    """
    address, called = _address(email), tidy_line(name)[:LONGEST_NAME]
    if not called:
        raise AccountRefused("nama tidak boleh kosong")
    area_code = _area(connection, wanted)
    if wanted.valid_to is not None and wanted.valid_to < now.date():
        raise AccountRefused(f"hari terakhir {wanted.valid_to} sudah lewat")
    values = {"account_id": new_id(now), "email": address, "name": called, "created": now}
    added = connection.execute(load_statement("accounts", "add_account"), values).fetchone()
    account_id = _find(connection, address)
    _require_open(connection, address)
    grant = {
        "grant_id": new_id(now),
        "account_id": account_id,
        "role": wanted.role,
        "city_id": wanted.city_id,
        "area_code": area_code,
        "fields": list(wanted.fields),
        "valid_from": now.date(),
        "valid_to": wanted.valid_to,
        "created": now,
    }
    connection.execute(load_statement("accounts", "add_grant"), grant)
    return _invite(connection, account_id, now) if added is not None else None


def reset_account(connection: Connection, email: str, *, now: datetime) -> str:
    """A new invitation for somebody: his password and sign-ins end, a closed account is opened.

    Raises AccountRefused where there is no such account.
    """
    account_id = _find(connection, _address(email))
    connection.execute(load_statement("accounts", "reopen_account"), {"account_id": account_id})
    return _invite(connection, account_id, now)


def disable_account(connection: Connection, email: str, *, now: datetime) -> None:
    """Close an account; what its owner has done stays. Raises AccountRefused for none."""
    values = {"account_id": _find(connection, _address(email)), "now": now}
    connection.execute(load_statement("accounts", "disable_account"), values)


def list_accounts(connection: Connection) -> list[dict[str, Any]]:
    """Accounts by address, each with its roles."""
    found: dict[str, dict[str, Any]] = {}
    with connection.cursor(row_factory=dict_row) as cursor:
        for row in cursor.execute(load_statement("accounts", "list_accounts")):
            told = {name: row.pop(name) for name in ("email", "name", "has_password", "disabled")}
            account = found.setdefault(told["email"], {**told, "roles": []})
            if row["role"] is not None:
                account["roles"].append(row)
    return list(found.values())


def _address(email: str) -> str:
    address = email.strip().lower()
    if re.fullmatch(EMAIL, address) is None:
        raise AccountRefused(f"{email[:80]!r} bukan alamat surel")
    return address


def _find(connection: Connection, address: str) -> UUID:
    statement = load_statement("accounts", "find_account")
    row = connection.execute(statement, {"email": address}).fetchone()
    if row is None:
        raise AccountRefused(f"tidak ada akun {address}")
    found: UUID = row[0]
    return found


def _require_open(connection: Connection, address: str) -> None:
    statement = load_statement("accounts", "find_account")
    row = connection.execute(statement, {"email": address}).fetchone()
    if row is not None and row[2] is not None:
        raise AccountRefused(
            f"akun {address} ditutup; bukalah dahulu: peta account reset {address}"
        )


def _area(connection: Connection, wanted: WantedRole) -> str | None:
    """The area of a role, which has to be of the role's level."""
    kind = ROLES.get(wanted.role)
    if kind is None:
        raise AccountRefused(f"peran {wanted.role[:40]!r} tidak dikenal; pilih: {', '.join(ROLES)}")
    _require_fields(wanted)
    if kind.level is None:
        if wanted.city_id is not None or wanted.area_code is not None:
            raise AccountRefused(f"{wanted.role} berlaku seinstalasi, tanpa --city dan --area")
        return None
    if wanted.city_id is None:
        raise AccountRefused(f"{wanted.role} memerlukan --city")
    code = wanted.area_code or f"{wanted.city_id // 100:02d}.{wanted.city_id % 100:02d}"
    values = {"city_id": wanted.city_id, "code": code}
    row = connection.execute(load_statement("accounts", "find_level"), values).fetchone()
    if row is None:
        raise AccountRefused(f"wilayah {code[:64]!r} tidak ada dalam batas kota ini yang berlaku")
    if row[0] != kind.level:
        raise AccountRefused(
            f"{wanted.role} diberikan untuk sebuah {kind.level}; {code} ({row[1]}) adalah {row[0]}"
        )
    return code


def _require_fields(wanted: WantedRole) -> None:
    if wanted.fields and not ROLES[wanted.role].has_fields:
        raise AccountRefused(f"{wanted.role} tidak dibatasi pada urusan")
    for code in wanted.fields:
        if not _FIELD.fullmatch(code):
            raise AccountRefused(f"{code[:20]!r} bukan kode urusan, contoh 1.03")


def _invite(connection: Connection, account_id: UUID, now: datetime) -> str:
    token = new_token()
    values = {
        "token_digest": token.digest,
        "account_id": account_id,
        "created": now,
        "expires": now + INVITATION_LASTS,
    }
    connection.execute(load_statement("accounts", "invite"), values)
    return token.told
