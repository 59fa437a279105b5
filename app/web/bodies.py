"""JSON read strictly: no NaN, no infinity, no lone surrogates, no nesting without end."""

from collections.abc import Callable, Coroutine
from typing import Any

import orjson
from fastapi import Request
from fastapi.routing import APIRoute
from starlette.responses import Response

from app.errors import InvalidJson, WrongContentType


class _StrictRequest(Request):
    async def json(self) -> Any:  # noqa: ANN401 - JSON is anything
        return orjson.loads(await self.body())


class StrictJsonRoute(APIRoute):
    """A route whose body is parsed by a parser that refuses what JSON does not have."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()
        expects_body = self.body_field is not None

        async def handle_strictly(request: Request) -> Response:
            strict = _StrictRequest(request.scope, request.receive)
            if expects_body:
                if not await strict.body():
                    raise InvalidJson
                if not _is_json(request):
                    raise WrongContentType
            return await handle(strict)

        return handle_strictly


def _is_json(request: Request) -> bool:
    kind = request.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    return kind == "application/json" or (
        kind.startswith("application/") and kind.endswith("+json")
    )
