"""The address of sending an usulan."""

import random
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Request
from starlette.responses import Response

from app.dependencies import MOST_CODE, ChosenCity, spoken_of
from app.language import preferred_language
from app.responses import found, problems
from app.submission.desk import SubmissionDesk
from app.submission.schemas import UsulanCreated, UsulanDraft
from app.submission.service import Sending
from app.web.answers import json_answer
from app.web.bodies import Handler, StrictJsonRoute

_USUAL_QUERY: tuple[list[str], ...] = ([], ["city"])
MOST_KEY = 200


class PlainSubmissionRoute(StrictJsonRoute):
    """Takes a submission that has nothing wrong or unusual about it past the framework's ways.

    Those to parameters and bodies take longer than checking the draft itself. Whatever is not
    taken here goes through them, and they say what is wrong with it.
    """

    def get_answerer(self) -> Handler:
        answer = super().get_answerer()

        async def answer_plainly(request: Request) -> Response:
            taken = await _plain_submission(request)
            return await (answer(request) if taken is None else create_usulan(request, *taken))

        return answer_plainly


router = APIRouter(prefix="/api/v1", tags=["usulan"], route_class=PlainSubmissionRoute)

# Answers that hold a tracking code are kept by nobody on the way and named to no other site.
PRIVATE = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}


async def _sending(
    request: Request,
    city: ChosenCity = None,
    idempotency_key: Annotated[str | None, Header(max_length=MOST_KEY)] = None,
) -> Sending:
    # Read here and not each by a dependency of its own: the framework takes longer over those.
    state = request.app.state
    return Sending(
        city_code=city or state.settings.default_city,
        key=idempotency_key,
        secret=state.secret,
        publishes_at_once=state.settings.publishes_at_once,
        now=spoken_of(request),
        rng=random.SystemRandom(),
        language=preferred_language(request.headers.get("Accept-Language")),
        address=request.client.host if request.client else "",
    )


async def _plain_submission(request: Request) -> tuple[UsulanDraft, Sending] | None:
    named = request.query_params.multi_items()
    city, key = dict(named).get("city"), request.headers.get("Idempotency-Key")
    if [name for name, _ in named] not in _USUAL_QUERY or len(city or "") > MOST_CODE:
        return None
    if key is not None and not 0 < len(key) <= MOST_KEY:
        return None
    try:
        draft = UsulanDraft.model_validate(await request.json())
    except ValueError:  # no JSON, or no draft
        return None
    return draft, await _sending(request, city, key)


@router.post(
    "/usulan",
    status_code=201,
    responses=found(UsulanCreated, status=201) | problems(400, 404, 409, 415, 422, 429),
)
async def create_usulan(
    request: Request, draft: UsulanDraft, sending: Annotated[Sending, Depends(_sending)]
) -> Response:
    """Send an usulan; the same Idempotency-Key and body again is answered the same again."""
    desk: SubmissionDesk = request.app.state.submissions
    answer = await desk.take(draft, sending)
    location = {"Location": f"/api/v1/usulan/{answer['number']}"}
    return json_answer(answer, status=201, headers={**PRIVATE, **location})
