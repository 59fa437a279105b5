"""How areas of one level lie to each other: which overlap, and what is left between them.

Sizes are ellipsoidal. Two areas overlap when they share more than 1 m2; a hole is an interior
ring of their union that encloses anything at all.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from spatial.boundaries.check import BoundaryArea
from spatial.boundaries.mend import Surface, surface_of
from spatial.crs import ellipsoidal_area_m2

OVERLAP_M2 = 1.0
_TOUCHING_DEGREES = 1e-7


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two areas that share ground.

    Attributes
    ----------
    keys
        Their codes, the smaller first.
    m2
        How much they share.
    surface
        The ground they share.
    """

    keys: tuple[str, str]
    m2: float
    surface: Surface


@dataclass(frozen=True, slots=True)
class Hole:
    """Ground between areas that belongs to none.

    Attributes
    ----------
    m2
        Its size.
    surface
        Without whatever lies inside it.
    """

    m2: float
    surface: shapely.Polygon


def find_overlaps(areas: Sequence[BoundaryArea]) -> list[Overlap]:
    """Pairs of areas that share more than `OVERLAP_M2`, the largest first.

    Parameters
    ----------
    areas
        Of one level.

    Returns
    -------
    overlaps
        Each pair once.
    """
    shapes = np.array([area.surface for area in areas], dtype=object)
    first, second = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    once = first < second
    first, second = first[once], second[once]
    shared = shapely.intersection(shapes[first], shapes[second])
    found = [
        Overlap(_pair(areas[one].code, areas[other].code), ellipsoidal_area_m2(surface), surface)
        for one, other, surface in zip(first, second, map(surface_of, shared), strict=True)
        if surface is not None
    ]
    told = [overlap for overlap in found if overlap.m2 > OVERLAP_M2]
    return sorted(told, key=lambda overlap: (-overlap.m2, overlap.keys))


def _pair(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one < other else (other, one)


def find_holes(areas: Sequence[BoundaryArea]) -> list[Hole]:
    """Each hole between areas, the largest first.

    Rings that enclose nothing measurable, left by rounding where edges touch, are no holes.

    Parameters
    ----------
    areas
        Of one level.

    Returns
    -------
    holes
        Each larger than 0; empty when the union has no interior ring.
    """
    union = surface_of(shapely.union_all([area.surface for area in areas]))
    if union is None:
        return []
    rings = [ring for part in getattr(union, "geoms", [union]) for ring in part.interiors]
    surfaces = [shapely.Polygon(ring) for ring in rings]
    holes = [Hole(ellipsoidal_area_m2(surface), surface) for surface in surfaces]
    return sorted((hole for hole in holes if hole.m2 > 0), key=lambda hole: -hole.m2)


def find_neighbours(holes: Sequence[Hole], areas: Sequence[BoundaryArea]) -> list[tuple[str, ...]]:
    """Which areas each hole lies between.

    Parameters
    ----------
    holes
        As `find_holes` gives them.
    areas
        Of one level.

    Returns
    -------
    neighbours
        For each hole the codes of the areas that touch it, sorted; an area counts as touching
        up to 1e-7 degrees, about 1 cm, away.
    """
    found: list[set[str]] = [set() for _ in holes]
    if holes and areas:
        tree = shapely.STRtree([area.surface for area in areas])
        near = shapely.buffer([hole.surface for hole in holes], _TOUCHING_DEGREES)
        for hole, area in tree.query(near, predicate="intersects").T.tolist():
            found[hole].add(areas[area].code)
    return [tuple(sorted(codes)) for codes in found]
