"""The parts of which a layer of a Mapbox Vector Tile with points is written, all rows at once.

Source: Mapbox Vector Tile Specification 2.1, sections 4.1 to 4.4.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from spatial.grid import WORLD_BITS, Integers
from spatial.varints import (
    Column,
    padded_rows,
    rows_length,
    varint,
    varint_bytes,
    varint_sizes,
    with_length,
)

EXTENT = 4096
_EXTENT_BITS = 12
# Field number and wire type of each message, as the specification writes them.
_LAYER, _NAME, _FEATURE, _KEY, _VALUE = 0x1A, 0x0A, 0x12, 0x1A, 0x22
_EXTENT_AND_VERSION = bytes([0x28, 0x80, 0x20, 0x78, 0x02])
_TAGS, _TYPE, _GEOMETRY, _POINT, _MOVE_TO_ONE = 0x12, 0x18, 0x22, 1, 9
_WHOLE_NUMBER, _TEXT = 0x28, 0x0A
_LONGEST = 120


def written_layer(name: str, features: bytes, keys: Sequence[str], values: bytes) -> bytes:
    """A layer of a tile.

    Parameters
    ----------
    name
        Of the layer.
    features
        As `point_features` writes them, whose tags name keys and values by position.
    keys
        Names of properties.
    values
        As `number_values` and `text_values` write them, one after the other.

    Returns
    -------
    layer
        A whole tile by itself; layers may follow one another.
    """
    content = (
        bytes([_NAME]) + with_length(name.encode()) + features
        + b"".join(bytes([_KEY]) + with_length(key.encode()) for key in keys)
        + values + _EXTENT_AND_VERSION
    )  # fmt: skip
    return bytes([_LAYER]) + with_length(content)


def units(total: Integers, parts: Integers, z: int, column: int) -> Integers:
    """Whole units from the edge of a tile, rounded towards west or north.

    Parameters
    ----------
    total, parts
        The place is ``total / parts`` in web-mercator integers along one axis.
    z, column
        Zoom, and column or row of the tile.

    Returns
    -------
    whole
        0 to 4095 for places in the tile.
    """
    finer = z + _EXTENT_BITS - WORLD_BITS
    found = (total << finer) // parts if finer > 0 else total // (parts << -finer)
    return found - (column << _EXTENT_BITS)


def point_features(tags: Integers, places: Integers) -> bytes:
    """Features that are points; the length of each message stands before it.

    Parameters
    ----------
    tags
        A row each: position of a key, then position of its value, in turn.
    places
        A row each: units from the west and from the north edge, not negative.

    Returns
    -------
    features
        In the order of the rows.
    """
    if not len(tags):
        return b""
    coordinates = 2 * places  # zigzag, of numbers that are not negative
    # By columns: rows are too short to be added up quickly.
    tags_length = varint_sizes(tags.T).sum(axis=0)
    geometry_length = 1 + varint_sizes(coordinates.T).sum(axis=0)
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


def alike_point_features(tags: Sequence[Column], places: Integers) -> bytes:
    """Features that are points and have a value for each key, all in equally many bytes.

    Parameters
    ----------
    tags
        For each key in turn the positions of values.
    places
        Units from the west, and from the north edge, not negative; a column for each feature.

    Returns
    -------
    features
        In the order of the rows; numbers are padded to the length of the longest.
    """
    corners = [Column(2 * units, 2 * EXTENT) for units in places]  # zigzag
    geometry: list[bytes | Column] = [bytes([_MOVE_TO_ONE]), *corners]
    named: list[bytes | Column] = [
        part for key, tag in enumerate(tags) for part in (varint(key), tag)
    ]
    content: list[bytes | Column] = [
        bytes([_TAGS]), varint(rows_length(named)), *named,
        bytes([_TYPE, _POINT, _GEOMETRY]), varint(rows_length(geometry)), *geometry,
    ]  # fmt: skip
    start = bytes([_FEATURE]) + varint(rows_length(content))
    return padded_rows([start, *content], places.shape[1])


def number_values(values: Integers) -> bytes:
    """Whole numbers as values.

    Parameters
    ----------
    values
        Not negative.

    Returns
    -------
    written
        In the order given.
    """
    written = np.empty((len(values), 4), dtype=np.int64)
    written[:, 0] = _VALUE
    written[:, 1] = 1 + varint_sizes(values)
    written[:, 2] = _WHOLE_NUMBER
    written[:, 3] = values
    return varint_bytes(written)


def text_values(texts: Sequence[str]) -> bytes:
    """Texts as values; the bytes before them depend on their length alone.

    Parameters
    ----------
    texts
        Of any length.

    Returns
    -------
    written
        In the order given.
    """
    written = [text.encode() for text in texts]
    starts = {length: _text_start(length) for length in {len(text) for text in written}}
    return b"".join([starts[len(text)] + text for text in written])


def equal_text_values(texts: npt.NDArray[np.bytes_]) -> bytes:
    """Texts of one length as values, in one pass over all of them.

    Parameters
    ----------
    texts
        All as long as their type says, at most 120 bytes.

    Returns
    -------
    written
        In the order given.
    """
    length = texts.dtype.itemsize
    start = np.frombuffer(_text_start(min(length, _LONGEST)), dtype=np.uint8)
    written = np.empty((len(texts), len(start) + length), dtype=np.uint8)
    written[:, : len(start)] = start
    written[:, len(start) :] = texts.view(np.uint8).reshape(len(texts), length)
    return written.tobytes()


def _text_start(length: int) -> bytes:
    value = bytes([_TEXT]) + with_length(bytes(length))
    message = bytes([_VALUE]) + with_length(value)
    return message[: len(message) - length]
