"""Coordinate reference systems: the metric zone of a city, and sizes on the ellipsoid.

The only module that knows EPSG numbers. Degrees are WGS 84 (EPSG:4326), always longitude
before latitude. Metres for deciding (distances, shares) are those of a UTM zone; sizes that
are published are ellipsoidal, because a UTM area is about 0.08 percent small in mid zone.
"""

import re
from collections.abc import Sequence
from math import ceil, floor
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from spatial.errors import UnknownCrs

if TYPE_CHECKING:
    from pyproj import Geod, Transformer

Shape = TypeVar("Shape", BaseGeometry, npt.NDArray[Any])

WGS84_SRID = 4326
_UTM_NORTH = 32600
_UTM_SOUTH = 32700
_ZONE_DEGREES = 6
_LAST_ZONE = 60
_LONGEST_UTM_METRE = 1.001
_BOUNDS_DECIMALS = 6
# The names that files give a system by its code; CRS84 is WGS 84 with longitude first.
_CODED_NAME = re.compile(
    r"(?:EPSG:|urn:ogc:def:crs:EPSG:[0-9.]{0,10}:|https?://www\.opengis\.net/def/crs/EPSG/[0-9.]{1,10}/)"
    r"(\d{4,5})",
    re.IGNORECASE | re.ASCII,
)
_LONGITUDE_FIRST = re.compile(
    r"(?:OGC:|urn:ogc:def:crs:OGC:[0-9.]{0,10}:|https?://www\.opengis\.net/def/crs/OGC/[0-9.]{1,10}/)?CRS84",
    re.IGNORECASE | re.ASCII,
)


def metric_srid(longitude: float, latitude: float) -> int:
    """EPSG code of the UTM zone (WGS 84) in which metres around a position are measured.

    A position on the meridian between two zones belongs to the eastern one, 180 degrees
    east to zone 60, the equator to the north. The widened zones of Norway and Svalbard
    are not applied: one plain rule, and no city of ours lies there.
    Source: EPSG registry, 326zz north and 327zz south.

    Parameters
    ----------
    longitude, latitude
        Degrees, EPSG:4326.

    Returns
    -------
    srid
        32601 to 32660 or 32701 to 32760.
    """
    zone = min(floor((longitude + 180) / _ZONE_DEGREES) + 1, _LAST_ZONE)
    return (_UTM_SOUTH if latitude < 0 else _UTM_NORTH) + zone


def metric_srid_of_bounds(bounds: Sequence[float]) -> int:
    """EPSG code of the UTM zone at the middle of a box.

    Parameters
    ----------
    bounds
        West, south, east, north in degrees, EPSG:4326.

    Returns
    -------
    srid
        As `metric_srid` of the centre; a city that straddles two zones has one all the same.
    """
    west, south, east, north = bounds
    return metric_srid((west + east) / 2, (south + north) / 2)


def central_meridian(srid: int) -> int:
    """Longitude in degrees of the middle of a UTM zone.

    Parameters
    ----------
    srid
        A code as `metric_srid` gives.

    Returns
    -------
    longitude
        Whole degrees, -177 to 177.
    """
    return srid % 100 * _ZONE_DEGREES - 183


def transformer_to_metric(srid: int) -> "Transformer":
    """Projection from degrees to the metres of a UTM zone; costs milliseconds, so keep it.

    It may be shared between threads: pyproj keeps a context for each.

    Parameters
    ----------
    srid
        EPSG code of the metric system.

    Returns
    -------
    transformer
        Takes longitude and latitude, gives easting and northing in metres.
    """
    from pyproj import Transformer  # noqa: PLC0415 - PROJ weighs 10 MB: for those alone who measure

    return Transformer.from_crs(WGS84_SRID, srid, always_xy=True)


def find_srid(name: str) -> int | None:
    """EPSG code of a coordinate reference system that is named by its code.

    Understood are ``EPSG:32749``, ``urn:ogc:def:crs:EPSG::32749``, the address of the OGC with
    the code at its end, and CRS84 in the same forms. Anything else, such as a PROJ string,
    WKT, a path or another address, is no name here: PROJ would open files and hosts for it.
    Source: RFC 5165 and OGC 07-092r1; CRS84 is EPSG:4326 with longitude first.

    Parameters
    ----------
    name
        As a file had it.

    Returns
    -------
    srid
        Not looked up, so there may be no such system; None when the name is none of these.
    """
    if _LONGITUDE_FIRST.fullmatch(name):
        return WGS84_SRID
    found = _CODED_NAME.fullmatch(name)
    return int(found[1]) if found else None


def transformer_from(srid: int) -> "Transformer":
    """Conversion from a system to degrees, longitude before latitude.

    Parameters
    ----------
    srid
        EPSG code of a geographic or projected system.

    Returns
    -------
    transformer
        Takes easting and northing (of a geographic system longitude and latitude), gives
        degrees, EPSG:4326.

    Raises
    ------
    UnknownCrs
        When there is no such system, or it gives no position on the ground.
    """
    from pyproj import CRS, Transformer  # noqa: PLC0415 - as above
    from pyproj.exceptions import CRSError, ProjError  # noqa: PLC0415

    try:
        system = CRS.from_epsg(srid)
        if not (system.is_geographic or system.is_projected):
            raise UnknownCrs(f"EPSG:{srid}")
        return Transformer.from_crs(system, WGS84_SRID, always_xy=True)
    except (CRSError, ProjError):
        raise UnknownCrs(f"EPSG:{srid}") from None


def project(geometries: Shape, transformer: "Transformer") -> Shape:
    """Geometries with each vertex moved to the transformer's target and straight edges between.

    No vertex is added on the way, exactly as PostGIS ``ST_Transform``. A vertex a quarter of
    the world from the zone becomes infinite or meaningless, which is not an error here: the
    caller looks before (`spatial.assign` keeps to 20 degrees).

    Parameters
    ----------
    geometries
        One geometry or an array of any shape; missing ones (None) stay missing.
    transformer
        As `transformer_to_metric` makes it.

    Returns
    -------
    projected
        Of the same shape as given; a third dimension is dropped.
    """

    def moved(coordinates: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        return np.column_stack(transformer.transform(coordinates[:, 0], coordinates[:, 1]))

    projected: Shape = shapely.transform(geometries, moved)
    return projected


def _ellipsoid() -> "Geod":
    from pyproj import Geod  # noqa: PLC0415 - as above

    return Geod(ellps="WGS84")


def ellipsoidal_area_m2(geometry: BaseGeometry) -> float:
    """Square metres that a surface covers on the WGS 84 ellipsoid; holes do not count.

    Edges are geodesics. The direction in which rings are drawn does not matter. A point, a
    line or an empty geometry has 0.
    Source: Karney (2013), Algorithms for geodesics, through PROJ.

    Parameters
    ----------
    geometry
        Degrees, EPSG:4326.

    Returns
    -------
    area_m2
        Never negative.
    """
    if geometry.is_empty or geometry.geom_type not in {"Polygon", "MultiPolygon"}:
        return 0.0
    oriented = shapely.orient_polygons(geometry)
    area_m2, _ = _ellipsoid().geometry_area_perimeter(oriented)
    return abs(area_m2)


def ellipsoidal_length_m(geometry: BaseGeometry) -> float:
    """Metres along a line on the WGS 84 ellipsoid.

    Edges are geodesics. Anything but a line, or an empty one, has 0.
    Source: as `ellipsoidal_area_m2`.

    Parameters
    ----------
    geometry
        Degrees, EPSG:4326.

    Returns
    -------
    length_m
        Never negative.
    """
    if geometry.is_empty or geometry.geom_type not in {
        "LineString",
        "MultiLineString",
    }:
        return 0.0
    return float(_ellipsoid().geometry_length(geometry))


def ellipsoidal_distances_m(
    positions: npt.NDArray[np.float64], longitude: float, latitude: float
) -> npt.NDArray[np.float64]:
    """Metres of the shortest way from each of some positions to one, on the WGS 84 ellipsoid.

    Source: as `ellipsoidal_area_m2`.

    Parameters
    ----------
    positions
        N rows of longitude and latitude, degrees, EPSG:4326.
    longitude, latitude
        The one position, degrees.

    Returns
    -------
    distances_m
        N numbers; 0 for the same position.
    """
    here = np.full(len(positions), longitude), np.full(len(positions), latitude)
    _, _, distances_m = _ellipsoid().inv(positions[:, 0], positions[:, 1], *here)
    return np.asarray(distances_m)


def widened_bounds(bounds: Sequence[float], reach_m: float) -> tuple[float, float, float, float]:
    """A box that also holds whatever lies within some metres of it in a UTM zone.

    Widened by a thousandth more than asked, because a metre of a UTM zone may be that much
    longer than one on the ground, and by the geographic distance at its corner nearest a
    pole, where a degree of longitude is shortest. Not meant for boxes at a pole or at the
    180th meridian.
    Source: as `ellipsoidal_length_m`.

    Parameters
    ----------
    bounds
        West, south, east, north in degrees, EPSG:4326.
    reach_m
        Metres, not negative.

    Returns
    -------
    widened
        West, south, east, north in degrees, rounded outward to 6 decimals.
    """
    west, south, east, north = bounds
    poleward = max(south, north, key=abs)
    longitudes, latitudes, _ = _ellipsoid().fwd(
        [west, west, east, east],
        [poleward, south, poleward, north],
        [270, 180, 90, 0],
        [reach_m * _LONGEST_UTM_METRE] * 4,
    )
    scale = 10**_BOUNDS_DECIMALS
    return (
        floor(longitudes[0] * scale) / scale,
        floor(latitudes[1] * scale) / scale,
        ceil(longitudes[2] * scale) / scale,
        ceil(latitudes[3] * scale) / scale,
    )
