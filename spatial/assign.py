"""The placing rule: which area a point, line or surface belongs to, and what is doubtful about it.

A *leaf* is an area without children. A point belongs to

1. the leaf that covers it, edge included; of several the smallest code;
2. else the nearest leaf within `REACH_M`, looking only below the lowest area that covers
   the point if one does; of equally near ones (to `TIE_M`) the smallest code; doubtful
   (`Doubt.PERKIRAAN`);
3. else the lowest-level area that covers it; of several the smallest code;
4. else to none.

A line or surface belongs to the leaf that holds the largest share of it, and every share is
kept; at least half of it must lie in some area. Where no leaf holds any of it (a hole), its
representative point decides as above. The levels above always come from the parent codes.

The rule has a twin in PostGIS (`spatial/sql/areas_at_point.sql`, `place_geometry.sql`), and
`tests/twins` holds the two together.
Source: decision record on the border rule; design paper, sections 2.3 and 4.4.
"""

from collections.abc import Iterable, Sequence
from functools import cached_property

import numpy as np
import numpy.typing as npt
import shapely
from shapely import STRtree
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from spatial.areas import LEVELS, NOBODY, AreaRecord, Hierarchy
from spatial.crs import (
    central_meridian,
    ellipsoidal_distances_m,
    metric_srid_of_bounds,
    project,
    transformer_to_metric,
)
from spatial.doubts import Doubt, find_doubts
from spatial.errors import NearestArea, OutsideAreas
from spatial.geometry import representative_point
from spatial.lookup import Lookup, build_lookup, first_covering
from spatial.placement import PlacedPoints, Placement
from spatial.shares import AreaShare, pieces_within, share_inside, shares_of

__all__ = [
    "AreaIndex",
    "AreaRecord",
    "AreaShare",
    "Doubt",
    "PlacedPoints",
    "Placement",
]

REACH_M = 30.0
TIE_M = 1e-6
# Below this many points building the raster costs more than it saves.
_WORTH_A_LOOKUP = 20_000
# A shade under one half, since a projection stretches two equal halves unequally.
_HALF = 0.5 - 1e-6
_RANKING_DECIMALS = 6
# Beyond this a transverse mercator projection means nothing; no city is that wide.
_ZONE_REACH_DEGREES = 20.0

Floats = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.intp]
Flags = npt.NDArray[np.bool_]
Shapes = npt.NDArray[np.object_]


class AreaIndex:
    """The areas of one edition, ready for placing; safe to share between threads.

    Parameters
    ----------
    records
        Every area of the edition, all levels, in any order.
    metric_srid
        EPSG code of the UTM zone that metres are measured in (the edition's own); by default
        the zone at the middle of the areas.

    Attributes
    ----------
    records
        The areas, ordered by code.
    metric_srid
        The zone in use.

    Raises
    ------
    InconsistentAreas
        When the records form no hierarchy.
    """

    def __init__(self, records: Iterable[AreaRecord], *, metric_srid: int | None = None) -> None:
        self._hierarchy = Hierarchy(records)
        self.records = self._hierarchy.records
        self._shapes = np.array([record.geometry for record in self.records], dtype=object)
        shapely.prepare(self._shapes)
        self.metric_srid = metric_srid or _zone_of(self._shapes)
        self._transformer = transformer_to_metric(self.metric_srid)
        self._shapes_m = project(self._shapes, self._transformer)
        self._edges_m = shapely.boundary(self._shapes_m)
        self._leaves = np.flatnonzero(self._hierarchy.is_leaf)
        self._parents = _lowest_first(self._hierarchy)
        self._tree = STRtree(self._shapes)
        self._leaf_tree = STRtree(self._shapes[self._leaves])
        self._leaf_tree_m = STRtree(self._shapes_m[self._leaves])
        self._parent_tree = STRtree(self._shapes[self._parents])

    def chain(self, code: str) -> tuple[str, ...]:
        """Codes from kota (or the highest loaded level) down to an area, itself included.

        Parameters
        ----------
        code
            Code of a loaded area.

        Returns
        -------
        codes
            At least the code itself.

        Raises
        ------
        UnknownArea
            When no area has the code.
        """
        return self._hierarchy.chain(code)

    def place(
        self,
        geometry: BaseGeometry,
        *,
        accuracy_m: float | None = None,
        declared: str | None = None,
    ) -> Placement:
        """The area that one geometry belongs to by the rule of this module.

        Parameters
        ----------
        geometry
            Valid and not empty, degrees, EPSG:4326.
        accuracy_m
            Radius in metres within which the position is known, if the device said so.
        declared
            Code of the area that the sender named; compared, never used.

        Returns
        -------
        placement
            With edges, corners, holes and slivers decided as the module says.

        Raises
        ------
        OutsideAreas
            When it lies in no area, or a line or surface less than half; with the nearest.
        """
        point = representative_point(geometry)
        shares: tuple[AreaShare, ...] = ()
        if not isinstance(geometry, Point):
            shares = self._shares(geometry, point)
        placed = self._placed_by_share(point, shares)
        if placed.numbers[0] == NOBODY:
            raise OutsideAreas(self.nearest(point.x, point.y))
        subject = geometry if shares else point
        edges_m = self._edge_distances_m([subject], placed.numbers)
        area = self.records[placed.numbers[0]]
        return Placement(
            area,
            self.chain(area.code),
            shares,
            float(edges_m[0]),
            self._doubts(placed, edges_m, accuracy_m, [declared])[0],
        )

    def place_points(self, longitudes: npt.ArrayLike, latitudes: npt.ArrayLike) -> PlacedPoints:
        """The area that each of many points belongs to; the same answers as `place`.

        The first large call builds a raster (about a second for 2,700 RT), so that most
        points cost one array access; ask for `lookup` beforehand to have it ready.

        Parameters
        ----------
        longitudes, latitudes
            Degrees, EPSG:4326, finite, of equal length.

        Returns
        -------
        placed
            In the order given; a point outside every area has number -1, nothing is raised.
        """
        longitude = np.asarray(longitudes, dtype=np.float64)
        latitude = np.asarray(latitudes, dtype=np.float64)
        numbers = self._covering_leaves(longitude, latitude)
        approximate = np.zeros(len(numbers), dtype=bool)
        missed = np.flatnonzero(numbers == NOBODY)
        if missed.size:
            within = self._lowest_covering(longitude[missed], latitude[missed])
            near = self._nearest_leaves(longitude[missed], latitude[missed], within)
            numbers[missed] = np.where(near == NOBODY, within, near)
            approximate[missed] = near != NOBODY
        return PlacedPoints(longitude, latitude, numbers, approximate)

    def doubts(
        self,
        placed: PlacedPoints,
        *,
        accuracy_m: npt.ArrayLike | None = None,
        declared: Sequence[str | None] | None = None,
    ) -> list[tuple[Doubt, ...]]:
        """What is doubtful about each of many placed points; the same answers as `place`.

        Parameters
        ----------
        placed
            From `place_points` of this index.
        accuracy_m
            Metres, one per point or one for all; NaN where unknown.
        declared
            Area code that each sender named, or None.

        Returns
        -------
        doubts
            One tuple per point; empty for a point outside every area.
        """
        edges_m = self.edge_distances_m(placed)
        return self._doubts(placed, edges_m, accuracy_m, declared)

    def edge_distances_m(self, placed: PlacedPoints) -> Floats:
        """Distance of each placed point to the edge of its area.

        Parameters
        ----------
        placed
            From `place_points` of this index.

        Returns
        -------
        distances_m
            Metres in the UTM zone, of holes' edges too; NaN for a point outside every area.
        """
        points = shapely.points(placed.longitudes, placed.latitudes)
        return self._edge_distances_m(points, placed.numbers)

    def nearest(self, longitude: float, latitude: float) -> NearestArea | None:
        """The kelurahan nearest to a position; without kelurahan, the lowest level there is.

        Nearest by the ellipsoidal distance to the point of each area that is closest in
        degrees; of equally near ones (to `TIE_M`) the smallest code.

        Parameters
        ----------
        longitude, latitude
            Degrees, EPSG:4326, anywhere in the world.

        Returns
        -------
        nearest
            At distance 0 if it covers the position; None when no area has a shape.
        """
        candidates = self._announced
        if not candidates.size:
            return None
        ways = shapely.shortest_line(self._shapes[candidates], Point(longitude, latitude))
        ends = shapely.get_coordinates(shapely.get_point(ways, 0))
        distances = ellipsoidal_distances_m(ends, longitude, latitude)
        first = np.flatnonzero(distances <= distances.min() + TIE_M)[0]
        area = self.records[candidates[first]]
        return NearestArea(area.level, area.code, area.name, round(float(distances[first]), 1))

    @cached_property
    def lookup(self) -> Lookup:
        """The raster over the leaf areas; built when first asked for."""
        shaped = self._leaves[~shapely.is_missing(self._shapes[self._leaves])]
        return build_lookup(self._shapes[shaped], shaped)

    @cached_property
    def _announced(self) -> Numbers:
        ranks = np.where(shapely.is_missing(self._shapes), NOBODY, self._hierarchy.ranks)
        kelurahan = LEVELS.index("kelurahan")
        wanted = kelurahan if kelurahan in ranks else ranks.max(initial=NOBODY)
        return np.flatnonzero((ranks == wanted) & (ranks != NOBODY))

    def _covering_leaves(self, longitudes: Floats, latitudes: Floats) -> Numbers:
        """Step 1 of the rule."""
        if len(longitudes) < _WORTH_A_LOOKUP or not len(self._leaf_tree):
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
        first = np.full(len(longitudes), len(self.records), dtype=np.intp)
        np.minimum.at(first, points[tied], leaves[tied])
        return np.where(first < len(self.records), first, NOBODY)

    def _is_beneath(self, leaves: Numbers, ancestors: Numbers) -> Flags:
        ranks = self._hierarchy.ranks[ancestors]
        lineage = self._hierarchy.lineages[leaves, ranks]
        beneath: Flags = (ancestors == NOBODY) | (lineage == ancestors)
        return beneath

    def _points_m(self, longitudes: Floats, latitudes: Floats) -> Shapes:
        """Points in metres; None for those too far from the zone to have any."""
        points: Shapes = np.full(len(longitudes), None, dtype=object)
        off_centre = np.abs(longitudes - central_meridian(self.metric_srid))
        near = off_centre < _ZONE_REACH_DEGREES
        points[near] = project(shapely.points(longitudes[near], latitudes[near]), self._transformer)
        return points

    def _shares(self, geometry: BaseGeometry, point: Point) -> tuple[AreaShare, ...]:
        """Every leaf with a share, by code; refused when less than half lies in any area."""
        west, _, east, _ = geometry.bounds
        centre = central_meridian(self.metric_srid)
        if max(abs(west - centre), abs(east - centre)) >= _ZONE_REACH_DEGREES:
            raise OutsideAreas(self.nearest(point.x, point.y))
        touched = np.sort(self._tree.query(geometry))
        pieces = pieces_within(geometry, self._shapes[touched])
        shares = shares_of(geometry, pieces, self._transformer)
        if shares.max(initial=0) < _HALF:
            inside = share_inside(geometry, pieces, self._transformer)
            if inside < _HALF:
                raise OutsideAreas(self.nearest(point.x, point.y))
        kept = self._hierarchy.is_leaf[touched] & (shares > 0)
        return tuple(
            AreaShare(self.records[number].code, float(share))
            for number, share in zip(touched[kept], shares[kept], strict=True)
        )

    def _placed_by_share(self, point: Point, shares: Sequence[AreaShare]) -> PlacedPoints:
        """The leaf with the largest share; without shares, whatever holds the point."""
        if not shares:
            return self.place_points([point.x], [point.y])
        ranking = [round(share.share, _RANKING_DECIMALS) for share in shares]
        largest = shares[ranking.index(max(ranking))]
        return PlacedPoints(
            np.array([point.x]),
            np.array([point.y]),
            np.array([self._hierarchy.number(largest.code)]),
            np.array([False]),
        )

    def _edge_distances_m(self, geometries: npt.ArrayLike, numbers: Numbers) -> Floats:
        distances = np.full(len(numbers), np.nan)
        placed = numbers != NOBODY
        shapes_m = project(np.asarray(geometries)[placed], self._transformer)
        distances[placed] = shapely.distance(self._edges_m[numbers[placed]], shapes_m)
        return distances

    def _doubts(
        self,
        placed: PlacedPoints,
        edges_m: Floats,
        accuracy_m: npt.ArrayLike | None,
        declared: Sequence[str | None] | None,
    ) -> list[tuple[Doubt, ...]]:
        return find_doubts(
            self._hierarchy,
            placed.numbers,
            placed.approximate,
            edges_m=edges_m,
            accuracy_m=accuracy_m,
            declared=declared,
        )


def _zone_of(shapes: Shapes) -> int:
    known = shapes[~shapely.is_missing(shapes)]
    return metric_srid_of_bounds(shapely.total_bounds(known) if known.size else (0, 0, 0, 0))


def _lowest_first(hierarchy: Hierarchy) -> Numbers:
    """Areas with children, the lowest level first, then by code."""
    parents = np.flatnonzero(~hierarchy.is_leaf)
    return parents[np.argsort(-hierarchy.ranks[parents], kind="stable")]
