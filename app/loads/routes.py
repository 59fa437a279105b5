"""Addresses of loads: a list uploaded, tried, stored as a whole, and taken back."""

import asyncio
import os
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request
from starlette.requests import ClientDisconnect
from starlette.responses import Response, StreamingResponse

from app.accounts.routes import UNKEPT, Officer
from app.dependencies import CityCode, Connections, Settings
from app.errors import TooSlow
from app.loads import rejects, service
from app.loads.schemas import FullLoad, Loads, MappingWish, RefusedRows, UploadQuery
from app.loads.service import Loading, Sent
from app.responses import found, problems
from app.web.answers import json_answer
from app.web.bodies import StrictJsonRoute

PREFIX = "/api/v1/staff"
UPLOAD = ("POST", f"{PREFIX}/loads")
"""Its body is no JSON, larger than others, and goes to a file."""
PAUSE_S, UPLOAD_S = 15.0, 900.0
"""Between two pieces of a file, and for all of it."""
MOST_AFTER = 100_000_000
TABLES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

router = APIRouter(prefix=PREFIX, tags=["staff"], route_class=StrictJsonRoute)


async def _loading(
    request: Request, who: Officer, city: CityCode, database: Connections
) -> Loading:
    return Loading(database, request.app.state.loads, who, city, datetime.now(UTC))


AtWork = Annotated[Loading, Depends(_loading)]
LOAD = found(FullLoad) | problems(401, 403, 404, 409, 422)


@router.post(
    "/loads",
    status_code=201,
    responses=found(FullLoad, status=201) | problems(401, 403, 404, 409, 422, 429, 507),
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {
                "application/octet-stream": {"schema": {"type": "string", "format": "binary"}}
            },
        }
    },
)
async def upload_list(
    request: Request,
    loading: AtWork,
    settings: Settings,
    query: Annotated[UploadQuery, Query()],
) -> Response:
    """Send a list; it is read at once, and nothing is stored of it yet."""
    sent = Sent(query, settings.list_max_mb * 1_000_000, request.app.state.secret)
    told = await service.upload(loading, sent, _pieces(request))
    return json_answer(told, status=201, headers=UNKEPT)


async def _pieces(request: Request) -> AsyncIterator[bytes]:
    """The body as it arrives; TooSlow when it does not."""
    clock = asyncio.get_running_loop().time
    stream, end = request.stream(), clock() + UPLOAD_S
    while True:
        try:
            async with asyncio.timeout(min(PAUSE_S, end - clock())):
                chunk = await anext(stream, None)
        except (TimeoutError, ClientDisconnect) as error:
            raise TooSlow(facts={"seconds": f"{UPLOAD_S:.0f}"}) from error
        if chunk is None:
            return
        yield chunk


@router.get("/loads", responses=found(Loads) | problems(401, 403, 404, 422))
async def list_loads(loading: AtWork) -> Response:
    """The newest loads in the areas of the officer."""
    return json_answer(await service.list_loads(loading), headers=UNKEPT)


@router.get("/loads/{load_id}", responses=found(FullLoad) | problems(401, 403, 404, 422))
async def get_load(load_id: UUID, loading: AtWork) -> Response:
    """How far a load has come, what was guessed, and the report."""
    return json_answer(await service.describe(loading, load_id), headers=UNKEPT)


@router.put("/loads/{load_id}/mapping", responses=LOAD | problems(415, 507))
async def put_mapping(load_id: UUID, wish: MappingWish, loading: AtWork) -> Response:
    """Say what the columns mean."""
    return json_answer(await service.put_mapping(loading, load_id, wish), headers=UNKEPT)


@router.post("/loads/{load_id}/check", responses=LOAD)
async def check_load(load_id: UUID, loading: AtWork) -> Response:
    """Try the whole load and store nothing."""
    return json_answer(await service.begin(loading, load_id, "check"), headers=UNKEPT)


@router.post("/loads/{load_id}/commit", responses=LOAD)
async def commit_load(load_id: UUID, loading: AtWork) -> Response:
    """Store what was tried, all of it or nothing."""
    return json_answer(await service.begin(loading, load_id, "commit"), headers=UNKEPT)


@router.post("/loads/{load_id}/cancel", responses=LOAD)
async def cancel_load(load_id: UUID, loading: AtWork) -> Response:
    """End a load of which nothing is stored, and remove its file."""
    return json_answer(await service.cancel(loading, load_id), headers=UNKEPT)


@router.delete("/loads/{load_id}", responses=LOAD)
async def undo_load(load_id: UUID, loading: AtWork) -> Response:
    """Take back what a load created and nobody has touched since."""
    return json_answer(await service.begin(loading, load_id, "undo"), headers=UNKEPT)


@router.get("/loads/{load_id}/refused", responses=found(RefusedRows) | problems(401, 403, 404, 422))
async def list_refused(
    load_id: UUID,
    loading: AtWork,
    after: Annotated[int, Query(ge=0, le=MOST_AFTER)] = 0,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> Response:
    """Refused rows past the first so many of them, each with its reason in words."""
    told = await rejects.list_refused(loading, load_id, after=after, limit=limit)
    return json_answer(told, headers=UNKEPT)


@router.get(
    "/loads/{load_id}/rejects",
    responses={
        200: {"content": {kind.partition(";")[0]: {} for kind in TABLES.values()}},
        **problems(401, 403, 404, 422, 507),
    },
)
async def get_rejects(
    load_id: UUID,
    loading: AtWork,
    kind: Annotated[Literal["csv", "xlsx"], Query(alias="format")] = "csv",
) -> Response:
    """The rows that were refused, each with its reason, to be corrected and sent again."""
    file = await rejects.open_rejects(loading, load_id, kind)
    headers = {
        **UNKEPT,
        "Content-Disposition": f'attachment; filename="ditolak.{kind}"',
        "Content-Length": str(os.fstat(file.fileno()).st_size),
    }
    return StreamingResponse(rejects.pieces(file), media_type=TABLES[kind], headers=headers)
