"""What is asked of hexagons, and what is answered."""

from typing import Annotated, Literal

from pydantic import BaseModel, Field

Position = tuple[float, float]


class HexagonQuery(BaseModel):
    """How large hexagons are."""

    edge_m: Annotated[
        float,
        Field(
            ge=100,
            le=2000,
            allow_inf_nan=False,
            description="length of a side in metres on the ground",
        ),
    ] = 250

    @property
    def carried(self) -> list[tuple[str, str]]:
        """As parameters again."""
        return [("edge_m", f"{self.edge_m:.15g}")]


class HexagonShape(BaseModel):
    type: Literal["Polygon"]
    coordinates: list[list[Position]]


class HexagonNumbers(BaseModel):
    """Sums; private needs, lying evenly over their public area, may give parts of one."""

    count: float
    cost: int
    beneficiaries: float
    supporters: float


class HexagonFeature(BaseModel):
    type: Literal["Feature"]
    geometry: HexagonShape
    properties: HexagonNumbers


class HexagonCollection(BaseModel):
    """The sum of `count` over the features and `unlocated` is `numberMatched`."""

    type: Literal["FeatureCollection"]
    features: list[HexagonFeature]
    edge_m: float
    numberMatched: int  # noqa: N815 - the name of OGC API Features
    unlocated: int
    spread: int
    """Private needs among them, which lie evenly over their public area."""
    as_of: str
    edition: str | None
