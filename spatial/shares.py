"""How much of a line or surface lies in each area.

Lines are overlaid on a grid of `GRID_DEGREES` (1.1 cm), so that a line drawn along a border
lies on it for both neighbours in spite of rounding; lengths are therefore good to about a
centimetre. Surfaces are overlaid as they are: a hair's breadth of area weighs nothing.
The overlay is done in degrees, where borders are what the point rule sees; only the pieces
are measured in metres.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from spatial.crs import project

if TYPE_CHECKING:
    from pyproj import Transformer

GRID_DEGREES = 1e-7
SHARE_DECIMALS = 9

Shapes = npt.NDArray[np.object_]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class AreaShare:
    """The part of a line or surface that lies in one leaf area.

    Attributes
    ----------
    code
        The area.
    share
        Of the metric length or surface, 0 to 1, rounded to `SHARE_DECIMALS`. Shares may sum
        to less than 1 (outside, holes) or to more (overlaps, lines along a border).
    """

    code: str
    share: float


def pieces_within(geometry: BaseGeometry, shapes: Shapes) -> Shapes:
    """The part of a line or surface in each of some polygons, edges included.

    Parameters
    ----------
    geometry
        A line or surface in degrees, EPSG:4326.
    shapes
        Valid polygons in degrees.

    Returns
    -------
    pieces
        One per polygon, of the dimension of `geometry`; empty where they only touch.
    """
    if _is_line(geometry):
        overlaps = shapely.intersection(shapes, geometry, grid_size=GRID_DEGREES)
        wanted: tuple[shapely.GeometryType, ...] = _LINES
    else:
        overlaps = shapely.intersection(shapes, geometry)
        wanted = _SURFACES
    return np.array([_parts_of(overlap, wanted) for overlap in overlaps], dtype=object)


_LINES = (shapely.GeometryType.LINESTRING, shapely.GeometryType.LINEARRING)
_SURFACES = (shapely.GeometryType.POLYGON,)


def _is_line(geometry: BaseGeometry) -> bool:
    return bool(shapely.get_dimensions(geometry) == 1)


def _parts_of(overlap: BaseGeometry, wanted: tuple[shapely.GeometryType, ...]) -> BaseGeometry:
    # Twice: a collection may hold multi-geometries.
    parts = shapely.get_parts(shapely.get_parts(overlap))
    parts = parts[np.isin(shapely.get_type_id(parts), wanted)]
    if wanted is _LINES:
        return shapely.multilinestrings(parts)
    return shapely.multipolygons(parts)


def shares_of(geometry: BaseGeometry, pieces: Shapes, transformer: "Transformer") -> Floats:
    """Share of a line or surface that each piece is, by metric length or area.

    A line that runs over itself counts once there, in the whole and in the pieces. One too
    small for the grid has no size and all its shares are 0.

    Parameters
    ----------
    geometry
        The whole, degrees, EPSG:4326.
    pieces
        As `pieces_within` gives them.
    transformer
        To the metric system of the city.

    Returns
    -------
    shares
        0 to 1 each, rounded to `SHARE_DECIMALS`.
    """
    total = _total(geometry, transformer)
    if total == 0:
        return np.zeros(len(pieces))
    shares: Floats = np.round(_size(pieces, geometry, transformer) / total, SHARE_DECIMALS)
    return shares


def _total(geometry: BaseGeometry, transformer: "Transformer") -> float:
    whole = geometry
    if _is_line(geometry):
        whole = shapely.unary_union(geometry, grid_size=GRID_DEGREES)
    return float(_size(np.array([whole], dtype=object), geometry, transformer)[0])


def _size(shapes: Shapes, like: BaseGeometry, transformer: "Transformer") -> Floats:
    metric = project(shapes, transformer)
    sizes = shapely.length(metric) if _is_line(like) else shapely.area(metric)
    return np.asarray(sizes)


def part_inside(geometry: BaseGeometry, pieces: Shapes) -> BaseGeometry:
    """The part of a line or surface that lies in any area; what several hold is there once.

    Parameters
    ----------
    geometry, pieces
        As for `shares_of`.

    Returns
    -------
    part
        Degrees, EPSG:4326; of a line the stretches that hang together, each in one piece.
        Empty without pieces.
    """
    if _is_line(geometry):
        return shapely.line_merge(shapely.union_all(pieces, grid_size=GRID_DEGREES))
    return shapely.union_all(pieces)


def share_inside(geometry: BaseGeometry, part: BaseGeometry, transformer: "Transformer") -> float:
    """Share of a line or surface that lies in any area.

    Parameters
    ----------
    geometry
        As for `shares_of`.
    part
        As `part_inside` gives it.
    transformer
        As for `shares_of`.

    Returns
    -------
    share
        0 to 1, rounded to `SHARE_DECIMALS`; 0 without a part. Of a shape without size
        nothing can lie outside: 1, and its representative point decides.
    """
    if _total(geometry, transformer) == 0:
        return 1.0
    return float(shares_of(geometry, np.array([part], dtype=object), transformer)[0])
