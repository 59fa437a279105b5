"""Writing boundary editions and their areas; the caller owns the transaction."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import shapely
from psycopg import Connection
from shapely import MultiPolygon, Point, Polygon

from app.areas.outlines import draw_outlines
from app.areas.people import Crowd
from app.statements import load_statement
from spatial.crs import WGS84_SRID, ellipsoidal_area_m2, metric_srid_of_bounds
from spatial.grid import cell_at

STORED_AT_ONCE = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEdition:
    """A set of boundaries as its publisher describes it."""

    name: str
    valid_from: date | None = None
    valid_to: date | None = None
    source: str = ""
    licence: str = ""
    status: str = "indikatif"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewArea:
    """An area to be written; sizes, label and leaf mark follow from it and its neighbours."""

    code: str
    level: str
    parent_code: str | None
    name: str
    geometry: Polygon | MultiPolygon
    """Valid, degrees, EPSG:4326."""
    kind: str | None = None
    population: int | None = None
    """None keeps what is known already."""
    households: int | None = None
    status: str = "indikatif"
    label_point: Point | None = None
    """Where its name stands; a point on the surface when None."""


@dataclass(frozen=True, slots=True)
class StoredEdition:
    """An edition that stands in the database."""

    edition_id: int
    active: bool
    metric_srid: int


def load_edition(
    connection: Connection, city_id: int, edition: NewEdition, areas: Sequence[NewArea]
) -> StoredEdition:
    """Write an edition whole: every area of every level, parents included, in any order."""
    stored = add_edition(connection, city_id, edition, bounds=bounds_of(areas))
    store_areas(connection, city_id, stored.edition_id, areas)
    return stored


def find_edition(connection: Connection, city_id: int, name: str) -> StoredEdition | None:
    values = {"city_id": city_id, "name": name}
    row = connection.execute(load_statement("areas", "find_edition"), values).fetchone()
    return StoredEdition(*row) if row else None


def add_edition(
    connection: Connection,
    city_id: int,
    edition: NewEdition,
    *,
    bounds: tuple[float, float, float, float],
) -> StoredEdition:
    """A new edition without areas; active at once when the city has no other active one.

    `bounds` (west, south, east, north in degrees) choose the UTM zone of its metres.
    """
    values = {
        "city_id": city_id,
        "name": edition.name,
        "valid_from": edition.valid_from,
        "valid_to": edition.valid_to,
        "source": edition.source,
        "licence": edition.licence,
        "status": edition.status,
        "metric_srid": metric_srid_of_bounds(bounds),
    }
    added = connection.execute(load_statement("areas", "add_edition"), values)
    return StoredEdition(*next(iter(added)))


def store_areas(
    connection: Connection,
    city_id: int,
    edition_id: int,
    areas: Sequence[NewArea],
    *,
    progress: Callable[[int], None] | None = None,
) -> frozenset[str]:
    """Add or replace areas of an edition; the codes of those that were not the same already.

    `progress` is told how many are done.
    """
    written: set[str] = set()
    for start in range(0, len(areas), STORED_AT_ONCE):
        some = areas[start : start + STORED_AT_ONCE]
        with connection.cursor() as cursor:
            rows = [_area_row(city_id, edition_id, area) for area in some]
            cursor.executemany(load_statement("areas", "store_area"), rows, returning=True)
            while True:
                written.update(row[0] for row in cursor.fetchall())
                if not cursor.nextset():
                    break
        if progress is not None:
            progress(start + len(some))
    values = {"city_id": city_id, "edition_id": edition_id}
    connection.execute(load_statement("areas", "mark_leaves"), values)
    levels = {area.level for area in areas if area.code in written}
    draw_outlines(connection, city_id, edition_id, levels)
    return frozenset(written)


def store_people(
    connection: Connection, city_id: int, edition_id: int, crowds: Mapping[str, Crowd]
) -> None:
    """Write the numbers of inhabitants and households of some areas, None where unknown."""
    if not crowds:
        return
    values = {
        "city_id": city_id,
        "edition_id": edition_id,
        "codes": list(crowds),
        "populations": [crowd.population for crowd in crowds.values()],
        "households": [crowd.households for crowd in crowds.values()],
    }
    connection.execute(load_statement("areas", "store_people"), values)
    connection.execute(load_statement("usulan", "tell_city"), {"city_id": city_id})


def bounds_of(areas: Sequence[NewArea]) -> tuple[float, float, float, float]:
    """West, south, east and north of all areas together, in degrees."""
    shapes = np.array([area.geometry for area in areas], dtype=object)
    west, south, east, north = shapely.total_bounds(shapes).tolist()
    return west, south, east, north


def _area_row(city_id: int, edition_id: int, area: NewArea) -> dict[str, Any]:
    shape = _multi(area.geometry)
    label = area.label_point or _label_point(shape)
    return {
        "city_id": city_id,
        "edition_id": edition_id,
        "code": area.code,
        "level": area.level,
        "parent_code": area.parent_code,
        "name": area.name,
        "kind": area.kind,
        "geom": _ewkb(shape),
        "label_point": _ewkb(label),
        "label_cell": cell_at(label.x, label.y),
        "area_m2": ellipsoidal_area_m2(shape),
        "population": area.population,
        "households": area.households,
        "status": area.status,
    }


def _multi(shape: Polygon | MultiPolygon) -> MultiPolygon:
    return shape if isinstance(shape, MultiPolygon) else MultiPolygon([shape])


def _label_point(shape: MultiPolygon) -> Point:
    """A point on the surface of the largest part."""
    return max(shape.geoms, key=lambda part: part.area).representative_point()


def _ewkb(shape: MultiPolygon | Point) -> str:
    return str(shapely.to_wkb(shapely.set_srid(shape, WGS84_SRID), hex=True, include_srid=True))


def list_editions(connection: Connection, city_id: int) -> list[dict[str, Any]]:
    """Editions of a city, the newest last, with the number of areas of each level."""
    cursor = connection.execute(load_statement("areas", "list_editions"), {"city_id": city_id})
    names = [column.name for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor]
