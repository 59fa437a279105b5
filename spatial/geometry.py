"""Geometries that people send: read strictly, checked, and given one representative point."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from math import isfinite
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from spatial.errors import (
    Flaw,
    InvalidGeometry,
    SwappedAxes,
    TooManyVertices,
    UnknownCrs,
    UnsupportedGeometry,
)

MAX_VERTICES = 10_000
SENT_TYPES = ("Point", "LineString", "Polygon")
INDONESIA_LONGITUDES = (94.0, 142.0)
INDONESIA_LATITUDES = (-12.0, 7.0)
_ACCEPTED_CRS = frozenset(
    {
        "urn:ogc:def:crs:OGC:1.3:CRS84",
        "urn:ogc:def:crs:OGC::CRS84",
        "http://www.opengis.net/def/crs/OGC/1.3/CRS84",
        "OGC:CRS84",
        "urn:ogc:def:crs:EPSG::4326",
        "EPSG:4326",
    }
)
# How many lists stand around a position in each type of RFC 7946.
_LISTS_AROUND_POSITION = {
    "Point": 0,
    "LineString": 1,
    "Polygon": 2,
    "MultiLineString": 2,
    "MultiPolygon": 3,
}
_RING_POSITIONS = 4
_READABLE = 60
_SAME_LENGTH = 1e-9

Shapes = npt.NDArray[np.object_]
Position = tuple[float, float]


def read_geometry(
    geojson: object,
    *,
    allowed: Sequence[str] = SENT_TYPES,
    max_vertices: int = MAX_VERTICES,
) -> BaseGeometry:
    """The Shapely geometry of a GeoJSON geometry object, or the narrowest reason against it.

    Made for hostile input: positions are counted before any is looked at, looked at before
    anything is built, and nesting is never followed deeper than the type asks. Coordinates
    are kept as sent, not rounded, so that a position placed by itself and one inside a
    submission meet the same border; publishing rounds to 6 decimals, later.

    Refused are: numbers that are text, true or false, NaN or infinite; positions of other
    than two numbers; rings that are not closed; lines of no length and surfaces of no area;
    surfaces that cross themselves; positions outside the world; a step of more than 180
    degrees of longitude. A line may cross itself: roads do.
    Source: RFC 7946, sections 3.1 and 4; the envelope of Indonesia for swapped axes is
    94 to 142 E, 12 S to 7 N.

    Parameters
    ----------
    geojson
        The decoded JSON; a mapping with ``type`` and ``coordinates``. A ``crs`` member may
        name WGS 84 and nothing else; other members are ignored.
    allowed
        Accepted types, from Point, LineString, Polygon, MultiLineString, MultiPolygon.
    max_vertices
        Most positions in all.

    Returns
    -------
    geometry
        Two-dimensional, degrees, EPSG:4326.

    Raises
    ------
    UnsupportedGeometry
        When the type is not among `allowed`.
    UnknownCrs
        When ``crs`` names another system.
    TooManyVertices
        When there are more than `max_vertices` positions.
    SwappedAxes
        When every position lies in Indonesia once its numbers change places.
    InvalidGeometry
        Otherwise; its `flaw` says what is wrong.
    """
    if not isinstance(geojson, Mapping):
        raise InvalidGeometry(Flaw.NOT_AN_OBJECT)
    kind = _kind(geojson, allowed)
    _require_wgs84(geojson)
    coordinates = geojson.get("coordinates")
    rings = _position_lists(coordinates, _LISTS_AROUND_POSITION[kind])
    _require_few(rings, max_vertices)
    positions = [[_position(member) for member in ring] for ring in rings]
    _require_in_world(positions)
    _require_shape(kind, positions)
    return _built(kind, coordinates)


def _kind(geojson: Mapping[str, Any], allowed: Sequence[str]) -> str:
    kind = geojson.get("type")
    if not isinstance(kind, str) or kind not in allowed or kind not in _LISTS_AROUND_POSITION:
        raise UnsupportedGeometry(_readable(kind), allowed)
    return kind


def _require_wgs84(geojson: Mapping[str, Any]) -> None:
    declared = geojson.get("crs")
    if declared is None:
        return
    properties = declared.get("properties") if isinstance(declared, Mapping) else None
    name = properties.get("name") if isinstance(properties, Mapping) else None
    if not isinstance(name, str) or name not in _ACCEPTED_CRS:
        raise UnknownCrs(_readable(name))


def _readable(sent: object) -> str:
    # Never repr(): of something 3,000 levels deep it would exhaust the stack.
    return sent[:_READABLE] if isinstance(sent, str) else type(sent).__name__


def _position_lists(coordinates: object, lists_around: int) -> list[Sequence[Any]]:
    """The innermost lists of positions, in order; a point's position stands alone in one."""
    if lists_around == 0:
        return [[coordinates]]
    level = [_as_list(coordinates)]
    for _ in range(lists_around - 1):
        level = [_as_list(member) for parent in level for member in parent]
    if not level or not all(level):
        raise InvalidGeometry(Flaw.EMPTY)
    return level


def _as_list(member: object) -> Sequence[Any]:
    if not isinstance(member, list | tuple):
        raise InvalidGeometry(Flaw.NOT_COORDINATES)
    return member


def _require_few(rings: Iterable[Sequence[Any]], limit: int) -> None:
    found = sum(len(ring) for ring in rings)
    if found > limit:
        raise TooManyVertices(found, limit)


def _position(member: object) -> Position:
    if not isinstance(member, list | tuple):
        raise InvalidGeometry(Flaw.NOT_COORDINATES)
    if not member:
        raise InvalidGeometry(Flaw.EMPTY)
    if len(member) != 2:
        raise InvalidGeometry(Flaw.NOT_TWO_DIMENSIONAL, f"{len(member)} numbers")
    return _coordinate(member[0]), _coordinate(member[1])


def _coordinate(number: object) -> float:
    # type(), not isinstance(): True is an int to Python and no coordinate to anyone.
    if type(number) not in (int, float):
        raise InvalidGeometry(Flaw.NOT_A_NUMBER, type(number).__name__)
    try:
        coordinate = float(number)  # type: ignore[arg-type]  # narrowed by type() above
    except OverflowError:
        raise InvalidGeometry(Flaw.NOT_FINITE) from None
    if not isfinite(coordinate):
        raise InvalidGeometry(Flaw.NOT_FINITE)
    return coordinate


def _require_in_world(rings: Sequence[Sequence[Position]]) -> None:
    positions = [position for ring in rings for position in ring]
    if all(is_in_indonesia(second, first) for first, second in positions):
        first, second = positions[0]
        raise SwappedAxes(second, first)
    for longitude, latitude in positions:
        if abs(longitude) > 180 or abs(latitude) > 90:
            raise InvalidGeometry(Flaw.OUTSIDE_THE_WORLD, f"[{longitude:.6g}, {latitude:.6g}]")
    for ring in rings:
        for (before, _), (after, _) in pairwise(ring):
            if abs(after - before) > 180:
                raise InvalidGeometry(Flaw.CROSSES_ANTIMERIDIAN)


def is_in_indonesia(longitude: float, latitude: float) -> bool:
    """Whether a position lies in the box around Indonesia: 94 to 142 E, 12 S to 7 N.

    Its edges belong to it. Much sea and some of the neighbours lie in it as well.
    Source: the outermost islands, Benteng, Miangas, Dana and the border at Merauke, widened
    to whole degrees.

    Parameters
    ----------
    longitude, latitude
        Degrees, EPSG:4326.

    Returns
    -------
    is_inside
        False of what is not a number.
    """
    west, east = INDONESIA_LONGITUDES
    south, north = INDONESIA_LATITUDES
    return west <= longitude <= east and south <= latitude <= north


def _require_shape(kind: str, rings: Sequence[Sequence[Position]]) -> None:
    for ring in rings:
        if kind.endswith("Polygon"):
            if len(ring) < _RING_POSITIONS:
                raise InvalidGeometry(Flaw.TOO_FEW_POSITIONS, "a ring needs four")
            if ring[0] != ring[-1]:
                raise InvalidGeometry(Flaw.RING_NOT_CLOSED)
        elif kind.endswith("LineString"):
            if len(ring) < 2:
                raise InvalidGeometry(Flaw.TOO_FEW_POSITIONS, "a line needs two")
            if len(set(ring)) == 1:
                raise InvalidGeometry(Flaw.NO_LENGTH)


def _built(kind: str, coordinates: object) -> BaseGeometry:
    geometry = shapely.geometry.shape({"type": kind, "coordinates": coordinates})
    if kind.endswith("Polygon"):
        _require_surface(geometry)
    return geometry


def _require_surface(geometry: BaseGeometry) -> None:
    # The hull, not the area: the two halves of a symmetric bow tie cancel to an area of 0.
    if any(part.convex_hull.area == 0 for part in shapely.get_parts(geometry)):
        raise InvalidGeometry(Flaw.NO_AREA)
    if geometry.is_valid:
        return
    reason = shapely.is_valid_reason(geometry)[:_READABLE]
    crossing = "self-intersection" in reason.lower()
    raise InvalidGeometry(Flaw.SELF_CROSSING if crossing else Flaw.BROKEN_RINGS, reason)


def representative_point(geometry: BaseGeometry) -> Point:
    """The one point that stands for a geometry on the map; of many at once, see below.

    Parameters
    ----------
    geometry
        Degrees, EPSG:4326.

    Returns
    -------
    point
        As `representative_points` gives it.

    Raises
    ------
    InvalidGeometry
        When the geometry is empty.
    """
    if geometry.is_empty:
        raise InvalidGeometry(Flaw.EMPTY)
    if isinstance(geometry, Point):
        return geometry
    point: Point = representative_points(np.array([geometry], dtype=object))[0]
    return point


def representative_points(shapes: Shapes) -> Shapes:
    """The one point that stands for each of many geometries on the map.

    A point is its own; a line's is half-way along it, of several lines along the longest (of
    equals, to 1e-9 degrees, the one whose middle lies furthest west, then south); a surface's
    is some point on it, also where it is a ring or a crescent. Half-way is measured in plain
    degrees, as PostGIS ``ST_LineInterpolatePoint`` does; at Indonesian latitudes that is
    within 1 percent of the ground length.

    Of a geometry that reaches beyond the areas it is asked of the part that lies in them:
    `spatial.placement.Placement.position`.

    Parameters
    ----------
    shapes
        Degrees, EPSG:4326; None for none.

    Returns
    -------
    points
        One each, degrees, EPSG:4326, not rounded, with the SRID of its shape; None of None
        and of an empty geometry.
    """
    points: Shapes = np.full(shapes.shape, None, dtype=object)
    kinds = np.where(shapely.is_empty(shapes), -1, shapely.get_type_id(shapes))
    dimension = np.where(kinds == -1, -1, shapely.get_dimensions(shapes))
    lines, surfaces = dimension == 1, dimension == 2
    points[dimension == 0] = shapes[dimension == 0]
    points[surfaces] = shapely.point_on_surface(shapes[surfaces])
    several = kinds == shapely.GeometryType.MULTILINESTRING
    points[lines & ~several] = _middles(shapes[lines & ~several])
    for place in np.flatnonzero(several):
        points[place] = _middle_of_longest(shapes[place])
    return points


def _middles(lines: Shapes) -> Shapes:
    middles: Shapes = shapely.line_interpolate_point(lines, 0.5, normalized=True)
    return middles


def _middle_of_longest(lines: BaseGeometry) -> BaseGeometry:
    parts = shapely.get_parts(lines)
    lengths = shapely.length(parts)
    middles = _middles(parts[lengths >= lengths.max() - _SAME_LENGTH])
    first: BaseGeometry = min(middles, key=lambda point: (point.x, point.y))
    return first
