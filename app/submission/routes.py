"""Addresses of sending and following an usulan."""

import random
from typing import Annotated

from fastapi import APIRouter, Depends, Header
from starlette.responses import Response

from app.dependencies import CityCode, Now, ReadSession, Secret, Settings, WriteLine
from app.responses import found, problems
from app.submission.schemas import Tracking, UsulanCreated, UsulanDraft
from app.submission.service import Sending, submit
from app.submission.tracking import track
from app.web.answers import json_answer
from app.web.bodies import StrictJsonRoute

router = APIRouter(prefix="/api/v1", tags=["usulan"], route_class=StrictJsonRoute)

# Answers that hold a tracking code are kept by nobody on the way and named to no other site.
PRIVATE = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}


async def _sending(
    city_code: CityCode,
    settings: Settings,
    secret: Secret,
    now: Now,
    idempotency_key: Annotated[str | None, Header(max_length=200)] = None,
) -> Sending:
    return Sending(
        city_code=city_code,
        key=idempotency_key,
        secret=secret,
        publishes_at_once=settings.publishes_at_once,
        now=now,
        rng=random.SystemRandom(),
    )


@router.post(
    "/usulan",
    status_code=201,
    responses=found(UsulanCreated, status=201) | problems(400, 404, 409, 415, 422),
)
async def create_usulan(
    draft: UsulanDraft, connection: WriteLine, sending: Annotated[Sending, Depends(_sending)]
) -> Response:
    """Send an usulan; the same Idempotency-Key and body again is answered the same again."""
    answer = await submit(connection, draft, sending)
    location = {"Location": f"/api/v1/usulan/{answer['number']}"}
    return json_answer(answer, status=201, headers={**PRIVATE, **location})


@router.get("/tracking/{tracking_code}", responses=found(Tracking) | problems(404, 422))
async def get_tracking(tracking_code: str, connection: ReadSession) -> Response:
    """Where the usulan of a tracking code stands."""
    return json_answer(await track(connection, tracking_code), headers=PRIVATE)
