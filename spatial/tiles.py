"""Map tiles: addresses z/x/y of the web-mercator square, their bounds, and which cover a box."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import atan, degrees, pi, sinh
from typing import NamedTuple

from spatial.errors import TileOutOfRange
from spatial.grid import WORLD_BITS, mercator_integers

MAX_ZOOM = 22
POINT_ZOOM = 15
ENCODER = "5"
"""Raised whenever the same areas or usulan would be encoded into other tiles."""
_CELL_BITS = 6
_HALF_WORLD_M = pi * 6378137


class Bounds(NamedTuple):
    """A box with sides along the axes of its system.

    Attributes
    ----------
    west, south, east, north
        Degrees or mercator metres, as the function that gives it says.
    """

    west: float
    south: float
    east: float
    north: float


@dataclass(frozen=True, slots=True)
class Tile:
    """One tile of the web-mercator pyramid; ``x`` counts from the west, ``y`` from the north.

    A place on the west or north edge belongs to the tile, one on the east or south edge to
    the neighbour (`spatial.grid`).

    Attributes
    ----------
    z, x, y
        Zoom 0 to 22, column and row 0 to 2**z - 1.

    Raises
    ------
    TileOutOfRange
        When the numbers address no tile.
    """

    z: int
    x: int
    y: int

    def __post_init__(self) -> None:
        """Refuse numbers that address no tile; the zoom first, since it may be absurdly large."""
        if not 0 <= self.z <= MAX_ZOOM:
            raise TileOutOfRange(self.z, self.x, self.y)
        side = 1 << self.z
        if not (0 <= self.x < side and 0 <= self.y < side):
            raise TileOutOfRange(self.z, self.x, self.y)

    @property
    def bounds_3857(self) -> Bounds:
        """The tile's box in web-mercator metres, EPSG:3857."""
        width_m = 2 * _HALF_WORLD_M / (1 << self.z)
        # Each side from its own number, so that neighbours meet to the last digit.
        return Bounds(
            self.x * width_m - _HALF_WORLD_M,
            _HALF_WORLD_M - (self.y + 1) * width_m,
            (self.x + 1) * width_m - _HALF_WORLD_M,
            _HALF_WORLD_M - self.y * width_m,
        )

    @property
    def bounds_4326(self) -> Bounds:
        """The tile's box in degrees, EPSG:4326."""
        side = 1 << self.z
        return Bounds(
            360 * self.x / side - 180,
            _latitude_of_row(self.y + 1, side),
            360 * (self.x + 1) / side - 180,
            _latitude_of_row(self.y, side),
        )


def _latitude_of_row(row: int, side: int) -> float:
    return degrees(atan(sinh(pi * (1 - 2 * row / side))))


def tile_at(longitude: float, latitude: float, z: int) -> Tile:
    """The one tile of a zoom that holds a position; edges and clamps as `spatial.grid`.

    Parameters
    ----------
    longitude, latitude
        Degrees, EPSG:4326.
    z
        Zoom, 0 to 22.

    Returns
    -------
    tile
        Exactly one, also for a position on an edge or corner.

    Raises
    ------
    TileOutOfRange
        When the zoom is not 0 to 22.
    InvalidGeometry
        When a coordinate is not a finite number.
    """
    if not 0 <= z <= MAX_ZOOM:
        raise TileOutOfRange(z, 0, 0)
    px, py = mercator_integers(longitude, latitude)
    return Tile(z, int(px) >> (WORLD_BITS - z), int(py) >> (WORLD_BITS - z))


def tiles_covering(bounds: Sequence[float], z: int) -> Iterator[Tile]:
    """Every tile of a zoom that may hold a position within a box, its border included.

    Row by row from the north-west, none twice. A box that ends exactly on an edge between
    tiles also brings the tile beyond, since positions on that edge belong there. There may
    be up to 4**z of them, hence an iterator.

    Parameters
    ----------
    bounds
        West, south, east, north in degrees, EPSG:4326; west at most east.
    z
        Zoom, 0 to 22.

    Yields
    ------
    tile
        The next tile.

    Raises
    ------
    TileOutOfRange
        When the zoom is not 0 to 22.
    InvalidGeometry
        When a coordinate is not a finite number.
    """
    west, south, east, north = bounds
    first, last = tile_at(west, north, z), tile_at(east, south, z)
    for y in range(first.y, last.y + 1):
        for x in range(first.x, last.x + 1):
            yield Tile(z, x, y)


def cell_level(z: int) -> int:
    """Level of the cells that a tile of a zoom shows: at most 64 by 64 of them.

    Parameters
    ----------
    z
        Zoom, 0 to 22.

    Returns
    -------
    level
        ``z + 6``: a cell is 1/64 of the tile wide. For `spatial.grid.ancestor_cells`.
    """
    return z + _CELL_BITS
