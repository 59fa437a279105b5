"""Geometries of boundaries made fit for use, and what it cost."""

from dataclasses import dataclass
from typing import TypeAlias

import shapely
from shapely import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from spatial.boundaries.flaws import FeatureRefused, Refusal
from spatial.crs import ellipsoidal_area_m2
from spatial.geometry import is_in_indonesia

Surface: TypeAlias = Polygon | MultiPolygon


@dataclass(frozen=True, slots=True)
class Mended:
    """A surface fit for use.

    Attributes
    ----------
    surface
        Valid, not empty, degrees, EPSG:4326.
    what
        What was wrong with the original, in GEOS's words with underscores; None when nothing.
    area_change_m2
        Its ellipsoidal area minus the original's; 0 when nothing was wrong.
    """

    surface: Surface
    what: str | None = None
    area_change_m2: float = 0.0


def mend_surface(geometry: BaseGeometry | None) -> Mended:
    """A geometry as a valid surface; self-crossings are resolved, lines and points dropped.

    Parameters
    ----------
    geometry
        Degrees, EPSG:4326; of a collection the surfaces count.

    Returns
    -------
    mended
        With what was done.

    Raises
    ------
    FeatureRefused
        When there is no geometry, no surface in it, nothing of it has an area, or it lies in
        Indonesia only once latitude and longitude change places.
    """
    if geometry is None:
        raise FeatureRefused(Refusal.NO_GEOMETRY)
    surface = surface_of(geometry)
    if surface is None:
        kind = Refusal.NO_AREA if geometry.is_empty else Refusal.NOT_A_SURFACE
        raise FeatureRefused(kind)
    _require_axes(surface)
    if shapely.is_valid(surface):
        return Mended(surface)
    valid = surface_of(shapely.make_valid(surface, method="structure", keep_collapsed=False))
    if valid is None or ellipsoidal_area_m2(valid) == 0:
        raise FeatureRefused(Refusal.NO_AREA)
    what = shapely.is_valid_reason(surface).split("[")[0].strip().lower()
    change_m2 = ellipsoidal_area_m2(valid) - ellipsoidal_area_m2(surface)
    return Mended(valid, what.replace(" ", "_").replace("-", "_"), change_m2)


def surface_of(geometry: BaseGeometry) -> Surface | None:
    """The surfaces in a geometry as one; lines and points in it are left out.

    Parameters
    ----------
    geometry
        Of any type.

    Returns
    -------
    surface
        A Polygon or MultiPolygon; None when there is none that is not empty.
    """
    parts = [geometry]
    polygons: list[Polygon] = []
    while parts:
        part = parts.pop(0)
        if isinstance(part, Polygon):
            polygons += [] if part.is_empty else [part]
        elif hasattr(part, "geoms"):
            parts += part.geoms
    if not polygons:
        return None
    return polygons[0] if len(polygons) == 1 else MultiPolygon(polygons)


def _require_axes(surface: Surface) -> None:
    west, south, east, north = surface.bounds
    if is_in_indonesia(west, south) and is_in_indonesia(east, north):
        return
    if is_in_indonesia(south, west) and is_in_indonesia(north, east):
        raise FeatureRefused(Refusal.SWAPPED_AXES)
    if north > 90 or south < -90:
        raise FeatureRefused(Refusal.OUTSIDE_THE_WORLD)
