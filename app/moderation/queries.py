"""What officers read of usulan, and how their acts are written; by the staff role alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from geoalchemy2 import Geography
from sqlalchemy import (
    ARRAY,
    Date,
    and_,
    bindparam,
    case,
    cast,
    func,
    insert,
    or_,
    select,
    true,
    update,
)
from sqlalchemy.dialects.postgresql import insert as insert_new
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.expression import Grouping

from app.models import Category, Change, Proposer, Redaction, Usulan, UsulanEvent
from app.moderation.deadlines import FIRST_DAY, WORKING_DAYS
from app.moderation.filters import QUEUES, UNLISTED, Condition, Desk, Queue, in_queue
from app.rows import AnyRow, AnySelect, Expression
from app.submission.queries import box_around
from app.text import is_plain
from app.usulan.cursor import Mark, Sort
from spatial.boxes import ranges_of_box

MOST_NEAR = 10
_SINCE = func.coalesce(Usulan.status_since, Usulan.updated)


@dataclass(frozen=True, slots=True)
class Calendar:
    """By which deadlines are counted."""

    today: date
    days: Sequence[date]
    """Working days in order, see `working_days`."""
    time_zone: str

    def due(self) -> Expression:
        """The last day in time; null where the status has none."""
        days: Expression = bindparam("working_days", list(self.days), type_=ARRAY(Date))
        came = cast(func.timezone(self.time_zone, _SINCE), Date)
        place = func.width_bucket(func.greatest(came, FIRST_DAY), days)
        allowed = case(WORKING_DAYS, value=Usulan.status)
        # In brackets, for a place is looked up in a value that has them.
        return cast(Grouping(days)[place + allowed], Date)

    def late(self) -> Condition:
        return func.coalesce(self.due() < self.today, False)


EVERY: Condition = true()


def of_city(city_id: int) -> Condition:
    return Usulan.city_id == city_id


async def read_programmes(connection: AsyncConnection) -> Sequence[AnyRow]:
    """Code and programmes of every category."""
    statement = select(Category.code, Category.programmes)
    return (await connection.execute(statement)).all()


_OWN = tuple(
    column
    for column in Usulan.__table__.columns
    if column.name not in ("geom", "position", "cell", "area_shares", "tracking_hash")
)


def _select(calendar: Calendar) -> AnySelect:
    """Everything about usulan that an officer is told, but for who sent them."""
    newest = (
        select(UsulanEvent.hash)
        .where(UsulanEvent.city_id == Usulan.city_id, UsulanEvent.usulan_id == Usulan.usulan_id)
        .order_by(UsulanEvent.sequence.desc())
        .limit(1)
        .scalar_subquery()
    )
    return select(
        *_OWN,
        Category.group_code,
        Category.precision,
        Category.programmes,
        func.ST_AsGeoJSON(Usulan.geom, 9).label("shape"),
        func.ST_X(Usulan.position).label("longitude"),
        func.ST_Y(Usulan.position).label("latitude"),
        calendar.due().label("due"),
        newest.label("seen"),
    ).join_from(Usulan, Category, Category.code == Usulan.category)


_KEYS: Mapping[str, Any] = {
    "created": Usulan.created,
    "updated": Usulan.updated,
    "supporters": Usulan.supporters,
}


async def read_desk(
    connection: AsyncConnection,
    conditions: Sequence[Condition],
    calendar: Calendar,
    *,
    sort: Sort,
    after: Mark | None,
    most: int,
) -> Sequence[AnyRow]:
    """Rows of one page in a total order, `mark` their key; what has no key comes last.

    The deadline's key counts days from `FIRST_DAY`.
    """
    key = _KEYS[sort.column] if sort.column in _KEYS else calendar.due() - FIRST_DAY
    order = (key.desc() if sort.descending else key.asc()).nulls_last()
    beyond = [] if after is None else [_beyond(key, after, descending=sort.descending)]
    statement = (
        _select(calendar)
        .add_columns(key.label("mark"))
        .where(*conditions, *beyond)
        .order_by(order, Usulan.number)
        .limit(most)
    )
    return (await connection.execute(statement)).all()


def _beyond(key: Expression, mark: Mark, *, descending: bool) -> Condition:
    later_number = Usulan.number > mark.number
    if mark.value is None:
        return and_(key.is_(None), later_number)
    further = key < mark.value if descending else key > mark.value
    return or_(further, and_(key == mark.value, later_number), key.is_(None))


async def count_desk(
    connection: AsyncConnection,
    within: Sequence[Condition],
    chosen: Condition,
    in_work: Condition,
    of: tuple[Desk, Calendar],
) -> tuple[int, dict[Queue, int]]:
    """How many are chosen, and how many each queue has of those in work; in one pass."""
    desk, calendar = of
    late = calendar.late()
    counts = [
        func.count().filter(and_(in_work, in_queue(name, desk, late))).label(name)
        for name in QUEUES
    ]
    statement = (
        select(func.count().filter(chosen), *counts)
        .join_from(Usulan, Category, Category.code == Usulan.category)
        .where(*within)
    )
    matched, *found = (await connection.execute(statement)).one()
    return matched, dict(zip(QUEUES, found, strict=True))


async def find_for_staff(
    connection: AsyncConnection,
    city_id: int,
    number: str,
    calendar: Calendar,
    *,
    lock: bool = False,
) -> AnyRow | None:
    """One usulan by its number; locked until the transaction ends, if wanted."""
    if not is_plain(number):
        return None
    where = (Usulan.city_id == city_id, Usulan.number == number.upper())
    if lock:
        # By itself: what is read after the lock is what the one before us has left.
        locked = select(Usulan.usulan_id).where(*where).with_for_update()
        if (await connection.execute(locked)).one_or_none() is None:
            return None
    return (await connection.execute(_select(calendar).where(*where))).one_or_none()


async def read_whole_history(
    connection: AsyncConnection, city_id: int, usulan_id: UUID
) -> Sequence[AnyRow]:
    """Every step with all its columns, oldest first."""
    statement = (
        select(*UsulanEvent.__table__.columns)
        .where(UsulanEvent.city_id == city_id, UsulanEvent.usulan_id == usulan_id)
        .order_by(UsulanEvent.sequence)
    )
    return (await connection.execute(statement)).all()


async def find_last_event(
    connection: AsyncConnection, city_id: int, usulan_id: UUID
) -> AnyRow | None:
    statement = (
        select(*UsulanEvent.__table__.columns)
        .where(UsulanEvent.city_id == city_id, UsulanEvent.usulan_id == usulan_id)
        .order_by(UsulanEvent.sequence.desc())
        .limit(1)
    )
    return (await connection.execute(statement)).one_or_none()


async def find_proposer(
    connection: AsyncConnection, city_id: int, usulan_id: UUID
) -> AnyRow | None:
    """Whom one may ask back."""
    statement = select(Proposer.name, Proposer.phone, Proposer.email, Proposer.role).where(
        Proposer.city_id == city_id, Proposer.usulan_id == usulan_id
    )
    return (await connection.execute(statement)).one_or_none()


async def read_redactions(
    connection: AsyncConnection, city_id: int, usulan_id: UUID
) -> Sequence[AnyRow]:
    """Words that were closed, oldest first."""
    statement = (
        select(Redaction.sequence, Redaction.field, Redaction.words)
        .where(Redaction.city_id == city_id, Redaction.usulan_id == usulan_id)
        .order_by(Redaction.sequence)
    )
    return (await connection.execute(statement)).all()


async def read_merged(connection: AsyncConnection, row: AnyRow) -> tuple[str | None, Sequence[str]]:
    """The number that an usulan was merged into, and those that were merged into it."""
    into = select(Usulan.number).where(
        Usulan.city_id == row.city_id, Usulan.usulan_id == row.merged_into_id
    )
    from_ = (
        select(Usulan.number)
        .where(Usulan.city_id == row.city_id, Usulan.merged_into_id == row.usulan_id)
        .order_by(Usulan.number)
    )
    target = None if row.merged_into_id is None else await connection.scalar(into)
    return target, list(await connection.scalars(from_))


async def read_near(
    connection: AsyncConnection, row: AnyRow, reach: Condition, *, radius_m: float
) -> Sequence[AnyRow]:
    """Usulan of the same category around one that the officer sees too, the nearest first."""
    if row.longitude is None:
        return []
    box = box_around(row.longitude, row.latitude, radius_m)
    cells = or_(*(Usulan.cell.between(first, last) for first, last in ranges_of_box(box)))
    here = func.ST_SetSRID(func.ST_MakePoint(row.longitude, row.latitude), 4326)
    distance_m = func.ST_Distance(cast(Usulan.position, Geography), cast(here, Geography))
    shown = (Usulan.number, Usulan.title, Usulan.status, Usulan.created, Usulan.supporters)
    statement = (
        select(*shown, distance_m.label("distance_m"))
        .join_from(Usulan, Category, Category.code == Usulan.category)
        .where(
            Usulan.city_id == row.city_id,
            Usulan.category == row.category,
            Usulan.usulan_id != row.usulan_id,
            Usulan.status.not_in(UNLISTED),
            cells,
            distance_m <= radius_m,
            reach,
        )
        .order_by(distance_m, Usulan.number)
        .limit(MOST_NEAR)
    )
    return (await connection.execute(statement)).all()


async def add_step(
    connection: AsyncConnection, event: Mapping[str, Any], changes: Mapping[str, Any]
) -> None:
    """Append a step to a history, bring its usulan to where the step leads, and tell of it."""
    city_id, usulan_id = event["city_id"], event["usulan_id"]
    await connection.execute(insert(UsulanEvent).values(**event))
    statement = update(Usulan).where(Usulan.city_id == city_id, Usulan.usulan_id == usulan_id)
    await connection.execute(statement.values(**changes))
    await tell_changed(connection, city_id, [usulan_id])


async def tell_changed(
    connection: AsyncConnection, city_id: int, usulan_ids: Sequence[UUID]
) -> None:
    """Tell those who keep the city in memory to read these again."""
    if usulan_ids:
        rows = [{"city_id": city_id, "usulan_id": one} for one in usulan_ids]
        await connection.execute(insert_new(Change).values(rows).on_conflict_do_nothing())
