"""Coordinates to Shapely geometries, each position looked at first."""

from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from spatial.boundaries.flaws import FeatureRefused, Refusal, Remark

MAX_POSITIONS = 300_000
_FARTHEST_DEGREES = 360.0

Floats = npt.NDArray[np.float64]


class Builder:
    """Builds the geometry of one feature and remembers what was odd about it.

    Parameters
    ----------
    is_projected
        Whether coordinates are metres of a known system; degrees are held to the world.

    Attributes
    ----------
    remarks
        What was odd so far.
    """

    def __init__(self, *, is_projected: bool) -> None:
        self.remarks: set[Remark] = set()
        self._is_projected = is_projected
        self._positions = 0

    def build(self, kind: str, coordinates: object) -> BaseGeometry:
        """The geometry of one type from its coordinates.

        Rings may run in either direction; the wrong one is remarked. Nothing is checked that
        needs two edges to be compared: the result may cross itself.

        Parameters
        ----------
        kind
            Point, LineString, Polygon or one of their Multi forms.
        coordinates
            As decoded from JSON; a line or ring may be an array (n, 2).

        Returns
        -------
        geometry
            Two-dimensional; empty when `coordinates` is an empty list.

        Raises
        ------
        FeatureRefused
            When the coordinates are not what the type asks.
        """
        if kind.startswith("Multi"):
            single = kind.removeprefix("Multi")
            parts = [self._single(single, part) for part in _listed(coordinates)]
            return _COLLECTIONS[single](parts)
        return self._single(kind, coordinates)

    def _single(self, kind: str, coordinates: object) -> BaseGeometry:
        if kind == "Point":
            return shapely.Point(self._array([coordinates])[0])
        if kind == "LineString":
            return shapely.LineString(self._line(coordinates))
        rings = [self._ring(ring) for ring in _listed(coordinates)]
        if not rings:
            return shapely.Polygon()
        self._look_at_directions(rings)
        return shapely.Polygon(rings[0], rings[1:])

    def _line(self, coordinates: object) -> Floats:
        positions = self._array(_listed(coordinates))
        if not _has_distinct(positions, 2):
            raise FeatureRefused(Refusal.TOO_FEW_POSITIONS)
        return positions

    def _ring(self, coordinates: object) -> Floats:
        positions = self._array(_listed(coordinates))
        if len(positions) < 4:
            raise FeatureRefused(Refusal.TOO_FEW_POSITIONS)
        if (positions[0] != positions[-1]).any():
            raise FeatureRefused(Refusal.RING_NOT_CLOSED)
        if (positions[1:] == positions[:-1]).all(axis=1).any():
            self.remarks.add(Remark.REPEATED_POSITIONS)
        if not _has_distinct(positions, 3):
            raise FeatureRefused(Refusal.TOO_FEW_POSITIONS)
        return positions

    def _look_at_directions(self, rings: list[Floats]) -> None:
        outer, *inner = (bool(shapely.is_ccw(shapely.LinearRing(ring))) for ring in rings)
        if not outer or any(inner):
            self.remarks.add(Remark.RING_DIRECTION)

    def _array(self, positions: list[Any] | Floats) -> Floats:
        self._positions += len(positions)
        if self._positions > MAX_POSITIONS:
            raise FeatureRefused(Refusal.TOO_MANY_POSITIONS)
        array = positions if isinstance(positions, np.ndarray) else self._array_of(positions)
        if not len(array) or not np.isfinite(array).all():
            raise FeatureRefused(Refusal.NOT_COORDINATES)
        if not self._is_projected:
            _require_in_world(array)
        return array

    def _array_of(self, positions: list[Any]) -> Floats:
        if not positions or not all(map(_is_position, positions)):
            raise FeatureRefused(Refusal.NOT_COORDINATES)
        if any(len(position) > 2 for position in positions):
            self.remarks.add(Remark.THIRD_DIMENSION)
        return np.array([position[:2] for position in positions], dtype=np.float64)


_COLLECTIONS = {
    "Point": shapely.MultiPoint,
    "LineString": shapely.MultiLineString,
    "Polygon": shapely.MultiPolygon,
}


def _has_distinct(positions: Floats, count: int) -> bool:
    """Whether so many positions differ; the first few tell it nearly always."""
    first = {*map(tuple, positions[:8].tolist())}
    return len(first) >= count or len({*map(tuple, positions.tolist())}) >= count


def _listed(coordinates: object) -> Any:  # noqa: ANN401 - a list of JSON, or an array
    if not isinstance(coordinates, list | np.ndarray):
        raise FeatureRefused(Refusal.NOT_COORDINATES)
    return coordinates


def _is_position(position: object) -> bool:
    # type() and not isinstance(): true and false are integers to Python
    return (
        type(position) is list
        and len(position) >= 2
        and all(type(number) in (float, int) for number in position)
    )


def _require_in_world(positions: Floats) -> None:
    if np.abs(positions).max() > _FARTHEST_DEGREES:
        raise FeatureRefused(Refusal.METRES_WITHOUT_CRS)
    # Both numbers up to 180: latitude before longitude is found out later, and named.
    if np.abs(positions).max() > 180 or np.abs(positions).min(axis=1).max() > 90:
        raise FeatureRefused(Refusal.OUTSIDE_THE_WORLD)
    if len(positions) > 1 and np.abs(np.diff(positions[:, 0])).max() > 180:
        raise FeatureRefused(Refusal.CROSSES_ANTIMERIDIAN)
