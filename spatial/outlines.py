"""Borders drawn as coarsely as a zoom shows them, with neighbours still sharing each border."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import shapely

from spatial.crs import project
from spatial.tiles import Tile

OUTLINE_ZOOMS = (10, 12, 14, 16)
"""A tile shows the copy of its own zoom or the next closer one; beyond the last, the border."""
_PIXELS = 512


def outlines(shapes: Sequence[shapely.Geometry], zoom: int) -> npt.NDArray[np.object_]:
    """Areas of one level with no more corners than a zoom shows.

    Corners go where half a pixel of a tile of 256 tells nothing of them. A border that two
    areas share loses the same corners in both, so that no gap and no overlap comes; places
    where three meet stay. Where an area would vanish or
    cross itself, or where GEOS can follow no common border because areas overlap, all stay as
    they were.

    Source: Visvalingam and Whyatt (1993), over the edges of a coverage (GEOS CoverageSimplifier).

    Parameters
    ----------
    shapes
        Polygons or multipolygons in degrees, EPSG:4326, that share borders corner by corner.
    zoom
        0 to 22.

    Returns
    -------
    drawn
        In the order given; web-mercator metres, EPSG:3857.
    """
    from pyproj import Transformer  # noqa: PLC0415 - as in spatial.crs

    to_mercator = Transformer.from_crs(4326, 3857, always_xy=True)
    exact = project(np.array(shapes, dtype=object), to_mercator)
    west, _, east, _ = Tile(zoom, 0, 0).bounds_3857
    try:
        drawn = shapely.coverage_simplify(exact, (east - west) / _PIXELS)
    except shapely.GEOSException:  # of areas that overlap, as files of several offices do
        return np.asarray(exact, dtype=object)
    good = shapely.is_valid(drawn) & ~shapely.is_empty(drawn)
    # One that stays must stay in its neighbours too.
    return np.asarray(drawn if good.all() else exact, dtype=object)


def outline_zoom(z: int) -> int:
    """Which copy a tile of a zoom shows; one beyond the last means the border itself.

    Parameters
    ----------
    z
        0 to 22.

    Returns
    -------
    zoom
        The least of `OUTLINE_ZOOMS` that is not below ``z``, or ``z``.
    """
    return next((zoom for zoom in OUTLINE_ZOOMS if zoom >= z), z)
