"""Density of weights under a Gaussian kernel whose bandwidth is in metres on the ground.

A pixel holds the mean density over its own surface, so a picture sums to the weights at
every zoom, whether the kernel is a thousandth of a pixel or a thousand pixels wide.

How it is made: weights are laid on a grid of half a bandwidth (quadratic B-spline, which
widens every weight by the same known spread wherever it lies in its grid cell; Unser, 1999),
and the kernel, narrower by just that spread, is integrated over rows and columns of pixels
apart. Grid and pixels are counted from the corner of the world, so a tile knows nothing of
its neighbours and still equals the same part of any larger picture, to the rounding of
float32.

Errors, as a share of the greatest density around: at most 0.4 percent from the grid. Where
a pixel is over 4 bandwidths wide (50 m below zoom 10) the grid is an eighth of a pixel, so
that a province stays small, and the error at most 3 percent. The kernel ends at `CUT`
bandwidths; its tail of 6e-7 along each axis is laid on the end, so nothing is lost.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from spatial.grid import WORLD_BITS, Floats, TileAddress
from spatial.ground import GroundScale
from spatial.heatgrid import CUT, Field, GridAxis, Laid, grid_step, laid_for_window, laid_whole
from spatial.heatsource import HeatSource
from spatial.map_errors import SizeOutOfRange

if TYPE_CHECKING:
    from scipy.sparse import csr_array

SMALLEST_BANDWIDTH_M = 50
LARGEST_BANDWIDTH_M = 2000
TILE_PIXELS = 256
_TILE_BITS = 8


@dataclass(frozen=True, slots=True)
class Kernel:
    """A round Gaussian on the ground.

    Attributes
    ----------
    bandwidth_m
        Its standard deviation in metres on the ground, 50 to 2,000.
    ground
        How large a place is, the same for every tile of a map.

    Raises
    ------
    SizeOutOfRange
        When the bandwidth is not offered.
    """

    bandwidth_m: float
    ground: GroundScale

    def __post_init__(self) -> None:
        """Refuse bandwidths that are not offered, NaN among them."""
        if not SMALLEST_BANDWIDTH_M <= self.bandwidth_m <= LARGEST_BANDWIDTH_M:
            raise SizeOutOfRange(self.bandwidth_m, SMALLEST_BANDWIDTH_M, LARGEST_BANDWIDTH_M)

    @property
    def width(self) -> tuple[float, float]:
        """The bandwidth along the parallel and along the meridian, in places."""
        return self.bandwidth_m / self.ground.east_m, self.bandwidth_m / self.ground.north_m


@dataclass(frozen=True, slots=True)
class PixelWindow:
    """A box of pixels of one zoom, where the world is 256 * 2**z pixels wide.

    Attributes
    ----------
    z
        Zoom, 0 to 22.
    column, row
        Number of its north-west pixel, from the west and the north edge of the world; may
        lie outside it.
    width, height
        Pixels.
    """

    z: int
    column: int
    row: int
    width: int
    height: int


def tile_window(tile: TileAddress, *, margin: int = 0) -> PixelWindow:
    """The 256 by 256 pixels of a tile, with some more around it where a picture needs them.

    Parameters
    ----------
    tile
        A tile of zoom 0 to 22.
    margin
        Pixels added on every side.

    Returns
    -------
    window
        Of 256 + 2 `margin` pixels a side.
    """
    side = TILE_PIXELS + 2 * margin
    column, row = tile.x * TILE_PIXELS - margin, tile.y * TILE_PIXELS - margin
    return PixelWindow(tile.z, column, row, side, side)


def pixel_places(z: int) -> float:
    """Width of a pixel of a zoom in places of the web-mercator square.

    Parameters
    ----------
    z
        Zoom, 0 to 22.

    Returns
    -------
    width
        A power of two; 32 at zoom 18.
    """
    return 2.0 ** (WORLD_BITS - _TILE_BITS - z)


def density_field(source: HeatSource, kernel: Kernel, window: PixelWindow) -> Field:
    """Mean density of weights over each pixel of a window.

    Weights within `CUT` bandwidths of a pixel count, also those outside the window, so
    windows fit together without a seam. The sum over the plane, times the surface of a
    pixel, is the sum of the weights to 1e-5 of it.
    Source: kernel density estimation after Silverman (1986), section 4.2, with the kernel
    integrated over the pixel; errors as the head of this module states them.

    Parameters
    ----------
    source
        Any number of weights, best not over 100,000: see `spatial.heatsource.heat_level`.
    kernel
        The same for every window of a map.
    window
        Which pixels.

    Returns
    -------
    field
        `height` by `width` from the north-west; weight per square kilometre on the ground,
        0 where no weight is near.
    """
    return Density(source, kernel, None).field(window)


@dataclass(frozen=True, slots=True)
class Density:
    """The density of a source, to be looked at through many windows.

    Attributes
    ----------
    source
        Weights.
    kernel
        The same for every window.
    laid
        The source on the grid of half a bandwidth; None where each window lays what it feels.
    """

    source: HeatSource
    kernel: Kernel
    laid: Laid | None

    @classmethod
    def of(cls, source: HeatSource, kernel: Kernel) -> "Density":
        """Lay a source on the grid once, unless that would take too much."""
        east, south = (grid_step(width, 0) for width in kernel.width)
        return cls(source, kernel, laid_whole(source, east, south))

    @property
    def nbytes(self) -> int:
        """Bytes that it holds."""
        source, laid = self.source, self.laid
        grid = 0 if laid is None else laid.weights.nbytes
        return source.x.nbytes + source.y.nbytes + source.weights.nbytes + grid

    def field(self, window: PixelWindow) -> Field:
        """The field of a window, as `density_field` gives it."""
        kernel, pixel = self.kernel, pixel_places(window.z)
        east = GridAxis.of(kernel.width[0], pixel, window.column, window.width)
        south = GridAxis.of(kernel.width[1], pixel, window.row, window.height)
        laid = self._laid(east, south)
        if laid is None:
            return np.zeros((window.height, window.width), dtype=np.float32)
        columns = _parts(east, laid.column, laid.weights.shape[1])
        rows = _parts(south, laid.row, laid.weights.shape[0])
        pixel_km2 = pixel**2 * kernel.ground.square_m / 1e6
        field: Field = (columns @ (rows @ laid.weights).T).T
        return np.ascontiguousarray(field) / np.float32(pixel_km2)

    def _laid(self, east: GridAxis, south: GridAxis) -> Laid | None:
        steps = tuple(grid_step(width, 0) for width in self.kernel.width)
        if self.laid is None or (east.step, south.step) != steps:
            return laid_for_window(self.source, east, south)
        return self.laid.within(east, south)


def _parts(axis: GridAxis, first: int, count: int) -> "csr_array":
    """Part of the kernel around each of `count` grid cells that falls into each pixel."""
    from scipy.sparse import csr_array  # noqa: PLC0415 - 20 MB, for a process that draws alone

    before = np.floor(axis.edges / axis.step).astype(np.int64)
    felt = np.arange(-axis.reach, axis.reach + 1 + np.diff(before).max())
    cells = before[:-1, np.newaxis] + felt
    centres = (cells.astype(np.float64) + 0.5) * np.float64(axis.step)
    parts = np.subtract(
        _passed(axis, axis.edges[1:], centres), _passed(axis, axis.edges[:-1], centres)
    )
    met = (cells >= first) & (cells < first + count)
    starts = np.arange(0, cells.size + 1, felt.size)
    places = np.clip(cells - first, 0, count - 1)
    return csr_array(
        ((parts * met).ravel().astype(np.float32), places.ravel(), starts),
        shape=(len(cells), count),
    )


def _passed(axis: GridAxis, edges: Floats, centres: Floats) -> Floats:
    """Part of the kernel around each centre that lies before the edge of its row."""
    from scipy.special import ndtr  # noqa: PLC0415 - as above

    deviations = (edges[:, np.newaxis] - centres) / axis.blur
    passed: Floats = ndtr(deviations)
    passed[deviations > CUT] = 1
    passed[deviations < -CUT] = 0
    return passed
