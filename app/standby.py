"""While the database is away, numbers are those that the process has in memory, and say of when.

A route that stands by (`StandsBy`) is asked as always. Where that ends in "busy" it is asked once
more, of the state that the city's index stands at and without any transaction: what needs none is
answered, with the moment it speaks of in a header; the rest stays busy.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Hashable
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Generic, NamedTuple, NoReturn, TypeVar, cast

import structlog
from cachetools import LRUCache
from fastapi.routing import APIRoute
from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute
from starlette.types import Message, Receive, Scope, Send

from app.database import DATABASE_ERRORS, is_busy
from app.errors import Busy
from app.resident.shelf import Standing

AS_OF = "Peta-As-Of"
FRESH_S, WHOLE_S = 4.2, 4.8
"""How long an answer is waited for that may take several pieces of work in the database, and how
long with the look into memory: whoever asks is told that we are busy before five seconds."""
SHORTLY = "public, max-age=2"
"""How long an answer from memory may be kept: the database may be back any moment."""
_STANDING = "peta.standing"
_MOST_KEPT = 64
_log = structlog.get_logger("peta.standby")
_BUSY_STATUS, _REFUSED = 503, 400

_Answer = TypeVar("_Answer")
_Read = TypeVar("_Read")


class _NoTransaction:
    """Stands where a transaction would: whoever needs one is told that the database is away."""

    def __getattr__(self, name: str) -> NoReturn:
        raise Busy


NO_TRANSACTION = cast("AsyncConnection", _NoTransaction())


@asynccontextmanager
async def no_session() -> AsyncIterator[AsyncConnection]:
    """Stands where a session would."""
    yield NO_TRANSACTION


class Kept(NamedTuple, Generic[_Read]):
    """What was read, and when: it shows all that was committed before."""

    content: _Read
    read_at: datetime


class LastRead(Generic[_Read]):
    """What was read last, by key, for while the database is away."""

    def __init__(self) -> None:
        self._kept: LRUCache[Hashable, Kept[_Read]] = LRUCache(_MOST_KEPT)

    async def of(
        self, key: Hashable, read: Callable[[], Awaitable[_Read]], *, now: datetime
    ) -> Kept[_Read]:
        """What there is to read; what was read last where `read` has no transaction."""
        try:
            found = Kept(await read(), now)
        except Busy:
            kept = self._kept.get(key)
            if kept is None:
                raise
            return kept
        self._kept[key] = found
        return found


class Presence:
    """Whether the database answered last time. While it does not, one at a time tries again.

    A database that hangs costs whoever asks some seconds, so that not everyone may ask. Only who
    can be answered from memory is the one who tries: what needs the database may have failed by
    its own weight, and would keep the others waiting for its next failure.
    """

    def __init__(self) -> None:
        self._is_away = False
        self._is_tried = False
        self._turns = 0

    async def ask(
        self,
        fresh: Callable[[], Awaitable[_Answer]],
        stale: Callable[[], Awaitable[_Answer | None]],
    ) -> _Answer:
        """What the database says; what is in memory, if there is, while it is away or busy.

        TimeoutError where neither comes in time.
        """
        async with asyncio.timeout(WHOLE_S):
            found = None
            if self._is_away:
                await self._turn()
                found = await stale()
            if found is None:
                return await self._asked(fresh, stale)
            if self._is_tried:
                return found
            self._is_tried = True
            try:
                return await self._asked(fresh, stale)
            finally:
                self._is_tried = False

    async def _turn(self) -> None:
        """Wait until no other answer from memory is begun in this round of the event loop.

        None of them waits for anything: many in one round would let nobody else come in between.
        """
        ahead = self._turns
        self._turns += 1
        try:
            for _ in range(ahead):
                await asyncio.sleep(0)
        finally:
            asyncio.get_running_loop().call_soon(self._end_turn)

    def _end_turn(self) -> None:
        self._turns -= 1

    async def _asked(
        self,
        fresh: Callable[[], Awaitable[_Answer]],
        stale: Callable[[], Awaitable[_Answer | None]],
    ) -> _Answer:
        try:
            async with asyncio.timeout(FRESH_S):
                answer = await fresh()
        except (Busy, *DATABASE_ERRORS) as error:
            if not (isinstance(error, Busy) or is_busy(error)):
                raise
            self._note(is_away=True)
            found = await stale()
            if found is None:
                raise
            return found
        self._note(is_away=False)
        return answer

    def _note(self, *, is_away: bool) -> None:
        if is_away != self._is_away:
            _log.warning("database_away" if is_away else "database_back")
        self._is_away = is_away


def is_away(request: Request) -> bool:
    """Whether a request is to be answered without the database."""
    return _STANDING in request.scope


def standing_of(request: Request) -> Standing | None:
    """The state to answer from then; None where the city has none in memory."""
    found: Standing | None = request.scope.get(_STANDING)
    return found


def stale_headers(as_of: datetime) -> dict[str, str]:
    """What an answer says that is as of a moment ago."""
    return {AS_OF: as_of.isoformat(timespec="seconds"), "Cache-Control": SHORTLY}


def with_moment(request: Request, answer: Response, read_at: datetime) -> Response:
    """An answer that says when it was read, where that was not now."""
    if is_away(request):
        answer.headers.update(stale_headers(read_at))
    return answer


class StandsBy(BaseRoute):
    """A route that answers from memory what it can while the database is away."""

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def ask(scope: Scope) -> list[Message]:
            messages: list[Message] = []

            async def note(message: Message) -> None:
                messages.append(message)

            await super(StandsBy, self).handle(scope, receive, note)
            return messages

        messages = await _messages(scope, ask)
        for message in messages:
            await send(message)


class StandbyRoute(StandsBy, APIRoute):
    """One of FastAPI's."""


class _Refused(Exception):
    """Carries a refusal past what asks: whether the database answered, it does not tell."""

    def __init__(self, messages: list[Message]) -> None:
        super().__init__()
        self.messages = messages


class _RefusedAsBusy(_Refused, Busy):
    """Carries the one refusal that says that the database did not answer."""


async def _messages(
    scope: Scope, ask: Callable[[Scope], Awaitable[list[Message]]]
) -> list[Message]:
    state = scope["app"].state

    async def fresh() -> list[Message]:
        messages = await ask(scope)
        status = messages[0]["status"]
        if status == _BUSY_STATUS:
            raise _RefusedAsBusy(messages)
        if status >= _REFUSED:
            raise _Refused(messages)
        return messages

    async def stale() -> list[Message] | None:
        standing = state.shelf.standing(_city_code(scope, state.settings.default_city))
        messages = await ask({**scope, _STANDING: standing})
        if messages[0]["status"] == _BUSY_STATUS:
            return None
        if standing is not None:
            _tell_moment(messages[0], standing.as_of)
        return messages

    try:
        found: list[Message] = await state.presence.ask(fresh, stale)
    except _Refused as refused:
        return refused.messages
    return found


def _tell_moment(start: Message, as_of: datetime) -> None:
    """Add of when an answer is; a refusal is kept by nobody all the same."""
    headers = MutableHeaders(scope=start)
    told = stale_headers(as_of)
    if start["status"] >= _REFUSED:
        headers[AS_OF] = told[AS_OF]
    elif AS_OF not in headers:
        headers.update(told)


def _city_code(scope: Scope, default: str) -> str:
    return Request(scope).query_params.get("city") or default
