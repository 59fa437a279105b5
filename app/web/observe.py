"""The process edge: a name for each request, one log line and one measurement, and the last net.

Addresses are logged as their pattern (`/api/v1/tracking/{code}`), never as sent, and errors by
their class and place, never by their message: neither log nor metric can carry a name, a
tracking code or what someone wrote.
"""

import re
import time
from uuid import uuid4

import structlog
from prometheus_client import CollectorRegistry, Counter, Histogram
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.errors import Busy, DomainError, Unforeseen
from app.language import preferred_language
from app.problems import problem_response, refusal_of
from app.traces import own_lines
from app.web.migrated import is_migrated, lacks_schema

REQUEST_ID = "X-Request-ID"
_PLAIN_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")
_MANY, _REFUSED = "/tiles/", 400
_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5)

log = structlog.get_logger("peta.http")


class Measures:
    """Counters of one application, in a registry of its own."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        labels = ("method", "route", "status")
        self.answered = Counter(
            "peta_http_requests", "Requests answered", labels, registry=self.registry
        )
        self.seconds = Histogram(
            "peta_http_request_seconds",
            "Seconds until the answer was sent",
            ("route",),
            registry=self.registry,
            buckets=_BUCKETS,
        )

        self._known: dict[tuple[str, str, int], tuple[Counter, Histogram]] = {}

    def add(self, method: str, route: str, status: int, seconds: float) -> None:
        known = self._known.get((method, route, status))
        if known is None:  # looking them up by label takes longer than counting
            known = (
                self.answered.labels(method, route, str(status)),
                self.seconds.labels(route),
            )
            self._known[method, route, status] = known
        known[0].inc()
        known[1].observe(seconds)


class Observe:
    """The last net: nothing that goes wrong inside leaves without an answer."""

    def __init__(self, app: ASGIApp, measures: Measures) -> None:
        self.app = app
        self.measures = measures

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request_id = _request_id(Headers(scope=scope).get(REQUEST_ID))
        started = time.perf_counter()
        status = 0

        async def send_named(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)[REQUEST_ID] = request_id
            await send(message)

        try:
            await self.app(scope, receive, send_named)
        except Exception as error:  # noqa: BLE001 - the edge of the process
            refusal = await _refusal_of(error, scope)
            _log_error(error, refusal, request_id)
            if status == 0:
                await _answer(refusal, scope, receive, send_named)
        self._note(scope, status, time.perf_counter() - started, request_id)

    def _note(self, scope: Scope, status: int, seconds: float, request_id: str) -> None:
        route, method = route_pattern(scope), _known_method(scope["method"])
        self.measures.add(method, route, status, seconds)
        # A map view asks for dozens of tiles: those that are well are counted, not told.
        is_plain = route.startswith(_MANY) and status < _REFUSED
        write = log.debug if is_plain else log.info
        write(
            "answered",
            request_id=request_id,
            method=method,
            route=route,
            status=status,
            ms=round(seconds * 1000, 1),
        )


def route_pattern(scope: Scope) -> str:
    """The pattern of the route that took the request, whatever the address carried."""
    route = scope.get("route")
    return str(getattr(route, "path", "")) or "unmatched"


def _request_id(given: str | None) -> str:
    """The caller's own name for the request when it is a plain one, else a new one."""
    if given is not None and _PLAIN_ID.fullmatch(given):
        return given
    return uuid4().hex


def _known_method(method: str) -> str:
    return method if method in ("GET", "HEAD", "POST", "DELETE", "OPTIONS", "PUT") else "OTHER"


async def _refusal_of(error: Exception, scope: Scope) -> DomainError:
    """As everywhere; but what a database of another version lacks is worth waiting for."""
    state = scope["app"].state
    if lacks_schema(error) and not await is_migrated(state.database, state.newest_revision):
        return Busy()
    return refusal_of(error)


async def _answer(refusal: DomainError, scope: Scope, receive: Receive, send: Send) -> None:
    language = preferred_language(Headers(scope=scope).get("Accept-Language"))
    await problem_response(refusal, language)(scope, receive, send)


def _log_error(error: Exception, refusal: DomainError, request_id: str) -> None:
    write = log.error if isinstance(refusal, Unforeseen) else log.warning
    write(
        "failed",
        request_id=request_id,
        error=type(error).__name__,
        cause=type(error.__cause__).__name__,
        sqlstate=getattr(getattr(error, "orig", None), "sqlstate", None),
        at=own_lines(error),
    )
