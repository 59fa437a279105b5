"""Which usulan an officer sees: his reach, the filters of lists, and the queues of his work."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from sqlalchemy import (
    ARRAY,
    Date,
    and_,
    any_,
    bindparam,
    case,
    cast,
    exists,
    false,
    func,
    literal,
    or_,
    select,
    true,
)
from sqlalchemy.orm import aliased
from sqlalchemy.sql.expression import Grouping

from app.accounts.permissions import ROLES, Act, Actor, Grant, holds_field
from app.models import Area, Category, Usulan
from app.moderation.deadlines import FIRST_DAY, WORKING_DAYS
from app.rows import AnyRow, Condition, Expression
from app.stored_words import LEVELS
from app.usulan.filters import Filters
from app.usulan.workflow import MOVES
from spatial.boxes import ranges_of_box

_SINCE = func.coalesce(Usulan.status_since, Usulan.updated)


@dataclass(frozen=True, slots=True)
class Calendar:
    """By which deadlines are counted."""

    today: date
    days: Sequence[date]
    """Working days in order, see `working_days`."""
    time_zone: str

    def due(self) -> Expression:
        """The last day in time; null where the status has none."""
        days: Expression = bindparam("working_days", list(self.days), type_=ARRAY(Date))
        came = cast(func.timezone(self.time_zone, _SINCE), Date)
        place = func.width_bucket(func.greatest(came, FIRST_DAY), days)
        allowed = case(WORKING_DAYS, value=Usulan.status)
        # In brackets, for a place is looked up in a value that has them.
        return cast(Grouping(days)[place + allowed], Date)

    def late(self) -> Condition:
        return func.coalesce(self.due() < self.today, False)


Queue = Literal[
    "giliran_saya",
    "ragu",
    "ditahan",
    "menunggu_jawaban",
    "terlambat",
    "tanpa_posisi",
    "semua",
]
QUEUES: tuple[Queue, ...] = (
    "giliran_saya",
    "ragu",
    "ditahan",
    "menunggu_jawaban",
    "terlambat",
    "tanpa_posisi",
    "semua",
)
UNLISTED = ("draf", "digabung", "dibatalkan")


@dataclass(frozen=True, slots=True)
class Desk:
    """Whose work is looked at, in which city, and by which list of categories."""

    actor: Actor
    city_id: int
    categories: Sequence[AnyRow]
    """Code and programmes of each."""

    def reach(self, act: Act = Act.READ) -> Condition:
        """That some role of the actor permits an act on an usulan."""
        takers = [grant for grant in self._grants() if act in grant.acts]
        return _any(self._reached_by(grant) for grant in takers)

    def turn(self) -> Condition:
        """That the status table has a step for the actor."""
        return _any(
            and_(self._reached_by(grant), Usulan.status.in_(_statuses_moved_by(grant.role)))
            for grant in self._grants()
            if Act.MOVE in grant.acts
        )

    def _grants(self) -> Iterable[Grant]:
        return (grant for grant in self.actor.grants if grant.city_id == self.city_id)

    def _reached_by(self, grant: Grant) -> Condition:
        code = grant.area_code or ""
        level = level_of(code)
        within = [getattr(Usulan, level) == code]
        if level in ("rw", "rt"):  # the index is by kelurahan
            within.append(Usulan.kelurahan == code.partition("-")[0])
        if grant.fields:
            within.append(self._in_fields(grant.fields))
        return and_(*within)

    def _in_fields(self, fields: frozenset[str]) -> Condition:
        codes = [
            row.code
            for row in self.categories
            if not row.programmes or any(holds_field(fields, one) for one in row.programmes)
        ]
        forwarded = or_(
            *(
                or_(Usulan.programme == field, Usulan.programme.startswith(f"{field}."))
                for field in sorted(fields)
            )
        )
        return or_(and_(Usulan.programme.is_(None), Usulan.category.in_(codes)), forwarded)


def level_of(code: str) -> str:
    """The level of an area by the shape of its code: dots down to the kelurahan, then dashes."""
    return LEVELS[min(code.count(".") - 1 + code.count("-"), len(LEVELS) - 1)]


def _statuses_moved_by(role: str) -> list[str]:
    acting = {role, ROLES[role].acts_as}
    return [
        status
        for status, moves in MOVES.items()
        if any(acting & set(takers) for takers in moves.values())
    ]


def _any(conditions: Iterable[Condition]) -> Condition:
    return or_(false(), *conditions)


_COLUMNS: Mapping[str, Any] = {
    "category": Usulan.category,
    "group": Category.group_code,
    "status": Usulan.status,
    "stage": Usulan.stage,
    "year": Usulan.year,
    "funding": Usulan.funding,
    "channel": Usulan.channel,
}


def filtered(filters: Filters) -> Condition:
    """The filters of the public list, by the own place and words of each usulan."""
    parts = [
        column.in_(values)
        for name, column in _COLUMNS.items()
        if (values := getattr(filters, name))
    ]
    if filters.area:
        parts.append(or_(*(getattr(Usulan, level_of(code)) == code for code in filters.area)))
    if filters.bbox:
        parts += [_in_box(filters.bbox)]
    if filters.q:
        parts.append(
            or_(
                Usulan.title.icontains(filters.q, autoescape=True),
                Usulan.problem.icontains(filters.q, autoescape=True),
                Usulan.number == filters.q.upper(),
            )
        )
    if filters.updated_after:
        parts.append(Usulan.updated > filters.updated_after)
    return and_(true(), *parts)


def _in_box(bounds: Sequence[float]) -> Condition:
    cells = or_(*(Usulan.cell.between(first, last) for first, last in ranges_of_box(bounds)))
    box = func.ST_MakeEnvelope(*bounds, 4326)
    return and_(cells, func.ST_Intersects(Usulan.position, box))


def open_doubts() -> Expression:
    """What is doubtful about a place; where no RT is drawn, none can be missing."""
    drawn = exists(
        select(1).where(
            Area.city_id == Usulan.city_id,
            Area.edition_id == Usulan.edition_id,
            Area.level == "rt",
        )
    )
    lacks_rt = literal("tanpa_rt") == any_(Usulan.doubts)
    return case(
        (and_(lacks_rt, ~drawn), func.array_remove(Usulan.doubts, "tanpa_rt")),
        else_=Usulan.doubts,
    )


def in_queue(queue: Queue, desk: Desk, late: Condition) -> Condition:
    """What somebody has to look at; published or not, but nothing merged or withdrawn."""
    asked = and_(Usulan.status == "dikembalikan", Usulan.question.is_not(None))
    kept: Mapping[Queue, Condition] = {
        "giliran_saya": desk.turn(),
        "ragu": func.cardinality(open_doubts()) > 0,
        "ditahan": ~Usulan.published,
        "menunggu_jawaban": asked,
        "terlambat": late,
        "tanpa_posisi": Usulan.position.is_(None),
        "semua": true(),
    }
    return kept[queue]


def not_set_aside(filters: Filters) -> Condition:
    """Neither draft nor merged nor withdrawn, unless asked for by status."""
    return true() if filters.status else Usulan.status.not_in(UNLISTED)


def in_default_set(filters: Filters) -> Condition:
    """What the public list has by these filters, too."""
    parts = [Usulan.published, not_set_aside(filters)]
    if not filters.year:
        later = aliased(Usulan)
        continued = exists(
            select(1).where(
                later.city_id == Usulan.city_id,
                later.lineage_id == Usulan.lineage_id,
                later.sequence > 0,
                later.sequence > Usulan.sequence,
                later.published,
                later.status.not_in(UNLISTED),
            )
        )
        parts.append(~continued)
    return and_(*parts)
