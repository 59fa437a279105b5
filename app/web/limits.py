"""Requests that are too large, too slow or too many are refused before they cost anything."""

import asyncio
from collections.abc import Collection

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.errors import Busy, DomainError, InvalidJson, TooLarge, TooSlow
from app.language import preferred_language
from app.problems import problem_response
from app.web.turns import Turns

MAX_BODY_BYTES = 1_000_000
MAX_ADDRESS_BYTES = 16_000
BODY_SECONDS = 10.0
MAX_AT_ONCE = 250
_ALWAYS_ANSWERED = ("/healthz", "/readyz", "/metrics")


class BodyLimit:
    """Reads a body before the application starts, and no further than the limit.

    A declared length over the limit is refused unread; one that was not declared (chunked) is
    refused at the byte that exceeds it. Either has `BODY_SECONDS` to arrive. The bodies of
    `spooled` (method and path) are left to their routes, which know who sends and count along.
    """

    def __init__(
        self,
        app: ASGIApp,
        limit: int = MAX_BODY_BYTES,
        spooled: Collection[tuple[str, str]] = (),
    ) -> None:
        self.app = app
        self.limit = limit
        self.spooled = frozenset(spooled)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        if (scope["method"], scope["path"]) in self.spooled:
            await self._leave_to_route(scope, receive, send)
            return
        try:
            body = await self._read_in_time(scope, receive)
        except DomainError as refusal:
            await refuse(refusal, scope, receive, send)
            return
        if body is not None:
            await self.app(scope, _once(body, receive), send)

    async def _leave_to_route(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Of a body that was answered before it was read, nothing more is: we hang up."""
        if len(scope.get("raw_path") or b"") + len(scope["query_string"]) > MAX_ADDRESS_BYTES:
            await refuse(TooLarge(facts={"limit": MAX_ADDRESS_BYTES}), scope, receive, send)
            return
        is_read = False

        async def read() -> Message:
            nonlocal is_read
            message = await receive()
            is_read = not message.get("more_body", False)
            return message

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start" and not is_read:
                headers = [*message["headers"], (b"connection", b"close")]
                message = {**message, "headers": headers}
            await send(message)

        await self.app(scope, read, answer)

    async def _read_in_time(self, scope: Scope, receive: Receive) -> bytes | None:
        try:
            async with asyncio.timeout(BODY_SECONDS):
                return await self._read_body(scope, receive)
        except TimeoutError as error:
            raise TooSlow(facts={"seconds": f"{BODY_SECONDS:.0f}"}) from error

    async def _read_body(self, scope: Scope, receive: Receive) -> bytes | None:
        """The whole body; None when the sender went away."""
        if len(scope.get("raw_path") or b"") + len(scope["query_string"]) > MAX_ADDRESS_BYTES:
            raise TooLarge(facts={"limit": MAX_ADDRESS_BYTES})
        if _declared_length(scope) > self.limit:
            raise TooLarge(facts={"limit": self.limit})
        parts: list[bytes] = []
        size, more = 0, True
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                return None
            parts.append(message.get("body", b""))
            size += len(parts[-1])
            if size > self.limit:
                raise TooLarge(facts={"limit": self.limit})
            more = message.get("more_body", False)
        return b"".join(parts)


class CrowdLimit:
    """Works on so many requests at once and no more; the rest are told to come again.

    What monitoring asks is always answered, and soon: the others begin a few at a time. Stands
    behind `BodyLimit`: who sends slowly takes no one's place.
    """

    def __init__(self, app: ASGIApp, limit: int = MAX_AT_ONCE) -> None:
        self.app = app
        self.limit = limit
        self.inside = 0
        self._turns = Turns()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] in _ALWAYS_ANSWERED:
            await self.app(scope, receive, send)
            return
        await self._turns.take()
        if self.inside >= self.limit:
            await refuse(Busy(), scope, receive, send)
            return
        self.inside += 1
        try:
            await self.app(scope, receive, send)
        finally:
            self.inside -= 1


async def refuse(refusal: DomainError, scope: Scope, receive: Receive, send: Send) -> None:
    """Answer and hang up: of what else was sent, nothing is read."""
    language = preferred_language(Headers(scope=scope).get("Accept-Language"))
    response = problem_response(refusal, language)
    response.headers["Connection"] = "close"
    await response(scope, receive, send)


def _declared_length(scope: Scope) -> int:
    declared = Headers(scope=scope).get("Content-Length", "0")
    if not (declared.isascii() and declared.isdigit()):
        raise InvalidJson
    return int(declared[:20])


def _once(body: bytes, receive: Receive) -> Receive:
    """A `receive` that gives the body in one message, then whatever else comes (a hang-up)."""
    pending: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def read() -> Message:
        return pending.pop() if pending else await receive()

    return read
