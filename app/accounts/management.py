"""Addresses of administrators: whom they invite, and what was told by e-mail."""

from fastapi import APIRouter
from starlette.responses import Response

from app.accounts import managing
from app.accounts.routes import UNKEPT, Officer
from app.accounts.schemas import Notices
from app.cities.queries import get_city
from app.dependencies import CityCode, Language, ReadSession
from app.responses import found, problems
from app.web.answers import json_answer
from app.web.bodies import StrictJsonRoute

router = APIRouter(prefix="/api/v1/staff", tags=["session"], route_class=StrictJsonRoute)


@router.get("/notices", responses=found(Notices) | problems(401, 403, 404, 422))
async def list_notices(
    who: Officer, city: CityCode, connection: ReadSession, language: Language
) -> Response:
    """What was told by e-mail in a city, and what could not be, with the reason."""
    found_city = await get_city(connection, city)
    told = await managing.describe_notices(connection, who.actor, found_city, language)
    return json_answer(told, headers=UNKEPT)
