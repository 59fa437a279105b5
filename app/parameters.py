"""Kinds of parameters that several routes take."""

from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

Code = Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z.\-]{1,64}$")]
Corners = tuple[float, float, float, float]


def blank_is_none(value: object) -> object:
    """A parameter that is given without a value is not given."""
    return None if value == "" else value


def separated(value: object) -> object:
    """The values of `a,b` and of a parameter given several times; blank ones are none."""
    if isinstance(value, str):
        return [part.strip() for part in value.split(",") if part.strip()]
    if isinstance(value, list | tuple) and all(isinstance(part, str) for part in value):
        return [name.strip() for part in value for name in part.split(",") if name.strip()]
    return value


def _corners(value: object) -> object:
    corners = separated(value)
    if isinstance(corners, list | tuple) and len(corners) in (0, 4):
        return corners or None
    raise _no_box()


def _require_order(box: Corners | None) -> Corners | None:
    if box is None:
        return None
    west, south, east, north = box
    if west > east or south > north or max(abs(south), abs(north)) > 90:
        raise _no_box()
    return box


def _no_box() -> PydanticCustomError:
    return PydanticCustomError("bbox", "west,south,east,north")


_Degrees = Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)]
Bbox = Annotated[
    tuple[_Degrees, _Degrees, _Degrees, _Degrees] | None,
    BeforeValidator(_corners),
    AfterValidator(_require_order),
    Field(description="west,south,east,north in degrees"),
]
