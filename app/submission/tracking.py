"""What whoever holds a tracking code sees of the usulan."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from app.areas.queries import read_chain
from app.cities.queries import find_city_by_id
from app.errors import NotFound
from app.rows import AnyRow
from app.submission.queries import Tracked, find_tracked, read_own_events
from app.usulan.codes import tracking_hash
from app.usulan.features import history
from app.usulan.workflow import WARGA, allowed_moves

RETURNED = "dikembalikan"


async def track(connection: AsyncConnection, code: str) -> dict[str, Any]:
    """Where the usulan stands and how it got there; NotFound for a code that nobody was given."""
    digest = tracking_hash(code)
    found = await find_tracked(connection, digest) if digest is not None else None
    city = await find_city_by_id(connection, found.city_id) if found is not None else None
    if found is None or city is None:
        raise NotFound
    events = await read_own_events(connection, found.city_id, found.usulan_id)
    chain = await read_chain(connection, found.city_id, found.edition_id, found.area_code)
    return {
        **history(found.number, events, "exact", city),
        "status": found.status,
        "stage": found.stage,
        "areas": chain,
        "question": found.question,
        "may": _may(found, origin_of(events)),
    }


def origin_of(events: Sequence[AnyRow]) -> str | None:
    """The status from which an usulan was returned to its reporter, if it is with him now."""
    returns = [event for event in events if event.to_status == RETURNED != event.from_status]
    return returns[-1].from_status if returns and events[-1].to_status == RETURNED else None


def may_reply(status: str, question: str | None, origin: str | None) -> bool:
    """Whether the reporter was asked something, and the table lets his answer lead back."""
    asked = status == RETURNED and question is not None
    return asked and origin in allowed_moves(RETURNED, WARGA)


def _may(found: Tracked, origin: str | None) -> list[str]:
    acts = {
        "reply": may_reply(found.status, found.question, origin),
        "withdraw": "dibatalkan" in allowed_moves(found.status, WARGA),
    }
    return [name for name, is_open in acts.items() if is_open]
