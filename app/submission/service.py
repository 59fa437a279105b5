"""A resident's submission: checked, placed, written in one transaction, answered."""

import hashlib
import random
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

import orjson
import psycopg
from shapely.geometry.base import BaseGeometry

from app.accounts.attempts import seconds_left, span_of
from app.areas.placing import Place
from app.cities.queries import City
from app.errors import Busy, Conflict, FieldError, InvalidFields, TooOften
from app.field_words import field_code, field_words
from app.language import Language
from app.lines import AnyConnection
from app.submission import queries
from app.submission.answer import answer_again, answer_first, around
from app.submission.checks import check_rules, find_lineage, place_draft, place_draft_at_hand
from app.submission.queries import Outcome, Received, Rules, Sheet, sheet_of
from app.submission.record import Lineage, Record, as_text, row_of
from app.submission.schemas import UsulanDraft
from app.submission.senders import bounds_of, senders_of
from app.usulan.codes import tracking_code
from app.usulan.history import NONCE_BYTES
from app.usulan.numbers import ID_NOISE_BYTES, usulan_id_at, usulan_number
from spatial.assign import AreaIndex

_KEY = re.compile(r"[!-~]{1,200}")
KEY_KEPT = timedelta(days=30)
MOST_NUMBERS_TRIED = 20
_LOOKS_FOR_KEY = 3
"""A key that is taken between the look and the writing is found by the next look."""
Write = Callable[[Sheet], Awaitable[Outcome]]


@dataclass(frozen=True, slots=True)
class Sending:
    """The circumstances of one request, everything that is not in its body."""

    city_code: str
    key: str | None
    secret: bytes
    publishes_at_once: bool
    now: datetime
    rng: random.Random
    language: Language = "id"
    holds_anonymous: bool = False
    """Whether so much comes without a contact that it is looked at before it is shown."""
    address: str = ""
    """From where it comes."""


class Known(NamedTuple):
    """What is remembered of a city and a category, and the areas that it was placed in then."""

    received: Received
    areas: AreaIndex


class _Placed(NamedTuple):
    usulan_id: UUID
    place: Place
    geometry: BaseGeometry | None
    lineage: Lineage


class NoFreeNumber(RuntimeError):
    """Twenty random numbers in a row were taken: the year's numbers are used up."""


async def submit(
    connection: AnyConnection, received: Received, draft: UsulanDraft, sending: Sending
) -> dict[str, Any]:
    """Write an usulan and say what became of it; the same key and body again, the same answer.

    Raises Busy when other boundaries became active since it was placed.
    """
    city, digest = received.city, _digest(draft)
    _require_key(sending.key)
    for _ in range(_LOOKS_FOR_KEY):
        earlier = await _find_earlier(connection, city, digest, sending)
        if earlier is not None:
            return await answer_again(connection, city, earlier, sending.secret)
        record = await _asked_record(connection, received, draft, sending)
        answer = await _written(_alone(connection), record, received, sending, digest)
        if answer is not None:
            return answer
    raise Busy


async def submit_at_hand(
    write: Write, known: Known, draft: UsulanDraft, sending: Sending
) -> dict[str, Any] | None:
    """The same in one sending to the database, for what can be judged without asking it.

    None where it cannot, where what was known is no longer so, and where its key led to something
    before: then `submit` has the word.
    """
    received, areas = known
    if draft.geometry is None or draft.continues is not None:
        return None
    digest = _digest(draft)
    _require_key(sending.key)
    rules = check_rules(received.rules, draft)
    placed = place_draft_at_hand(areas, received.city, draft)
    if placed is None:
        return None
    usulan_id = _new_id(sending)
    lineage = Lineage(usulan_id, 0, None)
    record = _record(received.city, rules, draft, sending, _Placed(usulan_id, *placed, lineage))
    try:
        return await _written(write, record, received, sending, digest)
    except (Busy, psycopg.IntegrityError):
        return None


def planning_year(now: datetime, time_zone: str) -> int:
    """Without a calendar, the year after the one it is sent in, by the clock of the city."""
    return now.astimezone(ZoneInfo(time_zone)).year + 1


def is_shown_at_once(rules: Rules, draft: UsulanDraft, sending: Sending) -> bool:
    """Whether the public sees it before an officer has looked.

    By the rule of its city, else that of the installation; while many come without a contact,
    none of these.
    """
    if sending.holds_anonymous and draft.is_anonymous:
        return False
    return rules.publication == "at_once" if rules.publication else sending.publishes_at_once


def _digest(draft: UsulanDraft) -> bytes:
    try:
        sent = draft.model_dump(mode="json", exclude_unset=True)
        plain = orjson.dumps(sent, option=orjson.OPT_SORT_KEYS)
    except (TypeError, ValueError, RecursionError) as error:  # only a geometry can be that deep
        too_deep = FieldError("/geometry", "TERLALU_DALAM", field_words("too_deep", {}))
        raise InvalidFields(errors=[too_deep]) from error
    return hashlib.sha256(plain).digest()


def _require_key(key: str | None) -> None:
    if key is not None and not _KEY.fullmatch(key):
        raise InvalidFields(
            errors=[FieldError("Idempotency-Key", "FORMAT_TIDAK_SAH", field_words("key", {}))]
        )


async def _find_earlier(
    connection: AnyConnection, city: City, digest: bytes, sending: Sending
) -> UUID | None:
    """The usulan that this key has led to; Conflict when it came with another body."""
    if sending.key is None:
        return None
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


async def _asked_record(
    connection: AnyConnection, received: Received, draft: UsulanDraft, sending: Sending
) -> Record:
    city, rules = received.city, check_rules(received.rules, draft)
    place, geometry = await place_draft(connection, city, draft, rules)
    usulan_id, year = _new_id(sending), planning_year(sending.now, city.time_zone)
    lineage = await find_lineage(connection, city, draft, place, usulan_id=usulan_id, year=year)
    return _record(city, rules, draft, sending, _Placed(usulan_id, place, geometry, lineage))


def _new_id(sending: Sending) -> UUID:
    return usulan_id_at(sending.now, sending.rng.randbytes(ID_NOISE_BYTES))


def _record(
    city: City, rules: Rules, draft: UsulanDraft, sending: Sending, placed: _Placed
) -> Record:
    return Record(
        city_id=city.city_id,
        usulan_id=placed.usulan_id,
        draft=draft,
        place=placed.place,
        geometry=placed.geometry,
        lineage=placed.lineage,
        year=planning_year(sending.now, city.time_zone),
        precision=rules.precision,
        published=is_shown_at_once(rules, draft, sending),
        created=sending.now,
        language=sending.language,
    )


async def _written(
    write: Write, record: Record, received: Received, sending: Sending, digest: bytes
) -> dict[str, Any] | None:
    """The answer once it stands under the first random number that is free.

    None where its key is taken. Raises Busy when what was known of the city is no longer so,
    TooOften where its sender has sent his most.
    """
    code = tracking_code(sending.secret, record.usulan_id)
    row = row_of(record, received, code=code, nonce=sending.rng.randbytes(NONCE_BYTES))
    row |= {"key": sending.key, "body_digest": as_text(digest), "span": span_of(sending.now)}
    bounds = bounds_of(record.draft, city_code=sending.city_code, address=sending.address)
    row["senders"] = senders_of(bounds, sending.secret)
    nearby = around(record.position, record.created)
    for _ in range(MOST_NUMBERS_TRIED):
        number = usulan_number(record.city_id, record.year, sending.rng)
        outcome = await write(sheet_of({**row, "number": number}, nearby))
        if outcome.is_written:
            return answer_first(received.city, record, outcome.similar, number=number, code=code)
        if not outcome.is_known:
            raise Busy
        if outcome.is_too_often:
            raise TooOften(facts={"seconds": seconds_left(sending.now)})
        if outcome.is_free and sending.key is not None:
            return None
    raise NoFreeNumber(record.year)


def _alone(connection: AnyConnection) -> Write:
    async def write(sheet: Sheet) -> Outcome:
        [outcome] = await queries.submit(connection, [sheet])
        return outcome

    return write
