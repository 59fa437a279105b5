"""Layer `cells` of a Mapbox Vector Tile, written in one pass over all of its features.

Everything in a feature of this layer is a small whole number: the tags, the lengths and the
coordinates too. So the features are a matrix of numbers, a row each, and the tile is that
matrix written as varints.

Source: Mapbox Vector Tile Specification 2.1, sections 4.1 to 4.4.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from spatial.grid import Integers
from spatial.index.crowds import CrowdSums
from spatial.index.sums import MEASURES, CellSums
from spatial.mvt_layer import number_values, point_features, text_values, units, written_layer
from spatial.tiles import Tile

_CROWD_KEYS = ("precision", "area")
_POWERS = 10 ** np.arange(19, dtype=np.int64)
# The cost before the count, for what is sorted by both compresses better so.
_ORDER = [1, 0, 3, 2]
_KEYS = tuple(MEASURES[number] for number in _ORDER)


def cells_tile(
    cells: CellSums, crowds: CrowdSums, public_areas: Sequence[str], tile: Tile
) -> bytes:
    """A tile with the layer `cells`: a point for each cell, then one for each public area.

    A cell stands at its centre of mass, a public area at its label point, in units of 1/4096
    of the tile, rounded towards west and north. Each has `count`, which is exact, and the sums
    `cost` (rupiah), `beneficiaries` and `supporters` (people) to three significant digits; a
    public area has `precision` "rw" and its code as `area` as well.

    Parameters
    ----------
    cells
        Sums of the cells in the tile.
    crowds
        Sums of private needs whose label points are in the tile.
    public_areas
        Codes of the areas that `crowds` names by position.
    tile
        Which tile.

    Returns
    -------
    tile_bytes
        Equal for equal sums; empty when there is nothing to show.
    """
    if not len(cells.cells) + len(crowds.areas):
        return b""
    order, crowd_order = _alike_together(cells.sums), _alike_together(crowds.sums)
    # Before the numbers: places of values that come one after the other compress best if short.
    words = [public_areas[number] for number in crowds.areas[crowd_order].tolist()]
    words = ["rw", *words] if words else []
    values, indexes = _dictionary(np.concatenate([cells.sums[:4], crowds.sums[:4]], axis=1))
    tags, here = _tags(indexes + len(words)), len(cells.cells)
    crowd_tags = np.hstack([tags[here:][crowd_order], _crowd_tags(len(crowd_order))])
    features = point_features(tags[:here][order], _centres(cells, tile)[order])
    features += point_features(crowd_tags, _labels(crowds, tile)[crowd_order])
    names = _KEYS + _CROWD_KEYS * bool(words)
    return written_layer("cells", features, names, text_values(words) + number_values(values))


def _alike_together(sums: Integers) -> npt.NDArray[np.intp]:
    """The order by count and cost: neighbours in it compress best, by a tenth or more."""
    return np.lexsort((sums[1], sums[0]))


def three_digits(totals: Integers) -> Integers:
    """Sums rounded to three significant digits, a half away from zero.

    Parameters
    ----------
    totals
        Not negative, below 10**18.

    Returns
    -------
    rounded
        Of the shape given.
    """
    return _of_codes(_three_digit_codes(totals))


def _three_digit_codes(totals: Integers) -> Integers:
    """Small numbers for sums rounded to three digits, equal and in order where these are."""
    zeros = np.searchsorted(_POWERS[3:], totals, side="right")
    steps = _POWERS[zeros]
    codes: Integers = (totals + steps // 2) // steps + 900 * zeros
    return codes


def _of_codes(codes: Integers) -> Integers:
    zeros = np.maximum(codes - 100, 0) // 900
    rounded: Integers = (codes - 900 * zeros) * _POWERS[zeros]
    return rounded


def _dictionary(numbers: Integers) -> tuple[Integers, Integers]:
    """Distinct values, and the position of each number's: exact counts, all others to 3 digits."""
    codes = _three_digit_codes(numbers)
    counts = numbers[0]
    exact = _of_codes(codes[0]) == counts
    met = np.zeros(int(codes.max()) + 1, dtype=np.bool_)
    met[codes[1:]] = True
    met[codes[0][exact]] = True
    positions = np.cumsum(met) - 1
    indexes = positions[codes]
    known = np.flatnonzero(met)
    longer, which = np.unique(counts[~exact], return_inverse=True)
    indexes[0, ~exact] = len(known) + which
    return np.concatenate([_of_codes(known), longer]), indexes


def _tags(indexes: Integers) -> Integers:
    """Position of each key, then position of its value, in turn."""
    tags = np.empty((indexes.shape[1], 2 * len(indexes)), dtype=np.int64)
    tags[:, 0::2] = np.arange(len(indexes))
    tags[:, 1::2] = indexes[_ORDER].T
    return tags


def _crowd_tags(number: int) -> Integers:
    """The first word for all, then one for each."""
    tags = np.empty((number, 4), dtype=np.int64)
    tags[:, 0::2] = len(MEASURES), len(MEASURES) + 1
    tags[:, 1] = 0
    tags[:, 3] = 1 + np.arange(number)
    return tags


def _centres(cells: CellSums, tile: Tile) -> Integers:
    """Centres of mass: of the middles of the places, which are 2 cm wide."""
    counts, px, py = cells.sums[[0, 4, 5]]
    west = units(2 * px + counts, 2 * counts, tile.z, tile.x)
    return np.column_stack([west, units(2 * py + counts, 2 * counts, tile.z, tile.y)])


def _labels(crowds: CrowdSums, tile: Tile) -> Integers:
    two = np.full(len(crowds.areas), 2, dtype=np.int64)
    west = units(2 * crowds.px + 1, two, tile.z, tile.x)
    return np.column_stack([west, units(2 * crowds.py + 1, two, tile.z, tile.y)])
