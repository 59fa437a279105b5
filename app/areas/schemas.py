"""What is asked of areas, and what is answered, as the OpenAPI document shows it."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, Field

from app.areas.queries import Level
from app.parameters import Bbox, Code, blank_is_none

Doubt = Literal["perkiraan", "dekat_batas", "akurasi_rendah", "beda_deklarasi", "tanpa_rt"]


class CityRead(BaseModel):
    code: str
    name: str
    bounds: tuple[float, float, float, float] | None
    edition: str | None
    years: list[int]
    demo: bool


class Cities(BaseModel):
    cities: list[CityRead]


class AreaName(BaseModel):
    level: Level
    code: str
    name: str


class AreaQuery(BaseModel):
    """Which areas; left out, all of the active edition."""

    level: Annotated[Level | None, BeforeValidator(blank_is_none)] = None
    parent: Annotated[Code | None, BeforeValidator(blank_is_none)] = None
    bbox: Bbox = None
    edition: Annotated[str | None, BeforeValidator(blank_is_none)] = None
    simplify: Annotated[
        int | None,
        Field(ge=0, le=22, description="zoom at which the shapes will be drawn"),
        BeforeValidator(blank_is_none),
    ] = None


class AreaProperties(BaseModel):
    code: str
    name: str
    level: Level
    kind: str | None
    parent: str | None
    population: int | None
    households: int | None
    area_km2: float | None
    status: str


class AreaFeature(BaseModel):
    type: Literal["Feature"]
    id: str
    geometry: dict[str, Any]
    properties: AreaProperties


class AreaCollection(BaseModel):
    type: Literal["FeatureCollection"]
    features: list[AreaFeature]


class PositionQuery(BaseModel):
    """A position and how well it is known."""

    longitude: float = Field(ge=-180, le=180, allow_inf_nan=False)
    latitude: float = Field(ge=-90, le=90, allow_inf_nan=False)
    accuracy_m: Annotated[
        float | None,
        Field(ge=0, le=1_000_000, allow_inf_nan=False),
        BeforeValidator(blank_is_none),
    ] = None


class AreasAt(BaseModel):
    edition: str
    areas: list[AreaName]
    edge_distance_m: float
    doubts: list[Doubt]
