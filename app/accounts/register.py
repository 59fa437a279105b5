"""Accounts as they are kept: added, invited, closed, listed; by the command line and the API."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Protocol
from uuid import UUID

from psycopg import Connection
from psycopg.rows import dict_row

from app.accounts.permissions import ROLES
from app.accounts.refusals import AccountRefused
from app.accounts.schemas import EMAIL
from app.accounts.tokens import mailed_token, new_id, new_token
from app.language import Language
from app.notices.outbox import account_notice
from app.notices.words import INVITATION, ROLE_ENDED, ROLE_GIVEN
from app.statements import load_statement
from app.text import ForbiddenCharacters, tidy_line

INVITATION_LASTS = timedelta(days=7)
LONGEST_NAME = 100
_FIELD = re.compile(r"\d(\.\d{2}){1,4}")


class RunsStatements(Protocol):
    """What runs a statement: psycopg's own connection, or one that stands for it."""

    def execute(self, query: bytes, params: Any, /) -> Any:  # noqa: ANN401 - as psycopg has it
        """The cursor of its rows."""


@dataclass(frozen=True, slots=True)
class Inviting:
    """Who invites, when, and whether the invitation is sent by e-mail."""

    now: datetime
    secret: bytes | None = None
    """Of the installation, where a letter brings the link; None: whoever invites hands it over."""
    given_by: UUID | None = None
    language: Language = "id"


@dataclass(frozen=True, slots=True)
class WantedRole:
    """A role as it is asked for."""

    role: str
    city_id: int | None = None
    area_code: str | None = None
    """None: the whole city."""
    fields: Sequence[str] = ()
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class Ending:
    """Why a role is taken back by whoever runs the machine, when, and whether a letter says so."""

    by: Inviting
    why: str


def add_account(
    connection: RunsStatements, email: str, name: str, wanted: WantedRole, inviting: Inviting
) -> str | None:
    """Give somebody a role, with an account if he has none; the token of his invitation.

    None for somebody who has an account already: nothing but the role is added then. Raises
    AccountRefused.
    """
    address, called, now = _address(email), _name(name), inviting.now
    area_code = _area(connection, wanted)
    today = _today(connection, wanted.city_id, now)
    if wanted.valid_to is not None and wanted.valid_to < today:
        raise AccountRefused("day_over", until=wanted.valid_to)
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
        "valid_from": today,
        "valid_to": wanted.valid_to,
        "given_by": inviting.given_by,
        "created": now,
    }
    connection.execute(load_statement("accounts", "add_grant"), grant)
    if added is not None:
        return _invite(connection, account_id, inviting)
    tell_of_role(connection, account_id, ROLE_GIVEN, inviting)
    return None


def invite_again(connection: RunsStatements, email: str, inviting: Inviting) -> str:
    """A new invitation for somebody who has set no password yet; his earlier link is over.

    Raises AccountRefused where there is no such account, or where one is in use already.
    """
    address = _address(email)
    account_id = _find(connection, address)
    _require_open(connection, address)
    statement = load_statement("accounts", "has_password")
    if connection.execute(statement, {"account_id": account_id}).fetchone() is not None:
        raise AccountRefused("password_set", email=address)
    return _invite(connection, account_id, inviting)


def reset_account(connection: RunsStatements, email: str, inviting: Inviting) -> str:
    """A new invitation for somebody: his password and sign-ins end, a closed account is opened.

    Raises AccountRefused where there is no such account.
    """
    account_id = _find(connection, _address(email))
    connection.execute(load_statement("accounts", "reopen_account"), {"account_id": account_id})
    return _invite(connection, account_id, inviting)


def disable_account(connection: RunsStatements, email: str, *, now: datetime) -> None:
    """Close an account; what its owner has done stays. Raises AccountRefused for none."""
    values = {"account_id": _find(connection, _address(email)), "now": now}
    connection.execute(load_statement("accounts", "disable_account"), values)


def end_roles(
    connection: RunsStatements, email: str, role: str, area_code: str | None, ending: Ending
) -> int:
    """Take back every role of this kind that somebody has, or that for one area; how many.

    Raises AccountRefused for none, and for roles in several areas of which none was named.
    """
    values = {"email": _address(email), "role": role, "now": ending.by.now}
    rows = connection.execute(load_statement("accounts", "find_grants"), values).fetchall()
    found = [row for row in rows if area_code is None or row[1] == area_code]
    areas = sorted({row[1] or "instalasi" for row in found})
    if not found:
        raise AccountRefused("role_not_held", email=email[:80], role=role[:40])
    if len(areas) > 1:
        raise AccountRefused("of_several_areas", email=email[:80], areas=", ".join(areas))
    for row in found:
        ended = {"grant_id": row[0], "ended": ending.by.now, "ended_by": None}
        values = {**ended, "ended_why": ending.why}
        whose = connection.execute(load_statement("accounts", "end_grant"), values).fetchone()
        if whose is not None:
            tell_of_role(connection, whose[0], ROLE_ENDED, ending.by)
    return len(found)


def tell_of_role(
    connection: RunsStatements, account_id: UUID, kind: str, inviting: Inviting
) -> None:
    """Put word of a role into the outbox, where letters are sent at all."""
    if inviting.secret is None:
        return
    now, language = inviting.now, inviting.language
    notice = account_notice(new_id(now), kind, account_id, language=language, now=now)
    connection.execute(load_statement("notices", "add_for_account"), notice)


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


def _today(connection: RunsStatements, city_id: int | None, now: datetime) -> date:
    """The day it is in the city of a role, as `read_grants` has it."""
    values = {"city_id": city_id, "now": now}
    found = connection.execute(load_statement("accounts", "find_today"), values).fetchone()
    today: date = found[0]
    return today


def _address(email: str) -> str:
    address = email.strip().lower()
    if re.fullmatch(EMAIL, address) is None:
        raise AccountRefused("no_address", email=email[:80])
    return address


def _name(name: str) -> str:
    try:
        called = tidy_line(name)[:LONGEST_NAME]
    except ForbiddenCharacters as error:
        raise AccountRefused("unreadable_name") from error
    if not called:
        raise AccountRefused("no_name")
    return called


def _find(connection: RunsStatements, address: str) -> UUID:
    statement = load_statement("accounts", "find_account")
    row = connection.execute(statement, {"email": address}).fetchone()
    if row is None:
        raise AccountRefused("no_account", email=address)
    found: UUID = row[0]
    return found


def _require_open(connection: RunsStatements, address: str) -> None:
    statement = load_statement("accounts", "find_account")
    row = connection.execute(statement, {"email": address}).fetchone()
    if row is not None and row[2] is not None:
        raise AccountRefused("account_closed", email=address)


def _area(connection: RunsStatements, wanted: WantedRole) -> str | None:
    """The area of a role, which has to be of the role's level."""
    kind = ROLES.get(wanted.role)
    if kind is None:
        raise AccountRefused("unknown_role", role=wanted.role[:40], roles=", ".join(ROLES))
    role = {"role": wanted.role, "called": kind.words}
    _require_fields(wanted, role)
    if kind.level is None:
        if wanted.city_id is not None or wanted.area_code is not None:
            raise AccountRefused("of_no_city", **role)
        return None
    if wanted.city_id is None:
        raise AccountRefused("needs_city", **role)
    code = wanted.area_code or f"{wanted.city_id // 100:02d}.{wanted.city_id % 100:02d}"
    values = {"city_id": wanted.city_id, "code": code}
    row = connection.execute(load_statement("accounts", "find_level"), values).fetchone()
    if row is None:
        raise AccountRefused("unknown_area", area=code[:64])
    if row[0] != kind.level:
        found = {"area": code, "area_level": row[0], "area_name": row[1]}
        raise AccountRefused("other_level", level=kind.level, **role, **found)
    return code


def _require_fields(wanted: WantedRole, role: Mapping[str, object]) -> None:
    if wanted.fields and not ROLES[wanted.role].has_fields:
        raise AccountRefused("without_fields", **role)
    for code in wanted.fields:
        if not _FIELD.fullmatch(code):
            raise AccountRefused("no_field", field=code[:20])


def _invite(connection: RunsStatements, account_id: UUID, inviting: Inviting) -> str:
    now, notice_id = inviting.now, new_id(inviting.now)
    token = new_token()
    if inviting.secret is not None:
        token = mailed_token(inviting.secret, notice_id)
        notice = account_notice(
            notice_id, INVITATION, account_id, language=inviting.language, now=now
        )
        connection.execute(load_statement("notices", "add_for_account"), notice)
    values = {
        "token_digest": token.digest,
        "account_id": account_id,
        "created": now,
        "expires": now + INVITATION_LASTS,
    }
    connection.execute(load_statement("accounts", "invite"), values)
    return token.told
