"""What submitting and tracking read and write; the staff role, for these are nobody else's."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import cos, radians
from typing import Any, NamedTuple
from uuid import UUID

from geoalchemy2 import Geography
from sqlalchemy import Integer, Select, cast, delete, exists, func, select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import aliased

from app.errors import Busy
from app.models import Category, City, Submission, Usulan, UsulanEvent
from app.rows import AnyRow
from app.statements import load_statement
from app.views import point, within_ranges
from spatial.boxes import ranges_of_box

METRES_PER_DEGREE = 110_000  # of latitude, a little less than true, so that a box is not too small


@dataclass(frozen=True, slots=True)
class Nearby:
    """Around a position, of what stood there before an instant."""

    longitude: float
    latitude: float
    radius_m: float
    before: datetime
    limit: int


class Rules(NamedTuple):
    """What a submission must know of its category and city."""

    geometry: Sequence[str]
    precision: str
    publication: str | None


class Forerunner(NamedTuple):
    """An earlier usulan that a submission says it continues."""

    usulan_id: UUID
    category: str
    year: int
    kelurahan: str | None
    status: str
    lineage_id: UUID
    sequence: int
    precision: str
    continued: bool


async def lock_key(connection: AsyncConnection, city_id: int, key: str) -> None:
    """Let requests with the same key follow one another until this transaction ends."""
    await connection.execute(
        select(func.pg_advisory_xact_lock(cast(city_id, Integer), func.hashtext(key)))
    )


async def find_submission(
    connection: AsyncConnection, city_id: int, key: str, *, since: datetime
) -> tuple[bytes, UUID] | None:
    """Digest of the body and id of the usulan that a key has led to."""
    statement = select(Submission.body_digest, Submission.usulan_id).where(
        Submission.city_id == city_id, Submission.key == key, Submission.created >= since
    )
    row = (await connection.execute(statement)).one_or_none()
    return None if row is None else (row.body_digest, row.usulan_id)


async def forget_submission(connection: AsyncConnection, city_id: int, key: str) -> None:
    """Give an expired key free."""
    await connection.execute(
        delete(Submission).where(Submission.city_id == city_id, Submission.key == key)
    )


async def find_rules(connection: AsyncConnection, city_id: int, code: str) -> Rules | None:
    statement = (
        select(Category.geometry, Category.precision, City.publication)
        .join_from(Category, City, City.city_id == city_id)
        .where(Category.code == code)
    )
    row = (await connection.execute(statement)).one_or_none()
    return None if row is None else Rules(*row)


async def find_forerunner(
    connection: AsyncConnection, city_id: int, number: str
) -> Forerunner | None:
    """The published usulan of a number, locked so that two cannot continue it at once."""
    later = aliased(Usulan)
    continued = exists().where(
        later.city_id == Usulan.city_id, later.continues_id == Usulan.usulan_id
    )
    statement = (
        select(
            Usulan.usulan_id,
            Usulan.category,
            Usulan.year,
            Usulan.kelurahan,
            Usulan.status,
            Usulan.lineage_id,
            Usulan.sequence,
            Category.precision,
            continued,
        )
        .join(Category, Category.code == Usulan.category)
        .where(Usulan.city_id == city_id, Usulan.number == number, Usulan.published)
        .with_for_update(of=Usulan)
    )
    row = (await connection.execute(statement)).one_or_none()
    return None if row is None else Forerunner(*row)


async def read_submitted(connection: AsyncConnection, city_id: int, usulan_id: UUID) -> AnyRow:
    """What a submission was answered with, as far as it is stored."""
    statement = select(
        Usulan.usulan_id,
        Usulan.number,
        Usulan.year,
        Usulan.category,
        Usulan.edition_id,
        Usulan.area_code,
        Usulan.doubts,
        Usulan.created,
        func.ST_X(Usulan.position).label("longitude"),
        func.ST_Y(Usulan.position).label("latitude"),
    ).where(Usulan.city_id == city_id, Usulan.usulan_id == usulan_id)
    return (await connection.execute(statement)).one()


async def submit(connection: AsyncConnection, values: Mapping[str, Any]) -> bool:
    """Write a submission; False when its number is taken, and then nothing was written.

    Raises Busy when another edition of boundaries became active since it was placed.
    """
    statement = load_statement("submission", "submit").decode()
    written = (await connection.exec_driver_sql(statement, dict(values))).one_or_none()
    if written is not None and not written.is_current:
        raise Busy
    return written is not None


async def read_similar(
    connection: AsyncConnection, city_id: int, category_code: str, nearby: Nearby
) -> Sequence[AnyRow]:
    """Listed usulan of one category near a position, nearest first; never private needs."""
    found = await connection.execute(similar(city_id, category_code, nearby))
    rows: Sequence[AnyRow] = found.all()
    return rows


def similar(city_id: int, category_code: str, nearby: Nearby) -> Select[tuple[Any, ...]]:
    """The statement for them; by the cells around, so that it reads no more than those hold."""
    here = func.ST_SetSRID(func.ST_MakePoint(nearby.longitude, nearby.latitude), 4326)
    distance_m = func.ST_Distance(cast(point.c.position, Geography), cast(here, Geography))
    return (
        select(
            point.c.number,
            point.c.title,
            point.c.status,
            point.c.created,
            point.c.supporters,
            distance_m.label("distance_m"),
        )
        .where(
            point.c.city_id == city_id,
            point.c.category == category_code,
            point.c.precision == "exact",
            point.c.listed,
            point.c.newest,
            point.c.created < nearby.before,
            within_ranges(point.c.cell, ranges_of_box(_around(nearby))),
            distance_m <= nearby.radius_m,
        )
        .order_by(distance_m, point.c.number)
        .limit(nearby.limit)
    )


def _around(nearby: Nearby) -> tuple[float, float, float, float]:
    """A box of degrees that holds the circle."""
    north = nearby.radius_m / METRES_PER_DEGREE * 1.1
    east = north / max(cos(radians(nearby.latitude)), 0.01)
    return (
        nearby.longitude - east,
        nearby.latitude - north,
        nearby.longitude + east,
        nearby.latitude + north,
    )


class Tracked(NamedTuple):
    """What whoever holds the tracking code may see."""

    city_id: int
    usulan_id: UUID
    number: str
    status: str
    stage: str | None
    edition_id: int
    area_code: str


async def find_tracked(connection: AsyncConnection, digest: bytes) -> Tracked | None:
    statement = select(
        Usulan.city_id,
        Usulan.usulan_id,
        Usulan.number,
        Usulan.status,
        Usulan.stage,
        Usulan.edition_id,
        Usulan.area_code,
    ).where(Usulan.tracking_hash == digest)
    row = (await connection.execute(statement)).one_or_none()
    return None if row is None else Tracked(*row)


async def read_own_events(
    connection: AsyncConnection, city_id: int, usulan_id: UUID
) -> Sequence[AnyRow]:
    """The history for its reporter, oldest first, with the words that the public may not read."""
    statement = (
        select(
            UsulanEvent.at,
            UsulanEvent.kind,
            UsulanEvent.from_status,
            UsulanEvent.to_status,
            UsulanEvent.actor_role,
            UsulanEvent.actor_area,
            UsulanEvent.reason_code,
            UsulanEvent.reason,
            UsulanEvent.hash,
            UsulanEvent.previous,
        )
        .where(UsulanEvent.city_id == city_id, UsulanEvent.usulan_id == usulan_id)
        .order_by(UsulanEvent.sequence)
    )
    return (await connection.execute(statement)).all()
