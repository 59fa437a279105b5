"""Rings without an order sorted into polygons: which is an edge, and which a hole in it."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import shapely

Floats = npt.NDArray[np.float64]
_LOOKED_AT = 32


def polygons_of_rings(rings: Sequence[Floats]) -> list[list[Floats]]:
    """Polygons that rings make, each as its outer ring and the holes in it.

    A ring inside an odd number of others is a hole of the smallest of them. The direction of a
    ring is not asked: files of many programs have it wrong. Of two rings that cross, the
    smaller lies inside when most of its corners do.

    Parameters
    ----------
    rings
        Each (n, 2), closed, n at least 4.

    Returns
    -------
    polygons
        In the order of their outer rings; every ring occurs once.
    """
    if len(rings) == 1:
        return [[rings[0]]]
    around = _rings_around(rings)
    polygons = {index: [ring] for index, ring in enumerate(rings) if len(around[index]) % 2 == 0}
    for index, ring in enumerate(rings):
        if index not in polygons:
            outer = next((other for other in around[index] if other in polygons), None)
            # Rings that cross each other may leave none to be a hole of.
            polygons.setdefault(index if outer is None else outer, []).append(ring)
    return list(polygons.values())


def _rings_around(rings: Sequence[Floats]) -> list[list[int]]:
    """Of each ring the rings that it lies in, the smallest first."""
    surfaces = np.array([shapely.Polygon(ring) for ring in rings], dtype=object)
    boxes, sizes = shapely.bounds(surfaces), shapely.area(surfaces)
    around: list[list[int]] = []
    for index, ring in enumerate(rings):
        holds = (boxes[:, :2] <= boxes[index, :2]).all(axis=1)
        holds &= (boxes[:, 2:] >= boxes[index, 2:]).all(axis=1) & (sizes > sizes[index])
        corners = ring[:: max(1, len(ring) // _LOOKED_AT)]
        larger = sorted(np.flatnonzero(holds).tolist(), key=lambda other: float(sizes[other]))
        around.append([other for other in larger if _is_inside(corners, surfaces[other])])
    return around


def _is_inside(corners: Floats, surface: shapely.Polygon) -> bool:
    inside = shapely.contains_xy(surface, corners[:, 0], corners[:, 1])
    touching = shapely.intersects_xy(surface, corners[:, 0], corners[:, 1])
    # Corners on the edge itself say nothing; a ring that has no other counts as inside.
    decided = inside | ~touching
    return bool(inside[decided].mean() > 0.5) if decided.any() else True
