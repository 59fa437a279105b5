"""Addresses of a person's own data."""

from fastapi import APIRouter
from starlette.responses import Response

from app.accounts.routes import UNKEPT
from app.moderation.routes import ACTED, Acting, Reporting
from app.moderation.schemas import Tracking
from app.moderation.tracking import track
from app.privacy import erasing
from app.privacy.schemas import OwnData
from app.responses import found, problems
from app.submission.routes import PRIVATE
from app.web.answers import json_answer
from app.web.bodies import StrictJsonRoute

router = APIRouter(prefix="/api/v1", tags=["usulan"], route_class=StrictJsonRoute)
_SAVED = {"Content-Disposition": 'attachment; filename="data-usulan.json"'}


@router.get("/tracking/{tracking_code}/data", responses=found(OwnData) | problems(404, 422))
async def get_own_data(tracking_code: str, sitting: Reporting) -> Response:
    """All that is kept under a tracking code."""
    told = await erasing.describe_own(sitting, tracking_code)
    return json_answer(told, headers={**PRIVATE, **_SAVED})


@router.delete("/tracking/{tracking_code}/data", responses=found(Tracking) | problems(404, 422))
async def erase_own_data(tracking_code: str, sitting: Reporting) -> Response:
    """Erase whoever sent it; the usulan stays without him."""
    await erasing.erase_own(sitting, tracking_code)
    told = await track(sitting.connection, tracking_code, now=sitting.now)
    return json_answer(told, headers=PRIVATE)


@router.delete("/staff/usulan/{number}/data", responses=ACTED)
async def erase_data(number: str, sitting: Acting) -> Response:
    """The same by an administrator."""
    return json_answer(await erasing.erase_for(sitting, number), headers=UNKEPT)
