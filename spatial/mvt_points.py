"""Layer `usulan` of a Mapbox Vector Tile: each place by itself."""

import numpy as np
import numpy.typing as npt

from spatial.grid import Integers, deinterleave
from spatial.index.points import Points
from spatial.index.vocabulary import Vocabulary
from spatial.mvt_layer import (
    equal_text_values,
    number_values,
    point_features,
    text_values,
    units,
    written_layer,
)
from spatial.tiles import Tile

_MOST_MARKED = 1 << 16
KEYS = ("number", "category", "status", "year", "supporters", "severity")


def points_tile(
    points: Points, numbers: npt.NDArray[np.bytes_], vocabulary: Vocabulary, tile: Tile
) -> bytes:
    """A tile with the layer `usulan`: a point each, in units of 1/4096 of the tile.

    Parameters
    ----------
    points
        Places in the tile.
    numbers
        Their public numbers, all of one length.
    vocabulary
        What codes of the points mean.
    tile
        Which tile.

    Returns
    -------
    tile_bytes
        Those whose severity is known come first; empty without points.
    """
    if not len(points.ids):
        return b""
    tags, values = _tags(points, numbers, vocabulary)
    places = _places(points.cells, tile)
    known = points.columns["severity"] > 0
    features = point_features(tags[known], places[known])
    features += point_features(tags[~known, :-2], places[~known])
    return written_layer("usulan", features, KEYS, values)


def _tags(
    points: Points, numbers: npt.NDArray[np.bytes_], vocabulary: Vocabulary
) -> tuple[Integers, bytes]:
    """For each point keys and values by position, and the values."""
    columns = points.columns
    years = np.array(vocabulary.year, dtype=np.int64)[columns["year"]]
    whole, which = _distinct(np.stack([years, columns["supporters"], columns["severity"]]))
    words = (*vocabulary.category, *vocabulary.status)
    after_numbers = len(numbers)
    after_words = after_numbers + len(words)
    indexes = [
        np.arange(len(numbers)),
        after_numbers + columns["category"],
        after_numbers + len(vocabulary.category) + columns["status"],
        *(after_words + which.reshape(3, -1)),
    ]
    tags = np.empty((len(numbers), 2 * len(KEYS)), dtype=np.int64)
    tags[:, 0::2] = np.arange(len(KEYS))
    tags[:, 1::2] = np.column_stack(indexes)
    values = equal_text_values(numbers) + text_values(words) + number_values(whole)
    return tags, values


def _distinct(numbers: Integers) -> tuple[Integers, Integers]:
    """Distinct numbers, ascending, and the position of each among them."""
    most = int(numbers.max())
    if most > _MOST_MARKED:
        return np.unique(numbers, return_inverse=True)
    met = np.zeros(most + 1, dtype=np.bool_)
    met[numbers] = True
    return np.flatnonzero(met), (np.cumsum(met) - 1)[numbers]


def _places(cells: Integers, tile: Tile) -> Integers:
    """The middles of the places, which are 2 cm wide."""
    px, py = deinterleave(cells)
    two = np.full(len(cells), 2, dtype=np.int64)
    return np.column_stack(
        [units(2 * px + 1, two, tile.z, tile.x), units(2 * py + 1, two, tile.z, tile.y)]
    )
