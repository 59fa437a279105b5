"""What can be said once and is said twice is refused: whoever stands between may take the other."""

from collections import Counter
from collections.abc import Collection, Iterator
from urllib.parse import parse_qsl

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from app.errors import FieldError, MalformedRequest
from app.field_words import field_code, field_words
from app.web.limits import refuse

_SINGLE_HEADERS = (
    *("Host", "Content-Type", "Content-Encoding", "Content-Length"),
    *("Authorization", "Idempotency-Key"),
)
_OF_PROGRAMS = ("/api/", "/tiles/")


class SaidOnce:
    """Refuses a header or parameter with two values; parameters that are lists may have more."""

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
        await self.app(scope, receive, send)


def _repeated(scope: Scope, lists: Collection[str]) -> Iterator[str]:
    headers = Headers(scope=scope)
    yield from (name for name in _SINGLE_HEADERS if len(headers.getlist(name)) > 1)
    if b"&" not in scope["query_string"] or not scope["path"].startswith(_OF_PROGRAMS):
        return
    given = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
    counts = Counter(name for name, _ in given if name not in lists)
    yield from (name[:64] for name, count in counts.items() if count > 1)
