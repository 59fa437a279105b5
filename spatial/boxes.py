"""Boxes of degrees as a few ranges of cells, so that an index on cells finds what is in them."""

from collections.abc import Sequence

import numpy as np

from spatial.grid import WORLD_BITS, CellRange, Integers, interleave, mercator_integers

MOST_CELLS = 16
"""So many squares cover a box: more follow it closer, but each range is a look-up of its own."""


def ranges_of_box(bounds: Sequence[float]) -> list[CellRange]:
    """Ranges of cells that hold every position within a box, its border included.

    They hold others too, around the box: whoever asks for what lies in the box compares
    positions after that. The squares are the smallest of which `MOST_CELLS` cover the box;
    neighbours in Morton order are one range. A box is taken one place larger on each side than
    it is, so that rounding leaves nothing out. Clamps are those of `spatial.grid`.

    Parameters
    ----------
    bounds
        West, south, east, north in degrees, EPSG:4326; west at most east, south at most north.

    Returns
    -------
    ranges
        At least one, at most `MOST_CELLS`, ascending, apart from each other.

    Raises
    ------
    InvalidGeometry
        When a coordinate is not a finite number.
    """
    west, south, east, north = bounds
    columns, rows = mercator_integers([west, east], [north, south])
    last = (1 << WORLD_BITS) - 1
    left, right = max(int(columns[0]) - 1, 0), min(int(columns[1]) + 1, last)
    top, bottom = max(int(rows[0]) - 1, 0), min(int(rows[1]) + 1, last)
    shift = 0
    while _across(left, right, shift) * _across(top, bottom, shift) > MOST_CELLS:
        shift += 1
    across = interleave(_squares(left, right, shift), 0).tolist()
    down = interleave(0, _squares(top, bottom, shift)).tolist()
    # So few are put together sooner one by one than by arrays.
    return _joined(sorted(x | y for y in down for x in across), 2 * shift)


def _across(first: int, last: int, shift: int) -> int:
    return (last >> shift) - (first >> shift) + 1


def _squares(first: int, last: int, shift: int) -> Integers:
    return np.arange(first >> shift, (last >> shift) + 1, dtype=np.int64)


def _joined(squares: Sequence[int], shift: int) -> list[CellRange]:
    """Stretches of ascending squares without a gap, in cells."""
    stretches: list[list[int]] = []
    for square in squares:
        if stretches and square == stretches[-1][1] + 1:
            stretches[-1][1] = square
        else:
            stretches.append([square, square])
    return [CellRange(first << shift, (last + 1 << shift) - 1) for first, last in stretches]
