"""What placing answers: the area, the shares, and the doubts a reader should know."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from shapely.geometry import Point

from spatial.areas import AreaRecord
from spatial.doubts import Doubt
from spatial.shares import AreaShare


@dataclass(frozen=True, slots=True)
class Placement:
    """Where one geometry belongs.

    Attributes
    ----------
    area
        The lowest area.
    chain
        Codes from kota down to it.
    shares
        Of a line or surface, the leaf areas that hold some of it, by code; empty for a point.
    edge_distance_m
        Metres (UTM) to the edge of `area`; 0 for a line or surface that crosses it.
    doubts
        In the order of `Doubt`.
    position
        The point that stands for it on the map, degrees, EPSG:4326: the representative point
        of the geometry where one area covers all of it, else of the part that lies in areas.
        A point is its own, also where it was placed in an area nearby.
    """

    area: AreaRecord
    chain: tuple[str, ...]
    shares: tuple[AreaShare, ...]
    edge_distance_m: float
    doubts: tuple[Doubt, ...]
    position: Point


@dataclass(frozen=True, slots=True)
class PlacedPoints:
    """Where many points belong; all arrays have one entry per point.

    Attributes
    ----------
    longitudes, latitudes
        As given, degrees, EPSG:4326.
    numbers
        Position of the lowest area in `AreaIndex.records`; -1 outside every area.
    approximate
        True where the nearest leaf was taken (`Doubt.PERKIRAAN`).
    """

    longitudes: npt.NDArray[np.float64]
    latitudes: npt.NDArray[np.float64]
    numbers: npt.NDArray[np.intp]
    approximate: npt.NDArray[np.bool_]
