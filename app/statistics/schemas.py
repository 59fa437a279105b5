"""What is asked of the numbers, and what is answered."""

from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, Field

from app.areas.queries import Level
from app.areas.schemas import AreaName
from app.parameters import Code, separated
from app.statistics.measures import Measure

Grouping = Literal["category", "group", "status", "year", "funding"]


class StatsQuery(BaseModel):
    """How to add up the chosen set."""

    level: Level = "kelurahan"
    by: Annotated[tuple[Grouping, ...], BeforeValidator(separated), Field(max_length=5)] = ()
    format: Literal["json", "csv"] = "json"


class RankingQuery(BaseModel):
    """What areas of the chosen set are ranked by."""

    level: Level = "kelurahan"
    measure: Annotated[
        Measure | None,
        Field(description="left out, the rate for a set of one year and the count for others"),
    ] = None
    within: Annotated[
        tuple[Code, ...],
        BeforeValidator(separated),
        Field(max_length=20, description="codes of areas; only areas beneath are ranked"),
    ] = ()
    limit: Annotated[int | None, Field(ge=1, le=10_000)] = None
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


class RankingRow(BaseModel):
    """One area; those with too little data have no rank and stand at the end."""

    rank: int | None
    area: str
    name: str
    level: Level
    value: float | None
    low: float | None
    """Ends of the exact 95 % interval of a rate."""
    high: float | None
    count: int
    population: int | None
    households: int | None
    thin: bool
    rank_by_count: int | None
    """Among the same areas."""
    shift: int | None
    """By how many places it stands higher than by count."""
    kelurahan: str | None
    """Name of the kelurahan of an RW or RT."""


class Rest(BaseModel):
    areas: int
    count: int


class Ranking(BaseModel):
    """The counts of the rows, of `rest` and `unassigned` make `numberMatched`."""

    rows: list[RankingRow]
    measure: Measure
    unit: str
    ranked: int
    thin: int
    rest: Rest
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
