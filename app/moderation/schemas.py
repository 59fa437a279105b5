"""What officers send and are told, as the OpenAPI document shows it."""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from app.areas.schemas import AreaName
from app.models.usulan import STATUSES
from app.moderation.filters import Queue
from app.moderation.reasons import LONGEST_REASON
from app.parameters import Code, blank_is_none
from app.text import ForbiddenCharacters, tidy_text
from app.usulan.schemas import Actor, Group, Precision

DeskSort = Literal["due", "-created", "updated", "supporters"]


def _tidied(value: object) -> object:
    if not isinstance(value, str):
        return value
    try:
        return tidy_text(value)
    except ForbiddenCharacters as error:
        raise PydanticCustomError("forbidden_characters", "control characters") from error


def _none_if_empty(value: str | None) -> str | None:
    return value or None


Sentence = Annotated[
    str | None,
    Field(max_length=LONGEST_REASON),
    AfterValidator(_none_if_empty),
    BeforeValidator(_tidied),
]
Seen = Annotated[
    str,
    Field(pattern="^[0-9a-f]{64}$", description="hash of the newest step that was looked at"),
]
Queued = Annotated[Queue | None, BeforeValidator(blank_is_none)]


class DeskQuery(BaseModel):
    """Which part of the work, in which order, and how much of it."""

    queue: Queued = None
    scope: Annotated[Literal["all"] | None, BeforeValidator(blank_is_none)] = None
    sort: DeskSort = "due"
    limit: int = Field(100, ge=1, le=500)
    cursor: Annotated[
        Annotated[str, Field(max_length=500)] | None, BeforeValidator(blank_is_none)
    ] = None


class StatusMove(BaseModel):
    """A step of the status; setbacks need a coded reason and a sentence."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    to: Literal[STATUSES]  # type: ignore[valid-type]
    reason_code: Code | None = None
    reason: Sentence = None
    question: Sentence = None
    into: Code | None = None
    seen: Seen


class May(BaseModel):
    moves: list[str]
    acts: list[str]


class DeskItem(BaseModel):
    number: str
    title: str
    problem: str
    category: str
    group: Group
    status: str
    stage: str | None
    year: int
    channel: str
    severity: int | None
    supporters: int
    estimated_cost: int | None
    areas: list[AreaName]
    geometry: dict[str, Any] | None
    precision: Precision
    published: bool
    doubts: list[str]
    created: str
    updated: str
    due: date | None
    late: bool
    question: str | None
    may: May
    seen: str


class DeskPage(BaseModel):
    items: list[DeskItem]
    numberMatched: int  # noqa: N815 - as in the public list
    next: str | None
    queues: dict[str, int]


class WholeEvent(BaseModel):
    at: str
    kind: str
    from_: str | None = Field(alias="from")
    to: str
    stage: str | None
    actor: Actor
    reason_code: str | None
    reason: str | None
    details: dict[str, Any]
    hash: str
    previous: str | None


class NearCard(BaseModel):
    number: str
    title: str
    distance_m: float
    status: str
    created: str
    supporters: int
    score: float


class Contact(BaseModel):
    name: str | None
    phone: str | None
    email: str | None
    role: str | None


class Merged(BaseModel):
    into: str | None
    from_: list[str] = Field(alias="from")


class KeptWords(BaseModel):
    field: str
    words: str


class FullItem(DeskItem):
    address: str | None
    landmark: str | None
    volume: float | None
    unit: str | None
    beneficiaries: int | None
    funding: str | None
    declared_area: str | None
    accuracy_m: float | None
    source: str
    programme: str | None
    agency: str | None
    events: list[WholeEvent]
    similar: list[NearCard]
    merged: Merged
    contact: Contact | None = None
    kept: list[KeptWords] | None = None


class ActedItem(DeskItem):
    event: WholeEvent


class ReasonRead(BaseModel):
    code: str
    name: str
    suits: list[str]


class Reasons(BaseModel):
    reasons: list[ReasonRead]
