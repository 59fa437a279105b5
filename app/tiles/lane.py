"""The short ways for tiles: past all that only new questions need.

What is answered here the whole application has answered before: bytes that the process holds at
this very address, and what it can draw from memory at this very query. Whatever it refuses it has
looked at then. A request that has anything unusual about it goes the long way.
"""

import time
from collections.abc import Mapping
from itertools import count
from secrets import token_hex
from typing import NamedTuple

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from app.tiles.desk import TileDesk
from app.tiles.routes import tile_response
from app.tiles.shown import RawHeaders, Shown
from app.web.answers import is_among
from app.web.headers import raw_headers
from app.web.observe import REQUEST_ID, Measures
from app.web.packing import best_packing

_ROOM = "/tiles/"
_ID = REQUEST_ID.lower().encode()
_UNUSUAL = frozenset((_ID, b"cache-control", b"content-length", b"transfer-encoding"))


class _Found(NamedTuple):
    status: int
    headers: RawHeaders
    body: bytes
    route: str


class _Pattern(NamedTuple):
    """Stands where a route would, for what is logged and counted."""

    path: str


def _usual_headers(scope: Scope) -> dict[bytes, bytes] | None:
    """The headers of a request that has nothing unusual about it; else None."""
    asked = dict(scope["headers"])
    is_plain = scope["method"] == "GET" and len(asked) == len(scope["headers"])
    return asked if is_plain and _UNUSUAL.isdisjoint(asked) else None


class DrawnAtOnce:
    """Answers with tiles that take neither asking nor waiting, or hands the request on.

    It stands within the last net (`app.web.observe`), since drawing is work that may fail.
    """

    def __init__(self, app: ASGIApp, desk: TileDesk) -> None:
        self.app = app
        self.desk = desk

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        response = self._drawn(scope)
        await (response or self.app)(scope, receive, send)

    def _drawn(self, scope: Scope) -> Response | None:
        if scope["type"] != "http" or not scope["path"].startswith(_ROOM):
            return None
        asked = _usual_headers(scope)
        if asked is None:
            return None
        known = asked.get(b"if-none-match", b"").decode("latin-1")
        answer = self.desk.at_once((scope["path"], scope["query_string"]), known)
        if answer is None:
            return None
        scope["route"] = _Pattern(answer.shown.route)
        return tile_response(self.desk, answer, Headers(scope=scope))


class ShortWay:
    """Answers with bytes that are there, or hands the request on."""

    def __init__(
        self, app: ASGIApp, desk: TileDesk, headers: Mapping[str, str], measures: Measures
    ) -> None:
        self.app = app
        self.desk = desk
        self.always = raw_headers(headers)
        self.measures = measures
        self.name, self.number = token_hex(8), count()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        found = None
        if scope["type"] == "http" and scope["path"].startswith(_ROOM):
            began = time.perf_counter()
            found = self._find(scope)
        if found is None:
            await self.app(scope, receive, send)
            return
        named = [*found.headers, (_ID, f"{self.name}{next(self.number):016x}".encode())]
        await send({"type": "http.response.start", "status": found.status, "headers": named})
        await send({"type": "http.response.body", "body": found.body})
        self.measures.add("GET", found.route, found.status, time.perf_counter() - began)

    def _find(self, scope: Scope) -> _Found | None:
        shown = self.desk.remembered((scope["path"], scope["query_string"]))
        asked = None if shown is None else _usual_headers(scope)
        if shown is None or asked is None:
            return None
        known = asked.get(b"if-none-match")
        if known is not None and is_among(known.decode("latin-1"), shown.tag):
            return self._answer(shown, 304, "", b"")
        if shown.is_empty:
            return self._answer(shown, 204, "", b"")
        packing = shown.packing(best_packing(asked.get(b"accept-encoding", b"").decode("latin-1")))
        body = self.desk.kept(shown, packing)
        return None if body is None else self._answer(shown, 200, packing, body)

    def _answer(self, shown: Shown, status: int, packing: str, body: bytes) -> _Found:
        headers = shown.heads.get((status, packing))
        if headers is None:
            named = dict(shown.headers(packing))
            if status == 200:
                named |= {"Content-Type": shown.media_type, "Content-Length": str(len(body))}
            headers = shown.heads[status, packing] = [*raw_headers(named), *self.always]
        return _Found(status, headers, body, shown.route)
