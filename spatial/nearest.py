"""Which of some areas is nearest to a position, without measuring the way to all of them."""

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry import Point

from spatial.crs import ellipsoidal_distances_m
from spatial.point_rule import TIE_M

__all__ = ["NearestRule"]

_FIRST = 3
"""Areas measured at once: mostly one of them is the nearest."""
_LEAST_M = 110_000.0
"""A degree is longer than this: 110,574 m along a meridian, 111,319 m along the equator."""
_REACH_DEGREES = 5.0
"""Farther away, and nearer to a pole than `_HIGHEST`, a degree tells nothing of the metres."""
_HIGHEST = 60.0

Floats = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.intp]


class NearestRule:
    """Areas to look for the nearest among; safe to share between threads.

    Parameters
    ----------
    shapes
        Polygons in degrees, EPSG:4326, in the order in which equally near ones are preferred.
    """

    def __init__(self, shapes: npt.NDArray[np.object_]) -> None:
        self._shapes = shapes
        self._bounds = shapely.bounds(shapes)

    def find(self, longitude: float, latitude: float) -> tuple[int, float] | None:
        """The nearest area, by its place in the order, and how far it is.

        Nearest by the ellipsoidal distance to the point of each area that is closest in degrees;
        of equally near ones (to `TIE_M`) the first.

        Parameters
        ----------
        longitude, latitude
            Degrees, EPSG:4326, anywhere in the world.

        Returns
        -------
        place, distance_m
            Metres, 0 where the area covers the position; None where there are no areas.
        """
        if not len(self._shapes):
            return None
        at_least = self._at_least_m(longitude, latitude)
        distances = np.full(len(self._shapes), np.inf)
        first = np.argsort(at_least, kind="stable")[:_FIRST]
        distances[first] = self._distances_m(first, longitude, latitude)
        rest = np.flatnonzero((at_least <= distances.min() + TIE_M) & np.isinf(distances))
        distances[rest] = self._distances_m(rest, longitude, latitude)
        nearest = int(np.flatnonzero(distances <= distances.min() + TIE_M)[0])
        return nearest, float(distances[nearest])

    def _at_least_m(self, longitude: float, latitude: float) -> Floats:
        """Metres that each area is away at least, by the box around it."""
        west, south, east, north = self._bounds.T
        across = np.maximum(np.maximum(west - longitude, longitude - east), 0)
        along = np.maximum(np.maximum(south - latitude, latitude - north), 0)
        gaps: Floats = np.hypot(across, along)
        highest = max(abs(latitude), float(np.abs(self._bounds[:, 1::2]).max()))
        if highest > _HIGHEST:
            return np.zeros(len(gaps))
        metres = gaps * _LEAST_M * np.cos(np.radians(highest)) * 0.99
        return np.where(gaps > _REACH_DEGREES, 0, metres)

    def _distances_m(self, places: Numbers, longitude: float, latitude: float) -> Floats:
        ways = shapely.shortest_line(self._shapes[places], Point(longitude, latitude))
        ends = shapely.get_coordinates(shapely.get_point(ways, 0))
        return ellipsoidal_distances_m(ends, longitude, latitude)
