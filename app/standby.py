"""While the database is away, numbers are those that the process has in memory, and say of when.

A route that stands by (`StandbyRoute`) is asked as always. Where that ends in "busy" it is asked
once more, of the state that the city's index stands at and without any transaction: what needs
none is answered, with the moment it speaks of in a header; the rest stays busy.
"""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import NoReturn, TypeVar, cast

import structlog
from fastapi.routing import APIRoute
from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import Message, Receive, Scope, Send

from app.database import is_busy
from app.errors import Busy
from app.resident.shelf import Standing

AS_OF = "Peta-As-Of"
SHORTLY = "public, max-age=2"
"""How long an answer from memory may be kept: the database may be back any moment."""
_STANDING = "peta.standing"
_log = structlog.get_logger("peta.standby")
_BUSY_STATUS = 503

_Answer = TypeVar("_Answer")


class _NoTransaction:
    """Stands where a transaction would: whoever needs one is told that the database is away."""

    def __getattr__(self, name: str) -> NoReturn:
        raise Busy


NO_TRANSACTION = cast("AsyncConnection", _NoTransaction())


class Line:
    """Whether the database answered last time. While it does not, one at a time tries again.

    A database that hangs costs whoever asks some seconds, so that not everyone may ask.
    """

    def __init__(self) -> None:
        self._is_away = False
        self._is_tried = False

    async def ask(
        self,
        fresh: Callable[[], Awaitable[_Answer]],
        stale: Callable[[], Awaitable[_Answer | None]],
    ) -> _Answer:
        """What the database says; what is in memory, if there is, while it is away or busy."""
        if self._is_away and self._is_tried and (found := await stale()) is not None:
            return found
        self._is_tried = True
        try:
            answer = await fresh()
        except Exception as error:
            if not (isinstance(error, Busy) or is_busy(error)):
                raise
            self._note(is_away=True)
            found = await stale()
            if found is None:
                raise
            return found
        else:
            self._note(is_away=False)
            return answer
        finally:
            self._is_tried = False

    def _note(self, *, is_away: bool) -> None:
        if is_away != self._is_away:
            _log.warning("database_away" if is_away else "database_back")
        self._is_away = is_away


def standing_of(request: Request) -> Standing | None:
    """The state to answer from, where a request is answered without the database."""
    found: Standing | None = request.scope.get(_STANDING)
    return found


def stale_headers(as_of: datetime) -> dict[str, str]:
    """What an answer says that is as of a moment ago."""
    return {AS_OF: as_of.isoformat(timespec="seconds"), "Cache-Control": SHORTLY}


class StandbyRoute(APIRoute):
    """A route that answers from memory what it can while the database is away."""

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def ask(scope: Scope) -> list[Message]:
            messages: list[Message] = []

            async def note(message: Message) -> None:
                messages.append(message)

            await super(StandbyRoute, self).handle(scope, receive, note)
            return messages

        messages = await _messages(scope, ask)
        for message in messages:
            await send(message)


async def _messages(
    scope: Scope, ask: Callable[[Scope], Awaitable[list[Message]]]
) -> list[Message]:
    state = scope["app"].state
    refused: list[list[Message]] = []

    async def fresh() -> list[Message]:
        messages = await ask(scope)
        if messages[0]["status"] == _BUSY_STATUS:
            refused.append(messages)
            raise Busy
        return messages

    async def stale() -> list[Message] | None:
        standing = state.shelf.standing(_city_code(scope, state.settings.default_city))
        if standing is None:
            return None
        messages = await ask({**scope, _STANDING: standing})
        if messages[0]["status"] == _BUSY_STATUS:
            return None
        MutableHeaders(scope=messages[0]).update(stale_headers(standing.as_of))
        return messages

    try:
        found: list[Message] = await state.line.ask(fresh, stale)
    except Busy:
        return refused[0]
    return found


def _city_code(scope: Scope, default: str) -> str:
    return Request(scope).query_params.get("city") or default
