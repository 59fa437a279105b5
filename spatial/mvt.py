"""Layer `cells` of a Mapbox Vector Tile, written in one pass over all of its features.

Everything in a feature of this layer is a small whole number: the tags, the lengths and the
coordinates too. So the features are a matrix of numbers, a row each, and the tile is that
matrix written as varints.

Source: Mapbox Vector Tile Specification 2.1, sections 4.1 to 4.4.
"""

from collections.abc import Sequence

import numpy as np

from spatial.grid import WORLD_BITS, Integers
from spatial.index.crowds import CrowdSums
from spatial.index.sums import MEASURES, CellSums
from spatial.tiles import Tile
from spatial.varints import varint_bytes, varint_sizes, with_length

EXTENT = 4096
_EXTENT_BITS = 12
_CROWD_KEYS = ("precision", "area")
_POWERS = 10 ** np.arange(19, dtype=np.int64)
# Field number and wire type of each message, as the specification writes them.
_LAYER, _NAME, _FEATURE, _KEY, _VALUE = 0x1A, 0x0A, 0x12, 0x1A, 0x22
_EXTENT_AND_VERSION = bytes([0x28, 0x80, 0x20, 0x78, 0x02])
_TAGS, _TYPE, _GEOMETRY, _POINT, _MOVE_TO_ONE = 0x12, 0x18, 0x22, 1, 9
_WHOLE_NUMBER, _TEXT = 0x28, 0x0A


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
    counts = np.concatenate([cells.sums[0], crowds.sums[0]])
    if not len(counts):
        return b""
    sums = np.concatenate([cells.sums[1:4], crowds.sums[1:4]], axis=1)
    values, indexes = np.unique(np.vstack([counts, three_digits(sums)]), return_inverse=True)
    tags = _tags(indexes.reshape(len(MEASURES), -1))
    here, theirs = len(cells.cells), tags[len(cells.cells) :]
    crowd_tags = np.hstack([theirs, _crowd_tags(len(theirs), len(values))])
    places = np.column_stack(_centres(cells, tile)), np.column_stack(_labels(crowds, tile))
    features = _features(tags[:here], places[0]) + _features(crowd_tags, places[1])
    texts = [public_areas[number] for number in crowds.areas.tolist()]
    names = MEASURES + _CROWD_KEYS * bool(texts)
    layer = (
        bytes([_NAME]) + with_length(b"cells") + features
        + b"".join(bytes([_KEY]) + with_length(name.encode()) for name in names)
        + _number_values(values)
        + _text_values(["rw"] * bool(texts) + texts)
        + _EXTENT_AND_VERSION
    )  # fmt: skip
    return bytes([_LAYER]) + with_length(layer)


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
    steps = _POWERS[np.searchsorted(_POWERS[3:], totals, side="right")]
    rounded: Integers = (totals + steps // 2) // steps * steps
    return rounded


def _tags(indexes: Integers) -> Integers:
    """Position of each key, then position of its value, in turn."""
    tags = np.empty((indexes.shape[1], 2 * len(indexes)), dtype=np.int64)
    tags[:, 0::2] = np.arange(len(indexes))
    tags[:, 1::2] = indexes.T
    return tags


def _crowd_tags(number: int, values: int) -> Integers:
    tags = np.empty((number, 4), dtype=np.int64)
    tags[:, 0::2] = len(MEASURES), len(MEASURES) + 1
    tags[:, 1] = values
    tags[:, 3] = values + 1 + np.arange(number)
    return tags


def _centres(cells: CellSums, tile: Tile) -> tuple[Integers, Integers]:
    """Centres of mass: of the middles of the places, which are 2 cm wide."""
    counts, px, py = cells.sums[[0, 4, 5]]
    return _units(2 * px + counts, 2 * counts, tile.z, tile.x), _units(
        2 * py + counts, 2 * counts, tile.z, tile.y
    )


def _labels(crowds: CrowdSums, tile: Tile) -> tuple[Integers, Integers]:
    two = np.full(len(crowds.areas), 2, dtype=np.int64)
    return _units(2 * crowds.px + 1, two, tile.z, tile.x), _units(
        2 * crowds.py + 1, two, tile.z, tile.y
    )


def _units(total: Integers, parts: Integers, z: int, column: int) -> Integers:
    """Whole units from the tile's edge of the web-mercator integer total / parts."""
    finer = z + _EXTENT_BITS - WORLD_BITS
    units = (total << finer) // parts if finer > 0 else total // (parts << -finer)
    return units - (column << _EXTENT_BITS)


def _features(tags: Integers, places: Integers) -> bytes:
    """Features with these tags, each a point; the length of a message stands before it."""
    coordinates = 2 * places  # zigzag, of numbers that are not negative
    tags_length = varint_sizes(tags).sum(axis=1)
    geometry_length = 1 + varint_sizes(coordinates).sum(axis=1)
    number = len(tags)

    def always(value: int) -> Integers:
        return np.full(number, value, dtype=np.int64)

    columns = [
        always(_FEATURE), 6 + tags_length + geometry_length,
        always(_TAGS), tags_length, *tags.T,
        always(_TYPE), always(_POINT),
        always(_GEOMETRY), geometry_length, always(_MOVE_TO_ONE), *coordinates.T,
    ]  # fmt: skip
    return varint_bytes(np.column_stack(columns))


def _number_values(values: Integers) -> bytes:
    number = len(values)
    written = np.empty((number, 4), dtype=np.int64)
    written[:, 0] = _VALUE
    written[:, 1] = 1 + varint_sizes(values)
    written[:, 2] = _WHOLE_NUMBER
    written[:, 3] = values
    return varint_bytes(written)


def _text_values(texts: Sequence[str]) -> bytes:
    """Texts as values; the bytes before them depend on their length alone."""
    written = [text.encode() for text in texts]
    starts = {length: _text_start(length) for length in {len(text) for text in written}}
    return b"".join([starts[len(text)] + text for text in written])


def _text_start(length: int) -> bytes:
    value = bytes([_TEXT]) + with_length(bytes(length))
    message = bytes([_VALUE]) + with_length(value)
    return message[: len(message) - length]
