"""The outbox, emptied letter by letter for as long as the process runs.

At least once: a notice is taken up for `LEASE` in a transaction of its own, then sent, then marked.
Killed before the sending, it is sent when the lease is over; killed between sending and marking,
it is sent again with the same Message-ID, by which mail programs know it for one letter.
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from threading import Thread
from typing import TypeAlias
from urllib.parse import urlsplit

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from app.database import DATABASE_ERRORS, Database
from app.mail import Letter, MailServer, NotDelivered, send
from app.notices import queries
from app.notices.words import LETTERS, LINK_LETTERS, ROLE_LETTERS, STATUSES, LetterWords
from app.rows import AnyRow
from app.tokens import digest_of, invitation_token

EVERY_S = 5.0
LEASE = timedelta(minutes=10)
"""Longer than a mail server can make one letter take."""
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 480))
"""Between attempts; after the last one it is given up."""
OF_USE = timedelta(days=3)
KEPT = timedelta(days=30)
_SWEEP_EVERY = timedelta(hours=1)
_log = structlog.get_logger("peta.notices")


@dataclass(frozen=True, slots=True)
class Post:
    """What letters are made of and through whom they go."""

    database: Database
    base_url: str
    server: MailServer | None
    """None: nothing is sent, and notices are only swept."""
    secret: bytes
    """Of the installation, from which links are derived."""


async def send_until_ended(post: Post) -> None:
    """Until it is cancelled; a database that is away is asked again a little later."""
    swept = datetime.min.replace(tzinfo=UTC)
    while True:
        try:
            while post.server is not None and await send_next(post, post.server):
                pass
            if datetime.now(UTC) - swept > _SWEEP_EVERY:
                swept = datetime.now(UTC)
                async with post.database.staff_session() as connection:
                    await queries.sweep(connection, before=swept - KEPT)
        except (*DATABASE_ERRORS, OSError) as error:
            _log.warning("notices_wait", error=type(error).__name__)
        await asyncio.sleep(EVERY_S)


async def send_next(post: Post, server: MailServer, *, now: datetime | None = None) -> bool:
    """Send the notice that is due the longest; whether there was one."""
    now = now or datetime.now(UTC)
    async with post.database.staff_session() as connection:
        notice = await queries.claim(connection, now=now, again=now + LEASE)
    if notice is None:
        return False
    try:
        letter = await _write(post, notice, now)
        await _handed_over(server, letter)
    except NotDelivered as failed:
        await _mark_failed(post, notice, failed, now)
    else:
        await _mark(post, notice, {"sent": now, "failure": None, "reply_code": None})
        _log.info("notice_sent", kind=notice.kind, attempts=notice.attempts)
    return True


async def _handed_over(server: MailServer, letter: Letter) -> None:
    """Send in a thread that a process which stops does not wait for.

    A mail server may take its time over each answer; what it takes after the end is not marked,
    and is sent again as after a kill.
    """
    loop = asyncio.get_running_loop()
    outcome: asyncio.Future[None] = loop.create_future()

    def settle(failed: BaseException | None) -> None:
        if outcome.done():
            return
        if failed is None:
            outcome.set_result(None)
        else:
            outcome.set_exception(failed)

    def work() -> None:
        failed: BaseException | None = None
        try:
            send(server, letter)
        except BaseException as error:  # noqa: BLE001 - raised where it is waited for
            failed = error
        with suppress(RuntimeError):  # the loop has ended meanwhile
            loop.call_soon_threadsafe(settle, failed)

    Thread(target=work, name="letter", daemon=True).start()
    await outcome


async def _write(post: Post, notice: AnyRow, now: datetime) -> Letter:
    if notice.attempts > len(PAUSES) + 1:
        raise NotDelivered("terputus", is_final=True)
    if now - notice.created > OF_USE:
        raise NotDelivered("terlambat", is_final=True)
    async with post.database.staff_reading() as connection:
        words, recipient, facts = await _teller_of(notice)(connection, post, notice, now)
    return Letter(
        message_id=f"<{notice.notice_id}@{urlsplit(post.base_url).hostname}>",
        recipient=recipient,
        subject=words.subject.in_language(notice.language).format_map(facts),
        body=words.body.in_language(notice.language).format_map(facts),
        language=notice.language,
        written=notice.created,
    )


Told: TypeAlias = tuple[LetterWords, str, dict[str, str]]
"""The words of a letter, its recipient, and the facts that the words name."""


def _teller_of(notice: AnyRow) -> Callable[..., Awaitable[Told]]:
    if notice.account_id is None:
        return _step
    return _role if notice.kind in ROLE_LETTERS else _invited


async def _step(connection: AsyncConnection, post: Post, notice: AnyRow, _now: datetime) -> Told:
    step = await queries.find_step(connection, notice)
    if step is None:
        raise NotDelivered("tanpa_penerima", is_final=True)
    status = STATUSES[step.to_status].in_language(notice.language)
    facts = {"number": step.number, "status": status, "base": post.base_url.rstrip("/")}
    return LETTERS[notice.kind], step.email, facts


async def _invited(connection: AsyncConnection, post: Post, notice: AnyRow, now: datetime) -> Told:
    token = invitation_token(post.secret, notice.notice_id)
    address = await queries.find_reached(connection, notice.account_id, digest_of(token), now)
    if address is None:
        raise NotDelivered("tautan_habis", is_final=True)
    # What follows the `#` reaches no server and no log of one.
    link = f"{post.base_url.rstrip('/')}/masuk#undangan={token}"
    return LINK_LETTERS[notice.kind], address, {"link": link}


async def _role(connection: AsyncConnection, post: Post, notice: AnyRow, _now: datetime) -> Told:
    address = await queries.find_address(connection, notice.account_id)
    if address is None:
        raise NotDelivered("tanpa_penerima", is_final=True)
    return ROLE_LETTERS[notice.kind], address, {"base": post.base_url.rstrip("/")}


async def _mark_failed(post: Post, notice: AnyRow, failed: NotDelivered, now: datetime) -> None:
    told = {"failure": failed.failure, "reply_code": failed.reply_code}
    if failed.is_final or notice.attempts > len(PAUSES):
        await _mark(post, notice, {**told, "given_up": now})
    else:
        await _mark(post, notice, {**told, "due": now + PAUSES[notice.attempts - 1]})
    _log.warning("notice_failed", kind=notice.kind, attempts=notice.attempts, **told)


async def _mark(post: Post, notice: AnyRow, changes: dict[str, object]) -> None:
    async with post.database.staff_session() as connection:
        await queries.mark(connection, notice, changes)
