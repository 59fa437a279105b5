"""The desk of an officer: lists of his work, and one usulan with all that belongs to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from app.accounts.permissions import Act, require
from app.cities.queries import City
from app.errors import FieldError, InvalidFields, NotFound, NotPermitted
from app.field_words import field_words
from app.moderation import queries
from app.moderation.filters import (
    Calendar,
    Desk,
    filtered,
    in_default_set,
    in_queue,
    not_set_aside,
)
from app.moderation.items import NEAR_M, Around, full_item, item, thing_of
from app.moderation.schemas import DeskQuery
from app.moderation.sitting import Sitting, calendar_of, city_of_number, hearer_of
from app.rows import AnyRow, Condition
from app.usulan.cursor import Cursors, Mark, Sort
from app.usulan.filters import Filters, filter_query
from app.usulan.queries import find_unknown_codes

_SORTS = {
    "due": Sort("due", descending=False),
    "-created": Sort("created", descending=True),
    "updated": Sort("updated", descending=False),
    "supporters": Sort("supporters", descending=True),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What part of a city's usulan an officer wants to see."""

    city: City
    filters: Filters
    query: DeskQuery

    @property
    def parameters(self) -> list[tuple[str, str]]:
        """The same as parameters, but for order, size and place."""
        more = [("queue", self.query.queue), ("scope", self.query.scope)]
        known = [(name, value) for name, value in more if value is not None]
        return [("city", self.city.code), *filter_query(self.filters), *known]


async def read_work(sitting: Sitting, asked: Asked, secret: bytes) -> dict[str, Any]:
    """One page of what the actor's roles reach, with the size of each queue of his.

    Queues hold what is not published too. Without one the list is the public's, `scope=all`
    everything there is. Raises NotPermitted for somebody whom no role lets read usulan.
    """
    if not any(Act.READ in grant.acts for grant in sitting.actor.grants):
        raise NotPermitted
    await _require_known(sitting, asked)
    connection, query = sitting.connection, asked.query
    calendar = await calendar_of(connection, asked.city, sitting.now)
    desk = Desk(sitting.actor, asked.city.city_id, await queries.read_programmes(connection))
    within = _within(asked, desk)
    chosen = _chosen(asked, desk, calendar)
    in_work = not_set_aside(asked.filters)
    matched, queues = await queries.count_desk(
        connection, within, chosen, in_work, (desk, calendar)
    )
    sort = _SORTS[query.sort]
    cursors = Cursors(secret, sort, asked.parameters)
    after = cursors.read(query.cursor) if query.cursor else None
    rows = await queries.read_desk(
        connection, [*within, chosen], calendar, sort=sort, after=after, most=query.limit + 1
    )
    shown = rows[: query.limit]
    hearer = await hearer_of(sitting, asked.city, *shown)
    return {
        "items": [item(row, hearer) for row in shown],
        "numberMatched": matched,
        "next": _next(asked, cursors, shown) if len(rows) > query.limit else None,
        "queues": queues,
    }


def _within(asked: Asked, desk: Desk) -> list[Condition]:
    return [queries.of_city(asked.city.city_id), desk.reach(), filtered(asked.filters)]


def _chosen(asked: Asked, desk: Desk, calendar: Calendar) -> Condition:
    queue, everything = asked.query.queue, asked.query.scope == "all"
    if queue is None:
        return queries.EVERY if everything else in_default_set(asked.filters)
    queued = in_queue(queue, desk, calendar.late())
    return queued if everything else queued & not_set_aside(asked.filters)


async def _require_known(sitting: Sitting, asked: Asked) -> None:
    """Refuse codes that are not there, as the public list does; other editions are not asked for.

    The officer's list is by the own area of each usulan.
    """
    filters = asked.filters
    unknown = await find_unknown_codes(
        sitting.connection, asked.city.city_id, categories=filters.category, areas=filters.area
    )
    names = [name for name, _ in sorted(unknown)] + (["edition"] if filters.edition else [])
    if names:
        words = field_words("value_unknown", {})
        raise InvalidFields(errors=[FieldError(name, "TIDAK_DIKENAL", words) for name in names])


def _next(asked: Asked, cursors: Cursors, shown: Sequence[AnyRow]) -> str:
    query, last = asked.query, shown[-1]
    cursor = cursors.after(Mark(last.mark, last.number))
    page = [("sort", query.sort), ("limit", str(query.limit)), ("cursor", cursor)]
    return f"/api/v1/staff/usulan?{urlencode([*asked.parameters, *page])}"


async def describe_for_staff(sitting: Sitting, number: str) -> dict[str, Any]:
    """One usulan with its history and surroundings; NotFound for what no role reaches."""
    connection = sitting.connection
    city = await city_of_number(connection, number)
    calendar = await calendar_of(connection, city, sitting.now)
    row = await queries.find_for_staff(connection, city.city_id, number, calendar)
    if row is None:
        raise NotFound
    require(sitting.actor, Act.READ, thing_of(row))
    desk = Desk(sitting.actor, city.city_id, await queries.read_programmes(connection))
    around = Around(
        events=await queries.read_whole_history(connection, city.city_id, row.usulan_id),
        contact=await queries.find_proposer(connection, city.city_id, row.usulan_id),
        similar=await queries.read_near(connection, row, desk.reach(), radius_m=NEAR_M),
        merged=await queries.read_merged(connection, row),
        kept=await queries.read_redactions(connection, city.city_id, row.usulan_id),
        answers=await queries.read_answers(connection, row),
    )
    return full_item(row, around, await hearer_of(sitting, city, row))
