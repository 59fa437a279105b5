"""A whole load taken back: what nobody touched since is cancelled, what was touched stays."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any
from uuid import UUID

from psycopg import Connection
from psycopg.rows import namedtuple_row

from app.lists.steps import FROM_FILE
from app.statements import load_statement
from app.usulan.bulk import Identity, LastEvent, begin_bulk, copy_rows, end_bulk, event_rows
from app.usulan.history import NONCE_BYTES
from app.usulan.records import NewEvent
from app.usulan.workflow import REPLACING, SUBMISSION

WITHDRAWAL_OF_LOAD = "penarikan_muatan"
"""The kind of the step by which an usulan goes with its load."""
CANCELLED = "dibatalkan"
_REASON = "Daftar yang memuatnya ditarik kembali."
_UNTOUCHED = (SUBMISSION, FROM_FILE, REPLACING)
_PIECE = 2_000
_MOST_NAMED = 1_000
_FIRST = UUID(int=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenBy:
    """Which load is taken back, by whom and when."""

    city_id: int
    load_id: UUID
    role: str
    area: str
    now: datetime


def take_back(
    connection: Connection,
    taken: TakenBy,
    *,
    rng: random.Random,
    progress: Callable[[int], None],
) -> dict[str, Any]:
    """Cancel what a load created; how many, and which stay because somebody touched them.

    The caller owns the transaction.
    """
    begin_bulk(connection)
    withdrawn, kept, numbers, after = 0, 0, list[str](), _FIRST
    while rows := _piece(connection, taken, after):
        after = rows[-1].usulan_id
        free = [row for row in rows if not row.is_touched]
        if free:
            _withdraw(connection, taken, free, rng)
        touched = [row.number for row in rows if row.is_touched]
        withdrawn, kept = withdrawn + len(free), kept + len(touched)
        numbers += touched[: _MOST_NAMED - len(numbers)]
        progress(withdrawn + kept)
    end_bulk(connection, taken.city_id)
    return {"withdrawn": withdrawn, "kept": kept, "kept_numbers": numbers}


def _piece(connection: Connection, taken: TakenBy, after: UUID) -> Sequence[Any]:
    """The next usulan of the load: locked first, so that nobody acts on what is read of them."""
    values = {"city_id": taken.city_id, "load_id": taken.load_id, "after": after, "most": _PIECE}
    locked = connection.execute(load_statement("loads", "lock_created"), values).fetchall()
    values |= {"usulan_ids": [own for (own,) in locked], "kinds": list(_UNTOUCHED)}
    with connection.cursor(row_factory=namedtuple_row) as cursor:
        return cursor.execute(load_statement("loads", "read_created"), values).fetchall()


def _withdraw(
    connection: Connection, taken: TakenBy, rows: Sequence[Any], rng: random.Random
) -> None:
    noise = BytesIO(rng.randbytes(NONCE_BYTES * len(rows)))
    steps = [
        step
        for row in rows
        for step in event_rows(
            Identity(taken.city_id, row.usulan_id),
            [_step(taken, row)],
            noise,
            after=LastEvent(row.sequence, row.status, row.hash),
        )
    ]
    copy_rows(connection, "copy_event", steps)
    values = {
        "city_id": taken.city_id,
        "usulan_ids": [row.usulan_id for row in rows],
        "status": CANCELLED,
        "now": taken.now,
    }
    for statement in ("withdraw_usulan", "forget_people"):
        connection.execute(load_statement("loads", statement), values)


def _step(taken: TakenBy, row: Any) -> NewEvent:  # noqa: ANN401 - a row of the statement
    return NewEvent(
        at=taken.now,
        kind=WITHDRAWAL_OF_LOAD,
        status=CANCELLED,
        stage=row.stage,
        actor_role=taken.role,
        actor_area=taken.area,
        reason=_REASON,
        details={"load": str(taken.load_id)},
    )
