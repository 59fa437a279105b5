"""Putting word into the outbox, in the transaction of what it tells of."""

import secrets
from collections.abc import Mapping
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from app.notices import queries
from app.usulan.numbers import ID_NOISE_BYTES, usulan_id_at


async def tell_reporter(
    connection: AsyncConnection, event: Mapping[str, Any], *, kind: str
) -> None:
    """Word of a step of the history, for whoever sent the usulan and left an address."""
    step = {name: event[name] for name in ("city_id", "usulan_id", "sequence")}
    at = event["at"]
    notice_id = usulan_id_at(at, secrets.token_bytes(ID_NOISE_BYTES))
    notice = {**step, "notice_id": notice_id, "kind": kind, "created": at, "due": at}
    await queries.add_for_reporter(connection, notice)
