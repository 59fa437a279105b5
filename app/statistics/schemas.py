"""What is asked of the numbers, and what is answered."""

from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, Field

from app.areas.queries import Level
from app.areas.schemas import AreaName
from app.parameters import separated

Grouping = Literal["category", "group", "status", "year", "funding"]


class StatsQuery(BaseModel):
    """How to add up the chosen set."""

    level: Level = "kelurahan"
    by: Annotated[tuple[Grouping, ...], BeforeValidator(separated), Field(max_length=5)] = ()
    format: Literal["json", "csv"] = "json"


class StatsRow(BaseModel):
    """One area, or one area and one value of each grouping asked for."""

    area: str
    name: str
    level: Level
    category: str | None = None
    group: str | None = None
    status: str | None = None
    year: int | None = None
    funding: str | None = None
    count: int
    cost: int
    cost_known: int
    beneficiaries: int
    supporters: int
    per_1000: float | None
    population: int | None
    households: int | None


class Stats(BaseModel):
    """The sum of `count` over the rows and `unassigned` is `numberMatched`."""

    rows: list[StatsRow]
    unassigned: int
    unlocated: int
    numberMatched: int  # noqa: N815 - the name of OGC API Features
    as_of: str
    edition: str | None


class Totals(BaseModel):
    count: int
    cost: int
    cost_known: int
    beneficiaries: int
    supporters: int
    per_1000: float | None
    unlocated: int
    by_status: dict[str, int]


class AreaRead(AreaName):
    edition: str
    parents: list[AreaName]
    population: int | None
    households: int | None
    area_km2: float | None
    totals: Totals
