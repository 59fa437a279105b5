"""Many usulan from typed columns to rows with one event each: no object is made for a row.

The same rows as `app.usulan.bulk.insert_usulan` writes for records whose history is their
submission; a test holds the two together. COPY gets binary blocks that are joined column by
column, so that a row costs a few microseconds here and the database sets the pace.
"""

import hashlib
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeAlias
from uuid import UUID

import numpy as np
import numpy.typing as npt
import orjson
from psycopg import Connection

from app.statements import copied_names, load_statement
from app.usulan import packed
from app.usulan.bulk import free_numbers
from app.usulan.history import NONCE_BYTES
from app.usulan.keys import References, keys_checked_together
from app.usulan.numbers import IdSequence, usulan_numbers
from app.usulan.steps import COPY_EVENT
from app.usulan.workflow import FIRST_STATUS, SUBMISSION, WARGA
from spatial.grid import cells_at

_HEX = np.frombuffer(b"0123456789abcdef", dtype=np.uint8)
_POINT = np.frombuffer(bytes.fromhex("0101000020e6100000"), dtype=np.uint8)
COPY_USULAN = "copy_packed_usulan"
_KINDS: Mapping[str, Callable[[Any], bytes]] = {
    "address": packed.text,
    "landmark": packed.text,
    "volume": packed.cents,
    "unit": packed.text,
    "estimated_cost": packed.bigint,
    "beneficiaries": packed.integer,
    "severity": packed.smallint,
    "inclusion": packed.words,
    "accuracy_m": packed.double,
    "declared_area": packed.text,
    "channel": packed.text,
    "funding": packed.text,
}

Floats = npt.NDArray[np.float64]
Bytes = npt.NDArray[np.uint8]
Numbers = npt.NDArray[np.int64]
Column: TypeAlias = Sequence[Any] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class UsulanColumns:
    """Usulan to be written, placed already, each submitted and nothing more yet.

    A column that is None is blank in every row. Rows without a point have NaN for both numbers.
    """

    city_id: int
    edition_id: int
    source: str
    years: Sequence[int]
    categories: Sequence[str]
    titles: Sequence[str]
    problems: Sequence[str]
    created: Sequence[datetime]
    """In UTC."""
    updated: Sequence[datetime]
    longitudes: Floats
    latitudes: Floats
    area_codes: Sequence[str]
    """The lowest area of each."""
    chains: Mapping[str, Sequence[str | None]]
    """Of each area its code at every level from kota down."""
    source_ids: Column = None
    source_digests: Column = None
    doubts: Column = None
    details: Column = None
    """Kept with the event: JSON objects as text."""
    load_id: UUID | None = None
    """The load by an officer that creates them."""
    more: Mapping[str, Column] = field(default_factory=dict)
    """Other columns of the table by name; numbers and texts."""


@dataclass(frozen=True, slots=True)
class ReadyColumns:
    """Rows as COPY takes them, made without the database."""

    city_id: int
    ids: list[bytes]
    numbers: list[str]
    """Drawn; the city may have given some of them already."""
    references: References
    usulan: bytes
    events: bytes


def insert_columns(
    connection: Connection, rows: UsulanColumns, *, ids: IdSequence, rng: random.Random
) -> int:
    """Write rows and their histories; how many. The caller owns the transaction."""
    if not rows.years:
        return 0
    return copy_columns(connection, ready_columns(rows, ids=ids, rng=rng), rng=rng)


def ready_columns(rows: UsulanColumns, *, ids: IdSequence, rng: random.Random) -> ReadyColumns:
    """All that can be done before the database is asked; of at least one row."""
    created = packed.microseconds(rows.created)
    own = ids.take(len(created))
    numbers = usulan_numbers(rows.city_id, rows.years, rng)
    return ReadyColumns(
        rows.city_id,
        [each.tobytes() for each in own],
        numbers,
        References(
            frozenset((rows.edition_id, code) for code in rows.area_codes),
            frozenset(rows.categories),
        ),
        usulan=_usulan(rows, own, numbers, created),
        events=_events(rows, own, created, rng),
    )


def copy_columns(connection: Connection, ready: ReadyColumns, *, rng: random.Random) -> int:
    """Write what is ready and tell those who keep the city in memory; how many usulan."""
    count = copy_ready(connection, ready, rng=rng)
    connection.execute(load_statement("usulan", "tell_city"), {"city_id": ready.city_id})
    return count


def copy_ready(connection: Connection, ready: ReadyColumns, *, rng: random.Random) -> int:
    """Write what is ready, under other numbers where the city has given some already; how many."""
    numbers = free_numbers(connection, ready.city_id, ready.numbers, rng)
    usulan = ready.usulan
    for own, drawn, free in zip(ready.ids, ready.numbers, numbers, strict=True):
        if drawn != free:  # nearly every block has one or two; the rest of it stays as it is
            before, after = (own + packed.value(number.encode()) for number in (drawn, free))
            usulan = usulan.replace(before, after, 1)
    with keys_checked_together(connection, ready.city_id, ready.references):
        _copy(connection, COPY_USULAN, usulan)
        _copy(connection, COPY_EVENT, ready.events)
    return len(numbers)


def _copy(connection: Connection, statement: str, rows: bytes) -> None:
    with (
        connection.cursor() as cursor,
        cursor.copy(load_statement("usulan", statement)) as copy,
    ):
        copy.write(rows)


def _usulan(rows: UsulanColumns, ids: Bytes, numbers: list[str], created: Numbers) -> bytes:
    updated = created
    if rows.updated is not rows.created:
        updated = packed.microseconds(rows.updated)
    own = _sixteen(ids)
    more = {
        name: packed.each(column, _KINDS[name])
        for name, column in rows.more.items()
        if column is not None
    }
    blank = packed.NULL

    def told(*names: str) -> dict[str, packed.Column]:
        return {name: more.get(name, blank) for name in names}

    columns: dict[str, packed.Column] = {
        "city_id": packed.value(packed.smallint(rows.city_id)),
        "usulan_id": own,
        "number": packed.texts(numbers),
        "tracking_hash": blank,  # nobody waits for a tracking code
        "year": packed.fixed([(">i2", rows.years)], len(ids)),
        "category": packed.each(rows.categories, packed.text),
        "title": packed.texts(rows.titles),
        "problem": packed.texts(rows.problems),
        **told("address", "landmark", "volume", "unit"),
        **told("estimated_cost", "beneficiaries", "severity"),
        "inclusion": _lists(rows.more.get("inclusion")),
        "supporters": packed.value(packed.integer(0)),
        "geom position cell": _points(rows.longitudes, rows.latitudes),
        **told("accuracy_m"),
        "edition_id": packed.value(packed.integer(rows.edition_id)),
        "area_code kota kecamatan kelurahan rw rt": _chains(rows),
        "area_shares": blank,
        **told("declared_area"),
        "doubts": _lists(rows.doubts),
        "channel": more.get("channel", packed.value(b"musrenbang")),
        **told("funding"),
        "status": packed.value(FIRST_STATUS.encode()),
        "stage": blank,
        "published": packed.value(b"\x01"),
        "lineage_id": own,
        "sequence": packed.value(packed.smallint(0)),
        "continues_id": blank,
        "source": packed.value(rows.source.encode()),
        "source_id": blank if rows.source_ids is None else packed.texts(rows.source_ids),
        "source_digest": blank if rows.source_digests is None else _hashes(rows.source_digests),
        "load_id": blank if rows.load_id is None else packed.value(rows.load_id.bytes),
        "created updated": packed.fixed([(">i8", created), (">i8", updated)], len(ids)),
    }
    return packed.copied(copied_names("usulan", COPY_USULAN), columns, len(ids))


def _lists(column: Column) -> packed.Column:
    if column is None:
        return packed.value(packed.words(()))
    return packed.each([keys or () for keys in column], packed.words)


def _events(rows: UsulanColumns, ids: Bytes, created: Numbers, rng: random.Random) -> bytes:
    """The submissions, each hashed as `event_digest` says."""
    count = len(ids)
    nonces: Bytes = np.frombuffer(rng.randbytes(NONCE_BYTES * count), np.uint8).reshape(count, -1)
    details = rows.details or ["{}"] * count
    told = zip(_instants(rows.created), details, _cut(_hexes(nonces)), _id_texts(ids), strict=True)
    before, between, behind, end = _digested(rows.city_id)
    hashes = [
        hashlib.sha256(
            f"{before}{at}{between[0]}{more}{between[1]}{nonce}{behind}{own}{end}".encode()
        ).digest()
        for at, more, nonce, own in told
    ]
    blank = packed.NULL
    columns: dict[str, packed.Column] = {
        "city_id": packed.value(packed.smallint(rows.city_id)),
        "usulan_id": _sixteen(ids),
        "sequence": packed.value(packed.smallint(1)),
        "at": packed.fixed([(">i8", created)], count),
        "kind": packed.value(SUBMISSION.encode()),
        "from_status": blank,
        "to_status": packed.value(FIRST_STATUS.encode()),
        "stage": blank,
        "actor_role": packed.value(WARGA.encode()),
        **dict.fromkeys(("actor_area", "reason_code", "reason"), blank),
        "details": packed.each(details, packed.jsonb),
        "nonce": _sixteen(nonces),
        "previous": blank,
        "hash": _hashes(hashes),
    }
    return packed.copied(copied_names("usulan", COPY_EVENT), columns, count)


def _hashes(hashes: Sequence[bytes]) -> list[packed.Packed]:
    """Of SHA-256."""
    return packed.fixed([("V32", np.frombuffer(b"".join(hashes), "V32"))], len(hashes))


def _sixteen(made: Bytes) -> list[packed.Packed]:
    return packed.fixed([("V16", np.ascontiguousarray(made).view("V16")[:, 0])], len(made))


def _digested(city_id: int) -> tuple[str, tuple[str, str], str, str]:
    """What stands between the four things that differ in the canonical text of a submission."""
    step = submission_step(city_id, usulan_id="@id", at="@at", details="@details")
    canonical = orjson.dumps(
        {**step, "nonce": "@nonce", "previous": None}, option=orjson.OPT_SORT_KEYS
    ).decode()
    before, rest = canonical.split("@at")
    first, rest = rest.split('"@details"')
    second, rest = rest.split("@nonce")
    behind, end = rest.split("@id")
    return before, (first, second), behind, end


def submission_step(city_id: int, **told: object) -> dict[str, object]:
    """The columns of a submission's event that its digest vouches for."""
    blank = ("from_status", "stage", "actor_area", "reason_code", "reason")
    return {
        **dict.fromkeys(blank),
        "city_id": city_id,
        "sequence": 1,
        "kind": SUBMISSION,
        "to_status": FIRST_STATUS,
        "actor_role": WARGA,
        **told,
    }


def _id_texts(ids: Bytes) -> list[str]:
    text: Bytes = np.full((len(ids), 36), ord("-"), dtype=np.uint8)
    hexes = _hexes(ids)
    for place, (start, stop) in ((0, (0, 8)), (9, (8, 12)), (14, (12, 16)), (19, (16, 20))):
        text[:, place : place + stop - start] = hexes[:, start:stop]
    text[:, 24:] = hexes[:, 20:]
    return _cut(text)


def _points(longitudes: Floats, latitudes: Floats) -> list[packed.Packed]:
    """EWKB, the same again as the position, and cell of each; NULL where there is no point."""
    count = len(longitudes)
    made: Bytes = np.empty((count, 25), dtype=np.uint8)
    made[:, :9] = _POINT
    spots = np.stack([longitudes, latitudes], axis=1).astype("<f8")
    made[:, 9:] = spots.view(np.uint8).reshape(count, 16)
    has_point = ~np.isnan(longitudes)
    cells = np.zeros(count, dtype=np.int64)
    cells[has_point] = cells_at(longitudes[has_point], latitudes[has_point])
    shapes = made.view("V25")[:, 0]
    found = packed.fixed([("V25", shapes), ("V25", shapes), (">i8", cells)], count)
    for row in np.flatnonzero(~has_point).tolist():
        found[row] = packed.NULL * 3
    return found


def _hexes(made: Bytes) -> Bytes:
    """Each byte as its two letters."""
    letters: Bytes = np.empty((made.shape[0], made.shape[1] * 2), dtype=np.uint8)
    letters[:, 0::2] = _HEX[made >> 4]
    letters[:, 1::2] = _HEX[made & 0x0F]
    return letters


def _cut(letters: Bytes) -> list[str]:
    """Rows of letters as texts."""
    width = letters.shape[1]
    whole = letters.tobytes().decode("ascii")
    return [whole[place : place + width] for place in range(0, len(whole), width)]


def _instants(instants: Sequence[datetime]) -> list[str]:
    """As the digest writes them, which PostgreSQL reads too."""
    return orjson.dumps(list(instants))[2:-2].decode().split('","')


def _chains(rows: UsulanColumns) -> list[packed.Packed]:
    """The lowest area and its chain, ready for their six columns."""
    known = {
        code: b"".join(packed.each([code, *rows.chains[code]], packed.text))
        for code in set(rows.area_codes)
    }
    return [known[code] for code in rows.area_codes]
