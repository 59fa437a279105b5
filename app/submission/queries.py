"""What submitting and tracking read and write; the staff role, for these are nobody else's."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from functools import cache
from math import cos, radians
from typing import Any, NamedTuple
from uuid import UUID

import orjson
from geoalchemy2 import Geography
from sqlalchemy import (
    Double,
    Integer,
    Text,
    bindparam,
    cast,
    delete,
    exists,
    func,
    literal_column,
    select,
)
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import aliased
from sqlalchemy.sql.dml import ReturningDelete

from app.cities.queries import City, select_cities
from app.errors import NotFound
from app.lines import AnyConnection, Statement, fetch, fetch_one, fetch_together
from app.models import Category, Submission, Usulan, UsulanEvent
from app.models import City as CityRow
from app.rows import AnyRow, AnySelect
from app.statements import load_text
from app.text import is_plain
from app.usulan.workflow import SUBMISSION, WARGA
from app.views import city, edition, point, within_ranges
from spatial.boxes import MOST_CELLS, ranges_of_box
from spatial.grid import CellRange

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


class Received(NamedTuple):
    """The city that a submission was sent to, and the rules of its category if there is one."""

    city: City
    rules: Rules | None
    loaded: datetime | None
    """When the areas of the active edition last changed."""


class Sheet(NamedTuple):
    """A submission as it goes to the database, with no more to be made of it on the way."""

    usulan_id: UUID
    record: str
    """As `submit.sql` takes it, in JSON."""
    own: frozenset[Hashable]
    """Its key and its senders, each of which the statement takes once."""
    similar: tuple[Statement, Mapping[str, Any]] | None
    """How what is like it is looked for; not at all where only an area is known."""


def sheet_of(row: Mapping[str, Any], nearby: Nearby | None) -> Sheet:
    """Prepare a submission; what cannot be sent of it fails here, before it is anybody else's."""
    key = [(row["city_id"], row["key"])] if row["key"] is not None else []
    own = frozenset([*key, *(sender["bucket"] for sender in row["senders"])])
    record = orjson.dumps(row).decode()
    like_it = None if nearby is None else similar(row["city_id"], row["category"], nearby)
    return Sheet(row["usulan_id"], record, own, like_it)


class Outcome(NamedTuple):
    """What became of a submission that was to be written."""

    is_free: bool = False
    """Whether nobody has its number."""
    is_too_often: bool = False
    """Whether one of its senders has sent as much as he may for now."""
    is_written: bool = False
    is_known: bool = False
    """Whether city, edition and category are as its writer knew them."""
    similar: Sequence[AnyRow] = ()
    """What is like it near by."""


@cache
def _received() -> AnySelect:
    found: AnySelect = (
        select_cities()
        .add_columns(Category.geometry, Category.precision, CityRow.publication, edition.c.loaded)
        .join(CityRow, CityRow.city_id == city.c.city_id)
        .outerjoin(Category, Category.code == bindparam("category"))
        .where(city.c.code == bindparam("city_code"))
    )
    return found


async def receive(connection: AnyConnection, city_code: str, category: str) -> Received:
    """Where a submission goes, and what is to be known of its category; NotFound for no city."""
    values = {"city_code": city_code, "category": category}
    row = await fetch_one(connection, _received(), values) if is_plain(city_code) else None
    if row is None:
        raise NotFound
    found = City(**{part.name: getattr(row, part.name) for part in fields(City)})
    known = row.precision is not None
    rules = Rules(*(getattr(row, name) for name in Rules._fields)) if known else None
    return Received(found, rules, row.loaded)


@cache
def _locked_key() -> AnySelect:
    key = func.hashtext(bindparam("key", type_=Text))
    return select(func.pg_advisory_xact_lock(bindparam("city_id", type_=Integer), key))


async def lock_key(connection: AnyConnection, city_id: int, key: str) -> None:
    """Let requests with the same key follow one another until this transaction ends."""
    await fetch(connection, _locked_key(), {"city_id": city_id, "key": key})


@cache
def _submission_of_key() -> AnySelect:
    return select(Submission.body_digest, Submission.usulan_id).where(
        Submission.city_id == bindparam("city_id"),
        Submission.key == bindparam("key"),
        Submission.created >= bindparam("since"),
    )


async def find_submission(
    connection: AnyConnection, city_id: int, key: str, *, since: datetime
) -> tuple[bytes, UUID] | None:
    """Digest of the body and id of the usulan that a key has led to."""
    where = {"city_id": city_id, "key": key, "since": since}
    row = await fetch_one(connection, _submission_of_key(), where)
    return None if row is None else (row.body_digest, row.usulan_id)


@cache
def _forgotten_key() -> ReturningDelete[Any]:
    return (
        delete(Submission)
        .where(Submission.city_id == bindparam("city_id"), Submission.key == bindparam("key"))
        .returning(Submission.key)
    )


async def forget_submission(connection: AnyConnection, city_id: int, key: str) -> None:
    """Give an expired key free."""
    await fetch(connection, _forgotten_key(), {"city_id": city_id, "key": key})


@cache
def _forerunner() -> AnySelect:
    later = aliased(Usulan)
    continued = exists().where(
        later.city_id == Usulan.city_id, later.continues_id == Usulan.usulan_id
    )
    return (
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
        .where(
            Usulan.city_id == bindparam("city_id"),
            Usulan.number == bindparam("number"),
            Usulan.published,
        )
        .with_for_update(of=Usulan)
    )


async def find_forerunner(
    connection: AnyConnection, city_id: int, number: str
) -> Forerunner | None:
    """The published usulan of a number, locked so that two cannot continue it at once."""
    row = await fetch_one(connection, _forerunner(), {"city_id": city_id, "number": number})
    return None if row is None else Forerunner(*row)


@cache
def _submitted() -> AnySelect:
    return select(
        Usulan.usulan_id,
        Usulan.number,
        Usulan.year,
        Usulan.category,
        Usulan.edition_id,
        Usulan.area_code,
        Usulan.doubts,
        Usulan.published,
        Usulan.created,
        func.ST_X(Usulan.position).label("longitude"),
        func.ST_Y(Usulan.position).label("latitude"),
    ).where(
        Usulan.city_id == bindparam("city_id"),
        Usulan.usulan_id == bindparam("usulan_id"),
    )


async def read_submitted(connection: AnyConnection, city_id: int, usulan_id: UUID) -> AnyRow:
    """What a submission was answered with, as far as it is stored."""
    where = {"city_id": city_id, "usulan_id": usulan_id}
    found: AnyRow = await fetch_one(connection, _submitted(), where)
    return found


async def submit(connection: AnyConnection, sheets: Sequence[Sheet]) -> list[Outcome]:
    """Write submissions of which no two have a key or a sender in common; outcomes in order."""
    records = f"[{','.join(sheet.record for sheet in sheets)}]"
    values = {"records": records, "kind": SUBMISSION, "actor_role": WARGA}
    asked: list[tuple[Statement, Mapping[str, Any]]] = [
        (load_text("submission", "submit"), values),
        *(sheet.similar for sheet in sheets if sheet.similar is not None),
    ]
    written, *found = await fetch_together(connection, *asked)
    outcomes = {
        row.usulan_id: Outcome(row.is_free, row.is_too_often, row.is_written, is_known=True)
        for row in written
    }
    near = iter(found)
    return [
        outcomes.get(sheet.usulan_id, Outcome())._replace(
            similar=() if sheet.similar is None else next(near)
        )
        for sheet in sheets
    ]


async def read_similar(
    connection: AnyConnection, city_id: int, category_code: str, nearby: Nearby
) -> Sequence[AnyRow]:
    """Listed usulan of one category near a position, nearest first; never private needs."""
    statement, values = similar(city_id, category_code, nearby)
    return await fetch(connection, statement, values)


def similar(
    city_id: int, category_code: str, nearby: Nearby
) -> tuple[AnySelect, Mapping[str, Any]]:
    """The statement for them and its values; by the cells around, it reads what those hold.

    There are few such statements, each planned once: ranges that are not needed are empty, and
    as large as the others: the driver takes what is small for another type, so another statement.
    """
    box = box_around(nearby.longitude, nearby.latitude, nearby.radius_m)
    ranges = ranges_of_box(box)
    number = next(size for size in _RANGES if size >= len(ranges))
    start = ranges[0].first
    ranges += [CellRange(start, start - 1)] * (number - len(ranges))
    edges: dict[str, int] = {}
    for place, (first, last) in enumerate(ranges):
        edges |= {f"first_{place}": first, f"last_{place}": last}
    values = {
        "city_id": city_id,
        "category": category_code,
        **{name: getattr(nearby, name) for name in nearby.__slots__},
        **edges,
    }
    return _similar(number), values


_RANGES = (4, 8, MOST_CELLS)


@cache
def _similar(ranges: int) -> AnySelect:
    edges: list[tuple[Any, Any]] = [
        (bindparam(f"first_{place}"), bindparam(f"last_{place}")) for place in range(ranges)
    ]
    shown = ("number", "title", "status", "created", "supporters")
    near = (
        select(*(point.c[name] for name in shown), point.c.position)
        .where(
            point.c.city_id == bindparam("city_id"),
            point.c.precision == literal_column("'exact'"),
            point.c.category == bindparam("category"),
            point.c.listed,
            point.c.newest,
            within_ranges(point.c.cell, edges),
        )
        .cte("near")
        .prefix_with("MATERIALIZED")
    )
    longitude, latitude = (bindparam(name, type_=Double) for name in ("longitude", "latitude"))
    here = func.ST_SetSRID(func.ST_MakePoint(longitude, latitude), literal_column("4326"))
    distance_m = func.ST_Distance(cast(near.c.position, Geography), cast(here, Geography))
    return (
        select(*(near.c[name] for name in shown), distance_m.label("distance_m"))
        .where(
            near.c.created < bindparam("before"),
            distance_m <= bindparam("radius_m", type_=Double),
        )
        .order_by(distance_m, near.c.number)
        .limit(bindparam("limit", type_=Integer))
    )


def box_around(
    longitude: float, latitude: float, radius_m: float
) -> tuple[float, float, float, float]:
    """A box of degrees that holds the circle."""
    north = radius_m / METRES_PER_DEGREE * 1.1
    east = north / max(cos(radians(latitude)), 0.01)
    return (longitude - east, latitude - north, longitude + east, latitude + north)


class Tracked(NamedTuple):
    """Which usulan a tracking code belongs to."""

    city_id: int
    number: str


async def find_tracked(connection: AsyncConnection, digest: bytes) -> Tracked | None:
    """None for the digest of a code that nobody was given."""
    statement = select(Usulan.city_id, Usulan.number).where(Usulan.tracking_hash == digest)
    row = (await connection.execute(statement)).one_or_none()
    return None if row is None else Tracked(*row)


async def read_own_events(
    connection: AsyncConnection, city_id: int, usulan_id: UUID
) -> Sequence[AnyRow]:
    """The history for its reporter, oldest first, with the words that the public may not read."""
    statement = (
        select(
            UsulanEvent.sequence,
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
