"""JSON read strictly: no NaN, no lone surrogates, no nesting without end, no name twice."""

from collections.abc import Callable, Coroutine
from typing import Any

import orjson
from fastapi import Request
from fastapi.routing import APIRoute
from starlette.responses import Response

from app.errors import FieldError, InvalidJson, WrongContentType
from app.field_words import field_code, field_words
from spatial.json_names import find_repeated_name

Handler = Callable[[Request], Coroutine[Any, Any, Response]]


class _StrictRequest(Request):
    _told: Any = None

    async def json(self) -> Any:  # noqa: ANN401 - JSON is anything
        if self._told is None:  # asked again where it was refused
            self._told = orjson.loads(await self.body())
        return self._told


class StrictJsonRoute(APIRoute):
    """A route whose body is parsed by a parser that refuses what JSON does not have."""

    def get_route_handler(self) -> Handler:
        handle = self.get_answerer()
        expects_body = self.body_field is not None

        async def handle_strictly(request: Request) -> Response:
            strict = _StrictRequest(request.scope, request.receive)
            if expects_body:
                if not await strict.body():
                    raise InvalidJson
                if not _is_json(request):
                    raise WrongContentType
                _require_plain(request)
                _require_readable(await strict.body())
            return await handle(strict)

        return handle_strictly

    def get_answerer(self) -> Handler:
        """What answers once the body can be read; the framework, where no route knows better."""
        return super().get_route_handler()


def _require_plain(request: Request) -> None:
    """Bodies come uncompressed: a small one could unfold to any size."""
    encoding = request.headers.get("Content-Encoding", "").strip().lower()
    if encoding not in ("", "identity"):
        raise WrongContentType(errors=[_wrong("Content-Encoding", "encoded_body")])


def _require_readable(body: bytes) -> None:
    """UTF-8, and every name once: of two values, one would be lost without a word."""
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        raise InvalidJson(errors=[_wrong("", "not_utf8")]) from None
    if repeated := find_repeated_name(body):
        raise InvalidJson(errors=[_wrong("", "repeated_name", name=repeated.name[:40])])


def _wrong(field: str, kind: str, **facts: str) -> FieldError:
    return FieldError(field, field_code(kind), field_words(kind, facts))


def _is_json(request: Request) -> bool:
    kind = request.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    return kind == "application/json" or (
        kind.startswith("application/") and kind.endswith("+json")
    )
