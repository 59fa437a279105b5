"""Layer `usulan` of a Mapbox Vector Tile: each place by itself.

All features have equally many bytes, so that the layer is a matrix filled column by column: a
number that needs fewer bytes than others of its column is padded, as varints may be.

Source: Mapbox Vector Tile Specification 2.1, sections 4.1 to 4.4; protocol buffers, encoding.
"""

from functools import cache, lru_cache

import numpy as np
import numpy.typing as npt

from spatial.grid import WORLD_BITS, Integers, deinterleave
from spatial.index.points import Points
from spatial.index.vocabulary import Vocabulary
from spatial.mvt_layer import (
    EXTENT,
    alike_point_features,
    equal_text_values,
    number_values,
    text_values,
    written_layer,
)
from spatial.tiles import Tile
from spatial.varints import Column

_MOST_MARKED = 1 << 16
_UNIT_BITS = EXTENT.bit_length() - 1
_UNIT_LEVEL_LESS = WORLD_BITS - _UNIT_BITS
_MOST_SEVERE = 3
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
    places, known = _places(points.cells, tile.z), points.columns["severity"] > 0
    if known.all():
        features = alike_point_features(tags, places)
    else:
        features = alike_point_features(_of_rows(tags, known), places[:, known])
        features += alike_point_features(_of_rows(tags[:-1], ~known), places[:, ~known])
    return written_layer("usulan", features, KEYS, values)


def _of_rows(tags: list[Column], rows: npt.NDArray[np.bool_]) -> list[Column]:
    return [Column(tag.numbers[rows], tag.most) for tag in tags]


def _tags(
    points: Points, numbers: npt.NDArray[np.bytes_], vocabulary: Vocabulary
) -> tuple[list[Column], bytes]:
    """For each key the positions of the points' values, and the values; those of all come first."""
    columns = points.columns
    category, status, year = vocabulary.category, vocabulary.status, vocabulary.year
    shared = _shared_values(category, status, year)
    after = np.cumsum([_MOST_SEVERE, len(category), len(status), len(year)]).tolist()
    supporters, which = _distinct(columns["supporters"])
    words = after[-1] - 1
    people = after[-1] + len(supporters)
    values = shared + number_values(supporters) + equal_text_values(numbers)
    return [
        Column(people + np.arange(len(numbers)), people + len(numbers) - 1),
        Column(after[0] + columns["category"], words),
        Column(after[1] + columns["status"], words),
        Column(after[2] + columns["year"], words),
        Column(after[3] + which, people - 1),
        Column(columns["severity"] - 1, words),
    ], values


@lru_cache(maxsize=64)
def _shared_values(
    category: tuple[str, ...], status: tuple[str, ...], year: tuple[int, ...]
) -> bytes:
    """Severities, categories, statuses, years."""
    severities, years = np.arange(1, _MOST_SEVERE + 1), np.array(year, dtype=np.int64)
    return number_values(severities) + text_values((*category, *status)) + number_values(years)


def _distinct(numbers: Integers) -> tuple[Integers, Integers]:
    """Distinct numbers, ascending, and the position of each among them."""
    most = int(numbers.max())
    if most > _MOST_MARKED:
        return np.unique(numbers, return_inverse=True)
    met = np.zeros(most + 1, dtype=np.bool_)
    met[numbers] = True
    return np.flatnonzero(met), (np.cumsum(met) - 1)[numbers]


def _places(cells: Integers, z: int) -> Integers:
    """Units from the west and the north edge of the middles of the places, which are 2 cm wide."""
    finer = max(z - _UNIT_LEVEL_LESS, 0)
    codes = cells >> 2 * (_UNIT_LEVEL_LESS + finer - z) & ((1 << 2 * _UNIT_BITS) - 1)
    by_half = _columns_and_rows()
    half = by_half.shape[1]
    units = by_half[:, codes // half] << _UNIT_BITS // 2 | by_half[:, codes % half]
    if finer:
        units = (units << finer | 1 << (finer - 1)) & (EXTENT - 1)
    return units


@cache
def _columns_and_rows() -> Integers:
    """Column and row of each code of half a unit's length."""
    return np.stack(deinterleave(np.arange(1 << _UNIT_BITS)))
