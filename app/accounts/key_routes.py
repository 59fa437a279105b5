"""Addresses of one's own keys for programs."""

from datetime import UTC, datetime
from uuid import UUID

from fastapi import APIRouter
from starlette.responses import Response

from app.accounts import keys
from app.accounts.routes import UNKEPT, Person
from app.accounts.schemas import Keys, NewKey, ToldKey
from app.dependencies import ReadSession, WriteSession
from app.responses import found, problems
from app.web.answers import json_answer
from app.web.bodies import StrictJsonRoute

router = APIRouter(prefix="/api/v1/staff/keys", tags=["session"], route_class=StrictJsonRoute)


@router.get("", responses=found(Keys) | problems(401, 403))
async def list_keys(who: Person, connection: ReadSession) -> Response:
    """One's own keys."""
    told = await keys.list_keys(connection, who, datetime.now(UTC))
    return json_answer(told, headers=UNKEPT)


@router.post(
    "", status_code=201, responses=found(ToldKey, status=201) | problems(401, 403, 415, 422)
)
async def add_key(sent: NewKey, who: Person, connection: WriteSession) -> Response:
    """A new key; it is told this once."""
    wanted = sent.model_dump()
    told = await keys.add_key(connection, who, wanted, now=datetime.now(UTC))
    return json_answer(told, status=201, headers=UNKEPT)


@router.delete("/{key_id}", status_code=204, responses=problems(401, 403, 404, 422))
async def end_key(key_id: UUID, who: Person, connection: WriteSession) -> Response:
    """End a key."""
    await keys.end_key(connection, who, key_id)
    return Response(status_code=204, headers=UNKEPT)
