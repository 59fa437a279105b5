"""What officers send and are told, as the OpenAPI document shows it."""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from app.areas.schemas import AreaName, Doubt
from app.moderation.filters import Queue
from app.parameters import Code, blank_is_none
from app.sentences import Sentence, none_if_empty, tidied
from app.stored_words import STATUSES
from app.usulan.schemas import Actor, Group, HistoryEvent, Precision

MOST_AT_ONCE = 500
LONGEST_ANSWER = 1_000
DeskSort = Literal["due", "-created", "updated", "supporters"]


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


class Wish(BaseModel):
    """What somebody wants done; no field but these."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class StatusWish(Wish):
    """A step of the status; setbacks need a coded reason and a sentence."""

    to: Literal[STATUSES]  # type: ignore[valid-type]
    reason_code: Code | None = None
    reason: Sentence = None
    question: Sentence = None
    into: Code | None = None


class PublicationWish(Wish):
    """Shown to the public or held back; holding back needs a sentence."""

    published: Annotated[bool, Field(strict=True)]
    reason: Sentence = None


class RedactionWish(Wish):
    """Words to close, as they stand in the field."""

    field: Literal["title", "problem", "address", "landmark"]
    text: Annotated[str, Field(min_length=1, max_length=500)]
    reason: Sentence = None


class PlaceWish(Wish):
    """Where it lies instead: a shape, or an area alone."""

    geometry: dict[str, Any] | None = None
    area: Code | None = None
    reason: Sentence = None


class CategoryWish(Wish):
    category: Code
    reason: Sentence = None


class ForwardWish(Wish):
    """To which programme (1.03 or finer), to which agency, or both."""

    programme: Annotated[str, Field(pattern=r"^\d(\.\d{2}){1,4}$")] | None = None
    agency: Annotated[
        Annotated[str, Field(max_length=100)] | None,
        AfterValidator(none_if_empty),
        BeforeValidator(tidied),
    ] = None
    reason: Sentence = None


class DoubtsWish(Wish):
    """Doubts that are cleared up."""

    settled: Annotated[tuple[Doubt, ...], Field(min_length=1, max_length=5)]
    reason: Sentence = None


class UndoWish(Wish):
    """The last step taken back."""


class _Seeing(BaseModel):
    seen: Seen


class Reply(Wish):
    """A reporter's answer to what he was asked."""

    text: Annotated[
        str,
        Field(min_length=1, max_length=LONGEST_ANSWER),
        BeforeValidator(tidied),
    ]


class StatusMove(StatusWish, _Seeing): ...


class PublicationAct(PublicationWish, _Seeing): ...


class RedactionAct(RedactionWish, _Seeing): ...


class PlaceAct(PlaceWish, _Seeing): ...


class CategoryAct(CategoryWish, _Seeing): ...


class ForwardAct(ForwardWish, _Seeing): ...


class DoubtsAct(DoubtsWish, _Seeing): ...


class UndoAct(UndoWish, _Seeing): ...


class ManyMove(StatusWish):
    kind: Literal["status"]


class ManyPublication(PublicationWish):
    kind: Literal["publication"]


class ManyCategory(CategoryWish):
    kind: Literal["category"]


class ManyForward(ForwardWish):
    kind: Literal["forward"]


class ManyDoubts(DoubtsWish):
    kind: Literal["doubts"]


class ManyUndo(UndoWish):
    kind: Literal["undo"]


class Many(Wish):
    """One act on many usulan, each as it stands when its turn comes."""

    numbers: Annotated[tuple[Code, ...], Field(min_length=1, max_length=MOST_AT_ONCE)]
    act: Annotated[
        ManyMove | ManyPublication | ManyCategory | ManyForward | ManyDoubts | ManyUndo,
        Field(discriminator="kind"),
    ]
    dry_run: Annotated[bool, Field(strict=True)] = False


class RefusedOne(BaseModel):
    number: str
    code: str
    detail: str


class ManyDone(BaseModel):
    """How many it goes well for (`would`), how many were done, and why others were not."""

    would: int
    done: int
    refused: list[RefusedOne]


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


class AnsweredEvent(WholeEvent):
    answer: str | None
    """What the reporter answered by this step."""


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
    events: list[AnsweredEvent]
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


class OwnEvent(HistoryEvent):
    """A step as its reporter reads it."""

    answer: str | None
    """What he answered by it; until it is erased."""


class Tracking(BaseModel):
    """The usulan as its reporter sees it; `may` lists what the reporter can do now."""

    number: str
    title: str
    year: int
    published: bool
    status: str
    stage: str | None
    due: date | None
    """The last working day for whoever has it now: of a question, the last day to answer."""
    late: bool
    time_zone: str
    areas: list[AreaName]
    events: list[OwnEvent]
    merged_into: str | None
    """The number of the usulan that goes on for both, where it was merged."""
    question: str | None
    may: list[str]
