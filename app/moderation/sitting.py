"""An officer at work: who acts, through which transaction, and when."""

import random
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection

from app.accounts.holding import hold_roles
from app.accounts.permissions import Act, Actor, require
from app.cities.queries import City, find_city
from app.errors import FieldError, InvalidFields, NotFound
from app.field_words import field_code, field_words
from app.moderation import queries
from app.moderation.deadlines import working_days
from app.moderation.filters import Calendar
from app.moderation.items import Hearer, thing_of
from app.moderation.steps import Standing
from app.rows import AnyRow
from app.usulan.telling import read_names


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


async def calendar_of(connection: AsyncConnection, city: City, now: datetime) -> Calendar:
    """The working days of a city, as of now by its own clock."""
    today = now.astimezone(ZoneInfo(city.time_zone)).date()
    holidays = await queries.read_holidays(connection, city.city_id)
    return Calendar(today, working_days(today, holidays), city.time_zone)


async def find_standing(
    sitting: Sitting, city: City, number: str, *, lock: bool = True
) -> Standing:
    """An usulan that the actor may read, locked; NotFound for all others.

    Locking waits for whoever works on it, so the actor's roles are looked at after it.
    """
    connection = sitting.connection
    calendar = await calendar_of(connection, city, sitting.now)
    row = await queries.find_for_staff(connection, city.city_id, number, calendar, lock=lock)
    if row is None:
        raise NotFound
    if lock:
        await hold_roles(connection, sitting.actor)
    require(sitting.actor, Act.READ, thing_of(row))
    last = await queries.get_last_event(connection, city.city_id, row.usulan_id)
    return Standing(row, last)


async def hearer_of(sitting: Sitting, city: City, *rows: AnyRow) -> Hearer:
    """Who is told of these, with what their areas are called."""
    names = await read_names(sitting.connection, city, rows)
    return Hearer(sitting.actor, city, names, sitting.now)


def wrong_field(pointer: str, kind: str) -> InvalidFields:
    return InvalidFields(errors=[FieldError(pointer, field_code(kind), field_words(kind, {}))])
