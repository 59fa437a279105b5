"""Layers with areas of a Mapbox Vector Tile: those of a whole zoom written at once, or one by one.

Source: Mapbox Vector Tile Specification 2.1, section 4.3.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Self

import numpy as np
import shapely

from spatial.grid import Integers
from spatial.mvt_layer import EXTENT, text_values, written_layer
from spatial.mvt_pieces import Pieces, Spans
from spatial.mvt_rings import Drawn, Shapes
from spatial.tiles import Tile

MOST_PIECES, MOST_CORNERS = 20_000, 2_000_000
"""More pieces, or corners to look at for cutting them, are not cut before somebody asks."""
_BYTES_BESIDE = 700
"""What an area costs in memory beside its corners: GEOS's own objects, its texts."""
_ENTRY_BYTES = 300

Place = tuple[int, int]
Written = tuple[bytes, bytes]
"""Features and values of a layer."""


@dataclass(frozen=True, slots=True)
class AreaShapes:
    """Areas of one level as a zoom shows them, in memory for any number of its tiles.

    Attributes
    ----------
    z
        The zoom.
    keys
        Names of their properties.
    ahead
        Every tile by column and row, where there are few pieces; else None.
    shapes
        Polygons and multipolygons in web-mercator metres, EPSG:3857; none where all is written.
    spans
        Where each of them may show.
    texts
        For each property the text of each area.
    """

    z: int
    keys: Sequence[str]
    ahead: Mapping[Place, Written] | None
    shapes: Shapes
    spans: Spans
    texts: Sequence[Sequence[str]]

    @classmethod
    def of(
        cls, shapes: Sequence[shapely.Geometry], texts: Mapping[str, Sequence[str]], z: int
    ) -> Self:
        """Areas with the text of each property, in equal order; tiles have them in that order."""
        kept = np.array(shapes, dtype=object)
        spans = Spans.of(kept, z)
        to_cut = spans.tiles[spans.tiles > 1] * shapely.get_num_coordinates(kept[spans.tiles > 1])
        columns = tuple(texts.values())
        if spans.tiles.sum() > MOST_PIECES or to_cut.sum() > MOST_CORNERS:
            return cls(z, tuple(texts), None, kept, spans, columns)
        ahead = written_tiles(kept, Pieces.of(spans), columns, z)
        nothing = kept[:0]
        return cls(z, tuple(texts), ahead, nothing, Spans.of(nothing, z), ())

    @property
    def nbytes(self) -> int:
        """Bytes that it holds, about."""
        corners = int(shapely.get_num_coordinates(self.shapes).sum())
        cut = 16 * corners + _BYTES_BESIDE * len(self.shapes)
        tiles = (self.ahead or {}).values()
        return cut + sum(_ENTRY_BYTES + len(one) + len(other) for one, other in tiles)

    def tile(self, x: int, y: int, *, name: str) -> bytes:
        """A tile of the zoom with a layer of these areas, cut at its edges without a buffer.

        Corners are rounded to the grid of 1/4096 of a tile, which is one for all tiles of a
        zoom, so that neighbours that share a border share it here too.

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
        tiles = self.ahead
        if tiles is None:
            pieces = Pieces.of_tile(self.spans, x, y)
            tiles = written_tiles(self.shapes, pieces, self.texts, self.z)
        features, values = tiles.get((x, y), (b"", b""))
        return written_layer(name, features, self.keys, values) if features else b""


def written_tiles(
    shapes: Shapes, pieces: Pieces, texts: Sequence[Sequence[str]], z: int
) -> dict[Place, Written]:
    """Tiles with these pieces.

    Parameters
    ----------
    shapes
        The areas, in web-mercator metres, EPSG:3857.
    pieces
        What is to be cut of them.
    texts
        For each property the text of each area.
    z
        Zoom.

    Returns
    -------
    tiles
        By column and row; none in which nothing shows.
    """
    drawn = Drawn.of(_in_units(_cut(shapes, pieces, z), pieces, z))
    shown = pieces.chosen(drawn.areas)
    borders = shown.by_tile()
    tags, values = _tags(
        [[column[number] for number in shown.areas.tolist()] for column in texts], borders
    )
    features, ends = drawn.features(tags)
    places = zip(
        shown.columns[borders[:-1]].tolist(), shown.rows[borders[:-1]].tolist(), strict=True
    )
    parts = pairwise(ends[borders].tolist())
    return {
        place: (features[start:end], told)
        for place, (start, end), told in zip(places, parts, values, strict=True)
    }


def _cut(shapes: Shapes, pieces: Pieces, z: int) -> Shapes:
    """The part of each area in its tile."""
    parts = shapes[pieces.areas]
    across = np.flatnonzero(pieces.crossing)
    borders = pieces.chosen(across).by_tile()
    for first, last in pairwise(borders.tolist()):
        some = across[first:last]
        tile = Tile(z, int(pieces.columns[some[0]]), int(pieces.rows[some[0]]))
        parts[some] = shapely.clip_by_rect(parts[some], *tile.bounds_3857)
    return parts


def _in_units(parts: Shapes, pieces: Pieces, z: int) -> Shapes:
    """Corners in whole units of 1/4096 of a tile from the west and north edge of the tile.

    Rounded on one grid for the whole world, so that neighbouring tiles round alike.
    """
    west, _, east, north = Tile(0, 0, 0).bounds_3857
    per_metre = (EXTENT << z) / (east - west)
    corners, of_part = shapely.get_coordinates(parts, return_index=True)
    units = np.rint((corners - (west, north)) * (per_metre, -per_metre))
    units -= EXTENT * np.column_stack([pieces.columns, pieces.rows])[of_part]
    local: Shapes = shapely.set_coordinates(parts, np.clip(units, 0, EXTENT))
    return local


def _tags(texts: Sequence[Sequence[str]], borders: Integers) -> tuple[Integers, list[bytes]]:
    """For each piece keys and values by position, and the values of each tile.

    Parameters
    ----------
    texts
        For each property the text of each piece.
    borders
        Where those of each tile begin, and the number of all.
    """
    tags = np.empty((int(borders[-1]), 2 * len(texts)), dtype=np.int64)
    values = []
    for first, last in pairwise(borders.tolist()):
        known: list[str] = []
        for key, column in enumerate(texts):
            here = column[first:last]
            places = {text: len(known) + place for place, text in enumerate(dict.fromkeys(here))}
            tags[first:last, 2 * key] = key
            tags[first:last, 2 * key + 1] = [places[text] for text in here]
            known += places
        values.append(text_values(known))
    return tags, values
