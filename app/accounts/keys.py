"""Keys by which an officer's programs act for him: made by himself, told once, ended by himself."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from app.accounts import queries
from app.accounts.permissions import Act, Actor
from app.accounts.service import SignedIn
from app.accounts.tokens import new_id, new_token
from app.database import Database
from app.errors import FieldError, InvalidFields, NotFound, NotPermitted, NotSignedIn
from app.field_words import field_code, field_words
from app.language import Words
from app.rows import AnyRow
from app.tokens import digest_of

MARK = "peta_"
"""Begins every key, so that programs that look for lost secrets know one."""
MOST_KEYS = 20
LONGEST_DAYS = 366
USED_EVERY = timedelta(minutes=1)

SCOPES: Mapping[str, frozenset[Act]] = {
    "baca": frozenset({Act.READ}),
    "muat": frozenset({Act.READ, Act.LOAD, Act.UNLOAD}),
    "tindak": frozenset(
        {
            Act.READ,
            Act.MOVE,
            Act.REDACT,
            Act.PLACE,
            Act.CATEGORISE,
            Act.FORWARD,
            Act.PUBLISH,
            Act.SETTLE,
        }
    ),
}
"""What a key may be for; none reads contacts, and none manages accounts or makes keys."""


async def list_keys(connection: AsyncConnection, who: SignedIn, now: datetime) -> dict[str, Any]:
    """One's own keys that work, the newest first; never the keys themselves."""
    rows = await queries.list_keys(connection, who.account.account_id, now)
    return {"keys": [_told(row) for row in rows]}


async def add_key(
    connection: AsyncConnection, who: SignedIn, wanted: Mapping[str, Any], *, now: datetime
) -> dict[str, Any]:
    """A new key for some of what its maker may do today; only this answer holds it.

    Raises NotPermitted for a scope of which no role of his permits anything, InvalidFields where
    there would be more than `MOST_KEYS`.
    """
    scopes = sorted(set(wanted["scopes"]))
    for scope in scopes:
        _require_of_use(who.actor, scope)
    existing = await queries.list_keys(connection, who.account.account_id, now)
    if len(existing) >= MOST_KEYS:
        words = field_words("too_many_keys", {"most": MOST_KEYS})
        raise InvalidFields(errors=[FieldError("", field_code("too_many_keys"), words)])
    token = new_token()
    told = MARK + token.told
    row = {
        "key_digest": digest_of(told),
        "key_id": new_id(now),
        "account_id": who.account.account_id,
        "name": wanted["name"],
        "scopes": scopes,
        "created": now,
        "expires": now + timedelta(days=wanted["days"]),
        "used": None,
    }
    await queries.add_key(connection, row)
    shown = {name: row[name] for name in ("name", "scopes", "created", "expires", "used")}
    return {"key": told, "id": str(row["key_id"]), **shown}


async def end_key(connection: AsyncConnection, who: SignedIn, key_id: UUID) -> None:
    """End one of one's own keys; raises NotFound for another's, as for none."""
    if not await queries.end_key(connection, who.account.account_id, key_id):
        raise NotFound


async def find_key_holder(database: Database, told: str, now: datetime) -> SignedIn:
    """For whom a key acts: with his roles of today, each only for what the key is for.

    Raises NotSignedIn for a key that is nobody's, or not any more.
    """
    async with database.staff_reading() as connection:
        found = await queries.find_key(connection, digest_of(told), now)
        if found is None:
            raise NotSignedIn
        account, row = found
        grants = await queries.read_grants(connection, account.account_id, now)
    if row.used is None or now - row.used > USED_EVERY:
        async with database.staff_session() as connection:
            await queries.mark_key_used(connection, row.key_id, now, before=now - USED_EVERY)
    only = frozenset[Act]().union(*(SCOPES.get(scope, frozenset()) for scope in row.scopes))
    held = tuple(replace(grant, only=only) for grant in grants)
    actor = Actor(account.account_id, held, row.key_id)
    return SignedIn(account, actor, row.key_id, is_program=True)


def _require_of_use(actor: Actor, scope: str) -> None:
    if scope not in SCOPES:
        words = Words(f"pilih: {', '.join(SCOPES)}", f"choose of: {', '.join(SCOPES)}")
        raise InvalidFields(errors=[FieldError("/scopes", field_code("value_unknown"), words)])
    # Reading alone is what every scope brings; a scope must bring what it is for.
    needed = SCOPES[scope] - {Act.READ} or SCOPES[scope]
    if not any(grant.acts & needed for grant in actor.grants):
        raise NotPermitted


def _told(row: AnyRow) -> dict[str, Any]:
    return {
        "id": str(row.key_id),
        "name": row.name,
        "scopes": row.scopes,
        "created": row.created,
        "expires": row.expires,
        "used": row.used,
    }
