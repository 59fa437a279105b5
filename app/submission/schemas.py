"""What a resident sends: every field with its limits, and no other field."""

from collections.abc import Callable
from typing import Annotated, Any, Literal, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
)
from pydantic_core import PydanticCustomError

from app.areas.schemas import AreaName
from app.parameters import Code
from app.stored_words import FUNDING_SOURCES, INCLUSION_THEMES
from app.text import ForbiddenCharacters, tidy_line, tidy_text, visible_length
from app.usulan import limits
from app.usulan.limits import UNITS

Value = TypeVar("Value")


def _line(value: object) -> object:
    return _tidied(value, tidy_line)


def _lines(value: object) -> object:
    return _tidied(value, tidy_text)


def _tidied(value: object, tidy: Callable[[str], str]) -> object:
    """Text in order before its length is measured; what is no text is left to the validator."""
    if not isinstance(value, str):
        return value
    try:
        return tidy(value)
    except ForbiddenCharacters as error:
        raise PydanticCustomError("forbidden_characters", "control characters") from error


def _visible(least: int) -> AfterValidator:
    """Characters that nobody sees do not count towards a length."""

    def require(text: str) -> str:
        if visible_length(text) < least:
            raise PydanticCustomError("string_too_short", "too short", {"min_length": least})
        return text

    return AfterValidator(require)


def _none_if_empty(value: str | None) -> str | None:
    return value or None


def _once_each(values: tuple[Value, ...]) -> tuple[Value, ...]:
    return tuple(dict.fromkeys(values))


def _optional_line(longest: int) -> Any:  # noqa: ANN401 - an annotation
    return Annotated[
        str | None,
        Field(max_length=longest),
        AfterValidator(_none_if_empty),
        BeforeValidator(_line),
    ]


Title = Annotated[
    str,
    Field(min_length=limits.SHORTEST_TITLE, max_length=limits.LONGEST_TITLE),
    BeforeValidator(_line),
    _visible(limits.SHORTEST_TITLE),
]
Problem = Annotated[
    str,
    Field(min_length=limits.SHORTEST_PROBLEM, max_length=limits.LONGEST_PROBLEM),
    BeforeValidator(_lines),
    _visible(limits.SHORTEST_PROBLEM),
]
Metres = Annotated[
    float, Field(strict=True, ge=0, le=limits.LARGEST_ACCURACY_M, allow_inf_nan=False)
]
Volume = Annotated[
    float,
    Field(strict=True, ge=limits.SMALLEST_VOLUME, le=limits.LARGEST_VOLUME, allow_inf_nan=False),
]
Rupiah = Annotated[int, Field(strict=True, ge=0, le=limits.LARGEST_RUPIAH)]
Crowd = Annotated[int, Field(strict=True, ge=0, le=limits.LARGEST_CROWD)]


class ProposerDraft(BaseModel):
    """Who may be asked back; nothing of it is ever public."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: _optional_line(limits.LONGEST_NAME) = None  # type: ignore[valid-type]
    phone: _optional_line(limits.LONGEST_PHONE) = None  # type: ignore[valid-type]
    email: _optional_line(limits.LONGEST_EMAIL) = None  # type: ignore[valid-type]
    role: _optional_line(limits.LONGEST_ROLE) = None  # type: ignore[valid-type]
    consent: Annotated[bool, Field(strict=True)] = False

    @property
    def has_contact(self) -> bool:
        return any((self.name, self.phone, self.email))


class UsulanDraft(BaseModel):
    """A proposal; `geometry` or `area` says where, and exactly one of the two."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: Title
    problem: Problem
    category: Code
    geometry: Annotated[
        dict[str, Any] | None,
        Field(description="GeoJSON Point; LineString or Polygon where the category lists it"),
    ] = None
    area: Code | None = None
    address: _optional_line(limits.LONGEST_PLACE) = None  # type: ignore[valid-type]
    landmark: _optional_line(limits.LONGEST_PLACE) = None  # type: ignore[valid-type]
    volume: Volume | None = None
    unit: Literal[UNITS] | None = None  # type: ignore[valid-type]
    estimated_cost: Rupiah | None = None
    beneficiaries: Crowd | None = None
    severity: (
        Annotated[int, Field(strict=True, ge=limits.LEAST_SEVERITY, le=limits.MOST_SEVERITY)] | None
    ) = None
    funding_source: Literal[FUNDING_SOURCES] | None = None  # type: ignore[valid-type]
    declared_area: Code | None = None
    accuracy_m: Metres | None = None
    inclusion: Annotated[
        tuple[Literal[INCLUSION_THEMES], ...],  # type: ignore[valid-type]
        Field(max_length=5),
        AfterValidator(_once_each),
    ] = ()
    continues: Code | None = None
    proposer: ProposerDraft | None = None

    @property
    def is_anonymous(self) -> bool:
        """Whether nobody can be asked back."""
        person = self.proposer
        return person is None or not (person.consent and person.has_contact)


class SimilarCard(BaseModel):
    """An usulan near by that may be the same."""

    number: str
    title: str
    distance_m: float
    status: str
    created: str
    supporters: int
    photo: str | None
    score: float


class UsulanCreated(BaseModel):
    """What the sender keeps: the number is public, the tracking code is the sender's alone."""

    number: str
    tracking_code: str
    status: str
    published: bool
    """False: it shows once it was looked at."""
    year: int
    areas: list[AreaName]
    doubts: list[str]
    similar: list[SimilarCard]
