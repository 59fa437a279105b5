"""Weights that lie evenly over areas, as a source of a heat map: areas cut along cells."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from spatial.errors import Flaw, InvalidGeometry
from spatial.grid import WORLD_BITS, Floats, mercator_places
from spatial.heatsource import HeatSource

Numbers = npt.NDArray[np.intp]
Shapes = npt.NDArray[np.object_]


@dataclass(frozen=True, slots=True)
class AreaPieces:
    """Areas cut along cells, each piece with its share of its area; kept for an edition.

    Attributes
    ----------
    area
        For each of M pieces the number of its area, 0 to `areas` - 1.
    x, y
        Centres of mass of the pieces in places of the web-mercator square.
    share
        Part of its area that the piece is, over 0 to 1; the shares of an area sum to 1.
    areas
        How many areas were cut.
    """

    area: Numbers
    x: Floats
    y: Floats
    share: Floats
    areas: int

    def joined(self, other: "AreaPieces") -> "AreaPieces":
        """Both; the other's areas are numbered after these."""
        return AreaPieces(
            np.concatenate([self.area, other.area + self.areas]),
            np.concatenate([self.x, other.x]),
            np.concatenate([self.y, other.y]),
            np.concatenate([self.share, other.share]),
            self.areas + other.areas,
        )


def area_pieces(areas: Sequence[BaseGeometry], *, level: int) -> AreaPieces:
    """Areas cut along the cells of a level, for weights that lie evenly over each area.

    Shares are those of the web-mercator surface, whose scale changes within an area of
    `d` metres from north to south by the share ``2 d tan(latitude) / 6,371,000``: nothing to
    speak of up to a kelurahan. Edges have no width, so no edge rule is needed. Takes about
    10 microseconds for a piece, hence once for an edition.

    Parameters
    ----------
    areas
        Valid polygons or multipolygons in degrees, EPSG:4326.
    level
        0 to 31; at 19 a piece is at most 76 m wide at the equator.

    Returns
    -------
    pieces
        Area by area; each area has at least one.

    Raises
    ------
    InvalidGeometry
        When an area has no surface.
    """
    width = 2.0 ** (WORLD_BITS - level)

    def moved(positions: Floats) -> Floats:
        return np.column_stack(mercator_places(positions[:, 0], positions[:, 1])) / width

    shapes: Shapes = shapely.transform(np.array(areas, dtype=object), moved)
    area, boxes = _boxes_over(shapes)
    shapely.prepare(shapes)
    met = shapely.intersects(shapes[area], boxes)
    area, boxes = area[met], boxes[met]
    pieces = boxes.copy()
    cut = ~shapely.contains_properly(shapes[area], boxes)
    pieces[cut] = shapely.intersection(shapes[area[cut]], boxes[cut])
    surfaces = shapely.area(pieces)
    totals = np.bincount(area, surfaces, minlength=len(shapes))
    if not (totals > 0).all():
        raise InvalidGeometry(Flaw.NO_AREA)
    kept = surfaces > 0
    centres = shapely.get_coordinates(shapely.centroid(pieces[kept])) * width
    share = surfaces[kept] / totals[area[kept]]
    return AreaPieces(area[kept], centres[:, 0], centres[:, 1], share, len(shapes))


def _boxes_over(shapes: Shapes) -> tuple[Numbers, Shapes]:
    """Every cell of side 1 in the bounds of each shape, with the number of the shape."""
    if len(shapes) == 0:
        return np.empty(0, dtype=np.intp), np.empty(0, dtype=object)
    bounds = shapely.bounds(shapes)
    if not np.isfinite(bounds).all():
        raise InvalidGeometry(Flaw.NO_AREA)
    first = np.floor(bounds[:, :2]).astype(np.int64)
    columns, rows = (np.floor(bounds[:, 2:]).astype(np.int64) - first + 1).T
    boxes = columns * rows
    area = np.repeat(np.arange(len(shapes)), boxes)
    # Within an area the boxes are counted from 0, row by row.
    within = np.arange(area.size) - (np.cumsum(boxes) - boxes)[area]
    west = first[area, 0] + within % columns[area]
    south = first[area, 1] + within // columns[area]
    return area, shapely.box(west, south, west + 1, south + 1)


def source_of_areas(pieces: AreaPieces, weights: npt.ArrayLike) -> HeatSource:
    """Weights spread evenly over their areas.

    Parameters
    ----------
    pieces
        The areas, cut once by `area_pieces`.
    weights
        One finite number for each area, none negative, in the order in which they were cut.

    Returns
    -------
    source
        One position for each piece of an area with some weight; sums to the weights.

    Raises
    ------
    InvalidWeight
        When a weight is negative or not finite.
    """
    by_area = np.asarray(weights, dtype=np.float64)
    kept = by_area[pieces.area] != 0
    return HeatSource(
        pieces.x[kept], pieces.y[kept], by_area[pieces.area[kept]] * pieces.share[kept]
    )
