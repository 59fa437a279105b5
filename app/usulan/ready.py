"""Usulan with their histories as COPY takes them, made without the database.

What takes long can so be done in another process, or while the database is still busy.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from psycopg import Connection

from app.statements import load_statement
from app.usulan.bulk import Identity, event_rows, free_numbers, usulan_rows
from app.usulan.copy_text import copy_text
from app.usulan.history import NONCE_BYTES
from app.usulan.numbers import usulan_number
from app.usulan.records import NewUsulan


@dataclass(frozen=True, slots=True)
class ReadyUsulan:
    """Some usulan, none with a contact, complete but for the leave of the city's numbers."""

    city_id: int
    ids: list[str]
    numbers: list[str]
    """Drawn; the city may have given some of them already."""
    usulan: bytes
    events: bytes


def ready_usulan(city_id: int, rows: Sequence[NewUsulan], *, rng: random.Random) -> ReadyUsulan:
    """All that can be done before the database is asked; every row brings its id."""
    ids = [row.usulan_id for row in rows if row.usulan_id is not None]
    steps = sum(len(row.events) for row in rows)
    noise = BytesIO(rng.randbytes(steps * NONCE_BYTES))
    numbers = [usulan_number(city_id, row.year, rng) for row in rows]
    told = zip(ids, numbers, usulan_rows(ids, rows), strict=True)
    events = [
        step
        for own, row in zip(ids, rows, strict=True)
        for step in event_rows(Identity(city_id, own), row.events, noise)
    ]
    return ReadyUsulan(
        city_id,
        list(map(str, ids)),
        numbers,
        usulan=copy_text([(city_id, own, number, *rest) for own, number, rest in told]),
        events=copy_text(events),
    )


def copy_ready(connection: Connection, ready: ReadyUsulan, *, rng: random.Random) -> int:
    """Write what is ready, under other numbers where the city has given some already; how many."""
    numbers = free_numbers(connection, ready.city_id, ready.numbers, rng)
    usulan = ready.usulan
    for own, drawn, free in zip(ready.ids, ready.numbers, numbers, strict=True):
        if drawn != free:
            before, after = (f"\t{own}\t{number}\t".encode() for number in (drawn, free))
            usulan = usulan.replace(before, after, 1)
    for statement, text in (("copy_usulan", usulan), ("copy_event", ready.events)):
        with (
            connection.cursor() as cursor,
            cursor.copy(load_statement("usulan", statement)) as copy,
        ):
            copy.write(text)
    return len(numbers)
