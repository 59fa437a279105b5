"""Many usulan from typed columns to rows with one event each: no object is made for a row.

The same rows as `app.usulan.bulk.insert_usulan` writes for records whose history is their
submission; a test holds the two together. COPY gets blocks of text that are joined column by
column, so that a row costs a few microseconds here and the database sets the pace.
"""

import hashlib
import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import repeat
from operator import add
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import orjson
from psycopg import Connection

from app.statements import load_statement
from app.usulan.bulk import free_numbers
from app.usulan.history import NONCE_BYTES
from app.usulan.numbers import ID_NOISE_BYTES, usulan_numbers
from app.usulan.workflow import FIRST_STATUS, SUBMISSION, WARGA
from spatial.grid import cells_at

NULL = "\\N"
_HEX = np.frombuffer(b"0123456789abcdef", dtype=np.uint8)
_POINT = np.frombuffer(bytes.fromhex("0101000020e6100000"), dtype=np.uint8)
_ESCAPED = (("\\", "\\\\"), ("\n", "\\n"), ("\r", "\\r"), ("\t", "\\t"))
_SPLIT = "\x00"

Floats = npt.NDArray[np.float64]
Bytes = npt.NDArray[np.uint8]
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
    more: Mapping[str, Column] = field(default_factory=dict)
    """Other columns of the table by name; numbers and texts."""


@dataclass(frozen=True, slots=True)
class ReadyColumns:
    """Rows as COPY takes them, made without the database."""

    city_id: int
    ids: list[str]
    numbers: list[str]
    """Drawn; the city may have given some of them already."""
    usulan: bytes
    events: bytes


def insert_columns(connection: Connection, rows: UsulanColumns, *, rng: random.Random) -> int:
    """Write rows and their histories; how many. The caller owns the transaction."""
    if not rows.years:
        return 0
    return copy_columns(connection, ready_columns(rows, rng=rng), rng=rng)


def ready_columns(rows: UsulanColumns, *, rng: random.Random) -> ReadyColumns:
    """All that can be done before the database is asked; of at least one row."""
    ids = _ids(rows.created, rng)
    numbers = list(usulan_numbers(rows.city_id, rows.years, rng))
    created = _instants(rows.created)
    return ReadyColumns(
        rows.city_id,
        ids,
        numbers,
        usulan=_usulan_block(rows, ids, numbers),
        events=_events(rows, ids, created, rng),
    )


def copy_columns(connection: Connection, ready: ReadyColumns, *, rng: random.Random) -> int:
    """Write what is ready, under other numbers where the city has given some already."""
    numbers = free_numbers(connection, ready.city_id, ready.numbers, rng)
    usulan = ready.usulan
    for own, drawn, free in zip(ready.ids, ready.numbers, numbers, strict=True):
        if drawn != free:  # nearly every block has one or two; the rest of it stays as it is
            before, after = (f"\t{own}\t{number}\t".encode() for number in (drawn, free))
            usulan = usulan.replace(before, after, 1)
    for statement, text in (("copy_usulan", usulan), ("copy_event", ready.events)):
        with (
            connection.cursor() as cursor,
            cursor.copy(load_statement("usulan", statement)) as copy,
        ):
            copy.write(text)
    connection.execute(load_statement("usulan", "tell_city"), {"city_id": ready.city_id})
    return len(numbers)


def _usulan_block(rows: UsulanColumns, ids: list[str], numbers: list[str]) -> bytes:
    created = _instants(rows.created)
    has_point = ~np.isnan(rows.longitudes)
    shapes, cells = _points(rows.longitudes, rows.latitudes, has_point)
    chain = _chain_texts(rows)
    plain = {name: _texts(column) for name, column in rows.more.items() if name != "inclusion"}
    blank = NULL
    columns: list[Iterable[str] | str] = [
        str(rows.city_id),
        ids,
        numbers,
        NULL,  # nobody waits for a tracking code
        map(str, rows.years),
        rows.categories,
        _escaped(rows.titles),
        _escaped(rows.problems),
        *(plain.get(name, blank) for name in ("address", "landmark", "volume", "unit")),
        *(plain.get(name, blank) for name in ("estimated_cost", "beneficiaries", "severity")),
        _arrays(rows.more.get("inclusion")),
        "0",
        shapes,
        shapes,
        cells,
        plain.get("accuracy_m", blank),
        str(rows.edition_id),
        chain,
        blank,
        plain.get("declared_area", blank),
        _arrays(rows.doubts),
        plain.get("channel", "musrenbang"),
        plain.get("funding", blank),
        FIRST_STATUS,
        blank,
        "t",
        ids,
        "0",
        blank,
        rows.source,
        _texts(rows.source_ids),
        _bytea(rows.source_digests),
        created,
        created if rows.updated is rows.created else _instants(rows.updated),
    ]
    return _block(columns)


def _events(rows: UsulanColumns, ids: list[str], created: list[str], rng: random.Random) -> bytes:
    """The submissions, each hashed as `event_digest` says."""
    count = len(ids)
    noise = rng.randbytes(NONCE_BYTES * count).hex()
    nonces = [noise[place : place + 2 * NONCE_BYTES] for place in range(0, len(noise), 32)]
    details = rows.details or ["{}"] * count
    before, between, behind, end = _digested(rows.city_id)
    hashes = [
        hashlib.sha256(
            f"{before}{at}{between[0]}{more}{between[1]}{nonce}{behind}{own}{end}".encode()
        ).hexdigest()
        for at, more, nonce, own in zip(created, details, nonces, ids, strict=True)
    ]
    return _block(
        [
            str(rows.city_id),
            ids,
            "1",
            created,
            SUBMISSION,
            NULL,
            FIRST_STATUS,
            NULL,
            WARGA,
            *(NULL,) * 3,
            "{}" if rows.details is None else _escaped(details),
            map(add, repeat("\\\\x"), nonces),
            NULL,
            map(add, repeat("\\\\x"), hashes),
        ]
    )


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


def _ids(created: Sequence[datetime], rng: random.Random) -> list[str]:
    """UUIDs of version 7 at the instants, as `usulan_id_at` makes them one by one."""
    count = len(created)
    noise = np.frombuffer(rng.randbytes(ID_NOISE_BYTES * count), dtype=np.uint8)
    made: Bytes = np.empty((count, 16), dtype=np.uint8)
    milliseconds = np.array([int(at.timestamp() * 1000) for at in created], dtype=">u8")
    made[:, :6] = milliseconds.view(np.uint8).reshape(count, 8)[:, 2:]
    made[:, 6:] = noise.reshape(count, ID_NOISE_BYTES)
    made[:, 6] = made[:, 6] & 0x0F | 0x70
    made[:, 8] = made[:, 8] & 0x3F | 0x80
    text: Bytes = np.full((count, 36), ord("-"), dtype=np.uint8)
    hexes = _hexes(made)
    for place, (start, stop) in ((0, (0, 8)), (9, (8, 12)), (14, (12, 16)), (19, (16, 20))):
        text[:, place : place + stop - start] = hexes[:, start:stop]
    text[:, 24:] = hexes[:, 20:]
    return _cut(text)


def _points(
    longitudes: Floats, latitudes: Floats, has_point: npt.NDArray[np.bool_]
) -> tuple[list[str], list[str]]:
    """EWKB and cell of each, blank where there is no point."""
    count = len(longitudes)
    made: Bytes = np.empty((count, 25), dtype=np.uint8)
    made[:, :9] = _POINT
    spots = np.stack([longitudes, latitudes], axis=1).astype("<f8")
    made[:, 9:] = spots.view(np.uint8).reshape(count, 16)
    shapes = _cut(_hexes(made))
    cells = [NULL] * count
    located = np.flatnonzero(has_point).tolist()
    found = cells_at(longitudes[has_point], latitudes[has_point]).tolist()
    if len(located) == count:
        return shapes, list(map(str, found))
    for row, cell in zip(located, found, strict=True):
        cells[row] = str(cell)
    for row in np.flatnonzero(~has_point).tolist():
        shapes[row] = NULL
    return shapes, cells


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


def _chain_texts(rows: UsulanColumns) -> list[str]:
    """The lowest area and its chain, ready for their six columns."""
    texts = {
        code: "\t".join((code, *(each or NULL for each in rows.chains[code])))
        for code in set(rows.area_codes)
    }
    return [texts[code] for code in rows.area_codes]


def _texts(column: Column) -> Sequence[str]:
    """A column of numbers or texts; blank where a value is None."""
    if column is None:
        return NULL
    if None not in column and all(map(_is_text, column)):
        return _escaped(column)
    return [
        NULL if each is None else _escape(each) if isinstance(each, str) else str(each)
        for each in column
    ]


def _is_text(value: object) -> bool:
    return type(value) is str


def _escaped(texts: Sequence[str]) -> Sequence[str]:
    joined = _SPLIT.join(texts)
    if not any(sign in joined for sign, _ in _ESCAPED):
        return texts
    return _escape(joined).split(_SPLIT)


def _escape(text: str) -> str:
    for sign, written in _ESCAPED:
        text = text.replace(sign, written)
    return text


def _arrays(column: Column) -> list[str] | str:
    """Array literals of plain keys."""
    if column is None:
        return "{}"
    known = {words: "{" + ",".join(words) + "}" if words else "{}" for words in set(column)}
    return [known[words] for words in column]


def _bytea(column: Column) -> list[str] | str:
    return NULL if column is None else ["\\\\x" + each.hex() for each in column]


def _block(columns: Sequence[Iterable[str] | str]) -> bytes:
    """Lines of COPY; neighbours that are the same in every row are joined once."""
    parts: list[Iterable[str]] = []
    constants: list[str] = []
    for column in columns:
        if isinstance(column, str):
            constants.append(column)
            continue
        if constants:
            parts.append(repeat("\t".join(constants)))
            constants = []
        parts.append(column)
    if constants:
        parts.append(repeat("\t".join(constants)))
    return ("\n".join(map("\t".join, zip(*parts, strict=False))) + "\n").encode()
