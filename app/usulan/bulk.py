"""Many usulan at once: from records in memory to rows with their histories, by COPY.

Used by the loader of files and by the demo city. The caller owns the transaction; nothing is
visible before it commits. Memory stays that of one batch, whatever the number of records.
"""

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any
from uuid import UUID

import numpy as np
import numpy.typing as npt
import orjson
import shapely
from psycopg import Connection
from shapely.geometry.base import BaseGeometry

from app.statements import load_statement
from app.usulan.history import NONCE_BYTES, EventFacts, event_digest
from app.usulan.numbers import usulan_id_at, usulan_number
from app.usulan.records import NewEvent, NewProposer, NewUsulan
from spatial.crs import WGS84_SRID
from spatial.grid import cells_at

__all__ = ["NewEvent", "NewProposer", "NewUsulan", "insert_usulan"]

BATCH = 5_000

Objects = npt.NDArray[np.object_]


@dataclass(frozen=True, slots=True)
class _Numbered:
    """An usulan of a batch with all that had to be made for it."""

    usulan: NewUsulan
    usulan_id: UUID
    number: str
    geometry: str | None
    position: str | None
    cell: int | None


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
    city_code = f"{city_id // 100:02d}.{city_id % 100:02d}"
    records = iter(usulan)
    written = 0
    while chunk := list(islice(records, batch)):
        numbered = _numbered(connection, city_code, chunk, rng)
        _copy(connection, "copy_usulan", (_usulan_row(city_id, row, rng) for row in numbered))
        _copy(connection, "copy_event", _event_rows(city_id, numbered, rng))
        _copy(connection, "copy_proposer", _proposer_rows(city_id, numbered))
        written += len(chunk)
    return written


def _copy(connection: Connection, statement: str, rows: Iterable[Sequence[Any]]) -> None:
    with (
        connection.cursor() as cursor,
        cursor.copy(load_statement("usulan", statement)) as copy,
    ):
        for row in rows:
            copy.write_row(row)


def _numbered(
    connection: Connection, city_code: str, chunk: list[NewUsulan], rng: random.Random
) -> list[_Numbered]:
    ids = [row.usulan_id or usulan_id_at(row.events[0].at, rng) for row in chunk]
    numbers = _free_numbers(connection, city_code, [row.year for row in chunk], rng)
    shapes, positions, cells = _places([row.geometry for row in chunk])
    return [
        _Numbered(*row) for row in zip(chunk, ids, numbers, shapes, positions, cells, strict=True)
    ]


def _free_numbers(
    connection: Connection, city_code: str, years: list[int], rng: random.Random
) -> list[str]:
    numbers = [usulan_number(city_code, year, rng) for year in years]
    while again := _taken(connection, city_code, numbers):
        for index in again:
            numbers[index] = usulan_number(city_code, years[index], rng)
    return numbers


def _taken(connection: Connection, city_code: str, numbers: list[str]) -> list[int]:
    """Places in the list whose number stands in the database or earlier in the list."""
    values = {"city_id": int(city_code.replace(".", "")), "numbers": numbers}
    found = connection.execute(load_statement("usulan", "find_numbers"), values)
    seen = {row[0] for row in found}
    again = []
    for index, number in enumerate(numbers):
        if number in seen:
            again.append(index)
        seen.add(number)
    return again


def _places(
    geometries: Sequence[BaseGeometry | None],
) -> tuple[Sequence[str | None], Sequence[str | None], Sequence[int | None]]:
    """Geometry and representative point as hexadecimal EWKB, and the cell of the point."""
    shapes = shapely.set_srid(np.array(geometries, dtype=object), WGS84_SRID)
    points = _representative_points(shapes)
    present = ~shapely.is_missing(points)
    cells = np.full(len(shapes), None, dtype=object)
    cells[present] = cells_at(shapely.get_x(points[present]), shapely.get_y(points[present]))
    return (
        shapely.to_wkb(shapes, hex=True, include_srid=True).tolist(),
        shapely.to_wkb(points, hex=True, include_srid=True).tolist(),
        cells.tolist(),
    )


def _representative_points(shapes: Objects) -> Objects:
    """The point itself, the middle of a line, a point on a surface; None stays None."""
    dimension = shapely.get_dimensions(shapes)
    points: Objects = np.full(shapes.shape, None, dtype=object)
    spots, lines, surfaces = dimension == 0, dimension == 1, dimension == 2
    points[spots] = shapes[spots]
    points[lines] = shapely.line_interpolate_point(shapes[lines], 0.5, normalized=True)
    points[surfaces] = shapely.point_on_surface(shapes[surfaces])
    return points


def _usulan_row(city_id: int, row: _Numbered, rng: random.Random) -> tuple[Any, ...]:
    usulan, first, last = row.usulan, row.usulan.events[0], row.usulan.events[-1]
    return (
        city_id,
        row.usulan_id,
        row.number,
        rng.randbytes(32),
        usulan.year,
        usulan.category,
        usulan.title,
        usulan.problem,
        usulan.address,
        usulan.landmark,
        usulan.volume,
        usulan.unit,
        usulan.estimated_cost,
        usulan.beneficiaries,
        usulan.severity,
        _text_array(usulan.inclusion),
        usulan.supporters,
        row.geometry,
        row.position,
        row.cell,
        usulan.accuracy_m,
        usulan.edition_id,
        usulan.area_code,
        usulan.kota,
        usulan.kecamatan,
        usulan.kelurahan,
        usulan.rw,
        usulan.rt,
        orjson.dumps(list(usulan.area_shares)).decode() if usulan.area_shares else None,
        usulan.declared_area,
        _text_array(usulan.doubts),
        usulan.channel,
        usulan.funding,
        last.status,
        last.stage,
        usulan.published,
        usulan.lineage_id or row.usulan_id,
        usulan.sequence,
        usulan.continues_id,
        usulan.source,
        usulan.source_id,
        usulan.source_digest,
        first.at,
        last.at,
    )


def _text_array(words: Sequence[str]) -> str:
    """PostgreSQL's array literal of plain keys; psycopg's own list dumper is ten times slower."""
    return "{" + ",".join(words) + "}"


def _event_rows(
    city_id: int, batch: Sequence[_Numbered], rng: random.Random
) -> Iterator[tuple[Any, ...]]:
    for row in batch:
        status, previous = None, None
        for sequence, event in enumerate(row.usulan.events, start=1):
            nonce = rng.randbytes(NONCE_BYTES)
            facts = _facts(city_id, row.usulan_id, sequence, event, status)
            digest = event_digest(facts, nonce=nonce, previous=previous)
            details = orjson.dumps(event.details).decode()
            yield (
                city_id,
                row.usulan_id,
                sequence,
                event.at,
                event.kind,
                status,
                event.status,
                event.stage,
                event.actor_role,
                event.actor_area,
                event.reason_code,
                event.reason,
                details,
                nonce,
                previous,
                digest,
            )
            status, previous = event.status, digest


def _facts(
    city_id: int, usulan_id: UUID, sequence: int, event: NewEvent, before: str | None
) -> EventFacts:
    return EventFacts(
        city_id=city_id,
        usulan_id=usulan_id,
        sequence=sequence,
        at=event.at,
        kind=event.kind,
        from_status=before,
        to_status=event.status,
        stage=event.stage,
        actor_role=event.actor_role,
        actor_area=event.actor_area,
        reason_code=event.reason_code,
        reason=event.reason,
        details=event.details,
    )


def _proposer_rows(city_id: int, batch: Sequence[_Numbered]) -> Iterator[tuple[Any, ...]]:
    for row in batch:
        person = row.usulan.proposer
        if person is not None:
            yield (
                city_id,
                row.usulan_id,
                person.name,
                person.phone,
                person.email,
                person.role,
                person.consented,
            )
