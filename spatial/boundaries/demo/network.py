"""The planar network: every drawn line cut at every meeting, and the blocks between."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import shapely

from spatial.boundaries.demo.field import Warp
from spatial.boundaries.demo.plan import CityPlan, Floats
from spatial.boundaries.demo.streets import Way

Ints = npt.NDArray[np.int64]

# Metres of one degree at 7.25 S on the WGS 84 ellipsoid.
DEGREE_EAST_M: Final = 110_435.37
DEGREE_NORTH_M: Final = 110_591.96
DECIMALS: Final = 7
VERTEX_STEP_M: Final = 16.0
STRAIGHTENED_BY_M: Final = 0.35


class CrossedStreets(ValueError):
    """Two streets that must only meet at their ends came to cross; the plan cannot be drawn."""


@dataclass(frozen=True)
class Network:
    """Arcs between nodes, and the faces they enclose, in degrees with seven decimals.

    `way_of_arc` gives the drawn way an arc is part of; `faces_of_arc` the faces on its two
    sides, -1 where there is none.
    """

    ways: list[Way]
    arcs: npt.NDArray[np.object_]
    way_of_arc: Ints
    faces: npt.NDArray[np.object_]
    faces_of_arc: Ints
    centres_m: Floats
    areas_m2: Floats

    def class_of_arc(self, arc: int) -> str:
        """Give the class of the way an arc is part of.

        Parameters
        ----------
        arc
            Position in `arcs`.

        Returns
        -------
        way_class
            One of the classes of `Way`.
        """
        return self.ways[int(self.way_of_arc[arc])].way_class


def to_degrees(points_m: Floats, plan: CityPlan) -> Floats:
    """Give longitude and latitude of places on the sheet, rounded to seven decimals (1 cm).

    Parameters
    ----------
    points_m
        Metres east and north of the centre, shape (n, 2).
    plan
        The city.

    Returns
    -------
    degrees
        EPSG:4326, longitude first, shape (n, 2).
    """
    scale = np.asarray([DEGREE_EAST_M, DEGREE_NORTH_M])
    middle = np.asarray([plan.longitude, plan.latitude])
    return np.asarray(np.round(points_m / scale + middle, DECIMALS))


def to_metres(points_4326: Floats, plan: CityPlan) -> Floats:
    """Give metres east and north of the centre; the inverse of `to_degrees`, not rounded.

    Parameters
    ----------
    points_4326
        Longitude and latitude, shape (n, 2).
    plan
        The city.

    Returns
    -------
    points_m
        Metres, shape (n, 2).
    """
    scale = np.asarray([DEGREE_EAST_M, DEGREE_NORTH_M])
    middle = np.asarray([plan.longitude, plan.latitude])
    return np.asarray((points_4326 - middle) * scale)


def build_network(ways: list[Way], warp: Warp, plan: CityPlan) -> Network:
    """Cut the ways at every meeting, bend them, and find the blocks they enclose.

    Every arc is rounded once, so the two faces beside it have exactly its vertices.

    Parameters
    ----------
    ways
        All lines on the sheet, the frame around it included.
    warp
        Applied after cutting, so that meetings stay meetings.
    plan
        The city.

    Returns
    -------
    network
        Arcs and faces; arcs that end at nothing are left out.

    Raises
    ------
    CrossedStreets
        When rounding made two arcs cross.
    """
    straight, way_of_arc = _cut_at_meetings(ways)
    arcs = np.asarray([_bent(arc, warp, plan) for arc in straight], dtype=object)
    faces = shapely.get_parts(shapely.polygonize(list(arcs)))
    before = shapely.get_parts(shapely.polygonize(list(straight)))
    if len(faces) != len(before) or not shapely.coverage_is_valid(faces):
        raise CrossedStreets(f"{len(before)} blocks before the warp, {len(faces)} after it")
    sides = _faces_beside(arcs, faces)
    enclosing = sides.max(axis=1) >= 0
    flat = shapely.transform(faces, lambda points: to_metres(points, plan))
    middles = shapely.get_coordinates(shapely.centroid(flat))
    return Network(
        ways,
        arcs[enclosing],
        way_of_arc[enclosing],
        faces,
        sides[enclosing],
        middles,
        shapely.area(flat),
    )


def _cut_at_meetings(ways: list[Way]) -> tuple[npt.NDArray[np.object_], Ints]:
    """Give the arcs between meetings, and the position of the way each is part of."""
    lines = np.asarray([way.line for way in ways], dtype=object)
    noded = shapely.get_parts(shapely.union_all(lines, grid_size=0.001))
    arcs = _without_dead_ends(shapely.get_parts(shapely.line_merge(shapely.union_all(noded))))
    arcs = shapely.get_parts(shapely.node(shapely.multilinestrings(list(arcs))))
    middles = shapely.line_interpolate_point(arcs, 0.5, normalized=True)
    tree = shapely.STRtree(lines)
    arc, way = tree.query_nearest(middles, all_matches=False)
    found = np.zeros(len(arcs), dtype=np.int64)
    found[arc] = way
    return arcs, found


def _without_dead_ends(arcs: npt.NDArray[np.object_]) -> npt.NDArray[np.object_]:
    """Drop arcs that end at nothing, until every arc is part of a way round a block."""
    kept = arcs
    while True:
        ends = shapely.get_coordinates(
            np.concatenate([shapely.get_point(kept, 0), shapely.get_point(kept, -1)])
        )
        _, place, uses = np.unique(
            np.round(ends * 1000).astype(np.int64), axis=0, return_inverse=True, return_counts=True
        )
        alone = (uses[place] == 1).reshape(2, -1).any(axis=0)
        if not alone.any():
            return kept
        kept = kept[~alone]


def _bent(arc: shapely.LineString, warp: Warp, plan: CityPlan) -> shapely.LineString:
    """Bend one arc and drop vertices that do not show; its ends stay where the warp puts them."""
    dense = shapely.get_coordinates(shapely.segmentize(arc, VERTEX_STEP_M))
    moved = shapely.simplify(shapely.LineString(warp.bend(dense)), STRAIGHTENED_BY_M)
    return shapely.LineString(to_degrees(shapely.get_coordinates(moved), plan))


def _faces_beside(arcs: npt.NDArray[np.object_], faces: npt.NDArray[np.object_]) -> Ints:
    """Give the two faces beside each arc, found by the arc's first segment."""
    rings = shapely.get_exterior_ring(faces)
    points, ring = shapely.get_coordinates(rings, return_index=True)
    owner: dict[tuple[int, int, int, int], list[int]] = {}
    whole = np.round(points * 10**DECIMALS).astype(np.int64)
    inside = ring[1:] == ring[:-1]
    for key, face in zip(
        _segment_keys(whole[:-1][inside], whole[1:][inside]), ring[1:][inside], strict=True
    ):
        owner.setdefault(key, []).append(int(face))
    starts = shapely.get_coordinates(shapely.get_point(arcs, 0))
    seconds = shapely.get_coordinates(shapely.get_point(arcs, 1))
    sides = np.full((len(arcs), 2), -1, dtype=np.int64)
    ends = (np.round(pair * 10**DECIMALS).astype(np.int64) for pair in (starts, seconds))
    for arc, key in enumerate(_segment_keys(*ends)):
        beside = owner.get(key, [])
        sides[arc, : len(beside)] = beside
    return sides


def _segment_keys(one: Ints, other: Ints) -> list[tuple[int, int, int, int]]:
    """Give a key per segment that is the same in both directions."""
    keys = []
    for first, second in zip(one.tolist(), other.tolist(), strict=True):
        low, high = (first, second) if first < second else (second, first)
        keys.append((low[0], low[1], high[0], high[1]))
    return keys
