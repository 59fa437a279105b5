"""The grid of half a bandwidth that weights are laid on before a kernel is drawn around them.

It is counted from the corner of the world, so it is the same for every window of a map: a
whole source may be laid once and then be looked at through any number of windows.
"""

from dataclasses import dataclass
from math import ceil, floor

import numpy as np
import numpy.typing as npt

from spatial.grid import Floats, Integers
from spatial.heatsource import HeatSource

CUT = 5.0
"""Bandwidths from a weight to where its kernel ends."""
MOST_CELLS = 1 << 21
"""Of a grid for a whole source; a city of 40 km takes as many under 50 m, and 8 MB."""
_GRID_BANDWIDTHS = 0.5
_GRID_PIXELS = 0.125
# A quadratic B-spline has a variance of 3/12 of its step squared.
_SPLINE_VARIANCE = 0.25
# Far below a place, far above the rounding of the arithmetic: a kernel that is a point.
_NO_WIDTH = 1e-6
_SPLINE_CELLS = 3

Field = npt.NDArray[np.float32]


def grid_step(bandwidth: float, pixel: float) -> float:
    """Width of a grid cell along one axis.

    Parameters
    ----------
    bandwidth, pixel
        Places of the web-mercator square.

    Returns
    -------
    step
        Half a bandwidth; an eighth of a pixel where that is more.
    """
    return max(_GRID_BANDWIDTHS * bandwidth, _GRID_PIXELS * pixel)


@dataclass(frozen=True, slots=True)
class GridAxis:
    """Pixels along one axis and the grid beneath them; all in places.

    Attributes
    ----------
    edges
        Of the pixels, one more than there are pixels.
    step
        Width of a grid cell.
    blur
        Bandwidth of the kernel that is left to draw, after what the grid has spread.
    """

    edges: Floats
    step: float
    blur: float

    @classmethod
    def of(cls, bandwidth: float, pixel: float, first: int, count: int) -> "GridAxis":
        """The axis of `count` pixels from number `first` on."""
        step = grid_step(bandwidth, pixel)
        blur = max(bandwidth**2 - _SPLINE_VARIANCE * step**2, 0.0) ** 0.5
        edges = np.arange(first, first + count + 1).astype(np.float64) * pixel
        return cls(edges, step, max(blur, _NO_WIDTH))

    @property
    def reach(self) -> int:
        """Grid cells from an edge to where a weight is felt there no more."""
        return ceil(CUT * self.blur / self.step) + 1

    @property
    def felt(self) -> tuple[int, int]:
        """The first grid cell that is felt in some pixel, and the first beyond the last one."""
        first = floor(self.edges[0] / self.step) - self.reach
        return first, floor(self.edges[-1] / self.step) + self.reach + 1

    def near(self, positions: Floats) -> npt.NDArray[np.bool_]:
        """Which weights, at positions in grid cells, are laid on cells that are felt."""
        first, last = self.felt
        return np.asarray((positions >= first - 1) & (positions < last + 1))


@dataclass(frozen=True, slots=True)
class Laid:
    """Weights on grid cells.

    Attributes
    ----------
    column, row
        Number of the north-west cell.
    weights
        What lies on each cell, rows from the north.
    """

    column: int
    row: int
    weights: Field

    def within(self, east: GridAxis, south: GridAxis) -> "Laid | None":
        """The part that is felt in a window; None where there is none."""
        height, width = self.weights.shape
        left, right = _part(east, self.column, width)
        top, bottom = _part(south, self.row, height)
        if left >= right or top >= bottom:
            return None
        return Laid(self.column + left, self.row + top, self.weights[top:bottom, left:right])


def _part(axis: GridAxis, begin: int, count: int) -> tuple[int, int]:
    first, last = axis.felt
    return max(first - begin, 0), min(last - begin, count)


def laid_for_window(source: HeatSource, east: GridAxis, south: GridAxis) -> Laid | None:
    """The weights that are felt in a window, laid on the grid.

    Parameters
    ----------
    source
        Weights.
    east, south
        Axes of the window.

    Returns
    -------
    laid
        None where no weight is near.
    """
    columns, rows = source.x / east.step, source.y / south.step
    near = east.near(columns) & south.near(rows)
    return _laid(columns[near], rows[near], source.weights[near]) if near.any() else None


def laid_whole(source: HeatSource, east_step: float, south_step: float) -> Laid | None:
    """All weights of a source, laid on the grid.

    Parameters
    ----------
    source
        Weights.
    east_step, south_step
        Widths of a grid cell in places.

    Returns
    -------
    laid
        None without weights, and where it would take more than `MOST_CELLS`.
    """
    columns, rows = source.x / east_step, source.y / south_step
    if not columns.size:
        return None
    width, height = np.ptp(columns) + _SPLINE_CELLS, np.ptp(rows) + _SPLINE_CELLS
    return _laid(columns, rows, source.weights) if width * height <= MOST_CELLS else None


def _laid(columns: Floats, rows: Floats, weights: Floats) -> Laid:
    column, in_columns = _spline_parts(columns)
    row, in_rows = _spline_parts(rows)
    first_column, first_row = int(column.min()), int(row.min())
    width = int(column.max()) - first_column + _SPLINE_CELLS
    height = int(row.max()) - first_row + _SPLINE_CELLS
    north_west = (row - first_row) * width + (column - first_column)
    cells = north_west + np.arange(_SPLINE_CELLS)[:, np.newaxis]
    laid = np.zeros(width * height)
    for offset, part in enumerate(in_rows * weights):
        laid += np.bincount(
            (cells + offset * width).ravel(), (in_columns * part).ravel(), minlength=laid.size
        )
    return Laid(first_column, first_row, laid.reshape(height, width).astype(np.float32))


def _spline_parts(positions: Floats) -> tuple[Integers, Floats]:
    """The western of the three cells a weight goes to, and its part in each (3 by N)."""
    cell = np.floor(positions)
    aside = positions - cell - 0.5
    parts = np.stack([0.5 * (0.5 - aside) ** 2, 0.75 - aside**2, 0.5 * (0.5 + aside) ** 2])
    return cell.astype(np.int64) - 1, parts
