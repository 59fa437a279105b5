"""Whether the process lives, whether it can serve, and what it has counted."""

from prometheus_client import generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from app.cities.queries import find_city
from app.database import DATABASE_ERRORS, Database, is_busy, read_revision

_NO_STORE = {"Cache-Control": "no-store"}


async def healthz(_request: Request) -> Response:
    """Alive; asks nothing of the database."""
    return JSONResponse({"status": "ok"}, headers=_NO_STORE)


async def readyz(request: Request) -> Response:
    """200 when database, migrations and the default city's boundaries are in, else 503."""
    state = request.app.state
    checks = await _checks(state.database, state.newest_revision, state.settings.default_city)
    ready = all(checks.values())
    document = {"status": "ok" if ready else "waiting", "checks": checks}
    return JSONResponse(document, 200 if ready else 503, headers=_NO_STORE)


async def metrics(request: Request) -> Response:
    body = generate_latest(request.app.state.measures.registry)
    return Response(body, headers={**_NO_STORE, "Content-Type": CONTENT_TYPE_LATEST})


async def _checks(database: Database, newest: str, city_code: str) -> dict[str, bool]:
    checks = {"database": False, "migrations": False, "default_city": False}
    try:
        async with database.staff_session() as connection:
            checks["database"] = True
            checks["migrations"] = await read_revision(connection) == newest
            checks["default_city"] = checks["migrations"] and await _has_city(connection, city_code)
    except DATABASE_ERRORS as error:
        if not is_busy(error):
            raise
    return checks


async def _has_city(connection: AsyncConnection, code: str) -> bool:
    city = await find_city(connection, code)
    return city is not None and city.edition_id is not None
