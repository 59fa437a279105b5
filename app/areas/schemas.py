"""What is asked of areas, and what is answered, as the OpenAPI document shows it."""

import re
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, Field
from pydantic_core import PydanticCustomError

from app.areas.queries import Level
from app.parameters import Bbox, Code, blank_is_none
from spatial.tiles import MAX_ZOOM

_DIGITS = re.compile(r"[0-9]{1,2}")

Doubt = Literal["perkiraan", "dekat_batas", "akurasi_rendah", "beda_deklarasi", "tanpa_rt"]


Zoom = Annotated[int, Field(ge=0, le=MAX_ZOOM)]


def _known_zoom(value: object) -> object:
    """One refusal for whatever is neither a zoom nor the word; blank is not given."""
    if value in ("", None, "zoom"):
        return value or None
    if not (isinstance(value, str) and _DIGITS.fullmatch(value) and int(value) <= MAX_ZOOM):
        raise PydanticCustomError("zoom", "a zoom")
    return value


class Attribution(BaseModel):
    """Whose work a map is, to be named where it is shown."""

    source: str
    licence: str = Field(description="empty where none was named")
    layers: list[
        Literal["kota", "kecamatan", "kelurahan", "rw", "rt", "road", "river", "rail", "landmark"]
    ] = Field(
        description="what it is the source of: levels of boundaries, kinds of the reference map"
    )


class CityRead(BaseModel):
    code: str
    name: str
    bounds: tuple[float, float, float, float] | None
    edition: str | None
    years: list[int]
    demo: bool
    areas_version: str | None = Field(
        description="names the state of the edition's areas: their tiles, asked for with it as"
        " `v`, may be kept for a year"
    )
    attribution: list[Attribution] = Field(
        description="whose work the active boundaries and the reference map are"
    )
    time_zone: str = Field(description="IANA name: Asia/Jakarta, Asia/Makassar or Asia/Jayapura")


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
        Zoom | Literal["zoom"] | None,
        Field(
            description="zoom at which the shapes will be drawn; `zoom`: the one at which their"
            " level is drawn (kota 10, kecamatan 12, kelurahan 14, rw 15, rt 17)"
        ),
        BeforeValidator(_known_zoom),
    ] = None

    shapes: Annotated[
        Literal["none"] | None,
        Field(description="`none`: geometry is null, for lists of names"),
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
    geometry: dict[str, Any] | None
    properties: AreaProperties


class AreaCollection(BaseModel):
    type: Literal["FeatureCollection"]
    features: list[AreaFeature]
    attribution: list[Attribution] = Field(description="whose work the boundaries are")


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
