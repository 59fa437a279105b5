"""What whoever holds a tracking code sees of the usulan."""

from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from app.areas.queries import read_chain
from app.cities.queries import find_city_by_id
from app.errors import NotFound
from app.submission.queries import find_tracked, read_own_events
from app.usulan.codes import tracking_hash
from app.usulan.features import history


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
        "question": None,
        "may": [],
    }
