"""What administrators look after: accounts and roles in a city, and what was told by e-mail."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import AsyncConnection

from app.accounts import queries, register
from app.accounts.permissions import ROLES, Act, Actor, Thing, may, require
from app.accounts.refusals import AccountRefused
from app.accounts.register import Inviting, RunsStatements, WantedRole
from app.cities.queries import City
from app.errors import Conflict, FieldError, InvalidFields, NotFound
from app.field_words import field_code, field_words
from app.language import Language
from app.notices import queries as notices
from app.notices.words import FAILURES, ROLE_ENDED
from app.rows import AnyRow
from app.sentences import require_sentence

Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Administrator:
    """An administrator at work in a city, and how links reach those whom he invites."""

    connection: AsyncConnection
    actor: Actor
    city: City
    inviting: Inviting
    base_url: str


def require_administrator(actor: Actor, city: City) -> None:
    """Pass for whoever manages the accounts of a city; NotFound or NotPermitted for others."""
    require(actor, Act.MANAGE_ACCOUNTS, Thing(city.city_id, (city.code,)))


async def list_accounts(admin: Administrator) -> dict[str, Any]:
    """Whoever has a role in the city, with these roles; those that were taken back too.

    Who runs the installation is told of roles that are given for no city as well.
    """
    require_administrator(admin.actor, admin.city)
    cities = [admin.city.city_id]
    if may(admin.actor, Act.MANAGE_INSTALLATION, Thing()):
        cities.append(queries.INSTALLATION)
    told: dict[str, dict[str, Any]] = {}
    for row in await queries.read_officers(admin.connection, cities):
        account = told.setdefault(row.email, {**_account(row), "roles": []})
        account["roles"].append(_role(row, admin.inviting.language))
    return {"accounts": list(told.values())}


async def invite(admin: Administrator, email: str, name: str, wanted: WantedRole) -> dict[str, Any]:
    """Give somebody a role in the city; with an account and an invitation if he has none.

    A role of the installation is given for no city, and only by who runs it.

    Raises NotFound and NotPermitted by the roles of the actor, InvalidFields for a role that
    cannot be.
    """
    require_administrator(admin.actor, admin.city)
    kind = ROLES.get(wanted.role)
    if kind is not None and kind.level is None:
        require(admin.actor, Act.MANAGE_INSTALLATION, Thing())
    else:
        wanted = replace(wanted, city_id=admin.city.city_id)
    token = await _by_register(
        admin,
        lambda connection: register.add_account(connection, email, name, wanted, admin.inviting),
    )
    return _invited(admin, email, token)


async def reset(admin: Administrator, email: str) -> dict[str, Any]:
    """A new invitation for somebody all of whose roles the actor may give: he could be him.

    Raises NotFound for whoever has no role in the city, NotPermitted for who has others too.
    """
    await _require_power_over(admin, email)
    token = await _by_register(
        admin, lambda connection: register.reset_account(connection, email, admin.inviting)
    )
    return _invited(admin, email, token)


async def disable(admin: Administrator, email: str) -> None:
    """Close the account of somebody all of whose roles the actor may give; as `reset`.

    Raises Conflict for a city's last administrator.
    """
    await _require_power_over(admin, email)
    await require_another(admin, lambda row: row.email != email.lower())
    now = admin.inviting.now
    await _by_register(
        admin, lambda connection: register.disable_account(connection, email, now=now)
    )


async def end_role(admin: Administrator, grant_id: UUID, reason: str | None) -> None:
    """Take back a role that was given for the actor's own city, whatever else its holder has.

    Raises NotFound for a role out of reach, ReasonMissing, and Conflict for one that was taken
    back before and for that of a city's last administrator.
    """
    require_administrator(admin.actor, admin.city)
    why = require_sentence(reason)
    grant = await queries.find_grant(admin.connection, grant_id)
    if grant is None or grant.city_id not in (None, admin.city.city_id):
        raise NotFound
    if grant.city_id is None:
        require(admin.actor, Act.MANAGE_INSTALLATION, Thing())
    await require_another(admin, lambda row: row.grant_id != grant_id)
    ending = {
        "grant_id": grant_id,
        "ended": admin.inviting.now,
        "ended_by": admin.actor.account_id,
        "ended_why": why,
    }
    account_id = await queries.end_grant(admin.connection, ending)
    if account_id is None:
        raise _conflict("already_so")
    await _by_register(
        admin,
        lambda connection: register.tell_of_role(
            connection, account_id, ROLE_ENDED, admin.inviting
        ),
    )


async def require_another(admin: Administrator, is_another: Callable[[AnyRow], bool]) -> None:
    """Pass when somebody administers the city still, or when the installation's administrator asks.

    Raises Conflict when the only ones who could sign in to do so are not `is_another`.
    """
    if may(admin.actor, Act.MANAGE_INSTALLATION, Thing()):
        return
    connection, city_id = admin.connection, admin.city.city_id
    # Two who take each other's role back at once must not both find the other still there.
    await queries.lock_administrators(connection, city_id)
    rows = await queries.read_administrators(connection, city_id, admin.inviting.now)
    if rows and not any(is_another(row) for row in rows):
        raise _conflict("last_administrator")


async def describe_notices(admin: Administrator) -> dict[str, Any]:
    """How many notices of a city wait, were sent and were given up, and which have failed why."""
    connection, city = admin.connection, admin.city
    require_administrator(admin.actor, city)
    counts = await notices.count_notices(connection, city.city_id)
    troubled = await notices.read_troubled(connection, city.city_id)
    language = admin.inviting.language
    return {**counts._asdict(), "troubled": [_troubled(row, language) for row in troubled]}


async def _require_power_over(admin: Administrator, email: str) -> None:
    actor, city = admin.actor, admin.city
    require_administrator(actor, city)
    cities = await queries.read_cities_of(admin.connection, email, admin.inviting.now)
    if city.city_id not in cities:
        raise NotFound
    for city_id, code in cities.items():
        if city_id is None or code is None:
            require(actor, Act.MANAGE_INSTALLATION, Thing())
        else:
            require(actor, Act.MANAGE_ACCOUNTS, Thing(city_id, (code,)))


@dataclass(frozen=True, slots=True)
class _AsPsycopg:
    """A connection of SQLAlchemy that runs the statements of the command line."""

    connection: Connection

    def execute(self, query: bytes, params: Mapping[str, Any], /) -> Any:  # noqa: ANN401 - a cursor
        return self.connection.exec_driver_sql(query.decode(), dict(params))


async def _by_register(admin: Administrator, work: Callable[[RunsStatements], Found]) -> Found:
    try:
        return await admin.connection.run_sync(lambda sync: work(_AsPsycopg(sync)))
    except AccountRefused as refused:
        told = FieldError(refused.field, refused.code, refused.words)
        raise InvalidFields(errors=[told]) from refused


def _conflict(kind: str) -> Conflict:
    return Conflict(errors=[FieldError("", field_code(kind), field_words(kind, {}))])


def _invited(admin: Administrator, email: str, token: str | None) -> dict[str, Any]:
    """Where no letter brings the link, whoever invites is shown it, this once."""
    is_sent = token is not None and admin.inviting.secret is not None
    is_shown = token is not None and not is_sent
    link = f"{admin.base_url.rstrip('/')}/masuk#undangan={token}" if is_shown else None
    return {"email": email, "invited": token is not None, "sent": is_sent, "link": link}


def _account(row: AnyRow) -> dict[str, Any]:
    closed, waits = row.disabled is not None, not row.has_password
    standing = "ditutup" if closed else "diundang" if waits else "aktif"
    return {"email": row.email, "name": row.name, "standing": standing}


def _role(row: AnyRow, language: Language) -> dict[str, Any]:
    ended = {"at": row.ended, "by": row.ended_by, "reason": row.ended_why}
    return {
        "id": str(row.grant_id),
        "role": row.role,
        "name": ROLES[row.role].words.in_language(language),
        "area": row.area_code,
        "fields": sorted(row.fields),
        "from": row.valid_from,
        "until": row.valid_to,
        "ended": None if row.ended is None else ended,
    }


def _troubled(row: AnyRow, language: Language) -> dict[str, Any]:
    """Of a reporter only the number: who he is, not every administrator may read."""
    return {
        "id": str(row.notice_id),
        "kind": row.kind,
        "number": row.number,
        "account": row.email,
        "created": row.created,
        "attempts": row.attempts,
        "next_attempt": None if row.given_up is not None else row.due,
        "given_up": row.given_up,
        "failure": row.failure,
        "detail": None if row.failure is None else FAILURES[row.failure].in_language(language),
        "reply_code": row.reply_code,
    }


def inviting_from(
    actor: Actor, secret: bytes | None, now: datetime, language: Language
) -> Inviting:
    """How an administrator invites; without a secret he hands the link over himself."""
    given_by: Any = actor.account_id
    return Inviting(now=now, secret=secret, given_by=given_by, language=language)
