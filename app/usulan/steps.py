"""Histories as binary COPY takes them, each step hashed as `event_digest` says.

A step costs a few microseconds: what many steps say alike is made ready once for all of them.
"""

import hashlib
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC
from functools import cache, lru_cache
from itertools import chain
from typing import Any, TypeAlias
from uuid import UUID

import orjson

from app.statements import copied_names
from app.usulan import packed
from app.usulan.history import DIGESTED, NONCE_BYTES
from app.usulan.records import NewEvent

COPY_EVENT = "copy_packed_event"
_MOST_KNOWN = 1 << 15
_SAID = (
    "city_id",
    "kind",
    "from_status",
    "to_status",
    "stage",
    "actor_role",
    "reason_code",
    "reason",
)
"""What many steps say alike."""
_JOINED = (
    "city_id usulan_id sequence at kind from_status to_status stage actor_role actor_area"
    " reason_code reason details nonce previous hash"
)
"""As `_history` puts a row together."""
_QUOTED = frozenset({"at", "nonce", "usulan_id"})
_NOTHING = packed.value(packed.jsonb("{}"))

_Told: TypeAlias = Iterator[tuple[str, packed.Packed, str, packed.Packed]]
"""Of each step its instant and its nonce, both as the digest and as COPY wants them."""


@dataclass(frozen=True, slots=True)
class _Words:
    """The same, ready."""

    ahead: packed.Packed
    """Kind to role, as the row has them; the area follows."""
    reason: packed.Packed
    around: tuple[str, ...]
    """The canonical text that stands around what differs."""


def ready_steps(
    city_id: int,
    ids: Sequence[UUID],
    histories: Sequence[Sequence[NewEvent]],
    *,
    rng: random.Random,
) -> bytes:
    """Rows of `peta.usulan_event` for usulan that have none yet, each history oldest first."""
    steps = list(chain.from_iterable(histories))
    told = _told(steps, rng.randbytes(len(steps) * NONCE_BYTES))
    rows: list[packed.Packed] = []
    for own, events in zip(ids, histories, strict=True):
        rows.extend(_history(city_id, own, events, told))
    names = copied_names("usulan", COPY_EVENT)
    return packed.copied(names, {_JOINED: rows}, len(rows))


def _told(steps: Sequence[NewEvent], noise: bytes) -> _Told:
    instants = [step.at.astimezone(UTC) for step in steps]
    texts = orjson.dumps(instants)[2:-2].decode().split('","')
    ready = packed.fixed([(">i8", packed.microseconds(instants))], len(steps))
    hexes = noise.hex()
    starts = range(0, len(noise), NONCE_BYTES)
    nonces = [hexes[2 * start : 2 * (start + NONCE_BYTES)] for start in starts]
    drawn = [packed.value(noise[start : start + NONCE_BYTES]) for start in starts]
    return zip(texts, ready, nonces, drawn, strict=True)


def _history(
    city_id: int, own: UUID, events: Sequence[NewEvent], told: _Told
) -> Iterator[packed.Packed]:
    whose, own_text = packed.value(packed.smallint(city_id)) + packed.value(own.bytes), str(own)
    status, before, previous = None, packed.NULL, "null"
    # Asked before `told`, which belongs to the next history too, `events` ends the two of them.
    for number, (event, (at, instant, nonce, drawn)) in enumerate(
        zip(events, told, strict=False), start=1
    ):
        words = _words((city_id, event.kind, status, *_end_of(event)))
        where, area = _area(event.actor_area)
        details, kept = _details(event)
        a, b, c, d, e, f, g, end = words.around
        canonical = (
            f"{a}{where}{b}{at}{c}{details}{d}{nonce}{e}{previous}{f}{number}{g}{own_text}{end}"
        )
        digest = hashlib.sha256(canonical.encode()).digest()
        hashed = packed.value(digest)
        place = (whose, _number(number), instant, words.ahead, area, words.reason)
        yield b"".join((*place, kept, drawn, before, hashed))
        status, before, previous = event.status, hashed, f'"{digest.hex()}"'


def _end_of(event: NewEvent) -> tuple[str | None, ...]:
    return (event.status, event.stage, event.actor_role, event.reason_code, event.reason)


@lru_cache(_MOST_KNOWN)
def _words(said: tuple[Any, ...]) -> _Words:
    step = dict(zip(_SAID, said, strict=True))
    ahead = ("kind", "from_status", "to_status", "stage", "actor_role")
    return _Words(
        b"".join(packed.each([step[name] for name in ahead], packed.text)),
        b"".join(packed.each([step["reason_code"], step["reason"]], packed.text)),
        tuple(_around(step)),
    )


def _around(step: Mapping[str, Any]) -> Iterator[str]:
    """The canonical text cut at what differs."""
    text = "{"
    for name in sorted((*DIGESTED, "nonce", "previous")):
        text += f'"{name}":'
        if name in step:
            text += f"{orjson.dumps(step[name]).decode()},"
            continue
        quote = '"' if name in _QUOTED else ""
        yield text + quote
        text = quote + ","
    yield text.removesuffix(",") + "}"


@lru_cache(_MOST_KNOWN)
def _area(code: str | None) -> tuple[str, packed.Packed]:
    return orjson.dumps(code).decode(), packed.each([code], packed.text)[0]


def _details(event: NewEvent) -> tuple[str, packed.Packed]:
    if not event.details:
        return "{}", _NOTHING
    text = orjson.dumps(event.details, option=orjson.OPT_SORT_KEYS).decode()
    return text, packed.value(packed.jsonb(text))


@cache
def _number(sequence: int) -> packed.Packed:
    return packed.value(packed.smallint(sequence))
