"""The fixed scale of a heat map: where its colours change, the same for all its tiles.

The scale is made from the density at the places where something lies, never from what a
tile happens to show, so it depends on filters, weight and bandwidth alone.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from spatial.classes import easy_number
from spatial.grid import Floats, Integers
from spatial.ground import GroundScale
from spatial.heatmap import TILE_PIXELS, Density, Kernel, PixelWindow, pixel_places

TOP_SHARE = 0.99
"""Share of the places whose value the top of a scale is not below."""
SCALE_ZOOMS = (8, 18)
# The top is at least 12 times the first break, so that the last of four doublings is passed.
_TOP_OF_FIRST = 12
_NO_VALUES = 12.0
# Below this a density is nothing, and its twelfth might be no number any more.
_LEAST = 1e-30
# More pixels than any zoom has in a row.
_ROW = 1 << 31
_MOST_MARKED = 1 << 22


@dataclass(frozen=True, slots=True)
class HeatScale:
    """Where the five classes of a heat map part.

    Attributes
    ----------
    breaks
        Four limits, rising strictly, over 0; they are also the isolines. A value equal to one
        is in the class above.
    top
        Where the darkest colour is reached, above the last break; larger values have it too.
    """

    breaks: tuple[float, float, float, float]
    top: float


def scale_zoom(kernel: Kernel) -> int:
    """Zoom whose pixels a scale is made from: the first with pixels no wider than a bandwidth.

    Parameters
    ----------
    kernel
        Bandwidth and ground scale.

    Returns
    -------
    z
        8 to 18.
    """
    first, last = SCALE_ZOOMS
    fine = (z for z in range(first, last) if _pixel_m(z, kernel.ground) <= kernel.bandwidth_m)
    return next(fine, last)


def _pixel_m(z: int, ground: GroundScale) -> float:
    return pixel_places(z) * max(ground.east_m, ground.north_m)


def densities_where(density: Density) -> Floats:
    """Densities in every pixel, of `scale_zoom`, that holds some of the weight.

    A pixel is met once, however many weights lie in it. A weight on the west or north edge of
    a pixel is in that pixel; a weight of 0 is nowhere.

    Parameters
    ----------
    density
        Of the weights whose places are met.

    Returns
    -------
    densities
        Weight per square kilometre, in no order that means anything.
    """
    z, source = scale_zoom(density.kernel), density.source
    lying = source.weights > 0
    # None is negative, so the whole part is the floor.
    columns, rows = (
        (axis[lying] / pixel_places(z)).astype(np.int64) for axis in (source.x, source.y)
    )
    met = _distinct(columns, rows)
    tiles, which = np.unique(met // TILE_PIXELS @ (_ROW, 1), return_inverse=True)
    parts = [_in_box(met[which == number], z, density) for number in range(len(tiles))]
    return np.concatenate([np.empty(0), *parts])


def _distinct(columns: Integers, rows: Integers) -> Integers:
    """Rows and columns of the pixels that occur, each once."""
    if not columns.size:
        return np.empty((0, 2), dtype=np.int64)
    west, north = columns.min(), rows.min()
    width, height = int(columns.max() - west) + 1, int(rows.max() - north) + 1
    numbers = (rows - north) * width + (columns - west)
    if width * height <= _MOST_MARKED:
        marks = np.zeros(width * height, dtype=np.bool_)
        marks[numbers] = True
        distinct = np.flatnonzero(marks)
    else:
        distinct = np.unique(numbers)
    row, column = np.divmod(distinct, width)
    return np.stack([row + north, column + west], axis=1)


def _in_box(met: Integers, z: int, density: Density) -> Floats:
    """Densities in some pixels, from the smallest window that holds them."""
    row, column = met.min(axis=0).tolist()
    height, width = (met.max(axis=0) - (row, column) + 1).tolist()
    field = density.field(PixelWindow(z, column, row, width, height))
    return np.asarray(field[met[:, 0] - row, met[:, 1] - column], dtype=np.float64)


def density_scale(densities: npt.ArrayLike) -> HeatScale:
    """Scale of a density map: breaks that double, up to what all but 1 percent of places have.

    Densities of a city spread over orders of magnitude, so equal steps would show one peak
    and nothing else; each class that doubles the one below stands for as much change. The
    99th percentile of places, not the greatest, is the top, so that one wrong pin or one
    costly project does not pale the rest.

    Parameters
    ----------
    densities
        As `densities_where` gives them for the source itself, all over 0.

    Returns
    -------
    scale
        Breaks of easy numbers, each twice the one before; `top` 12 to 16 times the first, or
        an easy number just above. Without densities the breaks are 1, 2, 4 and 8.
    """
    values = np.asarray(densities, dtype=np.float64)
    values = values[values > _LEAST]
    top = float(np.quantile(values, TOP_SHARE)) if values.size else _NO_VALUES
    first = easy_number(top / _TOP_OF_FIRST)
    second, third, fourth = (float(f"{first * times:.6g}") for times in (2, 4, 8))
    return HeatScale((first, second, third, fourth), max(easy_number(top, up=True), 1.5 * fourth))
