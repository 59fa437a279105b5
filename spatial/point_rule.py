"""The steps of the placing rule for points, over whole arrays.

One point and a million are decided by the same lines; `spatial.assign` states the rule.
"""

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import shapely
from shapely import STRtree

from spatial.areas import NOBODY, Hierarchy
from spatial.crs import central_meridian, project
from spatial.doubts import CLOSE_M
from spatial.lookup import Lookup, build_lookup, first_covering

if TYPE_CHECKING:
    from pyproj import Transformer

REACH_M = 30.0
TIE_M = 1e-6
# Beyond this a transverse mercator projection means nothing; no city is that wide.
ZONE_REACH_DEGREES = 20.0
# Below this many points building the raster costs more than it saves.
_WORTH_A_LOOKUP = 20_000

Floats = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.intp]
Flags = npt.NDArray[np.bool_]
Shapes = npt.NDArray[np.object_]


class PointRule:
    """The steps that find the lowest area of points.

    Parameters
    ----------
    hierarchy
        Of the areas.
    shapes
        Their polygons in degrees, EPSG:4326, prepared; None where an area has none.
    shapes_m
        The same in the metric zone.
    transformer
        From degrees to that zone.
    metric_srid
        EPSG code of that zone.
    """

    def __init__(
        self,
        hierarchy: Hierarchy,
        shapes: Shapes,
        shapes_m: Shapes,
        transformer: "Transformer",
        metric_srid: int,
    ) -> None:
        self._hierarchy = hierarchy
        self._shapes = shapes
        self._shapes_m = shapes_m
        self._transformer = transformer
        self._centre = central_meridian(metric_srid)
        self._leaves = np.flatnonzero(hierarchy.is_leaf)
        self._parents = _lowest_first(hierarchy)
        self._leaf_tree = STRtree(shapes[self._leaves])
        self._leaf_tree_m = STRtree(shapes_m[self._leaves])
        self._parent_tree = STRtree(shapes[self._parents])

    @cached_property
    def lookup(self) -> Lookup:
        """The raster over the leaf areas; built when first asked for."""
        shaped = self._leaves[~shapely.is_missing(self._shapes[self._leaves])]
        return build_lookup(self._shapes[shaped], shaped, clear_m=CLOSE_M)

    @property
    def ready_lookup(self) -> Lookup | None:
        """The raster, if it was asked for already."""
        return self.lookup if "lookup" in self.__dict__ else None

    def decide(self, longitudes: Floats, latitudes: Floats) -> tuple[Numbers, Flags]:
        """The lowest area of each point, and whether it is only the nearest one.

        Edges, corners, holes and ties as `spatial.assign` says.

        Parameters
        ----------
        longitudes, latitudes
            Degrees, EPSG:4326, finite, of equal length.

        Returns
        -------
        numbers
            Position of the area in the hierarchy's records; -1 outside every area.
        approximate
            True where no leaf covers the point and the nearest within `REACH_M` was taken.
        """
        numbers = self._covering_leaves(longitudes, latitudes)
        approximate = np.zeros(len(numbers), dtype=bool)
        missed = np.flatnonzero(numbers == NOBODY)
        if missed.size:
            within = self._lowest_covering(longitudes[missed], latitudes[missed])
            near = self._nearest_leaves(longitudes[missed], latitudes[missed], within)
            numbers[missed] = np.where(near == NOBODY, within, near)
            approximate[missed] = near != NOBODY
        return numbers, approximate

    def _covering_leaves(self, longitudes: Floats, latitudes: Floats) -> Numbers:
        """Step 1 of the rule."""
        is_few = len(longitudes) < _WORTH_A_LOOKUP and self.ready_lookup is None
        if is_few or not len(self._leaf_tree):
            return first_covering(self._leaf_tree, longitudes, latitudes, self._leaves)
        numbers = self.lookup.owners_at(longitudes, latitudes)
        unsure = np.flatnonzero(numbers == NOBODY)
        numbers[unsure] = first_covering(
            self._leaf_tree, longitudes[unsure], latitudes[unsure], self._leaves
        )
        return numbers

    def _lowest_covering(self, longitudes: Floats, latitudes: Floats) -> Numbers:
        """Step 3 of the rule."""
        priorities = np.arange(len(self._parents))
        first = first_covering(self._parent_tree, longitudes, latitudes, priorities)
        found = np.full(len(first), NOBODY, dtype=np.intp)
        found[first != NOBODY] = self._parents[first[first != NOBODY]]
        return found

    def _nearest_leaves(self, longitudes: Floats, latitudes: Floats, within: Numbers) -> Numbers:
        """Step 2 of the rule; `within` is what step 3 would give."""
        points_m = self._points_m(longitudes, latitudes)
        points, found = self._leaf_tree_m.query(points_m, predicate="dwithin", distance=REACH_M)
        leaves = self._leaves[found]
        beneath = self._is_beneath(leaves, within[points])
        points, leaves = points[beneath], leaves[beneath]
        distances = shapely.distance(self._shapes_m[leaves], points_m[points])
        nearest = np.full(len(longitudes), np.inf)
        np.minimum.at(nearest, points, distances)
        tied = distances <= nearest[points] + TIE_M
        first = np.full(len(longitudes), len(self._shapes), dtype=np.intp)
        np.minimum.at(first, points[tied], leaves[tied])
        return np.where(first < len(self._shapes), first, NOBODY)

    def _is_beneath(self, leaves: Numbers, ancestors: Numbers) -> Flags:
        ranks = self._hierarchy.ranks[ancestors]
        lineage = self._hierarchy.lineages[leaves, ranks]
        beneath: Flags = (ancestors == NOBODY) | (lineage == ancestors)
        return beneath

    def _points_m(self, longitudes: Floats, latitudes: Floats) -> Shapes:
        """Points in metres; None for those too far from the zone to have any."""
        points: Shapes = np.full(len(longitudes), None, dtype=object)
        off_centre = np.abs(longitudes - self._centre)
        near = off_centre < ZONE_REACH_DEGREES
        points[near] = project(shapely.points(longitudes[near], latitudes[near]), self._transformer)
        return points


def _lowest_first(hierarchy: Hierarchy) -> Numbers:
    """Areas with children, the lowest level first, then by code."""
    parents = np.flatnonzero(~hierarchy.is_leaf)
    return parents[np.argsort(-hierarchy.ranks[parents], kind="stable")]
