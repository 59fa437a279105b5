"""What officers read of usulan, and how their acts are written; by the staff role alone."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from geoalchemy2 import Geography
from sqlalchemy import (
    and_,
    cast,
    delete,
    func,
    insert,
    join,
    or_,
    select,
    true,
    update,
)
from sqlalchemy.dialects.postgresql import insert as insert_new
from sqlalchemy.ext.asyncio import AsyncConnection

from app.models import (
    Answer,
    BoundaryEdition,
    Category,
    Change,
    Holiday,
    OtherPlace,
    Proposer,
    Redaction,
    Usulan,
    UsulanEvent,
)
from app.moderation.deadlines import FIRST_DAY
from app.moderation.filters import QUEUES, UNLISTED, Calendar, Desk, Queue, in_queue, open_doubts
from app.moderation.steps import Closed
from app.rows import AnyRow, AnySelect, Condition, Expression
from app.statements import load_statement
from app.submission.queries import box_around
from app.text import is_plain
from app.usulan.cursor import Mark, Sort
from spatial.boxes import ranges_of_box

MOST_NEAR = 10
MOST_DIGITS = 15


EVERY: Condition = true()


def of_city(city_id: int) -> Condition:
    return Usulan.city_id == city_id


async def read_holidays(connection: AsyncConnection, city_id: int) -> Sequence[date]:
    statement = select(Holiday.day).where(Holiday.city_id == city_id)
    return (await connection.scalars(statement)).all()


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
    last = _last_event().lateral("last")
    return select(
        *_OWN,
        Usulan.cell,
        Usulan.area_shares,
        Category.group_code,
        Category.precision,
        Category.programmes,
        open_doubts().label("open_doubts"),
        # As many digits as a number has: what is told can be put back.
        func.ST_AsGeoJSON(Usulan.geom, MOST_DIGITS).label("geom"),
        func.ST_AsGeoJSON(Usulan.position, MOST_DIGITS).label("position"),
        func.ST_X(Usulan.position).label("longitude"),
        func.ST_Y(Usulan.position).label("latitude"),
        calendar.due().label("due"),
        *(last.c[name] for name in _LAST),
    ).select_from(join(Usulan, Category, Category.code == Usulan.category).join(last, true()))


_LAST = ("hash", "kind", "at", "from_status", "to_status", "details")


def _last_event() -> AnySelect:
    """What of its newest step decides on an usulan."""
    return (
        select(*(UsulanEvent.__table__.c[name] for name in _LAST))
        .where(UsulanEvent.city_id == Usulan.city_id, UsulanEvent.usulan_id == Usulan.usulan_id)
        .correlate(Usulan)
        .order_by(UsulanEvent.sequence.desc())
        .limit(1)
    )


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


async def get_last_event(connection: AsyncConnection, city_id: int, usulan_id: UUID) -> AnyRow:
    """The newest step; every history has one."""
    statement = (
        select(*UsulanEvent.__table__.columns)
        .where(UsulanEvent.city_id == city_id, UsulanEvent.usulan_id == usulan_id)
        .order_by(UsulanEvent.sequence.desc())
        .limit(1)
    )
    return (await connection.execute(statement)).one()


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


async def read_answers(connection: AsyncConnection, row: AnyRow) -> dict[int, str]:
    """What the reporter answered, by the step of the history."""
    statement = select(Answer.sequence, Answer.words).where(*_of(Answer, row))
    rows = await connection.execute(statement)
    return {row.sequence: row.words for row in rows}


async def add_answer(connection: AsyncConnection, row: AnyRow, sequence: int, words: str) -> None:
    kept = {"city_id": row.city_id, "usulan_id": row.usulan_id, "sequence": sequence}
    await connection.execute(insert(Answer).values(**kept, words=words))


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


async def find_category(connection: AsyncConnection, code: str) -> AnyRow | None:
    """The shapes that a category takes, and how exactly the public sees it."""
    statement = select(Category.geometry, Category.precision).where(Category.code == code)
    return (await connection.execute(statement)).one_or_none()


async def count_other_places(connection: AsyncConnection, row: AnyRow) -> int:
    """In how many editions the place of an usulan is kept beside its own row."""
    statement = select(func.count()).where(*_of(OtherPlace, row))
    return await connection.scalar(statement) or 0


async def is_continued(connection: AsyncConnection, row: AnyRow) -> bool:
    """Whether another year's usulan carries this one on."""
    statement = select(func.count()).where(
        Usulan.city_id == row.city_id, Usulan.continues_id == row.usulan_id
    )
    return bool(await connection.scalar(statement))


async def find_words_before(
    connection: AsyncConnection, row: AnyRow, sequence: int
) -> AnyRow | None:
    """The field, and the words in it, before a step that closed some; None once they are erased."""
    statement = select(Redaction.field, Redaction.before).where(
        *_of(Redaction, row), Redaction.sequence == sequence
    )
    return (await connection.execute(statement)).one_or_none()


async def close_words(
    connection: AsyncConnection, row: AnyRow, sequence: int, closed: Closed
) -> None:
    """Keep words that a step closes, and the field as it was."""
    kept = {
        "city_id": row.city_id,
        "usulan_id": row.usulan_id,
        "sequence": sequence,
        "field": closed.field,
        "words": closed.words,
        "before": getattr(row, closed.field),
    }
    await connection.execute(insert(Redaction).values(**kept))


async def open_words(connection: AsyncConnection, row: AnyRow, sequence: int) -> None:
    """Keep the words of a step no more: they stand in their field again."""
    await connection.execute(
        delete(Redaction).where(*_of(Redaction, row), Redaction.sequence == sequence)
    )


def _of(table: Any, row: AnyRow) -> tuple[Condition, ...]:  # noqa: ANN401 - a model
    return (table.city_id == row.city_id, table.usulan_id == row.usulan_id)


async def leave_place(connection: AsyncConnection, row: AnyRow, *, is_elsewhere: bool) -> None:
    """Tell of private needs whose public place may follow from this one's, as it stands still.

    What other editions said of its place is no longer so where it is put elsewhere.
    """
    where = {"city_id": row.city_id, "usulan_id": row.usulan_id}
    told = load_statement("moderation", "tell_neighbours").decode()
    await connection.exec_driver_sql(told, where)
    if is_elsewhere:
        await connection.execute(delete(OtherPlace).where(*_of(OtherPlace, row)))


_SHAPES = frozenset({"geom", "position"})


async def add_step(
    connection: AsyncConnection, event: Mapping[str, Any], changes: Mapping[str, Any]
) -> None:
    """Append a step to a history, bring its usulan to where the step leads, and tell of it."""
    city_id, usulan_id = event["city_id"], event["usulan_id"]
    await connection.execute(insert(UsulanEvent).values(**event))
    columns = {name: _shape(value) if name in _SHAPES else value for name, value in changes.items()}
    statement = update(Usulan).where(Usulan.city_id == city_id, Usulan.usulan_id == usulan_id)
    await connection.execute(statement.values(**columns))
    await tell_changed(connection, city_id, [usulan_id])


def _shape(geojson: str | None) -> Expression | None:
    if geojson is None:
        return None
    return func.ST_SetSRID(func.ST_GeomFromGeoJSON(geojson), 4326)


async def is_active_edition(connection: AsyncConnection, city_id: int, edition_id: int) -> bool:
    """Whether places are found in this edition at this moment."""
    statement = select(BoundaryEdition.active).where(
        BoundaryEdition.city_id == city_id, BoundaryEdition.edition_id == edition_id
    )
    return bool(await connection.scalar(statement))


async def tell_changed(
    connection: AsyncConnection, city_id: int, usulan_ids: Sequence[UUID]
) -> None:
    """Tell those who keep the city in memory to read these again."""
    if usulan_ids:
        rows = [{"city_id": city_id, "usulan_id": one} for one in usulan_ids]
        await connection.execute(insert_new(Change).values(rows).on_conflict_do_nothing())
