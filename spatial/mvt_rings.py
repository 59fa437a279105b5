"""Areas as commands of a vector tile: rings of whole units, each move from the corner before.

Source: Mapbox Vector Tile Specification 2.1, section 4.3.
"""

from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt
import shapely

from spatial.grid import Integers
from spatial.varints import varint_bytes, varint_sizes

_FEATURE, _TAGS, _TYPE, _GEOMETRY, _POLYGON = 0x12, 0x12, 0x18, 0x22, 3
_MOVE_TO_ONE, _LINE_TO, _CLOSE_PATH = 9, 2, 15
_SHAPELY_POLYGON = 3

Shapes = npt.NDArray[np.object_]


@dataclass(frozen=True, slots=True)
class Drawn:
    """Areas as commands of a vector tile, one after the other.

    Attributes
    ----------
    areas
        Number of each, none twice.
    numbers
        Commands and moves of all.
    starts
        Of each area in `numbers`, and the end of the last.
    """

    areas: Integers
    numbers: Integers
    starts: Integers

    @classmethod
    def of(cls, shapes: Shapes) -> Self:
        """Shapes whose corners are whole units, counted downwards, numbered in their order.

        Corners that follow each other are told once; rings without a surface, and areas
        without a ring, are left out. What crosses itself is mended.
        """
        polygons, owners = _mended(shapes, np.arange(len(shapes)))
        rings, of_polygon = shapely.get_rings(polygons, return_index=True)
        is_outer = np.diff(of_polygon, prepend=-1) != 0
        # GEOS counts upwards, a screen downwards: there exterior rings go clockwise.
        turned = shapely.is_ccw(rings) == is_outer
        rings[~turned] = shapely.reverse(rings[~turned])
        corners, counts = _corners(rings)
        return cls._commanded(corners, counts, owners[of_polygon])

    @classmethod
    def _commanded(cls, corners: Integers, counts: Integers, owners: Integers) -> Self:
        """Rings of so many corners, and the area of each."""
        first = np.flatnonzero(np.diff(owners, prepend=-1) != 0)
        begins = (np.cumsum(counts) - counts)[first]
        moves = np.diff(corners, axis=0, prepend=0)
        moves[begins] = corners[begins]
        # Two numbers for each corner, and three commands: move, line, close.
        ends = np.cumsum(2 * counts + 3)
        at = ends - 2 * counts - 3
        numbers = np.empty(int(ends[-1]) if len(ends) else 0, dtype=np.int64)
        is_place = np.ones(len(numbers), dtype=np.bool_)
        is_place[np.concatenate([at, at + 3, ends - 1])] = False
        numbers[is_place] = ((moves << 1) ^ (moves >> 63)).ravel()  # zigzag
        numbers[at] = _MOVE_TO_ONE
        numbers[at + 3] = (counts - 1) << 3 | _LINE_TO
        numbers[ends - 1] = _CLOSE_PATH
        return cls(owners[first], numbers, np.append(at[first], len(numbers)))

    def features(self, tags: Integers) -> tuple[bytes, Integers]:
        """Written with these tags, a row for each area; and where each begins and the last ends."""
        if not len(self.areas):
            return b"", np.zeros(1, dtype=np.int64)
        sizes = np.add.reduceat(varint_sizes(self.numbers), self.starts[:-1])
        tags_length = varint_sizes(tags).sum(axis=1)
        length = 4 + tags_length + varint_sizes(tags_length) + varint_sizes(sizes) + sizes
        always = np.ones(len(tags), dtype=np.int64)
        heads = np.column_stack(
            [
                _FEATURE * always, length, _TAGS * always, tags_length, tags,
                _TYPE * always, _POLYGON * always, _GEOMETRY * always, sizes,
            ]
        )  # fmt: skip
        ends = np.cumsum(1 + varint_sizes(length) + length)
        return varint_bytes(_with_heads(self.numbers, self.starts, heads)), np.append(0, ends)


def _mended(shapes: Shapes, areas: Integers) -> tuple[Shapes, Integers]:
    """Valid polygons with a surface, and the area of each."""
    parts, which = shapely.get_parts(shapes, return_index=True)
    flawed = ~shapely.is_valid(parts)
    if flawed.any():
        parts[flawed] = shapely.make_valid(parts[flawed])
        for _ in range(2):  # mended ones may be collections of multipolygons
            parts, again = shapely.get_parts(parts, return_index=True)
            which = which[again]
    good = (shapely.get_type_id(parts) == _SHAPELY_POLYGON) & ~shapely.is_empty(parts)
    return parts[good], areas[which[good]]


def _corners(rings: Shapes) -> tuple[Integers, Integers]:
    """Corners of all rings, none closed, none twice in a row; and how many each ring has."""
    coordinates, of_ring = shapely.get_coordinates(rings, return_index=True)
    corners = coordinates.astype(np.int64)
    is_last = np.diff(of_ring, append=-1) != 0
    moved = (np.diff(corners, axis=0, append=0) != 0).any(axis=1)
    kept = ~is_last & moved  # each corner but those that the next one repeats
    return corners[kept], np.bincount(of_ring[kept], minlength=len(rings))


def _with_heads(numbers: Integers, starts: Integers, heads: Integers) -> Integers:
    """Numbers with a row of others before each of their parts."""
    width = heads.shape[1]
    places = starts[:-1] + width * np.arange(len(heads))
    whole = np.empty(len(numbers) + heads.size, dtype=np.int64)
    is_head = np.zeros(len(whole), dtype=np.bool_)
    at = places[:, np.newaxis] + np.arange(width)
    whole[at] = heads
    is_head[at] = True
    whole[~is_head] = numbers
    return whole
