"""A resident's submission: checked, placed, written in one transaction, answered."""

import hashlib
import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import orjson

from app.cities.queries import City
from app.errors import Conflict, FieldError, InvalidFields
from app.field_words import field_code, field_words
from app.lines import AnyConnection
from app.rows import AnyRow
from app.submission import queries
from app.submission.answer import answer_again, answer_first, around
from app.submission.checks import check_rules, find_lineage, place_draft
from app.submission.queries import Received
from app.submission.record import Record, values_of
from app.submission.schemas import UsulanDraft
from app.usulan.codes import tracking_code
from app.usulan.numbers import ID_NOISE_BYTES, usulan_id_at, usulan_number

_KEY = re.compile(r"[!-~]{1,200}")
KEY_KEPT = timedelta(days=30)
MOST_NUMBERS_TRIED = 20


@dataclass(frozen=True, slots=True)
class Sending:
    """The circumstances of one request, everything that is not in its body."""

    city_code: str
    key: str | None
    secret: bytes
    publishes_at_once: bool
    now: datetime
    rng: random.Random


class NoFreeNumber(RuntimeError):
    """Twenty random numbers in a row were taken: the year's numbers are used up."""


async def submit(connection: AnyConnection, draft: UsulanDraft, sending: Sending) -> dict[str, Any]:
    """Write an usulan and say what became of it; the same key and body again, the same answer."""
    received = await queries.receive(connection, sending.city_code, draft.category)
    city, digest = received.city, _digest(draft)
    earlier = await _find_earlier(connection, city, digest, sending)
    if earlier is not None:
        return await answer_again(connection, city, earlier, sending.secret)
    record = await _record(connection, received, draft, sending)
    number, similar = await _write(connection, record, sending, digest)
    code = tracking_code(sending.secret, record.usulan_id)
    return answer_first(city, record, similar, number=number, code=code)


def planning_year(now: datetime, time_zone: str) -> int:
    """Without a calendar, the year after the one it is sent in, by the clock of the city."""
    return now.astimezone(ZoneInfo(time_zone)).year + 1


def _digest(draft: UsulanDraft) -> bytes:
    try:
        sent = draft.model_dump(mode="json", exclude_unset=True)
        plain = orjson.dumps(sent, option=orjson.OPT_SORT_KEYS)
    except (TypeError, ValueError, RecursionError) as error:  # only a geometry can be that deep
        too_deep = FieldError("/geometry", "TERLALU_DALAM", field_words("too_deep", {}))
        raise InvalidFields(errors=[too_deep]) from error
    return hashlib.sha256(plain).digest()


async def _find_earlier(
    connection: AnyConnection, city: City, digest: bytes, sending: Sending
) -> UUID | None:
    """The usulan that this key has led to; Conflict when it came with another body."""
    if sending.key is None:
        return None
    if not _KEY.fullmatch(sending.key):
        raise InvalidFields(
            errors=[FieldError("Idempotency-Key", "FORMAT_TIDAK_SAH", field_words("key", {}))]
        )
    await queries.lock_key(connection, city.city_id, sending.key)
    since = sending.now - KEY_KEPT
    found = await queries.find_submission(connection, city.city_id, sending.key, since=since)
    if found is None:
        await queries.forget_submission(connection, city.city_id, sending.key)
        return None
    stored, usulan_id = found
    if stored != digest:
        used = FieldError("Idempotency-Key", field_code("key_used"), field_words("key_used", {}))
        raise Conflict(errors=[used])
    return usulan_id


async def _record(
    connection: AnyConnection, received: Received, draft: UsulanDraft, sending: Sending
) -> Record:
    city, rules = received.city, check_rules(received.rules, draft)
    year = planning_year(sending.now, city.time_zone)
    place, geometry = await place_draft(connection, city, draft, rules)
    usulan_id = usulan_id_at(sending.now, sending.rng.randbytes(ID_NOISE_BYTES))
    lineage = await find_lineage(connection, city, draft, place, usulan_id=usulan_id, year=year)
    publication = rules.publication
    at_once = publication == "at_once" if publication else sending.publishes_at_once
    return Record(
        city_id=city.city_id,
        usulan_id=usulan_id,
        draft=draft,
        place=place,
        geometry=geometry,
        lineage=lineage,
        year=year,
        precision=rules.precision,
        published=at_once,
        created=sending.now,
    )


async def _write(
    connection: AnyConnection, record: Record, sending: Sending, digest: bytes
) -> tuple[str, Sequence[AnyRow]]:
    """Write the record under the first random number that is free; that and what is like it."""
    values = values_of(record, sending.secret, sending.rng)
    values |= {"key": sending.key, "body_digest": digest}
    nearby = around(record.position, record.created)
    for _ in range(MOST_NUMBERS_TRIED):
        number = usulan_number(record.city_id, record.year, sending.rng)
        similar = await queries.submit(connection, {**values, "number": number}, nearby)
        if similar is not None:
            return number, similar
    raise NoFreeNumber(record.year)
