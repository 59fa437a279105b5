"""Metres on the ground in the web-mercator square: how large a place of `spatial.grid` is there."""

from dataclasses import dataclass
from math import cos, isfinite, pi, radians, sin

from spatial.errors import Flaw, InvalidGeometry
from spatial.grid import MAX_LATITUDE, WORLD_BITS

# WGS 84, NIMA TR8350.2; the mercator sphere has the same major axis.
_SEMI_MAJOR_M = 6378137.0
_FLATTENING = 1 / 298.257223563
_ECCENTRICITY_SQUARED = _FLATTENING * (2 - _FLATTENING)


@dataclass(frozen=True, slots=True)
class GroundScale:
    """How many metres on the ground one place of the web-mercator square is.

    Attributes
    ----------
    east_m, north_m
        Metres per place of 1 / 2**31 of the world, along the parallel and the meridian. They
        differ by up to 0.7 percent, because the square is drawn from a sphere.
    """

    east_m: float
    north_m: float

    @property
    def square_m(self) -> float:
        """Square metres on the ground of one place."""
        return self.east_m * self.north_m


def ground_scale(latitude: float) -> GroundScale:
    """Size on the WGS 84 ellipsoid of a place of the web-mercator square at a latitude.

    One scale serves a whole city, so that its tiles agree: over `d` metres to the north or
    south the true scale changes by the share ``d tan(latitude) / 6,371,000``, at 10 km from
    the middle of a city in Java by 0.03 percent, at 60 degrees by 0.3 percent. Latitudes
    beyond `spatial.grid.MAX_LATITUDE` count as that one.
    Source: radii of curvature after Snyder (1987), Map projections, formulas 4-18 to 4-20.

    Parameters
    ----------
    latitude
        Degrees, EPSG:4326, of the middle of the city.

    Returns
    -------
    scale
        Metres per place.

    Raises
    ------
    InvalidGeometry
        When the latitude is not a finite number.
    """
    if not isfinite(latitude):
        raise InvalidGeometry(Flaw.NOT_FINITE)
    angle = radians(min(max(latitude, -MAX_LATITUDE), MAX_LATITUDE))
    curving = 1 - _ECCENTRICITY_SQUARED * sin(angle) ** 2
    place = 2 * pi / 2**WORLD_BITS * cos(angle)
    across_m = _SEMI_MAJOR_M / curving**0.5
    along_m = _SEMI_MAJOR_M * (1 - _ECCENTRICITY_SQUARED) / curving**1.5
    return GroundScale(east_m=place * across_m, north_m=place * along_m)
