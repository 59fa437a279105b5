"""Layers with areas of a Mapbox Vector Tile: borders of a zoom made ready once, cut at each tile.

Source: Mapbox Vector Tile Specification 2.1, section 4.3.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt
import shapely

from spatial.grid import Floats, Integers
from spatial.mvt_layer import EXTENT, text_values, written_layer
from spatial.tiles import Tile
from spatial.varints import varint_bytes, varint_sizes

_FEATURE, _TAGS, _TYPE, _GEOMETRY, _POLYGON = 0x12, 0x12, 0x18, 0x22, 3
_MOVE_TO_ONE, _LINE_TO, _CLOSE_PATH = 9, 2, 15
_SHAPELY_POLYGON = 3
# What an area costs in memory beside its corners: GEOS's own objects, its texts.
_BYTES_BESIDE = 700

Shapes = npt.NDArray[np.object_]


@dataclass(frozen=True, slots=True)
class Drawn:
    """Areas as commands of a vector tile, one after the other.

    Attributes
    ----------
    areas
        Number of each, none twice.
    begins
        Where each has its first corner: units from the west and the north, a row each.
    numbers
        Commands and moves of all; the first move of each is to be put in.
    starts
        Of each area in `numbers`, and the end of the last.
    """

    areas: Integers
    begins: Integers
    numbers: npt.NDArray[np.int32]
    starts: Integers

    @classmethod
    def of(cls, shapes: Shapes, areas: Integers) -> Self:
        """Shapes whose corners are whole units, counted downwards.

        Corners that follow each other are told once; rings without a surface, and areas
        without a ring, are left out. What crosses itself is mended.
        """
        polygons, owners = _mended(shapes, areas)
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
        moves = np.diff(corners, axis=0, prepend=0)
        # Two numbers for each corner, and three commands: move, line, close.
        ends = np.cumsum(2 * counts + 3)
        at = ends - 2 * counts - 3
        numbers = np.empty(int(ends[-1]) if len(ends) else 0, dtype=np.int32)
        is_place = np.ones(len(numbers), dtype=np.bool_)
        is_place[np.concatenate([at, at + 3, ends - 1])] = False
        numbers[is_place] = _zigzag(moves).ravel()
        numbers[at] = _MOVE_TO_ONE
        numbers[at + 3] = (counts - 1) << 3 | _LINE_TO
        numbers[ends - 1] = _CLOSE_PATH
        begins = corners[(np.cumsum(counts) - counts)[first]]
        return cls(owners[first], begins, numbers, np.append(at[first], len(numbers)))

    def within(self, chosen: Integers, west: int, north: int) -> "Drawn":
        """Those at some positions, in units from a corner of the world."""
        lengths = np.diff(self.starts)[chosen]
        starts = np.append(0, np.cumsum(lengths))
        places = np.repeat(self.starts[:-1][chosen] - starts[:-1], lengths)
        numbers = self.numbers[places + np.arange(starts[-1])]
        return Drawn(self.areas[chosen], self.begins[chosen] - (west, north), numbers, starts)

    def features(self, tags: Integers) -> bytes:
        """Written with these tags, a row for each area."""
        if not len(self.areas):
            return b""
        numbers, at = self.numbers.astype(np.int64), self.starts[:-1]
        numbers[at[:, np.newaxis] + (1, 2)] = _zigzag(self.begins)
        sizes = np.add.reduceat(varint_sizes(numbers), at)
        tags_length = varint_sizes(tags).sum(axis=1)
        length = 4 + tags_length + varint_sizes(tags_length) + varint_sizes(sizes) + sizes
        always = np.ones(len(tags), dtype=np.int64)
        heads = np.column_stack(
            [
                _FEATURE * always, length, _TAGS * always, tags_length, tags,
                _TYPE * always, _POLYGON * always, _GEOMETRY * always, sizes,
            ]
        )  # fmt: skip
        return varint_bytes(_with_heads(numbers, self.starts, heads))


@dataclass(frozen=True, slots=True)
class AreaShapes:
    """Areas of one level as a zoom shows them, in memory for any number of its tiles.

    Attributes
    ----------
    z
        The zoom.
    shapes
        Polygons and multipolygons in web-mercator metres, EPSG:3857.
    bounds
        West, south, east, north of each, a row each.
    drawn
        All of them, in units of 1/4096 of a tile from the west and north edge of the world.
    texts
        By property the text of each area.
    """

    z: int
    shapes: Shapes
    bounds: Floats
    drawn: Drawn
    texts: Mapping[str, Sequence[str]]

    @classmethod
    def of(
        cls, shapes: Sequence[shapely.Geometry], texts: Mapping[str, Sequence[str]], z: int
    ) -> Self:
        """Areas with the text of each property, in equal order; tiles have them in that order."""
        kept = np.array(shapes, dtype=object)
        drawn = Drawn.of(_in_units(kept, z), np.arange(len(kept)))
        return cls(z, kept, shapely.bounds(kept).reshape(-1, 4), drawn, texts)

    @property
    def nbytes(self) -> int:
        """Bytes that it holds, about."""
        corners = int(shapely.get_num_coordinates(self.shapes).sum())
        return 16 * corners + self.drawn.numbers.nbytes + _BYTES_BESIDE * len(self.shapes)

    def tile(self, x: int, y: int, *, name: str) -> bytes:
        """A tile of the zoom with a layer of these areas, cut at its edges without a buffer.

        Corners are rounded to the grid of 1/4096 of a tile, which is one for all tiles of a
        zoom, so that neighbours that share a border share it here too. First come the areas
        that lie in the tile as a whole, then those that were cut.

        Parameters
        ----------
        x, y
            Column and row of the tile.
        name
            Of the layer.

        Returns
        -------
        tile_bytes
            Equal for equal areas; empty when none shows.
        """
        box = Tile(self.z, x, y).bounds_3857
        west, south, east, north = self.bounds.T
        near = (west < box.east) & (east > box.west) & (south < box.north) & (north > box.south)
        whole = (
            (west >= box.west) & (east <= box.east) & (south >= box.south) & (north <= box.north)
        )
        origin = x * EXTENT, y * EXTENT
        inside = self.drawn.within(np.flatnonzero(whole[self.drawn.areas]), *origin)
        crossing = np.flatnonzero(near & ~whole)
        parts = _in_units(shapely.clip_by_rect(self.shapes[crossing], *box), self.z)
        local = shapely.transform(parts, lambda units: np.clip(units - origin, 0, EXTENT))
        cut = Drawn.of(local, crossing)
        if not len(inside.areas) + len(cut.areas):
            return b""
        return self._layer(name, inside, cut)

    def _layer(self, name: str, inside: Drawn, cut: Drawn) -> bytes:
        shown = np.concatenate([inside.areas, cut.areas]).tolist()
        texts = [[column[number] for number in shown] for column in self.texts.values()]
        values = [list(dict.fromkeys(column)) for column in texts]
        tags, count = _tags(texts, values), len(inside.areas)
        features = inside.features(tags[:count]) + cut.features(tags[count:])
        return written_layer(name, features, list(self.texts), b"".join(map(text_values, values)))


def _in_units(shapes: Shapes, z: int) -> Shapes:
    """Corners in whole units of 1/4096 of a tile from the west and north edge of the world."""
    west, _, east, north = Tile(0, 0, 0).bounds_3857
    per_metre = (EXTENT << z) / (east - west)

    def rounded(corners: Floats) -> Floats:
        units: Floats = np.rint((corners - (west, north)) * (per_metre, -per_metre))
        return units

    return np.asarray(shapely.transform(shapes, rounded), dtype=object)


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


def _zigzag(moves: Integers) -> Integers:
    return (moves << 1) ^ (moves >> 63)


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


def _tags(texts: Sequence[Sequence[str]], values: Sequence[Sequence[str]]) -> Integers:
    """For each area keys and values by position."""
    tags = np.empty((len(texts[0]), 2 * len(texts)), dtype=np.int64)
    known = 0
    for key, (column, distinct) in enumerate(zip(texts, values, strict=True)):
        numbers = {text: known + number for number, text in enumerate(distinct)}
        tags[:, 2 * key] = key
        tags[:, 2 * key + 1] = [numbers[text] for text in column]
        known += len(distinct)
    return tags
