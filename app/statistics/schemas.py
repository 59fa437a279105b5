"""What is asked of the numbers, and what is answered."""

from typing import Annotated, Literal, NamedTuple

from pydantic import BaseModel, BeforeValidator, Field

from app.areas.queries import Level
from app.areas.schemas import AreaName
from app.language import Language
from app.parameters import Code, separated
from app.statistics.measures import Measure
from spatial.classes import CLASSES, Classing

Grouping = Literal["category", "group", "status", "year", "funding"]
Headings = Annotated[
    Language | None,
    Field(description="CSV headings in this language; left out, the names of the columns"),
]


class StatsQuery(BaseModel):
    """How to add up the chosen set; with one of the last three, also how to colour its areas."""

    level: Level = "kelurahan"
    by: Annotated[tuple[Grouping, ...], BeforeValidator(separated), Field(max_length=5)] = ()
    format: Literal["json", "csv"] = "json"
    headings: Headings = None
    classes: Annotated[int | None, Field(ge=2, le=7, description="at most; else 5")] = None
    method: Annotated[Classing | None, Field(description="else quantile")] = None
    measure: Annotated[Measure | None, Field(description="else the rate")] = None

    @property
    def coloured(self) -> "Colouring | None":
        """How areas are to be classed, where that is asked for."""
        if self.classes is None and self.method is None and self.measure is None:
            return None
        return Colouring(
            self.measure or "per_1000", self.method or Classing.QUANTILE, self.classes or CLASSES
        )


class Colouring(NamedTuple):
    """What areas are classed by."""

    measure: Measure
    method: Classing
    classes: int


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
    headings: Headings = None


class TrendQuery(BaseModel):
    """Steps of the trend of the chosen set."""

    by: Literal["year", "month"] = "year"
    measure: Annotated[Measure, Field(description="whose unit is told")] = "count"
    format: Literal["json", "csv"] = "json"
    headings: Headings = None


class CompareQuery(BaseModel):
    """Two areas or two years, and by what they are compared."""

    areas: Annotated[
        tuple[Code, ...],
        BeforeValidator(separated),
        Field(max_length=2, description="two codes"),
    ] = ()
    years: Annotated[
        tuple[Annotated[int, Field(ge=2000, le=2100)], ...],
        BeforeValidator(separated),
        Field(max_length=2, description="two planning years"),
    ] = ()
    by: Literal["category", "group", "status", "funding"] = "category"
    measure: Annotated[Measure, Field(description="of difference and ratio")] = "count"
    format: Literal["json", "csv"] = "json"
    headings: Headings = None


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
    class_: int | None = Field(default=None, alias="class", description="from 1, where asked for")


class ValueClass(BaseModel):
    """From the lower limit up to the upper one, which only the last class holds itself."""

    from_: float = Field(alias="from")
    to: float
    n: int


class Series(BaseModel):
    """What the limits are made from: values of areas in each of the years, or in the set itself."""

    years: list[int]
    n: int


class Classes(BaseModel):
    """Classes of the areas of the level by one measure, the same for every year of a series."""

    measure: Measure
    method: Classing
    unit: str
    n: int
    thin: int
    breaks: list[float]
    classes: list[ValueClass]
    series: Series


class Stats(BaseModel):
    """The sum of `count` over the rows and `unassigned` is `numberMatched`."""

    rows: list[StatsRow]
    unassigned: int
    unlocated: int
    numberMatched: int  # noqa: N815 - the name of OGC API Features
    as_of: str
    edition: str | None
    classes: Classes | None = None
    """Only where asked for."""


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


class SideSums(BaseModel):
    count: int
    cost: int
    cost_known: int
    beneficiaries: int
    supporters: int
    per_1000: float | None


class TrendPoint(SideSums):
    period: str
    """A year, or a month as `2026-03`."""


class Trend(BaseModel):
    """The counts of the points make `numberMatched`."""

    by: Literal["year", "month"]
    points: list[TrendPoint]
    measure: Measure
    unit: str
    population: int | None
    numberMatched: int  # noqa: N815 - the name of OGC API Features
    as_of: str
    edition: str | None


class Beside(BaseModel):
    """Two sides; the difference is right less left, the ratio right to left."""

    left: SideSums
    right: SideSums
    difference: float | None
    ratio: float | None


class ComparedRow(Beside):
    value: str | None


class ComparedSide(BaseModel):
    """An area, or a year."""

    code: str | None = None
    name: str | None = None
    level: Level | None = None
    year: int | None = None
    population: int | None


class Pair(BaseModel):
    left: int
    right: int


class Comparison(BaseModel):
    """The counts of the rows make `numberMatched`, side by side."""

    kind: Literal["area", "year"]
    by: Literal["category", "group", "status", "funding"]
    measure: Measure
    unit: str
    left: ComparedSide
    right: ComparedSide
    rows: list[ComparedRow]
    total: Beside
    numberMatched: Pair  # noqa: N815 - the name of OGC API Features
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
