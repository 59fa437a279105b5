"""The demo city as its usulan see it: spots along its streets and rivers, and what is near each."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import shapely
from pyproj import Transformer
from scipy.spatial import cKDTree

from spatial.assign import AreaIndex
from spatial.crs import project, transformer_to_metric

Floats = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.intp]
Shapes = npt.NDArray[np.object_]
Flags = npt.NDArray[np.bool_]

SPACING_M = 12.0
LANDMARK_REACH_M = 350.0
RIVER_REACH_M = 280.0
HALF_WIDTHS_M = {"river": 26.0, "stream": 7.0}
"""Of waters that are drawn as lines."""
NOTHING = -1


@dataclass(frozen=True, slots=True)
class Feature:
    """One feature of a base layer, as its file has it."""

    kind: str
    name: str
    shape: shapely.Geometry


@dataclass(frozen=True, slots=True)
class Layers:
    """The base layers of the demo city."""

    roads: tuple[Feature, ...]
    waters: tuple[Feature, ...]
    rails: tuple[Feature, ...]
    landmarks: tuple[Feature, ...]


def read_layers(folder: Path) -> Layers:
    return Layers(
        roads=_features(folder / "roads.geojson", "class"),
        waters=_features(folder / "river.geojson", "class"),
        rails=_features(folder / "rail.geojson", "class"),
        landmarks=_features(folder / "landmarks.geojson", "kind"),
    )


def _features(path: Path, kind_field: str) -> tuple[Feature, ...]:
    text = path.read_text(encoding="utf-8")
    shapes = shapely.get_parts(shapely.from_geojson(text)).tolist()
    return tuple(
        Feature(entry["properties"][kind_field], entry["properties"]["name"], shape)
        for entry, shape in zip(json.loads(text)["features"], shapes, strict=True)
    )


@dataclass(frozen=True, slots=True)
class Spots:
    """Points every `SPACING_M` along ways; all arrays have one entry per spot."""

    ways_m: Shapes
    """The ways in metres, as `way` numbers them."""
    names: tuple[str, ...]
    """Of each way; empty where it has none."""
    way: Numbers
    along_m: Floats
    at_m: Floats
    """Two columns: easting and northing."""
    is_end: Flags
    area: Numbers
    """Number of the lowest area in `Town.index.records`; -1 outside the city."""
    half_width_m: Floats
    """From the way to its edge; 0 where the way is an edge itself."""
    is_ring: Flags
    """True on the outline of a surface, which runs with the outside on its right."""
    ahead: Floats
    """Two columns: the unit vector in which the way goes on."""


@dataclass(frozen=True, slots=True)
class Town:
    """Everything that is asked when an usulan is put somewhere and described."""

    index: AreaIndex
    streets: Spots
    waters: Spots
    landmarks: tuple[Feature, ...]
    landmarks_m: Floats
    near_street: Numbers
    """Of each street spot: the way with a name that is nearest (its own, if it has one)."""
    near_landmark: Numbers
    """Of each street spot: the nearest landmark, or -1."""
    near_water: Numbers
    """Of each street spot: the river or stream nearby, or -1."""

    transformer: Transformer

    def to_degrees(self, at_m: Floats) -> Floats:
        """Longitude and latitude, to six decimals as a phone sends them."""
        columns = self.transformer.transform(at_m[:, 0], at_m[:, 1], direction="INVERSE")
        return np.round(np.column_stack(columns), 6)


def build_town(layers: Layers, index: AreaIndex) -> Town:
    streets = _spots(layers.roads, index)
    waters = _spots(layers.waters, index)
    transformer = transformer_to_metric(index.metric_srid)
    places = np.array([landmark.shape for landmark in layers.landmarks], dtype=object)
    landmarks_m = shapely.get_coordinates(project(places, transformer))
    return Town(
        index=index,
        streets=streets,
        waters=waters,
        landmarks=layers.landmarks,
        landmarks_m=landmarks_m,
        near_street=_nearest_named(streets),
        near_landmark=_nearest(landmarks_m, streets.at_m, reach_m=LANDMARK_REACH_M),
        near_water=_near_ways(waters, streets.at_m),
        transformer=transformer,
    )


def _spots(features: Sequence[Feature], index: AreaIndex) -> Spots:
    transformer = transformer_to_metric(index.metric_srid)
    shapes = np.array([feature.shape for feature in features], dtype=object)
    parts_m, owner = shapely.get_parts(project(shapes, transformer), return_index=True)
    ways_m = _outlines(parts_m)
    rings = shapely.get_dimensions(parts_m) == 2
    lengths = shapely.length(ways_m)
    counts = np.floor(lengths / SPACING_M).astype(np.intp) + 1
    way = np.repeat(np.arange(len(ways_m)), counts)
    within = np.arange(len(way)) - np.repeat(np.cumsum(counts) - counts, counts)
    along_m = within * SPACING_M
    at_m = _points_along(ways_m[way], along_m)
    columns = transformer.transform(at_m[:, 0], at_m[:, 1], direction="INVERSE")
    return Spots(
        ways_m=ways_m,
        names=tuple(features[number].name for number in owner),
        way=way,
        along_m=along_m,
        at_m=at_m,
        is_end=(within == 0) | (within == counts[way] - 1),
        area=index.place_points(*columns).numbers,
        half_width_m=np.array(
            [
                0.0 if ring else HALF_WIDTHS_M.get(features[number].kind, 0.0)
                for ring, number in zip(rings.tolist(), owner, strict=True)
            ]
        )[way],
        is_ring=rings[way],
        ahead=_ahead(ways_m[way], along_m),
    )


def _ahead(ways_m: Shapes, along_m: Floats) -> Floats:
    # Looking from a metre back keeps the direction that of the way at its very end.
    back_m = np.maximum(along_m - 1.0, 0.0)
    step = _points_along(ways_m, back_m + 2.0) - _points_along(ways_m, back_m)
    return np.asarray(step / np.maximum(np.hypot(step[:, 0], step[:, 1]), 1e-9)[:, np.newaxis])


def _outlines(parts: Shapes) -> Shapes:
    """Lines as they are, surfaces as their outer ring, counter-clockwise."""
    rings = shapely.get_exterior_ring(shapely.orient_polygons(parts))
    return np.where(shapely.is_missing(rings), parts, rings)


def _points_along(lines: Shapes, distances_m: Floats) -> Floats:
    return np.asarray(shapely.get_coordinates(shapely.line_interpolate_point(lines, distances_m)))


def _nearest(targets_m: Floats, at_m: Floats, *, reach_m: float) -> Numbers:
    _, found = cKDTree(targets_m).query(at_m, distance_upper_bound=reach_m)
    return np.where(found == len(targets_m), NOTHING, found)


def _nearest_named(streets: Spots) -> Numbers:
    named = np.flatnonzero(np.array([bool(name) for name in streets.names])[streets.way])
    _, found = cKDTree(streets.at_m[named]).query(streets.at_m)
    return np.asarray(streets.way[named[found]])


def _near_ways(waters: Spots, at_m: Floats) -> Numbers:
    found = _nearest(waters.at_m, at_m, reach_m=RIVER_REACH_M)
    return np.where(found == NOTHING, NOTHING, waters.way[found])
