"""The one filter parser: which usulan a list, tile, total or export is about.

A comma means any of; different filters are joined by AND. The default set leaves out drafts,
merged and withdrawn ones unless asked for by name, and without a year keeps only the newest
record of each lineage.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import (
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
)
from pydantic_core import PydanticCustomError
from sqlalchemy import ColumnElement, and_, or_, select
from starlette.datastructures import QueryParams

from app.parameters import Bbox, Code, blank_is_none, separated
from app.problems import invalid_parameters
from app.stored_words import CHANNELS, FUNDING_SOURCES, LEVELS, STATUSES
from app.text import ForbiddenCharacters, tidy_line
from app.usulan.workflow import STAGES
from app.views import counterpart, in_box, other_place, point

MOST_VALUES = 200
_BEGINS_WITH_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
# In an address a plus sign means a blank, and the offset of an instant is often sent so.
_LOST_PLUS = re.compile(r" (?=\d\d:?\d\d$)")


def _searched(value: object) -> object:
    if not isinstance(value, str):
        return value
    try:
        return tidy_line(value) or None
    except ForbiddenCharacters as error:
        raise PydanticCustomError("forbidden_characters", "control characters") from error


def _instant(value: object) -> object:
    if not isinstance(value, str):
        return value
    # A bare number would be taken for seconds since 1970.
    if value and not _BEGINS_WITH_DATE.match(value):
        raise PydanticCustomError("timezone_aware", "no instant")
    return _LOST_PLUS.sub("+", value) or None


def _any_of(kind: Any, description: str) -> Any:  # noqa: ANN401 - annotations
    field = Field(default=(), max_length=MOST_VALUES, description=description)
    return Annotated[tuple[kind, ...], field, BeforeValidator(separated)]


class Filters(BaseModel):
    """The parameters that choose a set, each checked by itself."""

    model_config = ConfigDict(frozen=True)

    bbox: Bbox = None
    area: _any_of(Code, "area codes; keeps them and all beneath")  # type: ignore[valid-type]
    category: _any_of(Code, "category codes")  # type: ignore[valid-type]
    group: _any_of(Literal["SP", "KP", "SB", "EK"], "groups of categories")  # type: ignore[valid-type]
    status: _any_of(Literal[STATUSES], "statuses")  # type: ignore[valid-type]
    stage: _any_of(Literal[STAGES], "forums that hold it now")  # type: ignore[valid-type]
    year: _any_of(Annotated[int, Field(ge=2000, le=2100)], "planning years")  # type: ignore[valid-type]
    funding: _any_of(Literal[FUNDING_SOURCES], "funding sources")  # type: ignore[valid-type]
    channel: _any_of(Literal[CHANNELS], "channels")  # type: ignore[valid-type]
    q: Annotated[
        str | None,
        Field(max_length=100, description="words in title, problem or number"),
        BeforeValidator(_searched),
    ] = None
    updated_after: Annotated[
        AwareDatetime | None,
        Field(description="instant with offset"),
        BeforeValidator(_instant),
    ] = None
    edition: Annotated[
        str | None,
        Field(
            max_length=200,
            description="boundary edition whose areas are meant; left out, the active one",
        ),
        BeforeValidator(blank_is_none),
    ] = None


def read_filters(parameters: QueryParams) -> Filters:
    """The filters of an address; parameters that are no filter are left alone.

    Raises InvalidFields, naming each parameter that is wrong.
    """
    given = {
        name: parameters.getlist(name) if name in LISTS else parameters[name]
        for name in Filters.model_fields
        if name in parameters
    }
    try:
        return Filters.model_validate(given)
    except ValidationError as error:
        raise invalid_parameters(error) from error


LISTS = frozenset(Filters.model_fields) - {"q", "updated_after", "edition"}
"""Filters that take several values, and may therefore be given several times."""


def filter_query(filters: Filters) -> list[tuple[str, str]]:
    """The filters as parameters again, in one fixed order: for links, and to tell sets apart."""
    return [
        (name, _as_parameter(value))
        for name in Filters.model_fields
        if (value := getattr(filters, name))
    ]


def _as_parameter(value: object) -> str:
    if isinstance(value, tuple):
        return ",".join(str(part) for part in value)
    return value.isoformat() if isinstance(value, datetime) else str(value)


def conditions(filters: Filters, city_id: int, edition_id: int | None) -> list[ColumnElement[bool]]:
    """What a row of `map.point` must satisfy to be in the set; areas are those of the edition."""
    return [
        point.c.city_id == city_id,
        *_of_the_default_set(filters),
        *_any_of_values(filters),
        *_of_areas(filters.area, city_id, edition_id or 0),
        *([in_box(filters.bbox)] if filters.bbox else ()),
        *_with_words(filters.q),
        *([point.c.updated > filters.updated_after] if filters.updated_after else ()),
    ]


def _of_the_default_set(filters: Filters) -> Iterable[ColumnElement[bool]]:
    if not filters.status:
        yield point.c.listed
    if not filters.year:
        yield point.c.newest


_COLUMNS: Mapping[str, Any] = {
    "category": point.c.category,
    "group": point.c.group_code,
    "status": point.c.status,
    "stage": point.c.stage,
    "year": point.c.year,
    "funding": point.c.funding,
    "channel": point.c.channel,
}


def _any_of_values(filters: Filters) -> Iterable[ColumnElement[bool]]:
    for name, column in _COLUMNS.items():
        if values := getattr(filters, name):
            yield column.in_(values)


# By names of their own, for the query around may read the same views.
_kept = other_place.alias("kept")
_held_by = counterpart.alias("held_by")


def _of_areas(
    codes: tuple[str, ...], city_id: int, edition_id: int
) -> Iterable[ColumnElement[bool]]:
    """In one of these areas or beneath, by the place that each has under the edition."""
    if not codes:
        return
    elsewhere = and_(
        _kept.c.city_id == city_id,
        _kept.c.edition_id == edition_id,
        _kept.c.number == point.c.number,
    )
    by_area = and_(
        _held_by.c.city_id == city_id,
        _held_by.c.edition_id == point.c.edition_id,
        _held_by.c.code == point.c.public_area,
        _held_by.c.other_edition_id == edition_id,
    )
    yield or_(
        and_(point.c.edition_id == edition_id, _at_any_level(point.c, codes)),
        and_(
            point.c.edition_id != edition_id,
            or_(
                select(1).where(elsewhere, _at_any_level(_kept.c, codes)).exists(),
                and_(
                    ~select(1).where(elsewhere).exists(),
                    select(1).where(by_area, _at_any_level(_held_by.c, codes)).exists(),
                ),
            ),
        ),
    )


def _at_any_level(columns: Any, codes: tuple[str, ...]) -> ColumnElement[bool]:  # noqa: ANN401
    return or_(*(columns[level].in_(codes) for level in LEVELS))


def _with_words(words: str | None) -> Iterable[ColumnElement[bool]]:
    if words:
        yield or_(
            point.c.title.icontains(words, autoescape=True),
            point.c.problem.icontains(words, autoescape=True),
            point.c.number == words.upper(),
        )
