"""Whether an area lies where its code says: in Indonesia, on its side of the equator, by the rest.

No coastline is known here, so an area in the sea is found only by what a mistake usually does
to it: coordinates that became 0, a minus that was lost, a digit that changed.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import shapely

from spatial.boundaries.flaws import FeatureRefused, Refusal
from spatial.boundaries.mend import Surface
from spatial.crs import ellipsoidal_distances_m
from spatial.geometry import is_in_indonesia

DISTANT_M = 500_000
# Provinces that lie wholly south of the equator, by the first part of the codes of Kemendagri.
_SOUTHERN_PROVINCES = frozenset(
    "15 16 17 18 19 31 32 33 34 35 36 51 52 53 63 73 74 76 81".split()  # noqa: SIM905 - a list of numbers is read at a glance
)


@dataclass(frozen=True, slots=True)
class Distant:
    """An area far from the others of its file.

    Attributes
    ----------
    key
        Its code.
    distance_m
        Metres from the middle of its box to the middle of all.
    """

    key: str
    distance_m: float


def require_in_place(surface: Surface, *, city: str) -> None:
    """Nothing, when an area can lie where it does.

    Parameters
    ----------
    surface
        Degrees, EPSG:4326.
    city
        Code of its city; a code of no province, as of a demo city, may lie on either side of
        the equator.

    Raises
    ------
    FeatureRefused
        When any of it lies outside the box around Indonesia, or all of it north of the equator
        while the province of the city lies south.
    """
    west, south, east, north = surface.bounds
    if not (is_in_indonesia(west, south) and is_in_indonesia(east, north)):
        raise FeatureRefused(Refusal.OUTSIDE_INDONESIA)
    if south > 0 and city[:2] in _SOUTHERN_PROVINCES:
        raise FeatureRefused(Refusal.WRONG_HEMISPHERE)


def find_distant(surfaces: Mapping[str, Surface]) -> list[Distant]:
    """Areas more than 500 km from the middle of all, the farthest first.

    The middle is the median, which a few strays do not move. No kabupaten reaches that far
    from its own middle, so what does is worth a look; it is no reason to refuse.

    Parameters
    ----------
    surfaces
        Code to surface, degrees, EPSG:4326.

    Returns
    -------
    distant
        Empty of an empty mapping, and of one area.
    """
    if not surfaces:
        return []
    boxes = shapely.bounds(np.array(list(surfaces.values()), dtype=object))
    middles = (boxes[:, :2] + boxes[:, 2:]) / 2
    longitude, latitude = np.median(middles, axis=0)
    distances_m = ellipsoidal_distances_m(middles, float(longitude), float(latitude))
    found = [
        Distant(key, float(distance_m))
        for key, distance_m in zip(surfaces, distances_m, strict=True)
        if distance_m > DISTANT_M
    ]
    return sorted(found, key=lambda distant: (-distant.distance_m, distant.key))
