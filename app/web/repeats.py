"""What is said twice is refused, as whoever stands between may take the other; lists are joined."""

from collections import Counter
from collections.abc import Collection, Iterator
from urllib.parse import parse_qsl

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from app.errors import FieldError, MalformedRequest
from app.field_words import field_code, field_words
from app.web.limits import refuse

RawHeaders = list[tuple[bytes, bytes]]
_SINGLE_HEADERS = (
    *("Host", "Content-Type", "Content-Encoding", "Content-Length"),
    *("Authorization", "Idempotency-Key"),
)
# Lists that may come on several lines and then are one (RFC 9110, section 5.3).
_LIST_HEADERS = (b"accept-encoding", b"accept-language", b"cache-control", b"if-none-match")
_OF_PROGRAMS = ("/api/", "/tiles/")


class SaidOnce:
    """Refuses a header or parameter with two values; those that are lists may have more.

    A header that is a list goes on as one line, so that nobody after reads its first line alone.
    """

    def __init__(self, app: ASGIApp, lists: Collection[str]) -> None:
        self.app = app
        self.lists = lists

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        repeated = list(_repeated(scope, self.lists)) if scope["type"] == "http" else []
        if repeated:
            kind = "said_twice"
            errors = [
                FieldError(name, field_code(kind), field_words(kind, {})) for name in repeated
            ]
            await refuse(MalformedRequest(errors=errors), scope, receive, send)
            return
        if scope["type"] == "http" and len(dict(scope["headers"])) < len(scope["headers"]):
            # In this very scope: who stands outside reads the route in it afterwards.
            scope["headers"] = _joined(scope["headers"])
        await self.app(scope, receive, send)


def _joined(headers: RawHeaders) -> RawHeaders:
    """The same with each header that is a list on one line."""
    lists: dict[bytes, list[bytes]] = {}
    for name, value in headers:
        if name in _LIST_HEADERS:
            lists.setdefault(name, []).append(value)
    others = [header for header in headers if header[0] not in lists]
    return [*others, *((name, b", ".join(values)) for name, values in lists.items())]


def _repeated(scope: Scope, lists: Collection[str]) -> Iterator[str]:
    headers = Headers(scope=scope)
    yield from (name for name in _SINGLE_HEADERS if len(headers.getlist(name)) > 1)
    if b"&" not in scope["query_string"] or not scope["path"].startswith(_OF_PROGRAMS):
        return
    given = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
    counts = Counter(name for name, _ in given if name not in lists)
    yield from (name[:64] for name, count in counts.items() if count > 1)
