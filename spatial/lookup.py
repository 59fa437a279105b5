"""A raster over the leaf areas of an edition: most points are placed by one array access."""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import shapely
from shapely import STRtree

from spatial.areas import NOBODY

SIDE = 1024
# Cells within this many cell widths of a border count as crossed by it. Far above the
# rounding of the arithmetic below, far below anything that costs speed.
_MARGIN = 1e-6
# Edges that cross fewer columns than this count as upright: their slope would lose digits.
_STEEP = 1e-3
# Metres that a degree has at least, anywhere and in any UTM zone: a shade under the ellipsoid's.
_DEGREE_NORTH_M = 110_400.0
_DEGREE_EAST_M = 111_100.0
# Four times the earth's radius: an edge that is straight in degrees and the same edge straight in
# metres part by less than its length squared over this, within 45 degrees of the equator.
_BEND_M = 25_000_000.0
# Widening further than this leaves little to be clear.
_MOST_STEPS = SIDE // 4
_NO_PRIORITY = np.iinfo(np.intp).max

Floats = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.intp]
Shapes = npt.NDArray[np.object_]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Lookup:
    """The owner of each raster cell that no border crosses.

    Attributes
    ----------
    west, south
        Degrees of the raster's south-west corner.
    cells_per_degree_east, cells_per_degree_north
        Scale.
    owners
        `SIDE` by `SIDE` (row from the south, then column): the number of the first area that
        holds the whole cell, -1 where a border crosses it or no area holds it.
    clear
        True for cells of an owner with no border of any area within `clear_m`.
    clear_m
        Metres in the UTM zone; 0 where the raster cannot tell.
    """

    west: float
    south: float
    cells_per_degree_east: float
    cells_per_degree_north: float
    owners: npt.NDArray[np.int32]
    clear: Flags
    clear_m: float

    def columns(self, longitudes: Floats) -> Floats:
        """Longitudes in cell widths from the west; may lie outside 0 to `SIDE`.

        Parameters
        ----------
        longitudes
            Degrees.

        Returns
        -------
        columns
            The whole part is the column.
        """
        return (longitudes - self.west) * self.cells_per_degree_east

    def rows(self, latitudes: Floats) -> Floats:
        """Latitudes in cell heights from the south; may lie outside 0 to `SIDE`.

        Parameters
        ----------
        latitudes
            Degrees.

        Returns
        -------
        rows
            The whole part is the row.
        """
        return (latitudes - self.south) * self.cells_per_degree_north

    def owners_at(self, longitudes: Floats, latitudes: Floats) -> Numbers:
        """The area that holds each point, where the raster knows.

        Parameters
        ----------
        longitudes, latitudes
            Degrees, EPSG:4326, finite.

        Returns
        -------
        numbers
            As `owners`; -1 means "ask the polygons", not "outside".
        """
        inside, places = self._places(longitudes, latitudes)
        return np.where(inside, self.owners.reshape(-1)[places], NOBODY)

    def clear_at(self, longitudes: Floats, latitudes: Floats) -> Flags:
        """Whether each point is surely `clear_m` away from every border.

        Parameters
        ----------
        longitudes, latitudes
            Degrees, EPSG:4326, finite.

        Returns
        -------
        clear
            False means "measure it", not "near".
        """
        inside, places = self._places(longitudes, latitudes)
        clear: Flags = inside & self.clear.reshape(-1)[places]
        return clear

    def _places(self, longitudes: Floats, latitudes: Floats) -> tuple[Flags, Numbers]:
        """Which points lie in the raster, and the flat index of the cell of each that does."""
        columns, rows = self.columns(longitudes), self.rows(latitudes)
        inside = (columns >= 0) & (columns < SIDE) & (rows >= 0) & (rows < SIDE)
        places = np.where(inside, rows, 0).astype(np.intp) * SIDE
        places += np.where(inside, columns, 0).astype(np.intp)
        return inside, places


def build_lookup(shapes: Shapes, numbers: Numbers, *, clear_m: float = 0.0) -> Lookup:
    """The raster over some areas; takes about a second for 2,700 RT.

    Cells crossed by a border are marked first. Between two marked cells of a row nothing
    changes, so one point stands for the whole run and is tested against the polygons.

    Parameters
    ----------
    shapes
        Polygons in degrees, at least one, prepared (`shapely.prepare`) by the caller.
    numbers
        The number of each, ascending; where areas overlap the smallest owns the cell.
    clear_m
        Distance to borders that the raster is to vouch for, metres; 0 for none.

    Returns
    -------
    lookup
        Covers the joint bounds of the shapes.
    """
    west, south, east, north = shapely.total_bounds(shapes)
    raster = Lookup(
        west,
        south,
        SIDE / max(east - west, 1e-9),
        SIDE / max(north - south, 1e-9),
        np.full((SIDE, SIDE), NOBODY, dtype=np.int32),
        np.zeros((SIDE, SIDE), dtype=bool),
        0.0,
    )
    free = ~_crossed_cells(raster, shapes)
    starts, lengths = _runs(free)
    raster.owners[free] = np.repeat(_owners_of_runs(raster, starts, shapes, numbers), lengths)
    steps = _steps_to(clear_m, raster, shapes)
    if not 0 < steps <= _MOST_STEPS:
        return raster
    clear = ~_widened(~free, steps) & (raster.owners != NOBODY)
    return replace(raster, clear=clear, clear_m=clear_m)


def _steps_to(clear_m: float, lookup: Lookup, shapes: Shapes) -> int:
    """Whole cells that are surely as wide and as high as a distance; 0 where nobody can say."""
    _, south, _, north = shapely.total_bounds(shapes)
    farthest = max(abs(south), abs(north))
    if not clear_m or farthest > 45:
        return 0
    width_m = _DEGREE_EAST_M * np.cos(np.radians(farthest)) / lookup.cells_per_degree_east
    height_m = _DEGREE_NORTH_M / lookup.cells_per_degree_north
    bend_m = (_longest_edge(shapes) * _DEGREE_EAST_M * 1.01) ** 2 / _BEND_M
    return int(np.ceil((clear_m + bend_m) / min(width_m, height_m)))


def _ring_coordinates(shapes: Shapes) -> tuple[Floats, Numbers]:
    """Corners of all rings, and which ring each is of."""
    # Of a collection `get_rings` alone gives none, and then no border would be seen.
    rings = shapely.get_rings(shapely.get_parts(shapes))
    coordinates, numbers = shapely.get_coordinates(rings, return_index=True)
    return coordinates, numbers


def _longest_edge(shapes: Shapes) -> float:
    """Degrees."""
    coordinates, rings = _ring_coordinates(shapes)
    edges = np.diff(coordinates, axis=0)[rings[1:] == rings[:-1]]
    return float(np.sqrt((edges**2).sum(axis=1).max(initial=0.0)))


def _widened(cells: Flags, steps: int) -> Flags:
    """True also for cells that are at most so many columns and rows away from a true one."""
    wide = cells.copy()
    for turned in (wide, wide.T):
        reached = 0
        while reached < steps:
            step = min(max(reached, 1), steps - reached)
            before = turned.copy()
            turned[step:] |= before[:-step]
            turned[:-step] |= before[step:]
            reached += step
    return wide


def _crossed_cells(lookup: Lookup, shapes: Shapes) -> Flags:
    """True for every cell that an edge of a shape comes within the margin of."""
    coordinates, rings = _ring_coordinates(shapes)
    columns, rows = lookup.columns(coordinates[:, 0]), lookup.rows(coordinates[:, 1])
    same_ring = rings[1:] == rings[:-1]
    from_column, to_column = columns[:-1][same_ring], columns[1:][same_ring]
    from_row, to_row = rows[:-1][same_ring], rows[1:][same_ring]
    steep = np.abs(to_column - from_column) < _STEEP
    slope = (to_row - from_row) / np.where(steep, 1, to_column - from_column)
    # Each edge is cut at the columns it spans; every cut marks the rows it spans there.
    first, last = np.minimum(from_column, to_column), np.maximum(from_column, to_column)
    edges, column = _spans(first, last)
    ends = []
    for side, end_row in ((column - _MARGIN, from_row), (column + 1 + _MARGIN, to_row)):
        reached = np.clip(side, first[edges], last[edges])
        along = from_row[edges] + (reached - from_column[edges]) * slope[edges]
        ends.append(np.where(steep[edges], end_row[edges], along))
    cuts, row = _spans(np.minimum(*ends), np.maximum(*ends))
    crossed = np.zeros((SIDE, SIDE), dtype=bool)
    crossed[row, column[cuts]] = True
    return crossed


def _spans(low: Floats, high: Floats) -> tuple[Numbers, Numbers]:
    """For each stretch the whole cells it touches: index of the stretch, number of the cell."""
    first = np.clip(np.floor(low - _MARGIN), 0, SIDE - 1).astype(np.intp)
    last = np.clip(np.floor(high + _MARGIN), 0, SIDE - 1).astype(np.intp)
    counts = last - first + 1
    stretches = np.repeat(np.arange(len(counts)), counts)
    within = np.arange(len(stretches)) - np.repeat(np.cumsum(counts) - counts, counts)
    return stretches, first[stretches] + within


def _runs(free: Flags) -> tuple[Numbers, Numbers]:
    """Flat index of the first cell of each run of free cells within a row, and its length."""
    opens = free.copy()
    opens[:, 1:] &= ~free[:, :-1]
    flat_free, flat_opens = free.reshape(-1), opens.reshape(-1)
    lengths = np.bincount(np.cumsum(flat_opens)[flat_free] - 1)
    return np.flatnonzero(flat_opens), lengths


def _owners_of_runs(lookup: Lookup, starts: Numbers, shapes: Shapes, numbers: Numbers) -> Numbers:
    row, column = np.divmod(starts, SIDE)
    longitudes = lookup.west + (column + 0.5) / lookup.cells_per_degree_east
    latitudes = lookup.south + (row + 0.5) / lookup.cells_per_degree_north
    return first_covering(STRtree(shapes), longitudes, latitudes, numbers)


def first_covering(
    tree: STRtree, longitudes: Floats, latitudes: Floats, priorities: Numbers
) -> Numbers:
    """The smallest priority among the polygons that cover each point, edges included.

    Parameters
    ----------
    tree
        Over polygons in degrees, prepared (`shapely.prepare`) for speed; missing ones hold
        nothing.
    longitudes, latitudes
        Degrees, EPSG:4326, finite.
    priorities
        One number per polygon of the tree, not negative.

    Returns
    -------
    first
        One per point; -1 where no polygon covers it.
    """
    points, shapes = tree.query(shapely.points(longitudes, latitudes))
    holds = shapely.intersects_xy(tree.geometries[shapes], longitudes[points], latitudes[points])
    first = np.full(len(longitudes), _NO_PRIORITY, dtype=np.intp)
    np.minimum.at(first, points[holds], priorities[shapes[holds]])
    first[first == _NO_PRIORITY] = NOBODY
    return first
