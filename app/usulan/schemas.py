"""What is asked of usulan, and what is answered, as the OpenAPI document shows it."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, Field

from app.areas.schemas import AreaName
from app.parameters import blank_is_none
from app.usulan.cursor import SortName

Group = Literal["SP", "KP", "SB", "EK"]
Precision = Literal["exact", "rw", "count"]
GeometryType = Literal["Point", "LineString", "Polygon"]


class CategoryRead(BaseModel):
    code: str
    group: Group
    name: str
    units: list[str]
    geometry: list[GeometryType]
    precision: Precision
    synonyms: list[str]


class Categories(BaseModel):
    categories: list[CategoryRead]


class ListQuery(BaseModel):
    """Order and size of a page."""

    sort: SortName = "-created"
    limit: int = Field(100, ge=1, le=1000)
    cursor: Annotated[
        Annotated[str, Field(max_length=500)] | None, BeforeValidator(blank_is_none)
    ] = None


class UsulanProperties(BaseModel):
    number: str
    title: str
    problem: str | None = None
    category: str
    group: Group
    status: str
    stage: str | None
    year: int
    channel: str
    severity: int | None
    volume: float | None
    unit: str | None
    estimated_cost: int | None
    beneficiaries: int | None
    supporters: int
    funding: str | None
    areas: list[AreaName]
    precision: Precision
    created: str
    updated: str


class UsulanFeature(BaseModel):
    type: Literal["Feature"]
    id: str
    geometry: dict[str, Any] | None
    properties: UsulanProperties


class UsulanPage(BaseModel):
    type: Literal["FeatureCollection"]
    features: list[UsulanFeature]
    numberMatched: int  # noqa: N815 - the names of OGC API Features
    numberReturned: int  # noqa: N815
    unlocated: int
    next: str | None


class FullProperties(UsulanProperties):
    address: str | None = None
    landmark: str | None = None


class UsulanRead(UsulanFeature):
    properties: FullProperties


class Actor(BaseModel):
    role: str
    area: str | None


class HistoryEvent(BaseModel):
    at: str
    kind: str
    from_: str | None = Field(alias="from")
    to: str
    actor: Actor
    reason_code: str | None
    reason: str | None
    hash: str
    previous: str | None


class History(BaseModel):
    number: str
    events: list[HistoryEvent]
