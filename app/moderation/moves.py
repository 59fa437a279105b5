"""Steps of the status table, as officers ask for them."""

from typing import Any

from app.accounts.permissions import Act, moves_of, require, require_status_move
from app.cities.queries import City
from app.errors import MoveNotAllowed
from app.moderation import queries
from app.moderation.items import thing_of
from app.moderation.reasons import require_reason
from app.moderation.schemas import StatusWish
from app.moderation.sitting import Sitting, calendar_of, city_of_number, wrong_field
from app.moderation.steps import STATUS_CHANGE, Standing, Step
from app.rows import AnyRow
from app.usulan.workflow import MOVES, needs_reason, stage_after


async def plan_move(sitting: Sitting, _city: City, standing: Standing, wish: StatusWish) -> Step:
    """The step that the status table has for the actor.

    Raises MoveNotAllowed with the statuses that are open to him, NotPermitted for a step of
    others, ReasonMissing, InvalidFields for what does not go with the status.
    """
    row, thing = standing.row, thing_of(standing.row)
    if wish.to not in MOVES[row.status]:
        require(sitting.actor, Act.MOVE, thing)
        raise MoveNotAllowed(
            facts={"status": row.status, "target": wish.to},
            members={"allowed": list(moves_of(sitting.actor, thing, row.status))},
        )
    grant = require_status_move(sitting.actor, thing, row.status, wish.to)
    if needs_reason(wish.to):
        require_reason(wish.reason_code, wish.reason)
    changes, details = await _consequences(sitting, row, wish)
    return Step(
        STATUS_CHANGE,
        grant.role,
        grant.area_code,
        to_status=wish.to,
        stage=stage_after(wish.to, row.stage),
        reason_code=wish.reason_code,
        reason=wish.reason,
        details=details,
        changes=changes,
    )


async def _consequences(
    sitting: Sitting, row: AnyRow, wish: StatusWish
) -> tuple[dict[str, Any], dict[str, Any]]:
    """What a status brings beside itself: changed columns, and what the history keeps of it."""
    for name, target in (("question", "dikembalikan"), ("into", "digabung")):
        if getattr(wish, name) is not None and wish.to != target:
            raise wrong_field(f"/{name}", "not_asked_here")
    if wish.to == "digabung":
        survivor = await _survivor(sitting, row, wish.into)
        return {"merged_into_id": survivor.usulan_id}, {"into": survivor.number}
    changes: dict[str, Any] = {}
    if row.status == "digabung":
        changes["merged_into_id"] = None
    if wish.question is not None:
        return {**changes, "question": wish.question}, {"question": wish.question}
    return changes, {}


async def _survivor(sitting: Sitting, row: AnyRow, number: str | None) -> AnyRow:
    """The usulan that another one is merged into: one that the actor sees, and no merged one.

    What took others in is not merged itself, and nothing merged takes others in: there is no
    chain and no circle of them.
    """
    if number is None:
        raise wrong_field("/into", "missing")
    connection = sitting.connection
    city = await city_of_number(connection, row.number)
    calendar = await calendar_of(connection, city, sitting.now)
    found = await queries.find_for_staff(connection, row.city_id, number, calendar, lock=True)
    _, taken_in = await queries.read_merged(connection, row)
    if (
        taken_in
        or found is None
        or found.usulan_id == row.usulan_id
        or found.status in ("draf", "digabung", "dibatalkan")
        or not sitting.actor.grants_over(thing_of(found))
    ):
        raise wrong_field("/into", "not_mergeable")
    return found
