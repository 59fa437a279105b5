"""Requests that are too large are refused before they are held in memory."""

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.errors import DomainError, InvalidJson, TooLarge
from app.language import preferred_language
from app.problems import problem_response

MAX_BODY_BYTES = 1_000_000
MAX_ADDRESS_BYTES = 16_000


class BodyLimit:
    """Reads a body before the application starts, and no further than the limit.

    A declared length over the limit is refused unread; one that was not declared (chunked) is
    refused at the byte that exceeds it.
    """

    def __init__(self, app: ASGIApp, limit: int = MAX_BODY_BYTES) -> None:
        self.app = app
        self.limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        try:
            body = await self._read_body(scope, receive)
        except DomainError as refusal:
            language = preferred_language(Headers(scope=scope).get("Accept-Language"))
            response = problem_response(refusal, language)
            response.headers["Connection"] = "close"  # the rest of the body is not read
            await response(scope, receive, send)
            return
        if body is not None:
            await self.app(scope, _once(body, receive), send)

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
