"""What is asked of places, and what is answered, as the OpenAPI document shows it."""

from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, Field
from pydantic_core import PydanticCustomError

from app.areas.schemas import AreaName
from app.text import ForbiddenCharacters, tidy_line

MOST_PLACES = 20


def _tidied(value: object) -> object:
    if not isinstance(value, str):
        return value
    try:
        return tidy_line(value)
    except ForbiddenCharacters as error:
        raise PydanticCustomError("forbidden_characters", "control characters") from error


class PlaceQuery(BaseModel):
    """What to look for."""

    q: Annotated[
        str,
        Field(min_length=2, max_length=100, description="words that the name holds, all of them"),
        BeforeValidator(_tidied),
    ]
    limit: Annotated[int, Field(ge=1, le=MOST_PLACES)] = 8


class PlaceRead(BaseModel):
    kind: Literal["area", "road", "river", "rail", "landmark"]
    subkind: str = Field(description="level of an area; class of a road; sort of a landmark")
    name: str
    code: str | None = Field(description="of an area")
    longitude: float
    latitude: float
    bounds: tuple[float, float, float, float] = Field(description="west, south, east, north")
    area: AreaName | None = Field(
        description="the kelurahan it lies in; of a kelurahan its kecamatan; null for larger areas"
    )


class Places(BaseModel):
    places: list[PlaceRead]
