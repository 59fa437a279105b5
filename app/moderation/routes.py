"""Addresses of officers: their work, one usulan, and what they do to it."""

import random
from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from starlette.responses import Response

from app.accounts.routes import UNKEPT, Officer
from app.cities.queries import get_city
from app.dependencies import CityCode, Language, ReadSession, Secret, WriteSession
from app.moderation import desk, service
from app.moderation.desk import Asked
from app.moderation.reasons import REASONS
from app.moderation.schemas import (
    ActedItem,
    DeskPage,
    DeskQuery,
    FullItem,
    Reasons,
    StatusMove,
)
from app.moderation.service import Sitting
from app.responses import found, problems
from app.usulan.filters import Filters
from app.web.answers import json_answer
from app.web.bodies import StrictJsonRoute

router = APIRouter(prefix="/api/v1/staff", tags=["staff"], route_class=StrictJsonRoute)


async def _reading(who: Officer, connection: ReadSession) -> Sitting:
    return Sitting(connection, who.actor, datetime.now(UTC), random.SystemRandom())


async def _acting(who: Officer, connection: WriteSession) -> Sitting:
    return Sitting(connection, who.actor, datetime.now(UTC), random.SystemRandom())


Reading = Annotated[Sitting, Depends(_reading, scope="function")]
Acting = Annotated[Sitting, Depends(_acting, scope="function")]
ACTED = found(ActedItem) | problems(401, 403, 404, 409, 415, 422)


@router.get("/usulan", responses=found(DeskPage) | problems(401, 403, 404, 422))
async def list_work(
    sitting: Reading,
    city: CityCode,
    filters: Annotated[Filters, Query()],
    query: Annotated[DeskQuery, Query()],
    secret: Secret,
) -> Response:
    """What the officer's roles reach, late ones first, with the size of each queue."""
    asked = Asked(await get_city(sitting.connection, city), filters, query)
    return json_answer(await desk.read_work(sitting, asked, secret), headers=UNKEPT)


@router.get("/usulan/{number}", responses=found(FullItem) | problems(401, 404, 422))
async def get_work(number: str, sitting: Reading) -> Response:
    """One usulan with its history, its neighbours and what may be done to it."""
    return json_answer(await desk.describe_for_staff(sitting, number), headers=UNKEPT)


@router.post("/usulan/{number}/status", responses=ACTED)
async def move_usulan(number: str, wish: StatusMove, sitting: Acting) -> Response:
    """Take a step of the status table."""
    return json_answer(await service.move(sitting, number, wish), headers=UNKEPT)


@router.get("/reasons", responses=found(Reasons) | problems(401))
async def list_reasons(_who: Officer, language: Language) -> Response:
    """Codes by which a setback is explained."""
    told = [
        {"code": code, "name": reason.words.in_language(language), "suits": reason.suits}
        for code, reason in REASONS.items()
    ]
    return json_answer({"reasons": told}, headers=UNKEPT)
