"""Many usulan at once: from records in memory to rows with their histories, by COPY.

Used by the loader of files and by the demo city. The caller owns the transaction; nothing is
visible before it commits. Memory stays that of one batch, whatever the number of records.
"""

import random
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC
from functools import cache
from io import BytesIO
from itertools import islice
from typing import Any, NamedTuple
from uuid import UUID

import numpy as np
import numpy.typing as npt
import orjson
import shapely
from psycopg import Connection

from app.statements import copied_names, load_statement
from app.usulan.history import NONCE_BYTES, event_digest
from app.usulan.numbers import ID_NOISE_BYTES, usulan_id_at, usulan_number
from app.usulan.records import NewEvent, NewProposer, NewUsulan
from spatial.crs import WGS84_SRID
from spatial.geometry import representative_points
from spatial.grid import cells_at

__all__ = ["NewEvent", "NewProposer", "NewUsulan", "insert_usulan"]

BATCH = 5_000

Objects = npt.NDArray[np.object_]


class Identity(NamedTuple):
    """Whose rows they are."""

    city_id: int
    usulan_id: UUID


class LastEvent(NamedTuple):
    """The end of a history that goes on."""

    sequence: int
    status: str
    digest: bytes


@dataclass(frozen=True, slots=True)
class _Prepared:
    """The rows of one batch, complete but for the public numbers, which the database must allow."""

    years: list[int]
    ids: list[UUID]
    usulan: list[tuple[Any, ...]]
    events: list[tuple[Any, ...]]
    proposers: list[tuple[Any, ...]]


def insert_usulan(
    connection: Connection,
    city_id: int,
    usulan: Iterable[NewUsulan],
    *,
    rng: random.Random,
    batch: int = BATCH,
) -> int:
    """Write records, contacts and histories; how many usulan were written.

    Ids, numbers and nonces come from `rng`: a seeded one gives the same records again, what
    people sent needs `random.SystemRandom`. `usulan` is consumed as it is written, so a
    generator may report progress. No tracking codes are given out: these records have no
    sender who waits for one.
    """
    begin_bulk(connection)
    written = 0
    for prepared in _prepared_ahead(city_id, usulan, rng, batch):
        drawn = (usulan_number(city_id, year, rng) for year in prepared.years)
        numbers = free_numbers(connection, city_id, drawn, rng)
        firsts = zip(prepared.ids, numbers, prepared.usulan, strict=True)
        copy_rows(connection, "copy_usulan", ((city_id, *ids, *rest) for *ids, rest in firsts))
        copy_rows(connection, "copy_event", prepared.events)
        copy_rows(connection, "copy_proposer", prepared.proposers)
        written += len(numbers)
    end_bulk(connection, city_id)
    return written


def begin_bulk(connection: Connection) -> None:
    """Make the transaction ready for many rows."""
    for statement in ("lock_statistics", "use_generic_plans"):
        connection.execute(load_statement("usulan", statement))


def end_bulk(connection: Connection, city_id: int) -> None:
    """Tell those who keep the city in memory that any of it may have changed."""
    connection.execute(load_statement("usulan", "tell_city"), {"city_id": city_id})


def _prepared_ahead(
    city_id: int, usulan: Iterable[NewUsulan], rng: random.Random, batch: int
) -> Iterator[_Prepared]:
    """Batches ready for COPY, each made while the database still works on the one before.

    Records and randomness are drawn here, in the caller's thread and in order, so the same
    seed gives the same rows.
    """
    records = iter(usulan)
    with ThreadPoolExecutor(max_workers=1) as ahead:
        coming: Future[_Prepared] | None = None
        while chunk := list(islice(records, batch)):
            steps = sum(len(row.events) for row in chunk)
            noise = BytesIO(rng.randbytes(len(chunk) * ID_NOISE_BYTES + steps * NONCE_BYTES))
            ready, coming = coming, ahead.submit(_prepare, city_id, chunk, noise)
            if ready is not None:
                yield ready.result()
        if coming is not None:
            yield coming.result()


def _prepare(city_id: int, chunk: list[NewUsulan], noise: BytesIO) -> _Prepared:
    ids = [
        row.usulan_id or usulan_id_at(row.events[0].at, noise.read(ID_NOISE_BYTES)) for row in chunk
    ]
    identified = list(zip(ids, chunk, strict=True))
    return _Prepared(
        years=[row.year for row in chunk],
        ids=ids,
        usulan=usulan_rows(ids, chunk),
        events=[
            step
            for usulan_id, row in identified
            for step in event_rows(Identity(city_id, usulan_id), row.events, noise)
        ],
        proposers=[
            _proposer_row(city_id, usulan_id, row.proposer)
            for usulan_id, row in identified
            if row.proposer is not None
        ],
    )


def usulan_rows(ids: Sequence[UUID], usulan: Sequence[NewUsulan]) -> list[tuple[Any, ...]]:
    """Rows of `peta.usulan` in the order of its COPY, but for city, id and number."""
    return [
        _usulan_row(usulan_id, row, place)
        for usulan_id, row, place in zip(ids, usulan, places_of(usulan), strict=True)
    ]


def copy_rows(connection: Connection, statement: str, rows: Iterable[Sequence[Any]]) -> None:
    with (
        connection.cursor() as cursor,
        cursor.copy(load_statement("usulan", statement)) as copy,
    ):
        for row in rows:
            copy.write_row(row)


def free_numbers(
    connection: Connection, city_id: int, drawn: Iterable[str], rng: random.Random
) -> list[str]:
    """The public numbers drawn, with others of the same year for those that are taken."""
    numbers = list(drawn)
    kept: set[str] = set()
    unasked: Sequence[int] = range(len(numbers))
    while unasked:
        taken = _taken(connection, city_id, [numbers[index] for index in unasked])
        again = []
        for index in unasked:
            if numbers[index] in taken or numbers[index] in kept:
                year = int(numbers[index].split("-")[1])
                numbers[index] = usulan_number(city_id, year, rng)
                again.append(index)
            else:
                kept.add(numbers[index])
        unasked = again
    return numbers


def _taken(connection: Connection, city_id: int, numbers: Sequence[str]) -> set[str]:
    """Which of the numbers the city has given."""
    # As the text of an array: psycopg's own list dumper is ten times slower.
    values = {"city_id": city_id, "numbers": _text_array(numbers)}
    # prepare=False: a plan kept from when the table was empty would walk all rows for each number
    found = connection.execute(load_statement("usulan", "find_numbers"), values, prepare=False)
    return {row[0] for row in found}


def places_of(rows: Sequence[NewUsulan]) -> Iterator[tuple[str | None, str | None, int | None]]:
    """Of each: geometry and position as hexadecimal EWKB, and the position's cell."""
    shapes, points, cells = spots_of(rows)
    return zip(_ewkb(shapes), _ewkb(points), cells.tolist(), strict=True)


def spots_of(rows: Sequence[NewUsulan]) -> tuple[Objects, Objects, Objects]:
    """Of each: geometry, position, both with their SRID, and cell; None where there is none."""
    shapes = np.array([row.geometry for row in rows], dtype=object)
    points = np.array([row.position for row in rows], dtype=object)
    unsaid = shapely.is_missing(points)
    points[unsaid] = representative_points(shapes[unsaid])
    present = ~shapely.is_missing(points)
    cells = np.full(len(shapes), None, dtype=object)
    cells[present] = cells_at(shapely.get_x(points[present]), shapely.get_y(points[present]))
    return shapely.set_srid(shapes, WGS84_SRID), shapely.set_srid(points, WGS84_SRID), cells


def _ewkb(shapes: Objects) -> list[str | None]:
    texts: list[str | None] = shapely.to_wkb(shapes, hex=True, include_srid=True).tolist()
    return texts


def _usulan_row(
    usulan_id: UUID,
    usulan: NewUsulan,
    place: tuple[str | None, str | None, int | None],
) -> tuple[Any, ...]:
    first, last = usulan.events[0], usulan.events[-1]
    geometry, position, cell = place
    shares = orjson.dumps(list(usulan.area_shares)).decode() if usulan.area_shares else None
    told = {
        "tracking_hash": None,  # nobody waits for a tracking code
        "inclusion": _text_array(usulan.inclusion),
        "geom": geometry,
        "position": position,
        "cell": cell,
        "area_shares": shares,
        "doubts": _text_array(usulan.doubts),
        "status": last.status,
        "stage": last.stage,
        "lineage_id": usulan.lineage_id or usulan_id,
        "created": first.at,
        "updated": last.at,
    }
    return tuple(told[name] if name in told else getattr(usulan, name) for name in _columns())


@cache
def _columns() -> tuple[str, ...]:
    """Behind city, id and number."""
    return copied_names("usulan", "copy_usulan")[3:]


def _text_array(words: Sequence[str]) -> str:
    """PostgreSQL's array literal of plain keys; psycopg's own list dumper is ten times slower."""
    return "{" + ",".join(words) + "}"


def event_rows(
    whose: Identity,
    events: Sequence[NewEvent],
    noise: BytesIO,
    *,
    after: LastEvent | None = None,
) -> Iterator[tuple[Any, ...]]:
    """Rows of `peta.usulan_event` in the order of its COPY, chained to the event before."""
    number, status, previous = after or (0, None, None)
    for sequence, event in enumerate(events, start=number + 1):
        step = {
            "city_id": whose.city_id,
            "usulan_id": whose.usulan_id,
            "sequence": sequence,
            "at": event.at.astimezone(UTC),
            "kind": event.kind,
            "from_status": status,
            "to_status": event.status,
            "stage": event.stage,
            "actor_role": event.actor_role,
            "actor_area": event.actor_area,
            "reason_code": event.reason_code,
            "reason": event.reason,
            "details": event.details or {},
        }
        nonce = noise.read(NONCE_BYTES)
        digest = event_digest(step, nonce=nonce, previous=previous)
        step["details"] = orjson.dumps(event.details).decode() if event.details else "{}"
        yield (*step.values(), nonce, previous, digest)
        status, previous = event.status, digest


def _proposer_row(city_id: int, usulan_id: UUID, person: NewProposer) -> tuple[Any, ...]:
    return (
        city_id,
        usulan_id,
        person.name,
        person.phone,
        person.email,
        person.role,
        person.consented,
    )
