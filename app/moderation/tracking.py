"""What whoever holds a tracking code sees of the usulan."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from app.areas.queries import read_chain
from app.cities.queries import City, find_city_by_id
from app.errors import NotFound
from app.moderation import queries
from app.moderation.filters import Calendar
from app.moderation.sitting import calendar_of
from app.rows import AnyRow
from app.submission.queries import find_tracked, read_own_events
from app.usulan.codes import tracking_hash
from app.usulan.features import history
from app.usulan.workflow import WARGA, allowed_moves

RETURNED = "dikembalikan"


async def track(connection: AsyncConnection, code: str, *, now: datetime) -> dict[str, Any]:
    """Where the usulan stands and how it got there; NotFound for a code that nobody was given."""
    city, calendar, row = await _find_followed(connection, code, now)
    events = await read_own_events(connection, row.city_id, row.usulan_id)
    is_late = row.due is not None and row.due < calendar.today
    merged_into, _ = await queries.read_merged(connection, row)
    return {
        "number": row.number,
        "title": row.title,
        "year": row.year,
        "published": row.published,
        "status": row.status,
        "stage": row.stage,
        "due": row.due,
        "late": is_late,
        "time_zone": city.time_zone,
        "areas": await read_chain(connection, row.city_id, row.edition_id, row.area_code),
        "events": await _own_events(connection, row, events, city),
        "merged_into": merged_into,
        "question": row.question,
        "may": _may(row, origin_of(events), is_late=is_late),
    }


async def _find_followed(
    connection: AsyncConnection, code: str, now: datetime
) -> tuple[City, Calendar, AnyRow]:
    digest = tracking_hash(code)
    found = await find_tracked(connection, digest) if digest is not None else None
    city = await find_city_by_id(connection, found.city_id) if found is not None else None
    if found is None or city is None:
        raise NotFound
    calendar = await calendar_of(connection, city, now)
    row = await queries.find_for_staff(connection, city.city_id, found.number, calendar)
    if row is None:
        raise NotFound
    return city, calendar, row


async def _own_events(
    connection: AsyncConnection, row: AnyRow, events: Sequence[AnyRow], city: City
) -> list[dict[str, Any]]:
    """The history with what its reporter answered, which is told to him and to officers alone."""
    answers = await queries.read_answers(connection, row)
    told = history(row.number, events, "exact", city)["events"]
    return [
        {**each, "answer": answers.get(event.sequence)}
        for each, event in zip(told, events, strict=True)
    ]


def origin_of(events: Sequence[AnyRow]) -> str | None:
    """The status from which an usulan was returned to its reporter, if it is with him now."""
    returns = [event for event in events if event.to_status == RETURNED != event.from_status]
    return returns[-1].from_status if returns and events[-1].to_status == RETURNED else None


def may_reply(status: str, question: str | None, origin: str | None) -> bool:
    """Whether the reporter was asked something, and the table lets his answer lead back."""
    asked = status == RETURNED and question is not None
    return asked and origin in allowed_moves(RETURNED, WARGA)


def _may(row: AnyRow, origin: str | None, *, is_late: bool) -> list[str]:
    acts = {
        "reply": may_reply(row.status, row.question, origin) and not is_late,
        "withdraw": "dibatalkan" in allowed_moves(row.status, WARGA),
    }
    return [name for name, is_open in acts.items() if is_open]
