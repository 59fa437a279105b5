"""The acts of officers: checked, written in one transaction, answered."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, TypeAlias

from app.accounts.permissions import Act, require
from app.cities.queries import City
from app.errors import Busy, Conflict, FieldError, NotFound
from app.field_words import field_code, field_words
from app.moderation import queries
from app.moderation.acts import (
    plan_category,
    plan_forwarding,
    plan_placing,
    plan_publication,
    plan_redaction,
    plan_settling,
)
from app.moderation.former_places import keep_former_place
from app.moderation.items import ACTS, item, thing_of, told_event
from app.moderation.moves import plan_move
from app.moderation.schemas import (
    CategoryWish,
    DoubtsWish,
    ForwardWish,
    PlaceWish,
    PublicationWish,
    RedactionWish,
    StatusWish,
    UndoWish,
    Wish,
)
from app.moderation.sitting import (
    Sitting,
    calendar_of,
    city_of_number,
    find_standing,
    hearer_of,
)
from app.moderation.steps import UNDOING, Standing, Step, changes_of, event_of, place_left
from app.moderation.undoing import plan_undoing
from app.notices.outbox import tell_reporter
from app.notices.words import PROGRESS, QUESTION
from app.usulan.history import NONCE_BYTES
from app.usulan.workflow import notifies

Planner: TypeAlias = Callable[[Sitting, City, Standing, Any], Awaitable[Step]]

PLANNERS: Mapping[type[Wish], tuple[Act, Planner]] = {
    StatusWish: (Act.MOVE, plan_move),
    PublicationWish: (ACTS["publication"], plan_publication),
    RedactionWish: (ACTS["redaction"], plan_redaction),
    PlaceWish: (ACTS["place"], plan_placing),
    CategoryWish: (ACTS["category"], plan_category),
    ForwardWish: (ACTS["forward"], plan_forwarding),
    DoubtsWish: (ACTS["doubts"], plan_settling),
    UndoWish: (Act.READ, plan_undoing),
}
"""What a wish needs before anything else is told, and how it becomes a step."""


async def act(sitting: Sitting, number: str, wish: Wish, *, seen: str) -> dict[str, Any]:
    """Do to an usulan what is wished; the item as it is then, with the step.

    Raises NotFound and NotPermitted by the roles of the actor, Conflict where something happened
    since he looked, and whatever the act itself refuses.
    """
    city = await city_of_number(sitting.connection, number)
    standing = await find_standing(sitting, city, number)
    needed, _ = _planner(wish)
    require(sitting.actor, needed, thing_of(standing.row))
    await _require_seen(sitting, city, standing, seen)
    step = await plan(sitting, city, standing, wish)
    await write(sitting, standing, step)
    return await describe_acted(sitting, city, number)


async def plan(sitting: Sitting, city: City, standing: Standing, wish: Wish) -> Step:
    """The step that a wish becomes; refused as the act refuses it."""
    _, planned = _planner(wish)
    return await planned(sitting, city, standing, wish)


def _planner(wish: Wish) -> tuple[Act, Planner]:
    return next(PLANNERS[kind] for kind in type(wish).__mro__ if kind in PLANNERS)


async def write(sitting: Sitting, standing: Standing, step: Step) -> None:
    """Write a step and all that it brings.

    Raises Busy when another edition of boundaries became active since the place was found.
    """
    connection, row = sitting.connection, standing.row
    event = event_of(standing, step, now=sitting.now, nonce=sitting.rng.randbytes(NONCE_BYTES))
    if step.moves_place:
        await queries.leave_place(connection, row, is_elsewhere="area_code" in step.changes)
    await queries.add_step(connection, event, changes_of(standing, step, now=sitting.now))
    left = place_left(standing, step)
    if left:
        await keep_former_place(connection, row, event["sequence"], left)
    if step.closed is not None:
        await queries.close_words(connection, row, event["sequence"], step.closed)
    if step.answer is not None:
        await queries.add_answer(connection, row, event["sequence"], step.answer)
    if step.reopens is not None:
        await queries.open_words(connection, row, step.reopens)
    if _is_told(standing, step):
        kind = QUESTION if step.changes.get("question") else PROGRESS
        await tell_reporter(connection, event, kind=kind)
    edition_id = step.changes.get("edition_id", row.edition_id)
    if edition_id != row.edition_id and not await queries.is_active_edition(
        connection, row.city_id, edition_id
    ):
        raise Busy


def _is_told(standing: Standing, step: Step) -> bool:
    """Whether the reporter hears of a step; also of one taken back of which he had heard."""
    if step.to_status is None:
        return False
    is_taken_back = step.kind == UNDOING and notifies(standing.row.status, step.role)
    return is_taken_back or notifies(step.to_status, step.role)


async def _require_seen(sitting: Sitting, city: City, standing: Standing, seen: str) -> None:
    """Pass when nothing happened since the actor looked; else Conflict with what stands now."""
    if standing.last.hash.hex() != seen:
        told = FieldError("/seen", field_code("overtaken"), field_words("overtaken", {}))
        current = item(standing.row, await hearer_of(sitting, city, standing.row))
        raise Conflict(errors=[told], members={"current": current})


async def describe_acted(sitting: Sitting, city: City, number: str) -> dict[str, Any]:
    """An usulan as it is after an act, with the step."""
    connection = sitting.connection
    calendar = await calendar_of(connection, city, sitting.now)
    row = await queries.find_for_staff(connection, city.city_id, number, calendar)
    if row is None:
        raise NotFound
    last = await queries.get_last_event(connection, city.city_id, row.usulan_id)
    hearer = await hearer_of(sitting, city, row)
    return {**item(row, hearer), "event": told_event(last, hearer)}
