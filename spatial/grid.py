"""The world as whole numbers: web-mercator integers, and the Morton code that orders them.

The square of web mercator (EPSG:3857) is cut into 2**31 by 2**31 places, about 2 cm at the
equator. ``px`` counts them from the west, ``py`` from the north, so both fit PostgreSQL's
int4. Their bits interleaved (x in the even bits, y in the odd ones) are the *cell*, a number
of 62 bits in which every tile is one contiguous range and every parent is a shift.

Edge rule, here and in tiles: a place on the west or north edge of a cell belongs to that
cell; on the east or south edge to the neighbour. So every place is in exactly one cell.

Latitudes beyond 85.0511 degrees, where web mercator ends, count as lying on its border.
"""

from typing import NamedTuple, Protocol, TypeVar

import numpy as np
import numpy.typing as npt

from spatial.errors import Flaw, InvalidGeometry

WORLD_BITS = 31
MAX_LATITUDE = float(np.degrees(np.arctan(np.sinh(np.pi))))
_LAST_PLACE = 2**WORLD_BITS - 1
# Each step doubles the gaps between the bits of a 31-bit number (Morton, 1966; the
# masks are those of Warren, Hacker's Delight, 2nd edition, section 7-2).
_SPREADING = (
    (16, 0x0000FFFF0000FFFF),
    (8, 0x00FF00FF00FF00FF),
    (4, 0x0F0F0F0F0F0F0F0F),
    (2, 0x3333333333333333),
    (1, 0x5555555555555555),
)
_GATHERING = (
    (1, 0x3333333333333333),
    (2, 0x0F0F0F0F0F0F0F0F),
    (4, 0x00FF00FF00FF00FF),
    (8, 0x0000FFFF0000FFFF),
    (16, 0x00000000FFFFFFFF),
)

Integers = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Cells = TypeVar("Cells", int, Integers)


class TileAddress(Protocol):
    """Anything with the three numbers of a tile."""

    @property
    def z(self) -> int:
        """Zoom."""

    @property
    def x(self) -> int:
        """Column, from the west."""

    @property
    def y(self) -> int:
        """Row, from the north."""


class CellRange(NamedTuple):
    """The cells of one tile: from `first` to `last`, both included.

    Attributes
    ----------
    first, last
        Morton codes at 2**31, 0 to 2**62 - 1.
    """

    first: int
    last: int


def mercator_integers(
    longitudes: npt.ArrayLike, latitudes: npt.ArrayLike
) -> tuple[Integers, Integers]:
    """Web-mercator integers of positions: ``px`` from the west, ``py`` from the north.

    A position on the edge between two places belongs to the eastern and southern one (whose
    west or north edge it is). 180 degrees east and latitudes beyond `MAX_LATITUDE` are
    clamped into the outermost place; longitudes do not wrap.
    Source: spherical mercator, EPSG method 1024.

    Parameters
    ----------
    longitudes, latitudes
        Degrees, EPSG:4326, of equal shape.

    Returns
    -------
    px, py
        0 to 2**31 - 1 each, of the shape given.

    Raises
    ------
    InvalidGeometry
        When a coordinate is not a finite number.
    """
    x, y = mercator_places(longitudes, latitudes)
    return _whole_places(x), _whole_places(y)


def mercator_places(longitudes: npt.ArrayLike, latitudes: npt.ArrayLike) -> tuple[Floats, Floats]:
    """Positions in places of the web-mercator square, not yet rounded to whole ones.

    Latitudes beyond `MAX_LATITUDE` are clamped to it; longitudes do not wrap.
    Source: spherical mercator, EPSG method 1024.

    Parameters
    ----------
    longitudes, latitudes
        Degrees, EPSG:4326, of equal shape.

    Returns
    -------
    x, y
        From the west and from the north, 0 to 2**31 each, of the shape given.

    Raises
    ------
    InvalidGeometry
        When a coordinate is not a finite number.
    """
    longitude = np.asarray(longitudes, dtype=np.float64)
    latitude = np.asarray(latitudes, dtype=np.float64)
    if not (np.isfinite(longitude).all() and np.isfinite(latitude).all()):
        raise InvalidGeometry(Flaw.NOT_FINITE)
    sine = np.sin(np.radians(np.clip(latitude, -MAX_LATITUDE, MAX_LATITUDE)))
    east = (longitude + 180) / 360
    south = 0.5 - np.arctanh(sine) / (2 * np.pi)
    return east * 2.0**WORLD_BITS, south * 2.0**WORLD_BITS


def degrees_of_places(x: npt.ArrayLike, y: npt.ArrayLike) -> tuple[Floats, Floats]:
    """Longitudes and latitudes of places, the inverse of `mercator_places`.

    Source: spherical mercator, EPSG method 1024.

    Parameters
    ----------
    x, y
        From the west and from the north, 0 to 2**31 each, whole or not, of equal shape.

    Returns
    -------
    longitudes, latitudes
        Degrees, EPSG:4326, of the shape given.
    """
    east = np.asarray(x, dtype=np.float64) / 2.0**WORLD_BITS
    south = np.asarray(y, dtype=np.float64) / 2.0**WORLD_BITS
    return 360 * east - 180, np.degrees(np.arctan(np.sinh(np.pi * (1 - 2 * south))))


def _whole_places(places: Floats) -> Integers:
    return np.clip(np.floor(places), 0, _LAST_PLACE).astype(np.int64)


def interleave(px: npt.ArrayLike, py: npt.ArrayLike) -> Integers:
    """Morton codes of web-mercator integers; x stands in the even bits, y in the odd ones.

    Parameters
    ----------
    px, py
        0 to 2**31 - 1 each, of equal shape.

    Returns
    -------
    cells
        0 to 2**62 - 1, of the shape given.
    """
    return _spread(px) | (_spread(py) << 1)


def deinterleave(cells: npt.ArrayLike) -> tuple[Integers, Integers]:
    """Web-mercator integers of Morton codes, the inverse of `interleave`.

    Works for the codes of a coarser level as well and gives column and row at that level.

    Parameters
    ----------
    cells
        Morton codes, not negative.

    Returns
    -------
    px, py
        Of the shape given.
    """
    codes = np.asarray(cells, dtype=np.int64)
    return _gather(codes), _gather(codes >> 1)


def _spread(numbers: npt.ArrayLike) -> Integers:
    bits = np.asarray(numbers, dtype=np.int64)
    for shift, mask in _SPREADING:
        bits = (bits | (bits << shift)) & mask
    return bits


def _gather(codes: Integers) -> Integers:
    bits = codes & 0x5555555555555555
    for shift, mask in _GATHERING:
        bits = (bits | (bits >> shift)) & mask
    return bits


def cells_at(longitudes: npt.ArrayLike, latitudes: npt.ArrayLike) -> Integers:
    """Morton codes at 2**31 of many positions; edges, clamps and errors as `mercator_integers`.

    Parameters
    ----------
    longitudes, latitudes
        Degrees, EPSG:4326, of equal shape.

    Returns
    -------
    cells
        0 to 2**62 - 1, of the shape given.
    """
    return interleave(*mercator_integers(longitudes, latitudes))


def cell_at(longitude: float, latitude: float) -> int:
    """Morton code at 2**31 of one position, equal to what `cells_at` gives for it.

    Parameters
    ----------
    longitude, latitude
        Degrees, EPSG:4326.

    Returns
    -------
    cell
        0 to 2**62 - 1; fits PostgreSQL's bigint.
    """
    return int(cells_at([longitude], [latitude])[0])


def ancestor_cells(cells: Cells, level: int) -> Cells:
    """The cells at a coarser level that hold these ones.

    Level 0 is the world, level 31 the cells themselves; at level z they number the tiles of
    zoom z in Morton order.

    Parameters
    ----------
    cells
        Morton codes at 2**31.
    level
        0 to 31.

    Returns
    -------
    ancestors
        Morton codes at 2**level, of the shape given.
    """
    return cells >> 2 * (WORLD_BITS - level)


def cell_range(tile: TileAddress) -> CellRange:
    """The one contiguous range of cells that a tile is.

    A place is in the tile exactly when its cell is in the range, so the tiles of a zoom part
    the world without overlap.

    Parameters
    ----------
    tile
        A tile of zoom 0 to 31.

    Returns
    -------
    range
        First and last cell, both included, as SQL ``BETWEEN`` takes them.
    """
    shift = 2 * (WORLD_BITS - tile.z)
    first = int(interleave(tile.x, tile.y)) << shift
    return CellRange(first, first + (1 << shift) - 1)
