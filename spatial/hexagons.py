"""Hexagons of one size on the ground, on a grid that belongs to a city.

They stand on a corner (pointy-top) and are counted in rows from the north, every odd row
half a hexagon further east. The grid depends on its origin, scale and edge alone, so the
same hexagons come back whatever is filtered.

Edge rule: a position belongs to the hexagon whose centre is nearest. At equal distance it
goes to the one in an even row; between two of one row to the eastern; between two rows of
one kind to the southern. So each position is in exactly one hexagon.

These are no H3 cells and have no ids that mean anything in another city.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from spatial.grid import Floats, Integers, degrees_of_places
from spatial.ground import GroundScale
from spatial.map_errors import SizeOutOfRange

SMALLEST_EDGE_M = 25
LARGEST_EDGE_M = 10_000
_ROOT_3 = 3**0.5
# A ring of corners in half widths to the east and half edges to the south of the centre,
# counter-clockwise from the northern one, closed.
_CORNERS = np.array([(0, -2), (-1, -1), (-1, 1), (0, 2), (1, 1), (1, -1), (0, -2)])
_BLOCK = 1 << 15


@dataclass(frozen=True, slots=True)
class HexagonGrid:
    """Hexagons of one size, laid out from an origin.

    Attributes
    ----------
    x, y
        Centre of hexagon 0, 0 in places of the web-mercator square (`spatial.grid`); the
        same for every map of a city.
    ground
        How large a place is there.
    edge_m
        Length of a side in metres on the ground, 25 to 10,000. A hexagon is as wide as
        1.73 edges and covers 2.6 times their square: 16 hectares at 250 m.

    Raises
    ------
    SizeOutOfRange
        When the edge is not offered.
    """

    x: float
    y: float
    ground: GroundScale
    edge_m: float

    def __post_init__(self) -> None:
        """Refuse sizes that are not offered, NaN among them."""
        if not SMALLEST_EDGE_M <= self.edge_m <= LARGEST_EDGE_M:
            raise SizeOutOfRange(self.edge_m, SMALLEST_EDGE_M, LARGEST_EDGE_M)

    @property
    def width(self) -> float:
        """Distance between centres of one row, in places."""
        return _ROOT_3 * self.edge_m / self.ground.east_m

    @property
    def edge(self) -> float:
        """Length of an upright side, in places."""
        return self.edge_m / self.ground.north_m

    @property
    def area_km2(self) -> float:
        """Square kilometres on the ground of each hexagon."""
        return 1.5 * _ROOT_3 * (self.edge_m / 1000) ** 2


class Hexagons(NamedTuple):
    """Some hexagons of a grid, each once.

    Attributes
    ----------
    columns, rows
        N numbers each, from the origin to the east and the south; may be negative.
    sums
        By name, N sums each.
    """

    columns: Integers
    rows: Integers
    sums: dict[str, Floats]


def hexagons_of(
    grid: HexagonGrid, px: npt.ArrayLike, py: npt.ArrayLike
) -> tuple[Integers, Integers]:
    """The one hexagon that holds each position; edges as the head of this module says.

    Source: the nearest of the two nearest centres, one of the even rows and one of the odd
    ones, which are a rectangular lattice each (Conway and Sloane (1999), chapter 20).

    Parameters
    ----------
    grid
        Of the city.
    px, py
        N web-mercator integers, or places that are not whole.

    Returns
    -------
    columns, rows
        N numbers each.
    """
    x, y = np.asarray(px, dtype=np.float64), np.asarray(py, dtype=np.float64)
    columns = np.empty(x.shape, dtype=np.int64)
    rows = np.empty(x.shape, dtype=np.int64)
    # Block by block, so that what is computed in between stays in the cache.
    for start in range(0, x.size, _BLOCK):
        block = slice(start, start + _BLOCK)
        _place(grid, x[block], y[block], (columns[block], rows[block]))
    return columns, rows


def _place(grid: HexagonGrid, x: Floats, y: Floats, into: tuple[Integers, Integers]) -> None:
    # In widths to the east and in pairs of rows (three edges) to the south.
    east = (x - grid.x) / grid.width
    south = (y - grid.y) / (3 * grid.edge)
    even_column, even_pair = np.floor(east + 0.5), np.floor(south + 0.5)
    odd_column, odd_pair = np.floor(east), np.floor(south)
    # Squared distances in units of a third of a squared width: a pair of rows is 3**.5 widths.
    to_even = (east - even_column) ** 2 + 3 * (south - even_pair) ** 2
    to_odd = (east - odd_column - 0.5) ** 2 + 3 * (south - odd_pair - 0.5) ** 2
    odd = to_odd < to_even
    columns, rows = into
    columns[:] = np.where(odd, odd_column, even_column)
    rows[:] = 2 * np.where(odd, odd_pair, even_pair) + odd


def hexagon_sums(
    grid: HexagonGrid, px: npt.ArrayLike, py: npt.ArrayLike, values: Mapping[str, npt.ArrayLike]
) -> Hexagons:
    """Sums of values over the positions in each hexagon.

    Every position is counted exactly once, so each sum over the hexagons is the sum over the
    positions, for counts to the last digit.

    Parameters
    ----------
    grid
        Of the city.
    px, py
        N web-mercator integers, or places that are not whole.
    values
        By name, N numbers each.

    Returns
    -------
    hexagons
        Only those with a position, row by row from the north-west.
    """
    return _added_up(*hexagons_of(grid, px, py), values)


def joined_hexagons(parts: Sequence[Hexagons], names: Sequence[str]) -> Hexagons:
    """Sums of several sets of positions, each hexagon once.

    Parameters
    ----------
    parts
        Of one grid, with sums of these names; may be none.
    names
        Of the sums.

    Returns
    -------
    hexagons
        Row by row from the north-west.
    """
    columns, rows = (
        np.concatenate([np.empty(0, dtype=np.int64), *(getattr(part, name) for part in parts)])
        for name in ("columns", "rows")
    )
    values = {
        name: np.concatenate([np.empty(0), *(part.sums[name] for part in parts)]) for name in names
    }
    return _added_up(columns, rows, values)


def _added_up(columns: Integers, rows: Integers, values: Mapping[str, npt.ArrayLike]) -> Hexagons:
    if columns.size == 0:
        return Hexagons(columns, rows, {name: np.empty(0) for name in values})
    west, north = columns.min(), rows.min()
    width = int(columns.max() - west) + 1
    met, numbers = _met((rows - north) * width + (columns - west))
    sums = {
        name: np.bincount(numbers, column, met.size).astype(np.float64)
        for name, column in values.items()
    }
    return Hexagons(met % width + west, met // width + north, sums)


def _met(numbers: Integers) -> tuple[Integers, Integers]:
    """The different numbers, rising, and for each number given which of them it is."""
    if numbers.max() > 4 * numbers.size:
        met, which = np.unique(numbers, return_inverse=True)
        return met, which.astype(np.int64)
    met = np.flatnonzero(np.bincount(numbers))
    which = np.zeros(int(met[-1]) + 1, dtype=np.int64)
    which[met] = np.arange(met.size)
    return met, which[numbers]


def hexagon_rings(grid: HexagonGrid, columns: npt.ArrayLike, rows: npt.ArrayLike) -> Floats:
    """Outlines of hexagons; neighbours share their corners to the last digit.

    Parameters
    ----------
    grid
        Of the city.
    columns, rows
        N numbers each.

    Returns
    -------
    rings
        N by 7 by 2: longitude and latitude of the corners, degrees, EPSG:4326,
        counter-clockwise from the northern one and closed, as RFC 7946 wants them.
    """
    east, south = _half_steps(columns, rows)
    aside, below = _CORNERS.T
    return _positions(grid, east[:, np.newaxis] + aside, south[:, np.newaxis] + below)


def _half_steps(columns: npt.ArrayLike, rows: npt.ArrayLike) -> tuple[Integers, Integers]:
    """Centres in half widths and half edges from the origin: whole numbers, as corners are."""
    column, row = np.asarray(columns, dtype=np.int64), np.asarray(rows, dtype=np.int64)
    return 2 * column + row % 2, 3 * row


def _positions(grid: HexagonGrid, east: Integers, south: Integers) -> Floats:
    x = grid.x + east * (grid.width / 2)
    y = grid.y + south * (grid.edge / 2)
    return np.stack(degrees_of_places(x, y), axis=-1)
