"""What is asked of a heat map beside the filters."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.datastructures import QueryParams

from app.problems import invalid_parameters
from spatial.heatimage import Theme
from spatial.heatmap import LARGEST_BANDWIDTH_M, SMALLEST_BANDWIDTH_M

Weight = Literal["count", "cost", "beneficiaries", "supporters"]
"""What an usulan weighs: one, its known cost, or people; the unknown weighs nothing."""


class HeatQuery(BaseModel):
    """Weight, width and look of a heat map, each checked by itself."""

    model_config = ConfigDict(frozen=True)

    weight: Weight = "count"
    bandwidth_m: Annotated[
        float,
        Field(
            ge=SMALLEST_BANDWIDTH_M,
            le=LARGEST_BANDWIDTH_M,
            allow_inf_nan=False,
            description="standard deviation of the kernel in metres on the ground",
        ),
    ] = 200
    theme: Literal["light", "dark"] = "light"

    @property
    def ground(self) -> Theme:
        return Theme(self.theme)

    @property
    def carried(self) -> list[tuple[str, str]]:
        """As parameters again, all of them, in one fixed order."""
        return [
            ("weight", self.weight),
            ("bandwidth_m", f"{self.bandwidth_m:.15g}"),
            ("theme", self.theme),
        ]


def read_heat_query(parameters: QueryParams) -> HeatQuery:
    """The parameters of an address; InvalidFields names each that is wrong."""
    given = {name: parameters[name] for name in HeatQuery.model_fields if name in parameters}
    try:
        return HeatQuery.model_validate(given)
    except ValidationError as error:
        raise invalid_parameters(error) from error
