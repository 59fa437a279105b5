"""Addresses of officers: their work, one usulan, and what they do to it."""

import random
from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from app.accounts.permissions import Actor
from app.accounts.routes import UNKEPT, Officer
from app.cities.queries import get_city
from app.dependencies import CityCode, Connections, Language, ReadSession, Secret, WriteSession
from app.moderation import desk, reporting, service
from app.moderation.bulk import Crew, act_on_many
from app.moderation.desk import Asked
from app.moderation.reasons import REASONS
from app.moderation.schemas import (
    ActedItem,
    CategoryAct,
    DeskPage,
    DeskQuery,
    DoubtsAct,
    ForwardAct,
    FullItem,
    Many,
    ManyDone,
    PlaceAct,
    PublicationAct,
    Reasons,
    RedactionAct,
    Reply,
    StatusMove,
    Tracking,
    UndoAct,
)
from app.moderation.sitting import Sitting
from app.moderation.tracking import track
from app.responses import found, problems
from app.submission.routes import PRIVATE
from app.usulan.filters import Filters
from app.web.answers import json_answer
from app.web.bodies import StrictJsonRoute

router = APIRouter(prefix="/api/v1/staff", tags=["staff"], route_class=StrictJsonRoute)


reporters = APIRouter(prefix="/api/v1", tags=["usulan"], route_class=StrictJsonRoute)


async def _reading(who: Officer, connection: ReadSession) -> Sitting:
    return Sitting(connection, who.actor, datetime.now(UTC), random.SystemRandom())


async def _acting(who: Officer, connection: WriteSession) -> Sitting:
    return Sitting(connection, who.actor, datetime.now(UTC), random.SystemRandom())


async def _reporting(connection: WriteSession) -> Sitting:
    return Sitting(connection, Actor(None, ()), datetime.now(UTC), random.SystemRandom())


Reporting = Annotated[Sitting, Depends(_reporting, scope="function")]
Reading = Annotated[Sitting, Depends(_reading, scope="function")]
Acting = Annotated[Sitting, Depends(_acting, scope="function")]
Acts = (
    StatusMove
    | PublicationAct
    | RedactionAct
    | PlaceAct
    | CategoryAct
    | ForwardAct
    | DoubtsAct
    | UndoAct
)
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


@router.post("/usulan/bulk", responses=found(ManyDone) | problems(401, 403, 415, 422))
async def act_on_usulan(
    many: Many, request: Request, who: Officer, database: Connections, language: Language
) -> Response:
    """One act on many usulan, or only how many it would go well for."""
    crew = Crew(database, who.actor, datetime.now(UTC), random.SystemRandom(), language)
    told = await act_on_many(crew, many)
    request.app.state.cities.forget()
    return json_answer(told, headers=UNKEPT)


@router.post("/usulan/{number}/status", responses=ACTED)
async def move_usulan(number: str, wish: StatusMove, sitting: Acting) -> Response:
    """Take a step of the status table."""
    return await _acted(sitting, number, wish)


@router.post("/usulan/{number}/publication", responses=ACTED)
async def publish_usulan(number: str, wish: PublicationAct, sitting: Acting) -> Response:
    """Let the public see it, or hold it back."""
    return await _acted(sitting, number, wish)


@router.post("/usulan/{number}/redaction", responses=ACTED)
async def redact_usulan(number: str, wish: RedactionAct, sitting: Acting) -> Response:
    """Close words of it."""
    return await _acted(sitting, number, wish)


@router.post("/usulan/{number}/place", responses=ACTED)
async def place_usulan(number: str, wish: PlaceAct, sitting: Acting) -> Response:
    """Put it elsewhere."""
    return await _acted(sitting, number, wish)


@router.post("/usulan/{number}/category", responses=ACTED)
async def categorise_usulan(number: str, wish: CategoryAct, sitting: Acting) -> Response:
    """Put it in another category."""
    return await _acted(sitting, number, wish)


@router.post("/usulan/{number}/forward", responses=ACTED)
async def forward_usulan(number: str, wish: ForwardAct, sitting: Acting) -> Response:
    """Send it to a field of government or an agency."""
    return await _acted(sitting, number, wish)


@router.post("/usulan/{number}/doubts", responses=ACTED)
async def settle_usulan(number: str, wish: DoubtsAct, sitting: Acting) -> Response:
    """Say that doubts about its place are cleared up."""
    return await _acted(sitting, number, wish)


@router.post("/usulan/{number}/undo", responses=ACTED)
async def undo_usulan(number: str, wish: UndoAct, sitting: Acting) -> Response:
    """Take the last step back."""
    return await _acted(sitting, number, wish)


async def _acted(sitting: Sitting, number: str, wish: Acts) -> Response:
    told = await service.act(sitting, number, wish, seen=wish.seen)
    return json_answer(told, headers=UNKEPT)


@router.get("/reasons", responses=found(Reasons) | problems(401))
async def list_reasons(_who: Officer, language: Language) -> Response:
    """Codes by which a setback is explained."""
    told = [
        {"code": code, "name": reason.words.in_language(language), "suits": reason.suits}
        for code, reason in REASONS.items()
    ]
    return json_answer({"reasons": told}, headers=UNKEPT)


@reporters.get("/tracking/{tracking_code}", responses=found(Tracking) | problems(404, 422))
async def get_tracking(tracking_code: str, connection: ReadSession) -> Response:
    """Where the usulan of a tracking code stands."""
    told = await track(connection, tracking_code, now=datetime.now(UTC))
    return json_answer(told, headers=PRIVATE)


@reporters.post(
    "/tracking/{tracking_code}/reply", responses=found(Tracking) | problems(404, 409, 415, 422)
)
async def reply_to_question(tracking_code: str, sent: Reply, sitting: Reporting) -> Response:
    """Answer what the officers asked; the usulan goes back to them."""
    await reporting.reply(sitting, tracking_code, sent.text)
    return await _followed(sitting, tracking_code)


@reporters.post(
    "/tracking/{tracking_code}/withdraw", responses=found(Tracking) | problems(404, 409, 422)
)
async def withdraw_usulan(tracking_code: str, sitting: Reporting) -> Response:
    """Take the usulan back."""
    await reporting.withdraw(sitting, tracking_code)
    return await _followed(sitting, tracking_code)


async def _followed(sitting: Sitting, tracking_code: str) -> Response:
    told = await track(sitting.connection, tracking_code, now=sitting.now)
    return json_answer(told, headers=PRIVATE)
