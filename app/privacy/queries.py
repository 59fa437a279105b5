"""What is stored of the person behind an usulan, and how it goes; by the staff role alone."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from app.models import (
    Answer,
    Area,
    Attempt,
    Category,
    City,
    FormerPlace,
    Proposer,
    Redaction,
    Submission,
)
from app.rows import AnyRow
from app.statements import load_statement

_DIGITS = 15


async def read_city_ids(connection: AsyncConnection) -> Sequence[int]:
    return (await connection.scalars(select(City.city_id).order_by(City.city_id))).all()


async def retain_piece(connection: AsyncConnection, values: Mapping[str, Any]) -> AnyRow:
    """One piece of the erasing that `retain_piece.sql` does."""
    statement = load_statement("privacy", "retain_piece").decode()
    return (await connection.exec_driver_sql(statement, dict(values))).one()


async def sweep_attempts(connection: AsyncConnection, *, before: datetime) -> int:
    """Drop counts of who tried or sent what, under whatever digest; how many rows."""
    return (await connection.execute(delete(Attempt).where(Attempt.began < before))).rowcount


async def find_person(connection: AsyncConnection, row: AnyRow) -> AnyRow | None:
    """Everything that was kept of who sent an usulan."""
    statement = select(
        Proposer.name,
        Proposer.phone,
        Proposer.email,
        Proposer.role,
        Proposer.consented,
        Proposer.language,
    ).where(Proposer.city_id == row.city_id, Proposer.usulan_id == row.usulan_id)
    return (await connection.execute(statement)).one_or_none()


async def get_public_face(connection: AsyncConnection, row: AnyRow) -> AnyRow:
    """The category's name, and the label point of the area of an usulan."""
    statement = (
        select(
            Category.name,
            func.ST_AsGeoJSON(Area.label_point, _DIGITS).label("label_point"),
            Area.label_cell,
        )
        .join(Area, Area.code == row.area_code)
        .where(
            Category.code == row.category,
            Area.city_id == row.city_id,
            Area.edition_id == row.edition_id,
        )
    )
    return (await connection.execute(statement)).one()


async def erase_person(connection: AsyncConnection, row: AnyRow) -> None:
    """Drop contact, answers, closed words and former places, and what its sending was known by."""
    for table in (Proposer, Answer, Redaction, FormerPlace):
        await connection.execute(
            delete(table).where(table.city_id == row.city_id, table.usulan_id == row.usulan_id)
        )
    # The key stays, so that a program that sends again makes no second one.
    statement = update(Submission).where(
        Submission.city_id == row.city_id, Submission.usulan_id == row.usulan_id
    )
    await connection.execute(statement.values(body_digest=b""))
