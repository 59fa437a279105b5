"""The placing rule: which area a point, line or surface belongs to, and what is doubtful about it.

A *leaf* is an area without children. A point belongs to

1. the leaf that covers it, edge included; of several the smallest code;
2. else the nearest leaf within 30 m, looking only below the lowest area that covers
   the point if one does; of equally near ones (to 1e-6 m) the smallest code; doubtful
   (`Doubt.PERKIRAAN`);
3. else the lowest-level area that covers it; of several the smallest code;
4. else to none.

A line or surface belongs to the leaf that holds the largest share of it, and every share is
kept; at least half of it must lie in some area. It stands on the map at the representative
point of the part that lies in areas (of the whole where one area covers it). Where no leaf
holds any of it (a hole), that point decides as above. The levels above always come from the
parent codes.

The rule has a twin in PostGIS (`spatial/sql/areas_at_point.sql`, `place_geometry.sql`), and
`tests/twins` holds the two together.
Source: docs/decisions/0004-placing-starts-from-the-leaves.md.
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
    metric_srid_of_bounds,
    project,
    transformer_to_metric,
)
from spatial.doubts import CLOSE_M, Doubt, find_doubts
from spatial.errors import NearestArea, OutsideAreas
from spatial.geometry import representative_point
from spatial.lookup import Lookup
from spatial.nearest import NearestRule
from spatial.placement import PlacedPoints, Placement
from spatial.point_rule import ZONE_REACH_DEGREES, PointRule
from spatial.shares import (
    GRID_DEGREES,
    AreaShare,
    part_inside,
    pieces_within,
    share_inside,
    shares_of,
)

__all__ = [
    "AreaIndex",
    "AreaRecord",
    "AreaShare",
    "Doubt",
    "PlacedPoints",
    "Placement",
]

# A shade under one half, since a projection stretches two equal halves unequally.
_HALF = 0.5 - 1e-6
_RANKING_DECIMALS = 6

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
        self._tree = STRtree(self._shapes)
        self._point_rule = PointRule(
            self._hierarchy, self._shapes, self._shapes_m, self._transformer, self.metric_srid
        )

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

    def record(self, code: str) -> AreaRecord:
        """The area of a code.

        Parameters
        ----------
        code
            Code of a loaded area.

        Returns
        -------
        area
            As it was given.

        Raises
        ------
        UnknownArea
            When no area has the code.
        """
        return self.records[self._hierarchy.number(code)]

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
            shares, point = self._shares(geometry, point)
        placed = self._placed_by_share(point, shares)
        if placed.numbers[0] == NOBODY:
            raise OutsideAreas(self.nearest(point.x, point.y))
        edges_m = (
            self._edge_distances_m([geometry], placed.numbers)
            if shares
            else self.edge_distances_m(placed)
        )
        area = self.records[placed.numbers[0]]
        return Placement(
            area,
            self.chain(area.code),
            shares,
            float(edges_m[0]),
            self._doubts(placed, edges_m, accuracy_m, [declared])[0],
            point,
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
        numbers, approximate = self._point_rule.decide(longitude, latitude)
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
        edges_m = self._near_edges_m(placed, accuracy_m)
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
        distances = np.full(len(placed.numbers), np.nan)
        known = placed.numbers != NOBODY
        eastings, northings = self._transformer.transform(
            placed.longitudes[known], placed.latitudes[known]
        )
        points_m = shapely.points(eastings, northings)
        distances[known] = shapely.distance(self._edges_m[placed.numbers[known]], points_m)
        return distances

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
        found = self._nearest.find(longitude, latitude)
        if found is None:
            return None
        area = self.records[self._announced[found[0]]]
        return NearestArea(area.level, area.code, area.name, round(found[1], 1))

    @property
    def lookup(self) -> Lookup:
        """The raster over the leaf areas; built when first asked for."""
        return self._point_rule.lookup

    @cached_property
    def _nearest(self) -> NearestRule:
        return NearestRule(self._shapes[self._announced])

    @cached_property
    def _announced(self) -> Numbers:
        ranks = np.where(shapely.is_missing(self._shapes), NOBODY, self._hierarchy.ranks)
        kelurahan = LEVELS.index("kelurahan")
        wanted = kelurahan if kelurahan in ranks else ranks.max(initial=NOBODY)
        return np.flatnonzero((ranks == wanted) & (ranks != NOBODY))

    def _shares(self, geometry: BaseGeometry, middle: Point) -> tuple[tuple[AreaShare, ...], Point]:
        """Every leaf with a share, by code, and the position; refused when mostly outside."""
        west, _, east, _ = geometry.bounds
        centre = central_meridian(self.metric_srid)
        if max(abs(west - centre), abs(east - centre)) >= ZONE_REACH_DEGREES:
            raise OutsideAreas(self.nearest(middle.x, middle.y))
        # Two steps of the grid: whatever snapping can draw into an area is nearer than that.
        near = self._tree.query(geometry, predicate="dwithin", distance=2 * GRID_DEGREES)
        touched = np.sort(near)
        shapes, leaves = self._shapes[touched], self._hierarchy.is_leaf[touched]
        is_inside = shapely.covers(shapes, geometry).any()
        # Areas above a leaf have no share; only where the geometry ends outside are they asked.
        asked = leaves if is_inside else np.ones_like(leaves)
        pieces = pieces_within(geometry, shapes[asked])
        shares = shares_of(geometry, pieces, self._transformer)
        position = middle if is_inside else self._position_inside(geometry, pieces, middle)
        kept = leaves[asked] & (shares > 0)
        found = tuple(
            AreaShare(self.records[number].code, float(share))
            for number, share in zip(touched[asked][kept], shares[kept], strict=True)
        )
        return found, position

    def _position_inside(self, geometry: BaseGeometry, pieces: Shapes, middle: Point) -> Point:
        """The representative point of what lies in areas; refused when that is less than half."""
        part = part_inside(geometry, pieces)
        if share_inside(geometry, part, self._transformer) < _HALF:
            raise OutsideAreas(self.nearest(middle.x, middle.y))
        return middle if part.is_empty else representative_point(part)

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

    def _near_edges_m(self, placed: PlacedPoints, accuracy_m: npt.ArrayLike | None) -> Floats:
        """Distances to edges; infinite where the raster knows that none is near enough to tell."""
        lookup = self._point_rule.ready_lookup
        if lookup is None:
            return self.edge_distances_m(placed)
        wanted_m = np.fmax(np.nan if accuracy_m is None else accuracy_m, CLOSE_M)
        far = lookup.clear_at(placed.longitudes, placed.latitudes) & (wanted_m <= lookup.clear_m)
        near = np.flatnonzero(~far)
        distances = np.full(len(placed.numbers), np.inf)
        distances[near] = self.edge_distances_m(
            PlacedPoints(
                placed.longitudes[near],
                placed.latitudes[near],
                placed.numbers[near],
                placed.approximate[near],
            )
        )
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
