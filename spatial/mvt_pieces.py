"""Which areas show in which tiles of a zoom, by their bounds."""

from typing import NamedTuple, Self

import numpy as np
import numpy.typing as npt
import shapely

from spatial.grid import Integers
from spatial.index.keys import run_starts
from spatial.mvt_rings import Shapes
from spatial.tiles import Tile


class Spans(NamedTuple):
    """Which tiles areas may show in, by their bounds.

    Attributes
    ----------
    firsts
        First column and row of each area.
    counts
        How many columns and rows from there; 0 for an area without a place.
    """

    firsts: Integers
    counts: Integers

    @classmethod
    def of(cls, shapes: Shapes, z: int) -> Self:
        """Those of shapes in web-mercator metres, EPSG:3857, at a zoom."""
        bounds = shapely.bounds(shapes).reshape(-1, 4)
        world_west, _, world_east, world_north = Tile(0, 0, 0).bounds_3857
        a_metre = (1 << z) / (world_east - world_west)
        west, south, east, north = np.nan_to_num(bounds).T
        firsts = np.floor(np.column_stack([west - world_west, world_north - north]) * a_metre)
        ends = np.ceil(np.column_stack([east - world_west, world_north - south]) * a_metre)
        counts = np.maximum(ends - firsts, 1) * np.isfinite(bounds).all(axis=1, keepdims=True)
        return cls(firsts.astype(np.int64), counts.astype(np.int64))

    @property
    def tiles(self) -> Integers:
        """In how many tiles each may show."""
        number: Integers = self.counts.prod(axis=1)
        return number


class Pieces(NamedTuple):
    """What areas have in tiles, tile by tile.

    Attributes
    ----------
    areas
        Number of each one's area.
    columns, rows
        Of its tile.
    crossing
        Whether the area goes beyond the tile.
    """

    areas: Integers
    columns: Integers
    rows: Integers
    crossing: npt.NDArray[np.bool_]

    @classmethod
    def of(cls, spans: Spans) -> Self:
        """Those of areas with these spans in all tiles."""
        firsts, wide, number = spans.firsts, spans.counts[:, 0], spans.tiles
        areas = np.arange(len(number)).repeat(number)
        at = np.arange(len(areas)) - (np.cumsum(number) - number)[areas]
        columns, rows = firsts[areas, 0] + at % wide[areas], firsts[areas, 1] + at // wide[areas]
        order = np.lexsort((areas, rows, columns))
        return cls(areas[order], columns[order], rows[order], (number > 1)[areas[order]])

    @classmethod
    def of_tile(cls, spans: Spans, x: int, y: int) -> Self:
        """Those of areas with these spans in one tile."""
        away = (x, y) - spans.firsts
        areas = np.flatnonzero(((away >= 0) & (away < spans.counts)).all(axis=1))
        columns, rows = np.full(len(areas), x), np.full(len(areas), y)
        return cls(areas, columns, rows, spans.tiles[areas] > 1)

    def chosen(self, which: Integers) -> "Pieces":
        """Some of them, ascending."""
        return Pieces(
            self.areas[which], self.columns[which], self.rows[which], self.crossing[which]
        )

    def by_tile(self) -> Integers:
        """Where those of each tile begin, and the number of all."""
        starts = run_starts(self.columns << 32 | self.rows)
        return np.append(starts, len(self.areas))
