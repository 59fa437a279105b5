"""Where something lies: the chain of areas, how near the edge, and what is doubtful about it."""

from dataclasses import dataclass
from typing import Any

import shapely
from shapely import Point
from shapely.geometry.base import BaseGeometry

from app.areas.queries import (
    DOUBTS,
    find_area,
    find_area_at,
    find_nearest,
    place_shape,
    read_chain,
)
from app.cities.queries import City
from app.errors import NotFound, OutsideCity
from app.lines import AnyConnection
from app.rows import AnyRow, columns_of
from spatial.assign import AreaIndex
from spatial.errors import OutsideAreas
from spatial.geometry import representative_point

_HALF = 0.499999


@dataclass(frozen=True, slots=True)
class Place:
    """The outcome of placing."""

    edition_id: int
    code: str
    chain: list[dict[str, str]]
    edge_distance_m: float | None
    doubts: list[str]
    shares: list[dict[str, Any]] | None = None
    position: Point | None = None
    """The point that stands for it on the map; None where only an area is known."""

    def at_level(self, level: str) -> str | None:
        """Code of the area of one level in the chain."""
        return next((area["code"] for area in self.chain if area["level"] == level), None)


async def place_position(
    connection: AnyConnection,
    city: City,
    point: Point,
    *,
    accuracy_m: float | None = None,
    declared: str | None = None,
) -> Place:
    """Where a position lies; OutsideCity, with who is near, when in no area."""
    known = {"accuracy_m": accuracy_m, "declared": declared}
    longitude, latitude = _rounded(point)
    where = {"longitude": longitude, "latitude": latitude, **known}
    row = await find_area_at(connection, city, where)
    if row is None:
        raise await _outside(connection, city, point)
    return await _place(connection, city, row, point)


async def place_geometry(
    connection: AnyConnection,
    city: City,
    geometry: BaseGeometry,
    *,
    accuracy_m: float | None = None,
    declared: str | None = None,
) -> Place:
    """Where a point, line or surface lies; OutsideCity when less than half is in any area."""
    known: dict[str, Any] = {"accuracy_m": accuracy_m, "declared": declared}
    point = representative_point(geometry)
    if geometry.geom_type == "Point":
        return await place_position(connection, city, point, **known)
    row = await place_shape(connection, city, {"shape": geometry.wkb, **known})
    if row.inside < _HALF:
        raise await _outside(connection, city, point)
    if row.part is not None:
        point = representative_point(shapely.from_wkb(bytes(row.part)))
    if row.code is None:
        return await place_position(connection, city, point, **known)
    return await _place(connection, city, row, point)


def place_at_hand(
    index: AreaIndex,
    city: City,
    point: Point,
    *,
    accuracy_m: float | None = None,
    declared: str | None = None,
) -> Place | None:
    """The same as `place_position` by the areas in memory; None when it lies in none of them."""
    rounded = Point(*_rounded(point))
    try:
        found = index.place(rounded, accuracy_m=accuracy_m, declared=declared)
    except OutsideAreas:
        return None
    chain = [
        {"level": area.level, "code": area.code, "name": area.name}
        for area in map(index.record, found.chain)
    ]
    edge_m = round(found.edge_distance_m, 1)
    doubts = [str(doubt) for doubt in found.doubts]
    return Place(active_edition(city), found.area.code, chain, edge_m, doubts, position=point)


def _rounded(point: Point) -> tuple[float, float]:
    """Twelve decimals are a ten-thousandth of a millimetre; PostgreSQL reads none below 1e-307."""
    return round(point.x, 12), round(point.y, 12)


async def place_in_area(
    connection: AnyConnection, city: City, code: str, *, declared: str | None = None
) -> Place | None:
    """The place of what is known by its area alone; None when there is no such area."""
    area = await find_area(connection, city, code)
    if area is None:
        return None
    chain = await read_chain(connection, city.city_id, area.edition_id, code)
    named = {part["code"] for part in chain}
    doubts = ["beda_deklarasi"] if declared is not None and declared not in named else []
    if area.level != "rt":
        doubts.append("tanpa_rt")
    return Place(area.edition_id, code, chain, None, doubts)


async def _place(connection: AnyConnection, city: City, row: AnyRow, position: Point) -> Place:
    edition_id = active_edition(city)
    found = columns_of(row)
    return Place(
        edition_id,
        row.code,
        found.get("areas") or await read_chain(connection, city.city_id, edition_id, row.code),
        round(row.edge_distance_m, 1),
        [doubt for doubt in DOUBTS if found.get(doubt)],
        found.get("shares"),
        position,
    )


def active_edition(city: City) -> int:
    """The edition that places are found in; NotFound before any boundaries are loaded."""
    if city.edition_id is None:
        raise NotFound
    return city.edition_id


async def _outside(connection: AnyConnection, city: City, point: Point) -> OutsideCity:
    nearest = await find_nearest(connection, city, point.x, point.y)
    return OutsideCity(members={"nearest": nearest})
