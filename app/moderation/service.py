"""The acts of officers: checked, written in one transaction, answered."""

import random
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection

from app.accounts.permissions import (
    Act,
    Actor,
    moves_of,
    require,
    require_status_move,
)
from app.cities.queries import City, find_city
from app.errors import Conflict, FieldError, InvalidFields, MoveNotAllowed, NotFound
from app.field_words import field_code, field_words
from app.moderation import queries
from app.moderation.deadlines import working_days
from app.moderation.items import Hearer, item, thing_of, told_event
from app.moderation.queries import Calendar
from app.moderation.reasons import require_reason
from app.moderation.schemas import StatusMove
from app.moderation.steps import STATUS_CHANGE, Standing, Step, changes_of, event_of
from app.rows import AnyRow
from app.usulan.history import NONCE_BYTES
from app.usulan.telling import read_names
from app.usulan.workflow import MOVES, needs_reason, stage_after


@dataclass(frozen=True, slots=True)
class Sitting:
    """Who acts, through which transaction, and when."""

    connection: AsyncConnection
    actor: Actor
    now: datetime
    rng: random.Random


async def city_of_number(connection: AsyncConnection, number: str) -> City:
    """The city that a number begins with; NotFound for none."""
    city = await find_city(connection, number.partition("-")[0])
    if city is None:
        raise NotFound
    return city


def calendar_of(city: City, now: datetime) -> Calendar:
    """The working days of a city, as of now by its own clock."""
    today = now.astimezone(ZoneInfo(city.time_zone)).date()
    return Calendar(today, working_days(today), city.time_zone)


async def find_standing(sitting: Sitting, city: City, number: str) -> Standing:
    """An usulan that the actor may read, locked; NotFound for all others."""
    connection, calendar = sitting.connection, calendar_of(city, sitting.now)
    row = await queries.find_for_staff(connection, city.city_id, number, calendar, lock=True)
    if row is None:
        raise NotFound
    require(sitting.actor, Act.READ, thing_of(row))
    last = await queries.find_last_event(connection, city.city_id, row.usulan_id)
    if last is None:
        raise NotFound
    return Standing(row, last)


async def move(sitting: Sitting, number: str, wish: StatusMove) -> dict[str, Any]:
    """Bring an usulan to another status; the item as it is then, with the step."""
    city = await city_of_number(sitting.connection, number)
    standing = await find_standing(sitting, city, number)
    require(sitting.actor, Act.MOVE, thing_of(standing.row))
    await require_seen(sitting, city, standing, wish.seen)
    step = await plan_move(sitting, standing, wish)
    return await take(sitting, city, standing, step)


async def plan_move(sitting: Sitting, standing: Standing, wish: StatusMove) -> Step:
    """The step that the status table has for the actor.

    Raises MoveNotAllowed with the statuses that are open to him, NotPermitted for a step of
    others, ReasonMissing, InvalidFields for what does not go with the status.
    """
    row, thing = standing.row, thing_of(standing.row)
    if wish.to not in MOVES[row.status]:
        require(sitting.actor, Act.MOVE, thing)
        raise MoveNotAllowed(
            facts={"status": row.status, "target": wish.to},
            members={"allowed": list(moves_of(sitting.actor, thing, row.status))},
        )
    grant = require_status_move(sitting.actor, thing, row.status, wish.to)
    if needs_reason(wish.to):
        require_reason(wish.reason_code, wish.reason)
    changes, details = await _consequences(sitting, row, wish)
    return Step(
        STATUS_CHANGE,
        grant.role,
        grant.area_code,
        to_status=wish.to,
        stage=stage_after(wish.to, row.stage),
        reason_code=wish.reason_code,
        reason=wish.reason,
        details=details,
        changes=changes,
    )


async def _consequences(
    sitting: Sitting, row: AnyRow, wish: StatusMove
) -> tuple[dict[str, Any], dict[str, Any]]:
    """What a status brings beside itself: changed columns, and what the history keeps of it."""
    for name, target in (("question", "dikembalikan"), ("into", "digabung")):
        if getattr(wish, name) is not None and wish.to != target:
            raise wrong_field(f"/{name}", "not_asked_here")
    if wish.to == "digabung":
        survivor = await _survivor(sitting, row, wish.into)
        return {"merged_into_id": survivor.usulan_id}, {"into": survivor.number}
    changes: dict[str, Any] = {}
    if row.status == "digabung":
        changes["merged_into_id"] = None
    if wish.question is not None:
        return {**changes, "question": wish.question}, {"question": wish.question}
    return changes, {}


async def _survivor(sitting: Sitting, row: AnyRow, number: str | None) -> AnyRow:
    """The usulan that another one is merged into: one that the actor sees, and no merged one.

    What took others in is not merged itself, and nothing merged takes others in: there is no
    chain and no circle of them.
    """
    if number is None:
        raise wrong_field("/into", "missing")
    connection = sitting.connection
    city = await city_of_number(connection, row.number)
    calendar = calendar_of(city, sitting.now)
    found = await queries.find_for_staff(connection, row.city_id, number, calendar, lock=True)
    _, taken_in = await queries.read_merged(connection, row)
    if (
        taken_in
        or found is None
        or found.usulan_id == row.usulan_id
        or found.status in ("draf", "digabung", "dibatalkan")
        or not sitting.actor.grants_over(thing_of(found))
    ):
        raise wrong_field("/into", "not_mergeable")
    return found


async def require_seen(sitting: Sitting, city: City, standing: Standing, seen: str) -> None:
    """Pass when nothing happened since the actor looked; else Conflict with what stands now."""
    if standing.last.hash.hex() != seen:
        told = FieldError("/seen", field_code("overtaken"), field_words("overtaken", {}))
        current = item(standing.row, await hearer_of(sitting, city, standing.row))
        raise Conflict(errors=[told], members={"current": current})


async def take(sitting: Sitting, city: City, standing: Standing, step: Step) -> dict[str, Any]:
    """Write a step, and tell the item as it is then."""
    nonce = sitting.rng.randbytes(NONCE_BYTES)
    event = event_of(standing, step, now=sitting.now, nonce=nonce)
    changes = changes_of(standing, step, now=sitting.now)
    await queries.add_step(sitting.connection, event, changes)
    connection, number = sitting.connection, standing.row.number
    calendar = calendar_of(city, sitting.now)
    row = await queries.find_for_staff(connection, city.city_id, number, calendar)
    last = await queries.find_last_event(connection, city.city_id, standing.row.usulan_id)
    if row is None or last is None:
        raise NotFound
    hearer = await hearer_of(sitting, city, row)
    return {**item(row, hearer), "event": told_event(last, hearer)}


async def hearer_of(sitting: Sitting, city: City, *rows: AnyRow) -> Hearer:
    names = await read_names(sitting.connection, city, rows)
    return Hearer(sitting.actor, city, names, calendar_of(city, sitting.now).today)


def wrong_field(pointer: str, kind: str) -> InvalidFields:
    return InvalidFields(errors=[FieldError(pointer, field_code(kind), field_words(kind, {}))])
