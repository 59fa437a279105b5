"""Records of a list that came again, changed: the row replaced, the history continued."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from uuid import UUID

import orjson
from psycopg import Connection

from app.statements import load_statement
from app.usulan.bulk import Identity, LastEvent, copy_rows, event_rows, places_of
from app.usulan.history import NONCE_BYTES
from app.usulan.records import NewUsulan


@dataclass(frozen=True, slots=True)
class ChangedUsulan:
    """What a record is to be, but for its year; `events` are only the new steps, at least one."""

    usulan_id: UUID
    last: LastEvent
    after: NewUsulan


def change_usulan(
    connection: Connection, city_id: int, changed: Sequence[ChangedUsulan], *, rng: random.Random
) -> None:
    """Replace what the file says of records, and append the steps that led there."""
    if not changed:
        return
    places = places_of([row.after for row in changed])
    rows = [_row(city_id, row, place) for row, place in zip(changed, places, strict=True)]
    people = [_person(city_id, row) for row in changed if row.after.proposer is not None]
    with connection.cursor() as cursor:
        cursor.executemany(load_statement("usulan", "place_changed"), rows)
        cursor.executemany(load_statement("usulan", "change_usulan"), rows)
        cursor.executemany(load_statement("usulan", "change_proposer"), people)
    noise = BytesIO(rng.randbytes(NONCE_BYTES * sum(len(row.after.events) for row in changed)))
    steps = [
        step
        for row in changed
        for step in event_rows(
            Identity(city_id, row.usulan_id), row.after.events, noise, after=row.last
        )
    ]
    copy_rows(connection, "copy_event", steps)
    connection.execute(load_statement("usulan", "tell_city"), {"city_id": city_id})


def _row(
    city_id: int, row: ChangedUsulan, place: tuple[str | None, str | None, int | None]
) -> dict[str, Any]:
    after, last = row.after, row.after.events[-1]
    geometry, position, cell = place
    shares = orjson.dumps(list(after.area_shares)).decode() if after.area_shares else None
    names = (
        "category title problem address landmark volume unit estimated_cost beneficiaries"
        " severity accuracy_m edition_id area_code kota kecamatan kelurahan rw rt declared_area"
        " channel funding source_digest"
    )
    return {
        **{name: getattr(after, name) for name in names.split()},
        "city_id": city_id,
        "usulan_id": row.usulan_id,
        "inclusion": list(after.inclusion),
        "doubts": list(after.doubts),
        "geom": geometry,
        "position": position,
        "cell": cell,
        "area_shares": shares,
        "status": last.status,
        "stage": last.stage,
        "updated": last.at,
    }


def _person(city_id: int, row: ChangedUsulan) -> dict[str, Any]:
    person = row.after.proposer
    names = ("name", "phone", "email", "role", "consented")
    return {
        "city_id": city_id,
        "usulan_id": row.usulan_id,
        **{name: getattr(person, name) for name in names},
    }
