"""Putting word into the outbox, in the transaction of what it tells of."""

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from app.language import Language
from app.notices import queries
from app.usulan.numbers import ID_NOISE_BYTES, usulan_id_at


def account_notice(
    notice_id: UUID, kind: str, account_id: UUID, *, language: Language, now: datetime
) -> dict[str, Any]:
    """A row of the outbox for the owner of an account, due at once."""
    who = {"account_id": account_id, "language": language}
    return {"notice_id": notice_id, "kind": kind, **who, "created": now, "due": now}


async def tell_reporter(
    connection: AsyncConnection, event: Mapping[str, Any], *, kind: str
) -> None:
    """Word of a step of the history, for whoever sent the usulan and left an address."""
    step = {name: event[name] for name in ("city_id", "usulan_id", "sequence")}
    at = event["at"]
    notice_id = usulan_id_at(at, secrets.token_bytes(ID_NOISE_BYTES))
    notice = {**step, "notice_id": notice_id, "kind": kind, "created": at, "due": at}
    await queries.add_for_reporter(connection, notice)
