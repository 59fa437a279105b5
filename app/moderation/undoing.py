"""Taking back the last step: within a day, by whoever may take it, as a step of its own."""

from typing import Any

from app.accounts.permissions import Act, Grant, require, require_status_move
from app.cities.queries import City
from app.errors import Conflict, FieldError
from app.field_words import field_code, field_words
from app.moderation import queries
from app.moderation.former_places import read_former_places
from app.moderation.items import ACT_OF_KIND, is_undoable, thing_of
from app.moderation.schemas import UndoWish
from app.moderation.sitting import Sitting
from app.moderation.steps import (
    REDACTION,
    STATUS_CHANGE,
    UNDOING,
    Standing,
    Step,
    restored,
)
from app.rows import AnyRow


async def plan_undoing(sitting: Sitting, _city: City, standing: Standing, _wish: UndoWish) -> Step:
    """The way back of the last step.

    Raises Conflict where there is none, NotPermitted for somebody who may not take that step.
    """
    row, last = standing.row, standing.last
    grant = _require_taker(sitting, row, last)
    if not is_undoable(last, sitting.now) or await _is_relied_on(sitting, standing):
        raise _not_undoable()
    details = {"undone": last.hash.hex(), "kind": last.kind}
    if last.kind == REDACTION:
        kept = await queries.find_words_before(sitting.connection, row, last.sequence)
        if kept is None:
            raise _not_undoable()
        changes, reopens = {kept.field: kept.before}, last.sequence
    else:
        changes, reopens = await _changes_back(sitting, row, last), None
    is_move = last.kind == STATUS_CHANGE
    return Step(
        UNDOING,
        grant.role,
        grant.area_code,
        to_status=last.from_status if is_move else None,
        stage=changes.get("stage", row.stage),
        details=details,
        changes=changes,
        reopens=reopens,
    )


async def _changes_back(sitting: Sitting, row: AnyRow, last: AnyRow) -> dict[str, Any]:
    """The columns that the last step changed, as they were; its place is kept apart."""
    changes = restored(last.details["before"])
    if "place_apart" not in last.details:
        return changes
    kept = await read_former_places(sitting.connection, row)
    if last.sequence not in kept:
        raise _not_undoable()
    return {**changes, **kept[last.sequence]}


def _not_undoable() -> Conflict:
    words = field_words("not_undoable", {})
    return Conflict(errors=[FieldError("", field_code("not_undoable"), words)])


def _require_taker(sitting: Sitting, row: AnyRow, last: AnyRow) -> Grant:
    """The role under which the actor could take the last step himself."""
    thing = thing_of(row)
    if last.kind == STATUS_CHANGE and last.from_status != last.to_status:
        return require_status_move(sitting.actor, thing, last.from_status, last.to_status)
    return require(sitting.actor, ACT_OF_KIND.get(last.kind, Act.MOVE), thing)


async def _is_relied_on(sitting: Sitting, standing: Standing) -> bool:
    """Whether something followed from the last step since: a resident has carried it over."""
    row, last = standing.row, standing.last
    return last.kind == STATUS_CHANGE and await queries.is_continued(sitting.connection, row)
