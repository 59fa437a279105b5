"""Addresses of administrators: whom they invite, and what was told by e-mail."""

from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from app.accounts import officers
from app.accounts.officers import Administrator, inviting_from
from app.accounts.register import WantedRole
from app.accounts.routes import UNKEPT, Officer
from app.accounts.schemas import Accounts, Address, Invited, NewOfficer, Notices, RoleEnd
from app.cities.queries import get_city
from app.dependencies import CityCode, ReadSession, WriteSession
from app.language import preferred_language
from app.responses import found, problems
from app.web.answers import absolute_base, json_answer
from app.web.bodies import StrictJsonRoute

router = APIRouter(prefix="/api/v1/staff", tags=["session"], route_class=StrictJsonRoute)
MANAGED = problems(401, 403, 404, 415, 422)
ENDED = problems(401, 403, 404, 409, 415, 422)


async def _looking(
    request: Request, who: Officer, code: CityCode, connection: ReadSession
) -> Administrator:
    return await _administrator(request, who, code, connection)


async def _changing(
    request: Request, who: Officer, code: CityCode, connection: WriteSession
) -> Administrator:
    return await _administrator(request, who, code, connection)


async def _administrator(
    request: Request, who: Officer, code: CityCode, connection: ReadSession
) -> Administrator:
    settings = request.app.state.settings
    secret = None if settings.mail_server is None else request.app.state.secret
    language = preferred_language(request.headers.get("Accept-Language"))
    inviting = inviting_from(who.actor, secret, datetime.now(UTC), language)
    base_url = absolute_base(request, settings)
    return Administrator(
        connection, who.actor, await get_city(connection, code), inviting, base_url
    )


Looking = Annotated[Administrator, Depends(_looking, scope="function")]
Changing = Annotated[Administrator, Depends(_changing, scope="function")]


@router.get("/accounts", responses=found(Accounts) | problems(401, 403, 404, 422))
async def list_accounts(looking: Looking) -> Response:
    """Whoever has a role in the city."""
    return json_answer(await officers.list_accounts(looking), headers=UNKEPT)


@router.post("/accounts", responses=found(Invited) | MANAGED)
async def invite_officer(sent: NewOfficer, changing: Changing) -> Response:
    """Give somebody a role; who has no account yet is invited."""
    wanted = WantedRole(sent.role, None, sent.area, sent.fields, sent.until)
    told = await officers.invite(changing, sent.email, sent.name, wanted)
    return json_answer(told, headers=UNKEPT)


@router.post("/accounts/reset", responses=found(Invited) | MANAGED)
async def reset_officer(sent: Address, changing: Changing) -> Response:
    """A new link for somebody, whose password and sign-ins end."""
    return json_answer(await officers.reset(changing, sent.email), headers=UNKEPT)


@router.post("/accounts/disable", status_code=204, responses=ENDED)
async def disable_officer(sent: Address, changing: Changing) -> Response:
    """Close an account."""
    await officers.disable(changing, sent.email)
    return Response(status_code=204, headers=UNKEPT)


@router.post("/accounts/roles/{grant_id}/end", status_code=204, responses=ENDED)
async def end_role(grant_id: UUID, sent: RoleEnd, changing: Changing) -> Response:
    """Take a role back; it permits nothing from now on, and stays on record with the reason."""
    await officers.end_role(changing, grant_id, sent.reason)
    return Response(status_code=204, headers=UNKEPT)


@router.get("/notices", responses=found(Notices) | problems(401, 403, 404, 422))
async def list_notices(looking: Looking) -> Response:
    """What was told by e-mail in a city, and what could not be, with the reason."""
    return json_answer(await officers.describe_notices(looking), headers=UNKEPT)
